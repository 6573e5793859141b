"""The values a Word paper is filled with, and the errors of Word files. Needs no library."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from srctl.core.records import NamedTuple

Mark = Literal["numbered", "item", "plain", "heading", "annex", "row", "columns", "aligned"]
MARKS: tuple[Mark, ...] = get_args(Mark)
Rows = tuple[Mapping[str, str], ...]
NO_LISTS: Mapping[str, Rows] = MappingProxyType({})
# What stays open until a paper is signed: bookmarks that :func:`srctl.documents.docx.word_file.fill_places` fills.
OPEN_PLACES = ("number", "date")


class EmblemError(ValueError):
    """A file given as a picture, the emblem above all, is none that Word can show."""


class NotWordError(ValueError):
    """These bytes are not a Word file, or not one that is safe to open; the argument is a short reason."""


class UnsafeWordError(NotWordError):
    """A Word file that is not let in; the message is the reason, for a clerk."""


class Block(NamedTuple):
    """One paragraph of a body; a ``continued`` one follows in the same form, without a number.

    A ``row`` (the ``columns`` row above it, an ``aligned`` one without lines) is a line of a table and has ``cells`` in
    place of text. An ``annex`` begins a page behind the signature; what follows it belongs to it.
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


UnseenSort = Literal[
    "inserted", "deleted", "moved", "formatted", "comment", "hidden", "highlighted", "field", "prompt", "embedded",
    "author",
]  # fmt: skip
Changes = Literal["", "accept", "reject"]
Hidden = Literal["", "drop", "show"]
Story = Literal["body", "table", "textbox", "header", "footer", "footnote", "endnote", "file"]


class Unseen(NamedTuple):
    """Something in a Word file that its printed page does not show as it is: a tracked change, a comment, a name.

    ``place`` is the paragraph of the body from 1, tables and text boxes counted in; 0 in another ``story``.
    ``text`` is what is marked (of a comment: what it says), ``around`` the paragraph, ``who`` its author.
    """

    sort: UnseenSort
    story: Story
    place: int
    text: str
    around: str = ""
    who: str = ""


class Inventory(NamedTuple):
    """All of a Word file that is judged: body, headers and footers, foot- and endnotes, origin, what is unseen.

    The number of the page is ``{PAGE}`` in ``margins``; ``fonts`` are those its Thai text is drawn in,
    each with the paragraph it is first used in.
    """

    paragraphs: tuple[str, ...]
    margins: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    unseen: tuple[Unseen, ...]
    fonts: tuple[tuple[int, str], ...] = ()


class Resolution(NamedTuple):
    """What is to become of the unseen of a Word file; what is not said stays.

    ``changes`` are accepted or rejected, ``hidden`` text is dropped or shown, ``comments`` and ``highlight`` are taken
    out where true. ``office``: the name that stands in the properties in place of persons' ("": they stay).
    """

    changes: Changes = ""
    hidden: Hidden = ""
    comments: bool = False
    highlight: bool = False
    office: str = ""


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
