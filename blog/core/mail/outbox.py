"""The outbox: posting, taking back, trying again, and looking at what waits there.

A mail is posted in the transaction of the act it belongs to: no act, no mail.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select

from ..clock import now
from ..db import db
from ..errors import Invalid, NotFound
from ..jobs.queue import enqueue
from . import letters
from .models import Mail

RANDOM_BYTES = 16
"""Random bytes in a Message-ID, so that nobody guesses one and none comes twice."""


def post(
    *,
    to: str,
    letter: str,
    language: str = "en",
    run_at: datetime | None = None,
    key: str = "",
    **facts: Any,
) -> int:
    """Write a mail and the job that sends it into the present transaction; gives its number.

    `letter` names the templates, `facts` fill them. `run_at` is when it may leave, `key` what
    `withdraw` will ask for. Raises Invalid for an address that cannot be one.
    """
    address = checked(to)
    written = letters.write(letter, language, facts)
    mail = Mail(
        message_id=f"<{secrets.token_hex(RANDOM_BYTES)}@{written.host}>",
        sender=written.sender,
        to=address,
        letter=letter,
        language=language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        key=key,
        run_at=run_at or now(),
    )
    db.session.add(mail)
    db.session.flush()
    enqueue("mail.send", run_at=run_at, mail_id=mail.id)
    return mail.id


def checked(address: str) -> str:
    """The address as a mail server wants it, its host in ASCII. Asks no name server.

    Raises Invalid (RFC 5321 and 6531, by email-validator).
    """
    try:
        found = validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise Invalid("email", "This is not an e-mail address.") from None
    return found.ascii_email or found.normalized


def withdraw(key: str) -> int:
    """Take back what was posted under a key and is not sent; gives how many mails that were.

    One that is being sent at this moment arrives all the same.
    """
    if not key:
        raise ValueError("mails without a key cannot be withdrawn")
    return _removed(delete(Mail).where(Mail.key == key, Mail.sent_at.is_(None)))


def retry(mail_id: int) -> None:
    """Let a mail that was given up wait again, at once. Raises NotFound."""
    mail = db.session.get(Mail, mail_id)
    if mail is None or mail.failed_at is None:
        raise NotFound(f"There is no mail {mail_id} that was given up.")
    mail.failed_at, mail.tries, mail.run_at = None, 0, now()
    enqueue("mail.send", mail_id=mail_id)


def counts() -> tuple[int, int]:
    """How many mails wait, and how many were given up."""
    unsent = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
    waiting = db.session.scalar(unsent.where(Mail.failed_at.is_(None)))
    failed = db.session.scalar(unsent.where(Mail.failed_at.is_not(None)))
    return waiting or 0, failed or 0


def troubled(limit: int = 20) -> Sequence[Mail]:
    """Mails that are not sent and whose last try met something, the newest first."""
    met = select(Mail).where(Mail.sent_at.is_(None), Mail.error != "")
    return db.session.scalars(met.order_by(Mail.id.desc()).limit(limit)).all()


def forget_sent(before: datetime) -> int:
    """Remove what was sent before then; gives how many mails that were."""
    return _removed(delete(Mail).where(Mail.sent_at < before))


def forget_address(to: str) -> int:
    """Remove every mail to an address, sent or not; gives how many that were. Raises Invalid."""
    return _removed(delete(Mail).where(Mail.to == checked(to)))


def _removed(statement: Any) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
