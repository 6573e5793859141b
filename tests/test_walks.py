"""Real matters of the office, walked from first to last step through the command line (issue 2, real input)."""

from pathlib import Path

import pytest

from srctl.office.scenarios import WALKS, Walk, read_walk
from tests.conftest import PROJECT, Srctl, sampled

FILES = sorted([*WALKS.glob("*.yaml"), *(PROJECT / "tests/walks").glob("*.yaml")], key=lambda p: p.name)
STORIES = sorted((PROJECT / "tests/stories").glob("*.yaml"))


def walk_through(office: Srctl, walk: Walk) -> str:
    """Run every step and return the id of the case."""
    names: dict[str, str] = {}
    for step in walk.steps:
        before = {p.stem for p in office.root.glob("cases/*/*/*.yaml")}
        office.now = step.moment()
        office.ok(*step.words(names))
        for case_id in {p.stem for p in office.root.glob("cases/*/*/*.yaml")} - before:
            names[step.as_ or "id"] = case_id
    return names["id"]


@pytest.mark.parametrize("path", sampled(FILES, 3, ids=(p.stem for p in FILES)))
def test_the_matter_goes_from_receipt_to_closed(path: Path, office: Srctl) -> None:
    walk = read_walk(path)
    case_id = walk_through(office, walk)
    shown = office.ok("show", case_id, "--json").json
    assert shown["stage"] == "closed"
    assert shown["overrides"] == 0
    assert shown["promises"] == []
    assert all(step["done"] for step in shown["plan"]["steps"])
    assert office.ok("check").code == 0
    assert office.git("status", "--porcelain") == ""
    commits = office.git("log", "--format=%s", "--", f"cases/*/*/{case_id}.yaml").splitlines()
    assert len(commits) == len(shown["log"])
    assert all(line.startswith(case_id) for line in commits)


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_a_story_of_the_office_is_told_in_one_commit_a_command(path: Path, office: Srctl) -> None:
    """Several acts of one command are one commit; nothing is passed over and nothing stays open."""
    walk = read_walk(path)
    before = int(office.git("rev-list", "--count", "HEAD"))
    case_id = walk_through(office, walk)
    assert int(office.git("rev-list", "--count", "HEAD")) - before == len(walk.steps)
    shown = office.ok("show", case_id, "--json").json
    assert (shown["stage"], shown["overrides"], shown["promises"]) == ("closed", 0, [])
    assert all(step["done"] for step in shown["plan"]["steps"])
    assert {p["state"] for p in shown["papers"]} <= {"sent", "answered"}
    assert "พบปัญหา 0 ข้อ" in office.ok("check").out
    assert office.git("status", "--porcelain") == ""


def test_a_promise_kept_late_was_due_and_late_meanwhile(office: Srctl) -> None:
    walk = read_walk(WALKS / "1-spoken-order.yaml")
    before = [s for s in walk.steps if s.at < "2026-04-17T09:15"]
    case_id = walk_through(office, Walk(walk.title, tuple(before)))
    rows = office.at("2026-04-17T09:00").ok("due", "--json").json["items"]
    promise = next(r for r in rows if r["what"] == "theirs")
    assert (promise["case"], promise["due"], promise["late"]) == (case_id, "2026-04-16", 1)
    assert promise["call"].startswith("นายสมศักดิ์")
    assert promise["phone"] == "0 2000 0203"


def test_three_working_days_before_songkran_end_after_it(office: Srctl) -> None:
    walk = read_walk(WALKS / "1-spoken-order.yaml")
    case_id = walk_through(office, Walk(walk.title, walk.steps[:1]))
    assert office.ok("show", case_id, "--json").json["order"]["due"] == "2026-04-20"


def test_the_summary_of_a_complaint_is_due_within_one_working_day(office: Srctl) -> None:
    walk = read_walk(WALKS / "2-complaint.yaml")
    first = tuple(s for s in walk.steps if s.at < "2026-11-18T10:40")
    case_id = walk_through(office, Walk(walk.title, first))
    rows = office.ok("due", "--json", "--all").json["items"]
    opinion = next(r for r in rows if r["case"] == case_id and r["what"] == "stage")
    assert opinion["due"] == "2026-11-19"
    assert opinion["verified"] is True
    office.ok("memo", case_id)
    assert [r for r in office.ok("due", "--json", "--all").json["items"] if r["ref"] == "opinion"], (
        "a draft is no account"
    )
    office.ok("submit", case_id, "summary")
    rows = office.ok("due", "--json", "--all").json["items"]
    assert not [r for r in rows if r["case"] == case_id and r["what"] == "stage"]


def test_the_gazette_deadline_is_shown_as_not_verified(office: Srctl) -> None:
    walk = read_walk(PROJECT / "tests/walks/3-question.yaml")
    case_id = walk_through(office, Walk(walk.title, walk.steps[:2]))
    rows = office.ok("due", "--json", "--all").json["items"]
    gazette = next(r for r in rows if r["case"] == case_id and r["ref"] == "gazette")
    assert (gazette["due"], gazette["verified"]) == ("2026-12-02", False)


def test_the_complainant_who_wants_no_name_given_is_named_nowhere_but_in_the_case(
    office: Srctl,
) -> None:
    walk = read_walk(WALKS / "2-complaint.yaml")
    case_id = walk_through(office, walk)
    history = office.git("log", "--format=%B")
    assert "รักลูก" not in history
    from docx import Document

    paper = next(office.root.glob(f"cases/*/*/{case_id}/*.docx"))
    document = Document(str(paper))
    text = "\n".join(p.text for p in document.paragraphs)
    text += "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert "รักลูก" not in text
    assert "0000 0101" not in text
