"""Whether the office is kept safe: how old its last backup is, and whether another program keeps its folder."""

from datetime import date
from pathlib import Path

from srctl.core.dates import BANGKOK, show_date
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language, ngettext
from srctl.office.folder import Folder
from srctl.office.synced_folders import warning
from srctl.store import permissions
from srctl.store.backup import last_backup


def judge_backup(folder: Folder, today: date) -> tuple[bool, str, str]:
    """Whether the last backup is young enough (``backup_within`` of office.yaml), what was found, and what to do."""
    last = last_backup(folder.root)
    hint = CommandLine("backup FILE")
    if last is None:
        return False, _("no backup was made from this folder"), hint
    made, file = last
    day = made.astimezone(BANGKOK).date()
    age = folder.calendar.workdays_between(day, today)
    old = ngettext("{day}, {n} working day ago: {file}", "{day}, {n} working days ago: {file}", age)
    found = old.format(day=show_date(day, language()), n=age, file=file)
    if folder.has_office and age > folder.office.backup_within:
        return False, found, hint
    if not Path(file).is_file():
        return False, _("{found}, which is not there now").format(found=found), hint
    return True, found, ""


def judge_line_ends(root: Path) -> tuple[bool, str, str]:
    """Whether the office's `.gitattributes` keeps every git from turning line ends, what was found, and what to do."""
    place = root / ".gitattributes"
    text = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
    words = [line.split() for line in text.splitlines()]
    if any(line[:1] == ["*"] and {"-text", "binary", "eol=lf"} & {*line[1:]} for line in words):
        return True, ".gitattributes", ""
    found = _("another git may turn the line ends of every file here: .gitattributes does not forbid it")
    command = 'git add .gitattributes && git commit -m ".gitattributes" .gitattributes'
    return False, found, _("write the line `* -text` into .gitattributes, then: {command}").format(command=command)


def judge_sharing(root: Path) -> tuple[bool, str, str]:
    """Whether all who share the folder can work in it, and no other program does; what was found, and what to do."""
    if (root / ".git").is_dir():
        if lack := permissions.first_lack(root):
            return False, lack.message, lack.hint
        if place := permissions.closed_to_group(root):
            found = _("some colleagues cannot work in this folder: {path} is not writable for its group")
            return False, found.format(path=place), permissions.lack_at(root, place).hint
    return judge_keeper(root)


def judge_keeper(root: Path) -> tuple[bool, str, str]:
    """Whether no other program keeps the folder alike on several machines, what was found, and what to do."""
    found, hint = warning(root)
    return not found, found or str(root), hint
