"""Counters that slow things down: exact among processes, and never rolled back."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.config import Config
from blog.core import ephemeral
from blog.core.db import writing

PAUSES = (0.0, 0.0, 30.0, 60.0)


@pytest.fixture(autouse=True)
def _nothing_counted(app: Flask) -> Iterator[None]:
    with ephemeral.engine().begin() as connection:
        connection.execute(ephemeral.counter.delete())
    yield


def take(name: str = "a", pauses: tuple[float, ...] = PAUSES, memory: float = 1_000.0) -> float:
    return ephemeral.take(name, pauses, memory)


def test_the_first_tries_are_free_and_then_one_waits_longer_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Hand(monkeypatch)
    assert [take(), take(), take()] == [0, 0, 0]
    assert take() == pytest.approx(30)
    clock.now += 29
    assert take() == pytest.approx(1)
    clock.now += 2
    assert take() == 0
    assert take() == pytest.approx(60)
    clock.now += 61
    assert take() == 0
    assert take() == pytest.approx(60)
    assert take("b") == 0


class Hand:
    """A clock that is moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        monkeypatch.setattr(ephemeral, "time", self)

    def time(self) -> float:
        return self.now


def test_all_is_forgotten_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Hand(monkeypatch)
    for _ in range(3):
        take()
    clock.now += 30 + 1_001
    assert [take(), take(), take()] == [0, 0, 0]
    assert take() > 0
    ephemeral.forget("a")
    assert take() == 0
    clock.now += 5_000
    assert ephemeral.forget_old() == 1


def test_a_good_try_is_given_back() -> None:
    for _ in range(20):
        assert take() == 0
        ephemeral.give_back("a")
    ephemeral.give_back("never counted")


def test_a_name_is_remembered_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Hand(monkeypatch)
    assert not ephemeral.remembers("home")
    ephemeral.remember("home", 100)
    clock.now += 60
    assert ephemeral.remembers("home")
    ephemeral.remember("home", 100)
    clock.now += 60
    assert ephemeral.remembers("home")
    clock.now += 60
    assert not ephemeral.remembers("home")


def test_many_at_once_are_counted_each(app: Flask) -> None:
    def one(_: int) -> float:
        with app.app_context():
            return take()

    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(one, range(100)))
    assert waits.count(0) == 3


def test_a_count_is_kept_when_the_unit_of_writing_around_it_fails() -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), writing():
            assert take() == 0
            raise ZeroDivisionError
    assert take() > 0


def test_a_count_is_seen_by_another_process(app: Flask, config: Config) -> None:
    """And outlives the one that made it."""
    program = (
        "import sys; from pathlib import Path; from blog import create_app;"
        "from blog.config import Config; from blog.core import ephemeral;"
        "app = create_app(Config(instance=Path(sys.argv[1]), database_url=sys.argv[2],"
        " secret_key=b'x' * 40));\n"
        "with app.app_context(): print([ephemeral.take('a', (0, 0, 30), 900) > 0"
        " for _ in range(2)])"
    )
    arguments = [sys.executable, "-c", program, str(config.instance), config.database_url]
    for expected in ("[False, False]", "[False, True]"):
        ran = subprocess.run(arguments, capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == expected
    assert take() > 0


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pauses=st.lists(st.integers(0, 50), min_size=1, max_size=5),
    steps=st.lists(st.integers(0, 80), max_size=25),
)
def test_between_two_counted_tries_lies_the_pause_that_was_due(
    app: Flask, pauses: list[int], steps: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Hand(patch)
        ephemeral.forget("p")
        counted: list[float] = []
        for step in steps:
            clock.now += step
            wait = ephemeral.take("p", pauses, 10_000)
            due = pauses[min(len(counted), len(pauses)) - 1] if counted else 0
            free_at = counted[-1] + due if counted else 0
            if wait == 0:
                assert clock.now >= free_at
                counted.append(clock.now)
            else:
                assert clock.now + wait == pytest.approx(free_at)
