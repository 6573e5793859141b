"""The query of the index about events: what takes place between two days."""

import json
from datetime import date

from srctl.core.errors import Problem
from srctl.index.cache import Progress, ask, no_progress
from srctl.index.database import Store
from srctl.office.folder import Folder
from srctl.views.engagement_views import EventAttributes, EventLine, by_time, event_line

# What is open is found by an index of its own, so that the archive costs nothing.
_QUERY = "SELECT id, day, until, packed FROM event WHERE day <= ? AND until >= ?"


def events_between(
    folder: Folder, today: date, first: date, last: date | None, *, closed: bool = False, undated: bool = False,
    progress: Progress = no_progress,
) -> tuple[list[EventLine], list[Problem]]:  # fmt: skip
    """The events with a day from ``first`` to ``last`` (None: all to come), in their order; and what cannot be read.

    Those of closed cases too where ``closed``, for which every file is scanned; ``undated``: those put off without a
    day too.
    """
    query = _QUERY if closed else f"{_QUERY} AND open"
    days = (last.isoformat() if last else "9999", first.isoformat())

    def answer(store: Store) -> tuple[list[EventLine], list[Problem]]:
        from srctl.index.queries import unreadable

        rows = store.rows(query, days)
        if undated:
            rows += store.rows("SELECT id, day, until, packed FROM event WHERE open AND day = ''")
        found = [
            event_line(case, day, until, EventAttributes(*json.loads(packed))) for case, day, until, packed in rows
        ]
        return sorted(found, key=by_time), unreadable(store, folder)

    found, problems = ask(folder, today, answer, closed=closed, progress=progress)
    return found, [*folder.problems, *problems]
