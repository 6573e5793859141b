"""Orders conveyed, letters answered, orders with persons and annex, certificates, programmes, speeches, news."""

from pathlib import Path
from typing import Any

import pytest

from srctl.core.errors import Refused
from srctl.documents.docx import word_file
from srctl.model.case import Case, Order
from srctl.papers.addressees import sender_reference
from srctl.papers.composition import draft_paper, sample_asked
from srctl.papers.wordings import read_template
from tests.conftest import Srctl
from tests.sample_case import CASE, COMMIT, DIRECTORY, KIND, OFFICE, TEMPLATES, TODAY, sent_before, with_analysis

REPLIES = ("reply-accept", "reply-decline", "reply-deputy")
INVITED = CASE._replace(
    complainant=None,
    subject="เรียนเชิญรัฐมนตรีว่าการกระทรวงศึกษาธิการเป็นประธานเปิดงานวันครู",
    received=CASE.received._replace(from_="สำนักงานจังหวัดสมมติบุรี", ref="สบ 0001/5"),
    fields={"date": "2026-12-09"},
)


def drafted(paper: str, case: Case = CASE, to: str = "", **given: str) -> bytes:
    """Draft a wording with the values it must have, and those given in place of its samples."""
    template = read_template(TEMPLATES, paper)
    asked = sample_asked(template)
    needed = {name: text for name, text in asked.given.items() if not template.form.values[name].optional}
    asked = asked._replace(to=to, given={name: text for name, text in {**needed, **given}.items() if text})
    return draft_paper(case, KIND, OFFICE, DIRECTORY, TEMPLATES, paper, TODAY, COMMIT, asked).docx


def decided(what: str) -> Case:
    """Return the case with this decision of the Minister."""
    case = sent_before(CASE, "obec")
    return case._replace(log=tuple(e._replace(decision=what) if e.did == "decide" else e for e in case.log))


def text(docx: bytes) -> str:
    return "\n".join(word_file.paragraphs(docx)).replace("\u00a0", " ")


# -- orders conveyed ------------------------------------------------------------------------------------


def test_the_decision_is_conveyed_by_whom_and_of_what_day() -> None:
    made = text(drafted("convey-order", decided("ให้ สพฐ. รายงานทุกสัปดาห์"), "obec"))
    assert "ด้วยรัฐมนตรีว่าการกระทรวงศึกษาธิการ ได้มีข้อสั่งการ เมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๙" in made
    assert "ให้ สพฐ. รายงานทุกสัปดาห์" in made


def test_an_order_without_a_decision_is_conveyed_as_it_was_given() -> None:
    assert "ให้ตรวจสอบและรายงานภายใน ๗ วัน" in text(drafted("convey-order", CASE, "obec"))


@pytest.mark.parametrize("order", [Order(), Order(by="รมว.ศธ."), Order(text="ให้ตรวจสอบ")])
def test_what_nobody_ordered_is_not_conveyed(order: Order) -> None:
    with pytest.raises(Refused):
        drafted("convey-order", CASE._replace(order=order), "obec")


@pytest.mark.parametrize("decision", ["เห็นชอบตามเสนอ", "เห็นชอบ"])
def test_agencies_are_told_what_was_proposed_where_the_decision_only_agrees_to_it(decision: str) -> None:
    made = text(drafted("convey-order", with_analysis(decided(decision), proposal="เห็นควรมอบ สพฐ. ตรวจสอบ"), "obec"))
    assert "มอบ สพฐ. ตรวจสอบ" in made
    assert "เห็นชอบ" not in made


def test_several_orders_are_numbered_and_one_is_not() -> None:
    assert "๒.  จัดการเรียน" in text(drafted("convey-order", CASE, "obec", ask="สำรวจ\nจัดการเรียน"))
    assert "๑.  สำรวจ" not in text(drafted("convey-order", CASE, "obec", ask="สำรวจ"))


