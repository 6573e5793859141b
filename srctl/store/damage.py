"""The end of the history, damaged by a power cut: found, told with the last known state, and mended.

What names the last commit (``.git/HEAD``, the branch's own file) is small and may be left empty or full of zeros. The
commits themselves are there: the anchor and git's own notes of where the branch stood say which was the last.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, Problem, Refused, SrctlError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.store import anchor, atomicfile, lock, permissions
from srctl.store.git.commits import LOG_FORMAT, Commit, parse_commit
from srctl.store.git.process import GitRefused, call
from srctl.store.git.repository import Repo

_REF = "ref: refs/heads/"


class LastState(NamedTuple):
    """The newest commit that is whole, and the branch it belongs to; None and the branch where none was found."""

    branch: str
    commit: Commit | None


def is_end_broken(root: Path) -> bool:
    """Whether the files that name the last commit are damaged; False in an office without any commit yet."""
    if not (root / ".git").is_dir() or anchor.head_of(root) or permissions.unreadable_end(root):
        return False
    head = _text(root / ".git/HEAD")
    if not head.startswith(_REF):
        return bool(anchor.read(root)) or _note(root) != ""
    name = head.removeprefix(_REF)
    if name == ".invalid":  # the reftable format keeps them elsewhere
        return False
    place = root / ".git/refs/heads" / name
    return place.is_file() or (name == _note(root) and anchor.read(root) is not None)


def broken_end_problems(root: Path) -> list[Problem]:
    """The problem of a history whose end is damaged, none where it is sound."""
    if not anchor.head_of(root) and (lack := permissions.unreadable_end(root)):
        return [Problem(Path(".git"), 0, "permission", lack.message, lack.hint)]
    if not is_end_broken(root):
        return []
    try:
        fault: SrctlError = damaged(Repo(root))
    except SrctlError as other:  # no git to ask
        fault = other
    return [Problem(Path(".git"), 0, "history-end", fault.message, fault.hint)]


def refuse_broken_end(repo: Repo) -> None:
    """Refuse to build upon a history whose end is damaged, or cannot be read."""
    if not anchor.head_of(repo.root) and (lack := permissions.unreadable_end(repo.root)):
        raise Refused(lack.message, lack.hint)
    if is_end_broken(repo.root):
        raise damaged(repo)


def refuse_lost_tip(repo: Repo) -> None:
    """Refuse a branch that names a commit git does not hold; nothing is said of one without any commit."""
    if anchor.head_of(repo.root):
        raise damaged(repo)


def damaged(repo: Repo) -> Refused:
    """The refusal: the end of the history is damaged, what the last known state is, and how to go back to it."""
    state = last_state(repo)
    message = _("the end of the history is damaged")
    if state.commit:
        last = _("last known state: {at}, {by}: {subject}")
        day = f"{show_date(state.commit.at.date(), language())} {state.commit.at:%H:%M}"
        message += "; " + last.format(at=day, by=state.commit.author_name, subject=state.commit.subject)
        return Refused(message, CommandLine("repair"))
    return Refused(message, CommandLine("restore FILE DIR"))


def last_state(repo: Repo) -> LastState:
    """The newest commit that git holds whole, by the notes of where the branch stood and by the anchor."""
    head = _text(repo.git_dir / "HEAD")
    branch = head.removeprefix(_REF) if head.startswith(_REF) else _note(repo.root) or "main"
    known = anchor.read(repo.root)
    noted = list(_noted(repo, branch))
    for identity in dict.fromkeys([*noted[:1], *([known.head] if known else []), *noted]):
        if found := _whole(repo, identity):
            return LastState(branch, found)
    return LastState(branch, None)


def mend_end(repo: Repo) -> Commit | None:
    """Let the branch end at the last known state again; None where nothing was damaged.

    Raises:
        Refused: no commit is left that is whole.
    """
    with lock.hold(repo.root):
        if not (is_end_broken(repo.root) or _is_tip_lost(repo)):
            return None
        state = last_state(repo)
        if state.commit is None:
            raise damaged(repo)
        place = repo.git_dir / "refs/heads" / state.branch
        atomicfile.write(place, f"{state.commit.id}\n".encode(), atomicfile.permissions(place))
        head = f"{_REF}{state.branch}\n"
        if _text(repo.git_dir / "HEAD") != head.strip():
            atomicfile.write(repo.git_dir / "HEAD", head.encode(), atomicfile.permissions(repo.git_dir / "HEAD"))
        return state.commit


def _is_tip_lost(repo: Repo) -> bool:
    with repo.objects() as objects:
        return objects.get("HEAD") is None and anchor.head_of(repo.root) != ""


def _noted(repo: Repo, branch: str) -> Iterator[str]:
    """Yield the commits the branch stood at, newest first, as git noted them."""
    for name in (f"refs/heads/{branch}", "HEAD"):
        for line in reversed(_text(repo.git_dir / "logs" / name).splitlines()):
            identity = line.partition(" ")[2].partition(" ")[0]
            if anchor.is_commit(identity):
                yield identity


def _whole(repo: Repo, identity: str) -> Commit | None:
    """The commit, if git holds every object of its history; asked of a repository that has a HEAD and borrows these."""
    from tempfile import TemporaryDirectory  # which brings compression and chance, for what hardly ever happens

    with TemporaryDirectory(prefix="srctl-") as place:
        names = "sha256" if len(identity) == 64 else "sha1"
        call(["-c", f"init.defaultObjectFormat={names}", "init", "-q", "--bare", "--template=", "--", place])
        (Path(place) / "objects/info").mkdir(exist_ok=True)
        (Path(place) / "objects/info/alternates").write_bytes(os.fsencode(repo.git_dir / "objects") + b"\n")
        try:
            call([f"--git-dir={place}", "rev-list", "--objects", "--quiet", "--end-of-options", identity])
            record = call([f"--git-dir={place}", "log", "-1", LOG_FORMAT, "--end-of-options", identity])
        except GitRefused:
            return None
    return parse_commit(record.decode("utf-8", "replace"))


def _note(root: Path) -> str:
    """The branch the office works on, as the last action noted it; "" when there was none."""
    return _text(lock.local_folder(root) / "branch")


def _text(place: Path) -> str:
    try:
        return place.read_bytes().replace(b"\0", b"").decode("utf-8", "replace").strip()
    except OSError:
        return ""
