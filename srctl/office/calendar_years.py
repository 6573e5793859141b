"""The calendar years of an office, put together into its working days. Pure."""

from collections.abc import Iterable
from datetime import date

from srctl.core.dates import ce_year
from srctl.core.workdays import Calendar, CalendarYear, Holiday


def calendar_of(years: Iterable[CalendarYear]) -> Calendar:
    """The working days of ``years``, in order; ``complete_until`` ends the unbroken complete ones, from the first."""
    holidays: dict[date, Holiday] = {}
    complete: set[int] = set()
    undecided: list[date] = []
    for year in years:
        holidays |= {day.date: Holiday(day.date, day.name, day.source, day.kind) for day in year.days}
        undecided += [day.date for day in year.undecided]
        if year.complete:
            complete.add(ce_year(year.year))
    if not complete:
        return Calendar(holidays, None)
    first = last = min(complete)
    while last + 1 in complete:
        last += 1
    return Calendar(holidays, date(last, 12, 31), date(first, 1, 1), tuple(undecided))
