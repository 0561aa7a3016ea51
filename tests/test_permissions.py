"""Every address, every method, whoever asks: a route without a row fails.

So far there is one kind of person, the reader without an account; roles add columns.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog.articles import publishing
from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db, writing
from tests import factories

ANONYMOUS: dict[tuple[str, str, str], int] = {
    ("reading.home", "/", "GET"): 200,
    ("reading.archive", "/archive", "GET"): 200,
    ("reading.article", "/articles/published", "GET"): 200,
    ("reading.article", "/articles/draft", "GET"): 404,
    ("reading.article", "/articles/scheduled", "GET"): 404,
    ("reading.article", "/articles/unpublished", "GET"): 404,
    ("reading.article", "/articles/deleted", "GET"): 410,
    ("reading.article", "/articles/never", "GET"): 404,
    ("reading.category", "/categories/town-life", "GET"): 200,
    ("reading.category", "/categories/hidden", "GET"): 200,
    ("reading.category", "/categories/never", "GET"): 404,
    ("reading.tag", "/tags/tides", "GET"): 200,
    ("reading.tag", "/tags/never", "GET"): 404,
    ("reading.person", "/people/maren", "GET"): 200,
    ("reading.person", "/people/never", "GET"): 404,
    ("media.variant", "/media/00000000000000000000000000000000/480.jpg", "GET"): 404,
    ("administration.setup", "/setup", "GET"): 403,
    ("administration.setup", "/setup", "POST"): 403,
    ("administration.setup_done", "/setup/done", "GET"): 404,
    ("health.healthz", "/healthz", "GET"): 200,
}
HIDDEN_WORDS = ("Draft", "Scheduled", "Unpublished", "Deleted")


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule.endpoint, method


@pytest.fixture
def states(app: Flask) -> None:
    """One article in every state."""
    maren = factories.person()
    factories.article("Published", tags=["Tides"], authors=[maren])
    factories.article("Draft", category="Hidden", published=False)
    factories.article("Scheduled", category="Hidden", at=now() + timedelta(days=1))
    for title, verb in (("Unpublished", publishing.unpublish), ("Deleted", publishing.remove)):
        made = factories.article(title, category="Hidden", tags=["Tides"], authors=[maren]).id
        with writing():
            verb(db.session.get_one(Article, made))


def test_every_route_has_a_row(app: Flask) -> None:
    assert {(endpoint, method) for endpoint, _path, method in ANONYMOUS} == set(routes(app))


@pytest.mark.parametrize(("endpoint", "path", "method"), ANONYMOUS)
def test_who_may_and_who_may_not(
    app: Flask, client: FlaskClient, states: None, endpoint: str, path: str, method: str
) -> None:
    assert client.open(path, method=method).status_code == ANONYMOUS[endpoint, path, method]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_no_other_method_does_anything(client: FlaskClient, states: None, method: str) -> None:
    for path in {path for _endpoint, path, _method in ANONYMOUS}:
        assert client.open(path, method=method).status_code in {403, 405}


def test_a_method_in_a_header_or_a_field_is_not_believed(client: FlaskClient, states: None) -> None:
    answer = client.get("/articles/published", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 200
    assert client.get("/articles/published?_method=DELETE").status_code == 200


def test_nothing_hidden_is_named_on_any_page(client: FlaskClient, states: None) -> None:
    for _endpoint, path, method in ANONYMOUS:
        if method == "GET" and path != "/categories/hidden":
            text = client.get(path).text
            assert not [word for word in HIDDEN_WORDS if f">{word}<" in text], path


def test_head_answers_like_get_without_a_body(client: FlaskClient, states: None) -> None:
    for path in ("/", "/articles/published", "/articles/never"):
        got, asked = client.get(path), client.head(path)
        assert (asked.status_code, asked.data) == (got.status_code, b"")
        assert asked.headers["Content-Length"] == got.headers["Content-Length"]


def test_a_path_with_a_nul_is_not_found_anywhere(client: FlaskClient, states: None) -> None:
    for path in ("/articles/%00", "/categories/a%00", "/tags/%00", "/people/%00", "/%00"):
        assert client.get(path).status_code == 404
