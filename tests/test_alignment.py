"""Two sequences aligned: nothing is left out, what is said to stay does, and the work grows with the length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.alignment import aligned

TEXTS = st.text("กข ้1", max_size=400)


@given(TEXTS, TEXTS)
def test_the_stretches_are_both_texts_whole(before: str, after: str) -> None:
    found = [*aligned(before, after)]
    assert "".join(before[s.b0 : s.b1] for s in found) == before
    assert "".join(after[s.a0 : s.a1] for s in found) == after
    assert all(before[s.b0 : s.b1] == after[s.a0 : s.a1] for s in found if s.same)
    assert all(s.b0 < s.b1 or s.a0 < s.a1 for s in found)


def test_a_change_in_a_long_text_is_found_where_it_is() -> None:
    before = "ก ข ค " * 2_000
    changed = [stretch for stretch in aligned(before, f"{before[:3000]}ใหม่{before[3000:]}") if not stretch.same]
    assert len(changed) == 1
    assert changed[0].b0 == changed[0].b1 == 3000


class Counted(str):
    """A letter that counts how often it is compared."""

    times = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.times += 1
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other


@pytest.mark.parametrize(("old", "new"), [("ก1", "ก๑"), ("ก ข ", "กข"), ("เเ", "แ"), ("ก", "ข")])
def test_the_same_again_and_again_costs_no_more_than_its_length(old: str, new: str) -> None:
    def comparisons(times: int) -> int:
        Counted.times = 0
        assert [*aligned([*map(Counted, old * times)], [*map(Counted, new * times)])]
        return Counted.times

    once, four = comparisons(500), comparisons(2_000)
    assert four < 6 * once
