"""Who must pass a paper before it is signed: the route, level by level, up and back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srctl.core.decoding import Text, decode
from srctl.core.errors import Refused
from srctl.core.workdays import Calendar
from srctl.deadlines.rules import Deadline, deadlines
from srctl.model.case import Case, Entry, Received
from srctl.model.clearances import Clearances, workdays_in
from srctl.model.people import Coordinator, Group, Minister, Office, OfficeNames, Signer
from srctl.workflow.clearances import route_of, submitted_replays, way_of
from srctl.workflow.paper_order import out_of_order
from srctl.workflow.paper_state import Paper, next_command, papers_of
from tests.conftest import Srctl, prepared
from tests.sample_case import KIND
from tests.test_views import promised

BANGKOK = timezone(timedelta(hours=7))
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=BANGKOK)
OFFICE = Office(
    1, OfficeNames("สำนักงานรัฐมนตรี", "Office", "สร.", "กระทรวงศึกษาธิการ"), "ศธ 0100", Minister("รัฐมนตรี", "รมว.ศธ."),
    (Group("complaints", Text("กลุ่ม", "Group"), "kanda"),),
    (Coordinator("malee", "มาลี", "complaints"), Coordinator("kanda", "กานดา", "complaints", backup="malee")),
    (Signer("head", "หัวหน้า", ()), Signer("secretary", "เลขานุการ", ())),
)  # fmt: skip
UP: Mapping[str, Any] = {
    "format": "1",
    "clearances": [{
        "forms": ["letter"], "within": "4", "instead": [{"when": {"urgency": ["urgent"]}, "within": "2"}],
        "levels": [
            {"who": ["group"], "gives": "opinion", "within": "1"},
            {"who": ["head", "malee"]},
            {"who": ["minister"], "gives": "signature"},
        ],
    }],
}  # fmt: skip


def rules(data: Mapping[str, Any] = UP, **more: Any) -> Clearances:
    rule = {**data["clearances"][0], **more}
    found = decode(Clearances, {**data, "clearances": [rule]})
    assert found is not None
    return found


class Matter:
    """A case with one letter in the Minister's name, and what happens to it, an entry at a time."""

    def __init__(self, found: Clearances | None = None, signer: str = "minister", urgency: str = "") -> None:
        self.rules, self.signer = found or rules(), signer
        self.case = Case(1, "2569-0042", "complaint", "เรื่อง", Received(date(2026, 11, 20)), owner="malee")
        self.at = MONDAY
        self.log("draft", form="letter", wording="support", signer=signer, urgency=urgency)

    def log(self, did: Any, **more: Any) -> "Matter":
        entry = Entry(f"a{len(self.case.log) + 1}", self.at, "malee", did, paper="support", **more)
        self.case = self.case._replace(log=(*self.case.log, entry))
        return self

    @property
    def paper(self) -> Paper:
        return papers_of(self.case)[0]

    def submit(self, **more: Any) -> "Matter":
        way = way_of(self.rules, self.case, KIND, self.paper, self.signer, OFFICE)
        return self.log("submit", route=way.route, amount=way.within, unit=way.unit, level=way.level, again=way.again,
                        **more)  # fmt: skip

    def passed(self, *people: str, **more: Any) -> "Matter":
        for who in people:
            self.log("pass", level=self.paper.level, whom=who, **more)
        return self

    def due(self) -> list[Deadline]:
        found = deadlines(self.case, KIND, Calendar({}, date(2026, 12, 31)), self.at.date())
        return [one for one in found if one.what in ("clearance", "cleared", "paper")]


# -- the route --------------------------------------------------------------------------------------------


def test_route_names_the_people_of_this_office_and_ends_with_the_signer() -> None:
    assert [level.who for level in Matter().submit().paper.route] == [("kanda",), ("head", "malee"), ("minister",)]


def test_route_of_a_paper_signed_lower_down_ends_there() -> None:
    below = Matter(signer="head").submit().paper
    assert [(level.who, level.gives) for level in below.route] == [
        (("kanda",), "opinion"), (("malee",), "initial"), (("head",), "signature"),
    ]  # fmt: skip


def test_nobody_passes_one_paper_twice() -> None:
    levels = [{"who": ["group"]}, {"who": ["kanda", "head"]}, {"who": ["signer"], "gives": "signature"}]
    route = Matter(rules(levels=levels)).submit().paper.route
    assert [level.who for level in route] == [("kanda",), ("head",), ("minister",)]


def test_no_rule_for_the_form_is_no_route() -> None:
    paper = Matter(rules(forms=["memo"])).submit().paper
    assert (paper.route, paper.cleared, next_command("2569-0042", paper)) == ((), True, "srctl sign 2569-0042 support")


