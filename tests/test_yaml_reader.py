"""The reading rule: all scalars are text, a refusal has a line and a hint, nothing crashes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from srctl.store.yaml import composer
from srctl.store.yaml.linting import lint
from srctl.store.yaml.reader import read_file, read_text

ZOO = sorted((Path(__file__).parent / "zoo").glob("*.yaml"))
HERE = Path("case.yaml")


def data_of(text: str) -> Any:
    source = read_text(text.encode(), HERE)
    assert source.problems == ()
    return source.data


def refusal(text: str | bytes) -> tuple[str, int]:
    source = read_text(text if isinstance(text, bytes) else text.encode(), HERE)
    assert source.data is None
    (problem,) = source.problems
    assert problem.path == HERE
    assert problem.message
    assert "\n" not in problem.message + problem.hint
    return problem.code, problem.line


def ruamel_as_text(text: str) -> Any:
    def build(node: Any) -> Any:
        if node.id == "mapping":
            return {build(key): build(value) for key, value in node.value}
        return [build(item) for item in node.value] if node.id == "sequence" else node.value

    return build(YAML(typ="safe", pure=True).compose(text))


@pytest.mark.parametrize(
    "written",
    ["0812345678", "12:30", "no", "on", "~", "null", "1e3", "0123", "2569-13-45", "2567-02-29",
     "3.10", "1_000", "=", "๑๒๓", "true", ".inf"],
)  # fmt: skip
def test_every_scalar_is_the_text_that_stands_there(written: str) -> None:
    assert data_of(f"a: {written}\nb: [{written}]\n") == {"a": written, "b": [written]}


def test_a_key_without_value_is_empty_text() -> None:
    assert data_of("a:\nb: {c: , d}\ne:\n  -\n") == {"a": "", "b": {"c": "", "d": ""}, "e": [""]}


def test_a_bom_and_windows_line_ends_are_read() -> None:
    raw = b"\xef\xbb\xbfa: |-\r\n  x\r\n  y\r\nb: 1\r\n"
    source = read_text(raw, HERE)
    assert source.data == {"a": "x\ny", "b": "1"}
    assert source.text.startswith("a:")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate", 3),
        ("a: {b: 1, b: 2}\n", "duplicate", 1),
        ("a:\n\tb: 1\n", "tab", 2),
        ("a:\n  b: 1\n\tc: 1\n", "tab", 3),
        ("a: &x 1\nb: 2\n", "anchor", 1),
        ("b: 1\na: *x\n", "anchor", 2),
        ("a: &x {b: 1}\n", "anchor", 1),
        ("a: {b: 1}\n<<: {c: 1}\n", "anchor", 2),
        ("*x : 1\n", "anchor", 1),
        ("a: !!python/object/apply:os.system [x]\n", "tag", 1),
        ("a: ! x\n", "tag", 1),
        ("a: !!str {b: c}\n", "tag", 1),
        ("a: 1\n---\nb: 2\n", "documents", 2),
        ("%YAML 1.1\n---\na: 1\n", "directive", 1),
        ("", "empty", 1),
        ("# only a comment\n", "empty", 1),
        ("- a\n- b\n", "not-mapping", 1),
        ("text\n", "not-mapping", 1),
        ("? [a, b]\n: 1\n", "key", 1),
        ("x: 1\n? a\n: 1\n", "key", 2),
        ("{a: 1}: 2\n", "key", 1),
        ('"": 1\n', "key", 1),
        ("a: x\0y\n", "character", 1),
        ("a: 1\nb: \x1b[2J\n", "character", 2),
        ("a: 1\nb: x\u0085c: 2\n", "character", 2),
        ("a: x\u2028b: 2\n", "character", 1),
        ("a: \u202ex\n", "character", 1),
        ("a: 1\n\ufeffb: 2\n", "character", 2),
        ("a: 1\rb: 2\n", "character", 1),
        ('a: 1\nb: "\\e[2J"\n', "character", 2),
        ('a: "\\u202E"\n', "character", 1),
        ('a: "x\\Ny"\n', "character", 1),
        ('a: "x\\ry"\n', "character", 1),
        ('"a\\0": 1\n', "character", 1),
        ("a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n", "conflict", 2),
        ("a: 1\r\n<<<<<<< ours\r\nb: 1\r\n", "conflict", 2),
    ],
)
def test_what_a_case_file_has_no_use_for_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    assert refusal(text) == (code, line)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("subject: เรื่อง: ด่วน\nb: 1\n", "colon", 1),
        ("a: 1\nsubject: เรื่อง: ด่วน\n", "colon", 2),
        ("a: {b: x: y}\n", "colon", 1),
        ("log:\n  - said: ว่า: ไม่\n", "colon", 2),
        ("a: @x\n", "special", 1),
        ("a: 1\nb: %x\n", "special", 2),
        ("a: |x\nb: 1\n", "special", 1),
        ("a: >5 วัน\n", "special", 1),
        ("a: `x`\n", "special", 1),
        ("list:\n  - @x\n", "special", 2),
        ("a: ] x\n", "special", 1),
        ("a: [ด่วน] เรื่อง\nb: 1\n", "bracket", 1),
        ("a: [x, y\nb: 1\n", "bracket", 1),
        ("a: {x: 1\nb: 1\n", "bracket", 1),
        ("a:1\nb: 2\n", "no-space", 1),
        ("b: 2\na:1\n", "no-space", 2),
        ("a:1\n", "no-space", 1),
        ("a:\u00a0x\nb: 1\n", "nbsp", 1),
        ("b: 1\na:\u00a0x\n", "nbsp", 2),
        ("a:\u00a0x\n", "nbsp", 1),
        ("a:\n  b:\u00a0x\n", "nbsp", 2),
        ("a: 1\n\u00a0b: 2\n", "nbsp", 2),
        ('a: "x\nb: 1\nc: 2\n', "quote", 1),
        ("b: 1\na: 'x\n", "quote", 2),
        ("a: 1\n  b: 2\n", "indent", 2),
        ("a:\n    b: 1\n  c: 2\n", "yaml", 3),
    ],
)
def test_a_typing_error_of_the_staff_is_told_with_its_line(text: str, code: str, line: int) -> None:
    assert refusal(text) == (code, line)
    assert read_text(text.encode(), HERE).problems[0].hint


def test_a_file_saved_as_tis620_is_told_so_with_byte_and_line() -> None:
    raw = b"a: 1\nb: " + "เรื่อง".encode("cp874") + b"\n"
    assert refusal(raw) == ("encoding", 2)
    message, hint = read_text(raw, HERE).problems[0][3:]
    assert "9" in message
    assert "TIS-620" in message
    assert "UTF-8" in hint
    assert refusal("a: 1\n".encode("utf-16")) == ("encoding", 1)
    assert refusal(b"\xef\xbb\xbfa: \xff\n") == ("encoding", 1)


def test_hostile_sizes_and_depths_are_refused_and_do_not_crash() -> None:
    assert refusal("[" * 2_000_000)[0] == "too-large"
    assert refusal("a: " + "[" * 900_000)[0] == "too-deep"
    assert refusal("a: " + "[ # c\n" * 100_000)[0] == "too-deep"
    assert refusal("- " * 400_000)[0] in ("too-deep", "not-mapping")
    assert refusal("a:\n  " + "- " * 400_000)[0] == "too-deep"
    assert refusal("".join(f"{' ' * n}a:\n" for n in range(1000)))[0] == "too-deep"
    assert refusal("a:\n" + "- x\n" * 200_000)[0] == "too-many"
    assert refusal("a:\n" + "- []\n" * 150_000)[0] == "too-many"


def test_twelve_levels_are_read_and_thirteen_are_not() -> None:
    assert data_of("a: " + "[" * 11 + "]" * 11)
    assert refusal("a: " + "[" * 12 + "]" * 12) == ("too-deep", 1)


def test_billion_laughs_are_refused_at_the_first_laugh() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert refusal("\n".join(lines)) == ("anchor", 1)


@pytest.mark.parametrize("path", ZOO, ids=lambda path: path.stem)
def test_our_reading_agrees_with_ruamel_on_the_zoo(path: Path) -> None:
    source = read_file(path)
    assert source.problems == ()
    if path.stem != "tabs":
        assert source.data == ruamel_as_text(source.text)


@pytest.mark.parametrize("path", [p for p in ZOO if p.stem != "tabs"], ids=lambda path: path.stem)
def test_the_parser_without_c_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_c = read_file(path)
    monkeypatch.setattr(composer, "LOADER", yaml.BaseLoader)
    assert read_file(path) == with_c


SNIPPETS = st.sampled_from(
    ["a: ", "b: ", "c:\n", "- ", "x", "ก", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", ": ",
     '"', "'", "# ", " #", "|", ">", "|-\n", "&a ", "*a", "!t ", "---\n", "...\n", "? ", "\\", "\t",
     "\r\n", "\u00a0", "\ufeff", "<<: ", "~", "0", "%", "@"]
)  # fmt: skip


@given(st.lists(SNIPPETS, max_size=30).map("".join))
def test_any_text_is_either_data_or_a_problem_and_agrees_with_ruamel(text: str) -> None:
    source = read_text(text.encode(), HERE)
    assert (source.data is None) == bool(source.problems)
    if source.data is None:
        assert source.line(("a",)) == 1
        return
    try:
        expected = ruamel_as_text(source.text)
    except YAMLError:
        return
    assert source.data == expected
    assert all(1 <= line <= text.count("\n") + 1 for line in source.lines.values())
    lint(read_text(text.encode(), HERE))


@given(st.binary(max_size=200))
def test_any_bytes_are_either_data_or_a_problem(raw: bytes) -> None:
    source = read_text(raw, HERE)
    assert (source.data is None) == bool(source.problems)
    assert all(problem.path == HERE for problem in lint(read_text(raw, HERE)))


def test_each_key_and_item_knows_its_line_and_a_missing_one_its_parent() -> None:
    text = "a: 1\nb:\n  - x\n  - {c: 1,\n     d: 2}\ne:\n  f: |\n    g\n"
    source = read_text(text.encode(), HERE)
    assert dict(source.lines) == {
        ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5,
        ("e",): 6, ("e", "f"): 7,
    }  # fmt: skip
    assert source.line(("b", 1, "missing")) == 4
    assert source.line(("missing",)) == 1
    assert source.line(()) == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: 1\n", []),
        ("\ufeffa: 1\n", [("bom", 1)]),
        ("a: 1\r\nb: 2\r\n", [("crlf", 1)]),
        ("a: 1\nb: 2", [("last-line", 2)]),
        ("---\na: 1\n", [("marker", 1)]),
        ("a: 1\nb: ~\nc: [null]\nd: '~'\n", [("null", 2), ("null", 3)]),
        ("a: x\n  y\nb: 'x\n  y'\n", [("folded", 1)]),
        ("a: ที่ #5 ถนน\n", [("comment-cut", 1)]),
        ("a: malee # main\nb: malee  #main\nc: 'x' #5\n", []),
        ("a: 1\t# x\n", [("tab", 1)]),
        ("a: 1 # x\ty\nb: 'a\tb'\n", []),
    ],
)
def test_lint_names_what_srctl_would_write_otherwise(text: str, codes: list[tuple[str, int]]) -> None:
    assert [(p.code, p.line) for p in lint(read_text(text.encode(), HERE))] == codes


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_bytes(b"a: 1\n")
    assert read_file(good).data == {"a": "1"}
    assert read_file(tmp_path).problems[0].code == "not-a-file"
    assert read_file(tmp_path / "missing.yaml").problems[0].code == "unreadable"
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 1_000_001)
    assert read_file(big).problems[0].code == "too-large"


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
def test_links_and_pipes_are_refused_without_opening_them(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(ZOO[0])
    os.mkfifo(tmp_path / "pipe.yaml")
    assert read_file(tmp_path / "link.yaml").problems[0].code == "symlink"
    assert read_file(tmp_path / "pipe.yaml").problems[0].code == "not-a-file"


def test_a_library_is_imported_only_by_what_needs_it() -> None:
    code = (
        "import sys, pathlib\n"
        "from srctl.store.yaml.reader import read_text\n"
        "from srctl.store.yaml.writer import dump\n"
        "def libraries(): return {'yaml', 'ruamel.yaml'} & set(sys.modules)\n"
        "here = pathlib.Path('x')\n"
        "dump({'a': ['x']}); read_text(b'a: x\\n', here); assert libraries() == set()\n"
        "read_text(b'a: x\\n  y\\n', here); assert libraries() == {'yaml'}\n"
        "import srctl.store.yaml.editor; assert libraries() == {'yaml', 'ruamel.yaml'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
