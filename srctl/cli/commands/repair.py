"""`srctl repair`: what a power cut or another git program did to the office folder, put right."""

from typing import Annotated

from srctl.cli import options, view
from srctl.cli.parser import App, option
from srctl.core.i18n import _


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("repair", help=_("Put right what a power cut or another git program did to the folder."))(repair)


def repair(
    leave: Annotated[
        str,
        option("--leave", metavar="WHY", help=_("leave taken back what is, for this reason"), callback=options.words),
    ] = "",
    as_: options.As = "",
) -> None:
    """Mend the end of the history, put files back, bring back acts that were taken back."""
    from srctl.index.workspace import current_workspace
    from srctl.office import repair as repairing
    from srctl.store.damage import mend_end
    from srctl.store.git.repository import Repo
    from srctl.store.taken_back import lost_acts

    options.act_as(as_)
    workspace = current_workspace()
    folder = workspace.folder
    said = []
    if found := mend_end(Repo(folder.root)):
        state = _("the history ends again at {commit}: {subject}")
        said.append(state.format(commit=found.id[:10], subject=found.subject))
    said += repairing.put_back_files(folder.root)
    if lost_acts(folder.root):
        put = (
            repairing.leave(folder, leave, workspace.actor) if leave else repairing.bring_back(folder, workspace.actor)
        )
        said += put.done
    for sentence in said:
        view.write_wrapped(f"✓ {sentence}", "green", hang=2)
    if not said:
        view.write_line(_("nothing to put right"))
