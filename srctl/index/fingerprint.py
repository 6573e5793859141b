"""The fingerprint of the running code: an index made by other code is not trusted.

A version number changes with a release only; rules and words change with each pull of a checkout. So two numbers
identify the code and its catalogues. The stamp, of the ``stat`` of the files, costs a listing of a few folders; the
digest, of their contents, is computed only where the stamp differs (installed again, checked out again, a second
installation). Wings that the index knows nothing of are left out (`.importlinter` holds that it does not): nothing it
keeps is worked out by them.
"""

import os
from collections.abc import Iterator
from functools import cache

import srctl

_BITS = 0x7FFF_FFFF  # what SQLite stores as user_version and application_id
_ENDINGS = (".py", ".mo")
_LEFT_OUT = ("cli", "audit", "reports", "papers", "documents", "starter", "walks", "__pycache__")


@cache
def code_stamp() -> int:
    """A number that stays the same while no file is written, moved or replaced; never 0."""
    # Both times: mtime can be set back by hand, ctime cannot. Clocks may go wrong: times are only compared for
    # equality.
    found = [each.stat() for each in _files(_home())]
    return sum(hash((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)) for s in found) & _BITS or 1


@cache
def code_digest() -> int:
    """A checksum of the names and contents of the files, whatever installation they belong to; never 0."""
    from binascii import crc32

    found, home = 0, _home()
    for path in sorted(each.path for each in _files(home)):
        found = crc32(path.removeprefix(home).encode(), found)
        with open(path, "rb") as file:  # noqa: PTH123 - making a Path takes as long as reading
            found = crc32(file.read(), found)
    return found & _BITS or 1


def _home() -> str:
    return srctl.__path__[0]


def _files(folder: str) -> "Iterator[os.DirEntry[str]]":
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_ENDINGS):
                yield entry
            elif entry.is_dir() and entry.name not in _LEFT_OUT:
                yield from _files(entry.path)
