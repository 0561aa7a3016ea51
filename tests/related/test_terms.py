"""The words of a text, and the strongest of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.related import stop_words
from blog.related.models import STRONGEST, TERM_LIMIT
from blog.related.terms import VOCABULARY, fold, frequencies, strongest, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Tide, the tide!", ["the", "tide", "the", "tide"]),
        ("Über Straßen; ÉTÉ naïve", ["uber", "strassen", "ete", "naive"]),
        ("l’horloge n'avance qu’à midi", ["horloge", "avance", "midi"]),
        ("1984 and 3.14 and h2 and x", ["and", "and", "and"]),
        ("trauma-informed e-mail", ["trauma", "informed", "mail"]),
        ("Ёлка и йод", ["елка", "иод"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("時計台の時", ["時計", "計台", "台の", "の時"]),
        ("ＦＥＲＲＹ ﬁne", ["ferry", "fine"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_in_one_form(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@given(st.text(max_size=300))
def test_words_are_folded_and_short_enough_to_be_stored(text: str) -> None:
    for word in words(text):
        assert 2 <= len(word) <= TERM_LIMIT
        assert fold(word) == word
        assert " " not in word and "\0" not in word


@given(st.text(alphabet="abcäéÖß'’ -", max_size=120))
def test_capitals_make_no_difference(text: str) -> None:
    assert list(words(text.upper())) == list(words(text.lower()))


def test_every_list_of_stop_words_is_made_of_words_as_texts_give_them() -> None:
    for language in ("en", "de", "fr", "es", "it"):
        listed = stop_words.of(language)
        assert len(listed) > 150
        assert all(list(words(word)) == [word] for word in listed)


def test_a_regional_language_has_the_list_of_its_language_and_an_unknown_one_has_none() -> None:
    assert stop_words.of("de-AT") == stop_words.of("de")
    assert stop_words.of("DE") == stop_words.of("de")
    assert stop_words.of("pl") == frozenset()


def test_a_word_of_the_title_counts_more_than_one_of_the_text() -> None:
    said = frequencies("Clock", "Tower", "clock tower ferry ferry", frozenset())
    assert said == {"clock": 5, "tower": 3, "ferry": 2}


def test_stop_words_are_not_counted() -> None:
    assert frequencies("The Clock", "", "and the clock", stop_words.of("en")) == {"clock": 5}


def test_no_more_terms_are_counted_than_the_limit_and_the_most_used_stay() -> None:
    letters = "abcdefghijklmnopqrst"
    many = [f"{one}{two}word" for one in letters for two in letters]
    said = frequencies("", "", " ".join([*many, "zebra", "zebra"]), frozenset())
    assert len(said) == VOCABULARY
    assert "zebra" in said
    assert list(said)[1:] == many[: VOCABULARY - 1]


said_terms = st.dictionaries(
    st.text(alphabet="abcdef", min_size=3, max_size=6), st.integers(1, 500), min_size=1, max_size=60
)


@given(said_terms, st.integers(1, 100_000), st.data())
def test_the_strongest_terms_are_a_vector_of_length_one(
    said: dict[str, int], articles: int, data: st.DataObject
) -> None:
    held = {term: data.draw(st.integers(1, articles)) for term in said}
    best = strongest(said, held, articles)
    assert len(best) == min(STRONGEST, len(said))
    assert set(best) <= set(said)
    assert all(weight > 0 for weight in best.values())
    assert math.isclose(sum(weight**2 for weight in best.values()), 1, abs_tol=1e-4)


@given(said_terms, st.integers(2, 1000))
def test_the_order_of_mention_does_not_change_the_strongest_terms(
    said: dict[str, int], articles: int
) -> None:
    held = dict.fromkeys(said, 2)
    backwards = dict(reversed(said.items()))
    assert strongest(said, held, articles) == strongest(backwards, held, articles)


def test_the_rarer_of_two_terms_said_as_often_is_the_stronger() -> None:
    best = strongest({"ferry": 3, "people": 3}, {"ferry": 4, "people": 80}, 100)
    assert best["ferry"] > best["people"]


def test_saying_a_term_ten_times_does_not_make_it_ten_times_as_strong() -> None:
    best = strongest({"ferry": 10, "harbour": 1}, {"ferry": 5, "harbour": 5}, 100)
    assert 1 < best["ferry"] / best["harbour"] < 4


def test_a_term_of_one_article_alone_is_no_stronger_than_one_of_two() -> None:
    best = strongest({"alone": 2, "shared": 2}, {"alone": 1, "shared": 2}, 50)
    assert best["alone"] == best["shared"]
