"""`srctl paper check`: a paper proof-read before it goes up, and mechanical faults mended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import options, view
from srctl.cli.parser import Exit, argument, option
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srctl.index.workspace import Workspace
    from srctl.papers.proofing.review import Reviewed
    from srctl.papers.proofing.rules import Finding, WordChange


def check_paper(
    what: Annotated[str, argument(metavar="FILE|ID", help=_("a Word file, or a case"))],
    fix: Annotated[bool, option("--fix", help=_("mend what is mechanical and show the difference"))] = False,
    changes: Annotated[str, option("--changes", help=_("tracked changes: accept or reject"))] = "",
    hidden: Annotated[str, option("--hidden", help=_("hidden text: drop or show"))] = "",
    json: options.Json = False,
) -> None:
    """Proof-read a paper; exit 1 when there are findings."""
    from srctl.index.workspace import current_workspace
    from srctl.papers.proofing.review import Reviewer

    settling = _Settling(options.choice(changes, "changes"), options.choice(hidden, "hidden"), json)
    if not fix and (settling.changes or settling.hidden):
        raise UsageError(_("what is decided is written into the file"), CommandLine("paper check {} --fix", what))
    workspace = current_workspace()
    files = _files(workspace, what)
    reviewer = Reviewer(workspace.folder)
    if fix:
        for file in files:
            _mend(workspace, file, settling)
    found = (reviewer.review(file) for file in files)
    if json:
        read = list(found)
        view.print_json({"format": 1, "items": [_as_data(workspace, one) for one in read]})
        codes = {finding.code for one in read for finding in one.findings}
    else:
        codes = _show_all(workspace, found, what)
    if codes:
        raise Exit(1)


def _show_all(workspace: "Workspace", found: "Iterable[Reviewed]", what: str) -> set[str]:
    """Show each file as it is read; the codes of what was found, and at the end what mends it."""
    codes, fixable = set[str](), set[str]()
    for one in found:
        _show(workspace, one)
        codes |= {finding.code for finding in one.findings}
        fixable |= {finding.code for finding in one.findings if finding.fixable}
    if fixable:
        from srctl.papers.proofing.unseen import fix_command

        command = fix_command(what, fixable)
        view.say("→ " + _("what is mechanical is mended by: {command}").format(command=command))
    return codes


def _files(workspace: "Workspace", what: str) -> list[Path]:
    from srctl.index.workspace import folder_here
    from srctl.papers.proofing.review import files_of

    path = Path(folder_here(), what)
    if path.suffix.lower() in (".docx", ".docm", ".doc") or path.is_file():
        return [path]
    return files_of(workspace.folder, workspace.find(what))


class _Settling(NamedTuple):
    """What becomes of tracked changes and of hidden text ("": it is asked at a terminal, else they stay)."""

    changes: str
    hidden: str
    quiet: bool


def _mend(workspace: "Workspace", file: Path, settling: _Settling) -> None:
    """Mend one file, and show what was taken out of it and how its words differ."""
    from srctl.papers import drafts
    from srctl.papers.proofing.review import mend_file, read_docx
    from srctl.papers.proofing.rules import differences

    raw = read_docx(file)
    changes, hidden = _settled(raw, settling)
    mended = mend_file(workspace.folder, raw, changes, hidden)  # type: ignore[arg-type]
    changed = differences(mended.before, mended.after)
    if not (changed or mended.settled) or mended.raw == raw:
        return
    drafts.write_draft(file, mended.raw)
    if settling.quiet:
        return
    view.write_line(_("mended: {file}").format(file=workspace.folder.relative(file)), "bold")
    for finding in mended.settled:
        _show_finding(finding, "− ")
    show_changes(changed)


def _settled(raw: bytes, settling: _Settling) -> tuple[str, str]:
    """What becomes of tracked changes and hidden text: as told, or as the person at the terminal says."""
    from srctl.documents.docx import word_file
    from srctl.index.workspace import is_interactive
    from srctl.papers.proofing.unseen import CHANGES

    changes, hidden, quiet = settling
    if quiet or not is_interactive() or (changes and hidden):
        return changes, hidden
    sorts = {one.sort for one in word_file.inventory(raw).unseen}
    if not changes and sorts & CHANGES:
        changes = _asked(_("tracked changes"), ("accept", "reject"))
    if not hidden and "hidden" in sorts:
        hidden = _asked(_("hidden text"), ("drop", "show"))
    return changes, hidden


def _asked(label: str, codes: tuple[str, ...]) -> str:
    from srctl.cli import prompts
    from srctl.model.labels import settling_word

    return prompts.menu(label, [(code, settling_word(code)) for code in codes], required=False)


def tell_unresolved(file: Path) -> None:
    """Tell what of a Word file is not to be printed: LibreOffice prints deleted words too."""
    from srctl.documents.docx import word_file
    from srctl.documents.docx.content import NotWordError
    from srctl.papers.proofing.unseen import fix_command, heaviest, unseen_findings

    try:
        found = heaviest(unseen_findings(word_file.inventory(file.read_bytes()), ()), "never")
    except (OSError, NotWordError):
        return
    if found:
        words = _("{file} holds what is not to be printed: {command}")
        command = fix_command(file.name, {finding.code for finding in found})
        view.say("! " + words.format(file=file.name, command=command))
        for finding in found:
            _show_finding(finding)


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
        view.write_wrapped(f"✓ {name}  " + _("nothing to mend"), "green", hang=2)
        return
    view.write_line(name, "bold")
    for finding in one.findings:
        _show_finding(finding)
        if finding.hint:
            view.write_wrapped(f"→ {finding.hint}", indent=4, hang=6)


def _show_finding(finding: "Finding", sign: str = "") -> None:
    from srctl.papers.proofing.unseen import place_of

    excerpt = f" “{finding.excerpt}”" if finding.excerpt else ""
    view.write_wrapped(f"{sign}{place_of(finding)}: {finding.message}{excerpt}", indent=2, hang=4)
