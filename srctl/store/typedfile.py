"""A YAML file as a typed value, or every fault of it with its line.

A valid file is decoded quickly (``core.decoding``); only one that fails pays for full validation (``store.schema``).
"""

from collections.abc import Iterable
from typing import TypeVar

from srctl.core.decoding import Fault, decode
from srctl.core.errors import BadFile, Problem
from srctl.store.yaml.source import Source

T = TypeVar("T")


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
