"""YAML files: read by one rule, edited by splicing bytes, written in one style. Floor 2.

Every name is fetched when it is first used, so that reading never pays for the editor's library
and writing a new file pays for neither.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srctl.edits import Edit, Value
    from srctl.yamlfile.editor import (
        append_item,
        apply,
        item_texts,
        remove_key,
        set_value,
    )
    from srctl.yamlfile.intent import intended
    from srctl.yamlfile.lastline import append_lines
    from srctl.yamlfile.linting import lint
    from srctl.yamlfile.reader import read_file, read_text
    from srctl.yamlfile.source import Source
    from srctl.yamlfile.writer import Tall, Verbatim, as_read, dump

__all__ = [
    "Edit",
    "Source",
    "Tall",
    "Value",
    "Verbatim",
    "append_item",
    "append_lines",
    "apply",
    "as_read",
    "dump",
    "intended",
    "item_texts",
    "lint",
    "read_file",
    "read_text",
    "remove_key",
    "set_value",
]

_HOMES = {
    "srctl.edits": ("Edit", "Value"),
    "srctl.yamlfile.editor": ("append_item", "apply", "item_texts", "remove_key", "set_value"),
    "srctl.yamlfile.intent": ("intended",),
    "srctl.yamlfile.lastline": ("append_lines",),
    "srctl.yamlfile.linting": ("lint",),
    "srctl.yamlfile.reader": ("read_file", "read_text"),
    "srctl.yamlfile.source": ("Source",),
    "srctl.yamlfile.writer": ("Tall", "Verbatim", "as_read", "dump"),
}


def __getattr__(name: str) -> Any:
    """Fetch a public name from the module it lives in."""
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(home), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
