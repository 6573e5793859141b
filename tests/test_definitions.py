"""The definitions that ship are sound: kinds, checklists, contacts and the sample office.

Parametrised over the files found, so a new file is tested by putting it there.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from srctl.core.decoding import Text, decode
from srctl.core.errors import Refused
from srctl.model.case import Analysis, Case, Complainant, Did, Entry, Order, Plan, Received, Report, Step
from srctl.model.definitions import ANY_GROUP, CLOSED, Checklist, Kind
from srctl.model.labels import CHANNELS
from srctl.model.people import Office, Organisation, find_callee
from srctl.store.yaml.linting import lint
from srctl.store.yaml.reader import read_file, read_text
from srctl.workflow.definition_validation import ASKABLE
from srctl.workflow.stages import StageMove, following, known_needs, reach

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
THAI = re.compile(r"[\u0e01-\u0e5b]")
STANDARD = (
    "directive", "complaint", "assistance", "web-complaint", "legal", "question", "motion", "bill",
    "consultation", "meeting", "invitation", "visit", "press", "news", "foreign",
)  # fmt: skip
WALK = ("receive", "analyse", "plan", "coordinate", "report")
PHONE = re.compile(r"0 [23]000 0[0-9]{3}")
MOBILE = re.compile(r"08 0000 0[0-9]{3}")

KIND_FILES = sorted((TEMPLATES / "kinds").glob("*.yaml"))
CHECKLIST_FILES = sorted((TEMPLATES / "checklists").glob("*.yaml"))
CONTACT_FILES = sorted((ROOT / "contacts").glob("*.yaml"))
OFFICE_FILE = ROOT / "office.yaml"
SHAPES: dict[Path, Any] = {
    **dict.fromkeys(KIND_FILES, Kind),
    **dict.fromkeys(CHECKLIST_FILES, Checklist),
    **dict.fromkeys(CONTACT_FILES, Organisation),
    OFFICE_FILE: Office,
}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def load(path: Path) -> Any:
    """Return the file as its shape, with its name as the id where the shape has one."""
    source = read_file(path)
    assert source.problems == ()
    value = decode(SHAPES[path], source.data)
    assert value is not None
    return value._replace(id=path.stem) if "id" in value._fields else value


def texts(value: object) -> Iterator[Text]:
    """Yield every bilingual text inside a value, at any depth."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


every_file = pytest.mark.parametrize("path", SHAPES, ids=name_of)
every_kind = pytest.mark.parametrize("path", KIND_FILES, ids=name_of)
every_checklist = pytest.mark.parametrize("path", CHECKLIST_FILES, ids=name_of)
every_organisation = pytest.mark.parametrize("path", CONTACT_FILES, ids=name_of)


# -- every file -----------------------------------------------------------------------------------


@every_file
def test_a_definition_builds_without_faults(path: Path) -> None:
    assert load(path).format == 1


@every_file
def test_a_definition_is_canonical_and_leaves_its_id_to_the_file_name(path: Path) -> None:
    raw = path.read_bytes()
    assert lint(read_text(raw, path)) == ()
    assert raw.startswith(b"# ")
    assert "id" not in (read_file(path).data or {})


@every_file
def test_thai_and_english_are_both_there_and_each_in_its_own_script(path: Path) -> None:
    for text in texts(load(path)):
        assert bool(text.th) == bool(text.en), text
        if text.th:
            assert THAI.search(text.th), text
            assert not THAI.search(text.en), text


# -- kinds ----------------------------------------------------------------------------------------


def test_the_fifteen_kinds_of_the_domain_are_there_in_their_own_order() -> None:
    kinds = sorted((load(path) for path in KIND_FILES), key=lambda kind: kind.order)
    assert tuple(kind.id for kind in kinds if kind.id in STANDARD) == STANDARD
    assert len({kind.order for kind in kinds}) == len(kinds)


