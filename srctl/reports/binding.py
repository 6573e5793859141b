"""Papers bound into one PDF: contents with page numbers before them, a line with its number over each page."""

from collections.abc import Callable, Sequence
from datetime import date

from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.pdf import convert_all

Placed = Sequence[tuple["BookEntry", int]]


class BookEntry(NamedTuple):
    """A paper in a book: its day, what it is, the bytes of its file; ``lack`` is why it is not printed, "" if it is.

    ``docx`` is what LibreOffice is to convert, ``pdf`` what is bound as it is; ``mark`` stands beside the number of
    each of its pages. ``turn`` is by how many degrees clockwise its pages are turned (a photo taken upright).
    """

    day: date
    what: str
    docx: bytes = b""
    pdf: bytes = b""
    lack: str = ""
    mark: str = ""
    turn: int = 0


class Bound(NamedTuple):
    """A book made: the PDF, its entries with their first page (0: not printed), and how many pages it has."""

    pdf: bytes
    entries: tuple[tuple[BookEntry, int], ...]
    pages: int


def bind_entries(
    title: str, entries: Sequence[BookEntry], front: Callable[[Placed], bytes],
    strips: Callable[[Sequence[str]], bytes], mark: str = "",
) -> Bound:  # fmt: skip
    """The book of ``entries``. ``front`` writes the contents, marked ``mark``; ``strips`` the line over each page.

    Raises:
        Refused: LibreOffice is missing, too slow, or cannot convert the contents.
    """
    from srctl.documents.pdf_book import BookPart, bind, plain_pages

    # LibreOffice starts twice, and has to: the numbers in the contents and on the pages are known only once every
    # paper was drawn. Contents are as long whatever the numbers in them, so they are measured with the papers.
    drawn = iter(convert_all([front([(entry, 1) for entry in entries]), *(e.docx for e in entries if e.docx)]))
    length = plain_pages(_whole(next(drawn)))[1]
    parts = [_printed(entry, next(drawn) if entry.docx else entry.pdf) for entry in entries]
    placed, marks = [], [mark] * length
    for entry, count, _pages in parts:
        placed.append((entry, len(marks) + 1 if count else 0))
        marks += [entry.mark] * count
    contents, numbers = (plain_pages(_whole(pdf))[0] for pdf in convert_all([front(placed), strips(marks)]))
    bound = [BookPart(_("contents"), contents), *(BookPart(e.what, pages) for e, count, pages in parts if count)]
    return Bound(bind(title, bound, numbers), tuple(placed), len(marks))


def _whole(pdf: bytes | None) -> bytes:
    if pdf is None:
        raise Refused(_("LibreOffice could not make the PDF: {reason}").format(reason=_("it said nothing")))
    return pdf


def _printed(entry: BookEntry, pdf: bytes | None) -> tuple[BookEntry, int, bytes]:
    """The entry with how many pages it has and these, or with the reason why it has none."""
    from srctl.documents.pdf_book import plain_pages

    if entry.lack:
        return entry, 0, b""
    try:
        if pdf is None:
            raise Refused(_("LibreOffice cannot convert it"))
        pages, count = plain_pages(pdf, entry.turn)
    except Refused as fault:
        return entry._replace(lack=str(fault)), 0, b""
    return entry, count, pages
