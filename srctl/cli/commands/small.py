"""`srctl do`: an order carried out at once, from receipt to closing in one command."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import options
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _
from srctl.model.labels import CHANNELS, OUTGOING

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("do", help=_("Log an order that was carried out at once, with its result, and close it."))(do_order)


def do_order(
    text: Annotated[str, argument(metavar="[TEXT]", help=_("what was ordered"), callback=options.words)] = "",
    by: Annotated[str, option("--by", help=_("who ordered it"), callback=options.one_line)] = "",
    channel: Annotated[
        str, option("--channel", "-c", help=_("channel: {channels}").format(channels=" ".join(CHANNELS)))
    ] = "",
    result: Annotated[str, option("--result", "-r", help=_("what came of it"), callback=options.words)] = "",
    with_: Annotated[
        str, option("--with", metavar="WHOM", help=_("with whom it was done"), callback=options.one_line)
    ] = "",
    through: Annotated[
        str, option("--through", help=_("channel: {channels}").format(channels=" ".join(OUTGOING)))
    ] = "",
    said: Annotated[str, option("--said", "-s", help=_("what was said"), callback=options.words)] = "",
    owner: options.Owner = "", backup: options.Backup = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Log an order carried out at once."""
    from srctl.cli import outcome, talking
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import NewMatter, register
    from srctl.workflow import small_orders

    options.act_as(as_)
    workspace = current_workspace()
    workspace.folder.kind(small_orders.KIND)
    text, result = _worded(text, result)
    order = small_orders.SmallOrder(
        text, by or workspace.folder.office.minister.short, options.choice(channel, "channel") or "voice",  # type: ignore[arg-type]
        _known(workspace, owner or workspace.me.id), _known(workspace, backup), result,
        talking.meant_in_none(workspace, with_) if with_ else None,
        options.choice(through, "channel") or "phone", said,  # type: ignore[arg-type]
    )  # fmt: skip
    data = small_orders.data_of(order, workspace.today, f"{workspace.now:%H:%M}")
    with workspace.acting():
        new = NewMatter(small_orders.KIND, data, after=small_orders.entries_after(order))
        done = register(workspace.folder, new, workspace.actor, lambda: outcome.load(workspace))
    outcome.show_outcome(workspace, done, _("{subject}: carried out, closed").format(subject=done.case.subject), json)
    outcome.warn_names(done)


def _worded(text: str, result: str) -> tuple[str, str]:
    """What was ordered and what came of it; asked for where it was not typed."""
    from srctl.cli import wizard

    command = CommandLine('do "…" --result "…"')
    text = text or wizard.one(_("what was ordered"), command, long=True)
    return text, result or wizard.one(_("what came of it"), command, long=True)


def _known(workspace: "Workspace", person: str) -> str:
    """The coordinator, who has to be one."""
    from srctl.cli import listing

    listing.person_exists(workspace, person)
    return person
