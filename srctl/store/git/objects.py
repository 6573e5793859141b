"""Git objects as bytes: ids, trees and commits, written and read without git. Pure.

So an action needs no git process for its objects, and only the folders on the way to a changed
file are rebuilt, however large the office.
"""

import os
import re
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime

from srctl.core.records import NamedTuple

try:
    # The same without OpenSSL, which takes longer to load than many a git call.
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha1

FILE, FOLDER = b"100644", b"40000"

_CRUD = "".join(map(chr, range(33))) + ".,:;<>\"\\'"  # what git strips from the ends of a name
_BARRED = str.maketrans("", "", "<>\n\0")


class TreeEntry(NamedTuple):
    """One line of a tree: mode as git writes it (``120000``: a link) and object id."""

    mode: bytes
    id: str


class TreeUpdate(NamedTuple):
    """A tree after a change of files: the new root's id and the tree objects to write."""

    root: str
    trees: list[tuple[str, bytes]]


Folder = dict[bytes, TreeEntry]


def identify(kind: str, data: bytes, algorithm: str) -> str:
    """Return the id git gives to an object of this kind and content (``sha1`` or ``sha256``)."""
    headed = _headed(kind, data)
    if algorithm == "sha1":
        name: str = sha1(headed, usedforsecurity=False).hexdigest()
        return name
    import hashlib

    return hashlib.new(algorithm, headed).hexdigest()


def read_tree(data: bytes, width: int) -> Folder:
    """Read a tree object whose ids are ``width`` bytes wide (20 or 32)."""
    entries: Folder = {}
    at = 0
    while at < len(data):
        space = data.index(b" ", at)
        end = data.index(b"\0", space)
        entries[data[space + 1 : end]] = TreeEntry(data[at:space], data[end + 1 : end + 1 + width].hex())
        at = end + 1 + width
    return entries


def tree_names(data: bytes, width: int) -> list[str]:
    """The names of a tree's entries alone: much quicker than :func:`read_tree`."""
    return [os.fsdecode(name) for name in re.findall(rb"[0-7]+ ([^\0]+)\0.{%d}" % width, data, re.DOTALL)]


def write_tree(entries: Folder) -> bytes:
    """The tree object, in git's order: a folder sorts as if its name ended in ``/``."""
    order = sorted(entries.items(), key=lambda item: item[0] + b"/" * (item[1].mode == FOLDER))
    return b"".join(b"%s %s\0%s" % (entry.mode, name, bytes.fromhex(entry.id)) for name, entry in order)


def update_tree(files: Mapping[str, str | None], folder: Callable[[str], Folder], algorithm: str) -> TreeUpdate:
    """Set ``files`` (path to blob id, None: delete) into the tree that ``folder`` (by path) reads.

    Only the folders on the way are rebuilt; a folder left empty is removed. NotADirectoryError or
    IsADirectoryError when a file stands where a folder is needed, or the other way round.
    """
    opened: dict[str, Folder] = {"": dict(folder(""))}
    for path, blob in files.items():
        parts = path.split("/")
        for depth in range(1, len(parts)):
            above = "/".join(parts[:depth])
            if above not in opened:
                opened[above] = dict(folder(above))
        _set(opened["/".join(parts[:-1])], parts[-1], TreeEntry(FILE, blob) if blob else None)
    trees = []
    for path in sorted(opened, key=lambda path: path.count("/") + bool(path), reverse=True):
        data = write_tree(opened[path])
        identity = identify("tree", data, algorithm)
        if opened[path] or not path:
            trees.append(("tree", data))
        if not path:
            return TreeUpdate(identity, trees)
        above, _slash, name = path.rpartition("/")
        _set(opened[above], name, TreeEntry(FOLDER, identity) if opened[path] else None)
    raise AssertionError("the root is always opened")


def write_commit(tree: str, parent: str | None, message: str, name: str, email: str, at: datetime) -> bytes:
    """The commit object that ``git commit-tree`` would write; author and committer are the same.

    ValueError when nothing is left of the name, or the message holds a NUL: git keeps neither.
    """
    who = name.translate(_BARRED).strip(_CRUD)
    if not who or "\0" in message:
        raise ValueError(message if who else name)
    moment = at if at.tzinfo else at.astimezone()
    stamp = f"{who} <{email.translate(_BARRED).strip(_CRUD)}> {int(moment.timestamp())} {moment:%z}"
    above = f"parent {parent}\n" if parent else ""
    return f"tree {tree}\n{above}author {stamp}\ncommitter {stamp}\n\n{message}".encode("utf-8", "replace")


def loose(kind: str, data: bytes) -> bytes:
    """The bytes of a loose object file."""
    return zlib.compress(_headed(kind, data), 1)


def _headed(kind: str, data: bytes) -> bytes:
    return b"%s %d\0%s" % (kind.encode(), len(data), data)


def _set(entries: Folder, name: str, entry: TreeEntry | None) -> None:
    """Set or delete one name of an opened folder; a file never replaces a folder."""
    key = name.encode()
    if entry is None:
        entries.pop(key, None)
    elif key in entries and (entries[key].mode == FOLDER) != (entry.mode == FOLDER):
        raise IsADirectoryError(name) if entries[key].mode == FOLDER else NotADirectoryError(name)
    else:
        entries[key] = entry
