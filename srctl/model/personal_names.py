"""Names of persons as people write them: in either order, with titles, shortened, or one word alone. Pure.

:data:`Judge` says of a word found whether it is surely the person, may be, or is another word that looks like it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from re import escape

from srctl.core.thai import MARK, clean
from srctl.model.text_reduction import GAP, UNSEEN, compiled, reduce_text

# Of a text, and where the core of an identifier starts and stops in it: the place that names the person and whether
# surely, None for no name at all. The place does not begin before the last number, the end of the place before.
Judge = Callable[[str, int, int, int], tuple[int, int, bool] | None]

# Titles of the Prime Minister's Office rules of B.E. 2536 and of academic, military, police and medical use, and what
# people are called by. No letter of theirs is the beginning of another word ("คุณ" in "คุณากร").
_RANK = (
    r"(?:(?:(?:พล|พัน|ร้อย|นาวา)(?:ตำรวจ|เรือ|อากาศ)?|สิบ(?:ตำรวจ)?)(?:ตรี|โท|เอก)"
    r"|จ่าสิบ(?:ตำรวจ|ตรี|โท|เอก)|ดาบตำรวจ)(?:\s?หญิง)?"
)
_SHORT_RANK = r"(?:(?:พล|พ|ร|น|จ|ส)\.(?:ส\.)?[ตทอ]\.(?:[ตทอ]\.)?|ด\.ต\.)(?:\s?หญิง)?"
TITLE = (
    r"(?:นางสาว|นาง|นาย|น\.\s?ส\.?|นส\.|เด็กชาย|เด็กหญิง|ด\.\s?ช\.|ด\.\s?ญ\.|ดช\.|ดญ\.|ดอกเตอร์|ดร\.?|คุณครู|คุณ|ครู"
    r"|ผู้ช่วยศาสตราจารย์|รองศาสตราจารย์|ศาสตราจารย์|ผศ\.?|รศ\.?|ศ\.|อาจารย์|อ\.|ผอ\.|ผู้อำนวยการ"
    r"|ว่าที่\s?ร(?:้อย|\.)\s?[ตทอ](?:รี|โท|เอก|\.)(?:\s?หญิง)?|ม\.ร\.ว\.|ม\.ล\.|หม่อม(?:ราชวงศ์|หลวง)"
    rf"|{_SHORT_RANK}|{_RANK}|นพ\.|พญ\.|ทพ\.|ทพญ\.|นายแพทย์|แพทย์หญิง|พระครู|พระ|พี่|น้อง|ป้า|ลุง|น้า"
    rf"|(?:Mr|Mrs|Ms|Miss|Dr)\b\.?)(?![ะาำๅ{MARK}])"
)
_TITLED = rf"(?i:{TITLE}{GAP}){{1,3}}\Z"
_WEAK = ("อ.",)  # a title, and what the name of a district begins with
# Words that begin like a title with a name.
_ORDINARY = (
    "คุณสมบัติ", "คุณภาพ", "คุณธรรม", "คุณวุฒิ", "คุณค่า", "คุณลักษณ", "คุณประโยชน์", "คุณงาม", "คุณความ", "ครูใหญ่",
    "ครูผู้", "นายอําเภอ", "นายทะเบียน", "นายจ้าง", "นายก", "นายแพทย์", "นายช่าง", "นายหน้า", "นายตํารวจ", "นายทหาร",
    "นายประกัน", "นางงาม", "นางเเบบ", "นางฟ้า", "นางเอก", "อาจารย์ใหญ่",
)  # fmt: skip
# What goes on behind a name: no surname begins so.
_GOES_ON = (
    "ได้|ว่า|ที่|ซึ่ง|และ|กับ|แก่(?!น)|จาก|เป็น(?!สุข|ไท|มิตร|ธรรม)|ไม่(?:ได้|มี|ยอม|ประสงค์|พอใจ|สามารถ|เห็น|ทราบ)"
    "|ร้อง|แจ้ง(?![สกจ])|จะ|ถูก|ผู้|เพื่อ|โดย|เมื่อ|โทร|อายุ|อยู่(?:ที่|บ้าน|ใน|เลขที่)|หรือ|ของ(?!ขวัญ)|ยื่น|กล่าว|ยืนยัน|ต้อง|นั้น|คือ"
    "|ด้วย|แล้ว|เคย|กำลัง|บอก|อ้าง|ประสงค์(?:จะ|ขอ|ให้)|เดินทาง|สอบถาม|ติดต่อ|เล่า|ชี้แจง|ถึง|สมัคร|ตาม|เนื่อง|กรณี|เรื่อง|ให้"
    "|ขอ(?:ให้|รับ|ความ|ทราบ|ย้าย|ลา|พบ)|มี(?:ความ|หนังสือ|ปัญหา|บุตร)|มา(?:ร้อง|พบ|ยื่น|ติดต่อ|แจ้ง)|ไป(?:ร้อง|พบ|ยื่น|แจ้ง)"
    "|รับ(?:ทราบ|ราชการ|แจ้ง|เงิน)|เข้า(?:พบ|ร้อง)|ส่ง(?:หนังสือ|เรื่อง|เอกสาร)|พร้อม(?:ด้วย|คณะ|เอกสาร)|ในฐานะ|แต่|จึง|ครับ|ค่ะ"
)
_END = rf"{GAP}(?:\Z|[^\w\u0e00-\u0e7f]|[0-9๐-๙A-Za-z]|{_GOES_ON})"
_LATIN_END = rf"{GAP}(?:\Z|[^\w]|[\u0e00-\u0e7f])"
_SHORTENED = rf"{GAP}ฯ(?!ล)"  # ฯลฯ is "and so on"
LETTER = r"[\w\u0e00-\u0e7f]"
LONGEST_BEFORE = 60
_LEAST_NAME, _LEAST_INSIDE, _LONG = 2, 4, 8  # a word of 8 letters is in no other by chance
_NOBODY = frozenset({
    "พวก", "คณะ", "ผู้ร้อง", "มารดา", "บิดา", "ผู้ปกครอง", "ประชาชน", "ไม่ประสงค์ออกนาม", "ไม่ระบุชื่อ", "ขอสงวนนาม", "สงวนนาม",
    "บัตรสนเท่ห์", "ผู้แทน", "ผู้หวังดี",
})  # fmt: skip
_SEVERAL = rf"[,;/()\n]|(?:และ|กับ|หรือ)(?=\s*{TITLE})|\s(?:และ|กับ|หรือ)\s|(?:และ|กับ)(?:พวก|คณะ)"


def untitled(text: str) -> str:
    """What is left of a name without the titles before it, reduced."""
    return reduce_text(_without_titles(clean(text).strip()))


def given_name(text: str) -> str:
    """The given name of a person who is called by a title; "" of anything else."""
    whole = clean(text).strip()
    bare = _without_titles(whole)
    return bare.split()[0] if bare.strip() and bare != whole else ""


def _without_titles(text: str) -> str:
    return compiled(rf"(?i)(?:{TITLE}{GAP})+").sub("", text, count=1) if compiled(TITLE).match(text) else text


def names_of(text: str) -> Iterator[tuple[str, Judge]]:
    """Yield what names each person of a field, reduced: the whole name in either order, given name and surname."""
    people = [part for part in compiled(_SEVERAL).split(clean(text)) if part.strip() and part.strip() not in _NOBODY]
    if len(people) > 1 and len(whole := untitled(text)) >= _LONG:
        yield (whole, _judge_full)
    for person in people:
        given, *rest = _without_titles(person.strip()).split() or [""]
        given, surname = reduce_text(given), reduce_text(" ".join(rest))
        if surname:
            yield (given + surname, _judge_full)
            yield (surname + given, _judge_full)
            yield (given, partial(_judge_given, _initial(surname)))
            yield (surname, partial(_judge_surname, _initial(given)))
        elif len(given) >= _LEAST_NAME:
            yield (given, _judge_only)


def _initial(name: str) -> str:
    """The pattern of the letter a name is shortened to, its first consonant: เกษม is ก."""
    return escape(next((char for char in name if char not in "เแโใไ"), name[:1]))


def with_title(text: str, start: int, floor: int) -> int:
    """Where the titles before a name at ``start`` begin, not before ``floor``; ``start`` where there is none."""
    found = compiled(_TITLED).search(text, max(floor, start - LONGEST_BEFORE), start)
    return found.start() if found else start


def is_torn(text: str, start: int, stop: int) -> bool:
    """Whether a mark or a vowel belongs to the first or last letter: another word stands there."""
    return bool(compiled(rf"[ะาำๅ{MARK}]").match(text, stop)) or text[start - 1 : start] in tuple("เแโใไ")


def _touches(one: str, other: str) -> bool:
    """Whether two characters beside each other are of one word: letters of one script."""
    letters = [compiled(LETTER).match(char) for char in (one, other)]
    return all(letters) and one.isascii() == other.isascii()


def _broken(piece: str) -> bool:
    """Whether spaces part it otherwise than letter by letter: two words that only together look like a name."""
    words = compiled(f"[{UNSEEN}]").sub("", piece).split()
    return len(words) > 1 and any(len(word) > 3 for word in words)


def _ends(text: str, stop: int) -> bool:
    """Whether the name ends at ``stop``: at the end, before a sign, or where a sentence goes on."""
    latin = text[stop - 1 : stop].isascii()
    if latin and _touches(text[stop - 1 : stop], text[stop : stop + 1]):
        return False
    return bool(compiled(_LATIN_END if latin else _END).match(text, stop))


def _judge_full(text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool]:
    latin = text[stop - 1 : stop].isascii() and _touches(text[stop - 1 : stop], text[stop : stop + 1])
    return with_title(text, start, floor), stop, not (latin or is_torn(text, start, stop))


def _judge_given(initial: str, text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool] | None:
    if is_torn(text, start, stop):
        return None
    begin = with_title(text, start, floor)
    apart = begin < start or not _touches(text[start - 1 : start], text[start : start + 1])
    for more in (_SHORTENED, rf"{GAP}(?i:{initial})\.(?![ก-ฮ]\.)"):
        if apart and (found := compiled(more).match(text, stop)):
            return begin, found.end(), True
    if begin < start:
        sure = not reduce_text(text[begin : stop + 8]).startswith(_ORDINARY) and text[begin:start].strip() not in _WEAK
        return begin, stop, sure and not _broken(text[start:stop]) and _ends(text, stop)
    return (start, stop, False) if _may_be(text, start, stop) else None


def _judge_surname(initial: str, text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool] | None:
    if is_torn(text, start, stop):
        return None
    if found := compiled(rf"(?i:{initial})\.{GAP}\Z").search(text, max(floor, start - LONGEST_BEFORE), start):
        begin = with_title(text, found.start(), floor)
        before = text[begin - 1 : begin]
        if begin < found.start() or not (before == "." or _touches(before, text[begin])):
            return begin, stop, _ends(text, stop)
    begin = with_title(text, start, floor)
    return (begin, stop, False) if begin < start or _may_be(text, start, stop) else None


def _judge_only(text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool] | None:
    """A name of one word: it is the person where it stands alone, and where it is too long to be in another word."""
    judged = _judge_given(r"(?!)", text, start, stop, floor)
    long = len(reduce_text(text[start:stop])) >= _LONG
    if judged and not judged[2]:
        return judged[0], judged[1], long or (len(text[start:stop]) > _LEAST_NAME and _alone(text, start, stop))
    return judged


def _alone(text: str, start: int, stop: int) -> bool:
    before, after = text[start - 1 : start], text[stop : stop + 1]
    return not (_touches(before, text[start]) or _touches(text[stop - 1], after))


def _may_be(text: str, start: int, stop: int) -> bool:
    """Whether a bare word may be the name: alone, or long enough to be noticed inside another."""
    piece = text[start:stop]
    if _broken(piece) or len(piece) < _LEAST_NAME:
        return False
    return _alone(text, start, stop) or (len(piece) >= _LEAST_INSIDE and not piece.isascii())
