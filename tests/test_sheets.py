"""The registry's sheets: envelopes to the millimetre, copies beside the paper, stamp, receipt, cover, order."""

import io
import shutil
from pathlib import Path

import pytest
from docx import Document

from srctl.core.errors import NotFound, Refused
from srctl.documents.docx import word_file
from srctl.papers.draft_request import Asked
from srctl.papers.proofing.review import Reviewer
from srctl.papers.wordings import read_numbering
from srctl.reports.sheets.catalogue import sheet_kinds
from srctl.reports.sheets.composing import sizes_of
from srctl.reports.sheets.copies import copied_paper, marked
from srctl.reports.sheets.envelopes import make_envelopes, split_address
from srctl.reports.sheets.intake_sheets import receipt_docx, receipt_stamp
from srctl.reports.sheets.superior_sheets import cover_docx, order_docx, the_decision, who_decided
from srctl.workflow.paper_state import papers_of
from tests.conftest import Srctl
from tests.golden_sheets import addressed_case, golden_sheets, sheet_ground
from tests.looks import OUTSIDE, made, sample_office
from tests.sample_case import CASE

NAME = "สมหญิง"


def lines(docx: bytes) -> list[str]:
    return [line.replace("\xa0", " ").replace("\t", " ").strip() for line in word_file.paragraphs(docx) if line.strip()]


def size(docx: bytes) -> tuple[int, int]:
    """Width and height of the page in millimetres."""
    section = Document(io.BytesIO(docx)).sections[0]
    assert section.page_width
    assert section.page_height
    return round(section.page_width.mm), round(section.page_height.mm)


# -- envelopes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("which", "wanted"), [("c5", (229, 162)), ("dl", (220, 110)), ("labels", (210, 297))])
def test_an_envelope_is_as_large_as_the_regulation_says(which: str, wanted: tuple[int, int]) -> None:
    assert size(make_envelopes([(sheet_ground(addressed_case()), ())], which).docx) == wanted


def test_every_addressee_has_an_envelope_and_one_without_postcode_is_told() -> None:
    case = addressed_case()
    found = make_envelopes([(sheet_ground(case), ())], "dl")
    text = lines(found.docx)
    assert (found.n, found.no_address, found.no_postcode) == (3, (), ((case.id, OUTSIDE),))
    assert [line for line in text if line.startswith("เรียน")] == [
        "เรียน เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "เรียน ผู้ว่าราชการจังหวัดสมมติบุรี", "เรียน นางสาวสมหญิง รักธรรมดา",
    ]  # fmt: skip
    assert {"10300", "99000"} <= set(text), "a machine reads the postcode"
    assert text.count("ด่วนที่สุด") == 3


def test_whose_address_is_missing_is_told_and_the_others_are_made() -> None:
    case = addressed_case()
    assert case.complainant
    lacking = sheet_ground(case._replace(complainant=case.complainant._replace(address="")))
    found = make_envelopes([(lacking, ())], "dl")
    assert (found.n, found.no_address) == (2, ((case.id, "complainant"),))
    with pytest.raises(Refused) as refused:
        make_envelopes([(lacking, [papers_of(case)[2].id])], "dl")
    assert "complainant.address" in str(refused.value.hint)


def test_a_secret_paper_has_an_inner_envelope_with_the_mark_and_an_outer_one_without() -> None:
    case = addressed_case()._replace(secrecy="confidential", urgency="none")
    found = make_envelopes([(sheet_ground(case), [papers_of(case)[0].id])], "c5")
    text = lines(found.docx)
    assert found.n == 2
    assert sum("ลับ" in line for line in text) == 1
    assert sum(line.startswith("เรียน") for line in text) == 2


def test_an_address_is_parted_from_its_postcode() -> None:
    assert split_address("ถนนสมมติ กรุงเทพมหานคร  ๑๐๓๐๐ ") == ("ถนนสมมติ กรุงเทพมหานคร", "10300")
    assert split_address("ศาลากลางจังหวัด") == ("ศาลากลางจังหวัด", "")


# -- copies -----------------------------------------------------------------------------------------------


