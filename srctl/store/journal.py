"""The journal of an action, and recovery from it: a killed action is rolled forward or dropped.

A journal is written before anything else of an action and removed when branch, files and index
agree. One that is found under the lock belongs to a killed action (reliability §2e).
"""

import json
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from srctl.core.errors import Changed, CommandLine, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.store import anchor, atomicfile, case_numbers, lock
from srctl.store.git import index as git_index
from srctl.store.git import objects as git_objects
from srctl.store.git.process import Objects, Process
from srctl.store.git.repository import Repo, check_path

STALE = 2.0  # seconds after which no git that a killed action started is alive any more
FOREIGN_STALE = 600.0  # the same for locks of other git programs: an editor may be open in one

_MARK = "index"  # exists in the journal folder while a git of ours may hold the lock of the index
_LOCK_DELAY = 10.0  # seconds after the mark within which that git locks it, if it ever does
_PATIENCE = 2.5  # how many times that long another git program at work is waited for
ABANDONED = 60.0  # seconds: readers may be writing caches beside us without the lock


class Journal(NamedTuple):
    """An action about to be saved: old and new blob id (None: absent) of each path."""

    file: Path
    ref: str
    old: str | None
    new: str
    subject: str
    paths: dict[str, tuple[str | None, str | None]]

    def write(self) -> None:
        """Make the journal durable."""
        fields = {**self._asdict(), "file": self.file.name}
        atomicfile.write(self.file, json.dumps(fields).encode(), atomicfile.permissions(self.file))


