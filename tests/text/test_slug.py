"""Slugs in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.slug import slugify


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("What the Tide Table Leaves Out", "what-the-tide-table-leaves-out"),
        ("Ça va ? Ödön's straße", "ca-va-odons-strasse"),
        ("Żółć œuvre Ærø", "zolc-oeuvre-aero"),
        ("日本語 の が", "日本語-の-が"),
        ("Йод и ёлка", "йод-и-ёлка"),
        ("हिन्दी", "हिन्दी"),
        ("a_b--c/d.e", "a-b-c-d-e"),
        ("C++ & C#", "c-c"),
        ("１２３ ﬁ", "123-fi"),
        ("💬", ""),
        ("¨ a", "a"),
        ("", ""),
    ],
)
def test_a_title_becomes_a_readable_address(value, slug):
    assert slugify(value) == slug


def test_a_long_slug_is_cut_between_words():
    assert slugify("one two three", 9) == "one-two"
    assert slugify("onetwothree", 5) == "onetw"


@given(st.text(), st.integers(8, 96))
def test_a_slug_is_short_clean_and_stays_itself(value, limit):
    slug = slugify(value, limit)
    assert len(slug) <= limit
    assert not set(slug) & set(" /?#%&<>\"'\\._")
    assert slug.strip("-") == slug
    assert "--" not in slug
    assert slugify(slug, limit) == slug
