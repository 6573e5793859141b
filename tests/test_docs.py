"""The pages people read, held to what the program does.

A block fenced ``console OFFICE [MOMENT] [LANGUAGE]`` is a screen: its ``$`` lines are run, and what they print must be
what stands there. OFFICE is a folder made for the page: ``sample`` and ``desk`` (people and cases), ``people`` (no
cases yet), ``none`` (an empty home). It lives through the page, so a later block goes on where the last one stopped.
Behind a line ``<!-- typed: ANSWER | ANSWER -->`` the command of the block asks at a real terminal and is answered so. A
block fenced ``yaml OFFICE FILE`` is written into that folder. ``python -m tests.test_docs --update`` writes the pages
anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from srctl import __version__
from srctl.cli.app import declared
from srctl.cli.typer_bridge import made
from srctl.core import errors, i18n
from srctl.core.decoding import is_shape, key_of
from srctl.model import case
from srctl.office import starter
from srctl.office.folder import Folder
from tests.conftest import NOW, PROJECT, Srctl
from tests.screens import Terminal

PAGES = sorted([*PROJECT.glob("[A-Z]*.md"), *(PROJECT / "docs").glob("*.md")])
INDEX = PROJECT / "docs/index.md"
FENCE = re.compile(r"(?:^<!-- typed:(?P<typed>.*?)-->\n)?^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
TABLE = re.compile(r"(<!-- table: (?P<name>\w+) -->\n).*?(?=<!-- end -->)", re.S)
LANGUAGE = {"th", "en"}


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


# -- screens ----------------------------------------------------------------------------------------


class Stage:
    """Where the commands of one page are run: a home of its own and the offices the page speaks of."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.offices: dict[str, Srctl] = {}

    def office(self, name: str) -> Srctl:
        if name not in self.offices:
            root = self.home / name
            root.mkdir()
            if name != "none":
                root /= "office"
                i18n.use("th")
                starter.make(root, starter.Answers(), sample=True, now=NOW, cases=name in ("sample", "desk"))
            self.offices[name] = Srctl(root)
        return self.offices[name]

    def show(self, info: list[str], body: str, typed: str | None = None) -> str:
        """Run the ``$`` lines of a block and return the block as it should read."""
        office = self.office(info[0])
        for word in info[1:]:
            if word not in LANGUAGE:
                office.at(word)
        i18n.use(next((w for w in info[1:] if w in LANGUAGE), "th"))
        shown = []
        for line in (line for line in body.splitlines() if line.startswith("$ ")):
            command = line.removeprefix("$ ")
            shown += [line, *(self.run(office, command) if typed is None else self.ask(office, command, typed))]
        return "".join(f"{line}\n" for line in shown)

    def run(self, office: Srctl, line: str) -> list[str]:
        words = shlex.split(line)
        if words[0] != "srctl":
            self.by_hand(office, words)
            return []
        ran = office.run(*words[1:])
        assert "Traceback" not in ran.err
        printed = re.sub(rf"{re.escape(str(self.home))}.\w+", "~", ran.out + ran.err)
        printed = re.sub(r"(?m)^\d+( ไฟล์ บันทึกโดย )", r"…\1", printed)  # how many changes with every template that ships
        lines = [line.rstrip() for line in printed.rstrip().splitlines()]
        return lines if ran.code == 0 else [*lines, f"[exit code {ran.code}]"]

    def ask(self, office: Srctl, line: str, typed: str) -> list[str]:
        """What stands on the screen when the command has asked and was answered."""
        moment = office.now.strftime("%Y-%m-%dT%H:%M")
        surroundings = {"SRCTL_LANG": i18n.language(), "SRCTL_AS": "malee"}
        at = Terminal(["-C", str(office.root), *shlex.split(line)[1:]], env=surroundings, now=moment)
        for answer in typed.split("|"):
            at.answer("", answer.strip())
        assert at.end() == 0, at.screen()
        return at.screen().splitlines()

    def by_hand(self, office: Srctl, words: list[str]) -> None:
        """Do what a person does beside srctl: go into a folder, change a word in a file, use git."""
        match words:
            case ["cd", name]:
                office.root = office.root / name
            case ["sed", "-i", command, name]:
                _s, old, new, _end = command.split("/")
                path = next(office.root.glob(name))
                text = path.read_text(encoding="utf-8")
                assert old in text
                path.write_bytes(text.replace(old, new).encode())
            case ["git", *rest]:
                subprocess.run(["git", "-C", str(office.root), *rest], check=True, capture_output=True)
            case _:
                raise AssertionError(f"a page cannot run: {shlex.join(words)}")

    def write(self, info: list[str], body: str) -> None:
        path = self.office(info[0]).root / info[1]
        path.write_bytes(body.encode())


