"""The door to the git program: called so that nothing in a folder can run another program.

No hooks, filters, fsmonitor, pager, editor or network, and no ``GIT_*`` of the caller's
environment. Besides ``git.repository`` and whatever synchronises clones, only commands call it that
would have to wait for that module to be imported.
"""

import os
import stat
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

# What a hostile or merely odd configuration could switch on is switched off in every call
# (reliability, rows 21-22).
_SETTINGS = {
    # So on Windows too: git takes this very name for its own NUL there (mingw_open in its compat/mingw.c).
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.attributesFile": "/dev/null",
    "core.autocrlf": "false",
    "core.symlinks": "false",
    "core.protectNTFS": "true",
    "core.protectHFS": "true",
    "core.quotePath": "false",
    "core.pager": "cat",
    "core.editor": ":",
    "diff.external": "",
    "log.showSignature": "false",
    "i18n.commitEncoding": "UTF-8",
    "i18n.logOutputEncoding": "UTF-8",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "core.fsync": "all",
    "core.fsyncObjectFiles": "true",  # the same wish for git before 2.36, which ignores core.fsync
}
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # or older git fetches a missing object by a configured program
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
}
# The person's choice of configuration file is theirs to give.
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")


# Requests sent before the first answer is read: all of them fit into a pipe, or both sides might deadlock.
_AT_ONCE = 100

Process = subprocess.Popen[bytes]
NEEDED = (2, 24)  # the first that knows --end-of-options, which every reading of history uses


class GitRefused(Refused):
    """Git ran and failed; its reason is the message."""


class Object(NamedTuple):
    """A git object: its id, its kind (blob, tree, commit, tag) and its bytes."""

    id: str
    kind: str
    data: bytes


