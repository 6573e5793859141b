"""`srctl` alone, and `srctl help`: where a new clerk begins, and where everybody finds a command."""

from pathlib import Path

import pytest

from srctl.cli import view
from srctl.cli.purposes import PURPOSES
from srctl.core.thai import display_width
from tests.conftest import Srctl


def test_srctl_alone_is_my_day(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "ก", "--order", "ข", "--due", "2026-11-23", "--as", "malee")
    alone = office.ok("--as", "malee")
    assert alone == office.ok("today", "--as", "malee")
    assert "2569-0001" in alone.out


def test_outside_an_office_srctl_alone_says_how_to_begin(tmp_path: Path) -> None:
    said = Srctl(tmp_path).ok().out.splitlines()
    assert len(said) == 3
    assert [line.split("  ")[0] for line in said] == [
        "srctl init โฟลเดอร์", "srctl init --sample โฟลเดอร์", "srctl help",
    ]  # fmt: skip


def test_help_has_the_purposes_in_order_and_fits_80_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 80)
    said = Srctl(tmp_path).ok("help").out.splitlines()
    assert [line.split()[0] for line in said if not line.startswith(" ")][:-1] == [p.label for p in PURPOSES]
    assert max(map(display_width, said)) <= 80
    assert len(said) <= 12, "what a morning needs; the rest is a purpose away"
    whole = [
        line.split()[0] for each in PURPOSES for line in Srctl(tmp_path).ok("help", each.label).out.splitlines()[1:-1]
    ]
    assert set(whole) >= {name for each in PURPOSES for name in each.commands()}


@pytest.mark.parametrize(
    ("words", "told"),
    [(("เอกสาร",), "submit  เสนอเอกสาร"), (("papers",), "วิธีใช้: srctl papers"),
     (("step", "done"), "วิธีใช้: srctl step done"),
     (("ลงนาม",), "sign"), (("correct",), "undo")],
)  # fmt: skip
def test_help_explains_a_purpose_a_command_or_finds_a_word(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    assert told in Srctl(tmp_path).ok("help", *words).out


def test_help_about_nothing_known_says_what_there_is(tmp_path: Path) -> None:
    assert "srctl help" in Srctl(tmp_path).refused(3, "help", "กขคง")
    assert "หมายถึง contact" in Srctl(tmp_path).refused(3, "help", "contcat")
