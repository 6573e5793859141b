"""`srctl check` on the command line: what it prints, and its exit code."""

from pathlib import Path

from tests.conftest import Srctl


def test_an_office_without_faults_says_so_and_ends_with_zero(sample: Srctl) -> None:
    ran = sample.ok("check")
    assert len(ran.out.splitlines()) == 1
    assert sample.ok("check", "--json").json["problems"] == []


def test_a_fault_ends_with_one_and_says_file_line_reason_code_and_hint(sample: Srctl) -> None:
    file = sample.case_file("2569-0010")
    file.write_bytes(file.read_bytes().replace(b"owner: suda", b"owner: sda"))
    ran = sample.run("check", "10")
    assert ran.code == 1
    at = next(i for i, line in enumerate(ran.out.splitlines()) if line.endswith("[unknown-person]"))
    first, second = ran.out.splitlines()[at : at + 2]
    assert first.startswith("cases/2569/11/2569-0010.yaml:9: sda ")
    assert "suda" in second


def test_the_same_faults_come_as_data(sample: Srctl) -> None:
    file = sample.case_file("2569-0010")
    file.write_bytes(file.read_bytes().replace(b"owner: suda", b"owner: sda"))
    ran = sample.run("check", "--json")
    assert ran.code == 1
    told = [p for p in ran.json["problems"] if p["code"] == "unknown-person"]
    assert [(p["file"], p["line"]) for p in told] == [("cases/2569/11/2569-0010.yaml", 9)]
    assert "suda" in told[0]["hint"]


def test_several_cases_can_be_named_in_any_way_an_id_is_typed(sample: Srctl) -> None:
    assert " 3 " in sample.ok("check", "10", "2569-0011", "๑๒").out


def test_checking_changes_nothing(sample: Srctl) -> None:
    def files() -> dict[Path, bytes]:
        # The index is no part of the office: it is made from it (docs/performance.md).
        index = ("index.db", "trace.key")
        return {p: p.read_bytes() for p in sample.root.rglob("*") if p.is_file() and not p.name.startswith(index)}

    before = files()
    sample.ok("check")
    assert files() == before
