"""A finished paper damaged in each of the ways papers are: every damage is found, and nothing where there is none."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from srctl.core.errors import NotFound, Refused, UsageError
from srctl.documents.docx import word_file
from srctl.model.case import Case, Entry
from srctl.papers.composition import sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.proofing.review import judge_text
from srctl.papers.proofing.rules import PERHAPS, Finding
from srctl.papers.wordings import read_template, wording_names
from srctl.workflow.paper_state import papers_of
from tests import looks, office_suite
from tests.looks import OUTSIDE, SENT, full_case, sample_office
from tests.sample_case import CASE

Damage = Callable[[Document], None]
FIRST, REQUEST, THANKS = "ด้วยสำนักงานรัฐมนตรี", "ในการนี้", "จึงเรียนมา"


def line(paper: Document, begins: str) -> Paragraph:
    return next(one for one in paper.paragraphs if one.text.startswith(begins))


def added(text: str) -> Damage:
    """Type ``text`` behind the first paragraph of the letter's text."""
    return lambda paper: void(line(paper, FIRST).add_run(f" {text}"))


def swapped(old: str, new: str) -> Damage:
    """Type ``new`` where ``old`` stands in the paragraph that begins with it, or first has it."""

    def damage(paper: Document) -> None:
        having = [one for one in paper.paragraphs if old in one.text]
        place = next((one for one in having if one.text.startswith(old)), having[0])
        run = next(run for run in place.runs if old in run.text)
        run.text = run.text.replace(old, new, 1)

    return damage


def dropped(begins: str) -> Damage:
    def damage(paper: Document) -> None:
        node = line(paper, begins)._p
        paper.element.body.remove(node)

    return damage


def in_font(paper: Document) -> None:
    fonts = line(paper, REQUEST).runs[0]._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:cs"), "Cordia New")


def in_style(paper: Document) -> None:
    """Give one paragraph a style that says no font itself, but is based on one that does."""
    for name, based in (("Pasted", ""), ("Pasted too", "Pasted")):
        style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if based:
            style.base_style = paper.styles[based]
        else:
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), "Cordia New")
    paragraph = line(paper, REQUEST)
    paragraph.style = paper.styles["Pasted too"]
    for run in paragraph.runs:
        _without_font(run._r)


def by_default(slot: str, font: str) -> Damage:
    """Take the fonts out of runs and styles: what is left is that of the file's defaults, by name or by the theme."""

    def damage(paper: Document) -> None:
        for root in (paper.element, paper.styles.element):
            _without_font(root)
        defaults = paper.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        defaults.insert(0, defaults.makeelement(qn("w:rFonts"), {qn(slot): font}))

    return damage


def _without_font(root: Any) -> None:
    for fonts in list(root.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)


def tracked(paper: Document) -> None:
    run = line(paper, REQUEST).runs[0]._r
    ins = run.makeelement(qn("w:ins"), {qn("w:id"): "900", qn("w:author"): "นางหัวหน้า ตัวอย่าง"})
    run.addprevious(ins)
    ins.append(run)


def void(_result: object) -> None:
    """Take what a call returns, and forget it."""


# The thirty ways that were tried on finished papers: what each finding is, and the damage.
DAMAGES: dict[str, tuple[str, Damage]] = {
    "NIKHAHIT and SARA AA": ("sara-am", added("นํ้า")),
    "ำ torn by a space": ("sara-am", added("จัดท า")),
    "marks out of order": ("marks", added("เพ่ือ")),
    "เ typed twice": ("sara-ae", added("เเละ")),
    "a zero-width space": ("invisible", added("นัก\u200bเรียน")),
    "a soft hyphen": ("invisible", added("นัก\u00adเรียน")),
    "Arabic digits": ("mixed-digits", added("ภายใน 15 วัน")),
    "a year of the common era": ("ce-year", added("๒๐ พฤศจิกายน ๒๐๒๖")),
    "another คำขึ้นต้น": ("salutation-wrong", swapped("เรียน", "กราบเรียน")),
    "another คำลงท้าย": ("closing-wrong", swapped("ขอแสดงความนับถือ", "ขอแสดงความนับถืออย่างยิ่ง")),
    "no คำลงท้าย": ("closing-missing", dropped("ขอแสดงความนับถือ")),
    "enclosed and not listed": ("attachment-unlisted", added("(สิ่งที่ส่งมาด้วย ๓)")),
    "listed and not counted": ("attachment-count", swapped("จำนวน ๒ แผ่น", "")),
    "one item with a number": ("lone-sub-number", swapped(REQUEST, f"๒.๑ {REQUEST}")),
    "a tone mark alone": ("stray-mark", added("( ่าน)")),
    "a day that is none": ("no-such-day", added("วันที่ ๓๑ พฤศจิกายน ๒๕๖๙")),
    "another weekday": ("weekday", added("วันพุธที่ ๘ ธันวาคม ๒๕๖๙")),
    "a place left open": ("placeholder", added("(ระบุชื่อ)")),
    "dots to be filled in": ("placeholder", added("ชื่อ ....................")),
    "ครับ": ("spoken", added("ขอบคุณครับ")),
    "no เรื่อง": ("subject-missing", dropped("เรื่อง")),
    "nobody who signs": ("signature-missing", dropped("(นางสาวดารา")),
    "a number by hand": ("typed-number", swapped("๐๑๐๐/", "๐๑๐๐/๑๒๓")),
    "ตามที่ without นั้น": ("left-open", swapped("ด้วยสำนักงาน", "ตามที่สำนักงาน")),
    "spaces for an indent": ("spaces", swapped(REQUEST, f"          {REQUEST}")),
    "another font": ("font", in_font),
    "another font by a style": ("font", in_style),
    "another font by default": ("font", by_default("w:cs", "Cordia New")),
    "another font by the theme": ("font", by_default("w:cstheme", "minorBidi")),
    "an amount unlike its words": ("amount", added("๕๐๐ บาท (ห้าร้อยห้าสิบบาทถ้วน)")),
    "o for ๐": ("letter-digit", added("พ.ศ. ๒๕๗o")),
    "อนุญาติ": ("misspelling", added("ขออนุญาติ")),
    "ปรากฎ": ("misspelling", swapped("ปรากฏ", "ปรากฎ")),
    "สังเกตุ": ("misspelling", added("ข้อสังเกตุ")),
    "ลายเซ็นต์": ("misspelling", added("ลายเซ็นต์")),
    "a word twice": ("doubled", swapped(REQUEST, f"{REQUEST} และและ")),
    "the ministry misspelt": ("near-name", swapped("กระทรวงศึกษาธิการ", "กระทรวงศึกษาธิกาน")),
    "a title misspelt": ("near-name", swapped("หัวหน้าสำนักงานรัฐมนตรี", "หัวหน้าสำนักงารรัฐมนตรี")),
    "a tracked change": ("inserted", tracked),
    "the complainant named": ("complainant", added(CASE.complainant.name if CASE.complainant else "")),
}


