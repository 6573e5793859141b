"""Days worked out by hand on the calendars of 2567-2570, each counted again by an independent implementation."""

from datetime import date, timedelta

import pytest
from holidays import HolidayBase

from srctl.core.decoding import Text
from srctl.deadlines.counting import count
from srctl.deadlines.explanation import days_of
from srctl.deadlines.pauses import Span, Stops
from srctl.model.definitions import Roll, Rule, Unit
from srctl.office.folder import Folder
from tests.conftest import PROJECT

CALENDAR = Folder(PROJECT).calendar
SETTINGS = (True, False)


def day(text: str) -> date:
    return date.fromisoformat(text)


def rule(amount: int, unit: Unit = "workday", roll: Roll = "next", *, pauses: bool = True) -> Rule:
    return Rule("r", Text("กำหนด", "Deadline"), "case", amount, unit, "", roll=roll, pauses=pauses)


def spans(*stood_still: str) -> Stops:
    """Return pauses written as ``2026-11-23/2026-11-25``: from the first day, up to and without the second."""
    return tuple(Span(day(text[:10]), day(text[11:])) for text in stood_still)


def counted(made: Rule, start: str, *, day_1: bool = True, stops: Stops = ()) -> date:
    """Return the day the rule reaches; its account must end on the same day."""
    due = count(made, day(start), CALENDAR, day_1, stops)
    assert days_of(made, day(start), CALENDAR, day_1, stops)[-1].on == due
    return due


def independent(stops: Stops = ()) -> HolidayBase:
    """Return the days off of the office, and those a case stood still, as the library ``holidays`` keeps them."""
    other = HolidayBase(years=range(2023, 2029))
    other.update({on: holiday.name for on, holiday in CALENDAR.holidays.items()})
    for span in stops:
        held = [span.start + timedelta(n) for n in range((span.end - span.start).days)]
        other.update(dict.fromkeys(held, "pause"))
    return other


# -- working days ------------------------------------------------------------------------------------

WORKDAYS = [
    # from, working days, due
    # 2567
    ("2024-02-23", 5, "2024-03-04"),  # Makha Bucha on a Saturday, substituted on Monday 26; over 29 February
    ("2024-02-28", 1, "2024-02-29"),
    ("2024-02-29", 1, "2024-03-01"),
    ("2024-04-05", 5, "2024-04-18"),  # the substitution of Chakri Day and Songkran: 9, 10, 11, 17, 18
    ("2024-04-11", 3, "2024-04-19"),  # Songkran: special day 12, substitution 16
    ("2024-05-03", 5, "2024-05-14"),  # Coronation Day substituted on 6, Ploughing Day on 10
    ("2024-07-19", 6, "2024-07-31"),  # Asanha Bucha substituted on 22, the King's birthday on 29
    ("2024-10-11", 8, "2024-10-25"),  # 13 October substituted on 14, Chulalongkorn Day on 23
    ("2024-12-27", 2, "2025-01-03"),  # New Year 2568: special day 30, 31, 1
    # 2568
    ("2025-02-28", 1, "2025-03-03"),  # no 29 February
    ("2025-04-04", 6, "2025-04-18"),  # 7 substituted, Songkran 14-16
    ("2025-05-02", 5, "2025-05-14"),  # 5 substituted, 9, 12 substituted
    ("2025-05-30", 1, "2025-06-04"),  # special day 2, the Queen's birthday 3
    ("2025-07-09", 2, "2025-07-15"),  # Asanha Bucha 10, Khao Phansa 11
    ("2025-08-08", 1, "2025-08-13"),  # special day 11, Mother's Day 12
    ("2025-12-04", 3, "2025-12-11"),  # Father's Day 5, Constitution Day 10
    ("2025-12-30", 3, "2026-01-07"),  # New Year 2569: 31, 1, special day 2
    # 2569
    ("2026-04-03", 7, "2026-04-20"),  # Chakri Day 6, Songkran 13-15
    ("2026-04-30", 3, "2026-05-06"),  # Labour Day is no holiday of the government; Coronation Day 4
    ("2026-05-12", 1, "2026-05-14"),  # Ploughing Day 13
    ("2026-07-24", 3, "2026-08-03"),  # 27; 28, 29 and 30 are holidays; 31; 3
    ("2026-10-12", 8, "2026-10-26"),  # 13 and 23
    ("2026-12-30", 5, "2027-01-08"),  # New Year 2570: 31, 1
    # 2570
    ("2027-02-19", 1, "2027-02-23"),  # Makha Bucha on a Sunday, substituted on 22
    ("2027-04-05", 6, "2027-04-19"),  # 6; Songkran 13-15
    ("2027-07-16", 1, "2027-07-21"),  # Asanha Bucha on a Sunday, Khao Phansa on Monday, so substituted on Tuesday
    ("2027-10-22", 2, "2027-10-27"),  # Chulalongkorn Day on a Saturday, substituted on 25
    ("2027-12-03", 4, "2027-12-13"),  # Father's Day on a Sunday, substituted on 6; 10
    # the turn of the fiscal year, 1 October
    ("2024-09-30", 1, "2024-10-01"),
    ("2025-09-26", 3, "2025-10-01"),
    ("2026-09-28", 5, "2026-10-05"),
    ("2027-09-30", 2, "2027-10-04"),
]


