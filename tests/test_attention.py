"""`srctl remind`, `watch`, `unwatch`: what one person keeps in view, in their own day and nobody else's."""

import pytest

from tests.conftest import Srctl
from tests.test_views import promised

MALEE, SUDA = ("--as", "malee"), ("--as", "suda")


@pytest.fixture
def case(office: Srctl) -> Srctl:
    office.ok("new", "directive", "-s", "ตัวเลข", "--order", "ก", "--due", "2026-12-30", "-o", "malee", *MALEE)
    return office


def under(srctl: Srctl, name: str, who: str) -> list[str]:
    """Return the texts under a heading of somebody's day."""
    shown = srctl.ok("today", who, "--json").json
    promised("today", shown)
    return [i["text"] for part in shown["sections"] if part["section"] == name for i in part["items"]]


def test_a_reminder_is_in_my_day_from_its_day_on_until_it_is_done_and_in_nobody_elses(case: Srctl) -> None:
    case.ok("remind", "1", "2026-11-24", "โทรถามเลขาฯ", *SUDA)
    assert under(case, "reminders", "suda") == []
    for day in ("2026-11-24", "2026-12-01"):
        case.at(f"{day}T09:00")
        assert under(case, "reminders", "suda") == ["โทรถามเลขาฯ"]
        rows = case.ok("due", "-o", "suda", "--json").json["items"]
        assert [(r["what"], r["late"], r["section"], r["whom"]) for r in rows] == [("reminder", 0, "today", "suda")]
        for others in (("due", "--all"), ("due", "-o", "malee"), ("today", "malee"), ("today", "--all"), ("list",)):
            assert "โทรถาม" not in case.ok(*others).out, others
    assert "srctl remind 2569-0001 --done a2" in case.ok("today", "suda").out
    case.refused(3, "remind", "1", "--done", *MALEE)
    case.ok("remind", "1", "--done", *SUDA)
    assert under(case, "reminders", "suda") == []
    case.ok("undo", "1", *SUDA)
    assert under(case, "reminders", "suda") == ["โทรถามเลขาฯ"]


def test_of_several_reminders_the_one_done_is_named(case: Srctl) -> None:
    for text in ("หนึ่ง", "สอง"):
        case.ok("remind", "1", "2026-11-20", text, *MALEE)
    assert "srctl remind 2569-0001 --done a3" in case.refused(3, "remind", "1", "--done", *MALEE)
    case.ok("remind", "1", "--done", "a3", *MALEE)
    assert under(case, "reminders", "malee") == ["หนึ่ง"]


def test_a_reminder_moves_nothing_and_is_late_for_nobody(case: Srctl) -> None:
    before = case.ok("show", "1", "--json").json
    case.ok("remind", "1", "2026-11-20", "ก", *MALEE)
    case.ok("watch", "1", *SUDA)
    after = case.ok("show", "1", "--json").json
    assert {k: after[k] for k in ("stage", "due", "late", "deadlines")} == {
        k: before[k] for k in ("stage", "due", "late", "deadlines")
    }
    assert "ตั้งรายการเตือน 20 พ.ย. 69" in case.ok("show", "1").out


def test_a_matter_watched_is_in_my_day_until_i_watch_it_no_longer(case: Srctl) -> None:
    assert under(case, "watched", "suda") == []
    case.ok("watch", "1", *SUDA)
    assert len(under(case, "watched", "suda")) == 1
    assert under(case, "watched", "malee") == under(case, "late", "suda") == []
    for words in (("watch", "1", *SUDA), ("watch", "1", *MALEE)):
        assert case.refused(5, *words)
    case.ok("unwatch", "1", *SUDA)
    assert under(case, "watched", "suda") == []
    assert case.refused(5, "unwatch", "1", *SUDA)


@pytest.mark.parametrize("words", [("1",), ("1", "2026-11-24"), ("1", "2026-11-02", "ก"), ("1", "ก", "ข")])
def test_a_reminder_needs_a_day_to_come_and_what(case: Srctl, words: tuple[str, ...]) -> None:
    assert case.refused(2, "remind", *words, *MALEE)
