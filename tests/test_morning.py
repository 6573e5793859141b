"""Whose day has what in it: the headings by rule, each matter with somebody, nothing twice, nothing of nobody."""

from datetime import date, datetime, time
from typing import Any

import pytest

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text
from srctl.core.workdays import Calendar
from srctl.model.absences import Absence
from srctl.model.case import Case, Complainant, Entry, Order, Plan, Promise, Received, Step
from srctl.model.definitions import CLOSED, Field, Kind, Rule, Stage
from srctl.model.people import Coordinator, Group, Minister, Office, OfficeNames, Organisation, Person, Signer
from srctl.views.agenda import (
    EVERYBODY,
    NAMES,
    AgendaPart,
    Share,
    Whose,
    carriers,
    concerns,
    part_of,
    parts_of,
    phoned_steps,
    redacted_row,
    redacted_share,
    waiting_papers,
)
from srctl.views.agenda_text import (
    AgendaLine,
    agenda_legend,
    agenda_lines,
    carrier,
    counted_heading,
    counts,
    heading,
    next_line,
    overview,
    part_view,
)
from srctl.views.case_views import due_of, stand_in
from srctl.views.list_views import View, ViewContext
from srctl.workflow.clearances import asked_people
from srctl.workflow.filters import group_of
from srctl.workflow.stages import is_closed

TODAY = date(2026, 11, 20)  # Friday; the third working day after it is Wednesday 25 November
YESTERDAY, MONDAY, WEDNESDAY, THURSDAY = (date(2026, 11, n) for n in (19, 23, 25, 26))
OFFICE = Office(
    1, OfficeNames("ก", "A", "ก", "ข"), "ศธ 0100", Minister("รมว.", "รมว."),
    (Group("complaints", Text("ร้องทุกข์", "Complaints"), "kanda"),
     Group("political", Text("การเมือง", "Politics"), "wipa")),
    (Coordinator("wipa", "วิภา", "political"), Coordinator("kanda", "กานดา", "complaints"),
     Coordinator("malee", "มาลี", "complaints", phone="0 2000 0132", backup="prasit"),
     Coordinator("prasit", "ประสิทธิ์", "complaints"), Coordinator("gone", "ผู้เคยอยู่", "political", active=False)),
    (Signer("head", "หัวหน้า", ("หัวหน้าสำนักงาน",)),),
)  # fmt: skip
OBEC = Organisation(
    1, "สำนักงาน", short="สพฐ.", phone="0 2000 0500", id="obec", people=(Person("somsak", "นายสมมติ ใจดี"),)
)
AROUND = ViewContext(OFFICE, Calendar({}, date(2026, 12, 31)), {"obec": OBEC}, TODAY)
STAGES = tuple(Stage(name, Text(name, name)) for name in ("receive", "analyse", "coordinate"))


def rule(name: str, of: Any, amount: int, **more: Any) -> Rule:
    return Rule(name, Text(name, name), of, amount, "workday", "ที่มา", verified=True, **more)


STANDING = (
    rule("signature", "paper", 1, from_="submitted"),
    rule("pause-review", "pause", 10, from_="paused"),
    rule("event", "case", 1, from_="field", field="on"),
)
KIND = Kind(1, Text("ก", "A"), "complaints", Text("", ""), "", STAGES, STANDING, id="complaint",
            fields=(Field("school", Text("โรงเรียน", "School"), private=True),))  # fmt: skip


def share_of(case: Case, kind: Kind | None, around: ViewContext, whose: Whose = EVERYBODY) -> Share | None:
    """Return the share of an open case as the index would tell it, None when it does not concern ``whose``."""
    group, acting = group_of(case, kind, around.office), stand_in(case, around)
    share = Share(
        case.id, case.subject, case.owner, case.urgency, group, carriers(case.owner, acting, group, around), acting,
        frozenset(asked_people(case)), due_of(case, kind, around), tuple(waiting_papers(case)), phoned_steps(case),
    )  # fmt: skip
    return share if concerns(share, whose) and not is_closed(case) else None


