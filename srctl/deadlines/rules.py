"""Every deadline in force for a case and what set it: the source of `due` and `explain`. Pure.

A deadline comes from a day somebody named (the order, a step, a promise) or from a rule of the kind. Nothing is
stored: pauses and extensions are log entries, and the day is computed from them each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, cast

from srctl.core.dates import parse_iso
from srctl.core.decoding import Text, Where
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.counting import count
from srctl.deadlines.pauses import Stops, open_pause, stops_of
from srctl.model.case import Case, Entry
from srctl.model.definitions import FOLLOW_UP, Conditions, Kind, Rule, Unit
from srctl.model.labels import standstill_words
from srctl.workflow.loose_ends import last_moved, loose_ends
from srctl.workflow.paper_state import papers_of
from srctl.workflow.stages import (
    Open,
    is_closed,
    open_promises,
    promised_before,
    stage_entered,
    stage_left,
    stage_of,
    steps_settled,
)

What = Literal[
    "case", "stage", "step", "ours", "theirs", "rule", "paper", "thanks", "decision", "pause",
    "draft", "dispatch", "decided", "followup",
]  # fmt: skip


class Deadline(NamedTuple):
    """One deadline: what falls due, on which day, and what set it.

    ``ref`` is the rule, step, entry or paper it is about; ``rule`` the rule that counted it (with its matching
    row of ``instead``), from ``start``, skipping ``stops``; None where somebody named the day, which then stands at
    ``where`` in the case file. ``original`` is the day without its ``extensions``, of something promised again or asked
    for again the first day it was promised or asked for. ``held``: the case is paused, and
    the day moves on with today. ``whom`` is who of the office has to act, when that is not the owner.
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

    @property
    def verified(self) -> bool:
        """Whether the rule was checked against its law; a day that somebody named needs no law."""
        return self.rule is None or self.rule.verified


class _CaseContext(NamedTuple):
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
    case = _without_slips(case, kind)
    pause = open_pause(case)
    context = _CaseContext(case, kind, calendar, receipt_day_1, stops_of(case, today), pause.began if pause else None)
    found = (*_of_case(context), *_of_steps(context), *_of_promises(context), *_of_papers(context),
             *_of_loose_ends(context), *_of_pause(context))  # fmt: skip
    return found or tuple(_of_standstill(context, today))


def _without_slips(case: Case, kind: Kind) -> Case:
    """The case as rules see it: a text that is none of the choices of its field says nothing.

    A slip of the hand never takes away a deadline that stands while nothing is said.
    """
    slips = {f.name for f in kind.fields if f.values and case.fields.get(f.name, "") not in ("", *f.choices())}
    return case._replace(fields={k: v for k, v in case.fields.items() if k not in slips}) if slips else case


def _of_case(context: _CaseContext) -> Iterator[Deadline]:
    """Yield the deadline of the order, then those set by the rules of the case and its stages."""
    case = context.case
    if case.order.due:
        yield _given(context, "case", "order.due", _("deadline of the order"), case.order.due, ("order", "due"))
    for rule in context.kind.deadlines:
        start = rule_start(rule, case) if binds(rule, case, context.kind) else None
        if start:
            what: What = "stage" if rule.of == "stage" else "rule"
            yield _counted(context, what, rule.name, rule.label.in_(language()), rule, start)


def _of_steps(context: _CaseContext) -> Iterator[Deadline]:
    settled = steps_settled(context.case)
    for place, step in enumerate(context.case.plan.steps):
        if step.id in settled:
            continue
        if step.due:
            where = ("plan", "steps", place, "due")
            yield _given(context, "step", step.id, step.do, step.due, where)._replace(with_=step.with_)
            continue
        for rule in _rules(context, "step"):
            start = _case_start(rule, context.case)
            if start:
                yield _counted(context, "step", step.id, step.do, rule, start)._replace(with_=step.with_)


def _of_promises(context: _CaseContext) -> Iterator[Deadline]:
    """Yield the deadlines of what is awaited or owed: promises, replies, thanks, decisions."""
    places = {entry.id: place for place, entry in enumerate(context.case.log)}
    for item in open_promises(context.case):
        before = [d for e in promised_before(context.case, item.entry.id) if e.promise
                  for d in _promised(context, Open(e, e.promise), places)]  # fmt: skip
        for found in _promised(context, item, places):
            yield found._replace(original=min((found.original, *(d.original for d in before))))


