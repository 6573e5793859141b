"""One action is one commit, saved for ever or not at all, and nobody else's work is in it."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from srctl.core import errors
from srctl.store import atomicfile, journal, lock, transaction
from srctl.store.git import process as git_process
from srctl.store.git import repository as git_repository
from srctl.store.git.repository import Repo
from tests.crash_worker import AUTHOR, append, isolate

CASE = "cases/2569/11/2569-0042.yaml"
OTHER = "cases/2569/11/2569-0043.yaml"
WORKER = Path(__file__).with_name("crash_worker.py")
FIRST = b"log:\n- first\n"

posix = pytest.mark.skipif(os.name == "nt", reason="kills by fork and signal")


@pytest.fixture(autouse=True)
def home(no_real_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(no_real_home, monkeypatch.setenv)
    return no_real_home


@pytest.fixture
def office(tmp_path: Path) -> Path:
    Repo.create(tmp_path / "office", AUTHOR.name, AUTHOR.email)
    append(tmp_path / "office", CASE, "first")
    return tmp_path / "office"


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)
    return done.stdout.decode()


def act(root: Path, *changes: transaction.FileChange, message: str = "act") -> transaction.Recorded:
    return transaction.record(root, lambda: (list(changes), message), AUTHOR, stale=0.0)


def subjects(root: Path) -> list[str]:
    return [commit.subject for commit in Repo(root).log()]


def assert_sound(root: Path) -> None:
    """Work tree, index and history agree; nothing is left lying about."""
    assert Repo(root).changed_paths("") == []
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "diff-index", "--cached", "HEAD") == ""
    git(root, "fsck", "--strict", "--no-dangling")
    left = [*root.rglob(".~sr-*"), *root.glob(".git/**/*.lock"), *journal.pending(Repo(root))]
    assert left == []


# --- what an action is -----------------------------------------------------------------------


def test_an_action_makes_changes_and_deletes_files_in_one_commit(office: Path) -> None:
    append(office, OTHER, "x")
    made = act(
        office,
        transaction.FileChange(CASE, FIRST, FIRST + b"- more\n"),
        transaction.FileChange(OTHER, b"log:\n- x\n", None),
        transaction.FileChange("papers/ถึง สพฐ.txt", None, "หนังสือ".encode()),
    )
    assert made.repaired == ()
    assert made.commit == Repo(office).head()
    assert (office / CASE).read_bytes() == FIRST + b"- more\n"
    assert not (office / OTHER).exists()
    assert Repo(office).read("papers/ถึง สพฐ.txt") == "หนังสือ".encode()
    assert subjects(office) == ["act", "x", "first"]
    assert_sound(office)


def test_no_change_is_no_commit(office: Path) -> None:
    assert act(office) == ("", ())
    assert act(office, transaction.FileChange(CASE, FIRST, FIRST)) == ("", ())
    assert subjects(office) == ["first"]


def test_author_committer_moment_and_message_are_kept_as_given(office: Path) -> None:
    moment = datetime.fromisoformat("2026-11-20T09:12:00.123456+07:00")
    author = transaction.Author(AUTHOR.name, AUTHOR.email, moment)
    message = "# not a comment\n\n-m \"x\" $(touch pwn) 'ก' 😀\n\n\nSrctl-Action: a\n"
    transaction.record(office, lambda: ([transaction.FileChange(OTHER, None, b"x")], message), author)
    shown = git(office, "log", "-1", "--format=%an <%ae>|%cn <%ce>|%aI|%B")
    who = f"{author.name} <{author.email}>"
    assert shown.rstrip() == f"{who}|{who}|2026-11-20T09:12:00+07:00|{message}".rstrip()


def test_an_author_who_gives_no_moment_acts_in_the_moment_of_saving(office: Path) -> None:
    before = datetime.now().astimezone().replace(microsecond=0)
    append(office, CASE, "second")
    assert before <= Repo(office).log()[0].at <= datetime.now().astimezone()


def test_a_message_git_cannot_keep_is_refused_and_nothing_is_saved(office: Path) -> None:
    with pytest.raises(errors.Refused):
        act(office, transaction.FileChange(OTHER, None, b"x"), message="a\0b")
    assert subjects(office) == ["first"]
    assert not (office / OTHER).exists()


def test_the_plan_is_made_under_the_lock(office: Path) -> None:
    def plan() -> tuple[list[transaction.FileChange], str]:
        with pytest.raises(errors.Refused), lock.hold(office, timeout=0):
            pass
        return [], ""

    transaction.record(office, plan, AUTHOR)


def test_a_file_may_be_named_once_only(office: Path) -> None:
    change = transaction.FileChange(OTHER, None, b"x")
    with pytest.raises(ValueError, match="twice"):
        act(office, change, change)


# --- the work of other hands -----------------------------------------------------------------


def test_staged_and_unsaved_work_of_another_is_left_alone(office: Path) -> None:
    append(office, OTHER, "x")
    (office / "staged.txt").write_text("staged")
    git(office, "add", "staged.txt")
    (office / OTHER).write_text("unsaved")
    (office / "new.txt").write_text("new")
    act(office, transaction.FileChange(CASE, FIRST, b"changed"))
    assert git(office, "show", "--name-only", "--format=").split() == [CASE]
    status = git(office, "status", "--porcelain").splitlines()
    assert status == [f" M {OTHER}", "A  staged.txt", "?? new.txt"]
    assert (office / OTHER).read_text() == "unsaved"


def test_a_case_edited_by_hand_is_refused_and_adopt_is_named(office: Path) -> None:
    (office / CASE).write_bytes(b"by hand")
    for before in (FIRST, b"by hand"):
        with pytest.raises(errors.Changed, match="changed by hand") as refusal:
            act(office, transaction.FileChange(CASE, before, b"new"))
        assert "srctl adopt 2569-0042" in refusal.value.hint
        assert refusal.value.exit_code == 6
    assert (office / CASE).read_bytes() == b"by hand"
    assert subjects(office) == ["first"]


def test_a_new_file_that_is_already_there_is_refused(office: Path) -> None:
    (office / OTHER).write_bytes(b"by hand")
    for before in (None, b"by hand"):
        with pytest.raises(errors.Changed):
            act(office, transaction.FileChange(OTHER, before, b"new"))
    assert (office / OTHER).read_bytes() == b"by hand"


def test_a_file_deleted_by_hand_is_refused(office: Path) -> None:
    (office / CASE).unlink()
    for before in (None, FIRST):
        with pytest.raises(errors.Changed):
            act(office, transaction.FileChange(CASE, before, b"new"))
    assert not (office / CASE).exists()


def test_a_version_staged_by_hand_is_refused(office: Path) -> None:
    (office / CASE).write_bytes(b"staged by hand")
    git(office, "add", CASE)
    (office / CASE).write_bytes(FIRST)
    with pytest.raises(errors.Changed):
        act(office, transaction.FileChange(CASE, FIRST, b"new"))
    assert git(office, "show", f":{CASE}") == "staged by hand"


def test_adopt_records_what_a_hand_made_new_or_deleted(office: Path) -> None:
    append(office, OTHER, "x")
    (office / CASE).write_bytes(b"by hand")
    (office / OTHER).unlink()
    (office / "new.txt").write_bytes(b"new")
    git(office, "add", CASE)
    act(
        office,
        transaction.FileChange(CASE, b"by hand", b"by hand", adopt=True),
        transaction.FileChange(OTHER, None, None, adopt=True),
        transaction.FileChange("new.txt", b"new", b"new", adopt=True),
    )
    assert Repo(office).read(CASE) == b"by hand"
    assert_sound(office)


def test_adopt_too_is_refused_when_the_file_is_not_what_was_read(office: Path) -> None:
    (office / CASE).write_bytes(b"later")
    with pytest.raises(errors.Changed):
        act(office, transaction.FileChange(CASE, b"earlier", b"earlier", adopt=True))


def test_an_edit_in_the_very_moment_of_saving_is_not_overwritten(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Repo.move_branch

    def move(repo: Repo, *rest: Any) -> None:
        real(repo, *rest)
        (office / CASE).write_bytes(b"typed just now")

    monkeypatch.setattr(Repo, "move_branch", move)
    made = act(office, transaction.FileChange(CASE, FIRST, b"new"))
    assert "srctl adopt 2569-0042" in made.repaired[0]
    assert (office / CASE).read_bytes() == b"typed just now"
    assert Repo(office).read(CASE) == b"new"


def test_a_commit_of_another_program_in_between_is_built_upon(office: Path) -> None:
    def plan() -> tuple[list[transaction.FileChange], str]:
        if subjects(office) == ["first"]:
            git(office, "commit", "-q", "--allow-empty", "-m", "by another program")
        return [transaction.FileChange(OTHER, None, b"x")], "act"

    real = Repo.move_branch
    calls: list[object] = []

    def move(repo: Repo, *rest: Any) -> None:
        if not calls:
            made = git(office, "commit-tree", "-p", "HEAD", "-m", "in between", "HEAD^{tree}")
            git(office, "update-ref", "HEAD", made.strip())
        calls.append(rest)
        real(repo, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Repo, "move_branch", move)
        transaction.record(office, plan, AUTHOR)
    assert subjects(office) == ["act", "in between", "by another program", "first"]
    assert_sound(office)


# --- where it refuses ------------------------------------------------------------------------


def test_a_link_in_the_place_of_a_file_or_folder_is_refused(office: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_bytes(b"secret")
    (office / "folder").symlink_to(outside)
    (office / "file").symlink_to(outside / "x")
    for path, before in (("folder/x", b"secret"), ("folder/y", None), ("file", b"secret")):
        with pytest.raises(errors.Refused, match="link"):
            act(office, transaction.FileChange(path, before, b"new", adopt=True))
    assert (outside / "x").read_bytes() == b"secret"


@pytest.mark.parametrize("path", ["../x", "/tmp/x", ".git/config", "a/../../x", "a\n"])
def test_a_path_that_leads_out_is_refused(office: Path, path: str) -> None:
    with pytest.raises(errors.Refused, match="not a file name"):
        act(office, transaction.FileChange(path, None, b"x"))


def test_a_file_is_never_put_below_a_file_or_over_a_folder(office: Path) -> None:
    (office / "loose").write_text("not in history")
    for path in (f"{CASE}/x", "cases", "loose/x"):
        with pytest.raises(errors.Refused):
            act(office, transaction.FileChange(path, None, b"x"))
    assert subjects(office) == ["first"]


def test_a_detached_head_is_refused_with_the_way_back(office: Path) -> None:
    git(office, "checkout", "-q", "--detach")
    with pytest.raises(errors.Refused, match="no branch") as refusal:
        append(office, CASE, "x")
    assert refusal.value.hint == "git switch main"
    assert (office / CASE).read_bytes() == FIRST


def test_another_branch_is_refused_but_a_renamed_one_is_followed(office: Path) -> None:
    git(office, "checkout", "-q", "-b", "trial")
    with pytest.raises(errors.Refused, match="trial") as refusal:
        append(office, CASE, "x")
    assert refusal.value.hint == "git switch main"
    git(office, "checkout", "-q", "main")
    git(office, "branch", "-q", "-m", "main", "trunk")
    append(office, CASE, "x")
    assert git(office, "log", "--format=%s", "trunk").split() == ["x", "first"]


def test_a_folder_that_is_no_repository_is_refused_and_stays_so(tmp_path: Path) -> None:
    with pytest.raises(errors.Refused, match="not a git repository"):
        append(tmp_path, CASE, "x")
    assert list(tmp_path.iterdir()) == []


def test_an_author_without_a_name_is_refused(office: Path) -> None:
    with pytest.raises(errors.Refused, match="history cannot keep"):
        transaction.record(
            office, lambda: ([transaction.FileChange(OTHER, None, b"x")], "m"), transaction.Author(" .", "")
        )
    assert not (office / OTHER).exists()


# --- the lock --------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["_acquire", "_acquire_portably"])
def test_who_waits_in_vain_is_told_who_holds_the_lock(office: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(lock, "_acquire", getattr(lock, way))
    monkeypatch.setattr(sys, "argv", ["srctl", "log", "นางสาวสมมุติ"])
    monkeypatch.setenv("USER", "malee")
    with lock.hold(office):
        card = (office / ".git/srctl/lock.json").read_text()
        with pytest.raises(errors.Refused, match="malee") as refusal, lock.hold(office, 0):
            pass
        with pytest.raises(errors.Refused), lock.hold(office, 0.05):
            pass
    assert f"process {os.getpid()}" in refusal.value.message
    assert "srctl log" in refusal.value.message
    assert "สมมุติ" not in json.loads(card)["command"] + card
    with lock.hold(office, 0):
        pass
    assert not (office / ".git/srctl/lock.json").exists()


def test_both_ways_of_locking_exclude_each_other(office: Path) -> None:
    path = office / ".git/srctl/lock"
    for one, two in ((lock._acquire, lock._acquire_portably),) * 2:
        release = one(path, 0)
        assert release is not None
        assert two(path, 0) is None
        release()
        again = two(path, 0)
        assert again is not None
        assert one(path, 0) is None
        again()


def test_four_clerks_at_once_lose_nothing_and_mix_nothing(office: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(WORKER.parent.parent)}
    clerks = [
        subprocess.Popen(
            [sys.executable, str(WORKER), str(office), f"c{number}", "50"],
            stdout=subprocess.PIPE,
            env=environment,
        )
        for number in range(4)
    ]
    said = "".join(clerk.communicate()[0].decode() for clerk in clerks).splitlines()
    acknowledged = [line[4:] for line in said if line.startswith("ACK")]
    assert len(acknowledged) == 200
    assert Counter(subjects(office)) == Counter([*acknowledged, "first"])
    added = git(office, "log", "--format=%s", "-p", "--unified=0").splitlines()
    lines = [line[3:] for line in added if line.startswith("+- ")]
    commits = [line for line in added if line in {*acknowledged, "first"}]
    assert lines == commits  # each commit adds its own line and no other
    assert_sound(office)


# --- durability ------------------------------------------------------------------------------


def test_an_action_asks_the_disk_to_keep_all_it_writes(
    office: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = home / "trace"
    (home / ".gitconfig").write_text(f"[trace2]\n\teventTarget = {trace}\n")
    asked: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        asked.append("x")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    append(office, CASE, "second")
    events = [json.loads(line) for line in trace.read_text().splitlines()]
    flushed = sum(int(event["value"]) for event in events if event.get("key") == "fsync/hardware-flush")
    # git: the branch, the index.
    assert flushed >= 2
    # ours: a blob, four folders, the commit, journal and case, each with its folder; the folders of journal and branch.
    assert len(asked) >= 18


STEPS = [
    (os, "open"), (os, "fsync"), (os, "mkdir"), (os, "unlink"), (os, "chmod"), (git_process, "start_git"),
    (Path, "replace"), (Path, "chmod"), (Path, "unlink"), (Path, "mkdir"),
]  # fmt: skip


@contextmanager
def at_step(number: int, happen: Callable[[], object], after: bool) -> Iterator[list[int]]:
    """Let ``happen`` befall the ``number``-th step (write, rename, fsync, git) of an action."""
    count, counting = [0], Lock()
    with pytest.MonkeyPatch.context() as patch:
        # A git that has started is not also a git that could not be started.
        steps = [step for step in STEPS if step[1] != "start_git" or happen is not full_disk or not after]
        for owner, name in steps:
            real = getattr(owner, name)

            def step(*args: object, real: Callable[..., object] = real, **more: object) -> object:
                with counting:  # some steps are taken at once
                    count[0] += 1
                    meant = count[0] == number
                if not meant:
                    return real(*args, **more)
                done = real(*args, **more) if after else None
                happen()
                return done

            patch.setattr(owner, name, step)
        patch.setattr(git_repository, "start_git", git_process.start_git)
        yield count


def full_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


# Every so manyth step each, so that workers share a loop that nobody knows the length of beforehand.
SHARES = 6
# `make test` has a sixth of the steps, `make test-all` every one.
in_shares = pytest.mark.parametrize(
    "share", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, SHARES + 1))]
)


@pytest.mark.slow
@in_shares
@pytest.mark.parametrize("after", [False, True])
def test_a_full_disk_at_any_step_leaves_history_unchanged_or_complete(
    office: Path, tmp_path: Path, after: bool, share: int
) -> None:
    for number in range(share, 1000, SHARES):
        root = tmp_path / f"copy{number}"
        shutil.copytree(office, root)
        refusal = None
        with at_step(number, full_disk, after) as count:
            try:
                append(root, CASE, "second")
            except errors.Refused as error:
                refusal = error
        if count[0] < number:
            assert number > 25  # every step was tried
            return
        saved = subjects(root) == ["second", "first"]
        assert saved or subjects(root) == ["first"]
        if refusal is None or "saved in the history" in refusal.message:
            assert saved
        elif "Nothing was saved" in refusal.hint:
            assert not saved
        then = append(root, OTHER, "third")
        assert (root / CASE).read_bytes() == FIRST + b"- second\n" * saved
        assert subjects(root) == ["third", *["second"] * saved, "first"]
        assert all("unconfirmed" in sentence for sentence in then.repaired)
        assert_sound(root)
        shutil.rmtree(root)
    pytest.fail("an action has no end")


@pytest.mark.slow
@posix
@in_shares
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_step_is_mended_by_the_next_command(
    office: Path, tmp_path: Path, after: bool, share: int
) -> None:
    told: Counter[str] = Counter()
    for number in range(share, 1000, SHARES):
        root = tmp_path / f"copy{number}"
        shutil.copytree(office, root)
        clerk = os.fork()
        if clerk == 0:
            try:
                with at_step(number, lambda: os.kill(os.getpid(), 9), after):
                    append(root, CASE, "second")
                os._exit(0)
            finally:
                os._exit(1)  # a clerk that stumbles is not to go on with the tests
        survived = (status := os.waitpid(clerk, 0)[1]) == 0
        assert survived or os.WTERMSIG(status) == 9
        repaired = recover(root, stale=0.2)
        saved = subjects(root) == ["second", "first"]
        then = append(root, OTHER, "third")
        assert then.repaired == ()
        told.update(repaired)
        if repaired:
            answer = "was saved" if saved else "was not saved"
            assert repaired == (f"1 unconfirmed action {answer}: second",)
        assert (root / CASE).read_bytes() == FIRST + b"- second\n" * saved
        assert_sound(root)
        shutil.rmtree(root)
        if survived:
            assert len(told) == 2  # kills on both sides of the moment were met
            return
    pytest.fail("an action has no end")


@posix
def test_a_file_too_big_for_the_disk_is_refused_in_one_line(office: Path) -> None:
    resource = pytest.importorskip("resource")
    clerk = os.fork()
    if clerk == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        try:
            act(office, transaction.FileChange(OTHER, None, os.urandom(5000)))
        except errors.Refused as error:
            os._exit(7 if "\n" not in error.message else 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(clerk, 0)[1]) == 7
    assert act(office, transaction.FileChange(OTHER, None, b"x")).repaired == ()
    assert subjects(office) == ["act", "first"]
    assert_sound(office)


# --- recovery --------------------------------------------------------------------------------


def recover(root: Path, stale: float = journal.STALE) -> tuple[str, ...]:
    """Finish or drop what a killed action left, as the next action does before its own."""
    repo = Repo(root)
    with lock.hold(root, 30.0):
        branch = repo.branch()
        return journal.recover(repo, branch, stale) if branch else ()


def die_after_the_move(root: Path, path: str = CASE) -> None:
    """Kill a clerk's program in the moment after its action was saved."""
    clerk = os.fork()
    if clerk == 0:
        real = Repo.move_branch

        def move(repo: Repo, *rest: Any) -> None:
            real(repo, *rest)
            os.kill(os.getpid(), 9)

        setattr(Repo, "move_branch", move)  # noqa: B010
        append(root, path, "second")
    os.waitpid(clerk, 0)


