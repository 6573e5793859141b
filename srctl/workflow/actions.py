"""What each command does to a case: functions from what was typed to an act. Pure.

An :class:`Act` holds which fields change, what the log entry carries, how far the case must have come, and the
sentence of the commit. Sentences never carry free text of the case: history is for ever, a name is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from srctl.core.dates import show_date
from srctl.core.decoding import key_of, plain
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError, did_you_mean
from srctl.core.i18n import _, language, ngettext
from srctl.core.numbered_items import all_items
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Complainant, Did, Entry, Promise, Relation, Side
from srctl.model.definitions import CLOSED, Kind
from srctl.model.incoming_paper import fold_ref, incoming_papers
from srctl.model.labels import Channel, channel_word, whom_word
from srctl.model.people import COMPLAINANT
from srctl.workflow.field_changes import field_label, path_of
from srctl.workflow.paper_state import papers_of
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import (
    Open,
    StageMove,
    label,
    open_promises,
    refuse_ended,
    settling_command,
    steps_settled,
)


class Act(NamedTuple):
    """One action on one case. ``wanted`` is the stage it needs reached; ``onward`` goes on when the gate is met.

    ``entry`` is what it logs; only :func:`entries_of` knows the id, the moment and who did it.
    ``before`` are further entries of the same action, written before ``entry`` (a letter to many is one act). An
    entry may say itself what it ``did``: a step that a call finished.
    ``files`` are written beside the case in the same commit: names inside its folder, and bytes.
    ``warnings`` are told to who acts, in the language in use; nothing keeps them.
    """

    did: Did
    sentence: str
    edits: tuple[Edit, ...] = ()
    entry: partial[Entry] = partial(Entry)
    wanted: str = ""
    onward: bool = True
    override: str = ""
    before: tuple[partial[Entry], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    warnings: tuple[str, ...] = ()


class Said(NamedTuple):
    """A promise as typed: by which side, what, until when, and how that day was counted."""

    of: Side
    what: str
    due: date | None
    counted: str = ""


def require_open(case: Case) -> None:
    """Refuse to go on when ``case`` is closed or set aside."""
    refuse_ended(case)


def analyse(
    case: Case,
    given: Mapping[str, str | Sequence[str]],
    *,
    replace: bool = False,
    override: str = "",
) -> Act:
    """Record an analysis: lists grow by the items typed (or are replaced), texts are set. Keys are of Analysis."""
    require_open(case)
    edits: list[Edit] = []
    for key, value in given.items():
        if isinstance(value, str):
            edits.append(Edit("set", ("analysis", key), value))
            continue
        had = () if replace else getattr(case.analysis, key)
        items = [*had, *(v for v in all_items(value) if v not in had)]
        if items:
            edits.append(Edit("set", ("analysis", key), items))
        elif getattr(case.analysis, key):
            edits.append(Edit("remove", ("analysis", key)))
    parts = ", ".join(label(f"analysis.{key}") for key in given)
    sentence = _("analysed: {parts}").format(parts=parts) if parts else _("analysed")
    return Act("analyse", sentence, tuple(edits), wanted="analyse", override=override)


def plan(case: Case, result: str, steps: Sequence[PlannedStep], *, override: str = "") -> Act:
    """Record a plan: the result wanted and further steps, numbered on from those there are."""
    require_open(case)
    edits: list[Edit] = []
    if result:
        edits.append(Edit("set", ("plan", "result"), result))
    edits += further_steps(case, steps)
    sentence = (
        ngettext("planned {n} step", "planned {n} steps", len(steps)).format(n=len(steps)) if steps else _("planned")
    )
    return Act("plan", sentence, tuple(edits), wanted="plan", override=override)


def further_steps(case: Case, steps: Sequence[PlannedStep]) -> list[Edit]:
    """The edits that add steps to the plan, numbered on from those there ever were."""
    # A step taken out of the plan leaves its id in the log: given again, the new step would look done.
    ids = [*(s.id for s in case.plan.steps), *(e.step for e in case.log)]
    numbers = [int(i[1:]) for i in ids if i[1:].isdecimal()]
    edits = []
    for offset, step in enumerate(steps, max(numbers, default=0) + 1):
        item: dict[str, Value] = {"id": f"s{offset}", "do": step.do}
        item.update({key_of(k): v for k, v in step._asdict().items() if v and k != "do"})
        edits.append(Edit("append", ("plan", "steps"), item))
    return edits


def contact(
    case: Case, with_: str, by: Channel, *,
    said: str = "", agreed: str = "", promise: Said | None = None, keeps: Sequence[str] = (),
    breaks: Sequence[str] = (), chases: Sequence[str] = (), on: date | None = None, override: str = "",
) -> Act:  # fmt: skip
    """Log a call, letter, LINE or visit: it may make a promise, keep earlier ones, or remind of them (``chases``).

    A promise made in place of one that was not kept names it in ``breaks``.
    """
    require_open(case)
    if with_ == COMPLAINANT and case.complainant is None:
        command = CommandLine('set {} complainant.name="…"', case.id)
        raise NotFound(_("{id} has no complainant").format(id=case.id), command)
    if breaks and not promise:
        raise UsageError(
            _("a promise is broken for a new one: say what is promised now, and until when"),
            CommandLine('contact {} {} --they-promise "…" --until +3wd --instead {}', case.id, with_, breaks[0]),
        )
    refuse_unknown_promises(case, (*keeps, *breaks, *chases))
    entry = partial(
        Entry, on=on, with_=with_, by=by, said=said, agreed=agreed, promise=Promise(*promise) if promise else None,
        keeps=tuple(keeps), breaks=tuple(breaks), chases=tuple(chases),
    )  # fmt: skip
    sentence = _("{channel} with {who}").format(channel=channel_word(by), who=whom_word(with_))
    if promise and promise.due:
        words = _("they promised by {day}") if promise.of == "them" else _("we promised by {day}")
        sentence += "; " + words.format(day=show_date(promise.due, language()))
    return Act("contact", sentence, entry=entry, override=override)


def refuse_unknown_promises(case: Case, keeps: Sequence[str]) -> None:
    """Refuse when one of ``keeps`` is not the entry of an open promise of the case (NotFound)."""
    known = {o.entry.id for o in open_promises(case)}
    for entry_id in keeps:
        if entry_id not in known:
            raise _no_promise(case, entry_id)


def _no_promise(case: Case, entry_id: str) -> NotFound:
    """The refusal of what is no open promise, or of none named, with those that are open."""
    message = _("{id}: no open promise {entry}") if entry_id else _("{id}: which promise?")
    listed = "\n".join(f"{o.entry.id}  {o.promise.what}:  {settling_command(case.id, o)}" for o in open_promises(case))
    return NotFound(message.format(id=case.id, entry=entry_id), listed or _("there is none"))


def step_done(case: Case, step_id: str, *, text: str = "", dropped: bool = False, on: date | None = None) -> Act:
    """Record that a planned step is done (or dropped, with the reason in ``text``)."""
    require_open(case)
    if dropped and not text:
        raise UsageError(_("say why it is dropped"), CommandLine('step drop {} {} --why "…"', case.id, step_id))
    if step_id not in {s.id for s in case.plan.steps}:
        raise NotFound(_("{id} has no step {step}").format(id=case.id, step=step_id), CommandLine("show {}", case.id))
    if step_id in steps_settled(case):
        message = _("{id}: step {step} is settled already").format(id=case.id, step=step_id)
        raise Refused(message, CommandLine("show {}", case.id))
    sentence = (_("step {step} dropped") if dropped else _("step {step} done")).format(step=step_id)
    return Act("step", sentence, entry=partial(Entry, step=step_id, text=text, on=on, dropped=dropped))


def settle(case: Case, entry_id: str, *, why: str = "", waived: bool = False, on: date | None = None) -> Act:
    """Record that a promise was kept, or waived with a reason."""
    refuse_unknown_promises(case, (entry_id,))
    if waived and not why:
        command = CommandLine('promise waived {} {} --why "…"', case.id, entry_id)
        raise UsageError(_("say why it is waived"), command)
    sentence = (_("promise {entry} waived") if waived else _("promise {entry} kept")).format(entry=entry_id)
    keeps, waives = ((), (entry_id,)) if waived else ((entry_id,), ())
    return Act("promise", sentence, entry=partial(Entry, keeps=keeps, waives=waives, why=why, on=on))


def promise_again(
    case: Case, entry_id: str, due: date, *, counted: str = "", what: str = "", why: str = "", on: date | None = None
) -> Act:
    """Record that a promise was not kept, and until when it is promised now: both stay in the log as a chain.

    Raises:
        NotFound: no open promise of that entry. UsageError: the new day is not after the old one.
    """
    require_open(case)
    found = next((o for o in open_promises(case) if o.entry.id == entry_id), None)
    if found is None:
        raise _no_promise(case, entry_id)
    old = found.promise
    if old.due and due <= old.due:
        day = show_date(old.due, language())
        message = _("it was promised for {day}: the new day is later").format(day=day)
        raise UsageError(message, CommandLine("promise broken {} {} --until DATE", case.id, entry_id))
    entry = partial(Entry, breaks=(entry_id,), with_=found.entry.with_, whom=found.entry.whom, why=why, on=on,
                    promise=Promise(old.of, what or old.what, due, counted))  # fmt: skip
    sentence = _("promise {entry} broken; promised again by {day}").format(
        entry=entry_id, day=show_date(due, language()))  # fmt: skip
    return Act("promise", sentence, entry=entry)


NO_REQUEST = "none"  # typed for a decision that answers no escalation


def requests(case: Case) -> tuple[Open, ...]:
    """The decisions asked of superiors that nobody has given yet, oldest first."""
    return tuple(o for o in open_promises(case) if o.entry.whom)


def decide(
    case: Case, by: str, what: str, *, paper: str = "", answers: Sequence[str] = (), on: date | None = None
) -> Act:  # fmt: skip
    """Record who decided what, on which paper: never srctl, never the clerk (seed 000).

    ``answers`` are the escalations it answers, or ``none``; without them the only one that is open.

    Raises:
        UsageError: nothing decided, or by nobody. NotFound: no such escalation or paper, or several escalations open.
    """
    require_open(case)
    if not by or not what:
        raise UsageError(
            _("a decision needs who decided and what"),
            CommandLine('decide {} --by "…" --what "…"', case.id),
        )
    paper = _decided_on(case, paper)
    asked = {o.entry.id: f"{o.entry.id}  {o.entry.whom}  {o.promise.what}" for o in requests(case)}
    named = tuple(entry_id for entry_id in answers if entry_id != NO_REQUEST)
    for unasked in (entry_id for entry_id in named if entry_id not in asked):
        message = _("{id}: no open promise {entry}").format(id=case.id, entry=unasked)
        raise NotFound(message, "\n".join(asked.values()) or _("there is none"))
    if not answers and len(asked) > 1:
        command = CommandLine('decide {} --by "…" --what "…" --answers {}', case.id, NO_REQUEST)
        hint = "\n".join((*asked.values(), _("none of them: {command}").format(command=command)))
        raise NotFound(_("{id}: which request does the decision answer? (--answers)").format(id=case.id), hint)
    answered = named if answers else tuple(asked)
    entry = partial(Entry, by=by, decision=what, paper=paper, keeps=answered, on=on)
    return Act("decide", _("decision recorded"), entry=entry)


def _decided_on(case: Case, typed: str) -> str:
    """The paper decided on: one of the case by its id or number, or one received by its number.

    Raises:
        NotFound: there is no such paper; those there are are named.
    """
    papers = papers_of(case)
    if not typed or typed in {paper.id for paper in papers}:
        return typed
    wanted = fold_ref(typed)
    ours = {fold_ref(paper.number): paper.id for paper in papers if paper.number}
    theirs = {fold_ref(paper.ref): paper.ref for paper in incoming_papers(case) if fold_ref(paper.ref)}
    found = ours.get(wanted) or theirs.get(wanted)
    if wanted and found:
        return found
    message = _("{id} has no paper {paper}").format(id=case.id, paper=typed)
    lines = [f"{paper.id}  {paper.number}".rstrip() for paper in papers] + list(theirs.values())
    raise NotFound(message, "\n".join(lines) or CommandLine("memo {}", case.id))


def report(case: Case, result: str, lesson: str, *, override: str = "") -> Act:
    """Record what came of it and the lesson noted; the case must have reached its last stage."""
    require_open(case)
    edits = [Edit("set", ("report", k), v) for k, v in (("result", result), ("lesson", lesson)) if v]
    return Act("report", _("reported"), tuple(edits), wanted="report", override=override)


def close(case: Case, *, text: str = "", override: str = "") -> Act:
    """Close the case: every gate must be met, or overridden with a reason."""
    require_open(case)
    return Act("close", _("closed"), entry=partial(Entry, text=text), wanted=CLOSED, override=override)


def assign(case: Case, owner: str, backup: str) -> Act:
    """Give the case to a coordinator (and a backup)."""
    require_open(case)
    edits = [Edit("set", (key,), value) for key, value in (("owner", owner), ("backup", backup)) if value]
    entry = partial(Entry, owner=owner, backup=backup)
    return Act("assign", _("assigned to {who}").format(who=owner or backup), tuple(edits), entry)


def note(case: Case, text: str) -> Act:
    """Add a note to the log; also on a closed case."""
    if not text:
        raise UsageError(_("the note is empty"), CommandLine('note {} "…"', case.id))
    return Act("note", _("note added"), entry=partial(Entry, text=text), onward=False)


def link(case: Case, other: str, relation: Relation) -> Act:
    """Link another case; an earlier matter also enters the analysis."""
    if other == case.id:
        raise UsageError(_("a case is not linked to itself"), CommandLine("link {} OTHER", case.id))
    if any(item.case == other and item.as_ == relation for item in case.links):
        message = _("{id} is linked to {other} already").format(id=case.id, other=other)
        raise Refused(message, CommandLine("show {}", case.id))
    edits = [Edit("append", ("links",), {"case": other, "as": relation})]
    if relation == "earlier" and other not in case.analysis.earlier:
        edits.append(Edit("set", ("analysis", "earlier"), [*case.analysis.earlier, other]))
    return Act("link", _("linked to {other}").format(other=other), tuple(edits), partial(Entry, case=other))


SETTABLE = {
    "subject", "urgency", "secrecy", "backup",
    "received.on", "received.at", "received.channel", "received.from", "received.ref", "received.dated",
    "order.by", "order.text", "order.due",
    *(f"complainant.{name}" for name in Complainant._fields),
}  # fmt: skip
COUNTED = "order.counted"  # set along with order.due, never by itself


def change(case: Case, kind: Kind, values: Mapping[str, Value]) -> Act:
    """Set fields by name: common ones by their path, those of the kind by theirs; None takes one out."""
    require_open(case)
    own = {field.name for field in kind.fields}
    edits = []
    for name, value in values.items():
        if name in own or name.removeprefix("fields.") in own:
            path = f"fields.{name.removeprefix('fields.')}"
        elif name in SETTABLE or name == COUNTED:
            path = name
        else:
            raise NotFound(*unknown_field(name, own))
        if value is not None:
            edits.append(Edit("set", tuple(path.split(".")), value))
        elif case.field(path) not in (None, ""):
            edits.append(Edit("remove", tuple(path.split("."))))
    paths = [path_of(name, kind) for name in values if name != COUNTED]
    # What is taken out along with another, and was not there, is not told.
    told = [path for path in paths if path in {".".join(map(str, edit.where)) for edit in edits}] or paths
    names = ", ".join(field_label(path, kind) for path in told)
    return Act("set", _("set {names}").format(names=names), tuple(edits))


def unknown_field(name: str, own: set[str]) -> tuple[str, str]:
    """Message and hint for a field that may not be set."""
    allowed = sorted(SETTABLE | own)
    return _("there is no field {name} to set").format(name=name), did_you_mean(name, allowed, ", ".join(allowed))


def entries_of(case: Case, act: Act, who: str, now: datetime) -> tuple[Entry, ...]:
    """The log entries of ``act`` as ``who`` carries it out at ``now``, before its move is known."""
    first = int(next_entry_id(case)[1:])
    return tuple(
        make(id=f"a{number}", at=now, who=who, did=make.keywords.get("did", act.did))
        for number, make in enumerate((*act.before, act.entry), first)
    )


def arrived(entries: Sequence[Entry], act: Act, move: StageMove) -> tuple[Entry, ...]:
    """The entries of ``act`` once its move is known: the last one records the stage and what an override passed."""
    last = entries[-1]._replace(to=move.to or entries[-1].to)
    if move.missing:
        last = last._replace(override=act.override, missing=move.missing)
    return (*entries[:-1], last)


def appended(act: Act, entries: Sequence[Entry]) -> list[Edit]:
    """The edits that write the entries of ``act`` to the log: keys in the order the act gives them, none empty."""
    made = zip((*act.before, act.entry), entries, strict=True)
    return [Edit("append", ("log",), _written(entry, make.keywords)) for make, entry in made]


def _written(entry: Entry, given: Iterable[str]) -> dict[str, Value]:
    names = dict.fromkeys(("id", "at", "who", "did", *given, "to", "override", "missing"))
    return {key_of(name): plain(value) for name in names if (value := getattr(entry, name))}


def next_entry_id(case: Case) -> str:
    """Return the next free entry id (a1, a2, …)."""
    numbers = [int(e.id[1:]) for e in case.log if e.id[:1] == "a" and e.id[1:].isdecimal()]
    return f"a{max(numbers, default=0) + 1}"


def the_promise(case: Case, entry_id: str) -> str:
    """The entry of the promise meant: the one named, or the only open one when none is named."""
    found = open_promises(case)
    return found[0].entry.id if not entry_id and len(found) == 1 else entry_id


def spoken_promises(case: Case) -> tuple[str, ...]:
    """The entries of the open promises that somebody made; a reply awaited to a paper is none: it is received."""
    return tuple(o.entry.id for o in open_promises(case) if o.entry.did not in ("send", "reply"))
