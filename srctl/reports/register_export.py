"""A register as a Word file and as an Excel workbook. Reads only.

The Word file is laid out by ``templates/layouts/register.yaml``, as every paper of the office. Neither is
recorded: a register is made from the cases whenever it is wanted.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from srctl.core.i18n import _
from srctl.documents import xlsx
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Block, Provenance, Sheet, Words
from srctl.documents.docx.layout import MeasureError
from srctl.model.labels import secrecy_word
from srctl.model.people import Office
from srctl.papers.wordings import refuse, sha256_of, sheet_layout
from srctl.reports import registers
from srctl.reports.registers import Register, RegisterRow, Which

LAYOUT = "register"
_WIDTHS = (14, 16, 14, 22, 26, 44, 30, 22)  # letters of each column of the sheet


def register_docx(register: Register, notes: Sequence[str], office: Office, templates: Path, today: date) -> bytes:
    """The register as a Word file; ``notes`` above the rows state what could not be read.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    source, layout = sheet_layout(templates, LAYOUT)
    blocks = [Block("plain", note) for note in notes]
    headings = registers.columns(register.which)
    for section in register.sections:
        blocks += [Block("heading", section.label)] if section.label else []
        blocks.append(Block("columns", "", cells=headings))
        blocks += [Block("row", "", cells=registers.row_cells(row, register.which)) for row in section.rows]
    if not register.sections:
        blocks.append(Block("plain", _("no entries")))
    title = registers.register_title(register)
    sheet = Sheet(
        words=Words({"title": title, "office": _office(office)}, tuple(blocks), ""),
        title=title,
        office=office.names.th,
        signer="",
        positions=(),
        today=today,
        provenance=Provenance("", f"register-{register.which}", "", "", sha256_of(source.text.encode())),
        secrecy=register.secrecy,
        font=office.fonts.thai,
    )
    try:
        return word_file.compose_docx(sheet, layout)
    except MeasureError as fault:
        message = _("{given} is not a length").format(given=str(fault) or '""')
        line = source.text.partition(str(fault))[0].count("\n") + 1
        refuse(source.path, line, "length", message, _("write a number with cm, mm or pt: 2.5cm"))


def as_xlsx(register: Register, notes: Sequence[str], office: Office, today: date) -> bytes:
    """The register as an Excel workbook with a sheet for each series."""
    title = registers.register_title(register)
    headings = registers.columns(register.which)
    columns = tuple(xlsx.SheetColumn(h, width) for h, width in zip(headings, _WIDTHS, strict=True))
    sheets = [
        xlsx.Worksheet(
            section.label or title,
            " · ".join(filter(None, (title, section.label, _office(office)))),
            columns,
            tuple(_cells(row, register.which) for row in section.rows),
            tuple(notes),
        )
        for section in register.sections
    ]
    empty = xlsx.Worksheet(title, f"{title} · {_office(office)}", columns, (), (*notes, _("no entries")))
    mark = secrecy_word(register.secrecy)
    book = xlsx.Book(title, office.names.th, today, tuple(sheets) or (empty,), office.fonts.thai, mark)
    return xlsx.compose_workbook(book)


def _cells(row: RegisterRow, which: Which) -> tuple[xlsx.Cell, ...]:
    """The cells of a row, the register number as a number where it is one, so that it sorts."""
    number, *others = registers.row_cells(row, which)
    return (int(number) if number.isdecimal() and len(number) <= 9 else number, *others)


def _office(office: Office) -> str:
    return f"{office.names.th} {office.names.ministry}"
