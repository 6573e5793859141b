"""Editing a case file in the person's own editor: a text with faults is kept, never thrown away."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from srctl import LOCAL
from srctl.cli import view
from srctl.core.errors import BadFile, CommandLine, Problem, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.office.hand_edits import Preferred
    from srctl.office.writer import Done


class KeptText(NamedTuple):
    """The text of a case that a person works on or could not record yet, and the text it was begun from."""

    draft: Path
    origin: Path

    def forget(self) -> None:
        """Delete both files."""
        for file in self:
            file.unlink(missing_ok=True)


def kept_text(root: Path, person: str, name: str) -> KeptText:
    """Where the text of the case file ``name`` is kept for ``person``: nobody records another's."""
    draft = root / LOCAL / "edit" / folder_name(person) / name
    return KeptText(draft, draft.with_suffix(".origin"))


def folder_name(person: str) -> str:
    """A folder name for the id of a person that every system can make, another for each id."""
    safe = re.sub(r"[^a-z0-9-]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), person)
    device = re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9]", safe)  # no file is called so on Windows
    return f"%{ord(safe[0]):02X}{safe[1:]}" if device else safe


def edit_in_editor(workspace: "Workspace", case_id: str) -> "Done":
    """Open a copy of the case in the person's editor, then validate and record it.

    A text with faults stays in ``.git/srctl/edit``; the next ``srctl edit`` of the case goes on with it.
    """
    file = workspace.folder.load(case_id)
    path, read = file.path, file.source.raw
    if not read:
        raise BadFile(file.problems)  # a link, two files of one id, too large: nothing an editor can mend
    _tell_nobodys(workspace.folder.root / LOCAL / "edit" / path.name)
    kept = kept_text(workspace.folder.root, workspace.me.id, path.name)
    if kept.draft.exists():
        view.say(_("going on with the text kept from last time: {file}").format(file=kept.draft))
        read = kept.origin.read_bytes() if kept.origin.exists() else read
    else:
        kept.draft.parent.mkdir(parents=True, exist_ok=True)
        kept.draft.write_bytes(read)
        kept.origin.write_bytes(read)
    open_editor(kept.draft)
    if kept.draft.read_bytes() == read:
        kept.forget()
        raise Refused(_("nothing was changed"), CommandLine("edit {}", case_id))
    return _recorded(workspace, case_id, kept, "nobody")


def finish_edit(workspace: "Workspace", case_id: str, prefer: "Preferred") -> "Done":
    """Record the text the person kept when others changed the case meanwhile; ``prefer`` as :func:`replace`."""
    return _recorded(workspace, case_id, _own(workspace, case_id), prefer)


def discard_edit(workspace: "Workspace", case_id: str) -> None:
    """Drop the text the person kept."""
    _own(workspace, case_id).forget()


def _own(workspace: "Workspace", case_id: str) -> KeptText:
    kept = kept_text(workspace.folder.root, workspace.me.id, workspace.folder.case_path(case_id).name)
    if not kept.draft.exists():
        raise Refused(_("{id}: no text of yours is kept").format(id=case_id), CommandLine("edit {}", case_id))
    return kept


def _recorded(workspace: "Workspace", case_id: str, kept: KeptText, prefer: "Preferred") -> "Done":
    from srctl.office.hand_edits import replace

    text = kept.draft.read_bytes()
    read = kept.origin.read_bytes() if kept.origin.exists() else workspace.folder.load(case_id).source.raw
    try:
        done = replace(workspace.folder, case_id, text, read, workspace.actor, prefer)
    except BadFile as fault:
        raise _with_way_on(fault, kept.draft, case_id) from None
    kept.forget()
    return done


def _tell_nobodys(file: Path) -> None:
    """Tell of a text kept by an srctl that did not keep whose it is: nobody's name is put on it."""
    if file.is_file():
        said = _("a text kept by an older srctl, it is not known whose: {file}; read it, then delete it")
        view.say(said.format(file=file))


def _with_way_on(fault: BadFile, draft: Path, case_id: str) -> BadFile:
    """The faults, with a hint that names the file kept and the command to go on with."""
    last: Problem = fault.problems[-1]
    again = CommandLine("edit {}", case_id)
    hint = _("your text is kept in {file}; go on with: {command}").format(file=draft, command=again)
    return BadFile([*fault.problems[:-1], last._replace(hint=f"{last.hint}\n{hint}".strip())])


def open_editor(file: Path) -> None:
    """Open ``file`` in VISUAL, EDITOR or the system's plain editor and wait; no shell is involved."""
    words = split_command(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "", windows=sys.platform == "win32")
    if not words:
        usual = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "nano", "vi")
        words = [next((e for e in usual if shutil.which(e)), "")]
    if not words[0] or shutil.which(words[0]) is None:
        raise Refused(_("there is no editor {name}").format(name=words[0]), _("set EDITOR, e.g. EDITOR=nano"))
    code = subprocess.run([*words, str(file)], check=False).returncode
    if code:
        raise Refused(
            _("the editor ended with code {code}; nothing was recorded").format(code=code),
            _("your text is kept in {file}").format(file=file),
        )


def split_command(command: str, *, windows: bool) -> list[str]:
    """The words of a command a person set: one where the whole names a program, however many spaces are in it."""
    if shutil.which(command):
        return [command]
    try:
        # A backslash is part of a path there, but then the quotes stay around what they hold together.
        return [word.strip('"') if windows else word for word in shlex.split(command, posix=not windows)]
    except ValueError:  # a quote that is never closed
        return [command]