@cache
def letter() -> tuple[Case, bytes]:
    """A letter of the sample office to somebody outside, with what is enclosed, as it is drafted."""
    asked = sample_asked(read_template(sample_office().templates, "cooperation"))
    asked = asked._replace(to=OUTSIDE, attachments=("สำเนาหนังสือร้องเรียน=2 แผ่น",))
    return drafted(full_case(), "cooperation", asked)


def drafted(case: Case, wording: str, asked: Asked) -> tuple[Case, bytes]:
    """The case with the paper in its log, and the paper."""
    paper = looks.made(case, wording, asked, wording)
    to = asked.to or read_template(sample_office().templates, wording).form.to
    entry = Entry("a90", SENT, "malee", "draft", paper=wording, wording=wording, form=paper.form, with_=to)
    return case._replace(log=(*case.log, entry)), paper.docx


def judged(case: Case, raw: bytes) -> tuple[Finding, ...]:
    return judge_text(sample_office().folder, case, papers_of(case)[-1], raw)


def damaged(raw: bytes, damage: Damage) -> bytes:
    paper = docx.Document(io.BytesIO(raw))
    damage(paper)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def test_a_finished_letter_has_no_fault_also_when_another_program_saved_it() -> None:
    case, raw = letter()
    assert judged(case, raw) == ()
    assert judged(case, damaged(raw, void)) == ()


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_is_found_and_nothing_else(name: str) -> None:
    case, raw = letter()
    code, damage = DAMAGES[name]
    after = damaged(raw, damage)
    assert word_file.inventory(after)[:5] != word_file.inventory(raw)[:5] or code == "font"
    found = judged(case, after)
    assert {finding.code for finding in found} == {code}
    assert all(finding.message and finding.hint for finding in found)


# -- what the office itself writes ---------------------------------------------------------------

WORDINGS = wording_names(office_suite.PROJECT / "templates")


def faults(wording: str, case: Case) -> list[tuple[str, ...]]:
    """What is found in the papers of a wording for a case, on each form and to each kind of addressee."""
    template = read_template(sample_office().templates, wording)
    found: list[tuple[str, ...]] = []
    for to, form in looks.ways(template):
        asked = sample_asked(template)._replace(to=to, form=form)
        try:
            known, raw = drafted(case, wording, asked)
        except (Refused, NotFound, UsageError):
            continue  # the case lacks what the wording speaks of
        found += [(to, form, one.code, one.message, one.excerpt) for one in judged(known, raw)]
    return found


@pytest.mark.parametrize("wording", WORDINGS)
def test_no_fault_is_found_in_what_a_shipped_wording_writes(wording: str) -> None:
    assert faults(wording, full_case()) == []


@pytest.mark.full
@pytest.mark.parametrize("wording", WORDINGS)
def test_nor_for_any_case_of_the_sample_office(wording: str) -> None:
    found = [(case, fault) for case in sample_office().cases for fault in faults(wording, case)]
    assert [fault for case, fault in found if not (fault[2] == PERHAPS and is_called_as_samples_are(case))] == []


def is_called_as_samples_are(case: Case) -> bool:
    """Whether who complains has the given name that stands in sample places (หอประชุมสมมติ): that is rightly told."""
    return case.complainant is not None and "สมมติ" in case.complainant.name.split()[0]
