"""Every article, by month."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from .pages import Card

PER_PAGE = 60

Months = tuple[tuple[datetime, tuple[Card, ...]], ...]


def by_month(cards: Iterable[Card], zone: ZoneInfo) -> Months:
    """Cards grouped by the month they were published in, as the site's zone counts months."""

    def month(card: Card) -> datetime:
        local = card.published.astimezone(zone)
        return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)

    return tuple((start, tuple(group)) for start, group in groupby(cards, key=month))
