"""Two faces, both complete: every word a clerk sees is Thai in Thai and English in English."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.core.errors import BUG
from srctl.model.labels import CHANNELS
from tests import catalogue
from tests.conftest import PROJECT, Srctl

MODULES = sorted((PROJECT / "srctl").rglob("*.py"))
THAI = re.compile(r"[\u0e00-\u0e7f]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")
PLACEHOLDER = re.compile(r"\{\w+(?:[!:]\w+)?\}")
# In a Thai message a Latin word is a name or something to type, and then stands in the English one too.
LATIN_IN_THAI_ONLY = {"BOM"}
MESSAGES = catalogue.translations("th")
WORDS = {text: thai for message, thai in MESSAGES.items() for text in catalogue.forms(message)}


def placeholders(message: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(message))


def latin(message: str) -> set[str]:
    return set(LATIN.findall(PLACEHOLDER.sub("", message)))


# -- the catalogue ----------------------------------------------------------------------------


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    assert sorted(MESSAGES, key=catalogue.forms) == catalogue.messages()


def test_every_message_is_translated() -> None:
    assert [message for message, thai in WORDS.items() if not thai.strip()] == []


def test_no_translation_waits_for_a_second_look() -> None:
    lines = catalogue.po_path("th").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("#~") or (line.startswith("#,") and "fuzzy" in line)] == []


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    assert [m for m, thai in MESSAGES.items() if placeholders(thai) != placeholders(catalogue.forms(m)[-1])] == []


def test_a_message_is_english_and_its_translation_thai() -> None:
    # What is spoken of may be quoted in Thai (คำลงท้าย); the sentence is English.
    assert [m for m in WORDS if not m or len(THAI.findall(m)) > len(re.findall("[A-Za-z]", m))] == []
    worded = {m: thai for m, thai in WORDS.items() if latin(m)}
    names = {"LibreOffice", "Python", "git", "srctl"}  # programs are called so in every language
    assert [thai for m, thai in worded.items() if not THAI.search(thai) and m not in names] == []
    assert [thai for m, thai in worded.items() if latin(thai) - latin(m) - LATIN_IN_THAI_ONLY] == []


def test_a_translation_keeps_the_spaces_and_lines_around_it() -> None:
    def around(text: str) -> tuple[str, str, int]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], text.count("\n")

    assert [m for m, thai in WORDS.items() if around(thai) != around(m)] == []


def test_the_files_are_what_make_catalogue_writes() -> None:
    made = catalogue.merged("th")
    path = catalogue.po_path("th")
    assert path.read_bytes() == catalogue.po_bytes(made)
    assert path.with_suffix(".mo").read_bytes() == catalogue.mo_bytes(made)


def test_the_files_tell_of_no_day_and_no_machine() -> None:
    text = catalogue.po_path("th").read_text(encoding="utf-8")
    assert not re.search(r"POT-Creation|Revision-Date|Generated-By|^#:|site-packages", text, re.MULTILINE)


def test_the_fast_reading_of_the_catalogue_is_that_of_gettext() -> None:
    import gettext

    with catalogue.po_path("th").with_suffix(".mo").open("rb") as file:
        reference = gettext.GNUTranslations(file)
    i18n.use("th")
    counted = [(message, n) for message in MESSAGES if isinstance(message, tuple) for n in (0, 1, 2)]
    assert counted
    assert [i18n.ngettext(*m, n) for m, n in counted] == [reference.ngettext(*m, n) for m, n in counted]
    plain = [message for message in MESSAGES if isinstance(message, str)]
    assert [i18n._(message) for message in plain] == [reference.gettext(message) for message in plain]


def test_a_plural_among_other_messages_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = catalogue.Steady(locale="th", fuzzy=False)
    made.add(("“{n}” day", "“{n}” days"), ("“{n}” วัน",))  # not ASCII, and the last of all
    for message, thai in (("before", "ก่อน"), (("{n} day", "{n} days"), ("{n} วัน",)), ("{n} wd", "{n} วันทำการ")):
        made.add(message, thai)
    file = tmp_path / "th" / "LC_MESSAGES" / "srctl.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogue.mo_bytes(made))
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    i18n.use("th")
    assert [i18n._(m) for m in ("before", "{n} wd", "after")] == ["ก่อน", "{n} วันทำการ", "after"]
    assert {i18n.ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)} == {"{n} วัน"}
    assert {i18n.ngettext("“{n}” day", "“{n}” days", n) for n in (0, 1, 2)} == {"“{n}” วัน"}


def test_a_catalogue_has_one_form_for_every_count() -> None:
    """The reader takes the first form; a language with more would need gettext's rules for choosing."""
    assert [catalogue.merged(language).num_plurals for language in catalogue.TRANSLATED] == [1]


