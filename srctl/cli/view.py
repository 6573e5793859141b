"""How things look: aligned plain text everywhere, rich for a terminal, JSON for programs. Floor 4, the only rich.

Everything that comes from a file or a person passes :func:`srctl.thai.printable` before it is written.
Results go to stdout, talk (hints, repairs, problems) to stderr. Widths are reckoned here alone, in terminal
cells; rich only colours, and is only loaded for a terminal that shows colours.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from srctl.dates import show_date
from srctl.errors import Problem, SrctlError
from srctl.i18n import _, language
from srctl.thai import display_width, pad, printable, shorten, unsafe_characters

if TYPE_CHECKING:
    from rich.console import Console

MOST_RICH_ROWS = 100  # beyond this a rich table costs more than what it shows (performance reference §2)
LONG_READING = 500  # files that are read before anybody wonders
SHORT_WORK = 10  # papers that are written before a bar could be read
LEAST = 4  # cells a column keeps on the narrowest terminal
JOINED = "\u00a0"  # stands for a space at which no line is broken, until it is written

Piece = tuple[str, str]  # a text and its rich style


class Column(NamedTuple):
    """A column: heading, the cells down to which it gives way first (0: it gives last), numbers to the right."""

    heading: str
    gives: int = 0
    right: bool = False


class Row(NamedTuple):
    """A row: its cells, what stands under it (the faint part is cut first), its colour, a heading above it."""

    cells: Sequence[str]
    under: str = ""
    faint: str = ""
    style: str = ""
    above: str = ""


# -- lines ------------------------------------------------------------------------------------------


def out(text: str = "", style: str = "") -> None:
    """Write one line of the result; ``style`` is a rich style, used on a terminal only."""
    _write([(text, style)])


def flow(text: str, style: str = "", indent: int = 0, hang: int | None = None) -> None:
    """Write a text in as many lines as it needs, the first behind ``indent`` cells, the others behind ``hang``."""
    hang = indent if hang is None else hang
    for i, line in enumerate(wrap(text, hang, first=indent)):
        out(" " * (hang if i else indent) + line, style)


def say(text: str) -> None:
    """Tell the person something that is not the result."""
    sys.stderr.write(printable(text) + "\n")


def _write(pieces: Sequence[Piece]) -> None:
    text = "".join(piece for piece, _style in pieces)
    if _colours() and any(style for _piece, style in pieces):
        from rich.text import Text

        _console().print(Text.assemble(*((printable(piece), style) for piece, style in pieces)), soft_wrap=True)
        return
    sys.stdout.write(printable(text).rstrip(" ") + "\n")


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@cache
def _console() -> "Console":
    """Return the terminal as rich sees it: it knows what colours this one has, on Windows too."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def width(stream: TextIO | None = None) -> int:
    """Return the cells of a line of the terminal; 0 when there is none (a pipe gets whole lines)."""
    return shutil.get_terminal_size((80, 24)).columns if (stream or sys.stdout).isatty() else 0


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function told how many of all are done; long work shows a bar to a person at a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > SHORT_WORK)

        yield tell


_bars: list[Callable[[int, int], None]] = []


def reading(done: int, total: int) -> None:
    """Hear how many of all files are read; where that takes long a person at a terminal sees a bar."""
    if total < LONG_READING or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return
    if not _bars:
        shown = progress(_("reading"))
        _bars.append(shown.__enter__())
        import atexit

        atexit.register(shown.__exit__, None, None, None)
    if done == total or done % 50 == 0:
        _bars[0](done, total)


# -- talk -------------------------------------------------------------------------------------------


def error(fault: SrctlError) -> None:
    """Show why a command stopped and what to type next."""
    for note in getattr(fault, "__notes__", ()):
        tell("! ", note)
    tell("srctl: ", fault.message)
    for extra in getattr(fault, "problems", ())[1:]:
        tell("  ", f"{extra.where()}: {extra.message}")
        if extra.hint:
            tell("    → ", extra.hint)
    for line in fault.hint.splitlines():
        tell("  → ", line)


