"""Every command line srctl tells to be typed can be typed: it exists, with these options and so many words."""

import ast
import pickle
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from srctl.cli.app import declared
from srctl.cli.parser import App, Function, Parameter, parameters
from srctl.cli.purposes import PURPOSES
from srctl.core.errors import CommandLine
from srctl.workflow.draft_commands import option_of
from tests.conftest import PROJECT

PACKAGE = PROJECT / "srctl"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "core/errors.py")
NAMES = "|".join(declared().commands)
LITERAL = re.compile(rf"\bsrctl ({NAMES})\b")
_OPTIONS = ["--ask {}", "--by {}", "--value {}={}"]  # what `option_of` gives for one name or another


def wrong_with(line: str) -> str:
    """Return what is wrong with a line that is told to be typed, "" when it can be: each ``{}`` is some word."""
    here, words = declared(), shlex.split(line)
    while words and isinstance(below := here.commands.get(words[0]), App):
        here, words = below, words[1:]
    if words and not words[0].startswith("-"):
        if words[0] not in here.commands:
            return f"there is no command {words[0]}"
        return _wrong_words(here.commands[words[0]].function, words[1:])
    return _wrong_words(here.function, words) if here.always else "a command is missing"


def _wrong_words(function: Function | None, words: list[str]) -> str:
    taken = [p for p in (parameters(function) if function else ()) if isinstance(p, Parameter)]
    options = {name: p for p in taken for name in p.declared.names}
    places = [p for p in taken if not p.declared.names]
    placed, rest = 0, iter(words)
    for word in rest:
        if not word.startswith("-"):
            placed += 1
            continue
        option = options.get(word)
        if option is None:
            return f"there is no option {word}"
        if option.kind is not bool and next(rest, "-").startswith("-"):
            return f"{word} takes a value"
    if placed < sum(1 for p in places if not p.default):
        return "too few words"
    return "too many words" if placed > len(places) and not any(p.many for p in places) else ""


def is_command(node: ast.AST) -> bool:
    """Tell whether a node makes a command: ``Command(line, …)``."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CommandLine"


def texts_of(node: ast.AST, tables: dict[str, list[str]]) -> list[str]:
    """Return the texts an expression can be: those in it, and those of a table or a field of the module named in it."""
    found = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    names = [n.id if isinstance(n, ast.Name) else f".{n.attr}" for n in ast.walk(node)
             if isinstance(n, ast.Name | ast.Attribute)]  # fmt: skip
    return found + [text for name in names for text in tables.get(name, [])]


def fields_of(tree: ast.Module) -> dict[str, list[str]]:
    """Return the lines that stand in a field ``command`` of a record of the module: its default and what is given."""
    lines: list[str] = []
    for shape in (n for n in tree.body if isinstance(n, ast.ClassDef)):
        fields = [n for n in shape.body if isinstance(n, ast.AnnAssign)]
        for place, field in enumerate(fields):
            if isinstance(field.target, ast.Name) and field.target.id == "command":
                calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call))
                made = [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == shape.name]
                given = [n.args[place] for n in made if len(n.args) > place and isinstance(n.args[place], ast.Constant)]
                lines += texts_of(ast.Tuple([*given, *([field.value] if field.value else [])]), {})
    return {".command": lines}


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every line that a module tells to be typed, with where it stands in the file."""
    tree = ast.parse(path.read_bytes())
    tables = {
        target.id: texts_of(ast.Tuple(node.value.values), {})
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    } | fields_of(tree)

    def told(node: ast.AST) -> list[str]:
        return [t for n in ast.walk(node) if is_command(n) for t in texts_of(n.args[0], tables)]  # type: ignore[attr-defined]

    for node in ast.walk(tree):
        if is_command(node):
            yield from ((node.lineno, line) for line in told(node) or ["nothing known"])  # type: ignore[attr-defined]
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        named: dict[str, list[str]] = {}
        for node in (n for n in ast.walk(function) if isinstance(n, ast.Assign)):
            for target in (t for t in node.targets if isinstance(t, ast.Name)):
                named.setdefault(target.id, []).extend(told(node.value))
        for node in ast.walk(function):
            match node:
                case ast.Call(func=ast.Attribute(attr="plus", value=base), args=[more, *_]):
                    names = [n.id for n in ast.walk(base) if isinstance(n, ast.Name)]
                    heads = told(base) + [line for name in names for line in named.get(name, [])]
                    tails = _OPTIONS if isinstance(more, ast.Starred) else texts_of(more, {})
                    yield from ((node.lineno, f"{a} {b}") for a in heads or ["nothing known"] for b in tails)


