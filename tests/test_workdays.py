"""The rules of working days, by hand over 2567-2570 and against a naive count."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.workdays import Calendar, Holiday

FOLDER = Path(__file__).parent.parent / "templates" / "calendar"


def read_calendar() -> Calendar:
    """Build the calendar of the four frozen years."""
    files = [yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in FOLDER.glob("*.yaml")]
    days = [
        Holiday(date.fromisoformat(day["date"]), day["name"], day["source"], day["kind"])
        for file in files
        for day in file["days"]
    ]
    last = max(int(file["year"]) for file in files if file["complete"] == "true")
    return Calendar({day.on: day for day in days}, date(last - 543, 12, 31))


CALENDAR = read_calendar()
days_covered = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def naive_workdays(start: date, end: date) -> list[date]:
    """Return the working days after ``start`` up to and with ``end``, the slow plain way."""
    found = []
    day = start
    while day < end:
        day = date.fromordinal(day.toordinal() + 1)
        if day.strftime("%a") not in ("Sat", "Sun") and day.isoformat() not in {
            on.isoformat() for on in CALENDAR.holidays
        }:
            found.append(day)
    return found


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        # Songkran 2567: special Friday 12, weekend 13-14, Monday 15, in lieu Tuesday 16.
        (date(2024, 4, 11), 1, date(2024, 4, 17)),
        (date(2024, 4, 5), 3, date(2024, 4, 11)),
        # Songkran 2568: Sunday 13 to Tuesday 15, in lieu Wednesday 16.
        (date(2025, 4, 11), 1, date(2025, 4, 17)),
        # Songkran 2569: Monday 13 to Wednesday 15.
        (date(2026, 4, 10), 1, date(2026, 4, 16)),
        (date(2026, 4, 10), 2, date(2026, 4, 17)),
        # Songkran 2570: Tuesday 13 to Thursday 15.
        (date(2027, 4, 12), 1, date(2027, 4, 16)),
        # New Year 2568: special Monday 30, 31, 1 January.
        (date(2024, 12, 27), 1, date(2025, 1, 2)),
        # New Year 2569: 31, 1, special Friday 2, weekend.
        (date(2025, 12, 30), 1, date(2026, 1, 5)),
        # Labour day 2569 is a working day of offices, and so is 3 May 2570.
        (date(2026, 4, 30), 1, date(2026, 5, 1)),
        (date(2027, 4, 30), 1, date(2027, 5, 3)),
        # Ploughing day 2569 is not.
        (date(2026, 5, 12), 1, date(2026, 5, 14)),
        # Visakha 2569 on Sunday 31 May, in lieu Monday; Queen's birthday on Wednesday.
        (date(2026, 5, 29), 2, date(2026, 6, 4)),
        # Three in a row: 28-30 July 2569.
        (date(2026, 7, 27), 1, date(2026, 7, 31)),
        # Father's day 2569 on Saturday, in lieu Monday 7 December; Constitution day Thursday.
        (date(2026, 12, 4), 1, date(2026, 12, 8)),
        (date(2026, 12, 4), 3, date(2026, 12, 11)),
        # Chulalongkorn day 2570 on Saturday, in lieu Monday 25 October.
        (date(2027, 10, 22), 1, date(2027, 10, 26)),
        # Fifteen working days from Friday 20 November 2569.
        (date(2026, 11, 20), 15, date(2026, 12, 15)),
        # Receipt on a day off: that day is day 0, the next working day is day 1.
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 5), 1, date(2026, 12, 8)),
        # Backwards, and not at all.
        (date(2026, 4, 16), -1, date(2026, 4, 10)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_working_days_counted_by_hand(start: date, count: int, due: date) -> None:
    assert CALENDAR.add_workdays(start, count) == due


@pytest.mark.parametrize(
    ("year", "workdays"),
    # Weekdays of the year less the holidays that fall on a weekday, counted on a wall calendar.
    [(2024, 262 - 19), (2025, 261 - 21), (2026, 261 - 20), (2027, 261 - 18)],
)
def test_working_days_of_a_whole_year(year: int, workdays: int) -> None:
    assert CALENDAR.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@given(days_covered, days_covered)
def test_counting_agrees_with_a_naive_count_and_is_signed(one: date, other: date) -> None:
    start, end = sorted((one, other))
    expected = len(naive_workdays(start, end))
    assert CALENDAR.workdays_between(start, end) == expected
    assert CALENDAR.workdays_between(end, start) == -expected


@given(days_covered, st.integers(1, 60))
def test_the_nth_working_day_is_the_nth_of_a_naive_list(start: date, count: int) -> None:
    due = CALENDAR.add_workdays(start, count)
    assert naive_workdays(start, due)[-1] == due
    assert len(naive_workdays(start, due)) == count


@given(days_covered, st.integers(1, 60))
def test_counting_back_from_a_working_day_undoes_counting_on(start: date, count: int) -> None:
    workday = CALENDAR.next_workday(start)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(workday, count), -count) == workday


@given(days_covered)
def test_the_next_workday_is_the_day_itself_or_the_first_after_it(day: date) -> None:
    following = CALENDAR.next_workday(day)
    assert CALENDAR.is_workday(following)
    assert naive_workdays(day - timedelta(days=1), following) == [following]


def test_holidays_have_names_and_weekends_have_none() -> None:
    assert CALENDAR.holiday_name(date(2026, 4, 13)) == "วันสงกรานต์"
    assert CALENDAR.holiday_name(date(2026, 6, 1)) == "ชดเชยวันวิสาขบูชา"
    assert CALENDAR.holiday_name(date(2026, 11, 21)) == ""
    assert not CALENDAR.is_workday(date(2026, 11, 21))
    assert CALENDAR.holiday_name(date(2026, 11, 20)) == ""
    assert CALENDAR.is_workday(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 11, 20), 2, date(2027, 1, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2027, 2, 28), 1, date(2027, 3, 31)),  # counted from 1 March, it ends with the month
        (date(2028, 2, 28), 1, date(2028, 3, 28)),
        (date(2026, 4, 30), 1, date(2026, 5, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(start: date, months: int, end: date) -> None:
    assert Calendar.add_months(start, months) == end


def test_days_past_the_last_complete_year_are_not_certain() -> None:
    assert not CALENDAR.incomplete_for(date(2026, 12, 31))
    assert CALENDAR.incomplete_for(date(2027, 1, 1))


def test_without_a_calendar_weekdays_count_and_nothing_is_certain() -> None:
    nothing = Calendar({}, None)
    assert nothing.incomplete_for(date(2024, 1, 1))
    assert nothing.add_workdays(date(2026, 12, 4), 1) == date(2026, 12, 7)
