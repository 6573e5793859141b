"""The forms of the office: where each thing stands on the page, and what becomes of a paper that comes back."""

import copy
import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from srctl.core.thai import to_official_digits
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Block, NotWordError, Provenance, Sheet
from srctl.documents.docx.layout import twips
from srctl.documents.docx.package import packed_parts
from srctl.documents.docx.shell import _shell
from srctl.documents.docx.word_file import compose_docx
from tests.sample_sheets import ATTACHMENTS, CAUSE, COPIES, FORMS, HEAD, TABLE, long, short
from tests.test_wordfile import all_xml, layout

NBSP = "\u00a0"
HOSTILE = "</w:t>&\"'<w:p/> \x00\x0b\ud800\ufffe\u202e {{ 7*7 }} \t\n\r ำ่้ำ่้ำ่้ ]]>"
LONG = "ก" * 5000


def made(form: str, sheet: Sheet | None = None, **changes: object) -> bytes:
    sheet = sheet or short(form)
    words = sheet.words._replace(**{key: changes.pop(key) for key in sheet.words._fields if key in changes})  # type: ignore[arg-type]
    return compose_docx(sheet._replace(words=words, **changes), layout(form))  # type: ignore[arg-type]


def headed(form: str, **values: str) -> bytes:
    return made(form, head={**HEAD, **values})


def document(docx: bytes):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(docx))


def lines(docx: bytes) -> list[str]:
    return [text.replace(NBSP, " ") for text in word_file.paragraphs(docx) if text.strip()]


def paragraph(docx: bytes, beginning: str):  # type: ignore[no-untyped-def]
    return next(p for p in document(docx).paragraphs if p.text.replace(NBSP, " ").lstrip().startswith(beginning))


def indents(found) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    ind = found._p.pPr.find(qn("w:ind"))
    return int(ind.get(qn("w:left"))), int(ind.get(qn("w:hanging"), 0))


def stops(found) -> list[tuple[str, int, str]]:  # type: ignore[no-untyped-def]
    tabs = found._p.pPr.find(qn("w:tabs"))
    return [(t.get(qn("w:val")), int(t.get(qn("w:pos"))), t.get(qn("w:leader"))) for t in tabs]


