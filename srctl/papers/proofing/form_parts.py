"""The parts of a form and how it was typed: subject, signature, number, spaces in the place of indents, fonts. Pure.

Sources: ระเบียบงานสารบรรณ ข้อ ๑๑, ๑๒ (เรื่อง, ลงชื่อ), คำอธิบายการพิมพ์หนังสือราชการ ๒๕๕๓ (font; at most
two taps between label and value, thai-papers §1.2). A number is taken by ``srctl number``: one that is typed by hand
is in no register.
"""

import re
from collections.abc import Iterator

from srctl.core.errors import CommandLine
from srctl.core.i18n import _
from srctl.core.thai import fold
from srctl.papers.proofing.finding import Finding, Paperfacts, Span, Texts, found_at
from srctl.papers.proofing.repairs import DIGIT

_SUBJECT = "\\s*เรื่อง\\s*[^\\s.…]"
_SIGNED = "\\s*\\(\\s*[ก-๙A-Z.][^()]{3,90}\\)\\s*$"
# "ที่ ศธ ๐๑๐๐/๑๒", "ที่ ศธ ๐๑๐๐/ว ๑๒", "ที่ ๑๒/๒๕๖๙" of an order.
_NUMBER = (
    f"\\s*ที่[\\s\u00a0]+(?P<number>(?:(?:ลับ|ลับมาก|ลับที่สุด)\\s+)?(?:[ก-ฮ]{{2,4}}\\.?\\s+{DIGIT}[0-9๐-๙.()]*/\\s?(?:ว\\s?)?{DIGIT}+"
    f"|{DIGIT}+\\s?/\\s?{DIGIT}{{4}}))(?!{DIGIT})"
)
_HEAD = 8  # paragraphs among which the number of a paper stands
_SPACES = "(?<=\\S) {3,}(?=\\S)|^ {2,}(?=\\S)|\t{3,}"


def form_findings(texts: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield what is missing on the form, and what was typed where it does not belong."""
    lines = [line for _place, text in texts for line in text.split("\n")]
    if facts.has_subject and not any(re.match(_SUBJECT, line) for line in lines):
        hint = _("begin a line with: {words}").format(words="เรื่อง")
        yield Finding("subject-missing", 0, "", _("there is no subject"), hint, fixable=False)
    if facts.has_signature and not any(re.match(_SIGNED, line) for line in lines):
        hint = _("write the name of who signs in brackets, their position below")
        yield Finding("signature-missing", 0, "", _("there is no name of who signs"), hint, fixable=False)
    yield from _typed_numbers(texts, facts)
    for place, text in texts:
        spaces = [match.span() for match in re.finditer(_SPACES, text)]
        words = _("spaces or tabs in the place of an indent"), _("set the indent or a tab stop in Word")
        yield from found_at("spaces", place, text, spaces, words, "told")
    yield from _other_fonts(texts, facts)


def _typed_numbers(texts: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield a number at the head of a paper that is not the one it took."""
    if facts.number is None:
        return
    for place, text in texts[:_HEAD]:
        match = re.match(_NUMBER, text)
        if match and _bare(facts.number) != _bare(match["number"]):
            span: list[Span] = [match.span("number")]
            if facts.number:
                message = _("the paper bears {own}").format(own=facts.number)
                yield from found_at("typed-number", place, text, span, (message, _("write that number")))
            else:
                hint = _("leave the place behind / open for: {command}").format(command=CommandLine("number ID"))
                words = _("a number typed by hand: it is in no register"), hint
                yield from found_at("typed-number", place, text, span, words)


def _bare(number: str) -> str:
    return re.sub("^ลับ(?:มาก|ที่สุด)?|\\s", "", fold(number).strip())


def _other_fonts(texts: Texts, facts: Paperfacts) -> Iterator[Finding]:
    text_of = dict(texts)
    for place, font in facts.fonts:
        if facts.font and _plain(font) != _plain(facts.font):
            message = _("text in the font {font}; the office writes in {own}").format(font=font, own=facts.font)
            words = message, _("mark the text in Word and give it the font of the office")
            text = text_of.get(place, "")
            yield from found_at("font", place, text, [(0, min(len(text), 16))], words, "told")


def _plain(font: str) -> str:
    """The name of a font without the spaces that Windows leaves out (THSarabunPSK)."""
    return font.replace(" ", "").casefold()
