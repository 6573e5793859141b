"""One person's day: what is late, due and coming, whom to call, which papers wait for whom. Floor 1, pure.

`srctl today` shows it to one person, `srctl digest` tells it of many: both come from :func:`parts_of`. Whatever is
open stands with somebody: with its owner, whoever stands in for an owner away, the superior asked to decide; what is
nobody's stands with the head of its group, and what not even a head carries in a part of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from srctl.absences import is_active
from srctl.due import Obligation, section, worst_first
from srctl.i18n import _
from srctl.kinds import Kind
from srctl.model import Case
from srctl.papertrail import Paper, next_command, papers_of, state_word
from srctl.people import name_of
from srctl.privacy import patterns
from srctl.query import group_of
from srctl.views import Around, View, due_of, due_row, stand_in
from srctl.words import secrecy_word
from srctl.workflow import is_closed

SOON = 3  # working days ahead that still belong to the day
Name = Literal["late", "today", "soon", "calls", "signature", "papers", "decisions", "asked", "thanks", "pauses"]
NAMES: tuple[Name, ...] = get_args(Name)
TIMES: tuple[Name, ...] = NAMES[:3]
# Papers that wait for the office itself: to be mended, numbered, sent.
OURS_TO_MOVE = ("returned", "signed", "numbered")
# Of these the text is what somebody typed; of the others it is the name of a rule.
_TYPED = ("step", "ours", "theirs", "thanks", "decision")


class Whose(NamedTuple):
    """Whose day is asked for: of these people, of what a group carries, or (neither) of everybody."""

    people: frozenset[str] = frozenset()
    group: str = ""

    def everybody(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.people or self.group)


EVERYBODY = Whose()


class Share(NamedTuple):
    """What is to be done about one case, and the ``people`` who carry it; ``by_phone`` are steps to be phoned."""

    case: Case
    subject: str
    group: str
    people: frozenset[str]
    standing_in: str
    items: tuple[Obligation, ...]
    papers: tuple[Paper, ...]
    by_phone: frozenset[str]


class Section(NamedTuple):
    """One heading with its rows, worst first: rows of ``due``, or (``papers``) of :func:`paper_row`."""

    name: Name
    rows: tuple[View, ...]


class Part(NamedTuple):
    """The day of one person (``who``, ``name``), of a group or of the whole office (``who`` is "").

    ``coming`` is what falls due next after all that is told.
    """

    who: str
    name: str
    sections: tuple[Section, ...]
    coming: View | None = None

    def rows(self) -> Iterator[View]:
        """Yield the rows of all sections."""
        for part in self.sections:
            yield from part.rows

    def count(self, name: Name) -> int:
        """Return how many rows stand under that heading."""
        return sum(len(part.rows) for part in self.sections if part.name == name)


# -- what concerns whom ---------------------------------------------------------------------------------


def carriers(case: Case, group: str, around: Around) -> frozenset[str]:
    """Return who carries a case of ``group``: its owner and who stands in, else the head of the group.

    An owner who has left is nobody. A case of no group is every head's until one of them takes it.
    """
    office, other = around.office, stand_in(case, around)
    if other or is_active(office, case.owner):
        return frozenset({case.owner, other} - {""})
    heads = (g.head for g in office.groups if group in ("", g.id))
    return frozenset(head for head in heads if is_active(office, head))


def share_of(
    case: Case, kind: Kind | None, around: Around, whose: Whose = EVERYBODY, *, leaving: bool = False
) -> Share | None:
    """Return what is to be done about the case, None when it is closed or does not concern ``whose`` at all.

    ``leaving`` is for files that leave the office: subjects and typed texts are withheld where the case is secret,
    and name no complainant anywhere.
    """
    group = group_of(case, kind, around.office)
    people = carriers(case, group, around)
    if not _concerns(case, people, group, whose) or is_closed(case):
        return None
    items = due_of(case, kind, around)
    papers = tuple(p for p in papers_of(case) if p.state in OURS_TO_MOVE) if any(e.paper for e in case.log) else ()
    by_phone = frozenset(step.id for step in case.plan.steps if step.by == "phone")
    found = Share(case, case.subject, group, people, stand_in(case, around), items, papers, by_phone)
    return _sealed(found, kind) if leaving else found


def _concerns(case: Case, people: Collection[str], group: str, whose: Whose) -> bool:
    """Tell whether ``whose`` carries the case, or may have to decide or sign something in it."""
    if _carried(people, group, whose):
        return True
    return any(e.whom in whose.people or e.signer in whose.people for e in case.log)


def _carried(people: Collection[str], group: str, whose: Whose) -> bool:
    return whose.everybody() or group == (whose.group or None) or not whose.people.isdisjoint(people)


def _sealed(share: Share, kind: Kind | None) -> Share:
    """Return the share as it may leave the office."""
    case = share.case

    def told(text: str) -> str:
        return _outside(text, case, kind)

    items = (
        item._replace(subject=told(item.subject), text=told(item.text) if item.what in _TYPED else item.text)
        for item in share.items
    )
    subject = _subject_outside(case, kind)
    papers = tuple(p._replace(last=p.last._replace(why=told(p.last.why))) for p in share.papers)
    return share._replace(subject=subject, items=tuple(item._replace(subject=subject) for item in items), papers=papers)


def row_outside(row: View, case: Case, kind: Kind | None) -> View:
    """Return a row of ``due`` of the case (as its file has it) as it may leave the office."""
    text = _outside(row["text"], case, kind) if row["what"] in _TYPED else row["text"]
    return {**row, "subject": _subject_outside(case, kind), "text": text}


def _subject_outside(case: Case, kind: Kind | None) -> str:
    mark = secrecy_word(case.secrecy)
    return f"{case.id} ({mark})" if mark else _outside(case.subject, case, kind)


def _outside(text: str, case: Case, kind: Kind | None) -> str:
    return "" if secrecy_word(case.secrecy) else _unnamed(text, case, kind)


def _unnamed(text: str, case: Case, kind: Kind | None) -> str:
    """Return ``text`` without who complains and without what the kind keeps private."""
    for trace in patterns(case.complainant) if case.complainant else ():
        text = trace.pattern.sub(_("the complainant") if trace.what == "name" else "…", text)
    for field in kind.fields if kind else ():
        value = case.fields.get(field.name, "")
        text = text.replace(value, "…") if field.private and value else text
    return text


# -- the day ------------------------------------------------------------------------------------------


def part_of(shares: Iterable[Share], around: Around, whose: Whose, who: str = "", name: str = "") -> Part:
    """Return the day of ``whose``, a heading only where something stands under it, the worst first under each.

    An obligation stands once under late, today or soon, and again under what is to be done about it.
    """
    mine = {share.case.id: share for share in shares if _concerns(share.case, share.people, share.group, whose)}
    soon = around.calendar.add_workdays(around.today, SOON)
    items = [item for share in mine.values() for item in share.items if _falls_to(item, share, whose)]
    found: dict[Name, list[View]] = {heading: [] for heading in NAMES}
    coming = None
    for item in worst_first(items):
        share = mine[item.case]
        places = tuple(_places(item, share, whose, around.today, soon))
        if places or (coming is None and not item.held):
            row = due_row(item, around, share.standing_in)
            coming = coming if places else row
        for place in places:
            found[place].append(row)
    found["papers"] = [paper_row(p, s, around) for s in mine.values() for p in s.papers if _carries(s, whose)]
    found["papers"].sort(key=lambda row: (row["since"], row["case"]))
    sections = tuple(Section(heading, tuple(rows)) for heading, rows in found.items() if rows)
    return Part(who, name, sections, coming)


def _carries(share: Share, whose: Whose) -> bool:
    return _carried(share.people, share.group, whose)


def _falls_to(item: Obligation, share: Share, whose: Whose) -> bool:
    return _carries(share, whose) or item.whom in whose.people


def _places(item: Obligation, share: Share, whose: Whose, today: date, soon: date) -> Iterator[Name]:
    """Yield under which headings an obligation stands.

    What a pause holds is due on no day, it moves on with the pause: only what can be done about it is told.
    """
    when = section(item, today)
    if item.due <= soon and not item.held:
        yield "soon" if when == "coming" else when
    if item.due <= today and (item.what == "theirs" or item.ref in share.by_phone):
        yield "calls"
    match item.what:
        case "paper":
            yield "signature"
        case "decision":
            yield "asked" if whose.people == {item.whom} else "decisions"
        case "thanks":
            yield "thanks"
        case "pause" if item.due <= soon:
            yield "pauses"


def paper_row(paper: Paper, share: Share, around: Around) -> View:
    """Return one line of a paper that waits for the office itself, with the command that brings it on."""
    case = share.case
    return {
        "case": case.id,
        "paper": paper.id,
        "state": paper.state,
        "state_label": state_word(paper.state),
        "since": paper.last.day().isoformat(),
        "why": paper.last.why,
        "next": next_command(case.id, paper),
        "owner": case.owner,
        "owner_name": name_of(around.office, case.owner),
        "acting": share.standing_in,
        "acting_name": name_of(around.office, share.standing_in),
        "subject": share.subject,
        "urgency": case.urgency,
    }


def parts_of(shares: Sequence[Share], around: Around, whose: Whose) -> tuple[Part, ...]:
    """Return a part for each coordinator meant by ``whose``, group by group, then what is with none of them."""
    office = around.office
    order = {group.id: place for place, group in enumerate(office.groups)}
    people = sorted((c for c in office.coordinators if c.active), key=lambda c: order.get(c.group, len(order)))
    if not whose.everybody():
        people = [c for c in people if c.id in whose.people]
    parts = [part_of(shares, around, Whose(frozenset({c.id})), c.id, c.name) for c in people]
    known = frozenset(c.id for c in people)
    rest = [share for share in shares if share.people.isdisjoint(known) and _carries(share, whose)]
    others = part_of(rest, around, EVERYBODY, "", _("with nobody above"))
    return (*parts, *((others,) if others.sections else ()))
