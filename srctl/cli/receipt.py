"""A paper that came in, at the terminal: what it answers, from whom, its number, date and content, its scan."""

from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import days, options, prompts, view
from srctl.core.errors import CommandLine, Refused, SrctlError, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from srctl.cli.paper_acts import Meant
    from srctl.cli.similar_cases import Met
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.office.attachments import Given
    from srctl.office.course import Make
    from srctl.office.folder import Folder
    from srctl.office.writer import Done
    from srctl.papers.inbox import MailMatch
    from srctl.papers.lifecycle import Reply
    from srctl.papers.receiving import Awaited
    from srctl.workflow.actions import Act
    from srctl.workflow.paper_state import Paper


class Chosen(NamedTuple):
    """What is to be recorded: the paper answered ("": by the reply), the reply, its files, the scan it came from."""

    paper: str
    given: "Reply"
    files: "tuple[Given, ...]" = ()
    scan: Path | None = None


def sent_by(workspace: "Workspace", case: "Case", given: "Reply", typed: str) -> "Reply":
    """The paper with the sender typed: the Minister, the complainant, of the directory or the case, else anybody.

    Raises:
        NotFound: it looks like a mistyped id or name, or several may be meant.
    """
    from srctl.cli import talking
    from srctl.model.people import MINISTER

    if typed in ("", MINISTER):
        return given._replace(with_=typed)
    whom = talking.meant(workspace, case, typed)
    return given._replace(with_=whom.reference, new=whom.new)


def of_mail(workspace: "Workspace", typed: str) -> "MailMatch | None":
    """The match of the mail whose path was typed in place of a case; None for no mail.

    Raises:
        NotFound: it bears no number of ours, or several.
    """
    from srctl.papers.inbox import is_mail, match_mail

    if not is_mail(typed):
        return None
    from srctl.index.queries import open_cases

    cases, _problems = open_cases(workspace.folder, workspace.today)
    return match_mail(workspace.folder, Path(typed), cases, workspace.now)


def filled_by_mail(
    workspace: "Workspace", words: "Sequence[str]", files: list[Path] | None, typed: tuple[str, str, str]
) -> "tuple[Sequence[str], list[Path] | None, tuple[str, str, str]]":
    """The words, files, and sender, content and date typed: where a mail was named, what it tells of those left open.

    Raises:
        NotFound: it bears no number of ours, or several.
    """
    mail = of_mail(workspace, words[0]) if words else None
    if mail is None:
        return words, files, typed
    sender, said, dated = typed
    found = sender or mail.sender, said or mail.said, dated or (mail.dated.isoformat() if mail.dated else "")
    return [mail.case, *(words[1:] or filter(None, [mail.paper]))], [Path(words[0]), *(files or ())], found


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
        choices = [
            *((entry, wait.in_words(workspace.folder.directory)) for entry, wait in waits.items()),
            (_NOTHING, _("another paper")),
        ]
        default = choices[0][0] if len(waits) == 1 else ""
        keeps = (prompts.menu(_("what it answers"), choices, default),)
    wait = waits.get(keeps[0]) if keeps else None
    given = _asked_sender(workspace, case, chosen.given, wait, required=not (wait or chosen.paper))
    given = given._replace(
        keeps=keeps, ref=options.one_line(prompts.text(_("number of the paper"), required=False)), dated=_asked_date()
    )
    given = given._replace(said=prompts.text(_("what it says"), required=not (given.ref or given.dated)))
    scan = None if chosen.files else _asked_scan(workspace)
    files = chosen.files if scan is None else options.read_scans([scan])
    return chosen._replace(given=given, files=files, scan=scan)


_NOTHING = "none"


def _asked_sender(
    workspace: "Workspace", case: "Case", given: "Reply", wait: "Awaited | None", *, required: bool
) -> "Reply":
    """The paper with its sender, asked for until it can be taken; Enter takes whoever it is awaited from."""
    from srctl.model.labels import whom_word
    from srctl.model.people import sender_name

    shown = sender_name(workspace.folder.directory, whom_word(wait.called)) if wait else ""
    while True:
        typed = options.one_line(prompts.text(_("from whom"), shown, required=required))
        if wait and typed == shown:
            return given._replace(with_=wait.with_)
        try:
            return sent_by(workspace, case, given, typed)
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
    if chosen.given.dated is None or chosen.given.new:  # who was a stranger answers no letter
        return
    from srctl.office.folder import readable
    from srctl.papers.receiving import matched

    found, given = matched(readable(workspace.folder.load(case_id)), chosen.paper, chosen.given)
    if found and found.sent and given.dated and given.dated < found.sent.day():
        why = _("dated {dated}, before {paper} was sent on {day}")
        shown = {"dated": view.day_text(given.dated), "day": view.day_text(found.sent.day())}
        days.insist(why.format(paper=found.number or found.id, **shown))


