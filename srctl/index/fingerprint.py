"""What the code at work is known by: what was worked out by other code is not believed. Floor 2.

A version number changes with a release; rules and words change with each pull of a checkout. So two numbers stand for
the code and its catalogues: the stamp, of the files as the disk has them, costs a look into a few folders; the digest,
of what stands in them, is asked for only where the stamp is another (installed again, checked out again, a second
installation). The face is left out: it shows and keeps nothing.
"""

import os
from collections.abc import Iterator
from functools import cache

import srctl

_BITS = 0x7FFF_FFFF  # what SQLite keeps as a number of a file
_ENDINGS = (".py", ".mo")
_LEFT_OUT = ("cli", "__pycache__")


@cache
def code_stamp() -> int:
    """A number that the files keep while none is written, moved or replaced; never 0."""
    # Both times: that of the change can be set back by hand, that of the node cannot. Clocks may go wrong: only
    # whether a time is the same counts.
    found = [each.stat() for each in _files(_home())]
    return sum(hash((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino)) for s in found) & _BITS or 1


@cache
def code_digest() -> int:
    """A number of the names and contents of the files, whatever installation they belong to; never 0."""
    from binascii import crc32

    found, home = 0, _home()
    for path in sorted(each.path for each in _files(home)):
        found = crc32(path.removeprefix(home).encode(), found)
        with open(path, "rb") as file:  # noqa: PTH123 - no path but those the folders told
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
