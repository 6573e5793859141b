"""What an act changed in a case file, turned back in the file of now: field by field, or byte for byte.

The record has the file before and after the act. The difference between the two is brought the other way round into
the file as it is; where a later act changed the same field, nothing is done, and both are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from srctl.core.errors import Changed, CommandLine
from srctl.core.i18n import _
from srctl.core.patches import Edit, Where
from srctl.core.records import NamedTuple
from srctl.office.folder import CaseFile, Folder, readable
from srctl.store.git.commits import Commit
from srctl.store.git.repository import Repo
from srctl.store.yaml.merge import NAMES, merge
from srctl.store.yaml.reader import read_text
from srctl.workflow.commit_message import written_entries
from srctl.workflow.field_changes import field_label


class Change(NamedTuple):
    """What a commit did to a file of the office: its id, the path, the bytes before and after it."""

    commit: str
    path: str
    before: bytes
    made: bytes


def sentence_of(commit: Commit) -> str:
    """The sentence of an act, as its commit has it, without the number of the case and the stage it came to."""
    named = commit.trailers.get("Srctl-Case", "")
    sentence = commit.subject.removeprefix(f"{named} ")
    return sentence.rpartition(" → ")[0] or sentence


def turned_back(folder: Folder, file: CaseFile, change: Change) -> tuple[bytes, list[Edit]]:
    """A text and the edits that make it the file of now without the change.

    Where nothing but log entries came since, that is the earlier text itself, byte for byte, with those entries.

    Raises:
        Changed: a later act changed the same fields.
    """
    now, case = file.source, readable(file)
    data, base, before = (_fields(raw) for raw in (now.raw, change.made, change.before))
    incoming = _with_people_of(before, base)
    if now.raw.startswith(change.made) and data == base and incoming == before:
        from srctl.store.yaml.editor import item_texts
        from srctl.store.yaml.writer import Verbatim

        had = {entry.id for entry in readable(folder.parse_case(change.before, file.path)).log}
        texts = zip(case.log, item_texts(now.raw, ("log",)), strict=True)
        return change.before, [Edit("append", ("log",), Verbatim(text)) for entry, text in texts if entry.id not in had]
    like = (base, data, incoming)
    found = merge(*(_filled(each, like) for each in like))
    if found.conflicts:
        raise _changed_since(folder, file, change, found.conflicts)
    return now.raw, list(_edits(data, _pruned(found.data, data)))


def _fields(raw: bytes) -> dict[str, Any]:
    """The plain data of a case file without its log."""
    data = read_text(raw, Path("case.yaml")).data or {}
    return {key: value for key, value in data.items() if key != "log"}


def _with_people_of(before: dict[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``before`` with whom the act made known: the log names them still, also where it is taken back."""
    had = before.get("people") or []
    known = {person["id"] for person in had}
    new = [person for person in made.get("people") or [] if person["id"] not in known]
    return {**before, "people": [*had, *new]} if new else before


def _filled(data: Any, like: Sequence[Any]) -> Any:
    """The data with an empty part wherever another version has one: nothing there is the same as an empty change."""
    if not isinstance(data, dict):
        return data
    made = dict(data)
    for key in dict.fromkeys(key for other in like if isinstance(other, dict) for key in other):
        beside = [other.get(key) for other in like if isinstance(other, dict)]
        if any(isinstance(value, dict) for value in beside):
            made[key] = _filled(made.get(key) or {}, beside)
        elif any(isinstance(value, list) for value in beside):
            made[key] = made.get(key) or []
    return made


def _pruned(data: Any, now: Any) -> Any:
    """The data without the empty parts that are not in the file ``now``."""
    if not isinstance(data, dict):
        return data
    had = now if isinstance(now, dict) else {}
    made = {key: _pruned(value, had.get(key)) for key, value in data.items()}
    return {key: value for key, value in made.items() if value not in ({}, []) or had.get(key) == value}


def _edits(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Edit]:
    """Yield the edits from the fields of ``now`` to those ``wanted``; a part that is new stands before the log."""
    for key, value in wanted.items():
        if key not in now:
            yield Edit("set", (key,), value, before="log")
        elif value != now[key]:
            yield Edit("set", (key,), value)
    yield from (Edit("remove", (key,)) for key in now if key not in wanted)


def _changed_since(folder: Folder, file: CaseFile, change: Change, places: Sequence[Where]) -> Changed:
    """The refusal that names the fields changed again since, and the acts that did it."""
    kind = folder.kinds.get(readable(file).kind)
    fields = ", ".join(dict.fromkeys(field_label(".".join(map(str, place)), kind) for place in places))
    repo, found = Repo(folder.root), []
    for commit in repo.walk(change.path):
        if commit.id == change.commit:
            break
        sides = [_fields(repo.read(change.path, rev) or b"") for rev in (f"{commit.id}^", commit.id)]
        if any(_at(sides[0], place) != _at(sides[1], place) for place in places):
            found += [f"{entry}  {sentence_of(commit)}" for entry in written_entries(commit.trailers, file.id)[-1:]]
    message = _("{id}: {fields} was changed again since, and is not put back").format(id=file.id, fields=fields)
    latest = found[0].split()[0] if found else ""
    return Changed(message, "\n".join((*found, CommandLine("undo {} {}", file.id, latest))))


def _at(data: Any, where: Where) -> Any:
    """The value at a place in which items of lists are named."""
    for part in where:
        if isinstance(data, list):
            data = next((item for item in data if item == part or _is_named(item, part)), None)
        else:
            data = data.get(part) if isinstance(data, dict) else None
    return data


def _is_named(item: Any, name: Any) -> bool:
    return isinstance(item, dict) and name in [item.get(key) for key in NAMES]
