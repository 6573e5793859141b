"""The commands that draft a paper again as it was drafted, and those for papers just drafted. Pure."""

from collections.abc import Collection, Sequence

from srctl.core.errors import CommandLine
from srctl.model.case import Case
from srctl.workflow.paper_state import ALLOWED, Paper, State, papers_of


def draft_command(case_id: str, paper: Paper) -> CommandLine:
    """Return the command that drafts the paper again."""
    if paper.drafted.did == "memo":
        return CommandLine("memo {} --paper {}", case_id, paper.wording)
    command = CommandLine("letter {} {}", case_id, paper.wording)
    for whom in (paper.with_,) if paper.with_ else paper.among[:1]:
        command = command.plus("--to {}", whom)
    if len(paper.among) > 1:
        command = command.plus("--to …")
    for name, text in paper.drafted.given.items():
        command = command.plus(*option_of(name, _quoted(text)))
    drafted = paper.drafted
    for option, texts in (("--attach {}", drafted.attachments), ("--copy {}", drafted.copies)):
        for text in texts:
            command = command.plus(option, _quoted(text))
    for option, mark in (("--urgency {}", drafted.urgency), ("--secrecy {}", drafted.secrecy)):
        command = command.plus(option, mark) if mark else command
    command = command.plus("--why {}", _quoted(drafted.why)) if drafted.why else command
    return command.plus("--with-complainant") if drafted.named else command


def _quoted(text: str) -> str:
    """A text as it is typed: one line between quotes."""
    return '"' + " ".join(text.split()).replace('"', "'") + '"'


def option_of(name: str, text: str) -> tuple[str, ...]:
    """The option of `srctl letter` for a value, for ``CommandLine.plus``: ``--ask``, ``--by``, else ``--value``."""
    return (f"--{name} {{}}", text) if name in ("ask", "by") else ("--value {}={}", name, text)


def command_when_ready(case: Case, ids: Sequence[str], *, outside: bool) -> str:
    """The one command for the papers just drafted; ``outside``: several are signed outside srctl, and told when sent.

    ``--all`` stands only where it means these and no other paper of the case.
    """
    if len(ids) == 1:
        return CommandLine("submit {} {}", case.id, ids[0])
    unsent: Collection[State] = ("draft", "returned", "submitted", "signed", "numbered")
    ready = {p.id for p in papers_of(case) if p.state in (unsent if outside else ALLOWED["submit"])}
    if ready <= {*ids}:
        return CommandLine("send {} --signed --all" if outside else "submit {} --all", case.id)
    command = CommandLine("send {} --signed" if outside else "submit {}", case.id)
    for name in ids:
        command = command.plus("{}", name)
    return command
