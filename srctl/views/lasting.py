"""Texts that say for how long something has been so: the index keeps since when, a list says how long. Pure."""

from collections.abc import Callable

from srctl.model.labels import lying_words, standstill_words

LASTING = ("followup", "clearance")
_BETWEEN = "\t"


def lasting(what: str, since: str, text: str) -> str:
    """The text as the index keeps it: since which day (ISO), and what stands before the time that passed."""
    return since if what == "followup" else f"{since}{_BETWEEN}{text}"


def lasting_text(what: str, kept: str, workdays_since: Callable[[str], int]) -> str:
    """The text kept by :func:`lasting` as it is read today."""
    since, _between, text = kept.partition(_BETWEEN)
    days = workdays_since(since)
    return standstill_words(days) if what == "followup" else f"{text}, {lying_words(days)}"
