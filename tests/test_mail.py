"""Papers go out by mail and LINE as drafts that a clerk sends, and mails that came in find their matter."""

from base64 import b64encode
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.documents.mail import CameIn, Enclosed, MailDraft, enclosed_in, read_mail, write_mail
from tests.conftest import NOW, Srctl, prepared
from tests.test_views import promised

CASE, HOME = "2569-0012", "cases/2569/11/2569-0012"
NUMBER = "ศธ 0100/1"


@prepared
def numbered(sample: Srctl) -> Srctl:
    """The sample office with a letter to a province signed and numbered."""
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ขอใช้ห้องประชุม", "--by", "2026-12-15",
              "--attach", "กำหนดการ=2 แผ่น", "--copy", "สพฐ.")  # fmt: skip
    for command in ("submit", "sign", "number"):
        sample.ok(command, "12")
    return sample


def outbox(office: Srctl, home: str = HOME) -> list[Path]:
    return sorted(path for path in (office.root / home / "outbox").glob("*") if not path.name.startswith("."))


def read(file: Path) -> EmailMessage:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def states(office: Srctl, case: str = "12") -> list[str]:
    return [paper["state"] for paper in office.ok("show", case, "--json").json["papers"]]


# -- the file ------------------------------------------------------------------------------------------


def test_a_mail_is_read_back_as_it_was_written_by_any_program_that_keeps_to_the_standard(tmp_path: Path) -> None:
    name, raw = "ศธ 0100-1 ขอความอนุเคราะห์สถานที่จัดประชุมคณะกรรมการ", bytes(range(256)) * 40
    subject = "หนังสือ ที่ ศธ 0100/1 เรื่อง ขอความอนุเคราะห์ใช้ห้องประชุมและเจ้าหน้าที่ (เลขเรื่อง 2569-0012)"
    draft = MailDraft(
        subject, "เรียน ผู้ว่าราชการจังหวัด\n\nน้ำ กำ ๑\n", ("a@example.go.th", "b@example.go.th"), ("c@example.go.th",),
        ("นางสาวมาลี สมมติสุข", "malee@example.go.th"), (Enclosed(f"{name}.docx", raw),),
    )  # fmt: skip
    made = write_mail(draft)
    assert made == write_mail(draft)
    assert all(len(line) <= 998 and line.isascii() for line in made.split(b"\r\n"))  # RFC 5322
    (tmp_path / "m.eml").write_bytes(made)
    mail = read(tmp_path / "m.eml")
    assert (mail["subject"], mail["to"], mail["cc"]) == (subject, "a@example.go.th, b@example.go.th", "c@example.go.th")
    assert (mail["x-unsent"], mail["date"], mail["message-id"]) == ("1", None, None)
    body, (attached,) = mail.get_body(("plain",)), mail.iter_attachments()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == draft.text
    assert (attached.get_filename(), attached.get_content()) == (f"{name}.docx", raw)
    assert read_mail(made)[:3] == (subject, "malee@example.go.th", "นางสาวมาลี สมมติสุข")


def test_no_value_begins_a_header_of_its_own() -> None:
    made = write_mail(MailDraft("ก\r\nBcc: x@example.com", "ข", (), (), ("ค\nBcc: y@example.com", "a@example.go.th")))
    assert message_from_bytes(made, policy=policy.default)["bcc"] is None


@given(st.binary(max_size=300))
def test_no_bytes_whatever_stop_the_reading(raw: bytes) -> None:
    for head in (b"", b"Subject: =?utf-8?b?", b"From: <", b"Date: ", b"Content-Type: multipart/mixed; boundary="):
        assert isinstance(read_mail(head + raw), CameIn)
        assert isinstance(enclosed_in(head + raw), tuple)


def test_the_words_of_an_html_mail_are_read_and_its_marks_are_not() -> None:
    raw = (
        "Content-Type: text/html; charset=utf-8\n\n<style>2569-0001</style><p title='2569-0002'>เรื่อง&nbsp;2569-0012</p>"
    )
    text = read_mail(raw.encode()).text
    assert "2569-0012" in text
    assert not {"2569-0001", "2569-0002"} & {*text.split()}


# -- out -----------------------------------------------------------------------------------------------


