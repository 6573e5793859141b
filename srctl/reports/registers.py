"""Registers, and that of papers sent (ทะเบียนหนังสือส่ง), as rows. Pure.

A register is computed from the logs of the cases, never kept beside them. Its columns are those of แบบที่ ๑๓
(received) and แบบที่ ๑๔ (sent) of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ (ข้อ ๓๘-๔๔), set down from
general knowledge of the regulation: to be compared with its annex before an office relies on it.

No row names a complainant: they are ผู้ร้อง or ประชาชน, also where a clerk wrote the name into a subject.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from srctl.core.dates import ce_year, file_date, show_date
from srctl.core.decoding import Text
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case import SECRECIES, Case, Entry
from srctl.model.definitions import Kind
from srctl.model.labels import channel_word, handed_words, joined, state_word
from srctl.model.number_series import Numbering, Series, Taken, paper_secrecy, taken, year_of
from srctl.model.people import Directory, Office, find_callee
from srctl.model.redaction import COMPLAINANT as THE_COMPLAINANT
from srctl.model.redaction import redactor
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, Paper, papers_of

Which = Literal["out", "in", "matters"]
Flag = Literal["", "cancelled", "missing", "duplicate"]
PUBLIC, WITHHELD = "ประชาชน", "-ลับ-"
TITLES: Mapping[Which, Text] = {
    "out": Text("ทะเบียนหนังสือส่ง", "Register of papers sent"),
    "in": Text("ทะเบียนหนังสือรับ", "Register of papers received"),
    "matters": Text("ทะเบียนรับเรื่อง", "Register of matters"),
}
_NUMBER: Mapping[Which, Text] = {
    "out": Text("เลขทะเบียนส่ง", "Register no."),
    "in": Text("เลขทะเบียนรับ", "Register no."),
    "matters": Text("เลขเรื่อง", "Case"),
}
_OTHERS = (
    Text("ที่", "Number"), Text("ลงวันที่", "Dated"), Text("จาก", "From"), Text("ถึง", "To"), Text("เรื่อง", "Subject"),
    Text("การปฏิบัติ", "Action"), Text("หมายเหตุ", "Remarks"),
)  # fmt: skip
_RECEIVED, _HOW = Text("วันที่รับ", "Received"), Text("ช่องทาง", "Channel")


class RegisterRow(NamedTuple):
    """One line of a register; ``day`` is the day it was sent or came, ``entry`` the log entry it comes from.

    ``number`` is the number in the register, of what came the place in the cases; ``ref`` the one the paper bears.
    ``n`` counts what came, ``registered`` is the day it was entered. ``missing`` rows stand for numbers that no case
    has; ``secrecy`` is the mark that withholds the subject.
    """

    number: str
    ref: str = ""
    dated: date | None = None
    from_: str = ""
    to: str = ""
    subject: str = ""
    action: str = ""
    note: str = ""
    case: str = ""
    entry: str = ""
    day: date | None = None
    flag: Flag = ""
    secrecy: str = ""
    n: int = 0
    registered: date | None = None
    channel: str = ""


class RegisterSection(NamedTuple):
    """The rows of one series; the register of papers received is a single section without a name.

    Those of the register of matters are the register books.
    """

    name: str
    label: str
    rows: tuple[RegisterRow, ...]


class Register(NamedTuple):
    """A register of one calendar year (B.E.); ``secrecy`` is the highest mark of the papers it shows openly."""

    which: Which
    year: int
    sections: tuple[RegisterSection, ...]
    secrecy: str = "none"

    def rows(self) -> tuple[RegisterRow, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)

    def withheld(self) -> int:
        """The number of subjects withheld."""
        return sum(row.subject == WITHHELD for row in self.rows())


class RegisterContext(NamedTuple):
    """What rows are made with: the office, its directory, the kinds of matter and the number series.

    ``secret`` shows the subjects of secret papers. ``gone`` are case ids without a case that can be read, with the
    reason.
    """

    office: Office
    directory: Directory
    kinds: Mapping[str, Kind]
    numbering: Numbering
    secret: bool = False
    gone: Mapping[str, str] = MappingProxyType({})


def register_title(register: Register) -> str:
    """The title of the register, with its year."""
    thai = language() == "th"
    year = f"พ.ศ. {register.year}" if thai else str(ce_year(register.year))
    return f"{TITLES[register.which].in_(language())} {year}"


def columns(which: Which) -> tuple[str, ...]:
    """The headings of the columns, in the order of :func:`row_cells`."""
    others = (_OTHERS[0], _RECEIVED, _OTHERS[2], _HOW, *_OTHERS[4:]) if which == "matters" else _OTHERS
    return tuple(text.in_(language()) for text in (_NUMBER[which], *others))


def row_cells(row: RegisterRow, which: Which = "out") -> tuple[str, ...]:
    """The cells of a row as printed, dates in the Buddhist Era."""
    dated, day = _printed(row.dated), _printed(row.day)
    match which:
        case "in":
            note = joined(row.number, row.note)
            return (str(row.n), row.ref, dated, row.from_, row.to, row.subject, row.action, note)
        case "matters":
            ref = joined(row.ref, dated, by=" ")
            how = channel_word(row.channel) if row.channel else ""
            return (row.number, ref, day, row.from_, how, row.subject, row.action, row.note)
    return (row.number, row.ref, dated, row.from_, row.to, row.subject, row.action, row.note)


def _printed(day: date | None) -> str:
    return file_date(day, language(), "short", thai_digits=False) if day else ""


def row_view(row: RegisterRow, series: str) -> dict[str, Any]:
    """The row as plain data for programs (JSON)."""
    return {
        "number": row.number,
        "series": series,
        "ref": row.ref,
        "dated": row.dated.isoformat() if row.dated else None,
        "from": row.from_,
        "to": row.to,
        "subject": row.subject,
        "action": row.action,
        "note": row.note,
        "case": row.case,
        "entry": row.entry,
        "day": row.day.isoformat() if row.day else None,
        "flag": row.flag,
        "n": row.n or None,
        "registered": row.registered.isoformat() if row.registered else None,
        "channel": row.channel,
    }


def secrecy_shown(rows: Iterable[RegisterRow], context: RegisterContext) -> str:
    """The highest secrecy mark among the rows that are shown openly."""
    marks = [row.secrecy for row in rows if row.secrecy and context.secret]
    return max(marks, key=SECRECIES.index, default="none")


# -- out --------------------------------------------------------------------------------------------


def outgoing(cases: Iterable[Case], context: RegisterContext, year: int, only: str = "") -> Register:
    """The register of papers sent in a B.E. year: every number ever given, void ones too.

    ``only`` keeps one series. Each series is in order of its numbers; missing numbers have a row.
    """
    found = list(cases)
    given = [t for t in taken(found) if year_of(t.entry) == year]
    broken = [(case, e) for case in found for e in case.log if e.did == "number" and not e.n and year_of(e) == year]
    known = list(context.numbering.series)
    others = sorted({t.entry.series for t in given} | {e.series for _case, e in broken} - set(known))
    names = [only] if only else [*known, *(name for name in others if name not in known)]
    sections = []
    for name in names:
        series = context.numbering.series.get(name)
        rows = _series_rows([t for t in given if t.entry.series == name], series, context, year)
        rows += [_unnumbered(case, entry) for case, entry in broken if entry.series == name]
        if rows:
            label = series.label.in_(language()) if series else name or "-"
            sections.append(RegisterSection(name, label, tuple(rows)))
    shown = (row for section in sections for row in section.rows)
    return Register("out", year, tuple(sections), secrecy_shown(shown, context))


def _series_rows(given: list[Taken], series: Series | None, context: RegisterContext, year: int) -> list[RegisterRow]:
    times = Counter(t.entry.n for t in given)
    expected = series.begins.get(str(year), 1) if series else 1
    rows: list[RegisterRow] = []
    for one in sorted(given, key=lambda t: (t.entry.n, t.case.id, t.entry.day())):
        n = one.entry.n
        if n > expected:
            rows.append(_gap(expected, n - 1))
        expected = max(expected, n + 1)
        row = _sent_row(one, context)
        if times[n] > 1:
            row = row._replace(flag="duplicate", action=joined(_("this number was given twice"), row.action))
        rows.append(row)
    return rows


def _gap(first: int, last: int) -> RegisterRow:
    number = str(first) if first == last else f"{first}-{last}"
    return RegisterRow(number, action=_("no log has this number"), flag="missing")


def _unnumbered(case: Case, entry: Entry) -> RegisterRow:
    action = _("the log entry {id} has no register number").format(id=entry.id)
    return RegisterRow("?", entry.number, action=action, note=case.id, case=case.id, entry=entry.id, flag="missing")


def _sent_row(one: Taken, context: RegisterContext) -> RegisterRow:
    case, entry, _void = one
    paper = next((p for p in papers_of(case) if p.numbered and p.numbered.id == entry.id), None)
    draft = next((e for e in reversed(case.log) if e.paper == entry.paper and e.did in ("memo", "draft")), None)
    secrecy = paper_secrecy(case, draft, entry.series, context.numbering)
    shown = bool(context.secret or not secrecy)
    return RegisterRow(
        number=str(entry.n),
        ref=entry.number,
        dated=entry.dated or entry.day(),
        from_=context.office.names.th,
        to=_addressee(case, entry, draft, context),
        subject=redacted(entry.subject or case.subject, case, context) if shown else WITHHELD,
        action=_sent_how(one, paper, context, shown=shown),
        note=case.id,
        case=case.id,
        entry=entry.id,
        day=entry.day(),
        flag="cancelled" if one.void else "",
        secrecy=secrecy,
    )


def _addressee(case: Case, entry: Entry, draft: Entry | None, context: RegisterContext) -> str:
    """The addressee of a paper: as recorded with its number, else as in its draft; never a complainant's name."""
    reference = entry.with_ or (draft.with_ if draft else "")
    if reference == COMPLAINANT:
        return THE_COMPLAINANT
    if entry.addressee:
        return redacted(entry.addressee, case, context)
    among = entry.among or (draft.among if draft else ())
    return ", ".join(redacted(called(r, context), case, context) for r in (among or (reference,)))


