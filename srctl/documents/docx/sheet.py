"""The composer of a paper: a sheet of values and a layout in, a .docx out.

It interprets the layout and knows no form by name. What it adds is the law of Thai papers:
numbers of paragraphs (seed 002: a single sub-item has none), marks on every page, and a signature
never left alone.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import cast

from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.core.records import NamedTuple
from srctl.core.thai import to_official_digits
from srctl.documents.docx.content import Block, Mark, Sheet
from srctl.documents.docx.layout import Layout, Signature, Style, named_style, text_width, twips
from srctl.documents.docx.lines import line_paragraphs
from srctl.documents.docx.ooxml import (
    HEADINGS,
    RuledRow,
    frame,
    keep_with_next,
    on_new_page,
    paragraph,
    ruled,
    text_run,
)
from srctl.documents.docx.package import packed_parts, stamp
from srctl.documents.docx.repeated import repeated_heads
from srctl.documents.docx.shell import DOCUMENT, PROPERTIES, shell_of
from srctl.documents.docx.typography import official

# No signature on a page without two lines of the text above it, the closing counted (คำอธิบายการพิมพ์ พ.ศ. ๒๕๕๓, from
# memory: อย่างน้อย ๒ บรรทัดก่อนพิมพ์คำลงท้าย). A text of so many characters surely has more than one line. To bind more would
# leave the page before a third empty: Word takes the last lines of a bound paragraph, LibreOffice all of it.
LINES_WITH_SIGNATURE = 2
TWO_LINES = 100
IN_TABLE: frozenset[Mark] = frozenset({"row", "columns", "aligned"})
MAX_COLUMNS = 12
# A row of more characters may need more than a page: held together, it would not fit on any.
WHOLE_ROW = 1500
# A last section of more characters is not held together with the closing: it may need more than a page.
WHOLE_SECTION = 1500
CELL_SIDES = "0.19cm"
BEFORE_TABLE = "6pt"


class Piece(NamedTuple):
    """The elements made of one block, or of the rows of one table; ``size`` in characters."""

    mark: Mark
    nodes: list[BaseOxmlElement]
    size: int


def build_docx(sheet: Sheet, layout: Layout) -> bytes:
    """Return the .docx of ``sheet`` laid out by ``layout`` (:func:`srctl.documents.docx.word_file.compose_docx`)."""
    shell = shell_of(sheet, layout)
    document = parse_xml(shell.document)
    properties = cast("CT_CoreProperties", parse_xml(shell.properties))
    made = repeated_heads(sheet, layout) if sheet.words.pages else line_paragraphs(layout.head, sheet, layout)
    body, annex = _parted(sheet.words.blocks)
    main = sheet._replace(words=sheet.words._replace(blocks=body))
    made += _framed(main, layout) if layout.table else _flowing(main, layout)
    made += _ended(main, layout)
    made += _annexed(annex, sheet, layout)
    if made and made[-1].tag == qn("w:tbl"):
        # Word wants a paragraph after the last table.
        made.append(_space("1pt"))
    for node in _with_single_bookmarks(made):
        document[0][-1].addprevious(node)
    stamp(CoreProperties(properties), sheet)
    ours = {DOCUMENT: serialize_part_xml(document), PROPERTIES: serialize_part_xml(properties)}
    return packed_parts({**dict(shell.others), **ours})


def _with_single_bookmarks(nodes: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """Return ``nodes`` with each bookmark at its first place only: a name may stand once in a paper."""
    seen: set[tuple[str, str]] = set()
    for node in nodes:
        for mark in list(node.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            key = (mark.tag, mark.get(qn("w:id"), ""))
            above = mark.getparent()
            if key in seen and above is not None:
                above.remove(mark)
            seen.add(key)
    return nodes


# -- body ----------------------------------------------------------------------------------------


def numbered(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block with its number: ``๑.`` for paragraphs, ``๑.๒`` for sub-items, else "".

    Sub-items of no numbered paragraph count by themselves; a single one has no number (seed 002).
    A heading begins a new count of these, not of the paragraphs; so does a plain paragraph among them.
    """
    paragraphs, parent, items = 0, "", 0
    for place, block in enumerate(blocks):
        number = ""
        if block.mark == "heading":
            parent, items = "", 0
        elif block.mark == "plain" and not parent:
            items = 0
        elif block.mark == "numbered" and not block.continued:
            paragraphs, items = paragraphs + 1, 0
            parent, number = f"{paragraphs}.", f"{paragraphs}."
        elif block.mark == "item" and not block.continued:
            items += 1
            if items > 1 or _another_item(blocks[place + 1 :], parent):
                number = f"{parent}{items}" if parent else f"{items}."
        yield block, to_official_digits(number)