def test_english_has_one_and_many() -> None:
    i18n.use("en")
    said = [i18n.ngettext("{n} day", "{n} days", n).format(n=n) for n in (0, 1, 1.5, 2, 21)]
    assert said == ["0 days", "1 day", "1.5 days", "2 days", "21 days"]


@pytest.mark.parametrize(
    "source",
    ["_('{n} day', '{n} days', n)", "ngettext('{n} day', n)", "ngettext(one, many, n)", "ngettext(f'{n} day', 'b', n)"],
)
def test_a_message_the_catalogue_cannot_have_is_refused(source: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=r"module\.py:1: "):
        list(catalogue.messages_of(tmp_path / "module.py"))


def test_a_language_nobody_translated_is_english() -> None:
    i18n.use("fr")
    assert (i18n.language(), i18n._("due")) == ("en", "due")


# -- nothing bypasses it ----------------------------------------------------------------------

# Where the words stand that a person reads: callable → positions of its arguments.
SHOWN: dict[str, slice] = {
    "out": slice(0, 1), "say": slice(0, 1), "tell": slice(0, 2), "menu": slice(0, 1), "when": slice(0, 1),
    "print": slice(0, None), "prompt": slice(0, 1), "Column": slice(0, 1), "Act": slice(1, 2),
    "UsageError": slice(0, 2), "NotFound": slice(0, 2), "Refused": slice(0, 2), "Changed": slice(0, 2),
    "GitRefused": slice(0, 2), "SrctlError": slice(0, 2), "Problem": slice(3, 5), "ReadingError": slice(2, 4),
    "Fault": slice(2, 4), "WordingError": slice(1, 2), "TemplateError": slice(0, 1), "SecurityError": slice(0, 1),
}  # fmt: skip
SHOWN_BY_NAME = {"help", "message", "hint", "heading", "title", "label", "sentence"}
# What is typed rather than read: the commands of srctl and git, and a path to go to.
TYPED = re.compile(r"^(\W*(srctl|git|cd)\b|(… )?--|id, due, owner, subject$)")


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def literals(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts below a node that no ``_()`` stands around; an f-string is one text."""
    if isinstance(node, ast.Call) and called(node) in ("_", "mark", "ngettext"):
        return
    if isinstance(node, ast.JoinedStr):
        yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    # What stands in a further call, a subscript or a comparison is a key or a code, not what is shown.
    below: list[ast.AST] = []
    if isinstance(node, ast.IfExp):
        below = [node.body, node.orelse]
    elif isinstance(
        node, ast.JoinedStr | ast.BinOp | ast.BoolOp | ast.FormattedValue | ast.Tuple | ast.List | ast.Starred
    ):
        below = [
            n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.Constant) or isinstance(node, ast.BinOp)
        ]
    for part in below:
        yield from literals(part)


def bypassing(source: str) -> list[str]:
    """Return line and text of everything shown to a person that is a plain word of ours."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        shown: list[ast.AST] = [k.value for k in node.keywords if k.arg in SHOWN_BY_NAME]
        if called(node) in SHOWN:
            shown += node.args[SHOWN[called(node)]]
        for part in shown:
            for line, text in literals(part):
                if re.search(r"[A-Za-z]{2}|[\u0e00-\u0e7f]", text) and not TYPED.match(text):
                    found.append(f"{line}: {text}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_words_shown_to_a_person_bypass_the_catalogue(path: Path) -> None:
    assert bypassing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('view.out("nothing here")', ["1: nothing here"]),
        ('view.out(_("nothing here"))', []),
        ('view.out(ngettext("{n} file", "{n} files", n))', []),
        ('view.out("  " + name)', []),
        ('view.say(f"{n} files" if n else "none")', ["1: … files", "1: none"]),
        ('raise Refused(_("no"), "try again")', ["1: try again"]),
        ('raise Refused(_("no"), f"srctl show {id}")', []),
        ('view.Column("case")', ["1: case"]),
        ('typer.Option("--kind", help="which")', ["1: which"]),
        ('Problem(path, 1, "empty", _("it is empty"), "fill it")', ["1: fill it"]),
        ('view.out("ไม่มี")', ["1: ไม่มี"]),
    ],
)
def test_words_that_bypass_the_catalogue_are_found(source: str, found: list[str]) -> None:
    assert bypassing(source) == found


