"""Making an article visible, and taking it back."""

from datetime import datetime

from sqlalchemy import delete

from ..core.clock import now
from ..core.db import db
from ..core.errors import Conflict, Gone
from ..core.events import announce
from .drafting import free_slug
from .events import AddressChanged, ArticlePublished, ArticleScheduled, ArticleUnpublished
from .models import Article, OldSlug, State


def publish(article: Article, *, at: datetime | None = None) -> None:
    """Show an article from a moment on (now, when none is given). Raises Gone for a deleted one."""
    _refuse_deleted(article)
    article.state = State.PUBLISHED
    article.published_at = at or article.published_at or now()
    db.session.flush()
    if article.visible(now()):
        announce(ArticlePublished(article.id))
    else:
        announce(ArticleScheduled(article.id))


def unpublish(article: Article) -> None:
    """Take an article back; its address answers 404. Raises Conflict when it is not published."""
    if article.state is not State.PUBLISHED:
        raise Conflict("This article is not published.")
    article.state = State.UNPUBLISHED
    db.session.flush()
    announce(ArticleUnpublished(article.id))


def remove(article: Article) -> None:
    """Take an article away for good; its address answers 410 and stays reserved."""
    _refuse_deleted(article)
    article.state = State.DELETED
    article.source = article.text = article.deck = article.teaser = ""
    article.blocks = []
    article.hero_id = None
    db.session.flush()
    announce(ArticleUnpublished(article.id))


def readdress(article: Article, slug: str) -> None:
    """Give an article another address; the old one leads to it for ever."""
    slug = free_slug(slug, of=article)
    if slug == article.slug:
        return
    db.session.execute(delete(OldSlug).where(OldSlug.slug == slug))
    db.session.add(OldSlug(slug=article.slug, article_id=article.id))
    article.slug = slug
    db.session.flush()
    announce(AddressChanged(article.id))


def announce_if_due(article_id: int) -> None:
    """Say that a scheduled article is visible by now, if it is."""
    article = db.session.get(Article, article_id)
    if article is not None and article.visible(now()):
        announce(ArticlePublished(article_id))


def _refuse_deleted(article: Article) -> None:
    if article.state is State.DELETED:
        raise Gone("This article was deleted.")
