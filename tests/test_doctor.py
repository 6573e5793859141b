"""`srctl doctor`: what it finds in a sound office, in a damaged one, and outside any."""

import json
import os
import shutil
import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from srctl.audit.doctor import _UNVERIFIED, LABELS, Diagnosis, Terminal, examine, judge_git, judge_space
from srctl.audit.emblem import picture_height
from srctl.documents import pdf
from srctl.index.workspace import Settings, current
from srctl.office.holiday_source import frozen_year
from tests.conftest import NOW, Ran, Srctl, invoked
from tests.sample_case import TODAY, picture

WIDE = Terminal(100, "UTF-8")

SELDOM = ("clock", "line-ends", "forms")  # told only where something is wrong, or a registrar compared the forms


def looked(place: Path, today: date = TODAY, acting: str = "", terminal: Terminal = WIDE) -> dict[str, Diagnosis]:
    found = examine(place, today, terminal, acting)
    assert len({finding.name for finding in found}) == len(found)
    return {finding.name: finding for finding in found}


def ran(place: Path, *words: str) -> Ran:
    """Run the command in ``place``."""
    token = current.set(Settings(cwd=place, now=NOW, interactive=False))
    try:
        return invoked("doctor", *words)
    finally:
        current.reset(token)


def change(place: Path, old: str, new: str, name: str = "office.yaml") -> None:
    file = place / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8", newline="\n")


def with_emblem(place: Path, raw: bytes | None, name: str = "emblem.png") -> Diagnosis:
    change(place, 'emblem: ""', f"emblem: {name}")
    if raw is not None:
        (place / name).write_bytes(raw)
    return looked(place)["emblem"]


# -- a sound office, and none -------------------------------------------------------------------------


def test_in_a_sound_office_everything_is_looked_at_and_nothing_is_to_mend(sample: Srctl) -> None:
    found = looked(sample.root)
    assert list(found) == [name for name in LABELS if name in found or name not in SELDOM]
    assert [finding for finding in found.values() if finding.state == "fail"] == []
    for name in ("python", "srctl", "git", "folder", "record", "office", "identity", "templates", "terminal"):
        assert found[name].state == "ok", found[name]
        assert found[name].hint == ""


def test_whatever_is_not_well_says_what_to_do(sample: Srctl) -> None:
    (sample.root / "templates/calendar/2569.yaml").unlink()
    change(sample.root, "malee@example.go.th", "other@example.go.th")
    for finding in looked(sample.root).values():
        assert bool(finding.hint) == (finding.state != "ok"), finding


def test_looking_changes_nothing(sample: Srctl) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sample.root.rglob("*") if p.is_file()}
    looked(sample.root)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sample.root.rglob("*") if p.is_file()} == before


def test_outside_an_office_it_says_so_and_looks_at_the_rest(tmp_path: Path) -> None:
    found = looked(tmp_path)
    assert list(found) == ["python", "srctl", "git", "folder", "font", "libreoffice", "terminal"]
    assert found["folder"].state == "warn"
    assert "srctl init" in found["folder"].hint


def test_the_command_shows_a_sign_a_thing_and_how_to_get_it(sample: Srctl) -> None:
    (sample.root / "templates/calendar/2569.yaml").unlink()
    told = ran(sample.root)
    lines = told.out.splitlines()
    assert (told.code, told.err) == (0, "")
    assert lines[2].startswith("✓ git: ")
    at = next(i for i, line in enumerate(lines) if line.startswith("✗ "))
    assert lines[at + 1] == "  → srctl calendar freeze 2569"
    assert "17" in lines[-1]


def test_the_same_comes_as_data(sample: Srctl) -> None:
    told = json.loads(ran(sample.root, "--json").out)
    assert list(told) == ["format", "items"]
    assert told["format"] == 1
    names = [item["name"] for item in told["items"]]
    assert names == [name for name in LABELS if name in names or name not in SELDOM]
    for item in told["items"]:
        assert list(item) == ["name", "state", "found", "hint"]
        assert item["state"] in ("ok", "warn", "fail")


