"""A paper that names who is not to be named does not go on without a reason; nothing that may be a name is silent."""

from hashlib import sha256
from pathlib import Path

import pytest

from srctl.documents.docx import word_file
from tests.conftest import Srctl, prepared

NAME = "นางสาวสมหญิง รักถิ่น"
HOME = "cases/2569/11/2569-0001"


@prepared
def complaint(office: Srctl) -> Srctl:
    """An office with the complaint of a woman about a man, and a letter of it drafted."""
    office.ok("new", "complaint", "--subject", "ขอความเป็นธรรมกรณีการสอบ", "--from", "ประชาชน", "--complainant", NAME,
              "--order", "ให้ตรวจสอบ", "--set", "accused=นายมานะ ใจแข็ง")  # fmt: skip
    office.ok("letter", "1", "ask-information", "--to", "gazette", "--ask", "ขอทราบข้อมูลการสอบ", "--by", "+7wd")
    return office


def draft(office: Srctl) -> Path:
    return next((office.root / HOME).glob("*ask-information*draft.docx"))


def with_words(office: Srctl, words: str) -> str:
    """Put ``words`` into the letter, as somebody does in Word, and give its path."""
    file = draft(office)
    file.write_bytes(word_file.replace_text(file.read_bytes(), lambda text: text.replace("ขอทราบข้อมูล", words)))
    return str(file)


def test_a_name_is_refused_at_adopt_with_where_it_stands_and_goes_with_a_reason_that_history_shows(
    complaint: Srctl,
) -> None:
    file = with_words(complaint, f"ตามที่ {NAME} ขอ")
    said = complaint.refused(5, "paper", "adopt", file)
    assert "สมหญิง รักถิ่น" in said
    assert "ย่อหน้า" in said
    assert "--anyway" in said
    told = complaint.ok("paper", "adopt", file, "--override", "ผู้ร้องยินยอมเป็นหนังสือ")
    assert "สมหญิง รักถิ่น" in told.err  # let go, and still told
    for deed in (("submit",), ("sign",), ("number",), ("send", "--by", "letter")):  # one reason is enough for one text
        complaint.ok(deed[0], "1", *deed[1:])
    entry = next(e for e in complaint.ok("show", "1", "--json").json["log"] if e["did"] == "finish")
    assert entry["override"] == "ผู้ร้องยินยอมเป็นหนังสือ"
    assert "ผู้ร้องยินยอมเป็นหนังสือ" in complaint.ok("show", "1").out
    assert "รักถิ่น" not in complaint.git("log", "--format=%B")


@pytest.mark.parametrize(
    ("words", "told"),
    [("ของคุณสมหญิงฯ ที่", "คุณสมหญิง"), ("เรื่องนายมานะ ใจแข็ง และ", "นายมานะ ใจแข็ง")],
    ids=["name", "private"],
)
def test_a_private_field_and_a_title_with_a_given_name_are_refused_at_submit_too(
    complaint: Srctl, words: str, told: str
) -> None:
    # A draft whose own text names somebody: recorded as drafted, as by a wording that names them.
    file = with_words(complaint, words)
    digest = sha256(Path(file).read_bytes()).hexdigest()
    case = complaint.case_file("2569-0001")
    text = case.read_text(encoding="utf-8")
    old = text.rpartition("sha256: ")[2].split()[0].rstrip(",}")
    case.write_text(text.replace(old, digest), encoding="utf-8")
    complaint.ok("adopt", "1", "--override", "ทดสอบ")
    assert told in complaint.refused(5, "submit", "1")
    complaint.ok("submit", "1", "--override", "จำเป็นต้องระบุ")


def test_what_may_be_a_name_is_warned_of_at_each_step_and_goes(complaint: Srctl) -> None:
    told = complaint.ok("paper", "adopt", with_words(complaint, "ครอบครัวรักถิ่น ขอทราบข้อมูล"))
    assert "รักถิ่น" in told.err
    for deed in ("submit", "number", "send"):
        if deed == "number":
            complaint.ok("sign", "1")
        assert "ครอบครัวรักถิ่น" in complaint.ok(deed, "1").err
    found = complaint.run("paper", "check", draft(complaint).as_posix(), "--json").json["items"][0]["findings"]
    assert {f["code"] for f in found if "named" in f["code"]} == {"perhaps-named"}


def test_who_is_in_no_paper_is_not_warned_of_and_a_letter_drafted_with_the_name_may_bear_it(complaint: Srctl) -> None:
    assert "รักถิ่น" not in complaint.ok("submit", "1").err
    complaint.ok("letter", "1", "forward-complaint", "--to", "obec", "--with-complainant")
    complaint.ok("submit", "1", "forward-complaint")


def test_a_letter_inside_the_ministry_is_judged_alike_and_one_to_the_complainant_is_not(complaint: Srctl) -> None:
    complaint.ok("letter", "1", "support", "--to", "obec/somsak", "--ask", "ขอทราบข้อมูล")
    file = next((complaint.root / HOME).glob("*support-draft.docx"))
    file.write_bytes(word_file.replace_text(file.read_bytes(), lambda text: text.replace("ขอทราบข้อมูล", NAME)))
    assert "สมหญิง" in complaint.refused(5, "paper", "adopt", str(file))
    complaint.ok("letter", "1", "acknowledge")
    complaint.ok("submit", "1", "acknowledge")


def test_a_secret_paper_is_sent_by_a_channel_others_read_only_with_a_reason(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "ขอข้อมูล", "--by", "รมว.ศธ.", "--order", "ขอข้อมูล", "--secrecy", "confidential")
    office.ok("analyse", "1", "-i", "ข้อ", "-f", "ข้อเท็จจริง", "--opinion", "ควรทราบ", "-p", "เห็นควรรับทราบ")
    office.ok("letter", "1", "ask-information", "--to", "obec", "--ask", "ข้อมูล", "--by", "+7wd")
    for deed in ("submit", "sign", "number"):
        office.ok(deed, "1")
    for channel in ("line", "email", "fax"):
        assert "--anyway" in office.refused(5, "send", "1", "--by", channel)
    office.ok("send", "1", "--by", "email", "--override", "เข้ารหัสแล้ว ตามที่หัวหน้าสำนักงานสั่ง")
    assert office.ok("show", "1", "--json").json["log"][-1]["override"].startswith("เข้ารหัสแล้ว")


def test_every_copy_of_an_issued_circular_is_judged_when_it_is_sent(complaint: Srctl) -> None:
    complaint.ok("letter", "1", "circular", "--to", "obec", "--to", "vec", "--value", "content=ขอทราบข้อมูล")
    for deed in ("submit", "sign", "number"):
        complaint.ok(deed, "1", "circular")
    file = next((complaint.root / HOME).glob("*circular-vec.docx"))
    file.write_bytes(word_file.replace_text(file.read_bytes(), lambda text: text.replace("ขอทราบข้อมูล", f"ของ {NAME}")))
    assert "สมหญิง รักถิ่น" in complaint.refused(5, "send", "1", "circular")
    complaint.ok("send", "1", "circular", "--override", "ผู้ร้องยินยอมเป็นหนังสือ")
