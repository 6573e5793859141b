"""The WordprocessingML that python-docx lacks, in schema order.

A run states its size and weight twice, for Latin (``sz``, ``b``) and for Thai (``szCs``, ``bCs``):
Word takes Thai from the second (thai-papers §3.1 items 1-4). Children are made in the order of
the schema, never appended.
"""

from collections.abc import Iterable
from functools import cache
from typing import cast

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.core.records import NamedTuple
from srctl.documents.docx.layout import Style, twips

RED = "FF0000"
# The Word styles that readers of the screen, and the outline of a PDF, take for headings; they look as Normal does.
HEADINGS = ("Heading1", "Heading2")
_ALIGN = {"left": "left", "center": "center", "right": "right", "thai": "thaiDistribute"}
_EMU_PER_TWIP = 635
_SIDES = ("top", "left", "bottom", "right")
_RULE = {"val": "single", "sz": 6, "space": 1, "color": "auto"}
_NAMESPACE = {"w": nsmap["w"]}


class Stop(NamedTuple):
    """A tab stop: twips from the left margin, how text stands at it, dots before it or not."""

    at: int
    align: str = "left"
    dots: bool = False


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return the element ``w:tag`` with ``w:`` attributes and children in the order given."""
    made = cast("BaseOxmlElement", oxml_parser.makeelement(_name(tag), nsmap=_NAMESPACE))
    for name, value in attributes.items():
        made.set(_name(name), str(value))
    made.extend(children)
    return made


@cache
def _name(tag: str) -> str:
    return qn(f"w:{tag}")


def inside(node: BaseOxmlElement, tag: str) -> BaseOxmlElement:
    """Return the child ``w:tag`` that is always there."""
    return cast("BaseOxmlElement", node.find(qn(f"w:{tag}")))


def run_properties(style: Style, font: str = "") -> BaseOxmlElement:
    """Return ``w:rPr`` of a style, in schema order; with ``font`` all four font slots are named."""
    half_points = round(twips(style.size) / 10)
    made = element("rPr")
    if font:
        made.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    if style.bold:
        made.extend((element("b"), element("bCs")))
    if style.red:
        made.append(element("color", val=RED))
    made.extend((element("sz", val=half_points), element("szCs", val=half_points)))
    return made


def text_run(text: str, style: Style) -> BaseOxmlElement:
    """Return a run of ``text``; each tab in it moves to the next stop."""
    made = element("r", run_properties(style))
    for count, piece in enumerate(text.split("\t")):
        if count:
            made.append(element("tab"))
        if piece:
            words = element("t")
            words.set(qn("xml:space"), "preserve")
            words.text = piece
            made.append(words)
    return made


def page_number(style: Style) -> list[BaseOxmlElement]:
    """Return the runs of a PAGE field; ``pgNumType`` makes its digits Thai (§3.1 item 7)."""
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = " PAGE "
    return [
        element("r", run_properties(style), element("fldChar", fldCharType="begin")),
        element("r", run_properties(style), instruction),
        element("r", run_properties(style), element("fldChar", fldCharType="separate")),
        text_run("๒", style),
        element("r", run_properties(style), element("fldChar", fldCharType="end")),
    ]


def paragraph(
    style: Style,
    runs: Iterable[BaseOxmlElement] = (),
    *,
    stops: Iterable[Stop] = (),
    keep: bool = False,
    named: str = "",
) -> BaseOxmlElement:
    """Return a paragraph of ``style``; ``keep`` binds it to the next, ``named`` its Word style."""
    made = element("pPr")
    if named:
        made.append(element("pStyle", val=named))
    if keep:
        made.append(element("keepNext"))
    if sides := _SIDES if style.box else _SIDES[2:3] if style.under else ():
        made.append(element("pBdr", *(element(side, **_RULE) for side in sides)))
    tabs = [
        element("tab", val=stop.align, leader="dot" if stop.dots else "none", pos=stop.at)
        for stop in sorted(set(stops))
    ]
    if tabs:
        made.append(element("tabs", *tabs))
    spacing = element("spacing", before=twips(style.before), after=twips(style.after))
    height = twips(style.exact) if style.exact else 240
    spacing.set(qn("w:line"), str(height))
    spacing.set(qn("w:lineRule"), "exact" if style.exact else "auto")
    first = twips(style.first)
    indents = {"hanging" if first < 0 else "firstLine": abs(first)}
    if right := twips(style.right):
        indents["right"] = right
    made.extend(
        (
            spacing,
            element("ind", left=twips(style.left), **indents),
            element("jc", val=_ALIGN[style.align]),
            run_properties(style),
        )
    )
    return element("p", made, *runs)


def bookmark(number: int, name: str, node: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Return ``node`` between the start and end of the bookmark ``name``; ``number`` is unique in the paper."""
    return [element("bookmarkStart", id=number, name=name), node, element("bookmarkEnd", id=number)]


