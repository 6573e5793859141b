"""A field with choices has one of them, wherever it comes in; a slip never takes a deadline away."""

from pathlib import Path

import pytest

from srctl.model.definitions import Kind
from srctl.office.folder import Folder
from tests.conftest import PROJECT, Srctl

ASK = (
    "new", "question", "-s", "กระทู้ถามทั่วไป เรื่อง ก", "--from", "สผ.", "-c", "letter", "--by", "รมว.ศธ.", "--order", "ก",
    "--ref", "1", "--set", "asker=นายสมมติ ผู้แทน",
)  # fmt: skip
SLIPS = {"answer_in": ("ราชกิจจาฯ", "ราชกิจจานุเบกษา"), "type": ("ทัวไป", "ทั่วไป"),
         "house": ("สภาผู้แทน", "สภาผู้แทนราษฎร")}  # fmt: skip


def kinds() -> list[Kind]:
    return list(Folder(PROJECT).kinds.readable().values())


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("ทั่วไป", "ทั่วไป"), (" ทั่วไป ", "ทั่วไป"), ("General", "ทั่วไป"), ("oral  on the day", "สดด้วยวาจา"), ("ทัวไป", "ทัวไป")],
)
def test_a_choice_is_typed_in_either_language_however_spaced(typed: str, stored: str) -> None:
    field = next(f for f in Folder(PROJECT).kind("question").fields if f.name == "type")
    assert field.chosen(typed) == stored


def test_other_is_typed_with_or_without_its_space() -> None:
    field = next(f for f in Folder(PROJECT).kind("legal").fields if f.name == "type")
    assert field.chosen("อื่นๆ") == field.chosen("อื่น  ๆ") == "อื่น ๆ"


def test_no_shipped_kind_lists_choices_in_a_hint_only() -> None:
    for kind in kinds():
        assert not [f.name for f in kind.fields if "เลือกหนึ่ง" in f.hint.th or "One of" in f.hint.en], kind.id


def test_a_choice_is_refused_with_the_near_one_when_received_and_when_set(office: Srctl) -> None:
    for name, (slip, near) in SLIPS.items():
        told = office.refused(2, *ASK, "--set", f"{name}={slip}")
        assert slip in told
        assert near in told.partition("→")[2]
    office.ok(*ASK, "--set", "type=general", "--set", "answer_in=ราชกิจจานุเบกษา")
    assert "fields: {asker: นายสมมติ ผู้แทน, type: ทั่วไป, answer_in: ราชกิจจานุเบกษา}" in text_of(office)
    told = office.refused(2, "set", "1", "answer_in=ราชกิจจาฯ")
    assert "ราชกิจจานุเบกษา" in told
    assert "gazette" in deadlines(office)


def deadlines(office: Srctl) -> set[str]:
    return {row["ref"] for row in office.ok("show", "1", "--json").json["deadlines"]}


def text_of(office: Srctl) -> str:
    return office.case_file("2569-0001").read_text(encoding="utf-8")


def written_by_hand(office: Srctl) -> Path:
    office.ok(*ASK, "--set", "type=ทั่วไป", "--set", "answer_in=ราชกิจจานุเบกษา")
    file = office.case_file("2569-0001")
    slips = file.read_text(encoding="utf-8").replace("answer_in: ราชกิจจานุเบกษา", "answer_in: ราชกิจจาฯ")
    file.write_text(slips.replace("type: ทั่วไป", "type: สดๆ"), encoding="utf-8")
    return file


def test_a_slip_of_the_hand_takes_no_deadline_away_and_is_not_adopted(office: Srctl) -> None:
    written_by_hand(office)
    assert "gazette" in deadlines(office)
    assert "[choice]" in office.run("check", "1").out
    assert "ราชกิจจานุเบกษา" in office.refused(4, "adopt", "1")


def test_a_value_of_earlier_times_is_told_and_stops_nothing(office: Srctl) -> None:
    """An office whose kinds had no choices has cases with other texts: they go on."""
    file = written_by_hand(office)
    office.git("commit", "-qam", "as an older srctl recorded it")
    told = office.run("check", "1")
    assert told.code == 1
    assert "[choice]" in told.out
    office.ok("list")
    office.ok("note", "1", "ยังทำงานต่อได้")
    office.ok("set", "1", "house=วุฒิสภา")
    file.write_text(text_of(office).replace("subject: กระทู้ถามทั่วไป", "subject: กระทู้"), encoding="utf-8")
    office.ok("adopt", "1")
    office.refused(2, "set", "1", "type=สดๆๆ")
