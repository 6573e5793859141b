"""Lists asked for at the terminal cell by cell: one line of the list after the other, until one begins with nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest

from srctl.cli import form, prompts
from srctl.cli.form import FormQuestion
from srctl.core.i18n import _

BETWEEN = "|"
Line = list[str]  # its cells


def asked_rows(question: FormQuestion, had: str, fits: Callable[[str], bool]) -> str:
    """Ask for the lines of a list; the way back goes through the cells and lines first.

    A line that goes on with the matter of the one before (its first cell is empty) is asked with it. A first cell with
    several cells or lines in it is taken as these.

    Raises:
        Back, Abort: as :func:`srctl.cli.prompts.text`.
    """
    items: list[list[Line]] = []
    old = _items(question, had)
    while True:
        again = old[len(items)] if len(items) < len(old) else []
        try:
            lines = _item(question, len(items) + 1, again)
        except prompts.Back:
            if not items:
                raise
            old = [*items, *old[len(items) :]]
            items.pop()
            continue
        answer = "\n".join(BETWEEN.join(line) for item in items for line in item)
        if not lines and fits(answer):
            return answer
        items += _grouped(lines)


def shown_line(question: FormQuestion, line: str) -> str:
    """A line of the list as it is read."""
    cells = zip(question.cells, question.parted(line), strict=False)
    return ", ".join(filter(None, (dict(cell.known).get(part, part).partition("  ")[0] for cell, part in cells)))


def _items(question: FormQuestion, answer: str) -> list[list[Line]]:
    return _grouped([[*question.parted(line)] for line in form.answer_lines(answer)])


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines, each that goes on with the matter before it together with that."""
    found: list[list[Line]] = []
    for line in lines:
        if found and not line[0]:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _item(question: FormQuestion, number: int, had: Sequence[Line]) -> list[Line]:
    """The lines of one matter: the first, and those that go on with it; none where nothing is typed."""
    lines: list[Line] = []
    had = [*had]
    while True:
        start = question.further if lines else 0
        again = had[len(lines)] if len(lines) < len(had) else []
        try:
            found = _line(question, number, start, again)
        except prompts.Back:
            if not lines:
                raise
            had = [*lines, *had[len(lines) :]]
            lines.pop()
            continue
        lines += found
        if len(found) != 1 or not (question.further and any(found[0][question.further + 1 :])):
            return lines


def _line(question: FormQuestion, number: int, start: int, had: Line) -> list[Line]:
    """The cells of one line from ``start`` on, as a line; several where a paste has several; none for nothing."""
    cells, asked = [""] * start, [*had]
    while len(cells) < len(question.cells):
        n = len(cells)
        cell = question.cells[n]
        if n > start and cell.after and not cells[-1]:
            cells.append("")
            continue
        try:
            typed = _cell(question, number, n, start, asked[n] if n < len(asked) else "")
        except prompts.Back:
            if n == start:
                raise
            asked = [new or old for new, old in zip_longest(cells, asked, fillvalue="")]
            cells = cells[: _answered_before(question, cells, start)]
            continue
        if n == start and not typed:
            return []
        lines = [_read(question, n, line) for line in form.answer_lines(typed)] or [[""]]
        if len(lines) > 1:
            return lines
        cells += lines[0]
    return [cells]


def _answered_before(question: FormQuestion, cells: Line, start: int) -> int:
    """The place of the cell that was asked last."""
    n = len(cells) - 1
    while n > start and question.cells[n].after and not cells[n - 1]:
        n -= 1
    return n


def _cell(question: FormQuestion, number: int, n: int, start: int, had: str) -> str:
    """What is typed for one cell; only the first of the whole list may be needed."""
    cell = question.cells[n]
    first, label = n == start, cell.label
    if start and first:
        label = _("{cell}, on the same matter").format(cell=label)
    return prompts.text(
        f"{question.label} {number} · {label}", required=question.required and first and number == 1 and not start,
        back=True, typed=had, empty=_("empty: no more") if first else "", several=first and not start,
        known=cell.known,
        check=lambda text: [*map(partial(_read, question, n), form.answer_lines(text))],
    )  # fmt: skip


def _read(question: FormQuestion, start: int, typed: str) -> Line:
    """The cells of what was typed at the cell ``start``, read one by one."""
    parts = question.parted(typed) if not start else [typed]
    rest = question.cells[start:]
    return [cell.read(part) if part else "" for cell, part in zip(rest, parts, strict=False)]
