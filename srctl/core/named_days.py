"""Days that people name: how one was counted, and what makes one doubtful. Pure.

``+9wd`` typed on 21 November is the day ``2026-12-04``, and beside it in the file stands how it was counted:
``+9wd from 2026-11-21 = 2026-12-04``. While the day is the one that gave, it is counted anew with each calendar, so
that a new holiday moves it; a day changed by hand is another, and stands as it was written.
"""

import re
from datetime import date
from typing import Literal

from srctl.core.dates import be_year, parse_iso, show_date, weekday_name
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar

# deadline: something is to be done by then; event: something takes place; receipt, record: it was (received, said,
# dated); period: the first or last day of an absence, a holiday.
Role = Literal["deadline", "event", "receipt", "record", "period"]
YEARS_AHEAD, YEARS_BACK = 2, 1
_COUNTED = r"([+-]\d{1,4})wd from (\d{4}-\d\d-\d\d) = (\d{4}-\d\d-\d\d)"


class NamedDay(NamedTuple):
    """A day as somebody named it (None: none was named), and how it was counted ("": it was named itself)."""

    on: date | None = None
    counted: str = ""


class WorkdayCount(NamedTuple):
    """So many working days from ``start`` (day 0) came to ``result`` with the calendar of that time."""

    start: date
    amount: int
    result: date

    def written(self) -> str:
        """As a file has it: ``+9wd from 2026-11-21 = 2026-12-04``."""
        return f"{self.amount:+}wd from {self.start} = {self.result}"


def read_count(text: str) -> WorkdayCount | None:
    """The count a file has; None for a text that is none."""
    found = re.fullmatch(_COUNTED, text)
    if found is None:
        return None
    try:
        return WorkdayCount(parse_iso(found[2]), int(found[1]), parse_iso(found[3]))
    except ValueError:  # no such day
        return None


def workdays_from(start: date, amount: int, calendar: Calendar) -> NamedDay:
    """The day ``amount`` working days after ``start``, with how it was counted; ``start`` itself for 0."""
    day = calendar.add_workdays(start, amount)
    return NamedDay(day, WorkdayCount(start, amount, day).written() if amount else "")


def recount(day: NamedDay, calendar: Calendar) -> NamedDay:
    """The day counted anew with ``calendar``; unchanged when it was named itself, or changed after it was counted."""
    count = read_count(day.counted) if day.counted else None
    return workdays_from(count.start, count.amount, calendar) if count and count.result == day.on else day


class Doubt(NamedTuple):
    """Why somebody who names a day should be asked whether it is meant, in words; ``off``: only as it is a day off."""

    said: str
    off: bool = False


def is_far(day: date, role: Role, today: date) -> bool:
    """Whether ``day`` is two years ahead, or for what has been a year back: mostly a mistyped year."""
    ahead = role in ("deadline", "event", "period") and day > Calendar.add_months(today, 12 * YEARS_AHEAD)
    return ahead or (role in ("receipt", "record", "period") and day < Calendar.add_months(today, -12 * YEARS_BACK))


def doubt(day: date, role: Role, today: date, calendar: Calendar) -> Doubt | None:
    """What speaks against ``day`` for that ``role``; None when nothing does.

    Something is due on a working day to come; an event takes place on any.
    """
    shown = f"{weekday_name(day, language())} {show_date(day, language())}"
    if is_far(day, role, today):
        years = {"day": shown, "be": be_year(day), "ce": day.year}
        ahead = _("{day} (B.E. {be}, {ce}) is more than two years ahead")
        back = _("{day} (B.E. {be}, {ce}) is more than a year back")
        return Doubt((ahead if day > today else back).format(**years))
    if role in ("deadline", "event") and day < today:
        return Doubt(_("{day} is past").format(day=shown))
    if role == "deadline" and not calendar.is_workday(day):
        name = calendar.holiday_name(day)
        return Doubt(_("{day} is no working day").format(day=shown) + (f": {name}" if name else ""), off=True)
    return None
