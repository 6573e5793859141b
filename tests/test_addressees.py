"""Whom a letter is to, and how they are greeted: the table of salutations, the directory, the case."""

from pathlib import Path

import pytest

from srctl.core.decoding import decode
from srctl.core.errors import NotFound, Refused
from srctl.model.case import Case, Complainant
from srctl.model.people import Organisation, Person
from srctl.model.salutations import ClassUnknownError, Salutations, class_of, salutation
from srctl.papers.addressees import Addressee, addressee, expanded
from srctl.papers.intended_readers import refuse_unintended, refuse_unlike
from srctl.papers.wordings import read_template
from srctl.store.yaml.reader import read_file
from tests.sample_case import CASE, KIND, OFFICE, TEMPLATES

TABLE = decode(Salutations, read_file(Path(TEMPLATES, "salutations.yaml")).data or {})
assert TABLE is not None
TITLES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("titles.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
TABLE_ = TABLE
OBEC = Organisation(
    1, "สำนักงานตัวอย่าง", short="สตย.", network="องค์กรหลัก ศธ.", head="เลขาธิการตัวอย่าง", inside=True, id="obec",
    people=(
        Person("deputy", "นายชาลี สมมติกุล", "รองเลขาธิการตัวอย่าง"),
        Person("officer", "นายสมัคร ใจประสาน", "นักวิชาการศึกษา"),
        Person("adviser", "นางที่ปรึกษา สมมติ", "ที่ปรึกษา", addressed="นางที่ปรึกษา สมมติ"),
        Person("abbot", "พระครูสมมติ", "", class_="monk"),
    ),
)  # fmt: skip
NOBODY = Organisation(1, "องค์กรไร้หัวหน้า", network="จังหวัด", id="headless")
DIRECTORY = {"obec": OBEC, "headless": NOBODY}


def found(reference: str, case: object = CASE) -> object:
    return addressee(reference, case, OFFICE, DIRECTORY, TABLE_)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "opening", "closing"),
    [
        ("นายกรัฐมนตรี", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("ประธานสภาผู้แทนราษฎร", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("ประธานองคมนตรี", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("ผู้ตรวจการแผ่นดิน", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("องคมนตรี", "เรียน", "ขอแสดงความนับถือ"),
        ("รองนายกรัฐมนตรี", "เรียน", "ขอแสดงความนับถือ"),
        ("รัฐมนตรีว่าการกระทรวงตัวอย่าง", "เรียน", "ขอแสดงความนับถือ"),
        ("ผู้ว่าราชการจังหวัดสมมติบุรี", "เรียน", "ขอแสดงความนับถือ"),
        ("สมเด็จพระสังฆราช", "กราบทูล", "ควรมิควรแล้วแต่จะโปรด"),
        ("พระเทพสมมติ", "นมัสการ", "ขอนมัสการด้วยความเคารพอย่างสูง"),
        ("พระครูสมมติ", "นมัสการ", "ขอนมัสการด้วยความเคารพ"),
        ("นางสาวใครก็ได้ ตัวอย่าง", "เรียน", "ขอแสดงความนับถือ"),
    ],
)
def test_who_is_greeted_how(title: str, opening: str, closing: str) -> None:
    row = salutation(TABLE_, "", title)
    assert (row.opening, row.closing) == (opening, closing)


@pytest.mark.parametrize(("opening", "title"), TITLES)
def test_each_title_of_the_table_is_greeted_as_it_is_due_or_asked_about(opening: str, title: str) -> None:
    assert greeted(title) == opening


def greeted(title: str) -> str:
    """The class of a title, `asked` where it must be stated; `refused` where letters are drafted by hand."""
    try:
        salutation(TABLE_, "", title)
        return class_of(TABLE_, "", title)
    except ClassUnknownError:
        return "asked"
    except Refused:
        return "refused"


def test_a_title_of_no_class_is_refused_with_the_question_and_the_command_that_keeps_the_answer() -> None:
    temple = Organisation(1, "วัดสมมติ", head="พระสมชาย ใจดี", id="wat")
    with pytest.raises(ClassUnknownError) as said:
        addressee("wat", CASE, OFFICE, {"wat": temple}, TABLE_)
    assert "พระสมชาย ใจดี" in said.value.message
    assert said.value.hint.startswith("srctl contacts edit wat class=")
    assert "monk" in said.value.hint
    stated = addressee("wat", CASE, OFFICE, {"wat": temple._replace(class_="monk")}, TABLE_)
    assert (stated.opening, stated.me, stated.you) == ("นมัสการ", "กระผม/ดิฉัน", "พระคุณเจ้า")


def test_a_monk_of_rank_is_greeted_by_it_whatever_office_he_holds() -> None:
    abbot = Person("abbot", "พระเทพวชิรสมมติ", "เจ้าอาวาสวัดสมมติ", addressed="เจ้าอาวาสวัดสมมติ")
    temple = Organisation(1, "วัดสมมติ", people=(abbot,), id="wat")
    assert addressee("wat/abbot", CASE, OFFICE, {"wat": temple}, TABLE_).closing == "ขอนมัสการด้วยความเคารพอย่างสูง"


def test_a_complainant_of_no_class_is_written_by_their_title_first() -> None:
    with pytest.raises(ClassUnknownError) as said:
        found("complainant", CASE._replace(complainant=Complainant("พระสมชาย ใจดี")))
    assert "complainant.name=" in said.value.hint


def test_an_office_without_the_new_keys_greets_as_it_did() -> None:
    old = TABLE_._replace(asked=())
    assert salutation(old, "", "พระสมชาย ใจดี").opening == "เรียน"


def test_every_class_says_where_it_comes_from() -> None:
    assert all(row.source for row in TABLE_.classes.values())


def test_royal_addressees_are_refused_with_the_reason() -> None:
    with pytest.raises(Refused) as said:
        salutation(TABLE_, "", "หม่อมเจ้าสมมติ")
    assert "ราชาศัพท์" in said.value.message
    with pytest.raises(Refused):
        salutation(TABLE_, "royal")


def test_a_class_the_table_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(NotFound) as said:
        salutation(TABLE_, "emperor")
    assert "monk" in said.value.hint


def test_an_organisation_is_written_to_by_the_title_of_its_head() -> None:
    whom = addressee("obec", CASE, OFFICE, DIRECTORY, TABLE_)
    assert (whom.opening, whom.name, whom.inside) == ("เรียน", "เลขาธิการตัวอย่าง", True)


def test_an_officer_is_written_to_through_the_head_a_deputy_by_the_office() -> None:
    assert addressee("obec/officer", CASE, OFFICE, DIRECTORY, TABLE_).name == "เลขาธิการตัวอย่าง"
    assert addressee("obec/deputy", CASE, OFFICE, DIRECTORY, TABLE_).name == "รองเลขาธิการตัวอย่าง"


def test_a_contact_can_say_how_it_is_addressed_and_its_class() -> None:
    assert addressee("obec/adviser", CASE, OFFICE, DIRECTORY, TABLE_).name == "นางที่ปรึกษา สมมติ"
    monk = addressee("obec/abbot", CASE, OFFICE, DIRECTORY, TABLE_)
    assert (monk.opening, monk.name) == ("นมัสการ", "พระครูสมมติ")


def test_an_organisation_without_a_head_is_refused_with_the_command_that_gives_it() -> None:
    with pytest.raises(Refused) as said:
        found("headless")
    assert "srctl contacts edit headless head=" in said.value.hint


def test_the_complainant_is_written_to_by_name_and_refused_without_one() -> None:
    assert addressee("complainant", CASE, OFFICE, DIRECTORY, TABLE_).name == "นางสาวสมหญิง รักธรรมดา"
    for person in (None, Complainant(anonymous=True)):
        with pytest.raises(Refused):
            found("complainant", CASE._replace(complainant=person))


def test_the_minister_is_written_to_by_title_on_the_internal_form() -> None:
    whom = addressee("minister", CASE, OFFICE, DIRECTORY, TABLE_)
    assert (whom.name, whom.inside) == (OFFICE.minister.title, True)


def test_nobody_of_that_name_is_told() -> None:
    with pytest.raises(NotFound):
        found("nowhere")


def test_a_group_stands_for_its_organisations_once_each() -> None:
    assert expanded(["@องค์กรหลัก", "obec", "obec/officer"], DIRECTORY) == ("obec", "obec/officer")
    assert expanded(["@all"], DIRECTORY) == ("obec", "headless")
    with pytest.raises(NotFound) as said:
        expanded(["@ไม่มี"], DIRECTORY)
    assert "@จังหวัด" in said.value.hint


# -- whom a wording is for -------------------------------------------------------------------------------


def intended(wording: str, whom: Addressee | None, case: Case = CASE) -> str:
    """What is refused and told to be typed instead, "" where the wording is for the addressee."""
    try:
        refuse_unintended(read_template(TEMPLATES, wording), case, DIRECTORY, whom)
    except Refused as fault:
        return f"{fault.message} {fault.hint}"
    return ""


GOVERNOR = Addressee("province", "ผู้ว่าราชการจังหวัดสมมติบุรี", organisation="จังหวัดสมมติบุรี", short="จ.สมมติบุรี")
THEMSELVES = Addressee("complainant", "นางสาวสมหญิง รักธรรมดา")


@pytest.mark.parametrize("wording", ["acknowledge", "interim-answer", "final-answer"])
def test_what_speaks_to_the_complainant_goes_to_no_governor_who_did_not_complain(wording: str) -> None:
    said = intended(wording, GOVERNOR)
    assert GOVERNOR.name in said
    assert f"srctl letter {CASE.id} {read_template(TEMPLATES, wording).form.instead} --to province" in said
    assert not intended(wording, THEMSELVES)
    brought = CASE._replace(received=CASE.received._replace(from_="จังหวัดสมมติบุรี"))
    assert not intended(wording, GOVERNOR, brought)


@pytest.mark.parametrize("wording", ["forward-complaint", "remind-1", "remind-2", "remind-final"])
def test_what_speaks_of_the_complainant_does_not_go_to_them(wording: str) -> None:
    assert "--to complainant" in intended(wording, THEMSELVES)
    assert not intended(wording, GOVERNOR)
    assert not intended(wording, None)


def test_what_calls_the_matter_a_complaint_is_for_no_matter_nobody_complained_in() -> None:
    template = read_template(TEMPLATES, "forward-complaint")
    refuse_unlike(template, CASE, KIND, GOVERNOR.reference)
    with pytest.raises(Refused) as refused:
        refuse_unlike(template, CASE, KIND._replace(complainant=False), GOVERNOR.reference)
    assert refused.value.hint == f"srctl letter {CASE.id} cooperation --to province"


def test_a_wording_that_says_nothing_of_it_goes_to_anybody() -> None:
    assert not intended("support", GOVERNOR)
    assert not intended("support", THEMSELVES)