# -- letters answered -----------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", REPLIES)
def test_an_answer_refers_to_their_letter_and_says_what_they_asked(paper: str) -> None:
    made = text(drafted(paper, INVITED, "province", day="2026-12-09", time="09:30", place="หอประชุม"))
    assert "อ้างถึง\tหนังสือสำนักงานจังหวัดสมมติบุรี ที่ สบ ๐๐๐๑/๕" in made
    assert "ได้เรียนเชิญรัฐมนตรีว่าการกระทรวงศึกษาธิการเป็นประธานเปิดงานวันครู" in made
    assert "๙ ธันวาคม ๒๕๖๙ เวลา ๐๙.๓๐ น. ณ หอประชุม นั้น" in made
    assert "ขอขอบคุณ" in made


def test_a_deputy_is_named_and_must_be() -> None:
    assert "จึงได้มอบหมายให้นายผู้แทน สมมติวงศ์" in text(drafted("reply-deputy", INVITED, "province"))
    with pytest.raises(Refused):
        drafted("reply-deputy", INVITED, "province", attends="")


def test_who_goes_in_the_place_of_the_minister_is_said_where_the_invitation_is_accepted() -> None:
    made = text(drafted("reply-accept", INVITED, "province", attends="นายผู้แทน สมมติวงศ์"))
    assert "ได้มอบหมายให้นายผู้แทน สมมติวงศ์ เป็นผู้แทน" in made
    assert "ยินดีรับเชิญ" not in made


def test_an_invitation_that_was_declined_is_not_accepted() -> None:
    with pytest.raises(Refused):
        drafted("reply-accept", INVITED._replace(fields={"attends": "-"}), "province")


@pytest.mark.parametrize("sender", ["สำนักงานจังหวัดสมมติบุรี", "จ.สมมติบุรี", "province", "โรงเรียนตัวอย่าง", ""])
def test_an_answer_goes_to_the_sender_who_stands_in_the_directory(sender: str) -> None:
    known = {"โรงเรียนตัวอย่าง": "", "": ""}.get(sender, "province")
    case = CASE._replace(received=CASE.received._replace(from_=sender))
    assert sender_reference(case, DIRECTORY) == known


# -- orders with persons and annex ----------------------------------------------------------------------


def test_persons_duties_and_annex_are_numbered_and_the_annex_stands_behind_the_signature() -> None:
    template = read_template(TEMPLATES, "committee")
    given = {name: value.sample for name, value in template.form.values.items()}
    lines = text(drafted("committee", CASE, "", **given)).split("\n")
    for line in ("๑.๑", "๑.๓", "๒.๓  ปฏิบัติงานอื่นตามที่ได้รับมอบหมาย", "และบุคคลตามบัญชีแนบท้ายคำสั่งนี้"):
        assert line in lines
    annex = next(n for n, line in enumerate(lines) if line.startswith("บัญชีแนบท้าย"))
    assert lines.index("(นางสมมติ ตั้งใจจริง)") < annex < lines.index("นายพงศ์ ตัวอย่างดี")


def test_the_number_and_date_above_the_annex_are_filled_in_too() -> None:
    docx = drafted("committee", annex="นายพงศ์ ตัวอย่างดี=กรรมการ")
    filled, missed = word_file.fill_places(docx, {"number": "7/2569", "date": "1 ธันวาคม 2569"})
    assert missed == ()
    assert "ที่ ๗/๒๕๖๙ ลงวันที่ ๑ ธันวาคม ๒๕๖๙" in text(filled)


def test_an_order_setting_up_a_committee_of_nobody_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        drafted("committee", persons="-")
    assert "persons" in caught.value.hint


# -- the rest -------------------------------------------------------------------------------------------


