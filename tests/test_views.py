"""What ``--json`` prints is a promise: its keys and types are those of the tables of docs/json.md, no other."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from srctl.core import errors, i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Text, plain
from srctl.core.errors import Problem
from srctl.core.workdays import Calendar
from srctl.documents.docx import word_file
from srctl.model.case import Analysis, Case, Complainant, Entry, Link, Order, Plan, Promise, Received, Step
from srctl.model.definitions import CLOSED, Field, Kind, Rule, Stage, Target
from srctl.model.people import Coordinator, Minister, Office, OfficeNames, Organisation, Person
from srctl.views.case_views import case_row, case_view, due_of, entry_view, missing_view
from srctl.views.list_views import DueAttributes, PackedObligation, View, ViewContext, due_row, envelope, problem_view
from tests.conftest import PROJECT, Srctl, prepared

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
DOC = (PROJECT / "docs/json.md").read_text(encoding="utf-8")


def tables() -> dict[str, dict[str, str]]:
    """Return the tables of the page: for each ``###`` heading its keys with their types."""
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"^### ", DOC, flags=re.M)[1:]:
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", part, flags=re.M)
        assert len({key for key, _type in rows}) == len(rows)
        name = part.partition("\n")[0]
        assert name not in found, f"two tables for {name}"
        found[name] = {key: type_.strip() for key, type_ in rows}
    return found


TABLES = tables()
DAY = r"\d{4}-\d\d-\d\d"
SCALARS: dict[str, Callable[[Any], object]] = {
    "text": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "true or false": lambda v: isinstance(v, bool),
    "date": lambda v: isinstance(v, str) and re.fullmatch(DAY, v),
    "moment": lambda v: isinstance(v, str) and re.fullmatch(rf"{DAY}T\d\d:\d\d:\d\d\+07:00", v),
    "object": lambda v: isinstance(v, dict) and all(isinstance(x, str) for x in v.values()),
    "list": lambda v: isinstance(v, list),
    "conditions": lambda v: isinstance(v, dict) and all(isinstance(x, list) for x in v.values()),
}


def promised(name: str, value: Any, seen: set[str] | None = None) -> None:
    """Check that ``value`` is what the page says of ``name``: exactly those keys, of those types."""
    seen = set() if seen is None else seen
    if name.endswith(" or null"):
        if value is None:
            return
        name = name.removesuffix(" or null")
    if name.startswith("list of "):
        assert isinstance(value, list), name
        for item in value:
            promised(name.removeprefix("list of "), item, seen)
    elif name in TABLES:
        seen.add(name)
        assert set(value) == set(TABLES[name]), name
        for key, type_ in TABLES[name].items():
            promised(type_, value[key], seen)
    else:
        assert SCALARS[name](value), (name, value)


# -- the page itself --------------------------------------------------------------------------


def test_every_type_the_page_names_is_a_scalar_or_has_a_table() -> None:
    for table in TABLES.values():
        for type_ in table.values():
            base = type_.removeprefix("list of ").removesuffix(" or null")
            assert base in SCALARS or base in TABLES, type_


def test_the_exit_codes_of_the_page_are_those_of_the_code() -> None:
    told = [int(code) for code in re.findall(r"^\| `(\d+)` \|", DOC, flags=re.M)]
    assert told == [
        errors.OK, errors.PROBLEMS, errors.USAGE, errors.NOT_FOUND, errors.BAD_FILE, errors.REFUSED,
        errors.CHANGED, errors.BUG, errors.INTERRUPTED,
    ]  # fmt: skip


# -- the views, without a folder --------------------------------------------------------------

