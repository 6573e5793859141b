"""The office's own Word forms: a .docx with tags, filled as strictly as a text template.

The door to docxtpl. Begin with :mod:`srctl.documents.docx_form.filling`.
"""
