"""A mapping of definitions by file name, each read on first use."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from srctl.core.errors import BadFile, CommandLine, Problem
from srctl.core.i18n import _

T = TypeVar("T")


class UnreadableDefinition(BadFile, KeyError):
    """A definition that is there and cannot be read: none for ``get``, a refusal for whoever goes through them all."""


class LazyMapping(Mapping[str, T]):
    """The definitions of one folder by file name, each read on first use."""

    def __init__(self, folder: Path, read: Callable[[Path], T | None]) -> None:
        self._folder, self._read = folder, read
        self._known: dict[str, T | None] = {}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(p.stem for p in self._folder.glob("*.yaml")))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, key: str) -> T:
        if key not in self._known:
            path = self._folder / f"{key}.yaml"
            inside = key and "/" not in key and "\\" not in key and key in self._names
            self._known[key] = self._read(path) if inside else None
        value = self._known[key]
        if value is None:
            if key not in self._names:
                raise KeyError(key)
            path = Path(self._folder.name) / f"{key}.yaml"
            raise UnreadableDefinition([Problem(path, 0, "unreadable", _("cannot be read"), CommandLine("check"))])
        return value

    def readable(self) -> dict[str, T]:
        """The definitions that can be read, by name."""
        return {key: value for key in self if (value := self.get(key)) is not None}
