"""Files for other programs: Word, Excel, calendars, PDF, and text templates; one library behind each door.

Knows values, not the office's work. May use core and model. Begin with :mod:`srctl.documents.docx`.
"""
