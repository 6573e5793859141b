"""When a case stood still is a fold over the log, and what that does to its deadlines."""

from datetime import date

import pytest

from srctl.deadlines.obligations import obligations
from srctl.deadlines.pauses import Span, open_pause, pauses_of, stops_of
from srctl.deadlines.rules import Deadline, deadlines
from srctl.model.case import Case, Entry, Order, Plan, Promise, Step
from srctl.model.definitions import CLOSED, Rule
from tests.test_due import CALENDAR, TODAY, case_with, day, entry, kind_of, rule

RECEIVED = entry(1, TODAY, "receive", "receive")


def pause(number: int, on: str) -> Entry:
    return entry(number, day(on), "pause", category="agency", why="รอหน่วยงาน")


def resume(number: int, on: str) -> Entry:
    return entry(number, day(on), "resume")


def turns(*log: Entry) -> list[tuple[str, str]]:
    """Return the pauses of a case with that log, as days written out ("" : it lasts)."""
    return [(p.began.isoformat(), p.ended.isoformat() if p.ended else "") for p in pauses_of(case_with(*log))]


# -- the fold ----------------------------------------------------------------------------------------


def test_a_pause_runs_from_its_day_to_the_day_the_case_goes_on() -> None:
    log = (RECEIVED, pause(2, "2026-11-23"), resume(3, "2026-11-25"), pause(4, "2026-11-25"))
    assert turns(*log) == [("2026-11-23", "2026-11-25"), ("2026-11-25", "")]
    open_now = open_pause(case_with(*log))
    assert open_now is not None
    assert open_now.entry.id == "a4"
    assert open_pause(case_with(*log[:3])) is None
    assert open_pause(case_with(RECEIVED)) is None


def test_the_day_given_counts_and_not_the_day_it_was_written() -> None:
    late = pause(2, "2026-11-25")._replace(on=day("2026-11-23"))
    assert turns(RECEIVED, late, resume(3, "2026-11-27")._replace(on=day("2026-11-26"))) == [
        ("2026-11-23", "2026-11-26")
    ]


def test_closing_a_case_ends_its_pause_and_reopening_it_starts_none() -> None:
    log = (RECEIVED, pause(2, "2026-11-23"), entry(3, day("2026-11-26"), "close", CLOSED))
    assert turns(*log) == [("2026-11-23", "2026-11-26")]
    assert turns(*log, entry(4, day("2026-12-01"), "reopen", "report")) == [("2026-11-23", "2026-11-26")]


def test_what_was_undone_paused_nothing_and_resumed_nothing() -> None:
    began = (RECEIVED, pause(2, "2026-11-23"))
    assert turns(*began, entry(3, TODAY, "undo", of="a2")) == []
    assert turns(*began, resume(3, "2026-11-25"), entry(4, TODAY, "undo", of="a3")) == [("2026-11-23", "")]
    closed = entry(3, day("2026-11-26"), "close", CLOSED)
    assert turns(*began, closed, entry(4, TODAY, "undo", of="a3")) == [("2026-11-23", "")]


def test_a_log_a_hand_has_muddled_is_still_read() -> None:
    """`srctl check` tells of it; nothing stands still before it was paused, nor twice at once."""
    assert turns(RECEIVED, resume(2, "2026-11-23")) == []
    assert turns(RECEIVED, pause(2, "2026-11-25"), resume(3, "2026-11-23")) == [("2026-11-25", "2026-11-25")]
    twice = case_with(RECEIVED, pause(2, "2026-11-23"), pause(3, "2026-11-25"), resume(4, "2026-11-27"))
    assert pauses_of(twice)[-1].ended == day("2026-11-27")


def test_a_case_still_paused_is_seen_as_if_it_went_on_today() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-23"))
    assert stops_of(case, day("2026-11-26")) == (Span(day("2026-11-23"), day("2026-11-26")),)
    assert stops_of(case, TODAY) == (Span(day("2026-11-23"), day("2026-11-23")),)
    assert stops_of(case_with(RECEIVED), TODAY) == ()


