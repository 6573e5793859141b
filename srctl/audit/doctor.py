"""The health of an installation: programs, fonts, office folder, and how to mend them. Reads only.

``ok`` needs nothing, ``warn`` works with something lost or doubtful, ``fail`` stops some command until it is
mended. A check that cannot run because another failed is left out: the other one is reported.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from srctl import __version__
from srctl.audit.clocks import clock_hint, commits_ahead
from srctl.audit.emblem import emblem_fault, picture_height
from srctl.audit.inspection import DEFINITIONS, definition_problems
from srctl.audit.safekeeping import judge_backup, judge_line_ends, judge_sharing
from srctl.audit.upgrading import incoming, novelties
from srctl.core.dates import be_year, ce_year
from srctl.core.errors import CommandLine, Refused, SrctlError
from srctl.core.i18n import _, mark, ngettext
from srctl.core.records import NamedTuple
from srctl.documents import pdf
from srctl.model.people import Fonts, Office
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, Folder, find_root
from srctl.papers.form_checks import CHECKED, form_states
from srctl.store import damage, permissions, taken_back
from srctl.store.git.process import NEEDED, call, git_version, hint_who_acts
from srctl.store.git.repository import Repo

State = Literal["ok", "warn", "fail"]
EMBLEM_HEIGHT = 600  # pixels: what 3 cm need to be printed sharply (thai-papers §2)
LEAST_WIDTH = 80  # cells; tables are laid out for it and cut below
_SCARCE, _FULL = 1_000_000_000, 50_000_000  # bytes free on the disk
_LATE_IN_YEAR = 10  # from this month on deadlines run into the next year
# How a freeze of holidays marks a day nobody has compared with its announcement.
_UNVERIFIED = "ยังไม่ได้ตรวจกับประกาศ"
# They look alike, but TH SarabunIT๙ draws 2 as ๒ (the text stays wrong) and both break lines elsewhere.
_RELATIVES = ("TH SarabunIT๙", "TH Sarabun New")

LABELS = {
    "python": mark("Python"),
    "srctl": mark("srctl"),
    "git": mark("git"),
    "folder": mark("office folder"),
    "space": mark("disk"),
    "record": mark("record"),
    "clock": mark("clock"),
    "line-ends": mark("line ends"),
    "backup": mark("last backup"),
    "office": mark("settings"),
    "identity": mark("you"),
    "calendar": mark("calendar of this year"),
    "next-calendar": mark("calendar of next year"),
    "templates": mark("definitions and papers"),
    "starter": mark("starter set"),
    "emblem": mark("emblem"),
    "forms": mark("forms compared"),
    "font": mark("font"),
    "libreoffice": mark("LibreOffice"),
    "terminal": mark("terminal"),
}


class Diagnosis(NamedTuple):
    """The result of one check: its name (a key of LABELS), the state, what was found, how to mend it."""

    name: str
    state: State
    found: str
    hint: str = ""


class Terminal(NamedTuple):
    """The terminal srctl writes to: its width in cells (0: no terminal) and the encoding of the system."""

    width: int
    encoding: str


def examine(start: Path, today: date, terminal: Terminal, acting: str = "") -> tuple[Diagnosis, ...]:
    """The diagnoses of this machine and of the office folder that ``start`` is in, if it is in one.

    ``acting`` is the coordinator named by ``--as``, "" when git says who acts. Nothing is raised, nothing changed.
    """
    python = ".".join(str(part) for part in sys.version_info[:3])
    git = _git()
    found = [Diagnosis("python", "ok", python), Diagnosis("srctl", "ok", __version__), git]
    try:
        folder = Folder(find_root(start))
    except Refused as outside:
        found.append(Diagnosis("folder", "warn", outside.message, outside.hint))
        font = Fonts().thai
    else:
        found += _office(folder, today, acting, with_git=git.state != "fail")
        font = folder.office.fonts.thai if folder.has_office else Fonts().thai
    return (*found, _diagnose("font", lambda: _font(font)), _libreoffice(), _terminal(terminal))


def _diagnose(name: str, check: Callable[[], Diagnosis]) -> Diagnosis:
    """The diagnosis made by ``check``; an error it raises becomes the diagnosis."""
    try:
        return check()
    except SrctlError as fault:
        return Diagnosis(name, "fail", fault.message, fault.hint)
    except OSError as error:
        return Diagnosis(name, "fail", _("the system refuses: {reason}").format(reason=error.strerror or error))


# -- programs -----------------------------------------------------------------------------------------


def _git() -> Diagnosis:
    return _diagnose("git", lambda: judge_git(call(["--version"]).decode("ascii", "replace")))


def judge_git(answer: str) -> Diagnosis:
    """Whether the git that gave ``answer`` to ``--version`` is one srctl can use."""
    word = next((w for w in answer.split() if w[0].isdigit()), "")
    if len(git_version(answer)) == 2 and git_version(answer) >= NEEDED:
        return Diagnosis("git", "ok", word)
    needed = ".".join(map(str, NEEDED))
    found = _("{version} is too old; srctl needs {needed}").format(version=word or answer.strip(), needed=needed)
    return Diagnosis("git", "fail", found, _("Install it: `apt install git`, or from git-scm.com"))


def _libreoffice() -> Diagnosis:
    program = pdf.find_libreoffice()
    if program is None:
        hint = _("Install it: `apt install libreoffice-writer`, or from libreoffice.org; or save as PDF in Word")
        return Diagnosis("libreoffice", "warn", _("not installed: no PDF can be made here"), hint)

    def check() -> Diagnosis:
        version = pdf.version()
        silent = _("{program} does not say its version").format(program=program)
        hint = "" if version else _("start LibreOffice once by hand; install it anew if it does not start")
        return Diagnosis("libreoffice", "ok" if version else "warn", version or silent, hint)

    return _diagnose("libreoffice", check)


def _font(family: str) -> Diagnosis:
    """Whether pages come out in the font the office's papers name; a missing one is substituted silently."""
    official = Fonts().thai
    if family in _RELATIVES:
        found = _("papers are set in {name}, which is not {official}").format(name=family, official=official)
        return Diagnosis(
            "font", "warn", found, _("write {official} under fonts: in office.yaml").format(official=official)
        )
    answered = pdf.typeface(family)
    if pdf.is_same(answered, family):
        return Diagnosis("font", "ok", family)
    found = _("{name} is not installed").format(name=family)
    if answered:
        found += "; " + _("{other} is used in its place, and lines and pages break elsewhere").format(other=answered)
    near = [name for name in _RELATIVES if pdf.is_same(pdf.typeface(name), name)]
    if near:
        there = ngettext("{names} is there, but not the same", "{names} are there, but not the same", len(near))
        found += "; " + there.format(names=", ".join(near))
    hint = _("install {name} for all users of this machine").format(name=family)
    if family == official:
        hint += "\n" + _("it is free of charge from the Department of Intellectual Property")
    return Diagnosis("font", "warn", found, hint)


