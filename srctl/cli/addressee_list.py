"""Addressees out of a list: a file, or what is piped in, with one of them a line."""

import sys
from collections.abc import Iterator
from pathlib import Path

from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, SrctlError, UsageError
from srctl.core.i18n import _

PIPED = "-"


def read_addressees(typed: str) -> tuple[str, ...]:
    """The references of the addressees in the file ``typed`` (``-``: standard input), each once.

    A line has one of them, as ``--to`` takes it: an id, a name in Thai, a network. What is blank or begins with ``#``
    is passed over.

    Raises:
        BadFile: lines that name nobody, or several, all of them listed with their numbers; or it is no text.
        UsageError: there is no such file, or it names nobody at all.
    """
    path, text = _text(typed)
    found: list[str] = []
    problems: list[Problem] = []
    for n, line in _lines(text):
        try:
            found += _references(line)
        except SrctlError as fault:
            problems.append(Problem(path, n, "addressee", fault.message, fault.hint))
    if problems:
        raise BadFile(problems)
    if not found:
        message = _("nobody stands in {file}: one addressee a line is needed").format(file=path)
        raise UsageError(message, CommandLine("contacts list"))
    return tuple(dict.fromkeys(found))


def _text(typed: str) -> tuple[Path, str]:
    """The name the list is told by, and its text."""
    if typed == PIPED:
        return Path(PIPED), sys.stdin.read()
    from srctl.cli.options import typed_file

    place = typed_file(Path(typed))
    if not place.is_file():
        raise UsageError(_("there is no file {file}").format(file=typed), _("give the path of the file"))
    raw = place.read_bytes()
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874"):  # Notepad's
        try:
            return Path(typed), raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile([Problem(Path(typed), 0, "encoding", _("this is not UTF-8 text"), _("save it as UTF-8"))])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for n, line in enumerate(text.splitlines(), 1):
        word = line.strip().removeprefix("\ufeff")
        if word and not word.startswith("#"):
            yield n, word


def _references(line: str) -> list[str]:
    """The references meant by a line; a network is put in place as its organisations."""
    from srctl.cli import names
    from srctl.index.workspace import current_workspace
    from srctl.model.people import find_callee
    from srctl.papers.addressees import expanded
    from srctl.workflow.paper_state import COMPLAINANT, MINISTER

    directory = current_workspace().folder.directory
    found = expanded(names.addressee_ids([line]) or (), directory)
    for reference in found:
        if reference not in (COMPLAINANT, MINISTER) and find_callee(directory, reference) is None:
            raise NotFound(_("{name} is not in the directory").format(name=reference), CommandLine("contacts list"))
    return list(found)
