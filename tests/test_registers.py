"""The registers of papers sent and received: every number told, nobody named who complains, no case left out."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from srctl.cli import view
from srctl.cli.app import NOUNS
from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Serial, decode
from srctl.core.thai import display_width, to_thai_digits
from srctl.model.case import NO_FIELDS, Case, Entry, Promise, Received
from srctl.model.number_series import Numbering
from srctl.reports.incoming_registers import incoming_register, matters_register
from srctl.reports.registers import RegisterContext, RegisterRow, columns, outgoing, row_cells
from srctl.store.yaml.reader import read_file
from tests.conftest import Srctl, prepared
from tests.sample_case import CASE, DIRECTORY, KIND, OFFICE, TEMPLATES

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=BANGKOK)
THAI_MARKS = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")


def numbering() -> Numbering:
    made = decode(Numbering, read_file(TEMPLATES / "numbering.yaml").data)
    assert made is not None
    return made


GROUND = RegisterContext(OFFICE, DIRECTORY, {"complaint": KIND}, numbering())


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command be found, registered or not."""
    monkeypatch.setitem(NOUNS, "register", ("register",))


@pytest.fixture
def english() -> None:
    i18n.use("en")


def entry(id_: str, did: str, *, days: int = 0, **values: Any) -> Entry:
    return Entry(id_, NOON + timedelta(days=days), "malee", did, **values)  # type: ignore[arg-type]


def numbered(n: int, paper: str = "support", series: str = "ordinary", **values: Any) -> Entry:
    given = {"number": f"ศธ 0100/{n}", "subject": f"เรื่องที่ {n}", "addressee": "เลขาธิการ", **values}
    return entry(f"n{n}", "number", paper=paper, series=series, n=n, **given)


def case(*log: Entry, id_: str = "2569-0042", **changes: Any) -> Case:
    return CASE._replace(id=id_, log=log, **changes)


def drafted(paper: str = "support", **values: Any) -> Entry:
    return entry(f"d-{paper}", "draft", paper=paper, **values)


def sent_rows(*cases: Case, year: int = 2569, ground: RegisterContext = GROUND, only: str = "") -> list[RegisterRow]:
    return list(outgoing(cases, ground, year, only).rows())


def received_rows(*cases: Case, year: int = 2569, ground: RegisterContext = GROUND) -> list[RegisterRow]:
    return list(incoming_register(cases, ground, year).rows())


# -- sent: numbers ----------------------------------------------------------------------------------


def test_every_number_has_its_row_in_order_of_its_series_and_number() -> None:
    found = outgoing(
        [
            case(drafted(), numbered(2)),
            case(drafted("order"), numbered(1, "order", "order"), id_="2569-0050"),
            case(drafted(), numbered(1), id_="2569-0043"),
        ],
        GROUND,
        2569,
    )
    assert [(s.name, [r.number for r in s.rows]) for s in found.sections] == [
        ("ordinary", ["1", "2"]),
        ("order", ["1"]),
    ]
    assert [r.case for r in found.rows()] == ["2569-0043", "2569-0042", "2569-0050"]


def test_a_row_tells_what_was_frozen_with_the_number_not_what_the_case_says_today() -> None:
    row = sent_rows(case(drafted(), numbered(1, dated=date(2026, 11, 20)), subject="เรื่องที่เปลี่ยนภายหลัง"))[0]
    assert row_cells(row) == (
        "1", "ศธ 0100/1", "20 พ.ย. 2569", "สำนักงานรัฐมนตรี", "เลขาธิการ", "เรื่องที่ 1", row.action, "2569-0042",
    )  # fmt: skip


@pytest.mark.usefixtures("english")
def test_numbers_that_no_log_has_are_told_in_one_row_however_many() -> None:
    rows = sent_rows(case(drafted(), numbered(2)), case(drafted(), numbered(900_000_000), id_="2569-0043"))
    assert [(r.number, r.flag) for r in rows] == [
        ("1", "missing"), ("2", ""), ("3-899999999", "missing"), ("900000000", ""),
    ]  # fmt: skip
    assert rows[0].action == "no log has this number"


def test_an_office_that_went_on_from_a_paper_register_lacks_no_number_before_its_first() -> None:
    begun = GROUND.numbering.series["ordinary"]._replace(begins={"2569": Serial(1235)})
    ground = GROUND._replace(numbering=Numbering(1, {**GROUND.numbering.series, "ordinary": begun}))
    rows = sent_rows(case(drafted(), numbered(1236)), ground=ground)
    assert [(r.number, r.flag) for r in rows] == [("1235", "missing"), ("1236", "")]


