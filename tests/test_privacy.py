"""Who complains and what a kind keeps private: found however written, and in nothing that leaves the office."""

import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from srctl.core import i18n
from srctl.core.records import NamedTuple
from srctl.deadlines.explanation import explanations
from srctl.documents import ics
from srctl.documents.docx.word_file import inventory, paragraphs
from srctl.model.case import Case, Complainant, Entry, Promise
from srctl.model.definitions import Field
from srctl.model.identifiers import identifiers
from srctl.model.redaction import redactor
from srctl.papers.composition import draft_paper
from srctl.papers.draft_request import Asked
from srctl.papers.escalation import reminder_statuses
from srctl.papers.proofing.rules import Paperfacts, findings
from srctl.papers.reminders import message_text
from srctl.papers.wordings import read_numbering
from srctl.reports import agenda_export, registers
from srctl.reports.deadline_report import ReportContext as AccountGround
from srctl.reports.deadline_report import explanation_docx as account_docx
from srctl.reports.incoming_registers import incoming_register, matters_register
from srctl.reports.register_export import as_xlsx, register_docx
from srctl.views.agenda import EVERYBODY, part_of, redacted_row, redacted_share
from srctl.views.case_views import due_of
from srctl.views.list_views import ViewContext, due_row
from srctl.workflow.actions import SETTABLE
from srctl.workflow.filters import matches
from tests.conftest import NOW
from tests.looks import sample_office
from tests.sample_case import CASE as SAMPLE
from tests.sample_case import COMMIT, KIND, TODAY
from tests.test_morning import share_of

PERSON = Complainant(
    "น.ส.สมหญิง รักถิ่น", "08 1111 2222, 0 2999 8888 ต่อ 12", "99/9 หมู่ 4 ตำบลสมมติ อำเภอเมือง จังหวัดสมมติบุรี",
    "somying.r@example.com", "1 1037 00000 12 3",
)  # fmt: skip
ACCUSED = "นายผู้ถูก ร้องเรียนแล้ว"
WAYS = (
    "น.ส.สมหญิง รักถิ่น", "นส.สมหญิง รักถิ่น", "นางสาวสมหญิง \u00a0รักถิ่น", "สมหญิงรักถิ่น", "ผศ.ดร.สมหญิง รักถิ่น",
    "ครูสมหญิง รักถิ่น", "ว่าที่ร้อยตรีหญิง สมหญิง รักถิ่น", "ส ม ห ญิ ง รั ก ถิ่ น", "คุณสม\u200bหญิง\nรักถิ่น",
    "081-111-2222", "+66 81 111 2222", "๐๘๑๑๑๑๒๒๒๒", "081/111/2222", "02 (999) 88.88", "1-1037-00000-12-3",
    "๑๑๐๓๗๐๐๐๐๐๑๒๓", "Somying.R@Example.com", "๙๙/๙ หมู่ ๔  ตำบลสมมติ อำเภอเมือง จังหวัดสมมติบุรี", "น.ส.ผู้ถูกร้องเรียนแล้ว",
    "คุณสมหญิง", "นางสาวสมหญิง", "น.ส.สมหญิงฯ", "สมหญิงฯ", "น.ส.รักถิ่น สมหญิง", "ส. รักถิ่น", "0 2999 8888 ต่อ 12",
    "99/9 ม.4 ต.สมมติ", "บ้านเลขที่ ๙๙/๙ หมู่ ๔ ตำบลสมมติ", "ผู้ถูก ร้องเรียนแล้ว", "นายผู้ถูกฯ",
)  # fmt: skip
PUT = {"ผู้ร้อง", "(ขอสงวน)", "…", ""}


@pytest.fixture(autouse=True)
def _speaking(thai: None) -> None:
    """What leaves the office is in Thai."""


STATES = {"named": PERSON, "anonymous": PERSON._replace(anonymous=True), "nobody": None}


