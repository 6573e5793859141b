"""Cases: receive one, list, show, what is missing, set fields, edit, adopt hand edits, check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, options, progress, selection
from srctl.cli.parser import App, Context, Exit, argument, option
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.model.labels import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("new", help=_("Receive a matter: an order, a complaint, a question, an invitation."))(new_case)
    app.command("list", help=_("List cases; the open ones unless asked otherwise."))(list_cases)
    app.command("show", help=_("Show one case, whole."))(show_case)
    app.command("next", help=_("What is missing to go on, and the command for each."))(next_)
    app.command("set", help=_("Set fields of a case: NAME=VALUE …"))(set_)
    app.command("edit", help=_("Edit the file of a case in your editor, then check and record it."))(edit_case)
    app.command("adopt", help=_("Check and record what was changed by hand: a case, or a file of the office."))(
        adopt_changes
    )
    app.command("check", help=_("Report every fault of every file, with its line and how to mend it."))(check_files)


Pairs = Annotated[list[str] | None, option("--set", metavar="NAME=VALUE", help=_("further field"))]
Subject = Annotated[str, option("--subject", "-s", help=_("what it is about"), callback=options.one_line)]
Channel = Annotated[
    str,
    option("--channel", "-c", help=_("channel: {channels}").format(channels=" ".join(CHANNELS))),
]
Message = Annotated[
    Path | None, option("--ecms", metavar="FILE", help=_("the message of an e-saraban system it came in as (.xml)"))
]
Complainant = Annotated[str, option("--complainant", help=_("name of who complains"), callback=options.one_line)]


def new_case(
    kind: arguments.KindId = "",
    subject: Subject = "",
    from_: Annotated[str, option("--from", help=_("from whom"), callback=options.one_line)] = "",
    channel: Channel = "",
    received: Annotated[str, option("--received", metavar="DATE", help=_("day of receipt; today"))] = "",
    at: Annotated[str, option("--at", metavar="HH:MM", help=_("time of receipt"))] = "",
    ref: Annotated[str, option("--ref", help=_("number of the paper received"), callback=options.one_line)] = "",
    dated: Annotated[str, option("--dated", metavar="DATE", help=_("date of the paper received"))] = "",
    by: Annotated[str, option("--by", help=_("who ordered it"), callback=options.one_line)] = "",
    order: Annotated[str, option("--order", help=_("what was ordered"), callback=options.words)] = "",
    due: Annotated[str, option("--due", metavar="DATE", help=_("deadline of the order, e.g. +3wd"))] = "",
    urgency: Annotated[str, option("--urgency", help=_("urgent very-urgent most-urgent"))] = "",
    secrecy: Annotated[str, option("--secrecy", help=_("confidential; higher classes are not kept here"))] = "",
    owner: options.Owner = "", backup: options.Backup = "",
    complainant: Complainant = "",
    phone: Annotated[str, option("--phone", help=_("phone of who complains"), callback=options.one_line)] = "",
    anonymous: Annotated[bool, option("--anonymous", help=_("the complainant wants no name given"))] = False,
    unnamed: Annotated[bool, option("--unnamed", help=_("no name was given"))] = False,
    fields: Pairs = None, files: options.Scans = None, ecms: Message = None,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Receive a matter."""
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    with workspace.acting():
        from srctl.cli import intake, outcome, receiving

        done, met = receiving.receive_matter(workspace, intake.Typed(
            kind=kind, subject=subject, from_=from_, channel=channel, received=received, at=at, ref=ref, dated=dated,
            by=by, order=order, due=due, urgency=urgency, secrecy=secrecy, owner=owner, backup=backup,
            complainant={"name": complainant, "phone": phone, "anonymous": anonymous, "unnamed": unnamed},
            fields=tuple(fields or ()), files=options.read_scans(files),
        ), ecms)  # fmt: skip
    outcome.show_outcome(workspace, done, done.case.subject, json, met)
    outcome.warn_away(workspace, done.case.owner, done.case.backup)
    outcome.warn_names(done)


def list_cases(
    ctx: Context,
    text: Annotated[str, argument(metavar="[TEXT]", help=_("words to find in the cases"))] = "",
    kind: options.Kind = "", stage: options.Stage = "", owner: options.Owner = "", group: options.Group = "",
    since: Annotated[str, option("--since", metavar="DATE", help=_("received on or after"))] = "",
    until: Annotated[str, option("--until", metavar="DATE", help=_("received on or before"))] = "",
    closed: Annotated[bool, option("--closed", help=_("only closed ones"))] = False,
    closed_in: Annotated[
        str, option("--closed-in", metavar="PERIOD", help=_("closed then: today, this week, this month, 11/2569, A..B"))
    ] = "", event: options.Event = "",
    everything: Annotated[bool, option("--all", "-a", help=_("open and closed"))] = False,
    void: Annotated[bool, option("--void", help=_("only those entered by mistake"))] = False,
    sort: Annotated[str, option("--sort", help=_("id, due, owner or subject"))] = "id",
    as_of: options.AsOf = "", quiet: options.Quiet = False, json: options.Json = False,
) -> None:  # fmt: skip
    """List cases."""
    from srctl.cli import listing
    from srctl.index.workspace import current_workspace
    from srctl.model.definitions import VOID
    from srctl.workflow.filters import Filter

    workspace = current_workspace().as_of(options.parse_day(as_of), ctx.with_resource)
    state = None if everything else closed
    since_day, until_day = options.parse_day(since, workspace=workspace), options.parse_day(until, workspace=workspace)
    stage = VOID if void else stage
    listing.check_names(workspace, kind, owner, group, stage)
    ended = options.period(closed_in, workspace)
    wanted = Filter(
        kind, stage, owner, group, text, since_day, until_day, True if ended else state, ended,
        options.period(event, workspace),
    )  # fmt: skip
    listing.show_list(workspace, wanted, sort, json=json, quiet=quiet)


