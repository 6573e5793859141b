"""What moved: the same obligation on another day, one that is new, one that is gone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from srctl.deadlines.changes import DeadlineMove, deadline_moves
from srctl.deadlines.obligations import Obligation

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def item(due: date, case: str = "2569-0001", ref: str = "opinion", rule: str = "opinion") -> Obligation:
    return Obligation(case, "stage", f"text of {ref}", due, 0, "malee", "", ref, "s", "", "", rule=rule)


def test_the_same_on_another_day_has_moved() -> None:
    assert deadline_moves([item(MONDAY)], [item(TUESDAY)]) == [
        DeadlineMove("2569-0001", "opinion", "text of opinion", MONDAY, TUESDAY)
    ]


def test_what_stays_is_not_told() -> None:
    assert (
        deadline_moves([item(MONDAY), item(TUESDAY, ref="answer")], [item(TUESDAY, ref="answer"), item(MONDAY)]) == []
    )


def test_what_is_new_or_gone_has_one_day_only() -> None:
    (new,) = deadline_moves([], [item(MONDAY)])
    (gone,) = deadline_moves([item(MONDAY)], [])
    assert (new.before, new.after) == (None, MONDAY)
    assert (gone.before, gone.after) == (MONDAY, None)


def test_another_case_reference_or_rule_is_another_obligation() -> None:
    for other in (item(TUESDAY, case="2569-0002"), item(TUESDAY, ref="x"), item(TUESDAY, rule="x")):
        assert {(m.before, m.after) for m in deadline_moves([item(MONDAY)], [other])} == {
            (MONDAY, None),
            (None, TUESDAY),
        }


def test_what_differs_in_its_words_only_has_not_moved() -> None:
    assert deadline_moves([item(MONDAY)], [item(MONDAY)._replace(text="another", late=3)]) == []


ITEMS = st.lists(
    st.builds(item, due=st.sampled_from([MONDAY, TUESDAY]), case=st.sampled_from(["2569-0001", "2569-0002"]),
              ref=st.sampled_from(["a", "b"])),
    max_size=6,
)  # fmt: skip


@given(ITEMS, ITEMS)
def test_there_and_back_are_the_same_moves_turned_round(before: list[Obligation], after: list[Obligation]) -> None:
    there = sorted((m.case, m.ref, m.before, m.after) for m in deadline_moves(before, after) if m.before and m.after)
    back = sorted((m.case, m.ref, m.after, m.before) for m in deadline_moves(after, before) if m.before and m.after)
    assert there == back
    assert deadline_moves(before, before) == []
