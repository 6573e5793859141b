"""The filters of wordings: days as papers write them, words begun once. Pure.

docs/papers.md lists them for whoever writes a wording.
"""

from collections.abc import Callable
from datetime import date, datetime

from srctl.core.date_spans import Days, on_thai_days, on_thai_weekdays, read_days, thai_days, thai_weekdays
from srctl.core.dates import thai_date
from srctl.core.i18n import _
from srctl.core.numbered_items import items_of

# What a value printed is held between, so that it is never read as wording.
OPEN, CLOSE = "\ue000", "\ue001"
FENCES = str.maketrans("", "", OPEN + CLOSE)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(_("this filter is for dates, not for {value}").format(value=f"{value!s:.40}"))
    return value.date() if isinstance(value, datetime) else value


def _days(value: object) -> Days:
    """One day, or the days of a value such as ``2026-12-17/2026-12-18``."""
    several = read_days(value) if isinstance(value, str) else None
    return several or Days(_day(value), _day(value))


def long_date(value: object) -> str:
    """Filter ``thai_date``: ๒๐ พฤศจิกายน ๒๕๖๙, as papers write a date; ๑๗–๑๘ ธันวาคม ๒๕๖๙ for days on end."""
    return thai_days(_days(value))


def on_days(value: object) -> str:
    """Filter ``on_days``: ในวันที่ ๑๗ ธันวาคม ๒๕๖๙, ระหว่างวันที่ ๑๗–๑๘ ธันวาคม ๒๕๖๙, as letters say when something is."""
    return on_thai_days(_days(value))


def thai_weekday(value: object) -> str:
    """Filter ``thai_weekday``: วันพุธที่ ๙ ธันวาคม ๒๕๖๙, as an invitation names a day."""
    return thai_weekdays(_days(value))


def on_weekdays(value: object) -> str:
    """Filter ``on_weekdays``: ในวันพุธที่ ๙ ธันวาคม ๒๕๖๙, ระหว่างวันพฤหัสบดีที่ ๑๗ – วันศุกร์ที่ ๑๘ ธันวาคม ๒๕๖๙."""
    return on_thai_weekdays(_days(value))


def short_date(value: object) -> str:
    """Filter ``short_date``: ๒๐ พ.ย. ๒๕๖๙, as notes write a date."""
    return thai_date(_day(value), "short")


def month_year(value: object) -> str:
    """Filter ``month_year``: พฤศจิกายน ๒๕๖๙, for a date whose day is left open until signing."""
    return " ".join(thai_date(_day(value)).split()[1:])


def _text(value: object) -> str:
    """The text of a value, or of a macro, whose values stand between fences."""
    return str(value).translate(FENCES)


def begin(value: object, words: str) -> str:
    """Filter ``begin("เห็นควร")``: the text with these words in front, unless already there."""
    return str(value) if _text(value).startswith(words) else f"{words}{value}"


def starts(value: object, *words: str) -> bool:
    """Filter ``starts("ขอ", "แจ้ง")``: whether the text begins with one of these."""
    return _text(value).startswith(words)


def after(value: object, word: str) -> str:
    """Filter ``after("กรณี")``: the text behind the first such word, "" where there is none."""
    return _text(value).partition(word)[2].strip()


def items(value: object) -> list[str]:
    """Filter ``items``: the items of a text that numbers them, without the numbers; else the whole text."""
    return list(items_of(_text(value)))


FILTERS: dict[str, Callable[..., object]] = {
    "thai_date": long_date, "on_days": on_days, "thai_weekday": thai_weekday, "on_weekdays": on_weekdays,
    "short_date": short_date, "month_year": month_year, "begin": begin, "starts": starts, "after": after,
    "items": items,
}  # fmt: skip
