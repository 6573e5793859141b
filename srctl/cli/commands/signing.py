"""A paper on its way out: submit, sign or return, number, send, cancel."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, names, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.office.folder import Folder
    from srctl.office.writer import Done
    from srctl.workflow.actions import Act
    from srctl.workflow.paper_state import Paper

    Plan = Callable[[Folder, Case, Kind, Paper], Act]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("submit", help=_("Send a paper up for signature."))(submit_paper)
    app.command("sign", help=_("A paper was signed: by whom, by hand or digitally."))(sign_paper)
    app.command("return", help=_("A paper came back unsigned; say what is to be mended."))(return_)
    app.command("number", help=_("Give a signed paper its number and date; both stay for ever."))(number_paper)
    app.command("send", help=_("A paper was sent: by which channel, until when a reply is awaited."))(send_paper)
    app.command("cancel", help=_("A paper is not used any more; its number stays burnt."))(cancel_paper)


PaperId = Annotated[
    str,
    argument(metavar="[PAPER]", help=_("which paper of the case, e.g. memo"),
                   autocompletion=completion.complete_papers_of_case),
]  # fmt: skip
Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
Scans = options.Scans
Keeps = Annotated[list[str] | None, option("--keeps", help=_("promise kept by this (entry id)"))]


def submit_paper(
    case_id: arguments.CaseId, paper: PaperId = "", on: options.On = "",
    override: options.LetGo = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Submit a paper."""
    from srctl.papers import issuing

    day = days.day(on)
    _carry(case_id, paper, "submit", as_, json, _("{paper} submitted"),
           lambda folder, case, _kind, found: issuing.submission(folder, case, found, day, override))  # fmt: skip


