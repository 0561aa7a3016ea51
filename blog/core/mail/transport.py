"""Where mail goes: to a mail server (SMTP, RFC 5321), or without settings into a folder."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

SMTP_PORT = 25
SUBMISSION_PORT = 587
"""RFC 6409: where a mail server takes mail from those who log in."""
SMTPS_PORT = 465
"""RFC 8314: the same, encrypted from the first byte."""


class Refused(Exception):
    """The mail will never be taken; the message is one sentence that says why."""


class Trouble(Exception):
    """It did not work this time; the message is one sentence that says why."""


class SettingsError(ValueError):
    """The address of the mail server cannot be used; the message is one sentence."""


class Transport(Protocol):
    """A way for mail to leave."""

    @property
    def mail_from(self) -> str:
        """The address that mail comes from; empty: one at the site's host."""

    @property
    def transfer(self) -> str:
        """How the parts of a mail are encoded on this way."""

    def deliver(self, mail_id: int, message: EmailMessage) -> None:
        """Hand one mail over. Raises Refused and Trouble."""


@dataclass(frozen=True, slots=True)
class Server:
    """What `smtp://name:word@host:port` says."""

    host: str
    port: int
    encrypted: bool
    """From the first byte; else by STARTTLS where the server offers it."""
    user: str
    word: str

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, to which a word may be said in clear."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read(mail_url: str) -> Server:
    """The server that a setting names.

    Without a port it is 465 for smtps; for smtp 587 with a name and 25 without. Raises
    SettingsError; the message repeats no word.
    """
    try:
        parts = urlsplit(mail_url)
        port = parts.port
    except ValueError:
        raise SettingsError("BLOG_MAIL_URL is not an address.") from None
    encrypted = parts.scheme == "smtps"
    user, word = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise SettingsError("BLOG_MAIL_URL looks like smtp://name:word@mail.example.org:587.")
    if not (user + word).isascii():
        raise SettingsError("Name and password in BLOG_MAIL_URL may hold ASCII characters only.")
    usual = SMTPS_PORT if encrypted else SUBMISSION_PORT if user else SMTP_PORT
    return Server(parts.hostname, port or usual, encrypted, user, word)


@dataclass(frozen=True, slots=True)
class Folder:
    """Mail as files `<number>.eml`, which any mail program opens, for a site without a server."""

    path: Path
    mail_from: str = ""
    transfer: str = "8bit"

    def deliver(self, mail_id: int, message: EmailMessage) -> None:
        """Write the file, whole or not at all; once more is the same file. Raises Trouble."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self.path / f"{mail_id}.eml", message.as_bytes())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Trouble(f"The folder {self.path} cannot be written to ({reason}).") from None

    def _write(self, target: Path, content: bytes) -> None:
        unfinished = target.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
