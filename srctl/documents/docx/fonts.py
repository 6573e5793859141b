"""The fonts Thai text of a Word file is drawn in: of its runs, their styles, the file's defaults, its theme.

Word draws Thai in the font of complex script (ECMA-376 part 1, 17.3.2.26 ``cs``); one named by the theme (``cstheme``)
beats it. What a table style or a numbering brings is not looked at.
"""

import re
from collections.abc import Iterator, Mapping

from srctl.core.records import NamedTuple
from srctl.documents.docx.incoming import Incoming, W
from srctl.documents.docx.reading import Node, paragraphs_of, targets_of

_THAI = re.compile("[\u0e00-\u0e7f]")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FONTS, _RUN, _TEXT = f"{W}rPr/{W}rFonts", f"{W}r", f"{W}t"
_STYLES = {"paragraph": f"{W}pPr/{W}pStyle", "character": f"{W}rPr/{W}rStyle"}


class Typefaces(NamedTuple):
    """The Thai fonts a file has beside those of its runs: of styles by id, without a style, of the theme by its slot.

    A style that says none has the font of what it is based on; "" is a font nobody named.
    """

    styles: Mapping[str, str]
    usual: str
    theme: Mapping[str, str]


def fonts_of(incoming: Incoming) -> tuple[tuple[int, str], ...]:
    """The fonts of the Thai text of the body, each with the paragraph (from 1) it is first used in, in that order."""
    faces, first = typefaces(incoming), dict[str, int]()
    for place, paragraph in enumerate(paragraphs_of(incoming.roots[incoming.package.document]), 1):
        for font in _fonts_in(paragraph, faces):
            first.setdefault(font, place)
    return tuple((place, font) for font, place in first.items())


def _fonts_in(paragraph: Node, faces: Typefaces) -> Iterator[str]:
    above = _of_style(paragraph, "paragraph", faces) or faces.usual
    for run in paragraph.iterchildren(_RUN, f"{W}ins", f"{W}hyperlink"):
        for node in [run] if run.tag == _RUN else run.iter(_RUN):
            if any(_THAI.search(text.text or "") for text in node.iter(_TEXT)):
                font = _named(node.find(_FONTS), faces.theme) or _of_style(node, "character", faces) or above
                if font:
                    yield font


def _of_style(node: Node, sort: str, faces: Typefaces) -> str:
    style = node.find(_STYLES[sort])
    return faces.styles.get(style.get(f"{W}val", ""), "") if style is not None else ""


def _named(fonts: Node | None, theme: Mapping[str, str]) -> str:
    """The Thai font that properties name, by the theme or by itself."""
    if fonts is None:
        return ""
    return theme.get(fonts.get(f"{W}cstheme", ""), "") or str(fonts.get(f"{W}cs", ""))


def typefaces(incoming: Incoming) -> Typefaces:
    """The fonts that styles, defaults and theme of a file give its Thai text."""
    theme, root = _theme(_part(incoming, "theme")), _part(incoming, "styles")
    if root is None:
        return Typefaces({}, "", theme)
    styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    own = {name: _named(style.find(_FONTS), theme) for name, style in styles.items()}
    based = {name: _basis(style) for name, style in styles.items()}
    defaults = _named(root.find(f"{W}docDefaults/{W}rPrDefault/{_FONTS}"), theme)
    normal = next((name for name, style in styles.items() if _is_usual(style)), "")
    paragraphs = {name for name, style in styles.items() if style.get(f"{W}type") == "paragraph"}
    found = {name: _inherited(name, own, based) or (defaults if name in paragraphs else "") for name in styles}
    return Typefaces(found, found.get(normal, defaults), theme)


def _is_usual(style: Node) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _basis(style: Node) -> str:
    above = style.find(f"{W}basedOn")
    return str(above.get(f"{W}val", "")) if above is not None else ""


def _inherited(name: str, own: Mapping[str, str], based: Mapping[str, str]) -> str:
    """The font of a style, or of the nearest one it is based on; a circle of styles has none."""
    seen: set[str] = set()
    while name in own and name not in seen:
        if own[name]:
            return own[name]
        seen.add(name)
        name = based[name]
    return ""


def _theme(root: Node | None) -> dict[str, str]:
    """The Thai fonts of a theme by the slots that name them (ECMA-376 part 1, 17.18.96)."""
    if root is None:
        return {}
    slots = {"majorBidi": f"{_A}majorFont", "minorBidi": f"{_A}minorFont"}
    return {slot: _theme_font(font) for slot, tag in slots.items() if (font := next(root.iter(tag), None)) is not None}


def _theme_font(fonts: Node) -> str:
    """The font of complex script, else the one for Thai."""
    complex_ = fonts.find(f"{_A}cs")
    named = str(complex_.get("typeface", "")) if complex_ is not None else ""
    scripts = (str(one.get("typeface", "")) for one in fonts.iter(f"{_A}font") if one.get("script") == "Thai")
    return named or next(scripts, "")


def _part(incoming: Incoming, kind: str) -> Node | None:
    package = incoming.package
    names = targets_of(package.parts, package.document, kind)
    return incoming.roots.get(names[0]) if names else None
