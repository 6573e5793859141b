"""Checks of every file of the office and of the machine, and the adoption of hand edits.

May use everything but a user interface. Begin with :mod:`srctl.audit.inspection`.
"""
