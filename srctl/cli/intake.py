"""A new matter from the words typed for it: days, choices and names checked, the defaults of its kind filled in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from srctl.cli import days, listing, names, options
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from srctl.core.named_days import Role
    from srctl.core.patches import Value
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Kind
    from srctl.office.attachments import Given
    from srctl.office.folder import Folder
    from srctl.office.writer import NewMatter

DATES: "dict[str, Role]" = {"received.on": "receipt", "received.dated": "record", "order.due": "deadline"}


class Typed(NamedTuple):
    """The words of the command line, not parsed yet; days that were asked for are, and so are fields in ``ready``."""

    kind: str
    subject: str
    from_: str
    channel: str
    received: days.Typed
    at: str
    ref: str
    dated: days.Typed
    by: str
    order: str
    due: days.Typed
    urgency: str
    secrecy: str
    owner: str
    backup: str
    complainant: "dict[str, Value]"
    fields: tuple[str, ...]
    files: "tuple[Given, ...]" = ()
    ready: "Mapping[str, Value]" = MappingProxyType({})


def matter(workspace: "Workspace", typed: Typed) -> "NewMatter":
    """The new matter from what was typed: days, choices and names are checked."""
    from srctl.office.writer import NewMatter

    kind = workspace.folder.kind(typed.kind)
    owner = typed.owner or workspace.me.id
    backup = typed.backup or backup_of(workspace, owner)
    for person in (owner, backup):
        listing.person_exists(workspace, person)
    # "In three working days" was said when it was ordered, not when somebody came to type it.
    since = days.day(typed.received, "receipt")
    due, counted = days.named(typed.due, "deadline", since=since, first=since or workspace.today)
    order: dict[str, Value] = {"by": typed.by, "text": typed.order, "due": due, "counted": counted}
    data: dict[str, Value] = {
        "subject": typed.subject,
        "received": _filled(_received(workspace, typed, since)),
        "order": _filled(order),
        "urgency": options.choice(typed.urgency, "urgency") or "none",
        "secrecy": options.choice(typed.secrecy, "secrecy") or "none",
        "owner": owner,
        "backup": backup,
        "complainant": _who_complains(typed.complainant),
        "fields": {**fields_of(typed.fields, kind), **typed.ready},
    }
    given = {k: v for k, v in data.items() if v not in ("", None, {})}
    return NewMatter(typed.kind, given, files=typed.files)


def as_its_kind_takes_it(typed: Typed, kind: "Kind", folder: "Folder") -> Typed:
    """``typed`` with what its kind takes for granted; from whom it came and the field that names them are one."""
    from srctl.model.people import MINISTER, sender_name

    given = {MINISTER: folder.office.minister.short}
    fields, named = typed.fields, ""
    if kind.sender:
        pairs = (pair.partition("=") for pair in fields)
        named = next((text.strip() for name, _is, text in pairs
                      if name.strip().removeprefix("fields.") == kind.sender), "")  # fmt: skip
        if typed.from_ and not named:
            fields = (*fields, f"{kind.sender}={sender_name(folder.directory, typed.from_)}")
    default = kind.default
    return typed._replace(
        channel=typed.channel or default.channel,
        from_=typed.from_ or named or given.get(default.from_, default.from_),
        by=typed.by or given.get(default.by, default.by),
        fields=fields,
    )


def with_message(workspace: "Workspace", typed: Typed, file: "Path") -> Typed:
    """``typed`` with what the message of an e-saraban system says, where nothing else was typed."""
    from srctl.documents.egif import MAX_BYTES
    from srctl.papers import ecms

    if not file.is_file():
        raise UsageError(_("there is no file {file}").format(file=file), _("give the path of the file"))
    with file.open("rb") as opened:
        letter = ecms.read_letter(workspace.folder, file, opened.read(MAX_BYTES + 1))
    return typed._replace(
        subject=typed.subject or letter.subject,
        from_=typed.from_ or letter.from_,
        channel=typed.channel or "letter",
        ref=typed.ref or letter.number,
        dated=typed.dated or letter.dated,
        urgency=typed.urgency or letter.urgency,
        secrecy=typed.secrecy or letter.secrecy,
        files=(*typed.files, *letter.files),
    )


def _received(workspace: "Workspace", typed: Typed, on: "date | None") -> "dict[str, Value]":
    return {
        "on": on or workspace.today,
        "at": _time(workspace, typed),
        "channel": options.choice(typed.channel, "channel"),
        "from": typed.from_,
        "ref": typed.ref,
        "dated": days.day(typed.dated, "record"),
    }


def _filled(data: "dict[str, Value]") -> "dict[str, Value]":
    return {key: value for key, value in data.items() if value not in ("", None)}


def _who_complains(data: "dict[str, Value]") -> "dict[str, Value] | None":
    who = {key: value for key, value in _filled(data).items() if value or key != "unnamed"}
    return who if any(who.values()) else None


def _time(workspace: "Workspace", typed: Typed) -> str:
    """Return the time of receipt: as typed, or now when it is received today."""
    from srctl.core.dates import parse_time

    if typed.at:
        return parse_time(typed.at)
    return "" if typed.received else f"{workspace.now:%H:%M}"


def fields_of(pairs: Iterable[str], kind: "Kind") -> "dict[str, Value]":
    """The fields of the kind among ``NAME=VALUE`` words; NotFound for a name it has not."""
    found = values(pairs, kind)
    own = {f.name for f in kind.fields}
    for name in found:
        if name.removeprefix("fields.") not in own:
            from srctl.workflow.actions import unknown_field

            raise NotFound(*unknown_field(name, own))
    return {name.removeprefix("fields."): value for name, value in found.items() if value is not None}


def values(pairs: Iterable[str], kind: "Kind") -> "dict[str, Value]":
    """The values of ``NAME=VALUE`` words, by name: dates, times and choices recognised, text cleaned."""
    from srctl.cli.event_days import event_values, hour_values
    from srctl.model.engagement import event_fields
    from srctl.views.entered_days import role_of
    from srctl.workflow.actions import COUNTED

    fields, event = {f.name: f for f in kind.fields}, event_fields(kind)
    found: dict[str, Value] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise UsageError(_("{word} is not NAME=VALUE").format(word=pair), CommandLine('set 42 order.text="…"'))
        field = fields.get(name.removeprefix("fields."))
        type_ = field.type if field else "text"
        if name == "order.due":
            found[name], found[COUNTED] = days.named(text, "deadline")
        elif field and event and field.name == event.day:
            found = {**event_values(kind, text), **found}
        elif name in DATES or type_ == "date":
            found[name] = days.day(text, DATES.get(name) or role_of(name.removeprefix("fields."), kind))
        elif field and event and field.name == event.begin:
            found = {**hour_values(kind, text), **found}
        elif type_ == "time" or name == "received.at":
            from srctl.core.dates import parse_time

            found[name] = parse_time(text)
        elif name == "backup":
            found[name] = names.coordinator_id(options.words(text))
        elif name in ("urgency", "secrecy", "received.channel"):
            found[name] = options.choice(text, name.rpartition(".")[2])
        else:
            found[name] = field.chosen(options.words(text)) if field else options.words(text)
    return found


def backup_of(workspace: "Workspace", owner: str) -> str:
    """The backup of a coordinator, "" for none."""
    coordinator = workspace.folder.office.coordinator(owner)
    return coordinator.backup if coordinator else ""
