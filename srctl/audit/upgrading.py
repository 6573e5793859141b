"""What is new in the starter set since an office took it, and bringing it in without touching what the office changed.

The office's history has the starter files as they were at `srctl init` and at each upgrade: compared with those, a file
is the office's own work or not. No network, no list kept beside the files.
"""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from srctl import __version__
from srctl.audit.inspection import DEFINITIONS, FILES
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.patches import Edit
from srctl.core.records import NamedTuple
from srctl.office import starter
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange
from srctl.store.yaml import editor
from srctl.store.yaml.merge import Merger, merge
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.source import Source, read_typed

PLACE = "templates"
ACTION = "upgrade"
# Written whole, in part, or not at all: "left" and "dropped" stay as the office has them, "removed" stays out.
How = Literal["new", "replaced", "merged", "left", "removed", "dropped"]


class Novelty(NamedTuple):
    """A file in which the starter set has something new: how it would come in, and the bytes it would have then.

    ``added`` are the parts that come in, ``left`` those both sides changed, which stay as the office has them.
    ``base`` and ``present`` are the starter set's bytes as the office took them, and the office's; None: no file.
    """

    path: str
    how: How
    base: bytes | None
    present: bytes | None
    incoming: bytes | None
    after: bytes | None = None
    added: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def novelties(folder: Folder) -> list[Novelty]:
    """Every file in which the starter set of this srctl has something that the office has not."""
    repo = Repo(folder.root)
    bases, new = _taken(repo), dict(starter.files_of(PLACE))
    found = []
    with repo.objects() as objects:
        for path in sorted(bases.keys() | new.keys()):
            held = objects.get(bases[path]) if path in bases else None
            file = folder.root / path
            present = file.read_bytes() if file.is_file() else None
            novelty = _judged(Novelty(path, "left", held.data if held else None, present, new.get(path)))
            if novelty:
                found.append(novelty)
    return found


def _taken(repo: Repo) -> dict[str, str]:
    """The blob of each file as the starter set last wrote it whole: by `init`, or by an upgrade while untouched."""
    taken: dict[str, str] = {}
    if not repo.head():
        return taken
    commits = [c for c in repo.walk(PLACE) if c.trailers.get("Srctl-Action") in ("init", ACTION)]
    for commit in reversed(commits):
        made = _blobs(repo, commit.id)
        if commit.trailers["Srctl-Action"] == "init":
            taken = made
            continue
        before = _blobs(repo, f"{commit.id}^")
        own = {path: blob for path, blob in taken.items() if before.get(path) != blob}
        taken = {path: blob for path, blob in made.items() if before.get(path) == taken.get(path)} | own
    return taken


def _blobs(repo: Repo, rev: str) -> dict[str, str]:
    return {path: entry.id for path, entry in repo.tree(rev, PLACE).items()}


def _judged(file: Novelty) -> Novelty | None:
    """How what is new in the file would come in; None when nothing is."""
    base, present, new = file.base, file.present, file.incoming
    if new in (base, present):
        return None
    if new is None:
        return file._replace(how="dropped") if present is not None else None
    if present is None:
        return file._replace(how="new", after=new) if base is None else file._replace(how="removed")
    if present == base:
        return file._replace(how="replaced", after=new)
    return _merged(file, present, new) if base is not None and file.path.endswith(".yaml") else file


def _merged(file: Novelty, present: bytes, new: bytes) -> Novelty | None:
    """A file both sides changed: new keys and rules come in where that is safe, what the office wrote stays."""
    path = Path(file.path)
    base, kept, wanted = (read_text(raw or b"", path).data for raw in (file.base, present, new))
    if base is None or kept is None or wanted is None:
        return file
    found = merge(base, kept, wanted, Merger(cautious=True))
    left = tuple(".".join(map(str, where)) for where in found.conflicts)
    if found.data == kept:
        return file._replace(left=left) if left else None
    try:
        after = editor.apply(present, [Edit("set", (), found.data)], path)
    except BadFile:
        return file._replace(left=left)
    if not _fits(file.path, read_text(after, path)):
        return file._replace(left=left)
    added = tuple(".".join(map(str, where)) for where in found.taken)
    return file._replace(how="merged", after=after, added=added, left=left)


def _fits(path: str, source: Source) -> bool:
    """Whether a definition is still one; a file whose shape is declared elsewhere is left to `check`."""
    shapes = {**dict(FILES), **{f"{place}/{source.path.name}": cls for place, cls in DEFINITIONS}}
    return path not in shapes or read_typed(shapes[path], source)[0] is not None


def take_in(folder: Folder, found: list[Novelty], actor: Actor) -> str:
    """Record what is new, in one commit; return its id.

    Raises:
        Refused: there is nothing to take in. Changed: a file was edited by hand and not recorded.
    """
    changes = [FileChange(n.path, n.present, n.after) for n in incoming(found)]
    if not changes:
        raise Refused(_("there is nothing new to take in"), CommandLine("doctor"))

    def sentence() -> str:
        words = ngettext(
            "{n} file of the starter set of srctl {version} taken in",
            "{n} files of the starter set of srctl {version} taken in",
            len(changes),
        )
        return words.format(n=len(changes), version=__version__)

    return record_files(folder, changes, sentence, ACTION, actor).commit


def take_back(folder: Folder, actor: Actor) -> list[str]:
    """Put the files of the last upgrade back as they were before it, in one commit; return their names.

    Raises:
        Refused: there was none, or a file of it was changed since.
    """
    repo = Repo(folder.root)
    last = repo.latest(ACTION)
    if last is None:
        raise Refused(_("nothing was upgraded in this office"), CommandLine("upgrade"))
    made, before = _blobs(repo, last), _blobs(repo, f"{last}^")
    paths = sorted(path for path in made.keys() | before.keys() if made.get(path) != before.get(path))
    changes = [FileChange(p, repo.read(p, last), repo.read(p, f"{last}^")) for p in paths]
    since = [c.path for c in changes if _present(folder, c.path) != c.before]
    if since:
        message = _("changed since the upgrade: {files}").format(files=", ".join(since))
        raise Refused(message, _("mend these files by hand, then {command}").format(command=CommandLine("adopt FILE")))
    record_files(folder, changes, lambda: _("upgrade taken back"), ACTION, actor)
    return paths


def _present(folder: Folder, path: str) -> bytes | None:
    file = folder.root / path
    return file.read_bytes() if file.is_file() else None


def difference(found: list[Novelty], path: str) -> Iterator[str]:
    """The lines of what changed in a file of the starter set since the office took it, as a unified diff.

    Raises:
        NotFound: nothing is new in a file of that name.
    """
    novelty = next((n for n in found if n.path == path), None)
    if novelty is None:
        raise NotFound(_("nothing is new in {file}").format(file=path), CommandLine("upgrade"))
    old, new = (_lines(raw) for raw in (novelty.base, novelty.incoming))
    return unified_diff(old, new, path, path, lineterm="")


def _lines(raw: bytes | None) -> list[str]:
    return (raw or b"").decode("utf-8", "replace").splitlines()


def incoming(found: Iterable[Novelty]) -> list[Novelty]:
    """Those of the files found that would be written: the others stay as the office has them."""
    return [novelty for novelty in found if novelty.after is not None]
