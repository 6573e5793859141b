"""Git is called so that nothing in a folder can run a program, and read so that nothing can lie."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srctl.core import errors
from srctl.core.dates import BANGKOK
from srctl.store import journal, transaction
from srctl.store.git import index as git_index
from srctl.store.git import objects as git_objects
from srctl.store.git import process as git_process
from srctl.store.git.repository import Repo, check_path
from tests.crash_worker import AUTHOR, append, isolate

CASE = "cases/2569/11/2569-0042.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("home")
    isolate(folder, monkeypatch.setenv)
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    Repo.create(tmp_path / "office", AUTHOR.name, AUTHOR.email)
    append(tmp_path / "office", CASE, "first")
    return tmp_path / "office"


def git(root: Path, *words: str, stdin: bytes = b"") -> str:
    done = subprocess.run(["git", "-C", str(root), *words], input=stdin, capture_output=True, check=True)
    return done.stdout.decode()


def test_create_makes_main_without_commit_or_hooks_and_touches_no_global_setting(tmp_path: Path, home: Path) -> None:
    (tmp_path / "letter.txt").write_text("there before")
    repo = Repo.create(tmp_path, "มาลี", "malee@example.org")
    assert (repo.branch(), repo.head(), repo.log()) == ("main", None, [])
    assert repo.identity() == ("มาลี", "malee@example.org")
    assert not (tmp_path / ".git/hooks").exists()
    assert list(home.iterdir()) == []
    assert repo.changed_paths("") == ["letter.txt"]


def test_create_in_a_repository_keeps_its_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "trunk")
    assert Repo.create(tmp_path, AUTHOR.name, AUTHOR.email).branch() == "trunk"


def test_a_person_without_a_name_is_told_how_to_give_one(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(errors.Refused) as refusal:
        Repo(tmp_path).identity()
    assert "whoami --set" in refusal.value.hint


def test_a_machine_without_git_says_so(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for attempt in (lambda: append(office, CASE, "x"), lambda: Repo(office).identity()):
        with pytest.raises(errors.Refused, match="not installed") as refusal:
            attempt()
        assert "Install" in refusal.value.hint


def test_a_git_planted_in_the_current_folder_is_not_run(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bait = office / "git"
    bait.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    bait.chmod(0o755)
    monkeypatch.chdir(office)
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(errors.Refused, match="not installed"):
        Repo(office).identity()
    assert not (tmp_path / "ran").exists()


def test_the_repository_of_a_parent_folder_is_not_meant(office: Path) -> None:
    with pytest.raises(errors.Refused, match="not a git repository") as refusal:
        Repo(office / "cases").head()
    assert refusal.value.hint == "srctl init"


HOOKS = ("post-index-change", "reference-transaction", "pre-commit", "post-commit", "pre-auto-gc")


def plant_bait(office: Path, mark: Path) -> None:
    """Set every trap of a hostile repository (reliability, row 21)."""
    bait = office / ".git" / "bait"
    bait.write_text(f"#!/bin/sh\necho $0 $* >> {mark}\n")
    bait.chmod(0o755)
    (office / ".git/hooks").mkdir()
    for hook in HOOKS:
        (office / ".git/hooks" / hook).symlink_to(bait)
    (office / ".gitattributes").write_text("* filter=evil diff=evil\n")
    for key in (
        "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "diff.external",
        "diff.evil.textconv", "diff.evil.command", "core.pager", "pager.log", "core.editor",
        "gpg.program", "gpg.ssh.program", "remote.origin.uploadpack", "core.sshCommand",
    ):  # fmt: skip
        git(office, "config", key, str(bait))
    git(office, "config", "log.showSignature", "true")
    git(office, "config", "alias.log", f"!{bait}")
    git(office, "config", "remote.origin.url", str(office))
    git(office, "config", "remote.origin.promisor", "true")
    git(office, "config", "extensions.partialClone", "origin")
    git(office, "config", "core.repositoryFormatVersion", "1")
    mark.unlink(missing_ok=True)


def test_nothing_planted_in_the_repository_is_executed(office: Path, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    plant_bait(office, mark)
    append(office, CASE, "second")
    repo = Repo(office)
    assert [commit.subject for commit in repo.log(CASE)] == ["second", "first"]
    assert repo.read(CASE) == b"log:\n- first\n- second\n"
    assert repo.read("0" * 40, "0" * 40) is None
    with repo.objects() as objects:
        assert objects.get("1" * 40) is None  # a partial clone would go and fetch it
    assert ".gitattributes" in repo.changed_paths("")
    assert repo.identity() == AUTHOR[:2]
    assert journal.recover(repo, repo.branch() or "", journal.STALE) == ()
    assert not mark.exists(), mark.read_text()
    subprocess.run(["git", "-C", str(office), "add", "."], capture_output=True)
    assert mark.exists()  # the bait is live: plain git takes it


def test_the_environment_of_the_caller_bends_nothing(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    append(office, CASE, "second")
    assert [commit.author_name for commit in Repo(office).log()] == [AUTHOR.name] * 2
    assert not (tmp_path / "elsewhere").exists()


def test_history_is_read_back_with_its_sentence_and_trailers(office: Path) -> None:
    message = "ส่งหนังสือ ถึง สพฐ.\n\nบรรทัดหนึ่ง\n\nSrctl-Case: 2569-0042\nSrctl-Action: send\n"
    change = transaction.FileChange("note.txt", None, b"x")
    made = transaction.record(office, lambda: ([change], message), AUTHOR)
    last, first = Repo(office).log()
    assert (last.id, last.subject) == (made.commit, "ส่งหนังสือ ถึง สพฐ.")
    assert last.body.startswith("บรรทัดหนึ่ง\n\nSrctl-Case")
    assert last.trailers == {"Srctl-Case": "2569-0042", "Srctl-Action": "send"}
    assert (last.author_name, last.author_email) == AUTHOR[:2]
    assert (first.subject, first.body, first.trailers) == ("first", "", {})
    assert last.at.tzinfo is not None
    assert [commit.subject for commit in Repo(office).log(CASE)] == ["first"]
    assert [commit.id for commit in Repo(office).log(limit=1)] == [last.id]


@pytest.mark.parametrize(
    "message",
    [
        "create: road\n\nSrctl-Action: forged\n\nWritten by hand.\n\nSrctl-Action: real\n",
        "create: road\n\ntext\u2028Srctl-Action: forged\n\nSrctl-Action: real\n",
        "create: road\n\nSrctl-Action: forged\x0b\n\nSrctl-Action: real",
    ],
)
def test_a_trailer_is_read_from_the_last_paragraph_only(office: Path, message: str) -> None:
    transaction.record(office, lambda: ([transaction.FileChange("n", None, b"x")], message), AUTHOR)
    assert Repo(office).log(limit=1)[0].trailers == {"Srctl-Action": "real"}


def test_a_path_is_never_a_pattern_or_an_option(office: Path) -> None:
    repo = Repo(office)
    assert repo.log(":(top)*") == repo.log("cases/*") == repo.log("--output=x") == []
    assert not (office / "x").exists()
    assert repo.read("nothing\n" + CASE) is None
    assert repo.read(CASE, "--output=x") is None


def test_a_replaced_commit_does_not_hide_the_true_one(office: Path) -> None:
    truth = Repo(office).log()
    tree = git(office, "rev-parse", "HEAD^{tree}").strip()
    fake = git(office, "commit-tree", tree, "-m", "fake").strip()
    git(office, "replace", truth[0].id, fake)
    assert git(office, "log", "--format=%s").strip() == "fake"
    assert Repo(office).log() == truth


def test_changed_paths_believes_bytes_not_the_index(office: Path) -> None:
    for number in (43, 44, 45):
        append(office, f"cases/2569/11/2569-00{number}.yaml", "x")
    (office / ".gitignore").write_text("*.bak\n")
    git(office, "update-index", "--assume-unchanged", CASE)
    (office / CASE).write_bytes(b"log:\n- thief\n")
    (office / "cases/2569/11/2569-0043.yaml").unlink()
    (office / "cases/2569/11/new.yaml").write_text("new")
    (office / "cases/2569/11/old.bak").write_text("ignored")
    (office / "cases/2569/11/.~sr-1-1").write_text("a leftover")
    target = office / "cases/2569/11/2569-0044.yaml"
    (office / "aside").write_bytes(target.read_bytes())
    target.unlink()
    target.symlink_to(office / "aside")
    assert git(office, "status", "--porcelain", "--", CASE) == ""
    names = ("2569-0042.yaml", "2569-0043.yaml", "2569-0044.yaml", "new.yaml")
    assert Repo(office).changed_paths("cases") == [f"cases/2569/11/{name}" for name in names]
    assert Repo(office).changed_paths(CASE) == [CASE]
    assert ".gitignore" in Repo(office).changed_paths("")
    assert Repo(office).changed_paths("nowhere") == []


@pytest.mark.parametrize(
    "path",
    ["", "/etc/x", "../x", "a/../b", "a//b", "a/", ".git/config", "a/.GIT/x", "git~1/x", "C:x",
     "a\\b", "a\nb", "a\0b", "a. /b", "x.", "a\u2028b", "a\u0085b", "a\ud800b",
     "what?", "contacts/con.yaml", "NUL", "lpt1 .x/y", "Com².docx"],
)  # fmt: skip
def test_a_path_that_leads_out_or_is_no_name_is_refused(path: str) -> None:
    with pytest.raises(errors.Refused):
        check_path(path)


@pytest.mark.parametrize(
    "path", ["a", "cases/2569/11/2569-0042.yaml", "หนังสือ/ก ข.docx", ".x", "contacts/conference.yaml", "com10", "x.con"]
)
def test_an_ordinary_path_is_taken(path: str) -> None:
    check_path(path)


NAMES = st.sampled_from(["a", "a.b", "a-b", "a0", "ab", "กข", "z z"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
STEPS = st.lists(st.dictionaries(PATHS, st.none() | st.binary(max_size=3), max_size=4), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_trees_made_here_are_those_git_makes(
    steps: list[dict[str, bytes | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("trees")
    repo = Repo.create(root, AUTHOR.name, AUTHOR.email)
    held: dict[str, bytes] = {}
    for step in steps:
        changes = [
            transaction.FileChange(path, held.get(path), data)
            for path, data in step.items()
            if fits(path, data, {**held, **step})
        ]
        transaction.record(root, lambda changes=changes: (changes, "step"), AUTHOR)  # type: ignore[misc]
        held |= {change.path: change.after for change in changes if change.after is not None}
        for change in changes:
            if change.after is None:
                held.pop(change.path, None)
    if repo.head():
        git(root, "add", "-A")
        assert git(root, "write-tree") == git(root, "rev-parse", "HEAD^{tree}")
        assert repo.changed_paths("") == []
        assert {path: repo.read(path) for path in held} == held
        git(root, "fsck", "--strict", "--no-dangling")


def fits(path: str, data: bytes | None, others: dict[str, bytes | None]) -> bool:
    """Say whether no other file is a folder of this one, nor this one of another."""
    return not any(other.startswith(f"{path}/") or path.startswith(f"{other}/") for other in others)


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LINES.map("a{}".format), email=LINES, message=LINES, first=st.booleans(), at=st.datetimes(
    datetime(1971, 1, 1), datetime(2099, 1, 1), timezones=st.sampled_from([BANGKOK, UTC])))  # fmt: skip
def test_a_commit_made_here_is_the_one_git_makes(
    office: Path, name: str, email: str, message: str, first: bool, at: datetime
) -> None:
    tree, head = (git(office, "rev-parse", rev).strip() for rev in ("HEAD^{tree}", "HEAD"))
    made = git_objects.write_commit(tree, None if first else head, message, name, email, at)
    facts = {"NAME": name, "EMAIL": email, "DATE": at.isoformat(timespec="seconds")}
    who = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in facts.items()}
    words = ["git", "-C", str(office), "commit-tree", *([] if first else ["-p", head]), "-F", "-", tree]
    theirs = subprocess.run(words, input=message.encode(), env={**os.environ, **who}, capture_output=True, check=True)
    assert git_objects.identify("commit", made, "sha1") == theirs.stdout.decode().strip()


@pytest.mark.parametrize(("name", "message"), [("", "m"), (" .<>", "m"), ("a", "m\0")])
def test_a_commit_git_would_not_make_is_not_made_here(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"\.|\0|^$"):
        git_objects.write_commit("0" * 40, None, message, name, "", datetime.now(UTC))


def test_names_of_a_tree_are_those_of_its_entries(office: Path) -> None:
    with Repo(office).objects() as objects:
        tree = objects.need(f"HEAD:{CASE.rpartition('/')[0]}")
    entries = {f"{n}\n ก": git_objects.TreeEntry(git_objects.FILE, f"{n:02x}" * 20) for n in range(256)}
    data = git_objects.write_tree({name.encode(): entry for name, entry in entries.items()})
    assert sorted(git_objects.tree_names(data, 20)) == sorted(entries)
    assert git_objects.tree_names(tree.data, 20) == ["2569-0042.yaml"]


def test_who_reads_in_an_action_reads_through_its_one_git(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = starts(monkeypatch)
    with Repo(office).objects(shared=True) as objects:
        objects.ask(":0:")
        assert Repo(office).read(CASE) == b"log:\n- first\n"
        assert objects.get("HEAD:nowhere") is None
    assert Repo(office).read(CASE) == b"log:\n- first\n"
    assert started == ["--batch", "--batch"]


def test_an_action_goes_on_with_the_git_that_was_made_ready_for_it(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = starts(monkeypatch)
    with git_process.prefetching(office):
        append(office, CASE, "second")
    assert started.count("--batch") == 1
    with git_process.prefetching(office):
        pass  # no action
    append(office, CASE, "third")
    assert started.count("--batch") == 3
    assert git(office, "status", "--porcelain") == ""


def test_who_acts_is_asked_while_git_reads_unless_it_was_said(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = starts(monkeypatch)
    with git_process.prefetching(office):
        assert started == ["--batch", "GIT_AUTHOR_IDENT"]
        assert git_process.author(office) == AUTHOR[:2]
        assert len(started) == 2
        git_process.author(office)
        assert started[2:] == ["GIT_AUTHOR_IDENT"]
    with git_process.prefetching(office, named=True):
        assert started[3:] == ["--batch"]
    with git_process.prefetching(office):
        (asked,) = git_process._author_lookups.values()
    assert asked.returncode == 0
    assert git_process._author_lookups == {}


def test_any_number_of_objects_is_read_in_the_order_they_are_asked_for(office: Path) -> None:
    with Repo(office).objects() as objects:
        objects.ask("HEAD")
        names = [f"HEAD:{CASE}", "HEAD", "HEAD:cases"] * 700  # more than two pipes hold
        kinds = [found.kind for found in objects.need_all(names)]
        assert kinds == ["blob", "commit", "tree"] * 700
        with pytest.raises(errors.Refused, match="nowhere is missing"):
            list(objects.need_all(["HEAD", "HEAD:nowhere", "HEAD"]))
        assert objects.need(f"HEAD:{CASE}").data == b"log:\n- first\n"


def test_what_was_made_ready_and_ended_meanwhile_is_made_anew(office: Path) -> None:
    with git_process.prefetching(office):
        process = git_process._prefetched[office][0]._process
        process.kill()
        process.wait()
        append(office, CASE, "second")
    assert Repo(office).log(limit=1)[0].subject == "second"


def test_what_was_staged_after_git_was_made_ready_is_seen(office: Path) -> None:
    with git_process.prefetching(office):
        objects, _stamp = git_process._prefetched[office]
        assert objects.get(f":0:{CASE}")  # so that the index is read
        old = (office / CASE).read_bytes()
        (office / CASE).write_bytes(b"staged")
        git(office, "add", CASE)
        (office / CASE).write_bytes(old)
        with pytest.raises(errors.Changed):
            append(office, CASE, "x")
        assert objects._process.returncode is not None
    assert git_process._prefetched == {}


def starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list in which the last word of every git that is started will stand."""
    started: list[str] = []
    start = git_process.start_git

    def noted(words: list[str], env: Mapping[str, str] | None = None) -> git_process.Process:
        started.append(words[-1])
        return start(words, env)

    monkeypatch.setattr(git_process, "start_git", noted)
    return started


