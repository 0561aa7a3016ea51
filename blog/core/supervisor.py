"""Keeps the parts of a program running: each is a process, started again whenever it ends.

Parts run in sessions of their own, so that Ctrl-C in a terminal reaches only the supervisor, which
ends them in good order, and so that nothing a part has started outlives it.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Self

from .processes import end_with_parent

STEADY_SECONDS = 10.0
"""A part that ends sooner than this has died quickly."""
FIRST_PAUSE = 0.25
"""Seconds before a part that died quickly is started again; doubled each time in a row."""
QUICK_DEATHS = 6
"""So many quick deaths in a row, and the supervisor gives up."""
END_SECONDS = 4.0
"""How long all parts together may take to end; then they are killed."""
# A fork starts at once and shares memory, but only Linux's libraries are safe with it.
if sys.platform == "linux":
    CONTEXT = multiprocessing.get_context("fork")
else:
    CONTEXT = multiprocessing.get_context("spawn")
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Run = Callable[[], None]


class PartError(Exception):
    """A part does not stay alive; the message says which."""


@dataclass(slots=True)
class Part:
    """One function and the process it runs in; `due` is when to start it next."""

    name: str
    run: Run
    process: BaseProcess | None = None
    started: float = 0.0
    due: float = 0.0
    quick: int = 0


class Supervisor:
    """Runs functions as processes until told to stop by a signal. Used as a context manager.

    `tell` is given one sentence whenever a part has died.
    """

    def __init__(
        self,
        parts: Mapping[str, Run],
        tell: Callable[[str], None],
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self.stopping = False
        self._parts = [Part(name, run) for name, run in parts.items()]
        self._tell = tell
        self._first_pause = first_pause
        self._alarm, self._bell = multiprocessing.Pipe(duplex=False)
        self._before = {number: signal.getsignal(number) for number in ENDINGS}

    def __enter__(self) -> Self:
        for number in ENDINGS:
            signal.signal(number, self._told)
        return self

    def __exit__(self, *error: object) -> None:
        end([part.process for part in self._parts if part.process])
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._alarm.close()
        self._bell.close()

    def run(self) -> None:
        """Keeps all parts running until told to stop. Raises PartError."""
        while self.step():
            pass

    def step(self, seconds: float | None = None) -> bool:
        """Starts what is due and waits until something happens, at most `seconds`.

        False once a signal has said to stop. Raises PartError.
        """
        if self.stopping:
            return False
        self._start_due()
        waiting: list[Connection | int] = [self._alarm]
        waiting += [part.process.sentinel for part in self._parts if part.process]
        wait(waiting, self._shorter(seconds))
        for part in self._parts:
            if part.process and not part.process.is_alive() and not self.stopping:
                self._died(part, part.process)
        return not self.stopping

    def _start_due(self) -> None:
        for part in self._parts:
            if part.process is None and part.due <= time.monotonic():
                part.started = time.monotonic()
                part.process = start(part.run, part.name)

    def _shorter(self, seconds: float | None) -> float | None:
        pauses = [part.due - time.monotonic() for part in self._parts if part.process is None]
        limits = [*pauses, *([] if seconds is None else [seconds])]
        return max(0.0, min(limits)) if limits else None

    def _died(self, part: Part, process: BaseProcess) -> None:
        process.join()
        lasted = time.monotonic() - part.started
        part.quick = part.quick + 1 if lasted < STEADY_SECONDS else 0
        if part.quick >= QUICK_DEATHS:
            raise PartError(
                f"The {part.name} process ended {part.quick} times in a row right away."
            )
        pause = self._first_pause * 2 ** (part.quick - 1) if part.quick else 0.0
        part.process, part.due = None, time.monotonic() + pause
        self._tell(f"The {part.name} process ended ({how(process)}) and is started again.")

    def _told(self, *_signal: Any) -> None:
        self.stopping = True
        self._bell.send_bytes(b"!")


def start(run: Run, name: str) -> BaseProcess:
    """Runs a function in a process of its own, in a session of its own, that ends with this one."""
    process = CONTEXT.Process(target=_begin, args=(run, os.getpid()), name=name)
    # Signals wait until the new process has put our handlers off.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def end(processes: list[BaseProcess], seconds: float = END_SECONDS) -> None:
    """Ends processes made by `start` and all they have started, within `seconds`."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process.pid or 0, signal.SIGTERM)
    limit = time.monotonic() + seconds
    for process in processes:
        process.join(max(0.0, limit - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()


def how(process: BaseProcess) -> str:
    """How a process ended, in words."""
    code = process.exitcode or 0
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def _begin(run: Run, parent: int) -> None:
    os.setsid()
    for number in ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    end_with_parent(parent)
    run()
