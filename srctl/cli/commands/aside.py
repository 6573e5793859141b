"""`srctl void`: a case entered by mistake."""

from typing import Annotated

from srctl.cli import arguments, options
from srctl.cli.acting import do
from srctl.cli.parser import App, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("void", help=_("Set aside a case entered by mistake; its number is not given again."))(void_case)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]


def void_case(case_id: arguments.CaseId, why: Why = "", as_: options.As = "", json: options.Json = False) -> None:
    """Set a case aside as entered by mistake."""
    from srctl.cli import wizard
    from srctl.workflow import setting_aside

    why = why or wizard.one(_("the reason"), CommandLine('void {} --why "…"', case_id))
    do(case_id, as_, json, "", lambda case, _kind: setting_aside.void(case, why))
