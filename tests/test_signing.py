"""The way of a paper through the command line: up, back, numbered, out, answered; every step one commit."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from srctl.documents.docx import word_file
from srctl.office.folder import Folder
from srctl.papers.issuing import numbers_taken
from tests.conftest import PROJECT, Srctl, prepared

CASE = "2569-0001"
HOME = f"cases/2569/11/{CASE}"
WORDING = """---
format: 1
form: {form}
label: {{th: {label}, en: {label}}}
signer: head
series: "{series}"
to: "{to}"
starts: {starts}
values: {values}
one_number: {one_number}
private: {private}
head:
  number: "{{% if paper.number %}}{{{{ paper.number }}}}{{% endif %}}"
  date: "{{{{ paper.date }}}}"
  subject: "{subject}"
  salutation: "{{{{ to.opening }}}}"
  to: "{{{{ to.name }}}}"
---
# ด้วยมีเรื่อง {{{{ case.subject }}}} จึงขอความอนุเคราะห์
"""


def wording(office: Srctl, name: str, **more: str) -> None:
    """Give the office a wording of its own that starts what a test is about."""
    usual = {"form": "memo", "label": name, "series": "ordinary", "to": "", "starts": "{}", "values": "{}",
             "one_number": "false", "private": "false", "subject": "ขอทราบข้อมูล"}  # fmt: skip
    text = WORDING.format(**{**usual, **more})
    (office.root / f"templates/papers/{name}.j2").write_text(text, encoding="utf-8")


@prepared
def workspace(office: Srctl) -> Srctl:
    """An office with a directive that a memo can be drafted for."""
    receive(office)
    return office


def receive(office: Srctl, *words: str, number: int = 1, subject: str = "ขอข้อมูลโรงเรียนขนาดเล็ก") -> None:
    office.ok("new", "directive", "-s", subject, "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอข้อมูล", *words)
    office.ok("analyse", str(number), "-i", "ข้อ", "-f", "ข้อเท็จจริง", "--opinion", "ควรทราบ", "-p", "เห็นควรรับทราบ")


def carried(office: Srctl, *deeds: str, case: str = "1") -> None:
    """Carry the memo of the case through these deeds."""
    for deed in deeds:
        office.ok(deed, case, *{"return": ("--why", "แก้คำผิด"), "receive": ("--said", "รับทราบ")}.get(deed, ()))


def papers(office: Srctl, case: str = "1") -> list[dict[str, Any]]:
    return office.ok("show", case, "--json").json["papers"]  # type: ignore[no-any-return]


def log(office: Srctl, case: str = "1") -> list[dict[str, Any]]:
    return office.ok("show", case, "--json").json["log"]  # type: ignore[no-any-return]


def draft_of(office: Srctl, paper: str = "memo") -> Path:
    return office.root / HOME / f"{CASE}-{paper}-draft.docx"


def commits(office: Srctl) -> list[str]:
    return office.git("log", "--format=%s").splitlines()


# -- up and back --------------------------------------------------------------------------------------


def test_a_paper_goes_its_way_and_each_step_is_one_commit_that_says_so(workspace: Srctl) -> None:
    way = {"memo": "draft", "submit": "submitted", "sign": "signed", "number": "numbered", "send": "sent",
           "receive": "answered"}  # fmt: skip
    for deed, state in way.items():
        before = len(commits(workspace))
        words = ("--from", "obec") if deed == "receive" else ()
        workspace.ok(deed, "1", *(("memo",) if deed == "receive" else ()), *words)
        assert len(commits(workspace)) == before + 1
        assert papers(workspace)[0]["state"] == state
    assert [e["did"] for e in log(workspace)][2:] == ["memo", "submit", "sign", "number", "send", "reply"]
    assert not workspace.git("status", "--porcelain")


def test_a_draft_somebody_changed_is_not_submitted_and_the_way_to_take_it_is_named(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    draft = draft_of(workspace)
    draft.write_bytes(word_file.fill_places(draft.read_bytes(), {"date": "20 พฤศจิกายน 2569"})[0])
    assert f"srctl paper adopt {HOME}/{CASE}-memo-draft.docx" in workspace.refused(5, "submit", "1")


def test_what_was_changed_after_it_went_up_is_not_signed_until_it_is_taken(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit")
    draft = draft_of(workspace)
    draft.write_bytes(word_file.fill_places(draft.read_bytes(), {"date": "20 พฤศจิกายน 2569"})[0])
    assert f"srctl paper adopt {HOME}/{CASE}-memo-draft.docx" in workspace.refused(5, "sign", "1")
    workspace.ok("paper", "adopt", str(draft))
    workspace.ok("sign", "1")


def test_a_draft_that_is_gone_is_not_submitted_and_is_drafted_again_to_the_byte(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    drafted = draft_of(workspace).read_bytes()
    draft_of(workspace).unlink()
    assert f"srctl memo {CASE} --paper memo" in workspace.refused(5, "submit", "1")
    workspace.ok("memo", "1", "--paper", "memo")
    assert draft_of(workspace).read_bytes() == drafted
    assert "บันทึกข้อความ (memo)" in workspace.ok("submit", "1").out  # by its title, with the id it is typed by


def test_a_paper_is_signed_by_the_signer_whose_name_it_prints_and_by_nobody_else(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    assert {k: log(workspace)[-1][k] for k in ("by", "how")} == {"by": "head", "how": "wet"}
    workspace.ok("undo", "1")
    told = workspace.refused(5, "sign", "1", "--by", "นายมานะ สมมติเกียรติ", "--how", "digital")
    assert "นางสาวดารา ตัวอย่างวัฒนา" in told
    assert "--signer secretary" in told
    workspace.ok("sign", "1", "--by", "head", "--how", "digital")
    assert {k: log(workspace)[-1][k] for k in ("by", "how")} == {"by": "head", "how": "digital"}
    workspace.ok("undo", "1")
    assert "secretary" in workspace.refused(3, "sign", "1", "--by", "ใครก็ไม่รู้")


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-21"])
def test_nothing_is_signed_before_it_was_submitted_or_ahead_of_time(workspace: Srctl, day: str) -> None:
    carried(workspace, "memo", "submit")
    workspace.refused(2, "sign", "1", "--on", day)
    assert papers(workspace)[0]["state"] == "submitted"


def test_a_returned_paper_is_counted_drafted_again_and_submitted_again(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit")
    assert "--why" in workspace.refused(2, "return", "1")
    carried(workspace, "return", "memo", "submit", "sign", "return")
    assert (papers(workspace)[0]["returned"], papers(workspace)[0]["state"]) == (2, "returned")
    assert "แก้คำผิด" in workspace.ok("history", "1").out
    assert not any("แก้คำผิด" in line for line in commits(workspace))


def test_a_scan_is_kept_under_a_name_of_its_own_and_never_written_over(workspace: Srctl, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 one")
    carried(workspace, "memo", "submit")
    workspace.ok("sign", "1", "--file", str(scan))
    carried(workspace, "return", "submit")
    scan.write_bytes(b"%PDF-1.7 two")
    workspace.ok("sign", "1", "--file", str(scan))
    names = [e["file"] for e in log(workspace) if e["did"] == "sign"]
    assert names == [f"{CASE}-memo-signed.pdf", f"{CASE}-memo-signed-2.pdf"]
    assert [workspace.git("show", f"HEAD:{HOME}/{name}") for name in names] == ["%PDF-1.7 one", "%PDF-1.7 two"]
    assert log(workspace)[-1]["sha256"] == sha256(scan.read_bytes()).hexdigest()
    assert not workspace.git("status", "--porcelain")


@pytest.mark.parametrize(
    ("name", "content"), [("scan.exe", b"MZ"), ("scan.pdf", b"no scan"), ("scan.png", b"%PDF"), ("gone.pdf", None)]
)
def test_a_file_that_is_no_scan_is_not_kept(workspace: Srctl, tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    carried(workspace, "memo", "submit")
    before = len(commits(workspace))
    assert workspace.run("sign", "1", "--file", str(tmp_path / name)).code in (2, 5)
    assert len(commits(workspace)) == before


def test_a_scan_too_large_to_keep_stays_where_it_lies_with_its_place_recorded(workspace: Srctl, tmp_path: Path) -> None:
    with (tmp_path / "scan.pdf").open("wb") as file:
        file.write(b"%PDF")
        file.truncate(25_000_001)
    carried(workspace, "memo", "submit")
    workspace.ok("sign", "1", "--file", str(tmp_path / "scan.pdf"))
    [kept] = log(workspace)[-1]["attached"]
    assert (kept["file"], kept["place"]) == ("", str(tmp_path / "scan.pdf"))


def test_where_several_papers_fit_one_is_asked_for_or_the_list_is_told(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    workspace.ok("memo", "1", "--paper", "summary")
    told = workspace.refused(3, "submit", "1")
    assert "memo" in told
    assert "summary" in told
    workspace.interactive = True
    assert workspace.run("submit", "1", typed="2\n").code == 0
    assert {p["id"]: p["state"] for p in papers(workspace)} == {"memo": "draft", "summary": "submitted"}


# -- numbers ------------------------------------------------------------------------------------------


def test_numbers_are_given_in_order_over_all_cases_and_show_what_they_freeze(workspace: Srctl) -> None:
    receive(workspace, number=2, subject="เรื่องที่สอง")
    for case in ("2", "1"):
        carried(workspace, "memo", "submit", "sign", "number", case=case)
    assert [papers(workspace, case)[0]["number"] for case in ("2", "1")] == ["ศธ 0100/1", "ศธ 0100/2"]
    last = log(workspace)[-1]
    assert {k: last[k] for k in ("series", "n", "dated", "subject", "addressee")} == {
        "series": "ordinary", "n": 2, "dated": "2026-11-20", "subject": "ขอข้อมูลโรงเรียนขนาดเล็ก",
        "addressee": "รัฐมนตรีว่าการกระทรวงศึกษาธิการ"}  # fmt: skip
    assert f"{CASE} " in commits(workspace)[0]
    assert "ศธ 0100/2" in commits(workspace)[0]


def test_the_issued_file_bears_number_and_date_and_is_in_history(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    told = workspace.ok("number", "1")
    name = f"{CASE}-memo.docx"
    raw = (workspace.root / HOME / name).read_bytes()
    assert name in told.out
    text = "\n".join(word_file.paragraphs(raw)).replace("\u00a0", " ")
    assert "ศธ ๐๑๐๐/๑" in text
    assert "๒๐ พฤศจิกายน ๒๕๖๙" in text
    paper = papers(workspace)[0]
    assert (paper["file"], paper["sha256"]) == (name, sha256(raw).hexdigest())
    assert name in workspace.git("ls-files", HOME)
    assert "draft" not in workspace.git("ls-files", HOME)


def test_a_draft_gone_meanwhile_is_made_again_for_issue_when_it_is_the_same(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    draft_of(workspace).unlink()
    workspace.ok("number", "1")
    assert papers(workspace)[0]["file"] == f"{CASE}-memo.docx"


def test_a_paper_whose_text_is_gone_for_good_is_numbered_and_what_to_write_by_hand_is_said(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    draft_of(workspace).unlink()
    workspace.ok("analyse", "1", "-f", "ข้อเท็จจริงใหม่")
    told = workspace.ok("number", "1")
    assert "ศธ 0100/1" in told.err
    assert "20 พ.ย. 69" in told.err
    assert (papers(workspace)[0]["number"], papers(workspace)[0]["file"]) == ("ศธ 0100/1", "")


def test_a_number_cancelled_or_undone_is_burnt_and_never_given_again(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    workspace.ok("undo", "1")
    assert papers(workspace)[0]["state"] == "signed"
    workspace.ok("number", "1")
    assert papers(workspace)[0]["number"] == "ศธ 0100/2"
    assert "--why" in workspace.refused(2, "cancel", "1")
    workspace.ok("cancel", "1", "--why", "ส่งผิดหน่วย")
    receive(workspace, number=2)
    carried(workspace, "memo", "submit", "sign", "number", case="2")
    assert papers(workspace, "2")[0]["number"] == "ศธ 0100/3"
    assert [(t.entry.n, bool(t.void)) for t in numbers_taken(Folder(workspace.root))] == [
        (1, True),
        (2, True),
        (3, False),
    ]


def test_a_number_after_an_undone_one_is_issued_in_a_file_of_its_own(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    workspace.ok("undo", "1")
    workspace.ok("number", "1")
    assert papers(workspace)[0]["file"] == f"{CASE}-memo-2.docx"
    assert f"{CASE}-memo.docx" in workspace.git("ls-files", HOME)


def test_what_is_numbered_stays_as_it_was_whatever_the_case_says_later(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    workspace.ok("set", "1", "subject=เรื่องอื่น")
    numbered = next(e for e in log(workspace) if e["did"] == "number")
    assert numbered["subject"] == "ขอข้อมูลโรงเรียนขนาดเล็ก"
    workspace.refused(5, "paper", "adopt", str(workspace.root / HOME / f"{CASE}-memo.docx"))
    for deed in ("submit", "sign", "number"):
        assert f"srctl send {CASE} memo" in workspace.refused(5, deed, "1")
    workspace.refused(5, "return", "1", "--why", "แก้")
    assert papers(workspace)[0]["state"] == "numbered"


@pytest.mark.parametrize("change", [("ศธ 0100/1", "ศธ 0100/9"), ("2026-11-20, subject", "2026-11-19, subject")])
def test_a_numbered_entry_changed_by_hand_is_not_adopted(workspace: Srctl, change: tuple[str, str]) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    file = workspace.case_file(CASE)
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), encoding="utf-8")
    assert "a6" in workspace.refused(5, "adopt", "1")


def test_numbers_of_a_case_changed_or_deleted_by_hand_are_not_given_again(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    for number in (2, 3):
        receive(workspace, number=number)
        carried(workspace, "memo", "submit", "sign", case=str(number))
    file = workspace.case_file(CASE)
    kept = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in kept if "did: number" not in line), encoding="utf-8")
    workspace.ok("number", "2")
    assert papers(workspace, "2")[0]["number"] == "ศธ 0100/2"
    file.unlink()
    workspace.ok("number", "3")
    assert papers(workspace, "3")[0]["number"] == "ศธ 0100/3"


def test_no_number_is_given_while_a_case_that_may_hold_one_cannot_be_read(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign", "number")
    receive(workspace, number=2)
    carried(workspace, "memo", "submit", "sign", case="2")
    file = workspace.case_file(CASE)
    file.write_text(file.read_text(encoding="utf-8") + "\t- broken: [\n", encoding="utf-8")
    line = file.read_text(encoding="utf-8").count("\n")
    assert f"{CASE}.yaml:{line}" in workspace.refused(4, "number", "2")
    assert papers(workspace, "2")[0]["number"] == ""


def test_a_date_is_not_ahead_and_not_before_the_last_number_without_a_reason(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    workspace.refused(5, "number", "1", "--dated", "2026-11-21")
    workspace.ok("number", "1")
    receive(workspace, number=2)
    carried(workspace, "memo", "submit", "sign", case="2")
    assert "--why" in workspace.refused(5, "number", "2", "--dated", "2026-11-19")
    workspace.ok("number", "2", "--dated", "2026-11-19", "--why", "ลงสมุดไว้ก่อน")
    assert {k: log(workspace, "2")[-1][k] for k in ("n", "dated", "why")} == {
        "n": 2, "dated": "2026-11-19", "why": "ลงสมุดไว้ก่อน"}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        'pattern: "{prefix}"', 'pattern: ""', 'pattern: "{prefix}/{n"', 'pattern: "{prefix}/{x}"',
        'pattern: "{prefix}/{n:zz}"', 'pattern: "{prefix.x}/{n}"', 'pattern: "{prefix[0]}/{n}"',
        'pattern: "{prefix}/{n}", begins: {"2026": 77}', 'pattern: "{prefix}/{n}", begins: {"๒๕๖๙": 77}',
        'pattern: "{prefix}/{n}", begins: {"2569": 0}',
    ],
)  # fmt: skip
def test_no_number_is_given_by_a_series_that_is_wrong_and_its_line_is_told(workspace: Srctl, wrong: str) -> None:
    carried(workspace, "memo", "submit", "sign")
    file = workspace.root / "templates/numbering.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace('pattern: "{prefix}/{n}"', wrong, 1)
    file.write_text(changed, encoding="utf-8")
    line = changed[: changed.index("ordinary:")].count("\n") + 1
    assert f"numbering.yaml:{line}" in workspace.refused(4, "number", "1")
    assert f"numbering.yaml:{line}" in workspace.run("check").out
    file.write_text(text, encoding="utf-8")
    workspace.ok("number", "1")
    assert papers(workspace)[0]["number"] == "ศธ 0100/1"


def test_each_calendar_year_and_each_series_counts_by_itself(workspace: Srctl) -> None:
    numbering = workspace.root / "templates/numbering.yaml"
    text = numbering.read_text(encoding="utf-8")
    numbering.write_text(text.replace("secret: secret}", 'secret: secret, begins: {"2570": 41}}', 1), encoding="utf-8")
    receive(workspace, "--secrecy", "confidential", number=2)
    receive(workspace, number=3)
    for case in ("1", "2"):
        carried(workspace, "memo", "submit", "sign", "number", case=case)
    workspace.at("2027-01-04T09:00")
    carried(workspace, "memo", "submit", "sign", "number", case="3")
    assert [papers(workspace, c)[0]["number"] for c in "123"] == ["ศธ 0100/1", "ลับ ศธ 0100/1", "ศธ 0100/41"]


def test_a_paper_of_no_series_bears_no_number_and_goes_out_signed(workspace: Srctl) -> None:
    wording(workspace, "sheet", series="", to="minister")
    workspace.ok("letter", "1", "sheet")
    carried(workspace, "submit", "sign")
    assert f"srctl send {CASE} sheet" in workspace.refused(5, "number", "1")
    workspace.ok("send", "1", "--by", "visit")
    assert papers(workspace)[0]["state"] == "sent"


def test_four_processes_taking_numbers_at_once_take_each_once_and_leave_no_gap(workspace: Srctl) -> None:
    for number in range(2, 5):
        receive(workspace, number=number)
    for number in range(1, 5):
        carried(workspace, "memo", "submit", "sign", case=str(number))
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda number: process(workspace, "number", str(number)), range(1, 5)))
    assert codes == [0] * 4
    assert sorted(t.entry.n for t in numbers_taken(Folder(workspace.root))) == [1, 2, 3, 4]
    assert not workspace.git("status", "--porcelain")


def process(office: Srctl, *words: str) -> int:
    """Run srctl as a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-m", "srctl", *words], cwd=office.root, env=env, capture_output=True, check=False
    ).returncode