# -- programs -----------------------------------------------------------------------------------------


def test_without_any_program_it_still_reports(sample: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = looked(sample.root)
    assert found["git"].state == "fail"
    assert found["git"].hint
    assert {"record", "identity"}.isdisjoint(found)
    assert found["office"].state == "ok"
    assert ran(sample.root).code == 0


def test_without_libreoffice_only_pdf_is_lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    if pdf.find_libreoffice():
        pytest.skip("LibreOffice stands where it is found without a PATH")
    lacking = looked(tmp_path)["libreoffice"]
    assert lacking.state == "warn"
    assert "libreoffice.org" in lacking.hint


@pytest.mark.skipif(os.name == "nt", reason="the program of the test is a shell script")
def test_a_libreoffice_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "soffice"
    silent.write_text("#!/bin/sh\nexit 1\n")
    silent.chmod(silent.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert looked(tmp_path)["libreoffice"].state == "warn"
    silent.write_bytes(b"\x7fno program at all")
    assert looked(tmp_path)["libreoffice"].state == "fail"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("git version 2.39.5\n", "ok"),
        ("git version 2.45.1.windows.1\n", "ok"),
        ("git version 2.39.5 (Apple Git-154)\n", "ok"),
        ("git version 3.0.0\n", "ok"),
        ("git version 2.24.0\n", "ok"),
        ("git version 2.23.4\n", "fail"),
        ("git version 1.9\n", "fail"),
        ("something else\n", "fail"),
        ("", "fail"),
    ],
)
def test_git_must_be_one_that_knows_what_is_asked_of_it(answer: str, state: str) -> None:
    assert judge_git(answer).state == state


@pytest.mark.parametrize(
    ("width", "encoding", "state"),
    [
        (100, "UTF-8", "ok"),
        (80, "utf8", "ok"),
        (0, "utf-8", "ok"),
        (79, "UTF-8", "warn"),
        (100, "TIS-620", "warn"),
        (100, "ANSI_X3.4-1968", "warn"),
    ],
)
def test_a_terminal_is_wide_enough_and_speaks_utf_8(width: int, encoding: str, state: str, tmp_path: Path) -> None:
    assert looked(tmp_path, terminal=Terminal(width, encoding))["terminal"].state == state


# -- fonts --------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not shutil.which("fc-match") or pdf.typeface("Laksaman") != "Laksaman", reason="the font Laksaman is not installed"
)
def test_the_font_is_the_one_the_office_names_and_no_other_answered_for_it(sample: Srctl) -> None:
    change(sample.root, "thai: TH SarabunPSK", "thai: Laksaman")
    assert looked(sample.root)["font"].state == "ok"
    change(sample.root, "thai: Laksaman", "thai: No Such Font At All")
    lacking = looked(sample.root)["font"]
    assert lacking.state == "warn"
    assert pdf.typeface("No Such Font At All") in lacking.found


@pytest.mark.parametrize("name", ["TH SarabunIT๙", "TH Sarabun New"])
def test_a_font_that_only_looks_like_the_official_one_is_told(sample: Srctl, name: str) -> None:
    change(sample.root, "thai: TH SarabunPSK", f"thai: {name}")
    found = looked(sample.root)["font"]
    assert found.state == "warn"
    assert name in found.found
    assert "TH SarabunPSK" in found.hint


# -- the office folder --------------------------------------------------------------------------------


def test_a_broken_office_file_is_told_with_its_line_and_the_rest_is_looked_at(sample: Srctl) -> None:
    change(sample.root, "letter_prefix: ศธ 0100", "letter_prefix: [ศธ 0100")
    found = looked(sample.root)
    assert found["office"].state == "fail"
    assert found["office"].found.startswith("office.yaml:")
    assert found["record"].state == "warn"
    assert found["templates"].state == "ok"
    assert {"identity", "emblem"}.isdisjoint(found)
    assert {"calendar", "font", "libreoffice", "terminal"} <= set(found)
    assert ran(sample.root).code == 0


