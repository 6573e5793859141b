"""Words nobody should type, through the real command line: refused with the way out, or stored clean."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from tests.conftest import Ran, Srctl, sampled


def revisions(office: Srctl) -> int:
    return int(office.git("rev-list", "--count", "HEAD"))


NEW = ("new", "complaint", "-s", "เรื่อง")
CALL = ("contact", "8", "obec/somsak")

# What is typed, the exit code, what must be in the answer.
REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an unknown command": (("frobnicate",), 2, "srctl --help"),
    "an unknown option": (("show", "--foo"), 2, "srctl show --help"),
    "too many words": (("show", "8", "9"), 2, "srctl show --help"),
    "no id": (("show",), 2, "srctl show 42"),
    "an unknown case": (("show", "2569-0099"), 3, "srctl list"),
    "an id that is several": (("show", "2569-"), 3, "2569-0010"),
    "an empty id": (("note", "", "x"), 2, "srctl list"),
    "a dash for an id": (("note", "-", "x"), 3, "srctl list"),
    "a path for an id": (("note", "../../etc/passwd", "x"), 3, "srctl list"),
    "a long id": (("note", "1" * 5000, "x"), 3, "srctl list"),
    "an id of other digits": (("note", "²569-000¹", "x"), 3, "srctl list"),
    "a misspelt kind": (("new", "complant", "-s", "x"), 3, "complaint"),
    "a path for a kind": (("new", "../../etc", "-s", "x"), 3, "srctl kinds"),
    "no kind": (("new", "-s", "x"), 2, "srctl new"),
    "an empty kind": (("new", "", "-s", "x"), 2, "srctl new"),
    "no subject": (("new", "complaint"), 2, "--subject"),
    "an empty subject": (("new", "complaint", "-s", ""), 2, "--subject"),
    "a subject of spaces": (("new", "complaint", "-s", " \n "), 2, "--subject"),
    "a subject of nothing visible": (("new", "complaint", "-s", "\x1b\u202e\u200b"), 2, "--subject"),
    "an unknown owner": ((*NEW, "-o", "male"), 3, "malee"),
    "an unknown backup": ((*NEW, "--backup", "zz"), 3, "srctl whoami --list"),
    "an unknown channel": ((*NEW, "-c", "fone"), 2, "phone"),
    "an unknown urgency": ((*NEW, "--urgency", "very"), 2, "very-urgent"),
    "an unknown secrecy": ((*NEW, "--secrecy", "x"), 2, "confidential"),
    "a secret matter": ((*NEW, "--secrecy", "secret"), 2, "confidential"),
    "a top secret matter": ((*NEW, "--secrecy", "ลับที่สุด"), 2, "confidential"),
    "an unknown field": ((*NEW, "--set", "categry=1"), 3, "category"),
    "a field without value": ((*NEW, "--set", "category"), 2, "srctl set"),
    "a deadline before receipt": ((*NEW, "--due", "2026-11-19"), 2, "19 พ.ย. 69"),
    "a receipt to come": ((*NEW, "--received", "21/11/2569"), 2, "21 พ.ย. 69"),
    "a paper dated after its receipt": ((*NEW, "--dated", "2026-11-21"), 2, "21 พ.ย. 69"),
    "an impossible date": ((*NEW, "--due", "31/2/2569"), 2, "31"),
    "29 February of a common year": ((*NEW, "--due", "29 ก.พ. 2570"), 2, "29"),
    "a word for a date": ((*NEW, "--due", "someday"), 2, "20/11/2569"),
    "a date a lifetime away": ((*NEW, "--due", "+999999wd"), 2, "20/11/2569"),
    "a number for a date": ((*NEW, "--due", "9" * 5000), 2, "20/11/2569"),
    "an impossible time": ((*NEW, "--at", "25:99"), 2, "17:50"),
    "an unknown person who acts": (("--as", "nobody", "note", "10", "x"), 3, "srctl whoami --list"),
    "a misspelt person who acts": (("note", "10", "x", "--as", "male"), 3, "malee"),
    "an empty note": (("note", "10", ""), 2, "srctl note"),
    "a note of spaces": (("note", "10", "  "), 2, "srctl note"),
    "a note of nothing visible": (("note", "10", "\u202e\x1b"), 2, "srctl note"),
    "an unknown person to contact": ((*CALL[:2], "obec/somsk", "-s", "x"), 3, "obec/somsak"),
    "an unknown organisation": ((*CALL[:2], "nowhere", "-s", "x"), 3, "srctl contacts list"),
    "nobody to contact": ((*CALL[:2], "", "-s", "x"), 2, "srctl contact"),
    "a contact without words": (CALL, 2, "--said"),
    "a contact of nothing visible": ((*CALL, "-s", "\x1b"), 2, "--said"),
    "a promise by no day": ((*CALL, "-s", "x", "--they-promise", "ก | วันไหน"), 2, "→"),
    "a reply to a paper nobody waits for": ((*CALL, "-s", "x", "--reply", "inform"), 3, "→"),
    "a day without a promise": ((*CALL, "-s", "x", "--until", "+1"), 2, "--they-promise"),
    "a day with an invisible promise": ((*CALL, "-s", "x", "--they-promise", "\x1b", "--until", "+1"), 2, "→"),
    "a promise kept that was not made": ((*CALL, "-s", "x", "--keeps", "a99"), 3, "ส่งตัวเลขรายจังหวัด"),
    "a promise for the past": (
        (*CALL, "-s", "x", "--we-promise", "ก", "--until", "1/11/2569", "--sure"),
        2,
        "1 พ.ย. 69",
    ),
    "a contact of tomorrow": ((*CALL, "-s", "x", "--on", "พรุ่งนี้"), 2, "21 พ.ย. 69"),
    "a decision without a decider": (("decide", "8", "-w", "x"), 2, "--by"),
    "a decision of nothing visible": (("decide", "8", "-b", "x", "-w", "\x1b"), 2, "--what"),
    "an unknown step": (("step", "done", "8", "s99"), 3, "srctl show"),
    "an empty step": (("step", "done", "8", ""), 2, "srctl show"),
    "a settled step": (("step", "done", "8", "s1"), 5, "srctl show"),
    "a step dropped for no reason": (("step", "drop", "8", "s2", "-w", " "), 2, "--why"),
    "an unknown promise": (("promise", "kept", "8", "a99"), 3, "a4"),
    "a promise waived for no reason": (("promise", "waived", "8", "a4"), 2, "--why"),
    "a link to itself": (("link", "8", "8"), 2, "srctl link"),
    "a link to nothing": (("link", "8", "99"), 3, "srctl list"),
    "an unknown relation": (("link", "8", "9", "-r", "erlier"), 3, "earlier"),
    "nobody to carry it": (("assign", "8"), 2, "srctl assign"),
    "an unknown person to carry it": (("assign", "8", "male"), 3, "malee"),
    "an unknown checklist": (("plan", "8", "--checklist", "study-vist"), 3, "study-visit"),
    "an empty step of a plan": (("plan", "8", "--step", ""), 2, "srctl plan"),
    "a step of five parts": (("plan", "8", "--step", "a|b|c|d|e"), 2, "srctl plan"),
    "a step with nobody known": (("plan", "8", "--step", "a|nowhere"), 3, "srctl contacts list"),
    "a step by no channel": (("plan", "8", "--step", "a||fone"), 2, "phone"),
    "a step without a date": (("plan", "8", "--step", "a|||someday"), 2, "20/11/2569"),
    "a plan of nothing visible": (("plan", "8", "-r", "\x1b"), 2, "srctl plan"),
    "an empty analysis": (("analyse", "8", "--issue", "", "--fact", "\x1b"), 2, "srctl analyse"),
    "an override for no reason": (("analyse", "8", "--override", " "), 2, "srctl analyse"),
    "a report too early": (("report", "8", "-r", "x"), 5, "srctl step done"),
    "a report of nothing": (("report", "8", "-r", " "), 2, "srctl report"),
    "closing too early": (("close", "8"), 5, "srctl step done"),
    "closing twice": (("close", "1"), 5, "srctl reopen"),
    "work on a closed case": (("analyse", "1", "-i", "x"), 5, "srctl reopen"),
    "a call on a closed case": (("contact", "1", "obec/somsak", "-s", "x"), 5, "srctl reopen"),
    "reopening what is open": (("reopen", "8", "-w", "x"), 5, "srctl next"),
    "reopening for no reason": (("reopen", "1", "-w", "\x1b"), 2, "--why"),
    "reopening at no stage": (("reopen", "1", "-w", "x", "--to", "zz"), 3, "receive"),
    "sending back forwards": (("reopen", "8", "-w", "x", "--to", "report"), 5, "analyse"),
    "setting an unknown field": (("set", "8", "subjct=x"), 3, "subject"),
    "setting what is not a field": (("set", "8", "log=x"), 3, "order.text"),
    "setting the id": (("set", "8", "id=2569-0001"), 3, "→"),
    "setting nothing": (("set", "8"), 2, "srctl set --help"),
    "setting without a name": (("set", "8", "=x"), 2, "srctl set"),
    "taking the subject out": (("set", "8", "subject="), 2, "→"),
    "a subject of two lines": (("set", "8", "subject=a\nb"), 2, "→"),
    "taking the receipt out": (("set", "8", "received.on="), 2, "→"),
    "a receipt moved to the future": (("set", "8", "received.on=2026-12-01"), 2, "1 ธ.ค. 69"),
    "neither true nor false": (("set", "8", "complainant.anonymous=maybe"), 2, "true"),
    "a backup nobody knows": (("set", "8", "backup=zz"), 2, "→"),
    "an unknown paper": (("memo", "1", "--paper", "mem"), 3, "memo"),
    "a path for a paper": (("memo", "1", "--paper", "../x"), 3, "memo"),
    "a folder for the Word file": (("memo", "1", "--to", "."), 5, "--to"),
    "listing an unknown kind": (("list", "--kind", "x"), 3, "srctl kinds"),
    "listing an unknown owner": (("list", "--owner", "male"), 3, "malee"),
    "listing an unknown group": (("list", "--group", "politcal"), 3, "political"),
    "listing an unknown stage": (("list", "--stage", "analyze"), 3, "analyse"),
    "an unknown order": (("list", "--sort", "x"), 2, "subject"),
    "listing since someday": (("list", "--since", "someday"), 2, "20/11/2569"),
    "due in less than no days": (("due", "--days", "-1"), 2, "srctl due --help"),
    "due within words": (("due", "--days", "x"), 2, "srctl due --help"),
    "due beyond all time": (("due", "--days", "9" * 12), 2, "srctl due --help"),
    "a manual of no kind": (("kinds", "show", "complant"), 3, "complaint"),
    "an organisation twice": (("contacts", "add", "obec", "-n", "x"), 5, "srctl contacts show"),
    "a person twice": (("contacts", "add", "obec/somsak", "-n", "x"), 5, "srctl contacts show"),
    "a person of no organisation": (("contacts", "add", "nowhere/a", "-n", "x"), 3, "srctl contacts add"),
    "a path for an organisation": (("contacts", "add", "../x", "-n", "x"), 2, "a-z"),
    "an organisation Windows cannot store": (("contacts", "add", "con", "-n", "x"), 2, "a-z"),
    "an organisation without a name": (("contacts", "add", "new", "-n", "\x1b"), 2, "srctl contacts add"),
    "a position of an organisation": (("contacts", "add", "new", "-n", "x", "--position", "y"), 2, "→"),
    "a mandate of a person": (("contacts", "add", "obec/new", "-n", "x", "--mandate", "y"), 2, "→"),
    "the door of nobody": (("contacts", "add", "obec/new", "-n", "x", "--secretary-of", "chale"), 3, "chalee"),
    "a calendar of no year": (("calendar", "show", "x"), 2, "srctl calendar show"),
    "a calendar of a far year": (("calendar", "freeze", "2699"), 2, "2569"),
    "checking no case": (("check", "99"), 3, "srctl list"),
    "history of no case": (("history", "99"), 3, "srctl list"),
    "undoing the beginning": (("undo", "12"), 5, "srctl void"),
    "adopting what did not change": (("adopt", "12"), 5, "srctl show"),
    "init in an office": (("init", "."), 5, "srctl due"),
}


@pytest.mark.parametrize("row", sampled(REFUSED, 2))
def test_it_is_refused_in_one_line_with_what_to_do_next_and_nothing_is_saved(sample: Srctl, row: str) -> None:
    typed, code, answer = REFUSED[row]
    before = revisions(sample)
    said = sample.refused(code, *typed)
    lines = [line for line in said.splitlines() if line.startswith("srctl: ")]
    assert len(lines) == 1
    assert "  → " in said
    assert answer in said
    assert "\x1b" not in said
    assert revisions(sample) == before
    assert not sample.git("status", "--porcelain")


# -- hostile text in every free-text option -----------------------------------------------------------

HOSTILE: dict[str, tuple[str, str]] = {  # typed → stored
    "control characters": ("ฬ\x00\x07\x1b[2J\x9bฆ\x7f", "ฬ[2Jฆ"),
    "bidi marks": ("ฬ\u202eฆ\u2066ฌ\u200f", "ฬฆฌ"),
    "a line separator": ("ฬ\u2028ฆ: ฌ\u2029", "ฬฆ: ฌ"),
    "a lone surrogate": ("ฬ\udcffฆ\ud800", "ฬฆ"),
    "zero width characters": ("ฬ\u200bฆ\ufeffฌ", "ฬฆฌ"),
    "markup of a screen": ("ที่ [/] 5 [red]แดง[/red]", "ที่ [/] 5 [red]แดง[/red]"),
    "template text": ("{{ 7*7 }} {% raw %} {# x #} {{ cycler }}", "{{ 7*7 }} {% raw %} {# x #} {{ cycler }}"),
    "YAML": ("x: &a - *b !c # d", "x: &a - *b !c # d"),
    "quotes and backslashes": ("\"ฬ\" 'ฆ' \\n \\x1b %s {0} {name}", "\"ฬ\" 'ฆ' \\n \\x1b %s {0} {name}"),
    "a number": ("0123", "0123"),
    "a word of YAML": ("null", "null"),
    "ten thousand characters": ("ฬ" + "y" * 9999, "ฬ" + "y" * 9999),
    "a torn SARA AM": ("น\u0e4d\u0e32", "นำ"),
}  # fmt: skip


# Every evil in every option at once; one at a time is the full product. Two words are evil only when alone.
ALONE = ("a number", "a word of YAML")
AT_ONCE = [HOSTILE[row] for row in ("YAML", *HOSTILE) if row not in (*ALONE, "ten thousand characters")]
TEXTS = {"all at once": (" ".join(typed for typed, _ in AT_ONCE), " ".join(kept for _, kept in AT_ONCE)), **HOSTILE}


@pytest.mark.parametrize(
    "row", [row if row in ("all at once", *ALONE) else pytest.param(row, marks=pytest.mark.full) for row in TEXTS]
)
def test_every_free_text_is_stored_clean_and_shown_harmless(office: Srctl, row: str) -> None:
    typed, stored = TEXTS[row]
    shown = "".join(_everything(office, typed))
    for character in ("\x1b", "\x9b", "\x00", "\u202e", "\u2028", "\ud800", "\udcff"):
        assert character not in shown
    case = office.ok("show", "1", "--json").json
    held = [case["subject"], case["received"]["from"], case["received"]["ref"], case["order"]["by"],
            case["order"]["text"], case["complainant"]["name"], case["complainant"]["phone"],
            *case["analysis"]["issues"], *case["analysis"]["facts"], *case["analysis"]["law"],
            *(case["analysis"][k] for k in ("opinion", "proposal", "power")), case["plan"]["result"],
            case["report"]["result"], case["report"]["lesson"], case["fields"]["against"]]  # fmt: skip
    assert held == [stored] * len(held)
    # Every text of the log too: said, agreed, promise, note, decision, paper, reasons, override.
    texts = [text for entry in case["log"] for text in _texts(entry)]
    assert texts.count(stored) >= 12
    assert set(texts) == {stored}
    assert office.run("check").code == 0
    assert office.ok("contacts", "show", "tester", "--json").json["mandate"] == stored
    history = office.git("log", "--format=%B")
    assert stored == "null" or stored not in history  # free text is never in a message


def _texts(entry: Mapping[str, object]) -> list[str]:
    found = [str(entry[k]) for k in ("said", "agreed", "text", "decision", "why", "override") if entry.get(k)]
    if entry["did"] == "decide":
        found += [str(entry["by"])]
    promise = entry.get("promise")
    return found + ([promise["what"]] if isinstance(promise, dict) else [])


def _everything(office: Srctl, text: str) -> list[str]:
    """Type ``text`` into every free-text option of every command; return all that was shown."""
    commands: list[tuple[str, ...]] = [
        ("new", "complaint", "-s", text, "--from", text, "--ref", text, "--by", text, "--order", text,
         "--complainant", text, "--phone", text, "--set", f"against={text}", "-c", "letter"),
        ("analyse", "1", "-i", text, "-f", text, "-l", text, "--opinion", text, "-p", text, "--power", text),
        ("plan", "1", "-r", text, "--step", "โทร | obec/somsak | phone | +1wd", "--step", "ส่ง", "--override", text),
        ("contact", "1", "obec/somsak", "-s", text, "--agreed", text, "--they-promise", text, "-u", "+1wd"),
        ("contact", "1", "obec/somsak", "-s", text, "--we-promise", text),
        ("promise", "waived", "1", "a4", "-w", text),
        ("promise", "kept", "1", "a5"),
        ("step", "done", "1", "s1", "-t", text),
        ("step", "drop", "1", "s2", "-w", text),
        ("note", "1", text),
        ("decide", "1", "-b", text, "-w", text),
        ("report", "1", "-r", text, "--lesson", text),
        ("set", "1", f"subject={text}", f"order.text={text}"),
        ("undo", "1", "-w", text),
        ("close", "1", "-t", text, "--override", text),
        ("reopen", "1", "-w", text),
        ("reopen", "1", "-w", text, "--to", "receive"),
        ("contacts", "add", "tester", "-n", text, "--mandate", text),
        ("contacts", "add", "tester/a", "-n", text, "--note", text),
        ("contacts", "show", "tester"), ("contacts", "list"),
        ("show", "1"), ("next", "1"), ("list", "--all"), ("due", "--all"), ("history", "1"), ("check",),
        ("list", text), ("list", "--all", "--json"),
    ]  # fmt: skip
    shown = []
    for words in commands:
        ran = office.run(*words)
        assert ran.code == 0, (words, ran)
        assert words[0] not in ("new", "note") or "Traceback" not in ran.err
        shown.append(ran.out + ran.err)
    return shown


@pytest.mark.parametrize("row", HOSTILE)
def test_a_memo_carries_the_text_literally(office: Srctl, row: str) -> None:
    typed, stored = HOSTILE[row]
    office.ok("new", "complaint", "-s", typed, "--from", typed, "--order", typed, "-c", "letter", "--complainant", "ก")
    office.ok("analyse", "1", "-i", typed, "-f", typed, "-l", typed, "--opinion", typed, "-p", typed, "--power", typed)
    made = office.ok("memo", "1", "--json").json
    with zipfile.ZipFile(io.BytesIO((office.root / made["file"]).read_bytes())) as word:
        assert word.testzip() is None
    text = _words_of(office, made["file"])
    assert _thai_digits(stored) in _thai_digits(text)


def _words_of(office: Srctl, file: str) -> str:
    from docx import Document

    document = Document(str(office.root / file))
    paragraphs = [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]
    return "\n".join(p.text for p in paragraphs)


def _thai_digits(text: str) -> str:
    from srctl.core.thai import to_thai_digits

    return " ".join(to_thai_digits(text).replace("\u00a0", " ").split())


# -- lines ---------------------------------------------------------------------------------------------


def test_a_subject_with_line_breaks_becomes_one_line_and_forges_no_trailer(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "ก\r\nข\n\nSrctl-Action: close\nSrctl-Case: 2569-0099")
    assert office.ok("show", "1", "--json").json["subject"] == "ก ข Srctl-Action: close Srctl-Case: 2569-0099"
    trailers = office.git("log", "-1", "--format=%(trailers:only,unfold)").split("\n")
    assert "Srctl-Action: receive" in trailers
    assert "Srctl-Case: 2569-0001" in trailers
    assert not [t for t in trailers if "0099" in t or t.endswith("close")]


def test_a_note_keeps_its_lines(office: Srctl) -> None:
    office.ok("new", "directive", "-s", "ก")
    office.ok("note", "1", "หนึ่ง\r\nสอง\n\nสาม")
    assert office.ok("show", "1", "--json").json["log"][-1]["text"] == "หนึ่ง\nสอง\n\nสาม"


def test_an_id_with_a_line_break_means_the_case_and_no_other_file(sample: Srctl) -> None:
    assert sample.ok("show", "2569-0001\n", "--json").json["id"] == "2569-0001"
    sample.refused(3, "show", "2569-0001\n.yaml")


def test_what_was_taken_out_is_told_once(office: Srctl) -> None:
    ran = office.ok("new", "directive", "-s", "ก\u202e\x1bข")
    assert ran.err.count("U+202E") == 1


EMPTY: tuple[tuple[str, ...], ...] = (
    ("new", "directive", "-s", "ก", "--from", "", "-c", "", "--received", "", "--at", "", "--ref", "", "--dated", "",
     "--by", "", "--order", "", "--due", "", "--urgency", "", "--secrecy", "", "-o", "", "--backup", "",
     "--complainant", "", "--phone", ""),
    ("contact", "8", "obec/somsak", "-b", "", "-s", "ก", "--agreed", "", "--they-promise", "", "--we-promise", "",
     "-u", "", "--on", ""),
    ("decide", "8", "-b", "ก", "-w", "ข", "--paper", "", "--on", ""),
    ("analyse", "8", "-i", "", "-f", "ก", "--opinion", "", "-p", "", "--power", "", "--override", ""),
    ("plan", "8", "-r", "ก", "--checklist", "", "--event", "", "--override", ""),
    ("set", "8", "order.due="), ("note", "8", "ก", "--as", ""), ("undo", "8", "-w", ""),
    ("list", "", "--kind", "", "--owner", "", "--group", "", "--stage", "", "--since", "", "--until", ""),
    ("due", "--owner", "", "--group", "", "--kind", ""),
    ("contacts", "add", "new", "-n", "ก", "--short", "", "--mandate", "", "--phone", ""),
)  # fmt: skip


def test_an_empty_option_is_as_none_given(sample: Srctl) -> None:
    for words in EMPTY:
        if words[0] == "undo":
            sample.ok("note", "8", "ข")
        sample.ok(*words)
    assert sample.run("check", "--json").json["problems"] == []
    raw = sample.case_file("2569-0013").read_text(encoding="utf-8")
    assert '""' not in raw
    assert "''" not in raw


LONG = "x" * 10_000


@pytest.mark.parametrize(
    "words",
    [("list", "--owner", LONG), ("list", "--kind", LONG), ("due", "--group", LONG), ("new", LONG, "-s", "x"),
     ("contact", "8", LONG, "-s", "x"), ("step", "done", "8", LONG), ("promise", "kept", "8", LONG),
     ("memo", "1", "--paper", LONG), ("calendar", "show", LONG), ("contacts", "show", LONG),
     ("--as", LONG, "note", "8", "x"),
     ("contacts", "add", LONG, "-n", "x"), ("set", "8", f"{LONG}=1"), ("plan", "8", "--checklist", LONG),
     ("memo", "1", "--to", LONG), ("link", "8", LONG), ("kinds", "show", LONG), ("-C", LONG, "list"), ("init", LONG)],
    ids=lambda words: " ".join(words).replace(LONG, "…"),
)  # fmt: skip
def test_a_very_long_word_is_refused_without_a_bug(sample: Srctl, words: tuple[str, ...]) -> None:
    before = revisions(sample)
    ran: Ran = sample.run(*words)
    assert ran.code in (2, 3, 5), ran
    assert "  → " in ran.err
    assert revisions(sample) == before
