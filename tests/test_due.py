"""What falls due and when, by days worked out by hand on the frozen calendars of 2567-2570."""

from datetime import date, datetime, time, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text, decode
from srctl.core.workdays import Calendar, CalendarYear, Holiday
from srctl.deadlines.counting import count
from srctl.deadlines.obligations import Obligation, deadline_of, obligations, section, worst_first
from srctl.model.case import Case, Did, Entry, Order, Plan, Promise, Received, Step
from srctl.model.definitions import CLOSED, From, Instead, Kind, Of, Rule, Stage
from srctl.store.yaml.reader import read_file
from tests.conftest import PROJECT, Srctl

TODAY = date(2026, 11, 20)  # Friday 20 November 2569


def frozen() -> Calendar:
    """Return the calendar of the shipped years; 2569 is the last one complete."""
    days: dict[date, Holiday] = {}
    complete = []
    for path in sorted((PROJECT / "templates/calendar").glob("*.yaml")):
        year = decode(CalendarYear, read_file(path).data)
        assert year is not None
        days.update({d.date: Holiday(d.date, d.name, d.source, d.kind) for d in year.days})
        complete += [date(year.year - 543, 12, 31)] if year.complete else []
    return Calendar(days, max(complete))


CALENDAR = frozen()


def day(text: str) -> date:
    return date.fromisoformat(text)


def rule(amount: int, unit: Any = "workday", of: Any = "case", **more: Any) -> Rule:
    """Return a rule for the case, from its receipt unless told otherwise."""
    return Rule("r", Text("กำหนด", "Deadline"), of, amount, unit, "มาตรา", **more)


def kind_of(*rules: Rule) -> Kind:
    names = ("receive", "analyse", "plan", "coordinate", "report")
    stages = tuple(Stage(name, Text(name, name)) for name in names)
    return Kind(1, Text("ก", "A"), "any", Text("", ""), "", stages, rules, id="sample")


def entry(number: int, on: date, did: Did = "note", to: str = "", **more: Any) -> Entry:
    return Entry(f"a{number}", datetime.combine(on, time(9), BANGKOK), "malee", did, to=to, **more)


def case_with(*log: Entry, on: date = TODAY, dated: date | None = None, **more: Any) -> Case:
    received = Received(on, dated=dated)
    return Case(1, "2569-0042", "sample", "เรื่อง", received, owner="malee", log=log, **more)


def due_of(case: Case, *rules: Rule, today: date = TODAY) -> list[tuple[str, str, date, int]]:
    """Return what is due as (what, ref, day, working days late)."""
    found = obligations(case, kind_of(*rules), CALENDAR, today)
    return [(o.what, o.ref, o.due, o.late) for o in found]


# -- counting ---------------------------------------------------------------------------------

WORKDAYS = [
    # received, working days, due
    ("2024-04-05", 1, "2024-04-09"),  # Friday; Chakri Day Saturday, substituted on Monday
    ("2024-04-11", 1, "2024-04-17"),  # Songkran 2567: special 12th, 13-15, substituted on the 16th
    ("2024-02-23", 1, "2024-02-27"),  # Makha Bucha on a Saturday, substituted on Monday the 26th
    ("2024-02-28", 2, "2024-03-01"),  # over 29 February
    ("2024-12-27", 1, "2025-01-02"),  # New Year 2568: 30th special, 31st, 1st
    ("2025-04-11", 1, "2025-04-17"),  # Songkran 2568: 13-15, substituted on the 16th
    ("2025-12-30", 1, "2026-01-05"),  # New Year 2569: 31st, 1st, 2nd special, weekend
    ("2026-04-10", 3, "2026-04-20"),  # Songkran 2569: 13-15; 16th and 17th are days 1 and 2
    ("2026-05-29", 1, "2026-06-02"),  # Visakha Bucha on a Sunday, substituted on Monday
    ("2026-07-27", 1, "2026-07-31"),  # the King's birthday, Asanha Bucha, Khao Phansa in a row
    ("2026-11-20", 1, "2026-11-23"),
    ("2026-11-20", 3, "2026-11-25"),
    ("2026-12-04", 1, "2026-12-08"),  # Father's Day on a Saturday, substituted on Monday
    ("2026-12-04", 3, "2026-12-11"),  # and Constitution Day
    ("2026-12-30", 1, "2027-01-04"),  # New Year 2570: 31st, 1st, weekend
]