def _terminal(terminal: Terminal) -> Diagnosis:
    wide = ngettext("{n} column", "{n} columns", terminal.width).format(n=terminal.width)
    width = wide if terminal.width else _("no terminal")
    found = f"{width}, {terminal.encoding}"
    if terminal.encoding.lower().replace("-", "").replace("_", "") != "utf8":
        hint = _("choose UTF-8 for the terminal, e.g. export LANG=C.UTF-8")
        return Diagnosis("terminal", "warn", _("{found}: Thai may come out torn").format(found=found), hint)
    if 0 < terminal.width < LEAST_WIDTH:
        hint = ngettext(
            "make the window {n} column wide: tables are cut below",
            "make the window {n} columns wide: tables are cut below",
            LEAST_WIDTH,
        )
        return Diagnosis("terminal", "warn", found, hint.format(n=LEAST_WIDTH))
    return Diagnosis("terminal", "ok", found)


# -- the office folder --------------------------------------------------------------------------------


def _office(folder: Folder, today: date, acting: str, *, with_git: bool) -> Iterator[Diagnosis]:
    yield _diagnose("folder", lambda: _place(folder.root))
    yield _diagnose("space", lambda: judge_space(shutil.disk_usage(folder.root).free))
    if with_git:
        yield _diagnose("record", lambda: _record(Repo(folder.root)))
        sound = (folder.root / ".git").exists() and not damage.broken_end_problems(folder.root)
        ahead = commits_ahead(Repo(folder.root), today) if sound else []
        yield from (Diagnosis("clock", "warn", words, clock_hint()) for words in ahead[:1])
        ends = _diagnose("line-ends", lambda: _warned("line-ends", *judge_line_ends(folder.root)))
        yield from [ends] if ends.state != "ok" else []
    yield _diagnose("backup", lambda: _warned("backup", *judge_backup(folder, today)))
    yield _diagnose("office", lambda: _settings(folder))
    if with_git and folder.has_office:
        yield _diagnose("identity", lambda: _identity(folder, acting))
    year = be_year(today)
    yield _diagnose("calendar", lambda: _calendar(folder, "calendar", year, needed=True))
    soon = today.month >= _LATE_IN_YEAR
    yield _diagnose("next-calendar", lambda: _calendar(folder, "next-calendar", year + 1, needed=soon))
    yield _diagnose("templates", lambda: _templates(folder))
    if with_git and (folder.root / ".git").exists():
        yield _diagnose("starter", lambda: _starter(folder))
    if folder.has_office:
        yield _diagnose("emblem", lambda: _emblem(folder.root, folder.office))
    if (folder.root / CHECKED).is_file():
        yield _diagnose("forms", lambda: _forms(folder.root))


