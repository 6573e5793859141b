"""Kinds of matter: the list, and the manual of one, printed from its definition."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import completion, names, options, view
from srctl.cli.parser import App, Context, argument
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Conditions, Kind


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    kinds = App(help=_("Kinds of matter: list them, show the manual of one."), always=True)
    kinds.callback()(list_kinds)
    kinds.command("show", help=_("Show the manual of a kind: stages, gates, deadlines, checklist, papers."))(show_kind)
    app.add_group(kinds, name="kinds")


def list_kinds(ctx: Context, json: options.Json = False) -> None:
    """List the kinds of matter."""
    if ctx.invoked_subcommand:
        return
    from srctl.core.decoding import plain
    from srctl.index.workspace import current_workspace
    from srctl.views.list_views import envelope

    workspace = current_workspace()
    kinds = sorted(workspace.folder.kinds.readable().values(), key=lambda k: (k.order, k.id))
    if json:
        view.print_json(envelope([plain(k, iso=True) for k in kinds], workspace.today, workspace.folder.problems))
        return
    view.problems(workspace.folder.problems)
    columns = [view.Column(_("name"), min_width=24), view.Column(_("kind")), view.Column(_("group"), min_width=10),
               view.Column(_("target"), right=True)]  # fmt: skip
    view.table(
        columns,
        [
            view.TableRow(
                [
                    k.label.in_(language()),
                    k.id,
                    _group(workspace, k),
                    f"{k.target.percent} %" if k.target else "",
                ]
            )
            for k in kinds
        ],
    )


def _group(workspace: "Workspace", kind: "Kind") -> str:
    group = workspace.folder.office.group(kind.group)
    return group.label.in_(language()) if group else _("any group")


def show_kind(
    kind_id: Annotated[
        str,
        argument(
            metavar="KIND", help=_("kind of matter"), autocompletion=completion.complete_kinds, callback=names.kind_id
        ),
    ],
    json: options.Json = False,
) -> None:
    """Show the manual of a kind."""
    from srctl.core.decoding import plain
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    kind = workspace.folder.kind(kind_id)
    lang = language()
    if json:
        view.print_json({"format": 1, **plain(kind, iso=True)})
        return
    view.write_line(f"{kind.label.in_(lang)}  ({kind.id})", "bold")
    rows = [
        ("", kind.about.in_(lang)),
        (_("group"), _group(workspace, kind)),
        (_("source"), kind.source),
    ]
    if kind.target:
        rows.append(
            (
                _("target"),
                f"{kind.target.percent} %  {kind.target.label.in_(lang)} ({kind.target.basis})",
            )
        )
    view.pairs(rows, indent=2)
    _stages(kind, lang)
    _deadlines(workspace, kind, lang)
    _fields(kind, lang)
    _checklists(workspace, kind, lang)
    _papers(workspace, kind)


def _stages(kind: "Kind", lang: str) -> None:
    from srctl.workflow.stages import label

    view.write_line()
    view.write_line(_("stages, and what each needs before the next"), "bold")
    for number, stage in enumerate(kind.stages, 1):
        view.write_wrapped(f"{number}. {stage.label.in_(lang)}  ({stage.name})", indent=2, hang=5)
        needs = ", ".join(label(n, kind, lang) for n in stage.needs)
        view.pairs([(_("to do"), stage.about.in_(lang)), (_("needs"), needs)], indent=5)


def _deadlines(workspace: "Workspace", kind: "Kind", lang: str) -> None:
    from srctl.reports.deadline_report import rule_in_words

    own = [rule for rule in kind.deadlines if rule not in workspace.folder.standing.deadlines]
    if not own:
        return
    view.write_line()
    view.write_line(_("deadlines"), "bold")
    for rule in own:
        view.write_wrapped(f"{rule.label.in_(lang)}: {view.unbroken(rule_in_words(rule, kind))}", indent=2, hang=5)
        verified = _("verified") if rule.verified else _("not verified: ask the office's lawyer")
        others = [
            f"{_conditions(kind, row.when)}: "
            + rule_in_words(rule._replace(amount=row.amount, unit=row.unit or rule.unit), kind)
            for row in rule.instead
        ]
        view.pairs(
            [(_("only when"), _conditions(kind, rule.when)), (_("not when"), _conditions(kind, rule.unless)),
             (_("instead"), "\n".join(others)), (_("basis"), f"{rule.basis} ({verified})")],
            indent=5,
        )  # fmt: skip


def _conditions(kind: "Kind", conditions: "Conditions") -> str:
    """The conditions on a case in words: ``urgency: urgent, very urgent``; an empty value is a dash."""
    from srctl.model.labels import secrecy_word, urgency_word
    from srctl.workflow.stages import label

    names = {"urgency": _("urgency"), "secrecy": _("secrecy"), "signer": _("signer")}
    parts = []
    for path, values in conditions.items():
        words = [urgency_word(value) or secrecy_word(value) or value or "–" for value in values]
        parts.append(f"{names.get(path) or label(path, kind, language())}: {', '.join(words)}")
    return "; ".join(parts)


def _fields(kind: "Kind", lang: str) -> None:
    if not kind.fields:
        return
    view.write_line()
    view.write_line(_("fields: {command}").format(command=CommandLine("set ID NAME=VALUE")), "bold")
    items = []
    for field in kind.fields:
        private = _(" (personal: kept to those who need it)") if field.private else ""
        hint = f" — {field.hint.in_(lang)}" if field.hint.th else ""
        values = " / ".join(value.in_(lang) for value in field.values)
        choose = " — " + _("one of: {values}").format(values=values) if values else ""
        items.append((field.name, field.label.in_(lang) + private + choose + hint))
    view.pairs(items, indent=2)


def _checklists(workspace: "Workspace", kind: "Kind", lang: str) -> None:
    for name in kind.checklists:
        checklist = workspace.folder.checklists.get(name)
        if checklist is None:
            continue
        view.write_line()
        view.write_wrapped(
            f"{checklist.label.in_(lang)}: " + view.unbroken(CommandLine("plan ID --checklist {}", name)), "bold"
        )
        view.pairs([(f"{n}.", item.do.in_(lang)) for n, item in enumerate(checklist.items, 1)], indent=2)
        for pitfall in checklist.pitfalls:
            view.pairs([("!", pitfall.in_(lang))], indent=2)


def _papers(workspace: "Workspace", kind: "Kind") -> None:
    from srctl.core.errors import SrctlError
    from srctl.papers.composition import paper_title

    view.write_line()
    view.write_line(_("papers"), "bold")
    rows = []
    memos = [(paper, CommandLine("memo ID --paper {}", paper)) for paper in kind.papers]
    letters = [(wording, CommandLine("letter ID {}", wording)) for wording in kind.letters]
    for paper, command in (*memos, *letters):
        try:
            name = paper_title(workspace.folder.root / "templates", paper)
        except SrctlError as error:
            name = f"! {error.message}"
        rows.append((name, view.unbroken(command)))
    view.pairs(rows, indent=2)
    view.problems(workspace.folder.problems)
