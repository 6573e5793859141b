"""Papers: from a case to a Word file, or a refusal that names what is missing."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from srctl.core.errors import BadFile, NotFound, Refused
from srctl.core.i18n import language
from srctl.model.case import Case, Complainant, Link
from srctl.model.labels import Channel
from srctl.model.people import Office
from srctl.papers.composition import Draft, draft_paper, paper_title, sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.template_checks import validate_wordings
from srctl.papers.wordings import read_template, wants_addressee, wording_names
from srctl.workflow.stages import label
from tests.conftest import sampled
from tests.sample_case import (
    CASE,
    COMMIT,
    DIRECTORY,
    KIND,
    OFFICE,
    TEMPLATES,
    TODAY,
    picture,
    sent_before,
    with_analysis,
)

NBSP = "\u00a0"
HOSTILE = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }} {% raw %}",
    "ก\n# ๙. ข้อปลอม\n## ๙.๙ ย่อยปลอม\n= หัวข้อปลอม",
    "\x1b[2J\x0b\x00\ufffe\ud800\u202e\ue000\ue001ข้อความ",
    "</w:t></w:r></w:p><w:p/> & \" ' ]]>",
    "ก" * 10_000,
    "\t\t\t",
    "$& \\1 \\g<0>",
]


def drafted(
    case: Case = CASE,
    paper: str = "memo",
    *,
    office: Office = OFFICE,
    templates: Path = TEMPLATES,
    today: date = TODAY,
    commit: str = COMMIT,
    to: str = "province",
) -> Draft:
    """Draft a paper with the samples it declares, of a case in which a letter went out before."""
    asked = Asked()
    if paper in wording_names(TEMPLATES):
        template = read_template(TEMPLATES, paper)
        asked = sample_asked(template)._replace(
            to=template.form.to or (to if wants_addressee(TEMPLATES, template) else "")
        )
        if paper not in ("memo", "summary"):
            case = sent_before(case, asked.to)
    return draft_paper(case, KIND, office, DIRECTORY, templates, paper, today, commit, asked)


def texts(made: Draft) -> list[str]:
    document = Document(io.BytesIO(made.docx))
    found = []
    for block in document.iter_inner_content():
        cells = [block] if hasattr(block, "text") else [r.cells[0] for r in block.rows]
        for cell in cells:
            found += [p.text for p in getattr(cell, "paragraphs", [cell]) if p.text.strip()]
    return [text.replace(NBSP, " ").replace("\t", " ").strip() for text in found]


def text(made: Draft) -> str:
    return "\n".join(texts(made))


def copied(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return tmp_path / "templates"


PAPERS = pytest.mark.parametrize("paper", wording_names(TEMPLATES))


def test_every_paper_and_layout_of_the_project_is_sound() -> None:
    assert wording_names(TEMPLATES) == tuple(sorted(p.stem for p in (TEMPLATES / "papers").glob("[a-z]*.j2")))
    assert validate_wordings(TEMPLATES, OFFICE) == ()


@PAPERS
def test_the_same_case_day_and_commit_give_the_same_bytes(paper: str) -> None:
    assert drafted(paper=paper) == drafted(paper=paper)


@PAPERS
def test_another_commit_or_day_gives_other_bytes(paper: str) -> None:
    made = drafted(paper=paper).docx
    assert made != drafted(paper=paper, commit="f" * 40).docx
    assert made != drafted(paper=paper, today=date(2026, 12, 1)).docx


@PAPERS
def test_word_opens_every_paper_cleanly(paper: str, tmp_path: Path) -> None:
    target = tmp_path / "paper.docx"
    case = CASE._replace(urgency="urgent", secrecy="confidential")
    target.write_bytes(drafted(case, paper).docx)
    assert OpenXmlValidator().validate(target).errors == []


def test_the_memo_reads_as_the_form_of_the_office_asks() -> None:
    made = texts(drafted())
    assert made[0] == "บันทึกข้อความ"
    assert made[1] == "ส่วนราชการ  สำนักงานรัฐมนตรี (นางสาวมาลี ตัวอย่างงาม โทร. ๐ ๒๐๐๐ ๐๑๓๑)"
    assert made[2].split() == ["ที่", "ศธ", "๐๑๐๐/", "วันที่", "พฤศจิกายน", "๒๕๖๙"]
    assert made[3].split(maxsplit=1)[0] == "เรื่อง"
    assert made[4] == "เรียน  รัฐมนตรีว่าการกระทรวงศึกษาธิการ"
    numbers = [line.split()[0] for line in made[5:-3]]
    assert numbers == ["๑.", "๒.", "๒.๑", "๒.๒", "๒.๓", "๒.๔", "๒.๕", "๓.", "๔."]
    assert made[-3:] == [
        "จึงเรียนมาเพื่อโปรดรับทราบตามข้อ ๔ หรือสุดแต่จะกรุณามีดำริ",
        "(นางสมมติ ตั้งใจจริง)",
        "หัวหน้าสำนักงานรัฐมนตรี",
    ]


def test_the_summary_reads_as_the_form_of_the_office_asks() -> None:
    made = texts(drafted(paper="summary"))
    assert made[:2] == ["บันทึกสรุปเรื่อง", "นำเสนอ รมว.ศธ. (นายตัวอย่าง รักเรียน)"]
    assert made[4].split() == [
        "เอกสารเลขที่",
        "-",
        "ลงวันที่",
        "๑๘",
        "พ.ย.",
        "๒๕๖๙",
        "เลข",
        "สร.",
        "๒๕๖๙-๐๐๔๒",
    ]
    headings = [line for line in made if line in ("สรุปประเด็นสำคัญ", "เรื่องเดิม", "ข้อพิจารณา/ข้อกฎหมาย", "ข้อเสนอ")]
    assert headings == ["สรุปประเด็นสำคัญ", "เรื่องเดิม", "ข้อพิจารณา/ข้อกฎหมาย", "ข้อเสนอ"]
    assert made[-3] == "เพื่อโปรดรับทราบ"


def test_a_single_fact_has_no_sub_number() -> None:
    case = with_analysis(CASE._replace(log=()), facts=("ข้อเท็จจริงเดียว",), law=(), power="")
    made = texts(drafted(case))
    assert "ข้อเท็จจริงเดียว" in made
    assert not any("๒.๑" in line for line in made)


@pytest.mark.parametrize(
    ("proposal", "asked"),
    [
        ("เห็นควรอนุมัติตามที่ สพฐ. เสนอ", "อนุมัติ"),
        ("อนุมัติโครงการ", "อนุมัติ"),
        ("เห็นควรให้ความเห็นชอบแผน", "เห็นชอบ"),
        ("เห็นควรไม่อนุมัติ", "พิจารณา"),
        ("มอบ สพฐ. ตรวจสอบและรายงาน", "พิจารณา"),
    ],
)
def test_what_is_asked_of_the_minister_is_the_verb_of_the_proposal(proposal: str, asked: str) -> None:
    assert f"จึงเรียนมาเพื่อโปรด{asked}ตามข้อ ๔" in text(drafted(with_analysis(CASE, proposal=proposal)))


def test_earlier_matters_come_from_the_analysis_and_from_links() -> None:
    case = CASE._replace(links=(Link("2567-0009", "earlier"), Link("2567-0010", "related")))
    made = text(drafted(case, "summary"))
    assert "๒๕๖๘-๐๓๑๑" in made
    assert "๒๕๖๗-๐๐๐๙" in made
    assert "๒๕๖๗-๐๐๑๐" not in made


def test_a_missing_value_is_refused_with_the_command_that_supplies_it() -> None:
    with pytest.raises(Refused) as caught:
        drafted(with_analysis(CASE, opinion="", proposal=""))
    assert label("analysis.opinion") in caught.value.message
    assert label("analysis.proposal") in caught.value.message
    assert caught.value.hint.splitlines() == [
        'srctl analyse 2569-0042 --opinion "…"',
        'srctl analyse 2569-0042 --proposal "…"',
    ]


def test_an_owner_nobody_knows_is_refused_with_the_command() -> None:
    with pytest.raises(Refused) as caught:
        drafted(CASE._replace(owner="nobody"))
    assert caught.value.hint == "srctl assign 2569-0042 ผู้ประสาน"


def test_a_value_the_wording_prints_but_nobody_listed_is_refused_too(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    memo = templates / "papers" / "memo.j2"
    memo.write_text(memo.read_text("utf-8") + "{{ case.plan.result }}\n", "utf-8")
    with pytest.raises(Refused) as caught:
        drafted(templates=templates)
    assert caught.value.hint == 'srctl plan 2569-0042 --result "…"'


def test_an_empty_value_of_the_office_points_at_its_file() -> None:
    office = OFFICE._replace(minister=OFFICE.minister._replace(title=""))
    with pytest.raises(Refused) as caught:
        drafted(office=office)
    assert "office.yaml" in caught.value.hint


# -- who complains -------------------------------------------------------------------------------

PERSONAL = ("สมหญิง", "รักธรรมดา", "๐๘ ๐๐๐๐ ๐๑๙๙", "somying", "หมู่ ๙", "๑๐๐๐๐๐๐๐๐๐๐๐๙")
ANONYMOUS = CASE._replace(complainant=CASE.complainant._replace(anonymous=True))  # type: ignore[union-attr]
TOLD = with_analysis(
    ANONYMOUS._replace(
        subject="นางสาวสมหญิง  รักธรรมดา ขอความเป็นธรรม",
        received=ANONYMOUS.received._replace(from_="สมหญิง รักธรรมดา"),
    ),
    facts=(
        "นางสาวสมหญิง\nรักธรรมดา โทร 08-0000-0199 หรือ ๐๘๐๐๐๐๐๑๙๙ เลข 1 0000 00000 00 9",
        "อยู่ที่ 99 หมู่ 9  ตำบลตัวอย่าง อีเมล Somying@example.com",
    ),
    opinion="สมหญิง รักธรรมดา มีเหตุผล",
)


def test_the_minister_alone_is_told_who_complains() -> None:
    assert "นางสาวสมหญิง รักธรรมดา (ผู้ร้อง)" in text(drafted(paper="summary"))
    assert "สมหญิง" not in text(drafted(paper="memo"))


# A letter to themselves bears their name.
TO_OTHERS = [paper for paper in wording_names(TEMPLATES) if read_template(TEMPLATES, paper).form.to != "complainant"]


@pytest.mark.parametrize("paper", TO_OTHERS)
@pytest.mark.parametrize("case", [ANONYMOUS, TOLD], ids=["given", "written everywhere"])
def test_a_complainant_who_wants_no_name_given_is_nowhere(paper: str, case: Case) -> None:
    made = drafted(case, paper)
    found = text(made)
    assert not [word for word in PERSONAL if word in found]
    assert b"somying" not in made.docx


@pytest.mark.parametrize("paper", ["memo", "summary"])
def test_a_complainant_who_wants_no_name_given_is_the_public(paper: str) -> None:
    assert "ประชาชน (ขอสงวนนาม)" in text(drafted(TOLD, paper))


def test_who_wants_no_name_given_on_is_still_written_to_by_name() -> None:
    assert "นางสาวสมหญิง รักธรรมดา" in text(drafted(ANONYMOUS, "acknowledge"))


def test_a_complaint_from_nobody_named_is_from_the_public() -> None:
    for person in (Complainant(), Complainant(phone="08 1111 2222")):
        case = CASE._replace(complainant=person, received=CASE.received._replace(from_=""))
        assert "ประชาชน (ไม่ระบุชื่อ)" in text(drafted(case, "summary"))
    silent = CASE._replace(complainant=Complainant(anonymous=True), received=CASE.received._replace(from_=""))
    assert "ประชาชน (ขอสงวนนาม)" in text(drafted(silent, "summary"))  # the clerk said so


def test_a_paper_not_for_the_minister_alone_cannot_reach_private_fields(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    memo = templates / "papers" / "memo.j2"
    original = memo.read_text("utf-8")
    for asked in ("case.complainant.name", "case.fields.child"):
        memo.write_text(f"{original}{{{{ {asked} }}}}\n", "utf-8")
        with pytest.raises((BadFile, Refused)):
            drafted(templates=templates)
    memo.write_text(f"{original}{{{{ case.fields.against }}}}\n", "utf-8")
    assert "โรงเรียนตัวอย่างวิทยา" in text(drafted(templates=templates))


# -- hostile text --------------------------------------------------------------------------------


@PAPERS
@pytest.mark.parametrize("value", sampled(HOSTILE, 4, ids=map(str, range(len(HOSTILE)))))
def test_no_text_of_a_case_breaks_or_restructures_a_paper(paper: str, value: str) -> None:
    plain = with_analysis(CASE, opinion="ความเห็น", facts=("ก", "ข"))
    hostile = with_analysis(CASE._replace(subject=value or "-"), opinion=f"{value}.", facts=(f"{value}.", f"{value}."))

    def structure(case: Case) -> list[str]:
        firsts = (line.split()[0] for line in texts(drafted(case, paper)))
        return [first for first in firsts if first.rstrip(".").replace(".", "").isdigit()]

    assert structure(hostile) == structure(plain)


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
@settings(max_examples=15, deadline=None)
def test_no_text_whatever_breaks_a_paper(subject: str, fact: str) -> None:
    case = with_analysis(CASE._replace(subject=f"{subject}ก"), facts=(f"{fact}ก",))
    assert Document(io.BytesIO(drafted(case, "summary").docx)).paragraphs


# -- templates that are wrong --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nothing", "../layouts/memo", "/etc/passwd", "Memo", "memo\n", ""])
def test_a_paper_that_does_not_exist_is_not_found_and_the_known_are_named(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        drafted(paper=name)
    assert "memo" in caught.value.hint


BROKEN = [
    ("papers/memo.j2", "form: memo", "form: nowhere", "layout", 4),
    ("papers/memo.j2", "signer: head", "signer: nobody", "signer", 6),
    ("papers/memo.j2", "format: 1", "format: 9", "format", 3),
    ("papers/memo.j2", "needs:", "need:", "unknown-key", 7),
    ("papers/memo.j2", '{{ case.subject }}"', '{{ case.subjekt }}"', "template", 13),
    ("papers/memo.j2", "{% for fact in facts %}", "{% for fact in %}", "template", 32),
    ("layouts/memo.yaml", "top: 1.5cm", "top: 1.5 inch", "length", 10),
    ("layouts/memo.yaml", "align: thai}", "align: justify}", "choice", 34),
]


@pytest.mark.parametrize(("file", "good", "bad", "code", "line"), BROKEN)
def test_a_wrong_template_is_told_with_file_and_line(
    tmp_path: Path, file: str, good: str, bad: str, code: str, line: int
) -> None:
    templates = copied(tmp_path)
    path = templates / file
    path.write_text(path.read_text("utf-8").replace(good, bad, 1), "utf-8")
    with pytest.raises(BadFile) as caught:
        drafted(templates=templates)
    (problem, *_more) = caught.value.problems
    assert (problem.path, problem.code, problem.line) == (path, code, line)
    if code != "template" or "subjekt" not in bad:
        assert problem in validate_wordings(templates, OFFICE)


@pytest.mark.parametrize("raw", [b"", b"no front matter", b"---\nformat: 1\n", b"\xff\xfe", b"---\n- a\n---\n"])
def test_a_file_that_is_no_paper_is_told(tmp_path: Path, raw: bytes) -> None:
    templates = copied(tmp_path)
    (templates / "papers" / "memo.j2").write_bytes(raw)
    with pytest.raises(BadFile):
        drafted(templates=templates)
    assert validate_wordings(templates, OFFICE)


def test_a_template_saved_by_notepad_gives_the_same_wording(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    memo = templates / "papers" / "memo.j2"
    memo.write_bytes(b"\xef\xbb\xbf" + memo.read_bytes().replace(b"\n", b"\r\n"))
    assert text(drafted(templates=templates)) == text(drafted())


def test_the_office_puts_its_emblem_beside_its_file(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    (tmp_path / "emblem.png").write_bytes(picture())
    made = drafted(office=OFFICE._replace(emblem="emblem.png"), templates=templates)
    section = Document(io.BytesIO(made.docx)).sections[0]
    assert "wp:anchor" in section.first_page_header._element.xml
    without = drafted(office=OFFICE._replace(emblem="no-such.png"), templates=templates)
    assert text(without) == text(made)


@pytest.mark.parametrize(("name", "data"), [("emblem.png", b"text"), ("../outside.png", picture())])
def test_an_emblem_that_is_no_picture_or_not_of_the_office_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    office_folder = tmp_path / "office"
    office_folder.mkdir()
    templates = copied(office_folder)
    (office_folder / name).write_bytes(data)
    with pytest.raises(BadFile) as caught:
        drafted(office=OFFICE._replace(emblem=name), templates=templates)
    assert caught.value.problems[0].code == "emblem"


def test_a_newcomer_adds_a_paper_with_one_file(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    (templates / "papers" / "note.j2").write_text(
        "---\nformat: 1\nform: memo\nlabel: {th: บันทึกสั้น, en: Note}\nsigner: head\n"
        'head: {subject: "{{ case.subject }}"}\nfor: จึงเรียนมาเพื่อทราบ\n---\n'
        "# {{ case.order.text }}\n",
        "utf-8",
    )
    assert set(wording_names(templates)) == {*wording_names(TEMPLATES), "note"}
    assert paper_title(templates, "note") == {"th": "บันทึกสั้น", "en": "Note"}[language()]
    assert validate_wordings(templates, OFFICE) == ()
    assert "๑.  ให้ตรวจสอบและรายงานภายใน ๗ วัน" in texts(drafted(paper="note", templates=templates))


def test_the_file_has_the_subject_for_its_title_and_no_complainant_in_it() -> None:
    def title(case: Case, paper: str = "memo") -> str:
        return str(Document(io.BytesIO(drafted(case, paper).docx)).core_properties.title)

    assert title(CASE) == "ขอความเป็นธรรมกรณีการรับนักเรียนชั้นมัธยมศึกษาปีที่ ๑"
    assert CASE.complainant is not None
    named = CASE._replace(subject=f"ขอความเป็นธรรมให้ {CASE.complainant.name}")
    assert CASE.complainant.name in text(drafted(named, "summary"))  # the Minister may know
    assert title(named, "summary") == "ขอความเป็นธรรมให้ ผู้ร้อง"


@pytest.mark.parametrize(("channel", "way"), [("voice", "ด้วยวาจา"), ("line", "ทางไลน์"), ("letter", "")])
def test_an_order_of_the_minister_is_told_as_an_order_once(channel: Channel, way: str) -> None:
    received = CASE.received._replace(from_="รมว.ศธ.", channel=channel)
    case = CASE._replace(received=received, order=CASE.order._replace(by="รมว.ศธ."), complainant=None)
    first = next(line for line in texts(drafted(case)) if line.startswith("๑."))
    assert f"รมว.ศธ. มีคำสั่งการ{way} เกี่ยวกับการขอความเป็นธรรม" in first
    assert first.count("รมว.ศธ.") == 1
