"""`srctl upgrade`: what is new in the starter set, and bringing it in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import options
from srctl.cli.parser import App, Exit, argument, option
from srctl.core.errors import PROBLEMS, CommandLine, Problem
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.audit.upgrading import Novelty


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("upgrade", help=_("Show what is new in the starter set of this srctl, or bring it in."))(upgrade)


def upgrade(
    file: Annotated[str, argument(metavar="[FILE]", help=_("show what is new in this file"))] = "",
    do: Annotated[bool, option("--do", help=_("bring it in, in one commit"))] = False,
    undo: Annotated[bool, option("--undo", help=_("put the files back as they were before the last upgrade"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show what is new in the starter set, or bring it in; what the office changed stays as it is."""
    from srctl.audit import upgrading
    from srctl.cli import view
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    if undo:
        for path in upgrading.take_back(workspace.folder, workspace.actor):
            view.write_wrapped(f"✓ {path}", "green", hang=2)
        return
    found = upgrading.novelties(workspace.folder)
    if file:
        for line in upgrading.difference(found, file):
            view.write_line(line)
        return
    paths = [workspace.folder.root / novelty.path for novelty in upgrading.incoming(found)] if do else []
    had = {(p.path, p.code, p.message) for p in _faults(workspace.folder.root, paths)}
    commit = upgrading.take_in(workspace.folder, found, workspace.actor) if do else ""
    if json:
        _print_data(found, commit)
    else:
        _show(found, done=do)
    faults = [p for p in _faults(workspace.folder.root, paths) if (p.path, p.code, p.message) not in had]
    if faults:
        view.problems(faults)
        raise Exit(PROBLEMS)


def _print_data(found: "list[Novelty]", commit: str) -> None:
    from srctl import __version__
    from srctl.cli import view

    items = [{"file": n.path, "how": n.how, "added": list(n.added), "left": list(n.left)} for n in found]
    view.print_json({"format": 1, "version": __version__, "commit": commit, "items": items})


def _show(found: "list[Novelty]", *, done: bool) -> None:
    from srctl import __version__
    from srctl.audit.upgrading import incoming
    from srctl.cli import view

    if not found:
        view.write_line(_("nothing is new: this office has the starter set of srctl {v}").format(v=__version__))
        return
    words = {
        "new": _("new file"),
        "replaced": _("not changed by this office: taken as it is now"),
        "merged": _("changed by this office: only what is new comes in"),
        "left": _("changed by this office too: left as it is"),
        "removed": _("taken out by this office: stays out"),
        "dropped": _("no longer in the starter set: stays as it is"),
    }
    for novelty in found:
        sign, style = ("+", "green") if novelty.after is not None else ("!", "yellow")
        view.write_wrapped(f"{sign} {novelty.path}: {words[novelty.how]}", style, hang=4)
        if novelty.added:
            view.write_wrapped(_("new: {parts}").format(parts=", ".join(novelty.added)), indent=4, hang=2)
        if novelty.left:
            view.write_wrapped(_("left as it is: {parts}").format(parts=", ".join(novelty.left)), indent=4, hang=2)
    stays = next((n for n in found if n.left or n.after is None), None)
    if stays:
        look = CommandLine("upgrade {}", stays.path)
        view.write_wrapped("→ " + _("what is new in such a file: {command}").format(command=look), hang=4)
    count = len(incoming(found))
    if done:
        said = ngettext(
            "✓ {n} file taken in; back again: {command}", "✓ {n} files taken in; back again: {command}", count
        )
        view.write_wrapped(said.format(n=count, command=CommandLine("upgrade --undo")), "green", hang=4)
    elif count:
        said = ngettext(
            "nothing was changed; {command} takes {n} file in, in one commit",
            "nothing was changed; {command} takes {n} files in, in one commit",
            count,
        )
        view.write_wrapped(said.format(n=count, command=CommandLine("upgrade --do")), hang=4)


def _faults(root: Path, paths: "list[Path]") -> "list[Problem]":
    """The faults of these files of the office as they are now."""
    from srctl.audit.inspection import definition_problems
    from srctl.office.folder import Folder

    folder = Folder(root)
    return list(dict.fromkeys(problem for path in paths for problem in definition_problems(folder, path)))
