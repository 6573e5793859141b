"""What meets a deadline, how each one ends, and that it has one result: in lists, the account and the journal."""

from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document

from srctl.core.decoding import Text
from srctl.core.errors import Refused
from srctl.core.workdays import Holiday
from srctl.deadlines.endings import endings
from srctl.deadlines.explanation import explanations
from srctl.deadlines.rules import deadlines
from srctl.model.case import Analysis, Case, Entry, Order, Plan, Promise, Step
from srctl.model.definitions import CLOSED, Kind, Rule, Stage
from srctl.reports.deadline_history import days_in_order
from srctl.workflow import reopening
from tests.conftest import Srctl
from tests.test_due import CALENDAR, TODAY, case_with, day, entry, kind_of, rule
from tests.test_replan import AS, HOLIDAY, moment

RECEIVED = entry(1, TODAY, "receive", "analyse")
MONDAY, TUESDAY = day("2026-11-23"), day("2026-11-24")
GATED = kind_of()._replace(
    stages=(
        Stage("receive", Text("รับ", "Receive")),
        Stage("analyse", Text("วิเคราะห์", "Analyse"), ("analysis.opinion", "memo")),
        Stage("plan", Text("แผน", "Plan"), ("plan.result",)),
        Stage("report", Text("รายงาน", "Report"), ("report.result",)),
    )
)


def due(case: Case, *rules: Rule, kind: Kind = GATED, today: date = TODAY) -> list[str]:
    return [d.ref for d in deadlines(case, kind._replace(deadlines=rules), CALENDAR, today) if d.what != "followup"]


def ends(case: Case, *rules: Rule, kind: Kind = GATED, today: date = TODAY) -> list[tuple[str, str, str, int]]:
    found = endings(case, kind._replace(deadlines=rules), CALENDAR, today)
    return [(e.deadline.ref, e.event, e.on.isoformat()[5:], e.late) for e in found]


def opinion(**more: Any) -> Rule:
    return rule(1, of="stage", stage="analyse", **more)


MEMO = entry(2, TODAY, "memo", "plan", paper="summary")
LETTER = entry(2, TODAY, "draft", paper="answer", wording="final-answer", with_="complainant")


@pytest.mark.parametrize(
    ("met_by", "papers", "log", "met"),
    [
        ("submitted", (), (MEMO,), False),  # a draft is no account
        ("submitted", (), (MEMO, entry(3, MONDAY, "submit", paper="summary")), True),
        ("submitted", (), (LETTER, entry(3, MONDAY, "submit", paper="answer")), False),  # a letter is none either
        ("submitted", ("final-answer",), (LETTER, entry(3, MONDAY, "submit", paper="answer")), True),
        ("submitted", (), (MEMO, entry(3, MONDAY, "plan", "report", override="รีบ", missing=("plan.result",))), False),
        ("signed", (), (MEMO, entry(3, MONDAY, "sign", paper="summary")), True),
        ("signed", ("final-answer",), (MEMO, entry(3, MONDAY, "sign", paper="summary")), False),
        ("sent", (), (LETTER, entry(3, MONDAY, "send", paper="answer")), True),
        ("sent", (), (MEMO, entry(3, MONDAY, "send", paper="summary")), False),  # it stays in the office
        ("sent", ("answer-question",), (LETTER, entry(3, MONDAY, "send", paper="answer")), False),
        ("answered", (), (entry(3, MONDAY, "contact", with_="complainant"),), True),
        ("answered", (), (entry(3, MONDAY, "contact", with_="obec/somsak"),), False),
        ("answered", ("final-answer",), (LETTER, entry(3, MONDAY, "send", paper="answer")), True),
        ("answered", ("interim-answer",), (LETTER, entry(3, MONDAY, "send", paper="answer")), False),
        ("answered", (), (LETTER, entry(3, MONDAY, "send", paper="answer", meets=("r",))), True),
        ("decided", (), (entry(3, MONDAY, "decide"),), True),
        ("contacted", (), (entry(3, MONDAY, "contact", with_="obec"),), True),
        ("contacted", (), (entry(3, MONDAY, "note"),), False),
    ],
)
def test_a_rule_is_met_by_what_happened(met_by: Any, papers: Any, log: tuple[Entry, ...], met: bool) -> None:
    made = rule(15, "day", met_by=met_by, papers=papers)
    case = case_with(RECEIVED, *log)
    assert due(case, made) == ([] if met else ["r"])
    assert ends(case, made) == ([("r", "met", "11-23", 0)] if met else [])
    closed = case._replace(log=(*case.log, entry(9, TUESDAY, "close", CLOSED)))
    assert ends(closed, made)[0][1] == ("met" if met else "not-done"), "closing meets nothing"


