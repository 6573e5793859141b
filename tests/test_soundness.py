"""An office's own definitions are checked before a case meets them."""

from pathlib import Path
from typing import Any

import pytest

from srctl.core.decoding import decode
from srctl.model.definitions import Kind, StandingRules
from srctl.model.people import Office, Organisation
from srctl.store.yaml.reader import read_file
from srctl.workflow.definition_validation import (
    kind_faults,
    occurring_values,
    office_faults,
    organisation_faults,
    standing_faults,
)
from tests.conftest import PROJECT

GROUPS, CHECKLISTS, PAPERS, PEOPLE = ("political",), ("visit-list",), ("memo",), ("group", "head")


def kind(**changes: Any) -> Kind:
    data: dict[str, Any] = {
        "format": "1",
        "label": {"th": "ทดสอบ", "en": "Test"},
        "group": "any",
        "about": {"th": "ก", "en": "a"},
        "source": "ทดสอบ",
        "stages": [{"name": "receive", "label": {"th": "รับ", "en": "Receive"}, "needs": ["order.text"]}],
    }
    value = decode(Kind, {**data, **changes})
    assert value
    return value


def stage(name: str, *needs: str) -> dict[str, Any]:
    return {"name": name, "label": {"th": "ก", "en": "a"}, "needs": list(needs)}


def rule(**changes: str) -> dict[str, Any]:
    base = {"name": "r", "label": {"th": "ก", "en": "a"}, "of": "case", "amount": "1", "unit": "day", "basis": "ก"}
    return {**base, **changes}


def choice(*values: str) -> dict[str, Any]:
    texts = [{"th": value, "en": value} for value in values]
    return {"name": "a", "label": {"th": "ก", "en": "a"}, "type": "choice", "values": texts}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"group": "politics"}, ("group",)),
        ({"checklists": ["visit-lists"]}, ("checklists", 0)),
        ({"papers": ["memmo"]}, ("papers", 0)),
        ({"stages": [stage("receive", "analysis.opinions")]}, ("stages", 0, "needs", 0)),
        ({"stages": [stage("receive", "fields.dress")]}, ("stages", 0, "needs", 0)),
        ({"stages": [stage("receive"), stage("receive")]}, ("stages", 1)),
        ({"stages": [stage("closed")]}, ("stages", 0, "name")),
        ({"deadlines": [rule(of="stage", stage="analyze")]}, ("deadlines", 0, "stage")),
        ({"deadlines": [rule(of="reply")]}, ("deadlines", 0, "from")),
        ({"deadlines": [rule(of="stage")]}, ("deadlines", 0, "stage")),
        ({"deadlines": [{**rule(), "from": "stage_start"}]}, ("deadlines", 0, "stage")),
        ({"deadlines": [{**rule(), "from": "stage_start", "stage": "analyze"}]}, ("deadlines", 0, "stage")),
        ({"deadlines": [{**rule(), "from": "sent"}]}, ("deadlines", 0, "from")),
        ({"deadlines": [{**rule(), "from": "field"}]}, ("deadlines", 0, "field")),
        ({"deadlines": [{**rule(), "from": "field", "field": "sitting"}]}, ("deadlines", 0, "field")),
        ({"deadlines": [rule(), rule()]}, ("deadlines", 1)),
        ({"deadlines": [{**rule(), "when": {"urgent": ["urgent"]}}]}, ("deadlines", 0, "when", "urgent")),
        ({"deadlines": [{**rule(), "when": {"urgency": ["urgnt"]}}]}, ("deadlines", 0, "when", "urgency", 0)),
        ({"deadlines": [{**rule(), "unless": {"fields.kind": ["ก"]}}]}, ("deadlines", 0, "unless", "fields.kind")),
        (
            {"deadlines": [{**rule(), "instead": [{"when": {"sign": ["head"]}, "amount": "3"}]}]},
            ("deadlines", 0, "instead", 0, "when", "sign"),
        ),
        ({"chase": {"letters": ["memo", "remind-9"]}}, ("chase", "letters", 1)),
        ({"chase": {"letters": ["memo"], "to": ["group", "boss"]}}, ("chase", "to", 1)),
        ({"fields": [{"name": "a", "label": {"th": "ก", "en": "a"}}] * 2}, ("fields", 1)),
        ({"fields": [choice()]}, ("fields", 0, "type")),
        ({"fields": [choice("ก", "ข", "ก")]}, ("fields", 0, "values", 2)),
        ({"fields": [{**choice("ก"), "type": "text"}]}, ("fields", 0, "values")),
        (
            {"fields": [choice("ก", "ข")], "deadlines": [{**rule(), "when": {"fields.a": ["", "ค"]}}]},
            ("deadlines", 0, "when", "fields.a", 1),
        ),
        ({"deadlines": [{**rule(), "when": {"signer": ["boss"]}}]}, ("deadlines", 0, "when", "signer", 0)),
        (
            {"deadlines": [{**rule(), "instead": [{"when": {"owner": ["malee", "nobody"]}, "amount": "3"}]}]},
            ("deadlines", 0, "instead", 0, "when", "owner", 1),
        ),
    ],
)
def test_a_kind_that_would_not_work_is_told_where(changes: dict[str, Any], where: tuple[str | int, ...]) -> None:
    occurring = {"owner": ("", "malee"), "signer": ("", "head")}
    faults = list(kind_faults(kind(**changes), GROUPS, CHECKLISTS, PAPERS, PEOPLE, occurring))
    assert [f.where for f in faults] == [where]
    assert faults[0].message


