"""The words and pages of the command-line library, in the language in use. Floor 4.

Of typer's own texts only the headings pass through gettext; the rest is fixed English, and its pages break lines
at spaces and count code points, which Thai has too few and too many of. So help pages and errors of usage are
put into words and lines here; ``clothe`` gives this to every command.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from srctl.errors import UsageError
from srctl.i18n import _, mark
from srctl.thai import display_width, pad

WIDEST_NAME = 30  # cells; a longer option stands on a line of its own

# What the library says → what we say; a text in braces is taken over as it is, {message} and {why} are read again.
_SAYINGS = {
    "{message}. Did you mean {names}?": mark("{message}; did you mean {names}?"),
    "{message} (Possible options: {names})": mark("{message}; did you mean {names}?"),
    "No such option: {name}": mark("there is no option {name}"),
    "Option {name} requires an argument.": mark("option {name} needs a value"),
    "Option {name} does not take a value.": mark("option {name} takes no value"),
    "Missing argument {name}.": mark("{name} is missing"),
    "Missing option {name}.": mark("{name} is missing"),
    "Got unexpected extra argument(s) ({words})": mark("too many words: {words}"),
    "Invalid value for {name}: {why}": mark("{name}: {why}"),
    "{given} is not a valid int.": mark("{given} is not a whole number"),
    "{given} is not a valid int range.": mark("{given} is not a whole number"),
    "{given} is not in the range {range}.": mark("{given} is not in the range {range}"),
}
HELPS = (
    mark("Show this message and exit."),
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
)


class Spoken:
    """What a command or a group of commands has from us: its pages and its words."""

    def get_help(self: Any, ctx: Any) -> str:
        """Return the help page."""
        page = Page()
        self.format_help(ctx, page)
        return page.getvalue()

    def get_short_help_str(self: Any, limit: int = 0) -> str:  # noqa: ARG002 - our pages break lines, nothing is cut
        """Return the line that stands for this command in the list of its group."""
        return (self.help or "").partition("\n")[0]

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters; the library's helps, and ours read before the language was known, put into it."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if getattr(param, "help", ""):
                param.help = _(param.help)
        return params


class Command(Spoken, TyperCommand):
    """A command."""


class Group(Spoken, TyperGroup):
    """A group of commands."""


def clothe(app: typer.Typer) -> None:
    """Give every command and group below ``app`` our pages and words."""
    for command in app.registered_commands:
        command.cls = Command
    for group in app.registered_groups:
        if group.typer_instance:
            group.typer_instance.info.cls = Group
            clothe(group.typer_instance)


class Page:
    """A help page: what typer writes its usage, texts and lists into; lines break between Thai clusters."""

    width = 80  # typer asks for it to cut short helps; ours are not cut

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._indent = ""

    def getvalue(self) -> str:
        """Return the page."""
        return "\n".join(self._lines)

    def write_paragraph(self) -> None:
        """Begin a new paragraph."""
        self._lines.append("")

    def write_usage(self, prog: str, args: str = "") -> None:
        """Write how the command is typed."""
        self._hang(_("Usage: ") + prog + " ", args)

    def write_text(self, text: str) -> None:
        """Write a text."""
        self._hang(self._indent, text)

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names and what they mean, in two columns."""
        widest = max(w for w in (0, *(display_width(name) for name, _text in rows)) if w <= WIDEST_NAME)
        for name, text in rows:
            if display_width(name) > widest:
                self._lines.append(self._indent + name)
                name = ""
            self._hang(f"{self._indent}{pad(name, widest)}  ", text)

    @contextmanager
    def section(self, heading: str) -> Iterator[None]:
        """Write a heading; what follows stands below it."""
        self._lines += ["", f"{heading}:"]
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Indent what follows."""
        before, self._indent = self._indent, self._indent + "  "
        yield
        self._indent = before

    def _hang(self, head: str, text: str) -> None:
        """Write ``text`` behind ``head``, its further lines under its first."""
        from srctl.cli import view

        hanging = " " * display_width(head)
        for i, line in enumerate(view.wrap(text, len(hanging))):
            self._lines.append(((hanging if i else head) + line).rstrip())


def fault(error: Any) -> UsageError:
    """Return an error of the library in our words, with the help page that shows how it is typed."""
    ctx = getattr(error, "ctx", None)
    return UsageError(_said(error.format_message()), f"{ctx.command_path} --help" if ctx else "srctl --help")


def _said(text: str) -> str:
    for theirs, ours in _SAYINGS.items():
        found = re.fullmatch(_pattern(re.split(r"{(\w+)}", theirs)), text)
        if found:
            words = {key: _said(word) if key in ("message", "why") else word for key, word in found.groupdict().items()}
            return _(ours).format(**words)
    return text.removesuffix(".")


def _pattern(pieces: Iterable[str]) -> str:
    """Return the pattern for fixed texts and names of what stands between them, in turn."""
    return "".join(f"(?P<{piece}>.+)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
