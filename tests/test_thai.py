"""The rules of Thai text: one word, one spelling; dictionary order; nothing harmful."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from srctl.core import thai

THAI_BLOCK = [chr(n) for n in range(0x0E01, 0x0E5C) if unicodedata.category(chr(n)) != "Cn"]
thai_text = st.text(st.sampled_from([*THAI_BLOCK, " ", "a", "1"]))
thai_and_any_text = st.one_of(thai_text, st.text())

WATER = "น้ำ"
WATER_SPELLINGS = [
    "น้ำ",
    "น้ํา",
    "นํ้า",
    "นํา้",
    "น้าํ",
    "นาํ้",
    "นา้ํ",
    "นำ้",
    "\u200bน\u200d้ำ\ufeff",
]


def test_digits_turn_thai_and_back() -> None:
    assert thai.to_thai_digits("0123456789 ก") == "๐๑๒๓๔๕๖๗๘๙ ก"
    assert thai.to_arabic_digits("๐๑๒๓๔๕๖๗๘๙ ก") == "0123456789 ก"


def test_only_thai_digits_become_arabic() -> None:
    assert thai.to_arabic_digits("٣²๓") == "٣²3"


@pytest.mark.parametrize("spelling", WATER_SPELLINGS)
def test_every_spelling_of_water_is_stored_alike(spelling: str) -> None:
    assert thai.clean(spelling) == WATER


def test_clean_mends_only_what_is_never_right() -> None:
    assert thai.clean("เเม่") == "แม่"
    assert thai.clean("ก่ ๒  ﬁ ①\tA\u00a0") == "ก่ ๒  ﬁ ①\tA\u00a0"
    assert thai.clean("one\r\ntwo\rthree\n") == "one\ntwo\nthree\n"
    assert thai.clean("คำลงท้าย") == "คำลงท้าย"
    assert thai.clean("ส านัก") == "ส านัก"
    assert thai.clean("สํฆํ") == "สํฆํ"


@given(thai_and_any_text)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert thai.clean(thai.clean(text)) == thai.clean(text)
    assert unicodedata.is_normalized("NFC", thai.clean(text))


@pytest.mark.parametrize("spelling", [*WATER_SPELLINGS, "น้ า", "น้\u00a0า", "น้้ำ", "น้ำำ"])
def test_every_spelling_of_water_is_found_alike(spelling: str) -> None:
    assert thai.fold(spelling) == WATER


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("ส านักงาน", "สำนักงาน"),
        ("น ามา", "นำมา"),
        ("เพ่ือ", "เพื่อ"),
        ("เเต่", "แต่"),
        ("ดีีี", "ดี"),
        ("ท่่าน", "ท่าน"),
        ("ที่  ศธ\u00a0๐๑๐๐/๑๒๓ ", "ที่ ศธ 0100/123"),
        ("OBEC สพฐ.", "obec สพฐ."),
    ],
)
def test_fold_unites_what_a_reader_takes_for_the_same(damaged: str, meant: str) -> None:
    assert thai.fold(damaged) == thai.fold(meant)


def test_fold_keeps_different_words_apart() -> None:
    words = ["ขาว", "ข่าว", "ข้าว", "มา", "ม้า", "หมา", "สำนัก", "สนัก", "นา", "นำ"]
    assert len({thai.fold(word) for word in words}) == len(words)


@given(thai_and_any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert thai.fold(thai.fold(text)) == thai.fold(text)


@given(thai_and_any_text)
def test_fold_sees_no_difference_between_typed_and_stored(text: str) -> None:
    assert thai.fold(thai.clean(text)) == thai.fold(text)


def test_words_sort_as_in_the_dictionary() -> None:
    ordered = [
        "007",
        "๑๒",
        "2569",
        "Alpha",
        "beta",
        "กก",
        "กะ",
        "กัน",
        "กา",
        "ก่า",
        "ก้า",
        "กาง",
        "ก้าง",
        "กำ",
        "เก",
        "เก่ง",
        "เก้ง",
        "แก",
        "โก",
        "ขาว",
        "ข่าว",
        "ข้าว",
        "เขา",
        "เข่า",
        "เข้า",
        "ครู",
        "ฤดู",
        "ลา",
        "เลขานุการ",
        "วัน",
        "ศึกษา",
        "อา",
        "ไอ",
        "ฮา",
    ]
    shuffled = [*ordered[::2], *ordered[1::2]]
    assert sorted(shuffled, key=thai.sort_key) == ordered


def test_names_sort_by_their_letters_not_by_spaces_marks_or_digits_script() -> None:
    assert thai.sort_key("น้ํา") == thai.sort_key("น้ำ")
    assert thai.sort_key("ข้อ ๒")[:2] == thai.sort_key("ข้อ 2")[:2]
    assert thai.sort_key("สพ.ฐ")[0] == thai.sort_key("สพฐ.")[0]


@given(thai_and_any_text, thai_and_any_text)
def test_two_texts_share_a_sort_key_only_when_stored_alike(one: str, other: str) -> None:
    same = thai.sort_key(one) == thai.sort_key(other)
    assert same == (thai.clean(one) == thai.clean(other))


UNSAFE = [
    *map(chr, (*range(9), *range(11, 32), *range(0x7F, 0xA0))),
    *"\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    *"\ufeff\ufffe\uffff\ud800\udfff\ue000\uf8ff",
]  # fmt: skip


@pytest.mark.parametrize("char", UNSAFE, ids=lambda char: f"U+{ord(char):04X}")
def test_each_harmful_character_is_named_where_it_stands_and_can_be_removed(char: str) -> None:
    assert thai.unsafe_characters(f"ก{char}ข") == [(1, f"U+{ord(char):04X}")]
    assert thai.printable(f"ก{char}ข") == "กข"


def test_no_other_character_counts_as_harmful() -> None:
    every_character = "".join(map(chr, range(sys.maxunicode + 1)))
    surrogates, private_use = 0x800, 0x1900
    listed_above = len(UNSAFE) - 4  # two of each range stand in the list for all of it
    assert len(thai.unsafe_characters(every_character)) == listed_above + surrogates + private_use


def test_tab_newline_and_thai_are_kept() -> None:
    text = "ที่\tศธ ๐๑๐๐\nน้ำ 👩"
    assert thai.unsafe_characters(text) == []
    assert thai.printable(text) == text


@given(st.text(st.characters(codec=None)))
def test_printable_text_is_harmless_and_can_be_written(text: str) -> None:
    assert thai.unsafe_characters(thai.printable(text)) == []
    thai.printable(text).encode("utf-8")


@pytest.mark.parametrize("char", THAI_BLOCK, ids=lambda char: f"U+{ord(char):04X}")
def test_each_thai_character_is_as_wide_as_terminals_draw_it(char: str) -> None:
    assert thai.display_width(char) == wcwidth(char)


SYLLABLES = [
    "กำ",
    "น้ำ",
    "ที่",
    "เพื่อ",
    "สำนัก",
    "ครู",
    "ใหญ่",
    "ฤๅ",
    "ก็",
    "๒๕๖๙",
    "ฯ",
    "ๆ",
    " ",
    "ab",
    "学",
    "！",
]


@given(st.lists(st.sampled_from(SYLLABLES)).map("".join))
def test_width_agrees_with_wcwidth(text: str) -> None:
    assert thai.display_width(text) == wcswidth(text)


def test_padded_cells_line_up() -> None:
    assert thai.pad("ที่", 4) == "ที่   "
    assert thai.pad("学", 4) == "学  "
    assert thai.pad("ยาวเกิน", 2) == "ยาวเกิน"


def test_shorten_cuts_between_letters_only() -> None:
    assert thai.shorten("น้ำท่วม", 3) == "น้ำ…"
    assert thai.shorten("น้ำท่วม", 2) == "…"
    assert thai.shorten("ที่นี่", 2) == "ที่นี่"
    assert thai.shorten("กเกม", 3) == "ก…"
    assert thai.shorten("กข คง", 4) == "กข…"
    assert thai.shorten("กข", 0) == ""


@given(st.lists(st.sampled_from(SYLLABLES)).map("".join), st.integers(0, 20))
def test_shortened_text_fits_and_never_loses_a_mark(text: str, width: int) -> None:
    short = thai.shorten(text, width)
    assert thai.display_width(short) <= width
    if short != text and width:
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        following = text[len(kept) :].lstrip()[:1]
        assert following not in THAI_BLOCK or thai.display_width(following) == 1
        assert following != "ำ"
        assert not kept.endswith(tuple("เแโใไ"))
