"""An office's own definitions are checked before a case meets them."""

from pathlib import Path
from typing import Any

import pytest

from srctl.kinds import Kind
from srctl.people import Office, Organisation
from srctl.shape import build
from srctl.soundness import kind_faults, office_faults, organisation_faults
from srctl.yamlfile import read_file
from tests.conftest import PROJECT

GROUPS, CHECKLISTS, PAPERS = ("political",), ("visit-list",), ("memo",)


def kind(**changes: Any) -> Kind:
    data: dict[str, Any] = {
        "format": "1",
        "label": {"th": "ทดสอบ", "en": "Test"},
        "group": "any",
        "about": {"th": "ก", "en": "a"},
        "source": "ทดสอบ",
        "stages": [{"name": "receive", "label": {"th": "รับ", "en": "Receive"}, "needs": ["order.text"]}],
    }
    value, faults = build(Kind, {**data, **changes})
    assert value, faults
    return value


def stage(name: str, *needs: str) -> dict[str, Any]:
    return {"name": name, "label": {"th": "ก", "en": "a"}, "needs": list(needs)}


def rule(**changes: str) -> dict[str, Any]:
    base = {"name": "r", "label": {"th": "ก", "en": "a"}, "of": "case", "amount": "1", "unit": "day", "basis": "ก"}
    return {**base, **changes}


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
        ({"deadlines": [rule(of="reply")]}, ("deadlines", 0, "of")),
        ({"fields": [{"name": "a", "label": {"th": "ก", "en": "a"}}] * 2}, ("fields", 1)),
    ],
)
def test_a_kind_that_would_not_work_is_told_where(changes: dict[str, Any], where: tuple[str | int, ...]) -> None:
    faults = list(kind_faults(kind(**changes), GROUPS, CHECKLISTS, PAPERS))
    assert [f.where for f in faults] == [where]
    assert faults[0].message


def test_a_field_of_the_kind_may_be_a_need() -> None:
    fields = [{"name": "dress", "label": {"th": "แต่งกาย", "en": "Dress"}}]
    sound = kind(stages=[stage("receive", "fields.dress")], fields=fields)
    assert not list(kind_faults(sound, GROUPS, CHECKLISTS, PAPERS))


def office(change: dict[str, Any]) -> Office:
    data = dict(read_file(PROJECT / "office.yaml").data or {})
    value, faults = build(Office, {**data, **change})
    assert value, faults
    return value


def person(**changes: Any) -> dict[str, Any]:
    return {"id": "malee", "name": "มาลี", "group": "political", "emails": ["m@example.go.th"], **changes}


@pytest.mark.parametrize(
    ("people", "where"),
    [
        ([person(group="politics")], ("coordinators", 0, "group")),
        ([person(backup="nobody")], ("coordinators", 0, "backup")),
        ([person(), person(emails=[])], ("coordinators", 1)),
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
    value, _faults = build(Organisation, {"format": "1", "name": "ก", "people": people})
    assert value
    assert [f.where for f in organisation_faults(value)] == [("people", 0, "secretary_of")]


@pytest.mark.parametrize("path", sorted((PROJECT / "contacts").glob("*.yaml")), ids=lambda p: p.stem)
def test_the_shipped_contacts_are_sound(path: Path) -> None:
    value, _faults = build(Organisation, dict(read_file(path).data or {}))
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


@pytest.fixture
def office_folder(pristine_empty: Path, tmp_path: Path) -> Any:
    import shutil

    from tests.conftest import Srctl

    root = tmp_path / "office"
    shutil.copytree(pristine_empty, root, symlinks=True)
    return Srctl(root)
