"""Who is away and who stands in: the rule as a table, the file, and what the lists then show."""

import subprocess
import sys
from datetime import date

import pytest

from srctl.core import i18n
from srctl.core.decoding import Text
from srctl.core.errors import SrctlError
from srctl.model.absences import Absence, acting, away_on, days_there, next_backup, refuse_unfit
from srctl.model.people import Coordinator, Group, Minister, Office, OfficeNames
from tests.conftest import Srctl

FILE = "absences.yaml"


@pytest.fixture(autouse=True)
def english(thai: None) -> None:
    i18n.use("en")


def day(number: int) -> date:
    return date(2026, 11, number)


def away(who: str, first: int, last: int, backup: str = "") -> Absence:
    return Absence(who, day(first), day(last), backup)


OFFICE = Office(
    1, OfficeNames("ก", "A", "ก", "ข"), "ศธ 0100", Minister("รมว.", "รมว."),
    (Group("complaints", Text("ก", "A"), head="kanda"), Group("political", Text("ข", "B"))),
    (
        Coordinator("kanda", "นางกานดา", "complaints", backup="malee"),
        Coordinator("malee", "นางสาวมาลี", "complaints", backup="prasit"),
        Coordinator("prasit", "นายประสิทธิ์", "complaints", backup="malee"),
        Coordinator("suda", "นางสาวสุดา", "complaints", backup="prasit"),
        Coordinator("aree", "นางสาวอารี", "political", backup="niran"),
        Coordinator("niran", "นายนิรันดร์", "political", active=False),
    ),
    (),
)  # fmt: skip


# -- who carries it -----------------------------------------------------------------------------------

MALEE, SUDA_FOR_HER = away("malee", 23, 27), away("malee", 23, 27, "suda")


@pytest.mark.parametrize(
    ("absences", "case_backup", "on", "carrier"),
    [
        ((), "suda", 23, "malee"),
        ((MALEE,), "suda", 22, "malee"),
        ((MALEE,), "suda", 23, "suda"),
        ((MALEE,), "suda", 27, "suda"),
        ((MALEE,), "suda", 28, "malee"),
        ((MALEE,), "", 23, "prasit"),
        ((SUDA_FOR_HER,), "prasit", 23, "suda"),
        ((SUDA_FOR_HER, away("suda", 24, 24)), "prasit", 24, "prasit"),
        ((SUDA_FOR_HER, away("suda", 24, 24)), "prasit", 25, "suda"),
        ((MALEE, away("prasit", 1, 30)), "", 23, "kanda"),
        ((MALEE, away("prasit", 1, 30), away("kanda", 1, 30)), "prasit", 23, "malee"),
        ((MALEE,), "niran", 23, "prasit"),
        ((MALEE,), "nobody", 23, "prasit"),
        ((MALEE,), "malee", 23, "prasit"),
    ],
)
def test_the_first_who_is_there_carries_it(
    absences: tuple[Absence, ...], case_backup: str, on: int, carrier: str
) -> None:
    assert acting("malee", case_backup, OFFICE, away_on(absences, day(on))) == carrier


def test_where_nobody_is_left_it_stays_with_the_owner() -> None:
    assert acting("aree", "", OFFICE, away_on([away("aree", 1, 2)], day(1))) == "aree"
    assert acting("gone", "", OFFICE, away_on([away("gone", 1, 2)], day(1))) == "gone"


@pytest.mark.parametrize(
    ("old", "giver", "owner", "backup"),
    [
        ("suda", "malee", "prasit", "suda"),
        ("prasit", "malee", "prasit", "malee"),
        ("malee", "malee", "suda", "prasit"),
        ("niran", "malee", "suda", "prasit"),
        ("", "malee", "prasit", "malee"),
        ("aree", "suda", "aree", ""),
        ("kanda", "malee", "kanda", "malee"),
    ],
)
def test_the_backup_stays_unless_it_can_be_it_no_more(old: str, giver: str, owner: str, backup: str) -> None:
    assert next_backup(old, giver, owner, OFFICE) == backup


def test_who_has_left_is_nobodys_next_backup() -> None:
    left = OFFICE._replace(
        coordinators=tuple(c._replace(active=c.id not in ("malee", "niran")) for c in OFFICE.coordinators)
    )
    assert next_backup("prasit", "malee", "prasit", left) == "kanda"


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (away("malee", 27, 23), "before the first"),
        (away("malee", 20, 24), "10 Nov 2026 – 20 Nov 2026"),
        (away("malee", 5, 10), "10 Nov 2026 – 20 Nov 2026"),
        (away("suda", 1, 2, "suda"), "nobody stands in for themselves"),
        (away("suda", 11, 19, "malee"), "malee is away all that time"),
        (away("suda", 10, 22, "malee"), "malee is away all that time"),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused(new: Absence, words: str) -> None:
    with pytest.raises(SrctlError, match=words) as refused:
        refuse_unfit(new, (away("malee", 10, 20), away("malee", 21, 22)))
    assert refused.value.hint


