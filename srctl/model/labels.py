"""The words for the codes in a case: channels, urgency, secrecy, stages, actions; and which channels there are.

Codes are English and stable in the files; what a clerk reads comes from here, through the catalogues.
"""

from functools import cache
from typing import get_args

from srctl.core.i18n import _, language, ngettext
from srctl.model.definitions import CLOSED, MERGED, VOID, Kind
from srctl.model.definitions import Channel as Channel
from srctl.model.people import COMPLAINANT, MINISTER, OF_CASE, SPELLED

CHANNELS: tuple[Channel, ...] = tuple(c for c in get_args(Channel) if c)
OUTGOING = tuple(c for c in CHANNELS if c not in ("voice", "web", "paper"))  # by which the office turns to others
MESSAGES: tuple[Channel, ...] = ("line", "email", "fax")  # a text written out, to be sent by hand


def channel_word(code: str) -> str:
    """Return the word for a channel of contact or receipt."""
    return {
        "voice": _("spoken order"),
        "phone": _("phone call"),
        "line": _("LINE"),
        "letter": _("letter"),
        "email": _("e-mail"),
        "fax": _("fax"),
        "web": _("website"),
        "visit": _("visit"),
        "meeting": _("meeting"),
        "paper": _("paper"),
    }.get(code, code or _("contact"))


def urgency_word(code: str) -> str:
    """Return the urgency mark as the correspondence regulation words it ("" when there is none)."""
    return _urgencies(language()).get(code, "")


@cache
def _urgencies(_language: str) -> dict[str, str]:
    return {
        "urgent": _("urgent"),
        "very-urgent": _("very urgent"),
        "most-urgent": _("most urgent"),
    }


def secrecy_word(code: str) -> str:
    """Return the secrecy mark ("" when there is none)."""
    return {
        "confidential": _("confidential"),
        "secret": _("secret"),
        "top-secret": _("top secret"),
    }.get(code, "")


def settling_word(code: str) -> str:
    """Return the word for what becomes of tracked changes or hidden text in a Word file."""
    return {"accept": _("accept"), "reject": _("reject"), "drop": _("drop"), "show": _("let it be seen")}.get(code, "")


def stage_word(kind: Kind | None, stage: str) -> str:
    """Return the name of a stage as its kind words it."""
    ended = {CLOSED: _("closed"), VOID: _("entered by mistake"), MERGED: _("merged")}
    if stage in ended:
        return ended[stage]
    found = kind.stage(stage) if kind else None
    return found.label.in_(language()) if found else stage


def state_word(state: str) -> str:
    """Return the word for how far a paper has come; ``passing``: submitted, and somebody has to pass it first."""
    return {
        "draft": _("draft"),
        "submitted": _("submitted, waiting for the signature"),
        "passing": _("submitted, to be passed first"),
        "returned": _("returned"),
        "signed": _("signed"),
        "numbered": _("numbered"),
        "sent": _("sent"),
        "undelivered": _("came back undelivered, to be sent again"),
        "answered": _("answered"),
        "cancelled": _("cancelled"),
    }.get(state, state)


def handed_words(post: str, carrier: str, receiver: str, hour: str = "") -> str:
    """How a letter went: by registered post, by a messenger, into whose hands and when; "" where nothing was noted."""
    taken = _("received by {who} at {hour}") if hour else _("received by {who}")
    parts = (
        _("registered post {number}").format(number=post) if post else "",
        _("carried by {who}").format(who=carrier) if carrier else "",
        taken.format(who=receiver, hour=hour) if receiver else "",
    )
    return joined(*parts)


def _paper_words() -> dict[str, str]:
    """The words for what happens to a paper on its way out and back."""
    return {
        "draft": _("letter drafted"),
        "finish": _("finished in Word"),
        "submit": _("submitted for signature"),
        "pass": _("passed"),
        "return": _("returned"),
        "sign": _("signed"),
        "number": _("numbered"),
        "send": _("sent"),
        "undelivered": _("came back undelivered"),
        "delivered": _("taken by whom it was for"),
        "reply": _("reply received"),
        "cancel": _("cancelled"),
    }


def action_word(did: str) -> str:
    """Return the word for what a log entry records."""
    return {
        **_paper_words(),
        "receive": _("received"),
        "analyse": _("analysed"),
        "plan": _("planned"),
        "contact": _("contacted"),
        "step": _("step"),
        "promise": _("promise"),
        "decide": _("decision"),
        "memo": _("paper drafted"),
        "report": _("reported"),
        "close": _("closed"),
        "reopen": _("reopened"),
        "set": _("changed"),
        "assign": _("assigned"),
        "note": _("note"),
        "remind": _("reminder to oneself"),
        "reminded": _("reminder done"),
        "watch": _("matter watched"),
        "unwatch": _("matter no longer watched"),
        "link": _("linked"),
        "edit": _("edited"),
        "adopt": _("adopted"),
        "file": _("paper filed"),
        "undo": _("undone"),
        "pause": _("paused"),
        "resume": _("resumed"),
        "extend": _("deadline extended"),
        "escalate": _("decision asked for"),
        "replan": _("deadlines replanned"),
        "redo": _("done again"),
        "void": _("entered by mistake"),
        "merge": _("merged"),
        "move": _("moved"),
        "postpone": _("event postponed"),
        "attend": _("attendance"),
    }.get(did, did)


