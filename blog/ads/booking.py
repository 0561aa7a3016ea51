"""Booking an advertisement, changing it, ending it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from ..articles.models import Article, Category
from ..core import addresses
from ..core.clock import now
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from ..media.models import ALT_LIMIT, Picture
from .events import AdvertisementsChanged
from .models import (
    HEADLINE_LIMIT,
    LINK_LIMIT,
    NAME_LIMIT,
    TARGETS_LIMIT,
    TEXT_LIMIT,
    WEIGHT_LIMIT,
    Advertisement,
    AdvertisementArticle,
    AdvertisementCategory,
)

LINK = re.compile(r"([^/?#]+://[^/?#]+)(.*)")
UNFIT_FOR_A_LINK = frozenset(' "<>\\')


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What an advertisement says, where it leads, when and where it runs.

    Without categories and articles it runs everywhere; without a start it runs from now on.
    """

    name: str
    headline: str
    link: str
    text: str = ""
    picture_id: int | None = None
    alt: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    active: bool = True
    weight: int = 1
    categories: Sequence[int] = ()
    articles: Sequence[int] = ()


def create(booking: Booking) -> Advertisement:
    """A new advertisement. Raises Invalid."""
    advertisement = Advertisement()
    _write(advertisement, booking)
    return advertisement


def change(advertisement: Advertisement, booking: Booking) -> None:
    """Let an advertisement say something else, or run elsewhere. Raises Invalid."""
    start = booking.starts_at or advertisement.starts_at
    _write(advertisement, replace(booking, starts_at=start))


def end(advertisement: Advertisement) -> None:
    """Let an advertisement run no longer, from now on; the row stays, to tell what ran."""
    at = now()
    if advertisement.ends_at is not None and advertisement.ends_at <= at:
        return
    advertisement.starts_at = min(advertisement.starts_at, at)
    advertisement.ends_at = at
    db.session.flush()
    announce(AdvertisementsChanged(advertisement.id))


def targets(advertisement: Advertisement) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The ids of the categories and of the articles an advertisement is aimed at."""
    categories = select(AdvertisementCategory.category_id).where(
        AdvertisementCategory.advertisement_id == advertisement.id
    )
    articles = select(AdvertisementArticle.article_id).where(
        AdvertisementArticle.advertisement_id == advertisement.id
    )
    return (
        tuple(db.session.scalars(categories.order_by(AdvertisementCategory.category_id))),
        tuple(db.session.scalars(articles.order_by(AdvertisementArticle.article_id))),
    )


def checked_link(link: str) -> str:
    """The link, its host in normal form, if a browser follows it to another page and nothing else.

    Raises Invalid.
    """
    link = link.strip()
    found = LINK.fullmatch(link)
    if found is None or not link.isprintable() or set(link) & UNFIT_FOR_A_LINK:
        raise Invalid("link", "A link begins with https:// or http:// and names a site.")
    try:
        link = addresses.origin(found[1]) + found[2]
    except ValueError:
        raise Invalid("link", "A link begins with https:// or http:// and names a site.") from None
    if len(link) > LINK_LIMIT:
        raise Invalid("link", f"The link may have {LINK_LIMIT} characters; this has {len(link)}.")
    return link


def _write(advertisement: Advertisement, booking: Booking) -> None:
    start = booking.starts_at or now()
    _check(booking, start)
    advertisement.name, advertisement.headline = _line(booking.name), _line(booking.headline)
    advertisement.text, advertisement.alt = _line(booking.text), _line(booking.alt)
    advertisement.link = checked_link(booking.link)
    advertisement.picture_id = booking.picture_id
    advertisement.starts_at, advertisement.ends_at = start, booking.ends_at
    advertisement.active, advertisement.weight = booking.active, booking.weight
    db.session.add(advertisement)
    db.session.flush()
    db.session.expire(advertisement, ["picture"])
    _aim(advertisement.id, booking)
    announce(AdvertisementsChanged(advertisement.id))


def _aim(advertisement_id: int, booking: Booking) -> None:
    for table in (AdvertisementCategory, AdvertisementArticle):
        db.session.execute(delete(table).where(table.advertisement_id == advertisement_id))
    for category_id in dict.fromkeys(booking.categories):
        db.session.add(
            AdvertisementCategory(advertisement_id=advertisement_id, category_id=category_id)
        )
    for article_id in dict.fromkeys(booking.articles):
        db.session.add(
            AdvertisementArticle(advertisement_id=advertisement_id, article_id=article_id)
        )
    db.session.flush()


def _check(booking: Booking, start: datetime) -> None:
    limits = {
        "name": (booking.name, NAME_LIMIT),
        "headline": (booking.headline, HEADLINE_LIMIT),
        "text": (booking.text, TEXT_LIMIT),
        "alt": (booking.alt, ALT_LIMIT),
    }
    for name, (value, limit) in limits.items():
        length = len(_line(value))
        if length > limit:
            raise Invalid(name, f"The {name} may have {limit} characters; this has {length}.")
        if not length and name in {"name", "headline"}:
            raise Invalid(name, f"An advertisement needs a {name}.")
    if booking.ends_at is not None and booking.ends_at <= start:
        raise Invalid("ends_at", "An advertisement ends after it has started.")
    if not 1 <= booking.weight <= WEIGHT_LIMIT:
        raise Invalid("weight", f"A weight is a whole number from 1 to {WEIGHT_LIMIT}.")
    _check_known("picture", Picture, () if booking.picture_id is None else (booking.picture_id,))
    _check_known("categories", Category, booking.categories)
    _check_known("articles", Article, booking.articles)


def _check_known(
    field: str, table: type[Picture] | type[Category] | type[Article], ids: Sequence[int]
) -> None:
    if len(ids) > TARGETS_LIMIT:
        raise Invalid(field, f"At most {TARGETS_LIMIT} can be named.")
    known = db.session.scalars(select(table.id).where(table.id.in_(ids))) if ids else ()
    if missing := sorted(set(ids) - set(known)):
        raise Invalid(field, f"There is none with the number {missing[0]}.")


def _line(value: str) -> str:
    """One line of printable characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
