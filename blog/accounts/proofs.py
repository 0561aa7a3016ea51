"""Links that prove who reads the mail of an address: random, stored as a hash, good for one use."""

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func, select, update

from ..core.clock import now
from ..core.db import db
from ..core.errors import Invalid
from .models import ProofToken, Purpose

TOKEN_BYTES = 32
LASTS = {
    Purpose.RESET: timedelta(hours=1),
    Purpose.CHANGE_EMAIL: timedelta(hours=1),
    Purpose.VERIFY: timedelta(days=1),
    Purpose.INVITE: timedelta(days=7),
}


def make(purpose: Purpose, person_id: int, email: str) -> str:
    """A new token, for the link; only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = ProofToken(
        purpose=purpose,
        person_id=person_id,
        token_hash=digest(token),
        email=email,
        expires_at=now() + LASTS[purpose],
    )
    db.session.add(row)
    db.session.flush()
    return token


def peek(token: str, *purposes: Purpose) -> ProofToken | None:
    """The row of a token that still works, without using it up."""
    wanted = select(ProofToken).where(
        ProofToken.token_hash == digest(token), ProofToken.purpose.in_(purposes)
    )
    return db.session.scalar(
        wanted.where(ProofToken.used_at.is_(None), ProofToken.expires_at > now())
    )


def use(token: str, *purposes: Purpose) -> ProofToken:
    """The row of a token, which works no more. Raises Invalid; of two at once one is refused."""
    proof = peek(token, *purposes)
    if proof is None or not _mark(ProofToken.id == proof.id):
        raise dead()
    return proof


def end_all(person_id: int, *purposes: Purpose) -> None:
    """Let no open token of a person work any more, of these purposes or of all."""
    _mark(ProofToken.person_id == person_id, ProofToken.purpose.in_(purposes or tuple(Purpose)))


def count_open(person_id: int, purpose: Purpose) -> int:
    """How many tokens of a person could still be used."""
    mine = select(func.count()).select_from(ProofToken)
    mine = mine.where(ProofToken.person_id == person_id, ProofToken.purpose == purpose)
    return (
        db.session.scalar(mine.where(ProofToken.used_at.is_(None), ProofToken.expires_at > now()))
        or 0
    )


def dead() -> Invalid:
    """What is said of a link that does not work, whatever the reason."""
    return Invalid("token", "This link was used already or is too old. Please ask for a new one.")


def digest(token: str) -> str:
    """What is stored of a token. It is random, so a fast hash is enough."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _mark(*which: object) -> int:
    used = update(ProofToken).where(ProofToken.used_at.is_(None), *which)  # type: ignore[arg-type]
    found = db.session.execute(used.values(used_at=now()))
    return int(found.rowcount)  # type: ignore[attr-defined]