@every_kind
def test_every_stage_is_reached_in_the_standard_order_and_the_walk_ends_closed(path: Path) -> None:
    kind: Kind = load(path)
    walked = ["receive"]
    while following(kind, walked[-1]) != CLOSED:
        walked.append(following(kind, walked[-1]))
    assert walked == [stage.name for stage in kind.stages]
    assert walked == [name for name in WALK if name in walked]
    assert walked[-1] == "report"


@every_kind
def test_every_stage_says_what_is_done_there_and_has_a_gate(path: Path) -> None:
    kind: Kind = load(path)
    assert kind.label.th
    assert kind.about.th
    assert kind.source
    for stage in kind.stages:
        assert stage.label.th, stage.name
        assert stage.about.th, stage.name
        assert stage.needs, stage.name


@every_kind
def test_every_need_of_a_gate_is_known_and_asked_once(path: Path) -> None:
    kind: Kind = load(path)
    own = {f"fields.{field.name}" for field in kind.fields}
    needs = [need for stage in kind.stages for need in stage.needs]
    for need in needs:
        assert need in known_needs() or need in own, need
    assert len(set(needs)) == len(needs)


@every_kind
def test_nothing_leaves_receive_without_an_owner_or_closes_without_a_result(path: Path) -> None:
    kind: Kind = load(path)
    assert "owner" in kind.stages[0].needs
    assert {"report.result", "promises-settled"} <= set(kind.stages[-1].needs)


def test_only_a_kind_that_begins_with_an_order_waits_for_one() -> None:
    kinds = [load(path) for path in KIND_FILES]
    assert [kind.id for kind in kinds if "order.text" in kind.stages[0].needs] == ["directive", "small"]
    assert not [kind.id for kind in kinds if kind.default.by and kind.id not in ("directive", "small")], (
        "an order nobody gave"
    )


@every_kind
def test_what_is_asked_first_is_part_of_a_case_and_never_the_sender_twice(path: Path) -> None:
    kind: Kind = load(path)
    asked = kind.asks or ()
    assert not set(asked) - ASKABLE - {f"fields.{field.name}" for field in kind.fields}
    assert not (kind.sender and "received.from" in asked)
    assert "received.from" in asked or kind.sender or kind.default.from_, "nobody says from whom it came"
    assert "received.channel" in asked or kind.default.channel, "nobody says how it came"


@every_kind
def test_fields_have_ascii_names_given_once(path: Path) -> None:
    names = [field.name for field in load(path).fields]
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)
    assert len(set(names)) == len(names)


@every_kind
def test_group_checklists_and_papers_of_a_kind_exist(path: Path) -> None:
    kind: Kind = load(path)
    office: Office = load(OFFICE_FILE)
    assert kind.group == ANY_GROUP or office.group(kind.group)
    assert set(kind.checklists) <= {p.stem for p in CHECKLIST_FILES}
    assert kind.papers
    assert set(kind.papers) <= {p.stem for p in (TEMPLATES / "papers").glob("*.j2")}


@every_kind
def test_a_deadline_rule_names_its_basis_and_a_stage_of_the_kind(path: Path) -> None:
    kind: Kind = load(path)
    assert len({rule.name for rule in kind.deadlines}) == len(kind.deadlines)
    assert bool(kind.deadlines) == (kind.id != "small"), "what is done at once waits for nothing"
    for rule in kind.deadlines:
        assert rule.basis.strip()
        assert rule.amount > 0 or rule.from_ == "field", "only a day of the case is counted back from"
        assert bool(rule.stage) == (rule.of == "stage" or rule.from_ == "stage_start")
        assert not rule.stage or kind.stage(rule.stage)


@every_kind
def test_only_the_office_own_plan_counts_as_verified(path: Path) -> None:
    for rule in load(path).deadlines:
        if rule.verified:
            assert rule.basis.startswith("S4 ตารางที่ 2")
            assert (rule.amount, rule.unit) == (1, "workday")
        else:
            assert "ค่าตั้งต้น" in rule.basis, "an unverified default says so to whoever reads it"


