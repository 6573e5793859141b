"""The Thai of the screens holds to docs/words.md: each term by its one word, no spoken word anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the page."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]
    return found[2:]


def catalogue() -> dict[str, str]:
    """The Thai of every message, the plural of one that has two."""
    with (ROOT / "srctl/core/locale/th/LC_MESSAGES/srctl.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="th") if message.id]
    return {str(m.id if isinstance(m.id, str) else m.id[0]): _thai(m.string) for m in messages}


def _thai(string: Any) -> str:
    return string if isinstance(string, str) else str(string[-1])


CATALOGUE = catalogue()
TERMS = {row[0]: row[1] for row in rows("Terms")}
SPOKEN = [row[0] for row in rows("Words that are spoken, not written")]


def definitions() -> Iterator[tuple[str, str]]:
    """What a clerk reads in the definitions of the starter set, with where it stands."""
    for path in sorted((ROOT / "templates").rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := re.search(r"\bth: *(.+)", line):
                yield f"{path.relative_to(ROOT)}:{number}", found[1]


@pytest.mark.parametrize("term", [term for term in TERMS if term in CATALOGUE])
def test_a_term_has_its_one_word(term: str) -> None:
    assert CATALOGUE[term] == TERMS[term]


def test_the_page_knows_most_of_its_terms_from_the_screens() -> None:
    assert len([term for term in TERMS if term in CATALOGUE]) > 40


@pytest.mark.parametrize("spoken", SPOKEN)
def test_no_screen_speaks_as_people_talk(spoken: str) -> None:
    said = {key: text for key, text in CATALOGUE.items() if spoken in text}
    assert not said


@pytest.mark.parametrize("spoken", SPOKEN)
def test_no_definition_of_the_starter_set_does_either(spoken: str) -> None:
    assert not [where for where, text in definitions() if spoken in text]


def test_no_thai_sentence_has_a_placeholder_in_english_capitals() -> None:
    capitals = re.compile(r"(?<![A-Za-z_.<=-])(WHO|WHOM|ORG|PERSON|YOUR|ADDRESS|DATE|NAME|VALUE|TEXT)(?![A-Za-z_])")
    assert not {key: text for key, text in CATALOGUE.items() if capitals.search(text)}


def test_every_placeholder_of_help_and_hints_has_a_thai_word() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "srctl").rglob("*.py"))
    shown = [*re.findall(r'metavar="([^"]*)"', source), *re.findall(r"CommandLine\(\s*['\"]([^'\"]*)", source)]
    used = {word for text in shown for word in re.findall(r"(?<![A-Za-z_-])[A-Z]{2,}(?![A-Za-z_.])", text)}
    assert used - {"HH", "MM", "LINE", "JSON"} <= CATALOGUE.keys()
