"""Invented offices of any size with real history, made once and kept for `make bench`.

Run ``python -m benchmarks.offices FOLDER CASES [OPEN]``. The folder then holds ``office`` (an office folder of the
starter set with so many cases), ``items.tsv`` (the same matters for other programs) and ``made.json``.

Commits go through ``git fast-import``: one for a closed case, two for an open one; in a very large office one a day.
The files are written by plain writes while git takes their bytes in, which is faster than a checkout. The same
arguments make the same office.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import IO, Any, NamedTuple

from benchmarks.matters import DAY, Matter, State, invent

VERSION = 3
A_YEAR = 4500  # seed 004: what came in during 2552
YEARS = 22  # an office of more cases has more of them in a year
OPEN_SHARE = 0.05
MOST_OPEN = 10_000  # cases, in an office of a million
RECENT = 0.1  # the newest tenth holds half of what is open
MOST_BY_ACTION = 200_000  # cases up to which each action is a commit of its own: a month's tree is written for each
SHOWN = 60  # ids of open cases the benchmark works on


class Event(NamedTuple):
    """A commit still to be made: its time, the mark of its blob, and the state it records, without the bytes."""

    at: datetime
    mark: int
    state: State
    matter: Matter


def make(root: Path, n: int, open_share: float = OPEN_SHARE, seed: int = 1) -> list[str]:
    """Make an office of ``n`` cases at ``root`` and return the ids of some open ones; a fifth of the open is late."""
    from srctl.core.dates import BANGKOK
    from srctl.office import starter

    first = received(0, n)
    born = datetime.combine(first.date() - timedelta(days=1), first.time(), BANGKOK)
    starter.make(root, starter.Answers(), sample=True, now=born, cases=False)
    authors = {c.id: f"{c.name} <{c.emails[0]}>" for c in _people(root)}
    events: list[Event] = []
    shown = []
    with (root.parent / "items.tsv").open("w", encoding="utf-8") as items, importing(root) as stream:
        assert stream.stdin
        mark = 0
        for matter in matters(n, open_share, seed):
            path = root / matter.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(matter.states[-1].raw)
            columns = (matter.id, int(matter.is_open), matter.received.date(), matter.due, matter.subject)
            items.write("\t".join(map(str, columns)) + "\n")
            shown += [matter.id] if matter.is_open else []
            for state in matter.states:
                mark += 1
                stream.stdin.write(b"blob\nmark :%d\ndata %d\n%s\n" % (mark, len(state.raw), state.raw))
                events.append(Event(state.at, mark, state._replace(raw=b""), matter._replace(states=())))
        write_commits(stream.stdin, sorted(events), authors, daily=n > MOST_BY_ACTION)
    settle(root)
    return shown[-SHOWN:]


def _people(root: Path) -> Any:
    from srctl.office.folder import Folder

    return Folder(root).office.coordinators


def usual_open(n: int) -> int:
    """The number of open cases among ``n`` where none is given."""
    return min(round(n * OPEN_SHARE), MOST_OPEN)


def received(place: int, n: int) -> datetime:
    """The time of receipt of the case at ``place`` (0: the oldest of ``n``): spread evenly over working days."""
    per_day = max(A_YEAR, n / YEARS) / 260
    days, rest = divmod((n - 1 - place) / per_day, 1)
    weeks, weekdays = divmod(int(days), 5)
    morning = datetime.combine(DAY - timedelta(days=7 * weeks + weekdays), datetime.min.time())
    return morning + timedelta(hours=8.5 + 7 * (1 - rest))


def matters(n: int, open_share: float, seed: int) -> Iterator[Matter]:
    """Yield the invented cases, oldest first, numbered by year as they came."""
    chance = Random(seed)
    are_open = _open_places(n, round(n * open_share), chance)
    before = [place for place in sorted(are_open) if received(place, n).date() < DAY]  # what came today is not late
    are_late = set(chance.sample(before, min(len(before), len(are_open) // 5)))
    counts: dict[int, int] = {}
    for place in range(n):
        at = received(place, n).replace(second=0, microsecond=0)
        year = at.year + 543
        counts[year] = counts.get(year, 0) + 1
        case_id = f"{year}-{counts[year]:04d}"
        yield invent(case_id, place + 1, at, chance, is_open=place in are_open, late=place in are_late)


def _open_places(n: int, wanted: int, chance: Random) -> set[int]:
    recent = range(n - max(round(n * RECENT), wanted // 2), n)
    newest = chance.sample(recent, min(len(recent), wanted // 2))
    others = chance.sample(range(recent.start), min(recent.start, wanted - len(newest)))
    return {*newest, *others}


class importing:  # noqa: N801 - used like a function
    """A ``git fast-import`` into the repository at ``root``, waited for at the end."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> "subprocess.Popen[bytes]":
        words = ["git", "fast-import", "--quiet", "--done", "--date-format=raw"]
        self._process = subprocess.Popen(words, cwd=self._root, stdin=subprocess.PIPE)
        return self._process

    def __exit__(self, kind: object, *_rest: object) -> None:
        assert self._process.stdin
        if kind is None:
            self._process.stdin.write(b"done\n")
        self._process.stdin.close()
        if self._process.wait() and kind is None:
            sys.exit("git fast-import failed")


