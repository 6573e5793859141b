"""Commands, options and arguments: declared once, and parsed without typer where the line is plain.

A correct and complete line needs no library, and importing one costs more than most commands do: :func:`read` parses
such a line (the fast path). Help, completion and everything else is left to typer, for which
:mod:`srctl.cli.typer_bridge` uses the same declarations (tests/test_grammar.py holds both to the same reading).
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

T = TypeVar("T")
Function = Callable[..., Any]
_UNREAD_BY_SHELL = frozenset("*?[~$%")  # what a shell of Windows leaves to the program to expand


class Exit(Exception):
    """The end of a command with an exit code; everything to be shown has been shown."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class Abort(Exception):
    """The end of a command because the person stopped it or declined."""


class Declared:
    """How a value of a command is typed: by one of its names (an option), or by its place (an argument)."""

    def __init__(self, names: tuple[str, ...], more: Mapping[str, Any]) -> None:
        self.names, self.more = names, more


def option(*names: str, **more: Any) -> Declared:
    """Declare an option; ``more`` as typer has it (help, metavar, callback, autocompletion, min, max…)."""
    return Declared(names, more)


def argument(**more: Any) -> Declared:
    """Declare an argument; ``more`` as for :func:`option`, and ``default_factory``."""
    return Declared((), more)


class App:
    """A group of commands, or srctl as a whole; ``always``: it also runs without a command below it."""

    def __init__(self, help: str = "", *, always: bool = False) -> None:
        self.help, self.always = help, always
        self.function: Function | None = None
        self.commands: dict[str, Command | App] = {}

    def command(self, name: str, *, help: str, any_word: bool = False) -> Callable[[Function], Function]:
        """Add a command; ``any_word``: an unknown option such as -3wd is an argument."""

        def add(function: Function) -> Function:
            self.commands[name] = Command(function, help, any_word)
            return function

        return add

    def callback(self) -> Callable[[Function], Function]:
        """Give the group a function of its own, called before the command below it."""

        def add(function: Function) -> Function:
            self.function = function
            return function

        return add

    def add_group(self, group: "App", name: str) -> None:
        """Add a group below this one."""
        self.commands[name] = group


class Command:
    """A command: its function, whose annotations declare what is typed, and a line of help."""

    def __init__(self, function: Function, help: str, any_word: bool) -> None:
        self.function, self.help, self.any_word = function, help, any_word


class Context:
    """The context a command is called in: the part of the library's own context that srctl uses."""

    resilient_parsing = False

    def __init__(self, command_path: str, info_name: str, invoked_subcommand: str, resources: ExitStack) -> None:
        self.command_path, self.info_name, self.invoked_subcommand = command_path, info_name, invoked_subcommand
        self._resources = resources

    def with_resource(self, resource: AbstractContextManager[T]) -> T:
        """Enter a context manager that is left when the command ends."""
        return self._resources.enter_context(resource)


class Parameter:
    """A parameter of a command's function: its declaration, its type and its default."""

    def __init__(self, name: str, annotation: Any, default: Sequence[Any]) -> None:
        self.name = name
        self.declared: Declared = annotation.__metadata__[0]
        kind = annotation.__origin__
        if isinstance(kind, UnionType):  # of something and None
            kind = kind.__args__[0]
        self.many = getattr(kind, "__origin__", None) is list
        self.kind = kind.__args__[0] if self.many else kind
        factory = self.declared.more.get("default_factory")
        self.default: Sequence[Any] = [factory()] if factory else default

    def value(self, typed: str) -> Any:
        """The typed word converted to the type; ValueError where the library has to report what is wrong with it."""
        if self.kind is Path:
            if Path(typed).exists() and not os.access(typed, os.R_OK):
                raise ValueError(typed)
            return Path(typed)
        if self.kind is not int:
            return typed
        number = int(typed if typed.isascii() and typed.isdecimal() else "?")
        more = self.declared.more
        if not more.get("min", number) <= number <= more.get("max", number):
            raise ValueError(typed)
        return number


def parameters(function: Function) -> Iterator[Parameter | str]:
    """Yield the parameters of a command's function in order; for the one that takes the context, its name."""
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    given = function.__defaults__ or ()
    defaults = dict(zip(names[code.co_argcount - len(given) : code.co_argcount], given, strict=True))
    for name in names:
        annotation = function.__annotations__[name]
        if annotation is Context:
            yield name
        else:
            yield Parameter(name, annotation, [defaults[name]] if name in defaults else [])


def give(callback: Function, context: Any, value: Any) -> Any:
    """The value as its parameter's callback converts it; a callback of two parameters gets the context too."""
    both = callback.__code__.co_argcount == 2
    return callback(context, value) if both else callback(value)


