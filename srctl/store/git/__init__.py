"""Git by plumbing commands: a process that runs no code of the repository, objects, index, history.

Begin with :mod:`srctl.store.git.repository`.
"""
