"""Papers signed outside srctl and told of when they go out: submitted, signed, numbered and sent in one step.

Only where the office works so (``sign_on_send`` in ``office.yaml``). Nothing is left out of the log: each of the acts
is an entry of its own, and the signer is the one whose name the paper prints.
"""

from collections.abc import Callable
from datetime import date

from srctl.core.errors import CommandLine, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.named_days import NamedDay
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.labels import Channel
from srctl.model.redaction import redactor
from srctl.office.course import Make
from srctl.office.folder import OFFICE_FILE, Folder
from srctl.papers import clearing, issuing
from srctl.papers.issuing import NumberBook, copies, copies_digest
from srctl.papers.lifecycle import Handed
from srctl.papers.post_numbers import Planner, PostNumbers
from srctl.papers.proofing.naming import let_go
from srctl.papers.provenance import adoption, read_word
from srctl.papers.wordings import read_template
from srctl.workflow import settling
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import Paper, State, named_paper

UNSENT: frozenset[State] = frozenset({"draft", "submitted", "signed", "numbered"})
_UNSIGNED: frozenset[State] = frozenset({"draft", "returned", "submitted"})

Plan = Callable[[Case, Kind, Paper], Act]


class Sending(NamedTuple):
    """How papers are sent: channel, today, the day asked for, until when replies are awaited, what is kept, why.

    ``messenger`` and ``receiver`` are the names typed, ``hour`` is when it was taken (HH:MM), ``posts`` hands out the
    numbers of registered post.

    ``settles`` are the steps and promises of ours a paper was for; None leaves it to the one step that names its
    addressee and a letter, if there is one.
    """

    by: Channel
    today: date
    on: date | None
    until: NamedDay
    keeps: tuple[str, ...] = ()
    override: str = ""
    settles: tuple[str, ...] | None = None
    messenger: str = ""
    receiver: str = ""
    posts: PostNumbers | None = None
    hour: str = ""


def _handed(case: Case, kind: Kind, paper: Paper, sending: Sending) -> Handed:
    """How the paper is handed over, as it is recorded: a complainant who took it themselves is not named."""
    posts = sending.posts.of(case, paper) if sending.posts else ()
    receiver = redactor(case, kind)(sending.receiver) if sending.receiver else ""
    return Handed(posts, sending.messenger, receiver, sending.hour)


def refuse_unless_office_signs_so(folder: Folder) -> None:
    """Refuse to take a paper as signed on its way out, where the office has not said that it works so."""
    if not folder.office.sign_on_send:
        message = _("in this office each step of a paper is recorded by itself: submit, sign, number, send")
        hint = _("to record them in one step: a line “{line}” in {file}, then {command}").format(
            line="sign_on_send: true", file=OFFICE_FILE, command=CommandLine("adopt {}", OFFICE_FILE)
        )
        raise Refused(message, hint)


def steps_out(folder: Folder, case: Case, paper: Paper, sending: Sending, book: NumberBook) -> tuple[Make, ...]:
    """The acts that bring the paper from where it stands to sent, each planned upon the one before.

    A draft that was changed in Word is first taken as the finished text: it is what was signed.
    """
    on, override = sending.on, sending.override

    def finish(case: Case, _kind: Kind, paper: Paper) -> Act:
        path = copies(folder, case, paper)[0].path
        return adoption(folder, case, paper.id, read_word(path)[0], override, str(folder.relative(path)))

    rules = clearing.rules_of(folder)

    def submit(case: Case, kind: Kind, paper: Paper) -> Act:
        return clearing.routed_submission(folder, case, kind, paper, rules, on=on, override=override)

    def sign(case: Case, _kind: Kind, paper: Paper) -> Act:
        return clearing.cleared_signature(
            folder, case, paper, "", "wet", on=on, today=sending.today, override=override, outside=begun
        )

    def number(case: Case, _kind: Kind, paper: Paper) -> Act:
        return issuing.assign_number(folder, case, paper, sending.today, dated=on, override=override, book=book)

    def send(case: Case, kind: Kind, paper: Paper) -> Act:
        return sent(folder, case, kind, paper, sending)

    begun, signed = paper.state in ("draft", "returned"), paper.state not in _UNSIGNED
    wanted: list[tuple[bool, Plan]] = [
        (begun and _is_changed(folder, case, paper), finish),
        (begun, submit),
        (not signed, sign),
        (not paper.numbered and is_numbered(folder, paper.wording), number),
        (True, send),
    ]
    return tuple(made_of(paper.id, plan) for is_wanted, plan in wanted if is_wanted)


def signed_outside(sending: Sending) -> Planner:
    """The planner of what brings papers signed outside srctl from where they stand to sent."""

    def begun(folder: Folder) -> Callable[[Case, Paper], tuple[Make, ...]]:
        refuse_unless_office_signs_so(folder)
        book = NumberBook(folder)
        return lambda case, paper: steps_out(folder, case, paper, sending, book)

    return begun


def made_of(paper_id: str, plan: Plan) -> Make:
    """The act of a plan on the paper as it stands when its turn comes."""
    return lambda case, kind: plan(case, kind, named_paper(case, paper_id))


def sent(folder: Folder, case: Case, kind: Kind, paper: Paper, sending: Sending) -> Act:
    """Plan the dispatch of the paper, and of what it was for that it is done."""
    act = issuing.dispatch(
        folder, case, kind, paper, sending.by, sending.today,
        on=sending.on, until=sending.until, keeps=sending.keeps, override=sending.override,
        handed=_handed(case, kind, paper, sending),
    )  # fmt: skip
    if sending.posts and (used := sending.posts.told_of(case, paper)):
        act = let_go(act, sending.override, (*act.warnings, *used))
    settled = sending.settles
    if settled is None:
        planned = settling.the_planned(settling.owed_to(case, paper))
        settled = (planned,) if planned else ()
    return settling.with_settled(case, act, settled, sending.on)


def is_numbered(folder: Folder, wording: str) -> bool:
    """Whether papers of this wording bear a number; one that cannot be read any more is taken to."""
    try:
        return bool(read_template(folder.root / "templates", wording).form.series)
    except SrctlError:
        return True


def _is_changed(folder: Folder, case: Case, paper: Paper) -> bool:
    """Whether the one file of the paper is there and is not the text the log records."""
    found = copies(folder, case, paper)
    return len(found) == 1 and found[0].raw is not None and copies_digest([found[0].raw]) != paper.version.sha256
