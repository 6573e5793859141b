"""The cost of one action in an office of 5,000 cases: the transaction alone, and its git part.

Run ``python -m benchmarks.action [cases] [rounds]``. Prints medians in milliseconds and, because
machines differ, the ratio to starting Python with nothing to do.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from srctl.store import transaction
from srctl.store.git import process as git_process
from srctl.store.git.repository import Repo

COMMANDS = ("cat-file", "update-ref", "update-index")
AUTHOR = transaction.Author("Malee Invented", "malee@example.org")


def case_path(number: int) -> str:
    """The path of the invented case ``number``, in one of twelve months of one year."""
    return f"cases/2569/{number % 12 + 1:02d}/2569-{number:04d}.yaml"


def build(root: Path, cases: int) -> None:
    """Make an office with this many cases of about 3 KB, in one action."""
    Repo.create(root, AUTHOR.name, AUTHOR.email)
    files = [
        transaction.FileChange(case_path(n), None, b"format: 1\nid: 2569-%04d\n" % n + b"note: text\n" * 270)
        for n in range(cases)
    ]
    transaction.record(root, lambda: (files, "import"), AUTHOR)


def act(root: Path, number: int) -> None:
    """Record one action: a line more in one case."""
    path = case_path(number)

    def plan() -> tuple[list[transaction.FileChange], str]:
        before = (root / path).read_bytes()
        change = transaction.FileChange(path, before, before + b"log: one line more\n")
        return [change], f"note {number}\n\nSrctl-Case: 2569-{number:04d}\n"

    transaction.record(root, plan, AUTHOR)


def measure(run: Callable[[int], object], rounds: int) -> float:
    """Return the median time of ``run`` in milliseconds."""
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        run(number)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def trace(root: Path, rounds: int) -> dict[str, float]:
    """The mean time in ms that an action waits for each git it starts to end, by command."""
    spent: dict[str, list[float]] = defaultdict(list)
    real = subprocess.Popen.communicate

    def timed(process: git_process.Process, *rest: Any) -> tuple[bytes, bytes]:
        start = time.perf_counter()
        try:
            return real(process, *rest)
        finally:
            command = next(word for word in process.args if word in COMMANDS)  # type: ignore[union-attr]
            spent[str(command)].append((time.perf_counter() - start) * 1000)

    setattr(subprocess.Popen, "communicate", timed)  # noqa: B010
    try:
        measure(lambda number: act(root, number), rounds)
    finally:
        setattr(subprocess.Popen, "communicate", real)  # noqa: B010
    return {name: sum(times) / rounds for name, times in spent.items()}


def main() -> None:
    """Print the table."""
    cases, rounds = (int(word) for word in [*sys.argv[1:], "5000", "60"][:2])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        start = time.perf_counter()
        build(root, cases)
        print(f"import of {cases} cases in one action  {time.perf_counter() - start:6.1f} s")
        bare = measure(lambda _n: subprocess.run([sys.executable, "-c", "pass"], check=True), 20)
        print(f"python -c pass                         {bare:6.1f} ms")
        once = measure(lambda number: act(root, number), rounds)
        print(f"one action, all                        {once:6.1f} ms  = {once / bare:.1f} x")
        git = trace(root, rounds)
        for name, spent in git.items():
            print(f"  waiting for git {name:22} {spent:6.1f} ms")
        new = [sys.executable, "-c", "import srctl.store.transaction"]
        loaded = measure(lambda _n: subprocess.run(new, check=True), 20)
        print(f"python -c 'import srctl.store.transaction'        {loaded:6.1f} ms  = {loaded / bare:.1f} x")
        scanned = measure(lambda _n: Repo(root).changed_paths("cases"), 5)
        print(f"changed_paths over all cases           {scanned:6.1f} ms")
        read = measure(lambda n: Repo(root).read(case_path(n)), 20)
        print(f"read of one file at HEAD               {read:6.1f} ms")
        print(f"files that are not what HEAD holds     {len(Repo(root).changed_paths('')):6}")


if __name__ == "__main__":
    main()