def _promised(context: _CaseContext, item: Open, places: Mapping[str, int]) -> Iterator[Deadline]:
    """Yield the deadlines of one promise: the day it names, else those its rules count, else that of the follow-up."""
    what, of = promise_rules(item)
    entry, promise = item
    if promise.due:
        where = ("log", places[entry.id], "promise", "due")
        found = Deadline(what, entry.id, promise.what, promise.due, promise.due, where=where)
        yield found._replace(with_=entry.with_, whom=entry.whom)
        return
    rules = [rule for rule in _rules(context, of) if of != "promise" or rule.side in ("", promise.of)]
    for rule in rules or _follow_up(context):
        counted = _counted(context, what, entry.id, promise.what, rule, entry.day())
        yield counted._replace(with_=entry.with_, whom=entry.whom)


def promise_rules(item: Open) -> tuple[What, str]:
    """What an open promise is (a wait, a debt, thanks, a decision), and the ``of`` of the rules meant for it."""
    entry, promise = item
    if promise.of == "us":
        return ("thanks", "thanks") if entry.did == "reply" else ("ours", "promise")
    if entry.whom:  # asked for, or promised again by who was asked
        return "decision", "decision"
    return "theirs", "reply" if entry.did == "send" else "promise"


def _of_papers(context: _CaseContext) -> Iterator[Deadline]:
    """Yield the deadlines of papers that are submitted for signature."""
    for paper in papers_of(context.case):
        if paper.state != "submitted" or paper.submitted is None:
            continue
        for rule in _rules(context, "paper", paper.drafted.signer):
            row = target(rule, context.case, paper.drafted.signer)
            found = _counted(context, "paper", paper.id, paper.id, row._replace(instead=()), paper.submitted.day())
            yield found._replace(whom=paper.drafted.signer)


def _of_loose_ends(context: _CaseContext) -> Iterator[Deadline]:
    """Yield the deadlines of what was begun and not carried on: drafts, signed papers, decisions."""
    for end in loose_ends(context.case):
        for rule in _rules(context, end.of, end.signer):
            row = target(rule, context.case, end.signer)
            yield _counted(context, end.of, end.ref, end.text, row._replace(instead=()), end.since)


def _of_standstill(context: _CaseContext, today: date) -> Iterator[Deadline]:
    """Yield the day by which a case in which nothing falls due is looked at again: no open case is without one."""
    moved = last_moved(context.case)
    for rule in _follow_up(context):
        text = standstill_words(context.calendar.workdays_between(moved, today))
        yield _counted(context, "followup", rule.name, text, rule, moved)


def _follow_up(context: _CaseContext) -> Sequence[Rule]:
    """The rule of follow-up that is meant for the case: where the kind has rules of that sort, there is always one."""
    if not any(rule.of == "followup" for rule in context.kind.deadlines):
        return ()
    return (_rules(context, "followup") or [FOLLOW_UP])[:1]


def _of_pause(context: _CaseContext) -> Iterator[Deadline]:
    """Yield the deadline by which a pause that lasts is to be reviewed."""
    if context.paused:
        for rule in _rules(context, "pause"):
            running = rule._replace(pauses=False)
            yield _counted(context, "pause", rule.name, rule.label.in_(language()), running, context.paused)


# -- rules ---------------------------------------------------------------------------------------------


def binds(rule: Rule, case: Case, kind: Kind) -> bool:
    """Whether a rule of the case or of a stage is in force: it is meant for the case, and not met yet."""
    if rule.of not in ("stage", "case") or not fits(rule, case):
        return False
    # A paper may meet the rule by being sent, whatever stage the case is in (wordings: ``starts.meets``).
    if any(rule.name in entry.meets for entry in case.happened()):
        return False
    # A standing rule of a stage is for the kinds that have it.
    return rule.of != "stage" or (kind.stage(rule.stage) is not None and not stage_left(case, kind, rule.stage))


def fits(rule: Rule, case: Case, signer: str = "") -> bool:
    """Whether the rule is meant for such a case (``when``, ``unless``)."""
    if rule.unless and _holds(rule.unless, case, signer):
        return False
    return not rule.when or _holds(rule.when, case, signer)


