"""What came in for a case: `srctl receive` records a reply, or another letter."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.cli.similar_cases import Met
    from srctl.index.workspace import Workspace
    from srctl.papers.lifecycle import Reply


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("receive", help=_("A reply, or another letter, came in for a case."))(receive_reply)


PaperId = Annotated[
    str,
    argument(metavar="[PAPER]", help=_("which paper of the case, e.g. memo"),
                   autocompletion=completion.complete_papers_of_case),
]  # fmt: skip
Keeps = Annotated[list[str] | None, option("--keeps", help=_("promise kept by this (entry id)"))]


def receive_reply(
    case_id: arguments.CaseId, paper: PaperId = "",
    from_: Annotated[str, option("--from", metavar="ORG/PERSON", help=_("from whom, if not the addressee"),
                                       autocompletion=completion.complete_contacts)] = "",
    ref: Annotated[str, option("--ref", help=_("its number"), callback=options.one_line)] = "",
    dated: Annotated[str, option("--dated", metavar="DATE", help=_("its date"))] = "",
    said: Annotated[str, option("--said", "-s", help=_("what it says"), callback=options.words)] = "",
    keeps: Keeps = None, on: options.On = "", files: options.Scans = None,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a reply or an incoming letter."""
    from srctl.cli import outcome
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import act
    from srctl.papers import issuing
    from srctl.papers.lifecycle import Reply

    options.act_as(as_)
    workspace = current_workspace()
    given = Reply(_sender(from_), ref, days.day(dated), said, tuple(keeps or ()), days.day(on))
    scans, found = options.read_scans(files), workspace.find(case_id)
    chosen = paper if given.with_ else _answered(workspace, found, paper)
    _insist_on_older(workspace, found, chosen, given)
    met = _met(workspace, given)
    done = act(
        workspace.folder, found,
        lambda case, _kind: issuing.reply(workspace.folder, case, chosen, given, workspace.today, scans=scans),
        workspace.actor,
    )  # fmt: skip
    words = _("reply received") if done.case.log[-1].paper else _("letter received")
    outcome.show_outcome(workspace, done, words, json, met)


def _answered(workspace: "Workspace", case_id: str, typed: str) -> str:
    """The paper answered, by its id; where several may be, the person at the terminal is asked."""
    from srctl.cli import prompts
    from srctl.index.workspace import is_interactive
    from srctl.model.labels import state_word
    from srctl.office.folder import readable
    from srctl.workflow.paper_state import fitting

    if typed or not is_interactive():
        return typed
    found = fitting(readable(workspace.folder.load(case_id)), "reply")
    if len(found) < 2:
        return typed
    return prompts.menu(_("which paper"), [(p.id, f"{p.id}  {state_word(p.state)}  {p.number}".strip()) for p in found])


def _insist_on_older(workspace: "Workspace", case_id: str, paper: str, given: "Reply") -> None:
    """Ask whether a reply is meant that bears an earlier date than the day its letter was sent."""
    if given.dated is None:
        return
    from srctl.office.folder import readable
    from srctl.papers.issuing import answered

    found = answered(readable(workspace.folder.load(case_id)), paper, given.with_)
    if found and found.sent and given.dated < found.sent.day():
        why = _("dated {dated}, before {paper} was sent on {day}")
        shown = {"dated": view.day_text(given.dated), "day": view.day_text(found.sent.day())}
        days.insist(why.format(paper=found.number or found.id, **shown))


def _sender(typed: str) -> str:
    """The sender of a letter: the complainant, the Minister, or an entry of the directory."""
    from srctl.cli import wizard
    from srctl.workflow.paper_state import MINISTER

    return typed if typed == MINISTER else wizard.partner(typed)


def _met(workspace: "Workspace", given: "Reply") -> "tuple[Met, ...]":
    """Where the very paper was received before: the person is warned, and asked."""
    from srctl.cli import similar_cases
    from srctl.model.incoming_paper import IncomingPaper

    paper = IncomingPaper.unrecorded(given.with_, given.ref, given.dated, workspace.now)
    return similar_cases.warn(similar_cases.met_before(workspace, paper)) if given.ref else ()
