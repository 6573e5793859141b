"""What a contact or a letter settles: the open steps and promises with somebody, offered, ticked, and added to. Pure.

One short line answers it all: the numbers of what is done, then what was newly promised by either side and whom to call
next (``1 2 เขา ส่งรายงาน ภายใน ศุกร์ เรา ทำหนังสือ ภายใน +2wd ให้ติดต่อ นางพิมพ์ ตัวอย่าง โทร 02 000 1111``).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.model.case import Case, Side
from srctl.workflow.actions import Act, refuse_unknown_promises, step_done
from srctl.workflow.conversations import calls_next, open_steps, oral
from srctl.workflow.paper_state import Paper
from srctl.workflow.stages import Open, open_promises

NOTHING = ("-", "0")
_MARK = r"(?:(?<=\s)|(?<=^)|(?<=[,;/]))(?P<mark>เขา|หน่วยงาน|they|เรา|สร\.|we|ให้ติดต่อ|ต่อไป|next)(?=[\s:])\s*:?\s*"
_THEIRS, _OURS = ("เขา", "หน่วยงาน", "they"), ("เรา", "สร.", "we")
_UNTIL = r"\s*\|\s*|\s(?:ภายใน|ไม่เกิน|by|until)\s+"


class Settleable(NamedTuple):
    """A step or a promise that may be settled: its id, in words, and whether the act at hand was planned for it."""

    id: str
    words: str
    planned: bool = False


class TypedPromise(NamedTuple):
    """A promise as typed: by which side, what, and the words for the day ("" for none)."""

    of: Side
    what: str
    until: str = ""


class Settled(NamedTuple):
    """An answer read: steps done, promises kept, promises made, and the words for whom to call next."""

    done: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    promises: tuple[TypedPromise, ...] = ()
    refers: str = ""


def with_whom(case: Case, reference: str) -> tuple[Settleable, ...]:
    """The open steps and promises with somebody (or their organisation), those a call was planned for first."""
    named = calls_next(case)  # done by being spoken with: nobody has to be asked
    steps = [step for step in open_steps(case) if _same_house(step.with_, reference) and step not in named]
    spoken = oral(steps)
    found = [
        Settleable(step.id, _dated(step.do, step.due), step in spoken)
        for step in sorted(steps, key=lambda one: one not in spoken)
    ]
    promises = [one for one in open_promises(case) if one.entry.with_ and _same_house(one.entry.with_, reference)]
    return (*found, *(Settleable(one.entry.id, promise_words(one)) for one in promises))


def owed_to(case: Case, paper: Paper) -> tuple[Settleable, ...]:
    """What a paper on its way may have been for: open steps with who it goes to, and what we promised them.

    Planned for it is a step that names them and is done by letter.
    """
    whom = paper.among or (paper.with_,)
    steps = [step for step in open_steps(case) if any(_same_house(step.with_, one) for one in whom)]
    ours = [
        one for one in open_promises(case)
        if one.promise.of == "us" and one.entry.did != "reply" and any(_same_house(one.entry.with_, to) for to in whom)
    ]  # fmt: skip
    return (
        *(Settleable(step.id, _dated(step.do, step.due), step.by == "letter") for step in steps),
        *(Settleable(one.entry.id, promise_words(one)) for one in ours),
    )


def with_settled(case: Case, act: Act, ids: Sequence[str], on: date | None) -> Act:
    """The act with the steps and promises it settles besides: each step an entry before its own, naming its paper.

    Raises:
        NotFound, Refused: no such step or promise is open.
    """
    done, keeps = told_apart(ids)
    refuse_unknown_promises(case, keeps)
    steps = [step_done(case, step, on=on) for step in done]
    paper = act.entry.keywords.get("paper", "")
    kept = tuple(dict.fromkeys((*act.entry.keywords.get("keeps", ()), *keeps)))
    return act._replace(
        sentence="; ".join((act.sentence, *(step.sentence for step in steps))),
        before=(*(partial(step.entry, did="step", paper=paper) for step in steps), *act.before),
        entry=partial(act.entry, keeps=kept),
    )


def the_planned(found: Sequence[Settleable]) -> str:
    """The id of what the act was planned for, where it is exactly one; "" otherwise."""
    planned = [one.id for one in found if one.planned]
    return planned[0] if len(planned) == 1 else ""


def promise_words(one: Open) -> str:
    """An open promise in words: whose, what, until when."""
    side = _("we promised: {what}") if one.promise.of == "us" else _("awaited: {what}")
    return _dated(side.format(what=one.promise.what), one.promise.due)


def _dated(what: str, due: date | None) -> str:
    return f"{what} ({show_date(due, language())})" if due else what


def _same_house(one: str, other: str) -> bool:
    return bool(one) and one.partition("/")[0] == other.partition("/")[0]


def read_answer(text: str, found: Sequence[Settleable]) -> Settled:
    """The answer typed to what was offered as ``found``, by number or id; then promises, and whom to call next.

    Raises:
        UsageError: something else was typed. NotFound: no such number.
    """
    parts = re.split(_MARK, text.strip(), flags=re.I)
    done, keeps = told_apart(_ticked(parts[0], found))
    promises, refers = [], ""
    for mark, rest in zip(parts[1::2], parts[2::2], strict=True):
        words = rest.strip(" ,;/")
        if mark.lower() not in (*_THEIRS, *_OURS):
            refers = words
        elif words:
            promises.append(typed_promise("them" if mark.lower() in _THEIRS else "us", words))
    return Settled(done, keeps, tuple(promises), refers)


def _ticked(text: str, found: Sequence[Settleable]) -> Iterator[str]:
    ids = [one.id for one in found]
    for word in re.split(r"[\s,;/]+", to_arabic_digits(text).strip()):
        if not word or word in NOTHING:
            continue
        if word.isdecimal() and 1 <= int(word) <= len(ids):
            yield ids[int(word) - 1]
        elif re.fullmatch(r"[as]\d+", word):
            yield word
        else:
            raise UsageError(_("{word} is not a number of the list").format(word=word), answer_example())


def answer_example() -> str:
    """How what came of a talk is typed."""
    return _("numbers of what is done; then: they WHAT by DAY, we WHAT by DAY, next NAME PHONE; - for nothing")


def told_apart(ids: Iterator[str] | Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The steps and the entries among ids: what is done, what is kept."""
    known = tuple(dict.fromkeys(ids))
    return tuple(i for i in known if i[:1] == "s"), tuple(i for i in known if i[:1] != "s")


def typed_promise(of: Side, text: str) -> TypedPromise:
    """A promise typed as ``what | day`` or ``what ภายใน day``."""
    what, until = text.strip(), ""
    for found in re.finditer(_UNTIL, text, flags=re.I):
        what, until = text[: found.start()].strip(), text[found.end() :].strip()
    return TypedPromise(of, what, until)


def listed(texts: Sequence[str]) -> list[str]:
    """The ids typed in options, several in one or one in each: ``s1,s2``, ``s1 s2``."""
    return [part for text in texts for part in re.split(r"[\s,;]+", text) if part]


def waits_for(case: Case, paper: str) -> tuple[str, ...]:
    """The waits for a reply to a paper that this case has open.

    Raises:
        NotFound: nobody awaits a reply to that paper.
    """
    waits = [one.entry for one in open_promises(case) if one.entry.did == "send"]
    found = tuple(entry.id for entry in waits if entry.paper == paper)
    if not found:
        message = _("{id}: no reply to {paper} is awaited").format(id=case.id, paper=paper)
        raise NotFound(message, ", ".join(dict.fromkeys(e.paper for e in waits)) or CommandLine("show {}", case.id))
    return found
