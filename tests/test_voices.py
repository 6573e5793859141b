"""Who signs speaks: head of a paper, its sentences and its number follow the signer."""

from collections.abc import Iterator

import pytest

from srctl.documents.docx import word_file
from srctl.model.people import Office, Signer, Speaks
from srctl.model.voices import voice_of
from srctl.papers.composition import Draft, draft_paper
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import read_template, wording_names
from tests.sample_case import CASE, COMMIT, DIRECTORY, KIND, OFFICE, TEMPLATES, TODAY, sent_before

MINISTRY, HERE = "กระทรวงศึกษาธิการ", "สำนักงานรัฐมนตรี"
OF_THE_MINISTRY = {"order": "คำสั่งกระทรวงศึกษาธิการ", "announcement": "ประกาศกระทรวงศึกษาธิการ"}
TYPED = ("ผู้ร้องได้ยื่นหนังสือต่อสำนักงานรัฐมนตรี", "อาคารสำนักงานรัฐมนตรี", "หัวหน้าสำนักงานรัฐมนตรี")  # facts and places of the samples


def signer(*positions: str, **more: str) -> Signer:
    return Signer("x", "นายสมมติ ลงนาม", positions, Speaks(**more))


def drafted(wording: str, by: str, office: Office = OFFICE, to: str = "province") -> Draft:
    template = read_template(TEMPLATES, wording)
    given = {name: value.sample for name, value in template.form.values.items() if not value.optional}
    whom = "" if template.form.form in OF_THE_MINISTRY else template.form.to or to
    asked = Asked(to=whom, given=given, signer=by)
    return draft_paper(sent_before(CASE, "province"), KIND, office, DIRECTORY, TEMPLATES, wording, TODAY, COMMIT, asked)


def lines(draft: Draft) -> list[str]:
    return [line.replace("\u00a0", " ") for line in word_file.paragraphs(draft.docx)]


@pytest.mark.parametrize(
    ("position", "name"),
    [
        ("รัฐมนตรีว่าการกระทรวงศึกษาธิการ", MINISTRY),
        ("รัฐมนตรีช่วยว่าการกระทรวงศึกษาธิการ", MINISTRY),
        ("ปลัดกระทรวงศึกษาธิการ", MINISTRY),
        ("รักษาราชการแทนรัฐมนตรีว่าการกระทรวงศึกษาธิการ", MINISTRY),
        ("ปฏิบัติราชการแทน ปลัดกระทรวงศึกษาธิการ", MINISTRY),
        ("หัวหน้าสำนักงานรัฐมนตรี", HERE),
        ("เลขานุการรัฐมนตรีว่าการกระทรวงศึกษาธิการ", HERE),
        ("ที่ปรึกษารัฐมนตรีว่าการกระทรวงศึกษาธิการ", HERE),
        ("รองปลัดกระทรวงศึกษาธิการ", HERE),
    ],
)
def test_whoever_heads_the_ministry_speaks_for_it_and_others_for_the_office(position: str, name: str) -> None:
    assert voice_of(OFFICE, signer(position)).name == name


def test_a_signer_may_state_in_whose_name_they_speak_and_how_its_letters_are_numbered() -> None:
    stated = signer("รองปลัดกระทรวง", th=MINISTRY, letter_prefix="ศธ 0200")
    assert voice_of(OFFICE, stated) == (MINISTRY, MINISTRY, "ศธ 0200", True)
    assert voice_of(OFFICE, signer("รัฐมนตรีว่าการ", th=HERE)).full == f"{HERE} {MINISTRY}"


def _without_typed(line: str) -> str:
    for words in TYPED:
        line = line.replace(words, "")
    return line


def _letters() -> Iterator[str]:
    for name in wording_names(TEMPLATES):
        form = read_template(TEMPLATES, name).form
        if form.form in ("letter", "circular", "stamped", "order", "announcement"):
            yield name


@pytest.mark.parametrize("wording", list(_letters()))
def test_what_the_minister_signs_is_the_ministrys_in_every_sentence(wording: str) -> None:
    draft = drafted(wording, "minister")
    text = "\n".join(lines(draft))
    assert "(นายตัวอย่าง รักเรียน)\nรัฐมนตรีว่าการกระทรวงศึกษาธิการ" in text
    # The office is named where a letter says which part of the ministry has the matter, and for nothing else.
    named = [line for line in lines(draft) if HERE in _without_typed(line)]
    unit = [line for line in named if line.startswith((HERE, "ทั้งนี้ หากท่านประสงค์", "อ้างถึง", "ตามหนังสือ"))]
    assert named == unit
    assert f"{HERE} {MINISTRY}" not in text
    if draft.form in OF_THE_MINISTRY:
        assert OF_THE_MINISTRY[draft.form] in lines(draft)


@pytest.mark.parametrize("wording", ["support", "announcement", "order"])
def test_what_the_head_of_office_signs_is_the_offices(wording: str) -> None:
    text = "\n".join(lines(drafted(wording, "head")))
    assert f"{HERE} {MINISTRY}" in text


def test_the_ministers_letter_names_office_and_group_as_those_with_the_matter() -> None:
    assert "สำนักงานรัฐมนตรี กลุ่มรับเรื่องราวร้องทุกข์" in lines(drafted("support", "minister"))
    assert "กลุ่มรับเรื่องราวร้องทุกข์" in lines(drafted("support", "head"))


def test_a_reminder_names_the_letter_in_the_name_it_was_sent_in() -> None:
    assert "หนังสือสำนักงานรัฐมนตรี ที่ ศธ ๐๑๐๐/๔๑" in "\n".join(lines(drafted("remind-1", "minister")))
