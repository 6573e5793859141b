"""A release: nothing is changed while something speaks against it, and the tag comes last (release/)."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from release import archives
from tests.conftest import PROJECT

NEXT = "99.0.0"
PARTS = ("srctl", "release", "templates", "contacts", "cases")
FILES = ("office.yaml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.lock", ".gitignore",
         ".gitattributes")  # fmt: skip
SECTION = f"## {NEXT} (unreleased)\n\n- Something new.\n\n"
pytestmark = pytest.mark.slow


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the files as they are here, with a version to come in the changelog."""
    root = tmp_path_factory.mktemp("origin")
    for name in PARTS:
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(PROJECT / name, root / name)
    write(root, "CHANGELOG.md", lambda text: text.replace("## ", f"{SECTION}## ", 1))
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "-c", "user.name=x", "-c", "user.email=x@example.go.th", "commit", "-q", "-m", "All")
    return root


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    root = tmp_path / "clone"
    git(origin, "clone", "-q", str(origin), str(root))
    git(root, "config", "user.name", "มาลี")
    git(root, "config", "user.email", "malee@example.go.th")
    return root


def write(root: Path, name: str, change: Callable[[str], str]) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    after = change(text)
    assert after != text
    path.write_bytes(after.encode())


def commit(root: Path, name: str, change: Callable[[str], str]) -> None:
    write(root, name, change)
    git(root, "commit", "-qam", "Change")


def release(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "release", *words]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


def state(root: Path) -> tuple[str, ...]:
    """What a release that is refused leaves as it was."""
    asked = (("rev-parse", "HEAD"), ("for-each-ref",), ("status", "--porcelain"), ("worktree", "list"))
    return (*(git(root, *words) for words in asked), str(sorted(root.glob("dist/*"))))


def test_a_release_is_committed_built_listed_and_tagged(clone: Path) -> None:
    before = git(clone, "rev-parse", "HEAD")
    done = release(clone, NEXT)
    assert done.returncode == 0, done.stderr
    assert git(clone, "rev-parse", "HEAD~1") == before
    assert git(clone, "log", "-1", "--format=%s %an") == f"Release {NEXT} มาลี"
    assert git(clone, "show", "--format=", "--name-only", "HEAD").split() == ["CHANGELOG.md", "srctl/__init__.py"]
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "worktree", "list").count("\n") == 0
    assert git(clone, "cat-file", "-t", f"v{NEXT}") == "tag"
    assert git(clone, "rev-parse", f"v{NEXT}^{{commit}}") == git(clone, "rev-parse", "HEAD")
    assert f'__version__ = "{NEXT}"' in (clone / "srctl/__init__.py").read_text(encoding="utf-8")
    changelog = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {NEXT} \(\d{{4}}-\d\d-\d\d\)\n\n- Something new", changelog, re.M)
    made = sorted(path.name for path in (clone / "dist").iterdir())
    assert made == [f"srctl-{NEXT}-py3-none-any.whl", f"srctl-{NEXT}.cdx.json", f"srctl-{NEXT}.tar.gz"]
    assert {f"dist/{name}" for name in made} < set(done.stdout.splitlines())
    with zipfile.ZipFile(clone / "dist" / made[0]) as wheel:
        assert f"\nVersion: {NEXT}\n" in wheel.read(f"srctl-{NEXT}.dist-info/METADATA").decode()
        assert not [name for name in wheel.namelist() if name.startswith(("release/", "tests/"))]
    again = release(clone, NEXT)
    assert (again.returncode, again.stderr) == (1, f"release: {NEXT} is not higher than {NEXT}\n")


