"""A folder that another program keeps alike on several machines is told, and so are the copies it leaves."""

from pathlib import Path

import pytest

from srctl.office import synced_folders
from tests.conftest import Srctl


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("OneDrive - กระทรวง/งาน/office", "OneDrive"),
        ("Dropbox/office", "Dropbox"),
        ("Dropbox (สร.)/office", "Dropbox"),
        ("Google Drive/office", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-malee@example.org/My Drive/office", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/office", "iCloud"),
        ("iCloudDrive/office", "iCloud"),
        ("Nextcloud/office", "Nextcloud"),
        ("งาน/office", ""),
        ("งาน/one drive/office", ""),
    ],
)
def test_a_place_kept_by_a_program_is_known_by_its_name(tmp_path: Path, place: str, program: str) -> None:
    assert synced_folders.keeper(tmp_path / place) == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"), (".tmp.driveupload", "Google Drive")],
)
def test_a_place_kept_by_a_program_is_known_by_what_it_leaves_there(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / mark).mkdir()
    assert synced_folders.keeper(tmp_path / "งาน/office") == program


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("2569-0042 (malee's conflicted copy 2026-11-20).yaml", "2569-0042.yaml"),
        ("2569-0042 (conflicted copy 2026-11-20 091200).yaml", "2569-0042.yaml"),
        ("2569-0042 (1).yaml", "2569-0042.yaml"),
        ("2569-0042(1).yaml", "2569-0042.yaml"),
        ("2569-0042 2.yaml", "2569-0042.yaml"),
        ("2569-0042.sync-conflict-20261120-091200-ABCDEFG.yaml", "2569-0042.yaml"),
        ("2569-0042_conflict-20261120-091200.yaml", "2569-0042.yaml"),
        ("2569-0042-DESKTOP-A1B2C3.yaml", "2569-0042.yaml"),
        ("2569-0042-LAPTOP-XYZ.yaml", "2569-0042.yaml"),
        ("office - Copy.yaml", "office.yaml"),
        ("2569-0042 - สำเนา.yaml", "2569-0042.yaml"),
        ("2569-0042.yaml", ""),
        ("complaint.yaml", ""),
        ("obec.yaml", ""),
    ],
)
def test_a_conflict_copy_is_known_by_its_name(name: str, original: str) -> None:
    assert synced_folders.original_of(name) == original


def test_check_shows_what_differs_between_a_conflict_copy_and_the_file(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ติดตามโครงการ", "--order", "ให้ติดตาม")
    file = office.case_file("2569-0001")
    theirs = file.read_text("utf-8").replace("ติดตามโครงการ", "ติดตามโครงการใหญ่")
    theirs += "  - {id: a2, at: 2026-11-20T09:30:00+07:00, who: suda, did: note, text: อีกเครื่องหนึ่ง}\n"
    copy = file.with_name("2569-0001 (conflicted copy 2026-11-20).yaml")
    copy.write_text(theirs, "utf-8", newline="\n")
    office.ok("note", "1", "เครื่องนี้")
    problems = [p for p in office.run("check", "--json").json["problems"] if copy.name in p["file"]]
    assert [p["code"] for p in problems] == ["conflict-copy"]
    assert "subject" in problems[0]["message"]
    assert problems[0]["message"].count("a2") == 2  # the copy's, and the file's own
    assert "อีกเครื่องหนึ่ง" not in problems[0]["message"]


def test_due_tells_once_a_day_and_doctor_always(office: Srctl) -> None:
    (office.root.parent / ".stfolder").mkdir()
    assert "Syncthing" in office.ok("due").err
    assert "Syncthing" not in office.ok("due").err
    assert "Syncthing" in office.at("2026-11-23T08:30").ok("due").err
    found = {item["name"]: item for item in office.ok("doctor", "--json").json["items"]}["folder"]
    assert found["state"] == "warn"
    assert "Syncthing" in found["found"]
    assert "srctl backup" in found["hint"]


def test_init_tells_it_as_well(tmp_path: Path) -> None:
    place = Srctl(tmp_path)
    told = place.ok("init", "--sample", "Dropbox/office")
    assert "Dropbox" in told.err


def test_an_office_is_not_made_inside_another_without_a_word(office: Srctl) -> None:
    assert "--inside" in office.refused(5, "init", "--sample", "ลอง")
    assert not (office.root / "ลอง").exists()
    office.interactive = True
    assert office.run("init", "--sample", "ลอง", typed="n\n").code == 5
    office.ok("init", "--sample", "ลอง", "--inside")
