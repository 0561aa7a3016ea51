"""Known hosts, and forged posts."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog import create_app
from blog.config import Config
from blog.core.db import writing
from blog.site import settings


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1:9999", "localhost", "blog.example.evil.example", "x" * 300),
        *("", "[::1]", "[::1", "localhost:8000.", "127.1:8000", "0.0.0.0:8000"),
        *("a@localhost:8000", "localhost:8000/", "localhost:99999", "localhost:"),
    ],
)
def test_an_unknown_host_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000", "[0:0::1]:8000"]
)
def test_this_machine_is_always_known_on_our_port(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_changed_address_is_known_from_the_next_request_on(
    app: Flask, client: FlaskClient
) -> None:
    assert client.get("/", headers={"Host": "blog.example"}).status_code == 400
    with writing():
        settings.change(replace(settings.load(), address="https://blog.example"))
    assert client.get("/", headers={"Host": "blog.example"}).status_code == 200


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org:443", "example.org"),
        ("https://example.org", "example.org:443"),
        ("http://example.org:80", "example.org"),
        ("https://müller.example", "xn--mller-kva.example"),
        ("https://EXAMPLE.org/", "Example.org"),
        ("http://[2001:db8:0:0::7]:9000", "[2001:db8::7]:9000"),
    ],
)
def test_the_site_is_known_however_its_address_is_spelled(
    app: Flask, config: Config, url: str, host: str
) -> None:
    reader = create_app(replace(config, url=url)).test_client()
    assert reader.get("/archive", headers={"Host": host}).status_code == 200
    assert reader.get("/archive", headers={"Host": "x" + host.strip("[]")}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:80", "[::1]"])
def test_the_default_port_need_not_be_said(app: Flask, config: Config, host: str) -> None:
    reader = create_app(replace(config, port=80)).test_client()
    assert reader.get("/archive", headers={"Host": host}).status_code == 200
    assert reader.get("/archive", headers={"Host": "localhost:8000"}).status_code == 400


@pytest.mark.parametrize(
    ("listening", "host", "status"),
    [
        ("192.0.2.7", "192.0.2.7:8000", 200),
        ("192.0.2.7", "192.0.2.8:8000", 400),
        ("blog.lan", "Blog.lan:8000", 200),
        ("2001:db8::7", "[2001:db8::7]:8000", 200),
        ("0.0.0.0", "0.0.0.0:8000", 400),
        ("0.0.0.0", "127.0.0.1:8000", 200),
        ("::", "[::]:8000", 400),
    ],
)
def test_the_address_we_listen_on_is_known_when_it_is_one(
    app: Flask, config: Config, listening: str, host: str, status: int
) -> None:
    reader = create_app(replace(config, host=listening)).test_client()
    assert reader.get("/archive", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("url", "origin", "forged"),
    [
        ("https://müller.example:443", "https://xn--mller-kva.example", False),
        ("https://müller.example:443", "http://xn--mller-kva.example", True),
        ("http://example.org:80", "http://example.org", False),
        ("http://example.org:8080", "http://example.org", True),
        ("https://example.org", "http://[::1]:8000", False),
        ("https://example.org", "https://example.org@evil.example", True),
    ],
)
def test_origins_are_compared_in_normal_form_too(
    app: Flask, config: Config, url: str, origin: str, forged: bool
) -> None:
    reader = create_app(replace(config, url=url)).test_client()
    answer = reader.post("/setup", headers={"Host": "localhost:8000", "Origin": origin})
    assert ("sent from another site" in answer.text) is forged


def test_the_health_check_answers_to_every_name(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


OURS = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("headers", "forged"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, True),
        ({"Origin": OURS}, False),
        ({"Origin": "http://localhost:8000"}, False),
        ({"Origin": "http://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": ""}, True),
        ({"Cookie": "session=x"}, True),
        ({"Cookie": "guest=x"}, True),
        ({"Cookie": "session=x", "Origin": OURS}, False),
    ],
)
def test_a_post_from_another_site_is_refused_before_the_view(
    client: FlaskClient, headers: dict[str, str], forged: bool
) -> None:
    """Without its token /setup answers 403 as well; the sentence tells who refused."""
    answer = client.post("/setup", headers=headers)
    assert answer.status_code == 403
    assert ("sent from another site" in answer.text) is forged
