"""`srctl init` makes an office folder, `srctl whoami` shows who acts in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import names, options
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from srctl.office.starter import Answers, NewOffice


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("init", help=_("Make an office folder: settings, definitions, a git repository."))(init)
    app.command("whoami", help=_("Say who you are to srctl, and why."))(whoami)


Name = Annotated[str, option("--name", help=_("name of the office in Thai"), callback=options.one_line)]
NameEn = Annotated[str, option("--name-en", help=_("name of the office in English"), callback=options.one_line)]
Short = Annotated[
    str, option("--short", help=_("short name, e.g. {example}").format(example="สร."), callback=options.one_line)
]
Ministry = Annotated[str, option("--ministry", help=_("name of the ministry in Thai"), callback=options.one_line)]
Prefix = Annotated[
    str,
    option(
        "--prefix",
        help=_("prefix of letter numbers, e.g. {example}").format(example="ศธ 0100"),
        callback=options.one_line,
    ),
]
Minister = Annotated[str, option("--minister", help=_("name of the Minister, with title"), callback=options.one_line)]
Me = Annotated[str, option("--me", help=_("your short id in the office, e.g. malee"), callback=options.one_line)]
MyName = Annotated[str, option("--my-name", help=_("your name, with title"), callback=options.one_line)]
MyEmail = Annotated[str, option("--my-email", help=_("your e-mail (the one git knows)"), callback=options.one_line)]
Language = Annotated[str, option("--language", help=_("th or en"))]
Inside = Annotated[bool, option("--inside", help=_("make it although it lies inside another office folder"))]
Sample = Annotated[bool, option("--sample", help=_("add the sample office (invented people and cases)"))]


def init(
    directory: Annotated[Path, argument(metavar="DIR", help=_("where"))] = Path(),
    name: Name = "", name_en: NameEn = "", short: Short = "", ministry: Ministry = "",
    prefix: Prefix = "", minister: Minister = "", me: Me = "", my_name: MyName = "",
    my_email: MyEmail = "", language: Language = "", sample: Sample = False, inside: Inside = False,
) -> None:  # fmt: skip
    """Make an office folder."""
    from srctl.cli import phrases, view
    from srctl.core import i18n
    from srctl.index.workspace import folder_here, now
    from srctl.office import starter, synced_folders

    root = (folder_here() / directory).absolute()
    starter.refuse_occupied(root)
    if not inside:
        _ask_inside(root)
    answers = starter.Answers(
        name,
        name_en,
        short,
        ministry,
        prefix,
        minister,
        me,
        my_name,
        my_email,
        language or i18n.language(),
    )
    moment = now()
    made = starter.make(root, answers, sample=True, now=moment) if sample else _made(root, answers, moment)
    view.write_line(_("office folder made: {folder}").format(folder=root))
    recorded = ngettext("{n} file, recorded by {who}", "{n} files, recorded by {who}", made.files)
    view.write_line(recorded.format(n=made.files, who=made.who))
    phrases.warn(*synced_folders.warning(root))
    view.write_line(_("next:"))
    for command in (f"cd {root}", CommandLine("kinds"), CommandLine("new"), CommandLine("due")):
        view.write_line(f"  {command}")


def _ask_inside(root: Path) -> None:
    """Ask whether an office is to be made inside another; Refused where nobody can be asked, or where it is not."""
    from srctl.cli import prompts
    from srctl.core.errors import Refused
    from srctl.index.workspace import is_interactive
    from srctl.office import starter

    outer = starter.office_around(root)
    if outer is None:
        return
    message = _("{folder} is inside the office folder {outer}").format(folder=root, outer=outer)
    if not (is_interactive() and prompts.yes(message + ": " + _("make an office there?"), default=False)):
        raise Refused(message, CommandLine("init {} --inside", root))


def _made(root: Path, answers: "Answers", moment: "datetime") -> "NewOffice":
    """The office made from the answers, the missing ones asked for where somebody can be asked."""
    from srctl.index.workspace import is_interactive
    from srctl.office import starter

    usual = starter.with_defaults(answers)
    if not is_interactive():
        return starter.make(root, usual, sample=False, now=moment)
    from srctl.cli import office_form

    with office_form.asked_office(root, answers, usual) as complete:
        return starter.make(root, complete, sample=False, now=moment)


def whoami(
    listing: Annotated[bool, option("--list", help=_("list all coordinators"))] = False,
    set_: Annotated[str, option("--set", metavar="WHO", help=_("who works with this office on this computer"),
                                callback=names.coordinator_id)] = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show who acts, or all coordinators."""
    from srctl.cli import view
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    if set_:
        workspace.keep_me(set_)
    office = workspace.folder.office
    people = office.coordinators if listing else (workspace.me,)
    if json:
        from srctl.core.decoding import plain

        view.print_json({"format": 1, "items": [plain(c, iso=True) for c in people]})
        return
    from srctl.model.people import short_name

    groups = {g.id: g.label.in_(office.language) for g in office.groups}
    columns = [view.Column(_("name"), min_width=24), view.Column(_("id")), view.Column(_("group"), min_width=10),
               view.Column(_("phone")), view.Column(_("backup"))]  # fmt: skip
    view.table(
        columns,
        [
            view.TableRow([c.name, c.id, groups.get(c.group, c.group), c.phone, short_name(office, c.backup)])
            for c in people
        ],
    )