def telling(ways: Sequence[str], person: Complainant | None) -> Case:
    """A complaint in which all ``ways`` stand wherever somebody may type, each between AX and ZX."""
    told = f"เรื่อง {' '.join(f'AX{way}ZX' for way in ways)} ขอความเป็นธรรม"
    case = next(c for c in sample_office().cases if c.id == "2569-0010")

    def entry(id_: str, did: Any, **values: Any) -> Entry:
        return Entry(id_, NOW - timedelta(days=2), "malee", did, **values)

    log = (
        entry("b1", "contact", with_="obec", said=told, agreed=told, promise=Promise("them", told, TODAY)),
        entry("b2", "draft", paper="support", with_="obec"),
        entry("b3", "number", paper="support", n=1, series="ordinary", number="ศธ 0100/1", subject=told,
              addressee=told),
        entry("b4", "cancel", paper="support", why=told),
        entry("b5", "reply", with_="obec", subject=told, ref=told, said=told),
        entry("b6", "draft", paper="memo"), entry("b7", "return", paper="memo", why=told),
        entry("b8", "extend", deadline="opinion", amount=1, unit="workday", why=told),
    )  # fmt: skip
    return case._replace(
        subject=told, received=case.received._replace(from_=told, ref=told), complainant=person,
        fields={**case.fields, "accused": ACCUSED}, log=(*case.log, *log),
        order=case.order._replace(text=told), analysis=case.analysis._replace(facts=(told,), proposal=told),
    )  # fmt: skip


def _register(which: str, case: Case) -> registers.Register:
    at = sample_office()
    ground = registers.RegisterContext(at.office, at.folder.directory, at.folder.kinds, read_numbering(at.templates))
    makers = {"out": registers.outgoing, "in": incoming_register, "matters": matters_register}
    made = makers[which]([case], ground, 2569)
    assert made.rows()
    return made


def _cells(which: str, case: Case) -> str:
    made = _register(which, case)
    return str([registers.row_cells(row, made.which) for row in made.rows()])


def _rows(which: str, case: Case) -> str:
    return json.dumps([registers.row_view(row, "") for row in _register(which, case).rows()], ensure_ascii=False)


def _docx(raw: bytes) -> str:
    return "\n".join((*paragraphs(raw), *inventory(raw).margins))


def _register_docx(case: Case) -> str:
    at = sample_office()
    return _docx(register_docx(_register("out", case), (), at.office, at.templates, TODAY))


def _register_xlsx(case: Case) -> str:
    book = load_workbook(io.BytesIO(as_xlsx(_register("in", case), (), sample_office().office, TODAY)))
    return str([[cell.value for cell in row] for sheet in book.worksheets for row in sheet.rows])


def _letter(case: Case) -> str:
    return _paper(case, "ask-information", ask=case.subject, reason=case.subject)


def _paper(case: Case, wording: str, **given: str) -> str:
    at, asked = sample_office(), Asked(to="obec", given=given)
    kind = at.folder.kind(case.kind)
    return _docx(
        draft_paper(case, kind, at.office, at.folder.directory, at.templates, wording, TODAY, COMMIT, asked).docx
    )


def _message(case: Case) -> str:
    at = sample_office()
    return message_text(
        at.folder, reminder_statuses(case, at.folder.kind(case.kind), at.office, at.folder.calendar, TODAY)[0], TODAY
    )


def _around() -> ViewContext:
    at = sample_office()
    return ViewContext(at.office, at.folder.calendar, at.folder.directory, TODAY)


def _digest(case: Case) -> agenda_export.Digest:
    at = sample_office()
    around, kind = _around(), at.folder.kind(case.kind)
    share = share_of(case, kind, around)
    assert share is not None
    return agenda_export.Digest((part_of([redacted_share(case, kind, share)], around, EVERYBODY),), at.office, TODAY)


def _mail(case: Case) -> str:
    from email import message_from_bytes, policy

    envelope = agenda_export.Envelope("ก", "a@example.com", ("b@example.com",), NOW)
    mail = message_from_bytes(agenda_export.as_eml(_digest(case), envelope), policy=policy.default)
    return "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")