@pytest.mark.parametrize(("start", "amount", "due"), WORKDAYS)
def test_working_days_pass_over_weekends_holidays_and_their_substitutes(start: str, amount: int, due: str) -> None:
    for setting in SETTINGS:  # each starts on a working day, so the setting for days off says nothing
        assert counted(rule(amount), start, day_1=setting) == day(due)
    assert independent().get_nth_working_day(start, amount) == day(due)


@pytest.mark.parametrize(
    ("received", "amount", "day_1", "day_0"),
    [
        ("2024-02-24", 1, "2024-02-27", "2024-02-28"),  # a Saturday that is a holiday
        ("2024-04-13", 1, "2024-04-17", "2024-04-18"),  # Songkran on a Saturday
        ("2025-05-03", 2, "2025-05-07", "2025-05-08"),  # a Saturday before a substitution day
        ("2025-12-06", 3, "2025-12-11", "2025-12-12"),  # Monday, Tuesday, Thursday (and Friday)
        ("2026-11-21", 1, "2026-11-23", "2026-11-24"),  # a plain Saturday
        ("2026-11-21", 5, "2026-11-27", "2026-11-30"),
        ("2027-01-02", 1, "2027-01-04", "2027-01-05"),
        ("2027-10-23", 1, "2027-10-26", "2027-10-27"),  # a Saturday that is a holiday, substituted on Monday
    ],
)
def test_a_matter_received_on_a_saturday_is_counted_by_the_setting(
    received: str, amount: int, day_1: str, day_0: str
) -> None:
    assert counted(rule(amount), received, day_1=True) == day(day_1)
    assert counted(rule(amount), received, day_1=False) == day(day_0)
    other = independent()
    assert other.get_nth_working_day(received, amount) == day(day_1)
    assert other.get_nth_working_day(other.get_nth_working_day(received, 0), amount) == day(day_0)


@pytest.mark.parametrize(
    ("event", "amount", "due"),
    [
        ("2024-03-01", -2, "2024-02-28"),  # over 29 February
        ("2025-10-02", -5, "2025-09-25"),  # over the turn of the fiscal year
        ("2026-04-16", -1, "2026-04-10"),  # over Songkran
        ("2026-04-16", -3, "2026-04-08"),
        ("2026-11-28", -3, "2026-11-25"),  # an event on a Saturday
        ("2026-12-08", -1, "2026-12-04"),  # over a substitution day
        ("2027-01-04", -2, "2026-12-29"),  # over New Year
    ],
)
def test_so_many_working_days_before_a_day(event: str, amount: int, due: str) -> None:
    for setting in SETTINGS:
        assert counted(rule(amount), event, day_1=setting) == day(due)
        account = days_of(rule(amount), day(event), CALENDAR, setting)
        assert [d.number for d in account if d.why == "counted"] == list(range(1, -amount + 1)), setting
    assert independent().get_nth_working_day(event, amount) == day(due)


# -- days, months and what becomes of a last day off -------------------------------------------------

