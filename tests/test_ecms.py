"""A letter goes out as the message of an e-saraban system, and one that came in so becomes a matter."""

import base64
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.thai import clean
from srctl.documents import egif
from srctl.documents.egif import BadMessageError, EnclosedFile, LetterMessage, Party, Reference
from srctl.model.egif_codes import EgifCodes, egif_faults
from tests.conftest import PROJECT, Srctl, copied

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"
CODES = """
own: {ministry: "17", department: "1701"}
organisations:
  obec: {ministry: "17", department: "1704"}
  vec: {ministry: "17", department: "1705"}
"""
WHOLE = LetterMessage(
    "ศธ 04005/77", date(2026, 11, 16), "ส่งรายงาน <ผล> & ข้อเสนอ “ก”",
    Party("นายสมมติ", "ตัวอย่างดี", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "17", "1704"),
    Party("นางสาวดารา", "ตัวอย่างวัฒนา", "หัวหน้าสำนักงานรัฐมนตรี", "17", "1701"),
    "001", "003", (Reference("ศธ 0100/1", date(2026, 11, 10), "ขอทราบข้อมูล"), Reference("ศธ 0100/2")),
    "๑. รายงาน จำนวน ๑ ฉบับ\n๒. ภาพ จำนวน ๒ ภาพ", date(2026, 11, 17), "รายละเอียด",
    EnclosedFile("application/pdf", PDF),
    (EnclosedFile("application/pdf", PDF + b"2"), EnclosedFile("text/plain", "ข้อความ".encode())),
)  # fmt: skip


def with_codes(office: Srctl) -> Srctl:
    path = office.root / "templates/egif.yaml"
    text = path.read_text("utf-8").split("own: {")[0] + CODES
    path.write_text(text, encoding="utf-8")
    office.ok("adopt", "templates/egif.yaml")
    return office


def message(office: Srctl, raw: bytes, name: str = "in.xml") -> str:
    (office.root / name).write_bytes(raw)
    return name


def test_every_element_is_read_as_it_was_written() -> None:
    assert egif.decode_letter(egif.encode_letter(WHOLE)) == WHOLE
    assert egif.encode_letter(WHOLE) == egif.encode_letter(WHOLE)


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(lambda t: " ".join(clean("ก" + t).split()))


@given(words, words, words)
def test_any_words_come_through_or_lose_only_what_xml_cannot_hold(number: str, subject: str, title: str) -> None:
    read = egif.decode_letter(
        egif.encode_letter(WHOLE._replace(number=number, subject=subject, sender=Party(title=title)))
    )
    assert egif.decode_letter(egif.encode_letter(read)) == read
    if subject.isalnum():
        assert read.subject == subject


