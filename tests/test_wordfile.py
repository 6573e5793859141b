"""The builder: what must be in the XML of a Thai paper (thai-papers §3.1)."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from srctl.core.decoding import decode
from srctl.documents.docx.content import Block, EmblemError, Provenance, Sheet, Words
from srctl.documents.docx.layout import Layout, MeasureError, twips
from srctl.documents.docx.sheet import numbered
from srctl.documents.docx.typography import official
from srctl.documents.docx.word_file import compose_docx
from srctl.store.yaml.reader import read_file
from tests.conftest import sampled
from tests.sample_case import TEMPLATES, picture

LAYOUTS = sorted((TEMPLATES / "layouts").glob("*.yaml"), key=lambda path: path.stem)
NBSP = "\u00a0"


def layout(name: str) -> Layout:
    made = decode(Layout, read_file(TEMPLATES / "layouts" / f"{name}.yaml").data)
    assert made is not None
    return made


def sheet(**changes: object) -> Sheet:
    words = Words(
        head={"subject": "เรื่องทดสอบ 1", "to": "รัฐมนตรี", "number": "ศธ 0100/", "agency": "สร."},
        blocks=(Block("numbered", "ข้อหนึ่ง"), Block("item", "ย่อยหนึ่ง"), Block("item", "ย่อยสอง")),
        closing="จึงเรียนมาเพื่อโปรดทราบ",
    )
    said = {key: changes.pop(key) for key in Words._fields if key in changes}
    made = Sheet(
        words=words._replace(**said),  # type: ignore[arg-type]
        title="บันทึก",
        office="สำนักงานรัฐมนตรี",
        signer="นางสมมติ ตั้งใจจริง",
        positions=("หัวหน้าสำนักงานรัฐมนตรี",),
        today=date(2026, 11, 20),
        provenance=Provenance("2569-0042", "memo", "abc", "t" * 64, "l" * 64),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def opened(name: str = "memo", **changes: object):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(compose_docx(sheet(**changes), layout(name))))


def all_xml(docx: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
        return {name: packed.read(name).decode() for name in names}


VARIANTS: dict[str, dict[str, object]] = {
    "plain": {},
    "marked": {"urgency": "most-urgent", "secrecy": "top-secret"},
    "emblem": {"emblem": picture()},
    "empty": {"blocks": (), "closing": "", "positions": (), "head": {}},
    "headings": {"blocks": (Block("heading", "ก"), Block("plain", "ข"), Block("heading", "ค"))},
}


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("variant", sampled(VARIANTS, 3))
def test_every_layout_gives_a_file_word_opens_cleanly(path: Path, variant: str, tmp_path: Path) -> None:
    target = tmp_path / "paper.docx"
    target.write_bytes(compose_docx(sheet(**VARIANTS[variant]), layout(path.stem)))
    result = OpenXmlValidator().validate(target)
    assert result.errors == []


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_every_number_of_a_layout_carries_its_source(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if any(u in line.split("#")[0] for u in ("cm", "pt")) and "#" not in line]
    assert bare == []


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_the_same_sheet_gives_the_same_bytes(path: Path) -> None:
    marked = sheet(emblem=picture(), secrecy="secret")
    assert compose_docx(marked, layout(path.stem)) == compose_docx(marked, layout(path.stem))


def test_thai_text_has_its_own_size_and_weight_in_every_run() -> None:
    document = opened()
    for run in document.element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:sz")).get(qn("w:val")) == properties.find(qn("w:szCs")).get(qn("w:val"))
        assert (properties.find(qn("w:b")) is None) == (properties.find(qn("w:bCs")) is None)


def test_the_font_is_named_in_all_four_slots_and_no_theme_overrides_it() -> None:
    parts = all_xml(compose_docx(sheet(font="TH Sarabun New"), layout("memo")))
    styles = parts["word/styles.xml"]
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert styles.count(f'w:{slot}="TH Sarabun New"') == 6
    assert not any(word in styles for word in ("asciiTheme", "hAnsiTheme", "cstheme"))
    assert 'w:bidi="th-TH"' in styles
    assert 'w:bidi="th-TH"' in parts["word/settings.xml"]


def test_the_package_carries_no_baggage() -> None:
    docx = compose_docx(sheet(), layout("memo"))
    names = zipfile.ZipFile(io.BytesIO(docx)).namelist()
    assert not any("stylesWithEffects" in n or "thumbnail" in n or "customXml" in n for n in names)
    assert names == sorted(names, key=lambda n: (n != "[Content_Types].xml", n))


def test_body_paragraphs_are_spread_the_thai_way() -> None:
    numbered_one = next(p for p in opened().paragraphs if p.text.startswith("๑."))
    assert numbered_one._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "thaiDistribute"


def test_the_head_is_dotted_by_tab_stops_never_by_typed_dots() -> None:
    document = opened()
    assert "..." not in "".join(p.text for p in document.paragraphs)
    subject = next(p for p in document.paragraphs if p.text.startswith("เรื่อง"))
    stops = [
        (tab.get(qn("w:val")), tab.get(qn("w:leader"))) for tab in subject._p.iter(qn("w:tab")) if tab.get(qn("w:val"))
    ]
    assert stops[-1] == ("right", "dot")


def test_the_text_reads_in_order() -> None:
    texts = [p.text for p in opened().paragraphs if p.text.strip()]
    assert [text.split("\t")[0] for text in texts[3:]] == [
        "เรื่อง",
        "เรียน  รัฐมนตรี",
        "๑.  ข้อหนึ่ง",
        "๑.๑  ย่อยหนึ่ง",
        "๑.๒  ย่อยสอง",
        "จึงเรียนมาเพื่อโปรดทราบ",
        f"(นางสมมติ{NBSP}ตั้งใจจริง)",
        "หัวหน้าสำนักงานรัฐมนตรี",
    ]


def test_page_numbers_are_thai_and_only_from_the_second_page() -> None:
    document = opened()
    section = document.sections[0]
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"
    assert section.header.paragraphs[0].text == "- ๒ -"
    assert "".join(p.text for p in section.first_page_header.paragraphs) == ""


@pytest.mark.parametrize(("secrecy", "word"), [("confidential", "ลับ"), ("secret", "ลับมาก"), ("top-secret", "ลับที่สุด")])
def test_a_secrecy_mark_stands_red_at_top_and_bottom_of_every_page(secrecy: str, word: str) -> None:
    section = opened(secrecy=secrecy).sections[0]
    for part in (
        section.header,
        section.first_page_header,
        section.footer,
        section.first_page_footer,
    ):
        run = part.paragraphs[0].runs[0]
        assert run.text == word
        assert str(run.font.color.rgb) == "FF0000"


@pytest.mark.parametrize(("urgency", "word"), [("urgent", "ด่วน"), ("most-urgent", "ด่วนที่สุด")])
@pytest.mark.parametrize("path", [p for p in LAYOUTS if "urgency: true" in p.read_text("utf-8")], ids=lambda p: p.stem)
def test_an_urgency_mark_stands_red_and_large_in_the_title_line(path: Path, urgency: str, word: str) -> None:
    run = next(r for r in opened(path.stem, urgency=urgency).paragraphs[0].runs if r.text == word)
    assert str(run.font.color.rgb) == "FF0000"
    assert run.font.size.pt >= 32


def test_an_ordinary_paper_has_no_mark_at_all() -> None:
    assert "FF0000" not in "".join(all_xml(compose_docx(sheet(), layout("memo"))).values())


def test_the_emblem_floats_on_the_first_page_only() -> None:
    section = opened(emblem=picture()).sections[0]
    anchor = next(section.first_page_header._element.iter(qn("wp:anchor")))
    assert anchor.find(qn("wp:positionH")).get("relativeFrom") == "page"
    assert int(anchor.find(qn("wp:extent")).get("cy")) == pytest.approx(540_000, abs=400)
    assert not list(section.header._element.iter(qn("wp:anchor")))


@pytest.mark.parametrize("junk", [b"GIF", b"\x89PNG\r\n\x1a\n", b"<svg/>", picture()[:40]])
def test_an_emblem_that_is_no_picture_is_refused(junk: bytes) -> None:
    with pytest.raises(EmblemError):
        compose_docx(sheet(emblem=junk), layout("memo"))


def kept(document) -> list[tuple[str, bool]]:  # type: ignore[no-untyped-def]
    return [(p.text, bool(p.paragraph_format.keep_with_next)) for p in document.paragraphs]


@pytest.mark.parametrize(("closing", "texts", "bound"), [
    ("จึงเรียนมาเพื่อโปรดทราบ", ("ก" * 300, "ข" * 60), 1),  # a line of the body and the closing are two
    ("จึงเรียนมาเพื่อโปรดทราบ", ("ก" * 60, "ข" * 300), 1),
    ("จึงเรียนมาเพื่อโปรดพิจารณา" + "ค" * 100, ("ก" * 300, "ข" * 60), 0),  # the closing has two itself
    ("", ("ก" * 60, "ข" * 60), 2),
    ("", ("ก" * 60, "ข" * 300), 1),
])  # fmt: skip
def test_two_lines_of_text_stay_with_the_signature_and_no_whole_page(
    closing: str, texts: tuple[str, ...], bound: int
) -> None:
    made = kept(opened(blocks=tuple(Block("plain", text) for text in ("ย่อหน้าแรก", *texts)), closing=closing))
    at = next(i for i, (text, _k) in enumerate(made) if text == texts[0])
    body = [keep for _text, keep in made[at : at + len(texts)]]
    assert body == [False] * (len(texts) - bound) + [True] * bound
    assert all(keep for _text, keep in made[at + len(texts) : -1])
    assert not made[-1][1]


def test_a_paragraph_that_announces_sub_items_does_not_end_a_page() -> None:
    blocks = (Block("numbered", "ดังนี้"), Block("item", "ก"), *[Block("plain", "ข")] * 4)
    made = kept(opened(blocks=blocks))
    assert next(keep for text, keep in made if text.startswith("๑.")) is True
    assert next(keep for text, keep in made if text == "ก") is False


def test_the_frame_stands_between_the_text_edges_with_space_inside() -> None:
    table = opened("summary", blocks=(Block("heading", "ก"), Block("plain", "ข"))).tables[0]._tbl
    assert table.tblPr.find(qn("w:tblInd")).get(qn("w:w")) == "0"
    grid = [int(c.get(qn("w:w"))) for c in table.tblGrid.findall(qn("w:gridCol"))]
    cells = [int(c.get(qn("w:w"))) for c in table.iter(qn("w:tcW"))]
    assert grid == cells[:2]
    assert sum(grid) == pytest.approx(twips("16cm"), abs=2)
    for side in ("left", "right"):
        assert int(table.tblPr.find(qn("w:tblCellMar")).find(qn(f"w:{side}")).get(qn("w:w"))) > 100


def test_the_last_section_of_a_frame_stays_with_the_closing() -> None:
    blocks = (
        Block("heading", "ก"),
        Block("plain", "ข"),
        Block("heading", "ค"),
        Block("plain", "ง"),
    )
    table = opened("summary", blocks=blocks).tables[0]
    first, last = (row.cells[0].paragraphs for row in table.rows)
    assert [p.text for p in last if p.text] == ["ค", "ง"]
    assert all(p.paragraph_format.keep_with_next for p in last)
    assert not first[-1].paragraph_format.keep_with_next


def numbers(*blocks: Block) -> list[str]:
    return [number for _block, number in numbered(blocks)]


def test_paragraphs_and_sub_items_are_numbered_in_thai() -> None:
    one, sub = Block("numbered", "x"), Block("item", "x")
    assert numbers(one, sub, sub, one, sub, sub) == ["๑.", "๑.๑", "๑.๒", "๒.", "๒.๑", "๒.๒"]


def test_a_single_sub_item_has_no_number() -> None:
    one, sub, more = Block("numbered", "x"), Block("item", "x"), Block("item", "x", continued=True)
    assert numbers(one, sub, more, one, sub, more, sub) == ["๑.", "", "", "๒.", "๒.๑", "", "๒.๒"]


def test_sub_items_under_a_heading_count_by_themselves() -> None:
    head, sub = Block("heading", "x"), Block("item", "x")
    assert numbers(head, sub, sub, head, sub) == ["", "๑.", "๒.", "", ""]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("ม.1 ปี 2569", "ม.๑ ปี ๒๕๖๙"),
        ("ส่ง a1@example.go.th ภายใน 3 วัน", "ส่ง a1@example.go.th ภายใน ๓ วัน"),
        (
            "ดู https://example.go.th/p?id=42 ข้อมูล 5 หน้า",
            "ดู https://example.go.th/p?id=42 ข้อมูล ๕ หน้า",
        ),
        ("วันที่ 20 พฤศจิกายน 2569", f"วันที่ ๒๐{NBSP}พฤศจิกายน{NBSP}๒๕๖๙"),
        ("20 พ.ย. 2569", f"๒๐{NBSP}พ.ย.{NBSP}๒๕๖๙"),
        ("หนังสือ ที่ ศธ 0100/123", f"หนังสือ ที่{NBSP}ศธ{NBSP}๐๑๐๐/๑๒๓"),
        ("โทร. 0 2000 0131", f"โทร.{NBSP}๐{NBSP}๒๐๐๐{NBSP}๐๑๓๑"),
        ("นางสาวมาลี ตัวอย่างงาม แจ้งว่า", f"นางสาวมาลี{NBSP}ตัวอย่างงาม แจ้งว่า"),
        ("นายกรัฐมนตรี มอบหมาย", "นายกรัฐมนตรี มอบหมาย"),
        ("ตามข้อ 4", f"ตามข้อ{NBSP}๔"),
        ("ก\tข\nค", "ก ข ค"),
        ("\x1b[2J\u202eกข\ud800\ufffe\ue000", "[๒Jกข"),
    ],
)
def test_official_text_has_thai_digits_and_holds_together(text: str, printed: str) -> None:
    assert official(text) == printed


@pytest.mark.parametrize(("text", "expected"), [("2.54cm", 1440), ("1pt", 20), ("25.4mm", 1440), ("-1.5cm", -850)])
def test_lengths_are_read_with_their_unit(text: str, expected: int) -> None:
    assert twips(text) == expected


@pytest.mark.parametrize("text", ["", "3", "3 cm", "3in", "๓cm", "1e9cm", "9999cm", "cm"])
def test_a_length_without_sense_is_refused(text: str) -> None:
    with pytest.raises(MeasureError):
        twips(text)


def test_a_paper_tells_where_it_comes_from() -> None:
    properties = opened().core_properties
    assert properties.identifier == "2569-0042"
    assert properties.category == "memo"
    assert properties.keywords == "commit:abc"
    assert "t" * 64 in properties.comments
    assert "l" * 64 in properties.comments


@pytest.mark.parametrize(("form", "levels"), [
    ("memo", {"บันทึกข้อความ": 1, "เรื่อง\tเรื่องทดสอบ ๑\t": 2, "๑.  ข้อหนึ่ง": 2}),
    ("letter", {"เรื่อง\tเรื่องทดสอบ ๑": 1, "๑.  ข้อหนึ่ง": 2}),
    ("order", {"คำสั่งสมมติ": 1, "เรื่อง เรื่องทดสอบ ๑": 2, "๑.  ข้อหนึ่ง": 2}),
])  # fmt: skip
def test_what_names_the_paper_its_subject_and_its_parts_are_headings_and_look_as_before(
    form: str, levels: dict[str, int]
) -> None:
    head = {"subject": "เรื่องทดสอบ 1", "order_title": "คำสั่งสมมติ"}
    paper = opened(form, head=head)
    headings = [p for p in paper.paragraphs if p.style.name.startswith("Heading")]
    texts = {p.text.replace(NBSP, " ").removeprefix("\t").removeprefix("\t"): p.style.name[-1] for p in headings}
    assert {text: int(level) for text, level in texts.items()} == levels
    looks = {style.element.xpath("string(w:rPr)") + str(style.font.size) for style in paper.styles if style.type == 1}
    assert len(looks) == 1
    assert [style.font.bold for style in paper.styles if style.name.startswith("Heading")] == [None, None]


def test_a_text_of_one_endless_word_is_read_once_not_once_a_letter() -> None:
    for word in ("1", "a", "a.", "a-", "a@", "www."):
        endless = word * 50_000
        assert len(official(endless)) == len(endless)
