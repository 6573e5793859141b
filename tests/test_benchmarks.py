"""The offices of `make bench` are offices like any other: nothing is wrong with them, and chance does not move them."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import offices
from srctl.office.folder import Folder
from srctl.store.git.repository import Repo
from srctl.workflow.commit_message import written_entries
from srctl.workflow.stages import is_closed
from tests.conftest import Srctl

CASES, OPEN = 60, 12


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bench") / "office"
    offices.make(root, CASES, OPEN / CASES)
    return root


def test_check_finds_nothing_wrong_with_an_invented_office(invented: Path) -> None:
    Srctl(invented).ok("check")


def test_as_many_are_open_as_was_asked_and_a_fifth_of_them_is_late(invented: Path) -> None:
    open_cases = [file.case for file in Folder(invented).cases() if file.case and not is_closed(file.case)]
    assert len(open_cases) == OPEN
    late = [case for case in open_cases if case.order.due and case.order.due < date(2026, 11, 20)]
    assert len(late) == OPEN // 5


def test_history_tells_every_entry_of_every_case(invented: Path) -> None:
    repo = Repo(invented)
    for file in Folder(invented).cases():
        assert file.case
        path = file.path.relative_to(invented).as_posix()
        told = [entry for commit in reversed(repo.log(path)) for entry in written_entries(commit.trailers, file.id)]
        assert told == [entry.id for entry in file.case.log]


def test_git_sees_no_difference_between_history_and_folder(invented: Path) -> None:
    assert offices.git(invented, "status", "--porcelain") == ""


def test_the_same_seed_makes_the_same_office_and_another_seed_another(tmp_path: Path) -> None:
    heads = []
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        (tmp_path / name).mkdir()
        offices.make(tmp_path / name / "office", CASES, OPEN / CASES, seed)
        heads.append(Repo(tmp_path / name / "office").head())
    assert heads[0] == heads[1] != heads[2]


def test_what_a_colleague_changed_comes_in_by_a_pull_and_is_put_back_after(invented: Path) -> None:
    base = offices.git(invented, "rev-parse", "HEAD")
    offices.git(invented, "merge", "-q", "--ff-only", offices.change_elsewhere(invented, 10, 1))
    changed = offices.git(invented, "diff", "--name-only", base, "HEAD").splitlines()
    assert len(changed) == 10
    Srctl(invented).ok("check", *(Path(path).stem for path in changed))
    offices.restore(invented, base)
    assert offices.git(invented, "rev-parse", "HEAD") == base
    offices.change_elsewhere(invented, 10, 2)  # as the next run does
