"""The day a rule reaches: days, working days or months counted from a start. Pure.

Day 0 is the day counted from; due at the end of day N (design §5). Days on which the case was paused are skipped
like days off; no day is stored, so an undone or back-dated pause comes out right by counting again.
"""

from collections.abc import Callable
from datetime import date, timedelta

from srctl.core.workdays import Calendar
from srctl.deadlines.pauses import Stops
from srctl.model.definitions import Rule

_DAY = timedelta(days=1)


def count(rule: Rule, start: date, calendar: Calendar, receipt_day_1: bool = True, stops: Stops = ()) -> date:
    """Return the day ``rule`` reaches from ``start`` (day 0), rolled as the rule says.

    A start on a non-working day: with ``receipt_day_1`` the next working day is day 1, else it is day 0
    (the written setting ``nonworking_receipt`` of office.yaml); it matters to working days only. ``stops`` are
    skipped by a rule that pauses and counts forward.
    """
    held = stops if rule.pauses and rule.amount > 0 else ()
    return rolled(rule, reached(rule, start, calendar, receipt_day_1, held), calendar, held)


def reached(rule: Rule, start: date, calendar: Calendar, receipt_day_1: bool, stops: Stops) -> date:
    """Return the last day counted, before it is rolled."""
    if rule.unit == "workday":
        day_0 = start if receipt_day_1 else calendar.next_workday(start)
        if not stops:
            return calendar.add_workdays(day_0, rule.amount)
        return _nth(day_0, rule.amount, lambda day: calendar.is_workday(day) and not _is_paused(day, stops))
    plain = calendar.add_months(start, rule.amount) if rule.unit == "month" else start + timedelta(days=rule.amount)
    if not stops:
        return plain
    return _nth(start, (plain - start).days, lambda day: not _is_paused(day, stops))


def _nth(start: date, amount: int, counts: Callable[[date], bool]) -> date:
    """Return the ``amount``-th day after ``start`` that counts."""
    day = start
    while amount:
        day += _DAY
        amount -= counts(day)
    return day


def _is_paused(day: date, stops: Stops) -> bool:
    return any(span.holds(day) for span in stops)


def rolled(rule: Rule, due: date, calendar: Calendar, stops: Stops) -> date:
    """The last day counted, moved to a working day as the rule says; ``stops`` are no day to move it to."""
    if rule.roll == "none" or calendar.is_workday(due):
        return due
    if rule.roll == "previous":
        return calendar.add_workdays(due, -1)
    return _nth(due, 1, lambda day: calendar.is_workday(day) and not _is_paused(day, stops))