def test_a_letter_sent_by_mail_lies_ready_with_the_issued_paper_in_it(numbered: Srctl) -> None:
    ran = numbered.ok("send", "12", "--by", "email")
    (file,) = outbox(numbered)
    assert f"{HOME}/outbox/{file.name}" in ran.out
    mail = read(file)
    assert mail["x-unsent"] == "1"
    assert (mail["to"], mail["cc"], mail["from"].addresses[0].addr_spec) == (
        "province@example.go.th", "obec@example.go.th", "malee@example.go.th")  # fmt: skip
    for words in (NUMBER, "ขอใช้ห้องประชุม", f"(เลขเรื่อง {CASE})"):
        assert words in mail["subject"]
    body, (attached,) = mail.get_body(("plain",)), mail.iter_attachments()
    assert body is not None
    for words in ("เรียน ผู้ว่าราชการจังหวัดสมมติบุรี", "ลงวันที่ 20 พฤศจิกายน 2569", "ภายในวันที่ 15 ธันวาคม 2569"):
        assert words in body.get_content()
    assert attached.get_filename() == "ศธ 0100-1 ขอใช้ห้องประชุม.docx"
    assert attached.get_content() == (numbered.root / HOME / f"{CASE}-support.docx").read_bytes()
    assert "แนบเอง: กำหนดการ" in ran.err
    assert states(numbered) == ["sent"]


def test_enclosures_the_case_holds_go_into_the_mail_and_the_others_are_named(numbered: Srctl) -> None:
    office = numbered
    for name in ("กำหนดการ.pdf", "กำหนดการเดิม.pdf", "รายชื่อ.pdf"):
        file = office.root.parent / name
        file.write_bytes(b"%PDF " + name.encode())
        office.ok("file", "12", str(file), "--what", "รายชื่อผู้เข้าประชุม" if name == "รายชื่อ.pdf" else "")
    made = office.ok("send", "12", "--by", "email", "--json").json
    promised("outcome", made)
    (first,) = made["made"]
    assert (first["attached"][1:], first["by_hand"]) == (["สิ่งที่ส่งมาด้วย กำหนดการ.pdf"], [])
    _letter, programme = read(office.root / first["file"]).iter_attachments()
    assert programme.get_content() == b"%PDF " + "กำหนดการ.pdf".encode()
    office.ok("letter", "12", "cooperation", "--to", "obec", "--ask", "ก", "--value", "need=ข",
              "--attach", f"สำเนาหนังสือสำนักงานรัฐมนตรี ที่ {NUMBER}=2 แผ่น", "--attach", "รายชื่อผู้เข้าประชุม=1 แผ่น",
              "--attach", "แผนที่=1 แผ่น")  # fmt: skip
    (second,) = office.ok("send", "12", "cooperation", "--signed", "--by", "email", "--json").json["made"]
    assert second["attached"][1:] == [
        "สิ่งที่ส่งมาด้วย 1 สำเนาหนังสือสำนักงานรัฐมนตรี ที่ ศธ 0100-1.docx", "สิ่งที่ส่งมาด้วย 2 รายชื่อผู้เข้าประชุม.pdf",
    ]  # fmt: skip
    assert second["by_hand"] == ["แผนที่"]


def test_the_draft_alone_records_nothing_and_says_what_does(numbered: Srctl) -> None:
    before = numbered.git("rev-parse", "HEAD")
    ran = numbered.ok("send", "12", "--by", "email", "--draft")
    assert f"srctl send {CASE} support --by email" in ran.out
    assert numbered.git("rev-parse", "HEAD") == before
    assert states(numbered) == ["numbered"]
    assert len(outbox(numbered)) == 1


def test_what_was_not_sent_after_all_is_taken_back(numbered: Srctl) -> None:
    assert f"srctl undo {CASE}" in numbered.ok("send", "12", "--by", "email").out
    numbered.ok("undo", "12")
    assert states(numbered) == ["numbered"]


def test_a_draft_is_kept_out_of_history_and_never_written_over(numbered: Srctl) -> None:
    numbered.ok("send", "12", "--by", "email", "--draft")
    (first,) = outbox(numbered)
    numbered.ok("send", "12", "--by", "email", "--draft")
    assert outbox(numbered) == [first]
    first.write_bytes(first.read_bytes() + b"my words")
    numbered.ok("send", "12", "--by", "email", "--draft")
    assert [file.name for file in outbox(numbered)] == [f"{CASE}-support-2.eml", f"{CASE}-support.eml"]
    assert first.read_bytes().endswith(b"my words")
    assert "outbox" not in numbered.git("status", "--short", "--untracked-files=all")
    assert numbered.ok("check")