def test_a_copy_has_its_mark_and_the_paper_stays_as_it_is() -> None:
    case = addressed_case()
    ground, paper = sheet_ground(case), papers_of(case)[1]
    letter = made(case, "ask-information", Asked(to=OUTSIDE, given={"ask": "ผล"}), "copied").docx
    office = lines(marked(ground, paper, letter, "office-copy"))
    assert office[0] == "สำเนาคู่ฉบับ"
    assert [line for line in office if line.startswith(("ร่าง", "พิมพ์", "ตรวจ"))] == [
        "ร่าง นางสาวมาลี สมมติสุข", "พิมพ์ นางสาวมาลี สมมติสุข", "ตรวจ นางกานดา สมมติธรรม",
    ]  # fmt: skip
    certified = lines(marked(ground, paper, letter, "certified-copy", "suda"))
    at = certified.index("สำเนาถูกต้อง")
    assert certified[at + 1 : at + 4] == ["(นางสาวสุดา สมมติเพียร)", "นิติกรปฏิบัติการ", "๒๐ พฤศจิกายน ๒๕๖๙"]
    ours = set(lines(letter))
    assert [line for line in office if line in ours] == lines(letter), "not a word of it moves"


def test_what_is_not_signed_is_not_certified() -> None:
    case = addressed_case()
    submitted = case._replace(log=tuple(e for e in case.log if e.did not in ("sign", "number", "send", "reply")))
    paper = papers_of(submitted)[0]
    assert copied_paper(submitted, paper.id, "office-copy") == paper
    with pytest.raises(Refused):
        copied_paper(submitted, paper.id, "certified-copy")


# -- in and up --------------------------------------------------------------------------------------------


def test_the_stamp_has_the_number_of_the_register_and_a_spoken_order_has_none() -> None:
    at, case = sample_office(), addressed_case()
    kinds, numbering = at.folder.kinds.readable(), read_numbering(at.templates)
    cases = [case, *at.cases[1:]]
    ours, theirs = (receipt_stamp(sheet_ground(case), entry, cases, kinds, numbering) for entry in ("", "a15"))
    assert (ours.day, ours.hour) == ("20 พ.ย. 2569", "09.12 น.")
    assert int(ours.number) > 0
    assert ours.number != theirs.number, "each paper has a number of its own"
    spoken = next(c for c in at.cases if c.received.channel == "voice")
    with pytest.raises(NotFound):
        receipt_stamp(sheet_ground(spoken), "", cases, kinds, numbering)


def test_the_receipt_names_who_brought_it_but_for_whoever_wants_no_name() -> None:
    case = addressed_case()
    assert case.complainant
    text = lines(receipt_docx(sheet_ground(case)))
    assert "ผู้ยื่นเรื่อง นางสาวสมหญิง รักธรรมดา" in text
    assert "รับเมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๑๒ น." in [" ".join(line.split()) for line in text]
    assert "โทร. ๐ ๒๐๐๐ ๐๑๓๒" in text
    hidden = lines(receipt_docx(sheet_ground(case._replace(complainant=case.complainant._replace(anonymous=True)))))
    assert "ผู้ยื่นเรื่อง ไม่ประสงค์ออกนาม" in hidden


def test_the_cover_lists_the_papers_and_those_it_passes() -> None:
    case = addressed_case()
    papers = [paper.id for paper in papers_of(case)]
    text = lines(cover_docx(sheet_ground(case), papers))
    assert "นางกานดา สมมติธรรม นักวิเคราะห์นโยบายและแผนชำนาญการพิเศษ ปฏิบัติหน้าที่หัวหน้ากลุ่มรับเรื่องราวร้องทุกข์" in text
    assert any("/" in line and "เพื่อโปรดลงนาม" in line for line in text)


def test_the_cover_lists_the_levels_of_the_route_in_turn(tmp_path: Path) -> None:
    rule = "{levels: [{who: [kanda]}, {who: [prasit, sakda]}, {who: [signer], gives: signature}]}"
    templates = shutil.copytree(sample_office().templates, tmp_path / "templates")
    (templates / "clearances.yaml").write_text(f"format: 1\nclearances: [{rule}]\n", encoding="utf-8")
    case = addressed_case()
    drafted = next(n for n, entry in enumerate(case.log) if entry.did == "draft")
    ground = sheet_ground(case._replace(log=case.log[: drafted + 1]))._replace(templates=templates)
    text = lines(cover_docx(ground, []))
    rows = text[text.index("การเสนอผ่าน") :]
    assert [line for line in rows if line.isdecimal()] == ["๑", "๒", "๒"]
    names = [line.split()[0] for line in rows if line.startswith("นา")]
    assert names == ["นางกานดา", "นายประสิทธิ์", "นายศักดา"], "whom it goes to, the signer, stands at the head"


