"""Case files of the folder that lack what was recorded: gone, or set back to an older version.

The record is HEAD; the folder is a copy of it. A clerk's own git (`checkout OLD -- file`, a stash) or a hand may put
an older copy there. The log of a case only grows, so a file without an entry that HEAD holds is such a copy.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from srctl.core.errors import Changed, CommandLine, Problem, SrctlError
from srctl.core.i18n import _
from srctl.model.labels import action_word
from srctl.store import journal
from srctl.store.git.process import Objects
from srctl.store.git.repository import Repo
from srctl.store.taken_back import CASE, Entry, log_of
from srctl.store.yaml.reader import read_text

BEHIND = "behind"  # the code of these problems


def behind(root: Path, paths: Iterable[str]) -> list[Problem]:
    """A problem for each case file among ``paths`` that lacks what HEAD holds; none where git cannot be asked."""
    wanted = sorted({path for path in paths if CASE.fullmatch(path)})
    if not wanted or not (root / ".git").exists():
        return []
    try:
        repo = Repo(root)
        with repo.objects() as objects:
            return [problem for path in wanted for problem in _judge(repo, objects, path)]
    except (SrctlError, OSError):  # the command itself says what is wrong with git
        return []


def suspects(root: Path) -> list[str]:
    """The files below ``cases`` that may differ from HEAD, as git's own index tells: more, but never fewer."""
    try:
        out = Repo(root).run("diff-index", "--name-only", "-z", "--no-renames", "HEAD", "--", "cases")
    except (SrctlError, OSError):
        return []
    return [os.fsdecode(path) for path in out.split(b"\0") if path]


def lacking(held: bytes, disk: bytes) -> list[Entry]:
    """The log entries of the recorded bytes whose ids those on disk lack; none where these cannot be read as a case."""
    if disk == held or (disk.strip(b"\0") and read_text(disk, Path()).data is None):
        return []
    has = {str(entry.get("id")) for entry in log_of(disk) if isinstance(entry, dict)}
    return [entry for entry in log_of(held) if isinstance(entry, dict) and str(entry.get("id")) not in has]


def refused_change(path: str, held: bytes | None, disk: bytes | None) -> Changed:
    """The refusal of a file that is not what was recorded (``held``): set back, gone, or changed by hand."""
    if held is None or not CASE.fullmatch(path):
        return journal.by_hand(path)
    if disk is None:
        return Changed(f"{path}: {_gone()}", CommandLine("repair"))
    lost = lacking(held, disk)
    return Changed(f"{path}: {_set_back(lost)}", CommandLine("repair")) if lost else journal.by_hand(path)


def is_elsewhere(root: Path, path: str) -> bool:
    """Whether the case file lies in another month of the folder."""
    return any((root / "cases").glob(f"*/*/{path.rpartition('/')[2]}"))


def _judge(repo: Repo, objects: Objects, path: str) -> Iterator[Problem]:
    """The problem of one file, if it has one."""
    # In this order: what an action writes just now is in its journal or, when that is gone, on the disk.
    held = objects.get(f"HEAD:{path}")
    if held is None or path in journal.paths_at_work(repo):
        return
    place = repo.root / path
    if place.is_symlink() or (place.exists() and not place.is_file()):
        return
    disk = journal.read_file(place)
    if disk is None:
        staged = objects.get(f":0:{path}")
        # Otherwise somebody is deleting it by `git rm`, or moved it to another month.
        if staged and staged.id == held.id and not is_elsewhere(repo.root, path):
            yield _problem(path, _gone())
    elif lost := lacking(held.data, disk):
        yield _problem(path, _set_back(lost))


def _problem(path: str, message: str) -> Problem:
    return Problem(Path(path), 0, BEHIND, message, CommandLine("repair"))


def _gone() -> str:
    return _("recorded, but gone from the folder")


def _set_back(lost: Collection[Entry]) -> str:
    what = ", ".join(f"{entry.get('id', '?')} ({action_word(str(entry.get('did', '')))})" for entry in lost)
    return _("the file in the folder is an older version: it lacks {what}").format(what=what)
