"""The session cookie: signed, holding a random token and the secret of form tokens, nothing else.

It is set by logging in and by nothing else, so reading leaves no trace. On an https address its
name begins with `__Host-` (RFC 6265bis, section 4.1.3): no neighbouring host can plant one.
"""

from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from .facts import site
from .origin import local_hosts

PLAIN = "session"
PREFIXED = "__Host-session"
NAMES = (PREFIXED, PLAIN)
STAY_DAYS = 90
"""How long a session lasts that was asked to stay; any other ends with the browser."""
STAY = "session_stays"


class CookieSession(SecureCookieSession):
    """What a cookie said, and under which name it came."""

    came_as: str = ""


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie under the name that fits the site's address at the moment."""

    session_class = CookieSession

    def open_session(self, app: Flask, request: Request) -> CookieSession:
        """What the cookie says; nothing when there is none or it is not ours. Asks no database."""
        name = next((name for name in NAMES if name in request.cookies), "")
        session = CookieSession(self._read(app, request.cookies[name]) if name else {})
        session.came_as = name
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie when it is new, and take back one that is worth nothing any more."""
        if session and not session.modified:
            return
        for name in NAMES:
            if name in request.cookies and not (session and name == name_here()):
                self._delete(app, name, response)
        if session:
            self._set(app, dict(session), response)
        if "Set-Cookie" in response.headers:
            response.headers["Cache-Control"] = "private, no-store"

    def _read(self, app: Flask, value: str) -> dict[str, Any]:
        signer = self.get_signing_serializer(app)
        try:
            said = signer.loads(value, max_age=STAY_DAYS * 86_400) if signer else {}
        except BadSignature:
            return {}
        return said if isinstance(said, dict) else {}

    def _set(self, app: Flask, said: dict[str, Any], response: Response) -> None:
        signer = self.get_signing_serializer(app)
        assert signer is not None
        response.set_cookie(
            name_here(),
            str(signer.dumps(said)),
            max_age=STAY_DAYS * 86_400 if g.get(STAY) else None,
            secure=is_secure_here(),
            httponly=True,
            samesite="Lax",
            path="/",
        )

    def _delete(self, app: Flask, name: str, response: Response) -> None:
        secure = name == PREFIXED
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


def name_here() -> str:
    """The name that the cookie has at the address of this request."""
    return PREFIXED if is_secure_here() else PLAIN


def is_secure_here() -> bool:
    """Whether readers reach this address by https.

    This machine's own names are reached by http, also when the site's address is an https one.
    """
    here = request.host.lower()
    return site().address.startswith("https:") and (
        here == site().host or here not in local_hosts()
    )
