"""The office's history: one git repository, read and written by plumbing commands alone.

Commits are built without git's index. One action costs three short git processes, each started
ahead of its use: ``cat-file --batch`` for all reading, ``update-ref`` to move the branch and
``update-index`` to update the index (``git.index``). New objects are written as git writes them,
each into a file of its own. Everything written is made durable.
"""

import os
import stat
from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.store import atomicfile
from srctl.store.git import objects as git_objects
from srctl.store.git.commits import LOG_FORMAT, Commit, Touched, moment_of, parse_commit, parse_raw
from srctl.store.git.process import (
    GitRefused,
    Objects,
    Process,
    at,
    author,
    call,
    prefetched,
    reader,
    refusal,
    require_repository,
    start_git,
    waiting_git,
)

_shared: dict[Path, Objects] = {}  # the one reader of an action, by repository


class Repo:
    """The git repository whose work tree is ``root``; a Repo alone touches nothing on disk."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root).absolute()
        self.git_dir = self.root / ".git"

    @staticmethod
    def create(root: Path, name: str, email: str, algorithm: str = "sha1") -> "Repo":
        """Make ``root`` a repository on ``main`` with this identity; an existing one gets settings only.

        Only the repository's own configuration is written. There is no first commit yet and there
        are no hooks.
        """
        repo = Repo(root)
        if not repo.git_dir.exists():
            formats = ("-c", f"init.defaultObjectFormat={algorithm}", "-c", "init.defaultRefFormat=files")
            call([*formats, "init", "-q", "--template=", "--", str(root)])
            # Every git knows this; `init -b` came in 2.28.
            repo.run("symbolic-ref", "HEAD", "refs/heads/main")
        settings = {
            "user.name": name,
            "user.email": email,
            "core.autocrlf": "false",
            "core.symlinks": "false",
            "core.quotePath": "false",
            "core.longpaths": "true",
            "core.fsync": "all",
            "index.version": "4",
            "gc.auto": "0",
        }
        for key, value in settings.items():
            repo.run("config", key, value)
        return repo

    def check(self) -> None:
        """Refuse a folder that is not itself a repository: a parent's is never used."""
        require_repository(self.root)

    def run(self, *words: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Run git on exactly this repository and return its output; Refused with git's reason."""
        return call([*at(self.root), *words], stdin, env)

    def keep_identity(self, name: str, email: str) -> None:
        """Write who works here to the repository's own configuration."""
        self.run("config", "user.name", name)
        self.run("config", "user.email", email)

    def identity(self) -> tuple[str, str]:
        """Return name and e-mail as git would use them; Refused when they were never given."""
        return author(self.root)

    def head(self) -> str | None:
        """The id of the commit HEAD points to, None before the first."""
        with self.objects() as objects:
            found = objects.get("HEAD")
        return found.id if found else None

    def branch(self) -> str | None:
        """Return the branch checked out (``main``), born or not; None when HEAD is detached."""
        self.check()
        head = (self.git_dir / "HEAD").read_text(encoding="utf-8").strip()
        if head == "ref: refs/heads/.invalid":  # the reftable format keeps HEAD elsewhere
            with suppress(GitRefused):
                head = "ref: " + self.run("symbolic-ref", "-q", "HEAD").decode().strip()
        prefix = "ref: refs/heads/"
        return head.removeprefix(prefix) if head.startswith(prefix) else None

    def algorithm(self) -> str:
        """Return the hash git names objects with here: ``sha1`` or ``sha256``."""
        try:
            return self.run("rev-parse", "--show-object-format").decode().strip()
        except GitRefused:  # a git too old to be asked knows only one
            return "sha1"

    @contextmanager
    def objects(self, *, shared: bool = False) -> Iterator[Objects]:
        """Read many objects through one git process.

        ``shared``: for an action, with the index prefetched; other reads in the body use the same process.
        """
        self.check()
        if self.git_dir in _shared:
            yield _shared[self.git_dir]
            return
        objects = prefetched(self.root) if shared else reader(self.root)
        if shared:
            _shared[self.git_dir] = objects
        try:
            yield objects
        finally:
            if shared:
                del _shared[self.git_dir]
            objects.close()

    def read(self, path: str, rev: str = "HEAD") -> bytes | None:
        """Return the bytes of ``path`` (repo-relative, POSIX) at ``rev``; None when not there."""
        with self.objects() as objects:
            found = objects.get(f"{rev}:{path}")
        return found.data if found and found.kind == "blob" else None

    def log(self, path: str | None = None, limit: int | None = None) -> list[Commit]:
        """Return the commits of HEAD, newest first; of ``path`` only when one is given."""
        return list(self.walk(path, limit))

    def walk(
        self, path: str | None = None, limit: int | None = None, *, strict: bool = False
    ) -> Generator[Commit, None, None]:
        """Yield the same commits one by one; git stops searching when no more are taken.

        ``strict``: no commit comes before a descendant of it, whatever the clocks said.
        """
        self.check()
        words = ["log", "-z", LOG_FORMAT, "--no-color", "--no-decorate", "--no-follow"]
        words += ["--date-order"] if strict else []
        words += [f"--max-count={limit}"] if limit is not None else []
        process = start_git([*at(self.root), *words, "--end-of-options", "HEAD", "--", *([path] if path else [])])
        try:
            assert process.stdout is not None
            rest = b""
            while block := os.read(process.stdout.fileno(), 65_536):
                *records, rest = (rest + block).split(b"\0")
                yield from (parse_commit(record.decode("utf-8", "replace")) for record in records)
            _out, err = process.communicate()
            if process.returncode and self.head() is not None:  # before the first commit there is no log
                raise refusal(err)
        finally:
            process.kill()
            process.communicate()

    def changes(self, first: str) -> list[Touched]:
        """The first-parent commits of HEAD from the commit ``first`` on, oldest first, with their files."""
        words = ["log", "--first-parent", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--reverse"]
        words += [f"--format=%x00%P%x00{LOG_FORMAT.partition('=')[2]}%x00", "HEAD", "--not", f"{first}^@"]
        parts = self.run("-c", "core.quotePath=false", *words).decode("utf-8", "replace").split("\0")[1:]
        records = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        return [Touched(parse_commit(record), parse_raw(lines), bool(parents)) for parents, record, lines in records]

    def latest(self, action: str) -> str | None:
        """The id of the last commit of that action (the trailer ``Srctl-Action``), None when there is none."""
        if self.head() is None:
            return None
        found = self.run("log", "--first-parent", "-1", "--format=%H", f"--grep=^Srctl-Action: {action}$", "HEAD")
        return found.decode("ascii").strip() or None

    def moments(self) -> list[tuple[str, datetime]]:
        """Id and committer time of the first-parent commits of HEAD, newest first."""
        if self.head() is None:
            return []
        lines = self.run("rev-list", "--first-parent", "--timestamp", "HEAD").decode("ascii").splitlines()
        return [(identity, moment_of(int(seconds))) for seconds, identity in map(str.split, lines)]

    def last_moved(self) -> tuple[str, str]:
        """Who moved the branch last, and the ISO moment, as git noted it; both "" when it kept no note."""
        with suppress(GitRefused):
            name, _newline, at = (
                self.run("log", "-1", "-g", "--date=iso-strict", "--format=%gn%n%gd", "HEAD")
                .decode("utf-8", "replace")
                .strip()
                .partition("\n")
            )
            return name, at.partition("{")[2].rstrip("}")
        return "", ""

    def tree(self, rev: str, *under: str) -> dict[str, git_objects.TreeEntry]:
        """Return path and entry of every file ``rev`` holds below ``under`` (none: all), links and submodules too."""
        found = {}
        for line in self.run("ls-tree", "-r", "-z", "--full-tree", rev, "--", *under).split(b"\0"):
            if line:
                fields, _tab, path = line.partition(b"\t")
                mode, _kind, identity = fields.split()
                found[os.fsdecode(path)] = git_objects.TreeEntry(mode, identity.decode())
        return found

    def names(self, under: str) -> tuple[str, ...]:
        """The paths of the files HEAD holds below ``under``, whatever is on disk."""
        return tuple(self._tracked(under))

    def deleted(self, under: str, *, since: date | None = None, after: str = "") -> list[str]:
        """The paths below ``under`` deleted by commits of HEAD, merges too: since a day, or after a commit.

        GitRefused when that commit does not exist (any more).
        """
        words = ["log", "-z", "-m", "--full-history", "--diff-filter=D", "--no-renames", "--name-only", "--format="]
        words += [f"--since={since.isoformat()}"] if since else []
        out = self.run(*words, "--end-of-options", f"{after}..HEAD" if after else "HEAD", "--", under)
        return [os.fsdecode(path) for path in out.split(b"\0") if path]

    def changed_paths(self, under: str, *, ignored: bool = False) -> list[str]:
        """Return the files below ``under`` (``""``: all) whose bytes are not those of HEAD, sorted.

        Contents are hashed, so neither the index nor time stamps can hide a hand edit. Files that
        are new count unless ``.gitignore`` leaves them out (``ignored``: these too); deleted ones count.
        """
        tracked = self._tracked(under)
        algorithm = "sha256" if any(len(blob) == 64 for blob in tracked.values()) else "sha1"
        changed, present = [], set()
        for file in _files(self.root / under if under else self.root):
            path = file.relative_to(self.root).as_posix()
            present.add(path)
            if path in tracked and _hash_file(file, algorithm) != tracked[path]:
                changed.append(path)
        new = present - tracked.keys()
        return sorted([*changed, *(tracked.keys() - present), *(new if ignored else new - self.ignored(new))])

    def store(self, objects: list[tuple[str, bytes]], algorithm: str) -> None:
        """Write blobs, trees and commits durably, each as a loose object file."""
        files = {}
        for kind, data in objects:
            identity = git_objects.identify(kind, data, algorithm)
            place = self.git_dir / "objects" / identity[:2] / identity[2:]
            if place.exists():  # written by a git that may not have waited for the disk
                atomicfile.sync(place)
                atomicfile.sync(place.parent)
            else:
                files[place] = git_objects.loose(kind, data)
        atomicfile.write_all(files, 0o444, prefix="tmp_obj_")

    @contextmanager
    def started_update_ref(self, name: str, email: str) -> Iterator[Process]:
        """Start the git that :meth:`move_branch` uses; given no input, it moves nothing."""
        who = {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}
        with waiting_git([*at(self.root), "update-ref", "-m", "srctl", "--stdin"], who) as process:
            yield process

    def move_branch(self, ref: str, new: str, old: str | None, update_ref: Process) -> None:
        """Move ``ref`` from ``old`` (None: unborn) to ``new``: the commit point of an action."""
        # One write to the pipe: git gets the line whole or not at all, whenever we are killed.
        _out, err = update_ref.communicate(f"update {ref} {new} {old or '0' * len(new)}\n".encode())
        if update_ref.returncode:
            raise refusal(err)
        if (folder := (self.git_dir / ref).parent).is_dir():
            atomicfile.sync(folder)

    def is_ancestor(self, commit: str, tip: str) -> bool:
        """Whether ``commit`` is part of the history of ``tip``."""
        return not self.run("rev-list", "-1", "--end-of-options", commit, f"^{tip}")

    def _tracked(self, under: str) -> dict[str, str]:
        """Return path and blob id of every file of HEAD below ``under``."""
        if self.head() is None:
            return {}
        return {path: entry.id for path, entry in self.tree("HEAD", *([under] if under else [])).items()}

    def ignored(self, paths: Collection[str]) -> set[str]:
        """Return those of ``paths`` that ``.gitignore`` leaves out."""
        if not paths:
            return set()
        # check-ignore has no literal mode; a path that starts with ./ has no pathspec magic either.
        stdin = b"".join(b"./" + os.fsencode(path) + b"\0" for path in paths)
        words = ["-C", str(self.root), "check-ignore", "-z", "--no-index", "--stdin"]
        process = start_git([*at(self.root), *words], {"GIT_LITERAL_PATHSPECS": "0"})
        out, err = process.communicate(stdin)
        if process.returncode not in (0, 1):  # 1: none of them
            raise refusal(err)
        return {os.fsdecode(path)[2:] for path in out.split(b"\0") if path}


# Names no Windows opens as a file, whatever ending they have (Naming Files, Paths, and Namespaces, Microsoft Learn).
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")}


def check_path(path: str) -> None:
    """Refuse what is not a plain relative POSIX path: no ``..``, no ``.git`` (row 10), no device of Windows."""
    for part in path.split("/"):
        spaced = part != part.rstrip(". ")  # Windows would drop the end and meet another file
        device = part.partition(".")[0].rstrip().casefold() in _DEVICES
        if spaced or device or part.casefold() in ("", ".", "..", ".git", "git~1") or any(map(_unfit, part)):
            raise Refused(_("{path} is not a file name this office can keep").format(path=ascii(path)))


def _unfit(character: str) -> bool:
    return (
        character in '\\:*?"<>|'
        or ord(character) < 32
        or 0x7F <= ord(character) < 0xA0
        or (0xD800 <= ord(character) < 0xE000 or character in "\u2028\u2029")
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` except git's own and leftovers; links are not followed."""
    if not folder.is_dir() or folder.is_symlink():
        if folder.is_symlink() or folder.is_file():
            yield folder
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".git":
                    yield from _files(Path(entry.path))
            elif not entry.name.startswith(atomicfile.TEMP_PREFIX):
                yield Path(entry.path)


def _hash_file(path: Path, algorithm: str) -> str:
    """Return the blob id of the file's bytes; a link or a pipe is never what HEAD holds."""
    plain = stat.S_ISREG(path.lstat().st_mode)
    return git_objects.identify("blob", path.read_bytes(), algorithm) if plain else ""
