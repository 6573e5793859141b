"""Papers received for a case: which wait each of them ends, what is kept of it, and whether thanks are owed."""

from collections.abc import Sequence
from datetime import date

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, SrctlError
from srctl.core.i18n import _, language
from srctl.core.patches import Edit
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.case_people import spelled
from srctl.model.labels import whom_word
from srctl.model.people import COMPLAINANT, Directory, find_callee
from srctl.model.redaction import redactor
from srctl.office.attachments import Given
from srctl.office.folder import Folder
from srctl.papers import lifecycle
from srctl.papers.issuing import keep_files, wording_of
from srctl.papers.lifecycle import Reply, same_house
from srctl.workflow.actions import Act
from srctl.workflow.conversations import kept_person
from srctl.workflow.counterparts import Counterpart
from srctl.workflow.paper_state import Paper, fitting, papers_of, the_paper
from srctl.workflow.stages import open_promises

NO_WAIT = "none"  # typed for a paper that answers nothing


class Awaited(NamedTuple):
    """Something others owe the case: the entry that says so, from whom, what, until when; the paper it answers.

    ``called`` is from whom, spelled out where it is somebody of the case.
    """

    entry: str
    with_: str
    called: str
    what: str
    due: date | None
    paper: str

    def in_words(self, directory: Directory | None = None) -> str:
        """What is awaited, of whom (by the name in the directory, where one is given) and until when."""
        callee = find_callee(directory, self.called) if directory else None
        whom = whom_word(self.called)
        if callee:
            whom = callee.name() if callee.person else callee.organisation.short or callee.organisation.name
        due = _("by {day}").format(day=show_date(self.due, language())) if self.due else ""
        return " ".join(part for part in (self.what, f"({whom})" if self.with_ else "", due) if part)


def awaited(case: Case, sender: str = "") -> tuple[Awaited, ...]:
    """What is awaited from others, oldest first; from ``sender`` alone when one is named."""
    of = {entry: paper.id for paper in papers_of(case) for entry in paper.waiting}
    return tuple(
        Awaited(
            o.entry.id,
            o.entry.with_,
            spelled(case, o.entry.with_),
            o.promise.what,
            o.promise.due,
            of.get(o.entry.id, ""),
        )
        for o in open_promises(case)
        if o.promise.of == "them" and not o.entry.whom and (not sender or same_house(o.entry.with_, sender))
    )


def reply(
    folder: Folder, case: Case, typed: str, given: Reply, today: date, *, scans: Sequence[Given] = ()
) -> Act:  # fmt: skip
    """Plan the receipt of a paper: it ends the wait named, or the only one it can be meant for; else it stands alone.

    A sender nobody knew is kept in the case; one who is the complainant is written down by that word, never by name.
    """
    edits: list[Edit] = []
    if given.new:
        whom = Counterpart(new=given.new)
        if redactor(case, folder.kinds.get(case.kind))(given.new.name) != given.new.name:
            whom = Counterpart(COMPLAINANT)
        reference, case, edits = kept_person(case, whom)
        given = given._replace(with_=reference, new=None)
    paper, given = matched(case, typed, given)
    thanks = paper is not None and _thanks_owed(folder, paper)
    kept = keep_files(folder, case, f"{paper.id}-reply" if paper else "received", scans)
    planned = lifecycle.record_reply(case, paper, given, thanks=thanks, kept=kept, today=today)
    return planned._replace(edits=(*edits, *planned.edits))


def matched(case: Case, typed: str, given: Reply) -> tuple[Paper | None, Reply]:
    """The paper that is answered, None for none, and the reply with its sender and the promises it keeps.

    Raises:
        NotFound: several may be meant, and none is named. As :func:`srctl.workflow.paper_state.the_paper`.
    """
    if NO_WAIT in given.keeps:
        return None, given._replace(keeps=())
    waits = awaited(case, given.with_)
    named = next((wait for wait in waits if wait.entry in given.keeps), None)
    paper = _answered(case, typed or (named.paper if named else ""), given)
    if paper:
        sender = given.with_ or (named.with_ if named else paper.with_)
        return paper, given._replace(with_=sender, keeps=tuple(k for k in given.keeps if k not in paper.waiting))
    if not named and waits and not given.keeps:
        if len(waits) > 1:
            raise _several(case, waits)
        named = waits[0]
    if named is None:
        return None, given
    return None, given._replace(with_=given.with_ or named.with_, keeps=given.keeps or (named.entry,))


def _several(case: Case, waits: Sequence[Awaited]) -> NotFound:
    """The refusal that lists what is awaited, one of which must be named."""
    listed = "\n".join(f"{wait.entry}  {wait.in_words()}" for wait in waits)
    other = CommandLine("receive {} --keeps {}", case.id, NO_WAIT)
    hint = f"{listed}\n" + _("none of them: {command}").format(command=other)
    return NotFound(_("{id}: what does it answer? (--keeps)").format(id=case.id), hint)


def _answered(case: Case, typed: str, given: Reply) -> Paper | None:
    """The paper answered: the one named, or the one sent to its sender; without a sender the only one, if any."""
    if typed:
        return the_paper(case, typed, "reply")
    if given.with_:
        return lifecycle.answered_paper(case, fitting(case, "reply"), given.with_)
    waits = [wait for wait in awaited(case) if wait.entry not in given.keeps]
    papers = {wait.paper for wait in waits}
    if waits and len(papers) == 1:
        only = papers.pop()
        return the_paper(case, only, "reply") if only else None
    if waits:
        raise _several(case, waits)
    return the_paper(case, "", "reply") if papers_of(case) else None


def _thanks_owed(folder: Folder, paper: Paper) -> bool:
    try:
        return wording_of(folder, paper).starts.thanks
    except SrctlError:  # a wording taken out since starts nothing any more
        return False
