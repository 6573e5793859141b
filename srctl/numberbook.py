"""The last case number given in each register book: kept, so that none is ever given twice. Floor 3.

History knows every number, but to meet one whose file was deleted later it would have to be walked. That is done once
for a year and book; from then on the note ``.git/srctl/numbers.json`` grows with what actions make, before their
journal is removed. Without the note history is walked again.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from srctl import atomicfile, gitobjects, lock
from srctl.gitrepo import Repo
from srctl.query import ID, last_number

_CASE = re.compile(rf"cases/[0-9]+/[0-9]+/(?P<id>{ID.pattern})\.yaml", re.ASCII)
_CLOCKS = timedelta(days=7)  # how far those of the office's machines may be apart


def last(repo: Repo, year: int, book: str) -> int:
    """Return the highest number of the book in the B.E. year that history holds or ever held, 0 for none.

    To be called under the lock: what history told for the first time is noted.
    """
    noted = _read(repo).get(_key(year, book))
    names = set(_held(repo, f"cases/{year}"))
    if noted is None and names:
        names.update(Path(path).name for path in repo.deleted(f"cases/{year}", date(year - 543, 1, 1) - _CLOCKS))
    found = last_number(names, year, book)
    if noted is None:
        _write(repo, {**_read(repo), _key(year, book): found})
    return max(noted or 0, found)


def note(repo: Repo, paths: Iterable[str]) -> None:
    """Note the numbers of the case files an action wrote, in the books that are kept already."""
    known = _read(repo)
    given = dict(known)
    for match in filter(None, map(_CASE.fullmatch, paths)):
        key = _key(int(match["year"]), match["book"])
        if key in given:
            given[key] = max(given[key], int(match["number"]))
    if given != known:
        _write(repo, given)


def _key(year: int, book: str) -> str:
    return f"{year}-{book}"


def _held(repo: Repo, under: str) -> Iterator[str]:
    """Yield the names of the files that HEAD holds in the folders of ``under``."""
    with repo.objects() as objects:
        year = objects.get(f"HEAD:{under}")
        for entry in gitobjects.read_tree(year.data, len(year.id) // 2).values() if year else ():
            if entry.mode == gitobjects.FOLDER:
                yield from gitobjects.names(objects.need(entry.id).data, len(entry.id) // 2)


def _place(repo: Repo) -> Path:
    return lock.folder(repo.root) / "numbers.json"


def _read(repo: Repo) -> dict[str, int]:
    """Return what is noted; nothing when it cannot be read."""
    try:
        return {str(key): int(number) for key, number in json.loads(_place(repo).read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(repo: Repo, given: dict[str, int]) -> None:
    atomicfile.write(_place(repo), json.dumps(given).encode(), atomicfile.permissions(_place(repo)))
