"""Writing an article and changing it: what is said, checked once, stored with its safe blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from ..accounts.models import Person
from ..core.clock import now
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from ..media.models import ALT_LIMIT, CAPTION_LIMIT
from ..site import settings
from ..text.blocks import Document, to_json
from ..text.excerpt import teaser
from ..text.sanitize import SANITIZER_VERSION
from ..text.slug import slugify
from ..text.typography import typeset_line
from . import taxonomy
from .events import ArticleChanged
from .models import (
    DECK_LIMIT,
    SLUG_LIMIT,
    TEASER_LIMIT,
    TITLE_LIMIT,
    Article,
    ArticleTag,
    Byline,
    OldSlug,
    SourceKind,
    State,
)

TEASER_LENGTH = 200
"""Characters of a teaser cut from the text, when there is no deck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an author says an article is; the body comes beside it, already rendered.

    `updated_at` says when the words last changed, where that is known better than here.
    """

    title: str
    source: str
    source_kind: SourceKind = SourceKind.MARKDOWN
    updated_at: datetime | None = None
    deck: str = ""
    category: str = ""
    tags: Sequence[str] = ()
    hero_id: int | None = None
    hero_alt: str = ""
    hero_caption: str = ""
    authors: Sequence[Person] = field(default=())


def create(draft: Draft, document: Document, *, slug: str = "") -> Article:
    """A new article, not yet published. Raises Invalid."""
    slug = free_slug(slug or draft.title)
    article = Article(slug=slug, title=draft.title, state=State.DRAFT)
    db.session.add(article)
    _write(article, draft, document)
    article.updated_at = draft.updated_at
    announce(ArticleChanged(article.id, lists_of(article)))
    return article


def change(article: Article, draft: Draft, document: Document) -> None:
    """Let an article say something else; a published one says when. Raises Invalid."""
    before, words = lists_of(article), _words(article)
    _write(article, draft, document)
    if draft.updated_at is not None:
        article.updated_at = draft.updated_at
    elif article.state is State.PUBLISHED and _words(article) != words:
        article.updated_at = now()
    left_or_joined = tuple(sorted({*before, *lists_of(article)}))
    announce(ArticleChanged(article.id, left_or_joined))


def free_slug(wanted: str, of: Article | None = None) -> str:
    """An address nobody else bears, made of a title or a slug; a number is added where needed."""
    base = slugify(wanted, SLUG_LIMIT - 5) or "article"
    slug, number = base, 1
    while _taken(slug, of):
        number += 1
        slug = f"{base}-{number}"
    return slug


def lists_of(article: Article) -> tuple[str, ...]:
    """The names of the lists an article stands in."""
    db.session.flush()
    tags = select(ArticleTag.tag_id).where(ArticleTag.article_id == article.id)
    people = select(Byline.person_id).where(Byline.article_id == article.id)
    return (
        "all",
        *([f"category:{article.category_id}"] if article.category_id else []),
        *(f"tag:{tag_id}" for tag_id in db.session.scalars(tags)),
        *(f"person:{person_id}" for person_id in db.session.scalars(people)),
    )


def _words(article: Article) -> tuple[str, str, str]:
    return article.title, article.deck, article.source


def _taken(slug: str, of: Article | None) -> bool:
    bearer = db.session.scalar(select(Article.id).where(Article.slug == slug))
    if bearer is not None:
        return of is None or bearer != of.id
    former = db.session.get(OldSlug, slug)
    return former is not None and (of is None or former.article_id != of.id)


def _write(article: Article, draft: Draft, document: Document) -> None:
    _check(draft)
    language = settings.load().language
    article.title, article.deck = _line(draft.title, language), _line(draft.deck, language)
    article.category_id = taxonomy.category(draft.category).id if draft.category else None
    article.hero_id = draft.hero_id
    article.hero_alt = _line(draft.hero_alt, language)
    article.hero_caption = _line(draft.hero_caption, language)
    article.source, article.source_kind = draft.source, draft.source_kind
    article.text = document.text
    article.blocks = to_json(document.blocks)
    article.words, article.sanitizer_version = document.words, SANITIZER_VERSION
    article.teaser = teaser(article.deck or document.text, TEASER_LENGTH)[:TEASER_LIMIT]
    db.session.flush()
    taxonomy.set_tags(article, taxonomy.tags(draft.tags))
    _set_bylines(article, draft.authors)


def _line(said: str, language: str) -> str:
    return typeset_line(" ".join(said.split()), language)


def _set_bylines(article: Article, authors: Sequence[Person]) -> None:
    db.session.execute(delete(Byline).where(Byline.article_id == article.id))
    for position, author in enumerate(dict.fromkeys(author.id for author in authors)):
        db.session.add(Byline(article_id=article.id, person_id=author, position=position))
    db.session.flush()
    db.session.expire(article, ["bylines", "category", "hero"])


def _check(draft: Draft) -> None:
    limits = {
        "title": (draft.title, TITLE_LIMIT),
        "deck": (draft.deck, DECK_LIMIT),
        "hero_alt": (draft.hero_alt, ALT_LIMIT),
        "hero_caption": (draft.hero_caption, CAPTION_LIMIT),
    }
    if not draft.title.strip():
        raise Invalid("title", "An article needs a title.")
    for name, (value, limit) in limits.items():
        if len(value) > limit:
            words = name.replace("_", " ")
            raise Invalid(name, f"The {words} may have {limit} characters; this has {len(value)}.")
