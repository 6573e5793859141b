"""Where a text surely names a person, where it may, and where a word only looks like a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srctl.model.case import Complainant
from srctl.model.identifiers import identifiers, mentions

PERSON = Complainant(
    "น.ส.สมหญิง รักถิ่น", "08 1111 2222, 0 2999 8888 ต่อ 12",
    "99/9 หมู่ 4 ซอยสุขใจ 3 ถนนทดลอง ตำบลสมมติ อำเภอเมือง จังหวัดสมมติบุรี",
    "somying.r@example.com", "1 1037 00000 12 3",
)  # fmt: skip
SURELY = (
    "สมหญิง รักถิ่น", "น.ส.สมหญิง รักถิ่น", "นส.สมหญิง รักถิ่น", "น.ส สมหญิง รักถิ่น", "ผศ.ดร.สมหญิง รักถิ่น",
    "คุณครูสมหญิง รักถิ่น", "ว่าที่ ร.ต.หญิง สมหญิง รักถิ่น", "ร.ต.อ.หญิง สมหญิง รักถิ่น", "ผอ.สมหญิง รักถิ่น",
    "นางสาวสมหญิงรักถิ่น", "ส ม ห ญิ ง รั ก ถิ่ น", "สม\u200bหญิง\u00a0รักถิ่น", "รักถิ่น สมหญิง",
    "น.ส.รักถิ่น สมหญิง", "รักถิ่น, สมหญิง", "นางสาวสมหญิง", "น.ส.สมหญิง", "คุณสมหญิง", "ครูสมหญิง",
    "คุณส\u200bมหญิง", "น.ส.สมหญิงฯ", "สมหญิงฯ", "น.ส. สมหญิง ฯ", "ส. รักถิ่น", "ส.รักถิ่น", "น.ส. ส. รักถิ่น",
    "สมหญิง ร.", "081-111-2222", "+66 81 111 2222", "0066811112222", "๐๘๑๑๑๑๒๒๒๒", "02 999 8888",
    "0-2999-8888 ต่อ 12", "02-999-8888 #๑๒", "1-1037-00000-12-3", "๑๑๐๓๗๐๐๐๐๐๑๒๓", "Somying.R@Example.com",
    "99/9 หมู่ 4 ซอยสุขใจ 3 ถนนทดลอง ตำบลสมมติ อำเภอเมือง จังหวัดสมมติบุรี", "99/9 ม.4 ต.สมมติ",
    "๙๙/๙ หมู่ ๔ ตำบลสมมติ", "บ้านเลขที่ 99/9 หมู่ที่ 4", "99/9 ม.4 ซ.สุขใจ 3 ถ.ทดลอง ต.สมมติ อ.เมือง จ.สมมติบุรี",
    "99/9 ถ.ทดลอง", "เลขที่ ๙๙/๙ ต.สมมติ", "99/9ม.4ต.สมมติอ.เมือง", "99/9 แขวงสมมติ",
)  # fmt: skip


def judged(text: str, person: Complainant = PERSON) -> list[tuple[str, bool]]:
    """What is found in ``text``, in order, and whether surely."""
    return [(text[m.start : m.stop], m.sure) for m in mentions(text, identifiers(person))]


@pytest.mark.parametrize("way", [way for way in SURELY if "," not in way])
@pytest.mark.parametrize("around", ["ตามที่ {} ได้ร้องเรียน", "{}", "({})", "จาก{} ว่า", "ตามที่ {}ร้องเรียน"])
def test_who_is_surely_the_person_is_found_whole_with_the_title(way: str, around: str) -> None:
    if around.startswith("จาก") and (way[0] in "สร" and ("ฯ" in way or "." in way)):
        pytest.skip("a bare name behind a word may be the end of a longer one")
    if "ร้อง" in around and way[-1].isascii() and way[-1].isalpha():
        pytest.skip("an address of letters goes on")
    assert judged(around.format(way)) == [(way, True)]


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("สมหญิง", "สมหญิง"),
        ("ให้สมหญิงมาพบ", "สมหญิง"),
        ("ครอบครัวรักถิ่น", "รักถิ่น"),
        ("นายรักถิ่น", "นายรักถิ่น"),
        ("นางสาวสมหญิง แซ่ลี้", "นางสาวสมหญิง"),  # perhaps another of that given name: nobody is called ผู้ร้อง แซ่ลี้
        ("นางสมหญิงวรรณ ใจดี", "นางสมหญิง"),
        ("สมหญิง รักถิ่นา", "สมหญิง รักถิ่น"),
        ("อยู่ที่ 99/9", "99/9"),
        ("บ้านเลขที่ ๙๙/๙ หมู่ 5", "บ้านเลขที่ ๙๙/๙"),
    ],
)
def test_what_may_be_the_person_is_told_and_stays(text: str, may_be: str) -> None:
    assert judged(text) == [(may_be, False)]


@pytest.mark.parametrize(
    "text",
    ["สมหญิ รักถิ", "หมู่ 4 ตำบลสมมติ", "199/9", "99/90", "99/9/2569", "ชั้น ป.99/9", "081-111-2223", "นายสมชาย มีสุข"],
)
def test_who_is_somebody_else_is_not_found(text: str) -> None:
    assert judged(text) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("นางสมใจ ดี", "ความดีใจและสมใจนึก", [("สมใจ", False)]),
        ("นางสมใจ ดี", "ทำดี มีสุข", []),
        ("นายดี งาม", "ดีเลิศ งดงาม", []),
        ("นายดี งาม", "นายดี ร้องเรียน", [("นายดี", True)]),
        ("นายสมบัติ ทองคำ", "คุณสมบัติของผู้สมัคร", [("คุณสมบัติ", False)]),
        ("นายเทพ สุข", "ส่งไปกรุงเทพฯ", []),
        ("นายกษม ดีงาม", "ผู้เกษมสุข", []),
        ("นายอำเภอใจ ดีมาก", "นายอำเภอเมือง", []),
        ("นางสาวคุณากร ใจงาม", "คุณากร ใจงาม", [("คุณากร ใจงาม", True)]),
        ("นายสมชาย ใจดี และนางสมศรี รักดี", "ตามที่นางสมศรี รักดี ร้อง", [("นางสมศรี รักดี", True)]),
        ("นายสมชาย ใจดี กับพวก", "นายสมชาย ใจดี", [("นายสมชาย ใจดี", True)]),
        ("Mr. John Smith", "Mr.John Smith, J. Smith, Johnson", [("Mr.John Smith", True), ("J. Smith", True)]),
        ("สมหมาย", "สมหมาย ร้องว่า", [("สมหมาย", True)]),
        ("สมหมาย", "ตามสมหมายของ", [("สมหมาย", False)]),
        ("ไม่ประสงค์ออกนาม", "ผู้ร้องไม่ประสงค์ออกนาม", []),
    ],
)
def test_a_name_that_is_a_word_mangles_no_word(name: str, text: str, found: list[tuple[str, bool]]) -> None:
    assert judged(text, Complainant(name)) == found


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("081-111-2222 089-999-8888", "โทร 0899998888"),
        ("02-999-8888-9", "โทร 0 2999 8888"),
        ("+66 81 111 2222", "081-1112222"),
        ("081-111-2222 (มือถือ)", "0811112222"),
    ],
)
def test_each_number_of_a_field_is_found(phone: str, text: str) -> None:
    assert [sure for _place, sure in judged(text, Complainant(phone=phone))] == [True]


PIECES = [*"สมหญิงรักถิ่น ๙9/.ฯ่ำเ\u200bม", "น.ส.", "คุณ", "สมหญิง", "รักถิ่น", "99/9", "หมู่ 4", "0811112222", "ร้อง"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_no_place_overlaps_another_and_what_is_left_names_nobody_surely(text: str) -> None:
    found = mentions(text, identifiers(PERSON))
    ends = [0, *(place for m in found for place in (m.start, m.stop)), len(text)]
    assert ends == sorted(ends)
    left = text
    for mention in reversed(found):
        left = left[: mention.start] + "|" + left[mention.stop :] if mention.sure else left
    assert not any(m.sure and m.what == "name" for m in mentions(left, identifiers(PERSON)))
