"""Papers passed level by level on their way to the signature: submitted on their route, passed, returned, signed.

Each function plans one act from the state of the folder at that moment, as in :mod:`srctl.papers.issuing`; the rules
are those of ``templates/clearances.yaml``, the route is the one its submission fixed.
"""

from collections.abc import Sequence
from datetime import date

from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _
from srctl.core.named_days import NamedDay
from srctl.core.records import NamedTuple
from srctl.model.absences import acting, away_on, has_left
from srctl.model.case import Case
from srctl.model.clearances import Clearances
from srctl.model.definitions import Kind
from srctl.model.people import Office, name_of
from srctl.office.attachments import Given
from srctl.office.folder import Folder
from srctl.papers import issuing, lifecycle
from srctl.papers.lifecycle import LevelPassed
from srctl.papers.proofing.naming import let_go
from srctl.papers.wordings import read_clearances
from srctl.workflow.actions import Act
from srctl.workflow.clearances import way_of
from srctl.workflow.paper_state import Paper, next_command

NO_DAY = NamedDay(None)


class Passer(NamedTuple):
    """How papers are passed: by whom (``by`` as typed, else ``me``), with what note, agreeing or not, on which day."""

    me: str
    today: date
    by: str = ""
    note: str = ""
    adverse: bool = False
    on: date | None = None


def rules_of(folder: Folder) -> Clearances:
    """Who must pass papers in this office; nobody where it has no file of it (BadFile when that cannot be read)."""
    return read_clearances(folder.root / "templates")


def routed_submission(
    folder: Folder, case: Case, kind: Kind, paper: Paper, rules: Clearances, *,
    on: date | None = None, until: NamedDay = NO_DAY, override: str = "",
) -> Act:  # fmt: skip
    """Plan the submission of the paper on the route its rule says; ``until`` names the day all must have signed by.

    Raises:
        Refused: as :func:`srctl.papers.issuing.submission`, or a role of the rule is nobody in this office.
    """
    act = issuing.submission(folder, case, paper, on, override)
    if rules.clearances or paper.back:
        signer = printed_signer(folder, paper)
        way = way_of(rules, case, kind, paper, signer, folder.office)
    else:
        way = lifecycle.NO_WAY
    if until.on:
        way = way._replace(until=until.on, counted=until.counted)
    return lifecycle.on_its_way(act, way)


def printed_signer(folder: Folder, paper: Paper) -> str:
    """The id of who signs the paper: the one it was drafted for, else that of its wording."""
    return paper.drafted.signer or issuing.wording_of(folder, paper).signer


def pass_on_route(folder: Folder, case: Case, paper: Paper, passer: Passer) -> Act:
    """Plan that somebody with whom the paper lies passes it on, or their stand-in while they are away.

    Raises:
        Refused: it lies with others, or nobody has to pass it. UsageError: it lies with several, and none is named.
    """
    if paper.cleared:
        message = _("{id}: nobody has to pass {paper}").format(id=case.id, paper=paper.id)
        raise Refused(message, next_command(case.id, paper) or CommandLine("show {}", case.id))
    for_whom, by = _who(folder, case, paper, passer, "pass")
    gives = paper.route[paper.level - 1].gives
    return lifecycle.pass_paper(case, paper, LevelPassed(for_whom, by, passer.note, passer.adverse, passer.on, gives))


def returning(folder: Folder, case: Case, paper: Paper, passer: Passer, why: str) -> Act:
    """Plan that a level of its route, or the signer, returns the paper to be mended."""
    who = ("", "")
    if paper.lies_with():
        many = len(paper.lies_with()) > 1 and not passer.by and not _mine(folder, paper, passer)
        who = ("", "") if many else _who(folder, case, paper, passer, "return")
    return lifecycle.return_paper(case, paper, why, on=passer.on, by=who[1], whom=who[0])


