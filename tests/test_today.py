"""`srctl today`: one person's day on one screen, on a real folder."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from srctl.cli import view
from srctl.core import i18n
from srctl.core.thai import display_width
from srctl.store.yaml.reader import read_file
from srctl.store.yaml.source import Source
from tests.conftest import NOW, Srctl, prepared, sampled
from tests.test_views import DOC, promised

MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def fill(office: Srctl) -> Srctl:
    """Give malee something under every heading, and stand on Friday 20 November 2569."""
    me = ("--as", "malee")
    mine = ("--owner", "malee", "--from", "สพฐ.", *me)
    office.at("2026-11-06T09:00")
    office.ok("new", "directive", "--subject", "ตัวเลขรายจังหวัด", "--order", "รวบรวม", "--due", "2026-11-19",
              "--urgency", "very-urgent", *mine)  # fmt: skip
    office.ok("new", "directive", "--subject", "อาหารกลางวัน", "--order", "ติดตาม", "--due", "2026-12-30", *mine)
    office.ok("new", "directive", "--subject", "เรื่องที่พักไว้", "--order", "รอ", "--due", "2026-12-29", *mine)
    office.ok("pause", "3", "agency", "--why", "รอแผน", *me)
    office.at("2026-11-16T09:00")
    office.ok("contact", "1", "obec/somsak", "--by", "phone", "--said", "ขอตัวเลข", "--they-promise", "ส่งตัวเลข",
              "--until", "2026-11-18", *me)  # fmt: skip
    office.ok("escalate", "1", "--to", "group", "--ask", "ส่งเท่าที่มีหรือไม่", "--why", "ยังไม่ครบ", *me)
    for paper, ask in (("support", "รายชื่อ"), ("support-2", "แผน"), ("support-3", "งบประมาณ")):
        office.ok("letter", "2", "support", "--to", "obec", "--ask", ask, *me)
        office.ok("submit", "2", paper, *me)
    office.ok("return", "2", "support-2", "--why", "แก้ชื่อโครงการ", *me)
    office.ok("sign", "2", "support-3", *me)
    office.at("2026-11-20T09:12")
    return office


@prepared
def busy(office: Srctl) -> Srctl:
    return fill(office)


@pytest.fixture
def english() -> None:
    i18n.use("en")


def headings(said: str) -> dict[str, int]:
    """Return the headings of a screen in order, each with how many rows it says it has."""
    return {name: int(n) for name, n in re.findall(r"^(\S.*) \((\d+)\)$", said, re.MULTILINE)}


@pytest.mark.usefixtures("english")
def test_the_day_stands_under_its_headings_and_the_first_line_counts_them(busy: Srctl) -> None:
    said = busy.ok("today", "--owner", "malee").out
    found = headings(said)
    assert list(found) == [
        "late", "due today", "to call", "waiting for a signature", "papers to go on with",
        "waiting for a decision", "pauses to be reviewed",
    ]  # fmt: skip
    first = said.splitlines()[0]
    assert first.startswith("Friday 20 Nov 2026  นางสาวมาลี สมมติสุข   late ")
    for name, n in found.items():
        assert f"{name} {n}" in first


@pytest.mark.usefixtures("english")
def test_calls_tell_number_and_name_and_papers_the_next_command(busy: Srctl) -> None:
    said = busy.ok("today", "--owner", "malee").out
    assert "0 2000 0203 นายสมศักดิ์ สมมติการ (สพฐ.): ส่งตัวเลข" in said
    assert "srctl submit 2569-0002 support-2 · แก้ชื่อโครงการ" in said
    assert "srctl number 2569-0002 support-3" in said


@pytest.mark.usefixtures("english")
def test_without_an_owner_it_is_the_day_of_whoever_asks(busy: Srctl) -> None:
    for who in ("malee", "kanda", "suda"):
        assert busy.ok("--as", who, "today").out == busy.ok("today", "--owner", who).out
    kanda = busy.ok("--as", "kanda", "today").out
    assert "to be decided by you (1)" in kanda
    assert "0 2000 0132" in kanda


@pytest.mark.usefixtures("english")
def test_a_person_with_nothing_gets_one_line(busy: Srctl) -> None:
    lines = busy.ok("today", "--owner", "jinda").out.splitlines()
    assert lines == ["Friday 20 Nov 2026  นางสาวจินดา สมมติภาษา", "nothing is due"]
    busy.ok(
        "new", "directive", "--subject", "ก", "--order", "ข", "--due", "2026-12-30", "--owner", "jinda", "--as", "jinda"
    )
    said = busy.ok("today", "--owner", "jinda").out
    assert "nothing to do today; next: " in said or headings(said)


@pytest.mark.usefixtures("english")
def test_whoever_stands_in_sees_the_matters_of_who_is_away(busy: Srctl) -> None:
    before = busy.ok("today", "--owner", "prasit").out
    busy.ok("away", "malee", "2026-11-20", "2026-11-24", "--as", "malee")
    after = busy.ok("today", "--owner", "prasit").out
    assert "owner: นางสาวมาลี สมมติสุข → นายประสิทธิ์ ตัวอย่างชัย" not in before
    assert "owner: นางสาวมาลี สมมติสุข → นายประสิทธิ์ ตัวอย่างชัย" in after
    assert "มาลี→ประสิทธิ์" in busy.ok("today", "--all").out


@pytest.mark.usefixtures("english")
def test_what_is_nobodys_is_with_the_head_of_the_group_and_under_all(busy: Srctl) -> None:
    file = busy.case_file("2569-0001")
    file.write_text(file.read_text(encoding="utf-8").replace("owner: malee", 'owner: ""'), encoding="utf-8")
    heads = [who for who in ("wipa", "sakda", "kanda") if "owner: nobody" in busy.ok("today", "--owner", who).out]
    assert heads
    assert re.search(r"2569-0001  nobody ", busy.ok("today", "--all").out)
    assert "2569-0001" not in busy.ok("today", "--owner", "malee").out


def test_a_group_and_the_office_have_the_owner_in_a_column(busy: Srctl) -> None:
    for words in (("--group", "complaints"), ("--all",)):
        said = busy.ok("today", *words).out
        assert re.search(r"2569-0001  มาลี ", said)
        assert said.count("ส่งเท่าที่มีหรือไม่") == 2  # late, and waiting for a decision


def test_json_is_what_the_page_says(busy: Srctl) -> None:
    for words in (("--owner", "malee"), ("--owner", "jinda"), ("--all",), ("--group", "complaints")):
        shown = busy.ok("today", *words, "--json").json
        promised("today", shown)
    shown = busy.ok("today", "--owner", "malee", "--json").json
    assert (shown["who"], shown["today"]) == ("malee", "2026-11-20")
    assert {"late", "calls", "signature", "decisions"} <= {s["section"] for s in shown["sections"]}
    assert {p["state"] for p in shown["papers"]} == {"returned", "signed"}
    assert "### today" in DOC


@pytest.mark.parametrize("command", sampled(["today", "digest"], 2))
@pytest.mark.parametrize(
    ("code", "words"),
    [(2, ("--all", "--owner", "malee")), (2, ("--all", "--group", "complaints")),
     (2, ("--owner", "malee", "--group", "complaints")), (3, ("--owner", "mali")), (3, ("--group", "complaint"))],
)  # fmt: skip
def test_whose_day_must_be_clear(busy: Srctl, command: str, code: int, words: tuple[str, ...]) -> None:
    assert busy.refused(code, command, *words)


def test_a_case_that_cannot_be_read_is_told(busy: Srctl) -> None:
    file = busy.case_file("2569-0003")
    file.write_text("format: 1\nid: [", encoding="utf-8")
    for words in (("today", "--owner", "jinda"), ("digest", "--all")):
        assert "2569-0003.yaml" in busy.ok(*words).err
    assert busy.ok("today", "--owner", "jinda", "--json").json["problems"]


def test_each_case_is_read_once(busy: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def noted(path: Path, shown: Path | None = None) -> Source:
        read.append(path)
        return read_file(path, shown)

    monkeypatch.setattr("srctl.store.yaml.reader.read_file", noted)
    busy.ok("digest", "--all")
    assert sorted(p for p in read if "cases" in p.parts) == sorted(busy.root.glob("cases/*/*/*.yaml"))


def test_the_day_is_computed_and_nothing_is_recorded(busy: Srctl) -> None:
    before = busy.git("rev-parse", "HEAD")
    busy.now = NOW + timedelta(days=3)
    busy.ok("today", "--owner", "malee")
    assert busy.git("rev-parse", "HEAD") == before
    assert not busy.git("status", "--porcelain")


@pytest.mark.parametrize("columns", sampled([80, 60, 120], 3))
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_line_is_wider_than_the_terminal(
    busy: Srctl, monkeypatch: pytest.MonkeyPatch, columns: int, language: str
) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: columns)
    i18n.use(language)
    for words in (("today", "--owner", "malee"), ("today", "--all"), ("digest", "--all")):
        lines = busy.ok(*words).out.splitlines()
        assert len(lines) > 5
        assert [line for line in lines if display_width(line) > columns] == []
        assert not [line for line in lines if MARKS.match(line.strip())]


def test_at_80_columns_day_case_number_and_command_are_whole(busy: Srctl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "width", lambda _stream=None: 80)
    said = busy.ok("today", "--owner", "malee").out
    for whole in ("18 พ.ย. 69", "2569-0001", "0 2000 0203 นายสมศักดิ์ สมมติการ", "srctl number 2569-0002 support-3"):
        assert whole in said


# -- the day of a superior -----------------------------------------------------------------------------


def test_a_superior_sees_what_is_late_in_each_group_who_carries_it_and_who_is_away(busy: Srctl) -> None:
    busy.ok("away", "malee", "2026-11-20", "2026-11-22", "--as", "malee")
    busy.ok("away", "suda", "2026-11-23", "2026-11-24", "--as", "suda")
    for who in ("kanda", "head", "minister"):
        shown = busy.ok("today", who, "--json").json
        promised("today", shown)
        late = next(below["sections"] for below in shown["below"] if below["group"] == "complaints")
        assert [s["section"] for s in late][:1] == ["late"]
        load = {each["who"]: each for each in shown["load"]}
        assert (load["malee"]["open"], load["malee"]["late"]) == (3, 2)
        assert load["malee"]["absences"] == [{"from": "2026-11-20", "to": "2026-11-22"}]
        assert load["suda"]["absences"] == []  # next week
        assert load["prasit"]["open"] == 3, "who stands in carries it too"
        assert set(load) == {"kanda", "malee", "prasit", "suda"} or who != "kanda"
        said = busy.ok("today", who).out
        assert "นางสาวมาลี สมมติสุข" in said
        assert "20 พ.ย. 69 – 22 พ.ย. 69" in said
    assert busy.ok("today", "malee", "--json").json["load"] == []


def test_of_several_groups_the_worst_are_shown_and_what_shows_the_others(office: Srctl) -> None:
    for n in range(4):
        office.ok("new", "directive", "-s", f"เรื่องที่ {n}", "--order", "ก", "--due", "2026-11-23", "-o", "malee",
                  "--as", "malee")  # fmt: skip
    office.at("2026-11-30T09:00")
    said = office.ok("today", "head").out
    assert re.search(r"และอีก \d+ รายการ: srctl today -g complaints", said)
    assert "และอีก" not in office.ok("today", "kanda").out


def test_the_day_of_a_person_is_asked_for_by_name_and_ends_with_what_to_type(busy: Srctl) -> None:
    assert busy.ok("today", "malee").out == busy.ok("today", "-o", "malee").out
    assert busy.refused(2, "today", "malee", "-o", "suda")
    last = busy.ok("today", "malee").out.splitlines()[-1]
    assert re.match(r"เริ่มด้วย: srctl \w+ .*2569-0001.* · คำสั่งทั้งหมด: srctl help$", last)


# -- short -------------------------------------------------------------------------------------------------


def test_the_short_form_is_a_line_a_matter_the_worst_first_and_fits_the_screen(
    office: Srctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        office.ok("new", "directive", "-s", f"เรื่องที่ {n}", "--order", "ก", "--due", f"2026-11-{27 - n}", "--as", "malee")
    monkeypatch.setenv("LINES", "10")
    for words, more in ((("due", "-o", "malee"), "srctl due"), (("today", "malee"), "srctl today malee")):
        office.at("2026-11-30T09:00")
        short = office.ok(*words, "--short").out.splitlines()
        rows = [line for line in short if "2569-" in line]
        assert len(rows) == len({re.search(r"2569-\d+", row)[0] for row in rows}) == 4  # type: ignore[index]
        assert len(short) <= 9
        assert short[-1] == f"และอีก 1 เรื่อง: {more}"
        first = re.findall(r"2569-\d+", office.ok(*words).out)
        assert [re.search(r"2569-\d+", row)[0] for row in rows] == list(dict.fromkeys(first))[:4]  # type: ignore[index]
        assert office.refused(2, *words, "--short", "--json")


def test_the_short_day_of_a_superior_has_the_late_matters_of_the_group(busy: Srctl) -> None:
    for who in ("kanda", "head"):
        assert "2569-0001" in busy.ok("today", who, "--short").out, who


def test_who_signs_reads_their_day_and_is_not_taken_for_another_when_they_would_record(busy: Srctl) -> None:
    assert busy.ok("--as", "head").out == busy.ok("today", "head").out
    for words in (("whoami",), ("note", "1", "ข้อความ")):
        said = busy.refused(5, *words, "--as", "head")
        assert "ผู้ลงนาม" in said
        assert "srctl today head" in said
        assert "theera" not in said
