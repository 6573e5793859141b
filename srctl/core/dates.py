"""Dates as people in a Thai office type and read them: Buddhist Era, Thai months, +3wd.

Files hold ISO dates (:func:`parse_iso`); people type almost anything (:func:`parse_date`) and read
the Buddhist Era (:func:`thai_date` on paper, :func:`show_date` on a screen). A year is turned into
the common era before a date is built, because พ.ศ. 2567 has a 29 February and ค.ศ. 2567 has not.

How years are read: 2400-2700 is Buddhist Era, 1900-2199 common era, anything else is refused. Two
digits are 25xx and only from 43 to 99 (2543-2599), in figures or beside a Thai month; 26 could be
2526 or 2026 and is refused, and so are two digits beside an English month. A date without a year is
the first such date that is not more than 60 days gone.
"""

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Literal

from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, language
from srctl.core.thai import fold, printable, shorten, to_thai_digits
from srctl.core.workdays import Calendar, month_days

BANGKOK = timezone(timedelta(hours=7))
_BE_OFFSET = 543  # the only place that knows it
BE_YEARS, CE_YEARS = range(2400, 2701), range(1900, 2200)
TYPED_YEARS = range(BE_YEARS.start - _BE_OFFSET, CE_YEARS.stop)  # the years, of the common era, that can be typed
SHORT_YEARS = range(2543, 2600)
PAST_DAYS = 60

THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
THAI_WEEKDAYS = (
    "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์",
)  # fmt: skip
ENGLISH_WEEKDAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_NEAR_DAYS = {
    "วันนี้": 0, "today": 0, "พรุ่งนี้": 1, "วันพรุ่งนี้": 1, "tomorrow": 1, "มะรืน": 2, "มะรืนนี้": 2,
    "วันมะรืน": 2, "วันมะรืนนี้": 2, "เมื่อวาน": -1, "เมื่อวานนี้": -1, "yesterday": -1,
}  # fmt: skip
_UNITS = {
    "": "d", "d": "d", "day": "d", "days": "d", "วัน": "d", "wd": "wd", "วันทำการ": "wd",
    "w": "w", "week": "w", "weeks": "w", "สัปดาห์": "w", "อาทิตย์": "w",
    "m": "m", "month": "m", "months": "m", "เดือน": "m",
}  # fmt: skip
_ERAS = {"พศ": "be", "พุทธศักราช": "be", "คศ": "ce", "คริสตศักราช": "ce", "คริสต์ศักราช": "ce"}

# Patterns are plain text: compiled at first use, they cost a command that reads no date nothing.
_OFFSET = r"([+-]) ?(\d{1,4}) ?(\D*)"
_YEAR_FIRST = r"(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})"
_DAY_FIRST = r"(\d{1,2}) ?([-/.]) ?(\d{1,2})(?: ?\2 ?(\d+))?"
_NAMED_MONTH = r"(\D*?) ?(\d{1,2})(\D+?)(\d+)?"
_TIME = r"(?:เวลา)? ?(\d{1,2})(?:[:.]?(\d{2}))? ?(น\.?|นาฬิกา)?"


def _letters(text: str) -> str:
    """``text`` folded, without dots, commas and spaces: พ.ย. = พ ย = พย."""
    return re.sub(r"[., ]", "", fold(text)).replace("ฏ", "ฎ")  # กรกฏาคม is a common slip


@cache
def _weekdays() -> dict[str, int]:
    """The number of each weekday by every way to write it, with and without วัน, whole or in three letters."""
    table = {"พฤหัส": 3, "พฤหัสฯ": 3, "tues": 1, "thur": 3, "thurs": 3}
    for n in range(7):
        english = ENGLISH_WEEKDAYS[n].lower()
        thai = _letters(THAI_WEEKDAYS[n]).removeprefix("วัน")
        table |= {thai: n, english: n, english[:3]: n}
    return table | {f"วัน{name}": n for name, n in table.items() if not name.isascii()}