def _who(folder: Folder, case: Case, paper: Paper, passer: Passer, did: str) -> tuple[str, str]:
    """For whom it is passed, and by whom where that is another: as named, else whoever acts, else the only one."""
    found, by = _named(folder, case, paper, passer, did)
    if did == "pass" and not by and has_left(folder.office, found):
        message = _("{id}: {who}, with whom {paper} is, has left the office").format(
            id=case.id, paper=paper.id, who=name_of(folder.office, found)
        )
        raise Refused(message, CommandLine('return {} {} --why "…"', case.id, paper.id))
    return found, by


def _named(folder: Folder, case: Case, paper: Paper, passer: Passer, did: str) -> tuple[str, str]:
    lying = paper.lies_with()
    command = CommandLine('return {} {} --why "…"' if did == "return" else "pass {} {}", case.id, paper.id)
    if passer.by:
        found = _for_whom(folder, passer.by, lying, passer)
        if found:
            return found, "" if found == passer.by else passer.by
        message = _("{id}: {paper} does not lie with {who}, but with {others}").format(
            id=case.id, paper=paper.id, who=name_of(folder.office, passer.by), others=_names(folder.office, lying)
        )
        raise Refused(message, command.plus("--by {}", lying[0]))
    mine = _mine(folder, paper, passer)
    if mine:
        return mine, "" if mine == passer.me else passer.me
    if len(lying) == 1:
        return lying[0], ""
    message = _("{id}: more than one has to pass {paper}: say who").format(id=case.id, paper=paper.id)
    raise UsageError(message, "\n".join(command.plus("--by {}", who) for who in lying))


def _mine(folder: Folder, paper: Paper, passer: Passer) -> str:
    return _for_whom(folder, passer.me, paper.lies_with(), passer)


def _for_whom(folder: Folder, who: str, lying: Sequence[str], passer: Passer) -> str:
    """The one of those it lies with for whom ``who`` may pass it: themself, or one they act or stand in for."""
    if who in lying:
        return who
    office, day = folder.office, passer.on or passer.today
    signs_for = {row.for_ for row in office.acting if row.by == who and row.holds(day)}
    away = away_on(folder.absences, day)
    return next((each for each in lying if each in signs_for or acting(each, "", office, away) == who), "")


def is_with(folder: Folder, paper: Paper, passer: Passer) -> bool:
    """Whether the paper lies with whoever passes it, or with somebody they stand in for."""
    return bool(_for_whom(folder, passer.by or passer.me, paper.lies_with(), passer))


def cleared_signature(
    folder: Folder, case: Case, paper: Paper, by: str, how: str, *,
    on: date | None, today: date, scans: Sequence[Given] = (), override: str = "", outside: bool = False,
) -> Act:  # fmt: skip
    """Plan the signing of the paper once all levels below the signer have passed it, or with a reason (``override``).

    ``outside``: it was not yet submitted, and is told to be signed outside srctl.

    Raises:
        Refused: as :func:`srctl.papers.issuing.signature`, or some have not passed it and no reason is given.
    """
    act = issuing.signature(folder, case, paper, by, how, on=on, today=today, scans=scans)
    if paper.cleared:
        return act
    if not override:
        left = [who for level in paper.route[paper.level : -1] for who in level.who]
        message = _("{id}: {paper} has not been passed by {who}").format(
            id=case.id, paper=paper.id, who=_names(folder.office, (*paper.lies_with(), *left))
        )
        first = CommandLine("submit {} {}" if outside else "pass {} {}", case.id, paper.id)
        command = CommandLine('sign {} {} --override "…"', case.id, paper.id)
        if outside:
            command = CommandLine('send {} {} --signed --override "…"', case.id, paper.id)
        raise Refused(message, "\n".join((first, _("signed all the same: {command}").format(command=command))))
    return let_go(act, override, act.warnings)


def _names(office: Office, people: Sequence[str]) -> str:
    """The names of people of the office, one after the other."""
    return ", ".join(name_of(office, who) for who in dict.fromkeys(people))
