"""What is due as a calendar file: RFC 5545 by two parsers and by its grammar, and exactly what `due` shows."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.thai import printable
from srctl.core.workdays import Calendar, Holiday
from srctl.documents.ics import MAX_BYTES, Before, compose_calendar, description, earlier_events, summary
from tests.conftest import NOW, Srctl

KING = Holiday(date(2026, 12, 7), "ชดเชยวันพ่อแห่งชาติ")
WORKDAYS = Calendar({KING.on: KING}, date(2026, 12, 31))
OFFICE = "สำนักงานรัฐมนตรี"


def row(**changes: Any) -> dict[str, Any]:
    """Return a row as `due` has it, Wednesday 25 November 2569."""
    return {
        "case": "2569-0042", "what": "theirs", "text": "ส่งรายงานข้อเท็จจริง", "due": "2026-11-25", "section": "coming",
        "late": -3, "owner": "malee", "owner_name": "นางสาวมาลี ตัวอย่าง", "owner_phone": "0 2000 0131", "acting": "",
        "with": "obec/somsak", "call": "นายสมศักดิ์ สมมติ", "phone": "0 2000 0201", "group": "complaints",
        "subject": "ขอความเป็นธรรม", "urgency": "urgent", "ref": "a2", "basis": "", "verified": True,
        "calendar_complete": True, **changes,
    }  # fmt: skip


def made(*rows: dict[str, Any]) -> bytes:
    return compose_calendar(rows, OFFICE, NOW, WORKDAYS)


def events(data: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data).events


def uids(*rows: dict[str, Any]) -> list[str]:
    return [str(event["uid"]) for event in events(made(*rows))]


# -- the grammar, by hand ---------------------------------------------------------------------------

LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
TEXTS = {"UID", "SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "X-WR-CALDESC"}
NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}


def lines(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield name, parameters and value of each content line (RFC 5545 §3.1), each judged."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for octets in physical:
        assert len(octets) <= 75
        assert b"\r" not in octets
        assert b"\n" not in octets
        octets.decode()  # no character is cut
    for line in data[:-2].decode().replace("\r\n ", "").split("\r\n"):
        found = LINE.fullmatch(line)
        assert found, line
        assert not CONTROL.search(found[3]), line
        yield found[1], found[2], found[3]


def is_valid(data: bytes) -> bool:
    """Judge components, what each must have and may have once, and texts (RFC 5545 §3.3.11, §3.6)."""
    open_: list[tuple[str, list[str], int]] = []
    uids_: list[str] = []
    for name, _parameters, value in lines(data):
        if name == "BEGIN":
            open_.append((value, [], 0))
            continue
        kind, names, inner = open_[-1]
        if name == "END":
            assert value == kind
            assert NEEDED.get(kind, set()) <= set(names)
            assert len(names) == len(set(names)), kind
            assert kind != "VCALENDAR" or inner, "a calendar holds one component"
            open_.pop()
            if open_:
                open_[-1] = (open_[-1][0], open_[-1][1], open_[-1][2] + 1)
            continue
        names.append(name)
        assert name not in TEXTS or TEXT.fullmatch(value), value
        uids_ += [value] if name == "UID" else []
    assert not open_
    assert len(uids_) == len(set(uids_))
    return True


# -- one event a row --------------------------------------------------------------------------------


def test_an_event_lasts_the_day_and_takes_up_nobodys_time() -> None:
    [event] = events(made(row()))
    assert event.start == date(2026, 11, 25)
    assert event.end == date(2026, 11, 26)
    assert event["transp"] == "TRANSPARENT"
    stamp = event.DTSTAMP
    assert stamp == datetime(2026, 11, 20, 2, 12, tzinfo=UTC)
    assert ("DTSTART", ";VALUE=DATE", "20261125") in lines(made(row()))


def test_it_says_what_whom_and_how_sure_the_day_is() -> None:
    i18n.use("en")
    sure = row()
    assert summary(sure) == "[urgent] awaited: ส่งรายงานข้อเท็จจริง (2569-0042)"
    assert description(sure).split("\n") == [
        "ขอความเป็นธรรม",
        "owner: นางสาวมาลี ตัวอย่าง 0 2000 0131",
        "call 0 2000 0201 นายสมศักดิ์ สมมติ",
    ]
    unsure = row(
        urgency="none", call="", phone="", owner_phone="", basis="ม.64", verified=False, calendar_complete=False
    )
    assert summary(unsure) == "awaited: ส่งรายงานข้อเท็จจริง (2569-0042)"
    assert description(unsure).split("\n")[1:] == [
        "owner: นางสาวมาลี ตัวอย่าง", "basis: ม.64", "rule not verified", "calendar incomplete",
    ]  # fmt: skip
    away = row(acting="prasit", acting_name="นายประสิทธิ์ ตัวอย่าง", acting_phone="0 2000 0132")
    assert description(away).split("\n")[2] == "stands in: นายประสิทธิ์ ตัวอย่าง 0 2000 0132"
    assert description(row(acting="malee")) == description(sure)  # away, and nobody is there
    assert description(row(phone="")).split("\n")[-1] == "นายสมศักดิ์ สมมติ"
    assert summary(row(text="")) == "[urgent] awaited (2569-0042)"  # of a secret matter


@pytest.mark.parametrize(("section", "word"), [("late", "late"), ("today", "due today"), ("coming", "coming")])
def test_its_categories_are_the_heading_it_stands_under_and_what_it_is(section: str, word: str) -> None:
    i18n.use("en")
    [event] = events(made(row(section=section)))
    assert event.categories == [word, "awaited"]


@pytest.mark.parametrize(
    ("due", "rings"),
    [
        ("2026-11-25", "2026-11-24"),
        ("2026-11-23", "2026-11-20"),  # Monday: on Friday
        ("2026-12-08", "2026-12-04"),  # Tuesday after a substitution day
    ],
)
def test_it_reminds_at_nine_on_the_working_day_before(due: str, rings: str) -> None:
    [event] = events(made(row(due=due)))
    [alarm] = event.walk("VALARM")
    assert isinstance(alarm, icalendar.Alarm)
    assert isinstance(alarm.TRIGGER, timedelta)
    assert datetime.fromisoformat(due) + alarm.TRIGGER == datetime.fromisoformat(f"{rings}T09:00")
    assert alarm["action"] == "DISPLAY"


@pytest.mark.parametrize("section", ["late", "today"])
def test_what_is_due_already_does_not_ring(section: str) -> None:
    [event] = events(made(row(section=section)))
    assert not event.walk("VALARM")


def test_what_was_promised_again_rings_before_its_new_day_though_it_is_late_by_its_first() -> None:
    [event] = events(made(row(section="late", original="2026-11-02", late_original=13)))
    assert event.walk("VALARM")


def test_the_uid_stays_when_the_day_moves() -> None:
    before, after = (
        row(ref="opinion", rule="opinion"),
        row(ref="opinion", rule="opinion", due="2026-12-01", section="late", text="อื่น"),
    )
    assert uids(before) == uids(after) == ["2569-0042.opinion@srctl"]


def test_two_rows_never_share_a_uid() -> None:
    rows = (row(), row(), row(rule="reply"), row(rule=""), row(ref="a2.2"), row(ref="a2\x07"), row(ref="", rule="a2"))
    found = uids(*rows)
    assert found[:3] == ["2569-0042.a2@srctl", "2569-0042.a2.2@srctl", "2569-0042.a2.reply@srctl"]
    assert len(set(found)) == len(rows)
    assert is_valid(made(*rows))


# -- what a title and a description tell --------------------------------------------------------------


def test_what_a_rule_names_has_the_subject_in_its_title() -> None:
    i18n.use("en")
    assert summary(row(what="stage", text="Analyse", urgency="none")) == "stage: Analyse · ขอความเป็นธรรม (2569-0042)"
    secret = row(what="stage", text="Analyse", urgency="none", subject="2569-0042 (confidential)")
    assert summary(secret) == "stage: Analyse (2569-0042)"


def test_a_held_one_says_so_and_does_not_ring() -> None:
    i18n.use("th")
    held = row(held=True)
    assert summary(held).endswith("(2569-0042) (พักการนับ)")
    assert "พักการนับ" in description(held)
    [event] = events(made(held))
    assert not event.walk("VALARM")


def test_what_was_promised_again_tells_its_first_day() -> None:
    i18n.use("en")
    again = row(section="late", original="2026-11-02", late_original=13)
    assert "first due 2 Nov 2026: 13 wd late" in description(again)
    assert "first due" not in description(row(original="2026-11-25", late_original=-3))


# -- the file that is replaced ------------------------------------------------------------------------

ALL = f"{OFFICE}; ; ; ; "


def after(data: bytes, *rows: dict[str, Any], days: int = 1, unread: str = "") -> bytes:
    """Return the calendar that replaces ``data``, ``days`` later; the case ``unread`` cannot be read then."""
    before = Before(ALL, earlier_events(data, ALL) or {}, lambda case: case == unread)
    return compose_calendar(rows, OFFICE, NOW + timedelta(days=days), WORKDAYS, before=before)


def told(data: bytes) -> dict[str, tuple[str, int]]:
    assert is_valid(data)
    return {str(e["uid"]): (str(e.get("status", "")), int(str(e["sequence"]))) for e in events(data)}


def test_what_ended_is_cancelled_with_the_same_uid_and_a_higher_sequence_for_sixty_days() -> None:
    first = after(b"", row(), row(ref="a3"))
    assert told(first) == {"2569-0042.a2@srctl": ("", 0), "2569-0042.a3@srctl": ("", 0)}
    second = after(first, row(), days=2)
    assert told(second)["2569-0042.a3@srctl"] == ("CANCELLED", 1)
    assert events(second)[1].DTSTAMP > events(first)[1].DTSTAMP
    assert events(second)[1].start == events(first)[1].start
    third = after(second, row(), days=62)
    assert told(third)["2569-0042.a3@srctl"] == ("CANCELLED", 1)
    assert "2569-0042.a3@srctl" not in told(after(third, row(), days=63))


def test_a_day_that_moved_and_one_that_is_due_again_raise_the_sequence() -> None:
    first = after(b"", row())
    assert told(after(first, row())) == {"2569-0042.a2@srctl": ("", 0)}
    moved = after(first, row(due="2026-12-01"))
    assert told(moved) == {"2569-0042.a2@srctl": ("", 1)}
    assert told(after(after(moved), row())) == {"2569-0042.a2@srctl": ("", 3)}


def test_a_cancelled_one_keeps_no_text_of_the_earlier_file() -> None:
    assert "ขอความเป็นธรรม" in after(b"", row()).decode().replace("\r\n ", "")
    assert "ขอความเป็นธรรม" not in after(after(b"", row())).decode().replace("\r\n ", "")


def test_nothing_of_a_case_that_cannot_be_read_is_cancelled() -> None:
    first = after(b"", row())
    held = after(first, unread="2569-0042")
    assert told(held) == {"2569-0042.a2@srctl": ("", 0)}
    assert told(after(held)) == {"2569-0042.a2@srctl": ("CANCELLED", 1)}


@settings(max_examples=100)
@given(st.lists(st.sampled_from([f"X-SRCTL-SCOPE:{ALL}".replace(";", "\\;").encode(), b"BEGIN:VEVENT", b"END:VEVENT",
    b"UID:2569-0042.a2@srctl", b"UID:../x", b"SEQUENCE:1", b"SEQUENCE:\xd9\xa1", b"SEQUENCE:-1", b"SEQUENCE:9999999",
    b"DTSTART;VALUE=DATE:20261125", b"DTSTART:99999999", b"X-SRCTL-ENDED:x", b"X-SRCTL-ENDED:2026-11-20", b" "])
    | st.binary(max_size=20), max_size=12))  # fmt: skip
def test_whatever_stands_in_the_earlier_file_the_next_is_a_calendar(some: list[bytes]) -> None:
    assert is_valid(after(b"\r\n".join(some), row()))


# -- any text ---------------------------------------------------------------------------------------

HOSTILE = ["\n", "\r\n", "\\", "\\N", "\\n", ",", ";", ":", '"', "END:VEVENT", "\r\nBEGIN:VEVENT\r\n", "\x00", "\x85",
           "\u2028", "\u202e", "\ud800", "\ufeff", "😀", "กำ", "ที่", "น้ำ", " ", "\t", "^n", "%0A", "=" * 80]  # fmt: skip
TEXT_OF_ANYONE = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=60), max_size=12).map("".join)


@settings(max_examples=200)
@given(TEXT_OF_ANYONE, TEXT_OF_ANYONE, TEXT_OF_ANYONE)
@example("C:\\New\\names", "ก" * 500, "1,2;3")
def test_any_text_comes_back_from_two_parsers(text: str, subject: str, ref: str) -> None:
    given_ = row(text=text, subject=subject, ref=ref)
    data = made(given_, row(ref="a9"))
    assert is_valid(data)
    first = events(data)[0]
    assert str(first["summary"]) == printable(summary(given_))
    assert str(first["description"]) == printable(description(given_))
    second = vobject.readOne(data.decode())
    second.validate()
    assert second.vevent.summary.value == printable(summary(given_))
    assert second.vevent.description.value == printable(description(given_))


# -- the command ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--all",), ("--days", "1"), ("--owner", "malee"), ("--kind", "directive")])
def test_the_file_holds_exactly_what_due_shows(sample: Srctl, tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = sample.ok("due", *words, "--json").json["items"]
    said = sample.ok("due", *words, "--ics", str(tmp_path / "due.ics"))
    assert re.search(rf"due\.ics: .*\b{len(shown)}\b", said.out)
    data = (tmp_path / "due.ics").read_bytes()
    assert is_valid(data)
    found = [(event.start.isoformat(), str(event["summary"])) for event in events(data)]
    assert found == [(item["due"], printable(summary(item))) for item in shown]
    parsed = vobject.readOne(data.decode())
    parsed.validate()
    assert [event.dtstart.value.isoformat() for event in parsed.contents.get("vevent", [])] == [d for d, _s in found]
    assert parsed.x_wr_calname.value == OFFICE


def test_the_sample_office_has_rows_of_every_section(sample: Srctl) -> None:
    assert {item["section"] for item in sample.ok("due", "--all", "--json").json["items"]} == {
        "late", "today", "coming",
    }  # fmt: skip


def test_a_met_item_is_cancelled_and_a_file_of_another_is_not_touched_so(sample: Srctl, tmp_path: Path) -> None:
    file = tmp_path / "due.ics"
    sample.ok("due", "--all", "--ics", str(file))
    assert told(file.read_bytes())["2569-0008.s2@srctl"][0] == ""
    sample.ok("--as", "malee", "step", "done", "2569-0008", "s2")
    said = sample.ok("due", "--ics", str(file))  # what falls due later than a week, and was in the file, stays
    assert not said.err
    assert told(file.read_bytes())["2569-0008.s2@srctl"] == ("CANCELLED", 1)
    rows = sample.ok("due", "--all", "--json").json["items"]
    assert len([uid for uid, (status, _n) in told(file.read_bytes()).items() if not status]) == len(rows)
    said = sample.ok("due", "-o", "suda", "--ics", str(file))
    assert "due.ics" in said.err
    assert not [uid for uid, (status, _n) in told(file.read_bytes()).items() if status]


@pytest.mark.parametrize("old", [b"old", b"x" * (MAX_BYTES + 1)])
def test_a_foreign_file_is_replaced_and_it_is_said_that_nothing_is_cancelled(
    office: Srctl, tmp_path: Path, old: bytes
) -> None:
    (tmp_path / "due.ics").write_bytes(old)
    assert "due.ics" in office.ok("due", "--ics", str(tmp_path / "due.ics")).err
    assert is_valid((tmp_path / "due.ics").read_bytes())


def test_it_is_in_the_language_of_the_office(sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRCTL_LANG", "en")
    sample.ok("due", "--all", "--ics", str(tmp_path / "due.ics"))
    text = (tmp_path / "due.ics").read_bytes().decode().replace("\r\n ", "")
    assert "//srctl//due//TH" in text
    assert "owner:" not in text


def test_a_calendar_of_nothing_is_a_calendar_still(office: Srctl, tmp_path: Path) -> None:
    office.ok("due", "--ics", str(tmp_path / "due.ics"))
    data = (tmp_path / "due.ics").read_bytes()
    assert is_valid(data)
    assert events(data) == []


def test_the_same_moment_writes_the_same_bytes_and_replaces_the_old_file(sample: Srctl, tmp_path: Path) -> None:
    file = tmp_path / "due.ics"
    file.write_text("old")
    sample.ok("due", "--all", "--ics", str(file))
    first = file.read_bytes()
    sample.ok("due", "--all", "--ics", str(file))
    assert file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["due.ics"]


def test_a_relative_name_is_from_where_the_shell_stands(
    sample: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    sample.ok("due", "--ics", "due.ics")
    assert (tmp_path / "elsewhere/due.ics").is_file()


def test_no_complainant_is_named(sample: Srctl, tmp_path: Path) -> None:
    sample.ok("due", "--all", "--ics", str(tmp_path / "due.ics"))
    text = "".join(value for _name, _parameters, value in lines((tmp_path / "due.ics").read_bytes()))
    matters = [sample.ok("show", item["id"], "--json").json for item in sample.ok("list", "--json").json["items"]]
    people = [matter["complainant"] for matter in matters if matter["complainant"]]
    told = [person[key] for person in people for key in ("name", "phone") if person[key]]
    assert told
    assert not [each for each in told if each in text]


def test_no_typed_text_names_a_complainant_or_tells_a_secret(sample: Srctl, tmp_path: Path) -> None:
    name, named, secret = "นายสมมติ ห่วงบุตร", "2569-0010", "2569-0008"  # who complains in the one
    sample.ok("set", named, f"subject=เรื่องของ{name}")
    sample.ok("contact", named, "obec/somsak", "--by", "phone", "--said", "ก",
              "--they-promise", f"โทรหา {name}", "--until", "+1wd")  # fmt: skip
    sample.ok("set", secret, "secrecy=confidential")
    sample.ok("due", "--all", "--ics", str(tmp_path / "due.ics"))
    text = "".join(value for _name, _parameters, value in lines((tmp_path / "due.ics").read_bytes()))
    assert named in text
    assert secret in text
    assert not [each for each in (name, "ห่วงบุตร", "หลุดออกจากระบบ", "ส่งตัวเลขรายจังหวัด") if each in text]


def test_a_case_that_cannot_be_read_is_told_on_the_screen_and_in_the_file(sample: Srctl, tmp_path: Path) -> None:
    case = sample.ok("due", "--all", "--json").json["items"][0]["case"]
    sample.case_file(case).write_text("format: 1\n", encoding="utf-8")
    said = sample.ok("due", "--ics", str(tmp_path / "due.ics"))
    assert f"{case}.yaml" in said.err
    data = (tmp_path / "due.ics").read_bytes()
    assert is_valid(data)
    assert f"{case}.yaml" in str(icalendar.Calendar.from_ical(data)["x-wr-caldesc"])


def test_a_calendar_and_json_at_once_are_refused(sample: Srctl, tmp_path: Path) -> None:
    assert "--ics" in sample.refused(2, "due", "--json", "--ics", str(tmp_path / "due.ics"))
    assert not (tmp_path / "due.ics").exists()


@pytest.mark.parametrize("name", ["office.yaml", "due", "--all"])
def test_a_file_of_another_ending_is_never_written(sample: Srctl, name: str) -> None:
    before = (sample.root / "office.yaml").read_bytes()
    assert ".ics" in sample.refused(2, "due", "--ics", str(sample.root / name))
    assert (sample.root / "office.yaml").read_bytes() == before


def test_a_folder_that_is_not_there_is_said_and_not_made(sample: Srctl, tmp_path: Path) -> None:
    assert "nowhere" in sample.refused(3, "due", "--ics", str(tmp_path / "nowhere/due.ics"))
    assert not (tmp_path / "nowhere").exists()


def test_a_place_that_cannot_be_written_is_said_in_one_line(sample: Srctl, tmp_path: Path) -> None:
    (tmp_path / "due.ics").mkdir()
    assert "due.ics" in sample.refused(5, "due", "--ics", str(tmp_path / "due.ics"))
    sample.refused(5, "due", "--ics", str(tmp_path / ("ก" * 300 + "/due.ics")))
