"""Each check of a case fires where its rule is broken, and stays silent where it is kept."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.decoding import Fault, Text
from srctl.model.case import Analysis, Case, Entry, Link, Order, Plan, Promise, Received, Step
from srctl.model.definitions import Field, Kind, Stage
from srctl.model.people import Coordinator, Minister, Office, OfficeNames, Organisation, Person
from srctl.workflow.case_validation import CHECKS, Check, ValidationContext, case_faults

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
OFFICE = Office(
    1, OfficeNames("ก", "A", "ก", "ข"), "ศธ 0100", Minister("รมว.", "รมว."), (),
    (Coordinator("malee", "มาลี"), Coordinator("prasit", "ประสิทธิ์")), (),
)  # fmt: skip
KIND = Kind(
    1, Text("เรียนเชิญ", "Invitation"), "any", Text("", ""), "",
    (Stage("receive", Text("รับ", "Receive")), Stage("report", Text("รายงาน", "Report"))),
    fields=(
        Field("dress", Text("การแต่งกาย", "Dress")),
        Field("held", Text("วันงาน", "Day"), "date"),
        Field("begins", Text("เวลา", "Time"), "time"),
    ),
    id="invitation",
)  # fmt: skip
AROUND = ValidationContext(
    OFFICE,
    {"invitation": KIND},
    {"obec": Organisation(1, "สพฐ.", people=(Person("somsak", "สมศักดิ์"),), id="obec")},
    TODAY,
    frozenset({"2569-0042", "2568-0311"}),
)
SOUND = Case(
    1, "2569-0042", "invitation", "เรียนเชิญเป็นประธาน",
    Received(date(2026, 11, 18), "09:12", "letter", dated=date(2026, 11, 18)),
    Order(due=date(2026, 11, 18)), owner="malee", backup="prasit",
    fields={"dress": "ชุดปกติขาว", "held": "2026-12-01", "begins": "09:30"},
    analysis=Analysis(earlier=("2568-0311",)),
    plan=Plan("", (Step("s1", "โทร", "obec/somsak", due=date(2026, 11, 18)), Step("s2", "โทร", "obec"))),
    links=(Link("2568-0311", "earlier"),),
    log=(
        Entry("a1", AT, "malee", "receive", to="receive"),
        Entry("a2", AT, "malee", "contact", on=date(2026, 11, 19), with_="obec/somsak",
              promise=Promise("us", "ก", date(2026, 11, 19)), to="report"),
        Entry("a3", AT, "prasit", "promise", keeps=("a2",), to="closed"),
        Entry("a4", AT, "prasit", "step", step="s1", waives=("a2",), on=TODAY),
        Entry("a5", AT, "prasit", "undo", of="a3"),
    ),
)  # fmt: skip


def logged(**more: Any) -> Case:
    """Return the sound case with one more entry."""
    return SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "note", **more)))


def received(**more: Any) -> Case:
    return SOUND._replace(received=SOUND.received._replace(**more))


def planned(*steps: Step) -> Case:
    return SOUND._replace(plan=Plan("", (*SOUND.plan.steps, *steps)))


def filled(**fields: str) -> Case:
    return SOUND._replace(fields=fields)


PROMISED_TOO_EARLY = Promise("us", "ก", date(2026, 11, 19))

BROKEN: dict[str, tuple[Case, tuple[str | int, ...], str]] = {
    "a count nobody can read": (
        SOUND._replace(order=SOUND.order._replace(counted="+9wd")), ("order", "counted"), "counted"),
    "no such kind": (SOUND._replace(kind="invitaton"), ("kind",), "unknown-kind"),
    "no such field": (filled(drss="ขาว"), ("fields", "drss"), "unknown-field"),
    "no such stage": (logged(to="reciev"), ("log", 5, "to"), "unknown-stage"),
    "a day that is none": (filled(held="1 ธ.ค. 69"), ("fields", "held"), "date"),
    "a day in a Buddhist year": (filled(held="2569-12-01"), ("fields", "held"), "date"),
    "a time that is none": (filled(begins="9 โมง"), ("fields", "begins"), "time"),
    "a time not as files hold it": (filled(begins="9.30 น."), ("fields", "begins"), "time"),
    "a receipt at no time": (received(at="25:00"), ("received", "at"), "time"),
    "an owner nobody knows": (SOUND._replace(owner="mali"), ("owner",), "unknown-person"),
    "a backup nobody knows": (SOUND._replace(backup="x"), ("backup",), "unknown-person"),
    "a hand nobody knows": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "nobody", "note"))),
        ("log", 5, "who"), "unknown-person",
    ),
    "a step with nobody": (planned(Step("s3", "ก", "obec/x")), ("plan", "steps", 2, "with"), "unknown-contact"),
    "a contact with nobody": (logged(with_="abc"), ("log", 5, "with"), "unknown-contact"),
    "an entry id twice": (
        SOUND._replace(log=(*SOUND.log, Entry("a1", AT, "malee", "note"))),
        ("log", 5, "id"), "duplicate-id",
    ),
    "a step id twice": (planned(Step("s2", "ก")), ("plan", "steps", 2, "id"), "duplicate-id"),
    "a paper signed that was never drafted": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "sign", paper="memo"))),
        ("log", 5, "paper"), "unknown-paper",
    ),
    "a paper signed before it was submitted": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "memo", paper="memo"),
                            Entry("a7", AT, "malee", "sign", paper="memo"))),
        ("log", 6, "paper"), "paper-order",
    ),
    "a paper to somebody unknown": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "draft", paper="ask", among=("obec", "abc")))),
        ("log", 5, "among", 1), "unknown-contact",
    ),
    "a call to the complainant, who is in no directory": (
        logged(with_="complainant"), ("log", 5, "with"), "unknown-contact",
    ),
    "a decision asked of nobody": (logged(whom="boss"), ("log", 5, "whom"), "unknown-person"),
    "paused twice": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "pause"), Entry("a7", AT, "malee", "pause"))),
        ("log", 6, "did"), "pause-order",
    ),
    "resumed without a pause": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "resume"))), ("log", 5, "did"), "pause-order",
    ),
    "an extension of nothing": (
        SOUND._replace(log=(*SOUND.log, Entry("a6", AT, "malee", "extend", amount=3))),
        ("log", 5, "did"), "extension",
    ),
    "breaking no promise": (logged(breaks=("a9",)), ("log", 5, "breaks", 0), "dangling"),
    "reminding of nothing": (logged(chases=("a9",)), ("log", 5, "chases", 0), "dangling"),
    "keeping no promise": (logged(keeps=("a2", "a1")), ("log", 5, "keeps", 1), "dangling"),
    "waiving nothing": (logged(waives=("a9",)), ("log", 5, "waives", 0), "dangling"),
    "a step not planned": (logged(step="s9"), ("log", 5, "step"), "dangling"),
    "undoing nothing": (logged(of="a9"), ("log", 5, "of"), "dangling"),
    "a link to no case": (SOUND._replace(links=(Link("2569-9999"),)), ("links", 0, "case"), "dangling"),
    "an earlier matter that is none": (
        SOUND._replace(analysis=Analysis(earlier=("2568-0311", "2567-0001"))),
        ("analysis", "earlier", 1), "dangling",
    ),
    "a receipt to come": (
        received(on=date(2026, 11, 21))._replace(order=Order(), plan=Plan(), log=()),
        ("received", "on"), "future-receipt",
    ),
    "a paper younger than its receipt": (received(dated=TODAY), ("received", "dated"), "date-order"),
    "a deadline before the receipt": (
        SOUND._replace(order=Order(due=date(2026, 11, 17))), ("order", "due"), "date-order",
    ),
    "a step before the receipt": (
        planned(Step("s3", "ก", due=date(2026, 11, 17))), ("plan", "steps", 2, "due"), "date-order",
    ),
    "an entry of tomorrow": (logged(on=date(2026, 11, 21)), ("log", 5, "on"), "future-entry"),
    "a promise for yesterday": (
        logged(promise=PROMISED_TOO_EARLY), ("log", 5, "promise", "due"), "date-order",
    ),
    "no subject": (SOUND._replace(subject=" \t"), ("subject",), "empty"),
    "a subject of two lines": (SOUND._replace(subject="ก\nข"), ("subject",), "lines"),
    "a secret": (SOUND._replace(secrecy="secret"), ("secrecy",), "secrecy"),
    "a top secret": (SOUND._replace(secrecy="top-secret"), ("secrecy",), "secrecy"),
}  # fmt: skip


def found(case: Case, around: ValidationContext = AROUND) -> list[tuple[tuple[str | int, ...], str]]:
    return [(f.where, f.code) for f in case_faults(case, around)]


def test_a_sound_case_with_everything_in_it_has_no_fault() -> None:
    assert case_faults(SOUND, AROUND) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_told_where_it_is_broken(name: str) -> None:
    case, where, code = BROKEN[name]
    assert found(case) == [(where, code)]


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_fault_says_on_one_line_what_is_wrong_and_how_to_mend_it(name: str, language: str) -> None:
    i18n.use(language)
    for fault in case_faults(BROKEN[name][0], AROUND):
        assert fault.message
        assert "\n" not in fault.message
        assert fault.hint


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_is_tried_here(check: Check) -> None:
    assert any(list(check(case, AROUND)) for case, _where, _code in BROKEN.values())
    assert list(check(SOUND, AROUND)) == []


@pytest.mark.parametrize(
    ("name", "near"),
    [("no such kind", "invitation"), ("no such field", "dress"), ("no such stage", "receive"),
     ("an owner nobody knows", "malee")],
)  # fmt: skip
def test_a_misspelt_name_is_told_with_the_nearest(name: str, near: str) -> None:
    [fault] = case_faults(BROKEN[name][0], AROUND)
    assert near in fault.hint


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        (SOUND._replace(kind="zzz"), "srctl kinds"),
        (filled(zzz="1"), "srctl kinds show invitation"),
        (logged(to="zzz"), "receive, report, closed"),
        (SOUND._replace(owner="zzz"), "office.yaml"),
        (logged(with_="zzz"), "srctl contacts list"),
    ],
)
def test_a_name_near_to_none_is_told_where_the_names_stand(case: Case, hint: str) -> None:
    [fault] = case_faults(case, AROUND)
    assert fault.hint == hint


def test_links_are_not_judged_where_the_other_cases_are_not_known() -> None:
    alone = AROUND._replace(ids=None)
    assert found(BROKEN["a link to no case"][0], alone) == []
    assert found(BROKEN["an earlier matter that is none"][0], alone) == []
    assert found(BROKEN["undoing nothing"][0], alone) == [(("log", 5, "of"), "dangling")]


def test_every_fault_of_a_case_is_told_at_once() -> None:
    case = logged(to="x", with_="y", step="z")._replace(owner="w", subject="", secrecy="secret")
    codes = [code for _where, code in found(case)]
    assert sorted(codes) == sorted(
        ["unknown-stage", "unknown-person", "unknown-contact", "dangling", "empty", "secrecy"]
    )


def test_days_are_told_as_people_read_them() -> None:
    i18n.use("th")
    [fault] = case_faults(BROKEN["a deadline before the receipt"][0], AROUND)
    assert "17 พ.ย. 69" in fault.message


WORDS = st.sampled_from(["", "malee", "obec/somsak", "a1", "s1", "2569-12-01", "ก\nข", "../x", "\u202e"])


@given(WORDS, WORDS, WORDS, WORDS, st.dictionaries(WORDS, WORDS, max_size=2), st.dates())
def test_no_check_ever_raises(a: str, b: str, c: str, d: str, fields: dict[str, str], on: date) -> None:
    entry = Entry(a, AT, b, "note", on=on, with_=c, step=d, of=a, keeps=(b,), to=c)
    case = Case(1, a, b, c, Received(on, d), owner=a, fields=fields, log=(entry, entry))
    for kind in ("invitation", b):
        assert all(isinstance(f, Fault) for f in case_faults(case._replace(kind=kind), AROUND))
