"""An event postponed: what moves with it and how far, what stays, what waits, and who is told."""

from datetime import date, datetime
from pathlib import Path

import pytest

from srctl.core.date_spans import Days
from srctl.core.dates import BANGKOK
from srctl.core.errors import Refused, UsageError
from srctl.core.named_days import workdays_from
from srctl.deadlines.postponement import NewTime, postpone
from srctl.deadlines.rules import deadlines
from srctl.documents.docx import word_file
from srctl.model.case import Case, Entry, Plan, Step
from srctl.model.engagement import postponed_open, waiting_steps
from srctl.office.folder import Folder
from tests.conftest import PROJECT, Srctl
from tests.sample_case import CASE

FOLDER = Folder(PROJECT)
VISIT, CALENDAR = FOLDER.kinds["visit"], FOLDER.calendar
TODAY, THURSDAY = date(2026, 11, 20), date(2026, 12, 3)
NEXT = date(2026, 12, 14)  # five working days on, over the holidays of 7 and 10 December and two weekends


def tied(step: str, days: int, event: date = THURSDAY) -> Step:
    due, counted = workdays_from(event, days, CALENDAR)
    return Step(step, f"ทำข้อ {step}", due=due, counted=counted)


def visit(*steps: Step, log: tuple[Entry, ...] = (), **fields: str) -> Case:
    return CASE._replace(
        kind="visit", complainant=None, plan=Plan(steps=steps), fields={"date": "2026-12-03", **fields},
        log=(*CASE.log, *log),
    )  # fmt: skip


def done(step: str) -> Entry:
    return Entry("a90", datetime(2026, 11, 23, 9, tzinfo=BANGKOK), "malee", "step", step=step)


def moved(case: Case, to: NewTime) -> tuple[dict[str, str], Case]:
    """The steps that moved, as the log has them, and the case after it."""
    from srctl.core.decoding import plain
    from srctl.model.people import Coordinator
    from srctl.office.course import Actor, carried_out
    from srctl.store.yaml.writer import as_read

    act = postpone(case, VISIT, to, CALENDAR, deadlines(case, VISIT, CALENDAR, TODAY))
    data = {key: value for key, value in plain(case, iso=True).items() if key != "log" and value not in (None, "")}
    data["received"] = {k: v for k, v in data["received"].items() if v}
    data["order"] = {k: v for k, v in data["order"].items() if v}
    data["plan"] = {"steps": [{k: v for k, v in step.items() if v} for step in data["plan"]["steps"]]}
    actor = Actor(Coordinator("malee", "มาลี"), datetime(2026, 11, 24, 9, tzinfo=BANGKOK))
    after, _data, _move = carried_out(case, VISIT, as_read(data), act, actor)
    return dict(line.split(" ") for line in after.log[-1].moved), after


def due_of(case: Case) -> dict[str, date]:
    return {d.ref: d.due for d in deadlines(case, VISIT, CALENDAR, TODAY) if d.what == "step"}


def test_every_open_step_moves_by_the_same_working_days_over_a_holiday() -> None:
    assert CALENDAR.workdays_between(THURSDAY, NEXT) == 5
    case = visit(tied("s1", -1), tied("s2", 0), tied("s3", 1), Step("s4", "จองรถ", due=date(2026, 11, 26)))
    steps, after = moved(case, NewTime(Days(NEXT, NEXT), why="วิทยากรติดภารกิจ"))
    assert steps == {
        "s1": "2026-12-02/2026-12-11", "s2": "2026-12-03/2026-12-14", "s3": "2026-12-04/2026-12-15",
        "s4": "2026-11-26/2026-12-03",
    }  # fmt: skip
    assert after.plan.steps[0].counted == "-1wd from 2026-12-14 = 2026-12-11", "it is counted from the new day"
    assert after.fields["date"] == "2026-12-14"


def test_the_old_day_and_the_reason_stay_in_the_log() -> None:
    _steps, after = moved(visit(tied("s1", -1)), NewTime(Days(NEXT, NEXT), why="วิทยากรติดภารกิจ"))
    last = after.log[-1]
    assert (last.did, last.was, last.until, last.why) == ("postpone", THURSDAY, NEXT, "วิทยากรติดภารกิจ")


