"""The records the index keeps of case files: the state of each case and what falls due in it.

Imported only when a file has to be read: querying an index that is up to date needs no case, kind or deadline. Most of
an archive is closed, and nothing falls due in it: a file whose last lines close the case is presumed closed, and not
parsed until closed cases are asked for.
"""

import json
import os
import re
import stat
from binascii import crc32
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

from srctl.core import i18n
from srctl.core.decoding import FORMAT, decode
from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import first_day, rank_of
from srctl.deadlines.pauses import open_pause
from srctl.deadlines.rules import Deadline, deadlines
from srctl.index.database import Broken, Row
from srctl.index.redacted_texts import redacted_data, text_redactor
from srctl.index.tables import (
    AttentionRecord,
    ContentRecord,
    DueRecord,
    EventRecord,
    MatterRecord,
    RuleRecord,
    WaitingRecord,
)
from srctl.index.traces import case_traces, text_traces
from srctl.model.case import Case
from srctl.model.case_id import id_order, is_id
from srctl.model.case_people import spelled
from srctl.model.definitions import ENDED, Kind
from srctl.model.engagement import event_of
from srctl.office.folder import CaseFile, Folder
from srctl.store.yaml.guards import MAX_BYTES
from srctl.views.agenda import TYPED, phoned_steps, waiting_papers
from srctl.views.engagement_views import event_attributes
from srctl.views.lasting import LASTING, lasting
from srctl.views.list_views import DueAttributes, MatterAttributes
from srctl.workflow.attention import reminders, watchers
from srctl.workflow.clearances import asked_people
from srctl.workflow.engagements import event_state
from srctl.workflow.filters import closed_on
from srctl.workflow.stages import is_closed, stage_of

MANY = 1000  # files from which on the process pool pays
PART = 250  # files in one task of the process pool
# A log as srctl writes it, up to the entry that closed the case, and after it no entry with a stage. Each line is an
# entry: a quoted string ends on its line, and nothing is escaped.
_REST = rb"[^\"'\\\n]*+(?:\"[^\"\\\n]*+\"[^\"'\\\n]*+)*+(?<=\})\n"
_CLOSED_LOG = re.compile(
    rb"(?:  - \{" + _REST + rb")*"
    rb"  - \{id: \w+, at: [\dT:+-]+, who: [\w.-]+, did: close, (?:\w+: [^\"'\\,{}\[\]\n]*, )*to: closed"
    rb"(?:\}\n|, " + _REST + rb")"
    rb"(?:  - \{(?!.*\bto\b\"?\s*:)" + _REST + rb")*"
)
_json = json.JSONEncoder(ensure_ascii=False).encode
Due = Sequence[tuple[Deadline, str]]  # what falls due in a case, each with its text in English


class Unread(NamedTuple):
    """A file to read: its path in the office, the stamp it had, and how many files have its name."""

    path: str
    stamp: int
    namesakes: int


class IndexRecord(NamedTuple):
    """What the index keeps of one case file: its state (open, closed, broken, presumed), and rows by table.

    ``presumed``: closed by its last lines and not parsed, so faults further up are not known yet.
    """

    state: str
    rows: Mapping[str, Sequence[Row]] = {}


def extract(
    folder: Folder, today: date, files: Sequence[Unread], *, closed: bool
) -> Iterator[tuple[Unread, IndexRecord]]:
    """Yield the record of each file; many files are read in a process pool.

    Those presumed closed are not parsed unless ``closed`` asks for them.
    """
    parts = [files[n : n + PART] for n in range(0, len(files), PART)]
    if len(files) < MANY:
        records = chain.from_iterable(map(partial(record_of, folder, today, closed), parts))
        yield from zip(files, records, strict=True)
        return
    from srctl.office.process_pool import map_in_processes

    with map_in_processes(partial(_in_process, folder.root, today, closed), parts) as found:
        yield from zip(files, chain.from_iterable(found), strict=True)


def presumed_closed(root: Path, path: str) -> bytes | None:
    """The text of a file that has the name of a case and ends closed; None whenever that is in doubt."""
    _cases, year, _month, name = path.split("/")
    place, case_id = f"{root}/{path}", name.removesuffix(".yaml")
    if not (is_id(case_id) and case_id.startswith(f"{year}-")):
        return None
    try:
        status = os.lstat(place)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        with open(place, "rb", buffering=0) as opened:  # noqa: PTH123 - making a Path takes as long as reading
            raw = opened.read()
            return raw if ends_closed(raw, case_id) else None
    except OSError:
        return None


