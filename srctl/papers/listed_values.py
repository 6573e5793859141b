"""Values of a wording that are lists: lines of cells, persons with position and role. Pure.

A line is ``09.00 น.=ลงทะเบียน=ห้องโถง``: cells parted by ``=`` or ``|``, in the order of the ``columns`` of the value.
``09.00 น. ลงทะเบียน`` is read as such where the first column is a ``time``. ``-`` alone is no list.
A person is ``นายสมมติ ใจดี|ผู้อำนวยการ|กรรมการ``, or an id (of office or directory) with a role: ``hr/malee=กรรมการ``.
"""

import re
from collections.abc import Mapping

from srctl.model.people import Directory, Office, find_callee
from srctl.papers.wordings import Value

LISTS = ("rows", "persons")
PERSON = ("name", "position", "role")
_BETWEEN = re.compile(r"\s*[|=]\s*")
_HOUR = r"[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}"
_TIMED = re.compile(rf"({_HOUR}(?:\s*(?:น\.)?\s*[-–]\s*{_HOUR})?(?:\s*น\.)?)\s+(?!น\.)(?=[^\s|=])")


def list_value(value: Value, text: str, office: Office, directory: Directory) -> list[Mapping[str, str]] | str:
    """The rows of a value by the names of its columns; "" where there is none, as of any value not given."""
    columns = PERSON if value.type == "persons" else value.columns
    lines = [line for line in text.split("\n") if line.strip(" \t|=-")]
    if columns[0] == "time":
        lines = [_TIMED.sub(r"\1|", line.strip(), count=1) if _TIMED.match(line.strip()) else line for line in lines]
    rows = [_cells(line, len(columns)) for line in lines]
    if value.type == "persons":
        rows = [_person(row, office, directory) for row in rows]
    return [dict(zip(columns, row, strict=True)) for row in rows] or ""


def _cells(line: str, most: int) -> list[str]:
    """The cells of a line; what goes beyond the last column belongs to it."""
    cells = _BETWEEN.split(line.strip(), maxsplit=most - 1)
    return [*cells, *[""] * (most - len(cells))]


def _person(row: list[str], office: Office, directory: Directory) -> list[str]:
    """Name, position and role; of two cells the second is the role. An id stands for who bears it."""
    name, second, third = row
    position, role = (second, third) if third else ("", second)
    found = office.coordinator(name)
    if found:
        return [found.name, position or found.position, role]
    callee = find_callee(directory, name)
    if callee is None:
        return [name, position, role]
    person, organisation = callee.person, callee.organisation
    if person is None:
        return [organisation.head or organisation.name, position, role]
    return [person.name, position or person.position, role]
