"""Commit messages: a sentence for people, trailers for srctl, and how the trailers are read. Pure.

A commit about one case names its last entry in ``Srctl-Entry``, those before it in ``Srctl-Entries``; one about many
names every entry in ``Srctl-Entries``, each behind its case (``2569-0042/a5``).
"""

from collections.abc import Mapping, Sequence

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import FORMAT, Case
from srctl.model.definitions import Kind
from srctl.model.labels import stage_word
from srctl.workflow.actions import Act
from srctl.workflow.stages import StageMove, stage_of


class Acted(NamedTuple):
    """An act carried out: the case after it, its kind, the stage it moved to, the act as it is kept.

    The act is worded in the language of the office, ``said`` is its sentence in that of whoever acted; ``before`` is
    the case before it.
    """

    case: Case
    kind: Kind
    move: StageMove
    act: Act
    said: str = ""
    before: Case | None = None


def message(case: Case, kind: Kind, did: str, sentence: str, move: StageMove, before: int = 0) -> str:
    """Return the commit message: one sentence for people, trailers for srctl.

    ``before`` is the number of entries the act wrote before its last; a trailer names them.
    """
    subject = f"{case.id} {sentence}"
    if move.to and did != "close":
        subject += f" → {stage_word(kind, move.to)}"
    if move.missing:
        subject += " (" + _("gate passed by override") + ")"
    lines = [subject, "", f"Srctl-Case: {case.id}", f"Srctl-Action: {did}"]
    if before:
        lines.append(f"Srctl-Entries: {' '.join(e.id for e in case.log[-before - 1 : -1])}")
    lines += [f"Srctl-Entry: {case.log[-1].id}", f"Srctl-Stage: {stage_of(case)}"]
    return "\n".join([*lines, f"Srctl-Format: {FORMAT}", ""])


def message_of_many(done: Sequence[Acted], sentence: str) -> str:
    """Return the commit message of several acts, on one case or many, in their order."""
    actions = dict.fromkeys(acted.act.did for acted in done)
    entries = [f"{a.case.id}/{e.id}" for a in done for e in a.case.log[-len(a.act.before) - 1 :]]
    lines = [sentence, "", f"Srctl-Case: {' '.join(dict.fromkeys(acted.case.id for acted in done))}"]
    lines += [f"Srctl-Action: {' '.join(actions)}", f"Srctl-Entries: {' '.join(entries)}"]
    return "\n".join([*lines, f"Srctl-Format: {FORMAT}", ""])


def written_entries(trailers: Mapping[str, str], case_id: str) -> list[str]:
    """Return the ids of the log entries of the case that a commit with these trailers wrote, in order."""
    named = [*trailers.get("Srctl-Entries", "").split(), *trailers.get("Srctl-Entry", "").split()]
    return [entry for case, _slash, entry in (name.rpartition("/") for name in named) if case in ("", case_id)]