def test_the_list_of_components_is_that_of_the_lock(clone: Path) -> None:
    assert release(clone, NEXT).returncode == 0
    bill = json.loads((clone / f"dist/srctl-{NEXT}.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert bill["metadata"]["component"]["version"] == NEXT
    lock = (clone / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", lock, re.M)
    assert [(c["name"], c["version"]) for c in bill["components"]] == pinned
    assert [c["purl"] for c in bill["components"]] == [f"pkg:pypi/{name}@{version}" for name, version in pinned]
    digests = [d["content"] for c in bill["components"] for d in c["hashes"]]
    assert digests == re.findall(r"--hash=sha256:([0-9a-f]{64})", lock)
    assert {d["alg"] for c in bill["components"] for d in c["hashes"]} == {"SHA-256"}
    conditional = [c["name"] for c in bill["components"] if c.get("properties")]
    assert conditional == re.findall(r"^([a-z0-9-]+)==\S+ ;", lock, re.M)


def test_the_same_commit_gives_the_same_bytes_wherever_and_whenever_it_is_built(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archives.build(clone, "HEAD", tmp_path / "first")
    there = tmp_path / "another place" / "of another depth"
    git(clone, "clone", "-q", str(clone), str(there))
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    before = os.umask(0o077)
    try:
        second = archives.build(there, "HEAD", tmp_path / "second")
    finally:
        os.umask(before)
    assert [path.name for path in first] == [path.name for path in second]
    assert len(first) == 2
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def untouched(root: Path) -> None: ...


def by_nobody(root: Path) -> None:
    git(root, "config", "--unset", "user.email")
    git(root, "config", "user.useConfigOnly", "true")


def without_files_of_an_office(root: Path) -> None:
    commit(root, "pyproject.toml", lambda text: text.replace('contacts = "srctl/starter/contacts"\n', ""))


def with_a_source_that_cannot_be_built(root: Path) -> None:
    commit(root, "pyproject.toml", lambda text: text.replace('readme = "README.md"', 'readme = "NONE.md"'))


def with_a_lock_that_pins_nothing(root: Path) -> None:
    commit(root, "requirements.lock", lambda text: text + "loose==1.0\n")


def without_types(root: Path) -> None:
    git(root, "rm", "-q", "srctl/py.typed")
    git(root, "commit", "-qm", "Change")


REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, ...], str]] = {
    "no version": (untouched, (), "say which"),
    "two versions": (untouched, (NEXT, NEXT), "say which"),
    "no number": (untouched, ("next",), "'next' is no version"),
    "two numbers": (untouched, ("99.0",), "'99.0' is no version"),
    "lower": (untouched, ("0.0.1",), "0.0.1 is not higher than "),
    "a change": (lambda root: write(root, "README.md", lambda text: text + "x"), (NEXT,), "not clean (1): README.md"),
    "a new file": (lambda root: (root / "new").write_bytes(b""), (NEXT,), "not clean (1): new"),
    "no branch": (lambda root: git(root, "switch", "-q", "--detach"), (NEXT,), "no branch"),
    "tagged": (lambda root: git(root, "tag", f"v{NEXT}"), (NEXT,), f"a tag v{NEXT} already"),
    "no section": (untouched, ("99.1.0",), "does not begin with a section for it: ## 99.1.0 (unreleased)"),
    "empty section": (
        lambda root: commit(root, "CHANGELOG.md", lambda text: text.replace("- Something new.", "### Added")),
        (NEXT,), f"says nothing of {NEXT}",
    ),
    "dated section": (
        lambda root: commit(root, "CHANGELOG.md", lambda text: text.replace("(unreleased)", "(2026-11-30)", 1)),
        (NEXT,), f"has {NEXT} of 2026-11-30 already",
    ),
    "midway: not built": (with_a_source_that_cannot_be_built, (NEXT,), "NONE.md"),
    "midway: incomplete": (without_files_of_an_office, (NEXT,), "lacks srctl/starter/contacts/"),
    "midway: untyped": (without_types, (NEXT,), "srctl/py.typed is not in the repository"),
    "midway: unpinned": (with_a_lock_that_pins_nothing, (NEXT,), "pins nothing: loose==1.0"),
    "midway: nobody": (by_nobody, (NEXT,), "git commit: "),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.full) if n.startswith("midway") else n for n in REFUSED]
)
def test_what_speaks_against_a_release_is_one_line_and_changes_nothing(clone: Path, name: str) -> None:
    spoil, words, reason = REFUSED[name]
    spoil(clone)
    before = state(clone)
    done = release(clone, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("release: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert reason in done.stderr
    assert state(clone) == before


def test_a_source_archive_can_be_made_into_the_same_wheel(clone: Path, tmp_path: Path) -> None:
    sdist, _wheel = sorted(archives.build(clone, "HEAD", tmp_path / "built"), key=lambda path: path.suffix)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (folder,) = (tmp_path / "source").iterdir()
    moment = git(clone, "show", "--no-patch", "--format=%ct", "HEAD")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    subprocess.run(words, cwd=folder, env={**os.environ, "SOURCE_DATE_EPOCH": moment}, check=True, capture_output=True)
    (again,) = (tmp_path / "again").iterdir()
    assert again.read_bytes() == _wheel.read_bytes()
