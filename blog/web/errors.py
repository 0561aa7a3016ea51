"""Errors of every room become pages here, once."""

import logging

from flask import Flask, Response, current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from ..core.errors import BlogError, Gone, NotFound
from ..text.errors import TextRefused

log = logging.getLogger(__name__)

SENTENCES = {
    400: ("That could not be read", "Something in this request is not as it should be."),
    403: ("Not yours to do", "This page is not open to you."),
    404: (NotFound.title, NotFound().message),
    405: ("Not this way", "This address does not take that kind of request."),
    410: (Gone.title, Gone().message),
    413: ("That is too large", "What was sent is larger than this page takes."),
    429: ("A little slower, please", "That was too often in too short a time."),
}


def draw_errors(app: Flask) -> None:
    """Register how errors are shown."""
    app.register_error_handler(BlogError, _refusal)
    app.register_error_handler(TextRefused, _refused_text)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, title: str, message: str) -> Response:
    """The page of an error, in the site's own look."""
    page = {"title": title, "description": message, "canonical": None, "picture": None}
    page["kind"] = "website"
    drawn = render_template(
        "errors/error.html", status=status, title=title, message=message, page=page
    )
    answer = make_response(drawn, status)
    if status == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def _refusal(error: BlogError) -> ResponseReturnValue:
    return error_page(error.status, error.title, error.message)


def _refused_text(error: TextRefused) -> ResponseReturnValue:
    return error_page(422, "Something needs another look", error.message)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or 300 <= error.code < 400:
        return error
    title, message = SENTENCES.get(error.code, ("That did not work", "Please try again."))
    answer = error_page(error.code, title, message)
    if isinstance(error, MethodNotAllowed):
        answer.allow.update(error.valid_methods or ())
    return answer


def _fault(_error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with its trace, told without it, drawn without the database."""
    log.exception("a request failed")
    return bare_page("errors/500.html"), 500


def bare_page(name: str) -> str:
    """A page that stands by itself: nothing is asked of the database to draw it."""
    return current_app.jinja_env.get_template(name).render()
