"""Standard paragraphs: one text a topic, taken by its name while it holds, filled, approved by somebody."""

from pathlib import Path

import pytest

from srctl.core.errors import BAD_FILE, NOT_FOUND, REFUSED, USAGE
from tests.conftest import Srctl

TOPIC = "ความคืบหน้าระหว่างตรวจสอบ"
TEXT = "{{ office.names.th }}ได้ส่งเรื่องให้หน่วยงานที่เกี่ยวข้องตรวจสอบแล้ว\nและได้กำชับให้รายงานผลโดยเร็ว"
FILLED = "สำนักงานรัฐมนตรีได้ส่งเรื่องให้หน่วยงานที่เกี่ยวข้องตรวจสอบแล้ว\nและได้กำชับให้รายงานผลโดยเร็ว"


def write(office: Srctl, name: str, topic: str = TOPIC, text: str = TEXT, **other: str) -> Path:
    usual = {"category": "ตอบผู้ร้อง", "approved_by": "head", "approved_on": "2026-10-01", "expires": "2027-09-30"}
    lines = [f"{key}: {value}" for key, value in {**usual, **other}.items()]
    block = "\n".join(f"  {line}" for line in text.split("\n"))
    path = office.root / f"templates/paragraphs/{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(["format: 1", f"topic: {topic}", *lines, "text: |", block, ""]), encoding="utf-8")
    return path


def last_given(office: Srctl, case: str) -> dict[str, str]:
    log = office.ok("show", case, "--json").json["log"]
    found: dict[str, str] = next(entry for entry in reversed(log) if entry["did"] == "draft")["given"]
    return found


@pytest.mark.parametrize("typed", [f"@{TOPIC}", "@คืบหน้า", f"@ {TOPIC} "])
def test_a_paragraph_is_taken_by_its_topic_filled_with_the_case(sample: Srctl, typed: str) -> None:
    write(sample, "progress")
    write(sample, "other", "การขอขยายเวลา", "อีกเรื่องหนึ่ง")
    sample.ok("letter", "10", "interim-answer", "--value", f"progress={typed}")
    assert last_given(sample, "10") == {"progress": FILLED}


def test_an_opinion_is_taken_too(sample: Srctl) -> None:
    write(sample, "progress")
    sample.ok("analyse", "10", "--opinion", "@คืบหน้า", "--proposal", "เห็นควรรับทราบ")
    analysis = sample.ok("show", "10", "--json").json["analysis"]
    assert (analysis["opinion"], analysis["proposal"]) == (FILLED, "เห็นควรรับทราบ")


def test_a_paragraph_never_names_the_complainant(sample: Srctl) -> None:
    # 2569-0010 is of นายสมมติ ห่วงบุตร
    sample.ok("analyse", "10", "--issue", "นายสมมติ ห่วงบุตร ถูกเรียกเก็บเงิน", "--replace")
    asked = ("letter", "10", "interim-answer", "--value", "progress=@คืบหน้า")
    write(sample, "progress", text="ประเด็น{{ issues[0] }} อยู่ระหว่างตรวจสอบ")
    sample.ok(*asked)
    assert last_given(sample, "10") == {"progress": "ประเด็นผู้ร้อง ถูกเรียกเก็บเงิน อยู่ระหว่างตรวจสอบ"}
    write(sample, "progress", text="เรียน{{ case.complainant.name }}")
    sample.refused(REFUSED, *asked)


def test_an_expired_one_is_refused_with_the_command_that_renews_it(sample: Srctl) -> None:
    asked = ("letter", "10", "interim-answer", "--value", "progress=@คืบหน้า")
    path = write(sample, "progress", expires="2026-11-01")
    sample.ok("adopt", "templates/paragraphs/progress.yaml")
    told = sample.refused(REFUSED, *asked)
    assert "srctl papers approve" in told
    sample.ok("papers", "approve", TOPIC, "--by", "head", "--until", "2027-09-30", "--as", "malee")
    assert "{{ office.names.th }}" in path.read_text(encoding="utf-8")
    sample.ok(*asked)
    assert last_given(sample, "10") == {"progress": FILLED}
    assert TOPIC in sample.git("log", "-2", "--format=%s")


