"""`srctl backup` and `srctl restore`: the office in one file, and an office made from it."""

from pathlib import Path
from typing import Annotated

from srctl.cli import view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("backup", help=_("Write the whole office into one file, tried out before it gets its name."))(backup)
    app.command("restore", help=_("Make an office from a backup, in a new folder."))(restore_office)


def backup(
    file: Annotated[Path, argument(metavar="FILE", help=_("the file to write, or a folder to write it into"))],
    force: Annotated[bool, option("--force", help=_("replace the file"))] = False,
) -> None:
    """Back up the office."""
    from srctl.index.workspace import current_workspace, folder_here
    from srctl.store.backup import make_backup
    from srctl.store.outputfile import in_folder

    workspace = current_workspace()
    root = workspace.folder.root
    target = (folder_here() / file).absolute()
    if target.is_dir():
        target /= f"srctl-{workspace.now:%Y%m%d-%H%M}.zip"
    if target.resolve().is_relative_to(root.resolve()):
        message = _("a backup inside the office folder is lost with it")
        raise Refused(message, CommandLine("backup {}", f"/media/usb/{target.name}"))
    if target.exists() and not force:
        raise Refused(_("{name} is there already").format(name=target), CommandLine("backup {} --force", file))
    made = make_backup(root, in_folder(target), workspace.now)
    view.write_wrapped(f"✓ {target}", "green", hang=2)
    _describe(made.commits, made.recorded, made.others)


def restore_office(
    file: Annotated[Path, argument(metavar="FILE", help=_("a backup"))],
    directory: Annotated[Path, argument(metavar="DIR", help=_("where: a new or an empty folder"))],
) -> None:
    """Make an office from a backup."""
    from datetime import datetime

    from srctl.index.workspace import folder_here
    from srctl.store.backup import restore

    folder = (folder_here() / directory).absolute()
    made = restore((folder_here() / file).absolute(), folder)
    view.write_wrapped("✓ " + _("office folder made: {folder}").format(folder=folder), "green", hang=2)
    _describe(made.commits, made.recorded, made.others)
    for path in made.left_out:
        view.say("! " + _("{path} is not an ordinary file; it is left out").format(path=ascii(path)))
    moment = datetime.fromisoformat(made.made)
    at = f"{view.day_text(moment.date())} {moment:%H:%M}"
    lost = _("what was recorded after {at} is not in it; enter again what the paper registers show since").format(at=at)
    view.write_wrapped(lost, indent=2, hang=4)
    warning = _("a case or letter number given since is given again unless you do; work in one of the two folders only")
    view.write_wrapped(warning, indent=2, hang=4)
    for command in (f"cd {folder}", CommandLine("check"), CommandLine("due")):
        view.write_line(f"  {command}")


def _describe(commits: int, recorded: int, others: int) -> None:
    acts = ngettext("{n} commit", "{n} commits", commits).format(n=commits)
    files = ngettext("{n} file recorded", "{n} files recorded", recorded).format(n=recorded)
    beside = ngettext("{n} file not recorded", "{n} files not recorded", others).format(n=others)
    view.write_line(f"  {acts}, {files}, {beside}")
