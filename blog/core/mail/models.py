"""A mail: one letter to one address, and what became of it."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import now
from ..db import Model

ADDRESS_LIMIT = 254
"""RFC 5321, section 4.5.3.1.3: a path of 256 octets with its two angle brackets."""
MESSAGE_ID_LIMIT = 320
NAME_LIMIT = 120
LETTER_LIMIT = 60
LANGUAGE_LIMIT = 35
SUBJECT_LIMIT = 200
KEY_LIMIT = 120
ERROR_LIMIT = 500


class Mail(Model):
    """One letter to one address; its words go when it is sent, because they hold secret links.

    Numbers are never given twice: a job and a file in the outbox are named by them.
    """

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_state", "sent_at", "failed_at"),
        Index("ix_mail_key", "key"),
        Index("ix_mail_to", "to"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(MESSAGE_ID_LIMIT), unique=True)
    """The same at every try, so that a mail which arrives twice can be known as one."""
    sender: Mapped[str] = mapped_column(String(NAME_LIMIT))
    """The name it comes from: the site's, when it was written."""
    to: Mapped[str] = mapped_column(String(ADDRESS_LIMIT))
    letter: Mapped[str] = mapped_column(String(LETTER_LIMIT))
    language: Mapped[str] = mapped_column(String(LANGUAGE_LIMIT))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LIMIT))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(KEY_LIMIT), default="")
    """What it belongs to, in the words of whoever wrote it; `outbox.withdraw` asks for it."""
    run_at: Mapped[datetime] = mapped_column(default=now)
    """When it may be sent, and the date it bears."""
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(String(ERROR_LIMIT), default="")
    """What the last try met, as a sentence for whoever runs the site."""
