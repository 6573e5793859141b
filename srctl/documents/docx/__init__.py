"""Word papers: a sheet of values laid out as a reproducible .docx, and untrusted files read back.

The door to python-docx. Begin with :mod:`srctl.documents.docx.sheet`.
"""
