"""Words that do not belong in a paper as they stand: spoken, doubled, perhaps misspelt, an opening left open. Pure.

Sources: พจนานุกรม ฉบับราชบัณฑิตยสถาน พ.ศ. ๒๕๕๔ (ไม้ยมก repeats one word of one kind only: ที่ที่, ของของ);
the custom of official letters that what begins with ตามที่, ตามหนังสือ, อนุสนธิ ends with นั้น.
"""

import re
from collections.abc import Iterator

from srctl.core.i18n import _
from srctl.core.thai import MARK
from srctl.model.misspellings import misspelt
from srctl.papers.proofing.finding import Finding, Paperfacts, Span, Texts, found_at

# คะ alone also ends other words (อัคคะ): it counts behind นะ, or where a space or the end follows.
_SPOKEN = f"(?:นะ)?(?:ครับ|ค่ะ)(?:ผม)?(?![ะาำ{MARK}])|นะคะ(?![ะาำ{MARK}])|(?<=[ก-๙]) คะ(?=\\s|$)|(?:นะ)?จ้ะ"
_PARTICLES = ("ครับ", "ค่ะ", "คะ", "จ้ะ")
_QUOTED = '[“"«][^”"»]{0,400}[”"»]'

# (What may stand before, the word, what may not follow): right are ของของตน behind เจ้า, รายได้ได้, จำเป็นเป็น, เพื่อเพื่อน.
_ONCE = (
    ("", "และ", ""), ("", "หรือ", ""), ("", "ซึ่ง", ""), ("", "จึง", ""), ("", "จาก", ""), ("", "เนื่องจาก", ""),
    ("", "ดังนั้น", ""),
    ("(?<!ภาย)", "ใน", ""), ("(?<!ราย)", "ได้", ""), ("(?<!จำ)", "เป็น", ""), ("(?<!กำ)(?<!ประ)", "กับ", ""),
    ("", "โดย", "สาร"), ("", "เพื่อ", "น"), ("(?<!สิ่ง)(?<!เจ้า)(?<!ข้าว)", "ของ", ""), ("", "ให้", ""), ("", "จะ", ""),
    ("(?<![ก-๙])", "การ", ""), ("(?<=และ)", "การ", ""), ("(?<=หรือ)", "การ", ""), ("(?<![ก-๙])", "ความ", ""),
    ("(?<![ก-๙])", "ที่", "(?:ดิน|ทำ|พัก|ว่าง|นั่ง|อยู่|ประชุม|เหมาะ|ตั้ง|ราช)"),
)  # fmt: skip
_DOUBLED = "|".join(
    f"{before}{word} ?{word}(?![ะาำ{MARK}]{f'|{after}' if after else ''})" for before, word, after in _ONCE
) + ("|(?<!วัน)(?<!เวลา)(?<!ที่)ทำการทำ|(?<![ก-๙])ดำเนินการดำเนินการ")
_REPEATED = re.compile("([ก-ฮเ-ไ][ก-๙]{5,40})\\1")
_YAMOK = "(?:^|[^ก-๙\\s])\\s*ๆ|(?:ที่|ของ|การ)\\s?ๆ|ๆ\\s?ๆ"

_OPENING = "\\s*(?:ตามที่|ตามหนังสือ|อนุสนธิ|ตามบันทึก)"
# An opening that begins so without telling what happened before.
_NO_OPENING = "\\s*ตามที่(?:แนบ|กล่าว|เห็นสมควร|เสนอ|สมควร)|.*(?:ดังนี้|ต่อไปนี้)\\s*:?\\s*$"
_ADDRESS = "\\s*(?:กราบเรียน|เรียน|ถึง|นมัสการ|กราบทูล|อ้างถึง|สิ่งที่ส่งมาด้วย|เรื่อง)\\s"


def wording_findings(texts: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield the faults of words, by kind."""
    for place, text in texts:
        if facts.misspellings.perhaps:
            yield from _perhaps_misspelt(place, text, facts)
        if not facts.spoken and any(particle in text for particle in _PARTICLES):
            spoken = _outside_quotes(_SPOKEN, text)
            words = _("a word of speech (ครับ, ค่ะ, นะคะ) in a paper"), _("take it out")
            yield from found_at("spoken", place, text, spoken, words)
        words = _("a word may be there twice"), _("look whether one of them goes")
        yield from found_at("doubled", place, text, _doubled(text), words, "told")
        yamok = [match.span() for match in re.finditer(_YAMOK, text)]
        words = _("ๆ where it may not stand"), _("write the word again: ที่ที่, ของของ; ๆ repeats one word only")
        yield from found_at("yamok", place, text, yamok, words, "told")
    yield from _left_open(texts)


def _perhaps_misspelt(place: int, text: str, facts: Paperfacts) -> Iterator[Finding]:
    for wrong in misspelt(text, facts.misspellings.perhaps, facts.misspellings.keep):
        message = _("{word} may be misspelt").format(word=text[wrong.start : wrong.stop])
        hint = _("write {word}, unless it is a name").format(word=wrong.right)
        yield from found_at("perhaps-misspelt", place, text, [(wrong.start, wrong.stop)], (message, hint), "told")


def _outside_quotes(pattern: str, text: str) -> list[Span]:
    """The places of ``pattern`` outside of what is quoted: an order is quoted as it was spoken."""
    places = [match.span() for match in re.finditer(pattern, text)]
    quoted = [match.span() for match in re.finditer(_QUOTED, text)] if places else []
    return [(a, b) for a, b in places if not any(start < a and b < stop for start, stop in quoted)]


def _doubled(text: str) -> list[Span]:
    spans = [match.span() for match in re.finditer(_DOUBLED, text)]
    repeated = [match.span() for match in _REPEATED.finditer(text) if not _one_sign(match[1])]
    return sorted(spans + [(a, b) for a, b in repeated if not any(start < b and a < stop for start, stop in spans)])


def _one_sign(word: str) -> bool:
    """Whether it is one sign again and again (a ruled line): no word."""
    return len(set(word)) < 3


def _left_open(texts: Texts) -> Iterator[Finding]:
    """Yield the opening of a letter that begins with ตามที่ and does not end with นั้น."""
    addressed = [n for n, (_place, text) in enumerate(texts) if re.match(_ADDRESS, text)]
    body = [row for row in texts[max(addressed, default=-1) + 1 :] if row[1].strip()] if addressed else []
    for place, text in body[:1]:
        opening = re.match(_OPENING, text)
        if opening and "นั้น" not in text and not re.match(_NO_OPENING, text, re.DOTALL):
            message = _("an opening with ตามที่ or ตามหนังสือ that does not end with นั้น")
            hint = _("end it with นั้น, or begin with ด้วย")
            yield from found_at("left-open", place, text, [opening.span()], (message, hint), "told")