def test_a_field_of_the_kind_may_be_a_need() -> None:
    fields = [{"name": "dress", "label": {"th": "แต่งกาย", "en": "Dress"}}]
    sound = kind(stages=[stage("receive", "fields.dress")], fields=fields)
    assert not list(kind_faults(sound, GROUPS, CHECKLISTS, PAPERS))


@pytest.mark.parametrize(
    ("of", "starts"),
    [
        ("case", ["received", "dated"]), ("step", ["received", "dated"]), ("reply", ["sent"]),
        ("promise", ["promised"]), ("paper", ["submitted"]), ("thanks", ["replied"]),
        ("decision", ["asked"]), ("pause", ["paused"]),
    ],
)  # fmt: skip
def test_each_sort_of_rule_is_counted_from_what_it_can_be(of: str, starts: list[str]) -> None:
    for start in ("received", "dated", "sent", "promised", "submitted", "replied", "asked", "paused"):
        made = kind(deadlines=[{**rule(of=of), "from": start}])
        faults = list(kind_faults(made, GROUPS, CHECKLISTS, PAPERS, PEOPLE))
        assert bool(faults) == (start not in starts), (of, start)


# -- the standing rules ------------------------------------------------------------------------------


def standing(**changes: Any) -> StandingRules:
    value = decode(StandingRules, {"format": "1", "chase": {"letters": ["memo"], "to": ["group"]}, **changes})
    assert value
    return value


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"deadlines": [rule(of="reply")]}, ("deadlines", 0, "from")),
        ({"deadlines": [rule(of="stage")]}, ("deadlines", 0, "stage")),
        ({"deadlines": [{**rule(), "from": "field"}]}, ("deadlines", 0, "field")),
        ({"deadlines": [rule(), rule()]}, ("deadlines", 1)),
        ({"deadlines": [{**rule(), "when": {"urgent": ["urgent"]}}]}, ("deadlines", 0, "when", "urgent")),
        ({"pauses": [{"name": "court", "label": {"th": "ก", "en": "a"}}] * 2}, ("pauses", 1)),
        ({"chase": {"letters": ["remind-9"], "to": ["group"]}}, ("chase", "letters", 0)),
        ({"chase": {"letters": ["memo"], "to": ["boss"]}}, ("chase", "to", 0)),
    ],
)
def test_standing_rules_that_would_not_work_are_told_where(
    changes: dict[str, Any], where: tuple[str | int, ...]
) -> None:
    assert [f.where for f in standing_faults(standing(**changes), PAPERS, PEOPLE)] == [where]


def test_a_standing_rule_may_name_a_stage_and_a_field_of_any_kind() -> None:
    fields = {"from": "field", "field": "sitting", "when": {"fields.answer_in": ["ที่ประชุมสภา"]}}
    sound = standing(deadlines=[rule(of="stage", stage="screen"), {**rule(name="q"), **fields}])
    assert not list(standing_faults(sound, PAPERS, PEOPLE))


