"""The layout of a form as data: page, styles, lines and marks. Needs no library.

Lengths are text with their unit (``2.5cm``, ``16pt``), so that a layout reads like the regulation
it follows.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from srctl.core.decoding import Text
from srctl.core.records import NamedTuple

Align = Literal["left", "center", "right", "thai"]
_MEASURE = re.compile(r"(-?\d{1,3}(?:\.\d{1,3})?)(cm|mm|pt)", re.ASCII)
_TWIPS = {"cm": 1440 / 2.54, "mm": 144 / 2.54, "pt": 20.0}


class MeasureError(ValueError):
    """A length in a layout that is not a number and a unit; the argument is the text found."""


class PageGeometry(NamedTuple):
    """The paper, its margins, and where header and footer stand from its edge.

    ``numbered``: the pages after the first have their number at the top.
    """

    top: str
    bottom: str
    left: str
    right: str
    width: str = "21cm"
    height: str = "29.7cm"
    header: str = "1.5cm"
    marked_header: str = "0.7cm"
    footer: str = "1cm"
    numbered: bool = True


class Emblem(NamedTuple):
    """Height and place of the emblem on the paper; without a picture the place stays blank.

    ``x`` and ``y`` are measured from the edges of the paper; ``x: center`` is the middle between the margins.
    With ``every`` it stands on each page, in place of the number of the page (envelopes).
    """

    height: str
    x: str
    y: str
    every: bool = False


class Style(NamedTuple):
    """How a paragraph looks; ``exact`` is a fixed line height; ``first``, ``left``, ``right`` indent it.

    ``under`` draws a line below it, from its left to its right indent; ``box`` lines around it, or around several such
    paragraphs on end together.
    """

    size: str = "16pt"
    bold: bool = False
    red: bool = False
    before: str = "0pt"
    after: str = "0pt"
    left: str = "0cm"
    first: str = "0cm"
    align: Align = "left"
    exact: str = ""
    right: str = "0cm"
    under: bool = False
    box: bool = False


class LinePart(NamedTuple):
    """A piece of a line: printed ``label``, named ``value`` after it, dots up to ``until``.

    ``at`` is where the piece starts (its middle with ``center``, its end with ``right``), ``value_at`` where its
    value does, and ``else_at`` where it does after a label too long for that. Without ``value_at``, ``spaces``
    stand between the two. ``label_of`` names the head value that takes the place of the label when it is given.
    ``number`` numbers the rows of a line that repeats. ``fixed``: a number or date that is not this paper's own, so no
    open place; ``again``: the paper's own, standing a second time. ``blank`` no-break spaces stand before a date or
    number that is still to be written in by hand. ``arabic`` prints the value in Arabic digits: a postcode, which
    machines read.
    """

    label: str = ""
    value: str = ""
    urgency: bool = False
    at: str = ""
    center: bool = False
    value_at: str = ""
    until: str = ""
    label_of: str = ""
    else_at: str = ""
    right: bool = False
    number: bool = False
    fixed: bool = False
    again: bool = False
    spaces: int = 2
    blank: int = 0
    arabic: bool = False


class LayoutLine(NamedTuple):
    """A line of a form, above or below its body.

    With ``when`` it stands only if one of these values is given. With ``each`` it repeats for every row of that
    list (``attachments``, ``copies``): labels on the first only, and the style ``many`` when there are several
    (the first keeps the space above that ``style`` has).
    """

    style: str
    parts: tuple[LinePart, ...] = ()
    when: tuple[str, ...] = ()
    each: str = ""
    many: str = ""


class LayoutTable(NamedTuple):
    """The frame around the body: column widths, space in its cells, lines of its last column."""

    columns: tuple[str, ...]
    above: str = "0cm"
    sides: str = "0.19cm"
    below: str = "0cm"
    side: tuple[LayoutLine, ...] = ()


class LabelGrid(NamedTuple):
    """A sheet of labels: how many stand side by side, the size of one, the gap between two."""

    across: int
    width: str
    height: str
    gap: str = "0cm"


class Signature(NamedTuple):
    """Where the signature is centred, from the left margin, and the lines left to sign in."""

    center: str
    gap: int = 3


class Marks(NamedTuple):
    """The words of the marks by their code in a case."""

    urgency: Mapping[str, str]
    secrecy: Mapping[str, str]


class Layout(NamedTuple):
    """One form, whole; ``styles`` by the names of lines, marks of the body and fixed parts.

    ``head`` stands above the body; ``close`` between the closing and the signature, with which it stays together;
    ``foot`` below; ``annex`` under the title of an annex. ``grid`` are the column widths of a table in the body that
    has as many columns, ``aligned`` those of one without lines. With ``labels`` the ``head`` stands in each label of
    the sheet.
    """

    format: int
    label: Text
    source: str
    page: PageGeometry
    marks: Marks
    styles: Mapping[str, Style]
    head: tuple[LayoutLine, ...]
    signature: Signature | None = None
    emblem: Emblem | None = None
    table: LayoutTable | None = None
    close: tuple[LayoutLine, ...] = ()
    foot: tuple[LayoutLine, ...] = ()
    grid: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    annex: tuple[LayoutLine, ...] = ()
    labels: LabelGrid | None = None


@lru_cache(maxsize=1024)
def twips(text: str) -> int:
    """Return a length such as ``2.5cm`` in twentieths of a point, what Word counts in.

    Raises:
        MeasureError: it is not a number with cm, mm or pt.
    """
    found = _MEASURE.fullmatch(text)
    if not found:
        raise MeasureError(text)
    return round(float(found[1]) * _TWIPS[found[2]])


def text_width(layout: Layout) -> int:
    """Return the width of a line of text between the margins, in twips."""
    page = layout.page
    return twips(page.width) - twips(page.left) - twips(page.right) - 1


def named_style(layout: Layout, name: str) -> Style:
    """Return the style of that name; for one not given, that of ``plain``."""
    return layout.styles.get(name) or layout.styles.get("plain") or Style()
