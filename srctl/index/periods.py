"""Conditions of queries of the index by period: when a case was closed, when its event takes place."""

from collections.abc import Sequence

from srctl.workflow.filters import Filter

_CLOSED = "path IN (SELECT path FROM matter WHERE closed BETWEEN ? AND ?)"
_EVENT = "path IN (SELECT path FROM event WHERE day != '' AND day <= ? AND until >= ?)"


def where(wanted: Filter, *more: str) -> tuple[str, Sequence[str]]:
    """The WHERE of a query for the periods of a filter and ``more`` conditions, and its values; "" for none."""
    met, values = [*more], []
    if wanted.closed_in:
        met.append(_CLOSED)
        values += [wanted.closed_in.first.isoformat(), wanted.closed_in.last.isoformat()]
    if wanted.event_in:
        met.append(_EVENT)
        values += [wanted.event_in.last.isoformat(), wanted.event_in.first.isoformat()]
    return f" WHERE {' AND '.join(met)}" if met else "", values