MALEE = Coordinator("malee", "นางสาวมาลี สมมติสุข", "complaints", phone="0 2000 0132")
AROUND = ViewContext(
    Office(1, OfficeNames("ก", "A", "ก", "ข"), "ศธ 0100", Minister("รมว.", "รมว."), (), (MALEE,), ()),
    Calendar({}, date(2026, 12, 31)),
    {"obec": Organisation(1, "สำนักงาน", short="สพฐ.", phone="0 2000 0500", id="obec",
                          people=(Person("somsak", "นายสมมติ ใจดี", mobile="08 0000 0001"),))},
    TODAY,
)  # fmt: skip
KIND = Kind(
    1, Text("เรื่องร้องทุกข์", "Complaint"), "any", Text("", ""), "S4",
    (Stage("receive", Text("รับเรื่อง", "Receive"), ("owner", "fields.against")),
     Stage("report", Text("รายงาน", "Report"))),
    (Rule("opinion", Text("เสนอความเห็น", "Opinion"), "stage", 1, "workday", "S4", stage="receive"),),
    (Field("against", Text("ผู้ถูกร้อง", "Against")),), target=Target(100, Text("ก", "A"), "S4"), id="complaint",
)  # fmt: skip
CASE = Case(
    1, "2569-0042", "complaint", "ขอความเป็นธรรม", Received(TODAY, dated=TODAY), Order(due=date(2027, 1, 4)),
    owner="malee", complainant=Complainant("นางสาวสมมติ รักธรรม", anonymous=True),
    analysis=Analysis(("ก",)),
    plan=Plan("", (Step("s1", "ก"), Step("s2", "ข"), Step("s3", "ค", "obec/somsak", "phone", TODAY))),
    links=(Link("2568-0311"),),
    log=(
        Entry("a1", AT, "malee", "receive", to="receive", override="ด่วน", missing=("owner",)),
        Entry("a2", AT, "malee", "step", step="s1"),
        Entry("a3", AT, "malee", "step", step="s2", dropped=True),
        Entry("a4", AT, "malee", "contact", with_="obec/somsak", promise=Promise("them", "รายงาน", date(2026, 11, 18))),
    ),
)  # fmt: skip


def test_the_row_of_a_list_tells_what_falls_due_first() -> None:
    row = case_row(CASE, KIND, AROUND)
    promised("item of list", row)
    assert (row["due"], row["late"], row["group"]) == ("2026-11-18", 2, "complaints")
    assert (row["kind_label"], row["stage_label"]) == ("เรื่องร้องทุกข์", "รับเรื่อง")


def test_the_row_of_a_closed_case_or_of_an_unknown_kind_has_no_deadline() -> None:
    closed = CASE._replace(log=(*CASE.log, Entry("a5", AT, "malee", "close", to=CLOSED)))
    for case, kind in ((closed, KIND), (CASE, None)):
        row = case_row(case, kind, AROUND)
        promised("item of list", row)
        assert (row["due"], row["late"]) == (None, None)
    assert case_row(CASE, None, AROUND)["kind_label"] == "complaint"


def rows() -> dict[str, View]:
    return {row["ref"]: row for row in (due_row(o, AROUND) for o in due_of(CASE, KIND, AROUND))}


def test_the_row_of_what_is_due_tells_whom_to_call() -> None:
    found = rows()
    for row in found.values():
        promised("item of due", row)
    assert set(found) == {"order.due", "opinion", "s3", "a4"}
    promise = found["a4"]
    assert (promise["what"], promise["section"], promise["late"]) == ("theirs", "late", 2)
    assert (promise["call"], promise["phone"]) == ("นายสมมติ ใจดี (สพฐ.)", "08 0000 0001")
    assert (promise["owner_name"], promise["owner_phone"]) == (MALEE.name, MALEE.phone)
    assert found["s3"]["section"] == "today"
    assert (found["opinion"]["basis"], found["opinion"]["verified"]) == ("S4", False)
    assert (found["order.due"]["call"], found["order.due"]["phone"]) == ("", "")
    assert not found["order.due"]["calendar_complete"]


def test_whoever_is_not_in_the_books_is_shown_by_the_name_in_the_file() -> None:
    lost = CASE._replace(owner="gone", plan=Plan("", (Step("s3", "ค", "abc/x", due=TODAY),)))
    [row] = [due_row(o, AROUND) for o in due_of(lost, KIND, AROUND) if o.ref == "s3"]
    promised("item of due", row)
    assert (row["owner_name"], row["owner_phone"], row["call"], row["phone"]) == ("gone", "", "abc/x", "")


