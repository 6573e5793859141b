"""Stages and gates: where a case stands, what is missing, and how it goes on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text, decode
from srctl.core.errors import Refused
from srctl.model.case import Analysis, Case, Complainant, Did, Entry, Link, Order, Plan, Promise, Received, Report, Step
from srctl.model.definitions import CLOSED, Field, Kind, Stage
from srctl.store.yaml.reader import read_file
from srctl.workflow.stages import (
    StageMove,
    following,
    is_closed,
    is_met,
    known_needs,
    label,
    missing_for,
    onward,
    open_promises,
    overrides,
    promised_before,
    reach,
    stage_entered,
    stage_of,
    steps_settled,
    supply,
    work_done,
)
from tests.conftest import PROJECT

START = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
NAMES = ("receive", "analyse", "plan", "coordinate", "report")


def kind_of(*stages: Stage, fields: tuple[Field, ...] = ()) -> Kind:
    """Return a kind of those stages."""
    return Kind(1, Text("ก", "A"), "any", Text("", ""), "", stages, fields=fields, id="sample")


def stage(name: str, *needs: str) -> Stage:
    return Stage(name, Text(f"ขั้น {name}", f"Stage {name}"), needs)


PLAIN = kind_of(*(stage(name) for name in NAMES))
GATED = kind_of(
    stage("receive", "owner"),
    stage("analyse", "analysis.opinion"),
    stage("plan", "plan.steps"),
    stage("coordinate", "contact"),
    stage("report", "report.result"),
)


def entry(number: int, did: Did = "note", to: str = "", **more: Any) -> Entry:
    """Return entry ``a<number>``, written ``number`` hours after the start."""
    return Entry(f"a{number}", START + timedelta(hours=number), "malee", did, to=to, **more)


def case_with(*log: Entry, **more: Any) -> Case:
    return Case(1, "2569-0042", "sample", "เรื่อง", Received(START.date()), log=log, **more)


def walked(*stages: str) -> Case:
    """Return a case that came through those stages, one entry each."""
    return case_with(*(entry(i, "note", to) for i, to in enumerate(stages, 1)))


# -- where a case stands ----------------------------------------------------------------------


def test_a_case_just_received_is_in_receive() -> None:
    assert stage_of(case_with()) == "receive"
    assert stage_of(case_with(entry(1, "receive"))) == "receive"


def test_the_stage_is_where_the_last_moving_entry_brought_it() -> None:
    case = case_with(entry(1, "receive", "receive"), entry(2, "plan", "coordinate"), entry(3))
    assert stage_of(case) == "coordinate"
    assert not is_closed(case)


def test_closing_closes_and_reopening_opens_again() -> None:
    closed = walked("receive", "report", CLOSED)
    assert is_closed(closed)
    reopened = closed._replace(log=(*closed.log, entry(4, "reopen", "coordinate", why="คืนเรื่อง")))
    assert stage_of(reopened) == "coordinate"


def test_an_undone_entry_moved_nothing_and_the_undoing_is_no_event() -> None:
    case = case_with(entry(1, "receive", "receive"), entry(2, "close", CLOSED), entry(3, "undo", of="a2"))
    assert stage_of(case) == "receive"
    assert [e.id for e in case.happened()] == ["a1"]
    assert case.entry("a2") is case.log[1]
    assert case.entry("a9") is None


def test_the_day_of_an_entry_is_the_one_given_or_that_of_its_moment_in_bangkok() -> None:
    assert entry(1).day() == date(2026, 11, 20)
    assert entry(1, on=date(2026, 11, 18)).day() == date(2026, 11, 18)
    late_in_london = datetime.fromisoformat("2026-11-20T20:00:00+00:00")
    assert entry(1)._replace(at=late_in_london).day() == date(2026, 11, 21)


# -- coming into a stage and leaving it -------------------------------------------------------


def test_a_stage_is_entered_by_the_last_entry_that_came_into_it() -> None:
    case = walked("receive", "analyse", "plan", "analyse")
    found = stage_entered(case, "analyse")
    assert found is not None
    assert found.id == "a4"
    assert stage_entered(case, "report") is None


@pytest.mark.parametrize(
    ("stages", "left_by"),
    [
        ((), None),
        (("receive", "analyse"), None),
        (("receive", "analyse", "plan"), "a3"),
        (("receive", "coordinate", "report"), "a2"),
        (("receive", "analyse", "report", CLOSED), "a3"),
        (("receive", "plan", CLOSED, "report"), "a2"),
        (("receive", "", "plan", ""), "a3"),
        (("receive", "plan", "analyse"), "a2"),
        (("receive", "plan", "receive", "report"), "a2"),
    ],
)
def test_the_work_of_a_stage_is_done_when_the_case_first_goes_beyond_it_and_stays_done(
    stages: tuple[str, ...], left_by: str | None
) -> None:
    found = work_done(walked(*stages), PLAIN, "analyse")
    assert (found.id if found else None) == left_by


def test_a_stage_the_kind_does_not_have_is_left_only_by_closing() -> None:
    assert work_done(walked("receive", "report"), PLAIN, "screen") is None
    found = work_done(walked("receive", "report", CLOSED), PLAIN, "screen")
    assert found is not None
    assert found.id == "a3"


# -- what the log settles ---------------------------------------------------------------------

GIVEN = Promise("them", "ส่งรายงาน", date(2026, 11, 25))


def test_a_promise_is_open_until_kept_or_waived() -> None:
    made = (entry(1, "contact", promise=GIVEN), entry(2, "contact", promise=GIVEN))
    assert [o.entry.id for o in open_promises(case_with(*made))] == ["a1", "a2"]
    kept = case_with(*made, entry(3, "promise", keeps=("a1",)))
    assert [o.entry.id for o in open_promises(kept)] == ["a2"]
    waived = case_with(*made, entry(3, "promise", waives=("a2", "a1")))
    assert open_promises(waived) == ()


def test_a_promise_whose_keeping_was_undone_is_open_again() -> None:
    case = case_with(
        entry(1, "contact", promise=GIVEN),
        entry(2, "promise", keeps=("a1",)),
        entry(3, "undo", of="a2"),
    )
    assert [o.promise for o in open_promises(case)] == [GIVEN]


def test_a_promise_that_was_undone_is_no_promise() -> None:
    assert open_promises(case_with(entry(1, "contact", promise=GIVEN), entry(2, "undo", of="a1"))) == ()


def test_steps_are_settled_by_step_entries_alone() -> None:
    case = case_with(entry(1, "step", step="s1"), entry(2, "note", step="s2"), entry(3, "step"))
    assert {key: e.id for key, e in steps_settled(case).items()} == {"s1": "a1"}


def test_overrides_are_counted_unless_undone() -> None:
    case = case_with(entry(1, "plan", "plan", override="ด่วน", missing=("owner",)), entry(2))
    assert [e.id for e in overrides(case)] == ["a1"]
    assert overrides(case._replace(log=(*case.log, entry(3, "undo", of="a1")))) == ()


# -- needs ------------------------------------------------------------------------------------

MET: dict[str, tuple[Case, Case]] = {
    "contact": (case_with(entry(1)), case_with(entry(1, "contact"))),
    "decision": (case_with(entry(1)), case_with(entry(1, "decide"))),
    "memo": (case_with(entry(1)), case_with(entry(1, "memo"))),
    "steps-done": (
        case_with(entry(1, "step", step="s1"), plan=Plan("", (Step("s1", "ก"), Step("s2", "ข")))),
        case_with(
            entry(1, "step", step="s1"),
            entry(2, "step", step="s2", dropped=True),
            plan=Plan("", (Step("s1", "ก"), Step("s2", "ข"))),
        ),
    ),
    "promises-settled": (
        case_with(entry(1, "contact", promise=GIVEN)),
        case_with(entry(1, "contact", promise=GIVEN), entry(2, "contact", keeps=("a1",))),
    ),
    "complainant": (
        case_with(complainant=Complainant(phone="08 0000 0199")),
        case_with(complainant=Complainant(name="นางสาวสมมติ ตัวอย่าง")),
    ),
    "owner": (case_with(), case_with(owner="malee")),
    "analysis.issues": (case_with(), case_with(analysis=Analysis(issues=("ก",)))),
    "received.from": (
        case_with(),
        case_with()._replace(received=Received(START.date(), from_="ก")),
    ),
    "fields.dress": (case_with(fields={"dress": ""}), case_with(fields={"dress": "ชุดปกติขาว"})),
    "order.due": (case_with(), case_with(order=Order(due=date(2026, 11, 27)))),
}


@pytest.mark.parametrize("need", MET)
def test_a_need_is_met_by_what_it_names_and_by_nothing_less(need: str) -> None:
    without, with_it = MET[need]
    assert not is_met(without, need)
    assert is_met(with_it, need)


def test_every_named_fact_is_tried_here() -> None:
    facts = {need for need in known_needs() if case_with().field(need) is None and "." not in need}
    assert "decision" in facts
    assert facts <= set(MET)


def test_a_complainant_is_known_also_when_they_want_no_name_given() -> None:
    assert is_met(case_with(complainant=Complainant(anonymous=True)), "complainant")
    assert not is_met(case_with(), "complainant")


def test_a_plan_without_steps_has_every_step_done() -> None:
    assert is_met(case_with(), "steps-done")


@pytest.mark.parametrize("need", ["happened", "plan.count", "subject.upper", "analysis.opinon", "x.y", ""])
def test_a_need_that_is_no_field_is_never_met_by_accident(need: str) -> None:
    assert not is_met(case_with(), need)


def test_an_undone_deed_meets_no_need() -> None:
    assert not is_met(case_with(entry(1, "memo"), entry(2, "undo", of="a1")), "memo")


# -- every shipped kind -----------------------------------------------------------------------

KINDS: dict[str, Kind] = {}
for _path in sorted((PROJECT / "templates/kinds").glob("*.yaml")):
    _kind = decode(Kind, read_file(_path).data)
    assert _kind is not None
    KINDS[_path.stem] = _kind._replace(id=_path.stem)
NEEDS = sorted({(need, k) for k, v in KINDS.items() for s in v.stages for need in s.needs})


@pytest.mark.parametrize(("need", "name"), NEEDS)
def test_every_need_of_every_kind_has_words_in_both_languages(need: str, name: str) -> None:
    for language in i18n.LANGUAGES:
        i18n.use(language)
        words = label(need, KINDS[name], language)
        assert words
        assert words != need
        if need.startswith("fields."):
            assert words != need.removeprefix("fields.")


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command of the real command line that ``words`` call, and the words left over."""
    from srctl.cli.app import declared
    from srctl.cli.typer_bridge import made

    here: Any = made(declared())
    while words and hasattr(here, "commands"):
        here, words = here.commands[words[0]], words[1:]
    return here, words


