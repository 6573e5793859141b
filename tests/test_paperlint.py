"""A paper is read before it goes up: what is found, what is mended, what is left alone, what changed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.thai import clusters, excerpt, to_official_digits
from srctl.model.case import Complainant
from srctl.model.identifiers import identifiers
from srctl.papers.proofing.repairs import REPAIRS
from srctl.papers.proofing.rules import Finding, Paperfacts, WordChange, differences, findings, mended
from tests.conftest import PROJECT


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    """Judge the words in the language they are written in; the catalogue has tests of its own."""
    i18n.use("en")


PERSON = Complainant(
    "นางสาวสมหญิง รักธรรมดา", "08 0000 0199", "99 หมู่ 9 ตำบลตัวอย่าง", "somying@example.com", "1 0000 00000 00 9"
)
LETTER = Paperfacts(
    "letter", leaves=True, salutation="เรียน", respect="ขอแสดงความนับถือ", has_respect=True, complainant=PERSON
)
MEMO = Paperfacts("memo", salutation="เรียน", complainant=PERSON)
GOOD_LETTER = (
    "ที่ ศธ ๐๑๐๐/๑๒๓\tสำนักงานรัฐมนตรี",
    "๒๐ พฤศจิกายน ๒๕๖๙",
    "เรียน\tเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
    "สิ่งที่ส่งมาด้วย\t๑. สำเนาหนังสือร้องเรียน\tจำนวน ๑ ฉบับ",
    "\t๒. ประกาศรับนักเรียน\tจำนวน ๒ แผ่น",
    "ด้วยมีผู้ร้องขอความเป็นธรรม (สิ่งที่ส่งมาด้วย ๑ และ ๒) ติดต่อ saraban1@example.go.th",
    "ขอแสดงความนับถือ",
)
PIECES = [*"กนสเ าําํ่้ิุ์ๆ๑๒1230-/.()\u200b\u00a0\t\nAa@", "2026", " พ.ย. ", "พ.ศ.", "สิ่งที่ส่งมาด้วย", "จำนวน"]
hostile = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
any_text = st.one_of(hostile, st.text())


def found(*paragraphs: str, facts: Paperfacts = Paperfacts(), margins: tuple[str, ...] = ()) -> list[Finding]:  # noqa: B008
    return list(findings(paragraphs, margins, facts))


def codes(*paragraphs: str, facts: Paperfacts = Paperfacts()) -> list[str]:  # noqa: B008
    return [finding.code for finding in found(*paragraphs, facts=facts)]


def in_letter(*instead: str, facts: Paperfacts = LETTER, without: int = -1) -> list[str]:
    """Return what is found when one paragraph of the good letter is replaced (the one before the closing if none)."""
    at = without if without >= 0 else 5
    return codes(*GOOD_LETTER[:at], *instead, *GOOD_LETTER[at + 1 :], facts=facts)


def test_a_letter_as_it_should_be_has_no_finding() -> None:
    assert found(*GOOD_LETTER, facts=LETTER, margins=("- {PAGE} -",)) == []


# -- what is mended ------------------------------------------------------------------------------

DAMAGED = [
    ("sara-am", "ส านักงาน น ามา", "สำนักงาน นำมา"),
    ("sara-am", "จัดท า", "จัดทำ"),
    ("sara-am", "ทํา นํ้า น้ํา", "ทำ น้ำ น้ำ"),
    ("sara-am", "ท ํา ส ำนัก", "ทำ สำนัก"),
    ("sara-am", "ต ่ากว่า ซ้ า", "ต่ำกว่า ซ้ำ"),
    ("sara-ae", "เเม่เเละ", "แม่และ"),
    ("marks", "เพ่ือ พันธ์ุ", "เพื่อ พันธุ์"),
    ("marks", "หนา้ ทา่น", "หน้า ท่าน"),
    ("marks", "ท่่าน", "ท่าน"),
    ("marks", "โทรศัพท ์", "โทรศัพท์"),
    ("invisible", "นัก\u200bเรียน\ufeff", "นักเรียน"),
    ("ce-year", "วันที่ ๒๐ พฤศจิกายน ๒๐๒๖", "วันที่ ๒๐ พฤศจิกายน ๒๕๖๙"),
    ("ce-year", "๒๐ พ.ย. พ.ศ. ๒๐๒๖", "๒๐ พ.ย. พ.ศ. ๒๕๖๙"),
    ("ce-year", "๒๐/๑๑/๒๐๒๖", "๒๐/๑๑/๒๕๖๙"),
    ("arabic-digits", "ภายใน 15 วัน", "ภายใน ๑๕ วัน"),
    ("arabic-digits", "โทร. 0 2000 0131", "โทร. ๐ ๒๐๐๐ ๐๑๓๑"),
    ("mixed-number", "โทร. ๐-2000-๐๑๓๑", "โทร. ๐-๒๐๐๐-๐๑๓๑"),
]


@pytest.mark.parametrize(("code", "damaged", "right"), DAMAGED)
def test_mechanical_damage_is_told_and_mended(code: str, damaged: str, right: str) -> None:
    (finding,) = found("ย่อหน้าแรก", damaged)
    assert (finding.code, finding.place, finding.fixable) == (code, 2, True)
    assert finding.message
    assert finding.hint
    assert mended(damaged) == right
    assert found(right) == []


@pytest.mark.parametrize(
    "right",
    [
        "ค้า า",
        "ป ร ะ ก า ศ",
        "คำ สั่ ง ก า ร",
        "ทำหน้าที่  ต่ำกว่า\u00a0น้ำ",
        "๒๐ พฤศจิกายน ค.ศ. ๒๐๒๖",
        "๒๐ พฤศจิกายน ๒๕๖๙",
        "หนังสือ ที่ ศธ ๐๑๐๐/๒๐๒๖",
        "โรงเรียน ๒,๐๒๖ แห่ง",
        "ทุกปีละ ๒๐๐๐ บาท เดือนพฤศจิกายน ๒๐๐๐ คน",
        "ส่งที่ a1@example.go.th หรือ https://example.go.th/20/11/2026 และ example.go.th/2026-11-20",
        "โรค COVID-19 กระดาษ A4",
        "๒๐ November",
        "พันธุ์ สิทธิ์ ฟิสิกส์ พรหฺม",
    ],
)
def test_what_is_right_or_unclear_is_not_changed(right: str) -> None:
    assert mended(right) == right
    assert codes(right) == []


def test_no_word_of_the_shipped_files_is_changed() -> None:
    files = [path for folder in ("templates", "contacts", "cases") for path in (PROJECT / folder).rglob("*")]
    words = {
        word
        for path in files
        if path.suffix in (".yaml", ".j2", ".md")
        for word in re.findall("[ก-๙]+(?: [ก-๙]+)*", path.read_text("utf-8"))
    }
    assert len(words) > 1000
    assert [word for word in words if mended(word) != word] == []


def test_digits_of_a_paper_are_told_as_mixed_only_beside_thai_ones() -> None:
    assert codes("ภายใน 15 วัน") == ["arabic-digits"]
    assert codes("ข้อ ๑", "ภายใน 15 วัน") == ["mixed-digits"]
    assert codes("มาตรา ๑๖ 25/๒๕๖๙ 7 วัน") == ["mixed-number", "mixed-digits"]


def test_several_places_in_a_paragraph_are_one_finding() -> None:
    (finding,) = found("ส านักงาน จ านวน น ามา")
    assert "(3 places)" in finding.message
    assert finding.excerpt.startswith("ส านักงาน")


def test_headers_and_footers_are_read_as_well() -> None:
    (finding,) = found(margins=("ส านักงาน",))
    assert (finding.code, finding.place) == ("sara-am", 0)


@given(any_text)
def test_mending_twice_is_mending_once(text: str) -> None:
    assert mended(mended(text)) == mended(text)


@given(any_text)
def test_what_is_fixable_is_what_mending_changes(text: str) -> None:
    assert any(finding.fixable for finding in found(text)) == (mended(text) != text)
    assert not any(finding.fixable for finding in found(mended(text)))


@given(any_text)
def test_edits_stand_in_order_inside_the_text(text: str) -> None:
    for repair in REPAIRS:
        end = 0
        for edit in repair.edits(text):
            assert end <= edit.start < edit.end <= len(text)
            assert text[edit.start : edit.end] != edit.new
            end = edit.end


@given(any_text)
def test_official_digits_keep_every_place(text: str) -> None:
    official = to_official_digits(text)
    assert len(official) == len(text)
    assert all(
        old == new or (old in "0123456789" and new in "๐๑๒๓๔๕๖๗๘๙") for old, new in zip(text, official, strict=True)
    )


# -- what only a person can mend -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ปีการศึกษา ๒๐๒๖", ["ce-year"]),
        ("พ.ศ. ๒๐๒๖", ["ce-year"]),
        ("เดือนพฤศจิกายน ๒๐๒๖ นี้", ["ce-year"]),
        ("ประชุม ๒๐๒๖-๑๑-๒๐", ["ce-year"]),
        ("๑๑/๒๐/๒๐๒๖", ["ce-year"]),
        ("ปี ค.ศ. ๒๐๒๖", []),
        ("ปีการศึกษา ๒๕๖๙", []),
        ("เ่ก", ["stray-mark"]),
        ("ที่้", ["stray-mark"]),
        ("สระ -ั และ ◌ุ", []),
        ("ก\ue000ข", ["unreadable"]),
        ("ก\tข\nค", []),
    ],
)
def test_doubtful_text_is_told_but_not_changed(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert mended(text) == text


@pytest.mark.parametrize(
    ("paragraphs", "lone"),
    [
        (("๒. ข้อเท็จจริง", "๒.๑ ความเดิม", "๓. ข้อพิจารณา"), [2]),
        (("๒.๑ ความเดิม", "๒.๑.๑ รายละเอียด", "๒.๒ ปัจจุบัน"), [2]),
        (("(๑) ข้อเดียว", "(๑) ข้อหนึ่ง", "(๒) ข้อสอง"), [1]),
        (("2.1 ความเดิม", "2.2 ปัจจุบัน"), []),
        (("๑. เรื่อง", "๒. ข้อเท็จจริง"), []),
        (("๑. เรื่องเดียว",), []),
        (("๑.๕ ล้านบาท",), []),
        (("ตามข้อ ๒.๑ ของประกาศ",), []),
        (("๒.๑", "โดย ๒.๑ ความเดิม"), []),
    ],
)
def test_a_single_item_has_no_sub_number(paragraphs: tuple[str, ...], lone: list[int]) -> None:
    assert [f.place for f in found(*paragraphs) if f.code == "lone-sub-number"] == lone


# -- the addressee -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "facts", "expected"),
    [
        ("กราบเรียน\tเลขาธิการ", LETTER, ["salutation-wrong"]),
        ("นมัสการ  เจ้าอาวาส", LETTER, ["salutation-wrong"]),
        ("", LETTER, ["salutation-missing"]),
        ("เรียนรู้ตลอดชีวิต", LETTER, ["salutation-missing"]),
        ("เรียน\u00a0เลขาธิการ", LETTER, []),
        ("กราบเรียน  นายกรัฐมนตรี", LETTER._replace(salutation="กราบเรียน"), []),
        ("กราบเรียน\tเลขาธิการ", LETTER._replace(salutation=""), []),
    ],
)
def test_the_salutation_is_the_one_the_addressee_is_due(line: str, facts: Paperfacts, expected: list[str]) -> None:
    assert in_letter(line, facts=facts, without=2) == expected


@pytest.mark.parametrize(
    ("line", "facts", "expected"),
    [
        ("ขอแสดงความนับถืออย่างยิ่ง", LETTER, ["closing-wrong"]),
        ("ด้วยความเคารพอย่างสูง", LETTER, ["closing-wrong"]),
        ("ขอนมัสการด้วยความเคารพ", LETTER, ["closing-wrong"]),
        ("", LETTER, ["closing-missing"]),
        (
            "ขอแสดงความนับถือต่อท่านและขอขอบคุณในความร่วมมือที่ได้รับจากหน่วยงานของท่านด้วยดีตลอดมาทุกประการ",
            LETTER,
            ["closing-missing"],
        ),
        ("\tขอแสดงความนับถือ ", LETTER, []),
        ("ขอแสดงความนับถืออย่างยิ่ง", LETTER._replace(respect=""), []),
        ("", LETTER._replace(respect=""), ["closing-missing"]),
        ("ขอแสดงความนับถือ", MEMO, ["closing-unwanted"]),
        ("จึงเรียนมาเพื่อโปรดพิจารณา", MEMO, []),
        ("ขอแสดงความนับถือ", Paperfacts(), []),
    ],
)
def test_the_closing_is_the_one_the_addressee_is_due(line: str, facts: Paperfacts, expected: list[str]) -> None:
    assert in_letter(line, facts=facts, without=6) == expected


def test_a_wrong_closing_tells_the_right_one() -> None:
    (finding,) = found(*GOOD_LETTER[:-1], "ขอแสดงความนับถืออย่างยิ่ง", facts=LETTER)
    assert (finding.place, finding.fixable) == (7, False)
    assert finding.hint.endswith("ขอแสดงความนับถือ")


# -- what is enclosed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("รายละเอียดตามสิ่งที่ส่งมาด้วย ๓", ["attachment-unlisted"]),
        ("รายละเอียดตามสิ่งที่ส่งมาด้วย ๑ - ๓", ["attachment-unlisted"]),
        ("ปรากฏตามสิ่งที่ส่งมาด้วย ๑ และ ๓", ["attachment-unlisted"]),
        ("ดังสิ่งที่ส่งมาด้วย ๑, ๒", []),
        ("มีสิ่งที่ส่งมาด้วย ๕ ฉบับ", []),
        ("(สิ่งที่ส่งมาด้วย ๑) เมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙", []),
        ("สิ่งที่ส่งมาด้วย ๑ และ ๒๐ พฤศจิกายน ๒๕๖๙", []),
        ("รายละเอียดดังแนบ", []),
    ],
)
def test_what_is_named_as_enclosed_is_listed(text: str, expected: list[str]) -> None:
    assert in_letter(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("รายละเอียดดังแนบ", ["attachment-unlisted"]),
        ("จึงขอส่งเรื่องมาพร้อมนี้", ["attachment-unlisted"]),
        ("ตามสิ่งที่ส่งมาด้วย", ["attachment-unlisted"]),
        ("ตามบัญชีแนบท้ายประกาศ", []),
        ("ขอให้พร้อมเพรียงกัน", []),
    ],
)
def test_what_is_said_to_be_enclosed_needs_a_list_in_a_letter_only(text: str, expected: list[str]) -> None:
    listless = [*GOOD_LETTER[:3], text, GOOD_LETTER[-1]]
    assert codes(*listless, facts=LETTER) == expected
    assert codes(*listless[:-1], facts=MEMO) == []


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (("สิ่งที่ส่งมาด้วย  สำเนาหนังสือ",), [1]),
        (("สิ่งที่ส่งมาด้วย  ๑. สำเนา จำนวน ๑ ฉบับ", "๒. ประกาศ", "๓. บัญชี จำนวน 3 แผ่น"), [2]),
        (("สิ่งที่ส่งมาด้วย  ๑. สำเนา\n๒. ประกาศ จำนวน ๑ ฉบับ",), [1]),
        (("สิ่งที่ส่งมาด้วย", "๑. สำเนา", "จำนวน ๑ ฉบับ", "๒. ประกาศ", "จำนวน ๑ ฉบับ"), []),
        (("สิ่งที่ส่งมาด้วย  สำเนา จำนวน ๑ ชุด", "๒. ข้อความต่อไป"), []),
    ],
)
def test_what_is_listed_is_counted(lines: tuple[str, ...], places: list[int]) -> None:
    assert [f.place for f in found(*lines) if f.code == "attachment-count"] == places


# -- pages, and who complains --------------------------------------------------------------------


def test_a_second_page_needs_its_number() -> None:
    two = Paperfacts(pages=2, page_number=False)
    assert [f.code for f in found("ก", facts=two)] == ["page-number"]
    assert found("ก", facts=two, margins=("- {PAGE} -",)) == []
    assert found("ก", facts=two._replace(pages=1)) == []
    assert found("ก", facts=two._replace(page_number=True)) == []


@pytest.mark.parametrize(
    "told",
    [
        "สมหญิง รักธรรมดา",
        "นางสาวสมหญิง\u00a0 รักธรรมดา",
        "น.ส.สมหญิงรักธรรมดา",
        "ส ม ห ญิ ง รั ก ธ ร ร ม ด า",
        "สมห\u200bญิง\nรักธรรมดา",
        "โทร ๐๘๐๐๐๐๐๑๙๙",
        "08-0000-0199",
        "+66 8 0000 0199",
        "(๐๘) 0000.0199",
        "เลข 1-0000-00000-00-9",
        "๑๐๐๐๐๐๐๐๐๐๐๐๙",
        "Somying@Example.com",
        "๙๙ หมู่ ๙  ตำบลตัวอย่าง",
    ],
)
def test_the_complainant_is_found_however_written_in_a_paper_that_leaves(told: str) -> None:
    assert "complainant" in in_letter(f"ตามที่ {told} ขอความเป็นธรรม")
    assert "complainant" not in in_letter(f"ตามที่ {told} ขอความเป็นธรรม", facts=LETTER._replace(leaves=False))
    assert "complainant" not in in_letter(f"ตามที่ {told} ขอความเป็นธรรม", facts=LETTER._replace(complainant=None))


@pytest.mark.parametrize(
    "other", ["สมหญิง ใจงาม", "รักธรรมดา", "โทร ๐๘ ๐๐๐๐ ๐๑๙๘", "หมู่ ๙ ตำบลตัวอย่าง", "ying@example.com"]
)
def test_somebody_else_is_not_the_complainant(other: str) -> None:
    assert "complainant" not in in_letter(f"ตามที่ {other} ขอความเป็นธรรม")


def test_each_thing_told_of_the_complainant_is_named_once_a_paragraph() -> None:
    told = found(
        "สมหญิง รักธรรมดา และ สมหญิง รักธรรมดา โทร ๐๘ ๐๐๐๐ ๐๑๙๙",
        facts=LETTER._replace(form="", salutation="", has_respect=False),
    )
    assert [f.code for f in told] == ["complainant", "complainant"]
    assert "(2 places)" in told[0].message


@pytest.mark.parametrize("phone", ["0 2000 0131, 08 0000 0199", "0 2000 0131 ต่อ 12 หรือ 08-0000-0199"])
def test_each_of_several_telephones_is_found(phone: str) -> None:
    for number in ("๐๒๐๐๐๐๑๓๑", "0800000199"):
        assert any(span for trace in identifiers(Complainant(phone=phone)) for span in trace.spans(number))


def test_too_little_to_tell_anybody_is_not_looked_for() -> None:
    assert identifiers(Complainant()) == ()
    assert identifiers(Complainant("นาย ก", "191", "กทม.", "a@b", "12")) == ()


@given(st.builds(Complainant, any_text, any_text, any_text, any_text, any_text), any_text)
def test_no_complainant_whatever_breaks_the_search(person: Complainant, text: str) -> None:
    for trace in identifiers(person):
        ends = [0, *(place for span in trace.spans(text) for place in span), len(text)]
        assert ends == sorted(ends)


@given(st.lists(any_text, max_size=6), st.lists(any_text, max_size=2), st.sampled_from([LETTER, MEMO, Paperfacts()]))
def test_any_paper_can_be_read(paragraphs: list[str], margins: list[str], facts: Paperfacts) -> None:
    for finding in findings(paragraphs, margins, facts):
        assert 0 <= finding.place <= len(paragraphs)
        assert finding.message
        assert len(finding.excerpt) < 500


ENDLESS = ["ก", "1", "a", "a.", "1-", " ", "่", "ํา", "ํ่า", "ำ่", "ก า", "น ้า", "นาย", "สม ", "08", "11 มกราคม ", "๑.", "("]


@pytest.mark.parametrize("word", ENDLESS)
def test_a_text_of_one_endless_word_is_read_in_one_go(word: str) -> None:
    endless = (word * 100_000)[:100_000]
    assert all(finding.place in (0, 1) for finding in findings([endless], [], LETTER))
    assert len(differences([endless[:20_000]], [f"ข{endless[:20_000]}ข"])) in (1, 2)


# -- what changed --------------------------------------------------------------------------------


def pairs(before: list[str], after: list[str]) -> list[tuple[int, str, str]]:
    return [(change.place, change.before, change.after) for change in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("ภายใน ๑๕ วัน", "ภายใน ๓๐ วัน", [("๑๕", "๓๐")]),
        ("เห็นควร อนุมัติ ตามเสนอ", "เห็นควร ตามเสนอ", [("อนุมัติ ", "")]),
        ("ตรวจสอบ แจ้งผู้ร้อง แล้ว", "ตรวจสอบ แจ้งผู้ปกครอง แล้ว", [("แจ้งผู้ร้อง", "แจ้งผู้ปกครอง")]),
        (
            "สำนักงานได้พิจารณาเรื่องนี้โดยละเอียดรอบคอบแล้ว",
            "สำนักงานได้พิจารณาเรื่องนั้นโดยละเอียดรอบคอบแล้ว",
            [("จารณาเรื่องนี้โดยละเอียดร", "จารณาเรื่องนั้นโดยละเอียดร")],
        ),
        ("ก ข ค", "ก ข ค", []),
    ],
)
def test_a_change_is_told_with_the_words_around_it(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    told = differences([before], [after])
    assert [(c.before, c.after) for c in told] == expected
    assert all(change.after in change.context for change in told)


def test_paragraphs_put_in_and_taken_out_are_told_whole() -> None:
    before = ["เรื่อง ขอเข้าพบ", "ข้อความเดิมทั้งหมด", "ขอแสดงความนับถือ"]
    after = ["เรื่อง ขอเข้าพบด่วน", "ขอแสดงความนับถือ", "สำเนาส่ง กลุ่มงาน"]
    assert pairs(before, after) == [
        (1, "ขอเข้าพบ", "ขอเข้าพบด่วน"),
        (2, "ข้อความเดิมทั้งหมด", ""),
        (3, "", "สำเนาส่ง กลุ่มงาน"),
    ]
    assert pairs(["ก"], []) == [(1, "ก", "")]
    assert pairs([], ["ก"]) == [(1, "", "ก")]


def test_no_consonant_is_cut_from_its_marks() -> None:
    before = "ผู้ที่ได้ยื่นน้ำดื่มนั้นสู่พื้นที่เพื่อผู้ใช้น้ำทั้งสิ้น"
    (change,) = differences([before], [before.replace("สู่", "ซู่")])
    start = len(clusters(before[: before.index(change.before)]))
    assert 0 < start < start + len(clusters(change.before)) < len(clusters(before))
    assert clusters(before)[start : start + len(clusters(change.before))] == clusters(change.before)


@given(st.lists(any_text, max_size=5), st.lists(any_text, max_size=5))
@settings(deadline=None)
def test_only_what_is_the_same_shows_no_difference(before: list[str], after: list[str]) -> None:
    told = differences(before, after)
    assert (told == []) == (before == after)
    assert all(1 <= change.place <= len(after) + 1 for change in told)
    assert [change.place for change in told] == sorted(change.place for change in told)


@given(any_text, any_text, any_text, any_text)
@settings(deadline=None)
def test_the_changes_of_a_paragraph_account_for_all_of_it(head: str, old: str, new: str, tail: str) -> None:
    before, after = (f"สำนักงานรัฐมนตรี{head}{middle}{tail}กระทรวง" for middle in (old, new))
    at_before = at_after = grown = 0
    for change in differences([before], [after]):
        assert change.before != change.after
        at_before = before.index(change.before, at_before) + len(change.before)
        at_after = after.index(change.after, at_after) + len(change.after)
        grown += len(change.after) - len(change.before)
    assert grown == len(after) - len(before)


def test_a_long_paper_changed_everywhere_is_compared_in_bounded_time() -> None:
    line = "สำนักงานรัฐมนตรีได้พิจารณาแล้วเห็นว่าเรื่องนี้อยู่ในอำนาจของหน่วยงานซึ่งได้ดำเนินการตามระเบียบ"
    before = [f"{n} " + "".join(f"{line}ครั้งที่{n * k}" for k in range(60)) for n in range(20)] + ["", line] * 140
    after = [text.replace("ครั้งที่", "คราวที่") if n < 20 else f"{text}{n}" for n, text in enumerate(before)]
    told = differences(before, after)
    assert {change.place for change in told} == set(range(1, 301))
    assert all(isinstance(change, WordChange) for change in told)


@given(any_text, st.integers(0, 50), st.integers(0, 50))
def test_an_excerpt_is_one_short_line(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    shown = excerpt(text, start, min(len(text), start + length))
    assert "\n" not in shown
    assert "\u200b" not in shown
    assert len(shown) < 800
