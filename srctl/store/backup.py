"""A backup of an office in one file, and an office made from it.

A plain copy made while people work takes some files before an act and others after it. Here git itself writes every
commit into one bundle under the lock; beside it, in the same zip file, stands what is in the folder but not in the
history: files changed by hand, drafts, texts kept by `srctl edit`. Before the file gets its name it is read back and an
office is made from its bundle in a test clone, which git examines whole.
"""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from srctl import LOCAL, __version__
from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.store import atomicfile, transaction
from srctl.store.git.process import GitRefused
from srctl.store.git.repository import Repo, check_path

FORMAT = 1
NOTE = f"{LOCAL}/backup.json"  # when the last one was made, and where
_ABOUT, _BUNDLE, _BY_HAND, _LOCAL = "about.json", "history.bundle", "folder/", "local/"
_KEPT = ("edit", "aside")  # folders of srctl's own files that cannot be made again
_SCRATCH = (".~", "~$")  # what programs leave beside a file while it is open
_PRIVATE = 0o600  # it holds every name the office knows
_BLOCK = 1 << 20
_ORDINARY = (b"100644", b"100755", b"100664")


class Backup(NamedTuple):
    """A backup: its file, moment (ISO), last commit, and how many commits, recorded files and others are in it."""

    file: Path
    made: str
    head: str
    commits: int
    recorded: int
    others: int
    left_out: tuple[str, ...] = ()


