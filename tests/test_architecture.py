"""The shape of the code, held by a test: floors, doors, sizes (design §10)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from srctl.cli.app import NOUNS
from tests.conftest import PROJECT

PACKAGE = PROJECT / "srctl"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS: dict[int, tuple[str, ...]] = {
    0: ("values", "errors", "i18n", "thai", "workdays", "dates"),
    1: (
        "shape", "edits", "model", "kinds", "privacy", "repairs", "differences", "paperlint", "people", "absences",
        "words", "papertrail", "workflow", "pauses", "counting", "deadlines", "milestones", "due", "reckoning",
        "checks", "soundness", "query", "actions", "trailers", "timekeeping", "circulation", "chasing", "numbering",
        "salutations", "correspondence", "addressees", "registers", "story", "rows", "views", "morning", "daylines",
        "moves", "case_id",
    ),
    2: (
        "atomicfile", "lock", "gitobjects", "gitcall", "gitindex", "gitrepo", "yamlfile", "schema", "wordfile",
        "textfile", "holidaysource", "pdf", "spreadsheet", "wordform", "calendarfile", "indexfile", "cores",
        "outputfile", "typedfile", "fingerprint", "indextables",
    ),
    3: (
        "wordings", "registerfiles", "numberbook", "journal", "ledger", "loaded", "folder", "indexing", "freshness",
        "index", "matters", "past", "chronicle", "pedigree", "casefiles", "office", "replanning", "calendaryears",
        "attendance", "paperdata", "papers", "digestfiles", "accountfile", "paperchecks", "drafting", "outgoing",
        "reminders", "recognition", "review", "directory", "inspection", "doctor", "adoption", "starter", "walkthrough",
        "workspace",
    ),
    4: ("cli", "__main__"),
}  # fmt: skip

DOORS = {
    "yaml": {"yamlfile.composer", "yamlfile.layout", "yamlfile.linting"},
    "ruamel": {"yamlfile.editor", "yamlfile.splice"},
    "subprocess": {"gitcall", "gitrepo", "pdf", "cli.editing"},  # the editor is the person's own program
    "docx": {"wordfile"},
    "lxml": {"wordfile", "wordform"},
    "jinja2": {"textfile"},
    "pydantic": {"schema"},
    "pydantic_core": {"schema"},
    "filelock": {"lock"},
    "holidays": {"holidaysource"},
    "icalendar": {"calendarfile"},
    "sqlite3": {"indexfile"},
    "concurrent": {"cores"},
    "multiprocessing": {"cores"},
    "rich": {"cli.view", "cli.progress"},
    "docxtpl": {"wordform"},
    "xlsxwriter": {"spreadsheet"},
    "typer": {"cli.usage", "cli.ask"},  # grammar reads plain lines without it
}
# Pure floors know no clock, no disk, no terminal, no process.
IMPURE = {
    "os",
    "sys",
    "subprocess",
    "shutil",
    "tempfile",
    "socket",
    "io",
    "time",
    "locale",
    "random",
}
PURE_EXCEPT = {"i18n": {"os"}}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def floor_of(name: str) -> int:
    top = name.split(".")[0]
    if top == "__init__":
        return 0
    return next(floor for floor, names in FLOORS.items() if top in names)


def imports_of(path: Path) -> list[tuple[int, str]]:
    """Return every import of the file, also those inside functions and under TYPE_CHECKING."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module in ("srctl", "srctl.cli", "srctl.yamlfile", "srctl.wordfile"):
                found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
            else:
                found.append((node.lineno, module))
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_downwards_only(path: Path) -> None:
    name = name_of(path)
    here = floor_of(name)
    order = {n: i for names in FLOORS.values() for i, n in enumerate(names)}
    for line, target in imports_of(path):
        if not target.startswith("srctl."):
            continue
        top = target.split(".")[1]
        if top.startswith("_") or not any(top in names for names in FLOORS.values()):
            continue
        if top == name.split(".")[0]:
            continue
        there = floor_of(top)
        assert there <= here, f"{name}:{line} (floor {here}) imports {target} (floor {there})"
        if there == here and here in (1, 3):
            mine, its = order[name.split(".")[0]], order[top]
            assert its < mine, f"{name}:{line} imports {target}, which stands after it on floor {here}"


def edges_of(path: Path, names: set[str]) -> set[str]:
    """The modules of ``names`` that the file imports; ``from srctl.cli import view`` is an edge to view alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in names else str(node.module) for name in inside}
    return found & names


def test_no_module_of_cli_imports_itself_by_way_of_others() -> None:
    paths = {f"srctl.{name_of(path)}": path for path in MODULES if "cli" in path.parts}
    left = {name: edges_of(path, set(paths)) for name, path in paths.items()}
    assert sum(map(len, left.values())) > 100
    while ends := [name for name, edges in left.items() if not edges]:
        left = {name: edges - set(ends) for name, edges in left.items() if edges}
    assert not left, f"a cycle is among {left}"


def test_no_command_imports_another() -> None:
    nouns = {f"srctl.cli.{noun}" for noun in NOUNS}
    for noun in NOUNS:
        assert not edges_of(PACKAGE / "cli" / f"{noun}.py", nouns), noun
    shared = [path for path in (PACKAGE / "cli").glob("*.py") if path.stem not in NOUNS]
    for path in shared:
        assert not edges_of(path, nouns), f"{path.stem}, which commands share, imports one of them"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_is_behind_one_door(path: Path) -> None:
    name = name_of(path)
    for line, target in imports_of(path):
        doors = DOORS.get(target.split(".")[0])
        if doors:
            allowed = any(name == door or name.startswith(f"{door}.") for door in doors)
            assert allowed, f"{name}:{line} imports {target}; only {sorted(doors)} may"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_floors_0_and_1_are_pure(path: Path) -> None:
    name = name_of(path)
    if floor_of(name) > 1:
        return
    for line, target in imports_of(path):
        top = target.split(".")[0]
        assert top not in IMPURE - PURE_EXCEPT.get(name, set()), f"{name}:{line} imports {target}"
    source = path.read_text(encoding="utf-8")
    for clock in ("datetime.now(", "date.today(", "time.time("):
        assert clock not in source, f"{name} reads the clock"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, f"{name_of(path)} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= 40, f"{name_of(path)}:{node.lineno} {node.name} has {size} lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), name_of(path)


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
