"""The workspace of one run: office folder, moment, acting coordinator, and whether a person is there.

The clock, the working folder and the terminal are given in :class:`Settings`; tests and the demo give their own.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.core import i18n
from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    from srctl.core.errors import Problem
    from srctl.model.absences import Away
    from srctl.model.people import Coordinator
    from srctl.office.folder import Folder
    from srctl.office.snapshot import Past
    from srctl.office.writer import Actor
    from srctl.views.list_views import ViewContext


class Settings(NamedTuple):
    """The settings of one run; None means: as the machine has it."""

    cwd: Path | None = None
    now: datetime | None = None
    interactive: bool | None = None
    language: str = ""
    acting: str = ""
    debug: bool = False
    sure: bool = False
    verbose: bool = False


_MACHINE = Settings()
current: ContextVar[Settings] = ContextVar("settings", default=_MACHINE)


_opened: ContextVar[ExitStack] = ContextVar("opened")


@contextmanager
def closing_opened() -> Iterator[None]:
    """Close, when a run ends, every folder opened in it: an index is closed by whoever opened it."""
    with ExitStack() as stack:
        token = _opened.set(stack)
        try:
            yield
        finally:
            _opened.reset(token)


def settings() -> Settings:
    """The settings of this run."""
    return current.get()


def set_settings(**changes: object) -> None:
    """Change some settings of this run."""
    changed = settings()._replace(**changes)  # type: ignore[arg-type]
    if changed != settings():
        current.set(changed)


def now() -> datetime:
    """The moment of this run in Bangkok time, to the second."""
    from srctl.core.dates import BANGKOK

    return (settings().now or datetime.now(BANGKOK)).replace(microsecond=0)


def is_interactive() -> bool:
    """Whether a person sits at a terminal and can be asked."""
    given = settings().interactive
    return (sys.stdin.isatty() and sys.stdout.isatty()) if given is None else given


def folder_here() -> Path:
    """The folder the command was started in (or the one given with -C)."""
    return settings().cwd or Path.cwd()


def office_language(start: Path) -> str:
    """The language of the messages: SRCTL_LANG, else that of office.yaml, else Thai.

    The line is found without a YAML parser: help must be quick, and a broken office still needs words.
    """
    asked = os.environ.get("SRCTL_LANG", "")[:2].lower()
    if asked in i18n.LANGUAGES:
        return asked
    try:
        office = next((f for f in (folder / "office.yaml" for folder in (start, *start.parents)) if f.is_file()), None)
        text = office.read_text(encoding="utf-8", errors="replace") if office else ""
    except (OSError, ValueError):  # the command itself reports what is wrong with the folder
        return "th"
    for line in text.splitlines():
        key, _colon, value = line.partition(":")
        if key == "language" and value.strip() in i18n.LANGUAGES:
            return value.strip()
    return "th"


class Workspace:
    """One run's view of the office: the folder, today, and (when it acts) the coordinator."""

    def __init__(self, past: "Past | None" = None) -> None:
        self.settings = settings()
        self.now = now()
        self.past = past
        self.troubles: list[Problem] = []  # found in the office when it was opened, told by every command
        self.today: date = past.day if past else self.now.date()

    def as_of(
        self, day: date | None, enter: "Callable[[AbstractContextManager[Past]], Past]", case: str = ""
    ) -> "Workspace":
        """The workspace of a past ``day``, whose snapshot ``enter`` opens and closes at the end; this one for None.

        With ``case`` (as typed) the snapshot holds that case alone.
        """
        if day is None:
            return self
        from srctl.office.snapshot import open_snapshot

        found = Workspace(enter(open_snapshot(self.here.root, day, self.today, case)))
        found.here = self.here
        return found

    @cached_property
    def here(self) -> "Folder":
        """The office folder the command was started in, as it is now; closed when the run ends."""
        from srctl.index.cache import attach_cache
        from srctl.office.folder import Folder, find_root

        folder = _opened.get().enter_context(closing(Folder(find_root(folder_here()))))
        attach_cache(folder)
        self.troubles += _troubles(folder.root)
        folder.problems += self.troubles
        return folder

    def acting(self) -> "AbstractContextManager[None]":
        """Begin an action: prefetch from git what it will need, while the rest of srctl is imported."""
        from srctl.office.folder import find_root
        from srctl.store.git.process import prefetching

        return prefetching(find_root(folder_here()), named=bool(self.named))

    @property
    def folder(self) -> "Folder":
        """The office folder the command answers from: the one here, or that of a day past."""
        return self.past.folder if self.past else self.here

    @cached_property
    def me(self) -> "Coordinator":
        """The coordinator who acts: ``--as``, SRCTL_AS, or the git identity.

        Raises:
            NotFound: nobody of that id. Refused: it is somebody who signs, or the git identity is no coordinator's.
        """
        from srctl.core.errors import unknown

        office = self.here.office
        if self.named:
            found = office.coordinator(self.named)
            if found is None:
                self._refuse_signer()
                known = [c.id for c in office.coordinators if c.active]
                raise NotFound(*unknown(_("coordinator"), self.named, known, CommandLine("whoami --list")))
            return _still_here(found)
        from srctl.store.git.process import hint_who_acts

        email = self.git_email()
        for coordinator in office.coordinators:
            if email.lower() in (e.lower() for e in coordinator.emails):
                return _still_here(coordinator)
        raise Refused(_("{email} is no coordinator of this office").format(email=email), hint_who_acts())

    def keep_me(self, who: str) -> None:
        """Keep who works with this office on this computer: name and address are written to its own git settings.

        Raises:
            NotFound: nobody of that id works here. Refused: they have no address in office.yaml, or have left.
        """
        from srctl.core.errors import unknown
        from srctl.store.git.repository import Repo

        office = self.here.office
        found = office.coordinator(who)
        if found is None:
            known = [c.id for c in office.coordinators if c.active]
            raise NotFound(*unknown(_("coordinator"), who, known, CommandLine("whoami --list")))
        if not _still_here(found).emails:
            message = _("{who} has no e-mail address in office.yaml").format(who=who)
            raise Refused(message, CommandLine("whoami --list"))
        Repo(self.here.root).keep_identity(found.name, found.emails[0])

    @property
    def asking(self) -> str:
        """The id of whoever asks to see something: a superior (a signer, the Minister), else :attr:`me`."""
        from srctl.model.people import MINISTER

        named = self.named
        return named if named and (named == MINISTER or self.here.office.signer(named)) else self.me.id

    def _refuse_signer(self) -> None:
        """Refuse a superior who is no coordinator: they read, and a coordinator records what they sign or decide."""
        from srctl.model.people import MINISTER, name_of

        named, office = self.named, self.here.office
        if named == MINISTER or office.signer(named):
            words = _("{name} ({who}) signs and decides; a coordinator records it")
            hint = _("their day: {today}; who can record: {people}").format(
                today=CommandLine("today {}", named), people=CommandLine("whoami --list")
            )
            raise Refused(words.format(name=name_of(office, named), who=named), hint)

    def prefetch_me(self) -> None:
        """Start git looking up the identity :attr:`me` needs, while something else is imported."""
        if self.named:
            return
        from srctl.store.git.process import ask_author

        ask_author(self.here.root)

    @property
    def named(self) -> str:
        """The id of who acts as named by ``--as`` or SRCTL_AS, "" when git decides; a Thai name stands for its id."""
        named = settings().acting or os.environ.get("SRCTL_AS", "")
        if named.isascii():
            return named
        from srctl.core.name_matching import matching
        from srctl.model.people import known_staff

        found = matching(named, known_staff(self.here.office))
        return found[0].id if len(found) == 1 else named

    def git_email(self) -> str:
        """The e-mail address of the git identity."""
        from srctl.store.git.process import author

        return author(self.here.root)[1]

    @cached_property
    def actor(self) -> "Actor":
        """Who acts and when, as the writer needs it."""
        from srctl.office.writer import Actor

        return Actor(self.me, self.now)

    @cached_property
    def away(self) -> "Away":
        """Who is away today."""
        from srctl.model.absences import away_on

        return away_on(self.folder.absences, self.today)

    @property
    def around(self) -> "ViewContext":
        """The context views need beside a case."""
        from srctl.views.list_views import ViewContext

        folder = self.folder
        return ViewContext(folder.office, folder.calendar, folder.directory, self.today, self.away, folder.weights)

    def find(self, typed: str) -> str:
        """The case id that ``typed`` means (NotFound with the candidates otherwise)."""
        from srctl.core.dates import be_year

        likely = self.folder.likely(typed, be_year(self.today))
        if likely:  # saves opening the index
            return likely
        from srctl.index.queries import find_case

        return find_case(self.folder, typed, self.today)


