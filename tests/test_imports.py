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


@pytest.mark.parametrize("words", ALLOWED, ids=" ".join)
def test_a_command_imports_only_what_it_uses(words: tuple[str, ...], pristine: Path, tmp_path: Path) -> None:
    root = tmp_path / "office"
    shutil.copytree(pristine, root, symlinks=True)
    # The index is there, as it is for every command but the first of a day.
    subprocess.run([sys.executable, "-m", "srctl", "list"], cwd=root, capture_output=True, check=True)
    code = (
        "import sys\nfrom srctl.__main__ import main\n"
        f"sys.argv = ['srctl', *{list(words)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        f"print('HEAVY', code, *sorted({{m.split('.')[0] for m in sys.modules}} & {HEAVY | COSTLY!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=root, capture_output=True, text=True, check=True,
        stdin=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    last = done.stdout.splitlines()[-1].split()
    assert last[1] in ("0", "1"), done.stdout + done.stderr
    assert set(last[2:]) - (COSTLY if ALLOWED[words] else set()) <= ALLOWED[words]


def test_the_table_of_nouns_names_every_command() -> None:

    from srctl.cli.app import NOUNS, declared
    from srctl.cli.typer_bridge import made

    registered = set(made(declared()).commands)
    assert registered == {name for names in NOUNS.values() for name in names}
    for noun, names in NOUNS.items():
        assert set(made(declared(names[0])).commands) == set(names), noun
