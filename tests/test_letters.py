"""`srctl letter`: the right form, words, marks and salutation from a case; one file for each addressee."""

from pathlib import Path

import pytest
from docx import Document

from srctl.documents.docx import word_file
from srctl.papers import drafts
from tests.conftest import Srctl, prepared

CASE = "2569-0007"
PLACE = "cases/2569/11"


@prepared
def complaint(office: Srctl) -> Srctl:
    """An office with one complaint, analysed, whose complainant is named."""
    office.ok("new", "complaint", "--subject", "ขอความเป็นธรรมกรณีการรับนักเรียน", "--from", "ประชาชน",
              "--complainant", "นางสาวสมมติ ร้องเรียน", "--phone", "0812345678", "--order", "ให้ตรวจสอบ",
              "--as", "malee")  # fmt: skip
    office.ok("analyse", "1", "--issue", "การรับนักเรียน", "--fact", "นางสาวสมมติ ร้องเรียน มายื่นหนังสือ", "--opinion",
              "ควรตรวจสอบ", "--proposal", "เห็นควรมอบ สพฐ. ตรวจสอบ", "--as", "malee")  # fmt: skip
    return office


def lines_of(office: Srctl, name: str) -> list[str]:
    file = next(office.root.glob(f"cases/*/*/*/{name}"))
    return [line.replace("\u00a0", " ").replace("\t", " ") for line in word_file.paragraphs(file.read_bytes())]


def text_of(office: Srctl, name: str) -> str:
    return "\n".join(lines_of(office, name))


def letter(office: Srctl, *words: str) -> dict[str, object]:
    return dict(office.ok("letter", "1", *words, "--as", "malee", "--json").json)


def test_a_letter_outside_the_ministry_is_an_external_one_with_greeting_and_leave(complaint: Srctl) -> None:
    made = letter(complaint, "ask-information", "--to", "province", "--ask", "ข้อมูลการรับนักเรียน", "--by", "27/11/2569")
    assert made["papers"][0]["form"] == "letter"  # type: ignore[index]
    text = text_of(complaint, "*ask-information-draft.docx")
    assert "เรียน" in text
    assert "ผู้ว่าราชการจังหวัดสมมติบุรี" in text
    assert "ขอแสดงความนับถือ" in text
    assert "ข้อมูลการรับนักเรียน" in text
    assert "๒๗ พฤศจิกายน ๒๕๖๙" in text


def test_a_letter_inside_the_ministry_is_an_internal_one_without_leave(complaint: Srctl) -> None:
    made = letter(complaint, "ask-information", "--to", "obec/somsak", "--ask", "ข้อมูล", "--by", "+5wd")
    assert made["papers"][0]["form"] == "internal"  # type: ignore[index]
    text = text_of(complaint, "*ask-information-draft.docx")
    assert "บันทึกข้อความ" in text
    assert "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน" in text
    assert "ขอแสดงความนับถือ" not in text


def test_several_addressees_get_a_file_and_a_paper_each_in_one_commit(complaint: Srctl) -> None:
    before = complaint.git("rev-list", "--count", "HEAD")
    made = letter(complaint, "support", "--to", "obec", "--to", "province", "--to", "vec", "--ask", "เครื่องเสียง")
    assert [p["paper"] for p in made["papers"]] == ["support", "support-2", "support-3"]  # type: ignore[attr-defined]
    assert len(made["files"]) == 3  # type: ignore[arg-type]
    assert int(complaint.git("rev-list", "--count", "HEAD")) == int(before) + 1


def test_a_circular_is_one_paper_with_a_file_for_each_addressee(complaint: Srctl) -> None:
    made = letter(complaint, "circular", "--to", "@องค์กรหลัก", "--value", "content=ให้ทราบโดยทั่วกัน")
    assert len(made["papers"]) == 1  # type: ignore[arg-type]
    assert len(made["files"]) == 4  # type: ignore[arg-type]
    assert sorted(made["papers"][0]["among"]) == ["obec", "onec", "ops", "vec"]  # type: ignore[index]


