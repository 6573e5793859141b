"""A disposable index of what is due and how cases stand, so that lists read no case file.

May use office and all below. Begin with :mod:`srctl.index.cache`; every user interface starts from
:mod:`srctl.index.workspace`.
"""
