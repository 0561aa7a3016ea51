"""Pages by keyset: a page is addressed by the entry it follows, never by a number.

Entries that come or go while somebody pages shift nothing, and the hundredth page costs what the
first one does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..core.errors import NotFound

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOKEN_LIMIT = 40


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
        moment, dash, number = token.rpartition("-")
        digits = moment.removeprefix("-")
        if not dash or len(token) > TOKEN_LIMIT or not (digits + number).isascii():
            raise NotFound("This page of the list does not exist.")
        try:
            return cls(EPOCH + timedelta(microseconds=int(moment)), int(number))
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
