"""Names as people type them, matched with the names that are known: whole, in part, or nearly. Pure.

Everything is compared folded (:func:`srctl.core.thai.fold`), without spaces and full stops: ``สพฐ`` is ``สพฐ.``.
"""

from collections.abc import Iterable, Sequence

from srctl.core.records import NamedTuple
from srctl.core.thai import fold

ALIKE = 0.6  # of 1; what difflib itself calls a close match


class Known(NamedTuple):
    """Something that can be named: its ``id`` and what people call it, the name to be shown first."""

    id: str
    names: tuple[str, ...]

    def shown(self) -> str:
        """The name and the id, as a list of choices shows them."""
        return f"{self.names[0]} ({self.id})" if self.names and self.names[0] != self.id else self.id


def _key(name: str) -> str:
    return fold(name).replace(" ", "").replace(".", "")


def called_exactly(typed: str, known: Iterable[Known]) -> list[Known]:
    """Everything that is called ``typed`` exactly."""
    wanted = _key(typed)
    return [one for one in known if wanted and wanted in (_key(one.id), *map(_key, one.names))]


def matching(typed: str, known: Iterable[Known]) -> list[Known]:
    """What ``typed`` means: all called exactly so; else all with it as a whole word of a name; else in part."""
    everything = list(known)
    wanted = _key(typed)
    if not wanted:
        return []
    if exact := called_exactly(typed, everything):
        return exact
    if whole := [one for one in everything if any(wanted in map(_key, name.split()) for name in one.names)]:
        return whole
    words = [_key(word) for word in typed.split()]
    return [one for one in everything if any(all(word in _key(name) for word in words) for name in one.names)]


def nearest(typed: str, known: Sequence[Known], most: int = 3, least: float = ALIKE) -> list[Known]:
    """Those whose names are most like ``typed``, the likest first; none that is not at ``least`` so much (of 1)."""
    from difflib import SequenceMatcher

    wanted = _key(typed)
    likeness = {
        at: max(SequenceMatcher(None, wanted, _key(name)).ratio() for name in (one.id, *one.names))
        for at, one in enumerate(known)
    }
    alike = sorted((at for at in likeness if likeness[at] >= least), key=lambda at: -likeness[at])
    return [known[at] for at in alike[:most]]