class Objects:
    """A running ``git cat-file --batch``: any number of objects for the price of one process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._unread = 0

    def ask(self, name: str) -> None:
        """Request an object whose answer is not needed yet: git's index takes long to read in a large office."""
        assert self._process.stdin is not None
        if (
            self._process.stdout and self._process.stdout.closed
        ):  # it ended at an earlier question, with a reason that was told
            raise refusal(b"")
        try:
            self._process.stdin.write(os.fsencode(name) + b"\n")
            self._process.stdin.flush()
        except OSError:
            # Half of it may have been sent: another question would get the answer to this one.
            self.end()
        self._unread += 1

    def get(self, name: str) -> Object | None:
        """The object that ``name`` (an id, ``refs/heads/x``, ``HEAD:path``, ``:0:path``) stands for, or None."""
        if "\n" in name:
            return None
        self._drop_answers()
        self.ask(name)
        return self._answer()

    def _drop_answers(self) -> None:
        while self._unread:
            self._answer()

    def _answer(self) -> Object | None:
        assert self._process.stdout is not None
        self._unread -= 1
        header = self._process.stdout.readline()
        if not header:
            raise refusal(self._process.communicate()[1])
        if header.endswith((b" missing\n", b" ambiguous\n")):
            return None
        try:
            identity, kind, size = header.decode("ascii").split()
            data = self._process.stdout.read(int(size) + 1)
        except ValueError:
            self.end()
            raise strange(header) from None
        if len(data) != int(size) + 1:
            raise strange(header)
        return Object(identity, kind, data[:-1])

    def is_running(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """Kill the process without waiting for it; nothing can be read any more."""
        self._process.kill()

    def close(self) -> None:
        """Kill the process and wait for it."""
        self.end()
        self._process.communicate()

    def need(self, name: str) -> Object:
        """An object that must exist; Refused when the repository is damaged."""
        return _found(name, self.get(name))

    def need_all(self, names: Sequence[str]) -> Iterator[Object]:
        """Yield many objects as :meth:`need` does; git looks up the next while one is read."""
        self._drop_answers()
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            for name in some:
                self.ask(name)
            for name in some:
                yield _found(name, self._answer())


def _found(name: str, found: Object | None) -> Object:
    if found is None:
        raise Refused(
            _("the history is damaged: object {name} is missing").format(name=name),
            _("Run `git fsck` and restore the folder from a backup or another clone."),
        )
    return found


_prefetched: dict[Path, tuple[Objects, object]] = {}  # by folder: the reader started ahead, its index's stamp
_author_lookups: dict[Path, Process] = {}  # by folder: the git started to look up the author


@contextmanager
def prefetching(root: Path, *, named: bool = False) -> Iterator[None]:
    """Start git ahead of an action in the body: to read its index and, unless the actor is ``named``, find the author.

    Reading the index takes long in a large office.
    """
    if (root / ".git").is_dir():
        stamp = _stamp(root)  # taken first: at worst it is older than the index that is read
        _prefetched[root] = _with_index(root), stamp
    if not named:
        ask_author(root)
    try:
        yield
    finally:  # what was not used
        if root in _prefetched:
            _prefetched.pop(root)[0].close()
        if root in _author_lookups:
            _author_lookups.pop(root).communicate()


def prefetched(root: Path) -> Objects:
    """A reader whose git has read the index: that of :func:`prefetching` if the index is unchanged, else a new one."""
    objects, stamp = _prefetched.pop(root, (None, None))
    if objects and objects.is_running() and stamp == _stamp(root):
        return objects
    if objects:
        objects.close()
    return _with_index(root)


def _with_index(root: Path) -> Objects:
    objects = reader(root)
    objects.ask(":0:")
    return objects


def _stamp(root: Path) -> object:
    """The stat values of the index, the same while nobody changes it; None when there is no index."""
    try:
        status = (root / ".git" / "index").stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def reader(root: Path) -> Objects:
    """A reader of any number of objects of the repository through one process; to be closed."""
    return Objects(start_git([*at(root), "cat-file", "--batch"]))


def require_repository(root: Path) -> None:
    """Refuse a folder that is not a repository of its own: no parent's is meant."""
    if (root / ".git").is_file():
        raise _linked(root)
    if not (root / ".git").is_dir():
        raise Refused(_("{folder} is not a git repository").format(folder=root), CommandLine("init"))


def _linked(root: Path) -> Refused:
    """The refusal of a folder whose repository lies elsewhere: a linked work tree, or a submodule."""
    target = (root / ".git").read_text(encoding="utf-8", errors="replace").partition(":")[2].strip()
    place = Path(os.path.normpath(root / target))
    if place.parent.name == "worktrees":
        main = place.parent.parent.parent
        message = _("{folder} is a linked work tree of {main}; it can be read, acts are recorded there")
        return Refused(message.format(folder=root, main=main), f"cd {main}")
    message = _("{folder} is a submodule of another repository; an office is a repository of its own")
    return Refused(message.format(folder=root), f"git clone {root} FOLDER")


def at(root: Path) -> list[str]:
    """The options that name the repository explicitly: git looks nowhere else and trusts this path alone."""
    return [f"--git-dir={root / '.git'}", f"--work-tree={root}", *_sharing(root)]


def _sharing(root: Path) -> list[str]:
    """The setting by which git lets the group use what it writes, where the group may write the repository's folder."""
    try:
        mode = (root / ".git").stat().st_mode
    except OSError:
        return []
    if os.name == "nt" or not mode & stat.S_IWGRP:
        return []
    return ["-c", f"core.sharedRepository={'0664' if mode & stat.S_IROTH else '0660'}"]


def author(root: Path) -> tuple[str, str]:
    """Name and e-mail as git would use them in this repository; Refused when they were never given."""
    require_repository(root)
    try:
        ask_author(root)
        line = _result(_author_lookups.pop(root)).decode("utf-8", "replace")
    except GitRefused:
        raise Refused(_("it is not known who works here"), hint_who_acts()) from None
    name, _space, rest = line.partition(" <")
    return name, rest.partition("> ")[0]


def hint_who_acts() -> str:
    """What to type where it is not known who acts: once for this computer, or for one act."""
    once = CommandLine("whoami --set WHO")
    return _("once for this computer: {command}; for one act add: --as WHO").format(command=once)


def ask_author(root: Path) -> None:
    """Start the git that looks up the :func:`author`, so that it runs while other work is done."""
    if root not in _author_lookups and (root / ".git").is_dir():
        _author_lookups[root] = start_git([*at(root), "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"])


def call(words: list[str], stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
    """Run git to its end and return its output; Refused when it fails."""
    return _result(start_git(words, env), stdin)


def _result(process: Process, stdin: bytes = b"") -> bytes:
    out, err = process.communicate(stdin)
    if process.returncode:
        raise refusal(err)
    return out


def start_git(words: list[str], env: Mapping[str, str] | None = None) -> Process:
    """Start git in a clean environment, with all that could run a program switched off."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in _KEPT}
    settings = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [_program(), *settings, *words],
        stdin=pipe, stdout=pipe, stderr=pipe,
        env={**clean, **_ENVIRONMENT, **(env or {})},
    )  # fmt: skip


@contextmanager
def waiting_git(words: list[str], env: Mapping[str, str] | None = None) -> Iterator[Process]:
    """Start a git that waits for input, which the body may send; on leaving, its input is closed and it ends."""
    process = start_git(words, env)
    try:
        yield process
    finally:
        process.communicate()


def refusal(err: bytes) -> GitRefused:
    """Git's error output as a refusal of one line."""
    if old := _too_old(err):
        return old
    lines = [line for line in err.decode("utf-8", "replace").splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("warning: ", "hint: "))]
    errors = (
        [line for line in lines if line.startswith(("fatal: ", "error: "))]
        or lines
        or [_("it stopped without a word; is the disk full?")]
    )
    reason = "".join(c if c.isprintable() else " " for c in errors[0].partition(": ")[2] or errors[0])
    return GitRefused(_("git refused: {reason}").format(reason=reason), _("Nothing was saved."))


def strange(answer: bytes) -> GitRefused:
    """The refusal of an answer that no git gives."""
    shown = ascii(answer[:60].decode("utf-8", "replace"))
    return GitRefused(
        _("git answers strangely: {answer}").format(answer=shown),
        _("look which git is found first: {command}").format(command="git --version"),
    )


def git_version(answer: str) -> tuple[int, ...]:
    """The version in git's ``answer`` to ``--version``, as far as it is numbers; () when there is none."""
    word = next((w for w in answer.split() if w[0].isdigit()), "")
    return tuple(int(part) for part in word.split(".")[:2] if part.isdecimal())


def _too_old(err: bytes) -> GitRefused | None:
    """The refusal that names the version needed, when git did not know a word it was given."""
    if not any(sign in err for sign in (b"unrecognized argument", b"unknown option", b"unknown switch", b"usage: git")):
        return None
    done = start_git(["--version"]).communicate()[0].decode("ascii", "replace")
    if not git_version(done) or git_version(done) >= NEEDED:
        return None
    needed = ".".join(map(str, NEEDED))
    message = _("{version} is too old; srctl needs {needed}").format(version=done.strip(), needed=f"git {needed}")
    return GitRefused(message, _("Install it: `apt install git`, or from git-scm.com"))


def _program() -> str:
    """The path of git, from PATH and never from the current folder: an office may hold a ``git.exe``."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        candidate = Path(folder) / name
        if candidate.is_absolute() and os.access(candidate, os.X_OK):
            return str(candidate)
    raise Refused(_("git is not installed"), _("Install it: `apt install git`, or from git-scm.com"))
