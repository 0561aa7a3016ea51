"""People with a browser: cookies are kept, forms are sent as a browser sends them."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sqlalchemy import select
from werkzeug.test import TestResponse

from blog.core.db import db
from blog.core.mail.models import Mail
from tests.conftest import PORT, Reader

HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
WORD = "a lamp in the long rain"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Browser(Reader):
    """A browser with cookies, at the site's address."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = dict(kwargs.pop("headers", None) or {})
        kwargs["headers"] = {"Origin": ORIGIN, "User-Agent": FIREFOX} | headers
        return super().open(*args, **kwargs)

    def form(self, path: str, action: str) -> dict[str, str]:
        """What a browser would send of a form that nobody has touched."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return fields(form_of(answer, action))

    def submit(self, path: str, action: str = "", **typed: str) -> TestResponse:
        """Open a page, fill in its form, send it."""
        said = self.form(path, action or path) | typed
        return self.post(action or path, data=said)

    def log_in(self, who: str, word: str = WORD, **typed: str) -> TestResponse:
        return self.submit("/login", who=who, password=word, **typed)

    def cookie(self, name: str = "session") -> str | None:
        found = self.get_cookie(name, domain="127.0.0.1")
        return found.value if found else None

    def is_known(self) -> bool:
        return self.get("/account").status_code == 200


def browser(app: Flask) -> Browser:
    return Browser(app, app.response_class, use_cookies=True)


def form_of(answer: TestResponse, action: str) -> LexborNode:
    tree = LexborHTMLParser(answer.text)
    forms = [form for form in tree.css("form") if form.attributes.get("action", action) == action]
    forms = [form for form in forms if form.attributes.get("method") == "post"]
    assert forms, f"no form leads to {action}"
    return forms[-1]


def fields(form: LexborNode) -> dict[str, str]:
    said: dict[str, str] = {}
    for node in form.css("input, textarea, select"):
        name = node.attributes.get("name")
        kind = node.attributes.get("type", "text")
        if not name or (kind in {"checkbox", "radio"} and "checked" not in node.attributes):
            continue
        if node.tag == "textarea":
            said[name] = node.text()
        elif node.tag == "select":
            chosen = node.css_first("option[selected]")
            said[name] = str(chosen.attributes["value"]) if chosen else ""
        else:
            said[name] = node.attributes.get("value") or ("y" if kind == "checkbox" else "")
    return said


def letters(to: str = "") -> list[Mail]:
    db.session.rollback()
    found = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    return [mail for mail in found if not to or mail.to == to]


def link_in(mail: Mail) -> str:
    """The path of the first link in a letter that leads to more than the front page."""
    links = re.findall(rf"{re.escape(ORIGIN)}(/\S+)", mail.text or _sent(mail.id))
    return str(links[0])


def _sent(number: int) -> str:
    """The text of a letter that is out: a file beside the uploads, its row is blank by then."""
    folder = Path(current_app.config["UPLOADS"]).parent / "outbox"
    message = message_from_bytes((folder / f"{number}.eml").read_bytes(), policy=default)
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