@pytest.mark.parametrize(("received", "amount", "due"), WORKDAYS)
def test_the_day_of_receipt_is_day_0_and_holidays_are_not_counted(received: str, amount: int, due: str) -> None:
    for setting in (True, False):
        assert count(rule(amount), day(received), CALENDAR, setting) == day(due)


@pytest.mark.parametrize(
    ("received", "day_1", "day_0"),
    [
        ("2026-11-21", "2026-11-23", "2026-11-24"),  # Saturday
        ("2026-11-22", "2026-11-23", "2026-11-24"),  # Sunday
        ("2026-04-13", "2026-04-16", "2026-04-17"),  # Songkran
        ("2026-12-05", "2026-12-08", "2026-12-09"),  # Saturday before a substitution day
        ("2026-12-31", "2027-01-04", "2027-01-05"),  # New Year's Eve
        ("2026-11-23", "2026-11-24", "2026-11-24"),  # a working day: no difference
    ],
)
def test_receipt_on_a_day_off_is_a_written_setting(received: str, day_1: str, day_0: str) -> None:
    assert count(rule(1), day(received), CALENDAR, receipt_day_1=True) == day(day_1)
    assert count(rule(1), day(received), CALENDAR, receipt_day_1=False) == day(day_0)


@pytest.mark.parametrize(
    ("received", "unit", "amount", "none", "forward", "back"),
    [
        ("2026-11-20", "day", 15, "2026-12-05", "2026-12-08", "2026-12-04"),  # Saturday
        ("2026-11-20", "day", 7, "2026-11-27", "2026-11-27", "2026-11-27"),
        ("2026-11-20", "day", 30, "2026-12-20", "2026-12-21", "2026-12-18"),  # Sunday
        ("2026-04-01", "day", 12, "2026-04-13", "2026-04-16", "2026-04-10"),  # Songkran
        ("2024-02-14", "day", 15, "2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-01-31", "month", 1, "2024-02-29", "2024-02-29", "2024-02-29"),
        ("2026-01-31", "month", 1, "2026-02-28", "2026-03-02", "2026-02-27"),  # Saturday
        ("2024-02-29", "month", 12, "2025-02-28", "2025-02-28", "2025-02-28"),
        ("2026-11-30", "month", 3, "2027-02-28", "2027-03-01", "2027-02-26"),  # Sunday
        ("2026-10-31", "month", 2, "2026-12-31", "2027-01-04", "2026-12-30"),  # New Year's Eve
    ],
)  # fmt: skip
def test_a_day_off_rolls_on_or_back_or_stays_as_the_rule_says(
    received: str, unit: str, amount: int, none: str, forward: str, back: str
) -> None:
    for roll, due in (("none", none), ("next", forward), ("previous", back)):
        for setting in (True, False):
            counted = count(rule(amount, unit, roll=roll), day(received), CALENDAR, setting)
            assert counted == day(due), roll


def test_the_same_day_is_the_next_working_day_when_it_comes_on_a_day_off() -> None:
    assert count(rule(0), day("2026-11-20"), CALENDAR) == day("2026-11-20")
    assert count(rule(0), day("2026-11-21"), CALENDAR) == day("2026-11-23")


