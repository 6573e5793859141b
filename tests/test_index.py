"""The index says what the files say, whatever was done to them; without it the answer is the same."""

import gc
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from srctl import i18n, index, indexfile, matters
from srctl.absences import away_on
from srctl.due import Obligation, worst_first
from srctl.folder import Folder
from srctl.query import Filter, keep
from srctl.views import Around, View, case_row, due_of, due_row, stand_in
from tests.conftest import Srctl

TODAY = date(2026, 11, 20)
OPEN = Filter()
EVERYTHING = Filter(closed=None)


@pytest.fixture
def root(sample: Srctl) -> Path:
    """The sample office, a little older than the index takes for certain."""
    for path in sample.root.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (1_790_000_000, 1_790_000_000))
    return sample.root


def around(folder: Folder, today: date) -> Around:
    return Around(folder.office, folder.calendar, folder.directory, today, away_on(folder.absences, today))


def plainly(root: Path, wanted: Filter, today: date) -> tuple[list[View], list[View], set[str]]:
    """Return what is due, the cases, and the problems, out of the files themselves."""
    folder = Folder(root)
    about = around(folder, today)
    due: list[Obligation] = []
    rows: list[View] = []
    problems: set[str] = set()
    standing = {}
    for file in folder.cases():
        if file.case is None:
            problems |= {f"{p.where()} {p.message}" for p in file.problems}
            continue
        standing[file.id] = stand_in(file.case, about)
        kind = folder.kinds.get(file.case.kind)
        if keep(file.case, wanted, folder.kinds, folder.office, standing[file.id]):
            rows.append(case_row(file.case, kind, about))
        whose = Filter(kind=wanted.kind, owner=wanted.owner, group=wanted.group)  # what `due` can be asked for
        if keep(file.case, whose, folder.kinds, folder.office, standing[file.id]):
            due += due_of(file.case, kind, about)
    found = [due_row(o, about, standing[o.case]) for o in worst_first(due)]
    return found, sorted(rows, key=lambda row: row["id"]), problems


def from_index(root: Path, wanted: Filter, today: date) -> tuple[list[View], list[View], set[str]]:
    """Return the same out of the index."""
    folder = Folder(root)
    index.remember(folder)
    about = around(folder, today)
    cases = matters.cases(folder, about, wanted)
    due = matters.due(folder, about, wanted, None)
    return due.rows, cases.rows, {f"{p.where()} {p.message}" for p in due.problems}


def agree(root: Path, wanted: Filter = EVERYTHING, today: date = TODAY) -> None:
    assert from_index(root, wanted, today) == plainly(root, wanted, today)


def case(root: Path, name: str) -> Path:
    return next(root.glob(f"cases/*/*/{name}.yaml"))


