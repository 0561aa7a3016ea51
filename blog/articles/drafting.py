"""Writing an article and changing it: what is said, checked once, stored with its safe blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ..accounts.models import Person
from ..core.clock import now
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from ..media.models import ALT_LIMIT, CAPTION_LIMIT
from ..site import settings
from ..text.blocks import Document, to_json
from ..text.excerpt import teaser
from ..text.render import plain
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

LINES = {
    "title": TITLE_LIMIT,
    "deck": DECK_LIMIT,
    "hero_alt": ALT_LIMIT,
    "hero_caption": CAPTION_LIMIT,
}
TEASER_LENGTH = 300
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
    article = _placed(slug or draft.title)
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


def _placed(wanted: str) -> Article:
    """A new row at a free address; when another writer takes that meanwhile, at the next one."""
    while True:
        article = Article(slug=free_slug(wanted), title="")
        try:
            with db.session.begin_nested():
                db.session.add(article)
        except IntegrityError:
            continue
        return article


def _taken(slug: str, of: Article | None) -> bool:
    bearer = db.session.scalar(select(Article.id).where(Article.slug == slug))
    if bearer is not None:
        return of is None or bearer != of.id
    former = db.session.get(OldSlug, slug)
    return former is not None and (of is None or former.article_id != of.id)


def _write(article: Article, draft: Draft, document: Document) -> None:
    for name, line in _lines(draft).items():
        setattr(article, name, line)
    article.category_id = taxonomy.category(draft.category).id if draft.category else None
    article.hero_id = draft.hero_id
    article.source, article.source_kind = draft.source, draft.source_kind
    article.text = document.text
    article.blocks = to_json(document.blocks)
    article.words, article.sanitizer_version = document.words, SANITIZER_VERSION
    article.teaser = teaser(article.deck or document.text, TEASER_LENGTH)[:TEASER_LIMIT]
    db.session.flush()
    taxonomy.set_tags(article, taxonomy.tags(draft.tags))
    _set_bylines(article, draft.authors)


def _set_bylines(article: Article, authors: Sequence[Person]) -> None:
    db.session.execute(delete(Byline).where(Byline.article_id == article.id))
    for position, author in enumerate(dict.fromkeys(author.id for author in authors)):
        db.session.add(Byline(article_id=article.id, person_id=author, position=position))
    db.session.flush()
    db.session.expire(article, ["bylines", "category", "hero"])


def _lines(draft: Draft) -> dict[str, str]:
    """The one-line fields as they are stored: cleaned, typeset, within their limits."""
    language = settings.load().language
    lines = {name: typeset_line(plain(getattr(draft, name)), language) for name in LINES}
    if not lines["title"]:
        raise Invalid("title", "An article needs a title.")
    for name, line in lines.items():
        if len(line) > LINES[name]:
            words, limit = name.replace("_", " "), LINES[name]
            raise Invalid(name, f"The {words} may have {limit} characters; this has {len(line)}.")
    return lines
