"""What became of a deadline between two moments, each way it can go."""

from datetime import date, datetime
from typing import Any

import pytest

from srctl.core.dates import BANGKOK
from srctl.deadlines.events import between, overdue
from srctl.deadlines.rules import Deadline
from srctl.model.case import Case, Did, Entry, Promise, Received
from srctl.model.definitions import CLOSED
from srctl.office.folder import Folder
from tests.conftest import PROJECT

CALENDAR = Folder(PROJECT).calendar
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
CASE = Case(1, "2569-0042", "complaint", "เรื่อง", Received(FRIDAY))


def entry(did: Did, on: date = FRIDAY, **more: Any) -> Entry:
    return Entry("a9", datetime.combine(on, datetime.min.time(), BANGKOK), "malee", did, **more)


def due(on: date, ref: str = "opinion", what: Any = "stage") -> Deadline:
    return Deadline(what, ref, "กำหนด", on, on)


def became(
    before: list[Deadline], after: list[Deadline], *fresh: Entry, on: date = FRIDAY
) -> list[tuple[Any, ...]]:  # fmt: skip
    found = between(before, after, CASE, fresh, CALENDAR, "มาลี", on)
    return [(m.event, m.ref, m.before, m.due, m.late) for m in found]


def test_a_deadline_that_was_not_there_is_set() -> None:
    assert became([], [due(MONDAY)], entry("analyse")) == [("set", "opinion", None, MONDAY, 0)]


def test_one_on_another_day_has_moved() -> None:
    assert became([due(FRIDAY)], [due(MONDAY)], entry("extend")) == [("moved", "opinion", FRIDAY, MONDAY, 0)]


def test_one_left_alone_is_not_told() -> None:
    assert became([due(MONDAY)], [due(MONDAY)], entry("note")) == []


@pytest.mark.parametrize(("on", "event", "late"), [(FRIDAY, "met", 0), (MONDAY, "missed", 1)])
def test_one_done_by_its_day_is_met_and_later_missed(on: date, event: str, late: int) -> None:
    assert became([due(FRIDAY)], [], entry("plan", on), on=on) == [(event, "opinion", None, FRIDAY, late)]


def test_what_counts_is_the_day_it_was_done_not_the_day_it_was_written() -> None:
    told_later = entry("step", MONDAY, step="s1")._replace(on=FRIDAY)
    assert became([due(FRIDAY, "s1", "step")], [], told_later, on=MONDAY)[0][0] == "met"


@pytest.mark.parametrize(
    ("what", "ref", "left"),
    [
        ("theirs", "a3", entry("promise", waives=("a3",))),
        ("step", "s1", entry("step", step="s1", dropped=True)),
        ("theirs", "a3", entry("cancel", waives=("a3",))),
        ("stage", "opinion", entry("undo", of="a8")),
        ("case", "order.due", entry("set")),
        ("theirs", "a3", entry("close", to=CLOSED)),
    ],
)
def test_what_is_waived_dropped_cancelled_undone_or_left_behind_is_neither_met_nor_missed(
    what: Any, ref: str, left: Entry
) -> None:
    assert [m[0] for m in became([due(FRIDAY, ref, what)], [], left)] == ["dropped"]


@pytest.mark.parametrize("what", ["case", "stage", "rule"])
def test_closing_meets_what_the_case_itself_owed(what: Any) -> None:
    assert became([due(FRIDAY, "x", what)], [], entry("close", to=CLOSED))[0][0] == "met"


def test_a_promise_made_again_in_time_has_moved_and_after_its_day_was_missed() -> None:
    again = entry("promise", breaks=("a3",), promise=Promise("them", "รายงาน", MONDAY))
    old, new = due(FRIDAY, "a3", "theirs"), due(MONDAY, "a9", "theirs")
    assert became([old], [new], again) == [("moved", "a9", FRIDAY, MONDAY, 0)]
    late = again._replace(at=entry("promise", date(2026, 11, 24)).at)
    tuesday = date(2026, 11, 25)
    assert became([old], [due(tuesday, "a9", "theirs")], late, on=date(2026, 11, 24)) == [
        ("set", "a9", None, tuesday, 0),
        ("missed", "a3", None, FRIDAY, 2),
    ]


def test_who_and_why_are_those_of_the_act() -> None:
    fresh = [entry("extend", why="รอข้อมูล"), entry("extend", override="รมว. สั่ง")]
    [milestone] = between([due(FRIDAY)], [due(MONDAY)], CASE, fresh, CALENDAR, "มาลี", FRIDAY)
    assert (milestone.who, milestone.why, milestone.on) == ("มาลี", "รอข้อมูล; รมว. สั่ง", FRIDAY)


def test_a_day_that_passed_is_missed_although_nobody_did_anything() -> None:
    open_ = [due(date(2026, 11, 12), "a"), due(date(2026, 11, 19), "b"), due(FRIDAY, "c")]
    found = overdue(open_, CASE, date(2026, 11, 16), FRIDAY, CALENDAR)
    assert [(m.ref, m.event, m.late, m.who) for m in found] == [("b", "missed", 1, "")]
