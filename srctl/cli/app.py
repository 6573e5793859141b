"""The command line as a whole: which noun has which commands, and how a line is run.

:func:`run` is the only place where errors become exit codes and lines on stderr.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NoReturn

from srctl import __version__
from srctl.cli.parser import Abort, App, Exit, option, read
from srctl.core.errors import BUG, INTERRUPTED, Refused, SrctlError
from srctl.core.i18n import _
from srctl.index.workspace import closing_opened, renew, set_settings, settings, untold_troubles

# One module a noun, with the commands it adds; a new command is one file and one line here.
NOUNS = {
    "setup": ("init", "whoami"),
    "case": ("new", "list", "show", "next", "set", "edit", "adopt", "check"),
    "attention": ("remind", "watch", "unwatch"),
    "walk": ("analyse", "plan", "report", "close", "reopen", "assign"),
    "talk": ("contact",),
    "small": ("do",),
    "log": ("decide", "note", "link", "step", "promise"),
    "pause": ("pause", "resume", "extend", "escalate"),
    "absence": ("away", "handover"),
    "replan": ("replan", "journal"),
    "record": ("history", "undo", "redo"),
    "aside": ("void", "merge", "move"),
    "due": ("due",),
    "events": ("events",),
    "postpone": ("postpone",),
    "attend": ("attend",),
    "today": ("today", "digest"),
    "help": ("help",),
    "chase": ("chase",),
    "explain": ("explain", "calc"),
    "paper": ("memo", "letter"),
    "wording": ("papers",),
    "signing": ("submit", "pass", "sign", "return", "number", "send", "cancel"),
    "incoming": ("receive",),
    "filing": ("file", "open", "print"),
    "scans": ("scans",),
    "sheet": ("sheet",),
    "file_book": ("file-book",),
    "document": ("paper",),
    "register": ("register",),
    "kind": ("kinds",),
    "contact": ("contacts",),
    "calendar": ("calendar",),
    "doctor": ("doctor",),
    "upgrade": ("upgrade",),
    "repair": ("repair",),
    "backup": ("backup", "restore"),
    "demo": ("demo",),
}


def run(words: Sequence[str]) -> NoReturn:
    """Run the command typed and exit with its code: whatever goes wrong below ends here as one clear line."""
    code: Any
    renew()
    try:
        with closing_opened():
            code = _execute(words)
            _tell_troubles()
        sys.stdout.flush()
    except SrctlError as error:
        code = _report(error)
    except Exit as way_out:
        code = way_out.code
    except (KeyboardInterrupt, EOFError, Abort):
        code = _report_stopped()
    except BrokenPipeError:
        code = _close_quietly()
    except SystemExit as way_out:
        # The library ends by itself, with 1, when nobody reads any more.
        code = _close_quietly() if isinstance(way_out.__context__, BrokenPipeError) else way_out.code
    except OSError as error:
        code = _report(_refusal_of(error))
    except Exception as error:  # noqa: BLE001 - the boundary: a bug is reported, never shown as a traceback
        code = _report_bug(error)
    sys.exit(code if isinstance(code, int) else 0)


def _execute(words: Sequence[str]) -> Any:
    words = with_shared_first(words)
    if not command_of(words) and (opening := read(_alone(), words)):
        opening()
        if not _in_office():
            from srctl.cli.purposes import show_beginning

            return show_beginning()
        words = [*words, "today"]
    app = declared(command_of(words))
    command = read(app, words)
    if command:
        return command()
    from srctl.cli import typer_bridge

    return typer_bridge.run_library(app, words)


def _tell_troubles() -> None:
    """Tell what is wrong with the office itself, where the command did not."""
    if untold_troubles(()):
        from srctl.cli import view

        view.problems(untold_troubles(view.told))
        view.told.clear()


def _report(error: SrctlError) -> int:
    from srctl.cli import view

    view.error(_lack_of(error) or error)
    _tell_troubles()
    return error.exit_code


def _lack_of(error: BaseException) -> SrctlError | None:
    """The refusal that names the permission which ``error`` says lacks in the office folder; None for any other."""
    from srctl.store import permissions

    if not (isinstance(error, PermissionError) or permissions.is_lack(str(error))):
        return None
    from srctl.index.workspace import folder_here
    from srctl.office.folder import find_root

    try:
        lack = permissions.first_lack(find_root(folder_here()))
    except (SrctlError, OSError):
        return None
    return Refused(lack.message, lack.hint) if lack else None


def _refusal_of(error: OSError) -> SrctlError:
    """An error of the system (a name too long, no permission, a full disk) as a refusal: it is no bug."""
    if lacking := _lack_of(error):
        return lacking
    place = f"{error.filename}: " if error.filename else ""
    return Refused(
        _("the system refuses: {reason}").format(reason=place + (error.strerror or type(error).__name__)),
        _("look whether the place is there, is not full, and may be written by you"),
    )


def _report_stopped() -> int:
    print("\n" + _("stopped; nothing was saved"), file=sys.stderr)  # noqa: T201
    return INTERRUPTED


def _close_quietly() -> int:
    """Drop further output, so that a reader who stopped reading (`| head`) causes no complaint at exit."""
    import os

    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(devnull, stream.fileno())
    return 141


def _report_bug(error: Exception) -> int:
    """Write the traceback to a file (no values of variables: they may be personal) and show its path."""
    import tempfile
    import traceback
    from pathlib import Path

    if settings().debug:
        raise error
    kinds = "".join(traceback.format_tb(error.__traceback__))
    path = Path(tempfile.gettempdir()) / "srctl-bug.log"
    path.write_text(f"srctl {__version__}\n{kinds}{type(error).__name__}\n", encoding="utf-8")
    print(  # noqa: T201
        _("srctl: this is a fault of srctl itself ({kind}). Please send {path} to whoever looks after it.").format(
            kind=type(error).__name__, path=path
        ),
        file=sys.stderr,
    )
    return BUG


def declared(command: str = "") -> App:
    """The commands, with help in the language in use; only those of one noun when ``command`` is in it."""
    app = App(_("Carries the matters of a minister's office from order to finished memo."))
    app.callback()(root)
    for noun in [n for n, names in NOUNS.items() if command in names] or NOUNS:
        import_module(f"srctl.cli.commands.{noun}").add_to(app)
    return app


def _alone() -> App:
    """The line without a command: the options of srctl itself are taken and applied."""
    app = App(always=True)
    app.callback()(root)
    return app


def _in_office() -> bool:
    from srctl.index.workspace import folder_here
    from srctl.office.folder import find_root

    try:
        return bool(find_root(folder_here()))
    except Refused:
        return False


def with_shared_first(words: Sequence[str]) -> list[str]:
    """The line with each ``--as WHO`` and ``--verbose`` before the command: options of srctl itself, typed anywhere."""
    first: list[str] = []
    rest: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--":
            return [*first, *rest, word, *left]
        if word == "--as" and left:
            first += [word, left.pop(0)]
        elif word == "--verbose" or word.startswith("--as="):
            first.append(word)
        else:
            rest.append(word)
    return [*first, *rest]


def command_of(words: Sequence[str]) -> str:
    """Return the word that names the command, behind the options that stand before it."""
    rest = iter(words)
    for word in rest:
        if word in ("-C", "--as"):
            next(rest, "")
        elif not word.startswith("-"):
            return word
    return ""


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"srctl {__version__}")  # noqa: T201
        raise Exit


def root(
    place: Annotated[str, option("-C", metavar="DIR", help=_("work in this office folder"))] = "",
    acting: Annotated[
        str, option("--as", metavar="WHO", help=_("act as this coordinator; before or behind any command"))
    ] = "",
    verbose: Annotated[
        bool, option("--verbose", "-v", help=_("tell all that is to be done next; before or behind any command"))
    ] = False,
    debug: Annotated[bool, option("--debug", help=_("show tracebacks"), hidden=True)] = False,
    _version: Annotated[
        bool, option("--version", help=_("print the version"), callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Apply the options that stand before the command."""
    from pathlib import Path

    changes: dict[str, object] = {"debug": debug or settings().debug, "verbose": verbose}
    if place:
        changes["cwd"] = Path(place).absolute()
    if acting:
        changes["acting"] = acting
    set_settings(**changes)
