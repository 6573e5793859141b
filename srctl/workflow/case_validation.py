"""Validation of a case beyond its shape: the faults `srctl check` reports. Pure.

Each check takes the case and its context and yields faults at a place in the file; none of them raises.
A new check is one function and one line in ``CHECKS``.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date

from srctl.core.dates import BANGKOK, parse_time, show_date
from srctl.core.decoding import Fault, Where, fault_of, read_date
from srctl.core.errors import CommandLine, UsageError, did_you_mean
from srctl.core.i18n import _, language
from srctl.core.named_days import read_count
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.case_people import spelled
from srctl.model.definitions import ENDED, Kind
from srctl.model.labels import state_word
from srctl.model.people import Directory, Office, find_callee, superiors
from srctl.workflow.paper_order import out_of_order
from srctl.workflow.paper_state import COMPLAINANT, MINISTER


class ValidationContext(NamedTuple):
    """What a case is checked against. ``ids`` are all case ids, None when links are not to be checked."""

    office: Office
    kinds: Mapping[str, Kind]
    directory: Directory
    today: date
    ids: Set[str] | None = None


Check = Callable[[Case, ValidationContext], Iterator[Fault]]
TO_ANYBODY = ("memo", "draft", "number", "send", "reply", "contact", "promise", "merge")


def kind_exists(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """The kind must be defined, and the fields must be those of the kind."""
    kind = context.kinds.get(case.kind)
    if kind is None:
        message = _("there is no kind {kind}").format(kind=case.kind)
        hint = did_you_mean(case.kind, context.kinds, CommandLine("kinds"))
        yield Fault(("kind",), "unknown-kind", message, hint)
        return
    own = {field.name for field in kind.fields}
    for name in case.fields:
        if name not in own:
            message = _("{name} is not a field of {kind}").format(name=name, kind=case.kind)
            hint = did_you_mean(name, own, CommandLine("kinds show {}", case.kind))
            yield Fault(("fields", name), "unknown-field", message, hint)
    stages = kind.stage_names()
    since = max((i for i, entry in enumerate(case.log) if entry.kind), default=0)  # of another kind before
    for i, entry in enumerate(case.log[since:], since):
        if entry.to and entry.to not in (*stages, *ENDED):
            message = _("there is no stage {stage} in {kind}").format(stage=entry.to, kind=case.kind)
            hint = did_you_mean(entry.to, stages, ", ".join(stages))
            yield Fault(("log", i, "to"), "unknown-stage", message, hint)


def fields_fit(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """A field that is a date, a time of day or a choice is written as one, and so is the time of receipt."""
    kind = context.kinds.get(case.kind)
    for field in kind.fields if kind else ():
        text = case.fields.get(field.name, "")
        if text and field.type == "date" and not _is_date(text):
            yield fault_of("date", ("fields", field.name), text)
        if text and field.type == "time" and not _is_time(text):
            yield _not_a_time(("fields", field.name), text)
        if text and field.type == "choice" and text not in field.choices():
            yield fault_of("choice", ("fields", field.name), text, field.choices())
    if case.received.at and not _is_time(case.received.at):
        yield _not_a_time(("received", "at"), case.received.at)


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        return parse_time(text) == text
    except UsageError:
        return False


def _not_a_time(where: Where, text: str) -> Fault:
    message = _("{key}: {given} is not a time of day").format(key=where[-1], given=text)
    return Fault(where, "time", message, _("write 17:50"))


def people_exist(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """Owner, backup and the people of the log are coordinators; ``with`` is somebody in the directory."""
    known = {c.id for c in context.office.coordinators}
    named: list[tuple[Where, str]] = [(("owner",), case.owner), (("backup",), case.backup)]
    named += [(("log", i, "who"), entry.who) for i, entry in enumerate(case.log)]
    for where, name in named:
        if name and name not in known:
            message = _("{name} is not a coordinator of this office").format(name=name)
            yield Fault(where, "unknown-person", message, did_you_mean(name, known, "office.yaml"))
    called: list[tuple[Where, str]] = [
        (("plan", "steps", i, "with"), step.with_) for i, step in enumerate(case.plan.steps)
    ]
    for i, entry in enumerate(case.log):
        # A paper or a call may be to the complainant or the Minister, who stand in no directory.
        if not (entry.did in TO_ANYBODY and entry.with_ in (COMPLAINANT, MINISTER)):
            called.append((("log", i, "with"), entry.with_))
        called += [(("log", i, "among", n), reference) for n, reference in enumerate(entry.among)]
        called.append((("log", i, "refers"), entry.refers if entry.refers != COMPLAINANT else ""))
    for where, reference in called:
        if reference and find_callee(context.directory, spelled(case, reference)) is None:
            message = _("{name} is not in the directory").format(name=reference)
            yield Fault(where, "unknown-contact", message, CommandLine("contacts list"))


def superiors_exist(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """Whoever is asked for a decision signs for the office or belongs to it."""
    known = superiors(context.office)
    for i, entry in enumerate(case.log):
        if entry.whom and entry.whom not in known and context.office.coordinator(entry.whom) is None:
            message = _("there is nobody {name} to ask").format(name=entry.whom)
            yield Fault(("log", i, "whom"), "unknown-person", message, did_you_mean(entry.whom, known, "office.yaml"))


def ids_are_unique(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """Log entries and plan steps each carry an id of their own."""
    for where, ids in (
        (("log",), [e.id for e in case.log]),
        (("plan", "steps"), [s.id for s in case.plan.steps]),
        (("people",), [p.id for p in case.people]),
    ):
        seen: set[str] = set()
        for i, item in enumerate(ids):
            if item in seen:
                message = _("the id {id} stands twice").format(id=item)
                yield Fault((*where, i, "id"), "duplicate-id", message, _("give it the next free id"))
            seen.add(item)


def references_resolve(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """What an entry points at is there: the promise it keeps, the step it settles, the case it links."""
    entries = {e.id for e in case.log}
    promises = {e.id for e in case.log if e.promise}
    steps = {s.id for s in case.plan.steps}
    undone = case.undone()  # what an undone entry points at may be gone with it
    for i, entry in ((i, entry) for i, entry in enumerate(case.log) if entry.id not in undone):
        for key, ids in (
            ("keeps", entry.keeps), ("waives", entry.waives), ("breaks", entry.breaks), ("chases", entry.chases)
        ):  # fmt: skip
            for n, item in enumerate(ids):
                if item not in promises:
                    yield _dangling(("log", i, key, n), item)
        if entry.step and entry.step not in steps:
            yield _dangling(("log", i, "step"), entry.step)
        if entry.of and entry.of not in entries:
            yield _dangling(("log", i, "of"), entry.of)
        yield from (_dangling(("log", i, "reopens", n), item) for n, item in enumerate(entry.reopens)
                    if item not in entries)  # fmt: skip
    if context.ids is None:
        return
    for i, other in enumerate(case.links):
        if other.case not in context.ids:
            yield _dangling(("links", i, "case"), other.case)
    for i, earlier in enumerate(case.analysis.earlier):
        if earlier not in context.ids:
            yield _dangling(("analysis", "earlier", i), earlier)


def _dangling(where: Where, target: str) -> Fault:
    message = _("{target} does not exist").format(target=target)
    return Fault(where, "dangling", message, _("correct the id or take the line out"))


def dates_in_order(case: Case, context: ValidationContext) -> Iterator[Fault]:
    """Nothing is received in the future, dated after its receipt, or due before it."""
    received = case.received.on
    if received > context.today:
        message = _("received on {day}, which is still to come").format(day=_show(received))
        yield Fault(("received", "on"), "future-receipt", message, _("give the day it really came"))
    if case.received.dated and case.received.dated > received:
        message = _("the paper is dated {day}, after its receipt").format(day=_show(case.received.dated))
        yield Fault(("received", "dated"), "date-order", message, _("check both dates"))
    if case.order.due and case.order.due < received:
        message = _("the deadline {due} is before the receipt {day}").format(
            due=_show(case.order.due), day=_show(received)
        )
        another_year = case.order.due.year != received.year
        hint = _("check the year: B.E. or C.E.?") if another_year else _("check both dates")
        yield Fault(("order", "due"), "date-order", message, hint)
    for i, step in enumerate(case.plan.steps):
        if step.due and step.due < received:
            message = _("the step is due {due}, before the receipt").format(due=_show(step.due))
            yield Fault(("plan", "steps", i, "due"), "date-order", message, _("check both dates"))
    for i, entry in enumerate(case.log):
        if entry.on and entry.on > context.today:
            message = _("logged for {day}, which is still to come").format(day=_show(entry.on))
            yield Fault(("log", i, "on"), "future-entry", message, _("give the day it really was"))
        written = entry.at.astimezone(BANGKOK).date()
        if written > context.today:
            message = _("written on {day}, which is still to come").format(day=_show(written))
            yield Fault(("log", i, "at"), "clock-ahead", message, _("see whether the clock of that computer is right"))
        if entry.promise and entry.promise.due and entry.promise.due < entry.day():
            message = _("promised by {due}, before the day it was promised").format(due=_show(entry.promise.due))
            yield Fault(("log", i, "promise", "due"), "date-order", message, _("check both dates"))


def counts_are_readable(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """How a day was counted in working days is written as srctl writes it, beside that day."""
    named: list[tuple[Where, str]] = [(("order", "counted"), case.order.counted)]
    named += [(("plan", "steps", i, "counted"), step.counted) for i, step in enumerate(case.plan.steps)]
    for i, entry in enumerate(case.log):
        named.append((("log", i, "counted"), entry.counted))
        if entry.promise:
            named.append((("log", i, "promise", "counted"), entry.promise.counted))
    for where, text in named:
        if text and read_count(text) is None:
            message = _("{key}: {given} does not say how a day was counted").format(key=where[-1], given=text)
            yield Fault(where, "counted", message, _('write "+9wd from 2026-11-21 = 2026-12-04", or take the line out'))


def _show(day: date) -> str:
    return show_date(day, language())


def time_stands_still_in_order(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """A case is paused while it goes on, resumed while it is paused, and never paused before it was received."""
    places = {entry.id: i for i, entry in enumerate(case.log)}
    paused: date | None = None
    for entry in case.happened():
        where: Where = ("log", places[entry.id], "did")
        if entry.did == "pause" and paused:
            yield Fault(where, "pause-order", _("paused although it was paused"), CommandLine("resume {}", case.id))
        elif entry.did == "resume" and (paused is None or entry.day() < paused):
            yield Fault(where, "pause-order", _("resumed before it was paused"), CommandLine("show {}", case.id))
        elif entry.did == "pause" and entry.day() < case.received.on:
            yield Fault(where, "date-order", _("paused before its receipt"), _("check both dates"))
        elif entry.did == "extend" and not (entry.deadline and (entry.until or entry.amount > 0)):
            yield Fault(where, "extension", _("an extension says of what, and until when or how long"),
                        CommandLine("extend ID WHAT --until DATE"))  # fmt: skip
        if entry.did in ("pause", "resume"):
            paused = entry.day() if entry.did == "pause" else None
        elif entry.to in ENDED:
            paused = None


def subject_is_one_line(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """The subject is a single line that is not empty."""
    if not case.subject.strip():
        yield Fault(("subject",), "empty", _("the subject is empty"), _("write what it is about"))
    elif "\n" in case.subject:
        yield Fault(("subject",), "lines", _("the subject has several lines"), _("make it one line"))


def papers_go_their_way(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """A paper is drafted, submitted, signed, numbered, sent and answered in that order; each number stands once."""
    places = {id(entry): i for i, entry in enumerate(case.log)}
    for entry, paper in out_of_order(case):
        where: Where = ("log", places[id(entry)], "paper" if entry.paper else "did")
        if paper is None:
            message = _("the paper {paper} was never drafted").format(paper=entry.paper or "…")
            yield Fault(where, "unknown-paper", message, CommandLine("letter {}", case.id))
        else:
            message = _("{id}: {paper} is {state}").format(id=case.id, paper=paper.id, state=state_word(paper.state))
            yield Fault(where, "paper-order", message, CommandLine("show {}", case.id))
    seen: set[tuple[str, int, int]] = set()
    for i, entry in enumerate(case.log):
        if entry.did == "number":
            key = (entry.series, entry.n, (entry.dated or entry.day()).year)
            if entry.n < 1 or key in seen:
                message = _("the number {number} stands twice or is none").format(number=entry.number or entry.n)
                hint = _("numbers are given by {command} alone").format(command=CommandLine("number"))
                yield Fault(("log", i, "n"), "number", message, hint)
            seen.add(key)


def secrecy_is_bearable(case: Case, _context: ValidationContext) -> Iterator[Fault]:
    """Secret and top secret matters belong in the secret register, not in a folder everyone reads.

    Source: ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔ (background, to be verified by the office).
    """
    if case.secrecy in ("secret", "top-secret"):
        message = _("secret and top secret matters must not be kept here")
        hint = _("keep it in the secret register; here only its number, with secrecy: confidential")
        yield Fault(("secrecy",), "secrecy", message, hint)


CHECKS: tuple[Check, ...] = (
    kind_exists,
    fields_fit,
    people_exist,
    superiors_exist,
    ids_are_unique,
    references_resolve,
    dates_in_order,
    counts_are_readable,
    time_stands_still_in_order,
    subject_is_one_line,
    papers_go_their_way,
    secrecy_is_bearable,
)


def case_faults(case: Case, context: ValidationContext) -> list[Fault]:
    """Return every fault of ``case``, in the order of ``CHECKS``."""
    return [fault for check in CHECKS for fault in check(case, context)]
