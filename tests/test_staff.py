"""Everybody's day can be asked for, and nothing stays unseen with whoever has left (time J, O, U; reports 29)."""

from pathlib import Path

import pytest
from docx import Document

from srctl.core import i18n
from tests.conftest import Srctl, prepared
from tests.test_views import promised

ME = ("--as", "malee")
NEW = ("new", "directive", "--from", "รมว.ศธ.", "-c", "voice", "--by", "รมว.ศธ.", "--order", "รายงาน")


def leave(office: Srctl, who: str) -> None:
    """Let somebody have left, as an office writes it."""
    settings = office.root / "office.yaml"
    text = settings.read_text("utf-8")
    start = text.index(f"- id: {who}\n")
    at = text.index("    short:", start)
    settings.write_text(text[:at] + "    active: false\n" + text[at:], "utf-8")
    office.ok(*ME, "adopt", "office.yaml")


@prepared
def asked(office: Srctl) -> Srctl:
    """Three matters of the group of complaints: one waits for a decision and a signature of the head of office."""
    for n, owner in enumerate(("suda", "malee", "prasit"), 1):
        office.ok(*ME, *NEW, "-s", f"เรื่องที่ {n}", "--owner", owner, "--due", "+1wd")
    office.ok(*ME, "escalate", "2", "--to", "head", "--ask", "ส่งเท่าที่มีหรือไม่", "--why", "ด่วน", "--by", "+1wd")
    office.ok(*ME, "letter", "2", "support", "--to", "province", "--ask", "ส่งตัวเลข")
    office.ok(*ME, "submit", "2")
    return office.at("2026-11-25T09:00")


# -- superiors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--as", "head", "today"), ("today", "-o", "head"), ("digest", "-o", "head")])
def test_the_head_of_office_sees_what_waits_for_them_and_each_group(asked: Srctl, words: tuple[str, ...]) -> None:
    said = asked.ok(*words).out
    assert "นางสาวดารา" in said.splitlines()[0]
    assert "รอท่านสั่งการ (1)" in said
    assert "รอท่านลงนาม (1)" in said
    [overview] = [line for line in said.splitlines() if line.startswith("  กลุ่มรับเรื่องราวร้องทุกข์")]
    assert "เกินกำหนด" in overview


def test_lists_of_a_superior_are_what_waits_for_them(asked: Srctl) -> None:
    assert [row["id"] for row in asked.ok("list", "-o", "head", "--json").json["items"]] == ["2569-0002"]
    rows = asked.ok("due", "-o", "head", "--json").json["items"]
    assert {(row["case"], row["what"], row["whom"]) for row in rows} == {
        ("2569-0002", "decision", "head"),
        ("2569-0002", "paper", "head"),
    }
    for who in ("secretary", "minister"):
        assert asked.ok("due", "-o", who, "--json").json["items"] == []
        promised("today", asked.ok("--as", who, "today", "--json").json)
    assert "nobody-here" in asked.refused(3, "due", "-o", "nobody-here")


def test_the_head_of_a_group_sees_its_late_matters_counted(asked: Srctl) -> None:
    shown = asked.ok("--as", "kanda", "today", "--json").json
    promised("today", shown)
    [below] = shown["below"]
    [late] = [found for found in below["sections"] if found["section"] == "late"]
    assert {row["owner"] for row in late["items"]} == {"suda", "malee", "prasit"}
    said = asked.ok("--as", "kanda", "today").out
    assert f"เกินกำหนด ({len(late['items'])})" in said
    assert asked.ok("--as", "malee", "today", "--json").json["below"] == []
    assert asked.ok("--as", "sakda", "today", "--json").json["below"][0]["counts"] == []


