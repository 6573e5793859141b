"""A Word form filled with the values of a paper.

docxtpl turns tags in Word's XML into a template of that XML; the environment of the text wordings fills it. Values
travel between fences as there, so that only they are written the official way, and a line break in one is found.
"""

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import unescape

from docxtpl import DocxTemplate
from lxml import etree

from srctl.core.i18n import _
from srctl.core.thai import shorten
from srctl.documents import text_template
from srctl.documents.docx.content import NotWordError, Provenance, Sheet, Words
from srctl.documents.docx.incoming import W
from srctl.documents.docx.package import packed, packed_parts, stamp
from srctl.documents.docx.reading import Node, parsed, serialized
from srctl.documents.docx.typography import official
from srctl.documents.docx_form.mending import BREAK, Numbers, break_paragraphs, look_as_latin, mend_xml, numbered_styles
from srctl.documents.docx_form.opening import opened_form
from srctl.documents.docx_form.tags import SPACE, TAG, gather, scan
from srctl.documents.template_filters import CLOSE, OPEN
from srctl.documents.text_template import TooLongError, WordingError

LIMIT = 20_000_000
# Stand for braces that are no tag: in attributes, in fields, in the words around the tags.
_HIDDEN = str.maketrans("{}", "\ue004\ue005")
_SHOWN = str.maketrans("\ue004\ue005", "{}")
_VALUE = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_FENCES = str.maketrans("", "", OPEN + CLOSE)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")


def fill_form(template: bytes, values: Mapping[str, object], folder: Path, made: Provenance, today: date) -> bytes:
    """Return the form filled with ``values`` (plain, by name); the same arguments give the same bytes.

    ``folder`` is the only place an ``{% include %}`` or ``{% import %}`` can reach, ``made`` is kept in the properties.

    Raises:
        NotWordFormError: these bytes are no Word form, or none that is safe to open.
        AbsentError: a value that is not there is printed.
        WordingError: a tag is wrong or asks for a name that does not exist; the message names the paragraph.
    """
    form = opened_form(template)
    parts = dict(form.package.parts)
    numbered = numbered_styles(form.looks.values())
    numbers = Numbers()
    for name, root in form.texts.items():
        gather(root)
        faults = scan(root, folder).faults
        if faults:
            raise WordingError(0, f"{faults[0].place}: {faults[0].message}")
        filled = _filled(root, values, folder)
        for text in filled.iter(f"{W}t"):
            _print(text)
        break_paragraphs(filled, numbered)
        mend_xml(filled, numbers)
        look_as_latin(filled)
        parts[name] = serialized(filled)
    for name, root in form.looks.items():
        look_as_latin(root)
        parts[name] = serialized(root)
    return _stamped(packed_parts(parts), values, made, today)


def _filled(root: Node, values: Mapping[str, object], folder: Path) -> Node:
    """Return a gathered part with its tags filled in, values between fences."""
    source = _source(root)
    try:
        xml = text_template.render(source, values, folder, markup=True, limit=len(source) + LIMIT)
    except WordingError as fault:
        raise WordingError(0, f"{_words(source, fault.line)}{fault.message}") from None
    except TooLongError:
        raise WordingError(0, _("it comes out longer than any paper")) from None
    try:
        return parsed(re.sub(r"\n(?=<w:p[ >])", "", xml).translate(_SHOWN).encode())
    except NotWordError:
        raise WordingError(0, _("the filled form is not sound: < or & in a file it includes")) from None


def _source(root: Node) -> str:
    """Return a part as template of its own XML; each paragraph begins a line, so that a line finds the paragraph."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for node in root.iter():
        if node.text:
            hidden = node.tag != f"{W}t"
            node.text = node.text.translate(_HIDDEN) if hidden else _hide_around_tags(node.text)
        if node.tail:
            node.tail = node.tail.translate(_HIDDEN)
        for name, value in node.attrib.items():
            if "{" in value or "}" in value:
                node.set(name, value.translate(_HIDDEN))
    xml = DocxTemplate(None).patch_xml(serialized(root).decode().partition("?>")[2].lstrip())
    return _PARAGRAPH.sub("\n<w:p", TAG.sub(lambda tag: unescape(tag[0]), xml))


def _hide_around_tags(text: str) -> str:
    pieces = re.split(f"({TAG.pattern})", text, flags=re.DOTALL)
    pieces[::2] = (piece.translate(_HIDDEN) for piece in pieces[::2])
    return "".join(pieces)


def _words(source: str, line: int) -> str:
    """Return the words of a line of the template, to find its paragraph by."""
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return ""
    words = unescape(re.sub(r"<[^>]*>", "", lines[line - 1]))
    return _("paragraph “{words}”").format(words=shorten(" ".join(words.split()), 60)) + ": "


def _print(text: Node) -> None:
    """Write the values in a text the official way, with :data:`BREAK` between the lines of a value."""
    if text.text and OPEN in text.text:
        text.text = _VALUE.sub(_official_lines, text.text).translate(_FENCES)
        text.set(SPACE, "preserve")


def _official_lines(value: re.Match[str]) -> str:
    lines = (official(line) for line in value[1].split("\n"))
    return BREAK.join(line for line in lines if line)


def _stamped(docx: bytes, values: Mapping[str, object], made: Provenance, today: date) -> bytes:
    paper = DocxTemplate(io.BytesIO(docx)).get_docx()
    title = paper.core_properties.title
    words = Words({}, (), "")
    stamp(paper.core_properties, Sheet(words, "" if "{" in title else title, _office(values), "", (), today, made))
    return packed(paper)


def _office(values: Mapping[str, object]) -> str:
    """Return the Thai name of the office, "" where the values lack it."""
    value: object = values
    for key in ("office", "names", "th"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""