@pytest.mark.parametrize(
    ("received", "complete"),
    [("2026-12-15", True), ("2026-12-16", True), ("2026-12-17", False), ("2027-01-05", False)],
)
def test_a_day_past_the_last_complete_calendar_says_so(received: str, complete: bool) -> None:
    ten = kind_of(rule(10))
    [found] = obligations(case_with(on=day(received)), ten, CALENDAR, TODAY)
    assert (found.due <= day("2026-12-31")) == complete
    assert found.complete == complete


def test_without_any_calendar_nothing_is_complete() -> None:
    [found] = obligations(case_with(), kind_of(rule(1)), Calendar({}, None), TODAY)
    assert found.due == day("2026-11-23")
    assert not found.complete


# -- from where a rule counts -----------------------------------------------------------------


def test_a_rule_counts_from_the_paper_only_when_the_paper_has_a_date() -> None:
    from_paper = rule(15, "day", from_="dated", roll="none")
    assert due_of(case_with(), from_paper) == []
    [(*_, due, _late)] = due_of(case_with(dated=day("2026-11-18")), from_paper)
    assert due == day("2026-12-03")


@pytest.mark.parametrize("of", ["reply", "promise", "paper"])
def test_a_rule_for_something_else_sets_no_day_for_the_case(of: str) -> None:
    assert due_of(case_with(), rule(1, of=of)) == []


def test_a_rule_from_the_sending_sets_no_day_for_the_case() -> None:
    assert due_of(case_with(), rule(1, from_="sent")) == []


OPINION = rule(1, of="stage", stage="analyse")
IN_STAGE = rule(3, of="stage", stage="coordinate", from_="stage_start")


def test_a_stage_rule_binds_until_its_stage_is_left() -> None:
    received = entry(1, TODAY, "receive", "receive")
    analysing = entry(2, TODAY, "analyse", "analyse")
    planning = entry(3, TODAY, "plan", "plan")
    expected = [("stage", "r", day("2026-11-23"), -1)]
    assert due_of(case_with(received), OPINION) == expected
    assert due_of(case_with(received, analysing), OPINION) == expected
    assert due_of(case_with(received, analysing, planning), OPINION) == []


def test_a_stage_rule_stays_met_when_the_case_is_sent_back_and_binds_again_when_the_leaving_is_undone() -> None:
    left = (entry(1, TODAY, "analyse", "analyse"), entry(2, TODAY, "plan", "plan"))
    back = case_with(*left, entry(3, TODAY, "reopen", "analyse"))
    assert due_of(back, OPINION) == []
    undone = case_with(*left, entry(3, TODAY, "undo", of="a2"))
    assert [d[0] for d in due_of(undone, OPINION)] == ["stage"]


def test_a_rule_from_the_start_of_its_stage_binds_while_the_case_is_there() -> None:
    log = (
        entry(1, TODAY, "receive", "receive"),
        entry(2, day("2026-11-23"), "plan", "coordinate"),
        entry(3, day("2026-11-24"), "report", "report"),
        entry(4, day("2026-12-01"), "reopen", "coordinate"),
        entry(5, day("2026-12-02"), "reopen", "analyse"),
    )
    found = [due_of(case_with(*log[:n]), IN_STAGE) for n in range(1, 6)]
    assert found[0] == found[2] == found[4] == []
    assert found[1] == [("stage", "r", day("2026-11-26"), -4)]
    assert [d[2] for d in found[3]] == [day("2026-12-04")]


def test_a_stage_begun_on_another_day_than_written_counts_from_that_day() -> None:
    begun = entry(1, day("2026-11-25"), "plan", "coordinate")._replace(on=day("2026-11-23"))
    assert [d[2] for d in due_of(case_with(begun), IN_STAGE)] == [day("2026-11-26")]


def test_the_first_stage_starts_with_the_receipt() -> None:
    screening = rule(1, of="stage", stage="receive", from_="stage_start")
    assert due_of(case_with(on=day("2026-11-19")), screening) == [("stage", "r", TODAY, 0)]


