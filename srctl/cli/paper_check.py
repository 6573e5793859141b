"""`srctl paper check`: a paper read over before it goes up, and mended. Floor 4."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import options, view
from srctl.cli.parser import Exit, argument, option
from srctl.core.errors import Command
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.papers.proofing.review import Reviewed
    from srctl.papers.proofing.rules import Change


def check(
    what: Annotated[str, argument(metavar="FILE|ID", help=_("a Word file, or a case"))],
    fix: Annotated[bool, option("--fix", help=_("mend what is mechanical and show the difference"))] = False,
    json: options.Json = False,
) -> None:
    """Read a paper over."""
    from srctl.index.workspace import workspace
    from srctl.papers.proofing.review import review

    desk = workspace()
    files = _files(desk, what)
    if fix:
        for file in files:
            _mend(desk, file, quiet=json)
    found = [review(desk.folder, file) for file in files]
    if json:
        items = [_as_data(desk, one) for one in found]
        view.print_json({"format": 1, "items": items})
    else:
        for one in found:
            _show(desk, one)
    if not any(one.findings for one in found):
        return
    if not json and any(finding.fixable for one in found for finding in one.findings):
        view.say(
            "→ " + _("what is mechanical is mended by: {command}").format(command=Command("paper check {} --fix", what))
        )
    raise Exit(1)


def _files(desk: "Workspace", what: str) -> list[Path]:
    from srctl.index.workspace import folder_here
    from srctl.papers.proofing.review import files_of

    path = Path(folder_here(), what)
    if path.suffix.lower() in (".docx", ".docm", ".doc") or path.is_file():
        return [path]
    return files_of(desk.folder, desk.find(what))


def _mend(desk: "Workspace", file: Path, *, quiet: bool) -> None:
    from srctl.papers import drafts
    from srctl.papers.proofing.review import mend
    from srctl.papers.proofing.rules import differences

    after, before_lines, after_lines = mend(file)
    changes = differences(before_lines, after_lines)
    if not changes:
        return
    drafts.write(file, after)
    if quiet:
        return
    view.out(_("mended: {file}").format(file=desk.folder.relative(file)), "bold")
    show_changes(changes)


def show_changes(changes: "list[Change]") -> None:
    """Show what differs between two texts, word by word: the paragraph, what stood there, what stands there now."""
    for change in changes:
        view.flow(_("paragraph {n}").format(n=change.place) + f": {change.context}", "dim", indent=2, hang=4)
        if change.before:
            view.flow(f"- {change.before}", "red", indent=4, hang=6)
        if change.after:
            view.flow(f"+ {change.after}", "green", indent=4, hang=6)


def _as_data(desk: "Workspace", one: "Reviewed") -> dict[str, object]:
    return {
        "file": desk.folder.relative(one.file).as_posix(),
        "id": one.case,
        "paper": one.paper,
        "findings": [finding._asdict() for finding in one.findings],
    }


def _show(desk: "Workspace", one: "Reviewed") -> None:
    name = str(desk.folder.relative(one.file))
    if not one.findings:
        view.out(f"✓ {name}  " + _("nothing to mend"), "green")
        return
    view.out(name, "bold")
    for finding in one.findings:
        place = _("paragraph {n}").format(n=finding.place) if finding.place else _("whole paper")
        excerpt = f" “{finding.excerpt}”" if finding.excerpt else ""
        view.flow(f"{place}: {finding.message}{excerpt}", indent=2, hang=4)
        if finding.hint:
            view.flow(f"→ {finding.hint}", indent=4, hang=6)
