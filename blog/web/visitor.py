"""Who asks: the person of a session, told by the room that knows people.

The cookie holds a random token. Whether it still means somebody is asked at every request that
carries one, so that an ended session is worth nothing from the next request on.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import quote

from flask import Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from flask_wtf.csrf import CSRFError

from ..core.errors import BlogError, Forbidden
from ..extensions import csrf, login
from . import urls
from .cookie import STAY, Cookies, name_here
from .origin import OUR_COOKIES, SAFE_METHODS

TOKEN = "_user_id"  # noqa: S105 - Flask-Login's name for what tells who it is
FORM_SECRET = "csrf_token"  # noqa: S105 - Flask-WTF's name for what form tokens are made of
NEXT_LIMIT = 500

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Expired(BlogError):
    """A form of somebody logged in whose token does not fit the present session."""

    status = 403
    title = "This form is from an earlier log-in"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in, as Flask-Login wants to see them."""

    person: Any
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token


def recognise(app: Flask, find: Callable[[str], Any]) -> None:
    """Wire who is who: `find` gives the person of a token, or None."""

    def load(token: str) -> Visitor | None:
        person = find(token)
        return Visitor(person, token) if person is not None else None

    app.session_interface = Cookies()
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    # Origins are held by web/origin; pages with a token in their address send no Referer.
    app.config.update(WTF_CSRF_SSL_STRICT=False)
    login.init_app(app, add_context_processor=False)
    login.user_loader(load)
    login.unauthorized_handler(_turn_away)
    csrf.init_app(app)
    app.before_request(_forget_the_dead)
    app.before_request(_refuse_without_token)


def required(view: View) -> View:
    """A view for people who are logged in; all others are sent to the log-in."""
    return cast(View, login_required(view))


def same_for_all(view: View) -> View:
    """A view whose form is the same for every reader and so has no token, also for members."""
    return cast(View, csrf.exempt(view))


def person() -> Any:
    """The person who asks, or None."""
    return current_user.person if current_user.is_authenticated else None


def token() -> str:
    """The token of the present session; empty for a reader."""
    return str(session.get(TOKEN, ""))


def sign_in(new: str, *, stay: bool = False) -> None:
    """Give the browser a new session, with nothing of the one before."""
    session.clear()
    session[TOKEN] = new
    session[FORM_SECRET] = secrets.token_hex(20)
    setattr(g, STAY, stay)


def sign_out() -> None:
    """Take the cookie back."""
    session.clear()


def own_path(wanted: str, otherwise: str) -> str:
    """A path of ours to go on to, else `otherwise`; nothing that leads to another site."""
    plain = wanted.isascii() and wanted.isprintable() and " " not in wanted
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    fine = plain and ours and len(wanted) <= NEXT_LIMIT and "//" not in wanted.partition("?")[0]
    return wanted if fine else otherwise


def _forget_the_dead() -> None:
    if not OUR_COOKIES & request.cookies.keys():
        return
    misnamed = session and getattr(session, "came_as", "") != name_here()
    if misnamed or (session and not current_user.is_authenticated):
        session.clear()


def _refuse_without_token() -> None:
    if request.method in SAFE_METHODS or not session or not current_user.is_authenticated:
        return
    try:
        csrf.protect(apply_exemptions=True)
    except CSRFError:
        raise Expired(
            "Nothing was changed, because the form was opened before you logged in this time. Load "
            "its page again and send it once more."
        ) from None


def _turn_away() -> ResponseReturnValue:
    """To the log-in and back; what was sent stays in the browser, one step back."""
    if request.method in SAFE_METHODS:
        query = request.query_string.decode("ascii", "ignore")
        return redirect(urls.login(quote(request.path) + (f"?{query}" if query else "")), 303)
    raise Forbidden(
        "You are not logged in any more, so nothing was changed. Log in in another window, then go "
        "back and send this again; what you typed is still there."
    )
