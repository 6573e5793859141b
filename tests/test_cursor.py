"""Where a cursor stands in Thai: one step is what has a cell."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from srctl.core.cursor import cells, gaps, is_place, place_after, place_at, place_before, place_on_row
from srctl.core.thai import display_width

THAI = st.text(st.sampled_from("กขผปนำาเแ ู้่ิีั์็Xx1\n"), max_size=40)


def steps(text: str) -> list[str]:
    """The text in the pieces a cursor steps over."""
    places = [0]
    while places[-1] < len(text):
        places.append(place_after(text, places[-1]))
    return [text[start:end] for start, end in pairwise(places)]


def test_a_letter_with_its_vowel_and_tone_is_one_step() -> None:
    assert steps("ผู้ปกครองที่นี่") == ["ผู้", "ป", "ก", "ค", "ร", "อ", "ง", "ที่", "นี่"]
    assert steps("น้ำเปล่า ก์") == ["น้", "ำ", "เ", "ป", "ล่", "า", " ", "ก์"]
    assert steps("ก\nข้\n\nค") == ["ก", "\n", "ข้", "\n", "\n", "ค"]


@given(THAI)
def test_going_right_to_the_end_and_left_again_meets_the_same_places(text: str) -> None:
    there = [0]
    while there[-1] < len(text):
        there.append(place_after(text, there[-1]))
    back = [len(text)]
    while back[-1] > 0:
        back.append(place_before(text, back[-1]))
    assert there == back[::-1]
    assert "".join(steps(text)) == text
    assert all(is_place(text, at) and place_at(text, at) == at for at in there)
    assert place_after(text, len(text)) == len(text)
    assert place_before(text, 0) == 0


@given(THAI, st.integers(0, 40))
def test_no_mark_is_ever_under_the_cursor(text: str, at: int) -> None:
    place = place_at(text, min(at, len(text)))
    assert place == 0 or place == len(text) or display_width(text[place]) or "\n" in text[place - 1 : place + 1]


@given(THAI, st.integers(3, 9), st.text("กข: ", max_size=12))
def test_every_place_has_one_cell_in_the_room_there_is(text: str, width: int, prompt: str) -> None:
    found = cells(text, width, prompt)
    assert [place for place, _row, _column in found] == sorted({place for place, _row, _column in found})
    assert all(0 <= column <= width for _place, _row, column in found)
    rows = [row for _place, row, _column in found]
    assert rows == sorted(rows)


def test_up_and_down_go_by_rows_of_the_screen() -> None:
    text = "กขคงจฉ"  # in four cells, behind a prompt of two: กข / คงจฉ
    assert cells(text, 4, ": ")[:3] == [(0, 0, 2), (1, 0, 3), (2, 1, 0)]
    assert place_on_row(text, 0, 1, 4, ": ") == 4
    assert place_on_row(text, 4, -1, 4, ": ") == 0
    assert place_on_row(text, 0, -1, 4, ": ") is None
    assert place_on_row("ที่นี่\nข", 2 * 3, 1, 80) == 8


@given(st.text(st.sampled_from("กขผปนำาเแ ู้่ิีั์Xx1"), max_size=40), st.integers(3, 9))
def test_no_letter_with_marks_stands_in_the_last_column(line: str, width: int) -> None:
    drawn, column, blanks = "", 0, gaps(line, width)
    for start, end in pairwise([*(place for place, _row, _column in cells(line, width)), len(line)]):
        if start in blanks:
            drawn, column = drawn + " ", (column + 1) % width
        assert not (display_width(line[start:end]) and end - start > 1 and column == width - 1)
        drawn, column = drawn + line[start:end], (column + display_width(line[start:end])) % width
    assert len(drawn) == len(line) + len(blanks)
