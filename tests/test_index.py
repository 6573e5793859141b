"""The index says what the files say, whatever was done to them; without it the answer is the same."""

import gc
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.deadlines.obligations import Obligation, worst_first
from srctl.index import cache, changes, database, extraction, queries
from srctl.model.absences import away_on
from srctl.office.folder import CaseFile, Folder
from srctl.views.case_views import case_row, due_of, stand_in
from srctl.views.list_views import View, ViewContext, due_row, matter_row
from srctl.workflow.filters import Filter, passes
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


def around(folder: Folder, today: date) -> ViewContext:
    return ViewContext(folder.office, folder.calendar, folder.directory, today, away_on(folder.absences, today))


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
        if passes(file.case, wanted, folder.kinds, folder.office, standing[file.id]):
            rows.append(case_row(file.case, kind, about))
        whose = Filter(kind=wanted.kind, owner=wanted.owner, group=wanted.group)  # what `due` can be asked for
        if passes(file.case, whose, folder.kinds, folder.office, standing[file.id]):
            due += due_of(file.case, kind, about)
    found = [due_row(o, about, standing[o.case]) for o in worst_first(due, today, about.weights)]
    return found, sorted(rows, key=lambda row: row["id"]), problems


def from_index(root: Path, wanted: Filter, today: date) -> tuple[list[View], list[View], set[str]]:
    """Return the same out of the index."""
    with closing(Folder(root)) as folder:
        cache.attach_cache(folder)
        about = around(folder, today)
        standing, _problems = queries.cases(folder, about, wanted)
        due, problems = queries.due_obligations(folder, about, wanted, None)
        rows = [matter_row(matter, folder.kinds.get(matter.kind)) for matter in standing]
        found = [due_row(each.item, about, each.shared.acting, each.shared.people) for each in due]
    # What lacks against the record is told besides (test_work_tree); the files alone do not show it.
    return found, rows, {f"{p.where()} {p.message}" for p in problems if p.code != "behind"}


def agree(root: Path, wanted: Filter = EVERYTHING, today: date = TODAY) -> None:
    assert from_index(root, wanted, today) == plainly(root, wanted, today)


def bring_up(root: Path, *, closed: bool = False, tell: cache.Progress = cache.no_progress) -> None:
    """Bring the index up to the files, and close it."""
    with closing(Folder(root)) as folder:
        cache.current(folder, TODAY, closed=closed, progress=tell)


def spoil(root: Path, order: str, *values: str) -> None:
    """Change rows behind srctl's back."""
    with closing(sqlite3.connect(root / ".git/srctl" / cache.NAME)) as connection, connection:
        connection.execute(order, values)


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
    monkeypatch.setattr("srctl.store.yaml.reader.read_file", lambda path, _shown=None: opened.append(str(path)))
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
    with closing(Folder(root)) as folder:
        closed, _problems = queries.cases(folder, around(folder, TODAY), Filter(closed=True))
    assert any(matter.subject.endswith("ศึกษไ") for matter in closed)


def test_what_is_wrong_in_a_file_that_ends_closed_is_told_when_closed_cases_are_asked_for(root: Path) -> None:
    path = case(root, "2569-0006")
    text = path.read_text(encoding="utf-8")
    put(path, text.replace("urgency: none", "urgency: hurry").encode())
    os.utime(path, (1_790_000_001, 1_790_000_001))
    _due, rows, problems = from_index(root, OPEN, TODAY)
    assert rows
    assert not problems, "nothing falls due in it: it is not read"
    agree(root)
    agree(root, OPEN)  # and told by everything from then on, while the file is as it was
    put(path, text.encode())
    agree(root, OPEN)
    agree(root)


def test_closed_cases_are_read_when_they_are_asked_for_and_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = {path.stem for path in root.glob("cases/*/*/*.yaml") if "did: close" in path.read_text(encoding="utf-8")}
    judged: list[str] = []
    whole = Folder.judged

    def noted(folder: Folder, path: Path, *, doubled: bool = False) -> CaseFile:
        judged.append(path.stem)
        return whole(folder, path, doubled=doubled)

    monkeypatch.setattr(Folder, "judged", noted)
    agree_without = from_index(root, OPEN, TODAY)
    assert {*judged}.isdisjoint(closed)
    judged.clear()
    from_index(root, EVERYTHING, TODAY)
    assert {*judged} == closed
    judged.clear()
    from_index(root, EVERYTHING, TODAY)
    assert from_index(root, OPEN, TODAY) == agree_without
    assert judged == []