def test_the_same_letter_again_is_no_new_entry_and_other_words_are(complaint: Srctl) -> None:
    words = ("support", "--to", "obec", "--ask", "เครื่องเสียง")
    letter(complaint, *words)
    count = complaint.git("rev-list", "--count", "HEAD")
    again = letter(complaint, *words)
    assert again["commit"] == ""
    assert complaint.git("rev-list", "--count", "HEAD") == count
    other = letter(complaint, "support", "--to", "obec", "--ask", "เครื่องฉายภาพ")
    assert [p["paper"] for p in other["papers"]] == ["support"]  # type: ignore[attr-defined]
    assert other["commit"]


def test_the_complainant_is_left_out_unless_the_clerk_says_so(complaint: Srctl) -> None:
    letter(complaint, "forward-complaint", "--to", "obec")
    text = text_of(complaint, "*forward-complaint-draft.docx")
    assert "ร้องเรียน มายื่น" not in text
    assert "สมมติ ร้องเรียน" not in text
    letter(complaint, "forward-complaint", "--to", "obec", "--with-complainant")
    assert "สมมติ ร้องเรียน" in text_of(complaint, "*forward-complaint-draft.docx")
    # Neither the commit nor the file names tell who complains.
    assert "สมมติ ร้องเรียน" not in complaint.git("log", "--format=%B")


def test_paper_check_finds_address_and_mail_of_a_complainant_without_telephone_or_number(office: Srctl) -> None:
    office.ok("--as", "malee", "new", "complaint", "--subject", "ร้องเรียนเรื่องทุนการศึกษา",
              "--complainant", "นางสาวสมใจ ดีงาม", "--order", "ให้ตรวจสอบ")  # fmt: skip
    address, mail = "99/9 หมู่ 5 ตำบลบางรัก อำเภอเมือง", "somjai.d@example.com"
    office.ok("--as", "malee", "set", "1", f"complainant.address={address}", f"complainant.email={mail}")
    office.ok(
        "--as", "malee", "letter", "1", "ask-information", "--to", "gazette", "--ask", "ขอทราบข้อมูล", "--by", "+7wd"
    )
    [file] = office.root.glob("cases/*/*/*/*-draft.docx")
    letter = Document(str(file))
    letter.paragraphs[-1].add_run(f" {address} {mail}")
    letter.save(str(file))
    found = office.run("paper", "check", str(file), "--json").json
    assert [f["code"] for item in found["items"] for f in item["findings"]].count("complainant") == 2


def test_a_letter_to_the_complainant_bears_their_name_and_only_the_reference_is_logged(complaint: Srctl) -> None:
    letter(complaint, "acknowledge")
    assert "นางสาวสมมติ ร้องเรียน" in text_of(complaint, "*acknowledge-draft.docx")
    log = complaint.case_file("2569-0001").read_text(encoding="utf-8").partition("log:")[2]
    assert "with: complainant" in log
    assert "ร้องเรียน มา" not in log


def test_another_mark_than_the_case_needs_a_reason(complaint: Srctl) -> None:
    said = complaint.refused(2, "letter", "1", "support", "--to", "obec", "--ask", "ก", "--urgency", "urgent")
    assert "--why" in said
    letter(complaint, "support", "--to", "obec", "--ask", "ก", "--urgency", "urgent", "--why", "งานวันพรุ่งนี้")
    assert "ด่วน" in text_of(complaint, "*support-draft.docx")


def test_a_secret_paper_is_refused(complaint: Srctl) -> None:
    words = ("letter", "1", "support", "--to", "obec", "--ask", "ก", "--secrecy", "secret", "--why", "ก")
    assert "ทะเบียน" in complaint.refused(5, *words, "--as", "malee")


def test_what_is_missing_is_named_with_the_option_that_gives_it(complaint: Srctl) -> None:
    said = complaint.refused(5, "letter", "1", "support", "--to", "obec", "--as", "malee")
    assert "--ask" in said


