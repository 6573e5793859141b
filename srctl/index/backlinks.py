"""The links that other cases have to a case: found by their traces, written in one file only. Reads only."""

from collections.abc import Iterator
from datetime import date

from srctl.core.records import NamedTuple
from srctl.index.queries import recognised
from srctl.index.traces import link_mark
from srctl.model.case import Relation
from srctl.office.folder import Folder


class Backlink(NamedTuple):
    """A link in another ``case`` to the one asked about, as it stands there."""

    case: str
    as_: Relation


def backlinks(folder: Folder, today: date, case_id: str) -> Iterator[Backlink]:
    """Yield the links of other cases, closed ones too, to the case."""
    for path in reversed(recognised(folder, today, [link_mark(case_id)])):
        other = folder.read_case(path).case
        for link in other.links if other else ():
            if link.case == case_id:
                yield Backlink(path.stem, link.as_)
