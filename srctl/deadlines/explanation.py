"""How a deadline comes about, day by day: the content of `srctl explain` and `srctl calc`. Pure.

:func:`srctl.deadlines.counting.count` gives the day alone; here every day on the way is listed, counted or
skipped and why, so that the result can be proved. Both must come to the same day (tests check every rule and calendar).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _
from srctl.core.named_days import read_count
from srctl.core.records import NamedTuple
from srctl.core.workdays import SATURDAY, Calendar
from srctl.deadlines.counting import count, reached
from srctl.deadlines.endings import Ending, endings
from srctl.deadlines.pauses import Stops
from srctl.deadlines.rules import Deadline, deadlines, extended, extends_from, longer
from srctl.model.case import Case
from srctl.model.definitions import Kind, Rule

Why = Literal["start", "counted", "skipped", "paused", "closed", "moved", "given", "extended"]
_DAY = timedelta(days=1)


class CountedDay(NamedTuple):
    """One day of an explanation: its number (0 when not counted), why it is there, the name of a day off.

    ``source`` is where a holiday is announced, or the log entry of the extension that moved the deadline to this day.
    """

    on: date
    number: int
    why: Why
    name: str = ""
    source: str = ""


class Explanation(NamedTuple):
    """A deadline and the days up to ``deadline.due``; ``complete``: the calendar is complete for all of them.

    ``ending`` is how it ended, None while it is in force.
    """

    deadline: Deadline
    days: tuple[CountedDay, ...]
    complete: bool = True
    ending: Ending | None = None


def days_of(
    rule: Rule, start: date, calendar: Calendar, receipt_day_1: bool = True, stops: Stops = ()
) -> tuple[CountedDay, ...]:
    """Return every day from ``start`` to the day the rule reaches, in the order they are counted.

    Day 0 is ``start``, or the first working day after it where the office counts so. A due day moved because the
    office is shut (``roll``) comes last, after the day it was moved from.
    """
    held = stops if rule.pauses and rule.amount > 0 else ()
    due = count(rule, start, calendar, receipt_day_1, stops)
    last = reached(rule, start, calendar, receipt_day_1, held)
    moved = rule.unit == "workday" and not receipt_day_1 and rule.amount >= 0
    zero = calendar.next_workday(start) if moved else start
    days, number = [_day(start, 0, "start", calendar)], 0
    for day in _between(start, last):
        if day <= zero and moved:
            days.append(_day(day, 0, "start" if day == zero else "skipped", calendar))
        elif still := _stopped(day, held):
            days.append(_day(day, 0, still, calendar))
        elif rule.unit == "workday" and not calendar.is_workday(day):
            days.append(_day(day, 0, "skipped", calendar))
        else:
            number += 1
            days.append(_day(day, number, "counted", calendar))
    for day in _between(last, due):
        days.append(_day(day, 0, "moved" if day == due else _stopped(day, held) or "skipped", calendar))
    return tuple(days)


def _stopped(day: date, held: Stops) -> Literal["", "paused", "closed"]:
    """Why the case stood still on ``day``, "" when it went on."""
    return next((span.why for span in held if span.holds(day)), "")


def _between(start: date, end: date) -> Iterator[date]:
    """Yield the days after ``start`` to ``end``, forwards or back."""
    step = _DAY if end >= start else -_DAY
    while start != end:
        start += step
        yield start


def _day(on: date, number: int, why: Why, calendar: Calendar) -> CountedDay:
    holiday = calendar.holidays.get(on)
    if holiday:
        return CountedDay(on, number, why, holiday.name, holiday.source)
    return CountedDay(on, number, why, _("weekend") if on.weekday() >= SATURDAY else "")


def explanations(
    case: Case, kind: Kind, calendar: Calendar, today: date, receipt_day_1: bool = True
) -> tuple[Explanation, ...]:  # fmt: skip
    """The explanation of every deadline in force for the case: of rules, the order, steps and promises."""
    found = deadlines(case, kind, calendar, today, receipt_day_1)
    return tuple(_explanation(one, calendar, receipt_day_1) for one in found)


def ended_explanations(
    case: Case, kind: Kind, calendar: Calendar, today: date, receipt_day_1: bool = True
) -> tuple[Explanation, ...]:  # fmt: skip
    """The explanation of every deadline of the case that is no longer in force, each with how it ended."""
    found = endings(case, kind, calendar, today, receipt_day_1)
    return tuple(_explanation(one.deadline, calendar, receipt_day_1)._replace(ending=one) for one in found)


def _explanation(found: Deadline, calendar: Calendar, receipt_day_1: bool) -> Explanation:
    return Explanation(
        found, _days(found, calendar, receipt_day_1), not calendar.incomplete_for(found.due, found.start)
    )


def _days(found: Deadline, calendar: Calendar, receipt_day_1: bool) -> tuple[CountedDay, ...]:
    """Return the days of a deadline: those of its rule or the day given, then those of each extension."""
    if found.rule and found.start:
        days = [*days_of(found.rule, found.start, calendar, receipt_day_1, found.stops)]
    elif counted := read_count(found.counted):
        days = [*days_of(longer(counted.amount, "workday"), counted.start, calendar)]
    else:
        days = [_day(found.original if found.extensions else found.due, 0, "given", calendar)]
    now = found._replace(due=days[-1].on, nominal=_nominal(found, calendar, receipt_day_1), extensions=())
    for entry in found.extensions:
        after = extended(now, entry, calendar)
        if after.due > now.due and not entry.until:
            start = extends_from(now, entry.unit)
            way = days_of(longer(entry.amount, entry.unit), start, calendar, stops=now.stops)
            while len(days) > 1 and days[-1].on > start:  # not the days it was moved over
                days.pop()
            days.extend(way[1:-1])
        if after.due > now.due:
            days.append(_day(after.due, 0, "extended", calendar)._replace(source=entry.id))
        now = after
    return tuple(days)


def _nominal(found: Deadline, calendar: Calendar, receipt_day_1: bool) -> date:
    """The last day of the time given before any extension, whether the office works on it or not."""
    if found.rule is None or found.start is None:
        return found.original
    return reached(found.rule, found.start, calendar, receipt_day_1, found.stops)


def the_explanation(found: tuple[Explanation, ...], what: str, case_id: str) -> tuple[Explanation, ...]:
    """The explanations of the deadline or rule named ``what``; for "" all in force, or all that ended if none is.

    Raises:
        NotFound: there is no such deadline; the hint lists those there are.
    """
    wanted = tuple(a for a in found if what in ("", a.deadline.ref, a.deadline.rule.name if a.deadline.rule else ""))
    in_force = tuple(a for a in wanted if a.ending is None)
    if not found:
        raise NotFound(_("nothing falls due in {id}").format(id=case_id), CommandLine("show {}", case_id))
    if not wanted:
        message = _("{id} has no deadline {what}").format(id=case_id, what=what)
        known = ", ".join(dict.fromkeys(one.deadline.ref for one in found))
        raise NotFound(message, known)
    return in_force or wanted
