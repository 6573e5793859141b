"""`srctl sheet`: the registry's sheets around the papers of a case, as Word files."""

from pathlib import Path
from typing import Annotated

from srctl.cli import completion, names, options
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("sheet", help=_("Envelopes, copies, stamp and receipt, cover and order: the registry's sheets."))(
        make_sheet
    )


def make_sheet(
    sheet: Annotated[
        str,
        argument(metavar="[SHEET]", help=_("which sheet; without it they are listed"), callback=names.sheet_name,
                 autocompletion=completion.complete_sheets),
    ] = "",
    words: Annotated[
        list[str] | None,
        argument(metavar="[ID…] [PAPER…]", help=_("cases; behind each its papers, or an entry of its log"),
                 autocompletion=completion.complete_case_and_papers),
    ] = None,
    size: Annotated[str, option("--size", help=_("of envelopes c5, dl or labels; of a stamp corner or label"))] = "",
    by: Annotated[
        str, option("--by", "-b", metavar="WHO", help=_("who certifies the copy"), callback=names.staff_id)
    ] = "",
    to: Annotated[Path | None, option("--to", metavar="FILE", help=_("write the file there instead"))] = None,
    pdf: Annotated[bool, option("--pdf", help=_("make a PDF beside it (LibreOffice)"))] = False,
    open_: Annotated[bool, option("--open", help=_("open it when it is written"))] = False,
    print_: Annotated[bool, option("--print", help=_("print it when it is written"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Make a sheet, or list them."""
    from srctl.cli import sheets
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    if not sheet:
        sheets.list_sheets(json=json)
        return
    workspace = current_workspace()
    requests = sheets.asked_sheets(workspace, sheet, words or [], size, by)
    sheets.make_sheets(workspace, requests, to, sheets.Delivery(pdf, open_, print_), json=json)
