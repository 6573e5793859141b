"""A paper that came in: from anybody, with number, date and content; it ends the wait it is for, in one line each."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Srctl, prepared

PDF = b"%PDF-1.4\n"
AS = ("--as", "malee")


@prepared
def promised(office: Srctl) -> Srctl:
    """A case in which two agencies promised something, obec two things."""
    office.ok("new", "directive", "-s", "ขอข้อมูล", "--from", "รมว.ศธ.", "--by", "รมว.ศธ.", "--order", "ขอข้อมูล", *AS)
    for whom, what in (("obec", "ส่งรายงาน"), ("vec", "ส่งรายชื่อ"), ("obec", "ส่งแผนที่")):
        office.ok("contact", "1", whom, "--by", "phone", "--said", "x", "--they-promise", what, "--until", "+3wd", *AS)
    return office


def last(office: Srctl, case: str = "1") -> dict[str, Any]:
    return office.ok("show", case, "--json").json["log"][-1]  # type: ignore[no-any-return]


def test_nothing_at_all_is_not_recorded_and_the_command_line_is_told(promised: Srctl, tmp_path: Path) -> None:
    assert 'srctl receive 2569-0001 --ref "…"' in promised.refused(2, "receive", "1", *AS)
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert "srctl file 2569-0001" in promised.refused(2, "receive", "1", "-f", str(tmp_path / "a.pdf"), *AS)


def test_the_only_thing_awaited_of_the_sender_is_settled_and_said(promised: Srctl) -> None:
    told = promised.ok("receive", "1", "--from", "vec", "--ref", "ศธ 0600/9", "--said", "ส่งรายชื่อแล้ว", *AS).out
    assert "ส่งรายชื่อ" in told
    assert last(promised)["keeps"] == ["a3"]


def test_where_several_are_awaited_one_is_named_or_none(promised: Srctl) -> None:
    told = promised.refused(3, "receive", "1", "--from", "obec", "--ref", "1", *AS)
    assert "a2  ส่งรายงาน" in told
    assert "a4  ส่งแผนที่" in told
    assert "--keeps none" in told
    promised.ok("receive", "1", "--keeps", "a4", "--ref", "1", *AS)
    assert (last(promised)["with"], last(promised)["keeps"]) == ("obec", ["a4"])
    promised.ok("receive", "1", "--from", "obec", "--keeps", "none", "--ref", "2", *AS)
    assert last(promised)["keeps"] == []


def test_a_paper_comes_from_anybody_by_name_but_not_from_a_slip_of_an_id(promised: Srctl) -> None:
    promised.ok("receive", "1", "--from", "นายสมปอง ใจงาม", "--said", "ขอบคุณ", *AS)
    assert last(promised)["with"] == "~p1"
    promised.refused(3, "receive", "1", "--from", "obecc", "--said", "x", *AS)
    assert "นายสมปอง" not in promised.git("log", "--format=%B")
    assert promised.ok("check").code == 0
    assert "นายสมปอง ใจงาม" in promised.ok("register", "in").out


def test_a_sender_who_is_the_complainant_is_never_written_by_name(office: Srctl) -> None:
    name = "นางสาวสมหญิง รักถิ่น"
    office.ok("new", "complaint", "-s", "ร้อง", "--from", "ประชาชน", "--complainant", name, *AS)
    office.ok("receive", "1", "--from", name, "--said", "ส่งเอกสารเพิ่ม", *AS)
    assert last(office)["with"] == "complainant"


def test_at_a_terminal_it_is_asked_for_with_the_only_wait_as_the_default(promised: Srctl) -> None:
    promised.ok("promise", "kept", "1", "a2", *AS)
    promised.ok("promise", "kept", "1", "a4", *AS)
    promised.interactive = True
    # What it answers: the default. From whom: the default. Number, date, what it says.
    ran = promised.run("receive", "1", *AS, typed="\n\nศธ 0600/9\n20/11/2569\nส่งรายชื่อแล้ว\n")
    assert ran.code == 0, ran
    entry = last(promised)
    assert (entry["with"], entry["ref"], entry["dated"], entry["said"], entry["keeps"]) == (
        "vec", "ศธ 0600/9", "2026-11-20", "ส่งรายชื่อแล้ว", ["a3"],
    )  # fmt: skip


def test_the_scan_of_it_is_chosen_from_the_scan_folder(promised: Srctl) -> None:
    place = promised.root.parent / "สแกน"
    place.mkdir()
    (place / "SCAN1.pdf").write_bytes(PDF)
    with (promised.root / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("scans: ../สแกน\n")
    promised.ok("adopt", "office.yaml", *AS)
    promised.interactive = True
    ran = promised.run("receive", "1", *AS, typed="2\n\n\n\nส่งรายชื่อแล้ว\n1\n")
    assert ran.code == 0, ran
    assert [kept["name"] for kept in last(promised)["attached"]] == ["SCAN1.pdf"]
    assert (place / "filed" / "SCAN1.pdf").exists()


def test_one_paper_is_one_line_of_the_register_and_its_scan_makes_no_second(office: Srctl, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    office.ok(
        "new", "directive", "-s", "ขอข้อมูล", "--from", "obec", "-c", "letter", "--ref", "ศธ 04001/1", "--order", "ก", *AS
    )
    office.ok("file", "1", str(tmp_path / "a.pdf"), "--what", "หนังสือนำส่ง", *AS)
    office.ok("receive", "1", "--from", "vec", "--ref", "ศธ 0600/9", *AS)
    office.ok("new", "directive", "-s", "โทรสั่ง", "--from", "รมว.ศธ.", "-c", "phone", "--order", "ก", *AS)
    rows = office.ok("register", "in", "--json").json["items"]
    assert [(row["n"], row["ref"]) for row in rows] == [(1, "ศธ 04001/1"), (2, "ศธ 0600/9")]
    matters = office.ok("register", "matters", "--json").json["items"]
    assert [row["subject"] for row in matters] == ["ขอข้อมูล", "โทรสั่ง"]


@pytest.mark.parametrize("room", [60, 80, 120])
def test_no_row_of_a_register_is_cut_on_a_narrow_terminal(
    sample: Srctl, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    from srctl.cli import view
    from srctl.core.thai import display_width

    whole = sample.ok("register", "in").out
    monkeypatch.setattr(view, "width", lambda _stream=None: room)
    shown = sample.ok("register", "in").out
    assert "…" not in shown
    assert max(map(display_width, shown.splitlines())) <= room
    assert sorted("".join(shown.split())) == sorted("".join(whole.split()))
