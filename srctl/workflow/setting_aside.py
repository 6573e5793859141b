"""A case that is none of its own: entered by mistake, or merged into another. Its number and its log stay. Pure."""

from functools import partial

from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _
from srctl.core.patches import Edit
from srctl.model.case import Case, Did, Entry
from srctl.model.definitions import MERGED, VOID
from srctl.workflow.actions import Act, further_steps, require_open
from srctl.workflow.paper_state import next_command, papers_of
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import is_closed, open_promises, refuse_ended, set_aside, steps_settled

MOVED: tuple[Did, ...] = ("contact", "note", "reply", "decide", "file")  # what may have been logged in the wrong case
_IN_HAND = ("draft", "returned", "submitted", "signed", "numbered")
_OUT = ("numbered", "sent", "answered")


def void(case: Case, why: str) -> Act:
    """Set aside a case that was entered by mistake: its number is not given again, and it counts nowhere.

    Raises:
        UsageError: no reason. Refused: it is set aside already, or a letter of it bears a number.
    """
    if set_aside(case):
        refuse_ended(case)
    if not why:
        raise UsageError(_("say why it is void"), CommandLine('void {} --why "…"', case.id))
    out = next((paper for paper in papers_of(case) if paper.state in _OUT), None)
    if out:
        message = _("{id}: {paper} bears a number; a case that letters went out of is not void").format(
            id=case.id, paper=out.id
        )
        commands = (CommandLine('cancel {} {} --why "…"', case.id, out.id),
                    CommandLine('close {} --override "…"', case.id))  # fmt: skip
        raise Refused(message, "\n".join(commands))
    return Act("void", _("entered by mistake"), entry=partial(Entry, to=VOID, why=why), onward=False)


def merged_away(case: Case, into: str, why: str) -> Act:
    """Make a case a part of another: its log, papers and numbers stay where they are, the rest goes on ``into``.

    Raises:
        UsageError: no reason, or the case itself. Refused: it is set aside, or a paper of it is in hand.
    """
    if set_aside(case):
        refuse_ended(case)
    if into == case.id:
        raise UsageError(_("a case is not merged into itself"), CommandLine('merge {} INTO --why "…"', case.id))
    if not why:
        raise UsageError(_("say why they are one matter"), CommandLine('merge {} {} --why "…"', case.id, into))
    paper = next((paper for paper in papers_of(case) if paper.state in _IN_HAND), None)
    if paper:
        message = _("{id}: {paper} is in hand; finish or cancel it first").format(id=case.id, paper=paper.id)
        commands = (next_command(case.id, paper), CommandLine('cancel {} {} --why "…"', case.id, paper.id))
        raise Refused(message, "\n".join(commands))
    linked = any(link.case == into and link.as_ == "duplicate" for link in case.links)
    edits = () if linked else (Edit("append", ("links",), {"case": into, "as": "duplicate"}),)
    entry = partial(Entry, case=into, why=why, to=MERGED)
    return Act("merge", _("merged into {case}").format(case=into), edits, entry, onward=False)


def taken_in(case: Case, other: Case, why: str) -> Act:
    """Go on with what is open in the ``other`` case: its promises, awaited replies and steps, each with its origin.

    Raises:
        Refused: the case is closed or set aside.
    """
    require_open(case)
    promises = () if is_closed(other) else open_promises(other)
    before = tuple(
        partial(Entry, case=other.id, with_=found.entry.with_, whom=found.entry.whom, promise=found.promise,
                origin=f"{other.id}/{found.entry.id}")
        for found in promises
    )  # fmt: skip
    settled = steps_settled(other)
    steps = [step for step in other.plan.steps if step.id not in settled and not is_closed(other)]
    edits = further_steps(case, [PlannedStep(step.do, step.with_, step.by, step.due, step.counted) for step in steps])
    sentence = _("took in {case}").format(case=other.id)
    return Act("merge", sentence, tuple(edits), partial(Entry, case=other.id, why=why), onward=False, before=before)


def moved_away(case: Case, entry_id: str, other: str, why: str = "") -> Act:
    """Give an entry that was logged in the wrong case to the ``other``: here it stays, and counts no more.

    Raises:
        NotFound: no such entry. Refused: it does not count any more, or is none that can move.
    """
    entry = case.entry(entry_id)
    if entry is None:
        raise NotFound(_("{id} has no entry {entry}").format(id=case.id, entry=entry_id),
                       CommandLine("show {}", case.id))  # fmt: skip
    if other == case.id:
        raise UsageError(_("it is in that case already"), CommandLine("move {} {} --to OTHER", case.id, entry_id))
    words = {"id": case.id, "entry": entry_id}
    if entry not in case.happened():
        message = _("{id}: {entry} is taken back already")
        raise Refused(message.format(**words), CommandLine("show {}", case.id))
    if entry.did not in MOVED or (entry.did == "reply" and entry.paper):
        message = _("{id}: only a contact, a note, a decision or mail received can be moved, not {entry}")
        raise Refused(message.format(**words), CommandLine("undo {} {}", case.id, entry_id))
    sentence = _("{entry} moved to {case}").format(entry=entry_id, case=other)
    return Act("move", sentence, entry=partial(Entry, of=entry_id, case=other, why=why), onward=False)


def taken_over(case: Case, entry: Entry, origin: str) -> Act:
    """Log what was logged in another case by mistake, on the day it happened; ``origin`` is the entry there."""
    if entry.did != "note":
        require_open(case)
    apart = {"id", "at", "who", "did", "on", "to", "override", "missing", "keeps", "waives", "breaks", "chases", "step",
             "file", "sha256", "attached", "paper"}  # fmt: skip
    given = {name: value for name, value in entry._asdict().items() if name not in apart and value}
    sentence = _("taken over from {case}").format(case=origin)
    return Act(entry.did, sentence, entry=partial(Entry, on=entry.day(), **given, origin=origin))
