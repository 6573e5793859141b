"""Word papers converted to PDF, fonts found, files opened. The only door to LibreOffice.

Papers name people, so LibreOffice works in a folder of its own that is gone when it ends, however it
ends, and with a profile of its own: it may be open at the same time, and remembers nothing.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext
from srctl.store import outputfile

TIMEOUT = 120.0  # seconds; the first start of LibreOffice on an old machine takes one minute
_EACH = 5.0  # seconds more for each paper of many
_SHORT = 20.0  # seconds for a program that only answers a question
_NAME = "LibreOffice"
_PREFIX = "srctl-pdf-"
_LEFT = 3600.0  # seconds after which a folder is no longer anybody's work
_CLEAR_TRIES = 20
_PRINTS = 60.0  # seconds in which a printing program takes a file
_VIEWER_STARTS = 3.0  # seconds in which a viewer that cannot start fails
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard")
# Read aloud in order, with the headings for an outline and the paper's own title on the window.
_TAGGED = ("UseTaggedPDF", "ExportBookmarks", "DisplayPDFDocumentTitle")
_ACCESSIBLE = json.dumps({name: {"type": "boolean", "value": "true"} for name in _TAGGED})
_FAMILY, _WHOLE_FAMILY = 1, 16  # name identifiers of a font (OpenType, table "name")


# -- LibreOffice --------------------------------------------------------------------------------------


def find_libreoffice() -> Path | None:
    """Return the LibreOffice program: on the PATH, else where it usually is; None when there is none."""
    names = ("soffice.com", "soffice.exe") if os.name == "nt" else ("soffice", "libreoffice")
    for name in names:
        if found := _on_path(name):
            return found
    usual = usual_places(sys.platform, os.environ)
    return next((place for place in usual if place.is_file() and os.access(place, os.X_OK)), None)


def usual_places(platform: str, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The places LibreOffice installs itself in on Windows and macOS, which put it on no PATH."""
    if platform == "win32":
        keys = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
        folders = dict.fromkeys(environment[key] for key in keys if environment.get(key))
        # soffice.com waits and answers on the console; soffice.exe need not.
        return tuple(Path(folder, "LibreOffice", "program", "soffice.com") for folder in folders)
    if platform == "darwin":
        inside = "Applications/LibreOffice.app/Contents/MacOS/soffice"
        return tuple(Path(folder, inside) for folder in ("/", environment.get("HOME", "/")))
    return ()


def version() -> str:
    """Name and version of LibreOffice (``LibreOffice 7.4.7.2``), "" when it is missing or silent."""
    program = find_libreoffice()
    if program is None:
        return ""
    with _private_folder() as folder:
        code, answer = _run(_NAME, [str(program), _profile(folder), "--version"], _SHORT, folder)
    return " ".join(answer.split()[:2]) if code == 0 else ""


def convert(docx: bytes, target: Path, *, timeout: float = TIMEOUT) -> None:
    """Write the Word paper ``docx`` as PDF to ``target``, whole or not at all, within ``timeout`` seconds.

    Raises:
        Refused: LibreOffice is missing, too slow, or cannot convert it; or ``target`` cannot be written.
    """
    program = _libreoffice()
    from srctl.documents.docx.word_file import preview  # python-docx only where there is something to convert

    try:
        shown = preview(docx)
    except ValueError:
        raise Refused(_("this is not a Word file (.docx)"), _("save it as .docx in Word")) from None
    made, answer = _converted(program, [shown], timeout)
    if made[0] is None:
        raise _failed(answer)
    outputfile.save(target, made[0], _("close it where it is open, or give another place"))


def convert_all(papers: Sequence[bytes]) -> list[bytes | None]:
    """The Word papers as PDF, in one start of LibreOffice; None for one that it cannot convert.

    Raises:
        Refused: LibreOffice is missing or too slow.
    """
    program = _libreoffice()
    from srctl.documents.docx.word_file import preview

    shown: list[bytes | None] = []
    for paper in papers:
        try:
            shown.append(preview(paper))
        except ValueError:
            shown.append(None)
    whole = [paper for paper in shown if paper is not None]
    made, _answer = _converted(program, whole, TIMEOUT + _EACH * len(whole))
    if len(whole) > 1:  # one that brings LibreOffice down takes with it those behind it
        made = [pdf or _converted(program, [paper], TIMEOUT)[0][0] for pdf, paper in zip(made, whole, strict=True)]
    found = iter(made)
    return [next(found) if paper is not None else None for paper in shown]


