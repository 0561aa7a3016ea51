"""One line for each request, as JSON on standard error, with nothing that tells a person apart."""

import json
import logging
import sys
import time
from typing import Any

from flask import Flask, Response, g, request

log = logging.getLogger("blog.request")

STANDARD = frozenset(vars(logging.makeLogRecord({})))


class JsonLines(logging.Formatter):
    """A log record as one line of JSON; line breaks inside values cannot start a new line."""

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
        return json.dumps(said, ensure_ascii=False, default=str)


def _extra(key: str) -> bool:
    return key not in STANDARD and key not in {"message", "taskName", "color_message"}


def configure(level: str) -> None:
    """Send our own log lines to standard error; once for the whole process."""
    root = logging.getLogger("blog")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    root.propagate = False
    root.setLevel(level)


def log_requests(app: Flask) -> None:
    """One line for each answer: method, path without query, status, milliseconds, bytes."""
    app.before_request(_start)
    app.after_request(_line)


def _start() -> None:
    g.started = time.perf_counter()


def _line(response: Response) -> Response:
    took = time.perf_counter() - g.get("started", time.perf_counter())
    facts = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(took * 1_000, 1),
        "bytes": response.content_length,
    }
    log.info("request", extra=facts)
    return response
