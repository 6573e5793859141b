"""A YAML file as read: bytes, text, data, its typed value, or its problems. Needs no YAML library.

A valid file is decoded quickly (``core.decoding``); only one that fails pays for full validation (``store.schema``).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from srctl.core.decoding import Fault, decode
from srctl.core.errors import BadFile, Problem
from srctl.core.records import NamedTuple

T = TypeVar("T")
Where = tuple[str | int, ...]


class Source(NamedTuple):
    """A file as read: its text without BOM, its data (text, lists, mappings only) or its problems.

    ``data`` is None exactly when ``problems`` is not empty. ``canonical``: it is in the style srctl writes.
    """

    path: Path
    text: str
    data: Mapping[str, Any] | None
    problems: tuple[Problem, ...]
    raw: bytes = b""
    canonical: bool = False

    @property
    def lines(self) -> Mapping[Where, int]:
        """The 1-based line of each key and list item, computed only when a fault needs it."""
        from srctl.store.yaml.positions import line_numbers

        return {} if self.data is None else line_numbers(self.text)

    def line(self, where: Where) -> int:
        """Return the 1-based line of ``where``, or of its nearest part that is in the file."""
        lines = self.lines
        return next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)


def read_typed(cls: type[T], source: Source) -> tuple[T | None, tuple[Problem, ...]]:
    """The value of a file; None, and the problems of its text or else of its shape, when it has none."""
    if source.data is None:
        return None, source.problems
    value = decode(cls, source.data)
    if value is not None:
        return value, ()
    from srctl.store.schema import shape_faults

    found = located(source, shape_faults(cls, source.data))
    assert found, f"{cls.__name__}: invalid when decoded, valid by its schema"
    return None, found


def value_of(cls: type[T], source: Source) -> T:
    """The value of a file; BadFile with every problem when it has none."""
    value, problems = read_typed(cls, source)
    if value is None:
        raise BadFile(problems)
    return value


def located(source: Source, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """The ``faults`` of a file as problems, each with the line it stands on."""
    return tuple(Problem(source.path, source.line(f.where), f.code, f.message, f.hint) for f in faults)