def size_words(size: int) -> str:
    """The size of a file in bytes as it is read: ``2.1 MB``; "" for one that is not known."""
    if not size:
        return ""
    for unit, most in (("B", 1000), ("kB", 1000**2), ("MB", 1000**3)):
        if size < most:
            return f"{size / (most / 1000):.{0 if unit == 'B' else 1}f} {unit}"
    return f"{size / 1000**3:.1f} GB"


def whom_word(reference: str) -> str:
    """The word for an addressee that stands in no directory, else the reference as it is.

    Of somebody of the case itself that is their name where it is spelled out, else only that it is somebody: a
    sentence kept for ever names nobody.
    """
    if reference.startswith(OF_CASE):
        return reference.partition(SPELLED)[2].partition(SPELLED)[0] or _("somebody the case names")
    return {COMPLAINANT: _("the complainant"), MINISTER: _("the Minister")}.get(reference, reference)


def gives_word(code: str, *, adverse: bool = False) -> str:
    """What somebody gives a paper that passes them: their initials, an opinion, a signature."""
    if adverse:
        return _("does not agree")
    return {"initial": _("initials"), "opinion": _("opinion"), "signature": _("signature")}.get(code, code)


def lying_words(workdays: int) -> str:
    """For how many working days something has lain with somebody, in words."""
    if workdays <= 0:
        return _("since today")
    return ngettext("for {n} working day", "for {n} working days", workdays).format(n=workdays)


def how_word(code: str) -> str:
    """Return the word for how a paper was signed, or how somebody invited takes part."""
    return {
        "wet": _("by hand"), "digital": _("digitally"),
        "self": _("comes"), "sent": _("sends somebody"), "absent": _("does not come"),
    }.get(code, code)  # fmt: skip


OF_PAPERS = ("paper", "clearance", "cleared", "draft", "dispatch")  # obligations whose text is the id of a paper


def what_word(code: str) -> str:
    """Return the word for a kind of obligation."""
    return _whats(language()).get(code, code)


@cache
def _whats(_language: str) -> dict[str, str]:
    """The words in the language in use, cached: lists ask for one in every line."""
    return {
        "case": _("deadline"),
        "stage": _("stage"),
        "rule": _("rule"),
        "step": _("step"),
        "ours": _("our promise"),
        "theirs": _("awaited"),
        "paper": _("signature"),
        "clearance": _("to be passed"),
        "cleared": _("all to have signed"),
        "thanks": _("thanks owed"),
        "decision": _("decision"),
        "pause": _("paused"),
        "draft": _("draft not submitted"),
        "dispatch": _("signed, not sent"),
        "decided": _("decision to pass on"),
        "followup": _("follow-up"),
        "reminder": _("reminder"),
    }


def span_words(n: int, unit: str) -> str:
    """A span of time: ``3 working days``, ``1 month``; working days where the unit is neither day nor month."""
    match unit:
        case "day":
            words = ngettext("{n} day", "{n} days", n)
        case "month":
            words = ngettext("{n} month", "{n} months", n)
        case _:
            words = ngettext("{n} working day", "{n} working days", n)
    return words.format(n=n)


def lateness(late: int | None, when: str) -> str:
    """How far a day is, in words: "3 working days late", today, or how many are still to come; "" for no number.

    ``late`` is the working days past it, ``when`` the section it stands under
    (:func:`srctl.deadlines.obligations.section`). Where no working day lies between, but days off do, that is said.
    """
    if when == "today" or not late:
        return _between(late, when, _("before the next working day"), _("passed, no working day since"))
    return (_("{n} wd late") if when == "late" else _("in {n} wd")).format(n=abs(late))


def how_late(late: int | None, when: str) -> str:
    """:func:`lateness` in short, for a column whose heading says that they are working days."""
    if when == "today" or not late:
        return _between(late, when, _("on a day off"), _("just passed"))
    return (_("{n} late") if when == "late" else _("in {n}")).format(n=abs(late))


def _between(late: int | None, when: str, ahead: str, past: str) -> str:
    """The words where no working day is to be counted: today, or only days off lie between."""
    return "" if late is None else {"today": _("today"), "late": past}.get(when, ahead)


def standstill_words(workdays: int) -> str:
    """For how many working days nothing happened in a case, in words."""
    if workdays <= 0:
        return _("moved today")
    return ngettext("no movement for {n} working day", "no movement for {n} working days", workdays).format(n=workdays)


def relation_word(code: str) -> str:
    """Return the word for a link between two cases."""
    return {
        "earlier": _("earlier matter"),
        "related": _("related"),
        "duplicate": _("duplicate of"),
        "follows": _("follows from"),
    }.get(code, code)


def relation_back_word(code: str) -> str:
    """Return the word for a link that another case has to this one."""
    return {
        "earlier": _("later matter"),
        "related": _("related"),
        "duplicate": _("has as duplicate"),
        "follows": _("led to"),
    }.get(code, code)


def joined(*parts: str, by: str = " · ") -> str:
    """The parts that are not empty, on one line."""
    return by.join(part for part in parts if part)
