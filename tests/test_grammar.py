"""A plain line is read without the library, and means the same as when the library reads it (srctl/cli/parser.py)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.cli import typer_bridge
from srctl.cli.app import command_of, declared, with_shared_first
from srctl.cli.parser import App, Command, Context, Exit, Parameter, argument, option, parameters, read
from srctl.core.errors import SrctlError
from srctl.index.workspace import closing_opened

Call = tuple[str, dict[str, Any]]


def recorder(function: Callable[..., Any], seen: list[Call]) -> Callable[..., Any]:
    """Return a function of the same parameters that notes what it is called with."""
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    room: dict[str, Any] = {"seen": seen}
    exec(f"def stub({', '.join(names)}): seen.append(({function.__name__!r}, dict(locals())))", room)
    stub: Any = room["stub"]
    stub.__annotations__, stub.__defaults__ = function.__annotations__, function.__defaults__
    stub.__name__ = function.__name__
    return stub  # type: ignore[no-any-return]


def recording(app: App, seen: list[Call]) -> App:
    """Return the same commands, doing nothing but noting how they were called."""
    copy = App(app.help, always=app.always)
    copy.function = recorder(app.function, seen) if app.function else None
    for name, below in app.commands.items():
        if isinstance(below, App):
            copy.commands[name] = recording(below, seen)
        else:
            copy.commands[name] = Command(recorder(below.function, seen), below.help, below.any_word)
    return copy


def test_verbose_is_said_before_or_behind_any_command() -> None:
    assert with_shared_first(["note", "1", "x", "--verbose"]) == ["--verbose", "note", "1", "x"]
    assert with_shared_first(["letter", "1", "-v", "a=b"]) == ["letter", "1", "-v", "a=b"]  # of the command itself


def test_who_acts_is_said_before_or_behind_any_command() -> None:
    for words in COMMANDS:
        for line in ((*words, "--as", "malee"), ("--as", "malee", *words), (*words, "x", "--as=malee")):
            first, rest = (
                with_shared_first(line),
                [word for word in line if word not in ("--as", "--as=malee", "malee")],
            )
            assert first[: -len(rest)] in (["--as", "malee"], ["--as=malee"])
            assert first[-len(rest) :] == rest
    assert with_shared_first(["note", "1", "--", "--as", "x"]) == ["note", "1", "--", "--as", "x"]
    assert with_shared_first(["today", "--as"]) == ["today", "--as"]


def calls(app: App, words: list[str], reading: Callable[[App, list[str]], Any]) -> list[Call] | str:
    """Return the functions the words call and with what, or the refusal."""
    seen: list[Call] = []
    try:
        with closing_opened():  # names in Thai are looked up in the office
            reading(recording(app, seen), words)
    except (SrctlError, Exit) as error:
        return str(error)
    return [(name, {k: v for k, v in values.items() if not _is_context(v)}) for name, values in seen]


def _is_context(value: object) -> bool:
    return hasattr(value, "command_path")


def plain(app: App, words: list[str]) -> Any:
    command = read(app, words)
    assert command, words
    return command()


WHOLE = declared()


def leaves(app: App = WHOLE, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    for name, below in app.commands.items():
        if isinstance(below, App):
            yield from leaves(below, (*words, name))
        elif not below.any_word:
            yield (*words, name), below


COMMANDS = dict(leaves())
WORDS = st.sampled_from(["", "x", "42", "คำ ไทย", "=", "a=b", "พรุ่งนี้", "2569-0042", " ", "ก้\u200b"])


def value(parameter: Parameter, draw: Callable[..., Any]) -> str:
    if parameter.kind is int:
        return str(draw(st.integers(0, 3000)))
    word: str = draw(WORDS)
    return word or "w" if not parameter.declared.names or parameter.kind is Path else word  # no file is called ""


@st.composite
def lines(draw: Callable[..., Any]) -> list[str]:
    """A command with some of its options, in any order, in both ways to write their values, and its arguments."""
    words = draw(st.sampled_from(sorted(COMMANDS)))
    declared_parameters = [p for p in parameters(COMMANDS[words].function) if isinstance(p, Parameter)]
    # Words fill their places from the left: one that may be left out must stand where one behind it has to.
    needed = [p for p in declared_parameters if not p.declared.names and not p.default]
    must = declared_parameters.index(needed[-1]) if needed else -1
    parts: list[list[str]] = []
    for place, parameter in enumerate(declared_parameters):
        if not parameter.declared.names:
            if place <= must or draw(st.booleans()):
                parts.append([value(parameter, draw)])
            continue
        for _time in range(draw(st.sampled_from([0, 0, 1, 2 if parameter.many else 1]))):
            name = draw(st.sampled_from(parameter.declared.names))
            if parameter.kind is bool:
                parts.append([name])
            elif name.startswith("--") and draw(st.booleans()):
                parts.append([f"{name}={value(parameter, draw)}"])
            else:
                parts.append([name, value(parameter, draw)])
    order = draw(st.permutations(range(len(parts))))
    head: list[str] = draw(st.sampled_from([[], ["--as", "malee"], ["-C", "."], ["--debug", "-C", "x"]]))
    return [*head, *words, *(word for i in order for word in parts[i])]


@given(lines())
def test_a_plain_line_means_what_the_library_reads_in_it(words: list[str]) -> None:
    assert calls(WHOLE, words, plain) == calls(WHOLE, words, typer_bridge.run_library)


def singles() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every option of one value, with its command."""
    for words, command in COMMANDS.items():
        for p in parameters(command.function):
            if isinstance(p, Parameter) and p.declared.names and not p.many and p.kind is not bool:
                yield words, p.declared.names[-1]


