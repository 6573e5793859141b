"""Handing over: every open matter of one coordinator to another, in one commit or not at all."""

from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.workflow.commit_message import written_entries
from tests.conftest import Srctl, prepared
from tests.test_views import MALEE_ACTS, promised

CASE = "2569-0008"


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    i18n.use("en")


@prepared
def two(sample: Srctl) -> Srctl:
    """The sample office, where malee has two open matters."""
    for row in sample.ok("list", "--json").json["items"]:
        if row["owner"] == "malee" and row["id"] != CASE:
            sample.ok("assign", row["id"], "wipa")
    sample.ok("assign", "12", "malee", "--backup", "suda")
    assert owned(sample, "malee") == [CASE, "2569-0012"]
    return sample


def owned(office: Srctl, who: str) -> list[str]:
    return [row["id"] for row in office.ok("list", "--json").json["items"] if row["owner"] == who]


def commits(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def bytes_of(office: Srctl) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in office.root.rglob("*.yaml") if ".git" not in path.parts}


def test_every_open_matter_goes_over_in_one_commit_and_is_listed(two: Srctl) -> None:
    before = commits(two)
    subject = two.ok("show", "8", "--json").json["subject"]
    ran = two.ok("handover", "malee", "--to", "suda", "--why", "ย้ายกลุ่มงาน", "--as", "kanda")
    assert commits(two) == before + 1
    assert owned(two, "malee") == []
    for word in (CASE, "2569-0012", subject, "17 Nov 2026"):
        assert word in ran.out
    said = two.git("log", "-1", "--format=%B")
    assert said.splitlines()[0] == "ส่งมอบ 2 เรื่อง จาก malee ให้ suda"
    assert "ย้ายกลุ่มงาน" not in said
    assert two.git("status", "--porcelain") == ""
    assert two.run("check").code == 0


def test_nothing_changes_but_the_people_and_a_line_of_the_log(two: Srctl) -> None:
    before = bytes_of(two)
    two.ok("handover", "malee", "--to", "prasit", "--why", "ย้ายกลุ่มงาน", "--as", "kanda")
    after = bytes_of(two)
    changed = [path for path, raw in after.items() if raw != before[path]]
    assert [path.stem for path in sorted(changed)] == [CASE, "2569-0012"]
    for path in changed:
        old, new = before[path].splitlines(), after[path].splitlines()
        assert len(new) == len(old) + 1
        assert b"did: assign, owner: prasit" in new[-1]
        assert "why: ย้ายกลุ่มงาน".encode() in new[-1]
        differing = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
        assert {line.partition(b":")[0] for pair in differing for line in pair} <= {b"owner", b"backup"}
        assert (b"owner: malee", b"owner: prasit") in differing


def test_each_matter_stays_where_it_is_in_its_stages(two: Srctl) -> None:
    stages = {case: two.ok("show", case, "--json").json["stage"] for case in (CASE, "2569-0012")}
    two.ok("handover", "malee", "--to", "suda")
    assert {case: two.ok("show", case, "--json").json["stage"] for case in stages} == stages


def test_the_backup_is_never_the_new_owner(two: Srctl) -> None:
    two.ok("assign", "8", "malee", "--backup", "prasit")
    two.ok("handover", "malee", "--to", "prasit")
    assert two.ok("show", "8", "--json").json["backup"] == "malee"  # as office.yaml says
    assert two.ok("show", "12", "--json").json["backup"] == "suda"
    assert two.ok("show", "12", "--json").json["log"][-1]["backup"] == ""


def test_of_one_kind_only(two: Srctl) -> None:
    kind = two.ok("show", "12", "--json").json["kind"]
    two.ok("handover", "malee", "--to", "suda", "--kind", kind)
    assert owned(two, "malee") == [CASE]
    assert "nokind" in two.refused(3, "handover", "malee", "--to", "suda", "--kind", "nokind")


def test_a_dry_run_shows_the_same_list_and_records_nothing(two: Srctl) -> None:
    before, files = commits(two), bytes_of(two)
    ran = two.ok("handover", "malee", "--to", "suda", "--dry-run")
    assert CASE in ran.out
    assert "nothing is recorded" in ran.out
    assert (commits(two), bytes_of(two)) == (before, files)


