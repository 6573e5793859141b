"""Render sample papers to pictures, to be looked at: ``python -m tests.looks DIR``.

Needs LibreOffice and pdftoppm. With fontTools and Debian's Laksaman (fonts-tlwg-laksaman-ttf) the
pages are set in a stand-in as wide and high as TH SarabunPSK, so that lines and pages break as
they will in the office.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from srctl.model import Case
from srctl.papers import draft
from tests.sample_case import (
    CASE,
    COMMIT,
    DIRECTORY,
    KIND,
    OFFICE,
    TEMPLATES,
    TODAY,
    picture,
    with_analysis,
)

LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg")
# 1000 × (width of Laksaman / width of TH SarabunPSK), and the line metrics of the latter, per 1000.
UNITS, ASCENT, DESCENT, GAP = 1503, 850, 250, 30
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
<alias binding="same"><family>TH SarabunPSK</family>
<prefer><family>Standin SR</family></prefer></alias>
</fontconfig>"""


def samples() -> Iterator[tuple[str, str, Case]]:
    """Yield name, paper and case of each sample."""
    long = tuple(f"{fact} ({n})" for n in range(1, 8) for fact in CASE.analysis.facts)
    urgent = CASE._replace(urgency="most-urgent", secrecy="confidential")
    yield "memo", "memo", CASE
    yield "memo2p", "memo", with_analysis(urgent, facts=long)
    yield (
        "memo-one-fact",
        "memo",
        with_analysis(
            CASE._replace(log=(), subject=CASE.subject * 3),
            facts=CASE.analysis.facts[:1],
            law=(),
            power="",
        ),
    )
    yield "summary", "summary", CASE
    yield "summary2p", "summary", with_analysis(urgent, facts=long)


def build_font(folder: Path) -> bool:
    """Make the stand-in font in ``folder``; tell whether it could be made."""
    try:
        fonts = import_module("fontTools.ttLib")
    except ImportError:
        return False
    if not (LAKSAMAN / "Laksaman.ttf").is_file():
        return False
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
    return True


def render(docx: Path, folder: Path, environment: dict[str, str]) -> None:
    """Turn a .docx into one PNG a page beside it."""
    office = shutil.which("soffice") or "soffice"
    profile = (folder / "profile").resolve().as_uri()
    convert = [
        office,
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    quiet = subprocess.DEVNULL
    subprocess.run([*convert, str(folder), str(docx)], check=True, env=environment, stdout=quiet, timeout=180)
    pages = [
        "pdftoppm",
        "-r",
        "100",
        "-png",
        str(docx.with_suffix(".pdf")),
        str(docx.with_suffix("")),
    ]
    subprocess.run(pages, check=True, timeout=60)


def main(folder: Path) -> None:
    """Draft, render and name every sample in ``folder``."""
    root = folder / "office"
    shutil.copytree(TEMPLATES, root / "templates", dirs_exist_ok=True)
    (root / "emblem.png").write_bytes(picture())
    environment = dict(os.environ)
    if build_font(folder):
        config = folder / "fonts.conf"
        config.write_text(FONTCONFIG.format(folder=folder.resolve()), encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(config.resolve())
    else:
        print("no stand-in font: lines will break elsewhere than in TH SarabunPSK")
    office = OFFICE._replace(emblem="emblem.png")
    for name, paper, case in samples():
        made = draft(case, KIND, office, DIRECTORY, root / "templates", paper, TODAY, COMMIT)
        docx = folder / f"{name}.docx"
        docx.write_bytes(made.docx)
        render(docx, folder, environment)
        print(*sorted(path.name for path in folder.glob(f"{name}-*.png")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
