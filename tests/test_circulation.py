"""What each deed writes about a paper, and what it refuses: the acts alone, without a folder."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Serial
from srctl.core.errors import NotFound, Refused, UsageError
from srctl.model.case import Case, Entry, Promise, Received
from srctl.papers import lifecycle
from srctl.papers.delivery import Receipt, delivered
from srctl.papers.lifecycle import Dispatch, Kept, Numbered, Reply
from srctl.papers.undelivered import CameBack, came_back
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS, Paper, papers_of
from srctl.workflow.stages import open_promises

AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
DAY = date(2026, 11, 20)
NUMBER = Numbered("ordinary", Serial(12), "ศธ 0100/12", DAY, "ขอข้อมูล", "เลขาธิการ")
SECRET = "ข้อความของผู้ร้อง"


def case_of(*entries: dict[str, Any], closed: bool = False) -> Case:
    """Return a case whose log says this, after its receipt."""
    log = [Entry("a1", AT, "malee", "receive", to="coordinate")]
    log += [Entry(f"a{n}", AT, "malee", **entry) for n, entry in enumerate(entries, 2)]
    if closed:
        log.append(Entry("a99", AT, "malee", "close", to="closed"))
    return Case(1, "2569-0042", "directive", SECRET, Received(date(2026, 11, 18)), log=tuple(log))


def entry(did: str, paper: str = "ask", **more: Any) -> dict[str, Any]:
    return {"did": did, "paper": paper, **more}


DRAFTED = entry("draft", sha256="d1", with_="obec", signer="head")
SUBMITTED = (DRAFTED, entry("submit"))
SIGNED = (*SUBMITTED, entry("sign"))
NUMBERED = (*SIGNED, entry("number", number="ศธ 0100/12", n=12, dated=DAY))
SENT = (*NUMBERED, entry("send", with_="obec", promise=Promise("them", "ตอบ", DAY)))
MANY = tuple({**e, "among": ("obec", "vec")} if e is DRAFTED else e for e in NUMBERED)


def paper_in(case: Case, paper_id: str = "ask") -> Paper:
    return next(p for p in papers_of(case) if p.id == paper_id)


def sent(case: Case, **more: Any) -> Act:
    return lifecycle.send(case, paper_in(case), Dispatch("letter", **more), series="ordinary")


def test_submitting_keeps_which_text_went_up() -> None:
    case = case_of(DRAFTED)
    assert lifecycle.submit(case, paper_in(case)).entry.keywords["sha256"] == "d1"


def test_a_signature_says_who_how_and_when_and_keeps_its_scan() -> None:
    case = case_of(*SUBMITTED)
    act = lifecycle.sign(case, paper_in(case), "head", "wet", on=DAY, kept=Kept("x.pdf", "f00d", (("x.pdf", b"%PDF"),)))
    assert {k: act.entry.keywords[k] for k in ("by", "how", "on", "file", "sha256")} == {
        "by": "head", "how": "wet", "on": DAY, "file": "x.pdf", "sha256": "f00d"}  # fmt: skip
    assert act.files == (("x.pdf", b"%PDF"),)


def test_nothing_is_signed_or_returned_before_it_was_submitted_nor_signed_otherwise() -> None:
    case = case_of(*SUBMITTED)
    with pytest.raises(UsageError):
        lifecycle.sign(case, paper_in(case), "head", "wet", on=date(2026, 11, 19))
    with pytest.raises(UsageError):
        lifecycle.return_paper(case, paper_in(case), "แก้", on=date(2026, 11, 19))
    with pytest.raises(UsageError, match=r".") as told:
        lifecycle.sign(case, paper_in(case), "head", "by phone")
    assert "wet" in told.value.hint


@pytest.mark.parametrize("deed", ["return", "cancel"])
def test_a_paper_is_returned_or_cancelled_with_a_reason_only(deed: str) -> None:
    case = case_of(*SUBMITTED)
    do = lifecycle.return_paper if deed == "return" else lifecycle.cancel
    with pytest.raises(UsageError) as told:
        do(case, paper_in(case), "")
    assert f"srctl {deed} 2569-0042 ask --why" in told.value.hint
    assert do(case, paper_in(case), "ไม่ใช้").entry.keywords["why"] == "ไม่ใช้"


def test_a_number_freezes_subject_addressee_and_date() -> None:
    case = case_of(*SIGNED)
    written = lifecycle.record_number(case, paper_in(case), NUMBER).entry.keywords
    assert {k: written[k] for k in NUMBER._fields} == NUMBER._asdict()
    assert written["with_"] == "obec"


def test_a_date_before_the_last_number_needs_a_reason_that_stays_visible() -> None:
    case = case_of(*SIGNED)
    paper, early = paper_in(case), date(2026, 11, 18)
    with pytest.raises(Refused) as told:
        lifecycle.refuse_backdated(case, paper, early, DAY, "")
    assert "--why" in told.value.hint
    lifecycle.refuse_backdated(case, paper, early, DAY, "ลงเลขย้อนตามสมุด")
    lifecycle.refuse_backdated(case, paper, DAY, DAY, "")
    lifecycle.refuse_backdated(case, paper, early, None, "ลงเลขย้อนตามสมุด")


def test_a_date_before_the_signature_needs_a_reason_also_for_the_first_number_of_a_series() -> None:
    case = case_of(*SUBMITTED, entry("sign", on=date(2026, 11, 18)))
    lifecycle.refuse_backdated(case, paper_in(case), date(2026, 11, 18), None, "")
    with pytest.raises(Refused) as told:
        lifecycle.refuse_backdated(case, paper_in(case), date(2026, 11, 17), None, "")
    assert "--why" in told.value.hint


def test_a_paper_of_a_series_is_not_sent_without_its_number_one_of_none_is() -> None:
    case = case_of(*SIGNED)
    with pytest.raises(Refused) as told:
        sent(case)
    assert told.value.hint == "srctl number 2569-0042 ask"
    assert lifecycle.send(case, paper_in(case), Dispatch("visit"), series="").did == "send"


def test_sending_starts_the_wait_it_is_told_of_and_none_otherwise() -> None:
    case = case_of(*NUMBERED)
    promise = sent(case, until=date(2026, 11, 27)).entry.keywords["promise"]
    assert (promise.of, promise.due) == ("them", date(2026, 11, 27))
    assert "ศธ 0100/12" in promise.what
    assert sent(case).entry.keywords["promise"] is None


def test_a_circular_waits_for_each_of_its_addressees() -> None:
    case = case_of(*MANY)
    act = sent(case, until=DAY)
    assert [e.keywords["with_"] for e in (*act.before, act.entry)] == ["obec", "vec"]
    assert all(e.keywords["promise"] for e in (*act.before, act.entry))
    assert sent(case).before == ()


def test_no_reply_is_awaited_before_the_day_of_sending_and_nothing_sent_before_its_date() -> None:
    case = case_of(*NUMBERED)
    with pytest.raises(UsageError):
        sent(case, until=DAY, on=date(2026, 11, 21))
    with pytest.raises(UsageError):
        sent(case, on=date(2026, 11, 19))


def test_only_open_promises_are_kept_by_sending_or_receiving() -> None:
    with pytest.raises(NotFound):
        sent(case_of(*NUMBERED), keeps=("a1",))
    case = case_of(*SENT)
    with pytest.raises(NotFound):
        lifecycle.record_reply(case, paper_in(case), Reply("obec", keeps=("a3",)))


def test_a_reply_ends_the_wait_and_keeps_what_it_is_told_to() -> None:
    case = case_of(entry("contact", "", with_="obec", promise=Promise("them", "ส่งรายงาน")), *SENT)
    act = lifecycle.record_reply(case, paper_in(case), Reply("obec/somsak", "ศธ 04001/99", DAY, keeps=("a2",)))
    assert act.entry.keywords["keeps"] == ("a7", "a2")


def test_of_a_circular_a_reply_ends_the_wait_for_its_sender_alone() -> None:
    waits = [entry("send", with_=whom, promise=Promise("them", "ตอบ", DAY)) for whom in ("obec", "vec")]
    case = case_of(*MANY, *waits)
    assert lifecycle.record_reply(case, paper_in(case), Reply("vec/wandee")).entry.keywords["keeps"] == ("a7",)
    with pytest.raises(UsageError) as told:
        lifecycle.record_reply(case, paper_in(case), Reply("onec"))
    assert "obec, vec" in told.value.hint


def test_of_a_circular_a_further_letter_of_who_answered_is_a_reply_and_ends_no_other_wait() -> None:
    waits = [entry("send", with_=whom, promise=Promise("them", "ตอบ", DAY)) for whom in ("obec", "vec")]
    case = case_of(*MANY, *waits, entry("reply", with_="obec", keeps=("a6",)))
    act = lifecycle.record_reply(case, paper_in(case), Reply("obec/somsak"))
    assert (act.entry.keywords["paper"], act.entry.keywords["keeps"]) == ("ask", ())


def test_a_circular_nobody_is_waited_for_is_answered_by_its_addressees_alone() -> None:
    case = case_of(*MANY, entry("send"))
    assert lifecycle.record_reply(case, paper_in(case), Reply("vec")).entry.keywords["with_"] == "vec"
    for stranger in ("onec", ""):
        with pytest.raises(UsageError):
            lifecycle.record_reply(case, paper_in(case), Reply(stranger))


@pytest.mark.parametrize(("on", "dated"), [(19, 18), (20, 21), (21, 22)])
def test_a_reply_does_not_come_before_its_paper_was_sent_nor_before_its_own_date(on: int, dated: int) -> None:
    case = case_of(*SENT)
    wrong = Reply("obec", on=date(2026, 11, on), dated=date(2026, 11, dated))
    with pytest.raises(UsageError):
        lifecycle.record_reply(case, paper_in(case), wrong)
    with pytest.raises(UsageError):
        lifecycle.record_reply(case, paper_in(case), wrong._replace(on=None), today=date(2026, 11, on))


def test_thanks_are_owed_once_however_many_replies_one_letter_gets() -> None:
    first = entry("reply", with_="obec/somsak", promise=Promise("us", "ขอบคุณ", DAY))
    case = case_of(*SENT, first)
    assert lifecycle.record_reply(case, paper_in(case), Reply("obec"), thanks=True).entry.keywords["promise"] is None
    undone = case_of(*SENT, first, {"did": "undo", "of": "a7"})
    assert lifecycle.record_reply(undone, paper_in(undone), Reply("obec"), thanks=True).entry.keywords["promise"]


def test_thanks_are_owed_for_a_reply_and_paid_by_a_letter_to_the_same_house() -> None:
    case = case_of(*SENT)
    promise = lifecycle.record_reply(case, paper_in(case), Reply("obec"), thanks=True).entry.keywords["promise"]
    assert promise.of == "us"
    owed = case_of(
        *SENT,
        entry("reply", with_="obec/somsak", promise=Promise("us", "ขอบคุณ", DAY)),
        entry("draft", "thanks", with_="obec"), entry("draft", "other", with_="vec"),
    )  # fmt: skip
    assert lifecycle.thanked(owed, paper_in(owed, "thanks")) == ("a7",)
    assert lifecycle.thanked(owed, paper_in(owed, "other")) == ()


def test_a_closed_case_takes_a_reply_but_promises_nothing_and_sends_nothing() -> None:
    case = case_of(*SENT, closed=True)
    act = lifecycle.record_reply(case, paper_in(case), Reply("obec"), thanks=True)
    assert act.entry.keywords["promise"] is None
    with pytest.raises(Refused):
        lifecycle.cancel(case, paper_in(case), "ไม่ใช้")


def test_a_letter_without_a_paper_says_from_whom() -> None:
    case = case_of()
    assert lifecycle.record_reply(case, None, Reply("obec", "ศธ 1/2")).entry.keywords["with_"] == "obec"
    with pytest.raises(UsageError):
        lifecycle.record_reply(case, None, Reply())


def test_a_letter_answers_the_one_paper_sent_to_its_house() -> None:
    case = case_of(*SENT)
    assert lifecycle.answered_paper(case, papers_of(case), "obec/somsak") == paper_in(case)
    assert lifecycle.answered_paper(case, papers_of(case), "vec") is None
    two = (*papers_of(case), paper_in(case)._replace(id="ask-2"))
    with pytest.raises(NotFound):
        lifecycle.answered_paper(case, two, "obec")
    assert lifecycle.answered_paper(case, (two[0]._replace(waiting=()), two[1]), "obec") == two[1]


def test_cancelling_waives_the_reply_awaited() -> None:
    case = case_of(*SENT)
    assert lifecycle.cancel(case, paper_in(case), "ส่งผิดหน่วย").entry.keywords["waives"] == ("a6",)


def test_the_same_text_is_not_taken_twice() -> None:
    case = case_of(DRAFTED)
    with pytest.raises(Refused):
        lifecycle.record_finished(case, paper_in(case), Kept("x.docx", "d1"))
    assert lifecycle.record_finished(case, paper_in(case), Kept("x.docx", "d2")).entry.keywords["file"] == "x.docx"


# -- reminders -----------------------------------------------------------------------------------------


def reminded(*waits: str, to: str = "obec", before: tuple[dict[str, Any], ...] = SENT, **more: Any) -> Case:
    """Return a case with a numbered letter that reminds of those waits, after what was ``before``."""
    drafted = entry("draft", "remind", with_=to, chases=waits, **more)
    number = entry("number", "remind", number="ศธ 0100/13", n=13, dated=DAY)
    return case_of(*before, drafted, entry("submit", "remind"), entry("sign", "remind"), number)


def send_reminder(case: Case, until: date | None) -> dict[str, tuple[str, ...]]:
    """Return what the entry of sending the reminder says of waits."""
    act = lifecycle.send(case, paper_in(case, "remind"), Dispatch("letter", until), series="ordinary")
    return {key: act.entry.keywords[key] for key in ("breaks", "chases")}


def test_a_reminder_that_awaits_a_reply_takes_the_place_of_the_old_wait() -> None:
    case = reminded("a6")
    assert send_reminder(case, date(2026, 11, 27)) == {"breaks": ("a6",), "chases": ()}
    again = Entry("a11", AT, "malee", "send", paper="remind", with_="obec", breaks=("a6",),
                  promise=Promise("them", "ตอบ", date(2026, 11, 27)))  # fmt: skip
    sent_again = case._replace(log=(*case.log, again))
    assert [o.entry.id for o in open_promises(sent_again)] == ["a11"]
    # The first letter waits too: whichever of the two is answered, both are.
    assert [p.waiting for p in papers_of(sent_again)] == [("a11",), ("a11",)]
    kept = Entry("a12", AT, "malee", "reply", paper="ask", with_="obec", keeps=("a11",))
    answered = sent_again._replace(log=(*sent_again.log, kept))
    assert [p.state for p in papers_of(answered)] == ["answered", "answered"]
    assert not open_promises(answered)


def test_a_reminder_without_a_new_day_leaves_the_wait_as_it_is_and_says_of_what_it_reminds() -> None:
    assert send_reminder(reminded("a6"), None) == {"breaks": (), "chases": ("a6",)}


def test_a_reminder_drafted_before_the_promise_was_made_again_reminds_of_the_new_one() -> None:
    again = {"did": "promise", "with_": "obec", "breaks": ("a6",), "promise": Promise("them", "ตอบ", DAY)}
    assert send_reminder(reminded("a6", before=(*SENT, again)), DAY) == {"breaks": ("a7",), "chases": ()}


def test_what_was_answered_meanwhile_is_reminded_of_no_more() -> None:
    answered = (*SENT, entry("reply", with_="obec", keeps=("a6",)))
    assert send_reminder(reminded("a6", before=answered), DAY) == {"breaks": (), "chases": ()}


def test_a_reminder_settles_the_waits_of_its_own_addressee_alone() -> None:
    waits = [entry("send", with_=whom, promise=Promise("them", "ตอบ", DAY)) for whom in ("obec", "vec")]
    case = reminded("a6", "a7", to="vec", before=(*MANY, *waits))
    assert send_reminder(case, DAY) == {"breaks": ("a7",), "chases": ()}


def test_thanks_owed_have_no_day_of_their_own_but_that_of_the_rule() -> None:
    case = case_of(*SENT)
    promise = lifecycle.record_reply(case, paper_in(case), Reply("obec"), thanks=True).entry.keywords["promise"]
    assert promise == Promise("us", promise.what)


# -- every deed ----------------------------------------------------------------------------------------

ACTS: dict[str, tuple[tuple[Any, ...], Callable[[Case, Paper], Act]]] = {
    "finish": ((DRAFTED,), lambda c, p: lifecycle.record_finished(c, p, Kept("x-final.docx", "d2"))),
    "submit": ((DRAFTED,), lifecycle.submit),
    "sign": (SUBMITTED, lambda c, p: lifecycle.sign(c, p, "head", "wet")),
    "return": (SUBMITTED, lambda c, p: lifecycle.return_paper(c, p, SECRET)),
    "number": (SIGNED, lambda c, p: lifecycle.record_number(c, p, NUMBER._replace(subject=SECRET), why=SECRET)),
    "send": (NUMBERED, lambda c, p: lifecycle.send(c, p, Dispatch("letter", DAY))),
    "undelivered": (SENT, lambda c, p: came_back(c, p, CameBack(SECRET, DAY), ())),
    "delivered": (SENT, lambda c, p: delivered(c, None, p, Receipt(SECRET, DAY))),
    "reply": (SENT, lambda c, p: lifecycle.record_reply(c, p, Reply("obec", SECRET, said=SECRET))),
    "cancel": (SENT, lambda c, p: lifecycle.cancel(c, p, SECRET)),
}


def tried(did: str, *, closed: bool = False) -> Act:
    entries, do = ACTS[did]
    case = case_of(*entries, closed=closed)
    return do(case, paper_in(case))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("did", ACTS)
def test_the_sentence_of_the_commit_names_the_paper_and_never_carries_free_text(did: str, language: str) -> None:
    i18n.use(language)
    act = tried(did)
    assert act.did == did
    assert "ask" in act.sentence
    assert SECRET not in act.sentence
    assert "\n" not in act.sentence


def test_every_deed_of_a_paper_was_tried_here() -> None:
    assert set(ACTS) | {"memo", "draft", "pass"} == LIFECYCLE_ACTIONS  # test_clearances


@pytest.mark.parametrize("did", sorted(set(ACTS) - {"reply", "delivered"}))
def test_nothing_goes_out_of_a_closed_case(did: str) -> None:
    with pytest.raises(Refused) as told:
        tried(did, closed=True)
    assert "srctl reopen" in told.value.hint
