"""A paper on its way out: submit, pass, sign or return, number, send, cancel."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, names, options, view
from srctl.cli.parser import App, option
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.cli.outgoing import Outgoing
    from srctl.cli.paper_acts import Meant, PaperAct, Planner
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.labels import Channel
    from srctl.office.course import Make
    from srctl.office.folder import Folder
    from srctl.papers.dispatching import Plan, Sending
    from srctl.papers.post_numbers import PostNumbers
    from srctl.workflow.paper_state import Paper


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("submit", help=_("Send a paper up for signature."))(submit_paper)
    app.command("pass", help=_("A level of its route passed a paper on, with or without a note."))(pass_on)
    app.command("sign", help=_("A paper was signed: by whom, by hand or digitally."))(sign_paper)
    app.command("return", help=_("A paper came back: unsigned, to be mended, or undelivered by the post."))(return_)
    app.command("number", help=_("Give a signed paper its number and date; both stay for ever."))(number_paper)
    app.command("send", help=_("A paper was sent: by which channel, until when a reply is awaited."))(send_paper)
    app.command("cancel", help=_("A paper is not used any more; its number stays burnt."))(cancel_paper)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
Scans = options.Scans
Keeps = Annotated[list[str] | None, option("--keeps", help=_("promise kept by this (entry id)"))]
To = Annotated[
    list[str] | None,
    option("--to", "-t", metavar="WHOM", help=_("the papers to them; may be repeated"),
           autocompletion=completion.complete_contacts, callback=names.addressee_ids),
]  # fmt: skip
LetOut = Annotated[
    str,
    option("--anyway", "--override", "--why", metavar="WHY", callback=options.words,
           help=_("let a paper go in spite of its faults, a name in it, or its secrecy, with the reason")),
]  # fmt: skip
All = Annotated[bool, option("--all", "-a", help=_("every paper of the case that is so far"))]


def submit_paper(
    words: arguments.PaperWords = None, to: To = None, everything: All = False,
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("the day all must have signed by"))] = "",
    on: options.On = "",
    override: options.LetGo = "", _sure: options.SureOfDays = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Submit papers."""
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
    from srctl.papers import clearing

    day, last = days.day(on), days.named(until, "deadline")

    def begun(folder: "Folder") -> "Plan":
        rules = clearing.rules_of(folder)
        return lambda case, kind, paper: clearing.routed_submission(
            folder, case, kind, paper, rules, on=day, until=last, override=override)  # fmt: skip

    do_to_papers(Meant(words or (), to or (), everything, as_, json), PaperAct(
        "submit", _("{paper} submitted"),
        lambda n: ngettext("{n} paper submitted", "{n} papers submitted", n).format(n=n),
        _one_step(begun),
    ))  # fmt: skip


By = Annotated[
    str, option("--by", "-b", metavar="WHO", help=_("whose level it is, or who stands in"), callback=names.staff_id)
]


