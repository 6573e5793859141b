"""The papers of the golden pages: one of each form, as its usual wording makes it of the sample office.

``papers`` is what to draw, ``rendered`` draws them all in one call of LibreOffice.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from srctl.core.date_spans import Days
from srctl.deadlines.explanation import explanations, the_explanation
from srctl.model.case import Case, Entry
from srctl.model.engagement import event_of
from srctl.papers.composition import sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import read_numbering, read_template
from srctl.reports import registers
from srctl.reports.attendance import name_cards, sign_in_sheet
from srctl.reports.deadline_report import ReportContext
from srctl.reports.deadline_report import explanation_docx as account_as_docx
from srctl.reports.dispatch_book import book_docx, dispatched
from srctl.reports.engagement_calendar import EngagementCalendar, calendar_docx
from srctl.reports.register_export import register_docx
from srctl.views.engagement_views import EventLine, event_attributes
from tests import looks, office_suite
from tests.golden_sheets import golden_sheets
from tests.looks import INSIDE, OUTSIDE, Paper, full_case, sample_office
from tests.sample_case import TODAY, with_analysis

DPI = 80
QUESTION, INVITATION = "2569-0005", "2569-0006"
REASON = (
    "ด้วยสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ ได้รับหนังสือจากประชาชนขอความเป็นธรรมเกี่ยวกับการรับนักเรียนชั้นมัธยมศึกษาปีที่ 1 "
    "ประจำปีการศึกษา 2569 ของโรงเรียนตัวอย่างวิทยา โดยแจ้งว่านักเรียนซึ่งมีภูมิลำเนาอยู่ในเขตพื้นที่บริการไม่ได้รับการคัดเลือกให้เข้าเรียน "
)
MORE = (
    "และขอให้ตรวจสอบว่าการดำเนินการเป็นไปตามประกาศและแนวปฏิบัติเกี่ยวกับการรับนักเรียนหรือไม่ พร้อมทั้งจัดหาที่เรียนให้แก่นักเรียนตามความเหมาะสม "
)
SAID = "การศึกษาเป็นรากฐานของการพัฒนาประเทศ กระทรวงศึกษาธิการจึงให้ความสำคัญกับการเรียนรู้ของนักเรียนทุกคนอย่างเท่าเทียมและต่อเนื่อง"


class Page(NamedTuple):
    """One page drawn: its picture (a grey PNG) and its lines, top to bottom, without spaces."""

    png: bytes
    lines: tuple[str, ...]


@cache
def golden_papers() -> tuple[Paper, ...]:
    """Return the paper of each form under the name of its golden pages."""
    case = full_case()
    long = tuple(f"{fact} ({n})" for n in range(1, 8) for fact in case.analysis.facts)
    question = next(c for c in sample_office().cases if c.id == QUESTION)
    invitation = next(c for c in sample_office().cases if c.id == INVITATION)
    enclosed = ("สำเนาหนังสือร้องเรียน=2 แผ่น", "ประกาศการรับนักเรียน ปีการศึกษา 2569", "แบบสำรวจ=1 ชุด")
    marked = Asked(urgency="most-urgent", secrecy="confidential", why="มีข้อมูลของนักเรียน")
    asked: tuple[tuple[str, str, Case, Asked], ...] = (
        ("letter", "remind-1", case, Asked(to=OUTSIDE, attachments=enclosed[:1])),
        ("letter2p", "support", case, marked._replace(
            to=OUTSIDE, attachments=enclosed, copies=("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาสมมติบุรี",),
            catchword="ในการนี้", given={"reason": REASON + MORE * 9})),
        ("internal", "ask-information", case, Asked(to=INSIDE, urgency="urgent", why="ครบกำหนด")),
        ("stamped", "ask-information", case, Asked(to=OUTSIDE, form="stamped")),
        ("circular", "circular", case, Asked(to=OUTSIDE, attachments=enclosed[:2])),
        ("memo", "memo", case, Asked()),
        ("memo2p", "memo", with_analysis(case, facts=long), marked),
        ("memo-ops", "memo-ops", case, marked),
        ("summary", "summary", case, Asked()),
        ("order", "order", case, Asked()),
        ("announcement", "announcement", case, Asked()),
        ("talking-points", "talking-points", case, Asked()),
        ("call-sheet", "call-sheet", case, Asked()),
        ("answer", "answer-question", question, Asked()),
        ("committee", "committee", case, Asked()),
        *((form, form, case, Asked()) for form in ("agenda", "minutes")),
        *((form, form, case, Asked()) for form in ("certificate", "news", "statement", "press-invitation")),
        ("programme", "programme", invitation, Asked()),
        ("speech", "speech", invitation, Asked(given={"content": "\n".join([SAID] * 5)})),
    )  # fmt: skip
    return (
        *(_paper(*one) for one in asked),
        _register(),
        _dispatch_book(),
        _account(),
        *_of_events(),
        *golden_sheets(),
    )


def _paper(name: str, wording: str, case: Case, asked: Asked) -> Paper:
    template = read_template(sample_office().templates, wording)
    samples = sample_asked(template)
    given = {**samples.given, **asked.given}
    whom = asked.to or samples.to
    if not whom and looks.ways(template)[0][0]:
        whom = OUTSIDE
    return looks.made(case, wording, asked._replace(to=whom, given=given), name)


def _register() -> Paper:
    at = sample_office()
    ground = registers.RegisterContext(at.office, at.folder.directory, at.folder.kinds, read_numbering(at.templates))
    register = registers.outgoing(at.cases, ground, 2569)
    docx = register_docx(register, (), at.office, at.templates, TODAY)
    return Paper("register", "", "register", docx)


def _dispatch_book() -> Paper:
    """Return the book of a day with a registered letter, one with the messenger, and one somebody took."""
    at = sample_office()
    ground = registers.RegisterContext(at.office, at.folder.directory, at.folder.kinds, read_numbering(at.templates))
    case = at.cases[0]
    went: tuple[tuple[str, dict[str, Any]], ...] = (
        ("obec", {"post": "RR123456785TH"}), ("vec", {"carrier": "นายเดช ตัวอย่างขยัน"}),
        ("province", {"receiver": "นายสมมติ งานสารบรรณ"}),
    )  # fmt: skip
    for n, (whom, how) in enumerate(went, 1):
        numbered = Entry(f"n{n}", case.log[0].at, "malee", "number", on=TODAY, with_=whom, paper=f"support-{n}",
                         number=f"ศธ 0100/{n}", dated=TODAY)  # fmt: skip
        sent = numbered._replace(id=f"s{n}", did="send", by="letter", number="", dated=None)._replace(**how)
        case = case._replace(log=(*case.log, numbered, sent))
    rows = dispatched([case], ground, TODAY, TODAY)
    docx = book_docx(rows, (), at.office, at.templates, Days(TODAY, TODAY), TODAY)
    return Paper("dispatch-book", "", "dispatch-book", docx)


def _account() -> Paper:
    """Return how the opinion on a complaint by website came to be due, extended once."""
    at = sample_office()
    case = next(c for c in at.cases if c.id == "2569-0010")
    longer = case.log[-1]._replace(
        id="a9", did="extend", to="", on=None, deadline="opinion", amount=2, unit="workday", why="ขอเอกสารเพิ่ม"
    )
    case = case._replace(log=(*case.log, longer))
    kind = at.folder.kind(case.kind)
    found = the_explanation(explanations(case, kind, at.folder.calendar, TODAY), "opinion", case.id)
    return Paper("account", case.id, "account", account_as_docx(found, ReportContext(at.folder, case, kind, TODAY)))


def _of_events() -> Iterator[Paper]:
    """Yield the calendar of engagements, and cards and sheet of an event to which one comes and one sends somebody."""
    at = sample_office()
    kinds = at.folder.kinds.readable()
    happening = [case for case in at.cases if event_of(case, kinds[case.kind])]
    lines = [
        EventLine(case.id, event_of(case, kind), event_attributes(case, kind, "waiting", str))
        for case, kind in ((case, kinds[case.kind]) for case in happening)
    ]
    calendar = EngagementCalendar(tuple(lines), at.office, TODAY, TODAY, None)
    yield Paper("events", "", "events", calendar_docx(calendar, at.templates))
    case, answer = happening[0], happening[0].log[-1]._replace(did="attend", to="", on=None)
    answers = (
        answer._replace(id="a90", with_="obec", how="self"),
        answer._replace(id="a91", with_="vec", how="sent", text="นายผู้แทน สมมติวงศ์, ผู้อำนวยการสำนัก"),
    )
    case = case._replace(log=(*case.log, *answers))
    asked = (case, kinds[case.kind], at.office, at.folder.directory, at.templates)
    yield Paper("name-card", case.id, "name-card", name_cards(*asked))
    yield Paper("sign-in", case.id, "sign-in", sign_in_sheet(*asked))


@cache
def rendered() -> dict[str, tuple[Page, ...]]:
    """Return the pages of every golden paper as LibreOffice lays them out with the stand-in font."""
    with TemporaryDirectory() as folder:
        return dict(_render(golden_papers(), Path(folder)))


def _render(papers: tuple[Paper, ...], folder: Path) -> Iterator[tuple[str, tuple[Page, ...]]]:
    files = []
    for paper in papers:
        files.append(folder / f"{paper.name}.docx")
        files[-1].write_bytes(paper.docx)
    for paper, pdf in zip(papers, office_suite.convert(files, "pdf", folder), strict=True):
        shown = zip(office_suite.pictures(pdf, DPI), office_suite.page_lines(pdf), strict=True)
        yield paper.name, tuple(Page(png.read_bytes(), tuple(lines)) for png, lines in shown)
