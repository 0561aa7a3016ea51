"""Reading articles: by address, and as lists newest first, paged by keyset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload, undefer_group
from sqlalchemy.orm.interfaces import ORMOption

from ..accounts.models import Person
from ..core.db import db
from ..web.pagination import Cursor, Window
from .models import Article, ArticleTag, Byline, Category, OldSlug, Tag, visible_articles

MAX_NAVIGATION = 12
"""Categories named in the masthead."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list, newest first, and the places its neighbours start from."""

    articles: Sequence[Article]
    newer_than: Cursor | None = None
    older_than: Cursor | None = None


def card_options() -> tuple[ORMOption, ...]:
    """What must be loaded of an article to name it on another page."""
    return (
        joinedload(Article.category),
        joinedload(Article.hero),
        selectinload(Article.bylines),
    )


def by_slug(slug: str) -> Article | None:
    """The article at an address with all that its page shows, in whatever state it is."""
    wanted = select(Article).where(Article.slug == slug)
    whole = wanted.options(*card_options(), selectinload(Article.tags), undefer_group("body"))
    return db.session.scalar(whole)


def present_slug(old: str) -> str | None:
    """Where the article went that had this address once."""
    moved = select(Article.slug).join(OldSlug, OldSlug.article_id == Article.id)
    return db.session.scalar(moved.where(OldSlug.slug == old))


def latest(at: datetime, limit: int) -> list[Article]:
    """The newest visible articles."""
    visible = select(Article).where(visible_articles(at))
    return list(db.session.scalars(_newest_first(visible, limit)))


def page_of(
    at: datetime, window: Window, limit: int, within: ColumnElement[bool] | None = None
) -> Slice:
    """One page of a list: `within` says of what, the window says which page."""
    base = select(Article).where(visible_articles(at))
    if within is not None:
        base = base.where(within)
    rows = list(db.session.scalars(_windowed(base, window, limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    if window.newer_than is not None:
        rows.reverse()
        newer, older = more, True
    else:
        newer, older = window.older_than is not None, more
    return Slice(
        rows,
        newer_than=_place(rows[0]) if rows and newer else None,
        older_than=_place(rows[-1]) if rows and older else None,
    )


def in_category(category: Category) -> ColumnElement[bool]:
    """The articles of a category."""
    return Article.category_id == category.id


def with_tag(tag: Tag) -> ColumnElement[bool]:
    """The articles that bear a tag."""
    return Article.id.in_(select(ArticleTag.article_id).where(ArticleTag.tag_id == tag.id))


def written_by(person: Person) -> ColumnElement[bool]:
    """The articles that a person wrote or helped to write."""
    return Article.id.in_(select(Byline.article_id).where(Byline.person_id == person.id))


def newest_of_each(categories: Sequence[Category], at: datetime, each: int) -> list[Article]:
    """The newest few of every category; as many short index reads as there are categories."""
    if not categories:
        return []
    parts = [
        _ordered(select(Article.id).where(visible_articles(at), in_category(category)))
        .limit(each)
        .subquery()
        for category in categories
    ]
    ids = union_all(*(select(part.c.id) for part in parts))
    wanted = select(Article).where(Article.id.in_(ids)).options(*card_options())
    return list(db.session.scalars(_ordered(wanted)))


def categories_in_use(at: datetime) -> list[Category]:
    """The categories in which a reader finds something, in the editors' order."""
    something = exists().where(Article.category_id == Category.id, visible_articles(at))
    ordered = select(Category).where(something).order_by(Category.position, Category.id)
    return list(db.session.scalars(ordered.limit(MAX_NAVIGATION)))


def category_by_slug(slug: str) -> Category | None:
    """The category at an address."""
    return db.session.scalar(select(Category).where(Category.slug == slug))


def tag_by_slug(slug: str) -> Tag | None:
    """The tag at an address."""
    return db.session.scalar(select(Tag).where(Tag.slug == slug))


def counts_by_person(at: datetime, person_ids: Sequence[int]) -> dict[int, int]:
    """How many visible articles each of these people wrote."""
    counted = (
        select(Byline.person_id, func.count())
        .join(Article, Article.id == Byline.article_id)
        .where(visible_articles(at), Byline.person_id.in_(person_ids))
        .group_by(Byline.person_id)
    )
    return dict(db.session.execute(counted).all())


def writers(at: datetime, limit: int) -> list[Person]:
    """The people who have something to read here, by name."""
    wrote = (
        select(Byline.person_id)
        .join(Article, Article.id == Byline.article_id)
        .where(Byline.person_id == Person.id, visible_articles(at))
    )
    named = select(Person).where(wrote.exists()).order_by(Person.name, Person.id)
    return list(db.session.scalars(named.limit(limit)))


def _windowed(base: Select[Article], window: Window, limit: int) -> Select[Article]:
    if window.newer_than is not None:
        upward = base.where(_beyond(window.newer_than, newer=True))
        return (
            upward.order_by(Article.published_at, Article.id).limit(limit).options(*card_options())
        )
    if window.older_than is not None:
        base = base.where(_beyond(window.older_than, newer=False))
    return _newest_first(base, limit)


def _beyond(place: Cursor, *, newer: bool) -> ColumnElement[bool]:
    """Strictly beyond a place in the order of (published_at, id), so that the index serves."""
    at, number = Article.published_at, Article.id
    if newer:
        return and_(at >= place.at, or_(at > place.at, number > place.id))
    return and_(at <= place.at, or_(at < place.at, number < place.id))


def _newest_first(base: Select[Article], limit: int) -> Select[Article]:
    return _ordered(base).limit(limit).options(*card_options())


def _ordered(base: Select[Any]) -> Select[Any]:
    return base.order_by(Article.published_at.desc(), Article.id.desc())


def _place(article: Article) -> Cursor:
    assert article.published_at is not None, "only visible articles stand in lists"
    return Cursor(article.published_at, article.id)