# -- out and answered ---------------------------------------------------------------------------------


@pytest.fixture
def asked(workspace: Srctl) -> Srctl:
    """A letter to obec that awaits a reply for which thanks are owed, ready to be sent."""
    wording(workspace, "asking", to="obec/somsak", starts="{reply: 5, thanks: true}", values="{by: {label: {th: ภายใน, "
            "en: By}, type: date, optional: true}}")  # fmt: skip
    workspace.ok("letter", "1", "asking")
    carried(workspace, "submit", "sign", "number")
    return workspace


def awaited(office: Srctl) -> list[dict[str, Any]]:
    return [
        row for row in office.ok("due", "--all", "--json").json["items"] if row["what"] in ("ours", "theirs", "thanks")
    ]


def test_sending_starts_the_wait_its_wording_names_and_due_says_whom_to_call(asked: Srctl) -> None:
    asked.ok("send", "1", "--by", "email")
    [row] = awaited(asked)
    assert (row["what"], row["due"], row["with"], row["phone"]) == (
        "theirs",
        "2026-11-27",
        "obec/somsak",
        "0 2000 0203",
    )
    assert "ศธ 0100/1" in row["text"]


def test_the_day_asked_for_in_the_letter_or_when_sending_comes_before_the_usual_one(asked: Srctl) -> None:
    asked.ok("send", "1", "--until", "2026-12-01")
    assert [row["due"] for row in awaited(asked)] == ["2026-12-01"]
    asked.ok("letter", "1", "asking", "--by", "2026-12-08")
    for deed in ("submit", "sign", "number", "send"):
        asked.ok(deed, "1", "asking-2")
    assert [row["due"] for row in awaited(asked)] == ["2026-12-01", "2026-12-08"]


