"""Pages of rooms below `reading/`: what their head says, and who may keep them."""

from typing import Any

from flask import Response, make_response, render_template


def draw(template: str, title: str, status: int = 200, **facts: Any) -> Response:
    """A page that says of itself only its title."""
    page = {"title": title, "description": "", "canonical": None, "picture": None}
    page["kind"] = "website"
    return make_response(render_template(template, page=page, **facts), status)


def draw_secret(template: str, title: str, status: int = 200, **facts: Any) -> Response:
    """A page whose address opens something: kept by nobody, and told to nobody by a Referer."""
    answer = draw(template, title, status, **facts)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
