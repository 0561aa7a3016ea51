"""One way to write, and what happens when somebody tries another."""

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select

from blog.accounts.models import Person
from blog.core import events
from blog.core.db import UtcDateTime, WriteOutsideTransaction, db, end_read, writing
from blog.core.jobs.queue import enqueue
from blog.core.keys import PageKey, move, versions


def test_what_is_written_inside_a_unit_is_there_afterwards(app: Flask) -> None:
    with writing():
        db.session.add(Person(username="maren", name="Maren Holt"))
    assert db.session.scalars(select(Person.username)).all() == ["maren"]


def test_a_unit_that_fails_leaves_nothing(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        db.session.add(Person(username="maren", name="Maren Holt"))
        db.session.flush()
        raise ZeroDivisionError
    assert db.session.scalars(select(Person)).all() == []


def test_a_row_added_outside_a_unit_is_refused(app: Flask) -> None:
    db.session.add(Person(username="maren", name="Maren Holt"))
    with pytest.raises(WriteOutsideTransaction):
        db.session.flush()


def test_a_statement_that_changes_rows_outside_a_unit_is_refused(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        db.session.execute(delete(Person))


def test_units_do_not_stand_inside_each_other(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="inside another"), writing(), writing():
        pass


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), None)  # type: ignore[arg-type]


def test_moments_come_back_aware(app: Flask) -> None:
    at = datetime(2026, 7, 16, 6, 0, 0, 123_456, tzinfo=UTC)
    with writing():
        db.session.add(Person(username="maren", name="Maren Holt", created_at=at))
    assert db.session.scalars(select(Person.created_at)).one() == at


def test_a_page_key_moves_with_each_change_and_starts_at_nothing(app: Flask) -> None:
    assert versions(["body:1"]) == {"body:1": 0}
    with writing():
        move("body:1", "list:all", "body:1")
    with writing():
        move("body:1")
    assert versions(["body:1", "list:all", "card:9"]) == {"body:1": 2, "list:all": 1, "card:9": 0}


def test_a_key_moved_in_a_unit_that_fails_has_not_moved(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        move("body:1")
        raise ZeroDivisionError
    assert versions(["body:1"]) == {"body:1": 0}


def test_an_event_outside_a_unit_is_a_fault(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="outside a unit"):
        events.announce(object())


def test_many_writers_who_read_first_wait_and_all_succeed(app: Flask) -> None:
    """With a deferred BEGIN most of these fail at once with "database is locked"."""
    failures: list[Exception] = []

    def write(number: int) -> None:
        with app.app_context():
            try:
                for turn in range(10):
                    db.session.scalars(select(PageKey)).all()
                    end_read()
                    with writing():
                        db.session.add(Person(username=f"p{number}x{turn}", name="P"))
                        move("all")
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(db.session.scalars(select(Person.id)).all()) == 40
    assert versions(["all"]) == {"all": 40}


def test_writers_who_move_the_same_keys_in_another_order_never_wait_for_each_other(
    app: Flask,
) -> None:
    """On PostgreSQL two orders are a deadlock, and one of the two loses his work."""
    failures: list[Exception] = []

    def write(names: list[str]) -> None:
        with app.app_context():
            try:
                for _ in range(40):
                    with writing():
                        for name in names:
                            move(name)
                            enqueue("bell", name=name)
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    names = [f"key {number}" for number in range(8)]
    threads = [threading.Thread(target=write, args=(order,)) for order in (names, names[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert versions(names) == dict.fromkeys(names, 80)


def test_keys_and_jobs_outside_a_unit_are_refused(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        move("a")
    with pytest.raises(WriteOutsideTransaction):
        enqueue("bell")