def test_a_letter_sent_after_the_day_it_asked_for_is_told_to_name_another(asked: Srctl) -> None:
    asked.ok("letter", "1", "asking", "--by", "2026-11-23")
    for deed in ("submit", "sign", "number"):
        asked.ok(deed, "1", "asking-2")
    asked.at("2026-11-25T09:00")
    assert "--until" in asked.refused(2, "send", "1", "asking-2")
    asked.ok("send", "1", "asking-2", "--until", "2026-12-01")


def test_a_letter_by_itself_is_not_called_a_reply(asked: Srctl) -> None:
    asked.ok("send", "1")
    answered = asked.ok("receive", "1", "--from", "obec").out.splitlines()[0]
    by_itself = asked.ok("receive", "1", "--from", "vec").out.splitlines()[0]
    assert answered != by_itself


def test_a_reply_stops_the_wait_keeps_promises_and_starts_the_thanks(asked: Srctl) -> None:
    asked.ok("contact", "1", "obec/somsak", "--said", "จะตอบ", "--they-promise", "ตอบ", "--until", "+2wd")
    made = log(asked)[-1]["id"]
    asked.ok("send", "1")
    asked.ok("receive", "1", "--ref", "ศธ 04001/99", "--dated", "2026-11-20", "--said", "ส่งข้อมูลแล้ว", "--keeps", made)
    [row] = awaited(asked)
    assert (row["what"], row["due"], row["with"]) == ("thanks", "2026-11-27", "obec/somsak")
    assert papers(asked)[0]["state"] == "answered"


