"""A sheet made by hand for every form, short and long: what the layouts are looked at and tested with."""

from datetime import date

from srctl.documents.docx.content import Block, Provenance, Sheet, Words
from tests.sample_case import picture

HEAD = {
    "number": "ศธ 0100/",
    "date": "พฤศจิกายน 2569",
    "agency": "สำนักงานรัฐมนตรี กระทรวงศึกษาธิการ",
    "address": "ถนนตัวอย่าง แขวงสมมติ เขตสมมติ กรุงเทพมหานคร 10000",
    "subject": "ขอให้ตรวจสอบข้อเท็จจริงกรณีร้องเรียนการรับนักเรียน ประจำปีการศึกษา 2569",
    "salutation": "เรียน",
    "to": "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
    "reference": "หนังสือสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน ที่ ศธ 04001/5678 ลงวันที่ 10 พฤศจิกายน 2569",
    "respect": "ขอแสดงความนับถือ",
    "sender": "สำนักงานรัฐมนตรี กระทรวงศึกษาธิการ",
    "unit": "กลุ่มรับเรื่องราวร้องทุกข์",
    "phone": "0 2000 0130",
    "fax": "0 2000 0139",
    "email": "saraban@example.go.th",
    "from": "นางสมมติ ตั้งกระทู้ สมาชิกสภาผู้แทนราษฎร",
    "dated": "18 พฤศจิกายน 2569",
    "order_title": "คำสั่งสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ",
    "day": "3 ธันวาคม 2569",
    "time": "10.00 น.",
    "place": "ห้องประชุมสมมติ ชั้น 2",
}
CAUSE = (
    "ด้วยสำนักงานรัฐมนตรี กระทรวงศึกษาธิการ ได้รับหนังสือร้องเรียนจากประชาชนในพื้นที่จังหวัดขอนแก่น "
    "กรณีขอความเป็นธรรมเกี่ยวกับการรับนักเรียนเข้าศึกษาต่อระดับชั้นมัธยมศึกษาปีที่ 1 ประจำปีการศึกษา 2569 "
    "โดยขอให้ตรวจสอบข้อเท็จจริง และแจ้งผลการพิจารณาให้ผู้ร้องเรียนทราบ ความละเอียดแจ้งแล้ว นั้น"
)
WISH = (
    "ในการนี้ เพื่อให้การดำเนินการเป็นไปด้วยความเรียบร้อยและเป็นธรรมแก่ทุกฝ่าย "
    "จึงขอให้สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานดำเนินการตรวจสอบข้อเท็จจริง "
    "และรายงานผลให้สำนักงานรัฐมนตรีทราบภายในวันที่ 4 ธันวาคม 2569"
)
TABLE = (
    Block("columns", "", cells=("ลำดับ", "ผู้เข้าประชุม/หน่วยงาน", "เลขานุการและโทรศัพท์", "ผลการประสาน")),
    Block("row", "", cells=("1", "นายสมัคร ใจประสาน รองเลขาธิการ", "นางสาวสมมติ โทร. 0 2000 0141", "เข้าประชุมด้วยตนเอง")),
    Block("row", "", cells=("2", "ผู้แทนสำนักงานคณะกรรมการการอาชีวศึกษา", "", "มอบผู้แทน จะแจ้งชื่อภายในวันที่ 1 ธันวาคม 2569")),
)
LETTER = (Block("plain", CAUSE), Block("plain", WISH))
MEMO = (
    Block("numbered", CAUSE),
    Block("numbered", "สร. ขอเรียนข้อมูลเพื่อประกอบการพิจารณา ดังนี้"),
    Block("item", CAUSE),
    Block("item", WISH),
    Block("numbered", "เห็นควรมอบ สพฐ. ดำเนินการ"),
)
SHEET = (
    Block("heading", "ข้อความที่ใช้ประสาน"),
    Block("item", "แนะนำตัวและแจ้งเรื่อง วัน เวลา สถานที่ประชุม"),
    Block("item", WISH),
    Block("heading", "รายชื่อผู้ที่ต้องประสาน"),
    *TABLE,
)
ATTACHMENTS = (
    {"text": "สำเนาหนังสือร้องเรียน ลงวันที่ 5 พฤศจิกายน 2569", "count": "จำนวน 1 ฉบับ"},
    {
        "text": "ประกาศสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน เรื่อง นโยบายและแนวปฏิบัติเกี่ยวกับการรับนักเรียน ปีการศึกษา 2569",
        "count": "จำนวน 12 แผ่น",
    },
)
COPIES = ({"text": "ศึกษาธิการจังหวัดขอนแก่น"}, {"text": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาขอนแก่น"})
BODIES: dict[str, tuple[Block, ...]] = {
    "letter": LETTER,
    "circular": LETTER,
    "stamped": LETTER,
    "internal": LETTER,
    "order": (*LETTER, *TABLE),
    "announcement": LETTER,
    "memo": MEMO,
    "memo-ops": MEMO,
    "summary": (Block("heading", "เรื่องเดิม"), Block("plain", CAUSE), Block("heading", "ข้อเสนอ"), Block("plain", WISH)),
    "talking-points": SHEET,
    "call-sheet": SHEET,
    "answer": (Block("heading", "คำถาม"), Block("plain", CAUSE), Block("heading", "คำตอบ"), Block("plain", WISH)),
}
CLOSINGS = {"order": "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", "talking-points": "", "call-sheet": "", "answer": ""}
FORMS = tuple(BODIES)


def short(form: str) -> Sheet:
    """Return a sheet of one page with everything given once."""
    words = Words(
        head=dict(HEAD),
        blocks=BODIES[form],
        closing=CLOSINGS.get(form, "จึงเรียนมาเพื่อโปรดพิจารณา"),
        lists={"attachments": ATTACHMENTS[:1]},
    )
    return Sheet(
        words=words,
        title="ตัวอย่าง",
        office="สำนักงานรัฐมนตรี",
        signer="นางสมมติ ตั้งใจจริง",
        positions=("หัวหน้าสำนักงานรัฐมนตรี", "ปฏิบัติราชการแทน ปลัดกระทรวงศึกษาธิการ"),
        today=date(2026, 11, 20),
        provenance=Provenance("2569-0042", form, "abc123", "a" * 64, "b" * 64, "sample"),
        emblem=picture(),
    )


def long(form: str) -> Sheet:
    """Return a sheet of two pages or more: marks, a long subject and address, several attachments and copies."""
    made = short(form)
    head = {
        **HEAD,
        "salutation": "กราบเรียน",
        "to": "ประธานสภาผู้แทนราษฎร",
        "respect": "ขอแสดงความนับถืออย่างยิ่ง",
        "subject": HEAD["subject"] * 2,
        "address": HEAD["address"] + " โทรศัพท์ 0 2000 0130",
    }
    first, *rest = made.words.blocks
    more = [Block("plain" if first.mark == "heading" else first.mark, CAUSE)] * 7
    blocks = (first, *more, *rest)
    lists = {"attachments": ATTACHMENTS, "copies": COPIES}
    words = made.words._replace(head=head, blocks=blocks, lists=lists)
    return made._replace(words=words, urgency="most-urgent", secrecy="confidential", catchword="ในการนี้")
