"""What a person may not do for a while. Sanctions end by themselves: one asks with the time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ..core import audit
from ..core.clock import now
from ..core.db import db
from ..core.errors import Forbidden, Invalid
from . import sessions
from .models import REASON_LIMIT, SHUT_OUT, SILENCED, Person, Role, Sanction, SanctionKind, holds
from .roles import Capability, require


def sanction(
    person: Person,
    kind: SanctionKind,
    reason: str,
    by: Person,
    ends_at: datetime | None = None,
) -> Sanction:
    """Put a sanction on a person; without an end it lasts until it is lifted.

    Whoever is shut out is logged out everywhere. Raises Forbidden, Invalid.
    """
    _check_may(by, person)
    reason = reason.strip()
    if not reason or len(reason) > REASON_LIMIT:
        raise Invalid("reason", f"Say why, in 1 to {REASON_LIMIT} characters.")
    if ends_at is not None and ends_at <= now():
        raise Invalid("ends_at", "The end must lie in the future.")
    if kind is SanctionKind.SUSPEND and ends_at is None:
        raise Invalid("ends_at", "A suspension has an end; a ban has none.")
    row = Sanction(person_id=person.id, kind=kind, reason=reason, by_id=by.id, ends_at=ends_at)
    db.session.add(row)
    if kind in SHUT_OUT:
        sessions.end_all(person)
    until = ends_at.isoformat() if ends_at else None
    audit.record(by.id, "sanction", f"person:{person.id}", kind=kind.value, until=until)
    return row


def lift(row: Sanction, by: Person) -> None:
    """End a sanction before its time. Raises Forbidden."""
    _check_may(by, db.session.get_one(Person, row.person_id))
    if row.lifted_at is None:
        row.lifted_at = now()
        audit.record(by.id, "lift sanction", f"person:{row.person_id}", kind=row.kind.value)


def in_force(person: Person, at: datetime) -> Sequence[Sanction]:
    """The sanctions that hold for a person at a moment, the latest first."""
    held = select(Sanction).where(Sanction.person_id == person.id, holds(at))
    return db.session.scalars(held.order_by(Sanction.id.desc())).all()


def check_not_silenced(person: Person, at: datetime) -> None:
    """Raises Forbidden, with the end, when a person may not speak in public."""
    _check_none(person, at, SILENCED, "You may not write here")


def check_not_shut_out(person: Person, at: datetime) -> None:
    """Raises Forbidden, with the end, when a person may not log in."""
    _check_none(person, at, SHUT_OUT, "This account is closed")


def last_end(ends: Sequence[datetime | None]) -> datetime | None:
    """When the last of several sanctions ends; None when one of them has no end."""
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _check_none(
    person: Person, at: datetime, kinds: frozenset[SanctionKind], sentence: str
) -> None:
    found = [row for row in in_force(person, at) if row.kind in kinds]
    if not found:
        return
    last = last_end([row.ends_at for row in found])
    until = f" until {last:%Y-%m-%d %H:%M} UTC" if last else ""
    raise Forbidden(f"{sentence}{until}. The reason given: {found[0].reason}")


def _check_may(by: Person, person: Person) -> None:
    """Moderators sanction readers and authors; administrators everybody but themselves."""
    require(by, Capability.SANCTION)
    above = by.role is Role.ADMINISTRATOR or person.role in {Role.READER, Role.AUTHOR}
    if by.id == person.id or not above:
        raise Forbidden("This account cannot be sanctioned by yours.")
