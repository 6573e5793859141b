"""Word papers: a filled layout made into a .docx, byte for byte, and read back. Floor 2, door to python-docx."""
