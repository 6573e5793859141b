"""Numbers of registered post given to the letters they are for; none is given to two letters unnoticed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from srctl.core.dates import show_date
from srctl.core.errors import Refused
from srctl.core.i18n import _, language
from srctl.index.queries import recognised
from srctl.index.traces import post_mark
from srctl.model.case import Case
from srctl.model.registered_post import shared_out, spaced
from srctl.office.course import Make
from srctl.office.folder import Folder
from srctl.workflow.paper_state import Paper, recipients

Planner = Callable[[Folder], Callable[[Case, Paper], tuple[Make, ...]]]


class PostNumbers:
    """Numbers of registered post, handed out to the letters meant in their order, before any of them is sent."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self._numbers = numbers
        self._used: Mapping[str, str] = {}
        self.clear()

    def refuse_used(self, folder: Folder, today: date, why: str) -> None:
        """Refuse numbers another letter went by already, unless it is meant (``why``): two letters in one envelope.

        Raises:
            Refused: with the first such letter, and its number.
        """
        self._used = _used_numbers(folder, today, self._numbers)
        first = next(iter(self._used.values()), "")
        if first and not why:
            hint = _('the next label; or if both lie in one envelope, the reason: {option} "…"').format(
                option="--anyway"
            )
            raise Refused(first, hint)

    def clear(self) -> None:
        """Begin with the first number again."""
        self._given: dict[tuple[str, str], tuple[str, ...]] = {}
        self._letters = 0

    def before(self, planner: Planner) -> Planner:
        """The planner, with the numbers handed out as it is asked about each paper."""

        def begun(folder: Folder) -> Callable[[Case, Paper], tuple[Make, ...]]:
            self.clear()
            plan = planner(folder)

            def planned(case: Case, paper: Paper) -> tuple[Make, ...]:
                self.hand_out(case, paper)
                return plan(case, paper)

            return planned

        return begun

    def hand_out(self, case: Case, paper: Paper) -> None:
        """Give the paper its numbers, one for each of its addressees."""
        count = len(recipients(paper))
        self._given[case.id, paper.id] = tuple(self._numbers[self._letters : self._letters + count])
        self._letters += count

    def refuse_others(self) -> None:
        """Refuse to send anything when the numbers are not as many as the letters (UsageError)."""
        if self._numbers:
            shared_out(self._numbers, self._letters)

    def of(self, case: Case, paper: Paper) -> tuple[str, ...]:
        """The numbers handed out to the paper."""
        return self._given.get((case.id, paper.id), ())

    def told_of(self, case: Case, paper: Paper) -> tuple[str, ...]:
        """Which other letters went by the numbers of the paper, in words."""
        return tuple(self._used[number] for number in self.of(case, paper) if number in self._used)


def _used_numbers(folder: Folder, today: date, numbers: Sequence[str]) -> dict[str, str]:
    """The numbers that a letter of any case went by already, with that letter in words; what was undone is none."""
    found: dict[str, str] = {}
    for path in recognised(folder, today, map(post_mark, numbers)):
        case = folder.read_case(path).case
        if case is None:
            continue
        undone, numbered = case.undone(), {e.paper: e.number for e in case.log if e.did == "number"}
        for entry in case.log:
            if entry.did == "send" and entry.post in numbers and entry.id not in undone:
                letter = " ".join(part for part in (case.id, entry.paper, numbered.get(entry.paper, "")) if part)
                words = _("{label} is that of {letter}, sent on {day}")
                day = show_date(entry.day(), language())
                found[entry.post] = words.format(label=spaced(entry.post), letter=letter, day=day)
    return {number: found[number] for number in numbers if number in found}
