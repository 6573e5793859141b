"""``python -m release VERSION``: the steps of a release in order."""

import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from release import Refused, archives, changes, components, run

SOURCE, CHANGELOG, LOCK = "srctl/__init__.py", "CHANGELOG.md", "requirements.lock"


def check(root: Path, version: str, day: date) -> dict[str, str]:
    """The new texts of the files a release changes, by path; Refused while anything stands against a release."""
    wanted = changes.numbers(version)
    if run(root, "git", "rev-parse", "--abbrev-ref", "HEAD") == "HEAD":
        raise Refused("no branch is checked out")
    changed = run(root, "git", "status", "--porcelain").splitlines()
    if changed:
        raise Refused(f"the tree is not clean ({len(changed)}): {changed[0][3:]}")
    source, changelog = ((root / name).read_text(encoding="utf-8") for name in (SOURCE, CHANGELOG))
    if wanted <= changes.numbers(changes.version_in(source)):
        raise Refused(f"{version} is not higher than {changes.version_in(source)}")
    if run(root, "git", "tag", "--list", f"v{version}"):
        raise Refused(f"there is a tag v{version} already")
    return {SOURCE: changes.with_version(source, version), CHANGELOG: changes.dated(changelog, version, day)}


def release(root: Path, version: str, now: datetime) -> list[Path]:
    """Make the release and return its files in ``dist``."""
    files = check(root, version, now.date())
    with TemporaryDirectory(prefix="srctl-release-") as place:
        commit = _commit(root, files, version)
        folder = Path(place)
        built = archives.build_twice(root, commit, folder)
        archives.check(root, commit, built, version)
        moment = int(run(root, "git", "show", "--no-patch", "--format=%ct", commit))
        bill = folder / f"srctl-{version}.cdx.json"
        bill.write_bytes(components.bill((root / LOCK).read_text(encoding="utf-8"), version, moment).encode())
        (root / "dist").mkdir(exist_ok=True)
        kept = [Path(shutil.copy(path, root / "dist")) for path in (*built, bill)]
    run(root, "git", "merge", "--quiet", "--ff-only", commit)
    run(root, "git", "tag", "--annotate", "-m", f"srctl {version}", f"v{version}", commit)
    return kept


def _commit(root: Path, files: dict[str, str], version: str) -> str:
    """Commit the files on top of HEAD without moving the branch, and return the commit."""
    with archives.work_tree(root, "HEAD") as tree:
        for name, text in files.items():
            (tree / name).write_bytes(text.encode())
        # Hooks look for their programs in the environment of the tree they were made for.
        run(tree, "git", "commit", "--quiet", "--no-verify", "-m", f"Release {version}", "--", *files)
        return run(tree, "git", "rev-parse", "HEAD")


def main(words: list[str]) -> int:
    """Make a release, or print in one line why not; return the exit code."""
    try:
        if len(words) != 1:
            raise Refused("say which: make release VERSION=0.2.0")
        root = Path(run(Path.cwd(), "git", "rev-parse", "--show-toplevel"))
        made = release(root, words[0], datetime.now(UTC).astimezone())
    except Refused as reason:
        print(f"release: {reason}", file=sys.stderr)
        return 1
    print(
        *(path.relative_to(root).as_posix() for path in made),
        f"v{words[0]} is tagged; push it with its branch",
        sep="\n",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
