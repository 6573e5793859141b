"""A paper that came in, at the terminal: what it answers, from whom, its number, date and content, its scan."""

from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import days, options, prompts, view, wizard
from srctl.core.errors import CommandLine, NotFound, Refused, SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from srctl.cli.similar_cases import Met
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.office.attachments import Given
    from srctl.office.writer import Done
    from srctl.papers.lifecycle import Reply


class Chosen(NamedTuple):
    """What is to be recorded: the paper answered ("": by the reply), the reply, its files, the scan it came from."""

    paper: str
    given: "Reply"
    files: "tuple[Given, ...]" = ()
    scan: Path | None = None


def sender(typed: str) -> str:
    """The sender typed: the complainant, the Minister, an entry of the directory, else anybody as named.

    Raises:
        NotFound: it looks like an id of the directory and is none.
    """
    from srctl.model.people import MINISTER, is_reference

    if typed == MINISTER:
        return typed
    try:
        return wizard.partner(typed)
    except NotFound:
        if is_reference(typed):
            raise
        return typed


def asked(workspace: "Workspace", case_id: str, chosen: Chosen) -> Chosen:
    """Ask for what was not typed: what it answers, from whom, number, date and content, and the scan of it.

    Raises:
        UsageError: nothing was typed, and nobody can be asked.
    """
    from srctl.index.workspace import is_interactive
    from srctl.office.folder import readable
    from srctl.papers.receiving import awaited

    if not is_interactive():
        again = CommandLine('receive {} --ref "…" --dated DATE --said "…"', case_id)
        hint = str(again)
        if chosen.files:
            filed = _("the scan of a paper that is recorded already: {command}")
            hint += "\n" + filed.format(command=CommandLine("file {} FILE", case_id))
        raise UsageError(_("say what came in: its number, its date, or what it says"), hint)
    case = readable(workspace.folder.load(case_id))
    waits = {wait.entry: wait for wait in awaited(case) if not chosen.paper or wait.paper == chosen.paper}
    keeps: tuple[str, ...] = ()
    if waits and not chosen.paper:
        choices = [*((entry, wait.in_words()) for entry, wait in waits.items()), (_NOTHING, _("another paper"))]
        default = choices[0][0] if len(waits) == 1 else ""
        keeps = (prompts.menu(_("what it answers"), choices, default),)
    from_ = waits[keeps[0]].with_ if keeps and keeps[0] in waits else ""
    given = chosen.given._replace(
        keeps=keeps,
        with_=_asked_sender(workspace, from_, required=not (from_ or chosen.paper)),
        ref=options.one_line(prompts.text(_("number of the paper"), required=False)),
        dated=_asked_date(),
    )
    given = given._replace(said=prompts.text(_("what it says"), required=not (given.ref or given.dated)))
    scan = None if chosen.files else _asked_scan(workspace)
    files = chosen.files if scan is None else options.read_scans([scan])
    return chosen._replace(given=given, files=files, scan=scan)


_NOTHING = "none"


def _asked_sender(workspace: "Workspace", default: str, *, required: bool) -> str:
    """The sender, asked for until it can be taken; Enter takes whoever the paper is awaited from."""
    from srctl.model.labels import whom_word
    from srctl.model.people import sender_name

    shown = sender_name(workspace.folder.directory, whom_word(default))
    while True:
        typed = options.one_line(prompts.text(_("from whom"), shown, required=required))
        if typed == shown:
            return default
        try:
            return sender(typed)
        except SrctlError as fault:
            view.error(fault)


def _asked_date() -> "date | None":
    return days.ask(_("date of the paper"), "record").on


def _asked_scan(workspace: "Workspace") -> Path | None:
    """The scan of the paper, out of the scan folder by its number; None where there is none to choose."""
    from srctl.office.scan_folder import scan_folder, scans_in

    try:
        scans = scans_in(scan_folder(workspace.folder))
    except Refused:  # the office has no scan folder, or it cannot be reached now
        return None
    if not scans:
        return None
    choices = [(str(scan.n), f"{scan.path.name}  {view.day_text(scan.at.date())} {scan.at:%H:%M}") for scan in scans]
    chosen = prompts.menu(_("its scan"), choices, required=False)
    return next((scan.path for scan in scans if str(scan.n) == chosen), None)


def insist_on_older(workspace: "Workspace", case_id: str, chosen: Chosen) -> None:
    """Ask whether a reply is meant that bears an earlier date than the day its letter was sent."""
    if chosen.given.dated is None:
        return
    from srctl.office.folder import readable
    from srctl.papers.receiving import settled

    found, given = settled(readable(workspace.folder.load(case_id)), chosen.paper, chosen.given)
    if found and found.sent and given.dated and given.dated < found.sent.day():
        why = _("dated {dated}, before {paper} was sent on {day}")
        shown = {"dated": view.day_text(given.dated), "day": view.day_text(found.sent.day())}
        days.insist(why.format(paper=found.number or found.id, **shown))


def met_before(workspace: "Workspace", given: "Reply") -> "tuple[Met, ...]":
    """Where the very paper was received before: the person is warned, and asked."""
    from srctl.cli import similar_cases
    from srctl.model.incoming_paper import IncomingPaper

    paper = IncomingPaper.unrecorded(given.with_, given.ref, given.dated, workspace.now)
    return similar_cases.warn(similar_cases.met_before(workspace, paper)) if given.ref else ()


def show_settled(done: "Done") -> None:
    """Show what the paper settled, so that a wrong guess is seen, and what of a circular is still awaited."""
    from srctl.workflow.paper_state import next_command, papers_of

    last = done.case.log[-1]
    for entry in (e for e in done.case.log if e.id in last.keeps and e.promise):
        what = entry.promise.what if entry.promise else ""
        view.write_wrapped(_("settled: {what} ({entry})").format(what=what, entry=entry.id), indent=2, hang=4)
    paper = next((p for p in papers_of(done.case) if p.id == last.paper), None)
    if paper and paper.waiting:
        command = next_command(done.case.id, paper)
        words = _("{paper} goes on with: {command}").format(paper=paper.id, command=command)
        view.write_wrapped(words, indent=2, hang=4)


def move_scan(workspace: "Workspace", case: "Case", chosen: Chosen) -> None:
    """Put the scan aside that was recorded with the paper."""
    if chosen.scan:
        from srctl.office.scan_folder import move_to_filed

        move_to_filed(workspace.folder, case, chosen.scan)
