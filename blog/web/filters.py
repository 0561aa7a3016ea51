"""Dates and numbers in the language and zone of the site (CLDR data, by Babel)."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from .facts import site

REMEMBERED = 4_096
"""Formatted days and numbers kept in memory: CLDR patterns are slow to apply, and pages repeat."""


def add_filters(app: Flask) -> None:
    """Make the filters known to the templates of an application."""
    for function in (longdate, fulldate, isodate, isoday, month, number):
        app.jinja_env.filters[function.__name__] = function


def longdate(moment: datetime) -> str:
    """A day as people write it: July 16, 2025."""
    return _date(_local(moment).date(), "long", site().language)


def fulldate(moment: datetime) -> str:
    """A day with its weekday: Wednesday, July 16, 2025."""
    return _date(_local(moment).date(), "full", site().language)


def isodate(moment: datetime) -> str:
    """A moment for machines, with its zone (ISO 8601)."""
    return _local(moment).isoformat(timespec="seconds")


def isoday(moment: datetime) -> str:
    """A day for machines, in the zone of the site (ISO 8601): 2025-07-16."""
    return _local(moment).date().isoformat()


def month(moment: datetime) -> str:
    """A month: July 2025."""
    return _date(_local(moment).date(), "LLLL y", site().language)


@lru_cache(REMEMBERED)
def _date(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=_locale(language))


def number(value: int) -> str:
    """A number with the language's separators."""
    return _number(value, site().language)


@lru_cache(REMEMBERED)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=_locale(language))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(site().time_zone))


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
