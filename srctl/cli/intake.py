"""Receiving a matter: the options typed, the questions asked, and the values recorded."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srctl.cli import days, listing, names, options, prompts
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from srctl.cli.similar_cases import Met
    from srctl.core.named_days import Role
    from srctl.core.patches import Value
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Kind
    from srctl.office.attachments import Given
    from srctl.office.folder import Folder
    from srctl.office.writer import Done, NewMatter

DATES: "dict[str, Role]" = {"received.on": "receipt", "received.dated": "record", "order.due": "deadline"}


class Typed(NamedTuple):
    """The words of the command line, not parsed yet."""

    kind: str
    subject: str
    from_: str
    channel: str
    received: str
    at: str
    ref: str
    dated: str
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


def receive_matter(workspace: "Workspace", typed: Typed) -> "tuple[Done, tuple[Met, ...]]":
    """Record the new matter; return it with what of it was met before."""
    from srctl.cli import outcome
    from srctl.office.writer import register

    new, met = _new_matter(workspace, typed)
    return register(workspace.folder, new, workspace.actor, lambda: outcome.load(workspace)), met


def _new_matter(workspace: "Workspace", typed: Typed) -> "tuple[NewMatter, tuple[Met, ...]]":
    """The new matter from what was typed: missing parts are asked for at a terminal, names are checked."""
    from srctl.index.workspace import is_interactive
    from srctl.office.writer import NewMatter

    asked = is_interactive() and not (typed.kind and typed.subject)
    if asked:
        typed = _asked(workspace, typed)
    if not typed.kind:
        new = CommandLine('new directive --subject "…"')
        raise prompts.missing(_("the kind of matter"), f"{new}   ({CommandLine('kinds')})")
    kind = workspace.folder.kind(typed.kind)
    if not typed.subject:
        raise prompts.missing(_("the subject"), CommandLine('new {} --subject "…"', typed.kind))
    if not asked:
        typed = as_its_kind_takes_it(typed, kind, workspace.folder)
    owner = typed.owner or workspace.me.id
    backup = typed.backup or _backup_of(workspace, owner)
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
        "complainant": typed.complainant if any(typed.complainant.values()) else None,
        "fields": _fields(typed.fields, kind),
    }
    given = {k: v for k, v in data.items() if v not in ("", None, {})}
    return NewMatter(typed.kind, given, files=typed.files), _met(workspace, typed)


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


def _met(workspace: "Workspace", typed: Typed) -> "tuple[Met, ...]":
    """What of the new matter was met before: the person is warned, and asked."""
    from srctl.cli import similar_cases
    from srctl.model.case import Complainant
    from srctl.model.incoming_paper import IncomingPaper

    found = [*similar_cases.alike_before(workspace.folder, typed.subject, typed.from_)]
    person = Complainant(phone=str(typed.complainant["phone"]))
    if typed.ref or person.phone:
        paper = IncomingPaper.unrecorded(typed.from_, typed.ref, days.read(typed.dated).on, workspace.now)
        found += similar_cases.met_before(workspace, paper, person)
    return similar_cases.warn(found)


def _asked(workspace: "Workspace", typed: Typed) -> Typed:
    """Ask for the parts that a new matter needs and that were not typed."""
    from srctl.cli import wizard
    from srctl.model.labels import CHANNELS

    kind_id = typed.kind or prompts.menu(_("kind of matter"), _kinds(workspace), "directive")
    kind = workspace.folder.kind(kind_id)
    minister = workspace.folder.office.minister.short
    typed = typed._replace(kind=kind_id, subject=typed.subject or options.one_line(prompts.text(_("subject"))))
    typed = typed._replace(
        from_=typed.from_ or options.one_line(prompts.text(_("from whom"), minister)),
        channel=typed.channel or prompts.menu(_("how it came"), wizard.channels(CHANNELS), "voice"),
        by=typed.by or options.one_line(prompts.text(_("who ordered it"), minister, required=False)),
        order=typed.order or prompts.text(_("what was ordered"), required="order.text" in kind.stages[0].needs),
    )
    if not typed.due:
        received = days.read(typed.received).on
        first, examples = received or workspace.today, "20/11/2569, +3wd, พรุ่งนี้"
        typed = typed._replace(due=days.ask(_("deadline"), since=received, first=first, note=examples))
    who = typed.complainant
    if kind.complainant and not (who["name"] or who["anonymous"]):
        name = options.one_line(prompts.text(_("who complains"), required=False, empty=_("empty: no name known")))
        silent = not name and prompts.yes(_("do they want no name given?"), default=False)
        typed = typed._replace(complainant={**who, "name": name, "anonymous": silent})
    return typed._replace(
        owner=typed.owner or prompts.menu(_("coordinator"), _coordinators(workspace), workspace.me.id)
    )


def _kinds(workspace: "Workspace") -> list[prompts.Choice]:
    kinds = sorted(workspace.folder.kinds.readable().items(), key=lambda item: (item[1].order, item[0]))
    return [(key, kind.label.in_(language())) for key, kind in kinds]


def _coordinators(workspace: "Workspace") -> list[prompts.Choice]:
    return [(c.id, c.name) for c in workspace.folder.office.coordinators if c.active]


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


def _time(workspace: "Workspace", typed: Typed) -> str:
    """Return the time of receipt: as typed, or now when it is received today."""
    from srctl.core.dates import parse_time

    if typed.at:
        return parse_time(typed.at)
    return "" if typed.received else f"{workspace.now:%H:%M}"


def _fields(pairs: Iterable[str], kind: "Kind") -> "dict[str, Value]":
    found = values(pairs, kind)
    own = {f.name for f in kind.fields}
    for name in found:
        if name.removeprefix("fields.") not in own:
            from srctl.workflow.actions import unknown_field

            raise NotFound(*unknown_field(name, own))
    return {name.removeprefix("fields."): value for name, value in found.items() if value is not None}


def values(pairs: Iterable[str], kind: "Kind") -> "dict[str, Value]":
    """The values of ``NAME=VALUE`` words, by name: dates, times and choices recognised, text cleaned."""
    from srctl.cli.event_days import event_values
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


def _backup_of(workspace: "Workspace", owner: str) -> str:
    coordinator = workspace.folder.office.coordinator(owner)
    return coordinator.backup if coordinator else ""
