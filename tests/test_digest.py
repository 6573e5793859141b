"""`srctl digest`: the morning round as a Word file, a page and a mail that others open."""

import io
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from tests.conftest import NOW, Srctl, prepared, sampled
from tests.test_today import fill

ME = ("--as", "malee")
HOSTILE = "</td></table><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & &amp;"
VOID = {"meta"}


@prepared
def busy(office: Srctl) -> Srctl:
    return fill(office)


class Page(HTMLParser):
    """A page read by the standard parser: its elements, attributes and texts, every tag closed in order."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)

    def text(self) -> str:
        return "\n".join(self.texts)


def made(office: Srctl, ending: str, *words: str, folder: Path | None = None) -> bytes:
    target = (folder or office.root.parent) / f"digest{ending}"
    said = office.ok(*ME, "digest", f"--{ending[1:]}", str(target), *words).out
    assert target.name in said
    return target.read_bytes()


def mail(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def rewrite(office: Srctl, case_id: str, old: str, new: str) -> None:
    file = office.case_file(case_id)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# -- every form ---------------------------------------------------------------------------------------


def test_all_tells_each_person_the_worst_off_first_with_counts_above(busy: Srctl) -> None:
    said = busy.ok("digest", "--all").out
    head, *bodies = said.split("\n── ")
    assert head.index("นางสาวมาลี") < head.index("นางกานดา") < head.index("นางวิภา") < head.index("นายศักดา")
    assert [body.splitlines()[0] for body in bodies] == ["นางสาวมาลี สมมติสุข", "นางกานดา สมมติธรรม"]


@pytest.mark.parametrize("ending", [".docx", ".html", ".eml"])
def test_the_same_day_gives_the_same_bytes_in_thai_whatever_the_screen_speaks(busy: Srctl, ending: str) -> None:
    (busy.root / "templates/calendar/2569.yaml").write_text("label: [", encoding="utf-8")  # told in the file as well
    first = made(busy, ending, "--all")
    i18n.use("en")
    assert made(busy, ending, "--all") == first


def test_several_files_at_once_and_nothing_recorded(busy: Srctl, tmp_path: Path) -> None:
    before = busy.git("rev-parse", "HEAD")
    files = [tmp_path / f"d{ending}" for ending in (".docx", ".html", ".eml")]
    said = busy.ok(*ME, "digest", "--docx", str(files[0]), "--html", str(files[1]), "--eml", str(files[2])).out
    assert len(said.splitlines()) == 3
    assert all(file.is_file() for file in files)
    assert busy.git("rev-parse", "HEAD") == before


def test_a_private_value_of_one_letter_is_taken_out_of_no_word(office: Srctl) -> None:
    office.ok(*ME, "new", "complaint", "--subject", "เรื่องการเงินของโรงเรียน ที่ ก เก็บไว้", "--order", "ให้ตรวจสอบ",
              "--set", "accused=ก")  # fmt: skip
    said = Page(made(office, ".html", "--all")).text()
    assert "เรื่องการเงินของโรงเรียน ที่ … เก็บไว้" in said


@pytest.mark.parametrize("ending", [".docx", ".html", ".eml"])
def test_no_file_names_a_complainant_or_tells_a_secret(sample: Srctl, ending: str) -> None:
    rewrite(sample, "2569-0008", "secrecy: none", "secrecy: confidential")
    rewrite(sample, "2569-0010", "ค่าบำรุงการศึกษาที่ไม่ได้แจ้งล่วงหน้า", "ร้องของนางสาวสมมติ ขอสงวนนาม")
    name = "complainant: {name: นางสาวสมมติ ขอสงวนนาม}"
    file = sample.case_file("2569-0010")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("complainant:")]
    file.write_text("\n".join([*lines[:3], name, *lines[3:]]) + "\n", encoding="utf-8")
    text = text_of(made(sample, ending, "--all", *(("--to", "a@example.go.th") if ending == ".eml" else ())), ending)
    assert "ขอสงวนนาม" not in text
    assert "ส่งตัวเลขรายจังหวัด" not in text
    assert "นักเรียนหลุดออกจากระบบ" not in text
    assert "(ลับ)" in text
    assert "ขอสงวนนาม" not in sample.ok("digest", "--all").out  # nor do the screens


def text_of(data: bytes, ending: str) -> str:
    """Return every text of a file."""
    if ending == ".html":
        return Page(data).text()
    if ending == ".eml":
        found = mail(data)
        plain, page = found.get_body(("plain",)), found.get_body(("html",))
        assert plain is not None
        assert page is not None
        return str(plain.get_content()) + Page(page.get_content().encode()).text()
    paper = Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join((*(p.text for p in paper.paragraphs), *cells)).replace("\u00a0", " ")


def test_a_case_that_cannot_be_read_is_told_in_every_file(busy: Srctl) -> None:
    busy.case_file("2569-0003").write_text("format: 1\nid: [", encoding="utf-8")
    for ending in (".docx", ".html", ".eml"):
        assert "yaml" in text_of(made(busy, ending), ending)


@pytest.mark.parametrize(
    ("code", "words"),
    [(2, ("--docx", "a.html")), (2, ("--html", "a.docx")), (2, ("--eml", "a.yaml")), (2, ("--to", "a@b.c")),
     (3, ("--html", "nowhere/a.html")), (2, ("--eml", "a.eml", "--to", "no address")),
     (2, ("--eml", "a.eml", "--to", "a@b.c\nBcc: x@y.z")), (2, ("--eml", "a.eml", "--group", "relations", "--to", ""))],
)  # fmt: skip
def test_what_cannot_be_written_is_said_in_one_line(busy: Srctl, code: int, words: tuple[str, ...]) -> None:
    busy.refused(code, *ME, "digest", *words)
    assert not list(busy.root.rglob("a.*"))


@pytest.mark.parametrize(
    "address", sampled(["", " ", "x", "x@", "@x", "a@[", "(", "[", ";", "<a@b>", "a@@b", "a@b, c@d", "ก@ข"], 4)
)
def test_what_is_no_address_is_said_in_one_line_however_the_library_puts_it(busy: Srctl, address: str) -> None:
    said = busy.refused(2, *ME, "digest", "--eml", "a.eml", "--group", "relations", "--to", address)
    assert "--to me@example.go.th" in said
    assert not list(busy.root.rglob("a.*"))


def test_a_file_open_elsewhere_is_said_in_one_line(busy: Srctl, tmp_path: Path) -> None:
    (tmp_path / "d.html").mkdir()
    assert "d.html" in busy.refused(5, *ME, "digest", "--html", str(tmp_path / "d.html"))


# -- Word -------------------------------------------------------------------------------------------


def test_the_word_file_is_valid_and_has_every_row_in_thai_digits(busy: Srctl, tmp_path: Path) -> None:
    data = made(busy, ".docx", folder=tmp_path)
    assert OpenXmlValidator().validate(tmp_path / "digest.docx").errors == []
    paper = Document(io.BytesIO(data))
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for table in paper.tables for row in table.rows]
    shown = busy.ok(*ME, "today", "--json").json
    wanted = sum(len(s["items"]) for s in shown["sections"]) + len(shown["papers"])
    assert len(rows) == wanted + len(paper.tables)  # each table has its headings
    assert any(row[0].startswith("๑๘ พ.ย. ๖๙") and row[2] == "๒๕๖๙-๐๐๐๑" for row in rows)
    assert "วันศุกร์ที่ ๒๐ พฤศจิกายน ๒๕๖๙" in paper.paragraphs[0].text.replace("\u00a0", " ")
    assert "(" not in paper.paragraphs[-1].text  # no signature


def test_a_layout_that_is_wrong_or_missing_is_told_with_its_file(busy: Srctl, tmp_path: Path) -> None:
    layout = busy.root / "templates/layouts/register.yaml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("top: 2cm", "top: 2 inch"), encoding="utf-8")
    assert "register.yaml:10" in busy.refused(4, *ME, "digest", "--docx", str(tmp_path / "r.docx"))
    layout.unlink()
    assert "register.yaml" in busy.refused(4, *ME, "digest", "--docx", str(tmp_path / "r.docx"))


# -- a page -----------------------------------------------------------------------------------------


def test_the_page_stands_alone(busy: Srctl) -> None:
    data = made(busy, ".html", "--all")
    page = Page(data)
    assert data.startswith(b'<!DOCTYPE html>\n<html lang="th">')
    assert not {"script", "link", "img", "a", "iframe", "object"} & set(page.tags)
    assert {name for name, _value in page.attributes} <= {"lang", "charset", "name", "content", "class"}
    assert b"url(" not in data
    assert b"@import" not in data
    for text in ("นางสาวมาลี สมมติสุข", "18 พ.ย. 69", "0 2000 0203 นายสมศักดิ์ สมมติการ (สพฐ.): ส่งตัวเลข"):
        assert text in page.text()


def test_a_hostile_subject_is_text_and_nothing_else(busy: Srctl) -> None:
    plain = Page(made(busy, ".html"))
    busy.ok("set", "1", f"subject={HOSTILE}", *ME)
    hostile = Page(made(busy, ".html"))
    assert hostile.tags == plain.tags
    assert hostile.attributes == plain.attributes
    assert HOSTILE in hostile.text()


# -- a mail -----------------------------------------------------------------------------------------


def test_the_mail_is_of_who_acts_to_whose_day_it_is(busy: Srctl) -> None:
    data = made(busy, ".eml", "--owner", "kanda")
    found, compat = mail(data), message_from_bytes(data)
    title = i18n._("Work of {weekday} {day}").format(weekday="วันศุกร์", day="20 พฤศจิกายน 2569")
    assert found["From"].addresses[0].addr_spec == "malee@example.go.th"
    assert str(make_header(decode_header(compat["From"]))) == "นางสาวมาลี สมมติสุข <malee@example.go.th>"
    assert [a.addr_spec for a in found["To"].addresses] == ["kanda@example.go.th"]
    assert found["Subject"] == f"{title}: นางกานดา สมมติธรรม"
    assert found["Date"].datetime == NOW
    assert found["Message-ID"].endswith("@example.go.th>")
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    data.decode("ascii")


def test_both_texts_of_the_mail_tell_the_same(busy: Srctl) -> None:
    found = mail(made(busy, ".eml"))
    plain, page = found.get_body(("plain",)), found.get_body(("html",))
    assert plain is not None
    assert page is not None
    told = str(plain.get_content())
    for text in Page(page.get_content().encode()).texts:
        assert text.strip() in told


@pytest.mark.parametrize(
    ("words", "to"),
    [((), ["malee@example.go.th"]), (("--group", "relations"), ["sakda@example.go.th"]),
     (("--all",), ["minister-office@example.go.th"]),
     (("--all", "--to", "a@example.go.th", "--to", "b@example.go.th"), ["a@example.go.th", "b@example.go.th"])],
)  # fmt: skip
def test_the_mail_goes_to_those_named_else_the_person_the_head_or_the_office(
    busy: Srctl, words: tuple[str, ...], to: list[str]
) -> None:
    assert [a.addr_spec for a in mail(made(busy, ".eml", *words))["To"].addresses] == to


def test_another_moment_or_another_person_is_another_mail(busy: Srctl) -> None:
    ids = {mail(made(busy, ".eml", "--owner", who))["Message-ID"] for who in ("malee", "kanda")}
    busy.now = datetime(2026, 11, 20, 9, 13, tzinfo=BANGKOK)
    ids.add(mail(made(busy, ".eml", "--owner", "malee"))["Message-ID"])
    assert len(ids) == 3