def test_the_scan_of_the_signed_paper_goes_in_place_of_the_one_nobody_signed(sample: Srctl, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ขอใช้ห้องประชุม")
    sample.ok("submit", "12")
    sample.ok("sign", "12", "--file", str(scan))
    sample.ok("number", "12")
    sample.ok("send", "12", "--by", "email")
    (attached,) = read(outbox(sample)[0]).iter_attachments()
    assert (attached.get_content_type(), attached.get_content()) == ("application/pdf", b"%PDF-1.4 signed")


def test_an_addressee_without_an_address_is_told_with_what_gives_one(numbered: Srctl) -> None:
    place = numbered.root / "contacts" / "province.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("email: province@example.go.th\n", ""), encoding="utf-8")
    numbered.ok("adopt", str(place))
    ran = numbered.ok("send", "12", "--by", "email", "--draft")
    assert 'contacts edit province email="' in ran.out + ran.err
    assert read(outbox(numbered)[0])["to"] is None


def test_a_paper_that_has_no_number_yet_and_a_channel_without_draft_are_refused(sample: Srctl) -> None:
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ก")
    sample.ok("submit", "12")
    sample.ok("sign", "12")
    assert f"srctl number {CASE} support" in sample.refused(5, "send", "12", "--by", "email", "--draft")
    sample.refused(2, "send", "12", "--draft")
    sample.refused(2, "send", "12", "--by", "line", "--pdf")
    assert not (sample.root / HOME / "outbox").exists()


@pytest.mark.parametrize("by", ["email", "line"])
def test_a_secret_paper_is_made_ready_only_with_a_reason_and_its_subject_stands_nowhere_outside_it(
    sample: Srctl, by: str
) -> None:
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ขอใช้ห้องประชุม", "--secrecy", "confidential",
              "--why", "เรื่องลับ")  # fmt: skip
    for command in ("submit", "sign", "number"):
        sample.ok(command, "12")
    for more in ((), ("--draft",)):
        sample.refused(5, "send", "12", "--by", by, *more)
    assert not (sample.root / HOME / "outbox").exists()
    sample.ok("send", "12", "--by", by, "--why", "ผู้รับขอรับทางนี้และเข้ารหัสแล้ว")
    (file,) = outbox(sample)
    told = file.read_text(encoding="utf-8")
    if by == "email":
        mail = read(file)
        body, (attached,) = mail.get_body(("plain",)), mail.iter_attachments()
        assert body is not None
        told = f"{mail['subject']} {body.get_content()} {attached.get_filename()}"
    assert CASE in told
    assert "ห้องประชุม" not in told


SECRETS = ("ห่วงบุตร", "0800000102")


@pytest.mark.parametrize("by", ["email", "line"])
def test_who_complains_stands_in_no_message(sample: Srctl, by: str) -> None:
    subject = "ขอความเป็นธรรมให้นายสมมติ ห่วงบุตร โทร 0800000102"
    sample.ok("new", "complaint", "--subject", subject, "--from", "ประชาชน", "--complainant", "นายสมมติ ห่วงบุตร",
              "--phone", "0800000102", "--order", "ให้ตรวจสอบ")  # fmt: skip
    case = sample.ok("list", "--json").json["items"][-1]["id"]
    sample.ok("letter", case, "ask-information", "--to", "obec", "--ask", "ข้อเท็จจริง")
    for command in ("submit", "sign", "number"):
        sample.ok(command, case)
    ran = sample.ok("send", case, "--by", by)
    (file,) = outbox(sample, f"cases/2569/11/{case}")
    told = ran.out + file.read_text(encoding="utf-8")
    if by == "email":
        mail = read(file)
        body, (attached,) = mail.get_body(("plain",)), mail.iter_attachments()
        assert body is not None
        told = f"{ran.out} {mail['subject']} {body.get_content()} {attached.get_filename()}"
    assert not [secret for secret in SECRETS if secret in told]


def test_a_text_to_paste_into_line_says_who_what_and_until_when(numbered: Srctl) -> None:
    ran = numbered.ok("send", "12", "--by", "line")
    (file,) = outbox(numbered)
    text = file.read_text(encoding="utf-8")
    for words in ("สำนักงานรัฐมนตรี", "ผู้ว่าราชการจังหวัดสมมติบุรี", NUMBER, "15 ธันวาคม 2569", "โทรศัพท์", CASE):
        assert words in text
    assert text.splitlines()[0] in ran.out
    assert len(text) < 500


