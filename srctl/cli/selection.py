"""The things several words of a line name: cases, and the papers, steps or entries of each; also from a list piped in.

The first word is a case; of the others what begins with a digit is one too, and what does not belongs to the case
before it: ``submit 7 memo invite 9`` are two papers of 7, and 9.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from srctl.core.errors import CommandLine, NotFound, SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.model.case_id import is_id

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace

PIPED = "-"
# 3-9: numbers of three digits at most, so that no year with the beginning of a number is meant (2569-00).
_RANGE = r"([0-9]{1,3})-([0-9]{1,3})"


class Picked(NamedTuple):
    """A case named on the line, with the parts of it that were named; ``fault`` is why there is no such case."""

    case: str
    parts: tuple[str, ...] = ()
    fault: SrctlError | None = None


def is_one(words: Sequence[str], *, parts: bool) -> bool:
    """Whether the words name one case, with one part at most (where commands take ``parts``)."""
    first, rest = words[0], words[1:]
    if first == PIPED or _range(first):
        return False
    return not rest or (parts and len(rest) == 1 and rest[0] != PIPED and not _is_case(rest[0]))


def with_last(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """The cases, and the word behind them that is none ("" when there is none): ``3 5 9 malee``."""
    if len(words) > 1 and not (_is_case(words[-1]) or words[-1] == PIPED):
        return words[:-1], words[-1]
    return words, ""


def with_text(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """The cases, and the text behind them: the last word, unless it is the only one.

    Raises:
        UsageError: several numbers and no text.
    """
    if len(words) > 2 and re.fullmatch(r"[0-9-]+", to_arabic_digits(words[-1]), re.ASCII):
        raise UsageError(_("{word} is the number of a case: what is the text?").format(word=words[-1]), '"…"')
    return (words[:-1], words[-1]) if len(words) > 1 else (words, "")


def picked(workspace: "Workspace", words: Iterable[str], *, parts: bool) -> list[Picked]:
    """The cases the words name, in their order, each with its parts.

    Raises:
        NotFound: nothing was piped in where ``-`` stands.
    """
    found: list[Picked] = []
    for word in spelt_out(words):
        if parts and found and not _is_case(word):
            last = found[-1]
            found[-1] = last._replace(parts=(*last.parts, to_arabic_digits(word)))
        else:
            found.append(_found(workspace, word))
    # A case that is named twice is meant once.
    return list({one.case: one for one in found}.values()) if not any(one.parts for one in found) else found


def _found(workspace: "Workspace", word: str) -> Picked:
    try:
        return Picked(workspace.find(word))
    except SrctlError as fault:
        return Picked(word, fault=fault)


def spelt_out(words: Iterable[str]) -> Iterator[str]:
    """Yield the words, with those piped in for ``-`` and every number of a range."""
    for word in words:
        if word == PIPED:
            yield from _piped()
        elif ends := _range(word):
            yield from map(str, range(ends[0], ends[1] + 1))
        else:
            yield word


def _piped() -> list[str]:
    """The ids piped in: the only word of a line, or the whole id at its beginning, as lists print it."""
    lines = [line.split() for line in sys.stdin]
    found = [line[0] for line in lines if line and (len(line) == 1 or is_id(to_arabic_digits(line[0])))]
    if not found:
        command = CommandLine("list -q")
        raise NotFound(_("no case was piped in"), _("pipe in a list: {command} | …").format(command=command))
    return list(dict.fromkeys(found))


def is_range(word: str) -> bool:
    """Whether the word names several cases by their numbers (``3-9``)."""
    return _range(word) is not None


def _range(word: str) -> tuple[int, int] | None:
    """First and last number of ``3-9``; None for anything else."""
    ends = re.fullmatch(_RANGE, to_arabic_digits(word), re.ASCII)
    first, last = (int(ends[1]), int(ends[2])) if ends else (1, 0)
    return (first, last) if first <= last else None


def _is_case(word: str) -> bool:
    return to_arabic_digits(word)[:1].isdecimal()
