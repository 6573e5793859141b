"""The transaction that records an action: one commit, saved durably as a whole or not at all.

The commit point is the move of the branch; the work tree is a cache of it. So the order is: a
journal of what is about to happen, all new objects into git's store, the branch moved from the old
commit to the new one, the files written, git's index updated, the journal removed. The next command
finds the journal of a killed action and rolls it forward or drops it (design §6; reliability §2e).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from srctl.core.errors import Changed, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.store import anchor, atomicfile, damage, journal, lock
from srctl.store.git import index as git_index
from srctl.store.git import objects as git_objects
from srctl.store.git.process import GitRefused, Objects, Process
from srctl.store.git.repository import Repo
from srctl.store.journal import STALE, History, Journal

_ATTEMPTS = 5
_PLAIN = (b"100644", b"100755")


class FileChange(NamedTuple):
    """One file of an action: its path (repo-relative, POSIX), the bytes read and the new bytes.

    None for ``before`` means that it must not exist, for ``after`` that it is deleted. ``adopt``
    records an edit made by hand: the file need not be what HEAD holds.
    """

    path: str
    before: bytes | None
    after: bytes | None
    adopt: bool = False


class Author(NamedTuple):
    """Who acts, and when, as written to history. Without ``at`` it is the moment of saving."""

    name: str
    email: str
    at: datetime | None = None

    def signed(self) -> tuple[str, str, datetime]:
        """Return name, e-mail and moment for a commit made now."""
        return self.name, self.email, self.at or datetime.now().astimezone()


class Recorded(NamedTuple):
    """The commit made (``""``: nothing to record), and what recovery and repair did, as sentences."""

    commit: str
    repaired: tuple[str, ...]


Plan = Callable[[], tuple[list[FileChange], str]]
WhileWaiting = Callable[[], object]


def record(
    root: Path, plan: Plan, author: Author, *,
    while_waiting: WhileWaiting | None = None, timeout: float = 30.0, stale: float = STALE, mends: bool = False,
) -> Recorded:  # fmt: skip
    """Record one action in the office at ``root``; when this returns, it is saved.

    ``plan`` is called under the lock (again, if another program moved the branch in between) and
    returns the changes and the commit message. ``while_waiting`` is called once it is saved, while git
    writes its index: what it does costs no time, and it must not fail. Changed when a file is
    not what the caller read or not what HEAD holds; Refused when the folder does not allow it. A
    refusal carries what recovery found as notes (``__notes__``). An action
    on a file that another git program set back is refused, unless it ``mends`` that.
    """
    repo = Repo(root)
    repo.check()
    with lock.hold(repo.root, timeout), _plain_refusals(repo.root):
        damage.refuse_broken_end(repo)
        branch = _office_branch(repo)
        repaired = journal.recover(repo, branch, stale)
        try:
            try:
                commit, notes = _commit_plan(repo, branch, plan, author, while_waiting, mends)
            except GitRefused as refusal:
                if not git_index.is_damage(refusal.message):
                    raise
                git_index.renew(repo.root)
                commit, notes = _commit_plan(repo, branch, plan, author, while_waiting, mends)
        except SrctlError as error:
            for sentence in repaired:
                error.add_note(sentence)
            raise
    return Recorded(commit, (*repaired, *notes))


@contextmanager
def settled(root: Path, *, timeout: float = 30.0, stale: float = STALE) -> Iterator[Repo]:
    """Hold the lock of the office at ``root`` with every killed action rolled forward or dropped: nothing moves."""
    repo = Repo(root)
    repo.check()
    with lock.hold(repo.root, timeout), _plain_refusals(repo.root):
        damage.refuse_broken_end(repo)
        journal.recover(repo, _office_branch(repo), stale)
        yield repo


def _commit_plan(
    repo: Repo, branch: str, plan: Plan, author: Author, while_waiting: WhileWaiting | None, mends: bool
) -> tuple[str, list[str]]:  # fmt: skip
    """Commit the changes that ``plan`` gives; return the commit, and what had to be left alone as sentences."""
    for _attempt in range(_ATTEMPTS):
        # While we plan, one git reads the index and the one that will move the branch starts.
        with repo.objects(shared=True) as objects, repo.started_update_ref(*author[:2]) as update_ref:
            changes, message = plan()
            if not changes:
                return "", []
            with journal.marked_index_prefetch(repo) as index:
                history = History(repo, objects, f"refs/heads/{branch}")
                _sweep(repo, changes)
                taken = _judge(history, changes, mends)
                _check(history, changes)
                entry, objects_made = _prepare(history, changes, message, author)
                if entry is None:
                    return "", []
                entry.write()
                _store(history, entry, objects_made)
                if _move_branch(history, entry, update_ref):
                    anchor.write(repo.root, anchor.Anchor(entry.new, taken))
                    notes = journal.roll_forward(
                        history.renewed(), entry, index, lambda: _while_index_is_written(objects, while_waiting)
                    )
                    return entry.new, notes
    raise Changed(
        _("another program keeps changing this office's history"),
        _("Nothing was saved. Run the command again."),
    )


def _sweep(repo: Repo, changes: list[FileChange]) -> None:
    """Sweep what killed writers left beside the files of this action."""
    for folder in {(repo.root / change.path).parent for change in changes}:
        with suppress(OSError):
            atomicfile.sweep(folder, journal.ABANDONED)


def _judge(history: History, changes: list[FileChange], mends: bool) -> tuple[anchor.TakenBack, ...]:
    """What commits of other programs since the last action took back; Refused where this action would build upon it."""
    root, known = history.repo.root, anchor.read(history.repo.root)
    if history.tip is None:
        damage.refuse_lost_tip(history.repo)
        return ()
    if known is not None and known.head == history.tip and not known.taken:
        return ()
    from srctl.store import taken_back

    now = taken_back.judged(history.repo, history.objects, known, history.tip)
    if now != known:
        anchor.write(root, now)
    if now.taken and not mends:
        taken_back.refuse_building_on(taken_back.problems(root, now.taken), [change.path for change in changes])
    return now.taken


def _while_index_is_written(objects: Objects, while_waiting: WhileWaiting | None) -> None:
    """Do the work that can be done while git writes its index."""
    objects.end()  # freeing the index it read takes a while
    if while_waiting:
        while_waiting()


def _check(history: History, changes: list[FileChange]) -> None:
    """Refuse unless each file is what the caller read and HEAD holds, and is not staged by hand."""
    if len({change.path for change in changes}) < len(changes):
        raise ValueError("the plan names a file twice")
    for change in changes:
        disk = journal.read_file(journal.locate(history.repo, change.path))
        entry = history.entry(change.path)
        if entry is not None and entry.mode not in _PLAIN:
            raise Refused(_("{path} is not a plain file").format(path=change.path))
        held = entry.id if entry else None
        if disk != change.before or not (change.adopt or held == history.blob(disk)):
            raise _changed(history, change.path, held, disk)
        staged = None if change.adopt else history.objects.get(f":0:{change.path}")
        if staged is not None and staged.id != held:
            raise journal.by_hand(change.path)


def _changed(history: History, path: str, held: str | None, disk: bytes | None) -> Changed:
    from srctl.store import work_tree

    return work_tree.refused_change(path, history.need(held) if held else None, disk)


def _prepare(
    history: History, changes: list[FileChange], message: str, author: Author
) -> tuple[Journal | None, list[tuple[str, bytes]]]:
    """The journal of the action and the new objects; None and no objects when nothing would change."""
    repo, algorithm = history.repo, history.algorithm
    edits = {change.path: history.blob(change.after) for change in changes}
    try:
        update = git_objects.update_tree(edits, history.folder, algorithm)
        commit = git_objects.write_commit(update.root, history.tip, message, *author.signed())
    except (IsADirectoryError, NotADirectoryError) as error:
        raise Refused(_("{name} is a file and a folder at once").format(name=error.args[0])) from None
    except ValueError as error:
        raise Refused(_("history cannot keep {text}").format(text=ascii(str(error)))) from None
    if update.root == history.root:
        return None, []
    entry = Journal(
        journal.journal_folder(repo) / f"{time.time_ns()}-{os.getpid()}.json",
        history.ref,
        history.tip,
        git_objects.identify("commit", commit, algorithm),
        message.partition("\n")[0],
        {change.path: (history.blob(change.before), edits[change.path]) for change in changes},
    )
    contents = [("blob", change.after) for change in changes if change.after is not None]
    # Two files may have the same bytes.
    return entry, list(dict.fromkeys([*contents, *update.trees, ("commit", commit)]))


def _store(history: History, entry: Journal, objects: list[tuple[str, bytes]]) -> None:
    """Put the new objects into git's store and read them back: nothing may depend on bytes that were not kept."""
    try:
        history.repo.store(objects, history.algorithm)
        names = [git_objects.identify(kind, data, history.algorithm) for kind, data in objects]
        for name, given, kept in zip(names, objects, history.objects.need_all(names), strict=True):
            if kept[1:] != given:
                raise Refused(_("git did not keep {name} as it was given").format(name=name))
            history.known[name] = given[1]
    except (Refused, OSError):
        _drop(entry)
        raise