# -- afterwards ---------------------------------------------------------------------------------------


def test_the_story_of_each_matter_tells_it_with_the_reason(two: Srctl) -> None:
    two.ok("handover", "malee", "--to", "suda", "--why", "ย้ายกลุ่มงาน")
    for case in (CASE, "2569-0012"):
        told = two.ok("history", case).out
        assert "ส่งมอบ 2 เรื่อง จาก malee ให้ suda" in told
        assert told.count("ย้ายกลุ่มงาน") == 1
        last = two.ok("history", case, "--json").json["items"][-1]
        assert (last["action"], last["entry"]["owner"]) == ("assign", "suda")


def test_undo_takes_back_one_matter_and_leaves_the_others(two: Srctl) -> None:
    before = bytes_of(two)
    two.ok("handover", "malee", "--to", "prasit")
    after = bytes_of(two)
    two.ok("undo", "8", "--why", "เรื่องนี้มาลีทำต่อ")
    file = two.case_file(CASE)
    assert file.read_bytes().startswith(before[file])
    assert owned(two, "malee") == [CASE]
    other = two.case_file("2569-0012")
    assert other.read_bytes() == after[other]
    two.ok("undo", "12")
    assert owned(two, "malee") == [CASE, "2569-0012"]
    assert two.run("check").code == 0


def test_undo_goes_on_behind_a_handover(two: Srctl) -> None:
    raw = two.case_file(CASE).read_bytes()
    two.ok("note", "8", "หมายเหตุ")
    two.ok("handover", "malee", "--to", "suda")
    two.ok("note", "8", "อีกข้อ")
    for _time in range(3):
        two.ok("undo", "8")
    assert two.case_file(CASE).read_bytes().startswith(raw)
    assert owned(two, "malee") == [CASE]


@pytest.mark.parametrize(
    ("trailers", "entries"),
    [
        ({}, []),
        ({"Srctl-Entry": "a5"}, ["a5"]),
        ({"Srctl-Entries": "a3 a4", "Srctl-Entry": "a5"}, ["a3", "a4", "a5"]),
        ({"Srctl-Entries": "2569-0001/a2 2569-0008/a5 2569-0012/a5"}, ["a5"]),
        ({"Srctl-Entries": "2569-0001/a2"}, []),
    ],
)
def test_a_commit_tells_which_entries_of_a_case_it_wrote(trailers: dict[str, str], entries: list[str]) -> None:
    assert written_entries(trailers, CASE) == entries


def test_sixty_matters_are_one_commit(office: Srctl) -> None:
    text = (
        "format: 1\nid: {id}\nkind: directive\nsubject: เรื่องที่ {n}\nreceived: {{on: 2026-11-20}}\nowner: malee\n"
        "backup: prasit\nlog:\n  - {{id: a1, at: 2026-11-20T09:12:00+07:00, who: malee, did: receive, to: receive}}\n"
    )
    folder = office.root / "cases/2569/11"
    folder.mkdir(parents=True)
    ids = [f"2569-{n:04d}" for n in range(1, 61)]
    for n, case_id in enumerate(ids, 1):
        (folder / f"{case_id}.yaml").write_text(text.format(id=case_id, n=n), encoding="utf-8")
    office.git("add", "cases")
    office.git("-c", "user.name=x", "-c", "user.email=x@example.go.th", "commit", "-q", "-m", "x")
    before = commits(office)
    shown = office.ok("handover", "malee", "--to", "suda", "--as", "kanda", "--json").json
    assert commits(office) == before + 1
    assert [row["id"] for row in shown["items"]] == ids
    assert {row["owner"] for row in shown["items"]} == {"suda"}
    assert office.git("diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD").count("2569-") == 60
    assert office.ok("history", "60", "--json").json["items"][-1]["entry"]["owner"] == "suda"
    assert office.run("check").code == 0


# -- refused whole ------------------------------------------------------------------------------------


