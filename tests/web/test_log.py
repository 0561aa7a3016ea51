"""The log: one line a request, and nothing personal."""

import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from blog.web.log import JsonLines


@pytest.fixture
def lines(app: Flask) -> list[str]:
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Keep()
    handler.setFormatter(JsonLines())
    log = logging.getLogger("blog.request")
    log.setLevel("INFO")
    log.addHandler(handler)
    return written


def test_a_request_is_one_line_without_query_address_or_agent(
    lines: list[str], client: FlaskClient
) -> None:
    lines.clear()
    client.get(
        "/archive?token=secret",
        headers={"User-Agent": "Tracker {}", "X-Forwarded-For": "203.0.113.9"},
    )
    (line,) = lines
    said = json.loads(line)
    assert (said["method"], said["path"], said["status"]) == ("GET", "/archive", 200)
    assert not any(word in line for word in ("secret", "Tracker", "203.0.113.9", "127.0.0.1"))


def test_a_path_cannot_begin_a_line_of_its_own(lines: list[str], client: FlaskClient) -> None:
    lines.clear()
    client.get('/x%0a%0d{"level": "forged"}')
    assert len(lines) == 1
    assert len(lines[0].splitlines()) == 1


def test_no_sign_in_a_line_steers_a_terminal(lines: list[str], client: FlaskClient) -> None:
    lines.clear()
    client.get("/x\x85\u2028\x9b31m")
    assert lines[0].isascii()
    assert lines[0].isprintable()


def test_the_question_whether_the_site_answers_is_a_line_at_debug_level_only(
    lines: list[str], client: FlaskClient
) -> None:
    lines.clear()
    client.get("/healthz")
    assert lines == []
    logging.getLogger("blog.request").setLevel("DEBUG")
    client.get("/healthz")
    assert [json.loads(line)["level"] for line in lines] == ["debug"]


def test_answers_that_never_reach_a_view_have_their_line_too(
    lines: list[str], app: Flask, client: FlaskClient
) -> None:
    lines.clear()
    client.get(app.jinja_env.globals["asset"]("css/app.css"))
    client.post("/setup", data=b"x" * 2_000_000)
    assert [json.loads(line)["status"] for line in lines] == [200, 413]


@pytest.mark.parametrize("path", ["/login/reset/", "/account/verify/"])
def test_a_token_in_an_address_is_not_written_down(
    lines: list[str], client: FlaskClient, path: str
) -> None:
    lines.clear()
    client.get(f"{path}a-token-that-opens-something")
    assert "a-token" not in lines[0]
    assert json.loads(lines[0])["path"] == f"{path}…"
