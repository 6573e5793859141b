"""Every sort of deadline: what falls due, what set it, for whom it is meant, and what an extension does."""

from datetime import date
from typing import Any

import pytest

from srctl.deadlines.binding import fits, target
from srctl.deadlines.explanation import explanations
from srctl.deadlines.obligations import obligations
from srctl.deadlines.rules import Deadline, deadlines, extended
from srctl.model.case import Case, Entry, Order, Plan, Promise, Step
from srctl.model.definitions import CLOSED, Chase, Extension, Instead, Kind, Rule, StandingRules
from srctl.office.folder import Folder
from tests.conftest import PROJECT, Srctl
from tests.test_due import CALENDAR, TODAY, case_with, day, entry, kind_of
from tests.test_due import rule as plain_rule

RECEIVED = entry(1, TODAY, "receive", "receive")
STANDING = Folder(PROJECT).standing


def rule(amount: int, of: Any = "case", from_: Any = "received", name: str = "r", **more: Any) -> Rule:
    return plain_rule(amount, of=of, from_=from_, **more)._replace(name=name)


def found(case: Case, *rules: Rule, today: date = TODAY) -> list[Deadline]:
    return list(deadlines(case, kind_of(*rules), CALENDAR, today))


def due_of(case: Case, *rules: Rule) -> list[tuple[str, str, str]]:
    """Return what falls due as (what, ref, day)."""
    return [(d.what, d.ref, d.due.isoformat()) for d in found(case, *rules)]


# -- every sort of thing -----------------------------------------------------------------------------


def test_a_step_nobody_gave_a_day_is_due_by_the_rule_one_with_a_day_is_not() -> None:
    plan = Plan("", (Step("s1", "โทร", "obec/somsak"), Step("s2", "ส่ง", due=day("2026-12-01"))))
    steps = rule(2, "step")
    assert due_of(case_with(plan=plan), steps) == [("step", "s1", "2026-11-24"), ("step", "s2", "2026-12-01")]
    done = entry(2, TODAY, "step", step="s1")
    assert due_of(case_with(done, plan=plan), steps) == [("step", "s2", "2026-12-01")]
    assert found(case_with(plan=plan), steps)[0].with_ == "obec/somsak"


@pytest.mark.parametrize(
    ("side", "of_us", "of_them"), [("", True, True), ("us", True, False), ("them", False, True)]
)  # fmt: skip
def test_a_promise_without_a_day_is_due_by_the_rule_for_its_side(side: Any, of_us: bool, of_them: bool) -> None:
    case = case_with(
        RECEIVED,
        entry(2, day("2026-11-24"), "contact", promise=Promise("us", "ส่งสำเนา")),
        entry(3, day("2026-11-24"), "contact", promise=Promise("them", "ส่งรายงาน")),
    )
    wanted = [("ours", "a2", "2026-11-26")] * of_us + [("theirs", "a3", "2026-11-26")] * of_them
    assert due_of(case, rule(2, "promise", "promised", side=side)) == wanted


def test_a_promise_is_counted_from_the_day_of_the_contact_and_not_from_its_writing() -> None:
    told = entry(2, day("2026-11-24"), "contact", promise=Promise("us", "ส่งสำเนา"))._replace(on=day("2026-11-23"))
    assert due_of(case_with(told), rule(1, "promise", "promised")) == [("ours", "a2", "2026-11-24")]


def test_a_day_that_was_promised_stands_before_any_rule() -> None:
    told = entry(2, TODAY, "contact", promise=Promise("us", "ส่งสำเนา", day("2026-12-01")))
    [item] = found(case_with(told), rule(1, "promise", "promised"))
    assert (item.due, item.rule, item.where) == (day("2026-12-01"), None, ("log", 0, "promise", "due"))