def rendered(text: str, home: Path) -> str:
    """Return the page as it should read."""
    stage = Stage(home)

    def block(match: re.Match[str]) -> str:
        language, *info = match["info"].split() or [""]
        if language == "yaml" and len(info) == 2:
            stage.write(info, match["body"])
        if language != "console":
            return match[0]
        typed = match["typed"]
        lead = "" if typed is None else f"<!-- typed:{typed}-->\n"
        return f"{lead}```{match['info']}\n{stage.show(info, match['body'], typed)}```"

    def table(match: re.Match[str]) -> str:
        return match[1] + "\n".join(TABLES[match["name"]]()) + "\n"

    return TABLE.sub(table, FENCE.sub(block, text))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def kinds_table() -> Iterator[str]:
    yield _row("kind", "ชื่อ", "name", "group", "stages", "checklists", "papers")
    yield _row(*["---"] * 7)
    folder = Folder(PROJECT)
    for kind in sorted(folder.kinds.readable().values(), key=lambda k: (k.order, k.id)):
        stages = " → ".join(s.name for s in kind.stages)
        lists, papers = ", ".join(kind.checklists) or "–", ", ".join(kind.papers) or "–"
        yield _row(f"`{kind.id}`", kind.label.th, kind.label.en, kind.group, stages, lists, papers)


def checklists_table() -> Iterator[str]:
    yield _row("checklist", "ชื่อ", "name", "items", "source")
    yield _row(*["---"] * 5)
    for key, found in Folder(PROJECT).checklists.readable().items():
        yield _row(f"`{key}`", found.label.th, found.label.en, str(len(found.items)), found.source)


TABLES = {"kinds": kinds_table, "checklists": checklists_table}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_screen_on_a_page_is_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert rendered(text, tmp_path) == text, "python -m tests.test_docs --update"


# -- commands ---------------------------------------------------------------------------------------