# -- every form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sheet", [short, long], ids=["short", "long"])
def test_every_form_opens_cleanly_whatever_is_given(form: str, sheet, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "paper.docx"
    target.write_bytes(compose_docx(sheet(form), layout(form)))
    assert OpenXmlValidator().validate(target).errors == []


@pytest.mark.parametrize("form", FORMS)
def test_every_run_of_a_form_has_size_and_weight_for_thai_too(form: str) -> None:
    for run in document(made(form, long(form))).element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:sz")).get(qn("w:val")) == properties.find(qn("w:szCs")).get(qn("w:val"))
        assert (properties.find(qn("w:b")) is None) == (properties.find(qn("w:bCs")) is None)


@pytest.mark.parametrize("form", FORMS)
def test_the_body_of_a_form_is_spread_the_thai_way_and_its_head_is_not(form: str) -> None:
    nodes = list(
        document(made(form, blocks=(Block("plain", CAUSE), Block("item", "เนื้อความ")))).element.body.iter(qn("w:p"))
    )
    texts = {"".join(t.text or "" for t in node.iter(qn("w:t"))): _jc(node) for node in nodes}
    assert {jc for text, jc in texts.items() if text.startswith(("ด้วย", "เนื้อความ"))} == {"thaiDistribute"}
    assert {jc for text, jc in texts.items() if text.startswith("เรื่อง")} <= {"left", "center"}


def _jc(node) -> str:  # type: ignore[no-untyped-def]
    jc = node.pPr.find(qn("w:jc")) if node.pPr is not None else None
    return jc.get(qn("w:val")) if jc is not None else ""


@pytest.mark.parametrize("form", FORMS)
def test_the_second_page_has_a_thai_number_and_no_emblem(form: str) -> None:
    section = document(made(form, long(form))).sections[0]
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"
    assert word_file.inventory(made(form, long(form))).margins.count("- {PAGE} -") == 1
    assert not list(section.header._element.iter(qn("wp:anchor")))
    emblems = list(section.first_page_header._element.iter(qn("wp:anchor")))
    assert len(emblems) == (1 if layout(form).emblem else 0)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_parts_the_closing_from_the_signature(form: str) -> None:
    nodes = [n for n in document(made(form)).element.body if n.tag == qn("w:p")]
    texts = ["".join(t.text or "" for t in n.iter(qn("w:t"))) for n in nodes]
    last = next((i for i, text in enumerate(texts) if text.startswith("ปฏิบัติราชการแทน")), len(texts) - 1)
    first = next((i for i, text in enumerate(texts) if text.startswith(("จึงเรียน", "ทั้งนี้"))), last)
    assert all(n.pPr.find(qn("w:keepNext")) is not None for n in nodes[first:last])
    assert nodes[-1].pPr.find(qn("w:keepNext")) is None


@pytest.mark.parametrize("form", FORMS)
def test_a_layout_is_cached_but_the_bytes_are_those_of_a_first_time(form: str) -> None:
    _shell.cache_clear()
    first = made(form, long(form))
    other = made(form, short(form))
    assert made(form, long(form)) == first
    assert other != first
    _shell.cache_clear()
    assert made(form, short(form)) == other


def test_a_shell_is_kept_for_the_dress_of_a_paper_not_for_its_words() -> None:
    _shell.cache_clear()
    for n in range(20):
        headed("letter", to=f"ผู้รับ {n}")
    assert _shell.cache_info().currsize == 1
    for n in range(20):
        made("letter", catchword=str(n))
    assert _shell.cache_info().currsize == _shell.cache_info().maxsize


@pytest.mark.parametrize(
    ("form", "text"), [*((form, HOSTILE) for form in FORMS), *((form, LONG) for form in ("letter", "summary", "order"))]
)
def test_no_text_breaks_a_form(form: str, text: str, tmp_path: Path) -> None:
    rows = ({"text": text, "count": text}, {"text": text})
    table = (Block("columns", "", cells=(text,) * 3), Block("row", "", cells=(text,) * 40), Block("row", "", cells=()))
    docx = made(
        form,
        head=dict.fromkeys(HEAD, text),
        blocks=(*(Block(mark, text) for mark in ("numbered", "item", "plain", "heading")), *table),
        closing=text,
        lists={"attachments": rows, "copies": rows},
        catchword=text,
        signer=text,
        positions=(text,),
    )
    (tmp_path / "paper.docx").write_bytes(docx)
    assert OpenXmlValidator().validate(tmp_path / "paper.docx").errors == []
    assert word_file.paragraphs(docx)


# -- the external letter --------------------------------------------------------------------------


def test_room_is_left_for_the_day_until_it_is_known() -> None:
    assert " " * 8 + "พฤศจิกายน ๒๕๖๙" in lines(made("letter"))
    docx, _unplaced = word_file.fill_places(made("letter"), {"date": "20 พฤศจิกายน 2569"})
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in lines(docx)


def test_the_letter_reads_in_the_order_of_the_regulation() -> None:
    assert [text.split("\t")[0][:12] for text in lines(made("letter"))] == [
        "ที่  ศธ ๐๑๐๐",
        "ถนนตัวอย่าง ",
        " " * 8 + "พฤศจ",
        "เรื่อง",
        "เรียน",
        "อ้างถึง",
        "สิ่งที่ส่งมา",
        "ด้วยสำนักงาน",
        "ในการนี้ เพื",
        "จึงเรียนมาเพ",
        "ขอแสดงความนั",
        "(นางสมมติ ตั",
        "หัวหน้าสำนัก",
        "ปฏิบัติราชกา",
        "กลุ่มรับเรื่",
        "โทร. ๐ ๒๐๐๐ ",
        "โทรสาร ๐ ๒๐๐",
        "ไปรษณีย์อิเล",
    ]


def test_the_emblem_of_a_letter_is_three_centimetres_high_in_the_middle_of_the_page() -> None:
    anchor = next(document(made("letter")).sections[0].first_page_header._element.iter(qn("wp:anchor")))
    across = anchor.find(qn("wp:positionH"))
    assert (across.get("relativeFrom"), across[0].text) == ("page", "center")
    assert anchor.find(qn("wp:positionV"))[0].text == str(twips("1.5cm") * 635)
    assert int(anchor.find(qn("wp:extent")).get("cy")) == pytest.approx(1_080_000, abs=700)


def test_the_number_stands_at_the_feet_of_the_emblem_urgent_or_not() -> None:
    for urgency in ("none", "urgent"):
        top, number = document(made("letter", urgency=urgency)).paragraphs[:2]
        spacing = top._p.pPr.find(qn("w:spacing"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("800", "exact")
        assert number.text.startswith("ที่")


def test_office_date_and_respect_stand_where_the_typing_guide_says() -> None:
    docx = made("letter")
    assert indents(paragraph(docx, "ที่")) == (twips("8.8cm"), twips("8.8cm"))
    assert indents(paragraph(docx, "ถนน")) == (twips("8.8cm"), 0)
    assert indents(paragraph(docx, "พฤศจิกายน")) == (twips("7.5cm"), 0)
    respect = paragraph(docx, "ขอแสดงความนับถือ")
    assert indents(respect) == (twips("7.5cm"), 0)
    assert respect.paragraph_format.space_before.pt == 12


def test_a_long_subject_hangs_under_its_first_word() -> None:
    assert indents(paragraph(made("letter"), "เรื่อง")) == (twips("1.2cm"), twips("1.2cm"))


@pytest.mark.parametrize("name", ["reference", "address", "unit", "phone", "fax", "email", "respect"])
def test_a_line_without_its_value_is_left_out_whole(name: str) -> None:
    gone = set(lines(made("letter"))) - set(lines(headed("letter", **{name: ""})))
    assert len(gone) == 1
    assert word_file.paragraphs(headed("letter", **{name: ""})) != word_file.paragraphs(made("letter"))


def test_one_attachment_has_no_number_several_are_numbered_under_each_other() -> None:
    one = paragraph(made("letter"), "สิ่งที่ส่งมาด้วย")
    assert one.text.split("\t")[1].startswith("สำเนา")
    assert stops(one)[-1] == ("right", twips("16cm"), "none")
    both = [text for text in lines(made("letter", lists={"attachments": ATTACHMENTS})) if "จำนวน" in text]
    assert [text.split("\t")[:2] for text in both] == [["สิ่งที่ส่งมาด้วย", "๑."], ["", "๒."]]
    assert [text.split("\t")[-1] for text in both] == ["จำนวน ๑ ฉบับ", "จำนวน ๑๒ แผ่น"]


def test_without_attachments_and_copies_neither_is_mentioned() -> None:
    text = "".join(lines(made("letter", lists={})))
    assert "สิ่งที่ส่งมาด้วย" not in text
    assert "สำเนาส่ง" not in text


def test_copies_stand_last() -> None:
    assert [text.split("\t") for text in lines(made("letter", lists={"copies": COPIES}))[-2:]] == [
        ["สำเนาส่ง", "๑.", COPIES[0]["text"]],
        ["", "๒.", COPIES[1]["text"]],
    ]


def test_another_salutation_takes_the_place_of_the_usual_one() -> None:
    assert any(t.startswith("กราบเรียน\tประธาน") for t in lines(headed("letter", salutation="กราบเรียน", to="ประธาน")))
    assert any(t.startswith("เรียน\t") for t in lines(headed("letter", salutation="")))


def test_the_catchword_stands_at_the_right_above_the_mark_of_the_first_page_only() -> None:
    section = document(made("letter", catchword="ในการนี้", secrecy="secret")).sections[0]
    assert [p.text for p in section.first_page_footer.paragraphs] == ["/ในการนี้...", "ลับมาก"]
    assert _jc(section.first_page_footer.paragraphs[0]._p) == "right"
    assert [p.text for p in section.footer.paragraphs] == ["ลับมาก"]


# -- the other forms -----------------------------------------------------------------------------


def test_an_internal_letter_and_a_memo_have_neither_respect_nor_attachments_line() -> None:
    for form in ("internal", "memo-ops", "memo"):
        text = "".join(lines(made(form)))
        assert "ขอแสดงความนับถือ" not in text
        assert "สิ่งที่ส่งมาด้วย" not in text


def test_a_stamped_letter_has_no_subject_and_no_signature_but_its_sender() -> None:
    texts = lines(headed("stamped", salutation="ถึง"))
    assert texts[1].startswith("ถึง  ")
    assert not any(text.startswith(("เรื่อง", "(นาง", "ขอแสดง")) for text in texts)
    sender, when = (paragraph(made("stamped"), words) for words in ("สำนักงานรัฐมนตรี", "พฤศจิกายน"))
    assert _jc(sender._p) == _jc(when._p) == "center"
    assert sender.paragraph_format.space_before.pt >= 40


@pytest.mark.parametrize(("form", "given_on"), [("order", "สั่ง ณ วันที่"), ("announcement", "ประกาศ ณ วันที่")])
def test_an_order_and_an_announcement_are_titled_in_the_middle_over_a_short_rule(form: str, given_on: str) -> None:
    docx = headed(form, number="5/2569", date="20 พฤศจิกายน 2569")
    titles = document(docx).paragraphs[1:4]
    assert [_jc(p._p) for p in titles] == ["center"] * 3
    assert titles[1].text == "ที่ ๕/๒๕๖๙"
    assert document(docx).paragraphs[4]._p.pPr.find(qn("w:pBdr")) is not None
    assert f"{given_on} ๒๐ พฤศจิกายน ๒๕๖๙" in lines(docx)


def test_an_announcement_without_number_has_no_line_for_it_an_order_has() -> None:
    assert not any(text.startswith("ที่") for text in lines(headed("announcement", number="")))
    assert any(text.startswith("ที่") for text in lines(headed("order", number="")))


# -- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_rows_become_one_table_as_wide_as_the_text_in_every_form(form: str) -> None:
    docx = made(form, blocks=(Block("plain", CAUSE), *TABLE, Block("plain", CAUSE)))
    grid = _tables(docx)[-1]
    assert [row[0] for row in _cells(grid)] == ["ลำดับ", "๑", "๒"]
    widths = [int(column.get(qn("w:w"))) for column in grid.iter(qn("w:gridCol"))]
    width = twips("11.7cm" if layout(form).table else "16cm")
    assert sum(widths) == pytest.approx(width, abs=6)
    assert [int(c.get(qn("w:w"))) for c in grid.iter(qn("w:tcW"))] == widths * 3


def test_the_head_of_a_table_is_bold_and_comes_again_and_no_row_is_split() -> None:
    head, *rows = _tables(made("call-sheet"))[0].findall(qn("w:tr"))
    assert head.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert all(run.find(qn("w:rPr")).find(qn("w:bCs")) is not None for run in head.iter(qn("w:r")))
    for row in rows:
        assert row.find(qn("w:trPr")).find(qn("w:tblHeader")) is None
        assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
    assert {_jc(p) for row in rows for p in row.iter(qn("w:p"))} == {"left"}


def test_a_row_that_may_need_more_than_a_page_can_be_split() -> None:
    blocks = (TABLE[0], Block("row", "", cells=("1", CAUSE * 20, "", "")))
    row = _tables(made("call-sheet", blocks=blocks))[0].findall(qn("w:tr"))[-1]
    assert row.find(qn("w:trPr")) is None


def test_another_number_of_cells_shares_the_line_evenly() -> None:
    blocks = (Block("row", "", cells=("ก", "ข")), Block("row", "", cells=("ค",)))
    table = _tables(made("call-sheet", blocks=blocks))[0]
    assert len({column.get(qn("w:w")) for column in table.iter(qn("w:gridCol"))}) == 1
    assert _cells(table) == [["ก", "ข"], ["ค", ""]]


def _tables(docx: bytes) -> list:  # type: ignore[type-arg]
    return list(document(docx).element.body.iter(qn("w:tbl")))


def _cells(table) -> list[list[str]]:  # type: ignore[no-untyped-def]
    rows = table.findall(qn("w:tr"))
    return [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))] for row in rows]


