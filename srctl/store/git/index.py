"""Git's index: updated for the files of an action, otherwise left as it was.

It holds a line for every file of the office, so reading it takes long in a large one; git does that while an action
is stored (:func:`prefetched_index`), and writes it while the files are written (:func:`updating_index`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from time import sleep

from srctl.store.git import process as git_process
from srctl.store.git.process import Process

_TRIES = 60
_SIGNATURE, _LEAST = b"DIRC", 32  # how every index begins, and the size of an empty one
# What git says (in English, LC_ALL=C) of an index it cannot read: read-cache.c, split-index.c.
_DAMAGE = (
    "index file",
    "bad signature",
    "bad index",
    "in index",
    "in the index",
    "index entry format",
    "index uses",
    "sharedindex",
)
_LARGE = 250_000  # bytes: some 4,000 files


@contextmanager
def prefetched_index(root: Path) -> Iterator[Process]:
    """Start a git that locks and reads the index of the office at ``root``; given no lines, it changes none."""
    words = ["update-index", "-z", "--index-info"]
    index = root / ".git" / "index"
    if index.exists() and index.stat().st_size > _LARGE:
        # From then on git writes what changed since, not a line for every file; after pulls it starts over.
        words.insert(1, "--split-index")
    with git_process.waiting_git([*git_process.at(root), *words]) as process:
        yield process


@contextmanager
def updating_index(
    root: Path, blobs: Mapping[str, str | None], algorithm: str, started: Process | None = None
) -> Iterator[None]:
    """Update the index for these files (path to blob id, None: deleted) while the body runs; Refused when git fails.

    ``started``: the git of :func:`prefetched_index`.
    """
    zero = "0" * (64 if algorithm == "sha256" else 40)
    entries = (f"100644 {blob}\t{path}\0" if blob else f"0 {zero}\t{path}\0" for path, blob in blobs.items())
    lines = "".join(entries).encode()
    with nullcontext(started) if started else prefetched_index(root) as process:
        _send(process, lines)
        yield
        _out, err = process.communicate()
    for _try in range(_TRIES):
        if not process.returncode:
            return
        if is_damage(err.decode("utf-8", "replace")):
            renew(root)  # it lists what HEAD holds, this action included
            return
        if b"index.lock" not in err:
            break
        sleep(0.05)  # somebody's `git status` was at it
        with prefetched_index(root) as process:
            _out, err = process.communicate(lines)
    raise git_process.refusal(err)


def is_damage(reason: str) -> bool:
    """Whether git's ``reason`` for refusing is that its index is damaged, not that somebody else has it."""
    return "index.lock" not in reason and any(sign in reason for sign in _DAMAGE)


def ensure(root: Path) -> bool:
    """Make the index anew from HEAD where there is none, or none that git can read; return whether that was done.

    It lists what HEAD holds, so nothing recorded depends on it. What somebody staged by hand goes with a damaged one.
    """
    index = root / ".git" / "index"
    try:
        with index.open("rb") as file:
            sound = file.read(len(_SIGNATURE)) == _SIGNATURE and index.stat().st_size >= _LEAST
    except FileNotFoundError:
        sound = False
    return not sound and renew(root)


def renew(root: Path) -> bool:
    """Make the index anew from HEAD; False before the first commit, when there is nothing to list."""
    words = git_process.at(root)
    (root / ".git" / "index").unlink(missing_ok=True)
    try:
        git_process.call([*words, "rev-parse", "-q", "--verify", "HEAD^{commit}"])
    except git_process.GitRefused:
        return False
    git_process.call([*words, "read-tree", "HEAD"])
    with suppress(git_process.GitRefused):  # files changed by hand are told as a failure
        git_process.call([*words, "update-index", "-q", "--refresh"])
    return True


def _send(process: Process, lines: bytes) -> None:
    """Send git all its input without waiting for the result."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # the reason is read with its result
        process.stdin.write(lines)
        process.stdin.close()
    process.stdin = None  # or communicate() would close it once more, and fail
