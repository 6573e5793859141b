"""Every file handed in is kept and told; one laid into the folder of a case is named until it is recorded."""

from pathlib import Path

import pytest

from tests.conftest import Srctl

PDF = b"%PDF-1.4\n"


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    found = [tmp_path / name for name in ("หนังสือนำส่ง.pdf", "สิ่งที่ส่งมาด้วย.pdf", "ร้องเรียนของนางสาวสมหญิง รักถิ่น.pdf")]
    for n, path in enumerate(found):
        path.write_bytes(PDF + bytes([n]))
    return found


def kept(srctl: Srctl, case_id: str) -> list[str]:
    return sorted(path.name for path in srctl.case_file(case_id).with_suffix("").iterdir())


def test_several_files_of_a_reply_are_all_kept_with_the_names_they_came_with(sample: Srctl, scans: list[Path]) -> None:
    made = sample.ok(
        "receive", "10", "--from", "obec", "--ref", "r", "-f", str(scans[0]), "--file", str(scans[1]), "--json"
    )
    entry = made.json["case"]["log"][-1]
    assert [(a["file"], a["name"]) for a in entry["attached"]] == [
        ("2569-0010-received.pdf", "หนังสือนำส่ง.pdf"), ("2569-0010-received-2.pdf", "สิ่งที่ส่งมาด้วย.pdf"),
    ]  # fmt: skip
    assert entry["file"] == "2569-0010-received.pdf"
    assert kept(sample, "2569-0010") == ["2569-0010-received-2.pdf", "2569-0010-received.pdf"]
    assert "2569-0010-received-2.pdf" in sample.ok("show", "10").out
    assert "สิ่งที่ส่งมาด้วย.pdf" in sample.case_file("2569-0010").read_text(encoding="utf-8")
    assert sample.ok("check").code == 0


def test_a_matter_comes_in_with_its_scans_and_no_name_of_a_file_tells_who_complains(
    sample: Srctl, scans: list[Path]
) -> None:
    words = ["new", "complaint", "-s", "ร้องเรียน", "--order", "ตรวจสอบ", "--complainant", "นางสาวสมหญิง รักถิ่น"]
    made = sample.ok(*words, "--file", str(scans[0]), "--file", str(scans[2]), "--json").json["case"]
    assert [a["file"] for a in made["log"][0]["attached"]] == [
        f"{made['id']}-received.pdf",
        f"{made['id']}-received-2.pdf",
    ]
    assert kept(sample, made["id"]) == [f"{made['id']}-received-2.pdf", f"{made['id']}-received.pdf"]
    assert made["log"][0]["attached"][1]["name"] == "ร้องเรียนของผู้ร้อง.pdf"
    tracked = sample.git("ls-files", "cases")
    assert f"{made['id']}-received-2.pdf" in tracked


def test_a_file_that_is_not_taken_leaves_nothing_behind(sample: Srctl, scans: list[Path], tmp_path: Path) -> None:
    (tmp_path / "x.exe").write_bytes(b"MZ")
    assert (
        sample.run("new", "directive", "-s", "ก", "--file", str(scans[0]), "--file", str(tmp_path / "x.exe")).code == 5
    )
    assert not sample.case_file("2569-0012").with_name("2569-0013.yaml").exists()


def test_a_file_laid_into_the_folder_of_a_case_is_named_and_recorded_by_one_command(sample: Srctl) -> None:
    home = sample.case_file("2569-0010").with_suffix("")
    home.mkdir(exist_ok=True)
    (home / "สแกน.pdf").write_bytes(PDF)
    (home / "2569-0010-x-draft.docx").write_bytes(b"PK")
    name = (home / "สแกน.pdf").relative_to(sample.root).as_posix()
    for words in (("check",), ("check", "10")):
        [problem] = sample.run(*words, "--json").json["problems"]
        assert (problem["code"], problem["file"]) == ("unrecorded", name)
        assert "adopt" in problem["hint"]
    assert "สแกน.pdf" in sample.ok("adopt", name).out
    assert sample.ok("check").code == 0
    assert "สแกน.pdf" in sample.ok("show", "10").out
    assert sample.run("adopt", name).code == 5


def test_a_file_of_a_kind_that_is_not_kept_is_not_told_to_be_adopted(sample: Srctl) -> None:
    home = sample.case_file("2569-0010").with_suffix("")
    home.mkdir(exist_ok=True)
    (home / "บันทึก.html").write_text("x", encoding="utf-8")
    [problem] = sample.run("check", "10", "--json").json["problems"]
    assert problem["code"] == "unrecorded"
    assert "adopt" not in problem["hint"]


def test_a_file_whose_own_name_tells_who_complains_is_not_recorded(sample: Srctl, scans: list[Path]) -> None:
    made = sample.ok("new", "complaint", "-s", "ร้องเรียน", "--order", "ตรวจสอบ",
                     "--complainant", "นางสาวสมหญิง รักถิ่น", "--json").json["case"]["id"]  # fmt: skip
    home = sample.case_file(made).with_suffix("")
    home.mkdir()
    (home / scans[2].name).write_bytes(PDF)
    refused = sample.run("adopt", str(home / scans[2].name))
    assert refused.code == 5
    assert "สมหญิง" not in sample.git("log", "-1", "--name-only")
