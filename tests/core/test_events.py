"""News is delivered in order, inside the transaction, and to the end."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from blog import subscribers
from blog.core import events
from blog.core.db import db, writing
from blog.core.jobs.models import Job
from blog.core.jobs.queue import enqueue


@dataclass(frozen=True)
class Rang:
    times: int


@pytest.fixture
def heard() -> Iterator[list[str]]:
    said: list[str] = []

    def ring_again(event: Rang) -> None:
        said.append(f"second hears {event.times}")
        if event.times > 1:
            events.announce(Rang(event.times - 1))

    events.subscribe({Rang: (lambda event: said.append(f"first hears {event.times}"), ring_again)})
    yield said
    events.subscribe(subscribers.EVENTS)


def test_handlers_hear_in_the_order_of_the_list_and_what_they_announce_follows(
    app: Flask, heard: list[str]
) -> None:
    with writing():
        events.announce(Rang(2))
        assert heard == []
    assert heard == ["first hears 2", "second hears 2", "first hears 1", "second hears 1"]


def test_a_circle_of_events_is_a_fault_and_stores_nothing(app: Flask, heard: list[str]) -> None:
    with pytest.raises(RuntimeError, match="circle"), writing():
        enqueue("bell")
        events.announce(Rang(100))
    assert db.session.scalars(select(Job)).all() == []


def test_a_handler_that_fails_takes_the_change_with_it(app: Flask, heard: list[str]) -> None:
    def fail(_event: Rang) -> None:
        raise ZeroDivisionError

    events.subscribe({Rang: (fail,)})
    with pytest.raises(ZeroDivisionError), writing():
        enqueue("bell")
        events.announce(Rang(1))
    assert db.session.scalars(select(Job)).all() == []