def test_each_addressee_of_a_circular_gets_a_mail_with_their_own_letter(sample: Srctl) -> None:
    sample.ok("letter", "12", "circular", "--to", "obec", "--to", "vec", "--value", "content=ปรับวันประชุม")
    for command in ("submit", "sign", "number"):
        sample.ok(command, "12")
    made = sample.ok("send", "12", "--by", "email", "--draft", "--json").json["items"]
    promised("list of item of send --draft", made)
    assert [one["to"] for one in made] == [["obec@example.go.th"], ["vec@example.go.th"]]
    assert len({one["file"] for one in made}) == 2


def test_a_template_that_cannot_be_filled_leaves_the_dispatch_recorded_and_is_told(numbered: Srctl) -> None:
    (numbered.root / "templates/messages/mail.j2").write_text("{{ nothing }}", encoding="utf-8")
    ran = numbered.ok("send", "12", "--by", "email")
    assert "messages/mail.j2" in ran.out + ran.err
    assert states(numbered) == ["sent"]
    assert "messages/mail.j2" in numbered.run("send", "12", "support", "--by", "email", "--draft").err


@pytest.mark.slow
def test_a_mail_holds_a_pdf_when_asked(numbered: Srctl) -> None:
    numbered.ok("send", "12", "--by", "email", "--draft", "--pdf")
    (attached,) = read(outbox(numbered)[0]).iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content().startswith(b"%PDF")


# -- in ------------------------------------------------------------------------------------------------


@pytest.fixture
def awaiting(numbered: Srctl) -> Srctl:
    """The office that sent its letter by mail and waits for the reply."""
    numbered.ok("send", "12", "--by", "email")
    return numbered


def came(office: Srctl, subject: str, text: str = "ยินดีให้ใช้ห้องประชุม", sender: str = "pairoj@example.go.th") -> str:
    mail = EmailMessage(policy.SMTP)
    mail["Subject"], mail["From"] = subject, f"=?utf-8?b?4LiB?= <{sender}>"
    mail["Date"] = "Thu, 19 Nov 2026 20:30:00 +0000"  # already the 20th in Bangkok
    mail.set_content(text)
    file = office.root.parent / "reply.eml"
    file.write_bytes(mail.as_bytes())
    return str(file)


@pytest.mark.parametrize(
    ("dated", "arrived", "day"),
    [
        ("Sat, 21 Nov 2026 02:00:00 +0700", "", "2026-11-20"),  # a clock that is fast, or a wrong time zone
        ("Mon, 20 Nov 2028 09:00:00 +0700", "Thu, 19 Nov 2026 09:00:00 +0700", "2026-11-19"),  # a wrong year
        ("Thu, 19 Nov 2026 20:30:00 -0000", "", "2026-11-20"),  # UTC
        ("Mon, 20 Nov 2028 09:00:00 +0700", "", "2028-11-20"),  # nothing tells another day
        ("no day", "", ""),
    ],
)
def test_the_day_of_a_mail_is_never_after_it_arrived(dated: str, arrived: str, day: str) -> None:
    servers = f"Received: from a by b; {arrived}\nReceived: from c by a; 1 Jan 2026 09:00:00 +0700\n" if arrived else ""
    found = read_mail(f"{servers}Date: {dated}\n\nx".encode()).dated(NOW)
    assert (found.isoformat() if found else "") == day


def test_a_mail_of_a_clock_far_ahead_is_dated_by_whoever_files_it(awaiting: Srctl) -> None:
    file = Path(came(awaiting, f"Re: {NUMBER}"))
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"19 Nov 2026", b"19 Nov 2028"))
    assert "--dated" in awaiting.refused(2, "receive", str(file))
    file.write_bytes(raw.replace(b"20:30:00 +0000", b"23:30:00 -0500"))  # tomorrow at noon
    awaiting.ok("receive", str(file))
    assert awaiting.ok("show", "12", "--json").json["log"][-1]["dated"] == "2026-11-20"