def test_a_reply_awaited_thanks_owed_and_a_decision_asked_for_each_have_a_rule_of_their_own() -> None:
    case = case_with(
        RECEIVED,
        entry(2, TODAY, "send", paper="ask", with_="obec", promise=Promise("them", "ตอบ")),
        entry(3, TODAY, "reply", with_="obec", promise=Promise("us", "ขอบคุณ")),
        entry(4, TODAY, "escalate", whom="head", promise=Promise("them", "วินิจฉัย")),
        entry(5, TODAY, "contact", promise=Promise("them", "ส่งรายงาน")),
    )
    rules = (rule(7, "reply", "sent"), rule(5, "thanks", "replied"), rule(1, "decision", "asked"))
    assert due_of(case, *rules) == [
        ("theirs", "a2", "2026-12-01"), ("thanks", "a3", "2026-11-27"), ("decision", "a4", "2026-11-23"),
    ]  # fmt: skip
    assert found(case, *rules)[-1].whom == "head"
    decided = entry(6, TODAY, "decide", keeps=("a4",))
    assert [d[0] for d in due_of(case._replace(log=(*case.log, decided)), *rules)] == ["theirs", "thanks"]


def test_a_decision_that_did_not_come_and_is_promised_again_is_still_a_decision() -> None:
    asked = entry(2, TODAY, "escalate", whom="head", promise=Promise("them", "วินิจฉัย"))
    again = entry(3, TODAY, "promise", whom="head", breaks=("a2",), promise=Promise("them", "วินิจฉัย", day("2026-12-01")))
    [item] = found(case_with(asked, again), rule(1, "decision", "asked"))
    assert (item.what, item.ref, item.whom, item.due) == ("decision", "a3", "head", day("2026-12-01"))


def papers(*deeds: str, signer: str = "head") -> tuple[Entry, ...]:
    log = [RECEIVED, entry(2, TODAY, "draft", paper="ask", signer=signer)]
    return (*log, *(entry(n, day("2026-11-24"), did, paper="ask") for n, did in enumerate(deeds, 3)))  # type: ignore[arg-type]


def test_a_paper_lies_before_its_signer_from_the_day_it_went_up_until_it_is_signed_or_returned() -> None:
    waiting = rule(1, "paper", "submitted")
    [item] = found(case_with(*papers("submit")), waiting)
    assert (item.what, item.ref, item.due, item.whom) == ("paper", "ask", day("2026-11-25"), "head")
    for deeds in ((), ("submit", "sign"), ("submit", "return"), ("submit", "cancel")):
        assert due_of(case_with(*papers(*deeds)), waiting) == []
    assert len(due_of(case_with(*papers("submit", "return", "submit")), waiting)) == 1


def test_a_rule_a_paper_met_by_being_sent_binds_no_more_until_that_is_undone() -> None:
    rules = (rule(15, name="answer", unit="day"), rule(1, "stage", name="opinion", stage="analyse"))
    case = case_with(RECEIVED, entry(2, TODAY, "send", paper="interim", meets=("answer",)))
    assert [ref for _what, ref, _due in due_of(case, *rules)] == ["opinion"]
    undone = case._replace(log=(*case.log, entry(3, TODAY, "undo", of="a2")))
    assert [ref for _what, ref, _due in due_of(undone, *rules)] == ["answer", "opinion"]


def test_several_rules_of_one_sort_each_set_a_day() -> None:
    rules = (rule(1, name="first"), rule(15, name="last", unit="day"))
    assert due_of(case_with(), *rules) == [("rule", "first", "2026-11-23"), ("rule", "last", "2026-12-08")]


def test_a_rule_counts_from_a_field_once_it_is_filled_in_also_back() -> None:
    back = rule(-3, "case", "field", field="sitting", roll="previous")
    assert due_of(case_with(), back) == []
    assert due_of(case_with(fields={"sitting": "เร็ว ๆ นี้"}), back) == []
    assert due_of(case_with(fields={"sitting": "2026-12-15"}), back) == [("rule", "r", "2026-12-09")]


