"""The frozen calendars: exactly what a freeze gives, and true to the rules of offices."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from srctl.errors import UsageError
from srctl.holidaysource import freeze

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
    assert without_version(shipped) == without_version(freeze(year, TODAY))


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
    assert names["2026-12-07"].startswith("ชดเชยวันคล้ายวันเฉลิมพระชนมพรรษา")
    assert names["2026-12-07"].endswith(" วันชาติ และวันพ่อแห่งชาติ")
    assert names["2026-12-07"].count("ชดเชย") == 1


def test_an_unconfirmed_day_is_told_but_not_counted() -> None:
    text = (FOLDER / "2569.yaml").read_text("utf-8")
    assert [line[:1] for line in text.splitlines() if "2026-10-16" in line] == ["#"]


def test_a_year_is_complete_once_it_has_come_and_its_ploughing_day_is_known() -> None:
    assert [read(year)["complete"] for year in YEARS] == ["true", "true", "true", "false"]
    assert "complete: false" in freeze(2569, date(2025, 12, 31))
    assert "complete: false" in freeze(2570, date(2028, 1, 1))


def test_a_freeze_does_not_depend_on_years_frozen_before() -> None:
    first = freeze(2570, TODAY)
    freeze(2569, TODAY)
    assert freeze(2570, TODAY) == first


@pytest.mark.parametrize("year", [2026, 2539, 2644, 0, -1])
def test_a_year_nobody_can_answer_for_is_refused(year: int) -> None:
    with pytest.raises(UsageError, match=str(year)):
        freeze(year, TODAY)


def test_every_year_on_offer_can_be_frozen() -> None:
    for year in (2540, 2643):
        assert yaml.safe_load(freeze(year, TODAY))["days"]
