"""A deadline accounted for day by day comes to the day that is due, and every day on the way has its reason."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from holidays import HolidayBase
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.decoding import Text
from srctl.core.workdays import Calendar
from srctl.deadlines.counting import count
from srctl.deadlines.explanation import days_of
from srctl.model.definitions import Roll, Rule, Unit
from srctl.office.folder import Folder
from tests.conftest import PROJECT, Srctl

CALENDAR = Folder(PROJECT).calendar
DATES = st.dates(date(2024, 1, 1), date(2027, 12, 1))


def rule(amount: int, unit: Unit = "workday", roll: Roll = "next") -> Rule:
    return Rule("r", Text("", ""), "case", amount, unit, "", roll=roll)


RULES = st.builds(rule, st.integers(-40, 40), st.sampled_from(["workday", "day", "month"]),
                  st.sampled_from(["next", "previous", "none"]))  # fmt: skip


def independent() -> HolidayBase:
    """The same days off, counted by another implementation."""
    other = HolidayBase(years=range(2024, 2029))
    other.update({day: holiday.name for day, holiday in CALENDAR.holidays.items()})
    return other


@given(RULES, DATES, st.booleans())
def test_the_last_day_of_the_account_is_the_day_that_is_due(made: Rule, start: date, day_1: bool) -> None:
    days = days_of(made, start, CALENDAR, day_1)
    assert days[-1].on == count(made, start, CALENDAR, day_1)
    assert days[0].on == start


@given(st.integers(1, 60), DATES)
def test_working_days_are_numbered_without_a_gap_and_every_other_day_has_its_reason(n: int, start: date) -> None:
    days = days_of(rule(n), start, CALENDAR)
    assert [day.number for day in days if day.why == "counted"] == list(range(1, n + 1))
    assert all(CALENDAR.is_workday(day.on) for day in days if day.why == "counted")
    assert all(day.name for day in days if day.why == "skipped")
    assert [b.on - a.on for a, b in pairwise(days)] == [timedelta(1)] * (len(days) - 1)


@given(st.integers(1, 60), DATES)
def test_working_days_agree_with_an_independent_implementation(n: int, start: date) -> None:
    assert days_of(rule(n), start, CALENDAR)[-1].on == INDEPENDENT.get_nth_working_day(start, n)


INDEPENDENT = independent()


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-04-10", 3, "workday", "2026-04-20"),  # over Songkran 2569
        ("2024-04-11", 1, "workday", "2024-04-17"),  # with the substitution day and the special day of 2567
        ("2025-12-30", 2, "workday", "2026-01-06"),  # over New Year and its special day
        ("2026-11-21", 1, "workday", "2026-11-23"),  # received on a Saturday
        ("2026-09-30", 1, "workday", "2026-10-01"),  # over the turn of the fiscal year
        ("2026-11-20", 15, "workday", "2026-12-15"),  # over the substitution day of 7 and the holiday of 10 December
        ("2026-11-20", 15, "day", "2026-12-08"),  # ends on Saturday 5 December, a holiday whose substitute is Monday
        ("2026-01-31", 1, "month", "2026-03-02"),  # 28 February is a Saturday
        ("2024-01-30", 1, "month", "2024-02-29"),  # a leap year: 29 February is a Thursday
        ("2024-02-29", 12, "month", "2025-02-28"),
    ],
)
def test_days_worked_out_by_hand(start: str, amount: int, unit: Unit, due: str) -> None:
    assert days_of(rule(amount, unit), date.fromisoformat(start), CALENDAR)[-1].on == date.fromisoformat(due)


@pytest.mark.parametrize(("weekday", "due"), list(enumerate([17, 18, 19, 20, 23, 23, 23])))
def test_one_working_day_from_each_day_of_the_week(weekday: int, due: int) -> None:
    start = date(2026, 11, 16) + timedelta(weekday)
    assert days_of(rule(1), start, CALENDAR)[-1].on == date(2026, 11, due)


def test_a_receipt_on_a_day_off_is_day_0_or_moves_it_as_the_office_wrote() -> None:
    saturday = date(2026, 11, 21)
    assert [d.why for d in days_of(rule(1), saturday, CALENDAR, True)] == ["start", "skipped", "counted"]
    assert [d.why for d in days_of(rule(1), saturday, CALENDAR, False)] == ["start", "skipped", "start", "counted"]


def test_a_last_day_off_is_moved_on_or_back_and_both_stand_in_the_account() -> None:
    friday = date(2026, 11, 20)
    forwards = days_of(rule(1, "day"), friday, CALENDAR)
    assert [(d.on.day, d.why) for d in forwards] == [(20, "start"), (21, "counted"), (22, "skipped"), (23, "moved")]
    back = days_of(rule(2, "day", "previous"), friday, CALENDAR)
    assert [(d.on.day, d.why) for d in back][-2:] == [(21, "skipped"), (20, "moved")]


def test_a_calendar_without_a_holiday_skips_weekends_only() -> None:
    names = {day.name for day in days_of(rule(10), date(2026, 4, 10), Calendar({}, None))}
    assert len(names) == 2


# -- on the command line ---------------------------------------------------------------------------


def test_explain_says_rule_basis_file_line_and_every_day(sample: Srctl) -> None:
    said = sample.ok("explain", "10", "answer").out
    assert "templates/kinds/web-complaint.yaml:" in said
    assert "4 ธ.ค. 69" in said
    data = sample.ok("explain", "10", "--json").json
    assert [item["due"] for item in data["items"]] == [
        row["due"] for row in sample.ok("show", "10", "--json").json["deadlines"]
    ]
    assert [day["number"] for day in data["items"][1]["days"]] == list(range(16))


def test_every_deadline_of_every_open_case_can_be_explained(sample: Srctl) -> None:
    for row in sample.ok("list", "--json").json["items"]:
        deadlines = sample.ok("show", row["id"], "--json").json["deadlines"]
        explained = sample.ok("explain", row["id"], "--json").json["items"]
        assert sorted((d["ref"], d["due"]) for d in deadlines) == sorted((e["ref"], e["due"]) for e in explained)
        assert all(item["days"][-1]["on"] == item["due"] for item in explained)


def test_a_deadline_that_is_not_there_is_named_with_those_that_are(sample: Srctl) -> None:
    assert "answer" in sample.refused(3, "explain", "10", "nothing")


def test_the_account_of_a_closed_case_tells_how_each_deadline_ended(sample: Srctl) -> None:
    i18n.use("en")
    told = sample.ok("explain", "5").out
    assert "result      met on 2 Nov 2026" in told
    assert "not done when the matter was closed on 20 Nov 2026" in told
    ended = {item["ref"]: item["ended"]["event"] for item in sample.ok("explain", "5", "--json").json["items"]}
    assert (ended["analysed"], ended["gazette"]) == ("met", "not-done")


@pytest.mark.parametrize("name", ["templates/deadlines.yaml", "templates/calendar/2569.yaml"])
def test_rules_and_days_off_that_cannot_be_read_are_told_beside_the_account(sample: Srctl, name: str) -> None:
    file = sample.root / name
    file.write_text(file.read_text("utf-8") + "  - [", "utf-8")
    assert f"! {name}:" in sample.ok("explain", "10").err
    assert f"! {name}:" in sample.refused(3, "explain", "10", "a9")
    if "calendar" in name:
        assert f"! {name}:" in sample.ok("calc", "20/11/2569", "+3wd").err


def test_a_day_left_empty_is_not_taken_for_today(sample: Srctl) -> None:
    assert "DATE" in sample.refused(2, "calc", "", "+3wd")


@pytest.mark.parametrize(
    ("span", "due"),
    [
        ("+3wd", "2026-04-20"),
        ("-2wd", "2026-04-08"),
        ("3 วัน", "2026-04-16"),  # the 13th is a day off, as the two after it
        ("+15d", "2026-04-27"),
        ("๑m", "2026-05-11"),
    ],
)
def test_calc_counts_from_any_day_and_moves_a_last_day_off(sample: Srctl, span: str, due: str) -> None:
    assert sample.ok("calc", "10/4/2569", span, "--json").json["due"] == due


def test_calc_refuses_what_is_no_span(sample: Srctl) -> None:
    assert "+3wd" in sample.refused(2, "calc", "10/4/2569", "3 ปี")
