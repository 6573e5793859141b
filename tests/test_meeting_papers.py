"""Agenda and minutes of a meeting: who came, matters under their heads, resolutions that become steps of the plan."""

from typing import Any

import pytest

from srctl.core.thai import to_arabic_digits
from srctl.documents.docx import word_file
from tests.conftest import Srctl, prepared

SURVEY = "4=แนวทางแก้ไข=อภิปรายกันแล้ว=ให้สำรวจที่นั่งเรียน=สพฐ.=18/12/2569"
COLLECT = "|||รวบรวมข้อร้องเรียน|กลุ่มงานสมมติ|25/12/2569"


@prepared
def meeting(sample: Srctl) -> Srctl:
    """An office with the meeting 13, to which one comes, one sends somebody, one does not come."""
    fields = {"body": "คณะทำงานสมมติ", "date": "9/12/2569", "time": "9.30", "time_end": "12.00", "place": "ห้องประชุมสมมติ"}
    sets = [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]
    sample.ok("new", "meeting", "--subject", "ประชุมคณะทำงานสมมติ", "--from", "obec", "--owner", "malee", *sets)
    sample.ok(
        "attend", "13", "obec/somsak", "self", "vec", "sent", "นายผู้แทน สมมติดี, นักวิชาการ", "นางไม่มา สมมติงาม", "absent"
    )
    return sample


def minutes(office: Srctl, *agenda: str) -> None:
    office.ok("letter", "13", "minutes", *(part for line in agenda for part in ("--value", f"agenda={line}")))


def steps(office: Srctl) -> list[tuple[str, str, str]]:
    shown: Any = office.ok("show", "13", "--json").json
    return [(step["do"], step["with"], step["due"]) for step in shown["plan"]["steps"]]


def lines(office: Srctl, paper: str) -> list[str]:
    [file] = office.root.glob(f"cases/*/*/*/*-{paper}-draft.docx")
    return [to_arabic_digits(line).replace("\xa0", " ") for line in word_file.paragraphs(file.read_bytes())]


def test_minutes_say_who_came_and_what_was_resolved_under_each_head(meeting: Srctl) -> None:
    minutes(meeting, "๑=นโยบาย=ประธานแจ้ง=รับทราบ", SURVEY, COLLECT, "4=เรื่องที่สอง==เห็นชอบ")
    said = lines(meeting, "minutes")
    came = said[said.index("ผู้มาประชุม") : said.index("ผู้ไม่มาประชุม")]
    assert any("นายสมศักดิ์ สมมติการ" in line for line in came)
    assert any("แทน สำนักงานคณะกรรมการการอาชีวศึกษา" in line for line in came)
    missing = said[said.index("ผู้ไม่มาประชุม") : said.index("เริ่มประชุมเวลา 09.30 น.")]
    assert any("นางไม่มา สมมติงาม" in line for line in missing)
    heads = [n for n, line in enumerate(said) if line.startswith("ระเบียบวาระที่")]
    first, fourth = said[heads[0] : heads[1]], said[heads[3] : heads[4]]
    assert first[1] == "นโยบาย"  # one alone has no number
    assert [line for line in fourth if line.startswith("4.")] == ["4.1 แนวทางแก้ไข", "4.2 เรื่องที่สอง"]
    assert sum("18 ธันวาคม 2569" in line for line in fourth) == 1
    assert said[heads[1] + 1] == "– ไม่มี –"
    assert "เลิกประชุมเวลา 12.00 น." in said


def test_a_resolution_with_somebody_and_a_day_becomes_a_step_in_the_same_commit_and_never_twice(meeting: Srctl) -> None:
    before = meeting.git("rev-list", "--count", "HEAD")
    minutes(meeting, "1=นโยบาย=ประธานแจ้ง=รับทราบ=สพฐ.", SURVEY, COLLECT)
    assert int(meeting.git("rev-list", "--count", "HEAD")) == int(before) + 1
    planned = [("ให้สำรวจที่นั่งเรียน", "obec", "2026-12-18"), ("รวบรวมข้อร้องเรียน (กลุ่มงานสมมติ)", "", "2026-12-25")]
    assert steps(meeting) == planned
    minutes(meeting, "1=นโยบายใหม่=ประธานแจ้ง=รับทราบ", SURVEY, COLLECT)
    assert steps(meeting) == planned
    minutes(meeting, SURVEY.replace("ให้สำรวจ", "ให้เร่งสำรวจ"), COLLECT.replace("25/", "28/"))
    assert steps(meeting) == [("ให้เร่งสำรวจที่นั่งเรียน", *planned[0][1:]), (*planned[1][:2], "2026-12-28")]


