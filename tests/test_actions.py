"""What each command does to a case: its edits, its log entry, its refusals, and the commit's sentence."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text, decode, plain
from srctl.core.errors import NotFound, Refused, SrctlError, UsageError
from srctl.core.named_days import NamedDay
from srctl.core.patches import Edit, Value
from srctl.core.workdays import Calendar
from srctl.deadlines import adjustments, postponement
from srctl.deadlines.adjustments import Longer
from srctl.deadlines.postponement import NewTime
from srctl.deadlines.rules import Deadline
from srctl.model.case import (
    Analysis,
    Case,
    Complainant,
    Did,
    Entry,
    Link,
    Order,
    Plan,
    Promise,
    Received,
    Report,
    Side,
    Step,
)
from srctl.model.definitions import CLOSED, Checklist, EventFields, Extension, Field, Item, Kind, Stage
from srctl.store.yaml.patch import patched
from srctl.store.yaml.writer import as_read
from srctl.workflow import actions, attention, reopening
from srctl.workflow.actions import Act, Said
from srctl.workflow.invitees import Invitee, attend
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS
from srctl.workflow.planned_steps import PlannedStep, checklist_steps
from srctl.workflow.stages import StageMove

NOW = datetime(2026, 11, 20, 17, 50, tzinfo=BANGKOK)
DUE = date(2026, 11, 25)
KIND = Kind(
    1, Text("เรียนเชิญ", "Invitation"), "any", Text("", ""), "",
    tuple(Stage(n, Text(n, n)) for n in ("receive", "analyse", "plan", "coordinate", "report")),
    fields=(Field("dress", Text("การแต่งกาย", "Dress")), Field("held", Text("วันงาน", "Day"), "date")),
    id="invitation",
)  # fmt: skip


def entry(number: int, did: Did = "note", to: str = "", **more: Any) -> Entry:
    return Entry(f"a{number}", NOW, "malee", did, to=to, **more)


OPEN = Case(
    1, "2569-0042", "invitation", "เรียนเชิญ", Received(NOW.date()), Order("รมว.", "ไป", DUE),
    analysis=Analysis(issues=("ก",), earlier=("2567-0001",)),
    plan=Plan("ผล", (Step("s1", "โทร"), Step("s2", "ส่ง"))),
    links=(Link("2567-0001", "earlier"),),
    log=(
        entry(1, "receive", "receive"),
        entry(2, "contact", promise=Promise("them", "ส่งกำหนดการ", DUE)),
        entry(3, "contact", "coordinate", promise=Promise("us", "ส่งรายชื่อ")),
        entry(4, "step", step="s1"),
    ),
)  # fmt: skip
SHUT = OPEN._replace(log=(*OPEN.log, entry(5, "close", CLOSED)))


def logged(case: Case, act: Act, move: StageMove) -> list[Edit]:
    """Return the entry of the act as the writer writes it."""
    return actions.appended(act, actions.arrived(actions.entries_of(case, act, "malee", NOW), act, move))


def done(case: Case, act: Act, to: str = "") -> Case:
    """Return the case as it is read after the act, its entry written like the writer does."""
    data = patched(as_read(plain(case)), [*act.edits, *logged(case, act, StageMove(to))])
    after = decode(Case, data)
    assert after is not None
    return after


def last(case: Case, act: Act) -> Entry:
    return done(case, act).log[-1]


def test_a_case_written_out_and_read_again_is_the_same_case() -> None:
    for case in (OPEN, SHUT, OPEN._replace(complainant=Complainant("ก", anonymous=True))):
        assert decode(Case, as_read(plain(case))) == case


# -- analyse ----------------------------------------------------------------------------------


def test_an_analysis_adds_to_lists_once_and_sets_texts() -> None:
    act = actions.analyse(OPEN, {"issues": ["ก", "ข"], "opinion": "เห็นชอบ"})
    after = done(OPEN, act)
    assert after.analysis.issues == ("ก", "ข")
    assert after.analysis.opinion == "เห็นชอบ"
    assert after.analysis.earlier == ("2567-0001",)
    assert (act.did, act.wanted) == ("analyse", "analyse")


def test_an_analysis_may_replace_a_list() -> None:
    assert done(OPEN, actions.analyse(OPEN, {"issues": ["ข"]}, replace=True)).analysis.issues == ("ข",)


def test_an_analysis_with_nothing_only_goes_on_with_its_reason() -> None:
    act = actions.analyse(OPEN, {}, override="ด่วน")
    assert (act.edits, act.override) == ((), "ด่วน")


# -- plan -------------------------------------------------------------------------------------


def test_a_plan_numbers_its_steps_on_from_those_there_are() -> None:
    steps = [PlannedStep("ประชุม"), PlannedStep("โทร", "obec/somsak", "phone", DUE)]
    after = done(OPEN, actions.plan(OPEN, "สำเร็จ", steps))
    assert after.plan.result == "สำเร็จ"
    assert after.plan.steps[2:] == (
        Step("s3", "ประชุม"),
        Step("s4", "โทร", "obec/somsak", "phone", DUE),
    )


def test_a_plan_without_a_result_keeps_the_one_there_is() -> None:
    assert done(OPEN, actions.plan(OPEN, "", [PlannedStep("โทร")])).plan.result == "ผล"
    assert actions.plan(OPEN, "", [], override="ด่วน").edits == ()


def test_the_id_of_a_step_that_was_taken_out_is_not_given_again() -> None:
    shortened = OPEN._replace(plan=Plan(), log=(*OPEN.log, entry(5, "step", step="s7")))
    after = done(shortened, actions.plan(shortened, "", [PlannedStep("โทร")]))
    assert [step.id for step in after.plan.steps] == ["s8"]


def test_a_checklist_becomes_steps_dated_from_the_event_when_it_is_known() -> None:
    checklist = Checklist(
        1, Text("รายการ", "List"), "S3",
        (Item(Text("จองห้อง", "Book"), "phone", -3), Item(Text("ขอบคุณ", "Thank"), "letter")),
    )  # fmt: skip

    def after(day: date, days: int) -> NamedDay:
        return NamedDay(day + timedelta(days=days), "counted")

    assert checklist_steps(checklist, "th", DUE, after) == [
        PlannedStep("จองห้อง", "", "phone", date(2026, 11, 22), "counted"),
        PlannedStep("ขอบคุณ", "", "letter"),
    ]
    assert [s.due for s in checklist_steps(checklist, "th", None, after)] == [None, None]
    assert checklist_steps(checklist, "en", None, after)[0].do == "Book"


# -- contact and promises ---------------------------------------------------------------------


def test_a_contact_logs_with_whom_how_what_and_when() -> None:
    written = last(
        OPEN,
        actions.contact(
            OPEN, "obec/somsak", "line", said="ขอเลื่อน", agreed="เลื่อน", on=date(2026, 11, 19),
            promise=Said("us", "ส่งหนังสือ", DUE), keeps=["a3"],
        ),
    )  # fmt: skip
    assert (written.with_, written.by, written.said, written.agreed) == (
        "obec/somsak", "line", "ขอเลื่อน", "เลื่อน",
    )  # fmt: skip
    assert written.on == date(2026, 11, 19)
    assert written.promise == Promise("us", "ส่งหนังสือ", DUE)
    assert written.keeps == ("a3",)


@pytest.mark.parametrize(("side", "due", "told"), [("them", DUE, True), ("us", DUE, True), ("us", None, False)])
def test_the_sentence_of_a_contact_tells_channel_whom_and_until_when(side: Side, due: date | None, told: bool) -> None:
    i18n.use("en")
    act = actions.contact(OPEN, "obec", "phone", promise=Said(side, "x", due))
    assert act.sentence.startswith("phone call with obec")
    assert ("25 Nov 2026" in act.sentence) is told
    assert ("they" in act.sentence) is (side == "them")


def test_a_promise_is_kept_or_waived_with_a_reason() -> None:
    kept = last(OPEN, actions.settle(OPEN, "a2", on=DUE))
    assert (kept.keeps, kept.waives, kept.on) == (("a2",), (), DUE)
    waived = last(OPEN, actions.settle(OPEN, "a2", why="ได้แล้ว", waived=True))
    assert (waived.keeps, waived.waives, waived.why) == ((), ("a2",), "ได้แล้ว")


def test_a_promise_may_be_settled_after_the_case_was_closed() -> None:
    assert last(SHUT, actions.settle(SHUT, "a2")).keeps == ("a2",)


def test_the_only_open_promise_need_not_be_named() -> None:
    one = OPEN._replace(log=OPEN.log[:2])
    assert actions.the_promise(one, "") == "a2"
    assert actions.the_promise(one, "a9") == "a9"
    assert actions.the_promise(OPEN, "") == ""


# -- steps, decision, report, close -----------------------------------------------------------


def test_a_step_is_done_or_dropped_with_a_reason() -> None:
    finished = last(OPEN, actions.step_done(OPEN, "s2", text="เรียบร้อย", on=DUE))
    assert (finished.step, finished.text, finished.dropped, finished.on) == ("s2", "เรียบร้อย", False, DUE)
    assert last(OPEN, actions.step_done(OPEN, "s2", text="งดงาน", dropped=True)).dropped is True


def test_a_decision_tells_who_decided_what_on_which_paper() -> None:
    case = OPEN._replace(log=(*OPEN.log, OPEN.log[-1]._replace(id="a99", did="memo", paper="memo", promise=None)))
    written = last(case, actions.decide(case, "รมว.ศธ.", "เห็นชอบ", paper="memo", on=DUE))
    assert (written.by, written.decision, written.paper, written.on) == (
        "รมว.ศธ.", "เห็นชอบ", "memo", DUE,
    )  # fmt: skip


def test_a_report_sets_what_was_given_and_reaches_the_last_stage() -> None:
    act = actions.report(OPEN, "เสร็จ", "")
    assert act.wanted == "report"
    assert done(OPEN, act).report == Report("เสร็จ", "")
    assert done(OPEN, actions.report(OPEN, "", "โทรก่อน")).report == Report("", "โทรก่อน")


def test_closing_reaches_the_end_and_may_carry_a_remark() -> None:
    act = actions.close(OPEN, text="ขอบคุณ", override="สั่งยุติ")
    assert (act.wanted, act.override) == (CLOSED, "สั่งยุติ")
    assert last(OPEN, act).text == "ขอบคุณ"


# -- reopen and send back ---------------------------------------------------------------------


def test_reopening_goes_to_the_last_stage_or_the_one_named() -> None:
    act = reopening.reopen(SHUT, KIND, "ร้องซ้ำ")
    assert not act.onward
    assert (last(SHUT, act).to, last(SHUT, act).why) == ("report", "ร้องซ้ำ")
    assert last(SHUT, reopening.reopen(SHUT, KIND, "ร้องซ้ำ", "plan")).to == "plan"


def test_sending_back_goes_to_an_earlier_stage_with_the_reason() -> None:
    act = reopening.send_back(OPEN, KIND, "analyse", "ข้อมูลไม่ครบ")
    assert not act.onward
    assert (last(OPEN, act).to, last(OPEN, act).why) == ("analyse", "ข้อมูลไม่ครบ")


def test_a_case_in_a_stage_its_kind_lost_can_be_sent_to_any_it_has() -> None:
    lost = OPEN._replace(log=(*OPEN.log, entry(5, "plan", "screen")))
    assert last(lost, reopening.send_back(lost, KIND, "report", "ขั้นถูกยุบ")).to == "report"


# -- assign, note, link, set, memo ------------------------------------------------------------


def test_assigning_sets_who_is_given_and_logs_it() -> None:
    after = done(OPEN, actions.assign(OPEN, "malee", "prasit"))
    assert (after.owner, after.backup) == ("malee", "prasit")
    assert (after.log[-1].owner, after.log[-1].backup) == ("malee", "prasit")
    after = done(after, actions.assign(after, "", "kanda"))
    assert (after.owner, after.backup) == ("malee", "kanda")


def test_a_note_may_be_added_to_a_closed_case_and_moves_nothing() -> None:
    act = actions.note(SHUT, "ผู้ร้องโทรขอบคุณ")
    assert not act.onward
    assert last(SHUT, act).text == "ผู้ร้องโทรขอบคุณ"


def test_a_link_is_added_and_an_earlier_matter_enters_the_analysis_once() -> None:
    after = done(OPEN, actions.link(OPEN, "2568-0311", "earlier"))
    assert after.links[-1] == Link("2568-0311", "earlier")
    assert after.analysis.earlier == ("2567-0001", "2568-0311")
    assert after.log[-1].case == "2568-0311"
    related = done(after, actions.link(after, "2568-0311", "related"))
    assert related.analysis.earlier == ("2567-0001", "2568-0311")
    known = OPEN._replace(links=())
    assert done(known, actions.link(known, "2567-0001", "earlier")).analysis.earlier == ("2567-0001",)


def test_fields_are_set_by_their_path_or_by_the_name_the_kind_gave_them() -> None:
    values: dict[str, Value] = {"dress": "ชุดปกติขาว", "fields.held": "2026-12-01", "order.due": date(2026, 12, 1),
              "received.from": "สพฐ.", "complainant.anonymous": "true", "urgency": "urgent"}  # fmt: skip
    act = actions.change(OPEN, KIND, values)
    after = done(OPEN, act)
    assert after.fields == {"dress": "ชุดปกติขาว", "held": "2026-12-01"}
    assert (after.order.due, after.received.from_) == (date(2026, 12, 1), "สพฐ.")
    assert after.complainant == Complainant(anonymous=True)
    assert after.urgency == "urgent"
    assert act.sentence == "แก้ไขการแต่งกาย, วันงาน, กำหนดเสร็จตามคำสั่งการ, จาก (หน่วยงาน/บุคคล), ผู้ร้อง (anonymous), ชั้นความเร็ว"


def test_an_emptied_date_is_taken_out_and_one_that_is_not_there_changes_nothing() -> None:
    assert done(OPEN, actions.change(OPEN, KIND, {"order.due": None})).order == Order("รมว.", "ไป")
    assert actions.change(OPEN, KIND, {"received.dated": None}).edits == ()
    assert actions.change(OPEN, KIND, {"held": None}).edits == ()


def test_every_common_field_that_may_be_set_is_a_field_of_a_case() -> None:
    whole = OPEN._replace(complainant=Complainant())
    for name in actions.SETTABLE:
        parent, _dot, field = name.rpartition(".")
        holder = whole.field(parent) if parent else whole
        assert {field, f"{field}_"} & set(holder._fields), name  # type: ignore[attr-defined]


# -- refusals ---------------------------------------------------------------------------------

REFUSED: dict[str, tuple[type[SrctlError], Callable[[], object], str]] = {
    "analyse a closed case": (Refused, lambda: actions.analyse(SHUT, {}), "srctl reopen 2569-0042"),
    "plan a closed case": (Refused, lambda: actions.plan(SHUT, "", []), "srctl reopen"),
    "contact on a closed case": (Refused, lambda: actions.contact(SHUT, "obec", "phone"), "srctl reopen"),
    "step of a closed case": (Refused, lambda: actions.step_done(SHUT, "s2"), "srctl reopen"),
    "decide a closed case": (Refused, lambda: actions.decide(SHUT, "ก", "ข"), "srctl reopen"),
    "report a closed case": (Refused, lambda: actions.report(SHUT, "ก", ""), "srctl reopen"),
    "close a closed case": (Refused, lambda: actions.close(SHUT), "srctl reopen"),
    "send a closed case back": (Refused, lambda: reopening.send_back(SHUT, KIND, "plan", "ก"), "srctl reopen"),
    "reopen an open case": (Refused, lambda: reopening.reopen(OPEN, KIND, "ก"), "srctl next 2569-0042"),
    "reopen without a reason": (UsageError, lambda: reopening.reopen(SHUT, KIND, ""), "--why"),
    "reopen to nowhere": (NotFound, lambda: reopening.reopen(SHUT, KIND, "ก", "screen"), "coordinate"),
    "reopen to closed": (NotFound, lambda: reopening.reopen(SHUT, KIND, "ก", CLOSED), "coordinate"),
    "send on, not back": (Refused, lambda: reopening.send_back(OPEN, KIND, "report", "ก"), "receive, analyse"),
    "send to where it is": (Refused, lambda: reopening.send_back(OPEN, KIND, "coordinate", "ก"), "receive"),
    "send back from the first": (
        Refused, lambda: reopening.send_back(OPEN._replace(log=()), KIND, "receive", "ก"), "srctl next",
    ),
    "send back without a reason": (UsageError, lambda: reopening.send_back(OPEN, KIND, "plan", ""), "--why"),
    "a step nobody planned": (NotFound, lambda: actions.step_done(OPEN, "s9"), "srctl show 2569-0042"),
    "a step done twice": (Refused, lambda: actions.step_done(OPEN, "s1"), "srctl show 2569-0042"),
    "a step dropped without a reason": (
        UsageError, lambda: actions.step_done(OPEN, "s2", dropped=True), "srctl step drop 2569-0042 s2",
    ),
    "keep a promise nobody made": (NotFound, lambda: actions.settle(OPEN, "a1"), "a2  ส่งกำหนดการ"),
    "keep a promise without saying which": (NotFound, lambda: actions.settle(OPEN, ""), "a3  ส่งรายชื่อ"),
    "keep one of none": (NotFound, lambda: actions.settle(OPEN._replace(log=()), ""), " "),
    "waive without a reason": (UsageError, lambda: actions.settle(OPEN, "a2", waived=True), "--why"),
    "keep in a contact what nobody promised": (
        NotFound, lambda: actions.contact(OPEN, "obec", "phone", keeps=["a1"]), "a3  ส่งรายชื่อ",
    ),
    "a decision of nobody": (UsageError, lambda: actions.decide(OPEN, "", "ข"), "srctl decide 2569-0042"),
    "a decision of nothing": (UsageError, lambda: actions.decide(OPEN, "ก", ""), "--what"),
    "an empty note": (UsageError, lambda: actions.note(OPEN, ""), "srctl note 2569-0042"),
    "a link to itself": (UsageError, lambda: actions.link(OPEN, "2569-0042", "related"), "srctl link"),
    "a link twice": (Refused, lambda: actions.link(OPEN, "2567-0001", "earlier"), "srctl show"),
    "a field near to one": (NotFound, lambda: actions.change(OPEN, KIND, {"order.deu": "ก"}), "order.due"),
    "a field near to none": (NotFound, lambda: actions.change(OPEN, KIND, {"zzzzzz": "ก"}), "dress, held"),
    "the id": (NotFound, lambda: actions.change(OPEN, KIND, {"id": "2569-0001"}), ""),
    "the owner, who is assigned": (NotFound, lambda: actions.change(OPEN, KIND, {"owner": "x"}), ""),
    "the log": (NotFound, lambda: actions.change(OPEN, KIND, {"log": ""}), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_is_refused_with_what_to_type_next(name: str) -> None:
    error, act, hint = REFUSED[name]
    with pytest.raises(error) as refused:
        act()
    assert refused.value.hint
    assert hint.strip() in refused.value.hint
    assert "\n" not in refused.value.message


# -- what history may hold --------------------------------------------------------------------

SECRET = "นางสาวลับเฉพาะ"
EVERY_FREE_TEXT: dict[str, Act] = {
    "analyse": actions.analyse(
        OPEN, {**{k: [SECRET] for k in ("issues", "facts", "law")}, "opinion": SECRET, "proposal": SECRET,
               "power": SECRET}, override=SECRET,
    ),
    "plan": actions.plan(OPEN, SECRET, [PlannedStep(SECRET)], override=SECRET),
    "contact": actions.contact(
        OPEN, "obec", "phone", said=SECRET, agreed=SECRET, promise=Said("us", SECRET, DUE), override=SECRET,
    ),
    "step done": actions.step_done(OPEN, "s2", text=SECRET),
    "step dropped": actions.step_done(OPEN, "s2", text=SECRET, dropped=True),
    "promise kept": actions.settle(OPEN, "a2", why=SECRET),
    "promise waived": actions.settle(OPEN, "a2", why=SECRET, waived=True),
    "decide": actions.decide(OPEN, SECRET, SECRET),
    "report": actions.report(OPEN, SECRET, SECRET, override=SECRET),
    "close": actions.close(OPEN, text=SECRET, override=SECRET),
    "reopen": reopening.reopen(SHUT, KIND, SECRET),
    "send back": reopening.send_back(OPEN, KIND, "plan", SECRET),
    "note": actions.note(OPEN, SECRET),
    "promise broken": actions.promise_again(OPEN, "a2", DUE + timedelta(30), what=SECRET, why=SECRET),
    "pause": adjustments.pause(OPEN, SECRET, SECRET, (), NOW.date()),
    "resume": adjustments.resume(
        OPEN._replace(log=(*OPEN.log, Entry("a9", NOW, "malee", "pause"))), NOW.date(), why=SECRET),
    "extend": adjustments.extend(
        OPEN, (Deadline("case", "order.due", SECRET, DUE, DUE),), "order.due",
        Longer(DUE + timedelta(30), why=SECRET, override=SECRET), Extension(), Calendar({}, None)),
    "escalate": adjustments.escalate(OPEN, "head", SECRET, SECRET, ("head",)),
    "attend": attend(OPEN, [Invitee("", SECRET, "sent", SECRET)]),
    "postpone": postponement.postpone(
        OPEN._replace(fields={"held": "2026-12-17"}), KIND._replace(event=EventFields(day="held", place="dress")),
        NewTime(open=True, place=SECRET, why=SECRET), Calendar({}, None), (),
    ),
    "remind": attention.set_reminder(OPEN, DUE, SECRET),
    "set": actions.change(OPEN, KIND, {"subject": SECRET, "dress": SECRET, "complainant.name": SECRET}),
}  # fmt: skip


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", EVERY_FREE_TEXT)
def test_the_sentence_of_the_commit_never_carries_free_text(name: str, language: str) -> None:
    i18n.use(language)
    act = EVERY_FREE_TEXT[name]
    assert SECRET in str((act.edits, act.entry)), "the marker was planted"
    assert SECRET not in act.sentence
    assert act.sentence
    assert "\n" not in act.sentence


def test_every_act_there_is_was_tried_with_a_marker_or_takes_no_free_text() -> None:
    made = {act.did for act in EVERY_FREE_TEXT.values()}
    without_free_text = {
        "receive",
        "memo",
        "assign",
        "link",
        "edit",
        "adopt",
        "undo",
        "redo",
        "replan",
        "void",
        "merge",
        "move",
        "file",  # tests/test_filing.py
        "reminded",
        "watch",
        "unwatch",
    }
    of_papers = LIFECYCLE_ACTIONS  # tests/test_circulation.py tries these
    assert made | without_free_text | of_papers == set(Did.__args__)  # type: ignore[attr-defined]


# -- the entry as it is written ---------------------------------------------------------------


def test_an_entry_is_written_with_its_id_first_and_without_empty_values() -> None:
    act = Act("note", "note added", entry=partial(Entry, text="ก", on=None, keeps=(), dropped=False))
    [written] = logged(OPEN, act, StageMove())
    assert isinstance(written.value, dict)
    assert list(written.value.items()) == [
        ("id", "a5"), ("at", NOW), ("who", "malee"), ("did", "note"), ("text", "ก"),
    ]  # fmt: skip


def test_an_override_is_written_with_what_it_passed_and_only_then() -> None:
    act = actions.close(OPEN, override="สั่งยุติ")
    entries = actions.entries_of(OPEN, act, "malee", NOW)
    [written] = actions.arrived(entries, act, StageMove(CLOSED, ("memo",)))
    assert (written.to, written.override, written.missing) == (CLOSED, "สั่งยุติ", ("memo",))
    assert actions.arrived(entries, act, StageMove(CLOSED))[0].override == ""


def test_entry_ids_go_on_from_the_highest_and_are_never_given_again() -> None:
    undone = OPEN._replace(log=(*OPEN.log, entry(9), entry(10, "undo", of="a9")))
    assert actions.next_entry_id(undone) == "a11"
    strange = OPEN._replace(log=(entry(2), entry(0)._replace(id="merged-7"), entry(0)._replace(id="")))
    assert actions.next_entry_id(strange) == "a3"
    assert actions.next_entry_id(OPEN._replace(log=())) == "a1"


# -- edits as values --------------------------------------------------------------------------


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_typed_is_read_back_as_it_was_typed(said: str, agreed: str) -> None:
    written = last(OPEN, actions.contact(OPEN, "obec", "phone", said=said, agreed=agreed))
    assert (written.said, written.agreed) == (said, agreed)
