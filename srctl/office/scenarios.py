"""Scenarios ("walks"): whole matters of the office as data, for the demo and the tests.

A walk is a YAML file: a title and steps, each a moment and the words of a command. ``{id}`` stands for the
case received last; a step with ``as`` gives the case it receives a name of its own.
"""

from datetime import datetime
from pathlib import Path

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text
from srctl.core.records import NamedTuple
from srctl.store.yaml.reader import read_file
from srctl.store.yaml.source import value_of

WALKS = Path(__file__).parent / "walks"


class ScenarioStep(NamedTuple):
    """One command of a walk: when, its words, and the name of the case it receives."""

    at: str
    run: tuple[str, ...]
    as_: str = ""

    def moment(self) -> datetime:
        """The time of the step, in Bangkok time."""
        return datetime.fromisoformat(self.at).replace(tzinfo=BANGKOK)

    def words(self, cases: dict[str, str]) -> list[str]:
        """The words of the command, the names of cases replaced by their ids."""
        return [word.format_map(cases) if word.startswith("{") else word for word in self.run]


class Walk(NamedTuple):
    """A scenario: its title, and its steps in order of time."""

    title: Text
    steps: tuple[ScenarioStep, ...]


def read_walk(path: Path) -> Walk:
    """The walk in the file; BadFile when it cannot be read as one."""
    return value_of(Walk, read_file(path))
