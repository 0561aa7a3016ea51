"""`flask --app blog database` and `jobs`."""

from flask import Flask
from sqlalchemy import select

from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.jobs.models import Job
from blog.core.jobs.queue import enqueue
from tests import factories


def say(app: Flask, *words: str, status: int = 0) -> str:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=[*words])
    assert result.exit_code == status, result.output
    return result.output


def test_a_database_that_is_up_to_date_stays_so(app: Flask) -> None:
    factories.person()
    assert "present schema" in say(app, "database", "upgrade")
    assert "what the code expects" in say(app, "database", "check")


def test_going_back_asks_first(app: Flask) -> None:
    assert "Go on?" in say(app, "database", "downgrade", "base", status=1)


def test_a_revision_that_is_not_there_is_said_in_a_sentence(app: Flask) -> None:
    for words in (("downgrade", "--yes", "0099"), ("upgrade", "0099")):
        said = say(app, "database", *words, status=1)
        assert "0099" in said
        assert len(said.splitlines()) == 1
    assert "present schema" in say(app, "database", "upgrade")


def test_jobs_are_counted_run_and_tried_again(app: Flask) -> None:
    with writing():
        enqueue("nobody.knows.this")
    assert "1 waiting, 0 given up" in say(app, "jobs", "list")
    assert "1 begun" in say(app, "jobs", "run")
    with writing():
        db.session.scalars(select(Job)).one().failed_at = now()
    said = say(app, "jobs", "list")
    assert "0 waiting, 1 given up" in said
    assert "KeyError" in said
    number = said.splitlines()[1].split()[0]
    assert "waits again" in say(app, "jobs", "retry", number)
    assert "1 waiting" in say(app, "jobs", "list")


def test_a_job_that_is_not_there_is_said_in_a_sentence(app: Flask) -> None:
    assert "no job 99" in say(app, "jobs", "retry", "99", status=1)