def test_a_section_longer_than_a_page_is_not_held_together_in_a_frame() -> None:
    blocks = (Block("heading", "ก"), Block("plain", CAUSE), Block("heading", "ข"), Block("plain", CAUSE * 15))
    rows = _tables(made("summary", blocks=blocks))[0].findall(qn("w:tr"))
    kept = [p.pPr.find(qn("w:keepNext")) is not None for p in rows[-1].find(qn("w:tc")).iter(qn("w:p"))]
    assert kept == [False, True, False, False]
    several = (*blocks[:3], *(Block("plain", CAUSE) for _n in range(12)))
    rows = _tables(made("summary", blocks=several))[0].findall(qn("w:tr"))
    last = list(rows[-1].find(qn("w:tc")).iter(qn("w:p")))
    assert 2 <= len(last) < 8
    assert all(p.pPr.find(qn("w:keepNext")) is not None for p in last)


# -- a paper that comes back ---------------------------------------------------------------------


def edited(docx: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    """Return ``docx`` as an editor would save it: changed, its parts in another order, uncompressed."""
    opened = Document(io.BytesIO(docx))
    change(opened)
    saved, shuffled = io.BytesIO(), io.BytesIO()
    opened.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(shuffled, "w") as target:
        names = source.namelist()
        random.Random(1).shuffle(names)
        for name in names:
            target.writestr(name, source.read(name))
    return shuffled.getvalue()


def bookmarks(opened) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {m.get(qn("w:name")): m for m in opened.element.body.iter(qn("w:bookmarkStart"))}


NUMBER, DATE = "ศธ 0100/123", "20 พฤศจิกายน 2569"


@pytest.mark.parametrize(
    "form", ["letter", "circular", "internal", "memo", "memo-ops", "stamped", "order", "announcement"]
)
def test_number_and_date_are_written_into_their_open_places(form: str, tmp_path: Path) -> None:
    before = made(form)
    after, missed = word_file.fill_places(before, {"number": NUMBER, "date": DATE})
    assert missed == ()
    text = "\n".join(lines(after))
    assert "ศธ ๐๑๐๐/๑๒๓" in text
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in text
    assert len(lines(after)) == len(lines(before))
    assert word_file.properties(after) == word_file.properties(before)
    (tmp_path / "paper.docx").write_bytes(after)
    assert OpenXmlValidator().validate(tmp_path / "paper.docx").errors == []
    assert word_file.fill_places(before, {"number": NUMBER, "date": DATE})[0] == after


@pytest.mark.parametrize("form", ["summary", "answer"])
def test_a_number_that_belongs_to_another_paper_is_no_open_place(form: str) -> None:
    assert word_file.fill_places(made(form), {"number": NUMBER})[1] == ("number",)
    assert word_file.fill_places(made(form), {"number": NUMBER})[0] == made(form)


def test_an_empty_open_place_is_filled_in_the_form_of_its_line() -> None:
    after, missed = word_file.fill_places(headed("memo", number="", date=""), {"number": NUMBER, "date": DATE})
    assert missed == ()
    assert any(text.startswith("ที่  ศธ ๐๑๐๐/๑๒๓\tวันที่") for text in lines(after))
    run = next(
        r for r in document(after).element.body.iter(qn("w:r")) if "๑๒๓" in "".join(t.text for t in r.iter(qn("w:t")))
    )
    assert run.find(qn("w:rPr")).find(qn("w:szCs")).get(qn("w:val")) == "32"


def test_a_place_is_found_in_a_file_saved_by_an_editor_that_split_its_runs() -> None:
    def split(opened) -> None:  # type: ignore[no-untyped-def]
        start = bookmarks(opened)["srctl_number"]
        for key, value in reversed(list(start.attrib.items())):  # type: ignore[attr-defined]
            del start.attrib[key]  # type: ignore[attr-defined]
            start.set(key, value)  # type: ignore[attr-defined]
        run = start.getnext()  # type: ignore[attr-defined]
        text = run.find(qn("w:t"))
        for letter in reversed(text.text[1:]):
            more = copy.deepcopy(run)
            more.find(qn("w:t")).text = letter
            run.addnext(more)
        text.text = text.text[0]

    after, missed = word_file.fill_places(edited(made("letter"), split), {"number": NUMBER})
    assert missed == ()
    assert lines(after)[0].startswith("ที่  ศธ ๐๑๐๐/๑๒๓\tสำนักงานรัฐมนตรี")


def test_a_place_whose_runs_were_deleted_is_filled_like_its_neighbour() -> None:
    def empty(opened) -> None:  # type: ignore[no-untyped-def]
        run = bookmarks(opened)["srctl_date"].getnext()  # type: ignore[attr-defined]
        run.getparent().remove(run)

    after, missed = word_file.fill_places(edited(made("letter"), empty), {"date": DATE})
    assert missed == ()
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in lines(after)


def without_bookmarks(opened) -> None:  # type: ignore[no-untyped-def]
    for mark in list(opened.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


def test_without_bookmarks_a_number_goes_after_its_beginning_and_a_date_nowhere() -> None:
    after, missed = word_file.fill_places(edited(made("letter"), without_bookmarks), {"number": NUMBER, "date": DATE})
    assert missed == ("date",)
    assert lines(after)[0] == "ที่  ศธ ๐๑๐๐/๑๒๓\tสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ"
    again, missed = word_file.fill_places(after, {"number": "ศธ 0100/124"})
    assert missed == ("number",)
    assert lines(again) == lines(after)


def test_a_number_is_never_written_into_the_text_of_a_letter() -> None:
    texts = ("ที่ประชุมได้รับหนังสือ ที่ ศธ 0100/ แล้ว", "ที่ ศธ 0100/ว 7 แจ้งมา", "ที่ ศธ 0100/7")
    blocks = tuple(Block("plain", text) for text in texts)
    docx = edited(made("stamped", blocks=blocks, head={**HEAD, "number": ""}), without_bookmarks)
    assert word_file.fill_places(docx, {"number": NUMBER})[1] == ("number",)


@pytest.mark.parametrize(
    ("form", "begun", "number"),
    [
        ("circular", "ศธ 0100/ว", "ศธ 0100/ว 12"),
        ("circular", "ศธ 0100/ว ", "ศธ 0100/ว 12"),
        ("order", "/2569", "5/2569"),
    ],
)
def test_a_circular_and_an_order_without_bookmarks_are_numbered_too(form: str, begun: str, number: str) -> None:
    docx = edited(headed(form, number=begun), without_bookmarks)
    after, missed = word_file.fill_places(docx, {"number": number})
    assert missed == ()
    assert any(re.match(rf"ที่\s+{to_official_digits(number)}(\t|$)", text) for text in lines(after))


def test_hostile_values_are_written_as_text() -> None:
    after, _missed = word_file.fill_places(made("letter"), {"number": "<w:p/>\x00\n{{ 1 }}", "date": "]]>&"})
    assert lines(after)[0].startswith("ที่  <w:p/> {{ ๑ }}\t")


def test_paragraphs_are_read_in_order_with_tables_cell_by_cell() -> None:
    texts = [text for text in word_file.paragraphs(made("call-sheet")) if text]
    at = texts.index("ลำดับ")
    assert texts[at : at + 6] == ["ลำดับ", "ผู้เข้าประชุม/หน่วยงาน", "เลขานุการและโทรศัพท์", "ผลการประสาน", "๑",
                                  "นายสมัคร" + NBSP + "ใจประสาน รองเลขาธิการ"]  # fmt: skip


def test_what_was_deleted_with_tracked_changes_is_not_read() -> None:
    def track(opened) -> None:  # type: ignore[no-untyped-def]
        run = opened.paragraphs[1].runs[0]._r
        gone = run.makeelement(qn("w:del"), {qn("w:id"): "9", qn("w:author"): "x"})
        run.addprevious(gone)
        gone.append(run)

    assert not lines(edited(made("letter"), track))[0].startswith("ที่")


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_tells_where_it_comes_from_also_after_an_editor(form: str) -> None:
    expected = Provenance("2569-0042", form, "abc123", "a" * 64, "b" * 64, "sample")
    assert word_file.properties(made(form)) == expected
    assert word_file.properties(edited(made(form), str)) == expected


def test_a_paper_of_somebody_else_tells_nothing() -> None:
    saved = io.BytesIO()
    Document().save(saved)
    assert word_file.properties(saved.getvalue())[:4] == ("", "", "", "")


def test_margins_are_read_with_a_sign_for_the_number_of_the_page() -> None:
    docx = made("letter", secrecy="confidential", catchword="ในการนี้")
    assert sorted(word_file.inventory(docx).margins) == sorted(["ลับ"] * 4 + ["- {PAGE} -", "/ในการนี้..."])


def test_the_copy_for_libreoffice_is_justified_and_numbers_pages_in_thai_digits() -> None:
    docx = made("letter", blocks=(Block("plain", CAUSE * 10),))
    parts, copied = all_xml(docx), all_xml(word_file.preview(docx))
    assert "thaiDistribute" in parts["word/document.xml"]
    assert "thaiDistribute" not in "".join(copied.values())
    assert 'w:cs="TH SarabunIT๙"' in "".join(copied.values())
    assert word_file.paragraphs(word_file.preview(docx)) == word_file.paragraphs(docx)
    assert copied["word/document.xml"].count("<w:keepNext/>") == parts["word/document.xml"].count("<w:keepNext/>") - 1


# -- mended text ---------------------------------------------------------------------------------


def formats(docx: bytes) -> list[tuple[str, str]]:
    """Return each letter of the body with how its run looks."""
    found = []
    for run in document(docx).element.body.iter(qn("w:r")):
        look = re.sub(r"\s+", " ", repr([(c.tag, tuple(c.attrib.values())) for c in run.find(qn("w:rPr"))]))
        found += [(letter, look) for t in run.iter(qn("w:t")) for letter in t.text or ""]
    return found


def test_a_text_that_needs_no_mending_leaves_the_words_as_they_are() -> None:
    docx = made("memo")
    assert all_xml(word_file.replace_text(docx, lambda text: text))["word/document.xml"].count("<w:p>") == all_xml(
        docx
    )["word/document.xml"].count("<w:p>")
    assert formats(word_file.replace_text(docx, lambda text: text)) == formats(docx)


def test_mending_changes_the_letters_meant_and_keeps_how_all_others_look() -> None:
    docx = made("memo", blocks=(Block("plain", "สํานักงาน 12 ส ำ"),))
    after = word_file.replace_text(docx, lambda text: text.replace("\u0e4d\u0e32", "\u0e33").replace("เรื่อง", "เรื่องที่"))
    assert "".join(letter for letter, _look in formats(after)).startswith("บันทึกข้อความ")
    before = {look for letter, look in formats(docx)}
    assert {look for _letter, look in formats(after)} == before
    assert any(text.startswith("สำนักงาน") for text in lines(after))
    subject = next(p for p in document(after).paragraphs if p.text.startswith("เรื่องที่\t"))
    assert subject.runs[0].font.size.pt == 20


def test_tabs_stay_when_the_words_around_them_change() -> None:
    after = word_file.replace_text(made("memo"), lambda text: text.replace("ศธ", "มท").replace("วันที่", "วัน"))
    assert any(text.startswith("ที่  มท ๐๑๐๐/\tวัน\t") for text in lines(after))


def test_a_paragraph_of_ten_thousand_letters_is_mended_too() -> None:
    docx = made("letter", blocks=(Block("plain", CAUSE * 35),))
    after = word_file.replace_text(docx, lambda text: text.replace("การ", "งาน"))
    assert any("งานรับนักเรียน" in text for text in lines(after))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("กา่้ 12๑x", max_size=12), min_size=1, max_size=5), st.text("กา่้ 34๒\tx", max_size=40))
