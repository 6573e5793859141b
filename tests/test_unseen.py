"""What a reader of a paper does not see is found, resolved as told, and never issued."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from srctl.cli import options
from srctl.core import i18n
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Changes, Hidden, Inventory, Provenance, Resolution
from srctl.papers.proofing.rules import Finding
from srctl.papers.proofing.unseen import place_of, unseen_findings
from tests.conftest import Ran, Srctl, sampled

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WHO = 'w:id="9" w:author="นางหัวหน้า ตัวอย่าง" w:date="2026-11-30T09:00:00Z"'
CASE, HOME = "2569-0012", "cases/2569/11/2569-0012"
OFFICE = "สำนักงานรัฐมนตรี"


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    """Judge the words in the language they are written in; the catalogue has tests of its own."""
    i18n.use("en")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def deleted(text: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def inserted(text: str) -> str:
    return f"<w:ins {WHO}>{run(text)}</w:ins>"


def made(*body: str) -> bytes:
    """A Word file with these paragraphs and tables in its body."""
    paper = docx.Document()
    paper.core_properties.author = OFFICE
    paper.core_properties.last_modified_by = ""
    for xml in body:
        node = etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>')
        for child in list(node):
            paper.element.body.insert(len(paper.element.body) - 1, child)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def found(raw: bytes) -> list[Finding]:
    return list(unseen_findings(word_file.inventory(raw), (OFFICE,)))


def codes(raw: bytes) -> list[str]:
    return [finding.code for finding in found(raw)]


def resolved(raw: bytes, changes: Changes = "", hidden: Hidden = "", *, more: bool = False) -> bytes:
    return word_file.resolve(raw, Resolution(changes, hidden, comments=more, highlight=more, office=""))


def text(raw: bytes) -> list[str]:
    return [line for line in word_file.paragraphs(raw) if line]


# Sort -> how it looks in a paper that has it, and how in one that is as it should be.
KINDS = {
    "inserted": (paragraph(inserted("แทรก")), paragraph(run("แทรก"))),
    "deleted": (paragraph(run("คง") + deleted("ลบ")), paragraph(run("คง"))),
    "moved": (paragraph(f"<w:moveFrom {WHO}>{run('ย้าย')}</w:moveFrom>"), paragraph(run("ย้าย"))),
    "formatted": (
        paragraph(run("หนา", f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>")), paragraph(run("หนา", "<w:b/>")),
    ),
    "inserted paragraph": (
        f"<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>{run('ก')}</w:p>{paragraph(run('ข'))}",
        paragraph(run("ก")),
    ),
    "deleted row": (
        f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph(run('แถว'))}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:tc>{paragraph(run('แถว'))}</w:tc></w:tr></w:tbl>",
    ),
    "formatted paragraph": (
        f"<w:p><w:pPr><w:jc w:val='center'/><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr>{run('ก')}</w:p>",
        f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{run('ก')}</w:p>",
    ),
    "hidden": (paragraph(run("ซ่อน", "<w:vanish/>")), paragraph(run("ไม่ซ่อน", "<w:vanish w:val='0'/>"))),
    "hidden white": (
        paragraph(run("ขาว", '<w:color w:val="FFFFFF"/>')),
        paragraph(run("ขาว", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/>')).replace(
            "FFFFFF", "F0F0F0"
        ).replace('<w:shd w:val="clear" w:fill="000080"/>', ""),
    ),
    "hidden tiny": (paragraph(run("จิ๋ว", '<w:szCs w:val="2"/>')), paragraph(run("ปกติ", '<w:szCs w:val="20"/>'))),
    "hidden row": (
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(run('แถว'))}</w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr><w:trPr><w:hidden w:val='0'/></w:trPr><w:tc>{paragraph(run('แถว'))}</w:tc></w:tr></w:tbl>",
    ),
    "highlighted": (
        paragraph(run("สี", '<w:highlight w:val="yellow"/>')), paragraph(run("ไม่มีสี", '<w:highlight w:val="none"/>')),
    ),
    "highlighted shade": (
        paragraph(run("สี", '<w:shd w:val="clear" w:fill="FFFF00"/>')),
        paragraph(run("ขาว", '<w:shd w:val="clear" w:fill="auto"/>')),
    ),
    "field": (
        paragraph(f'<w:fldSimple w:instr=" MERGEFIELD ชื่อ ">{run("ชื่อ")}</w:fldSimple>'),
        paragraph(f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'),
    ),
    "field in runs": (
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGE</w:instrText></w:r>'
            f'<w:r><w:instrText>FIELD x </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{run("ก")}'
        ),
        paragraph(run("ก")),
    ),
    "prompt": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph(run('คลิก'))}</w:sdtContent></w:sdt>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('ข้อความ'))}</w:sdtContent></w:sdt>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_what_is_not_printed_as_it_is_is_found_and_what_is_is_not(name: str) -> None:
    wrong, right = (made(xml) for xml in KINDS[name])
    assert set(codes(wrong)) == {name.split()[0]}
    assert codes(right) == []


OPEN = [
    ("{{ เบอร์โทร }}", "never"), ("{% if x %}", "never"), ("[ระบุชื่อ]", "never"), ("[ชื่อ]", "never"),
    ("«วันที่»", "never"), ("<<เรื่อง>>", "never"), ("XXXX", "never"), ("ศธ ๐๑๐๐/xxxx", "never"),
    ("(ระบุชื่อ)", "stops"), ("ภายในวันที่ ..........", "stops"), ("จำนวน ……… คน", "stops"), ("เลขที่ xx", "stops"),
    ("เรื่อง {case.subject}", "stops"),
]  # fmt: skip
FILLED = [
    "ตาม (๑) และ [๒]", "เลขประจำตัวประชาชน x-xxxx-xxxxx-xx-x", "อื่น ๆ (ระบุ)", "(ลงชื่อ)..........................",
    "โทร. ๐ ๒๐๐๐ ๐๑๐๐", "พิจารณา... ดังนี้", "ก <ข> ค", "Windows XP", "[ฉบับเต็ม]",
]  # fmt: skip


@pytest.mark.parametrize(("words", "severity"), OPEN)
def test_a_place_left_open_is_found(words: str, severity: str) -> None:
    hits = found(made(paragraph(run(f"ด้วย {words.replace('<', '&lt;').replace('>', '&gt;')} นั้น"))))
    assert {(hit.code, hit.severity) for hit in hits} == {("placeholder", severity)}


@pytest.mark.parametrize("words", FILLED)
def test_words_that_only_look_so_are_left_alone(words: str) -> None:
    assert found(made(paragraph(run(words.replace("<", "&lt;").replace(">", "&gt;"))))) == []


def test_text_is_hidden_by_a_style_and_by_what_the_style_is_based_on() -> None:
    paper = docx.Document(io.BytesIO(made(paragraph(run("ซ่อน", '<w:rStyle w:val="Below"/>')))))
    paper.core_properties.author = ""
    for name, based in (("Above", ""), ("Below", '<w:basedOn w:val="Above"/>')):
        hides = "" if based else "<w:rPr><w:vanish/></w:rPr>"
        style = f'<w:style xmlns:w="{W}" w:type="character" w:styleId="{name}">{based}{hides}</w:style>'
        paper.styles.element.append(etree.fromstring(style))
    target = io.BytesIO()
    paper.save(target)
    raw = target.getvalue()
    assert codes(raw) == ["hidden"]
    assert codes(resolved(raw, hidden="show")) == []
    assert text(resolved(raw, hidden="show")) == ["ซ่อน"]
    assert text(resolved(raw, hidden="drop")) == []


def in_story(story: str, xml: str) -> bytes:
    """A Word file with a paragraph of this XML in one of its stories."""
    node = etree.fromstring(f'<w:p xmlns:w="{W}">{xml}</w:p>')
    paper = docx.Document()
    paper.core_properties.author = ""
    if story == "table":
        paper.add_table(1, 1).cell(0, 0)._element.append(node)
    elif story == "textbox":
        shape = etree.fromstring(
            f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent/>'
            "</v:textbox></v:shape></w:pict></w:r>"
        )
        shape.find(f".//{qn('w:txbxContent')}").append(node)  # type: ignore[union-attr]
        paper.add_paragraph()._p.append(shape)
    elif story in ("header", "footer"):
        part = getattr(paper.sections[0], story)
        part.is_linked_to_previous = False
        part._element.append(node)
    target = io.BytesIO()
    paper.save(target)
    if story not in ("footnote", "endnote"):
        return target.getvalue()
    return _with_notes(target.getvalue(), story, etree.tostring(node).decode())


def _with_notes(raw: bytes, story: str, xml: str) -> bytes:
    """The file with a part of foot- or endnotes."""
    relation = (
        f'<Relationship Id="rNote" Target="{story}s.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{story}s"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", relation.encode())
            out.writestr(name, part)
        note = f'<w:{story}s xmlns:w="{W}"><w:{story} w:id="2">{xml}</w:{story}></w:{story}s>'
        out.writestr(f"word/{story}s.xml", note)
    return target.getvalue()


@pytest.mark.parametrize("story", ["table", "textbox", "header", "footer", "footnote", "endnote"])
def test_every_story_is_judged_and_resolved(story: str) -> None:
    inside = inserted("แทรก") + deleted("ลบ") + run("ซ่อน", "<w:vanish/>") + run(" [ระบุชื่อ]")
    raw = in_story(story, inside)
    hits = found(raw)
    assert {hit.code for hit in hits} == {"inserted", "deleted", "hidden", "placeholder"}
    where = {"textbox": "text box", "table": "table"}.get(story, story)
    assert all(where in place_of(hit) for hit in hits if hit.code != "placeholder")
    done = resolved(raw, "accept", "drop")
    assert {hit.code for hit in found(done)} == {"placeholder"}


def test_a_comment_is_found_with_its_author_and_goes_with_its_parts() -> None:
    paper = docx.Document()
    paper.core_properties.author = ""
    line = paper.add_paragraph("ในการนี้ ขอให้พิจารณา")
    paper.add_comment(line.runs[0], text="อย่าเพิ่งส่ง", author="หัวหน้า ทดลอง", initials="ห")
    target = io.BytesIO()
    paper.save(target)
    (hit,) = found(target.getvalue())
    assert (hit.code, hit.place, hit.severity) == ("comment", 1, "never")
    assert "หัวหน้า ทดลอง" in hit.message
    assert "อย่าเพิ่งส่ง" in hit.excerpt
    done = resolved(target.getvalue(), more=True)
    with zipfile.ZipFile(io.BytesIO(done)) as package:
        assert not [name for name in package.namelist() if "comment" in name]
        assert b"comment" not in package.read("[Content_Types].xml")
        assert b"comment" not in package.read("word/document.xml")
    assert text(done) == ["ในการนี้ ขอให้พิจารณา"]
    docx.Document(io.BytesIO(done))


# A change -> the body, its text when it is accepted, when it is rejected.
CHANGES = {
    "words": (paragraph(run("ก") + inserted("ข") + deleted("ค")), ["กข"], ["กค"]),
    "moved": (
        paragraph(f"<w:moveFrom {WHO}>{run('ย')}</w:moveFrom>{run('ก')}<w:moveTo {WHO}>{run('ย')}</w:moveTo>"),
        ["กย"], ["ยก"],
    ),
    "inserted mark": (
        f"<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>{run('ก')}</w:p>{paragraph(run('ข'))}", ["ก", "ข"], ["กข"],
    ),
    "deleted mark": (
        f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{run('ก')}</w:p>{paragraph(run('ข'))}", ["กข"], ["ก", "ข"],
    ),
    "inserted and deleted again": (paragraph(f"<w:ins {WHO}>{deleted('ข')}</w:ins>{run('ก')}"), ["ก"], ["ก"]),
    "row": (
        f"<w:tbl><w:tr><w:trPr><w:ins {WHO}/></w:trPr><w:tc>{paragraph(run('ใหม่'))}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph(run('เก่า'))}</w:tc></w:tr></w:tbl>",
        ["ใหม่"], ["เก่า"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_accepted_or_rejected_as_word_does(name: str) -> None:
    body, accepted, rejected = CHANGES[name]
    raw = made(body)
    for changes, wanted in (("accept", accepted), ("reject", rejected)):
        done = resolved(raw, changes)  # type: ignore[arg-type]
        assert text(done) == wanted
        assert codes(done) == []
        assert not re.search(b"delText|w:author|<w:(ins|del|move)", _body(done))


def _body(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return package.read("word/document.xml")


def test_rejecting_puts_the_old_form_back_and_accepting_keeps_the_new() -> None:
    raw = made(
        paragraph(run("ก", f"<w:b/><w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>")),
        f"<w:p><w:pPr><w:jc w:val='center'/><w:rPr><w:b/></w:rPr><w:pPrChange {WHO}><w:pPr><w:ind w:left='9'/></w:pPr>"
        f"</w:pPrChange></w:pPr>{run('ข')}</w:p>",
    )
    accepted, rejected = _body(resolved(raw, "accept")), _body(resolved(raw, "reject"))
    assert b"<w:b/>" in accepted
    assert b'w:val="center"' in accepted
    assert b"<w:i/>" in rejected
    assert b'w:left="9"/><w:rPr><w:b/></w:rPr></w:pPr>' in rejected
    assert b'w:val="center"' not in rejected


def test_a_file_with_nothing_to_settle_stays_as_it_is_byte_for_byte() -> None:
    raw = made(paragraph(run("ก")))
    assert resolved(raw, "accept", "drop", more=True) is raw


def test_persons_in_the_properties_are_told_and_give_way_to_the_office() -> None:
    paper = docx.Document(io.BytesIO(made(paragraph(run("ก")))))
    paper.core_properties.author, paper.core_properties.last_modified_by = "นางสาวมาลี สมมติ", "เสมียน"
    paper.core_properties.category = "support"
    target = io.BytesIO()
    paper.save(target)
    hits = found(target.getvalue())
    assert [(hit.code, hit.severity) for hit in hits] == [("author", "told")] * 2
    done = word_file.resolve(target.getvalue(), Resolution(office=OFFICE))
    after = docx.Document(io.BytesIO(done)).core_properties
    assert (after.author, after.last_modified_by, after.category) == (OFFICE, OFFICE, "support")
    assert found(done) == []


def test_a_name_in_the_properties_of_the_office_is_no_person() -> None:
    held = Inventory(("ก",), (), (), Provenance("", "", "", "", ""), ())
    assert unseen_findings(held, (OFFICE,)) == ()


# -- on the way out ----------------------------------------------------------------------------------


@pytest.fixture
def letter(sample: Srctl) -> Srctl:
    """The sample office with a letter drafted."""
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ขอใช้ห้องประชุม")
    return sample


def draft(office: Srctl) -> Path:
    return office.root / HOME / f"{CASE}-support-draft.docx"


def edited(office: Srctl, change: Callable[[bytes], bytes]) -> Path:
    """The draft as a clerk changed it in Word."""
    target = office.root / "word.docx"
    shutil.copy(draft(office), target)
    parts = {}
    with zipfile.ZipFile(target) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"])
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target


def last_line(xml: str) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(b"<w:sectPr", f"{xml}<w:sectPr".encode(), 1)


WRONG = {
    "track": paragraph(inserted("แทรก") + deleted("ลบ")),
    "hidden": paragraph(run("ซ่อน", "<w:vanish/>")),
    "placeholder": paragraph(run("[ระบุชื่อ]")),
}


@pytest.mark.parametrize("name", sampled(WRONG, 2))
def test_a_paper_that_holds_what_must_not_leave_is_not_taken_whatever_the_reason(letter: Srctl, name: str) -> None:
    file = edited(letter, last_line(WRONG[name]))
    for more in ((), ("--anyway", "รีบ")):
        ran = letter.refused(5, "paper", "adopt", str(file), *more)
        assert "must not leave the office" in ran
    assert ("--fix" in ran) == (name != "placeholder")


def test_another_fault_stops_a_paper_until_somebody_says_why_it_goes(letter: Srctl) -> None:
    file = edited(letter, last_line(paragraph(run("สี", '<w:highlight w:val="yellow"/>'))))
    refused = letter.refused(5, "paper", "adopt", str(file))
    assert "--anyway" in refused
    ran = letter.ok("paper", "adopt", str(file), "--override", "เน้นตามที่ รมว. ขอ")
    assert "highlighted" in ran.out + ran.err
    letter.ok("submit", "12")
    letter.ok("sign", "12")
    assert letter.ok("number", "12").code == 0


def test_a_paper_mended_by_fix_goes_out_and_the_issued_file_names_no_person(letter: Srctl) -> None:
    file = edited(letter, last_line(WRONG["track"]))
    ran: Ran = letter.run("paper", "check", str(file), "--fix", "--changes", "accept")
    assert "แทรก" in ran.out
    paper = docx.Document(str(file))
    assert "แทรก" in [line.text for line in paper.paragraphs]
    paper.core_properties.last_modified_by = "นางสาวมาลี สมมติ"
    paper.save(str(file))
    letter.ok("paper", "adopt", str(file))
    letter.ok("submit", "12")
    letter.ok("sign", "12")
    letter.ok("number", "12")
    issued = letter.root / HOME / f"{CASE}-support.docx"
    held = word_file.inventory(issued.read_bytes())
    assert [one.text for one in held.unseen] == [OFFICE]
    assert held.provenance.case == CASE


def test_number_refuses_what_was_signed_before_such_papers_were_judged(
    letter: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = edited(letter, last_line(WRONG["track"]))
    with monkeypatch.context() as before:
        before.setattr("srctl.papers.provenance.refuse_faulty", lambda *_args, **_more: ())
        before.setattr("srctl.papers.issuing.refuse_faulty", lambda *_args, **_more: ())
        letter.ok("paper", "adopt", str(file))
        letter.ok("submit", "12")
        letter.ok("sign", "12")
    assert "must not leave the office" in letter.refused(5, "number", "12")


def test_a_draft_nobody_touched_passes_with_no_word_more(letter: Srctl) -> None:
    assert letter.ok("paper", "check", "12")
    for command in ("submit", "sign", "number"):
        assert "!" not in letter.ok(command, "12").out


@pytest.mark.parametrize("left", ["«ชื่อ»", "[ระบุชื่อ]"])
def test_a_draft_nobody_touched_is_still_refused_for_what_its_own_form_left_open(sample: Srctl, left: str) -> None:
    forms = sample.root / "templates" / "papers"
    paper = docx.Document()
    paper.add_paragraph(f"เรื่อง {{{{ case.subject }}}} {left}")
    paper.save(str(forms / "ours.docx"))
    (forms / "ours.yaml").write_text(
        "format: 1\nform: letter\nlabel: {th: ของเรา, en: Ours}\nabout: {th: ทดสอบ, en: test}\nsigner: head\n"
        "needs: [subject]\nvalues: {}\nseries: ordinary\nprivate: false\norder: 900\n", encoding="utf-8",
    )  # fmt: skip
    sample.ok("letter", "12", "ours", "--to", "province")
    assert left in sample.refused(5, "submit", "12", "--anyway", "รีบ")


def test_what_becomes_of_changes_is_said_in_thai_too() -> None:
    i18n.use("th")
    assert options.choice("ปฏิเสธ", "changes") == "reject"
    assert options.choice("แสดง", "hidden") == "show"


def test_what_is_decided_without_fix_is_told_to_be_written(letter: Srctl) -> None:
    letter.refused(2, "paper", "check", "12", "--changes", "accept")