@pytest.mark.parametrize(
    ("first", "last", "there"), [(1, 9, 9), (9, 10, 1), (10, 20, 0), (12, 13, 0), (20, 25, 4), (1, 30, 18), (22, 22, 1)]
)
def test_the_days_somebody_is_there_are_counted(first: int, last: int, there: int) -> None:
    absences = (away("malee", 15, 21), away("malee", 10, 20), away("prasit", 1, 30))
    assert days_there("malee", away("suda", first, last), absences) == there


# -- the file -----------------------------------------------------------------------------------------


def commits(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


def test_an_absence_is_a_line_of_its_file_and_one_commit_that_does_not_say_why(sample: Srctl) -> None:
    before = commits(sample)
    said = sample.ok("away", "malee", "23/11/2569", "27/11/2569", "--why", "ลาป่วย", "--as", "kanda").out
    assert "malee  Monday 23 Nov 2026 (in 1 wd) – Friday 27 Nov 2026 (in 5 wd)" in said
    sample.ok("away", "suda", "+1", "+1", "--backup", "malee", "--as", "suda")
    assert (sample.root / FILE).read_text(encoding="utf-8") == (
        "format: 1\nabsences:\n"
        "  - {who: malee, from: 2026-11-23, to: 2026-11-27, why: ลาป่วย}\n"
        "  - {who: suda, from: 2026-11-21, to: 2026-11-21, backup: malee}\n"
    )
    assert commits(sample) == before + 2
    history = sample.git("log", "-2", "--format=%B%an")
    assert "ลาป่วย" not in history
    assert "Srctl-Action: away" in history
    assert "นางกานดา สมมติธรรม" in history
    assert sample.git("status", "--porcelain") == ""
    assert sample.run("check").code == 0


def test_a_line_of_ones_own_is_kept_byte_for_byte(sample: Srctl) -> None:
    text = "format: 1\nabsences:\n  # ลาพักผ่อนประจำปี\n  - {who: malee, from: 2026-12-01, to: 2026-12-04}   # ตกลงแล้ว\n"
    (sample.root / FILE).write_text(text, encoding="utf-8")
    sample.ok("adopt", FILE)
    sample.ok("away", "suda", "+1", "+2", "--as", "suda")
    assert (sample.root / FILE).read_text(encoding="utf-8").startswith(text)
    sample.ok("away", "suda", "--cancel", "--as", "suda")
    assert (sample.root / FILE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ("malee", "+5", "+1")), (2, ("malee", "+5")), (2, ("malee", "x", "+1")), (3, ("nobody", "+1", "+2")),
        (3, ("malee", "+1", "+2", "--backup", "nobody")), (2, ("malee", "+1", "+2", "--backup", "malee")),
        (3, ("nobody",)), (3, ("malee", "--cancel")), (3, ("malee", "--cancel", "+1")), (2, ("--cancel",)),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing(sample: Srctl, code: int, words: tuple[str, ...]) -> None:
    before = commits(sample)
    assert "→" in sample.refused(code, "away", *words, "--as", "malee")
    assert commits(sample) == before
    assert not (sample.root / FILE).exists()


def test_somebody_who_has_left_is_not_recorded_away(sample: Srctl) -> None:
    file = sample.root / "office.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("short: สุดา", "short: สุดา\n    active: false"), "utf-8")
    sample.ok("adopt", "office.yaml")
    assert "suda" in sample.refused(3, "away", "suda", "+1", "+2")
    assert "suda" in sample.refused(3, "away", "malee", "+1", "+2", "--backup", "suda")


def test_two_absences_of_one_person_do_not_meet_and_the_one_there_is_named(sample: Srctl) -> None:
    sample.ok("away", "malee", "23/11/2569", "27/11/2569")
    said = sample.refused(5, "away", "malee", "27/11/2569", "30/11/2569")
    assert "23 Nov 2026 – 27 Nov 2026" in said
    assert "srctl away malee --cancel 2026-11-23" in said
    sample.ok("away", "malee", "28/11/2569", "30/11/2569")


def test_several_absences_are_told_apart_by_their_first_day(sample: Srctl) -> None:
    sample.ok("away", "malee", "1/11/2569", "3/11/2569")
    sample.ok("away", "malee", "23/11/2569", "24/11/2569")
    sample.ok("away", "malee", "1/12/2569", "2/12/2569")
    assert "--cancel 2026-12-01" in sample.refused(3, "away", "malee", "--cancel")
    sample.ok("away", "malee", "--cancel", "1/12/2569")
    sample.ok("away", "malee", "--cancel")  # the one that is over is not meant
    assert [row["from"] for row in sample.ok("away", "--all", "--json").json["items"]] == ["2026-11-01"]


def test_where_somebody_does_not_stand_in_it_is_said_at_once(sample: Srctl) -> None:
    sample.ok("away", "prasit", "23/11/2569", "24/11/2569")
    partly = sample.ok("away", "malee", "24/11/2569", "27/11/2569", "--backup", "prasit").err
    assert "prasit is away too on 1 of these days" in partly
    assert "was to stand in for malee" in sample.ok("away", "prasit", "26/11/2569", "26/11/2569").err
    assert "all that time" in sample.refused(5, "away", "suda", "23/11/2569", "23/11/2569", "--backup", "prasit")
    sample.ok("away", "kanda", "24/11/2569", "27/11/2569")
    assert "nobody stands in" in sample.ok("away", "suda", "24/11/2569", "24/11/2569").err


def test_who_is_away_is_listed_with_who_stands_in(sample: Srctl) -> None:
    assert "nobody is away" in sample.ok("away").out
    sample.ok("away", "malee", "16/11/2569", "20/11/2569", "--why", "ลาพักผ่อน")
    sample.ok("away", "prasit", "23/11/2569", "24/11/2569")
    sample.ok("away", "suda", "1/11/2569", "2/11/2569")
    rows = sample.ok("away", "--json").json["items"]
    assert [(r["who"], r["state"], r["acting"]) for r in rows] == [
        ("malee", "now", "prasit"), ("prasit", "coming", "malee"),
    ]  # fmt: skip
    assert "ลาพักผ่อน" in sample.ok("away").out
    assert "suda" not in sample.ok("away").out
    assert [r["state"] for r in sample.ok("away", "suda", "--all", "--json").json["items"]] == ["past"]


def test_what_is_printed_for_programs_is_the_list_alone(sample: Srctl) -> None:
    assert sample.ok("away", "malee", "+1", "+2", "--json").json["items"][0]["who"] == "malee"
    assert sample.ok("away", "malee", "--cancel", "--json").json["items"] == []


# -- the file, changed by hand ------------------------------------------------------------------------


def by_hand(sample: Srctl, *rows: str) -> None:
    lines = "".join(f"  - {row}\n" for row in rows)
    (sample.root / FILE).write_text(f"format: 1\nabsences:\n{lines}", encoding="utf-8")


def test_check_tells_every_fault_of_the_file_with_its_line(sample: Srctl) -> None:
    by_hand(
        sample,
        "{who: mali, from: 2026-11-23, to: 2026-11-27}",
        "{who: malee, from: 2026-11-27, to: 2026-11-23, backup: malee}",
        "{who: suda, from: 2026-11-01, to: 2026-11-05, backup: nobody}",
        "{who: suda, from: 2026-11-05, to: 2026-11-06}",
    )
    ran = sample.run("check", "--json")
    assert [(p["line"], p["code"]) for p in ran.json["problems"] if p["file"] == FILE] == [
        (0, "hand-edit"), (3, "unknown-name"), (4, "own-backup"), (4, "date-order"), (5, "unknown-name"),
        (6, "overlap"),
    ]  # fmt: skip
    assert FILE in sample.refused(4, "adopt", FILE)


def test_a_file_that_cannot_be_read_is_told_by_every_list_and_not_written_over(sample: Srctl) -> None:
    by_hand(sample, "{who: malee, from: ??, to: 2026-11-27}")
    raw = (sample.root / FILE).read_bytes()
    for words in (["due"], ["list"], ["away"]):
        assert f"{FILE}:3" in sample.ok(*words).err
    assert f"{FILE}:3" in sample.refused(4, "away", "suda", "+1", "+2")
    assert (sample.root / FILE).read_bytes() == raw


def test_a_file_changed_by_hand_is_adopted_before_it_is_written(sample: Srctl) -> None:
    by_hand(sample, "{who: malee, from: 2026-11-20, to: 2026-11-27}")
    assert f"srctl adopt {FILE}" in sample.refused(6, "away", "suda", "+1", "+2")
    sample.ok("adopt", FILE)
    sample.ok("away", "suda", "+1", "+2")
    assert sample.run("check").code == 0


def test_two_who_write_at_once_wait_for_each_other(sample: Srctl) -> None:
    words = [sys.executable, "-m", "srctl", "-C", str(sample.root), "away", "suda"]
    days = [f"{n}/12/2599" for n in range(1, 7)]
    for each in [subprocess.Popen([*words, day, day, "--sure"], stderr=subprocess.PIPE) for day in days]:
        assert each.communicate()[1] == b""
    assert len(sample.ok("away", "--json").json["items"]) == 6


# -- what is shown ------------------------------------------------------------------------------------


def test_while_the_owner_is_away_lists_show_who_stands_in(sample: Srctl) -> None:
    plain = sample.ok("due", "--all", "--json").json["items"]
    assert all(row["acting"] == row["acting_name"] == row["acting_phone"] == "" for row in plain)
    sample.ok("away", "malee", "19/11/2569", "20/11/2569")
    shown = sample.ok("due", "--all", "--json").json["items"]
    hers = [row for row in shown if row["owner"] == "malee"]
    assert hers
    for row in hers:
        assert (row["acting"], row["acting_name"], row["acting_phone"]) == (
            "prasit", "นายประสิทธิ์ ตัวอย่างชัย", "0 2000 0133",
        )  # fmt: skip
    told = sample.ok("due", "--all").out
    assert "มาลี→ประสิทธิ์" in told
    assert "call 0 2000 0133 นายประสิทธิ์ ตัวอย่างชัย" in told
    assert "0 2000 0132" not in told
    assert "มาลี→ประสิทธิ์" in sample.ok("list").out
    assert sample.ok("show", "8", "--json").json["acting"] == "prasit"
    assert {row["acting"] for row in sample.ok("show", "8", "--json").json["deadlines"]} == {"prasit"}


def test_the_day_after_everything_is_as_before(sample: Srctl) -> None:
    sample.ok("away", "malee", "19/11/2569", "20/11/2569")
    sample.at("2026-11-21T09:00")
    assert "→" not in sample.ok("list").out.replace("  → ", "")
    assert {row["acting"] for row in sample.ok("list", "--json").json["items"]} == {""}


def test_where_nobody_stands_in_the_owner_is_shown_as_away(sample: Srctl) -> None:
    for who in ("malee", "prasit", "kanda"):
        sample.ok("away", who, "19/11/2569", "20/11/2569")
    assert "มาลี→–" in sample.ok("list").out
    assert "call 0 2000 0132" in sample.ok("due", "--all").out
    row = next(r for r in sample.ok("list", "--json").json["items"] if r["owner"] == "malee")
    assert row["acting"] == "malee"


def test_a_list_of_ones_own_has_what_one_carries_for_others(sample: Srctl) -> None:
    sample.ok("away", "malee", "19/11/2569", "20/11/2569", "--backup", "aree")
    assert "2569-0008" in sample.ok("list", "--owner", "aree").out
    assert "2569-0008" in sample.ok("due", "--all", "--owner", "aree").out
    assert "2569-0008" in sample.ok("list", "--owner", "malee").out
    sample.ok("away", "malee", "--cancel")
    assert "2569-0008" not in sample.ok("list", "--owner", "aree").out


def test_an_absence_changes_no_case(sample: Srctl) -> None:
    before = {path: path.read_bytes() for path in sample.root.glob("cases/*/*/*.yaml")}
    sample.ok("away", "malee", "19/11/2569", "20/11/2569")
    sample.ok("due")
    assert {path: path.read_bytes() for path in sample.root.glob("cases/*/*/*.yaml")} == before


def test_giving_a_matter_to_somebody_away_warns_and_is_done(sample: Srctl) -> None:
    sample.ok("away", "malee", "19/11/2569", "30/11/2569")
    warning = "นางสาวมาลี สมมติสุข is away until 30 Nov 2026; นายประสิทธิ์ ตัวอย่างชัย stands in"
    assert warning in sample.ok("assign", "12", "malee", "--backup", "prasit").err
    assert warning in sample.ok("new", "directive", "-s", "เรื่อง", "--owner", "malee", "--as", "suda").err
    assert "นางสาวสุดา สมมติเพียร stands in" in sample.ok("assign", "12", "malee", "--backup", "suda").err
    assert "away" not in sample.ok("assign", "12", "suda").err
    assert sample.ok("show", "12", "--json").json["owner"] == "suda"
    for who in ("prasit", "kanda"):
        sample.ok("away", who, "19/11/2569", "20/11/2569")
    assert "nobody stands in" in sample.ok("assign", "12", "malee", "--backup", "prasit").err
