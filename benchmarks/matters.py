"""Invented matters as case files for a benchmark office: pure text from a number and a random source.

Every case reads like one that was worked on: received, analysed, planned, coordinated with promises asked for and kept,
now and then paused, put up for signature, decided, reported, closed. Names are those of the sample office and its
contacts, which are invented; ``srctl check`` finds nothing wrong with any of them (tests/test_benchmarks.py).
"""

from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple

DAY = date(2026, 11, 20)
END = datetime(2026, 11, 20, 16, 30)
PLACES = ("นครสมมติ", "สมมติบุรี", "ตัวอย่างธานี", "สมมติธารา", "บ้านตัวอย่าง", "เมืองสมมติ", "ทุ่งตัวอย่าง", "เขาสมมติ")
CALLED = ("obec/somsak", "obec/anong", "vec/wandee", "ops/bunmee", "otepc/somjai", "onec/chujai", "province/jantra")
ASKED = ("ส่งข้อเท็จจริง", "ส่งตัวเลขรายเขต", "แจ้งผลพิจารณา", "ส่งสำเนาคำสั่ง", "ยืนยันวัน")
TOPICS = (
    "ความเป็นธรรมในการรับนักเรียน", "การย้ายครูไปเขตพื้นที่อื่น", "อาคารเรียนชั่วคราว", "อาหารกลางวันของโรงเรียน",
    "ทุนการศึกษาของนักเรียน", "ความปลอดภัยของรถรับส่ง", "หนี้สินครู", "อินเทอร์เน็ตของโรงเรียน",
)  # fmt: skip


class Sort(NamedTuple):
    """A kind of matter as invented here: its owners, its own lines of YAML, the rule an open one is extended under."""

    kind: str
    word: str
    owners: tuple[str, ...]
    lines: str = ""
    rule: str = ""


POLITICAL = ("wipa", "theera", "aree", "preecha")
RELATIONS = ("sakda", "ladda", "jinda", "kasem")
COMPLAINTS = ("kanda", "malee", "prasit", "suda")
COMPLAINANT = 'complainant: {{name: นายสมมติ ผู้ร้องที่ {n}, phone: "08 0000 {tail:04d}", anonymous: false}}\n'
SORTS = (
    Sort("complaint", "เรื่องร้องทุกข์", COMPLAINTS, COMPLAINANT + "fields: {{category: การบริหารงานบุคคล}}\n", "answer"),
    Sort("directive", "คำสั่งการ", COMPLAINTS + POLITICAL),
    Sort("assistance", "ขอความอนุเคราะห์", COMPLAINTS, COMPLAINANT, "answer"),
    Sort("consultation", "ข้อหารือ", POLITICAL, "fields: {{asker: นายตัวอย่าง ผู้แทนสมมติที่ {n}, told: {day}}}\n"),
    Sort("news", "ข่าวสารนโยบาย", RELATIONS, "fields: {{event: ตรวจเยี่ยมโรงเรียน, published: {day}}}\n"),
)  # fmt: skip


class State(NamedTuple):
    """The file at one commit: when, the action, how many entries it added, the bytes, the stage reached."""

    at: datetime
    action: str
    entries: int
    raw: bytes
    stage: str


class Matter(NamedTuple):
    """One invented case: its path, its attributes for other programs, and the file at each of its commits."""

    id: str
    path: str
    subject: str
    owner: str
    word: str
    received: datetime
    due: date
    is_open: bool
    states: tuple[State, ...]


