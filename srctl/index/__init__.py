"""What is due and how cases stand, kept beside the folder so that asking reads no case file; disposable.

May use office and all below. Begin with :mod:`srctl.index.cache`; :mod:`srctl.index.workspace` is what every face
starts from.
"""
