"""YAML read by one rule, at two speeds: every scalar is the text that stands there.

A phone number keeps its 0, 12:30 stays 12:30 and ``no`` stays ``no``: types are the model's business (performance
reference, section 3). A file as srctl writes it is read without any library; all else, and every fault, goes to the
composer, imported only then. Both read the same (``tests/test_yaml_speeds.py``).
"""

import stat
from pathlib import Path

from srctl.core.i18n import _
from srctl.store.yaml.fast_reader import read_canonical
from srctl.store.yaml.guards import MAX_BYTES, ReadingError, decode, too_large
from srctl.store.yaml.source import Source


def read_text(raw: bytes, path: Path) -> Source:
    """Read the bytes of the file ``path``; faults come back as problems, nothing is raised."""
    text = ""
    try:
        text = decode(raw)
        data = read_canonical(text)
        if data is not None:
            return Source(path, text, data, (), raw, canonical=True)
        from srctl.store.yaml.composer import compose_yaml

        return Source(path, text, compose_yaml(text), (), raw)
    except ReadingError as fault:
        return Source(path, text, None, (fault.at(path),), raw)


def read_file(path: Path, shown: Path | None = None) -> Source:
    """Read the file ``path`` (shown as ``shown``); links, folders, devices and oversized files are refused unread."""
    shown = shown or path
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            fault = ReadingError(
                0,
                "symlink",
                _("the file is a link to another file"),
                _("put the file itself in its place"),
            )
        elif not stat.S_ISREG(status.st_mode):
            fault = ReadingError(0, "not-a-file", _("this is not an ordinary file"))
        elif status.st_size > MAX_BYTES:
            fault = too_large(status.st_size)
        else:
            return read_text(path.read_bytes(), shown)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fault = ReadingError(0, "unreadable", _("cannot be opened: {reason}").format(reason=reason))
    return Source(shown, "", None, (fault.at(shown),))
