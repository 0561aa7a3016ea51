"""The outermost layer: what a body may be, and what a slow one may cost."""

import socket
import sys
import threading
import time
from collections.abc import Callable
from io import BufferedRandom, BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.web.bodies import IN_MEMORY, Bodies, stop_receiving

LIMIT = 3 * IN_MEMORY
PORT = 8000
THREADS = 8


class Slow:
    """A client: sends what it has, then waits until it is let go."""

    def __init__(self, sent: bytes = b"") -> None:
        self.sent = BytesIO(sent)
        self.let_go = threading.Event()

    def read(self, size: int) -> bytes:
        piece = self.sent.read(size)
        if not piece:
            self.let_go.wait(10)
        return piece


class Answer:
    """What one request was answered."""

    def __init__(self, app: Callable[..., Any], source: object, **environ: str) -> None:
        self.headers: dict[str, str] = {}
        request: WSGIEnvironment = {
            "REQUEST_METHOD": "POST",
            "wsgi.input": source,
            "REMOTE_ADDR": "-",
        }
        self.body = b"".join(app(request | environ, self._start))

    def _start(
        self, status: str, headers: list[tuple[str, str]], *_: object
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = dict(headers)
        return lambda data: None


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [("Kind", type(environ["wsgi.input"]).__name__)])
    body = environ["wsgi.input"].read()
    assert int(environ.get("CONTENT_LENGTH") or len(body)) == len(body)
    return [body]


def layer(seconds: float = 5.0) -> Bodies:
    return Bodies(echo, port=PORT, threads=THREADS, limit=LIMIT, seconds=seconds)


@given(st.binary(min_size=1, max_size=300_000))
def test_a_body_reaches_the_application_byte_for_byte(body: bytes) -> None:
    answer = Answer(layer(), BytesIO(body), CONTENT_LENGTH=str(len(body)))
    assert (answer.status, answer.body) == (200, body)


def test_a_request_without_a_body_passes_untouched() -> None:
    source = BytesIO()
    seen: list[object] = []

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        seen.append(environ["wsgi.input"])
        return echo(environ, start_response)

    for length in ({}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "0"}):
        assert Answer(Bodies(app, port=PORT, threads=2), source, **length).status == 200
    assert seen == [source] * 3


def test_a_body_without_a_length_is_refused_because_its_end_cannot_be_trusted() -> None:
    source = BytesIO(b"abc")
    assert Answer(layer(), source, HTTP_TRANSFER_ENCODING="chunked").status == 411
    both = Answer(layer(), source, HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="3")
    assert both.status == 411
    assert source.tell() == 0


def test_a_small_body_stands_in_memory_and_a_large_one_in_a_file() -> None:
    small = Answer(layer(), BytesIO(b"abc"), CONTENT_LENGTH="3")
    large_body = b"x" * (IN_MEMORY + 1)
    large = Answer(layer(), BytesIO(large_body), CONTENT_LENGTH=str(len(large_body)))
    assert small.headers["Kind"] == BytesIO.__name__
    assert large.headers["Kind"] == BufferedRandom.__name__
    assert large.body == large_body


def test_a_body_announced_as_too_large_is_refused_unread() -> None:
    source = BytesIO(b"x")
    answer = Answer(layer(), source, CONTENT_LENGTH=str(LIMIT + 1))
    assert answer.status == 413
    assert source.tell() == 0


def test_a_body_as_long_as_the_limit_is_taken() -> None:
    assert Answer(layer(), BytesIO(b"x" * LIMIT), CONTENT_LENGTH=str(LIMIT)).status == 200


@pytest.mark.parametrize("length", ["-1", "+3", "3.0", "0x3", "³", "three", "9" * 30])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert Answer(layer(), BytesIO(b"abc"), CONTENT_LENGTH=length).status == 400


def test_a_body_that_broke_off_never_reaches_the_application() -> None:
    assert Answer(layer(), BytesIO(b"abc"), CONTENT_LENGTH="4").status == 400


def test_a_source_that_fails_is_a_broken_request() -> None:
    class Failing:
        def read(self, size: int) -> bytes:
            raise ConnectionResetError

    assert Answer(layer(), Failing(), CONTENT_LENGTH="4").status == 400


def test_a_body_that_takes_too_long_is_refused_once_its_read_has_ended() -> None:
    source = Slow(b"abc")
    threading.Timer(0.4, source.let_go.set).start()
    began = time.monotonic()
    answer = Answer(layer(seconds=0.1), source, CONTENT_LENGTH="100")
    assert answer.status == 408
    assert time.monotonic() - began >= 0.4
    assert not [thread for thread in threading.enumerate() if thread.name == "body"]


def test_at_most_half_of_the_threads_read_bodies_and_the_others_say_when_to_come_back() -> None:
    app = layer()
    sources = [Slow() for _ in range(THREADS // 2)]
    answers: list[int] = []

    def ask(source: Slow) -> None:
        answers.append(Answer(app, source, CONTENT_LENGTH="3").status)

    readers = [threading.Thread(target=ask, args=(source,)) for source in sources]
    for reader in readers:
        reader.start()
    while len([thread for thread in threading.enumerate() if thread.name == "body"]) < len(sources):
        time.sleep(0.01)
    refused = Answer(app, BytesIO(b"abc"), CONTENT_LENGTH="3")
    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert Answer(app, BytesIO()).status == 200
    for source in sources:
        source.let_go.set()
    for reader in readers:
        reader.join()
    assert answers == [400] * len(sources)
    assert Answer(app, BytesIO(b"abc"), CONTENT_LENGTH="3").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a connection be found")
def test_a_stalled_client_costs_no_connection_that_we_have_opened_to_the_same_address() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as ours,
        socket.create_server(("127.0.0.1", 0)) as database,
        socket.create_connection(ours.getsockname(), timeout=5) as client,
        socket.create_connection(database.getsockname(), timeout=5) as bystander,
    ):
        received, _ = ours.accept()
        answering, _ = database.accept()
        with received, answering:
            time.sleep(0.05)
            port = ours.getsockname()[1]
            assert stop_receiving("127.0.0.1", port=port, idle=0.02) == 1
            received.settimeout(5)
            assert received.recv(1) == b""
            answering.sendall(b"row")
            assert bystander.recv(3) == b"row"
            bystander.sendall(b"next")
            assert answering.recv(4) == b"next"
            received.sendall(b"408")
            assert client.recv(3) == b"408"


def test_a_refusal_is_one_plain_sentence_that_ends_the_connection() -> None:
    answer = Answer(layer(), BytesIO(), CONTENT_LENGTH=str(LIMIT + 1))
    assert answer.body.decode().count("\n") == 1
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Connection"] == "close"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