@pytest.mark.parametrize("need", sorted({need for need, _kind in NEEDS} | known_needs()))
def test_every_need_has_a_command_that_exists_with_those_options(need: str) -> None:
    import shlex

    words = shlex.split(supply(need, "2569-0042"))
    assert words[0] == "srctl"
    command, rest = command_of(words[1:])
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert [w for w in rest if w.startswith("-") and w not in options] == []
    assert "2569-0042" in rest


@pytest.mark.parametrize("need", sorted({need for need, _kind in NEEDS} - known_needs()))
def test_a_need_without_a_command_of_its_own_can_be_set(need: str) -> None:
    from srctl.workflow.actions import change

    for name, kind in KINDS.items():
        if (need, name) in NEEDS:
            _srctl, _set, _id, pair = supply(need, "2569-0042").split(maxsplit=3)
            act = change(case_with(), kind, {pair.partition("=")[0]: "ก"})
            assert [".".join(map(str, e.where)) for e in act.edits] == [need]


def test_words_of_a_field_nobody_defined_are_its_name() -> None:
    assert label("fields.dress") == "dress"
    assert label("fields.dress", PLAIN) == "dress"
    assert label("no-such-need") == "no-such-need"


# -- missing ----------------------------------------------------------------------------------


def test_what_is_missing_comes_in_the_order_of_the_gate_with_its_command() -> None:
    field = Field("dress", Text("การแต่งกาย", "Dress"))
    kind = kind_of(stage("receive", "fields.dress", "owner", "subject"), fields=(field,))
    found = missing_for(case_with(), kind, "receive", "en")
    assert [(m.need, m.command) for m in found] == [
        ("fields.dress", 'srctl set 2569-0042 dress="…"'),
        ("owner", "srctl assign 2569-0042 ผู้ประสาน"),
    ]
    assert found[0].label == "Dress"


