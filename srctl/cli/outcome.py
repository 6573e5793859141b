"""The outcome of a writing command on the screen: what was recorded, what is due next, what to type next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext
from srctl.core.thai import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from srctl.cli.similar_cases import Met
    from srctl.deadlines.obligations import Obligation
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case, Entry
    from srctl.model.definitions import Kind
    from srctl.office.writer import Done


MOST_DAYS = 5  # of one action: a checklist brings many
MOST_PLACES = 8  # that may be names, of all that is written at once
PAPER_WAITS = ("send", "reply")  # a reply or a letter settles these; what comes next is shown with the paper


def load(workspace: "Workspace") -> None:
    """Prefetch the data of :func:`show_outcome` while waiting for git; errors in it are reported there."""
    from contextlib import suppress

    from srctl.core.errors import SrctlError
    from srctl.workflow import stages  # noqa: F401

    with suppress(SrctlError, OSError):
        workspace.around  # noqa: B018


def show_outcome(
    workspace: "Workspace", done: "Done", said: str, json: bool = False, met: "Sequence[Met]" = (),
    made: "Sequence[dict[str, Any]]" = (),
) -> None:  # fmt: skip
    """Show the outcome of an action; ``said`` describes what was recorded ("": the action's own sentence).

    ``met`` is what was met before: it was warned of already, and stands in the JSON; so does
    ``made``, what was written beside it.
    """
    for sentence in done.recorded.repaired:
        view.say("! " + sentence)
    for warning in done.warnings:
        view.say("! " + warning)
    case, kind = done.case, done.kind
    if json:
        from srctl.office.case_history import changes_view
        from srctl.views.case_views import case_view

        shown = case_view(case, kind, workspace.around)
        shown["changes"] = changes_view(workspace.here, case.id, kind)
        view.print_json(
            {"format": 1, "commit": done.recorded.commit, "case": shown, "met": [one.plain() for one in met],
             "made": list(made)}
        )  # fmt: skip
        return
    view.write_wrapped(f"✓ {case.id}  {said or done.sentence}", "green", hang=2)
    show_warnings(workspace)
    _tell_event(workspace, done)
    for words in (*_about_people(workspace, done), *_about_promises(done)):
        view.write_wrapped(words, indent=2, hang=4)
    _show_days(workspace, done)
    _show_deadline(workspace, done)
    _show_stage(case, kind, moved=bool(done.move.to))


def _tell_event(workspace: "Workspace", done: "Done") -> None:
    """Tell what concerns the event of the case, where its kind has one."""
    if done.kind.event or any(field.type == "time" for field in done.kind.fields):
        from srctl.cli.clashes import tell_event

        tell_event(workspace, done)


def _show_stage(case: "Case", kind: "Kind", *, moved: bool) -> None:
    """Show the stage on one line with the command that tells what is to be done in it; all of it with --verbose."""
    from srctl.index.workspace import settings
    from srctl.model.labels import stage_word
    from srctl.views.case_views import missing_view
    from srctl.workflow.stages import is_closed, stage_of

    if is_closed(case):
        if case.log[-1].did != "close":  # which has said so
            view.write_line("  " + _("the matter is closed"))
        return
    stage = stage_of(case)
    now = (_("now in stage: {stage}") if moved else _("stage: {stage}")).format(stage=stage_word(kind, stage))
    missing, last = missing_view(case, kind), stage == kind.stages[-1].name
    if settings().verbose:
        view.write_line(f"  {now}")
        show_next(missing, case.id, last)
        return
    view.write_wrapped(f"{now} · {_in_short(missing, case.id, last)}", indent=2, hang=4)


def _in_short(missing: list[dict[str, str]], case_id: str, last_stage: bool) -> str:
    """What is missing to leave the stage where it is one thing; of several how many, and what lists them."""
    match missing:
        case []:
            return _all_done(case_id, last_stage)
        case [one]:
            words = _("first: {what}: {command}")
            return words.format(what=one["label"], command=view.unbroken(one["command"]))
    command = view.unbroken(CommandLine("next {}", case_id))
    many = ngettext("{n} thing to be done first: {command}", "{n} things to be done first: {command}", len(missing))
    return many.format(n=len(missing), command=command)


def _about_people(workspace: "Workspace", done: "Done") -> "Iterator[str]":
    """Yield what a contact settled, who is kept in the case now and in no directory, and whom to call next."""
    case, before = done.case, done.before
    if before is None:
        return
    new = case.log[len(before.log) :]
    if new and (new[0].did == "contact" or new[-1].did == "send"):
        yield from _settled(case, new)
    if not (case.people or any(entry.refers for entry in case.log)):
        return
    from srctl.model.case_people import name_and_phone
    from srctl.workflow.conversations import next_call

    for person in case.people[len(before.people) :]:
        keep = CommandLine("contacts keep {} {}", case.id, person.id)
        words = _("kept in the case: {who}; into the directory: {command}")
        yield words.format(who=f"{person.name} {person.phone}".strip(), command=keep)
    callee = next_call(case, workspace.folder.directory)
    if callee:
        yield _("call next: {who}").format(who=name_and_phone(callee))


def _settled(case: "Case", new: "Sequence[Entry]") -> "Iterator[str]":
    """Yield the steps and promises that a contact settled."""
    texts = {step.id: step.do for step in case.plan.steps}
    texts |= {entry.id: entry.promise.what for entry in case.log if entry.promise}
    for settled in (*(entry.step for entry in new if entry.step), *(kept for entry in new for kept in entry.keeps)):
        yield _("settled: {id} {what}").format(id=settled, what=texts.get(settled, ""))


def _about_promises(done: "Done") -> "Iterator[str]":
    """Yield how what was just promised or asked for is settled, and which requests were answered by a decision."""
    case = done.case
    last = case.log[-1]
    for entry in case.log[len(done.before.log) : -1] if done.before else ():
        if entry.promise and entry.did in ("contact", "promise"):
            yield _("when the promise is kept: {command}").format(
                command=CommandLine("promise kept {} {}", case.id, entry.id))  # fmt: skip
    if last.did == "escalate":
        decided = CommandLine('decide {} --by "…" --what "…" --answers {}', case.id, last.id)
        yield _("when it is decided: {command}").format(command=decided)
    elif last.did == "decide":
        for asked in (e for e in case.log if e.id in last.keeps):
            what = asked.promise.what if asked.promise else ""
            yield _("answers the request {entry}: {what}").format(entry=asked.id, what=what)
    elif last.promise and last.did not in PAPER_WAITS:
        kept = CommandLine("promise kept {} {}", case.id, last.id)
        yield _("when the promise is kept: {command}").format(command=kept)


def _show_days(workspace: "Workspace", done: "Done") -> None:
    """Show each day that was entered with its weekday and how far it is; what was written by hand is also judged."""
    from srctl.views.entered_days import entered_days

    if done.before is None and done.case.log[-1].did != "receive":  # what was taken back was not entered
        return
    found = entered_days(done.before, done.case, done.kind)
    if not found:
        return
    from srctl.cli import days

    by_hand = done.case.log[-1].did in ("edit", "adopt")
    for label, role, on in found[:MOST_DAYS]:
        view.write_wrapped(f"{label}: {view.unbroken(days.in_words(on, role, workspace))}", indent=2, hang=4)
        why = days.doubt_about(on, role, workspace) if by_hand else None
        if why:
            view.say("! " + _("{why}: look whether it is right").format(why=why.said))
        if role == "deadline":
            _warn_absent(workspace, done.case, on)
    if len(found) > MOST_DAYS:
        view.write_line("  " + _("… and {n} more: {command}").format(
            n=len(found) - MOST_DAYS, command=CommandLine("show {}", done.case.id)))  # fmt: skip


def _warn_absent(workspace: "Workspace", case: "Case", on: "date") -> None:
    """Warn that the coordinator of the case is away on a day that was entered, with who stands in then."""
    from srctl.model.absences import acting, away_on
    from srctl.model.people import name_of

    office = workspace.folder.office
    away = away_on(workspace.folder.absences, on)
    if case.owner not in away:
        return
    other = acting(case.owner, case.backup, office, away)
    stands = _("nobody stands in") if other == case.owner else _("{who} stands in").format(who=name_of(office, other))
    words = _("{who} is away on {day}").format(who=name_of(office, case.owner), day=view.day_text(on))
    view.say(f"! {words}; {stands}")


def _show_deadline(workspace: "Workspace", done: "Done") -> None:
    from srctl.deadlines.obligations import deadline_of, section
    from srctl.model.labels import lateness
    from srctl.views.case_views import due_of

    nearest = deadline_of(due_of(done.case, done.kind, workspace.around))
    if nearest is None:
        return
    late = lateness(nearest.late_first, section(nearest.first, workspace.today))
    notes = [late] if nearest.verified else [late, _("rule not verified")]
    if nearest.first != nearest.due:
        from srctl.cli.phrases import postponed

        notes.append(postponed(nearest.due))
    when = f"{view.day_text(nearest.first)} ({', '.join(notes)})"
    view.write_wrapped(
        _("next due: {when}  {text}").format(when=view.unbroken(when), text=_text(nearest)), indent=2, hang=4
    )
    if not nearest.complete:
        view.say("! " + _("the calendar of that year is not complete yet: the day may move"))


def _text(nearest: "Obligation") -> str:
    """What falls due, in words; where its text is a paper, a decision or a span of time, also what about it."""
    from srctl.model.labels import what_word

    alone = nearest.what not in ("draft", "dispatch", "decided", "followup")
    return nearest.text if alone else f"{what_word(nearest.what)}: {nearest.text}"


def show_next(missing: list[dict[str, str]], case_id: str, last_stage: bool) -> None:
    """Show what is missing to leave the stage, each with its command, or that nothing is."""
    if not missing:
        view.write_wrapped(_all_done(case_id, last_stage), indent=2, hang=4)
        return
    view.write_line("  " + _("to be done before the next stage:"))
    labels = max(display_width(item["label"]) for item in missing)
    commands = max(display_width(item["command"]) for item in missing)
    if view.width() == 0 or 4 + labels + 2 + commands <= view.width():
        view.pairs([(item["label"], item["command"]) for item in missing], indent=4)
        return
    for item in missing:  # a command stays on one line of its own, to be copied whole
        view.write_wrapped(item["label"], indent=4)
        view.write_wrapped(item["command"], indent=6)


def _all_done(case_id: str, last_stage: bool) -> str:
    command = CommandLine("close {}", case_id) if last_stage else CommandLine("next {}", case_id)
    return _("nothing is missing here: {command}").format(command=view.unbroken(command))


def warn_away(workspace: "Workspace", who: str, backup: str = "") -> None:
    """Warn that the new owner ``who`` of a matter is away today, with the stand-in; ``backup`` is the matter's own."""
    from srctl.model.absences import acting
    from srctl.model.people import name_of

    absence, office = workspace.away.get(who), workspace.folder.office
    if absence is None:
        return
    other = acting(who, backup, office, workspace.away)
    stands = _("nobody stands in") if other == who else _("{who} stands in").format(who=name_of(office, other))
    until = _("{who} is away until {day}").format(who=name_of(office, who), day=view.day_text(absence.to))
    view.say(f"! {until}; {stands}")


def warn_names(done: "Done") -> None:
    """Warn of the complainant, a private field or somebody's number typed into the subject or the order."""
    from srctl.core.i18n import language
    from srctl.workflow.stages import label
    from srctl.workflow.typed_names import typed_names

    for found in typed_names(done.case, done.kind):
        if found.what == "number":
            words = _("{where}: “{quote}” is a telephone or identity number, and stands in papers and registers")
        elif found.sure:
            words = _("{where}: “{quote}” names a person; it is left out of papers and registers")
        else:
            words = _("{where}: “{quote}” may name the person, and stays in papers and registers: is it them?")
        view.say("! " + words.format(where=label(found.field, done.kind, language()), quote=found.quote))


def warn_written(workspace: "Workspace", written: "Iterable[tuple[Case, str]]") -> None:
    """Warn of what may be a name in texts that leave the office as they stand, each with its case; a few are quoted."""
    from srctl.workflow.typed_names import perhaps_named

    kinds = workspace.folder.kinds
    places = list(dict.fromkeys(
        (case.id, quote) for case, text in written for quote in perhaps_named(case, kinds.get(case.kind), text)
    ))  # fmt: skip
    words = _("{id}: “{quote}” may name the person, and stays in what was written: is it them?")
    for case_id, quote in places[:MOST_PLACES]:
        view.say("! " + words.format(id=case_id, quote=quote))
    if more := len(places[MOST_PLACES:]):
        view.say("! " + ngettext("and {n} further place", "and {n} further places", more).format(n=more))


def show_warnings(workspace: "Workspace") -> None:
    """Show the problems of the files read on the way (definitions, calendars, contacts)."""
    view.problems(workspace.folder.problems)
