"""The last case number given in each register book, cached so that none is ever given twice.

History holds every number, but one whose file was deleted later is only found by walking it. That is done once for a
year and book; from then on ``.git/srctl/numbers.json`` caches the highest number up to a commit, and only later commits
(by a pull, by hand) are walked. Each action updates the cache. Without it, or when its commit no longer exists, all of
history is walked again: so it need not be durable.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from srctl.core.dates import ce_year
from srctl.core.records import NamedTuple
from srctl.model.case_id import ID, last_number
from srctl.store import atomicfile, lock
from srctl.store.git import objects as git_objects
from srctl.store.git.process import GitRefused
from srctl.store.git.repository import Repo

_CASE = re.compile(rf"cases/[0-9]+/[0-9]+/(?P<id>{ID})\.yaml", re.ASCII)
_CLOCK_SKEW = timedelta(days=7)  # the most by which the clocks of the office's machines may differ


class Deletion(NamedTuple):
    """The commit that deleted the file of a case last: its short id, its time (ISO) and its author."""

    commit: str
    at: str
    author: str


class _Cached(NamedTuple):
    """The highest number given up to a commit."""

    number: int
    head: str


def last(repo: Repo, year: int, book: str) -> int:
    """The highest number of the book in the B.E. year that history holds or ever held, 0 for none.

    To be called under the lock: it updates the cache.
    """
    with repo.objects() as objects:
        tip = objects.get("HEAD")
    if tip is None:
        return 0
    cached = _read(repo).get(_key(year, book), _Cached(0, ""))
    names = set(_names_at_head(repo, f"cases/{year}"))
    if cached.head != tip.id:
        names.update(Path(path).name for path in _deleted(repo, year, cached.head))
    found = max(cached.number, last_number(names, year, book))
    if cached != (found, tip.id):
        _write(repo, {**_read(repo), _key(year, book): _Cached(found, tip.id)})
    return found


def note_numbers(repo: Repo, paths: Iterable[str], old: str | None, new: str) -> None:
    """Update the cached books with the numbers of the case files an action wrote and the commit it made."""
    given = {key: cached._replace(head=new) if cached.head == old else cached for key, cached in _read(repo).items()}
    for match in filter(None, map(_CASE.fullmatch, paths)):
        key = _key(int(match["year"]), match["book"])
        if key in given:
            given[key] = given[key]._replace(number=max(given[key].number, int(match["number"])))
    if given:
        _write(repo, given)


def _deleted(repo: Repo, year: int, after: str) -> list[str]:
    """The paths of the year deleted by commits: those after ``after``, or all when that is no commit (any more)."""
    if after:
        with suppress(GitRefused):
            return repo.deleted(f"cases/{year}", after=after)
    return repo.deleted(f"cases/{year}", since=date(ce_year(year), 1, 1) - _CLOCK_SKEW)


def deletions(repo: Repo, year: int) -> dict[str, Deletion]:
    """Every case of the B.E. year whose file a commit deleted, by id; it may have been put back since."""
    if repo.head() is None:
        return {}
    words = ["-c", "core.quotePath=false", "log", "-m", "--full-history", "--diff-filter=D", "--no-renames"]
    words += ["--name-only", "--format=%x00%h%x1f%aI%x1f%an%x00", "HEAD", "--", f"cases/{year}"]
    parts = repo.run(*words).decode("utf-8", "replace").split("\0")[1:]
    found: dict[str, Deletion] = {}
    for record, paths in zip(parts[::2], parts[1::2], strict=True):
        for match in filter(None, map(_CASE.fullmatch, paths.splitlines())):
            found.setdefault(match["id"], Deletion(*record.split("\x1f")))
    return found


def _key(year: int, book: str) -> str:
    return f"{year}-{book}"


def _names_at_head(repo: Repo, under: str) -> Iterator[str]:
    """Yield the names of the files that HEAD holds in the folders of ``under``."""
    with repo.objects() as objects:
        year = objects.get(f"HEAD:{under}")
        for entry in git_objects.read_tree(year.data, len(year.id) // 2).values() if year else ():
            if entry.mode == git_objects.FOLDER:
                yield from git_objects.tree_names(objects.need(entry.id).data, len(entry.id) // 2)


def _cache_file(repo: Repo) -> Path:
    return lock.local_folder(repo.root) / "numbers.json"


def _read(repo: Repo) -> dict[str, _Cached]:
    """The cached numbers; none when they cannot be read."""
    try:
        data = json.loads(_cache_file(repo).read_bytes())
        return {str(key): _Cached(int(number), str(head)) for key, (number, head) in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(repo: Repo, given: dict[str, _Cached]) -> None:
    with suppress(OSError):  # an older cache only means a longer walk
        atomicfile.overwrite(_cache_file(repo), json.dumps(given).encode())
