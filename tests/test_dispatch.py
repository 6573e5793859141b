"""How letters go out and come back: registered post, messenger, from hand to hand; undelivered; the dispatch book."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.errors import UsageError
from srctl.documents.docx import word_file
from srctl.model.registered_post import check_digit, read_post_number, read_post_numbers
from tests.conftest import Srctl, prepared
from tests.test_views import promised

FIRST, SECOND, THIRD = "RR123456785TH", "RR123456799TH", "RR123456808TH"

# -- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("serial", "digit"), [("47312482", "9"), ("12345678", "5"), ("00000000", "5")])
def test_check_digit_is_that_of_the_standard(serial: str, digit: str) -> None:
    assert check_digit(serial) == digit


@pytest.mark.parametrize("typed", ["RR123456785TH", "rr 1234 5678 5 th", " RR๑๒๓๔๕๖๗๘๕TH "])
def test_number_is_read_as_it_is_printed_or_typed(typed: str) -> None:
    assert read_post_number(typed) == FIRST


@pytest.mark.parametrize("typed", ["", "RR12345678TH", "R1123456785TH", "RR123456785", "RR123456785GB", "123"])
def test_what_is_no_number_of_thailand_post_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        read_post_number(typed)


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_always_noticed(serial: str, place: int, other: str) -> None:
    right = f"RR{serial}{check_digit(serial)}TH"
    wrong = f"RR{serial[:place]}{other}{serial[place + 1 :]}{check_digit(serial)}TH"
    assert read_post_number(right) == right
    # S10 takes 10 for 0 and 11 for 5, so that a few mistakes cannot be seen in the ninth digit.
    if check_digit(serial[:place] + other + serial[place + 1 :]) != check_digit(serial):
        with pytest.raises(UsageError):
            read_post_number(wrong)


def test_row_of_labels_is_named_by_its_first_and_last() -> None:
    assert read_post_numbers(f"{FIRST}-{THIRD}") == (FIRST, SECOND, THIRD)
    assert read_post_numbers(f"{FIRST} ถึง {SECOND}, EE473124829TH") == (FIRST, SECOND, "EE473124829TH")


@pytest.mark.parametrize("typed", [f"{SECOND}-{FIRST}", f"{FIRST}-EE473124829TH", f"{FIRST},{FIRST}"])
def test_row_that_runs_backwards_or_a_number_given_twice_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        read_post_numbers(typed)


# -- sent ---------------------------------------------------------------------------------------------

ASK = ("ask-information", "--ask", "ข้อมูล", "--by", "30/11/2569", "--to", "obec", "--to", "vec")


@prepared
def letters(office: Srctl) -> Srctl:
    """An office whose letters to two organisations are drafted; a step of the plan is one of them."""
    office.ok("new", "directive", "-s", "ขอข้อมูล", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอ", "-o", "aree")
    office.ok("analyse", "1", "-i", "ข้อ", "-f", "เท็จ", "--opinion", "ควรทราบ", "-p", "เห็นควรรับทราบ")
    office.ok("plan", "1", "--result", "ได้ข้อมูล", "--step", "ขอข้อมูลจาก สอศ. | vec | letter | 27/11/2569")
    office.ok("letter", "1", *ASK)
    return office


def papers(office: Srctl) -> list[dict[str, Any]]:
    return list(office.ok("show", "1", "--json").json["papers"])


def due(office: Srctl) -> set[tuple[str, str]]:
    """What falls due in the case: which sort, and of which step, entry or paper."""
    return {(row["what"], row["ref"]) for row in office.ok("show", "1", "--json").json["deadlines"]}


def sent(office: Srctl, *words: str) -> list[dict[str, Any]]:
    office.ok("send", "1", "--signed", *words)
    return [one for paper in papers(office) for one in paper["dispatches"]]


def test_letters_take_the_numbers_of_a_row_in_their_order(letters: Srctl) -> None:
    found = sent(letters, "--all", "--registered", f"{FIRST}-{SECOND}")
    assert [(one["to"], one["post"]) for one in found] == [("obec", FIRST), ("vec", SECOND)]
    assert FIRST in letters.ok("show", "1").out
    assert SECOND in letters.ok("register", "out").out


@pytest.mark.parametrize(("typed", "told"), [(FIRST, f"{FIRST}-{SECOND}"), (f"{FIRST}-{THIRD}", "3"),
                                             ("RR123456784TH", "RR 1234 5678 4 TH")])  # fmt: skip
def test_numbers_that_are_wrong_or_not_as_many_as_the_letters_send_nothing(
    letters: Srctl, typed: str, told: str
) -> None:
    assert told in letters.refused(2, "send", "1", "--signed", "--all", "--registered", typed)
    assert {paper["state"] for paper in papers(letters)} == {"draft"}


def test_a_number_another_letter_went_by_is_refused_with_that_letter_unless_both_lie_in_one_envelope(
    letters: Srctl,
) -> None:
    office = letters
    office.ok("send", "1", "ask-information", "--signed", "--registered", FIRST)
    office.ok("new", "directive", "-s", "อีกเรื่อง", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอ", "-o", "aree")
    office.ok("letter", "2", "ask-information", "--ask", "ก", "--to", "obec")
    for case, paper in (("1", "ask-information-2"), ("2", "ask-information")):
        told = office.refused(5, "send", case, paper, "--signed", "--registered", FIRST)
        assert "2569-0001 ask-information ศธ 0100/1" in told
        assert "RR 1234 5678 5 TH" in told
    office.ok("send", "2", "--signed", "--registered", FIRST, "--anyway", "ซองเดียวกัน")
    assert office.ok("show", "2", "--json").json["log"][-1]["override"] == "ซองเดียวกัน"
    office.ok("undo", "2")
    office.ok("undo", "1")
    office.ok("send", "1", "ask-information", "--signed", "--registered", FIRST)  # the label is free again


def test_circular_has_a_number_for_each_addressee(office: Srctl) -> None:
    office.ok(
        "new", "directive", "-s", "แจ้งเวียน", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "แจ้ง", "-o", "aree"
    )
    office.ok("letter", "1", "circular", "--to", "province", "--to", "irrigation", "-v", "content=แจ้ง")
    found = sent(office, "--registered", f"{FIRST},{SECOND}")
    assert [(one["to"], one["post"]) for one in found] == [("province", FIRST), ("irrigation", SECOND)]
    assert "--to province" in office.refused(3, "return", "1", "--why", "ย้าย")
    office.ok("return", "1", "circular", "--to", "irrigation", "--why", "ย้าย")
    office.ok("send", "1", "circular", "--registered", THIRD)
    (paper,) = papers(office)
    assert [(one["to"], one["post"]) for one in paper["dispatches"]] == [("province", FIRST), ("irrigation", THIRD)]
    assert office.ok("check").code == 0


@pytest.mark.parametrize("how", [("--messenger", "นายเดช"), ("--registered", FIRST), ("--received-by", "นายเดช")])
def test_only_letters_are_carried(letters: Srctl, how: tuple[str, str]) -> None:
    assert "--by letter" in letters.refused(2, "send", "1", "--signed", "--all", "--by", "email", *how)
    assert {paper["state"] for paper in papers(letters)} == {"draft"}


def test_complainant_who_takes_a_letter_is_not_named(office: Srctl) -> None:
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "ประชาชน", "--complainant", "นางสาวสมมติ ร้องเรียน",
              "--order", "ตรวจสอบ", "-o", "malee")  # fmt: skip
    office.ok("letter", "1", "acknowledge", "--to", "complainant")
    (one,) = sent(office, "--received-by", "นางสาวสมมติ ร้องเรียน")
    assert one["receiver"] == "ผู้ร้อง"


# -- undelivered --------------------------------------------------------------------------------------


def test_what_a_letter_settled_is_open_again_when_it_comes_back_and_one_undo_takes_that_back(letters: Srctl) -> None:
    office = letters
    before = due(office)
    office.ok("send", "1", "ask-information-2", "--signed", "--settles", "s1", "--registered", FIRST)
    after = due(office)
    assert ("step", "s1") in before - after
    office.at("2026-11-23T09:00").ok("return", "1", "ask-information-2", "--why", "ไม่มีผู้รับ")
    assert ("step", "s1") in due(office)
    assert ("dispatch", "ask-information-2") in due(office)
    assert not {what for what, _ref in due(office)} & {"theirs"}  # nobody answers what they never had
    paper = papers(office)[1]
    assert (paper["state"], paper["sent"], paper["undelivered"][0]["why"]) == ("numbered", None, "ไม่มีผู้รับตามจ่าหน้า")
    assert FIRST in office.ok("show", "1").out
    waiting = {row["paper"]: row["state"] for row in office.ok("today", "aree", "--json").json["papers"]}
    assert waiting["ask-information-2"] == "undelivered"
    assert "ไม่มีผู้รับ" in office.ok("due").out
    assert "ไม่มีผู้รับ" in office.ok("register", "out").out
    office.ok("undo", "1")
    assert due(office) == after
    assert office.ok("check").code == 0


def test_letter_that_came_back_is_sent_again_and_waited_for_anew(letters: Srctl) -> None:
    office = letters
    office.ok("send", "1", "--signed", "--all")
    office.at("2026-11-23T09:00").ok("return", "1", "ask-information", "--why", "จ่าหน้าไม่ชัด: ไม่มีชั้นและห้อง")
    office.ok("send", "1", "ask-information", "--messenger", "นายเดช ตัวอย่างขยัน")
    first = papers(office)[0]
    assert (first["state"], first["undelivered"]) == ("sent", [])
    assert [one["carrier"] for one in first["dispatches"]] == ["นายเดช ตัวอย่างขยัน"]
    assert len([what for what, _ref in due(office) if what == "theirs"]) == 2
    why = [entry["why"] for entry in office.ok("show", "1", "--json").json["log"] if entry["did"] == "undelivered"]
    assert why == ["จ่าหน้าไม่ชัดเจน: ไม่มีชั้นและห้อง"]


def test_reason_is_one_of_the_office(letters: Srctl) -> None:
    letters.ok("send", "1", "--signed", "--all")
    for words in ((), ("--why", "แก้คำผิด")):
        assert "ไม่มารับภายในกำหนด" in letters.refused(2, "return", "1", "ask-information", *words)
    rules = letters.root / "templates/deadlines.yaml"
    text = rules.read_text(encoding="utf-8")
    start = text.index("undelivered:")
    rules.write_text(text[:start] + text[text.index("\n#", start) + 1 :], encoding="utf-8")
    letters.ok("adopt", "templates/deadlines.yaml")
    letters.ok("return", "1", "ask-information", "--why", "สุนัขดุ")  # without a list any reason is one


def test_who_took_a_letter_is_told_when_it_is_known(letters: Srctl) -> None:
    office, file = letters, letters.root / "book.docx"
    office.ok("send", "1", "--signed", "--all", "--messenger", "นายเดช ตัวอย่างขยัน")
    office = office.at("2026-11-23T16:00")
    assert "--to" not in office.refused(2, "send", "1", "ask-information", "--received-by", "ก", "--on", "2026-11-19")
    office.ok("send", "1", "ask-information", "--received-by", "นางสมใจ ตัวอย่างดี", "--on", "2026-11-21", "--at", "10.30",
              "--sure")  # fmt: skip
    first, second = papers(office)
    (one,) = first["dispatches"]
    assert (first["state"], first["sent"]) == ("sent", "2026-11-20")
    assert (one["receiver"], one["taken"], one["hour"]) == ("นางสมใจ ตัวอย่างดี", "2026-11-21", "10:30")
    assert second["dispatches"][0]["taken"] is None
    assert "นางสมใจ ตัวอย่างดี เวลา 10:30 น." in office.ok("show", "1").out
    assert "นางสมใจ" in office.refused(5, "send", "1", "ask-information", "--received-by", "ก")
    assert "นางสมใจ" in office.refused(5, "return", "1", "ask-information", "--why", "ย้าย")
    office.ok("send", "1", "--all", "--received-by", "นายเดช")  # the one nobody has told of
    assert [row["hour"] for row in office.ok("register", "dispatch", "--in", "20/11/2569", "--json").json["items"]] == [
        "10:30", "",
    ]  # fmt: skip
    office.ok("register", "dispatch", "--in", "20/11/2569", "--docx", str(file))
    text = [line.replace("\u00a0", " ") for line in word_file.paragraphs(file.read_bytes())]
    assert text[text.index("นางสมใจ ตัวอย่างดี") + 1] == "๒๑ พ.ย. ๒๕๖๙ ๑๐.๓๐ น."
    office.ok("undo", "1")
    assert papers(office)[1]["dispatches"][0]["receiver"] == ""
    assert office.ok("check").code == 0


def test_who_took_a_circular_is_told_of_each_and_of_no_mail(office: Srctl) -> None:
    office.ok(
        "new", "directive", "-s", "แจ้งเวียน", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "แจ้ง", "-o", "aree"
    )
    office.ok("letter", "1", "circular", "--to", "province", "--to", "irrigation", "-v", "content=แจ้ง")
    sent(office)
    assert "--to province" in office.refused(3, "send", "1", "--received-by", "ก")
    office.ok("send", "1", "circular", "--to", "irrigation", "--received-by", "ก")
    rows = office.ok("register", "dispatch", "--json").json["items"]
    assert [row["receiver"] for row in rows] == ["", "ก"]
    office.ok("letter", "1", "ask-information", "--ask", "ก", "--to", "obec")
    sent(office, "ask-information", "--by", "email")
    office.refused(5, "send", "1", "ask-information", "--received-by", "ก")
    assert "--received-by" in office.refused(2, "send", "1", "ask-information", "--at", "10.00")


def test_letter_somebody_took_with_their_hands_does_not_come_back(letters: Srctl) -> None:
    letters.ok("send", "1", "ask-information", "--signed", "--received-by", "นายสมมติ งานสารบรรณ")
    assert "นายสมมติ งานสารบรรณ" in letters.refused(5, "return", "1", "ask-information", "--why", "ย้าย")
    letters.refused(5, "send", "1", "ask-information-2", "--signed", "--received-by", "ก", "--on", "2026-12-31")


def test_paper_up_for_signature_is_returned_to_be_mended_as_before(letters: Srctl) -> None:
    letters.ok("send", "1", "ask-information", "--signed")
    letters.ok("submit", "1", "ask-information-2")
    letters.ok("return", "1", "--why", "แก้คำผิด")  # the one that waits for its signature, not the one that was sent
    assert [paper["state"] for paper in papers(letters)] == ["sent", "returned"]


# -- the book -----------------------------------------------------------------------------------------


def test_book_of_a_day_leaves_room_to_sign_where_nobody_took_the_letter_yet(letters: Srctl) -> None:
    office, file = letters, letters.root / "book.docx"
    office.ok("send", "1", "ask-information", "--signed", "--received-by", "นายสมมติ งานสารบรรณ")
    office.ok("send", "1", "ask-information-2", "--signed", "--registered", FIRST)
    rows = office.ok("register", "dispatch", "--json").json["items"]
    promised("list of item of the dispatch book", rows)
    assert [(row["to"], row["receiver"], row["post"]) for row in rows] == [
        ("เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "นายสมมติ งานสารบรรณ", ""), ("เลขาธิการคณะกรรมการการอาชีวศึกษา", "", FIRST),
    ]  # fmt: skip
    assert office.ok("register", "dispatch", "--in", "19/11/2569", "--json").json["items"] == []
    office.ok("register", "dispatch", "--docx", str(file))
    text = [line.replace("\u00a0", " ") for line in word_file.paragraphs(file.read_bytes())]
    assert text[0] == "สมุดส่งหนังสือ"
    place = text.index("หมายเหตุ")
    assert text[place - 6 : place + 1] == ["เลขทะเบียน", "จาก", "ถึง", "หน่วยรับ", "ผู้รับ", "วันและเวลา", "หมายเหตุ"]
    assert text[place + 5] == "นายสมมติ งานสารบรรณ"
    assert (text[place + 12], text[place + 13]) == ("", "")  # signed by hand
    assert FIRST in text[place + 14]
