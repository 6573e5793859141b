"""The clerk's index, which git keeps beside the files: told of an action's own files, else left as it was. Floor 2.

It holds a line for every file of the office, so reading it takes long in a large one; git does that while an action
is stored (:func:`prefetched_index`), and writes it while the files are (:func:`telling`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from time import sleep

from srctl.store.git import process as git_process
from srctl.store.git.process import Process

_TRIES = 20
_LARGE = 250_000  # bytes: some 4,000 files


@contextmanager
def prefetched_index(root: Path) -> Iterator[Process]:
    """Let git lock and read the index of the office at ``root`` meanwhile; told nothing, it says what it said."""
    words = ["update-index", "-z", "--index-info"]
    index = root / ".git" / "index"
    if index.exists() and index.stat().st_size > _LARGE:
        # From then on git writes what changed since, not a line for every file; after pulls it starts over.
        words.insert(1, "--split-index")
    with git_process.waiting_git([*git_process.at(root), *words]) as process:
        yield process


@contextmanager
def telling(
    root: Path, blobs: Mapping[str, str | None], algorithm: str, ready: Process | None = None
) -> Iterator[None]:
    """Tell the index of these files (path to blob id, None: deleted) meanwhile; Refused when git says no.

    ``ready``: the git of :func:`prefetched_index`.
    """
    zero = "0" * (64 if algorithm == "sha256" else 40)
    lines = (f"100644 {blob}\t{path}\0" if blob else f"0 {zero}\t{path}\0" for path, blob in blobs.items())
    told = "".join(lines).encode()
    with nullcontext(ready) if ready else prefetched_index(root) as process:
        _give(process, told)
        yield
        _out, err = process.communicate()
    for _try in range(_TRIES):
        if not process.returncode:
            return
        if b"index.lock" not in err:
            break
        sleep(0.05)  # somebody's `git status` was at it
        with prefetched_index(root) as process:
            _out, err = process.communicate(told)
    raise git_process.refusal(err)


def _give(process: Process, told: bytes) -> None:
    """Give git all it is to be told, and do not wait for what it makes of that."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it says why when it is asked
        process.stdin.write(told)
        process.stdin.close()
    process.stdin = None  # or communicate() would close it once more, and fail
