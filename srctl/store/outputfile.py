"""Files written to a path the user gave: its ending, its folder, the refusal when writing fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from srctl.core.errors import NotFound, Refused, UsageError
from srctl.core.i18n import _
from srctl.store import atomicfile


def output_path(file: Path, ending: str, usual: str) -> Path:
    """The place of a file named on the command line; ``usual`` is a name to propose where it has none.

    Raises:
        UsageError: it has another ending, so it could be one of the office's own.
    """
    if file.suffix.lower() != ending:
        message = _("{file} does not end in {ending}").format(file=file.name or file, ending=ending)
        raise UsageError(message, f"--{ending[1:]} {file.stem.lstrip('.') or usual}{ending}")
    return file.absolute()


def in_folder(file: Path) -> Path:
    """``file`` itself, if its folder exists: a mistyped folder is not created.

    Raises:
        NotFound: it does not exist. Refused: it may not be looked at.
    """
    with writing(file):
        if not file.parent.is_dir():
            message = _("{target} does not exist").format(target=file.parent)
            raise NotFound(message, _("make the folder, or give another name"))
    return file


@contextmanager
def writing(file: Path, hint: str = "") -> Iterator[None]:
    """Context in which ``file`` is written: an OSError becomes a refusal with the reason and a way out.

    Raises:
        Refused: it cannot be written (open in Word on Windows, read-only, disk full).
    """
    try:
        yield
    except OSError as error:
        message = _("cannot write {file}: {why}").format(file=file, why=error.strerror or error)
        raise Refused(message, hint or _("close it where it is open, or give another name")) from None


def save(file: Path, data: bytes, hint: str = "") -> None:
    """Write ``data`` whole into ``file``, in place of what stood there; Refused as by :func:`writing`."""
    with writing(file, hint):
        atomicfile.write(file, data)