def test_programme_and_speech_are_those_of_the_case_where_nothing_is_typed(sample: Srctl) -> None:
    assert 'letter 2569-0011 programme --value rows="…"' in sample.refused(5, "letter", "11", "programme")
    sample.ok("set", "11", "programme=09.00 น. พิธีเปิด", "speech=ขอขอบคุณทุกท่าน")
    for paper, said in (("programme", "๐๙.๐๐ น.\nพิธีเปิด"), ("speaking-points", "ขอขอบคุณทุกท่าน")):
        made: Any = sample.ok("letter", "11", paper, "--json").json
        assert said in text(Path(made["files"][0]).read_bytes())


def test_an_answer_to_a_sender_who_is_not_in_the_directory_says_how_to_enter_them(sample: Srctl) -> None:
    refused = sample.refused(5, "letter", "11", "reply-accept")
    assert 'contacts add โรงเรียนตัวอย่างวิทยา --head "…"' in refused


@pytest.mark.parametrize("paper", ["news", "statement"])
def test_an_issue_number_stands_only_where_there_are_several(paper: str) -> None:
    assert "ฉบับที่ ๒" in text(drafted(paper, issue="2"))
    assert "ฉบับที่" not in text(drafted(paper))


@pytest.mark.parametrize("paper", ["news", "statement", "press-invitation"])
def test_the_day_of_issue_is_left_open_unless_it_is_given(paper: str) -> None:
    assert "๑ ธันวาคม ๒๕๖๙" in text(drafted(paper, dated="2026-12-01")).split("\n")[-1]
    assert text(drafted(paper)).split("\n")[-1].strip() == "พฤศจิกายน ๒๕๖๙"


def test_the_press_is_invited_to_the_event_and_not_to_an_invitation() -> None:
    assert "เรื่อง\tพิธีเปิดงานวันครู" in text(drafted("press-invitation", INVITED))


CHECKED: dict[str, tuple[str, ...]] = {
    "convey-order": ("--to", "obec", "--to", "vec"),
    "reply-accept": ("--to", "obec"),
    "reply-decline": ("--to", "obec"),
    "reply-deputy": ("--to", "obec", "--value", "attends=นายผู้แทน สมมติวงศ์ ที่ปรึกษารัฐมนตรี"),
    "committee": ("--value", "power=ความในมาตรา 32", "--value", "body=คณะทำงาน", "--value", "persons=@names.txt",
                        "--value", "duties=ติดตาม", "--value", "duties=รายงาน"),
    "certificate": ("--value", "whom=นางสาวมาลี ตัวอย่างงาม", "--ask", "ปฏิบัติหน้าที่จริง"),
    "press-invitation": ("--value", "time=9.30", "--value", "place=ห้องแถลงข่าว"),
    "programme": ("--value", "rows=09.00 น.=ลงทะเบียน", "--value", "rows=09.30 น.=พิธีเปิด=หอประชุม"),
    "agenda": ("--value", "day=9/12/2569", "--value", "agenda=1=มอบนโยบาย"),
    "minutes": ("--value", "day=9/12/2569", "--value", "time=9.30", "--value", "end=12.00", "--value", "place=ห้องประชุม",
                "--value", "present=malee=ประธาน", "--value", "agenda=4=แนวทาง=อภิปราย=เห็นชอบ"),
    "speech": ("--value", "greet=ท่านผู้มีเกียรติ", "--value", "content=ขอขอบคุณทุกท่าน"),
}  # fmt: skip


def test_a_clerk_drafts_them_all_and_the_check_finds_nothing(sample: Srctl, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("malee=ประธานกรรมการ\nobec/somsak=กรรมการ\n", encoding="utf-8")
    sample.ok("decide", "11", "--by", "รมว.ศธ.", "--what", "ให้หน่วยงานสนับสนุนการจัดงาน")
    for wording, options in CHECKED.items():
        sample.ok("letter", "11", wording, *(o.replace("@names.txt", f"@{names}") for o in options))
    found: Any = sample.ok("paper", "check", "11", "--json").json
    assert not [each for each in found["items"] if each.get("findings")]
    assert len(found["items"]) == len(CHECKED) + 1
