"""The chase ladder: whom to remind and when, by days worked out by hand over Songkran 2569 (13-15 April)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from srctl.model.case import Case, Entry, Promise
from srctl.model.definitions import FOLLOW_UP, Chase, Rule, StandingRules
from srctl.office.folder import Folder
from srctl.papers.escalation import ReminderStatus, by_urgency, command, reminder_statuses
from tests.conftest import PROJECT
from tests.test_due import CALENDAR, case_with, day, entry, kind_of, rule

OFFICE = Folder(PROJECT).office
HEAD_OF_GROUP, HEAD = "kanda", "head"
LADDER = Chase(first=1, every=3, letters=("remind-1", "remind-2", "remind-final"), escalate_after=3, to=("group", HEAD))
WEIGHTS = StandingRules(1).weights()
LATER = day("2026-12-30")
ASKED = day("2026-04-01")


def wait(number: int = 2, due: str = "2026-04-08", **more: Any) -> Entry:
    """Return a call on 1 April in which somebody promised something ("" : for no day)."""
    promise = Promise("them", "ส่งข้อมูล", day(due) if due else None)
    return entry(number, ASKED, "contact", with_="obec/somsak", by="phone", promise=promise, **more)


def call(number: int, on: str, reminds: str = "a2") -> Entry:
    return entry(number, day(on), "contact", with_="obec/somsak", by="phone", said="ตามเรื่อง", chases=(reminds,))


def standing(
    *log: Entry, today: str = "2026-12-30", rules: Sequence[Rule] = (), ladder: Chase = LADDER, **more: Any
) -> tuple[ReminderStatus, ...]:  # fmt: skip
    """Return where each wait of a case with this log stands."""
    kind = kind_of(*rules)._replace(group="complaints", chase=ladder)
    return reminder_statuses(case(*log, **more), kind, OFFICE, CALENDAR, day(today))


def case(*log: Entry, **more: Any) -> Case:
    return case_with(entry(1, ASKED, "receive", to="coordinate"), *log, on=ASKED, **more)


def the_rung(*log: Entry, **more: Any) -> ReminderStatus:
    [rung] = standing(*log, **more)
    return rung


# -- days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "first"),
    [
        ("2026-04-08", "2026-04-09"),  # Wednesday, the day after
        ("2026-04-10", "2026-04-16"),  # Friday: the weekend, then Songkran until Wednesday
        ("2026-04-12", "2026-04-16"),  # Sunday
        ("2026-04-14", "2026-04-16"),  # in Songkran
        ("2026-04-03", "2026-04-07"),  # Friday; Monday 6 is Chakri Day
    ],
)
def test_the_first_reminder_comes_the_working_day_after_the_day_it_was_due(due: str, first: str) -> None:
    assert the_rung(wait(due=due)).day == day(first)


@pytest.mark.parametrize(
    ("reminded", "following"),
    [
        ("2026-04-09", "2026-04-17"),  # 10, then 16 and 17: 11-12 weekend, 13-15 Songkran
        ("2026-04-10", "2026-04-20"),  # 16, 17, 20
        ("2026-04-17", "2026-04-22"),  # 20, 21, 22
    ],
)
def test_every_further_one_comes_three_working_days_after_the_last(reminded: str, following: str) -> None:
    rung = the_rung(wait(), call(3, reminded))
    assert (rung.reminders, rung.last, rung.day) == (1, day(reminded), day(following))


def test_it_is_ahead_until_its_day_and_due_from_that_day_on() -> None:
    steps = {on: the_rung(wait(due="2026-04-10"), today=on).step for on in ("2026-04-10", "2026-04-15", "2026-04-16")}
    assert steps == {"2026-04-10": "coming", "2026-04-15": "coming", "2026-04-16": "remind"}


def test_a_reminder_before_the_day_brings_no_other_before_the_day_is_past() -> None:
    assert the_rung(wait(due="2026-04-10"), call(3, "2026-04-02")).day == day("2026-04-16")


def test_lateness_is_counted_in_working_days() -> None:
    assert the_rung(wait(due="2026-04-10"), today="2026-04-17").late == 2


# -- rungs ---------------------------------------------------------------------------------------------


def test_the_ladder_is_three_reminders_then_the_head_of_the_group_then_the_head_of_the_office() -> None:
    calls = [call(3, "2026-04-09"), call(4, "2026-04-17"), call(5, "2026-04-22")]
    first = [the_rung(wait(), *calls[:n]) for n in range(4)]
    assert [(r.step, r.wording, r.to) for r in first] == [
        ("remind", "remind-1", ""), ("remind", "remind-2", ""), ("remind", "remind-final", ""),
        ("escalate", "", HEAD_OF_GROUP),
    ]  # fmt: skip
    group = entry(6, day("2026-04-27"), "escalate", whom=HEAD_OF_GROUP, promise=Promise("them", "สั่งการ"))
    answered = entry(7, day("2026-04-28"), "decide", decision="ให้รอ", keeps=("a6",))
    for log in ((group,), (group, answered)):
        asked = the_rung(wait(), *calls, *log)
        assert (asked.step, asked.to, asked.day) == ("escalate", HEAD, day("2026-04-30"))


CALLS = (call(3, "2026-04-09"), call(4, "2026-04-17"), call(5, "2026-04-22"))


def up(number: int, on: str, whom: str, *about: str) -> Entry:
    return entry(number, day(on), "escalate", whom=whom, promise=Promise("them", "สั่งการ"), chases=about)


def test_when_all_were_asked_nobody_is_reminded_any_more_and_it_is_told_with_whom_it_lies() -> None:
    asked = (up(6, "2026-04-27", HEAD_OF_GROUP, "a2"), up(7, "2026-04-30", HEAD, "a2"))
    rung = the_rung(wait(), *CALLS, *asked)
    assert (rung.step, rung.to, rung.wording, rung.day, rung.request) == ("asked", HEAD, "", None, "a7")
    assert command(rung) == 'srctl decide 2569-0042 --by "…" --what "…" --answers a7'
    decided = entry(8, day("2026-05-06"), "decide", decision="ให้รอ", keeps=("a6", "a7"))
    rung = the_rung(wait(), *CALLS, *asked, decided)
    assert (rung.step, rung.to, rung.request, command(rung)) == ("asked", HEAD, "", "srctl show 2569-0042")


def test_where_nobody_can_be_asked_the_last_reminder_is_the_last_all_the_same() -> None:
    kind = kind_of()._replace(group="complaints", chase=LADDER._replace(to=("group",)))
    [rung] = reminder_statuses(case(wait(), *CALLS)._replace(owner=HEAD_OF_GROUP), kind, OFFICE, CALENDAR, LATER)
    assert (rung.step, rung.to) == ("asked", "")
    assert command(rung) == 'srctl escalate 2569-0042 --to head --about a2 --ask "…" --why "…"'


def test_an_escalation_counts_for_the_wait_it_is_about_and_is_no_reminder() -> None:
    calls = [call(n + 4, on, wait_) for n, (on, wait_) in enumerate(
        (on, w) for on in ("2026-04-09", "2026-04-17", "2026-04-22") for w in ("a2", "a3"))]  # fmt: skip
    both = (wait(2), wait(3), *calls)
    asked = up(20, "2026-04-27", HEAD_OF_GROUP, "a2")
    first, second = standing(*both, asked)
    assert (first.to, first.last, first.reminders) == (HEAD, day("2026-04-27"), 3)
    assert (second.to, second.last, second.reminders) == (HEAD_OF_GROUP, day("2026-04-22"), 3)


def test_an_escalation_that_names_no_wait_is_about_the_only_one_whose_turn_it_was() -> None:
    nameless = up(20, "2026-04-27", HEAD_OF_GROUP)
    first, second = standing(wait(2), wait(15), *CALLS, nameless)
    assert (first.to, second.step, second.reminders, second.last) == (HEAD, "remind", 0, None)
    early = the_rung(wait(), *CALLS[:2], nameless, call(21, "2026-04-28"))
    assert (early.to, early.last) == (HEAD_OF_GROUP, day("2026-04-28"))


def test_a_wait_promised_again_tells_its_first_day_too() -> None:
    again = entry(4, day("2026-04-10"), "promise", with_="obec/somsak", breaks=("a2",),
                  promise=Promise("them", "ส่งข้อมูล", day("2026-04-22")))  # fmt: skip
    rung = the_rung(wait(), call(3, "2026-04-09"), again, today="2026-04-21")
    assert (rung.due, rung.late, rung.original, rung.late_original) == (day("2026-04-22"), -1, day("2026-04-08"), 6)


def test_an_escalation_from_before_the_first_reminder_is_about_something_else() -> None:
    early = entry(3, day("2026-04-02"), "escalate", whom=HEAD_OF_GROUP, promise=Promise("them", "สั่งการ"))
    calls = (call(4, "2026-04-09"), call(5, "2026-04-17"), call(6, "2026-04-22"))
    assert the_rung(wait(), early, *calls).to == HEAD_OF_GROUP


def test_nobody_is_sent_to_themself() -> None:
    mine = case_with(entry(1, ASKED, "receive", to="coordinate"), wait(), call(3, "2026-04-09"), on=ASKED)
    kind = kind_of()._replace(group="complaints", chase=LADDER._replace(escalate_after=1))
    [rung] = reminder_statuses(mine._replace(owner=HEAD_OF_GROUP), kind, OFFICE, CALENDAR, LATER)
    assert rung.to == HEAD


def test_one_reminder_may_be_enough_to_go_up_and_the_last_letter_serves_for_all_further_ones() -> None:
    assert the_rung(wait(), call(3, "2026-04-09"), ladder=LADDER._replace(escalate_after=1)).step == "escalate"
    many = [call(n, "2026-04-09") for n in range(3, 8)]
    assert the_rung(wait(), *many, ladder=LADDER._replace(to=())).wording == "remind-final"


# -- what moves it and what ends it --------------------------------------------------------------------


def test_a_promise_made_again_sets_the_day_anew_and_keeps_the_number_of_reminders() -> None:
    again = entry(4, day("2026-04-10"), "promise", with_="obec/somsak", breaks=("a2",),
                  promise=Promise("them", "ส่งข้อมูล", day("2026-04-22")))  # fmt: skip
    rung = the_rung(wait(), call(3, "2026-04-09"), again)
    assert (rung.entry.id, rung.due, rung.reminders, rung.day) == ("a4", day("2026-04-22"), 1, day("2026-04-23"))
    assert (rung.wording, rung.last) == ("remind-2", day("2026-04-09"))


def test_what_was_kept_or_waived_is_reminded_of_no_more() -> None:
    settled = entry(3, day("2026-04-09"), "promise")
    assert standing(wait(), settled._replace(keeps=("a2",))) == ()
    assert standing(wait(), settled._replace(waives=("a2",))) == ()


def test_a_reminder_undone_was_none() -> None:
    undone = entry(4, day("2026-04-09"), "undo", of="a3")
    assert the_rung(wait(), call(3, "2026-04-09"), undone).reminders == 0


def test_reminders_go_on_while_the_case_is_paused_also_where_a_rule_sets_the_day() -> None:
    pause = entry(3, day("2026-04-02"), "pause", category="agency", why="รอ")
    by_rule = rule(3, of="promise", from_="promised")  # 1 April + 3 working days: 2, 3, 7
    for due in ("", "2026-04-07"):
        rung = the_rung(wait(due=due), pause, rules=(by_rule,))
        assert (rung.step, rung.due, rung.day) == ("remind", day("2026-04-07"), day("2026-04-08"))


def test_a_closed_case_waits_for_nobody() -> None:
    assert standing(wait(), entry(3, day("2026-04-09"), "close", to="closed")) == ()


def test_a_wait_without_a_day_is_shown_with_how_to_give_it_one() -> None:
    rung = the_rung(wait(due=""))
    assert (rung.step, rung.due, rung.day) == ("undated", None, None)
    assert command(rung) == "srctl promise broken 2569-0042 a2 --until +3wd"


def test_a_wait_that_only_the_follow_up_gives_a_day_is_still_to_be_given_one() -> None:
    rung = the_rung(wait(due=""), rules=(FOLLOW_UP,))
    assert (rung.step, rung.due) == ("undated", None)


def test_what_we_promised_and_what_a_superior_is_to_decide_is_no_wait() -> None:
    ours = entry(2, ASKED, "contact", with_="obec", promise=Promise("us", "ส่งหนังสือ", ASKED))
    up = entry(3, ASKED, "escalate", whom=HEAD, promise=Promise("them", "สั่งการ", ASKED))
    assert standing(ours, up) == ()


# -- letters -------------------------------------------------------------------------------------------


def letter(number: int, paper: str, on: str, due: str, **more: Any) -> tuple[Entry, Entry]:
    """Return the draft of a paper to OBEC and its sending."""
    promise = Promise("them", f"ตอบ {paper}", day(due)) if due else None
    return (entry(number, day(on), "draft", paper=paper, with_="obec", chases=more.pop("reminds", ())),
            entry(number + 1, day(on), "send", paper=paper, with_="obec", promise=promise, **more))  # fmt: skip


ASK = letter(2, "ask-information", "2026-04-01", "2026-04-08")
FIRST = letter(4, "remind-1", "2026-04-09", "2026-04-21", reminds=("a3",), breaks=("a3",))


def test_a_reminder_letter_takes_over_the_wait_with_its_own_day_and_counts_as_one() -> None:
    rung = the_rung(*ASK, *FIRST)
    assert (rung.entry.id, rung.reminders, rung.due, rung.day) == ("a5", 1, day("2026-04-21"), day("2026-04-22"))
    assert rung.paper is not None
    assert (rung.paper.id, rung.wording) == ("ask-information", "remind-2")


def test_a_reminder_letter_that_asks_for_no_day_leaves_the_wait_and_counts_as_one() -> None:
    rung = the_rung(*ASK, *letter(4, "remind-1", "2026-04-09", "", reminds=("a3",), chases=("a3",)))
    assert (rung.entry.id, rung.reminders, rung.day) == ("a3", 1, day("2026-04-17"))


def test_a_reminder_that_is_drafted_is_not_due_again_until_it_is_cancelled() -> None:
    draft = FIRST[0]
    rung = the_rung(*ASK, draft)
    assert (rung.step, rung.reminders, command(rung)) == ("drafted", 0, "srctl submit 2569-0042 remind-1")
    up = the_rung(*ASK, draft, entry(5, day("2026-04-09"), "submit", paper="remind-1"))
    assert command(up) == "srctl sign 2569-0042 remind-1"
    assert the_rung(*ASK, draft, entry(5, day("2026-04-09"), "cancel", paper="remind-1", why="โทรแล้ว")).step == "remind"


def test_a_reply_to_the_first_letter_ends_the_wait_of_its_reminder() -> None:
    reply = entry(6, day("2026-04-16"), "reply", paper="ask-information", with_="obec", keeps=("a5",))
    assert standing(*ASK, *FIRST, reply) == ()


def test_each_addressee_of_a_circular_is_reminded_by_itself() -> None:
    draft = entry(2, ASKED, "draft", paper="circular", among=("obec", "vec", "onec"))
    sent = [entry(n, ASKED, "send", paper="circular", with_=whom, promise=Promise("them", "ตอบ", day("2026-04-08")))
            for n, whom in enumerate(("obec", "vec", "onec"), 3)]  # fmt: skip
    answer = entry(6, day("2026-04-09"), "reply", paper="circular", with_="vec", keeps=("a4",))
    found = standing(draft, *sent, answer)
    assert [(r.whom, r.entry.id, r.step) for r in found] == [("obec", "a3", "remind"), ("onec", "a5", "remind")]


# -- order ---------------------------------------------------------------------------------------------


def test_what_goes_up_stands_first_then_the_longest_due_then_the_more_urgent() -> None:
    def of(case_id: str, *log: Entry, urgency: Any = "none", today: date = LATER) -> ReminderStatus:
        made = case(*log, urgency=urgency)._replace(id=case_id)
        [rung] = reminder_statuses(made, kind_of()._replace(group="complaints", chase=LADDER), OFFICE, CALENDAR, today)
        return rung

    calls = (call(3, "2026-04-09"), call(4, "2026-04-17"), call(5, "2026-04-22"))
    found = [
        of("2569-0001", wait(due="")),
        of("2569-0002", wait(due="2026-04-09")),
        of("2569-0003", wait(due="2026-04-08")),
        of("2569-0004", wait(due="2026-04-08"), urgency="urgent"),
        of("2569-0005", wait(), *calls),
        of("2569-0006", wait(), today=day("2026-04-01")),
    ]
    order = [rung.case.id[-1] for rung in by_urgency(found, LATER, WEIGHTS)]
    assert order == ["5", "4", "3", "2", "1", "6"]
    assert command(found[4]) == 'srctl escalate 2569-0005 --to kanda --about a2 --ask "…" --why "…"'
    assert command(found[5]) == ""
