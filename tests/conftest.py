"""Fixtures for every test: no real home, no real git settings, no network; an office made of data."""

import hashlib
import inspect
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from srctl.audit import inspection
from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.documents import text_template
from srctl.papers import template_checks

settings.register_profile(
    "ci",
    max_examples=int(os.environ.get("SRCTL_EXAMPLES", "40")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")

PROJECT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)  # Friday 20 November 2569
MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes; several times what the tests have there at once


def pytest_configure() -> None:
    """Let tests write to memory where there is room: on a disk they wait for it most of their time.

    What is lost with a kill or a full disk is the same on both; what a power cut loses no test can see.
    ``PYTEST_DEBUG_TEMPROOT`` names another place.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compile each text of a paper once for all tests: the same ones stand in the folder of every office."""
    environment, known = text_template._Environment, {}
    compile_text = environment.compile

    def remembered(self: Any, source: Any, name: str | None = None, *_place: object, **_how: object) -> Any:
        key = type(self), source, name
        if key not in known:
            known[key] = compile_text(self, source, name, name)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "compile", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def validated_once() -> Iterator[None]:
    """Validate all wordings of one state of an office once: where nothing was wrong, nothing is wrong again."""
    validate, sound = template_checks.validate_wordings, set[object]()

    def remembered(templates: Path, office: Any, *more: Any) -> Any:
        files = sorted(path for path in templates.rglob("*") if path.is_file())
        texts = b"\0".join(part for path in files for part in (bytes(path.relative_to(templates)), path.read_bytes()))
        key = hashlib.sha256(texts).digest(), repr(office), *(repr(one) for one in more if not isinstance(one, Mapping))
        if key in sound:
            return ()
        problems = validate(templates, office, *more)
        if not problems:
            sound.add(key)
        return problems

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template_checks, "validate_wordings", remembered)
        patch.setattr(inspection, "validate_wordings", remembered)
        yield


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Give an empty folder: the last one until something is written there, then another."""
    homes: list[Path] = []

    def empty() -> Path:
        if not homes or any(homes[-1].iterdir()):
            homes.append(tmp_path_factory.mktemp("home"))
        return homes[-1]

    return empty


@pytest.fixture(autouse=True)
def no_real_home(monkeypatch: pytest.MonkeyPatch, empty_home: Callable[[], Path]) -> Path:
    """Give every test an empty home and no git configuration but its own."""
    home = empty_home()
    for name in [n for n in os.environ if n.startswith(("GIT_", "SRCTL_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection an error: nothing here needs one."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a test tried to use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def thai() -> Iterator[None]:
    """Speak Thai, as the office does, and leave no setting of one test to the next."""
    from srctl.index.workspace import Settings, current

    i18n.use("th")
    token = current.set(Settings())
    yield
    current.reset(token)
    i18n.use("en")


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return stdout read as JSON."""
        return json.loads(self.out)


def invoked(*words: str, typed: str = "", env: Mapping[str, str] | None = None) -> Ran:
    """Run a command with the present settings, its streams caught."""
    from srctl.cli.app import run

    code: Any = 0
    with CliRunner().isolation(typed, dict(env or {})) as (out, err, _both):
        try:
            run(words)
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
        shown = [stream.getvalue().decode().replace("\r\n", "\n") for stream in (out, err)]
    return Ran(code, *shown)


class Srctl:
    """The command line in this process, at a given moment, in a given folder."""

    def __init__(self, root: Path, now: datetime = NOW) -> None:
        self.root = root
        self.now = now
        self.interactive = False

    def at(self, text: str) -> "Srctl":
        """Go to another moment: ``2026-11-20T17:50``."""
        self.now = datetime.fromisoformat(text).replace(tzinfo=BANGKOK)
        return self

    def run(self, *words: str, typed: str = "", env: Mapping[str, str] | None = None) -> Ran:
        """Run a command and return its exit code, stdout and stderr."""
        from srctl.index.workspace import Settings, current

        token = current.set(Settings(cwd=self.root, now=self.now, interactive=self.interactive))
        try:
            return invoked(*words, typed=typed, env=env)
        finally:
            current.reset(token)

    def ok(self, *words: str, typed: str = "") -> Ran:
        """Run a command that must succeed."""
        ran = self.run(*words, typed=typed)
        assert ran.code == 0, f"srctl {' '.join(words)} → {ran.code}\n{ran.out}\n{ran.err}"
        return ran

    def refused(self, code: int, *words: str) -> str:
        """Run a command that must be refused with ``code``; return what it said."""
        ran = self.run(*words)
        assert ran.code == code, f"srctl {' '.join(words)} → {ran.code}\n{ran.out}\n{ran.err}"
        assert "Traceback" not in ran.out + ran.err
        return ran.err

    def case_file(self, case_id: str) -> Path:
        """Return the path of a case file."""
        return next(self.root.glob(f"cases/*/*/{case_id}.yaml"))

    def git(self, *words: str) -> str:
        """Run plain git in the office, as a suspicious person would."""
        moment = self.now.isoformat()
        dated = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        command = ["git", "-C", str(self.root), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=dated).stdout