def ends_closed(raw: bytes, case_id: str) -> bool:
    """Whether a file starts with the head of that case and its log ends closed, both in the form srctl writes.

    False for every open case and every other encoding; a file for which it is True may still have faults further up.
    """
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    start, _log, entries = raw.rpartition(b"\nlog:\n")
    beginning = f"format: {FORMAT}\nid: {case_id}\n".encode()
    if b"undo" in entries or b"\n<<<<<<<" in start or not start.startswith(beginning):
        return False
    return _CLOSED_LOG.fullmatch(entries) is not None


def _in_process(root: Path, today: date, closed: bool) -> Callable[[Sequence[Unread]], list[IndexRecord]]:
    """The extraction of records, for a process of the pool: it opens the office folder itself."""
    return partial(record_of, Folder(root), today, closed)


def record_of(folder: Folder, today: date, closed: bool, files: Sequence[Unread]) -> list[IndexRecord]:
    """The records of some files; of several files with one name none is taken for the case."""
    presumed = {
        file: text_traces(folder.root, file.path, raw)
        for file in files
        if not closed and file.namesakes == 1 and (raw := presumed_closed(folder.root, file.path)) is not None
    }
    left = [file for file in files if file not in presumed]
    judged = [folder.judged(folder.root / file.path, doubled=file.namesakes > 1) for file in left]
    due = _deadlines(folder, today, [found.case for found in judged if found.case and not is_closed(found.case)])
    read = iter([_read_record(folder, file.path, found, due) for file, found in zip(left, judged, strict=True)])
    return [IndexRecord("presumed", {"trace": presumed[file]}) if file in presumed else next(read) for file in files]


def _read_record(folder: Folder, path: str, file: CaseFile, due_in: Mapping[str, Due]) -> IndexRecord:
    if file.case is None:
        return IndexRecord("broken")
    case, traces, due = file.case, case_traces(folder.root, path, file.case), due_in.get(file.id)
    kind, source = folder.kinds.get(case.kind), file.source.data or {}
    redact = text_redactor(case, kind, source)
    if redact:
        case, typed = _redact_as(redact, case, due or ())
        due = None if due is None else typed
    if due is None:
        event = _event(path, case, kind, redact)
        return IndexRecord("closed", {"matter": [_closed(path, case)], "event": event, "trace": traces})
    phoned = phoned_steps(case)
    first = min((found for found, _english in due), key=_first, default=None)
    papers = [paper._replace(why=redact(paper.why)) if redact else paper for paper in waiting_papers(case)]
    return IndexRecord("open", {
        "trace": traces,
        "matter": [_open(path, case, first)],
        "content": [ContentRecord(path, _json(redacted_data(kind, source, redact)))],
        "due": [
            _due(path, n, case, found, english, by_phone=found.ref in phoned, unsure=_unsure(folder, found))
            for n, (found, english) in enumerate(due)
        ],
        "rule": [_rule(found) for found, _english in due if found.rule],
        "attention": _attention(path, case, redact or (lambda text: text)),
        "waiting": [WaitingRecord(path, n, **paper._asdict()) for n, paper in enumerate(papers)],
        "event": _event(path, case, kind, redact),
    })  # fmt: skip


def _attention(path: str, case: Case, redact: Callable[[str], str]) -> list[AttentionRecord]:
    """The reminders of the case, then who watches it."""
    kept = [(each.who, each.day.isoformat(), each.ref, redact(each.text)) for each in reminders(case)]
    watched = [(who, None, "", "") for who in watchers(case)]
    return [AttentionRecord(path, n, *row) for n, row in enumerate([*kept, *watched])]


def _first(found: Deadline) -> date:
    """The day the deadline counts as due by."""
    return first_day(found.what, found.due, found.original)


def _redact_as(redact: Callable[[str], str], case: Case, due: Due) -> tuple[Case, Due]:
    """The subject of the case, its people and the typed texts of what falls due in it, redacted."""
    typed = [
        (found._replace(text=redact(found.text)), redact(english)) if found.what in TYPED else (found, english)
        for found, english in due
    ]
    people = tuple(person._replace(name=redact(person.name), phone=redact(person.phone)) for person in case.people)
    return case._replace(subject=redact(case.subject), people=people), typed


def _closed(path: str, case: Case) -> MatterRecord:
    """The record of a closed case: nothing falls due in it, and nobody is asked."""
    return _matter(path, case, stage_of(case), None)


