"""The form of `srctl letter`: the wording, whom it is to, its values; asked only where something needed is missing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from srctl.cli import form_screen, kept_answers, letter_drafts, letter_rows, letter_sender, options, wizard
from srctl.cli.form import Answers, FormQuestion, Misfit, Questionnaire
from srctl.cli.standard_texts import paragraph_taken, shelves
from srctl.core.errors import NotFound, Refused
from srctl.core.i18n import _, language
from srctl.core.named_days import read_count
from srctl.core.thai import fold
from srctl.index.workspace import Workspace, current_workspace, is_interactive, renew
from srctl.model.people import OF_CASE, Directory, find_callee

if TYPE_CHECKING:
    from srctl.model.case import Case
    from srctl.papers.draft_request import Asked
    from srctl.papers.wordings import Template

MOST_ADDRESSEES = 40
SORTS = {"date": "day", "time": "time", "days": "line", "rows": "several", "persons": "several"}


@contextmanager
def asked_letter(
    workspace: Workspace, case_id: str, wording: str, to: Sequence[str], asked: "Asked"
) -> "Iterator[tuple[Workspace, str, tuple[str, ...], Asked]]":
    """The workspace, wording, addressees and values of a letter, asked for at the terminal, kept until it is drafted.

    To whom letters to an organisation are addressed is asked where the directory does not say it, and kept there.
    """
    questions = _LetterQuestions(workspace, case_id, wording, to, asked)
    if not is_interactive() or not questions.lacks():
        yield workspace, *letter_drafts.completed(workspace, case_id, wording, to, asked)
        return
    which = Questionnaire(questions.title, questions.questions, questions.faults)
    folder = kept_answers.folder_of(workspace.folder.root, workspace.me.id)
    with form_screen.filled(which, f"letter {case_id}", {"wording": wording}, folder, ("wording",)) as answers:
        sender = questions.sender(answers)
        if sender and sender in answers.values():
            letter_sender.keep_sender(workspace, sender, answers)
        _keep_in_directory(current_workspace(), _answered(answers, "head."), _answered(answers, "class."))
        given = questions.values(answers)
        kept = _kept_people(questions.case, whom := questions.whom(answers))
        yield (
            current_workspace(),
            answers["wording"],
            tuple(kept.get(code, code) for code in whom),
            asked._replace(given={**asked.given, **{name: text for name, text in given.items() if text}}),
        )


def _answered(answers: Answers, prefix: str) -> dict[str, str]:
    """The answers about entries of the directory, by their id."""
    return {key.removeprefix(prefix): text for key, text in answers.items() if key.startswith(prefix) and text}


def _keep_in_directory(workspace: Workspace, heads: Mapping[str, str], classes: Mapping[str, str]) -> None:
    """Keep in the directory to whom letters are addressed, and of which class they are."""
    if heads:
        from srctl.office.directory import record_heads

        record_heads(workspace.folder, heads, workspace.actor)
        renew()
    if classes:
        from srctl.office.directory_changes import edit_contact

        for reference, name in classes.items():
            edit_contact(current_workspace().folder, reference, {"class": name}, workspace.actor)
            renew()


def _strangers(workspace: Workspace, case: "Case") -> list[tuple[str, str]]:
    """The people of the case whom the directory has not, as choices: chosen, they are kept there."""
    listed = {fold(p.name) for o in workspace.folder.directory.readable().values() for p in o.people}
    return [(OF_CASE + p.id, f"{p.name}  {p.phone}".rstrip()) for p in case.people if fold(p.name) not in listed]


def _kept_people(case: "Case", whom: Sequence[str]) -> dict[str, str]:
    """Keep the people of the case who were chosen in the directory; the reference of each by the code chosen."""
    from srctl.office.acquaintances import keep_people

    found = {}
    for code in whom:
        if code.startswith(OF_CASE):
            workspace = current_workspace()
            found[code] = keep_people(workspace.folder, case, code, "", workspace.actor)[0]
            renew()
    return found


class _LetterQuestions:
    """The questions about one letter, with what was typed of it on the command line."""

    def __init__(self, workspace: Workspace, case_id: str, wording: str, to: Sequence[str], asked: "Asked") -> None:
        from srctl.office.folder import readable

        self.workspace, self.wording, self.to, self.asked = workspace, wording, to, asked
        self.case: Case = readable(workspace.folder.load(case_id))
        self.templates = workspace.folder.root / "templates"
        people, near = wizard.nearest_callees(workspace, self.case)
        strangers = _strangers(workspace, self.case)
        self.people, self.near = [*people, *strangers], [*near, *(code for code, _words in strangers)]

    def lacks(self) -> bool:
        """Whether something is missing without which the letter cannot be drafted."""
        asked = self.questions({"wording": self.wording})[bool(self.wording) :]
        lacking = any(question.required and question.asked for question in asked)
        return lacking or bool(self.wording and self._drafted(self.wording))

    def _drafted(self, wording: str) -> Mapping[str, str]:
        """The values of the draft that is made anew, to be looked over and changed where none is typed."""
        from srctl.papers.drafts import values_drafted
        from srctl.papers.wordings import read_template, wants_addressee

        template, to = read_template(self.templates, wording), self._given_to(wording)
        further = not to and wants_addressee(self.templates, template)
        return {} if self.asked.given or further else values_drafted(self.case, template, to)

    def title(self, answers: Answers) -> str:
        """What is about to be drafted."""
        label = dict(letter_drafts.choices(self.workspace, self.case)).get(answers.get("wording", ""), "")
        return f"{self.case.id}  {label}"

    def questions(self, answers: Answers) -> list[FormQuestion]:
        """The wording; then, by it, the addressees, their titles where they are not known, and the values."""
        choices = tuple(letter_drafts.choices(self.workspace, self.case))
        found = [FormQuestion("wording", _("which paper"), "menu", asked=not self.wording, choices=choices)]
        wording = answers.get("wording") or self.wording
        if not wording:
            return found
        from srctl.papers.wordings import read_template, wants_addressee

        template = read_template(self.templates, wording)
        if not self._given_to(wording) and wants_addressee(self.templates, template):
            sender = self.sender(answers)
            for n in range(MOST_ADDRESSEES):
                found.append(self._whom_asked(n, sender))
                if not answers.get(f"to{n}"):
                    break
            if sender and sender in answers.values():
                found += letter_sender.asked_of_sender(self.workspace, sender)
        for reference in self.whom({**answers, "wording": wording}):
            organisation = self._without_head(reference)
            if organisation:
                label = _("to whom letters to {name} are addressed").format(name=organisation[1])
                found.append(FormQuestion(f"head.{organisation[0]}", label, note=_("kept in the directory")))
        found += self._classes_asked({**answers, "wording": wording})
        values = letter_drafts.known_values(self.workspace, self.case, template, self.asked)
        drafted = self._drafted(wording)
        values = {**drafted, **values}
        return [*found, *(self._value(name, template, values, anew=bool(drafted)) for name in template.form.values)]

    def values(self, answers: Answers) -> dict[str, str]:
        """The answers as values of the wording: days in ISO form, whoever counted them; lists as files have them."""
        from srctl.papers.wordings import read_template

        values, found = read_template(self.templates, answers["wording"]).form.values, {}
        for name, answer in _answered(answers, "value.").items():
            count = read_count(answer)
            found[name] = count.result.isoformat() if count else letter_drafts.rows_typed(values[name], answer)
        return found

    def sender(self, answers: Answers) -> str:
        """Whom an answer goes to, where the directory has not their name."""
        from srctl.papers.wordings import read_template

        template = read_template(self.templates, answers.get("wording") or self.wording)
        return letter_sender.unlisted_sender(self.case, template, self.workspace.folder.directory)

    def _whom_asked(self, n: int, sender: str) -> FormQuestion:
        """The question for an addressee; the first of an answer is its sender, wherever they stand."""
        choices, near = tuple(self.people), tuple(self.near)
        if n or not sender:
            label = _("and to whom else") if n else _("whom it is to")
            return FormQuestion(f"to{n}", label, "menu", required=not n, choices=choices, near=near)
        unlisted = _("{name} is not in the directory").format(name=sender)
        return FormQuestion(
            "to0", f"{_('whom it is to')} ({unlisted})", "menu", default=sender,
            choices=((sender, sender), *choices), near=(sender, *near),
        )  # fmt: skip

    def _classes_asked(self, answers: Answers) -> Iterator[FormQuestion]:
        """How each addressee whose name says it not is greeted."""
        from srctl.model.salutations import ClassUnknownError, classes_asked
        from srctl.papers.addressees import greeted_entry
        from srctl.papers.wordings import read_salutations

        directory = self._directory(answers)
        for reference in self.whom(answers):
            callee = find_callee(directory, reference)
            if callee and isinstance(self._refusal(reference, directory), ClassUnknownError):
                table = read_salutations(self.templates)
                label = _("of which class of addressee is {name}").format(name=callee.name())
                entry, choices = greeted_entry(callee, table), tuple(classes_asked(table))
                yield FormQuestion(f"class.{entry}", label, "menu", note=_("kept in the directory"), choices=choices)

    def _given_to(self, wording: str) -> tuple[str, ...]:
        """The addressees named on the command line, or that the wording always has."""
        from srctl.papers.drafts import addressees_of
        from srctl.papers.wordings import read_template

        return addressees_of(self.workspace.folder, read_template(self.templates, wording), self.to, self.case)

    def whom(self, answers: Answers) -> tuple[str, ...]:
        """The addressees, each once."""
        sender, entered = self.sender(answers), letter_sender.sender_id(answers)
        typed = [answers.get(f"to{n}", "") for n in range(MOST_ADDRESSEES)]
        typed = [entered if sender and one == sender else one for one in typed]
        return self._given_to(answers["wording"]) or tuple(dict.fromkeys(filter(None, typed)))

    def faults(self, answers: Answers) -> list[Misfit]:
        """Addressees that no letter can be written to, for another reason than that their title is missing."""
        from srctl.model.salutations import ClassUnknownError

        found = []
        for n in range(MOST_ADDRESSEES):
            reference = answers.get(f"to{n}", "")
            written = reference and not reference.startswith(OF_CASE) and reference != self.sender(answers)
            fault = self._refusal(reference) if written else None
            if fault and not isinstance(fault, ClassUnknownError) and not self._without_head(reference):
                found.append(Misfit(f"to{n}", fault))
        return found

    def _directory(self, answers: Answers) -> Directory:
        """The directory as it will be with what was answered about it."""
        directory = letter_sender.with_sender(self.workspace.folder.directory, self.sender(answers), answers)
        heads = _answered(answers, "head.")
        return {**directory, **{key: directory[key]._replace(head=head) for key, head in heads.items()}}

    def _refusal(self, reference: str, directory: Directory | None = None) -> Refused | NotFound | None:
        """Why no letter can be written to them, as the directory is or will be."""
        from srctl.papers.addressees import addressee
        from srctl.papers.wordings import read_salutations

        folder = self.workspace.folder
        listed = folder.directory if directory is None else directory
        try:
            addressee(reference, self.case, folder.office, listed, read_salutations(self.templates))
        except (Refused, NotFound) as fault:
            return fault
        return None

    def _without_head(self, reference: str) -> tuple[str, str] | None:
        """The organisation, with its name, whose letters nobody knows whom to address to."""
        organisation = self.workspace.folder.directory.get(reference.partition("/")[0])
        if organisation is None or organisation.head or self._refusal(reference) is None:
            return None
        return organisation.id, organisation.name

    def _value(self, name: str, template: "Template", known: Mapping[str, str], *, anew: bool) -> FormQuestion:
        from srctl.cli.event_days import read_event
        from srctl.papers.agenda_matters import with_matters
        from srctl.papers.earlier_texts import TextPlace

        value, is_text = template.form.values[name], letter_drafts.is_text(template, name)
        taken = with_matters(self.case, {name: value}, known)
        sort = SORTS.get(value.type, "long")
        readers = {
            "line": lambda text: read_event(text).iso(),
            "long": lambda text: paragraph_taken(self.workspace, self.case, options.words(text)),
        }
        asked = FormQuestion(
            f"value.{name}", value.label.in_(language()), sort, required=not value.optional,  # type: ignore[arg-type]
            asked=not (known.get(name) or (anew and value.optional)), default=taken.get(name, ""),
            role=letter_drafts.role_of_day(name),
            read=readers.get(sort),
            shelves=shelves(self.workspace, self.case, TextPlace(name, template.name)) if is_text else (),
        )  # fmt: skip
        return letter_rows.with_cells(asked, value, self.workspace, self.people) if sort == "several" else asked