def keep_with_next(node: BaseOxmlElement) -> None:
    """Bind a paragraph, or every row of a table, to what comes after it."""
    for properties in node.iter(qn("w:pPr")):
        if properties.find(qn("w:keepNext")) is None:
            properties.insert(0 if properties.find(qn("w:pStyle")) is None else 1, element("keepNext"))


def on_new_page(node: BaseOxmlElement) -> BaseOxmlElement:
    """Return the paragraph with a new page before it; in the order of the schema this stands behind ``keepNext``."""
    properties = node.find(qn("w:pPr"))
    assert properties is not None
    before = (properties.find(qn(f"w:{tag}")) for tag in ("pStyle", "keepNext"))
    properties.insert(sum(one is not None for one in before), element("pageBreakBefore"))
    return node


def anchored_picture(
    relation: str, width: int, height: int, x: str, y: str, number: int = 1
) -> BaseOxmlElement:  # fmt: skip
    """Return a run with a picture floating at ``x``, ``y`` of the page; sizes in EMU (item 8).

    ``x`` may be ``center``, the middle of the sheet; ``number`` is unique among the pictures of the paper.
    """
    top = twips(y) * _EMU_PER_TWIP
    across = '"page"><wp:align>center</wp:align>'
    if x != "center":
        across = f'"page"><wp:posOffset>{twips(x) * _EMU_PER_TWIP}</wp:posOffset>'
    spaces = nsdecls("w", "wp", "a", "pic", "r")
    made: BaseOxmlElement = parse_xml(
        f'<w:r {spaces}><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f"<wp:positionH relativeFrom={across}</wp:positionH>"
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        "<wp:wrapNone/>"
        f'<wp:docPr id="{number}" name="emblem" descr="ตราของส่วนราชการ"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{nsmap["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="emblem"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></w:r>"
    )
    return made


def frame(columns: list[int], sides: str, rows: list[list[list[BaseOxmlElement]]]) -> BaseOxmlElement:
    """Return a table with lines between columns only: widths in twips, rows of cells.

    The last column is one cell through all rows.
    """
    body = [element("tr", *_cells(columns, cells, first=i == 0)) for i, cells in enumerate(rows)]
    return _table(columns, sides, ("insideV",), body)


def _cells(columns: list[int], cells: list[list[BaseOxmlElement]], *, first: bool) -> list[BaseOxmlElement]:
    made = []
    for place, (width, paragraphs) in enumerate(zip(columns, cells, strict=True)):
        properties = element("tcPr", element("tcW", w=width, type="dxa"))
        if place == len(columns) - 1:
            properties.append(element("vMerge", val="restart" if first else "continue"))
        made.append(element("tc", properties, *paragraphs))
    return made


class RuledRow(NamedTuple):
    """A row of a ruled table: a paragraph a cell, whether it is repeated on each page, whether it stays whole."""

    cells: list[BaseOxmlElement]
    repeated: bool
    whole: bool


def ruled(columns: list[int], sides: str, rows: Iterable[RuledRow], *, lines: bool = True) -> BaseOxmlElement:
    """Return a table with lines around every cell (or none): widths in twips, as many cells in each row."""
    body = []
    for row in rows:
        kept = ("cantSplit", row.whole), ("tblHeader", row.repeated)
        properties = element("trPr", *(element(tag) for tag, applies in kept if applies))
        cells = [
            element("tc", element("tcPr", element("tcW", w=width, type="dxa")), cell)
            for width, cell in zip(columns, row.cells, strict=True)
        ]
        body.append(element("tr", *([properties] if len(properties) else []), *cells))
    return _table(columns, sides, ("insideH", "insideV"), body, lines=lines)


def _table(
    columns: list[int], sides: str, between: tuple[str, ...], rows: list[BaseOxmlElement], *, lines: bool = True
) -> BaseOxmlElement:
    """Return a table of ``rows``; grid and cell widths are both given (§3.1 item 10)."""
    line = {"val": "single" if lines else "nil", **({"sz": 4, "space": 0, "color": "auto"} if lines else {})}
    edges = ("top", "left", "bottom", "right", *between)
    # Without lines the text of the first column stands at the margin, like the paragraphs around it.
    room = {"left": twips(sides) if lines else 0, "right": twips(sides)}
    margins = (element(side, w=width, type="dxa") for side, width in room.items())
    properties = element(
        "tblPr",
        element("tblW", w=sum(columns), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *(element(edge, **line) for edge in edges)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in columns)), *rows)
