"""The codes of urgency, secrecy and organisations in messages of e-saraban systems. Pure.

The lists are the state's; an office asks its ministry for them and writes them down (``templates/egif.yaml``).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import get_args

from srctl.core.decoding import Fault
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Secrecy, Urgency

EGIF_FILE = "templates/egif.yaml"


class OrganisationCode(NamedTuple):
    """The codes of a ministry and of a department of it."""

    ministry: str = ""
    department: str = ""


NO_CODES: Mapping[str, OrganisationCode] = MappingProxyType({})


class EgifCodes(NamedTuple):
    """``templates/egif.yaml``, whole: codes by urgency, by secrecy, the office's own, those of the directory by id."""

    format: int
    speed: Mapping[str, str]
    secrecy: Mapping[str, str]
    own: OrganisationCode = OrganisationCode()
    organisations: Mapping[str, OrganisationCode] = NO_CODES
    source: str = ""
    checked_on: date | None = None


def code_meaning(codes: Mapping[str, str], code: str) -> str | None:
    """What ``code`` stands for ("none" when there is no code), None when the list has no such code."""
    return "none" if not code else next((word for word, known in codes.items() if known == code), None)


def egif_faults(codes: EgifCodes) -> Iterator[Fault]:
    """Yield urgencies and secrecy classes there are not, or that lack a code, and codes that stand for two."""
    hint = _("write a code for each, in quotes")
    for name, words in (("speed", get_args(Urgency)), ("secrecy", get_args(Secrecy))):
        listed: Mapping[str, str] = getattr(codes, name)
        for word in dict.fromkeys((*listed, *words)):
            if word not in words or not listed.get(word):
                message = _("{name}: {word} has no code, or is none of: {words}")
                told = message.format(name=name, word=word, words=", ".join(words))
                yield Fault((name,), "egif-code", told, hint)
        if len(set(listed.values())) < len(listed):
            yield Fault((name,), "egif-code", _("{name}: one code stands for two words").format(name=name), hint)
