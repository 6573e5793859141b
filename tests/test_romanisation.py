"""Thai names in Latin letters: readable, stable, an id whatever is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.romanisation import romanised


@pytest.mark.parametrize(
    ("name", "latin"),
    [("สมศักดิ์", "somsak"), ("มาลี", "mali"), ("สมาคมสมมติ", "samakhmosmomti"), ("เรียน", "rian"), ("ไพโรจน์", "phairoch"),
     ("หมู่บ้าน", "muban"), ("พอใจ", "phochai"), ("John Smith", "john-smith"), ("สพฐ.", "sophth"), ("ฯ", "")],
)  # fmt: skip
def test_a_name_is_near_to_what_it_sounds_like(name: str, latin: str) -> None:
    assert romanised(name) == latin


@given(st.text(alphabet="กขคงจสอรลวหมนเแไาิีุู็่้์ฯ ./aB3-"))
def test_whatever_is_typed_gives_letters_of_an_id_and_the_same_again(name: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", romanised(name))
    assert romanised(name) == romanised(name)
