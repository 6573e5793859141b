"""How far a paper has come is a fold over the log: it moves by what is allowed, and a number is never given twice."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.errors import NotFound, Refused, SrctlError
from srctl.model import number_series
from srctl.model.case import Case, Entry, Received
from srctl.model.labels import state_word
from srctl.papers import lifecycle
from srctl.papers.delivery import Receipt, delivered
from srctl.papers.lifecycle import Dispatch, Numbered, Reply
from srctl.papers.undelivered import CameBack, came_back
from srctl.workflow import case_validation
from srctl.workflow.actions import Act, entries_of
from srctl.workflow.paper_order import out_of_order
from srctl.workflow.paper_state import (
    ALLOWED,
    LIFECYCLE_ACTIONS,
    Paper,
    State,
    fitting,
    next_command,
    next_paper_id,
    papers_of,
    reached_others,
    the_paper,
)
from srctl.workflow.stages import is_met, open_promises

AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
EMPTY = Case(1, "2569-0042", "directive", "เรื่อง", Received(date(2026, 11, 18)),
             log=(Entry("a1", AT, "malee", "receive", to="coordinate"),))  # fmt: skip


def logged(case: Case, did: str, paper: str = "memo", **more: Any) -> Case:
    """Return the case with one more thing that happened."""
    entry = Entry(f"a{len(case.log) + 1}", AT, "malee", did, paper=paper, **more)  # type: ignore[arg-type]
    return case._replace(log=(*case.log, entry))


def after(*deeds: str, case: Case = EMPTY, paper: str = "memo") -> Case:
    for did in deeds:
        case = logged(case, did, paper)
    return case


def only(case: Case) -> Paper:
    [paper] = papers_of(case)
    return paper


WAY = ("memo", "submit", "sign", "number", "send", "reply")


@pytest.mark.parametrize(
    ("steps", "state"),
    list(enumerate(("draft", "submitted", "signed", "numbered", "sent", "answered"), 1)),
)
def test_each_deed_brings_the_paper_one_state_on(steps: int, state: str) -> None:
    case = after(*WAY[:steps])
    assert only(case).state == state
    assert not list(out_of_order(case))


def test_returned_drafts_are_counted_and_drafting_again_keeps_the_count() -> None:
    case = after("memo", "submit", "return", "memo", "submit", "sign", "return", "draft")
    assert (only(case).state, only(case).returned) == ("draft", 2)


def test_a_text_finished_in_word_is_the_latest_version_and_changes_no_state() -> None:
    case = logged(after("memo", "submit"), "finish", sha256="f00d", file="x-final.docx")
    assert (only(case).state, only(case).version.file) == ("submitted", "x-final.docx")
    assert only(logged(case, "return")).version.sha256 == "f00d"


def test_what_was_undone_never_happened_to_the_paper() -> None:
    case = after("memo", "submit")
    undone = case._replace(log=(*case.log, Entry("a9", AT, "malee", "undo", of="a3")))
    assert only(undone).state == "draft"


def test_a_paper_begins_with_its_draft_alone() -> None:
    assert papers_of(after("submit", "sign")) == ()
    assert papers_of(logged(EMPTY, "decide", "บันทึกที่ 5")) == ()  # the paper a decision stands on is no paper of ours


def test_papers_of_one_case_go_their_ways_apart() -> None:
    case = after("submit", case=after("draft", paper="support", case=after("memo")), paper="support")
    assert [(p.id, p.state) for p in papers_of(case)] == [("memo", "draft"), ("support", "submitted")]


def test_a_circular_is_answered_when_the_last_of_those_asked_has_answered() -> None:
    from srctl.model.case import Promise

    case = after("submit", "sign", "number", case=logged(EMPTY, "draft", "ask", among=("obec", "vec")), paper="ask")
    for whom in ("obec", "vec"):
        case = logged(case, "send", "ask", with_=whom, promise=Promise("them", "ตอบ"))
    assert not list(out_of_order(case))
    first = logged(case, "reply", "ask", with_="vec", keeps=("a7",))
    assert (only(first).state, only(first).waiting) == ("sent", ("a6",))
    assert only(logged(first, "reply", "ask", with_="obec", keeps=("a6",))).state == "answered"


def test_a_circular_goes_to_each_addressee_once() -> None:
    case = after("submit", "sign", "number", case=logged(EMPTY, "draft", "ask", among=("obec", "vec")), paper="ask")
    twice = logged(logged(case, "send", "ask", with_="obec"), "send", "ask", with_="obec")
    assert [entry.id for entry, _paper in out_of_order(twice)] == [twice.log[-1].id]


# -- what may be done ---------------------------------------------------------------------------------


@pytest.mark.parametrize("did", sorted(LIFECYCLE_ACTIONS))
def test_every_deed_is_allowed_somewhere_and_nowhere_unknown(did: str) -> None:
    assert ALLOWED[did]
    assert ALLOWED[did] <= set(get_args(State))


def test_once_numbered_a_paper_is_neither_drafted_nor_finished_nor_returned_again() -> None:
    for did in ("memo", "draft", "finish", "return", "sign", "submit"):
        for steps in (4, 5, 6):
            with pytest.raises(Refused):
                the_paper(after(*WAY[:steps]), "memo", did)


def test_what_is_numbered_is_refused_with_the_way_to_a_further_paper() -> None:
    with pytest.raises(Refused) as told:
        the_paper(after(*WAY[:4]), "memo", "draft")
    assert "srctl letter 2569-0042 memo" in told.value.hint


def test_the_only_paper_that_fits_need_not_be_named_and_several_are_listed() -> None:
    case = after("draft", paper="support", case=after("memo"))
    assert the_paper(logged(case, "submit"), "", "sign").id == "memo"
    with pytest.raises(NotFound) as told:
        the_paper(case, "", "submit")
    assert "memo" in told.value.hint
    assert "support" in told.value.hint
    assert [p.id for p in fitting(case, "submit")] == ["memo", "support"]


def test_a_paper_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NotFound) as told:
        the_paper(after("memo"), "mem", "submit")
    assert told.value.hint == "memo  ร่าง"
    with pytest.raises(NotFound, match="2569-0042"):
        the_paper(EMPTY, "", "submit")


def test_a_refusal_names_the_command_that_comes_next() -> None:
    with pytest.raises(Refused) as told:
        the_paper(after("memo"), "", "sign")
    assert told.value.hint == "srctl submit 2569-0042 memo"
    assert next_command("2569-0042", only(after(*WAY))) == ""


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_state_has_a_word_of_its_own(language: str) -> None:
    i18n.use(language)
    words = [state_word(state) for state in get_args(State)]
    assert len(set(words)) == len(words)


def test_the_id_of_a_paper_is_never_given_again() -> None:
    case = after("memo")
    undone = case._replace(log=(*case.log, Entry("a9", AT, "malee", "undo", of="a2")))
    assert next_paper_id(undone, "memo") == "memo-2"
    assert next_paper_id(undone, "memo", {"memo-2"}) == "memo-3"
    assert next_paper_id(undone, "support") == "support"


# -- what sending means to the case -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "counts"), [({"with_": "obec"}, True), ({"with_": "complainant"}, True), ({"among": ("obec", "vec")}, True),
                       ({"with_": "minister"}, False), ({}, False)]
)  # fmt: skip
def test_a_paper_sent_to_others_is_a_contact_one_to_the_minister_is_not(to: dict[str, Any], counts: bool) -> None:
    case = after("submit", "sign", "number", case=logged(EMPTY, "draft", "ask", **to), paper="ask")
    assert not is_met(case, "contact")
    sent = logged(case, "send", "ask")
    assert (is_met(sent, "contact"), reached_others(sent)) == (counts, counts)


# -- a long walk --------------------------------------------------------------------------------------

DAY = date(2026, 11, 20)


def carried_out(case: Case, act: Act) -> Case:
    """Return the case with the entries of ``act``, read as a file would give them."""
    now = AT + timedelta(minutes=len(case.log))
    return case._replace(log=(*case.log, *entries_of(case, act, "malee", now)))


def done(case: Case, did: str, paper_id: str) -> Case:
    """Do the deed as the commands do it; the case as it was when it is refused."""
    if did in ("draft", "memo"):
        known = [p.id for p in papers_of(case)]
        if paper_id in known:
            the_paper(case, paper_id, did)
        return carried_out(case, Act("draft", "", entry=partial(Entry, paper=paper_id, with_="obec")))
    if did == "undo":
        last = case.happened()[-1]
        return carried_out(case, Act("undo", "", entry=partial(Entry, of=last.id))) if last.did != "receive" else case
    paper = the_paper(case, paper_id, did)
    if did == "number":
        n = number_series.next_n(number_series.taken([case]), "ordinary", 2569)
        given_number = Numbered("ordinary", n, f"ศธ 0100/{n}", DAY, case.subject, "เลขาธิการ")
        return carried_out(case, lifecycle.record_number(case, paper, given_number))
    planned = {
        "submit": lambda: lifecycle.submit(case, paper),
        "return": lambda: lifecycle.return_paper(case, paper, "แก้"),
        "sign": lambda: lifecycle.sign(case, paper, "head", "wet"),
        "finish": lambda: lifecycle.record_finished(
            case, paper, lifecycle.Kept(f"f{len(case.log)}.docx", f"{len(case.log)}")
        ),
        "send": lambda: lifecycle.send(case, paper, Dispatch("letter", DAY + timedelta(3)), series="ordinary"),
        "reply": lambda: lifecycle.record_reply(case, paper, Reply(with_="obec")),
        "undelivered": lambda: came_back(case, paper, CameBack("ย้าย", DAY), ()),
        "delivered": lambda: delivered(case, None, paper, Receipt("ก", DAY)),
        "cancel": lambda: lifecycle.cancel(case, paper, "ไม่ใช้แล้ว"),
    }
    return carried_out(case, planned[did]())


DEED = st.tuples(
    st.sampled_from([*sorted(LIFECYCLE_ACTIONS - {"pass"}), "undo"]), st.sampled_from(["memo", "ask", "ask-2"])
)
FORWARD = st.just([(d, "memo") for d in ("memo", "submit", "sign", "number", "send")])


@settings(max_examples=150)
@given(st.lists(st.one_of(DEED.map(lambda one: [one]), FORWARD), max_size=25))
def test_however_papers_are_carried_the_log_stays_lawful_and_numbers_gapless(walk: list[list[tuple[str, str]]]) -> None:
    case = EMPTY
    for did, paper_id in (deed for part in walk for deed in part):
        before = case
        try:
            case = done(case, did, paper_id)
        except SrctlError:
            assert case is before
            continue
        assert not list(out_of_order(case))
        frozen = {p.id: p.numbered for p in papers_of(before) if p.numbered}
        for paper in papers_of(case):
            if did != "undo" and paper.id in frozen:
                assert paper.numbered == frozen[paper.id]
    given_numbers = number_series.taken([case])
    numbers = Counter(t.entry.n for t in given_numbers)
    assert sorted(numbers.elements()) == list(range(1, len(given_numbers) + 1))
    alive = {p.numbered.id for p in papers_of(case) if p.numbered and p.state != "cancelled"}
    assert {t.entry.id for t in given_numbers if not t.void} == alive
    waiting = {entry_id for p in papers_of(case) for entry_id in p.waiting}
    assert waiting == {o.entry.id for o in open_promises(case)}


@given(st.lists(DEED.filter(lambda one: one[0] != "undo"), max_size=12))
def test_a_log_written_by_any_hand_is_read_and_what_is_out_of_order_is_told(deeds: list[tuple[str, str]]) -> None:
    case = EMPTY
    for did, paper in deeds:
        case = logged(case, did, paper)
    wrong = {entry.id for entry, _paper in out_of_order(case)}
    told = list(case_validation.papers_go_their_way(case, None))  # type: ignore[arg-type]
    assert {case.log[f.where[1]].id for f in told if f.code in ("paper-order", "unknown-paper")} == wrong  # type: ignore[index]
    state: dict[str, str] = {}
    for entry in case.log[1:]:
        known = state.get(entry.paper)
        lawful = entry.did in ("memo", "draft") if known is None else known in ALLOWED[entry.did]
        assert lawful == (entry.id not in wrong)
        state = {p.id: p.state for p in papers_of(case._replace(log=case.log[: case.log.index(entry) + 1]))}
