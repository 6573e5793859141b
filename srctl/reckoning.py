"""How a deadline comes about, day by day: what `srctl explain` and `srctl calc` tell. Floor 1, pure.

``due.count`` says which day; here every day on the way is named, counted or skipped and why, so that the day can be
proved to whoever asks. Both must come to the same day (tests hold it for every rule and calendar).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from srctl.due import count, rule_due, rule_start
from srctl.errors import NotFound
from srctl.i18n import _, language
from srctl.kinds import Kind, Rule
from srctl.model import Case
from srctl.shape import Where
from srctl.workdays import SATURDAY, Calendar
from srctl.workflow import open_promises, steps_settled

Why = Literal["start", "counted", "skipped", "moved", "given"]
_DAY = timedelta(days=1)


class Day(NamedTuple):
    """One day of the account: its number (0 when not counted), what it is to the count, the name of a day off.

    ``source`` is where a holiday is announced.
    """

    on: date
    number: int
    why: Why
    name: str = ""
    source: str = ""


class Account(NamedTuple):
    """One deadline accounted for: what, the rule in words, where it is written, the days up to ``due``.

    ``kind`` and ``where`` say where the rule stands (``kind`` "" : in the case itself).
    """

    ref: str
    text: str
    due: date
    days: tuple[Day, ...]
    rule: Rule | None = None
    kind: str = ""
    where: Where = ()
    complete: bool = True


def days_of(rule: Rule, start: date, calendar: Calendar, receipt_day_1: bool = True) -> tuple[Day, ...]:
    """Return every day from ``start`` to the day the rule reaches, in the order they are counted.

    Day 0 is ``start``, or the first working day after it where the office counts so. A last day that is moved
    because the office is shut (``roll``) stands at the end, after the day it was moved from.
    """
    due = count(rule, start, calendar, receipt_day_1)
    reached = count(rule._replace(roll="none"), start, calendar, receipt_day_1)
    moved = rule.unit == "workday" and not receipt_day_1
    zero = calendar.next_workday(start) if moved else start
    days, number = [_day(start, 0, "start", calendar)], 0
    for day in _between(start, reached):
        if day <= zero and moved:
            days.append(_day(day, 0, "start" if day == zero else "skipped", calendar))
        elif rule.unit == "workday" and not calendar.is_workday(day):
            days.append(_day(day, 0, "skipped", calendar))
        else:
            number += 1
            days.append(_day(day, number, "counted", calendar))
    for day in _between(reached, due):
        days.append(_day(day, 0, "moved" if day == due else "skipped", calendar))
    return tuple(days)


def _between(start: date, end: date) -> Iterator[date]:
    """Yield the days after ``start`` to ``end``, forwards or back."""
    step = _DAY if end >= start else -_DAY
    while start != end:
        start += step
        yield start


def _day(on: date, number: int, why: Why, calendar: Calendar) -> Day:
    holiday = calendar.holidays.get(on)
    if holiday:
        return Day(on, number, why, holiday.name, holiday.source)
    return Day(on, number, why, _("weekend") if on.weekday() >= SATURDAY else "")


def accounts(case: Case, kind: Kind, calendar: Calendar, receipt_day_1: bool = True) -> tuple[Account, ...]:
    """Return the account of every deadline of the case that binds now: rules, the order, steps, promises."""
    found: list[Account] = []
    if case.order.due:
        found.append(_given("order.due", _("deadline of the order"), case.order.due, calendar, ("order", "due")))
    for place, rule in enumerate(kind.deadlines):
        due, start = rule_due(rule, case, kind, calendar, receipt_day_1), rule_start(rule, case)
        if due and start:
            days = days_of(rule, start, calendar, receipt_day_1)
            words, complete = rule.label.in_(language()), not calendar.incomplete_for(due)
            found.append(Account(rule.name, words, due, days, rule, kind.id, ("deadlines", place), complete))
    settled = steps_settled(case)
    for place, step in enumerate(case.plan.steps):
        if step.due and step.id not in settled:
            found.append(_given(step.id, step.do, step.due, calendar, ("plan", "steps", place, "due")))
    places = {entry.id: place for place, entry in enumerate(case.log)}
    for entry, promise in open_promises(case):
        if promise.due:
            where = ("log", places[entry.id], "promise", "due")
            found.append(_given(entry.id, promise.what, promise.due, calendar, where))
    return tuple(found)


def _given(ref: str, text: str, due: date, calendar: Calendar, where: Where) -> Account:
    """Return the account of a day that somebody named: nothing is counted, only what kind of day it is."""
    return Account(ref, text, due, (_day(due, 0, "given", calendar),), None, "", where)


def the_account(found: tuple[Account, ...], what: str, case_id: str) -> tuple[Account, ...]:
    """Return the account called ``what`` (all of them for ""); NotFound names those there are."""
    wanted = tuple(account for account in found if what in ("", account.ref))
    if not wanted:
        message = _("{id} has no deadline {what}").format(id=case_id, what=what or "…")
        raise NotFound(message, ", ".join(account.ref for account in found) or f"srctl due --owner {case_id}")
    return wanted
