"""Output: aligned plain text everywhere, colours of rich on a terminal, JSON for programs.

Everything that comes from a file or a person passes :func:`srctl.core.thai.printable` before it is written.
Results go to stdout; hints, repairs and problems to stderr. Widths are computed here alone, in terminal cells;
rich only colours, and is only loaded for a terminal that shows colours.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from srctl.core.dates import show_date, show_iso
from srctl.core.errors import Problem, SrctlError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import display_width, pad, printable, shorten, unsafe_characters, wrapped

if TYPE_CHECKING:
    from rich.console import Console

MOST_RICH_ROWS = 100  # beyond this a rich table costs more than what it shows (performance reference §2)
MOST_HINTS = 10  # lines of what there is that a refusal lists: a list to choose from stays whole
LEAST = 4  # cells a column keeps on the narrowest terminal
JOINED = "\u00a0"  # a space at which no line is broken, until it is written
# Lines, and items of JSON, joined for one write: few enough to fit into memory allocated already.
_LINES_AT_ONCE, _ITEMS_AT_ONCE = 100, 25

Piece = tuple[str, str]  # a text and its rich style


class Column(NamedTuple):
    """A column: its heading, the cells down to which it shrinks first (0: it shrinks last), whether aligned right."""

    heading: str
    min_width: int = 0
    right: bool = False


class TableRow(NamedTuple):
    """A row: its cells, the line under it (the faint part is cut first), its colour, a heading above it."""

    cells: Sequence[str]
    under: str = ""
    faint: str = ""
    style: str = ""
    above: str = ""


class Shared(NamedTuple):
    """An item of JSON in parts: its own texts, and the parts it shares with many others, each encoded once."""

    own: Mapping[str, str]
    others: Sequence[Mapping[str, Any]]


# -- lines ------------------------------------------------------------------------------------------


def write_line(text: str = "", style: str = "") -> None:
    """Write one line of the result; ``style`` is a rich style, used on a terminal only."""
    _write_all([[(text, style)]])


def write_wrapped(text: str, style: str = "", indent: int = 0, hang: int | None = None) -> None:
    """Write a text in as many lines as it needs, the first behind ``indent`` cells, the others behind ``hang``."""
    hang = indent if hang is None else hang
    for i, line in enumerate(wrap(text, hang, first=indent)):
        write_line(" " * (hang if i else indent) + line, style)


def say(text: str) -> None:
    """Write a message that is not part of the result, to stderr."""
    with suppress(OSError, ValueError):  # closed, or nobody reads it: what was done stands
        sys.stderr.write(printable(text) + "\n")


def _write_all(lines: Iterable[Sequence[Piece]]) -> None:
    """Write lines, each a sequence of texts with their styles; no line ends in spaces."""
    coloured, left = _colours(), iter(lines)
    while some := [*islice(left, _LINES_AT_ONCE)]:
        if coloured:
            texts = ["".join(map(_painted, line)).rstrip(" ") for line in some]
        else:
            texts = ["".join([text for text, _style in line]).rstrip(" ") for line in some]
            if not all(map(str.isprintable, texts)):
                texts = [printable(text) for text in texts]
        sys.stdout.write("\n".join([*texts, ""]))


def _painted(piece: Piece) -> str:
    """A text between the escape sequences that rich gives its style on this terminal."""
    text, style = piece
    before, after = _escape_sequences(style) if style else ("", "")
    return before + printable(text) + after


@cache
def _escape_sequences(style: str) -> tuple[str, str]:
    from rich.text import Text

    console = _console()
    with console.capture() as caught:
        console.print(Text(".", style), end="")
    before, _dot, after = caught.get().partition(".")
    return before, after


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@cache
def _console() -> "Console":
    """The console of rich, which knows the colours of this terminal, on Windows too."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def width(stream: TextIO | None = None) -> int:
    """Return the cells of a line of the terminal; 0 when there is none (a pipe gets whole lines)."""
    if not (stream or sys.stdout).isatty():
        return 0
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


# -- messages ---------------------------------------------------------------------------------------


def error(fault: SrctlError) -> None:
    """Show why a command stopped and what to type next."""
    for note in getattr(fault, "__notes__", ()):
        show_hint("! ", note)
    show_hint("srctl: ", fault.message)
    for extra in getattr(fault, "problems", ())[1:]:
        show_hint("  ", f"{extra.where()}: {extra.message}")
        if extra.hint:
            show_hint("    → ", extra.hint)
    for line in few(fault.hint.splitlines()):
        show_hint("  → ", line)


def few(lines: Sequence[str]) -> list[str]:
    """The first lines, how many more there are, and the last one: it is the way out where there is one."""
    if len(lines) <= MOST_HINTS + 2:
        return [*lines]
    return [*lines[:MOST_HINTS], _more(len(lines) - MOST_HINTS - 1), lines[-1]]


def _more(n: int) -> str:
    return _("… and {n} more").format(n=n)


