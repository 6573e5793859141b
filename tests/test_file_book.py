"""The book of a file: all papers of a matter in one PDF, in order, with contents, log and running page numbers."""

import io
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from srctl.core.errors import Refused
from srctl.documents import pdf
from srctl.documents.exif import turn_of
from srctl.documents.pdf_book import BookPart, bind, plain_pages
from srctl.reports.file_book import LOG, _is_of_many_pages, _mail_lines, _text_lines
from tests import office_suite
from tests.conftest import Srctl


def blank(*sizes: tuple[int, int], rotated: int = 0, password: str = "") -> bytes:
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width, height).rotate(rotated)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def picture(kind: str, size: tuple[int, int] = (300, 200), *, pages: int = 1) -> bytes:
    made = io.BytesIO()
    first, *more = [Image.new("RGB", size, "white") for _page in range(pages)]
    first.save(made, kind, **({"save_all": True, "append_images": more} if more else {}))
    return made.getvalue()


def photo(orientation: int) -> bytes:
    """A photo as a camera keeps it, held upright or across: left half dark, right half light."""
    made, noted = io.BytesIO(), Image.Exif()
    noted[0x0112] = orientation
    image = Image.new("RGB", (400, 200), "white")
    image.paste("black", (0, 0, 200, 200))
    image.save(made, "JPEG", exif=noted)
    return made.getvalue()


def bare(text: str) -> str:
    """The text without the marks that a page read back leaves out."""
    return office_suite.MARKS.sub("", text)


def secret_matter(office: Srctl) -> None:
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ตรวจสอบ",
              "--secrecy", "ลับ")  # fmt: skip


@pytest.mark.slow
def test_a_matter_becomes_one_pdf_in_order_and_what_is_not_printed_is_named(office: Srctl, tmp_path: Path) -> None:
    office_suite.need("soffice", "poppler")
    given = {"สแกน.pdf": blank((595, 842), (842, 595)), "ภาพ.png": picture("PNG"), "เสียง.mp3": b"ID3",
             "ล็อก.pdf": blank((595, 842), password="x")}  # fmt: skip
    for name, raw in given.items():
        (tmp_path / name).write_bytes(raw)
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ตรวจสอบ")
    office.ok("file", "1", *(str(tmp_path / name) for name in given), "-w", "เอกสารแนบ")
    office.ok("letter", "1", "thanks", "--to", "obec", "--ask", "ห้องประชุม")  # one page in any font
    listed = office.ok("file-book", "1", "--json").json["items"]
    assert [bool(item["lack"]) for item in listed] == [False, False, True, False, False]
    made = office.ok("file-book", "1", "--to", str(tmp_path / "เล่ม.pdf"), "--json").json
    assert [item["page"] for item in made["items"]] == [2, 4, None, None, 5, 6], "contents are page 1"
    reader = PdfReader(made["file"])
    assert (len(reader.pages), made["pages"]) == (6, 6)
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert [titles[0], titles[-1], len(titles)] == ["สารบัญ", LOG, 5]
    pages = ["".join(lines) for lines in office_suite.page_lines(Path(made["file"]))]
    assert all(f"{bare('หน้า')}{digit}" in text for digit, text in zip("๑๒๓๔๕๖", pages, strict=True))
    assert [item["lack"] for item in made["items"] if item["page"] is None][1] == "ตั้งรหัสผ่านไว้"
    assert pages[0].count("–") == 4, "two rows say why, and have no page"
    assert bare("ห้องประชุม") in pages[4]
    assert bare("รับเรื่อง") in pages[5], "the log, in Thai"


def test_a_secret_matter_is_bound_only_when_told(office: Srctl) -> None:
    secret_matter(office)
    assert "--secret" in office.refused(5, "file-book", "1")
    office.ok("file-book", "1", "--secret")


def test_without_libreoffice_one_line_says_so(office: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: None)
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ตรวจสอบ")
    assert "LibreOffice" in office.refused(5, "file-book", "1", "--pdf")