def test_group_without_a_head_is_told() -> None:
    matter = Matter()
    office = OFFICE._replace(groups=(Group("complaints", Text("กลุ่ม", "Group")),))
    with pytest.raises(Refused):
        way_of(matter.rules, matter.case, KIND, matter.paper, "minister", office)


# -- level by level ---------------------------------------------------------------------------------------


def test_paper_lies_with_one_level_after_the_other() -> None:
    matter = Matter().submit()
    assert matter.paper.lies_with() == ("kanda",)
    matter.passed("kanda")
    assert matter.paper.lies_with() == ("head", "malee")
    matter.passed("malee")
    assert matter.paper.lies_with() == ("head",)  # side by side: all of them
    matter.passed("head")
    assert (matter.paper.lies_with(), matter.paper.cleared) == ((), True)
    assert next_command("2569-0042", matter.paper) == "srctl sign 2569-0042 support"


def test_adverse_opinion_stops_nothing_and_stays_visible() -> None:
    matter = Matter().submit().passed("kanda", adverse=True, text="ยังขาดข้อกฎหมาย")
    first = route_of(matter.paper)[0]
    assert (matter.paper.level, first.adverse, first.note) == (2, True, "ยังขาดข้อกฎหมาย")


def test_route_is_shown_passed_here_and_ahead() -> None:
    states = [(stop.who, stop.state) for stop in route_of(Matter().submit().passed("kanda", "head").paper)]
    assert states == [("kanda", "passed"), ("head", "passed"), ("malee", "here"), ("minister", "ahead")]


def test_mended_paper_goes_to_the_level_that_returned_it() -> None:
    matter = Matter().submit().passed("kanda")
    matter.log("return", level=2, whom="head", why="แก้").log("finish", sha256="2").submit()
    assert (matter.paper.level, matter.paper.lies_with(), matter.paper.returned) == (2, ("head", "malee"), 1)


def test_mended_paper_begins_anew_where_the_rule_says_so() -> None:
    matter = Matter(rules(again="first")).submit().passed("kanda").log("return", level=2, why="แก้").submit()
    assert matter.paper.lies_with() == ("kanda",)


def test_paper_drafted_again_for_another_signer_takes_the_route_anew() -> None:
    matter = Matter().submit().passed("kanda").log("return", level=2, why="แก้")
    matter.signer = "head"
    matter.log("draft", form="letter", wording="support", signer="head").submit()
    assert matter.paper.lies_with() == ("kanda",)


def test_changed_rules_move_no_paper_under_way() -> None:
    matter = Matter().submit().passed("kanda")
    matter.rules = rules(levels=[{"who": ["secretary"]}])
    matter.log("return", level=2, whom="head", why="แก้").submit()
    assert matter.paper.lies_with() == ("head", "malee")


def test_signature_before_all_passed_is_out_of_order_without_a_reason() -> None:
    early = Matter().submit().passed("kanda").log("sign", by="minister")
    assert [entry.did for entry, _paper in out_of_order(early.case)] == ["sign"]
    with_reason = Matter().submit().log("sign", by="minister", override="เร่งด่วน")
    assert not list(out_of_order(with_reason.case))


WHO = ("kanda", "head", "malee", "minister")
STEPS = st.lists(st.sampled_from([("pass", who) for who in WHO] + [("return", ""), ("submit", ""), ("undo", "")]))


@settings(max_examples=60)
@given(STEPS)
def test_paper_is_never_signable_while_somebody_has_not_passed_it_and_undo_restores(steps: list[Any]) -> None:
    matter = Matter().submit()
    done: list[tuple[str, Paper]] = []
    for did, who in steps:
        paper = matter.paper
        if did == "undo" and done:
            entry_id, before = done.pop()
            matter.log("undo", of=entry_id)
            assert (matter.paper, route_of(matter.paper)) == (before, route_of(before))
            continue
        if did == "pass" and who in paper.lies_with():
            matter.passed(who)
        elif did == "return" and paper.state == "submitted":
            matter.log("return", level=paper.level, why="แก้")
        elif did == "submit" and paper.state == "returned":
            matter.submit()
        else:
            continue
        done.append((matter.case.log[-1].id, paper))
        paper = matter.paper
        if paper.state == "submitted":
            passed = {(e.level, e.whom) for e in paper.passes}
            everybody = {(n, w) for n, level in enumerate(paper.route[:-1], 1) for w in level.who}
            assert paper.cleared == (everybody <= passed)


# -- by which day -----------------------------------------------------------------------------------------


def test_each_level_and_the_whole_route_fall_due() -> None:
    assert [(d.what, d.whom, d.due.day) for d in Matter().submit().due()] == [
        ("clearance", "kanda", 24), ("cleared", "", 27),
    ]  # fmt: skip


