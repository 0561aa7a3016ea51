"""The outermost WSGI layer: slow, endless and huge request bodies stop here.

A server thread that reads a body from a stalled client is lost for as long as the client likes.
So at most half of a worker's threads read bodies at once, each for at most `READ_SECONDS`, and
what lies behind this layer finds the whole body in memory (or in a temporary file).
Requests without a body pass straight through.
"""

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import ClosingIterator

MAX_BODY = 1 << 20
"""Bytes of a body that carries no files."""
READ_SECONDS = 10.0
IN_MEMORY = 1 << 20
"""Bytes of a body kept in memory; a longer one stands in a temporary file."""
PIECE = 1 << 16
RETRY_SECONDS = 10
"""What a client is told to wait that found no place."""
AGAIN_SECONDS = 0.25
"""How often an attempt to end a read is made."""
LAST_DATA_SENT = 44
"""Where `tcpi_last_data_sent` (milliseconds, 32 bits) stands in Linux's `struct tcp_info`."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer given instead of the page."""

    status: str
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


BROKEN = Refusal("400 Bad Request", "What you sent broke off, or its length is not a number.")
TOO_SLOW = Refusal("408 Request Timeout", "What you sent did not arrive in time. Please try again.")
NO_LENGTH = Refusal("411 Length Required", "What you send must say how long it is.")
TOO_LARGE = Refusal("413 Content Too Large", "What you sent is larger than this site accepts.")
BUSY = Refusal(
    "503 Service Unavailable",
    "The site is receiving too much at once. Please send this again in a moment.",
    (("Retry-After", str(RETRY_SECONDS)),),
)


class Bodies:
    """WSGI middleware that hands on a request only when its body is there as a whole.

    `port` is the one the server listens on, `threads` the number of threads of this worker,
    `limit` the longest body in bytes, `seconds` how long one may take.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        port: int,
        threads: int,
        limit: int = MAX_BODY,
        seconds: float = READ_SECONDS,
    ) -> None:
        self.app = app
        self.port = port
        self.limit = limit
        self.seconds = seconds
        self._places = threading.BoundedSemaphore(max(1, threads // 2))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The answer of the application, or a refusal in one sentence."""
        if not _announces_body(environ):
            return self.app(environ, start_response)
        received = self._receive(environ)
        if isinstance(received, Refusal):
            return _refuse(received, start_response)
        environ["wsgi.input"] = received
        answer = self.app(environ, start_response)
        return answer if isinstance(received, BytesIO) else ClosingIterator(answer, received.close)

    def _receive(self, environ: WSGIEnvironment) -> IO[bytes] | Refusal:
        # The server gives a chunked body that broke off as if it were whole, so none is taken.
        if environ.get("HTTP_TRANSFER_ENCODING"):
            return NO_LENGTH
        length = _declared_length(environ)
        if length is None or length > self.limit:
            return BROKEN if length is None else TOO_LARGE
        if not self._places.acquire(blocking=False):
            return BUSY
        try:
            return self._read(environ, length)
        finally:
            self._places.release()

    def _read(self, environ: WSGIEnvironment, length: int) -> IO[bytes] | Refusal:
        began = time.monotonic()
        reader = _Reader(environ["wsgi.input"], length)
        reader.start()
        reader.join(self.seconds)
        if not reader.is_alive():
            # One that broke off late was ended together with a neighbour that was too slow.
            late = time.monotonic() - began > self.seconds / 2
            return reader.body or (TOO_SLOW if late else BROKEN)
        reader.abandoned = True
        # granian 2.8 stops a worker for good when an answer leaves while a read is blocked. So the
        # read is ended first; where that does not work, this thread is lost and no other.
        while reader.is_alive():
            client = environ.get("REMOTE_ADDR", "")
            stop_receiving(client, port=self.port, idle=self.seconds)
            reader.join(AGAIN_SECONDS)
        return TOO_SLOW


class _Reader(threading.Thread):
    """Copies one body. A blocked read cannot be interrupted, so the waiting is done elsewhere."""

    def __init__(self, source: IO[bytes], length: int) -> None:
        super().__init__(name="body", daemon=True)
        self.abandoned = False
        self.body: IO[bytes] | None = None
        self._source = source
        self._length = length

    def run(self) -> None:
        """Leaves the body in `body`, if it is there as a whole."""
        with suppress(OSError, ValueError):
            place = _place(self._length)
            if self._copied(place):
                place.seek(0)
                self.body = place
            else:
                place.close()

    def _copied(self, place: IO[bytes]) -> bool:
        left = self._length
        while left and not self.abandoned:
            piece = self._source.read(min(left, PIECE))
            if not piece:
                break
            place.write(piece)
            left -= len(piece)
        return not left


def stop_receiving(address: str, *, port: int, idle: float) -> int:
    """Ends the receiving side of the connections from `address` to our `port` that have been sent
    nothing for `idle` seconds; gives their number. Those that we have opened stay as they are.

    A blocked read of a body has no time limit, so without this a stalled client would keep a
    thread and a connection for good. The server names no port of the client: the connection is
    known by our silence on it, which others from that address share only while they are idle, or
    when they too are slow to send. Linux only; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return 0
    ended = 0
    for connection in _own_sockets():
        with connection, suppress(OSError):
            if _came_from(address, port, connection) and _silence(connection) >= idle:
                connection.shutdown(socket.SHUT_RD)
                ended += 1
    return ended


def _own_sockets() -> Iterator[socket.socket]:
    for entry in list(Path("/proc/self/fd").iterdir()):
        with suppress(OSError):
            # A duplicate, because the server may close its own and the number may be reused.
            copy = os.dup(int(entry.name))
            try:
                yield socket.socket(fileno=copy)
            except OSError:
                os.close(copy)


def _came_from(address: str, port: int, connection: socket.socket) -> bool:
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    host: str = connection.getpeername()[0]
    alike = host.removeprefix("::ffff:") == address.removeprefix("::ffff:")
    return alike and bool(connection.getsockname()[1] == port)


def _silence(connection: socket.socket) -> float:
    """Seconds since anything was sent, by tcp(7) TCP_INFO."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA_SENT + 4)
    return float(struct.unpack_from("=I", info, LAST_DATA_SENT)[0]) / 1000


def _announces_body(environ: WSGIEnvironment) -> bool:
    chunked = bool(environ.get("HTTP_TRANSFER_ENCODING"))
    return chunked or environ.get("CONTENT_LENGTH", "") not in ("", "0")


def _declared_length(environ: WSGIEnvironment) -> int | None:
    """The number of bytes, None when it is no number (RFC 9110, 8.6)."""
    value: str = environ["CONTENT_LENGTH"]
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 20 else None


def _place(length: int) -> IO[bytes]:
    if length <= IN_MEMORY:
        return BytesIO()
    return cast(IO[bytes], TemporaryFile())


def _refuse(refusal: Refusal, start_response: StartResponse) -> list[bytes]:
    sentence = refusal.sentence.encode() + b"\n"
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(sentence))),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
        ("X-Content-Type-Options", "nosniff"),
        *refusal.headers,
    ]
    start_response(refusal.status, headers)
    return [sentence]