def called(reference: str, context: RegisterContext, complainant: str = THE_COMPLAINANT) -> str:
    """The name of a reference to the directory; ``complainant`` in the place of who complains."""
    if reference == COMPLAINANT:
        return complainant
    if reference == MINISTER:
        return context.office.minister.title
    callee = find_callee(context.directory, reference)
    return callee.organisation.name if callee else reference


def _sent_how(one: Taken, paper: Paper | None, context: RegisterContext, *, shown: bool) -> str:
    """What became of a number: cancelled and why, or sent, when and how, and the last reply."""
    sent = _("sent {day}").format(day=show_date(paper.sent.day(), language())) if paper and paper.sent else ""
    if one.void:
        why = redacted(one.void, one.case, context)
        return joined(_("cancelled: {why}").format(why=why) if shown else state_word("cancelled"), sent)
    back = joined(*(_came_back(entry) for entry in paper.undelivered)) if paper else ""
    if paper is None or paper.sent is None:
        return joined(back, _("not sent yet"))
    reply = _last_reply(one.case, paper)
    handed = (handed_words(e.post, e.carrier, "") for e in paper.dispatches)
    return joined(
        sent + (f" ({channel_word(paper.sent.by)})" if paper.sent.by else ""),
        *dict.fromkeys(handed),
        back,
        _("answered {day}").format(day=show_date(reply.day(), language())) if reply else "",
    )


def _came_back(back: Entry) -> str:
    """That a paper had been sent and came back, when and why."""
    sent = _("sent {day}").format(day=show_date(back.was, language())) if back.was else ""
    came = _("came back {day}: {why}").format(day=show_date(back.day(), language()), why=back.why)
    return joined(sent, handed_words(back.post, "", ""), came)


def _last_reply(case: Case, paper: Paper) -> Entry | None:
    """The last reply to the paper; None while somebody it was sent to still has to answer."""
    if paper.waiting:
        return None
    return next((e for e in reversed(case.happened()) if e.did == "reply" and e.paper == paper.id), None)


# -- words ------------------------------------------------------------------------------------------


def redacted(text: str, case: Case, context: RegisterContext) -> str:
    """``text`` without the complainant and without what the kind keeps private."""
    return redactor(case, context.kinds.get(case.kind))(text)
