"""Wheel and source archive: built offline, reproducible from the commit, and checked for completeness."""

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from release import Refused, run

_CARRIED = ("srctl", "templates", "contacts", "cases", "office.yaml", "LICENSE")
_NEEDED = ("srctl/py.typed", "srctl/core/locale/th/LC_MESSAGES/srctl.mo")


@contextmanager
def work_tree(root: Path, commit: str) -> Iterator[Path]:
    """Yield a work tree of a commit with nothing else in it, removed afterwards."""
    with TemporaryDirectory(prefix="srctl-release-") as place:
        tree = Path(place).resolve() / "tree"
        run(root, "git", "worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            yield tree
        finally:
            run(root, "git", "worktree", "remove", "--force", str(tree))


def build(root: Path, commit: str, folder: Path) -> list[Path]:
    """Build both archives of a commit into ``folder``; every time in them is that of the commit."""
    moment = run(root, "git", "show", "--no-patch", "--format=%ct", commit)
    with work_tree(root, commit) as tree:
        run(tree, sys.executable, "-m", "hatchling", "build", "-d", str(folder), env={"SOURCE_DATE_EPOCH": moment})
    return sorted(folder.iterdir())


def build_twice(root: Path, commit: str, folder: Path) -> list[Path]:
    """Build into ``folder``, and once more elsewhere; Refused when a byte differs."""
    built = build(root, commit, folder)
    with TemporaryDirectory(prefix="srctl-release-") as place:
        for one, other in zip(built, build(root, commit, Path(place)), strict=True):
            if one.read_bytes() != other.read_bytes():
                raise Refused(f"{one.name} is another one when it is built again")
    return built


def check(root: Path, commit: str, built: list[Path], version: str) -> None:
    """Refuse archives that lack a file of the commit which an office or the licence needs."""
    carried = run(root, "git", "ls-tree", "-r", "-z", "--name-only", commit, "--", *_CARRIED).split("\0")[:-1]
    for name in _NEEDED:
        if name not in carried:
            raise Refused(f"{name} is not in the repository")
    sdist, wheel = f"srctl-{version}.tar.gz", f"srctl-{version}-py3-none-any.whl"
    if [path.name for path in built] != sorted((sdist, wheel)):
        raise Refused(f"built was {', '.join(path.name for path in built)}, not {sdist} and {wheel}")
    folder = built[0].parent
    with tarfile.open(folder / sdist) as archive:
        _refuse_lacking(sdist, {f"srctl-{version}/{name}" for name in carried}, set(archive.getnames()))
    with zipfile.ZipFile(folder / wheel) as packed:
        _refuse_lacking(wheel, {_in_wheel(name, version) for name in carried}, set(packed.namelist()))


def _in_wheel(name: str, version: str) -> str:
    if name == "LICENSE":
        return f"srctl-{version}.dist-info/licenses/LICENSE"
    return name if name.startswith("srctl/") else f"srctl/starter/{name}"


def _refuse_lacking(archive: str, needed: set[str], held: set[str]) -> None:
    lacking = sorted(needed - held)
    if lacking:
        more = f" and {len(lacking) - 1} more" if lacking[1:] else ""
        raise Refused(f"{archive} lacks {lacking[0]}{more}")