def test_urgent_paper_has_less_time_and_no_level_has_more_than_all() -> None:
    matter = Matter(rules(levels=[{"who": ["group"], "within": "9"}]), urgency="urgent").submit()
    assert [(d.what, d.due.day) for d in matter.due()] == [("clearance", 25), ("cleared", 25)]


def test_day_named_at_submission_is_the_day_for_all() -> None:
    matter = Matter().submit(until=date(2026, 12, 1))
    assert [(d.what, d.due) for d in matter.due()][-1] == ("cleared", date(2026, 12, 1))


def test_without_a_time_for_all_only_the_levels_fall_due() -> None:
    matter = Matter(rules(within="0", instead=[])).submit()
    assert [(d.what, d.whom, d.due.day) for d in matter.due()] == [("clearance", "kanda", 24)]


def test_time_of_a_level_runs_from_the_day_it_came() -> None:
    matter = Matter(rules(levels=[{"who": ["group"]}, {"who": ["head"], "within": "1"}])).submit()
    matter.at = MONDAY + timedelta(days=2)
    matter.passed("kanda")
    assert [(d.whom, d.start and d.start.day, d.due.day) for d in matter.due() if d.what == "clearance"] == [
        ("head", 25, 26)
    ]


@pytest.mark.parametrize(
    ("hours", "hour", "days"), [(4, 9, 0), (4, 13, 1), (1, 20, 1), (8, 8, 0), (16, 9, 2), (2, 15, 1)]
)
def test_hours_are_those_of_the_office(hours: int, hour: int, days: int) -> None:
    assert workdays_in(hours, MONDAY.replace(hour=hour)) == days


def test_replay_tells_how_long_it_lay_where() -> None:
    matter = Matter().submit().passed("kanda")
    assert [(entry.did, paper.level) for entry, paper in submitted_replays(matter.case)] == [("pass", 1)]


# -- on the command line ----------------------------------------------------------------------------------

RULES = """format: 1
clearances:
  - forms: [memo]
    within: 4
    levels:
      - {who: [group], gives: opinion, within: 1}
      - {who: [kanda, sakda], within: 1}
      - {who: [signer], gives: signature}
"""