def test_a_letter_of_thanks_pays_what_is_owed_to_that_house(asked: Srctl) -> None:
    wording(asked, "thank", to="obec", starts="{thanked: true}")
    carried(asked, "send", "receive")
    asked.ok("letter", "1", "thank")
    for deed in ("submit", "sign", "number", "send"):
        asked.ok(deed, "1", "thank")
    assert awaited(asked) == []


def test_cancelling_stops_the_wait(asked: Srctl) -> None:
    asked.ok("send", "1")
    asked.ok("cancel", "1", "--why", "ไม่ต้องแล้ว")
    assert awaited(asked) == []
    assert papers(asked)[0]["state"] == "cancelled"


def test_sending_meets_the_rules_the_wording_names_and_undo_binds_them_again(workspace: Srctl) -> None:
    rule = workspace.ok("kinds", "show", "directive", "--json").json["deadlines"]
    kind = workspace.root / "templates/kinds/directive.yaml"
    name = rule[0]["name"]
    assert name in kind.read_text(encoding="utf-8")
    wording(workspace, "asking", to="obec", starts=f"{{meets: [{name}, unknown-rule]}}")
    workspace.ok("letter", "1", "asking")
    carried(workspace, "submit", "sign", "number", "send")
    assert log(workspace)[-1]["meets"] == [name]
    assert name not in [row["ref"] for row in workspace.ok("due", "--all", "--json").json["items"]]


