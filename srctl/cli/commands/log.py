"""What happens to a case: steps done, promises, decisions, notes, links."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, options
from srctl.cli.acting import UNSAID, do, rehearse
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.office.course import Make


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("decide", help=_("Record who decided what, on which paper."))(log_decision)
    app.command("note", help=_("Add a note to the log."))(log_note)
    app.command("link", help=_("Link another case."))(link_case)
    step = App(help=_("Planned steps: done or dropped."))
    step.command("done", help=_("A planned step is done."))(finish_step)
    step.command("drop", help=_("A planned step is not needed any more."))(drop_step)
    app.add_group(step, name="step")
    promise = App(help=_("Promises: kept, broken or waived."))
    promise.command("kept", help=_("A promise was kept."))(promise_kept)
    promise.command("broken", help=_("A promise was not kept; until when is it promised now?"))(promise_broken)
    promise.command("waived", help=_("A promise is not wanted any more; say why."))(promise_waived)
    app.add_group(promise, name="promise")


def log_decision(
    case_id: arguments.CaseId,
    by: Annotated[str, option("--by", "-b", help=_("who decided"), callback=options.one_line)] = "",
    what: Annotated[str, option("--what", "-w", help=_("what was decided"), callback=options.words)] = "",
    paper: Annotated[str, option("--paper", help=_("on which paper"), callback=options.one_line)] = "",
    answers: Annotated[
        list[str] | None, option("--answers", help=_("the escalation it answers (entry id, or none)"))
    ] = None,
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a decision."""
    from srctl.cli import wizard
    from srctl.workflow import actions

    if not (by and what):
        by, what, paper = wizard.decision(case_id, by, what, paper)
    answers = answers or wizard.answered_request(case_id)
    day = days.day(on)
    do(case_id, as_, json, _("decision recorded"), lambda case, _kind: actions.decide(
        case, by, what, paper=paper, answers=tuple(answers or ()), on=day))  # fmt: skip


