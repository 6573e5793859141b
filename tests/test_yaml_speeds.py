"""One reading rule at two speeds: what is read without a library is what the parser reads, or it is left to it."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from srctl.store.yaml.composer import compose_yaml
from srctl.store.yaml.fast_reader import read_canonical
from srctl.store.yaml.guards import MAX_DEPTH, MAX_NODES, UNSAFE, ReadingError, decode
from srctl.store.yaml.writer import dump
from tests.conftest import PROJECT

FOLDERS = ("cases", "contacts", "templates", "srctl/office/walks", "tests")
FILES = sorted({PROJECT / "office.yaml", *(path for name in FOLDERS for path in (PROJECT / name).rglob("*.yaml"))})
ZOO = PROJECT / "tests" / "zoo"
TEXTS = [path.read_bytes().decode() for path in FILES]


def agree(text: str) -> Any:
    """Return what is read without a library, once it is known to be what the composer reads."""
    try:
        text = decode(text.encode("utf-8", "surrogatepass"))
    except ReadingError:
        return None
    data = read_canonical(text)
    if data is not None:
        assert data == compose_yaml(text)  # also no refusal: that would be raised
    return data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_file_of_the_starter_set_and_the_tests_is_read_alike(path: Path) -> None:
    data = agree(path.read_bytes().decode())
    by_library = path.parent == ZOO or path.name == "misspellings.yaml"
    assert (data is None) == by_library, "only the zoo, and keys that are Thai words, need the library"


def test_every_file_of_an_invented_office_is_read_alike() -> None:
    from benchmarks.offices import matters

    for matter in matters(200, 0.2, seed=3):
        for state in matter.states:
            assert agree(state.raw.decode())


# ------------------------------------------------------------------------------------------------ by hand

SURE = "# comment: {[ \"'\na: x\nb:   two words  # comment\nc: spaces follow  \nd:   \n\n"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (SURE, {"a": "x", "b": "two words", "c": "spaces follow", "d": ""}),
        ("a: 12:30\nb: http://x\nc: it's [x], {y} & 5 % = z?\n",
         {"a": "12:30", "b": "http://x", "c": "it's [x], {y} & 5 % = z?"}),
        ("a: -1\nb: [-1, --x]\nc: ~\nd: ...\n", {"a": "-1", "b": ["-1", "--x"], "c": "~", "d": "..."}),
        ("a:\nb: \nc: # x\nd:\n  # y\n", {"a": "", "b": "", "c": "", "d": ""}),
        ("a:\n  -  x\n  -   {b: c}\n", {"a": ["x", {"b": "c"}]}),
        ('a: "x: #y"\nb: \'z\'\nc: ""\nd: \'\'\ne: "\\n\\t\\"\\\\n"\n',
         {"a": "x: #y", "b": "z", "c": "", "d": "", "e": '\n\t"\\n'}),
        ("a: {}\nb: []\nc: {a: {b: [c, {}]}, d: \"e, f\", g: h}\n",
         {"a": {}, "b": [], "c": {"a": {"b": ["c", {}]}, "d": "e, f", "g": "h"}}),
        ("a:\n- x\n- y: z\n  w:\n  - v\nb: c\n", {"a": ["x", {"y": "z", "w": ["v"]}], "b": "c"}),
        ("a:\n    b:\n        - c\n    d: e\n", {"a": {"b": ["c"], "d": "e"}}),
        ("a: |\n  x\n\n    y # z\nb: |-\n  x\n\n\nc: d\n", {"a": "x\n\n  y # z\n", "b": "x", "c": "d"}),
        ("a:\n  - |\n    x\n  - b: |-\n      y\n    c: z\n", {"a": ["x\n", {"b": "y", "c": "z"}]}),
        ("a: |\r\n  x\r\n\r\n  y\r\nb: \"z\"\r\n", {"a": "x\n\ny\n", "b": "z"}),
        ("a: |-\n  x  \n   \n\n", {"a": "x  \n "}),
        ("a:\n  - {b: c, d: \"0 2\"}\n  - {b: x.y}\n  - {b: \"\"}\n  - {b: 1:2, c: \"x\"}\n",
         {"a": [{"b": "c", "d": "0 2"}, {"b": "x.y"}, {"b": ""}, {"b": "1:2", "c": "x"}]}),
        ("a:\n  - {b: c\"d\", e: f\\g}\n  - {b: -\\}\n  - {b: c} # d\n  - e: {f: g}\n",
         {"a": [{"b": 'c"d"', "e": "f\\g"}, {"b": "-\\"}, {"b": "c"}, {"e": {"f": "g"}}]}),
        ("a:\n- {b: c}\n- {b: c}\nd: [{e: f}, {g: \"h\"}]\ni: [{e: f}, [], {g: h}]\n",
         {"a": [{"b": "c"}, {"b": "c"}], "d": [{"e": "f"}, {"g": "h"}], "i": [{"e": "f"}, [], {"g": "h"}]}),
        ("a: [x] # c\nb: {c: d}   # e\nf: \"g\" # h\n", {"a": ["x"], "b": {"c": "d"}, "f": "g"}),
    ],
)  # fmt: skip
def test_the_style_srctl_writes_is_read_without_a_library(text: str, data: dict[str, Any]) -> None:
    assert agree(text) == data


@pytest.mark.parametrize(
    "text",
    ["", "# x\n", "a: x", "a: x\n y\n", "a: x\n  b: y\n", "a:\n  b: x\n c: y\n", "a:\n  x\n",
     "a:\n  - x\n  b: y\n", "a:\n  b: x\n  - y\n", "a:\n  - \n  - x\n", "a:\n  -\n", "a:\n  - - x\n", "- x\n",
     "a: x\na: y\n", "a: {b: x, b: y}\n", "a: {b: \"x\", b: y}\n", "a: {b: x, b: \"y\"}\n", "a: b: c\n",
     "a: b:\n", "a:b\n", "a: 'it''s'\n", "a: \"\\x41\"\n", "a: \"x\n  y\"\n", "a: {b: x,\n c: y}\n", "a: {b:x}\n",
     "a: {b: }\n", "a: {b}\n", "a: [b: c]\n", "a: [x,y]\n", "a:\n   \n  b: x\n",
     "a: [x ]\n", "a: {b: x}y\n", "a: {b: x}#y\n", "a: \"x\"y\n", "a: &x y\n", "a: *x\n", "a: !x y\n",
     "a: >\n  x\n", "a: |+\n  x\n", "a: |2\n  x\n", "a: |\n\n  x\n", "a: |\n   x\n", "a: |\n  x\n \n  # y\n",
     "a: @x\n", "a: %x\n", "a: `x\n", "a: ?\n", "? a\n: x\n", "<<: x\n", "ก: x\n", "\"a\": x\n",
     "a: x\n---\nb: y\n", "--- x\n", "a: x\n...\n", "a:\tx\n", "a:\u00a0x\n",
     "a: b:\u00a0c\n", "a: [\"x\"y]\n", "a: {b: \"x\"c: y}\n", "a: [x #y]\n", "a: {b: x #y}\n", "a: [x\n",
     "a:\n  - {b: x}\n  - {b: x, b: y}\n", "a: [{b: x}, {b: x, b: y}]\n", "a:\n  - {b: x}\n    - {b: x}\n",
     "a:\n  - {b: x}\n - {b: x}\n", "a:\n  - {b: x}{b: y}\n", "- {b: x}\n", "a: x\n- {b: x}\n", "a:\n  - {b: x }\n",
     "".join(f"{' ' * n}a:\n" for n in range(MAX_DEPTH - 1)) + " " * MAX_DEPTH + "- {b: x}\n",
     "a" * 1025 + ": x\n", f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}\n"],
)  # fmt: skip
def test_what_is_not_in_that_style_is_left_to_the_library(text: str) -> None:
    assert agree(text) is None


def test_a_text_short_enough_cannot_hold_too_many_nodes() -> None:
    keys = "".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)}:\n" for n in range(600))
    for text in (keys, "a:\n" + "- x\n" * 12_000, "a: [" + "x, " * 16_000 + "x]\n", "a: [" + "[], " * 9_000 + "x]\n"):
        assert len(text) <= MAX_NODES
        assert agree(text)
    assert read_canonical("a:\n" + "- x\n" * MAX_NODES) is None


def test_nothing_forbidden_is_printable() -> None:
    """The guards look closer only where something unprintable stands."""
    forbidden = re.compile(f"[\r{UNSAFE}]")
    assert not any(forbidden.match(chr(n)) for n in range(0x110000) if chr(n).isprintable())


# --------------------------------------------------------------------------------------------- by machine

LETTERS = st.sampled_from("abกขำ็ 0123.:-/#,'\"\\{}[]()|&*!%@~\n\u200b\u2003🙂")
WORDS = st.sampled_from(
    ["x", "two words", "0812345678", "12:30", "no", "~", "-", "- x", "-1", "a: b", "x #y", "#5", "it's", '"',
     "\\n", "", "ก\nข", "x\n", "\nx", " x\n y", "x\n\n y\n", "x \ny", "---", "...", "a,b", "{x", "[",
     "http://x/?y=1", "<<", "x:", "?"]
)  # fmt: skip
TEXT = WORDS | st.text(LETTERS, max_size=8)
KEYS = st.sampled_from(["a", "b", "on", "x-y", "k_1", "a.b", "ชื่อ", "1", "a b"])
DATA = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
MAPPINGS = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


@given(MAPPINGS)
def test_what_srctl_writes_is_read_alike(data: dict[str, Any]) -> None:
    agree(dump(data).decode())


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.recursive(
    st.text("abกขำ็ :#{}[]\"\\-", max_size=8) | st.sampled_from(["ก\nข", "x\n\n  y\n"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["c", "on"]), inner, max_size=3),
    max_leaves=8), min_size=1))  # fmt: skip
def test_what_srctl_writes_under_ordinary_keys_needs_no_library(data: dict[str, Any]) -> None:
    assert agree(dump(data).decode()) == data


STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, None, '"', "'", "|"]),
        "width": st.sampled_from([10, 80, 10_000]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
    }
)


@given(MAPPINGS, STYLES)
def test_what_pyyaml_writes_in_any_style_is_read_alike(data: dict[str, Any], style: dict[str, Any]) -> None:
    agree(yaml.safe_dump(data, **style))


@given(MAPPINGS, st.sampled_from([(2, 2, 0), (2, 4, 2), (4, 6, 3)]))
def test_what_ruamel_writes_is_read_alike(data: dict[str, Any], indent: tuple[int, int, int]) -> None:
    writer, stream = YAML(), StringIO()
    writer.indent(*indent)
    writer.dump(data, stream)
    agree(stream.getvalue())


SNIPPETS = st.sampled_from(
    ["a: ", "b:", "c.d: ", "- ", "-", "x", "ก", "0", "\n", "\n\n", "\n  ", "\n    ", " ", "  ", "\n- ", "\n  - ",
     "{", "}", "[", "]", ", ", ",", ": ", ":", '"', "'", "''", "# ", " #", "#", "|\n  ", "|-\n    ", "|", ">",
     "&", "*", "!", "?", "? ", "---\n", "...\n", "\\", "\\n", "\t", "\r\n", "\u00a0", "\u0085", "\u2028",
     "\ufeff", "<<: ", "~", "%", "@", "`", "\u3000", "\u200b", "x" * 120]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(SNIPPETS, max_size=40).map("".join))
@example("a:\n  - \n  - x\n")
def test_any_text_is_read_alike_or_left(text: str) -> None:
    agree(text)
    agree(text + "\n")
    agree(text.replace("\n", "\r\n") + "\r\n")


@settings(max_examples=400)
@given(st.data())
def test_a_file_changed_anywhere_is_read_alike_or_left(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, max(len(text) - 600, 0)))
    start = text.rfind("\n", 0, start) + 1  # some lines of it, so that each place is hit often
    text = text[start : text.find("\n", start + 600) + 1 or len(text)]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = at + data.draw(st.sampled_from([0, 0, 1, 2, 5]))
        text = text[:at] + data.draw(st.just("") | SNIPPETS) + text[end:]
        agree(text)
