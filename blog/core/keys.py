"""Versions by opaque name: what a page shows has keys, and a change moves them.

A page remembers the versions it was drawn with; when one has moved, the page is drawn anew. The
names mean nothing here.
"""

from collections.abc import Iterable

from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from .db import Model, WriteOutsideTransaction, db, insert, is_writing

NAME_LIMIT = 120
MOVED = "moved page keys"


class PageKey(Model):
    """How often what stands behind a name has changed."""

    __tablename__ = "page_key"

    name: Mapped[str] = mapped_column(String(NAME_LIMIT), primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


def move(*names: str) -> None:
    """Say that what these names stand for has changed. Belongs into the transaction of the change.

    The names of a whole unit are written together, in one order, as its last act: so no two
    writers ever wait for each other, and the rows are held for the shortest time. Raises
    WriteOutsideTransaction.
    """
    if not is_writing():
        raise WriteOutsideTransaction("keys are moved only inside core.db.writing()")
    db.session.info.setdefault(MOVED, set()).update(names)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    for name in sorted(session.info.pop(MOVED, ())):
        first = insert(PageKey).values(name=name, version=1)
        again = first.on_conflict_do_update(
            index_elements=[PageKey.name], set_={"version": PageKey.version + 1}
        )
        session.execute(again)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(MOVED, None)


def versions(names: Iterable[str]) -> dict[str, int]:
    """The present version of each name; a name that never moved has version 0."""
    wanted = set(names)
    rows = db.session.execute(select(PageKey.name, PageKey.version).where(PageKey.name.in_(wanted)))
    found = dict(rows.all())
    return {name: found.get(name, 0) for name in wanted}
