"""Whatever is done to a case in whatever order, lawful or not: it stays sound, and only a refusal is ever raised."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Serial, decode
from srctl.core.errors import NotFound, Refused, UsageError
from srctl.deadlines import adjustments
from srctl.deadlines.adjustments import Longer
from srctl.deadlines.explanation import explanations
from srctl.deadlines.pauses import open_pause
from srctl.deadlines.rules import Deadline, deadlines, order_stands
from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED, Extension
from srctl.model.labels import CHANNELS
from srctl.model.people import superiors
from srctl.office.course import Actor, carried_out
from srctl.office.folder import Folder
from srctl.papers import draft_request, lifecycle
from srctl.papers.draft_request import Asked, Drafted
from srctl.papers.lifecycle import Dispatch, Kept, Numbered, Reply
from srctl.store.yaml.patch import patched
from srctl.workflow import actions, case_validation, reopening
from srctl.workflow.actions import Act, Said
from srctl.workflow.filters import head_of
from srctl.workflow.paper_state import papers_of, the_paper
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import open_promises, stage_of, steps_settled
from tests.conftest import PROJECT, Srctl, sampled

FOLDER = Folder(PROJECT)
KIND = FOLDER.kind("complaint")
MALEE = next(c for c in FOLDER.office.coordinators if c.id == "malee")
BEGAN = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
CASE = "2569-0042"
NEW: dict[str, Any] = {
    "format": "1", "id": CASE, "kind": KIND.id, "subject": "เรื่อง", "owner": "malee", "urgency": "none",
    "received": {"on": "2026-11-18", "channel": "letter"}, "order": {"text": "ให้ตรวจสอบ"},
    "complainant": {"name": "นายสมมติ ตัวอย่าง"},
    "log": [{"id": "a1", "at": "2026-11-18T09:00:00+07:00", "who": "malee", "did": "receive", "to": "receive"}],
}  # fmt: skip
WORDINGS = ("summary", "ask", "support")
WHOM = ("obec/somsak", "vec", "obec")


class World:
    """One case as data, the moment, and what it was before each act; two numbers and a switch choose what is done."""

    def __init__(self) -> None:
        self.now = BEGAN
        self.data: Mapping[str, Any] = NEW
        self.case = read(NEW)
        self.past: list[tuple[Mapping[str, Any], str]] = []

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def around(self) -> case_validation.ValidationContext:
        return case_validation.ValidationContext(FOLDER.office, FOLDER.kinds, FOLDER.directory, self.today)

    def due(self, case: Case) -> tuple[Deadline, ...]:
        return deadlines(case, KIND, FOLDER.calendar, self.today)

    def do(self, act: Act) -> None:
        """Carry the act out as the office does, without a disk."""
        fields = {key: value for key, value in self.data.items() if key != "log"}
        after, _fields, _move = carried_out(self.case, KIND, fields, act, Actor(MALEE, self.now))
        entries = after.log[len(self.case.log) :]
        data = patched(self.data, [*act.edits, *actions.appended(act, entries)])
        case = read(data)
        assert case == after
        found = case_validation.case_faults(case, self.around)
        if found:
            raise UsageError(found[0].message, found[0].hint)
        self.past.append((self.data, case.log[-1].id))
        self.data, self.case = data, case

    def undo(self) -> None:
        """Take back the last act, as the office does: the fields of before, and the log one entry longer."""
        last = self.case.happened()[-1].id
        earlier = next((data for data, wrote in self.past if wrote == last), None)
        if earlier is None:
            raise Refused("it is where the case begins", "srctl show")
        was = read(earlier)
        together = [entry for entry in self.case.log[len(was.log) :] if entry.did != "undo"]
        together = [e for e in together if e.at == self.case.entry(last).at]  # type: ignore[union-attr]
        undone = [partial(Entry, of=e.id) for e in together]
        act = Act("undo", "", entry=undone[-1], before=tuple(undone[:-1]))
        written = actions.appended(act, actions.entries_of(self.case, act, "malee", self.now))
        log = {"log": self.data["log"]}
        self.data = patched({**earlier, **log}, written)
        self.case = read(self.data)
        assert self.case._replace(log=()) == was._replace(log=())
        assert self.due(self.case) == self.due(was._replace(log=self.case.log[: len(was.log)]))


def read(data: Mapping[str, Any]) -> Case:
    case = decode(Case, data)
    assert case is not None
    return case


# -- what may be tried -------------------------------------------------------------------------------


def pick(items: Sequence[str], n: int) -> str:
    """Return one of the items, now and then one that is not there."""
    return items[n % len(items)] if items and n != 9 else "a99"


def promises(case: Case) -> list[str]:
    return [item.entry.id for item in open_promises(case)]


def analyse(world: World, n: int, m: int, yes: bool) -> Act:
    whole = {"issues": ["ก"], "facts": ["ข"], "opinion": "ค", "proposal": "ง", "power": "จ"}
    return actions.analyse(world.case, whole if yes else {"law": [f"มาตรา {n}"]}, override="เร่ง" if m == 0 else "")


def plan(world: World, n: int, m: int, yes: bool) -> Act:
    steps = [PlannedStep("โทร", pick(WHOM, n), "phone", world.today + timedelta(m) if yes else None)]
    return actions.plan(world.case, "ได้คำตอบ", steps, override="เร่ง" if n == 0 else "")


def contact(world: World, n: int, m: int, yes: bool) -> Act:
    said = Said("them" if yes else "us", "ส่งรายงาน", world.today + timedelta(m) if m % 2 else None)
    open_ = promises(world.case)
    keeps, breaks, chases = ([pick(open_, m)] if n == wanted else [] for wanted in (1, 2, 3))
    return actions.contact(world.case, WHOM[0], CHANNELS[n % len(CHANNELS)], said="ทวง",
                           promise=said if n < 8 else None, keeps=keeps, breaks=breaks, chases=chases)  # fmt: skip


def step(world: World, n: int, m: int, yes: bool) -> Act:
    steps = [s.id for s in world.case.plan.steps]
    return actions.step_done(world.case, pick(steps, n), dropped=yes, text="" if m == 0 else "เรียบร้อย")


def settle(world: World, n: int, m: int, yes: bool) -> Act:
    on = world.today + timedelta(m) if m < 2 else None
    return actions.settle(world.case, pick(promises(world.case), n), waived=yes, why="" if m == 0 else "ได้แล้ว", on=on)


def promise_again(world: World, n: int, m: int, yes: bool) -> Act:
    return actions.promise_again(world.case, pick(promises(world.case), n), world.today + timedelta(m))


def decide(world: World, n: int, m: int, yes: bool) -> Act:
    answers = [pick(promises(world.case), n)] if yes else []
    return actions.decide(world.case, "รมว.ศธ.", "เห็นชอบ" if m else "", answers=answers)


def pause(world: World, n: int, m: int, yes: bool) -> Act:
    reasons = FOLDER.standing.pauses
    category = pick([r.name for r in reasons], n)
    on = world.today + timedelta(m - 6) if yes else None
    return adjustments.pause(world.case, category, "รอ", reasons, world.today, on=on)


def resume(world: World, n: int, m: int, yes: bool) -> Act:
    return adjustments.resume(world.case, world.today, on=world.today + timedelta(m - 6) if yes else None)


def extend(world: World, n: int, m: int, yes: bool) -> Act:
    found = world.due(world.case)
    by = Longer(world.today + timedelta(m)) if yes else Longer(amount=m, unit=("workday", "day", "month")[n % 3])
    by = by._replace(why="รอผล", override="จำเป็น" if n == 5 else "")
    return adjustments.extend(world.case, found, pick([d.ref for d in found], n), by, Extension(), FOLDER.calendar)


def escalate(world: World, n: int, m: int, yes: bool) -> Act:
    whom = head_of(world.case, KIND, FOLDER.office, pick(("group", "head", "minister"), n))
    due = world.today + timedelta(m) if yes else None
    return adjustments.escalate(world.case, whom, "ขอให้วินิจฉัย", "ไม่ตอบ", superiors(FOLDER.office), due=due)


def memo(world: World, n: int, m: int, yes: bool) -> Act:
    the_paper_may(world.case, "summary", "memo")
    return draft_request.record_draft(
        world.case, [Drafted("summary", "summary", "", f"{len(world.case.log)}", Asked())], "memo"
    )


def draft(world: World, n: int, m: int, yes: bool) -> Act:
    wording = WORDINGS[1 + n % 2]
    the_paper_may(world.case, wording, "draft")
    chases = tuple(promises(world.case)[:1]) if yes else ()
    asked = Asked(wording, "" if m > 6 else "obec", signer="head" if m % 2 else "minister", chases=chases)
    among = ("obec", "vec") if m > 6 else ()
    return draft_request.record_draft(
        world.case, [Drafted(wording, wording, "letter", f"{len(world.case.log)}", asked, among)]
    )


def the_paper_may(case: Case, paper: str, did: str) -> None:
    """Refuse to draft a paper again that has gone too far, as drafting does."""
    if any(p.id == paper for p in papers_of(case)):
        the_paper(case, paper, did)


def on_paper(did: str) -> Callable[[World, int, int, bool], Act]:
    def make(world: World, n: int, m: int, yes: bool) -> Act:
        case = world.case
        paper = the_paper(case, "" if n > 5 else pick(WORDINGS, n), did)
        last = max([e.n for e in case.log if e.did == "number"], default=0)
        number = Numbered("ordinary", Serial(last + 1), f"ศธ 0100/{last + 1}", world.today, "เรื่อง", "เลขาธิการ")
        until = world.today + timedelta(m) if yes else None
        house = pick(("obec/somsak", "vec"), n)
        makes: dict[str, Callable[[], Act]] = {
            "finish": lambda: lifecycle.record_finished(case, paper, Kept("x.docx", f"{len(case.log)}")),
            "submit": lambda: lifecycle.submit(case, paper),
            "sign": lambda: lifecycle.sign(case, paper, "head", "wet", on=until),
            "return": lambda: lifecycle.return_paper(case, paper, "" if m == 0 else "แก้"),
            "number": lambda: lifecycle.record_number(case, paper, number),
            "send": lambda: lifecycle.send(case, paper, Dispatch("letter", until), series="ordinary"),
            "reply": lambda: lifecycle.record_reply(case, paper, Reply(house), thanks=yes, today=world.today),
            "cancel": lambda: lifecycle.cancel(case, paper, "" if m == 0 else "ไม่ใช้"),
        }
        return makes[did]()

    return make


def change(world: World, n: int, m: int, yes: bool) -> Act:
    if yes:
        return actions.change(world.case, KIND, {"order.due": world.today + timedelta(m)})
    return actions.change(world.case, KIND, {"urgency": pick(("none", "urgent", "most-urgent"), n)})


def reopen(world: World, n: int, m: int, yes: bool) -> Act:
    to = pick([s.name for s in KIND.stages], n)
    why = "" if m == 0 else "พบข้อเท็จจริงใหม่"
    return reopening.send_back(world.case, KIND, to, why) if yes else reopening.reopen(world.case, KIND, why, to)


def letter(world: World, n: int, m: int, yes: bool) -> Act:
    return lifecycle.record_reply(world.case, None, Reply(pick(("", *WHOM), n)), thanks=yes)


def report(world: World, n: int, m: int, yes: bool) -> Act:
    return actions.report(world.case, "แล้วเสร็จ", "", override="เร่ง" if n == 0 else "")


def close(world: World, n: int, m: int, yes: bool) -> Act:
    return actions.close(world.case, override="ยุติ" if n < 2 else "")


def assign(world: World, n: int, m: int, yes: bool) -> Act:
    return actions.assign(world.case, pick(("suda", "malee"), n), "")


def note(world: World, n: int, m: int, yes: bool) -> Act:
    return actions.note(world.case, "บันทึก" if m else "")


Attempt = Callable[[World, int, int, bool], Act]
ATTEMPTS: dict[str, Attempt] = {
    "analyse": analyse, "plan": plan, "contact": contact, "step": step, "settle": settle, "broken": promise_again,
    "decide": decide, "pause": pause, "resume": resume, "extend": extend, "escalate": escalate, "memo": memo,
    "draft": draft, "set": change, "reopen": reopen,
    **{did: on_paper(did) for did in ("finish", "submit", "sign", "return", "number", "send", "reply", "cancel")},
    "letter": letter, "report": report, "close": close, "assign": assign, "note": note,
}  # fmt: skip


def attempt(world: World, did: str, n: int, m: int, yes: bool) -> bool:
    """Try something; tell whether it was done. A refusal says what and what to do, and changes nothing."""
    world.now += timedelta(minutes=1)
    before = world.case
    try:
        if did == "undo":
            world.undo()
        elif did == "wait":
            world.now += timedelta(days=n)
        else:
            world.do(ATTEMPTS[did](world, n, m, yes))
    except (UsageError, NotFound, Refused) as refusal:
        well = bool(refusal.message and refusal.hint) and world.case is before
    else:
        return True
    assert well, did
    return False


# -- what must hold ----------------------------------------------------------------------------------


def all_is_well(world: World) -> None:
    case, found = world.case, world.due(world.case)
    stage = stage_of(case)
    assert stage in KIND.stage_names()
    assert case_validation.case_faults(case, world.around) == []
    open_, waits = set(promises(case)), {i for p in papers_of(case) for i in p.waiting}
    assert waits <= open_
    if stage == CLOSED:
        assert found == ()
        assert open_pause(case) is None
        return
    steps = {s.id for s in case.plan.steps} - set(steps_settled(case))
    dated = {s.id for s in case.plan.steps if s.due} & steps
    submitted = {p.id for p in papers_of(case) if p.state == "submitted"}
    named = {d.ref for d in found}
    # Nothing slips, and nothing is asked for that is settled.
    assert {d.ref for d in found if d.what in ("ours", "theirs", "thanks", "decision")} == open_
    assert {d.ref for d in found if d.what == "paper"} == submitted
    assert {d.ref for d in found if d.what == "step"} == dated
    assert bool(open_pause(case)) == any(d.what == "pause" for d in found)
    assert ("order.due" in named) == bool(case.order.due and order_stands(case))
    assert {d.ref for d in found if d.what in ("stage", "rule")} <= {r.name for r in KIND.deadlines}
    assert all(d.due >= d.original for d in found)
    assert all(d.due >= world.today for d in found if d.held)
    told = explanations(case, KIND, FOLDER.calendar, world.today)
    assert [a.days[-1].on for a in told] == [d.due for d in found]


NEXT = {"draft": "submit", "returned": "submit", "submitted": "sign", "signed": "number", "numbered": "send",
        "sent": "reply"}  # fmt: skip
ONWARD = ("analyse", "memo", "plan", "contact", "step", "settle", "decide", "report", "close")


def likely(world: World) -> list[str]:
    """Return what may be tried, what brings the case or a paper on several times."""
    if stage_of(world.case) == CLOSED:
        return [*ATTEMPTS, *["reopen"] * 20]
    return [*ATTEMPTS, *ONWARD, *[NEXT[p.state] for p in papers_of(world.case) if p.state in NEXT] * 6]


class Matter(RuleBasedStateMachine):
    """A case to which anything is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @rule(did=st.sampled_from([*ATTEMPTS, "undo", "wait"]), n=st.integers(0, 9), m=st.integers(0, 9), yes=st.booleans())
    def something_is_tried(self, did: str, n: int, m: int, yes: bool) -> None:
        attempt(self.world, did, n, m, yes)

    @rule(choice=st.integers(0, 999), n=st.integers(0, 9), m=st.integers(0, 9), yes=st.booleans())
    def the_case_is_brought_on(self, choice: int, n: int, m: int, yes: bool) -> None:
        deeds = likely(self.world)
        attempt(self.world, deeds[choice % len(deeds)], n, m, yes)

    @invariant()
    def the_case_is_sound(self) -> None:
        all_is_well(self.world)


