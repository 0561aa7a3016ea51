"""Every address, every method, whoever asks: a route without a row fails."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog.accounts.models import Role
from blog.articles import publishing
from blog.articles.models import Article
from blog.core.clock import now
from blog.core.db import db, writing
from tests import factories
from tests.members import member
from tests.visitors import Browser, browser

WHO = ("anonymous", *(role.value for role in Role))


def everybody(status: int) -> tuple[int, ...]:
    return (status,) * len(WHO)


def members(status: int, *, anonymous: int) -> tuple[int, ...]:
    return (anonymous, *(status for _ in Role))


PERMISSIONS: dict[tuple[str, str, str], tuple[int, ...]] = {
    ("reading.home", "/", "GET"): everybody(200),
    ("reading.archive", "/archive", "GET"): everybody(200),
    ("reading.article", "/articles/published", "GET"): everybody(200),
    ("reading.article", "/articles/draft", "GET"): everybody(404),
    ("reading.article", "/articles/scheduled", "GET"): everybody(404),
    ("reading.article", "/articles/unpublished", "GET"): everybody(404),
    ("reading.article", "/articles/deleted", "GET"): everybody(410),
    ("reading.article", "/articles/never", "GET"): everybody(404),
    ("reading.category", "/categories/town-life", "GET"): everybody(200),
    ("reading.category", "/categories/hidden", "GET"): everybody(200),
    ("reading.category", "/categories/never", "GET"): everybody(404),
    ("reading.tag", "/tags/tides", "GET"): everybody(200),
    ("reading.tag", "/tags/never", "GET"): everybody(404),
    ("reading.person", "/people/maren", "GET"): everybody(200),
    ("reading.person", "/people/never", "GET"): everybody(404),
    ("media.variant", "/media/00000000000000000000000000000000/480.jpg", "GET"): everybody(404),
    ("accounts.join", "/join", "GET"): members(303, anonymous=200),
    ("accounts.join", "/join", "POST"): everybody(422),
    ("accounts.login", "/login", "GET"): members(303, anonymous=200),
    ("accounts.login", "/login", "POST"): everybody(422),
    ("accounts.logout", "/logout", "POST"): everybody(303),
    ("accounts.forgot", "/login/forgot", "GET"): everybody(200),
    ("accounts.forgot", "/login/forgot", "POST"): everybody(422),
    ("accounts.reset", "/login/reset/never", "GET"): everybody(410),
    ("accounts.reset", "/login/reset/never", "POST"): everybody(410),
    ("accounts.verify", "/account/verify/never", "GET"): everybody(410),
    ("accounts.verify", "/account/verify/never", "POST"): everybody(410),
    ("accounts.told", "/join/sent", "GET"): everybody(200),
    ("accounts.told", "/login/forgot/sent", "GET"): everybody(200),
    ("accounts.told", "/login/changed", "GET"): everybody(200),
    ("accounts.told", "/account/verified", "GET"): everybody(200),
    ("accounts.told", "/account/deleted", "GET"): everybody(200),
    ("account.profile", "/account", "GET"): members(200, anonymous=303),
    ("account.profile", "/account", "POST"): members(422, anonymous=403),
    ("account.email", "/account/email", "GET"): members(200, anonymous=303),
    ("account.email", "/account/email", "POST"): members(422, anonymous=403),
    ("account.password", "/account/password", "GET"): members(200, anonymous=303),
    ("account.password", "/account/password", "POST"): members(422, anonymous=403),
    ("account.devices", "/account/devices", "GET"): members(200, anonymous=303),
    ("account.end_device", "/account/devices/999/end", "POST"): members(404, anonymous=403),
    ("account.end_devices", "/account/devices/end", "POST"): members(303, anonymous=403),
    ("account.delete", "/account/delete", "GET"): members(200, anonymous=303),
    ("account.delete", "/account/delete", "POST"): members(422, anonymous=403),
    ("administration.setup", "/setup", "GET"): everybody(403),
    ("administration.setup", "/setup", "POST"): everybody(403),
    ("health.healthz", "/healthz", "GET"): everybody(200),
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
    assert {(endpoint, method) for endpoint, _path, method in PERMISSIONS} == set(routes(app))


@pytest.mark.parametrize("column", range(len(WHO)), ids=WHO)
def test_who_may_and_who_may_not(app: Flask, states: None, column: int) -> None:
    """One visitor asks for everything; whoever was logged out on the way logs in again."""
    if column:
        member("visitor", role=Role(WHO[column]))
    found = {row: answered(app, column, row[1], row[2]) for row in PERMISSIONS}
    assert found == {row: statuses[column] for row, statuses in PERMISSIONS.items()}


def answered(app: Flask, column: int, path: str, method: str) -> int:
    who: Browser = browser(app)
    said = {}
    if column:
        assert who.log_in("visitor").status_code == 303
        said = {"csrf_token": who.form("/account", "/account")["csrf_token"]}
    return who.open(path, method=method, data=said if method == "POST" else None).status_code


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_no_other_method_does_anything(client: FlaskClient, states: None, method: str) -> None:
    for path in {path for _endpoint, path, _method in PERMISSIONS}:
        assert client.open(path, method=method).status_code in {403, 405}


def test_a_method_in_a_header_or_a_field_is_not_believed(client: FlaskClient, states: None) -> None:
    answer = client.get("/articles/published", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 200
    assert client.get("/articles/published?_method=DELETE").status_code == 200


def test_nothing_hidden_is_named_on_any_page(client: FlaskClient, states: None) -> None:
    for _endpoint, path, method in PERMISSIONS:
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
