"""A text of several items is read as people paste it: the numbers are the form's, not theirs."""

import pytest

from srctl.core.numbered_items import all_items, items_of, numbered_text

TWO = ("ครบถ้วน", "ทันเวลา")


@pytest.mark.parametrize(
    "text",
    [
        "1. ครบถ้วน\n2. ทันเวลา",
        "๑. ครบถ้วน\n๒. ทันเวลา",
        "1. ครบถ้วน 2. ทันเวลา",
        "1.ครบถ้วน 2.ทันเวลา",
        "1) ครบถ้วน\n2) ทันเวลา",
        "(๑) ครบถ้วน\n(๒) ทันเวลา",
        "ข้อ ๑ ครบถ้วน\nข้อ ๒ ทันเวลา",
        "๓.๑ ครบถ้วน\n๓.๒ ทันเวลา",
        "- ครบถ้วน\n- ทันเวลา",
        "เห็นว่า\n1. ครบถ้วน\n2. ทันเวลา",
        "เห็นควร ดังนี้: 1. ครบถ้วน 2. ทันเวลา",
    ],
)
def test_numbers_typed_are_taken_off(text: str) -> None:
    assert items_of(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "ครบถ้วน",
        "งบประมาณ 1.5 ล้านบาท และ 2.5 ล้านบาท",
        "2.5 ล้านบาทพอแล้ว",
        "ควรทำตามข้อ 1. และข้อ 2. ของประกาศ",
        "อนุมัติโครงการ แยกเป็น 1. ค่าเดินทาง 2. ค่าที่พัก",
        "ย่อหน้าแรก\nย่อหน้าที่สอง",
        "15 ธันวาคม",
    ],
)
def test_a_text_that_numbers_nothing_is_one_item(text: str) -> None:
    assert items_of(text) == (text,)


def test_an_item_typed_by_itself_loses_its_number() -> None:
    assert items_of("1. ครบถ้วน") == items_of("๒. ครบถ้วน") == ("ครบถ้วน",)


def test_what_stands_below_an_item_stays_with_it() -> None:
    assert items_of("1. ก\n1.1 ข\n1.2 ค\n2. ง") == ("ก\n1.1 ข\n1.2 ค", "ง")
    assert items_of("1. เป็นไปตามข้อ 2. ของระเบียบ 2. ทันเวลา") == ("เป็นไปตามข้อ 2. ของระเบียบ", "ทันเวลา")


def test_items_stand_in_one_text_and_are_read_back() -> None:
    assert items_of(numbered_text(TWO)) == TWO
    assert numbered_text(("ครบถ้วน",)) == "ครบถ้วน"
    assert items_of("") == ()
    assert all_items(["1. ก\n2. ข", "ค"]) == ("ก", "ข", "ค")