def entry(id_: str, did: Any, on: date = YESTERDAY, **more: Any) -> Entry:
    return Entry(id_, datetime.combine(on, time(9), BANGKOK), "malee", did, **more)


def case(*log: Entry, id_: str = "2569-0042", owner: str = "malee", **more: Any) -> Case:
    return Case(1, id_, "complaint", f"เรื่อง {id_}", Received(TODAY), owner=owner, log=log, **more)


def awaited(due: date | None, **more: Any) -> Entry:
    return entry("a2", "contact", with_="obec/somsak", promise=Promise("them", "ส่งรายงาน", due), **more)


def step(due: date, by: Any = "") -> Plan:
    return Plan("", (Step("s1", "ขอตัวเลข", "obec", by, due),))


def paper(*deeds: str, on: date = YESTERDAY) -> tuple[Entry, ...]:
    return tuple(entry(f"p{n}", did, on, paper="support", signer="head") for n, did in enumerate(("draft", *deeds)))


def day(*cases: Case, of: str = "malee", around: ViewContext = AROUND, kind: Kind | None = KIND) -> AgendaPart:
    whose = Whose(frozenset({of})) if of else EVERYBODY
    shares = [s for c in cases if (s := share_of(c, kind, around, whose))]
    return part_of(shares, around, whose, of, of)


def where(part: AgendaPart) -> dict[str, list[str]]:
    """Return what stands under each heading, by ref (of a paper: its state)."""
    return {s.name: [row.get("ref") or row["state"] for row in s.rows] for s in part.sections}


# -- under which heading ------------------------------------------------------------------------

HEADINGS: dict[str, tuple[Case, list[str]]] = {
    "yesterday is late": (case(order=Order(due=YESTERDAY)), ["late"]),
    "today": (case(order=Order(due=TODAY)), ["today"]),
    "the next working day": (case(order=Order(due=MONDAY)), ["soon"]),
    "a day off on the way": (case(order=Order(due=date(2026, 11, 21))), ["soon"]),
    "the third working day": (case(order=Order(due=WEDNESDAY)), ["soon"]),
    "the fourth is still ahead": (case(order=Order(due=THURSDAY)), []),
    "a wait late is a call": (case(awaited(YESTERDAY)), ["late", "calls"]),
    "a wait due is a call": (case(awaited(TODAY)), ["today", "calls"]),
    "a wait ahead is none": (case(awaited(MONDAY)), ["soon"]),
    "a step to be phoned is a call": (case(plan=step(TODAY, "phone")), ["today", "calls"]),
    "a step ahead is none": (case(plan=step(MONDAY, "phone")), ["soon"]),
    "a step by letter is none": (case(plan=step(YESTERDAY, "letter")), ["late"]),
    "our promise is no call": (case(entry("a2", "contact", promise=Promise("us", "ส่ง", YESTERDAY))), ["late"]),
    "a paper for signature": (case(*paper("submit")), ["today", "signature"]),
    "and one submitted today": (case(*paper("submit", on=TODAY)), ["soon", "signature"]),
    "a draft": (case(*paper()), ["papers"]),
    "a paper returned": (case(*paper("submit", "return")), ["papers"]),
    "a paper signed": (case(*paper("submit", "sign")), ["papers"]),
    "a paper numbered": (case(*paper("submit", "sign", "number")), ["papers"]),
    "a paper sent": (case(*paper("submit", "sign", "number", "send")), []),
    "a decision asked of somebody": (
        case(entry("a2", "escalate", whom="kanda", promise=Promise("them", "ทำหรือไม่", THURSDAY))), ["decisions"]),
    "thanks owed, however far ahead": (
        case(entry("a2", "reply", with_="obec", promise=Promise("us", "ขอบคุณ", THURSDAY))), ["thanks"]),
    "a pause just begun": (case(entry("a2", "pause")), []),
    "a pause to be reviewed soon": (case(entry("a2", "pause", date(2026, 11, 11))), ["soon", "pauses"]),
    "a pause too long": (case(entry("a2", "pause", date(2026, 11, 2))), ["late", "pauses"]),
    "what a pause holds": (case(entry("a2", "pause"), fields={"on": "2026-11-20"}), []),
    "a closed case": (case(awaited(YESTERDAY), *paper("submit", "sign"), entry("a9", "close", to=CLOSED)), []),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADINGS)