def test_any_text_can_be_made_of_any_runs(pieces: list[str], wanted: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from srctl.documents.docx.filling import rewrite
    from srctl.documents.docx.reading import text_of

    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in pieces)
    node = parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")
    rewrite(node, wanted)
    assert text_of(node) == wanted.replace("\t", " ")


# -- files that are none -------------------------------------------------------------------------

BOMB = {"word/document.xml": b"0" * 60_000_000}


def changed(name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made("letter"))) as packed:
        parts = {n: packed.read(n) for n in packed.namelist()}
    return packed_parts({**parts, name: content})


def no_word_files() -> dict[str, bytes]:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as packed:
        packed.writestr("hello.txt", "hello")
    docx = made("letter")
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    return {
        "nothing": b"",
        "text": b"hello",
        "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "a-zip": saved.getvalue(),
        "half": docx[: len(docx) // 2],
        "broken": docx[:200] + bytes(200) + docx[400:],
        "bomb": packed_parts(BOMB),
        "no-xml": changed("word/document.xml", b"<w:document"),
        "other-root": changed("word/document.xml", b"<html/>"),
        "no-relations": changed("_rels/.rels", b"<x/>"),
        "entity": changed("word/document.xml", entity + body),
    }


@pytest.mark.parametrize("name", no_word_files())
def test_what_is_no_word_file_is_refused_by_every_door(name: str) -> None:
    content = no_word_files()[name]
    for door in (word_file.paragraphs, word_file.inventory, word_file.properties, word_file.preview):
        with pytest.raises(NotWordError):
            door(content)
    with pytest.raises(NotWordError):
        word_file.fill_places(content, {"number": "1"})
    with pytest.raises(NotWordError):
        word_file.replace_text(content, str.upper)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    docx = bytearray(_SAMPLE)
    for _n in range(data.draw(st.integers(1, 4))):
        docx[data.draw(st.integers(0, len(docx) - 1))] = data.draw(st.integers(0, 255))
    for door in (word_file.paragraphs, word_file.inventory, word_file.properties):
        try:
            door(bytes(docx))
        except NotWordError:
            continue


_SAMPLE = made("letter")
