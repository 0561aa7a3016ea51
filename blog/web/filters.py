"""Dates and numbers in the language and zone of the site (CLDR data, by Babel)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

from .facts import site


def add_filters(app: Flask) -> None:
    """Make the filters known to the templates of an application."""
    for function in (longdate, fulldate, isodate, month, number):
        app.jinja_env.filters[function.__name__] = function


def longdate(moment: datetime) -> str:
    """A day as people write it: July 16, 2025."""
    return format_date(_local(moment), "long", locale=_locale())


def fulldate(moment: datetime) -> str:
    """A day with its weekday: Wednesday, July 16, 2025."""
    return format_date(_local(moment), "full", locale=_locale())


def isodate(moment: datetime) -> str:
    """A moment for machines, with its zone (ISO 8601)."""
    return _local(moment).isoformat(timespec="seconds")


def month(moment: datetime) -> str:
    """A month: July 2025."""
    return format_datetime(_local(moment), "LLLL y", locale=_locale())


def number(value: int) -> str:
    """A number with the language's separators."""
    return format_decimal(value, locale=_locale())


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(site().time_zone))


def _locale() -> Locale:
    return Locale.parse(site().language, sep="-")
