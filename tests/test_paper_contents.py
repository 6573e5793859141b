"""A paper says what is true, in the items its form asks for, with all that was asked for it."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from srctl.core.errors import Refused, UsageError
from srctl.core.numbered_items import numbered_text
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx import word_file
from srctl.model.case import Case, Entry, Promise
from srctl.papers.composition import Draft, draft_paper, sample_asked
from srctl.papers.wordings import read_template, wants_addressee, wording_names
from tests.conftest import Srctl, sampled
from tests.sample_case import CASE, COMMIT, DIRECTORY, KIND, OFFICE, TEMPLATES, TODAY, sent_before, with_analysis
from tests.test_papers import text, texts

TWO = numbered_text(("ครบถ้วน", "ทันเวลา"))
ACTS = numbered_text(("รับทราบ", "มอบ สกสค. ดำเนินการ"))


def made(wording: str, case: Case = CASE, **asked: Any) -> Draft:
    """Draft the wording with its samples and what is ``asked``."""
    template = read_template(TEMPLATES, wording)
    request = sample_asked(template)
    request = request._replace(given={**request.given, **asked.pop("given", {})})._replace(**asked)
    if not request.to and wants_addressee(TEMPLATES, template):
        request = request._replace(to="province")
    return draft_paper(case, KIND, OFFICE, DIRECTORY, TEMPLATES, wording, TODAY, COMMIT, request)


# -- the day a letter named -------------------------------------------------------------------------------


def written(given: dict[str, str], **finished: Any) -> Case:
    """A case with a letter of the values ``given`` that went out, a reply awaited by the 11th in any case."""
    n = count(1)
    awaited = Promise("them", "คำตอบ", date(2026, 12, 11))

    def entry(did: Any, **more: Any) -> Entry:
        return Entry(f"b{next(n)}", CASE.log[0].at if CASE.log else _AT, "malee", did, paper="forward-complaint",
                     **{"with_": "obec", **more})  # fmt: skip

    ends = (entry("finish", **finished),) if finished else ()
    return CASE._replace(log=(
        entry("draft", form="internal", given=given), *ends, entry("submit"), entry("sign"),
        entry("number", number="ศธ 0100/1", dated=date(2026, 11, 12), subject="ส่งเรื่องร้องเรียน"),
        entry("send", by="letter", promise=awaited),
    ))  # fmt: skip


_AT = sent_before(CASE, "obec").log[-1].at
ASKED = {"by": "2026-12-04"}


@pytest.mark.parametrize(
    ("case", "day"),
    [
        pytest.param(written({}), "", id="no-day-typed"),
        pytest.param(written(ASKED), "4 ธันวาคม 2569", id="a-day-typed"),
        pytest.param(written(ASKED, sha256="0a"), "", id="finished-in-Word-without-it"),
        pytest.param(written(ASKED, sha256="0a", until=date(2026, 12, 4)), "4 ธันวาคม 2569", id="finished-with-it"),
    ],
)
@pytest.mark.parametrize("wording", ["remind-1", "remind-2", "remind-final"])
def test_a_reminder_quotes_only_the_day_the_letter_named(wording: str, case: Case, day: str) -> None:
    said = to_arabic_digits(text(made(wording, case, to="obec", given={"by": ""})))
    assert ("โดยขอให้แจ้งผลภายในวันที่" in said) == bool(day)
    assert not day or f"โดยขอให้แจ้งผลภายในวันที่ {day}" in said
    assert "11 ธันวาคม" not in said
    assert ("ใกล้ครบกำหนดแล้ว" in said) == (bool(day) and wording == "remind-1")


def test_what_is_finished_in_word_is_read_for_the_day_it_asks_for(sample: Srctl) -> None:
    sample.ok("letter", "10", "forward-complaint", "--to", "obec", "--by", "4/12/2569")
    [draft] = sample.case_file("2569-0010").with_suffix("").glob("*-draft.docx")
    draft.write_bytes(word_file.fill_places(draft.read_bytes(), {"date": "1 ธันวาคม 2569"})[0])
    sample.ok("paper", "adopt", str(draft), "10", "forward-complaint")
    entry = next(e for e in sample.ok("show", "10", "--json").json["log"] if e["did"] == "finish")
    assert entry["until"] == "2026-12-04"


# -- items ------------------------------------------------------------------------------------------------


def marks(lines: list[str]) -> list[str]:
    return [to_arabic_digits(line).split()[0] for line in lines]


@pytest.mark.parametrize("wording", ["memo", "memo-ops"])
def test_several_opinions_and_proposals_are_numbered_as_the_form_says(wording: str) -> None:
    # Seed 002: ถ้ามีมากกว่า ๑ ข้อ ให้ระบุ ๓.๑–๓.x, ๔.๑–๔.x
    lines = texts(made(wording, with_analysis(CASE, opinion=TWO, proposal=ACTS, power="")))
    shown = [to_arabic_digits(line) for line in lines]
    assert "4.  เห็นควร" in shown
    assert "4.1  รับทราบ" in shown
    assert "4.2  มอบ สกสค. ดำเนินการ" in shown
    if wording == "memo":
        assert "3.  สร. ได้พิจารณาแล้วเห็นว่า" in shown
        assert "3.1  ครบถ้วน" in shown
    assert "3.2  ทันเวลา" in shown
    assert any(line.startswith("จึงเรียนมาเพื่อโปรดพิจารณาตามข้อ 4") for line in shown)


def test_a_single_opinion_and_proposal_have_no_number_of_their_own() -> None:
    lines = texts(made("memo", with_analysis(CASE, opinion="1. ครบถ้วน", proposal="รับทราบ")))
    shown = [to_arabic_digits(line) for line in lines]
    assert "3.  สร. ได้พิจารณาแล้วเห็นว่าครบถ้วน" in shown
    assert "4.  เห็นควรรับทราบ" in shown
    assert any("เพื่อโปรดรับทราบตามข้อ 4" in line for line in shown)


def test_the_items_of_a_summary_count_by_themselves() -> None:
    case = with_analysis(CASE, law=("ประกาศ ก", "ประกาศ ข"), opinion=TWO, proposal=ACTS)
    shown = [to_arabic_digits(line) for line in texts(made("summary", case))]
    for line in ("1.  ประกาศ ก", "2.  ประกาศ ข", "1.  ครบถ้วน", "2.  ทันเวลา", "1.  รับทราบ"):
        assert line in shown


@pytest.mark.parametrize(
    ("proposal", "verb"),
    [
        ("อนุมัติ", "อนุมัติ"),
        ("1. รับทราบ\n2. อนุมัติให้เบิก", "อนุมัติ"),
        ("1. รับทราบ\n2. มอบ สพฐ.", "พิจารณา"),
        ("มอบ สพฐ.", "พิจารณา"),
    ],
)
def test_the_closing_asks_for_what_the_proposals_take(proposal: str, verb: str) -> None:
    assert f"เพื่อโปรด{verb}" in text(made("memo", with_analysis(CASE, proposal=proposal)))


def test_items_are_typed_one_by_one_or_pasted(office: Srctl) -> None:
    office.ok("new", "directive", "--subject", "ก", "--order", "ข", "--by", "รมว.ศธ.", "--as", "malee")
    office.ok("analyse", "1", "--opinion", "ครบถ้วน", "--opinion", "ทันเวลา", "--proposal", ACTS, "--fact", "1. ก\n2. ข",
              "--as", "malee")  # fmt: skip
    analysis = office.ok("show", "1", "--json").json["analysis"]
    assert analysis["opinions"] == ["ครบถ้วน", "ทันเวลา"]
    assert analysis["proposals"] == ["รับทราบ", "มอบ สกสค. ดำเนินการ"]
    assert analysis["facts"] == ["ก", "ข"]
    assert analysis["opinion"] == TWO


def test_a_list_in_the_file_is_read_as_its_items() -> None:
    from srctl.core.decoding import decode
    from srctl.model.case import Analysis
    from srctl.store.schema import shape_faults

    found = decode(Analysis, {"opinion": ["ครบถ้วน", "ทันเวลา"], "proposal": "รับทราบ"})
    assert found is not None
    assert (found.opinion, found.proposal) == (TWO, "รับทราบ")
    assert decode(Analysis, {"opinion": {"ก": "ข"}}) is None
    assert shape_faults(Analysis, {"opinion": ["ก"]}) == []
    assert shape_faults(Analysis, {"opinion": {"ก": "ข"}})


# -- attachments and copies -------------------------------------------------------------------------------


def test_attachments_of_the_memo_stand_behind_the_fact_each_proves() -> None:
    # Seed 002, ๒.๑–๒.๔: รายละเอียดตาม… (สิ่งที่ส่งมาด้วย ๒)
    facts = ("ได้แต่งตั้งคณะกรรมการแล้ว", "ผลเป็นไปตามรายงานการประชุม")
    asked = ("สำเนาหนังสือร้องเรียน=2 แผ่น", "รายงานการประชุม=3 แผ่น", "๒.๑: คำสั่งแต่งตั้ง=1 แผ่น", "แผนที่=1 แผ่น")
    lines = [
        to_arabic_digits(line)
        for line in texts(made("memo-ops", with_analysis(CASE, facts=facts, earlier=()), attachments=asked))
    ]
    behind = {line.split()[0]: line for line in lines}
    assert "รายละเอียดตามสำเนาหนังสือร้องเรียน" in behind["1."]
    assert "(สิ่งที่ส่งมาด้วย 1)" in behind["1."]
    assert behind["2.1"].endswith("คณะกรรมการแล้ว รายละเอียดตามคำสั่งแต่งตั้ง (สิ่งที่ส่งมาด้วย 3)")
    assert behind["2.2"].endswith("ผลเป็นไปตามรายงานการประชุม (สิ่งที่ส่งมาด้วย 2)")
    [rest] = [line for line in lines if "เอกสารประกอบการพิจารณา" in line]
    assert rest.endswith("ได้แก่ แผนที่ จำนวน 1 แผ่น (สิ่งที่ส่งมาด้วย 4)")


def ways() -> Iterator[tuple[str, str]]:
    """Yield every wording on every form it is written on."""
    for name in wording_names(TEMPLATES):
        form = read_template(TEMPLATES, name).form
        yield from ((name, on) for on in dict.fromkeys((form.form, form.inside, *form.also)) if on)


WITHOUT_ENCLOSURES = {
    "summary", "order", "announcement", "answer", "talking-points", "call-sheet", "certificate", "news", "statement",
    "press-invitation", "programme", "speech", "agenda", "minutes",
}  # fmt: skip
COPY, MAP = "ปลัดกระทรวงตัวอย่าง", "แผนผังที่ตั้ง"


@pytest.mark.parametrize("way", sampled(list(ways()), 3, ids=map("-".join, ways())))
def test_what_is_asked_for_a_paper_stands_on_it_or_is_refused(way: tuple[str, str]) -> None:
    wording, on = way
    to = read_template(TEMPLATES, wording).form.to
    case = sent_before(with_analysis(CASE, issues=CASE.analysis.issues[:1]), to or "province")
    for asked, word in (({"copies": (COPY,)}, COPY), ({"attachments": (f"{MAP}=2 แผ่น",)}, MAP)):
        if on in WITHOUT_ENCLOSURES:
            with pytest.raises(UsageError, match=word):
                made(wording, case, form=on, **asked)
        else:
            assert word in text(made(wording, case, form=on, **asked))


# -- marks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    ["thanks", "order", "committee", "announcement", "certificate", "acknowledge", "interim-answer", "final-answer"],
)
def test_the_urgency_of_a_case_is_not_that_of_thanks_orders_and_letters_to_citizens(wording: str) -> None:
    case = sent_before(CASE._replace(urgency="urgent"), "province")
    assert "ด่วน" not in texts(made(wording, case))[0]
    assert "ด่วน" in texts(made(wording, case, urgency="urgent"))[0]  # asked for, it is honoured


def test_other_papers_bear_the_urgency_of_their_case() -> None:
    assert "ด่วน" in texts(made("support", CASE._replace(urgency="urgent")))[0]


@pytest.mark.parametrize("wording", ["memo", "memo-ops", "cover-memo", "support"])
def test_the_secret_prefix_is_written_one_way(wording: str) -> None:
    assert "ลับ ศธ ๐๑๐๐/" in text(made(wording, CASE._replace(secrecy="confidential"))).replace("  ", " ")


# -- the answer to a question -----------------------------------------------------------------------------


QUESTIONS = ("เกณฑ์จัดสรรครู", "แผนแก้ปัญหาครูไม่ครบชั้น")


def question(**changes: Any) -> Case:
    case = sent_before(CASE, "province")
    fields = {**case.fields, "number": "12"}
    received = case.received._replace(ref="สผ 0014/2215", from_="สำนักงานเลขาธิการสภาผู้แทนราษฎร")
    return with_analysis(case._replace(fields=fields, received=received), issues=QUESTIONS, **changes)


def test_questions_and_answers_stand_point_by_point() -> None:
    lines = texts(made("answer-question", question(), given={"answer": "1. ตามเกณฑ์ 2. มีแผนแล้ว"}))
    at = lines.index("ข้อ ๑")
    assert lines[at : at + 6] == [
        "ข้อ ๑",
        f"ถาม {QUESTIONS[0]}",
        "ตอบ ตามเกณฑ์",
        "ข้อ ๒",
        f"ถาม {QUESTIONS[1]}",
        "ตอบ มีแผนแล้ว",
    ]


def test_the_number_of_the_question_is_not_that_of_the_letter_that_brought_it() -> None:
    lines = [to_arabic_digits(line).split(maxsplit=1) for line in texts(made("answer-question", question()))]
    head = dict(line for line in lines if len(line) == 2)
    assert head["กระทู้ถามที่"] == "12"
    assert "สผ 0014/2215" in head["ส่งมาตาม"]


@pytest.mark.parametrize(("answer", "told"), [("1. ตามเกณฑ์", QUESTIONS[1]), ("1. ก 2. ข 3. ค", "ค")])
def test_an_answer_without_its_question_is_refused_and_named(answer: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        made("answer-question", question(), given={"answer": answer})
    assert told in caught.value.message
    assert "1. … 2. …" in str(caught.value.hint)


def test_facts_stand_for_the_answers_only_where_there_is_one_for_each() -> None:
    assert "ตอบ ก" in text(made("answer-question", question(facts=("ก", "ข")), given={"answer": ""}))
    with pytest.raises(Refused):
        made("answer-question", question(facts=("ก", "ข", "ค")), given={"answer": ""})


# -- the summary ------------------------------------------------------------------------------------------


def test_a_summary_takes_no_number_and_goes_on_as_it_is_signed(sample: Srctl) -> None:
    sample.ok("analyse", "10", "--issue", "ก", "--fact", "ข", "--proposal", "ค", "--override", "ทดสอบ")
    sample.ok("memo", "10", "--paper", "summary")
    sample.ok("submit", "10", "summary")
    said = sample.ok("sign", "10", "summary").out
    assert "number" not in said
    assert "send 2569-0010 summary" in said or "send 10 summary" in said
    assert "send" in sample.refused(5, "number", "10", "summary")


# -- what stands elsewhere, and what is nothing -----------------------------------------------------------


def test_an_earlier_matter_is_told_with_subject_day_and_result_and_nobody_named(sample: Srctl) -> None:
    told = "ชี้แจงนางสมมติ ผู้ร้องเดิมแล้ว"
    earlier = sample.case_file("2568-0001")
    earlier.write_text(earlier.read_text(encoding="utf-8") + f"report: {{result: {told}}}\n", encoding="utf-8")
    sample.ok("adopt", "2568-0001", "--override", "ทดสอบ")
    sample.ok("link", "10", "2568-0001", "-r", "earlier")
    sample.ok("analyse", "10", "--issue", "ก", "--fact", "ข", "--law", "-", "--proposal", "ค", "--override", "ทดสอบ")
    sample.ok("memo", "10", "--paper", "summary")
    [draft] = sample.case_file("2569-0010").with_suffix("").glob("*.docx")
    lines = word_file.paragraphs(draft.read_bytes())
    [line] = [to_arabic_digits(line).replace("\u00a0", " ") for line in lines if "๒๕๖๘-๐๐๐๑" in line]
    assert "กรณีการสอบเข้าชั้นมัธยมศึกษาปีที่ 1" in line
    assert "รับเมื่อวันที่ 18 พฤศจิกายน 2568" in line
    assert line.endswith("ผลการดำเนินการ คือ ชี้แจงผู้ร้องแล้ว")
    assert "-" not in lines  # a law that is a stroke is none