def _place(root: Path) -> Diagnosis:
    """Where the office is and whether it can be written, found out by writing: on a share permissions prove nothing."""
    for place in (root, root / ".git", root / "cases"):
        if not place.exists():
            continue
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except PermissionError:
            lack = permissions.first_lack(root) or permissions.lack_at(root, place)
            return Diagnosis("folder", "fail", lack.message, lack.hint)
        except OSError as error:
            found = _("{folder} cannot be written: {why}").format(folder=place, why=error.strerror or error)
            return Diagnosis("folder", "fail", found, _("ask for write permission to {folder}").format(folder=root))
    return _warned("folder", *judge_sharing(root))


def _warned(name: str, well: bool, found: str, hint: str) -> Diagnosis:
    return Diagnosis(name, "ok" if well else "warn", found, hint)


def judge_space(free: int) -> Diagnosis:
    """Whether ``free`` bytes of disk are enough to go on working."""
    found = _("{n} GB free").format(n=f"{free / 1e9:.1f}")
    if free >= _SCARCE:
        return Diagnosis("space", "ok", found)
    return Diagnosis(
        "space", "warn" if free >= _FULL else "fail", found, _("make room on the disk of the office folder")
    )


def _record(repo: Repo) -> Diagnosis:
    if broken := damage.broken_end_problems(repo.root):
        return Diagnosis("record", "fail", broken[0].message, broken[0].hint)
    if lost := taken_back.lost_acts(repo.root):
        found = ngettext(
            "{n} file was set back by another git program", "{n} files were set back by another git program", len(lost)
        ).format(n=len(lost))
        return Diagnosis("record", "fail", f"{found}; {lost[0].path}: {lost[0].message}", lost[0].hint)
    branch = repo.branch()
    if branch is None:
        return Diagnosis("record", "fail", _("no branch is checked out: nothing can be recorded"), "git switch main")
    places = ("cases", "contacts", "templates", OFFICE_FILE, ABSENCES_FILE)
    changed = [name for place in places for name in repo.changed_paths(place)]
    by_hand = [name for name in changed if not name.endswith(".docx") and not Path(name).name.startswith(".")]
    if by_hand:
        found = ngettext(
            "branch {branch}, {n} file changed by hand and not recorded",
            "branch {branch}, {n} files changed by hand and not recorded",
            len(by_hand),
        ).format(branch=branch, n=len(by_hand))
        hint = _("`{check}` names them, `{adopt}` records them").format(
            check=CommandLine("check"), adopt=CommandLine("adopt")
        )
        return Diagnosis("record", "warn", found, hint)
    return Diagnosis("record", "ok", _("branch {branch}, nothing changed by hand").format(branch=branch))


def _settings(folder: Folder) -> Diagnosis:
    problems = definition_problems(folder, folder.root / OFFICE_FILE)
    if not problems:
        return Diagnosis("office", "ok", f"{OFFICE_FILE}: {folder.office.names.th}")
    first = problems[0]
    state: State = "warn" if folder.has_office else "fail"
    return Diagnosis("office", state, f"{first.where()}: {first.message}", first.hint or CommandLine("check"))


def _identity(folder: Folder, acting: str) -> Diagnosis:
    office = folder.office
    if acting:
        who, person = acting, office.coordinator(acting)
    else:
        name, email = Repo(folder.root).identity()
        who = f"{name} <{email}>"
        person = next((c for c in office.coordinators if email.lower() in map(str.lower, c.emails)), None)
    if person is None:
        hint = hint_who_acts()
        return Diagnosis("identity", "fail", _("{who} is no coordinator of this office").format(who=who), hint)
    if not person.active:
        hint = _("set active: true in office.yaml, or add: --as WHO")
        return Diagnosis("identity", "warn", _("{who} has left this office").format(who=person.name), hint)
    return Diagnosis("identity", "ok", f"{person.name} ({person.id})")


