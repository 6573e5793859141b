"""Names and numbers of persons typed where the office's papers and registers repeat them. Pure.

A subject and an order are read by everybody who reads of the matter. Whoever complains stands under ``complainant``;
typed here as well they are taken out of what leaves the office only where it is surely them.
"""

from collections.abc import Iterator

from srctl.core.records import NamedTuple
from srctl.core.thai import excerpt
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.identifiers import Mention, mentions, personal_numbers
from srctl.model.redaction import identifiers_of


class TypedName(NamedTuple):
    """A place in the ``field`` of a case that names somebody: by what, and the words around it.

    ``what`` is as in :class:`~srctl.model.identifiers.Mention`, or ``number`` for a telephone or identity number of
    whomever.
    """

    field: str
    what: str
    sure: bool
    quote: str


def typed_names(case: Case, kind: Kind | None) -> Iterator[TypedName]:
    """Yield where the subject and the order of the case name the complainant or what its kind keeps private."""
    found = identifiers_of(case, kind)
    for field, text in (("subject", case.subject), ("order.text", case.order.text)):
        known = mentions(text, found)
        numbers = personal_numbers(text) if field == "subject" else ()
        others = [m for m in numbers if not any(m.start < k.stop and k.start < m.stop for k in known)]
        for mention in (*known, *others):
            yield TypedName(field, mention.what, mention.sure, _quote(text, mention))


def perhaps_named(case: Case, kind: Kind | None, text: str) -> tuple[str, ...]:
    """The places in a text on its way out that may name a person and stay in it, each with the words around it."""
    found = mentions(text, identifiers_of(case, kind))
    return tuple(_quote(text, mention) for mention in found if not mention.sure)


def _quote(text: str, mention: Mention) -> str:
    return excerpt(text, mention.start, mention.stop)
