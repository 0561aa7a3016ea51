"""The front page."""

from dataclasses import replace
from datetime import datetime

from ..articles import queries
from ..articles.models import Article
from ..web import urls
from .cards import cards, people
from .pages import Front, Link, Strip

LATEST = 5
PICTURED = 2
TEXTS = 2
EACH_STRIP = 3
PEOPLE = 24
NEWEST = 1 + LATEST + PICTURED + TEXTS + 6
"""How many articles are looked at to fill the head of the page."""


def build(at: datetime) -> Front:
    """The front page at a moment: the newest leads, the next stand beside it, others below."""
    newest = queries.latest(at, NEWEST)
    lead, rest = newest[:1], newest[1:]
    latest, earlier = rest[:LATEST], rest[LATEST:]
    pictured = [article for article in earlier if article.hero][:PICTURED]
    texts = [article for article in earlier if article not in pictured][:TEXTS]
    writers = queries.writers(at, PEOPLE)
    return Front(
        lead=cards(lead)[0] if lead else None,
        latest=cards(latest),
        pictured=cards(pictured),
        texts=tuple(replace(card, illustration=None) for card in cards(texts)),
        strips=_strips(at),
        people=people(writers, {}),
        today=at,
    )


def _strips(at: datetime) -> tuple[Strip, ...]:
    categories = queries.categories_in_use(at)
    shelves: dict[int | None, list[Article]] = {}
    for article in queries.newest_of_each(categories, at, EACH_STRIP):
        shelves.setdefault(article.category_id, []).append(article)
    return tuple(
        Strip(
            category=Link(category.name, urls.category(category.slug)),
            cards=cards(shelves.get(category.id, [])),
            more=urls.category(category.slug),
        )
        for category in categories
    )


def navigation(at: datetime) -> tuple[Link, ...]:
    """The categories for the masthead."""
    return tuple(
        Link(category.name, urls.category(category.slug))
        for category in queries.categories_in_use(at)
    )
