"""Lists of articles: order, pages, and how the database finds them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from blog.articles import queries
from blog.articles.models import Article, State
from blog.core.db import db, writing
from blog.web.pagination import Window
from tests import factories
from tests.scale import SCALE

START = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def put(days: list[int]) -> None:
    with writing():
        for table in ("byline", "article_tag", "related_article", "related_term", "article"):
            db.session.execute(text(f"DELETE FROM {table}"))
        for number, day in enumerate(days):
            at = START + timedelta(days=day)
            db.session.add(
                Article(slug=f"a{number}", title="A", state=State.PUBLISHED, published_at=at)
            )


def walk(limit: int, step: Callable[[queries.Slice], Window | None]) -> list[list[str]]:
    pages, window = [], Window()
    while True:
        part = queries.page_of(LATER, window, limit)
        pages.append([article.slug for article in part.articles])
        following = step(part)
        if following is None:
            return pages
        window = following


def older(part: queries.Slice) -> Window | None:
    return Window(older_than=part.older_than) if part.older_than else None


@settings(
    max_examples=30 * SCALE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(0, 5), max_size=25), st.integers(1, 7))
def test_paging_shows_every_article_once_newest_first_in_both_directions(
    app: Flask, days: list[int], limit: int
) -> None:
    put(days)
    order = sorted(range(len(days)), key=lambda n: (days[n], n), reverse=True)
    pages = walk(limit, older)
    assert [slug for page in pages for slug in page] == [f"a{n}" for n in order]
    assert all(len(page) == limit for page in pages[:-1])

    window: Window | None = Window()
    last = queries.Slice([])
    while window is not None:
        last = queries.page_of(LATER, window, limit)
        window = older(last)
    backwards = [[article.slug for article in last.articles]]
    while last.newer_than is not None:
        last = queries.page_of(LATER, Window(newer_than=last.newer_than), limit)
        backwards.append([article.slug for article in last.articles])
    assert [slug for page in reversed(backwards) for slug in page] == [f"a{n}" for n in order]


def test_an_article_published_while_somebody_pages_shifts_nothing(app: Flask) -> None:
    put([5, 4, 3, 2, 1])
    first = queries.page_of(LATER, Window(), 2)
    with writing():
        db.session.add(
            Article(
                slug="new", title="A", state=State.PUBLISHED, published_at=START + timedelta(days=9)
            )
        )
    second = queries.page_of(LATER, Window(older_than=first.older_than), 2)
    assert [article.slug for article in second.articles] == ["a2", "a3"]


def test_lists_know_category_tag_and_person(app: Flask) -> None:
    maren = factories.person()
    factories.article("One", category="Water", tags=["Tides"], authors=[maren])
    factories.article("Two", category="Kitchens")
    water, tides = queries.category_by_slug("water"), queries.tag_by_slug("tides")
    assert water and tides
    for within in (queries.in_category(water), queries.with_tag(tides), queries.written_by(maren)):
        found = queries.page_of(LATER, Window(), 5, within).articles
        assert [article.slug for article in found] == ["one"]


def test_a_category_without_a_visible_article_is_not_in_the_navigation(app: Flask) -> None:
    factories.category("Empty")
    factories.article("One", category="Water")
    factories.article("Two", category="Drafts", published=False)
    assert [category.slug for category in queries.categories_in_use(LATER)] == ["water"]


def test_a_list_costs_the_same_number_of_queries_however_long_it_is(app: Flask) -> None:
    maren = factories.person()
    for number in range(6):
        factories.article(f"A {number}", authors=[maren], tags=["Tides"])
    assert count_queries(lambda: queries.latest(LATER, 2)) == count_queries(
        lambda: queries.latest(LATER, 6)
    )


@pytest.mark.sqlite_only
def test_the_list_of_a_category_is_read_from_its_index(app: Flask) -> None:
    category = factories.category("Water")
    window = Window()
    statement = queries._windowed(
        db.select(Article).where(queries.visible_articles(LATER), queries.in_category(category)),
        window,
        5,
    )
    compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = " ".join(row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))
    assert "ix_article_category_visible" in plan
    assert "TEMP B-TREE" not in plan


def count_queries(read: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])