class _NotPlain(Exception):
    """The line is not one for the fast path: the library has to parse it."""


class _Level:
    """One level of a line (srctl, a group, the command): its function and the values typed for it."""

    def __init__(self, name: str, function: Function | None) -> None:
        self.name, self.function = name, function
        self.taken = list(parameters(function)) if function else []
        self.typed: dict[str, Any] = {}
        self._rest: list[str] = []

    def take(self, words: list[str], *, all_of_them: bool) -> list[str]:
        """Consume the options at the head of ``words`` (``all_of_them``: every word); return the rest."""
        options = {name: p for p in self._declared() for name in p.declared.names}
        while words:
            word = words[0]
            if not word.startswith("-") or word == "-":
                if not all_of_them:
                    break
                self._rest.append(words.pop(0))
                continue
            words = self._option(options, words)
        if all_of_them:
            self._place()
        return words

    def _declared(self) -> list[Parameter]:
        return [p for p in self.taken if isinstance(p, Parameter)]

    def _option(self, options: Mapping[str, Parameter], words: list[str]) -> list[str]:
        name, equals, value = words[0].partition("=") if words[0].startswith("--") else (words[0], "", "")
        parameter = options.get(name)
        if parameter is None:
            raise _NotPlain
        words = words[1:]
        if parameter.kind is bool:
            if equals:
                raise _NotPlain
            self._keep(parameter, True)
            return words
        if not equals:
            if not words or words[0].startswith("-"):
                raise _NotPlain
            value, words = words[0], words[1:]
        self._keep(parameter, parameter.value(value))
        return words

    def _keep(self, parameter: Parameter, value: Any) -> None:
        if parameter.many:
            self.typed.setdefault(parameter.name, []).append(value)
        elif parameter.name in self.typed:
            raise _NotPlain
        else:
            self.typed[parameter.name] = value

    def _place(self) -> None:
        """Assign the words that belong to no option to the arguments, in order."""
        for parameter in [p for p in self._declared() if not p.declared.names]:
            given, self._rest = (self._rest, []) if parameter.many else (self._rest[:1], self._rest[1:])
            for word in given:
                self._keep(parameter, parameter.value(word))
            if parameter.name not in self.typed:
                self._keep_default(parameter)
        if self._rest:
            raise _NotPlain

    def _keep_default(self, parameter: Parameter) -> None:
        if not parameter.default:
            raise _NotPlain
        self.typed[parameter.name] = parameter.default[0]

    def eager(self) -> bool:
        """Whether an option was typed that needs no command (--version)."""
        return any(p.name in self.typed and p.declared.more.get("is_eager") for p in self._declared())

    def run(self, context: Context) -> Any:
        """Pass each value through its callback, typed ones first, and call the function with all of them."""
        if self.function is None:
            return None
        for parameter in self._declared():
            if parameter.name not in self.typed:
                self._keep_default(parameter)
        declared = {p.name: p for p in self._declared()}
        for name, value in self.typed.items():
            parameter = declared[name]
            callback = parameter.declared.more.get("callback")
            given = give(callback, context, value) if callback else value
            # The library does not distinguish an empty list from None either.
            self.typed[name] = None if parameter.many and parameter.default == [None] and not given else given
        return self.function(**self.typed, **{name: context for name in self.taken if isinstance(name, str)})


def read(app: App, words: Sequence[str]) -> Callable[[], Any] | None:
    """The command a line stands for, ready to be called; None where the library has to parse it."""
    if any(name.endswith("_COMPLETE") for name in os.environ):
        return None
    if os.name == "nt" and any(not _UNREAD_BY_SHELL.isdisjoint(word) for word in words):
        return None
    try:
        levels = _levels(app, list(words))
    except (_NotPlain, ValueError):
        return None

    def run() -> Any:
        with ExitStack() as resources:
            done: Any = None
            path = ""
            for level, below in zip(levels, [*levels[1:], None], strict=True):
                path = f"{path} {level.name}".strip()
                done = level.run(Context(path, level.name, below.name if below else "", resources))
            return done

    return run


def _levels(app: App, words: list[str]) -> list[_Level]:
    levels = [_Level("srctl", app.function)]
    here: App | Command = app
    while isinstance(here, App):
        words = levels[-1].take(words, all_of_them=False)
        if not words:
            if here.always or levels[-1].eager():
                return levels
            raise _NotPlain
        below = here.commands.get(words[0])
        if below is None:
            raise _NotPlain
        levels.append(_Level(words[0], below.function))
        here, words = below, words[1:]
    if here.any_word:
        raise _NotPlain
    levels[-1].take(words, all_of_them=True)
    return levels
