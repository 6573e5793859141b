"""The links that other cases have to a case: found by their traces, written in one file only. Reads only."""

from collections.abc import Iterator
from datetime import date

from srctl.core.records import NamedTuple
from srctl.index.cache import ask
from srctl.index.tables import link_trace
from srctl.model.case import Relation
from srctl.model.case_id import id_order
from srctl.office.folder import Folder

_LINKED = "SELECT DISTINCT path FROM trace WHERE trace = ?"


class Backlink(NamedTuple):
    """A link in another ``case`` to the one asked about, as it stands there."""

    case: str
    as_: Relation


def backlinks(folder: Folder, today: date, case_id: str) -> Iterator[Backlink]:
    """Yield the links of other cases, closed ones too, to the case."""
    rows = ask(folder, today, lambda store: store.rows(_LINKED, (link_trace(case_id),)))
    for path in sorted((folder.root / path for (path,) in rows), key=lambda path: id_order(path.stem)):
        other = folder.read_case(path).case
        for link in other.links if other else ():
            if link.case == case_id:
                yield Backlink(path.stem, link.as_)
