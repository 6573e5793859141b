"""Word files composed, filled, edited and read; python-docx is imported only where needed."""

from collections.abc import Callable, Iterable, Mapping

from srctl.documents.docx.content import Inventory, Provenance, Resolution, Sheet
from srctl.documents.docx.layout import Layout


def compose_docx(sheet: Sheet, layout: Layout) -> bytes:
    """Return the .docx of ``sheet`` laid out by ``layout``; the same arguments give the same bytes.

    Raises:
        MeasureError: a length in the layout is not one.
        EmblemError: the emblem is not a picture.
    """
    from srctl.documents.docx.sheet import build_docx

    return build_docx(sheet, layout)


def picture_page(picture: bytes, font: str) -> bytes:
    """Return the .docx of one page with the picture.

    Raises:
        EmblemError: these bytes are no picture that Word can show.
    """
    from srctl.documents.docx.picture import picture_docx

    return picture_docx(picture, font)


def text_page(lines: Iterable[str], font: str) -> bytes:
    """Return the .docx of the pages that the lines of a plain text take."""
    from srctl.documents.docx.text_page import text_docx

    return text_docx(lines, font)


def refuse_unsafe(docx: bytes) -> None:
    """Raise when a Word file that comes in is not to be let in (:mod:`srctl.documents.docx.incoming`).

    Raises:
        NotWordError: these bytes are no Word file, or not one that is let in; the message is the reason, for a clerk.
    """
    from srctl.documents.docx.incoming import judged

    judged(docx)


def fill_places(docx: bytes, values: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """Return ``docx`` with ``values`` written into their open places, and the names that have no place in it.

    The places are the bookmarks of :data:`OPEN_PLACES`, also where a clerk has edited and saved the file. A number
    whose bookmark is gone is written after ``ที่``, where its beginning (up to the stroke) stands alone.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.filling import write_places as write

    return write(docx, values)


def replace_text(docx: bytes, change: Callable[[str], str]) -> bytes:
    """Return ``docx`` with ``change`` applied to the text of every paragraph; what stays keeps its formatting.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.filling import rewrite_text as replace

    return replace(docx, change)


def preview(docx: bytes) -> bytes:
    """Return a copy of ``docx`` that LibreOffice shows as Word shows the original (thai-papers §3.1 items 5, 7).

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.filling import adapt_for_preview as copied

    return copied(docx)


def paragraphs(docx: bytes) -> tuple[str, ...]:
    """Return the text of every paragraph of the body in reading order, tables cell by cell, with its tabs.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.reading import read_paragraphs as read

    return read(docx)


def properties(docx: bytes) -> Provenance:
    """Return the provenance a Word file states; every field is "" in a file srctl did not make.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.reading import read_properties as read

    return read(docx)


def inventory(docx: bytes) -> Inventory:
    """Return all of a Word file that is judged, unpacked and parsed once.

    Raises:
        NotWordError: these bytes are no Word file, or not one that is let in; the message is the reason, for a clerk.
    """
    from srctl.documents.docx.markup import take_inventory as take

    return take(docx)


def resolve(docx: bytes, how: Resolution) -> bytes:
    """Return ``docx`` with what is unseen in it dealt with; the very bytes where there is nothing to be done.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    from srctl.documents.docx.resolving import resolved

    return resolved(docx, how)
