"""Doing the work: claim, work without a transaction, store the result and the removal together.

A job is leased in the forgettable database, so a killed worker costs one repetition and never a
result: the result and the removal of the row are one transaction, and whoever comes second finds
the row gone.
"""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from .. import ephemeral
from ..clock import now
from ..db import db, end_read, writing
from . import queue
from .models import ERROR_LIMIT, Job

Record = Callable[[], None]
Work = Callable[..., Record | None]

LEASE_SECONDS = 30.0
MAX_TRIES = 6
FIRST_PAUSE = timedelta(seconds=5)
"""The pause after the first failure; each further one is four times as long (85 min at last)."""
BATCH = 20
IDLE_SECONDS = 0.5

log = logging.getLogger(__name__)


def work(kinds: Mapping[str, Work], stop: threading.Event) -> None:
    """Do jobs until told to stop. Needs an application context."""
    ephemeral.lapse_of_the_dead()
    while not stop.is_set():
        try:
            done = drain(kinds, stop)
        except Exception:
            log.exception("the job process could not look at its queue")
            done = 0
        finally:
            db.session.remove()
        if not done:
            stop.wait(IDLE_SECONDS)


def drain(kinds: Mapping[str, Work], stop: threading.Event | None = None) -> int:
    """Do what is due now, until nothing is; gives how many jobs were begun."""
    begun = 0
    while True:
        waiting = queue.due(BATCH)
        end_read()
        started = 0
        for job_id in waiting:
            if stop is not None and stop.is_set():
                return begun
            started += run(job_id, kinds)
        begun += started
        if not started:
            return begun


def run(job_id: int, kinds: Mapping[str, Work]) -> bool:
    """Do one job, if nobody else is at it; gives whether it was begun."""
    name, me = f"job:{job_id}", ephemeral.holder()
    starts = ephemeral.claim(name, me, LEASE_SECONDS)
    if starts is None:
        return False
    try:
        with _heartbeat(name, me):
            _attempt(job_id, starts, kinds)
    except Exception:
        given_up = _failed(job_id, traceback.format_exc())
        # A lease that is kept remembers the tries; one that is given back forgets them.
        (ephemeral.release if given_up else ephemeral.lapse)(name, me)
    else:
        ephemeral.release(name, me)
    finally:
        db.session.remove()
    return True


def _attempt(job_id: int, starts: int, kinds: Mapping[str, Work]) -> None:
    job = db.session.get(Job, job_id)
    if job is None:
        return
    kind, payload, tries, asked = job.kind, dict(job.payload), job.tries, job.asked
    if starts > MAX_TRIES + tries:
        _give_up(job_id, f"the worker died {starts - 1} times while doing this")
        return
    record = kinds[kind](**payload)
    end_read()
    with writing():
        gone = db.session.execute(delete(Job).where(Job.id == job_id, Job.asked == asked))
        if gone.rowcount and record is not None:  # type: ignore[attr-defined]
            record()


def _failed(job_id: int, trace: str) -> bool:
    """Note the failure; try again later, or give up loudly. Gives whether it was given up."""
    db.session.rollback()
    with writing():
        job = db.session.get(Job, job_id)
        if job is None:
            return False
        job.tries += 1
        job.error = trace[-ERROR_LIMIT:]
        job.run_at = now() + FIRST_PAUSE * 4 ** (job.tries - 1)
        kind, tries = job.kind, job.tries
    last_line = trace.strip().rpartition("\n")[2]
    if tries >= MAX_TRIES:
        _give_up(job_id, trace)
    else:
        log.warning("job %s (%s) failed, try %d: %s", job_id, kind, tries, last_line)
    return tries >= MAX_TRIES


def _give_up(job_id: int, error: str) -> None:
    with writing():
        job = db.session.get(Job, job_id)
        if job is None:
            return
        job.failed_at = now()
        job.error = error[-ERROR_LIMIT:]
        kind, tries = job.kind, job.tries
    log.error("job %s (%s) was given up after %d tries: %s", job_id, kind, tries, error.strip())


@contextmanager
def _heartbeat(name: str, me: str) -> Iterator[None]:
    """Renew the lease while the work lasts, however long that is."""
    finished = threading.Event()
    engine: Any = ephemeral.engine()

    def beat() -> None:
        while not finished.wait(LEASE_SECONDS / 3):
            ephemeral.renew(name, me, LEASE_SECONDS, engine)

    thread = threading.Thread(target=beat, daemon=True, name=f"lease of {name}")
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join(timeout=1)
