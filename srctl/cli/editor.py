"""Editing a case file in the person's own editor: a text with faults is kept, never thrown away."""

import os
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

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.office.writer import Done


def edit_in_editor(workspace: "Workspace", case_id: str) -> "Done":
    """Open a copy of the case in the person's editor, then validate and record it.

    A text with faults stays in ``.git/srctl/edit``; the next ``srctl edit`` of the case goes on with it.
    """
    from srctl.office.hand_edits import replace

    file = workspace.folder.load(case_id)
    path, read = file.path, file.source.raw
    if not read:
        raise BadFile(file.problems)  # a link, two files of one id, too large: nothing an editor can mend
    draft = workspace.folder.root / LOCAL / "edit" / path.name
    origin = draft.with_suffix(".origin")
    if draft.exists():
        view.say(_("going on with the text kept from last time: {file}").format(file=draft))
        read = origin.read_bytes() if origin.exists() else read
    else:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(read)
        origin.write_bytes(read)
    open_editor(draft)
    text = draft.read_bytes()
    if text == read:
        _forget(draft, origin)
        raise Refused(_("nothing was changed"), CommandLine("edit {}", case_id))
    try:
        done = replace(workspace.folder, case_id, text, read, workspace.actor)
    except BadFile as fault:
        raise _kept(fault, draft, case_id) from None
    _forget(draft, origin)
    return done


def _kept(fault: BadFile, draft: Path, case_id: str) -> BadFile:
    """The faults, with a hint that names the file kept and the command to go on with."""
    last: Problem = fault.problems[-1]
    again = CommandLine("edit {}", case_id)
    hint = _("your text is kept in {file}; go on with: {command}").format(file=draft, command=again)
    return BadFile([*fault.problems[:-1], last._replace(hint=f"{last.hint}\n{hint}".strip())])


def _forget(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


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
