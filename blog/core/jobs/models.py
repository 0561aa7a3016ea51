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
    __table_args__ = (Index("ix_job_due", "failed_at", "run_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(KIND_LIMIT))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    run_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(String(ERROR_LIMIT), default="")