def test_minutes_take_over_the_matters_of_the_agenda_each_to_be_filled_by_its_number(meeting: Srctl) -> None:
    matters = ("1=นโยบาย", "4=แนวทางแก้ไข=สพฐ.", "4=การสำรวจที่นั่งเรียน")
    meeting.ok("letter", "13", "agenda", *(part for one in matters for part in ("--value", f"agenda={one}")))
    meeting.ok("letter", "13", "minutes")
    said = [line for line in lines(meeting, "minutes") if line.startswith(("นโยบาย", "4."))]
    assert said == ["นโยบาย", "4.1 แนวทางแก้ไข", "4.2 การสำรวจที่นั่งเรียน"], "nothing typed: each is there to fill"
    minutes(meeting, "๔.๒==อภิปรายแล้ว=เห็นชอบ=สพฐ.=18/12/2569", "1===รับทราบ", "4=เรื่องเพิ่ม==รับทราบ")
    said = lines(meeting, "minutes")
    fourth = said[said.index("ระเบียบวาระที่ 4 เรื่องเสนอเพื่อพิจารณา") :]
    assert fourth[1:4] == ["4.1 แนวทางแก้ไข", "4.2 การสำรวจที่นั่งเรียน", "อภิปรายแล้ว"]
    assert "4.3 เรื่องเพิ่ม" in fourth
    assert steps(meeting) == [("เห็นชอบ", "obec", "2026-12-18")]
    assert "4.9" in meeting.refused(2, "letter", "13", "minutes", "--value", "agenda=4.9==ก")


def test_a_step_whose_resolution_was_taken_out_is_offered_to_be_dropped(meeting: Srctl) -> None:
    minutes(meeting, SURVEY, COLLECT)
    values = ["--value", f"agenda={SURVEY}"]
    for _again in range(2):
        told = meeting.ok("letter", "13", "minutes", *values).err
        assert "step drop 2569-0013 s2" in " ".join(told.split())
        assert "s1" not in told
        values += ["--value", "session=2/2569"]
    meeting.ok("step", "drop", "13", "s2", "--why", "ที่ประชุมถอนมติ")
    assert "step drop" not in meeting.ok("letter", "13", "minutes", *values, "--value", "meeting=ก").err


def test_what_is_settled_is_not_reworded(meeting: Srctl) -> None:
    minutes(meeting, SURVEY)
    meeting.ok("step", "done", "13", "s1", "--sure")
    minutes(meeting, SURVEY.replace("18/12", "21/12"))
    assert [due for _do, _with, due in steps(meeting)] == ["2026-12-18", "2026-12-21"]


@pytest.mark.parametrize(("line", "why"), [("7=ก", "7"), ("=ก", "ก"), ("4=ก=ข=ค=obec=ไม่รู้", "ไม่รู้")])
def test_a_line_that_cannot_be_placed_is_refused(meeting: Srctl, line: str, why: str) -> None:
    assert why in meeting.refused(2, "letter", "13", "minutes", "--value", f"agenda={line}")
    assert steps(meeting) == []


def test_the_agenda_has_the_five_heads_and_the_place(meeting: Srctl) -> None:
    meeting.ok(
        "letter", "13", "agenda", "--value", "session=2/2569", "--value", "agenda=4=ก", "--value", "agenda=4=ข=สพฐ."
    )
    said = lines(meeting, "agenda")
    assert sum(line.startswith("ระเบียบวาระที่") for line in said) == 5
    assert {"ครั้งที่ 2/2569", "ณ ห้องประชุมสมมติ", "4.2 ข (สพฐ.)"} <= set(said)
