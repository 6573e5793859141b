"""Days that people name: how they were counted is kept, a doubtful one is asked about, each is shown."""

import pytest

from srctl.core import i18n
from srctl.core.named_days import NamedDay, Role, doubt, read_count, recount, workdays_from
from srctl.core.workdays import Calendar, Holiday
from srctl.deadlines.explanation import explanations
from srctl.deadlines.recounting import recounted
from srctl.deadlines.rules import deadlines
from srctl.model.case import Order, Plan, Promise, Step
from tests.conftest import Srctl
from tests.test_due import CALENDAR, TODAY, case_with, day, entry, kind_of

AS = ("--as", "malee")
ORDER = ("new", "directive", "--subject", "เรื่อง", "--order", "ทำ", "--by", "รมว.ศธ.")
PLAN = ("plan", "1", "--override", "ด่วน")
CALL = ("contact", "1", "obec/somsak", "--said", "x", "--they-promise", "y")
ASK = ("letter", "1", "ask-information", "--to", "obec", "--ask", "ข้อมูล")
HOLIDAY = ("calendar", "add", "2026-11-24", "วันหยุดพิเศษ", "--source", "มติ ครม. 20 พ.ย. 2569", *AS)


def with_holiday(on: str) -> Calendar:
    return CALENDAR._replace(holidays={**CALENDAR.holidays, day(on): Holiday(day(on), "วันหยุดพิเศษ")})


# -- how a day was counted ------------------------------------------------------------------------------


def test_a_day_counted_in_working_days_is_counted_anew_while_it_is_the_day_that_was_counted() -> None:
    named = workdays_from(TODAY, 3, CALENDAR)
    assert named == NamedDay(day("2026-11-25"), "+3wd from 2026-11-20 = 2026-11-25")
    again = recount(named, with_holiday("2026-11-24"))
    assert again == NamedDay(day("2026-11-26"), "+3wd from 2026-11-20 = 2026-11-26")
    assert recount(again, CALENDAR) == named
    by_hand = NamedDay(day("2026-11-27"), named.counted)
    assert recount(by_hand, with_holiday("2026-11-24")) == by_hand
    assert recount(NamedDay(day("2026-11-24")), with_holiday("2026-11-24")).on == day("2026-11-24")


def test_a_count_is_read_back_as_it_is_written_and_nothing_else_is_one() -> None:
    for amount in (1, -5, 250):
        count = read_count(workdays_from(TODAY, amount, CALENDAR).counted)
        assert count
        assert (count.start, count.amount) == (TODAY, amount)
    assert not any(
        map(read_count, ("", "+9wd", "+9wd from 2026-11-31 = 2026-12-04", "9wd from 2026-11-21 = 2026-12-04"))
    )


def test_every_sort_of_named_day_is_counted_anew() -> None:
    on, counted = workdays_from(TODAY, 3, CALENDAR)
    case = case_with(
        entry(1, TODAY, "receive"),
        entry(2, TODAY, "contact", promise=Promise("them", "ส่ง", on, counted)),
        entry(3, TODAY, "extend", deadline="s1", until=day("2026-12-03"), counted="+9wd from 2026-11-20 = 2026-12-03"),
        order=Order("รมว.ศธ.", "ทำ", on, counted),
        plan=Plan("", (Step("s1", "โทร", due=on, counted=counted),)),
    )
    before = [(d.ref, d.due) for d in deadlines(case, kind_of(), CALENDAR, TODAY)]
    after = [(d.ref, d.due) for d in deadlines(case, kind_of(), with_holiday("2026-11-24"), TODAY)]
    moved, later = day("2026-11-26"), day("2026-12-04")
    assert before == [("order.due", on), ("s1", day("2026-12-03")), ("a2", on)]
    assert after == [("order.due", moved), ("s1", later), ("a2", moved)]
    assert recounted(case_with(), CALENDAR) == case_with()


def test_the_explanation_of_a_counted_day_counts_it() -> None:
    on, counted = workdays_from(TODAY, 3, CALENDAR)
    case = case_with(order=Order("", "", on, counted))
    (one,) = explanations(case, kind_of(), with_holiday("2026-11-24"), TODAY)
    assert [(d.on.day, d.number) for d in one.days if d.number] == [(23, 1), (25, 2), (26, 3)]
    assert one.deadline.due == one.days[-1].on


