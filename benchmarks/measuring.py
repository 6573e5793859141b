"""The cost of a process: wall time and highest memory; the median of several runs after a warm-up."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MOST = 15  # runs of one row
LEAST = 5
PATIENCE = 20.0  # seconds one row may take before it makes do with fewer runs
SLOW = 10.0  # seconds: what takes longer is run once


class Cost(NamedTuple):
    """The cost of one run: milliseconds, and the highest resident memory in MiB (0 where it is not known)."""

    ms: float
    mib: float


class Median(NamedTuple):
    """The median of several runs: milliseconds, times bare Python, the highest memory of any, how many there were."""

    ms: float
    times: float
    mib: float
    runs: int


Job = Callable[[int], Cost]


def run(words: list[str], cwd: Path, *, may_fail: bool = False) -> Cost:
    """Run a program; ``may_fail`` for those that end with 1 when they find nothing (RuntimeError otherwise)."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        mib = wait(process)
        ms = (time.perf_counter() - start) * 1000
        if process.returncode and not may_fail:
            said.seek(0)
            raise RuntimeError(f"{' '.join(words)}: {said.read().decode('utf-8', 'replace').strip()}")
    return Cost(ms, mib)


def wait(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the process and return the highest memory that it or one of its children had, in MiB.

    The system never reports less for a child than its parent had: a benchmark that measures memory stays small.
    """
    if sys.platform == "win32":
        process.wait()
        return 0.0
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def srctl(office: Path, *words: str) -> Cost:
    """Run a command of srctl in an office."""
    program = shutil.which("srctl", path=str(Path(sys.executable).parent))
    return run([program, *words] if program else [sys.executable, "-m", "srctl", *words], office)


def both(*costs: Cost) -> Cost:
    """Return the cost of runs one after the other."""
    return Cost(sum(cost.ms for cost in costs), max(cost.mib for cost in costs))


def bare_python() -> Cost:
    """The cost of starting this Python with nothing to do."""
    return run([sys.executable, "-c", "pass"], Path.cwd())


def once(job: Job) -> Median:
    """The cost of one run, without a warm-up."""
    return median([beside(job, 0)])


def measure(job: Job, most: int = MOST, *, warm: bool = True) -> Median:
    """Return the median of up to ``most`` runs, after one to warm up; slow jobs run less often, very slow ones once."""
    if warm:
        job(0)
    costs = [beside(job, 1)]
    first = costs[0][0].ms
    runs = 1 if first > SLOW * 1000 else min(most, max(LEAST, int(PATIENCE * 1000 / max(first, 1))))
    return median([*costs, *(beside(job, turn) for turn in range(2, runs + 1))])


def beside(job: Job, turn: int) -> tuple[Cost, float]:
    """The cost of a run, and the ms of bare Python around it (mean): a machine is not always as fast."""
    before = bare_python().ms
    cost = job(turn)
    return cost, (before + bare_python().ms) / 2


def median(runs: list[tuple[Cost, float]]) -> Median:
    """Return the median of runs and of how many times as long each took as bare Python beside it."""
    costs = [cost for cost, _bare in runs]
    times = statistics.median(cost.ms / bare for cost, bare in runs)
    return Median(statistics.median(c.ms for c in costs), times, max(c.mib for c in costs), len(runs))
