"""One line for each request, as JSON on standard error, with nothing that tells a person apart."""

import json
import logging
import sys
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

log = logging.getLogger("blog.request")

SHOWN_PATH = "blog.shown_path"
"""The path as it may be written down, in the environment of a request."""

ASKED_BY_MACHINES = frozenset({"/healthz"})
"""Paths asked every few seconds: well answered, they are news at level DEBUG only."""
STANDARD = frozenset(vars(logging.makeLogRecord({})))


class JsonLines(logging.Formatter):
    """A log record as one line of JSON in ASCII: nothing in it starts a line or moves a cursor."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        said |= {key: value for key, value in vars(record).items() if _extra(key)}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, default=str)


def _extra(key: str) -> bool:
    return key not in STANDARD and key not in {"message", "taskName", "color_message"}


def _level(facts: dict[str, Any]) -> int:
    routine = facts["path"] in ASKED_BY_MACHINES and facts["status"] < HTTPStatus.BAD_REQUEST
    return logging.DEBUG if routine else logging.INFO


def configure(level: str) -> None:
    """Send our own log lines to standard error; once for the whole process."""
    root = logging.getLogger("blog")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    root.propagate = False
    root.setLevel(level)


def hide_tokens(app: Flask) -> None:
    """Keep a token that stands in a path, and opens something, out of the log."""
    app.before_request(_hide_token)


def _hide_token() -> None:
    secret = (request.view_args or {}).get("token")
    if secret:
        request.environ[SHOWN_PATH] = request.path.replace(str(secret), "…")


class RequestLog:
    """The outermost WSGI layer: one line for each answer, whoever gave it.

    Method, path without query, status, milliseconds until the answer began, bytes if known.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Ask the layer below and note what it answers."""
        began = time.perf_counter()

        def note(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            lengths = [int(value) for name, value in headers if name.lower() == "content-length"]
            facts = {
                "method": environ["REQUEST_METHOD"],
                "path": environ.get(SHOWN_PATH) or _path(environ),
                "status": int(status.split(maxsplit=1)[0]),
                "ms": round((time.perf_counter() - began) * 1_000, 1),
                "bytes": lengths[0] if lengths else None,
            }
            log.log(_level(facts), "request", extra=facts)
            return start_response(status, headers, *error)

        return self.app(environ, note)


def _path(environ: WSGIEnvironment) -> str:
    path: str = environ.get("PATH_INFO", "")
    return path.encode("latin-1").decode("utf-8", "replace")
