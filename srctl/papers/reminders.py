"""Reminders of what others owe to a case: letters drafted, messages written out to be sent by hand. Floor 3.

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
from srctl.core.thai import to_arabic_digits
from srctl.documents import text_template
from srctl.model.definitions import Chase
from srctl.model.people import Signer, find_callee
from srctl.office import attachments
from srctl.office.folder import Folder
from srctl.office.writer import Actor, act
from srctl.papers import draft_request, drafts
from srctl.papers.draft_request import Asked, Drafted
from srctl.papers.escalation import ReminderStatus
from srctl.papers.template_values import PaperContext, values_of
from srctl.papers.wordings import read_wording, refuse, refuse_missing
from srctl.store import atomicfile, outputfile
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, next_paper_id

Medium = Literal["letter", "message"]
MESSAGE = "messages/remind.j2"  # below templates/
PROMISED = "remind-promise"  # the letter about what was promised in a contact: the others cite an earlier letter
_NOBODY = Signer("", "", ())


class ReminderResult(NamedTuple):
    """What came of one reminder: the file written, with ``paper`` and ``commit`` a letter's; or the ``fault``."""

    rung: ReminderStatus
    medium: Medium
    file: Path | None = None
    text: str = ""
    paper: str = ""
    commit: str = ""
    fault: SrctlError | None = None


def medium_of(rung: ReminderStatus, wanted: Medium | None = None) -> Medium:
    """Return how a wait is reminded of: the way asked for, else a letter where a letter is waited for."""
    return wanted or ("letter" if rung.paper else "message")


def remind(
    folder: Folder, found: Sequence[ReminderStatus], today: date, actor: Actor, wanted: Medium | None = None
) -> list[ReminderResult]:
    """Draft a reminder for each of ``found``, all of one case, and record the letters in one act.

    What cannot be drafted comes back with its fault; it keeps nothing else from being done.
    """
    made: list[ReminderResult] = []
    papers: list[Drafted] = []
    for rung in found:
        medium = medium_of(rung, wanted)
        try:
            if medium == "message":
                made.append(write_message(folder, rung, today))
                continue
            paper, file = write_letter(folder, rung, today, [p.id for p in papers])
            papers.append(paper)
            made.append(ReminderResult(rung, medium, file, paper=paper.id))
        except SrctlError as fault:
            made.append(ReminderResult(rung, medium, fault=fault))
    return _recorded(folder, made, papers, actor) if papers else made


def _recorded(
    folder: Folder, made: list[ReminderResult], papers: Sequence[Drafted], actor: Actor
) -> list[ReminderResult]:
    """Return what was made, its letters recorded."""
    try:
        done = act(folder, made[0].rung.case.id, lambda case, _kind: draft_request.record_draft(case, papers), actor)
    except SrctlError as fault:
        return [m._replace(fault=fault) if m.paper else m for m in made]
    return [m._replace(commit=done.recorded.commit) if m.paper else m for m in made]


def write_letter(
    folder: Folder, rung: ReminderStatus, today: date, taken: Collection[str] = ()
) -> tuple[Drafted, Path]:
    """Write the next reminder letter and return what is to be recorded of it, and its file.

    It bears the marks of the letter it reminds of. ``taken`` are ids of papers not recorded yet.

    Raises:
        Refused: a value is missing. NotFound: the addressee is gone from the directory, or the wording.
    """
    case, wording = rung.case, rung.wording if rung.paper else PROMISED
    paper = next_paper_id(case, wording, taken)
    asked = Asked(paper, rung.whom, chases=(rung.entry.id,))
    if rung.paper:
        drafted = rung.paper.drafted
        asked = asked._replace(urgency=drafted.urgency, secrecy=drafted.secrecy, why=drafted.why)
    else:
        day = rung.due.isoformat() if rung.due else ""
        given = {"promised": rung.what, "on": rung.entry.day().isoformat(), "due": day}
        asked = asked._replace(given={name: text for name, text in given.items() if text})
    made = drafts.draft_from_case(folder, case.id, wording, today, asked)
    file = drafts.draft_path(folder, case.id, paper)
    drafts.write_draft(file, made.docx)
    return Drafted(paper, wording, made.form, sha256(made.docx).hexdigest(), asked, signer=made.signer), file


# -- messages ------------------------------------------------------------------------------------------


def write_message(folder: Folder, rung: ReminderStatus, today: date) -> ReminderResult:
    """Write the text of a reminder to be sent by LINE or e-mail beside the case, and return it.

    Raises:
        Refused: the matter is confidential, or the file cannot be written. NotFound: nobody is so called any more.
    """
    case = rung.case
    if case.secrecy != "none":
        message = _("{id} is confidential: it is not written about in a message").format(id=case.id)
        raise Refused(message, _("call, or write a letter: {command}").format(
            command=CommandLine("chase {} --do --letter", case.id)))  # fmt: skip
    text = message_text(folder, rung, today)
    file = attachments.home(folder, case.id) / f"{case.id}-{rung.entry.id}-message.txt"
    with outputfile.writing(folder.relative(file), _("close it where it is open, and try again")):
        atomicfile.write(file, (text + "\n").encode())
    return ReminderResult(rung, "message", file, text)


def message_text(folder: Folder, rung: ReminderStatus, today: date) -> str:
    """Return the reminder in the words of ``templates/messages/remind.j2``, never with the complainant in it."""
    templates = folder.root / "templates"
    path = templates / MESSAGE
    if not path.is_file():
        refuse_missing(path)
    ground = PaperContext(rung.case, folder.kind(rung.case.kind), folder.office, folder.directory, today)
    values = values_of(ground, _NOBODY, None, _given(folder, rung, today), private=False)
    try:
        lines = text_template.marked_lines(text_template.render(read_wording(path), values, templates))
    except text_template.AbsentError as fault:
        refuse(path, 0, "template", _("the wording cannot be filled: {reason}").format(reason=fault.path))
    except text_template.WordingError as fault:
        refuse(path, fault.line, "template", _("the wording cannot be filled: {reason}").format(reason=fault.message))
    except text_template.TooLongError:
        refuse(path, 0, "template", _("more text comes out of it than any message has"))
    # What goes into a chat is copied and dialled: digits as keyboards have them.
    return to_arabic_digits("\n".join(line.text for line in lines))


def _given(folder: Folder, rung: ReminderStatus, today: date) -> dict[str, object]:
    """Return what a message may say of the wait besides the case and the office."""
    paper, every = rung.paper, (folder.kind(rung.case.kind).chase or Chase()).every
    return {
        "whom": _called(folder, rung),
        "promised": rung.what,
        "letter": {"number": paper.number, "date": paper.dated} if paper else None,
        "by_channel": rung.entry.by,
        "on": rung.entry.day(),
        "due": rung.due,
        "by": folder.calendar.add_workdays(today, max(every, 1)),
        "reminders": rung.reminders or None,
    }


def _called(folder: Folder, rung: ReminderStatus) -> str:
    """Return the name a message begins with, "" for somebody who stands in no directory."""
    whom = rung.entry.with_
    if whom in (COMPLAINANT, MINISTER):
        return ""
    callee = find_callee(folder.directory, whom)
    if callee is None:
        raise NotFound(_("{name} is not in the directory").format(name=whom or "…"), CommandLine("contacts list"))
    return callee.person.name if callee.person else callee.organisation.name
