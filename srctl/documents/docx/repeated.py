"""A head that repeats: on a page for each of many (envelopes), or in each label of a sheet."""

from collections.abc import Mapping, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.documents.docx.content import Sheet
from srctl.documents.docx.layout import LabelGrid, Layout, Style, twips
from srctl.documents.docx.lines import line_paragraphs
from srctl.documents.docx.ooxml import element, on_new_page, paragraph


def repeated_heads(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """The head of ``layout`` for each of the pages of ``sheet``: on pages of their own, or in the labels of a sheet."""
    heads = [_head(values, sheet, layout) for values in sheet.words.pages]
    if layout.labels:
        return [_label_sheet(heads, layout.labels)]
    for nodes in heads[1:]:
        on_new_page(nodes[0])
    return [node for nodes in heads for node in nodes]


def _head(values: Mapping[str, str], sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    words = sheet.words._replace(head={**sheet.words.head, **values})
    return line_paragraphs(layout.head, sheet._replace(words=words), layout) or [paragraph(Style())]


def _label_sheet(labels: Sequence[list[BaseOxmlElement]], grid: LabelGrid) -> BaseOxmlElement:
    """A table without lines, a label a cell, every row exactly as high as a label."""
    label, gap = twips(grid.width), twips(grid.gap)
    columns = [label]
    for _column in range(grid.across - 1):
        columns += [gap, label] if gap else [label]
    rows = [labels[at : at + grid.across] for at in range(0, len(labels), grid.across)]
    properties = element(
        "tblPr",
        element("tblW", w=sum(columns), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblLayout", type="fixed"),
    )
    made = [_row(cells, columns, twips(grid.height), gap=bool(gap)) for cells in rows]
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in columns)), *made)


def _row(labels: Sequence[list[BaseOxmlElement]], columns: Sequence[int], height: int, *, gap: bool) -> BaseOxmlElement:
    every = 2 if gap else 1
    cells = []
    for place, width in enumerate(columns):
        at = place // every
        nodes = labels[at] if place % every == 0 and at < len(labels) else [paragraph(Style())]
        properties = element("tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center"))
        cells.append(element("tc", properties, *nodes))
    properties = element("trPr", element("cantSplit"), element("trHeight", val=height, hRule="exact"))
    return element("tr", properties, *cells)