def test_every_message_is_one_literal() -> None:
    """A message put together at run time cannot be in the catalogue; these look marked ones up later."""
    later = ("cli/typer_bridge.py", "/doctor.py", "proofing/rules.py", "proofing/unseen.py", "workflow/stages.py")
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) == "_" and not path.as_posix().endswith(later):
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"


# -- one and many -----------------------------------------------------------------------------

# Words of messages that end in s and are no plural of what is counted: verbs, and what is written in files.
NO_PLURALS = {
    "as", "bears", "carries", "does", "goes", "has", "holds", "is", "leads", "looks", "makes", "moves", "needs",
    "shows", "stands", "takes", "was", "fonts", "templates",
}  # fmt: skip
# What a number is called in a message, and those messages that are right for 1 as they are.
NUMBER = re.compile(r"\{(?:n|k|number|count|most|limit|size|listed|fail|warn)\b")
RIGHT_FOR_ONE = {
    "in {n}", "in {n} wd", "{n} due", "{n} late", "{n} wd late", "{n} wd ago",
    "{n} GB free", "{file} is larger than {size} MB", "this is not an ordinary file of at most {size} MB",
    "… and {n} more: {command}", "{name} {n} is named, but {listed} listed", "step {n}: what", "paragraph {n}",
    "paragraph {number} “{words}”", "nothing is called “{typed}”; type a number from 1 to {n}, or part of a name",
    "it belongs to {opening} of paragraph {number} and must stand as that does: {rule}",
    "series {name}: begins {year}: {n} is not a B.E. year and its first number",
    "byte {number} is not UTF-8", "byte {number} is not UTF-8; the file looks saved as TIS-620 (ANSI)",
    "the number {number}", "the number {number} stands twice or is none", "the sub-number {number} stands alone",
    "{who} is away too on {n} of these days", "answers {number}", "answered by our no. {number} of {day}",
    "there is no number after {n}", "look whether {n} was given by mistake",
    "{key}: {given} is not a whole number up to {most}",
    "… and {n} more", "there is no scan no. {n}", "no. {n} {file}: number of the matter",
    "{file} is filed already, as no. {n}",
    "made: {n}", "there is no size {size}", "receipt no. {number}",
    "(level {n})", "registered post {number}", "{paper} {number} came back undelivered", "{paper} {number} was taken",
    "{paper} numbered {number}", "{paper} {number} sent", "{paper} {number} cancelled",
}  # fmt: skip


def plurals(text: str) -> list[str]:
    """Return the plural nouns that stand behind a placeholder, whatever it is called."""
    behind = re.findall(r"\{\w+[^}]*\}((?: [a-z-]+){1,2})", text)
    return [word for words in behind for word in words.split() if word.endswith("s") and word not in NO_PLURALS]


def test_what_is_counted_is_said_for_one_and_for_many() -> None:
    plain = [message for message in catalogue.messages() if isinstance(message, str)]
    assert [message for message in plain if plurals(message)] == []
    assert {message for message in plain if NUMBER.search(message)} == RIGHT_FOR_ONE


