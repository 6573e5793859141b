"""A contact with anybody, and all it settles, promises and leads to, in one command and one commit."""

import pytest

from srctl.core.errors import NotFound, UsageError
from srctl.model.case import CasePerson, Complainant
from srctl.model.case_people import TypedPerson, referral, spelled, typed_person
from srctl.model.people import Organisation, Person, find_callee
from srctl.workflow import settling
from srctl.workflow.counterparts import Counterpart, counterpart
from tests.conftest import Srctl
from tests.sample_case import CASE

OBEC = Organisation(1, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", short="สพฐ.", id="obec", people=(
    Person("somsak", "นายสมศักดิ์ สมมติการ", phone="0 2000 0203"), Person("wandee", "นางสาววันดี ตัวอย่างศิลป์"),
))  # fmt: skip
DIRECTORY = {"obec": OBEC}


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("นายใครไม่รู้ 02-123-4567", "นายใครไม่รู้", "02-123-4567"),
        ("นางพิมพ์ใจ ใจดี โทร. 1579", "นางพิมพ์ใจ ใจดี", "1579"),
        ("ให้ติดต่อ นางสาวพิมพ์ ตัวอย่าง โทร ๐๒ ๐๐๐ ๑๑๑๑ ต่อ 12", "นางสาวพิมพ์ ตัวอย่าง", "02 000 1111 ต่อ 12"),
        ("คุณแดง (081-000-1111)", "คุณแดง", "081-000-1111"),
        ("ผอ.กอง 3", "ผอ.กอง 3", ""),
    ],
)
def test_a_name_and_a_number_are_read_out_of_what_is_typed(typed: str, name: str, phone: str) -> None:
    assert typed_person(typed) == TypedPerson(name, phone)


def test_who_is_named_with_a_number_in_a_talk_is_whom_to_call_next() -> None:
    said = "ไม่อยู่ในอำนาจหน้าที่ ให้ติดต่อ นางสาวพิมพ์ ตัวอย่าง โทร 02 000 1111"
    assert referral(said) == TypedPerson("นางสาวพิมพ์ ตัวอย่าง", "02 000 1111")
    assert referral("ให้ติดต่อกลับพรุ่งนี้") is None


def whom(typed: str) -> Counterpart:
    return counterpart(typed, CASE._replace(people=(CasePerson("p1", "นางพิมพ์ ตัวอย่าง", "02 000 1111"),)), DIRECTORY,
                       lambda: DIRECTORY)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("complainant", "complainant"), ("ผู้ร้อง", "complainant"), ("obec/somsak", "obec/somsak"), ("สพฐ.", "obec"),
        ("สมศักดิ์", "obec/somsak"), ("นายสมศักดิ์ สมมติการ", "obec/somsak"), ("p1", "~p1"),
        ("พิมพ์ ตัวอย่าง", "~p1"), ("นางพิมพ์ ตัวอย่าง 02-000-1111", "~p1"),
    ],
)  # fmt: skip
def test_words_mean_who_is_known_by_them(typed: str, reference: str) -> None:
    assert whom(typed) == Counterpart(reference)


def test_a_name_nobody_has_is_a_stranger_and_a_mistyped_one_is_told_the_near_ones() -> None:
    assert whom("นายใครไม่รู้ 02-123-4567").new == TypedPerson("นายใครไม่รู้", "02-123-4567")
    assert whom("สมศักดิ์ 08 1111 2222").new == TypedPerson("สมศักดิ์", "08 1111 2222")
    with pytest.raises(NotFound) as mistyped:
        whom("สมศกดิ์ สมมุติการ")
    assert "obec/somsak" in mistyped.value.hint
    with pytest.raises(NotFound) as near:
        whom("obec/somsac")
    assert "obec/somsak" in near.value.hint
    with pytest.raises(UsageError):
        whom("02 123 4567")


def test_a_stranger_who_is_the_complainant_is_named_as_that_and_nothing_else() -> None:
    case = CASE._replace(complainant=Complainant("นางสมมติ รักลูก", "08 0000 0101"))
    assert counterpart("สมมติ รักลูก", case, DIRECTORY, lambda: DIRECTORY) == Counterpart("complainant")
    assert counterpart("ป้าแดง 08-0000-0101", case, DIRECTORY, lambda: DIRECTORY) == Counterpart("complainant")
    aunt = case._replace(people=(CasePerson("p1", "ป้าของนางสมมติ รักลูก", "08 0000 0101"),))
    callee = find_callee({}, spelled(aunt, "~p1"))
    assert callee is not None
    assert "รักลูก" not in callee.name()
    assert "0101" not in callee.phone()


def test_one_line_answers_what_came_of_a_talk() -> None:
    found = (settling.Settleable("s1", "ขอข้อมูล", True), settling.Settleable("a5", "ส่งรายงาน"))
    typed = "๑ 2 เขา ส่งรายงานให้เรา ภายใน ศุกร์ สร. ทำหนังสือ | +2wd ให้ติดต่อ นางพิมพ์ โทร 1579"
    answer = settling.read_answer(typed, found)
    assert (answer.done, answer.keeps, answer.refers) == (("s1",), ("a5",), "นางพิมพ์ โทร 1579")
    assert answer.promises == (("them", "ส่งรายงานให้เรา", "ศุกร์"), ("us", "ทำหนังสือ", "+2wd"))
    assert settling.read_answer("-", found) == settling.Settled()
    for wrong in ("3", "ส่งรายงาน"):
        with pytest.raises(UsageError):
            settling.read_answer(wrong, found)


