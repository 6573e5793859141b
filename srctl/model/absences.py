"""Who is away from when to when, and who then carries their cases. Pure.

Nothing of it stands in a case: that somebody stands in follows from ``absences.yaml``, the case and the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.core.records import NamedTuple
from srctl.model.people import Office


class Absence(NamedTuple):
    """Somebody's absence, both days included. ``backup`` stands in for these days, before anybody else."""

    who: str
    from_: date
    to: date
    backup: str = ""
    why: str = ""

    def meets(self, other: "Absence") -> bool:
        """Whether the two have a day in common."""
        return self.from_ <= other.to and other.from_ <= self.to

    def days(self) -> str:
        """Return the days in words: ``23 Nov 2026 – 27 Nov 2026``."""
        first, last = (show_date(day, language()) for day in (self.from_, self.to))
        return first if self.from_ == self.to else f"{first} – {last}"


class Absences(NamedTuple):
    """``absences.yaml``, whole."""

    format: int
    absences: tuple[Absence, ...] = ()


Away = Mapping[str, Absence]
NOBODY_AWAY: Away = MappingProxyType({})


def away_on(absences: Iterable[Absence], day: date) -> Away:
    """The absences on that day, by the person who is away."""
    return {a.who: a for a in absences if a.from_ <= day <= a.to}


def acting(who: str, case_backup: str, office: Office, away: Away) -> str:
    """The coordinator who carries a case of ``who`` while ``away`` are away: ``who`` when present.

    Else, and for somebody who has left, the first who is there of: the backup of the absence, of the case, of the
    coordinator, the head of the group. When nobody is there it is still ``who``.
    """
    absence = away.get(who)
    if absence is None and not has_left(office, who):
        return who
    asked = (absence.backup if absence else "", case_backup, *_behind(who, office))
    return next((other for other in asked if other not in away and is_active(office, other)), who)


def next_backup(old: str, giver: str, owner: str, office: Office) -> str:
    """The backup of a case that ``giver`` hands over to ``owner``, "" when there is nobody.

    It stays who it is. Where that is the new owner, the giver, or somebody who has left, it is the new owner's
    backup of ``office.yaml``, else the head of the new owner's group.
    """
    asked = (old if old != giver else "", *_behind(owner, office))
    return next((other for other in asked if other != owner and is_active(office, other)), "")


def _behind(who: str, office: Office) -> tuple[str, str]:
    """The backup of a coordinator by ``office.yaml``, and the head of the group."""
    person = office.coordinator(who)
    group = office.group(person.group) if person else None
    return person.backup if person else "", group.head if group else ""


def is_active(office: Office, who: str) -> bool:
    """Whether ``who`` is a coordinator who works here now."""
    person = office.coordinator(who)
    return person is not None and person.active


def has_left(office: Office, who: str) -> bool:
    """Whether ``who`` was a coordinator here and is none any more."""
    person = office.coordinator(who)
    return person is not None and not person.active


def refuse_unfit(new: Absence, absences: Sequence[Absence]) -> None:
    """Refuse an absence that ends before it begins, overlaps another of the person, or has no backup who is there."""
    if new.to < new.from_:
        raise UsageError(_("the last day away is before the first"), CommandLine("away {} FROM TO", new.who))
    met = next((a for a in absences if a.who == new.who and a.meets(new)), None)
    if met:
        message = _("{who} is away already: {days}").format(who=new.who, days=met.days())
        raise Refused(message, CommandLine("away {} --cancel {}", met.who, met.from_.isoformat()))
    if new.backup == new.who:
        raise UsageError(_("nobody stands in for themselves"), CommandLine("away {} FROM TO --backup WHO", new.who))
    if new.backup and not days_there(new.backup, new, absences):
        message = _("{who} is away all that time").format(who=new.backup)
        raise Refused(message, _("name somebody else, or leave --backup out"))


def days_there(who: str, during: Absence, absences: Iterable[Absence]) -> int:
    """The number of days of ``during`` (weekends too) on which ``who`` is not away."""
    last = during.from_ - timedelta(1)
    there = 0
    for absence in sorted((a for a in absences if a.who == who and a.meets(during)), key=lambda a: a.from_):
        there += max((absence.from_ - last).days - 1, 0)
        last = max(last, absence.to)
    return there + max((during.to - last).days, 0)


def the_absence(absences: Sequence[Absence], who: str, first: date | None, today: date) -> int:
    """The position in ``absences`` of the one meant: that from ``first``, else the only one not yet over.

    Raises:
        NotFound: there is none, or there are several (they are listed).
    """
    own = [i for i, a in enumerate(absences) if a.who == who and (a.from_ == first if first else a.to >= today)]
    if len(own) == 1:
        return own[0]
    if not own:
        raise NotFound(_("no such absence of {who}").format(who=who), CommandLine("away {} --all", who))
    several = "\n".join(CommandLine("away {} --cancel {}", who, absences[i].from_.isoformat()) for i in own)
    raise NotFound(
        ngettext("{who} has {n} absence; say which", "{who} has {n} absences; say which", len(own)).format(
            who=who, n=len(own)
        ),
        several,
    )
