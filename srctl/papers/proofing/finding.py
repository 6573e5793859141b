"""A fault of a paper, and the facts a paper is judged against.

Beside the text itself the rules know only what stands in :class:`Paperfacts`; whoever gathers them
(:mod:`srctl.papers.proofing.review`) reads the case, the form and the office.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from srctl.core.i18n import ngettext
from srctl.core.records import NamedTuple
from srctl.core.thai import excerpt
from srctl.model.case import Complainant
from srctl.model.misspellings import NO_MISSPELLINGS, Misspellings

Span = tuple[int, int]
Texts = Sequence[tuple[int, str]]
Severity = Literal["never", "stops", "told"]


class Finding(NamedTuple):
    """One fault: ``place`` is the paragraph from 1 (0: the whole paper, or above and below the pages).

    ``excerpt`` shows the first such place in it. ``fixable``: :func:`srctl.papers.proofing.repairs.mended` puts it
    right. ``severity``: a paper with it ``never`` leaves the office; it ``stops`` the paper unless somebody says why it
    goes all the same; it is only ``told``. ``where`` says the place in words where a paragraph of the body is not
    enough (a footnote, a header).
    """

    code: str
    place: int
    excerpt: str
    message: str
    hint: str
    fixable: bool
    severity: Severity = "stops"
    where: str = ""


class Paperfacts(NamedTuple):
    """The facts about a paper beside its text; an empty value is unknown, and nothing is checked against it.

    ``leaves``: it leaves the office. ``salutation`` and ``respect`` are the คำขึ้นต้น and คำลงท้าย that the addressee
    is due, ``has_respect``: the form has a คำลงท้าย (and lists what is enclosed). ``complainant`` is None
    and ``private`` (fields of the kind, by name) empty when the paper may name them. ``page_number``: its later pages
    are numbered.

    ``has_subject``, ``has_signature``: the form has that place. ``spoken``: it is a note to speak from, not a paper
    that is numbered. ``number`` is the number the paper has taken, "" when it has none yet, None when nobody knows.
    ``fonts`` are the fonts of its Thai text with the paragraph each is first used in, ``font`` is the office's.
    ``names`` are the names that have to be spelt right, ``staff`` the persons of the office (a paper
    may name them), ``misspellings`` the table of the office.
    """

    form: str = ""
    leaves: bool = False
    salutation: str = ""
    respect: str = ""
    has_respect: bool = False
    complainant: Complainant | None = None
    private: tuple[tuple[str, str], ...] = ()
    pages: int = 1
    page_number: bool = True
    has_subject: bool = False
    has_signature: bool = False
    spoken: bool = False
    number: str | None = None
    fonts: tuple[tuple[int, str], ...] = ()
    font: str = ""
    names: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    misspellings: Misspellings = NO_MISSPELLINGS


def found_at(
    code: str, place: int, text: str, spans: Sequence[Span], words: tuple[str, str], severity: Severity = "stops"
) -> Iterator[Finding]:
    """Yield the finding for all ``spans`` of one paragraph, if there are any; ``words`` are message and hint."""
    if spans:
        message, hint = words
        if len(spans) > 1:
            several = ngettext("{fault} ({n} place)", "{fault} ({n} places)", len(spans))
            message = several.format(fault=message, n=len(spans))
        yield Finding(code, place, excerpt(text, *spans[0]), message, hint, False, severity)
