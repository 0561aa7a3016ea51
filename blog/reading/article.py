"""The page of an article, put together from what the rooms know."""

from datetime import datetime

from ..ads.models import Advertisement
from ..ads.placement import place
from ..ads.queries import due_for
from ..articles.models import Article
from ..articles.queries import counts_by_person
from ..media.illustrations import as_picture, social_source
from ..related.queries import related_to
from ..text.blocks import Block, contents, from_json
from ..web import urls
from . import sharing
from .cards import cards, category_link, hero, people
from .pages import AdvertisementView, ArticlePage, Illustration, Link, Page

MIN_CONTENTS = 3
"""Sections from which on a list of contents is worth its place."""


def head(article: Article, address: str) -> Page:
    """What the head of the page says; `address` is the site's."""
    return Page(
        title=article.title,
        description=article.deck or article.teaser,
        canonical=urls.absolute(address, urls.article(article.slug)),
        picture=_picture(article, address),
        kind="article",
    )


def build(article: Article, address: str, at: datetime) -> ArticlePage:
    """The page at a moment; `address` is the site's. The article is visible and loaded whole."""
    assert article.published_at is not None, "only visible articles have a page"
    own = urls.absolute(address, urls.article(article.slug))
    blocks = from_json(article.blocks)
    sections = contents(blocks)
    writers = [byline.person for byline in article.bylines]
    return ArticlePage(
        title=article.title,
        deck=article.deck,
        address=own,
        breadcrumb=_breadcrumb(article),
        authors=people(writers, counts_by_person(at, [writer.id for writer in writers])),
        published=article.published_at,
        updated=_updated(article),
        minutes=article.minutes,
        comments=article.comment_count,
        share=sharing.links(article.title, own, _picture(article, address)),
        hero=hero(article),
        contents=sections if len(sections) >= MIN_CONTENTS else (),
        body=_body(article, blocks, at),
        tags=tuple(Link(tag.name, urls.tag(tag.slug)) for tag in article.tags),
        related=cards(found.article for found in related_to(article.id, at)),
    )


def _updated(article: Article) -> datetime | None:
    """When its words changed after readers first saw it."""
    assert article.published_at is not None, "only visible articles have a page"
    later = article.updated_at is not None and article.updated_at > article.published_at
    return article.updated_at if later else None


def _body(
    article: Article, blocks: tuple[Block, ...], at: datetime
) -> tuple[Block | AdvertisementView, ...]:
    parts = place(blocks, due_for(article.id, article.category_id, at))
    return tuple(_view(part) if isinstance(part, Advertisement) else part for part in parts)


def _view(advertisement: Advertisement) -> AdvertisementView:
    picture = advertisement.picture
    return AdvertisementView(
        name=advertisement.name,
        headline=advertisement.headline,
        text=advertisement.text,
        href=advertisement.link,
        illustration=Illustration(as_picture(picture), advertisement.alt) if picture else None,
    )


def _breadcrumb(article: Article) -> tuple[Link, ...]:
    shelf = category_link(article)
    return (Link("Home", urls.home()), *([shelf] if shelf else []))


def _picture(article: Article, address: str) -> str | None:
    return urls.absolute(address, social_source(article.hero)) if article.hero else None
