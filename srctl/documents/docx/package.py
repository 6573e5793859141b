"""The .docx package of a paper: an empty Thai document, its properties, a reproducible zip.

thai-papers §3.1 items 2, 3, 15: the theme's fonts beat the names unless they go, the language is
Thai, and the part ``stylesWithEffects`` makes Word offer a repair.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time

from docx import Document
from docx.document import Document as Paper
from docx.opc.coreprops import CoreProperties
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.core.thai import printable, to_official_digits
from srctl.documents.docx.content import Sheet
from srctl.documents.docx.layout import Style
from srctl.documents.docx.ooxml import HEADINGS, element, inside, run_properties

KEPT_STYLES = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "Footer", *HEADINGS})
WRITTEN_STYLES = ("Normal", "Header", "Footer", *HEADINGS)
DROPPED_PARTS = ("stylesWithEffects", "thumbnail", "customXml", "numbering")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def empty_paper(font: str) -> Paper:
    """Return an empty document: ``font`` 16 pt, Thai, no space between paragraphs."""
    paper = Document()
    _drop_parts(paper)
    styles = paper.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.remove(style)
    _write_defaults(inside(styles, "docDefaults"), font)
    for style in styles.findall(qn("w:style")):
        name = style.get(qn("w:styleId"))
        if name in WRITTEN_STYLES:
            _write_style(style, font)
        if name in HEADINGS:
            inside(style, "pPr").append(element("outlineLvl", val=HEADINGS.index(name)))
    _write_settings(paper.settings.element)
    return paper


def _drop_parts(paper: Paper) -> None:
    for relations in (paper.part.package.rels, paper.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(DROPPED_PARTS):
                del relations[key]


def _write_defaults(defaults: BaseOxmlElement, font: str) -> None:
    for child in list(defaults):
        defaults.remove(child)
    run = run_properties(Style(), font)
    run.append(element("lang", val="en-US", eastAsia="en-US", bidi="th-TH"))
    defaults.extend((element("rPrDefault", run), element("pPrDefault", element("pPr"))))


def _write_style(style: BaseOxmlElement, font: str) -> None:
    for tag in ("w:pPr", "w:rPr", "w:link"):
        for child in style.findall(qn(tag)):
            style.remove(child)
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    style.extend((element("pPr", element("widowControl"), spacing), run_properties(Style(), font)))


def _write_settings(settings: BaseOxmlElement) -> None:
    language = inside(settings, "themeFontLang")
    language.attrib.clear()
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            # 15 is Word 2013 and later: less, and the title bar says "Compatibility Mode".
            setting.set(qn("w:val"), "15")
    for tag in ("w:rsids", "w:savePreviewPicture"):
        for child in settings.findall(qn(tag)):
            settings.remove(child)


def stamp(properties: CoreProperties, sheet: Sheet) -> None:
    """Write into the properties who made the paper, when, and from which case, wording, commit, template and layout."""
    made = sheet.provenance
    properties.title = to_official_digits(" ".join(printable(sheet.title).split()))[:255]
    properties.author = properties.last_modified_by = sheet.office[:255]
    properties.identifier = made.case
    properties.category = made.paper
    properties.keywords = f"commit:{made.commit[:64]}" if made.commit else ""
    properties.comments = f"template sha256:{made.template}; layout sha256:{made.layout}"
    if made.wording:
        properties.content_status = made.wording[:255]
    properties.language = "th-TH"
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(sheet.today, time())


def packed(paper: Paper) -> bytes:
    """Return the .docx of ``paper``: equal papers are equal bytes."""
    return packed_parts(package_parts(paper))


def package_parts(paper: Paper) -> dict[str, bytes]:
    """Return the parts of ``paper`` as they would be saved, by name."""
    saved = io.BytesIO()
    paper.save(saved)
    with zipfile.ZipFile(saved) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return the .docx of ``parts``, in fixed order under a fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed_file:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            packed_file.writestr(entry, parts[name])
    return target.getvalue()