def test_every_deadline_says_where_it_is_written_or_which_rule_counted_it() -> None:
    told = entry(2, TODAY, "contact", promise=Promise("us", "ส่ง", day("2026-12-01")))
    plan = Plan("", (Step("s1", "โทร"), Step("s2", "ส่ง", due=day("2026-12-01"))))
    case = case_with(RECEIVED, told, order=Order(due=day("2026-11-27")), plan=plan)
    seen = [(d.ref, d.where, d.rule and d.rule.name) for d in found(case, rule(1, name="opinion"))]
    assert seen == [
        ("order.due", ("order", "due"), None), ("opinion", (), "opinion"),
        ("s2", ("plan", "steps", 1, "due"), None), ("a2", ("log", 1, "promise", "due"), None),
    ]  # fmt: skip


# -- for whom a rule is meant ------------------------------------------------------------------------

CONDITIONS: list[tuple[dict[str, tuple[str, ...]], bool]] = [
    ({}, True),
    ({"urgency": ("urgent",)}, True),
    ({"urgency": ("none", "urgent")}, True),
    ({"urgency": ("most-urgent",)}, False),
    ({"urgency": ("urgent",), "order.by": ("รมว.ศธ.",)}, True),
    ({"urgency": ("urgent",), "order.by": ("ปลัด",)}, False),
    ({"fields.category": ("วินัย",)}, True),
    ({"fields.province": ("",)}, True),
    ({"received.from": ("ประชาชน",)}, True),
    ({"signer": ("head",)}, True),
    ({"signer": ("minister",)}, False),
    ({"owner": ("malee",), "kind": ("sample",), "secrecy": ("none",)}, True),
]
MEANT = case_with(
    RECEIVED,
    entry(2, TODAY, "draft", paper="old", signer="minister"),
    entry(3, TODAY, "draft", paper="ask", signer="head"),
    urgency="urgent", order=Order("รมว.ศธ."), fields={"category": "วินัย"},
)  # fmt: skip
MEANT = MEANT._replace(received=MEANT.received._replace(from_="ประชาชน"))


@pytest.mark.parametrize(("conditions", "holds"), CONDITIONS)
def test_a_rule_binds_the_cases_it_is_meant_for(conditions: dict[str, tuple[str, ...]], holds: bool) -> None:
    assert fits(rule(1, when=conditions), MEANT) is holds
    assert fits(rule(1, unless=conditions), MEANT) is (not holds or not conditions)
    assert bool(found(MEANT, rule(1, when=conditions))) is holds


def test_a_rule_may_bind_some_and_of_these_not_others() -> None:
    some = rule(1, when={"urgency": ("urgent",)}, unless={"order.by": ("รมว.ศธ.",)})
    assert not fits(some, MEANT)
    assert fits(some, MEANT._replace(order=Order("ปลัด")))


def test_the_first_row_that_fits_takes_the_place_of_the_target() -> None:
    table = (
        Instead(0, {"urgency": ("most-urgent",)}),
        Instead(2, {"urgency": ("urgent",)}, "day", "ระเบียบ ข้อ 2"),
        Instead(9, {"signer": ("head",)}),
    )
    made = rule(5, instead=table)
    got = target(made, MEANT)
    assert (got.amount, got.unit, got.basis) == (2, "day", "ระเบียบ ข้อ 2")
    assert target(made, MEANT._replace(urgency="most-urgent"))[:6] == made._replace(amount=0)[:6]
    assert target(made, MEANT._replace(urgency="none")).amount == 9
    assert target(made, case_with()) == made


def test_the_row_that_holds_is_what_is_counted_and_what_is_explained() -> None:
    made = rule(5, instead=(Instead(1, {"urgency": ("urgent",)}, "", "ด่วน"),))
    [account] = explanations(MEANT, kind_of(made), CALENDAR, TODAY)
    assert account.deadline.rule is not None
    assert (account.deadline.rule.amount, account.deadline.rule.basis) == (1, "ด่วน")
    assert account.days[-1].on == day("2026-11-23")
    [item] = obligations(MEANT, kind_of(made), CALENDAR, TODAY)
    assert (item.due, item.basis, item.rule) == (day("2026-11-23"), "ด่วน", "r")


