"""How screens look: nothing wider than the terminal, nothing cut that matters, colour only where it is wanted."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.cli import view
from srctl.core.errors import BadFile, Problem, Refused
from srctl.core.thai import display_width

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from tests.conftest import Srctl, sampled
from tests.screens import SCREENS, capture, plain, too_wide

THAI = "กระทู้ถามทั่วไปเรื่องหนี้สินครูและบุคลากรทางการศึกษา น้ำใจ เกี่ยวข้อง obec/somsak 0 2000 0132 "
TEXTS = st.text(alphabet=THAI, max_size=200)
MARKS = re.compile("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")
ESCAPE = "\x1b"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 40)


# -- lines --------------------------------------------------------------------------------------


@given(TEXTS, st.integers(0, 12), st.integers(0, 12))
def test_wrapped_lines_fit_keep_every_letter_and_never_begin_with_a_mark(text: str, indent: int, first: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(view, "width", lambda _stream=None: 40)
        lines = view.wrap(text, indent, first=first)
    for i, line in enumerate(lines):
        assert display_width(line) <= 40 - (indent if i else first)
        if i and not MARKS.match(text.lstrip()):
            assert not MARKS.match(line) or re.search(rf"[ ]{re.escape(line[0])}", text)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.usefixtures("narrow")
def test_a_phone_number_is_never_broken_between_two_lines() -> None:
    lines = view.wrap("นายสมมติ ใจดี (obec/somsak) " + view.unbroken("0 2000 0132"), 8)
    assert lines[-1] == "0 2000 0132"


def test_without_a_terminal_a_line_stays_whole() -> None:
    assert view.wrap(THAI * 10, 0) == [THAI * 10]


def test_a_refusal_lists_a_few_lines_how_many_more_there_are_and_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    papers = [f"memo-{n}" for n in range(1, 33)]
    view.error(Refused("nothing to sign", "\n".join((*papers, "srctl letter 16"))))
    assert capsys.readouterr().err.splitlines() == [
        "srctl: nothing to sign", *(f"  → {paper}" for paper in papers[:10]),
        "  → … และอีก 22 รายการ", "  → srctl letter 16",
    ]  # fmt: skip
    view.error(BadFile([Problem(Path("case.yaml"), n, "shape", "bad") for n in range(1, 41)]))
    assert len(capsys.readouterr().err.splitlines()) == 40  # each is to mend


# -- tables -------------------------------------------------------------------------------------

COLUMNS = [
    view.Column("เรื่อง"),
    view.Column("n", right=True),
    view.Column("ก", min_width=8),
    view.Column("ข", min_width=20),
]


def rows(n: int = 3) -> list[view.TableRow]:
    return [
        view.TableRow(["2569-0001", str(i), "น้ำ" * i, "สำนักงาน" * i], f"โทร 0 2000 0{i}", "เรื่อง" * 30, "red")
        for i in range(n)
    ]


@pytest.mark.usefixtures("narrow")
def test_a_table_fits_the_terminal_and_its_columns_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    view.table(COLUMNS, [row._replace(under="", faint="") for row in rows(8)])
    lines = capsys.readouterr().out.splitlines()
    assert all(display_width(line) <= 40 for line in lines)
    for i, line in enumerate(lines[1:]):
        assert line.startswith("2569-0001  ")
        before, _number, _after = line[11:].partition(str(i))
        assert not before.strip()


@pytest.mark.usefixtures("narrow")
def test_what_is_faint_is_cut_and_what_stands_before_it_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    view.table(COLUMNS, rows())
    unders = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    ")]
    assert [u.partition(" · ")[0].strip() for u in unders] == [f"โทร 0 2000 0{i}" for i in range(3)]
    assert all(u.endswith("…") and display_width(u) <= 40 for u in unders)


def test_the_narrowest_terminal_still_shows_something_of_every_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 24)
    view.table(COLUMNS, rows())
    assert all(display_width(line) <= 24 for line in capsys.readouterr().out.splitlines())


def test_rich_lays_out_what_we_lay_out() -> None:
    widths, styles = [12, 4, 10, 20], ["red", ""]
    cells = [["น้ำ", "7", "เกี่ยวข้อง", "สำนักงาน"], ["ก่ำ", "10", "x", "ที่ ทำ"]]
    headings = [c.heading for c in COLUMNS]

    def texts(lines: list[list[view.Piece]]) -> list[str]:
        return ["".join(text for text, _style in line).rstrip() for line in lines]

    by_column = list(zip(*cells, strict=True))
    ours = view._plain_lines(COLUMNS, widths, headings, by_column, styles)
    theirs = view._rich_lines(COLUMNS, widths, headings, by_column, styles)
    assert texts(theirs) == texts(ours)


def test_json_shows_what_would_bend_a_screen_as_an_escape(capsys: pytest.CaptureFixture[str]) -> None:
    view.print_json({"ก": "a\u202eb"})
    assert '"ก": "a\\u202eb"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("late", "when", "words", "short"),
    [(3, "late", "3 wd late", "3 late"), (0, "today", "today", "today"), (-2, "coming", "in 2 wd", "in 2"),
     (0, "late", "passed, no working day since", "just passed"),
     (0, "coming", "before the next working day", "on a day off"), (None, "", "", "")],
)  # fmt: skip
def test_lateness_counts_working_days_and_where_there_are_none_it_says_so(
    late: int | None, when: str, words: str, short: str
) -> None:
    from srctl.core import i18n
    from srctl.model.labels import how_late, lateness

    i18n.use("en")
    assert (lateness(late, when), how_late(late, when)) == (words, short)


# -- screens in a real terminal -------------------------------------------------------------------


def screen(sample: Srctl, *words: str, columns: int = 80, **env: str) -> str:
    _code, said = capture(["-C", str(sample.root), *words], columns, {"SRCTL_AS": "malee", **env})
    return said


@pytest.mark.slow
@pytest.mark.parametrize("words", sampled(SCREENS, 4))
def test_no_screen_is_wider_than_its_terminal(sample: Srctl, words: str) -> None:
    for columns, language in ((80, "th"), (80, "en"), (120, "th")):
        said = screen(sample, *words.split(), columns=columns, SRCTL_LANG=language)
        assert plain(said).strip()
        assert too_wide(said, columns) == []


def test_due_puts_the_worst_first_and_cuts_the_subject_not_the_phone(sample: Srctl) -> None:
    said = screen(sample, "due", "--all", columns=60, SRCTL_LANG="en")
    text = plain(said)
    assert too_wide(said, 60) == []
    sections = [text.index(title) for title in ("\nlate (", "\ndue today (", "\ncoming (")]
    assert sections == sorted(sections)
    numbers = {c.phone for o in sample_people(sample) for c in o}
    calls = re.findall(r"^ {4}call (0 \d{4} \d{4}) ", text, re.MULTILINE)
    assert calls
    assert set(calls) <= numbers
    rows = re.findall(r"^\d+ \w+ \d{4}.*", text, re.MULTILINE)
    assert len(calls) == len([row for row in rows if "] de" not in row]), "a decision has nobody outside to be called"


def sample_people(sample: Srctl) -> list[list[Any]]:
    from srctl.office.folder import Folder

    folder = Folder(sample.root)
    return [list(folder.office.coordinators), *([o, *o.people] for o in folder.directory.readable().values())]


def test_late_is_red_today_yellow_and_the_log_dim(sample: Srctl) -> None:
    due = screen(sample, "due")
    assert re.search(r"\x1b\[31m\d+ \S+ \d+", due)
    assert re.search(r"\x1b\[33m\d+ \S+ \d+", due)
    assert re.search(r"\x1b\[2m  \d+ \S+ \d+ \d\d:\d\d  a1 ", screen(sample, "show", "8"))


def test_no_colour_where_it_is_not_wanted(sample: Srctl) -> None:
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        for words in (["due"], ["show", "8"], ["list"]):
            assert ESCAPE not in screen(sample, *words, columns=80, **env)
    assert ESCAPE not in sample.ok("due").out


def test_colour_changes_no_word_and_no_width(sample: Srctl) -> None:
    for words in (["due"], ["list", "--all"], ["show", "8"], ["contacts", "list"]):
        coloured = [line.rstrip() for line in plain(screen(sample, *words)).splitlines()]
        assert coloured == [line.rstrip() for line in plain(screen(sample, *words, NO_COLOR="1")).splitlines()]


def test_nothing_to_show_is_said_plainly(office: Srctl) -> None:
    assert screen(office, "due", SRCTL_LANG="en").strip() == "nothing is late or due within 7 days"
    assert screen(office, "list", SRCTL_LANG="en").strip() == "no cases"
    assert screen(office, "contacts", "list", "xyz", SRCTL_LANG="en").strip() == "nobody found"


def test_showing_loads_no_library_of_papers_or_checks(sample: Srctl, tmp_path: Path) -> None:
    import subprocess

    for words in (["due"], ["list"], ["show", "8"]):
        ran = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "srctl", "-C", str(sample.root), *words],
            capture_output=True, text=True, encoding="utf-8", check=True, env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in ran.stderr.splitlines()}
        assert loaded & {"pydantic", "jinja2", "docx", "ruamel", "rich"} == set()
