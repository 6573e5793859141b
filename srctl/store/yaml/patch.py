"""Edits applied to the plain data of a file, for the editor to check its bytes against. Pure.

The editor's bytes are accepted only when they read back as exactly this data.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from srctl.core.i18n import _
from srctl.core.patches import Edit, Where
from srctl.store.yaml.guards import ReadingError
from srctl.store.yaml.writer import as_read, is_sequence


def look_up(data: Any, where: Where) -> Any:
    """The value at ``where`` in the data, or None."""
    for part in where:
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            return None
    return data


def normalise(data: Any, edit: Edit) -> list[Edit]:
    """The smallest edits with the effect of ``edit``; equal values stay untouched."""
    old = look_up(data, edit.where)
    if edit.op == "set":
        return [] if edit.value is None else list(_differences(old, edit))
    idle = (old if edit.op == "remove" else edit.value) is None
    return [] if idle else [edit]


def _differences(old: Any, edit: Edit) -> Iterator[Edit]:
    value, where = edit.value, edit.where
    if isinstance(value, Mapping) and isinstance(old, dict) and (not where or (old and as_read(value))):
        for key, item in value.items():
            if item is not None:
                yield from _differences(old.get(key), Edit("set", (*where, key), item))
        kept = as_read(value)
        for key in old:
            if key not in kept:
                yield Edit("remove", (*where, key))
    elif is_sequence(value) and isinstance(old, list) and 0 < len(old) <= len(as_read(value)):
        items = [item for item in value if item is not None]
        for n, item in enumerate(items[: len(old)]):
            yield from _differences(old[n], Edit("set", (*where, n), item))
        for item in items[len(old) :]:
            yield Edit("append", where, item)
    elif old != as_read(value):
        yield edit


def patched(data: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """A copy of ``data`` with ``edits`` applied; ReadingError when a path leads nowhere."""
    changed: dict[str, Any] = copied(dict(data))
    for edit in edits:
        for step in normalise(changed, edit):
            apply_step(changed, step)
    return changed


def copied(data: Any) -> Any:
    """A deep copy of mappings and lists; their scalars are immutable."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(item) for item in data] if isinstance(data, list) else data


def apply_step(data: dict[str, Any], edit: Edit) -> None:
    """Apply one normalised edit to ``data`` in place; ReadingError when its path leads nowhere."""
    node: Any = data
    for part, following in zip(edit.where, edit.where[1:], strict=False):
        node = _descend(node, part, following)
    if not edit.where:
        raise _nowhere(edit.where)
    last = edit.where[-1]
    if edit.op == "remove":
        del node[last]
    elif edit.op == "append":
        _list_at(node, last).append(as_read(edit.value))
    elif look_up(node, (last,)) is not None or (isinstance(node, dict) and isinstance(last, str)):
        node[last] = as_read(edit.value)
    else:
        raise _nowhere(edit.where)


def _descend(node: Any, part: str | int, following: str | int) -> Any:
    """The child of ``node``, a new mapping where a key is missing or its value empty."""
    child = look_up(node, (part,))
    if child in (None, "") and isinstance(node, dict) and isinstance(part, str):
        child = node[part] = {}
    if not isinstance(child, dict if isinstance(following, str) else list):
        raise _nowhere((part, following))
    return child


def _list_at(node: Any, part: str | int) -> list[Any]:
    """The list at ``part``, made when missing or empty."""
    child = look_up(node, (part,))
    if child in (None, "") and isinstance(node, dict) and isinstance(part, str):
        child = node[part] = []
    if not isinstance(child, list):
        raise _nowhere((part,))
    return child


def _nowhere(where: Where) -> ReadingError:
    path = ".".join(str(part) for part in where)
    return ReadingError(0, "path", _("there is no place {path} in the file").format(path=path))
