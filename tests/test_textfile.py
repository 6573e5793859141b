"""Wording: strict, sandboxed, and deaf to what values say."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.documents.text_template import (
    AbsentError,
    MarkedLine,
    TooLongError,
    WordingError,
    head_line,
    marked_lines,
    render,
    validate_template,
)

FOLDER = Path(__file__).parent.parent / "templates" / "papers"
HOSTILE = [
    "{{ 7 * 7 }}",
    "{% for a in b %}x{% endfor %}",
    "# ๙. ข้อที่แต่งขึ้น",
    "## ๙.๙ ข้อย่อยที่แต่งขึ้น",
    "= หัวข้อที่แต่งขึ้น",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "\ue001# ปิดรั้วเอง\ue000",
    "<w:br/> & ]]> </w:t>",
]


def filled(text: str, **values: object) -> str:
    return head_line(render(text, values, FOLDER))


def lines(text: str, **values: object) -> list[MarkedLine]:
    return list(marked_lines(render(text, values, FOLDER)))


def test_each_line_of_a_template_is_a_paragraph_of_its_mark() -> None:
    assert lines("= หัวข้อ\n\n# หนึ่ง\n## ย่อย\nธรรมดา\n#ไม่มีช่องว่าง") == [
        MarkedLine("heading", "หัวข้อ", False),
        MarkedLine("numbered", "หนึ่ง", False),
        MarkedLine("item", "ย่อย", False),
        MarkedLine("plain", "ธรรมดา", False),
        MarkedLine("plain", "#ไม่มีช่องว่าง", False),
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_printed_as_it_is_and_begins_nothing(value: str) -> None:
    (line,) = lines("{{ value }}", value=value)
    assert line.mark == "plain"
    assert line.text == " ".join(value.replace("\ue000", "").replace("\ue001", "").split())


@pytest.mark.parametrize("value", HOSTILE)
def test_a_line_break_in_a_value_only_continues_its_paragraph(value: str) -> None:
    made = lines("# ก่อน {{ value }} หลัง\n## อีกข้อ", value=f"หนึ่ง\n\n{value}\nสาม")
    assert [(line.mark, line.continued) for line in made] == [
        ("numbered", False),
        ("numbered", True),
        ("numbered", True),
        ("item", False),
    ]
    assert made[0].text == "ก่อน หนึ่ง"
    assert made[2].text == "สาม หลัง"


@given(st.text(max_size=200))
def test_no_value_whatever_makes_a_second_numbered_paragraph(value: str) -> None:
    made = lines("# ข้อ {{ value }}", value=value or "-")
    assert [line.continued for line in made] == [False] + [True] * (len(made) - 1)
    assert {line.mark for line in made} == {"numbered"}
    assert not any("\ue000" <= c <= "\uf8ff" or c < " " for line in made for c in line.text)


def test_a_value_that_went_through_a_macro_still_begins_nothing() -> None:
    text = "{% macro say(x) %}{{ x }}{% endmacro %}{{ say(value) }}"
    assert [line.mark for line in lines(text, value="# ก\n# ข")] == ["plain", "plain"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{{ case.opinion }}", "case.opinion"),
        ("{{ case.order.due | thai_date }}", "case.order.due"),
        ("{{ case.opinion | begin('เห็นว่า') }}", "case.opinion"),
        ("{{ 'ก' ~ case.opinion }}", "case.opinion"),
        ("{{ case.opinion.more }}", "case.opinion"),
        ("{{ [case.opinion] | join(', ') }}", "case.opinion"),
    ],
)
def test_an_empty_value_that_is_printed_is_named(text: str, path: str) -> None:
    with pytest.raises(AbsentError) as caught:
        filled(text, case={"opinion": "", "order": {"due": None}})
    assert caught.value.path == path


def test_an_empty_value_can_be_asked_about() -> None:
    case = {"opinion": "", "channel": ""}
    assert filled("{% if case.opinion %}มี{% else %}ไม่มี{% endif %}", case=case) == "ไม่มี"
    assert filled("{{ case.opinion or '-' }}", case=case) == "-"
    assert filled("{{ case.opinion | default('-') }}", case=case) == "-"
    assert filled("{% if case.channel == 'letter' %}x{% endif %}y", case=case) == "y"


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ case.opinoin }}",
        "{% if case.opinoin %}x{% endif %}",
        "{{ case.__class__ }}",
        "{{ case._values }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ case.opinion.upper() }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'ก' * 100000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '{:>99999999}'.format(1) }}",
        "{{ range(10) }}",
        "{{ self }}",
        "{{ case }}",
        "{{ none }}",
        "{{ 1 // 0 }}",
        "{% include '../layouts/memo.yaml' %}",
        "{% include '/etc/hostname' %}",
        "{% include 'no-such.j2' %}",
        "{{ case.opinion | thai_date }}",
        "{{ case.opinion | pprint }}",
        "{% if %}",
    ],
)
def test_wrong_or_dangerous_wording_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(WordingError) as caught:
        filled(text, case={"opinion": "ความเห็น"})
    assert caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("text", ["ก\nข\n{{ nobody }}", "ก\nข\n{% if %}"])
def test_the_line_of_a_fault_is_told(text: str) -> None:
    with pytest.raises(WordingError) as caught:
        filled(text)
    assert caught.value.line == 3


def test_a_text_longer_than_any_paper_is_refused() -> None:
    with pytest.raises(TooLongError):
        filled("{% for a in x %}{% for b in x %}{{ a }}{% endfor %}{% endfor %}", x=["ก" * 50] * 100)


def test_check_finds_broken_wording_without_values() -> None:
    validate_template("{{ case.subject }}", FOLDER)
    with pytest.raises(WordingError):
        validate_template("{% for %}", FOLDER)


def test_dates_are_printed_in_the_buddhist_era() -> None:
    day = date(2026, 11, 20)
    assert filled("{{ d }}", d=day) == "๒๐ พฤศจิกายน ๒๕๖๙"
    assert filled("{{ d | thai_date }}", d=day) == "๒๐ พฤศจิกายน ๒๕๖๙"
    assert filled("{{ d | short_date }}", d=day) == "๒๐ พ.ย. ๒๕๖๙"
    assert filled("{{ d | month_year }}", d=day) == "พฤศจิกายน ๒๕๖๙"


def test_begin_puts_words_in_front_only_once() -> None:
    assert filled("{{ x | begin('เห็นควร') }}", x="มอบ สพฐ.") == "เห็นควรมอบ สพฐ."
    assert filled("{{ x | begin('เห็นควร') }}", x="เห็นควรมอบ สพฐ.") == "เห็นควรมอบ สพฐ."


def test_a_line_with_bars_is_a_row_of_a_table_and_a_bar_in_a_value_parts_nothing() -> None:
    text = "|= ชื่อ | โทรศัพท์ |\n{% for p in people %}\n| {{ p.name }} | {{ p.phone }} |\n{% endfor %}\n| เดี่ยว"
    values = {"people": [{"name": "ก | ข\nค", "phone": "1"}]}
    lines = marked_lines(render(text, values, FOLDER))
    assert [(line.mark, line.cells) for line in lines] == [
        ("columns", ("ชื่อ", "โทรศัพท์")),
        ("row", ("ก | ข ค", "1")),
        ("row", ("เดี่ยว",)),
    ]


def test_a_value_that_begins_with_a_bar_makes_no_table() -> None:
    lines = marked_lines(render("{{ x }}", {"x": "| ก | ข |"}, FOLDER))
    assert [(line.mark, line.text) for line in lines] == [("plain", "| ก | ข |")]
