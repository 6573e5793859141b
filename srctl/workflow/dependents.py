"""What stands on an entry of the log, so that it cannot be taken back before that is. Pure.

A promise kept by a later entry, a step done, a paper that went on, a pause that was ended, a gate passed: each is an
entry of its own, and the one who takes back goes through them from the last to the first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _
from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED, Kind
from srctl.workflow.log_text import entry_sentences
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS
from srctl.workflow.stages import departures, is_met, stage_of

NO_GATES: Mapping[str, Entry] = MappingProxyType({})


def dependents(case: Case, taken: Sequence[Entry], steps: Collection[str] = ()) -> tuple[Entry, ...]:
    """The later entries that stand on those ``taken`` back, oldest first; ``steps`` are the planned steps that go."""
    gone = {entry.id for entry in taken}
    log = case.happened()
    last = max((n for n, entry in enumerate(log) if entry.id in gone), default=len(log))
    later = log[last + 1 :]
    papers = {entry.paper for entry in taken if entry.paper and entry.did in LIFECYCLE_ACTIONS}
    begun = {entry.paper for entry in taken if entry.did in ("memo", "draft")}
    found = {
        entry.id
        for entry in later
        if not gone.isdisjoint((*entry.keeps, *entry.waives, *entry.breaks, *entry.chases))
        or (entry.did == "step" and entry.step in steps)
        or (entry.paper in papers and entry.did in LIFECYCLE_ACTIONS)
        or (entry.paper in begun and entry.did == "decide")
    }
    found.update(entry.id for entry in _after_a_turn(taken, later))
    return tuple(entry for entry in later if entry.id in found)


def _after_a_turn(taken: Sequence[Entry], later: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries that were possible only since the case was paused, resumed, closed or opened again."""
    dids = {entry.did for entry in taken}
    for did, answer in (("pause", "resume"), ("resume", "pause")):
        if did in dids:
            yield from (entry for entry in later if entry.did == answer)
    if any(entry.to == CLOSED for entry in taken):
        yield from (entry for entry in later if entry.did == "reopen")
    elif "reopen" in dids:
        yield from (entry for entry in later if entry.to == CLOSED)


def gates_lost(before: Case, after: Case, kind: Kind, taken: Collection[str]) -> dict[str, Entry]:
    """By stage, the later entry that passed its gate, which is not met ``after`` those ``taken`` are gone."""
    names, now = kind.stage_names(), stage_of(after)
    order = {entry.id: n for n, entry in enumerate(before.happened())}
    last = max((order[name] for name in taken if name in order), default=len(order))
    found: dict[str, Entry] = {}
    for stage in kind.stages[: names.index(now)] if now in names else ():
        lost = [need for need in stage.needs if is_met(before, need) and not is_met(after, need)]
        passed = [entry for entry in departures(after, kind, stage.name) if order.get(entry.id, 0) > last]
        if passed and not set(lost) <= set(passed[-1].missing):
            found[stage.name] = passed[-1]
    return found


def refuse_standing_on(
    case: Case, kind: Kind, taken: Sequence[Entry], later: Sequence[Entry], gates: Mapping[str, Entry] = NO_GATES
) -> None:  # fmt: skip
    """Refuse to take back what the ``later`` entries, or those that passed ``gates``, stand on; each is named."""
    if not (later or gates):
        return
    named = tuple({entry.id: entry for entry in (*later, *gates.values())}.values())
    lines = [f"{entry.id}  {entry_sentences(entry, kind)[0]}" for entry in named]
    commands = [CommandLine("undo {} {}", case.id, named[-1].id)]
    if gates and not later and stage_of(case) != CLOSED:
        commands.append(CommandLine('reopen {} --to {} --why "…"', case.id, next(iter(gates))))
    message = _("{id}: {entry} ({what}) cannot be taken back: what came later stands on it").format(
        id=case.id, entry=taken[-1].id, what=entry_sentences(taken[-1], kind)[0]
    )
    raise Refused(message, "\n".join((*lines, *commands)))
