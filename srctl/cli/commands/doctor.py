"""`srctl doctor`: examine the machine and the office folder, report what is lacking and how to get it."""

import locale
import os
import sys

from srctl.cli import options
from srctl.cli.parser import App
from srctl.core.i18n import _, ngettext

SIGNS = {"ok": ("✓", ""), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("doctor", help=_("Look at programs, fonts and the office folder: what is lacking, how to get it."))(
        doctor
    )


def doctor(as_: options.As = "", json: options.Json = False) -> None:
    """Report the state of each thing srctl needs; exit 0 whatever was found, for finding it was the task."""
    from srctl.audit.doctor import LABELS, Terminal, examine
    from srctl.cli import view
    from srctl.index.workspace import folder_here, now, settings

    options.act_as(as_)
    acting = settings().acting or os.environ.get("SRCTL_AS", "")
    terminal = Terminal(view.width(), _encoding())
    found = examine(folder_here(), now().date(), terminal, acting)
    if json:
        view.print_json({"format": 1, "items": [finding._asdict() for finding in found]})
        return
    for finding in found:
        sign, style = SIGNS[finding.state]
        view.write_wrapped(f"{sign} {_(LABELS[finding.name])}: {finding.found}", style, hang=2)
        for line in finding.hint.splitlines():
            view.write_wrapped(f"→ {line}", indent=2, hang=4)
    count = {state: sum(finding.state == state for finding in found) for state in SIGNS}
    said = ngettext(
        "{n} thing looked at: {fail} to mend, {warn} to look at",
        "{n} things looked at: {fail} to mend, {warn} to look at",
        len(found),
    )
    view.write_line(said.format(n=len(found), fail=count["fail"], warn=count["warn"]))


def _encoding() -> str:
    """The encoding of the terminal; srctl itself always writes UTF-8. A Windows console is given characters."""
    return "UTF-8" if sys.platform == "win32" else locale.getencoding()