def pass_on(
    words: arguments.PapersOrAll = None, to: To = None, everything: All = False, by: By = "",
    note: Annotated[str, option("--note", "-n", help=_("a note, or the opinion"), callback=options.words)] = "",
    disagree: Annotated[bool, option("--disagree", help=_("passed on with an opinion against it"))] = False,
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Pass papers on to the next level; with --all and no case, all that lie with whoever passes them."""
    from srctl.cli import lying_papers
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
    from srctl.papers import clearing

    options.act_as(as_)
    passer = lying_papers.passer(by, note, adverse=disagree, on=days.day(on))
    words = list(words or ()) or lying_papers.words_meant(passer, everything=everything)
    do_to_papers(Meant(words, to or (), everything and len(words) == 1, as_, json), PaperAct(
        "pass", _("{paper} passed"),
        lambda n: ngettext("{n} paper passed", "{n} papers passed", n).format(n=n),
        _one_step(lambda folder: lambda case, _kind, paper: clearing.pass_on_route(folder, case, paper, passer)),
        fits=lying_papers.fit_for(passer), unfit=_("{id}: no paper lies with them"),
    ))  # fmt: skip


def sign_paper(
    words: arguments.PaperWords = None, to: To = None, everything: All = False,
    by: Annotated[
        str, option("--by", "-b", metavar="WHO", help=_("who signed; the signer of the draft"),
                    callback=names.signer_id)] = "",
    how: Annotated[str, option("--how", help=_("wet or digital"))] = "wet",
    on: options.On = "", files: Scans = None,
    override: Annotated[str, option("--override", metavar="WHY", help=_("signed before all passed it: the reason"),
                                    callback=options.words)] = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record signatures."""
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers, refuse_for_many
    from srctl.index.workspace import now
    from srctl.papers import clearing

    asked, today = Meant(words or (), to or (), everything, as_, json), now().date()
    refuse_for_many(asked, "--file", files)
    day, scans, signer = days.day(on), options.read_scans(files), options.one_line(by)
    do_to_papers(asked, PaperAct(
        "sign", _("{paper} signed"),
        lambda n: ngettext("{n} paper signed", "{n} papers signed", n).format(n=n),
        _one_step(lambda folder: lambda case, _kind, paper: clearing.cleared_signature(
            folder, case, paper, signer, how, on=day, today=today, scans=scans, override=override)),
    ))  # fmt: skip


def return_(
    words: arguments.PaperWords = None, to: To = None, everything: All = False, why: Why = "", by: By = "",
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record that papers were returned: to be mended by who signs or passes them, or undelivered by the post."""
    from srctl.cli import lying_papers, returned_post, wizard
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
    from srctl.papers import clearing

    asked, day = Meant(words or (), to or (), everything, as_, json), days.day(on)
    options.act_as(as_)
    if returned_post.were_sent(asked):
        returned_post.record_undelivered(asked, why, day)
        return
    passer = lying_papers.passer(by, on=day)
    why = why or wizard.one(_("what is to be mended"), CommandLine('return {} --why "…"', " ".join(asked.words)))
    do_to_papers(asked, PaperAct(
        "return", _("{paper} returned"),
        lambda n: ngettext("{n} paper returned", "{n} papers returned", n).format(n=n),
        _one_step(lambda folder: lambda case, _kind, paper: clearing.returning(folder, case, paper, passer, why)),
    ))  # fmt: skip


def number_paper(
    words: arguments.PaperWords = None, to: To = None, everything: All = False,
    dated: Annotated[str, option("--dated", metavar="DATE", help=_("date the paper bears; today"))] = "",
    why: Why = "", override: options.LetGo = "", _sure: options.SureOfDays = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Give papers their numbers, in their order."""
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
    from srctl.index.workspace import now
    from srctl.papers import issuing

    day, today = days.day(dated), now().date()

    def begun(folder: "Folder") -> "Plan":
        book = issuing.NumberBook(folder)
        return lambda case, _kind, paper: issuing.assign_number(
            folder, case, paper, today, dated=day, why=why, override=override, book=book)  # fmt: skip

    do_to_papers(Meant(words or (), to or (), everything, as_, json), PaperAct(
        "number", _("{paper} numbered {number}"),
        lambda n: ngettext("{n} paper numbered", "{n} papers numbered", n).format(n=n),
        _one_step(begun), issued=_show_issued, left=_show_left,
        fits=lambda paper: not paper.drafted.unnumbered, unfit=_("{id}: no paper waits for its number"),
    ))  # fmt: skip


Registered = Annotated[
    str, option("--registered", "-r", metavar="NUMBER",
                help=_("registered post: the number, several with commas, or FIRST-LAST"))
]  # fmt: skip
Messenger = Annotated[str, option("--messenger", "-m", metavar="NAME", help=_("who carries it"))]
Receiver = Annotated[
    str, option("--received-by", metavar="NAME", help=_("who took it, also of a letter sent before: the day is --on"))
]  # fmt: skip
Hour = Annotated[str, option("--at", metavar="HH:MM", help=_("at what hour it was taken"))]


def send_paper(
    words: arguments.PaperWords = None, to: To = None, everything: All = False,
    signed: Annotated[bool, option("--signed", help=_("signed outside: submitted, signed, numbered and sent"))] = False,
    by: Annotated[str, option("--by", "-b", help=_("letter email fax line visit meeting"))] = "letter",
    registered: Registered = "", messenger: Messenger = "", receiver: Receiver = "", at: Hour = "",
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("until when a reply is awaited"))] = "",
    draft: Annotated[bool, option("--draft", help=_("only write the mail or LINE text; nothing is recorded"))] = False,
    pdf: Annotated[bool, option("--pdf", help=_("attach a PDF to the mail (LibreOffice)"))] = False,
    open_: Annotated[bool, option("--open", help=_("open the mail in the mail program"))] = False,
    keeps: Keeps = None, settles: options.Settles = None, on: options.On = "", override: LetOut = "",
    _sure: options.SureOfDays = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record that papers were sent; by email or line the mail or text is written too, to be sent by hand."""
    from srctl.cli import letter_receipts, letter_settling, outgoing
    from srctl.cli.paper_acts import Meant, do_to_papers, refuse_for_many
    from srctl.index.workspace import current_workspace
    from srctl.papers import dispatching
    from srctl.papers.delivery import Receipt

    channel, posts = _channel(by, registered, messenger, receiver)
    out, wait = outgoing.Outgoing(channel, pdf, open_, json), days.named(until, "deadline")
    out.refuse_unmeant(draft)
    asked = Meant(words or (), to or (), everything, as_, json)
    refuse_for_many(asked, "--keeps", keeps)
    refuse_for_many(asked, "--settles", settles)
    options.act_as(as_)
    workspace = current_workspace()
    receipt = Receipt(options.one_line(receiver), workspace.today, days.day(on), _hour(at, receiver))
    if letter_receipts.record_if_sent(asked, receipt, sending=bool(signed or draft or registered or messenger)):
        return
    posts.refuse_used(workspace.folder, workspace.today, override)
    settled = () if draft else letter_settling.settled_by(asked, settles)
    sending = dispatching.Sending(
        channel, receipt.today, receipt.on, wait, tuple(keeps or ()), override, settled,
        options.one_line(messenger), receipt.receiver, posts, receipt.hour,
    )  # fmt: skip
    act = _dispatch(sending, posts, out, signed=signed)
    outgoing.make_only(asked, act, out, override) if draft else do_to_papers(asked, act)


def _dispatch(sending: "Sending", posts: "PostNumbers", out: "Outgoing", *, signed: bool) -> "PaperAct":
    from srctl.cli.paper_acts import PaperAct
    from srctl.papers import dispatching

    plan = dispatching.signed_outside(sending) if signed else _one_step(
        lambda folder: lambda case, kind, paper: dispatching.sent(folder, case, kind, paper, sending))  # fmt: skip
    return PaperAct(
        "send", _("{paper} {number} sent"),
        lambda n: ngettext("{n} paper sent", "{n} papers sent", n).format(n=n), posts.before(plan),
        dispatching.UNSENT if signed else (), _show_issued if signed else None, _show_left if signed else None,
        beside=out.write_beside if out.medium() else None, planned=posts.refuse_others,
    )  # fmt: skip


def _channel(by: str, registered: str, messenger: str, receiver: str) -> "tuple[Channel, PostNumbers]":
    """The channel typed, and the numbers of registered post (UsageError where the two do not go together)."""
    from srctl.model.registered_post import read_post_numbers
    from srctl.papers.post_numbers import PostNumbers

    channel: Channel = options.choice(by, "channel")  # type: ignore[assignment]
    if channel != "letter" and (registered or messenger or receiver):
        message = _("only a letter goes by post, by messenger or from hand to hand")
        raise UsageError(message, "--by letter")
    return channel, PostNumbers(read_post_numbers(registered))


def _hour(at: str, receiver: str) -> str:
    """The hour typed as HH:MM (UsageError where it is none, or nobody is said to have taken the letter then)."""
    from srctl.core.dates import parse_time

    if at and not receiver:
        raise UsageError(_("{option} is when somebody took the letter").format(option="--at"), '--received-by "…"')
    return parse_time(at) if at else ""


def cancel_paper(
    words: arguments.PaperWords = None, to: To = None, everything: All = False, why: Why = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Cancel papers."""
    from srctl.cli import wizard
    from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
    from srctl.papers import lifecycle

    asked = Meant(words or (), to or (), everything, as_, json)
    _refuse_no_papers(asked)
    why = why or wizard.one(_("the reason"), CommandLine('cancel {} --why "…"', " ".join(asked.words)))
    do_to_papers(asked, PaperAct(
        "cancel", _("{paper} {number} cancelled"),
        lambda n: ngettext("{n} paper cancelled", "{n} papers cancelled", n).format(n=n),
        _one_step(lambda _folder: lambda case, _kind, paper: lifecycle.cancel(case, paper, why)),
    ))  # fmt: skip


def _refuse_no_papers(asked: "Meant") -> None:
    """Refuse to ask for the reason where there is nothing to cancel."""
    if not asked.is_one():
        return
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.workflow.paper_state import papers_of, the_paper

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(asked.words[0])))
    if not papers_of(case):
        the_paper(case, "", "cancel")


