"""The counts of terms stay exact, whatever is counted and taken back."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from blog.articles.models import Article
from blog.core.db import db, writing
from blog.related import vocabulary
from blog.related.models import RelatedTermCount, RelatedVocabulary
from tests.related.essays import Essay, essay, essays

TERMS = ["boat", "ferry", "flour", "oven", "tide"]


def counts() -> dict[str, int]:
    rows = db.session.execute(select(RelatedTermCount.term, RelatedTermCount.articles))
    return dict(rows.all())


@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.sampled_from(TERMS))), max_size=12))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counts_equal_what_the_vocabularies_hold(
    app: Flask, steps: list[tuple[int, set[str]]]
) -> None:
    with writing():
        db.session.execute(delete(RelatedVocabulary))
        db.session.execute(delete(RelatedTermCount))
    db.session.rollback()
    written = db.session.scalars(select(Article.id).order_by(Article.id)).all()
    articles = written or essays(Essay(f"Essay {number}") for number in range(4))
    held: dict[int, set[str]] = {}
    for which, terms in steps:
        with writing():
            vocabulary.count(articles[which], terms)
        held[which] = terms
    expected = {term: sum(term in terms for terms in held.values()) for term in TERMS}
    expected[vocabulary.EVERY] = sum(bool(terms) for terms in held.values())
    assert counts() == {term: articles for term, articles in expected.items() if articles}


def test_what_is_asked_for_an_article_counts_it_with_its_new_terms(app: Flask) -> None:
    one, two = essay("One"), essay("Two")
    with writing():
        vocabulary.count(one, ["boat", "ferry"])
    assert vocabulary.held_by(two, ["boat", "tide"]) == {"boat": 2, "tide": 1, "": 2}
    assert vocabulary.held_by(one, ["boat", "tide"]) == {"boat": 1, "tide": 1, "": 1}
