"""What other code worked out is not believed: the index is made anew when code or words change, and only then."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from srctl.core.records import NamedTuple
from srctl.index import database, fingerprint
from srctl.index.tables import DueRecord, Table, insert, schema
from tests.conftest import PROJECT, Srctl

ENGLISH, THAI = "deadline of the order", "งานตามคำสั่งการ"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A copy of the package, as a checkout has it."""
    left_out = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PROJECT / "srctl", tmp_path / "checkout" / "srctl", ignore=left_out))


def due(code: Path, root: Path) -> str:
    """What is due as that code shows it, in both languages."""
    told = ""
    for language in ("th", "en"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "srctl", "due", "--all", "--json"], cwd=root, capture_output=True,
            encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(code.parent), "SRCTL_LANG": language},
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        told += " ".join(item["text"] for item in json.loads(done.stdout)["items"])
    return told


def change(path: Path, old: str, new: str) -> None:
    raw = path.read_bytes()
    assert old.encode() in raw
    path.write_bytes(raw.replace(old.encode(), new.encode()))


def marked(root: Path) -> bool:
    """Whether the index is the one that was marked."""
    with closing(sqlite3.connect(root / ".git/srctl/index.db")) as index:
        return bool(index.execute("SELECT 1 FROM about WHERE name = 'mark'").fetchall())


def mark(root: Path) -> None:
    with closing(sqlite3.connect(root / ".git/srctl/index.db")) as index, index:
        index.execute("INSERT INTO about VALUES ('mark', '')")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("deadlines/rules.py", ENGLISH, "end of the order"),
        ("core/locale/th/LC_MESSAGES/srctl.mo", THAI, "การตามคำสั่งงาน"),
    ],
)
def test_a_changed_label_shows_in_the_next_command(code: Path, sample: Srctl, name: str, old: str, new: str) -> None:
    assert old in due(code, sample.root)
    mark(sample.root)
    change(code / name, old, new)
    told = due(code, sample.root)
    assert new in told
    assert old not in told
    assert not marked(sample.root)


def test_a_change_that_leaves_size_and_time_shows(code: Path, sample: Srctl) -> None:
    due(code, sample.root)
    path = code / "deadlines/rules.py"
    before = path.stat()
    change(path, ENGLISH, ENGLISH.upper())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)  # Python itself goes by size and time
    assert ENGLISH.upper() in due(code, sample.root)


def test_nothing_is_made_anew_while_the_code_stays(code: Path, sample: Srctl, tmp_path: Path) -> None:
    told = due(code, sample.root)
    mark(sample.root)
    assert due(code, sample.root) == told
    assert marked(sample.root)
    # Installed again, or a second time: other files with the same in them. The face keeps nothing.
    again = Path(shutil.copytree(code, tmp_path / "again" / "srctl"))
    (again / "cli/view.py").write_bytes((again / "cli/view.py").read_bytes() + b"# another\n")
    for each in (again, code, again):
        assert due(each, sample.root) == told
        assert marked(sample.root)


def test_the_starter_set_of_an_installation_is_not_looked_through(code: Path) -> None:
    before = {Path(each.path) for each in fingerprint._files(str(code))}
    assert code / "deadlines/rules.py" in before
    (code / "starter/templates").mkdir(parents=True)
    (code / "starter/templates/own.py").write_text("", encoding="utf-8")
    assert {Path(each.path) for each in fingerprint._files(str(code))} == before


def test_an_index_that_may_only_be_read_is_not_believed_when_other_code_made_it(tmp_path: Path) -> None:
    path = tmp_path / "index.db"

    def day() -> str:
        with closing(database.open_index(path, writable=False)) as copy:
            return copy.about("day")

    with closing(database.open_index(path)) as store:
        store.put("about", [("day", "2026-11-20")])
        store.run("PRAGMA application_id = 1")
        assert day()
        store.run("PRAGMA user_version = 1")
        assert not day()


def test_a_further_field_of_a_record_is_a_column_of_table_index_and_question() -> None:
    further = {**DueRecord.__annotations__, "place": str}
    wider = type("Wider", (NamedTuple,), {"__annotations__": further})
    row = wider(*("x" if kind is not int else 1 for kind in further.values()))
    assert row.place == "x"
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema({"due": Table(wider, ("day", "n"), {"due_place": "(place, day)"})}):
            connection.execute(statement)
        connection.execute(insert("due", wider), row)
        store = database.Store(connection)
        assert store.rows(database.select(wider, "due")) == [tuple(row)]
        assert store.rows(database.select(wider, "due", place="th")) == [tuple(row)]
        columns = [name for _n, name, *_rest in store.rows("PRAGMA table_info(due)")]
        assert columns == list(further)
