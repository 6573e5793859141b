"""Values that are lists: lines of cells, persons by name or by id."""

import pytest

from srctl.papers.listed_values import list_value
from srctl.papers.wordings import Value, ValueType
from tests.sample_case import DIRECTORY, OFFICE

LABEL = OFFICE.groups[0].label


def rows(text: str, type_: ValueType = "rows", columns: tuple[str, ...] = ("time", "item", "who")) -> object:
    return list_value(Value(LABEL, type_, columns=columns), text, OFFICE, DIRECTORY)


@pytest.mark.parametrize(
    "line",
    [
        "09.00 น.=ลงทะเบียน=ห้องโถง",
        "09.00 น. | ลงทะเบียน | ห้องโถง",
        "09.00 น.|ลงทะเบียน = ห้องโถง",
        "09.00 น. ลงทะเบียน=ห้องโถง",
    ],
)
def test_cells_are_parted_by_either_sign(line: str) -> None:
    assert rows(line) == [{"time": "09.00 น.", "item": "ลงทะเบียน", "who": "ห้องโถง"}]


def test_cells_left_out_are_empty_and_what_is_beyond_the_last_belongs_to_it() -> None:
    assert rows("09.00 น.\n\n | \nก=ข=ค=ง") == [
        {"time": "09.00 น.", "item": "", "who": ""},
        {"time": "ก", "item": "ข", "who": "ค=ง"},
    ]


@pytest.mark.parametrize("text", ["", "\n", " | \n=", "-"])
def test_no_line_is_no_value(text: str) -> None:
    assert rows(text) == ""


@pytest.mark.parametrize(
    ("line", "name", "position", "role"),
    [
        ("นายสมมติ ใจดี|ผู้อำนวยการ|กรรมการ", "นายสมมติ ใจดี", "ผู้อำนวยการ", "กรรมการ"),
        ("นายสมมติ ใจดี=กรรมการ", "นายสมมติ ใจดี", "", "กรรมการ"),
        ("นายสมมติ ใจดี|ผู้อำนวยการ|", "นายสมมติ ใจดี", "ผู้อำนวยการ", ""),
        ("malee=กรรมการ", "นางสาวมาลี ตัวอย่างงาม", "นักวิเคราะห์", "กรรมการ"),
        ("obec/somsak=กรรมการ", "นายสมัคร ใจประสาน", "", "กรรมการ"),
        ("obec/somsak=ผู้แทน=กรรมการ", "นายสมัคร ใจประสาน", "ผู้แทน", "กรรมการ"),
        ("สพฐ.=กรรมการ", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "", "กรรมการ"),
        ("obec=กรรมการ", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "", "กรรมการ"),
        ("obec/nobody=กรรมการ", "obec/nobody", "", "กรรมการ"),
    ],
)
def test_a_person_is_typed_or_named_by_id(line: str, name: str, position: str, role: str) -> None:
    assert rows(line, "persons") == [{"name": name, "position": position, "role": role}]