def test_who_signs_a_paper_is_asked_of_that_paper_and_not_of_the_last_one() -> None:
    minister = rule(1, "paper", "submitted", instead=(Instead(3, {"signer": ("minister",)}),))
    log = (*papers("submit", signer="minister"), entry(9, TODAY, "draft", paper="memo", signer="head"))
    assert due_of(case_with(*log), minister) == [("paper", "ask", "2026-11-27")]
    assert due_of(case_with(*papers("submit")), minister) == [("paper", "ask", "2026-11-25")]
    only = rule(1, "paper", "submitted", when={"signer": ("minister",)})
    assert len(due_of(case_with(*log), only)) == 1
    assert due_of(case_with(*papers("submit")), only) == []


# -- extensions --------------------------------------------------------------------------------------


def longer(number: int, ref: str, **more: Any) -> Entry:
    return entry(number, TODAY, "extend", deadline=ref, why="รอผลตรวจ", **more)


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({"until": day("2026-12-05")}, "2026-12-05"),  # a day that is named stands, also on a Saturday
        ({"amount": 5, "unit": "workday"}, "2026-12-04"),
        ({"amount": 5, "unit": ""}, "2026-12-04"),
        ({"amount": 8, "unit": "day"}, "2026-12-08"),  # Saturday 5 December, moved past the substitution day
        ({"amount": 1, "unit": "month"}, "2026-12-28"),  # 27 December is a Sunday
        ({"until": day("2026-11-25")}, "2026-11-27"),  # never an earlier day
        ({"amount": -3, "unit": "workday"}, "2026-11-27"),
        ({}, "2026-11-27"),
    ],
)
def test_an_extension_moves_the_day_and_keeps_the_original(more: dict[str, Any], due: str) -> None:
    case = case_with(RECEIVED, longer(2, "order.due", **more), order=Order(due=day("2026-11-27")))
    [item] = found(case)
    assert (item.due, item.original) == (day(due), day("2026-11-27"))
    assert [e.id for e in item.extensions] == ["a2"]


def test_extensions_add_up_and_each_undone_one_is_as_if_it_had_never_been() -> None:
    log = (RECEIVED, longer(2, "r", amount=2, unit="workday"), longer(3, "r", amount=1, unit="workday"))
    assert due_of(case_with(*log), rule(1)) == [("rule", "r", "2026-11-26")]
    assert due_of(case_with(*log, entry(4, TODAY, "undo", of="a2")), rule(1)) == [("rule", "r", "2026-11-24")]


def test_an_extension_is_of_one_deadline_alone() -> None:
    case = case_with(RECEIVED, longer(2, "one", amount=3, unit="workday"))
    rules = (rule(1, name="one"), rule(1, name="other"))
    assert due_of(case, *rules) == [("rule", "one", "2026-11-26"), ("rule", "other", "2026-11-23")]


def test_an_extension_counted_in_days_passes_over_a_pause_too() -> None:
    log = (
        RECEIVED, longer(2, "r", amount=2, unit="workday"),
        entry(3, day("2026-11-24"), "pause"), entry(4, day("2026-11-26"), "resume"),
    )  # fmt: skip
    assert due_of(case_with(*log), rule(1)) == [("rule", "r", "2026-11-27")]


def test_lateness_is_told_against_both_days() -> None:
    case = case_with(RECEIVED, longer(2, "r", amount=2, unit="workday"))
    [item] = obligations(case, kind_of(rule(1)), CALENDAR, day("2026-11-27"))
    assert (item.due, item.late) == (day("2026-11-25"), 2)
    assert (item.original, item.late_original) == (day("2026-11-23"), 4)


def test_an_extension_is_accounted_for_day_by_day_with_the_entry_that_gave_it() -> None:
    case = case_with(RECEIVED, longer(2, "r", amount=2, unit="workday"), longer(3, "r", until=day("2026-12-01")))
    [account] = explanations(case, kind_of(rule(1)), CALENDAR, TODAY)
    seen = [(d.on.isoformat()[5:], d.why, d.source) for d in account.days]
    assert seen == [
        ("11-20", "start", ""), ("11-21", "skipped", ""), ("11-22", "skipped", ""), ("11-23", "counted", ""),
        ("11-24", "counted", ""), ("11-25", "extended", "a2"), ("12-01", "extended", "a3"),
    ]  # fmt: skip


