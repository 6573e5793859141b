"""What `next` tells works: every kind of matter comes to its end by typing nothing else."""

import re
import shlex

import pytest

from srctl.core.placeholders import localized
from srctl.office.folder import Folder
from srctl.papers.wordings import read_template
from tests.conftest import PROJECT, Srctl

FOLDER = Folder(PROJECT)
KINDS = sorted(FOLDER.kinds.readable())
MOST = 60  # acts: a kind that takes more goes round in a circle
PLACES = {"ORG/PERSON": "obec/somsak", "WHO": "suda", "OTHER": "2"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_gate_asks_for_what_the_memo_it_asks_for_needs(kind: str) -> None:
    found = FOLDER.kind(kind)
    asked = {"subject", "owner"}
    for stage in found.stages:
        asked |= set(stage.needs)
        if "memo" in stage.needs:
            assert set(read_template(PROJECT / "templates", found.papers[0]).form.needs) <= asked


def typed(office: Srctl, command: str, kind: str) -> list[str]:
    """The words of a command as a clerk types them who fills its blanks."""
    places = {localized(word): fill for word, fill in PLACES.items()}
    words = [places.get(word, word) for word in shlex.split(command)[1:]]
    if words[0] == "set":
        words[2] = filled(words[2], kind)
    return [("x | obec/somsak | phone | +1wd" if words[0] == "plan" and "--step" in words else "สมมติ")
            if word == "…" else word for word in words]  # fmt: skip


def filled(pair: str, kind: str) -> str:
    """``name=…`` with a text of the type of the field."""
    name = pair.partition("=")[0]
    field = next((f for f in FOLDER.kind(kind).fields if f.name == name), None)
    type_ = field.type if field else "date" if name in ("received.dated", "order.due") else "text"
    value = {"date": "2026-11-25", "time": "09:00"}.get(type_, "สมมติ")
    return f"{name}={field.values[0].th if field and field.values else value}"


@pytest.mark.parametrize("kind", [
    pytest.param(kind, marks=() if kind in ("invitation", "question") else pytest.mark.full) for kind in KINDS
])  # fmt: skip
def test_a_matter_of_every_kind_comes_to_its_end_by_what_next_tells(office: Srctl, kind: str) -> None:
    new = ["new", "-s", "เรื่องสมมติ", "--from", "หน่วยงานสมมติ", "-c", "letter", "--by", "รมว.ศธ.", "--order", "พิจารณา",
           "--owner", "malee", "--sure"]  # fmt: skip
    private = ("--anonymous",) if FOLDER.kind(kind).complainant else ()
    for what in (kind, "directive"):
        ran = office.run(new[0], what, *new[1:], *(private if what == kind else ()))
        assert ran.code == 0, ran.err
    office.ok("note", "1", "เริ่ม")
    for _turn in range(MOST):
        case = office.ok("show", "1", "--json").json
        if not case["missing"]:
            break
        command = case["missing"][0]["command"]
        ran = (
            office.run(*typed(office, command, kind), "--sure")
            if "set" in command
            else office.run(*typed(office, command, kind))
        )
        assert ran.code == 0, f"{case['stage']}: {command} → {ran.code}\n{ran.err}"
    told = re.findall(r"srctl close \S+", office.ok("next", "1").out)
    assert told, case["missing"]
    office.ok(*shlex.split(told[0])[1:])
    assert office.ok("show", "1", "--json").json["stage"] == "closed"


def test_a_paper_of_every_state_goes_on_by_what_it_tells(sample: Srctl) -> None:
    sample.ok("set", "12", "asker=นายสมมติ ผู้แทน")
    sample.ok("analyse", "12", "-i", "ก", "-f", "ข", "--opinion", "ค", "-p", "ง", "--override", "ทดสอบ")
    sample.ok("letter", "12", "answer-question")
    for _step in range(4):
        paper = next(p for p in sample.ok("show", "12", "--json").json["papers"] if p["id"] == "answer-question")
        if paper["state"] == "sent":
            break
        sample.ok(*shlex.split(paper["next"])[1:])
    assert paper["state"] == "sent"
