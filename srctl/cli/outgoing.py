"""Mails and LINE texts made ready when papers are sent: written, shown, opened. A clerk sends them by hand."""

from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.core.errors import CommandLine, SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from srctl.cli.paper_acts import Meant, PaperAct
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.labels import Channel
    from srctl.papers.outbox import MadeReady, Medium
    from srctl.workflow.paper_state import Paper, State

_AS_SENT: "frozenset[State]" = frozenset({"signed", "numbered", "sent", "answered"})


class Outgoing(NamedTuple):
    """How a paper goes out: by which channel; a mail with a PDF, opened; ``quiet``: nothing is shown."""

    by: "Channel"
    pdf: bool = False
    open: bool = False
    quiet: bool = False

    def medium(self) -> "Medium | None":
        """What is made ready for that channel; None where nothing is."""
        return self.by if self.by in ("email", "line") else None

    def refuse_unmeant(self, draft: bool) -> None:
        """Refuse options of a mail, or of what is made ready, on another channel."""
        wanted = {"--draft": draft and not self.medium(), "--pdf": self.pdf and self.by != "email",
                  "--open": self.open and not self.medium()}  # fmt: skip
        for option in (name for name, wrong in wanted.items() if wrong):
            raise UsageError(_("{option} is for a mail").format(option=option), f"--by email {option}")

    def write_beside(self, workspace: "Workspace", case: "Case", paper: "Paper") -> list[dict[str, Any]]:
        """Make ready what is to be sent, once it is recorded, and return it as data; show it unless ``quiet``.

        What keeps it from being made is told, and no failure.
        """
        try:
            made = self.made(workspace, case, paper)
        except SrctlError as fault:
            words = _("{paper} is recorded as sent; what is to be sent could not be made ready: {why}")
            view.say("! " + words.format(paper=paper.id, why=fault.message))
            return []
        if made and not self.quiet:
            self.show(workspace, case, made)
            undo = _("if it is not sent: {command}").format(command=CommandLine("undo {}", case.id))
            view.write_wrapped(undo, indent=2, hang=4)
        return [_as_data(workspace, case, paper, one) for one in made]

    def made(self, workspace: "Workspace", case: "Case", paper: "Paper") -> "list[MadeReady]":
        """What is made ready of the paper, one for each addressee; opened when asked."""
        medium = self.medium()
        if medium is None:
            return []
        from srctl.papers.outbox import make_ready

        made = make_ready(workspace.folder, case, paper, medium, workspace.me, workspace.today, pdf=self.pdf)
        if self.open:
            from srctl.documents.pdf import open_file

            for one in made:
                open_file(one.file)
        return made

    def show(self, workspace: "Workspace", case: "Case", made: "list[MadeReady]") -> None:
        """Show what was made ready, and what is left to be done by hand."""
        if self.by == "line":
            view.write_line(_("to paste into LINE:"), "bold")
            for line in made[0].text.splitlines():
                view.write_wrapped(line, indent=2, hang=2)
            return
        for one in made:
            words = _("mail ready, to be opened and sent: {file}").format(file=workspace.folder.relative(one.file))
            view.write_wrapped(words, indent=2, hang=4)
            view.write_wrapped("  ".join((*one.to, *(f"[{name}]" for name in one.attached))), indent=4, hang=6)
        for one in made:
            if not one.to:
                _tell_no_address(case, one.whom)
        for called in dict.fromkeys(called for one in made for called in one.by_hand):
            view.say("! " + _("not among the files of the matter, attach it yourself: {what}").format(what=called))


def _tell_no_address(case: "Case", whom: str) -> None:
    from srctl.model.labels import whom_word
    from srctl.workflow.paper_state import COMPLAINANT

    command = CommandLine('contacts edit {} email="…"', whom or "ORG")
    if whom == COMPLAINANT:
        command = CommandLine('set {} complainant.email="…"', case.id)
    words = _("no e-mail address of {whom} is known: {command}")
    view.say("! " + words.format(whom=whom_word(whom) or _("the addressee"), command=command))


def make_only(asked: "Meant", act: "PaperAct", out: Outgoing, why: str) -> None:
    """Make ready what is to be sent, and record nothing; `send` records it once it has been sent.

    Raises:
        Refused: the paper may not go out so, or has no number yet.
    """
    from srctl.cli import options, paper_acts
    from srctl.index.workspace import current_workspace
    from srctl.papers.outbox import refuse_unready

    options.act_as(asked.as_)
    workspace = current_workspace()
    items: list[dict[str, Any]] = []
    for case, paper in paper_acts.papers_meant(workspace, asked, act._replace(states=_AS_SENT)):
        for warning in refuse_unready(workspace.folder, case, paper, out.by, why):
            view.say("! " + warning)
        made = out.made(workspace, case, paper)
        items += [_as_data(workspace, case, paper, one) for one in made]
        if asked.json:
            continue
        out.show(workspace, case, made)
        if paper.state in ("signed", "numbered"):
            command = CommandLine("send {} {} --by {}", case.id, paper.id, out.by)
            words = _("nothing is recorded yet; when it is sent: {command}").format(command=command)
            view.write_wrapped(words, indent=2, hang=4)
    if asked.json:
        view.print_json({"format": 1, "items": items})


def _as_data(workspace: "Workspace", case: "Case", paper: "Paper", one: "MadeReady") -> dict[str, Any]:
    return {
        "id": case.id, "paper": paper.id, "whom": one.whom, "file": workspace.folder.relative(one.file).as_posix(),
        "text": one.text, "to": list(one.to), "attached": list(one.attached),
        "by_hand": list(one.by_hand),
    }  # fmt: skip