def test_an_incoming_letter_is_logged_without_any_paper(workspace: Srctl) -> None:
    assert "--said" in workspace.refused(2, "receive", "1")
    assert "--from" in workspace.refused(2, "receive", "1", "--ref", "ศธ 04001/7")
    workspace.ok(
        "receive", "1", "--from", "obec", "--ref", "ศธ 04001/7", "--dated", "2026-11-18", "--said", "แจ้งเพื่อทราบ"
    )
    last = log(workspace)[-1]
    assert (last["did"], last["paper"], last["with"], last["ref"]) == ("reply", "", "obec", "ศธ 04001/7")


def test_a_letter_from_the_addressee_is_taken_for_the_reply(asked: Srctl) -> None:
    asked.ok("send", "1")
    asked.ok("receive", "1", "--from", "obec")
    assert log(asked)[-1]["paper"] == "asking"
    asked.ok("receive", "1", "--from", "vec")
    assert log(asked)[-1]["paper"] == ""


def test_a_circular_bears_one_number_on_every_copy_and_waits_for_each(workspace: Srctl) -> None:
    wording(workspace, "round", one_number="true", starts="{reply: 3}", series="circular")
    workspace.ok("letter", "1", "round", "--to", "obec", "--to", "vec/wandee")
    carried(workspace, "submit", "sign", "number", "send")
    [paper] = papers(workspace)
    assert paper["number"] == "ศธ 0100/ว 1"
    for whom in ("obec", "vec-wandee"):
        name = f"{CASE}-round-{whom}.docx"
        assert "/ว ๑" in "\n".join(word_file.paragraphs((workspace.root / HOME / name).read_bytes())).replace(
            "\u00a0", " "
        )
        assert name in workspace.git("ls-files", HOME)
        assert (
            workspace.ok("paper", "where", str(workspace.root / HOME / name), "--json").json["number"] == "ศธ 0100/ว 1"
        )
    assert [row["with"] for row in awaited(workspace)] == ["obec", "vec/wandee"]
    assert workspace.ok("history", "1", "--json").json["before"] == []
    workspace.ok("undo", "1")
    assert awaited(workspace) == []
    assert papers(workspace)[0]["state"] == "numbered"


