"""The judgement of every Word file that comes in: forms, finished papers, replies, papers to be proof-read.

A file comes from anybody and is then opened by everybody. What Word would run or fetch on its own (macros, controls,
embedded files, a remote template, linked pictures, frames and fields) is refused with the reason; a link that somebody
must click is not, as long as it leads to a page or an address. What is larger than any paper is refused before
anything is done with it: everything that works on text may take time in proportion to it.
"""

import re
from collections.abc import Mapping

from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import NotWordError, UnsafeWordError
from srctl.documents.docx.reading import Node, Package, open_package, parsed

# A paper of a hundred full pages has some 200,000 characters in 3,000 paragraphs; a paragraph of 20,000 fills ten.
MAX_XML, MAX_PARAGRAPHS, MAX_TEXT, MAX_PARAGRAPH, MAX_ATTRIBUTES = 20_000_000, 5_000, 300_000, 20_000, 200
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUN_OR_FETCHED = frozenset(
    {"vbaproject", "wordvbadata", "attachedtoolbars", "keymapcustomizations", "control", "activexcontrolbinary",
     "oleobject", "afchunk", "subdocument"}
)  # fmt: skip
_CLICKED = re.compile(r"(?:https?|mailto|tel):|#|\Z", re.IGNORECASE)
_FIELDS = re.compile(r"\0\s*(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)


class Incoming(NamedTuple):
    """A Word file that may be worked with: its package, and the root of each of its XML parts by name."""

    package: Package
    roots: Mapping[str, Node]


def judged(docx: bytes) -> Incoming:
    """The file unpacked and parsed, when it is a Word file that is safe to open and no larger than a paper.

    Raises:
        UnsafeWordError: it is one, but not such a one. NotWordError: it is none. The message is the reason.
    """
    try:
        package = open_package(docx)
        xml = {name: part for name, part in package.parts.items() if name.endswith((".xml", ".rels"))}
        if sum(map(len, xml.values())) > MAX_XML:
            raise UnsafeWordError(_("its text is larger than any paper"))
        roots = {name: parsed(part) for name, part in xml.items()}
    except UnsafeWordError:
        raise
    except NotWordError as fault:
        too_large = str(fault) == "size"
        reason = _("it unpacks to more than 50 MB") if too_large else _("this is no Word file (.docx)")
        raise (UnsafeWordError if too_large else NotWordError)(reason) from None
    _refuse_macros(package)
    for root in roots.values():
        _refuse_relations(root)
        _refuse_excess(root)
        _refuse_fields(root)
    return Incoming(package, roots)


def _refuse_macros(package: Package) -> None:
    types = package.parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or any("vbaproject" in name.lower() for name in package.parts):
        raise UnsafeWordError(_("it carries macros"))


def _refuse_relations(root: Node) -> None:
    """Refuse a relation that Word follows by itself to a program, or out of the file."""
    for relation in root.iter("{*}Relationship"):
        kind = relation.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        target = relation.get("Target", "").strip()
        if kind == "hyperlink" and _CLICKED.match(target):
            continue
        if relation.get("TargetMode", "").lower() == "external":
            words = _("it fetches from elsewhere: {target} ({kind})")
            raise UnsafeWordError(words.format(target=f"{target:.60}", kind=kind))
        if kind in _RUN_OR_FETCHED:
            raise UnsafeWordError(_("it carries macros, controls or embedded files ({kind})").format(kind=kind))


def _refuse_excess(root: Node) -> None:
    """Refuse a part with more paragraphs, text or attributes than a paper has; how XML is indented is no text."""
    paragraphs, text, here = 0, 0, 0
    for node in root.iter():
        if len(node.attrib) > MAX_ATTRIBUTES:
            raise UnsafeWordError(_("its XML is not as Word writes it"))
        if node.tag == f"{W}p":
            paragraphs, here = paragraphs + 1, 0
        elif node.text and isinstance(node.tag, str) and (node.tag == f"{W}t" or not node.text.isspace()):
            here += len(node.text)
            text += len(node.text)
        if here > MAX_PARAGRAPH:
            words = ngettext("a paragraph has more than {n} character", "a paragraph has more than {n} characters",
                             MAX_PARAGRAPH)  # fmt: skip
            raise UnsafeWordError(words.format(n=MAX_PARAGRAPH))
    if paragraphs > MAX_PARAGRAPHS or text > MAX_TEXT:
        raise UnsafeWordError(_("its text is larger than any paper"))


def _refuse_fields(root: Node) -> None:
    """Refuse fields that fetch or run; their code may be split over runs."""
    code = ""
    for node in root.iter(f"{W}fldChar", f"{W}fldSimple", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            code += node.text or ""
        elif node.tag == f"{W}fldSimple":
            code += f"\0{node.get(f'{W}instr', '')}\0"
        elif node.get(f"{W}fldCharType") == "begin":
            code += "\0"
    found = _FIELDS.search(code)
    if found:
        raise UnsafeWordError(_("it has a field that fetches from elsewhere ({kind})").format(kind=found[1].upper()))