def test_an_envelope_and_other_prefixes_around_it_do_not_matter() -> None:
    inner = egif.encode_letter(WHOLE).partition(b"?>")[2].replace(b"ram:", b"x:").replace(b"xmlns:ram", b"xmlns:x")
    soap = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' + inner + b"</s:Body></s:Envelope>"
    )
    assert egif.decode_letter(soap) == WHOLE


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
GOOD = egif.encode_letter(WHOLE)
HEAD, REST = GOOD.split(b"?>", 1)
HOSTILE = {
    "a bomb of entities": ("doctype", HEAD + b"?>" + BOMB + REST.replace("รายละเอียด".encode(), b"&y;")),
    "an entity from outside": ("doctype", HEAD + b"?>" + OUTSIDE + REST),
    "a bomb in another encoding": ("xml", (HEAD + b"?>" + BOMB + REST).decode().encode("utf-16")),
    "cut off": ("xml", GOOD[:-40]),
    "no XML": ("xml", PDF),
    "empty": ("xml", b""),
    "no letter": ("none", b"<a/>"),
    "two letters": ("several", b"<a>" + REST + REST + b"</a>"),
    "no number": ("missing", GOOD.replace("<ram:ID>ศธ 04005/77</ram:ID>".encode(), b"")),
    "no day": ("day", GOOD.replace(b"2026-11-16", b"16 Nov 2026")),
    "a year of the Buddhist Era": ("day", GOOD.replace(b"2026-11-16", b"2569-11-16")),
    "a damaged file": ("base64", GOOD.replace(base64.b64encode(PDF), b"%%%")),
    "a number without end": ("long", GOOD.replace("ศธ 04005/77".encode(), b"9" * 30_000)),
    "files without end": ("files", egif.encode_letter(WHOLE._replace(attachments=WHOLE.attachments[:1] * 60))),
    "too large": ("large", b" " * (egif.MAX_BYTES + 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_such_message_is_one_line_and_nothing_is_recorded(name: str, office: Srctl) -> None:
    what, raw = HOSTILE[name]
    with pytest.raises(BadMessageError) as fault:
        egif.decode_letter(raw)
    assert fault.value.what == what
    before = office.ok("list", "--all", "--json").json["items"]
    said = office.refused(4, "new", "directive", "--ecms", message(office, raw))
    assert "in.xml" in said
    assert office.ok("list", "--all", "--json").json["items"] == before


@given(
    st.lists(
        st.sampled_from([GOOD[:300], GOOD[300:], b"<", b">", b"<!--", b"&x;", b"\0", b"\xff", b"<ram:ID>"]), max_size=6
    )
)
def test_any_bytes_are_a_message_or_refused(pieces: list[bytes]) -> None:
    with suppress(BadMessageError):
        assert egif.decode_letter(b"".join(pieces)).number


def letter(office: Srctl, *words_: str) -> Path:
    """A letter to another office, sent for signature, numbered, and its message."""
    office.ok("new", "directive", "-s", "การรับนักเรียน", "--from", "รมว.ศธ.", "--order", "ขอข้อมูล", "--urgency", "urgent")
    office.ok("letter", "1", "ask-information", "--to", "vec", "--ask", "จำนวนนักเรียน", "--attach", "แบบสำรวจ=1 ชุด")
    office.ok("submit", "1")
    office.ok("sign", "1")
    office.ok("number", "1")
    (office.root / "survey.pdf").write_bytes(PDF)
    shown = office.ok("paper", "ecms", "1", "--file", "survey.pdf", *words_, "--json").json
    return office.root / str(shown["file"])


def test_a_letter_goes_out_and_comes_in_at_another_office(office: Srctl, tmp_path: Path) -> None:
    file = letter(with_codes(office))
    told = egif.decode_letter(file.read_bytes())
    assert (told.number, told.dated, told.speed, told.secrecy) == ("ศธ 0100/1", office.now.date(), "002", "001")
    assert (told.sender.given_name, told.sender.family_name) == ("นางสาวดารา", "ตัวอย่างวัฒนา")
    assert told.sender[3:] == ("17", "1701")
    assert told.receiver[2:] == ("เลขาธิการคณะกรรมการการอาชีวศึกษา", "17", "1705")
    assert told.enclosed == "แบบสำรวจ จำนวน 1 ชุด"
    assert told.main
    assert told.main.raw.startswith(b"PK")
    assert [one.raw for one in told.attachments] == [PDF]
    other = Srctl(copied(office.root, tmp_path / "other"))
    path = other.root / "templates/egif.yaml"
    path.write_text(path.read_text("utf-8").replace("obec: {", "x: {").replace("1701", "17"), encoding="utf-8")
    (other.root / "in.xml").write_bytes(file.read_bytes())
    made = other.ok("new", "directive", "--ecms", "in.xml", "--order", "ตอบภายใน 3 วัน", "--json").json
    case = other.ok("show", str(made["case"]["id"]), "--json").json
    received = case["received"]
    assert (received["ref"], received["dated"], received["channel"]) == (
        "ศธ 0100/1",
        office.now.date().isoformat(),
        "letter",
    )
    assert received["from"] == "หัวหน้าสำนักงานรัฐมนตรี"
    assert (case["urgency"], case["subject"]) == ("urgent", told.subject)
    endings = [one["file"].rpartition(".")[2] for entry in case["log"] for one in entry.get("attached", [])]
    assert endings == ["docx", "pdf"]


def test_a_sender_the_office_has_codes_of_is_the_one_of_the_directory(office: Srctl) -> None:
    name = message(with_codes(office), egif.encode_letter(WHOLE))
    made = office.ok("new", "directive", "--ecms", name, "--subject", "เรื่องอื่น", "--json").json
    case = office.ok("show", str(made["case"]["id"]), "--json").json
    assert case["received"]["from"] == "obec"
    assert (case["subject"], case["urgency"]) == ("เรื่องอื่น", "very-urgent")


def test_a_code_of_no_list_and_a_file_that_is_none_are_refused(office: Srctl) -> None:
    said = office.refused(
        4, "new", "directive", "--ecms", message(office, egif.encode_letter(WHOLE._replace(speed="009")))
    )
    assert "SpeedCode 009" in said
    program = WHOLE._replace(main=EnclosedFile("application/pdf", b"MZ\x90"))
    office.refused(5, "new", "directive", "--ecms", message(office, egif.encode_letter(program)))
    secret = WHOLE._replace(secrecy="003")
    office.refused(2, "new", "directive", "--ecms", message(office, egif.encode_letter(secret)))
    office.refused(2, "new", "directive", "--ecms", "nowhere.xml")


def test_only_a_numbered_letter_to_another_office_without_a_mark_is_written(office: Srctl) -> None:
    office.ok(
        "new", "directive", "-s", "การรับนักเรียน", "--from", "รมว.ศธ.", "--order", "ขอข้อมูล", "--secrecy", "confidential"
    )
    office.ok("letter", "1", "ask-information", "--to", "vec", "--ask", "จำนวนนักเรียน")
    assert "submit" in office.refused(5, "paper", "ecms", "1")
    for deed in ("submit", "sign", "number"):
        office.ok(deed, "1")
    office.refused(5, "paper", "ecms", "1")


def test_the_signed_letter_stands_for_the_issued_file(office: Srctl) -> None:
    (office.root / "signed.pdf").write_bytes(PDF)
    main = egif.decode_letter(letter(with_codes(office), "--signed", "signed.pdf").read_bytes()).main
    assert main == EnclosedFile("application/pdf", PDF)


def test_each_urgency_and_class_has_one_code() -> None:
    right = {"none": "1", "urgent": "2", "very-urgent": "3", "most-urgent": "4"}
    secrecy = {"none": "1", "confidential": "2", "secret": "3", "top-secret": "4"}
    assert not list(egif_faults(EgifCodes(1, right, secrecy)))
    for wrong in ({**right, "soon": "5"}, {"none": "1"}, {**right, "urgent": ""}, {**right, "urgent": "1"}):
        assert list(egif_faults(EgifCodes(1, wrong, secrecy)))
    assert (PROJECT / "templates/egif.yaml").is_file()
