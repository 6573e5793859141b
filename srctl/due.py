"""Everything that falls due, computed from facts: case, kind, calendar, today. Floor 1, pure.

Nothing here is stored. Day 0 is the day counted from; due at the end of day N; late from the next day
(``reference`` for the counting: design §5). A rule whose law nobody has verified says so in ``verified``.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from srctl.i18n import _, language
from srctl.kinds import Kind, Rule
from srctl.model import Case
from srctl.workdays import Calendar
from srctl.workflow import (
    is_closed,
    open_promises,
    stage_entered,
    stage_left,
    stage_of,
    steps_settled,
)

What = Literal["case", "stage", "step", "ours", "theirs", "rule"]


class Obligation(NamedTuple):
    """One thing that falls due: what, when, who carries it, whom to call about it.

    ``late`` is working days after ``due`` (negative: still to come); ``ref`` is the rule, step or entry;
    ``complete`` is False when the date reaches past the last complete calendar.
    """

    case: str
    what: What
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

    def overdue(self, today: date) -> bool:
        """Tell whether the day is past."""
        return self.due < today


def obligations(
    case: Case,
    kind: Kind,
    calendar: Calendar,
    today: date,
    group: str = "",
    receipt_day_1: bool = True,
) -> tuple[Obligation, ...]:
    """Return every open obligation of ``case``, in the order the file tells them; none when it is closed."""
    if is_closed(case):
        return ()

    def item(what: What, text: str, due: date, ref: str, with_: str = "", **more: object) -> Obligation:
        late = calendar.workdays_between(due, today)
        return Obligation(
            case.id, what, text, due, late, case.owner, with_, ref, case.subject, group, case.urgency,
            complete=not calendar.incomplete_for(due), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    found: list[Obligation] = []
    if case.order.due:
        found.append(item("case", _("deadline of the order"), case.order.due, "order.due"))
    for rule in kind.deadlines:
        due = rule_due(rule, case, kind, calendar, receipt_day_1)
        if due:
            what: What = "stage" if rule.of == "stage" else "rule"
            label = rule.label.in_(language())
            found.append(item(what, label, due, rule.name, basis=rule.basis, verified=rule.verified))
    settled = steps_settled(case)
    found += [
        item("step", step.do, step.due, step.id, step.with_)
        for step in case.plan.steps
        if step.due and step.id not in settled
    ]
    for entry, promise in open_promises(case):
        if promise.due:
            side: What = "ours" if promise.of == "us" else "theirs"
            found.append(item(side, promise.what, promise.due, entry.id, entry.with_))
    return tuple(found)


def rule_due(rule: Rule, case: Case, kind: Kind, calendar: Calendar, receipt_day_1: bool = True) -> date | None:
    """Return the day ``rule`` sets for the case, or None when it does not bind (now, or any more)."""
    if rule.of not in ("stage", "case"):
        return None
    # A paper may meet the rule by being sent, whatever stage the case is in (wordings: ``starts.meets``).
    if any(rule.name in entry.meets for entry in case.happened()):
        return None
    if rule.of == "stage" and stage_left(case, kind, rule.stage):
        return None
    start = rule_start(rule, case)
    return None if start is None else count(rule, start, calendar, receipt_day_1)


def rule_start(rule: Rule, case: Case) -> date | None:
    """Return the day the rule counts from (day 0), None when it has not begun for the case."""
    if rule.from_ == "received":
        return case.received.on
    if rule.from_ == "dated":
        return case.received.dated
    if rule.from_ != "stage_start":
        return None
    here = stage_of(case) == rule.stage
    entered = stage_entered(case, rule.stage)
    if entered:
        return entered.day() if here or rule.of == "case" else None
    return case.received.on if here else None


def count(rule: Rule, start: date, calendar: Calendar, receipt_day_1: bool = True) -> date:
    """Return the day ``rule`` reaches from ``start`` (day 0), rolled as the rule says.

    A start on a non-working day: with ``receipt_day_1`` the next working day is day 1, else it is day 0
    (the written setting ``nonworking_receipt`` of office.yaml); it matters to working days only.
    """
    if rule.unit == "workday":
        day_0 = start if receipt_day_1 else calendar.next_workday(start)
        due = calendar.add_workdays(day_0, rule.amount)
    elif rule.unit == "month":
        due = calendar.add_months(start, rule.amount)
    else:
        due = start + timedelta(days=rule.amount)
    return _roll(rule, due, calendar)


def _roll(rule: Rule, due: date, calendar: Calendar) -> date:
    if rule.roll == "none" or calendar.is_workday(due):
        return due
    return calendar.next_workday(due) if rule.roll == "next" else calendar.add_workdays(due, -1)


def deadline_of(items: Iterable[Obligation]) -> Obligation | None:
    """Return the obligation that falls due first, or None."""
    return min(items, key=lambda o: o.due, default=None)


def worst_first(items: Iterable[Obligation]) -> list[Obligation]:
    """Return what has been due longest first, so late, today, coming; of one day the more urgent first."""
    rank = {"most-urgent": 0, "very-urgent": 1, "urgent": 2}
    return sorted(items, key=lambda o: (o.due, rank.get(o.urgency, 3), o.case, o.ref))


def section(item: Obligation, today: date) -> Literal["late", "today", "coming"]:
    """Return under which heading the obligation is shown."""
    if item.due < today:
        return "late"
    return "today" if item.due == today else "coming"


__all__ = [
    "Obligation", "count", "deadline_of", "obligations", "rule_due", "rule_start", "section", "worst_first",
]  # fmt: skip
