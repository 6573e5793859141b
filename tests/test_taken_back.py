"""A clerk's own git at work in the office: an acknowledged act is in the record, or named and brought back."""

import os
import subprocess

from srctl.store import anchor
from tests.conftest import Srctl

CASE = "cases/2569/11/2569-0001.yaml"


def clerk(office: Srctl, *words: str) -> str:
    """Run the clerk's own git, under the clerk's own name."""
    who = ["-c", "user.name=ประสิทธิ์ ทดลอง", "-c", "user.email=prasit@example.org"]
    command, moment = ["git", "-C", str(office.root), *who, *words], office.now.isoformat()
    dated = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=dated).stdout


def received(office: Srctl) -> Srctl:
    office.ok("new", "directive", "--subject", "ติดตามโครงการ", "--order", "ให้ติดตาม")
    office.ok("note", "1", "เรื่องแรก")
    return office


def set_back(office: Srctl, commits: int = 1) -> None:
    """Put an older version of the case back and commit it, as a stash popped too late does."""
    clerk(office, "checkout", "-q", f"HEAD~{commits}", "--", CASE)
    clerk(office, "commit", "-q", "-m", "งานของฉัน")


def held(office: Srctl) -> bytes:
    return subprocess.run(
        ["git", "-C", str(office.root), "show", f"HEAD:{CASE}"], capture_output=True, check=True
    ).stdout


def test_an_act_that_a_commit_of_another_program_took_back_is_named_by_the_next_command(office: Srctl) -> None:
    received(office)
    set_back(office)
    for words in (("due",), ("list",), ("show", "1"), ("today",), ("kinds",)):
        told = office.ok(*words).err
        assert "a2" in told, words
        assert "ประสิทธิ์ ทดลอง" in told
        assert "srctl repair" in told
        assert told.count("srctl repair") == 1, told
    assert office.ok("due", "--json").json["problems"][0]["code"] == "taken-back"
    checked = office.run("check")
    assert checked.code == 1
    assert "[taken-back]" in checked.out


def test_one_command_brings_back_what_was_taken_and_nothing_is_named_any_more(office: Srctl) -> None:
    before = held(received(office))
    set_back(office)
    assert held(office) != before
    told = office.ok("repair").out
    assert "a2" in told
    assert held(office) == before == (office.root / CASE).read_bytes()
    assert office.ok("due").err == ""
    assert office.ok("check").code == 0
    assert office.git("status", "--porcelain") == ""
    assert "Srctl-Action: repair" in office.git("log", "-1", "--format=%b")


def test_nothing_is_built_upon_a_case_that_was_set_back_until_it_is_brought_back(office: Srctl) -> None:
    received(office)
    set_back(office)
    assert "srctl repair" in office.refused(5, "note", "1", "ต่อจากเดิม")
    office.ok("new", "directive", "--subject", "เรื่องอื่น", "--order", "ให้ทำ")  # another matter goes on
    office.ok("repair")
    office.ok("note", "1", "ต่อจากเดิม")
    assert "id: a3" in (office.root / CASE).read_text("utf-8")


def test_what_is_taken_back_while_others_act_is_named_whoever_committed_last(office: Srctl) -> None:
    received(office)
    set_back(office)
    office.ok("new", "directive", "--subject", "เรื่องอื่น", "--order", "ให้ทำ")
    office.ok("note", "2", "ต่อ")
    assert "a2" in office.ok("due").err


def test_a_branch_moved_back_is_named_and_mended(office: Srctl) -> None:
    before = held(received(office))
    clerk(office, "reset", "-q", "--hard", "HEAD~1")
    told = office.ok("due").err
    assert "a2" in told
    assert "ประสิทธิ์ ทดลอง" in told
    office.ok("repair")
    assert held(office) == before
    assert office.ok("due").err == ""


def test_a_commit_written_anew_over_an_act_is_named(office: Srctl) -> None:
    received(office)
    clerk(office, "checkout", "-q", "HEAD~1", "--", CASE)
    clerk(office, "commit", "-q", "--amend", "--allow-empty", "-m", "2569-0001 บันทึก\n\nSrctl-Action: note")
    assert "a2" in office.ok("due").err


def test_a_case_deleted_by_a_commit_is_brought_back_whole(office: Srctl) -> None:
    before = held(received(office))
    clerk(office, "rm", "-q", CASE)
    clerk(office, "commit", "-q", "-m", "ลบ")
    assert "a1" in office.ok("list").err
    office.ok("repair")
    assert (office.root / CASE).read_bytes() == before


def test_settings_set_back_are_named_and_brought_back(office: Srctl) -> None:
    text = (office.root / "office.yaml").read_text("utf-8")
    changed = text.replace('short: "สร."', 'short: "สร.ศธ."').replace("short: สร.", "short: สร.ศธ.")
    assert changed != text
    (office.root / "office.yaml").write_text(changed, "utf-8", newline="\n")
    office.ok("adopt", "office.yaml")
    clerk(office, "checkout", "-q", "HEAD~1", "--", "office.yaml")
    clerk(office, "commit", "-q", "-m", "กลับ")
    assert "office.yaml" in office.ok("due").err
    office.ok("repair")
    assert (office.root / "office.yaml").read_text("utf-8") == changed


def test_a_clerks_own_edit_committed_by_git_takes_nothing_back(office: Srctl) -> None:
    received(office)
    file = office.root / CASE
    file.write_text(file.read_text("utf-8").replace("ติดตามโครงการ", "ติดตามโครงการใหญ่"), "utf-8", newline="\n")
    clerk(office, "commit", "-q", "-a", "-m", "แก้ชื่อ")
    assert office.ok("due").err == ""
    office.ok("note", "1", "ต่อ")


def test_a_text_of_the_clerk_on_the_old_version_is_kept_beside_what_is_brought_back(office: Srctl) -> None:
    before = held(received(office))
    set_back(office)
    file = office.root / CASE
    mine = file.read_text("utf-8").replace("ติดตามโครงการ", "ติดตามโครงการใหญ่").encode()
    file.write_bytes(mine)
    told = office.ok("repair").out
    assert file.read_bytes() == before
    kept = next((office.root / ".git/srctl/aside").iterdir())
    assert kept.name in told
    assert kept.read_bytes() == mine


def test_what_is_to_stay_as_it_is_now_is_left_with_the_reason_on_file(office: Srctl) -> None:
    received(office)
    set_back(office)
    office.ok("repair", "--leave", "บันทึกผิดเรื่อง")
    assert office.ok("due").err == ""
    assert "บันทึกผิดเรื่อง" in (office.root / CASE).read_text("utf-8")


def test_a_file_set_back_in_the_folder_alone_is_put_right(office: Srctl) -> None:
    before = held(received(office))
    (office.root / CASE).write_bytes(office.git("show", f"HEAD~1:{CASE}").encode())
    told = office.ok("repair").out
    assert "2569-0001" in told
    assert (office.root / CASE).read_bytes() == before


def test_with_nothing_to_put_right_it_says_so_and_commits_nothing(office: Srctl) -> None:
    head = office.git("rev-parse", "HEAD")
    assert office.ok("repair").out
    assert office.git("rev-parse", "HEAD") == head


def test_where_nothing_was_committed_by_others_no_git_is_asked(office: Srctl) -> None:
    received(office)
    assert anchor.is_quiet(office.root)
    set_back(office)
    assert not anchor.is_quiet(office.root)