@posix
def test_recovery_leaves_a_hand_edit_alone_and_says_so(office: Path) -> None:
    die_after_the_move(office)
    (office / CASE).write_bytes(b"by hand")
    said = recover(office, stale=0.0)
    assert said[0] == "1 unconfirmed action was saved: second"
    assert "srctl adopt 2569-0042" in said[1]
    assert (office / CASE).read_bytes() == b"by hand"
    assert recover(office) == ()


@posix
def test_what_recovery_found_is_told_even_when_the_action_is_refused(office: Path) -> None:
    die_after_the_move(office)
    with pytest.raises(errors.Changed) as refusal:
        act(office, transaction.FileChange(OTHER, b"not there", b"x"))
    assert refusal.value.__notes__ == ["1 unconfirmed action was saved: second"]


@posix
def test_recovery_waits_while_another_branch_is_checked_out(office: Path) -> None:
    git(office, "branch", "trial")
    die_after_the_move(office)
    git(office, "symbolic-ref", "HEAD", "refs/heads/trial")
    assert recover(office, stale=0.0) == ()
    assert (office / CASE).read_bytes() == FIRST
    git(office, "symbolic-ref", "HEAD", "refs/heads/main")
    assert recover(office, stale=0.0) == ("1 unconfirmed action was saved: second",)
    assert_sound(office)