def show_case(
    ctx: Context, case_id: arguments.CaseId, as_of: options.AsOf = "", json: options.Json = False
) -> None:  # fmt: skip
    """Show one case."""
    from srctl.cli import case_screen, listing, view
    from srctl.core.decoding import plain
    from srctl.index.backlinks import backlinks
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.views.case_views import case_view

    workspace = current_workspace().as_of(options.parse_day(as_of), ctx.with_resource, case_id)
    case = readable(workspace.folder.load(workspace.find(case_id)))
    kind = workspace.folder.kind(case.kind)
    shown = case_view(case, kind, workspace.around)
    shown["linked_from"] = [plain(link) for link in backlinks(workspace.folder, workspace.today, case.id)]
    if json:
        from srctl.office.case_history import changes_view

        then = {entry.id for entry in case.log}
        shown["changes"] = [row for row in changes_view(workspace.here, case.id, kind) if row["entry"] in then]
        view.print_json(listing.dated(workspace, shown))
        return
    listing.show_as_of(workspace)
    case_screen.show_details(workspace, case, kind, shown)


def next_(case_id: arguments.CaseId, json: options.Json = False) -> None:
    """Show what is missing to leave the stage the case is in."""
    from srctl.cli import outcome, view
    from srctl.index.workspace import current_workspace
    from srctl.model.labels import stage_word
    from srctl.office.folder import readable
    from srctl.views.case_views import missing_view
    from srctl.workflow.stages import is_closed, refuse_ended, set_aside, stage_of

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    kind = workspace.folder.kind(case.kind)
    stage = stage_of(case)
    missing = missing_view(case, kind)
    if json:
        view.print_json({"format": 1, "id": case.id, "stage": stage, "missing": missing})
        return
    view.write_wrapped(f"{case.id}  {case.subject}", "bold", hang=2)
    view.write_line("  " + _("stage: {stage}").format(stage=stage_word(kind, stage)))
    found = kind.stage(stage)
    if found and found.about.th:
        view.pairs([("", found.about.in_(language()))], indent=2)
    if set_aside(case):
        refuse_ended(case)
    if is_closed(case):
        again = CommandLine('reopen {} --why "…"', case.id)
        view.write_wrapped(_("closed; to open it again: {command}").format(command=again), indent=2)
        return
    outcome.show_next(missing, case.id, stage == kind.stages[-1].name)


