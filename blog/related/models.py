"""Tables of what an article is about, of what goes with it, and of what an editor said to that."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..articles.models import TAG_LIMIT, Article
from ..core.db import Model

TERM_LIMIT = 40
"""Characters of a term; what is longer is not a word."""
STRONGEST = 18
"""Terms kept of an article."""
KEPT = 40
"""Articles kept for a list, so that it is still full when some of them are hidden."""
SHOWN = 20
"""Articles shown of a list."""
REASON_LIMIT = TAG_LIMIT + 4

PINNED = "pinned"
TERMS = "terms"
CATEGORY = "category"
NEWEST = "newest"
TAG_PREFIX = "tag:"
"""Reasons, as stored; a shared tag is `tag:` and its name."""


class RelatedTerm(Model):
    """One of the strongest terms of an article; the weights of all are a vector of length 1."""

    __tablename__ = "related_term"
    __table_args__ = (Index("ix_related_term_strongest", "term", "weight", "article_id"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True
    )
    term: Mapped[str] = mapped_column(String(TERM_LIMIT), primary_key=True)
    weight: Mapped[float]


class RelatedTermCount(Model):
    """In how many vocabularies a term stands; the empty term counts the vocabularies themselves."""

    __tablename__ = "related_term_count"

    term: Mapped[str] = mapped_column(String(TERM_LIMIT), primary_key=True)
    articles: Mapped[int]


class RelatedVocabulary(Model):
    """The terms that an article was counted with, so that exactly these can be taken back."""

    __tablename__ = "related_vocabulary"

    article_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True
    )
    terms: Mapped[str] = mapped_column(Text)
    """In the order of the alphabet, separated by blanks."""


class RelatedArticle(Model):
    """A place in the list beside an article, as it was last worked out."""

    __tablename__ = "related_article"
    __table_args__ = (
        UniqueConstraint("article_id", "other_id"),
        Index("ix_related_article_other", "other_id", "article_id"),
    )

    article_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey(Article.id, ondelete="CASCADE"))
    score: Mapped[float]
    reason: Mapped[str] = mapped_column(String(REASON_LIMIT))

    other: Mapped[Article] = relationship(foreign_keys=[other_id], lazy="raise_on_sql")


class RelatedChoice(Model):
    """What an editor said: this one belongs here, in this order, or this one never."""

    __tablename__ = "related_choice"
    __table_args__ = (Index("ix_related_choice_other", "other_id"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True
    )
    pinned: Mapped[bool]
    position: Mapped[int] = mapped_column(default=0)