@posix
def test_recovery_clears_the_leftovers_of_the_killed_only(office: Path) -> None:
    die_after_the_move(office)
    leftovers = [(office / CASE).parent / ".~sr-1-1", office / ".git/srctl/journal/.~sr-1-2"]
    elsewhere = [office / "papers/.~sr-1-1", office / ".git/srctl/.~sr-1-3"]
    (office / "papers").mkdir()
    for file in (*leftovers, *elsewhere):
        file.write_text("half")
    for name in ("index.lock", "HEAD.lock", "refs/heads/main.lock"):
        (office / ".git" / name).touch()
    recover(office, stale=0.0)
    assert [file for file in leftovers if file.exists()] == []
    assert [file for file in elsewhere if not file.exists()] == []
    os.utime(elsewhere[1], (0, 0))
    (office / "papers/.~sr-1-1").unlink()
    append(office, OTHER, "x")
    assert_sound(office)


def test_an_index_lock_of_a_killed_action_that_had_no_journal_yet_is_cleared(office: Path) -> None:
    index, mark = office / ".git/index.lock", office / ".git/srctl/journal/index"
    mark.touch()
    index.touch()
    append(office, CASE, "second")
    assert not mark.exists()
    later = time.time()
    mark.touch()
    os.utime(mark, (later - 60, later - 60))
    index.touch()  # a minute later: not that action's
    with pytest.raises(errors.Refused, match=r"index\.lock"):
        append(office, CASE, "third")
    index.unlink()
    append(office, CASE, "third")
    assert_sound(office)


