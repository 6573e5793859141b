"""What came in, of any kind: judged by its bytes, filed under a safe name, listed, opened, printed, found again."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from srctl.core.errors import Refused
from srctl.documents import file_kinds
from tests.conftest import Srctl
from tests.test_views import promised

PDF = b"%PDF-1.4\n"


def packed(*names: str, sizes: int = 3) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"\0" * sizes)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAKEN = {
    "a.pdf": PDF, "รูป.JPG": b"\xff\xd8\xff\xe0", "a.tif": b"II*\0",
    "a.xlsx": packed("[Content_Types].xml", "xl/a.xml"),
    "a.pptx": packed("ppt/a.xml"), "a.doc": OLE + b"x", "a.msg": OLE, "a.txt": "ข้อความ".encode(),
    "a.zip": packed("ก.pdf"), "a.eml": b"From: somebody@example.go.th\nSubject: x\n\nx",
}  # fmt: skip
REFUSED = {
    "a program": ("a.exe", b"MZ"), "a program called otherwise": ("a.pdf", b"MZ\x90"),
    "a script": ("a.txt", b"#!/bin/sh"),
    "a Word file with macros": ("a.docm", packed("word/a.xml")),
    "a sheet that hides macros": ("a.xlsx", packed("xl/a.xml", "xl/vbaProject.bin")),
    "an old Word file with macros": ("a.doc", OLE + "_VBA_PROJECT".encode("utf-16-le")),
    "a program in an archive": ("a.zip", packed("ก.pdf", "ข.EXE")),
    "another file than its name says": ("a.pdf", b"\x89PNG"), "no sheet": ("a.xlsx", packed("word/a.xml")),
    "a page that runs": ("a.html", b"<html>"), "no mail": ("a.eml", b"hello"), "bytes as text": ("a.txt", b"a\0b"),
    "a damaged archive": ("a.zip", b"PK\x03\x04 no"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_an_office_gets_is_taken_as_what_its_bytes_are(name: str) -> None:
    assert file_kinds.judge(name, io.BytesIO(TAKEN[name])) == name.rpartition(".")[2].lower()


def test_a_scan_without_an_ending_is_known_by_its_bytes() -> None:
    assert file_kinds.judge("SCAN0001", io.BytesIO(PDF)) == "pdf"


@pytest.mark.parametrize("what", REFUSED)
def test_what_runs_or_is_not_what_it_says_is_refused_in_one_line(what: str) -> None:
    name, raw = REFUSED[what]
    with pytest.raises(Refused) as refused:
        file_kinds.judge(name, io.BytesIO(raw))
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.hint


def test_an_archive_that_would_burst_is_refused_by_what_it_says_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_kinds, "MAX_UNPACKED", 1000)
    with pytest.raises(Refused):
        file_kinds.judge("a.zip", io.BytesIO(packed("a.txt", sizes=1001)))
    monkeypatch.setattr(file_kinds, "MAX_NAMES", 2)
    with pytest.raises(Refused):
        file_kinds.judge("a.zip", io.BytesIO(packed("a", "b", "c")))


def test_thai_names_in_an_archive_are_read_however_they_were_written() -> None:
    assert file_kinds.nested_names(packed("หนังสือ.pdf")) == ("หนังสือ.pdf",)
    info = zipfile.ZipInfo("หนังสือ.pdf".encode("cp874").decode("cp437"))
    assert file_kinds._name(info) == "หนังสือ.pdf"


# -- filed, listed, opened ------------------------------------------------------------------------------


@pytest.fixture
def came(tmp_path: Path) -> Path:
    folder = tmp_path / "รับมา"
    folder.mkdir()
    (folder / "รายงานการประชุม.pdf").write_bytes(PDF)
    (folder / "ภาพถ่าย.zip").write_bytes(packed("ก.jpg", "ข.jpg"))
    return folder


def test_papers_are_filed_in_one_commit_and_listed_with_who_when_and_the_senders_own_name(
    sample: Srctl, came: Path
) -> None:
    before = len(sample.git("log", "--oneline").splitlines())
    given = [str(came / name) for name in ("รายงานการประชุม.pdf", "ภาพถ่าย.zip")]
    told = sample.ok("file", "10", *given, "--what", "รายงานที่ลงนามแล้ว")
    assert "ก.jpg" in told.out
    assert len(sample.git("log", "--oneline").splitlines()) == before + 1
    subject = sample.git("log", "-1", "--format=%s")
    assert "รายงาน" not in subject
    case = sample.ok("show", "10", "--json").json
    assert [(f["n"], f["what"], f["who"], f["name"], f["file"], f["size"]) for f in case["files"]] == [
        (1, "รายงานที่ลงนามแล้ว", "malee", "รายงานการประชุม.pdf", "2569-0010-filed.pdf", len(PDF)),
        (2, "รายงานที่ลงนามแล้ว", "malee", "ภาพถ่าย.zip", "2569-0010-filed.zip", len(packed("ก.jpg", "ข.jpg"))),
    ]
    shown = sample.ok("show", "10").out
    assert "รายงานการประชุม.pdf" in shown
    assert case["files"][0]["sha256"][:8] in shown
    assert sample.ok("check", "10").code == 0
    again = sample.refused(5, "file", "10", str(came / "รายงานการประชุม.pdf"))
    assert "srctl open 2569-0010 1" in again


def test_a_file_too_large_is_recorded_with_its_place_and_check_tells_when_it_is_gone(sample: Srctl, came: Path) -> None:
    with (sample.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("largest_file: 1\n")
    sample.ok("adopt", "office.yaml")
    large = came / "คลิปเสียง.mp3"
    large.write_bytes(b"ID3" + bytes(1_000_001))
    assert str(large) in sample.ok("file", "10", str(large)).out + sample.ok("show", "10").out
    [row] = sample.ok("show", "10", "--json").json["files"]
    assert (row["file"], row["place"], row["size"]) == ("", str(large), 1_000_004)
    assert not sample.case_file("2569-0010").with_suffix("").exists()
    assert sample.ok("check").code == 0
    large.write_bytes(b"ID3" + b"1" + bytes(1_000_000))
    [problem] = sample.run("check", "10", "--json").json["problems"]
    assert (problem["code"], "srctl file 2569-0010" in problem["hint"]) == ("place", True)
    large.rename(came / "ย้ายแล้ว.mp3")
    assert sample.run("check", "--json").json["problems"][0]["code"] == "place"
    (came / "ย้ายแล้ว.mp3").write_bytes(b"ID3" + bytes(1_000_001))
    sample.ok("file", "10", str(came / "ย้ายแล้ว.mp3"))
    assert sample.ok("check", "10").code == 0


def test_a_paper_is_opened_and_printed_by_its_number_or_name(
    sample: Srctl, came: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, log = came.parent / "bin", came.parent / "log"
    programs.mkdir()
    for name in ("xdg-open", "open", "lp"):
        (programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {log}\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    sample.ok("file", "10", str(came / "รายงานการประชุม.pdf"))
    sample.ok("open", "10", "๑")
    sample.ok("print", "10")
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["xdg-open", "lp"]
    assert log.read_text().count("2569-0010-filed.pdf") == 2
    assert "2569-0010" in sample.refused(3, "open", "10", "7")
    sample.case_file("2569-0010").with_suffix("").joinpath("2569-0010-filed.pdf").unlink()
    assert "srctl check" in sample.refused(5, "open", "10", "1")


def test_what_lies_in_the_folder_of_a_case_is_taken_by_one_command(sample: Srctl) -> None:
    home = sample.case_file("2569-0010").with_suffix("")
    home.mkdir()
    for n, name in enumerate(("สแกน 1.pdf", "สแกน 2.pdf")):
        (home / name).write_bytes(PDF + bytes([n]))
    problems = sample.run("check", "10", "--json").json["problems"]
    assert [p["hint"] for p in problems] == ["srctl adopt 2569-0010"] * 2
    sample.ok("adopt", "10")
    rows = sample.ok("show", "10", "--json").json["files"]
    assert [(r["did"], r["name"], r["file"]) for r in rows] == [("file", n, n) for n in ("สแกน 1.pdf", "สแกน 2.pdf")]
    assert sample.ok("check").code == 0
    # Changed by hand: told, filed as a further paper, and the one that was filed is back.
    (home / "สแกน 1.pdf").write_bytes(PDF + b"changed")
    for words in (("check",), ("check", "10")):
        [problem] = sample.run(*words, "--json").json["problems"]
        assert problem["code"] == "hand-edit"
        assert "srctl adopt" in problem["hint"]
    sample.ok("adopt", problem["file"])
    assert (home / "สแกน 1.pdf").read_bytes() == PDF + b"\0"
    assert (home / "2569-0010-filed.pdf").read_bytes() == PDF + b"changed"
    assert sample.ok("check").code == 0


def test_a_text_and_the_papers_beside_it_are_adopted_together(sample: Srctl) -> None:
    path = sample.case_file("2569-0010")
    path.with_suffix("").mkdir()
    (path.with_suffix("") / "สแกน.pdf").write_bytes(PDF)
    path.write_bytes(path.read_bytes() + "# ตรวจแล้ว\n".encode())
    sample.ok("adopt", "10")
    assert sample.ok("check", "10").code == 0


# -- the scan folder ------------------------------------------------------------------------------------


@pytest.fixture
def scans(sample: Srctl) -> Path:
    place = sample.root.parent / "สแกน"
    place.mkdir()
    for n in (1, 2, 3):
        (place / f"SCAN{n}.pdf").write_bytes(PDF + bytes([n]))
        os.utime(place / f"SCAN{n}.pdf", (1_790_000_000 + n, 1_790_000_000 + n))
    (place / ".hidden.pdf").write_bytes(PDF)
    with (sample.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("scans: ../สแกน\n")
    sample.ok("adopt", "office.yaml")
    return place


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if not path.name.startswith("."))


def test_scans_are_listed_filed_and_put_aside_never_deleted(sample: Srctl, scans: Path) -> None:
    assert [(r["n"], r["name"]) for r in sample.ok("scans", "--json").json["items"]] == [
        (n, f"SCAN{n}.pdf") for n in (1, 2, 3)
    ]
    promised("list of item of scans", sample.ok("scans", "--json").json["items"])
    assert "SCAN3.pdf" in sample.ok("scans").out
    sample.ok("scans", "3", "--to", "10")
    assert (names(scans), names(scans / "filed")) == (["SCAN1.pdf", "SCAN2.pdf", "filed"], ["SCAN3.pdf"])
    [row] = sample.ok("show", "10", "--json").json["files"]
    assert row["name"] == "SCAN3.pdf"
    # A later scan of the same name takes nobody's place.
    (scans / "SCAN3.pdf").write_bytes(PDF + b"later")
    sample.ok("scans", "3", "--to", "10")
    assert names(scans / "filed") == ["SCAN3-2.pdf", "SCAN3.pdf"]
    made = sample.ok("scans", "1-2", "--new", "directive", "-s", "เรื่องใหม่", "--json").json["case"]
    assert [f["name"] for f in made["files"]] == ["SCAN1.pdf", "SCAN2.pdf"]
    promised("list of file filed", made["files"])
    assert names(scans) == ["filed"]
    assert sample.refused(3, "scans", "1", "--to", "10")


def test_an_end_between_filing_and_putting_aside_loses_nothing(
    sample: Srctl, scans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from srctl.office import scan_folder

    with monkeypatch.context() as patch:
        patch.setattr(scan_folder, "move_to_filed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert sample.run("scans", "1", "--to", "10").code == 130
    assert "SCAN1.pdf" in names(scans)
    sample.ok("scans", "1", "--to", "10")
    assert "SCAN1.pdf" in names(scans / "filed")
    assert len(sample.ok("show", "10", "--json").json["files"]) == 1


def test_a_scan_that_grows_while_it_is_filed_stays(sample: Srctl, scans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from srctl.office import writer

    def late(*words: object, **more: object) -> object:
        done = act(*words, **more)  # type: ignore[arg-type]
        (scans / "SCAN1.pdf").write_bytes(PDF + b"\1 and its second page")
        return done

    act = writer.act
    monkeypatch.setattr(writer, "act", late)
    assert "SCAN1.pdf" in sample.ok("scans", "1", "--to", "10").err
    assert "SCAN1.pdf" in names(scans)


def test_each_scan_is_asked_about_and_a_mistake_is_asked_again(sample: Srctl, scans: Path) -> None:
    sample.interactive = True
    ran = sample.run("scans", typed="\n๙๙๙\n10\n10\n")
    assert ran.code == 0, ran
    assert (names(scans), names(scans / "filed")) == (["SCAN1.pdf", "filed"], ["SCAN2.pdf", "SCAN3.pdf"])


def test_which_scan_is_filed_is_asked_where_no_file_is_named(sample: Srctl, scans: Path) -> None:
    assert "srctl file" in sample.refused(2, "file", "10")
    sample.interactive = True
    ran = sample.run("file", "10", typed="2\n")
    assert ran.code == 0, ran
    assert (names(scans), names(scans / "filed")) == (["SCAN1.pdf", "SCAN3.pdf", "filed"], ["SCAN2.pdf"])


def test_an_office_without_a_scan_folder_is_told_how_to_name_one(sample: Srctl) -> None:
    assert "office.yaml" in sample.refused(5, "scans")


def test_neither_the_record_nor_a_place_tells_who_complains_by_the_name_of_a_file(office: Srctl, came: Path) -> None:
    words = ("new", "complaint", "-s", "ร้องเรียน", "--from", "ประชาชน", "--complainant", "นางสาวสมหญิง รักถิ่น")
    office.ok(*words, "--as", "malee")
    named = came / "ร้องเรียนของนางสาวสมหญิง รักถิ่น.pdf"
    named.write_bytes(PDF)
    office.ok("file", "1", str(named), "--as", "malee")
    assert [row["name"] for row in office.ok("show", "1", "--json").json["files"]] == ["ร้องเรียนของผู้ร้อง.pdf"]
    with (office.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("largest_file: 1\n")
    office.ok("adopt", "office.yaml", "--as", "malee")
    named.write_bytes(PDF + bytes(1_000_001))
    office.refused(5, "file", "1", str(named), "--as", "malee")
    assert "สมหญิง" not in office.git("log", "--format=%B", "--name-only")
