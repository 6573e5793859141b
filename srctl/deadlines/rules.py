"""Every deadline in force for a case and what set it: the source of `due` and `explain`. Pure.

A deadline comes from a day somebody named (the order, a step, a promise) or from a rule of the kind. Nothing is
stored: pauses and extensions are log entries, and the day is computed from them each time.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, Protocol, cast

from srctl.core.decoding import Text, Where
from srctl.core.i18n import _, language
from srctl.core.named_days import NamedDay
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.binding import binds, case_start, fits, rule_start, target
from srctl.deadlines.counting import reached, rolled
from srctl.deadlines.fulfilment import finished
from srctl.deadlines.pauses import Stops, open_pause, stops_of
from srctl.deadlines.recounting import recounted
from srctl.model.case import Case, Entry, Step
from srctl.model.clearances import CLEARANCES_FILE, Level, workdays_in
from srctl.model.definitions import CLOSED, FOLLOW_UP, Kind, Rule, Unit
from srctl.model.engagement import moved_refs, waiting_steps
from srctl.model.labels import gives_word, standstill_words
from srctl.workflow.clearances import came_by
from srctl.workflow.loose_ends import last_moved, loose_ends
from srctl.workflow.paper_state import Paper, papers_of
from srctl.workflow.stages import Open, is_closed, open_promises, promised_before, steps_settled

What = Literal[
    "case", "stage", "step", "ours", "theirs", "rule", "paper", "thanks", "decision", "pause",
    "draft", "dispatch", "decided", "followup", "reminder", "clearance", "cleared",
]  # fmt: skip


class Deadline(NamedTuple):
    """One deadline: what falls due, on which day, and what set it.

    ``ref`` is the rule, step, entry or paper it is about; ``rule`` the rule that counted it (with its matching
    row of ``instead``), from ``start``, skipping ``stops``; None where somebody named the day, which then stands at
    ``where`` in the case file, with ``counted`` where it was named in working days. ``original`` is the day without
    its ``extensions``, of something promised again or asked for again the first day it was promised or asked for.
    ``nominal`` is the last day of the time given, before a day off moved it to ``due`` (None: the same day). ``held``:
    the case is paused, and the day moves on with today. ``whom`` is who of the office has to act, when that is not the
    owner.
    """

    what: What
    ref: str
    text: str
    due: date
    original: date
    rule: Rule | None = None
    start: date | None = None
    stops: Stops = ()
    extensions: tuple[Entry, ...] = ()
    where: Where = ()
    with_: str = ""
    whom: str = ""
    held: bool = False
    nominal: date | None = None
    counted: str = ""

    @property
    def verified(self) -> bool:
        """Whether the rule was checked against its law; a day that somebody named needs no law."""
        return self.rule is None or self.rule.verified


class CaseContext(NamedTuple):
    """What every deadline of one case is computed from."""

    case: Case
    kind: Kind
    calendar: Calendar
    day_1: bool
    stops: Stops
    paused: date | None


def deadlines(
    case: Case, kind: Kind, calendar: Calendar, today: date, receipt_day_1: bool = True
) -> tuple[Deadline, ...]:
    """Every deadline in force for ``case``, in the order of the case file; none when it is closed."""
    if is_closed(case):
        return ()
    context = context_of(case, kind, calendar, today, receipt_day_1)
    found = (*_of_case(context), *_of_steps(context), *_of_promises(context), *_of_papers(context),
             *_of_loose_ends(context), *_of_pause(context))  # fmt: skip
    return found or tuple(_of_standstill(context, today))


def _without_slips(case: Case, kind: Kind) -> Case:
    """The case as rules see it: a text that is none of the choices of its field says nothing.

    A slip of the hand never takes away a deadline that stands while nothing is said.
    """
    slips = {f.name for f in kind.fields if f.values and case.fields.get(f.name, "") not in ("", *f.choices())}
    return case._replace(fields={k: v for k, v in case.fields.items() if k not in slips}) if slips else case


def context_of(case: Case, kind: Kind, calendar: Calendar, today: date, receipt_day_1: bool) -> CaseContext:
    """What the deadlines of ``case`` are computed from, seen from ``today``."""
    pause = open_pause(case)
    case = recounted(_without_slips(case, kind), calendar)
    return CaseContext(case, kind, calendar, receipt_day_1, stops_of(case, today), pause.began if pause else None)


def _of_case(context: CaseContext) -> Iterator[Deadline]:
    """Yield the deadline of the order, then those set by the rules of the case and its stages."""
    case = context.case
    if case.order.due and order_stands(case):
        yield order_deadline(context)
    yield from (found for found in reopened_deadlines(context) if not settled_again(case, found.ref))
    for rule in context.kind.deadlines:
        start = rule_start(rule, case) if binds(rule, case, context.kind) else None
        if start:
            what: What = "stage" if rule.of == "stage" else "rule"
            yield counted(context, what, rule.name, rule.label.in_(language()), rule, start)


def order_deadline(context: CaseContext) -> Deadline:
    """The deadline of the order, on the day named in it."""
    named = NamedDay(context.case.order.due, context.case.order.counted)
    return _given(context, "case", "order.due", _("deadline of the order"), named, ("order", "due"))


def order_stands(case: Case) -> bool:
    """Whether the day of the order is in force in an open case: not where the order was carried out before.

    A case opened again before that day has it still to keep.
    """
    again = next((e for e in reversed(case.happened()) if e.did == "reopen"), None)
    return finished(case) is None or bool(again and case.order.due and again.day() <= case.order.due)


def reopened_deadlines(context: CaseContext) -> Iterator[Deadline]:
    """Yield the days until when the case was opened again for; a later one takes the place of those before."""
    for place, entry in enumerate(context.case.log):
        if entry.did == "reopen" and entry.until and entry in context.case.happened():
            text = _("deadline of the reopened matter")
            named = NamedDay(entry.until, entry.counted)
            yield _given(context, "case", entry.id, text, named, ("log", place, "until"))


def settled_again(case: Case, entry_id: str) -> Entry | None:
    """The entry that ended the deadline of a reopening: the case finished, or opened again with another day."""
    log = case.happened()
    place = next(n for n, entry in enumerate(log) if entry.id == entry_id)
    ends = (e for e in log[place + 1 :] if (e.to == CLOSED and not e.missing) or (e.did == "reopen" and e.until))
    return next(ends, None)


def _of_steps(context: CaseContext) -> Iterator[Deadline]:
    # What waits for the new day of an event that was put off without one is due on no day.
    settled = {*steps_settled(context.case), *waiting_steps(context.case, context.kind)}
    for place, step in enumerate(context.case.plan.steps):
        if step.id not in settled:
            yield from step_deadlines(context, place, step)


def step_deadlines(context: CaseContext, place: int, step: Step) -> Iterator[Deadline]:
    """Yield the deadlines of a planned step: the day named, else those of the rules of steps."""
    if step.due:
        named, where = NamedDay(step.due, step.counted), ("plan", "steps", place, "due")
        yield _given(context, "step", step.id, step.do, named, where)._replace(with_=step.with_)
        return
    for rule in _rules(context, "step"):
        start = case_start(rule, context.case)
        if start:
            yield counted(context, "step", step.id, step.do, rule, start)._replace(with_=step.with_)


def _of_promises(context: CaseContext) -> Iterator[Deadline]:
    for item in open_promises(context.case):
        before = [d for e in promised_before(context.case, item.entry.id) if e.promise
                  for d in promise_deadlines(context, Open(e, e.promise))]  # fmt: skip
        for found in promise_deadlines(context, item):
            yield found._replace(original=min((found.original, *(d.original for d in before))))


def promise_deadlines(context: CaseContext, item: Open) -> Iterator[Deadline]:
    """Yield the deadlines of one promise: the day it names, else those its rules count, else that of the follow-up."""
    what, of = promise_rules(item)
    entry, promise = item
    if promise.due:
        where = ("log", context.case.log.index(entry), "promise", "due")
        found = Deadline(what, entry.id, promise.what, promise.due, promise.due, where=where)
        yield found._replace(with_=entry.with_, whom=entry.whom, counted=promise.counted)
        return
    rules = [rule for rule in _rules(context, of) if of != "promise" or rule.side in ("", promise.of)]
    for rule in rules or _follow_up(context):
        found = counted(context, what, entry.id, promise.what, rule, entry.day())
        yield found._replace(with_=entry.with_, whom=entry.whom)


def promise_rules(item: Open) -> tuple[What, str]:
    """What an open promise is (a wait, a debt, thanks, a decision), and the ``of`` of the rules meant for it."""
    entry, promise = item
    if promise.of == "us":
        return ("thanks", "thanks") if entry.did == "reply" else ("ours", "promise")
    if entry.whom:  # asked for, or promised again by who was asked
        return "decision", "decision"
    return "theirs", "reply" if entry.did == "send" else "promise"


def _of_papers(context: CaseContext) -> Iterator[Deadline]:
    """Yield the deadlines of papers that are submitted for signature."""
    for paper in papers_of(context.case):
        if paper.state != "submitted" or paper.submitted is None:
            continue
        if paper.route or paper.submitted.until:
            yield from _of_route(context, paper)
            continue
        for rule in _rules(context, "paper", paper.drafted.signer):
            row = target(rule, context.case, paper.drafted.signer)
            found = counted(context, "paper", paper.id, paper.id, row._replace(instead=()), paper.submitted.day())
            yield found._replace(whom=paper.drafted.signer)


def _of_route(context: CaseContext, paper: Paper) -> Iterator[Deadline]:
    """Yield the day by which each of those a paper lies with passes it, or the signer signs it, then that for all.

    Nobody has longer than all have together.
    """
    whole = _whole(context, paper)
    came = cast("Entry", came_by(paper))
    level = paper.route[paper.level - 1] if paper.level else Level((paper.drafted.signer,))
    what: What = "paper" if paper.cleared else "clearance"
    for who in level.who if paper.cleared else paper.lies_with():
        text = paper.id if paper.cleared else f"{paper.id} ({gives_word(level.gives)})"
        rules = [_time_rule(level.within, level.unit, came)] if level.within else _rules(context, "paper", who)
        rules = [target(rule, context.case, who)._replace(instead=()) for rule in rules or [_time_rule(1, "", came)]]
        for rule in rules:
            found = counted(context, what, paper.id, text, rule, came.day())._replace(whom=who)
            yield found._replace(due=whole.due, nominal=None) if whole and whole.due < found.due else found
    if whole:
        yield whole


def _whole(context: CaseContext, paper: Paper) -> Deadline | None:
    """The day by which all on the route of a submitted paper must have signed, None where none is set."""
    entry = cast("Entry", paper.submitted)
    if entry.until:
        where = ("log", context.case.log.index(entry), "until")
        return _given(context, "cleared", paper.id, paper.id, NamedDay(entry.until, entry.counted), where)
    if entry.amount:
        return counted(context, "cleared", paper.id, paper.id, _time_rule(entry.amount, entry.unit, entry), entry.day())
    return None


def _time_rule(amount: int, unit: str, start: Entry) -> Rule:
    """The time a rule of clearances gives from an entry on, as a rule of deadlines."""
    days = workdays_in(amount, start.at) if unit == "hour" else amount
    counted_in: Unit = "day" if unit == "day" else "workday"
    label = Text("ผ่านและลงนามตามลำดับ", "Passed and signed in turn")
    return Rule("clearances", label, "paper", days, counted_in, CLEARANCES_FILE, "submitted", verified=True)


def _of_loose_ends(context: CaseContext) -> Iterator[Deadline]:
    """Yield the deadlines of what was begun and not carried on: drafts, signed papers, decisions."""
    for end in loose_ends(context.case):
        for rule in _rules(context, end.of, end.signer):
            row = target(rule, context.case, end.signer)
            yield counted(context, end.of, end.ref, end.text, row._replace(instead=()), end.since)


def _of_standstill(context: CaseContext, today: date) -> Iterator[Deadline]:
    """Yield the day by which a case in which nothing falls due is looked at again: no open case is without one."""
    moved = last_moved(context.case)
    for rule in _follow_up(context):
        text = standstill_words(context.calendar.workdays_between(moved, today))
        yield counted(context, "followup", rule.name, text, rule, moved)


def _follow_up(context: CaseContext) -> Sequence[Rule]:
    """The rule of follow-up that is meant for the case: where the kind has rules of that sort, there is always one."""
    if not any(rule.of == "followup" for rule in context.kind.deadlines):
        return ()
    return (_rules(context, "followup") or [FOLLOW_UP])[:1]


def _of_pause(context: CaseContext) -> Iterator[Deadline]:
    """Yield the deadline by which a pause that lasts is to be reviewed."""
    if context.paused:
        for rule in _rules(context, "pause"):
            running = rule._replace(pauses=False)
            yield counted(context, "pause", rule.name, rule.label.in_(language()), running, context.paused)


def _rules(context: CaseContext, of: str, signer: str = "") -> list[Rule]:
    """Return the rules of that sort that are meant for the case."""
    return [rule for rule in context.kind.deadlines if rule.of == of and fits(rule, context.case, signer)]


# -- days ----------------------------------------------------------------------------------------------


def counted(context: CaseContext, what: What, ref: str, text: str, rule: Rule, start: date) -> Deadline:
    """The deadline a rule sets from its ``start``, extended as the log says."""
    rule = target(rule, context.case)
    stops = context.stops if rule.pauses and rule.amount > 0 else ()
    last = reached(rule, start, context.calendar, context.day_1, stops)
    original = rolled(rule, last, context.calendar, stops)
    found = Deadline(what, ref, text, original, original, rule, start, stops, nominal=last)
    held = bool(stops and context.paused and original >= context.paused)
    return _extended(context, found)._replace(held=held)


def _given(context: CaseContext, what: What, ref: str, text: str, named: NamedDay, where: Where) -> Deadline:
    """Return the deadline somebody named, extended as the log says; a pause does not move it."""
    due = cast("date", named.on)
    return _extended(context, Deadline(what, ref, text, due, due, where=where, counted=named.counted))


def _extended(context: CaseContext, found: Deadline) -> Deadline:
    if not any(entry.did == "extend" for entry in context.case.log):
        return found
    for entry in extensions_of(context.case, found.ref):
        found = extended(found, entry, context.calendar)
    return found


def extensions_of(case: Case, ref: str) -> tuple[Entry, ...]:
    """Return the extensions of the deadline ``ref`` in the order they were made, since it last moved with an event."""
    found: list[Entry] = []
    for entry in case.happened():
        if entry.did == "extend" and entry.deadline == ref:
            found.append(entry)
        elif entry.did == "postpone" and ref in moved_refs(entry):
            found = []
    return tuple(found)


class Further(Protocol):
    """More time as an ``extend`` entry gives it: until a day, or so much longer."""

    @property
    def until(self) -> date | None:
        """The new day, None where it is counted."""

    @property
    def amount(self) -> int:
        """How many units longer."""

    @property
    def unit(self) -> str:
        """``workday`` (also for ""), ``day`` or ``month``."""


def extended(found: Deadline, by: Further, calendar: Calendar) -> Deadline:
    """The deadline with more time: until a day, or counted on from :func:`extends_from`; never an earlier day."""
    if by.until:
        last = due = by.until
    else:
        rule = longer(by.amount, by.unit)
        last = reached(rule, extends_from(found, by.unit), calendar, True, found.stops)
        due = rolled(rule, last, calendar, found.stops)
    more = found.extensions + ((by,) if isinstance(by, Entry) else ())
    found = found._replace(extensions=more)
    return found._replace(due=due, nominal=last) if due > found.due else found


def extends_from(found: Deadline, unit: str) -> date:
    """The day further time is counted from: where the rule says so the last day of the time given, though it was off.

    Months always are: counted from the day they were moved to, they would drift into the next month.
    """
    nominal = unit == "month" or (found.rule is not None and found.rule.extends == "nominal")
    return found.nominal if nominal and found.nominal else found.due


def longer(amount: int, unit: str) -> Rule:
    """The time an extension gives, as a rule counted from the day that was due; working days by default."""
    known = unit if unit in ("day", "month") else "workday"
    return Rule("extension", Text("", ""), "case", amount, cast("Unit", known), "")
