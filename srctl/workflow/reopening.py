"""Ways back: a closed case opened again, an open one sent back to an earlier stage. Pure."""

from datetime import date
from functools import partial

from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind
from srctl.model.labels import stage_word
from srctl.workflow.actions import Act, require_open
from srctl.workflow.stages import first_skipped, is_closed, refuse_ended, set_aside, stage_of


def reopen(
    case: Case, kind: Kind, why: str, to: str = "", due: date | None = None, counted: str = ""
) -> Act:  # fmt: skip
    """Open a closed case again, with the reason, at ``to``; ``due`` is until when (:func:`srctl.deadlines.rules`).

    Without ``to`` at the first stage whose gate only an override passed, which is asked for again, else at the last.

    Raises:
        Refused: it is not closed, or ``to`` is beyond a gate that was skipped. UsageError: no reason.
        NotFound: no such stage.
    """
    if set_aside(case):
        refuse_ended(case)
    if not is_closed(case):
        raise Refused(_("{id} is not closed").format(id=case.id), CommandLine("next {}", case.id))
    if not why:
        raise UsageError(_("say why it is reopened"), CommandLine('reopen {} --why "…"', case.id))
    names = [s.name for s in kind.stages]
    if to and to not in names:
        message = _("there is no stage {stage} in {kind}").format(stage=to, kind=case.kind)
        raise NotFound(message, ", ".join(names))
    skipped = first_skipped(case, kind)
    if to and skipped and names.index(skipped) < names.index(to):
        message = _("{id} passed {stage} by an override: that is still to be done").format(
            id=case.id, stage=stage_word(kind, skipped)
        )
        raise Refused(message, CommandLine('reopen {} --to {} --why "…"', case.id, skipped))
    stage = to or skipped or names[-1]
    entry = partial(Entry, why=why, to=stage, until=due, counted=counted)
    return Act("reopen", _("reopened"), entry=entry, onward=False)


def send_back(
    case: Case, kind: Kind, to: str, why: str, due: date | None = None, counted: str = ""
) -> Act:  # fmt: skip
    """Send an open case back to an earlier stage with the reason (counted in the reports)."""
    require_open(case)
    names = [s.name for s in kind.stages]
    now = stage_of(case)
    # From a stage the kind no longer has, every stage it has is a way back.
    earlier = names[: names.index(now)] if now in names else names
    if to not in earlier:
        raise Refused(
            _("{id} is in {stage}; it cannot go back to {to}").format(id=case.id, stage=now, to=to),
            ", ".join(earlier) or CommandLine("next {}", case.id),
        )
    if not why:
        command = CommandLine('reopen {} --to {} --why "…"', case.id, to)
        raise UsageError(_("say why it is sent back"), command)
    entry = partial(Entry, why=why, to=to, until=due, counted=counted)
    return Act("reopen", _("sent back to {to}").format(to=to), entry=entry, onward=False)