def test_a_rule_for_the_case_from_the_start_of_a_stage_binds_to_the_end() -> None:
    answer = rule(5, stage="coordinate", from_="stage_start")
    coordinating = entry(1, TODAY, "plan", "coordinate")
    reporting = entry(2, TODAY, "report", "report")
    assert due_of(case_with(), answer) == []
    expected = [("rule", "r", day("2026-11-27"), -5)]
    assert due_of(case_with(coordinating), answer) == expected
    assert due_of(case_with(coordinating, reporting), answer) == expected


# -- what falls due ---------------------------------------------------------------------------

THEIRS = Promise("them", "ส่งรายงาน", day("2026-11-25"))
OURS = Promise("us", "ส่งแผนที่", day("2026-11-24"))


def test_the_deadline_of_the_order_is_due_as_it_was_given() -> None:
    saturday = case_with(order=Order(due=day("2026-11-28")))
    assert due_of(saturday) == [("case", "order.due", day("2026-11-28"), -5)]


def test_steps_are_due_until_done_or_dropped_and_undated_ones_never() -> None:
    steps = tuple(Step(f"s{n}", "โทร", "obec/somsak", "phone", day("2026-11-23")) for n in (1, 2, 3))
    plan = Plan("", (*steps, Step("s4", "วันใดก็ได้")))
    done = entry(1, TODAY, "step", step="s1")
    dropped = entry(2, TODAY, "step", step="s2", dropped=True)
    assert [d[1] for d in due_of(case_with(plan=plan))] == ["s1", "s2", "s3"]
    assert due_of(case_with(done, dropped, plan=plan)) == [("step", "s3", day("2026-11-23"), -1)]
    undone = case_with(done, dropped, entry(3, TODAY, "undo", of="a2"), plan=plan)
    assert [d[1] for d in due_of(undone)] == ["s2", "s3"]
    [first, *_] = obligations(case_with(plan=plan), kind_of(), CALENDAR, TODAY)
    assert (first.text, first.with_) == ("โทร", "obec/somsak")


def test_promises_of_both_sides_are_due_with_whom_to_call() -> None:
    case = case_with(
        entry(1, TODAY, "contact", with_="obec/somsak", promise=THEIRS),
        entry(2, TODAY, "contact", with_="vec", promise=OURS),
        entry(3, TODAY, "contact", promise=Promise("us", "เมื่อไรก็ได้")),
    )
    assert due_of(case) == [
        ("theirs", "a1", day("2026-11-25"), -3),
        ("ours", "a2", day("2026-11-24"), -2),
    ]
    [theirs, _ours] = obligations(case, kind_of(), CALENDAR, TODAY)
    assert (theirs.text, theirs.with_) == ("ส่งรายงาน", "obec/somsak")


def test_a_promise_kept_late_or_waived_is_due_no_more() -> None:
    made = entry(1, TODAY, "contact", promise=THEIRS)
    late = day("2026-12-08")
    assert due_of(case_with(made), today=late) == [("theirs", "a1", day("2026-11-25"), 8)]
    kept = entry(2, late, "promise", keeps=("a1",))
    waived = entry(2, late, "promise", waives=("a1",), why="ได้ข้อมูลแล้ว")
    assert due_of(case_with(made, kept), today=late) == []
    assert due_of(case_with(made, waived), today=late) == []


def test_what_was_undone_falls_due_no_more() -> None:
    made = entry(1, TODAY, "contact", promise=THEIRS)
    assert due_of(case_with(made, entry(2, TODAY, "undo", of="a1"))) == []


def test_a_closed_case_owes_nothing_and_a_reopened_one_what_is_still_open() -> None:
    made = entry(1, TODAY, "contact", "coordinate", promise=THEIRS)
    closed = (made, entry(2, TODAY, "close", CLOSED, override="ยุติ", missing=("promises-settled",)))
    order = Order(due=day("2026-11-27"))
    assert due_of(case_with(*closed, order=order), OPINION, rule(15, "day")) == []
    reopened = case_with(*closed, entry(3, TODAY, "reopen", "coordinate"), order=order)
    assert [d[0] for d in due_of(reopened, OPINION, rule(15, "day"))] == ["case", "rule", "theirs"]


