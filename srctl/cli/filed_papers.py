"""Papers of a case on the screen, and where the file of one is that is to be opened or printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.thai import to_arabic_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.office.attachments import Given

MOST_NAMES = 8  # of the files in an archive


def show_file(workspace: "Workspace", case_id: str, row: dict[str, Any]) -> None:
    """Show a file that came in, and the names of those in an archive."""
    from srctl.model.labels import size_words

    when = view.unbroken(view.iso_day(row["on"]))
    name = f"“{row['name']}”" if row["name"] else row["file"]
    parts = (row["what"], f"{when} {row['who']}", name, view.unbroken(size_words(row["size"] or 0)), row["sha256"][:8])
    view.write_wrapped(f"{row['n']}  " + " · ".join(part for part in parts if part), indent=2, hang=5)
    if row["place"]:
        view.write_wrapped(_("not kept here, it lies at {place}").format(place=row["place"]), indent=5)
    if row["file"].endswith((".zip", ".eml")):
        from srctl.office import attachments

        raw = attachments.kept(workspace.folder, case_id, row["file"]) or b""
        if row["file"].endswith(".zip"):
            show_nested(raw)
        else:
            from srctl.documents.mail import enclosed_in

            _show_within([one.name for one in enclosed_in(raw)])


def show_nested(raw: bytes) -> None:
    """Show the names of the files in an archive."""
    from srctl.documents.file_kinds import nested_names

    _show_within(nested_names(raw))


def _show_within(names: "Sequence[str]") -> None:
    if names:
        view.write_wrapped(_("in it: {names}").format(names=_listed(names)), indent=5, hang=7)


def _listed(names: "Sequence[str]") -> str:
    more = [_("… and {n} more").format(n=len(names) - MOST_NAMES)] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])


def tell_kept_apart(given: "Sequence[Given]", *, quiet: bool = False) -> None:
    """Say what is kept elsewhere: files too large, what stays in a mail; unless ``quiet`` also what came in others."""
    for one in given:
        if one.place:
            words = _("{file} is too large to be kept here: its place and its sum are recorded, leave it where it lies")
            view.say("! " + words.format(file=one.name))
        for why in one.left[:MOST_NAMES]:
            view.say("! " + _("{why}; it stays in the mail {mail}").format(why=why, mail=one.name))
        if len(one.left) > MOST_NAMES:
            view.say("  " + _("… and {n} more").format(n=len(one.left) - MOST_NAMES))
        if one.held and not quiet:
            view.write_wrapped(_("taken out of the mail: {names}").format(names=_listed(one.held)), indent=5, hang=7)
        elif one.ending == "zip" and not quiet:
            show_nested(one.raw)


def the_file(workspace: "Workspace", case: "Case", typed: str) -> Path:
    """The file meant: by the number of what came in, by a paper of ours, or the only one; asked for at a terminal.

    Raises:
        NotFound: there is none of that number or name, or several and none named. Refused: it is gone.
    """
    from srctl.index.workspace import is_interactive
    from srctl.workflow.attached_files import attached_files
    from srctl.workflow.paper_state import papers_of

    files = {str(one.n): one for one in attached_files(case) if not one.undone}
    choices = [(n, f"{one.what}  {one.kept.name or one.kept.file}".strip()) for n, one in files.items()]
    choices += [(paper.id, paper.number) for paper in papers_of(case)]
    wanted = to_arabic_digits(typed.strip()) or (choices[0][0] if len(choices) == 1 else "")
    if not wanted and choices and is_interactive():
        from srctl.cli import prompts

        wanted = prompts.menu(_("which paper"), choices)
    if wanted not in dict(choices):
        listed = "\n".join(f"{code}  {words}".strip() for code, words in choices)
        message = _("{id} has no paper {paper}") if wanted else _("{id}: which paper?")
        if not choices:
            message, listed = _("{id} has no paper"), CommandLine("file {} FILE", case.id)
        raise NotFound(message.format(id=case.id, paper=wanted), listed)
    if wanted in files:
        return _on_disk(workspace, case, files[wanted].kept.file, files[wanted].kept.place)
    return _our_paper(workspace, case, wanted)


def _on_disk(workspace: "Workspace", case: "Case", name: str, place: str = "") -> Path:
    from srctl.office import attachments

    path = Path(place) if place else attachments.home(workspace.folder, case.id) / name
    if not path.is_file():
        raise Refused(_("{file} is not there any more").format(file=path), CommandLine("check {}", case.id))
    return path


def _our_paper(workspace: "Workspace", case: "Case", paper_id: str) -> Path:
    """The latest file of a paper of ours: issued, finished in Word, or its draft."""
    from srctl.papers.issuing import copies
    from srctl.workflow.paper_state import named_paper

    paper = named_paper(case, paper_id)
    if paper.version.file:
        return _on_disk(workspace, case, paper.version.file)
    found = next((copy.path for copy in copies(workspace.folder, case, paper) if copy.path.is_file()), None)
    if found is None:
        from srctl.workflow.draft_commands import draft_command

        raise Refused(_("the draft of {paper} is not here").format(paper=paper.id), draft_command(case.id, paper))
    return found
