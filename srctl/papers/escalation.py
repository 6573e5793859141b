"""The escalation policy: when to remind of what was promised, and when to ask a superior. Pure.

The log shows how often each awaited reply or promise was reminded of; the policy of the kind (``chase``,
:class:`srctl.model.definitions.Chase`) sets what comes next and on which day. Nothing is stored. A reminder or an
escalation counts for the wait it is about, for no other of the case. A pause of the case
stops the office's own days, not those of whom it waits for: it moves neither the day nor the reminders.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, get_args

from srctl.core.errors import CommandLine
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.obligations import worst_key
from srctl.deadlines.rules import Deadline, deadlines, promise_rules
from srctl.model.case import Case, Entry
from srctl.model.case_id import id_order
from srctl.model.case_people import spelled
from srctl.model.definitions import Chase, Kind
from srctl.model.labels import MESSAGES, whom_word
from srctl.model.people import Directory, Office, find_callee, name_of
from srctl.model.redaction import redactor
from srctl.papers.lifecycle import same_house
from srctl.workflow.filters import group_of, head_of
from srctl.workflow.paper_state import Paper, next_command, papers_of
from srctl.workflow.stages import Open, is_closed, open_promises, promised_before

Step = Literal["escalate", "remind", "drafted", "asked", "undated", "coming"]
STEPS: tuple[Step, ...] = get_args(Step)  # in the order in which they are shown
_ON_ITS_WAY = ("draft", "submitted", "returned", "signed", "numbered")


class ReminderStatus(NamedTuple):
    """The state of one wait under the escalation policy, and what comes next.

    ``due`` is the day it was due, None when nobody named one and no rule sets one (``undated``); ``late`` working days
    ago (negative: still to come); ``original`` and ``late_original`` are of the first day, where it was promised or
    asked for again. ``reminders`` is how often it was reminded of so far, ``last`` the day of the last
    reminder or escalation, ``day`` when the next is due: one more reminder (its ``wording``, when it is a letter), or
    an escalation to ``to``. A wait whose next one is still ahead is ``coming``; one whose reminder is written and not
    sent yet is ``drafted`` (``draft`` is that paper). After the last reminder and the last superior a person decides:
    it is ``asked``, lies with ``to`` ("": nobody could be asked), ``request`` is the escalation not answered yet, and
    nobody is reminded any more. ``paper`` is the paper a reply is waited to, None where somebody
    promised in a contact; ``whom`` is whom to remind.
    """

    case: Case
    entry: Entry
    what: str
    step: Step
    whom: str
    due: date | None = None
    late: int = 0
    reminders: int = 0
    last: date | None = None
    day: date | None = None
    wording: str = ""
    to: str = ""
    paper: Paper | None = None
    draft: Paper | None = None
    original: date | None = None
    late_original: int = 0
    request: str = ""

    @property
    def first(self) -> date:
        """The day it counts as due by: the first one; the last of all days while none is set."""
        return self.original or self.due or date.max


class _WaitContext(NamedTuple):
    """The context every wait of a case is judged in; ``days`` are what they are due by, by entry."""

    case: Case
    kind: Kind
    office: Office
    calendar: Calendar
    today: date
    days: Mapping[str, Deadline]
    papers: tuple[Paper, ...]
    waits: tuple[Open, ...]

    @property
    def policy(self) -> Chase:
        """The escalation policy of the kind."""
        return self.kind.chase or Chase()


def waits(case: Case) -> tuple[Open, ...]:
    """The waits of a case: replies and promises others owe to it, without the decisions asked of superiors."""
    return tuple(o for o in open_promises(case) if promise_rules(o)[0] == "theirs" and not o.entry.whom)


def reminder_statuses(
    case: Case, kind: Kind, office: Office, calendar: Calendar, today: date
) -> tuple[ReminderStatus, ...]:
    """The status of each wait of ``case``, in the order of the log; none when it is closed."""
    found = waits(case)
    if not found or is_closed(case):
        return ()
    days = _days(case, kind, office, calendar, today)
    context = _WaitContext(case, kind, office, calendar, today, days, papers_of(case), found)
    return tuple(_status(context, wait) for wait in found)


def _days(case: Case, kind: Kind, office: Office, calendar: Calendar, today: date) -> dict[str, Deadline]:
    """The deadline of each wait, by its entry, counted as if the case had never been paused.

    A wait that only the follow-up rule gives a day has none to remind of: somebody is to set one.
    """
    running = case._replace(log=tuple(e for e in case.log if e.did not in ("pause", "resume")))
    day_1 = office.receipt_day_1
    found: dict[str, Deadline] = {}
    for deadline in deadlines(running, kind, calendar, today, day_1):
        if deadline.what == "theirs" and not (deadline.rule and deadline.rule.of == "followup"):
            found[deadline.ref] = min(deadline, found.get(deadline.ref, deadline), key=lambda d: d.due)
    return found


def _status(context: _WaitContext, wait: Open) -> ReminderStatus:
    policy, entry = context.policy, wait.entry
    chain, reminders = _reminders(context.case, wait)
    asked = _asked(context, wait, chain)
    paper = next((p for p in context.papers if entry.id in p.waiting), None)
    draft = next((p for p in context.papers if p.state in _ON_ITS_WAY and chain & set(p.drafted.chases)), None)
    deadline = context.days.get(entry.id)
    due = deadline.due if deadline else None
    original = min(deadline.original, deadline.due) if deadline else None
    last = max((e.day() for e in (*reminders, *asked)), default=None)
    day = _next_day(policy, context.calendar, due, last)
    over = len(reminders) >= policy.escalate_after and bool(policy.to)
    up = _superior(context, policy, asked) if over else ""
    step: Step = "escalate" if up else "remind"
    if draft:
        step = "drafted"
    elif over and not up:
        step = "asked"
    elif day is None:
        step = "undated"
    elif day > context.today:
        step = "coming"
    wording = policy.letters[min(len(reminders), len(policy.letters) - 1)] if policy.letters and not over else ""
    late, late_original = (context.calendar.workdays_between(d, context.today) if d else 0 for d in (due, original))
    return ReminderStatus(
        context.case, entry, wait.promise.what, step, _whom(entry, paper), due, late, len(reminders), last,
        None if step == "asked" else day, wording, asked[-1].whom if step == "asked" and asked else up, paper, draft,
        original, late_original, _request(context.case, asked),
    )  # fmt: skip


def _reminders(case: Case, wait: Open) -> tuple[set[str], list[Entry]]:
    """The entries that promised what is waited for, now and before, and those that reminded of it."""
    chain = {wait.entry.id, *(e.id for e in promised_before(case, wait.entry.id))}
    return chain, [e for e in case.happened() if _reminds(e, chain)]


def _reminds(entry: Entry, chain: set[str]) -> bool:
    """Whether the entry reminded of a wait: a letter sent that asks anew, or an entry that names the wait.

    A draft does not count yet, and to ask a superior is no reminder.
    """
    if entry.did == "send" and entry.breaks:
        return entry.id in chain
    return entry.did not in ("draft", "memo", "escalate") and not chain.isdisjoint(entry.chases)


def _asked(context: _WaitContext, wait: Open, chain: set[str]) -> list[Entry]:
    """Return the escalations about the wait, answered or not.

    One that names no wait (older offices wrote them so) is about the only wait whose turn to go up it was, if any.
    """
    found = []
    for place, entry in enumerate(context.case.happened()):
        if entry.did == "escalate":
            nameless = not entry.chases and _turns(context, place) == [wait.entry.id]
            found += [entry] if nameless or not chain.isdisjoint(entry.chases) else []
    return found


def _turns(context: _WaitContext, place: int) -> list[str]:
    """The waits that had been reminded of often enough to go up before the entry at that place of the log."""
    before = context.case.happened()[:place]
    most = context.policy.escalate_after
    chains = {wait.entry.id: _reminders(context.case, wait)[0] for wait in context.waits}
    return [wait for wait, chain in chains.items() if sum(_reminds(e, chain) for e in before) >= most]


def _request(case: Case, asked: list[Entry]) -> str:
    """The last escalation of those ``asked`` that is not answered yet, "" when all are."""
    unanswered = {o.entry.id for o in open_promises(case)}
    return next((entry.id for entry in reversed(asked) if entry.id in unanswered), "")


def _next_day(policy: Chase, calendar: Calendar, due: date | None, last: date | None) -> date | None:
    """The day of the next reminder or escalation: never before the day due is past, nor soon after the last one."""
    if due is None:
        return None
    first = calendar.add_workdays(due, policy.first)
    return max(first, calendar.add_workdays(last, policy.every)) if last else first


def _superior(context: _WaitContext, policy: Chase, asked: list[Entry]) -> str:
    """The first superior of the policy who was not asked yet ("" when all were): never the owner themself."""
    excluded = {e.whom for e in asked} | {context.case.owner, ""}
    found = (head_of(context.case, context.kind, context.office, name) for name in policy.to)
    return next((whom for whom in found if whom not in excluded), "")


def _whom(entry: Entry, paper: Paper | None) -> str:
    """The addressee to remind: that of the paper, of a circular the one who has not answered."""
    if paper is None:
        return entry.with_
    return paper.with_ or next((whom for whom in paper.among if same_house(whom, entry.with_)), entry.with_)


def by_urgency(found: Iterable[ReminderStatus], today: date, weights: Mapping[str, int]) -> list[ReminderStatus]:
    """The statuses in the order of :data:`STEPS`, of one step the worst first as everything due is ordered."""

    def key(r: ReminderStatus) -> tuple[Any, ...]:
        late = max(r.late, r.late_original)
        return STEPS.index(r.step), *worst_key(r.first, late, r.case.urgency, today, weights), id_order(r.case.id)

    return sorted(found, key=key)


def command(status: ReminderStatus) -> str:
    """Return the command that does what comes next, "" while nothing does; a person fills in what must be decided."""
    case_id = status.case.id
    match status.step:
        case "escalate":
            about = CommandLine("escalate {} --to {} --about {}", case_id, status.to, status.entry.id)
            return about.plus('--ask "…" --why "…"')
        case "remind":
            return CommandLine("chase {} --do", case_id)
        case "undated":
            return CommandLine("promise broken {} {} --until +3wd", case_id, status.entry.id)
        case "asked" if status.request:
            return CommandLine('decide {} --by "…" --what "…" --answers {}', case_id, status.request)
        case "asked" if not status.to:
            about = CommandLine("escalate {} --to head --about {}", case_id, status.entry.id)
            return about.plus('--ask "…" --why "…"')
        case "asked":  # decided: what was decided has to be read
            return CommandLine("show {}", case_id)
        case "drafted":
            return next_command(case_id, status.draft) if status.draft else ""
    return ""


def logging_command(status: ReminderStatus) -> str:
    """Return the command that logs a message when it was really sent."""
    by = status.entry.by if status.entry.by in MESSAGES else "line"
    return CommandLine('contact {} {} --by {} --said "…" --chases {}', status.case.id, status.whom, by, status.entry.id)


def chase_row(status: ReminderStatus, kind: Kind, office: Office, directory: Directory) -> dict[str, Any]:
    """Return one line of `srctl chase` as plain data, redacted: its keys are a promise to programs (docs/json.md)."""
    case, owner = status.case, office.coordinator(status.case.owner)
    callee, redact = find_callee(directory, spelled(case, status.entry.with_)), redactor(case, kind)
    return {
        "case": case.id,
        "entry": status.entry.id,
        "step": status.step,
        "what": redact(status.what),
        "due": status.due.isoformat() if status.due else None,
        "late": status.late if status.due else None,
        "original": status.original.isoformat() if status.original else None,
        "late_original": status.late_original if status.original else None,
        "with": status.entry.with_,
        "call": callee.name() if callee else whom_word(status.entry.with_),
        "phone": callee.phone() if callee else "",
        "reminders": status.reminders,
        "last": status.last.isoformat() if status.last else None,
        "next": status.day.isoformat() if status.day else None,
        "wording": status.wording,
        "to": status.to,
        "to_name": name_of(office, status.to) if status.to else "",
        "request": status.request,
        "paper": status.paper.id if status.paper else "",
        "draft": status.draft.id if status.draft else "",
        "owner": case.owner,
        "owner_name": owner.name if owner else case.owner,
        "group": group_of(case, kind, office),
        "subject": redact(case.subject),
        "urgency": case.urgency,
        "command": command(status),
    }
