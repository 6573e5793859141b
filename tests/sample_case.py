"""Invented values to draft papers from: a complaint, its kind, an office, a picture."""

import struct
import zlib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from srctl.core.decoding import Serial, Text
from srctl.model.case import Analysis, Case, Complainant, Entry, Order, Received, Report
from srctl.model.definitions import Field, Kind, Stage
from srctl.model.people import Coordinator, Group, Minister, Office, OfficeNames, Organisation, Person, Signer

TEMPLATES = Path(__file__).parent.parent / "templates"
TODAY = date(2026, 11, 20)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
_AT = datetime(2026, 11, 20, 9, 12, tzinfo=timezone(timedelta(hours=7)))

OFFICE = Office(
    format=1,
    names=OfficeNames("สำนักงานรัฐมนตรี", "Office of the Minister", "สร.", "กระทรวงศึกษาธิการ"),
    letter_prefix="ศธ 0100",
    minister=Minister("รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "รมว.ศธ.", "นายตัวอย่าง รักเรียน"),
    groups=(Group("complaints", Text("กลุ่มรับเรื่องราวร้องทุกข์", "Complaints"), "malee", "0 2000 0130"),),
    coordinators=(Coordinator("malee", "นางสาวมาลี ตัวอย่างงาม", "complaints", "นักวิเคราะห์", "0 2000 0131"),),
    signers=(Signer("head", "นางสมมติ ตั้งใจจริง", ("หัวหน้าสำนักงานรัฐมนตรี",)),),
)
KIND = Kind(
    format=1,
    label=Text("เรื่องร้องทุกข์ ร้องเรียน", "Complaint"),
    group="complaints",
    about=Text("", ""),
    source="",
    stages=(Stage("receive", Text("รับเรื่อง", "Receive")),),
    fields=(
        Field("against", Text("ผู้ถูกร้อง", "Against")),
        Field("child", Text("บุตร", "Child"), private=True),
        Field("asker", Text("ผู้ตั้งกระทู้", "Questioner")),
    ),
    complainant=True,
    id="complaint",
)
DIRECTORY = {
    "obec": Organisation(
        1,
        "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
        short="สพฐ.",
        people=(Person("somsak", "นายสมัคร ใจประสาน"),),
        id="obec",
        head="เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน",
        inside=True,
    ),
    "province": Organisation(1, "สำนักงานจังหวัดสมมติบุรี", short="จ.สมมติบุรี", id="province", head="ผู้ว่าราชการจังหวัดสมมติบุรี"),
}
CASE = Case(
    format=1,
    id="2569-0042",
    kind="complaint",
    subject="ขอความเป็นธรรมกรณีการรับนักเรียนชั้นมัธยมศึกษาปีที่ 1",
    received=Received(date(2026, 11, 20), "09:12", "letter", "ประชาชน", "-", date(2026, 11, 18)),
    order=Order("รมว.ศธ.", "ให้ตรวจสอบและรายงานภายใน 7 วัน", date(2026, 11, 27)),
    owner="malee",
    complainant=Complainant(
        "นางสาวสมหญิง รักธรรมดา",
        "08 0000 0199",
        "99 หมู่ 9 ตำบลตัวอย่าง",
        "somying@example.com",
        "1000000000009",
    ),
    fields={"against": "โรงเรียนตัวอย่างวิทยา", "child": "เด็กชายสมมติ รักธรรมดา"},
    analysis=Analysis(
        issues=(
            "ผู้ร้องขอให้ตรวจสอบว่าการรับนักเรียนเป็นไปตามประกาศหรือไม่",
            "ผู้ร้องขอให้บุตรได้ที่เรียนในโรงเรียนใกล้บ้าน",
        ),
        facts=(
            "ผู้ร้องได้ยื่นหนังสือต่อสำนักงานรัฐมนตรี เมื่อวันที่ 18 พฤศจิกายน 2569 "
            "ขอให้ตรวจสอบการรับนักเรียนชั้นมัธยมศึกษาปีที่ 1 "
            "ประจำปีการศึกษา 2569 ของโรงเรียนตัวอย่างวิทยา",
            "สพฐ. ได้แต่งตั้งคณะกรรมการสืบสวนข้อเท็จจริงแล้ว "
            "ผลปรากฏว่าโรงเรียนได้ดำเนินการตามประกาศและแนวปฏิบัติเกี่ยวกับการรับนักเรียนโดยถูกต้อง",
        ),
        law=("การรับนักเรียนเป็นอำนาจของสถานศึกษา ตามประกาศสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",),
        earlier=("2568-0311",),
        opinion="การดำเนินการของ สพฐ. เป็นไปตามระเบียบและแนวปฏิบัติแล้ว แต่ควรแจ้งเหตุผลให้ผู้ร้องทราบโดยชัดเจน",
        proposal="เห็นควรรับทราบ และมอบ สพฐ. แจ้งผลการตรวจสอบพร้อมเหตุผลให้ผู้ร้องทราบภายใน 15 วัน",
        power="หัวหน้าสำนักงานรัฐมนตรี ตามคำสั่งมอบอำนาจ",
    ),
    log=(
        Entry("a1", _AT, "malee", "receive"),
        Entry(
            "a2",
            _AT,
            "malee",
            "contact",
            with_="obec/somsak",
            by="phone",
            said="รับทราบ",
            agreed="จะส่งรายงานภายในวันที่ 25 พฤศจิกายน 2569",
        ),
    ),
)


def sent_before(case: Case, to: str) -> Case:
    """Return ``case`` after a letter to ``to`` that was sent and answered, with a questioner and a result."""
    number = Entry("b2", _AT, "malee", "number", paper="support", number="ศธ 0100/41", n=Serial(41), series="ordinary",
                   dated=date(2026, 11, 10), subject="ขอความอนุเคราะห์ข้อมูล")  # fmt: skip
    answer = Entry("b4", _AT, "malee", "reply", paper="support", with_="province", ref="สบ 0001/9",
                   dated=date(2026, 11, 18), said="ส่งข้อมูลมาให้แล้ว")  # fmt: skip
    trail = (
        Entry("b1", _AT, "malee", "draft", paper="support", form="letter", with_=to),
        number,
        Entry("b3", _AT, "malee", "send", paper="support", with_=to, by="letter"),
        answer,
        Entry("b5", _AT, "malee", "decide", by="รมว.ศธ.", decision="เห็นชอบ"),
    )
    fields = {**case.fields, "asker": "นายผู้แทน สมมติ สมาชิกสภาผู้แทนราษฎร"}
    report = Report("สพฐ. ตรวจสอบแล้ว โรงเรียนดำเนินการถูกต้อง")
    return case._replace(log=(*case.log, *trail), fields=fields, report=report)


def with_analysis(case: Case, **changes: object) -> Case:
    """Return ``case`` with fields of its analysis changed."""
    return case._replace(analysis=case.analysis._replace(**changes))  # type: ignore[arg-type]


def picture(width: int = 110, height: int = 120) -> bytes:
    """Return a PNG of a plain square frame: it stands where an office would put its own emblem."""
    rows = b"".join(
        b"\x00"
        + bytes(
            0 if x < 4 or y < 4 or x >= width - 4 or y >= height - 4 or abs(x * height - y * width) < 200 else 255
            for x in range(width)
        )
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
