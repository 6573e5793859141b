"""The office's own Word forms: filled as strictly as text, refused when unsafe, judged by paragraph."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from srctl.core import i18n
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Provenance
from srctl.documents.docx.package import empty_paper
from srctl.documents.docx.typography import official
from srctl.documents.docx_form.filling import fill_form
from srctl.documents.docx_form.opening import NotWordFormError, opened_form
from srctl.documents.docx_form.tags import FormFault, gather, scan, validate_form
from srctl.documents.text_template import AbsentError, WordingError
from tests.office_suite import TEXT, convert, need, with_part


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    """Judge the words in the language they are written in; the catalogue has tests of its own."""
    i18n.use("en")


def variables(template: bytes) -> frozenset[str]:
    """The top-level names a form asks for, from all its readable tags."""
    asked: set[str] = set()
    for root in opened_form(template).texts.values():
        gather(root)
        asked |= {name for _place, name in scan(root, Path()).asked}
    return frozenset(asked)


FOLDER = Path(__file__).parent.parent / "templates" / "papers"
MADE = Provenance("2569-0042", "own-form", "abc", "t" * 64, "", "own-form")
TODAY = date(2026, 11, 20)
NBSP = "\u00a0"
HOSTILE = [
    "{{ 7*7 }}",
    "{% endif %}",
    "{%p endfor %}",
    "{_{ x }_} {_% y %_}",
    "</w:t></w:r></w:p><w:p/>",
    "<w:br/> & ]]> &amp; \"'",
    "{{ ''.__class__.__mro__ }}",
    "ก\x00\x08\x0b\x1fข",
    "\ue001\ue003\ue000ก\ue004",
    "\a\f\tก",
]


def saved(paper: Paper) -> bytes:
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def form(*lines: str, build: Callable[[Paper], object] | None = None) -> bytes:
    paper = empty_paper("TH SarabunPSK")
    for line in lines:
        paper.add_paragraph(line)
    if build:
        build(paper)
    return saved(paper)


def with_xml(xml: str) -> bytes:
    """Return a form whose only paragraph is given as XML."""
    return form(build=lambda paper: paper.element.body.insert(0, parse_xml(xml)))


def paragraph(inner: str) -> str:
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def made(template: bytes, **values: object) -> Paper:
    return Document(io.BytesIO(fill_form(template, values, FOLDER, MADE, TODAY)))


def lines(template: bytes, **values: object) -> list[str]:
    return list(word_file.paragraphs(fill_form(template, values, FOLDER, MADE, TODAY)))


def faults(template: bytes, *known: str) -> list[FormFault]:
    return validate_form(template, FOLDER, known)


def sound(docx: bytes, folder: Path) -> list[object]:
    target = folder / "form.docx"
    target.write_bytes(docx)
    return list(OpenXmlValidator().validate(target).errors)


# -- values ----------------------------------------------------------------------------------------------


def test_values_are_printed_the_official_way_and_the_words_around_them_as_typed() -> None:
    template = form("วันที่ {{ today }} ข้อ 5", "{{ case.subject }}", "{{ case.web }} {{ count }}")
    case = {"subject": "ประชุม 20 พ.ย. 2569", "web": "www.example.go.th/2569"}
    assert lines(template, today=TODAY, case=case, count=12) == [
        f"วันที่ ๒๐{NBSP}พฤศจิกายน{NBSP}๒๕๖๙ ข้อ 5",
        f"ประชุม ๒๐{NBSP}พ.ย.{NBSP}๒๕๖๙",
        "www.example.go.th/2569 ๑๒",
    ]


def test_the_filters_of_text_wordings_are_those_of_forms() -> None:
    template = form(
        "{{ day | short_date }}|{{ day | month_year }}|{{ what | begin('เห็นควร') }}|{{ nil | default('-') }}"
    )
    (line,) = lines(template, day=TODAY, what="อนุมัติ", nil="")
    assert line.replace(NBSP, " ") == "๒๐ พ.ย. ๒๕๖๙|พฤศจิกายน ๒๕๖๙|เห็นควรอนุมัติ|-"


def test_a_value_that_is_not_there_is_named_unless_asked_for_first() -> None:
    with pytest.raises(AbsentError) as caught:
        lines(form("{{ case.opinion }}"), case={"opinion": ""})
    assert caught.value.path == "case.opinion"
    asked = form("{% if case.opinion %}{{ case.opinion }}{% else %}ไม่มี{% endif %}")
    assert lines(asked, case={"opinion": None}) == ["ไม่มี"]


@pytest.mark.parametrize("tag", ["{{ nobody }}", "{{ case.opinoin }}", "{% if case.opinoin %}x{% endif %}"])
def test_an_unknown_name_is_refused_with_the_words_of_its_paragraph(tag: str) -> None:
    with pytest.raises(WordingError, match=r"opinoin|nobody") as caught:
        lines(form("ย่อหน้าแรก", f"ก่อนหน้า {tag}", "ย่อหน้าท้าย"), case={"opinion": "ก"})
    assert "ก่อนหน้า" in caught.value.message
    assert "ย่อหน้า" not in caught.value.message.replace("ก่อนหน้า", "")
    assert caught.value.line == 0


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ case.__class__ }}",
        "{{ case.subject.upper() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ 'ก' * 1000000000 }}",
        "{{ range(10) }}",
        "{{ case }}",
        "{{ none }}",
        "{{ true }}",
        "{% include '../../pyproject.toml' %}",
    ],
)
def test_a_form_can_reach_nothing_but_its_values(tag: str) -> None:
    with pytest.raises(WordingError):
        lines(form(tag), case={"subject": "ก"})


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_whatever_it_says(value: str, tmp_path: Path) -> None:
    template = form("ก่อน {{ value }} หลัง", "{% if value %}{{ value }}{% endif %}", "ท้าย")
    docx = fill_form(template, {"value": value}, FOLDER, MADE, TODAY)
    seen = [line.replace(NBSP, " ") for line in word_file.paragraphs(docx)]
    shown = shown_as(value)
    assert seen == [f"ก่อน {shown} หลัง", shown, "ท้าย"]
    assert sound(docx, tmp_path) == []


def shown_as(value: str) -> str:
    return official(value).replace(NBSP, " ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60) | st.sampled_from(HOSTILE))
def test_no_value_whatever_changes_the_form_around_it(value: str) -> None:
    template = form(
        "{% if value %}<{{ value }}>{% endif %}", "{%p for item in items %}", "{{ item }}.", "{%p endfor %}"
    )
    printed = f"{value}-"
    seen = lines(template, value=printed, items=[printed, "ข"])
    shown = [shown_as(line) for line in printed.split("\n") if shown_as(line)]
    first, *_rest = shown
    assert seen[0].replace(NBSP, " ").startswith(f"<{first}")
    assert len(seen) == 2 * len(shown) + 1
    assert seen[-1] == "ข."


def test_a_macro_of_the_folder_prints_values_as_text(tmp_path: Path) -> None:
    (tmp_path / "_say.j2").write_text("{% macro say(x) %}[{{ x }}]{% endmacro %}", encoding="utf-8")
    template = form("{% from '_say.j2' import say %}{{ say(value) }}{{ say(1) ~ '&' }}")
    docx = fill_form(template, {"value": "<b> & 5"}, tmp_path, MADE, TODAY)
    assert word_file.paragraphs(docx) == ("[<b> & ๕][๑]&",)


def test_markup_in_a_file_it_includes_is_a_fault_of_the_wording(tmp_path: Path) -> None:
    (tmp_path / "_part.j2").write_text("</w:t> & <w:p>", encoding="utf-8")
    with pytest.raises(WordingError):
        fill_form(form("{% include '_part.j2' %}"), {}, tmp_path, MADE, TODAY)


# -- line breaks -----------------------------------------------------------------------------------------


def test_a_line_break_in_a_value_makes_a_paragraph_of_the_same_form() -> None:
    properties = '<w:pPr><w:ind w:firstLine="1417"/><w:jc w:val="thaiDistribute"/></w:pPr>'
    look = '<w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
    paper = made(with_xml(paragraph(properties + run("ก่อน {{ value }} หลัง", look) + run("จบ"))), value="1\n\n2\r\n3")
    assert [p.text for p in paper.paragraphs] == ["ก่อน ๑", "๒", "๓ หลังจบ"]
    assert len(list(paper.element.body.iter(qn("w:br")))) == 0
    for broken in paper.paragraphs:
        assert broken._p.xpath("w:pPr/w:jc/@w:val") == ["thaiDistribute"]
        assert broken._p.xpath("w:pPr/w:ind/@w:firstLine") == ["1417"]
        assert len(broken._p.xpath("w:r[1]/w:rPr/w:bCs")) == 1


@pytest.mark.parametrize("by", ["paragraph", "style", "style below"])
def test_a_line_break_begins_no_number_no_page_and_no_section(by: str) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if by == "paragraph" else ""
    named = {"paragraph": "Normal", "style": "Base", "style below": "Below"}[by]
    properties = (
        f'<w:pPr><w:pStyle w:val="{named}"/><w:pageBreakBefore/>{number}<w:jc w:val="left"/><w:sectPr/></w:pPr>'
    )

    def build(paper: Paper) -> None:
        for style in ('<w:name w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', BELOW):
            name = "Base" if "Base" in style.split(">")[0] else "Below"
            xml = f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{name}">{style}</w:style>'
            paper.styles.element.append(parse_xml(xml))
        paper.element.body.insert(0, parse_xml(paragraph(properties + run("{{ value }}"))))

    first, second, third = made(form(build=build), value="ก\nข\nค").paragraphs
    assert first._p.xpath("w:pPr/w:numPr/w:numId/@w:val") == (["1"] if by == "paragraph" else [])
    assert first._p.xpath("w:pPr/w:pageBreakBefore")
    for more in (second, third):
        assert more._p.xpath("w:pPr/w:numPr/w:numId/@w:val") == ["0"]
        assert not more._p.xpath("w:pPr/w:pageBreakBefore")
    sections = [bool(p._p.xpath("w:pPr/w:sectPr")) for p in (first, second, third)]
    assert sections == [False, False, True]


BELOW = '<w:name w:val="Below"/><w:basedOn w:val="Base"/>'


def test_a_line_break_in_a_link_or_a_cell_stays_there() -> None:
    def build(paper: Paper) -> None:
        paper.add_table(1, 2).cell(0, 1).text = "{{ value }}"

    paper = made(form(build=build), value="ก\nข")
    assert [p.text for p in paper.tables[0].cell(0, 1).paragraphs] == ["ก", "ข"]
    linked = paragraph(f'<w:hyperlink w:anchor="a">{run("{{ value }}")}{run("!")}</w:hyperlink>{run("ท้าย")}')
    assert lines(with_xml(linked), value="ก\nข") == ["ก", "ข!ท้าย"]


# -- loops and conditions --------------------------------------------------------------------------------


def rows_form(paper: Paper) -> None:
    table = paper.add_table(4, 2)
    texts = [("ที่", "รายการ"), ("{%tr for a in attachments %}", ""), ("{{ loop.index }}", "{{ a.text }}")]
    for row, words in zip(table.rows, [*texts, ("{%tr endfor %}", "")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word


def test_a_row_is_repeated_for_every_item(tmp_path: Path) -> None:
    items = [{"text": "สำเนาหนังสือ"}, {"text": "บัญชี\nรายชื่อ"}]
    docx = fill_form(form(build=rows_form), {"attachments": items}, FOLDER, MADE, TODAY)
    table = Document(io.BytesIO(docx)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["ที่", "รายการ"],
        ["๑", "สำเนาหนังสือ"],
        ["๒", "บัญชี\nรายชื่อ"],
    ]
    assert sound(docx, tmp_path) == []


def test_a_paragraph_is_repeated_or_left_out_without_a_trace() -> None:
    template = form(
        "ต้น",
        "{%p if reference %}",
        "อ้างถึง {{ reference }}",
        "{%p elif other %}",
        "อื่น",
        "{%p else %}",
        "ไม่อ้าง",
        "{%p endif %}",
        "{% p for a in copies %}",
        "{{ loop.index }}. {{ a }}{% if not loop.last %},{% endif %}",
        "{% p endfor %}",
    )
    assert lines(template, reference="ที่ 1", other="", copies=["ก", "ข"]) == ["ต้น", f"อ้างถึง ที่{NBSP}๑", "๑. ก,", "๒. ข"]
    assert lines(template, reference="", other="ก", copies=[]) == ["ต้น", "อื่น"]
    assert lines(template, reference="", other="", copies=[]) == ["ต้น", "ไม่อ้าง"]


def test_what_a_condition_empties_is_still_a_sound_file(tmp_path: Path) -> None:
    def build(paper: Paper) -> None:
        cell = paper.add_table(1, 1).cell(0, 0)
        for word in ("{%p if x %}", "มี", "{%p endif %}"):
            cell.add_paragraph(word)
        cell._tc.remove(cell.paragraphs[0]._p)
        table = paper.add_table(3, 1)
        for row, word in zip(table.rows, ("{%tr for y in ys %}", "{{ y }}", "{%tr endfor %}"), strict=True):
            row.cells[0].text = word
        header = paper.sections[0].header
        for word in ("{%p if x %}", "หัว", "{%p endif %}"):
            header.add_paragraph(word)
        header._element.remove(header.paragraphs[0]._p)

    docx = fill_form(form(build=build), {"x": "", "ys": []}, FOLDER, MADE, TODAY)
    paper = Document(io.BytesIO(docx))
    assert [t.cell(0, 0).text for t in paper.tables] == [""]
    assert len(paper.sections[0].header.paragraphs) == 1
    assert sound(docx, tmp_path) == []


def test_marks_that_a_loop_repeats_stay_unique(tmp_path: Path) -> None:
    spaces = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    marked = (
        f'<w:p {nsdecls("w")} {spaces} w14:paraId="0A0A0A0A"><w:bookmarkStart w:id="7" w:name="here"/>'
        f'{run("{{ x }}")}<w:bookmarkEnd w:id="7"/></w:p>'
    )

    def build(paper: Paper) -> None:
        paper.add_paragraph("{%p for x in xs %}")._p.addnext(parse_xml(marked))
        paper.add_paragraph("{%p endfor %}")

    docx = fill_form(form(build=build), {"xs": ["ก\nข", "ค"]}, FOLDER, MADE, TODAY)
    xml = part(docx, "word/document.xml")
    assert xml.count("0A0A0A0A") == 1
    assert xml.count("<w:bookmarkStart") == xml.count("<w:bookmarkEnd") == 1
    assert word_file.paragraphs(docx) == ("ก", "ข", "ค")
    assert sound(docx, tmp_path) == []


# -- what Word does to tags ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pieces",
    [
        ["{", "{ sub", "ject", " }", "}"],
        ["{{", " subject ", "}}"],
        ["ก่อน{{ sub", "ject }}"],
        ["{", "% if subject %", "}{{ subject }}{%", " endif %}"],
    ],
)
def test_a_tag_split_over_runs_is_one_tag(pieces: list[str]) -> None:
    inner = '<w:proofErr w:type="spellStart"/>'.join(run(piece) for piece in pieces)
    assert lines(with_xml(paragraph(inner)), subject="เรื่อง")[0].removeprefix("ก่อน") == "เรื่อง"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ x | default(“-”) }}", "-"),
        ("{{ x | default(‘–’) }}", "–"),
        ("{{ 7 – 2 }}", "๕"),
        ("{{\u00a0names[๑]\u00a0}}", "ข"),
        ("{{ names[0]\u200b }}", "ก"),
        ("{{- names[0] -}}", "ก"),
        ("{% if names | length > 1 and 1 < 2 %}มาก{% endif %}", "มาก"),
        ("{{ x | default('ก & ข <ค>') }}", "ก & ข <ค>"),
        ("{# บันทึกของผู้ทำแบบ {{ nobody }} #}{{ names[0] }}", "ก"),
        ("ร้อยละ 5% } { {{ names[0] }}", "ร้อยละ 5% } { ก"),
    ],
)
def test_what_word_corrected_in_a_tag_is_understood(tag: str, text: str) -> None:
    template = form(tag)
    assert faults(template, "x", "names") == [] or tag.startswith("{#")
    assert lines(template, x="", names=["ก", "ข"]) == [text]


def test_a_tab_or_break_inside_a_tag_is_no_part_of_it() -> None:
    inner = "<w:r><w:t>{{ x</w:t><w:tab/><w:br/><w:t>}}</w:t></w:r>"
    assert lines(with_xml(paragraph(inner)), x="ก") == ["ก"]


def test_tags_outside_the_text_are_not_tags() -> None:
    inner = (
        '<w:bookmarkStart w:id="1" w:name="{{ nobody }}"/>'
        '<w:bookmarkEnd w:id="1"/><!-- {{ nobody }} -->'
        '<w:del w:id="2" w:author="ก"><w:r><w:delText>{{ nobody }}</w:delText></w:r></w:del>'
        '<w:fldSimple w:instr=" QUOTE {{ nobody }} "><w:r><w:t>ก</w:t></w:r></w:fldSimple>'
    )
    template = with_xml(paragraph(inner + run("{{ x }}")))
    assert lines(template, x="ข") == ["กข"]
    assert variables(template) == {"x"}


# -- how Thai looks --------------------------------------------------------------------------------------


def test_thai_is_as_bold_slanted_and_large_as_latin_wherever_the_form_forgot_it(tmp_path: Path) -> None:
    def build(paper: Paper) -> None:
        made = paper.add_paragraph().add_run("{{ x }}")
        made.bold, made.italic, made.font.size = True, True, Pt(16)
        paper.sections[0].header.paragraphs[0].add_run("หัว").bold = True
        style = paper.styles.add_style("Own", 1)
        style.font.bold, style.font.size = True, Pt(20)

    docx = fill_form(form(build=build), {"x": "ก"}, FOLDER, MADE, TODAY)
    for name in ("word/document.xml", "word/header1.xml", "word/styles.xml"):
        for properties in re.findall(r"<w:rPr>.*?</w:rPr>", part(docx, name), re.DOTALL):
            assert ("<w:b/>" in properties) == ("<w:bCs/>" in properties)
            assert ("<w:i/>" in properties) == ("<w:iCs/>" in properties)
            assert ("<w:sz " in properties) == ("<w:szCs " in properties)
    body = part(docx, "word/document.xml")
    assert '<w:b/><w:bCs/><w:i/><w:iCs/><w:sz w:val="32"/><w:szCs w:val="32"/>' in body
    assert sound(docx, tmp_path) == []


def test_thai_that_has_a_look_of_its_own_keeps_it() -> None:
    look = '<w:rPr><w:b/><w:bCs w:val="0"/><w:sz w:val="32"/><w:szCs w:val="36"/></w:rPr>'
    xml = part(
        fill_form(with_xml(paragraph(run("{{ x }}", look))), {"x": "ก"}, FOLDER, MADE, TODAY), "word/document.xml"
    )
    assert '<w:b/><w:bCs w:val="0"/><w:sz w:val="32"/><w:szCs w:val="36"/>' in xml


# -- the file --------------------------------------------------------------------------------------------


def part(docx: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return packed.read(name).decode()


def test_the_same_values_give_the_same_bytes_with_where_they_come_from() -> None:
    def build(paper: Paper) -> None:
        paper.core_properties.title, paper.core_properties.author = "แบบบันทึก", "ผู้ทำแบบ"

    template, values = form("{{ x }}", build=build), {"x": "ก", "office": {"names": {"th": "สำนักงานตัวอย่าง"}}}
    docx = fill_form(template, values, FOLDER, MADE, TODAY)
    assert docx == fill_form(template, values, FOLDER, MADE, TODAY)
    assert word_file.properties(docx) == MADE
    told = Document(io.BytesIO(docx)).core_properties
    assert (told.author, told.last_modified_by, told.title) == ("สำนักงานตัวอย่าง", "สำนักงานตัวอย่าง", "แบบบันทึก")
    assert told.created.date() == told.modified.date() == TODAY
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


TEXT_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><wp:inline xmlns:wp='
    '"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>'
    '<wp:docPr id="1" name="box"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/>'
    "<wps:spPr/><wps:txbx><w:txbxContent><w:p>{inside}</w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p>{inside}</w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
NOTES = (
    f'<?xml version="1.0"?><w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>'
    "{{ note }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def everywhere(tag: str = "{{ x }}") -> bytes:
    def build(paper: Paper) -> None:
        section = paper.sections[0]
        section.header.paragraphs[0].text = f"หัว {tag}"
        section.footer.paragraphs[0].text = f"ท้าย {tag}"
        paper.add_table(1, 1).cell(0, 0).text = f"ตาราง {tag}"
        box = TEXT_BOX.format(inside=run(f"กล่อง {tag}"))
        paper.element.body.insert(0, parse_xml(paragraph(run("นอกกล่อง") + box)))

    return with_footnotes(form(build=build), NOTES.replace("{{ note }}", f"เชิงอรรถ {tag}"))


def with_footnotes(docx: bytes, notes: str) -> bytes:
    made = io.BytesIO()
    base = "officedocument"
    kind = f"application/vnd.openxmlformats-{base}.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    added = {
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdNotes" Type="{relation}" Target="footnotes.xml"/></Relationships>',
        ),
    }
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in added:
                before, after = added[name]
                content = content.decode().replace(before, after).encode()
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", notes)
    return made.getvalue()


def test_tables_text_boxes_margins_and_footnotes_are_filled() -> None:
    docx = fill_form(everywhere(), {"x": "ค่า 1"}, FOLDER, MADE, TODAY)
    texts = "\n".join(part(docx, f"word/{name}.xml") for name in ("document", "header1", "footer1", "footnotes"))
    for place in ("หัว", "ท้าย", "ตาราง", "กล่อง", "เชิงอรรถ"):
        assert f"{place} ค่า ๑" in texts
    assert "{{" not in texts


def test_faults_are_found_in_tables_text_boxes_margins_and_footnotes() -> None:
    found = faults(everywhere("{{ x | nothing }}"))
    assert len(found) == 5
    assert {fault.place.split()[0].strip(",") for fault in found} == {"paragraph", "header", "footer", "footnotes"}
    assert all("nothing" in fault.message for fault in found)
    assert variables(everywhere("{{ a.b }} {{ c }}")) == {"a", "c"}


# -- judging ---------------------------------------------------------------------------------------------


def test_a_sound_form_has_no_fault_and_tells_its_names() -> None:
    template = form(
        "{% set who = owner.name %}{{ who }}",
        "{%p for a in attachments %}",
        "{{ loop.index }} {{ a.text }} {{ case.subject }}{% if a.count %} {{ a.count }}{% endif %}",
        "{%p endfor %}",
        build=rows_form,
    )
    assert faults(template, "attachments", "case", "owner") == []
    assert variables(template) == {"attachments", "case", "owner"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ x", "{{"),
        ("x }}", "}}"),
        ("{% if x", "{%"),
        ("{{ x | }}", "x |"),
        ("{{ x y }}", "x y"),
        ("{{r x }}", "r x"),
        ("{{ x | upper }}", "upper"),
        ("{{ nobody }}", "nobody"),
        ("{{ a.text }}", "'a'"),
        ("{{ loop.index }}", "loop"),
        ("{% if x %}ก", "endif"),
        ("ก{% endif %}", "if"),
        ("{% elif x %}", "if"),
        ("{% if x %}{% for a in xs %}{% endif %}{% endfor %}", "if"),
        ("{% if x = 1 %}ก{% endif %}", "="),
        ("{% if x %}ก{% else x %}ข{% endif %}", "else"),
        ("{%p if x %} ก", "alone"),
        ("{%p if x %}{%p endif %}", "alone"),
        ("{%tr for a in xs %}", "row"),
        ("{%r if x %}ก{%r endif %}", "{%p"),
        ("{%tc if x %}", "{%p"),
        ("{%p if x % 2 %}", "%"),
        ("{%p set y = 1 %}", "not for forms"),
        ("{% macro m() %}ก{% endmacro %}", "not for forms"),
        ("{% raw %}{{ x }}{% endraw %}", "not for forms"),
        ("{% vm %}", "not for forms"),
        ("{% %}", "empty"),
        ("{% set y %}", "set"),
    ],
)
def test_each_fault_is_told_with_its_paragraph(line: str, said: str) -> None:
    template = form("ย่อหน้าแรก {{ x }}", f"ตัวอย่าง{line}" if "p if x %}" not in line else line, "{{ x }}")
    found = faults(template, "x", "xs")
    assert found
    assert all(fault.place.startswith("paragraph 2 ") for fault in found), found
    assert said in found[0].message
    assert all("\n" not in text for fault in found for text in fault)


def test_a_fault_of_the_form_stops_the_filling_with_its_paragraph() -> None:
    with pytest.raises(WordingError, match=r"paragraph 2 .*endif"):
        lines(form("{{ x }}", "เริ่ม {% if x %}", "{{ x }}"), x="ก")


@pytest.mark.parametrize(
    "texts",
    [
        ("{% if x %}ก", "ข{% endif %}"),
        ("{%p if x %}", "ก{% endif %}"),
        ("{% if x %}ก", "{%p endif %}"),
        ("{%p if x %}", "{% else %}", "{%p endif %}"),
    ],
)
def test_a_pair_that_would_tear_the_text_apart_is_refused(texts: tuple[str, ...]) -> None:
    found = faults(form(*texts), "x")
    assert len(found) == 1
    assert found[0].place.startswith("paragraph 2 ")
    assert "paragraph 1" in found[0].message


def test_a_pair_across_cells_is_refused() -> None:
    def build(paper: Paper) -> None:
        table = paper.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "{%p if x %}", "{%p endif %}"

    assert [fault.place.split(" ")[1] for fault in faults(form(build=build), "x")] == ["2"]


def test_a_row_tag_with_other_words_in_its_row_is_refused() -> None:
    def build(paper: Paper) -> None:
        rows_form(paper)
        paper.tables[0].cell(1, 1).text = "จะหายไป"

    (fault,) = faults(form(build=build), "attachments")
    assert "alone in its row" in fault.message


# -- what is no form -------------------------------------------------------------------------------------

EXTERNAL = '<Relationship Id="rIdX" Type="http://x/relationships/{kind}" Target="{target}" TargetMode="External"/>'


def related(kind: str, target: str) -> bytes:
    added = EXTERNAL.format(kind=kind, target=target) + "</Relationships>"
    return with_part(
        form("{{ x }}"),
        "word/_rels/document.xml.rels",
        lambda xml: xml.decode().replace("</Relationships>", added).encode(),
    )


def macro_enabled() -> bytes:
    def change(xml: bytes) -> bytes:
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        return xml.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")

    return with_part(form(), "[Content_Types].xml", change)


def bomb() -> bytes:
    made = io.BytesIO(form("{{ x }}"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/image1.png", b"\0" * 60_000_000)
    return made.getvalue()


def field(code: str) -> bytes:
    half = len(code) // 2
    parts = [f"<w:instrText>{text}</w:instrText>" for text in (code[:half], code[half:])]
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end")]
    return with_xml(paragraph("".join(f"<w:r>{node}</w:r>" for node in (marks[0], *parts, marks[1]))))


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (lambda: b"", "no Word file"),
        (lambda: b"PK\x03\x04 nothing", "no Word file"),
        (lambda: b"%PDF-1.7", "no Word file"),
        (lambda: form("{{ x }}")[:-200], "no Word file"),
        (lambda: with_part(form(), "word/document.xml", lambda _xml: b"<broken"), "no Word file"),
        (lambda: with_part(form(), "word/document.xml", lambda _xml: b"<!DOCTYPE a><a/>"), "no Word file"),
        (lambda: with_part(form(), "[Content_Types].xml", lambda _xml: b"<Types/>"), "no Word file"),
        (lambda: with_part(form(), "docProps/core.xml", lambda _xml: b"<a/>"), "no Word file"),
        (bomb, "50 MB"),
        (macro_enabled, "macros"),
        (lambda: related("attachedTemplate", "http://x.example/a.dotm"), "x.example"),
        (lambda: related("attachedTemplate", "file:////server/a.dotm"), "server"),
        (lambda: related("image", "https://x.example/a.png"), "x.example"),
        (lambda: related("oleObject", "a.bin"), "oleobject"),
        (lambda: field(' INCLUDEPICTURE "http://x.example/a.png" '), "INCLUDEPICTURE"),
        (lambda: field(" DDEAUTO c:\\\\a "), "DDEAUTO"),
    ],
)
def test_what_is_no_plain_word_form_is_refused_with_the_reason(template: Callable[[], bytes], reason: str) -> None:
    given = template()
    for use in (lambda: faults(given), lambda: variables(given), lambda: lines(given, x="ก")):
        with pytest.raises(NotWordFormError, match=reason):
            use()


def test_a_form_whose_xml_names_word_otherwise_is_refused_not_left_unfilled() -> None:
    renamed = with_part(
        form("{{ x }}"), "word/document.xml", lambda x: x.replace(b"w:", b"q:").replace(b"xmlns:w=", b"xmlns:q=")
    )
    with pytest.raises(NotWordFormError, match="as Word writes"):
        lines(renamed, x="ก")


def test_links_that_one_must_click_and_page_fields_are_no_reason_to_refuse() -> None:
    assert lines(related("hyperlink", "mailto:a@example.go.th"), x="ก") == ["ก"]
    assert faults(field(" PAGE ")) == []
    assert faults(field(' HYPERLINK "http://example.go.th/link" ')) == []


@pytest.mark.slow
def test_libreoffice_opens_a_filled_form_with_all_its_words(tmp_path: Path) -> None:
    need("soffice")
    target = tmp_path / "filled.docx"
    box, rows = everywhere(), form("{{ x }}", build=rows_form)
    target.write_bytes(fill_form(box, {"x": "ค่า 1\nบรรทัดสอง <&>"}, FOLDER, MADE, TODAY))
    table = tmp_path / "rows.docx"
    table.write_bytes(fill_form(rows, {"x": "ต้น", "attachments": [{"text": "สำเนา"}] * 3}, FOLDER, MADE, TODAY))
    first, second = convert([target, table], TEXT, tmp_path)
    words = first.read_text(encoding="utf-8-sig")
    assert "ตาราง ค่า ๑" in words
    assert "บรรทัดสอง <&>" in words
    assert second.read_text(encoding="utf-8-sig").count("สำเนา") == 3
