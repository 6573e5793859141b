"""Asking at a real terminal: the real process, a pseudo-terminal, a person's keys."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from srctl.cli import prompts
from srctl.core.errors import INTERRUPTED, REFUSED, USAGE

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from tests.conftest import Srctl
from tests.screens import Terminal, plain


def sit(office: Srctl, *words: str, language: str = "en") -> Terminal:
    """Start a command as malee, on Friday 20 November 2569."""
    return Terminal(["-C", str(office.root), *words], env={"SRCTL_LANG": language, "SRCTL_AS": "malee"})


def ended(terminal: Terminal, code: int = 0) -> str:
    assert terminal.end() == code, plain(terminal.said)
    return plain(terminal.said)


def case(office: Srctl, case_id: str) -> Any:
    return office.ok("show", case_id, "--json").json


def commits(office: Srctl) -> str:
    return subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=office.root, capture_output=True, text=True, check=True
    ).stdout


def test_a_new_matter_is_asked_for_and_wrong_answers_are_explained_and_asked_again(office: Srctl) -> None:
    at = sit(office, "new")
    at.answer("the kind of matter by number or name:", "complaint")
    at.answer("subject:", "")
    at.seen("an answer is needed here")
    at.again("ค่าบำรุงการศึกษา  ที่ไม่ได้แจ้ง")
    at.answer("how it came:", "99")
    at.seen("nothing is called “99”; type a number from 1 to 10")
    at.again("letter")
    at.answer("number of the paper received (optional):", "")
    at.answer("date of the paper received (optional):", "31/2/2569")
    at.until("There is no 31 February in 2569")
    at.until("date of the paper received")
    at.again("๒๑ พ.ย. ๖๙")
    at.until("the paper is dated 21 Nov 2026, after its receipt")  # against the whole, where it is asked
    at.until("date of the paper received")
    at.again("๑๙ พ.ย. ๖๙")
    at.until("→ Thursday 19 Nov 2026 (1 wd ago)")
    at.answer("scan or other file 1 (", "")
    at.answer("urgency [1]", "")
    at.answer("complainant (empty: no name was given):", "")
    for optional in ("Category (optional):", "Agency complained of (", "What the complainant wants ("):
        at.answer(optional, "")
    at.answer("Enter records;", "coord")
    at.answer("coordinator [", "สุดา")  # by part of the name
    at.answer("Enter records;", "")
    ended(at)
    made = case(office, "1")
    assert made["kind"] == "complaint"
    assert made["subject"] == "ค่าบำรุงการศึกษา ที่ไม่ได้แจ้ง"
    assert made["received"] == {
        "on": "2026-11-20", "at": "09:12", "channel": "letter", "from": "ประชาชน", "ref": "", "dated": "2026-11-19"
    }  # fmt: skip
    assert made["order"] == {"by": "", "text": "", "due": None, "counted": ""}
    assert (made["owner"], made["complainant"]["anonymous"], made["complainant"]["unnamed"]) == ("suda", False, True)
    assert made["stage"] == "analyse"


def test_a_spoken_order_takes_three_prompts(office: Srctl) -> None:
    at = sit(office, "new")
    at.answer("what was ordered, or the kind of matter by number or name:", "ขอตัวเลข ภายในสัปดาห์")
    at.answer("deadline (", "+3wd")
    at.answer("Enter records;", "")
    ended(at)
    made = case(office, "1")
    assert (made["kind"], made["received"]["channel"], made["received"]["from"]) == ("directive", "voice", "รมว.ศธ.")
    assert (made["owner"], made["order"]["by"], made["order"]["due"]) == ("malee", "รมว.ศธ.", "2026-11-25")
    assert made["order"]["counted"] == "+3wd from 2026-11-20 = 2026-11-25"
    assert made["subject"] == made["order"]["text"] == "ขอตัวเลข ภายในสัปดาห์"
    assert made["stage"] == "analyse"


def test_a_day_off_is_told_as_one_and_a_default_can_be_taken_out(office: Srctl) -> None:
    at = sit(office, "new", "directive")
    at.answer("what was ordered:", "ข")
    at.answer("deadline (", "19/11/2569")
    at.until("the deadline 19 Nov 2026 is before the receipt 20 Nov 2026")
    at.until("deadline (")
    at.again("5/12/2569")
    at.until("→ Saturday 5 Dec 2026 (in 10 wd) · not a working day")
    at.answer("Is that meant?", "y")
    at.answer("Enter records;", "๖")
    at.answer("from whom [", "-")  # nobody, against the default
    at.answer("Enter records;", "nonsense")
    at.until("there is no line “nonsense”")
    at.until("Enter records;")
    at.again("")
    ended(at)
    assert case(office, "1")["received"]["from"] == ""


def test_ctrl_c_records_nothing_and_keeps_what_was_typed(office: Srctl) -> None:
    before = commits(office)
    at = sit(office, "new")
    at.answer("by number or name:", "ขอตัวเลข")
    at.until("deadline (")
    at.interrupt()
    said = ended(at, INTERRUPTED)
    assert said.count("stopped; nothing was saved") == 1
    assert "kept as a draft" in said
    assert commits(office) == before
    assert not list(office.root.glob("cases/*/*/*.yaml"))
    assert office.git("status", "--porcelain") == ""
    (kept,) = (office.root / ".git/srctl/drafts/malee").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    other = Terminal(["-C", str(office.root), "new"], env={"SRCTL_LANG": "en", "SRCTL_AS": "suda"})
    assert "draft" not in other.until("by number or name:")  # everybody has their own
    other.interrupt()
    ended(other, INTERRUPTED)
    at = sit(office, "new")
    at.seen("09:12:00  Directive: ขอตัวเลข")
    at.answer("a draft is kept; go on with it [1]:", "")
    at.answer("deadline (", "")
    at.answer("Enter records;", "")
    ended(at)
    assert case(office, "1")["order"]["text"] == "ขอตัวเลข"
    assert not kept.exists()


def test_what_was_typed_is_not_asked_and_a_whole_command_asks_nothing(office: Srctl) -> None:
    ended(sit(office, "new", "directive", "--subject", "ขอตัวเลข", "--by", "รมว.", "--order", "ด่วน"))
    ended(sit(office, "analyse", "1", "--issue", "ก"))
    assert case(office, "1")["analysis"]["issues"] == ["ก"]


def test_an_analysis_is_asked_only_for_what_is_empty(sample: Srctl) -> None:
    sample.ok("analyse", "10", "--issue", "ก", "--opinion", "ข", "--as", "malee")
    at = sit(sample, "analyse", "10")
    shown = at.answer("facts 1", "ข้อเท็จจริงหนึ่ง")
    assert "issues" not in shown
    at.answer("facts 2", "")
    at.answer("law 1", "")
    assert "opinion" not in at.answer("proposal 1 (", "รับทราบ")
    at.answer("proposal 2 (", "๒. มอบ สพฐ.")
    at.answer("proposal 3 (", "")
    at.answer("who has the power to decide (optional):", "")
    ended(at)
    analysis = case(sample, "10")["analysis"]
    assert (analysis["facts"], analysis["opinion"]) == (["ข้อเท็จจริงหนึ่ง"], "ข")
    assert analysis["proposal"] == "1. รับทราบ\n2. มอบ สพฐ."


def test_a_plan_is_asked_step_by_step(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ก", "--by", "รมว.", "--order", "ข", "--as", "malee")
    office.ok("analyse", "1", "--issue", "ก", "--override", "ด่วน", "--as", "malee")
    at = sit(office, "plan", "1")
    at.answer("the result wanted (optional):", "ตาราง")
    at.answer("checklist to take steps from (optional):", "")
    at.answer("step 1: what", "ขอตัวเลข | ด่วน")
    at.answer("step 1: with whom (optional):", "somsak")
    at.answer("step 1: channel [", "line")
    at.answer("step 1: until when (optional):", "+2wd")
    at.until("→ Tuesday 24 Nov 2026")
    at.answer("step 2: what", "")
    at.answer("Enter records;", "")
    ended(at)
    step = case(office, "1")["plan"]["steps"][0]
    assert (step["do"], step["with"], step["by"], step["due"]) == ("ขอตัวเลข | ด่วน", "obec/somsak", "line", "2026-11-24")


def test_a_plan_takes_the_checklist_of_its_kind_and_never_twice(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ก", "--by", "รมว.", "--order", "ข", "--as", "malee")
    office.ok("analyse", "1", "--issue", "ก", "--as", "malee")
    at = sit(office, "plan", "1")
    at.answer("the result wanted (optional):", "งานเรียบร้อย")
    at.answer("checklist to take steps from (optional):", "1")
    at.answer("day of the event (optional):", "18/12/2569")
    at.answer("step 14: what", "")
    at.press("Ctrl-C")
    ended(at, INTERRUPTED)
    at = sit(office, "plan", "1")
    at.seen("2569-0001  ก")
    at.answer("a draft is kept; go on with it [1]:", "")
    at.answer("Enter records;", "")
    ended(at)
    steps = case(office, "1")["plan"]["steps"]
    assert len(steps) == len({step["do"] for step in steps}) == 13
    office.refused(REFUSED, "plan", "1", "--checklist", "minister-attendance", "--as", "malee")
    office.ok("plan", "1", "--checklist", "committee-meeting", "--as", "malee")
    assert len(case(office, "1")["plan"]["steps"]) == 25


def test_what_others_record_while_somebody_is_asked_counts_for_the_next_answer(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ก", "--by", "รมว.", "--order", "ข", "--as", "malee")
    office.ok("analyse", "1", "--issue", "ก", "--override", "ด่วน", "--as", "malee")
    at = sit(office, "plan", "1", "--as", "malee")
    at.answer("the result wanted (optional):", "ตาราง")
    at.answer("checklist to take steps from (optional):", "")
    for holiday, day in (("", "Tuesday 24 Nov 2026"), ("วันหยุดพิเศษ", "Wednesday 25 Nov 2026")):
        at.answer(": what", "ขอตัวเลข")
        at.answer("with whom (optional):", "")
        if holiday:
            office.ok("calendar", "add", "23/11/2569", holiday, "--source", "มติ ครม.", "--as", "suda")
        at.answer("until when (optional):", "+2wd")
        at.until(f"→ {day}")
    at.answer(": what", "")
    at.answer("Enter records;", "")
    ended(at)
    assert [step["due"] for step in case(office, "1")["plan"]["steps"]] == ["2026-11-25"] * 2


def test_a_call_takes_three_answers_and_settles_what_it_was_planned_for(sample: Srctl) -> None:
    at = sit(sample, "contact", "8")
    assert "1  นางสาววันดี ตัวอย่างศิลป์ (สอศ.) 0 2000 0302" in at.answer(
        "with whom (number, or name and telephone) [1]:", ""
    )
    at.answer("what was said and agreed:", "รับทราบ")
    assert "1  ขอตัวเลขจาก สอศ." in at.answer("done, and promised [1]", "")
    ended(at)
    assert [(e["did"], e["with"], e["step"]) for e in case(sample, "8")["log"][-2:]] == [
        ("contact", "vec/wandee", ""), ("step", "", "s2"),
    ]  # fmt: skip


def test_a_contact_is_asked_with_anybody_and_takes_promises_of_both_sides(sample: Srctl) -> None:
    at = sit(sample, "contact", "8")
    at.answer("with whom", "obec/somsac")
    at.seen("did you mean obec/somsak?")
    at.answer("with whom", "\x15สมศักดิ์")
    at.seen("→ นายสมศักดิ์")
    at.answer("what was said and agreed:", "ทวง")
    at.answer("done, and promised", "ไม่ทราบ")
    at.seen("ไม่ทราบ is not a number of the list")
    at.answer("done, and promised", "\x15เขา ส่งตัวเลข ภายใน พรุ่งนี้ เรา ทำหนังสือ ภายใน จันทร์")
    at.until("→ Saturday 21 Nov 2026")
    at.answer("Is that meant?", "")
    at.answer("done, and promised", "\x15เขา ส่งตัวเลข ภายใน จันทร์ เรา ทำหนังสือ ภายใน จันทร์")
    ended(at)
    entries = case(sample, "8")["log"][-2:]
    assert [(e["with"], e["promise"]["of"], e["promise"]["due"]) for e in entries] == [
        ("obec/somsak", "them", "2026-11-23"), ("obec/somsak", "us", "2026-11-23"),
    ]  # fmt: skip


def test_a_decision_and_a_report_are_asked_for(sample: Srctl) -> None:
    at = sit(sample, "decide", "8")
    at.answer("who decided [", "")
    at.answer("what was decided:", "เห็นชอบ")
    ended(at)
    entry = case(sample, "8")["log"][-1]
    assert (entry["by"], entry["decision"]) == ("รมว.ศธ.", "เห็นชอบ")
    sample.ok("step", "done", "8", "s2", "--as", "malee")
    at = sit(sample, "report", "8")
    at.answer("what came of it:", "ส่งตารางแล้ว")
    at.answer("lesson noted (optional):", "")
    ended(at)
    assert case(sample, "8")["report"] == {"result": "ส่งตารางแล้ว", "lesson": ""}


def test_a_closed_case_is_refused_before_anything_is_asked(sample: Srctl) -> None:
    closed = next(row["id"] for row in sample.ok("list", "--closed", "--json").json["items"])
    assert f"{closed} is closed" in ended(sit(sample, "report", closed), REFUSED)


def test_a_gate_that_is_not_met_is_told_before_anything_is_asked(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ขอตัวเลข", "--as", "malee")
    assert "missing what was ordered" in ended(sit(office, "analyse", "1"), REFUSED)


def test_a_case_not_named_is_chosen_from_the_open_ones_most_urgent_first(sample: Srctl) -> None:
    at = sit(sample, "show")
    menu = at.seen("which case:")
    due = [row["case"] for row in sample.ok("due", "--all", "--json").json["items"]]
    listed = [line.split()[1] for line in menu.splitlines() if line[:4].strip().isdecimal()]
    assert listed == list(dict.fromkeys(due))
    at.type("๘")  # the number before a case is the case's own
    assert "\n2569-0008  " in ended(at)


def test_a_closed_case_not_named_is_chosen_for_reopening(sample: Srctl) -> None:
    at = sit(sample, "reopen")
    assert "2569-0009" in at.seen("which case:")
    at.type("2569-0009")
    at.answer("the reason:", "มีข้อมูลใหม่")
    ended(at)
    assert case(sample, "9")["stage"] != "closed"


def test_the_same_matter_twice_is_told_and_asked_about(sample: Srctl) -> None:
    words = ["new", "directive", "--subject", "สรุปข้อมูลนักเรียนหลุดออกจากระบบการศึกษารายจังหวัด ", "--from", "รมว.ศธ."]
    before = commits(sample)
    at = sit(sample, *words, language="en")
    at.until("2569-0008")
    at.answer("receive it all the same? (y/n) [n]:", "")
    ended(at, INTERRUPTED)
    assert commits(sample) == before
    at = sit(sample, *words)
    at.answer("(y/n) [n]:", "อะไร")
    at.seen("y for yes, n for no")
    at.again("ใช่")
    ended(at)
    assert commits(sample) != before


def test_the_same_matter_twice_never_stops_a_script(sample: Srctl) -> None:
    subject = "สรุปข้อมูลนักเรียนหลุดออกจากระบบการศึกษารายจังหวัดด่วน"
    ran = sample.ok("new", "directive", "--subject", subject, "--from", "รมว. ศธ.", "--as", "malee")
    assert "2569-0008" in ran.err
    other = sample.ok("new", "directive", "--subject", subject, "--from", "ประชาชน", "--as", "malee")
    assert "2569-0008" not in other.err
    closed = sample.ok("show", "9", "--json").json
    again = sample.ok("new", "directive", "--subject", closed["subject"], "--from", closed["received"]["from"],
                      "--as", "malee")  # fmt: skip
    assert closed["id"] not in again.err


@pytest.mark.parametrize(
    "words",
    [["new"], ["new", "directive"], ["show"], ["analyse", "8"], ["plan", "8"], ["contact", "8"],
     ["contact", "8", "obec/somsak"], ["decide", "8"], ["report", "8"], ["note", "8"], ["reopen"], ["assign", "8"]],
)  # fmt: skip
def test_without_a_terminal_nothing_is_ever_asked(sample: Srctl, words: list[str]) -> None:
    ran = sample.run(*words, "--as", "malee", typed="ไม่มีใครอ่าน\n" * 9) if words != ["show"] else sample.run(*words)
    assert ran.code == USAGE
    assert ran.out == ""
    assert ran.err.startswith("srctl: ")
    assert "\n  → srctl " in ran.err


def test_a_short_id_in_thai_is_asked_for_again_at_once(tmp_path: Path) -> None:
    at = Terminal(["-C", str(tmp_path), "init", "office", "--name", "ก", "--name-en", "A", "--short", "ก",
                   "--ministry", "ก", "--prefix", "ศธ 0100", "--minister", "ก", "--my-name", "ข",
                   "--my-email", "kho@example.go.th"],
                  env={"SRCTL_LANG": "en"})  # fmt: skip
    at.answer("your short id", "มาลี")
    at.until("is no short id")
    at.until("your short id")
    at.again("malee")
    at.answer("Enter records;", "")
    ended(at)
    assert (tmp_path / "office" / "office.yaml").exists()


@pytest.mark.parametrize(
    "words",
    [["pause", "10", "awaiting-complainant"], ["extend", "10", "no-such-rule", "--for", "+5wd"],
     ["step", "drop", "10", "s99"], ["promise", "waived", "10", "a99"], ["promise", "broken", "10", "a99"],
     ["reopen", "10"]],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_before_its_reason_is_asked(sample: Srctl, words: list[str]) -> None:
    at = sit(sample, *words)
    assert at.end() not in (0, INTERRUPTED)
    assert "srctl: " in plain(at.said)


def test_a_coordinator_is_chosen_from_a_list(sample: Srctl) -> None:
    at = sit(sample, "assign", "10")
    at.answer("coordinator:", "สุดา")
    ended(at)
    assert case(sample, "10")["owner"] == "suda"


def test_a_decision_is_asked_for_its_paper_among_those_of_the_case(sample: Srctl) -> None:
    sample.ok("letter", "8", "support", "--to", "obec", "--ask", "ขอข้อมูล", "--as", "malee")
    at = sit(sample, "decide", "8")
    at.answer("who decided [", "")
    at.answer("what was decided:", "เห็นชอบ")
    assert "   1  Letter asking for support (support)  " in at.seen("on which paper (optional):")
    at.type("ไม่มี")
    at.seen("nothing is called “ไม่มี”")  # a paper that is not there is refused where it is typed
    at.again("1")
    ended(at)
    assert case(sample, "8")["log"][-1]["paper"] == "support"


@pytest.mark.parametrize("keys", ["\x1b[D", "\x1b[1;5C", "\x1bOH", "\x1b[3~"])
def test_an_arrow_key_leaves_nothing_in_what_was_typed(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    said: list[str] = []
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: f"โรง{keys}เรียน")
    monkeypatch.setattr(prompts, "renew", lambda: None)
    monkeypatch.setattr("srctl.cli.view.say", said.append)
    assert prompts.text("subject") == "โรงเรียน"
    assert "โรงเรียน" in said[0]
