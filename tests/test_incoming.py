"""Every Word file that comes in is judged once: what runs, fetches or is larger than a paper is not let in."""

import io
import zipfile
from collections.abc import Callable

import pytest

from srctl.documents.docx import word_file
from srctl.documents.docx.content import NotWordError
from tests.conftest import Srctl

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(body: str = "<w:p><w:r><w:t>ข้อความ</w:t></w:r></w:p>", relations: str = "", main: str = "") -> bytes:
    """Return a Word file of this body, whose document has these relations."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{kind}"/></Types>',
        "_rels/.rels": main
        or f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return made.getvalue()


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    return word(relations=f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>')


def field(*codes: str) -> bytes:
    """Return a file with a field whose code is split over runs like these."""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return word(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def paragraph(text: str, times: int = 1) -> bytes:
    return word(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * times)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a template from elsewhere": lambda: relation("attachedTemplate", "https://example.invalid/t.dotm"),
    "a template of another machine": lambda: relation("attachedTemplate", "file:///Z:/t.dotm"),
    "an embedded program": lambda: relation("oleObject", "embeddings/o.bin", ""),
    "a linked object": lambda: relation("oleObject", "file:///Z:/o.xlsx"),
    "a foreign text": lambda: relation("aFChunk", "a.html", ""),
    "a sub-document": lambda: relation("subDocument", "b.docx"),
    "a film from elsewhere": lambda: relation("video", "https://example.invalid/v.mp4"),
    "a picture from elsewhere": lambda: relation("image", "https://example.invalid/p.png"),
    "a frame from elsewhere": lambda: relation("frame", "https://example.invalid/f.html"),
    "a link to a program": lambda: relation("hyperlink", "file:///C:/run.exe"),
    "a link to a share": lambda: relation("hyperlink", r"\\example.invalid\share"),
    "a field that runs": lambda: field(" DDEAUTO c:\\run "),
    "a field that runs, split over runs": lambda: field(" DD", "E c:\\ru", "n "),
    "a field that fetches a text": lambda: field(" INCLUDETEXT x.docx "),
    "a field that fetches a picture": lambda: field("INCLUDE", "PICTURE x.png"),
    "a field that links": lambda: field(" LINK Excel.Sheet x.xlsx "),
    "a field that imports": lambda: field(" IMPORT x.png "),
    "a simple field": lambda: word('<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>'),
    "a type of document in the relations": lambda: word(
        main='<!DOCTYPE x [<!ENTITY a "b">]><Relationships xmlns="x"/>'
    ),
    "a type of document in the text's relations": lambda: _with_doctype(),
    "49 MB of text": lambda: paragraph("ก" * 10_000, 1_600),
    "a hundred thousand paragraphs": lambda: paragraph("ก", 100_000),
    "a paragraph of 300,000 letters": lambda: paragraph("เ" * 300_000),
    "a paragraph of two million digits": lambda: paragraph("1" * 2_000_000),
    "a hundred thousand attributes": lambda: word("<w:p " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>"),
    "an element in an element in an element": lambda: word("<w:p>" * 1_000 + "</w:p>" * 1_000),
}  # fmt: skip


def _with_doctype() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            begin = b'<!DOCTYPE x [<!ENTITY a "b">]>' if name == "word/_rels/document.xml.rels" else b""
            new.writestr(name, begin + old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("what", HOSTILE)
def test_what_runs_fetches_or_is_no_paper_is_not_let_in(what: str) -> None:
    with pytest.raises(NotWordError) as refused:
        word_file.refuse_unsafe(HOSTILE[what]())
    assert str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "target", ["https://example.invalid/page", "mailto:somebody@example.invalid", "tel:020000000", "#ข้อ_๑"]
)
def test_a_link_that_somebody_must_click_is_let_in(target: str) -> None:
    word_file.refuse_unsafe(relation("hyperlink", target))


def test_every_door_judges_alike(sample: Srctl) -> None:
    """Proof-reading, mending, its origin, adopting, keeping a reply: each refuses in one line, and keeps nothing."""
    file = sample.root.parent / "มาจากข้างนอก.docx"
    before = sample.git("rev-parse", "HEAD")
    for what in ("a template from elsewhere", "a type of document in the relations", "a paragraph of 300,000 letters"):
        file.write_bytes(HOSTILE[what]())
        for command in (
            ("paper", "check", str(file)), ("paper", "check", str(file), "--fix"), ("paper", "where", str(file)),
            ("paper", "adopt", str(file), "12"), ("receive", "12", "--from", "obec", "--ref", "1", "--file", str(file)),
        ):  # fmt: skip
            ran = sample.run(*command)
            assert ran.code not in (0, 1, 70), (what, command, ran)
            assert "มาจากข้างนอก.docx" in ran.err
    assert sample.git("rev-parse", "HEAD") == before