def _calendar(folder: Folder, name: str, year: int, *, needed: bool) -> Diagnosis:
    """How far the calendar of a Buddhist ``year`` can be relied on; ``needed`` when deadlines need it complete."""
    calendar = folder.calendar
    path = Path("templates", "calendar", f"{year}.yaml")
    broken = next((p for p in folder.problems if p.path == path), None)
    if broken:
        return Diagnosis(name, "fail", f"{broken.where()}: {broken.message}", broken.hint or CommandLine("check"))
    days = [h for on, h in calendar.holidays.items() if on.year == ce_year(year)]
    if not days:
        found = _("no calendar for {year}").format(year=year)
        return Diagnosis(name, "fail" if name == "calendar" else "warn", found, CommandLine("calendar freeze {}", year))
    found = ngettext("{year}: {n} holiday", "{year}: {n} holidays", len(days)).format(year=year, n=len(days))
    complete = calendar.complete_until is not None and calendar.complete_until.year >= ce_year(year)
    unverified = sum(_UNVERIFIED in day.source for day in days)
    hints = []
    if not complete:
        found += ", " + _("some still to be announced")
        hints.append(_("add the announced days to {file}, then set complete: true").format(file=path.as_posix()))
    if unverified:
        found += ", " + ngettext(
            "{n} not compared with its announcement", "{n} not compared with their announcement", unverified
        ).format(n=unverified)
        hints.append(_("compare the days with the Royal Gazette and say so in their source"))
    if not needed or not hints:
        return Diagnosis(name, "ok", found)
    return Diagnosis(name, "warn", found, "\n".join(hints))


def _templates(folder: Folder) -> Diagnosis:
    """How many definitions and papers there are, and how many faults `srctl check` would report in them."""
    files = [path for place, _shape in DEFINITIONS for path in sorted((folder.root / place).glob("*.yaml"))]
    files += [folder.root / name for name in (STANDING_FILE,) if (folder.root / name).is_file()]
    problems = [problem for path in files for problem in definition_problems(folder, path)]
    wordings = folder.root / "templates" / "papers"
    if folder.has_office:
        problems += definition_problems(folder, wordings)  # all papers and layouts at once
    count = len(files) + sum(1 for _paper in wordings.glob("*.*"))
    if not folder.kinds:
        found = _("no kinds of matter in {folder}").format(folder="templates/kinds")
        hint = _("copy templates/ from another office folder ({command})").format(command=CommandLine("init DIR"))
        return Diagnosis("templates", "fail", found, hint)
    if not problems:
        found = ngettext("{n} file, no faults", "{n} files, no faults", count)
        return Diagnosis("templates", "ok", found.format(n=count))
    faults = ngettext("{n} problem", "{n} problems", len(problems)).format(n=len(problems))
    found = ngettext("{n} file, {problems}", "{n} files, {problems}", count).format(n=count, problems=faults)
    return Diagnosis(
        "templates", "fail", f"{found}; {problems[0].where()}: {problems[0].message}", CommandLine("check")
    )


def _starter(folder: Folder) -> Diagnosis:
    """Whether the starter set of this srctl has something that the office has not."""
    count = len(incoming(novelties(folder)))
    if not count:
        return Diagnosis("starter", "ok", _("as in srctl {version}").format(version=__version__))
    found = ngettext("{n} file of srctl {version} is new", "{n} files of srctl {version} are new", count)
    hint = _("{command} shows them and changes nothing").format(command=CommandLine("upgrade"))
    return Diagnosis("starter", "warn", found.format(n=count, version=__version__), hint)


def _forms(root: Path) -> Diagnosis:
    """Whether the forms are as the registrar compared them."""
    count = sum(1 for state in form_states(root) if not state.holds)
    if not count:
        return Diagnosis("forms", "ok", _("as the registrar compared them"))
    found = ngettext("{n} form changed since it was compared", "{n} forms changed since they were compared", count)
    return Diagnosis("forms", "warn", found.format(n=count), CommandLine("papers proof --changed"))


# -- the emblem ---------------------------------------------------------------------------------------


def _emblem(root: Path, office: Office) -> Diagnosis:
    name = office.emblem
    wanted = ngettext(
        "put a PNG at least {n} pixel high into the office folder, and its name into office.yaml: emblem",
        "put a PNG at least {n} pixels high into the office folder, and its name into office.yaml: emblem",
        EMBLEM_HEIGHT,
    )
    hint = wanted.format(n=EMBLEM_HEIGHT)
    if not name:
        found = _("none given: papers leave its place blank, for printed paper")
        return Diagnosis("emblem", "warn", found, hint)
    if fault := emblem_fault(root, name):
        return Diagnosis("emblem", "fail", fault, hint)
    height = picture_height((root / name).read_bytes())
    found = ngettext("{name}, {n} pixel high", "{name}, {n} pixels high", height).format(name=name, n=height)
    if height < EMBLEM_HEIGHT:
        return Diagnosis("emblem", "warn", _("{found}: too few to be printed sharply").format(found=found), hint)
    return Diagnosis("emblem", "ok", found)
