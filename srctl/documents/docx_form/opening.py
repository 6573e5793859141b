"""Untrusted Word forms opened: what :mod:`srctl.documents.docx.incoming` lets in, written as Word writes it."""

import io

from docxtpl import DocxTemplate
from lxml import etree

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import NotWordError
from srctl.documents.docx.incoming import W, judged
from srctl.documents.docx.reading import Node, Package

# What is filled, in the order it is read and reported.
TEXTS = ("document", "hdr", "ftr", "footnotes", "endnotes")
_LOOKS = ("styles", "numbering")
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
        NotWordFormError: it is no .docx, none that is safe to open, or not written as Word writes it.
    """
    try:
        package, roots = judged(template)
    except NotWordError as fault:
        raise NotWordFormError(str(fault)) from None
    texts = {name: root for name, root in sorted(roots.items(), key=_in_order) if root.tag in _tags(TEXTS)}
    for root in texts.values():
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
