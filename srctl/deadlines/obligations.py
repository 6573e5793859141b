"""Everything that falls due in a case, computed from case, kind, calendar and today. Pure.

Nothing here is stored. Day 0 is the day counted from; due at the end of day N; late from the next day
(design §5). ``verified`` is False where nobody has checked the rule against its law.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal

from srctl.core.records import NamedTuple
from srctl.model.case_id import id_order

if TYPE_CHECKING:  # lists take obligations out of the index, and compute none
    from srctl.core.workdays import Calendar
    from srctl.deadlines.rules import Deadline, What
    from srctl.model.case import Case
    from srctl.model.definitions import Kind


class Obligation(NamedTuple):
    """One thing that falls due: what, when, who carries it, whom to call about it.

    ``late`` is working days after ``due`` (negative: still to come), ``late_original`` after ``original``, the day it
    was due before it was extended. ``ref`` is the rule, step, entry or paper, ``rule`` the rule that counted the day
    ("": somebody named it); ``whom`` is who of the office has to act when that is not the owner. ``held``: the case
    is paused and the day moves on with it. ``complete`` is False when the date reaches past the last complete
    calendar.
    """

    case: str
    what: "What"
    text: str
    due: date
    late: int
    owner: str
    with_: str
    ref: str
    subject: str
    group: str
    urgency: str
    basis: str = ""
    verified: bool = True
    complete: bool = True
    rule: str = ""
    original: date | None = None
    late_original: int = 0
    whom: str = ""
    held: bool = False

    def overdue(self, today: date) -> bool:
        """Whether the due day is past."""
        return self.due < today


def obligations(
    case: "Case",
    kind: "Kind",
    calendar: "Calendar",
    today: date,
    group: str = "",
    receipt_day_1: bool = True,
) -> tuple[Obligation, ...]:
    """Every open obligation of ``case``, in the order of the case file; none when it is closed."""
    from srctl.deadlines.rules import deadlines

    found = deadlines(case, kind, calendar, today, receipt_day_1)
    return tuple(_obligation(deadline, case, calendar, today, group) for deadline in found)


def _obligation(found: "Deadline", case: "Case", calendar: "Calendar", today: date, group: str) -> Obligation:
    late = calendar.workdays_between(found.due, today)
    moved = found.original != found.due
    rule = found.rule
    return Obligation(
        case.id, found.what, found.text, found.due, late, case.owner, found.with_, found.ref, case.subject, group,
        case.urgency, rule.basis if rule else "", found.verified,
        not calendar.incomplete_for(found.due), rule.name if rule else "", found.original,
        calendar.workdays_between(found.original, today) if moved else late, found.whom, found.held,
    )  # fmt: skip


def deadline_of(items: Iterable[Obligation]) -> Obligation | None:
    """Return the obligation that falls due first, or None."""
    return min(items, key=lambda o: o.due, default=None)


def worst_first(items: Iterable[Obligation]) -> list[Obligation]:
    """The obligations sorted by due day, the earliest first; of one day the more urgent first."""
    return sorted(items, key=lambda o: (o.due, rank_of(o.urgency), id_order(o.case), o.ref))


def rank_of(urgency: str) -> int:
    """The rank of an urgency in sorting: 0 is the most urgent."""
    return {"most-urgent": 0, "very-urgent": 1, "urgent": 2}.get(urgency, 3)


def section(due: date, today: date) -> Literal["late", "today", "coming"]:
    """The heading a due day is shown under; a day off just past is late, though by 0 working days."""
    if due < today:
        return "late"
    return "today" if due == today else "coming"
