"""Files that cannot be read, through the real command line: told with their line, never hidden, never changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Srctl, covering, sampled

CASE = "2569-0010"
NAME = f"cases/2569/11/{CASE}.yaml"
OTHERS = {"2569-0007", "2569-0008", "2569-0011", "2569-0012"}  # the other open ones of the sample office

Damage = Callable[[bytes], bytes]
Row = tuple[Damage, int, str]  # what a hand did, the line it is told by (0: the whole file), the code


def put(old: str, new: str) -> Damage:
    """Return the damage that puts ``new`` in the place of the first ``old``."""

    def damage(raw: bytes) -> bytes:
        assert old.encode() in raw
        return raw.replace(old.encode(), new.encode(), 1)

    return damage


UNREADABLE: dict[str, Row] = {
    "a colon in a text": (put("subject: ", "subject: ด่วน: "), 4, "colon"),
    "no space after a colon": (put("owner: ", "owner:"), 9, "no-space"),
    "a quote never closed": (put("who: suda", 'who: "suda'), 14, "quote"),
    "a quote never closed, with others below": (put("subject: ", 'subject: "'), 4, "quote"),
    "a bracket never closed": (put("เรียกเก็บเงิน}", "เรียกเก็บเงิน"), 6, "bracket"),
    "a duplicate key": (lambda raw: raw + b"owner: malee\n", 15, "duplicate"),
    "an unknown key": (put("owner:", "ownr:"), 9, "unknown-key"),
    "a list for a text": (put("urgency: none", "urgency: [none]"), 7, "text"),
    "a text for a mapping": (put("order:", "order: x # "), 6, "mapping"),
    "a word that is no choice": (put("urgency: none", "urgency: urgnt"), 7, "choice"),
    "a date of the Buddhist Era": (put("on: 2026-", "on: 2569-"), 5, "date"),
    "an impossible date": (put("on: 2026-11-19", "on: 2026-11-31"), 5, "date"),
    "a key that is missing": (put("subject:", "# subject:"), 1, "missing"),
    "a tab before a key": (put("owner:", "\towner:"), 9, "tab"),
    "a NUL": (put("owner: ", "owner: \0"), 9, "character"),
    "an escape sequence": (put("owner: ", "owner: \x1b[2J"), 9, "character"),
    "a bidi mark": (put("owner: ", "owner: \u202e"), 9, "character"),
    "a line separator": (put("owner: ", "owner: x\u2028evil: "), 9, "character"),
    "an anchor": (put("owner: ", "owner: &a "), 9, "anchor"),
    "an alias": (put("owner: ", "owner: *a #"), 9, "anchor"),
    "a tag": (put("owner: ", "owner: !!python/object/apply:os.system "), 9, "tag"),
    "billion laughs": (lambda raw: b"a: &a [x, x]\nb: &b [*a, *a]\n" + raw, 1, "anchor"),
    "a second document": (lambda raw: raw + b"---\nx: 1\n", 15, "documents"),
    "brackets without end": (lambda raw: raw + b"x: " + b"[" * 20_000, 15, "too-deep"),
    "three megabytes": (lambda raw: raw + b"# " + b"x" * 3_000_000 + b"\n", 0, "too-large"),
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), 1, "encoding"),
    "the old Thai code page": (lambda raw: raw.decode().encode("cp874"), 4, "encoding"),
    "an id that is not the file name": (put(CASE, "2569-0011"), 2, "id"),
    "a newer format": (put("format: 1", "format: 2"), 1, "format"),
    "merge conflict marks": (put("owner:", "<<<<<<< HEAD\nowner:"), 9, "conflict"),
    "an empty file": (lambda _raw: b"", 1, "empty"),
    "a list": (lambda _raw: b"- x\n", 1, "not-mapping"),
    "a text that is no YAML": (lambda _raw: "เรื่องนี้ปิดแล้ว\n".encode(), 1, "not-mapping"),
}


def revisions(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


@pytest.fixture
def damaged(sample: Srctl, request: pytest.FixtureRequest) -> tuple[Srctl, Row]:
    row: Row = UNREADABLE[request.param]
    file = sample.case_file(CASE)
    file.write_bytes(row[0](file.read_bytes()))
    return sample, row


@pytest.mark.parametrize("damaged", sampled(UNREADABLE, 3), indirect=True)
def test_a_case_that_cannot_be_read_is_named_by_every_list_and_hides_no_other(damaged: tuple[Srctl, Row]) -> None:
    office, (_damage, line, code) = damaged
    place = f"{NAME}:{line}: " if line else f"{NAME}: "
    for command in ("list", "due"):
        shown = office.ok(command)
        assert {word for text in shown.out.splitlines() for word in text.split()} >= OTHERS
        lines = shown.err.splitlines()
        at = next(n for n, text in enumerate(lines) if text.startswith("! " + place))
        first, hint = lines[at : at + 2]
        assert len(first) > len("! " + place)
        assert hint.startswith("  → ")
        found = office.ok(command, "--json").json
        told = {"file": NAME, "line": line, "code": code}
        # Of an empty file it is also told what of the record it lacks.
        assert [{key: p[key] for key in told} for p in found["problems"] if p["code"] != "behind"] == [told]
        assert {item.get("case") or item["id"] for item in found["items"]} >= OTHERS


@pytest.mark.parametrize(
    ("damaged", "command"), sampled(covering(UNREADABLE, ("check", "check 10")), 3), indirect=["damaged"]
)
def test_check_names_the_line_the_reason_and_the_way_out(damaged: tuple[Srctl, Row], command: str) -> None:
    office, (_damage, line, code) = damaged
    ran = office.run(*command.split())
    assert ran.code == 1
    lines = ran.out.splitlines()
    told = [i for i, text in enumerate(lines) if text.endswith(f"[{code}]")]
    assert len(told) == 1
    assert lines[told[0]].startswith(f"{NAME}:{line}: " if line else f"{NAME}: ")
    assert lines[told[0] + 1].startswith("  → ")


@pytest.mark.parametrize("damaged", sampled(UNREADABLE, 3), indirect=True)
def test_nothing_is_done_on_a_case_that_cannot_be_read(damaged: tuple[Srctl, Row]) -> None:
    office, (_damage, line, _code) = damaged
    file = office.case_file(CASE)
    bytes_, count = file.read_bytes(), revisions(office)
    acts = [["show", "10"], ["next", "10"], ["note", "10", "x"], ["set", "10", "subject=x"], ["close", "10"],
            ["memo", "10"], ["undo", "10"], ["adopt", "10"], ["assign", "10", "malee"]]  # fmt: skip
    for words in acts:
        said = office.refused(4, *words)
        assert said.startswith(f"srctl: {NAME}:{line}: " if line else f"srctl: {NAME}: "), words
        assert "  → " in said
    assert (file.read_bytes(), revisions(office)) == (bytes_, count)


@pytest.mark.parametrize("damage", ["bom", "crlf", "no last line end"])
def test_a_file_saved_on_windows_is_read_but_reported(sample: Srctl, damage: str) -> None:
    file = sample.case_file(CASE)
    raw = file.read_bytes()
    file.write_bytes({"bom": b"\xef\xbb\xbf" + raw, "crlf": raw.replace(b"\n", b"\r\n"),
                      "no last line end": raw.rstrip()}[damage])  # fmt: skip
    before = file.read_bytes()
    assert CASE in sample.ok("list").out
    assert "นายสมมติ ห่วงบุตร" in sample.ok("show", "10").out
    codes = {p["code"] for p in sample.run("check", "--json").json["problems"]}
    assert codes == {"hand-edit", {"no last line end": "last-line"}.get(damage, damage)}
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_place_of_a_case_is_not_followed(sample: Srctl, tmp_path: Path) -> None:
    file = sample.case_file(CASE)
    secret = tmp_path / "secret.yaml"
    secret.write_bytes(file.read_bytes().replace(b"subject: ", b"subject: secret "))
    before = secret.read_bytes()
    file.unlink()
    file.symlink_to(secret)
    listed = sample.ok("list", "--all")
    assert f"! {NAME}: " in listed.err
    assert "secret" not in listed.out
    for words in (["show", "10"], ["note", "10", "x"], ["adopt", "10"]):
        assert NAME in sample.refused(4, *words)
    assert "symlink" in {p["code"] for p in sample.run("check", "--json").json["problems"]}
    assert file.is_symlink()
    assert secret.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_month_that_is_a_link_to_another_place_is_not_followed(sample: Srctl, tmp_path: Path) -> None:
    month = sample.root / "cases/2569/11"
    month.rename(tmp_path / "elsewhere")
    month.symlink_to(tmp_path / "elsewhere")
    sample.refused(3, "show", "10")
    assert "cases/2569/11" in sample.ok("list", "--all").err
    assert sample.run("check").code == 1


def test_a_folder_in_the_place_of_a_case_is_told(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    file.unlink()
    file.mkdir()
    assert f"! {NAME}: " in sample.ok("list").err
    assert sample.run("check").code == 1


def test_a_stray_copy_of_a_case_is_named_and_changes_no_other(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    copy = file.with_name(f"{CASE} (copy).yaml")
    copy.write_bytes(file.read_bytes())
    for command in ("list", "due"):
        ran = sample.ok(command)
        assert f"{CASE} (copy).yaml" in ran.err
        assert sum(line.startswith(CASE) for line in ran.out.splitlines()) <= 1
    sample.ok("note", CASE, "ยังทำงานได้")
    sample.ok("new", "directive", "-s", "เรื่องใหม่")
    told = sample.run("check").out
    assert f"{CASE} (copy).yaml: " in told
    assert "[stray]" in told
    assert copy.exists()


def test_one_id_in_two_months_is_told_and_neither_file_is_taken_for_the_case(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    twin = sample.root / "cases/2569/10" / file.name
    twin.parent.mkdir(exist_ok=True)
    twin.write_bytes(file.read_bytes())
    problems = sample.run("check", "--json").json["problems"]
    assert [p["file"] for p in problems if p["code"] == "duplicate-id"] == [f"cases/2569/10/{file.name}", NAME]
    listed = sample.ok("list")
    assert f"cases/2569/10/{file.name}" in listed.err
    assert NAME in listed.err
    assert CASE not in listed.out
    for words in (["show", CASE], ["note", CASE, "x"], ["adopt", CASE], ["edit", CASE]):
        assert file.name in sample.refused(4, *words)


def test_a_file_with_another_ending_is_told_and_not_taken_for_a_case(sample: Srctl) -> None:
    file = sample.case_file(CASE)
    other = file.with_suffix(".yml")
    file.rename(other)
    assert "[stray]" in sample.run("check").out
    assert CASE in sample.ok("list").err
    sample.refused(3, "show", CASE)


# -- definitions ------------------------------------------------------------------------------------


DEFINITIONS = {
    "kind": ("templates/kinds/web-complaint.yaml", ["show", "10"], 4),
    "checklist": ("templates/checklists/study-visit.yaml", ["plan", "8", "--checklist", "study-visit"], 4),
    "contact": ("contacts/obec.yaml", ["contact", "8", "obec/somsak", "--said", "x"], 4),
    "office": ("office.yaml", ["show", "10"], 4),
    "paper": ("templates/papers/memo.j2", ["memo", "1"], 4),
    "layout": ("templates/layouts/memo.yaml", ["memo", "1"], 4),
    "calendar": ("templates/calendar/2569.yaml", ["check"], 1),
}
DAMAGES: dict[str, Damage] = {
    "broken": lambda raw: raw + b"\n{{ : [\n",
    "code page": lambda raw: raw.decode().encode("cp874", "replace"),
    "newer": put("format: 1", "format: 9"),
}


@pytest.mark.parametrize(("which", "damage"), sampled(covering(DEFINITIONS, tuple(DAMAGES)), 2))
def test_a_definition_that_cannot_be_read_is_named_where_it_is_needed(sample: Srctl, which: str, damage: str) -> None:
    name, needing, code = DEFINITIONS[which]
    file = sample.root / name
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    count = revisions(sample)
    ran = sample.run(*needing)
    assert ran.code == code, ran
    assert f"{name}:" in ran.out + ran.err
    ran = sample.run("check", "--json")
    assert ran.code == 1
    told = [p for p in ran.json["problems"] if p["file"] == name and p["code"] != "hand-edit"]
    assert told
    assert all(p["line"] and p["message"] and p["hint"] for p in told)
    assert revisions(sample) == count


@pytest.mark.parametrize("name", ["templates/kinds/web-complaint.yaml", "templates/calendar/2569.yaml"])
def test_cases_are_listed_without_a_broken_definition_and_it_is_named(sample: Srctl, name: str) -> None:
    file = sample.root / name
    file.write_bytes(file.read_bytes() + b"\nx: : y\n")
    listed = sample.ok("list")
    assert {CASE, *OTHERS} <= {word for text in listed.out.splitlines() for word in text.split()}
    due = sample.ok("due")
    assert {word for text in due.out.splitlines() for word in text.split()} >= OTHERS
    for ran in (listed, due):
        assert f"! {name}:" in ran.err


def test_the_directory_is_listed_without_a_broken_organisation_and_it_is_named(sample: Srctl) -> None:
    file = sample.root / "contacts/obec.yaml"
    file.write_bytes(file.read_bytes() + b"\nx: : y\n")
    for command in (["contacts", "list"], ["due"]):
        assert "! contacts/obec.yaml:" in sample.ok(*command).err
    assert "vec/wandee" in sample.ok("contacts", "list").out


def test_a_missing_calendar_is_no_reason_to_stop(sample: Srctl) -> None:
    for file in (sample.root / "templates/calendar").iterdir():
        file.unlink()
    assert CASE in sample.ok("list").out
    assert CASE in sample.ok("due").out
    sample.ok("new", "directive", "-s", "เรื่องใหม่", "--due", "+3wd")
