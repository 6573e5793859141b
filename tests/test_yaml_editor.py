"""Edits touch only the span concerned; what is written reads back the same with every reader."""

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from srctl.core.errors import BadFile
from srctl.core.patches import Edit, Value
from srctl.store.yaml.append import append_lines
from srctl.store.yaml.editor import append_item, apply, item_texts
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.writer import Tall, Verbatim, as_read, dump

ZOO = sorted((Path(__file__).parent / "zoo").glob("*.yaml"))
HERE = Path("case.yaml")
Where = tuple[str | int, ...]


def set_value(raw: bytes, where: Where, value: Value, before: str = "") -> bytes:
    return apply(raw, [Edit("set", where, value, before)])


def remove_key(raw: bytes, where: Where) -> bytes:
    return apply(raw, [Edit("remove", where)])


def data_of(raw: bytes) -> Any:
    source = read_text(raw, HERE)
    assert source.problems == ()
    return source.data


def places(data: Any, where: Where = ()) -> list[Where]:
    """Return the path of every value inside the data."""
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    found: list[Where] = []
    for key, value in inside if isinstance(data, dict | list) else ():
        found += [(*where, key), *places(value, (*where, key))]
    return found


def at(data: Any, where: Where) -> Any:
    for part in where:
        data = data[part]
    return data


def with_value(data: Any, where: Where, value: Any) -> Any:
    changed = copy.deepcopy(data)
    at(changed, where[:-1])[where[-1]] = value
    return changed


def without(data: Any, where: Where) -> Any:
    changed = copy.deepcopy(data)
    del at(changed, where[:-1])[where[-1]]
    return changed