def test_an_override_does_no_work_and_the_work_done_after_all_does() -> None:
    passed = entry(2, TODAY, "plan", "plan", override="รีบ", missing=("analysis.opinion", "memo"))
    case = case_with(RECEIVED, passed)
    assert due(case, opinion()) == ["r"]
    done = case._replace(analysis=Analysis(opinion="ควร"), log=(*case.log, entry(3, MONDAY, "memo", paper="memo"),
                         entry(4, TUESDAY, "analyse"), entry(5, day("2026-11-27"), "note")))  # fmt: skip
    assert due(done, opinion()) == []
    assert ends(done, opinion()) == [("r", "missed", "11-24", 1)]


def test_what_the_case_owed_was_not_done_when_an_override_closed_it() -> None:
    left = entry(2, MONDAY, "close", CLOSED, override="ผิด", missing=("memo", "plan.result"))
    case = case_with(RECEIVED, left, order=Order(due=TUESDAY))
    told = [("order.due", "not-done", "11-23", 0), ("r", "not-done", "11-23", 0)]
    assert ends(case, opinion()) == told
    later = case._replace(log=(RECEIVED, left._replace(on=day("2026-11-25"))))
    assert ends(later, opinion()) == [("order.due", "not-done", "11-25", 1), ("r", "not-done", "11-25", 2)]


def test_how_steps_and_promises_ended_is_told_too() -> None:
    steps = Plan("", (Step("s1", "โทร", due=TODAY), Step("s2", "ส่ง", due=MONDAY), Step("s3", "ถาม", due=MONDAY)))
    log = (
        RECEIVED, entry(2, TODAY, "contact", promise=Promise("them", "ก", TODAY)),
        entry(3, TODAY, "contact", promise=Promise("us", "ข", MONDAY)),
        entry(4, MONDAY, "promise", breaks=("a2",), promise=Promise("them", "ก", TUESDAY)),
        entry(5, MONDAY, "promise", keeps=("a3",)), entry(6, MONDAY, "step", step="s1"),
        entry(7, MONDAY, "step", step="s2", dropped=True), entry(8, TUESDAY, "close", CLOSED),
    )  # fmt: skip
    assert ends(case_with(*log, plan=steps)) == [
        ("s1", "missed", "11-23", 1), ("s2", "dropped", "11-23", 0), ("s3", "dropped", "11-24", 0),
        ("a2", "missed", "11-23", 1), ("a3", "met", "11-23", 0), ("a4", "dropped", "11-24", 0),
    ]  # fmt: skip


# -- opened again ------------------------------------------------------------------------------------

CLOSING = entry(3, MONDAY, "close", CLOSED)


def test_what_was_met_stays_met_when_the_case_is_opened_again() -> None:
    answered = entry(2, TODAY, "contact", with_="complainant")
    again = case_with(RECEIVED, answered, CLOSING, entry(4, day("2027-01-20"), "reopen", "report"))
    assert due(again, rule(15, "day", met_by="answered"), today=day("2027-01-20")) == []


def test_an_order_carried_out_is_due_no_more_unless_its_day_is_still_to_come() -> None:
    log = (RECEIVED, entry(2, TODAY, "plan", "report"), CLOSING)
    early, late = entry(4, TUESDAY, "reopen", "report"), entry(4, day("2026-12-01"), "reopen", "report")
    order = Order(due=day("2026-11-27"))
    assert due(case_with(*log, early, order=order)) == ["order.due"]
    assert due(case_with(*log, late, order=order)) == []


def test_the_days_a_case_was_closed_do_not_count_but_the_time_of_the_law_runs_on() -> None:
    closed = entry(2, MONDAY, "close", CLOSED, override="ผิด", missing=("memo",))
    case = case_with(RECEIVED, closed, entry(3, day("2026-12-14"), "reopen", "analyse"))
    ours, law = rule(3)._replace(name="ours"), rule(15, "day", pauses=False)._replace(name="law")
    found = deadlines(case, GATED._replace(deadlines=(ours, law)), CALENDAR, day("2026-12-14"))
    assert [(d.ref, d.due.isoformat()) for d in found] == [("ours", "2026-12-16"), ("law", "2026-12-08")]
    [account, _law] = explanations(case, GATED._replace(deadlines=(ours, law)), CALENDAR, day("2026-12-14"))
    assert {d.why for d in account.days if MONDAY <= d.on < day("2026-12-14")} == {"closed"}


