"""The agenda in words: the same lines on the screen, in a file and in a mail. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from srctl.core.dates import show_iso
from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import _, language, ngettext
from srctl.core.records import NamedTuple
from srctl.model.labels import OF_PAPERS, how_late, joined, urgency_word, what_word
from srctl.views.agenda import SOON, TIMES, AgendaPart, AgendaSection, Name
from srctl.views.list_views import View, counted_by, day_marks, person_named, problem_view
from srctl.views.list_views import legend_lines as legend_of

if TYPE_CHECKING:
    from srctl.views.workload import Workload


class AgendaLine(NamedTuple):
    """A row in words: the same on the screen, in a file and in a mail. ``when`` is late, today or coming.

    ``owner`` is the id of whoever has it, ``people`` the names.
    ``under`` is whom to call or what to type. ``subject`` stands once, at the first line of its case.
    """

    due: str
    late: str
    case: str
    owner: str
    people: str
    what: str
    under: str = ""
    subject: str = ""
    when: str = ""


def heading(name: Name) -> str:
    """Return the words of a heading."""
    return {
        "late": _("late"),
        "today": _("due today"),
        "soon": ngettext("due within {n} working day", "due within {n} working days", SOON).format(n=SOON),
        "reminders": _("reminders of yours"),
        "calls": _("to call"),
        "signature": _("waiting for a signature"),
        "sign": _("to be signed by you"),
        "pass": _("to be passed by you"),
        "clearances": _("on their way to the signature"),
        "papers": _("papers to go on with"),
        "decisions": _("waiting for a decision"),
        "asked": _("to be decided by you"),
        "thanks": _("thanks owed"),
        "pauses": _("pauses to be reviewed"),
        "watched": _("watched by you"),
    }[name]


def counted_heading(part: AgendaPart, name: Name) -> str:
    """A heading of the part with the number of its rows, of which several may be one line."""
    return f"{heading(name)} ({sum(len(found.rows) for found in part.sections if found.name == name)})"


def counts(part: AgendaPart) -> tuple[str, ...]:
    """Each heading with the number of its rows: ``late 3``; nothing for one without rows."""
    return tuple(f"{heading(found.name)} {len(found.rows)}" for found in part.sections)


def overview(parts: Sequence[AgendaPart]) -> Iterator[tuple[str, str]]:
    """Yield the title of each part with its counts, or what comes next for it; nothing for a part alone."""
    if len(parts) > 1:
        yield from ((title(part), " · ".join(counts(part)) or next_line(part)) for part in parts)


def title(part: AgendaPart) -> str:
    """The name of a part, marked where the person has left the office."""
    return f"{part.name} ({_('has left the office')})" if part.left else part.name


def beneath(part: AgendaPart) -> Iterator[tuple[str, str]]:
    """Yield the name of each part below with what is late and due in it."""
    for below in part.below:
        found = [f"{heading(s.name)} {len(s.rows)}" for s in below.sections if s.name in TIMES]
        yield title(below), " · ".join(found) or _("nothing is due")


def pressing(part: AgendaPart) -> tuple[AgendaPart, ...]:
    """Of each group below a superior what is late and due today, with whose it is; no group that has nothing such."""
    found = (below._replace(sections=_pressing(below)) for below in part.below)
    return tuple(below for below in found if below.sections)


def _pressing(below: AgendaPart) -> tuple[AgendaSection, ...]:
    return tuple(found for found in below.sections if found.name in ("late", "today"))


def agenda_lines(
    part: AgendaPart, *, owners: bool = True, named: Callable[[str], str] = str, titled: Callable[[str], str] = str
) -> Iterator[tuple[Name, tuple[AgendaLine, ...]]]:
    """Yield each heading with its lines. What stands under late, today or soon is shortened further down.

    Drafts and papers of one case that wait for one and the same are one line (letters to sixteen). ``owners`` names
    the owner under a line when that is not the person the part is of; ``named`` says what an owner is
    called, ``titled`` what a paper is, by its id.
    """
    called = {_key(row) for found in part.sections if found.name == "calls" for row in found.rows}
    shown: set[tuple[str, ...]] = set()
    cases: set[str] = set()
    for found in part.sections:
        made = []
        for row, more in _gathered(found):
            key, line = _key(row), _line(found.name, _with_title(row, titled), called, part.who)
            line = _of_several(line, row, more) if more else line
            line = line._replace(owner=carrier(row, named))
            whose = _other_owner(row, part.who) if owners and found.name not in ("asked", "sign", "pass") else ""
            under = "" if key in shown else joined(line.under, whose)
            made.append(line._replace(under=under, subject="" if row["case"] in cases else row["subject"]))
            shown.add(key)
            cases.add(row["case"])
        yield found.name, tuple(made)


def _gathered(section: AgendaSection) -> Iterator[tuple[View, int]]:
    """Yield the rows that begin a line, each with how many further papers it stands for."""
    by: dict[tuple[str, ...], list[View]] = {}
    for row in section.rows:
        alike = _key(row)
        if section.name == "papers":
            alike = row["case"], row["state"], row["since"], row["why"], row["next"].removesuffix(row["paper"])
        elif row["what"] in ("draft", "dispatch"):
            alike = row["case"], row["what"], row["due"], row["whom"]
        by.setdefault(alike, []).append(row)
    yield from ((rows[0], len(rows) - 1) for rows in by.values())


def _with_title(row: View, titled: Callable[[str], str]) -> View:
    """The row with its paper as people call it."""
    if "paper" in row:
        return {**row, "paper": titled(row["paper"])}
    return {**row, "ref": titled(row["ref"]), "text": titled(row["text"])} if row["what"] in OF_PAPERS else row


def _of_several(line: AgendaLine, row: View, more: int) -> AgendaLine:
    """The line of the first of several papers, with how many more there are and the command for all."""
    what = ngettext("{paper} and one more", "{paper} and {n} more", more).format(paper=line.what, n=more)
    if "paper" not in row or not line.under.startswith(row["next"]):
        return line._replace(what=what)
    every = row["next"].removesuffix(row["paper"]) + "--all"
    return line._replace(what=what, under=every + line.under.removeprefix(row["next"]))


def next_line(part: AgendaPart) -> str:
    """What falls due next, in one sentence, for when nothing is to be done today."""
    row = part.coming
    if row is None:
        return _("nothing is due")
    words = {"day": _day(counted_by(row)[0]), "case": row["case"], "what": _what(row)}
    return _("nothing to do today; next: {day} {case} {what}").format(**words)


def first_command(part: AgendaPart) -> str:
    """What to type about the worst of the part, "" where it has nothing: what settles it, else what shows the way."""
    row = next(part.rows(), None)
    if row is None:
        return ""
    case = row["case"]
    match row.get("what"):
        case None:
            return str(row["next"])
        case "reminder":
            return CommandLine("remind {} --done {}", case, row["ref"])
        case "step":
            return CommandLine("step done {} {}", case, row["ref"])
        case "theirs" if row["with"]:
            return CommandLine("contact {} {}", case, row["with"])
        case "paper" if row["whom"] == part.who:
            return CommandLine("sign {} {}", case, row["ref"])
        case "clearance":
            return CommandLine("pass {} {}", case, row["ref"])
        case "decision" if row["whom"] == part.who:
            return CommandLine('decide {} --what "…" --answers {}', case, row["ref"])
    return CommandLine("next {}", case)


def agenda_legend(parts: Iterable[AgendaPart]) -> tuple[str, ...]:
    """The meaning of each mark that stands beside a day."""
    rows = [row for part in parts for found in part.sections if found.name != "papers" for row in found.rows]
    return legend_of(map(day_marks, rows))


def part_view(part: AgendaPart, today: date, problems: Iterable[Problem]) -> View:
    """The agenda as plain data for programs."""
    return {
        "format": 1,
        "today": today.isoformat(),
        "who": part.who,
        "name": part.name,
        "sections": [
            {"section": found.name, "label": heading(found.name), "items": list(found.rows)}
            for found in part.sections
            if found.name != "papers"
        ],
        "papers": [row for found in part.sections if found.name == "papers" for row in found.rows],
        "coming": part.coming,
        "away": part.away,
        "left": part.left,
        "below": [_below_view(below) for below in part.below],
        "load": [_load_view(load) for load in part.load],
        "problems": [problem_view(problem) for problem in problems],
    }


def _below_view(below: AgendaPart) -> View:
    """A group below as plain data: what is in it by heading, and what is late and due today."""
    return {
        "group": below.group,
        "name": below.name,
        "counts": [
            {"section": found.name, "label": heading(found.name), "n": len(found.rows)} for found in below.sections
        ],
        "sections": [
            {"section": found.name, "label": heading(found.name), "items": list(found.rows)}
            for found in _pressing(below)
        ],
    }


def _load_view(load: "Workload") -> View:
    return {
        **load._asdict(),
        "absences": [{"from": absence.from_.isoformat(), "to": absence.to.isoformat()} for absence in load.absences],
    }


def _key(row: View) -> tuple[str, ...]:
    get = row.get
    return get("case", ""), get("what", ""), get("ref", ""), get("rule", ""), get("text", ""), get("paper", "")


def _line(name: Name, row: View, called: Collection[tuple[str, ...]], who: str) -> AgendaLine:
    if name == "papers":
        return _paper_line(row)
    return _timed_line(row, called, who) if name in TIMES else _short_line(name, row)


def _base(row: View) -> AgendaLine:
    first, lateness = counted_by(row)
    when, due = row["section"], _day(first) + day_marks(row)
    return AgendaLine(due, how_late(lateness, when), row["case"], carrier(row), _people(row), _what(row), when=when)


def _timed_line(row: View, called: Collection[tuple[str, ...]], who: str) -> AgendaLine:
    """A line with who has to act or whom to call, unless it stands below to be called."""
    under = "" if _key(row) in called else _call(row)
    if row["whom"]:
        under = _("lies with {who}").format(who=person_named(row, "whom")) if row["whom"] != who else ""
    return _base(row)._replace(under=under)


def _short_line(name: Name, row: View) -> AgendaLine:
    """A line that begins with whom it is about: what is cut on a narrow screen is the rest."""
    whom = {
        "calls": joined(row["phone"], row["call"], by=" "),
        "signature": person_named(row, "whom"),
        "sign": joined(row["owner_name"], row["owner_phone"], by=" "),
        "pass": joined(row["owner_name"], row["owner_phone"], by=" "),
        "clearances": person_named(row, "whom"),
        "decisions": person_named(row, "whom"),
        "asked": joined(row["owner_name"], row["owner_phone"], by=" "),
        "thanks": row["call"],
        "watched": row["owner_name"],
    }.get(name, "")
    text = row["ref"] if name in ("signature", "sign") else row["text"]
    return _base(row)._replace(what=joined(whom, text, by=": ") + _postponed(row))


def _paper_line(row: View) -> AgendaLine:
    what = f"{_marked(row)}{row['state_label']}: {row['paper']}"
    under = joined(row["next"], row["why"])
    return AgendaLine(_day(row["since"]), "", row["case"], carrier(row), _people(row), what, under)


def _what(row: View) -> str:
    return _marked(row) + joined(what_word(row["what"]), row["text"], by=": ") + _postponed(row)


def _postponed(row: View) -> str:
    """By when something promised or asked for again is to come now, "" when its first day stands."""
    return f" ({_('now by {day}').format(day=_day(row['due']))})" if counted_by(row)[0] != row["due"] else ""


def _marked(row: View) -> str:
    mark = urgency_word(row["urgency"])
    return f"[{mark}] " if mark else ""


def _call(row: View) -> str:
    if not row["phone"]:
        return str(row["call"])
    return _("call {phone} {who}").format(phone=row["phone"], who=row["call"])


def carrier(row: View, named: Callable[[str], str] = str) -> str:
    """Who carries the row: the owner, with who stands in where the owner is away (``–``: nobody does)."""
    if not row["acting"]:
        return named(row["owner"]) or _("nobody")
    return f"{named(row['owner'])}→{named(row['acting']) if row['acting'] != row['owner'] else '–'}"


def _people(row: View) -> str:
    stands_in = row["acting_name"] if row["acting"] != row["owner"] else "–"
    return (person_named(row, "owner") or _("nobody")) + (f" → {stands_in}" if row["acting"] else "")


def _other_owner(row: View, who: str) -> str:
    """The owner of the row in words, "" when that is ``who``."""
    if row["owner"] == who and who:
        return ""
    return f"{_('owner')}: {_people(row)}"


def _day(text: str) -> str:
    return show_iso(text, language())
