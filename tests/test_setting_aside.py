"""A case entered by mistake, or merged into another, keeps its number and its log, and counts nowhere."""

import json

import pytest

from tests.conftest import Srctl


def taken(office: Srctl, *more: str) -> None:
    office.ok("new", "directive", "-s", "เรื่องหนึ่ง", "--from", "รมว.ศธ.", "-c", "voice", "--by", "รมว.ศธ.",
              "--order", "ตรวจสอบ", "--due", "+3wd", *more)  # fmt: skip


@pytest.fixture
def two(office: Srctl) -> Srctl:
    """An office with two matters."""
    taken(office)
    taken(office)
    return office


def ids(office: Srctl, *words: str) -> list[str]:
    return [row["id"] for row in office.ok("list", *words, "--json").json["items"]]


def test_a_void_case_is_in_no_list_of_work_and_its_number_stays(two: Srctl) -> None:
    assert "ยกเลิก (ลงทะเบียนผิด)" in two.ok("void", "2", "--why", "ลงซ้ำกับเรื่อง 1").out
    assert ids(two) == ["2569-0001"]
    assert ids(two, "--closed") == []
    assert ids(two, "--void") == ["2569-0002"]
    assert ids(two, "--all") == ["2569-0001", "2569-0002"]
    assert "ยกเลิก (ลงทะเบียนผิด)" in two.ok("list", "--all").out
    for words in (["due"], ["today", "-a"], ["digest", "-a"], ["journal"]):
        ran = two.run(*words)
        assert "2569-0002" not in ran.out, words
    row = two.ok("register", "matters", "--json").json["items"][1]
    assert (row["flag"], "ลงทะเบียนผิด" in row["action"]) == ("cancelled", True)
    taken(two)
    assert ids(two) == ["2569-0001", "2569-0003"]
    assert two.run("check").code == 0


def test_what_is_void_is_not_gone_on_with_and_undo_brings_it_back(two: Srctl) -> None:
    two.ok("void", "2", "--why", "ลงซ้ำ")
    for words in (["assign", "2", "malee"], ["reopen", "2", "--why", "x"], ["next", "2"], ["void", "2", "--why", "x"]):
        assert "srctl undo 2569-0002 a2" in two.refused(5, *words)
    two.ok("undo", "2")
    assert ids(two) == ["2569-0001", "2569-0002"]


def test_a_case_that_letters_went_out_of_is_not_void(two: Srctl) -> None:
    path = two.case_file("2569-0001")
    raw = path.read_text(encoding="utf-8")
    log = [
        "{id: a2, at: 2026-11-20T09:12:00+07:00, who: malee, did: draft, paper: support, form: external}",
        "{id: a3, at: 2026-11-20T09:12:00+07:00, who: malee, did: submit, paper: support}",
        "{id: a4, at: 2026-11-20T09:12:00+07:00, who: malee, did: sign, paper: support, by: x}",
        "{id: a5, at: 2026-11-20T09:12:00+07:00, who: malee, did: number, paper: support, series: external, n: 1,"
        " number: ศธ 0100/1, dated: 2026-11-20}",
    ]
    path.write_text(raw + "".join(f"  - {line}\n" for line in log), encoding="utf-8")
    two.ok("adopt", "1")
    said = two.refused(5, "void", "1", "--why", "ผิด")
    assert 'srctl cancel 2569-0001 support --why "…"' in said


def test_who_wants_to_cancel_a_case_is_told_of_void_before_anything_is_asked(two: Srctl) -> None:
    assert 'srctl void 2569-0002 --why "…"' in two.refused(3, "cancel", "2")


def test_json_of_a_void_case_says_its_stage(two: Srctl) -> None:
    two.ok("void", "2", "--why", "ลงซ้ำ")
    shown = json.loads(two.ok("show", "2", "--json").out)
    assert (shown["stage"], shown["stage_label"], shown["deadlines"]) == ("void", "ยกเลิก (ลงทะเบียนผิด)", [])
