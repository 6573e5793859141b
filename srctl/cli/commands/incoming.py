"""What came in for a case: `srctl receive` records a reply, or another letter."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, names, options
from srctl.cli.parser import App, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.cli.receipt import Chosen
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.workflow.actions import Act


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("receive", help=_("A reply, or another letter, came in for a case."))(receive_reply)


Keeps = Annotated[list[str] | None, option("--keeps", help=_("what it answers, by its entry; none: nothing"))]
To = Annotated[
    list[str] | None,
    option("--to", "-t", metavar="WHOM", help=_("the replies to our papers to them; may be repeated"),
           autocompletion=completion.complete_contacts, callback=names.addressee_ids),
]  # fmt: skip
All = Annotated[bool, option("--all", "-a", help=_("every paper of the case whose reply is awaited"))]


def receive_reply(
    words: arguments.PaperWords = None, to: To = None, everything: All = False,
    from_: Annotated[str, option("--from", metavar="WHO", help=_("from whom, if not the addressee: of the directory, or"
                                                                 " anybody by name"),
                                 callback=options.one_line, autocompletion=completion.complete_contacts)] = "",
    ref: Annotated[str, option("--ref", help=_("its number"), callback=options.one_line)] = "",
    dated: Annotated[str, option("--dated", metavar="DATE", help=_("its date"))] = "",
    said: Annotated[str, option("--said", "-s", help=_("what it says"), callback=options.words)] = "",
    keeps: Keeps = None, settles: options.Settles = None, on: options.On = "", files: options.Scans = None,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a paper that came in: a reply, or another letter."""
    from srctl.cli import outcome, receipt
    from srctl.cli.paper_acts import Meant
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.office.writer import act
    from srctl.papers.lifecycle import Reply

    options.act_as(as_)
    workspace = current_workspace()
    named, files, (from_, said, dated) = receipt.filled_by_mail(workspace, words or (), files, (from_, said, dated))
    asked = Meant(named, to or (), everything, as_, json)
    if not asked.is_one():
        of_one = {"--ref": ref, "--keeps": keeps, "--settles": settles, "--file": files}
        receipt.receive_replies(asked, of_one, from_, Reply(dated=days.day(dated), said=said, on=days.day(on)))
        return
    found, paper, scans = workspace.find(asked.words[0]), "".join(asked.words[1:]), options.read_scans(files)
    given = Reply("", ref, days.day(dated), said, tuple(keeps or ()), days.day(on))
    if from_:
        given = receipt.sent_by(workspace, readable(workspace.folder.load(found)), given, from_)
    chosen = receipt.Chosen(paper, given, scans)
    if not (ref or dated or said or from_ or keeps):
        chosen = receipt.asked(workspace, found, chosen)
    receipt.insist_on_older(workspace, found, chosen)
    met = receipt.warn_met(workspace, chosen.given)
    done = act(workspace.folder, found, lambda case, _kind: _came(workspace, case, chosen, settles), workspace.actor)
    heading = _("reply received") if done.case.log[-1].paper else _("letter received")
    outcome.show_outcome(workspace, done, heading, json, met)
    receipt.finish_receipt(workspace, done, chosen, json=json)


def _came(workspace: "Workspace", case: "Case", chosen: "Chosen", settles: list[str] | None) -> "Act":
    """The act of a paper that came in, with the steps and promises it settles."""
    from srctl.papers import receiving
    from srctl.workflow import settling

    act = receiving.reply(workspace.folder, case, chosen.paper, chosen.given, workspace.today, scans=chosen.files)
    return settling.with_settled(case, act, settling.listed(settles or ()), chosen.given.on)
