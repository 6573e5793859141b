"""Wordings of papers: list them, show one with a filled sample, copy one to start from, check them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import completion, names, options, progress, view
from srctl.cli.parser import App, Context, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language, ngettext

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.papers.template_checks import Tried
    from srctl.papers.template_values import PaperContext
    from srctl.papers.wordings import Starts, Template


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    papers = App(help=_("Wordings of papers: list, show with a sample, copy, check."), always=True)
    papers.callback()(list_wordings)
    papers.command("show", help=_("Show a wording: its values, what it starts, a filled sample."))(show_wording)
    papers.command("new", help=_("Copy a wording under a new name, to be changed."))(copy_wording)
    papers.command("check", help=_("Fill every wording with the cases of the office and tell what is wrong."))(
        check_wordings
    )
    papers.command("paragraphs", help=_("Standard paragraphs: list them, or show the text of one."))(show_paragraphs)
    papers.command("approve", help=_("Record that a superior approved a standard paragraph: a new one, or again."))(
        approve_paragraph
    )
    papers.command("returns", help=_("How often papers came back from whom on their way to the signature."))(
        show_returns
    )
    papers.command("proof", help=_("One PDF of all forms with samples, for the registrar to compare and sign."))(prove)
    app.add_group(papers, name="papers")


Wording = Annotated[
    str,
    argument(
        metavar="WORDING", help=_("wording"), autocompletion=completion.complete_papers, callback=names.wording_name
    ),
]


def list_wordings(ctx: Context, json: options.Json = False) -> None:
    """List the wordings and the forms they are written on."""
    if ctx.invoked_subcommand:
        return
    from srctl.core.errors import BadFile
    from srctl.index.workspace import current_workspace
    from srctl.papers.wordings import read_template, wording_names
    from srctl.views.list_views import envelope

    workspace = current_workspace()
    templates = workspace.folder.root / "templates"
    found, problems = [], []
    for name in wording_names(templates):
        try:
            found.append(read_template(templates, name))
        except BadFile as fault:
            problems += [p._replace(path=workspace.folder.relative(p.path)) for p in fault.problems]
    found.sort(key=lambda t: (t.form.order, t.name))
    if json:
        view.print_json(envelope([_as_data(t) for t in found], workspace.today, problems))
        return
    view.problems(problems)
    columns = [view.Column(_("name"), min_width=20), view.Column(_("wording")), view.Column(_("form"), min_width=12)]
    rows = [view.TableRow([t.form.label.in_(language()), t.name, ", ".join(_forms(t))]) for t in found]
    view.table(columns, rows)


def _forms(template: "Template") -> list[str]:
    form = template.form
    return list(dict.fromkeys(f for f in (form.form, form.inside, *form.also) if f))


def _as_data(template: "Template") -> dict[str, Any]:
    from srctl.core.decoding import plain

    form = template.form
    values = [{"name": name, **plain(value, iso=True)} for name, value in form.values.items()]
    return {
        "id": template.name, "forms": _forms(template), "label": plain(form.label, iso=True),
        "about": plain(form.about, iso=True),
        "signer": form.signer, "to": form.to, "series": form.series, "needs": list(form.needs), "values": values,
        "starts": plain(form.starts, iso=True),
        "one_number": form.one_number, "private": form.private, "order": form.order,
    }  # fmt: skip


def show_returns(
    period: Annotated[
        str, option("--in", metavar="PERIOD", help=_("in that time: last month, 11/2569, A..B; this year"))
    ] = "",
    json: options.Json = False,
) -> None:  # fmt: skip
    """Show how papers fared with each of those they lay with, and by wording."""
    from srctl.cli import clearance_counts

    clearance_counts.show_counts(period, json=json)


def show_wording(wording: Wording, json: options.Json = False) -> None:
    """Show one wording: its form, its values, a filled sample."""
    from srctl.index.workspace import current_workspace
    from srctl.papers.wordings import read_template

    workspace = current_workspace()
    template = read_template(workspace.folder.root / "templates", wording)
    form = template.form
    if json:
        view.print_json({"format": 1, **_as_data(template)})
        return
    office = workspace.folder.office
    signer = office.signer(form.signer)
    view.write_line(f"{form.label.in_(language())}  ({wording})", "bold")
    view.pairs(
        [
            ("", form.about.in_(language())),
            (_("form"), ", ".join(_forms(template))),
            (_("to"), form.to),
            (_("signer"), ", ".join((signer.name, *signer.positions)) if signer else form.signer),
            (_("numbered in"), form.series),
            (_("needs"), ", ".join(_needs(form.needs))),
            (_("when sent"), ", ".join(_started(form.starts))),
            (_("file"), str(workspace.folder.relative(template.path))),
        ],
        indent=2,
    )
    _values(template)
    _sample(workspace, template)


def _needs(needs: tuple[str, ...]) -> list[str]:
    from srctl.workflow.stages import label

    return [label(need, language=language()) for need in needs]


def _started(starts: "Starts") -> list[str]:
    words = []
    if starts.reply:
        within = ngettext(
            "a reply is awaited within {n} working day", "a reply is awaited within {n} working days", starts.reply
        )
        words.append(within.format(n=starts.reply))
    if starts.thanks:
        words.append(_("a thank-you is owed when the reply has come"))
    if starts.thanked:
        words.append(_("pays the thank-you owed"))
    if starts.meets:
        meets = ngettext("meets the deadline {names}", "meets the deadlines {names}", len(starts.meets))
        words.append(meets.format(names=", ".join(starts.meets)))
    return words


def _values(template: "Template") -> None:
    from srctl.papers.composition import placeholder
    from srctl.workflow.draft_commands import option_of

    if not template.form.values:
        return
    view.write_line()
    view.write_line(_("values"), "bold")
    rows = []
    for name, value in template.form.values.items():
        optional = "" if not value.optional else " " + _("(may be left out)")
        option, *words = option_of(name, placeholder(value.type))
        cells = value.cells.in_(language())
        label = value.label.in_(language()) + (f" ({cells})" if cells else "")
        rows.append((option.format(*words), label + optional))
    view.pairs(rows, indent=2)


def _sample(workspace: "Workspace", template: "Template") -> None:
    """Show the text of the paper filled with a case of the office, or that no case has what it needs."""
    from srctl.papers.template_checks import sample_lines

    templates, kinds = workspace.folder.root / "templates", workspace.folder.kinds
    view.write_line()
    for case in _cases(workspace):
        lines = sample_lines(templates, _context(workspace, case), template) if case.kind in kinds else ()
        if lines:
            view.write_line(_("sample, with {id}").format(id=case.id), "bold")
            for line in filter(str.strip, lines):
                view.write_wrapped(line.strip(), indent=2, hang=2)
            return
    view.write_wrapped(_("no case here has what this wording needs; nothing to show a sample with"), indent=2)


def _context(workspace: "Workspace", case: "Case") -> "PaperContext":
    from srctl.papers.template_values import PaperContext

    folder = workspace.folder
    return PaperContext(case, folder.kind(case.kind), folder.office, folder.directory, workspace.today)


def _cases(workspace: "Workspace") -> "list[Case]":
    """Return the readable cases, the latest first."""
    return [file.case for file in reversed(list(workspace.folder.cases())) if file.case]


def copy_wording(
    name: Annotated[str, argument(metavar="NAME", help=_("new name, in letters a-z"))],
    from_: Annotated[
        str,
        option("--from", metavar="WORDING", help=_("the wording to start from"),
                     autocompletion=completion.complete_papers, callback=names.wording_name),
    ] = "ask-information",
    as_: options.As = "",
) -> None:  # fmt: skip
    """Copy a wording under a new name."""
    from srctl.audit import adoption
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    made = adoption.copy_wording(workspace.folder, from_, name, workspace.actor)
    view.write_wrapped(f"✓ {made}", "green", hang=2)
    view.write_wrapped(
        _("change its words, then: {command}").format(command=CommandLine("papers check {}", name)), indent=2, hang=4
    )
    view.write_wrapped(
        _("and record the change: {command}").format(command=CommandLine("adopt {}", made)), indent=2, hang=4
    )


OneWording = Annotated[
    str,
    argument(
        metavar="[WORDING]",
        help=_("only this one"),
        autocompletion=completion.complete_papers,
        callback=names.wording_name,
    ),
]


def check_wordings(
    wording: OneWording = "",
    json: options.Json = False,
) -> None:
    """Fill every wording with the cases of the office; BadFile when there are problems."""
    from srctl.core.errors import BadFile
    from srctl.index.workspace import current_workspace
    from srctl.papers import template_checks
    from srctl.papers.wordings import wording_names
    from srctl.views.list_views import envelope, problem_view

    workspace = current_workspace()
    folder = workspace.folder
    templates = folder.root / "templates"
    wanted = (wording,) if wording else None
    problems = list(template_checks.validate_wordings(templates, folder.office, folder.kinds.readable(), wanted))
    cases = [case for case in _cases(workspace) if case.kind in folder.kinds]
    tried = []
    with progress.bar(_("filling")) as report:
        context = _context(workspace, cases[0]) if cases else None
        for found in template_checks.try_all(templates, context, cases, folder.kinds, wanted) if context else ():
            tried.append(found)
            report(len(tried), len(wanted or wording_names(templates)))
            problems += found.problems
    problems = [p._replace(path=folder.relative(Path(p.path))) for p in dict.fromkeys(problems)]
    if json:
        items = [{"id": t.paper, "drafted": t.drafted, "refused": list(t.refused)} for t in tried]
        view.print_json({**envelope(items, workspace.today, []), "problems": [problem_view(p) for p in problems]})
    else:
        columns = [view.Column(_("wording")), view.Column(_("drafted"), right=True),
                   view.Column(_("not drafted"), min_width=20)]  # fmt: skip
        view.table(columns, [view.TableRow([t.paper, str(t.drafted), _why(t)]) for t in tried])
    if problems:
        raise BadFile(problems)


def _why(tried: "Tried") -> str:
    return tried.refused[0] if tried.refused and not tried.drafted else ""


def show_paragraphs(
    topic: Annotated[str, argument(metavar="[TOPIC]", help=_("only this one, with its text"))] = "",
    json: options.Json = False,
) -> None:
    """List the standard paragraphs, or show one."""
    from srctl.cli import standard_texts
    from srctl.index.workspace import current_workspace

    standard_texts.list_paragraphs(current_workspace(), topic, json=json)


def approve_paragraph(
    topic: Annotated[str, argument(metavar="TOPIC", help=_("what it is about"), callback=options.one_line)],
    by: Annotated[
        str,
        option("--by", metavar="WHO", help=_("who approved it"), autocompletion=completion.complete_people,
                     callback=names.staff_id),
    ] = "",
    until: Annotated[str, option("--until", metavar="DATE", help=_("until when it holds"))] = "",
    text: Annotated[str, option("--text", help=_("the text, where it is new or changed"), callback=options.words)] = "",
    category: Annotated[str, option("--category", help=_("under what it is listed"), callback=options.one_line)] = "",
    on: Annotated[str, option("--on", metavar="DATE", help=_("the day it was approved"))] = "",
    _sure: options.Sure = False, as_: options.As = "",
) -> None:  # fmt: skip
    """Record the approval of a standard paragraph."""
    from srctl.cli import days, prompts, standard_texts
    from srctl.index.workspace import current_workspace
    from srctl.papers.paragraph_approval import Approval, record_approval

    options.act_as(as_)
    workspace = current_workspace()
    for typed, name in ((by, _("who approved it")), (until, _("until when it holds"))):
        if not typed:
            raise prompts.missing(name, CommandLine("papers approve {} --by WHO --until DATE", topic))
    last = days.day(until, "period", workspace)
    assert last
    approval = Approval(topic, by, days.day(on, "record", workspace) or workspace.today, last, text, category)
    kept = record_approval(workspace.folder, approval, workspace.actor)
    said = standard_texts.until_words(kept.paragraph, workspace)
    view.write_wrapped(f"✓ {kept.paragraph.topic}  {_('holds until {day}').format(day=said)}", "green", hang=2)


def prove(
    forms: Annotated[list[str] | None, argument(metavar="[FORM…]", help=_("only these forms, e.g. memo"))] = None,
    to: Annotated[Path | None, option("--to", metavar="FILE", help=_("write the PDF there instead"))] = None,
    changed: Annotated[bool, option("--changed", help=_("only forms not compared as they are now"))] = False,
    listed: Annotated[bool, option("--list", help=_("which forms are compared, by whom and when"))] = False,
    checked: Annotated[str, option("--checked", metavar="DATE",
                                   help=_("record that these were compared on that day"))] = "",
    everything: Annotated[bool, option("--all", "-a", help=_("all forms were compared"))] = False,
    by: Annotated[str, option("--by", "-b", metavar="WHO", help=_("who compared them"),
                              callback=options.one_line)] = "",
    open_: Annotated[bool, option("--open", help=_("open it when it is written"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Make the PDF of all forms, or record that they were compared."""
    from srctl.cli import forms_proof
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace, meant = current_workspace(), forms_proof.Forms(forms or [], everything, changed)
    if checked:
        forms_proof.record_comparison(workspace, checked, by, meant, json=json)
    elif listed:
        forms_proof.list_forms(workspace, meant, json=json)
    else:
        forms_proof.make_proof(workspace, to, meant, open_=open_, json=json)