# -- what makes a day doubtful ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "on", "why"),
    [
        ("deadline", "2026-11-23", ""),
        ("deadline", "2026-11-20", ""),
        ("deadline", "2026-11-19", "is past"),
        ("deadline", "2026-11-21", "no working day"),
        ("deadline", "2028-11-21", "two years ahead"),
        ("deadline", "2053-11-30", "two years ahead"),
        ("event", "2026-11-21", ""),
        ("event", "2026-10-01", "is past"),
        ("event", "2116-11-30", "two years ahead"),
        ("receipt", "2026-01-02", ""),
        ("receipt", "1926-11-20", "a year back"),
        ("record", "2017-01-01", "a year back"),
        ("period", "2026-11-21", ""),
        ("period", "2025-11-19", "a year back"),
        ("period", "2028-11-21", "two years ahead"),
    ],
)
def test_a_day_is_doubtful_by_what_it_is_for(role: Role, on: str, why: str) -> None:
    i18n.use("en")
    said = doubt(day(on), role, TODAY, CALENDAR)
    assert why in said.said if said else not why


def test_the_holiday_is_named() -> None:
    found = doubt(day("2026-11-24"), "deadline", TODAY, with_holiday("2026-11-24"))
    assert found
    assert found.off
    assert "วันหยุดพิเศษ" in found.said


# -- on the command line ---------------------------------------------------------------------------------


def test_what_was_typed_in_working_days_moves_with_a_new_holiday_and_says_how_it_was_counted(office: Srctl) -> None:
    office.ok(*ORDER, "--due", "+3wd", *AS)
    office.ok(*PLAN, "--step", "โทร | | | +3wd", *AS)
    written = office.case_file("2569-0001").read_text("utf-8")
    assert written.count('counted: "+3wd from 2026-11-20 = 2026-11-25"') == 2
    office.ok(*HOLIDAY)
    shown = office.ok("show", "1", "--json").json
    assert [d["due"] for d in shown["deadlines"] if d["ref"] in ("order.due", "s1")] == ["2026-11-26"] * 2
    assert shown["order"]["due"] == "2026-11-26"
    moved = [(row["ref"], row["after"]) for row in office.ok("replan", "--json", *AS).json["items"]]
    assert {("order.due", "2026-11-26"), ("s1", "2026-11-26")} <= set(moved)
    explained = office.ok("explain", "1", "order.due").out
    assert "วิธีนับ" in explained
    assert "3 วันทำการ" in explained
    office.ok("set", "1", "order.due=27/11/2569", *AS)
    order = office.ok("show", "1", "--json").json["order"]
    assert (order["due"], order["counted"]) == ("2026-11-27", "")


def test_a_day_typed_after_the_holiday_has_not_moved(office: Srctl) -> None:
    office.ok(*ORDER, *AS)
    office.ok(*HOLIDAY)
    office.ok("set", "1", "order.due=+3wd", *AS)
    assert "order.due" not in {row["ref"] for row in office.ok("replan", "--json", *AS).json["items"]}


def test_a_named_day_on_a_new_holiday_is_named_with_the_command_that_mends_it(office: Srctl) -> None:
    office.ok(*ORDER, "--due", "24/11/2569", *AS)
    office.ok(*PLAN, "--step", "โทร | | | 24/11/2569", "--step", "ส่ง | | | +2wd", *AS)
    office.ok(*CALL, "--until", "24/11/2569", *AS)
    for said in (office.ok(*HOLIDAY).err, office.ok("replan", *AS).err, office.ok("due", "--days", "0").err):
        assert "วันที่กำหนดไว้ตรงกับวันหยุด 3 วัน" in said
        assert "วันอังคาร 24 พ.ย. 69 (วันหยุดพิเศษ)" in said
        assert "srctl set 2569-0001 order.due=25/11/2569" in said
        assert "srctl extend 2569-0001 s1 --until 25/11/2569 --why" in said
        assert "srctl promise broken 2569-0001 a3 --until 25/11/2569" in said
        assert "ส่ง:" not in said
    for told in (office.ok("due", "--days", "0", "--json").json, office.ok("replan", "--json", *AS).json):
        assert [(off["ref"], off["due"], off["holiday"]) for off in told["days_off"]] == [
            ("a3", "2026-11-24", "วันหยุดพิเศษ"), ("order.due", "2026-11-24", "วันหยุดพิเศษ"),
            ("s1", "2026-11-24", "วันหยุดพิเศษ"),
        ]  # fmt: skip
        assert told["days_off"][1]["command"] == "srctl set 2569-0001 order.due=25/11/2569"
    office.ok("set", "2569-0001", "order.due=25/11/2569", *AS)
    assert "order.due" not in office.ok("due").err


