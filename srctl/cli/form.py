"""Forms: questions as data, asked one after the other, with a way back and one screen to look over before recording.

A form is a function from the answers so far to its questions, so that what is asked may hang on what was answered.
Answers are texts as they are recorded (days in ISO form, choices by their code, several lines joined); this module
walks through them, :mod:`srctl.cli.form_screen` asks and shows, :mod:`srctl.cli.kept_answers` keeps them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal

from srctl.cli.menus import Shelf
from srctl.core.errors import SrctlError
from srctl.core.named_days import NamedDay, Role, read_count
from srctl.core.records import NamedTuple

Answers = Mapping[str, str]
Choice = tuple[str, str]
Sort = Literal["line", "long", "menu", "day", "time", "yes", "several", "files"]
YES = "yes"  # the answer of a question of yes or no; "" is no


class Cell(NamedTuple):
    """One cell of the lines of a list: its ``label``, how it is read, and what is listed while it is typed.

    ``after``: it is asked only where the cell before it was answered.
    """

    label: str
    read: Callable[[str], str]
    known: tuple[Choice, ...] = ()
    after: bool = False


class FormQuestion(NamedTuple):
    """One question of a form.

    ``key`` names the answer. ``asked``: where it is not, its ``default`` stands, and it is changed on the last screen.
    ``read`` makes what was typed into what is recorded, ``check`` refuses it; both raise SrctlError. ``means`` gives
    other answers that this one is, too. ``role``, ``since`` and ``first`` are of a day: what it is, from when working
    days are counted, and before which it cannot be. ``note`` helps in the prompt, ``empty`` says what no answer means.
    ``personal`` answers are never offered again to who types the same field. ``hidden``: not on the last screen.
    ``above`` are choices told in a few lines over the prompt. ``shelves`` are texts that a key brings into the line.
    ``cells`` are those of each line of a list, ``parted`` finds them in a line typed whole; from the cell ``further``
    on a line may go on with the matter of the line before.
    """

    key: str
    label: str
    sort: Sort = "line"
    required: bool = True
    asked: bool = True
    default: str = ""
    choices: tuple[Choice, ...] = ()
    near: tuple[str, ...] = ()
    read: Callable[[str], str] | None = None
    check: Callable[[str], object] | None = None
    means: Callable[[str], Answers] | None = None
    role: Role = "deadline"
    since: date | None = None
    note: str = ""
    empty: str = ""
    personal: bool = False
    hidden: bool = False
    above: tuple[str, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    cells: tuple[Cell, ...] = ()
    parted: Callable[[str], Sequence[str]] = lambda line: (line,)
    further: int = 0


class Misfit(NamedTuple):
    """Why the answers cannot be recorded: the question at fault, and the refusal."""

    key: str
    error: SrctlError


class Questionnaire(NamedTuple):
    """A form: its title, its questions for the answers so far, and what is wrong with the answers as a whole."""

    title: Callable[[Answers], str]
    questions: Callable[[Answers], Sequence[FormQuestion]]
    faults: Callable[[Answers], Sequence[Misfit]] = lambda _answers: ()


class State(NamedTuple):
    """How far a form is filled in: the answers, which questions were answered, and those asked, in their order."""

    answers: Answers = MappingProxyType({})
    done: frozenset[str] = frozenset()
    trail: tuple[str, ...] = ()


class Desk(NamedTuple):
    """Where a form is filled in: asks a question, shows the whole, tells a refusal, keeps the answers.

    ``ask`` is given the state, the question and the answer it had. ``look_over`` returns the question to go into
    again, "" to record. Both raise :class:`~srctl.cli.prompts.Back`.
    """

    ask: Callable[["Questionnaire", State, FormQuestion, str], str]
    look_over: Callable[["Questionnaire", State], str]
    tell: Callable[[SrctlError], None]
    keep: Callable[[State], None]


def started(given: Answers) -> State:
    """A form that nobody has answered yet, with what was given on the command line."""
    answers = {key: text for key, text in given.items() if text}
    return State(answers, frozenset(answers))


def filled_in(form: Questionnaire, state: State, desk: Desk) -> State:
    """Ask what is not answered yet, then show the whole until it is to be recorded.

    Raises:
        Abort: the person stops; what was answered has been kept.
    """
    while True:
        question = next_question(form, state)
        wanted = question.key if question else _looked_over(form, state, desk)
        if wanted == "":
            return state
        if wanted is None:
            state = gone_back(form, state)
            continue
        asked = asked_for(form, state, wanted)
        answer = _answer(form, state, asked, desk)
        if answer is None:
            state = gone_back(form, state) if question else state
            continue
        state = with_answer(state, asked, answer)
        desk.keep(state)


def _answer(form: Questionnaire, state: State, question: FormQuestion, desk: Desk) -> str | None:
    """The answer to a question, None to go back."""
    from srctl.cli.prompts import Back

    had = state.answers.get(question.key, "")
    try:
        return desk.ask(form, state, question, had)
    except Back:
        return None


def _looked_over(form: Questionnaire, state: State, desk: Desk) -> str | None:
    """The question to ask again, "" when all can be recorded, None to go back."""
    from srctl.cli.prompts import Back

    try:
        wanted = desk.look_over(form, state)
    except Back:
        return None
    faults = [] if wanted else list(form.faults(whole(form, state.answers)))
    if not faults:
        return wanted
    desk.tell(faults[0].error)
    known = {question.key for question in form.questions(state.answers)}
    return next((fault.key for fault in faults if fault.key in known), None)


# -- the answers --------------------------------------------------------------------------------------


def asked_for(form: Questionnaire, state: State, key: str) -> FormQuestion:
    """The question of that key, as it stands with the answers so far."""
    return next(question for question in form.questions(state.answers) if question.key == key)


def next_question(form: Questionnaire, state: State) -> FormQuestion | None:
    """The first question that is to be asked and is not answered yet."""
    return next((q for q in form.questions(state.answers) if q.asked and q.key not in state.done), None)


def with_answer(state: State, question: FormQuestion, answer: str) -> State:
    """The state with that answer, and with what it means besides."""
    more = question.means(answer) if question.means else {}
    answers = {**state.answers, question.key: answer, **more}
    trail = (*(key for key in state.trail if key != question.key), question.key)
    return State(answers, state.done | {question.key, *more}, trail)


def gone_back(form: Questionnaire, state: State) -> State:
    """The state in which the question asked last is to be asked again; its answer is kept.

    What an answer meant besides is no longer answered either.
    """
    known = {question.key: question for question in form.questions(state.answers)}
    for key in reversed(state.trail):
        if key in known:
            question = known[key]
            more = question.means(state.answers.get(key, "")) if question.means else {}
            return State(state.answers, state.done - {key, *more}, state.trail[: state.trail.index(key)])
    return state


def whole(form: Questionnaire, answers: Answers) -> dict[str, str]:
    """The answers of every question of the form, with the defaults of those that have none."""
    return {q.key: answers.get(q.key, q.default) for q in form.questions(answers)}


def refuse_fault(form: Questionnaire, answers: Answers, question: FormQuestion, answer: str) -> None:
    """Refuse an answer that does not fit itself, or the whole of the answers."""
    if question.check:
        question.check(answer)
    changed = {**answers, question.key: answer, **(question.means(answer) if question.means else {})}
    for fault in form.faults(whole(form, changed)):
        if fault.key == question.key:
            raise fault.error


def answer_lines(answer: str) -> list[str]:
    """The items of an answer of several lines."""
    return [line for line in answer.split("\n") if line.strip()]


def day_answer(day: NamedDay) -> str:
    """A day as an answer: in ISO form, or as it was counted."""
    return day.counted or (day.on.isoformat() if day.on else "")


def answered_day(answer: str) -> NamedDay:
    """The day of such an answer."""
    count = read_count(answer)
    if count:
        return NamedDay(count.result, answer)
    return NamedDay(date.fromisoformat(answer) if answer else None)


def rows(form: Questionnaire, answers: Answers) -> Iterator[tuple[int, FormQuestion, str]]:
    """Yield the lines of the last screen: number, question, answer; a number stays while the questions do."""
    shown = [question for question in form.questions(answers) if not question.hidden]
    for number, question in enumerate(shown, 1):
        yield number, question, answers.get(question.key, question.default)
