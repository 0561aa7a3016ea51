"""Told to stop before it has begun: it ends quietly, with status 0, and leaves no process."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running.conftest import ROOT, Site, alive, descendants, until

ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def is_importing(site: Site, process: int) -> bool:
    """Whether it has put its first handlers up; what it imports then takes a second and more."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught & 1 << signal.SIGTERM - 1)


def is_preparing(site: Site, process: int) -> bool:
    return (site.folder / "broadsheet.db").exists()


@pytest.mark.parametrize("number", ENDINGS)
@pytest.mark.parametrize("phase", [is_importing, is_preparing])
def test_a_start_that_is_told_to_stop_ends_quietly(
    unstarted: Site, phase: Callable[[Site, int], bool], number: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "blog"],
        cwd=ROOT,
        env=unstarted.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until(lambda: phase(unstarted, process.pid), 30)
        below = descendants(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")
    assert not any(alive(member) for member in below)


def test_the_preparation_told_to_stop_alone_ends_the_start_quietly(unstarted: Site) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "blog"],
        cwd=ROOT,
        env=unstarted.environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until(lambda: is_preparing(unstarted, process.pid), 30)
        for member in descendants(process.pid):
            os.kill(member, signal.SIGTERM)
        assert process.communicate(timeout=10)[1] == ""
    assert process.returncode == 0
