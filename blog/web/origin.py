"""Whose request it is: known hosts, and forged posts refused without a token.

A page that every reader gets alike can carry no token. A browser says by itself where a post comes
from: `Sec-Fetch-Site` (W3C Fetch Metadata), else `Origin` (RFC 6454).
"""

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from ..core.errors import BlogError, Forbidden
from .facts import site

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_COOKIES = frozenset({"session", "guest", "__Host-session", "__Host-guest"})
LOCAL_NAMES = ("localhost", "127.0.0.1")
OPEN_TO_EVERY_HOST = frozenset({"/healthz"})


def guard(app: Flask) -> None:
    """Refuse unknown hosts and forged posts before a view is called."""
    app.before_request(refuse_unknown_host)
    app.before_request(refuse_forged)


def refuse_unknown_host() -> None:
    """400 for a Host that is neither the site's nor this machine's on our port."""
    if request.path not in OPEN_TO_EVERY_HOST and request.host.lower() not in known_hosts():
        raise BlogError("This site does not answer to that name.")


def refuse_forged() -> None:
    """403 for a post that another site made a browser send."""
    if request.method in SAFE_METHODS:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetch_site is not None:
        ours = fetch_site in {"same-origin", "none"}
    elif origin is not None:
        ours = origin.lower() in known_origins()
    else:
        ours = not OUR_COOKIES & request.cookies.keys()
    if not ours:
        raise Forbidden("This form was sent from another site, so it was not accepted.")


def known_hosts() -> set[str]:
    """The names we answer to, with their ports."""
    return {site().host, *local_hosts()}


def known_origins() -> set[str]:
    """The origins whose forms we accept."""
    parts = urlsplit(site().address)
    own = f"{parts.scheme}://{parts.netloc}".lower()
    return {own, *(f"http://{host}" for host in local_hosts())}


def local_hosts() -> tuple[str, ...]:
    """This machine's own names on our port."""
    return tuple(f"{name}:{current_app.config['PORT']}" for name in LOCAL_NAMES)
