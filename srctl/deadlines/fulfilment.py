"""What meets a rule of the case or of a stage: the event named by its ``met_by``, and nothing else. Pure.

A rule is met by what happened: a paper submitted, signed or sent, the complainant told, a decision, somebody reached,
the work of the stage done. Drafting, an override and closing meet none. What was met stays met, whatever the case
goes through afterwards; only a rule counted from the start of a stage begins anew each time the stage does.
"""

from collections.abc import Callable

from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED, Kind, Rule
from srctl.workflow.paper_state import COMPLAINANT, MINISTER
from srctl.workflow.stages import stage_entered, work_done

Drafted = dict[str, Entry]


def fulfilment(rule: Rule, case: Case, kind: Kind) -> Entry | None:
    """The entry that met a rule of the case or of a stage, None while it is not met.

    Besides its ``met_by`` a paper meets the rules its wording names when it is sent (``starts.meets``).
    """
    log = case.happened()
    begun = stage_entered(case, rule.stage) if rule.from_ == "stage_start" else None
    first = log.index(begun) if begun else 0
    done = _work(rule, case, kind) if rule.met_by == "step" else None
    if done and log.index(done) < first:
        done = None
    happens = _EVENTS.get(rule.met_by, _never)
    drafted: Drafted = {}
    for place, entry in enumerate(log):
        if entry.paper and entry.did in ("memo", "draft"):
            drafted[entry.paper] = entry
        if place >= first and (entry is done or rule.name in entry.meets or happens(entry, rule, drafted)):
            return entry
    return None


def finished(case: Case) -> Entry | None:
    """The entry that closed the case with every gate met, None while only an override did or nothing."""
    return next((e for e in case.happened() if e.to == CLOSED and not e.missing), None)


def _work(rule: Rule, case: Case, kind: Kind) -> Entry | None:
    return work_done(case, kind, rule.stage) if rule.of == "stage" else finished(case)


def _never(_entry: Entry, _rule: Rule, _drafted: Drafted) -> bool:
    return False


def _submitted(entry: Entry, rule: Rule, drafted: Drafted) -> bool:
    """Whether a memo, or a paper of those the rule names, was submitted: a letter is no account to the superior."""
    if entry.did != "submit":
        return False
    begun = drafted.get(entry.paper)
    return _named(entry, rule, drafted) if rule.papers else begun is not None and begun.did == "memo"


def _signed(entry: Entry, rule: Rule, drafted: Drafted) -> bool:
    return entry.did == "sign" and (not rule.papers or _named(entry, rule, drafted))


def _sent(entry: Entry, rule: Rule, drafted: Drafted) -> bool:
    """Whether a paper of those the rule names, or any that leaves the office, was sent."""
    if entry.did != "send":
        return False
    return _named(entry, rule, drafted) if rule.papers else _leaves(entry, drafted)


def _answered(entry: Entry, rule: Rule, drafted: Drafted) -> bool:
    """Whether the complainant was spoken to, or sent a paper of those the rule names; to acknowledge is no answer."""
    if entry.did == "contact":
        return entry.with_ == COMPLAINANT
    return _sent(entry, rule, drafted) and bool(rule.papers)


def _decided(entry: Entry, _rule: Rule, _drafted: Drafted) -> bool:
    return entry.did == "decide"


def _contacted(entry: Entry, _rule: Rule, drafted: Drafted) -> bool:
    """Whether somebody was reached, as the need ``contact`` has it: a call, or a paper that leaves the office."""
    return entry.did == "contact" or (entry.did == "send" and _leaves(entry, drafted))


def _leaves(entry: Entry, drafted: Drafted) -> bool:
    """Whether the paper goes to somebody outside: not up, and not to the Minister, whom the office serves."""
    begun = drafted.get(entry.paper, entry)
    return bool(begun.among) or begun.with_ not in ("", MINISTER)


def _named(entry: Entry, rule: Rule, drafted: Drafted) -> bool:
    begun = drafted.get(entry.paper)
    return begun is not None and (begun.wording or begun.paper) in rule.papers


_EVENTS: dict[str, Callable[[Entry, Rule, Drafted], bool]] = {
    "submitted": _submitted, "signed": _signed, "sent": _sent, "answered": _answered, "decided": _decided,
    "contacted": _contacted,
}  # fmt: skip