def _refuse(reason: str) -> UsageError:
    english = ", tomorrow, friday" if language() == "en" else ""
    examples = f"20/11/2569, 20 พ.ย. 69, 2026-11-20, +3, +3wd, พรุ่งนี้, ศุกร์หน้า{english}"
    return UsageError(reason, _("A date can be typed as: {examples}").format(examples=examples))


def _quoted(text: str) -> str:
    """The typed text, fit to stand in a one-line message."""
    return shorten(printable(" ".join(text.split())), 40)


def parse_date(text: str, today: date, calendar: Calendar | None = None) -> date:
    """Return the date ``text`` means, seen from ``today``; UsageError gives the reason when it means none.

    Accepts day-first and ISO figures, Thai and English month names, Thai digits, both eras, near
    days, offsets from today (``+3`` or ``+3d`` days, ``+3wd`` working days, ``w``, ``m``), and
    weekdays: the next such day after today, or with หน้า/next that of the following week (from
    Monday), with นี้/this that of this week. ``calendar`` is needed for working days only.
    """
    typed = re.sub(r"^(?:วันที่|ที่) ?", "", fold(text).replace("\u2212", "-").replace("\u2013", "-"))
    near = _NEAR_DAYS.get(typed.replace(" ", ""))
    if near is not None:
        return today + timedelta(days=near)
    if match := re.fullmatch(_OFFSET, typed):
        day = _offset(match, today, calendar)
        if day.year not in TYPED_YEARS:
            raise _refuse(_("{text} is beyond every year that can be typed").format(text=_quoted(text)))
        return day
    if match := re.fullmatch(_YEAR_FIRST, typed):
        return _build(_year(match[1]), int(match[3]), int(match[4]))
    if match := re.fullmatch(_DAY_FIRST, typed):
        return _complete(match[4], int(match[3]), int(match[1]), today)
    found = _weekday(typed, today) or _named(typed, today)
    if found is None:
        raise _refuse(_('"{text}" is not a date.').format(text=_quoted(text)))
    return found


