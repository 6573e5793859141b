"""Edits to a finished Word file: number and date filled in, text replaced, a copy for LibreOffice.

The file may have been through Word since it was drafted. Only what must change does; every run keeps its formatting.
"""

import copy
import re
from collections.abc import Callable, Iterator, Mapping

from docx.oxml.ns import qn
from lxml import etree

from srctl.core.alignment import aligned
from srctl.core.thai import printable, to_arabic_digits
from srctl.documents.docx.content import OPEN_PLACES
from srctl.documents.docx.lines import AGAIN, BOOKMARK
from srctl.documents.docx.package import packed_parts
from srctl.documents.docx.reading import (
    Atom,
    Node,
    Package,
    atoms_of,
    margins_of,
    open_package,
    page_fields,
    paragraphs_of,
    parsed,
    serialized,
    text_of,
)
from srctl.documents.docx.typography import NBSP, official

# The digits of this font are Thai: LibreOffice has no Thai page numbers (thai-papers §3.1 item 7).
THAI_DIGITS_FONT = "TH SarabunIT๙"
_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# LibreOffice takes a paragraph kept with the next to the next page whole, where Word takes its last lines
# (ECMA-376 part 1, 17.3.1.14: "at least partly"): one of more than about five lines may then be parted from it, as the
# page before would be left a third empty.
_KEPT = 450
_WORDS = re.compile(r"[0-9๐-๙]+|\s|[^\s0-9๐-๙]+")


def _saved(package: Package, changed: Mapping[str, Node]) -> bytes:
    return packed_parts({**package.parts, **{name: serialized(root) for name, root in changed.items()}})


# -- open places ---------------------------------------------------------------------------------


def write_places(docx: bytes, values: Mapping[str, str]) -> tuple[bytes, tuple[str, ...]]:
    """Write ``values`` into their open places (:func:`srctl.documents.docx.word_file.fill_places`)."""
    package = open_package(docx)
    root = parsed(package.parts[package.document])
    missed = []
    for name, value in values.items():
        if not _fill_bookmark(root, BOOKMARK.format(name=name), official(value)) and not (
            name == OPEN_PLACES[0] and _fill_number(root, official(value))
        ):
            missed.append(name)
        _fill_bookmark(root, AGAIN.format(name=name), official(value))
    return _saved(package, {package.document: root}), tuple(missed)