def test_a_deadline_on_a_day_off_is_never_said_to_be_due_in_0_working_days_nor_0_late(office: Srctl) -> None:
    office.ok(*ORDER, "--due", "21/11/2569", "--anyway", *AS)
    lists = (("due",), ("list",), ("today", *AS), ("digest", "--all"))
    for on, short, long in ((20, "วันหยุดนี้", "ก่อนวันทำการถัดไป"),
                            (22, "เพิ่งเลยกำหนด", "เลยกำหนดแล้ว ยังไม่มีวันทำการหลังจากนั้น")):  # fmt: skip
        then = office.at(f"2026-11-{on}T09:00")
        for words in lists:
            assert short in then.ok(*words).out, words
        assert long in then.ok("show", "1").out
        row = next(row for row in then.ok("due", "--json").json["items"] if row["ref"] == "order.due")
        assert (row["late"], row["section"]) == (0, "coming" if on == 20 else "late")


SCRIPTS = {
    "a day off": ([*ORDER, "--due", "21/11/2569"], "--sure", "23 พ.ย. 69"),
    "a year mistyped": ([*ORDER, "--due", "30/11/96"], "--sure", "2596"),
    "a year too late": ([*ORDER, "--due", "30/11/2659"], "--sure", "2659"),
    "a receipt long ago": ([*ORDER, "--received", "20/11/2469"], "--sure", "20 พ.ย. 2469"),
    "a paper dated long ago": ([*ORDER, "--dated", "1/12/2565"], "--sure", "1 ธ.ค. 65"),
    "a step that is past": ([*PLAN, "--step", "โทร | | | จันทร์นี้"], "--sure", "จันทร์"),
    "a promise on a Sunday": ([*CALL, "--until", "22/11/2569"], "--sure", "23 พ.ย."),
    "an event that is past": (["set", "2", "date=1/10"], "--sure", "1 ต.ค. 69"),
    "an extension to a Saturday": (
        ["extend", "1", "order.due", "--until", "28/11/2569", "--why", "x"], "--sure", "30 พ.ย. 69"),
    "an absence in a far year": (["away", "malee", "1/12/2596", "2/12/2596"], "--sure", "2596"),
    "a letter asking for a Sunday": ([*ASK, "--by", "22/11/2569"], "--sure", "23 พ.ย."),
}  # fmt: skip


@pytest.fixture(scope="module")
def two(pristine_empty, tmp_path_factory) -> Srctl:  # type: ignore[no-untyped-def]
    from tests.conftest import copied

    office = Srctl(copied(pristine_empty, tmp_path_factory.mktemp("two") / "office"))
    office.ok(*ORDER, "--due", "+3wd", *AS)
    office.ok("new", "invitation", "--subject", "งาน", *AS)
    return office


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_names_a_doubtful_day_is_refused_with_the_flag_that_insists(two: Srctl, name: str) -> None:
    words, flag, said = SCRIPTS[name]
    error = two.refused(5, *words, *AS)
    assert flag in error
    assert said in error


