"""No case number is given twice, whatever became of the file that had it; and finding the next one does not grow."""

from pathlib import Path

import pytest

from srctl.core.errors import NotFound, Refused
from srctl.model.case_id import find_id, id_order, last_number, make_id
from srctl.model.number_series import next_n
from tests.conftest import Srctl


def new(srctl: Srctl) -> str:
    """Receive a matter and return its id."""
    return str(srctl.ok("new", "directive", "-s", "เรื่อง", "--json").json["case"]["id"])


def notes(srctl: Srctl) -> Path:
    return srctl.root / ".git/srctl/numbers.json"


def delete(srctl: Srctl, case_id: str) -> None:
    """Take the file away in a commit of its own, as somebody with git might."""
    srctl.git("rm", "-q", str(srctl.case_file(case_id)))
    srctl.git("commit", "-q", "-m", "away")


def test_a_number_whose_file_a_later_commit_took_away_is_not_given_again(sample: Srctl) -> None:
    assert new(sample) == "2569-0013"
    delete(sample, "2569-0013")
    assert new(sample) == "2569-0014"


@pytest.mark.parametrize("noted", [None, b"", b"[]", b'{"2569-": "x"}', "\udcff".encode("utf-8", "surrogateescape")])
def test_without_the_note_history_knows_it(sample: Srctl, noted: bytes | None) -> None:
    assert new(sample) == "2569-0013"
    delete(sample, "2569-0013")
    notes(sample).unlink()
    if noted is not None:
        notes(sample).write_bytes(noted)
    assert new(sample) == "2569-0014"


def test_history_knows_what_was_made_and_taken_away_beside_the_main_line(sample: Srctl) -> None:
    sample.git("checkout", "-q", "-b", "aside")
    made = sample.case_file("2569-0012").with_name("2569-0020.yaml")
    made.write_bytes(sample.case_file("2569-0012").read_bytes())
    sample.git("add", str(made))
    sample.git("commit", "-q", "-m", "one more")
    delete(sample, "2569-0020")
    sample.git("checkout", "-q", "main")
    sample.git("merge", "-q", "--no-ff", "-m", "both", "aside")
    assert new(sample) == "2569-0021"


def test_a_number_recorded_by_hand_and_lost_on_the_disk_is_not_given_again(sample: Srctl) -> None:
    assert new(sample) == "2569-0013"
    made = sample.case_file("2569-0013").with_name("2569-0017.yaml")
    made.write_bytes(sample.case_file("2569-0013").read_bytes())
    sample.git("add", str(made))
    sample.git("commit", "-q", "-m", "by hand")
    made.unlink()
    assert new(sample) == "2569-0018"


def test_an_adopted_number_is_noted_too(sample: Srctl) -> None:
    new(sample)
    made = sample.case_file("2569-0013").with_name("2569-0030.yaml")
    made.write_bytes(sample.case_file("2569-0013").read_bytes().replace(b"2569-0013", b"2569-0030"))
    sample.ok("adopt", "30")
    delete(sample, "2569-0030")
    assert new(sample) == "2569-0031"


def test_a_number_given_and_taken_away_in_another_clone_is_not_given_here(sample: Srctl, tmp_path: Path) -> None:
    assert new(sample) == "2569-0013"
    sample.git("clone", "-q", str(sample.root), str(tmp_path / "clone"))
    other = Srctl(tmp_path / "clone")
    other.git("config", "user.email", "malee@example.go.th")
    other.git("config", "user.name", "มาลี")
    assert new(other) == "2569-0014"
    delete(other, "2569-0014")
    sample.git("pull", "-q", str(other.root), "main")
    assert new(sample) == "2569-0015"


def test_a_note_of_a_commit_that_is_no_more_is_not_walked_on_from(sample: Srctl) -> None:
    assert new(sample) == "2569-0013"
    delete(sample, "2569-0013")
    notes(sample).write_text('{"2569-": [3, "' + "0" * 40 + '"]}', encoding="utf-8")
    assert new(sample) == "2569-0014"


def test_where_the_note_cannot_be_written_numbers_are_given_all_the_same(sample: Srctl) -> None:
    notes(sample).mkdir(parents=True)
    assert [new(sample), new(sample)] == ["2569-0013", "2569-0014"]


def test_each_year_begins_with_one(sample: Srctl) -> None:
    new(sample)
    sample.at("2027-01-04T09:00")
    assert [new(sample), new(sample)] == ["2570-0001", "2570-0002"]
    delete(sample, "2570-0002")
    assert new(sample) == "2570-0003"


# -- beyond four digits ----------------------------------------------------------------------


def test_ids_sort_as_their_numbers_do_and_each_book_by_itself() -> None:
    ids = ["2569-B0001", "2570-0001", "2569-10000", "2569-9999", "2569-B10000", "2569-0042", "2569-B9999"]
    assert sorted(ids, key=id_order) == [
        "2569-0042", "2569-9999", "2569-10000", "2569-B0001", "2569-B9999", "2569-B10000", "2570-0001",
    ]  # fmt: skip


def test_a_case_beyond_9999_is_found_as_people_type_it() -> None:
    ids = [make_id(2569, "", n) for n in (1, 1000, 9999, 10000, 10001, 9_999_999)]
    assert last_number([f"{i}.yaml" for i in ids], 2569, "") == 9_999_999
    assert [find_id(typed, ids, 2569) for typed in ("10000", "2569-10001", "๑๐๐๐๐", "1000", "9999999")] == [
        "2569-10000", "2569-10001", "2569-10000", "2569-1000", "2569-9999999",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        find_id("10002", ids, 2569)
    with pytest.raises(Refused, match="9999999"):
        make_id(2569, "", 10_000_000)
    with pytest.raises(Refused, match="9999999"):
        next_n((), "ordinary", 2569, 10_000_000)


def test_cases_and_letters_go_on_after_9999(sample: Srctl) -> None:
    last = sample.case_file("2569-0012").with_name("2569-9999.yaml")
    last.write_text(
        sample.case_file("2569-0012").read_text(encoding="utf-8").replace("2569-0012", "2569-9999"), "utf-8"
    )
    sample.ok("adopt", "9999")
    assert new(sample) == "2569-10000"
    assert [row["id"] for row in sample.ok("list", "--json").json["items"]][-3:] == [
        "2569-0012", "2569-9999", "2569-10000",
    ]  # fmt: skip
    late = [row["case"] for row in sample.ok("due", "--json").json["items"]]
    assert late.index("2569-0012") < late.index("2569-9999")
    numbering = sample.root / "templates/numbering.yaml"
    text = numbering.read_text(encoding="utf-8")
    numbering.write_text(text.replace('"{prefix}/{n}",', '"{prefix}/{n}", begins: {"2569": 9999},', 1), "utf-8")
    sample.ok("adopt", "templates/numbering.yaml")
    given = []
    for paper in ("support", "support-2", "support-3"):
        sample.ok("letter", "10000", "support", "--to", "province", "--ask", "ทดสอบ")
        for step in ("submit", "sign"):
            sample.ok(step, "10000", paper)
        given.append(sample.ok("number", "10000", paper, "--json").json["case"]["log"][-1]["n"])
    assert given == [9999, 10000, 10001]
    assert [row["number"] for row in sample.ok("register", "out", "--json").json["items"]] == ["9999", "10000", "10001"]
    assert sample.ok("check").code == 0