def _holds(conditions: Conditions, case: Case, signer: str) -> bool:
    """Whether every field named has one of the values; ``signer`` is who signs the paper, or the last one."""
    for path, values in conditions.items():
        if path == "signer":
            value: object = signer or _last_signer(case)
        else:
            value = stage_of(case) if path == "stage" else case.field(path)
        if str(value or "") not in values:
            return False
    return True


def _last_signer(case: Case) -> str:
    return next((e.signer for e in reversed(case.happened()) if e.signer), "")


def target(rule: Rule, case: Case, signer: str = "") -> Rule:
    """The rule with its first matching row of ``instead`` applied."""
    for row in rule.instead:
        if _holds(row.when, case, signer):
            return rule._replace(amount=row.amount, unit=row.unit or rule.unit, basis=row.basis or rule.basis)
    return rule


def rule_start(rule: Rule, case: Case) -> date | None:
    """Return the day a rule of the case or of a stage counts from (day 0), None when it has not begun."""
    if rule.from_ != "stage_start" or rule.of != "stage":
        return _case_start(rule, case)
    if stage_of(case) != rule.stage:
        return None
    entered = stage_entered(case, rule.stage)
    return entered.day() if entered else case.received.on


def _case_start(rule: Rule, case: Case) -> date | None:
    """Return the day of the case that a rule counts from."""
    match rule.from_:
        case "received":
            return case.received.on
        case "dated":
            return case.received.dated
        case "field":
            return _date(case.fields.get(rule.field, ""))
        case "stage_start":
            entered = stage_entered(case, rule.stage)
            return entered.day() if entered else case.received.on if stage_of(case) == rule.stage else None
    return None


def _date(text: str) -> date | None:
    try:
        return parse_iso(text)
    except ValueError:  # not filled in yet, or a fault that `check` reports
        return None


def _rules(context: _CaseContext, of: str, signer: str = "") -> list[Rule]:
    """Return the rules of that sort that are meant for the case."""
    return [rule for rule in context.kind.deadlines if rule.of == of and fits(rule, context.case, signer)]


# -- days ----------------------------------------------------------------------------------------------


def _counted(context: _CaseContext, what: What, ref: str, text: str, rule: Rule, start: date) -> Deadline:
    """Return the deadline a rule sets, extended as the log says."""
    rule = target(rule, context.case)
    stops = context.stops if rule.pauses and rule.amount > 0 else ()
    original = count(rule, start, context.calendar, context.day_1, stops)
    found = Deadline(what, ref, text, original, original, rule, start, stops)
    held = bool(stops and context.paused and original >= context.paused)
    return _extended(context, found)._replace(held=held)


def _given(context: _CaseContext, what: What, ref: str, text: str, due: date, where: Where) -> Deadline:
    """Return the deadline somebody named, extended as the log says; a pause does not move it."""
    return _extended(context, Deadline(what, ref, text, due, due, where=where))


def _extended(context: _CaseContext, found: Deadline) -> Deadline:
    if not any(entry.did == "extend" for entry in context.case.log):
        return found
    extensions = extensions_of(context.case, found.ref)
    due = found.due
    for entry in extensions:
        due = extended(due, entry.until, longer(entry.amount, entry.unit), context.calendar, found.stops)
    return found._replace(due=due, extensions=extensions)


def extensions_of(case: Case, ref: str) -> tuple[Entry, ...]:
    """Return the extensions of the deadline ``ref`` in the order they were made."""
    return tuple(entry for entry in case.happened() if entry.did == "extend" and entry.deadline == ref)


def extended(due: date, until: date | None, further: Rule, calendar: Calendar, stops: Stops = ()) -> date:
    """The day an extension moves ``due`` to: ``until``, or ``further`` (:func:`longer`); never an earlier one."""
    return max(due, until or count(further, due, calendar, stops=stops))


def longer(amount: int, unit: str) -> Rule:
    """The time an extension gives, as a rule counted from the day that was due; working days by default."""
    known = unit if unit in ("day", "month") else "workday"
    return Rule("extension", Text("", ""), "case", amount, cast("Unit", known), "")
