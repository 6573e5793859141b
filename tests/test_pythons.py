"""Why what rests on the inside of Python holds on every one from 3.11 on, also where it is not tried: on 3.14.

There annotations are worked out when they are first asked for (PEP 649): the body of a class has a function that gives
them, and only the finished class or function has ``__annotations__``. Modules with an underscore may be left out of a
Python, and processes are not forked, so that all they are given is pickled.
"""

import ast
import multiprocessing
import subprocess
import sys
from datetime import date
from typing import Annotated, Any

import pytest

from srctl.cli import parser
from srctl.core import decoding, records
from tests.conftest import PROJECT, Srctl

DAY = date(2026, 11, 20)


class _Lazy(type(records.NamedTuple)):  # type: ignore[misc]
    """Classes as 3.14 makes them: annotations are the answer of a function, and in the body there are none."""

    @property
    def __annotations__(cls) -> dict[str, Any]:  # type: ignore[override]
        return dict(cls.__dict__["__annotate_func__"](1))


def made_later() -> Any:
    body = {
        "__module__": __name__, "__qualname__": "Later", "on": None,
        "__annotate_func__": lambda _format: {"name": str, "among": tuple[str, ...], "on": date | None},
    }  # fmt: skip
    return _Lazy("Later", (records.NamedTuple,), body | {"among": ()})


def test_a_value_is_declared_by_what_its_class_says_not_its_body() -> None:
    later = made_later()
    assert later._fields == ("name", "among", "on")
    assert later._field_defaults == {"among": (), "on": None}
    assert later("x", on=DAY)._asdict() == {"name": "x", "among": (), "on": DAY}


def test_a_file_is_read_by_what_its_class_says_not_its_body() -> None:
    later = made_later()
    assert decoding.decode(later, {"name": "x", "among": ["y"], "on": "2026-11-20"}) == later("x", ("y",), DAY)


class _LazyFunction:
    """A function as 3.14 has it: its annotations are worked out when they are asked for, and only then."""

    def __init__(self, function: Any, annotations: Any) -> None:
        self.__code__, self.__defaults__, self._annotations = function.__code__, function.__defaults__, annotations

    @property
    def __annotations__(self) -> dict[str, Any]:  # type: ignore[override]
        return dict(self._annotations())


def test_a_command_is_declared_by_what_its_function_says_when_it_is_asked() -> None:
    def command(ctx: Any, many: Any, until: Any = None) -> None: ...

    later: Any = _LazyFunction(command, lambda: {
        "ctx": parser.Context,
        "many": Annotated[list[str], parser.option("--many")],
        "until": Annotated[str | None, parser.argument()],
        "return": None,
    })  # fmt: skip
    context, many, until = parser.parameters(later)
    assert context == "ctx"
    assert isinstance(many, parser.Parameter)
    assert isinstance(until, parser.Parameter)
    assert (many.kind, many.many, many.default) == (str, True, [])
    assert (until.kind, until.many, until.default) == (str, False, [None])


def test_python_tells_the_names_of_parameters_as_it_promises() -> None:
    """``co_varnames`` begins with the parameters, those by name alone behind the others (reference of inspect)."""

    def command(one: str, /, two: str, *others: str, three: str, **more: str) -> None:
        four = one  # noqa: F841

    code = command.__code__
    assert code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] == ("one", "two", "three")


def test_no_declaration_stands_in_a_loop_whose_name_is_another_thing_when_it_is_asked_for() -> None:
    for path in (PROJECT / "srctl").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
        inside = [n for loop in loops for n in ast.walk(loop) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        assert [f"{path}:{node.lineno}" for node in inside] == []


def alone(code: str, *words: str) -> str:
    """Return what a Python of its own prints, warnings being errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_git_ids_are_right_in_a_python_without_its_own_sha1() -> None:
    code = (
        "import sys\nsys.modules['_sha1'] = None\n"
        "from srctl.store.git.objects import identify, sha1\nprint(sha1.__module__, identify('blob', b'x\\n', 'sha1'))"
    )
    module, identity = alone(code).split()
    assert module != "_sha1"
    assert identity == "587be6b4c3f93f93c489c0111bba5596147a26cb"  # git hash-object of "x" and a line's end


def test_fields_are_read_in_a_python_whose_collections_keep_their_getter_to_themselves() -> None:
    code = (
        "import collections, re, typing\ndel collections._tuplegetter\n"
        "from srctl.store.git.objects import TreeEntry\n"
        "entry = TreeEntry(b'100644', id='x')\n"
        "print(type(TreeEntry.mode).__name__, entry.mode, entry.id, entry._replace(id='y').id)\n"
        "try:\n    entry.id = 'z'\nexcept AttributeError:\n    print('frozen')"
    )
    assert alone(code).split() == ["property", "b'100644'", "x", "y", "frozen"]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_the_work_of_every_core_is_the_same_however_processes_begin(method: str, sample: Srctl) -> None:
    sample.ok("due", "--all")
    code = (
        "import multiprocessing, sys\nfrom contextlib import closing\nfrom datetime import date\n"
        "from pathlib import Path\nfrom srctl.index import cache, extraction\nfrom srctl.office.folder import Folder\n"
        f"multiprocessing.set_start_method({method!r})\nextraction.MANY = 3\n"
        "with closing(Folder(Path(sys.argv[1]))) as folder:\n"
        "    store = cache.current(folder, date(2026, 11, 20), closed=True)\n"
        "    print(*store.rows('SELECT * FROM due ORDER BY path, n'), sep='\\n')\n"
    )
    kept = alone(code, str(sample.root))
    for file in (sample.root / ".git/srctl").glob("index.db*"):
        file.unlink()
    assert alone(code, str(sample.root)) == kept
    assert "2569-0011" in kept