def _another_item(following: Sequence[Block], parent: str) -> bool:
    for block in following:
        if block.mark in ("numbered", "heading") or (block.mark == "plain" and not parent):
            return False
        if block.mark == "item" and not block.continued:
            return True
    return False


def _pieces(sheet: Sheet, layout: Layout, width: int) -> list[Piece]:
    """Return the body, ``width`` twips wide; paragraphs that only lead to others are bound to those."""
    blocks = sheet.words.blocks
    made = []
    counted = enumerate(numbered(blocks))
    for table, group in groupby(counted, key=lambda one: _table_of(one[1][0])):
        if table:
            rows = [block for _place, (block, _number) in group]
            # A cell is narrow: its text is as high as several times as much of a paragraph.
            size = sum(len(cell) for row in rows for cell in row.cells) * 4
            made.append(Piece("row", [_space(BEFORE_TABLE, keep=True), _tabled(rows, layout, width)], size))
            continue
        for place, (block, number) in group:
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            leads = following is not None and _leads(block, following)
            node = _written(block, number, layout, keep=leads, heading=_is_heading(block, following))
            made.append(Piece(block.mark, [node], len(block.text)))
    return made


def _keep_last_lines(pieces: Sequence[Piece], closing: str) -> None:
    """Bind as many of the last pieces to the closing as give the signature two lines of text."""
    lines = min(len(closing) // TWO_LINES + 1, LINES_WITH_SIGNATURE) if closing else 0
    for piece in reversed(pieces):
        if lines >= LINES_WITH_SIGNATURE:
            return
        for node in _last_rows(piece) if piece.mark == "row" else piece.nodes:
            keep_with_next(node)
        lines += LINES_WITH_SIGNATURE if piece.size >= TWO_LINES else 1


def _table_of(block: Block) -> str:
    """The sort of table a block is a row of, "" for none: rows with and without lines make two tables."""
    return "" if block.mark not in IN_TABLE else "aligned" if block.mark == "aligned" else "ruled"


def _last_rows(piece: Piece) -> list[BaseOxmlElement]:
    """Return the last rows of a table: all of them bound to what follows could fill more than a page."""
    rows = cast("list[BaseOxmlElement]", piece.nodes[-1].findall(qn("w:tr")))
    return rows[-LINES_WITH_SIGNATURE:]


def _written(block: Block, number: str, layout: Layout, *, keep: bool, heading: bool) -> BaseOxmlElement:
    alone = block.mark == "item" and not number and not block.continued
    style = named_style(layout, "plain" if alone else block.mark)
    words = f"{number}  {official(block.text)}" if number else official(block.text)
    return paragraph(style, [text_run(words, style)], keep=keep, named=HEADINGS[1] if heading else "")


def _leads(block: Block, following: Block) -> bool:
    """Whether ``block`` only introduces what follows, so that it may not end a page."""
    return _is_heading(block, following) or following.mark in IN_TABLE


def _is_heading(block: Block, following: Block | None) -> bool:
    """Whether ``block`` is a heading, or a numbered paragraph that is one to the items below it."""
    return block.mark == "heading" or (block.mark == "numbered" and following is not None and following.mark == "item")


def _flowing(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    pieces = _pieces(sheet, layout, text_width(layout))
    _keep_last_lines(pieces, sheet.words.closing)
    return [node for piece in pieces for node in piece.nodes]


def _framed(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """Return the body in its frame; its end is a row of its own, to stay with the closing."""
    table = layout.table
    assert table is not None
    columns = [twips(width) for width in table.columns]
    pieces = _pieces(sheet, layout, columns[0] - 2 * twips(table.sides))
    cut = _end_of_frame(pieces)
    parts = [pieces[:cut], pieces[cut:]] if cut else [pieces]
    rows = [[node for piece in part for node in piece.nodes] for part in parts]
    whole = sum(piece.size for piece in parts[-1]) <= WHOLE_SECTION
    for node in rows[-1] if whole else []:
        keep_with_next(node)
    if cut and not whole:
        # LibreOffice cuts off a long row whose first paragraph is kept with the next, as a heading is.
        rows[-1].insert(0, _space("1pt"))
    rows[0].insert(0, _space(table.above))
    rows[-1].append(_space(table.below, keep=whole))
    side = line_paragraphs(table.side, sheet, layout)
    cells = [[row, side if i == 0 else [paragraph(Style())]] for i, row in enumerate(rows)]
    return [frame(columns, table.sides, cells)]


def _end_of_frame(pieces: Sequence[Piece]) -> int:
    """The index of the first piece that stays with the closing: the last section, or the end of a long one."""
    headings = [place for place, piece in enumerate(pieces) if piece.mark == "heading"]
    start: int = headings[-1] if headings else 0
    cuts = [start, *range(start + 2, len(pieces))]
    return next((cut for cut in cuts if sum(piece.size for piece in pieces[cut:]) <= WHOLE_SECTION), start)


def _space(height: str, *, keep: bool = False) -> BaseOxmlElement:
    return paragraph(Style(size="1pt", exact=height), keep=keep)


# -- tables in the body --------------------------------------------------------------------------


def _tabled(rows: Sequence[Block], layout: Layout, width: int) -> BaseOxmlElement:
    """Return one table of ``rows``; the column heads it begins with are repeated on every page."""
    aligned = rows[0].mark == "aligned"
    count = min(max(1, *(len(row.cells) for row in rows)), MAX_COLUMNS)
    heads = next((n for n, row in enumerate(rows) if row.mark == "row"), len(rows))
    made = []
    for place, row in enumerate(rows):
        head = row.mark == "columns"
        style = _cell_style(layout, row.mark)
        cells = [*row.cells[: count - 1], " ".join(row.cells[count - 1 :])]
        cells += [""] * (count - len(cells))
        nodes = [paragraph(style, [text_run(official(cell), style)], keep=head) for cell in cells]
        short = sum(map(len, cells)) <= WHOLE_ROW
        made.append(RuledRow(nodes, repeated=place < heads and short, whole=short))
    widths = _widths(count, layout.aligned if aligned else layout.grid, width)
    return ruled(widths, CELL_SIDES, made, lines=not aligned)


def _cell_style(layout: Layout, mark: Mark) -> Style:
    """The style of text in a cell: never spread, never indented; column heads bold."""
    given = layout.styles.get(mark)
    if given:
        return given._replace(align="left" if given.align == "thai" else given.align)
    head = mark == "columns"
    return Style(size=named_style(layout, "plain").size, bold=head, align="center" if head else "left")


def _widths(count: int, grid: Sequence[str], width: int) -> list[int]:
    """Return the widths of ``count`` columns; the layout's grid is for as many, others share the line evenly."""
    if count != len(grid):
        return [width // count] * count
    widths = [twips(column) for column in grid]
    fits = min(1.0, width / max(sum(widths), 1))
    return [round(column * fits) for column in widths]


# -- annex ---------------------------------------------------------------------------------------


def _parted(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks above the signature, and those of the annex behind it."""
    cut = next((place for place, block in enumerate(blocks) if block.mark == "annex"), len(blocks))
    return tuple(blocks[:cut]), tuple(blocks[cut:])


def _annexed(blocks: Sequence[Block], sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """Return the annex: its title on a new page, the lines the layout has under it, and its text."""
    if not blocks:
        return []
    title, *rest = blocks
    style = layout.styles.get("annex") or named_style(layout, "heading")
    shown = sheet._replace(words=sheet.words._replace(blocks=tuple(rest)))
    made = [on_new_page(paragraph(style, [text_run(official(title.text), style)], keep=True, named=HEADINGS[0]))]
    return [*made, *line_paragraphs(layout.annex, sheet, layout), *_flowing(shown, layout)]


# -- end -----------------------------------------------------------------------------------------


def _ended(sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """Return closing, signature and foot, kept together up to the first list."""
    style = named_style(layout, "closing")
    together = [paragraph(style, [text_run(official(sheet.words.closing), style)])] if sheet.words.closing else []
    together += line_paragraphs(layout.close, sheet, layout)
    if layout.signature:
        together += _signed(sheet, layout, layout.signature)
    lists = next((n for n, line in enumerate(layout.foot) if line.each), len(layout.foot))
    together += line_paragraphs(layout.foot[:lists], sheet, layout)
    for node in together[:-1]:
        keep_with_next(node)
    return together + line_paragraphs(layout.foot[lists:], sheet, layout)


def _signed(sheet: Sheet, layout: Layout, signature: Signature) -> list[BaseOxmlElement]:
    style = named_style(layout, "signature")
    made = [paragraph(Style(size=style.size)) for _line in range(signature.gap)]
    left = 2 * twips(signature.center) - text_width(layout) - 1
    placed = style._replace(left=f"{max(left, 0) / 20:.2f}pt", align="center")
    lines = (f"({official(sheet.signer)})", *(official(position) for position in sheet.positions))
    return made + [paragraph(placed, [text_run(words, placed)]) for words in lines]
