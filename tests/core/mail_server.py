"""A mail server of the tests' own: a real one, that takes, refuses and stalls as it is told."""

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

OK = "250 OK"
Answer = Callable[[str], str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """What it was given, and what it answers to a recipient and to a message."""

    port: int
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipient and bytes of every mail that it said yes to."""
    asked: list[str] = field(default_factory=list)
    """The recipient of every try."""
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    to_recipient: Answer = lambda to: OK
    to_message: Answer = lambda to: OK
    encrypted: list[bool] = field(default_factory=list)
    pause: float = 0.0
    """Seconds between taking a mail and saying so."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        with self.lock:
            self.asked.append(address)
            answer = self.to_recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (to,) = envelope.rcpt_tos
        with self.lock:
            answer = self.to_message(to)
            if answer == OK:
                self.taken.append((to, envelope.content))
                self.encrypted.append(session.ssl is not None)
        await asyncio.sleep(self.pause)
        return answer

    def authenticate(self, server: Any, session: Any, envelope: Any, way: str, said: Any) -> Any:
        assert isinstance(said, LoginPassword)
        self.logins.append((said.login, said.password))
        return AuthResult(success=said.password == b"a w@rd", handled=False)

    def letters(self) -> list[EmailMessage]:
        return [parsed(content) for _, content in self.taken]


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


@contextmanager
def serving(
    port: int = 0,
    *,
    starttls: ssl.SSLContext | None = None,
    smtps: ssl.SSLContext | None = None,
    **options: Any,
) -> Iterator[Server]:
    """A mail server on this machine while the block lasts."""
    server = Server(port or free_port())
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        ssl_context=smtps,
        tls_context=starttls,
        authenticator=server.authenticate,
        **options,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
