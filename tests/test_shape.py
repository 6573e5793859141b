"""The fast reading of a file and the full account of it agree: they take and refuse the same data.

Every shipped file and a case with every key is broken one place at a time, in every way a hand
could.
"""

import copy
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.decoding import (
    Serial,
    Size,
    Text,
    decode,
    fault_of,
    is_list,
    is_mapping,
    is_shape,
    key_of,
    read_bool,
    read_date,
    read_datetime,
    read_int,
    read_serial,
)
from srctl.core.workdays import CalendarYear
from srctl.model.case import (
    Analysis,
    Attached,
    Case,
    CasePerson,
    Complainant,
    Entry,
    Link,
    Order,
    Plan,
    Promise,
    Received,
    Report,
    Step,
)
from srctl.model.clearances import CLEARANCES_FILE, Clearances, Level
from srctl.model.definitions import Checklist, Kind, Stage, StandingRules
from srctl.model.people import Office, Organisation
from srctl.store import schema
from srctl.store.yaml.reader import read_file
from tests.conftest import PROJECT

Data = dict[str, Any]
Where = tuple[str | int, ...]

ENTRY: Data = {
    "id": "a2", "at": "2026-11-20T10:00:00+07:00", "who": "malee", "did": "contact",
    "on": "2026-11-20", "with": "obec/somsak", "by": "phone", "said": "รับทราบ",
    "agreed": "จะส่งรายงาน",
    "promise": {
        "of": "them", "what": "ส่งรายงาน", "due": "2026-11-25", "counted": "+3wd from 2026-11-20 = 2026-11-25",
    },
    "keeps": ["a1"], "waives": ["a1"], "step": "s1", "dropped": "true", "text": "หมายเหตุ",
    "decision": "เห็นชอบ", "paper": "memo", "sha256": "0a", "owner": "malee", "backup": "prasit",
    "case": "2568-0311", "to": "coordinate", "override": "เร่งด่วน",
    "missing": ["memo"], "why": "เหตุผล", "of": "a1",
    "wording": "support", "form": "letter", "signer": "head", "among": ["obec"], "given": {"ask": "ข้อมูล"},
    "attachments": ["กำหนดการ"], "copies": ["สป."], "urgency": "urgent", "secrecy": "none", "named": "true",
    "catchword": "/ในการนี้...", "how": "wet", "series": "ordinary", "n": "41", "number": "ศธ 0100/41",
    "dated": "2026-11-20", "subject": "ขอข้อมูล", "addressee": "เลขาธิการ", "ref": "ศธ 04001/9", "file": "a.pdf",
    "meets": ["answer"], "breaks": ["a1"], "chases": ["a1"], "category": "agency",
    "origin": "2569-0001/a2", "kind": "complaint", "deadline": "order.due",
    "until": "2026-12-01", "counted": "+6wd from 2026-11-23 = 2026-12-01", "amount": "5", "unit": "workday",
    "whom": "head", "moved": ["opinion 2026-11-23/2026-11-24"],
    "attached": [{"file": "2569-0042-received.pdf", "sha256": "0" * 64, "name": "หนังสือ.pdf", "size": "9",
                  "place": "/สำเนา/หนังสือ.pdf"}],
    "refers": "~p1", "unnumbered": "true", "was": "2026-11-30", "acting": "head",
    "route": [{"who": ["kanda"], "gives": "opinion", "within": "1", "unit": "workday"}], "level": "1",
    "again": "first", "adverse": "true", "post": "RR123456785TH", "carrier": "นายเดช ตัวอย่างขยัน",
    "receiver": "นายสมมติ งานสารบรรณ", "hour": "10:30", "reopens": ["a1"],
}  # fmt: skip
CASE: Data = {
    "format": "1", "id": "2569-0042", "kind": "complaint", "subject": "ขอความเป็นธรรม",
    "received": {"on": "2026-11-20", "at": "09:12", "channel": "letter", "from": "ประชาชน",
                 "ref": "-", "dated": "2026-11-18"},
    "order": {
        "by": "รมว.ศธ.", "text": "ให้ตรวจสอบ", "due": "2026-11-27", "counted": "+5wd from 2026-11-20 = 2026-11-27",
    },
    "urgency": "urgent", "secrecy": "none", "owner": "malee", "backup": "prasit",
    "complainant": {"name": "นางสาวสมมติ ตัวอย่าง", "phone": "08 0000 0199", "address": "-",
                    "email": "-", "id_no": "-", "anonymous": "false", "unnamed": "false"},
    "fields": {"against": "โรงเรียนสมมติ"},
    "analysis": {"issues": ["ก"], "facts": ["ข"], "law": ["ค"], "earlier": ["2568-0311"],
                 "opinion": "ง", "proposal": "จ", "power": "ฉ"},
    "plan": {"result": "ช", "steps": [{"id": "s1", "do": "โทร", "with": "obec", "by": "phone",
                                       "due": "2026-11-23", "counted": "+1wd from 2026-11-20 = 2026-11-23"}]},
    "report": {"result": "ซ", "lesson": "ฌ"},
    "links": [{"case": "2568-0311", "as": "earlier"}],
    "people": [{"id": "p1", "name": "นางพิมพ์ ตัวอย่าง", "phone": "1579"}],
    "log": [
        {"id": "a1", "at": "2026-11-20T09:12:00+07:00", "who": "malee", "did": "receive"},
        ENTRY,
    ],
}  # fmt: skip