# -- the complainant ----------------------------------------------------------------------------------


def test_a_paper_to_the_complainant_carries_nothing_of_them_in_log_register_or_history(office: Srctl) -> None:
    name, phone = "นางสาวสมหญิง รักธรรมดา", "08 0000 0199"
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--complainant", name, "--phone", phone)
    wording(office, "answer", to="complainant", private="true", starts="{reply: 5}", subject="เรื่องของ {{ to.name }}")
    office.ok("letter", "1", "answer")
    carried(office, "submit", "sign", "number", "send", "receive")
    written = [e for e in log(office) if e["paper"] == "answer"]
    assert {e["with"] for e in written if e["did"] in ("number", "send", "reply")} == {"complainant"}
    assert next(e for e in written if e["did"] == "number")["addressee"] == ""
    office.ok("undo", "1")
    shown = [str(written), office.git("log", "--format=%B"), office.ok("due", "--all", "--json").out,
             office.git("ls-files")]  # fmt: skip
    for text in shown:
        assert "รักธรรมดา" not in text
        assert phone not in text
    assert [row["phone"] for row in awaited(office)] == [""]
    assert office.run("check", "1").code == 0


# -- files in hand ------------------------------------------------------------------------------------


def test_a_text_finished_in_word_is_the_version_submitted_and_issued(workspace: Srctl, tmp_path: Path) -> None:
    workspace.ok("memo", "1")
    final = tmp_path / "แก้แล้ว.docx"
    final.write_bytes(finished(draft_of(workspace).read_bytes()))
    told = workspace.ok("paper", "adopt", str(final))
    assert "ข้อเท็จจริงที่แก้" in told.out
    name = f"{CASE}-memo-final.docx"
    last = log(workspace)[-1]
    assert (last["did"], last["file"], last["sha256"]) == ("finish", name, sha256(final.read_bytes()).hexdigest())
    assert name in workspace.git("ls-files", HOME)
    carried(workspace, "submit", "sign", "number")
    issued = "\n".join(word_file.paragraphs((workspace.root / HOME / f"{CASE}-memo.docx").read_bytes()))
    assert "ข้อเท็จจริงที่แก้" in issued
    assert "ศธ\u00a0๐๑๐๐/๑" in issued


