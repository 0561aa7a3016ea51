"""Moments as the writers of Markdown files put them down."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

MIN_YEAR = 1000
MAX_YEAR = 9998
"""A year has four digits, also when the zone moves New Year's Eve."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NUMBERS = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[Tt\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<rest>)")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY_MONTH = re.compile(rf"{_DAY}\.?\s+{_NAME},?\s+{_YEAR}")
_MONTH_DAY = re.compile(rf"{_NAME}\s+{_DAY},?\s+{_YEAR}")
_ZONE = re.compile(
    r"(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)$", re.IGNORECASE
)
_NAMED_FILE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+(.*))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, the day its writer called it, and what could not be understood."""

    at: datetime
    day: date
    leftover: str = ""


def parse(value: str, zone: tzinfo) -> Moment:
    """The moment a text says; without a zone of its own it is in `zone`. Raises ValueError.

    Read are ISO 8601 and its relatives (`2014-05-06 12:00:00 -0700`, `2014/5/6`, `20140506`),
    RFC 5322 (`Tue, 06 May 2014 12:00:00 -0700`), `6 May 2014` and `May 6, 2014`.
    """
    value = value.strip()
    if found := _NUMBERS.fullmatch(value) or _DIGITS.fullmatch(value):
        return _from_numbers(found, zone)
    if found := _DAY_MONTH.fullmatch(value) or _MONTH_DAY.fullmatch(value):
        return _moment(_named_day(found), zone)
    return _from_mail_date(value, zone)


def from_file_name(stem: str) -> tuple[date | None, str]:
    """Day and the rest of a name such as `2014-05-06-a-walk`; no day when it begins otherwise."""
    found = _NAMED_FILE.fullmatch(stem)
    if found is None:
        return None, stem
    try:
        day = _checked(date(*(int(part) for part in found.groups()[:3])))
    except ValueError:
        return None, stem
    return day, found.group(4) or ""


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _from_numbers(found: re.Match[str], zone: tzinfo) -> Moment:
    parts = found.groupdict()
    clock = [int(parts.get(name) or 0) for name in ("hour", "minute", "second")]
    days = [int(parts[name]) for name in ("year", "month", "day")]
    rest = parts["rest"].strip()
    ending = _ZONE.search(rest)
    leftover = rest[: ending.start()].strip() if ending else rest
    return _moment(datetime(*days, *clock), _zone(ending) if ending else zone, leftover)  # type: ignore[arg-type]


def _named_day(found: re.Match[str]) -> datetime:
    name = found["name"][:3].lower()
    if name not in _MONTHS:
        raise ValueError("no month has this name")
    return datetime(int(found["year"]), _MONTHS.index(name) + 1, int(found["day"]))


def _from_mail_date(value: str, zone: tzinfo) -> Moment:
    try:
        parts = parsedate_tz(value)
    except (IndexError, OverflowError, TypeError):  # the parser of mail dates is careless
        parts = None
    if parts is None:
        raise ValueError("this is not a date")
    offset = parts[9]
    return _moment(datetime(*parts[:6]), zone if offset is None else _offset(offset))


def _zone(found: re.Match[str]) -> tzinfo:
    if found["utc"]:
        return UTC
    seconds = int(found["hours"]) * 3600 + int(found["minutes"] or 0) * 60
    return _offset(-seconds if found["sign"] == "-" else seconds)


def _offset(seconds: int) -> tzinfo:
    return timezone(timedelta(seconds=seconds))


def _moment(local: datetime, zone: tzinfo, leftover: str = "") -> Moment:
    _checked(local.date())
    return Moment(local.replace(tzinfo=zone).astimezone(UTC), local.date(), leftover)


def _checked(day: date) -> date:
    if not MIN_YEAR <= day.year <= MAX_YEAR:
        raise ValueError("this year has not four digits")
    return day
