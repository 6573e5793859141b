"""The account of a deadline in words, and as a Word file to attach: whole, in Thai, naming no complainant."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from srctl.core import i18n
from srctl.core.decoding import Text
from srctl.documents.docx.word_file import inventory, paragraphs, properties
from srctl.model.definitions import From, Rule, Unit
from srctl.office.folder import Folder
from srctl.reports.deadline_report import rule_in_words
from tests.conftest import PROJECT, Srctl

QUESTION = Folder(PROJECT).kinds["question"]


@pytest.fixture(autouse=True)
def english(thai: None) -> None:  # after it: the office speaks Thai
    i18n.use("en")


def rule(n: int, unit: Unit = "workday", start: From = "received", field: str = "") -> Rule:
    return Rule("r", Text("", ""), "case", n, unit, "", start, field=field)


# -- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (rule(1), "1 working day from the day of receipt"),
        (rule(3), "3 working days from the day of receipt"),
        (rule(1, "day", "dated"), "1 day from the date of the paper"),
        (rule(15, "day", "stage_start"), "15 days from the start of the stage"),
        (rule(1, "month", "replied"), "1 month from the day of the reply"),
        (rule(2, "month", "sent"), "2 months from the day of sending"),
        (rule(0), "on the day of receipt"),
        (rule(0, "day", "field", "sitting"), "on “Sitting”"),
        (rule(-1, start="field", field="sitting"), "1 working day before “Sitting”"),
        (rule(-3, start="field", field="sitting"), "3 working days before “Sitting”"),
        (rule(-3, start="field", field="gone"), "3 working days before “gone”"),
    ],
)
def test_a_rule_reads_as_a_clerk_would_say_it(made: Rule, words: str) -> None:
    assert rule_in_words(made, QUESTION) == words


def test_a_field_is_called_by_its_name_where_its_kind_is_not_known() -> None:
    assert rule_in_words(rule(-1, start="field", field="sitting")) == "1 working day before “sitting”"


@pytest.fixture
def stopped(sample: Srctl) -> Srctl:
    """The sample office; 2569-0010 was paused from Thursday to Saturday, its opinion then extended."""
    for words in (
        ("pause", "10", "complainant", "--why", "ขอเอกสารเพิ่ม", "--on", "2026-11-19"),
        ("resume", "10", "--on", "2026-11-20"),
        ("extend", "10", "opinion", "--for", "+2wd", "--why", "เอกสารมาก"),
    ):
        sample.ok("--as", "suda", *words)
    return sample


def test_a_pause_and_an_extension_are_told_with_who_when_and_why(stopped: Srctl) -> None:
    said = stopped.ok("explain", "10", "opinion").out
    assert "without extension  20 Nov 2026" in said
    assert "นางสาวสุดา สมมติเพียร: เอกสารมาก" in said
    assert "the day it was extended to" in said


def test_a_pause_is_told_only_where_a_day_was_not_counted_for_it(sample: Srctl) -> None:
    sample.ok("--as", "prasit", "set", "11", "date=14/12/2569")
    sample.ok("--as", "prasit", "pause", "11", "event", "--why", "รอกำหนดการ", "--on", "2026-11-20")
    sample.at("2026-11-25T09:00").ok("--as", "prasit", "resume", "11")
    forward = sample.ok("explain", "11", "advised").out
    assert "20 Nov 2026 up to before 25 Nov 2026 · Waiting for an event or an appointment · รอกำหนดการ" in forward
    assert "not counted · the case was paused" in forward
    back = sample.ok("explain", "11", "confirmed").out
    assert "paused" not in back
    assert "11 Dec 2026" in back


# -- the Word file ----------------------------------------------------------------------------------


def written(office: Srctl, target: Path, *words: str) -> Any:
    office.ok("explain", *words, "--docx", str(target))
    assert OpenXmlValidator().validate(target).errors == []
    return Document(str(target))


def text_of(target: Path) -> str:
    raw = target.read_bytes()
    return "\n".join((*paragraphs(raw), *inventory(raw).margins)).replace("\u00a0", " ")


def table_of(paper: Any) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in paper.tables[0].rows]


def test_the_file_tells_what_the_screen_tells_in_thai_and_thai_digits(stopped: Srctl, tmp_path: Path) -> None:
    target = tmp_path / "account.docx"
    paper = written(stopped, target, "10", "opinion")
    data = stopped.ok("explain", "10", "opinion", "--json").json["items"][0]
    heads, *rows = table_of(paper)
    assert heads == ["นับที่", "วันที่", "วัน", "เหตุผล"]
    assert len(rows) == len(data["days"])
    assert rows[0] == ["๐", "๑๙ พฤศจิกายน ๒๕๖๙", "วันพฤหัสบดี", "เริ่มนับ ถือเป็นวันที่ ๐"]
    assert rows[-1][1] == "๒๔ พฤศจิกายน ๒๕๖๙"
    said = text_of(target)
    for part in (
        "ค่าบำรุงการศึกษาที่ไม่ได้แจ้งล่วงหน้า", "๒๕๖๙-๐๐๑๐", "สรุปเรื่องและเสนอความเห็นต่อผู้มีอำนาจสั่งการ: ๒๔ พฤศจิกายน ๒๕๖๙",
        "ภายใน ๑ วันทำการ นับแต่วันที่ได้รับเรื่อง", "templates/kinds/web-complaint.yaml:", "นางสาวสุดา สมมติเพียร: เอกสารมาก",
    ):  # fmt: skip
        assert part in said, part
    assert i18n.language() == "en"


def test_without_a_name_every_deadline_of_the_case_stands_in_the_file(sample: Srctl, tmp_path: Path) -> None:
    paper = written(sample, tmp_path / "all.docx", "10")
    assert len(paper.tables) == len(sample.ok("explain", "10", "--json").json["items"]) == 2


def test_the_same_account_is_the_same_file_and_nothing_is_recorded(stopped: Srctl, tmp_path: Path) -> None:
    before = stopped.git("rev-parse", "HEAD")
    for name in ("a.docx", "b.docx"):
        written(stopped, tmp_path / name, "10")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert stopped.git("rev-parse", "HEAD") == before
    assert stopped.git("status", "--porcelain") == ""
    made = properties((tmp_path / "a.docx").read_bytes())
    assert (made.case, made.paper) == ("2569-0010", "account")


def test_the_file_names_neither_the_complainant_nor_whom_they_accuse(office: Srctl, tmp_path: Path) -> None:
    office.ok(
        "--as", "suda", "new", "complaint", "--subject", "นายลับมาก สมมติหลบ ขอความเป็นธรรม", "--from", "ประชาชน",
        "--channel", "letter", "--order", "ให้ตรวจสอบ", "--complainant", "นายลับมาก สมมติหลบ", "--phone", "08 0000 0199",
        "--set", "accused=นายถูกร้อง ตัวอย่างเงียบ", "--secrecy", "confidential",
    )  # fmt: skip
    office.ok("--as", "suda", "extend", "1", "opinion", "--for", "+1wd",
              "--why", "โทร 0800000199 หานาย ลับมาก สมมติหลบ เรื่องนายถูกร้อง ตัวอย่างเงียบ")  # fmt: skip
    target = tmp_path / "account.docx"
    written(office, target, "1")
    said = text_of(target)
    assert "ผู้ร้อง ขอความเป็นธรรม" in said
    for secret in ("ลับมาก", "หลบ", "๐๑๙๙", "0199", "ตัวอย่างเงียบ"):
        assert secret not in said, secret
    assert "ลับ" in [line.strip() for line in inventory(target.read_bytes()).margins]


def test_a_deadline_somebody_named_points_at_the_file_of_the_case(sample: Srctl, tmp_path: Path) -> None:
    target = tmp_path / "account.docx"
    paper = written(sample, target, "8", "order.due")
    assert table_of(paper)[1][1] == "๑๙ พฤศจิกายน ๒๕๖๙"
    assert "cases/" not in text_of(target)


@pytest.mark.parametrize("name", ["a.txt", "a.xlsx", "a"])
def test_a_file_of_another_ending_is_never_written(sample: Srctl, tmp_path: Path, name: str) -> None:
    assert ".docx" in sample.refused(2, "explain", "10", "--docx", str(tmp_path / name))
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_said_and_not_made(sample: Srctl, tmp_path: Path) -> None:
    assert "missing" in sample.refused(3, "explain", "10", "--docx", str(tmp_path / "missing" / "a.docx"))
    assert not (tmp_path / "missing").exists()


def test_only_the_file_is_in_thai_what_is_refused_is_in_the_language_of_the_screen(
    sample: Srctl, tmp_path: Path
) -> None:
    said = sample.refused(3, "explain", "10", "nothing", "--docx", str(tmp_path / "a.docx"))
    assert "has no deadline nothing" in said


def test_a_place_that_cannot_be_written_is_said_in_one_line(sample: Srctl, tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    assert "a.docx" in sample.refused(5, "explain", "10", "--docx", str(tmp_path / "a.docx"))


def test_a_layout_that_is_wrong_or_missing_is_told_with_its_file(sample: Srctl, tmp_path: Path) -> None:
    layout = sample.root / "templates/layouts/account.yaml"
    text = layout.read_text(encoding="utf-8")
    for wrong in (text.replace("top: 2cm", "top: 2 inch"), text.replace("styles:", "style:"), "a: [", None):
        if wrong is None:
            layout.unlink()
        else:
            layout.write_text(wrong, encoding="utf-8")
        assert "account.yaml" in sample.refused(4, "explain", "10", "--docx", str(tmp_path / "a.docx"))
    assert not (tmp_path / "a.docx").exists()
