"""What names a person gets out of an office by no real command: written in every way, wherever somebody may type."""

import io
import re
import sqlite3
import tempfile
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from openpyxl import load_workbook

from srctl.cli import completion
from srctl.core.errors import BUG
from srctl.documents.docx.word_file import inventory, paragraphs
from srctl.index.queries import offered
from srctl.office.folder import Folder
from tests.conftest import Srctl
from tests.test_privacy import ACCUSED, PERSON, WAYS

PUT = {"ผู้ร้อง", "(ขอสงวน)", "ขอสงวน", "…", ""}  # without the brackets in a shell
ABOUT = {
    "named": (),
    "anonymous": ("--anonymous",),
    "nobody": None,
}


def told(ways: tuple[str, ...]) -> str:
    return f"เรื่อง {' '.join(f'AX{way}ZX' for way in ways)} ขอความเป็นธรรม"


def filled(office: Srctl, state: str) -> tuple[str, ...]:
    """Type every way into the texts of a case of the office; return the ways that are to be found nowhere."""
    given = ABOUT[state]
    person = PERSON.personal() if given is not None else {}
    ways = tuple(" ".join(way.split()) for way in WAYS if person or "ผู้ถูก" in way)
    text = told(ways)
    office.ok("new", "complaint", "-s", text, "--from", text, "--by", "รมว.ศธ.", "--order", text, "--ref", text,
              "--channel", "letter", "--due", "+3wd", "--set", f"accused={ACCUSED}", *(given or ()))  # fmt: skip
    office.ok("due", "--all")  # the index has read it before anybody said who complains
    if person:
        office.ok("set", "1", *(f"complainant.{field}={value}" for field, value in person.items()))
    office.ok("contact", "1", "obec/somsak", "--said", text, "--agreed", text, "--they-promise", text, "-u", "+1wd")
    office.ok("contact", "1", "obec", "--said", text, "--we-promise", text, "-u", "+1wd")
    office.ok("note", "1", text)
    office.ok("letter", "1", "ask-information", "--to", "gazette", "--ask", text, "--by", "+7wd")
    office.ok("letter", "1", "circular", "--to", "obec", "--to", "vec", "--value", f"content={text}")
    for paper in ("ask-information", "circular"):
        for deed in ("submit", "sign", "number"):
            office.ok(deed, "1", paper)
    office.ok("send", "1", "ask-information")
    office.ok("receive", "1", "ask-information", "--from", "gazette", "--said", text, "--ref", text)
    return ways


def word(file: Path) -> str:
    raw = file.read_bytes()
    return "\n".join((*paragraphs(raw), *inventory(raw).margins))


def completed(office: Srctl) -> str:
    """What the Tab key offers for a case, with the description of each."""
    with closing(Folder(office.root)) as folder:
        return str([(case, completion.described(words)) for case, words in offered(folder, office.now.date(), "")])


def mail(file: Path) -> str:
    parts = message_from_bytes(file.read_bytes(), policy=policy.default).walk()
    return "\n".join(part.get_content() for part in parts if part.get_content_maintype() == "text")


def ways_out(office: Srctl, tmp_path: Path) -> dict[str, str]:
    """What each command shows or writes."""
    found: dict[str, str] = {}
    for which in ("in", "out", "matters"):
        docx, xlsx = tmp_path / f"{which}.docx", tmp_path / f"{which}.xlsx"
        office.ok("register", which, "--docx", str(docx), "--xlsx", str(xlsx))
        book = load_workbook(io.BytesIO(xlsx.read_bytes()))
        found[f"register {which}"] = (
            office.ok("register", which, "--json").out
            + word(docx)
            + str([[cell.value for cell in row] for sheet in book.worksheets for row in sheet.rows])
        )
    html, docx, eml, ics, account = (tmp_path / f"x.{end}" for end in ("html", "docx", "eml", "ics", "explain.docx"))
    office.ok("digest", "--all", "--html", str(html), "--docx", str(docx), "--eml", str(eml), "--to", "a@example.com")
    office.ok("due", "--all", "--ics", str(ics))
    office.ok("explain", "1", "--docx", str(account))
    found["digest files"] = html.read_text("utf-8") + word(docx) + mail(eml)
    found["due --ics"] = ics.read_bytes().replace(b"\r\n ", b"").decode()
    found["explain --docx"] = word(account)
    found["chase --do"] = office.run("chase", "--do", "--message", "--json").out
    for words in (("digest", "--all"), ("due", "--all", "--json"), ("list", "--all", "--json"), ("today", "--all"),
                  ("chase", "--all", "--json"), ("list", "ขอความเป็นธรรม", "--json")):  # fmt: skip
        found[" ".join(words)] = office.ok(*words).out
    found["completion"] = completed(office)
    found["paper check"] = office.run("paper", "check", "1", "--json").out
    found["papers"] = "".join(word(file) for file in sorted(office.root.glob("cases/**/*.docx")))
    found["commits"] = office.git("log", "--format=%B")
    return found


def index_files(office: Srctl) -> str:
    """The bytes of the index as they lie on the disk, what was deleted from it among them."""
    return "".join(
        file.read_bytes().decode("utf-8", "ignore") for file in sorted((office.root / ".git/srctl").glob("index.db*"))
    )


def index_rows(office: Srctl) -> str:
    with closing(sqlite3.connect(office.root / ".git/srctl/index.db")) as index:
        tables = [name for (name,) in index.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return str([[*index.execute(f"SELECT * FROM {name}")] for name in tables])


@pytest.mark.slow
@pytest.mark.parametrize(
    "state", ["named", *(pytest.param(s, marks=pytest.mark.full) for s in ("anonymous", "nobody"))]
)
def test_no_way_of_writing_a_person_leaves_by_any_command(office: Srctl, tmp_path: Path, state: str) -> None:
    ways = filled(office, state)
    office.at("2026-12-04T09:00")
    left: list[tuple[str, str]] = []
    for out, said in {**ways_out(office, tmp_path), "index": index_rows(office)}.items():
        put = re.findall(r"AX(.*?)ZX", said.replace("\\n", "\n"), re.DOTALL)
        assert put or out in ("commits", "completion", "paper check"), out
        left += [(out, words) for words in put if words.strip() not in PUT]
    assert left == []
    on_disk = index_files(office)
    assert [way for way in ways if way in on_disk] == []


def test_the_name_of_a_fault_is_in_no_log(office: Srctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.ok("new", "complaint", "-s", "ขอความเป็นธรรม", "--order", "ตรวจ", "--complainant", PERSON.name)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail(*_given: object, **_named: object) -> None:
        name = PERSON.name
        raise RuntimeError(name)

    monkeypatch.setattr("srctl.office.writer.act", fail)
    ran = office.run("note", "1", f"ร้องโดย {PERSON.name}")
    assert ran.code == BUG
    log = (tmp_path / "srctl-bug.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "รักถิ่น" not in log + ran.err