def problems(found: Iterable[Problem]) -> None:
    """Show faults in data on stderr, each with its place and how to mend it."""
    for problem in found:
        tell("! ", f"{problem.where()}: {problem.message}")
        if problem.hint:
            tell("  → ", problem.hint)


def tell(head: str, text: str) -> None:
    """Tell the person ``text`` behind ``head``; a command stays on one line, to be copied whole."""
    lines = [text] if text.startswith("srctl ") else wrap(text, display_width(head), sys.stderr)
    for i, line in enumerate(lines):
        say((" " * display_width(head) if i else head) + line)


def print_json(value: Any) -> None:
    """Write ``value`` as JSON, Thai as Thai; characters that bend a screen are escaped by JSON itself."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    hidden = {ord(text[place]) for place, _name in unsafe_characters(text)} - {ord("\n")}
    if hidden:
        text = text.translate({code: f"\\u{code:04x}" for code in hidden})
    sys.stdout.write(text + "\n")


# -- tables -----------------------------------------------------------------------------------------


def table(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Write rows under headings, aligned by display width; on a terminal no line is longer than it."""
    clean = [r._replace(cells=[_one_line(c) for c in r.cells]) for r in rows]
    widths = _widths(columns, clean)
    short = [[shorten(text, cells) for text, cells in zip(row.cells, widths, strict=True)] for row in clean]
    headings = [shorten(column.heading, cells) for column, cells in zip(columns, widths, strict=True)]
    draw = _rich_lines if _colours() and len(clean) <= MOST_RICH_ROWS else _plain_lines
    lines = draw(columns, widths, headings, short, [row.style for row in clean])
    room = width()
    _write_all([lines[0]])
    written: list[list[Piece]] = []
    for i, (row, line) in enumerate(zip(clean, lines[1:], strict=True)):
        if row.above:
            written += [[("", "")]] * bool(i) + [[(row.above, "bold")]]
        written.append(line)
        if row.under or row.faint:
            written.append(_under(row, room))
    _write_all(written)


def _write_all(lines: Sequence[Sequence[Piece]]) -> None:
    """Write lines; where nothing is coloured, all at once."""
    if _colours():
        for line in lines:
            _write(line)
        return
    texts = (printable("".join(piece for piece, _style in line)).rstrip(" ") for line in lines)
    sys.stdout.write("".join(f"{text}\n" for text in texts))


def _under(row: Row, room: int, indent: int = 4) -> list[Piece]:
    """Return the second line of a row; what is faint only where there is room for some of it (0: any)."""
    if not room:
        return [(f"{' ' * indent}{row.under}{' · ' if row.under and row.faint else ''}{row.faint}", "")]
    room -= indent
    first = shorten(printable(row.under), room)
    room -= display_width(first)
    rest = shorten(printable((" · " if first else "") + row.faint), room) if row.faint and room > 2 * LEAST else ""
    return [(" " * indent + first, ""), (rest, "dim")]


def _plain_lines(
    columns: Sequence[Column], widths: Sequence[int], headings: Sequence[str],
    rows: Sequence[Sequence[str]], styles: Sequence[str],
) -> list[list[Piece]]:  # fmt: skip
    """Return heading and rows, each as a line with the style of its row."""

    def line(cells: Sequence[str]) -> str:
        fitted = []
        for text, room, column in zip(cells, widths, columns, strict=True):
            fitted.append(" " * (room - display_width(text)) + text if column.right else pad(text, room))
        return "  ".join(fitted).rstrip()

    return [[(line(headings), "bold")], *([(line(row), style)] for row, style in zip(rows, styles, strict=True))]


