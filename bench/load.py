"""Asking a server many times, and what that cost it.

CPU is the time of the server's processes as the kernel counts it (/proc/<pid>/stat, proc(5)),
divided by the requests answered: the figure least disturbed by what else the machine does.
"""

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """One measured row."""

    name: str
    requests: int
    seconds: float
    cpu_ms: float
    memory_mb: float
    errors: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


@contextmanager
def server(name: str, instance: Path, port: int) -> Iterator[int]:
    """A running server; its process number."""
    command = [sys.executable, "-m", "bench.server", name, str(instance), str(port)]
    process = subprocess.Popen(command)
    try:
        _wait(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=10)


def measure(name: str, pid: int, port: int, path: str, seconds: int) -> Figures:
    """Ask for one page as fast as it comes for some seconds, after a warm-up."""
    url = f"http://127.0.0.1:{port}{path}"
    _wrk(url, 2)
    before = cpu_seconds(pid)
    requests, errors, took = _wrk(url, seconds)
    spent = cpu_seconds(pid) - before
    cost = spent * 1_000 / max(1, requests)
    return Figures(name, requests, took, cost, memory_mb(pid), errors)


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all below it, user and system."""
    total = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and all below it."""
    found = 0
    for member in family(pid):
        rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        match = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
        found += int(match.group(1)) if match else 0
    return found / 1_024


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in family(int(child)))]


def _wrk(url: str, seconds: int) -> tuple[int, int, float]:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    counted = re.search(r"(\d+) requests in ([\d.]+)(m?)s", said)
    if counted is None:
        raise RuntimeError(f"wrk said something else: {said}")
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    took = float(counted.group(2)) / (1_000 if counted.group(3) else 1)
    return int(counted.group(1)), int(failed.group(1)) if failed else 0, took


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"nothing answers on port {port}")


def available() -> bool:
    """Whether this machine can ask fast enough."""
    return shutil.which("wrk") is not None and Path("/proc/self/smaps_rollup").exists()
