"""Short lists: a line a matter, no more than a screen holds, and how many further matters there are."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from srctl.cli import view
from srctl.core.i18n import ngettext

T = TypeVar("T")
USUAL = 24  # lines of a terminal that does not say how many it has
AROUND = 6  # lines beside the rows: title, headings, what marks mean, how many more, the next prompt


def first_of_each(rows: Iterable[T], case_of: Callable[[T], str]) -> tuple[list[T], int]:
    """The first row of each matter, as many as the screen holds, and how many matters are left out."""
    found: dict[str, T] = {}
    for row in rows:
        found.setdefault(case_of(row), row)
    room = max(height() - AROUND, 1)
    return [*found.values()][:room], max(len(found) - room, 0)


def height() -> int:
    """The lines of the terminal; :data:`USUAL` where there is none."""
    lines = os.environ.get("LINES", "")
    if lines.isdecimal() and int(lines):
        return int(lines)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).lines or USUAL  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return USUAL


def show_more(more: int, command: str) -> None:
    """Say how many matters are left out, and what shows them; nothing where there are none."""
    if more:
        words = ngettext("and {n} further matter: {command}", "and {n} further matters: {command}", more)
        view.write_line(words.format(n=more, command=command), "dim")
