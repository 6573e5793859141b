"""A definition, a contact or the settings changed by hand is checked and recorded by name."""

import pytest

from tests.conftest import Srctl
from tests.sample_case import picture

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


def test_a_file_without_faults_is_recorded_beside_others_that_wait_to_be_mended(office: Srctl) -> None:
    papers = office.root / "templates/papers"
    memo, cover = papers / "memo.j2", papers / "cover-memo.j2"
    memo.write_text(memo.read_text(encoding="utf-8") + "{% if %}\n", encoding="utf-8")
    cover.write_text(cover.read_text(encoding="utf-8").rstrip("\n") + "\n\n", encoding="utf-8")
    office.ok("adopt", "templates/papers/cover-memo.j2")
    assert "memo.j2:" in office.refused(4, "adopt", "templates/papers/memo.j2")


def test_a_file_that_was_not_changed_has_nothing_to_record(office: Srctl) -> None:
    before = commits(office)
    assert KIND in office.refused(5, "adopt", KIND)
    assert commits(office) == before


def test_the_picture_the_office_names_as_its_emblem_is_recorded_once_it_can_be_printed(office: Srctl) -> None:
    picture_file, settings = office.root / "emblem.png", office.root / "office.yaml"
    picture_file.write_bytes(b"GIF89a")
    assert "emblem: emblem.png" in office.refused(5, "adopt", "emblem.png"), "the line that names it is told"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('emblem: ""', "emblem: emblem.png"), encoding="utf-8")
    assert "emblem.png" in office.run("check").out
    assert "emblem.png" in office.refused(4, "adopt", "emblem.png")  # no PNG
    picture_file.write_bytes(picture())
    office.ok("adopt", "--all")
    assert office.git("ls-files", "emblem.png").strip() == "emblem.png"
    picture_file.write_bytes(picture(width=96))
    office.ok("adopt", "emblem.png")
    assert office.ok("check").code == 0


@pytest.mark.parametrize("name", ["../outside.yaml", ".git/config", "cases", "/etc/passwd", "README"])
def test_what_is_no_file_of_the_office_is_not_recorded(office: Srctl, name: str) -> None:
    (office.root.parent / "outside.yaml").write_text("format: 1\n", encoding="utf-8")
    before = commits(office)
    assert "srctl" in office.refused(3, "adopt", name)
    assert commits(office) == before


# -- several at once -------------------------------------------------------------------------------------


def touched(office: Srctl, name: str) -> None:
    path = office.root / name
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n\n", encoding="utf-8")


def retitled(office: Srctl, case: str, subject: str = "ชื่อเรื่องใหม่") -> None:
    file = office.case_file(case)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines = [f"subject: {subject}" if line.startswith("subject: ") else line for line in lines]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")


def test_several_files_and_cases_are_recorded_in_one_commit(sample: Srctl) -> None:
    touched(sample, KIND)
    touched(sample, "contacts/obec.yaml")
    retitled(sample, "2569-0008")
    retitled(sample, "2569-0010")
    before = commits(sample)
    told = sample.ok("adopt", "contacts/obec.yaml", KIND, "8", "๑๐").out
    assert commits(sample) == before + 1
    assert sample.git("status", "--porcelain") == ""
    assert "4" in told.splitlines()[0]
    assert "2569-0010" in told
    assert sample.ok("check").code == 0
    case = sample.ok("show", "8", "--json").json
    assert (case["log"][-1]["did"], case["subject"]) == ("adopt", "ชื่อเรื่องใหม่")
    sample.ok("undo", "8", "--together")
    subjects = {sample.ok("show", case, "--json").json["subject"] for case in ("8", "10")}
    assert "ชื่อเรื่องใหม่" not in subjects


def test_all_takes_what_is_right_and_names_what_has_faults_with_its_line(sample: Srctl) -> None:
    touched(sample, "contacts/obec.yaml")
    kind = sample.root / KIND
    broken = kind.read_text(encoding="utf-8").replace("analysis.issues", "analysis.isues")
    kind.write_text(broken, encoding="utf-8")
    retitled(sample, "2569-0008")
    retitled(sample, "2569-0012", '""')
    home = sample.root / "cases/2569/11/2569-0008"
    home.mkdir(exist_ok=True)
    (home / "แผนที่.pdf").write_bytes(b"%PDF-1.4\n")
    (home / "run.exe").write_bytes(b"MZ")
    before = commits(sample)
    ran = sample.run("adopt", "--all")
    assert (ran.code, commits(sample)) == (1, before + 1)
    done, _mark, left = ran.out.partition("✗")
    assert "contacts/obec.yaml" in done
    assert "2569-0008" in done
    assert f"{KIND}:" in left
    assert "2569-0012" in left
    assert "run.exe" in left
    case = sample.ok("show", "8", "--json").json
    assert [e["did"] for e in case["log"]][-2:] == ["adopt", "file"]
    assert case["subject"] == "ชื่อเรื่องใหม่"
    assert kind.read_text(encoding="utf-8") == broken
    changed = {line[3:].strip('"') for line in sample.git("status", "--porcelain").splitlines()}
    assert changed >= {KIND, "cases/2569/11/2569-0012.yaml"}
    assert not {"contacts/obec.yaml", "cases/2569/11/2569-0008.yaml"} & changed


def test_all_of_nothing_is_told_and_records_nothing(sample: Srctl) -> None:
    before = commits(sample)
    assert "ไม่มี" in sample.ok("adopt", "--all").out
    assert commits(sample) == before
    assert "adopt --all" in sample.refused(2, "adopt", "8", "--all")


def test_where_none_of_several_can_be_recorded_the_code_is_that_of_the_first(sample: Srctl) -> None:
    before = commits(sample)
    ran = sample.run("adopt", "8", "nothing", "office.yaml")
    assert (ran.code, commits(sample)) == (5, before)
    assert "nothing" in ran.out
