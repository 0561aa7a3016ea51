"""The applications that are measured, each a factory for the server."""

from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from blog import create_app
from blog.config import Config

BYTES = b"x" * 36_000
"""As many as an article page has before compression."""


def constant(_config: Config) -> WSGIApplication:
    """The limit of the server: the same bytes, whatever is asked."""

    def app(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "36000")])
        return [BYTES]

    return app


def empty_flask(_config: Config) -> WSGIApplication:
    """The limit of Flask: a view that does nothing."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "")
    return app


def publication(config: Config) -> WSGIApplication:
    """The product."""
    return create_app(config)


FACTORIES = {"constant": constant, "flask": empty_flask, "blog": publication}


def instance_config(instance: Path, port: int) -> Config:
    """Settings of a measured instance: as shipped, but quiet."""
    return Config(instance=instance, port=port, secret_key=b"b" * 32, log_level="ERROR")
