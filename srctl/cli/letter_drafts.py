"""Letters and memos from the words typed to the files written: missing values asked, recorded once."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from srctl.cli import days, names, options, progress, prompts, view, wizard
from srctl.cli.standard_texts import SIGN, paragraph_taken, shelves
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.index.workspace import Workspace, is_interactive

if TYPE_CHECKING:
    from srctl.core.named_days import Role
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.office.writer import Done
    from srctl.papers.draft_request import Asked
    from srctl.papers.drafts import Written
    from srctl.papers.wordings import Template, Value
    from srctl.workflow.actions import Act


def typed_values(ask_: str, by: str, pairs: Sequence[str]) -> dict[str, str]:
    """Return the values typed, by name; ``--ask`` and ``--by`` are values like any other.

    A value named several times has a line of each; ``@FILE`` is what stands in the file (any other ``@`` is a topic:
    :func:`known_values`).
    """
    found = {key: text for key, text in (("ask", ask_), ("by", by)) if text}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(_("{word} is not NAME=VALUE").format(word=pair), '--value place="…"')
        words = options.words(_file_text(text))
        found[name.strip()] = "\n".join(filter(None, (found.get(name.strip(), ""), words)))
    return found


def _file_text(text: str) -> str:
    """The text typed; of ``@FILE`` that of the file, where there is one."""
    from srctl.papers.wordings import read_wording

    path = Path(text.removeprefix(SIGN))
    return read_wording(path) if text.startswith(SIGN) and len(text) > 1 and path.is_file() else text


def completed(
    workspace: Workspace, case_id: str, wording: str, to: Sequence[str], asked: "Asked"
) -> "tuple[str, tuple[str, ...], Asked]":
    """Wording, addressees and values, with dates parsed; missing ones are asked for where a person is there."""
    from srctl.office.folder import readable
    from srctl.papers.drafts import addressees_of
    from srctl.papers.wordings import not_used, read_template, wants_addressee, which_used

    case = readable(workspace.folder.load(case_id))
    templates = workspace.folder.root / "templates"
    if not wording:
        if not is_interactive():
            support = CommandLine("letter {} support --to obec", case_id)
            raise prompts.missing(_("which paper"), f"{support}   ({CommandLine('papers')})")
        wording = prompts.menu(
            _("which paper"), choices(workspace, case), others=_("type part of the name of a wording to find more")
        )
    template = read_template(templates, wording)
    if unused := not_used(template):
        view.show_hint("! ", which_used(template, unused))
    whom = addressees_of(workspace.folder, template, to, case)
    if not whom and wants_addressee(templates, template):
        if not is_interactive():
            raise _no_addressee(case, template)
        whom = (wizard.whom(workspace, case),)
    given = _asked_for(workspace, case, template, known_values(workspace, case, template, asked))
    return wording, whom, asked._replace(given=given)


def _no_addressee(case: "Case", template: "Template") -> Refused | UsageError:
    """Nobody is named; of an answer, the sender of the matter has to be entered in the directory first."""
    if template.form.replies and case.received.from_:
        message = _("{name} stands in no directory, from which letters take title and salutation")
        add = CommandLine('contacts add {} --head "…"', case.received.from_)
        return Refused(message.format(name=case.received.from_), add)
    return prompts.missing(_("whom it is to"), CommandLine("letter {} {} --to obec", case.id, template.name))


def known_values(workspace: Workspace, case: "Case", template: "Template", asked: "Asked") -> dict[str, str]:
    """The values of the wording that are known: of the case and its event, and those typed, in place of them.

    Raises:
        UsageError: a list is to be read from a file that is not there. And what :func:`paragraph_taken` raises.
    """
    from srctl.papers.listed_values import attending

    given = _normalised(template, dict(asked.given))
    for name, text in given.items():
        if is_text(template, name):
            given[name] = paragraph_taken(workspace, case, text)
        elif text.startswith(SIGN):
            message = _("there is no file {file}").format(file=text.removeprefix(SIGN))
            raise UsageError(message, _("give the path of the file"))
    fields = {name: case.fields.get(value.field, "") for name, value in template.form.values.items() if value.field}
    of_case = {name: text for name, text in fields.items() if text.strip() not in ("", prompts.NOTHING)}
    came = {name: attending(value, case, workspace.folder.directory) for name, value in template.form.values.items()}
    return {**_of_event(workspace, case, template), **of_case, **{n: text for n, text in came.items() if text}, **given}


def is_text(template: "Template", name: str) -> bool:
    """Whether the value of that name is a text, in whose place a standard paragraph may be taken."""
    value = template.form.values.get(name)
    return value is not None and value.type in ("text", "long")


def choices(workspace: Workspace, case: "Case") -> "list[prompts.Choice]":
    """Return the wordings of the office as choices: those the kind of the case names first, the rest in their order."""
    from srctl.core.errors import SrctlError
    from srctl.papers.wordings import read_template, wording_names

    templates, found = workspace.folder.root / "templates", []
    kind = workspace.folder.kinds.get(case.kind)
    first = kind.letters if kind else ()
    for name in wording_names(templates):
        try:
            form = read_template(templates, name).form
        except SrctlError as fault:
            view.error(fault)
            continue
        place = (first.index(name) if name in first else len(first), form.order)
        found.append((place, name, form.label.in_(language())))
    return [(name, words) for _place, name, words in sorted(found)]


def _asked_for(workspace: Workspace, case: "Case", template: "Template", given: dict[str, str]) -> dict[str, str]:
    """Return the values with those missing asked for, when a person is there."""
    values = template.form.values
    if not is_interactive() or all(given.get(name) or value.optional for name, value in values.items()):
        return given
    for name in values:
        if not given.get(name):
            given[name] = _ask(workspace, case, template, name)
    return {name: text for name, text in given.items() if text}


def role_of_day(name: str) -> "Role":
    """What a day of a wording is: ``by`` is until when something is asked for."""
    return "deadline" if name == "by" else "period"


def _ask(workspace: Workspace, case: "Case", template: "Template", name: str) -> str:
    from srctl.papers.earlier_texts import TextPlace

    value = template.form.values[name]
    label = value.label.in_(language())
    if value.type == "days":
        return _ask_days(value)
    if value.type == "date":
        day = days.ask(label, role_of_day(name), required=not value.optional).on
        return day.isoformat() if day else ""
    if value.type == "time":
        return _ask_time(value)
    if value.type in ("rows", "persons"):  # an item a line, until an empty one
        return rows_typed(value, "\n".join(wizard.several(label, f"letter.{name}", partial(rows_typed, value))))
    text = prompts.text(
        label, required=not value.optional, long=True, field=f"letter.{name}",
        check=partial(paragraph_taken, workspace, case),
        shelves=shelves(workspace, case, TextPlace(name, template.name)) if is_text(template, name) else (),
    )  # fmt: skip
    return paragraph_taken(workspace, case, text)


def _of_event(workspace: Workspace, case: "Case", template: "Template") -> dict[str, str]:
    """The values that the event of the case has already: nobody types them again."""
    from srctl.model.engagement import event_parts

    kind = workspace.folder.kinds.get(case.kind)
    parts = event_parts(case, kind) if kind else {}
    return {name: parts[value.event] for name, value in template.form.values.items() if parts.get(value.event)}


def _ask_days(value: "Value") -> str:
    """Ask for a day, or several on end, until it is one."""
    from srctl.cli.event_days import read_event

    while True:
        typed = prompts.text(value.label.in_(language()), required=not value.optional)
        try:
            return read_event(typed).iso() if typed else ""
        except UsageError as fault:
            view.error(fault)


def _ask_time(value: "Value") -> str:
    """Ask for a time of day until it is one: nobody types a whole letter again for a slip."""
    from srctl.core.dates import parse_time

    typed = prompts.text(value.label.in_(language()), required=not value.optional, check=parse_time)
    return parse_time(typed) if typed else ""


def _normalised(template: "Template", given: dict[str, str]) -> dict[str, str]:
    """The values typed in the form of the files: dates in ISO form, times of day as HH:MM."""
    from srctl.cli.event_days import read_event
    from srctl.core.dates import parse_time

    found = {}
    for name, text in given.items():
        value = template.form.values.get(name)
        if value and value.type == "date":
            day = days.day(text, role_of_day(name))
            text = day.isoformat() if day else ""
        elif value and value.type == "days":
            text = read_event(text).iso()
        elif value and value.type == "time":
            text = parse_time(text)
        elif value:
            text = rows_typed(value, text)
        found[name] = text
    return {name: text for name, text in found.items() if text}


def rows_typed(value: "Value", text: str) -> str:
    """The rows typed as files have them."""
    return "\n".join(_resolution(value, line) for line in text.split("\n")) if value.steps else text


def _resolution(value: "Value", line: str) -> str:
    """The row of a meeting as files have it: who by their id where they stand in the directory, the day in ISO form."""
    from srctl.papers.listed_values import row_of

    row = row_of(value, line)
    with suppress(NotFound):  # somebody who stands nowhere is named as typed
        row["who"] = names.callee_id(row["who"]) if row["who"] else ""
    day = days.named(row["by"], "deadline").on if row["by"] else None
    row["by"] = day.isoformat() if day else ""
    return "|".join(row.values()).rstrip("|")


def drafted(
    workspace: Workspace,
    case_id: str,
    wording: str,
    to: Sequence[str],
    asked: "Asked",
    action: "Literal['memo', 'draft']" = "draft",
    file: Path | None = None,
) -> "tuple[Done | None, Written]":
    """Write the papers and record them in one action; None when the log has exactly these already."""
    from srctl.office.folder import readable
    from srctl.office.writer import act
    from srctl.papers import draft_request, drafts
    from srctl.papers.agenda_matters import with_matters
    from srctl.papers.event_values import with_event
    from srctl.papers.resolved_steps import with_steps
    from srctl.papers.wordings import read_template
    from srctl.workflow.actions import require_open

    case = readable(workspace.folder.load(case_id))
    template = read_template(workspace.folder.root / "templates", wording)
    asked = asked._replace(given=with_matters(case, template.form.values, asked.given))
    # What could not be recorded afterwards is refused before a file is written; a memo looks back on a closed case.
    if action == "draft":
        require_open(case)
    draft_request.paper_marks(case, asked)
    actor = workspace.actor
    with progress.bar(_("writing")) as report:
        written = drafts.write_letters(workspace.folder, case_id, wording, to, asked, workspace.today, file, report)
    fresh = drafts.fresh(case, written.papers)
    if not fresh:
        return None, written
    folder = workspace.folder

    def recorded(case: "Case", kind: "Kind") -> "Act":
        drafted = draft_request.record_draft(case, fresh, action)
        drafted = with_event(case, kind, drafted, template.form.values, asked.given)
        return with_steps(case, drafted, template, folder.office, folder.directory, asked)

    return act(folder, case_id, recorded, actor), written


def show_letters(
    workspace: Workspace, case_id: str, done: "Done | None", written: "Written", files: Sequence[Path], *,
    outside: bool = False,
) -> None:  # fmt: skip
    """Show the files written, and the command that brings all of them on; ``outside``: signed outside srctl."""
    from srctl.cli import outcome
    from srctl.office.folder import readable
    from srctl.papers.composition import paper_title
    from srctl.workflow.draft_commands import command_when_ready

    first = workspace.folder.relative(files[0])
    several = ngettext("{n} file in {folder}", "{n} files in {folder}", len(files))
    said = str(first) if len(files) == 1 else several.format(n=len(files), folder=first.parent)
    name = paper_title(workspace.folder.root / "templates", written.papers[0].wording)
    said = _("{paper}: {file}").format(paper=name, file=said)
    if done:
        outcome.show_outcome(workspace, done, said)
    else:
        view.write_wrapped(f"✓ {case_id}  {said}", "green", hang=2)
    case, ids = done.case if done else readable(workspace.folder.load(case_id)), [p.id for p in written.papers]
    command = command_when_ready(case, ids, outside=outside)
    words = _("when it is ready: {command}") if len(ids) == 1 else _("when they are ready: {command}")
    view.write_wrapped(words.format(command=command), indent=2, hang=4)
    _show_acting(workspace, case_id, written)


def _show_acting(workspace: Workspace, case_id: str, written: "Written") -> None:
    """Show who signs in the stead of another, by which order."""
    from srctl.model.people import name_of

    office, paper = workspace.folder.office, written.papers[0]
    row = next((r for r in office.acting if (r.by, r.for_) == (paper.signer, paper.acting)), None)
    if row:
        order = f" ({row.order})" if row.order else ""
        words = _("signed by {name}, {acting} {other}{order}; for another: {command}").format(
            name=name_of(office, row.by), acting=row.as_, other=name_of(office, row.for_), order=order,
            command=CommandLine("letter {} {} --signer {}", case_id, paper.wording, row.for_),
        )  # fmt: skip
        view.write_wrapped(words, indent=2, hang=4)


def show_data(case_id: str, done: "Done | None", written: "Written", files: Sequence[Path]) -> None:
    """Print the papers written as JSON."""
    papers = [
        {"paper": p.id, "wording": p.wording, "form": p.form, "to": p.asked.to, "among": list(p.among),
         "signer": p.signer, "acting": p.acting, "sha256": p.sha256}
        for p in written.papers
    ]  # fmt: skip
    commit = done.recorded.commit if done else ""
    shown = [str(file) for file in files]
    view.print_json({"format": 1, "id": case_id, "commit": commit, "papers": papers, "files": shown})


def show_memo(case_id: str, written: "Written", files: Sequence[Path]) -> None:
    """Print the one paper written as JSON."""
    paper = written.papers[0]
    made = {"format": 1, "id": case_id, "paper": paper.id, "file": str(written.files[0]), "sha256": paper.sha256}
    view.print_json(made | ({"pdf": str(files[0])} if files != written.files else {}))