class Sound(NamedTuple):
    """Data without a fault, and what it is read as."""

    cls: Any
    data: Data


def shipped() -> Iterator[tuple[str, Sound]]:
    places: list[tuple[str, Any]] = [
        ("templates/kinds", Kind), ("templates/checklists", Checklist),
        ("templates/calendar", CalendarYear), ("contacts", Organisation),
    ]  # fmt: skip
    files: list[tuple[Path, Any]] = [
        (PROJECT / "office.yaml", Office), (PROJECT / "templates/deadlines.yaml", StandingRules),
        (PROJECT / CLEARANCES_FILE, Clearances),
    ]  # fmt: skip
    files += [(path, cls) for place, cls in places for path in sorted((PROJECT / place).glob("*.yaml"))]
    for path, cls in files:
        data = read_file(path).data
        assert data is not None
        yield path.relative_to(PROJECT).as_posix(), Sound(cls, dict(data))


SOUND: dict[str, Sound] = {"case": Sound(Case, CASE), **dict(shipped())}
every_sound = pytest.mark.parametrize("sound", SOUND.values(), ids=SOUND)


def both(cls: Any, data: object) -> set[tuple[Where, str]]:
    """Return what is wrong: nothing exactly when the quick reading gives a value."""
    found = {(f.where, f.code) for f in schema.shape_faults(cls, data)}
    assert (decode(cls, data) is None) == bool(found)
    return found


def words(cls: Any, data: object) -> set[tuple[str, str]]:
    """Return what is said of it: message and hint."""
    return {(f.message, f.hint) for f in schema.shape_faults(cls, data)}


def places(node: Any, where: Where = ()) -> Iterator[Where]:
    """Yield the place of every value in plain data."""
    yield where
    if isinstance(node, dict):
        items: Any = node.items()
    else:
        items = enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from places(value, (*where, key))


def at(data: Any, where: Where) -> Any:
    for key in where:
        data = data[key]
    return data


def changed(data: Data, where: Where, value: Any) -> Any:
    """Return a copy of ``data`` with ``value`` at ``where``."""
    made: Any = {"": copy.deepcopy(data)}
    full_where = ("", *where)
    at(made, full_where[:-1])[full_where[-1]] = value
    return made[""]


def without(data: Data, where: Where) -> Data:
    made = copy.deepcopy(data)
    del at(made, where[:-1])[where[-1]]
    return made


# -- what is sound -----------------------------------------------------------------------


@every_sound
def test_every_shipped_file_and_a_case_with_every_key_are_without_fault(sound: Sound) -> None:
    assert both(sound.cls, sound.data) == set()


def test_the_sample_case_has_every_key_a_case_may_have() -> None:
    held = [set(v) for v in (at(CASE, w) for w in places(CASE)) if isinstance(v, dict)]
    for cls in (
        Case,
        Received,
        Order,
        Complainant,
        Analysis,
        Plan,
        Step,
        Report,
        Promise,
        Attached,
        Entry,
        Level,
        Link,
        CasePerson,
    ):
        assert set(map(key_of, cls._fields)) in held, cls