def finished(docx: bytes) -> bytes:
    """Return the paper with a word changed, as a clerk does it in Word."""
    changed = word_file.replace_text(docx, lambda text: text.replace("ข้อเท็จจริง", "ข้อเท็จจริงที่แก้"))
    assert changed != docx
    return changed


def test_a_draft_changed_in_its_place_is_taken_and_then_goes_up(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    draft_of(workspace).write_bytes(finished(draft_of(workspace).read_bytes()))
    workspace.refused(5, "submit", "1")
    workspace.ok("paper", "adopt", f"{HOME}/{CASE}-memo-draft.docx")
    workspace.ok("submit", "1")
    assert papers(workspace)[0]["sha256"] == sha256(draft_of(workspace).read_bytes()).hexdigest()


def test_each_text_taken_in_keeps_a_name_of_its_own(workspace: Srctl, tmp_path: Path) -> None:
    workspace.ok("memo", "1")
    final = tmp_path / "final.docx"
    for _time in range(2):
        final.write_bytes(finished((final if final.exists() else draft_of(workspace)).read_bytes()))
        workspace.ok("paper", "adopt", str(final))
    names = [e["file"] for e in log(workspace) if e["did"] == "finish"]
    assert names == [f"{CASE}-memo-final.docx", f"{CASE}-memo-final-2.docx"]
    assert "srctl submit" in workspace.refused(5, "paper", "adopt", str(final))


def test_a_text_is_taken_for_the_case_and_paper_it_is_told_to_be(workspace: Srctl, tmp_path: Path) -> None:
    workspace.ok("memo", "1")
    receive(workspace, number=2)
    workspace.ok("memo", "2")
    final = tmp_path / "final.docx"
    final.write_bytes(finished(draft_of(workspace).read_bytes()))
    workspace.ok("paper", "adopt", str(final), "2", "memo")
    assert [e["did"] for e in log(workspace, "2")][-1] == "finish"


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.docm", b"PK\x03\x04"), ("x.docx", b"%PDF-1.7"), ("x.docx", b"PK\x03\x04 no zip"), ("x.txt", b"hello"),
     ("x.docx", b"PK\x03\x04 word/vbaProject.bin")],
)  # fmt: skip
def test_what_is_no_word_file_or_has_macros_is_not_taken(
    workspace: Srctl, tmp_path: Path, name: str, content: bytes
) -> None:
    workspace.ok("memo", "1")
    (tmp_path / name).write_bytes(content)
    workspace.refused(5, "paper", "adopt", str(tmp_path / name), "1", "memo")
    assert log(workspace)[-1]["did"] == "memo"