def test_a_case_opened_again_until_a_day_has_that_day_to_keep() -> None:
    again = entry(4, day("2026-12-14"), "reopen", "report", until=day("2026-12-18"))
    case = case_with(RECEIVED, entry(2, TODAY, "plan", "report"), CLOSING, again)
    [found] = deadlines(case, GATED, CALENDAR, day("2026-12-14"))
    assert (found.what, found.ref, found.due) == ("case", "a4", day("2026-12-18"))
    shut = case._replace(log=(*case.log, entry(5, day("2026-12-17"), "close", CLOSED)))
    assert ends(shut)[-1] == ("a4", "met", "12-17", 0)


def test_a_case_is_opened_again_where_an_override_passed_a_gate() -> None:
    passed = entry(2, TODAY, "plan", "report", override="รีบ", missing=("analysis.opinion", "memo", "plan.result"))
    case = case_with(RECEIVED, passed, CLOSING)
    assert reopening.reopen(case, GATED, "ผิด").entry.keywords["to"] == "analyse"
    done = case._replace(analysis=Analysis(opinion="ควร"), log=(*case.log, entry(4, MONDAY, "memo", paper="memo")))
    assert reopening.reopen(done, GATED, "ผิด").entry.keywords["to"] == "plan", "the gate of analysing is met by now"
    with pytest.raises(Refused):
        reopening.reopen(case, GATED, "ผิด", "report")


# -- the journal -------------------------------------------------------------------------------------


def told(office: Srctl, at: str, case: str = "1") -> list[tuple[str, str, str]]:
    items = office.at(at).ok("journal", case, "--since", "2026-11-01", "--json").json["items"]
    return [(item["event"], item["ref"], item["why"]) for item in items if item["what"] in ("case", "stage", "rule")]


def test_journal_account_and_lists_tell_one_result_of_a_complaint_closed_by_mistake(office: Srctl) -> None:
    office.at(moment(20)).ok("new", "complaint", "-s", "ทดสอบ", "--order", "ตรวจ", "--anonymous", *AS)
    office.ok("analyse", "1", "-i", "ก", "-f", "ข", "--opinion", "ค", "-p", "ง", *AS)
    office.ok("memo", "1", *AS)
    assert [event for event, ref, _why in told(office, moment(20, 15)) if ref == "opinion"] == ["set"], (
        "not by drafting"
    )
    office.at(moment(20, 16)).ok("close", "1", "--override", "ผิด", *AS)
    assert [e[0] for e in told(office, moment(20, 17))] == ["set", "set", "not-done", "not-done"]
    ended = office.ok("explain", "1", "--json").json["items"]
    assert {item["ref"]: item["ended"]["event"] for item in ended} == {"opinion": "not-done", "answer": "not-done"}
    office.at(moment(24)).ok("reopen", "1", "--why", "ผิดเรื่อง", "--due", "2026-12-04", *AS)
    assert office.ok("show", "1", "--json").json["stage"] == "plan", "its gate was passed by the override"
    office.ok("submit", "1", "summary", *AS)
    office.ok("contact", "1", "complainant", "--by", "phone", "--said", "แจ้งผล", *AS)
    results = [e[:2] for e in told(office, moment(24, 15)) if e[0] in ("met", "missed", "not-done")]
    assert sorted(results) == [("met", "answer"), ("met", "opinion")], "one result each"
    left = {d["ref"]: d["due"] for d in office.ok("show", "1", "--json").json["deadlines"] if d["what"] == "case"}
    assert list(left.values()) == ["2026-12-04"]


def test_days_of_commits_follow_the_order_of_history() -> None:
    def days(*numbers: int) -> list[date]:
        return [day("2026-11-01") + timedelta(days=n) for n in numbers]

    today = day("2026-11-20")
    assert days_in_order(days(1, 2, 2, 5), today) == days(1, 2, 2, 5)
    assert days_in_order(days(1, 400, 2, 3), today) == days(1, 1, 2, 3), "a clock ahead of today"
    assert days_in_order(days(1, 9, 2, 3), today) == days(1, 1, 2, 3), "a clock ahead of what came later"
    assert days_in_order(days(4, 1, 5, 6), today)[1:] in (days(4, 5, 6), days(1, 5, 6))
    assert days_in_order(days(300), today) == [today]
    assert days_in_order([], today) == []


