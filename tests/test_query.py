"""Finding cases: by id as people type it, by filter, by words."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text
from srctl.core.errors import NOT_FOUND, NotFound
from srctl.model.case import Analysis, Case, Complainant, Entry, Order, Plan, Promise, Received, Report, Step
from srctl.model.case_id import find_id, is_id, last_number, make_id
from srctl.model.definitions import CLOSED, Kind, Stage
from srctl.model.people import Coordinator, Minister, Office, OfficeNames
from srctl.workflow.filters import Filter, contains, group_of, matches, passes
from tests.conftest import Srctl

AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
IDS = (
    "2568-0007", "2568-0042", "2568-0311", "2569-0001", "2569-0042", "2569-0420", "2569-12345",
    "2569-B0007", "2570-B0007",
)  # fmt: skip

# -- ids --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*IDS, "2569-999999", "0000-Z0000"])
def test_an_id_is_year_book_and_number(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "../x", "2569-0042\n", "\n2569-0042", " 2569-0042", "2569-0042 ", "2569-0042/../x", "2569/0042",
        "2569-042", "2569-12345678", "2569-b0042", "2569-BB0042", "2569-0042.yaml", "๒๕๖๙-๐๐๔๒", "2569-٠٠٤٢",
        "２５６９-００４２", "2569-0042\x00", "2569–0042", "2569-ก0042", "2569-0042\u200b",
    ],
)  # fmt: skip
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)


@given(st.integers(1000, 9999), st.sampled_from(["", "A", "Z"]), st.integers(1, 999_999))
def test_an_id_that_is_made_is_one(year: int, book: str, number: int) -> None:
    made = make_id(year, book, number)
    assert is_id(made)
    assert last_number([made], year, book) == last_number([f"{made}.yaml"], year, book) == number


def test_the_last_number_is_the_highest_of_its_own_book_and_year() -> None:
    assert last_number(IDS, 2569, "") == 12345
    assert last_number(IDS, 2569, "B") == 7
    assert last_number(IDS, 2570, "") == last_number([], 2570, "") == 0
    assert last_number(["2569-00003", "2569-0002.yml", "notes", "2569-0009.bak", "x2569-0009"], 2569, "") == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2569-0042", "2569-0042"),
        (" 2569-0042\n", "2569-0042"),
        ("๒๕๖๙-๐๐๔๒", "2569-0042"),
        ("2569-b0007", "2569-B0007"),
        ("2569-42", "2569-0042"),
        ("2568-42", "2568-0042"),
        ("42", "2569-0042"),
        ("๔๒", "2569-0042"),
        ("0042", "2569-0042"),
        ("12345", "2569-12345"),
        ("311", "2568-0311"),
        ("B7", "2569-B0007"),
        ("b0007", "2569-B0007"),
        ("2570", "2570-B0007"),
        ("2568-03", "2568-0311"),
        ("2569-1", "2569-0001"),
        ("2569-12", "2569-12345"),
    ],
)
def test_an_id_is_found_as_people_type_it(typed: str, meant: str) -> None:
    assert find_id(typed, IDS, 2569) == meant


def test_a_bare_number_means_this_years_case_before_another_years() -> None:
    assert find_id("42", IDS, 2568) == "2568-0042"
    assert find_id("7", IDS, 2569) == "2568-0007"


@pytest.mark.parametrize("typed", ["", " ", "9999", "2569-9", "B8", "x", "../x", "2571", "-", "๙๙", "42x", "C42"])
def test_what_means_no_case_is_said_so(typed: str) -> None:
    with pytest.raises(NotFound) as refused:
        find_id(typed, IDS, 2569)
    assert refused.value.exit_code == NOT_FOUND
    assert "srctl list" in refused.value.hint


def test_what_could_be_several_lists_them() -> None:
    with pytest.raises(NotFound) as refused:
        find_id("2569-0", IDS, 2569)
    assert refused.value.hint.splitlines() == ["2569-0001", "2569-0042", "2569-0420"]
    assert "3" in refused.value.message
    with pytest.raises(NotFound) as refused:
        find_id("42", ["2567-0042", "2568-0042"], 2569)
    assert refused.value.hint.splitlines() == ["2567-0042", "2568-0042"]


def test_many_candidates_are_cut_to_ten() -> None:
    many = [make_id(2569, "", n) for n in range(1, 31)]
    with pytest.raises(NotFound) as refused:
        find_id("2569-00", many, 2569)
    assert refused.value.hint.splitlines() == [*many[:10], "…"]


@given(st.text(max_size=12), st.integers(2500, 2600))
def test_whatever_is_typed_gives_a_known_id_or_a_refusal(typed: str, year: int) -> None:
    try:
        found = find_id(typed, IDS, year)
    except NotFound:
        found = IDS[0]
    assert found in IDS


# -- filters ----------------------------------------------------------------------------------

OFFICE = Office(
    1, OfficeNames("ก", "A", "ก", "ข"), "ศธ 0100", Minister("รมว.", "รมว."), (),
    (Coordinator("malee", "มาลี", "complaints"), Coordinator("wipa", "วิภา", "political")), (),
)  # fmt: skip
STAGES = (Stage("receive", Text("รับ", "Receive")), Stage("report", Text("รายงาน", "Report")))


def kind_of(group: str) -> Kind:
    return Kind(1, Text("ก", "A"), group, Text("", ""), "", STAGES)


KINDS = {"complaint": kind_of("complaints"), "directive": kind_of("any")}


def case_with(stage: str = "receive", **more: Any) -> Case:
    log = (Entry("a1", AT, "malee", "receive", to=stage),)
    case = Case(1, "2569-0042", "complaint", "ขอน้ำดื่ม", Received(date(2026, 11, 20)), owner="malee")
    return case._replace(backup="wipa", log=log, **more)


def kept(case: Case, **wanted: Any) -> bool:
    return passes(case, Filter(**wanted), KINDS, OFFICE)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, True),
        ({"kind": "complaint"}, True),
        ({"kind": "directive"}, False),
        ({"stage": "receive"}, True),
        ({"stage": "report"}, False),
        ({"owner": "malee"}, True),
        ({"owner": "wipa"}, True),
        ({"owner": "prasit"}, False),
        ({"group": "complaints"}, True),
        ({"group": "political"}, False),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, True),
        ({"since": date(2026, 11, 21)}, False),
        ({"until": date(2026, 11, 19)}, False),
        ({"text": "น้ำ"}, True),
        ({"text": "ไฟ"}, False),
        ({"closed": True}, False),
        ({"closed": None}, True),
        ({"kind": "complaint", "owner": "malee", "text": "ไฟ"}, False),
    ],
)
def test_a_filter_keeps_what_passes_every_part_of_it(wanted: dict[str, Any], expected: bool) -> None:
    assert kept(case_with(), **wanted) is expected


def test_closed_cases_are_left_out_unless_asked_for() -> None:
    closed = case_with(CLOSED)
    assert not kept(closed)
    assert kept(closed, closed=True)
    assert kept(closed, closed=None)
    assert kept(closed, stage=CLOSED)


def test_the_group_is_that_of_the_kind_or_of_the_owner_of_anybodys_kind() -> None:
    case = case_with()
    assert group_of(case, KINDS["complaint"], OFFICE) == "complaints"
    assert group_of(case._replace(owner="wipa"), KINDS["complaint"], OFFICE) == "complaints"
    assert group_of(case._replace(owner="wipa"), KINDS["directive"], OFFICE) == "political"
    assert group_of(case._replace(owner="nobody"), KINDS["directive"], OFFICE) == ""
    assert group_of(case, None, OFFICE) == "complaints"
    assert kept(case._replace(kind="gone"), group="complaints")


# -- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["น้ำ", "น้ํา", "นํ้า", "น ้ำดื่ม".replace(" ", ""), "ขอ ดื่ม", "2569-0042", "๒๕๖๙"])
def test_a_search_folds_thai_on_both_sides(typed: str) -> None:
    assert matches(case_with(), typed)
    assert matches(case_with(subject="ขอนํ้าดื่ม"), typed)


def test_words_torn_by_a_pdf_are_found_all_the_same() -> None:
    case = case_with(subject="เรียน สำนักงานรัฐมนตรี แผ่นดินเเม่")
    assert matches(case, "ส านักงาน")
    assert matches(case, "แผ่นดินแม่")
    assert matches(case_with(subject="เรียน ส านักงาน"), "สำนักงาน")


def test_letters_are_found_in_either_case_and_every_word_must_be_there() -> None:
    case = case_with(subject="OBEC ขอข้อมูล")
    assert matches(case, "obec ข้อมูล")
    assert not matches(case, "obec รายงาน")
    assert matches(case, "  ")


WORD = "ดาวเรือง"
TOLD: dict[str, Case] = {
    "subject": case_with(subject=WORD),
    "from": case_with(received=Received(date(2026, 11, 20), from_=WORD)),
    "number of the paper": case_with(received=Received(date(2026, 11, 20), ref=WORD)),
    "who ordered": case_with(order=Order(WORD)),
    "order": case_with(order=Order(text=WORD)),
    "issues": case_with(analysis=Analysis(issues=("ก", WORD))),
    "facts": case_with(analysis=Analysis(facts=(WORD,))),
    "law": case_with(analysis=Analysis(law=(WORD,))),
    "opinion": case_with(analysis=Analysis(opinion=WORD)),
    "proposal": case_with(analysis=Analysis(proposal=WORD)),
    "power": case_with(analysis=Analysis(power=WORD)),
    "result wanted": case_with(plan=Plan(WORD)),
    "step": case_with(plan=Plan("", (Step("s1", WORD),))),
    "result": case_with(report=Report(WORD)),
    "lesson": case_with(report=Report("", WORD)),
    "complainant": case_with(complainant=Complainant(WORD)),
    "address": case_with(complainant=Complainant(address=WORD)),
    "field": case_with(fields={"dress": WORD}),
    "said": case_with()._replace(log=(Entry("a1", AT, "malee", "contact", said=WORD),)),
    "agreed": case_with()._replace(log=(Entry("a1", AT, "malee", "contact", agreed=WORD),)),
    "note": case_with()._replace(log=(Entry("a1", AT, "malee", "note", text=WORD),)),
    "decision": case_with()._replace(log=(Entry("a1", AT, "malee", "decide", decision=WORD),)),
    "reason": case_with()._replace(log=(Entry("a1", AT, "malee", "reopen", why=WORD),)),
    "promise": case_with()._replace(log=(Entry("a1", AT, "malee", "contact", promise=Promise("us", WORD)),)),
}


@pytest.mark.parametrize("place", TOLD)
def test_a_word_is_found_wherever_a_clerk_may_have_written_it(place: str) -> None:
    assert matches(TOLD[place], WORD)
    assert not matches(case_with(), WORD)


# -- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["0800000203", "08 0000 0203", "08-0000-0203", "+66 80 000 0203", "๐๘๐๐๐๐๐๒๐๓"])
def test_a_telephone_number_is_found_however_it_is_written(typed: str) -> None:
    for stored in ("0800000203", "08 0000 0203", "080-000-0203"):
        assert contains(f"นายก โทร {stored}", typed)
    assert not contains("นายก โทร 0800000204", typed)


def test_a_case_is_found_by_the_number_of_a_reply_and_by_whom_it_turned_to(sample: Srctl) -> None:
    sample.ok("receive", "10", "--from", "obec/somsak", "--ref", "สบ 0017/55")
    who = sample.ok("contacts", "show", "obec/somsak", "--json").json
    for text in ("0017/55", "obec/somsak", who["name"]):
        assert "2569-0010" in [row["id"] for row in sample.ok("list", "--all", text, "--json").json["items"]], text
    digits = "".join(filter(str.isdigit, who["mobile"] or who["phone"]))
    assert "obec/somsak" in [row["id"] for row in sample.ok("contacts", "list", digits, "--json").json["items"]]
