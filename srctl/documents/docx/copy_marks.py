"""A copy of a finished paper with its mark: สำเนาคู่ฉบับ, สำเนาถูกต้อง. The paper itself is left as it is.

The words stand in text frames at fixed places of the sheet, so that no line of the paper moves: the head of the layout
at the top of the first page, its foot at the bottom of the last.
"""

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.documents.docx.content import Sheet
from srctl.documents.docx.layout import Layout, LayoutLine, named_style, twips
from srctl.documents.docx.lines import line_paragraphs
from srctl.documents.docx.ooxml import element
from srctl.documents.docx.package import packed_parts
from srctl.documents.docx.reading import open_package, parsed, serialized

_LINE = 1.2  # of the size of its letters: how high a line is that has no height of its own


def mark_copy(docx: bytes, sheet: Sheet, layout: Layout) -> bytes:
    """Return ``docx`` with the lines of ``layout``, filled from ``sheet``, in the frames its page measures.

    ``left``, ``right`` and ``top`` of the page are the edges of the frame above, ``left``, ``right`` and ``bottom`` of
    the one below.

    Raises:
        NotWordError: these bytes are no Word file.
    """
    package = open_package(docx)
    root = parsed(package.parts[package.document])
    body: Any = root.find(qn("w:body"))
    own = body.findall(qn("w:p"))
    page = layout.page
    above = line_paragraphs(layout.head, sheet, layout)
    below = line_paragraphs(layout.foot, sheet, layout)
    if own:
        _place(above, layout, twips(page.top), own[0])
        _place(below, layout, twips(page.height) - twips(page.bottom) - _height(layout.foot, layout), own[-1])
    return packed_parts({**package.parts, package.document: serialized(root)})


def _place(nodes: Sequence[BaseOxmlElement], layout: Layout, y: int, anchor: Any) -> None:
    """Put ``nodes`` into one frame, ``y`` twips from the top of the page, before the paragraph it belongs to."""
    page = layout.page
    left = twips(page.left)
    width = twips(page.width) - left - twips(page.right)
    for node in nodes:
        frame = element("framePr", w=width, hSpace=0, wrap="around", vAnchor="page", hAnchor="page", x=left, y=y)
        properties: Any = node.find(qn("w:pPr"))
        properties.insert(0, frame)
        anchor.addprevious(node)


def _height(lines: Sequence[LayoutLine], layout: Layout) -> int:
    styles = [named_style(layout, line.style) for line in lines]
    return sum(
        twips(s.before) + twips(s.after) + (twips(s.exact) if s.exact else round(_LINE * twips(s.size))) for s in styles
    )
