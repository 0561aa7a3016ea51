"""The letters of this room: which there are, to whom they go, and what each says.

Every link is made of the site's address, which the caller gives, and never of a Host header. All
have `name` (who is addressed) and `link` (where the letter leads).
"""

from ..core.mail import outbox
from ..site import settings

VERIFY = "verify"
"""Prove the address you joined with."""
KNOWN = "known"
"""Somebody, perhaps you, asked to use your address, which has an account; the link logs in."""
RESET = "reset"
"""Choose a new password."""
CHANGE_EMAIL = "change-email"
"""Prove your new address."""
EMAIL_CHANGED = "email-changed"
"""To the old address: another one is used from now on; the link leads to the log-in."""
PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a letter's name
"""The password is another one; the link leads to the page for a forgotten one."""
INVITE = "invite"
"""An account was made for you; choose a password."""


def send(letter: str, to: str, name: str, link: str) -> None:
    """Post one of the letters above, in the site's language, into the present transaction."""
    language = settings.load().language
    outbox.post(to=to, letter=letter, language=language, link=link, name=name)