def test_the_form_for_one_says_no_plural_and_may_leave_out_the_number() -> None:
    pairs = [message for message in catalogue.messages() if isinstance(message, tuple)]
    assert len(pairs) > 40
    for one, many in pairs:
        assert one != many
        assert plurals(one) == []
        assert placeholders(one) in (placeholders(many), [p for p in placeholders(many) if p != "{n}"]), one


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{n} days", ["days"]),
        ("{count} invisible characters ({names})", ["characters"]),
        ("within {n:g} working days", ["days"]),
        ("{id} has no change", []),
        ("{n} wd late", []),
    ],
)
def test_a_plural_behind_a_placeholder_is_found(text: str, found: list[str]) -> None:
    assert plurals(text) == found


# -- what is really shown ---------------------------------------------------------------------

# Dates and names given as examples of what can be typed, the same in both languages.
EXAMPLES = ("20 พ.ย. 69", "พรุ่งนี้", "tomorrow", "ศุกร์หน้า", "friday", "สร.", "ศธ")

# Runs each line of words at the story's moment, in one process and one language, and prints what came of them.
RUN = """
import json, sys
from datetime import datetime
from pathlib import Path
from srctl.core import i18n
i18n.use(sys.argv[1])
from srctl.index.workspace import set_settings
from tests.conftest import invoked
shown = []
for words in json.load(sys.stdin):
    set_settings(cwd=Path(sys.argv[2]), now=datetime.fromisoformat("2026-11-20T09:12:00+07:00"), interactive=False)
    ran = invoked(*words)
    shown.append((ran.code, ran.out + ran.err))
json.dump(shown, sys.stdout)
"""
COMMANDS = """
import json, sys
from srctl.core import i18n
i18n.use("en")
from srctl.cli.app import declared
from srctl.cli.typer_bridge import made
def tell(command, words):
    yield words, [name for p in command.params for name in [*p.opts, *p.secondary_opts]]
    for name, below in getattr(command, "commands", {}).items():
        yield from tell(below, [*words, name])
json.dump(list(tell(made(declared()), [])), sys.stdout)
"""
MAIN: tuple[str, ...] = (
    "due --all", "due", "list --all", "list --stage nowhere", "show {open}", "show {closed}", "next {open}",
    "next {closed}", "history {open}", "check", "kinds", "kinds show complaint", "contacts list", "contacts show obec",
    "contacts show obec/somsak", "whoami --list", "calendar show", "calendar show 2400", "note {open} ทดสอบ",
    "contact {open} obec/somsak --by phone --said ทดสอบ --they-promise ส่งเอกสาร --until +3wd",
    "analyse {open} --issue ทดสอบ --opinion ทดสอบ", "plan {open} --result ทดสอบ", "assign {open} suda",
    "decide {open} --by รมว.ศธ. --what เห็นชอบ", "report {open} --result ทดสอบ", "memo {open}", "undo {open}",
    "link {open} {closed}", "close {open}", "close {open} --override ทดสอบ", "reopen {open} --why ทดสอบ",
    "set {open} urgency=urgent", "set {open} colour=red", "new directive --subject ทดสอบ --order ทดสอบ",
    "new directive", "show 9999", "show", "bogus", "du", "due --bogus", "due --al", "due --days", "due --days x",
    "due --days -1", "show 1 2", "due --all=1", "note {open}", "step", "contact {open} nobody/at-all --said ทดสอบ",
    "new directive --subject ทดสอบ --order ทดสอบ --due ราวนั้น", "new directive --subject ก --order ข --channel pigeon",
)  # fmt: skip


def python(code: str, *words: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", code, *words], input=stdin, capture_output=True,
        check=True, encoding="utf-8", env={**os.environ, "COLUMNS": "200", "SRCTL_AS": "malee"},
    )  # fmt: skip
    return done.stdout


Commands = list[tuple[list[str], list[str]]]


@pytest.fixture(scope="module")
def commands() -> Commands:
    """Every command and group, and its parameters, as they are typed."""
    return [(words, parameters) for words, parameters in json.loads(python(COMMANDS))]


