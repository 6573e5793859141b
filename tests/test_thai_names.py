"""Thai names work wherever ids do: what a colleague is called, an agency's short name, a kind as its label has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.errors import NOT_FOUND, USAGE
from srctl.core.name_matching import Known, matching, nearest
from tests.conftest import Srctl

AGENCIES = [
    Known("obec", ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สพฐ.")),
    Known("ovec", ("สำนักงานคณะกรรมการการอาชีวศึกษา", "สอศ.")),
    Known("onie", ("สำนักงาน กศน.", "กศน.")),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("obec", ["obec"]), ("สพฐ.", ["obec"]), ("สพฐ", ["obec"]), ("ส.พ.ฐ.", ["obec"]), ("อาชีวศึกษา", ["ovec"]),
        ("คณะกรรมการ อาชีว", ["ovec"]), ("คณะกรรมการ", ["obec", "ovec"]), ("กศน", ["onie"]), ("สกสค.", []), (" ", []),
    ],
)  # fmt: skip
def test_a_name_means_what_is_called_exactly_so_else_what_has_every_word_of_it(typed: str, meant: list[str]) -> None:
    assert [one.id for one in matching(typed, AGENCIES)] == meant


@given(st.sampled_from(AGENCIES), st.integers(0, 1))
def test_every_whole_name_means_its_own(one: Known, which: int) -> None:
    assert matching(one.names[which], AGENCIES) == [one]


def test_the_nearest_of_a_slip_is_the_one_that_was_meant() -> None:
    assert nearest("สพท.", AGENCIES)[0].id == "obec"
    assert nearest("สำนักงานคณะกรรมการการอาชีวะศึกษา", AGENCIES)[0].id == "ovec"
    assert nearest("ฮฮฮ", AGENCIES) == []


def ids(office: Srctl, *words: str) -> list[str]:
    return [row["id"] for row in office.ok("list", *words, "--json").json["items"]]


@pytest.mark.parametrize(
    ("thai", "code"),
    [
        (("-k", "เรื่องร้องทุกข์", "--all"), ("-k", "complaint", "--all")),
        (("-o", "มาลี"), ("-o", "malee")),
        (("-g", "ร้องทุกข์"), ("-g", "complaints")),
        (("--stage", "วิเคราะห์"), ("--stage", "analyse")),
        (("--as", "มาลี"), ("--as", "malee")),
    ],
)
def test_a_filter_takes_the_thai_name(sample: Srctl, thai: tuple[str, ...], code: tuple[str, ...]) -> None:
    assert ids(sample, *thai) == ids(sample, *code) != []


def test_what_is_recorded_is_the_id(sample: Srctl) -> None:
    sample.ok("assign", "8", "สุดา", "--backup", "มาลี")
    case = sample.ok("show", "8", "--json").json
    assert (case["owner"], case["backup"]) == ("suda", "malee")
    sample.ok("set", "8", "backup=ประสิทธิ์")
    assert sample.ok("show", "8", "--json").json["backup"] == "prasit"
    sample.ok("contact", "8", "สพฐ.", "--by", "โทรศัพท์", "--said", "ขอข้อมูล")
    entry = sample.ok("show", "8", "--json").json["log"][-1]
    assert (entry["with"], entry["by"]) == ("obec", "phone")


def test_a_name_of_several_names_them_and_a_slip_names_the_nearest(sample: Srctl) -> None:
    several = sample.refused(NOT_FOUND, "list", "-k", "เรื่อง")
    assert "“เรื่อง”" in several
    assert "เรื่องร้องทุกข์ ร้องเรียน (complaint)" in several
    slip = sample.refused(NOT_FOUND, "assign", "8", "มาลีย์")
    assert "นางสาวมาลี" in slip or "whoami" in slip
    channel = sample.refused(USAGE, "contact", "8", "obec", "--by", "จดหมายน้อย", "--said", "ก")
    assert "หนังสือ (letter)" in channel


def test_a_letter_goes_to_whom_the_short_name_means_by_the_wording_its_label_means(sample: Srctl) -> None:
    made = sample.ok("letter", "8", "หนังสือขอบคุณ", "--to", "สพฐ.", "--ask", "ข้อมูล", "--json").json
    assert [(p["wording"], p["to"]) for p in made["papers"]] == [("thanks", "obec")]