def _libreoffice() -> Path:
    program = find_libreoffice()
    if program is None:
        raise Refused(
            _("LibreOffice, which makes the PDF, is not installed"),
            _("Install it: `apt install libreoffice-writer`, or from libreoffice.org; or save as PDF in Word"),
        )
    return program


def _converted(program: Path, papers: Sequence[bytes], timeout: float) -> tuple[list[bytes | None], str]:
    """The papers, made ready for LibreOffice, as PDF, and what it said.

    It is given preview copies: it justifies Thai and numbers pages otherwise than Word (thai-papers §3.1 items 5 and
    7), and its page breaks are an estimate of Word's.
    """
    if not papers:
        return [], ""
    with _private_folder() as folder:
        files = [folder / f"paper{n}.docx" for n in range(len(papers))]
        for file, paper in zip(files, papers, strict=True):
            file.write_bytes(paper)
        words = [str(program), _profile(folder), *_OPTIONS, "--convert-to", f"pdf:writer_pdf_Export:{_ACCESSIBLE}"]
        code, answer = _run(_NAME, [*words, "--outdir", str(folder), *map(str, files)], timeout, folder)
        made = [file.with_suffix(".pdf") for file in files]
        if code and len(papers) == 1:
            return [None], answer
        return [pdf.read_bytes() if pdf.is_file() else None for pdf in made], answer


def _profile(folder: Path) -> str:
    return f"-env:UserInstallation={(folder / 'profile').as_uri()}"


def _failed(answer: str) -> Refused:
    """Return the refusal with the last line LibreOffice printed."""
    lines = [line for line in answer.splitlines() if line.strip()]
    reason = "".join(c if c.isprintable() else " " for c in lines[-1])[:200] if lines else _("it said nothing")
    return Refused(
        _("LibreOffice could not make the PDF: {reason}").format(reason=reason),
        _("open the Word file and save it as PDF there; `{command}` looks at LibreOffice").format(
            command=CommandLine("doctor")
        ),
    )


# -- programs -----------------------------------------------------------------------------------------


