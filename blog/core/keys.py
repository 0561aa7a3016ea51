"""Versions by opaque name: what a page shows has keys, and a change moves them.

A page remembers the versions it was drawn with; when one has moved, the page is drawn anew. The
names mean nothing here.
"""

from collections.abc import Iterable

from sqlalchemy import String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, db

NAME_LIMIT = 120


class PageKey(Model):
    """How often what stands behind a name has changed."""

    __tablename__ = "page_key"

    name: Mapped[str] = mapped_column(String(NAME_LIMIT), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


def move(*names: str) -> None:
    """Say that what these names stand for has changed. Belongs into the transaction of the change.

    Names are moved in one order everywhere, so that two writers never wait for each other.
    """
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for name in sorted(set(names)):
        first = insert(PageKey).values(name=name, version=1)
        again = first.on_conflict_do_update(
            index_elements=[PageKey.name], set_={"version": PageKey.version + 1}
        )
        db.session.execute(again)


def versions(names: Iterable[str]) -> dict[str, int]:
    """The present version of each name; a name that never moved has version 0."""
    wanted = set(names)
    rows = db.session.execute(select(PageKey.name, PageKey.version).where(PageKey.name.in_(wanted)))
    found = dict(rows.all())
    return {name: found.get(name, 0) for name in wanted}
