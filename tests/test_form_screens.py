"""Forms in a real terminal: a letter, an entry of the directory; the way back, drafts, and lines that fit."""

import sys
from pathlib import Path

import pytest

from srctl.core.errors import INTERRUPTED, NOT_FOUND, REFUSED

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from tests.conftest import Srctl
from tests.screens import Terminal, plain


def sit(office: Srctl, *words: str, columns: int = 80, language: str = "th") -> Terminal:
    return Terminal(["-C", str(office.root), *words], columns, {"SRCTL_LANG": language, "SRCTL_AS": "malee"})


def ended(terminal: Terminal, code: int = 0) -> str:
    assert terminal.end() == code, plain(terminal.said)
    return plain(terminal.said)


def test_a_letter_asks_to_whom_it_is_addressed_and_keeps_that_in_the_directory(sample: Srctl) -> None:
    sample.ok("contacts", "add", "univ", "--name", "มหาวิทยาลัยตัวอย่าง", "--as", "malee")
    at = sit(sample, "letter", "8", "ask-information", language="en")
    at.answer("whom it is to:", "univ")
    at.answer("and to whom else (optional):", "")
    head = "to whom letters to มหาวิทยาลัยตัวอย่าง are addressed (kept in the directory):"
    at.answer(head, "<")  # one more
    at.answer("and to whom else (optional):", "vec")
    at.answer("and to whom else (optional):", "")
    at.answer(head, "อธิการบดีมหาวิทยาลัยตัวอย่าง")
    at.answer(":", "จำนวนนักศึกษา")
    at.answer("optional):", "+3wd")
    at.answer("optional):", "")
    at.answer("optional):", "")
    at.answer("Enter records;", "")
    ended(at)
    assert sample.ok("contacts", "show", "univ", "--json").json["head"] == "อธิการบดีมหาวิทยาลัยตัวอย่าง"
    assert len([*sample.root.glob("cases/*/*/2569-0008/*ask-information*-draft.docx")]) == 2


def test_a_letter_asks_of_which_class_a_monk_is_and_keeps_that_in_the_directory(sample: Srctl) -> None:
    sample.ok("contacts", "add", "wat", "--name", "วัดสมมติ", "--head", "พระสมชาย ใจดี", "--as", "malee")
    asked = ("letter", "8", "ask-information", "--to", "wat", "--ask", "จำนวนนักเรียน", "--value", "subject=ขอข้อมูล")
    refused = sample.run(*asked, "--as", "malee")
    assert refused.code == REFUSED
    assert "srctl contacts edit wat class=" in refused.err
    at = sit(sample, *asked, language="en")
    at.answer("of which class of addressee is วัดสมมติ:", "monk")
    at.answer("optional):", "")
    at.answer("optional):", "")
    at.answer("Enter records;", "")
    ended(at)
    assert sample.ok("contacts", "show", "wat", "--json").json["class"] == "monk"


def test_a_letter_of_which_all_that_is_needed_was_typed_asks_nothing(sample: Srctl) -> None:
    ended(sit(sample, "letter", "8", "ask-information", "--to", "vec", "--ask", "จำนวนนักศึกษา"))


@pytest.mark.parametrize("columns", [80, 120])
def test_an_organisation_is_refused_by_its_id_before_anything_is_asked_and_looked_over(
    office: Srctl, columns: int
) -> None:
    refused = sit(office, "contacts", "add", "สอศ", columns=columns)
    assert "(vec)" in ended(refused, REFUSED)
    assert "obec" in ended(sit(office, "contacts", "add", "obec", columns=columns), REFUSED)
    at = sit(office, "contacts", "add", "univ", columns=columns, language="en")
    at.answer("name:", "มหาวิทยาลัยตัวอย่าง")
    at.answer("short name (optional):", "มตย.")
    at.until("letters to (")
    at.interrupt()
    assert "kept as a draft" in ended(at, INTERRUPTED)
    at = sit(office, "contacts", "add", "univ", columns=columns, language="en")
    at.answer("a draft is kept; go on with it [1]:", "")
    at.answer("letters to (", "อธิการบดี")
    at.answer("phone (optional):", "0 2000 0000")
    at.answer("own ministry (y/n) [n]:", "")
    at.answer("Enter records;", "e-mail")
    at.answer("e-mail (optional):", "nowhere")
    at.until("is no e-mail address")
    at.until("e-mail (optional):")
    at.again("office@example.ac.th")
    at.answer("Enter records;", "")
    ended(at)
    shown = office.ok("contacts", "show", "univ", "--json").json
    assert (shown["short"], shown["head"], shown["email"], shown["inside"]) == (
        "มตย.", "อธิการบดี", "office@example.ac.th", False
    )  # fmt: skip


