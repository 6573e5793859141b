"""Lines of lists as plain data, made from the index without reading a case. Pure.

The keys of these dictionaries are a promise to programs (docs/json.md); a test holds them. Views of a whole case are in
:mod:`srctl.views.case_views`: this module imports what a list needs and no more, since lists are what is asked for
most.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from srctl.core.errors import Problem
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import Obligation, first_day, section, worst_key
from srctl.model.absences import NOBODY_AWAY, Away, acting, has_left
from srctl.model.definitions import StandingRules
from srctl.model.labels import stage_word, whom_word
from srctl.model.people import SPELLED, Directory, Office, find_callee, name_of

if TYPE_CHECKING:
    from srctl.core.workdays import Calendar
    from srctl.deadlines.rules import What
    from srctl.model.definitions import Kind

View = dict[str, Any]
# Marks beside a day: the rule behind it is not verified against the law; holidays up to it may be added.
UNVERIFIED, MAY_MOVE = "*", "~"


class ViewContext(NamedTuple):
    """What a view needs beside the case; ``weights`` are what urgencies weigh in the order of lists."""

    office: Office
    calendar: "Calendar"
    directory: Directory
    today: date
    away: Away = NOBODY_AWAY
    weights: Mapping[str, int] = StandingRules(1).weights()


def standing_in(owner: str, backup: str, context: ViewContext) -> str:
    """Who stands in for an ``owner`` away or gone: the owner when nobody does, "" when the owner is present."""
    if owner not in context.away and not has_left(context.office, owner):
        return ""
    return acting(owner, backup, context.office, context.away)


def stood_for(who: str, context: ViewContext) -> tuple[str, ...]:
    """Those away today, or gone, in whose place ``who`` passes papers, and those whom ``who`` acts for."""
    office, away = context.office, context.away
    absent = dict.fromkeys((*away, *(c.id for c in office.coordinators if not c.active)))
    acts_for = (row.for_ for row in office.acting if row.by == who and row.holds(context.today))
    return (*(other for other in absent if other != who and acting(other, "", office, away) == who), *acts_for)


class Matter(NamedTuple):
    """The state of a case, in a line: what its file has and, in ``due`` and ``late``, what falls due first."""

    id: str
    kind: str
    stage: str
    subject: str
    owner: str
    backup: str
    received: str
    urgency: str
    secrecy: str
    paused: bool
    due: str | None
    late: int | None
    verified: bool
    group: str
    acting: str
    complete: bool = True


class MatterAttributes(NamedTuple):
    """The attributes many cases share, packed into one column of the index."""

    kind: str
    stage: str
    owner: str
    backup: str
    urgency: str
    secrecy: str
    paused: bool
    verified: bool


def matter_row(matter: Matter, kind: "Kind | None") -> View:
    """Return one line of a list of cases, with the names of kind and stage."""
    return {
        "id": matter.id,
        "kind": matter.kind,
        "kind_label": kind.label.in_(language()) if kind else matter.kind,
        "subject": matter.subject,
        "stage": matter.stage,
        "stage_label": stage_word(kind, matter.stage),
        "owner": matter.owner,
        "acting": matter.acting,
        "backup": matter.backup,
        "group": matter.group,
        "received": matter.received,
        "due": matter.due,
        "late": matter.late,
        "verified": matter.verified,
        "urgency": matter.urgency,
        "secrecy": matter.secrecy,
        "paused": matter.paused,
        "calendar_complete": matter.complete,
    }


def worst_matters(found: Iterable[Matter], context: ViewContext) -> list[Matter]:
    """The cases with the worst first, as everything due is ordered; those in which nothing falls due come last.

    Cases alike stay in the order given.
    """

    def key(m: Matter) -> tuple[bool, tuple[bool, int, date, int]]:
        first = date.fromisoformat(m.due) if m.due else date.max
        return not m.due, worst_key(first, m.late or 0, m.urgency, context.today, context.weights)

    return sorted(found, key=key)


def day_marks(row: View) -> str:
    """Return the marks beside the day of a row."""
    return mark_of(row.get("verified", True), row.get("calendar_complete", True))


def mark_of(verified: bool, complete: bool) -> str:
    """Return the marks beside a day."""
    return ("" if verified else UNVERIFIED) + ("" if complete else MAY_MOVE)


def legend_lines(beside: Iterable[str]) -> tuple[str, ...]:
    """The meanings of the marks that stand beside days."""
    found = "".join(set(beside))
    return tuple(f"{mark} {meaning(mark)}" for mark in (UNVERIFIED, MAY_MOVE) if mark in found)


def meaning(mark: str) -> str:
    """What a mark beside a day means, in words."""
    return {UNVERIFIED: _("rule not verified"), MAY_MOVE: _("calendar incomplete")}[mark]


def paused_word() -> str:
    """The word beside what stands still with its case: the same in every list."""
    return _("paused")


class DueAttributes(NamedTuple):
    """The attributes many obligations share, packed into one column of the index; ``rule`` names one kept there.

    ``unsure``: it was counted over days of which the calendar does not know whether the office works.
    """

    what: "What"
    person: str
    whom: str
    rule: str
    verified: bool
    held: bool
    unsure: bool
    kind: str
    owner: str
    backup: str
    urgency: str


class PackedObligation(NamedTuple):
    """The attributes many obligations share: those of :class:`DueAttributes`, in its order, and what is looked up."""

    what: "What"
    person: str
    whom: str
    rule: str
    verified: bool
    held: bool
    unsure: bool
    kind: str
    owner: str
    backup: str
    urgency: str
    basis: str
    acting: str
    group: str
    people: View

    def carriers(self) -> tuple[str, ...]:
        """Whoever has the case or is asked in it: its owner, the backup, who stands in, who has to act."""
        return self.owner, self.backup, self.acting, self.whom


class DueDay(NamedTuple):
    """The dates that many obligations of one day share; ``first`` is the day they count as due by.

    The fields are those of :class:`srctl.deadlines.obligations.Obligation`.
    """

    due: date
    late: int
    complete: bool
    original: date | None
    late_original: int
    first: date
    late_first: int


class Due(NamedTuple):
    """One obligation of a list: its own texts, and what it shares with others."""

    case: str
    ref: str
    text: str
    subject: str
    day: DueDay
    shared: PackedObligation

    @property
    def item(self) -> Obligation:
        """The obligation as it is computed from a case."""
        day, b = self.day, self.shared
        return Obligation(
            self.case, b.what, self.text, day.due, day.late, b.owner, b.person, self.ref, self.subject, b.group,
            b.urgency, b.basis, b.verified, day.complete, b.rule, day.original, day.late_original, b.whom, b.held,
        )  # fmt: skip


def due_row(item: Obligation, context: ViewContext, standing_in: str = "", people: View | None = None) -> View:
    """Return one line of what is due; ``standing_in`` is who carries it today, ``people`` those known already."""
    known = people or people_of(context, item.owner, standing_in, item.with_, item.whom)
    return {**own_of(item), **time_of(item, context.today), **shared_part(item), **known}


def own_of(item: Obligation | Due) -> View:
    """The part of the line that is its own."""
    return {"case": item.case, "ref": item.ref, "text": item.text, "subject": item.subject}


def time_of(item: Obligation | DueDay, today: date) -> View:
    """The part of the line that follows from its day, and the day before it was extended or postponed."""
    return {
        "due": _iso(item.due),
        "section": section(item.first, today),
        "late": item.late,
        "calendar_complete": item.complete,
        "original": _iso(item.original) if item.original else None,
        "late_original": item.late_original,
    }


def counted_by(row: View) -> tuple[str, int]:
    """The day a line counts as due by, and how late it is by that: of what was postponed the first day."""
    first = first_day(row["what"], row["due"], row["original"])
    return first, row["late"] if first == row["due"] else row["late_original"]


def shared_part(item: Obligation | PackedObligation) -> View:
    """The part of the line that many lines share."""
    return {
        "what": item.what,
        "group": item.group,
        "urgency": item.urgency,
        "rule": item.rule,
        "basis": item.basis,
        "verified": item.verified,
        "held": item.held,
    }


def people_of(context: ViewContext, owner_id: str, acting: str, person: str, whom: str) -> View:
    """The part of the line that is about people: the owner, who stands in, whom to call, who has to act."""
    owner = context.office.coordinator(owner_id)
    other = context.office.coordinator(acting)
    callee = find_callee(context.directory, person) if person else None
    return {
        "owner": owner_id,
        "owner_name": owner.name if owner else owner_id,
        "owner_left": has_left(context.office, owner_id),
        "owner_phone": owner.phone if owner else "",
        "acting": acting,
        "acting_name": other.name if other else acting,
        "acting_phone": other.phone if other else "",
        "with": person.partition(SPELLED)[0],
        "call": callee.name() if callee else whom_word(person),
        "phone": callee.phone() if callee else "",
        "whom": whom,
        "whom_name": name_of(context.office, whom) if whom else "",
        "whom_left": has_left(context.office, whom),
    }


def person_named(row: View, role: str) -> str:
    """The name of the ``owner`` of a line, or of ``whom`` it waits for, marked when they have left the office."""
    name = row[f"{role}_name"]
    return f"{name} ({_('has left the office')})" if row[f"{role}_left"] else str(name)


def problem_view(problem: Problem) -> View:
    """A problem as plain data."""
    return {
        "file": problem.path.as_posix(),
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def envelope(items: Iterable[Any], today: date, problems: Iterable[Problem] = ()) -> View:
    """A list as ``--json`` prints it."""
    return {
        "format": 1,
        "today": _iso(today),
        "items": list(items),
        "problems": [problem_view(p) for p in problems],
    }


def _iso(day: date) -> str:
    return day.isoformat()
