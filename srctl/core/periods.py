"""Periods as people type them: today, this week, this month, 11/2569, 2569, one day, from one day to another."""

import re
from datetime import date, timedelta

from srctl.core.dates import parse_date
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold, to_arabic_digits

_WEEKS = {
    "สัปดาห์นี้": 0, "อาทิตย์นี้": 0, "this week": 0, "week": 0, "สัปดาห์หน้า": 7, "อาทิตย์หน้า": 7, "next week": 7,
    "สัปดาห์ที่แล้ว": -7, "สัปดาห์ก่อน": -7, "last week": -7,
}  # fmt: skip
_MONTHS = {
    "เดือนนี้": 0, "this month": 0, "month": 0, "เดือนหน้า": 1, "next month": 1, "เดือนที่แล้ว": -1, "เดือนก่อน": -1,
    "last month": -1,
}  # fmt: skip
_YEARS = {"ปีนี้": 0, "this year": 0, "ปีที่แล้ว": -1, "ปีก่อน": -1, "last year": -1}


class Period(NamedTuple):
    """The days from the first to the last, both among them."""

    first: date
    last: date


def parse_period(text: str, today: date) -> Period:
    """The period ``text`` means, seen from ``today``: weeks begin on Monday, years are calendar years of either era.

    Raises:
        UsageError: it means none, or ends before it begins.
    """
    typed = to_arabic_digits(fold(text))
    if typed in _WEEKS:
        monday = today + timedelta(days=_WEEKS[typed] - today.weekday())
        return Period(monday, monday + timedelta(days=6))
    if typed in _MONTHS:
        at = today.year * 12 + today.month - 1 + _MONTHS[typed]
        return _month(at // 12, at % 12 + 1)
    if typed in _YEARS:
        return _year(today.year + _YEARS[typed])
    if (found := re.fullmatch(r"(\d{1,2})/(\d{4})", typed)) and 1 <= int(found[1]) <= 12:
        return _month(parse_date(f"1/1/{found[2]}", today).year, int(found[1]))
    if re.fullmatch(r"(?:19|2\d)\d\d", typed):
        return _year(parse_date(f"1/1/{typed}", today).year)
    first, dots, last = typed.partition("..")
    period = Period(parse_date(first, today), parse_date(last if dots else first, today))
    if period.last < period.first:
        from srctl.core.errors import UsageError

        raise UsageError(_("the period ends before it begins"), "1/11/2569..15/11/2569")
    return period


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> Period:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1))
