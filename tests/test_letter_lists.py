"""Letters to the addressees of a list, the one command that brings all of them on, and papers as `show` lists them."""

import pytest

from srctl.core.thai import display_width
from tests.conftest import Srctl
from tests.test_batch import commits, drafted, papers, without, works_so

LETTER = ("letter", "8", "ask-information", "--ask", "จำนวนนักเรียน")


def listed(office: Srctl, text: str, encoding: str = "utf-8") -> str:
    place = office.root.parent / "ถึง.txt"
    place.write_bytes(text.encode(encoding))
    return str(place)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-16"])
def test_a_letter_goes_to_everybody_in_a_file_by_id_or_thai_name_each_once(sample: Srctl, encoding: str) -> None:
    place = listed(sample, "# ผู้รับเชิญ\r\nobec\r\n\r\nสำนักงานเลขาธิการสภาการศึกษา\r\nobec\r\n", encoding)
    sample.ok(*LETTER, "--to-list", place)
    assert [p["to"] for p in papers(sample).values() if p["wording"] == "ask-information"] == ["obec", "onec"]


def test_a_list_is_piped_in_and_added_to_those_typed(sample: Srctl) -> None:
    sample.ok(*LETTER, "--to", "vec", "--to-list", "-", typed="obec\n")
    assert [p["to"] for p in papers(sample).values() if p["wording"] == "ask-information"] == ["vec", "obec"]


def test_every_line_that_names_nobody_is_told_and_nothing_is_drafted(sample: Srctl) -> None:
    place, before = listed(sample, "obec\nobecc\nonec\nกรมไม่มีจริง\n"), commits(sample)
    said = sample.refused(4, *LETTER, "--to-list", place)
    assert f"{place}:2" in said.replace("\n", "")
    assert f"{place}:4" in said.replace("\n", "")
    assert f"{place}:1" not in said
    assert commits(sample) == before
    assert not list(sample.root.glob("cases/*/*/2569-0008/*ask-information*"))


@pytest.mark.parametrize("text", ["", "# ไม่มี\n\n"])
def test_a_list_of_nobody_and_one_that_is_not_there_are_refused(sample: Srctl, text: str) -> None:
    sample.refused(2, *LETTER, "--to-list", listed(sample, text))
    sample.refused(2, *LETTER, "--to-list", "nowhere.txt")


def test_after_a_letter_to_several_one_command_brings_all_of_them_on(sample: Srctl) -> None:
    without(sample)
    to = ("--to", "obec", "--to", "onec")
    assert "srctl submit 2569-0008 --all\n" in sample.ok(*LETTER, *to).out
    assert "srctl submit 2569-0008 support\n" in sample.ok("letter", "8", "support", "--ask", "รถ", "--to", "vec").out
    further = sample.ok("letter", "8", "ask-information", "--ask", "อื่น", *to).out  # support is no part of them
    assert "srctl submit 2569-0008 ask-information ask-information-2\n" in further


def test_where_the_office_signs_outside_the_command_sends_them(sample: Srctl) -> None:
    works_so(sample)
    assert "srctl send 2569-0008 --signed --all\n" in sample.ok(*LETTER, "--to", "obec", "--to", "onec").out
    assert "srctl submit 2569-0008 support\n" in sample.ok("letter", "8", "support", "--ask", "รถ", "--to", "vec").out


@pytest.mark.parametrize("room", [60, 80, 120])
def test_papers_are_aligned_with_whom_they_are_to_and_one_command_for_all(
    sample: Srctl, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    from srctl.cli import view

    drafted(sample)
    monkeypatch.setattr(view, "width", lambda _stream=None: room)
    shown = sample.ok("show", "8").out.partition("\nเอกสาร\n")[2].splitlines()
    first = next(n for n, line in enumerate(shown) if line.startswith("  หนังสือเชิญประชุม "))
    block = shown[first : first + 12]
    at = [line.index("ร่าง") for line in block if line.startswith("  หนังสือ")]
    cells = [display_width(line[:n]) for line, n in zip([b for b in block if b.startswith("  หนังสือ")], at, strict=True)]
    assert len(set(cells)) == 1
    assert max(map(display_width, shown)) <= room
    whole = "".join("".join(block).split())
    assert "เลขาธิการสภาการศึกษา" in whole
    assert "".join(shown).count("srctl submit 2569-0008 --all") == 1
    assert "srctl submit 2569-0008 invite-meeting" not in "".join(shown)


def test_what_is_due_of_a_paper_is_called_by_its_title_on_every_screen(sample: Srctl) -> None:
    drafted(sample)
    for words in (("show", "8"), ("today", "malee"), ("due", "--all")):
        said = "".join(sample.run(*words).out.split())
        assert "หนังสือเชิญประชุม(invite-meeting" in said, words
        assert "เสนอ:invite-meeting" not in said, words
