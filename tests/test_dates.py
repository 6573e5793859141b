"""The rules of typed and shown dates; today is Friday 20 November 2569 (2026)."""

import ast
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import dates, i18n
from srctl.core.errors import UsageError
from srctl.core.thai import unsafe_characters
from srctl.core.workdays import Calendar, Holiday
from tests.conftest import PROJECT

TODAY = date(2026, 11, 20)
FATHERS_DAY_IN_LIEU = date(2026, 12, 7)
CALENDAR = Calendar({FATHERS_DAY_IN_LIEU: Holiday(FATHERS_DAY_IN_LIEU, "ชดเชยวันพ่อแห่งชาติ")}, date(2026, 12, 31))
BUDDHIST_YEARS = st.dates(date(1857, 1, 1), date(2157, 12, 31))
COMMON_YEARS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    """The refusals are read here as the code words them."""
    i18n.use("en")


def parse(text: str) -> date:
    return dates.parse_date(text, TODAY, CALENDAR)


@pytest.mark.parametrize(
    "typed",
    [
        "20/11/2569",
        "20-11-2569",
        "20.11.2569",
        "20 / 11 / 2569",
        "๒๐/๑๑/๒๕๖๙",
        "20/11/2026",
        "20/11/69",
        "2026-11-20",
        "2569-11-20",
        "2026/11/20",
        "๒๕๖๙-๑๑-๒๐",
        "20 พ.ย. 69",
        "20 พ.ย. 2569",
        "20 พ.ย.2569",
        "20พย69",
        "20 พย 69",
        "20 พ ย 69",
        "20 พ.ย. 2026",
        "20 พฤศจิกายน 2569",
        "20 พฤศจิกา 2569",
        "๒๐ พฤศจิกายน ๒๕๖๙",
        "๒๐\u00a0พฤศจิกายน\u00a0๒๕๖๙",
        "วันที่ 20 พฤศจิกายน พ.ศ. 2569",
        "วันที่ 20 เดือน พฤศจิกายน พุทธศักราช 2569",
        "วันที่ 20/11/2569",
        "20 พ.ย. พ.ศ. 69",
        "20 พฤศจิกายน ค.ศ. 2026",
        "วันศุกร์ที่ ๒๐ พฤศจิกายน ๒๕๖๙",
        "ศุกร์ 20 พ.ย. 69",
        "Friday, 20 November 2026",
        "20 Nov 2026",
        "20 nov. 2569",
        "20 NOVEMBER 2026",
        "  20   พ.ย.   69  ",
        "20 พ.ย.",
        "20/11",
        "20 Nov",
        "วันนี้",
        "today",
        "Today",
        "+0",
        "ศุกร์นี้",
        "this friday",
    ],
)
def test_many_ways_to_type_the_twentieth_of_november(typed: str) -> None:
    assert parse(typed) == TODAY


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_short_long_and_english_name(month: int) -> None:
    names = (
        dates.THAI_MONTHS[month - 1],
        dates.THAI_SHORT_MONTHS[month - 1],
        dates.THAI_SHORT_MONTHS[month - 1].replace(".", ""),
        dates.ENGLISH_MONTHS[month - 1],
        dates.ENGLISH_MONTHS[month - 1][:3],
    )
    assert {parse(f"5 {name} 2569") for name in names} == {date(2026, month, 5)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("พรุ่งนี้", date(2026, 11, 21)),
        ("วันพรุ่งนี้", date(2026, 11, 21)),
        ("พร\u0e48\u0e38งนี้", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 21)),
        ("มะรืน", date(2026, 11, 22)),
        ("มะรืนนี้", date(2026, 11, 22)),
        ("เมื่อวาน", date(2026, 11, 19)),
        ("เมื่อวานนี้", date(2026, 11, 19)),
        ("yesterday", date(2026, 11, 19)),
        ("+3", date(2026, 11, 23)),
        ("+๓", date(2026, 11, 23)),
        ("+ 3 วัน", date(2026, 11, 23)),
        ("+3d", date(2026, 11, 23)),
        ("-3", date(2026, 11, 17)),
        ("\u22123", date(2026, 11, 17)),
        ("+2w", date(2026, 12, 4)),
        ("+2 สัปดาห์", date(2026, 12, 4)),
        ("+1m", date(2026, 12, 20)),
        ("+1 เดือน", date(2026, 12, 20)),
        ("+3wd", date(2026, 11, 25)),
        ("+3 วันทำการ", date(2026, 11, 25)),
        ("+11wd", date(2026, 12, 8)),
        ("-1wd", date(2026, 11, 19)),
        ("-5wd", date(2026, 11, 13)),
    ],
)
def test_days_counted_from_today(typed: str, meant: date) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("วันเสาร์", date(2026, 11, 21)),
        ("จันทร์", date(2026, 11, 23)),
        ("monday", date(2026, 11, 23)),
        ("พฤหัส", date(2026, 11, 26)),
        ("วันพฤหัสบดี", date(2026, 11, 26)),
        ("thu", date(2026, 11, 26)),
        ("วันศุกร์", date(2026, 11, 27)),
        ("ศุกร์", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("ศุกร์หน้า", date(2026, 11, 27)),
        ("next friday", date(2026, 11, 27)),
        ("วันจันทร์หน้า", date(2026, 11, 23)),
        ("วันอาทิตย์หน้า", date(2026, 11, 29)),
        ("วันอาทิตย์", date(2026, 11, 22)),
        ("วันจันทร์นี้", date(2026, 11, 16)),
    ],
)
def test_a_weekday_is_the_next_one_and_with_next_that_of_the_following_week(typed: str, meant: date) -> None:
    assert parse(typed) == meant


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_bare_weekday_falls_in_the_seven_days_after_today(today: date, weekday: int) -> None:
    for names in (dates.THAI_WEEKDAYS, dates.ENGLISH_WEEKDAYS):
        meant = dates.parse_date(names[weekday], today)
        assert meant.weekday() == weekday
        assert 1 <= (meant - today).days <= 7


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21/9", date(2026, 9, 21)),
        ("20/9", date(2027, 9, 20)),
        ("5 ม.ค.", date(2027, 1, 5)),
        ("31 Dec", date(2026, 12, 31)),
    ],
)
def test_a_date_without_a_year_is_the_first_not_more_than_sixty_days_gone(typed: str, meant: date) -> None:
    assert parse(typed) == meant


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_date_without_a_year_is_within_a_year_of_the_window(today: date, month: int, day: int) -> None:
    meant = dates.parse_date(f"{day}/{month}", today)
    window = today - timedelta(days=60)
    assert window <= meant < Calendar.add_months(window, 12) + timedelta(days=1)


