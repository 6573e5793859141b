"""Matters of an agenda taken over into the minutes: each stands there with its title, to be filled. Pure.

A row of the minutes names a matter by its number (``4.2``), by its title, or by the head alone where there is one
matter under it; what names none is a further matter. Rows below it that name no head belong to it.
"""

from collections.abc import Iterator, Mapping, Sequence

from srctl.core.records import NamedTuple
from srctl.core.thai import fold, to_arabic_digits
from srctl.model.case import Case
from srctl.papers.listed_values import row_of
from srctl.papers.wordings import Value

_Rows = list[dict[str, str]]


class AgendaMatter(NamedTuple):
    """A matter of an agenda: the head it stands under, its number there (``4.2``), its title."""

    head: str
    number: str
    title: str


def agenda_matters(case: Case, name: str, value: Value) -> list[AgendaMatter]:
    """The matters under their heads, of the last draft of the wording that ``value`` takes them from; often none."""
    drafts = [e for e in case.happened() if value.takes and e.did == "draft" and value.takes in (e.paper, e.wording)]
    rows = [row_of(value, line) for line in (drafts[-1].given.get(name, "") if drafts else "").splitlines()]
    found: list[AgendaMatter] = []
    head = ""
    for row in rows:
        head = to_arabic_digits(row[value.columns[0]]) or head
        if title := row[value.columns[1]]:
            place = 1 + sum(matter.head == head for matter in found)
            found.append(AgendaMatter(head, f"{head}.{place}", title))
    return sorted(found, key=lambda matter: matter.head)


def with_matters(case: Case, values: Mapping[str, Value], given: Mapping[str, str]) -> dict[str, str]:
    """The values given, those that take matters over with all of them."""
    found = dict(given)
    for name, value in values.items():
        if matters := agenda_matters(case, name, value):
            found[name] = _merged(value, matters, given.get(name, ""))
    return found


def _merged(value: Value, matters: Sequence[AgendaMatter], typed: str) -> str:
    """The lines typed, under each head the matters first, each with what was typed of it."""
    first, title = value.columns[:2]
    left = list(_blocks(value, typed))
    lines: _Rows = []
    for head in value.among:
        for matter in (one for one in matters if one.head == head):
            said = next((rows for rows in left if _names(rows[0], matter, matters, first, title)), None)
            if said:
                left.remove(said)
            own = {**(said[0] if said else {}), first: head, title: matter.title}
            lines += [own, *(said[1:] if said else ())]
        further = [rows for rows in left if to_arabic_digits(rows[0][first]) == head]
        left = [rows for rows in left if rows not in further]
        lines += [row for rows in further for row in rows]
    lines += [row for rows in left for row in rows]  # under a head there is not: refused by whoever reads them
    return "\n".join("|".join(row.get(column, "") for column in value.columns).rstrip("|") for row in lines)


def _blocks(value: Value, typed: str) -> Iterator[_Rows]:
    """Yield the rows typed, each that names a head with those below it that name none."""
    block: _Rows = []
    for row in (row_of(value, line) for line in typed.splitlines() if line.strip(" \t|=-")):
        if block and row[value.columns[0]]:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _names(
    row: Mapping[str, str], matter: AgendaMatter, matters: Sequence[AgendaMatter], first: str, title: str
) -> bool:
    """Whether the row is of the matter."""
    item = to_arabic_digits(row[first])
    if item == matter.number:
        return True
    alone = sum(one.head == matter.head for one in matters) == 1
    return item == matter.head and (fold(row[title]) == fold(matter.title) or (alone and not row[title]))
