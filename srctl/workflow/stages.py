"""Stages and gates: where a case stands, what is missing to go on, and how it goes on. Pure.

The stage is a fold over the log: every entry that moved the case records where ``to``. A gate is the list of
needs of a stage in its kind; each :class:`Need` is declared once, with its words and the command that supplies it.
"""

from collections.abc import Callable, Iterator

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, language, mark
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Did, Entry, Promise
from srctl.model.definitions import CLOSED, ENDED, MERGED, VOID, Kind
from srctl.model.labels import stage_word
from srctl.workflow.paper_state import reached_others

FIRST = "receive"  # where a case is that was just received


class Open(NamedTuple):
    """A promise not yet settled, with the entry that made it."""

    entry: Entry
    promise: Promise


class Missing(NamedTuple):
    """One need of a gate that is not met: its name, its words, and the command that supplies it."""

    need: str
    label: str
    command: str


def stage_of(case: Case) -> str:
    """Return the stage the case is in; a case just received is in ``receive``."""
    return next((e.to for e in reversed(case.happened()) if e.to), FIRST)


def is_closed(case: Case) -> bool:
    """Whether the case is closed."""
    return stage_of(case) in ENDED


def set_aside(case: Case) -> Entry | None:
    """The entry by which the case was set aside, entered by mistake or merged into another; None when it was not."""
    return stage_entered(case, stage_of(case)) if stage_of(case) in (VOID, MERGED) else None


def refuse_ended(case: Case) -> None:
    """Refuse to go on with a case that is closed, or set aside."""
    aside = set_aside(case)
    if aside:
        words = _("{id} was merged into {other}") if aside.case else _("{id} was entered by mistake and is void")
        message = words.format(id=case.id, other=aside.case)
        raise Refused(message, CommandLine("undo {} {}", case.id, aside.id))
    if is_closed(case):
        raise Refused(_("{id} is closed").format(id=case.id), CommandLine('reopen {} --why "…"', case.id))


def stage_entered(case: Case, stage: str) -> Entry | None:
    """Return the entry by which the case last came into ``stage``."""
    return next((e for e in reversed(case.happened()) if e.to == stage), None)


def departures(case: Case, kind: Kind, stage: str) -> Iterator[Entry]:
    """Yield the entries by which the case went beyond ``stage``, each time it did."""
    later, beyond = _after(kind, stage), False
    for entry in case.happened():
        if entry.to:
            if entry.to in later and not beyond:
                yield entry
            beyond = entry.to in later


def open_promises(case: Case) -> tuple[Open, ...]:
    """Return the promises nobody has kept, waived or broken (for a new one) yet, oldest first."""
    entries = case.happened()
    settled = {entry_id for e in entries for entry_id in (*e.keeps, *e.waives, *e.breaks)}
    return tuple(Open(e, e.promise) for e in entries if e.promise and e.id not in settled)


def promised_before(case: Case, entry_id: str) -> tuple[Entry, ...]:
    """Return the promises that were broken before the one of ``entry_id`` took their place, oldest first."""
    entries = {e.id: e for e in case.happened()}
    chain: list[Entry] = []
    wanted = list(entries[entry_id].breaks) if entry_id in entries else []
    while wanted:
        found = entries.get(wanted.pop())
        if found and found not in chain:
            chain.append(found)
            wanted += found.breaks
    return tuple(sorted(chain, key=lambda e: list(entries).index(e.id)))


def steps_settled(case: Case) -> dict[str, Entry]:
    """Return the entry that finished (or dropped) each planned step, by step id."""
    return {e.step: e for e in case.happened() if e.did == "step" and e.step}


def overrides(case: Case) -> tuple[Entry, ...]:
    """Return the entries that passed a gate by an override."""
    return tuple(e for e in case.happened() if e.override)


# -- needs ------------------------------------------------------------------------------------------


class Need(NamedTuple):
    """Something a gate can ask for: a field path (``analysis.opinion``) or, with a ``fact``, a name of its own.

    ``label`` is marked for the catalogue and translated when it is shown; ``command`` is the line that supplies it.
    """

    name: str
    label: str
    command: str = 'set {} {}="…"'
    fact: Callable[[Case], bool] | None = None