def test_an_office_file_that_can_be_read_but_makes_no_sense_is_a_warning(sample: Srctl) -> None:
    change(sample.root, "head: wipa", "head: nobody")
    assert looked(sample.root)["office"].state == "warn"


def test_a_folder_that_cannot_be_written_is_told(sample: Srctl) -> None:
    if os.name != "nt" and os.geteuid() == 0:  # no permission stops root: a file stands in the way instead
        shutil.rmtree(sample.root / "cases")
        (sample.root / "cases").write_text("")
    else:
        (sample.root / "cases").chmod(0o500)
    assert looked(sample.root)["folder"].state == "fail"


@pytest.mark.parametrize(("free", "state"), [(80e9, "ok"), (1e9, "ok"), (999e6, "warn"), (50e6, "warn"), (1e6, "fail")])
def test_a_full_disk_is_told_before_it_is_full(free: float, state: str) -> None:
    assert judge_space(int(free)).state == state


def test_what_was_changed_by_hand_is_counted(sample: Srctl) -> None:
    change(sample.root, "fax:", "# x\nfax:")
    sample.case_file("2569-0010").unlink()
    (sample.root / "templates" / "note.docx").write_bytes(b"x")
    found = looked(sample.root)["record"]
    assert found.state == "warn"
    assert "main" in found.found
    assert " 2 " in found.found


def test_without_a_branch_nothing_can_be_recorded(sample: Srctl) -> None:
    sample.git("checkout", "-q", "--detach")
    found = looked(sample.root)["record"]
    assert (found.state, found.hint) == ("fail", "git switch main")


def test_a_folder_without_its_history_is_told(sample: Srctl) -> None:
    shutil.rmtree(sample.root / ".git")
    found = looked(sample.root)
    assert found["record"].state == "fail"
    assert found["identity"].state == "fail"
    assert found["office"].state == "ok"


def test_git_must_know_one_of_the_coordinators(sample: Srctl) -> None:
    assert "malee" in looked(sample.root)["identity"].found
    sample.git("config", "user.email", "Kanda@Example.go.th")
    assert "(kanda)" in looked(sample.root)["identity"].found
    sample.git("config", "user.email", "stranger@example.com")
    assert looked(sample.root)["identity"].state == "fail"
    sample.git("config", "--unset", "user.email")
    assert looked(sample.root)["identity"].state == "fail"


def test_who_is_named_acts_in_place_of_whom_git_knows(sample: Srctl) -> None:
    assert "(kanda)" in looked(sample.root, acting="kanda")["identity"].found
    assert looked(sample.root, acting="nobody")["identity"].state == "fail"
    assert "(kanda)" in ran(sample.root, "--as", "kanda").out


def test_whoever_has_left_is_told(sample: Srctl) -> None:
    change(sample.root, "short: มาลี", "short: มาลี\n    active: false")
    assert looked(sample.root)["identity"].state == "warn"


# -- calendars and definitions ------------------------------------------------------------------------


def test_days_nobody_has_compared_with_their_announcement_are_told(sample: Srctl) -> None:
    path = "templates/calendar/2569.yaml"
    assert looked(sample.root)["calendar"].state == "warn"
    change(sample.root, "; ยังไม่ได้ตรวจกับประกาศ", "; ราชกิจจานุเบกษา", path)
    assert looked(sample.root)["calendar"].state == "ok"


def test_a_frozen_calendar_says_what_was_not_compared_in_the_words_looked_for() -> None:
    assert _UNVERIFIED in frozen_year(2569, TODAY)


def test_a_year_that_is_missing_is_told_with_the_command_that_makes_it(sample: Srctl) -> None:
    for year in (2569, 2570):
        (sample.root / f"templates/calendar/{year}.yaml").unlink()
    found = looked(sample.root)
    assert (found["calendar"].state, found["calendar"].hint) == ("fail", "srctl calendar freeze 2569")
    assert (found["next-calendar"].state, found["next-calendar"].hint) == ("warn", "srctl calendar freeze 2570")