def test_steps_done_and_steps_of_later_days_stay() -> None:
    later = Step("s3", "รายงาน", due=date(2026, 12, 9))
    case = visit(tied("s1", -1), tied("s2", -2), later, Step("s4", "ไม่มีวัน"), log=(done("s1"),))
    steps, after = moved(case, NewTime(Days(NEXT, NEXT), why="เหตุ"))
    assert set(steps) == {"s2"}
    act = postpone(case, VISIT, NewTime(Days(NEXT, NEXT), why="เหตุ"), CALENDAR, ())
    assert "s3" in act.warnings[0], "it stays on a day the event has passed: told, with the command that moves it"
    assert after.plan.steps[2] == later


def test_an_extended_step_moves_from_the_day_it_was_extended_to() -> None:
    longer = Entry(
        "a91", datetime(2026, 11, 23, 9, tzinfo=BANGKOK), "malee", "extend", deadline="s1", until=THURSDAY, why="ก"
    )
    steps, after = moved(visit(tied("s1", -1), log=(longer,)), NewTime(Days(NEXT, NEXT), why="เหตุ"))
    assert steps == {"s1": "2026-12-03/2026-12-14"}
    assert due_of(after) == {"s1": NEXT}, "the extension is spent"


def test_without_a_new_day_the_steps_wait_and_nothing_is_late() -> None:
    case = visit(tied("s1", -1), tied("s2", 1), date_end="2026-12-04")
    steps, after = moved(case, NewTime(open=True, why="น้ำท่วม"))
    assert steps == {"s1": "2026-12-02/..", "s2": "2026-12-04/.."}
    assert "date" not in after.fields
    assert "date_end" not in after.fields
    assert waiting_steps(after, VISIT) == {"s1", "s2"}
    assert due_of(after) == {}
    assert all(d.due >= TODAY for d in deadlines(after, VISIT, CALENDAR, date(2027, 2, 1)) if d.what == "step")
    steps, fixed = moved(after, NewTime(Days(NEXT, NEXT), why="น้ำลด"))
    assert steps == {"s1": "2026-12-02/2026-12-11", "s2": "2026-12-04/2026-12-15"}
    assert postponed_open(fixed) is None
    assert due_of(fixed) == {"s1": date(2026, 12, 11), "s2": date(2026, 12, 15)}


def test_hour_and_place_alone_move_no_step_and_need_no_reason() -> None:
    steps, after = moved(visit(tied("s1", -1)), NewTime(begin="13:30", place="ห้องใหม่"))
    assert steps == {}
    assert (after.fields["time"], after.fields["place"], after.log[-1].was) == ("13:30", "ห้องใหม่", None)


def test_an_event_of_two_days_stays_of_two_days() -> None:
    _steps, after = moved(visit(date_end="2026-12-04"), NewTime(Days(NEXT, NEXT), why="เหตุ"))
    assert (after.fields["date"], after.fields["date_end"]) == ("2026-12-14", "2026-12-15")


