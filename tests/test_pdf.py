"""PDF: made by the real LibreOffice where there is one; nothing of a paper stays behind, whatever happens."""

import os
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from srctl.core.errors import Refused
from srctl.documents import pdf
from srctl.papers.composition import draft_paper
from tests.office_suite import PROOFS
from tests.sample_case import CASE, COMMIT, DIRECTORY, KIND, OFFICE, TEMPLATES, TODAY

LAKSAMAN = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")

# In CI (PROOFS) nothing is skipped for a missing program: the test then fails.
needs_libreoffice = pytest.mark.skipif(
    pdf.find_libreoffice() is None and not PROOFS, reason="LibreOffice (soffice) is not installed"
)
needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and not PROOFS, reason="pdftotext (poppler) is not installed"
)
needs_laksaman = pytest.mark.skipif(
    not ((LAKSAMAN.is_file() and shutil.which("fc-match")) or PROOFS),
    reason="fontconfig or the font Laksaman is not installed",
)
posix = pytest.mark.skipif(os.name == "nt", reason="the program of the test is a shell script")
linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="xdg-open is the way of Linux")

Program = Callable[[str, str], Path]


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give the test a place for temporary files of its own, to see what is left there."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """Put a program on the PATH before all others."""

    def make(name: str, script: str) -> Path:
        folder = tmp_path / "programs"
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return file

    return make


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C come through also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def memo() -> bytes:
    return draft_paper(CASE, KIND, OFFICE, DIRECTORY, TEMPLATES, "memo", TODAY, COMMIT).docx


def one_line(fault: Refused) -> str:
    assert "\n" not in fault.message
    assert fault.hint
    return fault.message


# -- making one ---------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_libreoffice
@needs_pdftotext
def test_a_memo_becomes_pages_with_its_words(temporary: Path, tmp_path: Path) -> None:
    target = tmp_path / "papers" / "memo.pdf"
    pdf.convert(memo(), target)
    assert target.read_bytes().startswith(b"%PDF-")
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", str(target), "-"], capture_output=True, check=True).stdout
    words = "".join(told.decode("utf-8").split())  # justified Thai is pulled apart
    for expected in ("บันทึกข้อความ", "สำนักงานรัฐมนตรี", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "๒๕๖๙"):
        assert expected in words
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@needs_libreoffice
@needs_pdftotext
def test_a_reader_is_told_title_language_and_headings_of_a_pdf(tmp_path: Path) -> None:
    target = tmp_path / "memo.pdf"
    pdf.convert(memo(), target)
    told, parts = (
        subprocess.run(["pdfinfo", *options, str(target)], capture_output=True, check=True, encoding="utf-8").stdout
        for options in ((), ("-struct",))
    )
    assert re.search(r"Title: +ขอความเป็นธรรม", told)
    assert re.search(r"Tagged: +yes", told)
    assert parts.index("H1") < parts.index("H2")
    assert b"/Lang(th-TH)" in target.read_bytes()


@pytest.mark.slow
@needs_libreoffice
def test_the_profile_of_the_person_is_neither_needed_nor_touched(temporary: Path, tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])
    pdf.convert(memo(), tmp_path / "memo.pdf")
    assert [path for path in home.rglob("*") if "libreoffice" in path.name.lower()] == []


@needs_libreoffice
def test_what_takes_too_long_is_ended_and_leaves_nothing(temporary: Path, tmp_path: Path) -> None:
    target = tmp_path / "memo.pdf"
    target.write_bytes(b"the one of yesterday")
    with pytest.raises(Refused) as fault:
        pdf.convert(memo(), target, timeout=0.05)
    assert "LibreOffice" in one_line(fault.value)
    assert list(temporary.iterdir()) == []
    assert target.read_bytes() == b"the one of yesterday"


def test_without_libreoffice_it_says_so_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    if pdf.find_libreoffice():
        pytest.skip("LibreOffice stands where it is found without a PATH")
    with pytest.raises(Refused) as fault:
        pdf.convert(memo(), tmp_path / "memo.pdf")
    assert "LibreOffice" in one_line(fault.value)
    assert "libreoffice.org" in fault.value.hint
    assert not (tmp_path / "memo.pdf").exists()
    assert pdf.version() == ""


@needs_libreoffice
def test_what_is_no_word_file_is_refused(temporary: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as fault:
        pdf.convert(b"%PDF-1.7 not this way round", tmp_path / "memo.pdf")
    assert ".docx" in one_line(fault.value)
    assert list(temporary.iterdir()) == []


@posix
def test_what_libreoffice_complains_of_is_told_in_one_line(program: Program, temporary: Path, tmp_path: Path) -> None:
    program("soffice", "echo warning >&2; printf 'source file\\033 could not be loaded\\n\\n' >&2; exit 1")
    with pytest.raises(Refused) as fault:
        pdf.convert(memo(), tmp_path / "memo.pdf")
    assert "source file  could not be loaded" in one_line(fault.value)
    assert list(temporary.iterdir()) == []


@posix
def test_an_end_without_a_pdf_is_a_failure_whatever_the_exit_code_says(program: Program, tmp_path: Path) -> None:
    program("soffice", "exit 0")
    with pytest.raises(Refused) as fault:
        pdf.convert(memo(), tmp_path / "memo.pdf")
    one_line(fault.value)
    assert not (tmp_path / "memo.pdf").exists()


@posix
def test_a_target_that_cannot_be_written_is_refused(program: Program, tmp_path: Path) -> None:
    program("soffice", 'for last; do :; done; echo "%PDF" > "${last%.docx}.pdf"')
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as fault:
        pdf.convert(memo(), tmp_path / "file" / "memo.pdf")
    one_line(fault.value)
    pdf.convert(memo(), tmp_path / "memo.pdf")
    assert (tmp_path / "memo.pdf").read_bytes() == b"%PDF\n"


@posix
def test_the_paper_stands_where_nobody_else_can_read_it(program: Program, temporary: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program("soffice", f'for last; do :; done; ls -ld "$(dirname "$last")" > {seen}; echo "$TMPDIR" >> {seen}; exit 1')
    with pytest.raises(Refused):
        pdf.convert(memo(), tmp_path / "memo.pdf")
    rights, place = seen.read_text().splitlines()
    assert rights.startswith("drwx------")
    assert Path(place).parent == temporary


@posix
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_libreoffice_and_leaves_nothing(program: Program, temporary: Path, tmp_path: Path) -> None:
    card = tmp_path / "pid"
    # A person presses Ctrl-C while they wait, not in the instant in which Python is still starting the program.
    program("soffice", f"echo $$ > {card}\nsleep 1\nkill -INT $PPID\nexec sleep 600")
    with pytest.raises(KeyboardInterrupt):
        pdf.convert(memo(), tmp_path / "memo.pdf")
    assert list(temporary.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(card.read_text()), 0)


@needs_libreoffice
def test_what_a_killed_run_left_goes_with_the_next_one(temporary: Path) -> None:
    old, fresh, other = (temporary / name for name in ("srctl-pdf-old", "srctl-pdf-fresh", "somebody-else"))
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "paper.docx").write_bytes(b"x")
    for folder in (old, other):
        os.utime(folder, (time.time() - 7200,) * 2)
    assert pdf.version().startswith("LibreOffice ")
    assert sorted(path.name for path in temporary.iterdir()) == ["somebody-else", "srctl-pdf-fresh"]


# -- finding it ---------------------------------------------------------------------------------------


@posix
def test_a_program_in_the_folder_one_stands_in_is_never_run(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    bait = program("soffice", "exit 0")
    assert pdf.find_libreoffice() == bait
    monkeypatch.chdir(bait.parent)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".")))
    assert pdf.find_libreoffice() != Path("soffice")
    assert pdf.find_libreoffice() != bait


def test_the_usual_places_of_windows_and_macos() -> None:
    windows = {"ProgramFiles": "C:/Program Files", "ProgramW6432": "C:/Program Files", "ProgramFiles(x86)": "C:/x86"}
    assert [place.as_posix() for place in pdf.usual_places("win32", windows)] == [
        "C:/Program Files/LibreOffice/program/soffice.com",
        "C:/x86/LibreOffice/program/soffice.com",
    ]
    inside = "Applications/LibreOffice.app/Contents/MacOS/soffice"
    places = pdf.usual_places("darwin", {"HOME": "/Users/malee"})
    assert [place.as_posix() for place in places] == [f"/{inside}", f"/Users/malee/{inside}"]
    assert pdf.usual_places("linux", {}) == ()


# -- showing a file -----------------------------------------------------------------------------------


@linux
def test_a_file_is_shown_by_the_program_of_the_system(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program("xdg-open", f'printf "%s" "$1" > {tmp_path}/shown')
    monkeypatch.setenv("DISPLAY", ":0")
    paper = tmp_path / "-บันทึก $(x).docx"
    paper.write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    pdf.open_file(Path(paper.name))
    assert (tmp_path / "shown").read_text("utf-8") == str(paper)


@linux
def test_a_viewer_that_stays_open_is_not_waited_for(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    card = tmp_path / "pid"
    os.mkfifo(card)  # reading it waits for the writer
    program("xdg-open", f"echo $$ > {card}; exec sleep 600")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(pdf, "_VIEWER_STARTS", 0.05)
    paper = tmp_path / "memo.docx"
    paper.write_bytes(b"x")
    pdf.open_file(paper)
    viewer = int(card.read_text())
    os.kill(viewer, signal.SIGKILL)
    assert os.waitpid(viewer, 0)[0] == viewer


@linux
def test_what_cannot_be_shown_is_refused_with_the_place_of_the_file(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program("xdg-open", "exit 3")
    paper = tmp_path / "memo.docx"
    with pytest.raises(Refused, match=r"memo\.docx"):
        pdf.open_file(paper)
    paper.write_bytes(b"x")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    for screen in ("", ":0"):
        monkeypatch.setenv("DISPLAY", screen)
        with pytest.raises(Refused) as fault:
            pdf.open_file(paper)
        assert fault.value.hint == str(paper)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused):
        pdf.open_file(paper)


# -- fonts --------------------------------------------------------------------------------------------


def font_file(*names: tuple[int, int, str]) -> bytes:
    """Return a font of names alone: platform, name identifier, text."""
    strings, records = b"", b""
    for platform, identifier, text in names:
        raw = text.encode("latin-1" if platform == 1 else "utf-16-be")
        records += struct.pack(">6H", platform, 0, 0, identifier, len(raw), len(strings))
        strings += raw
    table = struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings
    head = struct.pack(">4s4H", b"\0\1\0\0", 2, 0, 0, 0) + struct.pack(">4s3I", b"cmap", 0, 44, 0)
    return head + struct.pack(">4s3I", b"name", 0, 44, len(table)) + table


def test_a_font_is_known_by_the_name_it_gives_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "THSarabun.TTF"
    file.parent.mkdir()
    file.write_bytes(font_file((1, 1, "THSarabunPSK"), (3, 1, "TH SarabunPSK"), (3, 4, "Something"), (3, 16, "TH")))
    (tmp_path / "THSarabunPSK.ttf").write_bytes(b"only its file name says so")
    assert pdf.families(file) == ("THSarabunPSK", "TH SarabunPSK", "TH")
    assert pdf.installed("TH SarabunPSK", [tmp_path]) == "THSarabunPSK"
    assert pdf.installed("TH Sarabun New", [tmp_path]) == ""
    assert pdf.installed("TH SarabunPSK", [tmp_path / "none"]) == ""


def test_a_broken_font_has_no_name(tmp_path: Path) -> None:
    whole = font_file((3, 1, "TH SarabunPSK"))
    file = tmp_path / "a.ttf"
    for length in range(50):
        file.write_bytes(whole[:length])
        assert pdf.families(file) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("TH SarabunPSK", "THSarabunPSK", True),
        ("TH SarabunPSK", "th sarabunpsk", True),
        ("TH SarabunPSK", "TH Sarabun New", False),
        ("TH SarabunPSK", "TH SarabunIT๙", False),
        ("TH SarabunPSK", "", False),
    ],
)
def test_spaces_and_case_make_no_other_font(one: str, other: str, same: bool) -> None:
    assert pdf.is_same(one, other) is same


@needs_laksaman
def test_the_font_answered_is_the_one_pages_come_out_in() -> None:
    assert pdf.typeface("Laksaman") == "Laksaman"
    assert not pdf.is_same(pdf.typeface("No Such Font At All"), "No Such Font At All")


def test_where_fonts_are_on_windows_and_macos() -> None:
    windows = {"WINDIR": "C:/Windows", "LOCALAPPDATA": "C:/Users/malee/AppData/Local"}
    assert [place.as_posix() for place in pdf.font_folders("win32", windows)] == [
        "C:/Windows/Fonts",
        "C:/Users/malee/AppData/Local/Microsoft/Windows/Fonts",
    ]
    places = pdf.font_folders("darwin", {"HOME": "/Users/malee"})
    assert [place.as_posix() for place in places] == ["/Library/Fonts", "/Users/malee/Library/Fonts"]
