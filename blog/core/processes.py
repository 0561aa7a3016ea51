"""What a program of several processes needs: to start once, to hold a port, to end together."""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Self

WATCH_SECONDS = 0.5
"""How often a process looks whether its parent is still there."""
GRACE_SECONDS = 3.0
"""How long a process may take to end in good order once its parent is gone."""
IPV4 = 4
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal a process gets when its parent ends."""


class LockHeldError(Exception):
    """The lock belongs to another process; `holder` is its number, 0 if unknown."""

    def __init__(self, holder: int) -> None:
        super().__init__(f"held by process {holder}")
        self.holder = holder


class Lock:
    """An advisory lock on a file (flock(2)), held as long as any process that inherited it lives.

    Raises LockHeldError when somebody else has it, OSError when the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _noted(self._file)
            os.close(self._file)
            raise LockHeldError(holder) from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._file)


def holder_of(path: Path) -> int | None:
    """The process that holds the lock on a file (0 if unknown).

    None when nobody does or when we may not know. Writes nothing.
    """
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        # Shared, because NFS gives an exclusive lock only to who may write.
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _noted(file)
    except OSError:
        return None
    finally:
        os.close(file)
    return None


def is_alive(process: int) -> bool:
    """Whether a process with this number exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def hold_port(host: str, port: int) -> socket.socket:
    """A socket that keeps a port for us and whoever shares it by SO_REUSEPORT, until it is closed.

    It never listens, so it is given no connection. Raises OSError when the port is taken, or may
    not be used, or the host is not ours. Outside of Linux the port is looked at, but not kept.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as look:
        look.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        look.bind(address)
        look.listen()
    holding = socket.socket(family, kind, protocol)
    if sys.platform == "linux":
        holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holding.bind(address)
    return holding


def answers(host: str, port: int, path: str, seconds: float = 1.0) -> bool:
    """Whether an HTTP server answers there with success within `seconds`."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=seconds)
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    """An address by which this machine reaches a server that listens on `host`, an IP address."""
    address = ip_address(host)
    if address.is_unspecified:
        return "127.0.0.1" if address.version == IPV4 else "::1"
    return host


def wait_until(true: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Ask again and again until it is so; False when it was not so in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def end_with_parent(parent: int) -> None:
    """From now on this process ends when process `parent`, which started it, is gone.

    It gets SIGTERM at once on Linux and within `WATCH_SECONDS` elsewhere, and is ended the hard
    way after `GRACE_SECONDS`.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    threading.Thread(target=_watch, args=(parent,), name="parent watch", daemon=True).start()


def _noted(file: int) -> int:
    holder = os.pread(file, 20, 0).strip()
    return int(holder) if holder.isdigit() else 0


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
