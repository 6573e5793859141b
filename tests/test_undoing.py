"""Any act can be taken back while nothing stands on it, and done again; the log only grows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Srctl


def fields(office: Srctl, case: str) -> dict[str, object]:
    """What the case is, beside its log and what is told of its record."""
    shown = office.ok("show", case, "--json").json
    return {key: value for key, value in shown.items() if key not in ("log", "changes", "undone")}


def last(office: Srctl, case: str) -> dict[str, object]:
    entry: dict[str, object] = office.ok("show", case, "--json").json["log"][-1]
    return entry


def test_a_contact_under_later_acts_is_taken_back_alone(sample: Srctl) -> None:
    sample.ok("contact", "8", "obec/somsak", "-s", "ผิดเรื่อง")
    entry = str(last(sample, "8")["id"])
    sample.ok("note", "8", "หลังจากนั้น")
    sample.ok("set", "8", "subject=ชื่อใหม่")
    said = sample.ok("undo", "8", entry, "-w", "ผิดเรื่อง").out
    assert "ถอน" in said
    assert "obec/somsak" in said
    shown = sample.ok("show", "8", "--json").json
    assert shown["undone"] == [entry]
    assert shown["subject"] == "ชื่อใหม่"
    assert shown["log"][-1]["of"] == entry
    assert "✗" in sample.ok("show", "8").out
    assert "✗" in sample.ok("history", "8").out
    assert [item["undone"] for item in sample.ok("history", "8", "--json").json["items"]] == [
        False, True, False, False, False,
    ]  # fmt: skip


def test_a_contact_with_a_stranger_is_taken_back_and_the_log_still_names_them(sample: Srctl) -> None:
    sample.ok("contact", "10", "นางพิมพ์ ตัวอย่าง 02 000 1111", "--said", "ขอข้อมูล")
    assert "srctl contacts keep 2569-0010 p1" in sample.refused(5, "letter", "10", "thanks", "--to", "~p1")
    sample.ok("undo", "10")
    assert "นางพิมพ์ ตัวอย่าง" in sample.ok("show", "10").out
    assert sample.run("check").code == 0
    sample.ok("redo", "10")
    assert sample.ok("show", "10", "--json").json["undone"] == []


def test_fields_go_back_one_by_one_and_what_others_set_stays(sample: Srctl) -> None:
    before = fields(sample, "10")
    sample.ok("analyse", "10", "-i", "ก", "--opinion", "เห็นควร")
    entry = str(last(sample, "10")["id"])
    sample.ok("analyse", "10", "-i", "ข", "-f", "ข้อเท็จจริง")
    sample.ok("undo", "10", entry)
    now = fields(sample, "10")
    assert now["analysis"]["issues"] == ["ข"]  # type: ignore[index]
    assert now["analysis"]["facts"] == ["ข้อเท็จจริง"]  # type: ignore[index]
    assert now["analysis"]["opinion"] == ""  # type: ignore[index]
    sample.ok("undo", "10")
    assert fields(sample, "10") == before


def test_what_was_changed_again_since_is_named_and_left(sample: Srctl) -> None:
    sample.ok("set", "8", "subject=หนึ่ง")
    entry = str(last(sample, "8")["id"])
    sample.ok("set", "8", "subject=สอง")
    later = str(last(sample, "8")["id"])
    said = sample.refused(6, "undo", "8", entry)
    assert "ชื่อเรื่อง" in said
    assert f"srctl undo 2569-0008 {later}" in said
    assert fields(sample, "8")["subject"] == "สอง"


def test_what_stands_on_it_is_named(sample: Srctl) -> None:
    sample.ok("contact", "8", "obec/somsak", "-s", "ถาม", "--they-promise", "ตอบ", "-u", "+2wd")
    made = str(last(sample, "8")["id"])
    sample.ok("promise", "kept", "8", made)
    kept = str(last(sample, "8")["id"])
    said = sample.refused(5, "undo", "8", made)
    assert kept in said
    assert f"srctl undo 2569-0008 {kept}" in said
    sample.ok("undo", "8", kept)
    sample.ok("undo", "8", made)


def test_a_planned_step_that_is_done_holds_its_plan(sample: Srctl) -> None:
    sample.ok("plan", "8", "--step", "โทร | obec/somsak | phone | +1wd")
    plan = str(last(sample, "8")["id"])
    step = sample.ok("show", "8", "--json").json["plan"]["steps"][-1]["id"]
    sample.ok("step", "done", "8", step)
    assert step in sample.refused(5, "undo", "8", plan)
    sample.ok("undo", "8")
    sample.ok("undo", "8", plan)
    assert sample.run("check").code == 0


def test_a_paper_that_went_on_holds_its_draft(sample: Srctl) -> None:
    sample.ok("analyse", "10", "-i", "ก", "-f", "ข", "-p", "ค", "--opinion", "ง")
    sample.ok("memo", "10")
    draft = str(last(sample, "10")["id"])
    sample.ok("submit", "10")
    assert "srctl undo 2569-0010" in sample.refused(5, "undo", "10", draft)


def test_a_gate_passed_by_it_holds_it_until_the_case_is_sent_back(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "เรื่อง", "--from", "รมว.ศธ.", "-c", "voice", "--by", "รมว.ศธ.", "--order", "ก",
              "--due", "+3wd")  # fmt: skip
    office.ok("analyse", "1", "-i", "ก", "-f", "ข", "-p", "ค", "--opinion", "ง")
    analysed = str(last(office, "1")["id"])
    office.ok("plan", "1", "-r", "ผล", "--step", "โทร")
    said = office.refused(5, "undo", "1", analysed)
    assert "srctl undo 2569-0001" in said
    assert "srctl reopen 2569-0001 --to analyse" in said


def test_redo_brings_back_what_was_taken_back(sample: Srctl) -> None:
    sample.ok("set", "8", "order.text=ใหม่", "urgency=urgent")
    entry, done = str(last(sample, "8")["id"]), fields(sample, "8")
    sample.ok("note", "8", "x")
    sample.ok("undo", "8", entry)
    assert "ใหม่" not in str(fields(sample, "8")["order"])
    said = sample.ok("redo", "8").out
    assert "ทำใหม่" in said or "กลับ" in said
    assert {k: v for k, v in fields(sample, "8").items() if k != "late"} == {
        k: v for k, v in done.items() if k != "late"
    }
    assert sample.ok("show", "8", "--json").json["undone"] == []
    sample.ok("undo", "8", entry)
    sample.ok("redo", "8", entry)
    sample.ok("undo", "8")  # the last act is what was done again
    assert sample.ok("show", "8", "--json").json["undone"] == [entry]


def test_redo_is_refused_where_it_makes_no_sense_any_more(sample: Srctl) -> None:
    assert "2569-0008" in sample.refused(5, "redo", "8")
    sample.ok("contact", "8", "obec/somsak", "-s", "ถาม", "--they-promise", "ตอบ", "-u", "+2wd")
    made = str(last(sample, "8")["id"])
    sample.ok("promise", "kept", "8", made)
    sample.ok("undo", "8")
    sample.ok("promise", "waived", "8", made, "-w", "ไม่ต้องแล้ว")
    assert made in sample.refused(5, "redo", "8")


def test_what_was_done_in_many_cases_is_offered_and_taken_back_whole(sample: Srctl) -> None:
    sample.ok("assign", "10", "malee")
    mine = [row["id"] for row in sample.ok("list", "-o", "malee", "--json").json["items"] if row["owner"] == "malee"]
    assert len(mine) > 1
    sample.ok("handover", "malee", "--to", "suda", "--why", "ย้ายกลุ่ม")
    assert "--together" in sample.ok("undo", mine[0]).out
    sample.ok("redo", mine[0])
    sample.ok("undo", mine[0], "--together")
    owners = {row["id"]: row["owner"] for row in sample.ok("list", "--json").json["items"]}
    assert {owners[name] for name in mine} == {"malee"}
    assert sample.git("log", "-1", "--format=%(trailers:key=Srctl-Case,valueonly)").split() == mine


def test_undo_last_takes_back_my_own_last_act_wherever_it_was(sample: Srctl) -> None:
    sample.ok("note", "9", "ของสุดา", "--as", "suda")
    sample.ok("note", "8", "ของมาลี", "--as", "malee")
    assert "2569-0009" in sample.ok("undo", "--last", "--as", "suda").out


def test_the_beginning_is_not_taken_back_and_names_void(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "เรื่อง", "--from", "รมว.ศธ.", "-c", "voice", "--by", "รมว.ศธ.", "--order", "ก",
              "--due", "+3wd")  # fmt: skip
    assert 'srctl void 2569-0001 --why "…"' in office.refused(5, "undo", "1")


ACTS = {
    "set": ("set", "8", "subject={}"),
    "order": ("set", "8", "order.text={}"),
    "urgency": ("set", "8", "urgency=urgent"),
    "contact": ("contact", "8", "obec/somsak", "-s", "{}"),
    "note": ("note", "8", "{}"),
    "fact": ("analyse", "8", "-f", "{}"),
    "step": ("plan", "8", "--step", "{}"),
    "assign": ("assign", "8", "prasit"),
    "pause": ("pause", "8", "agency", "--why", "{}"),
    "decide": ("decide", "8", "-b", "รมว.ศธ.", "-w", "{}"),
}


@pytest.mark.full
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=4, unique=True), place=st.integers(0, 3))
def test_whatever_can_be_undone_and_is_done_again_leaves_the_same_fields(
    tmp_path_factory: pytest.TempPathFactory, pristine: object, acts: list[str], place: int
) -> None:
    from pathlib import Path

    from tests.conftest import copied

    office = Srctl(copied(Path(str(pristine)), tmp_path_factory.mktemp("undo") / "office"))
    for n, act in enumerate(acts):
        office.ok(*(word.format(f"ข้อความ {n}") for word in ACTS[act]))
    log = office.ok("show", "8", "--json").json["log"][-len(acts) :]
    entry, before = log[place % len(acts)]["id"], fields(office, "8")
    if office.run("undo", "8", entry).code == 0:
        office.ok("redo", "8", entry)
    assert fields(office, "8") == before
    assert office.run("check").code == 0


def test_a_call_with_whom_no_directory_has_is_taken_back_and_still_names_them(sample: Srctl) -> None:
    sample.ok("contact", "10", "นายใครไม่รู้", "-s", "ให้ติดต่อ นางพิมพ์ ตัวอย่างดี โทร 0 2999 0102")
    sample.ok("undo", "10")
    assert not sample.ok("show", "10", "--json").json["plan"]["steps"]
    sample.ok("contact", "10", "นายคนใหม่", "-s", "สอบถาม")  # takes no number that the log has for another
    shown = sample.ok("show", "10").out
    assert "นายใครไม่รู้ ✗" in shown
    assert "~p2" not in shown
    assert "phone" not in shown
    assert "| โทรศัพท์ | 20 พ.ย. 69 เป็น –" in " ".join(shown.split())
    assert "พบปัญหา 0" in sample.ok("check", "10").out
