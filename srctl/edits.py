"""Changes to plain data, as values: what an action wants to be different in a file. Floor 1.

The editor makes the same change in the text of the file without touching anything else; :func:`patch` is what
the outcome must read as.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Union

Value = Union[str, int, date, None, "Sequence[Value]", "Mapping[str, Value]"]  # bool is an int, datetime a date
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


def as_text(value: Value) -> Any:
    """Return ``value`` as it will be read back from a file: mappings, lists and text only."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_text(item) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_text(item) for item in value]
    return "" if value is None else str(value)


def patch(data: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """Return a copy of ``data`` with ``edits`` made, one after the other."""
    changed: Any = dict(data)
    for edit in edits:
        if edit.op != "set" or edit.value is not None:
            changed = _patched(changed, edit.where, edit)
    return dict(changed)


def _patched(node: Any, where: Where, edit: Edit) -> Any:
    if not where:
        if edit.op == "append":
            return [*(node or ()), as_text(edit.value)]
        return as_text(edit.value)
    key, rest = where[0], where[1:]
    copy: Any = list(node) if isinstance(node, list) else dict(node or {})
    if edit.op == "remove" and not rest:
        del copy[key]
        return copy
    inner = copy.get(key) if isinstance(copy, dict) else copy[int(key)]
    copy[key] = _patched(inner, rest, edit)
    return copy
