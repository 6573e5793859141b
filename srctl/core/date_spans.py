"""Days on end, first and last: as people type and read them. Pure.

An event of two days is typed ``17-18/12/2569`` or ``17/12/2569 - 18/12/2569`` and printed
``ระหว่างวันที่ ๑๗–๑๘ ธันวาคม ๒๕๖๙``. Values of papers hold it as ``2026-12-17/2026-12-18`` (ISO 8601).
"""

import re
from datetime import date

from srctl.core.dates import (
    ENGLISH_MONTHS,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    THAI_WEEKDAYS,
    parse_date,
    parse_iso,
    show_date,
    thai_date,
)
from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold, to_thai_digits
from srctl.core.workdays import Calendar

_SHORT = r"(\d{1,2}) ?- ?(\d{1,2}(?: ?[/.] ?| ?[^\d\s/.-]).*)"  # 17-18/12/2569, 17-18 ธ.ค. 69
_LONG = r"(.+?)(?: - |ถึง| to )(.+)"
DASH = "–"


class Days(NamedTuple):
    """First and last day of something; the same for one day."""

    first: date
    last: date

    def iso(self) -> str:
        """As values of papers hold it: ``2026-12-17``, or ``2026-12-17/2026-12-18`` for several days."""
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"


def parse_days(text: str, today: date, calendar: Calendar | None = None) -> Days:
    """The days ``text`` means: one in any way of :func:`srctl.core.dates.parse_date`, or the first and the last.

    Raises:
        UsageError: it means none, or the last is before the first.
    """
    plain = fold(text).replace("\u2013", "-").replace("\u2212", "-").strip()
    several = re.fullmatch(_SHORT, plain) or re.fullmatch(_LONG, plain)
    if several is None or re.fullmatch(r"\d{1,2} ?- ?\d{1,2} ?- ?\d+", plain):
        day = parse_date(text, today, calendar)
        return Days(day, day)
    last = parse_date(several[2].strip(), today, calendar)
    first = several[1].strip()
    begins = _same_month(last, int(first)) if first.isdecimal() else parse_date(first, today, calendar)
    if begins > last:
        raise UsageError(_("{text}: the last day is before the first").format(text=" ".join(text.split())),
                         "17-18/12/2569")  # fmt: skip
    return Days(begins, last)


def _same_month(last: date, day: int) -> date:
    try:
        return last.replace(day=day)
    except ValueError:
        raise UsageError(_("there is no day {day} in that month").format(day=day), "17-18/12/2569") from None


def read_days(text: str) -> Days | None:
    """The days a value of a paper holds (:meth:`Days.iso`); None for a text that is none."""
    first, _slash, last = text.partition("/")
    try:
        return Days(parse_iso(first), parse_iso(last or first))
    except ValueError:
        return None


def thai_days(days: Days) -> str:
    """The days as papers print them: ``๑๗–๑๘ ธันวาคม ๒๕๖๙``, ``๓๐ พฤศจิกายน – ๒ ธันวาคม ๒๕๖๙``."""
    first, last = days
    if first == last:
        return thai_date(first)
    gap = "" if (first.year, first.month) == (last.year, last.month) else " "
    return f"{_begins(days)}{gap}{DASH}{gap}{thai_date(last)}"


def on_thai_days(days: Days) -> str:
    """The days as a clause of a letter: ``ในวันที่ ๑๗ ธันวาคม ๒๕๖๙``, ``ระหว่างวันที่ ๑๗–๑๘ ธันวาคม ๒๕๖๙``."""
    return ("ในวันที่ " if days.first == days.last else "ระหว่างวันที่ ") + thai_days(days)


def thai_weekdays(days: Days) -> str:
    """The days with their weekday: ``วันพุธที่ ๙ ธันวาคม ๒๕๖๙``, ``วันพฤหัสบดีที่ ๑๗ – วันศุกร์ที่ ๑๘ ธันวาคม ๒๕๖๙``."""
    first, last = days
    ends = f"{THAI_WEEKDAYS[last.weekday()]}ที่ {thai_date(last)}"
    if first == last:
        return ends
    return f"{THAI_WEEKDAYS[first.weekday()]}ที่ {_begins(days)} {DASH} {ends}"


def on_thai_weekdays(days: Days) -> str:
    """As :func:`on_thai_days`, with the weekday: ``ในวันพุธที่ ๙ ธันวาคม ๒๕๖๙``, ``ระหว่างวันพฤหัสบดีที่ ๑๗ – …``."""
    return ("ใน" if days.first == days.last else "ระหว่าง") + thai_weekdays(days)


def _begins(days: Days) -> str:
    """The first of several days as far as it is not said by the last: ``๑๗``, ``๓๐ พฤศจิกายน``, ``๓๑ ธันวาคม ๒๕๖๙``."""
    first, last = days
    if first.year != last.year:
        return thai_date(first)
    return to_thai_digits(
        str(first.day) if first.month == last.month else f"{first.day} {THAI_MONTHS[first.month - 1]}"
    )


def show_days(days: Days, language: str) -> str:
    """The days for a screen: ``17–18 ธ.ค. 69``, ``30 พ.ย. – 2 ธ.ค. 69``."""
    first, last = days
    if first == last:
        return show_date(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{show_date(last, language)}"
    if first.year != last.year:
        return f"{show_date(first, language)} {DASH} {show_date(last, language)}"
    month = THAI_SHORT_MONTHS[first.month - 1] if language == "th" else ENGLISH_MONTHS[first.month - 1][:3]
    return f"{first.day} {month} {DASH} {show_date(last, language)}"
