"""A definition, a contact or the settings changed by hand is checked and recorded by name."""

import pytest

from tests.conftest import Srctl

KIND = "templates/kinds/directive.yaml"


def commits(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


@pytest.mark.parametrize("name", ["office.yaml", KIND, "contacts/obec.yaml", "templates/papers/memo.j2"])
def test_a_file_changed_by_hand_is_recorded_by_its_name(office: Srctl, name: str) -> None:
    path = office.root / name
    before = commits(office)
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n\n", encoding="utf-8")
    assert name in office.run("check").out
    office.ok("adopt", name)
    assert office.ok("check").code == 0
    assert commits(office) == before + 1
    assert office.git("status", "--porcelain") == ""
    assert name in office.git("log", "-1", "--format=%s")


def test_a_new_file_and_one_taken_out_are_recorded(office: Srctl) -> None:
    new = office.root / "contacts/school.yaml"
    new.write_text("format: 1\nname: โรงเรียนตัวอย่างวิทยา\n", encoding="utf-8")
    office.ok("adopt", "contacts/school.yaml")
    assert "school" in office.ok("contacts", "list").out
    new.unlink()
    office.ok("adopt", "contacts/school.yaml")
    assert office.git("ls-files", "contacts/school.yaml") == ""


def test_a_file_with_faults_is_refused_with_its_line_and_left_as_it_is(office: Srctl) -> None:
    path = office.root / KIND
    broken = path.read_text(encoding="utf-8").replace("analysis.issues", "analysis.isues")
    path.write_text(broken, encoding="utf-8")
    before = commits(office)
    said = office.refused(4, "adopt", KIND)
    assert KIND in said.replace("\\", "/")
    assert "analysis.issues" in said
    assert commits(office) == before
    assert path.read_text(encoding="utf-8") == broken


def test_a_file_that_was_not_changed_has_nothing_to_record(office: Srctl) -> None:
    before = commits(office)
    assert KIND in office.refused(5, "adopt", KIND)
    assert commits(office) == before


@pytest.mark.parametrize("name", ["../outside.yaml", ".git/config", "cases", "/etc/passwd", "README"])
def test_what_is_no_file_of_the_office_is_not_recorded(office: Srctl, name: str) -> None:
    (office.root.parent / "outside.yaml").write_text("format: 1\n", encoding="utf-8")
    before = commits(office)
    assert "srctl" in office.refused(3, "adopt", name)
    assert commits(office) == before
