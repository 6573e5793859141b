"""The builder: a sheet of values and a layout in, a .docx out. Floor 2.

It interprets the layout and knows no form by name. What it adds is the law of Thai papers:
numbers of paragraphs (seed 002: a single sub-item has none), marks on every page, and a signature
never left alone.
"""

import io
from collections.abc import Iterator, Sequence

from docx.document import Document as Paper
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter
from docx.shared import Twips

from srctl.wordfile import Block, EmblemError, Sheet
from srctl.wordfile.layout import Layout, Line, Part, Style, style_of, twips
from srctl.wordfile.ooxml import (
    Stop,
    anchored_picture,
    element,
    frame,
    inside,
    keep_with_next,
    page_number,
    paragraph,
    run,
)
from srctl.wordfile.package import empty_paper, packed, write_properties
from srctl.wordfile.typography import official, thai_numerals

# No closing on a page without two lines of the body above it (thai-papers §3.1 item 12).
KEPT_WITH_CLOSING = 2


def build(sheet: Sheet, layout: Layout) -> bytes:
    """Return the .docx of ``sheet`` laid out by ``layout`` (see :func:`srctl.wordfile.compose`)."""
    paper = empty_paper(sheet.font)
    _set_page(paper, sheet, layout)
    _set_headers(paper, sheet, layout)
    body = paper.element.body
    made = [_head_line(line, sheet, layout) for line in layout.head]
    made += _framed(sheet, layout) if layout.table else _flowing(sheet, layout)
    made += _signed(sheet, layout)
    for node in made:
        body.sectPr.addprevious(node)
    write_properties(paper, sheet)
    return packed(paper)


def _set_page(paper: Paper, sheet: Sheet, layout: Layout) -> None:
    page, section = layout.page, paper.sections[0]
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.top_margin, section.bottom_margin = Twips(twips(page.top)), Twips(twips(page.bottom))
    section.left_margin, section.right_margin = Twips(twips(page.left)), Twips(twips(page.right))
    marked = sheet.secrecy in layout.marks.secrecy
    # The mark stands above the emblem, which begins at 1.5 cm (§3.1 item 14).
    section.header_distance = Twips(twips(page.marked_header if marked else page.header))
    section.footer_distance = Twips(twips(page.footer))
    section.different_first_page_header_footer = True
    inside(section._sectPr, "cols").addprevious(element("pgNumType", fmt="thaiNumbers"))


def _set_headers(paper: Paper, sheet: Sheet, layout: Layout) -> None:
    section = paper.sections[0]
    number, mark = style_of(layout, "page_number"), style_of(layout, "secrecy")
    secrecy = layout.marks.secrecy.get(sheet.secrecy, "")

    def marked(named: str) -> BaseOxmlElement:
        return paragraph(mark, [run(secrecy, mark)], named=named) if secrecy else _blank(named)

    numbers = [run("- ", number), *page_number(number), run(" -", number)]
    above = [marked("Header")] if secrecy else []
    _fill(section.header, [*above, paragraph(number, numbers, named="Header")])
    first = section.first_page_header
    above = [marked("Header")] if secrecy else []
    emblem = _emblem(first, sheet, layout)
    _fill(first, [*above, _blank("Header", emblem)])
    _fill(section.footer, [marked("Footer")])
    _fill(section.first_page_footer, [marked("Footer")])


