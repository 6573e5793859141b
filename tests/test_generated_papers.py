"""300 papers of generated cases: whatever a clerk or a stranger typed, out comes a sound Word file that says it.

Long Thai without a space, mixed scripts, many items, many attachments, bodies of sixty lines, hostile signs.
"""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from srctl.core.errors import Refused, UsageError
from srctl.documents.docx import word_file
from srctl.model.case import SECRECIES, URGENCIES, Case
from srctl.papers.composition import sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.wordings import read_template, wording_names
from tests import looks, office_suite

WORDINGS = wording_names(office_suite.PROJECT / "templates")
EACH = 12
THAI = "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))))
HOSTILE = (
    *("</w:t></w:r><w:p/>", "&amp;&#0;<![CDATA[", "\x00\x08\x0b\x1f", "\ufffe\uffff\ufdd0", "\ud800", "\udfff\udc80"),
    *("{{ 7 * 7 }}{% raw %}", "\u202e\u2066\u200b\u2060\ufeff", "| a | b |", "|= h | h", "# 1\n## 2\n= 3", "---"),
    *("\r\n\r\n", "\u2028\u2029\x85", "ำ่้๊๋์ัิี", "เเ" * 40, "\\t\t\\n", "ก\u0e4d\u0e32", "../../etc", "=1+1", "%s %n {0}"),
    *("\U0001f600\U0001f468\u200d\U0001f469", "\U000e0001", "\uf700\U0010fffd"),
)

thai = st.text(THAI, min_size=1, max_size=60)
unspaced = st.integers(100, 1500).flatmap(lambda size: st.just("การประสานราชการทางการเมืองอย่างต่อเนื่อง" * (size // 40)))
mixed = st.text(st.characters(codec=None), max_size=40) | st.text(string.printable, max_size=40)
hostile = st.sampled_from(HOSTILE)
sixty_lines = st.integers(30, 60).map(lambda count: "\n".join(f"บรรทัดที่ {n} ของข้อความ" for n in range(count)))
# A word in front: a value that prints as nothing is missing, and refused as such.
texts = st.tuples(st.just("ข้อความ"), st.one_of(thai, unspaced, mixed, hostile, sixty_lines)).map("".join)
few = st.lists(texts, max_size=4).map(tuple)
some = st.lists(texts, min_size=1, max_size=4).map(tuple)
many = st.lists(texts, min_size=15, max_size=40).map(tuple)
items = some | some | many


@st.composite
def cases(draw: st.DrawFn) -> Case:
    case = looks.full_case()
    analysis = case.analysis._replace(
        issues=draw(items),
        facts=draw(items),
        law=draw(few),
        opinion=draw(texts),
        proposal=draw(texts),
        power=draw(texts),
    )
    assert case.complainant is not None
    return case._replace(
        subject=draw(texts),
        analysis=analysis,
        order=case.order._replace(text=draw(texts)),
        fields={**case.fields, "asker": draw(texts)},
        received=case.received._replace(from_=draw(texts), ref=draw(texts)),
        complainant=case.complainant._replace(name=draw(texts), address=draw(texts)),
    )


@st.composite
def requests(draw: st.DrawFn, wording: str) -> Asked:
    template = read_template(looks.sample_office().templates, wording)
    to, form = draw(st.sampled_from(looks.ways(template)))
    free = [name for name, value in template.form.values.items() if value.type in ("text", "long")]
    given_ = {**sample_asked(template).given, **{name: draw(texts) for name in free if draw(st.booleans())}}
    return Asked(
        to=to, form=form, given=given_, why="ทดสอบ",
        attachments=draw(few | many), copies=draw(few | many), catchword=draw(st.just("") | texts),
        urgency=draw(st.sampled_from(URGENCIES)), secrecy=draw(st.sampled_from(SECRECIES[:2])),
    )  # fmt: skip


def test_there_are_three_hundred_of_them() -> None:
    assert len(WORDINGS) * EACH >= 300


# The validators take longer to start than for a paper: they are started once a share, not once a wording. `make test`
# leaves them to `make test-all`: a paper of each structure is judged by test_validators.
SHARES = 8


@pytest.mark.slow
@pytest.mark.full
@pytest.mark.parametrize("share", range(SHARES))
def test_generated_papers_are_sound_and_read_back(share: int, tmp_path: Path) -> None:
    office_suite.need("validator")
    papers = {name: docx for wording in WORDINGS[share::SHARES] for name, docx in generated(wording).items()}
    assert office_suite.audit_errors(papers, tmp_path) == {}
    assert office_suite.sdk_errors(papers, tmp_path) == {}


def generated(wording: str) -> dict[str, bytes]:
    """Return some papers of a wording, each read back as it was written."""
    papers: dict[str, bytes] = {}
    template = read_template(looks.sample_office().templates, wording)

    # To shrink a failing paper would take longer than all the others.
    @settings(max_examples=EACH, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(cases(), requests(wording))
    def generate(case: Case, asked: Asked) -> None:
        name = f"{wording}-{len(papers)}"
        try:
            paper = looks.made(case, wording, asked, name)
        except (UsageError, Refused):
            # A form without a place for them refuses what is attached or copied; answers stand one to a question.
            bare = asked._replace(attachments=(), copies=(), given=sample_asked(template).given)
            issues = ("ข้อ 1", "ข้อ 2") if wording == "answer-question" else case.analysis.issues
            alike = case._replace(analysis=case.analysis._replace(issues=issues))
            paper = looks.made(alike, wording, bare, name)
        papers[paper.name] = paper.docx
        read = office_suite.body_text(paper.docx)
        assert read
        assert office_suite.squeezed(word_file.paragraphs(paper.docx)) == read

    generate()
    assert len(papers) >= EACH
    return papers
