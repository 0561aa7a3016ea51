"""Work that follows a change: done once, again after a death, given up loudly."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blog.core import ephemeral
from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.jobs import queue, worker
from blog.core.jobs.models import Job
from blog.core.keys import move, versions


def note(*, name: str) -> Callable[[], None]:
    return lambda: move(name)


def fail(**_payload: Any) -> None:
    raise ValueError("the press is out of ink")


KINDS: dict[str, worker.Work] = {"note": note, "fail": fail}


def put(kind: str, **options: Any) -> None:
    with writing():
        queue.enqueue(kind, **options)


def jobs() -> list[Job]:
    db.session.rollback()
    return list(db.session.scalars(select(Job)))


def test_a_job_is_done_once_and_its_row_goes_with_its_result(app: Flask) -> None:
    put("note", name="a")
    assert worker.drain(KINDS) == 1
    assert versions(["a"]) == {"a": 1}
    assert jobs() == []
    assert worker.drain(KINDS) == 0


def test_the_same_job_waits_only_once(app: Flask) -> None:
    put("note", name="a")
    put("note", name="a")
    put("note", name="b")
    assert [job.payload for job in jobs()] == [{"name": "a"}, {"name": "b"}]


def test_a_job_for_later_waits_for_its_time(app: Flask) -> None:
    put("note", name="a", run_at=now() + timedelta(seconds=0.4))
    assert worker.drain(KINDS) == 0
    time.sleep(0.5)
    assert worker.drain(KINDS) == 1


def test_a_job_that_fails_waits_longer_each_time_and_says_why(app: Flask) -> None:
    put("fail")
    worker.drain(KINDS)
    (job,) = jobs()
    assert (job.tries, job.failed_at) == (1, None)
    assert job.run_at > now() + worker.FIRST_PAUSE / 2
    assert "out of ink" in job.error


def test_a_job_is_given_up_loudly_after_its_tries(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("blog").propagate = True
    put("fail")
    for _ in range(worker.MAX_TRIES):
        with writing():
            for job in db.session.scalars(select(Job)):
                job.run_at = now()
        worker.drain(KINDS)
    (job,) = jobs()
    assert job.failed_at is not None
    assert worker.drain(KINDS) == 0
    assert any(
        record.levelname == "ERROR" and "given up" in record.message for record in caplog.records
    )
    assert queue.counts() == (0, 1)


def test_a_job_given_up_may_be_tried_again_and_is_really_tried(app: Flask) -> None:
    put("fail")
    for _ in range(worker.MAX_TRIES):
        with writing():
            for job in db.session.scalars(select(Job)):
                job.run_at = now()
        worker.drain(KINDS)
    (job,) = jobs()
    assert job.failed_at is not None
    with writing():
        queue.retry(job.id)
    assert queue.counts() == (1, 0)
    worker.drain(KINDS | {"fail": lambda: lambda: move("ink")})
    assert (jobs(), versions(["ink"])) == ([], {"ink": 1})


def test_a_worker_that_lost_its_lease_never_meets_another_job_under_its_number(app: Flask) -> None:
    put("slow")

    def slow() -> Callable[[], None]:
        with writing():
            db.session.delete(db.session.scalars(select(Job)).one())
        put("note", name="new")
        return lambda: move("stale")

    worker.drain({"slow": slow, **KINDS})
    assert versions(["stale", "new"]) == {"stale": 0, "new": 1}


def test_a_job_that_somebody_holds_is_left_to_him(app: Flask) -> None:
    put("note", name="a")
    (job,) = jobs()
    assert ephemeral.claim(f"job:{job.id}", "elsewhere:1", 30) == 1
    assert worker.drain(KINDS) == 0
    assert versions(["a"]) == {"a": 0}


def test_a_lease_of_a_dead_process_is_free_again(app: Flask) -> None:
    put("note", name="a")
    (job,) = jobs()
    me = ephemeral.holder().rpartition(":")[0]
    assert ephemeral.claim(f"job:{job.id}", f"{me}:4194999", 3_600) == 1
    assert worker.drain(KINDS) == 0
    assert ephemeral.lapse_of_the_dead() == 1
    assert worker.drain(KINDS) == 1


def test_a_job_that_kills_its_worker_is_given_up(app: Flask) -> None:
    put("note", name="a")
    (job,) = jobs()
    for _ in range(worker.MAX_TRIES):
        assert ephemeral.claim(f"job:{job.id}", "here:1", -1) is not None
    worker.drain(KINDS)
    (job,) = jobs()
    assert job.failed_at is not None
    assert "died" in job.error
    assert versions(["a"]) == {"a": 0}


def test_a_result_is_not_stored_when_somebody_was_faster(app: Flask) -> None:
    put("note", name="a")

    def overtaken(*, name: str) -> Callable[[], None]:
        with writing():
            db.session.delete(db.session.scalars(select(Job)).one())
        return lambda: move(name)

    worker.drain({"note": overtaken})
    assert versions(["a"]) == {"a": 0}


def test_a_job_that_is_asked_for_while_it_is_done_is_done_once_more(app: Flask) -> None:
    """What was read before the second change is old, so it is not stored."""
    put("slow", name="a")
    turns: list[int] = []

    def slow(*, name: str) -> Callable[[], None]:
        turns.append(1)
        if len(turns) == 1:
            put("slow", name="a")
        return lambda: move(name)

    worker.drain({"slow": slow})
    assert len(turns) == 2
    assert versions(["a"]) == {"a": 1}
    assert jobs() == []


def test_asking_again_for_a_job_that_failed_does_not_wait_for_its_pause(app: Flask) -> None:
    put("fail")
    worker.drain(KINDS)
    put("fail")
    (job,) = jobs()
    assert job.run_at <= now()


def test_an_unknown_kind_is_a_failure_and_not_a_crash(app: Flask) -> None:
    put("nobody knows this")
    worker.drain(KINDS)
    assert "KeyError" in jobs()[0].error


@pytest.mark.parametrize("text", ["häß", "日本", "a" * 3_000])
def test_an_error_of_any_text_is_kept_within_its_limit(app: Flask, text: str) -> None:
    def wail() -> None:
        raise ValueError(text)

    put("wail")
    worker.drain({"wail": wail})
    assert text[:5] in jobs()[0].error or len(jobs()[0].error) == 2_000