def test_a_large_index_is_split_and_stays_true(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_index, "_LARGE", 0)
    for number in range(3):
        append(office, CASE, f"n{number}")
        append(office, f"cases/2569/11/2569-010{number}.yaml", "x")
    assert list(office.glob(".git/sharedindex.*"))
    assert git(office, "status", "--porcelain") == ""
    (office / "staged").write_bytes(b"x")
    git(office, "add", "staged")
    append(office, CASE, "more")
    assert git(office, "status", "--porcelain") == "A  staged\n"


def test_an_index_told_nothing_is_left_as_it_was(office: Path) -> None:
    before = (office / ".git/index").read_bytes()
    with pytest.raises(KeyError), git_index.prefetched_index(office):
        raise KeyError
    assert (office / ".git/index").read_bytes() == before
    assert not (office / ".git/index.lock").exists()


def test_an_index_somebody_holds_is_told_when_they_are_done(office: Path) -> None:
    lock = office / ".git/index.lock"
    lock.touch()
    later = Timer(0.2, lock.unlink)
    later.start()
    with git_index.updating_index(office, {CASE: None}, "sha1"):
        pass
    later.join()
    assert git(office, "status", "--porcelain").split() == ["D", CASE, "??", "cases/"]


def test_an_index_git_cannot_write_is_a_refusal(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (office / ".git/index.lock").touch()
    monkeypatch.setattr(git_index, "_TRIES", 2)
    with pytest.raises(errors.Refused, match=r"index\.lock"), git_index.updating_index(office, {CASE: None}, "sha1"):
        pass
    (office / ".git/index.lock").unlink()
    with pytest.raises(errors.Refused, match="malformed"), git_index.updating_index(office, {CASE: "no id"}, "sha1"):
        pass


def test_a_file_is_never_put_over_a_folder() -> None:
    blob = "0" * 40
    folders = {"": {b"a": git_objects.TreeEntry(git_objects.FOLDER, blob)}}
    with pytest.raises(IsADirectoryError):
        git_objects.update_tree({"a": blob}, lambda path: folders.get(path, {}), "sha1")
    files = {"": {b"a": git_objects.TreeEntry(git_objects.FILE, blob)}}
    with pytest.raises(NotADirectoryError):
        git_objects.update_tree({"a/b": blob}, lambda path: files.get(path, {}), "sha1")


def test_a_repository_that_names_objects_by_sha256_works_alike(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "-b", "main")
    repo = Repo.create(tmp_path, AUTHOR.name, AUTHOR.email)
    for number in range(3):
        append(tmp_path, CASE, f"n{number}")
    assert repo.algorithm() == "sha256"
    assert [commit.subject for commit in repo.log(CASE)] == ["n2", "n1", "n0"]
    assert repo.changed_paths("") == []
    git(tmp_path, "fsck", "--strict")


def test_a_damaged_history_is_told_and_not_written_over(office: Path) -> None:
    blob = git(office, "rev-parse", "HEAD:cases").strip()
    lost = office / ".git/objects" / blob[:2] / blob[2:]
    lost.unlink()
    with pytest.raises(errors.Refused, match="damaged"):
        append(office, CASE, "second")
    assert (office / CASE).read_bytes() == b"log:\n- first\n"


@pytest.mark.parametrize(
    "clock", ["2026-11-20T16:33:00+00:00", "2026-11-20T23:33:00+07:00", "2026-11-20T05:33:00-11:00"]
)
def test_the_record_tells_bangkok_time_whatever_clock_a_commit_was_made_by(
    office: Path, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", clock)
    git(office, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "--allow-empty", "-m", "x")
    at = Repo(office).log(limit=1)[0].at
    assert at.isoformat() == "2026-11-20T23:33:00+07:00"
