"""Days on end: typed in the usual ways, printed as letters do."""

from datetime import date

import pytest

from srctl.core.date_spans import Days, on_thai_days, on_thai_weekdays, parse_days, read_days, show_days, thai_weekdays
from srctl.core.errors import UsageError

TODAY = date(2026, 11, 20)
TWO = Days(date(2026, 12, 17), date(2026, 12, 18))


@pytest.mark.parametrize("typed", [
    "17-18/12/2569", "17–18/12/2569", "17/12/2569 - 18/12/2569", "๑๗-๑๘ ธันวาคม ๒๕๖๙", "17 - 18 ธ.ค. 69",
    "17 ธ.ค. 69 ถึง 18 ธ.ค. 69", "17-18/12", "17-18 ธ.ค.", "17/12 ถึง 18/12", "2026-12-17 - 2026-12-18",
])  # fmt: skip
def test_two_days_are_typed_in_any_usual_way(typed: str) -> None:
    assert parse_days(typed, TODAY) == TWO


@pytest.mark.parametrize("typed", ["17/12/2569", "17-12-2569", "2026-12-17", "17 ธ.ค. 69", "๑๗/๑๒/๒๕๖๙", "+27"])
def test_one_day_stays_one_day(typed: str) -> None:
    assert parse_days(typed, TODAY) == Days(TWO.first, TWO.first)


@pytest.mark.parametrize("typed", ["18-17/12/2569", "31-1/12/2569", "soon", "17-18", "30-31/2/2570", "40-41/12/2569"])
def test_what_is_no_span_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_days(typed, TODAY)


@pytest.mark.parametrize(("days", "printed", "shown"), [
    (Days(TWO.first, TWO.first), "ในวันที่ ๑๗ ธันวาคม ๒๕๖๙", "17 ธ.ค. 69"),
    (TWO, "ระหว่างวันที่ ๑๗–๑๘ ธันวาคม ๒๕๖๙", "17–18 ธ.ค. 69"),
    (Days(date(2026, 11, 30), date(2026, 12, 2)), "ระหว่างวันที่ ๓๐ พฤศจิกายน – ๒ ธันวาคม ๒๕๖๙", "30 พ.ย. – 2 ธ.ค. 69"),
    (Days(date(2026, 12, 31), date(2027, 1, 2)), "ระหว่างวันที่ ๓๑ ธันวาคม ๒๕๖๙ – ๒ มกราคม ๒๕๗๐", "31 ธ.ค. 69 – 2 ม.ค. 70"),
])  # fmt: skip
def test_days_are_printed_as_letters_do(days: Days, printed: str, shown: str) -> None:
    assert on_thai_days(days) == printed
    assert show_days(days, "th") == shown
    assert read_days(days.iso()) == days


def test_a_value_that_holds_no_days_is_none() -> None:
    assert read_days("2026-12-17/soon") is None
    assert read_days("") is None


@pytest.mark.parametrize(("days", "printed"), [
    (Days(date(2026, 12, 9), date(2026, 12, 9)), "ในวันพุธที่ ๙ ธันวาคม ๒๕๖๙"),
    (TWO, "ระหว่างวันพฤหัสบดีที่ ๑๗ – วันศุกร์ที่ ๑๘ ธันวาคม ๒๕๖๙"),
    (Days(date(2026, 11, 30), date(2026, 12, 2)), "ระหว่างวันจันทร์ที่ ๓๐ พฤศจิกายน – วันพุธที่ ๒ ธันวาคม ๒๕๖๙"),
    (Days(date(2026, 12, 31), date(2027, 1, 2)), "ระหว่างวันพฤหัสบดีที่ ๓๑ ธันวาคม ๒๕๖๙ – วันเสาร์ที่ ๒ มกราคม ๒๕๗๐"),
])  # fmt: skip
def test_an_invitation_names_the_weekday(days: Days, printed: str) -> None:
    assert on_thai_weekdays(days) == printed
    assert printed.endswith(thai_weekdays(days))
