"""A name or a number typed into a subject or an order is warned of at once, and refuses nothing."""

from srctl.model.case import Complainant, Order
from srctl.workflow.typed_names import typed_names
from tests.conftest import Srctl
from tests.sample_case import CASE, KIND

PERSON = Complainant("นางสาวสมหญิง รักถิ่น", "08 1111 2222")


def told(subject: str, order: str = "", person: Complainant | None = PERSON) -> list[tuple[str, str, bool]]:
    """Where something is found, what, and whether surely."""
    case = CASE._replace(subject=subject, order=Order("", order), complainant=person, fields={})
    return [(found.field, found.what, found.sure) for found in typed_names(case, KIND)]


def test_the_complainant_in_a_subject_and_an_order_is_told_with_how_sure_it_is() -> None:
    assert told("ร้องของ น.ส.สมหญิงฯ", "โทรหาสมหญิง 081-111-2222") == [
        ("subject", "name", True),
        ("order.text", "name", False),
        ("order.text", "phone", True),
    ]
    assert told("ขอความเป็นธรรม", "ให้ตรวจสอบ") == []


def test_a_number_of_whomever_in_a_subject_is_told_and_a_number_of_a_letter_is_not() -> None:
    assert told("ติดต่อ 02-999-8888 หรือ ๐๘๙ ๑๒๓ ๔๕๖๗", person=None) == [("subject", "number", True)] * 2
    assert told("บัตร 1-1037-00000-12-3", person=None) == [("subject", "number", True)]
    assert told("ตามหนังสือ ที่ ศธ 04001/12345 ลงวันที่ 20/11/2569 งบ 0.25 ล้าน 2569", person=None) == []
    assert told("โทร 081 111 2222") == [("subject", "phone", True)]  # the complainant's: told once


def test_an_empty_name_is_not_known_and_only_the_clerk_says_that_none_is_wanted(office: Srctl) -> None:
    for words in ((), ("--phone", "08 1111 2222"), ("--anonymous",)):
        office.ok("new", "complaint", "--subject", f"เรื่อง {words}", "--order", "ตรวจ", *words)
    for case in ("1", "2"):
        assert "ไม่ระบุชื่อ" in office.ok("show", case).out
    said = office.ok("show", "3").out
    assert "ไม่ประสงค์ออกนาม" in said
    assert "ไม่ระบุชื่อ" not in said


def test_new_set_and_edit_warn_on_stderr_and_record(office: Srctl) -> None:
    subject, name = "ร้องของคุณสมหญิง โทร 02 999 8888", "นางสาวสมหญิง รักถิ่น"
    order = "แจ้งสมหญิง"
    said = office.ok("new", "complaint", "--subject", subject, "--complainant", name, "--order", order, "--json")
    assert said.err.count("! ") == 3
    assert "คุณสมหญิง" in said.err
    assert said.json["case"]["subject"].startswith("ร้องของ")
    assert "รักถิ่น" in office.ok("set", "1", "subject=ร้องของสกุลรักถิ่น", "order.text=ตรวจ").err
    assert "! " not in office.ok("set", "1", "subject=ขอความเป็นธรรม").err
