"""The only writer: what adopt, edit, undo and the ids promise, tried through the real command line."""

import re

import pytest

from srctl.store.yaml.reader import read_file
from tests.conftest import Srctl, sampled

CASE = "2569-0010"


def revisions(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def by_hand(office: Srctl, old: str, new: str, case_id: str = CASE) -> bytes:
    """Change a case file as somebody with Notepad would; return its bytes."""
    file = office.case_file(case_id)
    raw = file.read_bytes()
    assert old.encode() in raw
    file.write_bytes(raw.replace(old.encode(), new.encode(), 1))
    return file.read_bytes()


# -- changed by hand ----------------------------------------------------------------------------------


def test_an_act_on_a_case_changed_by_hand_is_refused_and_names_adopt(sample: Srctl) -> None:
    after, count = by_hand(sample, "urgency: none", "urgency: urgent"), revisions(sample)
    for words in (["note", "10", "x"], ["set", "10", "subject=x"], ["assign", "10", "malee"], ["undo", "10"]):
        code = 5 if words[0] == "undo" else 6  # its beginning cannot be undone, whoever changed it
        said = sample.refused(code, *words)
        assert words[0] == "undo" or f"srctl adopt {CASE}" in said
    assert sample.case_file(CASE).read_bytes() == after
    assert revisions(sample) == count


def test_adopt_records_the_hand_edit_in_one_commit_and_keeps_its_bytes(sample: Srctl) -> None:
    after, count = by_hand(sample, "urgency: none", "urgency: urgent   # เร่ง"), revisions(sample)
    assert f"srctl adopt {CASE}" in sample.run("check").out
    sample.ok("adopt", "10")
    raw = sample.case_file(CASE).read_bytes()
    assert raw.startswith(after)
    assert revisions(sample) == count + 1
    assert sample.ok("show", "10", "--json").json["log"][-1]["did"] == "adopt"
    assert "Srctl-Action: adopt" in sample.git("log", "-1", "--format=%B")
    assert sample.run("check").code == 0
    sample.ok("note", "10", "x")


def test_adopt_explains_a_file_with_faults_and_records_nothing(sample: Srctl) -> None:
    after, count = by_hand(sample, "owner: suda", "owner: nobody"), revisions(sample)
    assert ":9: " in sample.refused(4, "adopt", "10")
    assert sample.case_file(CASE).read_bytes() == after
    assert revisions(sample) == count


@pytest.mark.parametrize(
    ("old", "new"),
    [("did: receive", "did: note"), ("T13:30:00", "T14:30:00"), ("who: suda, did", "who: malee, did"),
     ("  - {id: a1", "  - {id: a9"), ("to: analyse", "to: plan")],
)  # fmt: skip
def test_adopt_refuses_a_log_entry_that_was_changed_or_taken_out(sample: Srctl, old: str, new: str) -> None:
    count = revisions(sample)
    by_hand(sample, old, new)
    said = sample.refused(5, "adopt", "10")
    assert "a1" in said
    assert "--override" in said
    assert revisions(sample) == count
    sample.ok("adopt", "10", "--override", "แก้ที่พิมพ์ผิด")
    assert sample.ok("show", "10", "--json").json["log"][-1]["override"] == "แก้ที่พิมพ์ผิด"


def test_a_case_deleted_by_hand_is_missed_and_can_be_taken_back(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    raw = file.read_bytes()
    file.unlink()
    told = sample.run("check")
    assert told.code == 1
    assert "→ srctl repair" in told.out
    sample.refused(3, "note", "10", "x")
    assert sample.ok("new", "directive", "-s", "ใหม่", "--json").json["case"]["id"] == "2569-0013"
    sample.ok("repair")
    assert file.read_bytes() == raw
    assert sample.run("check").code == 0


def test_the_number_of_the_last_case_deleted_by_hand_is_not_given_again(sample: Srctl) -> None:
    sample.case_file("2569-0012").unlink()
    assert sample.ok("new", "directive", "-s", "ใหม่", "--json").json["case"]["id"] == "2569-0013"


def test_a_case_file_made_by_hand_is_told_and_adopted(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    new = file.with_name("2569-0013.yaml")
    new.write_bytes(file.read_bytes().replace(CASE.encode(), b"2569-0013"))
    assert "srctl adopt 2569-0013" in sample.run("check").out
    assert "2569-0013" in sample.ok("list").out
    sample.refused(6, "note", "13", "x")
    sample.ok("adopt", "13")
    sample.ok("note", "13", "x")
    assert sample.run("check").code == 0


# -- undo ---------------------------------------------------------------------------------------------

ACTS: tuple[tuple[str, ...], ...] = (
    ("analyse", "10", "-i", "ประเด็น", "-f", "ข้อเท็จจริง", "-p", "ข้อเสนอ", "--opinion", "ความเห็น"),
    ("plan", "10", "-r", "ผล", "--step", "โทร | obec/somsak | phone | +1wd", "--override", "ด่วน"),
    ("contact", "8", "obec/somsak", "-s", "ถาม", "--they-promise", "ตอบ", "-u", "+2wd"),
    ("contact", "8", "obec/somsak", "-s", "ตอบ", "--keeps", "a4"),
    ("promise", "waived", "8", "a4", "-w", "ไม่ต้องแล้ว"),
    ("step", "done", "8", "s2"),
    ("decide", "8", "-b", "รมว.ศธ.", "-w", "เห็นชอบ"),
    ("set", "8", "order.due=+5", "subject=เรื่องใหม่"),
    ("set", "8", "order.due="),
    ("assign", "8", "prasit", "--backup", "malee"),
    ("link", "8", "9", "-r", "earlier"),
    ("note", "8", "หมายเหตุ"),
    ("close", "8", "--override", "สั่งยุติ"),
    ("reopen", "1", "-w", "พบข้อมูลใหม่"),
    ("reopen", "8", "--to", "plan", "-w", "แผนไม่ชัด"),
)  # fmt: skip


def without_log(raw: bytes) -> bytes:
    return raw[: raw.index(b"\nlog:")]


@pytest.mark.parametrize("words", sampled(ACTS, 3, ids=(" ".join(words[:4]) for words in ACTS)))
def test_undo_restores_every_field_byte_for_byte_and_keeps_the_entry(sample: Srctl, words: tuple[str, ...]) -> None:
    typed = next(w for w in words if w.isdecimal())
    file = sample.case_file(f"2569-{int(typed):04d}")
    before, shown = file.read_bytes(), sample.ok("show", typed, "--json").json
    sample.ok(*words)
    entry = sample.ok("show", typed, "--json").json["log"][-1]
    count = revisions(sample)
    sample.ok("undo", typed, "-w", "กดผิด")
    after = file.read_bytes()
    assert without_log(after) == without_log(before)
    assert after.startswith(before.rstrip(b"\n"))
    now = sample.ok("show", typed, "--json").json
    assert now["log"][:-1] == [*shown["log"], entry]
    assert (now["log"][-1]["did"], now["log"][-1]["of"]) == ("undo", entry["id"])
    told = {"log", "changes", "undone"}
    assert {k: v for k, v in now.items() if k not in told} == {k: v for k, v in shown.items() if k not in told}
    assert revisions(sample) == count + 1
    assert sample.run("check").code == 0


def test_undo_leaves_every_line_of_the_log_as_it_was_written(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    sample.ok("pause", "10", "agency", "--why", "y", "--on", "19/11/2569")
    sample.ok("extend", "10", "answer", "--for", "+3wd", "--why", "รอเอกสาร")
    written = file.read_bytes()
    for _time in range(2):
        sample.ok("undo", "10")
        assert file.read_bytes().startswith(written)
        written = file.read_bytes()


def test_undo_twice_takes_back_two_acts_and_undone_work_can_be_done_again(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    before = without_log(file.read_bytes())
    sample.ok("analyse", "10", "-i", "ก")
    one = without_log(file.read_bytes())
    sample.ok("analyse", "10", "-f", "ข")
    sample.ok("undo", "10")
    assert without_log(file.read_bytes()) == one
    sample.ok("undo", "10")
    assert without_log(file.read_bytes()) == before
    sample.refused(5, "undo", "10")
    sample.ok("analyse", "10", "-i", "ก")
    assert without_log(file.read_bytes()) == one
    assert [e["id"] for e in sample.ok("show", "10", "--json").json["log"]] == [f"a{n}" for n in range(1, 7)]


def test_an_undone_act_counts_no_more(sample: Srctl) -> None:
    sample.ok("close", "8", "--override", "สั่งยุติ")
    assert "2569-0008" not in sample.ok("list").out
    sample.ok("undo", "8")
    assert "2569-0008" in sample.ok("list").out


def test_a_paper_drafted_and_undone_is_logged_again_when_drafted_again(sample: Srctl) -> None:
    for words in (["memo", "1"], ["undo", "1"], ["memo", "1"]):
        sample.ok(*words)
    assert [e["did"] for e in sample.ok("show", "1", "--json").json["log"]][-3:] == ["memo", "undo", "memo"]


# -- what is written ----------------------------------------------------------------------------------


def test_an_act_changes_only_the_lines_it_must(sample: Srctl) -> None:
    sample.ok("set", "10", "order.text=ข้อความใหม่")
    diff = sample.git("diff", "-U0", "HEAD^", "HEAD")
    changed = [line for line in diff.splitlines() if re.match(r"[-+][^-+]", line)]
    assert len([line for line in changed if line.startswith("-")]) == 1
    assert len([line for line in changed if line.startswith("+")]) == 2


def test_every_act_is_one_commit_by_its_coordinator_with_its_trailers(sample: Srctl) -> None:
    sample.ok("note", "10", "x", "--as", "prasit")
    name, trailers = sample.git("log", "-1", "--format=%an%x00%(trailers:only,unfold)").split("\0")
    assert name.startswith("นายประสิทธิ์")
    assert trailers.split() == ["Srctl-Case:", CASE, "Srctl-Action:", "note", "Srctl-Entry:", "a2", "Srctl-Stage:",
                                "analyse", "Srctl-Format:", "1"]  # fmt: skip


def test_a_commit_names_no_complainant(office: Srctl) -> None:
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--complainant", "นางลับ สมมติ", "--phone", "08 0000 0999")
    office.ok("set", "1", "complainant.name=นางอื่น สมมติ", "complainant.address=บ้านเลขที่ 99")
    told = office.git("log", "--format=%B")
    for private in ("นางลับ", "นางอื่น", "0999", "บ้านเลขที่"):
        assert private not in told


def test_ids_follow_the_year_and_begin_at_one(office: Srctl) -> None:
    ids = []
    for moment in ("2026-12-31T23:59", "2027-01-01T00:00", "2027-01-01T00:01", "2026-12-31T23:59"):
        made = office.at(moment).ok("new", "directive", "-s", "ก", "--json").json
        ids.append(made["case"]["id"])
    assert ids == ["2569-0001", "2570-0001", "2570-0002", "2569-0002"]
    assert read_file(office.root / "cases/2570/01/2570-0002.yaml").data is not None
