"""The face: one module a noun, each command load → pure function → save → show. Floor 4.

Begin reading in :mod:`srctl.cli.app`; above cli stands :mod:`srctl.workspace`, what every command starts from.
"""
