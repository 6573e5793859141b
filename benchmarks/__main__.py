"""`make bench`: what srctl costs, as medians and as ratios to a bare Python of the same venv in the same run.

Start-up of each command on the sample office, one action with its commit on an office of 5,000 cases, one memo in
process. Ratios travel between machines, milliseconds do not; nothing here is asserted.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from srctl import starter
from srctl.dates import BANGKOK
from srctl.ledger import Author, Change, record

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
RUNS = 15
COMMANDS = ("--help", "due", "due --json", "list", "list --json", "show 12", "next 12", "kinds", "history 12")
ACTIONS = (
    'note 12 "บันทึก"',
    'contact 12 obec/somsak --said "ถามความคืบหน้า"',
    'new directive --subject "เรื่อง" --order "ให้ทำ"',
)


def main() -> None:
    """Print the tables."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "srctl"], check=False)
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", SRCTL_AS="malee")
    bare = median(lambda: run([sys.executable, "-c", "pass"], Path.cwd()))
    print(f"bare python -c pass: {bare:.0f} ms\n")
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        starter.make(sample, starter.Answers(), sample=True, now=NOW)
        print("start-up on the sample office (13 cases)        median ms    ratio")
        for words in COMMANDS:
            show(words, median(lambda w=words: srctl(sample, w)), bare)  # type: ignore[misc]
        large = Path(folder) / "large"
        make_large(large, 5000)
        print("\none action with its commit, 5,000 cases         median ms    ratio")
        for words in ACTIONS:
            show(words, median(lambda w=words: srctl(large, w)), bare)  # type: ignore[misc]
        print("\none memo in process (first: with imports)       median ms")
        memo(sample)


def show(what: str, ms: float, bare: float) -> None:
    """Print one row."""
    print(f"{what:<46}  {ms:9.0f}  {ms / bare:6.1f} ×")


def median(job: Callable[[], None]) -> float:
    """Return the median time of ``job`` in milliseconds, after one run to warm up."""
    job()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def run(words: list[str], cwd: Path) -> None:
    """Run a program that must succeed."""
    subprocess.run(words, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def srctl(root: Path, words: str) -> None:
    """Run a command of srctl in an office."""
    import shlex

    run([sys.executable, "-m", "srctl", *shlex.split(words)], root)


def make_large(root: Path, n: int) -> None:
    """Make an office of ``n`` cases, spread over months as they would be in a year; number 12 is open."""
    starter.make(root, starter.Answers(), sample=True, now=NOW)
    source = next((root / "cases").glob("2569/11/2569-0012.yaml")).read_text(encoding="utf-8")
    changes = []
    for number in range(13, n + 1):
        case_id = f"2569-{number:04d}"
        path = f"cases/2569/{number % 12 + 1:02d}/{case_id}.yaml"
        changes.append(Change(path, None, source.replace("2569-0012", case_id).encode("utf-8")))
    record(root, lambda: (changes, f"{n} cases\n"), Author("bench", "bench@example.go.th"))


def memo(root: Path) -> None:
    """Print what one memo costs in a fresh process and in a warm one."""
    code = (
        "import time; start = time.perf_counter()\n"
        "from pathlib import Path; from datetime import date\n"
        "from srctl.folder import Folder; from srctl import drafting\n"
        f"folder = Folder(Path({str(root)!r}))\n"
        "for _ in range(8):\n"
        "    drafting.draft(folder, '2569-0001', 'memo', date(2026, 11, 20))\n"
        "    print(f'{(time.perf_counter() - start) * 1000:.0f}'); start = time.perf_counter()\n"
    )
    firsts, others = [], []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        first, *rest = map(float, done.stdout.split())
        firsts.append(first)
        others += rest
    print(f"{'first':<46}  {statistics.median(firsts):9.0f}")
    print(f"{'next':<46}  {statistics.median(others):9.0f}")


if __name__ == "__main__":
    main()
