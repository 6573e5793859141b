"""Tables as a reproducible Excel workbook. The only door to xlsxwriter.

Every text is written as text: whatever a case holds (``=HYPERLINK(…)``, ``+66…``), Excel computes nothing of it
(CWE-1236, formula injection). The day of making is given, so that equal tables are equal files.
"""

import io
import re
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from srctl.core.records import NamedTuple
from srctl.core.thai import printable

Cell = str | int
MOST_LETTERS = 32_767  # of one cell; a longer text would be left out without a word
_A4 = 9
_HEADINGS = "#E7E6E6"
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


class SheetColumn(NamedTuple):
    """A column: its heading, and its width in letters."""

    heading: str
    width: float


class Worksheet(NamedTuple):
    """One sheet: title, notes under it, headings, rows of as many cells."""

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


class Book(NamedTuple):
    """A workbook; ``mark`` is the secrecy mark printed in red above and below every page."""

    title: str
    author: str
    made: date
    sheets: tuple[Worksheet, ...]
    font: str = "TH SarabunPSK"
    mark: str = ""


def compose_workbook(book: Book) -> bytes:
    """Return the .xlsx of ``book``, to print landscape on A4; the same book gives the same bytes."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties(
        {"title": book.title, "author": book.author, "created": datetime.combine(book.made, time())}
    )
    formats = _formats(workbook, book.font)
    for sheet, name in zip(book.sheets, _names(book.sheets), strict=True):
        _write(workbook.add_worksheet(name), sheet, book, formats)
    workbook.close()
    return target.getvalue()


def _names(sheets: tuple[Worksheet, ...]) -> list[str]:
    """Return names Excel takes: 31 letters, none of the signs it refuses, no two alike."""
    names: list[str] = []
    for place, sheet in enumerate(sheets, 1):
        name = _NO_NAME.sub(" ", printable(sheet.name)).strip(" '")[:_LONGEST_NAME].strip(" '")
        # "History" is a name Excel keeps for itself.
        if not name or name.casefold() in {"history", *map(str.casefold, names)}:
            name = f"{name[: _LONGEST_NAME - 5]} ({place})".strip()
        names.append(name)
    return names


def _formats(workbook: Any, font: str) -> dict[str, Any]:
    plain = {"font_name": font, "font_size": 16, "valign": "top"}
    boxed = {**plain, "border": 1, "text_wrap": True}
    heading = {**boxed, "bold": True, "align": "center", "valign": "vcenter", "bg_color": _HEADINGS}
    return {
        "title": workbook.add_format({**plain, "bold": True, "font_size": 18}),
        "note": workbook.add_format({**plain, "font_color": "#C00000"}),
        "heading": workbook.add_format(heading),
        "cell": workbook.add_format(boxed),
    }


def _write(page: Any, sheet: Worksheet, book: Book, formats: dict[str, Any]) -> None:
    top = 1 + len(sheet.notes)  # the row of the headings
    last = len(sheet.columns) - 1
    page.write_string(0, 0, _text(sheet.title), formats["title"])
    for row, note in enumerate(sheet.notes, 1):
        page.write_string(row, 0, _text(note), formats["note"])
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(top, place, _text(column.heading), formats["heading"])
    for row, cells in enumerate(sheet.rows, top + 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, place, cell, formats["cell"])
            else:
                page.write_string(row, place, _text(cell), formats["cell"])
    end = top + max(len(sheet.rows), 1)
    page.autofilter(top, 0, end, last)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{end + 1}"})
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(0, top)
    _set_print(page, book)


def _set_print(page: Any, book: Book) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    font = re.sub('["&,]', "", book.font)  # they end the name in the codes of a header
    mark = f'&C&"{font},Bold"&20&KFF0000{book.mark}' if book.mark else ""
    page.set_header(mark)
    page.set_footer(f'{mark}&R&"{font},Regular"&16&P / &N')


def _text(text: str) -> str:
    return printable(text)[:MOST_LETTERS]
