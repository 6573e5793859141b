"""`srctl memo`: draft the paper the kind names, as a Word file. Floor 4."""

from pathlib import Path
from typing import Annotated

import typer

from srctl.cli import options
from srctl.i18n import _


def add_to(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command(help=_("Draft the memo of a case as a Word file."))(memo)


def memo(
    case_id: options.CaseId,
    paper: Annotated[str, typer.Option("--paper", "-p", help=_("another paper than the usual one of the kind"))] = "",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help=_("write the file there instead"))] = None,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Draft a memo."""
    from hashlib import sha256

    from srctl import actions, drafting
    from srctl.cli import outcome, view
    from srctl.cli.context import Desk
    from srctl.office import act

    options.act_as(as_)
    desk = Desk()
    found = desk.find(case_id)
    drafted = drafting.draft(desk.folder, found, paper, desk.today)
    file = to.absolute() if to else drafting.place(desk.folder, found, drafted.paper)
    drafting.write(file, drafted.docx)
    digest = sha256(drafted.docx).hexdigest()
    made = {"format": 1, "id": found, "paper": drafted.paper, "file": str(file), "sha256": digest}
    # The same draft again is nothing that happened; it is only written again.
    done = None
    if not drafting.is_logged(desk.folder, found, drafted.paper, digest):
        done = act(desk.folder, found, lambda _case, _kind: actions.memo(drafted.paper, digest), desk.actor)
    if json:
        view.print_json(made)
        return
    said = _("{paper}: {file}").format(paper=drafted.title, file=desk.folder.relative(file))
    if done:
        outcome.show(desk, done, said)
    else:
        view.out(f"✓ {found}  {said}", "green")
