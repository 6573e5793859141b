"""A new holiday or a changed rule moves open cases; the record says which, and why; the journal tells it from git."""

import pytest

from srctl.cli import view
from tests.conftest import Srctl, prepared

AS = ("--as", "malee")
HOLIDAY = ("calendar", "add", "2026-11-23", "วันหยุดพิเศษ", "--source", "มติ ครม. 20 พ.ย. 2569")


def moment(day: int, hour: int = 9, month: int = 11) -> str:
    return f"2026-{month:02}-{day:02}T{hour:02}:00"


@prepared
def busy(office: Srctl) -> Srctl:
    """Two complaints received on Friday 20 November: their opinion is due on Monday."""
    friday = office.at(moment(20))
    for subject in ("เรื่องหนึ่ง", "เรื่องสอง"):
        friday.ok("new", "complaint", "--subject", subject, "--order", "ให้ตรวจสอบ", "--anonymous", *AS)
    return office


def due_of(office: Srctl, case: str, ref: str = "opinion") -> str:
    shown = office.at(moment(20, 12)).ok("show", case, "--json").json
    return next(str(d["due"]) for d in shown["deadlines"] if d["ref"] == ref)


def moved(office: Srctl, *words: str) -> list[tuple[str, str, str, str]]:
    rows = office.at(moment(20, 15)).ok("replan", "--json", *words, *AS).json["items"]
    return [(row["case"], row["ref"], row["before"], row["after"]) for row in rows]


def test_a_new_holiday_moves_what_is_counted_over_it_and_is_shown_before_anything_is_recorded(busy: Srctl) -> None:
    assert due_of(busy, "1") == "2026-11-23"
    assert moved(busy) == []
    busy.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    assert due_of(busy, "1") == "2026-11-24"
    head = busy.git("rev-parse", "HEAD")
    assert moved(busy) == [(f"2569-000{n}", "opinion", "2026-11-23", "2026-11-24") for n in (1, 2)]
    assert busy.git("rev-parse", "HEAD") == head


def test_replanning_is_one_commit_with_an_entry_in_each_case_and_then_nothing_is_left(busy: Srctl) -> None:
    busy.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    before = int(busy.git("rev-list", "--count", "HEAD"))
    assert len(moved(busy, "--do", "--why", "ครม. ประกาศวันหยุดเพิ่ม")) == 2
    assert int(busy.git("rev-list", "--count", "HEAD")) == before + 1
    entry = busy.ok("show", "1", "--json").json["log"][-1]
    assert (entry["did"], entry["moved"]) == ("replan", ["opinion 2026-11-23/2026-11-24"])
    assert moved(busy) == []
    assert "ครม. ประกาศวันหยุดเพิ่ม" in busy.ok("history", "2").out


def test_a_case_received_after_the_change_was_never_moved(busy: Srctl) -> None:
    busy.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    busy.at(moment(20, 14)).ok("new", "complaint", "--subject", "สาม", "--order", "ตรวจ", "--anonymous", *AS)
    assert {case for case, *_ in moved(busy)} == {"2569-0001", "2569-0002"}


def test_a_rule_changed_by_hand_is_shown_at_once_and_recorded_only_when_the_file_is(busy: Srctl) -> None:
    rules = busy.root / "templates/kinds/complaint.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("amount: 1\n", "amount: 3\n", 1), encoding="utf-8")
    assert moved(busy)[0] == ("2569-0001", "opinion", "2026-11-23", "2026-11-25")
    refused = busy.at(moment(20, 15)).refused(5, "replan", "--do", "--why", "แก้กฎ", *AS)
    assert "srctl adopt templates/kinds/complaint.yaml" in refused
    busy.at(moment(20, 15)).ok("adopt", "templates/kinds/complaint.yaml", *AS)
    assert len(moved(busy, "--do", "--why", "แก้กฎ")) == 2
    assert moved(busy) == []


def test_two_changes_are_told_together_from_the_day_before_the_first(busy: Srctl) -> None:
    busy.at(moment(20, 12)).ok(*HOLIDAY, *AS)
    busy.at(moment(20, 13)).ok("calendar", "add", "2026-11-24", "วันหยุดพิเศษ", "--source", "มติ ครม.", *AS)
    assert moved(busy)[0] == ("2569-0001", "opinion", "2026-11-23", "2026-11-25")


def test_what_came_back_to_where_it_was_has_not_moved(busy: Srctl) -> None:
    busy.at(moment(20, 12)).ok(*HOLIDAY, *AS)
    busy.at(moment(20, 13)).ok("calendar", "remove", "2026-11-23", "--source", "มติ ครม. ยกเลิก", *AS)
    assert moved(busy) == []


def test_replanning_without_a_reason_is_refused(busy: Srctl) -> None:
    busy.at(moment(20, 12)).ok(*HOLIDAY, *AS)
    assert "--why" in busy.at(moment(20, 13)).refused(2, "replan", "--do", *AS)


