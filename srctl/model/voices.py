"""In whose name a paper speaks: that of the ministry or of the office, as its signer's position is. Pure.

หนังสือ คำสั่ง และประกาศออกในนามของส่วนราชการที่ผู้ลงนามเป็นหัวหน้าหรือได้รับมอบหมาย (ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๑๑, ๑๖, ๒๐; the
regulation's own text was not at hand: read from thai-papers §1.1). A signer in ``office.yaml`` may state another name.
"""

from srctl.core.records import NamedTuple
from srctl.model.people import Office, Signer

# What precedes the office of another, where somebody signs in their stead.
ACTING_WORDS = ("รักษาราชการแทน", "ปฏิบัติราชการแทน", "ทำการแทน", "รักษาการในตำแหน่ง")
# Positions that head a ministry: what they sign is the ministry's.
_OF_MINISTRY = ("รัฐมนตรีว่าการ", "รัฐมนตรีช่วยว่าการ", "ปลัดกระทรวง")


class Voice(NamedTuple):
    """In whose name a paper speaks.

    ``name`` stands in its sentences, ``full`` in its head (with the ministry, where that is another). ``ministry`` is
    true where it is not the office itself that speaks. ``letter_prefix`` begins its number.
    """

    name: str
    full: str
    letter_prefix: str
    ministry: bool = False


def voice_of(office: Office, signer: Signer) -> Voice:
    """The voice of what ``signer`` signs: the one stated for them, else that of the office their position heads."""
    names, prefix = office.names, signer.speaks.letter_prefix or office.letter_prefix
    name = signer.speaks.th or (names.ministry if _heads_ministry(signer) else names.th)
    if name == names.th:
        return Voice(name, f"{name} {names.ministry}", prefix)
    return Voice(name, signer.speaks.full or name, prefix, ministry=True)


def _heads_ministry(signer: Signer) -> bool:
    return any(_own_office(position).startswith(_OF_MINISTRY) for position in signer.positions)


def _own_office(position: str) -> str:
    """The office a position is of, without the words that say it is another's."""
    for words in ACTING_WORDS:
        position = position.removeprefix(words)
    return position.strip()
