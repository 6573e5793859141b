"""Actions on time: pause and resume a case, extend a deadline, ask for a decision. Pure.

Each is a log entry with its reason; its effect on the days is computed from the log each time
(:mod:`srctl.deadlines.rules`), so undoing or back-dating one comes out right.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from srctl.core.dates import TYPED_YEARS, show_date
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.obligations import PROMISED
from srctl.deadlines.pauses import open_pause, pauses_of
from srctl.deadlines.rules import Deadline, extended
from srctl.model.case import Case, Entry, Promise
from srctl.model.definitions import Extension, Reason
from srctl.model.labels import span_words
from srctl.workflow.actions import Act, refuse_unknown_promises, require_open

EXTENSIBLE = ("case", "stage", "rule", "step")
UNITS = {"wd": "workday", "d": "day", "m": "month"}


def pause(
    case: Case, category: str, why: str, reasons: Sequence[Reason], today: date, *, on: date | None = None
) -> Act:  # fmt: skip
    """Record that the case is paused from ``on`` (default: today), for a named reason.

    Raises:
        UsageError: no reason, or a day that is still to come, before the receipt, or before the last resuming.
        Refused: it is paused already.
    """
    require_open(case)
    command = CommandLine('pause {} REASON --why "…"', case.id)
    known = [reason.name for reason in reasons]
    if not why or (known and category not in known):
        raise UsageError(_("say for what reason it is paused"), f"{command}   ({', '.join(known)})")
    now = open_pause(case)
    if now:
        day = show_date(now.began, language())
        raise Refused(_("{id} is paused since {day}").format(id=case.id, day=day), CommandLine("resume {}", case.id))
    begins = on or today
    _not_ahead(begins, today, command)
    past = [p.ended for p in pauses_of(case) if p.ended]
    for earliest, words in (
        (case.received.on, _("received on {day}")),
        *((day, _("resumed on {day}")) for day in past),
    ):
        if begins < earliest:
            message = words.format(day=show_date(earliest, language()))
            raise UsageError(
                _("{id} was {what}: it cannot be paused before that").format(id=case.id, what=message), command
            )
    return Act("pause", _("paused"), entry=partial(Entry, category=category, why=why, on=on), onward=False)


def resume(case: Case, today: date, *, why: str = "", on: date | None = None) -> Act:
    """Record that the case is resumed on ``on`` (default: today): that day counts again.

    Raises:
        Refused: it is not paused. UsageError: a day still to come, or before the pause began.
    """
    require_open(case)
    now = open_pause(case)
    if now is None:
        raise Refused(_("{id} is not paused").format(id=case.id), CommandLine("show {}", case.id))
    command = CommandLine("resume {} --on DATE", case.id)
    _not_ahead(on or today, today, command)
    if (on or today) < now.began:
        day = show_date(now.began, language())
        raise UsageError(_("{id} was paused only on {day}").format(id=case.id, day=day), command)
    return Act("resume", _("resumed"), entry=partial(Entry, why=why, on=on), onward=False)


def _not_ahead(day: date, today: date, command: CommandLine) -> None:
    if day > today:
        raise UsageError(_("{day} is still to come").format(day=show_date(day, language())), command)


class Longer(NamedTuple):
    """An extension as typed: a new day, or a further amount of time; and the reason."""

    until: date | None = None
    amount: int = 0
    unit: str = "workday"
    why: str = ""
    override: str = ""
    counted: str = ""


def extend(
    case: Case, found: Sequence[Deadline], ref: str, by: Longer, cap: Extension, calendar: Calendar
) -> Act:  # fmt: skip
    """Record that the deadline ``ref`` of those ``found`` is extended; its original day stays known.

    Raises:
        NotFound: no such deadline. Refused: it cannot be extended, or the cap of the kind is reached (an override
        permits more). UsageError: no reason, no later day.
    """
    require_open(case)
    deadline = the_deadline(case, found, ref)
    command = CommandLine('extend {} {} --until DATE --why "…"', case.id, deadline.ref)
    if not by.why:
        raise UsageError(_("say why it is extended"), command)
    after = extended(deadline, by, calendar).due
    if after <= deadline.due:
        day = show_date(deadline.due, language())
        raise UsageError(_("{what} is due on {day}: the new day is later").format(what=deadline.ref, day=day), command)
    if after.year not in TYPED_YEARS:
        text = show_date(after, language())
        raise UsageError(_("{text} is beyond every year that can be typed").format(text=text), command)
    exceeded = _cap_exceeded(deadline, after, cap, calendar)
    if exceeded and not by.override:
        raise Refused(exceeded, _("with the reason: {command}").format(command=command.plus('--override "…"')))
    entry = partial(
        Entry, deadline=deadline.ref, until=by.until, counted=by.counted, amount=by.amount,
        unit=by.unit if by.amount else "", why=by.why, override=by.override if exceeded else "",
    )  # fmt: skip
    shown = {"what": deadline.ref, "old": show_date(deadline.due, language()), "day": show_date(after, language())}
    sentence = _("{what} extended from {old} to {day}").format(**shown)
    return Act("extend", sentence, entry=entry, onward=False)


def _cap_exceeded(deadline: Deadline, after: date, cap: Extension, calendar: Calendar) -> str:
    """Why the extension would exceed the cap of the kind, "" when it does not."""
    times = len(deadline.extensions)
    if times >= cap.times:
        message = ngettext("{what} was extended once already", "{what} was extended {n} times already", times)
        return message.format(what=deadline.ref, n=times)
    days = calendar.workdays_between(deadline.original, after)
    if days > cap.workdays:
        message = ngettext(
            "{what} would be extended by {span} in all; {most} is allowed",
            "{what} would be extended by {span} in all; {most} are allowed",
            cap.workdays,
        )
        return message.format(what=deadline.ref, span=span_words(days, "workday"), most=cap.workdays)
    return ""


def the_deadline(case: Case, found: Sequence[Deadline], ref: str) -> Deadline:
    """The deadline meant by ``ref``: the one named, or for "" the only one that can be extended.

    Raises:
        NotFound: none, or several and none named. Refused: it is a promise, which is made again instead of extended.
    """
    can = [d for d in found if d.what in EXTENSIBLE]
    listed = "\n".join(f"{d.ref}  {show_date(d.due, language())}  {d.text}" for d in can)
    wanted = [d for d in can if d.ref == ref] if ref else can
    if len(wanted) == 1:
        return wanted[0]
    other = next((d for d in found if ref and d.ref == ref), None)
    if other and not wanted:
        message = _("{id}: {what} is no deadline of the office").format(id=case.id, what=ref)
        again = _("promised again: {command}").format(command=CommandLine("promise broken {} {}", case.id, ref))
        raise Refused(message, again if other.what in PROMISED else listed or CommandLine("show {}", case.id))
    message = _("{id} has no deadline {what}") if ref else _("{id}: which deadline?")
    raise NotFound(message.format(id=case.id, what=ref), listed or CommandLine("show {}", case.id))


def escalate(
    case: Case, whom: str, ask: str, why: str, people: Collection[str], *,
    due: date | None = None, counted: str = "", about: Sequence[str] = (),
) -> Act:  # fmt: skip
    """Record that a superior was asked to decide: what falls due is their decision (seed 000: never in their place).

    ``people`` are the ids of those who may be asked, ``about`` the waits it is about (entries): it counts as asked for
    them and no other. The day may be left to a rule of ``decision``.
    """
    require_open(case)
    refuse_unknown_promises(case, about)
    to_group = CommandLine('escalate {} --to group --ask "…" --why "…"', case.id)
    to_head = CommandLine('escalate {} --to head --ask "…" --why "…"', case.id)
    if not whom:
        message = _("the group of {id} has no head in office.yaml").format(id=case.id)
        raise NotFound(message, to_head)
    if whom not in people:
        raise NotFound(_("there is nobody {name} to ask").format(name=whom), ", ".join(sorted(people)))
    if whom == case.owner:
        message = _("{who} carries the matter: a decision is asked of somebody else").format(who=whom)
        raise UsageError(message, to_head)
    if not ask or not why:
        raise UsageError(_("say what is to be decided, and why"), to_group)
    entry = partial(Entry, whom=whom, why=why, promise=Promise("them", ask, due, counted), chases=tuple(about))
    return Act("escalate", _("decision asked of {who}").format(who=whom), entry=entry)