@pytest.mark.usefixtures("english")
def test_a_number_given_twice_is_flagged_in_both_rows() -> None:
    rows = sent_rows(case(drafted(), numbered(1)), case(drafted(), numbered(1), id_="2569-0043"))
    assert [(r.number, r.flag, r.case) for r in rows] == [
        ("1", "duplicate", "2569-0042"), ("1", "duplicate", "2569-0043"),
    ]  # fmt: skip
    assert all(r.action.startswith("this number was given twice") for r in rows)


@pytest.mark.usefixtures("english")
def test_a_cancelled_number_stays_in_the_register_with_the_reason() -> None:
    cancelled = case(drafted(), numbered(1), entry("c", "cancel", paper="support", why="ผู้รับย้าย"))
    undone = case(drafted(), numbered(2), entry("u", "undo", of="n2", why="ลงเลขผิดเรื่อง"), id_="2569-0043")
    rows = sent_rows(cancelled, undone)
    assert [(r.flag, r.action) for r in rows] == [
        ("cancelled", "cancelled: ผู้รับย้าย"), ("cancelled", "cancelled: ลงเลขผิดเรื่อง"),
    ]  # fmt: skip


def test_a_letter_sent_and_then_cancelled_keeps_the_day_it_went_out() -> None:
    sent = entry("s", "send", paper="support", on=date(2026, 11, 23))
    [row] = sent_rows(case(drafted(), numbered(1), sent, entry("c", "cancel", days=9, paper="support", why="ผู้รับย้าย")))
    assert row.flag == "cancelled"
    assert row.action == "ยกเลิกแล้ว: ผู้รับย้าย · ส่งเมื่อ 23 พ.ย. 69"


@pytest.mark.usefixtures("english")
def test_an_entry_that_lost_its_number_is_told() -> None:
    lost = numbered(1)._replace(id="a9", n=Serial(0), number="ศธ 0100/7")
    rows = sent_rows(case(drafted(), numbered(1), lost))
    assert (rows[-1].number, rows[-1].flag) == ("?", "missing")
    assert "a9" in rows[-1].action


def test_a_year_has_the_numbers_of_the_papers_that_bear_it() -> None:
    old = case(drafted(), numbered(7, dated=date(2025, 12, 30)))
    assert sent_rows(old) == []
    assert [r.number for r in sent_rows(old, year=2568)][-1] == "7"


def test_a_series_nobody_defined_is_not_left_out() -> None:
    found = outgoing([case(drafted(), numbered(1, series="old"))], GROUND, 2569)
    assert [(s.name, s.label) for s in found.sections] == [("old", "old")]


def test_one_series_alone_can_be_asked_for() -> None:
    cases = [case(drafted(), numbered(1)), case(drafted(), numbered(1, series="circular"), id_="2569-0043")]
    assert [r.case for r in sent_rows(*cases, only="circular")] == ["2569-0043"]


# -- sent: what became of it ------------------------------------------------------------------------


@pytest.mark.usefixtures("english")
def test_a_circular_is_answered_in_the_register_when_nobody_is_waited_for_any_more() -> None:
    wait = Promise("them", "ตอบ", date(2026, 11, 27))
    log = [
        drafted(among=("obec", "vec")), numbered(1),
        *(entry(f"s-{who}", "send", paper="support", by="letter", with_=who, promise=wait) for who in ("obec", "vec")),
        *(entry(f"r-{who}", "reply", paper="support", with_=who, keeps=(f"s-{who}",)) for who in ("obec", "vec")),
    ]  # fmt: skip
    assert sent_rows(case(*log[:-1]))[0].action == "sent 18 Nov 2026 (letter)"
    assert sent_rows(case(*log))[0].action == "sent 18 Nov 2026 (letter) · answered 18 Nov 2026"


@pytest.mark.usefixtures("english")
def test_a_number_taken_back_without_a_reason_says_so() -> None:
    undone = case(drafted(), numbered(2), entry("u", "undo", of="n2"))
    assert [r.action for r in sent_rows(undone) if r.case] == ["cancelled: took back n2"]