def test_the_setting_for_days_off_of_the_office_counts() -> None:
    saturday = CASE._replace(received=Received(date(2026, 11, 21)))
    for setting, due in (("next_day_is_1", "2026-11-23"), ("next_day_is_0", "2026-11-24")):
        office = AROUND.office._replace(nonworking_receipt=setting)  # type: ignore[arg-type]
        found = {o.ref: o.due.isoformat() for o in due_of(saturday, KIND, AROUND._replace(office=office))}
        assert found["opinion"] == due


def test_a_case_is_shown_whole_with_what_follows_from_it() -> None:
    shown = case_view(CASE, KIND, AROUND)
    seen: set[str] = set()
    promised("case", shown, seen)
    assert {"entry", "promise", "open promise", "step", "link", "missing", "item of due", "complainant"} <= seen
    assert [(s["id"], s["done"], s["dropped"]) for s in shown["plan"]["steps"]] == [
        ("s1", True, False), ("s2", True, True), ("s3", False, False),
    ]  # fmt: skip
    assert shown["overrides"] == 1
    assert [p["entry"] for p in shown["promises"]] == ["a4"]
    assert set(case_row(CASE, KIND, AROUND)) <= set(shown)


def test_what_is_missing_has_words_in_the_language_in_use() -> None:
    for language, words in (("th", "ผู้ถูกร้อง"), ("en", "Against")):
        i18n.use(language)
        [missing] = missing_view(CASE, KIND)
        promised("missing", missing)
        assert missing == {"need": "fields.against", "label": words, "command": 'srctl set 2569-0042 against="…"'}


def test_a_list_is_an_envelope_with_its_problems() -> None:
    problem = Problem(Path("cases") / "2569" / "x.yaml", 3, "date", "ผิด", "แก้")
    shown = envelope(iter([1, 2]), TODAY, [problem])
    promised("envelope", shown)
    assert shown["items"] == [1, 2]
    assert problem_view(problem)["file"] == "cases/2569/x.yaml"


def test_a_kind_is_shown_as_its_file_has_it() -> None:
    seen: set[str] = set()
    promised("item of kinds", plain(KIND, iso=True), seen)
    assert {"stage", "rule", "field", "target", "words"} <= seen
    assert plain(KIND, iso=True)["deadlines"][0]["from"] == "received"


def test_an_entry_in_the_history_has_no_empty_keys() -> None:
    assert entry_view(CASE.log[1]) == {
        "id": "a2", "at": "2026-11-20T09:12:00+07:00", "who": "malee", "did": "step", "step": "s1",
    }  # fmt: skip


# -- the commands, on a real folder -----------------------------------------------------------

MALEE_ACTS = ("--as", "malee", "--json")


@prepared
def busy(office: Srctl) -> Srctl:
    """An office with a complaint that was called about."""
    office.ok(
        "new", "complaint", "--subject", "ขอความเป็นธรรม", "--order", "ให้ตรวจสอบ", "--anonymous",
        "--due", "2026-11-27", *MALEE_ACTS,
    )  # fmt: skip
    office.ok(
        "contact", "1", "obec", "--by", "phone", "--said", "รับเรื่อง", "--they-promise", "ส่งรายงาน",
        "--until", "2026-11-25", *MALEE_ACTS,
    )  # fmt: skip
    return office


