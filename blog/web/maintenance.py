"""The closed door, while somebody works behind it."""

from flask import Flask, request
from flask.typing import ResponseReturnValue

from .errors import bare_page

RETRY_AFTER_SECONDS = "120"


def close(app: Flask) -> None:
    """Answer every page with 503; the health check still speaks."""
    app.before_request(_closed)


def _closed() -> ResponseReturnValue | None:
    if request.path == "/healthz":
        return None
    return bare_page("errors/maintenance.html"), 503, {"Retry-After": RETRY_AFTER_SECONDS}
