"""Untrusted Word files read: unpacked within limits, text by paragraph, provenance.

A file a clerk saved in Word, or one from outside, is hostile until read: a zip bomb, an entity, a part that is missing
must end in one refusal, :class:`srctl.documents.docx.content.NotWordError`, never in a traceback or a full memory.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from srctl.core.records import NamedTuple
from srctl.documents.docx.content import NotWordError, Provenance

Node = Any  # an lxml element; its types are not published
MAX_UNPACKED = 50_000_000
MAX_PARTS = 5_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset({qn("w:del"), qn("w:moveFrom"), _FALLBACK})
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH, _TEXT, _RUN = qn("w:p"), qn("w:t"), qn("w:r")
_BAD = (etree.XMLSyntaxError, KeyError, ValueError, IndexError)


class Package(NamedTuple):
    """A Word file unpacked: every part by name, and the name of the one that is the document."""

    parts: dict[str, bytes]
    document: str


class Atom(NamedTuple):
    """A stretch of a paragraph's text and the element it stands in."""

    node: Node
    text: str


def open_package(docx: bytes) -> Package:
    """Return the parts of a Word file.

    Raises:
        NotWordError: these bytes are no .docx, or one that unpacks to more than 50 MB.
    """
    parts = _unpacked(docx)
    try:
        document = targets_of(parts, "", "officeDocument")[0]
        root = parsed(parts[document])
    except _BAD as fault:
        raise NotWordError(type(fault).__name__) from fault
    if root.tag != qn("w:document"):
        raise NotWordError("document")
    return Package(parts, document)


def _unpacked(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a zip, counted while they are unpacked: the sizes listed in it may be false."""
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise NotWordError("size")
            for entry in entries:
                with packed.open(entry) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0 or entry.filename in parts:
                    raise NotWordError("size" if left < 0 else "twice")
                parts[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as fault:
        raise NotWordError(type(fault).__name__) from fault
    except (ValueError, IndexError, OverflowError, MemoryError) as fault:
        raise fault if isinstance(fault, NotWordError) else NotWordError(type(fault).__name__) from fault
    return parts


def parsed(xml: bytes) -> Node:
    """Return the root of an XML part; no entity is resolved, nothing is fetched.

    Raises:
        NotWordError: it is not XML, or carries a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Node = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise NotWordError(type(fault).__name__) from fault
    if root.getroottree().docinfo.doctype:
        raise NotWordError("doctype")
    return root


def serialized(root: Node) -> bytes:
    """Return an XML part as Word writes it."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def targets_of(parts: dict[str, bytes], source: str, kind: str) -> list[str]:
    """Return the names of the parts that ``source`` ("" for the file) has under a relation of ``kind``."""
    folder, name = posixpath.split(source)
    relations = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return []
    found = []
    for relation in parsed(relations).iter(_RELATION):
        if relation.get("Type", "").rsplit("/", 1)[-1] == kind and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found.append(target.lstrip("/"))
    return [target for target in found if target in parts]


def margins_of(package: Package) -> list[str]:
    """Return the names of the header and footer parts, headers first, each sorted by name."""
    kinds = (sorted(targets_of(package.parts, package.document, kind)) for kind in ("header", "footer"))
    return list(dict.fromkeys(name for names in kinds for name in names))


# -- text ----------------------------------------------------------------------------------------


def paragraphs_of(root: Node) -> Iterator[Node]:
    """Yield the paragraphs under ``root`` in reading order: of tables cell by cell, of text boxes where they hang."""
    for node in root.iter(_PARAGRAPH):
        if not any(above.tag == _FALLBACK for above in node.iterancestors()):
            yield node


def atoms_of(paragraph: Node) -> list[Atom]:
    """Return the visible text of one paragraph piece by piece; deleted text and other paragraphs in it left out."""
    return list(_atoms(paragraph))


def _atoms(node: Node) -> Iterator[Atom]:
    for child in node:
        if child.tag in _UNSEEN or child.tag == _PARAGRAPH or not isinstance(child.tag, str):
            continue
        if child.tag == _TEXT:
            yield Atom(child, child.text or "")
        elif child.tag in _BREAKS and node.tag == _RUN:
            yield Atom(child, _BREAKS[child.tag])
        else:
            yield from _atoms(child)


def text_of(paragraph: Node) -> str:
    """Return the visible text of one paragraph."""
    return "".join(atom.text for atom in atoms_of(paragraph))


def read_paragraphs(docx: bytes) -> tuple[str, ...]:
    """The text of every paragraph of the body (:func:`srctl.documents.docx.word_file.paragraphs`)."""
    package = open_package(docx)
    return tuple(text_of(node) for node in paragraphs_of(parsed(package.parts[package.document])))


def margin_texts(roots: Iterable[Node]) -> tuple[str, ...]:
    """The texts of these headers and footers that are not empty."""
    texts = (_with_page_field(node) for root in roots for node in paragraphs_of(root))
    return tuple(text for text in texts if text.strip())


def _with_page_field(paragraph: Node) -> str:
    """Return the text of a paragraph with ``{PAGE}`` where its number will stand."""
    fields = page_fields(paragraph)
    begins = [nodes[0] for nodes in fields]
    within = [node for nodes in fields for node in nodes]
    text = ""
    for node in paragraph.iter(_RUN, qn("w:fldSimple")):
        if node in begins:
            text += "{PAGE}"
        elif node.tag == _RUN and node not in within:
            text += "".join(atom.text for atom in _atoms(node))
    return text


def page_fields(paragraph: Node) -> list[list[Node]]:
    """Return the nodes of each PAGE field: its runs from begin to end, or the simple field and its runs."""
    found = []
    for simple in paragraph.iter(qn("w:fldSimple")):
        if _is_page(simple.get(qn("w:instr"), "")):
            found.append([simple, *simple.iter(_RUN)])
    runs: list[Node] = []
    code = ""
    for run in paragraph.iter(_RUN):
        kinds = [mark.get(qn("w:fldCharType")) for mark in run.iter(qn("w:fldChar"))]
        if "begin" in kinds:
            runs, code = [], ""
        if runs or "begin" in kinds:
            runs.append(run)
            code += "".join(part.text or "" for part in run.iter(qn("w:instrText")))
        if "end" in kinds:
            if runs and _is_page(code):
                found.append(runs)
            runs = []
    return found


def _is_page(code: str) -> bool:
    return code.split()[:1] == ["PAGE"]


# -- provenance ----------------------------------------------------------------------------------


def read_properties(docx: bytes) -> Provenance:
    """The provenance in the core properties (:func:`srctl.documents.docx.word_file.properties`)."""
    return provenance_of(open_package(docx))


def provenance_of(package: Package) -> Provenance:
    """The provenance in the core properties of an opened file."""
    found: dict[str, str] = {}
    for name in targets_of(package.parts, "", "core-properties")[:1]:
        for node in parsed(package.parts[name]):
            if isinstance(node.tag, str):
                found[etree.QName(node).localname] = node.text or ""
    hashes = dict(re.findall(r"(template|layout) sha256:([0-9a-z]*)", found.get("description", "")))
    commit = re.fullmatch(r"commit:(\S*)", found.get("keywords", "").strip())
    return Provenance(
        case=found.get("identifier", ""),
        paper=found.get("category", ""),
        commit=commit[1] if commit else "",
        template=hashes.get("template", ""),
        layout=hashes.get("layout", ""),
        wording=found.get("contentStatus", ""),
    )