def test_who_is_stopped_while_closed_cases_are_read_leaves_an_index_that_answers(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BATCH", 1)
    monkeypatch.setattr(extraction, "PART", 1)
    bring_up(root)
    with pytest.raises(KeyboardInterrupt):
        bring_up(root, closed=True, tell=stop_after(2))
    agree(root, OPEN)
    with pytest.raises(KeyboardInterrupt):
        bring_up(root, closed=True, tell=stop_after(2))
    agree(root)


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


def test_a_month_that_is_gone_is_noted_once(root: Path) -> None:
    agree(root)
    shutil.rmtree(root / "cases/2569/08")
    agree(root)
    with closing(Folder(root)) as folder:
        memory = cache.attach_cache(folder)
        assert memory
        assert not any(changes.scan(memory.store, root))


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
    path = root / ".git/srctl" / cache.NAME
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if harm == "another version":
            connection.execute("PRAGMA user_version = 99")
            connection.execute("PRAGMA application_id = 99")
        if harm == "a row changed":
            connection.execute("DROP TABLE due")
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
    before = (root / ".git/srctl" / cache.NAME).read_bytes()
    monkeypatch.setattr(os, "access", lambda *_args: False)
    edit(case(root, "2569-0011"), "owner: prasit", "owner: malee")
    agree(root)
    assert (root / ".git/srctl" / cache.NAME).read_bytes() == before


def test_a_command_closes_what_it_opened_also_one_that_is_refused(sample: Srctl) -> None:
    sample.ok("due")
    sample.ok("due", "--as-of", "2026-11-20")
    sample.refused(3, "show", "999")
    spoil(sample.root, "DROP TABLE due")
    sample.ok("due", "--all")
    for connection in (found for found in gc.get_objects() if isinstance(found, sqlite3.Connection)):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    assert [path.name for path in (sample.root / ".git/srctl").glob("index.db*")] == ["index.db"]


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
    held = b"".join(p.read_bytes() for p in (sample.root / ".git/srctl").glob(f"{cache.NAME}*"))
    for secret in ("ลับเฉพาะ", "0899999999", "ลับมาก"):
        assert secret.encode() not in held
    assert "เรื่อง".encode() in held


def test_many_files_are_shared_out_and_give_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MANY", 3)
    heard: list[tuple[int, int]] = []
    bring_up(root, closed=True, tell=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1] == 13
    agree(root)


def test_two_who_ask_at_once_both_get_the_answer(root: Path) -> None:
    for path in (root / ".git/srctl").glob(f"{cache.NAME}*"):
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
    with closing(Folder(root)) as folder:
        told = queries.due_obligations(folder, around(folder, TODAY), OPEN, None)[1]
    assert [(p.path.name, p.code) for p in told] == [("2569-0012.yaml", "unknown-kind")]


def test_standing_rules_that_are_gone_are_told(root: Path) -> None:
    (root / "templates/deadlines.yaml").unlink()
    with closing(Folder(root)) as folder:
        told = queries.due_obligations(folder, around(folder, TODAY), OPEN, None)[1]
    assert [(p.path.as_posix(), p.code) for p in told] == [("templates/deadlines.yaml", "missing")]


def test_while_another_process_writes_for_long_the_answer_is_right_and_its_work_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)
    monkeypatch.setattr(database, "_WAIT", 0.05)
    path = root / ".git/srctl" / cache.NAME
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO about VALUES ('other', 'at work')")
    edit(case(root, "2569-0011"), "owner: prasit", "owner: malee")
    agree(root)
    other.execute("COMMIT")
    assert other.execute("SELECT value FROM about WHERE name = 'other'").fetchone() == ("at work",)
    other.close()
    with closing(sqlite3.connect(path)) as again:
        assert again.execute("SELECT count(*) FROM about WHERE name = 'other'").fetchone() == (1,)
    agree(root)


def test_a_case_the_index_cannot_give_back_is_read_anew_and_never_passed_over(root: Path) -> None:
    agree(root)

    def given() -> set[str]:
        with closing(Folder(root)) as folder:
            return {case.id for case in queries.open_cases(folder, TODAY)[0]}

    wanted = given()
    spoil(root, "UPDATE content SET data = '{}' WHERE path LIKE '%/2569-0011.yaml'")
    assert given() == wanted


