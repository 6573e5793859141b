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


def cells(text: str, width: int, prompt: str = "") -> list[tuple[int, int, int]]:
    """Each place of ``text`` as (place, row, column) on a terminal of ``width`` cells that wraps long lines.

    The first line begins behind ``prompt``. A letter with marks never stands in the last column, where many a
    terminal draws its marks elsewhere: it begins the next row.
    """
    found, row, column = [], 0, 0
    for _start, piece in _pieces(prompt):
        row, column = _after(piece, *_fitted(piece, row, column, width))
    for start, piece in [*_pieces(text), (len(text), "")]:
        row, column = _fitted(piece, row, column, width)
        found.append((start, row, column))
        row, column = _after(piece, row, column)
    return found


def gaps(line: str, width: int) -> list[int]:
    """The places of one line before which a blank has to be drawn, to keep a letter with its marks together."""
    found, column = [], 0
    for start, piece in _pieces(line):
        row, fitted = _fitted(piece, 0, column, width)
        if row and column < width:
            found.append(start)
        column = fitted + display_width(piece)
    return found


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text in steps of a cursor, each with its place."""
    places = [at for at in range(len(text)) if is_place(text, at)]
    return [(start, text[start:end]) for start, end in pairwise([*places, len(text)])]


def _fitted(piece: str, row: int, column: int, width: int) -> tuple[int, int]:
    """Where a piece is drawn that follows on a cell."""
    needed = display_width(piece.strip("\n")) + (len(piece) > 1)
    return (row + 1, 0) if column + needed > width and column else (row, column)


def _after(piece: str, row: int, column: int) -> tuple[int, int]:
    """Where what follows a piece would be drawn."""
    return (row + 1, 0) if piece == "\n" else (row, column + display_width(piece))


def place_on_row(text: str, at: int, rows: int, width: int, prompt: str = "") -> int | None:
    """The place ``rows`` screen rows below ``at`` (above: negative), nearest to its column; None beyond the text."""
    found = cells(text, width, prompt)
    _place, row, column = max((cell for cell in found if cell[0] <= at), default=found[0])
    there = [cell for cell in found if cell[1] == row + rows]
    return min(there, key=lambda cell: abs(cell[2] - column))[0] if there else None
