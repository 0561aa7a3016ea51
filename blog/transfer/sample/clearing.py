"""Taking the sample publication away again, for whoever does not want to keep it."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from ...accounts import closing
from ...accounts.models import Person
from ...ads import booking
from ...ads.models import Advertisement
from ...articles import publishing
from ...articles.models import Article, Byline, State
from ...core.db import db
from ...site.models import SiteValue
from ..models import ImportedFile
from . import COLLECTION, FOLDER, LOADED, MARK


def is_there() -> bool:
    """Whether an article of the sample can still be read."""
    return db.session.scalar(_articles().limit(1)) is not None


def clear() -> None:
    """Take away the sample's articles, advertisements and people; what is not its own stays.

    Belongs into a unit of writing. Never again is the sample put in by itself.
    """
    for article in db.session.scalars(_articles()).all():
        publishing.remove(article)
    for advertisement in _advertisements():
        booking.end(advertisement)
    for person in _people():
        closing.erase(person, by=None)
    db.session.merge(SiteValue(name=MARK, value=LOADED))


def _articles() -> Any:
    own = select(ImportedFile.article_id).where(ImportedFile.collection == COLLECTION)
    return select(Article).where(Article.id.in_(own), Article.state != State.DELETED)


def _advertisements() -> list[Advertisement]:
    links = [one["link"] for one in _read(FOLDER / "site.yaml").get("advertisements", ())]
    return list(db.session.scalars(select(Advertisement).where(Advertisement.link.in_(links))))


def _people() -> list[Person]:
    """The cast, but for those who log in by now or have written something of the site's own."""
    names = [one["username"] for one in _read(FOLDER / "people.yaml")]
    known = select(Person).where(Person.username.in_(names), Person.password_hash.is_(None))
    kept = (
        select(Byline.person_id)
        .join(Article, Article.id == Byline.article_id)
        .where(Article.state != State.DELETED)
    )
    return list(db.session.scalars(known.where(Person.id.not_in(kept))))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