def _blank(named: str, runs: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    return paragraph(Style(), runs, named=named)


def _fill(part: _BaseHeaderFooter, paragraphs: list[BaseOxmlElement]) -> None:
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.extend(paragraphs)


def _emblem(header: _BaseHeaderFooter, sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    place = layout.emblem
    if not sheet.emblem or place is None:
        return []
    try:
        relation, image = header.part.get_or_add_image(io.BytesIO(sheet.emblem))
        height = Twips(twips(place.height))
        width, _height = image.scaled_dimensions(None, height)
    except (
        UnrecognizedImageError,
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        ZeroDivisionError,
    ) as fault:
        raise EmblemError(type(fault).__name__) from fault
    return [anchored_picture(relation, int(width), int(height), place.x, place.y)]


def _head_line(line: Line, sheet: Sheet, layout: Layout) -> BaseOxmlElement:
    label, text = style_of(layout, line.style), style_of(layout, f"{line.style}_value")
    runs: list[BaseOxmlElement] = []
    stops: list[Stop] = []
    for part in line.parts:
        runs += _part(part, label, text, sheet, layout, stops)
    return paragraph(label, runs, stops=stops)


def _part(
    part: Part, label: Style, text: Style, sheet: Sheet, layout: Layout, stops: list[Stop]
) -> Iterator[BaseOxmlElement]:
    if part.at:
        stops.append(Stop(twips(part.at), "center" if part.center else "left"))
        yield run("\t", text)
    if part.urgency and sheet.urgency in layout.marks.urgency:
        yield run(layout.marks.urgency[sheet.urgency], style_of(layout, "urgency"))
    if part.label:
        yield run(part.label, label)
    value = official(sheet.words.head.get(part.value, "")) if part.value else ""
    if part.value_at:
        stops.append(Stop(twips(part.value_at)))
        yield run("\t", text)
    elif value and part.label:
        yield run("  ", text)
    if value:
        yield run(value, text)
    if part.until:
        at = twips(part.until)
        stops.append(Stop(at, "right" if at >= _text_width(layout) else "left", dots=True))
        yield run("\t", text)


def _text_width(layout: Layout) -> int:
    page = layout.page
    return twips(page.width) - twips(page.left) - twips(page.right) - 1


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block with its number: ``๑.`` for paragraphs, ``๑.๒`` for sub-items, else "".

    Sub-items of no numbered paragraph count by themselves; a single one has no number (seed 002).
    A heading begins a new count of these, not of the paragraphs.
    """
    paragraphs, parent, items = 0, "", 0
    for place, block in enumerate(blocks):
        number = ""
        if block.mark == "heading":
            parent, items = "", 0
        elif block.mark == "numbered" and not block.continued:
            paragraphs, items = paragraphs + 1, 0
            parent, number = f"{paragraphs}.", f"{paragraphs}."
        elif block.mark == "item" and not block.continued:
            items += 1
            if items > 1 or _another_item(blocks[place + 1 :]):
                number = f"{parent}{items}" if parent else f"{items}."
        yield block, thai_numerals(number)


def _another_item(following: Sequence[Block]) -> bool:
    for block in following:
        if block.mark in ("numbered", "heading"):
            return False
        if block.mark == "item" and not block.continued:
            return True
    return False


def _paragraphs(sheet: Sheet, layout: Layout, kept: int) -> list[tuple[Block, BaseOxmlElement]]:
    last = len(sheet.words.blocks) - kept
    made = []
    for place, (block, number) in enumerate(numbered(sheet.words.blocks)):
        alone = block.mark == "item" and not number and not block.continued
        style = style_of(layout, "plain" if alone else block.mark)
        words = f"{number}  {official(block.text)}" if number else official(block.text)
        leads = place + 1 < len(sheet.words.blocks) and _leads(block, sheet.words.blocks[place + 1])
        made.append((block, paragraph(style, [run(words, style)], keep=leads or place >= last)))
    return made


def _leads(block: Block, following: Block) -> bool:
    """Tell whether ``block`` only announces what follows, so that it may not end a page."""
    return block.mark == "heading" or (block.mark == "numbered" and following.mark == "item")


def _flowing(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    return [node for _block, node in _paragraphs(sheet, layout, KEPT_WITH_CLOSING)]


def _framed(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """Return the body in its frame; the last section is its own row, to stay with the closing."""
    table = layout.table
    assert table is not None
    made = _paragraphs(sheet, layout, 0)
    headings = [place for place, (block, _node) in enumerate(made) if block.mark == "heading"]
    cut = headings[-1] if headings else 0
    nodes = [node for _block, node in made]
    rows = [nodes[:cut], nodes[cut:]] if cut else [nodes]
    for node in rows[-1]:
        keep_with_next(node)
    rows[0].insert(0, _space(table.above))
    rows[-1].append(_space(table.below, keep=True))
    side = [_head_line(line, sheet, layout) for line in table.side]
    cells = [[row, side if i == 0 else [paragraph(Style())]] for i, row in enumerate(rows)]
    return [frame([twips(width) for width in table.columns], table.sides, cells)]


def _space(height: str, *, keep: bool = False) -> BaseOxmlElement:
    return paragraph(Style(size="1pt", exact=height), keep=keep)


def _signed(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    closing, style = style_of(layout, "closing"), style_of(layout, "signature")
    made = [paragraph(closing, [run(official(sheet.words.closing), closing)], keep=True)] if sheet.words.closing else []
    made += [paragraph(Style(size=style.size), keep=True) for _line in range(layout.signature.gap)]
    left = 2 * twips(layout.signature.center) - _text_width(layout) - 1
    placed = style._replace(left=f"{max(left, 0) / 20:.2f}pt", align="center")
    lines = (f"({official(sheet.signer)})", *(official(position) for position in sheet.positions))
    for place, words in enumerate(lines):
        made.append(paragraph(placed, [run(words, placed)], keep=place < len(lines) - 1))
    return made
