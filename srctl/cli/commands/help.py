"""`srctl help`: the commands by what they are for, those of one purpose, one command explained."""

from typing import Annotated

from srctl.cli import view
from srctl.cli.parser import App, Exit, argument
from srctl.cli.purposes import PURPOSES, purpose_of
from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _
from srctl.core.thai import display_width, pad, shorten

GAP = 2  # cells between columns


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("help", help=_("The commands by what they are for; one purpose, or one command explained."))(show_help)


def show_help(
    words: Annotated[
        list[str] | None, argument(metavar="[PURPOSE|COMMAND]", help=_("a purpose, a command, or a word to look for"))
    ] = None,
) -> None:
    """Show the first page, the commands of a purpose, the help of a command, or the commands that tell of a word."""
    from srctl.cli.app import declared

    helps = {name: below.help for name, below in declared().commands.items()}
    if not words:
        _show_purposes(helps)
    elif words[0] in helps:
        _explain(words)
    elif purpose := purpose_of(" ".join(words)):
        _show_commands(purpose.label, {name: helps[name] for name in purpose.commands() if name in helps})
    else:
        _show_found(" ".join(words), helps)


def _explain(words: list[str]) -> None:
    """Show the help page of a command (``step``, ``step done``) as its ``--help`` does."""
    from srctl.cli import typer_bridge
    from srctl.cli.app import declared

    raise Exit(typer_bridge.run_library(declared(words[0]), [*words, "--help"]))


def _show_purposes(helps: dict[str, str]) -> None:
    """Show every purpose: a line for each command of every morning; the others are a purpose away."""
    shown = [(each, [name for name in each.daily if name in helps]) for each in PURPOSES]
    labels = max(display_width(each.label) for each in PURPOSES) + GAP
    names = max(len(name) for _each, daily in shown for name in daily) + GAP
    room = view.width()
    for each, daily in shown:
        head = each.label
        for name in daily:
            text = helps[name]
            if room:
                text = shorten(text, max(room - labels - names, 1))
            view.write_line(pad(head, labels) + name.ljust(names) + text)
            head = ""
    view.write_wrapped(
        _("all of a purpose: {purpose} · one explained: {command}").format(
            purpose=view.unbroken(CommandLine("help {}", PURPOSES[2].label)),
            command=view.unbroken(CommandLine("help {}", "contact")),
        )
    )


def _show_commands(heading: str, helps: dict[str, str]) -> None:
    view.write_line(heading, "bold")
    view.pairs(helps.items(), indent=2)
    view.write_wrapped(_("one of them explained: {command}").format(command=CommandLine("help {}", next(iter(helps)))))


def _show_found(word: str, helps: dict[str, str]) -> None:
    """Show the commands whose line of help has the word; NotFound where none has."""
    from srctl.core.errors import unknown
    from srctl.core.thai import fold

    found = {name: text for name, text in helps.items() if fold(word) in fold(text)}
    if not found:
        known = [*helps, *(each.label for each in PURPOSES)]
        raise NotFound(*unknown(_("command or purpose"), word, known, CommandLine("help")))
    _show_commands(_("commands about “{word}”").format(word=word), found)
