"""How a photo is to be turned to stand upright: the orientation a camera notes (Exif 2.3, tag 0112). Reads only."""

_UPRIGHT_BY = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}  # what is mirrored is turned, and stays mirrored
_ORIENTATION, _MOST_TAGS = 0x0112, 200


def turn_of(picture: bytes) -> int:
    """By how many degrees clockwise the picture is to be turned; 0 for one that is no JPEG or says nothing of it."""
    at = 2 if picture[:2] == b"\xff\xd8" else len(picture)
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] not in (0xDA, 0xD9):
        size = int.from_bytes(picture[at + 2 : at + 4], "big")
        if picture[at + 1] == 0xE1 and picture[at + 4 : at + 10] == b"Exif\0\0":
            return _UPRIGHT_BY.get(_orientation(picture[at + 10 : at + 2 + size]), 0)
        at += 2 + size
    return 0


def _orientation(tiff: bytes) -> int:
    """The orientation in the first directory of the note, 0 where there is none."""

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if tiff[:2] == b"II" else "big")

    first = number(4, 4)
    tags = range(first + 2, first + 2 + 12 * min(number(first, 2), _MOST_TAGS), 12)
    return next((number(at + 8, 2) for at in tags if number(at, 2) == _ORIENTATION), 0)