@pytest.mark.usefixtures("english")
def test_a_row_tells_when_and_how_the_paper_went_and_that_it_was_answered() -> None:
    log = [
        drafted(with_="obec"), numbered(1), entry("s", "send", paper="support", by="email", on=date(2026, 11, 19)),
        entry("r", "reply", paper="support", days=2, ref="ศธ 04001/9"),
    ]  # fmt: skip
    assert sent_rows(case(*log[:2]))[0].action == "not sent yet"
    assert sent_rows(case(*log[:3]))[0].action == "sent 19 Nov 2026 (e-mail)"
    assert sent_rows(case(*log))[0].action == "sent 19 Nov 2026 (e-mail) · answered 20 Nov 2026"


def test_whom_a_paper_is_to_comes_from_its_draft_when_the_number_does_not_tell() -> None:
    for whom, said in (
        ("obec", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
        ("obec/somsak", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"),
        ("minister", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ"),
        ("nobody", "nobody"),
        ("", ""),
    ):
        assert sent_rows(case(drafted(with_=whom), numbered(1, addressee="")))[0].to == said
    many = case(drafted(among=("obec", "minister")), numbered(1, addressee=""))
    assert sent_rows(many)[0].to == "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน, รัฐมนตรีว่าการกระทรวงศึกษาธิการ"


# -- who complains is never told --------------------------------------------------------------------


def told(rows: list[RegisterRow]) -> str:
    return " ".join(" ".join(row_cells(row)) for row in rows)


@pytest.mark.parametrize("given", ["", "นางสาวสมหญิง รักธรรมดา", "คุณสมหญิง"])
def test_a_complainant_is_written_to_without_a_name(given: str) -> None:
    asked = numbered(1, addressee=given, with_="complainant")
    assert sent_rows(case(drafted(with_="complainant"), asked))[0].to == "ผู้ร้อง"
    assert sent_rows(case(drafted(with_="complainant"), numbered(1, addressee=given)))[0].to == "ผู้ร้อง"


@pytest.mark.parametrize("written", ["นางสาวสมหญิง รักธรรมดา", "สมหญิง  รักธรรมดา", "น.ส.สมหญิงรักธรรมดา"])
def test_the_complainants_name_is_taken_out_wherever_a_clerk_wrote_it(written: str) -> None:
    log = (
        drafted(), numbered(1, subject=f"กรณี {written}", addressee=f"เรียน {written}"),
        entry("c", "cancel", paper="support", why=f"{written} ถอนเรื่อง โทร ๐๘-๐๐๐๐-๐๑๙๙"),
        entry("r", "reply", with_=written, subject=f"หนังสือของ {written}"),
    )  # fmt: skip
    found = case(*log, subject=f"เรื่องของ {written}", received=CASE.received._replace(from_=written))
    everything = told([*sent_rows(found), *received_rows(found)])
    assert "สมหญิง" not in everything
    assert "๐๑๙๙" not in everything
    assert {row.from_ for row in received_rows(found)} == {"ประชาชน"}


def test_what_a_kind_keeps_private_is_taken_out_of_subjects() -> None:
    rows = received_rows(case(subject="ขอให้ เด็กชายสมมติ รักธรรมดา ได้เข้าเรียน"))
    assert rows[0].subject == "ขอให้ (ขอสงวน) ได้เข้าเรียน"


def test_a_complaint_from_nobody_noted_is_from_the_public_and_one_from_an_agency_from_that() -> None:
    nobody = CASE.received._replace(from_="")
    assert received_rows(case(received=nobody, complainant=None))[0].from_ == "ประชาชน"
    agency = CASE.received._replace(from_="ศูนย์ดำรงธรรมสมมติ")
    assert received_rows(case(received=agency))[0].from_ == "ศูนย์ดำรงธรรมสมมติ"
    other = case(received=nobody, complainant=None, kind="directive", fields=NO_FIELDS)
    assert received_rows(other)[0].from_ == ""


# -- secret papers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    [
        case(drafted(), numbered(1, series="secret")),
        case(drafted(), numbered(1, series="order"), secrecy="confidential"),
        case(drafted(secrecy="confidential"), numbered(1, series="order")),
    ],
    ids=["series", "case", "paper"],
)
def test_the_subject_of_a_secret_paper_is_withheld_unless_asked_for(secret: Case) -> None:
    closed = outgoing([secret], GROUND, 2569)
    assert [r.subject for r in closed.rows()] == ["-ลับ-"]
    assert (closed.withheld(), closed.secrecy) == (1, "none")
    opened = outgoing([secret], GROUND._replace(secret=True), 2569)
    assert [r.subject for r in opened.rows()] == ["เรื่องที่ 1"]
    assert (opened.withheld(), opened.secrecy) == (0, "confidential")


def test_why_a_secret_number_was_cancelled_is_withheld_too() -> None:
    secret = case(drafted(), numbered(1, series="secret"), entry("c", "cancel", paper="support", why="เหตุลับ"))
    assert "เหตุลับ" not in told(sent_rows(secret))
    assert "เหตุลับ" in told(sent_rows(secret, ground=GROUND._replace(secret=True)))


def test_the_subject_of_a_secret_matter_received_is_withheld_unless_asked_for() -> None:
    secret = case(entry("r", "reply", with_="obec", subject="เรื่องลับ"), secrecy="secret", complainant=None)
    assert [r.subject for r in received_rows(secret)] == ["-ลับ-", "-ลับ-"]
    opened = incoming_register([secret], GROUND._replace(secret=True), 2569)
    assert {r.subject for r in opened.rows()} == {"เรื่องลับ", secret.subject}
    assert opened.secrecy == "secret"


# -- received ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("english")
def test_papers_stand_in_the_order_they_were_entered_with_a_running_number_and_how_they_were_answered() -> None:
    first = case(
        entry("a1", "receive"), drafted(), numbered(1), entry("s", "send", paper="support"),
        entry("a9", "reply", paper="support", with_="obec/somsak", ref="ศธ 04001/9", dated=date(2026, 11, 21), days=4),
        received=Received(date(2026, 11, 16), channel="letter", from_="สพฐ."),
    )  # fmt: skip
    second = case(
        entry("a1", "receive", days=1), entry("d", "draft", paper="reply", with_="obec", days=2),
        numbered(2, "reply", dated=date(2026, 11, 20)), entry("s", "send", paper="reply", days=3),
        id_="2569-0043", received=Received(date(2026, 11, 19), channel="letter", from_="สพฐ.", ref="-"),
    )  # fmt: skip
    rows = received_rows(second, first)
    assert [(r.n, r.number, r.day, r.registered) for r in rows] == [
        (1, "2569-0042", date(2026, 11, 16), date(2026, 11, 18)),
        (2, "2569-0043", date(2026, 11, 19), date(2026, 11, 19)),
        (3, "2569-0042/a9", date(2026, 11, 22), date(2026, 11, 22)),
    ]
    assert row_cells(rows[2], "in") == (
        "3", "ศธ 04001/9", "21 Nov 2026", "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สำนักงานรัฐมนตรี", CASE.subject,
        "answers ศธ 0100/1 · in progress: Receive · นางสาวมาลี ตัวอย่างงาม", "2569-0042/a9",
    )  # fmt: skip
    assert rows[0].note.startswith("received 16 Nov 2026")
    assert rows[1].action == "answered by our no. ศธ 0100/2 of 20 Nov 2026 · นางสาวมาลี ตัวอย่างงาม"
    assert rows[1].ref == ""


@pytest.mark.usefixtures("english")
def test_a_reply_of_the_day_its_letter_went_is_not_answered_by_that_letter() -> None:
    found = case(
        entry("a1", "receive"), drafted(), numbered(1), entry("s", "send", paper="support"),
        entry("a9", "reply", paper="support", with_="obec", ref="ศธ 04001/9"),
    )  # fmt: skip
    row = received_rows(found)[-1]
    assert row.action.startswith("answers ศธ 0100/1 · in progress")


def test_a_sender_typed_as_an_entry_of_the_directory_is_shown_by_name() -> None:
    received = PAPER._replace(from_="obec")
    assert received_rows(case(entry("a1", "receive"), received=received))[0].from_ == DIRECTORY["obec"].name


PAPER = Received(date(2026, 11, 16), channel="letter", from_="สพฐ.", ref="ศธ 04001/9", dated=date(2026, 11, 15))


@pytest.mark.usefixtures("english")
def test_a_paper_taken_back_keeps_its_number_with_the_reason() -> None:
    found = case(entry("a1", "receive"), entry("a9", "reply", with_="obec"), entry("u", "undo", of="a9", why="ผิดเรื่อง"))
    rows = received_rows(found._replace(received=PAPER))
    assert [(r.n, r.number, r.flag) for r in rows] == [(1, "2569-0042", ""), (2, "2569-0042/a9", "cancelled")]
    assert rows[1].action == "cancelled: ผิดเรื่อง"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("ref", ["ศธ 04001/9", "ที่ ศธ ๐๔๐๐๑/๙", "ศธ. 04001 /9", "ศธ\u200b04001/9"])
def test_a_paper_entered_again_has_one_row_however_its_number_is_spaced(ref: str) -> None:
    first = case(entry("a1", "receive"), received=PAPER)
    again = case(
        entry("a1", "receive", days=1), entry("a7", "reply", with_="obec", ref=ref, dated=PAPER.dated, days=2),
        id_="2569-0043", received=Received(date(2026, 11, 16), channel="voice", from_="รมว.ศธ."),
    )  # fmt: skip
    [row] = received_rows(first, again)
    assert row.note.endswith("entered again: 2569-0043/a7")
    others = [
        again._replace(log=(entry("a7", "reply", with_="obec", ref=ref, dated=date(2026, 11, 14)),)),
        again._replace(log=(entry("a7", "reply", with_="province", ref=ref, dated=PAPER.dated),)),
        again._replace(log=(entry("a7", "reply", with_="obec", ref="", dated=PAPER.dated),)),
        again._replace(log=(entry("a7", "reply", ref=ref),)),
    ]
    assert [len(received_rows(first, other)) for other in others] == [2, 2, 2, 2]


def test_a_spoken_order_or_a_call_is_a_matter_and_no_paper() -> None:
    spoken = [
        case(received=Received(date(2026, 11, 16), channel=channel), id_=f"2569-000{n}")  # type: ignore[arg-type]
        for n, channel in enumerate(("voice", "phone", "visit", "line", ""), 1)
    ]
    brought = case(received=Received(date(2026, 11, 16), channel="visit", ref="ทบ 1/2569"), id_="2569-0006")
    assert [r.number for r in received_rows(*spoken, brought)] == ["2569-0006"]
    register = matters_register([*spoken, brought], GROUND, 2569)
    assert [r.number for r in register.rows()] == [f"2569-000{n}" for n in range(1, 7)]
    assert row_cells(register.rows()[0], "matters")[4] == "สั่งด้วยวาจา"


@pytest.mark.usefixtures("english")
def test_a_number_without_a_case_is_named_with_the_reason_each_book_by_itself() -> None:
    cases = [case(id_=i) for i in ("2569-0002", "2569-10000", "2569-9999", "2569-B0001", "2570-0001")]
    register = matters_register(cases, GROUND._replace(gone={"2569-0003": "the file cannot be read"}), 2569)
    assert [(s.name, [(r.number, r.flag) for r in s.rows]) for s in register.sections] == [
        ("", [
            ("2569-0001", "missing"), ("2569-0002", ""), ("2569-0003", "missing"),
            ("2569-0004 – 2569-9998", "missing"), ("2569-9999", ""), ("2569-10000", ""),
        ]),
        ("B", [("2569-B0001", "")]),
    ]  # fmt: skip
    assert [r.action for r in register.rows() if r.flag] == [
        "no case has this number", "the file cannot be read", "no case has this number",
    ]  # fmt: skip


def test_a_number_whose_file_was_deleted_says_when_and_by_whom(sample: Srctl) -> None:
    gone = sample.case_file("2569-0011")
    sample.git("rm", "-q", str(gone))
    sample.git("commit", "-q", "-m", "away")
    sample.case_file("2569-0007").write_text("kind: [", encoding="utf-8")
    rows = {row["number"]: row for row in sample.ok("register", "matters", "--json").json["items"]}
    assert [number for number, row in rows.items() if row["flag"] == "missing"] == ["2569-0007", "2569-0011"]
    assert "รายการบันทึก" in rows["2569-0011"]["action"]
    assert "away" not in rows["2569-0011"]["action"]


@pytest.mark.usefixtures("english")
def test_what_came_before_new_year_and_was_entered_after_it_stands_where_its_number_does() -> None:
    late = case(
        Entry("a1", datetime(2027, 1, 4, 9, tzinfo=BANGKOK), "malee", "receive"), id_="2570-0001",
        received=PAPER._replace(on=date(2026, 12, 30)),
    )  # fmt: skip
    letter = case(
        Entry("a1", NOON, "malee", "receive"),
        Entry("a9", datetime(2027, 1, 4, 8, tzinfo=BANGKOK), "malee", "reply", on=date(2026, 12, 30), with_="province"),
        received=Received(date(2026, 11, 16), channel="letter"),
    )
    assert [r.number for r in received_rows(late, letter)] == ["2569-0042"]
    rows = received_rows(late, letter, year=2570)
    assert [(r.n, r.number, r.note) for r in rows] == [
        (1, "2569-0042/a9", "received 30 Dec 2026"), (2, "2570-0001", "received 30 Dec 2026"),
    ]  # fmt: skip
    assert [r.number for r in matters_register([late, letter], GROUND, 2570).rows()] == ["2570-0001"]


def test_a_matter_the_minister_ordered_about_was_to_the_minister_his_own_order_to_the_office() -> None:
    assert received_rows(CASE)[0].to == "รัฐมนตรีว่าการกระทรวงศึกษาธิการ"
    own = case(received=CASE.received._replace(from_="รมว.ศธ."))
    assert received_rows(own)[0].to == "สำนักงานรัฐมนตรี"


def test_the_columns_are_those_of_the_regulation() -> None:
    rest = ("ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
    assert columns("in") == ("เลขทะเบียนรับ", *rest)
    assert columns("out") == ("เลขทะเบียนส่ง", *rest)
    assert columns("matters") == ("เลขเรื่อง", "ที่", "วันที่รับ", "จาก", "ช่องทาง", *rest[4:])


# -- the command ------------------------------------------------------------------------------------

LETTER = """\
  - {id: a90, at: 2026-11-18T09:00:00+07:00, who: malee, did: draft, paper: support, form: letter, with: obec}
  - {id: a91, at: 2026-11-18T09:10:00+07:00, who: malee, did: submit, paper: support}
  - {id: a92, at: 2026-11-18T09:20:00+07:00, who: malee, did: sign, paper: support}
  - {id: a93, at: 2026-11-18T09:30:00+07:00, who: malee, did: number, paper: support, series: ordinary, n: 1,
     number: ศธ 0100/1, dated: 2026-11-18, subject: '=HYPERLINK("http://example.com")', addressee: เลขาธิการ กพฐ.}
  - {id: a94, at: 2026-11-18T09:40:00+07:00, who: malee, did: send, paper: support, by: email}
"""


@prepared
def sending(sample: Srctl) -> Srctl:
    """The sample office, one letter of which was sent."""
    file = sample.case_file("2569-0008")
    file.write_text(file.read_text(encoding="utf-8") + LETTER, encoding="utf-8")
    return sample


def test_out_shows_the_number_whom_it_was_to_and_how_it_went(sending: Srctl) -> None:
    said = sending.ok("register", "out").out
    assert "ศธ 0100/1" in said
    assert "เลขาธิการ กพฐ." in said
    assert "2569-0008" in said


@pytest.mark.parametrize("typed", ["2569", "2026", "๒๕๖๙"])
def test_a_year_is_typed_in_either_era_and_either_digits(sending: Srctl, typed: str) -> None:
    assert sending.ok("register", "out", "--year", typed, "--json").json["year"] == 2569


@pytest.mark.parametrize("typed", ["69", "1569", "year", "25690", "-1", "²⁵⁶⁹"])
def test_what_is_no_year_is_refused(sending: Srctl, typed: str) -> None:
    assert "2569" in sending.refused(2, "register", "in", f"--year={typed}")


def test_a_year_without_entries_says_so(sending: Srctl) -> None:
    assert "2550" in sending.ok("register", "out", "-y", "2550").out


def test_json_tells_every_row_with_its_series_and_flag(sending: Srctl) -> None:
    made = sending.ok("register", "out", "--json").json
    assert (made["format"], made["register"], made["files"], made["problems"]) == (1, "out", [], [])
    (row,) = made["items"]
    assert (row["series"], row["number"], row["ref"], row["dated"], row["case"], row["entry"], row["flag"]) == (
        "ordinary", "1", "ศธ 0100/1", "2026-11-18", "2569-0008", "a93", "",
    )  # fmt: skip
    papers = sending.ok("register", "in", "--json").json["items"]
    assert [(p["n"], p["number"]) for p in papers[:2]] == [(1, "2569-0002"), (2, "2569-0005")]
    matters = sending.ok("register", "matters", "--json").json["items"]
    assert [m["number"] for m in matters] == [f"2569-{n:04}" for n in range(1, 13)]


def test_a_series_that_does_not_exist_is_refused_with_those_that_do(sending: Srctl) -> None:
    assert "ordinary" in sending.refused(3, "register", "out", "--series", "ordinry")


def test_a_case_that_cannot_be_read_is_told_everywhere(sending: Srctl, tmp_path: Path) -> None:
    broken = sending.case_file("2569-0011")
    broken.write_text("format: 1\nid: 2569-0011\n", encoding="utf-8")
    for which in ("out", "in"):
        ran = sending.ok("register", which)
        assert "2569-0011.yaml" in ran.err
        assert any("2569-0011.yaml" in p["file"] for p in sending.ok("register", which, "--json").json["problems"])
        for ending in ("docx", "xlsx"):
            sending.ok("register", which, f"--{ending}", str(tmp_path / f"r.{ending}"))
    paragraphs = [p.text for p in Document(str(tmp_path / "r.docx")).paragraphs]
    assert any("-๐๐๑๑.yaml" in to_thai_digits(text) for text in paragraphs)
    sheet = load_workbook(tmp_path / "r.xlsx").worksheets[0]
    assert "2569-0011.yaml" in sheet["A2"].value


def test_a_register_names_no_complainant_of_the_sample_office(sample: Srctl, tmp_path: Path) -> None:
    names = [m[1] for f in sample.root.glob("cases/*/*/*.yaml")
             if (m := re.search(r"complainant:\s*\{?\s*name: ([^,}\n]+)", f.read_text(encoding="utf-8")))]  # fmt: skip
    assert names
    for year in ("2568", "2569"):
        said = sample.ok("register", "in", "--year", year).out + sample.ok("register", "in", "-y", year, "--json").out
        assert not [name for name in names if name.split()[-1] in said]


def test_no_form_of_the_register_tells_a_titled_name_or_one_of_two_numbers(office: Srctl, tmp_path: Path) -> None:
    office.ok("--as", "malee", "new", "complaint", "--subject", "ร้องเรียนการบรรจุของนายสมชาย ใจดี โทร 0812345678",
              "--complainant", "ผศ.สมชาย ใจดี", "--phone", "081-234-5678, 02-111-2222", "--order", "x")  # fmt: skip
    word, excel = tmp_path / "r.docx", tmp_path / "r.xlsx"
    office.ok("register", "matters", "--docx", str(word))
    office.ok("register", "matters", "--xlsx", str(excel))
    rows = [[str(cell.value) for cell in row] for row in load_workbook(excel).worksheets[0].rows]
    for said in (
        office.ok("register", "matters").out,
        office.ok("register", "matters", "--json").out,
        str(texts(Document(str(word)).tables[0])),
        str(rows),
    ):
        assert "ร้องเรียนการบรรจุของผู้ร้อง" in re.sub(r"\s", "", said)
        assert not [told for told in ("สมชาย", "ใจดี", "12345678", "๑๒๓๔๕๖๗๘") if told in said]


# -- files ------------------------------------------------------------------------------------------


def texts(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_word_file_is_a_table_in_thai_digits_on_landscape_paper(sending: Srctl, tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    said = sending.ok("register", "out", "--docx", str(target)).out
    assert "out.docx" in said
    paper = Document(str(target))
    section = paper.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    heading, row = texts(paper.tables[0])
    assert heading == list(columns("out"))
    plain = [text.replace("\u00a0", " ") for text in row]
    assert plain[:5] == ["๑", "ศธ ๐๑๐๐/๑", "๑๘ พ.ย. ๒๕๖๙", "สำนักงานรัฐมนตรี", "เลขาธิการ กพฐ."]
    assert "๒๕๖๙" in paper.paragraphs[0].text
    assert "(" not in "".join(p.text for p in paper.paragraphs)  # no signature
    assert paper.tables[0].rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_the_workbook_has_the_same_rows_and_a_subject_is_never_a_formula(sending: Srctl, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    sending.ok("register", "out", "--xlsx", str(target))
    sheet = load_workbook(target).worksheets[0]
    assert sheet.title == "หนังสือธรรมดา"
    assert [cell.value for cell in sheet[2]] == list(columns("out"))
    values = [cell.value for cell in sheet[3]]
    assert values[:3] == [1, "ศธ 0100/1", "18 พ.ย. 2569"]
    assert sheet["F3"].value == '=HYPERLINK("http://example.com")'
    assert sheet["F3"].data_type == "s"


def test_both_files_are_valid_and_the_same_each_time_also_without_a_row(sending: Srctl, tmp_path: Path) -> None:
    for which, year in (("out", "2569"), ("in", "2569"), ("out", "2550")):
        files = [tmp_path / f"{which}{year}.{ending}" for ending in ("docx", "xlsx")]
        words = ["register", which, "-y", year, "--docx", str(files[0]), "--xlsx", str(files[1])]
        sending.ok(*words)
        first = [file.read_bytes() for file in files]
        sending.ok(*words)
        assert [file.read_bytes() for file in files] == first
        for file in files:
            assert OpenXmlValidator().validate(file).errors == []


def test_files_are_in_thai_whatever_the_screen_speaks(sending: Srctl, tmp_path: Path) -> None:
    i18n.use("en")
    assert sending.ok("register", "in", "--xlsx", str(tmp_path / "a.xlsx")).out.count(
        "Register of papers received 2026"
    )
    i18n.use("th")
    sending.ok("register", "in", "--xlsx", str(tmp_path / "b.xlsx"))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_secret_subjects_told_in_a_file_mark_every_page_of_it(sending: Srctl, tmp_path: Path) -> None:
    file = sending.case_file("2569-0006")
    text = file.read_text(encoding="utf-8")
    assert "secrecy: none" in text
    file.write_text(text.replace("secrecy: none", "secrecy: confidential"), encoding="utf-8")
    for secret, subject in (((), "-ลับ-"), (("--secret",), "เรียนเชิญเป็นประธานเปิดงานมหกรรมอาชีวศึกษา")):
        word, excel = tmp_path / "r.docx", tmp_path / "r.xlsx"
        sending.ok("register", "in", *secret, "--docx", str(word), "--xlsx", str(excel))
        paper, sheet = Document(str(word)), load_workbook(excel).worksheets[0]
        assert subject in [row[5] for row in texts(paper.tables[0])]
        assert subject in [cell.value for cell in sheet["F"]]
        marks = [p.text for p in paper.sections[0].header.paragraphs]
        assert ("ลับ" in marks) == bool(secret)
        assert (sheet.oddHeader.center.text == "ลับ") == bool(secret)


@pytest.mark.parametrize(("option", "name"), [("--docx", "r.xlsx"), ("--xlsx", "r.docx"), ("--docx", "r.yaml")])
def test_a_file_of_another_ending_is_never_written(sending: Srctl, tmp_path: Path, option: str, name: str) -> None:
    sending.refused(2, "register", "out", option, str(tmp_path / name))
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_is_said_in_one_line(sending: Srctl, tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").mkdir()
    said = sending.refused(5, "register", "out", "--xlsx", str(tmp_path / "r.xlsx"))
    assert "r.xlsx" in said


def test_a_layout_that_is_wrong_or_missing_is_told_with_its_file(sending: Srctl, tmp_path: Path) -> None:
    layout = sending.root / "templates/layouts/register.yaml"
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace("top: 2cm", "top: 2 inch"), encoding="utf-8")
    assert "register.yaml:10" in sending.refused(4, "register", "out", "--docx", str(tmp_path / "r.docx"))
    layout.unlink()
    assert "register.yaml" in sending.refused(4, "register", "out", "--docx", str(tmp_path / "r.docx"))


def test_nothing_is_recorded_by_looking_at_a_register(sending: Srctl, tmp_path: Path) -> None:
    before = sending.git("rev-parse", "HEAD")
    sending.ok("register", "out", "--docx", str(tmp_path / "r.docx"))
    sending.ok("register", "in")
    assert sending.git("rev-parse", "HEAD") == before


# -- screens ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns_", [60, 80, 120])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("which", ["out", "in"])
def test_no_line_is_wider_than_the_terminal(
    sending: Srctl, monkeypatch: pytest.MonkeyPatch, columns_: int, language: str, which: str
) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: columns_)
    i18n.use(language)
    said = sending.ok("register", which).out
    lines = said.splitlines()
    assert len(lines) > 3
    assert [line for line in lines if display_width(line) > columns_] == []
    assert not [line for line in lines if THAI_MARKS.match(line.strip())]


def test_at_80_columns_number_date_and_case_are_whole_at_120_the_subject_too(
    sending: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 80)
    said = sending.ok("register", "out").out
    for whole in ("ศธ 0100/1", "18 พ.ย. 69", "2569-0008"):
        assert whole in said
    monkeypatch.setattr(view, "width", lambda _stream=None: 120)
    matters = sending.ok("register", "in").out
    assert "ขอความเป็นธรรมกรณีการรับนักเรียนชั้นมัธยมศึกษาปีที่ 1" in matters
