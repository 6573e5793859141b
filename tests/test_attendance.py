"""Who comes to an event: those invited by letter, their answers, name cards and the sign-in sheet."""

from srctl.documents.docx import word_file
from tests.conftest import Srctl


def meeting(office: Srctl) -> None:
    office.ok(
        "new", "meeting", "-s", "ประชุมคณะกรรมการนโยบาย", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "จัด",
        "--set", "body=กรรมการ", "--set", "date=17/12/2569", "--set", "time=09:00", "--set", "place=ห้อง 1",
    )  # fmt: skip
    office.ok("letter", "1", "invite-meeting", "--to", "obec")
    for words in (("submit",), ("sign", "--by", "head"), ("number",), ("send", "--by", "letter")):
        office.ok(words[0], "1", "invite-meeting", *words[1:])


def test_those_invited_answer_and_the_last_answer_counts(office: Srctl) -> None:
    meeting(office)
    assert "ยังไม่ตอบรับ" in office.ok("attend", "1").out, "an invitation that was sent awaits an answer"
    shown = office.ok("attend", "1", "obec", "มาเอง", "นางสมมติ งามดี, ที่ปรึกษา", "นายสมมติ ไกล", "ไม่มา").out
    assert "เข้าร่วม 1 จาก 3 ราย" in shown
    shown = office.ok("attend", "1", "สพฐ.", "มอบผู้แทน", "นายสมมติ ใจดี, ผู้อำนวยการกลุ่ม").out
    assert "นายสมมติ ใจดี, ผู้อำนวยการกลุ่ม" in shown
    assert office.ok("show", "1", "--json").json["papers"][0]["state"] == "answered", "the answer is the reply awaited"
    log = office.ok("show", "1", "--json").json["log"]
    assert [(e["with"], e["addressee"], e["how"]) for e in log if e["did"] == "attend"] == [
        ("obec", "", "self"), ("", "นางสมมติ งามดี, ที่ปรึกษา", "absent"), ("", "นายสมมติ ไกล", "absent"),
        ("obec", "", "sent"),
    ]  # fmt: skip
    assert "มอบผู้แทน" in office.ok("show", "1").out


def test_an_answer_without_whom_they_send_or_none_at_all_is_refused_in_one_line(office: Srctl) -> None:
    meeting(office)
    assert "ผู้แทน" in office.refused(2, "attend", "1", "obec", "มอบผู้แทน")
    assert "obec" in office.refused(2, "attend", "1", "obec")


def test_a_slip_of_the_pen_is_no_new_guest(office: Srctl) -> None:
    meeting(office)
    assert "(obec)" in office.refused(3, "attend", "1", "obce", "self")
    office.ok("attend", "1", "นางสมมติ งามดี, ที่ปรึกษา", "มาเอง")
    assert "นางสมมติ งามดี" in office.refused(3, "attend", "1", "นางสมมติ งามดิ", "ไม่มา")
    assert "มาเอง" in office.refused(2, "attend", "1", "obec", "มาเองง", "สพฐ.", "ไม่มา")
    office.ok("attend", "1", "obce", "self", "--new")
    office.ok("attend", "1", "นางสมมติ งามดี", "ไม่มา")
    guests = [(e["with"], e["addressee"]) for e in office.ok("show", "1", "--json").json["log"] if e["did"] == "attend"]
    assert guests == [("", "นางสมมติ งามดี, ที่ปรึกษา"), ("", "obce"), ("", "นางสมมติ งามดี, ที่ปรึกษา")]


def test_cards_and_sheet_name_who_comes_and_are_the_same_bytes_again(office: Srctl) -> None:
    meeting(office)
    office.ok(
        "attend",
        "1",
        "obec",
        "มอบผู้แทน",
        "นายสมมติ ใจดี, ผู้อำนวยการกลุ่ม",
        "นางสมมติ งามดี, ที่ปรึกษา",
        "มาเอง",
        "นายสมมติ ไกล",
        "ไม่มา",
    )
    files = office.root / "ป้ายชื่อ.docx", office.root / "ใบลงชื่อ.docx"
    words = ("attend", "1", "--cards", str(files[0]), "--sheet", str(files[1]))
    office.ok(*words)
    made = [file.read_bytes() for file in files]
    cards, sheet = ([line.replace("\xa0", " ") for line in word_file.paragraphs(raw)] for raw in made)
    obec = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
    assert cards[1:5] == ["นายสมมติ ใจดี", f"ผู้อำนวยการกลุ่ม, {obec}", "นางสมมติ งามดี", "ที่ปรึกษา"]
    assert "วันที่ ๑๗ ธันวาคม ๒๕๖๙ เวลา ๐๙.๐๐ น. ณ ห้อง ๑" in sheet
    assert sheet[sheet.index("ลำดับ") :][:10] == [
        "ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง/หน่วยงาน", "ลายมือชื่อ", "หมายเหตุ", "๑", "นายสมมติ ใจดี", f"ผู้อำนวยการกลุ่ม, {obec}", "", "",
    ]  # fmt: skip
    assert "นายสมมติ ไกล" not in cards + sheet
    office.ok(*words)
    assert [file.read_bytes() for file in files] == made
