"""A value is declared, made and used as typing's NamedTuple is."""

import inspect
import pickle
import typing
from datetime import date
from typing import Any, Literal

import pytest

from srctl.core import records


class Ours(records.NamedTuple):
    """A value of ours."""

    name: str
    on: date
    of: Literal["a", "b"] = "a"
    among: tuple[str, ...] = ()
    until: "date | None" = None

    def first(self) -> str:
        """Return the first of them."""
        return next(iter(self.among), "")

    @property
    def long(self) -> bool:
        """Whether there are many."""
        return len(self.among) > 1


class Theirs(typing.NamedTuple):
    """The same, of typing."""

    name: str
    on: date
    of: Literal["a", "b"] = "a"
    among: tuple[str, ...] = ()
    until: "date | None" = None


DAY = date(2026, 11, 20)
GIVEN: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("x", DAY), {}),
    (("x", DAY, "b", ("y", "z"), DAY), {}),
    (("x", DAY), {"until": DAY}),
    (("x",), {"among": ("y",), "on": DAY}),
    ((), {"on": DAY, "name": "x"}),
]
REFUSED: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    (("x",), {}),
    ((), {"name": "x"}),
    ((), {"name": "x", "of": "b"}),
    (("x", DAY, "a", (), None, "too much"), {}),
    (("x", DAY), {"name": "x"}),
    (("x", DAY, "a", (), None), {"until": None}),
    (("x", DAY), {"colour": "red"}),
    (("x", DAY, "a", (), None, "too much"), {"colour": "red"}),
]


@pytest.mark.parametrize(("placed", "named"), GIVEN)
def test_it_is_made_and_shown_alike(placed: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours: Any = Ours(*placed, **named)
    theirs: Any = Theirs(*placed, **named)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(of="b", name="z") == theirs._replace(of="b", name="z")
    assert [getattr(ours, field) for field in Ours._fields] == list(theirs)


@pytest.mark.parametrize(("placed", "named"), REFUSED)
def test_fields_too_many_too_few_or_unknown_are_refused_alike(placed: tuple[Any, ...], named: dict[str, Any]) -> None:
    for made in (Ours, Theirs):
        with pytest.raises(TypeError):
            made(*placed, **named)


def test_its_class_tells_the_same() -> None:
    assert (Ours._fields, Ours._field_defaults) == (Theirs._fields, Theirs._field_defaults)
    assert Ours.__match_args__ == Theirs.__match_args__
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    ours, theirs = inspect.signature(Ours).parameters, inspect.signature(Theirs).parameters
    assert [(p.name, p.kind, p.default) for p in ours.values()] == [
        (p.name, p.kind, p.default) for p in theirs.values()
    ]
    assert Ours.__doc__ == "A value of ours."


def test_it_is_frozen_and_carries_nothing_else() -> None:
    value = Ours("x", DAY)
    for name in ("name", "colour"):
        with pytest.raises(AttributeError):
            setattr(value, name, "y")
    with pytest.raises(TypeError):
        value._replace(colour="red")  # type: ignore[call-arg]


def test_it_has_methods_and_is_taken_apart() -> None:
    value = Ours("x", DAY, among=("y", "z"))
    assert (value.first(), value.long) == ("y", True)
    match value:
        case Ours(name, on):
            assert (name, on) == ("x", DAY)
    name, *others = value
    assert [name, *others] == ["x", DAY, "a", ("y", "z"), None]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_travels_to_another_process(protocol: int) -> None:
    value = Ours("x", DAY, among=("y",))
    back = pickle.loads(pickle.dumps(value, protocol))
    assert (type(back), back) == (Ours, value)


def test_a_field_that_must_be_given_does_not_follow_one_that_need_not() -> None:
    with pytest.raises(TypeError, match="default"):

        class _Odd(records.NamedTuple):
            a: str = ""
            b: str  # type: ignore[misc]
