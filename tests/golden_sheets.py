"""The registry's sheets of the golden pages: one of each layout, made of the full case of the sample office."""

from collections.abc import Iterator

from srctl.core.i18n import speaking
from srctl.model.case import Case
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import read_numbering
from srctl.reports.binding import BookEntry
from srctl.reports.file_book import LOG, contents_docx, log_docx, strips_docx
from srctl.reports.sheets.composing import SheetGround
from srctl.reports.sheets.copies import marked
from srctl.reports.sheets.envelopes import make_envelopes
from srctl.reports.sheets.intake_sheets import receipt_docx, receipt_stamp, stamp_docx
from srctl.reports.sheets.superior_sheets import ForSigning, cover_docx, order_docx, signing_list_docx, the_decision
from srctl.workflow.paper_state import papers_of
from tests.looks import OUTSIDE, Paper, full_case, made, sample_office
from tests.sample_case import TODAY

HOME = "99/9 หมู่ที่ 5 ตำบลสมมติ อำเภอเมืองสมมติบุรี จังหวัดสมมติบุรี 99000"


def addressed_case() -> Case:
    """The full case, most urgent, with an address to write to."""
    case = full_case()
    assert case.complainant is not None
    return case._replace(urgency="most-urgent", complainant=case.complainant._replace(address=HOME))


def sheet_ground(case: Case) -> SheetGround:
    """What sheets of the case are made from in the sample office."""
    at = sample_office()
    return SheetGround(case, at.folder.kind(case.kind), at.office, at.folder.directory, at.templates, TODAY)


def golden_sheets() -> Iterator[Paper]:
    """Yield one sheet of each layout under the name of its golden pages."""
    at, case = sample_office(), addressed_case()
    ground, papers = sheet_ground(case), papers_of(case)
    secret = sheet_ground(case._replace(secrecy="confidential"))
    yield _named("envelope-c5", make_envelopes([(secret, [papers[0].id])], "c5").docx)
    yield _named("envelope-dl", make_envelopes([(ground, ())], "dl").docx)
    yield _named("envelope-labels", make_envelopes([(ground, ())], "labels").docx)
    letter = made(case, "ask-information", Asked(to=OUTSIDE, given={"ask": "ผลการตรวจสอบ"}), "copied").docx
    yield _named("office-copy", marked(ground, papers[1], letter, "office-copy"))
    yield _named("certified-copy", marked(ground, papers[1], letter, "certified-copy", "malee"))
    yield _named("cover", cover_docx(secret, [paper.id for paper in papers]))
    subject = "ขอทราบข้อมูลประกอบการพิจารณา"
    listed = [ForSigning(case, paper, subject, "หนังสือขอทราบข้อมูล") for paper in papers]
    yield _named("signing-list", signing_list_docx(at.office, at.folder.directory, at.templates, listed, TODAY))
    yield _named("endorsement", order_docx(ground, the_decision(case, "")))
    numbering = read_numbering(at.templates)
    stamp = receipt_stamp(ground, "", [case, *at.cases[1:]], at.folder.kinds.readable(), numbering)
    for size in ("corner", "label"):
        yield _named(f"stamp-{size}", stamp_docx(ground, stamp, size))
    yield _named("receipt", receipt_docx(ground))
    filed = BookEntry(TODAY, "ผลการตรวจสอบ (เสียงบันทึก.mp3)", lack="ไฟล์ชนิดนี้ (.mp3) พิมพ์ในเล่มไม่ได้")
    listed_too = [(BookEntry(TODAY, "หนังสือขอทราบข้อมูล ที่ ศธ ๐๑๐๐/๑ ถึง ผู้ว่าราชการจังหวัดสมมติบุรี"), 2), (filed, 0)]
    yield _named("file-book", contents_docx(secret, [*listed_too, (BookEntry(TODAY, LOG), 4)]))
    with speaking("th"):
        yield Paper("file-book-log", "", "file-book", log_docx(ground))
    yield _named("file-book-number", strips_docx(ground, [case.id]))


def _named(layout: str, docx: bytes) -> Paper:
    return Paper(layout, "", layout, docx)
