"""The register of papers received (ทะเบียนหนังสือรับ) and that of matters (ทะเบียนรับเรื่อง) as rows. Pure.

A register of papers received runs by the day a paper is entered, with one number after the other through the calendar
year (ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๓๘.๑-๓๘.๒, from general knowledge of the regulation); a row tells the day
it came where that is another. Spoken orders and calls are no papers: they stand, with every other case of the year, in
the register of matters, by the number of the case.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from srctl.core.dates import BANGKOK, be_year, show_date
from srctl.core.i18n import _, language
from srctl.model.case import Case
from srctl.model.case_id import id_order, make_id, parse_id
from srctl.model.case_people import spelled
from srctl.model.incoming_paper import (
    IncomingPaper,
    fold_ref,
    incoming_papers,
    is_same,
    registered_at,
    sender_key,
)
from srctl.model.labels import joined, secrecy_word, stage_word, urgency_word
from srctl.model.people import COMPLAINANT, MINISTER
from srctl.reports.registers import (
    PUBLIC,
    WITHHELD,
    Register,
    RegisterContext,
    RegisterRow,
    RegisterSection,
    called,
    redacted,
    secrecy_shown,
)
from srctl.workflow.paper_state import Paper, papers_of
from srctl.workflow.stages import is_closed, set_aside, stage_of

# -- papers -----------------------------------------------------------------------------------------


def incoming_register(cases: Iterable[Case], context: RegisterContext, year: int) -> Register:
    """The register of papers received that were entered in a B.E. year, each once, in the order they were entered.

    The number of a paper is its place: the id of the case it brought, or that with the entry that logs it
    (``2569-0042/a9``); ``n`` counts through the year. One that was entered twice has the row of the first; one that was
    taken back keeps its row.
    """
    found = sorted(
        (paper for case in cases for paper in incoming_papers(case)),
        key=lambda paper: (paper.registered, id_order(paper.case.id)),
    )
    rows: list[RegisterRow] = []
    for paper, again in _each_once(found, context):
        if register_year(paper) == year:
            rows.append(_paper_row(paper, again, context)._replace(n=len(rows) + 1))
    sections = (RegisterSection("", "", tuple(rows)),) if rows else ()
    return Register("in", year, sections, secrecy_shown(rows, context))


def register_year(paper: IncomingPaper) -> int:
    """The B.E. year whose register a paper stands in: that of the case's id, or of the day a later one was entered."""
    return be_year(paper.registered.astimezone(BANGKOK).date()) if paper.entry else int(paper.case.id[:4])


def _each_once(
    papers: Sequence[IncomingPaper], context: RegisterContext
) -> list[tuple[IncomingPaper, list[str]]]:  # fmt: skip
    """Each paper as first entered, with the places where it was entered again."""
    first: list[tuple[IncomingPaper, list[str]]] = []
    by_ref: dict[str, list[tuple[IncomingPaper, list[str]]]] = {}
    for paper in papers:
        alike = [] if _undone(paper) else by_ref.setdefault(fold_ref(paper.ref), [])
        had = next((found for found in alike if is_same(found[0], paper, context.directory)), None)
        if had:
            had[1].append(paper.place)
            continue
        first.append((paper, []))
        alike.append(first[-1])
    return first


def _undone(paper: IncomingPaper) -> str:
    """The reason a paper was taken back; "" for one that was not."""
    entry = paper.entry
    back = paper.case.undone().get(entry.id) if entry else None
    if back and back.did == "move":
        return _("moved to {case}").format(case=back.case)
    return (back.why or _("took back {entry}").format(entry=back.of)) if back else ""


def _set_aside(case: Case) -> str:
    """Why the case is no matter of its own: entered by mistake, or merged into another; "" for one that is."""
    aside = set_aside(case)
    if aside is None:
        return ""
    return (
        _("merged into {case}").format(case=aside.case)
        if aside.case
        else joined(_("entered by mistake"), aside.why, by=": ")
    )


def _paper_row(paper: IncomingPaper, again: Sequence[str], context: RegisterContext) -> RegisterRow:
    case, entry = paper.case, paper.entry
    back = _undone(paper) or _set_aside(case)
    sender = (
        _open_name(called(spelled(case, entry.with_), context, PUBLIC), case, context)
        if entry
        else _sender(case, context)
    )
    row = _row(
        case, context,
        number=paper.place, ref="" if paper.ref == "-" else redacted(paper.ref, case, context), dated=paper.dated,
        from_=sender, to=context.office.names.th if entry else _recipient(case, context),
        subject=(entry.subject if entry else "") or case.subject, day=paper.on, registered=paper.registered,
        entry=entry.id if entry else "", channel="" if entry else case.received.channel,
    )  # fmt: skip
    if back:
        why = _("cancelled: {why}").format(why=redacted(back, case, context)) if row.subject != WITHHELD else ""
        return row._replace(action=why or _("cancelled"), flag="cancelled")
    answers = next((p for p in papers_of(case) if entry and p.id == entry.paper and p.number), None)
    action = joined(
        _("answers {number}").format(number=answers.number) if answers else "",
        _signed_off(paper, context),
        _owner(case, context),
    )
    more = _("entered again: {places}").format(places=", ".join(again)) if again else ""
    return row._replace(action=action, note=joined(row.note, more))


def _signed_off(paper: IncomingPaper, context: RegisterContext) -> str:
    """How the paper was dealt with: answered by which letter of ours, closed, or in progress (ข้อ ๓๘.๘)."""
    case = paper.case
    replied_to = paper.entry.paper if paper.entry else ""
    answers = [
        p
        for p in papers_of(case)
        if p.id != replied_to and p.sent and p.sent.day() >= paper.on and _goes_back(p, paper, context)
    ]
    for answer in answers[-1:]:
        assert answer.sent
        day = show_date(answer.dated or answer.sent.day(), language())
        if answer.number:
            return _("answered by our no. {number} of {day}").format(number=answer.number, day=day)
        return _("answered {day}").format(day=day)
    return _state(case, context)


