"""Values of a wording that are lists: lines of cells, persons with position and role. Pure.

A line is ``09.00 น.=ลงทะเบียน=ห้องโถง``: cells parted by ``=`` or ``|``, in the order of the ``columns`` of the value.
``09.00 น. ลงทะเบียน`` is read as such where the first column is a ``time``. ``-`` alone is no list.
Rows under heads (``among``) are numbered within them (``4.1``); an empty first cell goes on under the head before.
A person is ``นายสมมติ ใจดี|ผู้อำนวยการ|กรรมการ``, or one of office or directory, by id or
short name, with a role: ``hr/malee=กรรมการ``, ``สพฐ.=กรรมการ``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.thai import fold, to_arabic_digits
from srctl.model.case import Case
from srctl.model.people import Directory, Office, find_callee
from srctl.papers.wordings import Value
from srctl.workflow.invitees import guest_of, invitees

LISTS = ("rows", "persons")
PERSON = ("name", "position", "role")
_BETWEEN = re.compile(r"\s*[|=]\s*")
_HOUR = r"[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}"
_TIMED = re.compile(rf"({_HOUR}(?:\s*(?:น\.)?\s*[-–]\s*{_HOUR})?(?:\s*น\.)?)\s+(?!น\.)(?=[^\s|=])")


Row = Mapping[str, str | date]


def list_value(value: Value, text: str, office: Office, directory: Directory) -> list[Row] | str:
    """The rows of a value by the names of its columns; "" where there is none, as of any value not given.

    Raises:
        UsageError: the first cell names no head, or the day of a step is none.
    """
    columns = columns_of(value)
    parted = [cells_in(value, line) for line in text.split("\n") if line.strip(" \t|=-")]
    if value.type == "persons":
        rows = [_person(row, office, directory) for row in parted]
    else:
        rows = [_filled(row, len(columns)) for row in parted]
    found: list[Row] = [dict(zip(columns, row, strict=True)) for row in rows]
    if value.among:
        found = list(_under_heads(value, found))
    if value.steps:
        found = [_resolution(row, office, directory) for row in found]
    return found or ""


def columns_of(value: Value) -> tuple[str, ...]:
    """The names of the cells of a line."""
    return PERSON if value.type == "persons" else value.columns


def cells_in(value: Value, line: str) -> list[str]:
    """The cells typed in a line; what goes beyond the last column belongs to it."""
    columns, line = columns_of(value), line.strip()
    if columns[0] == "time" and _TIMED.match(line):
        line = _TIMED.sub(r"\1|", line, count=1)
    return _BETWEEN.split(line, maxsplit=len(columns) - 1)


def called_cells(value: Value, words: str) -> list[str]:
    """What each cell of a line is called in ``words``, parted as a line is; by its column where it is not called."""
    called, columns = cells_in(value, words), columns_of(value)
    return [*called, *columns[len(called) :]]


def head_named(value: Value, typed: str) -> str:
    """The head that a first cell names.

    Raises:
        UsageError: there is none.
    """
    head = to_arabic_digits(typed)
    if head not in value.among:
        raise UsageError(_("there is no head {given}").format(given=typed), ", ".join(value.among))
    return head


def attending(value: Value, case: Case, directory: Directory) -> str:
    """The lines of who said that they come, or send somebody; or of who said that they do not."""
    if not value.attendance:
        return ""
    said = [
        each for each in invitees(case) if each.answer and (each.answer == "absent") == (value.attendance == "absent")
    ]
    guests = [guest_of(each, directory) for each in said]
    role = "แทน {}".format
    return "\n".join(
        f"{g.name}|{g.place.replace(', ', ' ')}|{role(g.instead_of) if g.instead_of else ''}" for g in guests
    )


def _resolution(row: Row, office: Office, directory: Directory) -> Row:
    """The row of a resolution: ``who`` by name, ``whom`` as it was typed, ``by`` as a day."""
    whom = str(row["who"])
    return {**row, "who": who_named(whom, office, directory), "whom": whom, "by": _day(row)}


def row_of(value: Value, line: str) -> dict[str, str]:
    """The cells of one line by the names of the columns."""
    return dict(zip(value.columns, _filled(cells_in(value, line), len(value.columns)), strict=True))


def _under_heads(value: Value, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, each under the head it names or the one before; those with a title numbered where there are several."""
    first, title = value.columns[:2]
    heads: list[str] = []
    for row in rows:
        heads.append(to_arabic_digits(str(row[first])) or (heads[-1] if heads else ""))
        if heads[-1] not in value.among:
            message = _("there is no head {given}: {line}").format(given=heads[-1] or '""', line=row[title] or "…")
            raise UsageError(message, ", ".join(value.among))
    titled = Counter(head for head, row in zip(heads, rows, strict=True) if row[title])
    so_far = Counter[str]()
    for head, row in zip(heads, rows, strict=True):
        so_far[head] += bool(row[title])
        numbered = bool(row[title]) and titled[head] > 1
        yield {**row, first: head, "number": f"{head}.{so_far[head]}" if numbered else ""}


def who_named(who: str, office: Office, directory: Directory) -> str:
    """The name of whoever an id of office or directory stands for; what stands for nobody is a name itself."""
    found, callee = office.coordinator(who), find_callee(directory, who)
    return found.name if found else callee.name() if callee else who


def _day(row: Row) -> date | str:
    text = str(row["by"])
    try:
        return date.fromisoformat(text) if text else ""
    except ValueError:
        message = _("{key}: {given} is not a date").format(key="by", given=text)
        raise UsageError(message, _("write 2026-11-27")) from None


def _filled(cells: list[str], most: int) -> list[str]:
    """The cells with those left out at the end."""
    return [*cells, *[""] * (most - len(cells))]


def _person(cells: list[str], office: Office, directory: Directory) -> list[str]:
    """Name, position and role; of two cells the second is the role. An id or short name stands for who bears it."""
    name, second, third = _filled(cells, len(PERSON))
    position, role = (second, third) if len(cells) > 2 else ("", second)
    wanted = fold(name)
    found = office.coordinator(name) or next((one for one in office.coordinators if fold(one.short) == wanted), None)
    if found:
        return [found.name, position or found.position, role]
    shorts = (key for key, one in directory.items() if fold(one.short) == wanted)
    callee = find_callee(directory, name) or find_callee(directory, next(shorts, ""))
    if callee is None:
        return [name, position, role]
    person, organisation = callee.person, callee.organisation
    if person is None:
        return [organisation.head or organisation.name, position, role]
    return [person.name, position or person.position, role]
