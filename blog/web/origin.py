"""Whose request it is: known hosts, and forged posts refused without a token.

A page that every reader gets alike can carry no token. A browser says by itself where a post comes
from: `Sec-Fetch-Site` (W3C Fetch Metadata), else `Origin` (RFC 6454).
"""

from contextlib import suppress

from flask import Flask, current_app, request

from ..core import addresses
from ..core.errors import BlogError, Forbidden
from .facts import site

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_COOKIES = frozenset({"session", "guest", "__Host-session", "__Host-guest"})
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
OPEN_TO_EVERY_HOST = frozenset({"/healthz"})


def guard(app: Flask) -> None:
    """Refuse unknown hosts and forged posts before a view is called."""
    app.before_request(refuse_unknown_host)
    app.before_request(refuse_forged)


def refuse_unknown_host() -> None:
    """400 for a Host that is neither the site's nor this machine's on our port."""
    if request.path not in OPEN_TO_EVERY_HOST and not known_hosts() & asked_hosts():
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
        ours = _is_known(origin)
    else:
        ours = not OUR_COOKIES & request.cookies.keys()
    if not ours:
        raise Forbidden("This form was sent from another site, so it was not accepted.")


def asked_hosts() -> set[str]:
    """The host that is asked for, in normal form; none for what cannot be one.

    A forwarder may speak TLS before us without saying so: the port of either scheme may be named.
    """
    found = set()
    for scheme in addresses.DEFAULT_PORTS:
        with suppress(ValueError):
            found.add(addresses.host(f"{scheme}://{request.host}"))
    return found


def known_hosts() -> set[str]:
    """The names we answer to, with their ports, in normal form."""
    return {site().host, *local_hosts()}


def local_hosts() -> set[str]:
    """This machine's own names on our port, in normal form."""
    return set(map(addresses.host, local_origins()))


def known_origins() -> set[str]:
    """The origins whose forms we accept, in normal form."""
    return {site().address, *local_origins()}


def local_origins() -> set[str]:
    """This machine's own names on our port, and the address we listen on unless that is all."""
    names, port = (*LOCAL_NAMES, current_app.config["HOST"]), current_app.config["PORT"]
    return {found for name in names if (found := addresses.listening(name, port))}


def _is_known(origin: str) -> bool:
    with suppress(ValueError):
        return addresses.origin(origin) in known_origins()
    return False
