"""What a file that came in is, judged by its bytes and not by its name alone; programs and macros are not let in.

Nothing is ever unpacked: of an archive only the list of its files is read, within a budget, and they are judged by
their names. Word files are looked into further, by :mod:`srctl.documents.docx.incoming`.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.thai import clean, printable

HEAD = 4096  # bytes from the beginning that tell what a file is
MAX_NAMES, MAX_UNPACKED = 5_000, 1_000_000_000  # of an archive; a scanned file of a thousand pages is smaller
_OLE, _ZIP, _MEDIA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"ftyp"
# Where and how the bytes of a file of each kind begin; none: plain text.
_BEGINS: Mapping[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF"),),
    "jpg": ((0, b"\xff\xd8\xff"),), "jpeg": ((0, b"\xff\xd8\xff"),), "png": ((0, b"\x89PNG"),),
    "gif": ((0, b"GIF8"),), "bmp": ((0, b"BM"),), "webp": ((8, b"WEBP"),), "heic": ((4, _MEDIA),),
    "tif": ((0, b"II*\0"), (0, b"MM\0*")), "tiff": ((0, b"II*\0"), (0, b"MM\0*")),
    "docx": ((0, _ZIP),), "xlsx": ((0, _ZIP),), "pptx": ((0, _ZIP),),
    "odt": ((0, _ZIP),), "ods": ((0, _ZIP),), "odp": ((0, _ZIP),),
    "doc": ((0, _OLE), (0, b"{\\rtf")), "xls": ((0, _OLE),), "ppt": ((0, _OLE),), "msg": ((0, _OLE),),
    "rtf": ((0, b"{\\rtf"),), "zip": ((0, _ZIP), (0, b"PK\x05\x06")),
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3")), "m4a": ((4, _MEDIA),), "wav": ((8, b"WAVE"),),
    "mp4": ((4, _MEDIA),), "mov": ((4, _MEDIA),),
    "txt": (), "csv": (), "eml": (),
}  # fmt: skip
# The types by which messages call these kinds (RFC 2046 and IANA); any other is so many bytes.
MIMES: Mapping[str, str] = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "tif": "image/tiff", "tiff": "image/tiff", "txt": "text/plain", "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xls": "application/vnd.ms-excel",
}  # fmt: skip
_INSIDE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "mimetype", "ods": "mimetype", "odp": "mimetype"}
_UNNAMED = ("pdf", "jpg", "png", "tif")  # a scanner may leave the ending out
_PROGRAM_ENDINGS = (
    "exe com bat cmd scr pif msi msp dll cpl jar js jse vbs vbe wsf wsh hta ps1 psm1 lnk reg inf sh bash apk app dmg"
    " pkg deb rpm docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam sldm"
)
_RUN = frozenset(_PROGRAM_ENDINGS.split())
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
             b"L\0\0\0\x01\x14\x02\0")  # fmt: skip
_MACROS = re.compile(r"vbaproject|vbadata|/activex/|/macrosheets/|^basic/|^scripts/", re.IGNORECASE)
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_MAIL = re.compile(rb"(?:^|\n)(?:received|from|date|subject|return-path|message-id|mime-version):", re.IGNORECASE)


def kinds() -> tuple[str, ...]:
    """The endings of the names of files that are kept."""
    return tuple(_BEGINS)


def ending_of(name: str) -> str:
    """The ending of the name of a file, without its dot and in small letters: ``pdf``."""
    return PurePath(name).suffix.lower().removeprefix(".")


def mime_of(ending: str) -> str:
    """The type by which a message calls a file with this ending."""
    return MIMES.get(ending, "application/octet-stream")


def judge(name: str, file: BinaryIO, wanted: Iterable[str] = ()) -> str:
    """The kind of the file of that name, by which it is stored: an ending out of :func:`kinds`.

    ``wanted`` are the kinds that are taken here; all of them when none are named.

    Raises:
        Refused: a program, a file with macros, of a kind that is not kept, not what its name says, a zip bomb.
    """
    head = file.read(HEAD)
    ending, taken = ending_of(name), tuple(wanted) or kinds()
    if ending in _RUN or head.startswith(_PROGRAMS):
        raise _refused(name, _("programs and files with macros are not kept"), _macro_free(ending))
    if not ending:
        ending = next((kind for kind in _UNNAMED if _begins(head, kind)), "")
    if ending not in taken:
        raise Refused(_("{file}: a file of this kind is not kept").format(file=_shown(name)), ", ".join(taken))
    if not _is(head, ending):
        message = _("{file} is not what its name says").format(file=_shown(name))
        raise Refused(message, _("open it, and save it again as .{ending}").format(ending=ending))
    file.seek(0)
    if head.startswith(b"PK"):
        _judge_archive(name, ending, file)
    elif head.startswith(_OLE) and _has_macros(file):
        raise _refused(name, _("programs and files with macros are not kept"), _("save it without macros"))
    file.seek(0)
    return ending


def nested_names(raw: bytes) -> tuple[str, ...]:
    """The names of the files in an archive, cleaned for display; none when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return tuple(clean(printable(_name(entry))) for entry in archive.infolist() if not entry.is_dir())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ()


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; Thai Windows writes it in its own letters and does not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    for encoding in ("utf-8", "cp874"):
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode(encoding)
    return entry.filename


def _begins(head: bytes, kind: str) -> bool:
    return any(head[at : at + len(mark)] == mark for at, mark in _BEGINS[kind])


def _is(head: bytes, kind: str) -> bool:
    if _BEGINS[kind]:
        return _begins(head, kind)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # text of Windows' Notepad ("Unicode")
        return kind != "eml"
    return b"\0" not in head and (kind != "eml" or _MAIL.search(head) is not None)


def _judge_archive(name: str, ending: str, file: BinaryIO) -> None:
    """Refuse an archive that is no such file, that would be too large unpacked, or that carries what is run."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refused(name, _("it is damaged"), _("ask for it again")) from None
    if len(entries) > MAX_NAMES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _refused(name, _("it unpacks to more than any paper"), _("ask for the papers one by one"))
    names = [_name(entry) for entry in entries]
    within = _INSIDE.get(ending, "")
    if within and not any(one.startswith(within) for one in names):
        message = _("{file} is not what its name says").format(file=_shown(name))
        raise Refused(message, _("open it, and save it again as .{ending}").format(ending=ending))
    for one in names:
        if _MACROS.search(one) or ending_of(one) in _RUN:
            raise _refused(name, _("it carries a program or macros ({name})").format(name=f"{_shown(one):.60}"),
                           _macro_free(ending))  # fmt: skip


def _has_macros(file: BinaryIO) -> bool:
    """Whether an old Office file, or a mail with one, has a project of macros: read in parts, however large it is."""
    file.seek(0)
    last = b""
    while part := file.read(1 << 20):
        if _OLE_MACROS in last + part:
            return True
        last = part[-len(_OLE_MACROS) :]
    return False


def _macro_free(ending: str) -> str:
    if ending in ("docm", "dotm"):
        return _("a Word file with macros is not taken: save it as .docx")
    return _("ask for a PDF, or save it without macros")


def _refused(name: str, reason: str, hint: str) -> Refused:
    return Refused(_("{file} is not taken: {reason}").format(file=_shown(name), reason=reason), hint)


def _shown(name: str) -> str:
    return clean(printable(name))
