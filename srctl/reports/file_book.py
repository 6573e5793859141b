"""The book of a file: the whole matter as one PDF, for keeping and for handing over. Reads only.

Contents, the papers by their day, then the log, with running page numbers. It is whole: like the case file it names
who complains. What cannot be printed stands in the contents with the reason.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

from srctl.core.dates import BANGKOK, thai_date
from srctl.core.errors import NotFound
from srctl.core.i18n import _, speaking
from srctl.core.thai import to_thai_digits
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Block, EmblemError, Words
from srctl.documents.exif import turn_of
from srctl.documents.file_kinds import ending_of
from srctl.documents.mail import read_mail
from srctl.model.case import SECRECIES, Case, Entry
from srctl.model.case_people import spelled_out
from srctl.model.labels import state_word
from srctl.model.people import name_of, sender_name
from srctl.office import attachments
from srctl.office.folder import Folder
from srctl.papers.issuing import copies, made_again, wording_of
from srctl.reports.binding import BookEntry, Bound, Placed, bind_entries
from srctl.reports.sheets.composing import SheetGround, SheetLook, compose_sheet, sheet_title
from srctl.reports.sheets.superior_sheets import whom_of
from srctl.workflow.attached_files import AttachedFile, attached_files
from srctl.workflow.log_text import entry_sentences
from srctl.workflow.paper_state import Paper, papers_of
from srctl.workflow.stages import is_closed

LOG = "ประวัติการดำเนินงาน"
PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff")


def book_entries(folder: Folder, ground: SheetGround) -> tuple[BookEntry, ...]:
    """The papers of a case by their day: what came in, and those of the office as far as they have come."""
    case = ground.case
    places = {entry.id: n for n, entry in enumerate(case.log)}
    found = [(_of_paper(folder, ground, paper), places[paper.version.id]) for paper in papers_of(case)]
    came = (one for one in attached_files(case) if not one.undone)
    found += [(_of_file(folder, ground, one), places[one.entry.id]) for one in came]
    return tuple(entry for entry, _place in sorted(found, key=lambda one: (one[0].day, one[1])))


def book_secrecy(case: Case) -> str:
    """The highest secrecy mark of the case and its papers."""
    marks = [case.secrecy, *(paper.drafted.secrecy or "none" for paper in papers_of(case))]
    return max(marks, key=lambda mark: SECRECIES.index(mark) if mark in SECRECIES else 0)


# -- what each is -------------------------------------------------------------------------------------


def _of_paper(folder: Folder, ground: SheetGround, paper: Paper) -> BookEntry:
    """A paper of the office: its latest text; of a circular that of the first addressee."""
    try:
        label = wording_of(folder, paper).label.th
    except NotFound:
        label = paper.wording
    to = whom_of(paper, ground.office, ground.directory)
    what = " ".join(filter(None, (label, paper.number and f"ที่ {paper.number}", f"ถึง {to}")))
    if paper.state in ("draft", "submitted", "returned", "cancelled"):
        what = f"{what} ({state_word(paper.state)})"
    day = paper.dated or paper.version.day()
    raw = next((copy.raw for copy in copies(folder, ground.case, paper) if copy.raw), b"")
    raw = raw or next(iter(made_again(folder, ground.case, paper)), b"")
    if not raw:
        return BookEntry(day, what, lack=_("the file is not here"))
    return BookEntry(day, what, docx=raw)


def _of_file(folder: Folder, ground: SheetGround, one: AttachedFile) -> BookEntry:
    """A file that came in: a PDF or Word file as it is, a picture or a text on pages, else why it is not printed.

    A spreadsheet is not: how its sheets break into pages nobody has laid out.
    """
    name = one.kept.name or one.kept.file
    what, day = f"{one.what} ({name})", one.entry.day()
    if one.kept.place:
        return BookEntry(day, what, lack=_("not kept here, it lies at {place}").format(place=one.kept.place))
    raw = attachments.kept(folder, ground.case.id, one.kept.file)
    if raw is None:
        return BookEntry(day, what, lack=_("the file is not here"))
    ending = ending_of(one.kept.file)
    if ending == "pdf":
        return BookEntry(day, what, pdf=raw)
    if ending == "docx":
        return BookEntry(day, what, docx=raw)
    if ending in _TEXTS:
        lines = _TEXTS[ending](raw)
        page = word_file.text_page(lines, ground.office.fonts.thai) if lines else b""
        return BookEntry(day, what, docx=page, lack="" if page else _("the text cannot be read"))
    if ending not in PICTURES:
        return BookEntry(day, what, lack=_("a file of this kind (.{ending}) is not printed").format(ending=ending))
    if ending.startswith("tif") and _is_of_many_pages(raw):
        return BookEntry(day, what, lack=_("a TIFF of several pages is not printed: save it as PDF and file that"))
    try:
        return BookEntry(day, what, docx=word_file.picture_page(raw, ground.office.fonts.thai), turn=turn_of(raw))
    except EmblemError:
        return BookEntry(day, what, lack=_("the picture cannot be read"))


def _text_lines(raw: bytes) -> Sequence[str]:
    """The lines of a text, in UTF-8 or as Windows writes Thai; none where it is neither, or longer than a paper."""
    for code in ("utf-8-sig", "cp874") if len(raw) <= _MOST_TEXT else ():
        with suppress(UnicodeDecodeError):
            return raw.decode(code).splitlines()
    return ()


def _mail_lines(raw: bytes) -> Sequence[str]:
    """A mail as it is read: from whom, when, on what, and its text."""
    mail = read_mail(raw)
    sent = f"{thai_date(mail.sent.date())} เวลา {to_thai_digits(f'{mail.sent:%H.%M}')} น." if mail.sent else ""
    address = f"<{mail.address}>" if mail.address else ""
    head = {"จาก": " ".join(filter(None, (mail.name, address))), "วันที่": sent, "เรื่อง": mail.subject}
    return (*(f"{label}  {text}" for label, text in head.items() if text), "", *mail.text.splitlines())


_MOST_TEXT = 200_000  # bytes; longer than any paper
_TEXTS: Mapping[str, Callable[[bytes], Sequence[str]]] = {"txt": _text_lines, "eml": _mail_lines}


def _is_of_many_pages(tiff: bytes) -> bool:
    """Whether a TIFF has a second page: its first directory points to a next one (TIFF 6.0, section 2)."""

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if tiff[:2] == b"II" else "big")

    first = number(4, 4)
    return number(first + 2 + 12 * number(first, 2), 4) != 0


# -- binding ------------------------------------------------------------------------------------------


def bind_book(folder: Folder, ground: SheetGround) -> Bound:
    """The book of a case, in Thai; what turns out to be damaged is told in the contents.

    Raises:
        Refused: LibreOffice is missing or too slow. BadFile: a layout is missing or cannot be read.
    """
    with speaking("th"):
        log = BookEntry(ground.today, LOG, docx=log_docx(ground))
        entries = [entry._replace(mark=ground.case.id) for entry in (*book_entries(folder, ground), log)]
        title = f"{to_thai_digits(ground.case.id)} {ground.case.subject}"
        return bind_entries(
            title, entries, lambda placed: contents_docx(ground, placed),
            lambda marks: strips_docx(ground, marks), ground.case.id,
        )  # fmt: skip


# -- its own pages ------------------------------------------------------------------------------------


def contents_docx(ground: SheetGround, placed: Placed) -> bytes:
    """The contents: what the matter is, and each paper with its first page (0: not printed)."""
    case, office = ground.case, ground.office
    ended = next((e.day() for e in reversed(case.happened()) if e.did == "close"), None) if is_closed(case) else None
    order = f"{case.order.by}: {case.order.text}" if case.order.by else case.order.text
    span = (thai_date(case.received.on), thai_date(ended) if ended else "")
    head = {
        "agency": f"{office.names.th} {office.names.ministry}",
        "case_number": case.id,
        "subject": case.subject,
        "kind": ground.kind.label.th,
        "from": case.complainant.name if case.complainant and case.complainant.name
        else sender_name(ground.directory, case.received.from_),
        "order": order,
        "owner": name_of(office, case.owner),
        "days": " ถึง ".join(filter(None, span)),
        "today": thai_date(ground.today),
        "part": "สารบัญ",
    }  # fmt: skip
    rows = (_row(n, entry, page) for n, (entry, page) in enumerate(placed, 1))
    return _page(ground, head, (Block("columns", "", cells=("ที่", "วันที่", "เอกสาร", "หน้า")), *rows))


def _row(n: int, entry: BookEntry, page: int) -> Block:
    """The row of an entry in the contents: number, day, what it is and why it is not printed, first page."""
    what = f"{entry.what} – {_('not printed: {reason}').format(reason=entry.lack)}" if entry.lack else entry.what
    return Block("row", "", cells=(str(n), thai_date(entry.day, "short"), what, str(page) if page else "–"))


def log_docx(ground: SheetGround) -> bytes:
    """The log of the case, entry by entry; what was taken back says so."""
    head = {"part": LOG, "case_number": ground.case.id, "subject": ground.case.subject}
    rows = (Block("row", "", cells=cells) for cells in _log_rows(ground))
    return _page(ground, head, (Block("columns", "", cells=("ที่", "วันที่", "การดำเนินการ", "โดย")), *rows))


def _log_rows(ground: SheetGround) -> Iterator[tuple[str, ...]]:
    case, undone = ground.case, ground.case.undone()
    for n, entry in enumerate(case.log, 1):
        lines = entry_sentences(spelled_out(case, entry, ground.directory), ground.kind, case.log)
        taken_back = f" ({_('undone')})" if entry.id in undone else ""
        text = "; ".join((lines[0] + taken_back, *lines[1:]))
        yield str(n), f"{thai_date(entry.day(), 'short')} {_hour(entry)}".strip(), text, _by(ground, entry)


def _hour(entry: Entry) -> str:
    """The hour of writing; it says nothing about an earlier day the entry is dated."""
    at = entry.at.astimezone(BANGKOK)
    return f"เวลา {at:%H.%M} น." if entry.on in (None, at.date()) else ""


def _by(ground: SheetGround, entry: Entry) -> str:
    who = ground.office.coordinator(entry.who)
    return (who.short or who.name) if who else entry.who


def _page(ground: SheetGround, head: dict[str, str], blocks: tuple[Block, ...]) -> bytes:
    look = SheetLook(f"{head['part']} {ground.case.id}", secrecy=book_secrecy(ground.case))
    words = Words(head, blocks, "")
    return compose_sheet(ground.office, ground.templates, "file-book", look, words, ground.today, ground.case.id)


def strips_docx(ground: SheetGround, marks: Sequence[str]) -> bytes:
    """A strip with mark and number for each page of a book, to be laid over its lower right corner."""
    heads = tuple({"case_number": mark, "page": str(n)} for n, mark in enumerate(marks, 1))
    words, look = Words({}, (), "", pages=heads), SheetLook(sheet_title(ground.templates, "file-book-number"))
    return compose_sheet(ground.office, ground.templates, "file-book-number", look, words, ground.today)