def test_what_is_done_meanwhile_is_done_when_the_action_is_saved(office: Path) -> None:
    seen: list[tuple[list[str], bytes]] = []

    def look() -> None:
        seen.append((subjects(office), (office / CASE).read_bytes()))

    transaction.record(
        office, lambda: ([transaction.FileChange(CASE, FIRST, b"x")], "second"), AUTHOR, while_waiting=look
    )
    transaction.record(office, lambda: ([], ""), AUTHOR, while_waiting=look)  # nothing is saved
    assert seen == [(["second", "first"], b"x")]
    assert_sound(office)


def test_an_action_that_is_refused_leaves_the_index_as_it_was_and_no_mark(office: Path) -> None:
    before = (office / ".git/index").read_bytes()
    with pytest.raises(errors.Changed):
        act(office, transaction.FileChange(CASE, b"not what is there", b"x"))
    assert (office / ".git/index").read_bytes() == before
    assert list((office / ".git/srctl/journal").iterdir()) == []


def test_an_unreadable_journal_stops_nobody(office: Path) -> None:
    (office / ".git/srctl/journal/1.json").write_text("{")
    assert "unreadable" in append(office, CASE, "second").repaired[0]
    assert_sound(office)


def test_a_lock_of_another_git_program_is_respected_for_ten_minutes(office: Path) -> None:
    theirs = office / ".git/index.lock"
    theirs.touch()
    with pytest.raises(errors.Refused, match=r"index\.lock"):
        append(office, CASE, "second")
    assert (theirs.exists(), subjects(office)) == (True, ["first"])
    ago = time.time() - journal.FOREIGN_STALE - 1
    os.utime(theirs, (ago, ago))
    append(office, CASE, "second")
    assert_sound(office)


