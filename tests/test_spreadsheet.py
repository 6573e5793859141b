"""Workbooks: text stays text, the same book is the same file, and it prints as a register should."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from srctl.documents.xlsx import MOST_LETTERS, Book, Cell, SheetColumn, Worksheet, compose_workbook

COLUMNS = (SheetColumn("เลขทะเบียนส่ง", 12), SheetColumn("เรื่อง", 40))


def book(*rows: tuple[Cell, ...], names: tuple[str, ...] = ("หนังสือธรรมดา",), **changes: object) -> Book:
    sheets = tuple(Worksheet(name, "ทะเบียนหนังสือส่ง พ.ศ. 2569", COLUMNS, rows) for name in names)
    made = Book("ทะเบียนหนังสือส่ง", "สำนักงานรัฐมนตรี", date(2026, 11, 20), sheets)
    return made._replace(**changes)  # type: ignore[arg-type]


def page(made: Book, place: int = 0):  # type: ignore[no-untyped-def]
    return load_workbook(io.BytesIO(compose_workbook(made))).worksheets[place]


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://example.com";"x")', "=1+1", "+66 2000 0101", "-ลับ-", "@SUM(A1)", "{=A1}", "http://example.com",
     "0042", "1e5", "\tก", "_x0041_"],
)  # fmt: skip
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    cell = page(book((1, text)))["B3"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_no_formula_and_no_link_stands_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(compose_workbook(book((1, "=1+1"), (2, "https://example.com"))))) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"<f>" not in everything
    assert b"<hyperlink" not in everything


@given(st.text(max_size=60))
def test_any_text_gives_a_workbook_that_opens(text: str) -> None:
    sheet = page(book((1, text), names=(text,), title=text, mark=""))
    assert sheet.max_row >= 3


def test_a_text_longer_than_a_cell_holds_is_cut_not_lost() -> None:
    assert page(book((1, "ก" * 40_000)))["B3"].value == "ก" * MOST_LETTERS


def test_the_same_book_gives_the_same_bytes_and_says_the_day_it_was_given() -> None:
    first, second = compose_workbook(book((1, "ก"))), compose_workbook(book((1, "ก")))
    assert first == second
    properties = load_workbook(io.BytesIO(first)).properties
    assert properties.created == properties.modified == datetime(2026, 11, 20)
    assert (properties.title, properties.creator) == ("ทะเบียนหนังสือส่ง", "สำนักงานรัฐมนตรี")


def test_a_sheet_is_in_the_font_of_the_office_with_a_bold_heading() -> None:
    sheet = page(book((7, "เรื่อง ก")))
    heading, cell = sheet["B2"], sheet["B3"]
    assert [(c.font.name, c.font.sz) for c in (heading, cell)] == [("TH SarabunPSK", 16)] * 2
    assert (heading.font.b, cell.font.b) == (True, False)
    assert cell.alignment.wrap_text
    assert (sheet["A3"].value, sheet["A3"].data_type) == (7, "n")
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width > 11


def test_it_prints_landscape_one_page_wide_with_the_heading_on_every_page() -> None:
    sheet = page(book((1, "ก"), (2, "ข")))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is what is left unsaid
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B4"


def test_notes_stand_between_title_and_heading() -> None:
    made = book((1, "ก"))
    noted = made._replace(sheets=(made.sheets[0]._replace(notes=("! อ่านไม่ได้",)),))
    sheet = page(noted)
    assert [sheet[f"A{row}"].value for row in (1, 2, 3, 4)] == [made.sheets[0].title, "! อ่านไม่ได้", "เลขทะเบียนส่ง", 1]
    assert sheet.freeze_panes == "A4"


def test_a_secrecy_mark_is_above_and_below_every_page() -> None:
    sheet = page(book((1, "ก"), mark="ลับ"))
    assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "ลับ"
    assert sheet.oddHeader.center.color == "FF0000"
    assert not page(book((1, "ก"))).oddHeader.center.text


def test_names_of_sheets_are_made_such_that_excel_takes_them() -> None:
    wanted = ("ว/เวียน [1]", "คำสั่ง", "คำสั่ง", "", "History", "ก" * 40, "'")
    names = load_workbook(io.BytesIO(compose_workbook(book((1, "ก"), names=wanted)))).sheetnames
    assert len(names) == len({name.casefold() for name in names}) == len(wanted)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[1] == "คำสั่ง"


@pytest.mark.parametrize("rows", [(), ((1, "ก"),), tuple((n, "เรื่อง " * 20) for n in range(300))])
def test_the_file_is_valid_open_xml(rows: tuple[tuple[Cell, ...], ...], tmp_path: Path) -> None:
    target = tmp_path / "register.xlsx"
    target.write_bytes(compose_workbook(book(*rows, mark="ลับ", names=("หนังสือธรรมดา", "คำสั่ง"))))
    assert OpenXmlValidator().validate(target).errors == []
