"""Days in a paper's text: those that do not exist, and weekdays that are not theirs. Pure.

A year is read as a paper writes it (thai-papers §1.2): พ.ศ., ค.ศ. in four digits, or two digits beside a short month.
Where no year can be read, 29 February may be, and no weekday is judged.
"""

import re
from collections.abc import Iterator
from datetime import date

from srctl.core.dates import THAI_MONTHS, THAI_SHORT_MONTHS, THAI_WEEKDAYS, ce_year, thai_date
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.core.workdays import month_days
from srctl.papers.proofing.finding import Finding, Span, Texts, found_at
from srctl.papers.proofing.repairs import BUDDHIST_ERA, DIGIT, MONTH

_ALONE = "(?<![0-9๐-๙])(?<![0-9๐-๙][.,/-])"
# Two digits are a year only in the short way of writing, and where nothing is counted by them.
_YEAR = (
    f"(?:(?:{BUDDHIST_ERA}\\s{{0,2}})?(?P<be>[2๒][4-7๔-๗]{DIGIT}{{2}})(?!{DIGIT}|[.,]{DIGIT})"
    f"|(?:ค\\.\\s?ศ\\.\\s{{0,2}})?(?P<ce>[12๑๒][09๐๙]{DIGIT}{{2}})(?!{DIGIT}|[.,]{DIGIT})"
    f"|(?P<short>[4-9๔-๙]{DIGIT})(?=\\s*(?:$|[)น,;/–-]|เวลา|และ|ถึง|นั้น|เป็นต้น)))"
)
_DATE = f"{_ALONE}(?P<day>{DIGIT}{{1,2}})\\s{{0,3}}(?:เดือน\\s?)?(?P<month>{MONTH})(?:\\s{{0,3}}{_YEAR})?"
_FIGURES = f"{_ALONE}(?P<day>{DIGIT}{{1,2}})/(?P<month>{DIGIT}{{1,2}})/(?P<be>[2๒][4-7๔-๗]{DIGIT}{{2}})(?![0-9๐-๙/.-])"

_WEEKDAY = "|".join(sorted((day.removeprefix("วัน") for day in THAI_WEEKDAYS), key=len, reverse=True)) + "|พฤหัสฯ?"
# "วันศุกร์ที่ ๘ ถึงวันพุธที่ ๑๓ ธันวาคม ๒๕๖๙": a day may have its month and year further on.
_NEXT = f"\\s{{0,2}}(?:[,–-]|ถึง|และ)\\s{{0,2}}(?:(?:วัน)?(?:{_WEEKDAY})(?:\\s?ที่)?\\s{{0,2}})?(?:วันที่\\s{{0,2}})?"
_NAMED = (
    f"(?:วัน(?P<weekday>{_WEEKDAY})(?:\\s?ที่)?|(?<![ก-๙])(?P<bare>{_WEEKDAY})\\s?ที่)\\s{{0,3}}(?P<day>{DIGIT}{{1,2}})"
    f"(?!{DIGIT})(?:\\s{{0,3}}(?P<own>{MONTH}))?(?:{_NEXT}{DIGIT}{{1,2}}(?!{DIGIT})){{0,6}}"
    f"(?:\\s{{0,3}}(?P<month>{MONTH}))?\\s{{0,3}}{_YEAR}"
)
_AFTER = f"\\s{{0,2}}\\(?\\s?วัน(?P<weekday>{_WEEKDAY})\\)"


class _WrittenDay(NamedTuple):
    """A day as written; ``year`` of the common era, None when there is none to read."""

    day: int
    month: int
    year: int | None

    def exists(self) -> bool:
        if not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= month_days(self.year if self.year is not None else 2000, self.month)


def date_findings(texts: Texts) -> Iterator[Finding]:
    """Yield the days that do not exist, and the weekdays that do not fit their day."""
    for place, text in texts:
        if not any(char.isdigit() for char in text):
            continue
        hint = _("look the day up, and write the right one")
        spans = [span for span, day in _days(text) if not day.exists()]
        yield from found_at("no-such-day", place, text, spans, (_("a day that does not exist"), hint))
        for span, day, stated in _weekdays(text):
            if stated != day.weekday():
                words = _("{date} is {weekday}").format(date=thai_date(day), weekday=THAI_WEEKDAYS[day.weekday()])
                yield from found_at("weekday", place, text, [span], (_("the weekday is not that of the day"), words))


def _days(text: str) -> Iterator[tuple[Span, _WrittenDay]]:
    for match in re.finditer(_DATE, text):
        yield match.span(), _WrittenDay(_number(match["day"]), _month(match["month"]), _year(match, match["month"]))
    for match in re.finditer(_FIGURES, text):
        yield match.span(), _WrittenDay(_number(match["day"]), _number(match["month"]), ce_year(_number(match["be"])))


def _weekdays(text: str) -> Iterator[tuple[Span, date, int]]:
    """Yield each day that is written with a weekday: its place, the day, the weekday stated (Monday is 0)."""
    for match in re.finditer(_NAMED, text):
        last = match["month"] or match["own"]
        year = _year(match, last) if last else None
        month = _month(match["own"] or last) if last else 0
        if year is not None:
            day = _WrittenDay(_number(match["day"]), month, year - (month > _month(last)))
            yield from _judged(match.span(), day, match["weekday"] or match["bare"])
    for (start, stop), day in _days(text):
        if after := re.compile(_AFTER).match(text, stop):
            yield from _judged((start, after.end()), day, after["weekday"])


def _judged(span: Span, day: _WrittenDay, weekday: str) -> Iterator[tuple[Span, date, int]]:
    if day.year is not None and day.exists():
        stated = next(n for n, name in enumerate(THAI_WEEKDAYS) if name.startswith(f"วัน{weekday.rstrip('ฯ')}"))
        yield span, date(day.year, day.month, day.day), stated


def _year(match: re.Match[str], month: str) -> int | None:
    if match["be"]:
        return ce_year(_number(match["be"]))
    if match["ce"]:
        return _number(match["ce"])
    return ce_year(2500 + _number(match["short"])) if match["short"] and month in THAI_SHORT_MONTHS else None


def _number(digits: str) -> int:
    return int(to_arabic_digits(digits))


def _month(word: str) -> int:
    return (THAI_MONTHS.index(word) if word in THAI_MONTHS else THAI_SHORT_MONTHS.index(word)) + 1