def test_an_index_that_is_busy_at_the_end_is_mended_by_the_next_command(office: Path) -> None:
    def plan() -> tuple[list[transaction.FileChange], str]:
        (office / ".git/index.lock").touch()
        return [transaction.FileChange(CASE, FIRST, b"x")], "second"

    with pytest.raises(errors.Refused, match="saved in the history"):
        transaction.record(office, plan, AUTHOR)
    (office / ".git/index.lock").unlink()
    assert append(office, OTHER, "third").repaired == ("1 unconfirmed action was saved: second",)
    assert_sound(office)


# --- files in a shared folder ----------------------------------------------------------------


@posix
def test_in_a_folder_of_a_group_the_group_may_write(office: Path) -> None:
    (office / "shared").mkdir()
    (office / "shared").chmod(0o2775)
    act(office, transaction.FileChange("shared/deep/x", None, b"x"), transaction.FileChange("own/x", None, b"x"))
    modes = [(office / name).stat().st_mode & 0o7777 for name in ("shared/deep", "shared/deep/x")]
    assert modes == [0o2775, 0o664]
    assert (office / "own/x").stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file_and_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atomicfile.write(tmp_path / "x", b"old")

    def replace(self: Path, target: Path) -> None:
        full_disk()

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OSError, match="No space"):
        atomicfile.write(tmp_path / "x", b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("x", b"old")]


@pytest.mark.parametrize("slow", [-1.0, 60.0])
def test_files_are_written_all_whether_the_disk_is_slow_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: float
) -> None:
    monkeypatch.setattr(atomicfile, "_SLOW", slow)
    files = {tmp_path / f"{n % 7}" / f"{n}": b"%d" % n * n for n in range(40)}
    atomicfile.write_all(files, 0o444)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files
    assert {path.stat().st_mode & 0o777 for path in files} == {0o444}
    atomicfile.write_all({})
    (tmp_path / "0" / "folder" / "in the way").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        atomicfile.write_all({tmp_path / "a": b"", tmp_path / "0" / "folder": b"", tmp_path / "b": b""})
