"""Errors of every kind, shown once in the site's own look."""

import logging
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog import create_app
from blog.config import Config
from blog.core import errors


def kinds() -> list[errors.BlogError]:
    return [
        errors.Invalid("title", "An article needs a title."),
        errors.Forbidden("You may not <b>do</b> that."),
        errors.NotFound(),
        errors.Conflict("Somebody changed it."),
        errors.Gone(),
        errors.TooLarge("At most 12 MB."),
        errors.TooMany("Wait a minute."),
    ]


@pytest.mark.parametrize("error", kinds(), ids=lambda error: type(error).__name__)
def test_what_a_room_raises_becomes_a_page_with_its_status(
    app: Flask, client: FlaskClient, error: errors.BlogError
) -> None:
    app.add_url_rule("/raise", view_func=lambda: (_ for _ in ()).throw(error))
    answer = client.get("/raise")
    assert answer.status_code == error.status
    assert error.title in answer.text
    assert "<b>do</b>" not in answer.text
    assert 'class="masthead' in answer.text


def test_a_fault_of_ours_tells_the_reader_nothing_and_the_log_everything(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("blog").propagate = True
    app.add_url_rule("/fault", view_func=lambda: 1 // 0)  # type: ignore[arg-type,return-value]
    answer = client.get("/fault")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
    assert any(record.exc_info for record in caplog.records)


def test_a_fault_is_shown_even_when_the_database_is_gone(
    app: Flask, client: FlaskClient, config: Config
) -> None:
    (config.instance / "broadsheet.db").write_bytes(b"this is no database at all, " * 100)
    for path in ("/", "/archive"):
        assert client.get(path).status_code == 500
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "database"})


def test_a_closed_site_says_when_to_come_back(config: Config) -> None:
    closed = create_app(replace(config, maintenance=True)).test_client()
    answer = closed.get("/", headers={"Host": "127.0.0.1:8000"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "120"
    assert closed.get("/healthz").status_code in {200, 503}


@pytest.mark.parametrize(
    "path",
    ["/%00", "/articles/%ff", "/" + "x" * 5_000, "/articles/../../etc/passwd"],
)
def test_an_odd_address_is_answered_and_never_a_fault(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {301, 308, 400, 404}
