"""Reading the list beside an article."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ..articles.models import Article, visible_articles
from ..articles.queries import card_options
from ..core.db import db
from .models import SHOWN, RelatedArticle


@dataclass(frozen=True, slots=True)
class Related:
    """An article of the list, loaded as for a card, and why it stands there (see `models`)."""

    article: Article
    reason: str


def related_to(article_id: int, at: datetime, limit: int = SHOWN) -> list[Related]:
    """The list beside an article, of what readers see at a moment."""
    reasons = dict(_visible(article_id, at)[:limit])
    wanted = select(Article).where(Article.id.in_(reasons)).options(*card_options())
    articles = {article.id: article for article in db.session.scalars(wanted)} if reasons else {}
    return [Related(articles[number], reason) for number, reason in reasons.items()]


def listed(article_id: int) -> list[int]:
    """The ids of all that may stand beside an article, hidden or not: its page depends on each."""
    mine = select(RelatedArticle.other_id).where(RelatedArticle.article_id == article_id)
    return list(db.session.scalars(mine.order_by(RelatedArticle.position)))


def _visible(article_id: int, at: datetime) -> list[tuple[int, str]]:
    """Ids and reasons. Visibility is asked as a column: as a condition it would lead the search."""
    rows = (
        select(RelatedArticle.other_id, RelatedArticle.reason, visible_articles(at))
        .join(Article, Article.id == RelatedArticle.other_id)
        .where(RelatedArticle.article_id == article_id)
        .order_by(RelatedArticle.position)
    )
    return [(number, reason) for number, reason, visible in db.session.execute(rows) if visible]
