"""What `srctl check` looks at: every file, every fault of it, and every hand that was in it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from srctl.audit import inspection
from srctl.audit.inspection import Findings, inspect
from srctl.index.cache import no_progress
from srctl.office.folder import Folder
from tests.conftest import NOW, Srctl

TODAY = NOW.date()


def found(office: Srctl, *ids: str) -> list[tuple[str, int, str]]:
    """Return place, line and code of every problem."""
    return [(p.path.as_posix(), p.line, p.code) for p in findings(office, *ids).problems]


def findings(office: Srctl, *ids: str, tell: Callable[[int, int], None] = no_progress) -> Findings:
    with closing(Folder(office.root)) as folder:
        return inspect(folder, TODAY, ids, progress=tell)


def test_the_sample_office_has_no_fault_and_every_file_was_looked_at(sample: Srctl) -> None:
    files = [p for place in ("cases", "contacts", "templates/kinds", "templates/checklists", "templates/calendar",
                                        "templates/paragraphs")
             for p in (sample.root / place).rglob("*.yaml")]  # fmt: skip
    seen = findings(sample)
    assert seen.problems == ()
    assert seen.files == len(files) + 3  # office.yaml, templates/deadlines.yaml, templates/clearances.yaml


def test_every_fault_of_a_file_is_told_not_only_the_first(sample: Srctl) -> None:
    file = sample.case_file("2569-0010")
    raw = file.read_text(encoding="utf-8")
    raw = raw.replace("owner: suda", "owner: nobody").replace("2026-11-19,", "2026-12-19,")
    raw = raw.replace("screening:", "screning:").replace("did: receive, to: analyse", "did: receive, to: analise")
    file.write_text(raw, encoding="utf-8")
    name = "cases/2569/11/2569-0010.yaml"
    assert found(sample, "2569-0010") == [
        (name, 0, "hand-edit"), (name, 5, "future-receipt"), (name, 9, "unknown-person"),
        (name, 12, "unknown-field"), (name, 14, "unknown-stage"),
    ]  # fmt: skip


def test_every_fault_of_shape_is_told_at_once(sample: Srctl) -> None:
    file = sample.case_file("2569-0010")
    raw = file.read_text(encoding="utf-8")
    raw = (
        raw.replace("urgency: none", "urgency: x")
        .replace("backup: prasit", "bakup: prasit")
        .replace("2026-11-19,", "x,")
    )
    file.write_text(raw, encoding="utf-8")
    assert [(line, code) for _file, line, code in found(sample, "2569-0010")] == [
        (0, "hand-edit"), (5, "date"), (7, "choice"), (10, "unknown-key"),
    ]  # fmt: skip


def test_the_faults_of_all_files_are_told_together(sample: Srctl) -> None:
    for name in ("templates/kinds/bill.yaml", "contacts/obec.yaml", "templates/calendar/2570.yaml", "office.yaml"):
        file = sample.root / name
        file.write_bytes(file.read_bytes() + b"stranger: x\n")
    places = {name for name, _line, code in found(sample) if code == "unknown-key"}
    assert places == {"templates/kinds/bill.yaml", "contacts/obec.yaml", "templates/calendar/2570.yaml", "office.yaml"}


def test_cases_are_checked_by_shape_when_the_office_file_cannot_be_read(sample: Srctl) -> None:
    (sample.root / "office.yaml").write_bytes(b"names: a: b\n")
    file = sample.case_file("2569-0010")
    file.write_bytes(file.read_bytes().replace(b"urgency: none", b"urgency: x"))
    told = found(sample)
    assert ("office.yaml", 1, "colon") in told
    assert ("cases/2569/11/2569-0010.yaml", 7, "choice") in told


def test_definitions_changed_added_or_deleted_by_hand_are_told(sample: Srctl) -> None:
    (sample.root / "contacts/vec.yaml").unlink()
    kind = sample.root / "templates/kinds/bill.yaml"
    kind.write_bytes(kind.read_bytes() + b"# mine\n")
    (sample.root / "contacts/new.yaml").write_text("format: 1\nname: ใหม่\n", encoding="utf-8")
    told = {name for name, _line, code in found(sample) if code == "hand-edit"}
    assert told == {"contacts/vec.yaml", "contacts/new.yaml", "templates/kinds/bill.yaml"}


def test_only_the_cases_named_are_looked_at(sample: Srctl) -> None:
    for case_id in ("2569-0010", "2569-0011"):
        file = sample.case_file(case_id)
        file.write_bytes(file.read_bytes() + b"stranger: x\n")
    assert {name for name, _line, _code in found(sample, "2569-0011")} == {"cases/2569/11/2569-0011.yaml"}


def test_a_template_that_cannot_be_filled_is_told_with_its_line(sample: Srctl) -> None:
    paper = sample.root / "templates/papers/memo.j2"
    paper.write_bytes(paper.read_bytes() + b"\n{% if %}\n")
    line = paper.read_bytes().count(b"\n")
    assert [(name, n) for name, n, code in found(sample) if code != "hand-edit"] == [("templates/papers/memo.j2", line)]


def test_a_file_above_the_months_is_told(sample: Srctl) -> None:
    for name in ("cases/x.yaml", "cases/2569/2569-0099.yaml", "cases/2568/11/2569-0098.yaml"):
        (sample.root / name).parent.mkdir(exist_ok=True)
        (sample.root / name).write_text("format: 1\n", encoding="utf-8")
    strays = {name for name, _line, code in found(sample) if code == "stray"}
    assert strays == {"cases/x.yaml", "cases/2569/2569-0099.yaml", "cases/2568/11/2569-0098.yaml"}


def faulty(sample: Srctl) -> Srctl:
    """Give the office faults of every sort: of shape, of sense, of text, doubled, gone, new, kept papers altered."""
    for case_id, old, new in (
        ("2569-0008", "owner: ", "owner: x"), ("2569-0010", "urgency: none", "urgency: x"), ("2569-0011", "\n", "\r\n"),
    ):  # fmt: skip
        file = sample.case_file(case_id)
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    month = sample.case_file("2569-0009").parent
    (month.parent / "10").mkdir(exist_ok=True)
    (month.parent / "10" / "2569-0009.yaml").write_bytes((month / "2569-0009.yaml").read_bytes())
    (month / "2569-0099.yaml").write_text("subject: a: b\n", encoding="utf-8")
    (month / "notes.yml").write_text("a: b\n", encoding="utf-8")
    sample.case_file("2569-0012").unlink()
    return sample


def test_many_cores_find_what_one_finds_in_the_same_words_and_order(
    sample: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = faulty(sample).run("check")
    codes = {problem["code"] for problem in sample.run("check", "--json").json["problems"]}
    assert {"unknown-person", "choice", "crlf", "hand-edit", "stray"} <= codes
    monkeypatch.setattr(inspection, "MANY", 1)
    monkeypatch.setattr(inspection, "PART", 2)
    assert sample.run("check") == alone


def test_it_is_told_how_many_of_all_cases_were_looked_at(sample: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PART", 4)
    told: list[tuple[int, int]] = []
    findings(sample, tell=lambda done, of_all: told.append((done, of_all)))
    cases = len(list(sample.root.glob("cases/*/*/*.yaml")))
    assert told[:2] == [(4, cases), (8, cases)]
    assert (cases, cases) in told  # and then of the open ones, when the index is made


def test_hand_edits_are_told_of_cases_new_changed_and_gone_and_of_nothing_beside_them(sample: Srctl) -> None:
    faulty(sample)
    (sample.case_file("2569-0010").parent / "2569-0010" / "draft.docx").parent.mkdir(exist_ok=True)
    (sample.case_file("2569-0010").parent / "2569-0010" / "draft.docx").write_bytes(b"draft")
    told = {Path(name).name for name, _line, code in found(sample) if code in ("hand-edit", "behind")}
    ids = ("2569-0008", "2569-0009", "2569-0010", "2569-0011", "2569-0012", "2569-0099")
    assert told == {f"{case_id}.yaml" for case_id in ids}


def test_what_was_kept_beside_a_case_is_told_when_it_is_changed_or_gone(sample: Srctl) -> None:
    place = sample.case_file("2569-0010").parent / "2569-0010"
    place.mkdir(exist_ok=True)
    for name in ("scan.pdf", "signed.pdf", "same.pdf"):
        (place / name).write_bytes(b"as received")
    sample.git("add", "-f", "cases")
    sample.git("commit", "-qm", "kept")
    (place / "scan.pdf").write_bytes(b"other")
    (place / "signed.pdf").unlink()
    told = {Path(name).name for name, _line, code in found(sample) if code == "hand-edit"}
    assert told == {"scan.pdf", "signed.pdf"}
