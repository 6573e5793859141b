"""The office in one file, and an office made from it: nothing is lost, and nothing torn is taken for a backup."""

import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from srctl.audit.safekeeping import judge_backup
from srctl.office.folder import Folder
from tests.conftest import Srctl, prepared


@prepared
def matter(office: Srctl) -> Srctl:
    office.ok("new", "directive", "--subject", "ติดตามโครงการ", "--order", "ให้ติดตาม")
    office.ok("note", "1", "เรื่องแรก")
    return office


def contents(root: Path) -> dict[str, bytes]:
    paths = [p for p in root.rglob("*") if p.is_file() and ".git" not in p.relative_to(root).parts]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths}


def test_what_is_backed_up_is_restored_whole_and_works_on(matter: Srctl, tmp_path: Path) -> None:
    matter.git("tag", "เดือนแรก")
    told = matter.ok("backup", str(tmp_path / "b.zip"))
    assert "b.zip" in told.out
    said = matter.ok("restore", str(tmp_path / "b.zip"), str(tmp_path / "again"))
    assert "paper registers" in said.out or "ทะเบียน" in said.out
    again = Srctl(tmp_path / "again", matter.now)
    assert contents(again.root) == contents(matter.root)
    assert again.git("log", "--format=%H %s") == matter.git("log", "--format=%H %s")
    assert again.git("tag") == matter.git("tag")
    assert again.git("status", "--porcelain") == ""
    assert again.ok("check").code == 0
    again.ok("new", "directive", "--subject", "เรื่องต่อไป", "--order", "ให้ทำ")
    assert again.case_file("2569-0002").is_file()  # no number is given twice


def test_what_is_not_recorded_is_in_the_backup_too_and_comes_back_as_it_was(matter: Srctl, tmp_path: Path) -> None:
    case = matter.case_file("2569-0001")
    case.write_text(case.read_text("utf-8").replace("ติดตามโครงการ", "ติดตามโครงการใหญ่"), "utf-8", newline="\n")
    draft = case.with_suffix("") / "memo-draft.docx"
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(b"PK finished by hand in Word")  # git ignores drafts; the work in one is kept
    next((matter.root / "contacts").glob("*.yaml")).unlink()
    kept = matter.root / ".git/srctl/edit/2569-0001.yaml"
    kept.parent.mkdir()
    kept.write_text("ข้อความที่เก็บไว้", "utf-8")
    matter.ok("backup", str(tmp_path / "b.zip"))
    matter.ok("restore", str(tmp_path / "b.zip"), str(tmp_path / "again"))
    assert contents(tmp_path / "again") == contents(matter.root)
    assert (tmp_path / "again/.git/srctl/edit/2569-0001.yaml").read_bytes() == kept.read_bytes()
    assert [p["file"] for p in Srctl(tmp_path / "again").run("check", "--json").json["problems"]] == [
        p["file"] for p in matter.run("check", "--json").json["problems"]
    ]


def test_a_backup_is_not_written_over_another_or_into_the_office(matter: Srctl, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"mine")
    assert "--force" in matter.refused(5, "backup", str(target))
    assert target.read_bytes() == b"mine"
    matter.ok("backup", str(target), "--force")
    matter.refused(5, "backup", str(matter.root / "b.zip"))
    matter.refused(3, "backup", str(tmp_path / "nowhere/b.zip"))
    (tmp_path / "usb").mkdir()
    matter.ok("backup", str(tmp_path / "usb"))
    assert [p.name for p in (tmp_path / "usb").iterdir()] == ["srctl-20261120-0912.zip"]


def test_only_whoever_made_it_may_read_a_backup(matter: Srctl, tmp_path: Path) -> None:
    matter.ok("backup", str(tmp_path / "b.zip"))
    if os.name != "nt":
        assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".~")] == []


def test_a_damaged_history_gives_no_backup(matter: Srctl, tmp_path: Path) -> None:
    blob = matter.git("rev-parse", "HEAD:cases/2569/11/2569-0001.yaml").strip()
    loose = matter.root / ".git/objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"torn")
    assert matter.run("backup", str(tmp_path / "b.zip")).code == 5
    assert list(tmp_path.glob("*.zip")) == []


def torn(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def flipped(raw: bytes) -> bytes:
    return raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 0xFF]) + raw[len(raw) // 2 + 1 :]


@pytest.mark.parametrize("harm", [torn, flipped, lambda _raw: b"", lambda _raw: b"no zip at all"])
def test_a_damaged_backup_is_told_and_leaves_no_folder(matter: Srctl, tmp_path: Path, harm: object) -> None:
    matter.ok("backup", str(tmp_path / "b.zip"))
    (tmp_path / "b.zip").write_bytes(harm((tmp_path / "b.zip").read_bytes()))  # type: ignore[operator]
    assert "b.zip" in matter.refused(5, "restore", str(tmp_path / "b.zip"), str(tmp_path / "again"))
    assert not (tmp_path / "again").exists()


def rewritten(source: Path, target: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.namelist():
            if item != name:
                new.writestr(item, old.read(item))
        new.writestr(name, data)


@pytest.mark.parametrize("name", ["folder/../../evil.txt", "folder/.git/config", "local/../config", "folder//etc/x"])
def test_a_name_that_leads_out_of_the_folder_is_refused(matter: Srctl, tmp_path: Path, name: str) -> None:
    matter.ok("backup", str(tmp_path / "b.zip"))
    rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", name, b"evil")
    matter.refused(5, "restore", str(tmp_path / "bad.zip"), str(tmp_path / "again"))
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "evil.txt").exists()


def test_a_backup_of_a_newer_srctl_says_so(matter: Srctl, tmp_path: Path) -> None:
    matter.ok("backup", str(tmp_path / "b.zip"))
    about = json.loads(zipfile.ZipFile(tmp_path / "b.zip").read("about.json"))
    rewritten(tmp_path / "b.zip", tmp_path / "new.zip", "about.json", json.dumps({**about, "format": 2}).encode())
    assert "srctl" in matter.refused(5, "restore", str(tmp_path / "new.zip"), str(tmp_path / "again"))


def test_nothing_is_restored_over_files_that_are_there(matter: Srctl, tmp_path: Path) -> None:
    matter.ok("backup", str(tmp_path / "b.zip"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("ของฉัน", "utf-8")
    matter.refused(5, "restore", str(tmp_path / "b.zip"), str(tmp_path / "full"))
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    matter.ok("restore", str(tmp_path / "b.zip"), str(tmp_path / "empty"))


def test_the_age_of_the_last_backup_is_told_in_working_days(matter: Srctl, tmp_path: Path) -> None:
    folder = Folder(matter.root)
    assert not judge_backup(folder, date(2026, 11, 20))[0]
    matter.ok("backup", str(tmp_path / "b.zip"))
    assert judge_backup(folder, date(2026, 11, 27))[0]  # five working days are within backup_within
    well, found, hint = judge_backup(folder, date(2026, 11, 30))
    assert (well, "6" in found, "srctl backup" in hint) == (False, True, True)
    (tmp_path / "b.zip").unlink()
    assert not judge_backup(folder, date(2026, 11, 20))[0]
