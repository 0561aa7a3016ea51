"""Tables of advertisements and of what they are aimed at."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..articles.models import Article, Category
from ..core.clock import now
from ..core.db import Model
from ..media.models import ALT_LIMIT, Picture

NAME_LIMIT = 80
"""Of the name it has in our own lists; readers see it as the name of the advertiser."""
HEADLINE_LIMIT = 120
TEXT_LIMIT = 300
LINK_LIMIT = 500
WEIGHT_LIMIT = 100
TARGETS_LIMIT = 100
"""Categories, and articles, that one advertisement may be aimed at."""


class Advertisement(Model):
    """Words or a picture, a link, and when it runs; without a target it runs everywhere."""

    __tablename__ = "advertisement"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("weight > 0", name="weight_positive"),
        Index("ix_advertisement_due", "active", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    headline: Mapped[str] = mapped_column(String(HEADLINE_LIMIT))
    text: Mapped[str] = mapped_column(String(TEXT_LIMIT), default="")
    link: Mapped[str] = mapped_column(String(LINK_LIMIT))
    picture_id: Mapped[int | None] = mapped_column(ForeignKey(Picture.id), index=True, default=None)
    alt: Mapped[str] = mapped_column(String(ALT_LIMIT), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    """The first moment it no longer runs."""
    active: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[int] = mapped_column(default=1)
    """How many times more often than one of weight 1 it stands before the others."""
    created_at: Mapped[datetime] = mapped_column(default=now)

    picture: Mapped[Picture | None] = relationship(lazy="joined")


class AdvertisementCategory(Model):
    """A category whose articles an advertisement is aimed at."""

    __tablename__ = "advertisement_category"

    advertisement_id: Mapped[int] = mapped_column(
        ForeignKey(Advertisement.id, ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[int] = mapped_column(
        ForeignKey(Category.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class AdvertisementArticle(Model):
    """An article that an advertisement is aimed at."""

    __tablename__ = "advertisement_article"

    advertisement_id: Mapped[int] = mapped_column(
        ForeignKey(Advertisement.id, ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey(Article.id, ondelete="CASCADE"), primary_key=True, index=True
    )
