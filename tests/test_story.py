"""A log entry in sentences, and the words for the codes in a case."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, get_args

import pytest

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text
from srctl.deadlines.rules import What
from srctl.model import labels
from srctl.model.case import RELATIONS, SECRECIES, URGENCIES, Did, Entry, Promise
from srctl.model.definitions import Kind, Stage
from srctl.model.labels import CHANNELS
from srctl.model.people import (
    Callee,
    Coordinator,
    Group,
    Minister,
    Office,
    OfficeNames,
    Organisation,
    Person,
    Signer,
    find_callee,
)
from srctl.workflow.log_text import entry_sentences

AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)


def told(did: Did, **more: Any) -> list[str]:
    i18n.use("en")
    return entry_sentences(Entry("a5", AT, "malee", did, **more))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (lambda: told("receive", to="receive"), ["received → receive"]),
        (lambda: told("contact", by="phone", with_="obec", said="ก", agreed="ข"),
         ["phone call: obec", "said: ก", "agreed: ข"]),
        (lambda: told("contact", by="line", with_="obec", promise=Promise("them", "ส่ง", date(2026, 11, 25))),
         ["LINE: obec", "they promise: ส่ง by 25 Nov 2026"]),
        (lambda: told("contact", with_="obec", promise=Promise("us", "ส่ง")), ["contact: obec", "we promise: ส่ง"]),
        (lambda: told("step", step="s1", text="ก"), ["step s1 done", "ก"]),
        (lambda: told("step", step="s1", dropped=True, text="ก"), ["step s1 dropped", "ก"]),
        (lambda: told("promise", keeps=("a2", "a3")), ["promise; promises kept: a2, a3"]),
        (lambda: told("promise", keeps=("a2",)), ["promise; promise kept: a2"]),
        (lambda: told("promise", waives=("a2",), why="ก"), ["promise; promise waived: a2", "why: ก"]),
        (lambda: told("decide", by="รมว.", decision="เห็นชอบ", paper="ศธ 7", to="report"),
         ["decision → report", "decided by รมว.: เห็นชอบ", "on paper: ศธ 7"]),
        (lambda: told("decide", decision="เห็นชอบ"), ["decision", "decided by …: เห็นชอบ"]),
        (lambda: told("memo", paper="summary", sha256="0a"), ["summary drafted"]),
        (lambda: told("assign", owner="malee", backup="prasit"), ["assigned to malee"]),
        (lambda: told("assign", backup="prasit"), ["assigned to prasit"]),
        (lambda: told("link", case="2568-0311"), ["linked to 2568-0311"]),
        (lambda: told("undo", of="a4", why="ก"), ["took back a4", "why: ก"]),
        (lambda: told("close", to="closed", override="สั่งยุติ", missing=("memo", "owner")),
         ["closed", "passed by override: สั่งยุติ (memo, owner)"]),
        (lambda: told("extend", deadline="opinion", amount=3, override="รมว. สั่ง"),
         ["opinion extended by 3 working days", "passed by override: รมว. สั่ง"]),
        (lambda: told("extend", deadline="opinion", amount=1), ["opinion extended by 1 working day"]),
        (lambda: told("extend", deadline="opinion", amount=1, unit="month"), ["opinion extended by 1 month"]),
        (lambda: told("extend", deadline="opinion", amount=2, unit="day"), ["opinion extended by 2 days"]),
        (lambda: told("replan", moved=("opinion 2026-11-23/2026-11-24",)),
         ["deadline replanned: opinion 23 Nov 2026 → 24 Nov 2026"]),
        (lambda: told("escalate", whom="kanda", why="ก", promise=Promise("them", "รับหรือไม่", date(2026, 11, 23))),
         ["decision asked of kanda", "why: ก", "what is to be decided: รับหรือไม่ by 23 Nov 2026"]),
        (lambda: told("note", text="ก"), ["note", "ก"]),
    ],
)  # fmt: skip
def test_an_entry_is_told_in_sentences(lines: Callable[[], list[str]], expected: list[str]) -> None:
    assert lines() == expected


def test_days_are_told_in_the_language_in_use() -> None:
    i18n.use("th")
    lines = entry_sentences(Entry("a5", AT, "malee", "contact", promise=Promise("us", "ส่ง", date(2026, 11, 25))))
    assert "25 พ.ย. 69" in lines[-1]


# -- words ------------------------------------------------------------------------------------

VOCABULARY: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "channels": (labels.channel_word, CHANNELS),
    "urgency": (labels.urgency_word, URGENCIES[1:]),
    "secrecy": (labels.secrecy_word, SECRECIES[1:]),
    "deeds": (labels.action_word, get_args(Did)),
    "obligations": (labels.what_word, get_args(What)),
    "relations": (labels.relation_word, RELATIONS),
}


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_code_has_a_word_of_its_own(name: str) -> None:
    word, codes = VOCABULARY[name]
    for language in i18n.LANGUAGES:
        i18n.use(language)
        found = [word(code) for code in codes]
        assert all(found)
        assert len(set(found)) == len(found)


def test_no_mark_has_no_word_and_an_unknown_code_is_its_own() -> None:
    assert labels.urgency_word("none") == labels.secrecy_word("none") == ""
    assert labels.channel_word("pigeon") == "pigeon"
    assert labels.channel_word("")
    assert labels.action_word("x") == labels.what_word("x") == labels.relation_word("x") == "x"


def test_a_stage_is_called_as_its_kind_words_it() -> None:
    stages = (Stage("receive", Text("รับกระทู้", "Take the question")),)
    kind = Kind(1, Text("ก", "A"), "any", Text("", ""), "", stages)
    i18n.use("en")
    assert labels.stage_word(kind, "receive") == "Take the question"
    assert labels.stage_word(kind, "closed") == labels.stage_word(None, "closed") == "closed"
    assert labels.stage_word(kind, "screen") == labels.stage_word(None, "screen") == "screen"
    i18n.use("th")
    assert labels.stage_word(kind, "receive") == "รับกระทู้"


# -- people -----------------------------------------------------------------------------------

SOMSAK = Person("somsak", "นายสมมติ ใจดี", phone="0 2000 0501", mobile="08 0000 0001")
OBEC = Organisation(1, "สำนักงาน", short="สพฐ.", phone="0 2000 0500", people=(SOMSAK,), id="obec")


def test_a_reference_names_an_organisation_or_somebody_there_or_nobody() -> None:
    directory = {"obec": OBEC}
    assert find_callee(directory, "obec") == Callee(OBEC, None)
    assert find_callee(directory, "obec/somsak") == Callee(OBEC, SOMSAK)
    for nobody in ("", "obec/x", "x", "x/somsak", "obec/somsak/x", "/somsak"):
        assert find_callee(directory, nobody) is None


@pytest.mark.parametrize(
    ("person", "number"),
    [
        (SOMSAK, "0 2000 0501"),
        (SOMSAK._replace(phone=""), "08 0000 0001"),
        (SOMSAK._replace(phone="", mobile=""), "0 2000 0500"),
        (None, "0 2000 0500"),
    ],
)
def test_the_number_to_try_first_is_the_desk_then_the_mobile_then_the_organisation(
    person: Person | None, number: str
) -> None:
    assert Callee(OBEC, person).phone() == number


def test_a_callee_is_named_with_the_organisation_people_know() -> None:
    assert Callee(OBEC, SOMSAK).name() == "นายสมมติ ใจดี (สพฐ.)"
    assert Callee(OBEC._replace(short=""), SOMSAK).name() == "นายสมมติ ใจดี (สำนักงาน)"
    assert Callee(OBEC, None).name() == "สำนักงาน"


def test_people_of_the_office_are_found_by_their_id() -> None:
    malee, head, group = Coordinator("malee", "มาลี"), Signer("head", "ดารา", ()), Group("g", Text("ก", "A"))
    names, minister = OfficeNames("ก", "A", "ก", "ข"), Minister("รมว.", "รมว.")
    office = Office(1, names, "ศธ", minister, (group,), (malee,), (head,))
    assert (office.coordinator("malee"), office.signer("head"), office.group("g")) == (malee, head, group)
    assert (office.coordinator("x"), office.signer("x"), office.group("x")) == (None, None, None)
