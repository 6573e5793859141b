"""Mails that came in: the matter each belongs to by its number, the paper it answers, whom it is from. Reads only."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.documents.mail import CameIn, read_mail
from srctl.model.case import Case
from srctl.model.case_id import ID
from srctl.model.incoming_paper import fold_ref
from srctl.model.people import Directory
from srctl.model.redaction import redactor
from srctl.office.folder import Folder, readable
from srctl.papers.incoming_files import MAX_BYTES, read_given
from srctl.workflow.paper_state import COMPLAINANT, Paper, papers_of

MAIL = (".eml",)
_SENT = frozenset({"sent", "answered"})
_SAID = 200  # characters of a subject


class MailMatch(NamedTuple):
    """The match of a mail: its matter, the paper of ours it answers, whom it is from ("": none is certain).

    ``dated`` is its day, ``said`` its subject, which names no complainant.
    """

    case: str
    paper: str = ""
    sender: str = ""
    dated: date | None = None
    said: str = ""


def is_mail(typed: str) -> bool:
    """Whether a word typed is the path of a mail."""
    return Path(typed).suffix.lower() in MAIL and Path(typed).is_file()


def match_mail(folder: Folder, file: Path, cases: Iterable[Case], now: datetime) -> MailMatch:
    """The match of the mail in ``file``: by the id of a case in it, else by the number of a paper ``cases`` sent.

    The subject decides before the text, in which older mails may be quoted.

    Raises:
        NotFound: it bears no number of ours, or those of several. Refused: the file is not let in.
    """
    mail = read_mail(read_given(file, ("eml",), MAX_BYTES).raw)
    case, paper = _matched(folder, file, mail, list(cases))
    sender = _sender(folder.directory, case, mail.address)
    paper = paper or paper_named(case, _flat(f"{mail.subject} {mail.text}")) or _paper_to(case, sender)
    said = redactor(case, folder.kinds.get(case.kind))(mail.subject)[:_SAID]
    return MailMatch(case.id, paper, sender, mail.dated(now), said)


def _matched(folder: Folder, file: Path, mail: CameIn, cases: list[Case]) -> tuple[Case, str]:
    for text in (mail.subject, mail.text):
        ids = {found for found in _ids(text) if _is_there(folder, found)}
        if len(ids) > 1:
            raise _several(file, ids)
        if ids:
            return readable(folder.load(ids.pop())), ""
        flat = _flat(text)
        named = {case.id: (case, paper) for case in cases if (paper := paper_named(case, flat))}
        if len(named) > 1:
            raise _several(file, named)
        if named:
            return next(iter(named.values()))
    message = _("{file} bears no number of a matter or a letter of ours").format(file=file.name)
    raise NotFound(message, CommandLine("receive 42 --file {}", str(file)))


def _several(file: Path, ids: Iterable[str]) -> NotFound:
    message = _("{file} bears the numbers of several matters: {ids}").format(file=file.name, ids=", ".join(sorted(ids)))
    return NotFound(message, CommandLine("receive {} --file {}", min(ids), str(file)))


def _ids(text: str) -> Iterator[str]:
    pattern = rf"(?<![0-9A-Za-z-]){ID}(?![0-9-])"
    return (found[0] for found in re.finditer(pattern, to_arabic_digits(text), re.ASCII))


def _is_there(folder: Folder, case_id: str) -> bool:
    try:
        return folder.case_path(case_id).is_file()
    except NotFound:
        return False


def _flat(text: str) -> str:
    """The text as numbers of papers are compared in."""
    return fold_ref(text)


def paper_named(case: Case, flat: str) -> str:
    """The paper of the case whose number stands in the text, "" for none; of several the one sent last."""
    numbered = (paper for paper in papers_of(case) if paper.state in _SENT and fold_ref(paper.number))
    found = [paper.id for paper in numbered if re.search(rf"{re.escape(fold_ref(paper.number))}(?![0-9])", flat)]
    return found[-1] if found else ""


def _sender(directory: Directory, case: Case, address: str) -> str:
    """The entry of the directory, or the complainant, that the address is of; "" for nobody known, or for several."""
    if not address:
        return ""
    if case.complainant and case.complainant.email.lower() == address:
        return COMPLAINANT
    people = [f"{o.id}/{p.id}" for o in directory.values() for p in o.people if p.email.lower() == address]
    found = people or [o.id for o in directory.values() if o.email.lower() == address]
    return found[0] if len(found) == 1 else ""


def _paper_to(case: Case, sender: str) -> str:
    """The only paper whose reply is awaited from the house of the sender, "" for none or several."""
    house = sender.partition("/")[0]
    found = [paper.id for paper in papers_of(case) if house and paper.waiting and house in _houses(paper)]
    return found[0] if len(found) == 1 else ""


def _houses(paper: Paper) -> set[str]:
    return {whom.partition("/")[0] for whom in (paper.with_, *paper.among)}