def edit(path: Path, old: str, new: str) -> None:
    """Change a file in place, as an editor that does not rename does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    with path.open("r+", encoding="utf-8") as file:
        file.write(text.replace(old, new))
        file.truncate()


@pytest.mark.parametrize(
    "wanted",
    [OPEN, EVERYTHING, Filter(closed=True), Filter(owner="malee"), Filter(group="political"), Filter(kind="question"),
     Filter(stage="closed"), Filter(stage="analyse"), Filter(since=date(2026, 11, 10)),
     Filter(until=date(2026, 11, 10))],
)  # fmt: skip
def test_it_answers_as_the_files_do_with_every_filter(root: Path, wanted: Filter) -> None:
    for language in i18n.LANGUAGES:
        i18n.use(language)
        agree(root, wanted)
    i18n.use("th")


@pytest.mark.parametrize("days", [-30, -1, 0, 1, 2, 40, 400])
def test_it_answers_for_any_day(root: Path, days: int) -> None:
    agree(root)
    agree(root, today=TODAY + timedelta(days))
    agree(root)


def test_when_nothing_changed_no_file_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(root, OPEN)
    opened: list[str] = []
    monkeypatch.setattr("srctl.yamlfile.reader.read_file", lambda path: opened.append(str(path)))
    from_index(root, OPEN, TODAY)
    assert opened == []


def test_a_hand_edit_of_an_open_case_shows_at_once(root: Path) -> None:
    agree(root)
    edit(case(root, "2569-0011"), "owner: prasit", "owner: malee")
    assert "malee" in {row["owner"] for row in from_index(root, OPEN, TODAY)[1] if row["id"] == "2569-0011"}
    agree(root)


def test_an_edit_in_place_of_a_closed_case_shows_when_every_file_is_looked_at(root: Path) -> None:
    agree(root)
    path = case(root, "2569-0006")
    edit(path, "subject: เรียนเชิญเป็นประธานเปิดงานมหกรรมอาชีวศึกษา", "subject: เรียนเชิญเป็นประธานเปิดงานมหกรรมอาชีวศึกษไ")
    os.utime(path, (1_790_000_001, 1_790_000_001))
    folder = Folder(root)
    closed = matters.cases(folder, around(folder, TODAY), Filter(closed=True)).rows
    assert any(row["subject"].endswith("ศึกษไ") for row in closed)


def test_a_case_closed_reopened_deleted_moved_or_new_is_as_the_files_say(root: Path) -> None:
    agree(root)
    path = case(root, "2569-0012")
    text = path.read_text(encoding="utf-8")
    path.unlink()
    agree(root)
    path.write_text(text.replace("to: analyse}", "to: closed}"), encoding="utf-8")
    agree(root)
    path.write_text(text, encoding="utf-8")
    agree(root)
    shutil.move(path, root / "cases/2569/10" / path.name)
    agree(root)
    shutil.rmtree(root / "cases/2569/08")
    agree(root)


def test_two_files_of_one_name_are_both_told_and_neither_is_taken(root: Path) -> None:
    agree(root)
    path = case(root, "2569-0011")
    double = root / "cases/2569/10" / path.name
    shutil.copy(path, double)
    agree(root)
    double.unlink()
    agree(root)


@pytest.mark.parametrize("name", ["notes.yaml", "2569-0099.yml", "2570-0001.yaml"])
def test_what_is_no_case_is_told(root: Path, name: str) -> None:
    agree(root)
    (root / "cases/2569/11" / name).write_text("format: 1\n", encoding="utf-8")
    (root / "cases/2569/stray.yaml").write_text("", encoding="utf-8")
    agree(root)
    agree(root, OPEN)


def test_a_case_that_cannot_be_read_is_told_until_it_can(root: Path) -> None:
    agree(root)
    path = case(root, "2569-0011")
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "x: [", encoding="utf-8")
    agree(root)
    agree(root, OPEN)
    path.write_text(text, encoding="utf-8")
    agree(root)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("templates/kinds/web-complaint.yaml", "amount: 1\n", "amount: 4\n"),
        ("templates/kinds/web-complaint.yaml", "group: complaints", "group: political"),
        ("templates/calendar/2569.yaml", "2026-12-07", "2026-12-08"),
        ("templates/deadlines.yaml", "amount: 7", "amount: 2"),
        ("office.yaml", "next_day_is_1\n", "next_day_is_0\n"),
        ("office.yaml", "นายประสิทธิ์", "นายประสาท"),
        ("contacts/obec.yaml", "สมศักดิ์", "สมพร"),
    ],
)
def test_a_changed_definition_calendar_or_directory_counts_at_once(root: Path, name: str, old: str, new: str) -> None:
    agree(root)
    path = root / name
    text = path.read_text(encoding="utf-8")
    at = text.rindex(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    agree(root)
    agree(root, OPEN)


def test_who_is_away_and_what_is_paused_is_told_for_the_day(sample: Srctl) -> None:
    sample.ok("away", "malee", "2026-11-20", "2026-11-25", "--backup", "prasit", "--as", "malee")
    sample.ok("pause", "10", "agency", "--why", "รอ", "--as", "malee")
    for days in (0, 1, 4, 6, 30):
        agree(sample.root, today=TODAY + timedelta(days))


@pytest.mark.parametrize("harm", ["gone", "empty", "rubbish", "cut", "another version", "a row changed"])
def test_an_index_that_is_gone_damaged_or_of_another_version_is_made_anew(root: Path, harm: str) -> None:
    agree(root)
    path = root / ".git/srctl" / index.NAME
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if harm == "another version":
            connection.execute("PRAGMA user_version = 99")
        if harm == "a row changed":
            connection.execute("DROP TABLE due")
    connection.close()
    if harm == "gone":
        path.unlink()
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "rubbish":
        path.write_bytes(random.Random(1).randbytes(20_000))
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:9000])
    agree(root)
    agree(root, OPEN)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom a folder can be closed to")
def test_a_folder_that_cannot_be_written_is_read_all_the_same(root: Path) -> None:
    home = root / ".git/srctl"
    home.chmod(0o555)
    try:
        agree(root)
    finally:
        home.chmod(0o755)


def test_an_index_that_may_only_be_read_is_used_and_mended_in_memory(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)
    gc.collect()  # closes what the last answer came from
    before = (root / ".git/srctl" / index.NAME).read_bytes()
    monkeypatch.setattr(os, "access", lambda *_args: False)
    edit(case(root, "2569-0011"), "owner: prasit", "owner: malee")
    agree(root)
    assert (root / ".git/srctl" / index.NAME).read_bytes() == before


def test_without_git_there_is_no_index_and_the_same_answer(root: Path) -> None:
    shutil.rmtree(root / ".git")
    agree(root)
    assert not (root / ".git").exists()


def test_the_index_holds_neither_who_complains_nor_what_a_kind_keeps_private(sample: Srctl) -> None:
    sample.ok(
        "new", "complaint", "--subject", "เรื่อง", "--order", "ตรวจ", "--complainant", "นางสาวลับเฉพาะ", "--phone",
        "0899999999", "--set", "accused=นายลับมาก", "--as", "malee",
    )  # fmt: skip
    agree(sample.root)
    held = b"".join(p.read_bytes() for p in (sample.root / ".git/srctl").glob(f"{index.NAME}*"))
    for secret in ("ลับเฉพาะ", "0899999999", "ลับมาก"):
        assert secret.encode() not in held
    assert "เรื่อง".encode() in held


def test_many_files_are_shared_out_and_give_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MANY", 3)
    heard: list[tuple[int, int]] = []
    folder = Folder(root)
    index.current(folder, TODAY, tell=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1] == 13
    agree(root)


def test_two_who_ask_at_once_both_get_the_answer(root: Path) -> None:
    for path in (root / ".git/srctl").glob(f"{index.NAME}*"):
        path.unlink()
    words = [sys.executable, "-m", "srctl", "-C", str(root), "list", "--json"]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE) for _time in range(6)]
    said = {one.communicate()[0] for one in running}
    assert len(said) == 1
    assert all(one.returncode == 0 for one in running)
    agree(root)


def put(path: Path, raw: bytes) -> None:
    """Write a file as programs do: beside it, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(raw)
    new.replace(path)


