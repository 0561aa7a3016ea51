"""The policy on every answer, and that reading leaves no trace."""

import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog.web.headers import POLICY
from tests import factories

PATHS = [
    "/",
    "/archive",
    "/articles/nothing-here",
    "/categories/none",
    "/setup",
    "/media/x/y.jpg",
    "/healthz",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy_and_sets_no_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Content-Security-Policy"] in {POLICY, "default-src 'none'; sandbox"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in {"strict-origin-when-cross-origin", "no-referrer"}
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers or "Cookie" not in answer.headers["Vary"]


def test_a_method_that_an_address_does_not_take_is_refused_with_the_ones_it_does(
    client: FlaskClient,
) -> None:
    answer = client.post("/archive")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_a_page_may_be_kept_but_must_be_asked_for_again_and_an_error_is_not_kept(
    client: FlaskClient,
) -> None:
    assert client.get("/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get("/articles/none").headers["Cache-Control"] == "no-store"


def test_two_readers_with_different_headers_get_the_same_bytes(
    app: Flask, client: FlaskClient
) -> None:
    maren = factories.person()
    article = factories.article(tags=["Clocks"], authors=[maren])
    addresses = [
        "/",
        "/archive",
        f"/articles/{article.slug}",
        "/categories/town-life",
        "/tags/clocks",
        "/people/maren",
    ]
    other = {
        "User-Agent": "A different browser",
        "Accept-Language": "fr",
        "Accept": "*/*",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "203.0.113.9",
        "Referer": "https://elsewhere.example/",
        "Cookie": "theirs=1",
    }
    for address in addresses:
        one, two = client.get(address), client.get(address, headers=other)
        assert one.status_code == two.status_code == 200
        assert one.data == two.data
        assert "Set-Cookie" not in {*one.headers.keys(), *two.headers.keys()}


@pytest.mark.parametrize("path", ["/", "/archive"])
def test_two_requests_a_second_apart_get_the_same_bytes(client: FlaskClient, path: str) -> None:
    factories.article(authors=[factories.person()])
    first = client.get(path)
    time.sleep(1.1)
    assert first.status_code == 200
    assert client.get(path).data == first.data


def test_the_front_page_names_the_day_and_no_moment(client: FlaskClient) -> None:
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', client.get("/").text)
