"""Articles and people as other pages name them."""

from collections.abc import Iterable, Sequence

from ..accounts.models import Person as PersonRow
from ..articles.models import Article
from ..articles.queries import Slice
from ..media.illustrations import as_picture
from ..media.portraits import portraits_of
from ..web import urls
from ..web.pagination import Pages
from .pages import Card, Illustration, Link, Person


def card(article: Article) -> Card:
    """One article; needs what `articles.queries.card_options` loads."""
    assert article.published_at is not None, "only visible articles are shown on cards"
    return Card(
        title=article.title,
        href=urls.article(article.slug),
        category=category_link(article),
        deck=article.deck or article.teaser,
        teaser=article.teaser,
        published=article.published_at,
        authors=tuple(
            Link(byline.person.name, urls.person(byline.person.username))
            for byline in article.bylines
        ),
        minutes=article.minutes,
        illustration=hero(article),
        comments=article.comment_count,
    )


def cards(articles: Iterable[Article]) -> tuple[Card, ...]:
    """Several articles."""
    return tuple(card(article) for article in articles)


def category_link(article: Article) -> Link | None:
    """The shelf an article stands on."""
    if article.category is None:
        return None
    return Link(article.category.name, urls.category(article.category.slug))


def hero(article: Article) -> Illustration | None:
    """The picture at the head of an article."""
    if article.hero is None:
        return None
    return Illustration(as_picture(article.hero), article.hero_alt, article.hero_caption)


def people(rows: Sequence[PersonRow], essays: dict[int, int]) -> tuple[Person, ...]:
    """People with their portraits and how much they wrote; one query for all portraits."""
    portraits = portraits_of([row.id for row in rows])
    shown = []
    for row in rows:
        found = portraits.get(row.id)
        portrait = Illustration(as_picture(found.picture), found.alt) if found else None
        href = urls.person(row.username)
        shown.append(Person(row.name, href, row.bio, portrait, essays.get(row.id, 0)))
    return tuple(shown)


def neighbours(path: str, part: Slice) -> Pages:
    """Where the pages beside this one are."""
    newer, older = part.newer_than, part.older_than
    return Pages(
        newer=urls.with_parameters(path, after=newer.token()) if newer else None,
        older=urls.with_parameters(path, before=older.token()) if older else None,
    )
