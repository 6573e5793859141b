"""The values typed for a paper as its wording names them: days as days, texts as a sentence takes them. Pure."""

import re
from datetime import date

from srctl.core.i18n import _
from srctl.papers.draft_request import Asked
from srctl.papers.listed_values import LISTS, list_value
from srctl.papers.template_values import PaperContext
from srctl.papers.wordings import Template, Value, refuse

# A value stands inside a sentence of an official letter: what politeness of speech ends it with is left out.
_SPOKEN = re.compile(r"(?:\s*(?:นะ)?(?:ครับผม|ครับ|ค่ะ)|\s*นะคะ)+\s*$")


def given_values(template: Template, asked: Asked, context: PaperContext) -> dict[str, object]:
    """Return every declared value: dates as dates, lists as rows, texts without polite endings, "" if not given."""
    found: dict[str, object] = {}
    for name, value in template.form.values.items():
        text = _SPOKEN.sub("", asked.given.get(name, "")).strip()
        if value.type in LISTS:
            found[name] = list_value(value, text, context.office, context.directory)
            continue
        found[name] = _as_date(template, name, text) if _is_day(value, text) else text
    return found


def _is_day(value: Value, text: str) -> bool:
    """Whether it is given as a day: several days on end stay text, which the filters for days read."""
    return bool(text) and (value.type == "date" or (value.type == "days" and "/" not in text))


def _as_date(template: Template, name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        line = template.source.line(("values", name, "sample"))
        message = _("{key}: {given} is not a date").format(key=name, given=text)
        refuse(template.source.path, line, "date", message, _("write 2026-11-27"))
