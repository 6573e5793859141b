"""The places in a text where a cursor stands on a terminal: before a cell, never between letter and mark. Pure.

A Thai vowel or tone mark above or below a letter has no cell of its own: letter and marks are one step. A vowel that
has a cell (เ า ำ) is a step of its own, as it is on the screen. Places are offsets in code points, as Python counts.
"""

from itertools import pairwise

from srctl.core.thai import display_width


def is_place(text: str, at: int) -> bool:
    """Whether a cursor can stand before ``text[at]`` (at the end: always)."""
    return at in (0, len(text)) or "\n" in text[at - 1 : at + 1] or display_width(text[at]) > 0


def place_before(text: str, at: int) -> int:
    """The place one step left of ``at``, 0 at the beginning."""
    return next((place for place in range(at - 1, 0, -1) if is_place(text, place)), 0)


def place_after(text: str, at: int) -> int:
    """The place one step right of ``at``, the end of the text at the end."""
    return next((place for place in range(at + 1, len(text)) if is_place(text, place)), len(text))


def place_at(text: str, at: int) -> int:
    """``at`` where it is a place, else the nearest one before it."""
    return at if is_place(text, at) else place_before(text, at)


def cells(text: str, width: int, lead: int = 0) -> list[tuple[int, int, int]]:
    """Each place of ``text`` as (place, row, column) on a terminal of ``width`` cells that wraps long lines.

    The first line begins behind ``lead`` cells of a prompt.
    """
    places = [0, *(at for at in range(1, len(text)) if is_place(text, at)), len(text)] if text else [0]
    row, column = divmod(lead, width)
    found = []
    for place, following in pairwise([*places, len(text)]):
        room = display_width(text[place:following].strip("\n"))
        if column + room > width:
            row, column = row + 1, 0
        found.append((place, row, column))
        row, column = (row + 1, 0) if text[place:following] == "\n" else (row, column + room)
    return found


def place_on_row(text: str, at: int, rows: int, width: int, lead: int = 0) -> int | None:
    """The place ``rows`` screen rows below ``at`` (above: negative), nearest to its column; None beyond the text."""
    found = cells(text, width, lead)
    _place, row, column = max((cell for cell in found if cell[0] <= at), default=found[0])
    there = [cell for cell in found if cell[1] == row + rows]
    return min(there, key=lambda cell: abs(cell[2] - column))[0] if there else None
