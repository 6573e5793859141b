"""Files for other programs: Word, Excel, calendar, PDF and text templates; one library behind each.

Knows values, not the office's work. May use core and model. Begin with :mod:`srctl.documents.docx`.
"""