def test_an_obligation_carries_who_what_and_on_what_ground() -> None:
    unverified = rule(1)._replace(basis="ระเบียบ ข้อ 1", verified=False)
    case = case_with(urgency="urgent")
    [found] = obligations(case, kind_of(unverified), CALENDAR, TODAY, "complaints")
    assert found == Obligation(
        case="2569-0042", what="rule", text="กำหนด", due=day("2026-11-23"), late=-1, owner="malee",
        with_="", ref="r", subject="เรื่อง", group="complaints", urgency="urgent",
        basis="ระเบียบ ข้อ 1", verified=False, complete=True, rule="r", original=day("2026-11-23"),
        late_original=-1,
    )  # fmt: skip


def test_the_setting_for_days_off_reaches_the_rules() -> None:
    case = case_with(on=day("2026-11-21"))
    for day_1, due in ((True, "2026-11-23"), (False, "2026-11-24")):
        [found] = obligations(case, kind_of(rule(1)), CALENDAR, TODAY, "", day_1)
        assert found.due == day(due)


# -- late, today, coming ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "today", "late", "where"),
    [
        ("2026-11-20", "2026-11-20", 0, "today"),
        ("2026-11-20", "2026-11-23", 1, "late"),  # Friday to Monday
        ("2026-11-20", "2026-11-21", 0, "late"),  # Saturday: late, by no working day yet
        ("2026-11-20", "2026-11-27", 5, "late"),
        ("2026-12-04", "2026-12-08", 1, "late"),  # over the substitution day
        ("2026-04-10", "2026-04-16", 1, "late"),  # over Songkran
        ("2026-11-23", "2026-11-20", -1, "coming"),
        ("2026-11-22", "2026-11-21", 0, "coming"),  # Sunday seen from Saturday
        ("2026-12-08", "2026-12-04", -1, "coming"),
    ],
)
def test_lateness_is_counted_in_working_days(due: str, today: str, late: int, where: str) -> None:
    case = case_with(order=Order(due=day(due)))
    [found] = obligations(case, kind_of(), CALENDAR, day(today))
    assert found.late == late
    assert section(found.due, day(today)) == where
    assert found.overdue(day(today)) == (where == "late")


def item(due: str, urgency: str = "none", case: str = "2569-0001", ref: str = "r") -> Obligation:
    return Obligation(case, "case", "", day(due), 0, "", "", ref, "", "", urgency)


def test_the_longest_due_comes_first_and_of_one_day_the_most_urgent() -> None:
    ordered = [
        item("2026-11-10"),
        item("2026-11-20", "most-urgent", "2569-0009"),
        item("2026-11-20", "very-urgent"),
        item("2026-11-20", "urgent"),
        item("2026-11-20", "none", "2569-0001", "a"),
        item("2026-11-20", "none", "2569-0001", "b"),
        item("2026-11-20", "none", "2569-0002", "a"),
        item("2026-11-21", "most-urgent"),
    ]
    assert worst_first(reversed(ordered), TODAY, {}) == ordered
    sections = [section(o.due, TODAY) for o in ordered]
    assert sections == sorted(sections, key=["late", "today", "coming"].index)


def test_the_deadline_is_what_falls_due_first() -> None:
    assert deadline_of([item("2026-11-21"), item("2026-11-20")]) == item("2026-11-20")
    assert deadline_of([]) is None


# -- whatever a file may hold -----------------------------------------------------------------