def commands(command: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command and group with the words that call it."""
    command = command or made(declared())
    yield words, command
    for name, sub in getattr(command, "commands", {}).items():
        yield from commands(sub, (*words, name))


def leaves() -> list[tuple[str, ...]]:
    return [w for w, c in commands() if not getattr(c, "commands", {}) or getattr(c, "invoke_without_command", False)]


def typed(page: Path) -> Iterator[list[str]]:
    """Yield the words after ``srctl`` of every command line in a block of the page."""
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        if match["info"].split()[:1] not in (["console"], ["sh"]):
            continue
        prompt = "$ srctl " if match["info"].startswith("console") else "srctl "
        for line in match["body"].splitlines():
            if line.startswith(prompt):
                yield shlex.split(line.removeprefix(prompt), comments=True)


@pytest.mark.parametrize("words", [w for w, _c in commands()], ids=" ".join)
def test_every_command_and_every_word_it_takes_has_a_help_text(words: tuple[str, ...]) -> None:
    command = dict(commands())[words]
    assert command.help or command.callback.__doc__
    context = command.make_context("srctl", [], resilient_parsing=True)
    for param in command.get_params(context):
        assert getattr(param, "help", ""), f"srctl {' '.join(words)}: {param.opts} has no help"


@pytest.mark.parametrize("words", [w for w in leaves() if w], ids=" ".join)
def test_every_command_stands_on_a_page_with_an_example(words: tuple[str, ...]) -> None:
    examples = [line for page in PAGES for line in typed(page)]
    assert any(tuple(line[: len(words)]) == words for line in examples), f"srctl {' '.join(words)} has no example"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_on_a_page_exists_with_all_its_options(page: Path) -> None:
    known = dict(commands())
    for line in typed(page):
        words, options = (), {"-C", "--as", "--version", "-h", "--help", "--install-completion"}
        plain = list(line)
        while plain[:1] == ["-C"] or plain[:1] == ["--as"]:
            del plain[:2]
        while (*words, *plain[:1]) in known and plain:
            words = (*words, plain.pop(0))  # type: ignore[assignment]
        assert words or set(line) & options, f"{page.name}: srctl {' '.join(line)}"
        options |= {o for p in known[words].params for o in (*p.opts, *p.secondary_opts)}
        unknown = [w for w in plain if re.match(r"--?[a-z]", w) and w not in options]
        assert unknown == [], f"{page.name}: srctl {' '.join(line)}"


# -- what the pages list ----------------------------------------------------------------------------


def codes(page: str, heading: str) -> set[str]:
    """Return what stands in code marks in the first column of the tables below a heading."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    part = re.split(rf"^#+ {re.escape(heading)}$", text, flags=re.M)[1]
    part = re.split(r"^#+ ", FENCE.sub("", part), maxsplit=1, flags=re.M)[0]
    return {code for row in re.findall(r"^\| ([^|]*) \|", part, re.M) for code in re.findall(r"`([^`]+)`", row)}


def keys(shape: Any, prefix: str = "") -> Iterator[str]:
    """Yield the dotted keys of a file of that shape."""
    for name, kind in get_type_hints(shape).items():
        key = prefix + key_of(name)
        inner = next((k for k in (kind, *get_args(kind)) if is_shape(k)), None)
        if inner is None:
            yield key
        else:
            yield from keys(inner, f"{key}.")


def test_every_key_of_a_case_file_is_described() -> None:
    described = codes("docs/files.md", "The head") | codes("docs/files.md", "The log")
    assert described == set(keys(case.Case))


def test_every_word_a_case_file_may_hold_is_listed() -> None:
    text = (PROJECT / "docs/files.md").read_text(encoding="utf-8")
    for name in ("Channel", "Urgency", "Secrecy", "Did", "Side", "Relation"):
        choice = getattr(case, name)
        assert get_origin(choice) is Literal
        missing = [word for word in get_args(choice) if word and f"`{word}`" not in text]
        assert missing == [], name


def test_the_exit_codes_are_those_of_the_program() -> None:
    names = ("OK", "PROBLEMS", "USAGE", "NOT_FOUND", "BAD_FILE", "REFUSED", "CHANGED", "BUG", "INTERRUPTED")
    assert codes("README.md", "Exit codes") == {str(getattr(errors, name)) for name in names}


def test_every_paper_and_layout_is_named_on_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for place, ending in (("papers", "j2"), ("layouts", "yaml")):
        for path in (PROJECT / "templates" / place).glob(f"[a-z]*.{ending}"):
            assert f"`{path.stem}`" in text, path.name


def test_every_make_target_is_described() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.M)
    assert codes("docs/development.md", "Make targets") == {f"make {target}" for target in targets}


def test_every_test_the_safety_page_names_is_there() -> None:
    text = (PROJECT / "docs/safety.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+)::(test_\w+)`", text)
    assert len(named) >= 25
    for file, test in named:
        source = (PROJECT / "tests" / f"{file}.py").read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"{file}::{test}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_the_readme_leads_to_every_page() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name_of(p) for p in PAGES if name_of(p) != "README.md" and f"({name_of(p)})" not in text] == []


def test_the_index_has_every_page_on_one_line_of_its_own() -> None:
    lines = [line for line in INDEX.read_text(encoding="utf-8").splitlines() if not line.startswith("#") and line]
    told = [re.fullmatch(r"- \[[^]]+\]\(([^)#]+)\): \S.*", line) for line in lines]
    assert [line for line, found in zip(lines, told, strict=True) if not found] == []
    assert sorted((INDEX.parent / found[1]).resolve() for found in told if found) == [p for p in PAGES if p != INDEX]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = FENCE.sub("", (page.parent / target if target else page).read_text(encoding="utf-8"))
        headings = re.findall(r"^#+ (.*)$", text, re.M)
        # As the hosts of repositories make them: small letters, a dash for a space, and no other sign.
        anchors = {re.sub(r"[^\w\u0e01-\u0e5b -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert anchor in anchors, f"{page.name} → {target}#{anchor}"


def test_the_changelog_tells_of_the_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)


def main() -> None:
    """Write the screens and tables of every page anew (or those of the pages named)."""
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    named = [word for word in sys.argv[1:] if word != "--update"]
    for page in PAGES:
        if named and name_of(page) not in named:
            continue
        home = Path(tempfile.mkdtemp())
        try:
            text = page.read_text(encoding="utf-8")
            after = rendered(text, home)
        finally:
            shutil.rmtree(home, ignore_errors=True)
        if after != text:
            page.write_bytes(after.encode())
            print(f"{name_of(page)} written")


if __name__ == "__main__":
    main()
