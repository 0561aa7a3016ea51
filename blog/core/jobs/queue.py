"""Putting work into the queue, and looking at what waits there."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from ..clock import now
from ..db import db
from ..errors import NotFound
from .models import Job


def enqueue(kind: str, /, *, run_at: datetime | None = None, **payload: Any) -> None:
    """Write a job into the present transaction, unless the same one waits there already.

    `payload` must survive JSON. Two jobs are the same when kind, payload and time agree.
    """
    due = run_at or now()
    waiting = select(Job).where(Job.kind == kind, Job.failed_at.is_(None), Job.tries == 0)
    if run_at is not None:
        waiting = waiting.where(Job.run_at == run_at)
    else:
        waiting = waiting.where(Job.run_at <= due)
    if any(job.payload == payload for job in db.session.scalars(waiting)):
        return
    db.session.add(Job(kind=kind, payload=payload, run_at=due))


def due(limit: int) -> list[int]:
    """The ids of what may be done now, oldest first."""
    waiting = select(Job.id).where(Job.failed_at.is_(None), Job.run_at <= now())
    return list(db.session.scalars(waiting.order_by(Job.run_at, Job.id).limit(limit)))


def counts() -> tuple[int, int]:
    """How many jobs wait, and how many were given up."""
    waiting = select(func.count()).select_from(Job).where(Job.failed_at.is_(None))
    failed = select(func.count()).select_from(Job).where(Job.failed_at.is_not(None))
    return db.session.scalar(waiting) or 0, db.session.scalar(failed) or 0


def retry(job_id: int) -> None:
    """Let a job that was given up wait again. Raises NotFound."""
    job = db.session.get(Job, job_id)
    if job is None or job.failed_at is None:
        raise NotFound(f"There is no job {job_id} that was given up.")
    job.failed_at, job.tries, job.run_at = None, 0, now()
