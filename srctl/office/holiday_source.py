"""Where a year's holidays come from: the ``holidays`` package, corrected for a ministry.

The only door to ``holidays``. The package is asked once, when a year is frozen into
``calendar/<year>.yaml``; from then on the file is the truth, read, corrected and signed for by the
office. Its list serves everyone in Thailand, so days that are no holiday of government offices are
taken out here; each correction is a row below, and every day says how far it has been checked.
"""

import json
import re
from datetime import date
from importlib.metadata import version

from srctl.core.dates import be_year, ce_year
from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

# Before 2540 holidays were declared one by one; the package ends with 2643.
_YEARS = range(2540, 2644)

_SUBSTITUTION = "ชดเชย"
_SPECIAL = "วันหยุดพิเศษ"
_PLOUGHING = "วันพืชมงคล"

_REMOVED_FROM = {
    # Shuts firms and banks, not government offices; its substitution day goes with it.
    "วันแรงงานแห่งชาติ": 0,
    # Always a Saturday, never substituted: it moves no deadline.
    "วันเด็กแห่งชาติ": 0,
    # The Queen Mother died on 24 ตุลาคม 2568; 12 August keeps the name วันแม่แห่งชาติ.
    "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง": 2569,
}
"""Names that do not count, and the first year (BE) from which they do not."""

_ANNOUNCED = {date(2026, 1, 2): "มติคณะรัฐมนตรี ตามข่าว mgronline 9680000106109"}
"""Where a day was announced, as far as it has been checked."""

_CALLED = {
    # The name given by the royal proclamation of 21 พฤษภาคม 2562.
    "วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร": (
        "วันคล้ายวันพระบรมราชสมภพของพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร"
    ),
}
"""Names the package gives otherwise than they were announced."""

_UNDECIDED = {
    date(2026, 10, 16): ("มีข่าวว่าเป็นวันหยุดพิเศษเฉพาะกรุงเทพมหานคร (QuantLib PR 2686 วันที่ 31 ก.ค. 2569) ยังไม่พบมติคณะรัฐมนตรี"),
}
"""Days of which no announcement was found yet, and what is known."""

_UNVERIFIED = "ยังไม่ได้ตรวจกับประกาศ"

_NOTES = {
    2569: (
        "16 ต.ค. 2569 ยังไม่ทราบว่าเป็นวันหยุดหรือไม่ (undecided) การนับที่ผ่านวันนั้นจึงมีเครื่องหมาย ~",
        "ถ้าเป็นวันหยุด ให้เพิ่มใน days (kind: special) พร้อมอ้างประกาศใน source ถ้าไม่เป็น ให้ลบบรรทัดนั้นใน undecided",
    ),
}
"""Comment lines at the head of the year's file."""


class _Day(NamedTuple):
    on: date
    name: str
    kind: str


def frozen_year(year_be: int, today: date) -> str:
    """The text of ``calendar/<year_be>.yaml``: every holiday of offices, with its source.

    ``complete`` is false while the year lies ahead of ``today`` or the ploughing day, which is
    announced year by year, is missing. UsageError for a year the package does not cover.
    """
    if year_be not in _YEARS:
        raise UsageError(
            _("There is no calendar for the year {year}.").format(year=year_be),
            _("Type a year of the Buddhist Era from {first} to {last}, as in 2569.").format(
                first=_YEARS[0], last=_YEARS[-1]
            ),
        )
    import holidays  # slow: only a freeze needs it

    listed = holidays.country_holidays(
        "TH",
        years=ce_year(year_be),
        categories=("public", "government"),
        language="th",
        expand=False,
    )
    days = [day for on in sorted(listed) if (day := _day(on, str(listed[on]), year_be))]
    known = any(day.name == _PLOUGHING for day in days)
    return _text(year_be, days, year_be <= be_year(today) and known, f"holidays {version('holidays')}")


def _day(on: date, names: str, year_be: int) -> _Day | None:
    """The day with those of its names that count, or None when none does."""
    kept: list[str] = []
    substitution = True
    for name in names.split("; "):
        bare = name.removeprefix(_SUBSTITUTION)
        if year_be < _REMOVED_FROM.get(bare, year_be + 1):
            kept.append(_CALLED.get(bare, bare))
            substitution = substitution and bare != name
    if not kept:
        return None
    joined = " ".join(kept[:-1]) + " และ" + kept[-1] if len(kept) > 1 else kept[0]
    if substitution:
        return _Day(on, _SUBSTITUTION + joined, "substitution")
    return _Day(on, joined, "special" if joined.startswith(_SPECIAL) else "public")


def _text(year_be: int, days: list[_Day], complete: bool, package: str) -> str:
    lines = [
        f"# วันหยุดราชการ พ.ศ. {year_be} (ค.ศ. {ce_year(year_be)}) แก้ไขได้ด้วยมือ ทุกวันต้องมี source",
        *(f"# {note}" for note in _NOTES.get(year_be, ())),
        "format: 1",
        f"year: {year_be}",
        f"complete: {str(complete).lower()}" + ("" if complete else "  # วันหยุดพิเศษและวันพืชมงคลของปีนี้ยังประกาศไม่ครบ"),
        f"source: {package} (public, government) ปรับแก้สำหรับส่วนราชการ",
        *_undecided(year_be),
        "days:",
    ]
    for day in days:
        source = f"{package}; {_ANNOUNCED.get(day.on, _UNVERIFIED)}"
        lines.append(
            f"  - {{date: {day.on.isoformat()}, name: {_scalar(day.name)},"
            f" kind: {day.kind}, source: {_scalar(source)}}}"
        )
    return "\n".join(lines) + "\n"


def _undecided(year_be: int) -> list[str]:
    """The lines of the days of that year that are not decided yet."""
    rows = [
        f"  - {{date: {on.isoformat()}, note: {_scalar(note)}}}"
        for on, note in _UNDECIDED.items()
        if be_year(on) == year_be
    ]
    return ["undecided:", *rows] if rows else []


def _scalar(text: str) -> str:
    """Return ``text`` as a YAML scalar: bare when that is safe, else quoted as in JSON."""
    return text if re.fullmatch("[ก-๎][ก-๎ ().]*", text) else json.dumps(text, ensure_ascii=False)
