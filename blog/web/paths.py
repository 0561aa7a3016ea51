"""Addresses that cannot be one of ours, refused before anybody looks them up."""

from flask import Flask, request

from ..core.errors import NotFound


def guard(app: Flask) -> None:
    """404 for a path with a NUL in it, which no database takes as a value."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    if "\0" in request.path:
        raise NotFound
