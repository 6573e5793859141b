"""Each kind of fault a paper may have: a wrong sample that is found, and a right one that is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.model.misspellings import Misspellings, misspelling_faults, misspelt
from srctl.papers.proofing.amounts import baht, number_words, read_number
from srctl.papers.proofing.repairs import mended
from srctl.papers.proofing.rules import Finding, Paperfacts, findings
from srctl.papers.wordings import check_misspellings, read_misspellings
from tests.conftest import PROJECT

TABLE = read_misspellings(PROJECT / "templates")
NAMES = (
    "กระทรวงศึกษาธิการ", "สำนักงานรัฐมนตรี", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "หัวหน้าสำนักงานรัฐมนตรี",
    "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "สำนักงานจังหวัดสมมติบุรี",
)  # fmt: skip
FACTS = Paperfacts(names=NAMES, misspellings=TABLE, font="TH SarabunPSK")


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    i18n.use("en")


def found(*paragraphs: str, facts: Paperfacts = FACTS) -> list[Finding]:
    return list(findings(paragraphs, (), facts))


def codes(*paragraphs: str, facts: Paperfacts = FACTS) -> list[str]:
    return [finding.code for finding in found(*paragraphs, facts=facts)]


# (code, wrong, right): the right one is as near to the wrong one as it can be.
WORDS = [
    ("no-such-day", "ประชุมวันที่ ๓๑ พฤศจิกายน ๒๕๖๙", "ประชุมวันที่ ๓๐ พฤศจิกายน ๒๕๖๙"),
    ("no-such-day", "๓๑ มิ.ย. ๖๙", "๓๐ มิ.ย. ๖๙"),
    ("no-such-day", "วันที่ ๒๙ ก.พ. ๒๕๖๙", "วันที่ ๒๙ ก.พ. ๒๕๗๑"),
    ("no-such-day", "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๙", "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗"),
    ("no-such-day", "๐ มกราคม ๒๕๖๙", "๑๐ มกราคม ๒๕๖๙"),
    ("no-such-day", "๓๐ - ๓๑ เดือนกันยายน", "๓๐ - ๓๑ เดือนตุลาคม"),
    ("no-such-day", "ระหว่าง ๒๘ ก.พ. - ๓๑ เม.ย.", "ระหว่าง ๒๙ ก.พ. - ๓๐ เม.ย."),
    ("no-such-day", "๓๑/๑๑/๒๕๖๙", "๓๐/๑๑/๒๕๖๙"),
    ("no-such-day", "๑๑/๑๓/๒๕๖๙", "ศธ ๐๑๐๐/๓๑/๒๕๖๙"),
    ("weekday", "วันพุธที่ ๘ ธันวาคม ๒๕๖๙", "วันอังคารที่ ๘ ธันวาคม ๒๕๖๙"),
    ("weekday", "วันพุธที่\u00a0๘\u00a0ธ.ค.\u00a0๖๙", "วันอังคารที่\u00a0๘\u00a0ธ.ค.\u00a0๖๙"),
    ("weekday", "ในวันพฤหัสฯ ที่ ๘ ธันวาคม พ.ศ. ๒๕๖๙", "ในวันพฤหัสบดีที่ ๑๐ ธันวาคม พ.ศ. ๒๕๖๙"),
    ("weekday", "๘ ธันวาคม ๒๕๖๙ (วันพุธ)", "๘ ธันวาคม ๒๕๖๙ (วันอังคาร)"),
    ("weekday", "วันพุธที่ ๘ และ ๙ ธันวาคม ๒๕๖๙", "วันอังคารที่ ๘ และวันพุธที่ ๙ ธันวาคม ๒๕๖๙"),
    ("weekday", "วันจันทร์ที่ ๑ - ๔ ธันวาคม ๒๕๖๙", "วันอังคารที่ ๑ - ๔ ธันวาคม ๒๕๖๙"),
    ("weekday", "วันศุกร์ที่ ๓๐ พฤศจิกายน ถึง ๔ ธันวาคม ๒๕๖๙", "วันจันทร์ที่ ๓๐ พฤศจิกายน ถึง ๔ ธันวาคม ๒๕๖๙"),
    ("weekday", "วันศุกร์ที่ ๓๑ ธันวาคม - ๒ มกราคม ๒๕๗๐", "วันพฤหัสบดีที่ ๓๑ ธันวาคม - ๒ มกราคม ๒๕๗๐"),
    ("weekday", "พุธที่ ๘ ธันวาคม ค.ศ. ๒๐๒๖", "อังคารที่ ๘ ธันวาคม ค.ศ. ๒๐๒๖"),
    ("amount", "๕๐๐ บาท (ห้าร้อยห้าสิบบาทถ้วน)", "๕๐๐ บาท (ห้าร้อยบาทถ้วน)"),
    ("amount", "๑๒,๓๔๕.๕๐ บาท (หนึ่งหมื่นสองพันสามร้อยสี่สิบห้าบาทถ้วน)",
     "๑๒,๓๔๕.๕๐ บาท (หนึ่งหมื่นสองพันสามร้อยสี่สิบห้าบาทห้าสิบสตางค์)"),
    ("amount", "๒,๑๐๐,๐๒๑.- บาท (สองล้านหนึ่งหมื่นยี่สิบเอ็ดบาทถ้วน)", "๒,๑๐๐,๐๒๑.- บาท (สองล้านหนึ่งแสนยี่สิบเอ็ดบาทถ้วน)"),
    ("amount", "๑.๕ ล้านบาท (หนึ่งล้านห้าพันบาทถ้วน)", "๑.๕ ล้านบาท (หนึ่งล้านห้าแสนบาทถ้วน)"),
    ("amount", "๑๐๑ บาท (หนึ่งร้อยสิบบาท)", "๑๐๑ บาท (หนึ่งร้อยหนึ่งบาท) ๑๐๑ บาท (หนึ่งร้อยเอ็ดบาทถ้วน)"),
    ("amount", "๕๐๐ บาท (ห้ารอยบาทถ้วน)", "๕๐๐ บาท (รวมภาษีมูลค่าเพิ่ม)"),
    ("amount", "ภายใน ๑๕ วัน (สิบสี่วัน)", "ภายใน ๑๕ วัน (สิบห้าวัน) ข้อ ๒ (สาม) ๒ คน (ครูสองคน)"),
    ("spoken", "ขอบคุณมากครับ", "ผู้รับครบถ้วน สมัครรับราชการ"),
    ("spoken", "รบกวนด้วยนะคะ", "คะแนนและค่าเฉลี่ย"),
    ("spoken", "ขอความอนุเคราะห์ด้วยค่ะ", "ผู้ร้องกล่าวว่า “เดือดร้อนมากค่ะ” และขอให้ตรวจสอบ"),
    ("letter-digit", "ปี ๒๕๖o", "โรค COVID-19 สาร CO2 กระดาษ A4"),
    ("letter-digit", "๕,OOO บาท", "๕,๐๐๐ บาท และ O-NET"),
    ("letter-digit", "หมู่ l๒", "น้ำ ๕ l. ข้อ I"),
    ("letter-digit", "๑OO คน", "saraban1o@example.go.th example.go.th/2o"),
    ("misspelling", "ขออนุญาติใช้สถานที่", "ขออนุญาตใช้สถานที่ ญาติผู้ป่วย"),
    ("misspelling", "ปรากฎว่า", "ปรากฏว่า ตามกฎหมาย"),
    ("misspelling", "ข้อสังเกตุ", "ข้อสังเกต เหตุที่เกิด"),
    ("misspelling", "ลายเซ็นต์", "ลายเซ็น ร้อยละ ๕๐ เปอร์เซ็นต์"),
    ("misspelling", "ตามกฏหมาย", "ปรากฏหมายเลข"),
    ("misspelling", "มีโอกาศ", "มีโอกาส"),
    ("misspelling", "ความคิดสร้างสรร", "ความคิดสร้างสรรค์หาทาง สร้างสรรพสิ่ง"),
    ("misspelling", "ภาระกิจของสำนักงาน", "เป็นภาระกิจการของบริษัท ภารกิจ ภาระหน้าที่"),
    ("misspelling", "จัดขึ้น ณ. ห้องประชุม", "จัดขึ้น ณ ห้องประชุม ก.ค.ณ. ห้องประชุม"),
    ("perhaps-misspelt", "ระบบดิจิตอล", "ระบบดิจิทัล"),
    ("doubled", "และและส่งเรื่อง", "และส่งเรื่อง"),
    ("doubled", "โดยโดยเร็ว", "โดยโดยสารรถไฟ"),
    ("doubled", "เพื่อเพื่อพิจารณา", "เพื่อเพื่อนร่วมงาน"),
    ("doubled", "ของของสำนักงาน", "ของสำนักงาน สิ่งของของทางราชการ เจ้าของของที่ดิน"),
    ("doubled", "ได้ได้รับ", "รายได้ได้เพิ่มขึ้น"),
    ("doubled", "และการการจัดงาน", "คณะกรรมการการเลือกตั้ง ดำเนินการการประชุม ผู้ว่าการการไฟฟ้า"),
    ("doubled", "ได้ทำการทำหนังสือ", "ภายใน ๓ วันทำการทำหนังสือ ที่ทำการทำความสะอาด"),
    ("doubled", "ที่ที่ได้รับแจ้ง", "ที่ที่ดินแปลงนี้ เจ้าหน้าที่ที่ได้รับมอบหมาย พื้นที่ที่ประสบภัย สถานที่ที่เหมาะสม"),
    ("doubled", "สำนักงานรัฐมนตรีสำนักงานรัฐมนตรี", "สำนักงานรัฐมนตรี สำนักงานรัฐมนตรี"),
    ("yamok", "ที่ ๆ ได้รับ", "ต่าง ๆ อื่นๆ เด็กเล็กๆ"),
    ("yamok", "ของๆ ผู้ร้อง", "ของผู้ร้อง"),
    ("near-name", "กระทรวงศึกษาธิกาน", "กระทรวงศึกษาธิการ"),
    ("near-name", "กระทรวงศึษาธิการ", "กระทรวงการอุดมศึกษา วิทยาศาสตร์ วิจัยและนวัตกรรม"),
    ("near-name", "สำนักงานรัฐมนตรื", "สำนักนายกรัฐมนตรี สำนักงานรัฐมนตรี"),
    ("near-name", "เรียน รัฐมนตรีว่าการกระทรวงศืกษาธิการ", "รัฐมนตรีช่วยว่าการกระทรวงศึกษาธิการ"),
    ("near-name", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาณ", "คณะกรรมการการศึกษาขั้นพื้นฐาน คณะกรรมการการอาชีวศึกษา"),
    ("near-name", "สำนักงานจังหวัดสมมติบุรึ", "สำนักงานจังหวัดสมุทรปราการ สำนักงานศึกษาธิการจังหวัดสมมติบุรี"),
    ("spaces", "ด้วยสำนักงาน     ได้รับเรื่อง", "๑.  ด้วยสำนักงาน\u00a0\u00a0\u00a0\u00a0ได้รับเรื่อง"),
    ("spaces", "      ด้วยสำนักงาน", "\tด้วยสำนักงาน"),
    ("spaces", "ด้วย\t\t\tสำนักงาน", "\t\tบันทึกข้อความ"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "right"), WORDS)
def test_what_is_wrong_is_found_and_what_is_right_is_not(code: str, wrong: str, right: str) -> None:
    finding, *others = found("ย่อหน้าแรก", wrong)
    assert (finding.code, finding.place) == (code, 2)
    assert finding.message
    assert finding.hint
    assert {other.code for other in others} <= {code}
    assert found(right) == []


MENDED = [
    ("ปี ๒๕๖o", "ปี ๒๕๖๐"), ("๕,OOO บาท", "๕,๐๐๐ บาท"), ("หมู่ l๒", "หมู่ ๑๒"), ("1OO คน", "๑๐๐ คน"),
    ("ขออนุญาติ ปรากฎ", "ขออนุญาต ปรากฏ"), ("ศรีษะ ศรีษะเกษ", "ศีรษะ ศรีสะเกษ"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right"), MENDED)
def test_what_is_surely_wrong_is_mended(wrong: str, right: str) -> None:
    assert all(finding.fixable for finding in found(wrong))
    assert mended(wrong, TABLE) == right


@pytest.mark.parametrize("row", [row for row in WORDS if row[0] not in ("letter-digit", "misspelling")])
def test_what_may_be_right_is_left_as_typed(row: tuple[str, str, str]) -> None:
    assert mended(row[1], TABLE) == row[1]


def test_what_may_be_right_is_only_told() -> None:
    told = {"perhaps-misspelt", "doubled", "yamok", "near-name", "spaces"}
    for code, wrong, _right in WORDS:
        assert {finding.severity for finding in found(wrong)} == {"told" if code in told else "stops"}, wrong


@pytest.mark.parametrize(("text", "near"), [
    ("เรียน ผู้อำนวยการสำนักงานสมมติบุรี เขต ๑๒", False),
    ("เรียน ผู้อำนวยการสำนักงานสมมติบุรี เขต ๒", False),
    ("เรียน ผู้อำนวยการสำนักงานสมมติบุรี เขต ๑", False),
    ("เรียน ผู้อำนวยการสำนักงานสมมุติบุรี เขต ๑", True),
])  # fmt: skip
def test_a_name_with_another_number_is_another_name(text: str, near: bool) -> None:
    names = ("ผู้อำนวยการสำนักงานสมมติบุรี เขต 1",)
    assert [finding.code for finding in findings([text], [], Paperfacts(names=names))] == ["near-name"] * near


# -- the form ------------------------------------------------------------------------------------

LETTER = (
    "ที่  ศธ ๐๑๐๐/\tสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ",
    "เรื่อง\tขอทราบข้อมูล",
    "เรียน\tเลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
    "ตามที่ได้มีหนังสือแจ้งไปแล้ว นั้น",
    "จึงเรียนมาเพื่อโปรดพิจารณา",
    "(นางสาวดารา ตัวอย่างวัฒนา)",
    "หัวหน้าสำนักงานรัฐมนตรี",
)
FORM = FACTS._replace(form="letter", has_subject=True, has_signature=True, number="")
PARTS = [
    ("subject-missing", 1, "", "เรื่อง  ขอทราบข้อมูล"),
    ("subject-missing", 1, "เรื่อง\t", "เรื่อง ขอทราบ"),
    ("signature-missing", 5, "", "( นางสาวดารา  ตัวอย่างวัฒนา )"),
    ("signature-missing", 5, "(ลงชื่อ) ................", "(ดารา ตัวอย่างวัฒนา)"),
    ("typed-number", 0, "ที่ ศธ ๐๑๐๐/๑๒", "ที่ ศธ ๐๑๐๐/"),
    ("typed-number", 0, "ที่ ลับ ศธ ๐๑๐๐/ว ๑๒", "ที่ ลับ ศธ ๐๑๐๐/ว"),
    ("typed-number", 0, "ที่ ๑๒/๒๕๖๙", "ที่ \u00a0\u00a0\u00a0/๒๕๖๙"),
    ("left-open", 3, "ตามที่ได้มีหนังสือแจ้งไปแล้ว", "ตามที่แนบมานี้"),
    ("left-open", 3, "ตามหนังสือที่อ้างถึง ได้ขอข้อมูลไว้", "ตามหนังสือที่อ้างถึง ได้ขอข้อมูลไว้ ดังนี้"),
    ("left-open", 3, "อนุสนธิการประชุมครั้งก่อน", "ด้วยมีการประชุมครั้งก่อน"),
]


@pytest.mark.parametrize(("code", "at", "wrong", "right"), PARTS)
def test_each_part_of_the_form_is_there_as_it_should_be(code: str, at: int, wrong: str, right: str) -> None:
    assert found(*LETTER, facts=FORM) == []
    assert codes(*LETTER[:at], wrong, *LETTER[at + 1 :], facts=FORM) == [code]
    assert codes(*LETTER[:at], right, *LETTER[at + 1 :], facts=FORM) == []


def test_the_number_a_paper_took_is_the_one_it_bears() -> None:
    numbered = FORM._replace(number="ศธ 0100/12")
    assert found("ที่ ศธ ๐๑๐๐/๑๒", *LETTER[1:], facts=numbered) == []
    assert found("ที่ ลับ ศธ ๐๑๐๐/๑๒", *LETTER[1:], facts=numbered) == []
    assert codes("ที่ ศธ ๐๑๐๐/๑๓", *LETTER[1:], facts=numbered) == ["typed-number"]
    assert found("ที่ ศธ ๐๑๐๐/๑๓", *LETTER[1:], facts=FORM._replace(number=None)) == []


def test_a_font_that_is_not_the_office_s_is_told() -> None:
    (finding,) = found("ก", "ข้อความ", facts=FACTS._replace(fonts=((1, "TH SarabunPSK"), (2, "Cordia New"))))
    assert (finding.code, finding.place, finding.severity) == ("font", 2, "told")
    assert "Cordia New" in finding.message


def test_words_of_speech_belong_in_a_note_to_speak_from() -> None:
    assert found("สวัสดีครับ", facts=FACTS._replace(spoken=True)) == []


# -- amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"), (100, "หนึ่งบาทถ้วน"), (1_000, "สิบบาทถ้วน"), (1_100, "สิบเอ็ดบาทถ้วน"), (2_000, "ยี่สิบบาทถ้วน"),
        (2_100, "ยี่สิบเอ็ดบาทถ้วน"), (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"), (11_150, "หนึ่งร้อยสิบเอ็ดบาทห้าสิบสตางค์"), (25, "ยี่สิบห้าสตางค์"),
        (100_000_000, "หนึ่งล้านบาทถ้วน"), (2_100_000_100, "ยี่สิบเอ็ดล้านเอ็ดบาทถ้วน"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_the_treasury_writes_them(satang: int, words: str) -> None:
    assert baht(satang) in (words, words.replace("ล้านเอ็ด", "ล้านหนึ่ง"))


@given(st.integers(0, 10**12))
def test_what_is_written_in_words_is_read_as_the_same_number(number: int) -> None:
    assert read_number(number_words(number)) == number


@given(st.lists(st.sampled_from([*"0123456789", "หนึ่ง", "สิบ", "เอ็ด", "ล้าน", "ก"]), max_size=8).map("".join))
def test_any_words_can_be_read_for_a_number(words: str) -> None:
    number = read_number(words)
    assert number is None or number >= 0


# -- the table of misspellings -------------------------------------------------------------------


def test_the_shipped_table_is_long_and_mends_every_word_of_it() -> None:
    assert len(TABLE.words) >= 150
    assert TABLE.source
    check_misspellings(PROJECT / "templates")
    for wrong, right in TABLE.words.items():
        assert mended(f"ก {wrong.strip()}", TABLE) in (f"ก {right.strip()}", mended(f"ก {right.strip()}"))
        assert not list(misspelt(right, TABLE.words, TABLE.keep)), wrong


def test_no_misspelling_stands_in_a_shipped_text() -> None:
    files = [path for folder in ("templates", "contacts", "cases") for path in (PROJECT / folder).rglob("*")]
    for path in files:
        if path.suffix in (".yaml", ".j2") and path.name != "misspellings.yaml":
            text = path.read_text("utf-8")
            wrong = [text[m.start : m.stop] for m in misspelt(text, TABLE.words, TABLE.keep)]
            assert wrong == [], path


@pytest.mark.parametrize(
    "table",
    [
        Misspellings(1, {"กข": "กขค"}),
        Misspellings(1, {"กขค": "กขค"}),
        Misspellings(1, {"กขค": "คขก", "คขก": "กขค"}),
        Misspellings(1, perhaps={"กขค": "xกขคx", "xกขคx": "ก"}),
    ],
)
def test_a_row_that_mends_nothing_is_a_fault_and_hangs_nothing(table: Misspellings) -> None:
    assert list(misspelling_faults(table))
    mended("กขค คขก กข xกขคx", table)


def test_a_word_counts_only_where_it_cannot_be_part_of_another() -> None:
    words = {"กขค": "กขฃ"}
    assert [m[:2] for m in misspelt("กขค เกขค กขคา กขค์ กขคง", words, ())] == [(0, 3), (19, 22)]
    assert not list(misspelt("กขคง", words, ("กขคง",)))


@given(st.text(st.sampled_from("กขครับค่ะนะๆที่การ ()๑๒๓oO.,/บาทวันพุธธันวาคม๒๕๖๙\n"), max_size=120))
def test_any_text_is_judged_and_mended_in_one_go(text: str) -> None:
    assert mended(mended(text, TABLE), TABLE) == mended(text, TABLE)
    assert any(finding.fixable for finding in found(text)) == (mended(text, TABLE) != text)


ENDLESS = [
    *("ที่ ๆ", "๑,", "๑๐ บาท (", "วันพุธที่ ๘ ", "กระทรวง", "นะคะ ", "oO๑", "ทำการ", "“", "อนุญาติ", "หนึ่ง", "๑ก(", " ("),
    "กขคงจฉ",
]


@pytest.mark.parametrize("word", ENDLESS)
def test_a_text_of_one_endless_word_is_judged_in_one_go(word: str) -> None:
    endless = (word * 50_000)[:50_000]
    assert all(finding.place in (0, 1) for finding in findings([endless], [], FORM))
    assert re.sub("x", "", endless)
