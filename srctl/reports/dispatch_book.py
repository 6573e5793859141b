"""The book of dispatched papers (สมุดส่งหนังสือ): what went out by hand, messenger or post, for receivers to sign.

Its columns are those of the book of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖, set down from general
knowledge of the regulation: to be compared with its annex before an office relies on it. Computed from the logs of the
cases, as every register; no row names a complainant.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from srctl.core.date_spans import Days, on_thai_days, show_days
from srctl.core.dates import file_date
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Block, Words
from srctl.model.case import Case, Entry
from srctl.model.labels import handed_words, joined
from srctl.model.people import COMPLAINANT, Office, find_callee
from srctl.model.redaction import COMPLAINANT as THE_COMPLAINANT
from srctl.reports.registers import RegisterContext, called, redacted
from srctl.reports.sheets.composing import SheetLook, compose_sheet

LAYOUT = "dispatch-book"


class DispatchRow(NamedTuple):
    """One letter of the book: its number, whom it is to, at which office (``unit``), who took it, what is noted.

    ``day`` is the day it was sent; ``taken`` that on which somebody took it, at what ``hour``; ``returned`` that on
    which it came back undelivered.
    """

    number: str
    to: str
    unit: str
    receiver: str
    note: str
    day: date
    case: str
    paper: str
    entry: Entry
    returned: date | None = None
    taken: date | None = None
    hour: str = ""


def dispatched(cases: Iterable[Case], context: RegisterContext, first: date, last: date) -> tuple[DispatchRow, ...]:
    """The letters sent from the ``first`` day to the ``last``, in their order; each addressee has a row."""
    rows = []
    for case in cases:
        sent = [e for e in case.log if e.did == "send" and e.by == "letter" and first <= e.day() <= last]
        undone = case.undone() if sent else {}
        rows += [row for e in sent if e.id not in undone for row in _of_dispatch(case, e, context)]
    return tuple(sorted(rows, key=lambda row: (row.day, row.entry.at)))


def _of_dispatch(case: Case, entry: Entry, context: RegisterContext) -> Iterator[DispatchRow]:
    numbered, drafted = _last(case, entry, "number"), _last(case, entry, "draft", "memo")
    among = drafted.among if drafted and not entry.with_ else ()
    for whom in among or (entry.with_,):
        back = _came_back(case, entry, whom)
        taken = _taken(case, entry, whom)
        returned = _("came back {day}: {why}").format(day=_printed(back.day()), why=back.why) if back else ""
        yield DispatchRow(
            number=numbered.number if numbered else entry.paper,
            to=_addressee(case, numbered, whom, context, alone=not among),
            unit="" if whom == COMPLAINANT else called(whom, context, ""),
            receiver=redacted(taken.receiver, case, context) if taken else "",
            note=joined(handed_words(entry.post, entry.carrier, ""), returned),
            day=entry.day(), case=case.id, paper=entry.paper, entry=entry,
            returned=back.day() if back else None,
            taken=taken.day() if taken else None, hour=taken.hour if taken else "",
        )  # fmt: skip


def _came_back(case: Case, sent: Entry, whom: str) -> Entry | None:
    """The entry by which the letter to ``whom`` came back, None where it did not."""
    undone = case.undone()
    for entry in case.log:
        of_all = not entry.of and entry.paper == sent.paper and entry.with_ == whom
        if entry.did == "undelivered" and entry.id not in undone and (entry.of == sent.id or of_all):
            return entry
    return None


def _taken(case: Case, sent: Entry, whom: str) -> Entry | None:
    """The entry that tells who took the letter to ``whom``, None where nobody has told."""
    if sent.receiver:
        return sent
    undone = case.undone()
    told = (e for e in case.log if e.did == "delivered" and e.of == sent.id and e.id not in undone)
    return next((e for e in told if e.with_ in (whom, sent.with_)), None)


def _last(case: Case, sent: Entry, *dids: str) -> Entry | None:
    """The last entry of these sorts about the paper before it was sent."""
    before = case.log[: case.log.index(sent)]
    return next((e for e in reversed(before) if e.paper == sent.paper and e.did in dids), None)


def _addressee(case: Case, numbered: Entry | None, whom: str, context: RegisterContext, *, alone: bool) -> str:
    if whom == COMPLAINANT:
        return THE_COMPLAINANT
    if alone and numbered and numbered.addressee:
        return redacted(numbered.addressee, case, context)
    callee = find_callee(context.directory, whom)
    if callee is None:
        return redacted(called(whom, context), case, context)
    return callee.name() if callee.person else callee.organisation.head or callee.organisation.name


def book_columns() -> tuple[str, ...]:
    """The headings of the book, in the order of :func:`book_cells`."""
    return (
        _("register no."),
        _("from"),
        _("to"),
        _("receiving office"),
        _("receiver"),
        _("day and hour"),
        _("remarks"),
    )


def book_cells(row: DispatchRow, office: str) -> tuple[str, ...]:
    """The cells of a row as printed; who takes the letter signs, and writes day and hour, where they are empty."""
    hour = _("at {hour}").format(hour=row.hour.replace(":", ".")) if row.hour else ""
    when = " ".join(part for part in (_printed(row.taken), hour) if part) if row.taken else ""
    return (row.number, office, row.to, row.unit, row.receiver, when, row.note)


def _printed(day: date) -> str:
    return file_date(day, language(), "short", thai_digits=False)


def book_docx(
    rows: Sequence[DispatchRow], notes: Sequence[str], office: Office, templates: Path, days: Days, today: date
) -> bytes:  # fmt: skip
    """The book as a Word file; ``notes`` above the rows state what could not be read.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    title = _("Book of papers dispatched")
    blocks = [*(Block("plain", note) for note in notes), Block("columns", "", cells=book_columns())]
    blocks += [Block("row", "", cells=book_cells(row, office.names.th)) for row in rows]
    words = Words({"title": title, "office": office.names.th, "when": _when(days)}, tuple(blocks), "")
    return compose_sheet(office, templates, LAYOUT, SheetLook(title), words, today)


def _when(days: Days) -> str:
    return on_thai_days(days).removeprefix("ใน") if language() == "th" else show_days(days, "en")


def dispatch_view(row: DispatchRow) -> dict[str, Any]:
    """The row as plain data for programs (JSON)."""
    return {
        "number": row.number,
        "to": row.to,
        "unit": row.unit,
        "post": row.entry.post,
        "carrier": row.entry.carrier,
        "receiver": row.receiver,
        "taken": row.taken.isoformat() if row.taken else None,
        "hour": row.hour,
        "note": row.note,
        "day": row.day.isoformat(),
        "returned": row.returned.isoformat() if row.returned else None,
        "case": row.case,
        "paper": row.paper,
        "entry": row.entry.id,
    }
