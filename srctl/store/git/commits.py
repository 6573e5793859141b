"""Commits as values, and how the output of `git log` is read into them. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime

from srctl.core.dates import BANGKOK
from srctl.core.records import NamedTuple

LOG_FORMAT = "--format=%H%n%an%n%ae%n%aI%n%s%n%b"


class Commit(NamedTuple):
    """One recorded action: who, when, the sentence, the rest of the message and its trailers."""

    id: str
    author_name: str
    author_email: str
    at: datetime
    subject: str
    body: str
    trailers: Mapping[str, str]


class Touched(NamedTuple):
    """A commit with the files it changed: path to the ids of the old and the new blob (zeros: no file)."""

    commit: Commit
    files: Mapping[str, tuple[str, str]]
    has_parent: bool


def parse_commit(record: str) -> Commit:
    """Parse one record of ``git log``; a date out of range becomes the year 1970."""
    identity, name, email, at, subject, body = (record + "\n" * 5).split("\n", 5)
    try:
        moment = datetime.fromisoformat(at).astimezone(BANGKOK)
    except (ValueError, OverflowError):
        moment = datetime.fromtimestamp(0, UTC)
    body = body.strip("\n")
    return Commit(identity, name, email, moment, subject, body, trailers_of(body))


def parse_raw(lines: str) -> dict[str, tuple[str, str]]:
    """The files of a ``--raw`` diff: path to old and new blob."""
    found = {}
    for line in lines.splitlines():
        fields, _tab, path = line.partition("\t")
        if fields.startswith(":"):
            _old_mode, _new_mode, old, new, _status = fields.split()
            found[path] = (old, new)
    return found


def moment_of(seconds: int) -> datetime:
    """A committer's time; one out of range becomes the year 1970, as in :func:`parse_commit`."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def trailers_of(body: str) -> dict[str, str]:
    """Return the ``Key: value`` lines of the last paragraph, if it holds nothing else (row 23)."""
    found = {}
    for line in body.rpartition("\n\n")[2].split("\n"):
        key, colon, value = line.partition(": ")
        if not colon or not key.replace("-", "").isalnum() or not key.isascii():
            return {}
        found[key] = value.strip()
    return found