def _offset(match: re.Match[str], today: date, calendar: Calendar | None) -> date:
    unit = _UNITS.get(match[3].strip())
    count = int(match[1] + match[2])
    if unit is None:
        raise _refuse(_('"{unit}" is no unit of time; use d, wd, w or m.').format(unit=_quoted(match[3])))
    if unit == "wd":
        if calendar is None:
            raise UsageError(
                _("Working days cannot be counted without a calendar of holidays."),
                _("Type the date itself, or make the calendar with: {command}").format(
                    command=CommandLine("calendar freeze YEAR")
                ),
            )
        return calendar.add_workdays(today, count)
    if unit == "m":
        return Calendar.add_months(today, count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def parse_span(text: str) -> tuple[int, str]:
    """Return a span of time as typed (``+3wd``, ``15 วัน``, ``-1m``): how many, and ``wd``, ``d`` or ``m``."""
    match = re.fullmatch(r"([+-]? ?\d{1,4}) ?(\D*)", fold(text))
    unit = _UNITS.get(match[2].strip(), "") if match else ""
    if match is None or not unit:
        reason = _("{text} is not a span of time").format(text=_quoted(text))
        raise UsageError(reason, _("A span can be typed as: {examples}").format(examples="+3wd, +15d, +2w, +1m"))
    amount = int(match[1].replace(" ", ""))
    return (amount * 7, "d") if unit == "w" else (amount, unit)


def workdays_typed(text: str) -> int | None:
    """How many working days ``text`` asks for (``+9wd``, ``+9 วันทำการ``); None when it is typed in another way."""
    match = re.fullmatch(_OFFSET, fold(text).replace("\u2212", "-").replace("\u2013", "-"))
    return int(match[1] + match[2]) if match and _UNITS.get(match[3].strip()) == "wd" else None


def _weekday(typed: str, today: date) -> date | None:
    """Read a weekday: the next one after today, or the one of this or the following week."""
    words = _letters(typed)
    weeks = None
    for before, after, which in (("next", "หน้า", 1), ("this", "นี้", 0)):
        stripped = words.removeprefix(before).removesuffix(after)
        if stripped != words:
            words, weeks = stripped, which
    day = _weekdays().get(words)
    if day is None:
        return None
    if weeks is not None and words == "อาทิตย์":
        raise UsageError(
            _('"{text}" can mean a Sunday or a whole week.').format(text=_quoted(typed)),
            _("Type {sunday} for the Sunday, or +1w for a week from today.").format(sunday="วันอาทิตย์หน้า"),
        )
    if weeks is None:
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    return today + timedelta(days=day - today.weekday() + 7 * weeks)


def _named(typed: str, today: date) -> date | None:
    """Read a date with a month name, with or without weekday, era and year."""
    match = re.fullmatch(_NAMED_MONTH, typed)
    if match is None:
        return None
    word, era = _letters(match[3]).removeprefix("เดือน"), ""
    for letters, named in _ERAS.items():
        if word.endswith(letters):
            word, era = word.removesuffix(letters), named
    month = _months().get(word)
    if month is None or (era and not match[4]):
        return None
    thai = not word.isascii()
    found = _complete(match[4], month, int(match[2]), today, era, two_digits=thai)
    _check_weekday(match[1], found)
    return found


@cache
def _months() -> dict[str, int]:
    """The number of each month by every way to write it: short, or its first three letters or more."""
    table = {"sept": 9}
    for names in (THAI_MONTHS, ENGLISH_MONTHS):
        for n, name in enumerate(map(_letters, names), 1):
            table |= {name[:end]: n for end in range(3, len(name) + 1)}
    return table | {_letters(name): n for n, name in enumerate(THAI_SHORT_MONTHS, 1)}


def _check_weekday(written: str, found: date) -> None:
    words = _letters(written).removesuffix("ที่")
    if words in ("", "วัน"):
        return
    day = _weekdays().get(words)
    if day is None:
        raise _refuse(_('"{text}" is not a weekday.').format(text=_quoted(written)))
    if day != found.weekday():
        raise _refuse(
            _("{date} is a {weekday}; check the day or the date.").format(
                date=show_date(found, language()), weekday=weekday_name(found, language())
            )
        )


def _complete(year: str | None, month: int, day: int, today: date, era: str = "", two_digits: bool = True) -> date:
    """Build the date, choosing the year when none was typed."""
    if year:
        return _build(_year(year, era, two_digits), month, day)
    earliest = today - timedelta(days=PAST_DAYS)
    passed = (month, day) < (earliest.month, earliest.day)
    return _build(earliest.year + passed, month, day)


def _year(digits: str, era: str = "", two_digits: bool = False) -> int:
    """Return the common-era year that ``digits`` mean; ``era`` is be, ce or not given."""
    year = int(digits[:5])
    if len(digits) == 2:
        if two_digits and era != "ce" and 2500 + year in SHORT_YEARS:
            return ce_year(2500 + year)
        raise _refuse(_('The year "{year}" can be read in more than one way; type four digits.').format(year=digits))
    if len(digits) == 4 and year in BE_YEARS and era != "ce":
        return ce_year(year)
    if len(digits) == 4 and year in CE_YEARS and era != "be":
        return year
    raise _refuse(
        _("The year {year} is neither Buddhist Era (2400-2700) nor common era (1900-2199) as written.").format(
            year=digits[:12]
        )
    )


def _build(year: int, month: int, day: int) -> date:
    """Build a date of the common era; UsageError names the part of it that does not exist."""
    if not 1 <= month <= 12:
        raise _refuse(_("There is no month {month}; the day comes first.").format(month=month))
    if not 1 <= day <= month_days(year, month):
        names = THAI_MONTHS if language() == "th" else ENGLISH_MONTHS
        raise _refuse(
            _("There is no {day} {month} in {be} ({ce}).").format(
                day=day, month=names[month - 1], be=be_year(year), ce=year
            )
        )
    return date(year, month, day)


def parse_time(text: str) -> str:
    """Return the time of day ``text`` means as ``HH:MM``: 17:50, 17.50 น., ๑๗.๕๐, 1750, 9 น."""
    match = re.fullmatch(_TIME, fold(text))
    if match and (match[2] or match[3]) and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return f"{int(match[1]):02}:{match[2] or '00'}"
    raise UsageError(
        _('"{text}" is not a time of day.').format(text=_quoted(text)),
        _("A time can be typed as 17:50, 17.50 or 1750, from 00:00 to 23:59."),
    )


def parse_iso(text: str) -> date:
    """Return the date of a file, strictly ``YYYY-MM-DD`` in the common era; else ValueError."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError("not a date YYYY-MM-DD")
    return day


def parse_iso_datetime(text: str) -> datetime:
    """Return the moment of a file, strictly ``YYYY-MM-DDTHH:MM:SS+07:00``; else ValueError."""
    here = text.removesuffix("+07:00")
    if len(here) == 19 and len(text) == 25:  # as every srctl writes it, and read in half the time
        moment = datetime.fromisoformat(here)
        if moment.isoformat() == here:
            return datetime.combine(moment, moment.time(), BANGKOK)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.isoformat(timespec="seconds") != text:
        raise ValueError("not a time YYYY-MM-DDTHH:MM:SS+07:00")
    return moment


def be_year(year: date | int) -> int:
    """The year of the Buddhist Era of a day, or of a ``year`` of the common era."""
    return (year if isinstance(year, int) else year.year) + _BE_OFFSET


def ce_year(year: int) -> int:
    """The year of the common era of a ``year`` of the Buddhist Era."""
    return year - _BE_OFFSET


def thai_date(
    day: date,
    style: Literal["long", "short", "numeric"] = "long",
    thai_digits: bool = True,
    no_break: bool = False,
) -> str:
    """Return ``day`` as papers write it: ๒๐ พฤศจิกายน ๒๕๖๙, ๒๐ พ.ย. ๒๕๖๙ or ๒๐/๑๑/๒๕๖๙.

    ``no_break`` joins the parts with no-break spaces so that no line ends inside a date.
    """
    if style == "numeric":
        text = f"{day.day}/{day.month}/{be_year(day)}"
    else:
        names = THAI_MONTHS if style == "long" else THAI_SHORT_MONTHS
        text = f"{day.day} {names[day.month - 1]} {be_year(day)}"
    text = text.replace(" ", "\u00a0") if no_break else text
    return to_thai_digits(text) if thai_digits else text


def file_date(day: date, language: str, style: Literal["long", "short"] = "long", thai_digits: bool = True) -> str:
    """``day`` in a file that is kept: as :func:`thai_date` in ``th``, ``20 November 2026`` otherwise."""
    if language == "th":
        return thai_date(day, style, thai_digits)
    return show_date(day, language) if style == "short" else f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def show_date(day: date, language: str) -> str:
    """Return ``day`` for a screen: ``20 พ.ย. 69`` in ``th``, ``20 Nov 2026`` otherwise.

    Years outside 2543-2599 are written whole, so that what is shown can always be typed back.
    """
    if language != "th":
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"
    year = be_year(day) - 2500 if be_year(day) in SHORT_YEARS else be_year(day)
    return f"{day.day} {THAI_SHORT_MONTHS[day.month - 1]} {year}"


@cache
def show_iso(day: str, language: str) -> str:
    """:func:`show_date` of an ISO day, as views have it; cached: lists show the same few days again and again."""
    return show_date(date.fromisoformat(day), language)


def weekday_name(day: date, language: str) -> str:
    """Return the weekday: ``วันศุกร์`` in ``th``, ``Friday`` otherwise."""
    return (THAI_WEEKDAYS if language == "th" else ENGLISH_WEEKDAYS)[day.weekday()]
