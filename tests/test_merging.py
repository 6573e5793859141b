"""Two changes of one file come together by meaning, and where they cannot, it is told."""

from typing import Any

import pytest

from srctl.store.yaml.merge import Merger, merge

BASE: dict[str, Any] = {
    "label": "ก", "rules": [{"name": "a", "amount": "1"}, {"name": "b", "amount": "2"}], "needs": ["x", "y"],
}  # fmt: skip
CAUTIOUS, YIELDING = Merger(cautious=True), Merger(yielding=True)


def rules(*items: dict[str, str]) -> dict[str, Any]:
    return {**BASE, "rules": list(items)}


A, B = BASE["rules"]
A5, A_MET, B_MET = {**A, "amount": "5"}, {**A, "met": "sent"}, {**B, "met": "sent"}


@pytest.mark.parametrize(
    ("kept", "incoming", "merged", "conflicts"),
    [
        (BASE, BASE, BASE, ()),
        (BASE, {**BASE, "label": "ข"}, {**BASE, "label": "ข"}, ()),
        ({**BASE, "label": "ข"}, BASE, {**BASE, "label": "ข"}, ()),
        ({**BASE, "label": "ข"}, {**BASE, "label": "ค"}, {**BASE, "label": "ข"}, (("label",),)),
        ({**BASE, "label": "ข"}, {**BASE, "label": "ข"}, {**BASE, "label": "ข"}, ()),
        (BASE, {"label": "ก"}, {"label": "ก"}, ()),
        ({"label": "ก"}, {**BASE, "new": "1"}, {"label": "ก", "new": "1"}, ()),
        ({**BASE, "needs": ["y", "z"]}, {**BASE, "needs": ["x", "y", "w"]}, {**BASE, "needs": ["y", "z", "w"]}, ()),
        (rules(A5, B), rules(A, B, {"name": "c"}), rules(A5, B, {"name": "c"}), ()),
        (rules(A5, B), rules(A, B_MET), rules(A5, B_MET), ()),
        (rules(A5, B), rules(A_MET, B), rules({**A5, "met": "sent"}, B), ()),
        (rules(A), rules(A, {**B, "amount": "3"}), rules(A), (("rules", "b"),)),
        (rules({**A, "x": "1"}, A), rules(A), rules({**A, "x": "1"}, A), (("rules",),)),
    ],
)  # fmt: skip
def test_changes_of_both_sides_come_together(
    kept: Any, incoming: Any, merged: Any, conflicts: tuple[tuple[str, ...], ...]
) -> None:
    for how in (Merger(), CAUTIOUS):
        found = merge(BASE, kept, incoming, how)
        assert found.data == merged
        assert found.conflicts == conflicts


def test_caution_changes_no_value_in_a_part_that_was_changed_and_takes_no_item_out() -> None:
    kept, incoming = rules({**A, "x": "1"}, B), rules({**A, "amount": "9", "met": "sent"})
    found = merge(BASE, kept, incoming, CAUTIOUS)
    assert found.data == rules({**A, "x": "1", "met": "sent"}, B)
    assert found.conflicts == (("rules", "a", "amount"), ("rules", "b"))
    assert merge(BASE, kept, incoming).data == rules({**A, "x": "1", "amount": "9", "met": "sent"})


def test_yielding_takes_what_comes_in_where_both_changed() -> None:
    found = merge(BASE, {**BASE, "label": "ข", "needs": []}, {**BASE, "label": "ค"}, YIELDING)
    assert found.data == {**BASE, "label": "ค", "needs": []}
    assert found.conflicts == (("label",),)


def test_what_was_taken_is_told_by_its_names() -> None:
    assert merge(BASE, rules(A, B, {"name": "own"}), rules(A, B, {"name": "c"})).taken == (("rules", "c"),)