def test_the_day_of_resuming_is_no_day_of_the_pause() -> None:
    span = Span(day("2026-11-23"), day("2026-11-25"))
    held = ["2026-11-23", "2026-11-24"]
    assert [d for d in ("2026-11-22", *held, "2026-11-25") if span.holds(day(d))] == held


# -- what stands still -------------------------------------------------------------------------------


def found(case: Case, *rules: Rule, today: date = TODAY) -> list[Deadline]:
    return list(deadlines(case, kind_of(*rules), CALENDAR, today))


def test_while_it_lasts_the_deadline_moves_on_day_by_day_and_is_held() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-24"))
    seen = [(d.due.isoformat(), d.held) for today in ("2026-11-24", "2026-11-25", "2026-11-27", "2026-11-28")
            for d in found(case, rule(3), today=day(today))]  # fmt: skip
    assert seen == [("2026-11-25", True), ("2026-11-26", True), ("2026-11-30", True), ("2026-12-01", True)]


def test_a_pause_after_the_day_it_was_due_excuses_nothing() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-25"))
    [late] = found(case, rule(1), today=day("2026-12-01"))
    assert (late.due, late.held) == (day("2026-11-23"), False)


def test_once_resumed_nothing_is_held_and_the_days_given_back_stay_told() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-23"), resume(3, "2026-11-25"))
    [item] = found(case, rule(1), today=day("2026-12-01"))
    assert (item.due, item.held) == (day("2026-11-25"), False)
    assert item.stops == (Span(day("2026-11-23"), day("2026-11-25")),)


def test_a_day_somebody_named_stands_whatever_is_paused() -> None:
    case = case_with(
        RECEIVED,
        entry(2, TODAY, "contact", promise=Promise("them", "ส่งรายงาน", day("2026-11-24"))),
        pause(3, "2026-11-23"),
        order=Order(due=day("2026-11-27")),
        plan=Plan("", (Step("s1", "โทร", due=day("2026-11-26")),)),
    )
    seen = [(d.ref, d.due.isoformat(), d.held) for d in found(case, today=day("2026-12-08"))]
    assert seen == [
        ("order.due", "2026-11-27", False), ("s1", "2026-11-26", False), ("a2", "2026-11-24", False),
    ]  # fmt: skip


def test_a_rule_may_say_that_a_pause_does_not_stop_it() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-20"))
    [item] = found(case, rule(1, pauses=False), today=day("2026-12-08"))
    assert (item.due, item.held, item.stops) == (day("2026-11-23"), False, ())


def test_what_begins_while_the_case_stands_still_waits_with_it() -> None:
    case = case_with(
        RECEIVED, pause(2, "2026-11-20"), entry(3, day("2026-11-24"), "contact", promise=Promise("us", "ส่งสำเนา"))
    )
    promised = rule(1, of="promise", from_="promised")
    [item] = found(case, promised, today=day("2026-11-26"))
    assert (item.due, item.held) == (day("2026-11-26"), True)


# -- the pause itself falls due ----------------------------------------------------------------------

REVIEW = rule(10, of="pause", from_="paused")._replace(name="pause-review")


@pytest.mark.parametrize("today", ["2026-11-23", "2026-12-08", "2026-12-31"])
def test_a_pause_that_lasts_is_to_be_looked_at_again_on_a_day_that_does_not_move(today: str) -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-23"))
    [item] = found(case, REVIEW, today=day(today))
    # 24-27 are days 1 to 4, 30 to 4 December 5 to 9, 7 is a substitution day, 8 is day 10
    assert (item.what, item.ref, item.due, item.held) == ("pause", "pause-review", day("2026-12-08"), False)


def test_a_pause_that_is_over_is_looked_at_no_more() -> None:
    assert found(case_with(RECEIVED, pause(2, "2026-11-23"), resume(3, "2026-11-25")), REVIEW) == []
    assert found(case_with(RECEIVED), REVIEW) == []


def test_lateness_over_a_pause_is_counted_from_the_day_that_moved() -> None:
    case = case_with(RECEIVED, pause(2, "2026-11-23"), resume(3, "2026-11-25"))
    [item] = obligations(case, kind_of(rule(1)), CALENDAR, day("2026-11-27"))
    assert (item.due, item.late, item.late_original) == (day("2026-11-25"), 2, 2)