def test_a_matter_stands_under_the_headings_of_its_rule(name: str) -> None:
    given, headings = HEADINGS[name]
    assert list(where(day(given))) == headings


def test_no_obligation_stands_twice_under_late_today_and_soon() -> None:
    found = where(day(*(given._replace(id=f"2569-{n:04}") for n, (given, _h) in enumerate(HEADINGS.values()))))
    assert list(found) == [name for name in NAMES if name in found]
    for name in ("late", "today", "soon"):
        assert len(found[name]) == sum(name in headings for _case, headings in HEADINGS.values())


def test_the_worst_stands_first_under_every_heading() -> None:
    later = case(awaited(TODAY), id_="2569-0001")
    urgent = case(awaited(TODAY), id_="2569-0002", urgency="most-urgent")
    late = case(awaited(YESTERDAY), id_="2569-0003")
    [*_times, calls] = day(later, urgent, late).sections
    assert calls.name == "calls"
    assert [row["case"] for row in calls.rows] == ["2569-0003", "2569-0002", "2569-0001"]


# -- with whom ----------------------------------------------------------------------------------

LATE = Order(due=YESTERDAY)
AWAY = AROUND._replace(away={"malee": Absence("malee", YESTERDAY, MONDAY)})


@pytest.mark.parametrize(
    ("owner", "around", "people"),
    [
        ("malee", AROUND, {"malee"}),
        ("malee", AWAY, {"malee", "prasit"}),
        ("", AROUND, {"kanda"}),  # nobody's: with the head of the group
        ("gone", AROUND, {"gone", "kanda", "wipa"}),  # left: who stands in and the head, until it is handed over
        ("nobody", AROUND, {"kanda"}),
    ],
)
def test_a_matter_is_with_its_owner_who_stands_in_or_the_head_of_the_group(
    owner: str, around: ViewContext, people: set[str]
) -> None:
    given = case(owner=owner, order=LATE)
    assert {c.id for c in OFFICE.coordinators if day(given, of=c.id, around=around).sections} == people


def test_what_has_no_group_either_is_with_every_head() -> None:
    anybodys = KIND._replace(group="any")
    given = case(owner="", order=LATE)
    assert {c.id for c in OFFICE.coordinators if day(given, of=c.id, kind=anybodys).sections} == {"wipa", "kanda"}


ASKED = case(
    entry("a2", "escalate", whom="kanda", promise=Promise("them", "ทำหรือไม่", YESTERDAY)), *paper("submit", "sign"),
    order=LATE,
)  # fmt: skip


def test_whoever_is_asked_to_decide_sees_that_and_nothing_else_of_the_matter() -> None:
    assert where(day(ASKED, of="kanda")) == {"late": ["a2"], "asked": ["a2"]}
    assert where(day(ASKED, of="malee")) == {
        "late": ["a2", "order.due"], "papers": ["signed"], "decisions": ["a2"],
    }  # fmt: skip
    assert not day(ASKED, of="prasit").sections
    [own] = lines(day(ASKED, of="kanda"))["late"]
    assert "กานดา" not in own.under


def test_the_whole_office_sees_everything_once() -> None:
    nobodys = case(owner="", order=LATE, id_="2569-0001")
    found = where(day(ASKED, nobodys, of=""))
    assert sorted(found["late"]) == ["a2", "order.due", "order.due"]
    assert found["decisions"] == ["a2"]


