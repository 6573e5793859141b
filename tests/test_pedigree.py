"""The commits a case came by: all of them, whatever the clocks said, however git finds them."""

import os
import subprocess
from pathlib import Path

from srctl.office.case_history import commits_of
from srctl.office.folder import Folder
from srctl.store.git.repository import Repo
from tests.conftest import Srctl

CASE = "2569-0001"


def begun(office: Srctl) -> Srctl:
    """Return the office with one case received."""
    office.ok("new", "complaint", "--subject", "ขอความเป็นธรรม", "--from", "ประชาชน", "--as", "malee")
    return office


def acts(office: Srctl, case_id: str = CASE) -> list[str]:
    """Return the action of each commit, oldest first ("" : made by hand)."""
    folder = Folder(office.root)
    return [c.trailers.get("Srctl-Action", "") for c in commits_of(folder, folder.load(case_id))]


def by_hand(office: Srctl, old: str, new: str, *, date: str = "2026-11-20T10:00:00+07:00") -> None:
    """Change the case with an editor and record it with plain git."""
    file = office.case_file(CASE)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    commit = ["git", "-C", str(office.root), "commit", "-qam", "by hand"]
    subprocess.run(commit, check=True, env={**os.environ, **dates})


def test_a_case_received_long_before_it_was_written_down_keeps_every_commit(office: Srctl) -> None:
    office.ok("new", "complaint", "--subject", "ขอความเป็นธรรม", "--from", "ประชาชน", "--received", "2026-10-01",
              "--as", "malee")  # fmt: skip
    office.ok("note", "1", "รอเอกสาร", "--as", "malee")
    case_id = next(office.root.glob("cases/*/*/*.yaml")).stem
    assert acts(office, case_id) == ["receive", "note"]


def test_a_clock_that_was_set_back_hides_nothing(office: Srctl) -> None:
    begun(office).ok("note", "1", "หนึ่ง", "--as", "malee")
    office.at("2019-01-02T09:00").ok("note", CASE, "สอง", "--as", "malee")
    office.at("2026-11-20T10:00").ok("note", CASE, "สาม", "--as", "malee")
    assert acts(office) == ["receive", "note", "note", "note"]


def test_a_branch_with_a_wrong_clock_hides_nothing(office: Srctl) -> None:
    begun(office).git("switch", "-qc", "other")
    by_hand(office, "ขอความเป็นธรรม", "ขอความเป็นธรรมด่วน", date="1990-01-01T00:00:00+07:00")
    office.git("switch", "-q", "main")
    office.at("2026-11-20T11:00").ok("note", "1", "หนึ่ง", "--as", "malee")
    office.git("merge", "-q", "-m", "merged", "other")
    assert sorted(acts(office)) == ["", "", "note", "receive"]  # by hand, merged
    assert acts(office)[0] == "receive"


def test_what_was_recorded_by_hand_is_among_them(office: Srctl) -> None:
    by_hand(begun(office), "ขอความเป็นธรรม", "ขอความเป็นธรรมด่วน")
    office.ok("note", "1", "หนึ่ง", "--as", "malee")
    assert acts(office) == ["receive", "", "note"]


def test_a_case_that_came_with_entries_of_its_own_is_looked_for_to_the_beginning(sample: Srctl) -> None:
    sample.ok("note", "10", "หนึ่ง", "--as", "malee")
    assert acts(sample, "2569-0010")[-1] == "note"
    assert len(acts(sample, "2569-0010")) == 2


def test_a_case_that_cannot_be_read_keeps_its_history(office: Srctl) -> None:
    begun(office).ok("note", "1", "หนึ่ง", "--as", "malee")
    office.case_file(CASE).write_text("subject: a: b\n", encoding="utf-8")
    assert acts(office) == ["receive", "note"]


def test_a_commit_graph_changes_nothing_but_the_time(office: Srctl) -> None:
    begun(office).ok("note", "1", "หนึ่ง", "--as", "malee")
    office.ok("new", "complaint", "--subject", "อีกเรื่อง", "--from", "ประชาชน", "--as", "malee")
    before = office.ok("history", CASE).out
    office.git("commit-graph", "write", "--reachable", "--changed-paths")
    assert office.ok("history", CASE).out == before
    office.ok("note", CASE, "สอง", "--as", "malee")  # younger than the graph
    assert acts(office) == ["receive", "note", "note"]


def test_whoever_stops_asking_stops_git(office: Srctl) -> None:
    begun(office).ok("note", "1", "หนึ่ง", "--as", "malee")
    walk = Repo(office.root).walk(office.case_file(CASE).relative_to(office.root).as_posix())
    assert next(walk).trailers["Srctl-Action"] == "note"
    walk.close()
    assert list(walk) == []


def test_before_the_first_commit_there_is_no_history(tmp_path: Path) -> None:
    assert list(Repo.create(tmp_path, "มาลี", "malee@example.go.th").walk()) == []
