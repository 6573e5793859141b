"""A case entered by mistake, or merged into another, keeps its number and its log, and counts nowhere."""

import json

from tests.conftest import Srctl, prepared


def taken(office: Srctl, *more: str) -> None:
    office.ok("new", "directive", "-s", "เรื่องหนึ่ง", "--from", "รมว.ศธ.", "-c", "voice", "--by", "รมว.ศธ.",
              "--order", "ตรวจสอบ", "--due", "+3wd", *more)  # fmt: skip


@prepared
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


# -- merged -------------------------------------------------------------------------------------------


def test_what_is_open_in_a_merged_case_goes_on_in_the_other_and_is_counted_once(two: Srctl) -> None:
    two.ok("contact", "2", "obec/somsak", "-s", "ถาม", "--they-promise", "ส่งรายงาน", "-u", "+2wd")
    two.ok("plan", "2", "--step", "ลงพื้นที่ | obec/somsak | visit | +3wd", "--override", "เร่ง")
    said = two.ok("merge", "2", "1", "--why", "เรื่องเดียวกัน").out
    assert "2569-0001" in said
    assert "2569-0002" in said
    assert ids(two) == ["2569-0001"]
    due = two.ok("due", "--all", "--json").json["items"]
    assert {row["case"] for row in due} == {"2569-0001"}
    assert [row["text"] for row in due if row["what"] == "theirs"] == ["ส่งรายงาน"]
    assert [row["text"] for row in due if row["what"] == "step"] == ["ลงพื้นที่"]
    shown = two.ok("show", "1", "--json").json
    assert [entry["origin"] for entry in shown["log"] if entry["promise"]] == ["2569-0002/a2"]
    assert "2569-0002" in two.ok("show", "1").out
    assert "รวมเรื่องแล้ว → 2569-0001" in two.ok("show", "2").out
    assert two.ok("register", "matters", "--json").json["items"][1]["flag"] == "cancelled"
    assert two.git("log", "-1", "--format=%(trailers:key=Srctl-Case,valueonly)").split() == ["2569-0002", "2569-0001"]
    assert two.run("check").code == 0


def test_a_merging_is_taken_back_in_both_cases_from_either_and_done_again(two: Srctl) -> None:
    two.ok("contact", "2", "obec/somsak", "-s", "ถาม", "--they-promise", "ส่งรายงาน", "-u", "+2wd")
    before = [two.ok("show", name, "--json").json["promises"] for name in ("1", "2")]
    for name in ("1", "2"):
        two.ok("merge", "2", "1", "--why", "เรื่องเดียวกัน")
        two.ok("undo", name)
        assert ids(two) == ["2569-0001", "2569-0002"]
        assert [two.ok("show", each, "--json").json["promises"] for each in ("1", "2")] == before
    two.ok("redo", "2")
    assert ids(two) == ["2569-0001"]
    promise = two.ok("show", "1", "--json").json["promises"][0]["entry"]
    two.ok("promise", "kept", "1", promise)
    assert promise in two.refused(5, "undo", "2")


def test_a_case_is_not_merged_into_itself_nor_into_one_that_is_set_aside(two: Srctl) -> None:
    two.refused(2, "merge", "1", "1", "--why", "x")
    two.ok("void", "2", "--why", "ผิด")
    assert "srctl undo 2569-0002" in two.refused(5, "merge", "1", "2", "--why", "x")
    assert "srctl undo 2569-0002" in two.refused(5, "merge", "2", "1", "--why", "x")


# -- an entry of another case -------------------------------------------------------------------------


def test_a_contact_logged_in_the_wrong_case_goes_to_the_right_one(two: Srctl) -> None:
    two.ok("contact", "1", "obec/somsak", "-s", "แจ้งผล", "--they-promise", "ส่งเอกสาร", "-u", "+2wd")
    two.at("2026-11-21T10:00")
    two.ok("note", "1", "หลังจากนั้น")
    two.ok("move", "1", "a2", "--to", "2", "--why", "ผิดเรื่อง")
    old, new = (two.ok("show", name, "--json").json for name in ("1", "2"))
    assert old["undone"] == ["a2"]
    assert old["promises"] == []
    entry = new["log"][-1]
    assert (entry["did"], entry["said"], entry["on"], entry["origin"]) == (
        "contact", "แจ้งผล", "2026-11-20", "2569-0001/a2",
    )  # fmt: skip
    assert new["promises"][0]["what"] == "ส่งเอกสาร"
    assert "2569-0002" in two.ok("show", "1").out
    assert "2569-0001/a2" in two.ok("show", "2").out
    assert "srctl undo 2569-0001 a4" in two.refused(5, "undo", "1", "a2")
    two.ok("undo", "2")
    assert [two.ok("show", name, "--json").json["promises"] != [] for name in ("1", "2")] == [True, False]
    assert two.run("check").code == 0


def test_what_later_entries_stand_on_does_not_move(two: Srctl) -> None:
    two.ok("contact", "1", "obec/somsak", "-s", "แจ้ง", "--they-promise", "ส่ง", "-u", "+2wd")
    two.ok("promise", "kept", "1", "a2")
    assert "srctl undo 2569-0001 a3" in two.refused(5, "move", "1", "a2", "--to", "2")
    assert "a1" in two.refused(5, "move", "1", "a1", "--to", "2")


def test_the_file_of_a_letter_moves_with_it(two: Srctl, tmp_path: object) -> None:
    from pathlib import Path

    scan = Path(str(tmp_path)) / "หนังสือ.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    two.ok("receive", "1", "--from", "obec", "--ref", "ศธ 04001/5", "--file", str(scan))
    two.ok("move", "1", "a2", "--to", "2")
    entry = two.ok("show", "2", "--json").json["log"][-1]
    assert entry["attached"][0]["name"] == "หนังสือ.pdf"
    kept = two.case_file("2569-0002").with_suffix("") / entry["attached"][0]["file"]
    assert kept.read_bytes() == b"%PDF-1.4 scan"
    rows = two.ok("register", "in", "--json").json["items"]
    assert [(row["case"], row["flag"]) for row in rows if row["ref"] == "ศธ 04001/5"] == [
        ("2569-0001", "cancelled"), ("2569-0002", ""),
    ]  # fmt: skip
