"""Serving pictures. What exists is served without asking the database."""

from pathlib import Path

from flask import Blueprint, Response, current_app, send_file
from sqlalchemy import select

from ..core.db import db
from ..core.errors import NotFound
from . import storage
from .addresses import MIME, names, well_formed
from .models import Picture

blueprint = Blueprint("media", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
"""A variant never changes: its address holds the digest of what was uploaded (RFC 8246)."""
NOT_KEPT = "no-store"

INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""A picture opened by itself can do nothing, and may be shown by feed readers elsewhere."""


@blueprint.get("/media/<key>/<name>")
def variant(key: str, name: str) -> Response:
    """One size and format of a picture; the JPEG made at upload while that is still being made."""
    if not well_formed(key, name):
        raise NotFound
    folder = storage.folder(Path(current_app.config["UPLOADS"]).absolute(), key)
    if storage.is_complete(folder / name):
        kind = MIME[name.rpartition(".")[2]]
        return _inert(send_file(folder / name, kind, etag=f"{key}-{name}"), FOR_EVER)
    original = folder / storage.ORIGINAL
    if _is_expected(key, name) and storage.is_complete(original):
        return _inert(Response(original.read_bytes(), content_type=MIME["jpg"]), NOT_KEPT)
    raise NotFound


def _is_expected(key: str, name: str) -> bool:
    width = db.session.scalar(select(Picture.width).where(Picture.key == key))
    return width is not None and name in names(width)


def _inert(response: Response, cache: str) -> Response:
    response.headers["Cache-Control"] = cache
    response.headers.update(INERT)
    return response
