"""Pages by keyset: a page is addressed by the entry it follows, never by a number.

Entries that come or go while somebody pages shift nothing, and the hundredth page costs what the
first one does.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..core.errors import NotFound

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOKEN = re.compile(r"(0|-?[1-9][0-9]{0,17})-([1-9][0-9]{0,9})")
MAX_ID = 2**31 - 1
"""The largest id: an INTEGER of PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list ordered by moment and id, newest first."""

    at: datetime
    id: int

    def token(self) -> str:
        """The place as it stands in an address: microseconds and id."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def parse(cls, token: str) -> "Cursor":
        """The place a token names. Raises NotFound for what is not a token of ours."""
        said = TOKEN.fullmatch(token)
        try:
            if said is None or int(said[2]) > MAX_ID:
                raise ValueError
            return cls(EPOCH + timedelta(microseconds=int(said[1])), int(said[2]))
        except (ValueError, OverflowError):
            raise NotFound("This page of the list does not exist.") from None


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for: after one entry, before one, or the newest."""

    older_than: Cursor | None = None
    newer_than: Cursor | None = None

    @classmethod
    def parse(cls, before: str | None, after: str | None) -> "Window":
        """The window that the parameters `before` and `after` name. Raises NotFound."""
        return cls(
            older_than=Cursor.parse(before) if before else None,
            newer_than=Cursor.parse(after) if after and not before else None,
        )


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the neighbouring pages of a list are."""

    newer: str | None = None
    older: str | None = None
