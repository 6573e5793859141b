"""The commands as typer needs them, and its help pages and usage errors in the language in use.

Of typer's own texts only the headings pass through gettext; the rest is fixed English, and its pages break lines
at spaces and count code points, which Thai has too few and too many of. So help pages and usage
errors are translated and wrapped here, and every command is built from its declaration (:mod:`srctl.cli.parser`).
"""

import inspect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from srctl.cli.parser import Abort, App, Function, give, parameters
from srctl.core.errors import INTERRUPTED, USAGE, UsageError
from srctl.core.i18n import _, lend, mark
from srctl.core.placeholders import localized
from srctl.core.thai import display_width, pad

WIDEST_NAME = 30  # cells; a longer option stands on a line of its own

# Message of the library → ours; {message} and {why} are translated in turn, other fields are copied.
_MESSAGES = {
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


_CLICK_ERROR: Any = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


class Spoken:
    """Mixin of commands and groups of commands: help pages and texts in the language in use."""

    def get_help(self: Any, ctx: Any) -> str:
        """Return the help page."""
        page = HelpPage()
        self.format_help(ctx, page)
        return page.getvalue()

    def get_short_help_str(self: Any, limit: int = 0) -> str:  # noqa: ARG002 - our pages break lines, nothing is cut
        """Return the line of help for this command in the list of its group."""
        return (self.help or "").partition("\n")[0]

    def make_parser(self, ctx: Any) -> Any:
        """Return the library's parser; a line that gives an option of one value more than once is refused.

        The library would take the last value and drop the others without a word.
        """
        parser: Any = super().make_parser(ctx)  # type: ignore[misc]
        parse = parser.parse_args

        def parse_once(args: list[str]) -> Any:
            found = parse(args)
            again = next((p for p, times in Counter(found[2]).items() if times > 1 and _is_single(p)), None)
            if again and not ctx.resilient_parsing:
                message = _("{name} takes one value, and was given more than once").format(name=again.opts[0])
                raise UsageError(message, f"{ctx.command_path} --help")
            return found

        parser.parse_args = parse_once
        return parser

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, translating the library's helps, and ours imported before the language was known."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if getattr(param, "help", ""):
                param.help = _(param.help)
        return params


def _is_single(param: Any) -> bool:
    """Whether a parameter is an option with one value: neither a flag nor one that may be repeated."""
    return param.param_type_name == "option" and not (param.multiple or param.is_flag or param.count)


class LibraryCommand(Spoken, TyperCommand):
    """A command."""


class LibraryGroup(Spoken, TyperGroup):
    """A group of commands."""


def run_library(app: App, words: Sequence[str]) -> Any:
    """Parse and run the words with the library; return its exit code, 0 for none.

    Raises:
        UsageError: the words make no command. Abort: the person stopped it.
    """
    try:
        # One name, however it was started: it is what hints say, and what completion is installed for.
        code = made(app).main(list(words), prog_name="srctl", standalone_mode=False)
    except _CLICK_ERROR as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # its message is the help page
            return USAGE
        raise fault(error) from None
    except typer.Abort:
        raise Abort from None
    if code == INTERRUPTED:  # the library's code for Ctrl-C, without a word
        raise Abort
    return code if isinstance(code, int) else 0


def made(app: App) -> Any:
    """The library's command for all commands declared, with its texts in the language in use."""
    lend()
    return typer.main.get_command(
        _group(app, {"pretty_exceptions_enable": False, "add_completion": True,
                     "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 100}})
    )  # fmt: skip


def _group(app: App, more: Mapping[str, Any]) -> typer.Typer:
    group = typer.Typer(
        cls=LibraryGroup, help=app.help, no_args_is_help=not app.always, invoke_without_command=app.always,
        rich_markup_mode=None, subcommand_metavar=_("COMMAND [ARGS]..."), options_metavar=_("[OPTIONS]"), **more,
    )  # fmt: skip
    if app.function:
        group.callback()(_declared(app.function))
    for name, below in app.commands.items():
        if isinstance(below, App):
            group.add_typer(_group(below, {}), name=name)
        else:
            settings = {"ignore_unknown_options": True} if below.any_word else {}
            add = group.command(
                name, help=below.help, cls=LibraryCommand, context_settings=settings, options_metavar=_("[OPTIONS]")
            )
            add(_declared(below.function))
    return group


def _declared(function: Function) -> Function:
    """A wrapper of the function whose parameters are declared in the library's own way."""
    theirs: dict[str, Any] = {}
    for parameter in parameters(function):
        if isinstance(parameter, str):
            theirs[parameter] = typer.Context
            continue
        names, more = parameter.declared.names, dict(parameter.declared.more)
        for key, pass_on in (("callback", _callback), ("autocompletion", _completion)):
            if key in more:
                more[key] = pass_on(more[key])
        if "metavar" in more or (names and parameter.kind is str):
            more["metavar"] = localized(more.get("metavar", "TEXT"))
        declared = typer.Option(*names, **more) if names else typer.Argument(**more)
        theirs[parameter.name] = Annotated[function.__annotations__[parameter.name].__origin__, declared]

    @wraps(function)
    def called(**values: Any) -> Any:
        return function(**values)

    called.__annotations__ = theirs
    signature = inspect.signature(function)
    places = [p.replace(annotation=theirs[p.name]) for p in signature.parameters.values()]
    called.__signature__ = signature.replace(parameters=places)  # type: ignore[attr-defined]
    del called.__wrapped__
    return called


def _callback(ours: Function) -> Function:
    """A wrapper of our callback with the parameter names and types by which the library calls one."""

    def called(ctx: typer.Context, value: Any) -> Any:
        return give(ours, ctx, value)

    return called


def _completion(ours: Function) -> Function:
    def called(ctx: typer.Context, incomplete: str) -> Any:
        return ours(ctx, incomplete)

    return called


class HelpPage:
    """A help page, the formatter that typer writes usage, texts and lists to; lines break between Thai clusters."""

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
    """An error of the library as a translated UsageError; its hint is the command that shows the help page."""
    ctx = getattr(error, "ctx", None)
    return UsageError(_translated(error.format_message()), f"{ctx.command_path} --help" if ctx else "srctl --help")


def _translated(text: str) -> str:
    for theirs, ours in _MESSAGES.items():
        found = re.fullmatch(_pattern(re.split(r"{(\w+)}", theirs)), text)
        if found:
            words = {
                key: _translated(word) if key in ("message", "why") else word for key, word in found.groupdict().items()
            }
            return _(ours).format(**words)
    return text.removesuffix(".")


def _pattern(pieces: Iterable[str]) -> str:
    """The pattern for fixed texts alternating with the names of the fields between them."""
    return "".join(f"(?P<{piece}>.+)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
