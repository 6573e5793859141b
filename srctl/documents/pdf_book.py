"""PDFs bound into one, with bookmarks and a line laid over each page. The only door to pypdf.

What is bound came from outside: only the pages are taken, with what is written on them, and nothing that acts when
the book is opened.
"""

import io
from collections.abc import Sequence

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

# What pypdf raises at the damaged files of others.
_DAMAGED = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RecursionError,
    OverflowError, AssertionError, OSError,
)  # fmt: skip
_HARMLESS = ("/GoTo", "/URI")


class BookPart(NamedTuple):
    """A PDF as it is bound, under the title of its bookmark."""

    title: str
    pdf: bytes


def plain_pages(pdf: bytes, turn: int = 0) -> tuple[bytes, int]:
    """The pages of a PDF upright and without actions, as a PDF of their own, and how many they are.

    ``turn`` is by how many degrees clockwise they are turned beside.

    Raises:
        Refused: it is protected by a password, damaged, or has no page; the message is the reason.
    """
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_("protected by a password"))
        writer = PdfWriter()
        for page in reader.pages:
            _make_plain(writer.add_page(page).rotate(turn))
        made = io.BytesIO()
        writer.write(made)
    except _DAMAGED as fault:
        raise Refused(_("the PDF cannot be read")) from fault
    if not writer.pages:
        raise Refused(_("the PDF has no page"))
    return made.getvalue(), len(writer.pages)


def _make_plain(page: PageObject) -> None:
    if page.rotation:
        page.transfer_rotation_to_content()
    page.pop("/AA", None)
    for one in page.get("/Annots") or ():
        note = one.get_object()
        if not isinstance(note, DictionaryObject):
            continue
        action = note.get("/A")
        if action is None or action.get_object().get("/S") not in _HARMLESS:
            note.pop("/A", None)
        note.pop("/AA", None)


def bind(title: str, parts: Sequence[BookPart], overlay: bytes) -> bytes:
    """The parts as one PDF; page n of ``overlay`` is laid over page n, at its lower right corner.

    Raises:
        Refused: a part cannot be read.
    """
    writer = PdfWriter()
    try:
        for part in parts:
            first = len(writer.pages)
            for page in PdfReader(io.BytesIO(part.pdf)).pages:
                writer.add_page(page)
            writer.add_outline_item(title=part.title, page_number=first)
        for page, over in zip(writer.pages, PdfReader(io.BytesIO(overlay)).pages, strict=True):
            beside = page.cropbox.right - over.mediabox.right
            page.merge_transformed_page(over, Transformation().translate(beside, page.cropbox.bottom))
        writer.add_metadata({"/Title": title})
        made = io.BytesIO()
        writer.write(made)
    except _DAMAGED as fault:
        raise Refused(_("the PDF cannot be read")) from fault
    return made.getvalue()