@pytest.mark.parametrize("share", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, 18))])
def test_an_option_of_one_value_given_twice_is_refused_never_dropped(share: int) -> None:
    given_twice = [*singles()]
    assert len(given_twice) > 100
    for words, name in given_twice[share::18]:
        line = [*words, name, "1", name, "2"]
        assert read(WHOLE, line) is None
        said = calls(WHOLE, line, typer_bridge.run_library)
        assert name.startswith("-")
        assert isinstance(said, str), line
        assert "more than once" in said or "มากกว่าหนึ่งครั้ง" in said, (line, said)
    assert calls(WHOLE, ["due", "--json", "--json"], typer_bridge.run_library) == calls(WHOLE, ["due", "--json"], plain)


@given(st.lists(st.sampled_from([
    "due", "show", "kinds", "note", "calc", "nothing", "--days", "-d", "7", "--all", "--json", "--bogus", "-d7", "--",
    "-", "--days=x", "-3wd", "--help", "--as", "malee", "-C", ".", "--version", "list", "-aj", "calendar", "add", "",
]), max_size=6))  # fmt: skip
def test_whatever_is_read_without_the_library_is_read_alike(words: list[str]) -> None:
    if read(WHOLE, words) is None:
        return
    assert calls(WHOLE, words, plain) == calls(WHOLE, words, typer_bridge.run_library)


@pytest.mark.parametrize(
    "words",
    ["", "--help", "due --help", "due --bogus", "due --days", "due --days x", "due --days -1", "due -d7", "nothing",
     "due --json=1", "show 1 2", "due --json --json", "step", "calc today -3wd", "note 1 -- -x", "due --days 99999"],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_library(words: str) -> None:
    assert read(WHOLE, words.split()) is None


def test_completion_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SRCTL_COMPLETE", "complete_bash")
    assert read(WHOLE, ["due"]) is None


def test_on_windows_the_library_expands_what_the_shell_did_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    assert read(WHOLE, ["paper", "where", "*.docx"]) is None


def test_a_resource_is_given_back_when_the_command_ends() -> None:
    from contextlib import contextmanager
    from typing import Annotated

    told: list[str] = []

    @contextmanager
    def resource() -> Iterator[str]:
        told.append("taken")
        yield "it"
        told.append("given back")

    def use(
        ctx: Context, name: Annotated[str, argument(metavar="NAME")], loud: Annotated[bool, option("--loud")] = False
    ) -> None:
        told.append(f"{ctx.with_resource(resource())} by {ctx.command_path} {name} {loud}")

    app = App("")
    app.callback()(lambda: None)
    app.command("use", help="")(use)
    for reading in (plain, typer_bridge.run_library):
        told.clear()
        reading(app, ["use", "x", "--loud"])
        assert told == ["taken", "it by srctl use x True", "given back"]


def test_the_word_that_names_the_command_stands_behind_the_options_of_the_whole() -> None:
    assert command_of(["-C", "due", "--as", "show", "--debug", "list", "due"]) == "list"
    assert command_of(["--help"]) == ""


def test_a_file_that_cannot_be_read_is_told_by_the_library(tmp_path: Path) -> None:
    file = tmp_path / "closed.docx"
    file.write_bytes(b"")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")
    assert read(WHOLE, ["paper", "where", str(file)]) is None