told: set[Problem] = set()  # by this run, emptied when one begins


def problems(found: Iterable[Problem]) -> None:
    """Show faults in data on stderr, each with its place and how to mend it."""
    for problem in found:
        told.add(problem)
        show_hint("! ", f"{problem.where()}: {problem.message}")
        if problem.hint:
            show_hint("  → ", problem.hint)


def show_hint(head: str, text: str) -> None:
    """Write ``text`` behind ``head`` to stderr, wrapped; a command stays on one line, to be copied whole."""
    lines = [text] if text.startswith("srctl ") else wrap(text, display_width(head), sys.stderr)
    for i, line in enumerate(lines):
        say((" " * display_width(head) if i else head) + line)


def print_json(value: Mapping[str, Any]) -> None:
    """Write ``value`` as JSON, Thai as Thai; characters unsafe on a terminal are written as escapes of JSON.

    Each value stands on lines of its own, and each item of a list: what ``grep`` finds is one whole item.
    """
    encode, quote = json.JSONEncoder(ensure_ascii=False).encode, json.encoder.encode_basestring  # indenting is not in C
    shared: dict[int, str] = {}

    def shown(item: Any) -> str:
        if not isinstance(item, Shared):
            return _escaped(encode(item))
        own, others = item
        texts = [_escaped(", ".join([f'"{key}": {quote(text)}' for key, text in own.items()]))]
        for part in others:
            known = shared.get(id(part))
            if known is None:
                known = shared[id(part)] = _escaped(encode(part)[1:-1])
            texts.append(known)
        return f"{{{', '.join(texts)}}}"

    ahead = "{\n  "
    for key, part in value.items():
        ahead += f"{_escaped(encode(key))}: "
        if isinstance(part, list) and part:
            ahead += "[\n    "
            for n in range(0, len(part), _ITEMS_AT_ONCE):
                sys.stdout.write(ahead + ",\n    ".join(map(shown, part[n : n + _ITEMS_AT_ONCE])))
                ahead = ",\n    "
            ahead = "\n  ],\n  "
        else:
            ahead += f"{_escaped(encode(part))},\n  "
    sys.stdout.write(ahead.removesuffix(",\n  ") + "\n}\n")


def _escaped(text: str) -> str:
    """A text of JSON with the characters unsafe on a terminal escaped."""
    if text.isprintable():
        return text
    return text.translate({ord(text[at]): f"\\u{ord(text[at]):04x}" for at, _name in unsafe_characters(text)})


# -- tables -----------------------------------------------------------------------------------------


def table(columns: Sequence[Column], rows: Sequence[TableRow]) -> None:
    """Write rows under headings, aligned by display width; on a terminal no line is longer than it."""
    # By columns: a day or a name occurs in one many times, and is measured and padded once.
    cells = [_one_line(texts) for texts in zip(*[row.cells for row in rows], strict=True)] or [[] for _ in columns]
    room = width()
    widths = _widths(columns, cells, room)
    headings = [column.heading for column in columns]
    if room:
        headings = [shorten(text, widths[i]) for i, text in enumerate(headings)]
        cells = [_each(text, partial(shorten, width=widths[i])) for i, text in enumerate(cells)]
    draw = _rich_lines if _colours() and len(rows) <= MOST_RICH_ROWS else _plain_lines
    lines = draw(columns, widths, headings, cells, [row.style for row in rows])
    _write_all(_with_more(rows, lines, room))


def _with_more(rows: Sequence[TableRow], lines: Sequence[list[Piece]], room: int) -> Iterator[list[Piece]]:
    """Yield heading and rows, each row with the heading above it and what stands under it."""
    yield lines[0]
    for i, (row, line) in enumerate(zip(rows, lines[1:], strict=True)):
        if row.above:
            yield from [[("", "")]] * bool(i)
            yield [(row.above, "bold")]
        yield line
        if row.under or row.faint:
            yield _under(row, room)


def _one_line(texts: Sequence[str]) -> Sequence[str]:
    """Each text on one line: printable, no spaces around it or beside one another."""
    whole = "|".join(texts)
    if whole.isprintable() and not any(space in f"|{whole}|" for space in ("  ", "| ", " |")):
        return texts
    return [" ".join(printable(text).split()) for text in texts]


def _each(texts: Sequence[str], made: Callable[[str], str]) -> list[str]:
    """The result of ``made`` for each text, computed once for equal ones."""
    known = {text: made(text) for text in set(texts)}
    return [known[text] for text in texts]


def _widest(texts: Sequence[str]) -> int:
    """The width in cells of the widest of printable texts, 0 for none."""
    return max(map(len if "".join(texts).isascii() else display_width, set(texts)), default=0)