def set_(
    case_id: arguments.CaseId,
    pairs: Annotated[list[str], argument(metavar="NAME=VALUE", help=_("e.g. order.due=+3wd dress=…"))],
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Set fields of a case, or change its kind."""
    from srctl.cli import intake, kind_change, outcome
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.office.writer import act
    from srctl.workflow import actions
    from srctl.workflow.field_changes import field_label, path_of

    options.act_as(as_)
    workspace = current_workspace()
    found = workspace.find(case_id)
    kind_id, others = kind_change.kind_in(pairs)
    if kind_id:
        done = kind_change.turn_into(workspace, found, kind_id, others)
        outcome.show_outcome(workspace, done, "", json)
        outcome.warn_names(done)
        return
    values = intake.values(pairs, workspace.folder.kind(readable(workspace.folder.load(found)).kind))
    done = act(workspace.folder, found, lambda case, kind: actions.change(case, kind, values), workspace.actor)
    names = (p.partition("=")[0].strip() for p in pairs)
    words = ", ".join(field_label(path_of(name, done.kind), done.kind) for name in names)
    outcome.show_outcome(workspace, done, _("set {names}").format(names=words), json)
    outcome.warn_names(done)


def edit_case(
    case_id: arguments.CaseId,
    mine: Annotated[
        bool, option("--mine", help=_("record my kept text; mine stands where others changed the same"))
    ] = False,
    theirs: Annotated[
        bool, option("--theirs", help=_("record my kept text; theirs stands where they changed the same"))
    ] = False,
    discard: Annotated[bool, option("--discard", help=_("drop my kept text"))] = False,
    as_: options.As = "",
) -> None:  # fmt: skip
    """Edit the file of a case, or end an edit that could not be recorded."""
    from srctl.cli import editor, outcome, view
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    found = workspace.find(case_id)
    if mine + theirs + discard > 1:
        raise UsageError(_("one of the three is meant"), CommandLine("edit {} --mine", found))
    if discard:
        editor.discard_edit(workspace, found)
        view.write_wrapped(f"✓ {found}  " + _("kept text dropped"), "green", hang=2)
        return
    if mine or theirs:
        done = editor.finish_edit(workspace, found, "mine" if mine else "theirs")
    else:
        done = editor.edit_in_editor(workspace, found)
    outcome.show_outcome(workspace, done, _("edited"))
    outcome.warn_names(done)


def adopt_changes(
    ctx: Context,
    words: Annotated[
        list[str] | None,
        argument(metavar="[ID]…", help=_("cases, or files of the office by their names; several may follow"),
                 autocompletion=completion.complete_ids)] = None,
    everything: Annotated[bool, option("--all", "-a", help=_("everything that was changed by hand"))] = False,
    override: options.Override = "", as_: options.As = "",
) -> None:  # fmt: skip
    """Record what was changed by hand: cases, or files of the office by their names."""
    from srctl.cli import adopting
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    if everything and words:
        raise UsageError(_("one of the two: names, or --all"), CommandLine("adopt --all"))
    words = words or ([] if everything else [arguments.chosen(ctx, "")])
    if len(words) == 1 and words[0] != "-" and not selection.is_range(words[0]):
        adopting.adopt_one(current_workspace(), words[0], override)
        return
    adopting.adopt_several(current_workspace(), words, override, everything=everything)


def _show_standstill(workspace: "Workspace") -> None:
    """Say how many open matters ought to have been followed up: no fault of a file, so no problem."""
    from srctl.cli import view
    from srctl.index.queries import due_obligations
    from srctl.workflow.filters import Filter

    due, _problems = due_obligations(workspace.folder, workspace.around, Filter(), workspace.today)
    still = sum(each.shared.what == "followup" and each.day.first < workspace.today for each in due)
    if still:
        words = ngettext("{n} matter stands still: {command}", "{n} matters stand still: {command}", still)
        view.write_wrapped(words.format(n=still, command=CommandLine("due")), "yellow", hang=4)


def _show_clock_ahead(workspace: "Workspace") -> None:
    """Say which commits are dated ahead: it ends by itself, and no file is at fault, so no problem."""
    from srctl.audit.clocks import clock_hint, commits_ahead
    from srctl.cli import view
    from srctl.store.git.repository import Repo

    for words in commits_ahead(Repo(workspace.folder.root), workspace.today)[:3]:
        view.write_wrapped(f"{words}: {clock_hint()}", "yellow", hang=4)


def _show_improbable(workspace: "Workspace", ids: "Sequence[str]") -> None:
    """Name the days of open matters that are hardly right: no fault of a file, for they may be meant."""
    from srctl.cli import days, view
    from srctl.index.queries import open_cases
    from srctl.views.entered_days import improbable_days

    for case in open_cases(workspace.folder, workspace.today)[0]:
        kind = workspace.folder.kinds.get(case.kind)
        for day in improbable_days(case, kind) if kind and (not ids or case.id in ids) else ():
            shown = f"{case.id}  {day.label}: {days.in_words(day.on, day.role, workspace)}"
            view.write_wrapped(_("{day}: look whether the year is right").format(day=shown), "yellow", hang=4)


def check_files(
    case_ids: Annotated[
        list[str] | None,
        argument(metavar="[ID…]", help=_("cases; all of them, and everything else, when none is named"),
                       autocompletion=completion.complete_ids),
    ] = None,
    json: options.Json = False,
) -> None:  # fmt: skip
    """Report every fault; exit 1 when there is any."""
    from srctl.audit.inspection import inspect
    from srctl.cli import view
    from srctl.core.errors import PROBLEMS
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    ids = [workspace.find(i) for i in case_ids or ()]
    found = inspect(workspace.folder, workspace.today, ids, progress.reading)
    if json:
        from srctl.views.list_views import envelope

        view.print_json(envelope([], workspace.today, found.problems))
    else:
        for problem in found.problems:
            view.write_wrapped(f"{problem.where()}: {problem.message}  [{problem.code}]", "red", hang=4)
            if problem.hint:
                view.write_wrapped(f"→ {problem.hint}", indent=2, hang=4)
        faults = len(found.problems)
        summary = ngettext("{n} file checked, {problems}", "{n} files checked, {problems}", found.files)
        problems = ngettext("{n} problem", "{n} problems", faults).format(n=faults)
        view.write_line(summary.format(n=found.files, problems=problems))
        if not ids and workspace.folder.has_office:
            _show_standstill(workspace)
            _show_clock_ahead(workspace)
        if workspace.folder.has_office:
            _show_improbable(workspace, ids)
    if found.problems:
        raise Exit(PROBLEMS)