def test_nothing_is_missing_in_a_stage_the_kind_does_not_have() -> None:
    assert missing_for(case_with(), GATED, "screen") == ()
    assert missing_for(case_with(), GATED, CLOSED) == ()


# -- reaching a stage -------------------------------------------------------------------------


def test_a_gate_that_is_met_lets_through() -> None:
    assert reach(case_with(owner="malee"), GATED, "analyse") == StageMove("analyse")


def test_a_gate_that_is_not_met_refuses_with_what_is_missing_and_the_command() -> None:
    with pytest.raises(Refused) as refused:
        reach(case_with(), GATED, "analyse")
    assert "srctl assign 2569-0042 ผู้ประสาน" in refused.value.hint.splitlines()
    assert "--override" in refused.value.hint
    assert "ขั้น analyse" in refused.value.message
    assert "\n" not in refused.value.message


def test_skipping_stages_needs_every_gate_on_the_way() -> None:
    case = case_with(owner="malee")
    with pytest.raises(Refused) as refused:
        reach(case, GATED, "coordinate")
    assert [line.split()[1] for line in refused.value.hint.splitlines()[:-1]] == ["analyse", "plan"]
    ready = case._replace(analysis=Analysis(opinion="ก"), plan=Plan("", (Step("s1", "ก"),)))
    assert reach(ready, GATED, "coordinate") == StageMove("coordinate")


