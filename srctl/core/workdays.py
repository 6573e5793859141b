"""Thai government working days: counting them, from a frozen list of holidays. Pure.

A working day is Monday to Friday and no holiday of the calendar. The calendar is a value built from
``templates/calendar/*.yaml``; nothing here reads a file or a clock. Day 0 is the day one counts
from, the next working day is day 1 (พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 ม.64: the first day
is not counted; article known from practice, not checked against the Gazette).
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from srctl.core.records import NamedTuple

SATURDAY = 5
_DAY = timedelta(days=1)


def month_days(year: int, month: int) -> int:
    """The number of days of ``month`` (1-12) in the common-era ``year``."""
    # Not calendar.monthrange: importing calendar costs every command 4 ms.
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - _DAY).day


class Holiday(NamedTuple):
    """One day the office is shut; ``kind`` is public, special (cabinet) or substitution (ชดเชย)."""

    on: date
    name: str
    source: str = ""
    kind: str = "public"


class CalendarDay(NamedTuple):
    """One day of a calendar file."""

    date: date
    name: str
    kind: str = "public"
    source: str = ""


class UndecidedDay(NamedTuple):
    """A day of a calendar file of which it is not known yet whether the office works; ``note`` is what is known."""

    date: date
    note: str = ""


class CalendarYear(NamedTuple):
    """One calendar file: the holidays of a B.E. year.

    ``complete`` when nothing is still to be announced but the days that are ``undecided``.
    """

    format: int
    year: int
    complete: bool
    source: str
    days: tuple[CalendarDay, ...] = ()
    undecided: tuple[UndecidedDay, ...] = ()


def _weekdays(start: date, end: date) -> int:
    """The number of days from Monday to Friday after ``start`` up to and including ``end``."""
    weeks, days = divmod((end - start).days, 7)
    return weeks * SATURDAY + sum((start.weekday() + n) % 7 < SATURDAY for n in range(1, days + 1))


class Calendar(NamedTuple):
    """The holidays known, and the last day of the last complete year (None: no calendar at all).

    ``complete_from`` is the first day of the first complete year, ``undecided`` the days of complete years of which it
    is not known yet whether the office works.
    """

    holidays: Mapping[date, Holiday]
    complete_until: date | None
    complete_from: date = date.min
    undecided: tuple[date, ...] = ()

    def is_workday(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def holiday_name(self, day: date) -> str:
        """Return the name of the holiday on ``day``, else ""; weekends have no name."""
        holiday = self.holidays.get(day)
        return holiday.name if holiday else ""

    def add_workdays(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after ``start``, which is day 0 even when not worked.

        A negative count goes back; zero gives ``start`` itself.
        """
        step = _DAY if count > 0 else -_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """The number of working days after ``start`` up to and including ``end``.

        Negative, and counted the other way round, when ``end`` is before ``start``.
        """
        return self.counter(end)(start)

    def counter(self, end: date) -> Callable[[date], int]:
        """:meth:`workdays_between` as a function of ``start``, for one ``end``: the holidays are sorted once."""
        off = sorted(day for day in self.holidays if day.weekday() < SATURDAY)

        def after(start: date, end: date) -> int:
            return _weekdays(start, end) - (bisect_right(off, end) - bisect_right(off, start))

        return lambda start: after(start, end) if start <= end else -after(end, start)

    def next_workday(self, day: date) -> date:
        """Return ``day`` when it is a working day, else the first one after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    @staticmethod
    def add_months(start: date, months: int) -> date:
        """Return the same day ``months`` later (or earlier), or the last day of a shorter month.

        Forwards from the last day of a month it is the last day of that month: a period whose counting begins on the
        first of a month ends with the month (ป.พ.พ. มาตรา 193/5; not verified).
        """
        years, month = divmod(start.month - 1 + months, 12)
        year = start.year + years
        last = month_days(year, month + 1)
        ends = months > 0 and start.day == month_days(start.year, start.month)
        return date(year, month + 1, last if ends else min(start.day, last))

    def incomplete_for(self, day: date, start: date | None = None) -> bool:
        """Whether holidays up to ``day``, counted from ``start`` (without it: of that day), are not all known."""
        first, last = sorted((start or day, day))
        if self.complete_until is None or last > self.complete_until or first < self.complete_from:
            return True
        return any((first < on <= last or on == day) and self.is_workday(on) for on in self.undecided)
