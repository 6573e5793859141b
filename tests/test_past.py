"""The office as of a day: its cases and definitions as they were recorded by the end of it, and nothing else."""

import os
import subprocess
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.errors import Refused
from srctl.office.snapshot import last_commit, open_snapshot
from tests.conftest import Srctl, prepared

FIRST, TODAY = "2026-11-20", "2026-11-26"
KIND = "templates/kinds/complaint.yaml"


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    i18n.use("en")


@pytest.fixture(autouse=True)
def thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give temporary folders a place of their own, to see that none is left."""
    place = tmp_path / "thrown-away"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@prepared
def week(office: Srctl) -> Srctl:
    """Three days: a complaint on Friday 20, a note on Monday 23, a second complaint on Tuesday 24 November."""
    office.at("2026-11-20T10:00").ok("new", "complaint", "-s", "เรื่องแรก")
    office.at("2026-11-23T23:59:59").ok("note", "1", "โทรแล้ว")
    office.at("2026-11-24T00:00").ok("new", "complaint", "-s", "เรื่องที่สอง")
    return office.at(f"{TODAY}T09:00")


def ids(ran_json: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["id"] for item in ran_json["items"]]


def files(root: Path) -> dict[str, bytes]:
    """Return the files of the folder; the index is no part of the office (docs/performance.md)."""
    found = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".git/srctl/index.db")}


def commit_tree(srctl: Srctl, *entries: str) -> None:
    """Record index entries (``mode,id,path``) that no command of srctl would."""
    words = [word for entry in entries for word in ("--add", "--cacheinfo", entry)]
    srctl.git("update-index", *words)
    subprocess.run(
        ["git", "-C", str(srctl.root), "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "x"],
        check=True,
        env={"GIT_AUTHOR_DATE": f"{FIRST}T12:00:00+07:00", "GIT_COMMITTER_DATE": f"{FIRST}T12:00:00+07:00",
             **os.environ},
    )  # fmt: skip


# -- which day ----------------------------------------------------------------------------------------


def test_a_list_holds_the_cases_recorded_by_the_end_of_the_day(week: Srctl) -> None:
    assert ids(week.ok("list", "--as-of", FIRST, "--json").json) == ["2569-0001"]
    assert ids(week.ok("list", "--as-of", "2026-11-23", "--json").json) == ["2569-0001"]
    assert ids(week.ok("list", "--as-of", "2026-11-24", "--json").json) == ["2569-0001", "2569-0002"]


def test_a_case_is_shown_with_the_log_it_had(week: Srctl) -> None:
    assert [len(week.ok("show", "1", "--as-of", day, "--json").json["log"])
            for day in (FIRST, "2026-11-22", "2026-11-23", TODAY)] == [1, 1, 2, 2]  # fmt: skip
    assert "2569-0002" in week.refused(3, "show", "2569-0002", "--as-of", "2026-11-23")


@pytest.mark.parametrize("typed", ["1", "2569-0001", "๒๕๖๙-๐๐๐๑"])
def test_a_case_is_found_among_those_of_the_day_and_no_other_is_copied(week: Srctl, typed: str) -> None:
    with open_snapshot(week.root, date(2026, 11, 24), week.now.date(), typed) as past:
        assert past.folder.case_ids() == {"2569-0001"}
    assert week.ok("show", typed, "--as-of", "2026-11-24", "--json").json["id"] == "2569-0001"
    assert "2569-0002" in week.refused(3, "show", "2569-000", "--as-of", "2026-11-24")
    assert week.ok("show", "2569-000", "--as-of", FIRST, "--json").json["id"] == "2569-0001"


def test_lateness_is_that_of_the_day(week: Srctl) -> None:
    def late(*words: str) -> int:
        found = week.ok("due", "--all", "--json", *words).json["items"]
        return int(next(row["late"] for row in found if row["ref"] == "opinion"))

    assert late() - late("--as-of", FIRST) == 4  # Friday to Thursday


def test_dates_typed_beside_it_are_counted_from_that_day(week: Srctl) -> None:
    week.ok("new", "complaint", "-s", "วันนี้")
    assert ids(week.ok("list", "--as-of", "yesterday", "--since", "-1", "--json").json) == ["2569-0002"]


@pytest.mark.parametrize(("day", "code"), [("2026-11-27", 2), ("tomorrow", 2), ("2026-11-19", 5), ("rubbish", 2)])
@pytest.mark.parametrize("command", [("list",), ("due",), ("show", "1")], ids=" ".join)
def test_a_day_without_a_record_is_refused(week: Srctl, command: tuple[str, ...], day: str, code: int) -> None:
    said = week.refused(code, *command, "--as-of", day)
    assert code == 2 or "the record begins on 20 Nov 2026" in said


def test_an_office_without_any_commit_says_so(week: Srctl) -> None:
    week.git("update-ref", "-d", "HEAD")
    assert "nothing is recorded in this office yet" in week.refused(5, "list", "--as-of", FIRST)


def test_a_folder_that_was_no_office_yet_is_refused(week: Srctl) -> None:
    week.git("rm", "-q", "--cached", "office.yaml")
    commit_tree(week)
    assert "was no office" in week.refused(5, "list", "--as-of", FIRST)


def moments(*texts: str) -> list[tuple[str, datetime]]:
    """Return commits named by their place in history, the newest first."""
    return [(str(n), datetime.fromisoformat(text)) for n, text in enumerate(texts, 1)][::-1]


@pytest.mark.parametrize(
    ("history", "found"),
    [
        (["2026-11-20T09:00+07:00", "2026-11-20T23:59:59+07:00", "2026-11-21T00:00+07:00"], "2"),
        (["2026-11-20T16:59:59+00:00", "2026-11-20T17:00+00:00"], "1"),  # the day ends in Bangkok, not in Greenwich
        (["2026-11-20T09:00+07:00", "2030-01-01T00:00+07:00", "2026-11-20T10:00+07:00"], "3"),  # a clock ran ahead
        (["2026-11-18T09:00+07:00"], "1"),
    ],
)
def test_the_commit_of_a_day_is_the_last_not_after_its_end(history: list[str], found: str) -> None:
    assert last_commit(moments(*history), date(2026, 11, 20)) == found


def test_the_first_day_named_is_one_that_is_answered() -> None:
    history = moments("2026-11-24T01:00+07:00", "2026-11-22T20:00+00:00")  # 23 November in Bangkok
    with pytest.raises(Refused, match="23 Nov 2026"):
        last_commit(history, date(2026, 11, 22))
    assert last_commit(history, date(2026, 11, 23)) == "2"


def test_only_what_this_folder_did_counts_not_what_was_merged_later(week: Srctl) -> None:
    tip = week.git("rev-parse", "HEAD").strip()
    begin = week.git("rev-list", "--max-parents=0", "HEAD").strip()
    late = f"{TODAY}T08:00:00+07:00"
    merge = subprocess.run(
        ["git", "-C", str(week.root), "commit-tree", "-p", begin, "-p", tip, "-m", "merge", f"{tip}^{{tree}}"],
        capture_output=True, text=True, check=True,
        env={"GIT_AUTHOR_DATE": late, "GIT_COMMITTER_DATE": late, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x",
             "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x", **os.environ},
    )  # fmt: skip
    week.git("update-ref", "HEAD", merge.stdout.strip())
    assert ids(week.ok("list", "--as-of", "2026-11-25", "--json").json) == []
    assert len(ids(week.ok("list", "--as-of", TODAY, "--json").json)) == 2


# -- what of it ---------------------------------------------------------------------------------------


def test_the_definitions_are_those_of_the_day(week: Srctl) -> None:
    before = week.ok("due", "--all", "--as-of", TODAY, "--json").json["items"]
    kind = week.root / KIND
    kind.write_text(kind.read_text("utf-8").replace("amount: 15", "amount: 20"), "utf-8")
    week.at("2026-11-27T09:00").ok("adopt", KIND)
    assert week.ok("due", "--all", "--as-of", TODAY, "--json").json["items"] == before
    after = week.ok("due", "--all", "--as-of", "2026-11-27", "--json").json["items"]
    assert [row["due"] for row in after] != [row["due"] for row in before]


def test_what_nobody_recorded_is_no_part_of_it(week: Srctl) -> None:
    now = week.ok("list", "--as-of", "today", "--json").json
    path = week.case_file("2569-0001")
    path.write_text(path.read_text("utf-8").replace("เรื่องแรก", "แก้ด้วยมือ"), "utf-8")
    week.case_file("2569-0002").unlink()
    assert week.ok("list", "--as-of", "today", "--json").json == now
    assert week.ok("list", "--json").json != now


def test_json_names_the_day_only_when_it_was_asked_for(week: Srctl) -> None:
    for command in (("list",), ("due",), ("show", "1")):
        assert "as_of" not in week.ok(*command, "--json").json
        assert week.ok(*command, "--json", "--as-of", "23/11/2569").json["as_of"] == "2026-11-23"
    assert week.ok("due", "--json", "--as-of", "2026-11-23").json["today"] == "2026-11-23"


@pytest.mark.parametrize("command", [("list",), ("due",), ("show", "1")], ids=" ".join)
def test_the_screen_begins_with_the_day_and_the_commit(week: Srctl, command: tuple[str, ...]) -> None:
    commit = week.git("rev-parse", "HEAD~1")[:7]
    assert week.ok(*command, "--as-of", "2026-11-23").out.startswith(f"as of 23 Nov 2026, commit {commit}\n")


def test_who_acts_is_asked_of_the_office_as_it_is_now(week: Srctl) -> None:
    from srctl.index.workspace import Settings, Workspace, closing_opened, current

    current.set(Settings(cwd=week.root, now=week.now, acting="malee"))
    with closing_opened(), open_snapshot(week.root, date(2026, 11, 20), week.now.date()) as past:
        workspace = Workspace(past)
        (past.folder.root / "office.yaml").unlink()
        assert workspace.me.id == "malee"


# -- how it is read -----------------------------------------------------------------------------------


def test_the_office_folder_is_only_read_and_nothing_is_left_behind(week: Srctl, thrown_away: Path) -> None:
    before = files(week.root)
    week.ok("list", "--as-of", FIRST)
    week.ok("due", "--as-of", FIRST)
    week.refused(3, "show", "9", "--as-of", FIRST)
    assert files(week.root) == before
    assert list(thrown_away.iterdir()) == []


def test_every_file_read_has_the_bytes_that_were_recorded(sample: Srctl) -> None:
    with open_snapshot(sample.root, date(2026, 11, 20), sample.now.date()) as past:
        copied = files(past.folder.root)
        for name, raw in copied.items():
            shown = subprocess.run(
                ["git", "-C", str(sample.root), "cat-file", "blob", f"{past.commit}:{name}"],
                capture_output=True, check=True,
            )  # fmt: skip
            assert shown.stdout == raw, name
    kept = sample.git("ls-tree", "-r", "--name-only", "HEAD", "office.yaml", "contacts", "templates").splitlines()
    assert set(kept) <= set(copied)


def test_no_attribute_or_filter_has_a_say(week: Srctl, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    week.git("config", "filter.evil.smudge", f"touch {ran}")
    week.git("config", "filter.evil.required", "true")
    blob = tmp_path / "attributes"
    blob.write_text("* filter=evil text eol=crlf ident export-ignore\n")
    stored = week.git("hash-object", "-w", "--no-filters", str(blob)).strip()
    commit_tree(week, f"100644,{stored},.gitattributes")
    assert ids(week.ok("list", "--as-of", FIRST, "--json").json) == ["2569-0001", "2569-0002"]
    assert not ran.exists()


def test_papers_and_scans_are_not_copied(week: Srctl, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    stored = week.git("hash-object", "-w", str(scan)).strip()
    commit_tree(week, f"100644,{stored},cases/2569/11/2569-0001/scan.pdf",
                f"100644,{stored},cases/2569/11/2569-0001/fields.yaml")  # fmt: skip
    with open_snapshot(week.root, date(2026, 11, 20), week.now.date()) as past:
        assert sorted(name for name in files(past.folder.root) if name.startswith("cases")) == [
            "cases/2569/11/2569-0001.yaml", "cases/2569/11/2569-0002.yaml",
        ]  # fmt: skip
        assert past.folder.problems == []


def test_links_and_submodules_are_told_and_not_followed(week: Srctl, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("/etc/passwd")
    stored = week.git("hash-object", "-w", str(secret)).strip()
    commit = week.git("rev-parse", "HEAD").strip()
    commit_tree(week, f"120000,{stored},cases/2569/11/2569-0009.yaml", f"120000,{stored},cases/2570",
                f"120000,{stored},templates/kinds/evil.yaml", f"160000,{commit},contacts/other")  # fmt: skip
    found = week.ok("list", "--as-of", FIRST, "--json").json
    assert ids(found) == ["2569-0001", "2569-0002"]
    assert {(p["file"], p["code"]) for p in found["problems"]} == {
        ("cases/2569/11/2569-0009.yaml", "not-a-file"), ("cases/2570", "not-a-file"),
        ("templates/kinds/evil.yaml", "not-a-file"), ("contacts/other", "not-a-file"),
    }  # fmt: skip


def test_a_name_that_leads_out_of_the_folder_is_never_written(week: Srctl, thrown_away: Path) -> None:
    def stored(kind: str, data: bytes) -> str:
        done = subprocess.run(
            ["git", "-C", str(week.root), "hash-object", "-t", kind, "-w", "--literally", "--stdin"],
            input=data, capture_output=True, check=True,
        )  # fmt: skip
        return done.stdout.decode().strip()

    def tree(name: bytes, mode: bytes, identity: str) -> bytes:
        return mode + b" " + name + b"\0" + bytes.fromhex(identity)

    out = stored("tree", tree(b"evil.yaml", b"100644", stored("blob", b"x: 1\n")))
    up = stored("tree", tree(b"..", b"40000", out))
    root = stored("tree", tree(b"cases", b"40000", stored("tree", tree(b"..", b"40000", up)))
                  + tree(b"office.yaml", b"100644", week.git("rev-parse", "HEAD:office.yaml").strip()))  # fmt: skip
    person = b"x <x@example.com> 1795150800 +0700"
    commit = stored("commit", b"tree %s\nauthor %s\ncommitter %s\n\nx\n" % (root.encode(), person, person))
    week.git("update-ref", "HEAD", commit)
    found = week.ok("list", "--as-of", FIRST, "--json").json
    assert [p["code"] for p in found["problems"]] == ["name"]
    assert list(thrown_away.iterdir()) == []


def test_a_broken_file_of_the_day_is_told_with_its_place_in_the_office(week: Srctl, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\nid: [\n")
    stored = week.git("hash-object", "-w", str(broken)).strip()
    commit_tree(week, f"100644,{stored},cases/2569/11/2569-0005.yaml")
    (problem,) = week.ok("list", "--as-of", FIRST, "--json").json["problems"]
    assert (problem["file"], problem["line"] > 0) == ("cases/2569/11/2569-0005.yaml", True)
    assert "cases/2569/11/2569-0005.yaml:" in week.ok("due", "--as-of", FIRST).err


def test_times_no_calendar_knows_do_not_stop_the_answer(week: Srctl) -> None:
    tree = week.git("rev-parse", "HEAD^{tree}").strip()
    parent = week.git("rev-parse", "HEAD").strip()
    person = "x <x@example.com> 99999999999999 +0700"
    data = f"tree {tree}\nparent {parent}\nauthor {person}\ncommitter {person}\n\nx\n"
    done = subprocess.run(
        ["git", "-C", str(week.root), "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        input=data.encode(), capture_output=True, check=True,
    )  # fmt: skip
    week.git("update-ref", "HEAD", done.stdout.decode().strip())
    week.ok("list", "--as-of", FIRST)


def test_the_moments_of_history_are_the_committers(week: Srctl) -> None:
    from srctl.store.git.repository import Repo

    told = [moment for _commit, moment in Repo(week.root).moments()]
    assert told == sorted(told, reverse=True)
    assert told[0] == datetime(2026, 11, 24, tzinfo=BANGKOK)
    assert told[0].tzinfo == UTC
    assert told[0] - told[1] == timedelta(seconds=1)
