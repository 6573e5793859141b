"""The picture an office prints as its emblem: whether papers can show it. Reads only."""

from pathlib import Path

from srctl.core.i18n import _
from srctl.papers.composition import MAX_EMBLEM_BYTES

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"


def emblem_fault(root: Path, name: str) -> str:
    """Why no paper can show the picture ``name`` of the office folder; "" where it can."""
    path = root / name
    if not path.is_file():
        return _("{name} is not there").format(name=name)
    if not path.resolve().is_relative_to(root.resolve()) or path.stat().st_size > MAX_EMBLEM_BYTES:
        return _("the emblem is a picture of at most 5 MB inside the office folder")
    return "" if picture_height(path.read_bytes()) else _("{name} is neither a PNG nor a JPEG").format(name=name)


def picture_height(raw: bytes) -> int:
    """The height in pixels of a PNG or JPEG, 0 when it is neither."""
    if raw.startswith(_PNG) and raw[12:16] == b"IHDR":
        return int.from_bytes(raw[20:24], "big")
    at = len(_JPEG) if raw.startswith(_JPEG) else len(raw)
    while at + 9 <= len(raw) and raw[at] == 0xFF:
        kind = raw[at + 1]
        # Start of frame, whichever way the picture is coded; C4, C8 and CC are other things.
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(raw[at + 5 : at + 7], "big")
        at += 1 if kind == 0xFF else 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return 0