def _rich_lines(
    columns: Sequence[Column], widths: Sequence[int], headings: Sequence[str],
    rows: Sequence[Sequence[str]], styles: Sequence[str],
) -> list[list[Piece]]:  # fmt: skip
    """Return the same lines, laid out by rich: it is given texts that fit, and cuts nothing."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for heading, cells, column in zip(headings, widths, columns, strict=True):
        grid.add_column(Text(heading), width=cells, no_wrap=True, justify="right" if column.right else "left")
    for row, style in zip(rows, styles, strict=True):
        grid.add_row(*map(Text, row), style=style)
    console = _console()
    room = console.options.update(width=sum(widths) + 2 * len(widths))
    return [[(s.text, str(s.style or "")) for s in line] for line in console.render_lines(grid, room, pad=False)]


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the cells each column gets: what it needs, less what columns must give up to fit the terminal.

    The widest gives first, down to its measure; if that is not enough every column gives.
    """
    need = [max([display_width(c.heading), *(display_width(r.cells[i]) for r in rows)]) for i, c in enumerate(columns)]
    too_many = sum(need) + 2 * (len(need) - 1) - width() if width() else 0
    for least in ([c.gives or cells for c, cells in zip(columns, need, strict=True)], [LEAST] * len(need)):
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
            out((" " * hang if i else head) + line)


@lru_cache(maxsize=16_384)
def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


# -- texts ------------------------------------------------------------------------------------------


def joined(text: str) -> str:
    """Return a text (a phone number, a date) that is never broken between two lines."""
    return text.replace(" ", JOINED)


def wrap(text: str, indent: int, stream: TextIO | None = None, first: int | None = None) -> list[str]:
    """Return ``text`` in lines that fit beside ``indent`` cells (the first: beside ``first``).

    They are broken at spaces, else between clusters: Thai has few spaces, and no mark leaves its letter.
    """
    room = max((width(stream) or 10_000) - indent, 20)
    lead = indent - (indent if first is None else first)
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        lines.extend(_wrapped(paragraph, room, 0 if lines else lead))
    return [line.replace(JOINED, " ") for line in lines] or [""]


def _wrapped(paragraph: str, room: int, lead: int) -> list[str]:
    """Return the lines of a paragraph; the first may have ``lead`` cells more than ``room``."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        fits = room + (0 if lines else lead)
        between = f"{line} {word}" if line else word
        if display_width(between) <= fits:
            line = between
            continue
        # A piece longer than a line goes on behind a short beginning rather than leave it alone.
        if line and not (display_width(word) > room and display_width(line) < fits // 2):
            lines.append(line)
            between = word
        line = between
        while display_width(line) > (fits := room + (0 if lines else lead)):
            head = shorten(f"{line} ", fits + 1).removesuffix("…")
            lines.append(head)
            line = line[len(head) :].lstrip(" ")
    return [*lines, line]


def day(value: date | None) -> str:
    """Return a date for a screen, "" for none."""
    return show_date(value, language()) if value else ""


def iso_day(text: str | None) -> str:
    """Return an ISO date of a view for a screen."""
    return _iso_day(text, language()) if text else ""


@cache
def _iso_day(text: str, spoken: str) -> str:
    return show_date(date.fromisoformat(text), spoken)


def section(due: date, today: date) -> str:
    """Return ``late``, ``today`` or ``coming``: a day off just past is late by no working day at all."""
    if due < today:
        return "late"
    return "today" if due == today else "coming"


def lateness(late: int | None, when: str) -> str:
    """Return "3 working days late", today, or how many are still to come; ``when`` is the section."""
    words = {"late": _("{n} wd late"), "today": _("today"), "coming": _("in {n} wd")}
    return "" if late is None else words[when].format(n=abs(late))


def how_late(late: int | None, when: str) -> str:
    """Return the same in short, under a heading that says they are working days."""
    if late is None:
        return ""
    return (_("{n} late") if when == "late" else _("today") if when == "today" else _("in {n}")).format(n=abs(late))


def legend(rows: Iterable[dict[str, Any]]) -> None:
    """Say what the marks beside a day mean, where one stands."""
    from srctl.views import legend as meanings

    for words in meanings(rows):
        flow(words, "dim", hang=2)


def style_of(when: str) -> str:
    """Return the colour of a section: red late, yellow today."""
    return {"late": "red", "today": "yellow"}.get(when, "")