def test_an_unknown_value_wording_form_or_addressee_is_one_clear_line(complaint: Srctl) -> None:
    base = ("letter", "1", "support", "--ask", "ก", "--as", "malee")
    assert "nothing" in complaint.refused(2, *base, "--to", "obec", "--value", "nothing=1")
    assert "stamped" in complaint.refused(2, *base, "--to", "obec", "--form", "stamped")
    complaint.refused(3, *base, "--to", "nobody")
    complaint.refused(3, "letter", "1", "suport", "--to", "obec", "--as", "malee")
    complaint.refused(2, "letter", "1", "support", "--ask", "ก", "--as", "malee")
    assert not list(complaint.root.glob("cases/*/*/*/*.docx"))


def test_a_royal_addressee_is_refused_with_the_reason(complaint: Srctl) -> None:
    complaint.ok("contacts", "add", "palace", "--name", "สำนักงานสมมติ", "--head", "หม่อมเจ้าสมมติ", "--as", "malee")
    said = complaint.refused(5, "letter", "1", "support", "--to", "palace", "--ask", "ก", "--as", "malee")
    assert "ราชาศัพท์" in said


def test_attachments_are_numbered_and_counted_and_copies_listed(complaint: Srctl) -> None:
    letter(complaint, "support", "--to", "province", "--ask", "ก", "--attach", "กำหนดการ", "--attach", "บัญชีรายชื่อ=2 แผ่น",
           "--copy", "ผู้อำนวยการโรงเรียนตัวอย่าง")  # fmt: skip
    text = text_of(complaint, "*support-draft.docx")
    assert "๑. กำหนดการ" in text
    assert "จำนวน ๒ แผ่น" in text
    assert "ผู้อำนวยการโรงเรียนตัวอย่าง" in text


def test_no_letter_is_drafted_for_a_closed_case(sample: Srctl) -> None:
    closed = "2568-0001"
    said = sample.refused(5, "letter", closed, "support", "--to", "obec", "--ask", "ก", "--as", "malee")
    assert "reopen" in said
    assert not list(sample.root.glob(f"cases/*/*/{closed}/*support*"))


def test_the_draft_is_not_tracked_and_the_case_keeps_what_was_asked(complaint: Srctl) -> None:
    letter(complaint, "support", "--to", "obec", "--ask", "เครื่องเสียง", "--value", "reason=จัดประชุม")
    assert "support-draft.docx" not in complaint.git("ls-files")
    entry = complaint.ok("show", "1", "--json").json["log"][-1]
    assert entry["given"]["ask"] == "เครื่องเสียง"
    assert len(entry["sha256"]) == 64


def test_a_missing_value_is_asked_where_somebody_sits(complaint: Srctl) -> None:
    complaint.interactive = True
    ran = complaint.run("letter", "1", "thanks", "--to", "obec", "--as", "malee", typed="ความช่วยเหลือ\n\n\n\n\n\n")
    assert ran.code == 0, ran.err


def test_papers_lists_shows_copies_and_checks(sample: Srctl) -> None:
    assert "support" in sample.ok("papers").out
    shown = sample.ok("papers", "show", "support").out
    assert "--ask" in shown
    made = sample.ok("papers", "new", "our-letter", "--from", "support", "--as", "malee").out
    assert "templates/papers/our-letter.j2" in made
    assert Path(sample.root, "templates/papers/our-letter.j2").is_file()
    assert "our-letter" in sample.ok("papers", "check").out
    sample.refused(5, "papers", "new", "our-letter", "--as", "malee")
    sample.refused(2, "papers", "new", "Our letter", "--as", "malee")


def test_papers_check_names_file_line_and_what_is_undefined_or_unused(sample: Srctl) -> None:
    file = sample.root / "templates/papers/support.j2"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "{{ given.nothing_like_it }}\n{% if %}\n", encoding="utf-8")
    line = len(text.split("\n")) + 1
    said = sample.refused(4, "papers", "check", "support")
    assert f"templates/papers/support.j2:{line}" in said
    file.write_text(text.replace("values:", "values:\n  spare: {label: {th: ก, en: a}, sample: ก}"), encoding="utf-8")
    assert "spare" in sample.refused(4, "papers", "check", "support")


