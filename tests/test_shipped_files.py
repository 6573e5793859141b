"""What ships: bytes are sacred (design §3, bold), and the rules set the days they promise.

No edit of a shipped file changes anything but the line it concerns.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from srctl.core.dates import BANGKOK
from srctl.core.patches import Edit
from srctl.deadlines.rules import deadlines
from srctl.model.case import Case, Entry, Received
from srctl.office.folder import Folder
from srctl.store.yaml.editor import apply
from srctl.store.yaml.linting import lint
from srctl.store.yaml.reader import read_text
from tests.conftest import PROJECT, sampled

FILES = sorted(
    [
        PROJECT / "office.yaml",
        *(p for part in ("cases", "contacts", "templates") for p in (PROJECT / part).rglob("*.yaml")),
    ]
)
CASES = sorted((PROJECT / "cases").rglob("*.yaml"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def changed_lines(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_nobody_edits_stays_byte_for_byte(path: Path) -> None:
    raw = path.read_bytes()
    assert apply(raw, []) == raw
    assert not lint(read_text(raw, path))


@pytest.mark.parametrize("path", sampled(FILES, 2, ids=map(name_of, FILES)))
def test_an_edit_of_one_field_changes_one_line(path: Path) -> None:
    raw = path.read_bytes()
    data = read_text(raw, path).data or {}
    texts = [key for key, value in data.items() if isinstance(value, str)]
    assert texts
    for key in texts:
        after = apply(raw, [Edit("set", (key,), "แก้ไขแล้ว")])
        assert len(changed_lines(raw, after)) == 1, key
        assert (read_text(after, path).data or {})[key] == "แก้ไขแล้ว"


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_log_entry_more_is_a_line_more_at_the_end(path: Path) -> None:
    raw = path.read_bytes()
    entry = {"id": "a99", "at": "2026-11-20T09:12:00+07:00", "who": "malee", "did": "note", "text": "ทดสอบ: #1"}
    after = apply(raw, [Edit("append", ("log",), entry)])
    assert after.startswith(raw)
    assert after.count(b"\n") == raw.count(b"\n") + 1
    assert (read_text(after, path).data or {})["log"][-1] == entry


# -- the rules of the kinds ----------------------------------------------------------------------------

SHIPPED = Folder(PROJECT)
FRIDAY = date(2026, 11, 20)


def entry(number: int, on: date, did: Any, **more: Any) -> Entry:
    return Entry(f"a{number}", datetime.combine(on, time(9), BANGKOK), "malee", did, **more)


def days(kind: str, *log: Entry, today: date = FRIDAY, **more: Any) -> dict[str, str]:
    """Return what a case received on Friday 20 November 2569 owes, by rule, as month and day."""
    case = Case(1, "2569-0042", kind, "เรื่อง", Received(FRIDAY), owner="malee", log=log, **more)
    found = deadlines(case, SHIPPED.kinds[kind], SHIPPED.calendar, today)
    return {d.rule.name: f"{d.due:%m-%d}" for d in found if d.rule}


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("complaint", {}, {"opinion": "11-23", "answer": "12-08"}),  # the 5th a Saturday, the 7th its substitute
        ("legal", {"court_date": "2026-12-14"}, {"opinion": "11-25", "prepared": "12-08", "court": "12-14"}),
        ("question", {}, {"analysed": "11-23", "gazette": "12-21"}),  # day 30 is a Sunday
        ("question", {"answer_in": "ราชกิจจานุเบกษา", "type": "ทั่วไป"}, {"analysed": "11-23", "gazette": "12-21"}),
        ("question", {"type": "สดด้วยวาจา"}, {"analysed": "11-23"}),
        (
            "question",
            {"answer_in": "ที่ประชุมสภา", "sitting": "2026-12-17"},
            {"analysed": "11-23", "minister": "12-14", "sitting": "12-17"},
        ),
        ("motion", {"sitting": "2026-12-17"}, {"analysed": "11-23", "minister": "12-14", "sitting": "12-17"}),
        ("bill", {"date": "2026-12-13"}, {"analysed": "11-23", "minister": "12-08", "sitting": "12-13"}),  # a Sunday
        ("invitation", {"date": "2026-12-14"}, {"advised": "11-23", "confirmed": "12-11"}),
        ("meeting", {"date": "2026-12-08"}, {"analysed": "11-23", "ready": "12-04"}),  # the 7th is no working day
        ("visit", {"date": "เมื่อสะดวก"}, {"analysed": "11-23"}),  # no day yet
    ],
)
def test_a_rule_that_ships_sets_the_day_its_basis_says(
    kind: str, fields: Mapping[str, str], expected: Mapping[str, str]
) -> None:
    assert days(kind, fields=fields) == expected


@pytest.mark.parametrize("kind", ["directive", "question", "invitation", "meeting", "press", "news", "consultation"])
def test_the_most_urgent_is_analysed_on_the_day_it_comes(kind: str) -> None:
    assert next(iter(days(kind, urgency="most-urgent").values())) == "11-20"
    assert next(iter(days(kind, urgency="very-urgent").values())) == "11-23"


def test_what_the_yearly_plan_promises_is_the_same_for_every_urgency() -> None:
    for kind in SHIPPED.kinds.readable().values():
        assert [rule.name for rule in kind.deadlines if rule.verified and rule.instead] == []


@pytest.mark.parametrize(("kind", "name"), [("complaint", "answer"), ("assistance", "answer"),
                                            ("web-complaint", "answer"), ("question", "gazette")])  # fmt: skip
def test_a_time_set_by_law_does_not_stop_because_the_office_waits(kind: str, name: str) -> None:
    received, paused = entry(1, FRIDAY, "receive", to="analyse"), entry(2, FRIDAY, "pause", category="agency")
    later = date(2026, 12, 1)
    stopped, going = days(kind, received, paused, today=later), days(kind, received, today=later)
    assert stopped[name] == going[name]
    others = set(going) - {name}
    assert [other for other in others if stopped[other] <= going[other]] == []


def test_others_still_have_to_answer_and_to_decide_while_the_office_waits() -> None:
    stops = {rule.name: rule.pauses for rule in SHIPPED.standing.deadlines}
    assert stops.pop("signature")
    assert stops.pop("pause-review")
    assert stops.pop("draft")
    assert stops.pop("dispatch")
    assert stops.pop("pass-on")
    assert not stops.pop("follow-up")
    assert stops == dict.fromkeys(("reply", "promised", "thanks", "decision"), False)


def test_the_day_before_an_event_is_no_concern_once_the_arrangements_are_made() -> None:
    received, reported = entry(1, FRIDAY, "receive", to="coordinate"), entry(2, FRIDAY, "report", to="report")
    fields = {"date": "2026-12-14"}
    assert "confirmed" in days("invitation", received, fields=fields)
    assert "confirmed" not in days("invitation", received, reported, fields=fields)
