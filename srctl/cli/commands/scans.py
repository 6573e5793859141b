"""`srctl scans`: what lies in the scan folder, and filing it to matters."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import completion, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace
    from srctl.office.scan_folder import ScannedFile


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("scans", help=_("What the scanner left: file it to a matter, or receive a new one with it."))(
        file_scans
    )


def file_scans(
    numbers: Annotated[list[str] | None, argument(metavar="[N…]", help=_("numbers of the list; at a terminal each"
                                                                             " scan is asked about"))] = None,
    to: Annotated[str, option("--to", metavar="ID", help=_("file them to this case"),
                              autocompletion=completion.complete_ids)] = "",
    new: Annotated[str, option("--new", metavar="KIND", help=_("receive a new matter of this kind with them"),
                               autocompletion=completion.complete_kinds)] = "",
    what: Annotated[str, option("--what", "-w", help=_('what it is, e.g. "signed minutes"'),
                                callback=options.one_line)] = "",
    subject: Annotated[str, option("--subject", "-s", help=_("of a new matter: what it is about"),
                                   callback=options.one_line)] = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show the scans, or file those of the numbers given."""
    from srctl.cli import scan_filing
    from srctl.index.workspace import current_workspace, is_interactive
    from srctl.office.scan_folder import scan_folder, scans_in

    options.act_as(as_)
    workspace = current_workspace()
    chosen = _chosen(scans_in(scan_folder(workspace.folder)), numbers or ())
    if not (to or new):
        if json:
            _print_json(workspace, chosen)
            return
        _show(chosen)
        if is_interactive():
            scan_filing.walk(workspace, chosen)
        elif chosen:
            view.say(_("to file one: {command}").format(command=CommandLine("scans {} --to 42", chosen[0].n)))
        return
    if to and new:
        raise UsageError(_("either --to a case or --new, not both"), CommandLine("scans 3 --to 42"))
    if not numbers:
        raise UsageError(_("which scans?"), CommandLine("scans 1 --to 42"))
    if to:
        case = scan_filing.file_to(workspace, chosen, to, what, json)
    else:
        case = scan_filing.receive_with(workspace, chosen, new, subject, json)
    scan_filing.put_all_aside(workspace, chosen, case, quiet=json)


def _chosen(scans: "Sequence[ScannedFile]", numbers: "Sequence[str]") -> "list[ScannedFile]":
    """The scans of the numbers typed (``3``, ``2-5``), in that order; all without any. NotFound for one not there."""
    if not numbers:
        return [*scans]
    from srctl.core.thai import to_arabic_digits

    known = {scan.n: scan for scan in scans}
    found: dict[int, ScannedFile] = {}
    for typed in numbers:
        first, dash, last = to_arabic_digits(typed).partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)) or len(first + last) > 8:
            raise UsageError(_("{word} is no number of the list").format(word=typed), CommandLine("scans"))
        for n in range(int(first), int(last or first) + 1):
            if n not in known:
                raise NotFound(_("there is no scan no. {n}").format(n=n), CommandLine("scans"))
            found[n] = known[n]
    return list(found.values())


def _show(scans: "Sequence[ScannedFile]") -> None:
    from srctl.model.labels import size_words

    if not scans:
        view.write_line(_("no scan waits to be filed"))
        return
    columns = [
        view.Column(_("no."), right=True),
        view.Column(_("file"), min_width=20),
        view.Column(_("scanned")),
        view.Column(_("size"), right=True),
    ]
    rows = [
        [str(s.n), s.path.name, view.unbroken(f"{view.day_text(s.at.date())} {s.at:%H:%M}"), size_words(s.size)]
        for s in scans
    ]
    view.table(columns, [view.TableRow(cells) for cells in rows])


def _print_json(workspace: "Workspace", scans: "Sequence[ScannedFile]") -> None:
    from srctl.views.list_views import envelope

    items = [
        {"n": s.n, "name": s.path.name, "path": str(s.path), "at": s.at.isoformat(timespec="seconds"), "size": s.size}
        for s in scans
    ]
    view.print_json(envelope(items, workspace.today, ()))
