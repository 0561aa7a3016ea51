"""Known hosts, and forged posts."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog.core.db import writing
from blog.site import settings


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1:9999", "localhost", "blog.example.evil.example", "x" * 300]
)
def test_an_unknown_host_is_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000"])
def test_this_machine_is_always_known_on_our_port(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_changed_address_is_known_from_the_next_request_on(
    app: Flask, client: FlaskClient
) -> None:
    assert client.get("/", headers={"Host": "blog.example"}).status_code == 400
    with writing():
        settings.change(replace(settings.load(), address="https://blog.example"))
    assert client.get("/", headers={"Host": "blog.example"}).status_code == 200


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