def sign_paper(
    case_id: arguments.CaseId, paper: PaperId = "",
    by: Annotated[str, option("--by", "-b", metavar="WHO", help=_("who signed; the signer of the draft"),
                              callback=names.signer_id)] = "",
    how: Annotated[str, option("--how", help=_("wet or digital"))] = "wet",
    on: options.On = "", files: Scans = None,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a signature."""
    from srctl.papers import issuing

    day, scans = days.day(on), options.read_scans(files)
    _carry(case_id, paper, "sign", as_, json, _("{paper} signed"), lambda folder, case, _kind, found: (
        issuing.signature(folder, case, found, options.one_line(by), how, on=day, scans=scans)))  # fmt: skip


def return_(
    case_id: arguments.CaseId, paper: PaperId = "", why: Why = "", on: options.On = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record that a paper was returned."""
    from srctl.cli import wizard
    from srctl.papers import lifecycle

    day = days.day(on)
    why = why or wizard.one(_("what is to be mended"), CommandLine('return {} --why "…"', case_id))
    _carry(case_id, paper, "return", as_, json, _("{paper} returned"),
           lambda _folder, case, _kind, found: lifecycle.return_paper(case, found, why, on=day))  # fmt: skip


def number_paper(
    case_id: arguments.CaseId, paper: PaperId = "",
    dated: Annotated[str, option("--dated", metavar="DATE", help=_("date the paper bears; today"))] = "",
    why: Why = "", override: options.LetGo = "", _sure: options.Sure = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Give a paper its number."""
    from srctl.index.workspace import now
    from srctl.papers import issuing

    day, today = days.day(dated), now().date()
    _carry(case_id, paper, "number", as_, json, _("{paper} numbered {number}"), lambda folder, case, _kind, found: (
        issuing.assign_number(folder, case, found, today, dated=day, why=why, override=override)),
        after=_by_hand)  # fmt: skip


def send_paper(
    case_id: arguments.CaseId, paper: PaperId = "",
    by: Annotated[str, option("--by", "-b", help=_("letter email fax line visit meeting"))] = "letter",
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("until when a reply is awaited"))] = "",
    keeps: Keeps = None, on: options.On = "", override: options.LetGo = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record that a paper was sent."""
    from srctl.index.workspace import now
    from srctl.model.labels import Channel
    from srctl.papers import issuing

    channel: Channel = options.choice(by, "channel")  # type: ignore[assignment]
    day, wait, today = days.day(on), days.named(until, "deadline"), now().date()
    _carry(case_id, paper, "send", as_, json, _("{paper} {number} sent"), lambda folder, case, kind, found: (
        issuing.dispatch(folder, case, kind, found, channel, today,
                          on=day, until=wait, keeps=keeps or (), override=override)))  # fmt: skip


def cancel_paper(
    case_id: arguments.CaseId, paper: PaperId = "", why: Why = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Cancel a paper."""
    from srctl.cli import wizard
    from srctl.papers import lifecycle

    _refuse_no_papers(case_id)
    why = why or wizard.one(_("the reason"), CommandLine('cancel {} {} --why "…"', case_id, paper or "PAPER"))
    _carry(case_id, paper, "cancel", as_, json, _("{paper} {number} cancelled"),
           lambda _folder, case, _kind, found: lifecycle.cancel(case, found, why))  # fmt: skip


def _refuse_no_papers(case_id: str) -> None:
    """Refuse to ask for the reason where there is nothing to cancel."""
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.workflow.paper_state import papers_of, the_paper

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    if not papers_of(case):
        the_paper(case, "", "cancel")


# -- how each of them is done --------------------------------------------------------------------------


def _which(workspace: "Workspace", case_id: str, typed: str, action: str) -> str:
    """The paper meant; where the action fits several, the person at the terminal is asked."""
    from srctl.cli import prompts
    from srctl.index.workspace import is_interactive
    from srctl.model.labels import state_word
    from srctl.office.folder import readable
    from srctl.workflow.paper_state import fitting

    if typed or not is_interactive():
        return typed
    found = fitting(readable(workspace.folder.load(case_id)), action)
    if len(found) < 2:
        return typed
    return prompts.menu(_("which paper"), [(p.id, f"{p.id}  {state_word(p.state)}  {p.number}".strip()) for p in found])


def _carry(
    case_id: str, paper: str, action: str, as_: str, json: bool, said: str, plan: "Plan",
    after: "Callable[[Workspace, Case, Paper], None] | None" = None,
) -> None:  # fmt: skip
    """Record the action on the paper named, or on the only one it fits; show the outcome."""
    from srctl.cli import outcome
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import act
    from srctl.workflow.paper_state import the_paper

    options.act_as(as_)
    workspace = current_workspace()
    found = workspace.find(case_id)
    chosen = _which(workspace, found, paper, action)
    done = act(
        workspace.folder, found,
        lambda case, kind: plan(workspace.folder, case, kind, the_paper(case, chosen, action)), workspace.actor,
    )  # fmt: skip
    touched = _touched(done)
    named = {"paper": touched.id if touched else "", "number": touched.number if touched else ""}
    outcome.show_outcome(workspace, done, " ".join(said.format(**named).split()), json)
    if touched and not json:
        if after:
            after(workspace, done.case, touched)
        _show_next(done, touched)


def _touched(done: "Done") -> "Paper | None":
    """The paper of the last entry, in its state after it."""
    from srctl.workflow.paper_state import papers_of

    return next((p for p in papers_of(done.case) if p.id == done.case.log[-1].paper), None)


def _show_next(done: "Done", paper: "Paper") -> None:
    from srctl.workflow.paper_state import next_command

    command = next_command(done.case.id, paper)
    if command:
        view.write_wrapped(
            _("{paper} goes on with: {command}").format(paper=paper.id, command=command), indent=2, hang=4
        )


def _by_hand(workspace: "Workspace", case: "Case", paper: "Paper") -> None:
    """Show the issued file, and whether number or date are still to be written by hand."""
    from srctl.office import attachments
    from srctl.papers import issuing

    file = paper.numbered.file if paper.numbered else ""
    if file:
        place = attachments.home(workspace.folder, case.id) / file
        view.write_wrapped(_("issued: {file}").format(file=workspace.folder.relative(place)), indent=2, hang=4)
    words = {"number": _("the number {number}").format(number=paper.number),
             "date": _("the date {date}").format(date=view.day_text(paper.dated))}  # fmt: skip
    left = [words[name] for name in issuing.unplaced(workspace.folder, case, paper)]
    if left:
        where = file or _("the signed paper: its draft is not here any more")
        view.say("! " + _("write {what} by hand in {file}").format(what=", ".join(left), file=where))
