"""Every form and every wording as papers, to be proven, and to be looked at: ``python -m tests.looks DIR``.

The second writes them as .docx, PDF and PNG. It needs LibreOffice, poppler and (for lines and pages that break as
they will in the office) fontTools with Debian's fonts-tlwg-laksaman-ttf.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.errors import NotFound, Refused, UsageError
from srctl.model.case import Case, Entry, Promise
from srctl.model.people import Office
from srctl.office.folder import Folder
from srctl.papers.composition import draft_paper, sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import Template, read_template, wants_addressee, wording_names
from srctl.workflow.paper_state import COMPLAINANT, MINISTER
from tests import office_suite
from tests.sample_case import CASE, COMMIT, TODAY, picture

PROJECT = Path(__file__).parent.parent
INSIDE, OUTSIDE = "obec", "province"
SENT = datetime(2026, 11, 10, 9, 0, tzinfo=BANGKOK)


class Paper(NamedTuple):
    """A paper made: a name to tell it by, the wording and the form it was made of, the Word file."""

    name: str
    wording: str
    form: str
    docx: bytes


class SampleOffice(NamedTuple):
    """Where papers are made: the sample office with a picture for an emblem, its templates, its cases."""

    folder: Folder
    office: Office
    templates: Path
    cases: tuple[Case, ...]


@cache
def sample_office() -> SampleOffice:
    """Return the sample office; its cases, and first of all :func:`full_case`, which wants for nothing."""
    templates = office_suite.workshop() / "office" / "templates"
    shutil.copytree(PROJECT / "templates", templates)
    (templates.parent / "emblem.png").write_bytes(picture(width=96))
    i18n.use("th")
    folder = Folder(PROJECT)
    cases = tuple(file.case for file in folder.cases() if file.case)
    return SampleOffice(folder, folder.office._replace(emblem="emblem.png"), templates, (full_case(), *cases))


def full_case() -> Case:
    """Return a complaint in which everything a wording may speak of has happened, to each kind of addressee."""
    whom = ((INSIDE, "ask-information"), (OUTSIDE, "ask-information"), (COMPLAINANT, "acknowledge"))
    log = [entry for n, (to, wording) in enumerate(whom, 1) for entry in _letter(n, to, wording)]
    decided = Entry("a60", SENT + timedelta(days=8), "malee", "decide", by="รมว.ศธ.", decision="เห็นชอบตามเสนอ")
    report = CASE.report._replace(result="โรงเรียนรับนักเรียนตามประกาศแล้ว และจัดที่เรียนใกล้บ้านให้นักเรียน")
    return CASE._replace(report=report, log=(*CASE.log, *log, decided))


def _letter(n: int, to: str, wording: str) -> tuple[Entry, ...]:
    """Return the log of a letter drafted, signed, numbered, sent, and of a first answer to it."""
    promise = Promise("them", "คำตอบ", date(2026, 11, 17)) if to != COMPLAINANT else None
    numbered = {"series": "ordinary", "n": n, "number": f"ศธ 0100/{n}", "dated": SENT.date()}
    answered = {"ref": f"ศธ 0400{n}/77", "dated": date(2026, 11, 16), "on": date(2026, 11, 17), "said": "ได้ตรวจสอบแล้ว"}
    deeds: tuple[tuple[str, dict[str, object]], ...] = (
        ("draft", {"wording": wording, "form": "letter"}),
        ("submit", {}),
        ("sign", {"how": "wet"}),
        ("number", {**numbered, "subject": "ขอทราบข้อมูลประกอบการพิจารณา"}),
        ("send", {"by": "letter", "promise": promise}),
        ("reply", answered),
    )
    text = {"paper": f"{wording}-{to}", "with_": to}
    return tuple(
        Entry(f"a{10 * n + i}", SENT + timedelta(hours=i), "malee", did, **{**text, **more})  # type: ignore[arg-type]
        for i, (did, more) in enumerate(deeds)
    )


# -- all papers -----------------------------------------------------------------------------------------


def papers(cases: Sequence[Case] | None = None) -> Iterator[Paper]:
    """Yield every wording on every form it may be written on, for each case that has what it needs."""
    at = sample_office()
    for wording in wording_names(at.templates):
        template = read_template(at.templates, wording)
        for case in at.cases if cases is None else cases:
            for to, form in ways(template):
                asked = sample_asked(template)._replace(to=to, form=form)
                name = name_of(wording, case, to, form)
                try:
                    yield made(case, wording, asked, name)
                except (Refused, NotFound, UsageError):
                    continue  # test_validators holds that each way is written for one case at least


def name_of(wording: str, case: Case, to: str, form: str) -> str:
    """Return the name of a paper among all: what tells it from the others."""
    return "-".join(filter(None, (wording, case.id, to, form)))


def ways(template: Template) -> list[tuple[str, str]]:
    """Return the addressees and forms to try a wording with: its usual one, or one inside and one outside."""
    form = template.form
    if form.to in (COMPLAINANT, MINISTER) or (not form.to and not wants_addressee(sample_office().templates, template)):
        whom = [form.to]
    else:
        whom = [INSIDE, OUTSIDE]
    return [(to, "") for to in whom] + [(whom[-1], form_name) for form_name in form.also]


def made(case: Case, wording: str, asked: Asked, name: str) -> Paper:
    """Return the paper drafted in the sample office on the sample day."""
    at = sample_office()
    kind, directory = at.folder.kind(case.kind), at.folder.directory
    draft_ = draft_paper(case, kind, at.office, directory, at.templates, wording, TODAY, COMMIT, asked)
    return Paper(name, wording, draft_.form, draft_.docx)


def main(folder: Path) -> None:
    """Write the papers of the golden pages and every wording for the full case: Word file, PDF, pictures."""
    from tests.golden_papers import golden_papers

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for paper in (*golden_papers(), *papers([full_case()])):
        file = folder / f"{paper.name}.docx"
        file.write_bytes(paper.docx)
        files.append(file)
    for pdf in office_suite.convert(files, "pdf", folder):
        print(*(path.name for path in office_suite.pictures(pdf, dpi=100)))


if __name__ == "__main__":
    from tests import looks  # the same module that golden_papers draws with

    looks.main(Path(sys.argv[1]))