def _drop(entry: Journal) -> None:
    """Remove the journal of an action that was not saved, if the disk allows it."""
    with suppress(OSError):
        entry.file.unlink()


def _move_branch(history: History, entry: Journal, update_ref: Process) -> bool:
    """The commit point: move the branch; False when another program moved it first.

    Only the branch shows whether the action is saved: git may fail after the move as well as before.
    """
    try:
        history.repo.move_branch(entry.ref, entry.new, entry.old, update_ref)
    except (Refused, OSError) as error:
        reason = error
    else:
        return True
    try:
        now = history.renewed()
        saved = now.holds(entry.new)
    except (Refused, OSError):
        raise Refused(
            _("it is not known yet whether the action was saved: {reason}").format(reason=reason),
            _("The next command finds out, and says so."),
        ) from None
    if saved:
        return True
    _drop(entry)
    if now.tip == entry.old:
        raise Refused(str(reason), _("Nothing was saved."))
    return False


def _office_branch(repo: Repo) -> str:
    """The branch checked out; Refused unless it is the one actions were recorded on before."""
    branch = repo.branch()
    note = lock.local_folder(repo.root) / "branch"
    known = note.read_text(encoding="utf-8").strip() if note.exists() else ""
    if branch is None:
        raise Refused(
            _("no branch is checked out: an action would hang in the air"),
            f"git switch {known or 'main'}",
        )
    if known == branch:
        return branch
    if known:
        with repo.objects() as objects:
            if objects.get(f"refs/heads/{known}") is not None:
                raise Refused(
                    _("branch {branch} is checked out; the office works on {known}").format(branch=branch, known=known),
                    f"git switch {known}",
                )
    atomicfile.write(note, branch.encode(), atomicfile.permissions(note))
    return branch


@contextmanager
def _plain_refusals(root: Path) -> Iterator[None]:
    """Turn the system's errors (disk full, no permission) into one line; nothing was saved yet."""
    try:
        yield
    except PermissionError as error:
        from srctl.store import permissions

        raise permissions.refused_access(root, error) from None
    except OSError as error:
        raise Refused(
            _("the office folder cannot be used: {reason}").format(reason=error.strerror or error),
            _("Nothing was saved."),
        ) from None
