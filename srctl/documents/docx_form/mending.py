"""Repairs to the XML of a filled form: empty cells, repeated ids, line breaks, Thai formatting.

A cell needs a paragraph, a table a row, a mark its own number; else Word offers a repair. A line break in a value
becomes a paragraph that looks like the one it broke, and begins no number. Thai takes weight and size from elements
of its own (thai-papers §3.1 items 1-4), which forms made in an English Word lack.
"""

import copy
from collections.abc import Collection, Iterable
from itertools import count

from lxml import etree

from srctl.documents.docx.incoming import W
from srctl.documents.docx.reading import Node
from srctl.documents.docx_form.tags import SPACE

BREAK = "\ue003"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_THAI = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))
_HOLDERS = tuple(f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "sdtContent"))
_BLOCKS = tuple(f"{W}{name}" for name in ("p", "tbl", "sdt", "customXml", "altChunk"))
_RUNS = (f"{W}p", f"{W}r", f"{W}hyperlink", f"{W}ins")
_PROPERTIES = tuple(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "smartTagPr"))
# What stands before numPr in the properties of a paragraph, by the schema.
_BEFORE_NUMBER = tuple(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


class Numbers:
    """The ids assigned in one file, for all its parts."""

    def __init__(self) -> None:
        self.pictures = count(1)
        self.seen: set[str] = set()


def look_as_latin(root: Node) -> None:
    """Give Thai the weight, slant and size that Latin has, wherever it has none of its own."""
    for properties in root.iter(f"{W}rPr"):
        for latin, thai in _THAI:
            given = properties.find(f"{W}{latin}")
            if given is not None and properties.find(f"{W}{thai}") is None:
                given.addnext(etree.Element(f"{W}{thai}", dict(given.attrib)))


# -- line breaks -----------------------------------------------------------------------------------------


def numbered_styles(looks: Iterable[Node]) -> frozenset[str]:
    """Return the ids of the paragraph styles that number by themselves or by the style they are based on."""
    based: dict[str, str] = {}
    numbered: set[str] = set()
    for style in (style for root in looks for style in root.iter(f"{W}style")):
        name = style.get(f"{W}styleId", "")
        above = style.find(f"{W}basedOn")
        based[name] = above.get(f"{W}val", "") if above is not None else ""
        if style.find(f"{W}pPr/{W}numPr") is not None:
            numbered.add(name)
    for _step in based:
        more = {name for name, above in based.items() if above in numbered} - numbered
        if not more:
            break
        numbered |= more
    return frozenset(numbered)


def break_paragraphs(root: Node, numbered: Collection[str]) -> None:
    """Make a further paragraph at every :data:`BREAK`; ``numbered`` are the styles that number by themselves."""
    for text in [text for text in root.iter(f"{W}t") if text.text and BREAK in text.text]:
        first, *others = text.text.split(BREAK)
        text.text = first
        for words in reversed(others):
            _split(text, words, numbered)


def _split(text: Node, words: str, numbered: Collection[str]) -> None:
    """Put ``words`` and all that follows ``text`` into a paragraph after its own."""
    right = etree.Element(text.tag, dict(text.attrib))
    right.text = words
    right.set(SPACE, "preserve")
    node = text
    while node.tag != f"{W}p":
        above = node.getparent()
        twin = etree.Element(above.tag, {k: v for k, v in above.attrib.items() if not k.startswith(_WORD_2010)})
        twin.extend(copy.deepcopy(child) for child in above if child.tag in _PROPERTIES)
        twin.append(right)
        twin.extend(list(node.itersiblings()))
        node, right = above, twin
    # The end of a section is the end of its last paragraph.
    for section in list(node.iterfind(f"{W}pPr/{W}sectPr")):
        section.getparent().remove(section)
    _take_number(right, numbered)
    node.addnext(right)


def _take_number(paragraph: Node, numbered: Collection[str]) -> None:
    """Take from a continued paragraph what its first has once: the number, a new page."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return
    style = properties.find(f"{W}pStyle")
    number = properties.find(f"{W}numPr")
    for once in (number, properties.find(f"{W}pageBreakBefore")):
        if once is not None:
            properties.remove(once)
    if number is not None or (style is not None and style.get(f"{W}val") in numbered):
        none = etree.Element(f"{W}numPr")
        etree.SubElement(none, f"{W}numId", {f"{W}val": "0"})
        place = sum(child.tag in _BEFORE_NUMBER for child in properties)
        properties.insert(place, none)


# -- loops -----------------------------------------------------------------------------------------------


def mend_xml(root: Node, numbers: Numbers) -> None:
    """Give every cell and box its paragraph, drop tables without rows, renumber what a loop repeated."""
    for table in list(root.iter(f"{W}tbl")):
        if next(table.iter(f"{W}tr"), None) is None:
            table.getparent().remove(table)
    for holder in root.iter(*_HOLDERS):
        if holder.tag == f"{W}sdtContent" and holder.getparent().getparent().tag in _RUNS:
            continue
        blocks = [child for child in holder if child.tag in _BLOCKS]
        if not blocks or (holder.tag == f"{W}tc" and blocks[-1].tag == f"{W}tbl"):
            etree.SubElement(holder, f"{W}p")
    for picture in root.iter(f"{_DRAWING}docPr"):
        picture.set("id", str(next(numbers.pictures)))
    for node in root.iter(f"{W}p", f"{W}tr"):
        name = node.get(f"{_WORD_2010}paraId")
        if name in numbers.seen:
            del node.attrib[f"{_WORD_2010}paraId"]
        elif name:
            numbers.seen.add(name)
    _mend_bookmarks(root)


def _mend_bookmarks(root: Node) -> None:
    """Keep the first of each bookmark: a loop repeats both its ends."""
    for end in ("bookmarkStart", "bookmarkEnd"):
        seen: set[str] = set()
        for mark in list(root.iter(f"{W}{end}")):
            number = mark.get(f"{W}id", "")
            if number in seen:
                mark.getparent().remove(mark)
            seen.add(number)
