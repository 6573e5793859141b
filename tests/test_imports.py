"""What each command may import: start-up is what a clerk waits for fifty times a day (performance reference §2)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "typer",
    "pydantic",
    "jinja2",
    "docx",
    "ruamel",
    "rich",
    "filelock",
    "holidays",
    "icalendar",
    "lxml",
    "yaml",
    "prompt_toolkit",
    "pypdf",
}
# Of the standard library what costs a command milliseconds, where nothing else is needed.
COSTLY = {"tempfile", "bz2", "lzma"}
ALLOWED: dict[tuple[str, ...], set[str]] = {
    ("--help",): {"typer"},
    ("--version",): set(),
    ("due",): set(),
    ("due", "--json"): set(),
    ("due", "--ics", "due.ics"): {"icalendar"},
    ("chase",): set(),
    ("--as", "malee", "today"): set(),
    ("digest", "--all"): set(),
    ("digest", "--all", "--html", "digest.html"): set(),
    ("list",): set(),
    ("show", "1"): set(),
    ("next", "1"): set(),
    ("explain", "10"): {"yaml"},
    ("kinds",): set(),
    ("history", "1"): set(),
    ("note", "1", "x"): set(),
    ("contact", "12", "obec/somsak", "--said", "x"): set(),
    ("new", "directive", "--subject", "x", "--order", "x"): set(),
    ("check",): {"jinja2", "docx", "lxml", "yaml"},
}
# What a complete line needs no questions, no help and no names in Thai for.
ASKING = {
    "srctl.cli.prompts", "srctl.cli.wizard", "srctl.cli.menus", "srctl.cli.line_editor", "srctl.cli.form",
    "srctl.core.name_matching", "srctl.core.placeholders", "srctl.index.traces", "srctl.workflow.commit_message",
    "hashlib", "secrets",
}  # fmt: skip
# What only reads starts no git and knows no acts.
ACTING = {"subprocess", "srctl.store.git.repository", "srctl.store.atomicfile", "srctl.workflow.actions"}
FORBIDDEN: dict[tuple[str, ...], set[str]] = {
    ("due",): ASKING | ACTING,
    ("list",): ASKING | ACTING,
    ("--as", "malee", "today"): ASKING | ACTING | {"srctl.cli.outcome"},
    ("show", "8"): ASKING | ACTING | {"srctl.index.queries"},
    ("next", "8"): ASKING | ACTING,
    ("note", "8", "x"): ASKING - {"srctl.workflow.commit_message"},
}


@pytest.mark.parametrize("words", ALLOWED, ids=" ".join)
def test_a_command_imports_only_what_it_uses(words: tuple[str, ...], pristine: Path, tmp_path: Path) -> None:
    used = {name.split(".")[0] for name in _imported(words, pristine, tmp_path / "office")}
    assert used & (HEAVY | (set() if ALLOWED[words] else COSTLY)) <= ALLOWED[words]


@pytest.mark.parametrize("words", FORBIDDEN, ids=" ".join)
def test_a_complete_line_imports_nothing_of_what_is_for_other_lines(
    words: tuple[str, ...], pristine: Path, tmp_path: Path
) -> None:
    assert sorted(_imported(words, pristine, tmp_path / "office") & FORBIDDEN[words]) == []


def _imported(words: tuple[str, ...], pristine: Path, root: Path) -> set[str]:
    """The names of all modules that a command has imported when it ends, in an office copied to ``root``."""
    shutil.copytree(pristine, root, symlinks=True)
    # The index is there and the warning of the day was given, as for every command but the first of a day.
    subprocess.run([sys.executable, "-m", "srctl", "due"], cwd=root, capture_output=True, check=True)
    code = (
        "import sys\nfrom srctl.__main__ import main\n"
        f"sys.argv = ['srctl', *{list(words)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print('IMPORTED', code, *sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=root, capture_output=True, text=True, check=True,
        stdin=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    last = done.stdout.splitlines()[-1].split()
    assert last[1] in ("0", "1"), done.stdout + done.stderr
    return set(last[2:])


def test_the_table_of_nouns_names_every_command() -> None:

    from srctl.cli.app import NOUNS, declared
    from srctl.cli.typer_bridge import made

    registered = set(made(declared()).commands)
    assert registered == {name for names in NOUNS.values() for name in names}
    for noun, names in NOUNS.items():
        assert set(made(declared(names[0])).commands) == set(names), noun