def test_what_a_call_was_planned_for_is_offered_only_where_it_is_one() -> None:
    one, other = (settling.Settleable(i, "ก", planned) for i, planned in (("s1", True), ("a2", False)))
    assert settling.the_planned((one, other)) == "s1"
    assert settling.the_planned((one, one._replace(id="s2"))) == ""


# -- the command -------------------------------------------------------------------------------------------


def log(office: Srctl, case_id: str = "10") -> list[dict[str, object]]:
    shown: dict[str, list[dict[str, object]]] = office.ok("show", case_id, "--json").json
    return shown["log"]


def test_a_chain_of_referrals_through_strangers_is_one_command_a_call(sample: Srctl) -> None:
    """Case study 3 of the seed: each call names the next person, none of them is in the directory."""
    said = ("ไม่อยู่ในหน้าที่ ให้ติดต่อ นางสาวพิมพ์ ตัวอย่าง โทร 02 000 1111", "ไม่ทราบเรื่อง", "รับจะตรวจสอบ")
    called = sample.ok("contact", "10", "นายใครไม่รู้ 02-111-2222", "--said", said[0], "--as", "malee").out
    assert "ลำดับต่อไป โทร. นางสาวพิมพ์ ตัวอย่าง 02 000 1111" in called
    row = next(r for r in sample.ok("due", "--all", "--json").json["items"] if r["call"].startswith("นางสาวพิมพ์"))
    assert (row["case"], row["phone"], row["with"]) == ("2569-0010", "02 000 1111", "~p2")
    sample.ok("contact", "10", "พิมพ์ ตัวอย่าง", "--said", said[1], "--refers", "คุณแดง โทร 1579", "--as", "malee")
    last = sample.ok("contact", "10", "คุณแดง", "--said", said[2], "--they-promise", "แจ้งผล | +3wd", "--as", "malee").out
    assert "ลำดับต่อไป" not in last
    case = sample.ok("show", "10", "--json").json
    assert [p["name"] for p in case["people"]] == ["นายใครไม่รู้", "นางสาวพิมพ์ ตัวอย่าง", "คุณแดง"]
    assert [s["done"] for s in case["plan"]["steps"]] == [True, True]
    assert "นางสาวพิมพ์ ตัวอย่าง" in sample.ok("show", "10").out
    assert "พิมพ์" not in sample.git("log", "--format=%B")
    assert sample.ok("list", "--all", "คุณแดง", "--json").json["items"][0]["id"] == "2569-0010"
    assert "0 " in sample.ok("check", "10").out


def test_a_call_settles_step_and_promises_and_makes_new_ones_in_one_commit(sample: Srctl) -> None:
    sample.ok(
        "plan", "10", "--result", "ก", "--step", "ขอข้อมูล | obec/somsak | phone", "--override", "ด่วน", "--as", "malee"
    )
    sample.ok("contact", "10", "obec/somsak", "--said", "ก", "--we-promise", "ส่งสำเนา", "--as", "malee")
    before = sample.git("rev-list", "--count", "HEAD")
    promised = log(sample)[-1]["id"]
    out = sample.ok(
        "contact", "10", "obec/somsak", "--said", "ได้รับแล้ว", "--done", "s1", "--keeps", str(promised),
        "--they-promise", "ส่งรายงาน | +3wd", "--we-promise", "ทำหนังสือ", "--until", "+5wd", "--as", "malee",
    ).out  # fmt: skip
    assert int(sample.git("rev-list", "--count", "HEAD")) == int(before) + 1
    assert "s1 ขอข้อมูล" in out
    assert f"{promised} ส่งสำเนา" in out
    case = sample.ok("show", "10", "--json").json
    assert [(p["of"], p["what"], p["due"]) for p in case["promises"]] == [
        ("them", "ส่งรายงาน", "2026-11-25"), ("us", "ทำหนังสือ", "2026-11-27"),
    ]  # fmt: skip
    assert case["plan"]["steps"][0]["done"]
    sample.ok("undo", "10", "--as", "malee")
    case = sample.ok("show", "10", "--json").json
    assert not case["plan"]["steps"][0]["done"]
    assert [p["what"] for p in case["promises"]] == ["ส่งสำเนา"]


def test_a_contact_that_answers_a_letter_ends_the_wait_for_it(sample: Srctl) -> None:
    refusal = sample.refused(3, "contact", "10", "obec/somsak", "--said", "ก", "--reply", "inform", "--as", "malee")
    assert "inform" in refusal


def test_a_contact_with_a_complainant_the_case_has_not_is_refused(sample: Srctl) -> None:
    assert "complainant.name" in sample.refused(3, "contact", "8", "ผู้ร้อง", "--said", "ก", "--as", "malee")


def test_a_promise_for_a_day_its_coordinator_is_away_on_is_told(sample: Srctl) -> None:
    sample.ok("away", "suda", "24/11/2569", "25/11/2569", "--as", "suda")
    told = sample.ok(
        "contact", "10", "obec/somsak", "--said", "ก", "--they-promise", "ส่ง | 25/11/2569", "--as", "malee"
    )
    assert "นางสาวสุดา" in told.err
    assert "25 พ.ย. 69" in told.err


def test_of_open_promises_each_is_told_with_the_command_that_settles_it(sample: Srctl) -> None:
    for what in ("ส่งสำเนา", "แจ้งผล"):
        sample.ok("contact", "10", "obec/somsak", "--said", "ก", "--we-promise", what, "--as", "malee")
    told = sample.refused(3, "promise", "kept", "10", "--as", "malee")
    assert "srctl promise kept 2569-0010 a2" in " ".join(told.split())
    assert "แจ้งผล" in told
