"""How things look: aligned plain text everywhere, rich for a terminal, JSON for programs. Floor 4, the only rich.

Everything that comes from a file or a person passes :func:`srctl.thai.printable` before it is written.
Results go to stdout, talk (hints, repairs, problems) to stderr.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from srctl.dates import show_date
from srctl.errors import Problem, SrctlError
from srctl.i18n import _, language
from srctl.thai import display_width, pad, printable, shorten

MOST_RICH_ROWS = 100  # beyond this a rich table costs more than what it shows (performance reference §2)


class Column(NamedTuple):
    """A column: heading, whether it gives way when the line is too long, and whether numbers stand right."""

    heading: str
    gives: bool = False
    right: bool = False


class Row(NamedTuple):
    """A row: its cells, a second line under it, and how it is coloured on a terminal."""

    cells: Sequence[str]
    under: str = ""
    style: str = ""


def out(text: str = "", style: str = "") -> None:
    """Write one line of the result; ``style`` is a rich style, used on a terminal only."""
    if style and _colours():
        from rich.style import Style

        text = Style.parse(style).render(printable(text))
        sys.stdout.write(text + "\n")
        return
    sys.stdout.write(printable(text) + "\n")


def say(text: str) -> None:
    """Tell the person something that is not the result."""
    sys.stderr.write(printable(text) + "\n")


def error(fault: SrctlError) -> None:
    """Show why a command stopped and what to type next."""
    for note in getattr(fault, "__notes__", ()):
        say("! " + note)
    say("srctl: " + fault.message)
    for extra in getattr(fault, "problems", ())[1:]:
        say(f"  {extra.where()}: {extra.message}")
        if extra.hint:
            say(f"    → {extra.hint}")
    for line in fault.hint.splitlines():
        say(f"  → {line}")


def problems(found: Iterable[Problem]) -> None:
    """Show faults in data on stderr, each with its place and how to mend it."""
    for problem in found:
        say(f"! {problem.where()}: {problem.message}")
        if problem.hint:
            say(f"  → {problem.hint}")


def print_json(value: Any) -> None:
    """Write ``value`` as JSON, Thai as Thai; characters that bend a screen are escaped by JSON itself."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write("".join(c if c == "\n" or printable(c) else f"\\u{ord(c):04x}" for c in text) + "\n")


def width() -> int:
    """Return the width of the terminal in cells; 80 when there is none (a pipe gets whole lines)."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 0


def _colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def table(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Write rows under headings, aligned by display width; on a terminal no line is longer than it."""
    clean = [r._replace(cells=[" ".join(printable(c).split()) for c in r.cells]) for r in rows]
    widths = _widths(columns, clean)
    if _colours() and len(clean) <= MOST_RICH_ROWS:
        _rich_table(columns, clean, widths)
        return
    out("  ".join(pad(c.heading, w) for c, w in zip(columns, widths, strict=True)).rstrip())
    for row in clean:
        out("  ".join(_cell(t, w, c) for t, w, c in zip(row.cells, widths, columns, strict=True)).rstrip())
        if row.under:
            out("    " + _fit(row.under, 4))


def _fit(text: str, indent: int) -> str:
    return shorten(printable(text), width() - indent) if width() else text


def _cell(text: str, cells: int, column: Column) -> str:
    short = shorten(text, cells)
    if column.right:
        return " " * (cells - display_width(short)) + short
    return pad(short, cells)


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the cells each column gets: what it needs, less what giving columns must give up."""
    need = [max([display_width(c.heading), *(display_width(r.cells[i]) for r in rows)]) for i, c in enumerate(columns)]
    giving = [i for i, c in enumerate(columns) if c.gives]
    too_many = sum(need) + 2 * (len(need) - 1) - width() if width() else 0
    while too_many > 0 and giving:
        widest = max(giving, key=lambda i: need[i])
        if need[widest] <= 8:
            break
        need[widest] -= 1
        too_many -= 1
    return need


def _rich_table(columns: Sequence[Column], rows: Sequence[Row], widths: Sequence[int]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=False)
    for column, cells in zip(columns, widths, strict=True):
        grid.add_column(column.heading, width=cells, no_wrap=True, justify="right" if column.right else "left")
    console = Console(highlight=False, soft_wrap=True, width=max(width(), sum(widths) + 2 * len(widths)))
    under: dict[int, str] = {}
    for i, row in enumerate(rows):
        grid.add_row(*(Text(shorten(t, w), row.style) for t, w in zip(row.cells, widths, strict=True)))
        under[i] = row.under
    lines = console.render_lines(grid, pad=False)
    for i, line in enumerate(lines):
        sys.stdout.write("".join(s.style.render(s.text) if s.style else s.text for s in line).rstrip() + "\n")
        if i and under.get(i - 1):
            out("    " + _fit(under[i - 1], 4), "dim")


def pairs(items: Iterable[tuple[str, str]], indent: int = 0) -> None:
    """Write labels and values, values aligned and wrapped under themselves."""
    shown = [(label, value) for label, value in items if value]
    longest = max((display_width(label) for label, _value in shown), default=0)
    for label, value in shown:
        head = " " * indent + pad(label, longest) + "  "
        for i, line in enumerate(wrap(value, indent + longest + 2)):
            out((head if i == 0 else " " * display_width(head)) + line)


def wrap(text: str, indent: int) -> list[str]:
    """Return ``text`` in lines that fit beside ``indent`` cells; broken at spaces, else between clusters."""
    room = (width() or 10_000) - indent
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        lines.extend(_wrapped(paragraph, max(room, 20)))
    return lines or [""]


def _wrapped(paragraph: str, room: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        joined = f"{line} {word}" if line else word
        if display_width(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while display_width(line) > room:
            head = shorten(line, room).removesuffix("…")
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def day(value: date | None) -> str:
    """Return a date for a screen, "" for none."""
    return show_date(value, language()) if value else ""


def iso_day(text: str | None) -> str:
    """Return an ISO date of a view for a screen."""
    return day(date.fromisoformat(text)) if text else ""


def lateness(late: int | None) -> str:
    """Return "3 days late" in words: working days past, today, or still to come."""
    if late is None:
        return ""
    if late > 0:
        return _("{n} wd late").format(n=late)
    return _("today") if late == 0 else _("in {n} wd").format(n=-late)


def style_of(row: Mapping[str, Any]) -> str:
    """Return the colour of a due row: red late, yellow today."""
    return {"late": "red", "today": "yellow"}.get(str(row.get("section", "")), "")