def test_a_group_sees_what_it_carries_and_what_its_people_carry_for_another() -> None:
    group = Whose(frozenset({"wipa"}), "political")
    hers = case(owner="wipa", order=LATE, id_="2569-0001")  # a complaint in the hands of the political group
    shares = [s for c in (hers, case(order=LATE)) if (s := share_of(c, KIND, AROUND, group))]
    assert [s.case for s in shares] == ["2569-0001"]
    both = Whose(frozenset({"malee"}), "complaints")
    parts = parts_of([s for c in (hers, case(order=LATE)) if (s := share_of(c, KIND, AROUND, both))], AROUND, both)
    assert [(part.who, [row["case"] for row in part.rows()]) for part in parts] == [
        ("malee", ["2569-0042"]), ("", ["2569-0001"]),
    ]  # fmt: skip


def test_every_matter_is_in_some_part_of_a_digest_of_all() -> None:
    lost = KIND._replace(group="disbanded")
    cases = [case(order=LATE, owner=owner, id_=f"2569-000{n}") for n, owner in enumerate(("malee", "", "gone", "wipa"))]
    shares = [s for c in cases for kind in (KIND, lost) if (s := share_of(c, kind, AROUND))]
    parts = parts_of(shares[::2] + shares[3:4], AROUND, EVERYBODY)
    assert {row["case"] for part in parts for row in part.rows()} == {c.id for c in cases}
    assert [part.who for part in parts] == ["kanda", "wipa", "malee", "prasit", ""]  # late first, else group by group
    assert [row["owner"] for row in parts[-1].rows()] == [""]


def digest(*cases: Case, around: ViewContext = AROUND) -> tuple[AgendaPart, ...]:
    return parts_of([s for c in cases if (s := share_of(c, KIND, around))], around, EVERYBODY)


def test_the_people_of_a_digest_stand_with_the_worst_off_first() -> None:
    long_due = Order(due=date(2026, 11, 2))  # 14 working days
    cases = (
        case(order=LATE, owner="wipa", id_="2569-0001", urgency="most-urgent"),  # as 21
        case(order=long_due, owner="prasit", id_="2569-0002"),
        case(order=LATE, owner="malee", id_="2569-0003"), case(order=LATE, owner="malee", id_="2569-0004"),
        case(order=LATE, owner="kanda", id_="2569-0005"),
    )  # fmt: skip
    assert [part.who for part in digest(*cases)] == ["wipa", "prasit", "malee", "kanda"]
    weightless = AROUND._replace(weights={})
    assert digest(*cases, around=weightless)[0].who == "prasit"


def test_the_work_of_somebody_away_stands_once_in_a_digest_and_they_are_marked() -> None:
    given = case(order=LATE)
    parts = {part.who: part for part in digest(given, around=AWAY)}
    assert [who for who, part in parts.items() if part.sections] == ["prasit"]
    assert parts["malee"].name == "มาลี (ไม่อยู่ถึง 23 พ.ย. 69)"
    [line] = lines(parts["prasit"])["late"]
    assert line.owner == "malee→prasit"
    assert where(day(given, around=AWAY)) == {"late": ["order.due"]}  # asked for by name, it is hers
    alone = AWAY._replace(away={**AWAY.away, **{who: Absence(who, YESTERDAY, MONDAY) for who in ("prasit", "kanda")}})
    assert [part.who for part in digest(given, around=alone) if part.sections] == ["malee"]  # nobody stands in


# -- what comes next ------------------------------------------------------------------------------


def test_nothing_to_do_says_what_comes_next() -> None:
    part = day(case(order=Order(due=date(2026, 12, 1))), case(order=Order(due=THURSDAY), id_="2569-0001"))
    assert part.sections == ()
    assert part.coming is not None
    assert part.coming["case"] == "2569-0001"
    assert "2569-0001" in next_line(part)
    assert "26 พ.ย. 69" in next_line(part)
    assert next_line(day()) != next_line(part)
    assert counts(part) == ()