def test_pages_come_upright_and_nothing_in_them_acts() -> None:
    writer = PdfWriter()
    page: Any = writer.add_blank_page(842, 595)
    page.rotate(90)
    act = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})
    link = {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): act}
    page[NameObject("/Annots")] = ArrayObject([DictionaryObject(link)])
    writer.root_object[NameObject("/OpenAction")] = act
    made = io.BytesIO()
    writer.write(made)
    plain, pages = plain_pages(made.getvalue())
    assert pages == 1
    assert b"JavaScript" not in plain
    box = PdfReader(io.BytesIO(plain)).pages[0].mediabox
    assert (box.width, box.height) == (595, 842)


@pytest.mark.parametrize("raw", [b"%PDF-1.7 torn", b"", blank((595, 842))[:200], blank((9, 9), password="x")])
def test_what_cannot_be_read_is_refused_with_the_reason(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        plain_pages(raw)
    assert str(refused.value)


def test_a_number_is_laid_over_each_page_whatever_its_size() -> None:
    book = bind("เรื่อง", [BookPart("ก", blank((595, 842), (300, 300)))], blank((255, 37), (255, 37)))
    assert len(PdfReader(io.BytesIO(book)).pages) == 2
    with pytest.raises(Refused):
        bind("เรื่อง", [BookPart("ก", blank((595, 842)))], blank((255, 37), (255, 37)))


def test_a_tiff_of_several_pages_is_known() -> None:
    assert _is_of_many_pages(picture("TIFF", pages=2))
    assert not _is_of_many_pages(picture("TIFF"))


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_a_photo_is_turned_as_the_camera_noted(orientation: int, turn: int) -> None:
    assert turn_of(photo(orientation)) == turn
    torn = photo(orientation)
    assert all(turn_of(torn[:end]) in (0, turn) for end in range(0, 60))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xd8", picture("PNG"), picture("JPEG"), b"\xff\xd8\xff\xe1\0\x10Exif\0\0II*\0"]
)
def test_what_notes_nothing_stays_as_it_is(raw: bytes) -> None:
    assert turn_of(raw) == 0


def test_pages_are_turned_clockwise_and_stand_upright() -> None:
    plain, _pages = plain_pages(blank((842, 595)), 90)
    page = PdfReader(io.BytesIO(plain)).pages[0]
    assert (page.mediabox.width, page.mediabox.height, page.rotation) == (595, 842, 0)


def test_texts_and_mails_are_read_as_they_are() -> None:
    assert _text_lines("หนึ่ง\r\nสอง".encode()) == ["หนึ่ง", "สอง"]
    assert _text_lines("\ufeffหนึ่ง".encode()) == _text_lines("หนึ่ง".encode("cp874")) == ["หนึ่ง"]
    assert not _text_lines(b"\xff\xfe\xdb")
    sent = datetime(2026, 11, 20, 2, 12, tzinfo=UTC)
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "นายสมมติ <a@example.org>", "ขอข้อมูล", format_datetime(sent)
    mail.set_content("เรียน\nทราบ")
    assert [*_mail_lines(mail.as_bytes())] == [
        "จาก  นายสมมติ <a@example.org>", "วันที่  ๒๐ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๑๒ น.", "เรื่อง  ขอข้อมูล", "", "เรียน", "ทราบ",
    ]  # fmt: skip


@pytest.mark.full
def test_a_turned_photo_and_a_text_are_bound_as_they_are_read(office: Srctl, tmp_path: Path) -> None:
    office_suite.need("soffice", "poppler")
    (tmp_path / "ภาพ.jpg").write_bytes(photo(6))
    (tmp_path / "ถ้อยคำ.txt").write_text("พยานให้ถ้อยคำ\nวันที่หนึ่ง", encoding="utf-8")
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ตรวจสอบ")
    office.ok("file", "1", str(tmp_path / "ภาพ.jpg"), str(tmp_path / "ถ้อยคำ.txt"), "-w", "หลักฐาน")
    made = office.ok("file-book", "1", "--to", str(tmp_path / "เล่ม.pdf"), "--json").json
    assert [item["page"] for item in made["items"]] == [2, 3, 4]
    page = PdfReader(made["file"]).pages[1]
    assert page.mediabox.width < page.mediabox.height, "held upright"
    assert bare("พยานให้ถ้อยคำ") in "".join(office_suite.page_lines(Path(made["file"]))[2])
