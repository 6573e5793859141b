"""`srctl file-book`: the whole matter as one PDF, for the file and for handing over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import arguments, options, view
from srctl.cli.parser import App, option
from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.reports.binding import BookEntry


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("file-book", help=_("The whole matter as one PDF: contents, papers by their day, log."))(bind_file)


def bind_file(
    case_id: arguments.CaseId,
    pdf: Annotated[bool, option("--pdf", help=_("make the PDF; without it the papers are listed"))] = False,
    to: Annotated[Path | None, option("--to", metavar="FILE", help=_("write the PDF there instead"))] = None,
    secret: Annotated[bool, option("--secret", help=_("also of a secret matter"))] = False,
    open_: Annotated[bool, option("--open", help=_("open it when it is written"))] = False,
    json: options.Json = False,
) -> None:
    """Bind the papers of a case, or list them."""
    from srctl.index.workspace import current_workspace
    from srctl.model.labels import secrecy_word
    from srctl.reports import file_book
    from srctl.reports.sheets.composing import ground_of

    workspace = current_workspace()
    ground = ground_of(workspace.folder, workspace.find(case_id), workspace.today)
    mark = file_book.book_secrecy(ground.case)
    if mark != "none" and not secret:
        message = _("{id} is {mark}, or a paper of it is").format(id=ground.case.id, mark=secrecy_word(mark))
        raise Refused(message, CommandLine("file-book {} --secret", ground.case.id))
    if not (pdf or to or open_):
        _list(ground.case.id, file_book.book_entries(workspace.folder, ground), json=json)
        return
    book = file_book.bind_book(workspace.folder, ground)
    file = _written(workspace, ground.case.id, to, book.pdf)
    if open_:
        from srctl.documents.pdf import open_file

        open_file(file)
    if json:
        items = [{**_item(entry), "page": page or None} for entry, page in book.entries]
        view.print_json({"format": 1, "case": ground.case.id, "file": str(file), "pages": book.pages, "items": items})
        return
    _tell(workspace, file, [entry for entry, _page in book.entries if entry.lack], book.pages)
    if ground.case.complainant:
        view.say("! " + _("it names who complains: keep it as the file itself is kept"))


def _written(workspace: "Workspace", case_id: str, to: Path | None, pdf: bytes) -> Path:
    from srctl.papers.drafts import draft_path
    from srctl.store.outputfile import in_folder, output_path, save

    usual = draft_path(workspace.folder, case_id, "file-book").with_suffix(".pdf")
    file = in_folder(output_path(to, ".pdf", usual.stem)) if to else usual
    save(file, pdf)
    return file


def _tell(workspace: "Workspace", file: Path, lacking: "list[BookEntry]", pages: int) -> None:
    for entry in lacking:
        view.say("! " + _("{what} is not printed: {reason}").format(what=entry.what, reason=entry.lack))
    told = ngettext("{n} page", "{n} pages", pages).format(n=pages)
    view.write_wrapped(f"✓ {workspace.folder.relative(file)}  ({told})", "green", hang=2)


def _list(case_id: str, entries: "tuple[BookEntry, ...]", *, json: bool) -> None:
    """What the book would hold, and what cannot be printed."""
    if json:
        view.print_json({"format": 1, "case": case_id, "items": [_item(entry) for entry in entries]})
        return
    for n, entry in enumerate(entries, 1):
        day = view.unbroken(view.day_text(entry.day))
        lack = f"  ({_('not printed: {reason}').format(reason=entry.lack)})" if entry.lack else ""
        view.write_wrapped(f"{n}  {day}  {entry.what}{lack}", indent=2, hang=6)
    view.write_wrapped(_("to bind them: {command}").format(command=CommandLine("file-book {} --pdf", case_id)))


def _item(entry: "BookEntry") -> dict[str, Any]:
    return {"on": entry.day.isoformat(), "what": entry.what, "lack": entry.lack}
