"""The rules of proof-reading: faults in a paper's text, as a head of office would find them. Pure.

Sources: thai-papers §1.2 (numerals, page number), §1.5 (คำขึ้นต้น คำลงท้าย), §1.6 (one item has no sub-number), §2 (IT๙
digits), §3.4 (torn text); design §9 (the complainant). What :func:`mended` puts right is ``fixable``; all else is
looked for in the mended text, so that one fault is reported once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from srctl.core.i18n import _, mark
from srctl.core.thai import MARK, TONE, to_arabic_digits, to_official_digits, to_thai_digits, unsafe_characters
from srctl.model.identifiers import Mention, mentions
from srctl.model.misspellings import Misspellings, occurring
from srctl.model.redaction import PRIVATE, every_identifier
from srctl.papers.proofing.amounts import amount_findings
from srctl.papers.proofing.dates import date_findings
from srctl.papers.proofing.finding import Finding, Paperfacts, Severity, Span, Texts, found_at
from srctl.papers.proofing.form_parts import form_findings
from srctl.papers.proofing.near_names import name_like_findings
from srctl.papers.proofing.repairs import BUDDHIST_ERA, CE_YEAR, DIGIT, MONTH, mended, repairs_of
from srctl.papers.proofing.word_diff import WordChange, differences
from srctl.papers.proofing.wording import wording_findings

__all__ = ["Finding", "Paperfacts", "Severity", "WordChange", "differences", "findings", "mended"]

_SALUTATION = r"[ \t\u00a0]*(กราบเรียน|ขอประทานกราบทูล|กราบทูล|กราบนมัสการ|นมัสการ|เรียน|ถึง)(?=\s|$)"
_CLOSING = "ขอแสดงความ(?:นับถือ|เคารพ)|ด้วยความเคารพ|ขอนมัสการ|ควรมิควร"
# A longer paragraph only begins like a คำลงท้าย; the longest one, of a royal letter, is shorter.
_LONGEST_CLOSING = 80
_PAGE = "{PAGE}"

_NUMBER = f"{DIGIT}+(?:[-./,:]{DIGIT}+)*"
_UNIT = "(?!\\s?(?:บาท|คน|ราย|แห่ง|โรง|ฉบับ|เรื่อง|ชุด|เล่ม|ครั้ง|หน่วย|ล้าน))"
_CE_YEAR_ALONE = (
    f"(?:{BUDDHIST_ERA}|ปี(?:การศึกษา|งบประมาณ)?|{MONTH}|{DIGIT}{{1,2}}[/-]{DIGIT}{{1,2}}[/-])\\s{{0,3}}{CE_YEAR}{_UNIT}"
    f"|(?<!{DIGIT})[2๒][0๐]{DIGIT}{{2}}-{DIGIT}{{2}}-{DIGIT}{{2}}(?!{DIGIT})"
)
_STRAY_MARK = f"(?<![ก-ฮ{MARK}◌-])[{MARK}]|[{TONE}]{{2}}"
_ITEM = r"\s*\(?(?P<above>(?:[0-9]{1,3}\.)*)(?P<last>[0-9]{1,3})(?P<end>[.)]*)(?=\s)"

_ATTACHMENTS = "สิ่งที่ส่งมาด้วย"
_NTH = f"({DIGIT}{{1,2}})[.)]?\\s"
_COUNT = f"จำนวน\\s*{DIGIT}"
_MENTION = (
    f"{_ATTACHMENTS}\\s{{0,2}}(?:ลำดับที่|หมายเลข|ที่)?\\s{{0,2}}(?P<numbers>{DIGIT}{{1,2}}(?!{DIGIT})"
    f"(?:\\s?(?:,|-|–|และ|ถึง)\\s?{DIGIT}{{1,2}}(?!{DIGIT}))*)(?!\\s?(?:ฉบับ|ชุด|เล่ม|แผ่น|รายการ|หน้า|/|{MONTH}))"
)
_ENCLOSED = f"{_ATTACHMENTS}|(?:ดัง|ตาม|ที่|เอกสาร)แนบ(?!ท้าย)|แนบมาพร้อม|ส่งมาพร้อม|มาพร้อมนี้|มาพร้อมหนังสือนี้"

# Code -> what is wrong, how to mend it.
_MECHANICAL = {
    "invisible": (mark("a character that cannot be seen"), mark("delete it: searching and line ends stumble over it")),
    "sara-ae": (mark("เ typed twice in place of แ"), mark("type แ")),
    "sara-am": (mark("ำ torn apart, as text out of a PDF is"), mark("type the word again with ำ")),
    "marks": (mark("vowel and tone marks in the wrong order or twice"), mark("type the word again, the vowel first")),
    "letter-digit": (mark("a letter o or l in the place of ๐ or ๑"), mark("write the digit")),
    "misspelling": (mark("a misspelt word"), mark("write it as the dictionary has it")),
    "ce-year": (mark("a year of the common era in a date"), mark("write the year of the Buddhist Era")),
    "mixed-number": (mark("Thai and Arabic digits in one number"), mark("write the number in Thai digits")),
    "mixed-digits": (mark("Arabic digits in a paper with Thai digits"), mark("write Thai digits")),
    "arabic-digits": (
        mark("Arabic digits"),
        mark("write Thai digits; a font such as TH SarabunIT๙ only draws them so, and only where it is installed"),
    ),
}
_PERSONAL = {
    "name": mark("the name of the complainant in a paper that leaves the office"),
    "phone": mark("a telephone number of the complainant in a paper that leaves the office"),
    "id_no": mark("the identity number of the complainant in a paper that leaves the office"),
    "email": mark("the e-mail address of the complainant in a paper that leaves the office"),
    "address": mark("the address of the complainant in a paper that leaves the office"),
}
PERHAPS = "perhaps-named"  # the code of a finding that may name a person
PERSONS = frozenset({"complainant", "private"})  # the codes of those that surely do
_OTHER = mark("personal data of the complainant in a paper that leaves the office")


def findings(paragraphs: Sequence[str], margins: Sequence[str], facts: Paperfacts) -> tuple[Finding, ...]:
    """Return the faults of a paper by place: ``paragraphs`` in reading order, ``margins`` the headers and footers."""
    typed = [*enumerate(paragraphs, 1), *((0, text) for text in margins)]
    plain = [(place, mended(text)) for place, text in typed]
    table = occurring(facts.misspellings, "\n".join(text for _place, text in (*typed, *plain)))
    facts = facts._replace(misspellings=table)
    whole = [(place, mended(text, table)) for place, text in plain] if table.words else plain
    body = whole[: len(paragraphs)]
    found = [
        *_mechanical(typed, whole, table),
        *_unsure(whole),
        *_lone_sub_numbers(body),
        *_salutations(body, facts),
        *_closings(body, facts),
        *_attachments(body, facts),
        *_unnumbered_pages(margins, facts),
        *date_findings(whole),
        *amount_findings(whole),
        *wording_findings(body, facts),
        *name_like_findings(whole, facts.names),
        *form_findings(body, facts),
        *_persons((*plain, *typed), facts),
    ]
    return tuple(sorted(found, key=lambda finding: finding.place))


def _spans(pattern: str, text: str) -> list[Span]:
    return [found.span() for found in re.finditer(pattern, text)]


def _mechanical(typed: Texts, whole: Texts, table: Misspellings) -> Iterator[Finding]:
    """Yield what :func:`mended` would change: ``typed`` is not as ``whole``."""
    repairs = repairs_of(table)
    thai = any(re.search("[๐-๙]", text) for _place, text in typed)
    for place, text in (one for one, other in zip(typed, whole, strict=True) if one != other):
        wanted = [(repair.code, [edit[:2] for edit in repair.edits(text)]) for repair in repairs]
        by_code: dict[str, Sequence[Span]] = dict(wanted)
        if by_code.pop("digits"):
            numbers = _wrong_numbers(text)
            mixed = [bool(re.search("[๐-๙]", text[slice(*span)])) for span in numbers]
            by_code["mixed-number"] = list(compress(numbers, mixed))
            by_code["mixed-digits" if thai else "arabic-digits"] = list(compress(numbers, map(not_, mixed)))
        for code, spans in by_code.items():
            message, hint = _MECHANICAL[code]
            for finding in found_at(code, place, text, spans, (_(message), _(hint))):
                yield finding._replace(fixable=True)


def _wrong_numbers(text: str) -> list[Span]:
    official = to_official_digits(text)
    return [span for span in _spans(_NUMBER, text) if official[slice(*span)] != text[slice(*span)]]


def _unsure(whole: Texts) -> Iterator[Finding]:
    """Yield the faults of a text that only a person can mend."""
    for place, text in whole:
        # Digits left Arabic belong to an address.
        years = [span for span in _spans(_CE_YEAR_ALONE, text) if not text[slice(*span)].isascii()]
        hint = _("write the year of the Buddhist Era (+543), or ค.ศ. before it")
        yield from found_at("ce-year", place, text, years, (_("a year of the common era without ค.ศ."), hint))
        stray = _spans(_STRAY_MARK, text)
        words = _("a vowel or tone mark without its consonant, or two tone marks"), _("type the word again")
        yield from found_at("stray-mark", place, text, stray, words)
        if unsafe := unsafe_characters(text):
            at, name = unsafe[0]
            message = _("a character that no paper can show ({code})").format(code=name)
            yield from found_at("unreadable", place, text, [(at, at + 1)], (message, _("type the word again")))


def _lone_sub_numbers(body: Texts) -> Iterator[Finding]:
    """Yield each first sub-item (๒.๑, (๑)) that no second one follows (seed 002: a single item has no sub-number)."""
    alone: dict[str, tuple[int, str, str]] = {}
    lone: list[tuple[int, str, str]] = []
    for place, text in body:
        found = re.match(_ITEM, to_arabic_digits(text[:80]))
        if found is None or not (found["above"] or ")" in found["end"]):
            continue
        series = found["above"] or ")"
        if found["last"] in ("1", "2") and series in alone:
            before = alone.pop(series)
            lone += [before] if found["last"] == "1" else []
        if found["last"] == "1":
            alone[series] = (place, text, to_thai_digits(found[0].strip()))
    for place, text, number in (*lone, *alone.values()):
        message = _("the sub-number {number} stands alone").format(number=number)
        hint = _("a single item has no number: write it into the item above, or add a second")
        yield from found_at("lone-sub-number", place, text, [(0, len(number))], (message, hint))


def _salutations(body: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield a คำขึ้นต้น that is not the addressee's, or a missing one."""
    wanted = facts.salutation
    if not wanted:
        return
    lines = ((place, text, re.match(_SALUTATION, text)) for place, text in body)
    place, text, found = next(((p, t, m) for p, t, m in lines if m), (0, "", None))
    hint = _("begin a line with: {words}").format(words=wanted)
    if found is None:
        yield Finding("salutation-missing", 0, "", _("there is no คำขึ้นต้น"), hint, fixable=False)
    elif found[1] != wanted:
        message = _("the คำขึ้นต้น is {found}; the addressee is due {wanted}").format(found=found[1], wanted=wanted)
        yield from found_at("salutation-wrong", place, text, [found.span(1)], (message, hint))


