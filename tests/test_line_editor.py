"""Lines typed at prompts, in a real pseudo-terminal: what is recorded is what is seen."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from srctl.cli.menus import MOST, Menu
from tests.conftest import Srctl
from tests.screens import Terminal, plain, too_wide

# Asks each question given as an expression, and tells the answers.
ASK = """
import json, sys
from pathlib import Path
from srctl.cli import prompts, wizard
from srctl.cli.parser import Abort
from srctl.core import i18n
from srctl.core.errors import UsageError
from srctl.index.workspace import closing_opened, set_settings
i18n.use("en")
set_settings(cwd=Path(sys.argv[2]), acting="malee")
def no_x(typed):
    if "x" in typed:
        raise UsageError("no x please")
answers = []
with closing_opened():
    for question in sys.argv[3:]:
        try:
            answers.append(eval(question))
        except prompts.Back:
            answers.append("BACK")
        except Abort:
            answers.append("ABORT")
print("ANSWERS", json.dumps(answers))
"""


def asked(*questions: str, columns: int = 80, cwd: Path = Path(), **env: str) -> Terminal:
    return Terminal([str(cwd), *questions], columns, env, program=ASK)


def answers(at: Terminal) -> Any:
    assert at.end() == 0, plain(at.said)
    return json.loads(plain(at.said).partition("ANSWERS ")[2].split("\n")[0])


def typed(*keys: str, question: str = 'prompts.text("subject")', shown: str = "") -> str:
    """Press keys at a question, see that the line shows ``shown``, press Enter; return the answer."""
    at = asked(question)
    at.seen("subject:")
    at.press(*keys)
    if shown:
        at.line(f"subject: {shown}")
    at.press("Enter")
    [answer] = answers(at)
    return str(answer)


def test_the_keys_a_clerk_presses_give_what_is_seen() -> None:
    keys = ("ผู้ปกครองร้องเรียน", "Left", "Left", "Left", "X", "End", "BackSpace", "BackSpace", "Home", "ก", "Up")
    assert typed(*keys, shown="กผู้ปกครองร้องเXรี") == "กผู้ปกครองร้องเXรี"


def test_backspace_over_marks_erases_no_label_and_leaves_nothing_unseen() -> None:
    """Each takes the last code point, and what is left on the screen is what is left in the line."""
    at = asked('prompts.text("ชื่อเรื่อง")')
    at.seen("ชื่อเรื่อง:")
    text = "ผู้ปกครองที่นี่"
    at.press(text)
    at.seen(text)
    for _press in range(6):
        text = text[:-1]
        at.press("BackSpace")
    at.line(f"ชื่อเรื่อง: {text}")
    at.press(*["BackSpace"] * 12, "เรื่องใหม่")
    at.line("ชื่อเรื่อง: เรื่องใหม่")
    at.press("Enter")
    assert answers(at) == ["เรื่องใหม่"]


def test_delete_takes_a_letter_with_its_marks() -> None:
    assert typed("น้ำที่ดื่ม", "Home", "Right", "Right", "Delete", "Delete", shown="น้ำม") == "น้ำม"


def test_a_mark_joins_the_letter_before_the_cursor() -> None:
    assert typed("กนเรียน", "Home", "Right", "ั", "Right", "้", shown="กัน้เรียน") == "กัน้เรียน"


def test_keys_typed_ahead_stand_in_the_line_and_nowhere_else() -> None:
    at = asked('prompts.text("subject")')
    at.press("ก่อนถาม")
    at.line("subject: ก่อนถาม")
    at.press("BackSpace", "ม!")
    at.line("subject: ก่อนถาม!")
    assert at.screen() == "subject: ก่อนถาม!"
    at.press("Enter")
    assert answers(at) == ["ก่อนถาม!"]


def test_undo_and_redo_in_the_line() -> None:
    assert typed("กข", "Left", "ค", "Ctrl-Z", shown="กข") == "กข"
    assert typed("กข", "Left", "ค", "Ctrl-_", "Ctrl-Y", shown="กคข") == "กคข"


def test_several_lines_pasted_into_a_short_text_are_refused_and_the_line_stays() -> None:
    at = asked('prompts.text("subject")', 'prompts.text("from whom")')
    at.seen("subject:")
    at.press("เดิม")
    at.paste("หนึ่ง\nสอง\nสาม")
    at.seen("several lines do not fit here")
    at.line("subject: เดิม")
    at.paste("ที่วาง\n")  # the end of a line that came along
    at.seen("เดิมที่วาง")
    at.press("Enter")
    at.seen("from whom:")
    at.type("ข")
    assert answers(at) == ["เดิมที่วาง", "ข"]


def test_several_lines_pasted_into_a_long_text_are_one_value() -> None:
    at = asked('prompts.text("facts", long=True)')
    assert "Enter: end · F2: several lines" in at.seen("F2")
    at.paste("หนึ่ง\nสอง\nสาม")
    at.seen("F2 or Esc-Enter: end")
    at.press("Up", "Up", "End", " ครึ่ง", "Enter", "F2")
    assert answers(at) == ["หนึ่ง ครึ่ง\n\nสอง\nสาม"]


def test_a_long_text_of_one_line_ends_with_enter_and_of_several_with_f2() -> None:
    at = asked(*['prompts.text("facts", long=True)'] * 3)
    for keys in (("บรรทัดเดียว", "Enter"), ("หนึ่ง", "F2", "Enter", "สอง", "F2"), ("ก", "F2", "Enter", "ข", "Esc-Enter")):
        at.awaits("facts:")
        at.press(*keys)
    assert answers(at) == ["บรรทัดเดียว", "หนึ่ง\nสอง", "ก\nข"]


def test_several_lines_pasted_where_several_items_are_asked_are_an_item_each() -> None:
    at = asked('wizard.several("facts")')
    at.seen("facts 1")
    at.paste("หนึ่ง\n\nสอง\n  สาม")
    at.seen("สาม")
    at.press("Enter")
    at.seen("facts 4")
    at.press("Enter")
    assert answers(at) == [["หนึ่ง", "สอง", "สาม"]]


def test_up_brings_what_was_typed_in_that_field_and_only_there(sample: Srctl) -> None:
    questions = ['prompts.text("subject", field="subject")', 'prompts.text("subject", field="subject")',
                 'prompts.text("name", field="name", secret_history=True)']  # fmt: skip
    at = asked(*questions, cwd=sample.root)
    at.answer("subject:", "เรื่องแรก")
    at.answer("subject:", "เรื่องที่สอง")
    at.answer("name:", "นางสาวลับ")
    assert answers(at) == ["เรื่องแรก", "เรื่องที่สอง", "นางสาวลับ"]
    kept = [*(sample.root / ".git" / "srctl" / "typed" / "malee").iterdir()]
    assert [(file.name, file.stat().st_mode & 0o777) for file in kept] == [("subject.json", 0o600)]
    at = asked(*questions, cwd=sample.root)
    at.seen("subject:")
    at.press("ค้าง", "Up", "Up", "!", "Enter")
    at.awaits("subject:")
    at.press("ค้าง", "Up", "Down", "Enter")  # what was being typed comes back
    at.awaits("name:")
    at.press("Up", "ก", "Enter")
    assert answers(at) == ["เรื่องแรก!", "ค้าง", "ก"]
    assert sample.git("status", "--porcelain") == ""


def test_what_is_refused_stays_in_the_line_to_be_mended() -> None:
    at = asked('prompts.text("code", check=no_x)')
    at.answer("code:", "abcx")
    at.until("no x please")
    at.awaits("code: abcx")
    at.press("BackSpace", "d", "Enter")
    assert answers(at) == ["abcd"]


def test_a_default_is_taken_by_enter_replaced_by_typing_and_changed_after_right() -> None:
    at = asked(*['prompts.text("from", "รมว.ศธ.")'] * 3, 'prompts.text("by", "รมว.", required=False)')
    at.answer("from [รมว.ศธ.]:", "")
    at.answer("from [รมว.ศธ.]:", "สพฐ.")
    at.awaits("from [รมว.ศธ.]:")
    at.press("Right", " (ด่วน)", "Enter")
    at.answer("by [รมว.] (- for none):", "-")
    assert answers(at) == ["รมว.ศธ.", "สพฐ.", "รมว.ศธ. (ด่วน)", ""]


def test_ctrl_b_or_a_single_sign_goes_back_where_there_is_a_question_before() -> None:
    at = asked('prompts.text("a", back=True)', 'prompts.menu("b", [("x", "ก")], back=True)',
               'prompts.yes("c", default=True, back=True)', 'prompts.text("d")')  # fmt: skip
    at.seen("a:")
    at.press("ครึ่ง", "Ctrl-B")
    at.answer("b:", "<")
    at.answer("c (y/n) [y]:", "<")
    at.awaits("d:")
    at.press("Ctrl-B")
    at.seen("there is no question before this one")
    at.press("<", "Enter")
    assert answers(at) == ["BACK", "BACK", "BACK", "<"]


@pytest.mark.parametrize("keys", ["Ctrl-C", "Ctrl-D"])
def test_ctrl_c_stops(keys: str) -> None:
    at = asked('prompts.text("a")')
    at.seen("a:")
    at.press(keys)
    assert answers(at) == ["ABORT"]


KINDS = '[("directive", "คำสั่งการ"), ("question", "กระทู้ถาม"), ("motion", "ญัตติ"), ("press", "แถลงข่าว")]'


def test_a_choice_is_taken_by_number_name_part_arrow_or_likeness() -> None:
    taken = {
        (): "directive", ("๒",): "question", ("กระทู",): "question", ("Down", "Down"): "motion", ("Up",): "press",
        ("MOTION",): "motion", ("ญัตติ",): "motion", ("กทถาม", "Down"): "question",
    }  # fmt: skip
    at = asked(*[f'prompts.menu("kind", {KINDS}, "directive")'] * len(taken))
    assert "→  1  คำสั่งการ  (directive)\n   2  กระทู้ถาม  (question)" in at.seen("press")
    for keys in taken:
        at.awaits("kind [1]:")
        at.press(*keys, "Enter")
    assert answers(at) == [*taken.values()]
    words = dict(eval(KINDS))
    lines = [f"kind [1]: {words[code]}  ({code})" for code in taken.values()]
    assert at.screen().split("\n")[: len(taken)] == lines  # each list is gone


def test_a_text_is_completed_by_part_of_what_is_known_and_any_other_taken() -> None:
    at = asked(*['prompts.text("from", known=[("ops", "สำนักงานปลัดกระทรวง"), ("m", "รมว.ศธ.")])'] * 3)
    for keys in (("ปลัด", "Tab"), ("สำนัก",), ("ปลดกระทรว", "Down")):
        at.awaits("from:")
        at.press(*keys, "Enter")
    assert answers(at) == ["ops", "สำนัก", "ops"]
    assert at.screen().split("\n")[:2] == ["from: สำนักงานปลัดกระทรวง", "from: สำนัก"]


def test_a_list_whose_lines_end_with_a_mark_is_drawn_as_it_is_and_moves_no_cursor() -> None:
    at = asked("prompts.text('to', known=[('~1', 'ขอความอนุเคราะห์'), ('~2', 'นายกรัฐมนตรี')])")
    at.awaits("to:")
    at.press("รัฐมนตรี")
    at.line("to: รัฐมนตรี")
    at.press("BackSpace")
    at.line("to: รัฐมนตร")
    assert "รัฐมนตรีี" not in plain(at.said)
    assert "ห์์" not in plain(at.said)
    at.press("Tab", "Enter")
    assert answers(at) == ["~2"]


def test_yes_is_a_key_of_either_keyboard() -> None:
    at = asked(*['prompts.yes("sure?", default=False)'] * 4)
    for key in ("y", "ั", "ื", "ใช่"):
        at.answer("sure? (y/n) [n]:", key)
    assert answers(at) == [True, True, False, True]


def test_a_narrowed_list_keeps_its_numbers_and_the_default() -> None:
    at = asked(f'prompts.menu("kind", {KINDS}, "directive")')
    at.seen("press")
    at.press("ข่าว")
    seen = at.seen("kind [1]: ข่าว\n→  4  แถลงข่าว  (press)\n   1  คำสั่งการ  (directive)")
    assert "กระทู้ถาม" not in seen
    at.press("Ctrl-U", "ไม่มี", "Enter")
    at.seen("nothing is called “ไม่มี”; type a number from 1 to 4, or part of a name")
    at.again("4")
    assert answers(at) == ["press"]


def test_where_lines_cannot_be_edited_plain_asking_stays() -> None:
    at = asked('prompts.text("subject")', f'prompts.menu("kind", {KINDS}, "directive")', TERM="dumb")
    at.answer("subject:", "โรง\x1b[Dเรียน")
    assert "→  1  คำสั่งการ" in at.answer("kind [1]:", "ไม่มี")
    at.until("nothing is called “ไม่มี”")
    at.answer("kind [1]:", "ญัตติ")
    at.until("→ ญัตติ  (motion)")
    assert answers(at) == ["โรงเรียน", "motion"]
    assert "\x1b[?" not in at.said


def test_where_the_editor_cannot_start_plain_asking_stays() -> None:
    broken = ASK.replace(
        "answers = []", "from srctl.cli import line_editor\nline_editor.create_input = None\nanswers = []"
    )
    at = Terminal([".", 'prompts.text("subject")'], program=broken)
    at.until("subject:")
    at.type("เรื่อง")
    assert answers(at) == ["เรื่อง"]


@pytest.mark.parametrize("columns", [80, 120])
def test_a_long_line_wraps_and_every_cell_is_shown(columns: int) -> None:
    text = "ที่ประชุมมีมติให้แจ้งผู้ร้องทราบภายในเจ็ดวัน" * 6
    at = asked('prompts.text("subject", note="20/11/2569, +3wd")', columns=columns)
    at.seen("subject (20/11/2569, +3wd):")
    at.press(text, "Home", "ก", "End", "Up", "ข", "Enter")
    [answer] = answers(at)
    assert answer.replace("ข", "", 1) == "ก" + text
    shown = "".join(line.ljust(0) for line in at.seen("ANSWERS").partition("\nANSWERS")[0].split("\n"))
    assert shown == f"subject (20/11/2569, +3wd): {answer}"
    assert too_wide(at.seen("ANSWERS"), columns) == []


def test_a_letter_at_the_right_margin_keeps_its_marks() -> None:
    margin = range(68, 71)  # behind "subject: ", the last column is the 71st
    at = asked(*['prompts.text("subject")'] * len(margin))
    texts = ["ก" * n + "ที่นี่ที่" for n in margin]
    for text in texts:
        at.awaits("subject:")
        at.press(text, "Left", "Left", "X", "BackSpace", "Enter")
    assert answers(at) == texts
    shown = at.screen().partition("\nANSWERS")[0].replace("\n", "")
    assert shown == "".join(f"subject: {text}" for text in texts)


def test_no_colour_where_none_is_wanted() -> None:
    at = asked('prompts.text("facts", long=True)', NO_COLOR="1")
    at.seen("F2")
    at.type("ก")
    answers(at)
    assert set(re.findall(r"\x1b\[[0-9;]*m", at.said)) == {"\x1b[0m"}
    assert "\x1b[6n" not in at.said  # the terminal is asked nothing


# -- menus as values


def menu(n: int = 30, default: str = "", near: tuple[str, ...] = ()) -> Menu:
    return Menu.of([(f"c{i}", f"คนที่ {i}") for i in range(1, n + 1)], default, near, {})


def test_of_many_those_near_come_first_and_every_number_stays() -> None:
    of_many = menu(default="c7", near=("c9", "c30"))
    assert [number for number, _line in of_many.offers("")] == ["1", "2", "3"]
    assert [of_many.meant(n) for n in ("1", "๒", "3", "4")] == ["c9", "c30", "c7", "c1"]
    assert tuple(of_many.offers(typed)[0][0] for typed in ("2", "คนที่ 30", "c30")) == ("2", "2", "2")
    assert of_many.marked("") == "3"
    assert "3" in [number for number, _line in of_many.offers("คนที่ 2")]


def test_every_choice_shows_its_number_and_many_are_listed_before_anything_is_typed() -> None:
    days = Menu.of([(f"a{i}", f"ภายใน {i} ธ.ค.") for i in range(1, 5)], "", (), {"a4": "2569-0004"})
    assert [line.split()[0] for _number, line in days.offers("")] == ["1", "2", "3", "2569-0004"]
    own = Menu.of([("2569-0001", "2569-0001  อีก 1 วัน")], "", (), {"2569-0001": "1"})
    assert own.offers("")[0][1].split()[0] == "1"
    assert len(menu().offers("")) == MOST


def test_a_choice_like_what_was_typed_is_shown_but_never_taken() -> None:
    listed = Menu.of([("a", "นายสมศักดิ์ สมมติการ"), ("b", "นางอนงค์")], "", (), {})
    assert [number for number, _line in listed.offers("สมศักด")] == ["1"]
    assert [number for number, _line in listed.offers("สมสัก")] == []
    assert [number for number, _line in listed.offers("สมศกดิ")] == ["1"]
    assert listed.meant("สมศกดิ") == ""
    assert listed.refusal("สมศกดิ", required=True)