LISTS = {
    "list": ("list", "--all"),
    "due": ("due", "--all"),
    "kinds": ("kinds",),
    "contacts list": ("contacts", "list"),
    "calendar show": ("calendar", "show", "2569"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_command_prints_the_envelope_and_items_it_promises(busy: Srctl, name: str) -> None:
    shown = busy.ok(*LISTS[name], "--json").json
    promised("list of day off", shown.pop("days_off") if name == "due" else [])
    promised("envelope", shown)
    assert shown["items"]
    promised(f"list of item of {name}", shown["items"])


ALONE = {
    "case": ("show", "1"),
    "next": ("next", "1"),
    "history": ("history", "1"),
    "item of kinds": ("kinds", "show", "complaint"),
    "organisation": ("contacts", "show", "obec"),
    "whoami": ("whoami", "--as", "malee"),
}


@pytest.mark.parametrize("name", [name for name in ALONE if name != "history"])
def test_a_command_about_one_thing_prints_what_it_promises(busy: Srctl, name: str) -> None:
    promised(name, busy.ok(*ALONE[name], "--json").json)


def test_history_prints_each_commit_with_the_entry_it_wrote(busy: Srctl) -> None:
    shown = busy.ok("history", "1", "--json").json
    assert set(shown) == set(TABLES["history"])
    assert [item["action"] for item in shown["items"]] == ["receive", "contact"]
    for item in shown["items"]:
        assert set(item) == set(TABLES["item of history"])
        assert set(item["entry"]) <= set(TABLES["entry"])
        assert "" not in item["entry"].values()


def test_a_person_of_the_directory_and_all_coordinators(busy: Srctl) -> None:
    people = busy.ok("contacts", "show", "obec", "--json").json["people"]
    promised("person", busy.ok("contacts", "show", f"obec/{people[0]['id']}", "--json").json)
    assert {"format", *people[0]} == set(TABLES["person"])
    promised("whoami", busy.ok("whoami", "--list", "--json").json)


def test_check_prints_problems_and_no_items(busy: Srctl) -> None:
    file = busy.case_file("2569-0001")
    file.write_text(file.read_text(encoding="utf-8").replace("owner: malee", "owner: mali"), encoding="utf-8")
    ran = busy.run("check", "--json")
    assert ran.code == errors.PROBLEMS
    promised("envelope", ran.json)
    assert ran.json["items"] == []
    assert "unknown-person" in {p["code"] for p in ran.json["problems"]}


WRITES: dict[str, tuple[str, ...]] = {
    "new": ("directive", "--subject", "ก", "--order", "ข"),
    "analyse": ("1", "--issue", "ก", "--override", "ค"),
    "plan": ("1", "--result", "ก", "--step", "โทร", "--override", "ค"),
    "contact": ("1", "obec", "--by", "phone", "--said", "ก"),
    "step done": ("1", "s1"),
    "step drop": ("1", "s1", "--why", "ก"),
    "promise kept": ("1",),
    "promise waived": ("1", "--why", "ก"),
    "promise broken": ("1", "--until", "2026-12-01"),
    "decide": ("1", "--by", "ก", "--what", "ข"),
    "note": ("1", "ก"),
    "link": ("1", "2"),
    "set": ("1", "subject=ก"),
    "assign": ("1", "prasit"),
    "pause": ("1", "agency", "--why", "ก"),
    "resume": ("1",),
    "extend": ("1", "order.due", "--for", "+2wd", "--why", "ก"),
    "escalate": ("1", "--ask", "ก", "--why", "ข"),
    "report": ("1", "--result", "ก", "--override", "ค"),
    "close": ("1", "--override", "ก"),
    "reopen": ("1", "--why", "ก"),
    "undo": ("1",),
    "redo": ("1",),
    "void": ("1", "--why", "ก"),
    "merge": ("1", "2", "--why", "ก"),
}
BEFORE = {
    "merge": ("new",),
    "redo": ("note", "undo"),
    "step done": ("plan",),
    "step drop": ("plan",),
    "link": ("new",),
    "reopen": ("close",),
    "resume": ("pause",),
}


def test_the_page_names_every_command_that_writes() -> None:
    part = DOC.partition("## What was done")[2].partition("### outcome")[0]
    assert re.findall(r"`([a-z ]+)`", part) == [*WRITES, *PAPER_WRITES]


@pytest.mark.parametrize("name", WRITES)
def test_every_command_that_writes_prints_its_outcome(busy: Srctl, name: str) -> None:
    for earlier in BEFORE.get(name, ()):
        busy.ok(*earlier.split(), *WRITES[earlier], *MALEE_ACTS)
    shown = busy.ok(*name.split(), *WRITES[name], *MALEE_ACTS).json
    promised("outcome", shown)
    assert shown["commit"] == busy.git("rev-parse", "HEAD").strip()


# What is done to a paper, and what must have been done to it before.
PAPER_WRITES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "submit": ((), ()),
    "sign": (("submit",), ()),
    "return": (("submit",), ("--why", "ก")),
    "number": (("submit", "sign"), ()),
    "send": (("submit", "sign", "number"), ("--until", "+3wd")),
    "receive": (("submit", "sign", "number", "send"), ("--said", "ก")),
    "cancel": (("submit",), ("--why", "ก")),
    "paper adopt": ((), ()),
    "file": ((), ()),
}


@pytest.mark.parametrize("name", PAPER_WRITES)
def test_every_command_about_a_paper_prints_its_outcome(busy: Srctl, tmp_path: Path, name: str) -> None:
    earlier, words = PAPER_WRITES[name]
    file = _memo(busy)
    for deed in earlier:
        busy.ok(deed, "1", *MALEE_ACTS)
    shown = busy.ok(*name.split(), *_of(name, Path(file), tmp_path), *words, *MALEE_ACTS).json
    promised("outcome", shown)
    assert [paper["id"] for paper in shown["case"]["papers"]] == ["memo"]
    promised("where", busy.ok("paper", "where", file, "--json").json)


def _of(name: str, draft: Path, folder: Path) -> tuple[str, ...]:
    """Return what the command is about: the paper, or a file that somebody finished in Word."""
    if name not in ("paper adopt", "file"):
        return ("1",)
    final = folder / "final.docx"
    final.write_bytes(word_file.fill_places(draft.read_bytes(), {"date": "20 พฤศจิกายน 2569"})[0])
    return ("1", str(final)) if name == "file" else (str(final),)


def _memo(busy: Srctl) -> str:
    """Draft the memo of the case and return where it is."""
    busy.ok(
        "analyse", "1", "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "เห็นควรรับทราบ",
        "--law", "ง", "--power", "จ", "--override", "ด่วน", *MALEE_ACTS,
    )  # fmt: skip
    return str(busy.ok("memo", "1", "--paper", "memo", *MALEE_ACTS).json["file"])


def test_memo_prints_which_file_it_wrote(busy: Srctl) -> None:
    _memo(busy)
    for _time in ("drafted", "drafted again, unchanged"):
        shown = busy.ok("memo", "1", *MALEE_ACTS).json
        promised("memo", shown)
        assert Path(shown["file"]).is_file()


def test_a_command_that_fails_prints_no_json(busy: Srctl) -> None:
    for words in (("show", "999"), ("close", "1"), ("list", "--kind", "x")):
        ran = busy.run(*words, "--as", "malee", "--json") if words[0] == "close" else busy.run(*words, "--json")
        assert ran.code in (errors.NOT_FOUND, errors.REFUSED)
        assert ran.out == ""
        assert ran.err


def test_several_at_once_print_what_was_done_and_what_was_refused(busy: Srctl) -> None:
    _memo(busy)
    promised("batch", busy.ok("submit", "1", "--all", *MALEE_ACTS).json)
    ran = busy.run("sign", "1", "memo", "nothing", *MALEE_ACTS)
    promised("batch", ran.json)
    assert (ran.code, len(ran.json["items"]), len(ran.json["refused"])) == (errors.PROBLEMS, 1, 1)


def test_who_complains_is_in_no_list(busy: Srctl) -> None:
    busy.ok("set", "1", "complainant.name=นางสาวลับเฉพาะ", "complainant.anonymous=false", *MALEE_ACTS)
    for words in (("list", "--all"), ("due", "--all"), ("history", "1"), ("check",)):
        assert "ลับเฉพาะ" not in busy.run(*words, "--json").out
    assert "ลับเฉพาะ" in busy.ok("show", "1", "--json").out


def test_every_table_of_the_page_was_compared_here() -> None:
    used = {f"item of {name}" for name in LISTS} | set(ALONE) | {"envelope", "outcome", "memo", "person", "where"}
    used |= {"item of history", "letter", "item of papers", "item of papers check", "paper check", "item of register"}
    used |= {
        "doctor",
        "upgrade",
        "explain",
        "calc",
        "item of away",
        "item of events",
        "item of scans",
        "handover",
        "day off",
        "sheet",
        "proof",  # test_papers_proof
        "paper ecms",  # test_ecms
        "file-book",
        "item of papers paragraphs",
        "item of send --draft",
    }
    used |= {"item of chase", "item of replan", "journal", "today", "batch"}
    used |= {"papers returns", "clearance count", "item of the dispatch book"}  # test_clearances, test_dispatch
    reached = set(used)
    while used:
        types = {type_ for name in used for type_ in TABLES[name].values()}
        named = {type_.removeprefix("list of ").removesuffix(" or null") for type_ in types} & set(TABLES)
        used = named - reached
        reached |= named
    assert reached == set(TABLES)


def test_what_the_commands_of_papers_print_is_what_the_page_says(sample: Srctl) -> None:
    def printed(*words: str) -> View:
        return dict(sample.run(*words, "--json", env={"SRCTL_AS": "malee"}).json)

    promised("letter", printed("letter", "12", "thanks", "--to", "obec"))
    for item in printed("papers")["items"]:
        promised("item of papers", item)
    shown = printed("papers", "show", "support")
    assert shown.pop("format") == 1
    promised("item of papers", shown)
    for item in printed("papers", "check", "thanks")["items"]:
        promised("item of papers check", item)
    file = next(sample.root.glob("cases/*/*/*/*thanks-draft.docx"))
    file.write_bytes(word_file.replace_text(file.read_bytes(), lambda text: text.replace("ขอขอบคุณ", "ส านักงาน 7")))
    over = printed("paper", "check", "12")
    assert over["items"][0]["findings"]
    promised("paper check", over)
    for item in printed("register", "in")["items"]:
        promised("item of register", item)
    promised("doctor", printed("doctor"))
    (sample.root / "templates/kinds/news.yaml").write_text("# taken out\n", encoding="utf-8")
    promised("upgrade", printed("upgrade"))


def test_what_explains_a_deadline_is_what_the_page_says(sample: Srctl) -> None:
    promised("explain", dict(sample.ok("explain", "10", "--json").json))
    promised("calc", dict(sample.ok("calc", "10/4/2569", "+3wd", "--json").json))


def test_what_moved_and_what_became_of_deadlines_is_what_the_page_says(sample: Srctl) -> None:
    waits = sample.ok("chase", "--all", "--json").json["items"]
    assert waits
    promised("list of item of chase", waits)
    promised("journal", dict(sample.ok("journal", "--json").json))
    sample.ok("calendar", "add", "2026-12-04", "วันหยุดพิเศษ", "--source", "มติ ครม.", *MALEE_ACTS[:2])
    moved = dict(sample.ok("replan", "--json").json)
    assert moved["items"]
    promised("list of item of replan", moved["items"])
    sample.ok("set", "11", "order.due=5/12/2569", "--anyway", *MALEE_ACTS[:2])
    for shown, more in (
        (dict(sample.ok("replan", "--json").json), {"commit", "days_off"}),
        (dict(sample.ok("due", "--json").json), {"days_off"}),
    ):
        assert set(shown) == {*TABLES["envelope"], *more}
        assert shown["days_off"]
        promised("list of day off", shown["days_off"])


def test_what_obligations_share_begins_with_what_the_index_keeps_of_it() -> None:
    assert PackedObligation._fields[: len(DueAttributes._fields)] == DueAttributes._fields
