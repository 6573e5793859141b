"""A YAML file as read: bytes, text, data or problems. Needs no YAML library."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srctl.core.errors import Problem
from srctl.core.records import NamedTuple

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
