"""Golden pages: every form looks as it did when somebody looked at it (tests/golden).

A page is drawn at 80 dpi with the stand-in font. Its lines must be the same to the letter. Of its pixels (grey, after
a blur of one pixel that forgives how a glyph falls on the grid) at most 0.5 % may differ by more than 64 of 256 levels;
2 % when LibreOffice is of another major version than the one the goldens were drawn with (tests/golden/VERSION.txt).
After a change meant to be seen: ``python -m tests.test_golden --update``, then look at the pictures that changed.
"""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests import office_suite
from tests.golden_papers import golden_papers, rendered

GOLDEN = Path(__file__).parent / "golden"
VERSION = GOLDEN / "VERSION.txt"
LEVELS, SAME_VERSION, OTHER_VERSION = 64, 0.005, 0.02
PAGES = {
    "letter2p": 2,
    "memo2p": 2,
    "name-card": 2,
    "committee": 2,
    "envelope-c5": 2,
    "envelope-dl": 3,
    "file-book-log": 2,
    "speech": 2,
    "minutes": 2,
}  # all other golden papers have one

NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt") if path != VERSION)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of pixels of two pages of one size that differ to the eye."""
    blurred = (page.convert("L").filter(ImageFilter.BoxBlur(1)) for page in (one, other))
    counts = ImageChops.difference(*blurred).histogram()
    return sum(counts[LEVELS + 1 :]) / sum(counts)


def tolerance() -> float:
    drawn_with = VERSION.read_text(encoding="utf-8").partition(".")[0]
    return SAME_VERSION if office_suite.libreoffice_version().partition(".")[0] == drawn_with else OTHER_VERSION


def golden_pages(name: str) -> list[Path]:
    return sorted(GOLDEN.glob(f"{name}-[0-9].png"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_page_breaks_and_line_breaks_are_those_of_the_golden_pages(name: str) -> None:
    office_suite.need("soffice", "poppler", "font")
    drawn = "\f".join("\n".join(page.lines) for page in rendered()[name])
    assert drawn.split("\n") == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").split("\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_pages_look_as_the_golden_pages_do(name: str) -> None:
    office_suite.need("soffice", "poppler", "font")
    pages = [Image.open(BytesIO(page.png)) for page in rendered()[name]]
    goldens = [Image.open(path) for path in golden_pages(name)]
    assert [page.size for page in pages] == [golden.size for golden in goldens]
    differ = {n: difference(*pair) for n, pair in enumerate(zip(pages, goldens, strict=True), 1)}
    allowed = tolerance()
    assert {n: share for n, share in differ.items() if share > allowed} == {}


@pytest.mark.slow
def test_every_form_has_golden_pages_and_no_golden_is_left_over() -> None:
    forms = {path.stem for path in (office_suite.PROJECT / "templates" / "layouts").glob("*.yaml")}
    office_suite.need("soffice", "poppler", "font")
    assert set(rendered()) == set(NAMES)
    assert forms <= set(NAMES)
    assert {path.stem.rpartition("-")[0] for path in GOLDEN.glob("*.png")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_tolerance_is_too_narrow_for_a_page_moved_by_two_millimetres(name: str) -> None:
    page = Image.open(golden_pages(name)[0])
    assert difference(page, ImageChops.offset(page.convert("L"), 0, 6)) > SAME_VERSION
    assert difference(page, page) == 0


def update() -> None:
    """Draw the golden pages anew."""
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    VERSION.write_text(office_suite.libreoffice_version() + "\n", encoding="utf-8", newline="\n")
    for name, pages in rendered().items():
        lines = "\f".join("\n".join(page.lines) for page in pages)
        (GOLDEN / f"{name}.txt").write_text(lines, encoding="utf-8", newline="\n")
        for number, page in enumerate(pages, 1):
            # Sixteen greys are enough to compare by, and keep the folder small.
            picture = Image.open(BytesIO(page.png)).convert("L").quantize(16)
            picture.save(GOLDEN / f"{name}-{number}.png", optimize=True, dpi=(80, 80))


@pytest.mark.slow
def test_papers_have_the_pages_they_should_with_a_font_as_wide_as_the_office_one() -> None:
    office_suite.need("soffice", "poppler", "font")
    assert {name: len(pages) for name, pages in rendered().items()} == {
        paper.name: PAGES.get(paper.name, 1) for paper in golden_papers()
    }


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit("python -m tests.test_golden --update")
    update()
