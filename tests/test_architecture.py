"""The shape of the code: what `.importlinter` cannot say (sizes, clocks, names), and the page that describes it.

``python -m tests.test_architecture --update`` writes the rooms of docs/architecture.md anew from the docstrings.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "srctl"
PAGE = PROJECT / "docs" / "architecture.md"
MODULES = sorted(PACKAGE.rglob("*.py"))
PURE = ("core", "model", "workflow", "deadlines", "views")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def rooms() -> str:
    """Return the part of the page that lists every wing and module with the first line of its docstring."""
    lines: list[str] = []
    for path in sorted(MODULES, key=lambda p: (p.relative_to(PACKAGE).parts[:-1], p.name != "__init__.py", p.name)):
        name, said = name_of(path), (ast.get_docstring(tree_of(path)) or "").partition("\n")[0]
        if path.parent == PACKAGE:
            continue
        if path.name == "__init__.py":
            lines += ["", f"### {name}", "", said, "", "| module | what it is |", "|---|---|"]
        else:
            lines.append(f"| `{name}` | {said.replace('|', chr(92) + '|')} |")
    return "\n".join(lines).strip() + "\n"


def with_rooms(page: str) -> str:
    """Return the page with its part of rooms written anew."""
    return re.sub(r"(?s)(?<=\n## Rooms\n\n)([^\n]+\n\n).*?(?=\n## )", lambda found: found[1] + rooms(), page)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, f"{name_of(path)} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= 40, f"{name_of(path)}:{node.lineno} {node.name} has {size} lines"


@pytest.mark.parametrize("wing", PURE)
def test_pure_wings_read_no_clock(wing: str) -> None:
    for path in sorted((PACKAGE / wing).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for clock in ("datetime.now(", "date.today(", "time.time("):
            assert clock not in source, f"{name_of(path)} reads the clock"


def test_a_newcomer_finds_few_doors() -> None:
    entries = [entry.name for entry in PACKAGE.iterdir() if entry.name != "__pycache__"]
    assert len(entries) <= 16, sorted(entries)


def classes() -> Iterator[str]:
    for path in MODULES:
        yield from (node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef))


def public_functions() -> Iterator[str]:
    for path in MODULES:
        found = (node.name for node in tree_of(path).body if isinstance(node, ast.FunctionDef))
        yield from (name for name in found if not name.startswith("_"))


def shared(names: Iterator[str]) -> dict[str, int]:
    """Return the names that stand for several things, each with how many."""
    return {name: n for name, n in Counter(names).items() if n > 1}


def test_a_name_means_one_thing() -> None:
    found = shared(classes())
    assert sum(found.values()) <= 3, found
    # Every module of commands has an `add_to`: one more command is not one more meaning.
    found = shared(name for name in public_functions() if name != "add_to")
    assert sum(found.values()) <= 35, found


def test_docstrings_begin_with_what_the_thing_is() -> None:
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                said = ast.get_docstring(node) or ""
                assert not said.startswith("Return what"), f"{name_of(path)}:{node.lineno} {said.splitlines()[0]}"


def test_the_page_has_every_room() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_rooms(page) == page, "python -m tests.test_architecture --update"


def test_every_room_the_page_names_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = {*re.findall(r"\*\*`([a-z_.]+)`\*\*", page), *re.findall(r"`([a-z_]+(?:/[a-z_]+)+)`", page)}
    assert len(named) > 40
    there = {name_of(path) for path in MODULES}
    assert {name for name in named if name.replace("/", ".") not in there} - {"__main__"} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), name_of(path)


# Public names that nothing in srctl calls by name, and why each is there.
UNNAMED_USES = {
    "add_to": "a noun is imported by its name in NOUNS",
    "HELPS": "marked for the catalogue, where the command-line library looks them up",
    "OK": "the first of the exit codes, which stand together",
}


def names_made(node: ast.stmt) -> set[str]:
    """Return the names a statement of a module gives to what it makes."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {found.id for target in targets for found in ast.walk(target) if isinstance(found, ast.Name)}


def names_used(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield module and name of all that a module uses: of its own outside its definition, of others by import."""
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for top in tree.body:
        own = names_made(top)
        for node in ast.walk(top):
            match node:
                case ast.ImportFrom(module=str(source)):
                    yield from ((source, alias.name) for alias in node.names)
                case ast.Attribute(value=ast.Name(id=holder)) if holder in modules:
                    yield modules[holder], node.attr
                case ast.Name(id=name, ctx=ast.Load()) if name not in own:
                    yield module, name


def test_every_public_name_is_used_outside_tests() -> None:
    trees = {f"srctl.{name_of(path)}".removesuffix(".__init__"): ast.parse(path.read_bytes()) for path in MODULES}
    used = {use for module, tree in trees.items() for use in names_used(module, tree)}
    idle = {
        f"{module}.{name}"
        for module, tree in trees.items()
        for top in tree.body
        for name in names_made(top)
        if not name.startswith("_") and name not in UNNAMED_USES and (module, name) not in used
    }
    assert idle == set()


if __name__ == "__main__" and "--update" in sys.argv:
    PAGE.write_text(with_rooms(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
