"""What somebody or something put in the place of srctl's and git's own files: told in one line, and gone on with."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from srctl.core.errors import Refused
from srctl.store.git import process as git_process
from srctl.store.git.process import Objects
from srctl.store.git.repository import Repo
from tests.conftest import PROJECT, Srctl, sampled

posix = pytest.mark.skipif(os.name == "nt", reason="pipes, links and shell scripts as posix has them")


@pytest.fixture
def matter(office: Srctl) -> Srctl:
    office.ok("new", "directive", "--subject", "ติดตามโครงการ", "--order", "ให้ติดตาม")
    return office


ODD: dict[str, Callable[[Path], object]] = {
    "number": lambda p: p.write_text("7"),
    "types": lambda p: p.write_text('{"file": 1, "ref": 2, "old": 3, "new": 4, "subject": 5, "paths": {"6": [7, 8]}}'),
    "path": lambda p: p.write_text(
        '{"ref": "refs/heads/main", "old": null, "new": "%s", "subject": "x", "paths": {"../x": [null, null]}}'
        % ("a" * 40)
    ),
    "folder": lambda p: p.mkdir(),
    "bytes": lambda p: p.write_bytes(bytes(range(256))),
    "pipe": lambda p: os.mkfifo(p),
    "link": lambda p: p.symlink_to("/nowhere"),
}


@posix
@pytest.mark.parametrize("make", sampled(ODD.values(), 3, ids=ODD))
def test_whatever_lies_among_the_journals_is_put_aside_and_work_goes_on(
    matter: Srctl, make: Callable[[Path], object]
) -> None:
    make(matter.root / ".git/srctl/journal/1.json")
    assert "aside" in matter.ok("note", "1", "ต่อ").err
    assert matter.ok("note", "1", "อีก").err == ""
    assert len(list((matter.root / ".git/srctl/aside").iterdir())) == 1


@posix
@pytest.mark.parametrize("name", ["", "lock", "lock.json", "numbers.json", "anchor", "branch"])
def test_a_link_in_the_place_of_srctls_own_files_is_not_followed(matter: Srctl, tmp_path: Path, name: str) -> None:
    place, elsewhere = matter.root / ".git/srctl" / name, tmp_path / "elsewhere"
    if place.is_dir():
        place.rename(elsewhere)
    else:
        elsewhere.write_text("mine")
        place.unlink(missing_ok=True)
    before = sorted(elsewhere.rglob("*")), elsewhere.is_file() and elsewhere.read_text()
    place.symlink_to(elsewhere)
    if name == "anchor":  # it is made anew by every command that lacks it, in the place of the link
        matter.ok("note", "1", "ต่อ")
    else:
        assert len(matter.refused(5, "note", "1", "ต่อ").splitlines()) <= 4
    matter.ok("list")
    assert (sorted(elsewhere.rglob("*")), elsewhere.is_file() and elsewhere.read_text()) == before


def false_git(place: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    program = place / "git"
    program.write_text(f"#!/bin/sh\n{lines}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")


@posix
@pytest.mark.parametrize("answer", ["echo rubbish", "echo a b c d e", "printf 'x blob 99\\nshort'", "exit 0"])
def test_a_git_that_answers_rubbish_is_one_line(
    matter: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    false_git(tmp_path, monkeypatch, answer)
    for words in (("note", "1", "ต่อ"), ("history", "1"), ("check",), ("undo", "1"), ("doctor",)):
        ran = matter.run("--as", "malee", *words)
        assert ran.code != 70, (words, ran)


@posix
def test_a_git_too_old_is_refused_with_the_version_needed(
    matter: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = 'echo "fatal: unrecognized argument: x" >&2; exit 128'
    old = f'case "$*" in *--version*) echo git version 2.20.1;; *) {refused};; esac'
    false_git(tmp_path, monkeypatch, old)
    assert "2.24" in matter.run("history", "1").err


class Refusing:
    """An input of git that the system refuses to write to, half of what is asked being sent already."""

    def __init__(self, real: IO[bytes]) -> None:
        self.flush, self.close, self.closed = real.flush, real.close, False

    def write(self, _data: bytes) -> int:
        raise OSError(5, "Input/output error")


@posix
def test_an_answer_is_never_taken_for_that_to_another_question(matter: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    with Repo(matter.root).objects() as objects:
        assert objects.get("HEAD") is not None
        assert isinstance(objects, Objects)
        stdin = objects._process.stdin
        assert stdin is not None
        monkeypatch.setattr(objects._process, "stdin", Refusing(stdin))
        for name in ("HEAD:not-there", "HEAD", "HEAD:office.yaml"):
            with pytest.raises(Refused):
                objects.get(name)


def test_a_linked_work_tree_and_a_submodule_are_named_for_what_they_are(matter: Srctl, tmp_path: Path) -> None:
    matter.git("worktree", "add", "-q", "--detach", str(tmp_path / "beside"))
    beside = Srctl(tmp_path / "beside", matter.now)
    assert beside.ok("list").out
    assert str(matter.root) in beside.refused(5, "--as", "malee", "note", "1", "ต่อ")
    (tmp_path / "beside/.git").write_text("gitdir: ../.git/modules/office\n")
    assert "git clone" in beside.refused(5, "--as", "malee", "note", "1", "ต่อ")


@posix
def test_who_holds_gits_index_is_named(matter: Srctl) -> None:
    (matter.root / ".git/index.lock").touch()
    code = "import sys, time; print('ready', flush=True); time.sleep(60)"
    holder = subprocess.Popen(
        ["git", "-C", str(matter.root), "-c", f"alias.x=!exec {sys.executable} -c \"{code}\"", "x"],
        cwd=matter.root, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        told = matter.refused(5, "note", "1", "ต่อ")
        assert "index.lock" in told
    finally:
        os.killpg(holder.pid, signal.SIGKILL)
        holder.communicate()


def test_what_killed_writers_left_beside_a_file_is_swept(matter: Srctl) -> None:
    leftover = matter.case_file("2569-0001").parent / ".~sr-1-2-3"
    leftover.write_text("half")
    os.utime(leftover, (0, 0))
    matter.ok("note", "1", "ต่อ")
    assert not leftover.exists()


@posix
def test_an_act_ends_with_its_own_code_though_nobody_reads_what_went_wrong(matter: Srctl) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SRCTL_AS": "malee"}
    for words, code in ((["note", "1", "ต่อ"], 0), (["note", "99", "ต่อ"], 3)):
        for closed in ("2>&-", "2>/dev/full"):
            line = f'exec "{sys.executable}" -m srctl "$@" {closed}'
            done = subprocess.run(
                ["sh", "-c", line, "x", *words], cwd=matter.root, env=environment, capture_output=True
            )
            assert done.returncode == code, (words, closed)


def test_the_version_is_read_from_whatever_git_says() -> None:
    assert git_process.git_version("git version 2.39.5 (Apple Git-154)\n") == (2, 39)
    assert git_process.git_version("no git at all") == ()
