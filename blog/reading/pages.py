"""What the templates of public pages are given: facts ready to be shown, nothing to decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..text.blocks import Block
from ..text.pictures import Picture
from ..web.chrome import Link
from ..web.pagination import Pages

__all__ = ["Link", "Pages"]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in the head of a page."""

    title: str
    description: str = ""
    canonical: str | None = None
    picture: str | None = None
    kind: Literal["website", "article"] = "website"


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture with what it shows and what is said below it."""

    picture: Picture
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An article as it is named on another page."""

    title: str
    href: str
    category: Link | None
    deck: str
    teaser: str
    published: datetime
    authors: tuple[Link, ...]
    minutes: int
    illustration: Illustration | None
    comments: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes here."""

    name: str
    href: str
    bio: str
    portrait: Illustration | None
    essays: int


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A plain link that hands an article to another service."""

    icon: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class AdvertisementView:
    """A house advertisement between two blocks."""

    name: str
    headline: str
    text: str
    href: str
    illustration: Illustration | None
    kind: Literal["advertisement"] = "advertisement"


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything on an article's page, in the order it stands there."""

    title: str
    deck: str
    address: str
    breadcrumb: tuple[Link, ...]
    authors: tuple[Person, ...]
    published: datetime
    updated: datetime | None
    minutes: int
    comments: int
    share: tuple[ShareLink, ...]
    hero: Illustration | None
    contents: tuple[tuple[str, str], ...]
    body: tuple[Block | AdvertisementView, ...]
    tags: tuple[Link, ...]
    related: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A category on the front page with its newest articles."""

    category: Link
    cards: tuple[Card, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Front:
    """The front page."""

    lead: Card | None
    latest: tuple[Card, ...]
    pictured: tuple[Card, ...]
    texts: tuple[Card, ...]
    strips: tuple[Strip, ...]
    people: tuple[Person, ...]
    today: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles under a heading."""

    kind: Literal["category", "tag"]
    title: str
    description: str
    cards: tuple[Card, ...]
    pages: Pages
