"""Handing mail to a mail server: one conversation for each mail, with a time limit."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from .lines import one_line
from .transport import Refused, Server, Trouble

TIME_LIMIT = 30.0
"""Seconds that one conversation may take in all."""
SLOW = 5.0
"""A server that took longer than this to fail is left alone for `QUIET` seconds, because one that
does not answer would otherwise hold up every other job for the time limit of every mail."""
QUIET = 20.0
REPLY_LIMIT = 200
PERMANENT = 500
"""Replies from here on say that trying again is of no use (RFC 5321, section 4.2.1)."""


class Smtp:
    """A mail server. Certificates are checked; a word is said only where nobody can listen."""

    transfer = "quoted-printable"

    def __init__(
        self,
        server: Server,
        mail_from: str = "",
        limit: float = TIME_LIMIT,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.server = server
        self.mail_from = mail_from
        self._limit = limit
        self._context = context or ssl.create_default_context()
        self._quiet_until = 0.0

    def deliver(self, mail_id: int, message: EmailMessage) -> None:
        """Hand one mail over. Raises Refused for this mail, Trouble for all that may pass."""
        if time.monotonic() < self._quiet_until:
            raise Trouble(f"{self._name} did not answer in time a moment ago.")
        began = time.monotonic()
        try:
            self._deliver(message)
        except smtplib.SMTPRecipientsRefused as error:
            (code, reply), *_ = error.recipients.values()
            raise _judged(code, "does not take mail for this address", reply, message) from None
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, "does not take it", error.smtp_error, message) from None
        except smtplib.SMTPResponseException as error:
            said = _reply(error.smtp_code, error.smtp_error, message)
            raise Trouble(f"{self._name} refused us: {said}") from None
        except ssl.SSLCertVerificationError as error:
            said = one_line(error.verify_message, REPLY_LIMIT)
            raise Trouble(f"{self._name} has no valid certificate: {said}.") from None
        except OSError as error:
            if time.monotonic() - began > SLOW:
                self._quiet_until = time.monotonic() + QUIET
            reason = one_line(error.strerror or str(error) or type(error).__name__, REPLY_LIMIT)
            raise Trouble(f"{self._name} could not be spoken to: {reason}.") from None

    @property
    def _name(self) -> str:
        return f"The mail server {self.server.host}:{self.server.port}"

    def _deliver(self, message: EmailMessage) -> None:
        sender, to = _address(message, "From"), _address(message, "To")
        with self._conversation(sender.rpartition("@")[2]) as client:
            client.ehlo_or_helo_if_needed()
            if not to.isascii() and not client.has_extn("smtputf8"):
                raise Refused("The mail server does not know addresses with letters like these.")
            client.send_message(message, sender, [to])

    @contextmanager
    def _conversation(self, helo: str) -> Iterator[smtplib.SMTP]:
        client = self._client(helo if helo.isascii() else "localhost")
        with _time_limit(client, self._limit) as over:
            try:
                self._greet(client)
                yield client
            except OSError:
                if over.is_set():
                    raise TimeoutError(f"no end after {self._limit:g} seconds") from None
                raise
            finally:
                # What was taken is taken, however the goodbye goes.
                with suppress(OSError):
                    client.quit()
                client.close()

    def _client(self, helo: str) -> smtplib.SMTP:
        client: smtplib.SMTP
        if self.server.encrypted:
            client = smtplib.SMTP_SSL(
                local_hostname=helo, timeout=self._limit, context=self._context
            )
        else:
            client = smtplib.SMTP(local_hostname=helo, timeout=self._limit)
        # smtplib knows the host to check a certificate against only when it connects at once.
        client._host = self.server.host  # type: ignore[attr-defined]
        return client

    def _greet(self, client: smtplib.SMTP) -> None:
        code, reply = client.connect(self.server.host, self.server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, reply)
        client.ehlo_or_helo_if_needed()
        secure = self.server.encrypted or self.server.is_local
        if not secure and client.has_extn("starttls"):
            client.starttls(context=self._context)
            secure = True
        if self.server.user:
            if not secure:
                raise Trouble(f"{self._name} offers no encryption, so the password was not sent.")
            client.login(self.server.user, self.server.word)


@contextmanager
def _time_limit(client: smtplib.SMTP, seconds: float) -> Iterator[threading.Event]:
    """Cuts the line when the time is over; a time limit of a socket is one for each read only."""
    finished, over = threading.Event(), threading.Event()

    def cut() -> None:
        if finished.wait(seconds):
            return
        over.set()
        while not finished.wait(0.2):
            with suppress(OSError, ValueError):
                if client.sock is not None:
                    client.sock.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=cut, daemon=True, name="time limit of a mail")
    thread.start()
    try:
        yield over
    finally:
        finished.set()
        thread.join(timeout=1)


def _judged(code: int, verdict: str, reply: bytes | str, message: EmailMessage) -> Exception:
    said = _reply(code, reply, message)
    if code >= PERMANENT:
        return Refused(f"The mail server {verdict}: {said}")
    return Trouble(f"The mail server asks to try again later: {said}")


def _reply(code: int, reply: bytes | str, message: EmailMessage) -> str:
    """What the server said, without the reader's address: this goes to the log."""
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(f"{code} {said.replace(_address(message, 'To'), 'the address')}", REPLY_LIMIT)


def _address(message: EmailMessage, header: str) -> str:
    return str(message[header].addresses[0].addr_spec)