def test_an_override_passes_every_gate_and_says_which_needs_it_passed() -> None:
    move = reach(case_with(), GATED, CLOSED, "รัฐมนตรีสั่งยุติเรื่อง")
    assert move == StageMove(CLOSED, ("owner", "analysis.opinion", "plan.steps", "contact", "report.result"))


def test_an_override_that_was_not_needed_passes_nothing() -> None:
    assert reach(case_with(owner="malee"), GATED, "analyse", "เผื่อไว้") == StageMove("analyse", ())


@pytest.mark.parametrize("wanted", ["receive", "analyse", "plan", "screen"])
def test_what_is_reached_already_or_not_in_the_kind_moves_nothing(wanted: str) -> None:
    assert reach(walked("receive", "plan"), GATED, wanted) == StageMove()


def test_a_closed_case_goes_nowhere_until_it_is_reopened() -> None:
    closed = walked("receive", CLOSED)
    for wanted in ("report", CLOSED):
        with pytest.raises(Refused) as refused:
            reach(closed, PLAIN, wanted, "เหตุผล")
        assert refused.value.hint.startswith("srctl reopen 2569-0042")


def test_the_refusal_speaks_the_language_in_use() -> None:
    field = Field("dress", Text("การแต่งกาย", "Dress"))
    kind = kind_of(stage("receive", "fields.dress"), stage("report"), fields=(field,))
    for language, words in (("th", "การแต่งกาย"), ("en", "Dress")):
        i18n.use(language)
        with pytest.raises(Refused, match=words):
            reach(case_with(), kind, "report")


# -- kinds that skip or rename stages ---------------------------------------------------------

SHORT = kind_of(stage("receive", "owner"), stage("coordinate"), stage("answer", "report.result"))


