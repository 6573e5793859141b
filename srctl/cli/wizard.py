"""Asking for the parts of an analysis, a plan, a contact, when a person is there. Floor 4."""

from srctl.actions import PlannedStep
from srctl.cli import ask, options
from srctl.cli.context import Desk, is_interactive
from srctl.errors import NotFound, UsageError
from srctl.i18n import _


def one(label: str, command: str, *, needed: bool = True) -> str:
    """Ask for one text; where nobody can be asked, refuse with the command that gives it."""
    if is_interactive():
        return ask.text(label, required=needed)
    if needed:
        raise ask.missing(label, command)
    return ""


def analysis(case_id: str) -> dict[str, str | list[str]]:
    """Ask for the parts of an analysis that are still empty."""
    if not is_interactive():
        raise ask.missing(_("what was found"), f'srctl analyse {case_id} --issue "…" --fact "…" --proposal "…"')
    from srctl.folder import readable
    from srctl.workflow import label

    desk = Desk()
    case = readable(desk.folder.load(desk.find(case_id)))
    given: dict[str, str | list[str]] = {}
    for key in ("issues", "facts", "law", "opinion", "proposal", "power"):
        had = getattr(case.analysis, key)
        words = label(f"analysis.{key}")
        if isinstance(had, str):
            typed = "" if had else ask.text(words, required=False)
            given.update({key: typed} if typed else {})
        elif items := several(words):
            given[key] = items
    if not given:
        raise UsageError(_("nothing was typed"), f"srctl next {case.id}")
    return given


def several(label: str) -> list[str]:
    """Ask for lines until an empty one."""
    items: list[str] = []
    while typed := ask.text(f"{label} {len(items) + 1} ({_('empty: no more')})", required=False):
        items.append(typed)
    return items


def plan(case_id: str) -> tuple[str, list[str]]:
    """Ask for the result wanted and the steps."""
    if not is_interactive():
        raise ask.missing(
            _("the plan"),
            f'srctl plan {case_id} --result "…" --step "… | obec/somsak | phone | +2wd"',
        )
    result = ask.text(_("the result wanted"), required=False)
    return result, several(_("step: what | with | channel | until"))


def steps_of(texts: list[str]) -> list[PlannedStep]:
    """Return steps typed as ``what | with | channel | until``; the parts after the first may be left out."""
    return [_step(text) for text in texts]


def _step(text: str) -> PlannedStep:
    from srctl.cli.intake import choice

    parts = [options.words(part) for part in text.split("|")]
    if len(parts) > 4 or not parts[0]:
        raise UsageError(
            _("a step is: what | with | channel | until"),
            'srctl plan 42 --step "ขอข้อมูลการรับนักเรียน | obec/somsak | phone | +2wd"',
        )
    what, with_, by, until = (*parts, "", "", "")[:4]
    return PlannedStep(what, with_and_known(with_), choice(by, "channel"), options.day(until))


def with_and_known(reference: str) -> str:
    """Return a contact reference that the directory knows; NotFound with the nearest otherwise."""
    if not reference:
        return ""
    from srctl.folder import unknown
    from srctl.people import find_callee

    directory = Desk().folder.directory
    if find_callee(directory, reference) is None:
        known = [*directory]
        organisation = directory.get(reference.partition("/")[0])
        if organisation is not None:
            known = [f"{organisation.id}/{p.id}" for p in organisation.people]
        raise NotFound(*unknown(_("contact"), reference, known, "srctl contacts list"))
    return reference


def checklist_steps(name: str, event: str) -> list[PlannedStep]:
    """Return the steps of a checklist, dated from the day of the event where they are tied to it."""
    from srctl import actions
    from srctl.folder import unknown

    desk = Desk()
    checklist = desk.folder.checklists.get(name)
    if checklist is None:
        raise NotFound(*unknown(_("checklist"), name, desk.folder.checklists, ", ".join(desk.folder.checklists)))
    return actions.checklist_steps(checklist, options.day(event), desk.folder.calendar.add_workdays)