@pytest.mark.parametrize("data", ["{x", "[]", "7"])
def test_a_definition_the_index_cannot_give_back_is_read_itself(sample: Srctl, data: str) -> None:
    told = sample.ok("due", "--all").out
    spoil(sample.root, "UPDATE text SET data = ?", data)
    assert sample.ok("due", "--all").out == told
    assert sample.ok("note", "1", "ทดสอบ", "--as", "malee")


@pytest.mark.parametrize("table", ["matter", "due"])
def test_what_many_lines_share_is_made_anew_when_it_makes_no_sense(sample: Srctl, table: str) -> None:
    told = sample.ok("due", "--all").out + sample.ok("list").out
    spoil(sample.root, f"UPDATE {table} SET packed = '[1]'")
    assert sample.ok("due", "--all").out + sample.ok("list").out == told


@pytest.mark.skipif(os.name == "nt", reason="the time of a node is not kept there")
def test_a_hand_edit_whose_time_was_set_back_shows_at_once(sample: Srctl) -> None:
    row = sample.ok("list", "--json").json["items"][0]
    file, before = sample.case_file(row["id"]), sample.case_file(row["id"]).stat()
    subject = row["subject"]
    changed = subject[:-1] + ("ก" if subject[-1] != "ก" else "ข")
    file.write_bytes(file.read_bytes().replace(subject.encode(), changed.encode()))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert changed in sample.ok("list").out


# -- reading much --------------------------------------------------------------------------------------


def stop_after(files: int) -> Callable[[int, int], None]:
    """Return what presses Ctrl-C when so many files are read."""

    def tell(done: int, _all: int) -> None:
        if done == files:
            raise KeyboardInterrupt

    return tell


def read_by(root: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> list[str]:
    """Return the names of the case files that are read, to the end or by their end, while something is done."""
    found: list[str] = []
    judged, text_of = Folder.judged, extraction.presumed_closed

    def noted(folder: Folder, path: Path, *, doubled: bool = False) -> CaseFile:
        found.append(path.stem)
        return judged(folder, path, doubled=doubled)

    def ended(root: Path, path: str) -> bytes | None:
        text = text_of(root, path)
        found.extend([Path(path).stem] if text is not None else [])
        return text

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "judged", noted)
        patch.setattr(extraction, "presumed_closed", ended)
        work()
    return found


def test_who_is_stopped_while_reading_leaves_what_was_read_and_the_next_goes_on(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BATCH", 2)
    monkeypatch.setattr(extraction, "PART", 1)
    with pytest.raises(KeyboardInterrupt):
        bring_up(root, tell=stop_after(7))
    again = read_by(root, monkeypatch, lambda: bring_up(root))
    assert len(again) == 13 - 6
    agree(root)


def test_half_an_index_never_answers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "BATCH", 1)
    for files in (1, 5, 12):
        database.throw_away(root / ".git/srctl" / cache.NAME)
        with pytest.raises(KeyboardInterrupt):
            bring_up(root, tell=stop_after(files))
        agree(root, OPEN)


