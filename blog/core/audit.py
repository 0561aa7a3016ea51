"""Who did what to which thing, and when: rows that are only ever added.

Details hold numbers and words of ours, never a name, an address or a secret of a person: the entry
outlives the account it speaks of.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from .clock import now
from .db import Model, db

VERB_LIMIT = 80
SUBJECT_LIMIT = 120


class AuditEntry(Model):
    """One act. `actor_id` is empty when nobody was logged in: a command, a job, a link."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[int | None] = mapped_column(default=None, index=True)
    verb: Mapped[str] = mapped_column(String(VERB_LIMIT))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LIMIT))
    """Kind and number of the thing, as in `person:12`."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(actor_id: int | None, verb: str, subject: str, **details: Any) -> None:
    """Write an entry into the transaction of the act. `details` must survive JSON."""
    if len(verb) > VERB_LIMIT or len(subject) > SUBJECT_LIMIT:
        raise ValueError(f"{verb} {subject} is too long for the audit list")
    db.session.add(AuditEntry(actor_id=actor_id, verb=verb, subject=subject, details=details))
    db.session.flush()


def entries(
    limit: int = 50, *, before: int | None = None, subject: str = ""
) -> Sequence[AuditEntry]:
    """The latest entries, newest first; `before` is the number of the last one seen."""
    wanted = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    if subject:
        wanted = wanted.where(AuditEntry.subject == subject)
    return db.session.scalars(wanted).all()
