"""Case files changed as text, in an editor or by hand: checked and recorded, the log kept as it was."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

from srctl.core.errors import BadFile, Changed, CommandLine, Problem, Refused
from srctl.core.i18n import _
from srctl.core.patches import Edit
from srctl.model.case import Case, Did, Entry
from srctl.model.definitions import Kind
from srctl.office.folder import CaseFile, Folder, readable
from srctl.office.writer import Actor, Done, apply_edits, case_problems, worded
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, record
from srctl.store.yaml.merge import Merger, merge
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.source import Source
from srctl.store.yaml.writer import Verbatim
from srctl.workflow import actions
from srctl.workflow.actions import Act
from srctl.workflow.commit_message import Acted, message
from srctl.workflow.field_changes import field_changes, field_label
from srctl.workflow.stages import StageMove

Text = Callable[[CaseFile], bytes]
Preferred = Literal["nobody", "mine", "theirs"]


def replace(folder: Folder, case_id: str, raw: bytes, read: bytes, actor: Actor, prefer: Preferred = "nobody") -> Done:
    """Record ``raw`` (from an editor) as the case, which was ``read`` before.

    Entries that others added to the log meanwhile are kept. Whatever else they changed is brought together only when it
    is said whose text stands where both changed the same (``prefer``); Changed otherwise.
    """

    def together(file: CaseFile) -> bytes:
        return raw if file.source.raw == read else _together(file, raw, read, prefer)

    return _record_text(folder, case_id, together, "edit", lambda: _("edited"), actor)


def _together(file: CaseFile, mine: bytes, read: bytes, prefer: Preferred) -> bytes:
    """``mine`` with what others changed in the file since it was ``read``."""
    from srctl.store.yaml.editor import item_texts

    name, now = file.source.path, file.source
    base, own = read_text(read, name), read_text(mine, name)
    if own.data is None:
        raise BadFile(own.problems)
    if base.data is None or now.data is None or (prefer == "nobody" and not _only_logged(read, base.data, now)):
        raise _conflict(file.id)
    found = merge(base.data, own.data, now.data, Merger(yielding=prefer == "theirs"))
    log, had = found.data.get("log", []), len(own.data.get("log", []))
    texts = dict(zip(map(str, now.data.get("log", [])), item_texts(now.raw, ("log",)), strict=True))
    added = [Edit("append", ("log",), Verbatim(texts[str(entry)])) for entry in log[had:]]
    return apply_edits(mine, [Edit("set", (), {**found.data, "log": log[:had]}), *added], file)


def _only_logged(read: bytes, base: Mapping[str, Any], now: Source) -> bool:
    """Whether nothing but entries of the log was added, at its end: not even a comment is another."""
    data = dict(now.data or {})
    logged, before = data.pop("log", []), base.get("log", [])
    rest = {key: value for key, value in base.items() if key != "log"}
    return now.raw.startswith(read) and data == rest and len(logged) > len(before)


def _conflict(case_id: str) -> Changed:
    hint = _("where both changed the same: yours by {mine}, theirs by {theirs}; your text dropped by {discard}").format(
        mine=CommandLine("edit {} --mine", case_id),
        theirs=CommandLine("edit {} --theirs", case_id),
        discard=CommandLine("edit {} --discard", case_id),
    )
    return Changed(_("{id} was changed meanwhile").format(id=case_id), hint)


def adopt_case(folder: Folder, case_id: str, actor: Actor, override: str = "") -> Done:
    """Check and record a case file that was changed by hand."""
    return _record_text(folder, case_id, _as_it_is, "adopt", _adopted, actor, override)


def planned_adoption(folder: Folder, case_id: str, actor: Actor, override: str = "") -> tuple[Acted, FileChange]:
    """The case and the change of its file, as :func:`adopt_case` records them; errors as there."""
    return _planned_text(folder, case_id, _as_it_is, "adopt", _adopted, actor, override)


def _as_it_is(file: CaseFile) -> bytes:
    if file.source.data is None:
        raise BadFile(file.problems)
    return file.source.raw


def _adopted() -> str:
    return _("edit by hand adopted")


def is_changed(folder: Folder, case_id: str) -> bool:
    """Whether the file of the case is another than the one recorded."""
    path = folder.case_path(case_id)
    return path.read_bytes() != Repo(folder.root).read(path.relative_to(folder.root).as_posix())


def _record_text(
    folder: Folder, case_id: str, text: Text, action: Did, sentence: Callable[[], str], actor: Actor, override: str = ""
) -> Done:
    result: list[Acted] = []

    def plan() -> tuple[list[FileChange], str]:
        acted, change = _planned_text(folder, case_id, text, action, sentence, actor, override)
        result[:] = [acted]
        return [change], worded(folder, lambda: message(*acted[:2], action, acted.act.sentence, acted.move))

    recorded = record(folder.root, plan, actor.author())
    return Done(*result[0][:3], recorded, before=result[0].before)


def _planned_text(
    folder: Folder, case_id: str, text: Text, action: Did, sentence: Callable[[], str], actor: Actor, override: str
) -> tuple[Acted, FileChange]:
    """The case of a text that was checked, with an entry of it in the log, and the change of its file."""
    file = folder.load(case_id)
    wanted = text(file)
    path = file.path.relative_to(folder.root).as_posix()
    recorded = Repo(folder.root).read(path)
    if wanted == recorded:
        raise Refused(_("{id} has no change to record").format(id=case_id), CommandLine("show {}", case_id))
    before = folder.parse_case(recorded, file.path) if recorded is not None else None
    case = _without_new_faults(folder, before, folder.parse_case(wanted, file.path), actor)
    _refuse_rewritten_log(before.case if before else None, case, override)
    kind = folder.kind(case.kind)
    words = worded(folder, lambda: _with_fields(sentence(), before, case, kind))
    planned = Act(action, words, entry=partial(Entry, override=override))
    entries = actions.entries_of(case, planned, actor.who.id, actor.now)
    raw = apply_edits(wanted, actions.appended(planned, entries), file)
    after = readable(folder.parse_case(raw, file.path))
    # Whoever edits a text that was changed by hand has seen it: what they save records that change too.
    change = FileChange(path, file.source.raw, raw, adopt=True)
    return Acted(after, kind, StageMove(), planned, before=before.case if before else None), change


def _with_fields(sentence: str, before: CaseFile | None, case: Case, kind: Kind) -> str:
    """The sentence with the names of the fields changed, never with their texts: history is for ever."""
    changes = field_changes(before.case, case, kind) if before and before.case else ()
    names = ", ".join(dict.fromkeys(field_label(change.path, kind) for change in changes))
    return f"{sentence}: {names}" if names else sentence


def _without_new_faults(folder: Folder, before: CaseFile | None, after: CaseFile, actor: Actor) -> Case:
    """The case of a text; BadFile with every fault that the recorded text did not have.

    What was at fault before is left to `check`: an old slip does not stop the mending of another.
    """
    case, today = readable(after), actor.now.date()
    problems = case_problems(folder, after, today)
    had = {_sort(p) for p in case_problems(folder, before, today)} if problems and before and before.case else set()
    new = [problem for problem in problems if _sort(problem) not in had]
    if new:
        raise BadFile(new)
    return case


def _sort(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message


def _refuse_rewritten_log(before: Case | None, case: Case, override: str) -> None:
    """Refuse a text that changed or dropped log entries: the log only grows (design §1)."""
    if before is None or override:
        return
    now = {e.id: e for e in case.log}
    for entry in before.log:
        if now.get(entry.id) != entry:
            raise Refused(
                _("{id}: log entry {entry} was changed or taken out; the log only grows").format(
                    id=case.id, entry=entry.id
                ),
                _("put it back, or say why: {command}").format(command=CommandLine('adopt {} --override "…"', case.id)),
            )


__all__ = ["adopt_case", "is_changed", "planned_adoption", "replace"]
