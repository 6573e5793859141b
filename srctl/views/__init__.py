"""What lists, screens and ``--json`` show, as plain data: one source for all of them.

Pure. May use core, model, workflow and deadlines. Begin with :mod:`srctl.views.list_views`.
"""