def test_an_extension_to_a_day_it_already_has_moves_nothing() -> None:
    found = Deadline("case", "order.due", "", TODAY, TODAY)
    assert extended(found, longer(2, "order.due", until=TODAY), CALENDAR).due == TODAY


# -- standing rules ----------------------------------------------------------------------------------


def test_a_rule_of_the_kind_takes_the_place_of_the_standing_one_of_its_name() -> None:
    standing = StandingRules(1, (rule(7, "reply", "sent", "reply"), rule(1, "paper", "submitted", "signature")))
    own = rule(2, "reply", "sent", "reply")
    clothed = standing.with_defaults(kind_of(rule(1, name="opinion"), own))
    assert [(r.name, r.amount) for r in clothed.deadlines] == [
        ("opinion", 1), ("reply", 2), ("signature", 1), ("follow-up", 10),
    ]  # fmt: skip


def test_a_kind_keeps_its_own_ladder_and_cap_and_takes_the_standing_ones_where_it_has_none() -> None:
    standing = StandingRules(1, chase=Chase(first=2), extension=Extension(3, 30))
    own = kind_of()._replace(chase=Chase(first=5), extension=Extension(1, 5))
    assert (standing.with_defaults(own).chase, standing.with_defaults(own).extension) == (
        Chase(first=5),
        Extension(1, 5),
    )
    assert (standing.with_defaults(kind_of()).chase, standing.with_defaults(kind_of()).extension) == (
        Chase(first=2),
        Extension(3, 30),
    )


def test_a_standing_rule_of_a_stage_binds_the_kinds_that_have_it() -> None:
    screening = rule(1, "stage", stage="screen")
    case = case_with(RECEIVED)
    assert found(case, screening) == []
    assert len(found(case, screening._replace(stage="analyse"))) == 1


@pytest.mark.parametrize("kind", Folder(PROJECT).kinds.readable().values(), ids=lambda kind: kind.id)
def test_every_kind_shipped_has_a_day_for_all_that_can_be_left_without_one(kind: Kind) -> None:
    assert {"reply", "promise", "paper", "thanks", "decision", "pause"} <= {r.of for r in kind.deadlines}
    assert all(r.basis for r in kind.deadlines)
    assert kind.chase is not None
    assert kind.extension is not None


@pytest.mark.parametrize(
    ("urgency", "due"),
    [("none", "2026-12-01"), ("urgent", "2026-11-25"), ("very-urgent", "2026-11-24"), ("most-urgent", "2026-11-23")],
)
def test_the_more_urgent_a_matter_the_sooner_its_reply_is_awaited(urgency: Any, due: str) -> None:
    sent = entry(2, TODAY, "send", with_="obec", promise=Promise("them", "ตอบ"))
    assert due_of(case_with(sent, urgency=urgency), *STANDING.deadlines) == [("theirs", "a2", due)]


def test_a_closed_case_has_no_deadline_of_any_sort() -> None:
    case = case_with(*papers("submit"), entry(9, TODAY, "close", CLOSED), order=Order(due=TODAY))
    assert found(case, rule(1), *STANDING.deadlines) == []


def test_the_file_and_line_of_a_standing_rule_are_told(sample: Srctl) -> None:
    sample.ok("escalate", "10", "--to", "head", "--ask", "ขอให้วินิจฉัย", "--why", "หน่วยงานไม่ตอบ")
    text = (sample.root / "templates/deadlines.yaml").read_text(encoding="utf-8")
    line = text[: text.index("name: decision")].count("\n") + 1
    told = {item["what"]: item["place"] for item in sample.ok("explain", "10", "--json").json["items"]}
    assert told["decision"].replace("\\", "/") == f"templates/deadlines.yaml:{line}"
    assert "web-complaint.yaml" in told["stage"]