def common_ends(old: bytes, new: bytes) -> tuple[int, int]:
    """Return how many bytes both share at the start and, beyond that, at the end."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    rest = shortest - head
    return head, next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)


def changed_lines(old: bytes, new: bytes) -> int:
    before, after = old.splitlines(), new.splitlines()
    assert len(before) == len(after)
    return sum(a != b for a, b in zip(before, after, strict=True))


VARIANTS: dict[str, Callable[[bytes], bytes]] = {
    "unix": lambda raw: raw,
    "windows": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
}
ZOO_CASES = [
    pytest.param(change(path.read_bytes()), id=f"{path.stem}-{name}")
    for path in ZOO
    for name, change in VARIANTS.items()
]
NEW_VALUES: list[Value] = [
    "ใหม่",
    "0812345678",
    "เรื่อง: ด่วน #5",
    "สอง\nบรรทัด: จริง",
    "",
    date(2026, 11, 20),
    ["ก", "ข\nค"],
    {"a": "1", "b": {"c": ["x"]}},
    {},
    [],
]


@pytest.mark.parametrize("raw", ZOO_CASES)
def test_no_edit_changes_no_byte(raw: bytes) -> None:
    assert apply(raw, []) == raw
    assert set_value(raw, (), data_of(raw)) == raw
    for where in places(data_of(raw)):
        assert set_value(raw, where, at(data_of(raw), where)) == raw


@pytest.mark.parametrize("value", NEW_VALUES, ids=repr)
@pytest.mark.parametrize("raw", ZOO_CASES)
def test_every_value_of_the_zoo_can_be_replaced_alone(raw: bytes, value: Value) -> None:
    data = data_of(raw)
    for where in places(data)[:: 1 if len(raw) < 500 else 5]:
        new = set_value(raw, where, value)
        assert data_of(new) == with_value(data, where, as_read(value)), where
        assert new.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
        assert (b"\r\n" in new) == (b"\r\n" in raw)
        assert b"\n" not in new.replace(b"\r\n", b"") or b"\r\n" not in raw


@pytest.mark.parametrize("raw", ZOO_CASES)
def test_every_key_and_item_of_the_zoo_can_be_removed_alone(raw: bytes) -> None:
    data = data_of(raw)
    for where in places(data):
        new = remove_key(raw, where)
        assert data_of(new) == without(data, where), where
        if len(at(data, where[:-1])) > 1:
            assert sum(common_ends(raw, new)) == len(new), where


@pytest.mark.parametrize("raw", ZOO_CASES)
def test_every_mapping_and_list_of_the_zoo_can_grow(raw: bytes) -> None:
    data = data_of(raw)
    for where in [(), *places(data)]:
        value = at(data, where)
        expected = copy.deepcopy(data)
        if isinstance(value, dict):
            at(expected, where)["fresh"] = {"new": "ใหม่: จริง"}
            new = set_value(raw, (*where, "fresh", "new"), "ใหม่: จริง")
        elif isinstance(value, list):
            at(expected, where).append({"id": "x", "on": "2026-11-20"})
            new = append_item(raw, where, {"id": "x", "on": date(2026, 11, 20)})
        else:
            continue
        assert data_of(new) == expected, where
        if value:
            head, tail = common_ends(raw, new)
            assert head + tail == len(raw), where


def test_the_clerk_sees_one_changed_line() -> None:
    raw = (Path(__file__).parent / "zoo" / "idioms.yaml").read_bytes()
    new = set_value(raw, ("order", "due"), date(2026, 11, 30))
    assert new == raw.replace(b"    due: 2026-11-27", b"    due: 2026-11-30")
    new = set_value(raw, ("subject",), "ใหม่")
    assert "subject:    'ใหม่'      # เว้นวรรคเกิน\n".encode() in new
    assert changed_lines(raw, new) == 1


def test_a_log_entry_is_one_line_after_the_last_in_the_siblings_column() -> None:
    raw = b"log:   # append-only\n- {id: a1}   # first\n\n# end\n"
    new = append_item(raw, ("log",), {"id": "a2", "said": "ก\nข", "none": None})
    assert new.decode() == ('log:   # append-only\n- {id: a1}   # first\n- {id: a2, said: "ก\\nข"}\n\n# end\n')


def test_a_missing_or_empty_list_is_made() -> None:
    line = b"log:\n  - {id: a1}\n"
    assert append_item(b"a: 1\n", ("log",), {"id": "a1"}) == b"a: 1\n" + line
    assert append_item(b"log:\n", ("log",), {"id": "a1"}) == line
    assert append_item(b"log: []\n", ("log",), {"id": "a1"}) == line
    assert append_item(b"log: []  # x\n", ("log",), {"id": "a1"}) == (b"log:  # x\n  - {id: a1}\n")


def test_an_item_can_be_written_over_several_lines() -> None:
    new = append_item(b"people:\n- name: x\n", ("people",), {"name": "z", "tel": ["02"]}, flow=False)
    assert new == b'people:\n- name: x\n- name: z\n  tel:\n    - "02"\n'


def test_a_new_key_goes_last_or_before_the_sibling_named() -> None:
    raw = b"id: x\n# the log\nlog:\n  - {id: a1}\n"
    assert set_value(raw, ("owner",), "malee") == raw + b"owner: malee\n"
    assert set_value(raw, ("owner",), "malee", before="log") == (
        b"id: x\nowner: malee\n# the log\nlog:\n  - {id: a1}\n"
    )
    assert set_value(raw, ("owner",), "malee", before="id") == b"owner: malee\n" + raw


def test_a_mapping_is_set_key_by_key() -> None:
    raw = b"order: {by: x,   due: 2026-11-27}   # c\n"
    value: Value = {"by": "x", "due": date(2026, 11, 30), "text": "z"}
    assert set_value(raw, ("order",), value) == (b"order: {by: x,   due: 2026-11-30, text: z}   # c\n")
    assert set_value(raw, ("order",), {"due": "z"}) == b"order: {due: z}   # c\n"


def test_several_edits_are_made_in_order() -> None:
    raw = b"a: 1\nb: {x: 1}\nlog:\n  - {id: a1}\n"
    edits = [
        Edit("append", ("log",), {"id": "a2"}),
        Edit("set", ("c", "d"), "1"),
        Edit("set", ("c", "e"), "สอง\nบรรทัด"),
        Edit("append", ("log",), Tall({"id": "a3"})),
        Edit("remove", ("log", 0)),
        Edit("set", ("log", 0, "id"), "z"),
        Edit("remove", ("b", "x")),
        Edit("set", ("a",), {"n": True}),
        Edit("set", ("a", "m"), 3),
        Edit("remove", ("c", "d")),
    ]
    assert apply(raw, edits).decode() == (
        'a: {n: true, m: 3}\nb: {}\nlog:\n  - {id: z}\n  - id: a3\nc: {e: "สอง\\nบรรทัด"}\n'
    )


def test_nothing_is_edited_in_a_file_that_cannot_be_read() -> None:
    with pytest.raises(BadFile) as caught:
        apply(b"a: 1\na: 2\n", [Edit("set", ("b",), "x")], HERE)
    assert caught.value.problems[0][:3] == (HERE, 2, "duplicate")
    with pytest.raises(BadFile):
        item_texts(b"a: [1\n", ("a",))


@pytest.mark.parametrize(
    "edit",
    [
        Edit("set", ("a", "b"), "x"),
        Edit("set", ("l", 1), "x"),
        Edit("set", ("l", "k"), "x"),
        Edit("set", (0,), "x"),
        Edit("set", (), "x"),
        Edit("set", ("new", 0, "k"), "x"),
        Edit("append", ("a",), "x"),
        Edit("append", (), "x"),
        Edit("remove", ()),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(edit: Edit) -> None:
    with pytest.raises(BadFile) as caught:
        apply(b"a: text\nl: [x]\n", [edit], HERE)
    assert caught.value.problems[0].code == "path"


def test_a_missing_key_is_removed_by_doing_nothing() -> None:
    assert remove_key(b"a: 1", ("b", "c")) == b"a: 1"


@pytest.mark.parametrize("text", ["x\x1by", "x\u202ey", "\ufeffx", "x\ud800", "x\ry"])
def test_text_that_no_file_may_carry_is_refused_and_nothing_written(text: str) -> None:
    with pytest.raises(BadFile):
        set_value(b"a: 1\n", ("a",), text)
    with pytest.raises(BadFile):
        dump({"a": text})


def test_item_texts_are_copied_over_byte_for_byte() -> None:
    raw = (Path(__file__).parent / "zoo" / "idioms.yaml").read_bytes()
    for where in [("log",), ("steps",), ("people",), ("table",)]:
        texts = item_texts(raw, where)
        items = data_of(raw)[where[0]]
        assert len(texts) == len(items)
        assert all(text.encode() in raw for text in texts)
        edits = [Edit("append", ("copy",), Verbatim(text)) for text in texts if text]
        assert data_of(apply(b"a: 1\n", edits))["copy"] == [item for item in items if item]
    assert item_texts(raw, ("missing",)) == item_texts(raw, ("format",)) == []


def test_a_new_file_has_the_style_of_the_office() -> None:
    bangkok = timezone(timedelta(hours=7))
    data: dict[str, Value] = {
        "format": 1,
        "id": "2569-0042",
        "subject": "เรื่อง: ด่วน",
        "received": {"on": date(2026, 11, 20), "at": "09:12", "ref": "-", "by": None},
        "secrecy": "none",
        "complainant": {"phone": "0812345678", "anonymous": False},
        "analysis": {"issues": ["ประเด็นแรก", "7 วัน"], "opinion": "ก\n\n  ข", "law": []},
        "log": [{"id": "a1", "at": datetime(2026, 11, 20, 9, 12, tzinfo=bangkok), "who": "malee"}],
    }
    assert (
        dump(data, "แฟ้มใหม่\n\nสอง").decode()
        == """\
