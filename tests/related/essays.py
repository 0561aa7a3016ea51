"""Articles about a few words, for tests of what goes with what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from blog.articles import drafting, publishing
from blog.articles.drafting import Draft
from blog.articles.models import Article
from blog.core.db import db, writing
from blog.core.jobs import queue, worker
from blog.core.jobs.models import Job
from blog.related import picks
from blog.related.models import RelatedArticle
from blog.text.blocks import Document

FIRST_DAY = datetime(2025, 3, 1, 9, tzinfo=UTC)
FERRY = "ferry harbour tide ferry harbour tide ferry boat boat pilot"
BREAD = "flour oven yeast flour oven yeast crust dough dough miller"


@dataclass(frozen=True)
class Essay:
    """What an article is about, where it stands, and when it was published."""

    title: str
    text: str = ""
    tags: Sequence[str] = ()
    category: str = "Town life"
    day: int = 0
    published: bool = True


def essay(title: str, text: str = "", **about: Any) -> int:
    """Write an article and give its id."""
    return essays([Essay(title, text, **about)])[0]


def essays(wanted: Iterable[Essay]) -> list[int]:
    """Write many articles at once and give their ids."""
    with writing():
        return [_write(one) for one in wanted]


def _write(one: Essay) -> int:
    draft = Draft(title=one.title, source=one.text, tags=one.tags, category=one.category)
    made = drafting.create(draft, Document((), one.text, len(one.text.split())))
    if one.published:
        publishing.publish(made, at=FIRST_DAY + timedelta(days=one.day))
    return made.id


def rewrite(article_id: int, title: str, text: str, tags: Sequence[str] = ()) -> None:
    with writing():
        article = db.session.get_one(Article, article_id)
        draft = Draft(title=title, source=text, tags=tags, category="Town life")
        drafting.change(article, draft, Document((), text, len(text.split())))


def hide(article_id: int) -> None:
    with writing():
        publishing.unpublish(db.session.get_one(Article, article_id))


def show(article_id: int) -> None:
    with writing():
        publishing.publish(db.session.get_one(Article, article_id))


def refresh(*article_ids: int, ripple: bool = False) -> None:
    """Work out lists, one after the other, as the job process does."""
    for article_id in article_ids:
        record = picks.refresh(article_id=article_id, ripple=ripple)
        with writing():
            record()


def stored(article_id: int) -> list[tuple[int, str]]:
    """The stored list: who and why."""
    db.session.rollback()
    mine = select(RelatedArticle.other_id, RelatedArticle.reason).where(
        RelatedArticle.article_id == article_id
    )
    ordered = mine.order_by(RelatedArticle.position)
    return [(other_id, reason) for other_id, reason in db.session.execute(ordered)]


def ids(article_id: int) -> list[int]:
    return [other_id for other_id, _ in stored(article_id)]


def waiting() -> list[Mapping[str, object]]:
    """What the jobs wait to do."""
    db.session.rollback()
    return [job.payload for job in db.session.scalars(select(Job).order_by(Job.id))]


def forget_jobs() -> None:
    kinds: dict[str, worker.Work] = dict.fromkeys(("related.refresh", "media.variants"), _nothing)
    worker.drain(kinds)
    assert queue.counts() == (0, 0)


def _nothing(**_payload: object) -> None:
    return None
