"""When readers see an article, and when they no longer do."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.articles import publishing, queries
from blog.articles.models import Article, OldSlug, State
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.errors import Conflict, Gone
from blog.core.jobs.models import Job
from blog.core.keys import versions
from tests import factories
from tests.scale import SCALE


def again(article: Article) -> Article:
    db.session.expire_all()
    return db.session.get_one(Article, article.id)


def act(verb, article: Article, *args: object, **named: object) -> None:  # type: ignore[no-untyped-def]
    article_id = article.id
    with writing():
        verb(db.session.get_one(Article, article_id), *args, **named)


def seen() -> list[str]:
    db.session.rollback()
    return [article.slug for article in queries.latest(now(), 50)]


def test_a_draft_is_seen_by_nobody(app: Flask) -> None:
    factories.article(published=False)
    assert seen() == []


def test_a_published_article_is_seen_and_work_follows(app: Flask) -> None:
    article = factories.article("Bread")
    assert seen() == ["bread"]
    kinds = {job.kind for job in db.session.scalars(db.select(Job))}
    assert "related.refresh" in kinds
    moved = versions([f"body:{article.id}", f"card:{article.id}", "list:all"])
    assert all(version > 0 for version in moved.values())


def test_a_scheduled_article_is_seen_at_its_time_and_not_before(app: Flask) -> None:
    article = factories.article("Bread", at=now() + timedelta(days=1))
    assert seen() == []
    assert [a.slug for a in queries.latest(now() + timedelta(days=1, seconds=1), 5)] == ["bread"]
    (job,) = db.session.scalars(db.select(Job).where(Job.kind == "articles.announce_if_due"))
    assert job.run_at == article.published_at


def test_the_job_of_a_schedule_announces_only_what_is_visible_by_then(app: Flask) -> None:
    article = factories.article(published=False)
    before = versions(["list:all"])
    with writing():
        publishing.announce_if_due(article.id)
        publishing.announce_if_due(999)
    assert versions(["list:all"]) == before


def test_an_unpublished_article_is_gone_from_lists_and_may_come_back(app: Flask) -> None:
    article = factories.article("Bread")
    published_at = article.published_at
    act(publishing.unpublish, article)
    assert seen() == []
    act(publishing.publish, article)
    assert seen() == ["bread"]
    assert again(article).published_at == published_at


def test_what_is_not_published_cannot_be_taken_back(app: Flask) -> None:
    with pytest.raises(Conflict):
        act(publishing.unpublish, factories.article(published=False))


def test_a_deleted_article_keeps_its_address_and_loses_its_text(app: Flask) -> None:
    article = factories.article("Bread")
    act(publishing.remove, article)
    assert (again(article).state, again(article).source, again(article).blocks) == (
        State.DELETED,
        "",
        [],
    )
    assert factories.article("Bread").slug == "bread-2"
    with pytest.raises(Gone):
        act(publishing.publish, article)


def test_an_old_address_leads_to_the_new_one_until_somebody_bears_it(app: Flask) -> None:
    article = factories.article("Bread")
    act(publishing.readdress, article, "Bread before six")
    assert queries.present_slug("bread") == "bread-before-six"
    act(publishing.readdress, article, "bread")
    assert queries.present_slug("bread") is None
    assert queries.present_slug("bread-before-six") == "bread"


def test_an_address_that_somebody_had_is_not_given_to_another(app: Flask) -> None:
    article = factories.article("Bread")
    act(publishing.readdress, article, "loaf")
    assert factories.article("Bread").slug == "bread-2"


@settings(
    max_examples=25 * SCALE,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(["a", "b", "c", "d", "é"]), max_size=12))
def test_after_any_changes_of_address_every_former_one_leads_to_the_present_one(
    app: Flask, names: list[str]
) -> None:
    article = factories.article("Start")
    borne = {article.slug}
    for name in names:
        act(publishing.readdress, article, f"{name} {article.id}")
        borne.add(again(article).slug)
    present = again(article).slug
    former = {
        row.slug for row in db.session.scalars(db.select(OldSlug)) if row.article_id == article.id
    }
    assert former == borne - {present}
    assert {queries.present_slug(slug) for slug in former} <= {present}
