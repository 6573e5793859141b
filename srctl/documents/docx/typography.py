"""Typography of official Thai: Thai digits, and no-break spaces where no line may end.

Sources: thai-papers §1.2 (numerals in formal papers are Thai, e-mail and web addresses stay
ASCII) and §3.1 item 11 (no-break spaces in dates, numbers of papers, title with name).
"""

import re

from srctl.core.thai import printable, to_official_digits

NBSP = "\u00a0"
_MONTH = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
    r"|[ก-ฮ]\.[ก-ฮ]\.|มี\.ค\.|เม\.ย\.|มิ\.ย\."
)
_TOGETHER = (
    re.compile(rf"(?<=[๐-๙]) (?=(?:{_MONTH}) ?[๐-๙])"),
    re.compile(rf"((?:{_MONTH})) (?=[๐-๙])"),
    re.compile(r"(?<=[๐-๙]) (?=[๐-๙])"),
    # Never after a longer word: "วันที่" before a glued date would be torn into วัน and ที่.
    re.compile(r"((?:(?<![ก-๙])ที่|ข้อ|มาตรา|พ\.ศ\.|โทร\.|โทรศัพท์|โทรสาร|เลขที่|หมู่ที่|(?<=/)ว)) (?=[๐-๙])"),
    # A postcode never begins a line: it stays with the province, and that goes down with it.
    re.compile(r"(?<=[ก-๙.]) (?=[๐-๙]{5}(?![๐-๙,./]))"),
    re.compile(r"((?<![ก-๙])ที่) (?=[ก-ฮ]{2}[ .])"),
    re.compile(r"((?:ปี|ชั้น|ครั้ง|หน้า|เล่ม|ส่วน|หมวด|รุ่น|ระยะ|ลำดับ)ที่) (?=[๐-๙]{1,3}(?![๐-๙]))"),
    re.compile(r"((?<![ก-๙])[ก-ฮ]{2}) (?=[๐-๙]{4})"),
    re.compile(r"((?:นางสาว|นาง|นาย(?!ก)|น\.ส\.|ดร\.)[ก-๙]{2,20}) (?!โทร)(?=[ก-๙]{2})"),
)


def official(text: str) -> str:
    """Return ``text`` as a paper prints it: printable, Thai digits, no-break spaces.

    A tab or line break becomes a space: a value can move nothing on the page.
    """
    return keep_together(to_official_digits(" ".join(printable(text).split())))


def keep_together(text: str) -> str:
    """Return ``text`` with no-break spaces in dates, numbers of papers, telephones and names."""
    for pattern in _TOGETHER:
        text = pattern.sub(lambda found: (found[1] if found.lastindex else "") + NBSP, text)
    return text
