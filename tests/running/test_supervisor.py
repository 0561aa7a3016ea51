"""The supervisor by itself, with parts that live and die as told."""

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from blog.core.supervisor import QUICK_DEATHS, PartError, Supervisor


def count_and_end(file: Path, status: int) -> None:
    with file.open("a") as counted:
        counted.write("x")
    sys.exit(status)


def live(file: Path) -> None:
    file.write_text(str(os.getpid()))
    while True:
        time.sleep(0.05)


def live_deaf(file: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    live(file)


def test_a_part_that_never_stays_alive_is_given_up_loudly(tmp_path: Path) -> None:
    told: list[str] = []
    parts = {"job": partial(count_and_end, tmp_path / "count", 3)}
    with (
        pytest.raises(PartError, match="job process ended 6 times"),
        Supervisor(parts, told.append, first_pause=0.01) as supervisor,
    ):
        supervisor.run()
    assert (tmp_path / "count").read_text() == "x" * QUICK_DEATHS
    assert told == ["The job process ended (exit status 3) and is started again."] * (
        QUICK_DEATHS - 1
    )


def test_giving_up_on_one_part_ends_the_others(tmp_path: Path) -> None:
    parts = {
        "job": partial(count_and_end, tmp_path / "count", 1),
        "server": partial(live, tmp_path / "pid"),
    }
    with pytest.raises(PartError), Supervisor(parts, print, first_pause=0.05) as supervisor:
        supervisor.run()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_the_pause_before_the_next_start_grows(tmp_path: Path) -> None:
    parts = {"job": partial(count_and_end, tmp_path / "count", 1)}
    began = time.monotonic()
    with pytest.raises(PartError), Supervisor(parts, print, first_pause=0.02) as supervisor:
        supervisor.run()
    assert time.monotonic() - began >= 0.02 * (1 + 2 + 4 + 8 + 16)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_parts(tmp_path: Path, number: signal.Signals) -> None:
    with Supervisor({"server": partial(live, tmp_path / "pid")}, print) as supervisor:
        while not (tmp_path / "pid").exists():
            assert supervisor.step(0.05)
        os.kill(os.getpid(), number)
        supervisor.run()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_part_that_does_not_listen_is_killed_in_time(tmp_path: Path) -> None:
    with Supervisor({"server": partial(live_deaf, tmp_path / "pid")}, print) as supervisor:
        while not (tmp_path / "pid").exists():
            assert supervisor.step(0.05)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