def _closings(body: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield each คำลงท้าย that is not the addressee's or has no place on the form, and a missing one."""
    if not facts.form and not facts.has_respect:
        return
    lines = [(p, text, " ".join(text.split())) for p, text in body if len(text) <= 2 * _LONGEST_CLOSING]
    lines = [line for line in lines if len(line[2]) <= _LONGEST_CLOSING and re.match(_CLOSING, line[2])]
    hint = _("write: {words}").format(words=facts.respect) if facts.respect else ""
    if facts.has_respect and not lines:
        yield Finding("closing-missing", 0, "", _("there is no คำลงท้าย"), hint, fixable=False)
    for place, text, closing in lines:
        span = [(0, len(text))]
        if not facts.has_respect:
            words = _("this form has no คำลงท้าย"), _("take the line out")
            yield from found_at("closing-unwanted", place, text, span, words)
        elif facts.respect and closing != facts.respect:
            message = _("the คำลงท้าย is not the one the addressee is due")
            yield from found_at("closing-wrong", place, text, span, (message, hint))


def _attachments(body: Texts, facts: Paperfacts) -> Iterator[Finding]:
    """Yield what is named as enclosed but not listed, and what is listed but not counted.

    Only a letter (หนังสือภายนอก) has such a list; inside the ministry the text itself names them (ข้อ ๑๒).
    """
    if facts.form and not facts.has_respect:
        return
    items, lines = _listed(body)
    for place, item in items:
        if not re.search(_COUNT, item):
            message = _("what is enclosed is listed but not counted")
            hint = _("add how many, such as: จำนวน ๑ ฉบับ")
            yield from found_at("attachment-count", place, item, [(0, len(item))], (message, hint))
    for place, text in body:
        if place in lines:
            continue
        for found in re.finditer(_MENTION, text):
            highest = max(int(to_arabic_digits(n)) for n in re.findall(f"{DIGIT}+", found["numbers"]))
            if items and highest > len(items):
                listed = _("{name} {n} is named, but {listed} listed")
                n, count = (to_thai_digits(str(number)) for number in (highest, len(items)))
                message = listed.format(name=_ATTACHMENTS, n=n, listed=count)
                hint = _("list it above the text, or mend the number")
                yield from found_at("attachment-unlisted", place, text, [found.span()], (message, hint))
        if facts.has_respect and not items and (spans := _spans(_ENCLOSED, text)):
            words = _("something is said to be enclosed, but nothing is listed"), _("add the line สิ่งที่ส่งมาด้วย")
            yield from found_at("attachment-unlisted", place, text, spans[:1], words)


def _listed(body: Texts) -> tuple[list[tuple[int, str]], set[int]]:
    """Return the items under สิ่งที่ส่งมาด้วย with their paragraphs, and all paragraphs of the list."""
    start = next((i for i, (_p, text) in enumerate(body) if text.lstrip().startswith(_ATTACHMENTS)), None)
    if start is None:
        return [], set()
    items: list[tuple[int, str]] = []
    lines: set[int] = set()
    for place, text in body[start:]:
        rest = text.lstrip().removeprefix(_ATTACHMENTS) if not lines else text
        for line in filter(None, map(str.strip, rest.split("\n"))):
            nth = re.match(_NTH, f"{line} ")
            if items and line.startswith("จำนวน"):  # a count in a cell of its own
                items[-1] = (items[-1][0], f"{items[-1][1]} {line}")
            elif not items or (nth and int(to_arabic_digits(nth[1])) == len(items) + 1 and re.match(_NTH, items[0][1])):
                items.append((place, line))
            else:
                return items, lines
        lines.add(place)
    return items, lines


def _unnumbered_pages(margins: Sequence[str], facts: Paperfacts) -> Iterator[Finding]:
    if facts.pages > 1 and not facts.page_number and not any(_PAGE in text for text in margins):
        message = _("the second page has no page number")
        yield Finding(
            "page-number", 0, "", message, _("put - ๒ - at the top of each page but the first"), fixable=False
        )


def name_findings(paragraphs: Sequence[str], margins: Sequence[str], facts: Paperfacts) -> tuple[Finding, ...]:
    """The faults of a paper that name a person who stays in, or may, by place."""
    typed = [*enumerate(paragraphs, 1), *((0, text) for text in margins)]
    texts = [*((place, mended(text)) for place, text in typed), *typed]
    return tuple(sorted(_persons(texts, facts), key=lambda finding: finding.place))


def _persons(texts: Iterable[tuple[int, str]], facts: Paperfacts) -> Iterator[Finding]:
    """Yield each paragraph that identifies the complainant or what the kind keeps private, repaired or as typed."""
    identifiers = every_identifier(facts.complainant, facts.private) if facts.leaves else ()
    reported: set[tuple[int, str, bool]] = set()
    for place, text in texts if identifiers else ():
        by_kind: dict[tuple[str, bool], list[Span]] = {}
        for mention in _others_left_out(mentions(text, identifiers), text, facts):
            by_kind.setdefault((mention.what, mention.sure), []).append((mention.start, mention.stop))
        for (what, sure), spans in by_kind.items():
            if (place, what, sure) not in reported:
                for finding in found_at(*_code_and_words(what, sure, place, text, spans)):
                    yield finding if sure else finding._replace(severity="told")
            reported.add((place, what, sure))


def _others_left_out(found: Iterable[Mention], text: str, facts: Paperfacts) -> Iterator[Mention]:
    """Yield the mentions, but not one that may be somebody and stands in the name of an office or of its staff."""
    own: list[Span] | None = None
    for mention in found:
        if not mention.sure and own is None:
            # A pattern is made for the few names whose words all stand here, not for each of a whole directory.
            names = (name.split() for name in (*facts.staff, *facts.names))
            here = ("\\s+".join(map(re.escape, words)) for words in names if all(word in text for word in words))
            own = [span for pattern in here for span in _spans(pattern, text)]
        if mention.sure or not any(start < mention.stop and mention.start < stop for start, stop in own or ()):
            yield mention


def _code_and_words(
    what: str, sure: bool, place: int, text: str, spans: Sequence[Span]
) -> tuple[str, int, str, Sequence[Span], tuple[str, str]]:
    """The arguments of :func:`found_at` for places that name a person by ``what``."""
    private = what.startswith(PRIVATE)
    if not sure:
        message = _("this may name who is not to be named in a paper that leaves the office")
        return PERHAPS, place, text, spans, (message, _("look who is meant; if it is them, write another word"))
    if private:
        words = _("what the kind keeps private, in a paper that leaves the office"), _("leave it out")
        return "private", place, text, spans, words
    words = _(_PERSONAL.get(what, _OTHER)), _("write ผู้ร้อง in its place, or leave it out")
    return "complainant", place, text, spans, words
