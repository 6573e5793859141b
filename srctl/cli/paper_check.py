"""`srctl paper check`: a paper proof-read before it goes up, and mechanical faults mended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import options, view
from srctl.cli.parser import Exit, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.papers.proofing.review import Reviewed
    from srctl.papers.proofing.rules import WordChange


def check_paper(
    what: Annotated[str, argument(metavar="FILE|ID", help=_("a Word file, or a case"))],
    fix: Annotated[bool, option("--fix", help=_("mend what is mechanical and show the difference"))] = False,
    json: options.Json = False,
) -> None:
    """Proof-read a paper; exit 1 when there are findings."""
    from srctl.index.workspace import current_workspace
    from srctl.papers.proofing.review import review

    workspace = current_workspace()
    files = _files(workspace, what)
    if fix:
        for file in files:
            _mend(workspace, file, quiet=json)
    found = [review(workspace.folder, file) for file in files]
    if json:
        items = [_as_data(workspace, one) for one in found]
        view.print_json({"format": 1, "items": items})
    else:
        for one in found:
            _show(workspace, one)
    if not any(one.findings for one in found):
        return
    if not json and any(finding.fixable for one in found for finding in one.findings):
        view.say(
            "→ "
            + _("what is mechanical is mended by: {command}").format(command=CommandLine("paper check {} --fix", what))
        )
    raise Exit(1)


def _files(workspace: "Workspace", what: str) -> list[Path]:
    from srctl.index.workspace import folder_here
    from srctl.papers.proofing.review import files_of

    path = Path(folder_here(), what)
    if path.suffix.lower() in (".docx", ".docm", ".doc") or path.is_file():
        return [path]
    return files_of(workspace.folder, workspace.find(what))


def _mend(workspace: "Workspace", file: Path, *, quiet: bool) -> None:
    from srctl.papers import drafts
    from srctl.papers.proofing.review import mend_file
    from srctl.papers.proofing.rules import differences

    after, before_lines, after_lines = mend_file(file)
    changes = differences(before_lines, after_lines)
    if not changes:
        return
    drafts.write_draft(file, after)
    if quiet:
        return
    view.write_line(_("mended: {file}").format(file=workspace.folder.relative(file)), "bold")
    show_changes(changes)


def show_changes(changes: "list[WordChange]") -> None:
    """Show the differences between two texts word by word: the paragraph, the old words, the new ones."""
    for change in changes:
        view.write_wrapped(_("paragraph {n}").format(n=change.place) + f": {change.context}", "dim", indent=2, hang=4)
        if change.before:
            view.write_wrapped(f"- {change.before}", "red", indent=4, hang=6)
        if change.after:
            view.write_wrapped(f"+ {change.after}", "green", indent=4, hang=6)


def _as_data(workspace: "Workspace", one: "Reviewed") -> dict[str, object]:
    return {
        "file": workspace.folder.relative(one.file).as_posix(),
        "id": one.case,
        "paper": one.paper,
        "findings": [finding._asdict() for finding in one.findings],
    }


def _show(workspace: "Workspace", one: "Reviewed") -> None:
    name = str(workspace.folder.relative(one.file))
    if not one.findings:
        view.write_line(f"✓ {name}  " + _("nothing to mend"), "green")
        return
    view.write_line(name, "bold")
    for finding in one.findings:
        place = _("paragraph {n}").format(n=finding.place) if finding.place else _("whole paper")
        excerpt = f" “{finding.excerpt}”" if finding.excerpt else ""
        view.write_wrapped(f"{place}: {finding.message}{excerpt}", indent=2, hang=4)
        if finding.hint:
            view.write_wrapped(f"→ {finding.hint}", indent=4, hang=6)