def _under(row: TableRow, room: int, indent: int = 4) -> list[Piece]:
    """The line under a row; the faint part only where ``room`` (0: no limit) is enough for some of it."""
    if not room:
        return [(f"{' ' * indent}{row.under}{' · ' if row.under and row.faint else ''}{row.faint}", "")]
    room -= indent
    first = shorten(printable(row.under), room)
    room -= display_width(first)
    rest = shorten(printable((" · " if first else "") + row.faint), room) if row.faint and room > 2 * LEAST else ""
    return [(" " * indent + first, ""), (rest, "dim")]


def _plain_lines(
    columns: Sequence[Column], widths: Sequence[int], headings: Sequence[str],
    cells: Sequence[Sequence[str]], styles: Sequence[str],
) -> list[list[Piece]]:  # fmt: skip
    """Return heading and rows, each as a line with the style of its row."""
    filled: list[Sequence[str]] = []
    for column, room, heading, texts in zip(columns, widths, headings, cells, strict=True):
        fill = partial(_right if column.right else pad, width=room)
        if not column.right and len(filled) + 1 == len(columns):
            filled.append([heading, *texts])  # nothing stands behind it
        elif "".join(texts).isascii():  # a cell for each character
            filled.append([fill(heading), *[text.rjust(room) if column.right else text.ljust(room) for text in texts]])
        else:
            filled.append([fill(heading), *_each(texts, fill)])
    return [[("  ".join(row), style)] for row, style in zip(zip(*filled, strict=True), ["bold", *styles], strict=True)]


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text


def _rich_lines(
    columns: Sequence[Column], widths: Sequence[int], headings: Sequence[str],
    cells: Sequence[Sequence[str]], styles: Sequence[str],
) -> list[list[Piece]]:  # fmt: skip
    """Return the same lines, laid out by rich: it is given texts that fit, and cuts nothing."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for heading, room, column in zip(headings, widths, columns, strict=True):
        grid.add_column(Text(heading), width=room, no_wrap=True, justify="right" if column.right else "left")
    for row, style in zip(zip(*cells, strict=True), styles, strict=True):
        grid.add_row(*map(Text, row), style=style)
    console = _console()
    wide = console.options.update(width=sum(widths) + 2 * len(widths))
    return [[(s.text, str(s.style or "")) for s in line] for line in console.render_lines(grid, wide, pad=False)]


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column in cells: what it needs, less what it must shrink to fit ``room`` (0: no limit).

    The widest shrinks first, down to its ``min_width``; if that is not enough, down to :data:`LEAST`.
    """
    measured = columns if room or columns[-1].right else columns[:-1]
    need = [max(display_width(c.heading), _widest(cells[i])) for i, c in enumerate(measured)]
    if not room:  # nothing stands behind the last column: it may be as wide as it is
        return [*need, *[0] * (len(columns) - len(need))]
    too_many = sum(need) + 2 * (len(need) - 1) - room
    for least in ([c.min_width or cells for c, cells in zip(columns, need, strict=True)], [LEAST] * len(need)):
        while too_many > 0:
            widest = max(range(len(need)), key=lambda i: need[i] if need[i] > least[i] else 0)
            if need[widest] <= least[widest]:
                break
            need[widest] -= 1
            too_many -= 1
    return need


def pairs(items: Iterable[tuple[str, str]], indent: int = 0) -> None:
    """Write labels and values, values aligned and wrapped under themselves."""
    shown = [(label, value) for label, value in items if value]
    longest = max((display_width(label) for label, _value in shown), default=0)
    hang = indent + longest + 2 if longest else indent
    for label, value in shown:
        head = pad(" " * indent + pad(label, longest), hang)
        for i, line in enumerate(wrap(value, hang)):
            write_line((" " * hang if i else head) + line)


# -- texts ------------------------------------------------------------------------------------------


def unbroken(text: str) -> str:
    """The text (a phone number, a date) such that it is never broken between two lines."""
    return text.replace(" ", JOINED)


def wrap(text: str, indent: int, stream: TextIO | None = None, first: int | None = None) -> list[str]:
    """Return ``text`` in lines that fit beside ``indent`` cells (the first: beside ``first``).

    They are broken at spaces, else between clusters: Thai has few spaces, and no mark leaves its letter.
    """
    room = max((width(stream) or 10_000) - indent, 20)
    lead = indent - (indent if first is None else first)
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        lines.extend(wrapped(paragraph, room, 0 if lines else lead))
    return [line.replace(JOINED, " ") for line in lines] or [""]


def day_text(value: date | None) -> str:
    """Return a date for a screen, "" for none."""
    return show_date(value, language()) if value else ""


def iso_day(text: str | None) -> str:
    """Return an ISO date of a view for a screen."""
    return show_iso(text, language()) if text else ""


def show_legend(beside: Iterable[str]) -> None:
    """Show the meaning of those marks beside days that occur in ``beside``."""
    from srctl.views.list_views import legend_lines as meanings

    for words in meanings(beside):
        write_wrapped(words, "dim", hang=2)


def section_style(when: str) -> str:
    """Return the colour of a section: red late, yellow today."""
    return {"late": "red", "today": "yellow"}.get(when, "")
