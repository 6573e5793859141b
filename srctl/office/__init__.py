"""The office folder: read as typed values, and written by one module only.

May use store, documents and the pure wings. Begin with :mod:`srctl.office.folder`, then :mod:`srctl.office.writer`.
"""
