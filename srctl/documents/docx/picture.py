"""A picture as a page of its own: as large as the page takes, never larger than it is; wide ones lie across."""

import io

from docx.enum.section import WD_ORIENT
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Cm, Emu

from srctl.documents.docx.content import EmblemError
from srctl.documents.docx.package import empty_paper

_LONG, _SHORT, _MARGIN = Cm(29.7), Cm(21), Cm(1.5)
_LINE = Cm(0.9)  # below the picture, where the paragraph it stands in ends


def picture_docx(picture: bytes, font: str) -> bytes:
    """A Word file of one A4 page with the picture.

    Raises:
        EmblemError: these bytes are no picture that Word can show.
    """
    paper = empty_paper(font)
    section = paper.sections[0]
    try:
        shown = paper.add_paragraph().add_run().add_picture(io.BytesIO(picture))
        across = shown.width > shown.height
        width, height = (_LONG, _SHORT) if across else (_SHORT, _LONG)
        scale = min((width - 2 * _MARGIN) / shown.width, (height - 2 * _MARGIN - _LINE) / shown.height, 1)
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError) as fault:
        raise EmblemError(type(fault).__name__) from fault
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    shown.width, shown.height = Emu(int(shown.width * scale)), Emu(int(shown.height * scale))
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()