@pytest.mark.parametrize("name", ["complaint", "assistance", "web-complaint"])
def test_the_opinion_on_a_complaint_is_due_one_working_day_after_receipt(name: str) -> None:
    kind: Kind = load(TEMPLATES / "kinds" / f"{name}.yaml")
    opinion, answer = kind.deadlines
    assert (opinion.stage, opinion.amount, opinion.unit, opinion.from_) == (
        "analyse",
        1,
        "workday",
        "received",
    )
    assert opinion.verified
    assert (answer.of, answer.amount, answer.unit, answer.verified) == ("case", 15, "day", False)
    analyse = kind.stage("analyse")
    assert analyse
    assert "memo" in analyse.needs
    assert kind.complainant
    assert kind.papers[0] == "summary"


def test_targets_are_those_of_the_yearly_plan() -> None:
    kinds: list[Kind] = [load(TEMPLATES / "kinds" / f"{name}.yaml") for name in STANDARD]
    without = [kind.id for kind in kinds if kind.target is None]
    below = {kind.id: kind.target.percent for kind in kinds if kind.target and kind.target.percent < 100}
    assert without == ["directive", "invitation", "visit"], "the plan sets them no target"
    assert below == {"web-complaint": 80, "question": 90, "motion": 90}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("complaint", "accused"),
        ("web-complaint", "accused"),
        ("legal", "official"),
        ("assistance", "circumstances"),
    ],
)
def test_what_names_or_bares_a_person_is_private(name: str, field: str) -> None:
    kind: Kind = load(TEMPLATES / "kinds" / f"{name}.yaml")
    assert [f.private for f in kind.fields if f.name == field] == [True]


def filled(kind: Kind) -> Case:
    """Return a case of ``kind`` with everything any gate may ask for."""
    at = datetime.fromisoformat("2026-11-20T09:12:00+07:00")
    deeds: tuple[Did, ...] = ("receive", "contact", "decide", "memo")
    return Case(
        format=1,
        id="2569-0042",
        kind=kind.id,
        subject="เรื่องสมมติ",
        received=Received(at.date(), from_="ประชาชน", ref="สมมติ 1/2569"),
        order=Order("รมว.ศธ.", "ให้ตรวจสอบ"),
        owner="malee",
        complainant=Complainant(anonymous=True),
        fields={field.name: "-" for field in kind.fields},
        analysis=Analysis(("ก",), ("ข",), ("ค",), (), "ง", "จ", "ฉ"),
        plan=Plan("ผล", (Step("s1", "โทรศัพท์"),)),
        report=Report("ผล", "บทเรียน"),
        log=(
            *(Entry(f"a{i}", at, "malee", did) for i, did in enumerate(deeds)),
            Entry("b1", at, "malee", "step", step="s1"),
        ),
    )


@every_kind
def test_a_matter_with_everything_done_walks_to_the_end_and_an_empty_one_does_not(
    path: Path,
) -> None:
    kind: Kind = load(path)
    case = filled(kind)
    assert reach(case, kind, CLOSED) == StageMove(CLOSED)
    empty = Case(1, case.id, kind.id, case.subject, case.received)
    with pytest.raises(Refused) as refused:
        reach(empty, kind, kind.stages[1].name)
    assert "srctl assign 2569-0042" in refused.value.hint


# -- checklists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "count"), [("committee-meeting", 12), ("meet-executive", 13)])
def test_the_lists_of_the_case_studies_are_whole(name: str, count: int) -> None:
    assert len(load(TEMPLATES / "checklists" / f"{name}.yaml").items) == count


@every_checklist
def test_a_checklist_names_its_source_pitfalls_and_real_channels(path: Path) -> None:
    checklist: Checklist = load(path)
    assert checklist.source.startswith("S")
    assert checklist.pitfalls
    for item in checklist.items:
        assert item.do.th
        assert item.by in ("", *CHANNELS), item.do.en
    assert len({item.do.th for item in checklist.items}) == len(checklist.items)


@every_checklist
def test_fixed_days_of_a_checklist_never_run_backwards(path: Path) -> None:
    days = [item.days for item in load(path).items if item.days is not None]
    assert days == sorted(days)