def refused_whole(office: Srctl, code: int, *words: str) -> str:
    before, files = commits(office), bytes_of(office)
    for more in ((), ("--dry-run",)):
        said = office.refused(code, "handover", *words, *more)
    assert (commits(office), bytes_of(office)) == (before, files)
    assert "→" in said
    return said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ("malee",)), (2, ("malee", "--to", "malee")), (3, ("malee", "--to", "nobody")),
        (3, ("nobody", "--to", "malee")), (5, ("kasem", "--to", "malee")),
    ],
)  # fmt: skip
def test_what_cannot_be_handed_over_is_refused(two: Srctl, code: int, words: tuple[str, ...]) -> None:
    refused_whole(two, code, *words)


def test_a_matter_changed_by_hand_refuses_all_of_them_and_names_it(two: Srctl) -> None:
    file = two.case_file("2569-0012")
    file.write_bytes(file.read_bytes().replace(b"urgency: ", b"urgency:  "))
    assert "srctl adopt 2569-0012" in refused_whole(two, 6, "malee", "--to", "suda")
    two.ok("adopt", "12")
    two.ok("handover", "malee", "--to", "suda")


def test_a_matter_given_away_or_deleted_by_hand_is_not_overlooked(two: Srctl) -> None:
    file = two.case_file("2569-0012")
    file.write_bytes(file.read_bytes().replace(b"owner: malee", b"owner: aree"))
    two.case_file(CASE).unlink()
    two.ok("new", "directive", "-s", "เรื่องใหม่", "--owner", "malee", "--as", "malee")
    said = refused_whole(two, 6, "malee", "--to", "suda")
    assert "srctl adopt 2569-0012" in said
    assert "srctl repair" in said


def test_a_matter_of_somebody_else_changed_by_hand_is_not_in_the_way(two: Srctl) -> None:
    file = two.case_file("2569-0010")
    raw = file.read_bytes() + b"# note\n"
    file.write_bytes(raw)
    two.ok("handover", "malee", "--to", "suda")
    assert file.read_bytes() == raw


def test_a_case_that_cannot_be_read_could_be_anybodys(two: Srctl) -> None:
    two.case_file("2569-0010").write_bytes(b"subject: a: b\n")
    assert "2569-0010.yaml:1" in refused_whole(two, 4, "malee", "--to", "suda")


# -- people -------------------------------------------------------------------------------------------


def leaves(office: Srctl, short: str) -> None:
    file = office.root / "office.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"short: {short}", f"short: {short}\n    active: false"), encoding="utf-8")
    office.ok("--as", "kanda", "adopt", "office.yaml")


def test_who_has_left_can_hand_over_and_take_nothing_over(two: Srctl) -> None:
    leaves(two, "มาลี")
    refused_whole(two, 3, "suda", "--to", "malee")
    two.ok("handover", "malee", "--to", "prasit", "--as", "kanda")
    assert owned(two, "malee") == []
    assert two.ok("show", "8", "--json").json["backup"] != "malee"


def test_handing_over_to_somebody_away_warns_and_is_done(two: Srctl) -> None:
    two.ok("away", "suda", "19/11/2569", "30/11/2569")
    away = "นางสาวสุดา สมมติเพียร is away until 30 Nov 2026; นายประสิทธิ์ ตัวอย่างชัย stands in"
    assert away in two.ok("handover", "malee", "--to", "suda").err
    assert owned(two, "malee") == []


def test_where_the_giver_stays_a_backup_it_is_said(two: Srctl) -> None:
    two.ok("assign", "10", "suda", "--backup", "malee")
    said = two.ok("handover", "malee", "--to", "prasit").err
    assert "นางสาวมาลี สมมติสุข is still the backup of" in said
    assert "srctl list --owner malee" in said


def test_what_is_printed_for_programs_is_what_the_page_says(two: Srctl) -> None:
    two.ok("away", "prasit", "+1", "+3", *MALEE_ACTS)
    promised("list of item of away", two.ok("away", "--json").json["items"])
    dry = two.ok("handover", "malee", "--to", "prasit", "--dry-run", *MALEE_ACTS).json
    promised("handover", dry)
    assert (dry["commit"], [row["owner"] for row in dry["items"]]) == ("", ["malee", "malee"])
    shown = two.ok("handover", "malee", "--to", "prasit", *MALEE_ACTS).json
    promised("handover", shown)
    assert shown["commit"] == two.git("rev-parse", "HEAD").strip()
