"""The registrar's proof: every form once, what is to be compared, and which forms changed since."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from srctl.papers.form_checks import form_states, proof_list
from srctl.papers.wordings import wording_names
from srctl.reports import proof_book
from tests import office_suite
from tests.conftest import PROJECT, Srctl
from tests.looks import sample_office
from tests.sample_case import TODAY


def test_every_wording_has_a_sample_on_its_own_form() -> None:
    folder = sample_office().folder
    drawn = proof_book._wordings(proof_book._grounds(folder, TODAY))
    shown = {Path(form).stem for one in drawn for form in one.forms}
    assert set(wording_names(folder.root / "templates")) <= shown


def test_the_checklist_stands_in_the_docs_too() -> None:
    page = (PROJECT / "docs" / "papers.md").read_text(encoding="utf-8")
    items = proof_list(PROJECT).items
    assert items
    assert [item.th for item in items if item.th not in page] == []


def test_what_was_changed_since_it_was_compared_is_named(office: Srctl) -> None:
    assert {state.check for state in form_states(office.root)} == {None}
    by = ("--checked", "20/11/2569", "--by", "นางสาวสมมติ นายทะเบียน")
    assert "--all" in office.refused(2, "papers", "proof", *by), "all at once only where it is said"
    office.refused(3, "papers", "proof", "memoo", *by)
    office.ok("papers", "proof", "memo", *by)
    held = [state.name for state in form_states(office.root) if state.holds]
    assert held == ["layouts/memo.yaml", "papers/memo.j2"]
    office.ok("papers", "proof", "--all", *by)
    assert not [s for s in form_states(office.root) if s.changed or not s.check]
    office.ok("check")
    layout = office.root / "templates" / "layouts" / "letter.yaml"
    layout.write_bytes(layout.read_bytes() + b"# changed\n")
    changed = [state for state in form_states(office.root) if state.changed]
    assert [state.name for state in changed] == ["layouts/letter.yaml"]
    assert changed[0].check
    assert (str(changed[0].check.on), changed[0].check.by) == ("2026-11-20", "นางสาวสมมติ นายทะเบียน")
    assert "papers proof --changed" in office.run("doctor").out
    listed = office.ok("papers", "proof", "--list", "letter", "memo").out.splitlines()
    assert ["นางสาวสมมติ นายทะเบียน" in line for line in listed] == [True] * 3, listed
    assert ["แก้ไขภายหลัง" in line for line in listed] == [True, False, False], "changed since: no longer signed off"
    layout.write_bytes(layout.read_bytes().replace(b"# changed\n", b"").replace(b"\n", b"\r\n"))
    assert not [s for s in form_states(office.root) if s.changed], "line ends are no change"
    assert office.ok("papers", "proof", "--changed", "--json").json == {"format": 1, "file": None, "forms": []}


def test_no_comparison_is_recorded_for_a_day_to_come(office: Srctl) -> None:
    office.refused(2, "papers", "proof", "--all", "--checked", "+1", "--by", "นางสาวสมมติ")
    assert not (office.root / "templates" / "checked.yaml").exists()


@pytest.mark.full
def test_one_pdf_has_the_checklist_and_every_form(office: Srctl) -> None:
    office_suite.need("soffice", "poppler")
    made = office.ok("papers", "proof", "--json").json
    reader = PdfReader(made["file"])
    assert len(reader.pages) == made["pages"]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert len(titles) > len(wording_names(office.root / "templates"))
    assert any("ซองหนังสือ" in (title or "") for title in titles)
    beginning = "".join("".join(lines) for lines in office_suite.page_lines(Path(made["file"]))[:2])
    assert office_suite.MARKS.sub("", "ลงชื่อผู้ตรวจ") in beginning
