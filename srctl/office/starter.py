"""A new office folder from the starter set: definitions, settings, the sample office on request."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, speaking
from srctl.core.patches import Value
from srctl.core.records import NamedTuple
from srctl.model.people import is_email
from srctl.office.folder import OFFICE_FILE, Folder
from srctl.store.git.repository import Repo
from srctl.store.transaction import Author, FileChange, record
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.writer import dump

SAMPLE_USER = "malee"
_SHORT_ID = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
_IGNORED = (
    "# drafts can be made again; signed papers are kept\n"
    "cases/**/*-draft.docx\ncases/**/*-draft.pdf\ncases/**/*-message.txt\n.~*\n~$*\n"
)
_ATTRIBUTES = "# bytes are kept as they are, on every system\n* -text\n"


class Answers(NamedTuple):
    """The answers to `srctl init`: the names of the office and who makes it."""

    name: str = ""
    name_en: str = ""
    short: str = ""
    ministry: str = ""
    prefix: str = ""
    minister: str = ""
    me: str = ""
    my_name: str = ""
    my_email: str = ""
    language: str = "th"


class NewOffice(NamedTuple):
    """A new office: the number of its files, and who recorded them."""

    files: int
    who: str


def source() -> Path:
    """The folder of the starter set: inside the wheel, or the project itself."""
    package = Path(__file__).parent.parent
    packed = package / "starter"
    return packed if packed.is_dir() else package.parent


def refuse_occupied(root: Path) -> None:
    """Refuse a folder that already is an office, or where srctl cannot make one."""
    if (root / OFFICE_FILE).exists():
        raise Refused(
            _("{folder} is an office folder already").format(folder=root), f"cd {root} && {CommandLine('due')}"
        )
    if root.exists() and not root.is_dir():
        raise Refused(_("{folder} is not a folder").format(folder=root), CommandLine("init DIR"))


def office_around(root: Path) -> Path | None:
    """The office folder that ``root`` would lie in, None when there is none above it."""
    return next((folder for folder in root.parents if (folder / OFFICE_FILE).is_file()), None)


def with_defaults(answers: Answers) -> Answers:
    """The answers, the missing ones taken from the starter office and from git."""
    office = Folder(source()).office
    name, email = answers.my_name, answers.my_email
    if not (name and email):
        try:
            git_name, git_email = Repo(Path.cwd()).identity()
        except Refused:
            git_name, git_email = "", ""
        name, email = name or git_name, email or git_email
    with speaking(answers.language):
        minister = _("(name of the Minister)")
    me = answers.me or re.sub(r"[^a-z0-9]", "", email.partition("@")[0].lower())
    return answers._replace(
        name=answers.name or office.names.th,
        name_en=answers.name_en or office.names.en,
        short=answers.short or office.names.short,
        ministry=answers.ministry or office.names.ministry,
        prefix=answers.prefix or office.letter_prefix,
        minister=answers.minister or minister,
        me=me,
        my_name=name,
        my_email=email,
    )


def make(root: Path, answers: Answers, *, sample: bool, now: datetime, cases: bool = True) -> NewOffice:
    """Make the folder and its repository, and record every file in the first commit.

    ``sample`` takes the people (and, with ``cases``, the matters) of the sample office.

    Raises:
        UsageError: nobody said who they are and git does not know either. Refused: the folder cannot be made.
    """
    files = {".gitignore": _IGNORED.encode(), ".gitattributes": _ATTRIBUTES.encode()}
    wanted = {"templates": True, "contacts": sample, "cases": sample and cases}
    for part in (name for name, yes in wanted.items() if yes):
        files.update(files_of(part))
    if sample:
        office_bytes = (source() / OFFICE_FILE).read_bytes()
        user = Folder(source()).office.coordinator(SAMPLE_USER)
        assert user is not None
        author = Author(answers.my_name or user.name, answers.my_email or user.emails[0], now)
        answers = answers._replace(language=Folder(source()).office.language)
    else:
        _refuse_unnamed(answers)
        office_bytes = office_text(answers)
        author = Author(answers.my_name, answers.my_email, now)
    files[OFFICE_FILE] = office_bytes
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(_("cannot make {folder}: {why}").format(folder=root, why=error.strerror)) from None
    Repo.create(root, author.name, author.email)
    with speaking(answers.language):
        sentence = _("office folder made") + "\n\nSrctl-Action: init\nSrctl-Format: 1\n"
    changes = [FileChange(path, None, data) for path, data in sorted(files.items())]
    record(root, lambda: (changes, sentence), author)
    return NewOffice(len(files), author.name)


def files_of(part: str) -> Iterator[tuple[str, bytes]]:
    """The files of the starter set below ``part`` (``templates``): name from the office folder, and bytes."""
    top = source()
    for path in sorted((top / part).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
            yield path.relative_to(top).as_posix(), path.read_bytes()


def _refuse_unnamed(answers: Answers) -> None:
    if not _SHORT_ID.fullmatch(answers.me) or not answers.my_name or not answers.my_email:
        raise UsageError(
            _("say who you are: a short id in letters a-z, your name and your e-mail"),
            CommandLine('init DIR --me malee --my-name "นางสาวมาลี …" --my-email malee@…'),
        )
    refuse_no_email(answers.my_email)


def refuse_no_id(typed: str) -> None:
    """Refuse what is no short id of a coordinator: it stands in case files and is typed with ``--as``."""
    if not _SHORT_ID.fullmatch(typed):
        message = _("“{text}” is no short id: letters a-z, digits and -, a letter first")
        raise UsageError(message.format(text=typed), _("for example {example}").format(example="malee"))


def refuse_no_email(typed: str) -> None:
    """Refuse what is no e-mail address: whoever acts is known by it."""
    if not is_email(typed):
        message = _("{address} is no e-mail address").format(address=f"“{typed}”")
        raise UsageError(message, _("for example {example}").format(example="malee@example.go.th"))


def office_text(answers: Answers) -> bytes:
    """``office.yaml`` for the answers: one coordinator to begin with, in every group's place."""
    starter = Folder(source()).office
    me: dict[str, Value] = {"id": answers.me, "name": answers.my_name, "position": "", "group": starter.groups[0].id,
          "phone": "", "emails": [answers.my_email], "backup": ""}  # fmt: skip
    groups: list[Value] = [{"id": g.id, "label": {"th": g.label.th, "en": g.label.en}} for g in starter.groups]
    with speaking(answers.language):
        head_name = _("(name of the head of office)")
    head: dict[str, Value] = {
        "id": "head",
        "name": head_name,
        "positions": [_head_of(answers)],
    }
    data: dict[str, Value] = {
        "format": 1,
        "names": {"th": answers.name, "en": answers.name_en, "short": answers.short,
                  "ministry": answers.ministry, "ministry_en": starter.names.ministry_en,
                  "ministry_short": starter.names.ministry_short},
        "letter_prefix": answers.prefix,
        "address": "",
        "phones": [],
        "language": answers.language,
        "minister": {"title": starter.minister.title, "short": starter.minister.short, "name": answers.minister},
        "groups": groups,
        "coordinators": [me],
        "signers": [head],
        "fonts": {"thai": starter.fonts.thai},
        "emblem": "",
        "book": "",
        "sign_on_send": starter.sign_on_send,
        "nonworking_receipt": starter.nonworking_receipt,
    }  # fmt: skip
    raw = dump(data)
    assert read_text(raw, Path(OFFICE_FILE)).data is not None
    return raw


def _head_of(answers: Answers) -> str:
    return f"หัวหน้า{answers.name}"
