"""Whatever is done to a matter: every screen and file tells the same of what is due, and of what became of it."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import Srctl
from tests.test_stateful import typed

CASE = "2569-0010"
Item = dict[str, Any]
Key = tuple[str, str]


def key(item: Item) -> Key:
    return item["what"], item["ref"]


def due_rows(srctl: Srctl) -> dict[Key, Item]:
    """Return what `due` shows of the case: the others are compared with it."""
    rows = srctl.ok("due", "--all", "--json").json["items"]
    found = [row for row in rows if row["case"] == CASE]
    assert len({key(row) for row in found}) == len(found), "the same thing is due twice"
    return {key(row): row for row in found}


def first_of(rows: dict[Key, Item]) -> Item | None:
    """Return what falls due first; of what was promised again its first day counts."""
    return min(rows.values(), key=lambda row: row["original"] or row["due"], default=None)


def list_and_show_agree(srctl: Srctl, rows: dict[Key, Item]) -> None:
    listed = next(item for item in srctl.ok("list", "--all", "--json").json["items"] if item["id"] == CASE)
    shown = srctl.ok("show", CASE, "--json").json
    for name in ("due", "late", "stage", "paused", "verified", "owner", "urgency"):
        assert listed[name] == shown[name], name
    assert (shown["stage"] == "closed") == (not rows), "an open matter has a next day always, a closed one none"
    if rows:
        days = {row["due"] for row in rows.values()} | {row["original"] for row in rows.values()}
        assert listed["due"] in days
        assert listed["due"] <= min(row["due"] for row in rows.values())
    assert srctl.ok("next", CASE, "--json").json["stage"] == shown["stage"]


def explain_agrees(srctl: Srctl, rows: dict[Key, Item]) -> None:
    told = srctl.run("explain", CASE, "--json")
    if told.code == 3:  # nothing falls due, and nothing did
        assert not rows
        return
    items = [item for item in told.json["items"] if item.get("end", None) in (None, "", "open")]
    for item in items:
        if key(item) in rows:
            row = rows[key(item)]
            assert (item["due"], item["original"]) == (row["due"], row["original"] or row["due"]), key(item)
            assert item["days"][-1]["on"] == row["due"], key(item)
    counted = {at for at, row in rows.items() if row["rule"]}
    assert counted <= {key(item) for item in items}, "a day that a rule counted can be explained"


def today_and_digest_agree(srctl: Srctl, rows: dict[Key, Item], page: Path) -> None:
    day = srctl.ok("today", "--all", "--json").json
    shown = [i for part in day["sections"] for i in part["items"] if i["case"] == CASE and "what" in i]
    for item in shown:
        row = rows[key(item)]
        for name in ("due", "late", "original", "late_original", "section", "held"):
            assert item[name] == row[name], (key(item), name)
    # What is held moves on by itself: `due` says so, the page of the day leaves it out.
    pressing = {at for at, row in rows.items() if row["section"] in ("late", "today") and not row["held"]}
    assert pressing <= {key(item) for item in shown}, "what is late or due today stands on the page of the day"
    srctl.ok("digest", "--all", "--html", str(page))
    assert (CASE in page.read_text(encoding="utf-8")) or not pressing


def calendar_agrees(srctl: Srctl, rows: dict[Key, Item], file: Path) -> None:
    srctl.ok("due", "--all", "--ics", str(file))
    events: list[Any] = [*icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    mine = [e for e in events if CASE in str(e.get("SUMMARY", "")) + str(e.get("DESCRIPTION", "")) + str(e["UID"])]
    kept = [event for event in mine if str(event.get("STATUS", "")) != "CANCELLED"]
    assert Counter(e["DTSTART"].dt.isoformat() for e in kept) == Counter(row["due"] for row in rows.values())


def journal_agrees(srctl: Srctl, rows: dict[Key, Item]) -> None:
    told = srctl.ok("journal", CASE, "--since", "1/11/2569", "--json").json["items"]
    ends: dict[Key, str] = {}
    for item in told:
        at, event = key(item), item["event"]
        if event == "set":
            ends.pop(at, None)
        elif event in ("met", "missed", "dropped"):
            assert {ends.get(at), event} != {"met", "missed"}, f"{at} has two results"
            ends[at] = event
    for at in rows:
        assert ends.get(at) != "met", f"{at} is due, and was met"


def all_agree(srctl: Srctl, place: Path) -> None:
    rows = due_rows(srctl)
    list_and_show_agree(srctl, rows)
    explain_agrees(srctl, rows)
    today_and_digest_agree(srctl, rows, place / "day.html")
    calendar_agrees(srctl, rows, place / "due.ics")
    journal_agrees(srctl, rows)


def walk(srctl: Srctl, place: Path, seed: int, acts: int) -> int:
    """Type what a clerk may type; after each act that was done everything agrees."""
    chance, done = random.Random(seed), 0
    for minute, (command, *rest) in enumerate(typed(chance)):
        srctl.now += timedelta(minutes=7) if minute % 5 else timedelta(days=1)
        ran = srctl.run(*command.split(), "10", *(word for word in rest if word))
        if ran.code == 0:
            done += 1
            all_agree(srctl, place)
        if done == acts or minute == 20 * acts:
            return done
    return done


def test_every_screen_tells_the_same_after_every_act(sample: Srctl, tmp_path: Path) -> None:
    all_agree(sample, tmp_path)
    assert walk(sample, tmp_path, seed=7, acts=8) == 8


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_every_screen_tells_the_same_on_long_walks(sample: Srctl, tmp_path: Path, seed: int) -> None:
    assert walk(sample, tmp_path, seed, acts=40) >= 20
