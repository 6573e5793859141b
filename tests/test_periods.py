"""Periods as people type them, and lists of what was closed, or takes place, in one."""

from datetime import date

import pytest

from srctl.core.errors import UsageError
from srctl.core.periods import Period, parse_period
from tests.conftest import Srctl

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("วันนี้", "2026-11-20", "2026-11-20"),
        ("สัปดาห์นี้", "2026-11-16", "2026-11-22"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("เดือนนี้", "2026-11-01", "2026-11-30"),
        ("เดือนหน้า", "2026-12-01", "2026-12-31"),
        ("เดือนก่อน", "2026-10-01", "2026-10-31"),
        ("12/2569", "2026-12-01", "2026-12-31"),
        ("๒/๒๕๗๑", "2028-02-01", "2028-02-29"),
        ("2/2027", "2027-02-01", "2027-02-28"),
        ("2569", "2026-01-01", "2026-12-31"),
        ("ปีที่แล้ว", "2025-01-01", "2025-12-31"),
        ("20/11/2569", "2026-11-20", "2026-11-20"),
        ("1/11/2569..15/11/2569", "2026-11-01", "2026-11-15"),
    ],
)
def test_a_period_is_read_as_it_is_typed(typed: str, first: str, last: str) -> None:
    assert parse_period(typed, FRIDAY) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("typed", ["13/2569", "ก", "15/11/2569..1/11/2569", "..", "0/2569"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_period(typed, FRIDAY)


def ids(srctl: Srctl, *words: str) -> list[str]:
    return list(dict.fromkeys(i.get("id") or i["case"] for i in srctl.ok(*words, "--json").json["items"]))


def test_lists_keep_what_was_closed_or_takes_place_in_a_period(office: Srctl) -> None:
    me = ("--as", "malee")
    for n in range(2):
        office.ok("new", "directive", "-s", f"เรื่อง {n}", "--order", "ก", "--due", "2026-12-30", *me)
    office.ok("new", "visit", "-s", "ดูงาน", "--from", "ก", "-c", "voice", "--set", "date=2026-12-17", *me)
    office.at("2026-12-02T09:00").ok("close", "1", "--override", "ยุติ", *me)
    assert ids(office, "list", "--closed-in", "สัปดาห์นี้") == ["2569-0001"]
    assert ids(office, "list", "เรื่อง", "--closed-in", "12/2569") == ["2569-0001"]
    assert ids(office, "list", "--closed-in", "11/2569") == ids(office, "list", "ดู", "--closed-in", "2569") == []
    office.ok("reopen", "1", "--why", "ผิด", *me)
    assert ids(office, "list", "--closed-in", "12/2569") == []
    for command in ("list", "due"):
        assert ids(office, command, "--event", "12/2569", *(("--all",) if command == "due" else ())) == ["2569-0003"]
        assert ids(office, command, "--event", "11/2569") == []
    assert ids(office, "list", "ดูงาน", "--event", "17/12/2569") == ["2569-0003"]
    assert office.refused(2, "list", "--event", "เมื่อไรก็ได้")