def test_a_person_of_no_id_is_added_by_the_name_alone(sample: Srctl) -> None:
    at = sit(sample, "contacts", "add", "นายมาลัย ใจงาม", language="en")
    at.answer("the organisation they belong to:", "obec")
    for label in ("position", "phone", "mobile"):
        at.answer(f"{label} (optional):", "")
    at.answer("Enter records;", "")
    assert "(obec/malay)" in ended(at)


def test_whom_no_directory_has_is_kept_there_when_the_letter_is_written(sample: Srctl) -> None:
    sample.ok("contact", "8", "นายมาลัย ใจงาม", "--phone", "0 2999 0101", "--said", "ก")
    at = sit(sample, "letter", "8", "thanks", "--ask", "ข้อมูล", language="en")
    at.answer("whom it is to", "มาลัย")
    at.answer("and to whom else (optional):", "")
    at.answer("What it led to (optional):", "")
    at.answer("Subject of the letter (optional):", "")
    at.answer("Enter records;", "")
    ended(at)
    papers = sample.ok("show", "8", "--json").json["papers"]
    assert [p["to"] for p in papers if p["wording"] == "thanks"] == ["others/p1"]
    assert sample.ok("contacts", "show", "others/p1", "--json").json["phone"] == "0 2999 0101"


def test_the_answers_of_init_go_back_and_are_kept_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    words = ["-C", str(tmp_path), "init", "office"]
    at = Terminal(words, env={"SRCTL_LANG": "en"})
    at.answer("name of the office in Thai [", "สำนักงานทดลอง")
    at.answer("name of the office in English [", "<")
    at.answer("name of the office in Thai [", "")
    at.until("name of the office in English [")
    at.interrupt()
    ended(at, INTERRUPTED)
    assert len([*(tmp_path / "state/srctl/drafts").iterdir()]) == 1
    at = Terminal(words, env={"SRCTL_LANG": "en"})
    at.seen("สำนักงานทดลอง")
    at.answer("a draft is kept; go on with it [1]:", "")
    for label in ("in English [", "short name of the office [", "ministry in Thai [", "letter numbers ["):
        at.answer(label, "")
    at.answer("name of the Minister", "นายทดสอบ ตัวอย่าง")
    at.answer("your short id", "มาลี")
    at.until("is no short id")
    at.until("your short id")
    at.again("malee")
    at.answer("your name, with title", "นางสาวมาลี ตัวอย่าง")
    at.answer("your e-mail", "malee")
    at.until("is no e-mail address")
    at.until("your e-mail")
    at.again("malee@example.go.th")
    at.answer("Enter records;", "")
    ended(at)
    assert "สำนักงานทดลอง" in (tmp_path / "office/office.yaml").read_text(encoding="utf-8")
    assert not [*(tmp_path / "state/srctl/drafts").iterdir()]


def test_a_kind_there_is_not_is_refused_before_anything_is_asked(office: Srctl) -> None:
    assert "ไม่มีประเภทเรื่อง" in ended(sit(office, "new", "2"), NOT_FOUND)