def test_one_not_held_yet_or_of_no_known_topic_is_refused(sample: Srctl) -> None:
    write(sample, "progress", approved_on="2027-01-01")
    write(sample, "late", "ความล่าช้า", "ขออภัยในความล่าช้า")
    for typed, code in (("คืบหน้า", REFUSED), ("คว", NOT_FOUND), ("ไม่มีเรื่องนี้", NOT_FOUND)):
        sample.refused(code, "letter", "10", "interim-answer", "--value", f"progress=@{typed}")


def test_two_texts_of_a_topic_on_the_same_days_are_refused_with_both_places(sample: Srctl) -> None:
    write(sample, "one", expires="2026-12-31")
    write(sample, "two", approved_on="2027-01-01")
    assert sample.run("check").out.count("ซ้ำ") == 0
    sample.ok("adopt", "templates/paragraphs/one.yaml")
    sample.ok("adopt", "templates/paragraphs/two.yaml")
    sample.ok("check")
    write(sample, "two", approved_on="2026-12-31")
    told = sample.refused(BAD_FILE, "adopt", "templates/paragraphs/two.yaml")
    assert "one.yaml:2" in told
    assert "two.yaml:2" in told


@pytest.mark.parametrize(
    ("name", "changed", "line"),
    [
        ("approver", {"approved_by": "nobody"}, 4),
        ("order", {"expires": "2026-01-01"}, 6),
        ("day", {"expires": "2026-02-30"}, 6),
        ("template", {"text": "ข้อความ\n{% if %}"}, 9),
        ("empty", {"text": " "}, 7),
    ],
)
def test_check_tells_the_line_of_a_paragraph_that_cannot_be_used(
    office: Srctl, name: str, changed: dict[str, str], line: int
) -> None:
    write(office, name, **changed)
    told = office.refused(BAD_FILE, "adopt", f"templates/paragraphs/{name}.yaml")
    assert f"{name}.yaml:{line}" in told
    assert f"{name}.yaml:{line}" in office.run("check").out


def test_what_ships_is_a_sample_that_no_paper_takes_before_somebody_approved_it(sample: Srctl) -> None:
    listed = sample.ok("papers", "paragraphs", "--json").json["items"]
    assert len(listed) >= 2
    assert [(one["approved_by"], one["approved_on"], one["holds"]) for one in listed] == [("", None, False)] * len(
        listed
    )
    sample.ok("check")
    asked = ("letter", "10", "interim-answer", "--value", f"progress=@{listed[0]['topic']}")
    assert "srctl papers approve" in sample.refused(REFUSED, *asked)
    for one in listed:
        sample.ok("papers", "approve", one["topic"], "--by", "head", "--until", "30/9/2570", "--as", "malee")
    sample.ok(*asked)


def test_paragraphs_are_listed_shown_and_approved(office: Srctl) -> None:
    for shipped in (office.root / "templates/paragraphs").glob("*.yaml"):
        shipped.unlink()
    office.ok("adopt", "--all")
    said = office.ok("papers", "paragraphs").out
    assert "srctl papers approve" in said
    office.refused(USAGE, "papers", "approve", TOPIC, "--text", TEXT, "--by", "head", "--as", "malee")
    office.refused(NOT_FOUND, "papers", "approve", TOPIC, "--until", "30/9/2570", "--by", "head", "--as", "malee")
    new = ("papers", "approve", TOPIC, "--by", "head", "--until", "30/9/2570", "--category", "ตอบผู้ร้อง", "--as", "malee")
    office.refused(BAD_FILE, *new, "--text", "{% if %}")
    office.ok(*new, "--text", TEXT)
    office.ok("check")
    assert TOPIC in office.ok("papers", "paragraphs").out
    assert "{{ office.names.th }}" in office.ok("papers", "paragraphs", "คืบหน้า").out
    found = office.ok("papers", "paragraphs", "--json").json["items"]
    assert [(p["topic"], p["expires"], p["holds"]) for p in found] == [(TOPIC, "2027-09-30", True)]
    office.ok(*new, "--text", "ข้อความใหม่")
    assert office.ok("papers", "paragraphs", "--json").json["items"][0]["text"] == "ข้อความใหม่"
