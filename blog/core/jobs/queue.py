"""Putting work into the queue, and looking at what waits there."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from ..clock import now
from ..db import WriteOutsideTransaction, db, is_writing
from ..errors import NotFound
from .models import Job

WANTED = "wanted jobs"


def enqueue(kind: str, /, *, run_at: datetime | None = None, **payload: Any) -> None:
    """Write a job into the present transaction; one that waits already is asked for again.

    `payload` must survive JSON. Two jobs are the same when kind, payload and time agree. Asking
    again counts also for a job that a worker has in hand: it will be done once more. Raises
    WriteOutsideTransaction.
    """
    if not is_writing():
        raise WriteOutsideTransaction("jobs are written only inside core.db.writing()")
    digest = _digest(kind, run_at, payload)
    wanted = Job(kind=kind, payload=payload, digest=digest, run_at=run_at or now())
    db.session.info.setdefault(WANTED, {})[digest] = (wanted, run_at is None)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Store what a unit asks for as its last act, in one order, as page keys are (see `keys`)."""
    for digest, (wanted, at_once) in sorted(session.info.pop(WANTED, {}).items()):
        again = update(Job).where(Job.digest == digest, Job.failed_at.is_(None))
        sooner = {"run_at": wanted.run_at} if at_once else {}
        found = session.execute(again.values(asked=Job.asked + 1, **sooner).returning(Job.id))
        if not found.all():
            session.add(wanted)
    session.flush()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(WANTED, None)


def _digest(kind: str, run_at: datetime | None, payload: dict[str, Any]) -> str:
    said = [kind, run_at.isoformat() if run_at else None, payload]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


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