class History:
    """The branch at one moment: its tip and the tree below it, each object read once."""

    def __init__(self, repo: Repo, objects: Objects, ref: str, known: dict[str, bytes] | None = None) -> None:
        self.repo, self.objects, self.ref = repo, objects, ref
        self.known = {} if known is None else known  # bytes already read, by object id
        commit = objects.get(ref)
        self.tip = commit.id if commit else None
        self.root = commit.data[5 : 5 + len(commit.id)].decode() if commit else None  # "tree <id>"
        if commit is None:
            self.algorithm = repo.algorithm()
        else:
            self.algorithm = "sha256" if len(commit.id) == 64 else "sha1"
        self._folders: dict[str, git_objects.Folder] = {}

    def renewed(self) -> "History":
        """The branch as it is after a move."""
        return History(self.repo, self.objects, self.ref, self.known)

    def need(self, name: str) -> bytes:
        """The bytes of an object that must exist; Refused when the repository is damaged."""
        if name not in self.known:
            self.known[name] = self.objects.need(name).data
        return self.known[name]

    def folder(self, path: str) -> git_objects.Folder:
        """Return the entries of a folder (``""``: the root), none when there is no such folder."""
        if path not in self._folders:
            tree = self.root
            if path:
                entry = self.entry(path)
                tree = entry.id if entry and entry.mode == git_objects.FOLDER else None
            data = self.need(tree) if tree else b""
            self._folders[path] = git_objects.read_tree(data, len(tree or "") // 2)
        return self._folders[path]

    def entry(self, path: str) -> git_objects.TreeEntry | None:
        """The tree entry at ``path``, None when there is none."""
        folder, _slash, name = path.rpartition("/")
        return self.folder(folder).get(name.encode())

    def blob(self, data: bytes | None) -> str | None:
        """Return the id these bytes have in git."""
        return None if data is None else git_objects.identify("blob", data, self.algorithm)

    def holds(self, commit: str) -> bool:
        """Whether ``commit`` is part of the branch."""
        if self.tip is None or self.objects.get(commit) is None:
            return False
        return self.tip == commit or self.repo.is_ancestor(commit, self.tip)


def journal_folder(repo: Repo) -> Path:
    """The folder of this office's journals."""
    return lock.local_folder(repo.root) / "journal"


def pending(repo: Repo) -> list[Path]:
    """The files of the journals there are, oldest first."""
    return (
        sorted(file for file in journal_folder(repo).iterdir() if file.name != _MARK)
        if journal_folder(repo).is_dir()
        else []
    )


def paths_at_work(repo: Repo) -> set[str]:
    """The files of the actions whose journals are there: being written, or left by a kill for the next action."""
    return {path for file in pending(repo) if (found := _parse(file)) for path in found.paths}


@contextmanager
def marked_index_prefetch(repo: Repo) -> Iterator[Process]:
    """Start a git that locks and reads the index, under a mark that shows a lock left by a kill to be ours."""
    mark = journal_folder(repo) / _MARK
    atomicfile.make_folder(mark.parent)
    mark.touch()
    try:
        with git_index.prefetched_index(repo.root) as process:
            yield process
    finally:
        with suppress(OSError):  # a mark left behind is no fault of the action
            mark.unlink()


def roll_forward(
    history: History, journal: Journal, index: Process | None = None, while_waiting: Callable[[], object] | None = None
) -> list[str]:
    """Write files and index as the branch holds them; return what had to be left alone, as sentences.

    ``index``: the git of :func:`marked_index_prefetch`. ``while_waiting`` is called while it writes the index.
    The action is saved before this is called, whatever happens here: Refused says so.
    """
    notes = []
    try:
        entries = {path: history.entry(path) for path in journal.paths}
        blobs = {path: entry.id if entry else None for path, entry in entries.items()}
        with git_index.updating_index(history.repo.root, blobs, history.algorithm, index):
            for path, ours in journal.paths.items():
                try:
                    _restore_file(history, path, ours)
                except SrctlError as error:
                    notes.append(f"{error.message}. {error.hint}")
            case_numbers.note_numbers(history.repo, journal.paths, journal.old, journal.new)
            if while_waiting:
                while_waiting()
        atomicfile.remove(journal.file)
    except (OSError, Refused) as error:
        raise Refused(
            _("the action is saved in the history, but not all files are written: {reason}").format(
                reason=getattr(error, "strerror", None) or error
            ),
            _("Do not enter it again. When this is mended, the next command finishes it."),
        ) from None
    return notes


def recover(repo: Repo, branch: str, stale: float) -> tuple[str, ...]:
    """Roll forward what was saved, drop what was not, clear what a kill left, all under the lock; a sentence each."""
    atomicfile.sweep(lock.local_folder(repo.root), ABANDONED)
    atomicfile.sweep(journal_folder(repo))
    files = pending(repo)
    if files:  # a git that the killed program started may still be about to move the branch
        age = time.time() - files[-1].lstat().st_mtime
        time.sleep(min(stale, max(0.0, stale - age)))
    _clear_locks(repo, branch, files[0].lstat().st_mtime if files else None, stale)
    if (mark := journal_folder(repo) / _MARK).exists():
        mark.unlink()
    git_index.ensure(repo.root)
    if not files:
        return ()
    reports: list[str] = []
    with repo.objects() as objects:
        history = History(repo, objects, f"refs/heads/{branch}")
        for file in files:
            reports += _replay(history, file)
    return tuple(reports)


def by_hand(path: str) -> Changed:
    """The refusal of a file changed by hand, with the command that takes the change into history."""
    parts = [re.match(r"\d{4}-[A-Z]?\d+", part, re.ASCII) for part in path.split("/")]
    names = [match[0] for match in parts if match]
    return Changed(
        _("{path} was changed by hand").format(path=path),
        _("Look at it, then run: {command}").format(command=CommandLine("adopt {}", names[-1] if names else path)),
    )


def locate(repo: Repo, path: str) -> Path:
    """The place of ``path`` in the work tree; Refused when a link or a file is on the way.

    Links arrive by git from other clones and may lead out of the office (reliability, row 11).
    """
    check_path(path)
    place = repo.root
    for part in path.split("/"):
        if place.exists() and not place.is_dir():
            raise Refused(_("{path} leads through a file").format(path=path))
        place /= part
        if place.is_symlink():
            raise Refused(_("{path} leads through a link").format(path=path))
    return place


def read_file(place: Path) -> bytes | None:
    """Return the bytes of a file of the work tree, None when there is none."""
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def blob_id(data: bytes, like: str) -> str:
    """The id these bytes have in a repository that has the object ``like``."""
    return git_objects.identify("blob", data, "sha256" if len(like) == 64 else "sha1")


def _replay(history: History, file: Path) -> list[str]:
    """Roll forward or drop one journal; one of another branch waits until that is checked out again."""
    journal = _parse(file)
    if journal is None:
        aside = _put_aside(history.repo, file)
        return [_("an unreadable journal was put aside: {file}").format(file=aside)]
    if journal.ref != history.ref:
        return []
    if not history.holds(journal.new):
        file.unlink()
        return [_("1 unconfirmed action was not saved: {subject}").format(subject=journal.subject)]
    for path in journal.paths:
        atomicfile.sweep((history.repo.root / path).parent)
    saved = _("1 unconfirmed action was saved: {subject}").format(subject=journal.subject)
    return [saved, *roll_forward(history, journal)]


def _parse(file: Path) -> Journal | None:
    """Read a journal; None when it is not one: whatever else lies there is not opened, or not believed."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode) or file.suffix != ".json":
            return None
        fields = json.loads(file.read_bytes())
        paths = {path: (old, new) for path, (old, new) in fields["paths"].items()}
        found = Journal(**{**fields, "file": file, "paths": paths})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    ids = [found.old, found.new, *(blob for blobs in paths.values() for blob in blobs)]
    texts = [found.ref, found.subject, found.new, *paths, *(each for each in ids if each is not None)]
    if not all(isinstance(text, str) for text in texts):
        return None
    return found if all(each is None or anchor.is_commit(each) for each in ids) and not _unfit(paths) else None


def _unfit(paths: Iterable[str]) -> bool:
    """Whether a path is none an action can have had."""
    try:
        for path in paths:
            check_path(path)
    except Refused:
        return True
    return False


def _put_aside(repo: Repo, file: Path) -> Path:
    """Move what lies among the journals and is none out of the way, unread; return where it is now."""
    folder = lock.local_folder(repo.root) / "aside"
    atomicfile.make_folder(folder)
    number = 1
    while (place := folder / f"{number}-{file.name}").exists() or place.is_symlink():
        number += 1
    file.rename(place)
    return place


def _restore_file(history: History, path: str, ours: tuple[str | None, str | None]) -> None:
    """Write the file as the branch holds it, if it is as the action found or made it; else Changed."""
    place = locate(history.repo, path)
    entry = history.entry(path)
    disk = history.blob(read_file(place))
    if disk == (entry.id if entry else None):
        return
    if disk not in ours and (disk is not None or entry is None):  # nobody's work is lost with what is gone
        raise by_hand(path)
    if entry is None:
        atomicfile.remove(place)
    else:
        atomicfile.write(place, history.need(entry.id), atomicfile.permissions(place))


def _clear_locks(repo: Repo, branch: str, since: float | None, stale: float) -> None:
    """Wait for git's locks on index, HEAD and branch; remove those whose owner is dead.

    A lock made after the journal of a killed action (``since``, its time) is that action's; so is a lock of
    the index made right after the mark. Its owner is dead when it is ``stale`` seconds old: a git the action
    started may outlive it for a moment. Another program's lock is left alone for ten minutes.
    """
    patience = time.monotonic() + _PATIENCE * stale
    for name in ("index.lock", "HEAD.lock", f"refs/heads/{branch}.lock"):
        path = repo.git_dir / name
        while (made := _modified(path)) is not None:
            marked = _modified(journal_folder(repo) / _MARK) if name == "index.lock" else None
            ours = (since is not None and made >= since) or (
                marked is not None and marked <= made <= marked + _LOCK_DELAY
            )
            age = time.time() - made
            waited = time.monotonic() >= patience
            if age >= (stale if ours else FOREIGN_STALE) or (ours and waited):
                path.unlink(missing_ok=True)
            elif waited:
                raise Refused(
                    _("another git program is at work in this office ({name})").format(name=_held_by(repo, name)),
                    _("Nothing was saved. Finish it; if none is running, delete .git/{name}").format(name=name),
                )
            else:
                time.sleep(0.02)


def _held_by(repo: Repo, name: str) -> str:
    """The name of a lock and, where the system tells, the git programs at work in the office: their word and number."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            words = (place / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            if Path(words[0]).name == "git" and (place / "cwd").resolve().is_relative_to(repo.root.resolve()):
                word = next((each for each in words[1:] if each.isalpha()), "")
                found.append(f"git {word} [{place.name}]")
    return ", ".join([name, *sorted(found)])


def _modified(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None