ROLLED = [
    # from, so many, unit, none, next, previous
    ("2026-11-13", 7, "day", "2026-11-20", "2026-11-20", "2026-11-20"),  # Friday
    ("2026-11-13", 8, "day", "2026-11-21", "2026-11-23", "2026-11-20"),  # Saturday
    ("2026-11-13", 9, "day", "2026-11-22", "2026-11-23", "2026-11-20"),  # Sunday
    ("2026-11-13", 10, "day", "2026-11-23", "2026-11-23", "2026-11-23"),  # Monday
    ("2026-11-13", 11, "day", "2026-11-24", "2026-11-24", "2026-11-24"),  # Tuesday
    ("2026-11-13", 12, "day", "2026-11-25", "2026-11-25", "2026-11-25"),  # Wednesday
    ("2026-11-13", 13, "day", "2026-11-26", "2026-11-26", "2026-11-26"),  # Thursday
    ("2024-04-01", 11, "day", "2024-04-12", "2024-04-17", "2024-04-11"),  # the special day before Songkran 2567
    ("2024-12-16", 15, "day", "2024-12-31", "2025-01-02", "2024-12-27"),  # New Year's Eve, the day before special
    ("2025-12-17", 15, "day", "2026-01-01", "2026-01-05", "2025-12-30"),  # New Year 2569, the day after special
    ("2026-11-22", 15, "day", "2026-12-07", "2026-12-08", "2026-12-04"),  # a substitution day
    ("2027-07-03", 15, "day", "2027-07-18", "2027-07-21", "2027-07-16"),  # Asanha Bucha 2570 on a Sunday
    ("2026-09-16", 15, "day", "2026-10-01", "2026-10-01", "2026-10-01"),  # the fiscal year turns
    ("2024-01-31", 1, "month", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("2025-01-31", 1, "month", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("2024-02-29", 12, "month", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("2024-08-31", 6, "month", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("2025-12-31", 2, "month", "2026-02-28", "2026-03-02", "2026-02-27"),  # Saturday
    ("2026-08-31", 6, "month", "2027-02-28", "2027-03-01", "2027-02-26"),  # Sunday
    ("2026-03-31", 1, "month", "2026-04-30", "2026-04-30", "2026-04-30"),
    # Counted from 1 October, the month ends with October (CCC 193/5): a Saturday.
    ("2026-09-30", 1, "month", "2026-10-31", "2026-11-02", "2026-10-30"),
    ("2024-12-31", 12, "month", "2025-12-31", "2026-01-05", "2025-12-30"),
    ("2026-12-12", -7, "day", "2026-12-05", "2026-12-08", "2026-12-04"),  # back to a holiday on a Saturday
    ("2026-04-20", -7, "day", "2026-04-13", "2026-04-16", "2026-04-10"),  # back to Songkran
    ("2026-03-31", -1, "month", "2026-02-28", "2026-03-02", "2026-02-27"),
    ("2024-03-31", -1, "month", "2024-02-29", "2024-02-29", "2024-02-29"),
]


@pytest.mark.parametrize(("start", "amount", "unit", "none", "forward", "back"), ROLLED)
def test_a_last_day_off_is_moved_as_the_rule_says(
    start: str, amount: int, unit: Unit, none: str, forward: str, back: str
) -> None:
    rolls: dict[Roll, str] = {"none": none, "next": forward, "previous": back}
    for roll, due in rolls.items():
        for setting in SETTINGS:
            assert counted(rule(amount, unit, roll), start, day_1=setting) == day(due), roll
    other = independent()
    assert other.get_nth_working_day(none, 0) == day(forward)
    on_time = day(none) if other.is_working_day(none) else other.get_nth_working_day(none, -1)
    assert on_time == day(back)


# -- pauses ------------------------------------------------------------------------------------------

PAUSED = [
    # from, working days, pauses, due
    ("2026-11-20", 5, ["2026-11-23/2026-11-25"], "2026-12-01"),  # Wednesday is the first to count
    ("2026-11-20", 3, ["2026-11-21/2026-11-23"], "2026-11-25"),  # over a weekend alone: nothing is lost
    ("2026-11-20", 3, ["2026-11-23/2026-11-28"], "2026-12-02"),  # resumed on a Saturday
    ("2026-11-20", 5, ["2026-11-24/2026-11-25", "2026-11-26/2026-11-28"], "2026-12-02"),
    ("2026-11-20", 1, ["2026-11-20/2026-11-23"], "2026-11-23"),  # the day of receipt is not counted anyway
    ("2026-11-20", 1, ["2026-11-24/2026-12-01"], "2026-11-23"),  # due before it was paused
    ("2026-11-20", 1, ["2026-11-23/2026-11-23"], "2026-11-23"),  # paused and resumed on one day
    ("2026-04-08", 3, ["2026-04-10/2026-04-16"], "2026-04-17"),  # over Songkran: only Friday 10 is given back
    ("2026-04-10", 1, ["2026-04-11/2026-04-16"], "2026-04-16"),  # Songkran alone
    ("2024-04-10", 2, ["2024-04-11/2024-04-17"], "2024-04-18"),  # Songkran 2567 with its special and substitution day
    ("2026-12-28", 4, ["2026-12-30/2027-01-04"], "2027-01-06"),  # over New Year
    ("2026-12-04", 2, ["2026-12-08/2026-12-11"], "2026-12-14"),  # between the substitution day and after 10 December
    ("2026-09-28", 3, ["2026-09-30/2026-10-02"], "2026-10-05"),  # over the turn of the fiscal year
    ("2024-02-28", 1, ["2024-02-29/2024-03-01"], "2024-03-01"),  # on 29 February
]


@pytest.mark.parametrize(("start", "amount", "stood_still", "due"), PAUSED)
def test_working_days_pass_over_a_pause_as_over_days_off(
    start: str, amount: int, stood_still: list[str], due: str
) -> None:
    stops = spans(*stood_still)
    for setting in SETTINGS:
        assert counted(rule(amount), start, day_1=setting, stops=stops) == day(due)
    assert independent(stops).get_nth_working_day(start, amount) == day(due)
    unmoved = counted(rule(amount), start)
    assert counted(rule(amount, pauses=False), start, stops=stops) == unmoved


@pytest.mark.parametrize(
    ("unit", "amount", "stood_still", "none", "forward", "back"),
    [
        # from Friday 20 November 2569
        ("day", 15, "2026-11-25/2026-12-02", "2026-12-12", "2026-12-14", "2026-12-11"),  # 5 December and seven days
        ("day", 3, "2026-11-23/2026-11-25", "2026-11-25", "2026-11-25", "2026-11-25"),  # the last day was paused
        ("day", 1, "2026-11-23/2026-11-25", "2026-11-21", "2026-11-25", "2026-11-20"),  # moved on, past the pause
        ("month", 1, "2026-12-05/2026-12-08", "2026-12-23", "2026-12-23", "2026-12-23"),  # 20 December, three days
        ("day", 15, "2026-12-01/2026-12-01", "2026-12-05", "2026-12-08", "2026-12-04"),
    ],
)
def test_days_and_months_grow_by_the_days_the_case_stood_still(
    unit: Unit, amount: int, stood_still: str, none: str, forward: str, back: str
) -> None:
    rolls: dict[Roll, str] = {"none": none, "next": forward, "previous": back}
    for roll, due in rolls.items():
        assert counted(rule(amount, unit, roll), "2026-11-20", stops=spans(stood_still)) == day(due), roll


@pytest.mark.parametrize("unit", ["workday", "day", "month"])
def test_what_is_counted_back_from_an_event_is_not_moved_by_a_pause(unit: Unit) -> None:
    before = rule(-1, unit, "previous")
    stops = spans("2026-11-01/2026-12-15")
    assert counted(before, "2026-12-16", stops=stops) == counted(before, "2026-12-16")


def test_the_account_of_a_paused_deadline_names_every_day_it_stood_still() -> None:
    account = days_of(rule(3), day("2026-11-20"), CALENDAR, True, spans("2026-11-23/2026-11-25"))
    assert [(d.on.day, d.why) for d in account] == [
        (20, "start"), (21, "skipped"), (22, "skipped"), (23, "paused"), (24, "paused"),
        (25, "counted"), (26, "counted"), (27, "counted"),
    ]  # fmt: skip
    rolled = days_of(rule(1, "day"), day("2026-11-20"), CALENDAR, True, spans("2026-11-23/2026-11-25"))
    assert [(d.on.day, d.why) for d in rolled] == [
        (20, "start"), (21, "counted"), (22, "skipped"), (23, "paused"), (24, "paused"), (25, "moved"),
    ]  # fmt: skip
