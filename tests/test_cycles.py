"""No module of srctl imports itself by way of others; imports inside functions and for types alone count."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.conftest import PROJECT

Graph = Mapping[str, set[str]]


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert cycles(graph(PROJECT / "srctl")) == []


def test_a_cycle_is_found_wherever_its_imports_stand(tmp_path: Path) -> None:
    package = tmp_path / "house"
    (package / "room").mkdir(parents=True)
    for name, text in {
        "__init__.py": "",
        "door.py": "def opened():\n    from house import window\n",
        "window.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.door import opened\n",
        "room/__init__.py": "from house.room.chair import Chair\nLAMP = 1\n",
        "room/chair.py": "from house.room.table import Table\n",  # past the room itself: no cycle
        "room/table.py": "import house.floor\n",
        "room/lamp.py": "from house.room import LAMP\n",
        "room/sofa.py": "from house.room import bed\n",  # a module, not a name of the room
        "room/bed.py": "",
        "floor.py": "from house.room import table\n",
    }.items():
        (package / name).write_text(text, encoding="utf-8")
    assert cycles(graph(package)) == [["house.door", "house.window"], ["house.floor", "house.room.table"]]
    (package / "room/table.py").write_text("from . import LAMP\n", encoding="utf-8")
    assert cycles(graph(package)) == [
        ["house.door", "house.window"], ["house.room", "house.room.chair", "house.room.table"],
    ]  # fmt: skip


def graph(package: Path) -> Graph:
    """The modules of a package by full name, each with those of the package that it imports."""
    modules = {_name(path, package): path for path in sorted(package.rglob("*.py"))}
    return {name: {*_imports(name, path, modules)} - {name} for name, path in modules.items()}


def _name(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")


def _imports(name: str, path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            home = _home(node, name if path.name == "__init__.py" else name.rpartition(".")[0])
            if home in modules:
                inside = {f"{home}.{alias.name}" for alias in node.names} & modules.keys()
                yield from inside
                if len(inside) < len(node.names):
                    yield home


def _home(node: ast.ImportFrom, package: str) -> str:
    """The full name of what is imported from: ``from . import x`` counts from the package."""
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*above, *filter(None, [node.module])])


def cycles(imports: Graph) -> list[list[str]]:
    """The groups of modules that each reach every other of the group by imports, by name."""
    reached = {name: _reached(name, imports) for name in imports}
    groups = {frozenset(o for o in reached[name] if name in reached[o]) for name in imports if name in reached[name]}
    return sorted(map(sorted, groups))


def _reached(start: str, imports: Graph) -> set[str]:
    found, left = set[str](), [*imports[start]]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += imports[name]
    return found
