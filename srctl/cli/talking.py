"""A contact from the words typed to the act: whom it was with, what it settled, what was promised; three questions.

With whom (whoever is expected first: Enter), what was said, and one line for all that came of it.
"""

import sys
from datetime import date
from typing import TYPE_CHECKING

from srctl.cli import days, options, prompts, view, wizard
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.workflow import settling
from srctl.workflow.actions import Act, Said, require_open
from srctl.workflow.conversations import Conversation, calls_next, converse, open_steps, oral
from srctl.workflow.counterparts import Counterpart
from srctl.workflow.settling import TypedPromise

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.labels import Channel

_LISTED = 9  # people offered; others by their name


class TypedTalk(NamedTuple):
    """A contact as typed on the command line: the words for whom, the rest cleaned."""

    with_: str
    name: str
    phone: str
    by: str
    said: str
    agreed: str
    promises: tuple[TypedPromise, ...]
    done: tuple[str, ...]
    keeps: tuple[str, ...]
    reply: str
    refers: str
    instead: tuple[str, ...]
    chases: tuple[str, ...]


class Talk(NamedTuple):
    """A contact, whole: as typed, what was asked for, and the days that were named."""

    typed: TypedTalk
    whom: Counterpart
    by: "Channel"
    promises: tuple[Said, ...]
    refers: Counterpart | None
    today: date
    at_prompts: bool = False


def promises_typed(they: list[str] | None, we: list[str] | None, until: str) -> tuple[TypedPromise, ...]:
    """The promises of the options, theirs first; ``until`` is the day of those that name none.

    Raises:
        UsageError: a day and no promise.
    """
    sides = [("them", text) for text in options.lines(they)] + [("us", text) for text in options.lines(we)]
    if until and not sides:
        raise UsageError(_("--until needs a promise"), '--they-promise "…" --until +3wd')
    found = (settling.typed_promise("them" if side == "them" else "us", text) for side, text in sides)
    return tuple(one._replace(until=one.until or until) for one in found)


def complete(case_id: str, typed: TypedTalk) -> Talk:
    """The contact with everything that was not typed asked for; where nobody can be asked it is refused."""
    from srctl.index.workspace import current_workspace, is_interactive

    workspace = current_workspace()
    nobody = not (typed.with_ or typed.name or typed.phone)
    if nobody or not (typed.said or typed.agreed):
        if not is_interactive():
            if nobody:
                raise prompts.missing(_("with whom"), CommandLine('contact {} obec/somsak --said "…"', case_id))
            raise prompts.missing(_("what was said"), CommandLine('contact {} {} --said "…"', case_id, typed.with_))
        return _answered(workspace, _opened(workspace, case_id), typed)._replace(at_prompts=True)
    known = bool(workspace.folder.directory.get(typed.with_.partition("/")[0])) and not _refers(typed)
    case = None if known else _case(workspace, case_id)
    whom = _whom(workspace, case, typed)
    return _asked(workspace, case, typed, whom, tuple(_said(one) for one in typed.promises))


def _opened(workspace: "Workspace", case_id: str) -> "Case":
    """The case to ask about, once it is certain that the answers can be recorded; its head is shown."""
    case = _case(workspace, case_id)
    require_open(case)
    view.show_hint("", f"{case.id}  {case.subject}  ({workspace.me.name})")
    return case


def _case(workspace: "Workspace", case_id: str) -> "Case":
    from srctl.office.folder import readable

    return readable(workspace.folder.load(workspace.find(case_id)))


def _whom(workspace: "Workspace", case: "Case | None", typed: TypedTalk) -> Counterpart:
    from srctl.workflow import counterparts

    if case is None:
        from srctl.cli import wizard

        return Counterpart(wizard.with_and_known(typed.with_))
    if typed.name or typed.phone:
        return counterparts.by_name(typed.name or typed.with_, typed.phone, case)
    return meant(workspace, case, typed.with_)


def meant(workspace: "Workspace", case: "Case", words: str) -> Counterpart:
    """Whom the words mean, in this case and this directory; raises as :func:`counterparts.counterpart`."""
    from srctl.workflow.counterparts import counterpart

    workspace.folder.refuse_unreadable("contacts", words.partition("/")[0])
    return counterpart(words, case, workspace.folder.directory, workspace.folder.directory.readable)


