"""Copies left where two machines wrote one file at once: recognised, and compared with the true file. Reads only."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

from srctl.core.errors import Problem
from srctl.core.i18n import _, ngettext
from srctl.model.labels import action_word
from srctl.office.folder import Folder
from srctl.office.synced_folders import conflict_copies
from srctl.store.yaml.reader import read_file


def conflict_problems(folder: Folder) -> list[Problem]:
    """One problem for each conflict copy: of which file, and what differs."""
    found = []
    for copy, original in conflict_copies(folder.root):
        message = _("conflict copy of {name}: {difference}").format(
            name=original.name, difference=_difference(copy, original)
        )
        hint = _("take over what only the copy has, then delete it or move it out of the office folder")
        found.append(Problem(folder.relative(copy), 0, "conflict-copy", message, hint))
    return found


def _difference(copy: Path, original: Path) -> str:
    """What differs between the two, in words: entries of the log and names of fields, no values."""
    if copy.read_bytes() == original.read_bytes():
        return _("the same, byte for byte")
    ours, theirs = read_file(original).data, read_file(copy).data
    if ours is None or theirs is None:
        return _lines(copy, original)
    parts = []
    only_copy = _entries(theirs, ours)
    only_file = _entries(ours, theirs)
    if only_copy:
        parts.append(_("only in the copy: {what}").format(what=", ".join(only_copy)))
    if only_file:
        parts.append(_("only in the file: {what}").format(what=", ".join(only_file)))
    fields = sorted(_fields("", ours, theirs))
    if fields:
        parts.append(_("written otherwise: {what}").format(what=", ".join(fields)))
    return "; ".join(parts) or _("the same words, written otherwise")


def _lines(copy: Path, original: Path) -> str:
    """How many lines differ, of files that are not both readable YAML."""
    if copy.suffix == ".docx":
        return _("another Word file")
    before, after = (p.read_text("utf-8", "replace").splitlines() for p in (original, copy))
    count = sum(line[:1] in "+-" and line[:3] not in ("+++", "---") for line in unified_diff(before, after, n=0))
    return ngettext("{n} line is different", "{n} lines are different", count).format(n=count)


def _entries(has: Mapping[str, Any], lacks: Mapping[str, Any]) -> list[str]:
    """The log entries that one has and the other lacks, each as its id and what it is."""
    log, other = has.get("log"), lacks.get("log")
    if not isinstance(log, list):
        return []
    missing = [e for e in log if not isinstance(other, list) or e not in other]
    return [f"{e.get('id', '?')} ({action_word(str(e.get('did', '')))})" for e in missing if isinstance(e, dict)]


def _fields(above: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """The names of the fields whose values differ, the log left out."""
    found = []
    for key in {*ours, *theirs} - ({"log"} if not above else set()):
        one, other = ours.get(key), theirs.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            found += _fields(f"{above}{key}.", one, other)
        elif one != other:
            found.append(f"{above}{key}")
    return found
