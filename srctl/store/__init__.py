"""Durable bytes: files written atomically, YAML read and edited in place, git, the transaction.

Knows the model's values, not the office's work. May use core and model. Begin with :mod:`srctl.store.transaction`.
"""