def test_the_next_year_need_not_be_announced_before_deadlines_run_into_it(sample: Srctl) -> None:
    assert looked(sample.root, date(2026, 9, 30))["next-calendar"].state == "ok"
    assert looked(sample.root, date(2026, 10, 1))["next-calendar"].state == "warn"


def test_a_broken_calendar_is_told_with_its_line(sample: Srctl) -> None:
    change(sample.root, "complete: true", "complete: perhaps", "templates/calendar/2569.yaml")
    found = looked(sample.root)["calendar"]
    assert found.state == "fail"
    assert found.found.startswith(f"{Path('templates/calendar/2569.yaml')}:")


def test_a_fault_in_a_definition_or_a_paper_is_told(sample: Srctl) -> None:
    change(sample.root, "signer: head", "signer: nobody", "templates/papers/memo.j2")
    found = looked(sample.root)["templates"]
    assert (found.state, found.hint) == ("fail", "srctl check")
    assert f"{Path('templates/papers/memo.j2')}:" in found.found
    shutil.rmtree(sample.root / "templates" / "kinds")
    assert looked(sample.root)["templates"].state == "fail"


# -- the emblem ---------------------------------------------------------------------------------------


def test_an_emblem_too_small_to_be_printed_is_told(sample: Srctl) -> None:
    found = with_emblem(sample.root, picture(110, 120))
    assert found.state == "warn"
    assert "120" in found.found
    assert "600" in found.hint
    (sample.root / "emblem.png").write_bytes(picture(40, 600))
    assert looked(sample.root)["emblem"].state == "ok"


@pytest.mark.parametrize("raw", [None, b"GIF89a", b"", b"\x89PNG\r\n\x1a\n", b"\0" * 5_000_001])
def test_an_emblem_that_cannot_be_used_is_told(sample: Srctl, raw: bytes | None) -> None:
    assert with_emblem(sample.root, raw).state == "fail"


def test_an_emblem_outside_the_office_folder_is_not_used(sample: Srctl) -> None:
    (sample.root.parent / "outside.png").write_bytes(picture(40, 600))
    assert with_emblem(sample.root, None, "../outside.png").state == "fail"


def jpeg(segments: Sequence[tuple[int, bytes]]) -> bytes:
    parts = (bytes([0xFF, kind]) + (len(data) + 2).to_bytes(2, "big") + data for kind, data in segments)
    return b"\xff\xd8" + b"".join(parts)


FRAME = b"\x08\x02\x58\x03\x20\x03" + b"\0" * 9  # 600 high, 800 wide


@pytest.mark.parametrize(
    ("raw", "height"),
    [
        (jpeg([(0xE0, b"JFIF\0" + b"\0" * 9), (0xC0, FRAME)]), 600),
        (jpeg([(0xC4, FRAME), (0xC2, FRAME)]), 600),
        (b"\xff\xd8\xff" + jpeg([(0xC0, FRAME)])[2:], 600),
        (jpeg([(0xE0, b"x" * 40)]), 0),
        (jpeg([(0xC0, FRAME)])[:8], 0),
        (b"\xff\xd8\xff\xe0\0\0" + b"\xff" * 40, 0),
        (picture(7, 321), 321),
        (b"<svg/>", 0),
    ],
)
def test_the_height_of_a_picture_is_read_from_its_head(raw: bytes, height: int) -> None:
    assert picture_height(raw) == height


@pytest.mark.parametrize(("text", "told"), [("* -text\n", False), ("*.docx binary\n", True), (None, True)])
def test_an_office_that_does_not_pin_line_ends_is_told(sample: Srctl, text: str | None, told: bool) -> None:
    place = sample.root / ".gitattributes"
    place.unlink()
    if text is not None:
        place.write_text(text, "utf-8")
    found = looked(sample.root)
    assert ("line-ends" in found) is told
    if told:
        assert found["line-ends"].state == "warn"
        assert "* -text" in found["line-ends"].hint