def _on_path(name: str) -> Path | None:
    """Find a program on the PATH, never in the current folder: an office may hold one of that name."""
    for folder in os.get_exec_path():
        candidate = Path(folder, name)
        if candidate.is_absolute() and _is_file(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return None


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except PermissionError:  # a folder of somebody else on the PATH
        return False


def _run(name: str, words: list[str], timeout: float, folder: Path | None = None) -> tuple[int, str]:
    """Run a program without a shell; return its exit code and output. It and its children end here."""
    # What it drops while it works belongs in the folder that goes away, too.
    places = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder)) if folder else {}
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **places}, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise Refused(
            _("{program} cannot be started: {why}").format(program=name, why=error.strerror or error),
            _("`{command}` looks at what is installed").format(command=CommandLine("doctor")),
        ) from None
    try:
        output, _nothing = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _end(process)
        message = ngettext(
            "{program} did not finish within {n:g} second", "{program} did not finish within {n:g} seconds", timeout
        )
        raise Refused(
            message.format(program=name, n=timeout),
            _("run the command again: the first start is the slowest"),
        ) from None
    except BaseException:
        _end(process)
        raise
    return process.returncode, output.decode("utf-8", "replace")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a program and what it started (LibreOffice's own program starts another one), and wait."""
    if sys.platform == "win32":
        killer = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "taskkill.exe")
        quiet = subprocess.DEVNULL
        with suppress(OSError):
            words = [str(killer), "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(words, check=False, stdin=quiet, stdout=quiet, stderr=quiet)
    else:
        import signal

        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()


@contextmanager
def _private_folder() -> Iterator[Path]:
    """Yield a folder nobody else can read, removed afterwards; folders of killed runs are removed first."""
    for leftover in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _LEFT:
                shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        yield folder
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    """Remove a folder; a program just killed may hold a file for a moment."""
    for _try in range(_CLEAR_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)


# -- viewers ------------------------------------------------------------------------------------------


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it, and do not wait for that to end.

    Raises:
        Refused: the file is not there, there is no screen, or no program for it.
    """
    file = path.absolute()
    if not file.is_file():
        raise Refused(_("there is no file {file}").format(file=file))
    if sys.platform == "win32":
        try:
            os.startfile(file)
        except OSError:
            raise _no_viewer(file) from None
        return
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    opener = _on_path("open" if sys.platform == "darwin" else "xdg-open")
    if not has_screen or opener is None or not _started([str(opener), str(file)]):
        raise _no_viewer(file)


def print_file(path: Path) -> None:
    """Send a file to the printer of the machine; a Word file becomes a PDF first where that is needed.

    Raises:
        Refused: there is no printing program, or it did not take the file; the hint says how it is printed by hand.
    """
    file = path.absolute()
    by_hand = _("open it and print it there: {file}").format(file=file)
    if sys.platform == "win32":
        try:
            os.startfile(file, "print")
        except OSError:
            raise Refused(_("no program here prints {name}").format(name=file.name), by_hand) from None
        return
    printer = _on_path("lp") or _on_path("lpr")
    if printer is None:
        raise Refused(_("no program here prints {name}").format(name=file.name), by_hand)
    with _private_folder() as folder:
        if file.suffix.lower() == ".docx":
            made = folder / f"{file.stem}.pdf"
            convert(file.read_bytes(), made)
            file = made
        code, answer = _run(printer.name, [str(printer), str(file)], _PRINTS, folder)
    if code:
        said = " ".join(answer.split())[:200] or _("it said nothing")
        raise Refused(_("{program} did not print it: {reason}").format(program=printer.name, reason=said), by_hand)


def _started(words: list[str]) -> bool:
    """Start a viewer on its own; False when it fails at once."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    try:
        return process.wait(_VIEWER_STARTS) == 0
    except subprocess.TimeoutExpired:
        process.returncode = 0  # it is showing the file: not ours to wait for any longer
        return True


def _no_viewer(file: Path) -> Refused:
    return Refused(_("there is no program here to show {name}").format(name=file.name), str(file))


# -- fonts --------------------------------------------------------------------------------------------


def typeface(family: str) -> str:
    """The font pages really come out in when ``family`` is asked for; "" when that is unknown."""
    asker = None if sys.platform == "win32" else _on_path("fc-match")
    if asker:
        code, answer = _run(asker.name, [str(asker), "--format=%{family}", family], _SHORT)
        answered = [name.strip() for name in answer.split(",")]
        same = next((name for name in answered if is_same(name, family)), answered[0])
        return same if code == 0 else ""
    return installed(family, font_folders(sys.platform, os.environ))


def installed(family: str, folders: Iterable[Path]) -> str:
    """Return ``family`` as a font file below ``folders`` calls itself, "" when there is no such file."""
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix.lower() in (".ttf", ".otf"))
    return next((name for file in files for name in families(file) if is_same(name, family)), "")


def is_same(one: str, other: str) -> bool:
    """Whether two names mean one font: Windows also knows TH SarabunPSK as THSarabunPSK."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def font_folders(platform: str, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders of installed fonts, for all and for one person, on systems that cannot be asked."""
    if platform == "win32":
        mine = environment.get("LOCALAPPDATA")
        windows = Path(environment.get("WINDIR", "C:/Windows"), "Fonts")
        return (windows, Path(mine, "Microsoft", "Windows", "Fonts")) if mine else (windows,)
    if platform == "darwin":
        return tuple(Path(base, "Library/Fonts") for base in ("/", environment.get("HOME", "/")))
    return ()


def families(font: Path) -> tuple[str, ...]:
    """Return the family names a TrueType or OpenType file gives itself; none when it is not one."""
    try:
        with font.open("rb") as file:
            return tuple(dict.fromkeys(_families(file)))
    except (OSError, struct.error):
        return ()


def _families(file: BinaryIO) -> Iterator[str]:
    (count,) = struct.unpack_from(">H", file.read(12), 4)
    for tag, _check, at, size in struct.iter_unpack(">4s3I", file.read(16 * count)):
        if tag != b"name":
            continue
        file.seek(at)
        names = file.read(size)
        count, strings = struct.unpack_from(">2H", names, 2)
        for platform, _code, _language, name, length, offset in struct.iter_unpack(">6H", names[6 : 6 + 12 * count]):
            if name in (_FAMILY, _WHOLE_FAMILY):
                raw = names[strings + offset : strings + offset + length]
                yield raw.decode("latin-1" if platform == 1 else "utf-16-be", "replace")
