"""One is one and many are many: what the commands really say in English when there is 1 of something."""

import re

import pytest

from srctl.core import i18n
from srctl.model.labels import span_words
from tests.conftest import Srctl
from tests.screens import capture, plain

FRIDAY, WEDNESDAY = "2026-11-20T09:12", "2026-11-25T09:12"
# "1 cases", "1 working days"; no number of a case, date or step stands before a plural.
WRONG = re.compile(r"(?<![\w.:/+-])1 (?:[a-z]+ )?(?!needs\b|moves\b)[a-z]+s\b")


@pytest.fixture(autouse=True)
def english(thai: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, as malee; ``thai`` comes first, and puts the language back."""
    monkeypatch.setenv("SRCTL_AS", "malee")
    i18n.use("en")


@pytest.fixture
def english_office(office: Srctl) -> Srctl:
    """An office whose language is English: what it records, it records in English."""
    file = office.root / "office.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("language: th", "language: en"), encoding="utf-8")
    office.ok("adopt", "office.yaml")
    return office


@pytest.fixture
def one(english_office: Srctl) -> Srctl:
    """An office with one complaint by letter, planned in one step, with a promise and an extension by one day."""
    office = english_office
    office.ok(
        "new", "complaint", "--subject", "ถนนชำรุด", "--order", "ตรวจ", "--anonymous", "--due", "+1wd", "-c", "letter"
    )
    office.ok("plan", "1", "--result", "ซ่อมแล้ว", "--step", "โทร", "--override", "ทดสอบ")
    office.ok("contact", "1", "obec/somsak", "--by", "phone", "--said", "ก", "--they-promise", "ส่ง", "--until", "+1wd")
    office.ok("extend", "1", "order.due", "--for", "+1wd", "--why", "รอผล")
    return office


@pytest.mark.parametrize(
    ("at", "words", "said"),
    [
        (FRIDAY, "list ถนน", "\n1 case\n"),
        (FRIDAY, "check 1", "1 file checked, 0 problems\n"),
        (FRIDAY, "history 1", " planned 1 step "),
        (FRIDAY, "show 1", " order.due extended by 1 working day\n"),
        (WEDNESDAY, "show 1", "24 Nov 2026  1 wd late"),
        (WEDNESDAY, "due", "24 Nov 2026    1 late"),
        (FRIDAY, "due --days 1 --owner suda", "nothing is late or due within 1 day\n"),
        (FRIDAY, "due --days 2 --owner suda", "nothing is late or due within 2 days\n"),
        (FRIDAY, "kinds show complaint", ": 1 working day from the day of receipt\n"),
        (FRIDAY, "kinds show complaint", ": 15 days from the day of receipt\n"),
        (FRIDAY, "explain 1", "15 days from the day of receipt\n"),
        (FRIDAY, "handover malee --to suda --why ทดสอบ --dry-run", "1 case  malee → suda"),
        (FRIDAY, "chase", "1 more needs no reminder yet: srctl chase --all\n"),
        (FRIDAY, "register in", "Register of papers received 2026 (1)"),
        (FRIDAY, "calc 2026-11-20 +1wd", "23 Nov 2026\n"),
        (FRIDAY, "note 1 ก\aข", "taken out: 1 invisible character ("),
        (FRIDAY, "note 1 ก\a\aข", "taken out: 2 invisible characters ("),
        (FRIDAY, "letter 1 ask-information --to obec --to ops --ask ก", ": 2 files in "),
        (FRIDAY, "doctor", " things looked at: "),
    ],
)
def test_one_is_said_as_one(one: Srctl, at: str, words: str, said: str) -> None:
    ran = one.at(at).run(*words.split(" "))
    assert said in ran.out + ran.err
    assert WRONG.findall(ran.out + ran.err) == []


def test_what_a_holiday_moves_is_counted(english_office: Srctl) -> None:
    office = english_office
    holiday = ("วันหยุดพิเศษ", "--source", "มติ ครม. 20 พ.ย. 2569")
    office.ok("new", "complaint", "--subject", "เรื่องหนึ่ง", "--order", "ตรวจ", "--anonymous")
    assert office.ok("calendar", "add", "2026-11-23", *holiday).err.startswith("1 deadline moves\n")
    assert "\n1 deadline of 1 case  " in office.ok("replan").out
    assert "\n✓ 1 deadline of 1 case\n" in office.ok("replan", "--do", "--why", "มติ ครม.").out
    assert " replanned: 1 deadline of 1 case" in office.git("log", "-1", "--format=x %s")
    office.ok("new", "complaint", "--subject", "เรื่องสอง", "--order", "ตรวจ", "--anonymous")
    assert office.ok("calendar", "add", "2026-11-24", *holiday).err.startswith("2 deadlines move\n")
    assert "\n2 deadlines of 2 cases  " in office.ok("replan").out


def test_one_fault_is_one_problem(one: Srctl) -> None:
    path = one.case_file("2569-0001")
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert one.run("check", "1").out.endswith("\n1 file checked, 1 problem\n")


@pytest.mark.parametrize(
    ("n", "unit", "said"),
    [(1, "workday", "1 working day"), (2, "workday", "2 working days"), (1, "day", "1 day"), (2, "day", "2 days"),
     (1, "month", "1 month"), (3, "month", "3 months"), (1, "", "1 working day")],
)  # fmt: skip
def test_a_span_of_time_is_one_or_many(n: int, unit: str, said: str) -> None:
    assert span_words(n, unit) == said


def test_a_terminal_says_one_case(one: Srctl) -> None:
    code, said = capture(["-C", str(one.root), "list", "ถนน"], env={"SRCTL_LANG": "en"})
    assert (code, plain(said).splitlines()[-1]) == (0, "1 case")