_NEEDS = {need.name: need for need in (
    # A paper sent is a contact too: formal coordination (seed 002).
    Need("contact", mark("a contact logged"), 'contact {} ORG/PERSON --by phone --said "…"',
         lambda case: _did(case, "contact") or reached_others(case)),
    Need("steps-done", mark("every planned step done"), "step done {} STEP",
         lambda case: all(step.id in steps_settled(case) for step in case.plan.steps)),
    Need("promises-settled", mark("every promise kept or waived"), "promise kept {}",
         lambda case: not open_promises(case)),
    Need("decision", mark("the decision of a superior"), 'decide {} --by "…" --what "…"',
         lambda case: _did(case, "decide")),
    Need("memo", mark("the memo drafted"), "memo {}", lambda case: _did(case, "memo")),
    Need("complainant", mark("who complains (or that no name was given)"),
         'set {} complainant.name="…"',
         lambda case: case.complainant is not None and case.complainant.is_stated()),
    Need("subject", mark("subject")),
    Need("owner", mark("the coordinator who carries it"), "assign {} WHO"),
    Need("order.by", mark("who ordered it")),
    Need("order.text", mark("what was ordered")),
    Need("order.due", mark("the deadline of the order")),
    Need("received.from", mark("from whom it came")),
    Need("received.ref", mark("number of the paper that brought it")),
    Need("received.dated", mark("date of the paper that brought it")),
    Need("analysis.issues", mark("issues"), 'analyse {} --issue "…"'),
    Need("analysis.facts", mark("facts"), 'analyse {} --fact "…"'),
    Need("analysis.law", mark("law"), 'analyse {} --law "…"'),
    Need("analysis.earlier", mark("earlier matters"), "link {} OTHER --relation earlier"),
    Need("analysis.opinion", mark("opinion"), 'analyse {} --opinion "…"'),
    Need("analysis.proposal", mark("proposal"), 'analyse {} --proposal "…"'),
    Need("analysis.power", mark("who has the power to decide"), 'analyse {} --power "…"'),
    Need("plan.result", mark("the result wanted"), 'plan {} --result "…"'),
    Need("plan.steps", mark("steps"), 'plan {} --step "…"'),
    Need("report.result", mark("what came of it"), 'report {} --result "…"'),
    Need("report.lesson", mark("lesson noted"), 'report {} --lesson "…"'),
)}  # fmt: skip


# The acts behind a command, where they are not called like it.
_SUPPLYING = {"contact": ("contact", "send"), "promise": ("promise", "contact", "reply"), "memo": ("memo", "draft")}


def _did(case: Case, did: Did) -> bool:
    return any(e.did == did for e in case.happened())


def is_met(case: Case, need: str) -> bool:
    """Whether ``need`` (a field path or the name of a fact) is met."""
    known = _NEEDS.get(need)
    return known.fact(case) if known and known.fact else bool(case.field(need))


def label(need: str, kind: Kind | None = None, language: str = "th") -> str:
    """The words for a need: the Thai office term or the English one."""
    if need.startswith("fields."):
        name = need.removeprefix("fields.")
        field = next((f for f in kind.fields if f.name == name), None) if kind else None
        return field.label.in_(language) if field else name
    return _(_NEEDS[need].label) if need in _NEEDS else need


def supply(need: str, case_id: str) -> CommandLine:
    """The exact command that supplies ``need`` for the case."""
    known = _NEEDS.get(need) or Need(need, need)
    return CommandLine(known.command, case_id, need.removeprefix("fields."))


def known_needs() -> frozenset[str]:
    """Every need a gate may name, besides the ``fields.…`` of its kind."""
    return frozenset(_NEEDS)


def missing_for(case: Case, kind: Kind, stage: str, language: str = "th") -> tuple[Missing, ...]:
    """The needs not met to leave ``stage``; nothing for a stage the kind does not have."""
    found = kind.stage(stage)
    return tuple(
        Missing(need, label(need, kind, language), _supply_now(case, need))
        for need in (found.needs if found else ())
        if not is_met(case, need)
    )


def _supply_now(case: Case, need: str) -> CommandLine:
    """The command that supplies ``need`` as the case stands: the open step, of promises what settles the oldest."""
    if need == "steps-done":
        step = next((s.id for s in case.plan.steps if s.id not in steps_settled(case)), "")
        return CommandLine("step done {} {}", case.id, step) if step else supply(need, case.id)
    owed = open_promises(case) if need == "promises-settled" else ()
    if not owed:
        return supply(need, case.id)
    one = owed[0].entry
    # Of a circular each addressee is waited for by an entry of its own.
    among = one.did == "send" and sum(e.did == "send" and e.paper == one.paper for e in case.happened()) > 1
    if among:
        return CommandLine("receive {} {} --from {}", case.id, one.paper, one.with_)
    return settling_command(case.id, owed[0])


