"""What stands beside an article when a reader asks."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from blog.articles import publishing
from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db, writing
from blog.related.models import SHOWN
from blog.related.queries import listed, related_to
from tests.related.essays import BREAD, FERRY, Essay, essay, essays, hide, refresh


def test_the_list_is_ready_for_cards_without_a_further_look(app: Flask) -> None:
    one = essay("The ferry", FERRY)
    other = essay("The harbour ferry", FERRY, category="Water")
    refresh(other, one)
    db.session.rollback()
    found = related_to(one, now())
    assert [(related.article.id, related.reason) for related in found] == [(other, "terms")]
    card = found[0].article
    assert card.category is not None and card.category.name == "Water"
    assert (card.bylines, card.hero) == ([], None)


def test_twenty_are_shown_and_hidden_ones_are_followed_by_the_next(app: Flask) -> None:
    one, *_ = essays(Essay("Ferry", FERRY, day=n) for n in range(26))
    refresh(one)
    shown = [related.article.id for related in related_to(one, now())]
    assert len(shown) == SHOWN
    hide(shown[2])
    with writing():
        publishing.remove(db.session.get_one(Article, shown[5]))
    left = [number for number in listed(one) if number not in (shown[2], shown[5])]
    assert [related.article.id for related in related_to(one, now())] == left[:SHOWN]
    assert len(related_to(one, now(), limit=3)) == 3


def test_what_may_stand_there_names_hidden_ones_too(app: Flask) -> None:
    one, two = essay("The ferry", FERRY), essay("The oven", BREAD)
    refresh(one)
    hide(two)
    assert listed(one) == [two]
    assert related_to(one, now()) == []


@pytest.mark.sqlite_only
def test_reading_and_working_out_a_list_take_short_index_reads(app: Flask) -> None:
    one, *others = essays(Essay("Ferry", FERRY, tags=["Sea"]) for _ in range(6))
    refresh(*others)
    statements: dict[str, Any] = {}

    def note(_c: object, _cursor: object, sql: str, parameters: Any, *_rest: object) -> None:
        statements[sql] = parameters

    event.listen(db.engine, "before_cursor_execute", note)
    refresh(one)
    related_to(one, now())
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        for sql, parameters in statements.items():
            if sql.startswith("SELECT") and not sql.startswith("SELECT count"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).all()
                plan = [row[3] for row in rows]
                assert not any(
                    step.startswith("SCAN") for step in plan if "site_value" not in step
                ), sql
                by_visibility = [step for step in plan if "ix_article_visible (state=?" in step]
                assert not by_visibility or "ORDER BY article.published_at DESC" in sql, sql