# -- the journal -----------------------------------------------------------------------------------


def journal(office: Srctl, at: str, *words: str) -> list[tuple[str, str, str, str]]:
    items = office.at(at).ok("journal", "1", "--json", *words).json["items"]
    return [(item["on"], item["event"], item["ref"], item["due"]) for item in items]


def test_the_journal_tells_what_was_set_moved_met_and_missed_by_whom_and_why(busy: Srctl) -> None:
    monday, tuesday = moment(23), moment(24)
    busy.at(monday).ok("contact", "1", "obec", "--by", "phone", "--said", "ถาม", "--they-promise", "รายงาน",
                       "--until", "2026-11-24", *AS)  # fmt: skip
    busy.at(tuesday).ok("extend", "1", "answer", "--for", "+2wd", "--why", "รอเอกสาร", *AS)
    busy.at(moment(25)).ok("promise", "kept", "1", *AS)
    events = journal(busy, moment(25, 16))
    assert ("2026-11-20", "set", "opinion", "2026-11-23") in events
    assert ("2026-11-24", "moved", "answer", "2026-12-09") in events, "counted on from Saturday 5 December"
    assert ("2026-11-25", "missed", "a2", "2026-11-24") in events
    assert ("2026-11-23", "missed", "opinion", "2026-11-23") in events
    shown = busy.at(moment(25, 16)).ok("journal", "1", "--json").json["items"]
    extended = next(item for item in shown if item["event"] == "moved")
    assert (extended["why"], extended["before"]) == ("รอเอกสาร", "2026-12-08")
    assert extended["who"] == "นางสาวมาลี สมมติสุข"


def test_the_journal_tells_that_a_holiday_moved_a_deadline(busy: Srctl) -> None:
    busy.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    assert ("2026-11-20", "moved", "opinion", "2026-11-24") in journal(busy, moment(20, 15))


def test_the_journal_tells_what_a_pause_moved_once_when_it_ends(busy: Srctl) -> None:
    busy.at(moment(23)).ok("pause", "1", "agency", "--why", "รอ สพฐ.", *AS)
    busy.at(moment(25)).ok("note", "1", "โทรถามแล้ว", *AS)
    assert [event for _on, event, *_ in journal(busy, moment(25)) if event == "moved"] == []
    busy.at(moment(26)).ok("resume", "1", *AS)
    [told] = [item for item in busy.ok("journal", "1", "--json").json["items"] if item["event"] == "moved"]
    assert (told["on"], told["ref"], told["before"], told["due"]) == (
        "2026-11-26",
        "opinion",
        "2026-11-23",
        "2026-11-26",
    )
    assert told["why"] == "รอ สพฐ."
    busy.ok("undo", "1", *AS)
    back = [item["due"] for item in busy.ok("journal", "1", "--json").json["items"] if item["event"] == "moved"]
    assert back == ["2026-11-26", "2026-11-23"]


def test_closing_a_case_by_an_override_does_nothing_that_was_due(busy: Srctl) -> None:
    busy.at(moment(20, 15)).ok("pause", "1", "agency", "--why", "รอ สพฐ.", *AS)
    busy.at(moment(26)).ok("close", "1", "--override", "ยุติเรื่อง", *AS)
    told = journal(busy, moment(26, 16))
    assert ("2026-11-26", "not-done", "opinion", "2026-11-26") in told
    assert ("2026-11-26", "not-done", "answer", "2026-12-08") in told


def test_the_journal_of_other_days_leaves_out_these(busy: Srctl) -> None:
    later = moment(10, month=12)
    assert journal(busy, later, "--until", "2026-11-19", "--since", "2026-11-10") == []
    first = journal(busy, later, "--since", "2026-11-20", "--until", "2026-11-20")
    assert {event for _on, event, *_ in first} == {"set"}
    assert "--since" in busy.at(later).refused(2, "journal", "--since", "2026-12-01", "--until", "2026-11-01")


def test_the_journal_speaks_on_the_screen_and_says_when_there_is_nothing(busy: Srctl) -> None:
    said = busy.at(moment(20, 15)).ok("journal").out
    assert "เรื่องหนึ่ง" in said
    assert "2569-0002" in said
    nothing = busy.at(moment(30, month=12)).ok("journal", "--until", "2026-12-29").out
    assert len(nothing.splitlines()) == 1
    assert "2569-" not in nothing


def test_no_day_of_the_journal_is_cut_off_on_a_screen_of_80_cells(busy: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 80)
    busy.at(moment(20, 15)).ok("extend", "1", "opinion", "--for", "+5wd", "--why", "รอเอกสารจากโรงเรียน", *AS)
    said = busy.at(moment(30)).ok("journal", "--since", "2026-11-20").out
    assert "23 พ.ย. 69 → 30 พ.ย. 69" in said
    assert "สรุปเรื่องและเสนอความเห็นต่อผู้มีอำนาจสั่งการ" in said
