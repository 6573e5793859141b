"""The form of `srctl init`: the names of the office, and who makes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from srctl.cli import form_screen, kept_answers
from srctl.cli.form import Answers as Filled
from srctl.cli.form import FormQuestion, Questionnaire
from srctl.core.i18n import _
from srctl.office.starter import Answers, refuse_no_email, refuse_no_id


@contextmanager
def asked_office(root: Path, given: Answers, usual: Answers) -> Iterator[Answers]:
    """The answers given, completed at the terminal with those ``usual`` as defaults; a draft until the office is made.

    Nothing is asked where all were given.
    """
    typed = {key: text for key, text in given._asdict().items() if key != "language"}
    if all(typed.values()):
        yield given
        return

    def questions(_filled: Filled) -> list[FormQuestion]:
        return [question._replace(default=getattr(usual, question.key)) for question in _questions()]

    which = Questionnaire(lambda filled: filled.get("name", ""), questions)
    with form_screen.filled(which, f"init {root}", typed, kept_answers.folder_at_home()) as answers:
        yield given._replace(**answers)


def _questions() -> list[FormQuestion]:
    return [
        FormQuestion("name", _("name of the office in Thai")),
        FormQuestion("name_en", _("name of the office in English")),
        FormQuestion("short", _("short name of the office")),
        FormQuestion("ministry", _("name of the ministry in Thai")),
        FormQuestion("prefix", _("prefix of letter numbers")),
        FormQuestion("minister", _("name of the Minister, with title")),
        FormQuestion("me", _("your short id in the office (letters a-z)"), check=refuse_no_id),
        FormQuestion("my_name", _("your name, with title"), personal=True),
        FormQuestion("my_email", _("your e-mail"), check=refuse_no_email, personal=True),
    ]