def _fill_bookmark(root: Node, name: str, value: str) -> bool:
    """Write ``value`` into the bookmark ``name``; return whether there is one."""
    named = (mark for mark in root.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name"), "").lower() == name)
    start = next(named, None)
    paragraph = next(start.iterancestors(qn("w:p")), None) if start is not None else None
    if paragraph is None:
        return False
    texts = [atom.node for atom in _inside(paragraph, start) if atom.node.tag == qn("w:t")]
    if not texts:
        texts = [_new_text(paragraph, start)]
    _set_text(texts[0], value)
    for emptied in texts[1:]:
        _set_text(emptied, "")
    return True


def _inside(paragraph: Node, start: Node) -> Iterator[Atom]:
    """Yield the text of ``paragraph`` from ``start`` to the end of that bookmark or of the paragraph."""
    order = list(paragraph.iter())
    number = start.get(qn("w:id"))
    first = order.index(start)
    ends = (n for n, node in enumerate(order) if n > first and node.tag == qn("w:bookmarkEnd"))
    last = next((n for n in ends if order[n].get(qn("w:id")) == number), len(order))
    within = {id(node) for node in order[first:last]}
    for atom in atoms_of(paragraph):
        if id(atom.node) in within:
            yield atom


def _new_text(paragraph: Node, start: Node) -> Node:
    """Return the text of an empty run after ``start``; a new run is formatted like its neighbour or the paragraph."""
    following = start.getnext()
    if following is not None and following.tag == qn("w:r") and all(child.tag == qn("w:rPr") for child in following):
        return etree.SubElement(following, qn("w:t"))
    made = etree.Element(qn("w:r"))
    near = [*start.itersiblings(qn("w:r"), preceding=True), *start.itersiblings(qn("w:r"))]
    like = near[0].find(qn("w:rPr")) if near else paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if like is not None:
        made.append(copy.deepcopy(like))
    start.addnext(made)
    return etree.SubElement(made, qn("w:t"))


def _fill_number(root: Node, value: str) -> bool:
    """Write a number where its bookmark is gone: behind ``ที่`` or ``เลขที่``, over what already stands there of it.

    That is what comes before the stroke (``ศธ ๐๑๐๐/``, ``ศธ ๐๑๐๐/ว``), of an order the stroke and the year.
    """
    before, stroke, after = _plain(value).rpartition("/")
    if not stroke:
        return False
    begun = re.escape(before).replace(r"\ ", r"\s*") + r"/(?:\s?ว)?"
    pattern = re.compile(rf"\s*(?:เลข)?ที่\s+({begun}|/{re.escape(after)})(?=\s|$)(?!\s*\d)")
    for paragraph in paragraphs_of(root):
        text = text_of(paragraph)
        found = pattern.match(_plain(text))
        if found:
            rewrite(paragraph, text[: found.start(1)] + value + text[found.end(1) :])
            return True
    return False


def _plain(text: str) -> str:
    return to_arabic_digits(text).replace(NBSP, " ")


# -- replaced text ---------------------------------------------------------------------------------


def rewrite_text(docx: bytes, change: Callable[[str], str]) -> bytes:
    """Apply ``change`` to every paragraph (:func:`srctl.documents.docx.word_file.replace_text`)."""
    package = open_package(docx)
    root = parsed(package.parts[package.document])
    for paragraph in paragraphs_of(root):
        text = text_of(paragraph)
        changed = change(text) if text else text
        if changed != text:
            rewrite(paragraph, changed)
    return _saved(package, {package.document: root})


def rewrite(paragraph: Node, wanted: str) -> None:
    """Make ``wanted`` the text of ``paragraph``; new text takes the formatting of what it replaces."""
    atoms = atoms_of(paragraph)
    written = {n: "" for n, atom in enumerate(atoms) if atom.node.tag == qn("w:t")}
    if not written:
        return
    text = "".join(atom.text for atom in atoms)
    owner = [n for n, atom in enumerate(atoms) for _letter in atom.text]
    kept: set[int] = set()
    for i1, i2, new in _changes(text, wanted):
        if new is None:
            for n, letter in zip(owner[i1:i2], text[i1:i2], strict=True):
                kept.add(n)
                if n in written:
                    written[n] += letter
        elif new:
            written[_nearest(owner, i1, i2, written)] += new
    for n, atom in enumerate(atoms):
        if n in written:
            if written[n] != atom.text:
                _set_text(atom.node, written[n])
        elif n not in kept:
            atom.node.getparent().remove(atom.node)


def _nearest(owner: list[int], i1: int, i2: int, written: Mapping[int, str]) -> int:
    """The index of the text that takes what is new between letters ``i1`` and ``i2``."""
    inside = [n for n in owner[i1:i2] if n in written]
    if inside:
        return inside[0]
    before = owner[i1 - 1] if i1 else 0
    return min(written, key=lambda n: (abs(n - before), n))


def _changes(old: str, new: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretches of ``old`` in order: start, end, and what stands there in ``new`` (None: it stays)."""
    words_old, words_new = _WORDS.findall(old), _WORDS.findall(new)
    at = [0]
    for word in words_old:
        at.append(at[-1] + len(word))
    for words in aligned(words_old, words_new):
        start, end = at[words.b0], at[words.b1]
        if words.same:
            yield start, end, None
            continue
        written = "".join(words_new[words.a0 : words.a1])
        for same, b0, b1, a0, a1 in aligned(old[start:end], written):
            yield start + b0, start + b1, None if same else written[a0:a1]


def _set_text(node: Node, text: str) -> None:
    node.text = " ".join(printable(text).replace("\n", " ").split("\t"))
    node.set(_SPACE, "preserve")


# -- a copy for LibreOffice ----------------------------------------------------------------------


def adapt_for_preview(docx: bytes) -> bytes:
    """Adapt a copy to LibreOffice (:func:`srctl.documents.docx.word_file.preview`)."""
    package = open_package(docx)
    changed = {}
    for name in (name for name in package.parts if name.endswith("/styles.xml")):
        root = changed[name] = parsed(package.parts[name])
        for language in root.iter(qn("w:lang")):
            language.set(qn("w:val"), "th-TH")  # the PDF says this one for the whole of its text
    for name in [package.document, *margins_of(package)]:
        root = changed[name] = parsed(package.parts[name])
        for mark in root.iter(qn("w:jc")):
            if mark.get(qn("w:val")) == "thaiDistribute":
                mark.set(qn("w:val"), "both")
        for paragraph in paragraphs_of(root):
            for runs in page_fields(paragraph):
                for run in runs:
                    _set_font(run, THAI_DIGITS_FONT)
            for kept in list(paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:keepNext')}")):
                if len(text_of(paragraph)) > _KEPT:
                    kept.getparent().remove(kept)
    return _saved(package, changed)


def _set_font(run: Node, font: str) -> None:
    if run.tag != qn("w:r"):
        return
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = etree.Element(qn("w:rPr"))
        run.insert(0, properties)
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = etree.Element(qn("w:rFonts"))
        properties.insert(1 if properties.find(qn("w:rStyle")) is not None else 0, fonts)
    fonts.attrib.clear()
    for slot in _SLOTS:
        fonts.set(qn(f"w:{slot}"), font)