TestMatter = Matter.TestCase
TestMatter.settings = settings(max_examples=150, stateful_step_count=40)


@pytest.mark.parametrize("seed", sampled(range(40), 4))
def test_a_long_walk_through_every_stage_stays_sound(seed: int) -> None:
    chance, world = random.Random(seed), World()
    done = 0
    for _ in range(120):
        did = chance.choice([*likely(world), "undo", "wait"])
        done += attempt(world, did, chance.randint(0, 9), chance.randint(0, 9), chance.random() < 0.5)
        all_is_well(world)
    assert done > 30


def test_the_walks_do_everything_and_have_everything_refused() -> None:
    chance = random.Random(0)
    done: set[str] = set()
    refused: set[str] = set()
    for _walk in range(25):
        world = World()
        for _ in range(100):
            did = chance.choice(likely(world))
            kept = attempt(world, did, chance.randint(0, 9), chance.randint(0, 9), chance.random() < 0.5)
            (done if kept else refused).add(did)
    assert done == set(ATTEMPTS)
    assert refused == set(ATTEMPTS)


# -- the whole tool ----------------------------------------------------------------------------------


def typed(chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Yield commands as a clerk may type them, in any order."""
    while True:
        later, entry = f"+{chance.randint(0, 9)}", f"a{chance.randint(1, 30)}"
        paper = chance.choice(["summary", "support", ""])
        yield chance.choice(
            [
                ("analyse", "--issue", "ก", "--fact", "ข", "--opinion", "ค", "--proposal", "ง"),
                ("plan", "--result", "ได้คำตอบ", "--step", f"โทร | obec/somsak | phone | {later}"),
                ("contact", "obec/somsak", "--said", "ทวง", "--they-promise", "ส่งรายงาน", "--until", later),
                ("step done", "s1"), ("step drop", "s2", "--why", "ไม่จำเป็น"),
                ("promise kept", entry), ("promise broken", entry, "--until", later),
                ("promise waived", entry, "--why", "ได้แล้ว"),
                ("decide", "--by", "รมว.ศธ.", "--what", "เห็นชอบ"),
                ("pause", "agency", "--why", "รอ", "--on", f"-{chance.randint(0, 3)}"), ("resume",),
                ("extend", "opinion", "--for", "+2wd", "--why", "รอผล"),
                ("extend", "answer", "--until", later, "--why", "รอผล", "--override", "จำเป็น"),
                ("escalate", "--ask", "ขอให้วินิจฉัย", "--why", "ไม่ตอบ"),
                ("memo", "--paper", "summary"), ("submit", paper), ("sign", paper, "--how", "wet", "--by", "head"),
                ("return", paper, "--why", "แก้"), ("number", paper), ("send", paper, "--until", later),
                ("receive", paper, "--from", "obec/somsak"), ("cancel", paper, "--why", "ไม่ใช้"),
                ("set", f"order.due={later}"), ("assign", "suda"), ("note", "บันทึก"),
                ("report", "--result", "แล้วเสร็จ"), ("close", "--override", "ยุติ"),
                ("reopen", "--why", "ข้อเท็จจริงใหม่"), ("undo", "--why", "ลงผิด"),
            ]
        )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", sampled([1, 2], 2))
def test_a_real_office_survives_whatever_is_typed(sample: Srctl, seed: int) -> None:
    chance, before = random.Random(seed), sample.run("check").out
    done = 0
    for minute, (command, *rest) in enumerate(typed(chance)):
        sample.now += timedelta(minutes=7) if minute % 9 else timedelta(days=1)
        raw = sample.case_file("2569-0010").read_bytes()
        ran = sample.run(*command.split(), "10", *(word for word in rest if word))
        assert ran.code in (0, 2, 3, 5), f"{command} {rest} → {ran.code}\n{ran.out}\n{ran.err}"
        assert "Traceback" not in ran.out + ran.err
        assert ran.code == 0 or sample.case_file("2569-0010").read_bytes() == raw
        done += ran.code == 0
        if minute == 60:
            break
    assert done > 10
    assert sample.run("check").out == before
    explained = sample.run("explain", "10", "--json")
    assert explained.code == 3 or all(item["days"][-1]["on"] == item["due"] for item in explained.json["items"])
