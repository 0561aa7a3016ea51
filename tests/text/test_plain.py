"""Names and titles: one line of text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.render import plain


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("  a \n b\t", "a b"),
        ("a\0b\x1bc\x85d", "a b c d"),
        ("\u202egnp\u2066.exe", "gnp.exe"),
        ("e\u0301", "é"),
        ("<b>a</b> & b", "<b>a</b> & b"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u2028b", "a b"),
        ("a\u061cb\uffffc", "abc"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_a_name_is_one_line_without_hidden_characters(value, given):
    assert plain(value) == given


@given(st.text(st.characters(codec=None)))
def test_a_plain_line_is_plain_already(value):
    once = plain(value)
    assert plain(once) == once
    assert once == once.strip()
    once.encode()
    assert unicodedata.is_normalized("NFC", once)