@pytest.mark.parametrize(("to", "refusal"), [
    (NewTime(), UsageError),
    (NewTime(Days(NEXT, NEXT)), UsageError),  # no reason
    (NewTime(Days(THURSDAY, THURSDAY), why="เหตุ"), UsageError),  # the day it is on
])  # fmt: skip
def test_what_moves_nothing_or_says_no_reason_is_refused(to: NewTime, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        postpone(visit(tied("s1", -1)), VISIT, to, CALENDAR, ())


def test_a_matter_without_an_event_cannot_be_postponed() -> None:
    complaint = FOLDER.kinds["complaint"]
    with pytest.raises(Refused):
        postpone(CASE, complaint, NewTime(Days(NEXT, NEXT), why="เหตุ"), CALENDAR, ())
    with pytest.raises(Refused):
        postpone(visit()._replace(fields={}), VISIT, NewTime(Days(NEXT, NEXT), why="เหตุ"), CALENDAR, ())


def test_one_command_moves_the_event_and_drafts_the_letters_and_undo_takes_it_back(office: Srctl) -> None:
    office.ok(
        "new", "meeting", "-s", "ประชุมคณะกรรมการนโยบาย", "--from", "สมาคมสมมติ", "-c", "letter", "--order", "จัด",
        "--set", "body=กรรมการ", "--set", "date=17-18/12/2569", "--set", "time=09:00", "--set", "place=ห้อง 1",
    )  # fmt: skip
    office.ok("letter", "1", "invite-meeting", "--to", "obec")
    for words in (("submit",), ("sign", "--by", "head"), ("number",), ("send", "--by", "letter")):
        office.ok(words[0], "1", "invite-meeting", *words[1:])
    before = office.git("rev-list", "--count", "HEAD")
    shown = office.ok("postpone", "1", "24/12/2569", "ประธานติดภารกิจ", "--time", "13.30-16.00", "--letters").out
    assert int(office.git("rev-list", "--count", "HEAD")) == int(before) + 1, "one act is one commit"
    assert "เลื่อนงานจาก 17 ธ.ค. 69 เป็น 24 ธ.ค. 69" in shown
    assert shown.count("วันพฤหัสบดี 24 ธ.ค. 69") == 1, "the new day is shown once"
    draft: Path = next(office.root.glob("cases/**/*postpone-draft.docx"))
    letter = " ".join(word_file.paragraphs(draft.read_bytes())).replace("\xa0", " ")
    assert "ขอเลื่อนการประชุมคณะกรรมการนโยบาย" in letter
    assert "ระหว่างวันพฤหัสบดีที่ ๑๗ – วันศุกร์ที่ ๑๘ ธันวาคม ๒๕๖๙" in letter
    assert "ไปเป็นระหว่างวันพฤหัสบดีที่ ๒๔ – วันศุกร์ที่ ๒๕ ธันวาคม ๒๕๖๙ เวลา ๑๓.๓๐ น. ณ ห้อง ๑" in letter
    raw = draft.read_bytes()
    said = ("what=ประชุมคณะกรรมการนโยบาย", "reason=ประธานติดภารกิจ", "day=17-18/12/2569", "new_day=24-25/12/2569",
            "new_time=13.30", "new_place=ห้อง 1")  # fmt: skip
    office.ok("letter", "1", "postpone", "--to", "obec", *(word for one in said for word in ("--value", one)))
    assert draft.read_bytes() == raw, "drafted again it is the same"
    office.ok("undo", "1")
    assert office.ok("events", "--json").json["items"][0]["day"] == "2026-12-17"


def test_a_checklist_fills_the_day_of_the_event_and_is_never_doubled(office: Srctl) -> None:
    office.ok("new", "visit", "-s", "ดูงานศูนย์วิทยาศาสตร์", "--from", "สมาคมสมมติ", "-c", "voice", "--by", "รมว.ศธ.",
              "--order", "ประสานดูงาน", "--set", "host=ศูนย์สมมติ")  # fmt: skip
    office.ok("analyse", "1", "--issue", "ดูงาน")
    office.ok("plan", "1", "--result", "ได้ดูงาน", "--checklist", "study-visit", "--event", "17-18/12/2569")
    case = office.ok("show", "1", "--json").json
    assert (case["fields"]["date"], case["fields"]["date_end"]) == ("2026-12-17", "2026-12-18")
    steps = [step["do"] for step in case["plan"]["steps"]]
    office.ok("step", "done", "1", "s1")
    again = office.ok("plan", "1", "--checklist", "study-visit", "--event", "24/12/2569")
    assert "ไม่เพิ่มซ้ำ" in again.err
    after = office.ok("show", "1", "--json").json["plan"]["steps"]
    assert [step["do"] for step in after] == steps, "no step stands twice"
    assert {step["due"] for step in after} - {None} == {"2026-12-23", "2026-12-24", "2026-12-25"}
    assert "ครบแล้ว" in office.refused(5, "plan", "1", "--checklist", "study-visit", "--event", "24/12/2569")


def test_a_clash_is_told_when_an_event_is_entered_or_moved(office: Srctl) -> None:
    def invitation(day: str) -> str:
        return office.ok("new", "invitation", "-s", f"เปิดงาน {day}", "--from", "สมาคม", "-c", "letter", "--set",
                         "host=สมาคม", "--set", f"date={day}", "--set", "time=09:00").err  # fmt: skip

    assert "ซ้อน" not in invitation("17/12/2569")
    assert "เวลาซ้อนกับ 2569-0001 วันที่ 17 ธ.ค. 69 09.00 น.: เปิดงาน 17/12/2569" in invitation("17/12/2569")
    assert "ซ้อน" not in office.ok("set", "2", "time=13:00").err
    assert "2569-0001" in office.ok("postpone", "2", "17/12/2569", "--time", "09.30", "--why", "เจ้าภาพขอ").err
    assert "ซ้อน" not in office.ok("set", "2", "attends=นางสมมติ ตั้งใจจริง ผู้แทน").err, "somebody else goes"
