"""What is still with people who have left the office: matters they own, decisions asked of them. Reads only."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import ngettext
from srctl.index.database import Store
from srctl.model.people import Coordinator, Office
from srctl.office.folder import OFFICE_FILE
from srctl.views.list_views import DueAttributes, MatterAttributes

Wanted = Callable[[str, MatterAttributes], bool]
MOST = 5  # cases named in one line


def left_behind(store: Store, office: Office, wanted: Wanted = lambda _case, _traits: True) -> list[Problem]:
    """A problem for each person who left and still has open matters among those ``wanted``, or is asked in one."""
    return [
        problem
        for person in office.coordinators
        if not person.active
        for problem in (*_owned(store, person, wanted), *_asked(store, person, wanted), *_lying(store, person, wanted))
    ]


def waiting_for(store: Store, who: str) -> frozenset[str]:
    """The ids of the open cases in which something waits for ``who``: a decision, a signature."""
    return frozenset(case for case, _traits, _what in _waits(store, who))


def _owned(store: Store, person: Coordinator, wanted: Wanted) -> Iterator[Problem]:
    rows = store.rows("SELECT id, packed FROM matter WHERE open AND owner = ? ORDER BY place", (person.id,))
    cases = [case for case, packed in rows if wanted(case, _traits(packed))]
    if cases:
        words = ngettext(
            "{name} ({who}) has left the office and still has {n} open matter: {cases}",
            "{name} ({who}) has left the office and still has {n} open matters: {cases}",
            len(cases),
        )
        yield _problem(words, person, cases, CommandLine("handover {} --to WHO", person.id))


def _asked(store: Store, person: Coordinator, wanted: Wanted) -> Iterator[Problem]:
    cases = [case for case, traits, what in _waits(store, person.id) if what != "clearance" and wanted(case, traits)]
    if cases:
        words = ngettext(
            "{name} ({who}) has left the office and is still asked in {n} matter: {cases}",
            "{name} ({who}) has left the office and is still asked in {n} matters: {cases}",
            len(cases),
        )
        yield _problem(words, person, cases, CommandLine('escalate {} --to WHO --ask "…" --why "…"', cases[0]))


def _lying(store: Store, person: Coordinator, wanted: Wanted) -> Iterator[Problem]:
    cases = [case for case, traits, what in _waits(store, person.id) if what == "clearance" and wanted(case, traits)]
    if cases:
        words = ngettext(
            "{name} ({who}) has left the office and papers of {n} matter lie with them: {cases}",
            "{name} ({who}) has left the office and papers of {n} matters lie with them: {cases}",
            len(cases),
        )
        yield _problem(words, person, cases, CommandLine('return {} --why "…"', cases[0]))


def _waits(store: Store, who: str) -> list[tuple[str, MatterAttributes, str]]:
    """The open cases in which something waits for ``who``, each with what it is."""
    asked = "SELECT path, packed FROM matter WHERE open AND instr(asked, ?) ORDER BY place"
    traits = {path: _traits(packed) for path, packed in store.rows(asked, (f"|{who}|",))}
    found = store.rows_among("SELECT path, id, packed FROM due WHERE path IN", [*traits]) if traits else []
    waits = ((path, case, DueAttributes(*json.loads(packed))) for path, case, packed in found)
    waiting = {path: (case, due.what) for path, case, due in waits if due.whom == who}
    return [(waiting[path][0], each, waiting[path][1]) for path, each in traits.items() if path in waiting]


def _traits(packed: str) -> MatterAttributes:
    return MatterAttributes(*json.loads(packed))


def _problem(words: str, person: Coordinator, cases: list[str], command: CommandLine) -> Problem:
    named = ", ".join(cases[:MOST]) + (" …" if len(cases) > MOST else "")
    message = words.format(name=person.name, who=person.id, n=len(cases), cases=named)
    return Problem(Path(OFFICE_FILE), 0, "left", message, command)
