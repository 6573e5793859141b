"""The registers of papers out and in (ทะเบียนหนังสือส่ง, ทะเบียนหนังสือรับ) as rows. Pure.

A register is computed from the logs of the cases, never kept beside them. Its columns are those of แบบที่ ๑๓
(received) and แบบที่ ๑๔ (sent) of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ (ข้อ ๓๘-๔๔), set down from
general knowledge of the regulation: to be compared with its annex before an office relies on it.

No row names a complainant: they are ผู้ร้อง or ประชาชน, also where a clerk wrote the name into a subject.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from srctl.core.dates import be_year, ce_year, show_date, thai_date
from srctl.core.decoding import Text
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case import SECRECIES, Case, Entry
from srctl.model.definitions import Kind
from srctl.model.labels import channel_word, joined, secrecy_word, stage_word, state_word, urgency_word
from srctl.model.number_series import Numbering, Series, Taken, taken, year_of
from srctl.model.people import Directory, Office, find_callee
from srctl.model.redaction import COMPLAINANT as THE_COMPLAINANT
from srctl.model.redaction import redactor
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, Paper, papers_of
from srctl.workflow.stages import stage_of

Which = Literal["out", "in"]
Flag = Literal["", "cancelled", "missing", "duplicate"]
PUBLIC, WITHHELD = "ประชาชน", "-ลับ-"
TITLES: Mapping[Which, Text] = {
    "out": Text("ทะเบียนหนังสือส่ง", "Register of papers sent"),
    "in": Text("ทะเบียนหนังสือรับ", "Register of papers received"),
}
_NUMBER: Mapping[Which, Text] = {
    "out": Text("เลขทะเบียนส่ง", "Register no."),
    "in": Text("เลขทะเบียนรับ", "Register no."),
}
_OTHERS = (
    Text("ที่", "Number"), Text("ลงวันที่", "Dated"), Text("จาก", "From"), Text("ถึง", "To"), Text("เรื่อง", "Subject"),
    Text("การปฏิบัติ", "Action"), Text("หมายเหตุ", "Remarks"),
)  # fmt: skip


class RegisterRow(NamedTuple):
    """One line of a register; ``day`` is the day it belongs to, ``entry`` the log entry it comes from.

    ``number`` is the number in the register, ``ref`` the one the paper bears. ``missing`` rows stand for numbers
    that no log has (only a hand edit makes them); ``secrecy`` is the mark that withholds the subject.
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


class RegisterSection(NamedTuple):
    """The rows of one series; the register of papers received is a single section without a name."""

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

    ``secret`` shows the subjects of secret papers.
    """

    office: Office
    directory: Directory
    kinds: Mapping[str, Kind]
    numbering: Numbering
    secret: bool = False


def register_title(register: Register) -> str:
    """The title of the register, with its year."""
    thai = language() == "th"
    year = f"พ.ศ. {register.year}" if thai else str(ce_year(register.year))
    return f"{TITLES[register.which].in_(language())} {year}"


def columns(which: Which) -> tuple[str, ...]:
    """The headings of the columns, in the order of :func:`row_cells`."""
    return tuple(text.in_(language()) for text in (_NUMBER[which], *_OTHERS))


def row_cells(row: RegisterRow) -> tuple[str, ...]:
    """The cells of a row as printed, dates in the Buddhist Era."""
    dated = thai_date(row.dated, "short", thai_digits=False) if row.dated else ""
    return (row.number, row.ref, dated, row.from_, row.to, row.subject, row.action, row.note)


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
    }


def _secrecy_shown(rows: Iterable[RegisterRow], context: RegisterContext) -> str:
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
    return Register("out", year, tuple(sections), _secrecy_shown(shown, context))


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
    secrecy = _secrecy_of(case, entry, draft, context.numbering)
    shown = bool(context.secret or not secrecy)
    return RegisterRow(
        number=str(entry.n),
        ref=entry.number,
        dated=entry.dated or entry.day(),
        from_=context.office.names.th,
        to=_addressee(case, entry, draft, context),
        subject=_redact(entry.subject or case.subject, case, context) if shown else WITHHELD,
        action=_sent_how(one, paper, context, shown=shown),
        note=case.id,
        case=case.id,
        entry=entry.id,
        day=entry.day(),
        flag="cancelled" if one.void else "",
        secrecy=secrecy,
    )


def _secrecy_of(case: Case, entry: Entry, draft: Entry | None, numbering: Numbering) -> str:
    """The secrecy mark of a numbered paper: its own, else its case's; a secret series is secret in any case."""
    marked = (draft.secrecy if draft else "") or case.secrecy
    if marked != "none":
        return marked
    secret_series = {series.secret for series in numbering.series.values()}
    return "confidential" if entry.series in secret_series - {""} else ""


def _addressee(case: Case, entry: Entry, draft: Entry | None, context: RegisterContext) -> str:
    """The addressee of a paper: as recorded with its number, else as in its draft; never a complainant's name."""
    reference = entry.with_ or (draft.with_ if draft else "")
    if reference == COMPLAINANT:
        return THE_COMPLAINANT
    if entry.addressee:
        return _redact(entry.addressee, case, context)
    among = entry.among or (draft.among if draft else ())
    return ", ".join(_redact(_called(r, context), case, context) for r in (among or (reference,)))


