"""Work on every core: the same as on one, ended by Ctrl-C or with the process that shares it out."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.core.errors import BadFile, Problem, Refused
from srctl.office.process_pool import map_in_processes
from tests.conftest import PROJECT

PROBLEMS = (
    Problem(Path("a.yaml"), 3, "colon", "a colon is missing", "write one"),
    Problem(Path("b.yaml"), 0, "x", "y"),
)


def work(what: str) -> Callable[[int], object]:
    """Return what a process does with a job; made once in each."""
    return partial(_done, what)


def _done(what: str, job: int) -> object:
    if what == "refuse":
        raise Refused(f"job {job}", "srctl list")
    if what == "bad file":
        raise BadFile(PROBLEMS)
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return {"language": i18n.language(), "process": os.getpid()}.get(what, -job)


def shared(what: str, jobs: int = 20) -> list[object]:
    with map_in_processes(partial(work, what), range(jobs)) as found:
        return list(found)


def test_what_comes_back_comes_in_the_order_of_the_jobs() -> None:
    assert shared("negate", 500) == [-n for n in range(500)]


def test_the_work_is_done_by_other_processes_in_the_language_of_this_one() -> None:
    assert os.getpid() not in shared("process")
    assert set(shared("language")) == {"th"}


def test_what_a_job_refuses_is_refused_here_with_its_hint() -> None:
    with pytest.raises(Refused, match="job 0") as refused:
        shared("refuse")
    assert refused.value.hint == "srctl list"
    with pytest.raises(BadFile) as bad:
        shared("bad file")
    assert bad.value.problems == PROBLEMS


def test_a_process_that_the_system_ends_is_told_and_no_fault_of_srctl() -> None:
    with pytest.raises(Refused):
        shared("die")


# Runs with jobs that wait for each other through pipes with names: nothing here depends on how quick anybody is.
SCRIPT = """
import os, signal, sys, time
from functools import partial
from pathlib import Path
from srctl.office.process_pool import map_in_processes

place = Path(sys.argv[1])

def ready():
    return work

def work(job):
    (place / str(job)).touch()
    if job == 0:
        os.open(place / "all-shared-out", os.O_RDONLY)  # waits until somebody writes
        {first}
    os.open(place / "stopped", os.O_RDONLY)

if __name__ == "__main__":
    try:
        with map_in_processes(ready, range(1000)) as found:
            try:
                os.open(place / "all-shared-out", os.O_WRONLY)
                list(found)
            except KeyboardInterrupt:
                os.open(place / "stopped", os.O_WRONLY)
                raise
    except KeyboardInterrupt:
        sys.exit("stopped")
"""


def ran(place: Path, first: str) -> "subprocess.CompletedProcess[str]":
    """Run the script to the end of its last process: only then nobody holds its output any more."""
    (place / "script.py").write_text(SCRIPT.replace("{first}", first), encoding="utf-8")
    for pipe in ("all-shared-out", "stopped"):
        os.mkfifo(place / pipe)
    return subprocess.run(
        [sys.executable, str(place / "script.py"), str(place)],
        capture_output=True, text=True, start_new_session=True, env={**os.environ, "PYTHONPATH": str(PROJECT)},
        timeout=30, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_ctrl_c_drops_what_is_not_begun_and_no_process_but_the_first_says_a_word(tmp_path: Path) -> None:
    # A signal that comes just before a thread begins to wait wakes nobody; in an office the next result does.
    done = ran(tmp_path, "time.sleep(0.3); os.killpg(os.getpgrp(), signal.SIGINT)")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "stopped\n")
    assert len([p for p in tmp_path.iterdir() if p.name.isdigit()]) < 100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_no_process_outlives_the_one_that_shares_out(tmp_path: Path) -> None:
    done = ran(tmp_path, "os.kill(os.getppid(), signal.SIGKILL)")
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "", "")