def _asked(
    workspace: "Workspace", case: "Case | None", typed: TypedTalk, whom: Counterpart, promises: tuple[Said, ...]
) -> Talk:  # fmt: skip
    refers = _refers(typed)
    next_one = meant(workspace, case, refers) if refers and case else None
    channel: Channel = typed.by or "phone"  # type: ignore[assignment]
    return Talk(typed, whom, channel, promises, next_one, workspace.today)


def _refers(typed: TypedTalk) -> str:
    """The words for whom to speak with next: typed, or named with a number in what was said."""
    from srctl.model.case_people import referral

    if typed.refers:
        return typed.refers
    found = referral(typed.said) or referral(typed.agreed)
    return f"{found.name} โทร {found.phone}" if found else ""


def _said(one: TypedPromise) -> Said:
    """A promise with its day read; raises as :func:`days.named`."""
    return Said(one.of, one.what, *days.named(one.until, "deadline"))


# -- the questions ----------------------------------------------------------------------------------------


def _answered(workspace: "Workspace", case: "Case", typed: TypedTalk) -> Talk:
    """Ask with whom, what was said, and what came of it; what was typed is not asked."""
    from srctl.model.people import COMPLAINANT

    named = typed.with_ or typed.name or typed.phone
    whom = _whom(workspace, case, typed) if named else ask_whom(workspace, case)
    if not (typed.said or typed.agreed):
        private = whom.new is not None or whom.reference == COMPLAINANT
        label = _("what was said and agreed")
        typed = typed._replace(said=prompts.text(label, long=True, field="contact.said", secret_history=private))
    found = settling.with_whom(case, whom.reference) if whom.reference else ()
    planned = next((s for s in open_steps(case) if s.id == settling.the_planned(found)), None)
    typed = typed._replace(by=typed.by or (planned.by if planned else ""))
    if typed.done or typed.keeps or typed.promises:
        return _asked(workspace, case, typed, whom, tuple(_said(one) for one in typed.promises))
    answer, promises = _came_of_it(found)
    typed = typed._replace(done=answer.done, keeps=answer.keeps, refers=answer.refers or typed.refers)
    return _asked(workspace, case, typed, whom, promises)


def _came_of_it(found: "tuple[settling.Settleable, ...]") -> tuple[settling.Settled, tuple[Said, ...]]:
    """Ask what was settled and promised, in one line; Enter is what the call was planned for."""
    for number, one in enumerate(found, 1):
        _list(number, one.words, one.id)
    planned = settling.the_planned(found)
    default = str([one.id for one in found].index(planned) + 1) if planned else ""
    view.show_hint("  ", settling.answer_example())
    typed = ""
    while True:
        typed = prompts.text(
            _("done, and promised"), default, required=False, typed=typed, check=lambda line: _read(line, found)
        )
        answer = settling.read_answer(typed, found)
        if all(_meant_day(one) for one in answer.promises):
            return answer, tuple(Said(one.of, one.what, *days.read(one.until)) for one in answer.promises)


def _read(line: str, found: "tuple[settling.Settleable, ...]") -> None:
    """Refuse a line that cannot be understood, or has a day that is none."""
    for one in settling.read_answer(line, found).promises:
        days.read(one.until)


def _meant_day(one: TypedPromise) -> bool:
    """Whether the day of a promise is meant; shows how it was understood."""
    day = days.read(one.until).on
    return day is None or days.confirms_day(day, "deadline")


def ask_whom(workspace: "Workspace", case: "Case") -> Counterpart:
    """Ask with whom: those who are expected by number, the first by Enter; any other by name, with a new number."""
    shown = _expected(workspace, case)
    for number, (reference, why) in enumerate(shown, 1):
        _list(number, _in_words(workspace, case, reference), why)

    def chosen(typed: str) -> Counterpart:
        number = to_arabic_digits(typed)
        if number.isdecimal() and 1 <= int(number) <= len(shown):
            return Counterpart(shown[int(number) - 1][0])
        return meant(workspace, case, typed)

    label = _("with whom (number, or name and telephone)")
    typed = prompts.text(
        label, "1" if shown else "", check=chosen, secret_history=True, known=wizard.callees(workspace)
    )
    whom = chosen(typed)
    if not typed.isdecimal():
        name = whom.new.name if whom.new else _in_words(workspace, case, whom.reference)
        view.show_hint("  → ", f"{name} {whom.new.phone}".strip() if whom.new else name)
    return whom


