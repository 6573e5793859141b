"""Damage to git's own files: told with the last known state, mended by one command or by itself."""

from pathlib import Path

import pytest

from tests.conftest import Srctl, prepared, sampled

CASE = "cases/2569/11/2569-0001.yaml"


@prepared
def matter(office: Srctl) -> Srctl:
    office.ok("new", "directive", "--subject", "ติดตามโครงการ", "--order", "ให้ติดตาม")
    office.ok("note", "1", "เรื่องแรก")
    return office


def assert_sound(office: Srctl) -> None:
    assert office.git("status", "--porcelain") == ""
    office.git("fsck", "--strict")
    assert office.ok("check").code == 0


@pytest.mark.parametrize("name", ["refs/heads/main", "HEAD"])
@pytest.mark.parametrize("left", sampled([b"", b"\0" * 41, b"0" * 40 + b"\n"], 3, ids=["empty", "NUL", "zeros"]))
def test_an_end_lost_in_a_power_cut_is_told_with_the_last_known_state_and_mended(
    matter: Srctl, name: str, left: bytes
) -> None:
    if name == "HEAD" and left.startswith(b"0"):
        pytest.skip("HEAD names a branch")
    head = matter.git("rev-parse", "HEAD")
    last = matter.git("log", "-1", "--format=%s").strip()
    (matter.root / ".git" / name).write_bytes(left)
    for words in (("due",), ("show", "1"), ("check",)):
        told = matter.run(*words)
        assert last[:20] in told.err + told.out, (words, told)
        assert "srctl repair" in told.err + told.out
        assert "srctl adopt" not in told.err + told.out
    assert "srctl repair" in matter.refused(5, "note", "1", "ต่อ")
    assert next(i for i in matter.ok("doctor", "--json").json["items"] if i["name"] == "record")["state"] == "fail"
    matter.ok("repair")
    assert matter.git("rev-parse", "HEAD") == head
    matter.ok("note", "1", "ต่อ")
    assert_sound(matter)


def test_a_branch_that_names_a_commit_git_does_not_hold_is_told_and_mended(matter: Srctl) -> None:
    head = matter.git("rev-parse", "HEAD")
    (matter.root / ".git/refs/heads/main").write_text("1" * 40 + "\n")
    assert "srctl repair" in matter.refused(5, "note", "1", "ต่อ")
    matter.ok("repair")
    assert matter.git("rev-parse", "HEAD") == head


def test_a_last_commit_that_was_not_kept_gives_way_to_the_one_before(matter: Srctl) -> None:
    before, head = matter.git("rev-parse", "HEAD~1").strip(), matter.git("rev-parse", "HEAD").strip()
    (matter.root / ".git/objects" / head[:2] / head[2:]).unlink()
    (matter.root / ".git/refs/heads/main").write_bytes(b"")
    matter.ok("repair")
    assert matter.git("rev-parse", "HEAD").strip() == before
    assert "2569-0001" in matter.run("check").out  # the text of the lost act is still in the folder


@pytest.mark.parametrize("left", [None, b"", b"\0" * 500, b"DIRC" + b"\0" * 500], ids=["gone", "empty", "NUL", "torn"])
def test_an_index_that_is_gone_or_damaged_is_made_anew(matter: Srctl, left: bytes | None) -> None:
    index: Path = matter.root / ".git/index"
    index.unlink() if left is None else index.write_bytes(left)
    matter.ok("note", "1", "ต่อ")
    assert_sound(matter)
