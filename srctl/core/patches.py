"""Edits of plain data, as values: the changes an action makes to a file.

:mod:`srctl.store.yaml.editor` makes them in the text of the file without touching anything else.
"""

from typing import TYPE_CHECKING, Any, Literal

from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Value = str | int | date | None | Sequence["Value"] | Mapping[str, "Value"]  # bool is an int, datetime a date
else:
    Value = Any  # the names in quotes would be compiled at every start
Where = tuple[str | int, ...]


class Edit(NamedTuple):
    """One change: ``set`` a value, ``append`` an item to a list, or ``remove`` a key or item.

    ``where`` is the path of keys and list positions. A new key goes last in its mapping, or before the key
    ``before``. Setting None changes nothing.
    """

    op: Literal["set", "append", "remove"]
    where: Where
    value: Value = None
    before: str = ""