def _calendar(case: Case) -> str:
    at = sample_office()
    around, kind = _around(), at.folder.kind(case.kind)
    rows = [redacted_row(due_row(item, around), case, kind) for item in due_of(case, kind, around)]
    made = ics.compose_calendar(rows, "สำนักงาน", NOW, at.folder.calendar).decode()
    return made.encode().replace(b"\r\n ", b"").decode()


def _account(case: Case) -> str:
    at = sample_office()
    kind = at.folder.kind(case.kind)
    found = explanations(case, kind, at.folder.calendar, TODAY)
    return _docx(account_docx(found, AccountGround(at.folder, case, kind, TODAY)))


WAYS_OUT: dict[str, Callable[[Case], str]] = {
    "register out": lambda case: _cells("out", case),
    "register in": lambda case: _cells("in", case),
    "register matters": lambda case: _cells("matters", case),
    "register out --json": lambda case: _rows("out", case),
    "register in --json": lambda case: _rows("in", case),
    "register matters --json": lambda case: _rows("matters", case),
    "register --docx": _register_docx,
    "register --xlsx": _register_xlsx,
    "letter": _letter,
    "circular": lambda case: _paper(case, "circular", content=case.subject),
    "chase --message": _message,
    "digest --html": lambda case: agenda_export.as_html(_digest(case)).decode(),
    "digest --docx": lambda case: _docx(agenda_export.digest_docx(_digest(case), sample_office().templates)),
    "digest --eml": _mail,
    "due --ics": _calendar,
    "explain --docx": _account,
}


@pytest.mark.parametrize("out", WAYS_OUT)
@pytest.mark.parametrize("state", STATES)
def test_no_way_of_writing_a_person_leaves_by_any_way_out(state: str, out: str) -> None:
    # Of somebody whom nobody named nothing can be known; what the kind keeps private stays in all the same.
    ways = WAYS if STATES[state] else [way for way in WAYS if "ผู้ถูก" in way]
    said = WAYS_OUT[out](telling(ways, STATES[state]))
    put = re.findall(r"AX(.*?)ZX", said, re.DOTALL)
    assert put
    assert len(put) % len(ways) == 0
    assert [(ways[n % len(ways)], words) for n, words in enumerate(put) if words not in PUT] == []


@pytest.mark.parametrize("way", [way for way in WAYS if "ผู้ถูก" not in way])
def test_paper_check_finds_every_way_of_writing_the_complainant(way: str) -> None:
    facts = Paperfacts(leaves=True, complainant=PERSON)
    assert "complainant" in [f.code for f in findings([f"ตามที่ {way} ร้องเรียน"], [], facts)]


# -- every field, alone ------------------------------------------------------------------------------

ALONE = {"name": "นางสมมติ รักดี", "phone": "08 1234 5678", "id_no": "1234567890123"}
PERSONAL = [field for field in Complainant._fields if field != "anonymous"]


def alone(field: str) -> Complainant:
    given: dict[str, Any] = {field: ALONE.get(field, f"{field}-ทดลอง 9")}
    return Complainant(**given)


@pytest.mark.parametrize("field", PERSONAL)
def test_every_field_of_a_complainant_is_looked_for_when_the_others_are_empty(field: str) -> None:
    person = alone(field)
    told = f"ที่ {getattr(person, field)} ร้องเรียน"
    redacted = redactor(SAMPLE._replace(complainant=person), KIND)(told)
    assert redacted == f"ที่ {'ผู้ร้อง' if field == 'name' else '(ขอสงวน)'} ร้องเรียน"
    found = findings([told], [], Paperfacts(leaves=True, complainant=person))
    assert "complainant" in [f.code for f in found]


@pytest.mark.parametrize("field", Complainant._fields)
def test_every_field_of_a_complainant_can_be_set(field: str) -> None:
    assert f"complainant.{field}" in SETTABLE


class Longer(NamedTuple):
    """The complainant as a new field makes them."""

    name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    id_no: str = ""
    line: str = ""
    anonymous: bool = False

    def personal(self) -> dict[str, str]:
        """As the model has it, of one field more."""
        whom: Any = self
        return Complainant.personal(whom)


