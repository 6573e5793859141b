"""The texts of a case as the index keeps them: without who complains and what its kind keeps private, however written.

The index is a further copy on the disk, and lists, completion and calendars are made from it. What only may be a name
stays, as everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.redaction import identifiers_of, private_fields, redactor_of

# Keys whose values are words of srctl, ids, days and amounts: nobody types a text there.
_NO_TEXTS = frozenset({
    "id", "kind", "owner", "backup", "urgency", "secrecy", "at", "on", "dated", "due", "until", "counted", "channel",
    "who", "did", "with", "keeps", "waives", "step", "paper", "sha256", "case", "as", "to", "of", "wording", "form",
    "signer", "among", "series", "meets", "breaks", "chases", "category", "deadline", "unit", "whom", "moved", "was",
    "post", "reopens",
    "acting",
})  # fmt: skip
_NAMED_BY_KINDS = ("fields", "given")  # what stands in these has names that a kind or a wording gives


def text_redactor(case: Case, kind: Kind | None, data: Mapping[str, Any]) -> Callable[[str], str] | None:
    """A function that redacts a text of the case; None where nothing in ``data``, its file, is to be taken out.

    The whole file is searched once for the bare words and figures, so that nearly every case costs no more.
    """
    found = identifiers_of(case, kind)
    if not found:
        return None
    whole = "\n".join(text for key, value in data.items() if key != "complainant" for text in _texts(key, value))
    there = tuple(one for one in found if one.may_stand_in(whole))
    return redactor_of(there) if there else None


def redacted_data(
    kind: Kind | None, data: Mapping[str, Any], redact: Callable[[str], str] | None
) -> dict[str, Any]:  # fmt: skip
    """The data of a case without the complainant and the private fields of its kind, and its texts redacted."""
    private = private_fields(kind, data.get("fields") or ())
    kept = {key: value for key, value in data.items() if key != "complainant"}
    if isinstance(kept.get("fields"), dict):
        kept["fields"] = {name: value for name, value in kept["fields"].items() if name not in private}
    return {key: _redacted(key, value, redact) for key, value in kept.items()} if redact else kept


def _redacted(key: str, value: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return value if key in _NO_TEXTS else redact(value)
    if isinstance(value, dict):
        known = key not in _NAMED_BY_KINDS
        return {name: _redacted(name if known else "", part, redact) for name, part in value.items()}
    if isinstance(value, list):
        return [_redacted(key, part, redact) for part in value]
    return value


def _texts(key: str, value: Any) -> Iterator[str]:
    """Yield the texts that somebody may have typed, those that :func:`_redacted` looks through."""
    if isinstance(value, str):
        if key not in _NO_TEXTS:
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts("" if key in _NAMED_BY_KINDS else name, part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(key, part)