def test_a_reply_is_filed_to_its_matter_by_the_number_its_subject_kept(awaiting: Srctl) -> None:
    subject = read(outbox(awaiting)[0])["subject"]
    awaiting.ok("receive", came(awaiting, f"Re: {subject}"))
    entry = awaiting.ok("show", "12", "--json").json["log"][-1]
    assert (entry["did"], entry["paper"], entry["dated"]) == ("reply", "support", "2026-11-20")
    assert entry["with"].startswith("province")
    assert states(awaiting) == ["answered"]
    kept = next((awaiting.root / HOME).glob("*.eml"))
    assert read(kept)["subject"] == f"Re: {subject}"


PDF = b"%PDF-1.4 "


def carrying(office: Srctl, *files: tuple[str, bytes], subject: str = f"Re: {NUMBER}") -> str:
    """A reply with these files attached, as a mail program writes it."""
    mail = EmailMessage(policy.SMTP)
    mail["Subject"], mail["From"], mail["Date"] = subject, "pairoj@example.go.th", "Fri, 20 Nov 2026 08:00:00 +0700"
    mail.set_content("ตามที่แนบ")
    for name, raw in files:
        mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    file = office.root.parent / "reply.eml"
    file.write_bytes(mail.as_bytes())
    return str(file)


def filed(office: Srctl) -> list[tuple[str, str]]:
    return [(row["name"], row["file"]) for row in office.ok("show", "12", "--json").json["files"]]


def test_what_is_attached_to_a_reply_is_kept_beside_it_in_one_commit_and_what_runs_is_named(awaiting: Srctl) -> None:
    before = len(awaiting.git("log", "--oneline").splitlines())
    ran = awaiting.ok("receive", carrying(
        awaiting, ("แผนผังห้อง.pdf", PDF), ("..\\..\\a/รายชื่อ ๑.pdf", PDF + b"1"), ("แผนผังห้อง.pdf", PDF + b"2"),
        ("ดูด่วน.exe", b"MZ"), ("สำเนา.pdf", PDF),
    ))  # fmt: skip
    assert len(awaiting.git("log", "--oneline").splitlines()) == before + 1
    assert filed(awaiting) == [
        ("reply.eml", f"{CASE}-support-reply.eml"), ("แผนผังห้อง.pdf", f"{CASE}-support-reply.pdf"),
        ("รายชื่อ ๑.pdf", f"{CASE}-support-reply-2.pdf"), ("แผนผังห้อง.pdf", f"{CASE}-support-reply-3.pdf"),
    ]  # fmt: skip
    assert "ดูด่วน.exe" in ran.err
    assert "แผนผังห้อง.pdf, รายชื่อ ๑.pdf" in ran.out
    kept = awaiting.root / HOME / f"{CASE}-support-reply.eml"
    assert kept.read_bytes() == (awaiting.root.parent / "reply.eml").read_bytes()
    assert (awaiting.root / HOME / f"{CASE}-support-reply-2.pdf").read_bytes() == PDF + b"1"
    assert "ดูด่วน.exe" in awaiting.ok("show", "12").out
    assert "แผนผัง" not in awaiting.git("log", "-1", "--format=%B", "--name-only")
    assert awaiting.ok("check").code == 0


