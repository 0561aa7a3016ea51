"""Quotes, dashes and dots by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text import render


def text(source: str, language: str = "en") -> str:
    return render.article(source, language=language).text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c”"), ("en-GB", "“a ‘b’ c”"), ("de", "„a ‚b‘ c“"), ("de_AT", "„a ‚b‘ c“"),
        ("fr", "«\u202fa “b” c\u202f»"), ("es", "«a “b” c»"), ("it", "«a “b” c»"),
        ("cs", "„a ‚b‘ c“"), ("pl", "„a ‚b’ c”"), ("nl", "“a ‘b’ c”"), ("sv", "”a ’b’ c”"),
        ("xx", "“a ‘b’ c”"), ("", "“a ‘b’ c”"),
    ],
)  # fmt: skip
def test_every_language_has_its_quotes(language, expected):
    assert text("\"a 'b' c\"", language) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("it's", "it’s"),
        ("the '90s", "the ’90s"),
        ("rock 'n' roll", "rock ‘n’ roll"),
        ('"*a*"', "“a”"),
        ('("a")', "(“a”)"),
        ('"a"---"b"', "“a”—“b”"),
        ('say "a" (or "b").', "say “a” (or “b”)."),
        ('5" wide', '5" wide'),
        ("1990--2000", "1990–2000"),
        ("a -- b", "a – b"),
        ("a---b", "a—b"),
        ("a - b", "a - b"),
        ("a ---- b", "a ---- b"),
        ("wait...", "wait…"),
        ("v1..2", "v1..2"),
        ('`"a" -- b...`', '"a" -- b...'),
        ("https://a.example/b--c...d", "https://a.example/b--c...d"),
        ('"a"[^1]\n\n[^1]: b', "“a”\n\nb"),
        ('"a  \nb"', "“a\nb”"),
        ("(c) (r) (tm)", "(c) (r) (tm)"),
    ],
)
def test_signs_are_set_as_a_printer_would(source, expected):
    assert text(source) == expected


def test_a_quote_does_not_reach_into_the_next_paragraph():
    assert text('"a\n\nb"') == '"a\n\nb"'


def test_code_and_its_quotes_stay_as_they_are():
    assert text('    "a" -- b\n') == '"a" -- b'


@given(st.text("ab \"'-.()*", max_size=60))
def test_only_signs_change(source):
    def letters(value: str) -> str:
        return "".join(char for char in value if char in "ab")

    assert letters(text(f"x {source}")) == letters(source)