NEAR = st.dates(date(2024, 1, 1), date(2027, 12, 31))
# Mostly near, as counting over centuries is slow; now and then the first and last day a file may hold.
DAYS = st.integers(0, 30).flatmap(lambda n: NEAR if n else st.sampled_from([date(1857, 1, 1), date(2199, 12, 31)]))
STAGES = st.sampled_from(["", "receive", "analyse", "plan", "coordinate", "report", CLOSED, "screen"])
AMOUNTS = st.integers(-400, 400) | st.sampled_from([-9999, 9999])
RULES = st.builds(
    Rule,
    name=st.just("r"),
    label=st.just(Text("กำหนด", "Deadline")),
    of=st.sampled_from(get_args(Of)),
    amount=AMOUNTS,
    unit=st.sampled_from(["workday", "day", "month"]),
    basis=st.just(""),
    from_=st.sampled_from(get_args(From)),
    stage=STAGES,
    roll=st.sampled_from(["next", "previous", "none"]),
    instead=st.lists(st.builds(Instead, amount=AMOUNTS), max_size=2).map(tuple),
)
PROMISES = st.none() | st.builds(Promise, st.sampled_from(["us", "them"]), st.just("ก"), st.none() | DAYS)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw any case that can be read from a file, sense or none."""
    log = []
    for number in range(draw(st.integers(0, 5))):
        did: Did = draw(st.sampled_from(["contact", "step", "promise", "undo", "close", "reopen", "pause", "resume"]))
        log.append(
            entry(
                number,
                draw(DAYS),
                did,
                draw(STAGES),
                promise=draw(PROMISES),
                keeps=draw(st.sampled_from([(), ("a0",), ("a9", "a1")])),
                step=draw(st.sampled_from(["", "s1", "s9"])),
                of=draw(st.sampled_from(["", "a0", "a1", "a9"])) if did == "undo" else "",
            )
        )
    plan = Plan("", tuple(Step(f"s{n}", "ก", due=draw(st.none() | DAYS)) for n in range(2)))
    order = Order(due=draw(st.none() | DAYS))
    dated = draw(st.none() | DAYS)
    return case_with(*log, on=draw(DAYS), dated=dated, plan=plan, order=order)


@given(cases(), st.lists(RULES, max_size=3), NEAR, st.booleans())
def test_what_is_due_can_be_told_of_any_case(case: Case, rules: list[Rule], today: date, day_1: bool) -> None:
    found = obligations(case, kind_of(*rules), CALENDAR, today, "", day_1)
    for item in found:
        where = section(item.due, today)
        assert {"late": item.late >= 0, "today": item.late == 0, "coming": item.late <= 0}[where]
        assert item.complete == (item.due <= date(2026, 12, 31))
    assert sorted(o.first for o in found) == [o.first for o in worst_first(found, today, {})]
    if found:
        assert deadline_of(found) == min(found, key=lambda o: o.first)


@given(NEAR, st.integers(1, 60), st.booleans())
def test_a_rule_of_working_days_ends_on_the_working_day_with_that_number(start: date, amount: int, day_1: bool) -> None:
    due = count(rule(amount), start, CALENDAR, day_1)
    assert CALENDAR.is_workday(due)
    day_0 = start if day_1 or CALENDAR.is_workday(start) else count(rule(0), start, CALENDAR)
    worked = [day_0 + timedelta(days=n) for n in range(1, (due - day_0).days + 1)]
    assert sum(map(CALENDAR.is_workday, worked)) == amount


def test_the_time_an_order_gives_is_counted_from_its_receipt_not_from_the_day_it_is_typed(office: Srctl) -> None:
    office.at("2026-11-25T09:00")
    words = ("new", "directive", "--subject", "เรื่อง", "--order", "ให้ทำ", "--due", "+3wd", "--as", "malee", "--json")
    assert office.ok(*words, "--received", "2026-11-20").json["case"]["order"]["due"] == "2026-11-25"
    assert office.ok(*words).json["case"]["order"]["due"] == "2026-11-30"
