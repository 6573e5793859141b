"""The values a Word paper is filled with, and the errors of Word files. Needs no library."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from srctl.core.records import NamedTuple

Mark = Literal["numbered", "item", "plain", "heading", "row", "columns"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Rows = tuple[Mapping[str, str], ...]
NO_LISTS: Mapping[str, Rows] = MappingProxyType({})
# What stays open until a paper is signed: bookmarks that :func:`srctl.documents.docx.word_file.fill_places` fills.
OPEN_PLACES = ("number", "date")


class EmblemError(ValueError):
    """The file given as emblem is not a picture that Word can show."""


class NotWordError(ValueError):
    """These bytes are not a Word file, or not one that is safe to open; the argument is a short reason."""


class UnsafeWordError(NotWordError):
    """A Word file that is not let in; the message is the reason, for a clerk."""


class Block(NamedTuple):
    """One paragraph of a body; a ``continued`` one follows in the same form, without a number.

    A ``row`` (and the ``columns`` row above it) is a line of a table and has ``cells`` in place of text.
    """

    mark: Mark
    text: str
    continued: bool = False
    cells: tuple[str, ...] = ()


class Provenance(NamedTuple):
    """Where a paper comes from; kept in the properties of the file (design §8)."""

    case: str
    paper: str
    commit: str
    template: str
    layout: str
    wording: str = ""


class Words(NamedTuple):
    """The rendered wording: ``head`` by the names the layout asks for, body, closing line.

    ``lists`` are the rows a form repeats a line for: ``attachments`` (``text``, ``count``), ``copies`` (``text``).
    ``pages`` are heads of which each stands on a page, or in a label, of its own: envelopes to many.
    """

    head: dict[str, str]
    blocks: tuple[Block, ...]
    closing: str
    lists: Mapping[str, Rows] = NO_LISTS
    pages: Rows = ()


class Sheet(NamedTuple):
    """All values a layout is filled with; ``urgency`` and ``secrecy`` are the codes of the case."""

    words: Words
    title: str
    office: str
    signer: str
    positions: tuple[str, ...]
    today: date
    provenance: Provenance
    urgency: str = "none"
    secrecy: str = "none"
    font: str = "TH SarabunPSK"
    emblem: bytes = b""
    catchword: str = ""
