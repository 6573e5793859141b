"""Events: what a kind says of them, when two clash, and what the calendar keeps of them."""

from contextlib import closing
from datetime import date

import pytest

from srctl.core.decoding import Text
from srctl.documents.docx import word_file
from srctl.index.engagements import events_between
from srctl.model.definitions import EventFields, Field
from srctl.model.engagement import Engagement, clash, event_of
from srctl.office.folder import Folder
from tests.conftest import Srctl
from tests.sample_case import CASE, KIND
from tests.test_views import promised

DATED = (Field("date", Text("วันที่", "Date"), "date"), Field("time", Text("เวลา", "Time"), "time"))
OWN = (Field("starts", Text("วันแรก", "First day"), "date"), Field("hall", Text("ห้อง", "Hall")))
TODAY = date(2026, 11, 20)
THURSDAY = date(2026, 12, 17)
MINISTER = ("รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "รมว.ศธ.", "นายตัวอย่าง รักเรียน")


def test_a_kind_written_before_events_has_one_where_it_asks_for_a_day_and_an_hour() -> None:
    case = CASE._replace(fields={"date": "2026-12-17", "time": "09:00", "place": "หอประชุม"})
    assert event_of(case, KIND._replace(fields=DATED)) == Engagement(THURSDAY, THURSDAY, "09:00", place="หอประชุม")
    assert event_of(case, KIND._replace(fields=DATED[:1])) is None, "a day alone is no event"


def test_a_kind_of_the_office_s_own_says_which_fields_are_its_event() -> None:
    kind = KIND._replace(fields=OWN, event=EventFields(day="starts", until="", begin="", place="hall"))
    case = CASE._replace(fields={"starts": "2026-12-17", "hall": "ห้อง 1", "place": "ที่อื่น"})
    assert event_of(case, kind) == Engagement(THURSDAY, THURSDAY, place="ห้อง 1")


@pytest.mark.parametrize("written", ["", "17/12/2569", "soon"])
def test_a_day_that_is_none_is_no_event(written: str) -> None:
    case = CASE._replace(fields={"date": written, "time": "เช้า"})
    assert event_of(case, KIND._replace(fields=DATED)) is None


def at(begin: str = "", end: str = "", *, days: int = 1, attends: str = "") -> Engagement:
    return Engagement(THURSDAY, date(2026, 12, 16 + days), begin, end, attends=attends)


@pytest.mark.parametrize(("one", "other", "both"), [
    (at("09:00", "12:00"), at("11:30"), True),
    (at("09:00", "10:00"), at("10:00"), False),
    (at("09:00"), at("09:45"), True),  # an hour is reckoned while no end is known
    (at("09:00"), at("13:00"), False),
    (at("09:00"), at(), True),  # no hour is known yet: look
    (at("09:00", days=2), at("09:30")._replace(day=date(2026, 12, 18), until=date(2026, 12, 18)), True),
    (at("09:00"), at("09:00")._replace(day=date(2026, 12, 18), until=date(2026, 12, 18)), False),
    (at("09:00"), at("09:00", attends="นางสมมติ ตั้งใจจริง ผู้แทน"), False),  # somebody else goes
    (at("09:00"), at("09:00", attends="รมว.ศธ. และคณะ"), True),
    (at("09:00", attends="นางสมมติ"), at("09:00", attends="นางสมมติ "), True),
    (at("09:00"), at("09:00", attends="-"), False),  # declined
])  # fmt: skip
def test_two_events_clash_when_one_person_would_be_at_both(one: Engagement, other: Engagement, both: bool) -> None:
    assert clash(one, other, MINISTER) is both
    assert clash(other, one, MINISTER) is both


def written(office: Srctl, *more: str, time: str = "09:00", day: str = "17/12/2569") -> str:
    """Receive an invitation for that day and hour; return what was shown."""
    return office.ok(
        "new", "invitation", "-s", "เปิดงานวิชาการ", "--from", "สมาคมสมมติ", "-c", "letter", "--set", "host=สมาคมสมมติ",
        "--set", f"date={day}", "--set", f"time={time}", "--set", "place=หอประชุมสมมติ", *more,
    ).out  # fmt: skip


def calendar_of(office: Srctl, first: date, last: date | None = None, *, closed: bool = False) -> list[str]:
    with closing(Folder(office.root)) as folder:
        found, problems = events_between(folder, TODAY, first, last, closed=closed)
    assert not problems
    return [f"{line.case} {line.event.day if line.event else ''} {line.about.state}" for line in found]


def test_the_index_finds_events_by_their_days_and_leaves_the_archive_unread(office: Srctl) -> None:
    written(office, "--set", "date_end=18/12/2569")
    written(office, "--set", "attends=-", day="21/12/2569")
    written(office, day="16/12/2569")
    office.ok("close", "3", "--override", "ไม่รับเชิญ")
    every = ["2569-0001 2026-12-17 waiting", "2569-0002 2026-12-21 declined"]
    assert calendar_of(office, TODAY) == every
    assert calendar_of(office, date(2026, 12, 18), date(2026, 12, 20)) == every[:1], "its second day"
    assert calendar_of(office, TODAY, closed=True) == ["2569-0003 2026-12-16 closed", *every]
    office.ok("set", "1", "date=24/12/2569", "date_end=")
    assert calendar_of(office, date(2026, 12, 24), date(2026, 12, 24)) == ["2569-0001 2026-12-24 waiting"]


def test_two_invitations_for_one_hour_are_marked_in_the_calendar(office: Srctl) -> None:
    written(office)
    written(office, time="09:30")
    written(office, time="13:00")
    items = office.ok("events", "--json").json["items"]
    promised("list of item of events", items)
    assert [item["clashes"] for item in items] == [["2569-0002"], ["2569-0001"], []]
    shown = office.ok("events", "--week", "--from", "15/12/2569").out
    assert "พฤหัสบดี 17 ธ.ค. 69" in shown
    assert shown.count("เวลาซ้อนกับ 2569-000") == 2


def test_a_calendar_file_moves_an_event_and_takes_one_away(office: Srctl) -> None:
    def events() -> dict[str, list[str]]:
        office.ok("events", "--ics", str(office.root / "ภารกิจ.ics"))
        text = (office.root / "ภารกิจ.ics").read_text(encoding="utf-8")
        parts = [part.splitlines() for part in text.split("BEGIN:VEVENT")[1:]]
        return {next(line for line in lines if line.startswith("UID:")): lines for lines in parts}

    written(office)
    written(office, "--set", "date_end=18/12/2569", "--set", "time_end=16:00")
    first = events()
    assert "DTSTART;TZID=Asia/Bangkok:20261217T090000" in first["UID:2569-0001.event@srctl"]
    assert "RRULE:FREQ=DAILY;COUNT=2" in first["UID:2569-0002.event@srctl"], "its hours are those of each day"
    assert events() == first, "the same day gives the same file"
    office.ok("set", "1", "date=24/12/2569")
    office.ok("set", "2", "attends=-")
    second = events()
    assert {"SEQUENCE:1", "DTSTART;TZID=Asia/Bangkok:20261224T090000"} <= {*second["UID:2569-0001.event@srctl"]}
    assert {"SEQUENCE:1", "STATUS:CANCELLED"} <= {*second["UID:2569-0002.event@srctl"]}


def test_the_printed_calendar_is_a_table_in_thai_and_the_same_bytes_again(office: Srctl) -> None:
    written(office, "--set", "date_end=18/12/2569", "--set", "time_end=16:00", "--set", "parking=ลานหน้าหอประชุม")
    files = [office.root / f"ภารกิจ.{ending}" for ending in ("docx", "xlsx")]
    words = ("events", "--month", "--from", "1/12/2569", "--docx", str(files[0]), "--xlsx", str(files[1]))
    office.ok(*words)
    made = [file.read_bytes() for file in files]
    lines = tuple(line.replace("\xa0", " ") for line in word_file.paragraphs(made[0]))
    assert "ระหว่างวันที่ ๑–๓๑ ธันวาคม ๒๕๖๙" in lines
    row = ("๑๗–๑๘ ธันวาคม ๒๕๖๙", "๐๙.๐๐–๑๖.๐๐ น.", "เปิดงานวิชาการ", "หอประชุมสมมติ (สถานที่จอดรถ: ลานหน้าหอประชุม)",
           "สมาคมสมมติ", "", "รมว.ศธ.", "รอการสั่งการ")  # fmt: skip
    assert lines[lines.index(row[0]) :][: len(row)] == row
    office.ok(*words)
    assert [file.read_bytes() for file in files] == made


def test_an_event_of_two_days_is_typed_once_and_printed_right(office: Srctl) -> None:
    office.ok(
        "new", "meeting", "-s", "ประชุมคณะกรรมการนโยบาย", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "ให้จัดประชุม",
        "--set", "body=กรรมการ", "--set", "date=17-18/12/2569", "--set", "time=09:00", "--set", "place=ห้องประชุมสมมติ",
    )  # fmt: skip
    text = office.case_file("2569-0001").read_text(encoding="utf-8")
    assert "date: 2026-12-17, date_end: 2026-12-18" in text
    office.ok("letter", "1", "invite-meeting", "--to", "obec")  # day, hour and place are those of the case
    lines = word_file.paragraphs(next(office.root.glob("cases/**/*invite-meeting-draft.docx")).read_bytes())
    letter = " ".join(lines).replace("\xa0", " ")
    assert "ขอเชิญประชุมคณะกรรมการนโยบาย" in letter
    assert "เรื่อง ประชุม" not in letter
    assert "ระหว่างวันพฤหัสบดีที่ ๑๗ – วันศุกร์ที่ ๑๘ ธันวาคม ๒๕๖๙ เวลา ๐๙.๐๐ น. ณ ห้องประชุมสมมติ" in letter
    office.ok("set", "1", "date=24/12/2569")
    assert "date_end" not in office.case_file("2569-0001").read_text(encoding="utf-8"), "one day again"


def test_what_a_letter_says_of_an_event_is_typed_once_and_never_in_place_of_what_the_case_has(office: Srctl) -> None:
    office.ok("new", "meeting", "-s", "ประชุมคณะทำงาน", "--from", "สมาคมสมมติ", "-o", "malee", "--set", "place=ห้อง 1")
    typed = ("day=17-18/12/2569", "time=9.30", "place=ห้อง 2")
    values = [part for value in typed for part in ("--value", value)]
    assert "เก็บไว้ในเรื่อง" in office.ok("letter", "1", "invite-meeting", "--to", "obec", *values).err
    fields = office.ok("show", "1", "--json").json["fields"]
    assert fields == {"date": "2026-12-17", "date_end": "2026-12-18", "time": "09:30", "place": "ห้อง 1"}
    office.ok("letter", "1", "agenda", "--value", "agenda=1=ก")  # nothing of the event is typed again


def test_the_hours_of_an_event_are_typed_once(office: Srctl) -> None:
    office.ok("new", "meeting", "-s", "ประชุม", "--set", "date=18/12/2569", "--set", "time=09.00-12.00")
    assert office.ok("show", "1", "--json").json["fields"] == {
        "date": "2026-12-18",
        "time": "09:00",
        "time_end": "12:00",
    }
    office.ok("set", "1", "time=๐๙.๓๐")  # when it ends stays
    fields = office.ok("show", "1", "--json").json["fields"]
    assert (fields["time"], fields["time_end"]) == ("09:30", "12:00")
    assert "ไม่ใช่เวลา" in office.refused(2, "set", "1", "time=09.00-25.00")