def test_what_is_read_has_its_meaning_not_its_text() -> None:
    case = decode(Case, CASE)
    assert case is not None
    assert case.received.on == date(2026, 11, 20)
    assert case.received.from_ == "ประชาชน"
    assert case.log[1].at == datetime(2026, 11, 20, 10, tzinfo=timezone(timedelta(hours=7)))
    assert case.log[1].dropped is True
    assert case.complainant == Complainant("นางสาวสมมติ ตัวอย่าง", "08 0000 0199", "-", "-", "-", False)
    assert case.format == 1


def test_every_empty_value_that_may_be_left_out_is_as_if_left_out() -> None:
    optional = [key for key in CASE if key in Case._field_defaults and key not in ("urgency", "secrecy")]
    empty = decode(Case, {**CASE, **dict.fromkeys(optional, "")})
    kept = {key: value for key, value in CASE.items() if key not in optional}
    assert empty == decode(Case, {**kept, "owner": ""})
    assert both(Case, {**CASE, **dict.fromkeys(optional, "")}) == set()
    assert empty is not None
    assert empty.order == Order()
    assert empty.complainant is None


def test_a_choice_of_none_is_written_not_left_empty() -> None:
    assert both(Case, {**CASE, "urgency": ""}) == {(("urgency",), "choice")}


# -- what is broken ----------------------------------------------------------------------

ANONYMOUS: Where = ("complainant", "anonymous")
BROKEN: dict[str, tuple[Where, Any, set[tuple[Where, str]]]] = {
    "a list for a text": (("subject",), ["ก"], {(("subject",), "text")}),
    "a mapping for a text": (("subject",), {"a": "b"}, {(("subject",), "text")}),
    "a text for a list": (("links",), "2568-0311", {(("links",), "list")}),
    "a mapping for a list": (("log",), {"a": "b"}, {(("log",), "list")}),
    "a text for a mapping": (("order",), "ให้ตรวจสอบ", {(("order",), "mapping")}),
    "a list for a mapping": (("received",), [], {(("received",), "mapping")}),
    "a list for free fields": (("fields",), ["a"], {(("fields",), "mapping")}),
    "a text for an item": (("log", 0), "receive", {(("log", 0), "mapping")}),
    "a list for a free field": (("fields", "against"), ["a"], {(("fields", "against"), "text")}),
    "an unknown key": (("colour",), "red", {(("colour",), "unknown-key")}),
    "an unknown key below": (("order", "until"), "x", {(("order", "until"), "unknown-key")}),
    "no such day": (("received", "on"), "2026-02-30", {(("received", "on"), "date")}),
    "a Buddhist year": (("received", "on"), "2569-11-20", {(("received", "on"), "date")}),
    "a date as people write it": (("order", "due"), "27/11/2569", {(("order", "due"), "date")}),
    "a date with a time": (("order", "due"), "2026-11-27T00:00:00", {(("order", "due"), "date")}),
    "a list for a date": (("order", "due"), ["2026-11-27"], {(("order", "due"), "text")}),
    "an empty date that is needed": (("received", "on"), "", {(("received", "on"), "date")}),
    "a moment without zone": (
        ("log", 0, "at"), "2026-11-20T09:12:00", {(("log", 0, "at"), "datetime")},
    ),
    "a moment in a Buddhist year": (
        ("log", 0, "at"), "2569-11-20T09:12:00+07:00", {(("log", 0, "at"), "datetime")},
    ),
    "a yes for a truth": (ANONYMOUS, "yes", {(ANONYMOUS, "bool")}),
    "a list for a truth": (ANONYMOUS, [], {(ANONYMOUS, "text")}),
    "a word for a number": (("format",), "one", {(("format",), "int")}),
    "a Thai digit for a number": (("format",), "๑", {(("format",), "int")}),
    "a number beyond every use": (("format",), "99999", {(("format",), "int")}),
    "an unknown choice": (("urgency",), "soon", {(("urgency",), "choice")}),
    "a list for a choice": (("urgency",), ["urgent"], {(("urgency",), "text")}),
    "an unknown deed": (("log", 0, "did"), "recieve", {(("log", 0, "did"), "choice")}),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_one_fault_is_found_where_it_stands(
    broken: tuple[Where, Any, set[tuple[Where, str]]],
) -> None:
    where, value, expected = broken
    data = changed(CASE, where, value)
    assert both(Case, data) == expected
    assert words(Case, data)


@every_sound
def test_every_key_that_is_needed_is_missed_and_no_other(sound: Sound) -> None:
    for where in places(sound.data):
        if where and isinstance(where[-1], str):
            found = both(sound.cls, without(sound.data, where))
            assert found in (set(), {(where, "missing")}), where


def try_other_makes(sound: Sound, where: Where) -> None:
    for value in ("", "x", [], {}, ["x"], {"x": "y"}, "2026-02-30", "true", "-1"):
        both(sound.cls, changed(sound.data, where, value))


@pytest.mark.parametrize("cls", {sound.cls: None for sound in SOUND.values()}, ids=lambda cls: cls.__name__)
def test_every_value_of_another_make_is_refused_alike(cls: Any) -> None:
    """At the first place of each name in the files of a shape."""
    met: set[tuple[str, ...]] = set()
    for sound in [sound for sound in SOUND.values() if sound.cls is cls]:
        for where in places(sound.data):
            name = tuple("#" if isinstance(key, int) else key for key in where)
            if name not in met:
                met.add(name)
                try_other_makes(sound, where)


@pytest.mark.full
@every_sound
def test_every_value_of_another_make_is_refused_alike_wherever_it_stands(sound: Sound) -> None:
    for where in places(sound.data):
        try_other_makes(sound, where)


@every_sound
def test_a_key_nobody_declared_is_refused_wherever_keys_are_declared(sound: Sound) -> None:
    for where in places(sound.data):
        if isinstance(at(sound.data, where), dict) and where[-1:] not in (
            ("fields",),
            ("given",),
            ("when",),
            ("unless",),
        ):
            found = both(sound.cls, changed(sound.data, (*where, "nobody"), "x"))
            assert found == {((*where, "nobody"), "unknown-key")}


JUNK = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.dates().map(date.isoformat),
        st.sampled_from(
            [
                "true",
                "false",
                "no",
                "1",
                "0x1",
                "1e3",
                "2026-11-20T09:12:00+07:00",
                "phone",
                "us",
                "~",
            ]
        ),
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_any_data_is_read_by_both_or_by_neither(data: st.DataObject) -> None:
    sound = SOUND[data.draw(st.sampled_from(sorted(SOUND)))]
    broken: Any = sound.data
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(list(places(broken))))
        broken = changed(broken, where, data.draw(JUNK))
    both(sound.cls, broken)