def receive_replies(asked: "Meant", of_one: "Mapping[str, object]", sender: str, given: "Reply") -> None:
    """Record a reply to each of the papers meant (all awaited ones, those to somebody), alike in date and content.

    Raises:
        UsageError: an option was typed that is ``of_one`` paper.
    """
    from srctl.cli import names
    from srctl.cli.paper_acts import PaperAct, do_to_papers, refuse_for_many
    from srctl.index.workspace import current_workspace

    for option, value in of_one.items():
        refuse_for_many(asked, option, value)
    asked = asked._replace(to=(*asked.to, *(names.addressee_ids([sender] if sender else None) or ())))
    today = current_workspace().today

    def replies(folder: "Folder") -> "Callable[[Case, Paper], tuple[Make, ...]]":
        return lambda case, paper: tuple(
            _reply_of(folder, paper, given._replace(with_=whom), today) for whom in _senders(case, paper, asked.to)
        )

    do_to_papers(asked, PaperAct(
        "reply", "", lambda n: ngettext("{n} reply received", "{n} replies received", n).format(n=n), replies,
        frozenset({"sent"}), fits=lambda paper: bool(paper.waiting),
    ))  # fmt: skip


def _senders(case: "Case", paper: "Paper", to: "Sequence[str]") -> "tuple[str, ...]":
    """From whom replies to the paper came: its addressee (""); of a circular those whose reply is awaited."""
    if not paper.among:
        return ("",)
    awaited = [entry.with_ for entry in map(case.entry, paper.waiting) if entry]
    return tuple(one for one in awaited if not to or {one, one.partition("/")[0]} & {*to}) or ("",)


def _reply_of(folder: "Folder", paper: "Paper", given: "Reply", today: "date") -> "Make":
    """The act of a reply to the paper.

    Raises:
        UsageError: it bears an earlier date than the day the paper was sent: one that is meant is received by itself.
    """
    from srctl.papers import receiving

    def make(case: "Case", _kind: "Kind") -> "Act":
        if paper.sent and given.dated and given.dated < paper.sent.day():
            why = _("dated {dated}, before {paper} was sent on {day}")
            shown = {"dated": view.day_text(given.dated), "day": view.day_text(paper.sent.day())}
            command = CommandLine("receive {} {} --dated {} --sure", case.id, paper.id, given.dated.isoformat())
            raise UsageError(why.format(paper=paper.number or paper.id, **shown), command)
        return receiving.reply(folder, case, paper.id, given, today)

    return make


def warn_met(workspace: "Workspace", given: "Reply") -> "tuple[Met, ...]":
    """Where the very paper was received before: the person is warned, and asked."""
    from srctl.cli import similar_cases
    from srctl.model.incoming_paper import IncomingPaper

    paper = IncomingPaper.unrecorded(
        given.new.name if given.new else given.with_, given.ref, given.dated, workspace.now
    )
    return similar_cases.warn(similar_cases.met_before(workspace, paper)) if given.ref else ()


def finish_receipt(workspace: "Workspace", done: "Done", chosen: Chosen, *, json: bool) -> None:
    """Show what the paper settled and what of it is kept elsewhere, and put the scan aside that was recorded."""
    from srctl.cli import filed_papers

    if not json:
        _show_settled(workspace, done)
    filed_papers.tell_kept_apart(chosen.files, quiet=json)
    if chosen.scan:
        from srctl.office.scan_folder import move_to_filed

        move_to_filed(workspace.folder, done.case, chosen.scan)


def _show_settled(workspace: "Workspace", done: "Done") -> None:
    """Show what the paper settled, so that a wrong guess is seen, and what of a circular is still awaited."""
    from srctl.cli.entry_names import paper_namer
    from srctl.workflow.paper_state import next_command, papers_of

    last = done.case.log[-1]
    for entry in (e for e in done.case.log if e.id in last.keeps and e.promise):
        what = entry.promise.what if entry.promise else ""
        view.write_wrapped(_("settled: {what} ({entry})").format(what=what, entry=entry.id), indent=2, hang=4)
    paper = next((p for p in papers_of(done.case) if p.id == last.paper), None)
    if paper and paper.waiting:
        command = next_command(done.case.id, paper)
        words = _("{paper} goes on with: {command}").format(paper=paper_namer(workspace)(paper.id), command=command)
        view.write_wrapped(words, indent=2, hang=4)
