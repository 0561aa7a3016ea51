"""The nginx configuration of docs/running.md, with a real nginx in front of a real site."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.conftest import ROOT, Site, free_port, until

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")

AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/1; uwsgi_temp_path {folder}/2; scgi_temp_path {folder}/3;
{server} }}
"""


def configuration(folder: Path, listen: int, site: int) -> str:
    text = (ROOT / "docs/running.md").read_text("utf-8")
    found = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)
    assert found
    server = re.sub(r"^ *ssl_.*\n", "", found[1], flags=re.MULTILINE)
    server = server.replace("listen 443 ssl http2", f"listen 127.0.0.1:{listen}")
    return AROUND.format(folder=folder, server=server.replace(":8000", f":{site}"))


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx with a site behind it."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    listen, port = free_port(), free_port()
    address = f"http://127.0.0.1:{listen}"
    settings = {"BLOG_URL": address, "BLOG_TRUSTED_PROXIES": "1", "BLOG_SAMPLE": "no"}
    site = Site(folder / "instance", port, **settings).start()
    (folder / "nginx.conf").write_text(configuration(folder, listen, port))
    nginx = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        until(lambda: answers(listen), 10)
        yield listen
    finally:
        nginx.terminate()
        nginx.wait(10)
        site.stop()


def ask(port: int, request: str) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(request.format(host=f"127.0.0.1:{port}").replace("\n", "\r\n").encode())
        return int(client.recv(4096).split(maxsplit=2)[1])


def test_pages_are_served_through_the_proxy(proxied: int) -> None:
    assert ask(proxied, "GET / HTTP/1.1\nHost: {host}\n\n") == 200


def test_a_host_that_is_not_ours_is_refused_through_the_proxy(proxied: int) -> None:
    assert ask(proxied, "GET / HTTP/1.1\nHost: elsewhere.example\n\n") == 400


def test_a_chunked_body_gets_its_length_from_the_proxy(proxied: int) -> None:
    head = (
        "POST /none HTTP/1.1\nHost: {host}\nOrigin: http://{host}\nTransfer-Encoding: chunked\n\n"
    )
    assert ask(proxied, head + "3\nabc\n0\n\n") == 404