def test_leap_days_follow_the_buddhist_year() -> None:
    assert parse("29 ก.พ. 2567") == date(2024, 2, 29)
    assert parse("29/2/67") == date(2024, 2, 29)
    assert parse("2567-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("29 ก.พ. 2568", "There is no 29 February in 2568 (2025)."),
        ("29/2/2568", "There is no 29 February in 2568 (2025)."),
        ("31 เม.ย. 69", "There is no 31 April in 2569 (2026)."),
        ("0/1/2569", "There is no 0 January in 2569 (2026)."),
        ("11/20/2026", "There is no month 20; the day comes first."),
        ("20/11/26", 'The year "26" can be read in more than one way; type four digits.'),
        ("20 พ.ย. 42", 'The year "42" can be read in more than one way; type four digits.'),
        ("20 Nov 69", 'The year "69" can be read in more than one way; type four digits.'),
        ("20 พ.ย. ค.ศ. 69", 'The year "69" can be read in more than one way; type four digits.'),
        ("20/11/2300", "The year 2300 is neither"),
        ("20/11/2399", "The year 2399 is neither"),
        ("20/11/2701", "The year 2701 is neither"),
        ("20/11/569", "The year 569 is neither"),
        ("20/11/02569", "The year 02569 is neither"),
        ("1899-11-20", "The year 1899 is neither"),
        ("20 พ.ย. พ.ศ. 2026", "The year 2026 is neither"),
        ("20 พ.ย. ค.ศ. 2569", "The year 2569 is neither"),
        ("วันพุธที่ 20 พ.ย. 2569", "20 Nov 2026 is a Friday"),
        ("ราว 20 พ.ย. 2569", '"ราว" is not a weekday.'),
        ("อาทิตย์หน้า", '"อาทิตย์หน้า" can mean a Sunday or a whole week.'),
        ("+3x", '"x" is no unit of time'),
        ("20 พ.ย. พ.ศ.", "is not a date."),
        ("20 ม 69", "is not a date."),
        ("20 ju 2026", "is not a date."),
        ("20", "is not a date."),
        ("", '"" is not a date.'),
        ("20/11-2569", "is not a date."),
        ("พรุ่งนี้เช้า", "is not a date."),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(UsageError, match=re.escape(reason)) as refused:
        parse(typed)
    assert refused.value.hint
    assert "\n" not in refused.value.message


def test_working_days_need_a_calendar() -> None:
    with pytest.raises(UsageError, match="calendar") as refused:
        dates.parse_date("+3wd", TODAY)
    assert "srctl calendar freeze" in refused.value.hint


@given(st.one_of(st.text(max_size=30), st.text("0123456789/-+. พยวัน๒๕๖๙wdm", max_size=14)))
def test_whatever_is_typed_is_a_date_or_refused_in_one_printable_line(typed: str) -> None:
    try:
        parse(typed)
    except UsageError as refused:
        message = refused.message
    else:
        return
    assert "\n" not in message
    assert unsafe_characters(message) == []


def test_endless_figures_are_refused_not_computed() -> None:
    with pytest.raises(UsageError) as refused:
        parse("20/11/" + "9" * 5000)
    assert len(refused.value.message) < 120


FORMATS: dict[str, Callable[[date], str]] = {
    "long": lambda day: dates.thai_date(day),
    "short": lambda day: dates.thai_date(day, "short", no_break=True),
    "numeric": lambda day: dates.thai_date(day, "numeric", thai_digits=False),
    "shown in Thai": lambda day: dates.show_date(day, "th"),
    "with weekday": lambda day: f"{dates.weekday_name(day, 'th')}ที่ {dates.thai_date(day)}",
}


@pytest.mark.parametrize("shape", FORMATS)
@given(day=BUDDHIST_YEARS)
def test_every_format_printed_can_be_typed_back(shape: str, day: date) -> None:
    assert dates.parse_date(FORMATS[shape](day), TODAY) == day


@given(COMMON_YEARS)
def test_dates_shown_in_english_or_iso_can_be_typed_back(day: date) -> None:
    assert dates.parse_date(dates.show_date(day, "en"), TODAY) == day
    assert dates.parse_date(day.isoformat(), TODAY) == day
    assert dates.parse_iso(day.isoformat()) == day


def test_how_dates_are_written_on_paper_and_shown_on_screen() -> None:
    assert dates.thai_date(TODAY) == "๒๐ พฤศจิกายน ๒๕๖๙"
    assert dates.thai_date(TODAY, "short") == "๒๐ พ.ย. ๒๕๖๙"
    assert dates.thai_date(date(2026, 1, 2), "numeric") == "๒/๑/๒๕๖๙"
    assert dates.thai_date(TODAY, thai_digits=False) == "20 พฤศจิกายน 2569"
    assert dates.thai_date(TODAY, no_break=True) == "๒๐\u00a0พฤศจิกายน\u00a0๒๕๖๙"
    assert dates.show_date(TODAY, "th") == "20 พ.ย. 69"
    assert dates.show_date(TODAY, "en") == "20 Nov 2026"
    assert dates.show_date(date(1983, 5, 1), "th") == "1 พ.ค. 2526"
    assert dates.weekday_name(TODAY, "th") == "วันศุกร์"
    assert dates.weekday_name(TODAY, "en") == "Friday"


def test_a_year_is_told_in_either_era() -> None:
    assert dates.be_year(date(2026, 10, 1)) == dates.be_year(2026) == 2569
    assert dates.ce_year(2569) == 2026


def test_the_years_between_the_eras_are_known_in_one_place() -> None:
    told = [
        path.name
        for path in sorted((PROJECT / "srctl").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and node.value == 543
    ]
    assert told == ["dates.py"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17:50", "17:50"),
        ("17.50", "17:50"),
        ("17.50 น.", "17:50"),
        ("๑๗.๕๐", "17:50"),
        ("๑๗.๕๐ น.", "17:50"),
        ("เวลา 9.05 น.", "09:05"),
        ("1750", "17:50"),
        ("905", "09:05"),
        ("9:05", "09:05"),
        ("9 น.", "09:00"),
        ("9 นาฬิกา", "09:00"),
        ("00:00", "00:00"),
    ],
)
def test_many_ways_to_type_a_time(typed: str, meant: str) -> None:
    assert dates.parse_time(typed) == meant


@given(st.times())
def test_times_can_be_typed_with_colon_dot_or_neither(moment: time) -> None:
    meant = moment.strftime("%H:%M")
    assert {dates.parse_time(meant.replace(":", mark)) for mark in (":", ".", "")} == {meant}


@pytest.mark.parametrize("typed", ["24:00", "17:60", "17", "", "17:5", "5pm", "17:50:30", "99999"])
def test_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a time of day"):
        dates.parse_time(typed)


@pytest.mark.parametrize(
    "text", ["20261120", "2026-W47-5", "2026-11-2", " 2026-11-20", "2026-11-20\n", "๒๐๒๖-11-20",
             "2026-02-29", "2026-11-20T09:00:00+07:00", ""],
)  # fmt: skip
def test_files_hold_strict_iso_dates_only(text: str) -> None:
    with pytest.raises(ValueError, match=r"iso|date|time|day|hour"):
        dates.parse_iso(text)


def test_files_hold_moments_with_their_offset() -> None:
    moment = dates.parse_iso_datetime("2026-11-20T09:12:00+07:00")
    assert moment == datetime(2026, 11, 20, 9, 12, tzinfo=dates.BANGKOK)
    assert moment.isoformat() == "2026-11-20T09:12:00+07:00"


@pytest.mark.parametrize(
    "text", ["2026-11-20T09:12:00", "2026-11-20T09:12:00Z", "2026-11-20 09:12:00+07:00",
             "2026-11-20T09:12+07:00", "2026-11-20T25:12:00+07:00", "2026-11-20", "2026-11-20T24:00:00+07:00",
             "2026-W47-5T09:12:00+07:00", "2026-11-20T091200.0+07:00", "20261120T091200.0+07:00",
             "2026-11-20T09:12+07:00:00"],
)  # fmt: skip
def test_a_moment_without_seconds_or_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"iso|date|time|day|hour"):
        dates.parse_iso_datetime(text)


OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.just(dates.BANGKOK) | OFFSETS).map(lambda m: m.replace(microsecond=0).isoformat())
SLIPS = st.sampled_from(["", "0", "9", ":", "-", ".", "T", "W", "+", " ", "๑"])


@given(MOMENTS, st.integers(0, 25), st.integers(0, 2), SLIPS)
def test_a_moment_is_read_only_as_it_would_be_written(text: str, at: int, gone: int, slip: str) -> None:
    assert dates.parse_iso_datetime(text) == datetime.fromisoformat(text)
    typed = text[:at] + slip + text[at + gone :]
    try:
        moment = dates.parse_iso_datetime(typed)
    except ValueError:
        return
    assert moment.isoformat(timespec="seconds") == typed