# แฟ้มใหม่
#
# สอง
format: 1
id: 2569-0042
subject: "เรื่อง: ด่วน"
received: {on: 2026-11-20, at: "09:12", ref: "-"}
secrecy: none
complainant: {phone: "0812345678", anonymous: false}
analysis:
  issues:
    - ประเด็นแรก
    - 7 วัน
  opinion: |-
    ก

      ข
  law: []
log:
  - {id: a1, at: 2026-11-20T09:12:00+07:00, who: malee}
"""
    )
    assert dump({}) == b"{}\n"


TRICKY = st.sampled_from(
    ["no", "NO", "y", "~", "null", "0812345678", "12:30", "1e3", "0x1F", "1_000", ".5", "-", "- x",
     "2569-10-21", "2026-11-20", "a: b", "a:", "x #y", "#x", "[x", "{x", "&x", "*x", "!x", "|", ">",
     "%x", "@x", "`x", "?", "? x", "<<", "=", " x", "x ", "\tx", "x\n", "\nx", "x\n\n", " x\n y",
     "x\n y\n", "x \ny", "'", '"', "\\", "'x'", "a'b\"c", "---", "...", "--- x", "x\n---\ny", "๑๒",
     "7 วัน", "7 e", "0 ก", "2569-0042", "x\u00a0", "\u00a0x", "a:\u00a0b", "🙂", "ก" * 300, "",
     "ก ข " * 60, "x, y", "]", "100%", "1.", "+1", "0o7", "inf", "NaN", "1:2:3", "x\u200by",
     "\u0e31x", "x\ty", "x\n\ty", "#\n#", "x: y\nz: w"]
)  # fmt: skip
SAFE = st.characters(
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\ufeff\ufffe\uffff"
    + "".join(map(chr, range(0x2066, 0x206A))),
)
TEXTS = TRICKY | st.text(SAFE | st.sampled_from("\n :#'\"-กำ่0"), max_size=20)
KEYS = st.sampled_from(["a", "b", "on", "no", "null", "true", "x-y", "k_1", "ชื่อ", "1", "a b", "#"])


def nested(leaves: st.SearchStrategy[str], depth: int = 3) -> st.SearchStrategy[Any]:
    """Return data up to ``depth`` levels deep."""
    if depth == 0:
        return leaves
    inner = nested(leaves, depth - 1)
    return leaves | st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)


VALUES: st.SearchStrategy[Value] = nested(TEXTS)
MAPPINGS = st.dictionaries(KEYS, VALUES, max_size=4)


def resolved(raw: bytes) -> tuple[Any, Any]:
    return yaml.safe_load(raw), YAML(typ="safe", pure=True).load(raw.decode())


@given(st.dictionaries(st.sampled_from(["a", "b"]), VALUES, min_size=1))
def test_written_text_is_the_same_text_in_yaml_1_1_and_1_2(data: dict[str, Value]) -> None:
    keyed = {"top": [data], **data}
    text_only = data_of(dump(keyed))
    assert text_only == keyed
    if not any(part in ("on", "no") for place in places(keyed) for part in place):
        assert resolved(dump(keyed)) == (keyed, keyed)


class Scribe:
    """Writes data in any of the ways a person might, as hypothesis decides."""

    def __init__(self, draw: Any) -> None:
        self.draw: Callable[[st.SearchStrategy[str]], str] = draw

    def chance(self) -> bool:
        return self.draw(st.sampled_from("yes")) == "y"

    def scalar(self, text: str) -> str:
        single = "'" + text.replace("'", "''") + "'"
        double = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        forms = [double.replace("\t", "\\t")]
        if "\n" not in text and text:
            forms.append(single)
        if text.isalnum():
            forms.append(text)
        return self.draw(st.sampled_from(forms))

    def flow(self, value: Any) -> str:
        gap = self.draw(st.sampled_from([" ", "", "  "]))
        if isinstance(value, dict):
            pairs = [f"{self.scalar(k)}: {self.flow(v)}" for k, v in value.items()]
            return "{" + gap + f",{gap} ".join(pairs) + gap + "}"
        if isinstance(value, list):
            return "[" + gap + f"{gap}, ".join(map(self.flow, value)) + gap + "]"
        return self.scalar(value)

    def noise(self, pad: str) -> str:
        forms = ["", "", "", "\n", f"{pad}# หมายเหตุ: - [x\n", "\n\n", f"\n{pad}  # เยื้อง\n"]
        return self.draw(st.sampled_from(forms))

    def block(self, value: Any, pad: str) -> str:
        """Return what follows an indicator, line end included."""
        tail = self.draw(st.sampled_from(["\n", "\n", "  # ท้าย: [\n"]))
        if not value or not isinstance(value, dict | list) or self.chance():
            return " " + self.flow(value) + tail
        lines = tail
        if isinstance(value, dict):
            pad += self.draw(st.sampled_from([" ", "  ", "    "]))
            for key, item in value.items():
                lines += self.noise(pad) + f"{pad}{self.scalar(key)}:{self.block(item, pad)}"
            return lines
        pad += self.draw(st.sampled_from([" ", "  ", "    "]))
        for item in value:
            lines += self.noise(pad) + f"{pad}-{self.block(item, pad)}"
        return lines

    def file(self, data: dict[str, Any]) -> bytes:
        text = "".join(f"{self.noise('')}{self.scalar(key)}:{self.block(value, '')}" for key, value in data.items())
        text += self.noise("")
        raw = (text.rstrip("\n") if self.chance() else text).encode()
        return VARIANTS["windows"](raw) if self.chance() else raw


WORDS = st.sampled_from(["a", "กข", "x y", "1", "it's", 'say "x"', "a: b", "x # y", "", "ก\nข"])
ANY_DATA = st.dictionaries(KEYS, nested(WORDS), min_size=1, max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), ANY_DATA, TEXTS)
def test_in_any_hand_written_file_one_edit_changes_exactly_what_was_meant(
    data: st.DataObject, content: dict[str, Any], text: str
) -> None:
    raw = Scribe(data.draw).file(content)
    assert data_of(raw) == content
    where = data.draw(st.sampled_from(places(content)))
    old = at(content, where)
    new = set_value(raw, where, text)
    assert data_of(new) == with_value(content, where, text)
    if isinstance(old, str) and "\n" not in text:
        assert changed_lines(raw, new) == (old != text)
    removed = remove_key(raw, where)
    assert data_of(removed) == without(content, where)
    if len(at(content, where[:-1])) > 1:
        assert sum(common_ends(raw, removed)) == len(removed)
    inside = [w for w in [(), *places(content)] if at(content, w) and isinstance(at(content, w), dict)]
    parent = data.draw(st.sampled_from(inside))
    grown = set_value(raw, (*parent, "fresh", "deep"), text)
    head, tail = common_ends(raw, grown)
    assert head + tail == len(raw)
    assert at(data_of(grown), (*parent, "fresh", "deep")) == text
    assert data_of(remove_key(grown, (*parent, "fresh"))) == content


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), ANY_DATA, ANY_DATA)
def test_many_edits_at_once_say_what_they_would_one_by_one(
    data: st.DataObject, content: dict[str, Any], other: dict[str, Any]
) -> None:
    raw = Scribe(data.draw).file(content)
    wheres = data.draw(st.lists(st.sampled_from(places(content)), min_size=1, max_size=4))
    edits = [Edit(data.draw(st.sampled_from(["set", "remove"])), w, "ใหม่\nx") for w in wheres]
    edits += [Edit("set", ("fresh", key), value) for key, value in other.items()]
    edits += [Edit("append", ("list",), value) for value in other.values()]
    one_by_one = raw
    try:
        for edit in edits:
            one_by_one = apply(one_by_one, [edit])
    except BadFile:
        with pytest.raises(BadFile):
            apply(raw, edits)
        return
    assert data_of(apply(raw, edits)) == data_of(one_by_one)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data(), ANY_DATA, MAPPINGS)
def test_any_file_can_be_made_to_say_anything_else(
    data: st.DataObject, content: dict[str, Any], other: dict[str, Value]
) -> None:
    raw = Scribe(data.draw).file(content)
    assert data_of(set_value(raw, (), other)) == other
    where = data.draw(st.sampled_from(places(content)))
    assert data_of(set_value(raw, where, other)) == with_value(content, where, other)
    assert data_of(set_value(dump(other), (), content)) == content


def test_a_line_more_is_what_the_editor_would_have_written_or_it_is_left_to_the_editor() -> None:
    here = Path("2569-0001.yaml")
    entry: dict[str, Value] = {
        "id": "a2",
        "text": "ก: #1",
        "no": "012",
        "at": datetime(2026, 11, 20, tzinfo=UTC),
        "keeps": ["a1"],
    }
    edit = Edit("append", ("log",), entry)
    simple = b"a: 1\nlog:\n  - {id: a1}\n"
    assert append_lines(simple, [edit], here) == apply(simple, [edit])
    for other in (
        b"log:\n  - {id: a1}\na: 1\n",
        b"a: 1\nlog:\n- {id: a1}\n",
        b"log:\n  - {id: a1}\nlinks:\n  - {case: x}\n",
        b"a: 1\nlog:\n  - {id: a1}",
        b"a: 1\r\nlog:\r\n  - {id: a1}\r\n",
        b"\xef\xbb\xbflog:\n  - {id: a1}\n",
        b"log: [{id: a1}]\n",
        b"a: [\n",
    ):
        assert append_lines(other, [edit], here) is None
    another = edit._replace(value=entry | {"id": "a3"})
    assert append_lines(simple, [edit, another], here) == apply(simple, [edit, another])
    assert append_lines(simple, [edit, edit._replace(where=("a",))], here) is None
    assert append_lines(simple, [Edit("set", ("a",), "x")], here) is None