def test_insisting_records_the_day_and_every_day_is_shown_with_weekday_and_distance(office: Srctl) -> None:
    assert "วันเสาร์ 21 พ.ย. 69" in office.ok(*ORDER, "--due", "21/11/2569", "--anyway", *AS).out
    far = office.ok(*ORDER, "--due", "30/11/2596", "--received", "16/11/2569", "--sure", *AS).out
    assert "กำหนดเสร็จ: วันอาทิตย์ 30 พ.ย. 96" in far
    assert "วันจันทร์ 16 พ.ย. 69 (4 วันทำการก่อน)" in far
    assert "กำหนดเสร็จ: วันพุธ 25 พ.ย. 69 (อีก 3 วันทำการ)" in office.ok("set", "1", "order.due=+3wd", *AS).out
    assert "s1 โทร: วันพุธ 25 พ.ย. 69 (อีก 3 วันทำการ)" in office.ok(*PLAN, "--step", "โทร | | | +3wd", *AS).out


def test_this_monday_on_a_friday_is_told_with_the_coming_one(two: Srctl) -> None:
    error = two.refused(5, *PLAN, "--step", "โทร | | | จันทร์นี้", *AS)
    assert "วันที่จะถึงให้พิมพ์: จันทร์" in error
    assert "พ.ศ." not in two.refused(2, *ORDER, "--due", "จันทร์นี้", *AS)


def test_a_reply_that_is_older_than_its_letter_is_asked_about(office: Srctl) -> None:
    office.ok(*ORDER, *AS)
    office.ok(*ASK, "--by", "+5wd", *AS)
    for words in (("submit",), ("sign", "--by", "head"), ("number",), ("send",)):
        office.ok(words[0], "1", *words[1:], *AS)
    assert "ก่อนวันที่ส่ง" in office.refused(5, "receive", "1", "--dated", "18/11/2569", "--said", "x", *AS)
    assert "--sure" in office.refused(5, "receive", "1", "--dated", "1/1/2560", "--said", "x", *AS)
    office.ok("receive", "1", "--dated", "18/11/2569", "--said", "x", "--sure", *AS)


def test_a_weekend_is_fine_for_an_event(two: Srctl) -> None:
    two.ok("set", "2", "date=28/11/2569", *AS)


def test_a_person_is_asked_and_a_no_saves_nothing(office: Srctl) -> None:
    office.interactive = True
    no = office.run(*ORDER, "--due", "21/11/2569", *AS, typed="n\n")
    assert no.code == 130
    assert "ยืนยันวันที่นี้หรือไม่" in no.err
    assert not [*office.root.glob("cases/*/*/*.yaml")]
    assert office.run(*ORDER, "--due", "21/11/2569", *AS, typed="y\n").code == 0


def test_what_a_hand_wrote_is_warned_of_and_never_blocked(office: Srctl) -> None:
    office.ok(*ORDER, "--due", "+3wd", *AS)
    file = office.case_file("2569-0001")
    file.write_text(file.read_text("utf-8").replace("due: 2026-11-25", "due: 2026-11-28"), "utf-8")
    done = office.ok("adopt", "1", *AS)
    assert "วันเสาร์ 28 พ.ย. 69" in done.err
    assert office.ok("show", "1", "--json").json["order"]["due"] == "2026-11-28"


def test_check_names_the_days_that_are_hardly_right_and_finds_no_fault_in_them(office: Srctl) -> None:
    office.ok(*ORDER, "--received", "20/11/2469", "--due", "30/11/2596", "--sure", *AS)
    office.ok(*ORDER, "--due", "+3wd", *AS)
    said = office.ok("check").out
    assert "2569-0001  รับเรื่อง: วันเสาร์ 20 พ.ย. 2469" in said
    assert said.count("โปรดตรวจปี") == 2
    assert "2569-0002" not in said


def test_a_count_nobody_can_read_is_a_fault(office: Srctl) -> None:
    office.ok(*ORDER, "--due", "+3wd", *AS)
    file = office.case_file("2569-0001")
    file.write_text(file.read_text("utf-8").replace("= 2026-11-25", "or so"), "utf-8")
    assert "counted" in office.run("check", "1").out


READING = [("today",), ("list",), ("due",), ("digest",), ("show", "1"), ("next", "1"), ("history", "1")]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_reading_command_takes_who_acts_behind_it(two: Srctl, words: tuple[str, ...]) -> None:
    assert two.ok(*words, *AS).out == two.ok(*AS, *words).out
