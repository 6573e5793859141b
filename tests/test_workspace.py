"""What every command starts from: one folder and one index a run (srctl/index/workspace.py)."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from srctl.office.folder import Folder
from tests.conftest import Srctl

CONTACT = ("contact", "10", "obec/somsak", "--said", "ส่งแล้ว", "--they-promise", "ส่งตัวเลข", "--until", "+3wd")
COMMANDS = (
    ("plan", "8", "--step", "ขอตัวเลข | obec/somsak | phone | +2wd", "--step", "โทรถาม | obec | phone | +4wd"),
    (*CONTACT, "--on", "-1wd"),
    ("new", "directive", "--subject", "ขอตัวเลข", "--order", "ด่วน", "--due", "+3wd", "--received", "-1wd"),
    ("memo", "9"),
    ("assign", "10", "suda", "--backup", "malee"),
    ("due",),
)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is opened, as it happens: the real folder and the real database, counted."""
    seen: list[str] = []
    made, connect = Folder.__init__, sqlite3.connect

    def making(self: Folder, root: Path) -> None:
        seen.append("folder")
        made(self, root)

    def connecting(*args: Any, **more: Any) -> sqlite3.Connection:
        seen.append("index")
        connection: sqlite3.Connection = connect(*args, **more)
        return connection

    monkeypatch.setattr(Folder, "__init__", making)
    monkeypatch.setattr(sqlite3, "connect", connecting)
    return seen


@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_one_run_opens_folder_and_index_once(sample: Srctl, opened: list[str], words: tuple[str, ...]) -> None:
    sample.ok("list")  # the index is there, as it is for every command but the first of a day
    for _run in range(2):  # the second begins anew: nothing of the first is left to it
        opened.clear()
        sample.ok(*words, *(() if words == ("due",) else ("--as", "malee")))
        assert sorted(opened) == ["folder", "index"]
