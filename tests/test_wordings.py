"""The office's wordings: each can be filled from a bare case and from a full one, and reads as the rule asks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from srctl.core.decoding import plain
from srctl.core.thai import to_arabic_digits
from srctl.documents import text_template
from srctl.model.voices import voice_of
from srctl.papers.listed_values import LISTS, list_value
from srctl.papers.template_values import NAMES
from srctl.papers.wordings import (
    Template,
    not_used,
    read_heads,
    read_layout,
    read_numbering,
    read_template,
    wording_names,
)
from srctl.workflow.stages import known_needs
from tests.conftest import Srctl
from tests.sample_case import CASE, KIND, OFFICE, TEMPLATES, TODAY

PAPERS = TEMPLATES / "papers"
ALL = wording_names(TEMPLATES)
OUTGOING = ("letter", "circular", "stamped", "internal")
REMINDERS = ("remind-1", "remind-2", "remind-final")
# ข้อ ๑๓: details asked for, copies sent, receipt told, unanswered matters recalled.
STAMPED = {"ask-information", "forward-complaint", "acknowledge", *REMINDERS}
ASKED = re.compile(r"\bgiven\.([a-z_]+)", re.ASCII)
# A name at the root of an expression, not an attribute, key, string or word of the template language.
WORDS_OF_JINJA = (
    "if elif else endif for endfor in not and or is set endset from import with context loop defined macro endmacro "
    "begin items thai_date on_days thai_weekday on_weekdays short_date month_year starts after default first last "
    "length list replace trim join"
)
TO: dict[str, dict[str, Any]] = {
    "outside": {"name": "เลขาธิการสภาผู้แทนราษฎร", "organisation": "สำนักงานเลขาธิการสภาผู้แทนราษฎร", "short": "สผ."},
    "high": {"name": "ประธานสภาผู้แทนราษฎร", "organisation": "สภาผู้แทนราษฎร", "opening": "กราบเรียน"},
    "inside": {"name": "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "organisation": "สพฐ.", "short": "สพฐ.", "inside": True},
    "person": {"name": "นางสาวสมหญิง รักธรรมดา", "reference": "complainant"},
}
VOICE = plain(voice_of(OFFICE, OFFICE.signers[0]))
EARLIER: dict[str, Any] = {
    "number": "ศธ 0100/12",
    "date": date(2026, 11, 2),
    "subject": "ขอทราบข้อมูลการรับนักเรียน",
    "due": date(2026, 11, 10),
    "wording": "invite-meeting",
    "voice": OFFICE.names.th,
    "reminded": 1,
}
ANSWER = {"ref": "สผ 0014/99", "dated": date(2026, 11, 12), "said": "ยินดี", "from": TO["outside"]["organisation"]}
CALLEES = [
    {"name": "นายสมัคร ใจประสาน", "position": "", "secretary": "นางอนงค์ ตัวอย่างพร", "phone": "0 2000 0202", "agreed": ""}
]
DECISION = {"by": "รมว.ศธ.", "what": "เห็นชอบ", "on": date(2026, 11, 19), "paper": "memo"}


def template(name: str) -> Template:
    return read_template(TEMPLATES, name)


def forms(name: str) -> list[str]:
    form = template(name).form
    return [f for f in (form.form, form.inside, *form.also) if f]


def given(name: str, *, full: bool) -> dict[str, object]:
    values = template(name).form.values
    found: dict[str, object] = {}
    for key, value in values.items():
        text = value.sample if full or not value.optional else ""
        if value.type in LISTS:
            found[key] = list_value(value, text, OFFICE, {})
            continue
        found[key] = date.fromisoformat(text) if value.type == "date" and text else text
    return found


def values(name: str, on: str, to: str, *, full: bool, **changes: Any) -> dict[str, Any]:
    """Return hand-made values: with ``full`` all there may be, else the least a case has."""
    case: Any = plain(CASE._replace(log=()))
    case["complainant"] = case["complainant"] if full else None
    case["fields"] = {"asker": "นายสมมติ ผู้แทนดี", **({"type": "ทั่วไป", "house": "สภาผู้แทนราษฎร"} if full else {})}
    case["report"]["result"] = "ได้ข้อยุติแล้ว"
    if not full:
        case["received"] |= {"ref": "", "dated": None, "from": "", "channel": ""}
        case["order"] = {"by": "", "text": "", "due": None}
        case["analysis"] |= {"power": "", "law": [], "earlier": []}
    owner: Any = plain(OFFICE.coordinators[0])
    whom = {"person": "", "position": "", "short": "", "organisation": "", "reference": "", "opening": "เรียน",
            "closing": "ขอแสดงความนับถือ", "me": "ข้าพเจ้า", "you": "ท่าน", "inside": False} | TO[to]  # fmt: skip
    attachments = [
        {"text": "สำเนาหนังสือ", "count": "จำนวน 1 ฉบับ", "n": 1, "item": ""},
        {"text": "แผนที่", "count": "จำนวน 2 แผ่น", "n": 2, "item": ""},
    ]
    contacts = [{"on": TODAY, "with": "นายสมัคร ใจประสาน", "by": "phone", "said": "รับทราบ", "agreed": "จะส่งรายงาน"}]
    reminded = name in REMINDERS
    made = {
        "case": case, "kind": plain(KIND), "office": plain(OFFICE), "minister": plain(OFFICE.minister),
        "owner": owner if full else owner | {"phone": ""}, "group": plain(OFFICE.groups[0]) if full else None,
        "signer": plain(OFFICE.signers[0]), "voice": VOICE, "today": TODAY,
        "sender": "ประชาชน" if full or on not in OUTGOING else "",
        "issues": list(CASE.analysis.issues), "facts": list(CASE.analysis.facts), "laws": case["analysis"]["law"],
        "earlier": case["analysis"]["earlier"],
        "earlier_matters": [
            {"id": "2568-0311", "subject": "การรับนักเรียน", "on": date(2025, 11, 3), "result": "แจ้งโรงเรียนแล้ว"}
        ] if full else [],
        "contacts": contacts if full else [],
        "callees": CALLEES if full else [], "ask": "รับทราบ",
        "given": given(name, full=full), "to": whom, "copies": [],
        "paper": {"id": name, "number": "ศธ 0100/", "date": "พฤศจิกายน 2569", "form": on, "urgency": "", "secrecy": ""},
        "attachments": attachments if full else [], "answer": ANSWER if full else None,
        "decision": DECISION if full or name == "convey-order" else None,
        "earlier_paper": EARLIER if full else EARLIER | {"due": None} if reminded else None,
    }  # fmt: skip
    return made | changes


def filled(name: str, made: Mapping[str, object]) -> tuple[dict[str, str], list[str], str]:
    """Return head, paragraphs (cells of a table joined) and closing line of the wording filled."""
    form = template(name).form
    paper = made["paper"]
    assert isinstance(paper, dict)
    head = {**read_heads(TEMPLATES)[1].forms.get(paper["form"], {}), **form.head}
    lines = text_template.marked_lines(text_template.render(template(name).body, made, PAPERS))
    return (
        {key: text_template.head_line(text_template.render(text, made, PAPERS)) for key, text in head.items()},
        [line.text or " | ".join(cell or "-" for cell in line.cells) for line in lines],
        text_template.head_line(text_template.render(form.for_, made, PAPERS)),
    )


def everywhere() -> Iterator[Any]:
    """Yield every wording on each of its forms, to each who may get it, from a full case and a bare one."""
    for name in ALL:
        for on in forms(name):
            whom = {"internal": ["inside"], "letter": ["outside", "high"]}.get(on, ["outside"])
            for to in ["person"] if template(name).form.to == "complainant" else whom:
                for full in (True, False):
                    yield pytest.param(name, on, to, full, id=f"{name}-{on}-{to}-{'full' if full else 'bare'}")


EVERYWHERE = pytest.mark.parametrize(("name", "on", "to", "full"), list(everywhere()))
EACH = pytest.mark.parametrize("name", ALL)


# -- what it says it is ----------------------------------------------------------------------------------


@EACH
def test_every_form_of_a_wording_has_a_layout_and_is_what_its_addressee_asks(name: str) -> None:
    form = template(name).form
    for on in forms(name):
        assert read_layout(TEMPLATES, template(name), on)[1].format == 1
    assert form.inside == ("internal" if form.form in ("letter", "circular") and not form.to else "")
    assert form.also == (("stamped",) if name in STAMPED else ())
    assert form.label.th
    assert form.label.en
    assert form.private == (form.to == "complainant") or name == "summary"


@EACH
def test_a_wording_names_only_needs_series_and_signers_there_are(name: str) -> None:
    form = template(name).form
    assert all(need in known_needs() or need.startswith("fields.") for need in form.needs)
    assert form.series in {"", *read_numbering(TEMPLATES).series}
    assert form.signer in ("head", "secretary")


@EACH
def test_a_wording_declares_the_values_it_uses_and_uses_those_it_declares(name: str) -> None:
    form = template(name).form
    used = set(ASKED.findall("\n".join((template(name).body, form.for_, *form.head.values()))))
    assert used == set(form.values)
    for key, value in form.values.items():
        assert value.label.th
        assert value.label.en
        assert value.optional or value.sample, f"{key} needs a sample to be shown with"


@EACH
def test_a_wording_speaks_only_of_values_there_are(name: str) -> None:
    form = template(name).form
    texts = (template(name).body, form.for_, *form.head.values(), *read_heads(TEMPLATES)[1].forms.get(form.form, {}))
    for text in texts:
        code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", text, re.DOTALL))
        code = re.sub(r'"[^"]*"|\'[^\']*\'', "", code)
        own = set(re.findall(r"\b(?:for|set)\s+([a-z_]+)", code))
        own |= set(re.findall(r"[a-z_]+", " ".join(" ".join(m) for m in re.findall(r"macro ([a-z_]+)\((.*?)\)", code))))
        own |= {word for part in re.findall(r"import ([a-z_, ]+?) with", code) for word in re.split(r"[,\s]+", part)}
        roots = set(re.findall(r"(?<![\w.])([a-z_][a-z_0-9]*)", code)) - set(WORDS_OF_JINJA.split()) - own
        # ``callees`` is asked for by the call sheet only when it is there.
        assert roots - NAMES - {"callees"} == set()


def test_the_list_of_wordings_has_an_order_without_ties() -> None:
    orders = [template(name).form.order for name in ALL if name not in ("memo", "summary")]
    assert len(set(orders)) == len(orders)


# -- how it reads -----------------------------------------------------------------------------------------


@EVERYWHERE
def test_the_text_is_whole_whatever_is_missing(name: str, on: str, to: str, full: bool) -> None:
    head, body, closing = filled(name, values(name, on, to, full=full))
    assert body
    for text in (*head.values(), *body, closing):
        assert "  " not in text
        assert text == text.strip()
        assert not re.search(r"[,:(]$|\(\)|“”|\( | \)|ลงวันที่( [^๐-๙0-9]|$)|ที่ ลงวันที่|วันที่$|None", text)
        assert not re.search(r"(?:^| )(?:ภายใน|ในวันที่|เวลา|ณ|โทร\.|โทรศัพท์|เรื่อง|จาก|กับ|และ|โดย)$", text), text
        assert "ทราบ ด้วย" not in text
        assert "น. น." not in text


@EVERYWHERE
def test_a_letter_has_cause_and_purpose_and_closes_as_its_addressee_is_greeted(
    name: str, on: str, to: str, full: bool
) -> None:
    _head, body, closing = filled(name, values(name, on, to, full=full))
    if on not in OUTGOING:
        return
    assert body[0].startswith(("ด้วย", "ตาม"))
    assert not body[0].startswith("ตาม") or body[0].endswith("นั้น")
    greeting = TO[to].get("opening", "เรียน")
    assert closing.startswith(f"จึง{greeting}มาเพื่อโปรด") if on != "stamped" else closing == ""


@EVERYWHERE
def test_only_a_letter_with_a_head_for_them_speaks_of_reference_and_attachment(
    name: str, on: str, to: str, full: bool
) -> None:
    head, body, _closing = filled(name, values(name, on, to, full=full))
    text = "\n".join(body)
    assert ("หนังสือที่อ้างถึง" in text) <= (on in ("letter", "circular") and bool(head["reference"]))
    assert ("ตามสิ่งที่ส่งมาด้วย" in text) <= (full and on in ("letter", "circular", "memo-ops"))
    if full and on in ("internal", "stamped"):
        assert "สำเนาหนังสือ จำนวน 1 ฉบับ และแผนที่ จำนวน 2 แผ่น" in text


def places(text: str, parts: tuple[str, ...]) -> list[int]:
    assert all(text.count(part) >= 1 for part in parts), [part for part in parts if part not in text]
    return [text.index(part) for part in parts]


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("support", ("ด้วย", "เป็นหน่วยงานที่มี", "จึงใคร่ขอความอนุเคราะห์", "หวังเป็นอย่างยิ่ง", "ขอขอบคุณ")),
        ("cooperation", ("ด้วย", "พิจารณาแล้วเห็นว่า", "จึงขอความร่วมมือ", "หวังเป็นอย่างยิ่ง", "ขอขอบคุณ")),
    ],
)
def test_support_and_cooperation_have_their_five_parts_in_order(name: str, parts: tuple[str, ...], full: bool) -> None:
    # Seed 003, 3.2.4 and 3.2.5.
    _head, body, closing = filled(name, values(name, "letter", "outside", full=full))
    found = places("\n".join((*body, closing)), parts)
    assert found == sorted(found)


def test_what_is_asked_is_not_asked_twice() -> None:
    made = values(
        "support", "letter", "outside", full=False, given=given("support", full=False) | {"ask": "ขอรถตู้ 1 คัน"}
    )
    head, body, _closing = filled("support", made)
    assert head["subject"] == "ขอรถตู้ 1 คัน"
    assert any("จึงใคร่ขอรถตู้ 1 คัน" in line for line in body)
    about_a_province = given("ask-information", full=False) | {"ask": "ขอนแก่นและจังหวัดใกล้เคียง"}
    _head, body, _closing = filled(
        "ask-information", values("ask-information", "letter", "outside", full=False, given=about_a_province)
    )
    assert any("ขอทราบข้อมูลเกี่ยวกับขอนแก่น" in line for line in body)


def test_a_reference_is_only_to_a_letter_the_addressee_has_had() -> None:
    # ระเบียบงานสารบรรณ ข้อ ๑๑.๖
    made = values("consult", "letter", "outside", full=True)
    assert filled("consult", made)[0]["reference"] == ""
    made["case"]["received"] |= {"from": "สผ.", "ref": "สผ 0014/150"}
    head, body, _closing = filled("consult", made)
    assert head["reference"] == "หนังสือ สผ. ที่ สผ 0014/150 ลงวันที่ ๑๘ พฤศจิกายน ๒๕๖๙"
    assert body[0].startswith("ตามหนังสือที่อ้างถึง สำนักงานเลขาธิการสภาผู้แทนราษฎร ได้ขอความเป็นธรรม")


def test_a_number_noted_with_its_label_is_not_labelled_again() -> None:
    made = values("consult", "letter", "outside", full=True)
    made["case"]["received"] |= {"from": "สผ.", "ref": "ที่ สผ 0014/150"}
    assert filled("consult", made)[0]["reference"].startswith("หนังสือ สผ. ที่ สผ 0014/150 ลงวันที่")


def test_a_matter_the_minister_ordered_says_so() -> None:
    made = values("cooperation", "letter", "outside", full=True, sender="รมว.ศธ.")
    assert filled("cooperation", made)[1][0].startswith("ด้วยรัฐมนตรีว่าการกระทรวงศึกษาธิการมีข้อสั่งการให้")


SUBJECT_WITH_ITS_OWN = "กระทู้ถามทั่วไป เรื่อง หนี้สินครู"


@EVERYWHERE
def test_no_sentence_says_subject_of_a_subject(name: str, on: str, to: str, full: bool) -> None:
    made = values(name, on, to, full=full)
    made["case"]["subject"] = SUBJECT_WITH_ITS_OWN
    head, body, closing = filled(name, made)
    for text in (head.get("subject", ""), *body, closing):
        assert f"เรื่อง {SUBJECT_WITH_ITS_OWN}" not in text
        assert "เรื่องเรื่อง" not in text


def test_a_consultation_is_not_consulted_on_twice() -> None:
    made = values("consult", "letter", "outside", full=False)
    made["case"]["subject"] = "ข้อหารือเรื่องการขยายเขตบริการ"
    assert filled("consult", made)[0]["subject"] == "ขอหารือเรื่องการขยายเขตบริการ"


@pytest.mark.parametrize(
    ("name", "key", "typed", "said", "never"),
    [
        ("appointment", "ask", "เพื่อหารือเรื่องน้ำ", "ขอเข้าพบท่านเพื่อหารือเรื่องน้ำ", "เพื่อเพื่อ"),
        ("consult", "ask", "ว่ารับเพิ่มได้หรือไม่", "จึงขอหารือว่ารับเพิ่มได้หรือไม่", "ว่า ว่า"),
        ("consult", "ask", "ว่าที่ผู้อำนวยการลงนามได้หรือไม่", "จึงขอหารือว่า ว่าที่ผู้อำนวยการ", "ขอหารือว่าที่"),
        ("circular", "content", "ว่าจะปิดถนน", "จึงขอแจ้งว่าจะปิดถนน", "ว่า ว่า"),
        ("support", "ask", "ความอนุเคราะห์รถตู้", "จึงใคร่ขอความอนุเคราะห์รถตู้", "อนุเคราะห์ความอนุเคราะห์"),
        ("support", "praise", "เป็นหน่วยงานที่มีรถพร้อม", "เป็นหน่วยงานที่มีรถพร้อม", "ที่เป็นหน่วยงานที่"),
        ("invite-meeting", "meeting", "การประชุมคณะทำงาน", "จัดการประชุมคณะทำงาน", "ประชุมการประชุม"),
        ("invite-meeting", "agenda", "พิจารณาร่างแผน", "เพื่อพิจารณาร่างแผน", "พิจารณาพิจารณา"),
        ("postpone", "what", "เลื่อนการประชุม", "ต้องขอเลื่อนการประชุม", "เลื่อนเลื่อน"),
        ("postpone", "reason", "เนื่องจากติดภารกิจ", "เนื่องจากติดภารกิจ", "เนื่องจากเนื่องจาก"),
        ("thanks", "result", "ทำให้งานสำเร็จ", "ส่งผลให้งานสำเร็จ", "ให้ทำให้"),
        ("forward-complaint", "ask", "ขอให้ตรวจสอบ", "จึงขอส่งเรื่องมาเพื่อตรวจสอบ", "เพื่อขอให้"),
        ("acknowledge", "action", "ได้ส่งเรื่องแล้ว", "และได้ส่งเรื่องแล้ว", "ได้ได้"),
        ("interim-answer", "progress", "ว่ากำลังตรวจสอบ", "ขอเรียนความคืบหน้าว่ากำลังตรวจสอบ", "ว่า ว่า"),
        ("order", "power", "ตามมาตรา 32", "อาศัยอำนาจตามมาตรา 32", "ตามตาม"),
    ],
)  # fmt: skip
def test_a_value_may_repeat_the_word_it_follows(name: str, key: str, typed: str, said: str, never: str) -> None:
    form = template(name).form
    made = values(name, form.form, "outside", full=False, given=given(name, full=False) | {key: typed})
    head, body, closing = filled(name, made)
    text = "\n".join((head.get("subject", ""), *body, closing))
    assert said in text
    assert never not in text


def test_a_question_is_asked_as_a_question() -> None:
    asked = given("ask-information", full=False) | {"ask": "โรงเรียนรับนักเรียนเกินแผนหรือไม่"}
    body = filled("ask-information", values("ask-information", "letter", "outside", full=False, given=asked))[1]
    assert any("จึงขอทราบว่า โรงเรียนรับนักเรียนเกินแผนหรือไม่ และขอได้โปรดแจ้งให้" in line for line in body)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("มีเรื่องร้องเรียนเพิ่มขึ้น", "ด้วยมีเรื่อง"),
        ("ด้วยมีเรื่องร้องเรียน", "ด้วยมีเรื่อง"),
        ("เนื่องจากมีเรื่องร้องเรียน", "เนื่องจากมี"),
        ("เพื่อให้การติดตามเรียบร้อย", "เพื่อให้การ"),
    ],
)
@pytest.mark.parametrize("name", ["order", "announcement", "consult"])
def test_a_reason_begins_as_a_cause_does(name: str, typed: str, said: str) -> None:
    asked = given(name, full=False) | {"reason": typed}
    assert filled(name, values(name, template(name).form.form, "outside", full=False, given=asked))[1][0].startswith(
        said
    )


# -- the complainant ---------------------------------------------------------------------------------------


def test_a_complaint_is_forwarded_with_the_complainant_or_without() -> None:
    person = CASE.complainant
    assert person is not None
    told = "\n".join(filled("forward-complaint", values("forward-complaint", "letter", "outside", full=True))[1])
    assert person.name in told
    assert "อยู่บ้านเลขที่ 99 หมู่ที่ 9 ตำบลตัวอย่าง" in told
    assert "เป็นความลับ" in told
    hidden = "\n".join(filled("forward-complaint", values("forward-complaint", "letter", "outside", full=False))[1])
    assert person.name not in hidden
    assert "ขอสงวนชื่อและที่อยู่ของผู้ร้อง" in hidden
    for text in (told, hidden):
        assert "คุ้มครองมิให้ผู้ร้องได้รับความเดือดร้อน" in text


def test_a_complaint_is_not_forwarded_with_the_letter_itself_unasked() -> None:
    assert template("forward-complaint").form.attachments == ()
    assert not template("forward-complaint").form.private


@pytest.mark.parametrize("name", ["acknowledge", "interim-answer", "final-answer"])
def test_the_complainant_is_told_the_matter_and_whom_to_ask(name: str) -> None:
    _head, body, _closing = filled(name, values(name, "letter", "person", full=True))
    assert "ท่านได้ร้องเรียนต่อรัฐมนตรี" in body[0]
    assert CASE.id in body[-1]
    assert "0 2000 0131" in body[-1]


def test_the_final_answer_gives_the_result_as_typed_for_the_complainant() -> None:
    # What the case reports is written for the office; what a complainant reads is typed for them.
    assert not template("final-answer").form.values["result"].optional
    full = filled("final-answer", values("final-answer", "letter", "person", full=True))[1]
    assert any(template("final-answer").form.values["result"].sample in line for line in full)


# -- reminders, memos, what sending starts -------------------------------------------------------------------


@pytest.mark.parametrize("name", REMINDERS)
def test_a_reminder_is_about_the_letter_that_was_not_answered(name: str) -> None:
    head, body, _closing = filled(name, values(name, "letter", "outside", full=True))
    assert head["reference"] == "หนังสือสำนักงานรัฐมนตรี ที่ ศธ 0100/12 ลงวันที่ ๒ พฤศจิกายน ๒๕๖๙"
    assert EARLIER["subject"] in head["subject"]
    assert "๑๐ พฤศจิกายน ๒๕๖๙" in body[0]
    stamped = filled(name, values(name, "stamped", "outside", full=True))[1]
    assert stamped[0].startswith("ตามหนังสือสำนักงานรัฐมนตรี ที่ ศธ 0100/12 ลงวันที่ ๒ พฤศจิกายน ๒๕๖๙ ขอทราบ")


def test_a_reminder_says_what_was_asked_not_the_subject_of_a_subject() -> None:
    asked = EARLIER | {"subject": "ขอทราบข้อมูลประกอบการพิจารณาเรื่อง การรับนักเรียน"}
    head, body, _closing = filled("remind-1", values("remind-1", "letter", "outside", full=True, earlier_paper=asked))
    assert head["subject"] == "ขอติดตามผลการขอทราบข้อมูลประกอบการพิจารณาเรื่อง การรับนักเรียน"
    assert body[0].startswith("ตามหนังสือที่อ้างถึง สำนักงานรัฐมนตรีได้ขอทราบข้อมูลประกอบการพิจารณาเรื่อง")
    told = EARLIER | {"subject": "การรับนักเรียน"}
    head = filled("remind-2", values("remind-2", "letter", "outside", full=True, earlier_paper=told))[0]
    assert head["subject"] == "ขอติดตามผลการดำเนินการเกี่ยวกับการรับนักเรียน (ครั้งที่ 2)"


@pytest.mark.parametrize("name", REMINDERS)
def test_a_reminder_without_an_earlier_paper_is_refused(name: str) -> None:
    made = values(name, "letter", "outside", full=True, earlier_paper=None)
    with pytest.raises(text_template.AbsentError) as caught:
        filled(name, made)
    assert caught.value.path == "earlier_paper"


def test_the_memo_of_the_permanent_secretary_has_its_four_parts() -> None:
    # Seed 002: ๑ ปัญหา ๒ ข้อเท็จจริง ๓ ข้อพิจารณา ๔ เห็นควร
    made = values("memo-ops", "memo-ops", "inside", full=True)
    lines = text_template.marked_lines(text_template.render(template("memo-ops").body, made, PAPERS))
    parts = [line.text for line in lines if line.mark == "numbered"]
    assert len(parts) == 4
    assert "กำหนดให้เสนอ" not in parts[0]  # the day is the Minister's, not theirs who brought the matter
    assert parts[0].endswith("มีคำสั่งการ “ให้ตรวจสอบและรายงานภายใน 7 วัน” โดยกำหนดให้แล้วเสร็จภายในวันที่ ๒๗ พฤศจิกายน ๒๕๖๙")
    made["case"]["order"]["by"] = ""
    theirs = text_template.marked_lines(text_template.render(template("memo-ops").body, made, PAPERS))
    assert "โดยกำหนดให้เสนอภายในวันที่ ๒๗ พฤศจิกายน ๒๕๖๙" in theirs[0].text
    assert [part.split()[1] for part in parts[1:3]] == ["ขอเรียนข้อมูลประกอบการพิจารณา", "มีข้อพิจารณา"]
    assert parts[3].startswith("เห็นควร")
    assert to_arabic_digits(filled("memo-ops", made)[2]).startswith("จึงเรียนมาเพื่อโปรดรับทราบตามข้อ 4 กับกรุณาลงนามใน")


def test_the_call_sheet_has_a_row_for_everyone_to_call() -> None:
    made = values("call-sheet", "call-sheet", "inside", full=False)
    lines = text_template.marked_lines(text_template.render(template("call-sheet").body, made, PAPERS))
    assert {len(line.cells) for line in lines if line.cells} == {4}
    assert sum(line.mark == "row" for line in lines) == 6
    rows = filled("call-sheet", made | {"callees": [CALLEES[0] | {"agreed": "มาเอง"}]})[1]
    assert rows[-1] == "1 | นายสมัคร ใจประสาน | นางอนงค์ ตัวอย่างพร โทร. 0 2000 0202 | มาเอง"


def test_help_asked_for_is_thanked_for_and_the_thanks_settle_it() -> None:
    # Seed 003, 3.2.6.
    for name in ("support", "cooperation", "appointment", "ask-information", "consult"):
        assert template(name).form.starts.thanks
        assert template(name).form.starts.reply > 0
    assert template("thanks").form.starts.thanked
    assert template("thanks").form.starts.reply == 0


def test_telling_the_complainant_how_it_stands_meets_the_rule_and_acknowledging_does_not() -> None:
    assert [template(n).form.starts.meets for n in ("interim-answer", "final-answer")] == [("answer",), ("answer",)]
    assert template("acknowledge").form.starts.meets == ()
    assert template("answer-question").form.starts.meets == ("gazette",)


@pytest.mark.parametrize(("reminded", "said"), [(0, "ขอเรียนว่า ขณะนี้"), (1, "ได้ติดตามเรื่องดังกล่าวแล้ว"), (2, "หลายครั้ง")])
def test_a_final_reminder_says_how_often_it_was_reminded_and_no_more(reminded: int, said: str) -> None:
    made = values("remind-final", "letter", "outside", full=True, earlier_paper=EARLIER | {"reminded": reminded})
    text = " ".join(filled("remind-final", made)[1])
    assert said in text
    assert (reminded > 0) == ("ได้ติดตามเรื่อง" in text)


def test_of_a_text_and_a_word_form_of_one_name_it_is_told_which_is_used(sample: Srctl) -> None:
    papers = sample.root / "templates/papers"
    sample.ok("letter", "12", "support", "--to", "province", "--ask", "ก")
    [draft] = sample.case_file("2569-0012").with_suffix("").glob("*-draft.docx")
    form = papers / "support.docx"
    form.write_bytes(draft.read_bytes())
    [problem] = [p for p in sample.run("check", "--json").json["problems"] if p["code"] == "two-forms"]
    assert problem["file"] == "templates/papers/support.j2"
    assert "support.yaml" in problem["hint"]
    # The form of the office wins; what the wording says of itself serves it.
    assert read_template(sample.root / "templates", "support").word == draft.read_bytes()
    told = sample.ok("letter", "10", "support", "--to", "province", "--ask", "ก")
    assert "support.j2" in told.err
    text = (papers / "support.j2").read_text(encoding="utf-8")
    form.with_suffix(".yaml").write_text(text.split("---\n")[1], encoding="utf-8")
    assert read_template(sample.root / "templates", "support").word == draft.read_bytes()
    [problem] = [p for p in sample.run("check", "--json").json["problems"] if p["code"] == "two-forms"]
    assert problem["file"] == "templates/papers/support.j2"
    assert not_used(read_template(sample.root / "templates", "thanks")) is None


def test_a_letter_out_does_not_say_that_the_office_ordered_itself_nor_that_something_was_only_spoken() -> None:
    made = values("cooperation", "letter", "outside", full=True, sender="หัวหน้าสำนักงานรัฐมนตรี")
    first = filled("cooperation", made)[1][0]
    assert "ข้อสั่งการ" not in first
    assert "กำหนดดำเนินการ" in first
    made = values("cooperation", "letter", "outside", full=True, sender="สมาคมผู้ปกครองสมมติ")
    made["case"]["received"] |= {"channel": "voice", "ref": "", "dated": ""}
    first = filled("cooperation", made)[1][0]
    assert "วาจา" not in first
    assert "ได้รับเรื่องร้องเรียนจากสมาคมผู้ปกครองสมมติ" in first


@pytest.mark.parametrize(
    ("praise", "printed"),
    [
        ("เป็นหน่วยงานต้นแบบด้านการจัดประชุม", " เป็นหน่วยงานต้นแบบด้านการจัดประชุม"),
        ("มีสถานที่พร้อม", " เป็นหน่วยงานที่มีสถานที่พร้อม"),
        ("เป็นหน่วยงานที่มีสถานที่พร้อม", " เป็นหน่วยงานที่มีสถานที่พร้อม"),
    ],
)
def test_the_praise_of_an_agency_says_once_that_it_is_one(praise: str, printed: str) -> None:
    made = values("support", "letter", "outside", full=True)
    made["given"] |= {"praise": praise}
    assert any(printed in line and line.count("เป็นหน่วยงาน") == 1 for line in filled("support", made)[1])
