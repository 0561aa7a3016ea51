"""E-mail addresses: their form, and the key by which two spellings are one address."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from ..core.errors import Invalid
from .models import EMAIL_LIMIT


def check_email(email: str) -> str:
    """The address as letters are sent to it (a domain in ASCII form, RFC 5890). Raises Invalid.

    Whether anybody reads there is proven by a link, not asked of the domain's servers.
    """
    try:
        checked = validate_email(
            email.strip(), check_deliverability=False, allow_smtputf8=False
        ).ascii_email
    except EmailNotValidError:
        checked = None
    if not checked or len(checked) > EMAIL_LIMIT:
        raise Invalid(
            "email", "This is not a whole e-mail address; one looks like ann@example.org."
        )
    return checked


def email_key(email: str) -> str:
    """What is the same for every spelling of an address that servers commonly take as one."""
    return unicodedata.normalize("NFC", email.strip().lower())