def _made(factory: pytest.TempPathFactory, *, cases: bool) -> Path:
    """Make the sample office by the real thing, outside any test's own surroundings."""
    from srctl.office import starter

    root = factory.mktemp("pristine") / "office"
    with pytest.MonkeyPatch.context() as patch, i18n.speaking("th"):
        patch.setenv("HOME", str(root.parent))
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        starter.make(root, starter.Answers(), sample=True, now=NOW, cases=cases)
        subprocess.run(["git", "-C", str(root), "repack", "-adq"], check=True)
    return root


def copied(pristine: Path, root: Path) -> Path:
    """Copy an office; its packed objects, which git never writes to again, are linked."""
    shutil.copytree(pristine, root, symlinks=True, copy_function=_copy)
    return root


def _copy(source: str, target: str) -> None:
    if source.endswith((".pack", ".idx")):
        with suppress(OSError):  # a disk without links
            os.link(source, target)
            return
    shutil.copyfile(source, target)
    kept = Path(source).stat()
    os.utime(target, ns=(kept.st_atime_ns, kept.st_mtime_ns))


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office with its cases, made once by what `srctl init --sample` does."""
    return _made(tmp_path_factory, cases=True)


@pytest.fixture(scope="session")
def pristine_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The people and definitions of the sample office, made once."""
    return _made(tmp_path_factory, cases=False)


@pytest.fixture
def sample(pristine: Path, tmp_path: Path) -> Srctl:
    """The sample office with its cases, copied fresh."""
    return Srctl(copied(pristine, tmp_path / "office"))


@pytest.fixture
def office(pristine_empty: Path, tmp_path: Path) -> Srctl:
    """The sample office without any case, copied fresh."""
    return Srctl(copied(pristine_empty, tmp_path / "office"))


def prepared(fill: Callable[["Srctl"], "Srctl"]) -> Any:
    """Make a fixture of what takes the ``office``, or the ``sample``, somewhere: done once, every test has a copy."""
    [start] = inspect.signature(fill).parameters
    taken: list[Srctl] = []

    @pytest.fixture(name=fill.__name__)
    def copy(request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Srctl:
        if not taken:
            pristine = request.getfixturevalue({"office": "pristine_empty", "sample": "pristine"}[start])
            taken.append(fill(Srctl(copied(pristine, tmp_path_factory.mktemp("prepared") / "office"))))
        return Srctl(copied(taken[0].root, tmp_path / "office"), taken[0].now)

    return copy


def covering(rows: Iterable[str], columns: Sequence[str]) -> list[Any]:
    """Make every pair of both a parameter: each row with one column by turns, the rest marked ``full``."""
    return [
        pytest.param(row, column, id=f"{row}-{column}", marks=() if (n - m) % len(columns) == 0 else pytest.mark.full)
        for n, row in enumerate(rows)
        for m, column in enumerate(columns)
    ]


def sampled(rows: Iterable[Any], every: int, *, ids: Iterable[str] | None = None) -> list[Any]:
    """Make every row a parameter: one of ``every`` as it is, those between marked ``full`` (rows of one rule)."""
    names = list(ids) if ids is not None else None
    found = []
    for n, row in enumerate(rows):
        marks = () if n % every == 0 else pytest.mark.full
        if hasattr(row, "marks"):  # a pytest.param already
            found.append(row if n % every == 0 or row.marks else row._replace(marks=(pytest.mark.full,)))
        elif names is not None:
            found.append(pytest.param(row, id=names[n], marks=marks))
        elif isinstance(row, tuple):
            found.append(pytest.param(*row, marks=marks))
        else:
            found.append(pytest.param(row, marks=marks))
    return found


Tree = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Write files given as data and return their folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write
