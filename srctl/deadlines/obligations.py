"""Everything that falls due in a case, computed from case, kind, calendar and today. Pure.

Nothing here is stored. Day 0 is the day counted from; due at the end of day N; late from the next day
(design §5). ``verified`` is False where nobody has checked the rule against its law.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from srctl.core.records import NamedTuple
from srctl.model.case_id import id_order

if TYPE_CHECKING:  # lists take obligations out of the index, and compute none
    from srctl.core.workdays import Calendar
    from srctl.deadlines.rules import Deadline, What
    from srctl.model.case import Case
    from srctl.model.definitions import Kind

_Day = TypeVar("_Day", date, str)

# What somebody promised or is asked for: of these the first day stays the one they are late by.
PROMISED = ("ours", "theirs", "thanks", "decision")


class Obligation(NamedTuple):
    """One thing that falls due: what, when, who carries it, whom to call about it.

    ``late`` is working days after ``due`` (negative: still to come), ``late_original`` after ``original``, the day it
    was due before it was extended, promised again or asked for again. ``ref`` is the rule, step, entry or paper,
    ``rule`` the rule that counted the day ("": somebody named it); ``whom`` is who of the office has to act when that
    is not the owner. ``held``: the case is paused and the day moves on with it. ``complete`` is False when the date
    reaches past the last complete calendar.
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

    @property
    def first(self) -> date:
        """The day it counts as due by: of what was postponed the first one, of what was extended the new one."""
        return first_day(self.what, self.due, self.original)

    @property
    def late_first(self) -> int:
        """Working days past that day."""
        return self.late if self.first == self.due else self.late_original

    def overdue(self, today: date) -> bool:
        """Whether that day is past."""
        return self.first < today


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
    from srctl.model.case_people import spelled
    from srctl.model.labels import lying_words

    late = calendar.workdays_between(found.due, today)
    moved = found.original != found.due
    rule, whom = found.rule, spelled(case, found.with_)
    text = found.text
    if found.what == "clearance" and found.start:
        text += f", {lying_words(calendar.workdays_between(found.start, today))}"
    return Obligation(
        case.id, found.what, text, found.due, late, case.owner, whom, found.ref, case.subject, group,
        case.urgency, rule.basis if rule else "", found.verified,
        not calendar.incomplete_for(found.due, found.start), rule.name if rule else "", found.original,
        calendar.workdays_between(found.original, today) if moved else late, found.whom, found.held,
    )  # fmt: skip


def deadline_of(items: Iterable[Obligation]) -> Obligation | None:
    """Return the obligation that falls due first, or None."""
    return min(items, key=lambda o: o.first, default=None)


def first_day(what: str, due: _Day, original: _Day | None) -> _Day:
    """The day a thing counts as due by (dates, or texts in ISO): what was promised or asked for again, by the first."""
    return min(due, original) if original and what in PROMISED else due


def worst_first(items: Iterable[Obligation], today: date, weights: Mapping[str, int]) -> list[Obligation]:
    """The obligations in the order of every list (:func:`worst_key`), those of one case by what they are about."""
    return sorted(
        items, key=lambda o: (*worst_key(o.first, o.late_first, o.urgency, today, weights), id_order(o.case), o.ref)
    )


def worst_key(
    first: date, late: int, urgency: str, today: date, weights: Mapping[str, int]
) -> tuple[bool, int, date, int]:  # fmt: skip
    """The key that sorts the worst first: what is late by its weight, then what is due today or coming by its day.

    The weight of what is late is its working days late and those its urgency weighs (``order`` in
    ``templates/deadlines.yaml``); of one weight the longer due stands first, of one day the more urgent.
    """
    due = first >= today
    return due, 0 if due else -(late + weights.get(urgency, 0)), first, rank_of(urgency)


def rank_of(urgency: str) -> int:
    """The rank of an urgency in sorting: 0 is the most urgent."""
    return {"most-urgent": 0, "very-urgent": 1, "urgent": 2}.get(urgency, 3)


def section(due: date, today: date) -> Literal["late", "today", "coming"]:
    """The heading a due day is shown under; a day off just past is late, though by 0 working days."""
    if due < today:
        return "late"
    return "today" if due == today else "coming"
