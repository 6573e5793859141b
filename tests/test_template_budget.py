"""A wording that never ends, or grows without end, is told with its line, whatever way it takes."""

from datetime import date
from pathlib import Path

import pytest

from srctl.documents.text_template import WordingError, render

TEN = "[1,2,3,4,5,6,7,8,9,0]"
LOOPS = "".join(f"{{% for v{n} in {TEN} %}}" for n in range(9))
MACROS = "{% macro a() %}" + "x" * 500 + "{% endmacro %}"
MACROS += "".join(
    f"{{% macro {outer}() %}}{f'{{{{ {inner}() }}}}' * 10}{{% endmacro %}}"
    for inner, outer in zip("abcdefghij", "bcdefghijk", strict=True)
)
ENDLESS = {
    "loops in loops": f"{LOOPS}{'{% endfor %}' * 9}",
    "loops in loops that print": f"{LOOPS}x{'{% endfor %}' * 9}",
    "text that doubles by ~": "{% set s = 'ก' %}" + "{% set s = s ~ s %}" * 60,
    "text that doubles by +": "{% set s = 'ก' %}" + "{% set s = s + s %}" * 60,
    "text that doubles in a block": "{% set s = 'ก' %}" + "{% set s %}{{ s }}{{ s }}{% endset %}" * 60,
    "text that doubles by join": "{% set s = 'ก' %}" + "{% set s = [s, s] | join %}" * 60,
    "text that grows by replace": "{% set s = 'กกกกกกกกกก' %}" + "{% set s = s | replace('ก', s) %}" * 9,
    "a list in a list in a list": "{% set s = ['ก'] %}" + "{% set s = [s, s] %}" * 60 + "{{ s | join }}",
    "a list in a list as text": "{% set s = ['ก'] %}" + "{% set s = [s, s] %}" * 60 + "{{ s | begin('ข') }}",
    "a list in a list put behind text": "{% set s = ['ก'] %}" + "{% set s = [s, s] %}" * 60 + "{{ 'x' ~ s }}",
    "a list in a list replaced": "{% set s = ['ก'] %}" + "{% set s = [s, s] %}" * 60 + "{{ s | replace('ก', '') }}",
    "a number that grows by *": "{% set n = 9 %}" + "{% set n = n * n %}" * 60,
    "a number that grows by +": "{% set n = 9 %}" + "{% set n = n + n %}" * 60,
    "text times a number": "{{ 'ก' * 1000000000 }}",
    "a macro that calls itself twice": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro of macros": MACROS + "{% set x = k() %}",
    "a block of text again and again": f"{{% set x %}}{LOOPS}{'ก' * 5000}{'{% endfor %}' * 9}{{% endset %}}",
    "brackets in brackets": "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    "lists in lists": "{{ " + "[" * 3_000 + "]" * 3_000 + " }}",
    "conditions in conditions": "{% if a %}" * 500 + "{% endif %}" * 500,
    "a number of ten thousand digits": "{{ " + "9" * 10_000 + " }}",
    "thirty loops in one another": "{% for a in [] %}" * 30 + "{% endfor %}" * 30,
}  # fmt: skip


@pytest.mark.parametrize("what", ENDLESS)
@pytest.mark.parametrize("markup", [False, True])
def test_a_wording_without_end_is_told_and_not_filled(what: str, markup: bool, tmp_path: Path) -> None:
    with pytest.raises(WordingError) as told:
        render(ENDLESS[what], {"a": "ก"}, tmp_path, markup=markup)
    assert told.value.message
    assert "\n" not in told.value.message


def test_an_include_that_includes_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "_a.j2").write_text("{% for a in [1,2] %}{% include '_a.j2' %}{% endfor %}", encoding="utf-8")
    with pytest.raises(WordingError):
        render("{% include '_a.j2' %}", {}, tmp_path)


def test_what_a_paper_needs_is_within_the_budget(tmp_path: Path) -> None:
    """A table of 500 rows, each with a date and text that is joined and replaced."""
    row = {"do": "ประสาน " * 10, "day": date(2026, 11, 20), "with": ["สพฐ.", "สอศ."]}
    cells = "{{ r.do | replace('ประสาน', 'โทร') ~ '.' }} | {{ r.day }} | {{ r.with | join(', ') }}"
    text = f"{{% for r in rows %}}| {{{{ loop.index + 1 }}}} | {cells} |\n{{% endfor %}}"
    filled = render(text, {"rows": [row] * 500}, tmp_path)
    assert filled.count("โทร") == 5_000
