"""Taking the sample publication out again, when a site has something of its own to say."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from sqlalchemy import delete, exists, select

from ...accounts.models import Person
from ...ads import booking
from ...ads.models import Advertisement
from ...articles import publishing
from ...articles.models import Article, Byline, Category, State
from ...core.db import db, end_read, writing
from ..models import ImportedFile

FOLDER = Path(__file__).resolve().parent


def remove(collection: str) -> int:
    """Take out the essays of the sample, its cast and its advertisements; gives how many essays.

    First they are taken back, so that every page that names them hears of it; then their rows go.
    People and categories stay when the site's own articles use them.
    """
    mine = select(ImportedFile.article_id).where(ImportedFile.collection == collection)
    ids = list(db.session.scalars(mine))
    end_read()
    with writing():
        _take_back(ids)
        _end_advertisements()
    with writing():
        db.session.execute(delete(Article).where(Article.id.in_(ids)))
        _remove_unused()
    return len(ids)


def _take_back(ids: Sequence[int]) -> None:
    for article in db.session.scalars(select(Article).where(Article.id.in_(ids))):
        if article.state is State.PUBLISHED:
            publishing.unpublish(article)


def _end_advertisements() -> None:
    names = [one["name"] for one in _read("site.yaml")["advertisements"]]
    mine = select(Advertisement).where(Advertisement.name.in_(names), Advertisement.active)
    for advertisement in db.session.scalars(mine):
        booking.end(advertisement)


def _remove_unused() -> None:
    usernames = [one["username"] for one in _read("people.yaml")]
    wrote = exists().where(Byline.person_id == Person.id)
    db.session.execute(delete(Person).where(Person.username.in_(usernames), ~wrote))
    slugs = [one["slug"] for one in _read("site.yaml")["categories"]]
    holds = exists().where(Article.category_id == Category.id)
    db.session.execute(delete(Category).where(Category.slug.in_(slugs), ~holds))


def _read(name: str):  # type: ignore[no-untyped-def]  # YAML of our own, of any shape
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))