def write_commits(stream: IO[bytes], events: list[Event], authors: dict[str, str], *, daily: bool = False) -> None:
    """Write a commit for each event (``daily``: for those of a day) in the order given; ``authors`` by coordinator."""
    parent = b"from refs/heads/main^0\n"
    for _key, together in groupby(events, key=lambda event: event.at.date() if daily else event.mark):
        first, *others = together
        seconds = int((first.at - timedelta(hours=7) - datetime(1970, 1, 1)).total_seconds())
        who = f"{authors[first.matter.owner]} {seconds} +0700"
        words = message(first.matter.id, first.state, first.matter.word)
        text = (f"บันทึกประจำวัน {1 + len(others)} รายการ\n" if daily else words).encode()
        stream.write(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(text)}\n".encode())
        stream.write(text + b"\n" + parent)
        for event in (first, *others):
            stream.write(f"M 100644 :{event.mark} {event.matter.path}\n".encode())
        parent = b""


def message(case_id: str, state: State, word: str) -> str:
    """Return a commit message with the trailers of ``srctl/workflow/commit_message.py``: the last entry has its own."""
    sentence = {"receive": f"รับเรื่อง: {word}", "close": "ปิดเรื่อง"}.get(state.action, "บันทึกการประสาน")
    last = state.entries if state.action in ("receive", "close") else state.entries + 1
    before = [f"a{i}" for i in range(last - state.entries + 1, last)]
    lines = [f"{case_id} {sentence}", "", f"Srctl-Case: {case_id}", f"Srctl-Action: {state.action}"]
    lines += [f"Srctl-Entries: {' '.join(before)}"] if before else []
    return "\n".join([*lines, f"Srctl-Entry: a{last}", f"Srctl-Stage: {state.stage}", "Srctl-Format: 1", ""])


def settle(root: Path) -> None:
    """Refresh the index of git from the disk and write the commit-graph, as in a well-kept office."""
    git(root, "read-tree", "HEAD")
    git(root, "update-index", "-q", "--refresh")
    git(root, "commit-graph", "write", "--reachable", "--changed-paths", "--no-progress")
    if hasattr(os, "sync"):
        os.sync()


def git(root: Path, *words: str) -> str:
    """Run git in the office and return its output."""
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.strip()


def change_elsewhere(root: Path, count: int, turn: int) -> str:
    """Make a commit on top of HEAD that adds a note to ``count`` cases, as a colleague's clone would; return its id."""
    base = git(root, "rev-parse", "HEAD")
    paths = git(root, "ls-tree", "-r", "--name-only", "HEAD", "cases").splitlines()
    step = max(1, len(paths) // count)
    git(root, "update-ref", "-d", "refs/bench/pull")
    note = f"  - {{id: b{turn}, at: 2026-11-20T16:{turn:02d}:00+07:00, who: suda, did: note, text: จากอีกเครื่อง}}\n"
    with importing(root) as stream:
        assert stream.stdin
        who = "นางสาวสุดา สมมติเพียร <suda@example.go.th> 1795167000 +0700"
        head = f"commit refs/bench/pull\nauthor {who}\ncommitter {who}\ndata 0\nfrom {base}\n"
        stream.stdin.write(head.encode())
        for path in paths[turn % step :: step][:count]:
            raw = (root / path).read_bytes() + note.encode()
            stream.stdin.write(f"M 100644 inline {path}\ndata {len(raw)}\n".encode() + raw + b"\n")
    return git(root, "rev-parse", "refs/bench/pull")


def read_all(office: Path) -> None:
    """Read every case file into the cache of the system, which drops what was not read lately."""
    for folder, _folders, names in os.walk(office / "cases"):
        for name in names:
            Path(folder, name).read_bytes()


def restore(root: Path, base: str) -> None:
    """Reset the office to the commit it was made at, for the next run."""
    git(root, "reset", "-q", "--hard", base)
    git(root, "clean", "-q", "-fdx", "cases")


def kept(home: Path, n: int, n_open: int) -> dict[str, Any]:
    """The ``made.json`` of the office kept in ``home``, which is made first when there is none of this size.

    It is made in a process of its own: the highest memory of a child is never reported below that of its parent.
    """
    file = home / "made.json"
    made: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if (made.get("version"), made.get("cases"), made.get("open")) != (VERSION, n, n_open):
        subprocess.run([sys.executable, "-m", "benchmarks.offices", str(home), str(n), str(n_open)], check=True)
        made = json.loads(file.read_text(encoding="utf-8"))
    return made


def main() -> None:
    """Make the office of the arguments, in place of one that is there."""
    home, n = Path(sys.argv[1]), int(sys.argv[2])
    n_open = int(sys.argv[3]) if len(sys.argv) > 3 else usual_open(n)
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    start = time.perf_counter()
    shown = make(home / "office", n, n_open / n)
    seconds = round(time.perf_counter() - start, 1)
    made = {"version": VERSION, "cases": n, "open": n_open, "seconds": seconds, "shown": shown}
    made["base"] = git(home / "office", "rev-parse", "HEAD")
    (home / "made.json").write_text(json.dumps(made), encoding="utf-8")
    print(f"{n} cases, {n_open} open: made in {seconds} s")


if __name__ == "__main__":
    main()
