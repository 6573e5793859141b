"""Who was invited to an event, and who comes: folds over the log, and what is recorded of it. Pure."""

from collections.abc import Sequence
from functools import partial

from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.people import Directory, find_callee
from srctl.workflow.actions import Act, require_open
from srctl.workflow.paper_state import papers_of

# The wordings by which the office asks somebody to come, or asks to come to them.
INVITING = ("invite-meeting", "appointment", "support")


class Invitee(NamedTuple):
    """One invited: an entry of the directory (``with_``) or somebody by ``name``, and the answer ("": none yet).

    ``sends`` is who comes for them, name and position as typed.
    """

    with_: str = ""
    name: str = ""
    answer: str = ""
    sends: str = ""


def invited(case: Case) -> tuple[str, ...]:
    """The addressees of the letters of invitation that were sent, each once, in the order of the letters."""
    found = [whom for paper in papers_of(case) if paper.wording in INVITING for whom in paper.sent_to]
    return tuple(dict.fromkeys(found))


def invitees(case: Case) -> tuple[Invitee, ...]:
    """Who was invited by letter, then who was entered otherwise, each with the last answer."""
    found = {(whom, ""): Invitee(whom) for whom in invited(case)}
    for entry in case.happened():
        if entry.did == "attend":
            key = (entry.with_, entry.addressee)
            found[key] = Invitee(*key, entry.how, entry.text)
    return tuple(found.values())


class Guest(NamedTuple):
    """Somebody at the table: the name, and position or organisation; ``instead_of`` is who sends them."""

    name: str
    place: str
    instead_of: str = ""


def guest_of(each: Invitee, directory: Directory) -> Guest:
    """Who comes for the invitation: those invited, or whom they send."""
    callee = find_callee(directory, each.with_)
    organisation = callee.organisation.name if callee else ""
    if each.sends:
        name, _comma, position = each.sends.partition(",")
        for_whom = organisation or each.name
        place = ", ".join(part for part in (position.strip(), for_whom) if part)
        return Guest(name.strip(), place, callee.name() if callee else each.name)
    if callee is None:
        name, _comma, position = (each.name or each.with_).partition(",")
        return Guest(name.strip(), position.strip())
    if callee.person:
        return Guest(callee.person.name, " ".join(filter(None, (callee.person.position, organisation))))
    return Guest(callee.organisation.head or organisation, organisation)


def attend(case: Case, answers: Sequence[Invitee]) -> Act:
    """Record who comes: themselves, somebody they send, or nobody; one entry each, in one act.

    An answer is the reply that the letter of invitation to them alone awaited: it waits no longer.

    Raises:
        UsageError: nobody is named, or nobody they send.
    """
    require_open(case)
    command = CommandLine('attend {} WHO sent "…"', case.id)
    if not answers:
        raise UsageError(_("say who comes"), command)
    for each in answers:
        if each.answer == "sent" and not each.sends:
            raise UsageError(_("{who}: say who comes for them").format(who=each.with_ or each.name), command)
    entries = [
        partial(
            Entry, with_=each.with_, addressee=each.name, how=each.answer, text=each.sends,
            keeps=_awaited_from(case, each.with_),
        )
        for each in answers
    ]  # fmt: skip
    words = ngettext("answer of {n} invited recorded", "answers of {n} invited recorded", len(entries))
    return Act("attend", words.format(n=len(entries)), entry=entries[-1], before=tuple(entries[:-1]), onward=False)


def _awaited_from(case: Case, whom: str) -> tuple[str, ...]:
    """The replies awaited to letters of invitation that went to ``whom`` and nobody else."""
    papers = [paper for paper in papers_of(case) if paper.wording in INVITING and paper.sent_to == (whom,)]
    return tuple(dict.fromkeys(waiting for paper in papers for waiting in paper.waiting))