def _called(reference: str, context: RegisterContext, complainant: str = THE_COMPLAINANT) -> str:
    if reference == COMPLAINANT:
        return complainant
    if reference == MINISTER:
        return context.office.minister.title
    callee = find_callee(context.directory, reference)
    return callee.organisation.name if callee else reference


def _sent_how(one: Taken, paper: Paper | None, context: RegisterContext, *, shown: bool) -> str:
    """What became of a number: cancelled and why, or sent, when and how, and the last reply."""
    if one.void:
        why = _redact(one.void, one.case, context)
        return _("cancelled: {why}").format(why=why) if shown else state_word("cancelled")
    if paper is None or paper.sent is None:
        return _("not sent yet")
    sent = _("sent {day}").format(day=show_date(paper.sent.day(), language()))
    reply = _last_reply(one.case, paper)
    return joined(
        sent + (f" ({channel_word(paper.sent.by)})" if paper.sent.by else ""),
        _("answered {day}").format(day=show_date(reply.day(), language())) if reply else "",
    )


def _last_reply(case: Case, paper: Paper) -> Entry | None:
    """The last reply to the paper; None while somebody it was sent to still has to answer."""
    if paper.waiting:
        return None
    return next((e for e in reversed(case.happened()) if e.did == "reply" and e.paper == paper.id), None)


# -- in ---------------------------------------------------------------------------------------------


def incoming_register(cases: Iterable[Case], context: RegisterContext, year: int) -> Register:
    """The register of papers received in a B.E. year, by day: those that opened a case, and replies to it.

    The number of a matter is its case id; a letter adds the entry that logs it (``2569-0042/a9``).
    """
    rows = []
    for case in cases:
        if be_year(case.received.on) == year:
            rows.append(_matter_row(case, context))
        letters = [e for e in case.happened() if e.did == "reply" and be_year(e.day()) == year]
        rows += [_letter_row(case, entry, context) for entry in letters]
    rows.sort(key=lambda row: (row.day or date.min, row.case))
    sections = (RegisterSection("", "", tuple(rows)),) if rows else ()
    return Register("in", year, sections, _secrecy_shown(rows, context))


def _matter_row(case: Case, context: RegisterContext) -> RegisterRow:
    received = case.received
    kind = context.kinds.get(case.kind)
    ours = received.from_ == case.order.by or not case.order.by
    minister = context.office.minister
    to_minister = case.order.by in (minister.short, minister.title, minister.name) and not ours
    return _received(
        case,
        context,
        number=case.id,
        ref="" if received.ref == "-" else _redact(received.ref, case, context),
        dated=received.dated,
        from_=_sender(case, context),
        to=minister.title if to_minister else context.office.names.th,
        subject=case.subject,
        action=joined(stage_word(kind, stage_of(case)), _owner(case, context)),
        note=joined(urgency_word(case.urgency), secrecy_word(case.secrecy)),
        day=received.on,
    )


def _letter_row(case: Case, entry: Entry, context: RegisterContext) -> RegisterRow:
    answered = next((p for p in papers_of(case) if p.id == entry.paper and p.number), None)
    return _received(
        case,
        context,
        number=f"{case.id}/{entry.id}",
        ref=_redact(entry.ref, case, context),
        dated=entry.dated,
        from_=_open_name(_called(entry.with_, context, PUBLIC), case, context),
        to=context.office.names.th,
        subject=entry.subject or case.subject,
        action=joined(_("answers {number}").format(number=answered.number) if answered else "", _owner(case, context)),
        note=secrecy_word(case.secrecy),
        day=entry.day(),
        entry=entry.id,
    )


def _received(
    case: Case, context: RegisterContext, *, subject: str, day: date, note: str, **values: Any
) -> RegisterRow:
    """A row of the register of papers received; its remarks begin with the day it came."""
    secrecy = case.secrecy if case.secrecy != "none" else ""
    shown = _redact(subject, case, context) if context.secret or not secrecy else WITHHELD
    came = _("received {day}").format(day=show_date(day, language()))
    return RegisterRow(subject=shown, day=day, note=joined(came, note), case=case.id, secrecy=secrecy, **values)


def _sender(case: Case, context: RegisterContext) -> str:
    """The sender of the matter; the public for the complainant, or for a complaint without a sender."""
    kind = context.kinds.get(case.kind)
    complained = case.complainant is not None or (kind is not None and kind.complainant)
    return _open_name(case.received.from_ or (PUBLIC if complained else ""), case, context)


def _open_name(name: str, case: Case, context: RegisterContext) -> str:
    return name if _redact(name, case, context) == name else PUBLIC


def _owner(case: Case, context: RegisterContext) -> str:
    owner = context.office.coordinator(case.owner)
    return (owner.short or owner.name) if owner else case.owner


# -- words ------------------------------------------------------------------------------------------


def _redact(text: str, case: Case, context: RegisterContext) -> str:
    """``text`` without the complainant and without what the kind keeps private."""
    return redactor(case, context.kinds.get(case.kind))(text)