@given(JUNK)
def test_a_whole_file_of_something_else_is_no_case(junk: object) -> None:
    assert both(Case, junk)


# -- what is read quickly is what is declared ---------------------------------------------


def meaning(kind: Any, data: Any) -> Any:
    """Return what sound ``data`` mean as a ``kind``, word by word of the declaration and without any hurry."""
    if is_shape(kind):
        hints, given = get_type_hints(kind), {} if data == "" else data
        names = [name for name in kind._fields if key_of(name) in given]
        return kind(**{name: meaning(hints[name], given[key_of(name)]) for name in names})
    if type(None) in get_args(kind):
        return None if data == "" else meaning(get_args(kind)[0], data)
    if is_list(kind):
        return tuple(meaning(get_args(kind)[0], item) for item in data)
    if is_mapping(kind):
        return {key: meaning(get_args(kind)[1], value) for key, value in (data or {}).items()}
    read: dict[Any, Any] = {int: int, Serial: int, Size: int, bool: "true".__eq__}
    read |= {date: date.fromisoformat, datetime: datetime.fromisoformat}
    return read.get(kind, str)(data)


@every_sound
def test_a_sound_file_means_what_is_declared(sound: Sound) -> None:
    assert decode(sound.cls, sound.data) == meaning(sound.cls, sound.data)


@given(st.data())
def test_whatever_is_read_without_a_fault_means_what_is_declared(data: st.DataObject) -> None:
    sound = SOUND[data.draw(st.sampled_from(sorted(SOUND)))]
    where = data.draw(st.sampled_from([w for w in places(sound.data) if w]))
    other = changed(sound.data, where, data.draw(JUNK | st.just("")))
    value = decode(sound.cls, other)
    assert value is None or value == meaning(sound.cls, other)


