"""Reminders of what others owe to a case: letters drafted, messages written to be sent by hand.

A letter is a draft like any other (:mod:`srctl.papers.drafts`) that names the wait it reminds of; the drafts of a case
are one act. A message (LINE, e-mail) is only a text: it is logged when somebody really sent it, never by writing it.
"""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from srctl.core.errors import CommandLine, NotFound, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case_people import spelled
from srctl.model.definitions import Chase
from srctl.model.people import Signer, find_callee
from srctl.office import attachments
from srctl.office.folder import Folder
from srctl.office.writer import Actor, act
from srctl.papers import draft_request, drafts
from srctl.papers.draft_request import Asked, Drafted
from srctl.papers.escalation import ReminderStatus
from srctl.papers.messages import filled_message
from srctl.papers.template_values import PaperContext, values_of
from srctl.papers.wordings import read_template
from srctl.store import atomicfile, outputfile
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, named_day, next_paper_id

Medium = Literal["letter", "message"]
MESSAGE = "remind"
PROMISED = "remind-promise"  # the letter about what was promised in a contact: the others cite an earlier letter
_NOBODY = Signer("", "", ())


class ReminderResult(NamedTuple):
    """The result of one reminder: the file written, of a letter ``paper`` and ``commit`` too; or the ``fault``."""

    status: ReminderStatus
    medium: Medium
    file: Path | None = None
    text: str = ""
    paper: str = ""
    commit: str = ""
    fault: SrctlError | None = None


def medium_of(status: ReminderStatus, wanted: Medium | None = None) -> Medium:
    """The medium a wait is reminded by: the one asked for, else a letter where a letter is waited for."""
    return wanted or ("letter" if status.paper else "message")


def remind(
    folder: Folder, found: Sequence[ReminderStatus], today: date, actor: Actor, wanted: Medium | None = None
) -> list[ReminderResult]:
    """Draft a reminder for each of ``found``, all of one case, and record the letters in one act.

    What cannot be drafted comes back with its fault; it keeps nothing else from being done.
    """
    made: list[ReminderResult] = []
    papers: list[Drafted] = []
    for status in found:
        medium = medium_of(status, wanted)
        try:
            if medium == "message":
                made.append(write_message(folder, status, today))
                continue
            paper, file = write_letter(folder, status, today, [p.id for p in papers])
            papers.append(paper)
            made.append(ReminderResult(status, medium, file, paper=paper.id))
        except SrctlError as fault:
            made.append(ReminderResult(status, medium, fault=fault))
    return _recorded(folder, made, papers, actor) if papers else made


def _recorded(
    folder: Folder, made: list[ReminderResult], papers: Sequence[Drafted], actor: Actor
) -> list[ReminderResult]:
    """Record the letters and return all results, theirs with the commit or the fault."""
    try:
        done = act(folder, made[0].status.case.id, lambda case, _kind: draft_request.record_draft(case, papers), actor)
    except SrctlError as fault:
        return [m._replace(fault=fault) if m.paper else m for m in made]
    return [m._replace(commit=done.recorded.commit) if m.paper else m for m in made]


def write_letter(
    folder: Folder, status: ReminderStatus, today: date, taken: Collection[str] = ()
) -> tuple[Drafted, Path]:
    """Write the next reminder letter and return what is to be recorded of it, and its file.

    It bears the marks of the letter it reminds of. ``taken`` are ids of papers not recorded yet.

    Raises:
        Refused: a value is missing. NotFound: the addressee is gone from the directory, or the wording.
    """
    case, wording = status.case, status.wording if status.paper else PROMISED
    paper = next_paper_id(case, wording, taken)
    asked = Asked(paper, status.whom, chases=(status.entry.id,))
    if status.paper:
        drafted = status.paper.drafted
        asked = asked._replace(urgency=drafted.urgency, secrecy=drafted.secrecy, why=drafted.why)
    else:
        day = _named_day(status)
        due = day.isoformat() if day else ""
        given = {"promised": status.what, "on": status.entry.day().isoformat(), "due": due}
        asked = asked._replace(given={name: text for name, text in given.items() if text})
    made = drafts.draft_from_case(folder, case.id, wording, today, asked)
    file = drafts.draft_path(folder, case.id, paper)
    drafts.write_draft(file, made.docx)
    digest, series = sha256(made.docx).hexdigest(), read_template(folder.root / "templates", wording).form.series
    papers = Drafted(paper, wording, made.form, digest, asked, (), made.signer, not series, made.acting)
    return papers, file


# -- messages ------------------------------------------------------------------------------------------


def write_message(folder: Folder, status: ReminderStatus, today: date) -> ReminderResult:
    """Write the text of a reminder to be sent by LINE or e-mail beside the case, and return it.

    Raises:
        Refused: the matter is confidential, or the file cannot be written. NotFound: nobody is so called any more.
    """
    case = status.case
    if case.secrecy != "none":
        message = _("{id} is confidential: it is not written about in a message").format(id=case.id)
        raise Refused(message, _("call, or write a letter: {command}").format(
            command=CommandLine("chase {} --do --letter", case.id)))  # fmt: skip
    text = message_text(folder, status, today)
    file = attachments.home(folder, case.id) / f"{case.id}-{status.entry.id}-message.txt"
    with outputfile.writing(folder.relative(file), _("close it where it is open, and try again")):
        atomicfile.write(file, (text + "\n").encode())
    return ReminderResult(status, "message", file, text)


def message_text(folder: Folder, status: ReminderStatus, today: date) -> str:
    """Return the reminder in the words of ``templates/messages/remind.j2``, never with the complainant in it."""
    context = PaperContext(status.case, folder.kind(status.case.kind), folder.office, folder.directory, today)
    values = values_of(context, _NOBODY, None, _given(folder, status, today), private=False)
    return "\n".join(filled_message(folder, MESSAGE, values))


def _given(folder: Folder, status: ReminderStatus, today: date) -> dict[str, object]:
    """The values of the wait that a message may name, besides the case and the office."""
    paper, every = status.paper, (folder.kind(status.case.kind).chase or Chase()).every
    return {
        "whom": _called(folder, status),
        "promised": status.what,
        "letter": {"number": paper.number, "date": paper.dated} if paper else None,
        "by_channel": status.entry.by,
        "on": status.entry.day(),
        "due": _named_day(status),
        "by": folder.calendar.add_workdays(today, max(every, 1)),
        "reminders": status.reminders or None,
    }


def _named_day(status: ReminderStatus) -> date | None:
    """The day that stands in our letter, or that they named themselves; None where only the office counts one."""
    if status.paper and status.entry.did == "send":
        return named_day(status.paper)
    promise = status.entry.promise
    return status.due if promise and promise.due else None


def _called(folder: Folder, status: ReminderStatus) -> str:
    """Return the name a message begins with, "" for somebody who stands in no directory."""
    whom = status.entry.with_
    if whom in (COMPLAINANT, MINISTER):
        return ""
    callee = find_callee(folder.directory, spelled(status.case, whom))
    if callee is None:
        raise NotFound(_("{name} is not in the directory").format(name=whom or "…"), CommandLine("contacts list"))
    return callee.person.name if callee.person else callee.organisation.name
