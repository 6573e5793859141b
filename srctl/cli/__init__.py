"""The command line: parse the words, ask for missing ones, do one action, show its outcome. No rules.

Begin with :mod:`srctl.cli.app`, then one noun in :mod:`srctl.cli.commands`.
"""
