"""A file that ends closed is closed, or at fault further up: it never hides a case somebody has to work on."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.offices import matters
from srctl.core.decoding import decode
from srctl.core.patches import Value
from srctl.index import extraction
from srctl.model.case import Case
from srctl.office.folder import Folder
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.writer import dump
from srctl.workflow.stages import is_closed
from tests.conftest import Srctl

NAME = "2569-0006"
START = f"format: 1\nid: {NAME}\nkind: invitation\nsubject: เรื่อง\nreceived: {{on: 2026-11-01}}\nlog:\n"
AT = "at: 2026-11-02T09:00:00+07:00, who: malee"
CLOSE = f"  - {{id: a9, {AT}, did: close, to: closed}}\n"
NOTE = f"  - {{id: a8, {AT}, did: note, text: เรื่อง}}\n"


def ends_closed(text: str) -> bool:
    return extraction.ends_closed(text.encode(), NAME)


def closed(raw: bytes) -> bool | None:
    """Tell by reading all of it whether the case is closed; None when it cannot be read."""
    case = decode(Case, read_text(raw, Path("x.yaml")).data)
    return is_closed(case) if case else None


def test_closed_cases_as_srctl_writes_them_are_known_by_their_end_and_open_ones_never_are(sample: Srctl) -> None:
    told = {path.stem: path.read_bytes() for path in sample.root.glob("cases/*/*/*.yaml")}
    told |= {m.id: state.raw for m in matters(150, 0.3, seed=5) for state in m.states}
    found = {case_id: closed(raw) for case_id, raw in told.items()}
    assert found == {case_id: extraction.ends_closed(raw, case_id) for case_id, raw in told.items()}
    assert {*found.values()} == {True, False}


@pytest.mark.parametrize(
    "text",
    [START + CLOSE, START + NOTE + CLOSE, START + CLOSE + NOTE,
     START + CLOSE.replace("to: closed", "to: closed, override: \"x, {y}\", missing: [a, b], why: เพราะ"),
     START + CLOSE.replace("did: close,", "did: close, on: 2026-11-03, by: head,")],
)  # fmt: skip
def test_what_ends_closed(text: str) -> None:
    assert ends_closed(text)
    assert closed(text.encode())


UNDO = f"  - {{id: a10, {AT}, did: undo, of: a9}}\n"
REOPEN = f"  - {{id: a10, {AT}, did: reopen, to: report, why: ใหม่}}\n"


@pytest.mark.parametrize(
    "text",
    [START + NOTE, START + CLOSE + UNDO, START + CLOSE + REOPEN, START + CLOSE + REOPEN + NOTE,
     START + CLOSE + REOPEN + UNDO.replace("a10", "a11"), START + CLOSE + "owner: malee\n",
     START + CLOSE + "  - id: a10\n", START + CLOSE.rstrip(), START + CLOSE + "\n", START + CLOSE + "# x\n",
     START + CLOSE.replace("  -", "-"), START + CLOSE.replace("closed}", "closed} # x"),
     START + CLOSE.replace("\n", "\r\n"), START + f"<<<<<<< HEAD\n{CLOSE}=======\n{NOTE}>>>>>>> x\n",
     START.replace("subject", "<<<<<<< HEAD\nsubject") + CLOSE, START.replace("0006", "0007") + CLOSE,
     START.replace("format: 1", "format: 2") + CLOSE, "\ufeff" + START + CLOSE, START, CLOSE, "",
     START + NOTE.replace("เรื่อง", "did: close") + "notes:\n" + CLOSE,
     START + CLOSE.replace("did: close, to: closed", 'did: note, text: "did: close, to: closed"'),
     START + CLOSE.replace("did: close, to: closed", 'did: close, text: ", to: closed, "'),
     START + CLOSE + NOTE + "    text: |\n      x\n",
     START + CLOSE + REOPEN.replace("to:", '"to":'), START + CLOSE + REOPEN.replace("to:", "to :"),
     START + CLOSE + REOPEN.replace("to:", '"t\\x6f":'),
     START + UNDO + CLOSE, START + UNDO.replace("a9", '"a9"') + CLOSE,
     START + CLOSE.replace("to: closed", "given: {a: b, to: closed, c: d}"),
     START + NOTE.replace("เรื่อง}", '"x}') + CLOSE + NOTE.replace("เรื่อง}", 'x"}'),
     START + NOTE.replace("เรื่อง}", "'x}") + CLOSE + NOTE.replace("เรื่อง}", "x'}")],
)  # fmt: skip
def test_what_does_not_end_closed_or_is_doubtful(text: str) -> None:
    assert not ends_closed(text)


ENTRIES: list[dict[str, Value]] = [
    {"did": "close", "to": "closed"},
    {"did": "close", "to": "closed", "override": "ปิด", "missing": ["x"]},
    {"did": "reopen", "to": "report"},
    {"did": "note", "text": "to: closed, did: close"},
    {"did": "step", "to": "plan"},
    {"did": "undo", "of": "a0"},
    {"did": "undo", "of": "a1"},
    {"did": "undo", "of": "a2"},
    {"did": "edit", "to": "closed"},
    {"did": "set", "text": "x\ny"},
]


@given(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=6))
def test_whatever_is_in_a_log_an_open_case_never_ends_closed(done: list[dict[str, Value]]) -> None:
    head: dict[str, Value] = {
        "format": "1",
        "id": NAME,
        "kind": "invitation",
        "subject": "ข",
        "received": {"on": "2026-11-01"},
    }
    log: list[Value] = [
        {"id": f"a{n}", "at": "2026-11-02T09:00:00+07:00", "who": "malee", **did} for n, did in enumerate(done)
    ]
    raw = dump({**head, "log": log})
    if extraction.ends_closed(raw, NAME):
        assert closed(raw)


def test_a_file_saved_in_another_encoding_is_left_to_reading() -> None:
    assert not extraction.ends_closed((START + CLOSE).encode("tis-620"), NAME)
    assert not extraction.ends_closed((START + CLOSE).encode("utf-16"), NAME)


@pytest.mark.parametrize("what", ["link", "folder", "elsewhere", "two", "no id", "gone", "too large"])
def test_what_is_no_ordinary_file_of_its_month_is_left_to_reading(office: Srctl, what: str) -> None:
    month = office.root / "cases/2569/11"
    month.mkdir(parents=True, exist_ok=True)
    place, text = month / f"{NAME}.yaml", START + CLOSE
    if what == "elsewhere":
        place = office.root / "cases/2568/11" / place.name
        place.parent.mkdir(parents=True)
    elif what == "no id":
        place = month / "notes.yaml"
        text = text.replace(NAME, "notes")
    elif what == "too large":
        text = text.replace("เรื่อง", "ก" * 400_000)
    if what == "folder":
        place.mkdir()
    elif what != "gone":
        place.write_text(text, encoding="utf-8")
    if what == "link":
        place.replace(month / "other")
        place.symlink_to(month / "other")
    file = extraction.Unread(place.relative_to(office.root).as_posix(), 1, 2 if what == "two" else 1)
    (found,) = extraction.extract(Folder(office.root), date(2026, 11, 20), [file], closed=False)
    assert found[1].state == "broken"
