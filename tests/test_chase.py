"""`srctl chase`: the morning list of whom to remind, and the letters and messages drafted for it."""

from typing import Any

import pytest

from srctl.cli import view
from srctl.core.thai import display_width
from srctl.documents.docx import word_file
from tests.conftest import Srctl, prepared

CASE = "2569-0001"
HOME = "cases/2569/04/2569-0001"
NAME, PHONE = "นางสาวสมมติ ร้องเรียน", "0812345678"


@prepared
def waiting(office: Srctl) -> Srctl:
    """An office that waits, from 1 April 2569, for a letter to OBEC (by the 9th) and a call to a province (the 8th)."""
    office.at("2026-04-01T09:00")
    run(office, "new", "complaint", "--subject", "ขอความเป็นธรรมกรณีการรับนักเรียน", "--from", "ประชาชน",
        "--complainant", NAME, "--phone", PHONE, "--order", "ให้ตรวจสอบ")  # fmt: skip
    run(office, "contact", "1", "province/pairoj", "--by", "line", "--said", "ถามแผน",
        "--they-promise", f"ส่งแผนที่{NAME} ขอ", "--until", "2026-04-08")  # fmt: skip
    run(office, "letter", "1", "ask-information", "--to", "obec", "--ask", "ข้อมูลการรับนักเรียน", "--by", "2026-04-09")
    send(office, "ask-information")
    return office.at("2026-04-16T09:00")


def run(office: Srctl, *words: str) -> str:
    return office.ok(*words, "--as", "suda").out


def send(office: Srctl, paper: str, *words: str) -> None:
    """Take a drafted paper all the way out."""
    for deed in ("submit", "sign", "number"):
        run(office, deed, "1", paper)
    run(office, "send", "1", paper, *words)


def items(office: Srctl, *words: str) -> list[dict[str, Any]]:
    return list(office.ok("chase", *words, "--json").json["items"])


def do(office: Srctl, *words: str) -> list[dict[str, Any]]:
    return list(office.ok("chase", "--do", *words, "--as", "suda", "--json").json["items"])


