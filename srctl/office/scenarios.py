"""Walks: matters of the office from first to last step, as data, for the demo and the tests. Floor 3.

A walk is a YAML file: a title and steps, each a moment and the words of a command. ``{id}`` stands for the
case received last; a step with ``as`` gives the case it receives a name of its own.
"""

from datetime import datetime
from pathlib import Path

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text
from srctl.core.records import NamedTuple
from srctl.store.typedfile import value_of
from srctl.store.yaml.reader import read_file

WALKS = Path(__file__).parent / "walks"


class ScenarioStep(NamedTuple):
    """One command of a walk: when, its words, and the name of the case it receives."""

    at: str
    run: tuple[str, ...]
    as_: str = ""

    def moment(self) -> datetime:
        """Return when the step happens, in Bangkok time."""
        return datetime.fromisoformat(self.at).replace(tzinfo=BANGKOK)

    def words(self, cases: dict[str, str]) -> list[str]:
        """Return the words with the names of cases put in."""
        return [word.format_map(cases) if word.startswith("{") else word for word in self.run]


class Walk(NamedTuple):
    """A walk: what it is about, and its steps in order of time."""

    title: Text
    steps: tuple[ScenarioStep, ...]


def read_walk(path: Path) -> Walk:
    """Return the walk in the file (BadFile when it is none)."""
    return value_of(Walk, read_file(path))