def _one_step(begin: "Callable[[Folder], Plan]") -> "Planner":
    """The planner of an act that is one step: the plan begun with the action, upon each paper."""

    def planner(folder: "Folder") -> "Callable[[Case, Paper], tuple[Make, ...]]":
        from srctl.papers.dispatching import made_of

        plan = begin(folder)
        return lambda _case, paper: (made_of(paper.id, plan),)

    return planner


def _show_issued(workspace: "Workspace", case: "Case", paper: "Paper") -> None:
    """Show the file of the paper as it was issued."""
    from srctl.office import attachments

    if paper.numbered and paper.numbered.file:
        place = attachments.home(workspace.folder, case.id) / paper.numbered.file
        view.write_wrapped(_("issued: {file}").format(file=workspace.folder.relative(place)), indent=2, hang=4)


def _show_left(workspace: "Workspace", case: "Case", paper: "Paper") -> None:
    """Show whether number or date are still to be written by hand."""
    from srctl.papers import issuing

    if not paper.numbered:
        return
    words = {"number": _("the number {number}").format(number=paper.number),
             "date": _("the date {date}").format(date=view.day_text(paper.dated))}  # fmt: skip
    left = [words[name] for name in issuing.unplaced(workspace.folder, case, paper)]
    if left:
        where = paper.numbered.file or _("the signed paper: its draft is not here any more")
        view.say("! " + _("write {what} by hand in {file}").format(what=", ".join(left), file=where))