def test_the_order_is_printed_from_the_decision_and_without_one_refused() -> None:
    case = addressed_case()
    text = lines(order_docx(sheet_ground(case), the_decision(case, "")))
    assert text[-5:-3] == ["เรียน หัวหน้ากลุ่มรับเรื่องราวร้องทุกข์", "เห็นชอบตามเสนอ"], "not a word more than was decided"
    assert text[-2:] == ["รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "๑๘ พฤศจิกายน ๒๕๖๙"]
    with pytest.raises(NotFound) as refused:
        the_decision(CASE._replace(log=()), "")
    assert "decide" in str(refused.value.hint)


def test_who_decided_is_found_by_any_way_they_are_called() -> None:
    office = sample_office().office
    assert who_decided(office, "หัวหน้าสำนักงานรัฐมนตรี").name == "นางสาวดารา ตัวอย่างวัฒนา"
    assert who_decided(office, "กานดา").positions[0].startswith("นักวิเคราะห์")
    assert who_decided(office, "รองปลัดสมมติ").positions == ("รองปลัดสมมติ",)


def test_no_sheet_names_who_complains_but_what_is_given_or_sent_to_them() -> None:
    theirs = ("envelope-dl", "envelope-labels", "receipt", "file-book")  # the last is the file itself, bound
    named = [paper.name for paper in golden_sheets() if NAME in " ".join(lines(paper.docx))]
    assert set(named) <= set(theirs)


def test_every_sheet_has_a_layout_and_a_name_in_both_languages() -> None:
    templates = sample_office().templates
    for kind in sheet_kinds():
        assert (templates / "layouts" / f"{kind.name}.yaml").is_file() or sizes_of(templates, kind.name)
        assert kind.label.th
        assert kind.label.en


# -- as they are asked for ----------------------------------------------------------------------------------


def test_sheets_are_asked_for_by_thai_names_and_written_beside_the_case(office: Srctl) -> None:
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ตรวจสอบ")
    assert "ใบรับเรื่อง" in office.ok("sheet").out
    slip = office.ok("sheet", "ใบรับเรื่อง", "1", "--json").json["items"][0]
    assert slip["file"].endswith("receipt-sheet-draft.docx")
    assert "เลขที่รับ 1" in office.ok("sheet", "ตรารับ", "1").out
    assert "decide" in office.refused(3, "sheet", "เกษียนหนังสือ", "1")
    assert "c5, dl, labels" in office.refused(2, "sheet", "ซอง", "1", "--size", "b4")
    office.ok("letter", "1", "support", "--to", "obec", "--ask", "ห้องประชุม")
    office.ok("submit", "1")
    assert "1 ฉบับ" in office.ok("sheet", "ใบเสนอลงนาม").out
    office.ok("sheet", "สำเนาคู่ฉบับ", "1")
    office.ok("sheet", "ใบปะหน้า", "1", "--to", str(office.root / "ปะหน้า.docx"))
    assert office.ok("check").out


def test_several_cases_are_named_at_once_and_one_that_cannot_be_is_told(office: Srctl) -> None:
    for subject, channel in (("ขอความเป็นธรรม", "letter"), ("ขอห้องประชุม", "phone")):
        office.ok("new", "complaint", "-s", subject, "--from", "สมาคมสมมติ", "-c", channel, "--order", "ตรวจสอบ")
    slips = office.ok("sheet", "ใบรับเรื่อง", "1", "2", "--json").json["items"]
    assert [item["cases"] for item in slips] == [["2569-0001"], ["2569-0002"]]
    stamped = office.run("sheet", "ตรารับ", "1", "2", "--json")
    assert stamped.code == 1
    assert "2569-0002" in stamped.json["refused"][0], "no paper came with a call"
    assert [item["cases"] for item in stamped.json["items"]] == [["2569-0001"]]
    for case, whom in (("1", "obec"), ("2", "province")):
        office.ok("letter", case, "support", "--to", whom, "--ask", "ห้องประชุม")
    together = office.ok("sheet", "ซอง", "1", "2", "support", "--size", "labels", "--json").json["items"]
    assert [(item["n"], item["cases"]) for item in together] == [(2, ["2569-0001", "2569-0002"])]
    assert "--to" in office.refused(2, "sheet", "ใบรับเรื่อง", "1", "2", "--to", "ใบ.docx")


def test_no_sheet_is_judged_as_a_letter_but_what_was_put_into_it_is_told(tmp_path: Path) -> None:
    reviewer, file = Reviewer(sample_office().folder), tmp_path / "sheet.docx"
    sheets = [paper for paper in golden_sheets() if not paper.name.endswith("-copy")]
    for paper in sheets:
        file.write_bytes(paper.docx)
        assert (paper.name, reviewer.review(file).findings) == (paper.name, ())
    opened = Document(io.BytesIO(sheets[0].docx))
    opened.add_comment(opened.paragraphs[0].runs, "ตรวจก่อนพิมพ์", "นายสมมติ")
    opened.save(str(file))
    assert [finding.code for finding in reviewer.review(file).findings if finding.code != "author"] == ["comment"]
