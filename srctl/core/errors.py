"""Errors and exit codes: one tree of exceptions that stop a command, one value for faults in data.

An exception stops a command: it carries the exit code and, in ``hint``, what to type next. A fault in
somebody's data is not an exception but a :class:`Problem`, so that all of them can be shown together.
"""

from collections.abc import Iterable
from pathlib import Path

from srctl.core.i18n import _
from srctl.core.records import NamedTuple

OK, PROBLEMS, USAGE, NOT_FOUND, BAD_FILE, REFUSED, CHANGED, BUG, INTERRUPTED = (
    0, 1, 2, 3, 4, 5, 6, 70, 130,
)  # fmt: skip


class CommandLine(str):
    """A command line to suggest: ``CommandLine('reopen {} --why "…"', case.id)``. It is a string, as a shell reads it.

    ``line`` is written without the program's name, each ``{}`` the place of one of the ``arguments``: so each
    suggested command can be checked against the commands there are (tests/test_commands.py).
    """

    line: str
    arguments: tuple[object, ...]

    def __new__(cls, line: str, *arguments: object) -> "CommandLine":
        """Format the line as it is shown, with the name of the program."""
        shown = line
        if not line.islower():
            from srctl.core.placeholders import localized

            shown = localized(line)
        self = super().__new__(cls, f"srctl {shown.format(*arguments)}")
        self.line, self.arguments = line, arguments
        return self

    def plus(self, line: str, *arguments: object) -> "CommandLine":
        """Return the command with more words at its end."""
        return CommandLine(f"{self.line} {line}", *self.arguments, *arguments)

    def __reduce__(self) -> "tuple[type[CommandLine], tuple[object, ...]]":
        """What pickle makes it from again in another process."""
        return CommandLine, (self.line, *self.arguments)


class Problem(NamedTuple):
    """One fault in a file: where (1-based line, 0 when unknown), what, and how to mend it."""

    path: Path
    line: int
    code: str
    message: str
    hint: str = ""

    def where(self) -> str:
        """Return ``file:line``, or the file alone when the line is not known."""
        return f"{self.path}:{self.line}" if self.line else str(self.path)


class SrctlError(Exception):
    """A command cannot go on. ``message`` is one line; ``hint`` is what to do next."""

    exit_code = BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SrctlError):
    """The words typed do not make sense: a bad date, a missing argument."""

    exit_code = USAGE


class NotFound(SrctlError):
    """A case, person, kind or paper that was named does not exist, or the name is ambiguous."""

    exit_code = NOT_FOUND


class BadFile(SrctlError):
    """A file needed for the command cannot be read as what it should be."""

    exit_code = BAD_FILE

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]") -> None:
        first = problems[0]
        super().__init__(f"{first.where()}: {first.message}", first.hint)
        self.problems = tuple(problems)

    def __reduce__(self) -> "tuple[type[BadFile], tuple[tuple[Problem, ...]]]":
        """What pickle makes it from again in another process."""
        return BadFile, (self.problems,)


class Refused(SrctlError):
    """The workflow, or the state of the folder, does not allow it."""

    exit_code = REFUSED


class Changed(SrctlError):
    """Something was changed by somebody else since it was read; nothing was overwritten."""

    exit_code = CHANGED


def did_you_mean(name: str, known: Iterable[str], listing: str = "") -> str:
    """The hint for a name that does not exist: the nearest of the ``known`` ones, else ``listing``."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    return _("did you mean {near}?").format(near=near[0]) if near else listing


def unknown(what: str, name: str, known: Iterable[str], listing: str) -> tuple[str, str]:
    """Message and hint for a ``name`` that no ``what`` has; ``listing`` shows those there are."""
    return _("there is no {what} {name}").format(what=what, name=name or "…"), did_you_mean(name, known, listing)
