"""How alike two articles are, and what is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.related.likeness import ALIKE_FROM, CATEGORY_WEIGHT, likeness, rarity


def test_a_tag_that_everybody_bears_says_nothing_and_a_rare_one_nearly_everything() -> None:
    assert rarity(100, 100) == 0
    assert rarity(2, 100) > rarity(20, 100) > 0
    assert rarity(1, 100) == pytest.approx(1)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_rarity_stays_between_nothing_and_one(bearers: int, articles: int) -> None:
    assert 0 <= rarity(bearers, articles) <= 1


def test_one_category_alone_does_not_make_two_articles_alike() -> None:
    assert likeness({}, 0.0, same_category=True) is None
    assert likeness({}, ALIKE_FROM / 2, same_category=True) is None


def test_the_reason_is_what_counted_most() -> None:
    tagged = likeness({"Tides": 0.9, "Town": 0.1}, 0.1, same_category=True)
    worded = likeness({"Town": 0.1}, 0.4, same_category=True)
    assert tagged is not None and tagged.reason == "tag:Tides"
    assert worded is not None and worded.reason == "terms"


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.floats(0.01, 1), max_size=5),
    st.floats(0, 1),
    st.booleans(),
)
def test_more_in_common_is_never_less_alike(
    shared: dict[str, float], cosine: float, same: bool
) -> None:
    how = likeness(shared, cosine, same_category=same)
    more = likeness({**shared, "further": 0.5}, min(1.0, cosine + 0.2), same_category=same)
    assert more is not None
    assert how is None or more.score > how.score
    in_category = likeness(shared, cosine, same_category=True)
    if how is not None and in_category is not None and not same:
        assert in_category.score == pytest.approx(how.score + CATEGORY_WEIGHT, abs=2e-6)