def _open(path: str, case: Case, first: Deadline | None) -> MatterRecord:
    """The record of an open case; ``first`` is what falls due first in it."""
    asked, paused = [*asked_people(case)], open_pause(case) is not None
    return _matter(path, case, stage_of(case), first, asked="|".join(("", *asked, "")) if asked else "", paused=paused)


def _matter(
    path: str, case: Case, stage: str, first: Deadline | None, *, asked: str = "", paused: bool = False
) -> MatterRecord:  # fmt: skip
    ended = closed_on(case)
    shared = MatterAttributes(
        kind=case.kind, stage=stage, owner=case.owner, backup=case.backup, urgency=case.urgency,
        secrecy=case.secrecy, paused=paused, verified=first is None or first.verified,
    )  # fmt: skip
    return MatterRecord(
        path=path, place=id_order(case.id), id=case.id, subject=case.subject, received=case.received.on.isoformat(),
        due=_first(first).isoformat() if first else None, packed=_pack(shared), kind=case.kind, owner=case.owner,
        asked=asked, paused=int(paused), closed=ended.isoformat() if ended else None, open=int(stage not in ENDED),
    )  # fmt: skip


def _event(path: str, case: Case, kind: Kind | None, redact: Callable[[str], str] | None) -> list[EventRecord]:
    """The record of the event of the case, none where it has no event; its subject is redacted already."""
    state = event_state(case, kind) if kind else None
    if kind is None or state is None:
        return []
    found = event_attributes(case, kind, state, redact or str)
    event = event_of(case, kind)
    day, until = (event.day.isoformat(), event.until.isoformat()) if event else ("", "")
    return [EventRecord(path, id_order(case.id), case.id, day, until, _json(found), int(state != "closed"))]


def _rule(found: Deadline) -> RuleRecord:
    """The rule behind a deadline; its name has a checksum, as kinds may define one name differently."""
    if found.rule is None:
        return RuleRecord("", "")
    data = _pack((found.rule.name, found.rule.basis))
    return RuleRecord(f"{found.rule.name}:{crc32(data.encode()):08x}", data)


def _unsure(folder: Folder, found: Deadline) -> bool:
    """Whether it was counted over days of which the calendar does not know whether the office works."""
    return folder.calendar.incomplete_for(found.due, found.start)


def _due(
    path: str, n: int, case: Case, found: Deadline, english: str, *, by_phone: bool, unsure: bool
) -> DueRecord:  # fmt: skip
    person = spelled(case, found.with_)
    shared = DueAttributes(
        what=found.what, person=person, whom=found.whom, rule=_rule(found).name, verified=found.verified,
        held=found.held, unsure=unsure, kind=case.kind, owner=case.owner, backup=case.backup, urgency=case.urgency,
    )  # fmt: skip
    since = found.start.isoformat() if found.what in LASTING and found.start else ""
    texts = [lasting(found.what, since, text) if since else text for text in (found.text, english)]
    return DueRecord(
        day=_first(found).isoformat(), rank=rank_of(case.urgency), place=id_order(case.id), id=case.id, ref=found.ref,
        path=path, n=n, subject=case.subject, th=texts[0], en=texts[1], due=found.due.isoformat(),
        original=found.original.isoformat() if found.original else None, packed=_pack(shared), phone=int(by_phone),
    )  # fmt: skip


@lru_cache(4096)  # few differ
def _pack(shared: tuple[object, ...]) -> str:
    return _json(shared)


def _deadlines(folder: Folder, today: date, cases: Sequence[Case]) -> dict[str, Due]:
    """The deadlines of each case by its id, each with its text in Thai, and that text in English."""
    if not cases or not folder.has_office:
        return {case.id: [] for case in cases}
    spoken, found = i18n.language(), {}
    for language in sorted(i18n.LANGUAGES, key=spoken.__eq__):  # the current one last, so that it stays
        i18n.use(language)
        found[language] = [_due_in(folder, today, case) for case in cases]
    return {
        case.id: [(each, other.text) for each, other in zip(thai, english, strict=True)]
        for case, thai, english in zip(cases, found["th"], found["en"], strict=True)
    }


def _due_in(folder: Folder, today: date, case: Case) -> tuple[Deadline, ...]:
    kind = folder.kinds.get(case.kind)
    day_1 = folder.office.receipt_day_1
    return deadlines(case, kind, folder.calendar, today, day_1) if kind else ()


def case_of(data: str) -> Case:
    """The case made of the data in the index, without personal data; Broken when they make none."""
    case = decode(Case, json.loads(data))
    if case is None:
        raise Broken("a case")
    return case
