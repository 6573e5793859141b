"""Forms without a terminal: what is asked next, the way back, the whole, drafts, and the questions of every kind."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from srctl.cli import form, intake, intake_form, kept_answers
from srctl.cli.form import Answers, Desk, FormQuestion, Misfit, Questionnaire, State
from srctl.cli.form_screen import lines_of_whole, row_meant, shown_answer
from srctl.cli.prompts import Back
from srctl.core.dates import BANGKOK
from srctl.core.errors import NotFound, SrctlError, UsageError
from srctl.core.named_days import NamedDay
from srctl.core.thai import display_width
from srctl.index.workspace import Settings, Workspace, closing_opened, current, current_workspace
from tests.conftest import NOW, PROJECT, Srctl

BACK = "<"


def questions(answers: Answers) -> Sequence[FormQuestion]:
    found = [FormQuestion("name", "Name"), FormQuestion("phone", "Phone", required=False)]
    if answers.get("phone"):
        found.append(FormQuestion("hours", "Hours"))
    return [*found, FormQuestion("day", "Day", "day", asked=False, default="2026-11-20")]


def faults(answers: Answers) -> list[Misfit]:
    bad = answers["name"] == "bad" or (answers["name"], answers["phone"]) == ("a", "1")
    return [Misfit("name", UsageError("bad name"))] if bad else []


FORM = Questionnaire(lambda answers: answers.get("name", ""), questions, faults)


def typing(*script: str, looked: Sequence[str] = ("",)) -> tuple[Desk, list[str], list[State]]:
    """A desk at which answers are typed in that order; what was asked and what was kept."""
    answers, over = list(script), list(looked)
    asked: list[str] = []
    kept: list[State] = []

    def ask(_form: Questionnaire, state: State, question: FormQuestion, had: str) -> str:
        asked.append(f"{question.key}={had}")
        answer = answers.pop(0)
        if answer == BACK:
            raise Back
        form.refuse_fault(FORM, state.answers, question, answer)
        return answer

    def look_over(_form: Questionnaire, _state: State) -> str:
        asked.append("whole")
        wanted = over.pop(0)
        if wanted == BACK:
            raise Back
        return wanted

    return Desk(ask, look_over, lambda fault: asked.append(f"! {fault.message}"), kept.append), asked, kept


def test_questions_come_in_their_order_and_hang_on_earlier_answers() -> None:
    desk, asked, kept = typing("Malee", "1234", "9-12")
    state = form.filled_in(FORM, form.started({}), desk)
    assert asked == ["name=", "phone=", "hours=", "whole"]
    assert form.whole(FORM, state.answers) == {"name": "Malee", "phone": "1234", "hours": "9-12", "day": "2026-11-20"}
    assert [len(one.done) for one in kept] == [1, 2, 3]


def test_what_was_given_is_not_asked() -> None:
    desk, asked, _kept = typing("1", "2")
    form.filled_in(FORM, form.started({"name": "Malee", "phone": ""}), desk)
    assert asked == ["phone=", "hours=", "whole"]


def test_the_way_back_keeps_the_answers_and_from_the_whole_leads_to_the_last_question() -> None:
    desk, asked, _kept = typing("Malee", BACK, "Mali", "", "5678", "9", looked=[BACK, ""])
    state = form.filled_in(FORM, form.started({}), desk)
    assert asked == ["name=", "phone=", "name=Malee", "phone=", "whole", "phone=", "hours=", "whole"]
    assert state.answers == {"name": "Mali", "phone": "5678", "hours": "9"}


def test_back_before_the_first_question_asks_it_again() -> None:
    desk, asked, _kept = typing(BACK, "Malee", "")
    form.filled_in(FORM, form.started({}), desk)
    assert asked == ["name=", "name=", "phone=", "whole"]


def test_a_line_of_the_whole_is_gone_into_again_and_left_as_it_was_by_the_way_back() -> None:
    desk, asked, _kept = typing("Malee", "", "Mali", BACK, looked=["name", "phone", ""])
    state = form.filled_in(FORM, form.started({}), desk)
    assert asked == ["name=", "phone=", "whole", "name=Malee", "whole", "phone=", "whole"]
    assert state.answers == {"name": "Mali", "phone": ""}


def test_an_answer_is_refused_where_it_is_asked_and_the_whole_before_it_is_recorded() -> None:
    desk, _asked, _kept = typing("bad")
    with pytest.raises(UsageError, match="bad name"):
        form.filled_in(FORM, form.started({}), desk)
    desk, asked, _kept = typing("a", "1", "9", "b", looked=["", ""])
    form.filled_in(FORM, form.started({}), desk)
    assert asked == ["name=", "phone=", "hours=", "whole", "! bad name", "name=a", "whole"]


def test_a_day_is_kept_with_how_it_was_counted() -> None:
    counted = NamedDay(date(2026, 11, 25), "+3wd from 2026-11-20 = 2026-11-25")
    assert form.answered_day(form.day_answer(counted)) == counted
    assert form.answered_day("2026-11-25") == NamedDay(date(2026, 11, 25))
    assert form.answered_day("") == NamedDay()


def test_the_whole_is_shown_in_lines_that_fit_and_what_is_empty_in_few() -> None:
    rows = [
        (n, FormQuestion(f"q{n}", "ข้อที่ยาวพอสมควร " * (n % 3)), "คำตอบ " * (n * 4) if n < 9 else "")
        for n in range(1, 20)
    ]
    for room in (80, 120):
        shown = lines_of_whole("เรื่องทดสอบ", rows, room)
        assert (
            max(display_width(line) for line in shown if "ยังว่าง" not in line and not line.startswith(" " * 11)) <= room
        )
        assert len(shown) <= 24


def test_a_line_is_named_by_its_number_in_either_digits_or_a_part_of_its_name() -> None:
    rows = [
        (1, FormQuestion("a", "ชื่อเรื่อง"), "x"),
        (2, FormQuestion("b", "กำหนดเสร็จ"), ""),
        (3, FormQuestion("c", "ชื่อผู้ร้อง"), ""),
    ]
    assert [row_meant(rows, "บันทึก", typed) for typed in ("บันทึก", "๒", "2", "กำหนด", "เรื่อง")] == ["", "b", "b", "b", "a"]
    for typed in ("ชื่อ", "9", "ไม่มี"):
        with pytest.raises(NotFound):
            row_meant(rows, "บันทึก", typed)


def test_an_answer_is_shown_in_words() -> None:
    assert shown_answer(FormQuestion("a", "A", "menu", choices=(("x", "คำ"),)), "x") == "คำ"
    assert [shown_answer(FormQuestion("a", "A", "yes"), answer) for answer in ("yes", "")] == ["ใช่", "ไม่ใช่"]
    assert shown_answer(FormQuestion("a", "A", "several"), "หนึ่ง\nสอง") == "หนึ่ง · สอง"


# -- drafts ---------------------------------------------------------------------------------------------


def draft(folder: Path, name: str = "new", minute: int = 12) -> kept_answers.KeptDraft:
    at = datetime(2026, 11, 20, 9, minute, tzinfo=BANGKOK)
    state = State({"complainant.name": "นางสมใจ ใจตัวอย่าง"}, frozenset({"complainant.name"}), ("complainant.name",))
    return kept_answers.KeptDraft(folder / f"{minute}.json", name, at, "เรื่องหนึ่ง", state)


def test_a_draft_is_for_nobody_else_and_comes_back_whole(tmp_path: Path) -> None:
    folder = tmp_path / "drafts" / "malee"
    first, second = draft(folder), draft(folder, minute=30)
    for one in (first, second, draft(folder, "plan 2569-0001", 40)):
        assert kept_answers.keep(one, writing=False)
    assert kept_answers.found(folder, "new") == [second, first]
    if os.name != "nt":
        assert (first.file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    kept_answers.forget(first)
    kept_answers.forget(first)
    assert kept_answers.found(folder, "new") == [second]


def test_what_is_no_draft_or_being_typed_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "torn.json").write_text('{"format": 1, "form": "new"')
    (tmp_path / "later.json").write_text('{"format": 2}')
    kept_answers.keep(draft(tmp_path), writing=True)
    text = (tmp_path / "12.json").read_text()
    assert [one.file.name for one in kept_answers.found(tmp_path, "new")] == ["12.json"]  # our own process
    if os.name != "nt":
        (tmp_path / "12.json").write_text(text.replace(f'"{os.getpid()}@', f'"{os.getppid()}@'))
        assert kept_answers.found(tmp_path, "new") == []


def test_where_nothing_can_be_kept_work_goes_on(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file")
    assert not kept_answers.keep(draft(tmp_path / "drafts" / "malee"), writing=False)
    assert kept_answers.found(tmp_path / "drafts" / "malee", "new") == []


# -- what a kind asks ------------------------------------------------------------------------------------

KINDS = sorted(path.stem for path in (PROJECT / "templates/kinds").glob("*.yaml"))
NOTHING_TYPED = intake.Typed(
    "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", {"name": "", "phone": "", "anonymous": False}, ()
)


@pytest.fixture
def workspace(office: Srctl) -> Iterator[Workspace]:
    current.set(Settings(cwd=office.root, now=NOW, acting="malee", interactive=True))
    with closing_opened():
        yield current_workspace()


def clerk(answer: Callable[[FormQuestion], str]) -> tuple[Desk, list[str]]:
    """A desk at which every question is answered by ``answer``; the keys asked for."""
    asked: list[str] = []

    def ask(which: Questionnaire, state: State, question: FormQuestion, _had: str) -> str:
        asked.append(question.key)
        given = answer(question)
        assert given or not question.required or question.default, question.key
        form.refuse_fault(which, state.answers, question, given)
        return given

    def tell(fault: SrctlError) -> None:
        raise fault

    return Desk(ask, lambda _form, _state: "", tell, lambda _state: None), asked


def least(question: FormQuestion) -> str:
    """What somebody types who passes all that can be passed with Enter."""
    if not question.required or question.default:
        return question.default
    typed = {"menu": question.choices[0][0] if question.choices else "", "day": "2026-11-30", "time": "09:30"}
    return typed.get(question.sort, "ข้อความ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_what_its_first_gate_needs_and_nothing_twice(workspace: Workspace, kind: str) -> None:
    made = intake_form.Intake(workspace, NOTHING_TYPED._replace(kind=kind))
    which = Questionnaire(made.title, made.questions, made.faults)
    desk, asked = clerk(least)
    state = form.filled_in(which, form.started({"kind": kind}), desk)
    new = intake.matter(workspace, made.completed(form.whole(which, state.answers)))
    assert len(set(asked)) == len(asked) <= 13
    needs = workspace.folder.kind(kind).stages[0].needs
    for need in needs:
        top, _dot, name = need.partition(".")
        found: Any = new.data.get(top)
        assert found[name] if name and found else found, need
    if "order.text" not in needs:
        assert "order" not in new.data, "an order nobody gave"


def test_enter_at_every_prompt_of_a_complaint_by_website_says_whence_it_came(workspace: Workspace) -> None:
    made = intake_form.Intake(workspace, NOTHING_TYPED._replace(kind="web-complaint"))
    which = Questionnaire(made.title, made.questions, made.faults)
    desk, asked = clerk(least)
    state = form.filled_in(which, form.started({"kind": "web-complaint"}), desk)
    new = intake.matter(workspace, made.completed(form.whole(which, state.answers)))
    assert new.data["received"] == {"on": date(2026, 11, 20), "at": "09:12", "channel": "web", "from": "ประชาชน"}
    assert new.data["complainant"] == {"anonymous": False, "unnamed": True}
    assert not [key for key in asked if key.startswith("received")]


def test_a_letter_is_asked_for_number_date_scan_and_urgency_and_a_name_for_where_they_are(workspace: Workspace) -> None:
    made = intake_form.Intake(workspace, NOTHING_TYPED._replace(kind="complaint"))
    which = Questionnaire(made.title, made.questions, made.faults)
    typed = {"received.channel": "letter", "complainant.name": "นางสมใจ ใจตัวอย่าง", "complainant.phone": "08 1111 2222"}
    desk, asked = clerk(lambda question: typed.get(question.key) or least(question))
    state = form.filled_in(which, form.started({"kind": "complaint"}), desk)
    assert asked == [
        "subject", "received.channel", "received.ref", "received.dated", "files", "urgency", "complainant.name",
        "complainant.phone", "complainant.address", "complainant.anonymous", "fields.category", "fields.against",
        "fields.wanted",
    ]  # fmt: skip
    new = intake.matter(workspace, made.completed(form.whole(which, state.answers)))
    assert new.data["complainant"] == {"name": "นางสมใจ ใจตัวอย่าง", "phone": "08 1111 2222", "anonymous": False}
    assert all(q.personal for q in which.questions(state.answers) if q.key.startswith("complainant."))


def test_the_first_prompt_takes_a_kind_or_the_order_itself_and_another_kind_makes_it_no_order(
    workspace: Workspace,
) -> None:
    made = intake_form.Intake(workspace, NOTHING_TYPED)
    opening = made.questions({})[0]
    assert opening.means is not None
    assert opening.means("๖") == opening.means("กระทู้ถาม") == opening.means("question") == {"kind": "question"}
    assert opening.means("ขอตัวเลข") == {"kind": "directive", "order.text": "ขอตัวเลข"}
    answers = {"opening": "ขอเชิญ\nเปิดงาน", "kind": "directive", "order.text": "ขอเชิญ\nเปิดงาน"}
    chosen = next(question for question in made.questions(answers) if question.key == "kind")
    assert chosen.means is not None
    assert chosen.means("invitation") == {"order.text": "", "subject": "ขอเชิญ"}


def test_a_sender_is_asked_once_and_stands_in_both_places(workspace: Workspace) -> None:
    made = intake_form.Intake(workspace, NOTHING_TYPED._replace(kind="foreign"))
    which = Questionnaire(made.title, made.questions, made.faults)
    desk, asked = clerk(lambda question: "ยูเนสโก" if question.key == "fields.from_whom" else least(question))
    state = form.filled_in(which, form.started({"kind": "foreign"}), desk)
    answers = form.whole(which, state.answers)
    assert "received.from" not in asked
    assert (answers["received.from"], answers["fields.from_whom"]) == ("ยูเนสโก", "ยูเนสโก")