def test_a_kind_that_cannot_be_read_leaves_the_papers_in_sight() -> None:
    assert where(day(ASKED, kind=None)) == {"papers": ["signed"]}


# -- in words -------------------------------------------------------------------------------------


def lines(part: AgendaPart, *, owners: bool = True) -> dict[str, list[AgendaLine]]:
    return {name: list(found) for name, found in agenda_lines(part, owners=owners)}


def test_a_call_begins_with_the_number_and_is_not_told_twice() -> None:
    found = lines(day(case(awaited(YESTERDAY), plan=step(YESTERDAY, "letter"))))
    [call] = found["calls"]
    assert call.what == "0 2000 0500 นายสมมติ ใจดี (สพฐ.): ส่งรายงาน"
    wait, letter = found["late"]
    assert wait.under == ""
    assert "0 2000 0500" in letter.under  # no call is planned for it below


def test_the_subject_of_a_case_stands_once() -> None:
    given = case(awaited(YESTERDAY), order=LATE)
    found = [line.subject for some in lines(day(given)).values() for line in some]
    assert [text for text in found if text] == [given.subject]
    assert found[0] == given.subject


def test_a_signature_and_a_decision_begin_with_whose_it_is() -> None:
    given = case(*paper("submit"), entry("a2", "escalate", whom="kanda", promise=Promise("them", "ทำหรือไม่", TODAY)))
    found = lines(day(given))
    assert [line.what for line in (*found["signature"], *found["decisions"])] == ["หัวหน้า: support", "กานดา: ทำหรือไม่"]
    i18n.use("en")
    assert {line.under for line in lines(day(given))["today"]} == {"lies with หัวหน้า", "lies with กานดา"}
    assert [line.what for line in lines(day(given, of="kanda"))["asked"]] == ["มาลี 0 2000 0132: ทำหรือไม่"]


def test_a_paper_tells_the_command_that_brings_it_on_and_why_it_came_back() -> None:
    returned = (*paper("submit"), entry("p9", "return", paper="support", why="แก้ชื่อ"))
    [line] = lines(day(case(*returned)))["papers"]
    assert line.under == "srctl submit 2569-0042 support · แก้ชื่อ"
    assert line.subject == "เรื่อง 2569-0042"


def test_papers_of_a_case_that_wait_for_the_same_are_one_line() -> None:
    drafts = tuple(entry(f"p{n}", "draft", YESTERDAY, paper=f"support-{n}") for n in range(1, 5))
    signed = (entry("q1", "draft", YESTERDAY, paper="memo"), entry("q2", "sign", YESTERDAY, paper="memo"))
    i18n.use("en")
    part = day(case(*drafts, *signed))
    several, one = lines(part)["papers"]
    assert several.what == "draft: support-1 and 3 more"
    assert several.under == "srctl submit 2569-0042 --all"
    assert one.under == "srctl number 2569-0042 memo"
    assert counted_heading(part, "papers").endswith("(5)")


def test_whose_a_row_is_is_told_where_it_is_not_the_persons_own() -> None:
    [own] = lines(day(case(order=LATE)))["late"]
    assert "มาลี" not in own.under
    [stands_in] = lines(day(case(order=LATE), of="prasit", around=AWAY))["late"]
    assert stands_in.under.endswith("มาลี → ประสิทธิ์")
    assert stands_in.owner == "malee→prasit"
    [column] = lines(day(case(order=LATE), of=""), owners=False)["late"]
    assert (column.owner, column.people, column.under) == ("malee", "มาลี", "")


def test_what_is_nobodys_says_so() -> None:
    [line] = lines(day(case(owner="", order=LATE), of="kanda"))["late"]
    assert line.owner == line.people != ""
    assert line.people in line.under
    row: View = {"owner": "malee", "acting": "malee"}
    assert carrier(row) == "malee→–"  # away, and nobody stands in


