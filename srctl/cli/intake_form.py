"""The form of `srctl new`: what the kind needs and no more, the rest with its default on the last screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import days, form, form_screen, intake, kept_answers, options, wizard
from srctl.cli.form import YES, Answers, Choice, FormQuestion, Misfit, Questionnaire
from srctl.cli.intake import Typed
from srctl.core.errors import UsageError
from srctl.core.i18n import _, language
from srctl.core.thai import fold, to_arabic_digits
from srctl.model.case import SECRECIES, URGENCIES
from srctl.model.labels import CHANNELS, secrecy_word, urgency_word
from srctl.model.people import MINISTER

if TYPE_CHECKING:
    from srctl.core.patches import Value
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Field, Kind

BY_PAPER = ("letter", "email", "fax", "paper")  # a channel that brings a paper with a number and a date
_PAPER_PARTS = ("received.ref", "received.dated", "files", "urgency")
_OPENING = "opening"
_DAYS = "20/11/2569, +3wd, พรุ่งนี้"
# What a kind asks that does not say so itself.
_USUAL = ("received.from", "received.channel", "order.text", "order.due", "complainant")


@contextmanager
def asked_matter(workspace: "Workspace", typed: Typed) -> Iterator[Typed]:
    """What was typed on the command line, completed at the terminal; kept as a draft until it is recorded."""
    folder = kept_answers.folder_of(workspace.folder.root, workspace.me.id)
    questions = Intake(workspace, typed)
    which = Questionnaire(questions.title, questions.questions, questions.faults)
    with form_screen.filled(which, "new", questions.given(), folder) as answers:
        yield questions.completed(answers)


class Intake:
    """The questions about one new matter, with what was typed of it on the command line."""

    def __init__(self, workspace: "Workspace", typed: Typed) -> None:
        self.workspace = workspace
        self.typed = typed
        found = workspace.folder.kinds.readable()
        self.kinds: list[tuple[str, Kind]] = sorted(found.items(), key=lambda item: (item[1].order, item[0]))

    # -- what was typed, what comes of it ----------------------------------------------------------------

    def given(self) -> Answers:
        """The answers that stand on the command line."""
        typed, who = self.typed, self.typed.complainant
        received = days.named(typed.received, "receipt")
        due = days.named(typed.due, "deadline", since=received.on, first=received.on or self.workspace.today)
        return {
            "kind": typed.kind, "subject": typed.subject, "received.from": typed.from_,
            "received.channel": options.choice(typed.channel, "channel"), "received.on": form.day_answer(received),
            "received.at": typed.at, "received.ref": typed.ref,
            "received.dated": form.day_answer(days.named(typed.dated, "record")),
            "order.by": typed.by, "order.text": typed.order, "order.due": form.day_answer(due),
            "urgency": options.choice(typed.urgency, "urgency"), "secrecy": options.choice(typed.secrecy, "secrecy"),
            "owner": typed.owner, "backup": typed.backup, "complainant.name": str(who["name"]),
            "complainant.phone": str(who["phone"]), "complainant.anonymous": YES if who["anonymous"] else "",
        }  # fmt: skip

    def completed(self, answers: Answers) -> Typed:
        """The matter as it was answered, in the words of the command line."""
        kind = self.workspace.folder.kind(answers["kind"])
        who: dict[str, Value] = {}
        if kind.complainant:
            texts = {key: answers.get(f"complainant.{key}", "") for key in ("name", "phone", "address")}
            nameless = not texts["name"]
            who = {**texts, "anonymous": answers.get("complainant.anonymous") == YES, "unnamed": nameless}
        fields = {name: answers.get(f"fields.{name}", "") for name in (field.name for field in kind.fields)}
        files = [Path(line.strip("'\" ")) for line in form.answer_lines(answers.get("files", ""))]
        return Typed(
            kind=answers["kind"], subject=answers["subject"], from_=answers["received.from"],
            channel=answers["received.channel"], received=form.answered_day(answers["received.on"]),
            at=answers["received.at"], ref=answers["received.ref"], dated=form.answered_day(answers["received.dated"]),
            by=answers["order.by"], order=answers["order.text"], due=form.answered_day(answers["order.due"]),
            urgency=answers["urgency"], secrecy=answers["secrecy"], owner=answers["owner"], backup=answers["backup"],
            complainant={"name": "", "phone": "", **who}, fields=(),
            files=(*self.typed.files, *options.read_scans(files)), ready={k: v for k, v in fields.items() if v},
        )  # fmt: skip

    def faults(self, answers: Answers) -> list[Misfit]:
        """Why the matter would be refused as it is answered so far, each at its question."""
        from srctl.office.writer import matter_faults

        if not answers.get("kind"):
            return []
        # Files are judged where they are typed; the subject is asked for in any case.
        without = self.completed({**answers, "files": "", "subject": answers["subject"] or "-"})
        new = intake.matter(self.workspace, without)
        found = matter_faults(self.workspace.folder, new, self.workspace.actor)
        return [
            Misfit(".".join(str(part) for part in fault.where), UsageError(fault.message, fault.hint))
            for fault in found
        ]

    def title(self, answers: Answers) -> str:
        """What is about to be recorded, for the last screen and the list of drafts."""
        kind = dict(self.kinds).get(answers.get("kind", ""))
        label = kind.label.in_(language()) if kind else _("a new matter")
        return f"{label}: {answers['subject']}" if answers.get("subject") else label

    # -- the questions -----------------------------------------------------------------------------------

    def questions(self, answers: Answers) -> Sequence[FormQuestion]:
        """The questions of the kind chosen; before that the one that chooses it, or takes the order itself."""
        first = [] if self.typed.kind else [self._opening()]
        kind = dict(self.kinds).get(answers.get("kind", ""))
        if kind is None:
            return first
        asks = _asked_parts(kind, answers.get("received.channel") or kind.default.channel)
        parts = [*asks, *(part for part in _other_parts(kind) if part not in asks)]
        choices = tuple((name, each.label.in_(language())) for name, each in self.kinds)
        chosen = FormQuestion("kind", _("kind of matter"), "menu", asked=False, choices=choices,
                          means=lambda name: self._of_another_kind(name, answers))  # fmt: skip
        made = [question for part in parts for question in self._of(part, kind, answers, part in asks)]
        return [*first, chosen, self._subject(kind, answers), *made]

    def _opening(self) -> FormQuestion:
        """One prompt for the kind or, of the commonest kind, for the matter itself."""
        listed = [f"{n} {kind.label.in_(language())}" for n, (_name, kind) in enumerate(self.kinds, 1)]
        _name, usual = self.kinds[0]
        part = "order.text" if "order.text" in _asked_parts(usual, "") else "subject"
        what = _("what was ordered") if part == "order.text" else _("subject")
        label = _("{what}, or the kind of matter by number or name").format(what=what)
        known = tuple((name, kind.label.in_(language())) for name, kind in self.kinds)
        return FormQuestion(_OPENING, label, above=tuple(listed), choices=known, means=self._opened, hidden=True)

    def _opened(self, typed: str) -> Answers:
        """What the first answer says: the kind, or the matter itself in a kind that is taken for granted."""
        number, whole = to_arabic_digits(typed.strip()), fold(typed)
        for n, (name, kind) in enumerate(self.kinds, 1):
            if number == str(n) or whole in {fold(word) for word in (name, kind.label.th, kind.label.en)}:
                return {"kind": name}
        usual, kind = self.kinds[0]
        if self.typed.subject or "order.text" in _asked_parts(kind, ""):
            return {"kind": usual, "order.text": typed}
        return {"kind": usual, "subject": typed}

    def _of_another_kind(self, name: str, answers: Answers) -> Answers:
        """What was typed first is the subject, and no order, once the matter is of a kind that has none."""
        first, order = answers.get(_OPENING), answers.get("order.text")
        if not first or order != first or "order.text" in _asked_parts(dict(self.kinds)[name], ""):
            return {}
        return {"order.text": "", "subject": answers.get("subject") or first.split("\n")[0].strip()}

    def _subject(self, kind: "Kind", answers: Answers) -> FormQuestion:
        """The subject; of an order it is the first line of what was ordered, unless somebody gives another."""
        order = answers.get("order.text", "")
        asked = "order.text" not in _asked_parts(kind, "")
        return FormQuestion("subject", _("subject"), asked=asked, default=order.split("\n")[0].strip())

    def _of(self, part: str, kind: "Kind", answers: Answers, asked: bool) -> list[FormQuestion]:
        """The questions about one part of the case."""
        if part == "complainant":
            return _complainant(kind, answers)
        needed = part in kind.stages[0].needs
        if part.startswith("fields."):
            field = kind.field(part.removeprefix("fields."))
            return [self._field(field, kind, needed, asked)] if field else []
        made = self._part(part, kind, answers)
        required = needed or (asked and part in ("received.from", "received.channel"))
        return [made._replace(asked=asked and not (made.default and needed), required=required)]

    def _field(self, field: "Field", kind: "Kind", needed: bool, asked: bool) -> FormQuestion:
        pairs = [
            pair for pair in self.typed.fields if pair.partition("=")[0].strip().removeprefix("fields.") == field.name
        ]
        given = intake.fields_of(pairs, kind).get(field.name) if pairs else None
        default = str(given or "")
        if field.name == kind.sender and not default:
            default = self.typed.from_
        sort = {"text": "line", "long": "long", "date": "day", "time": "time", "choice": "menu"}[field.type]
        from srctl.views.entered_days import role_of

        return FormQuestion(
            f"fields.{field.name}", field.label.in_(language()), sort, required=needed or field.name == kind.sender,  # type: ignore[arg-type]
            asked=asked and not default, default=default, note=field.hint.in_(language()), personal=field.private,
            choices=tuple((value.th, value.in_(language())) for value in field.values), role=role_of(field.name, kind),
        )  # fmt: skip

    def _part(self, part: str, kind: "Kind", answers: Answers) -> FormQuestion:
        """The question about a part that every case has, with its default."""
        workspace, default = self.workspace, kind.default
        today = workspace.today.isoformat()
        minister = {MINISTER: workspace.folder.office.minister.short}
        received = form.answered_day(answers.get("received.on", "")).on or workspace.today
        owner = answers.get("owner") or workspace.me.id
        people: tuple[Choice, ...] = tuple((c.id, c.name) for c in workspace.folder.office.coordinators if c.active)
        sender = answers.get(f"fields.{kind.sender}", "") or minister.get(default.from_, default.from_)
        at = f"{workspace.now:%H:%M}" if received == workspace.today else ""
        made = (
            FormQuestion("received.from", _("from whom"), default=sender),
            FormQuestion("received.channel", _("how it came"), "menu", default=default.channel,
                     choices=tuple(wizard.channels(CHANNELS))),
            FormQuestion("received.on", _("day of receipt"), "day", default=today, role="receipt"),
            FormQuestion("received.at", _("time of receipt"), "time", default=at),
            FormQuestion("received.ref", _("number of the paper received")),
            FormQuestion("received.dated", _("date of the paper received"), "day", role="record"),
            FormQuestion("files", _("scan or other file"), "files"),
            FormQuestion("urgency", _("urgency"), "menu", default="none",
                     choices=tuple((code, urgency_word(code) or _("none")) for code in URGENCIES)),
            FormQuestion("secrecy", _("secrecy"), "menu", default="none",
                     choices=tuple((code, secrecy_word(code) or _("none")) for code in SECRECIES[:2])),
            FormQuestion("order.text", _("what was ordered"), "long"),
            FormQuestion("order.by", _("who ordered it"), default=minister.get(default.by, default.by)),
            FormQuestion("order.due", _("deadline"), "day", since=received, note=_DAYS),
            FormQuestion("owner", _("coordinator"), "menu", default=owner, choices=people),
            FormQuestion("backup", _("backup"), "menu", default=intake.backup_of(workspace, owner), choices=people),
        )  # fmt: skip
        return next(question for question in made if question.key == part)


def _complainant(kind: "Kind", answers: Answers) -> list[FormQuestion]:
    """Who complains: a name, or that none was given; of a name the telephone, the address, whether it is kept quiet."""
    called = kind.complainant_label.in_(language()) or _("complainant")
    named = bool(answers.get("complainant.name"))
    personal = {"personal": True, "required": False}
    name = FormQuestion("complainant.name", called, empty=_("empty: no name was given"), required=False, personal=True)
    more = [
        FormQuestion("complainant.phone", _("phone of the {who}").format(who=called), **personal),  # type: ignore[arg-type]
        FormQuestion("complainant.address", _("address of the {who}").format(who=called), **personal),  # type: ignore[arg-type]
        FormQuestion("complainant.anonymous", _("they want no name given"), "yes", personal=True, required=False),
    ]
    return [name, *(question._replace(asked=named) for question in more)]


def _asked_parts(kind: "Kind", channel: str) -> tuple[str, ...]:
    """The parts asked for in their order: those the kind names, what its first gate needs, what a paper has."""
    needs = kind.stages[0].needs
    asks = kind.asks
    if asks is None:
        asks = tuple(part for part in _USUAL if part != "order.text" or part in needs)
        asks = tuple(part for part in asks if part != "complainant" or kind.complainant)
    needed = (need for need in needs if need not in ("owner", "subject") and (need == "complainant" or "." in need))
    parts = list(dict.fromkeys((*asks, *needed)))
    if channel in BY_PAPER:
        how = [
            i for i, part in enumerate(parts) if part in ("received.from", "received.channel", f"fields.{kind.sender}")
        ]
        at = max(how, default=-1) + 1
        parts[at:at] = [part for part in _PAPER_PARTS if part not in parts]
    return tuple(parts)


def _other_parts(kind: "Kind") -> list[str]:
    """The parts that are not asked for, and stand on the last screen."""
    order = ["order.by", "order.text", "order.due"]
    fields = [f"fields.{field.name}" for field in kind.fields]
    paper = ["received.ref", "received.dated", "files", "urgency", "secrecy"]
    who = ["complainant"] if kind.complainant else []
    return ["received.from", "received.channel", "received.on", "received.at", *order, *who, *fields, *paper,
            "owner", "backup"]  # fmt: skip
