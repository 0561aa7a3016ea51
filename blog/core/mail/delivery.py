"""The job that sends one mail: at least once, under one Message-ID.

Back-off within half an hour is the job queue's. A mail that is not through by then is asked for
again every hour, for two days: a mail server that is down for a night loses nothing.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from ..clock import now
from ..db import db, end_read, writing
from ..jobs.queue import enqueue
from ..jobs.worker import MAX_TRIES, Record
from . import messages
from .models import ERROR_LIMIT, Mail
from .smtp import Smtp
from .transport import Folder, Refused, Transport, Trouble, read

ROUND_PAUSE = timedelta(hours=1)
"""The pause after the job queue has tried `MAX_TRIES` times."""
GIVEN_UP_AFTER = timedelta(days=2)


class NotSent(Exception):
    """It did not work this time: the job queue waits and tries again."""


def transport(mail_url: str, mail_from: str, folder: Path) -> Transport:
    """The way that the settings name; the folder when there are none. Raises SettingsError."""
    return Smtp(read(mail_url), mail_from) if mail_url else Folder(folder, mail_from)


def send(*, mail_id: int, transport: Transport) -> Record | None:
    """Send one mail, unless it was withdrawn or is through. Raises NotSent."""
    mail = db.session.get(Mail, mail_id)
    if mail is None or mail.sent_at is not None or mail.failed_at is not None:
        return None
    try:
        message = messages.build(mail, transport.mail_from, transport.transfer)
        end_read()
        transport.deliver(mail_id, message)
    except (Refused, messages.UnsafeHeader) as refusal:
        return partial(_give_up, mail_id, str(refusal))
    except Trouble as trouble:
        return _again(mail_id, str(trouble))
    return partial(_sent, mail_id)


def _sent(mail_id: int) -> None:
    mail = db.session.get(Mail, mail_id)
    if mail is not None:
        mail.sent_at, mail.error = now(), ""
        mail.text = mail.html = ""


def _give_up(mail_id: int, sentence: str) -> None:
    mail = db.session.get(Mail, mail_id)
    if mail is not None:
        mail.failed_at, mail.error = now(), sentence[:ERROR_LIMIT]


def _again(mail_id: int, sentence: str) -> Record | None:
    """Note what the try met; leave the next one to the queue, or end this round of tries."""
    with writing():
        mail = db.session.get(Mail, mail_id)
        if mail is None:
            return None
        mail.tries += 1
        mail.error = sentence[:ERROR_LIMIT]
        round_is_over = mail.tries % MAX_TRIES == 0
        is_old = now() - mail.run_at > GIVEN_UP_AFTER
    if not round_is_over:
        raise NotSent(sentence)
    if is_old:
        return partial(_give_up, mail_id, f"Given up after two days. {sentence}")
    return partial(enqueue, "mail.send", run_at=now() + ROUND_PAUSE, mail_id=mail_id)
