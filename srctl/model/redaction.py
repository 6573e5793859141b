"""Redaction: the complainant, and what a kind keeps private, taken out of a text. Pure.

:func:`redactor` takes both out of whatever leaves the office: registers, papers and messages, digests, calendars,
deadline reports. :mod:`srctl.papers.proofing.rules` looks in a finished paper for the same
:class:`~srctl.model.identifiers.Identifier` (design §9: papers for the agency complained of leave the complainant out).
What only may be a name stays in its place: it is for somebody to look at (:mod:`srctl.workflow.typed_names`).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from srctl.model.case import Case, Complainant
from srctl.model.definitions import Kind
from srctl.model.identifiers import Identifier, free_text, identifiers, mentions

COMPLAINANT, WITHHELD = "ผู้ร้อง", "(ขอสงวน)"  # in the place of a name, of anything else
PRIVATE = "fields."  # begins what an identifier is called that comes from a field of a kind


def redactor(
    case: Case, kind: Kind | None, name: str = COMPLAINANT, other: str = WITHHELD
) -> Callable[[str], str]:  # fmt: skip
    """A function that takes out of a text who complains and what the kind keeps private, however written.

    ``name`` stands in the place of the complainant's name, ``other`` of everything else.
    """
    return redactor_of(identifiers_of(case, kind), name, other)


def redactor_of(
    found: Iterable[Identifier], name: str = COMPLAINANT, other: str = WITHHELD, *, perhaps: bool = False
) -> Callable[[str], str]:  # fmt: skip
    """A function that takes every place out of a text that is surely one of ``found``, or ``perhaps``."""
    found = tuple(found)

    def redact(text: str) -> str:
        for mention in reversed(mentions(text, found)):
            if mention.sure or perhaps:
                instead = name if mention.what == "name" else other
                text = text[: mention.start] + instead + text[mention.stop :]
        return text

    return redact


def identifiers_of(case: Case, kind: Kind | None) -> tuple[Identifier, ...]:
    """The identifiers of the complainant and of the private fields of a case."""
    return every_identifier(case.complainant, private_values(kind, case.fields))


def private_fields(kind: Kind | None, fields: Iterable[str]) -> set[str]:
    """The fields of a kind that are personal data: all ``fields`` of the case when its kind is unknown."""
    return {field.name for field in kind.fields if field.private} if kind else set(fields)


def private_values(kind: Kind | None, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The private fields of a case by name, those that are filled in."""
    names = sorted(private_fields(kind, fields))
    return tuple((name, fields[name]) for name in names if fields.get(name))


@lru_cache(maxsize=64)  # a register asks once for each text of a case
def every_identifier(person: Complainant | None, private: tuple[tuple[str, str], ...]) -> tuple[Identifier, ...]:
    """The identifiers of a complainant and of private fields, by what they are."""
    own = identifiers(person) if person else ()
    return (*own, *(found for name, text in private for found in free_text(f"{PRIVATE}{name}", text)))
