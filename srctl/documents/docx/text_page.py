"""A plain text as pages of its own: a line a paragraph, as it was typed."""

import io
from collections.abc import Iterable

from docx.shared import Cm

from srctl.core.thai import printable
from srctl.documents.docx.package import empty_paper

_MARGIN = Cm(2)


def text_docx(lines: Iterable[str], font: str) -> bytes:
    """A Word file of A4 pages with the lines."""
    paper = empty_paper(font)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for line in lines:
        paper.add_paragraph(printable(line))
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()
