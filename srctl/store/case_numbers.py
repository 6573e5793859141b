"""The last case number given in each register book: kept, so that none is ever given twice. Floor 3.

History knows every number, but to meet one whose file was deleted later it would have to be walked. That is done once
for a year and book; from then on the note ``.git/srctl/numbers.json`` tells the highest number up to a commit, and only
what came after that commit (by a pull, by hand) is walked. An action moves the note along. Without the note, or when
its commit is no more, all of history is walked again: so it need not be durable.
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
from srctl.store import lock
from srctl.store.git import objects as git_objects
from srctl.store.git.process import GitRefused
from srctl.store.git.repository import Repo

_CASE = re.compile(rf"cases/[0-9]+/[0-9]+/(?P<id>{ID.pattern})\.yaml", re.ASCII)
_CLOCKS = timedelta(days=7)  # how far those of the office's machines may be apart


class _Noted(NamedTuple):
    """The highest number given up to a commit."""

    number: int
    head: str


def last(repo: Repo, year: int, book: str) -> int:
    """Return the highest number of the book in the B.E. year that history holds or ever held, 0 for none.

    To be called under the lock: what history told is noted.
    """
    with repo.objects() as objects:
        tip = objects.get("HEAD")
    if tip is None:
        return 0
    noted = _read(repo).get(_key(year, book), _Noted(0, ""))
    names = set(_held(repo, f"cases/{year}"))
    if noted.head != tip.id:
        names.update(Path(path).name for path in _taken_away(repo, year, noted.head))
    found = max(noted.number, last_number(names, year, book))
    if noted != (found, tip.id):
        _write(repo, {**_read(repo), _key(year, book): _Noted(found, tip.id)})
    return found


def note_numbers(repo: Repo, paths: Iterable[str], old: str | None, new: str) -> None:
    """Note the numbers of the case files an action wrote, in the books that are kept, and the commit it made."""
    given = {key: noted._replace(head=new) if noted.head == old else noted for key, noted in _read(repo).items()}
    for match in filter(None, map(_CASE.fullmatch, paths)):
        key = _key(int(match["year"]), match["book"])
        if key in given:
            given[key] = given[key]._replace(number=max(given[key].number, int(match["number"])))
    if given:
        _write(repo, given)


def _taken_away(repo: Repo, year: int, after: str) -> list[str]:
    """Return the paths of the year that commits took away, those behind ``after`` (all, when that is no commit)."""
    if after:
        with suppress(GitRefused):
            return repo.deleted(f"cases/{year}", after=after)
    return repo.deleted(f"cases/{year}", since=date(ce_year(year), 1, 1) - _CLOCKS)


def _key(year: int, book: str) -> str:
    return f"{year}-{book}"


def _held(repo: Repo, under: str) -> Iterator[str]:
    """Yield the names of the files that HEAD holds in the folders of ``under``."""
    with repo.objects() as objects:
        year = objects.get(f"HEAD:{under}")
        for entry in git_objects.read_tree(year.data, len(year.id) // 2).values() if year else ():
            if entry.mode == git_objects.FOLDER:
                yield from git_objects.tree_names(objects.need(entry.id).data, len(entry.id) // 2)


def _place(repo: Repo) -> Path:
    return lock.local_folder(repo.root) / "numbers.json"


def _read(repo: Repo) -> dict[str, _Noted]:
    """Return what is noted; nothing when it cannot be read."""
    try:
        told = json.loads(_place(repo).read_bytes())
        return {str(key): _Noted(int(number), str(head)) for key, (number, head) in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(repo: Repo, given: dict[str, _Noted]) -> None:
    with suppress(OSError):  # an old note is walked on from
        _place(repo).write_text(json.dumps(given), encoding="utf-8")