def tells_commands(path: Path) -> bool:
    """Tell whether a module takes ``CommandLine`` from ``errors`` (the grammar of the face has one of its own)."""
    imports = (n for n in ast.walk(ast.parse(path.read_bytes())) if isinstance(n, ast.ImportFrom))
    return any(str(n.module).endswith("errors") and any(a.name == "CommandLine" for a in n.names) for n in imports)


LINES = sorted(
    {
        (path.relative_to(PACKAGE).as_posix(), *found)
        for path in MODULES
        if tells_commands(path)
        for found in lines_of(path)
    }
)


def test_every_command_stands_under_one_purpose_of_the_help() -> None:
    """What is missing here is named in ``srctl/cli/purposes.py``."""
    named = [name for each in PURPOSES for name in each.commands()]
    assert sorted(set(named)) == sorted(named)
    assert set(declared().commands) - set(named) == set()


def test_every_command_told_can_be_typed() -> None:
    assert len(LINES) > 150
    assert [(*told, wrong) for told in LINES if (wrong := wrong_with(told[2]))] == []


def functions(app: App) -> Iterator[Function]:
    """Every function a command runs, of the app and those below."""
    if app.function:
        yield app.function
    for command in app.commands.values():
        yield from functions(command) if isinstance(command, App) else (command.function,)


def test_no_command_spells_two_options_the_same() -> None:
    spelled = {f: [n for p in parameters(f) if isinstance(p, Parameter) for n in p.declared.names]
               for f in functions(declared())}  # fmt: skip
    assert len(spelled) > 80
    assert {f.__name__: sorted(names) for f, names in spelled.items() if len({*names}) < len(names)} == {}


def test_every_place_of_a_command_is_given() -> None:
    wrong = []
    for path in filter(tells_commands, MODULES):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:  # a line of a table may have fewer places than are given
                case ast.Call(
                    func=ast.Name("CommandLine") | ast.Attribute(attr="plus"), args=[ast.Constant(line), *given]
                ):
                    if str(line).count("{}") != len(given):
                        wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("reopne {}", "there is no command reopne"),
        ("papers shwo {}", "there is no command shwo"),
        ('reopen {} --wyh "…"', "there is no option --wyh"),
        ("calendar add DATE NAME --no-such-option 1", "there is no option --no-such-option"),
        ("reopen {} --why", "--why takes a value"),
        ("reopen {} --why --to {}", "--why takes a value"),
        ("promise broken {} {} {}", "too many words"),
        ("contacts retire", "too few words"),
        ("step", "a command is missing"),
        ("", "a command is missing"),
        ("kinds", ""),
        ("kinds show {}", ""),
        ('set {} a="…" b="…"', ""),
    ],
)
def test_a_line_nobody_could_type_is_found(line: str, wrong: str) -> None:
    assert wrong_with(line) == wrong


def test_the_options_of_a_letter_are_those_tested() -> None:
    assert [option_of(name, "…")[0] for name in ("ask", "by", "place")] == _OPTIONS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_command_stands_in_a_text(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    exempt = {
        inner
        for node in ast.walk(tree)
        for outer in (
            [node.value] if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)  # docstrings
            else [k.value for k in node.keywords if k.arg == "help"] if isinstance(node, ast.Call)
            else []
        )
        for inner in ast.walk(outer)
    }  # fmt: skip
    texts = {n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)} - exempt
    assert [(n.lineno, n.value) for n in texts if LITERAL.search(str(n.value))] == []
    if "cli" not in path.parts:  # below the face nothing is put behind the name of the program either
        parts = [part for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values]
        assert [p.lineno for p in parts if isinstance(p, ast.Constant) and str(p.value).endswith("srctl ")] == []


def test_a_command_is_shown_as_it_is_typed() -> None:
    command = CommandLine('contact {} {} --said "…"', "2569-0042", "obec/somsak")
    assert command == 'srctl contact 2569-0042 obec/somsak --said "…"'
    assert command.plus("--until {}", "+3wd") == 'srctl contact 2569-0042 obec/somsak --said "…" --until +3wd'


def test_braces_in_an_argument_stay_as_they_are() -> None:
    assert CommandLine("note {}", "{0}").plus("{}", "{x}") == "srctl note {0} {x}"


def test_a_command_from_another_process_is_the_same() -> None:
    command = CommandLine("reopen {}", "{0}").plus("--to {}", "plan")
    again = pickle.loads(pickle.dumps(command))
    assert (type(again), again, again.line, again.arguments) == (CommandLine, command, command.line, command.arguments)