def _goes_back(paper: Paper, received: IncomingPaper, context: RegisterContext) -> bool:
    """Whether a paper of ours is to who sent the one received."""
    sender = received.sender
    if received.entry is None and _sender(received.case, context) == PUBLIC:
        sender = COMPLAINANT
    minister = context.office.minister
    if sender in (minister.short, minister.title, minister.name):
        sender = MINISTER
    wanted = sender_key(sender, context.directory)
    return bool(wanted) and wanted in {sender_key(to, context.directory) for to in (paper.with_, *paper.among)}


def _state(case: Case, context: RegisterContext) -> str:
    """How far the case has come: closed on which day, or in which stage it is."""
    if is_closed(case):
        closing = next((e for e in reversed(case.happened()) if e.did == "close"), None)
        if closing:
            return _("closed {day}").format(day=show_date(closing.day(), language()))
    stage = stage_word(context.kinds.get(case.kind), stage_of(case))
    return stage if is_closed(case) else _("in progress: {stage}").format(stage=stage)


# -- matters ----------------------------------------------------------------------------------------


def matters_register(cases: Iterable[Case], context: RegisterContext, year: int) -> Register:
    """The register of the matters of a B.E. year: every case with a number of that year, and every number without one.

    A number without a case has a row with the reason (``context.gone``). Each register book is a section.
    """
    found = sorted((case for case in cases if case.id.startswith(f"{year}-")), key=lambda case: id_order(case.id))
    sections = []
    for book, members in groupby(found, key=_book):
        rows = _numbered([*members], context, book)
        label = _("register book {book}").format(book=book) if book else ""
        sections.append(RegisterSection(book, label, tuple(rows)))
    shown = (row for section in sections for row in section.rows)
    return Register("matters", year, tuple(sections), secrecy_shown(shown, context))


def _book(case: Case) -> str:
    match = parse_id(case.id)
    return match["book"] if match else ""


def _numbered(cases: Sequence[Case], context: RegisterContext, book: str) -> Iterator[RegisterRow]:
    """Yield the rows of one register book, from its number 1 to its last, with those that have no case."""
    have = {case.id: case for case in cases}
    year = cases[0].id[:4] if cases else ""
    gone = (i for i in context.gone if i not in have and i.startswith(f"{year}-{book}"))
    expected = 1
    for case_id in sorted([*have, *gone], key=id_order):
        match = parse_id(case_id)
        if match is None or match["book"] != book:
            continue
        number = int(match["number"])
        if number > expected:
            yield _gap(int(year), book, expected, number - 1)
        expected = number + 1
        gone_row = RegisterRow(case_id, action=context.gone.get(case_id, ""), flag="missing")
        yield _matter_row(have[case_id], context) if case_id in have else gone_row


def _gap(year: int, book: str, first: int, last: int) -> RegisterRow:
    ids = dict.fromkeys((make_id(year, book, first), make_id(year, book, last)))
    return RegisterRow(" – ".join(ids), action=_("no case has this number"), flag="missing")


def _matter_row(case: Case, context: RegisterContext) -> RegisterRow:
    received, aside = case.received, _set_aside(case)
    row = _row(
        case, context, number=case.id, ref="" if received.ref == "-" else redacted(received.ref, case, context),
        dated=received.dated, from_=_sender(case, context), to=_recipient(case, context), subject=case.subject,
        action=joined(_state(case, context), _owner(case, context)), day=received.on, registered=registered_at(case),
        channel=received.channel,
    )  # fmt: skip
    if not aside:
        return row
    why = redacted(aside, case, context) if row.subject != WITHHELD else _("cancelled")
    return row._replace(action=why, flag="cancelled")


# -- what rows are made of --------------------------------------------------------------------------


def _row(case: Case, context: RegisterContext, **values: Any) -> RegisterRow:
    """A row; its remarks begin with the day it came where that is not the day it was entered."""
    secrecy = case.secrecy if case.secrecy != "none" else ""
    entered = values.pop("registered").astimezone(BANGKOK).date()
    subject = values.pop("subject")
    shown = redacted(subject, case, context) if context.secret or not secrecy else WITHHELD
    came = _("received {day}").format(day=show_date(values["day"], language())) if values["day"] != entered else ""
    note = joined(came, urgency_word(case.urgency) if not values.get("entry") else "", secrecy_word(case.secrecy))
    return RegisterRow(subject=shown, registered=entered, note=note, case=case.id, secrecy=secrecy, **values)


def _recipient(case: Case, context: RegisterContext) -> str:
    """To whom the matter came: to the Minister where he ordered about it, else to the office."""
    ours = case.received.from_ == case.order.by or not case.order.by
    minister = context.office.minister
    to_minister = case.order.by in (minister.short, minister.title, minister.name) and not ours
    return minister.title if to_minister else context.office.names.th


def _sender(case: Case, context: RegisterContext) -> str:
    """The sender of the matter; the public for the complainant, or for a complaint without a sender."""
    kind = context.kinds.get(case.kind)
    complained = case.complainant is not None or (kind is not None and kind.complainant)
    sender = called(case.received.from_, context, PUBLIC) if case.received.from_ else ""
    return _open_name(sender or (PUBLIC if complained else ""), case, context)


def _open_name(name: str, case: Case, context: RegisterContext) -> str:
    return name if redacted(name, case, context) == name else PUBLIC


def _owner(case: Case, context: RegisterContext) -> str:
    owner = context.office.coordinator(case.owner)
    return (owner.short or owner.name) if owner else case.owner
