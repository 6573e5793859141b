"""The commonest jobs of the office take few keys: commands and prompts, counted as a person would at a terminal.

``python -m pytest -s tests/test_key_counts.py`` prints the table. The limits are what clerks asked for after days with
an earlier version: there a spoken order took 8 prompts, a call 6, a letter 5 commands, an invitation to sixteen 65.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of Unix", allow_module_level=True)

from tests.conftest import Srctl
from tests.screens import PROMPT, Terminal, plain

INVITED = [f"member{n}" for n in range(1, 17)]
MEMBER = """format: 1
name: สมาคมสมมติที่ %d
head: ประธานสมาคมสมมติที่ %d
network: เชิญ
"""


class Command(NamedTuple):
    """A command as it is typed, and what is typed at its prompts ("" is Enter alone)."""

    words: Sequence[str]
    typed: Sequence[str] = ()


class Job(NamedTuple):
    """Something a coordinator does many times a day, and what it may cost at most."""

    name: str
    does: Sequence[Command]
    commands: int
    prompts: int
    achieved: Callable[[Srctl], None]


def spoken_order(office: Srctl) -> None:
    case = the_case(office, "13")
    assert case["subject"] == case["order"]["text"] == "ให้สรุปตัวเลขครูขาดแคลนภาคใต้"
    assert (case["order"]["by"], case["order"]["due"], case["owner"]) == ("รมว.ศธ.", "2026-11-27", "malee")


def call_settling_step_and_promise(office: Srctl) -> None:
    case = the_case(office, "8")
    assert next(s for s in case["plan"]["steps"] if s["id"] == "s2")["done"]
    assert [(p["of"], p["due"]) for p in case["promises"] if p["what"] == "ส่งตัวเลขฉบับแก้ไข"] == [("them", "2026-11-27")]


def letter_gone(office: Srctl) -> None:
    papers = the_case(office, "8")["papers"]
    assert [(p["wording"], p["state"]) for p in papers if p["wording"] == "thanks"] == [("thanks", "sent")]


def all_sixteen_invited(office: Srctl) -> None:
    papers = the_case(office, "13")["papers"]
    assert [p["state"] for p in papers] == ["sent"] * len(INVITED)
    assert len({p["number"] for p in papers}) == len(INVITED)


def small_order_closed(office: Srctl) -> None:
    case = the_case(office, "13")
    assert (case["kind"], case["stage"], case["overrides"]) == ("small", "closed", 0)


def nothing_written(office: Srctl) -> None:
    assert office.git("status", "--porcelain") == ""


JOBS = (
    Job("spoken order", [Command(["new"], ["ให้สรุปตัวเลขครูขาดแคลนภาคใต้", "ศุกร์หน้า", ""])], 1, 3, spoken_order),
    Job("call that settles a step and brings a promise",
        [Command(["contact", "8"], ["", "ได้ตัวเลขแล้ว จะแก้ไขบางจังหวัด", "1 หน่วยงาน ส่งตัวเลขฉบับแก้ไข ภายใน 27/11/2569"])],
        1, 3, call_settling_step_and_promise),
    Job("one letter, drafted and sent",
        [Command(["letter", "8", "ขอบคุณ", "--to", "สพฐ.", "--ask", "ข้อมูล"]), Command(["send", "8", "--signed"])],
        2, 0, letter_gone),
    Job("invitation to sixteen",
        [Command(["new", "การประชุม"], ["ประชุมคณะกรรมการขับเคลื่อนนโยบาย", "รมว.ศธ.", "1", "คณะกรรมการขับเคลื่อนนโยบาย",
                                       "18/12", "9.30", "ห้องประชุมสมมติ", ""]),
         Command(["letter", "13", "invite-meeting", "--to", "@เชิญ"]),
         Command(["send", "13", "--signed", "--all"])],
        4, 8, all_sixteen_invited),
    Job("order done in two minutes",
        [Command(["do", "ขอเบอร์โทรศัพท์เลขาธิการ กพฐ.", "--result", "แจ้งเบอร์แล้ว"])], 1, 0, small_order_closed),
    Job("the morning", [Command([])], 1, 0, nothing_written),
)  # fmt: skip


def the_case(office: Srctl, case_id: str) -> Any:
    return office.ok("show", case_id, "--json").json


def carried_out(office: Srctl, command: Command) -> int:
    """Type the command and its answers at a real terminal; return how many prompts it had."""
    moment = office.now.strftime("%Y-%m-%dT%H:%M")
    at = Terminal(
        ["-C", str(office.root), *command.words], env={"SRCTL_LANG": "th", "SRCTL_AS": "malee"}, now=moment
    )  # fmt: skip
    for answer in command.typed:
        at.answer("", answer)
    assert at.end() == 0, plain(at.said)
    return at.said.count(PROMPT)


def with_sixteen_to_invite(office: Srctl) -> None:
    for n, name in enumerate(INVITED, 1):
        (office.root / f"contacts/{name}.yaml").write_text(MEMBER % (n, n), encoding="utf-8")
    office.ok("adopt", *(f"contacts/{name}.yaml" for name in INVITED))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_costs_no_more_than_it_should(sample: Srctl, job: Job) -> None:
    if job.achieved is all_sixteen_invited:
        with_sixteen_to_invite(sample)
    prompts = sum(carried_out(sample, command) for command in job.does)
    job.achieved(sample)
    print(f"\n{job.name:<48} {len(job.does)} commands, {prompts} prompts (at most {job.commands}, {job.prompts})")
    assert len(job.does) <= job.commands
    assert prompts <= job.prompts
