"""What another git program took back: recorded acts that a commit of its own, or a reset, left out again.

A clerk's own `git commit`, `stash`, `checkout` or `reset` may put an older file over one that srctl recorded. Commits
since the anchor that no action of srctl made are compared with their parents: of a case the log entries, which are only
ever added; of any other file whether it was deleted or set back to bytes it had before.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, Problem, Refused, SrctlError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case_id import ID
from srctl.model.labels import action_word
from srctl.store import anchor as anchors
from srctl.store.anchor import Anchor, TakenBack
from srctl.store.git.commits import trailers_of
from srctl.store.git.process import GitRefused, Objects
from srctl.store.git.repository import Repo
from srctl.store.yaml.reader import read_text

CASE = re.compile(rf"cases/[0-9]+/[0-9]+/{ID}\.yaml", re.ASCII)
_KEPT = re.compile(r"cases/|contacts/|templates/|office\.yaml$|absences\.yaml$")
_FORMAT = "--format=%x00%H%x00%an%x00%cI%x00%b%x00"

Entry = dict[str, Any]


class _Change(NamedTuple):
    """A file between a commit and one of its parents, as blobs ("": no file), and by whom and when it was changed."""

    path: str
    old: str
    new: str
    parent: str
    commit: str
    by: str
    at: str


def judged(repo: Repo, objects: Objects, known: Anchor | None, head: str) -> Anchor:
    """The anchor at ``head``: what commits since ``known`` took back, and of what was known before what still is."""
    if known is None:
        return Anchor(head)
    taken = [*known.taken]
    if known.head != head:
        with suppress(GitRefused):  # the commit judged last may be gone: then there is nothing to compare with
            taken += [found for change in _changes(repo, known.head, head) for found in _judge(repo, objects, change)]
    still = [each for each in dict.fromkeys(taken) if _is_missing(objects, each, head)]
    return Anchor(head, tuple(still))


def current(root: Path) -> tuple[TakenBack, ...]:
    """What is taken back in the office at ``root`` now; where nothing was committed since, two files are read."""
    head, known = anchors.head_of(root), anchors.read(root)
    if not head or (known and known.head == head and not known.taken):
        return ()
    repo = Repo(root)
    try:
        with repo.objects() as objects:
            if objects.get(head) is None:
                return ()
            found = judged(repo, objects, known, head)
    except SrctlError:  # the command itself says what is wrong with git
        return known.taken if known else ()
    if found != known:
        anchors.write(root, found)
    return found.taken


def lost_entries(objects: Objects, taken: TakenBack, rev: str) -> list[Entry]:
    """The log entries of the case that ``rev`` does not hold; none of a file that is no case."""
    if not CASE.fullmatch(taken.path):
        return []
    now = objects.get(f"{rev}:{taken.path}")
    return missing_entries(objects.need(taken.was).data, now.data if now else b"")


def missing_entries(before: bytes, after: bytes) -> list[Entry]:
    """The log entries of a case file that its bytes ``after`` lack; all of them when these cannot be read."""
    had, has = log_of(before), log_of(after)
    return [entry for entry in had if entry not in has]


def log_of(raw: bytes) -> list[Any]:
    """The log entries in the bytes of a case file, as plain data; none when it cannot be read."""
    log = (read_text(raw, Path()).data or {}).get("log")
    return log if isinstance(log, list) else []


def lost_acts(root: Path) -> list[Problem]:
    """What was taken back in the office at ``root`` and nobody has brought back yet, one problem a file."""
    found = current(root)
    return problems(root, found) if found else []


def problems(root: Path, found: Iterable[TakenBack]) -> list[Problem]:
    """One problem for each file: what of it was taken back, by whose commit and when."""
    with Repo(root).objects() as objects:
        return [_problem(objects, taken) for taken in found]


def refuse_building_on(found: Iterable[Problem], paths: Iterable[str]) -> None:
    """Refuse an action on a file that was set back: what it builds on is not what was recorded."""
    touched = {*paths}
    for problem in found:
        if problem.path.as_posix() in touched:
            raise Refused(f"{problem.path}: {problem.message}", CommandLine("repair"))


def _changes(repo: Repo, before: str, head: str) -> Iterator[_Change]:
    """The files changed from ``before`` to ``head`` by commits that are not srctl's, oldest first."""
    if not repo.is_ancestor(before, head):
        by, at = repo.last_moved()
        lines = repo.run("diff-tree", "-r", "--no-renames", "--no-abbrev", "--raw", before, head)
        yield from _raw(lines.decode("utf-8", "replace"), before, "", by, at)
    words = ["-c", "core.quotePath=false", "log", "-m", "--raw", "--no-abbrev", "--no-renames", "--reverse"]
    out = repo.run(*words, _FORMAT, f"{before}..{head}").decode("utf-8", "replace").split("\0")[1:]
    for commit, by, at, body, lines in zip(*(out[n::5] for n in range(5)), strict=False):
        if "Srctl-Action" not in trailers_of(body.strip("\n")):
            yield from _raw(lines, f"{commit}^", commit, by, at)


def _raw(lines: str, parent: str, commit: str, by: str, at: str) -> Iterator[_Change]:
    for line in lines.splitlines():
        fields, _tab, path = line.partition("\t")
        if fields.startswith(":"):
            _old_mode, _new_mode, old, new, _status = fields.split()
            yield _Change(path, _blob(old), _blob(new), parent, commit, by, at)


def _blob(identity: str) -> str:
    return identity if identity.strip("0") else ""


def _judge(repo: Repo, objects: Objects, change: _Change) -> Iterator[TakenBack]:
    """What the change took back: nothing, or the file as it was."""
    if not change.old or not _KEPT.match(change.path):
        return
    if CASE.fullmatch(change.path):
        after = objects.get(change.new) if change.new else None
        before = objects.get(change.old)
        lost = bool(before and missing_entries(before.data, after.data if after else b""))
    else:
        lost = not change.new or _had(repo, change)
    if lost:
        yield TakenBack(change.path, change.old, change.new, change.commit, change.by, change.at)


def _had(repo: Repo, change: _Change) -> bool:
    """Whether the file had those bytes before: it was set back, not written anew."""
    words = ("log", "-1", "--format=%H", f"--find-object={change.new}", change.parent, "--", change.path)
    return bool(repo.run(*words).strip())


def _is_missing(objects: Objects, taken: TakenBack, head: str) -> bool:
    """Whether ``head`` still lacks what was taken back; what git no longer holds cannot be brought back."""
    if objects.get(taken.was) is None:
        return False
    if CASE.fullmatch(taken.path):
        return bool(lost_entries(objects, taken, head))
    now = objects.get(f"{head}:{taken.path}")
    return (now.id if now else "") == taken.became


def _problem(objects: Objects, taken: TakenBack) -> Problem:
    lost = lost_entries(objects, taken, "HEAD")
    who = {"by": taken.by or "?", "commit": taken.commit[:10], "at": _moment(taken.at)}
    if lost:
        what = ", ".join(f"{entry.get('id', '?')} ({action_word(str(entry.get('did', '')))})" for entry in lost)
        message = _("taken back out of the record: {what}").format(what=what)
    elif not taken.became:
        message = _("taken out of the record")
    else:
        message = _("set back to an older version")
    ways = _("by commit {commit} of {by}, {at}") if taken.commit else _("when {by} moved the branch back, {at}")
    return Problem(Path(taken.path), 0, "taken-back", f"{message}; {ways.format(**who)}", CommandLine("repair"))


def _moment(at: str) -> str:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return "?"
    return f"{show_date(moment.date(), language())} {moment:%H:%M}"