def _troubles(root: Path) -> "list[Problem]":
    """What a power cut or another git program did to the record since the last command."""
    from srctl.store.anchor import is_quiet

    if is_quiet(root) or not (root / ".git").is_dir():
        return []
    from srctl.store import damage, taken_back

    return damage.broken_end_problems(root) or taken_back.lost_acts(root)


def untold_troubles(told: "Collection[Problem]") -> "list[Problem]":
    """The troubles of the office opened in this run that are not among those ``told``."""
    found = _workspace.get()
    if found is None:
        return []
    here = found.here.problems if "here" in vars(found) else []
    behind = [problem for problem in here if problem.code == "behind"]
    return [problem for problem in (*found.troubles, *behind) if problem not in told]


def _still_here(found: "Coordinator") -> "Coordinator":
    """The coordinator, refused when they have left the office: nobody acts as them."""
    if not found.active:
        message = _("{name} ({who}) has left the office: nobody acts as them").format(name=found.name, who=found.id)
        raise Refused(message, CommandLine("whoami --list"))
    return found


_workspace: ContextVar[Workspace | None] = ContextVar("workspace", default=None)


def current_workspace() -> Workspace:
    """The workspace of this run, shared by all callers, so that folder and index are opened once.

    A new one is made for other settings, and after :func:`renew`.
    """
    found = _workspace.get()
    if found is None or found.settings is not settings():
        found = Workspace()
        _workspace.set(found)
    return found


def renew() -> None:
    """Discard the workspace of this run, so that the next one reads the folder anew."""
    _workspace.set(None)