def test_a_standing_rule_may_ask_for_every_choice_of_any_kind_and_for_no_other() -> None:
    one, other = kind(fields=[choice("ก", "ข")]), kind(fields=[choice("ค")])
    values = occurring_values(office({}), {"one": one, "other": other})
    asks = {"when": {"fields.a": ["ก", "ค", "ง"], "kind": ["one", "two"]}}
    faults = list(standing_faults(standing(deadlines=[{**rule(), **asks}]), PAPERS, PEOPLE, values))
    assert [f.where[2:] for f in faults] == [("when", "fields.a", 2), ("when", "kind", 1)]
    free = kind(fields=[{"name": "a", "label": {"th": "ก", "en": "a"}}])
    assert "fields.a" not in occurring_values(office({}), {"one": one, "free": free})


def office(change: dict[str, Any]) -> Office:
    data = dict(read_file(PROJECT / "office.yaml").data or {})
    value = decode(Office, {**data, **change})
    assert value
    return value


def person(**changes: Any) -> dict[str, Any]:
    return {"id": "malee", "name": "มาลี", "group": "political", "emails": ["m@example.go.th"], **changes}


@pytest.mark.parametrize(
    ("people", "where"),
    [
        ([person(group="politics")], ("coordinators", 0, "group")),
        ([person(backup="nobody")], ("coordinators", 0, "backup")),
        ([person(), person(emails=[])], ("coordinators", 1)),
        ([person(emails=["m@example.go.th", "malee"])], ("coordinators", 0, "emails", 1)),
        ([person(), person(id="wipa", emails=["M@example.go.th"])], ("coordinators", 1, "emails", 0)),
    ],
)
def test_people_of_the_office_stand_once_and_resolve(people: list[Any], where: tuple[str | int, ...]) -> None:
    groups = [{"id": "political", "label": {"th": "การเมือง", "en": "Political"}}]
    faults = list(office_faults(office({"coordinators": people, "groups": groups})))
    assert [f.where for f in faults] == [where]


def test_a_head_of_group_is_somebody() -> None:
    groups = [{"id": "political", "label": {"th": "ก", "en": "a"}, "head": "nobody"}]
    faults = list(office_faults(office({"coordinators": [person()], "groups": groups})))
    assert [f.where for f in faults] == [("groups", 0, "head")]


def test_a_secretary_is_somebodys() -> None:
    people = [{"id": "a", "name": "ก", "secretary_of": "b"}]
    value = decode(Organisation, {"format": "1", "name": "ก", "people": people})
    assert value
    assert [f.where for f in organisation_faults(value)] == [("people", 0, "secretary_of")]


@pytest.mark.parametrize("path", sorted((PROJECT / "contacts").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_contacts_are_sound(path: Path) -> None:
    value = decode(Organisation, dict(read_file(path).data or {}))
    assert value
    assert not list(organisation_faults(value))


def test_the_sample_office_is_sound() -> None:
    assert not list(office_faults(office({})))


def test_check_tells_a_broken_kind_of_the_office_with_its_line(office_folder: Any) -> None:
    path = office_folder.root / "templates/kinds/directive.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("analysis.issues", "analysis.isues"), encoding="utf-8")
    ran = office_folder.run("check")
    assert ran.code == 1
    line = text[: text.index("analysis.issues")].count("\n") + 1
    assert f"templates/kinds/directive.yaml:{line}:" in ran.out.replace("\\", "/")
    assert "analysis.issues" in ran.out


@pytest.mark.parametrize(
    ("old", "new"),
    [("from: asked", "from: sent"), ("when: {signer:", "when: {signed:"), ("remind-final", "remind-fnal")],
)
def test_check_tells_a_broken_standing_rule_with_its_line(office_folder: Any, old: str, new: str) -> None:
    path = office_folder.root / "templates/deadlines.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = office_folder.run("check")
    assert ran.code == 1
    line = text[: text.index(old)].count("\n") + 1
    assert f"templates/deadlines.yaml:{line}:" in ran.out.replace("\\", "/")


@pytest.fixture
def office_folder(pristine_empty: Path, tmp_path: Path) -> Any:
    import shutil

    from tests.conftest import Srctl

    root = tmp_path / "office"
    shutil.copytree(pristine_empty, root, symlinks=True)
    return Srctl(root)
