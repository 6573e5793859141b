"""What a kind takes for granted when a matter of it is received, and that no order is invented."""

import re
import zipfile
from typing import Any

import pytest

from tests.conftest import Srctl


def received(office: Srctl, *words: str) -> dict[str, Any]:
    office.ok("new", *words, "--as", "malee")
    shown = office.ok("show", "1", "--json").json
    fields: dict[str, Any] = shown["fields"]
    return {"from": shown["received"]["from"], "channel": shown["received"]["channel"], "by": shown["order"]["by"],
            "text": shown["order"]["text"], "stage": shown["stage"]} | fields  # fmt: skip


def drafted(office: Srctl) -> str:
    """The words of the one draft of the first case, tables and all."""
    (draft,) = office.root.glob("cases/*/*/2569-0001/*-draft.docx")
    xml = zipfile.ZipFile(draft).read("word/document.xml").decode()
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", " ", xml)).replace("\u2060", "").replace("\u200b", "")
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("directive", "-s", "ขอตัวเลข", "--order", "ภายในวันนี้"),
         {"from": "รมว.ศธ.", "channel": "voice", "by": "รมว.ศธ.", "text": "ภายในวันนี้", "stage": "analyse"}),
        (("directive", "-s", "ก", "--order", "ข", "--by", "เลขา รมว.", "-c", "line"),
         {"from": "รมว.ศธ.", "channel": "line", "by": "เลขา รมว.", "text": "ข", "stage": "analyse"}),
        (("web-complaint", "-s", "ก", "--set", "screening=เรื่องซ้ำ"),
         {"from": "ประชาชน", "channel": "web", "by": "", "text": "", "screening": "เรื่องซ้ำ", "stage": "analyse"}),
        (("consultation", "-s", "ก", "--from", "obec"),
         {"from": "obec", "channel": "", "by": "", "text": "", "stage": "analyse",
          "asker": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"}),
        (("foreign", "-s", "ก", "--set", "from_whom=ยูเนสโก"),
         {"from": "ยูเนสโก", "channel": "letter", "by": "", "text": "", "from_whom": "ยูเนสโก", "stage": "analyse"}),
    ],
)  # fmt: skip
def test_a_line_keeps_what_its_kind_takes_for_granted(
    office: Srctl, words: tuple[str, ...], found: dict[str, str]
) -> None:
    assert received(office, *words) == found


def test_a_complainant_without_a_name_passes_the_gate_and_is_not_said_to_want_none(office: Srctl) -> None:
    assert received(office, "complaint", "-s", "ก", "-c", "letter", "--unnamed")["stage"] == "analyse"
    shown = office.ok("show", "1").out
    assert "ไม่ระบุชื่อ" in shown
    assert "ไม่ประสงค์ออกนาม" not in shown


def test_who_asks_for_help_is_no_complainant(office: Srctl) -> None:
    office.ok("new", "assistance", "-s", "ขอทุน", "-c", "letter", "--complainant", "นางสมใจ ใจตัวอย่าง", "--as", "malee")
    head = office.ok("show", "1").out.partition("\n\n")[0]
    assert "ผู้ขอ " in head
    assert "ผู้ร้อง" not in head


def test_the_memo_on_an_invitation_says_the_day_and_no_order(office: Srctl) -> None:
    office.ok("new", "invitation", "-s", "ขอเชิญเป็นประธานเปิดงาน", "--set", "host=โรงเรียนตัวอย่าง",
              "--set", "date=4/12/2569", "--set", "time=9.30", "--set", "place=หอประชุมใหญ่",
              "--as", "malee")  # fmt: skip
    office.ok("analyse", "1", "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "ง", "--as", "malee")
    office.ok("memo", "1", "--as", "malee")
    text = drafted(office)
    assert "โรงเรียนตัวอย่าง มีหนังสือ" in text
    assert "ในวันที่ ๔ ธันวาคม ๒๕๖๙ เวลา ๐๙.๓๐ น. ณ หอประชุมใหญ่" in text
    assert "สั่งการ" not in text


def test_the_summary_names_who_ordered_only_where_somebody_did(office: Srctl) -> None:
    office.ok("new", "complaint", "-s", "ก", "-c", "letter", "--unnamed", "--as", "malee")
    office.ok("analyse", "1", "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "ง", "--as", "malee")

    def summary() -> str:
        office.ok("memo", "1", "--as", "malee")
        return drafted(office)

    assert "สั่งการ:" not in summary()
    office.ok("set", "1", "order.text=ให้ตรวจสอบ", "order.by=รมว.ศธ.", "--as", "malee")
    assert "รมว.ศธ. สั่งการ: ให้ตรวจสอบ" in summary()