def test_a_file_attached_that_is_larger_than_the_office_keeps_stays_in_the_mail(awaiting: Srctl) -> None:
    with (awaiting.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("largest_file: 1\n")
    awaiting.ok("adopt", "office.yaml")
    mail = Path(carrying(awaiting, ("ใหญ่.pdf", PDF + bytes(1_000_000)), ("เล็ก.pdf", PDF)))
    ran = awaiting.ok("file", "12", str(mail))
    assert "ใหญ่.pdf" in ran.err
    assert [name for name, _file in filed(awaiting)] == ["reply.eml", "เล็ก.pdf"]


THAI_NAME = "หนังสือ.pdf"


@pytest.mark.parametrize(
    "name",
    [
        b"filename*=utf-8''" + quote(THAI_NAME).encode(),
        b"filename*=windows-874''" + quote(THAI_NAME.encode("cp874")).encode(),
        b'filename="=?windows-874?B?' + b64encode(THAI_NAME.encode("cp874")) + b'?="',
        b'filename="=?utf-8?B?' + b64encode(THAI_NAME[:4].encode()) + b"?=\n"
        b" =?utf-8?B?" + b64encode(THAI_NAME[4:].encode()) + b'?="',
        b'filename="' + THAI_NAME.encode("cp874") + b'"', b'filename="' + THAI_NAME.encode() + b'"',
    ],
)  # fmt: skip
def test_the_name_of_an_attached_file_is_read_however_a_program_wrote_it(name: bytes) -> None:
    raw = b"Subject: x\nContent-Type: application/pdf\nContent-Disposition: attachment; " + name + b"\n\n%PDF"
    assert enclosed_in(raw) == (Enclosed(THAI_NAME, b"%PDF"),)


def test_a_mail_within_a_mail_is_kept_whole_and_the_logo_of_its_text_is_not() -> None:
    inner = EmailMessage(policy.SMTP)
    inner["Subject"] = "ส่งต่อ 1/2"
    inner.set_content("ก")
    inner.add_attachment(PDF, maintype="application", subtype="pdf")
    outer = EmailMessage(policy.SMTP)
    outer.set_content("ก")
    outer.add_alternative("<img src='cid:a'>", subtype="html")
    for size in (100, 60_000):  # a logo, and the picture of a letter
        outer.get_payload(1).add_related(bytes(size), "image", "png", cid="<a>", disposition="inline")  # type: ignore[union-attr]
    outer.add_attachment(inner)
    first, second = enclosed_in(outer.as_bytes())
    assert (first.name, len(first.raw), second.name) == ("1.png", 60_000, "2.eml")
    assert [one.name for one in enclosed_in(second.raw)] == ["1.pdf"]


def test_thai_as_outlook_writes_it_is_read() -> None:
    text = b64encode("ตอบ ศธ 0100/1".encode("cp874")).decode()
    head = f"Subject: =?windows-874?B?{text}?=\nContent-Type: text/plain; charset=windows-874\n"
    mail = read_mail(f"{head}Content-Transfer-Encoding: base64\n\n{text}".encode())
    assert (mail.subject, mail.text) == ("ตอบ ศธ 0100/1", "ตอบ ศธ 0100/1")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"ตอบหนังสือ {NUMBER}", "ก"),
        ("ตอบหนังสือ ที่ ศธ ๐๑๐๐/๑", "ก"),
        ("ตอบ", f"> ตามหนังสือที่ {NUMBER} ลงวันที่"),
        ("ตอบ", "> (เลขเรื่อง ๒๕๖๙-๐๐๑๒)"),
    ],
)
def test_a_number_of_ours_is_found_however_it_is_written(awaiting: Srctl, subject: str, text: str) -> None:
    awaiting.ok("receive", came(awaiting, subject, text, "somebody@example.com"))
    assert states(awaiting) == ["answered"]


@pytest.mark.parametrize(
    ("subject", "said"),
    [("สวัสดีปีใหม่", "receive 42 --file"), (f"{NUMBER}2", "receive 42 --file"), ("2569-0010 2569-0012", "2569-0010")],
)
def test_a_mail_that_tells_no_matter_or_several_is_refused_with_the_way_to_file_it(
    awaiting: Srctl, subject: str, said: str
) -> None:
    before = awaiting.git("rev-parse", "HEAD")
    assert said in awaiting.refused(3, "receive", came(awaiting, subject, "ก"))
    assert awaiting.git("rev-parse", "HEAD") == before


def test_the_subject_decides_where_older_mails_are_quoted(awaiting: Srctl) -> None:
    awaiting.ok("file", came(awaiting, f"Re: (เลขเรื่อง {CASE})", "> (เลขเรื่อง 2569-0010)"))
    assert awaiting.ok("show", "12", "--json").json["log"][-1]["did"] == "file"


def test_a_mail_named_as_one_that_is_none_is_not_let_in(awaiting: Srctl) -> None:
    file = awaiting.root.parent / "program.eml"
    file.write_bytes(b"MZ\x90\x00Subject: 2569-0012")
    awaiting.refused(5, "receive", str(file))


def test_a_mail_in_the_scan_folder_is_offered_its_matter(awaiting: Srctl) -> None:
    place = awaiting.root.parent / "scans"
    place.mkdir()
    with (awaiting.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("scans: ../scans\n")
    awaiting.ok("adopt", "office.yaml")
    Path(came(awaiting, f"Re: (เลขเรื่อง {CASE})")).rename(place / "reply.eml")
    awaiting.interactive = True
    assert awaiting.run("scans", typed="\n").code == 0  # Enter takes what is offered
    assert awaiting.ok("show", "12", "--json").json["log"][-1]["did"] == "file"
    assert [file.name for file in (place / "filed").iterdir()] == ["reply.eml"]
