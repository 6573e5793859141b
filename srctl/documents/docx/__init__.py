"""Word papers: a filled layout made into a .docx, byte for byte the same each time, and read back with distrust.

The door to python-docx. Begin with :mod:`srctl.documents.docx.sheet`.
"""
