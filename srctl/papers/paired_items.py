"""Values of which there is one for each item of the case: the answers to the points of a question, ข้อ by ข้อ. Pure."""

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, language
from srctl.core.numbered_items import all_items, items_of, numbered_text
from srctl.core.thai import shorten
from srctl.model.case import Case
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import Template
from srctl.workflow.draft_commands import option_of

_SHOWN = 60


def refuse_unpaired(template: Template, asked: Asked, case: Case) -> None:
    """Refuse values whose items are not as many as those they answer; one item may be answered by several.

    Raises:
        Refused: an item has no counterpart; it is named, with the command that gives one for each.
    """
    for name, value in template.form.values.items():
        if not value.each:
            continue
        wanted = _of(case, value.each)
        typed = items_of(asked.given.get(name, ""))
        given = typed or (_of(case, value.instead) if value.instead else ())
        if len(wanted) < 2 or not given or len(given) == len(wanted):
            continue
        label = value.label.in_(language()).partition(" (")[0]
        message = _("{label}: {given} for {wanted}").format(label=label, given=len(given), wanted=len(wanted))
        if len(given) < len(wanted):
            n = len(given) + 1
            lacking = shorten(wanted[n - 1], _SHOWN)
            message += "; " + _("without one: item {which}, {text}").format(which=n, text=lacking)
        else:
            message += "; " + _("for nothing: {text}").format(text=shorten(given[len(wanted)], _SHOWN))
        example = numbered_text(["…"] * len(wanted)).replace("\n", " ")
        raise Refused(
            message, CommandLine("letter {} {}", case.id, template.name).plus(*option_of(name, f'"{example}"'))
        )


def _of(case: Case, name: str) -> tuple[str, ...]:
    return all_items(getattr(case.analysis, name))