def harm(rng: random.Random, root: Path, texts: dict[Path, bytes]) -> None:
    """Do one thing to the files of the office, as people and programs do."""

    def clear() -> None:
        for other in root.glob("cases/*/*/*.yaml"):
            if other not in texts:
                other.unlink()

    path = rng.choice([*texts])
    raw = texts[path]
    deeds: dict[str, Callable[[], None]] = {
        "deleted": lambda: path.unlink(missing_ok=True),
        "as it was": lambda: put(path, raw),
        "changed": lambda: put(path, raw.replace(b"owner: malee", b"owner: wipa")),
        "cut off": lambda: put(path, raw[: rng.randrange(len(raw))]),
        "copied": lambda: put(rng.choice([*texts]).parent / path.name, raw),
        "cleared up": clear,
    }
    deeds[rng.choice([*deeds])]()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_to_the_files_the_index_says_what_they_say(root: Path, seed: int) -> None:
    rng = random.Random(seed)
    texts = {path: path.read_bytes() for path in root.glob("cases/*/*/*.yaml")}
    for _step in range(25):
        harm(rng, root, texts)
        if rng.random() < 0.5:
            agree(root, rng.choice([OPEN, EVERYTHING]))
        if rng.random() < 0.1:
            time.sleep(0.06)  # now and then long enough for a stamp to be believed
    agree(root)


def test_a_kind_that_is_gone_is_told_with_each_case_it_leaves_without_deadlines(root: Path) -> None:
    agree(root)
    (root / "templates/kinds/question.yaml").unlink()
    folder = Folder(root)
    told = matters.due(folder, around(folder, TODAY), OPEN, None).problems
    assert [(p.path.name, p.code) for p in told] == [("2569-0012.yaml", "unknown-kind")]


def test_standing_rules_that_are_gone_are_told(root: Path) -> None:
    (root / "templates/deadlines.yaml").unlink()
    folder = Folder(root)
    told = matters.due(folder, around(folder, TODAY), OPEN, None).problems
    assert [(p.path.as_posix(), p.code) for p in told] == [("templates/deadlines.yaml", "missing")]


def test_while_another_process_writes_for_long_the_answer_is_right_and_its_work_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)
    monkeypatch.setattr(indexfile, "_WAIT", 0.05)
    path = root / ".git/srctl" / index.NAME
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO about VALUES ('other', 'at work')")
    edit(case(root, "2569-0011"), "owner: prasit", "owner: malee")
    agree(root)
    other.execute("COMMIT")
    assert other.execute("SELECT value FROM about WHERE name = 'other'").fetchone() == ("at work",)
    other.close()
    with sqlite3.connect(path) as again:
        assert again.execute("SELECT count(*) FROM about WHERE name = 'other'").fetchone() == (1,)
    agree(root)


def test_a_case_the_index_cannot_give_back_is_read_anew_and_never_passed_over(root: Path) -> None:
    agree(root)
    wanted = {case.id for case in matters.open_cases(Folder(root), TODAY)[0]}
    with sqlite3.connect(root / ".git/srctl" / index.NAME) as connection:
        connection.execute("UPDATE matter SET data = '{}' WHERE id = '2569-0011'")
    connection.close()
    assert {case.id for case in matters.open_cases(Folder(root), TODAY)[0]} == wanted