def commits(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def log(office: Srctl) -> list[dict[str, Any]]:
    return list(office.ok("show", "1", "--json").json["log"])


def text_of(office: Srctl, paper: str) -> str:
    file = office.root / HOME / f"{CASE}-{paper}-draft.docx"
    return "\n".join(word_file.paragraphs(file.read_bytes())).replace("\u00a0", " ")


# -- the list ------------------------------------------------------------------------------------------


def test_the_list_says_whom_to_call_how_late_they_are_and_what_to_type(waiting: Srctl) -> None:
    call, letter = items(waiting)
    assert {k: call[k] for k in ("step", "by", "due", "late", "phone", "reminders")} == {
        "step": "remind", "by": "message", "due": "2026-04-08", "late": 3, "phone": "0 3000 0903", "reminders": 0,
    }  # fmt: skip
    assert {k: letter[k] for k in ("step", "by", "wording", "paper", "due", "next")} == {
        "step": "remind", "by": "letter", "wording": "remind-1", "paper": "ask-information", "due": "2026-04-09",
        "next": "2026-04-10",
    }  # fmt: skip
    shown = waiting.ok("chase").out
    assert "0 3000 0903 นายไพโรจน์" in shown
    assert f"srctl chase {CASE} --do" in shown


def test_on_a_narrow_screen_neither_the_number_to_call_nor_the_command_is_cut(
    waiting: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "width", lambda *_stream: 80)
    shown = waiting.ok("chase").out.splitlines()
    assert [line for line in shown if "0 3000 0903 " in line]
    assert len([line for line in shown if line.startswith(f"    srctl chase {CASE} --do · ")]) == 2
    assert max(map(display_width, shown)) <= 80


def test_looking_writes_nothing(waiting: Srctl) -> None:
    before = commits(waiting)
    waiting.ok("chase")
    assert commits(waiting) == before
    assert not list(waiting.root.glob(f"{HOME}/*remind*"))


def test_what_is_not_due_yet_is_counted_and_shown_on_wish(waiting: Srctl) -> None:
    waiting.at("2026-04-09T09:00")
    assert [row["entry"] for row in items(waiting)] == [items(waiting, "1")[0]["entry"]]
    assert "srctl chase --all" in waiting.ok("chase").out
    assert [row["step"] for row in items(waiting, "--all")] == ["remind", "coming"]


def test_it_is_filtered_by_owner_group_kind_and_case_and_refuses_names_that_do_not_exist(waiting: Srctl) -> None:
    for words in (("--owner", "suda"), ("--group", "complaints"), ("--kind", "complaint"), ("1",)):
        assert len(items(waiting, *words)) == 2
    for words in (("--owner", "malee"), ("--group", "political"), ("--kind", "bill")):
        assert items(waiting, *words) == []
    waiting.refused(3, "chase", "--owner", "nobody")
    waiting.refused(3, "chase", "99")
    waiting.refused(2, "chase", "--letter", "--message")


def test_a_case_that_cannot_be_read_is_named_and_one_asked_for_is_refused(waiting: Srctl) -> None:
    waiting.case_file(CASE).write_text("format: 1\nid: 2569-0001\nlog: [", encoding="utf-8")
    assert CASE in waiting.ok("chase").err
    waiting.refused(4, "chase", "1")


# -- messages ------------------------------------------------------------------------------------------


def test_a_promise_of_a_call_becomes_a_message_that_is_written_and_not_logged(waiting: Srctl) -> None:
    before = log(waiting)
    [made] = [m for m in do(waiting) if m["by"] == "message"]
    text = (waiting.root / made["file"]).read_text(encoding="utf-8")
    assert made["file"] == f"{HOME}/{CASE}-a2-message.txt"
    assert made["text"] + "\n" == text
    # Who we are and for whom, what was promised and when, until when it is needed, whom to answer, thanks (S3 3.1).
    for words in (
        "นายไพโรจน์ สมมติแผน", "สำนักงานรัฐมนตรี กระทรวงศึกษาธิการ", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "1 เมษายน 2569",
        "8 เมษายน 2569", "21 เมษายน 2569", "นางสาวสุดา สมมติเพียร", "0 2000 0134", "ขอขอบคุณ",
    ):  # fmt: skip
        assert words in text
    assert [e["did"] for e in log(waiting)[len(before) :]] == ["draft"]  # the letter to OBEC
    assert "message.txt" not in waiting.git("status", "--short") + waiting.git("ls-files")


def test_the_complainant_stands_in_no_message_letter_or_commit(waiting: Srctl) -> None:
    made = do(waiting)
    told = "\n".join([m["text"] for m in made]) + text_of(waiting, "remind-1") + waiting.git("log", "--format=%B")
    assert "ผู้ร้อง" in told  # what the clerk wrote of them
    assert "สมมติ ร้องเรียน" not in told
    assert PHONE not in told.replace(" ", "")


def test_what_may_be_a_name_in_a_message_is_told_before_it_is_copied(waiting: Srctl) -> None:
    told = waiting.ok("chase", "--do", "--message").err  # the surname of our own coordinator begins like the given name
    assert "“" in told
    assert "สมมติเพียร" in told


def test_the_command_under_a_message_logs_it_and_moves_the_next_reminder(waiting: Srctl) -> None:
    out = run(waiting, "chase", "--do")
    assert f'srctl contact {CASE} province/pairoj --by line --said "…" --chases a2' in out
    run(waiting, "contact", CASE, "province/pairoj", "--by", "line", "--said", "ส่งข้อความติดตาม", "--chases", "a2")
    [row] = [r for r in items(waiting, "--all") if r["entry"] == "a2"]
    assert (row["step"], row["reminders"], row["next"]) == ("coming", 1, "2026-04-21")


def test_the_second_message_says_how_often_they_were_reminded(waiting: Srctl) -> None:
    run(waiting, "contact", "1", "province/pairoj", "--by", "line", "--said", "ติดตาม", "--chases", "a2")
    waiting.at("2026-04-21T09:00")
    [made] = [m for m in do(waiting) if m["by"] == "message"]
    assert "ติดตามมาแล้ว 1 ครั้ง" in made["text"]


def test_a_confidential_matter_is_written_about_in_no_message(waiting: Srctl) -> None:
    run(waiting, "set", "1", "secrecy=confidential")
    ran = waiting.run("chase", "--do", "--message", "--as", "suda")
    assert ran.code == 1
    assert f"srctl chase {CASE} --do --letter" in ran.err
    assert not list(waiting.root.glob(f"{HOME}/*message*"))


def test_a_message_may_be_asked_for_also_about_a_letter(waiting: Srctl) -> None:
    before = commits(waiting)
    made = do(waiting, "--message")
    assert [m["by"] for m in made] == ["message", "message"]
    assert "ตามหนังสือสำนักงานรัฐมนตรี ที่ ศธ 0100/1 ลงวันที่ 1 เมษายน 2569" in made[1]["text"]
    assert commits(waiting) == before


# -- letters -------------------------------------------------------------------------------------------


def test_what_a_letter_asked_for_is_reminded_of_by_a_letter_of_its_rung_in_one_commit(waiting: Srctl) -> None:
    before = commits(waiting)
    [made] = [m for m in do(waiting) if m["by"] == "letter"]
    assert commits(waiting) == before + 1
    last = log(waiting)[-1]
    assert (last["did"], last["paper"], last["with"], last["chases"]) == ("draft", "remind-1", "obec", ["a7"])
    assert (made["made"], made["file"]) == ("remind-1", f"{HOME}/{CASE}-remind-1-draft.docx")
    assert "ลงวันที่ ๑ เมษายน ๒๕๖๙" in text_of(waiting, "remind-1")


def test_a_second_time_it_is_drafted_already_and_not_drafted_again(waiting: Srctl) -> None:
    do(waiting)
    [row] = [r for r in items(waiting) if r["paper"]]
    assert (row["step"], row["draft"], row["command"]) == ("drafted", "remind-1", f"srctl submit {CASE} remind-1")
    before = commits(waiting)
    assert [m["by"] for m in do(waiting)] == ["message"]  # the same text again: nobody logged that it was sent
    assert commits(waiting) == before


def test_a_reminder_sent_takes_over_the_wait_and_a_reply_to_the_first_letter_ends_it(waiting: Srctl) -> None:
    do(waiting)
    send(waiting, "remind-1")
    [row] = [r for r in items(waiting, "--all") if r["paper"]]
    assert (row["step"], row["reminders"], row["paper"], row["wording"]) == ("coming", 1, "ask-information", "remind-2")
    assert row["due"] == "2026-04-23"  # five working days after 16 April
    due = waiting.ok("due", "--all", "--json").json["items"]
    assert [i["ref"] for i in due if i["with"] == "obec"] == [row["entry"]]
    run(waiting, "receive", "1", "ask-information", "--ref", "ศธ 04001/9", "--dated", "2026-04-16")
    assert [r for r in items(waiting, "--all") if r["paper"]] == []


def test_a_promise_of_a_call_may_be_reminded_of_by_a_letter_that_says_what_was_promised(waiting: Srctl) -> None:
    do(waiting, "--letter")
    text = text_of(waiting, "remind-promise")
    assert "ผู้ว่าราชการจังหวัดสมมติบุรี" in text
    assert "เมื่อวันที่ ๑ เมษายน ๒๕๖๙" in text
    assert "ว่าจะส่งแผนที่ผู้ร้อง ขอ" in text
    send(waiting, "remind-promise")
    [row] = [r for r in items(waiting, "--all") if r["with"] == "province/pairoj"]
    assert (row["reminders"], row["paper"], row["wording"]) == (1, "remind-promise", "remind-2")


def test_a_reminder_bears_the_marks_of_the_letter_it_is_about(waiting: Srctl) -> None:
    run(waiting, "letter", "1", "cooperation", "--to", "vec", "--ask", "ร่วมตรวจสอบ", "--by", "2026-04-20",
        "--urgency", "urgent", "--why", "ใกล้เปิดภาคเรียน")  # fmt: skip
    send(waiting, "cooperation")
    waiting.at("2026-04-21T09:00")
    do(waiting)
    [entry] = [e for e in log(waiting) if e["did"] == "draft" and e["with"] == "vec" and e["paper"] != "cooperation"]
    assert (entry["urgency"], entry["why"]) == ("urgent", "ใกล้เปิดภาคเรียน")


# -- what cannot be drafted, and what only a person decides --------------------------------------------


def test_what_cannot_be_drafted_is_told_in_one_line_each_and_the_rest_is_done(waiting: Srctl) -> None:
    (waiting.root / "contacts/province.yaml").unlink()
    ran = waiting.run("chase", "--do", "--as", "suda")
    assert ran.code == 1
    assert f"{CASE} a2: " in ran.err
    assert "srctl contacts" in ran.err
    assert "remind-1-draft.docx" in ran.out


def test_a_template_that_is_wrong_or_gone_is_named(waiting: Srctl) -> None:
    file = waiting.root / "templates/messages/remind.j2"
    for text in ("{{ nothing }}", "{% if %}", "{{ given.letter.number }}", None):
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")
        ran = waiting.run("chase", "--do", "--message", "--as", "suda")
        assert ran.code == 1
        assert "messages/remind.j2" in ran.err


def test_what_goes_up_is_shown_with_its_command_and_never_done(waiting: Srctl) -> None:
    for _n in range(3):
        run(waiting, "contact", "1", "province/pairoj", "--by", "phone", "--said", "โทรตาม", "--chases", "a2")
    waiting.at("2026-04-21T09:00")
    command = f'srctl escalate {CASE} --to kanda --about a2 --ask "…" --why "…"'
    first = items(waiting)[0]
    assert (first["step"], first["command"]) == ("escalate", command)
    assert first["to_name"] in waiting.ok("chase").out
    before = [e["did"] for e in log(waiting)]
    assert command in run(waiting, "chase", "--do")
    assert "escalate" not in [e["did"] for e in log(waiting)][len(before) :]
    said = run(waiting, "escalate", "1", "--to", "kanda", "--about", "a2", "--ask", "ทวงอย่างไรต่อ", "--why", "ไม่ตอบ")
    assert f"--answers {log(waiting)[-1]['id']}" in said
    [row] = [r for r in items(waiting, "--all") if r["entry"] == "a2"]
    assert (row["step"], row["to"], row["next"]) == ("coming", "head", "2026-04-24")


def test_nothing_to_do_is_said(office: Srctl) -> None:
    assert office.ok("chase").out.strip()
    assert office.ok("chase", "--do", "--as", "suda").out.strip()


def test_every_wait_of_the_sample_office_stands_somewhere(sample: Srctl) -> None:
    rows = items(sample, "--all")
    due = sample.ok("due", "--all", "--json").json["items"]
    assert sorted((r["case"], r["entry"]) for r in rows) == sorted(
        (i["case"], i["ref"]) for i in due if i["what"] == "theirs"
    )


# -- several letters at once ---------------------------------------------------------------------------


def test_the_second_reminder_is_still_about_the_letter_itself_and_its_own_day(waiting: Srctl) -> None:
    do(waiting)
    send(waiting, "remind-1")
    waiting.at("2026-04-24T09:00")
    do(waiting)
    text = text_of(waiting, "remind-2")
    assert "ที่ ศธ ๐๑๐๐/๑ ลงวันที่ ๑ เมษายน ๒๕๖๙" in text
    assert "โดยขอให้แจ้งผลภายในวันที่ ๙ เมษายน ๒๕๖๙" in text
    assert "ได้ติดตามเรื่องดังกล่าวแล้ว" in text


def test_two_letters_to_one_addressee_are_reminded_of_each_in_its_own_words(waiting: Srctl) -> None:
    run(waiting, "letter", "1", "cooperation", "--to", "obec", "--ask", "ร่วมตรวจสอบ", "--by", "2026-04-20")
    send(waiting, "cooperation")
    waiting.at("2026-04-21T09:00")
    before = commits(waiting)
    made = [m for m in do(waiting) if m["by"] == "letter"]
    assert commits(waiting) == before + 1
    assert [(m["made"], m["paper"]) for m in made] == [("remind-1", "ask-information"), ("remind-1-2", "cooperation")]
    assert "ที่ ศธ ๐๑๐๐/๑ ลงวันที่" in text_of(waiting, "remind-1")
    assert "ที่ ศธ ๐๑๐๐/๒ ลงวันที่" in text_of(waiting, "remind-1-2")
    send(waiting, "remind-1-2")
    steps = {r["paper"]: r["step"] for r in items(waiting, "--all") if r["paper"]}
    assert steps == {"ask-information": "drafted", "cooperation": "coming"}


def test_each_addressee_of_a_circular_who_has_not_answered_gets_a_reminder(waiting: Srctl) -> None:
    run(
        waiting,
        "letter",
        "1",
        "circular",
        "--to",
        "obec",
        "--to",
        "vec",
        "--to",
        "province",
        "--value",
        "content=ขอให้แจ้งผล",
    )
    send(waiting, "circular", "--until", "2026-04-20")
    run(waiting, "receive", "1", "circular", "--from", "vec")
    waiting.at("2026-04-21T09:00")
    made = [m for m in do(waiting) if m["paper"] == "circular"]
    assert [(m["made"], m["with"], m["fault"]) for m in made] == [
        ("remind-1-2", "obec", ""), ("remind-1-3", "province", ""),
    ]  # fmt: skip
    assert "ลงวันที่ ๑๖ เมษายน ๒๕๖๙" in text_of(waiting, "remind-1-3")
    send(waiting, "remind-1-3")
    left = {r["with"]: r["reminders"] for r in items(waiting, "--all") if r["paper"] == "circular"}
    assert left == {"obec": 0, "province": 1}


def test_a_letter_about_a_promise_never_speaks_of_another_letter_to_the_same_people(waiting: Srctl) -> None:
    run(
        waiting,
        "contact",
        "1",
        "obec",
        "--by",
        "phone",
        "--said",
        "ถาม",
        "--they-promise",
        "ส่งสถิติ",
        "--until",
        "2026-04-16",
    )
    waiting.at("2026-04-17T09:00")
    made = {m["entry"]: m["made"] for m in do(waiting, "--letter")}
    assert "ส่งสถิติ" in text_of(waiting, made[log(waiting)[7]["id"]])
