"""Git by plumbing alone: a process that can run nothing of the repository, its objects, its index, its history.

Begin with :mod:`srctl.store.git.repository`.
"""
