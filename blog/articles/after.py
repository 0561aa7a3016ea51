"""What follows from a change of an article, as far as this room can say."""

from collections.abc import Callable, Iterable

from sqlalchemy import func, select

from ..core.clock import now
from ..core.db import db
from ..core.jobs.queue import enqueue
from ..core.keys import move
from .drafting import lists_of
from .models import Article, Byline, Category, State, visible_articles
from .publishing import announce_if_due as announce
from .publishing import unpublish
from .queries import in_category

MAX_MOVED = 1_000
"""Cards moved by hand when a person is renamed; beyond it every list and page is drawn anew."""


def move_lists_of(article_id: int) -> None:
    """Say that every list an article stands in has changed."""
    move_lists(lists_of(db.session.get_one(Article, article_id)))


def move_lists(names: Iterable[str]) -> None:
    """Say that lists have changed, and the masthead with them when a category came into use."""
    names = tuple(names)
    move(*(f"list:{name}" for name in names))
    for name in names:
        kind, _, number = name.partition(":")
        if kind == "category":
            _look_at(db.session.get_one(Category, int(number)))


def move_written_by(person_id: int) -> None:
    """Say that every page that names a person as author has changed."""
    wrote = select(Byline.article_id).where(Byline.person_id == person_id)
    ids = db.session.scalars(wrote.limit(MAX_MOVED + 1)).all()
    if len(ids) > MAX_MOVED:
        move("settings")
    else:
        move(*(f"{kind}:{article_id}" for article_id in ids for kind in ("card", "body")))


def unpublish_written_by(person_id: int) -> None:
    """Take back what a person wrote alone; what others wrote too is theirs as well and stays."""
    authors = select(func.count()).where(Byline.article_id == Article.id).correlate(Article)
    own = select(Byline.article_id).where(Byline.person_id == person_id)
    alone = select(Article).where(Article.id.in_(own), authors.scalar_subquery() == 1)
    for article in db.session.scalars(alone.where(Article.state == State.PUBLISHED)).all():
        unpublish(article)


def _look_at(category: Category) -> None:
    visible = select(Article.id).where(in_category(category), visible_articles(now()))
    in_use = db.session.scalar(visible.limit(1)) is not None
    if category.in_use != in_use:
        category.in_use = in_use
        move("navigation")


def look_again(article_id: int) -> None:
    """Ask for the announcement of a scheduled article at its time."""
    article = db.session.get_one(Article, article_id)
    enqueue("articles.announce_if_due", run_at=article.published_at, article_id=article_id)


def announce_if_due(*, article_id: int) -> Callable[[], None]:
    """The job that announces a scheduled article."""
    return lambda: announce(article_id)
