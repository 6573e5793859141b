"""A budget for filling a template: rounds of loops, macros called and text made are counted, and end.

A wording comes from anybody's workspace, and the sandbox of jinja2 limits what it may reach, not how long it takes or
how much memory. Steps are therefore written into the template before it is compiled, and every way of making text
longer (``+``, ``~``, a filter, what is printed) is counted with its length.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import markup_join, str_join
from markupsafe import escape

# A paper of a hundred pages with tables costs some 100,000; a text or a number may not grow beyond these.
_BUDGET, LONGEST_TEXT, _HIGHEST = 20_000_000, 1_000_000, 10**12
_STEP = 200
_left: ContextVar[list[int] | None] = ContextVar("_left", default=None)
Filter = TypeVar("Filter", bound=Callable[..., Any])


class SpentError(Exception):
    """The template does more than any paper needs."""


@contextmanager
def budget() -> Iterator[None]:
    """A fresh budget for all that is filled within."""
    token = _left.set([_BUDGET])
    try:
        yield
    finally:
        _left.reset(token)


def spend(cost: int) -> None:
    """Count ``cost``, in characters; :class:`SpentError` when nothing is left."""
    left = _left.get()
    if left is None:
        return
    left[0] -= cost
    if left[0] < 0:
        raise SpentError


def bounded(value: Any) -> Any:
    """``value`` counted, unless it is longer or higher than anything in a paper (SpentError)."""
    if isinstance(value, int):
        if abs(value) > _HIGHEST:
            raise SpentError
    elif isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise SpentError
        spend(len(value))
    return value


def counted(apply: Filter) -> Filter:
    """The filter ``apply`` with its work counted; it takes and gives no list of lists."""

    @wraps(apply)
    def filtered(*values: Any, **options: Any) -> Any:
        for value in values:
            if isinstance(value, list):
                if any(isinstance(item, list) for item in value):
                    raise SpentError
                spend(sum(len(item) if isinstance(item, str) else 1 for item in value))
            elif isinstance(value, str):
                spend(len(value))
        return bounded(apply(*values, **options))

    return filtered  # type: ignore[return-value]


def replaced(text: object, old: object, new: object, count: int | None = None) -> str:
    """Filter ``replace``: the length is known before the text is made."""
    if isinstance(text, list):
        raise TypeError("a list is no text")
    whole, part, instead = (value if isinstance(value, str) else str(value) for value in (text, old, new))
    if len(whole) + whole.count(part) * len(instead) > LONGEST_TEXT:
        raise SpentError
    return whole.replace(part, instead, -1 if count is None else count)


def joined(values: list[Any], between: str = "") -> Any:
    """Filter ``join``: the length is known before the text is made."""
    items = [*values]
    bound = sum(len(str(item)) for item in items if not isinstance(item, list)) + len(between) * len(items)
    if bound > LONGEST_TEXT or any(isinstance(item, list) for item in items):
        raise SpentError
    markup = any(hasattr(item, "__html__") for item in items)
    return escape(between).join(items) if markup else between.join(map(str, items))


def limited(template: nodes.Template, environment: Environment) -> nodes.Template:
    """The parsed template with a step at the head of each loop and macro,."""
    rounds: list[Any] = [template, *template.find_all((nodes.For, nodes.Macro, nodes.CallBlock))]
    for node in rounds:
        fixed = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        cost = nodes.Const(_STEP + fixed)
        step = nodes.ExprStmt(nodes.Filter(cost, "_step", [], [], None, None, lineno=node.lineno), lineno=node.lineno)
        node.body.insert(0, step.set_environment(environment))
    return template


@pass_context
def step(_context: object, cost: int) -> None:
    """Filter ``_step``, written into templates: one round begins. Needing the context, it is worked out each time."""
    spend(cost)


def concatenated(values: tuple[Any, ...]) -> Any:
    """What ``~`` makes of ``values``, measured before it is made."""
    if any(isinstance(value, list) for value in values):
        raise TypeError("a list is no text")
    if sum(len(value) for value in values if isinstance(value, str)) > LONGEST_TEXT:
        raise SpentError
    markup = any(hasattr(value, "__html__") for value in values)
    return bounded((markup_join if markup else str_join)(values))
