"""The command line: words read, missing ones asked for, one act done, its outcome shown. Holds no rule.

Begin with :mod:`srctl.cli.app`, then one noun in :mod:`srctl.cli.commands`.
"""
