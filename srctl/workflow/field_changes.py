"""What an act changed in the fields of a case: from what to what, as `show` and `history` tell it. Pure.

Nothing of it is stored: it is read from the two versions the record has of the file.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from srctl.core.dates import parse_iso, show_date
from srctl.core.decoding import plain
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import shorten
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.labels import channel_word, secrecy_word, urgency_word, whom_word
from srctl.model.people import OF_CASE
from srctl.workflow.stages import label

SHOWN = 200  # cells of a text shown before and after; the whole of it stands in the record
_APART = ("format", "id", "log")
_HOW = "counted"  # how a day was counted goes with the day


class FieldChange(NamedTuple):
    """One field that was changed: its path, and its text before and after ("": nothing stood there).

    Of a ``private`` one (the complainant, private fields of the kind) the texts are never told.
    """

    path: str
    before: str
    after: str
    private: bool = False


def field_changes(before: Case, after: Case, kind: Kind | None) -> tuple[FieldChange, ...]:
    """The fields in which ``after`` differs, in the order of the file; the log is not one of them."""
    old, new = dict(_texts(before)), dict(_texts(after))
    private = {f"fields.{f.name}" for f in kind.fields if f.private} if kind else set()
    return tuple(
        FieldChange(path, old.get(path, ""), new.get(path, ""), path.startswith("complainant.") or path in private)
        for path in dict.fromkeys((*old, *new))
        if old.get(path, "") != new.get(path, "")
    )


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    for name, value in plain(case, iso=True).items():
        if name not in _APART:
            yield from _leaves(name, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts below a path: of a list of texts one, of a list of steps or links one each."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key != _HOW:
                yield from _leaves(f"{path}.{key}", item)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for item in value:
            name, *texts = (str(text) for key, text in item.items() if text and key != _HOW)
            yield f"{path}.{name}", " | ".join(texts)
    elif isinstance(value, list):
        yield path, " / ".join(map(str, value))
    elif value not in (None, "", False):
        yield path, str(value)


def path_of(name: str, kind: Kind) -> str:
    """The path of a field by the name people type: a field of the kind without ``fields.``."""
    own = name.removeprefix("fields.")
    return f"fields.{own}" if any(field.name == own for field in kind.fields) else name


def field_label(path: str, kind: Kind | None) -> str:
    """The words for a field of a case, as `show` names it; a step and a link by their own names."""
    words = {
        "kind": _("kind"), "urgency": _("urgency"), "secrecy": _("secrecy"), "owner": _("coordinator"),
        "backup": _("backup coordinator"), "received.on": _("day of receipt"), "received.at": _("time of receipt"),
        "received.channel": _("channel"), "received.from": _("from whom"),
        "complainant.name": _("name of who complains"), "complainant.phone": _("phone of who complains"),
    }  # fmt: skip
    head, _dot, rest = path.partition(".")
    if path in words:
        return words[path]
    if head == "complainant":
        return f"{_('complainant')} ({rest})"
    if head == "links":
        return f"{_('links')} ({rest})"
    if path.startswith("plan.steps."):
        return f"{_('step')} {rest.removeprefix('steps.')}"
    return label(path, kind, language())


def change_sentence(change: FieldChange, kind: Kind | None, kinds: Mapping[str, Kind]) -> str:
    """``subject: from … to …``; of a private field only that it was changed. ``kinds`` have the names of kinds."""
    name = field_label(change.path, kind)
    if change.private:
        return _("{field}: (personal data)").format(field=name)
    before, after = (_shown(change.path, text, kinds) for text in (change.before, change.after))
    return _("{field}: from {before} to {after}").format(field=name, before=before, after=after)


def _shown(path: str, text: str, kinds: Mapping[str, Kind]) -> str:
    if path == "kind" and (found := kinds.get(text)):
        return found.label.in_(language())
    word = {"urgency": urgency_word, "secrecy": secrecy_word, "received.channel": channel_word}.get(path)
    if word:
        return (text and word(text)) or "–"
    if text and path.startswith("plan.steps."):
        text = " | ".join(map(_part_of_a_step, text.split(" | ")))
    try:
        return show_date(parse_iso(text), language())
    except ValueError:
        return shorten(" ".join(text.split()), SHOWN) or "–"


def _part_of_a_step(text: str) -> str:
    """What is to be done as it is; with whom, by which channel and until when in words."""
    if text.startswith(OF_CASE):
        return whom_word(text)
    try:
        return show_date(parse_iso(text), language())
    except ValueError:
        return channel_word(text)


def change_view(entry_id: str, change: FieldChange, kind: Kind | None) -> dict[str, Any]:
    """The change as plain data, with the entry it belongs to; of a private field without its texts."""
    texts = (None, None) if change.private else (change.before, change.after)
    name = field_label(change.path, kind)
    return {
        "entry": entry_id, "field": change.path, "label": name,
        "before": texts[0], "after": texts[1], "private": change.private,
    }  # fmt: skip