def invent(case_id: str, n: int, received: datetime, chance: Random, *, is_open: bool, late: bool) -> Matter:
    """Return the ``n``-th matter of the office, received at ``received`` (Bangkok time, naive)."""
    sort = SORTS[n % len(SORTS)]
    owner = chance.choice(sort.owners)
    backup = sort.owners[(sort.owners.index(owner) + 1) % len(sort.owners)]
    subject = f"{chance.choice(TOPICS)} {chance.choice(PLACES)} ครั้งที่ {n}"
    due = _due(received.date(), chance, is_open=is_open, late=late)
    head = _head(case_id, sort, n, subject, received, due, chance.random() < 0.2, owner, backup)
    log = Log(owner, received, _end(received, chance), due)
    _happen(log, sort, chance, due, is_open=is_open)
    lines = log.lines()
    whole = head + _body(chance, due, is_open=is_open) + "log:\n" + "".join(lines)
    path = f"cases/{case_id[:4]}/{received.month:02d}/{case_id}.yaml"
    last = State(log.at(len(lines) - 1), log.action, len(lines), whole.encode(), log.stage)
    states: tuple[State, ...] = (last,)
    if is_open:  # what is open was recorded when it came, and again since
        first = State(received, "receive", 1, f"{head}log:\n{lines[0]}".encode(), "analyse")
        states = (first, last._replace(entries=len(lines) - 1))
    return Matter(case_id, path, subject, owner, sort.word, received, due, is_open, states)


def _due(received: date, chance: Random, *, is_open: bool, late: bool) -> date:
    """The deadline of the order: past, soon or later for an open case; some days after receipt for a closed one."""
    if not is_open:
        return received + timedelta(days=chance.randint(5, 30))
    if late:
        return max(received, DAY - timedelta(days=1 + int(chance.random() ** 2 * 60)))
    return DAY + timedelta(days=chance.randint(1, 90))


def _end(received: datetime, chance: Random) -> datetime:
    return min(END, received + timedelta(days=chance.randint(2, 25), hours=3))


def _head(
    case_id: str, sort: Sort, n: int, subject: str, received: datetime, due: date, urgent: bool, owner: str, backup: str
) -> str:
    day = received.date()
    own = sort.lines.format(n=n, tail=n % 10000, day=day.isoformat())
    return (
        f"format: 1\nid: {case_id}\nkind: {sort.kind}\nsubject: {subject}\n"
        f'received:\n  on: {day}\n  at: "{received:%H:%M}"\n  channel: letter\n  from: หน่วยงานสมมติที่ {n % 977}\n'
        f"  ref: ที่ สม {n % 900 + 100}/{n}\n  dated: {day - timedelta(days=2)}\n"
        f"order: {{by: รมว.ศธ., text: ให้ตรวจสอบและรายงาน, due: {due}}}\n"
        f"urgency: {'urgent' if urgent else 'none'}\nsecrecy: none\nowner: {owner}\nbackup: {backup}\n{own}"
    )


def _body(chance: Random, due: date, *, is_open: bool) -> str:
    """Analysis, plan and, of a closed case, the report; every other last step has a deadline of its own."""
    agency = chance.choice(("สพฐ.", "สอศ.", "ก.ค.ศ.", "สกศ."))
    last = f", due: {due}" if chance.random() < 0.5 else ""
    report = "" if is_open else "report: {result: แจ้งผลให้ทราบเป็นหนังสือแล้ว}\n"
    return (
        f"analysis:\n  issues:\n    - {chance.choice(TOPICS)}\n"
        f"  facts:\n    - {agency} ได้รับเรื่องทำนองนี้ {chance.randint(2, 40)} เรื่อง\n"
        f"  opinion: เรื่องมีมูล อยู่ในอำนาจของ {agency}\n"
        f"  proposal: มอบ {agency} ตรวจสอบ\n  power: รมว.ศธ.\n"
        f"plan: {{result: ตอบเป็นหนังสือภายในกำหนด, steps: ["
        f"{{id: s1, do: โทรศัพท์ถึง {agency}, with: {CALLED[0]}, by: phone, due: {due}}}, "
        f"{{id: s2, do: ขอรายงานเป็นหนังสือ, with: {chance.choice(CALLED)}, by: letter{last}}}]}}\n{report}"
    )