def test_files_that_came_and_went_while_an_index_was_half_are_as_they_are(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BATCH", 1)
    path = case(root, "2569-0011")
    double = root / "cases/2569/10" / path.name
    shutil.copy(path, double)
    with pytest.raises(KeyboardInterrupt):
        bring_up(root, tell=stop_after(4))
    double.unlink()
    case(root, "2569-0012").unlink()
    edit(path, "owner: prasit", "owner: malee")
    agree(root, OPEN)
    agree(root)


def test_while_one_reads_much_another_gets_the_answer_and_both_are_right(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "BATCH", 2)
    monkeypatch.setattr(database, "_WAIT", 0.05)

    def tell(done: int, _all: int) -> None:
        if done == 5:
            agree(root)
            path = case(root, "2569-0011")
            put(path, path.read_bytes().replace(b"owner: prasit", b"owner: malee"))
            agree(root)

    bring_up(root, tell=tell)
    agree(root)


@pytest.mark.parametrize(
    ("name", "old", "new"), [("templates/deadlines.yaml", "amount: 7", "amount: 2"), ("", "", "")]
)  # fmt: skip
def test_what_is_counted_by_other_rules_or_another_day_is_not_mixed(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
) -> None:
    monkeypatch.setattr(cache, "BATCH", 2)
    other = TODAY if name else TODAY + timedelta(40)

    def tell(done: int, _all: int) -> None:
        if done == 5:
            if name:
                edit(root / name, old, new)
            agree(root, today=other)

    bring_up(root, tell=tell)
    agree(root, today=other)
    agree(root)


def test_no_more_files_are_read_at_once_than_a_core_reads_in_one_go(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "PART", 2)
    paths = [path.relative_to(root).as_posix() for path in root.glob("cases/*/*/*.yaml")]
    found = extraction.extract(Folder(root), TODAY, [extraction.Unread(path, 1, 1) for path in paths], closed=True)
    assert len(read_by(root, monkeypatch, lambda: next(found))) == 2
    kept = {facts.state: set(facts.rows) for _file, facts in found}
    assert kept == {
        "open": {"matter", "content", "due", "rule", "waiting", "attention", "event", "trace"},
        "closed": {"matter", "event", "trace"},
    }


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent there")
def test_ctrl_c_ends_every_process_at_once_and_none_says_a_word(root: Path) -> None:
    code = (
        "import os, signal\nfrom datetime import date\nfrom pathlib import Path\n"
        "from srctl.index import cache, extraction\nfrom srctl.office.folder import Folder\n"
        "extraction.MANY = extraction.PART = cache.BATCH = 1\n"
        "def tell(done, total):\n    if done == 3: os.killpg(0, signal.SIGINT)\n"
        f"try:\n    cache.current(Folder(Path({str(root)!r})), date(2026, 11, 20), progress=tell)\n"
        "except KeyboardInterrupt:\n    print('stopped')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, start_new_session=True, timeout=60
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("stopped\n", "")
    agree(root)


# -- what git brings -----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is asked what it brought, however few folders changed."""
    monkeypatch.setattr(changes, "FEW", 0)


def pull(sample: Srctl, *, also: Callable[[], None] = lambda: None) -> None:
    """Bring a case changed, one deleted and one new from a colleague's clone, ``also`` doing something meanwhile."""
    there = sample.root.parent / "colleague"
    subprocess.run(["git", "clone", "-q", str(sample.root), str(there)], check=True)
    edit(case(there, "2569-0011"), "owner: prasit", "owner: malee")
    case(there, "2569-0012").unlink()
    text = case(there, "2569-0010").read_text(encoding="utf-8").replace("2569-0010", "2569-0777")
    (there / "cases/2569/11/2569-0777.yaml").write_text(text, encoding="utf-8")
    commit(there)
    also()
    sample.git("pull", "-q", "--ff-only", str(there), "main")


def commit(there: Path) -> None:
    """Record in a colleague's clone whatever was done there."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", str(there), "add", "-A"], check=True)
    subprocess.run(["git", "-C", str(there), *who, "commit", "-q", "-m", "x"], check=True)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.usefixtures("asked")
def test_after_a_pull_only_what_git_brought_is_looked_at_and_read(
    sample: Srctl, root: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    agree(root)
    pull(sample)
    if packed:
        sample.git("pack-refs", "--all")
    time.sleep(0.06)  # so long that a stamp is believed
    with closing(Folder(root)) as folder:
        memory = cache.attach_cache(folder)
        assert memory
        seen = changes.scan(memory.store, root)
        assert {Path(path).stem for path in seen.changed} == {"2569-0011", "2569-0777"}
        assert [Path(path).stem for path in seen.gone] == ["2569-0012"]
        assert set(read_by(root, monkeypatch, lambda: cache.current(folder, TODAY))) == {"2569-0011", "2569-0777"}
    agree(root, OPEN)
    agree(root)


@pytest.mark.usefixtures("asked")
def test_what_hands_did_before_and_after_a_pull_shows_with_it(
    sample: Srctl, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)

    def by_hand() -> None:
        closed = case(root, "2569-0006")
        put(closed, closed.read_bytes() + b"# touched\n")
        shutil.copy(closed, closed.with_name("2569-0555.yaml"))
        edit(case(root, "2569-0010"), "subject: ", "subject: ใหม่ ")

    pull(sample, also=by_hand)
    read = read_by(root, monkeypatch, lambda: bring_up(root))
    assert {"2569-0555", "2569-0010"} <= {*read}
    assert "2569-0006" in read_by(root, monkeypatch, lambda: bring_up(root))
    agree(root, OPEN)
    by_hand()
    agree(root, OPEN)
    agree(root)


@pytest.mark.usefixtures("asked")
def test_a_file_that_looked_the_same_during_a_pull_shows_in_the_command_after_the_next(
    sample: Srctl, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)
    closed = case(root, "2569-0006")
    pull(sample, also=lambda: edit(closed, "owner: ", "owner:  "))  # as if put back under the inode it had
    assert closed.stem not in read_by(root, monkeypatch, lambda: bring_up(root))
    again = read_by(root, monkeypatch, lambda: bring_up(root))
    assert closed.stem in again


@pytest.mark.usefixtures("asked")
def test_of_pulls_one_after_the_other_each_is_looked_at_by_what_it_brought(
    sample: Srctl, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(root)
    pull(sample)
    time.sleep(0.06)
    bring_up(root)
    there = root.parent / "colleague"
    for name, owner in (("2569-0011", "wipa"), ("2569-0777", "prasit")):
        path = case(there, name)
        path.write_text(re.sub("owner: .*", f"owner: {owner}", path.read_text(encoding="utf-8")), encoding="utf-8")
    commit(there)
    sample.git("pull", "-q", "--ff-only", str(there), "main")
    time.sleep(0.06)
    looked: list[str] = []
    scan = changes._full_scan

    def noted(store: database.Store, at: changes._ScanContext, month: str, stamp: int, names: bytes) -> None:
        looked.append(month)
        scan(store, at, month, stamp, names)

    monkeypatch.setattr(changes, "_full_scan", noted)
    read = read_by(root, monkeypatch, lambda: bring_up(root))
    assert {*read} == {"2569-0011", "2569-0777"}
    assert looked == []
    agree(root, OPEN)
    assert looked == ["cases/2569/11"], "all files of the folder, as soon as git brings no more"
    agree(root, OPEN)
    assert len(looked) == 1
    agree(root)


@pytest.mark.usefixtures("asked")
def test_what_ended_before_a_pull_and_after_it_is_noted_when_its_month_is_gone_through(
    sample: Srctl, root: Path
) -> None:
    closed, there = case(root, "2569-0006"), root.parent / "colleague"
    agree(root, OPEN)

    def noted() -> tuple[object, ...]:
        with closing(cache.current(Folder(root), TODAY)) as store:
            (found,) = store.rows("SELECT state, stamp FROM file WHERE name = ?", (closed.stem,))
        return found

    def pulled(line: str) -> None:
        put(case(there, closed.stem), closed.read_bytes() + line.encode())
        commit(there)
        sample.git("pull", "-q", "--ff-only", str(there), "main")
        time.sleep(0.06)  # so long that a stamp is believed

    before = noted()
    assert before[0] == "presumed"
    subprocess.run(["git", "clone", "-q", str(root), str(there)], check=True)
    pulled("  - {id: a91, at: 2026-11-20T16:00:00+07:00, who: malee, did: note, text: x}\n")
    assert noted() == before
    assert noted() == ("presumed", changes.stamp_of(closed.lstat()))
    pulled("  - {id: a92, at: 2026-11-20T17:00:00+07:00, who: malee, did: reopen, why: x, to: coordinate}\n")
    assert noted()[0] == "open", "at once"
    agree(root)


@pytest.mark.usefixtures("asked")
def test_what_a_pull_brought_is_missed_when_it_goes_with_its_month(sample: Srctl, root: Path) -> None:
    agree(root)
    pull(sample)
    agree(root, OPEN)  # glanced at
    month = case(root, "2569-0777").parent
    case(root, "2569-0777").unlink()
    agree(root, OPEN)
    shutil.rmtree(month)
    agree(root, OPEN)
    agree(root)


@pytest.mark.usefixtures("asked")
def test_a_commit_that_is_no_more_is_not_asked_for(sample: Srctl, root: Path) -> None:
    agree(root)
    spoil(root, "UPDATE about SET value = ? WHERE name = 'head'", "0" * 40)
    pull(sample)
    agree(root, OPEN)
    agree(root)
