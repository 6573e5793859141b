"""Nothing vanishes: an open matter has a next day always, and what was begun and not carried on falls due."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from srctl.core import i18n
from srctl.core.decoding import Text
from srctl.deadlines.events import between
from srctl.deadlines.obligations import Obligation, obligations, worst_first
from srctl.deadlines.rules import deadlines
from srctl.model.case import Case, Entry, Order, Promise
from srctl.model.definitions import FOLLOW_UP, Rule, StandingRules, UrgencyWeight
from srctl.office.folder import Folder
from srctl.workflow.definition_validation import standing_faults
from srctl.workflow.loose_ends import last_moved
from tests.conftest import PROJECT, Srctl
from tests.test_due import CALENDAR, case_with, day, entry, kind_of
from tests.test_index import agree

RECEIVED = day("2026-11-02")  # Monday
TODAY = day("2026-11-18")  # Wednesday, 12 working days on
KIND = Folder(PROJECT).standing.with_defaults(kind_of())


def case(*log: Entry, **more: Any) -> Case:
    return case_with(entry(1, RECEIVED, "receive"), *log, on=RECEIVED, **more)


def due(made: Case, today: date = TODAY) -> list[tuple[str, str, str]]:
    """Return what falls due as (what, ref, day)."""
    found = obligations(made, KIND, CALENDAR, today)
    return [(o.what, o.ref, o.due.isoformat()) for o in found]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("th")


# -- a matter in which nothing else falls due -----------------------------------------------------------


def test_a_matter_without_any_day_is_followed_up_and_says_for_how_long_nothing_happened() -> None:
    [found] = obligations(case(entry(2, RECEIVED, "plan", "coordinate")), KIND, CALENDAR, TODAY)
    assert (found.what, found.ref, found.due, found.late) == ("followup", "follow-up", day("2026-11-16"), 2)
    assert found.text == "no movement for 12 working days"
    i18n.use("th")
    [found] = obligations(case(entry(2, RECEIVED, "plan", "coordinate")), KIND, CALENDAR, TODAY)
    assert found.text == "ไม่เคลื่อนไหว 12 วันทำการ"


@pytest.mark.parametrize(
    ("to", "urgency", "followed"),
    [("analyse", "none", "2026-11-09"), ("coordinate", "none", "2026-11-16"), ("report", "none", "2026-11-16"),
     ("report", "urgent", "2026-11-05"), ("report", "very-urgent", "2026-11-04"),
     ("analyse", "most-urgent", "2026-11-03")],
)  # fmt: skip
def test_how_soon_follows_from_stage_and_urgency(to: str, urgency: str, followed: str) -> None:
    assert due(case(entry(2, RECEIVED, "plan", to), urgency=urgency)) == [("followup", "follow-up", followed)]


def test_a_matter_that_has_another_day_is_found_by_that_one() -> None:
    assert due(case(order=Order(due=day("2026-12-30")))) == [("case", "order.due", "2026-12-30")]


@pytest.mark.parametrize("did", ["contact", "note", "analyse", "step", "sign", "resume", "decide", "reply"])
def test_what_happens_moves_a_matter(did: Any) -> None:
    assert last_moved(case(entry(2, TODAY, did))) == TODAY


@pytest.mark.parametrize("did", ["draft", "memo", "finish", "set", "assign", "edit", "adopt", "link", "replan", "undo"])
def test_writing_and_setting_right_moves_none(did: Any) -> None:
    assert last_moved(case(entry(2, TODAY, did))) == RECEIVED


def test_what_was_undone_moved_nothing() -> None:
    assert last_moved(case(entry(2, TODAY, "note"), entry(3, TODAY, "undo", of="a2"))) == RECEIVED


def test_a_closed_matter_is_not_followed_up() -> None:
    assert due(case(entry(2, RECEIVED, "close", "closed"))) == []


def test_a_paused_matter_is_not_lost_where_no_rule_reviews_pauses() -> None:
    kind = StandingRules(1).with_defaults(kind_of())
    [found] = deadlines(case(entry(2, TODAY, "pause")), kind, CALENDAR, TODAY)
    assert (found.what, found.due) == ("followup", day("2026-12-02"))


def test_an_office_without_the_rule_has_the_one_built_in_and_a_kind_may_have_its_own() -> None:
    assert FOLLOW_UP in StandingRules(1).with_defaults(kind_of()).deadlines
    own = Rule("mine", Text("ของเรา", "Ours"), "followup", 2, "workday", "-", "touched")
    made = StandingRules(1).with_defaults(kind_of(own))
    assert [r.name for r in made.deadlines] == ["mine"]
    unfit = StandingRules(1).with_defaults(kind_of(own._replace(when={"urgency": ("urgent",)})))
    [found] = deadlines(case(), unfit, CALENDAR, TODAY)
    assert found.rule == FOLLOW_UP


def test_a_promise_that_no_rule_fits_goes_by_the_follow_up() -> None:
    kind = StandingRules(1).with_defaults(kind_of())
    asked = entry(2, TODAY, "contact", with_="obec", promise=Promise("them", "ส่งข้อมูล"))
    [found] = deadlines(case(asked), kind, CALENDAR, TODAY)
    assert (found.what, found.ref, found.due, found.rule) == ("theirs", "a2", day("2026-12-02"), FOLLOW_UP)


def test_every_open_matter_of_the_starter_set_has_a_next_day(sample: Srctl) -> None:
    for now in ("2026-11-20T09:12", "2027-06-01T09:00"):
        sample.at(now)
        rows = sample.ok("list", "--json").json["items"]
        assert {row["id"] for row in rows if row["due"] is None} == set()
        assert {row["id"] for row in rows} == {row["case"] for row in sample.ok("due", "--all", "--json").json["items"]}


def test_the_journal_tells_a_matter_that_stood_still_and_no_follow_up_that_only_moved() -> None:
    still = case(entry(2, RECEIVED, "plan", "coordinate"))
    late, early = entry(3, TODAY, "note"), entry(3, day("2026-11-05"), "note")

    def told(act: Entry) -> list[tuple[str, str, int]]:
        then = deadlines(still, KIND, CALENDAR, act.day())
        moved = still._replace(log=(*still.log, act))
        now = deadlines(moved, KIND, CALENDAR, act.day())
        return [(m.event, m.what, m.late) for m in between(then, now, moved, [act], CALENDAR, "malee", act.day())]

    assert told(early) == []
    assert told(late) == [("missed", "followup", 2)]


# -- what was begun and not carried on -----------------------------------------------------------------


def paper(*deeds: str, on: str = "2026-11-03", name: str = "support", to: str = "obec") -> tuple[Entry, ...]:
    deeds = ("draft", *deeds)
    return tuple(entry(n, day(on), did, paper=name, with_=to) for n, did in enumerate(deeds, 2))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        ((), [("draft", "support", "2026-11-06")]),
        (("submit", "return"), [("draft", "support", "2026-11-06")]),
        (("submit",), [("paper", "support", "2026-11-04")]),
        (("submit", "sign"), [("dispatch", "support", "2026-11-04")]),
        (("submit", "sign", "number"), [("dispatch", "support", "2026-11-04")]),
        (("cancel",), [("followup", "follow-up", "2026-11-10")]),
        (("submit", "sign", "number", "send"), [("followup", "follow-up", "2026-11-10")]),
    ],
)
def test_a_draft_not_submitted_and_a_paper_not_sent_fall_due(deeds: tuple[str, ...], found: list[Any]) -> None:
    assert due(case(*paper(*deeds))) == found


def test_a_memo_that_was_decided_upon_waits_for_nobody_but_a_letter_still_has_to_go() -> None:
    decided = entry(9, day("2026-11-04"), "decide", by="รมว.ศธ.", decision="เห็นชอบ", paper="memo")
    told = entry(10, day("2026-11-04"), "contact", with_="obec")
    assert due(case(*paper(name="memo", to=""), decided, told)) == [("followup", "follow-up", "2026-11-11")]
    letter = decided._replace(paper="support")
    assert due(case(*paper(), letter, told)) == [("draft", "support", "2026-11-06")]
    again = entry(11, day("2026-11-05"), "memo", paper="memo")
    assert due(case(*paper(name="memo", to=""), decided, told, again)) == [("draft", "memo", "2026-11-10")]


DECIDED = entry(2, day("2026-11-03"), "decide", by="รมว.ศธ.", decision="ให้ สพฐ. ดำเนินการ")


def test_a_decision_nobody_was_told_of_falls_due() -> None:
    assert due(case(DECIDED)) == [("decided", "a2", "2026-11-04")]
    assert due(case(DECIDED, entry(3, TODAY, "note", text="ทราบ"))) == [("decided", "a2", "2026-11-04")]


@pytest.mark.parametrize("did", ["contact", "send", "step", "report"])
def test_a_decision_is_passed_on_by_what_follows_it(did: Any) -> None:
    assert "decided" not in {what for what, _ref, _day in due(case(DECIDED, entry(3, TODAY, did)))}


def test_while_the_letter_that_passes_it_on_is_written_its_day_is_the_letters() -> None:
    letter = [e._replace(id=f"a{n}") for n, e in enumerate(paper(), 3)]
    assert due(case(DECIDED, *letter)) == [("draft", "support", "2026-11-06")]
    cancelled = entry(9, TODAY, "cancel", paper="support")
    assert due(case(DECIDED, *letter, cancelled)) == [("decided", "a2", "2026-11-04")]


# -- postponed is late ---------------------------------------------------------------------------------


def test_a_promise_made_again_keeps_its_first_day() -> None:
    first = entry(2, RECEIVED, "contact", with_="obec", promise=Promise("them", "ส่งข้อมูล", day("2026-11-09")))
    again = entry(3, day("2026-11-10"), "promise", with_="obec", breaks=("a2",),
                  promise=Promise("them", "ส่งข้อมูล", day("2026-11-16")))  # fmt: skip
    third = again._replace(id="a4", breaks=("a3",), promise=Promise("them", "ส่งข้อมูล", day("2026-11-20")))
    [found] = obligations(case(first, again, third), KIND, CALENDAR, TODAY)
    assert (found.ref, found.due, found.late) == ("a4", day("2026-11-20"), -2)
    assert (found.original, found.late_original) == (day("2026-11-09"), 7)
    assert (found.first, found.late_first, found.overdue(TODAY)) == (day("2026-11-09"), 7, True)


def test_a_reply_asked_for_again_by_a_reminder_keeps_the_day_its_rule_counted_first() -> None:
    asked = (entry(2, RECEIVED, "draft", paper="ask", with_="obec"),
             entry(3, RECEIVED, "send", paper="ask", with_="obec", promise=Promise("them", "ตอบ")))  # fmt: skip
    on = day("2026-11-12")
    again = Promise("them", "ตอบ")
    reminded = (entry(4, on, "draft", paper="remind-1", with_="obec", chases=("a3",)),
                entry(5, on, "send", paper="remind-1", with_="obec", breaks=("a3",), promise=again))  # fmt: skip
    [found] = obligations(case(*asked, *reminded), KIND, CALENDAR, TODAY)
    assert (found.ref, found.due, found.original) == ("a5", day("2026-11-23"), day("2026-11-11"))
    assert (found.late, found.late_original) == (-3, 5)


def test_an_extended_deadline_is_late_by_its_new_day() -> None:
    longer = entry(2, TODAY, "extend", deadline="order.due", until=day("2026-11-20"), why="รอข้อมูล")
    [found] = obligations(case(longer, order=Order(due=day("2026-11-09"))), KIND, CALENDAR, TODAY)
    assert (found.first, found.late_first, found.late_original) == (day("2026-11-20"), -2, 7)


# -- worst first ---------------------------------------------------------------------------------------


def test_what_is_late_stands_by_its_days_and_its_urgency_then_what_comes_by_its_day() -> None:
    def item(name: str, on: str, urgency: str = "none", **more: Any) -> Obligation:
        late = CALENDAR.workdays_between(day(on), TODAY)
        return Obligation(name, "case", "", day(on), late, "", "", "r", "", "", urgency, **more)

    ordered = [
        item("1 day late and most urgent: as 21", "2026-11-17", "most-urgent"),
        item("20 days late", "2026-10-20"),
        item("12 days late and urgent: as 17", "2026-11-02", "urgent"),
        item("promised again, first 15 days ago", "2026-11-25")._replace(
            what="theirs", original=day("2026-10-28"), late_original=15),
        item("1 day late and urgent: as 6", "2026-11-17", "urgent"),
        item("today and urgent", "2026-11-18", "urgent"),
        item("today", "2026-11-18"),
        item("tomorrow", "2026-11-19"),
        item("the day after, most urgent", "2026-11-20", "most-urgent"),
    ]  # fmt: skip
    weights = StandingRules(1).weights()
    assert [o.case for o in worst_first(reversed(ordered), TODAY, weights)] == [o.case for o in ordered]
    plain = [o.case for o in worst_first(ordered, TODAY, {})]
    assert plain[0] == "20 days late"  # an office may give urgency no weight


def test_due_shows_a_postponed_promise_late_by_its_first_day_and_how_long_a_matter_stood_still(sample: Srctl) -> None:
    i18n.use("th")
    sample.at("2026-11-20T09:12")
    sample.ok("promise", "broken", "8", "a4", "--until", "+9wd", "--why", "ยังไม่ครบ", "--as", "malee")
    row = next(r for r in sample.ok("due", "--json").json["items"] if r["ref"] == "a6")
    assert (row["section"], row["original"], row["late"] < 0 < row["late_original"]) == ("late", row["original"], True)
    said = sample.ok("due").out
    assert "ครั้งล่าสุดภายใน 3 ธ.ค. 2569" in said or "ครั้งล่าสุดภายใน 3 ธ.ค. 69" in said
    listed = next(r for r in sample.ok("list", "--json").json["items"] if r["id"] == "2569-0008")
    assert listed["due"] <= row["original"]


def test_every_list_says_for_how_long_a_matter_stood_still(office: Srctl) -> None:
    i18n.use("th")
    office.at("2026-11-02T09:00")
    office.ok("new", "news", "--subject", "ข่าวที่ลืม", "--from", "สพฐ.", "--channel", "letter", "--order", "ติดตาม",
              "--by", "รมว.ศธ.", "--owner", "malee", "--as", "malee")  # fmt: skip
    office.ok("analyse", "1", "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "ง", "--as", "malee",
              "--override", "ไม่มีเอกสาร")  # fmt: skip
    office.ok("reopen", "1", "--to", "receive", "--why", "รอเอกสาร", "--as", "malee")
    office.at("2026-11-18T09:00")
    for words in ("due",), ("today", "--owner", "malee"), ("digest", "--all"), ("journal", "--since", "2026-11-01"):
        assert "ไม่เคลื่อนไหว 12 วันทำการ" in office.ok(*words).out, words
    assert "มี 1 เรื่องไม่เคลื่อนไหว" in office.ok("check").out
    agree(office.root, today=TODAY)  # of the index and the file


def test_an_old_office_whose_rules_name_neither_follow_up_nor_order_loses_no_matter(office: Srctl) -> None:
    file = office.root / "templates/deadlines.yaml"
    text = file.read_text(encoding="utf-8")
    begin, end = text.index("  # สิ่งที่ค้างในมือสำนักงานเอง"), text.index("# เหตุที่พักการนับเวลาได้")
    text = text[:begin] + text[end:]
    begin, end = text.index("# เรื่องที่เกินกำหนดเรียง"), text.index("# ขยายกำหนดได้กี่ครั้ง")
    file.write_text(text[:begin] + text[end:], encoding="utf-8")
    office.at("2026-11-02T09:00")
    office.ok("adopt", "templates/deadlines.yaml", "--as", "malee")
    office.ok("new", "news", "--subject", "ข่าวที่ลืม", "--from", "สพฐ.", "--channel", "letter", "--order", "ติดตาม",
              "--by", "รมว.ศธ.", "--owner", "malee", "--as", "malee")  # fmt: skip
    office.ok("analyse", "1", "--issue", "ก", "--fact", "ข", "--proposal", "ค", "--override", "รีบ", "--as", "malee")
    office.ok("plan", "1", "--result", "ก", "--step", "ข", "--override", "รีบ", "--as", "malee")
    office.at("2026-11-18T09:00")
    [row] = office.ok("due", "--json").json["items"]
    assert (row["what"], row["due"], row["rule"]) == ("followup", "2026-11-16", "follow-up")
    assert "16 Nov 2026" in office.ok("explain", "1", "follow-up").out
    assert office.ok("check").code == 0


def test_what_urgency_weighs_names_urgencies_once() -> None:
    known = Folder(PROJECT).standing
    assert [*standing_faults(known, known.chase.letters, ("group", "head"))] == []
    odd = known._replace(order=(UrgencyWeight("ด่วน", 5), UrgencyWeight("urgent", 5), UrgencyWeight("urgent", 6)))
    found = [fault.where for fault in standing_faults(odd, known.chase.letters, ("group", "head"))]
    assert found == [("order", 2), ("order", 0, "urgency")]
