"""Tables of articles and of what orders them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Person
from ..core.clock import now
from ..core.db import Model
from ..media.models import ALT_LIMIT, CAPTION_LIMIT, Picture

TITLE_LIMIT = 200
DECK_LIMIT = 500
SLUG_LIMIT = 96
TEASER_LIMIT = 320
TAG_LIMIT = 60
TAGS_LIMIT = 20
"""How many tags an article may bear."""
DESCRIPTION_LIMIT = 300
WORDS_PER_MINUTE = 230
"""Silent reading of English prose: 238 words a minute on average (Brysbaert 2019), rounded down."""


def values_of(kind: type[StrEnum]) -> list[str]:
    """What is stored of an enumeration: its values, which outlive the names in the code."""
    return [member.value for member in kind]


class State(StrEnum):
    """Where an article stands. Published with a time to come means scheduled."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    DELETED = "deleted"


class SourceKind(StrEnum):
    """How the source of an article is read."""

    MARKDOWN = "markdown"
    MIXED = "mixed"
    """Markdown with HTML in it, as importers bring it."""


class Category(Model):
    """The one shelf an article stands on."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(TAG_LIMIT))
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LIMIT), default="")
    position: Mapped[int] = mapped_column(default=0)
    in_use: Mapped[bool] = mapped_column(default=False)
    """Whether readers found something in it when last looked at: tells when the masthead moves."""


class Tag(Model):
    """A word that several articles share."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(TAG_LIMIT))


class ArticleTag(Model):
    """Which article bears which tag, in the order its author gave."""

    __tablename__ = "article_tag"
    __table_args__ = (Index("ix_article_tag_tag", "tag_id", "article_id"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey(Tag.id), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Byline(Model):
    """Who wrote an article, in order."""

    __tablename__ = "byline"
    __table_args__ = (Index("ix_byline_person", "person_id", "article_id"),)

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Article(Model):
    """An article: what lists need is loaded always, the body when asked for."""

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_when"),
        Index("ix_article_visible", "state", "published_at", "id"),
        Index("ix_article_category_visible", "category_id", "state", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    deck: Mapped[str] = mapped_column(String(DECK_LIMIT), default="")
    teaser: Mapped[str] = mapped_column(String(TEASER_LIMIT), default="")
    state: Mapped[State] = mapped_column(
        SqlEnum(
            State,
            native_enum=False,
            length=20,
            values_callable=values_of,
        ),
        default=State.DRAFT,
    )
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    updated_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default=now)
    category_id: Mapped[int | None] = mapped_column(ForeignKey(Category.id), default=None)
    hero_id: Mapped[int | None] = mapped_column(ForeignKey(Picture.id), index=True, default=None)
    hero_alt: Mapped[str] = mapped_column(String(ALT_LIMIT), default="")
    hero_caption: Mapped[str] = mapped_column(String(CAPTION_LIMIT), default="")
    words: Mapped[int] = mapped_column(default=0)
    comment_count: Mapped[int] = mapped_column(default=0)
    """Shown comments; the room above counts and writes it."""

    source_kind: Mapped[SourceKind] = mapped_column(
        SqlEnum(SourceKind, native_enum=False, length=20, values_callable=values_of),
        default=SourceKind.MARKDOWN,
    )
    source: Mapped[str] = mapped_column(Text, default="", deferred=True, deferred_group="body")
    text: Mapped[str] = mapped_column(Text, default="", deferred=True, deferred_group="body")
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, deferred=True, deferred_group="body"
    )
    sanitizer_version: Mapped[int] = mapped_column(default=0, deferred=True, deferred_group="body")

    category: Mapped[Category | None] = relationship(lazy="raise_on_sql")
    hero: Mapped[Picture | None] = relationship(lazy="raise_on_sql")
    bylines: Mapped[list[Byline]] = relationship(
        lazy="raise_on_sql", order_by=Byline.position, cascade="all, delete-orphan"
    )
    tags: Mapped[list[Tag]] = relationship(
        secondary=ArticleTag.__table__,
        order_by=ArticleTag.position,
        lazy="raise_on_sql",
        viewonly=True,
    )

    @property
    def minutes(self) -> int:
        """Minutes of reading, at least one."""
        return max(1, round(self.words / WORDS_PER_MINUTE))

    def visible(self, at: datetime) -> bool:
        """Whether a reader may see it at a moment."""
        return (
            self.state is State.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
        )


class OldSlug(Model):
    """An address an article had once; it answers 301 for ever."""

    __tablename__ = "old_slug"

    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey(Article.id, ondelete="CASCADE"), index=True)


def visible_articles(at: datetime) -> ColumnElement[bool]:
    """The one condition that says which articles readers see."""
    return and_(Article.state == State.PUBLISHED, Article.published_at <= at)
