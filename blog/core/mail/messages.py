"""The bytes of a mail (RFC 5322): headers that cannot be broken out of, text and HTML beside it."""

import email
import re
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from .lines import one_line
from .models import Mail

SENDER = "no-reply"
"""The mailbox that mail comes from when no setting names one."""
DISPLAY_LIMIT = 60
"""Signs of a sender's name: a quoted one that must be folded loses its quotes (Python 3.11)."""
SPECIALS = re.compile(r'[()<>\[\]:;@\\,"]')
"""What means something in an address (RFC 5322, section 3.2.3), but for the dot."""
LINE_ENDS = frozenset("\u2028\u2029")
HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
)
"""All the headers that a mail has, in order."""


class UnsafeHeader(ValueError):
    """A value that would break out of its header."""


def build(mail: Mail, mail_from: str, transfer: str) -> EmailMessage:
    """The message, with its Message-ID and date, the same at every try.

    `transfer` is the encoding of the two parts: "quoted-printable" for servers, "8bit" for files
    that people read. Raises UnsafeHeader.
    """
    sender = mail_from or f"{SENDER}@{mail.message_id.rpartition('@')[2].rstrip('>')}"
    ascii_only = mail.to.isascii() and sender.isascii()
    message = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    message["From"] = _address(sender, _display(mail.sender))
    message["To"] = _address(mail.to)
    message["Subject"] = safe(mail.subject)
    message["Date"] = format_datetime(mail.run_at)
    message["Message-ID"] = safe(mail.message_id)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    message.set_content(mail.text, cte=transfer)
    message.add_alternative(mail.html, subtype="html", cte=transfer)
    message["Content-Language"] = safe(mail.language)
    _look_again(message)
    return message


def safe(value: str) -> str:
    """The value of a header, if it is one line of printable signs. Raises UnsafeHeader.

    What looks like an encoded word (RFC 2047) is made to look otherwise: Python would decode it,
    and one can hold a line break.
    """
    if any(sign in LINE_ENDS or unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
        raise UnsafeHeader("A header of this mail holds a line break or a control character.")
    return value.replace("=?", "= ?")


def _address(address: str, name: str = "") -> Address:
    mailbox, _, host = safe(address).rpartition("@")
    return Address(display_name=name, username=mailbox, domain=host)


def _display(name: str) -> str:
    return one_line(SPECIALS.sub(" ", safe(name)), DISPLAY_LIMIT)


def _look_again(message: EmailMessage) -> None:
    """Reads the bytes as a stranger does: what our checks do not know must not leave either."""
    read = email.message_from_bytes(message.as_bytes())
    if tuple(read.keys()) != HEADERS or len(read.get_payload()) != 2:
        raise UnsafeHeader("A value has broken out of its header.")
