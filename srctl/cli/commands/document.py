"""`srctl paper`: a Word file adopted as the finished text, checked, or traced to where it comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import arguments, completion, options, paper_check
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.office.folder import Folder
    from srctl.papers.provenance import Found


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    paper = App(help=_("A paper as a file: taken in, or told where it comes from."))
    paper.command("adopt", help=_("Take a text finished in Word as the one that goes up."))(adopt_paper)
    paper.command("where", help=_("Tell the case, paper and wording a file came from, and whether it still matches."))(
        show_provenance
    )
    paper.command("check", help=_("Read a paper over before it goes up: what is wrong, where, how to mend it."))(
        paper_check.check_paper
    )
    paper.command("ecms", help=_("Write an issued letter as the message of an e-saraban system."))(write_ecms)
    app.add_group(paper, name="paper")


File = Annotated[Path, argument(metavar="FILE", help=_("the file"))]
OfCase = Annotated[
    str, argument(metavar="[ID]", help=_("case, if not the one the file names"),
                        autocompletion=completion.complete_ids)
]  # fmt: skip
OfPaper = Annotated[
    str, argument(metavar="[PAPER]", help=_("paper, if not the one the file names"),
                        autocompletion=completion.complete_papers_of_case)
]  # fmt: skip


def adopt_paper(
    file: File, case_id: OfCase = "", paper: OfPaper = "", override: options.LetGo = "", as_: options.As = "",
    json: options.Json = False,
) -> None:  # fmt: skip
    """Adopt a text finished in Word."""
    from srctl.cli import outcome
    from srctl.cli.entry_names import paper_namer
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import act
    from srctl.papers.provenance import adoption, read_word, whose

    options.act_as(as_)
    workspace = current_workspace()
    given, made = read_word(options.typed_file(file))
    named, wanted = whose(made, workspace.find(case_id) if case_id else "", paper)
    found = workspace.find(named)
    before = _before(workspace.folder, found, wanted)
    done = act(
        workspace.folder,
        found,
        lambda case, _kind: adoption(workspace.folder, case, wanted, given, override, str(file)),
        workspace.actor,
    )
    taken = done.case.log[-1].paper
    title = paper_namer(workspace)(taken)
    outcome.show_outcome(
        workspace, done, _("{paper} taken as finished: {file}").format(paper=title, file=file.name), json
    )
    if not json:
        _differences(before, given.raw)
        _next(found, taken)


def write_ecms(
    case_id: arguments.CaseId, paper: OfPaper = "",
    to: Annotated[Path | None, option("--to", metavar="FILE", help=_("write the file there instead"))] = None,
    signed: Annotated[
        Path | None, option("--signed", metavar="FILE", help=_("the signed letter, in place of the issued file"))
    ] = None,
    files: options.Scans = None, json: options.Json = False,
) -> None:  # fmt: skip
    """Write the message of an issued letter; nothing is sent, and nothing recorded."""
    from srctl.cli import view
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.papers import ecms
    from srctl.papers.drafts import write_draft
    from srctl.workflow.paper_state import papers_of, the_paper

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    numbered = [one for one in papers_of(case) if one.numbered]
    meant = numbered[0] if len(numbered) == 1 and not paper else the_paper(case, paper, "send")
    main = next(iter(options.read_scans([signed] if signed else None)), None)
    raw = ecms.letter_message(workspace.folder, case, meant, main, options.read_scans(files))
    target = to.absolute() if to else workspace.folder.case_path(case.id).parent / case.id / f"{case.id}-{meant.id}.xml"
    write_draft(target, raw)
    shown = str(workspace.folder.relative(target))
    if json:
        view.print_json({"format": 1, "id": case.id, "paper": meant.id, "file": shown})
        return
    view.write_line(_("message written: {file}").format(file=shown), "green")
    command = CommandLine("send {} {} --by letter", case.id, meant.id)
    view.say("→ " + _("put it into the e-saraban system; then: {command}").format(command=command))


def _before(folder: "Folder", case_id: str, typed: str) -> bytes | None:
    """The text that the finished one replaces; a refusal comes before anything is compared."""
    from srctl.office.folder import readable
    from srctl.papers.provenance import text_before
    from srctl.workflow.paper_state import the_paper

    case = readable(folder.load(case_id))
    return text_before(folder, case, the_paper(case, typed, "finish"))


def _differences(before: bytes | None, after: bytes) -> None:
    """Show the changes made in Word, word by word."""
    from srctl.cli import view
    from srctl.documents.docx import word_file
    from srctl.papers.proofing.rules import differences

    if before is None:
        view.say(_("the draft is not here and cannot be made again as it was: it cannot be compared"))
        return
    found = differences(word_file.paragraphs(before), word_file.paragraphs(after))
    if not found:
        view.write_line("  " + _("the words are the same"))
    paper_check.show_changes(found)


def _next(case_id: str, paper: str) -> None:
    from srctl.cli import view

    view.write_wrapped(
        _("when it is ready: {command}").format(command=CommandLine("submit {} {}", case_id, paper)), indent=2, hang=4
    )


def show_provenance(file: File, json: options.Json = False) -> None:
    """Show where a file comes from."""
    from srctl.cli import view
    from srctl.index.workspace import current_workspace
    from srctl.papers.incoming_files import read_given
    from srctl.papers.provenance import NOWHERE, find_provenance, read_word

    workspace = current_workspace()
    place = options.typed_file(file)
    if place.suffix.lower() == ".docx":
        given, made = read_word(place)
    else:
        given, made = read_given(place), NOWHERE
    found = find_provenance(workspace.folder, given.raw, made)
    if json:
        view.print_json(_data(found, place))
        return
    _show(workspace, found, file.name)


def _data(found: "Found", place: Path) -> dict[str, Any]:
    return {
        "format": 1, "file": str(place), "sha256": found.sha256,
        "case": found.case.id if found.case else found.made.case,
        "exists": found.case is not None,
        "paper": found.paper.id if found.paper else found.made.paper,
        "wording": found.made.wording, "commit": found.made.commit, "template": found.made.template,
        "entry": found.entry.id if found.entry else "", "did": found.entry.did if found.entry else "",
        "state": found.paper.state if found.paper else "", "number": found.paper.number if found.paper else "",
        "wording_is": found.wording, "case_is": found.since,
    }  # fmt: skip


def _show(workspace: "Workspace", found: "Found", name: str) -> None:
    from srctl.cli import view
    from srctl.model.labels import state_word

    made, paper = found.made, found.paper
    if not made.case and not found.case:
        view.write_line(_("{file} does not come from this office, as far as srctl can tell").format(file=name))
        return
    case_id = found.case.id if found.case else made.case
    subject = found.case.subject if found.case else _("there is no such case here")
    changes = {"same": _("as it was"), "changed": _("changed since"), "gone": _("taken out since"), "": ""}
    state = f"{paper.id}  {state_word(paper.standing)}  {paper.number}".strip() if paper else made.paper
    view.pairs([
        (_("case"), f"{case_id}  {subject}"),
        (_("paper"), state),
        (_("this file"), _this_file(workspace, found)),
        (_("wording"), _line(made.wording or made.paper, made.template[:12], changes[found.wording])),
        (_("case at drafting"), _line(made.commit[:12], changes[found.since])),
    ])  # fmt: skip


def _line(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _this_file(workspace: "Workspace", found: "Found") -> str:
    """The entry of the log that has exactly these bytes, in words."""
    from srctl.cli import view
    from srctl.workflow.log_text import entry_sentences

    if found.entry is None:
        return _("changed since it was drafted: no entry of the log has this text")
    case = found.case
    kind = workspace.folder.kinds.get(case.kind) if case else None
    return f"{found.entry.id}  {view.day_text(found.entry.day())}  {entry_sentences(found.entry, kind)[0]}"
