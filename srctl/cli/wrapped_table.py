"""Tables of which nothing is cut: on a narrow terminal cells go on below themselves, as in a register on paper."""

from collections.abc import Sequence
from itertools import zip_longest

from srctl.cli import view
from srctl.core.thai import display_width, pad, printable, wrapped

_GAP, _INDENT, _LEAST = 2, 4, 10


def show_whole(columns: Sequence[view.Column], rows: Sequence[view.TableRow]) -> None:
    """Write a table; where its rows are wider than the terminal, its last two columns and what stands under a row wrap.

    Columns before those are short (a number, a day) and stand whole.
    """
    room = view.width()
    if not room or _needs(columns, rows) <= room:
        view.table(columns, rows)
        return
    widths = _fitted(columns, rows, room)
    view.write_line(_line([column.heading for column in columns], widths), "bold")
    for n, row in enumerate(rows):
        if row.above:
            if n:
                view.write_line()
            view.write_line(row.above, "bold")
        cells = [wrapped(_plain(cell), size) for cell, size in zip(row.cells, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            view.write_line(_line(parts, widths), row.style)
        below = " · ".join(part for part in (row.under, row.faint) if part)
        for line in wrapped(_plain(below), max(room - _INDENT, _LEAST)) if below else ():
            view.write_line(" " * _INDENT + line, "dim")


def _plain(text: str) -> str:
    return " ".join(printable(text).split())


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    filled = [pad(cell, size) for cell, size in zip(cells, widths, strict=True)]
    return (" " * _GAP).join(filled).rstrip()


def _needs(columns: Sequence[view.Column], rows: Sequence[view.TableRow]) -> int:
    """The cells the widest line of the table needs."""
    below = max((display_width(f"{row.under} · {row.faint}") + _INDENT for row in rows), default=0)
    return max(sum(_widest(columns, rows)) + _GAP * (len(columns) - 1), below)


def _widest(columns: Sequence[view.Column], rows: Sequence[view.TableRow]) -> list[int]:
    return [
        max(display_width(column.heading), *(display_width(_plain(row.cells[i])) for row in rows))
        for i, column in enumerate(columns)
    ]


def _fitted(columns: Sequence[view.Column], rows: Sequence[view.TableRow], room: int) -> list[int]:
    """The widths of the columns in ``room`` cells: the last but one has at most a third of what the two share."""
    *short, other, last = _widest(columns, rows)
    left = max(room - sum(short) - _GAP * (len(columns) - 1), 2 * _LEAST)
    other = min(other, max(left // 3, left - last, _LEAST))
    return [*short, other, left - other]
