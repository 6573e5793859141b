"""Two users of one system in one office: both can work, or it is said which permission lacks, where, what to type."""

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from srctl.store import permissions
from srctl.store.git.repository import Repo
from tests.conftest import Srctl, sampled

pytestmark = pytest.mark.slow  # whole commands in children of the test
MALEE, SUDA, GROUP = 61001, 61002, 61000
needs_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can act as two other users of the system"
)


def acting(uid: int, umask: int, office: Srctl, *words: str) -> tuple[int, str]:
    """Run a command in a child process as another user of the system; return exit code and what it said."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setregid(GROUP, GROUP)
            os.setreuid(uid, uid)
            os.umask(umask)
            ran = office.run(*words)
            os.write(write, (ran.out + ran.err).encode()[:60_000])
            os._exit(ran.code)
        except BaseException:  # noqa: BLE001 - a child of a test: it must not go on with the tests
            os.write(write, traceback.format_exc().encode()[:60_000])
            os._exit(99)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def given(root: Path, mode: int) -> None:
    """Let the office belong to one user; its folders get the mode, its files that of the group as well."""
    for place in (root, *root.rglob("*")):
        os.chown(place, MALEE, GROUP)
        old = place.stat().st_mode & 0o777
        place.chmod(mode if place.is_dir() else old | mode & 0o060)


@pytest.fixture
def shared(office: Srctl, monkeypatch: pytest.MonkeyPatch) -> Iterator[Srctl]:
    """An office that others than root can reach, with every module of its commands imported."""
    monkeypatch.setenv("SRCTL_AS", "malee")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    office.ok("new", "directive", "--subject", "เรื่องแรก", "--order", "ให้ทำ")
    office.ok("note", "1", "เริ่ม")
    office.ok("due")
    office.ok("check")
    office.run("doctor")
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to other users
        Path(place).chmod(0o755)
        yield Srctl(Path(shutil.copytree(office.root, Path(place, "office"))))


@needs_root
@pytest.mark.parametrize("umask", sampled([0o077, 0o002, 0o022], 3))
def test_two_users_work_in_a_folder_whose_group_may_write_it(shared: Srctl, umask: int) -> None:
    given(shared.root, 0o2770)
    for uid, words in (
        (MALEE, ("new", "directive", "--subject", "เรื่องสอง", "--order", "ให้ทำ")),
        (SUDA, ("note", "2", "ต่อ")),
        (SUDA, ("new", "directive", "--subject", "เรื่องสาม", "--order", "ให้ทำ")),
        (MALEE, ("note", "3", "ต่อ")),
        (SUDA, ("due",)),
        (MALEE, ("due",)),
        (SUDA, ("check",)),
    ):
        code, said = acting(uid, umask, shared, *words)
        assert code == 0, (words, said)
    assert permissions.closed_to_group(shared.root) is None
    assert len(Repo(shared.root).names("cases")) == 3


@needs_root
@pytest.mark.parametrize("umask", sampled([0o022, 0o002, 0o077], 3))
def test_a_folder_of_one_user_tells_the_other_what_lacks_and_what_to_type(shared: Srctl, umask: int) -> None:
    given(shared.root, 0o2755)
    assert acting(MALEE, umask, shared, "note", "1", "ต่อ")[0] == 0
    head = shared.git("-c", "safe.directory=*", "rev-parse", "HEAD")
    for words in (("note", "1", "ต่อ"), ("doctor",)):
        code, said = acting(SUDA, umask, shared, *words)
        assert (code != 0) == (words[0] == "note"), said
        assert f"chmod -R g+rwX {shared.root}" in said
        assert "srctl repair" not in said  # a history that cannot be read is not damaged
    assert "srctl repair" not in acting(SUDA, umask, shared, "due")[1]
    assert shared.git("-c", "safe.directory=*", "rev-parse", "HEAD") == head


@needs_root
@pytest.mark.parametrize(
    "place", sampled([".git/refs/heads/main", ".git/srctl/lock", ".git/objects", "cases/2569/11"], 2)
)
def test_rights_changed_later_are_named_with_the_path(shared: Srctl, place: str) -> None:
    given(shared.root, 0o2770)
    changed = shared.root / place
    changed.chmod(0o2700 if changed.is_dir() else 0o600)
    code, said = acting(SUDA, 0o022, shared, "note", "1", "ต่อ")
    assert code != 0
    assert place in said, said
    assert "chmod -R g+rwX" in said
    told = acting(MALEE, 0o022, shared, "doctor")[1]  # to whom it belongs
    assert place in told.replace("\n", ""), told
    subprocess.run(["chmod", "-R", "g+rwX", str(shared.root)], check=True)
    assert acting(SUDA, 0o022, shared, "note", "1", "ต่อ")[0] == 0