def test_a_kind_may_skip_and_rename_stages() -> None:
    case = case_with(owner="malee")
    assert SHORT.stage_names() == ("receive", "coordinate", "answer", CLOSED)
    assert reach(case, SHORT, "plan") == StageMove()
    assert onward(case, SHORT) == StageMove("coordinate")
    assert reach(case, SHORT, "answer") == StageMove("answer")


def test_a_case_in_a_stage_its_kind_lost_is_not_shut_in() -> None:
    lost = walked("receive", "screen")
    assert onward(lost, SHORT) == StageMove()
    with pytest.raises(Refused, match="2569-0042"):
        reach(lost, SHORT, CLOSED)
    assert reach(lost, SHORT, CLOSED, "ยุบขั้นแล้ว") == StageMove(CLOSED, ("owner", "report.result"))
    ready = lost._replace(owner="malee", report=Report("เสร็จ"))
    assert reach(ready, SHORT, CLOSED) == StageMove(CLOSED)


# -- going on by itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "after"),
    [("receive", "analyse"), ("coordinate", "report"), ("report", CLOSED), ("screen", CLOSED)],
)
def test_after_each_stage_comes_the_next_and_after_the_last_the_end(now: str, after: str) -> None:
    assert following(PLAIN, now) == after
    assert following(PLAIN, CLOSED) == CLOSED


def test_a_case_goes_on_by_one_stage_when_its_gate_is_met_else_stays() -> None:
    assert onward(case_with(owner="malee"), GATED) == StageMove("analyse")
    assert onward(case_with(), GATED) == StageMove()


SOME_STAGE = st.sampled_from([*NAMES, CLOSED, "screen", ""])


@given(st.lists(SOME_STAGE, max_size=6), st.sampled_from([*KINDS.values(), PLAIN, GATED, SHORT]))
def test_a_case_never_closes_by_itself(stages: list[str], kind: Kind) -> None:
    case = walked(*stages)._replace(owner="malee", report=Report("เสร็จ"))
    move = onward(case, kind)
    assert move.to != CLOSED
    assert move.to in ("", following(kind, stage_of(case)))


@given(st.lists(SOME_STAGE, max_size=6), st.sampled_from([*KINDS.values(), SHORT]), SOME_STAGE)
def test_an_override_always_gets_an_open_case_where_it_is_wanted(stages: list[str], kind: Kind, wanted: str) -> None:
    case = walked(*stages)
    if is_closed(case):
        return
    move = reach(case, kind, wanted, "เหตุผล")
    names = kind.stage_names()
    if wanted == CLOSED:
        assert move.to == CLOSED
    if move.to:
        now = stage_of(case)
        assert now not in names or names.index(move.to) > names.index(now)


# -- fields by path ---------------------------------------------------------------------------


def test_a_value_is_found_by_its_path_in_the_file() -> None:
    case = case_with(order=Order(by="รมว.ศธ."), fields={"dress": "ขาว"}, links=(Link("2568-0311"),))
    assert case.field("order.by") == "รมว.ศธ."
    assert case.field("fields.dress") == "ขาว"
    assert case.field("received.on") == START.date()
    assert case.field("received.from") == ""
    assert case.field("complainant.name") is None
    assert case.field("fields.none.deeper") is None
    assert case.field("links") == case.links


def test_a_chain_of_promises_is_followed_to_its_first_whatever_a_hand_wrote_into_it() -> None:
    first = entry(1, "contact", promise=GIVEN, breaks=("a3", "a9"))
    second = entry(2, "promise", promise=GIVEN, breaks=("a1",))
    third = entry(3, "promise", promise=GIVEN, breaks=("a2", "a2"))
    case = case_with(first, second, third)
    assert [e.id for e in promised_before(case, "a3")] == ["a1", "a2", "a3"]  # a circle ends where it began
    assert [e.id for e in promised_before(case_with(first, second), "a2")] == ["a1"]
    assert promised_before(case, "a9") == ()
