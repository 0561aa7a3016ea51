"""A real site in a folder of its own: started as its owner starts it, asked as a reader asks."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


class Site:
    """One `python -m blog`; its processes are found through /proc."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.folder = folder
        self.port = port
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.took = 0.0
        self.cpu = 0.0
        self.out = folder.with_suffix(f".{port}.out")
        self.err = folder.with_suffix(f".{port}.err")

    def start(self) -> "Site":
        """Starts it and waits until it has said all that it says."""
        began = time.monotonic()
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "blog"],
                cwd=ROOT,
                env=self.environment(),
                stdout=out,
                stderr=err,
            )
        until(
            lambda: "Broadsheet is at" in self.said() or self.process.poll() is not None,
            START_SECONDS,
        )
        self.took = time.monotonic() - began
        assert self.process.poll() is None, self.complaint()
        self.cpu = sum(cpu_of(member) for member in self.members())
        return self

    def run(
        self, seconds: float = 30.0, through: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Starts it (`through` another command) in the expectation that it ends by itself."""
        command = [*through, sys.executable, "-m", "blog"]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def environment(self) -> dict[str, str]:
        own = {
            "BLOG_INSTANCE": str(self.folder),
            "BLOG_PORT": str(self.port),
            "BLOG_LOG_LEVEL": "WARNING",
        }
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("BLOG_")}
        return inherited | own | self.settings

    def said(self) -> str:
        return self.out.read_text()

    def complaint(self) -> str:
        return self.err.read_text()

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Tells it to stop; gives the seconds until the last of its processes was gone."""
        assert self.process
        members = self.members()
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=15)
        until(lambda: not any(alive(member) for member in members), 15)
        return time.monotonic() - began

    def members(self) -> set[int]:
        """Itself and everything below it."""
        assert self.process
        return {self.process.pid} | descendants(self.process.pid)

    def server(self) -> int:
        """The process whose children are the workers."""
        return next(child for child in children(self.process.pid) if children(child))

    def workers(self) -> list[int]:
        return children(self.server())

    def job_process(self) -> int:
        return next(child for child in children(self.process.pid) if not children(child))

    def is_whole(self) -> bool:
        """Whether server, two workers and job process are there."""
        below = children(self.process.pid)
        return sorted(len(children(child)) for child in below) == [0, 2]

    def is_idle(self) -> bool:
        """Whether no job is waiting."""
        with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return json.load(answer)["jobs"]["waiting"] == 0

    def get(self, path: str = "/healthz", seconds: float = 5.0) -> int:
        """The status of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            return response.status
        finally:
            connection.close()


def until(true: Callable[[], bool], seconds: float) -> None:
    """Waits until it is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def stat_of(process: int) -> list[str]:
    """State, parent and more, as proc(5) tells it; empty when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def cpu_of(process: int) -> float:
    """Seconds of CPU that it and those of its children that have ended took."""
    ticks = sum(int(field) for field in stat_of(process)[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def alive(process: int) -> bool:
    """Whether a thread of it is left: until the last has ended, its sockets are open."""
    if stat_of(process)[:1] not in ([], ["Z"]):
        return True
    try:
        return len(list(Path(f"/proc/{process}/task").iterdir())) > 1
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(process: int) -> list[int]:
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [
        number for number in numbers if stat_of(number)[1:2] == [str(process)] and alive(number)
    ]


def descendants(process: int) -> set[int]:
    below = set(children(process))
    return below.union(*(descendants(child) for child in below))


def as_anybody() -> list[str]:
    """The beginning of a command that has no right to read and write whatever it likes."""
    if os.geteuid():
        return []
    without = ",".join(f"-{right}" for right in ("dac_override", "dac_read_search", "fowner"))
    return ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site, shared by the tests of one module."""
    site = Site(tmp_path_factory.mktemp("running") / "instance", free_port()).start()
    until(site.is_whole, 20)
    yield site
    site.stop()


@pytest.fixture
def unstarted(tmp_path: Path) -> Site:
    """A site whose folder is not there yet."""
    return Site(tmp_path / "instance", free_port())