def settling_command(case_id: str, one: Open) -> CommandLine:
    """The command that settles what is open: a reply awaited is received, what was asked for is decided."""
    if one.entry.did == "send":
        return CommandLine("receive {} {}", case_id, one.entry.paper)
    if one.entry.whom:
        return CommandLine('decide {} --by "…" --what "…" --answers {}', case_id, one.entry.id)
    return CommandLine("promise kept {} {}", case_id, one.entry.id)


# -- gates passed -----------------------------------------------------------------------------------


def work_done(case: Case, kind: Kind, stage: str) -> Entry | None:
    """The entry by which the work of ``stage`` was done, None while it is not.

    That is the first by which it was left with its gate met; once done it stays done. An override lets the case go
    on and does no work: the gate it passed is done by the entry that supplied the last of what was missing.
    """
    passed: Entry | None = None
    for passed in departures(case, kind, stage):
        if not _skips(passed, kind, stage):
            return passed
    return _supplied(case, passed) if passed and not _lacks(case, kind, stage) else None


def first_skipped(case: Case, kind: Kind) -> str:
    """The first stage whose gate only an override passed and which still lacks something, "" for none."""
    for stage in kind.stages:
        left = [_skips(entry, kind, stage.name) for entry in departures(case, kind, stage.name)]
        if left and all(left) and _lacks(case, kind, stage.name):
            return stage.name
    return ""


def _skips(entry: Entry, kind: Kind, stage: str) -> bool:
    """Whether the entry left ``stage`` by an override without something it needs."""
    found = kind.stage(stage)
    return not frozenset(entry.missing).isdisjoint(found.needs if found else ())


def _lacks(case: Case, kind: Kind, stage: str) -> bool:
    found = kind.stage(stage)
    return any(not is_met(case, need) for need in (found.needs if found else ()))


def _supplied(case: Case, passed: Entry) -> Entry:
    """The last entry after ``passed`` that may have supplied what its override lacked."""
    words = (_NEEDS[need].command if need in _NEEDS else "set" for need in passed.missing)
    acts = {"edit", "adopt", *(did for word in words for did in _SUPPLYING.get(word.split()[0], (word.split()[0],)))}
    log = case.happened()
    return next((e for e in reversed(log[log.index(passed) + 1 :]) if e.did in acts), passed)


# -- moving -----------------------------------------------------------------------------------------


class StageMove(NamedTuple):
    """Where an action moves the case: the new stage, or "" to stay, and the needs an override passed."""

    to: str = ""
    missing: tuple[str, ...] = ()


def following(kind: Kind, stage: str) -> str:
    """Return the stage after ``stage`` (``closed`` after the last)."""
    later = _after(kind, stage)
    return later[0] if later else CLOSED


def reach(case: Case, kind: Kind, wanted: str, override: str = "") -> StageMove:
    """The move of ``case`` (with the action's changes in it) to at least ``wanted``.

    Every gate on the way must be met, or ``override`` (a reason) passes them all. A case in a stage its kind
    no longer has stands before the first: it is never shut in by a change of the kind.

    Raises:
        Refused: a gate is not met and there is no override, or the case is closed.
    """
    names = kind.stage_names()
    now = stage_of(case)
    refuse_ended(case)
    here = names.index(now) if now in names else -1
    if wanted not in names or names.index(wanted) <= here:
        return StageMove()
    missing: list[Missing] = []
    for stage in names[max(here, 0) : names.index(wanted)]:
        missing.extend(missing_for(case, kind, stage, language()))
    if missing and not override:
        words = ", ".join(m.label for m in missing)
        message = _("{id} cannot go on to {stage}: missing {words}").format(
            id=case.id, stage=stage_word(kind, wanted), words=words
        )
        hint = "\n".join(dict.fromkeys(m.command for m in missing))
        raise Refused(message, hint + "\n" + _('or, with a reason: --override "…"'))
    return StageMove(wanted, tuple(m.need for m in missing))


def onward(case: Case, kind: Kind) -> StageMove:
    """The move to the next stage when the present gate is met, else none.

    The last stage is never left by itself: closing is an act of its own.
    """
    now = stage_of(case)
    after = following(kind, now)
    if now in ENDED or after == CLOSED or missing_for(case, kind, now):
        return StageMove()
    return StageMove(after)


def _after(kind: Kind, stage: str) -> tuple[str, ...]:
    names = kind.stage_names()
    return names[names.index(stage) + 1 :] if stage in names else (CLOSED,)
