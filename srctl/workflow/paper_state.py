"""The papers of a case and how far each has come: a fold over the log. Pure.

A paper is drafted, submitted, signed (or returned with a note), numbered, sent, and perhaps answered; each is a
log entry naming it (ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๔๑-๔๔ for what goes out). Its number stays taken even when the
paper is cancelled or the act undone: it is void, never given again (design §3).
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Did, Entry
from srctl.model.clearances import Level, level_reached
from srctl.model.labels import state_word, whom_word
from srctl.model.people import COMPLAINANT as COMPLAINANT
from srctl.model.people import MINISTER as MINISTER

REPLY_BY = "by"  # the value of a wording that names the day an answer is asked for by
State = Literal["draft", "submitted", "returned", "signed", "numbered", "sent", "answered", "cancelled"]

_REACHED: dict[Did, State] = {
    "memo": "draft",
    "draft": "draft",
    "submit": "submitted",
    "pass": "submitted",
    "return": "returned",
    "sign": "signed",
    "number": "numbered",
    "send": "sent",
    "reply": "answered",
    "cancel": "cancelled",
}
LIFECYCLE_ACTIONS: frozenset[Did] = frozenset({*_REACHED, "finish", "undelivered", "delivered"})
# What may be done with a paper in each state; `draft` again begins a paper that was returned anew. A paper of no
# series bears no number: it is sent when it is signed (``papers.lifecycle.send`` knows the series).
ALLOWED: dict[str, frozenset[State]] = {
    "memo": frozenset({"draft", "returned"}),
    "draft": frozenset({"draft", "returned"}),
    "finish": frozenset({"draft", "returned", "submitted"}),
    "submit": frozenset({"draft", "returned"}),
    "pass": frozenset({"submitted"}),
    "return": frozenset({"submitted", "signed"}),
    "sign": frozenset({"submitted"}),
    "number": frozenset({"signed"}),
    "send": frozenset({"signed", "numbered"}),
    "reply": frozenset({"sent", "answered"}),
    "undelivered": frozenset({"sent"}),
    "delivered": frozenset({"sent", "answered"}),
    "cancel": frozenset({"draft", "submitted", "returned", "signed", "numbered", "sent"}),
}


class Paper(NamedTuple):
    """One paper as the log records it. ``version`` is the entry whose ``sha256`` and ``file`` are the latest text.

    ``with_`` is whom it is to: somebody in the directory, ``complainant``, ``minister``, or "" inside the office;
    ``among`` are all addressees of a circular. ``number`` and what follows are set once it is numbered.
    ``sent_to`` are the addressees it was sent to, ``waiting`` the entries whose reply has not come yet; ``finished`` is
    the entry by which a text made in Word was taken.

    ``dispatches`` are the entries by which it was sent and did not come back, ``undelivered`` those by which it came
    back, until it is sent to them again; ``receipts`` those that tell who took it.

    ``route`` is that of its last submission (none: it waits for the signature alone), ``passes`` the entries by which
    it passed levels of it, ``back`` that by which a level sent it back, until it is submitted again.
    """

    id: str
    wording: str
    form: str
    state: State
    drafted: Entry
    version: Entry
    last: Entry
    with_: str = ""
    among: tuple[str, ...] = ()
    returned: int = 0
    submitted: Entry | None = None
    numbered: Entry | None = None
    sent: Entry | None = None
    sent_to: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    finished: Entry | None = None
    route: tuple[Level, ...] = ()
    passes: tuple[Entry, ...] = ()
    back: Entry | None = None
    dispatches: tuple[Entry, ...] = ()
    undelivered: tuple[Entry, ...] = ()
    receipts: tuple[Entry, ...] = ()

    @property
    def level(self) -> int:
        """The level of its route it lies at while it is submitted, from 1; 0 where it takes no route."""
        if self.state != "submitted" or not self.route:
            return 0
        return level_reached(self.route, {(e.level, e.whom) for e in self.passes})

    @property
    def cleared(self) -> bool:
        """Whether nobody has to pass it before it is signed."""
        return self.level == len(self.route) or self.state != "submitted"

    @property
    def standing(self) -> str:
        """How far it has come for :func:`srctl.model.labels.state_word`: its state, ``passing`` or ``undelivered``."""
        if self.undelivered and self.state != "cancelled":
            return "undelivered"
        return self.state if self.cleared else "passing"

    def takes(self, did: str, states: Collection[State] = ()) -> bool:
        """Whether it has come so far for the action, or is in one of ``states``; what came back can be sent."""
        return self.state in (states or ALLOWED[did]) or (did == "send" and self.standing == "undelivered")

    def receipt(self, sent: Entry, whom: str) -> Entry | None:
        """The entry that tells who took what was ``sent``, with its day and hour; None where nobody has told."""
        taken = (e for e in self.receipts if e.of == sent.id and e.with_ in (whom, sent.with_))
        return sent if sent.receiver else next(taken, None)

    def lies_with(self) -> tuple[str, ...]:
        """The ids of those who have to pass it now, none where nobody has to: it waits for its signature, or for us."""
        if self.cleared:
            return ()
        passed = {e.whom for e in self.passes if e.level == self.level}
        return tuple(who for who in self.route[self.level - 1].who if who not in passed)

    @property
    def number(self) -> str:
        """The number as printed, "" while it has none."""
        return self.numbered.number if self.numbered else ""

    @property
    def dated(self) -> date | None:
        """The date it bears, None while that is open."""
        return self.numbered.dated if self.numbered else None


class _Fold(NamedTuple):
    """The papers as a log made them, entry by entry: a longer log goes on from here."""

    case: Case | None = None
    log: tuple[Entry, ...] = ()
    papers: tuple[Paper, ...] = ()


_latest = [_Fold()]  # one: the same case is asked for again and again, and grows act by act


def papers_of(case: Case) -> tuple[Paper, ...]:
    """Return the papers of the case in the order they were first drafted."""
    had = _latest[0]
    if had.case is not case:
        log = case.happened()
        begun = had if log[: len(had.log)] == had.log else _Fold()
        _latest[0] = _Fold(case, log, folded(begun.papers, log[len(begun.log) :]))
    return _latest[0].papers


def folded(papers: tuple[Paper, ...], entries: Sequence[Entry]) -> tuple[Paper, ...]:
    """The papers after further entries of the log, from those there were before."""
    found = {paper.id: paper for paper in papers}
    for entry in entries:
        if entry.paper and entry.did in LIFECYCLE_ACTIONS:
            had = found.get(entry.paper)
            after = _begun(entry) if had is None else _after(had, entry)
            if after is not None:
                found[entry.paper] = after
        if entry.keeps or entry.waives or entry.breaks:
            found = {name: _settled(paper, entry) for name, paper in found.items()}
    return tuple(found.values())


def _settled(paper: Paper, entry: Entry) -> Paper:
    """Return the paper with what it waits for settled by ``entry``: kept, waived, or promised again."""
    if not paper.waiting:
        return paper
    again = [entry.id if entry.promise and i in entry.breaks else i for i in paper.waiting]
    gone = {*entry.keeps, *entry.waives, *(() if entry.promise else entry.breaks)}
    waiting = tuple(dict.fromkeys(i for i in again if i not in gone))
    kept = not waiting and paper.state == "sent" and not gone.isdisjoint(entry.keeps)
    return paper._replace(waiting=waiting, state="answered" if kept else paper.state)


def _begun(entry: Entry) -> Paper | None:
    if entry.did not in ("memo", "draft"):
        return None
    wording = entry.wording or entry.paper
    return Paper(entry.paper, wording, entry.form, "draft", entry, entry, entry, entry.with_, entry.among)


def _after(paper: Paper, entry: Entry) -> Paper:
    if entry.did == "finish":
        return paper._replace(version=entry, last=entry, finished=entry)
    if entry.did == "undelivered":
        return paper._replace(last=entry, undelivered=(*paper.undelivered, entry))
    if entry.did == "delivered":
        return paper._replace(receipts=(*paper.receipts, entry))
    if entry.did in ("memo", "draft"):
        fresh = _begun(entry)
        assert fresh is not None
        return fresh._replace(returned=paper.returned, route=paper.route, passes=paper.passes, back=paper.back)
    now = paper._replace(state=_REACHED[entry.did], last=entry)
    match entry.did:
        case "submit":
            before = tuple(e for e in paper.passes if e.level < entry.level)
            return now._replace(submitted=entry, route=entry.route, passes=before, back=None)
        case "pass":
            return now._replace(passes=(*paper.passes, entry))
        case "return":
            return now._replace(returned=paper.returned + 1, back=entry)
        case "number":
            return now._replace(numbered=entry, version=entry if entry.sha256 else paper.version)
        case "send":
            waiting = (*paper.waiting, entry.id) if entry.promise else paper.waiting
            left = tuple(e for e in paper.undelivered if e.with_ != entry.with_)
            return now._replace(sent=entry, sent_to=(*paper.sent_to, entry.with_), waiting=waiting,
                                dispatches=(*paper.dispatches, entry), undelivered=left)  # fmt: skip
        case "reply":
            waiting = tuple(i for i in paper.waiting if i not in entry.keeps)
            # A circular is answered when the last of those asked has answered.
            return now._replace(waiting=waiting, state="sent" if waiting else "answered")
        case "cancel":
            return now._replace(waiting=())
    return now


def typed_day(paper: Paper) -> date | None:
    """The day typed for the paper to ask for an answer by; a wording may ask for something else under this name."""
    try:
        return date.fromisoformat(paper.drafted.given.get(REPLY_BY, ""))
    except ValueError:
        return None


def named_day(paper: Paper) -> date | None:
    """The day by which the paper itself asks for an answer, None where it names none.

    Of a text finished in Word it is the one found in it then: what was typed before may stand there no more.
    """
    return paper.finished.until if paper.finished else typed_day(paper)


def fitting(case: Case, did: str, states: Collection[State] = ()) -> tuple[Paper, ...]:
    """The papers whose state allows the action ``did``, or is one of ``states``.

    Of those to be signed, the ones nobody has to pass first, if there are any; to be passed are the others. Returned by
    a superior comes before returned by the post.
    """
    found = tuple(p for p in papers_of(case) if p.takes(did, states))
    if did == "return":
        return tuple(p for p in found if p.state in ALLOWED[did]) or found
    if did == "pass":
        return tuple(p for p in found if not p.cleared)
    return (tuple(p for p in found if p.cleared) or found) if did == "sign" else found


def recipients(paper: Paper) -> tuple[str, ...]:
    """To whom the paper goes now, each by themself: all its addressees, or those from whom it came back."""
    return tuple(dict.fromkeys(e.with_ for e in paper.undelivered)) or paper.among or (paper.with_,)


def reached_others(case: Case) -> bool:
    """Whether a paper went out to somebody: other than the Minister, who is whom the office serves."""
    return any(p.sent and (p.among or p.with_ not in ("", MINISTER)) for p in papers_of(case))


def the_paper(case: Case, typed: str, did: str, states: Collection[State] = ()) -> Paper:
    """The paper meant for the action ``did``: the one named, or the only one that can take it.

    ``states`` are those in which it can, where they are not the usual ones of the action.

    Raises:
        NotFound: no such paper, or several and none named. Refused: it has not come that far, or is past it.
    """
    papers = papers_of(case)
    if typed:
        paper = named_paper(case, typed)
        if not paper.takes(did, states):
            raise Refused(*_not_so_far(case, paper, did))
        return paper
    found = fitting(case, did, states)
    if len(found) == 1:
        return found[0]
    if not found:
        if len(papers) == 1:
            raise Refused(*_not_so_far(case, papers[0], did))
        message = _("{id} has no paper for this").format(id=case.id)
        raise NotFound(message, "\n".join(_line(p) for p in papers) or _without_papers(case, did))
    raise which(case, found)


def _without_papers(case: Case, did: str) -> str:
    """What to type for a case without papers; whoever wants to cancel something may mean the case."""
    if did != "cancel":
        return CommandLine("letter {}", case.id)
    command = CommandLine('void {} --why "…"', case.id)
    return _("a case entered by mistake: {command}").format(command=command)


def named_paper(case: Case, name: str) -> Paper:
    """The paper of that name; NotFound, with those there are, when it was never drafted in the case."""
    papers = papers_of(case)
    paper = next((p for p in papers if p.id == name), None)
    if paper is None:
        message = _("{id} has no paper {paper}").format(id=case.id, paper=name)
        raise NotFound(message, "\n".join(_line(p) for p in papers) or CommandLine("letter {}", case.id))
    return paper


def which(case: Case, papers: Sequence[Paper]) -> NotFound:
    """Return the refusal that lists the papers one of which must be named."""
    return NotFound(_("{id}: which paper?").format(id=case.id), "\n".join(_line(p) for p in papers))


def _line(paper: Paper) -> str:
    return "  ".join(part for part in (paper.id, whom_words(paper), state_word(paper.state), paper.number) if part)


def whom_words(paper: Paper) -> str:
    """Whom the paper is to, as it is typed for ``--to``; of a circular how many."""
    if paper.among:
        return ngettext("{n} addressee", "{n} addressees", len(paper.among)).format(n=len(paper.among))
    return whom_word(paper.with_)


_NEXT: dict[State, str] = {
    "draft": "submit {} {}",
    "submitted": "sign {} {}",
    "returned": "submit {} {}",
    "signed": "number {} {}",
    "numbered": "send {} {}",
    "sent": "receive {} {}",
}

_NEXT_FOR_ALL: dict[State, str] = {
    "draft": "submit {} --all",
    "submitted": "sign {} --all",
    "returned": "submit {} --all",
    "signed": "number {} --all",
    "numbered": "send {} --all",
}


def next_command(case_id: str, paper: Paper) -> str:
    """The command for the next step of the paper, "" when nothing is left to do, as when no reply to it is awaited."""
    state = _next_state(paper)
    if paper.standing == "undelivered":
        return CommandLine("send {} {}", case_id, paper.id)
    if state == "sent" and not paper.waiting:
        return ""
    if not paper.cleared:
        return CommandLine("pass {} {}", case_id, paper.id)
    return CommandLine(_NEXT[state], case_id, paper.id) if state in _NEXT else ""


def next_for_all(case_id: str, papers: Sequence[Paper]) -> str:
    """The command that brings all of the papers on, "" when it is not one and the same."""
    states = {_next_state(paper) for paper in papers}
    state = states.pop() if len(states) == 1 else "cancelled"
    if papers and not any(paper.cleared for paper in papers):
        return CommandLine("pass {} --all", case_id)
    if state == "submitted" and not all(paper.cleared for paper in papers):
        return ""
    return CommandLine(_NEXT_FOR_ALL[state], case_id) if state in _NEXT_FOR_ALL else ""


def _next_state(paper: Paper) -> State:
    """The state of the paper, as far as its next step goes: one that bears no number is as good as numbered."""
    return "numbered" if paper.state == "signed" and paper.drafted.unnumbered else paper.state


def _not_so_far(case: Case, paper: Paper, did: str) -> tuple[str, str]:
    message = _("{id}: {paper} is {state}").format(id=case.id, paper=paper.id, state=state_word(paper.state))
    if did in ("memo", "draft", "finish") and paper.numbered:
        message += "; " + _("what is numbered is not changed any more")
        further = CommandLine("letter {} {}", case.id, paper.wording)
        return message, _("draft it as a further paper: {command}").format(command=further)
    return message, next_command(case.id, paper) or CommandLine("show {}", case.id)


def next_paper_id(case: Case, wording: str, taken: Collection[str] = ()) -> str:
    """Return the id of a further paper of that wording: ``support``, ``support-2`` … (undone ones keep theirs)."""
    used = {e.paper for e in case.log if e.paper and e.did in LIFECYCLE_ACTIONS} | set(taken)
    count, paper = 1, wording
    while paper in used:
        count += 1
        paper = f"{wording}-{count}"
    return paper
