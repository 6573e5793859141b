"""Texts brought into a line by a key: standard paragraphs, and what the office wrote before on like matters."""

import sys

import pytest

from srctl.core.errors import INTERRUPTED

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from srctl.office.folder import Folder, readable
from srctl.papers.earlier_texts import TextPlace, earlier_texts
from tests.conftest import Srctl
from tests.screens import Terminal, plain
from tests.test_form_screens import ended, sit
from tests.test_standard_paragraphs import FILLED, last_given, write


def at_progress(office: Srctl, case: str = "10") -> Terminal:
    at = sit(office, "letter", case, "interim-answer", language="en")
    at.seen("Progress:")
    return at


def recorded(at: Terminal) -> None:
    at.answer("optional):", "")
    at.answer("Enter records;", "")
    ended(at)


def test_a_paragraph_is_chosen_from_the_list_changed_and_recorded(sample: Srctl) -> None:
    write(sample, "progress")
    write(sample, "old", "การขอขยายเวลา", "ขอขยายเวลา", expires="2026-10-31")
    at = at_progress(sample)
    assert "F3: standard paragraphs · F4: earlier ones" in at.seen("F4")
    at.press("F3")
    at.seen("→ การขอขยายเวลา (head until 31 Oct 2026, over)")
    at.press("Enter")
    at.seen("it is over: srctl papers approve การขอขยายเวลา")
    at.press("Down", "Enter")
    at.seen(FILLED.split("\n")[1])
    at.press("ที่สุด", "F2")
    recorded(at)
    assert last_given(sample, "10") == {"progress": FILLED + "ที่สุด"}


def test_the_key_again_or_a_letter_closes_the_list_and_a_topic_may_be_typed(sample: Srctl) -> None:
    at = at_progress(sample)
    at.press("F3")
    at.seen("no standard paragraph")
    write(sample, "progress")
    at.press("F3")
    at.seen("F3: close")
    at.press("F3")
    at.seen("F2: several lines")
    at.press("F3")
    at.seen("F3: close")
    at.press("@")
    at.seen("F2: several lines")
    at.press("ไม่มี", "Enter")
    at.seen("there is no standard paragraph")
    at.seen("Progress: @ไม่มี\nEnter: end")
    at.again("@คืบหน้า")
    recorded(at)
    assert last_given(sample, "10") == {"progress": FILLED}


def sent(office: Srctl, text: str, *more: str) -> None:
    """An interim answer of 2569-0010, which นายสมมติ ห่วงบุตร brought, sent."""
    office.ok("letter", "10", "interim-answer", "--value", f"progress={text}", *more, "--as", "suda")
    for command in (("submit",), ("sign",), ("number",), ("send", "--by", "letter")):
        office.ok(command[0], "10", *command[1:], "--as", "suda")


def like_matter(office: Srctl) -> str:
    made = office.ok(
        "new", "complaint", "--subject", "ค่าบำรุงการศึกษาที่ไม่ได้แจ้งล่วงหน้าของอีกโรงเรียน", "--channel", "letter",
        "--from", "ประชาชน", "--complainant", "นางสาวอื่น สมมติสุข", "--as", "malee", "--json",
    )  # fmt: skip
    found: str = made.json["case"]["id"]
    return found


def test_an_answer_sent_before_is_taken_over_without_who_complained(sample: Srctl) -> None:
    sent(sample, "ได้ชี้แจงนายสมมติ ห่วงบุตร (โทร. 08 0000 0102) และคุณสมมติแล้ว")
    case = like_matter(sample)
    at = at_progress(sample, case)
    at.press("F4")
    screen = at.seen("F4: close")
    assert "ศธ 0100/" in screen
    assert "20 Nov 2026" in screen
    at.press("Enter")
    at.seen("Progress: ได้ชี้แจงผู้ร้อง")
    at.press("Enter")
    recorded(at)
    assert last_given(sample, case) == {"progress": "ได้ชี้แจงผู้ร้อง (โทร. (ขอสงวน)) และผู้ร้องแล้ว"}
    assert "ห่วงบุตร" not in plain(at.said)


