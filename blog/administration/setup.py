"""The one-time link of the first run.

The token is derived from the site's secret (HMAC, RFC 2104), so it is the same at every start until
the site is set up, nothing is stored, and afterwards it opens nothing.
"""

import hmac

from ..site.settings import load
from ..web import urls

PURPOSE = b"broadsheet set-up link 1"


def token(secret: bytes) -> str:
    """The token of a site: 160 bits as hexadecimal digits."""
    return hmac.new(secret, PURPOSE, "sha256").hexdigest()[:40]


def opens(said: str, secret: bytes) -> bool:
    """Whether somebody holds the right token; compared in constant time."""
    return hmac.compare_digest(said.encode(), token(secret).encode())


def link(address: str, secret: bytes) -> str | None:
    """The absolute link, as long as the site is not set up. Needs an application context."""
    if load().set_up:
        return None
    return urls.absolute(address, urls.setup(token(secret)))