def test_minutes_are_asked_cell_by_cell_and_a_wrong_cell_at_once(sample: Srctl) -> None:
    sets = ("body=คณะทำงานสมมติ", "date=9/12/2569", "time=9.30", "time_end=12.00", "place=ห้องประชุมสมมติ")
    sample.ok("new", "meeting", "--subject", "ประชุมสมมติ", "--from", "obec", "--owner", "malee",
              *(part for one in sets for part in ("--set", one)))  # fmt: skip
    sample.ok("attend", "13", "obec/somsak", "self")
    at = sit(sample, "letter", "13", "minutes", language="en")
    at.answer("Matters 1 · head (1-5):", "7")
    at.until("there is no head 7")
    at.until("head (1-5):")
    at.again("4")
    at.answer("matter (optional):", "แนวทาง")
    at.answer("discussion (optional):", "<")
    at.answer("matter (optional):", "")  # what was typed still stands there
    at.answer("discussion (optional):", "")
    at.answer("resolution (optional):", "ให้สำรวจ")
    at.answer("who (optional):", "สพฐ.")
    at.answer("by when (optional):", "18/12/2569")
    at.answer("resolution, on the same matter (empty: no more):", "ให้รวบรวม")
    at.answer("who (optional):", "")
    at.answer("Matters 2 · head (1-5; empty: no more):", "5=เรื่องอื่น==รับทราบ")
    at.answer("who (optional):", "")
    at.answer("Matters 3 · head (1-5; empty: no more):", "")
    for label in ("Which meeting (", "Absent 1 · name (", "Also attending 1 · name (", "Who took the minutes ("):
        at.answer(label, "")
    at.answer("Enter records;", "")
    ended(at)
    steps = sample.ok("show", "13", "--json").json["plan"]["steps"]
    assert [(step["do"], step["with"], step["due"]) for step in steps] == [("ให้สำรวจ", "obec", "2026-12-18")]
    at = sit(sample, "letter", "13", "minutes", language="en")  # drafted anew: as it was, one line of it changed
    at.seen("ให้สำรวจ")
    at.answer("Enter records;", "Who took the minutes")
    at.answer("Who took the minutes (", "นางจด สมมติดี")
    at.answer("Enter records;", "")
    ended(at)
    at = sit(sample, "letter", "13", "minutes", language="en")  # the very same: nothing to record
    at.answer("Enter records;", "")
    said = ended(at).splitlines()
    assert any(line.strip().endswith("2569-0013-minutes-draft.docx") for line in said)  # the path in one piece
    [given] = [entry["given"] for entry in sample.ok("show", "13", "--json").json["log"] if entry["did"] == "draft"][1:]
    assert given["recorder"] == "นางจด สมมติดี"
    assert given["agenda"].startswith("4|แนวทาง||ให้สำรวจ|obec|2026-12-18")
    at = sit(sample, "letter", "13", "agenda", language="en")
    at.answer("Agenda 1 · head (1-5):", "1")
    at.until("matter (optional):")
    at.interrupt()
    ended(at, INTERRUPTED)
    at = sit(sample, "letter", "13", "programme", language="en")  # the draft of another paper is not offered
    at.until("Programme 1 · time:")
    at.interrupt()
    ended(at, INTERRUPTED)
    sample.ok("letter", "13", "agenda", "--value", "agenda=3=ผลการรับนักเรียน")
    at = sit(sample, "letter", "13", "minutes", language="en")
    at.answer("Enter records;", "Matters")
    at.answer("Matters 1 · head (1-5):", "")  # the matter of the agenda stands there to be taken
    at.answer("matter (optional):", "")
    at.until("discussion (optional):")
    at.interrupt()
    ended(at, INTERRUPTED)


def test_an_answer_is_addressed_to_its_sender_who_is_entered_in_the_directory_on_the_way(sample: Srctl) -> None:
    at = sit(sample, "letter", "11", "reply-decline", "--value", "time=09.30", language="en")
    at.answer("whom it is to (โรงเรียนตัวอย่างวิทยา is not in the directory) [1]:", "")
    at.answer("and to whom else (optional):", "")
    at.answer("to whom letters to โรงเรียนตัวอย่างวิทยา are addressed (", "ผู้อำนวยการโรงเรียนตัวอย่างวิทยา")
    at.answer("own ministry (y/n) [n]:", "")
    for label in ("Why (empty: other official duties; optional):", "Place (optional):", "Subject of the letter"):
        at.answer(label, "")
    at.answer("Enter records;", "")
    ended(at)
    entry = sample.ok("contacts", "show", "rongriantuayangwithya", "--json").json
    assert (entry["name"], entry["head"]) == ("โรงเรียนตัวอย่างวิทยา", "ผู้อำนวยการโรงเรียนตัวอย่างวิทยา")
    papers = sample.ok("show", "11", "--json").json["papers"]
    assert [(paper["wording"], paper["to"]) for paper in papers] == [("reply-decline", "rongriantuayangwithya")]
