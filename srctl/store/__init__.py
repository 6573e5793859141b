"""Bytes that last: files written whole, YAML read and edited in place, git, the transaction that records an action.

Knows values, not the office's work. May use core and model. Begin with :mod:`srctl.store.transaction`.
"""
