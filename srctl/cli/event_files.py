"""The calendar of engagements as files: Word, Excel, calendar programs. In the office's language."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import view
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, ngettext
from srctl.model.engagement import hours
from srctl.workflow.engagements import event_state_word

if TYPE_CHECKING:
    from srctl.documents.engagement_ics import Appointment
    from srctl.index.workspace import Workspace
    from srctl.reports.engagement_calendar import EngagementCalendar
    from srctl.views.engagement_views import EventLine


def calendar_places(ics: Path | None, docx: Path | None, xlsx: Path | None, *, json: bool) -> dict[str, Path]:
    """The places of the files asked for, by ending; UsageError where JSON is wanted as well."""
    from srctl.store.outputfile import output_path

    asked = {ending: file for ending, file in ((".ics", ics), (".docx", docx), (".xlsx", xlsx)) if file}
    if asked and json:
        raise UsageError(_("--json is given alone, without a file to write"), CommandLine("events --json"))
    return {ending: output_path(file, ending, "events") for ending, file in asked.items()}


def write_calendars(
    workspace: "Workspace", wanted: dict[str, Path], first: date, last: date | None, *, closed: bool
) -> None:
    """Write the calendar from ``first`` to ``last`` into each file; Refused where one cannot be written."""
    from srctl.core.i18n import speaking
    from srctl.index.workspace import current_workspace, renew
    from srctl.store.outputfile import in_folder, save

    with speaking(workspace.folder.office.language):
        renew()  # the words of what was read stay in the language they were read in
        made, n = _made(current_workspace(), wanted, first, last, closed=closed)
    for ending, data in made.items():
        save(in_folder(wanted[ending]), data)
        said = ngettext("{n} event", "{n} events", n).format(n=n)
        view.write_wrapped(f"✓ {workspace.folder.relative(wanted[ending])}: {said}", "green", hang=2)


def _made(
    workspace: "Workspace", wanted: dict[str, Path], first: date, last: date | None, *, closed: bool
) -> tuple[dict[str, bytes], int]:  # fmt: skip
    """The bytes of each file by ending, and the number of events."""
    from srctl.index.engagements import events_between
    from srctl.reports.engagement_calendar import EngagementCalendar, calendar_docx, calendar_xlsx

    folder = workspace.folder
    found, problems = events_between(folder, workspace.today, first, last, closed=closed)
    notes = tuple(f"! {problem.where()}: {problem.message}" for problem in problems)
    stems = {problem.path.stem for problem in problems}
    calendar = EngagementCalendar(tuple(found), folder.office, workspace.today, first, last, notes)
    made: dict[str, bytes] = {}
    if ".docx" in wanted:
        made[".docx"] = calendar_docx(calendar, folder.root / "templates")
    if ".xlsx" in wanted:
        made[".xlsx"] = calendar_xlsx(calendar)
    if ".ics" in wanted:
        made[".ics"] = _ics(workspace, calendar, wanted[".ics"], stems)
    return made, len(found)


def _ics(workspace: "Workspace", calendar: "EngagementCalendar", file: Path, unread: set[str]) -> bytes:
    """The calendar file: also what the file it replaces has of later days, so that it is not taken away there."""
    from srctl.documents import ics
    from srctl.documents.engagement_ics import compose_engagements, event_uid
    from srctl.index.engagements import events_between

    scope = f"{calendar.office.names.th}; events"
    try:
        data = file.read_bytes() if file.is_file() else b""
    except OSError:  # writing it tells
        data = b""
    before = (ics.earlier_events(data, scope) if len(data) <= ics.MAX_BYTES else None) or {}
    lines = list(calendar.lines)
    shown = {line.case for line in lines}
    others, _problems = events_between(workspace.folder, workspace.today, workspace.today, None) if before else ([], [])
    lines += [line for line in others if line.case not in shown and event_uid(line.case) in before]
    found = [made for made in map(appointment, lines) if made]
    title, unreadable = calendar.title(), unread.__contains__
    return compose_engagements(found, title, workspace.now, calendar.notes, scope, before, unreadable)


def appointment(line: "EventLine") -> "Appointment | None":
    """The event as calendar programs have it; None for one that is declined, or has no day."""
    from srctl.documents.engagement_ics import Appointment, labelled

    event, about = line.event, line.about
    if event is None or about.state == "declined":
        return None
    minutes = hours(event)[1]
    end = event.end or (f"{minutes // 60:02}:{minutes % 60:02}" if event.begin and minutes < 24 * 60 else "")
    told = labelled((
        (_("host"), event.host), (_("who goes"), event.attends), (_("dress"), event.dress),
        (_("parking"), event.parking), (_("state"), event_state_word(about.state)),
    ))  # fmt: skip
    tentative = about.state == "waiting"
    return Appointment(line.case, event.day, event.until, event.begin, end, f"{about.subject} ({line.case})",
                       event.place, told, tentative)  # fmt: skip
