"""Traces of papers and people: by which a new matter is recognised, and from which nothing can be read.

The number of each paper received, of each letter's registered post, and the telephone and identity numbers of who
complains are kept as a keyed hash (BLAKE2b, 16 bytes) of their folded form, of closed cases too. The key is made at
random for each clone and stands in ``.git/srctl`` only, so the index holds no personal data (design §9). A trace only
says which case to look into. Links to other cases leave traces as well (:mod:`srctl.index.backlinks`).
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from srctl import LOCAL
from srctl.index.tables import TraceRecord, link_trace
from srctl.model.case import Case, Complainant
from srctl.model.identifiers import identifiers
from srctl.model.incoming_paper import fold_ref, incoming_papers

KEY = "trace.key"
_NUMBERS = frozenset({"phone", "id_no"})
# A closed case is not parsed: its lines as srctl writes them are enough for a trace.
_VALUE = r'[{{ ]{key}: *(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([^,}}\n]*))'
_PART = r"^{key}:(.*?)(?=^\S)"
_MAILED = re.compile(r"^  - \{.*\bdid: (?:reply|send)\b.*$", re.MULTILINE)


def ref_mark(ref: str) -> str:
    """The mark of the number of a paper, "" for none."""
    folded = fold_ref(ref)
    return f"ref:{folded}" if folded else ""


def post_mark(number: str) -> str:
    """The mark of a number of registered post, "" for none."""
    return f"post:{number}" if number else ""


def person_marks(person: Complainant) -> dict[str, str]:
    """The marks of who complains, each with the field it comes from: telephones and identity numbers."""
    return {f"{found.what}:{found.core}": found.what for found in identifiers(person) if found.what in _NUMBERS}


def case_traces(root: Path, path: str, case: Case) -> list[TraceRecord]:
    """The traces of a case in the file at ``path``."""
    marks = [ref_mark(paper.ref) for paper in incoming_papers(case)]
    marks += [post_mark(entry.post) for entry in case.log if entry.did == "send"]
    marks += person_marks(case.complainant) if case.complainant else ()
    return _traces(root, path, marks, [link.case for link in case.links])


def text_traces(root: Path, path: str, raw: bytes) -> list[TraceRecord]:
    """The traces of a case that is not parsed, from its text."""
    text = raw.decode("utf-8", "replace")
    received, person = (_part(text, key) for key in ("received", "complainant"))
    marks = [ref_mark(ref) for ref in _values(received, "ref")]
    for line in _MAILED.findall(text):
        marks += [ref_mark(ref) for ref in _values(line, "ref")] + [post_mark(n) for n in _values(line, "post")]
    for phone in _values(person, "phone"):
        marks += person_marks(Complainant(phone=phone))
    for id_no in _values(person, "id_no"):
        marks += person_marks(Complainant(id_no=id_no))
    return _traces(root, path, marks, _values(_part(text, "links"), "case"))


def trace_of(root: Path, mark: str) -> str:
    """The trace of a mark in this clone."""
    return blake2b(mark.encode(), key=_key(str(root)), digest_size=16).hexdigest()


def key_name(root: Path) -> str:
    """A name of the key of this clone: the traces of an index made with another one mean nothing."""
    return trace_of(root, "")


def _traces(root: Path, path: str, marks: Iterable[str], linked: Iterable[str]) -> list[TraceRecord]:
    traces = [*(trace_of(root, mark) for mark in sorted({*marks} - {""})), *map(link_trace, sorted({*linked} - {""}))]
    return [TraceRecord(trace, path) for trace in traces]


def _part(text: str, key: str) -> str:
    """A top-level part of a case file, on one line or on several; "" when there is none."""
    found = re.search(_PART.format(key=key), text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _values(text: str, key: str) -> Iterator[str]:
    for found in re.finditer(_VALUE.format(key=key), text):
        quoted = re.sub(r"\\(.)", r"\1", found[1] or "")
        yield (quoted or found[2] or found[3] or "").strip()


@lru_cache(maxsize=8)
def _key(root: str) -> bytes:
    """The key of this clone, made when first asked for; one for this process where it cannot be kept."""
    path, made = Path(root) / LOCAL / KEY, secrets.token_bytes(32)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)  # a folder without git gets none
        with suppress(FileExistsError):
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as new:
                new.write(made)
        kept = path.read_bytes()
        return kept if len(kept) == len(made) else made
    return made
