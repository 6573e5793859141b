"""A case file of the folder that was set back or is gone, while the record holds the act: named at once, put right."""

import time
from pathlib import Path

import pytest

from srctl.store import journal, work_tree
from srctl.store.git.repository import Repo
from tests.conftest import Srctl, prepared
from tests.test_taken_back import CASE, clerk, held, received


@prepared
def noted(office: Srctl) -> Srctl:
    received(office)
    office.ok("due")  # the index has the file as it is recorded
    return office


def test_a_file_set_back_in_the_folder_is_named_until_it_is_put_right(noted: Srctl) -> None:
    before = held(noted)
    clerk(noted, "checkout", "-q", "HEAD~1", "--", CASE)
    for words in (("due",), ("due",), ("list",), ("today",)):
        told = noted.ok(*words).err
        assert "a2" in told, words
        assert told.count("srctl repair") == 1, told
    assert noted.ok("due", "--json").json["problems"][0]["code"] == "behind"
    checked = noted.run("check")
    assert checked.code == 1
    assert "[behind]" in checked.out
    assert "srctl repair" in checked.out
    assert "adopt" not in checked.out
    noted.ok("repair")
    assert (noted.root / CASE).read_bytes() == before
    assert noted.ok("due").err == ""
    assert noted.git("status", "--porcelain") == ""


def test_nothing_is_built_upon_a_file_that_was_set_back(noted: Srctl) -> None:
    clerk(noted, "checkout", "-q", "HEAD~1", "--", CASE)
    head = noted.git("rev-parse", "HEAD")
    told = noted.refused(6, "note", "1", "ต่อจากเดิม")
    assert "a2" in told
    assert "srctl repair" in told
    assert noted.git("rev-parse", "HEAD") == head
    noted.ok("repair")
    noted.ok("note", "1", "ต่อจากเดิม")


def test_a_file_gone_from_the_folder_is_named_and_put_back(noted: Srctl) -> None:
    before = held(noted)
    (noted.root / CASE).unlink()
    for words in (("due",), ("list",)):
        told = noted.ok(*words).err
        assert "2569-0001" in told, words
        assert "srctl repair" in told
    missing = noted.run("note", "1", "ต่อ")
    assert missing.code != 0
    assert "srctl repair" in missing.err
    assert "srctl repair" in noted.run("check").out
    noted.ok("repair")
    assert (noted.root / CASE).read_bytes() == before
    assert noted.ok("due").err == ""


def test_a_file_gone_before_there_was_an_index_is_named_too(noted: Srctl) -> None:
    (noted.root / CASE).unlink()
    for file in (noted.root / ".git/srctl").glob("index.db*"):
        file.unlink()
    assert "srctl repair" in noted.ok("due").err


def test_a_text_of_ones_own_on_an_older_version_is_kept_aside(noted: Srctl) -> None:
    clerk(noted, "checkout", "-q", "HEAD~1", "--", CASE)
    file = noted.root / CASE
    mine = file.read_text("utf-8").replace("ติดตามโครงการ", "ติดตามโครงการใหญ่").encode()
    file.write_bytes(mine)
    told = noted.ok("repair").out
    kept = next((noted.root / ".git/srctl/aside").iterdir())
    assert kept.name in told
    assert kept.read_bytes() == mine
    assert file.read_bytes() == held(noted)


def test_a_deletion_by_git_rm_that_is_not_committed_is_left_to_whoever_does_it(noted: Srctl) -> None:
    clerk(noted, "rm", "-q", CASE)
    assert noted.ok("due").err == ""
    assert f"git checkout HEAD -- {CASE}" in noted.run("check").out


def test_an_edit_by_hand_lacks_nothing(noted: Srctl) -> None:
    file = noted.root / CASE
    recorded = file.read_bytes()
    assert work_tree.lacking(recorded, recorded.replace("เรื่องแรก".encode(), "เรื่องที่หนึ่ง".encode())) == []
    assert work_tree.lacking(recorded, recorded.replace(b"\n", b"\r\n")) == []
    assert work_tree.lacking(recorded, b"log: [") == []  # half an edit: told as a file that cannot be read
    assert [entry["id"] for entry in work_tree.lacking(recorded, bytes(64))] == ["a1", "a2"]  # after a power cut


def test_what_an_action_is_writing_now_is_not_named(noted: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk(noted, "checkout", "-q", "HEAD~1", "--", CASE)
    assert len(work_tree.behind(noted.root, [CASE, "office.yaml"])) == 1
    monkeypatch.setattr(journal, "paths_at_work", lambda _repo: {CASE})
    assert work_tree.behind(noted.root, [CASE]) == []


def test_the_next_action_puts_back_a_file_that_a_killed_one_had_journaled(noted: Srctl) -> None:
    repo = Repo(noted.root)
    head = repo.head()
    assert head
    blob = repo.tree("HEAD", CASE)[CASE].id
    file = journal.journal_folder(repo) / "1-1.json"
    journal.Journal(file, "refs/heads/main", None, head, "บันทึก", {CASE: (None, blob)}).write()
    Path(noted.root, CASE).unlink()
    noted.ok("new", "directive", "--subject", "เรื่องอื่น", "--order", "ให้ทำ")
    assert (noted.root / CASE).read_bytes() == held(noted)


def test_git_is_asked_only_when_a_file_changed(noted: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    time.sleep(0.06)  # a file changed a moment ago is looked at once more
    noted.ok("due")

    def asked(*_paths: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(work_tree, "behind", asked)
    noted.ok("list")
