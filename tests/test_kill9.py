"""Whoever kills srctl, and whenever: nothing acknowledged is lost, half done or mended by hand.

``python -m tests.test_kill9 1000`` does a thousand kills and prints what it saw.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from srctl.store.git.repository import Repo
from tests.crash_worker import AUTHOR, append, isolate

KILLS, SHARES = 25, 8  # 200 in all, by as many workers as there are; `make test` has an eighth of them
WORKER = Path(__file__).with_name("crash_worker.py")
PROJECT = WORKER.parent.parent


class Tally(NamedTuple):
    """What clerks were told, what history and files hold, what recovery said, what kills left."""

    tried: list[str]
    acknowledged: list[str]
    commits: Counter[str]
    lines: Counter[str]
    told: Counter[str]
    left: Counter[str]


def kill_one(root: Path, tag: str, seconds: float) -> list[str]:
    """Start a clerk's program, kill it and its children after ``seconds``; return what it said."""
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(root), tag, "999"],
        bufsize=0,  # communicate() passes over what the first line was read together with
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    assert worker.stdout is not None
    first = worker.stdout.readline()  # the start of Python is not what is tested
    time.sleep(seconds)
    os.killpg(worker.pid, signal.SIGKILL)
    rest, complaint = worker.communicate()
    assert complaint == b"", complaint.decode()
    return (first + rest).decode().splitlines()


def rehearse(root: Path, kills: int, seed: int = 1) -> Tally:
    """Kill ``kills`` times; after each kill the next action must work alone."""
    Repo.create(root, AUTHOR.name, AUTHOR.email)
    chance = random.Random(seed)
    said: list[str] = []
    told: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for number in range(kills + 1):
        if number < kills:
            said += kill_one(root, f"k{number}", chance.uniform(0.0, 0.15))
        else:
            age_leftovers(root / ".git/srctl")
        left.update(path.name for path in (root / ".git").glob("**/*.lock"))
        left.update("journal" for _ in (root / ".git/srctl/journal").glob("*.json"))
        after = append(root, "cases/2569/11/2569-0001.yaml", f"after-{number}")
        told.update(sentence.partition(":")[0] for sentence in after.repaired)
        said += [f"TRY after-{number}", f"ACK after-{number}"]
    files = (root / "cases").rglob("*.yaml")
    return Tally(
        [line[4:] for line in said if line.startswith("TRY")],
        [line[4:] for line in said if line.startswith("ACK")],
        Counter(commit.subject for commit in Repo(root).log()),
        Counter(line for file in files for line in re.findall(r"^- (.+)$", file.read_text(), re.M)),
        told,
        left,
    )


def age_leftovers(folder: Path) -> None:
    """Let the time pass after which an action takes a half-written file here for abandoned."""
    for leftover in folder.glob(".~sr-*"):
        os.utime(leftover, (0, 0))


def check(root: Path, tally: Tally) -> None:
    """Hold the rules against what was seen."""
    assert [tag for tag in tally.acknowledged if tally.commits[tag] != 1] == []
    assert tally.lines == tally.commits
    assert tally.commits.keys() <= set(tally.tried)
    unconfirmed = tally.commits.keys() - set(tally.acknowledged)
    assert tally.told["1 unconfirmed action was saved"] <= len(unconfirmed)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "fsck", "--strict", "--no-dangling"], check=True, capture_output=True)
    assert subprocess.run([*git, "status", "--porcelain"], capture_output=True).stdout == b""
    assert list(root.rglob(".~sr-*")) == []
    assert list((root / ".git").glob("**/*.lock")) == []
    assert list((root / ".git/srctl/journal").iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills a process group")
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, SHARES + 1))])
def test_an_acknowledged_action_survives_every_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    isolate(tmp_path / "home", monkeypatch.setenv)
    tally = rehearse(tmp_path / "office", KILLS, seed)
    check(tmp_path / "office", tally)
    assert tally.left["journal"] > 0  # else no kill ever hit an action in its middle


def main() -> None:
    kills = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        isolate(Path(folder) / "home", os.environ.__setitem__)
        start = time.monotonic()
        tally = rehearse(Path(folder) / "office", kills, seed=kills)
        check(Path(folder) / "office", tally)
    lost = sum(tally.commits[tag] != 1 for tag in tally.acknowledged)
    print(
        f"{kills} kills in {time.monotonic() - start:.0f} s: {len(tally.tried)} tried, "
        f"{len(tally.acknowledged)} acknowledged, {lost} lost, 0 half, 0 mended by hand; "
        f"left by kills: {dict(tally.left)}; recovery said: {dict(tally.told)}"
    )


if __name__ == "__main__":
    main()