def test_one_commit_dated_ahead_cuts_nothing_of_the_journal_that_came_later(office: Srctl) -> None:
    office.at(moment(20)).ok("new", "complaint", "-s", "ก", "--order", "ตรวจ", "--anonymous", *AS)
    office.at("2027-06-01T09:00").ok("note", "1", "นาฬิกาเดินเร็ว", *AS)
    office.at(moment(23)).ok("contact", "1", "complainant", "--said", "แจ้ง", *AS)
    assert ("met", "answer", "") in told(office, moment(23, 12))
    assert office.run("check", "--json").out.count("clock-ahead") == 1, "the entry"
    assert "ตรวจว่านาฬิกา" in office.run("check").out.splitlines()[-1], "its commit"
    assert "นาฬิกา: " in office.run("doctor").out


def test_the_journal_tells_the_reason_given_when_replanning(office: Srctl) -> None:
    office.at(moment(20)).ok("new", "complaint", "-s", "ก", "--order", "ตรวจ", "--anonymous", *AS)
    office.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    office.at(moment(20, 15)).ok("replan", "--do", "--why", "ครม. ประกาศเพิ่ม", *AS)
    assert ("moved", "opinion", "ครม. ประกาศเพิ่ม") in told(office, moment(20, 16))


# -- further time ------------------------------------------------------------------------------------


def further(number: int, amount: int, unit: str) -> Entry:
    return entry(number, TODAY, "extend", deadline="r", amount=amount, unit=unit, why="รอ")


@pytest.mark.parametrize(
    ("made", "log", "ends_on"),
    [
        # Supreme Court 316/2546: counted on from the last day of the time given, though that day was off.
        (rule(15, "day", extends="nominal"), (further(2, 15, "day"),), "2026-11-30"),
        (rule(15, "day"), (further(2, 15, "day"),), "2026-12-01"),
        (rule(15, "day", extends="nominal"), (further(2, 15, "day"), further(3, 5, "day")), "2026-12-04"),
    ],
)
def test_further_time_is_counted_from_where_the_rule_says(made: Rule, log: tuple[Entry, ...], ends_on: str) -> None:
    [found] = deadlines(case_with(*log, on=day("2026-10-30")), kind_of(made), CALENDAR, TODAY)
    assert (found.original, found.due) == (day("2026-11-16"), day(ends_on))
    [account] = explanations(case_with(*log, on=day("2026-10-30")), kind_of(made), CALENDAR, TODAY)
    assert account.days[-1].on == found.due
    assert [d.on for d in account.days] == sorted({d.on for d in account.days}), "no day stands twice"


def test_months_given_one_after_another_do_not_drift_into_the_next() -> None:
    made, log = rule(1, "month"), (further(2, 1, "month"),)
    [found] = deadlines(case_with(*log, on=day("2027-01-30")), kind_of(made), CALENDAR, day("2027-01-30"))
    assert (found.original, found.due) == (day("2027-03-01"), day("2027-03-31"))


# -- the calendar ------------------------------------------------------------------------------------


def test_a_count_over_days_the_calendar_does_not_know_says_so() -> None:
    known = CALENDAR._replace(complete_from=day("2024-01-01"), undecided=(day("2026-10-16"),))
    assert known.incomplete_for(day("2024-01-03"), day("2023-12-28")), "before the first year"
    assert not known.incomplete_for(day("2024-01-03"))
    assert known.incomplete_for(day("2026-10-20"), day("2026-10-14")), "over a day that is not decided"
    assert not known.incomplete_for(day("2026-10-20"), day("2026-10-16")), "day 0 is not counted"
    assert not known.incomplete_for(day("2026-11-20"))
    decided = known._replace(holidays={**known.holidays, day("2026-10-16"): Holiday(day("2026-10-16"), "วันหยุดพิเศษ")})
    assert not decided.incomplete_for(day("2026-10-20"), day("2026-10-14"))


def test_lists_and_the_account_mark_a_day_counted_over_one_that_is_not_decided(office: Srctl) -> None:
    office.at("2026-10-12T09:00").ok("new", "complaint", "-s", "ก", "--order", "ตรวจ", "--anonymous", *AS)
    shown = {d["ref"]: d["calendar_complete"] for d in office.ok("show", "1", "--json").json["deadlines"]}
    listed = {d["ref"]: d["calendar_complete"] for d in office.ok("due", "--all", "--json").json["items"]}
    assert shown == listed == {"opinion": True, "answer": False}
    assert "~" in office.ok("due", "--all").out
    assert "16" in office.ok("calendar", "show", "2569").err