def test_an_answer_that_is_secret_or_was_not_sent_is_not_shown(sample: Srctl) -> None:
    sample.ok("letter", "10", "interim-answer", "--value", "progress=ยังไม่ส่ง", "--as", "suda")
    case = like_matter(sample)
    at = at_progress(sample, case)
    at.press("F4")
    at.seen("nothing was written here in a like matter yet")
    sent(sample, "ความลับ", "--secrecy", "confidential", "--why", "ตามชั้นความลับ")
    at.press("x")
    at.seen("F2: several lines")
    at.press("F4")
    at.seen("nothing was written here in a like matter yet")
    at.interrupt()
    assert "ความลับ" not in ended(at, INTERRUPTED)


def test_an_opinion_of_a_like_matter_is_shown(sample: Srctl) -> None:
    at = sit(sample, "analyse", "12", language="en")
    for _list in ("issues", "facts", "law"):
        at.awaits("1 (")
        at.press("Enter")
    at.awaits("opinion")
    at.press("F4")
    at.seen("→ 2569-0005")
    at.press("Enter", "Enter")
    at.awaits("opinion 2 (")
    at.press("Enter")
    at.answer("proposal 1", "เห็นควรรับทราบ")
    at.awaits("proposal 2 (")
    at.press("Enter")
    at.awaits("(optional)")
    at.press("Enter")
    ended(at)
    assert sample.ok("show", "12", "--json").json["analysis"]["opinion"] == "ร่างคำตอบตรงประเด็นและข้อมูลถูกต้อง"


@pytest.mark.parametrize(
    ("case", "told"), [("2569-0012", ["2569-0005"]), ("2569-0011", ["2569-0006"]), ("2569-0010", [])]
)
def test_matters_of_the_kind_are_like_and_others_only_by_their_subject(
    sample: Srctl, case: str, told: list[str]
) -> None:
    folder = Folder(sample.root)
    asked = readable(folder.load(case))
    assert [one.case for one in earlier_texts(folder, asked, TextPlace("opinion"))] == told
    alike = asked._replace(kind="directive", subject="ความเป็นธรรมในการรับนักเรียนชั้นมัธยมศึกษา")
    assert "2569-0009" in [one.case for one in earlier_texts(folder, alike, TextPlace("opinion"))]
    folder.close()


@pytest.mark.parametrize(
    ("name", "told"),
    [("decision", "เห็นชอบ"), ("result", "ตอบกระทู้ถามและลงราชกิจจานุเบกษาภายในกำหนด"),
     ("issues", "เกณฑ์จัดสรรครูปีการศึกษา 2569\nแผนแก้ปัญหา")],
)  # fmt: skip
def test_decisions_results_and_lists_of_like_matters_are_at_hand_too(sample: Srctl, name: str, told: str) -> None:
    folder = Folder(sample.root)
    found = [one.text for one in earlier_texts(folder, readable(folder.load("2569-0012")), TextPlace(name))]
    folder.close()
    assert found[0].startswith(told)


def test_keys_are_told_and_work_where_a_decision_or_a_reminder_is_asked(sample: Srctl) -> None:
    at = sit(sample, "decide", "12", "--by", "รมว.ศธ.", language="en")
    at.seen("F3: standard paragraphs · F4: earlier ones")
    at.press("F4")
    at.seen("เห็นชอบ")
    at.press("Enter")
    at.press("Enter")
    ended(at)
    assert sample.ok("show", "12", "--json").json["log"][-1]["decision"] == "เห็นชอบ"
    at = sit(sample, "remind", "12", "+1wd", language="en")
    at.seen("F3: standard paragraphs · F4: earlier ones")
    at.interrupt()
    ended(at, INTERRUPTED)