def test_the_files_of_a_digest_tell_a_superior_the_same(asked: Srctl, tmp_path: Path) -> None:
    asked.ok("digest", "-o", "kanda", "--docx", str(tmp_path / "d.docx"), "--html", str(tmp_path / "d.html"))
    page = (tmp_path / "d.html").read_text("utf-8")
    paper = Document(str(tmp_path / "d.docx"))
    text = "\n".join([*(p.text for p in paper.paragraphs), *(c.text for t in paper.tables for c in t._cells)])
    for word in ("กลุ่มรับเรื่องราวร้องทุกข์", "นางสาวสุดา"):
        assert word in page
        assert word in text


def test_the_overview_marks_who_is_away_and_until_when(asked: Srctl) -> None:
    asked.ok(*ME, "away", "suda", "2026-11-24", "2026-11-27")
    said = asked.ok("digest", "--all").out
    assert "นางสาวสุดา สมมติเพียร (ไม่อยู่ถึง 27 พ.ย. 69)" in said


# -- who has left ----------------------------------------------------------------------------------


def test_open_matters_of_who_left_are_named_to_those_who_may_take_them(asked: Srctl) -> None:
    leave(asked, "suda")
    people = ["--as prasit today", "--as kanda today", "--as head today", "due -o prasit"]
    for line in (*people, "due", "list", "check", "today --all", "digest --all"):
        words = line.split()
        ran = asked.run(*words)
        assert "พ้นหน้าที่แล้ว ยังมีเรื่องค้าง 1 เรื่อง: 2569-0001" in ran.err + ran.out, words
        assert "srctl handover suda --to ผู้ประสาน" in ran.err + ran.out, words
    assert "2569-0001" in asked.ok("--as", "prasit", "today").out
    for other in (("--as", "wipa", "today"), ("due", "-g", "political"), ("due", "-o", "wipa")):
        assert "suda" not in asked.run(*other).err
    asked.ok(*ME, "handover", "suda", "--to", "malee")
    assert "พ้นหน้าที่แล้ว" not in asked.run("check").out


def test_a_decision_asked_of_who_left_is_named(asked: Srctl) -> None:
    asked.ok(*ME, "escalate", "3", "--to", "suda", "--ask", "ก", "--why", "ข", "--by", "+1wd")
    leave(asked, "suda")
    assert "รอสั่งการจากผู้นี้: 2569-0003" in asked.run("due").err
    assert "srctl escalate 2569-0003" in asked.run("check").out
    assert "(พ้นหน้าที่)" in asked.run("due").out


def test_lists_know_who_left_and_nobody_acts_as_them(asked: Srctl) -> None:
    leave(asked, "suda")
    for command in ("due", "list", "today"):
        assert "2569-0001" in asked.ok(command, "-o", "suda").out
    assert "(พ้นหน้าที่)" in asked.ok("today", "-o", "suda").out
    [row] = asked.ok("list", "-o", "suda", "--json").json["items"]
    assert (row["owner"], row["acting"]) == ("suda", "prasit")
    for words in (("today",), ("note", "1", "ก"), ("digest", "--eml", "a.eml")):
        assert "ดำเนินการในนามผู้นี้ไม่ได้" in asked.refused(5, "--as", "suda", *words)
    for given in (("assign", "1", "suda"), (*NEW, "-s", "ก", "--owner", "suda"), ("handover", "malee", "--to", "suda")):
        assert "suda" in asked.refused(3, *ME, *given)


# -- the same marks everywhere ----------------------------------------------------------------------


def test_lists_tell_paused_and_an_incomplete_calendar_alike(asked: Srctl) -> None:
    calendar = asked.root / "templates/calendar/2569.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("complete: true", "complete: false"), "utf-8")
    asked.ok(*ME, "pause", "1", "agency", "--why", "ก")
    i18n.use("en")
    due, listed, shown = asked.ok("due", "--all"), asked.ok("list"), asked.ok("show", "1")
    for ran in (due, listed, shown):
        assert "paused" in ran.out
        assert "calendar incomplete" in ran.out
    rows = asked.ok("list", "--json").json["items"]
    assert [(row["paused"], row["calendar_complete"]) for row in rows] == [
        (True, False),
        (False, False),
        (False, False),
    ]
