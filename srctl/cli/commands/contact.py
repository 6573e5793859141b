"""The directory (ทำเนียบ): organisations and people, listed, shown, added."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, names, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.people import Organisation, Person


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    contacts = App(help=_("The directory: whom to call."))
    contacts.command("list", help=_("List organisations and people; TEXT searches."))(list_contacts)
    contacts.command("show", help=_("Show an organisation or a person."))(show_contact)
    contacts.command("add", help=_("Add an organisation, or a person of one, by name."))(add_contact)
    contacts.command("keep", help=_("Add who a case spoke with to the directory."))(keep_contacts)
    contacts.command("edit", help=_("Correct an entry: FIELD=VALUE …; an empty value takes one out."))(correct_entry)
    contacts.command("retire", help=_("Offer an entry no more; old logs keep its name."))(retire_entry)
    contacts.command("merge", help=_("Make two entries one; the old id goes on to work."))(join_entries)
    contacts.command("move", help=_("Move a person to another post; the posts held before are kept."))(move_to_post)
    contacts.command("remove", help=_("Take out an entry that nothing names."))(take_out)
    app.add_group(contacts, name="contacts")


Text = Annotated[str, argument(metavar="[TEXT]", help=_("words to find"))]
Reference = Annotated[
    str,
    argument(metavar="ORG[/PERSON]", help=_("whom"), autocompletion=completion.complete_contacts),
]

Newcomer = Annotated[
    str,
    argument(
        metavar="[NAME]", help=_("the name, also behind that of its organisation: ORG/NAME; or an id of your own")
    ),
]
Inside = Annotated[
    str, option("--in", metavar="ORG", help=_("the organisation they belong to"), callback=names.callee_id)
]


def list_contacts(text: Text = "", json: options.Json = False) -> None:
    """List the directory in Thai order."""
    from srctl.core.thai import sort_key
    from srctl.index.workspace import current_workspace
    from srctl.views.list_views import envelope

    workspace = current_workspace()
    found = [
        {"id": reference, "name": name, "position": position, "phone": phone, "state": state}
        for organisation in workspace.folder.directory.readable().values()
        for reference, name, position, phone, state in _lines(organisation, text)
    ]
    found.sort(key=lambda row: (row["id"].partition("/")[0], "/" in row["id"], sort_key(row["name"])))
    if json:
        view.print_json(envelope(found, workspace.today, workspace.folder.problems))
        return
    view.problems(workspace.folder.problems)
    if not found:
        view.write_line(_("nobody found"))
        return
    columns = [view.Column(_("name"), min_width=26), view.Column(_("position"), min_width=10),
               view.Column(_("phone")), view.Column(_("id"))]  # fmt: skip
    rows = [
        view.TableRow([r["name"], " · ".join(filter(None, (r["position"], r["state"]))), r["phone"], r["id"]], "", "",
                      "dim" if r["state"] else "")
        for r in found
    ]  # fmt: skip
    view.table(columns, rows)


def _lines(organisation: "Organisation", text: str) -> list[tuple[str, str, str, str, str]]:
    """The lines of an organisation that contain every word of ``text``: reference, name, position, phone, state."""
    from srctl.workflow.filters import contains

    o = organisation
    lines = [(o.id, o.name, o.short, o.phone, _state(o), "\n".join((o.mandate, o.fax, o.email)))]
    lines += [
        (f"{o.id}/{p.id}", p.name, p.position, p.phone or p.mobile, _state(p) or _state(o),
         "\n".join((o.name, o.short, p.note, p.phone, p.mobile, p.fax, p.email, p.line)))
        for p in o.people
    ]  # fmt: skip
    return [line[:5] for line in lines if contains("\n".join(line), text)]


def show_contact(reference: Reference, json: options.Json = False) -> None:
    """Show one entry of the directory."""
    from srctl.cli import wizard
    from srctl.core.decoding import plain
    from srctl.index.workspace import current_workspace
    from srctl.model.people import find_callee

    workspace = current_workspace()
    callee = find_callee(workspace.folder.directory, wizard.with_and_known(reference))
    assert callee is not None
    organisation, person = callee
    if json:
        view.print_json({"format": 1, **plain(person or organisation, iso=True)})
        return
    view.problems(workspace.folder.problems)
    if person:
        view.write_line(f"{person.name}  ({organisation.id}/{person.id})", "bold")
        view.pairs([(_("organisation"), organisation.name), *_person(organisation, person)], indent=2)
        return
    view.write_line(f"{organisation.name}  ({organisation.id})", "bold")
    view.pairs(_organisation(organisation), indent=2)
    for person in organisation.people:
        view.write_line()
        view.write_line(f"  {person.name}  ({organisation.id}/{person.id})", "bold")
        view.pairs(_person(organisation, person), indent=4)


def _organisation(o: "Organisation") -> list[tuple[str, str]]:
    return [
        (_("short name"), o.short), (_("letters to"), o.head), (_("mandate"), o.mandate),
        (_("address"), o.address), (_("phone"), o.phone),
        (_("fax"), o.fax), (_("e-mail"), o.email), (_("network"), o.network), (_("state"), _state(o)),
    ]  # fmt: skip


def _person(o: "Organisation", p: "Person") -> list[tuple[str, str]]:
    chief = o.person(p.secretary_of)
    secretary = next((s for s in o.people if s.secretary_of == p.id), None)
    door = f"{secretary.name} {secretary.phone}".strip() if secretary else ""
    return [
        (_("position"), p.position), (_("level"), p.level), (_("phone"), p.phone), (_("mobile"), p.mobile),
        (_("fax"), p.fax), (_("e-mail"), p.email), (_("LINE"), p.line),
        (_("secretary of"), chief.name if chief else ""), (_("call first"), door), (_("note"), p.note),
        (_("in the post since"), view.day_text(p.since) if p.since else ""), (_("former posts"), ", ".join(_posts(p))),
        (_("state"), _state(p)),
    ]  # fmt: skip


def _posts(person: "Person") -> list[str]:
    """The posts held before: as what, where, from when until when."""
    found = []
    for post in person.posts:
        since, until = (view.day_text(day) if day else "…" for day in (post.from_, post.to))
        found.append(" ".join(part for part in (post.position, post.organisation, f"({since} – {until})") if part))
    return found


def _state(entry: "Organisation | Person") -> str:
    """Why an entry is offered no more, "" for one that is."""
    moved = getattr(entry, "moved_to", "")
    if entry.merged_into:
        return _("now {id}").format(id=entry.merged_into)
    return _("moved to {id}").format(id=moved) if moved else _("former") if entry.retired else ""


def add_contact(
    who: Newcomer = "",
    organisation: Inside = "",
    name: Annotated[str, option("--name", "-n", help=_("name"))] = "",
    short: Annotated[str, option("--short", help=_("short name of an organisation"))] = "",
    mandate: Annotated[str, option("--mandate", help=_("what the organisation is in charge of"))] = "",
    position: Annotated[str, option("--position", help=_("position"))] = "",
    level: Annotated[str, option("--level", help=_("level"))] = "",
    phone: Annotated[str, option("--phone", help=_("phone"))] = "",
    mobile: Annotated[str, option("--mobile", help=_("mobile"))] = "",
    fax: Annotated[str, option("--fax", help=_("fax"))] = "",
    email: Annotated[str, option("--email", help=_("e-mail"))] = "",
    line: Annotated[str, option("--line", help=_("LINE id"))] = "",
    secretary_of: Annotated[str, option("--secretary-of", help=_("id of whose door they keep"))] = "",
    note: Annotated[str, option("--note", help=_("note"))] = "",
    address: Annotated[str, option("--address", help=_("address"))] = "",
    network: Annotated[str, option("--network", help=_("network of an organisation"))] = "",
    head: Annotated[str, option("--head", help=_("title letters to the organisation are addressed to"))] = "",
    class_: Annotated[str, option("--class", help=_("row of templates/salutations.yaml"))] = "",
    addressed: Annotated[str, option("--addressed", help=_("how letters to the person are addressed"))] = "",
    inside: Annotated[bool, option("--inside", help=_("it is a part of our own ministry"))] = False,
    as_: options.As = "",
) -> None:
    """Add an organisation or a person to the directory."""
    from srctl.cli import contact_form
    from srctl.index.workspace import current_workspace
    from srctl.office import directory

    options.act_as(as_)
    workspace = current_workspace()
    entry = contact_form.typed_entry(workspace, options.one_line(who), organisation)
    typed = {"name": name, "short": short, "mandate": mandate, "position": position, "level": level, "phone": phone,
             "mobile": mobile, "fax": fax, "email": email, "line": line, "secretary_of": secretary_of,
             "note": note, "address": address, "network": network, "head": head, "class": class_,
             "addressed": addressed, "inside": "true" if inside else ""}  # fmt: skip
    cleaned = {key: text for key, value in typed.items() if (text := options.one_line(value))}
    with contact_form.asked_contact(workspace, entry, cleaned) as (reference, values):
        directory.record_contact(workspace.folder, reference, values, workspace.actor)
    view.write_wrapped(f"✓ {values['name']}  ({reference})", "green", hang=2)


def keep_contacts(
    case_id: arguments.CaseId,
    person: Annotated[str, argument(metavar="[PERSON]", help=_("whom, e.g. p1 or part of the name; else all"))] = "",
    inside: Inside = "",
    as_: options.As = "",
) -> None:
    """Add the people of a case to the directory."""
    from srctl.index.workspace import current_workspace
    from srctl.office.acquaintances import keep_people
    from srctl.office.folder import readable

    options.act_as(as_)
    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    references = keep_people(workspace.folder, case, options.one_line(person), inside, workspace.actor)
    view.write_wrapped("✓ " + _("added to the directory: {id}").format(id=", ".join(references)), "green", hang=2)


def correct_entry(
    reference: Reference,
    pairs: Annotated[list[str], argument(metavar="FIELD=VALUE", help=_('e.g. phone="0 2000 0001" position=…'))],
    as_: options.As = "",
) -> None:
    """Correct an entry of the directory."""
    from srctl.core.errors import UsageError
    from srctl.office import directory_changes

    values = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            command = CommandLine('contacts edit {} phone="…"', reference)
            raise UsageError(_("{word} is not NAME=VALUE").format(word=pair), command)
        values[name.strip()] = options.one_line(text)
    workspace = _acting(as_)
    directory_changes.edit_contact(workspace.folder, reference, values, workspace.actor)
    view.write_wrapped("✓ " + _("changed in the directory: {id}").format(id=reference), "green", hang=2)


def retire_entry(
    reference: Reference,
    back: Annotated[bool, option("--back", help=_("offer it again"))] = False,
    as_: options.As = "",
) -> None:
    """Offer an entry of the directory no more."""
    from srctl.office import directory_changes

    workspace = _acting(as_)
    directory_changes.retire_contact(workspace.folder, reference, workspace.actor, back=back)
    words = _("offered again: {id}") if back else _("retired from the directory: {id}")
    view.write_wrapped("✓ " + words.format(id=reference), "green", hang=2)


def join_entries(
    gone: Annotated[str, argument(metavar="OLD", help=_("the entry that goes"),
                                  autocompletion=completion.complete_contacts)],
    kept: Annotated[str, argument(metavar="NEW", help=_("the entry that stays"),
                                  autocompletion=completion.complete_contacts)],
    as_: options.As = "",
) -> None:  # fmt: skip
    """Make two entries of the directory one."""
    from srctl.office import directory_changes

    workspace = _acting(as_)
    directory_changes.merge_contacts(workspace.folder, gone, kept, workspace.actor)
    view.write_wrapped("✓ " + _("merged in the directory: {id}").format(id=f"{gone} → {kept}"), "green", hang=2)


def move_to_post(
    reference: Reference,
    to: Annotated[str, option("--to", metavar="ORG", help=_("the organisation of the new post"),
                              autocompletion=completion.complete_contacts)] = "",
    post: Annotated[str, option("--post", help=_("the new position"), callback=options.one_line)] = "",
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "",
) -> None:  # fmt: skip
    """Move a person to another post."""
    from srctl.cli import days, wizard
    from srctl.office import directory_changes

    workspace = _acting(as_)
    post = post or wizard.one(_("the new position"), CommandLine('contacts move {} --to ORG --post "…"', reference))
    since = days.day(on) or workspace.today
    organisation = to or reference.partition("/")[0]
    new = directory_changes.move_person(workspace.folder, reference, organisation, post, since, workspace.actor)
    view.write_wrapped("✓ " + _("moved in the directory: {id}").format(id=f"{reference} → {new}"), "green", hang=2)


def take_out(reference: Reference, as_: options.As = "") -> None:
    """Take an entry that nothing names out of the directory."""
    from srctl.office import directory_changes

    workspace = _acting(as_)
    directory_changes.remove_contact(workspace.folder, reference, workspace.actor)
    view.write_wrapped("✓ " + _("taken out of the directory: {id}").format(id=reference), "green", hang=2)


def _acting(as_: str) -> "Workspace":
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    return current_workspace()