def test_the_hint_keeps_whom_it_is_to(complaint: Srctl) -> None:
    said = complaint.refused(5, "letter", "1", "support", "--to", "province", "--as", "malee")
    assert "support --to province --ask" in said


def test_a_reminder_of_a_letter_never_sent_is_refused_in_words_of_the_office(complaint: Srctl) -> None:
    said = complaint.refused(5, "letter", "1", "remind-1", "--to", "obec", "--as", "malee")
    assert "earlier_paper" not in said


def test_the_politeness_of_speech_does_not_end_a_value(complaint: Srctl) -> None:
    letter(complaint, "support", "--to", "province", "--ask", "รถตู้ 1 คันนะครับ ", "--by", "+5wd")
    text = text_of(complaint, "*support-draft.docx")
    assert "ขอความอนุเคราะห์รถตู้ ๑ คัน และขอได้โปรด" in text
    assert "ครับ" not in text


def test_a_bare_count_of_an_attachment_gets_its_word_and_a_nameless_one_is_refused(complaint: Srctl) -> None:
    letter(complaint, "support", "--to", "province", "--ask", "ก", "--attach", "สำเนาหนังสือ=2")
    assert "จำนวน ๒ ฉบับ" in text_of(complaint, "*support-draft.docx")
    words = ("letter", "1", "support", "--to", "obec", "--ask", "ก", "--attach", "=2", "--as", "malee")
    assert "--attach" in complaint.refused(2, *words)


def test_a_wrong_time_of_day_is_asked_again(complaint: Srctl) -> None:
    complaint.interactive = True
    typed = "3/12/2569\n25:00\n9.30\nห้องประชุม 1\n" + "\n" * 9
    ran = complaint.ok("letter", "1", "invite-meeting", "--to", "province", "--as", "malee", typed=typed)
    assert "25:00" in ran.err
    assert "เวลา ๐๙.๓๐ น. ณ ห้องประชุม" in text_of(complaint, "*invite-meeting-draft.docx")


def drafts_in(office: Srctl) -> dict[str, tuple[bytes, int]]:
    """Return the drafts by name: what stands in them, and when they were written."""
    return {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in office.root.glob("cases/*/*/*/*-draft.docx")}


def test_many_cores_write_what_one_writes(complaint: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("circular", "--to", "@องค์กรหลัก", "--value", "content=ให้ทราบ")
    alone = letter(complaint, *words)
    written = {name: docx for name, (docx, _when) in drafts_in(complaint).items()}
    for file in complaint.root.glob("cases/*/*/*/*-draft.docx"):
        file.unlink()
    monkeypatch.setattr(drafts, "MANY", 2)
    shared = letter(complaint, *words)
    assert {name: docx for name, (docx, _when) in drafts_in(complaint).items()} == written
    assert shared["papers"] == alone["papers"]
    assert shared["commit"] == ""  # nothing new happened


def test_what_many_cores_cannot_write_is_refused_as_one_refuses_it(
    complaint: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = complaint.root / "templates/papers/circular.j2"
    paper.write_text(paper.read_text(encoding="utf-8") + "\n{% if %}\n", encoding="utf-8")
    words = ("letter", "1", "circular", "--to", "@องค์กรหลัก", "--value", "content=ให้ทราบ", "--as", "malee")
    alone = complaint.refused(4, *words)
    monkeypatch.setattr(drafts, "MANY", 2)
    assert complaint.refused(4, *words) == alone


def test_a_run_that_was_stopped_leaves_what_was_right_and_mends_the_rest(complaint: Srctl) -> None:
    words = ("circular", "--to", "@องค์กรหลัก", "--value", "content=ให้ทราบ")
    letter(complaint, *words)
    before = drafts_in(complaint)
    torn, gone, *kept = sorted(before)
    place = next(complaint.root.glob("cases/*/*/*/*-draft.docx")).parent
    (place / torn).write_bytes(b"half")
    (place / gone).unlink()
    letter(complaint, *words)
    after = drafts_in(complaint)
    assert {name: docx for name, (docx, _when) in after.items()} == {name: docx for name, (docx, _w) in before.items()}
    assert [after[name] for name in kept] == [before[name] for name in kept]