def test_a_year_out_of_range_or_without_days_is_told_with_its_line(office: Srctl) -> None:
    year = office.root / "templates/calendar/2570.yaml"
    year.write_text("format: 1\nyear: 100\ncomplete: false\nsource: x\ndays: []\n", encoding="utf-8")
    for command in (("due",), ("calendar", "show")):
        assert "2570.yaml:2:" in office.at(moment(20)).ok(*command).err
    assert "2570.yaml:2:" in office.run("check").out
    year.write_text("format: 1\nyear: 2570\ncomplete: false\nsource: x\ndays: []\n", encoding="utf-8")
    assert "2570" not in office.ok("due").err


@pytest.mark.parametrize(
    ("words", "ends_on"),
    [
        (("30/10/2569", "+15d"), "2026-11-16"),  # Saturday 14 November, moved to Monday as rules move it
        (("30/10/2569", "-13d"), "2026-10-16"),  # counted back from Saturday the 17th
        (("28/2/2570", "+1m"), "2027-03-31"),
        (("20/11/2569", "+3wd"), "2026-11-25"),
    ],
)
def test_calc_moves_a_last_day_off_as_rules_do(office: Srctl, words: tuple[str, str], ends_on: str) -> None:
    assert office.ok("calc", *words, "--json").json["due"] == ends_on


@pytest.mark.parametrize("words", [("calc", "20/11/2569", "+9999m"), ("calc", "+9999m", "+1d")])
def test_a_span_beyond_every_year_is_refused_in_one_line(office: Srctl, words: tuple[str, ...]) -> None:
    assert "9999m" in office.refused(2, *words).splitlines()[0]


def test_a_replanning_taken_back_and_a_holiday_taken_out_move_nothing(office: Srctl) -> None:
    office.at(moment(20)).ok("new", "complaint", "-s", "ก", "--order", "ตรวจ", "--anonymous", *AS)
    office.at(moment(20, 13)).ok(*HOLIDAY, *AS)
    office.at(moment(20, 14)).ok("replan", "--do", "--why", "ประกาศ", *AS)
    office.at(moment(20, 15)).ok("undo", "1", "--why", "ประกาศผิด", *AS)
    office.at(moment(20, 16)).ok("calendar", "remove", "2026-11-23", "--source", "ยกเลิก", *AS)
    assert office.at(moment(20, 17)).ok("replan", "--json", *AS).json["items"] == []


def test_a_promise_made_again_before_its_day_was_not_done(sample: Srctl) -> None:
    said = sample.ok("contact", "8", "obec/somsak", "--said", "ก", "--they-promise", "ส่ง", "--until", "25/11/2569",
                     "--json").json["case"]["log"][-1]["id"]  # fmt: skip
    sample.ok("promise", "broken", "8", said, "--until", "26/11/2569", "--why", "ยังไม่เสร็จ")
    account = sample.ok("explain", "8", said).out
    assert "ไม่เป็นไปตามที่รับปาก รับปากใหม่เมื่อ 20 พ.ย. 69" in account
    assert "ทำเสร็จเมื่อ" not in account
    assert "เรื่องที่รับปากใด" in sample.run("promise", "kept", "8").err


def test_a_hint_of_what_is_missing_names_what_can_be_typed(sample: Srctl) -> None:
    assert "pause 8 complainant|agency" in sample.run("pause", "8", "รอคำสั่ง").err
    assert "--secrecy confidential --why" in sample.run(
        "letter", "12", "consult", "--to", "ops", "--ask", "ก", "--secrecy", "confidential"
    ).err  # fmt: skip


def test_a_day_asked_for_of_several_is_shown_once(sample: Srctl) -> None:
    out = sample.ok("letter", "12", "support", "--to", "obec", "--to", "vec", "--ask", "ข้อมูล", "--by", "+5wd").out
    assert out.count("ขอภายใน") == 1


def test_a_sender_typed_as_an_entry_of_the_directory_stands_by_name_in_letters(sample: Srctl) -> None:
    sample.ok(
        "new", "invitation", "-s", "เชิญ", "--from", "obec", "--channel", "letter", "--ref", "ศธ 1/2", "--as", "malee"
    )
    sample.ok("letter", "13", "ask-information", "--to", "vec", "--ask", "กำหนดการ", "--as", "malee")
    draft = sample.case_file("2569-0013").with_suffix("") / "2569-0013-ask-information-draft.docx"
    written = " ".join(paragraph.text for paragraph in Document(str(draft)).paragraphs)
    assert "obec" not in written
    assert "คณะกรรมการการศึกษาขั้นพื้นฐาน" in written
    assert "obec" not in sample.ok("show", "13").out.split("\n\n")[0]
