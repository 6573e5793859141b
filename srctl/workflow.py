"""Stages and gates: where a case stands, what is missing to go on, and how it goes on. Floor 1.

The stage is a fold over the log: every entry that moved the case says where ``to``. A gate is the list of
needs of a stage in its kind; a need is a field path (``analysis.opinion``) or one of the names in ``FACTS``.
"""

from collections.abc import Callable

from srctl.errors import Command, Refused
from srctl.i18n import _, language
from srctl.kinds import CLOSED, Kind
from srctl.model import Case, Entry, Promise
from srctl.papertrail import reached_others
from srctl.values import NamedTuple
from srctl.words import stage_word


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
    return next((e.to for e in reversed(case.happened()) if e.to), "receive")


def is_closed(case: Case) -> bool:
    """Tell whether the case is closed."""
    return stage_of(case) == CLOSED


def stage_entered(case: Case, stage: str) -> Entry | None:
    """Return the entry by which the case last came into ``stage``."""
    return next((e for e in reversed(case.happened()) if e.to == stage), None)


def stage_left(case: Case, kind: Kind, stage: str) -> Entry | None:
    """Return the entry by which the case last went beyond ``stage``, or None while it has not."""
    later = _after(kind, stage)
    left: Entry | None = None
    for entry in case.happened():
        if entry.to:
            left = (left or entry) if entry.to in later else None
    return left


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


def _has_decision(case: Case) -> bool:
    return any(e.did == "decide" for e in case.happened())


FACTS: dict[str, Callable[[Case], bool]] = {
    # A paper sent is a contact too: formal coordination (seed 002).
    "contact": lambda case: any(e.did == "contact" for e in case.happened()) or reached_others(case),
    "steps-done": lambda case: all(step.id in steps_settled(case) for step in case.plan.steps),
    "promises-settled": lambda case: not open_promises(case),
    "decision": _has_decision,
    "memo": lambda case: any(e.did == "memo" for e in case.happened()),
    "complainant": lambda case: (
        case.complainant is not None and (case.complainant.anonymous or bool(case.complainant.name))
    ),
}


def is_met(case: Case, need: str) -> bool:
    """Tell whether ``need`` (a field path or a name in ``FACTS``) is met."""
    if need in FACTS:
        return FACTS[need](case)
    return bool(case.field(need))


def label(need: str, kind: Kind | None = None, language: str = "th") -> str:
    """Return the words for a need: the Thai office term or the English one."""
    if need.startswith("fields."):
        name = need.removeprefix("fields.")
        field = next((f for f in kind.fields if f.name == name), None) if kind else None
        return field.label.in_(language) if field else name
    words = {
        "contact": _("a contact logged"),
        "steps-done": _("every planned step done"),
        "promises-settled": _("every promise kept or waived"),
        "decision": _("the decision of a superior"),
        "memo": _("the memo drafted"),
        "complainant": _("who complains (or that they want no name given)"),
        "subject": _("subject"),
        "owner": _("the coordinator who carries it"),
        "order.by": _("who ordered it"),
        "order.text": _("what was ordered"),
        "order.due": _("the deadline of the order"),
        "received.from": _("from whom it came"),
        "received.ref": _("number of the paper that brought it"),
        "received.dated": _("date of the paper that brought it"),
        "analysis.issues": _("issues"),
        "analysis.facts": _("facts"),
        "analysis.law": _("law"),
        "analysis.earlier": _("earlier matters"),
        "analysis.opinion": _("opinion"),
        "analysis.proposal": _("proposal"),
        "analysis.power": _("who has the power to decide"),
        "plan.result": _("the result wanted"),
        "plan.steps": _("steps"),
        "report.result": _("what came of it"),
        "report.lesson": _("lesson noted"),
    }
    return words.get(need, need)


_COMMANDS = {
    "contact": 'contact {} ORG/PERSON --by phone --said "…"',
    "steps-done": "step done {} STEP",
    "promises-settled": "promise kept {}",
    "decision": 'decide {} --by "…" --what "…"',
    "memo": "memo {}",
    "complainant": 'set {} complainant.name="…"',
    "owner": "assign {} WHO",
    "analysis.issues": 'analyse {} --issue "…"',
    "analysis.facts": 'analyse {} --fact "…"',
    "analysis.law": 'analyse {} --law "…"',
    "analysis.earlier": "link {} OTHER --relation earlier",
    "analysis.opinion": 'analyse {} --opinion "…"',
    "analysis.proposal": 'analyse {} --proposal "…"',
    "analysis.power": 'analyse {} --power "…"',
    "plan.result": 'plan {} --result "…"',
    "plan.steps": 'plan {} --step "…"',
    "report.result": 'report {} --result "…"',
    "report.lesson": 'report {} --lesson "…"',
}


# Field paths that `srctl set` supplies.
_SET = (
    "subject", "order.by", "order.text", "order.due", "received.from", "received.ref", "received.dated",
)  # fmt: skip


def supply(need: str, case_id: str) -> Command:
    """Return the exact command that supplies ``need`` for the case."""
    return Command(_COMMANDS.get(need, 'set {} {}="…"'), case_id, need.removeprefix("fields."))


def known_needs() -> frozenset[str]:
    """Return every need a gate may name, besides the ``fields.…`` of its kind."""
    return frozenset((*FACTS, *_COMMANDS, *_SET))


def missing_for(case: Case, kind: Kind, stage: str, language: str = "th") -> tuple[Missing, ...]:
    """Return what is missing to leave ``stage``; nothing for a stage the kind does not have."""
    found = kind.stage(stage)
    step = next((s.id for s in case.plan.steps if s.id not in steps_settled(case)), "STEP")
    return tuple(
        Missing(need, label(need, kind, language), supply(need, case.id).replace("STEP", step))
        for need in (found.needs if found else ())
        if not is_met(case, need)
    )


# -- moving -----------------------------------------------------------------------------------------


class Move(NamedTuple):
    """Where an action brings the case: the new stage, or "" to stay, and the needs an override passed."""

    to: str = ""
    missing: tuple[str, ...] = ()


def following(kind: Kind, stage: str) -> str:
    """Return the stage after ``stage`` (``closed`` after the last)."""
    later = _after(kind, stage)
    return later[0] if later else CLOSED


def reach(case: Case, kind: Kind, wanted: str, override: str = "") -> Move:
    """Return the move that brings ``case`` (with the action's changes in it) to at least ``wanted``.

    Every gate on the way must be met, or ``override`` (a reason) passes them all. A case in a stage its kind
    no longer has stands before the first: it is never shut in by a change of the kind.

    Raises:
        Refused: a gate is not met and there is no override, or the case is closed.
    """
    names = kind.stage_names()
    now = stage_of(case)
    if now == CLOSED:
        raise Refused(_("{id} is closed").format(id=case.id), Command('reopen {} --why "…"', case.id))
    here = names.index(now) if now in names else -1
    if wanted not in names or names.index(wanted) <= here:
        return Move()
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
    return Move(wanted, tuple(m.need for m in missing))


def onward(case: Case, kind: Kind) -> Move:
    """Return the move to the next stage when the present gate is met, else staying.

    The last stage is never left by itself: closing is an act of its own.
    """
    now = stage_of(case)
    after = following(kind, now)
    if now == CLOSED or after == CLOSED or missing_for(case, kind, now):
        return Move()
    return Move(after)


def _after(kind: Kind, stage: str) -> tuple[str, ...]:
    names = kind.stage_names()
    return names[names.index(stage) + 1 :] if stage in names else (CLOSED,)
