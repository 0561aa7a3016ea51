"""Which advertisements are due on a page, in which order, and until when that holds."""

import hashlib
import math
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from ..core.db import db
from .models import Advertisement, AdvertisementArticle, AdvertisementCategory

_AT_ARTICLE, _AT_CATEGORY, _EVERYWHERE = range(3)


def due_for(article_id: int, category_id: int | None, at: datetime) -> list[Advertisement]:
    """What may stand on an article's page at a moment: the closest aimed first.

    Among equals the order is drawn by lot, and the lot is made of the two ids and the weight alone:
    another order on every page, the same for every reader of one.
    """
    at_article = _aimed(AdvertisementArticle, AdvertisementArticle.article_id == article_id)
    at_category = _aimed(AdvertisementCategory, AdvertisementCategory.category_id == category_id)
    everywhere = and_(~_aimed(AdvertisementArticle), ~_aimed(AdvertisementCategory))
    nearness = case((at_article, _AT_ARTICLE), (at_category, _AT_CATEGORY), else_=_EVERYWHERE)
    due = select(Advertisement, nearness).where(_runs(at), or_(at_article, at_category, everywhere))
    found = [(advertisement, near) for advertisement, near in db.session.execute(due)]
    found.sort(key=lambda one: (one[1], _lot(one[0], article_id), one[0].id))
    return [advertisement for advertisement, _ in found]


def next_change(at: datetime) -> datetime | None:
    """The first moment after `at` when an advertisement starts or ends by its dates."""
    booked = Advertisement.active.is_(True)
    starts = select(func.min(Advertisement.starts_at)).where(booked, Advertisement.starts_at > at)
    ends = select(func.min(Advertisement.ends_at)).where(booked, Advertisement.ends_at > at)
    moments = (db.session.scalar(starts), db.session.scalar(ends))
    return min((moment for moment in moments if moment is not None), default=None)


def _runs(at: datetime) -> ColumnElement[bool]:
    """The one condition that says which advertisements run at a moment."""
    return and_(
        Advertisement.active.is_(True),
        Advertisement.starts_at <= at,
        or_(Advertisement.ends_at.is_(None), Advertisement.ends_at > at),
    )


def _aimed(
    table: type[AdvertisementArticle] | type[AdvertisementCategory], *at: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists().where(table.advertisement_id == Advertisement.id, *at)


def _lot(advertisement: Advertisement, article_id: int) -> float:
    """Smaller is earlier, and a weight of w comes first w times as often as a weight of 1.

    A draw from the exponential distribution of rate `weight`: Efraimidis and Spirakis, "Weighted
    random sampling with a reservoir" (2006), with a hash in the place of the random number.
    """
    ids = f"{advertisement.id}:{article_id}".encode()
    draw = int.from_bytes(hashlib.blake2b(ids, digest_size=8).digest())
    return -math.log((draw + 1) / 2**64) / advertisement.weight
