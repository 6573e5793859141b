"""Two changes of one file brought together by meaning: mappings by key, items of lists by their name. Pure.

Works on the plain data of files: of the common ``base``, of the file that is ``kept`` and of the one that comes in.
The editor then writes what differs into the text that is kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from srctl.core.patches import Where
from srctl.core.records import NamedTuple

# The keys by which the items of a list are known, the first that an item has.
NAMES = ("id", "name", "date", "case")
_ABSENT: Any = object()


class Merger(NamedTuple):
    """How two changes meet.

    ``cautious`` adds to a part (a rule, a field) that was changed on the side kept only keys it has not, and takes
    nothing out of a list; ``yielding`` takes what comes in where both changed the same.
    """

    cautious: bool = False
    yielding: bool = False


PLAIN = Merger()


class Merged(NamedTuple):
    """The data kept with the changes that came in: where they were taken, and where both sides had changed."""

    data: Any
    taken: tuple[Where, ...]
    conflicts: tuple[Where, ...]


class _Changes(NamedTuple):
    taken: list[Where]
    conflicts: list[Where]


def merge(base: Any, kept: Any, incoming: Any, how: Merger = PLAIN) -> Merged:
    """The data ``kept`` with the changes from ``base`` to ``incoming``; its order stays, what is new comes last."""
    found = _Changes([], [])
    data = _value((), (base, kept, incoming), how, found, inside=False)
    return Merged(data, tuple(found.taken), tuple(found.conflicts))


def _value(where: Where, versions: tuple[Any, Any, Any], how: Merger, found: _Changes, *, inside: bool) -> Any:
    """The value at ``where``; ``inside`` a part that was changed on the side kept, caution lets nothing else change."""
    base, kept, incoming = versions
    if incoming in (base, kept):
        return kept
    alone = kept == base
    if alone and inside and how.cautious and base is not _ABSENT:
        found.conflicts.append(where)
        return kept
    both = (kept, incoming) if base is _ABSENT else versions
    if all(isinstance(value, dict) for value in both):
        changed = bool(where) and not alone
        return _mapping(where, ({} if base is _ABSENT else base, kept, incoming), how, found, inside=changed)
    if all(isinstance(value, list) for value in both):
        made = _list(where, ([] if base is _ABSENT else base, kept, incoming), how, found)
        if made is not None:
            return made
    if alone:
        found.taken.append(where)
        return incoming
    found.conflicts.append(where)
    return incoming if how.yielding else kept


def _mapping(
    where: Where, versions: tuple[Any, Any, Any], how: Merger, found: _Changes, *, inside: bool
) -> dict[str, Any]:
    base, kept, incoming = versions
    made = {}
    for key in dict.fromkeys((*kept, *incoming, *base)):
        three = tuple(version.get(key, _ABSENT) for version in versions)
        value = _value((*where, key), three, how, found, inside=inside)
        if value is not _ABSENT:
            made[key] = value
    return made


def _list(where: Where, versions: tuple[Any, Any, Any], how: Merger, found: _Changes) -> list[Any] | None:
    """The items of all, each once; None when they have no names, or stand twice, and cannot be told apart."""
    named = [_named(version) for version in versions]
    if any(items is None for items in named):
        return None
    base, kept, incoming = (items or {} for items in named)
    made = []
    for name in dict.fromkeys((*kept, *incoming, *base)):
        three = tuple(items.get(name, _ABSENT) for items in (base, kept, incoming))
        if how.cautious and three[2] is _ABSENT and three[0] == three[1]:
            found.conflicts.append((*where, name))
            made.append(three[1])
            continue
        value = _value((*where, name), three, how, found, inside=False)
        if value is not _ABSENT:
            made.append(value)
    return made


def _named(items: Sequence[Any]) -> dict[str, Any] | None:
    """The items by the name of each; None when one has none, or two have the same. A text is its own name."""
    named: dict[str, Any] = {}
    for item in items:
        name = item if isinstance(item, str) else _name(item)
        if not isinstance(name, str) or name in named:
            return None
        named[name] = item
    return named


def _name(item: Any) -> Any:
    return next((item[key] for key in NAMES if key in item), None) if isinstance(item, Mapping) else None