def shown(language: str, root: Path, lines: list[list[str]]) -> list[tuple[int, str]]:
    """Return exit code and text of each line of words, run one after the other."""
    return [(code, text) for code, text in json.loads(python(RUN, language, str(root), stdin=json.dumps(lines)))]


def main_lines(office: Srctl) -> list[list[str]]:
    rows = office.ok("list", "--all", "--json").json["items"]
    ids = {"open": next(r["id"] for r in rows if r["stage"] != "closed" ),
           "closed": next(r["id"] for r in rows if r["stage"] == "closed")}  # fmt: skip
    return [line.format(**ids).split() for line in MAIN]


def names(root: Path, commands: Commands) -> set[str]:
    """Return the Latin words that are names or are typed: of commands, of the office's people, kinds and papers."""
    from srctl.office.folder import Folder
    from srctl.workflow.actions import SETTABLE

    folder = Folder(root)
    kinds = folder.kinds.readable()
    found = {word for words, parameters in commands for word in [*words, *parameters]}
    for key, organisation in folder.directory.readable().items():
        found |= {key, organisation.email, *(w for p in organisation.people for w in (p.id, p.email, p.line))}
    for key, kind in kinds.items():
        found |= {key, *kind.stage_names(), *(f.name for f in kind.fields), *kind.papers, *kind.checklists}
    found |= {day.source for day in folder.calendar.holidays.values()}
    found |= {*SETTABLE, *CHANNELS, *(c.id for c in folder.office.coordinators)}
    found |= {part for path in root.rglob("*") for part in path.relative_to(root).parts if ".git" not in path.parts}
    return {word for text in [*found, *EXAMPLES] for word in LATIN.findall(text)}.union(*map(latin, WORDS.values()))


def prose(text: str) -> list[str]:
    """Return the Latin words of a text that are nothing to type: no command line, no option, no METAVAR, no place."""
    text = re.sub(r"srctl [a-z].*|<[a-z ]+>|\S*[/=]\S*|[“\"'‘].*?[”\"'’]|--?[a-z-]+", " ", text)
    return [word for word in LATIN.findall(text) if not word.isupper()]


def test_help_is_thai_in_thai_and_english_in_english(commands: Commands, pristine: Path) -> None:
    lines = [[*words, "--help"] for words, _parameters in commands]
    thai = shown("th", pristine, lines)
    english = shown("en", pristine, lines)
    known = names(pristine, commands)
    assert len(lines) > 35
    for words, (code, text), (_code, other) in zip(lines, thai, english, strict=True):
        assert code == 0
        assert THAI.search(text)
        assert [w for w in prose(text) if w not in known] == [], f"{words}\n{text}"
        assert set(THAI.findall(other)) <= set(THAI.findall(" ".join(EXAMPLES))), f"{words}\n{other}"


def test_every_command_speaks_thai_only(sample: Srctl, commands: Commands) -> None:
    known = names(sample.root, commands)
    lines = main_lines(sample)
    for words, (code, text) in zip(lines, shown("th", sample.root, lines), strict=True):
        assert code != BUG, f"{words}\n{text}"
        assert [w for w in prose(text) if w not in known and w not in LATIN.findall(" ".join(words))] == [], (
            f"{words}\n{text}"
        )


def test_every_command_speaks_english_but_for_the_offices_own_words(sample: Srctl, commands: Commands) -> None:
    lines = main_lines(sample)
    said = shown("en", sample.root, lines)
    files = [p for p in sample.root.rglob("*") if p.suffix in (".yaml", ".j2")]
    texts = [*(p.read_text(encoding="utf-8") for p in files), sample.git("log", "--format=%an %s"), *EXAMPLES]
    data = "\n".join(texts)
    for words, (code, text) in zip(lines, said, strict=True):
        assert code != BUG, f"{words}\n{text}"
        typed = " ".join(words)
        assert [t for t in THAI.findall(text) if t not in data and t not in typed] == [], f"{words}\n{text}"
