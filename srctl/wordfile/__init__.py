"""Word papers: a filled layout made into a .docx, byte for byte. Floor 2, door to python-docx.

``layout`` is the shape of ``templates/layouts``, ``typography`` the rules of Thai official text,
``ooxml`` the XML that python-docx lacks, ``package`` the file around it, ``sheet`` the builder
that brings them together. Importing this package loads no library; :func:`compose` does.
"""

from datetime import date
from typing import Literal, NamedTuple, get_args

from srctl.wordfile.layout import Layout, MeasureError

__all__ = [
    "MARKS",
    "Block",
    "EmblemError",
    "Layout",
    "Mark",
    "MeasureError",
    "Provenance",
    "Sheet",
    "Words",
    "compose",
]

Mark = Literal["numbered", "item", "plain", "heading"]
MARKS: tuple[Mark, ...] = get_args(Mark)


class EmblemError(ValueError):
    """The file given as emblem is not a picture that Word can show."""


class Block(NamedTuple):
    """One paragraph of a body; a ``continued`` one follows in the same form, without a number."""

    mark: Mark
    text: str
    continued: bool = False


class Provenance(NamedTuple):
    """Where a paper comes from; kept in the properties of the file (design §8)."""

    case: str
    paper: str
    commit: str
    template: str
    layout: str


class Words(NamedTuple):
    """What the wording came to: ``head`` by the names the layout asks for, body, closing line."""

    head: dict[str, str]
    blocks: tuple[Block, ...]
    closing: str


class Sheet(NamedTuple):
    """What a layout is filled with; ``urgency`` and ``secrecy`` are the codes of the case."""

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


def compose(sheet: Sheet, layout: Layout) -> bytes:
    """Return the .docx of ``sheet`` laid out by ``layout``; the same arguments give the same bytes.

    Raises:
        MeasureError: a length in the layout is not one.
        EmblemError: the emblem is not a picture.
    """
    from srctl.wordfile.sheet import build

    return build(sheet, layout)