@pytest.mark.parametrize("line", ["@somying_r", "ying9", "yg"])
def test_a_field_added_to_the_model_is_looked_for_and_found_by_a_search_without_more(line: str) -> None:
    person: Any = Longer(line=line)
    case = SAMPLE._replace(complainant=person)
    assert redactor(case, KIND)(f"ไลน์ {line.upper()} ครับ") == "ไลน์ (ขอสงวน) ครับ"
    i18n.use("en")
    [found] = [f for f in findings([f"ไลน์ {line}"], [], Paperfacts(leaves=True, complainant=person)) if not f.fixable]
    assert found.message == "personal data of the complainant in a paper that leaves the office"
    assert matches(case, line)


# -- what a kind keeps private ------------------------------------------------------------------------


def hidden(value: str, text: str) -> str:
    """Return ``text`` as it leaves the office when ``value`` stands in a private field."""
    return redactor(SAMPLE._replace(complainant=None, fields={"child": value}), KIND)(text)


@pytest.mark.parametrize(
    ("value", "text", "told"),
    [
        ("ก", "เรื่องการเงิน", "เรื่องการเงิน"),
        ("ก", "ร้องว่า ก ทุจริต", "ร้องว่า (ขอสงวน) ทุจริต"),
        ("นาย ก", "ร้องว่านาย ก. ทุจริต", "ร้องว่า(ขอสงวน). ทุจริต"),
        ("มด", "มดลูกของมด", "มดลูกของมด"),
        ("AB", "CAB AB1 ab", "CAB AB1 (ขอสงวน)"),
        ("บ้านลับ", "โรงเรียนบ้านลับวิทยา", "โรงเรียน(ขอสงวน)วิทยา"),
        ("-", "ทุจริต - ขอให้ตรวจสอบ", "ทุจริต - ขอให้ตรวจสอบ"),
        ("12", "มาตรา 12", "มาตรา 12"),
        ("2569", "พ.ศ. 2569", "พ.ศ. 2569"),
        ("12345", "เลข ๑๒๓๔๕ ไม่ใช่ 123456", "เลข (ขอสงวน) ไม่ใช่ 123456"),
        ("0812345678", "โทร 08-1234-5678", "โทร (ขอสงวน)"),
        ("น้ำใส", "นางสาวน้\u0e4d\u0e32ใส", "(ขอสงวน)"),
    ],
)
def test_a_private_value_is_taken_out_and_no_word_is_mangled(value: str, text: str, told: str) -> None:
    assert hidden(value, text) == told


def test_of_a_kind_nobody_knows_every_field_is_private() -> None:
    case = SAMPLE._replace(fields={"against": "โรงเรียนตัวอย่างวิทยา"})
    assert redactor(case, KIND)("ที่โรงเรียนตัวอย่างวิทยา") == "ที่โรงเรียนตัวอย่างวิทยา"
    assert redactor(case, None)("ที่โรงเรียนตัวอย่างวิทยา") == "ที่(ขอสงวน)"


def test_a_private_field_that_is_called_name_is_not_the_complainant() -> None:
    kind = KIND._replace(fields=(Field("name", KIND.label, private=True),))
    case = SAMPLE._replace(fields={"name": "นายผู้อื่น ตัวอย่าง"})
    assert redactor(case, kind)("ร้องนายผู้อื่น ตัวอย่าง") == "ร้อง(ขอสงวน)"


def test_an_address_that_holds_the_name_goes_whole() -> None:
    person = Complainant("นายสมมติ รักดี", address="บ้านนายสมมติ รักดี 99/9 ตำบลตัวอย่าง")
    redact = redactor(SAMPLE._replace(complainant=person), KIND)
    assert redact("อยู่ที่บ้านนายสมมติ รักดี ๙๙/๙ ตำบลตัวอย่าง") == "อยู่ที่(ขอสงวน)"


def test_a_number_parted_by_strokes_is_one_number() -> None:
    assert [trace.core for trace in identifiers(Complainant(phone="081/234/5678"))] == ["812345678"]