def test_faults_are_told_in_the_order_of_the_file_and_what_is_missing_last() -> None:
    log = [{"id": ["a1"], "at": "x", "did": "recieve"}, "x"]
    faults = schema.shape_faults(
        Case, {"colour": "red", "log": log, "format": "one", "received": {"on": "x", "at": []}}
    )
    assert [(".".join(map(str, f.where)), f.code) for f in faults] == [
        ("colour", "unknown-key"),
        ("log.0.id", "text"),
        ("log.0.at", "datetime"),
        ("log.0.did", "choice"),
        ("log.0.who", "missing"),
        ("log.1", "mapping"),
        ("format", "int"),
        ("received.on", "date"),
        ("received.at", "text"),
        ("id", "missing"),
        ("kind", "missing"),
        ("subject", "missing"),
    ]


# -- lists that must not be empty --------------------------------------------------------


@pytest.mark.parametrize("empty", ["", []])
def test_a_kind_without_stages_is_no_kind(empty: object) -> None:
    complaint = SOUND["templates/kinds/complaint.yaml"].data
    assert both(Kind, {**complaint, "stages": empty}) == {(("stages",), "missing")}
    assert both(Kind, {**complaint, "deadlines": empty}) == set()


def test_an_office_has_somebody_to_act() -> None:
    assert both(Office, {**SOUND["office.yaml"].data, "coordinators": []}) == {(("coordinators",), "missing")}


# -- words -------------------------------------------------------------------------------


def test_a_misspelt_key_or_choice_names_the_nearest() -> None:
    [(message, hint)] = words(Case, {**CASE, "recieved": "x"})
    assert "recieved" in message
    assert "received" in hint
    [(message, hint)] = words(Case, {**CASE, "urgency": "urgnt"})
    assert "most-urgent" in message
    assert "urgent" in hint


def test_a_choice_that_may_be_empty_does_not_list_the_emptiness() -> None:
    [(message, hint)] = words(Case, changed(CASE, ("received", "channel"), "pigeon"))
    assert ", ," not in message + hint
    assert "voice, phone" in message
    assert hint.endswith("paper")


def test_what_stands_in_a_file_is_quoted_short_harmless_and_on_one_line() -> None:
    [(message, _hint)] = words(Case, changed(CASE, ("order", "due"), "ก\n\u202e\x1b[31m" + "ข" * 9_000))
    assert len(message) < 200
    assert message.isprintable()


def test_every_fault_of_shape_tells_how_to_mend_it_where_that_is_not_plain() -> None:
    for code in ("missing", "unknown-key", "choice", "date", "datetime", "list", "mapping"):
        assert fault_of(code, ("a",), "b", ("c", "d")).hint, code
    assert fault_of("mapping", ()).message[0] != ":"


# -- single values -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " 1", "1 ", "1\n", "1.0", "+1", "๑", "１", "1_0", "0x1", "10000", "-"])
def test_a_number_is_up_to_four_plain_digits(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_int(text)
    assert read_int("-7") == -7
    assert read_int("2569") == 2569


@pytest.mark.parametrize("text", ["", "1 ", "๑๐๐๐๐", "1_0000", "10000000"])
def test_a_number_given_in_turn_goes_on_beyond_four_digits(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_serial(text)
    assert [read_serial(str(n)) for n in (9999, 10000, 9_999_999)] == [9999, 10000, 9_999_999]


def test_a_number_too_large_for_its_place_is_refused_with_the_largest() -> None:
    [(message, _hint)] = words(Case, changed(CASE, ("log", 0, "n"), "10000000"))
    assert "10000000" in message
    assert "9999999" in message


@pytest.mark.parametrize("text", ["", "True", "yes", "no", "on", "1", "true\n"])
def test_a_truth_is_true_or_false_and_no_other_word(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_bool(text)
    assert (read_bool("true"), read_bool("false")) == (True, False)


@pytest.mark.parametrize("text", ["1856-12-31", "2200-01-01", "9999-12-31", "0001-01-01", "2569-11-20", "20261120"])
def test_a_year_no_matter_can_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)
    with pytest.raises(ValueError, match=r".*"):
        read_datetime(f"{text}T00:00:00+07:00")
    assert read_date("2024-02-29") == date(2024, 2, 29)


def test_words_in_two_languages_give_the_one_that_is_asked() -> None:
    stage = Stage("receive", Text("รับเรื่อง", "Receive"))
    assert stage.label.in_("th") == "รับเรื่อง"
    assert stage.label.in_("en") == "Receive"