def make_backup(root: Path, target: Path, at: datetime) -> Backup:
    """Write the office at ``root`` into the file ``target``, which is replaced.

    Raises:
        Refused: nothing is recorded yet, the history is damaged, or the file cannot be written whole.
    """
    with TemporaryDirectory(prefix="srctl-") as scratch, _whole(target) as unnamed:
        with transaction.settled(root) as repo:
            about, files = _gathered(repo, Path(scratch), at)
            with zipfile.ZipFile(unnamed, "w", zipfile.ZIP_DEFLATED) as zipped:
                zipped.writestr(_ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
                zipped.write(Path(scratch, "bundle"), _BUNDLE, zipfile.ZIP_STORED)
                for name, data in files.items():
                    zipped.writestr(name, data)
        unnamed.chmod(_PRIVATE)
        atomicfile.sync(unnamed)
        with _opened(unnamed) as zipped:
            _try_out(zipped, _about(zipped, target), Path(scratch))
    with suppress(OSError):  # the backup is good, whether its moment can be noted or not
        note = {"at": about["made"], "file": str(target), "head": about["head"]}
        atomicfile.write(root / NOTE, json.dumps(note, ensure_ascii=False).encode())
    return _described(about, target)


def restore(file: Path, folder: Path) -> Backup:
    """Make the office of the backup ``file`` in ``folder``, which must not be there or be empty.

    Raises:
        Refused: it is no backup, it is damaged, or the folder is not empty. The folder is then left as it was.
    """
    with _opened(file) as zipped, _building(folder) as place, TemporaryDirectory(prefix="srctl-") as scratch:
        about = _about(zipped, file)
        repo = Repo.create(place, about["name"], about["email"], about["algorithm"])
        _take_history(repo, _extracted(zipped, Path(scratch)), about)
        left_out = _write_files(repo)
        _write_others(zipped, place, about)
        (place / LOCAL).mkdir(exist_ok=True)
        (place / LOCAL / "branch").write_text(about["branch"], encoding="utf-8")
        repo.run("read-tree", "HEAD")
        with suppress(GitRefused):  # files changed by hand are told as a failure
            repo.run("update-index", "-q", "--refresh")
        _examine(repo, about)
        if hasattr(os, "sync"):
            os.sync()
    return _described(about, file)._replace(left_out=left_out)


def last_backup(root: Path) -> tuple[datetime, str] | None:
    """The moment of the last backup made from the office at ``root``, and its file; None when none is known."""
    try:
        note = json.loads((root / NOTE).read_bytes())
        return datetime.fromisoformat(note["at"]), str(note["file"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _gathered(repo: Repo, scratch: Path, at: datetime) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the backup says of itself and the files beside the history; the bundle is written into ``scratch``."""
    head = repo.head()
    if head is None:
        raise Refused(_("nothing is recorded in this office yet"), CommandLine("check"))
    repo.run("bundle", "create", "-q", str(scratch / "bundle"), "HEAD", "--all")
    tracked = repo.tree("HEAD")
    altered = repo.changed_paths("", ignored=True)
    by_hand = [path for path in altered if (repo.root / path).is_file() and not (repo.root / path).is_symlink()]
    files = {
        _BY_HAND + path: (repo.root / path).read_bytes() for path in by_hand if not Path(path).name.startswith(_SCRATCH)
    }
    others = len(files)
    for name in _KEPT:
        for place in sorted((repo.root / LOCAL / name).glob("*")):
            if place.is_file() and not place.is_symlink():
                files[f"{_LOCAL}{name}/{place.name}"] = place.read_bytes()
    name, email = _maker(repo)
    about = {
        "format": FORMAT,
        "made": at.isoformat(),
        "srctl": __version__,
        "head": head,
        "branch": repo.branch() or "main",
        "algorithm": repo.algorithm(),
        "name": name,
        "email": email,
        "commits": int(repo.run("rev-list", "--count", "HEAD")),
        "recorded": len(tracked),
        "others": others,
        "deleted": [path for path in altered if path in tracked and not (repo.root / path).exists()],
    }
    return about, files


def _maker(repo: Repo) -> tuple[str, str]:
    """The identity in the settings of the office itself; that of its last commit where there is none."""
    with suppress(GitRefused):
        words = ("config", "--local", "--get")
        return repo.run(*words, "user.name").decode().strip(), repo.run(*words, "user.email").decode().strip()
    last = repo.log(limit=1)[0]
    return last.author_name, last.author_email


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Yield a place beside ``target`` that gets its name when all went well, and is gone when not."""
    unnamed = target.with_name(f"{atomicfile.TEMP_PREFIX}{os.getpid()}-{target.name}")
    try:
        yield unnamed
        unnamed.replace(target)
        atomicfile.sync(target.parent)
    except OSError as error:
        reason = error.strerror or error
        message = _("cannot write {file}: {why}").format(file=target, why=reason)
        raise Refused(message, _("give another place, with room for it")) from None
    finally:
        with suppress(OSError):
            unnamed.unlink()


@contextmanager
def _building(folder: Path) -> Iterator[Path]:
    """Yield a folder beside ``folder`` that gets its name when all went well, and is gone when not."""
    from shutil import rmtree

    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        message = _("{folder} is not empty; an office is restored into a new folder").format(folder=folder)
        raise Refused(message, _("give another folder"))
    place = folder.with_name(f"{atomicfile.TEMP_PREFIX}{os.getpid()}-{folder.name}")
    try:
        place.mkdir(parents=True)
        yield place
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    except OSError as error:
        message = _("cannot make {folder}: {why}").format(folder=folder, why=error.strerror or error)
        raise Refused(message, _("give another folder")) from None
    finally:
        rmtree(place, ignore_errors=True)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Yield the zip file of a backup; whatever is wrong with its bytes is one refusal."""
    try:
        with zipfile.ZipFile(file) as zipped:
            yield zipped
    except FileNotFoundError:
        raise Refused(_("{target} does not exist").format(target=file), _("give the file of a backup")) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, str(error)) from None
    except OSError as error:
        message = _("{file} cannot be read: {why}").format(file=file, why=error.strerror or error)
        raise Refused(message, _("give the file of a backup")) from None


def _damaged(file: Path, why: str) -> Refused:
    message = _("{file} is no backup of an office, or a damaged one: {why}").format(file=file, why=why)
    return Refused(message, _("take another backup"))


def _about(zipped: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    """What the backup says of itself, each value of the kind it must be."""
    kinds: Mapping[str, type] = {
        "format": int, "made": str, "head": str, "branch": str, "algorithm": str, "name": str, "email": str,
        "commits": int, "recorded": int, "others": int, "deleted": list,
    }  # fmt: skip
    try:
        about = json.loads(zipped.read(_ABOUT))
        fits = all(isinstance(about[key], kind) for key, kind in kinds.items())
    except (KeyError, ValueError, TypeError):
        fits = False
    if not fits:
        raise _damaged(file, _ABOUT)
    if about["format"] > FORMAT:
        raise Refused(_("{file} was made by a newer srctl").format(file=file), _("update srctl"))
    return about  # type: ignore[no-any-return]


def _extracted(zipped: zipfile.ZipFile, scratch: Path) -> Path:
    """The bundle of the backup as a file of its own; its sum is compared while it is read."""
    place = scratch / "taken.bundle"
    try:
        with zipped.open(_BUNDLE) as source, place.open("wb") as file:
            while block := source.read(_BLOCK):
                file.write(block)
    except KeyError:
        raise _damaged(Path(str(zipped.filename)), _BUNDLE) from None
    return place


def _take_history(repo: Repo, bundle: Path, about: Mapping[str, Any]) -> None:
    """Take every commit of the bundle, and let branches and tags end where they did."""
    repo.run("check-ref-format", "--branch", about["branch"])
    lines = repo.run("bundle", "unbundle", str(bundle)).decode("utf-8", "replace").splitlines()
    refs = [line.split(" ", 1) for line in lines if line.partition(" ")[2].startswith("refs/")]
    repo.run("symbolic-ref", "HEAD", f"refs/heads/{about['branch']}")
    commands = "".join(f"update {ref} {identity}\n" for identity, ref in refs)
    repo.run("update-ref", "-m", "restored", "--stdin", stdin=commands.encode())


def _try_out(zipped: zipfile.ZipFile, about: Mapping[str, Any], scratch: Path) -> None:
    """Make a test clone from the backup as it stands on the disk; Refused unless git finds it whole."""
    wrong = zipped.testzip()
    if wrong:
        raise _damaged(Path(str(zipped.filename)), wrong)
    clone = Repo.create(scratch / "clone", about["name"], about["email"], about["algorithm"])
    _take_history(clone, _extracted(zipped, scratch), about)
    _examine(clone, about)


def _examine(repo: Repo, about: Mapping[str, Any]) -> None:
    if repo.head() != about["head"]:
        raise Refused(_("the backup does not hold the last commit"), _("take another backup"))
    repo.run("fsck", "--full", "--no-dangling", "--no-progress")


def _write_files(repo: Repo) -> tuple[str, ...]:
    """Write the files HEAD holds, byte for byte; return those left out: links, submodules, names no system keeps."""
    left_out = []
    with repo.objects() as objects:
        for path, entry in repo.tree("HEAD").items():
            try:
                check_path(path)
            except Refused:
                left_out.append(path)
                continue
            if entry.mode not in _ORDINARY:
                left_out.append(path)
                continue
            place = repo.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(objects.need(entry.id).data)
    return tuple(left_out)


def _write_others(zipped: zipfile.ZipFile, root: Path, about: Mapping[str, Any]) -> None:
    """Write what was in the folder but not in the history, and take away what had been deleted by hand."""
    for name in zipped.namelist():
        for prefix, top in ((_BY_HAND, root), (_LOCAL, root / LOCAL)):
            if name.startswith(prefix) and not name.endswith("/"):
                path = name.removeprefix(prefix)
                check_path(path)
                place = top / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(zipped.read(name))
    for path in about["deleted"]:
        check_path(str(path))
        (root / str(path)).unlink(missing_ok=True)


def _described(about: Mapping[str, Any], file: Path) -> Backup:
    return Backup(file, about["made"], about["head"], about["commits"], about["recorded"], about["others"])