def log_note(
    words: Annotated[
        list[str] | None,
        argument(metavar="ID… TEXT", help=_("cases, then the note"), callback=arguments.chosen_words,
                 autocompletion=completion.complete_ids),
    ] = None,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Add a note."""
    from srctl.cli import selection
    from srctl.cli.case_acts import CaseAct, do_to_cases
    from srctl.workflow import actions

    cases, text = selection.with_text(words or ())
    text = options.words(text) or _asked_note(cases)
    do_to_cases(cases, CaseAct(
        as_, json, _("note added"),
        lambda n: ngettext("note added to {n} case", "note added to {n} cases", n).format(n=n),
        lambda case, _kind: actions.note(case, text),
    ))  # fmt: skip


def _asked_note(cases: "Sequence[str]") -> str:
    from srctl.cli import wizard

    return wizard.one(_("the note"), CommandLine('note {} "…"', " ".join(cases)), long=True)


def link_case(
    case_id: arguments.CaseId,
    other: arguments.OtherId,
    relation: Annotated[str, option("--relation", "-r", help=_("earlier related duplicate follows"))] = "related",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Link another case."""
    from srctl.core.errors import unknown
    from srctl.index.workspace import current_workspace
    from srctl.model.case import RELATIONS
    from srctl.workflow import actions

    if relation not in RELATIONS:
        from srctl.core.errors import NotFound

        raise NotFound(*unknown(_("relation"), relation, list(RELATIONS), ", ".join(RELATIONS)))
    found = current_workspace().find(other)
    said = _("linked to {other}").format(other=found)
    do(case_id, as_, json, said, lambda case, _kind: actions.link(case, found, relation))


Text = Annotated[str, option("--text", "-t", help=_("a remark"), callback=options.words)]
Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
Entry = Annotated[str, argument(metavar="[ENTRY]", help=_("entry that made the promise, e.g. a5"))]


def finish_step(
    words: arguments.StepWords = None,
    everything: Annotated[bool, option("--all", "-a", help=_("every step that is open"))] = False,
    text: Text = "", on: options.On = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record steps as done."""
    from srctl.cli import several
    from srctl.cli.case_acts import PartAct, do_to_parts
    from srctl.workflow import actions, conversations

    day, named = days.day(on), "".join((words or ())[1:2])
    do_to_parts(words or (), PartAct(
        as_, json, _("step {step} done").format(step=named) if named else "",
        lambda n: ngettext("{n} step done", "{n} steps done", n).format(n=n),
        (_("step"), _("what")), several.told_step, conversations.the_step,
        lambda case: tuple(step.id for step in conversations.open_steps(case)),
        lambda step: lambda case, _kind: actions.step_done(case, step, text=text, on=day),
    ), everything=everything)  # fmt: skip


def drop_step(
    words: arguments.StepWords = None, why: Why = "", as_: options.As = "", json: options.Json = False
) -> None:
    """Record steps as dropped."""
    from srctl.cli import several
    from srctl.cli.case_acts import PartAct, do_to_parts
    from srctl.workflow import actions, conversations

    named = "".join((words or ())[1:2])
    command = CommandLine('step drop {} --why "…"', " ".join(words or ()))
    why = why or _asked_why(words or (), command, _dropping(named))
    do_to_parts(words or (), PartAct(
        as_, json, _("step {step} dropped").format(step=named) if named else "",
        lambda n: ngettext("{n} step dropped", "{n} steps dropped", n).format(n=n),
        (_("step"), _("what")), several.told_step, conversations.the_step,
        lambda case: tuple(step.id for step in conversations.open_steps(case)),
        lambda step: lambda case, _kind: actions.step_done(case, step, text=why, dropped=True),
    ), everything=False)  # fmt: skip


def _dropping(step: str) -> "Make":
    from srctl.workflow import actions, conversations

    return lambda case, _kind: actions.step_done(
        case, step or conversations.the_step(case, ""), text=UNSAID, dropped=True)  # fmt: skip


def promise_kept(
    words: arguments.PromiseWords = None,
    everything: Annotated[
        bool, option("--all", "-a", help=_("every promise that is open, without the replies that are awaited"))
    ] = False,
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record promises as kept."""
    from srctl.cli import several
    from srctl.cli.case_acts import PartAct, do_to_parts
    from srctl.workflow import actions

    day = days.day(on)
    do_to_parts(words or (), PartAct(
        as_, json, _("promise kept"),
        lambda n: ngettext("{n} promise kept", "{n} promises kept", n).format(n=n),
        (_("entry"), _("with whom"), _("what")), several.told_promise, actions.the_promise, actions.spoken_promises,
        lambda entry: lambda case, _kind: actions.settle(case, entry, on=day),
    ), everything=everything)  # fmt: skip


def promise_broken(
    case_id: arguments.CaseId, entry: Entry = "",
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("until when it is promised now"))] = "",
    what: Annotated[
        str, option("--what", help=_("what is promised now, if something else"), callback=options.words)
    ] = "",
    why: Why = "", on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a promise as broken and promised again."""
    from srctl.cli import wizard
    from srctl.workflow import actions

    command = CommandLine("promise broken {}", case_id)
    command = (command.plus("{}", entry) if entry else command).plus("--until +3wd")
    until_ = until.strip() or wizard.future_day(
        _("until when it is promised now"), command,
        rehearsal=lambda: rehearse(case_id, lambda case, _kind: actions.settle(case, actions.the_promise(case, entry))),
    )  # fmt: skip
    (due, counted), day = days.named(until_, "deadline"), days.day(on)
    assert due is not None
    do(case_id, as_, json, _("promised again"), lambda case, _kind: actions.promise_again(
        case, actions.the_promise(case, entry), due, counted=counted, what=what, why=why, on=day))  # fmt: skip


def promise_waived(
    words: arguments.PromiseWords = None,
    everything: Annotated[
        bool, option("--all", "-a", help=_("every promise that is open, without the replies that are awaited"))
    ] = False,
    why: Why = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record promises as waived."""
    from srctl.cli import several
    from srctl.cli.case_acts import PartAct, do_to_parts
    from srctl.workflow import actions

    why = why or _asked_why(
        words or (),
        CommandLine('promise waived {} --why "…"', " ".join(words or ())),
        _waiving("".join((words or ())[1:2])),
    )
    do_to_parts(words or (), PartAct(
        as_, json, _("promise waived"),
        lambda n: ngettext("{n} promise waived", "{n} promises waived", n).format(n=n),
        (_("entry"), _("with whom"), _("what")), several.told_promise, actions.the_promise, actions.spoken_promises,
        lambda entry: lambda case, _kind: actions.settle(case, entry, why=why, waived=True),
    ), everything=everything)  # fmt: skip


def _waiving(entry: str) -> "Make":
    from srctl.workflow import actions

    return lambda case, _kind: actions.settle(case, actions.the_promise(case, entry), why=UNSAID, waived=True)


def _asked_why(words: "Sequence[str]", command: CommandLine, make: "Make") -> str:
    """The reason, asked for where a person is there; of one case and part only what can be done is asked about."""
    from srctl.cli import selection, wizard

    alone = selection.is_one(words, parts=True)
    return wizard.one(_("the reason"), command, rehearsal=(lambda: rehearse(words[0], make)) if alone else None)
