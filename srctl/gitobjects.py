"""The bytes git keeps: ids, trees and packs, made and read without git. Floor 2, pure.

Making trees here means that an action costs one git process for all its objects instead of one
each, and that only the folders on the way to a changed file are touched, however large the office.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

FILE, FOLDER = b"100644", b"40000"

_PACK_KINDS = {"commit": 1, "tree": 2, "blob": 3}


class Entry(NamedTuple):
    """One line of a folder: mode as git writes it (``120000``: a link) and object id."""

    mode: bytes
    id: str


class Plant(NamedTuple):
    """What a change of files makes of a tree: the new root's id and the tree objects to write."""

    root: str
    trees: list[tuple[str, bytes]]


Folder = dict[bytes, Entry]


def identify(kind: str, data: bytes, algorithm: str) -> str:
    """Return the id git gives to an object of this kind and content (``sha1`` or ``sha256``)."""
    return hashlib.new(algorithm, b"%s %d\0%s" % (kind.encode(), len(data), data)).hexdigest()


def read_tree(data: bytes, width: int) -> Folder:
    """Read a tree object whose ids are ``width`` bytes wide (20 or 32)."""
    entries: Folder = {}
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        entries[data[space + 1 : end]] = Entry(data[at:space], data[end + 1 : end + 1 + width].hex())
        at = end + 1 + width
    return entries


def write_tree(entries: Folder) -> bytes:
    """Return the tree object in git's order: a folder sorts as if its name ended in ``/``."""
    order = sorted(entries.items(), key=lambda item: item[0] + b"/" * (item[1].mode == FOLDER))
    return b"".join(b"%s %s\0%s" % (entry.mode, name, bytes.fromhex(entry.id)) for name, entry in order)


def plant(files: Mapping[str, str | None], folder: Callable[[str], Folder], algorithm: str) -> Plant:
    """Set ``files`` (path to blob id, None: delete) into the tree that ``folder`` (by path) reads.

    Only the folders on the way are made anew; a folder left empty goes. NotADirectoryError or
    IsADirectoryError when a file stands where a folder is needed, or the other way round.
    """
    opened: dict[str, Folder] = {"": dict(folder(""))}
    for path, blob in files.items():
        parts = path.split("/")
        for depth in range(1, len(parts)):
            above = "/".join(parts[:depth])
            if above not in opened:
                opened[above] = dict(folder(above))
        _set(opened["/".join(parts[:-1])], parts[-1], Entry(FILE, blob) if blob else None)
    trees = []
    for path in sorted(opened, key=lambda path: path.count("/") + bool(path), reverse=True):
        data = write_tree(opened[path])
        identity = identify("tree", data, algorithm)
        if opened[path] or not path:
            trees.append(("tree", data))
        if not path:
            return Plant(identity, trees)
        above, _slash, name = path.rpartition("/")
        _set(opened[above], name, Entry(FOLDER, identity) if opened[path] else None)
    raise AssertionError("the root is always opened")


def pack(objects: list[tuple[str, bytes]], algorithm: str) -> bytes:
    """Return a pack stream of whole objects, as ``git unpack-objects`` reads it."""
    parts = [b"PACK", struct.pack(">II", 2, len(objects))]
    for kind, data in objects:
        size = len(data)
        byte = _PACK_KINDS[kind] << 4 | size & 0x0F
        size >>= 4
        header = bytearray()
        while size:
            header.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        header.append(byte)
        parts += [bytes(header), zlib.compress(data, 1)]
    body = b"".join(parts)
    return body + hashlib.new(algorithm, body).digest()


def _set(entries: Folder, name: str, entry: Entry | None) -> None:
    """Put or take one name of an opened folder, never a file over a folder."""
    key = name.encode()
    if entry is None:
        entries.pop(key, None)
    elif key in entries and (entries[key].mode == FOLDER) != (entry.mode == FOLDER):
        raise IsADirectoryError(name) if entries[key].mode == FOLDER else NotADirectoryError(name)
    else:
        entries[key] = entry
