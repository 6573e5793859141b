"""The frozen calendars: what a freeze gives, true to the rules of offices; days the office adds and takes out."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.decoding import decode
from srctl.core.errors import Refused, UsageError
from srctl.core.thai import printable
from srctl.core.workdays import CalendarDay
from srctl.office.folder import Folder
from srctl.office.holiday_calendar import Year, with_day, without_day
from srctl.office.holiday_source import frozen_year
from srctl.store.yaml.reader import read_text
from tests.conftest import Srctl

FOLDER = Path(__file__).parent.parent / "templates" / "calendar"
TODAY = date(2026, 11, 20)
YEARS = (2567, 2568, 2569, 2570)

DAYS_OFF_2569 = """
01-01 01-02 03-03 04-06 04-13 04-14 04-15 05-04 05-13 05-31 06-01 06-03
07-28 07-29 07-30 08-12 10-13 10-23 12-05 12-07 12-10 12-31
"""


def read(year: int) -> Any:
    return yaml.load((FOLDER / f"{year}.yaml").read_text("utf-8"), yaml.BaseLoader)


def without_version(text: str) -> str:
    return re.sub(r"holidays [0-9.]+", "holidays", text)


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_file_is_what_a_freeze_gives(year: int) -> None:
    shipped = (FOLDER / f"{year}.yaml").read_bytes().decode("utf-8")
    assert without_version(shipped) == without_version(frozen_year(year, TODAY))


@pytest.mark.parametrize("year", YEARS)
def test_each_day_is_dated_in_its_year_once_in_order_with_name_kind_and_source(year: int) -> None:
    calendar = read(year)
    assert (calendar["format"], calendar["year"]) == ("1", str(year))
    days = [date.fromisoformat(day["date"]) for day in calendar["days"]]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {year - 543}
    for day in calendar["days"]:
        assert list(day) == ["date", "name", "kind", "source"]
        assert day["name"].startswith(("วัน", "ชดเชยวัน"))
        assert day["kind"] in ("public", "special", "substitution")
        assert (day["kind"] == "substitution") == day["name"].startswith("ชดเชย")
        assert (day["kind"] == "special") == day["name"].startswith("วันหยุดพิเศษ")
        assert re.match(r"holidays [0-9.]+; .", day["source"])


def test_the_days_off_of_2569_are_those_known() -> None:
    assert [day["date"][5:] for day in read(2569)["days"]] == DAYS_OFF_2569.split()


@pytest.mark.parametrize("year", YEARS)
def test_days_that_shut_no_government_office_are_left_out(year: int) -> None:
    text = (FOLDER / f"{year}.yaml").read_text("utf-8")
    assert not re.search("แรงงาน|วันเด็ก|วันครู", text)


@pytest.mark.parametrize(("year", "ploughing"), [(2567, "2024-05-10"), (2568, "2025-05-09"), (2569, "2026-05-13")])
def test_the_ploughing_day_stands_where_it_was_announced(year: int, ploughing: str) -> None:
    assert [day["date"] for day in read(year)["days"] if "พืชมงคล" in day["name"]] == [ploughing]


@pytest.mark.parametrize(
    ("year", "special"),
    [
        (2567, ["2024-04-12", "2024-12-30"]),
        (2568, ["2025-06-02", "2025-08-11"]),
        (2569, ["2026-01-02"]),
        (2570, []),
    ],
)
def test_special_days_of_the_cabinet(year: int, special: list[str]) -> None:
    assert [day["date"] for day in read(year)["days"] if day["kind"] == "special"] == special


@pytest.mark.parametrize("year", YEARS)
def test_the_twelfth_of_august_has_its_own_name_from_2569(year: int) -> None:
    (name,) = [day["name"] for day in read(year)["days"] if day["date"].endswith("-08-12")]
    assert name.endswith("วันแม่แห่งชาติ")
    assert (name == "วันแม่แห่งชาติ") == (year >= 2569)


def test_a_day_with_several_names_is_read_as_one() -> None:
    names = {day["date"]: day["name"] for day in read(2569)["days"]}
    assert names["2026-12-07"].startswith("ชดเชยวันคล้ายวันพระบรมราชสมภพของพระบาทสมเด็จพระบรมชนกาธิเบศร")
    assert names["2026-12-07"].endswith(" วันชาติ และวันพ่อแห่งชาติ")
    assert names["2026-12-07"].count("ชดเชย") == 1


def test_an_unconfirmed_day_is_told_but_not_counted() -> None:
    assert [row["date"] for row in read(2569)["undecided"]] == ["2026-10-16"]
    assert "2026-10-16" not in {row["date"] for row in read(2569)["days"]}


def test_a_year_is_complete_once_it_has_come_and_its_ploughing_day_is_known() -> None:
    assert [read(year)["complete"] for year in YEARS] == ["true", "true", "true", "false"]
    assert "complete: false" in frozen_year(2569, date(2025, 12, 31))
    assert "complete: false" in frozen_year(2570, date(2028, 1, 1))


def test_a_freeze_does_not_depend_on_years_frozen_before() -> None:
    first = frozen_year(2570, TODAY)
    frozen_year(2569, TODAY)
    assert frozen_year(2570, TODAY) == first


@pytest.mark.parametrize("year", [2026, 2539, 2644, 0, -1])
def test_a_year_nobody_can_answer_for_is_refused(year: int) -> None:
    with pytest.raises(UsageError, match=str(year)):
        frozen_year(year, TODAY)


def test_every_year_on_offer_can_be_frozen() -> None:
    for year in (2540, 2643):
        assert yaml.safe_load(frozen_year(year, TODAY))["days"]


# -- a day more, a day less: the text -----------------------------------------------------------------

NAME = "templates/calendar/2569.yaml"
RESOLUTION = "มติ ครม. 17 พ.ย. 2569"


def year_of(raw: bytes) -> Year:
    """Return a calendar file as the office reads it."""
    from srctl.core.workdays import CalendarYear

    source = read_text(raw, Path(NAME))
    value = decode(CalendarYear, source.data)
    assert value is not None
    return Year(NAME, source, value.days)


def special(on: str, name: str = "วันหยุดพิเศษ", source: str = RESOLUTION) -> CalendarDay:
    return CalendarDay(date.fromisoformat(on), name, "special", source)


LINE = b'- {date: 2026-10-16, name: \xe0\xb8\x81, kind: special, source: "x: 1"}'
ODD = {
    "a comment stays with the day below it": (
        b"days:\n  - {date: 2026-01-01, name: a}\n  # why\n  # so\n  - {date: 2026-12-31, name: b}\n",
        b"days:\n  - {date: 2026-01-01, name: a}\n  %s\n  # why\n  # so\n  - {date: 2026-12-31, name: b}\n",
    ),
    "the first of the year": (
        b"days:  # all\n  - {date: 2026-12-31, name: b}\n",
        b"days:  # all\n  %s\n  - {date: 2026-12-31, name: b}\n",
    ),
    "lines of Windows": (
        b"days:\r\n- {date: 2026-01-01, name: a}\r\n- {date: 2026-12-31, name: b}\r\n",
        b"days:\r\n- {date: 2026-01-01, name: a}\r\n%s\r\n- {date: 2026-12-31, name: b}\r\n",
    ),
    "days over several lines": (
        b"days:\n  - date: 2026-01-01\n    name: a\n  - date: 2026-12-31\n    name: b\n",
        b"days:\n  - date: 2026-01-01\n    name: a\n  %s\n  - date: 2026-12-31\n    name: b\n",
    ),
    "after the last": (
        b"days:\n  - {date: 2026-01-01, name: a}  # New Year\n",
        b"days:\n  - {date: 2026-01-01, name: a}  # New Year\n  %s\n",
    ),
    "a byte order mark": (
        b"\xef\xbb\xbfformat: 1\nyear: 2569\ncomplete: true\nsource: x\ndays:\n  - {date: 2026-12-31, name: b}\n",
        b"\xef\xbb\xbfformat: 1\nyear: 2569\ncomplete: true\nsource: x\ndays:\n  %s\n  - {date: 2026-12-31, name: b}\n",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_a_day_is_added_on_a_line_of_its_own_in_order_and_nothing_else_changes(name: str) -> None:
    before, after = ODD[name]
    head = b"" if b"format" in before else b"format: 1\nyear: 2569\ncomplete: true\nsource: x\n"
    added = with_day(year_of(head + before), special("2026-10-16", "ก", "x: 1"))
    assert added == head + after.replace(b"%s", LINE)


def test_a_list_between_brackets_is_not_guessed_at() -> None:
    raw = b"format: 1\nyear: 2569\ncomplete: true\nsource: x\ndays: [{date: 2026-12-31, name: b}]\n"
    with pytest.raises(Refused):
        with_day(year_of(raw), special("2026-10-16"))


def test_a_date_that_stands_there_twice_is_taken_out_twice() -> None:
    day = b"  - {date: 2026-12-31, name: b}\n"
    raw = b"format: 1\nyear: 2569\ncomplete: true\nsource: x\ndays:\n  - {date: 2026-12-30, name: a}\n"
    assert without_day(year_of(raw + day + day), date(2026, 12, 31)) == raw


@given(on=st.dates(date(2026, 1, 1), date(2026, 12, 31)), name=st.text(min_size=1), source=st.text(min_size=1))
def test_any_day_and_words_added_and_taken_out_leave_the_file_as_it_was(on: date, name: str, source: str) -> None:
    raw = (FOLDER / "2569.yaml").read_bytes()
    year = year_of(raw)
    name, source = ("x" + " ".join(printable(text).split()) for text in (name, source))
    if year.day(on):
        return
    added = year_of(with_day(year, CalendarDay(on, name, "special", source)))
    assert added.day(on) == CalendarDay(on, name, "special", source)
    assert [day.date for day in added.days] == sorted(day.date for day in added.days)
    assert without_day(added, on) == raw


# -- a day more, a day less: the command --------------------------------------------------------------


@pytest.fixture
def english(thai: None) -> None:
    i18n.use("en")


@pytest.fixture
def complaint(office: Srctl, english: None) -> Srctl:
    """An office with one complaint of Friday 20 November: an opinion is due on Monday the 23rd."""
    office.ok("new", "complaint", "-s", "เรื่องร้องเรียน", "--as", "malee")
    return office


def opinion_due(srctl: Srctl) -> str:
    rows = srctl.ok("due", "--all", "--json").json["items"]
    return str(next(row["due"] for row in rows if row["ref"] == "opinion"))


ADD = ("calendar", "add", "23/11/2569", "วันหยุดพิเศษ", "--source", RESOLUTION, "--as", "malee")
REMOVE = ("calendar", "remove", "23/11/2569", "--source", "ยกเลิกโดยมติ ครม.", "--as", "malee")


def test_a_day_added_stands_in_the_file_and_the_record_with_its_source_and_moves_what_is_due(complaint: Srctl) -> None:
    assert opinion_due(complaint) == "2026-11-23"
    ran = complaint.ok(*ADD)
    assert re.search(r"2569-0001 +.+ 23 Nov 2026 +24 Nov 2026", ran.out)
    assert "srctl replan" in ran.err
    assert opinion_due(complaint) == "2026-11-24"
    assert RESOLUTION in complaint.ok("calendar", "show", "2569").out
    message = complaint.git("log", "-1", "--format=%B")
    assert message.startswith("เพิ่มวันหยุด: 23 พ.ย. 69 วันหยุดพิเศษ\n\nที่มา: " + RESOLUTION)
    assert "Srctl-Action: calendar-add" in message
    assert complaint.git("diff", "--stat", "HEAD~1").count("|") == 1
    assert complaint.git("status", "--porcelain") == ""
    assert "0 problems" in complaint.ok("check").out


def test_a_day_taken_out_leaves_the_file_as_it_was_and_says_what_revoked_it(complaint: Srctl) -> None:
    before = (complaint.root / NAME).read_bytes()
    complaint.ok(*ADD)
    ran = complaint.ok(*REMOVE)
    assert re.search(r"24 Nov 2026 +23 Nov 2026", ran.out)
    assert (complaint.root / NAME).read_bytes() == before
    assert "ที่มา: ยกเลิกโดยมติ ครม." in complaint.git("log", "-1", "--format=%B")
    assert opinion_due(complaint) == "2026-11-23"


def test_the_days_before_are_answered_by_the_calendar_of_then(complaint: Srctl) -> None:
    complaint.at("2026-11-21T09:00").ok(*ADD)
    then = complaint.ok("due", "--all", "--as-of", "2026-11-20", "--json").json["items"]
    assert next(row["due"] for row in then if row["ref"] == "opinion") == "2026-11-23"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "10/12/2569", "x", "--source", "y"), 5, "a holiday already: วันรัฐธรรมนูญ"),
        (("add", "24/11/2569", "x"), 2, "--source is missing"),
        (("add", "24/11/2569", "x", "--source", " \u200b "), 2, "--source is missing"),
        (("add", "24/11/2569", " ", "--source", "y"), 2, "NAME is missing"),
        (("add", "", "x", "--source", "y"), 2, "DATE is missing"),
        (("add", "31/11/2569", "x", "--source", "y"), 2, "There is no 31 November"),
        (("add", "24/11/2569", "x", "--source", "y", "--kind", "bank"), 2, "special, public, substitution"),
        (("add", "24/11/2580", "x", "--source", "y"), 3, "srctl calendar freeze 2580"),
        (("remove", "24/11/2569", "--source", "y"), 3, "no holiday of the calendar"),
        (("remove", "10/12/2569"), 2, "--source is missing"),
        (("remove", "24/11/2580", "--source", "y"), 3, "srctl calendar freeze 2580"),
    ],
)
def test_what_cannot_be_added_or_taken_out_is_refused_and_nothing_is_recorded(
    complaint: Srctl, words: tuple[str, ...], code: int, said: str
) -> None:
    tip = complaint.git("rev-parse", "HEAD")
    assert said in complaint.refused(code, "calendar", *words, "--as", "malee")
    assert complaint.git("rev-parse", "HEAD") == tip
    assert complaint.git("status", "--porcelain") == ""


def test_a_weekend_is_added_with_a_warning_and_moves_nothing(complaint: Srctl) -> None:
    ran = complaint.ok("calendar", "add", "21/11/2569", "x", "--source", "y", "--kind", "public", "--as", "malee")
    assert "no working day anyway" in ran.err
    assert "no deadline moves" in ran.out


def test_a_calendar_changed_by_hand_is_not_written_over(complaint: Srctl) -> None:
    file = complaint.root / NAME
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")
    raw = file.read_bytes()
    complaint.refused(6, *ADD)
    assert file.read_bytes() == raw


def test_the_only_day_of_a_year_is_not_taken_out(complaint: Srctl) -> None:
    text = "format: 1\nyear: 2569\ncomplete: true\nsource: x\ndays:\n  - {date: 2026-11-23, name: ก, source: x}\n"
    (complaint.root / NAME).write_text(text, "utf-8")
    complaint.ok("adopt", NAME, "--as", "malee")
    complaint.refused(4, *REMOVE)
    assert (complaint.root / NAME).read_text("utf-8") == text


def test_a_broken_calendar_is_told_with_its_line_and_left_alone(complaint: Srctl) -> None:
    file = complaint.root / NAME
    file.write_text(file.read_text("utf-8").replace("2026-03-03", "2026-02-30"), "utf-8")
    assert f"srctl: {NAME}:" in complaint.refused(4, *ADD)
    file.write_text("days: [\n", "utf-8")
    assert f"srctl: {NAME}:" in complaint.refused(4, *ADD)


def test_a_case_that_cannot_be_read_is_told_beside_what_moves(complaint: Srctl) -> None:
    complaint.case_file("2569-0001").write_text("format: 1\nid: [\n", "utf-8")
    assert "2569-0001.yaml" in complaint.ok(*ADD).err


def test_a_further_freeze_keeps_the_days_and_sources_the_office_wrote(complaint: Srctl) -> None:
    complaint.ok(*ADD)
    checked = ("calendar", "add", "2026-12-10", "วันรัฐธรรมนูญ", "--source", "ประกาศ สลน.", "--kind", "public")
    complaint.ok("calendar", "remove", "2026-12-10", "--source", "จะอ้างประกาศแทน", "--as", "malee")
    complaint.ok(*checked, "--as", "malee")
    file = complaint.root / NAME
    kept = file.read_text("utf-8")
    file.write_text(kept.replace("complete: true", "complete: false"), "utf-8")
    complaint.ok("adopt", NAME, "--as", "malee")
    complaint.ok("calendar", "freeze", "2569", "--as", "malee")
    assert without_version(file.read_text("utf-8")) == without_version(kept)
    calendar = Folder(complaint.root).calendar
    assert calendar.holidays[date(2026, 11, 23)].source == RESOLUTION
    assert calendar.holidays[date(2026, 12, 10)].source == "ประกาศ สลน."
