"""The shell of a paper: page, margins, header and footer, cached for the next paper like it.

A mail merge makes a thousand letters that differ in their words only. What does not depend on the words is built
once and kept as bytes: nothing of one letter can reach the next, and memory does not grow with their number.
"""

import io
from collections.abc import Sequence
from functools import lru_cache

from docx.document import Document as Paper
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _BaseHeaderFooter
from docx.shared import Twips

from srctl.core.records import NamedTuple
from srctl.documents.docx.content import EmblemError, Sheet
from srctl.documents.docx.layout import Emblem, Layout, PageGeometry, Style, named_style, twips
from srctl.documents.docx.ooxml import anchored_picture, element, inside, page_number, paragraph, text_run
from srctl.documents.docx.package import empty_paper, package_parts
from srctl.documents.docx.typography import official

DOCUMENT, PROPERTIES = "word/document.xml", "docProps/core.xml"
CATCHWORD = Style(align="right")


class Dress(NamedTuple):
    """The cache key of a shell, all it depends on; ``secrecy`` is the word of the mark, "" for none."""

    font: str
    page: PageGeometry
    place: Emblem | None
    emblem: bytes
    secrecy: str
    catchword: str
    number: Style
    mark: Style
    catch: Style
    blank: Style


class Shell(NamedTuple):
    """The parts of a paper without words: the document, its properties, and all others by name."""

    document: bytes
    properties: bytes
    others: tuple[tuple[str, bytes], ...]


def shell_of(sheet: Sheet, layout: Layout) -> Shell:
    """Return the shell ``sheet`` goes into.

    Raises:
        MeasureError: a length in the layout is not one.
        EmblemError: the emblem is not a picture.
    """
    dress = Dress(
        font=sheet.font,
        page=layout.page,
        place=layout.emblem,
        emblem=sheet.emblem if layout.emblem else b"",
        secrecy=layout.marks.secrecy.get(sheet.secrecy, ""),
        catchword=official(sheet.catchword),
        number=named_style(layout, "page_number"),
        mark=named_style(layout, "secrecy"),
        catch=layout.styles.get("catchword", CATCHWORD),
        blank=layout.styles.get("blank", Style()),
    )
    return _shell(dress)


# A merge uses one or two; few are kept, since each may hold an emblem of megabytes.
@lru_cache(maxsize=8)
def _shell(dress: Dress) -> Shell:
    paper = empty_paper(dress.font)
    _set_page(paper, dress)
    _set_margins(paper, dress)
    parts = package_parts(paper)
    document, properties = parts.pop(DOCUMENT), parts.pop(PROPERTIES)
    return Shell(document, properties, tuple(parts.items()))


def _set_page(paper: Paper, dress: Dress) -> None:
    page, section = dress.page, paper.sections[0]
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.top_margin, section.bottom_margin = Twips(twips(page.top)), Twips(twips(page.bottom))
    section.left_margin, section.right_margin = Twips(twips(page.left)), Twips(twips(page.right))
    # The mark stands above the emblem, which begins at 1.5 cm (§3.1 item 14).
    section.header_distance = Twips(twips(page.marked_header if dress.secrecy else page.header))
    section.footer_distance = Twips(twips(page.footer))
    section.different_first_page_header_footer = True
    inside(section._sectPr, "cols").addprevious(element("pgNumType", fmt="thaiNumbers"))


def _set_margins(paper: Paper, dress: Dress) -> None:
    section, number, mark = paper.sections[0], dress.number, dress.mark

    def marked(named: str) -> BaseOxmlElement:
        return paragraph(mark, [text_run(dress.secrecy, mark)], named=named) if dress.secrecy else _blank(named, dress)

    numbers = [text_run("- ", number), *page_number(number), text_run(" -", number)]
    above = [marked("Header")] if dress.secrecy else []
    if dress.place is not None and dress.place.every:
        last = _blank("Header", dress, _emblem(section.header, dress, 2))
    else:
        last = paragraph(number, numbers, named="Header") if dress.page.numbered else _blank("Header", dress)
    _fill(section.header, [*above, last])
    first = section.first_page_header
    above = [marked("Header")] if dress.secrecy else []
    _fill(first, [*above, _blank("Header", dress, _emblem(first, dress))])
    _fill(section.footer, [marked("Footer")])
    _fill(section.first_page_footer, [*_catchword(dress), marked("Footer")])


def _blank(named: str, dress: Dress, runs: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    return paragraph(dress.blank, runs, named=named)


def _fill(part: _BaseHeaderFooter, paragraphs: list[BaseOxmlElement]) -> None:
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.extend(paragraphs)


def _catchword(dress: Dress) -> list[BaseOxmlElement]:
    """Return the line that shows how the next page begins: ``/ในการนี้...`` at the right (thai-papers §1.2)."""
    if not dress.catchword:
        return []
    words = dress.catchword.strip("/.…")
    return [paragraph(dress.catch, [text_run(f"/{words}...", dress.catch)], named="Footer")]


def _emblem(header: _BaseHeaderFooter, dress: Dress, number: int = 1) -> list[BaseOxmlElement]:
    place = dress.place
    if not dress.emblem or place is None:
        return []
    try:
        relation, image = header.part.get_or_add_image(io.BytesIO(dress.emblem))
        height = Twips(twips(place.height))
        width, _height = image.scaled_dimensions(None, height)
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ZeroDivisionError) as fault:
        raise EmblemError(type(fault).__name__) from fault
    return [anchored_picture(relation, int(width), int(height), place.x, place.y, number)]
