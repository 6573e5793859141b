"""`make bench`: the cost of srctl at 1,000, 10,000 and 100,000 cases, beside other programs.

Run ``python -m benchmarks [CASES ...] [--write] [--check] [--no-peers]``. Offices are made once and kept in
``scratch/bench``. Every number is the median of whole processes in this run; ratios travel between machines,
milliseconds do not, and nothing is asserted. ``--write`` puts the tables into ``benchmarks/RESULTS.md``, ``--check``
runs `srctl check` also where it takes long, ``--no-peers`` leaves the other programs out.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks import offices, peers
from benchmarks.measuring import MOST, Cost, Job, Median, bare_python, beside, both, measure, median, once, run, srctl

PLACE = Path("scratch/bench")
RESULTS = Path(__file__).parent / "RESULTS.md"
CHECKED = 10_000  # cases up to which everything is checked without being asked
PULLED = 500
FEW = 7  # runs of jobs that take long to prepare
READS = ("due", "due --json", "today", "list", "show ID", "next ID", "history ID")
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "new": ("new", "directive", "--subject", "เรื่องใหม่", "--order", "ให้ทำ", "--by", "รมว.ศธ."),
    "contact": ("contact", "ID", "obec/somsak", "--by", "phone", "--said", "ถามความคืบหน้า"),
    "note": ("note", "ID", "บันทึก"),
}
GIT, WHOLE = "git add, commit", "its index whole"  # srctl splits a large index, which makes git quicker too
REBUILD = "index rebuild"
AFTER_PULL = f"due after {PULLED} pulled"
AND_THEN = "due after that"


class Row(NamedTuple):
    """One line of a table: the work and what it costs (None when it was left out)."""

    work: str
    cost: Median | None


class Table(NamedTuple):
    """Everything measured in one office: bare Python in ms, srctl's rows, the others by name and work, those not here.

    ``recorded`` are the lines about the cost of recording beside start-up.
    """

    cases: int
    n_open: int
    bare: float
    rows: list[Row]
    others: dict[str, dict[str, Median]]
    missing: list[str]
    recorded: list[str]


def main() -> None:
    """Measure each size, print its table, and write all of them down when asked to."""
    asked = options()
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", PYTHONUTF8="1")
    subprocess.run([sys.executable, "-m", "compileall", "-q", "srctl"], check=False)
    tables, texts = [], []
    for n in asked.cases:
        table = size(PLACE.absolute() / str(n), n, offices.usual_open(n), check=asked.check, with_peers=asked.peers)
        tables.append(table)
        texts.append("\n".join(lines(table)))
        print(texts[-1], end="\n\n", flush=True)
    grown = growth(tables)
    print("\n".join(grown))
    if asked.write:
        RESULTS.write_text(results([*texts, *(["\n".join(grown)] if grown else [])]), encoding="utf-8")


def options() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("cases", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    return parser.parse_args()


def size(home: Path, n: int, n_open: int, *, check: bool, with_peers: bool) -> Table:
    """Measure the office of ``n`` cases kept in ``home``, made first when it is not there."""
    made = offices.kept(home, n, n_open)
    others = {}
    for peer in peers.found(home) if with_peers else ():
        show_progress(f"{n} cases: {peer.name}")
        others[peer.name] = peers.measured(peer)
    missing = [name for name in peers.KNOWN if with_peers and not any(name in other for other in others)]
    rows: list[Row] = []
    office, shown = home / "office", made["shown"]
    offices.restore(office, made["base"])  # a run may have been stopped half-way
    try:
        for work, job in works(office, shown).items():
            show_progress(f"{n} cases: {work}")
            few = FEW if work in (REBUILD, AFTER_PULL, AND_THEN) else MOST
            rows.append(Row(work, measure(job, few, warm=work != REBUILD)))
        rows.append(Row("memo", measure(lambda _turn: srctl(office, "memo", shown[0]), FEW)))
        checked = once(lambda _turn: srctl(office, "check")) if check or n <= CHECKED else None
        rows.append(Row("check", checked))
        bare, recorded = measure(lambda _turn: bare_python()).ms, []
        for git in (GIT, WHOLE):
            show_progress(f"{n} cases: {git}")
            alone, by_hand = recording(office, shown, whole=git == WHOLE)
            more = f"{git} {by_hand.ms:.0f} = {by_hand.times / alone.times:.1f} ×"
            recorded.append(f"{'note less show ID':<26}{alone.ms:>8.0f}{alone.times:>10.1f}   {more}")
            with_start = by_hand._replace(ms=by_hand.ms + bare, times=by_hand.times + 1)
            others[f"{git} + python"] = dict.fromkeys(ACTIONS, with_start)
    finally:
        show_progress("")
        offices.restore(office, made["base"])
    return Table(n, n_open, bare, rows, others, missing, recorded)


def works(office: Path, shown: list[str]) -> dict[str, Job]:
    """The jobs to measure, by name: readings first, since actions change the office."""
    index = office / ".git" / "srctl" / "index.db"

    def command(words: tuple[str, ...]) -> Job:
        return lambda turn: srctl(office, *(shown[turn % len(shown)] if word == "ID" else word for word in words))

    def rebuild(_turn: int) -> Cost:
        offices.read_all(office)
        for file in index.parent.glob(f"{index.name}*"):
            file.unlink()
        return srctl(office, "list")

    def pulled(turn: int) -> Cost:
        commit = offices.change_elsewhere(office, PULLED, turn)
        offices.git(office, "merge", "-q", "--ff-only", commit)
        return srctl(office, "due")

    def due_again(turn: int) -> Cost:
        pulled(turn + 20)
        return srctl(office, "due")

    found = {work: command(tuple(work.split())) for work in READS}
    srctl(office, "list")
    if index.exists():
        found[REBUILD] = rebuild
    found[AFTER_PULL], found[AND_THEN] = pulled, due_again
    return found | {work: command(words) for work, words in ACTIONS.items()}


def recording(office: Path, shown: list[str], *, whole: bool) -> tuple[Median, Median]:
    """The cost of recording beside start-up (`note` less `show`), and that of git by hand, measured by turns.

    ``whole``: git has its index as it comes, not as srctl splits it.
    """

    def alone(turn: int) -> Cost:
        case = shown[turn % len(shown)]
        shows, notes = srctl(office, "show", case), srctl(office, "note", case, "บันทึก")
        return Cost(notes.ms - shows.ms, notes.mib)

    def by_hand(turn: int) -> Cost:
        return by_git(office, shown[turn % len(shown)], turn)

    srctls, gits = [], []
    for turn in range(MOST):
        srctls.append(beside(alone, turn))
        if whole:
            offices.git(office, "update-index", "--no-split-index")
        gits.append(beside(by_hand, turn))
        if whole:
            offices.git(office, "update-index", "--split-index")
    return median(srctls), median(gits)


def by_git(office: Path, case_id: str, turn: int) -> Cost:
    """The cost of recording one more line in a case by calling git by hand."""
    path = next((office / "cases" / case_id[:4]).glob(f"*/{case_id}.yaml"))
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"  - {{id: g{turn}, at: 2026-11-20T16:30:00+07:00, who: malee, did: note, text: บันทึก}}\n")
    commit = ["git", "commit", "-q", "-m", f"{case_id} บันทึก"]
    return both(run(["git", "add", str(path)], office), run(commit, office))


def lines(table: Table) -> Iterator[str]:
    """Yield the lines of a table: columns aligned, ratios behind the milliseconds they belong to."""
    yield f"{table.cases} cases, {table.n_open} open; python -c pass: {table.bare:.0f} ms"
    heads = "".join(f"{name:>26}" for name in table.others)
    yield f"{'':<26}{'ms':>8}{'× python':>10}{'MiB':>6}{heads}"
    for work, cost in table.rows:
        if cost is None:
            yield f"{work:<26}{'-':>8}   (left out; --check runs it)"
            continue
        others = "".join(f"{times(found, work, cost):>26}" for found in table.others.values())
        yield f"{work:<26}{cost.ms:>8.0f}{cost.times:>10.1f}{cost.mib:>6.0f}{others}".rstrip()
    yield from (f"{name}: not here" for name in table.missing)
    yield from table.recorded


def times(found: Mapping[str, Median], work: str, cost: Median) -> str:
    """The time another program needs for the work, and how many times that of srctl it is; "" for none."""
    same = {REBUILD: "rebuild", "due --json": "due", "today": "due", "next ID": "show ID"}.get(work, work)
    other = found.get(same)
    return f"{other.ms:.0f} = {other.times / cost.times:.1f} ×" if other else ""


def growth(tables: list[Table]) -> list[str]:
    """The lines on the growth of `due` and `new` from the smallest to the largest office.

    The small office of `due` has 1,000 closed cases and as many open ones as the large office.
    """
    small, large = min(tables), max(tables)
    if small.cases >= large.cases:
        return []
    first, last = ({row.work: row.cost.times for row in t.rows if row.cost} for t in (small, large))
    home = PLACE.absolute() / f"1000-and-{large.n_open}-open"
    offices.kept(home, 1000 + large.n_open, large.n_open)
    due = measure(lambda _turn: srctl(home / "office", "due"))
    offices_compared = f"1000 closed and {large.n_open} open → {large.cases} cases, as many open"
    return [
        "growth",
        f"{'due':<26}{last['due'] / due.times:>8.2f} ×   {offices_compared}",
        f"{'new':<26}{last['new'] / first['new']:>8.2f} ×   {small.cases} → {large.cases} cases",
    ]


def results(texts: list[str]) -> str:
    """The page with the tables, the machine and the day, without anything that names whose machine it is."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, git {git}"
    blocks = "\n".join(f"```\n{text}\n```\n" for text in texts)
    return (
        "# Results of `make bench`\n\n"
        f"{date.today().isoformat()}; {machine}. How to read and repeat them: `docs/performance.md`. "
        "Times are medians of whole processes; beside them what another program needs for the same work and how many "
        f"times as long that is.\n\n{blocks}"
    )


def show_progress(what: str) -> None:
    """Show a person at a terminal what is being measured; ``""`` clears the line."""
    if sys.stderr.isatty():
        print(f"\r{what:<60}\r", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
