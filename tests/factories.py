"""Making the small cast of a test: each function writes in a unit of its own and gives the row."""

from collections.abc import Sequence
from datetime import datetime

from blog.accounts import people
from blog.accounts.models import Person
from blog.articles import drafting, publishing, taxonomy
from blog.articles.drafting import Draft
from blog.articles.models import Article, Category
from blog.core.db import db, writing
from blog.text import render

PARAGRAPH = (
    "The ferry leaves at seven and the train arrives at two minutes to, so the town has always "
    "kept its clock four minutes behind, and nobody who lives there has ever missed the boat."
)
BODY = "\n\n".join([PARAGRAPH, "## The first part", PARAGRAPH, PARAGRAPH])


def person(username: str = "maren", name: str = "Maren Holt", bio: str = "") -> Person:
    with writing():
        made = people.create(username, name, bio)
    return made


def category(name: str = "Water", description: str = "") -> Category:
    with writing():
        made = taxonomy.category(name, description=description)
    return made


def article(
    title: str = "The Clock That Was Four Minutes Slow",
    *,
    source: str = BODY,
    deck: str = "For ninety-one years the tower ran behind on purpose.",
    category: str = "Town life",
    tags: Sequence[str] = (),
    authors: Sequence[Person] = (),
    published: bool = True,
    at: datetime | None = None,
    slug: str = "",
    hero_id: int | None = None,
    hero_alt: str = "",
    hero_caption: str = "",
) -> Article:
    document = render.article(source)
    author_ids = [author.id for author in authors]
    with writing():
        draft = Draft(
            title=title,
            source=source,
            deck=deck,
            category=category,
            tags=tags,
            authors=[db.session.get_one(Person, author_id) for author_id in author_ids],
            hero_id=hero_id,
            hero_alt=hero_alt,
            hero_caption=hero_caption,
        )
        made = drafting.create(draft, document, slug=slug)
        if published:
            publishing.publish(made, at=at)
    return made
