"""The fonts of the Thai text of a Word file, as far as its runs say so themselves: what was pasted brings its own.

Word draws Thai in the font of complex script (ECMA-376 part 1, 17.3.2.26 ``cs``); a run without one has that of its
style, which is the form's.
"""

import re
from collections.abc import Iterator

from srctl.documents.docx.incoming import W
from srctl.documents.docx.reading import Node, paragraphs_of

_THAI = re.compile("[\u0e00-\u0e7f]")
_FONTS, _RUN, _TEXT, _COMPLEX = f"{W}rPr/{W}rFonts", f"{W}r", f"{W}t", f"{W}cs"


def fonts_of(body: Node) -> tuple[tuple[int, str], ...]:
    """The fonts of Thai runs, each with the paragraph (from 1) it is first used in, in that order."""
    first: dict[str, int] = {}
    if body.find(f".//{W}rFonts") is not None:
        for place, paragraph in enumerate(paragraphs_of(body), 1):
            for font in _fonts_in(paragraph):
                first.setdefault(font, place)
    return tuple((place, font) for font, place in first.items())


def _fonts_in(paragraph: Node) -> Iterator[str]:
    for run in paragraph.iterchildren(_RUN, f"{W}ins", f"{W}hyperlink"):
        for node in [run] if run.tag == _RUN else run.iter(_RUN):
            fonts = node.find(_FONTS)
            font = fonts.get(_COMPLEX, "") if fonts is not None else ""
            if font and any(_THAI.search(text.text or "") for text in node.iter(_TEXT)):
                yield font
