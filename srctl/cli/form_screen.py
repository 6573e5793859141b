"""Forms at the terminal: each question asked, the whole shown on one screen, the answers kept until recorded."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from srctl.cli import days, form, kept_answers, options, prompts, row_screen, view
from srctl.cli.form import YES, Desk, FormQuestion, Questionnaire, State
from srctl.cli.kept_answers import KeptDraft
from srctl.core.date_spans import read_days
from srctl.core.dates import be_year, parse_time
from srctl.core.errors import NotFound, SrctlError
from srctl.core.i18n import _
from srctl.core.named_days import NamedDay
from srctl.core.thai import display_width, fold, shorten, to_arabic_digits
from srctl.index.workspace import now

MOST_LINES = 2  # of one answer on the last screen
_WIDEST = 26  # cells of a label there
_NEW, _DROP = "new", "drop"
Check = Callable[[str], object]


@contextmanager
def filled(
    which: Questionnaire, name: str, given: Mapping[str, str], folder: Path, same: Sequence[str] = ()
) -> Iterator[dict[str, str]]:  # fmt: skip
    """The answers of a form, asked for, looked over and kept until what is done with them has been done.

    ``name`` is the command and what it is about, ``given`` what was typed on the command line, ``folder`` where
    answers are kept; a draft that answers one of ``same`` otherwise is another one. Whatever stops the work leaves
    them as a draft; done, they are forgotten.

    Raises:
        Abort: the person stops.
    """
    kept = _begun(name, given, folder, same)

    def keep(state: State) -> None:
        nonlocal kept
        kept = kept._replace(state=state, about=which.title(form.whole(which, state.answers)))
        kept_answers.keep(kept, writing=True)

    try:
        state = form.filled_in(which, kept.state, Desk(_ask, _look_over, view.error, keep))
        yield form.whole(which, state.answers)
    except BaseException:
        if any(kept.state.answers.get(key) for key in kept.state.trail) and kept_answers.keep(kept, writing=False):
            view.say(_("what you typed is kept as a draft; the same command offers it again"))
        raise
    kept_answers.forget(kept)


def _begun(name: str, given: Mapping[str, str], folder: Path, same: Sequence[str]) -> KeptDraft:
    """Where to begin: with what was given, or with a draft the person goes on with."""
    moment = now()
    fresh = KeptDraft(kept_answers.new_file(folder, moment), name, moment, "", form.started(given))
    told = {key: given[key] for key in same if given[key]}
    found = {
        _when(one): one
        for one in kept_answers.found(folder, name)
        if all(one.state.answers.get(key, text) == text for key, text in told.items())
    }
    if not found:
        return fresh
    choices = [(when, f"{when}  {one.about}") for when, one in found.items()]
    choices += [(_NEW, _("begin anew and keep the drafts")), (_DROP, _("begin anew and throw the drafts away"))]
    chosen = prompts.menu(_("a draft is kept; go on with it"), choices, choices[0][0])
    if chosen == _DROP:
        for one in found.values():
            kept_answers.forget(one)
    if chosen not in found:
        return fresh
    state = found[chosen].state
    answers = {**state.answers, **fresh.state.answers}
    return found[chosen]._replace(state=State(answers, state.done | fresh.state.done, state.trail))


def _when(kept: KeptDraft) -> str:
    """When the answers were typed, as one word."""
    day = "" if kept.at.date() == now().date() else f"{kept.at.day}/{kept.at.month}/{be_year(kept.at)}-"
    return f"{day}{kept.at:%H:%M:%S}"


# -- one question ---------------------------------------------------------------------------------------


def _ask(which: Questionnaire, state: State, question: FormQuestion, had: str) -> str:
    """Ask one question until its answer fits the whole; Back, Abort as :func:`~srctl.cli.prompts.text`."""
    check = partial(form.refuse_fault, which, state.answers, question)
    asked = {"menu": _asked_menu, "yes": _asked_yes, "day": _asked_day, "several": _asked_lines, "files": _asked_lines}
    return asked.get(question.sort, _asked_text)(question, had, check)


def _asked_text(question: FormQuestion, had: str, check: Check) -> str:
    read = _reader(question)
    for line in view.wrap(" · ".join(map(view.unbroken, question.above)), 2, sys.stderr) if question.above else ():
        view.say("  " + line)
    typed = prompts.text(
        question.label, question.default, required=question.required, long=question.sort == "long",
        field=question.key, secret_history=question.personal, check=lambda text: check(read(text)), back=True,
        typed=had if had != question.default else "", note=question.note, empty=question.empty,
        known=question.choices, shelves=question.shelves,
    )  # fmt: skip
    return read(typed) if typed else ""


def _reader(question: FormQuestion) -> Callable[[str], str]:
    """How what is typed becomes the answer that is recorded."""
    if question.read:
        return question.read
    return {"time": parse_time, "long": options.words}.get(question.sort, options.one_line)


def _asked_menu(question: FormQuestion, had: str, check: Check) -> str:
    choices, default = list(question.choices), had if had in dict(question.choices) else question.default
    if default and not question.required:
        choices.append(("", _("none")))
    while True:
        chosen = prompts.menu(
            question.label, choices, default, near=question.near, required=question.required, back=True
        )
        if _fits(check, chosen):
            return chosen


def _asked_yes(question: FormQuestion, had: str, check: Check) -> str:
    while True:
        typed = prompts.yes(question.label, default=(had or question.default) == YES, back=True)
        if _fits(check, answer := YES if typed else ""):
            return answer


def _asked_day(question: FormQuestion, had: str, check: Check) -> str:
    old = form.answered_day(had or question.default)
    shown = f"{old.on.day}/{old.on.month}/{be_year(old.on)}" if old.on else ""
    found = NamedDay()

    def read(text: str) -> None:
        nonlocal found
        found = old if text == shown else days.read(text, question.since)
        check(form.day_answer(found))

    while True:
        found = NamedDay()
        typed = prompts.text(
            question.label, required=question.required, check=read, back=True, typed=shown, field=question.key,
            note=question.note, empty=question.empty,
        )  # fmt: skip
        if not typed:
            return ""
        if found.on and days.confirms_day(found.on, question.role):
            return form.day_answer(found)


def _asked_lines(question: FormQuestion, had: str, check: Check) -> str:
    """Ask for items, one a line, until an empty one; the way back goes through the items first."""
    if question.cells:
        return row_screen.asked_rows(question, had or question.default, lambda answer: _fits(check, answer))
    items: list[str] = []
    old = form.answer_lines(had)
    while True:
        again = old[len(items)] if len(items) < len(old) else ""
        try:
            typed = prompts.text(
                f"{question.label} {len(items) + 1}", required=question.required and not items, back=True, typed=again,
                check=_readable if question.sort == "files" else None, empty=_("empty: no more"), several=True,
                shelves=question.shelves,
            )  # fmt: skip
        except prompts.Back:
            if not items:
                raise
            old = [*items, *old[len(items) :]]
            items.pop()
            continue
        items += form.answer_lines(typed)
        if not typed and _fits(check, "\n".join(items)):
            return "\n".join(items)


def _readable(typed: str) -> None:
    """Refuse what is no file that can be kept with a case."""
    options.read_scans([Path(line.strip("'\" ")) for line in form.answer_lines(typed)])


def _fits(check: Check, answer: str) -> bool:
    try:
        check(answer)
    except SrctlError as fault:
        view.error(fault)
        return False
    return True


# -- the last screen --------------------------------------------------------------------------------------


def _look_over(which: Questionnaire, state: State) -> str:
    """Show the whole and ask whether it is recorded; the question to go into again, "" to record."""
    numbered = list(form.rows(which, state.answers))
    for line in lines_of_whole(which.title(form.whole(which, state.answers)), numbered, view.width(sys.stderr) or 80):
        view.say(line)
    record = _("record it")
    typed = prompts.text(
        _("Enter records; the number or name of a line changes it"),
        record,
        check=partial(row_meant, numbered, record),
        back=True,
    )
    return row_meant(numbered, record, typed)


Numbered = Sequence[tuple[int, FormQuestion, str]]


def lines_of_whole(title: str, numbered: Numbered, room: int) -> list[str]:
    """The whole of a form in lines of at most ``room`` cells: what is filled in by line, what is empty in few."""
    held = [(number, question, answer) for number, question, answer in numbered if answer]
    wide = max((min(_WIDEST, display_width(question.label)) for _n, question, _a in held), default=0)
    found = ["", shorten(_("look it over: {what}").format(what=title), room)]
    for number, question, answer in held:
        label = shorten(question.label, wide)
        head = f"  {number:>2}  {label}{' ' * (wide - display_width(label))}  "
        indent = display_width(head)
        lines = view.wrap(shown_answer(question, answer), indent, sys.stderr)
        lines = [shorten(line, room - indent) for line in lines]
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], shorten(lines[MOST_LINES - 1] + "…", room - indent)]
        found += [(" " * indent if n else head) + line for n, line in enumerate(lines)]
    empty = " · ".join(
        view.unbroken(f"{number} {question.label}") for number, question, answer in numbered if not answer
    )
    if empty:
        head = "  " + _("empty:") + " "
        found += [
            (" " * display_width(head) if n else head) + line
            for n, line in enumerate(view.wrap(empty, display_width(head), sys.stderr))
        ]
    return found


def shown_answer(question: FormQuestion, answer: str) -> str:
    """An answer as it is read."""
    if question.sort == "menu":
        return dict(question.choices).get(answer, answer)
    if question.sort == "yes":
        return _("yes") if answer == YES else _("no")
    if question.sort == "day":
        on = form.answered_day(answer).on
        return days.in_words(on, question.role) if on else ""
    if question.cells:
        lines = (row_screen.shown_line(question, line) for line in form.answer_lines(answer))
        return " · ".join(lines)
    if question.sort == "line" and (span := read_days(answer)):
        return " – ".join(days.in_words(day, question.role) for day in dict.fromkeys(span))
    return " · ".join(form.answer_lines(answer)) if question.sort in ("several", "files") else " ".join(answer.split())


def row_meant(numbered: Numbered, record: str, typed: str) -> str:
    """The question a person names by its number or a part of its label; "" for the word that records.

    Raises:
        NotFound: it is none, or several are called so.
    """
    whole = fold(typed)
    if whole == fold(record):
        return ""
    number = to_arabic_digits(typed.strip())
    if number.isdecimal():
        found = [question.key for n, question, _answer in numbered if n == int(number)]
    else:
        labels = {question.key: fold(question.label) for _n, question, _answer in numbered}
        found = [key for key, label in labels.items() if label == whole]
        found = found or [key for key, label in labels.items() if whole in label]
    if len(found) == 1:
        return found[0]
    several = _("several lines are called so: type the number")
    none = _("there is no line “{typed}”: type the number of one").format(typed=typed)
    raise NotFound(several if found else none)
