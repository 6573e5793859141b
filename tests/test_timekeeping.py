"""Pausing, resuming, extending, asking for a decision: what each act records, and what it refuses."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from srctl.core import i18n
from srctl.core.decoding import Text
from srctl.core.errors import NotFound, Refused, SrctlError, UsageError
from srctl.deadlines import adjustments
from srctl.deadlines.adjustments import Longer
from srctl.deadlines.rules import deadlines
from srctl.model.case import Case, Entry, Order, Plan, Promise, Step
from srctl.model.definitions import CLOSED, Extension, Reason, Rule
from srctl.workflow import actions
from srctl.workflow.actions import Act
from tests.conftest import Srctl
from tests.test_due import CALENDAR, TODAY, case_with, day, entry, kind_of, rule

REASONS = (Reason("agency", Text("รอหน่วยงาน", "Agency")), Reason("court", Text("คดี", "Court")))
PEOPLE = ("group", "head", "kanda")
MONDAY, TUESDAY, WEDNESDAY = day("2026-11-23"), day("2026-11-24"), day("2026-11-25")


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    i18n.use("en")


def opened(*log: Entry, **more: Any) -> Case:
    return case_with(entry(1, TODAY, "receive", "receive"), *log, **more)


PAUSED = opened(entry(2, MONDAY, "pause", category="agency", why="รอ"))
RESUMED = opened(*PAUSED.log[1:], entry(3, WEDNESDAY, "resume"))
SHUT = opened(entry(2, TODAY, "close", CLOSED))
LONGER = opened(entry(2, TODAY, "extend", deadline="answer", amount=1, unit="workday", why="รอ"))
DUE = opened(
    entry(2, TODAY, "contact", promise=Promise("them", "ส่งรายงาน", WEDNESDAY)),
    entry(3, TODAY, "draft", paper="ask", signer="head"),
    entry(4, TODAY, "submit", paper="ask"),
    order=Order(due=day("2026-11-27")),
    plan=Plan("", (Step("s1", "โทร", due=TUESDAY),)),
)
RULES = (
    rule(3)._replace(name="answer"),
    rule(1, of="stage", stage="analyse")._replace(name="opinion"),
    rule(1, of="paper", from_="submitted")._replace(name="signature"),
)


def extend(case: Case, ref: str, by: Longer, cap: Extension | None = None, rules: Sequence[Rule] = RULES) -> Act:
    found = deadlines(case, kind_of(*rules), CALENDAR, TODAY)
    return adjustments.extend(case, found, ref, by, cap or Extension(), CALENDAR)


def pause(case: Case, category: str = "agency", why: str = "รอ", today: date = WEDNESDAY, **more: Any) -> Act:
    return adjustments.pause(case, category, why, REASONS, today, **more)


def escalate(case: Case, whom: str = "head", ask: str = "ขอให้วินิจฉัย", why: str = "ไม่ตอบ", **more: Any) -> Act:
    return adjustments.escalate(case, whom, ask, why, PEOPLE, **more)


# -- what is recorded --------------------------------------------------------------------------------


def given(act: Act) -> dict[str, Any]:
    """Return what the log entry says, empty values left out."""
    return {key: value for key, value in act.entry.keywords.items() if value}


def test_a_pause_says_for_what_reason_and_from_when() -> None:
    act = pause(opened(), on=MONDAY)
    assert (act.did, act.onward, given(act)) == ("pause", False, {"category": "agency", "why": "รอ", "on": MONDAY})
    assert given(adjustments.pause(opened(), "other", "รอ", (), TODAY)) == {"category": "other", "why": "รอ"}


def test_a_case_goes_on_from_a_day_that_may_lie_back() -> None:
    act = adjustments.resume(PAUSED, WEDNESDAY, on=TUESDAY, why="ได้รับแล้ว")
    assert (act.did, act.onward, given(act)) == ("resume", False, {"why": "ได้รับแล้ว", "on": TUESDAY})


@pytest.mark.parametrize(
    ("by", "kept"),
    [
        (Longer(until=day("2026-12-01")), {"until": day("2026-12-01")}),
        (Longer(amount=5), {"amount": 5, "unit": "workday"}),
        (Longer(amount=1, unit="month"), {"amount": 1, "unit": "month"}),
    ],
)
def test_an_extension_keeps_the_deadline_the_reason_and_how_much(by: Longer, kept: dict[str, Any]) -> None:
    act = extend(DUE, "answer", by._replace(why="รอผลตรวจ"))
    assert (act.did, act.onward, given(act)) == ("extend", False, {"deadline": "answer", "why": "รอผลตรวจ", **kept})
    assert "25 Nov 2026" in act.sentence  # the day it was due
    assert "รอผลตรวจ" not in act.sentence


@pytest.mark.parametrize("ref", ["order.due", "answer", "opinion", "s1"])
def test_the_deadlines_of_the_office_can_be_extended(ref: str) -> None:
    assert extend(DUE, ref, Longer(amount=5, why="รอ")).entry.keywords["deadline"] == ref


def test_the_only_deadline_need_not_be_named() -> None:
    assert extend(opened(), "", Longer(amount=5, why="รอ"), rules=RULES[:1]).entry.keywords["deadline"] == "answer"


def test_a_decision_is_asked_of_somebody_by_a_day_or_by_the_rule() -> None:
    act = escalate(opened(), due=WEDNESDAY)
    assert act.entry.keywords["whom"] == "head"
    assert act.entry.keywords["promise"] == Promise("them", "ขอให้วินิจฉัย", WEDNESDAY)
    assert "วินิจฉัย" not in act.sentence
    assert escalate(opened()).entry.keywords["promise"] == Promise("them", "ขอให้วินิจฉัย")


# -- what is refused ---------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[], Act], type[SrctlError], str, str]] = {
    "paused without a reason": (lambda: pause(opened(), why=""), UsageError, "for what reason", "srctl pause"),
    "paused for no known reason": (lambda: pause(opened(), "holiday"), UsageError, "for what reason", "agency, court"),
    "paused from Monday": (lambda: pause(opened(), today=TODAY, on=MONDAY), UsageError, "still to come", "srctl pause"),
    "paused before it came": (lambda: pause(opened(), on=day("2026-11-19")), UsageError, "20 Nov 2026", "srctl pause"),
    "paused before it went on": (lambda: pause(RESUMED, on=TUESDAY), UsageError, "25 Nov 2026", "srctl pause"),
    "paused twice": (lambda: pause(PAUSED), Refused, "paused since 23 Nov 2026", "srctl resume"),
    "paused when closed": (lambda: pause(SHUT), Refused, "closed", "srctl reopen"),
    "resumed though it goes on": (lambda: adjustments.resume(RESUMED, WEDNESDAY), Refused, "not paused", "srctl show"),
    "resumed from tomorrow": (
        lambda: adjustments.resume(PAUSED, TUESDAY, on=WEDNESDAY), UsageError, "still to come", "srctl resume"),
    "resumed before it was paused": (
        lambda: adjustments.resume(PAUSED, WEDNESDAY, on=TODAY), UsageError, "only on 23 Nov 2026", "srctl resume"),
    "resumed when closed": (lambda: adjustments.resume(SHUT, TODAY), Refused, "closed", "srctl reopen"),
    "extended without a reason": (lambda: extend(DUE, "answer", Longer(amount=5)), UsageError, "why", "--why"),
    "extended to an earlier day": (
        lambda: extend(DUE, "answer", Longer(TUESDAY, why="รอ")), UsageError, "25 Nov 2026", "--until"),
    "extended to the day it is due": (
        lambda: extend(DUE, "answer", Longer(WEDNESDAY, why="รอ")), UsageError, "25 Nov 2026", "--until"),
    "extended by nothing": (lambda: extend(DUE, "answer", Longer(why="รอ")), UsageError, "25 Nov 2026", "--until"),
    "extended too far": (
        lambda: extend(DUE, "answer", Longer(amount=21, why="รอ")), Refused, "21 working days", "--override"),
    "extended though none may be": (
        lambda: extend(DUE, "answer", Longer(amount=1, why="รอ"), Extension(0)), Refused, "0 times", "--override"),
    "extended by more than one day": (
        lambda: extend(DUE, "answer", Longer(amount=2, why="รอ"), Extension(1, 1)),
        Refused, "by 2 working days in all; 1 is allowed", "--override"),
    "extended by one day though none may be": (
        lambda: extend(DUE, "answer", Longer(amount=1, why="รอ"), Extension(1, 0)),
        Refused, "by 1 working day in all; 0 are allowed", "--override"),
    "extended once more": (
        lambda: extend(LONGER, "answer", Longer(amount=1, why="รอ"), Extension(1)),
        Refused, "answer was extended once already", "--override"),
    "extended what was promised": (
        lambda: extend(DUE, "a2", Longer(amount=1, why="รอ")), Refused, "a2", "srctl promise broken 2569-0042 a2"),
    "extended a signature": (lambda: extend(DUE, "ask", Longer(amount=1, why="รอ")), Refused, "ask", "order.due"),
    "extended what is not there": (
        lambda: extend(DUE, "nothing", Longer(amount=1, why="รอ")), NotFound, "nothing", "order.due"),
    "extended with odd signs": (lambda: extend(DUE, "{x}", Longer(amount=1, why="รอ")), NotFound, "{x}", "order.due"),
    "extended one of several": (lambda: extend(DUE, "", Longer(amount=1, why="รอ")), NotFound, "which", "opinion"),
    "extended without any deadline": (
        lambda: extend(opened(), "", Longer(amount=1, why="รอ"), rules=()), NotFound, "which", "srctl show"),
    "extended when closed": (lambda: extend(SHUT, "answer", Longer(amount=1, why="รอ")), Refused, "closed", "reopen"),
    "asked of nobody": (lambda: escalate(opened(), whom=""), NotFound, "no head", "--to head"),
    "asked of a stranger": (lambda: escalate(opened(), whom="somchai"), NotFound, "somchai", "head, kanda"),
    "asked nothing": (lambda: escalate(opened(), ask=""), UsageError, "what is to be decided", "--ask"),
    "asked without a reason": (lambda: escalate(opened(), why=""), UsageError, "why", "--why"),
    "asked when closed": (lambda: escalate(SHUT), Refused, "closed", "srctl reopen"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_an_act_on_time_that_cannot_be_is_refused_with_what_to_do(what: str) -> None:
    attempt, error, said, hint = REFUSED[what]
    with pytest.raises(error) as told:
        attempt()
    assert type(told.value) is error
    assert said in told.value.message
    assert hint in told.value.hint


def test_the_cap_counts_every_extension_from_the_original_day_and_an_override_passes_it() -> None:
    once = opened(entry(2, TODAY, "extend", deadline="answer", amount=15, unit="workday", why="รอ"))
    with pytest.raises(Refused) as told:
        extend(once, "answer", Longer(amount=6, why="รอ"))
    assert "21 working days" in told.value.message
    assert "override" not in given(extend(once, "answer", Longer(amount=5, why="รอ")))
    passed = extend(once, "answer", Longer(amount=6, why="รอ", override="คำสั่ง รมว."))
    assert passed.entry.keywords["override"] == "คำสั่ง รมว."
    twice = opened(*once.log[1:], entry(3, TODAY, "extend", deadline="answer", amount=1, unit="workday", why="รอ"))
    with pytest.raises(Refused, match="2 times"):
        extend(twice, "answer", Longer(amount=1, why="รอ"))


def test_an_override_that_was_not_needed_is_not_logged() -> None:
    assert "override" not in given(extend(DUE, "answer", Longer(amount=1, why="รอ", override="เผื่อไว้")))


def test_a_zero_length_pause_may_be_followed_by_another_on_the_same_day() -> None:
    once = opened(entry(2, MONDAY, "pause", category="agency"), entry(3, MONDAY, "resume"))
    assert pause(once, on=MONDAY).entry.keywords["on"] == MONDAY


# -- a promise that was not kept ---------------------------------------------------------------------


def test_a_broken_promise_is_made_again_by_the_same_for_a_later_day() -> None:
    act = actions.promise_again(DUE, "a2", day("2026-12-01"), why="ผอ. ป่วย")
    assert act.entry.keywords["breaks"] == ("a2",)
    assert act.entry.keywords["promise"] == Promise("them", "ส่งรายงาน", day("2026-12-01"))
    for due in (WEDNESDAY, TUESDAY):
        with pytest.raises(UsageError, match="later"):
            actions.promise_again(DUE, "a2", due)
    with pytest.raises(NotFound):
        actions.promise_again(DUE, "a9", day("2026-12-01"))
    with pytest.raises(Refused):
        actions.promise_again(SHUT, "a2", day("2026-12-01"))


# -- on the command line -----------------------------------------------------------------------------

CASE = "2569-0010"  # received Thursday 19 November; opinion due on Friday 20, answer (15 days) on Friday 4 December


def due(office: Srctl) -> dict[str, str]:
    """Return the days of what is due, by name."""
    return {row["ref"]: row["due"] for row in office.ok("show", "10", "--json").json["deadlines"]}


def test_a_paused_case_is_held_and_goes_on_where_it_stood(sample: Srctl) -> None:
    before = due(sample)
    shown = sample.ok("pause", "10", "agency", "--why", "รอ สพฐ.", "--json").json["case"]
    assert shown["paused"]
    assert {row["ref"] for row in shown["deadlines"] if row["held"]} == {"opinion"}
    sample.at("2026-11-25T09:00")
    assert due(sample)["opinion"] == "2026-11-25"
    shown = sample.ok("resume", "10", "--json").json["case"]
    assert not shown["paused"]
    assert shown["pauses"] == [
        {"entry": "a2", "category": "agency", "why": "รอ สพฐ.", "from": "2026-11-20", "until": "2026-11-25"}
    ]
    sample.at("2026-12-20T09:00")
    # The rule of the answer says that a pause does not stop it.
    assert before == {"opinion": "2026-11-20", "answer": "2026-12-04"}
    assert due(sample) == {"opinion": "2026-11-25", "answer": "2026-12-04"}


def test_a_pause_may_be_back_dated_and_the_case_resumed_from_an_earlier_day(sample: Srctl) -> None:
    sample.at("2026-11-27T09:00").ok("pause", "10", "agency", "--why", "รอ", "--on", "2026-11-20")
    sample.ok("resume", "10", "--on", "2026-11-24")
    assert due(sample) == {"opinion": "2026-11-24", "answer": "2026-12-04"}


def test_each_act_on_time_is_taken_back_by_undo(sample: Srctl) -> None:
    seen = [(sample.case_file(CASE).read_bytes(), due(sample))]
    for words in (
        ["pause", "10", "agency", "--why", "รอ"],
        ["resume", "10"],
        ["extend", "10", "answer", "--for", "+5wd", "--why", "รอผล"],
        ["escalate", "10", "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ"],
        ["contact", "10", "obec/somsak", "--said", "ทวง", "--they-promise", "ส่งรายงาน", "--until", "+2wd"],
        ["promise", "broken", "10", "a6", "--until", "+5wd"],
    ):
        sample.ok(*words)
        seen.append((sample.case_file(CASE).read_bytes(), due(sample)))
    assert [sorted(days) for _raw, days in seen[3:]] == [
        ["answer", "opinion"], ["a5", "answer", "opinion"], ["a5", "a6", "answer", "opinion"],
        ["a5", "a7", "answer", "opinion"],
    ]  # fmt: skip
    for raw, days in reversed(seen[:-1]):
        sample.ok("undo", "10", "--why", "ลงผิด")
        assert sample.case_file(CASE).read_bytes().startswith(raw)
        assert due(sample) == days
    assert "2569-0010" not in sample.run("check").out


def test_an_extension_shows_both_days_and_stops_at_the_cap(sample: Srctl) -> None:
    shown = sample.ok("extend", "10", "answer", "--for", "+5wd", "--why", "รอผล", "--json").json["case"]
    row = next(row for row in shown["deadlines"] if row["ref"] == "answer")
    assert (row["due"], row["original"]) == ("2026-12-15", "2026-12-04")  # 8, 9, 11, 14, 15
    told = sample.refused(5, "extend", "10", "answer", "--until", "2027-03-01", "--why", "รอผล")
    assert "--override" in told
    sample.ok("extend", "10", "answer", "--until", "2027-03-01", "--why", "รอผล", "--override", "คำสั่ง รมว.")
    assert sample.ok("show", "10", "--json").json["overrides"] == 1
    sample.refused(5, "extend", "10", "answer", "--for", "+1wd", "--why", "รอผล")


def test_further_time_that_ends_in_the_past_is_asked_about(sample: Srctl) -> None:
    sample.at("2027-01-20T09:00")
    words = ("extend", "10", "answer", "--for", "+2wd", "--why", "รอผล")
    assert "--sure" in sample.refused(5, *words)
    sample.ok(*words, "--sure")


def test_a_decision_asked_of_the_head_of_the_group_falls_due_until_it_is_recorded(sample: Srctl) -> None:
    shown = sample.ok("escalate", "10", "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ", "--json").json["case"]
    row = next(row for row in shown["deadlines"] if row["what"] == "decision")
    assert (row["due"], row["whom"], row["rule"]) == ("2026-11-23", "kanda", "decision")
    sample.ok("decide", "10", "--by", "หัวหน้ากลุ่ม", "--what", "ให้ทวงอีกครั้ง")
    assert "decision" not in [row["what"] for row in sample.ok("show", "10", "--json").json["deadlines"]]
    row = sample.ok("escalate", "10", "--to", "head", "--ask", "ก", "--why", "ข", "--by", "+2wd", "--json").json["case"]
    assert [(d["due"], d["whom"]) for d in row["deadlines"] if d["what"] == "decision"] == [("2026-11-24", "head")]


def test_of_two_decisions_asked_for_the_one_named_is_answered(sample: Srctl) -> None:
    for to in ("group", "head"):
        sample.ok("escalate", "10", "--to", to, "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ")
    sample.ok("decide", "10", "--by", "หัวหน้า", "--what", "ให้รอ", "--answers", "a3")
    assert [d["whom"] for d in sample.ok("show", "10", "--json").json["deadlines"] if d["what"] == "decision"] == [
        "kanda"
    ]


def test_a_group_without_a_head_is_said_and_the_head_of_the_office_named(sample: Srctl) -> None:
    office = sample.root / "office.yaml"
    text = office.read_text("utf-8")
    office.write_text(text.replace("head: kanda", 'head: ""'), "utf-8")
    said = sample.refused(3, "escalate", "10", "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ")
    assert "srctl escalate 2569-0010 --to head" in said


def test_a_decision_settles_no_promise_but_only_what_was_asked_of_a_superior(sample: Srctl) -> None:
    sample.ok("escalate", "8", "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ")
    said = sample.refused(3, "decide", "8", "--by", "หัวหน้า", "--what", "ให้รอ", "--answers", "a4")
    assert "→ a6" in said


def test_a_decision_says_which_request_it_answers_and_of_several_it_must_name_one(sample: Srctl) -> None:
    for ask in ("รายงานเท่าที่มีหรือไม่", "ส่งให้ผู้ใด"):
        sample.ok("escalate", "8", "--ask", ask, "--why", "ไม่ตอบ")
    decide = ("decide", "8", "--by", "หัวหน้า", "--what", "ให้รอ")
    said = sample.refused(3, *decide)
    assert "a6  kanda  รายงานเท่าที่มีหรือไม่" in said
    assert "a7  kanda  ส่งให้ผู้ใด" in said
    assert "--answers none" in said
    assert "answers the request a7: ส่งให้ผู้ใด" in sample.ok(*decide, "--answers", "a7").out
    assert "answers the request" not in sample.ok(*decide, "--answers", "none").out
    assert "answers the request a6: รายงานเท่าที่มีหรือไม่" in sample.ok(*decide).out


def test_a_call_with_the_complainant_stands_in_the_log_by_that_word_with_what_they_promised(sample: Srctl) -> None:
    for said in ("ผู้ร้อง", "complainant"):
        words = ("contact", "10", said, "--said", "ขอเอกสารเพิ่ม", "--they-promise", "ส่งสำเนา", "--until", "+2wd")
        shown = sample.ok(*words, "--json").json["case"]
        assert (shown["log"][-1]["with"], shown["promises"][-1]["with"]) == ("complainant", "complainant")
    row = next(
        r for r in sample.ok("due", "--json").json["items"] if r["what"] == "theirs" and r["case"] == "2569-0010"
    )
    assert (row["with"], row["call"], row["phone"]) == ("complainant", "the complainant", "")
    [entry, _other] = [p["entry"] for p in sample.ok("show", "10", "--json").json["promises"]]
    sample.ok("promise", "broken", "10", entry, "--until", "+4wd")
    sample.ok("check", "10")
    assert "complainant" in sample.refused(3, "contact", "8", "ผู้ร้อง", "--said", "ก")


def test_nobody_is_told_to_call_themself(sample: Srctl) -> None:
    owner = sample.ok("due", "--all", "--json").json["items"][0]["owner"]
    rows = sample.ok("due", "--all", "--owner", owner, "--json").json["items"]
    own = next(r for r in rows if r["owner"] == owner and not r["call"])
    assert own["owner_phone"] in sample.ok("due", "--all").out
    assert own["owner_phone"] not in sample.ok("due", "--all", "--owner", owner).out


def test_an_escalation_is_about_a_wait_there_is(sample: Srctl) -> None:
    assert escalate(opened(entry(2, MONDAY, "contact", promise=Promise("them", "ส่ง"))), about=("a2",)).entry.keywords[
        "chases"
    ] == ("a2",)
    sample.refused(3, "escalate", "8", "--about", "a99", "--ask", "ก", "--why", "ข")


def test_what_is_missing_is_named_with_what_was_typed_and_what_may_be(sample: Srctl) -> None:
    assert "srctl pause 10 complainant|agency|court|superior|event --why" in sample.refused(2, "pause", "10")
    for rest in ("broken 8 a4 --until +3wd", 'waived 8 a4 --why "…"'):
        verb = rest.split()[0]
        assert f"srctl promise {rest}" in sample.refused(2, "promise", verb, "8", "a4")


def test_a_promise_broken_and_made_again_is_shown_as_a_chain(sample: Srctl) -> None:
    sample.ok("contact", "10", "obec/somsak", "--said", "ทวง", "--they-promise", "ส่งรายงาน", "--until", "+2wd")
    sample.ok("promise", "broken", "10", "--until", "+4wd", "--why", "ผอ. ป่วย")
    shown = sample.ok("promise", "broken", "10", "--until", "+6wd", "--json").json["case"]
    [open_] = shown["promises"]
    assert (open_["entry"], open_["with"], open_["due"]) == ("a4", "obec/somsak", "2026-11-30")
    assert [(link["entry"], link["due"]) for link in open_["broken"]] == [("a2", "2026-11-24"), ("a3", "2026-11-26")]
    sample.ok("promise", "kept", "10")
    assert sample.ok("show", "10", "--json").json["promises"] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ["pause", "10", "agency"]),
        (2, ["pause", "10", "--why", "รอ"]),
        (2, ["pause", "10", "agency", "--why", "รอ", "--on", "+1"]),
        (2, ["pause", "10", "agency", "--why", "รอ", "--on", "2026-11-18"]),
        (5, ["resume", "10"]),
        (2, ["extend", "10", "answer", "--why", "รอ"]),
        (2, ["extend", "10", "answer", "--for", "+3wd"]),
        (2, ["extend", "10", "answer", "--for", "+3wd", "--until", "+9", "--why", "รอ"]),
        (2, ["extend", "10", "answer", "--for", "-3wd", "--why", "รอ"]),
        (2, ["extend", "10", "answer", "--until", "2026-12-01", "--why", "รอ"]),
        (3, ["extend", "10", "--for", "+3wd", "--why", "รอ"]),
        (3, ["extend", "10", "{x}", "--for", "+3wd", "--why", "รอ"]),
        (3, ["escalate", "10", "--to", "somchai", "--ask", "ก", "--why", "ข"]),
        (2, ["escalate", "10", "--ask", "ก"]),
        (2, ["escalate", "10", "--ask", "ก", "--why", "ข", "--by", "2026-11-18", "--sure"]),
        (3, ["promise", "broken", "10", "--until", "+3wd"]),
        (2, ["promise", "broken", "10"]),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(sample: Srctl, code: int, words: list[str]) -> None:
    raw = sample.case_file(CASE).read_bytes()
    assert "→" in sample.refused(code, *words)
    assert sample.case_file(CASE).read_bytes() == raw


def test_a_promise_made_again_is_shown_with_the_days_it_was_promised_for_before(sample: Srctl) -> None:
    me = ("--as", "malee")
    sample.ok("contact", "12", "obec/somsak", "--said", "ก", "--they-promise", "รายงาน", "--until", "2026-11-23", *me)
    sample.ok("promise", "broken", "12", "--until", "2026-11-25", "--why", "ยังไม่เสร็จ", *me)
    sample.ok("promise", "broken", "12", "--until", "2026-11-27", "--why", "ยังไม่เสร็จ", *me)
    [promise] = sample.ok("show", "12", "--json").json["promises"]
    assert [broken["due"] for broken in promise["broken"]] == ["2026-11-23", "2026-11-25"]
    assert "23 Nov 2026, 25 Nov 2026" in sample.ok("show", "12").out
