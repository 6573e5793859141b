"""The lists among the values of a letter as questions: what is asked for each cell of a line, and how it is read."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from srctl.cli import days, letter_drafts, options
from srctl.cli.form import Cell, Choice, FormQuestion
from srctl.core.dates import be_year
from srctl.core.i18n import language
from srctl.index.workspace import Workspace

if TYPE_CHECKING:
    from srctl.papers.wordings import Value

_SOMEBODY = ("name", "who")  # columns that name somebody of the directory, or anybody


def with_cells(
    question: FormQuestion, value: "Value", workspace: Workspace, people: Sequence[Choice]
) -> FormQuestion:  # fmt: skip
    """The question of a list, checked as a whole; asked cell by cell where the wording says what its cells are."""
    from srctl.papers.listed_values import called_cells, cells_in, columns_of, list_value

    folder, words = workspace.folder, value.cells.in_(language())

    def check(text: str) -> None:
        list_value(value, letter_drafts.rows_typed(value, text), folder.office, folder.directory)

    asked = question._replace(check=check)
    if not words:
        return asked
    columns = columns_of(value)
    named = zip(columns, called_cells(value, words), strict=True)
    cells = tuple(_cell(value, column, label, people) for column, label in named)
    further = columns.index("resolved") if value.steps else 0
    return asked._replace(cells=cells, parted=partial(cells_in, value), further=further)


def _cell(value: "Value", column: str, label: str, people: Sequence[Choice]) -> Cell:
    from srctl.papers.listed_values import head_named

    read: Callable[[str], str] = options.one_line
    if value.among and column == value.columns[0]:
        read = partial(head_named, value)
    if value.steps and column == "by":
        read = _day
    known = tuple(people) if column in _SOMEBODY and (value.steps or value.type == "persons") else ()
    return Cell(label, read, known, after=value.steps and column in ("who", "by"))


def _day(typed: str) -> str:
    """A day as people write it, so that it reads the same whenever the draft is gone on with."""
    on = days.read(typed).on
    return f"{on.day}/{on.month}/{be_year(on)}" if on else ""