@every_checklist
def test_a_checklist_is_used_by_some_kind(path: Path) -> None:
    assert any(path.stem in load(kind).checklists for kind in KIND_FILES)


# -- the sample office ----------------------------------------------------------------------------


def test_the_sample_office_has_twelve_coordinators_four_in_each_group() -> None:
    office: Office = load(OFFICE_FILE)
    assert [group.id for group in office.groups] == ["political", "relations", "complaints"]
    for group in office.groups:
        assert len([c for c in office.coordinators if c.group == group.id]) == 4
    assert len({c.id for c in office.coordinators}) == len(office.coordinators) == 12


def test_head_and_backup_belong_to_the_same_group() -> None:
    office: Office = load(OFFICE_FILE)
    for group in office.groups:
        head = office.coordinator(group.head)
        assert head
        assert head.group == group.id
    for person in office.coordinators:
        backup = office.coordinator(person.backup)
        assert backup
        assert backup.id != person.id
        assert backup.group == person.group


def test_every_coordinator_has_a_mailbox_of_their_own_and_a_phone_that_keeps_its_zero() -> None:
    office: Office = load(OFFICE_FILE)
    mailboxes = [email for person in office.coordinators for email in person.emails]
    assert len(set(mailboxes)) == len(mailboxes)
    for person in office.coordinators:
        assert person.emails == (f"{person.id}@example.go.th",)
        assert PHONE.fullmatch(person.phone)


def test_head_of_office_and_the_ministers_secretary_sign() -> None:
    office: Office = load(OFFICE_FILE)
    assert [signer.id for signer in office.signers] == ["head", "secretary"]
    assert all(signer.positions for signer in office.signers)


def test_everybody_in_the_sample_is_invented_and_their_name_says_so() -> None:
    office: Office = load(OFFICE_FILE)
    people = [person.name for path in CONTACT_FILES for person in load(path).people]
    people += [c.name for c in office.coordinators] + [s.name for s in office.signers]
    people.append(office.minister.name)
    assert all(re.fullmatch(r"(นาย|นาง|นางสาว)\S+ \S+", name) for name in people)
    assert [name for name in people if "สมมติ" not in name and "ตัวอย่าง" not in name] == []
    assert len(set(people)) == len(people)


# -- the directory --------------------------------------------------------------------------------


@every_organisation
def test_an_organisation_states_its_mandate_and_whom_to_call(path: Path) -> None:
    organisation: Organisation = load(path)
    assert organisation.mandate
    assert organisation.short
    assert organisation.network
    for person in organisation.people:
        callee = find_callee({path.stem: organisation}, f"{path.stem}/{person.id}")
        assert callee
        assert callee.phone().startswith("0")
        assert person.level


@every_organisation
def test_numbers_and_addresses_of_the_directory_are_plainly_invented(path: Path) -> None:
    organisation: Organisation = load(path)
    for number in (organisation.phone, organisation.fax):
        assert PHONE.fullmatch(number)
    for person in organisation.people:
        assert PHONE.fullmatch(person.phone)
        assert not person.mobile or MOBILE.fullmatch(person.mobile)
        assert person.email == f"{person.id}@example.go.th"
    assert organisation.email == f"{path.stem}@example.go.th"


@every_organisation
def test_a_secretary_keeps_the_door_of_somebody_there(path: Path) -> None:
    organisation: Organisation = load(path)
    assert len({person.id for person in organisation.people}) == len(organisation.people)
    for person in organisation.people:
        if person.secretary_of:
            assert person.secretary_of != person.id
            assert organisation.person(person.secretary_of)


def test_every_senior_executive_has_a_door_to_knock_on_first() -> None:
    for path in CONTACT_FILES:
        people = load(path).people
        kept = {person.secretary_of for person in people}
        senior = {person.id for person in people if person.level.startswith(("บริหาร", "อำนวยการ"))}
        assert senior <= kept, path.stem