def _list(number: int, words: str, note: str) -> None:
    lead = f"  {number:>2}  "
    lines = view.wrap(words + (f"  · {note}" if note else ""), len(lead), sys.stderr)
    view.say("\n".join((lead + lines[0], *(" " * len(lead) + line for line in lines[1:]))))


def _expected(workspace: "Workspace", case: "Case") -> list[tuple[str, str]]:
    """Who is likely to have been spoken with, most likely first, and why: named next, planned, owing, spoken with."""
    from srctl.model.people import COMPLAINANT
    from srctl.workflow.stages import open_promises

    steps = open_steps(case)
    why: dict[str, str] = {}
    for step in (*reversed(calls_next(case)), *oral(steps), *steps):
        why.setdefault(step.with_, f"{step.id} {step.do}")
    for one in open_promises(case):
        why.setdefault(one.entry.with_, settling.promise_words(one))
    for reference in (*(s.with_ for s in case.plan.steps), *(e.with_ for e in reversed(case.happened()))):
        why.setdefault(reference, "")
    if case.complainant:
        why.setdefault(COMPLAINANT, "")
    why.pop("", None)
    return list(why.items())[:_LISTED] or [(key, "") for key in list(workspace.folder.directory)[:_LISTED]]


def _in_words(workspace: "Workspace", case: "Case", reference: str) -> str:
    """Whom a reference means, with their number."""
    from srctl.model.case_people import name_and_phone, spelled
    from srctl.model.labels import whom_word
    from srctl.model.people import COMPLAINANT, find_callee

    callee = find_callee(workspace.folder.directory, spelled(case, reference))
    if reference == COMPLAINANT and case.complainant:
        return f"{whom_word(reference)} {case.complainant.name} {case.complainant.phone}".strip()
    return name_and_phone(callee) if callee else whom_word(reference)


# -- the act --------------------------------------------------------------------------------------------


def act_of(case: "Case", asked: Talk, on: date | None) -> Act:
    """The act of a contact on the case as it is now."""
    typed = asked.typed
    keeps = [*settling.listed(typed.keeps), *(settling.waits_for(case, typed.reply) if typed.reply else ())]
    return converse(case, Conversation(
        asked.whom, asked.by, typed.said, typed.agreed, asked.promises, tuple(dict.fromkeys(keeps)),
        tuple(settling.listed(typed.instead)), tuple(settling.listed(typed.chases)),
        tuple(settling.listed(typed.done)), asked.refers, on or asked.today, on,
    ))  # fmt: skip


def offer_directory(case: "Case", asked: Talk) -> None:
    """Offer to keep a stranger who was spoken with in the directory, with one key."""
    from srctl.index.workspace import current_workspace
    from srctl.model.case_people import reference_to
    from srctl.model.people import OF_CASE

    new = asked.whom.new
    reference = reference_to(case, new) if new else ""
    if new is None or not reference.startswith(OF_CASE):
        return
    if prompts.yes(_("keep {who} in the directory").format(who=new.name), default=False):
        from srctl.office.acquaintances import keep_people

        workspace = current_workspace()
        kept = keep_people(workspace.folder, case, reference, "", workspace.actor)
        view.write_wrapped("✓ " + _("added to the directory: {id}").format(id=", ".join(kept)), "green", hang=2)


def meant_in_none(workspace: "Workspace", words: str) -> Counterpart:
    """Whom the words mean where there is no case yet that knows anybody; raises as :func:`meant`."""
    from srctl.model.case import Case, Received
    from srctl.model.people import COMPLAINANT

    whom = meant(workspace, Case(1, "", "", "", Received(workspace.today)), words)
    if whom.reference == COMPLAINANT:
        raise UsageError(_("a small order has no complainant"), CommandLine("new complaint"))
    return whom
