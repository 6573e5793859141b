"""Untrusted Word forms opened: plain .docx only, no macros, nothing fetched from elsewhere.

A form comes from anybody's workspace and is then opened by everybody: what Word would run or fetch on its own (macros,
controls, a remote template, linked pictures and fields) is refused with the reason. A link one must click is not.
"""

import io
import re

from docxtpl import DocxTemplate
from lxml import etree

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import NotWordError
from srctl.documents.docx.reading import Node, Package, open_package, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is filled, in the order it is read and reported.
TEXTS = ("document", "hdr", "ftr", "footnotes", "endnotes")
_LOOKS = ("styles", "numbering")
_RUN_OR_FETCHED = frozenset(
    {"vbaproject", "wordvbadata", "attachedtoolbars", "keymapcustomizations", "control", "activexcontrolbinary",
     "oleobject", "afchunk", "subdocument"}
)  # fmt: skip
_FIELDS = re.compile(r"\0\s*(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)
_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, etree.LxmlError)


class NotWordFormError(ValueError):
    """These bytes are no Word form, or none that is safe to open; the message is the reason, for a clerk."""


class Form(NamedTuple):
    """A form unpacked: its package, and by name the parts with text and those with styles and numbering."""

    package: Package
    texts: dict[str, Node]
    looks: dict[str, Node]


def opened_form(template: bytes) -> Form:
    """Return the form in ``template``.

    Raises:
        NotWordFormError: it is no .docx, unpacks to more than 50 MB, has macros, or fetches from elsewhere.
    """
    try:
        package = open_package(template)
        roots = {name: parsed(part) for name, part in package.parts.items() if name.endswith((".xml", ".rels"))}
    except NotWordError as fault:
        too_large = str(fault) == "size"
        reason = _("it unpacks to more than 50 MB") if too_large else _("this is no Word file (.docx)")
        raise NotWordFormError(reason) from None
    _refuse_macros(package)
    for root in roots.values():
        _refuse_relations(root)
    texts = {name: root for name, root in sorted(roots.items(), key=_in_order) if root.tag in _tags(TEXTS)}
    for root in texts.values():
        _refuse_fields(root)
        # The tags are found under the prefix that Word writes.
        if any(node.prefix != "w" for node in root.iter(f"{W}*")):
            raise NotWordFormError(_("its XML is not as Word writes it"))
    try:
        str(DocxTemplate(io.BytesIO(template)).get_docx().core_properties.title)
    except _UNREADABLE:
        raise NotWordFormError(_("this is no Word file (.docx)")) from None
    return Form(package, texts, {name: root for name, root in roots.items() if root.tag in _tags(_LOOKS)})


def _tags(names: tuple[str, ...]) -> list[str]:
    return [f"{W}{name}" for name in names]


def _in_order(item: tuple[str, Node]) -> tuple[int, str]:
    name, root = item
    tags = _tags(TEXTS)
    return (tags.index(root.tag) if root.tag in tags else len(tags), name)


def _refuse_macros(package: Package) -> None:
    types = package.parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or any("vbaproject" in name.lower() for name in package.parts):
        raise NotWordFormError(_("it carries macros"))


def _refuse_relations(root: Node) -> None:
    """Refuse a relation that Word follows by itself to a program, or out of the file."""
    for relation in root.iter("{*}Relationship"):
        kind = relation.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        if kind in _RUN_OR_FETCHED:
            raise NotWordFormError(_("it carries macros, controls or embedded files ({kind})").format(kind=kind))
        if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            target = f"{relation.get('Target', ''):.60}"
            raise NotWordFormError(_("it fetches from elsewhere: {target} ({kind})").format(target=target, kind=kind))


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
        raise NotWordFormError(_("it has a field that fetches from elsewhere ({kind})").format(kind=found[1].upper()))