class Log:
    """The log of one case while it is invented: entries spread evenly from receipt to the end."""

    def __init__(self, who: str, start: datetime, end: datetime, due: date) -> None:
        self._who, self._start, self._end, self._due = who, start, end, due
        self._entries: list[str] = []
        self.action, self.stage = "receive", "receive"

    def add(self, action: str, more: str = "", to: str = "") -> str:
        """Add an entry and return its id; ``{day}`` in ``more`` is the day it happens, ``{due}`` the day due."""
        self._entries.append(f"did: {action}" + (f", {more}" if more else "") + (f", to: {to}" if to else ""))
        self.action, self.stage = action, to or self.stage
        return f"a{len(self._entries)}"

    def at(self, place: int) -> datetime:
        """The time of the entry at an index (from 0)."""
        share = place / max(1, len(self._entries) - 1)
        return (self._start + (self._end - self._start) * share).replace(microsecond=0)

    def lines(self) -> list[str]:
        """Return the entries as lines of the file."""
        found = []
        for i, entry in enumerate(self._entries):
            at = self.at(i)
            fields = entry.replace("{day}", str(at.date())).replace("{due}", str(max(at.date(), self._due)))
            found.append(f"  - {{id: a{i + 1}, at: {at.isoformat()}+07:00, who: {self._who}, {fields}}}\n")
        return found


def _happen(log: Log, sort: Sort, chance: Random, due: date, *, is_open: bool) -> None:
    """Fill ``log`` with the course of a case: to its end, or to where an open one waits for somebody."""
    log.add("receive", to="analyse")
    log.add("analyse")
    seal = sha256(f"{chance.random()}".encode()).hexdigest()
    log.add("memo", f'paper: memo, sha256: "{seal}"', "coordinate" if sort.kind == "news" else "plan")
    if sort.kind != "news":
        log.add("plan", to="coordinate")
    if not is_open and chance.random() < 0.25:
        log.add("submit", "paper: memo")
        log.add("sign", "paper: memo")
    for _round in range(chance.choice((0, 0, 0, 1, 1, 2))):
        _call(log, chance)
    if not is_open and chance.random() < 0.15:
        log.add("pause", "category: agency, why: รอรายงานจากหน่วยงาน")
        log.add("resume", "why: ได้รับรายงานแล้ว")
    if is_open:
        _wait(log, sort, chance, due)
        return
    log.add("contact", f"with: {chance.choice(CALLED)}, by: phone, said: แจ้งผลแล้ว")
    log.add("step", "step: s1")
    log.add("step", "step: s2", "report")
    log.add("decide", "by: รมว.ศธ., decision: เห็นชอบตามเสนอ, paper: memo")
    log.add("report")
    log.add("close", to="closed")


def _call(log: Log, chance: Random, until: str = "") -> None:
    """Log a contact that asks for something until a day, or ("") that and the one that brings it."""
    who, what = chance.choice(CALLED), chance.choice(ASKED)
    promise = f"promise: {{of: them, what: {what}, due: {until or '{day}'}}}"
    made = log.add("contact", f"with: {who}, by: phone, said: ขอให้{what}, {promise}")
    if not until:
        log.add("contact", f"with: {who}, by: letter, said: {what}แล้ว, keeps: [{made}]")


def _wait(log: Log, sort: Sort, chance: Random, due: date) -> None:
    """Fill ``log`` with the last entries of an open case: a step done, a promise awaited, now and then a pause.

    What they promised of a late matter is late as well in half of them; the others promised another day.
    """
    log.add("step", "step: s1")
    if sort.rule and due > DAY:
        log.add("extend", f"deadline: {sort.rule}, until: {due}, why: หน่วยงานขอเวลาเพิ่ม")
    if due > DAY and chance.random() < 0.03:
        log.add("pause", "category: agency, why: รอรายงานจากหน่วยงาน, on: {day}")
    else:
        again = due <= DAY and chance.random() < 0.5
        _call(log, chance, f"{DAY + timedelta(days=chance.randint(1, 30))}" if again else "{due}")