def test_where_tells_the_case_the_entry_and_what_changed_since(workspace: Srctl, tmp_path: Path) -> None:
    workspace.ok("memo", "1")

    def told(path: Path) -> dict[str, Any]:
        return workspace.ok("paper", "where", str(path), "--json").json  # type: ignore[no-any-return]

    draft = draft_of(workspace)
    found = told(draft)
    assert {k: found[k] for k in ("case", "exists", "paper", "wording", "entry", "did", "wording_is", "case_is")} == {
        "case": CASE, "exists": True, "paper": "memo", "wording": "memo", "entry": "a3", "did": "memo",
        "wording_is": "same", "case_is": "same"}  # fmt: skip
    carried(workspace, "submit", "sign")
    assert told(draft)["case_is"] == "same"
    (tmp_path / "x.docx").write_bytes(finished(draft.read_bytes()))
    assert (told(tmp_path / "x.docx")["entry"], told(tmp_path / "x.docx")["state"]) == ("", "signed")
    workspace.ok("set", "1", "order.due=+9wd")
    template = workspace.root / "templates/papers/memo.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert (told(draft)["wording_is"], told(draft)["case_is"]) == ("changed", "changed")
    template.unlink()
    assert told(draft)["wording_is"] == "gone"
    assert "a3" in workspace.ok("paper", "where", str(draft)).out


def test_where_knows_a_scan_by_its_bytes_and_a_stranger_as_one(workspace: Srctl, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    carried(workspace, "memo", "submit")
    workspace.ok("sign", "1", "--file", str(scan))
    found = workspace.ok("paper", "where", str(scan), "--json").json
    assert (found["case"], found["did"], found["paper"]) == (CASE, "sign", "memo")
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7 other")
    found = workspace.ok("paper", "where", str(tmp_path / "other.pdf"), "--json").json
    assert (found["case"], found["exists"], found["entry"]) == ("", False, "")


def test_a_file_in_the_way_is_never_written_over(workspace: Srctl) -> None:
    carried(workspace, "memo", "submit", "sign")
    mine = workspace.root / HOME / f"{CASE}-memo.docx"
    mine.write_bytes(b"mine")
    workspace.ok("number", "1")
    assert mine.read_bytes() == b"mine"
    assert papers(workspace)[0]["file"] == f"{CASE}-memo-2.docx"


# -- what is shown ------------------------------------------------------------------------------------


def test_show_tells_how_far_each_paper_is_and_the_next_command(workspace: Srctl) -> None:
    for deed, following in (("memo", "submit"), ("submit", "sign"), ("sign", "number"), ("number", "send")):
        workspace.ok(deed, "1")
        assert f"srctl {following} {CASE} memo" in workspace.ok("show", "1").out
        assert papers(workspace)[0]["next"] == f"srctl {following} {CASE} memo"


def test_a_paper_deed_written_by_hand_out_of_order_is_a_fault_with_its_line(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    file = workspace.case_file(CASE)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.splitlines()[-1].replace("id: a3", "id: a4").replace("did: memo", "did: sign") + "\n",
                    encoding="utf-8")  # fmt: skip
    line = text.count("\n") + 1
    assert f"{CASE}.yaml:{line}" in workspace.refused(4, "adopt", "1")
    assert "[paper-order]" in workspace.run("check", "1").out


def test_a_decision_stands_on_a_paper_of_the_case_only(workspace: Srctl) -> None:
    workspace.ok("memo", "1")
    assert "memo" in workspace.refused(3, "decide", "1", "--by", "รมว.ศธ.", "--what", "เห็นชอบ", "--paper", "memmo")
    workspace.ok("decide", "1", "--by", "รมว.ศธ.", "--what", "เห็นชอบ", "--paper", "memo")
