"""Other programs on the same matters: todoman (.ics files, a SQLite cache), taskwarrior 2 (text files).

A program counts when it is on the PATH or in ``peers/venv`` beside the offices; one that is missing is reported.
Their stores are written in their own formats from ``items.tsv``: open matters pending, closed ones completed.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from benchmarks.measuring import Cost, Job, Median, measure, once, run

KNOWN = ("todoman", "taskwarrior")


class Item(NamedTuple):
    """A matter as other programs know it."""

    id: str
    is_open: bool
    received: date
    due: date
    subject: str


class Peer(NamedTuple):
    """A program found here: its name with version, and its job for each work of srctl."""

    name: str
    works: dict[str, Job]


def items(home: Path) -> Iterator[Item]:
    """Yield the matters of the office kept in ``home``."""
    with (home / "items.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            case_id, is_open, received, due, subject = line.rstrip("\n").split("\t")
            yield Item(case_id, is_open == "1", date.fromisoformat(received), date.fromisoformat(due), subject)


def found(home: Path) -> list[Peer]:
    """The programs found here, with the matters of ``home`` in their stores."""
    return [peer for peer in (todoman(home), taskwarrior(home)) if peer]


def program(home: Path, name: str) -> str:
    """Return the path of a program, "" when it is not here."""
    beside = home.parent / "peers" / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    return shutil.which(name, path=str(beside)) or shutil.which(name) or ""


def measured(peer: Peer) -> dict[str, Median]:
    """The cost of each work for the peer: the cache is rebuilt once, the rest run several times."""
    return {work: (once if work == "rebuild" else measure)(job) for work, job in peer.works.items()}


def _version(words: list[str]) -> str:
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    match = re.search(r"\d+(\.\d+)+", done.stdout)
    return match[0] if match else ""


def todoman(home: Path) -> Peer | None:
    """Return todoman with the matters as .ics files, None when it is not here."""
    todo = program(home, "todo")
    version = _version([todo, "--version"]) if todo else ""
    if not version:
        return None
    place = home / "todoman"
    if not (place / "filled").exists():
        _fill_todoman(place, items(home))
    words = [todo, "--config", str(place / "config.py")]

    def cold(_turn: int) -> Cost:
        (place / "cache.sqlite3").unlink(missing_ok=True)
        return run([*words, "list"], place)

    return Peer(f"todoman {version}", {
        "rebuild": cold,
        "due": lambda _turn: run([*words, "list", "--due", "24"], place),
        "list": lambda _turn: run([*words, "list"], place),
        "show ID": lambda _turn: run([*words, "show", "7"], place),
        "new": lambda turn: run([*words, "new", "-l", "office", "-d", "2026-12-11", f"เรื่องใหม่ {turn}"], place),
    })  # fmt: skip


def _fill_todoman(place: Path, matters: Iterator[Item]) -> None:
    store = place / "store" / "office"
    store.mkdir(parents=True, exist_ok=True)
    (place / "config.py").write_text(
        f'path = "{place.as_posix()}/store/*"\ncache_path = "{place.as_posix()}/cache.sqlite3"\n'
        'date_format = "%Y-%m-%d"\ntime_format = "%H:%M"\ndefault_list = "office"\n',
        encoding="utf-8",
    )
    for item in matters:
        came = f"{item.received:%Y%m%d}T020000Z"
        state = (
            "STATUS:NEEDS-ACTION" if item.is_open else f"STATUS:COMPLETED\r\nCOMPLETED:{came}\r\nPERCENT-COMPLETE:100"
        )
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "BEGIN:VTODO", f"UID:{item.id}@bench",
            f"DTSTAMP:{came}", f"CREATED:{came}", f"SUMMARY:{item.subject}", f"DUE;VALUE=DATE:{item.due:%Y%m%d}",
            state, "END:VTODO", "END:VCALENDAR", "",
        )  # fmt: skip
        (store / f"{item.id}.ics").write_text("\r\n".join(lines), encoding="utf-8", newline="")
    (place / "filled").touch()


def taskwarrior(home: Path) -> Peer | None:
    """Return taskwarrior with the matters in its data files, None when it (or not version 2) is here."""
    task = program(home, "task")
    version = _version([task, "--version"]) if task else ""
    if not version.startswith("2."):  # version 3 keeps its data elsewhere
        return None
    place = home / "taskwarrior"
    if not (place / "filled").exists():
        _fill_taskwarrior(place, items(home))
    words = [task, f"rc:{place / 'taskrc'}"]

    def job(*more: str) -> Job:
        return lambda _turn: run([*words, *more], place, may_fail=True)

    return Peer(f"taskwarrior {version}", {
        "due": job("overdue"),
        "list": job("list"),
        "show ID": job("7", "info"),
        "new": job("add", "due:2026-12-11", "เรื่องใหม่"),
    })  # fmt: skip


def _fill_taskwarrior(place: Path, matters: Iterator[Item]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    (place / "taskrc").write_text(
        f"data.location={place.as_posix()}\nconfirmation=no\nhooks=off\nnews.version=9.9.9\n", encoding="utf-8"
    )
    with (
        (place / "pending.data").open("w", encoding="utf-8", newline="\n") as pending,
        (place / "completed.data").open("w", encoding="utf-8", newline="\n") as completed,
    ):
        for item in matters:
            came, due = _seconds(item.received), _seconds(item.due)
            attributes = f'description:"{item.subject}" due:"{due}" entry:"{came}"'
            name = uuid5(NAMESPACE_URL, item.id)
            if item.is_open:
                pending.write(f'[{attributes} status:"pending" uuid:"{name}"]\n')
            else:
                completed.write(f'[{attributes} end:"{came}" status:"completed" uuid:"{name}"]\n')
    (place / "filled").touch()


def _seconds(day: date) -> int:
    return int((datetime.combine(day, datetime.min.time()) - timedelta(hours=7) - datetime(1970, 1, 1)).total_seconds())
