"""What stays up when a part is killed, and what ends when the whole is."""

import os
import signal
import socket
import statistics
import time
from pathlib import Path

from blog.core.supervisor import STEADY_SECONDS
from tests.running.conftest import Site, alive, free_port, until
from tests.scale import PROOF

KILLS = 20 if PROOF else 2
STALLED = 1_000 if PROOF else 200
AFTER_A_KILL = 200
"""Requests that must all succeed once a killed process is gone."""
BETWEEN_KILLS = 6.0
"""granian takes two deaths of a worker within 5.5 seconds for a fault of the program, and ends."""


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    until(lambda: not alive(process), 5)


def test_a_killed_worker_is_replaced_and_no_later_request_fails(site: Site) -> None:
    for attempt in range(KILLS):
        if attempt:
            time.sleep(BETWEEN_KILLS)
        victim = site.workers()[attempt % 2]
        kill(victim)
        assert {site.get() for _ in range(AFTER_A_KILL)} == {200}
        until(site.is_whole, 10)
        assert victim not in site.workers()
        assert {site.get() for _ in range(AFTER_A_KILL)} == {200}


def test_a_killed_job_process_is_replaced(site: Site) -> None:
    for attempt in range(KILLS):
        if attempt and PROOF:
            # One that dies right away again and again is a fault, and rightly given up.
            time.sleep(STEADY_SECONDS)
        victim = site.job_process()
        kill(victim)
        until(site.is_whole, 10)
        assert site.job_process() != victim
        assert site.get() == 200


def test_a_killed_server_process_is_replaced_and_leaves_no_worker_behind(site: Site) -> None:
    server, workers = site.server(), site.workers()
    kill(server)
    until(lambda: not any(alive(worker) for worker in workers), 8)
    until(site.is_whole, 15)
    until(lambda: _answers(site), 15)
    assert site.server() != server
    assert {site.get() for _ in range(50)} == {200}


def test_readers_are_served_while_many_clients_send_three_bytes_and_stop(site: Site) -> None:
    clients = [_stalled(site.port) for _ in range(STALLED)]
    began = time.monotonic()
    took = []
    while time.monotonic() < began + 4:
        start = time.monotonic()
        assert site.get("/") < 400
        took.append(time.monotonic() - start)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"\n{STALLED} stalled clients: {len(took)} pages, p95 {p95 * 1000:.0f} ms")
    assert p95 < 1
    answered = [_answer(client) for client in clients]
    lasted = time.monotonic() - began
    assert set(answered) <= {408, 503}
    assert 1 <= answered.count(408) <= 8
    assert 8 < lasted < 20
    assert _whole_post(site.port) not in (408, 503)


def test_the_killed_parent_takes_all_with_it_and_the_next_start_waits_for_that(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path / "instance", free_port(), BLOG_SAMPLE="no").start()
    until(site.is_whole, 10)
    below = site.members() - {site.process.pid}
    kill(site.process.pid)
    again = Site(site.folder, site.port, BLOG_SAMPLE="no").start()
    assert not any(alive(member) for member in below)
    assert again.get() == 200
    stopped_in = again.stop(signal.SIGINT)
    assert stopped_in < 5


def test_clients_that_stall_do_not_delay_the_end(tmp_path: Path) -> None:
    site = Site(tmp_path / "instance", free_port(), BLOG_SAMPLE="no").start()
    until(site.is_whole, 10)
    clients = [_stalled(site.port) for _ in range(20)]
    stopped_in = site.stop()
    print(f"\nstopped in {stopped_in:.2f} s with 20 stalled clients")
    assert stopped_in < 5
    for client in clients:
        client.close()


def _stalled(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(_head(port, 100) + b"abc")
    return client


def _whole_post(port: int) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(_head(port, 3) + b"abc")
        return _answer(client)


def _head(port: int, length: int) -> bytes:
    host = f"127.0.0.1:{port}"
    return (
        f"POST /articles/none HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def _answer(client: socket.socket) -> int:
    with client:
        return int(client.recv(4096).split()[1])


def _answers(site: Site) -> bool:
    try:
        return site.get() == 200
    except OSError:
        return False
