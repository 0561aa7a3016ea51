"""Where people are logged in: one row for each log-in, which can be ended from anywhere.

The browser holds a random token, the row only its hash (256 bits; OWASP ASVS 7.2.3 asks for 128).
Roles and sanctions are read with every `find`, so a change holds from the next request on.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update

from ..core.clock import now
from ..core.db import db
from ..core.errors import NotFound
from .models import DEVICE_LIMIT, LoginSession, Person, shut_out
from .proofs import TOKEN_BYTES, digest

LASTS = timedelta(days=90)
KEPT = timedelta(days=30)
"""How long a session that is over stays as a row."""
AT_ONCE = 20
"""A person who logs in on more devices is logged out on the one of the oldest log-in."""


def begin(person: Person, device: str) -> str:
    """Log a person in; gives the token for the cookie. `device` is a few words."""
    _tidy(person)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    words = " ".join(device.split())[:DEVICE_LIMIT]
    db.session.add(LoginSession(token_hash=digest(token), person_id=person.id, device=words))
    db.session.flush()
    return token


def find(token: str) -> Person | None:
    """The person who is logged in by this token, if it still means anything; one query."""
    at = now()
    wanted = (
        select(Person)
        .join(LoginSession, LoginSession.person_id == Person.id)
        .where(
            LoginSession.token_hash == digest(token),
            LoginSession.ended_at.is_(None),
            LoginSession.created_at > at - LASTS,
            Person.erased_at.is_(None),
            ~shut_out(at),
        )
    )
    return db.session.scalar(wanted)


def number(token: str) -> int | None:
    """The number of a token's session, to point out the present one in a list."""
    wanted = select(LoginSession.id).where(LoginSession.token_hash == digest(token))
    return db.session.scalar(wanted)


def of(person: Person) -> Sequence[LoginSession]:
    """Where a person is logged in, the latest first."""
    live = select(LoginSession).where(
        LoginSession.person_id == person.id,
        LoginSession.ended_at.is_(None),
        LoginSession.created_at > now() - LASTS,
    )
    return db.session.scalars(live.order_by(LoginSession.id.desc())).all()


def end(token: str) -> None:
    """Log out; a token that means nothing is no fault."""
    _end(LoginSession.token_hash == digest(token))


def end_one(person: Person, session_id: int) -> None:
    """End one of a person's own sessions. Raises NotFound."""
    if not _end(LoginSession.id == session_id, LoginSession.person_id == person.id):
        raise NotFound("You are not logged in there any more.")


def end_all(person: Person, except_token: str | None = None) -> None:
    """Log a person out everywhere, or everywhere else."""
    kept = LoginSession.token_hash != digest(except_token or "")
    _end(LoginSession.person_id == person.id, kept)


def _end(*which: object) -> int:
    open_ones = update(LoginSession).where(LoginSession.ended_at.is_(None), *which)  # type: ignore[arg-type]
    ended = db.session.execute(open_ones.values(ended_at=now()))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def _tidy(person: Person) -> None:
    """Make room for one session more."""
    own = LoginSession.person_id == person.id
    long_over = LoginSession.ended_at < now() - KEPT
    db.session.execute(delete(LoginSession).where(own, long_over))
    for oldest in of(person)[AT_ONCE - 1 :]:
        oldest.ended_at = now()
    db.session.flush()