@prepared
def going_up(office: Srctl) -> Srctl:
    """An office that has papers passed, with a memo of Malee's submitted."""
    (office.root / "templates/clearances.yaml").write_text(RULES, encoding="utf-8")
    office.ok("adopt", "templates/clearances.yaml")
    office.ok("new", "directive", "-s", "ขอข้อมูล", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอ", "-o", "aree")
    office.ok("analyse", "1", "-i", "ข้อ", "-f", "เท็จ", "--opinion", "ควรทราบ", "-p", "เห็นควรรับทราบ")
    office.ok("memo", "1")
    office.ok("submit", "1")
    return office


def stops(office: Srctl) -> list[tuple[str, str]]:
    """The route of the memo as `show` tells it: who, and how far it is with them."""
    (paper,) = office.ok("show", "1", "--json").json["papers"]
    return [(stop["who"], stop["state"]) for stop in paper["route"]]


def lying_with(office: Srctl, who: str) -> list[tuple[str, str]]:
    """What stands in the day of somebody as lying with them: the paper, and its words."""
    found = office.ok("today", who, "--json").json["sections"]
    return [(row["ref"], row["text"]) for part in found if part["section"] == "pass" for row in part["items"]]


def test_story_of_a_paper_up_through_its_levels(going_up: Srctl) -> None:
    office = going_up
    assert stops(office)[0] == ("wipa", "here")
    assert "นางวิภา" in office.refused(5, "sign", "1")
    office.at("2026-11-25T09:00")
    assert [ref for ref, text in lying_with(office, "wipa") if "วันทำการ" in text] == ["memo"]
    assert [row["what"] for row in office.ok("due", "--json").json["items"] if row["ref"] == "memo"] == [
        "clearance", "cleared",
    ]  # fmt: skip
    office.ok("pass", "--all", "--by", "wipa", "--note", "เห็นชอบ")
    assert "kanda" in office.refused(2, "pass", "1")
    office.ok("pass", "1", "--by", "sakda", "--disagree", "--note", "ยังไม่ครบ")
    office.ok("return", "1", "--why", "แก้คำผิด", "--by", "kanda")
    office.ok("submit", "1")
    assert stops(office) == [("wipa", "passed"), ("kanda", "here"), ("sakda", "here"), ("head", "ahead")]
    office.ok("pass", "1", "--by", "kanda")
    office.ok("undo", "1")
    assert stops(office)[1] == ("kanda", "here")
    office.ok("pass", "1", "--by", "kanda")
    office.ok("pass", "1", "--by", "sakda")
    office.ok("sign", "1")
    assert {state for _who, state in stops(office)} == {"passed"}
    assert "ไม่เห็นชอบ" in office.ok("history", "1").out
    counts = office.ok("papers", "returns", "--json").json
    promised("papers returns", counts)
    assert {row["name"]: (row["papers"], row["returned"]) for row in counts["people"]} == {
        "kanda": (1, 1), "head": (1, 0), "sakda": (1, 0), "wipa": (1, 0),
    }  # fmt: skip
    assert office.ok("check").code == 0


def test_stand_in_passes_for_somebody_away_and_the_log_says_for_whom(going_up: Srctl) -> None:
    office = going_up
    office.ok("away", "wipa", "2026-11-20", "2026-11-30", "--backup", "theera")
    assert [ref for ref, _text in lying_with(office, "theera")] == ["memo"]
    office.refused(5, "pass", "1", "--by", "preecha")
    office.ok("pass", "--all", "--by", "theera")
    last = office.ok("show", "1", "--json").json["log"][-1]
    assert (last["did"], last["by"], last["whom"]) == ("pass", "theera", "wipa")


def test_who_acts_for_the_head_passes_for_them(office: Srctl) -> None:
    def writes(name: str, text: str) -> None:
        (office.root / name).write_text(text, encoding="utf-8")
        office.ok("adopt", name)

    row = "acting:\n  - {as: รักษาราชการแทน, for: head, by: preecha, from: 2026-11-01}\n"
    writes("office.yaml", (office.root / "office.yaml").read_text(encoding="utf-8") + row)
    writes("templates/clearances.yaml", RULES.replace("[group]", "[head]").replace("[memo]", "[internal]"))
    office.ok("new", "directive", "-s", "ขอข้อมูล", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอ", "-o", "aree")
    office.ok("letter", "1", "thanks", "--to", "obec", "--signer", "secretary")
    office.ok("submit", "1")
    assert [ref for ref, _text in lying_with(office, "preecha")] == ["thanks"]
    office.ok("pass", "1", "--as", "preecha")
    last = office.ok("show", "1", "--json").json["log"][-1]
    assert (last["by"], last["whom"]) == ("preecha", "head")


def test_paper_with_somebody_who_left_is_passed_by_their_stand_in_or_takes_its_route_anew(going_up: Srctl) -> None:
    office, yaml = going_up, going_up.root / "office.yaml"
    text = yaml.read_text(encoding="utf-8").replace("    short: วิภา\n", "    short: วิภา\n    active: false\n")
    yaml.write_text(text.replace("head: wipa", "head: theera"), encoding="utf-8")
    office.ok("adopt", "office.yaml")
    assert [ref for ref, _text in lying_with(office, "theera")] == ["memo"]
    assert "return 2569-0001 memo" in office.refused(5, "pass", "1", "--as", "preecha")
    office.ok("return", "1", "--why", "เปลี่ยนหัวหน้ากลุ่ม")
    office.ok("submit", "1")
    assert stops(office)[0] == ("theera", "here")


def test_signature_before_all_passed_needs_a_reason_that_stays(going_up: Srctl) -> None:
    going_up.ok("sign", "1", "--override", "รมว.ศธ. ลงนามในที่ประชุม")
    assert going_up.ok("show", "1", "--json").json["log"][-1]["override"] == "รมว.ศธ. ลงนามในที่ประชุม"
    assert going_up.ok("check").code == 0


def test_rules_that_name_nobody_are_told_with_their_line(office: Srctl) -> None:
    text = RULES.replace("[group]", "[nobody]").replace("[memo]", "[memoo]")
    (office.root / "templates/clearances.yaml").write_text(text, encoding="utf-8")
    said = office.refused(4, "adopt", "templates/clearances.yaml")
    assert "templates/clearances.yaml:3" in said
    assert "templates/clearances.yaml:6" in said
    nonsense = {
        "forms: [memo]": ("forms: [cover]", 3),  # a sheet, on which no paper is written
        "    within: 4": ("    within: -4", 4),
        "opinion, within: 1": ("opinion, within: -1", 6),
        "gives: opinion": ("gives: opinoin", 6),
        "    levels:": ("    instead: [{within: 0, when: {urgency: [urgent]}}]\n    levels:", 5),
    }
    for right, (wrong, line) in nonsense.items():
        (office.root / "templates/clearances.yaml").write_text(RULES.replace(right, wrong), encoding="utf-8")
        said = office.refused(4, "adopt", "templates/clearances.yaml")
        assert f"templates/clearances.yaml:{line}" in said, wrong