def test_marks_say_what_is_not_sure_and_are_explained_once() -> None:
    unsure = KIND._replace(deadlines=(rule("opinion", "case", 0)._replace(verified=False),))
    part = day(case(order=Order(due=TODAY)), kind=unsure, around=AROUND._replace(calendar=Calendar({}, None)))
    first, second = (line.due for line in lines(part)["today"])
    assert sorted((first[-2:], second[-2:])) == sorted(("*~", "9~"))
    assert [text[0] for text in agenda_legend([part, part])] == ["*", "~"]
    assert agenda_legend([day(case(order=LATE))]) == ()


def test_the_counts_of_many_stand_together_and_of_one_alone_do_not() -> None:
    late, none = day(case(awaited(YESTERDAY))), day(of="prasit")
    assert list(overview([late])) == []
    assert [name for name, _words in overview([late, none])] == ["malee", "prasit"]
    assert counts(late) == (f"{heading('late')} 1", f"{heading('calls')} 1")
    assert dict(overview([late, none]))["prasit"] == next_line(none)


def test_every_heading_has_words_of_its_own() -> None:
    assert len({heading(name) for name in NAMES}) == len(NAMES)


def test_plain_data_keeps_papers_apart() -> None:
    shown = part_view(day(ASKED), TODAY, ())
    assert [s["section"] for s in shown["sections"]] == ["late", "decisions"]
    assert [p["next"] for p in shown["papers"]] == ["srctl number 2569-0042 support"]


# -- what may leave the office ----------------------------------------------------------------------

TOLD = "นางสาวสมมติ รักธรรม โทร 08-0000-0009 โรงเรียนบ้านลับ"


def leaving(**more: Any) -> list[str]:
    """Return every text of the day of a case that names its complainant and a private field everywhere."""
    given = case(
        awaited(YESTERDAY)._replace(promise=Promise("them", f"ตอบ {TOLD}", YESTERDAY)),
        *paper("submit"), entry("p9", "return", paper="support", why=TOLD),
        order=LATE, fields={"school": "โรงเรียนบ้านลับ"},
        complainant=Complainant("นางสาวสมมติ รักธรรม", phone="08 0000 0009"), plan=step(YESTERDAY),
    )._replace(**{"subject": TOLD, **more})  # fmt: skip
    share = share_of(given, KIND, AROUND)
    assert share is not None
    part = part_of([redacted_share(given, KIND, share)], AROUND, EVERYBODY)
    return [text for found in lines(part).values() for line in found for text in line]


def test_what_leaves_the_office_names_no_complainant() -> None:
    texts = " ".join(leaving())
    for secret in ("รักธรรม", "0009", "บ้านลับ"):
        assert secret not in texts
    assert "ตอบ" in texts


def test_a_row_of_due_leaves_the_office_as_the_day_does() -> None:
    given = case(complainant=Complainant("นางสาวสมมติ รักธรรม"))
    row = {"what": "theirs", "text": "โทรหา น.ส.สมมติ รักธรรม", "subject": "สมมติ รักธรรม ร้องทุกข์"}
    named = redacted_row(row, given._replace(subject=row["subject"]), KIND)
    assert "รักธรรม" not in named["text"] + named["subject"]
    hidden = redacted_row(row, given._replace(secrecy="confidential"), KIND)
    assert (hidden["text"], "ร้องทุกข์" in hidden["subject"]) == ("", False)
    rule_row = redacted_row({**row, "what": "stage", "text": "วิเคราะห์"}, given._replace(secrecy="confidential"), KIND)
    assert rule_row["text"] == "วิเคราะห์"


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top-secret"])
def test_of_a_secret_case_neither_subject_nor_typed_words_leave_the_office(secrecy: str) -> None:
    texts = leaving(secrecy=secrecy)
    assert not any(word in text for text in texts for word in ("ตอบ", "ขอตัวเลข", "รักธรรม"))
    assert any(text.startswith("2569-0042 (ลับ") for text in texts)
