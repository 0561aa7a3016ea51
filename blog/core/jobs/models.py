"""A job: what must still be done because something changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import now
from ..db import Model

KIND_LIMIT = 80
ERROR_LIMIT = 2_000


class Job(Model):
    """One piece of work; the row goes with the transaction that stores its result."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "failed_at", "run_at", "id"),
        Index("ix_job_same", "digest"),
        # A worker that lost its lease must never meet another job under the number of its own.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(KIND_LIMIT))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of kind, payload and asked-for time: what makes two jobs the same."""
    asked: Mapped[int] = mapped_column(default=1)
    """How often it was asked for; a worker removes only the asking that it knew of."""
    run_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(String(ERROR_LIMIT), default="")
