"""Sending, to a real mail server: what it says decides what becomes of a mail."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from blog.core.clock import now
from blog.core.db import db, writing
from blog.core.jobs import worker
from blog.core.jobs.models import Job
from blog.core.mail import delivery, letters, outbox, smtp, transport
from blog.core.mail.models import Mail
from blog.core.mail.smtp import Smtp
from blog.site.settings import SiteSettings
from tests.core.mail_server import OK, free_port, serving

SITE = SiteSettings(name="Broadsheet", address="https://news.example.org")
LINK = "https://news.example.org/site"


@pytest.fixture(autouse=True)
def _pressed(app: Flask) -> None:
    letters.use(app.jinja_env, lambda: SITE)


class Elsewhere(transport.Server):
    """A mail server that counts as one on another machine."""

    is_local = False


def to(port: int, **options: object) -> Smtp:
    return Smtp(transport.read(f"smtp://127.0.0.1:{port}"), **options)


def post(address: str = "maren@example.org", name: str = "Maren Holt") -> int:
    with writing():
        return outbox.post(to=address, letter="test", name=name, link=LINK)


def drain(way: transport.Transport) -> int:
    db.session.rollback()
    return worker.drain({"mail.send": partial(delivery.send, transport=way)})


def drain_again(way: transport.Transport) -> int:
    """As if the pause were over."""
    with writing():
        for job in db.session.scalars(select(Job)):
            job.run_at = now()
    return drain(way)


def the_mail() -> Mail:
    db.session.rollback()
    return db.session.scalars(select(Mail)).one()


def test_a_letter_arrives_once_with_both_parts_and_its_headers(app: Flask) -> None:
    post(name="Maren Hölt 👩‍🏫")
    with serving() as server:
        drain(to(server.port))
        drain(to(server.port))
    (message,) = server.letters()
    assert server.taken[0][0] == "maren@example.org"
    assert message["From"] == "Broadsheet <no-reply@news.example.org>"
    assert message["To"] == "maren@example.org"
    assert message["Subject"] == "A test letter from Broadsheet"
    assert message["Message-ID"] == the_mail().message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["Date"].datetime == the_mail().run_at.replace(microsecond=0)
    assert message.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in message.iter_parts())
    assert "Maren Hölt 👩‍🏫 asked for this letter" in text
    assert "<bdi>Maren Hölt 👩‍🏫</bdi>" in html
    assert LINK in text
    assert f'href="{LINK}"' in html
    assert server.taken[0][1].isascii()


def test_the_sender_of_the_settings_is_used(app: Flask) -> None:
    post()
    with serving() as server:
        drain(to(server.port, mail_from="post@paper.example"))
    assert server.letters()[0]["From"] == "Broadsheet <post@paper.example>"


def test_a_mail_refused_for_now_is_sent_later_under_the_same_message_id(app: Flask) -> None:
    post()
    before = the_mail().message_id
    with serving() as server:
        server.to_message = lambda to: "451 not now"
        drain(to(server.port))
        server.to_message, server.to_recipient = lambda to: OK, lambda to: "450 greylisted"
        drain_again(to(server.port))
        assert (the_mail().tries, the_mail().failed_at) == (2, None)
        assert the_mail().error == "The mail server asks to try again later: 450 greylisted"
        server.to_recipient = lambda to: OK
        drain_again(to(server.port))
    (message,) = server.letters()
    assert message["Message-ID"] == before
    assert (the_mail().sent_at is not None, the_mail().error) == (True, "")


@pytest.mark.parametrize("place", ["to_recipient", "to_message"])
def test_a_mail_refused_for_good_is_given_up_at_once_with_a_sentence(
    app: Flask, place: str
) -> None:
    post()
    with serving() as server:
        setattr(server, place, lambda to: f"550 5.1.1 <{to}> unknown here")
        drain(to(server.port))
    mail = the_mail()
    assert mail.failed_at is not None
    assert mail.sent_at is None
    assert mail.error.endswith("550 5.1.1 <the address> unknown here")
    assert outbox.counts() == (0, 1)
    assert list(db.session.scalars(select(Job))) == []


def test_no_address_of_a_reader_comes_into_the_log(app: Flask) -> None:
    post()
    with serving() as server:
        server.to_recipient = lambda to: f"450 <{to}> is greylisted"
        drain(to(server.port))
    job = db.session.scalars(select(Job)).one()
    assert "greylisted" in job.error
    assert "maren@example.org" not in job.error


def test_a_server_that_is_away_is_asked_again(app: Flask) -> None:
    post()
    port = free_port()
    drain(to(port))
    assert the_mail().tries == 1
    assert "could not be spoken to: Connection refused" in the_mail().error
    with serving(port) as server:
        drain_again(to(port))
    assert len(server.taken) == 1


def test_addresses_beyond_ascii_go_to_servers_that_know_them(app: Flask) -> None:
    post("jörg@example.org")
    with serving() as server:
        drain(to(server.port))
    assert server.taken[0][0] == "jörg@example.org"
    assert server.letters()[0]["To"] == "jörg@example.org"


def test_addresses_beyond_ascii_are_given_up_where_the_server_does_not_know_them(
    app: Flask,
) -> None:
    post("jörg@example.org")
    with serving(enable_SMTPUTF8=False) as server:
        drain(to(server.port))
    assert "does not know addresses" in the_mail().error
    assert outbox.counts() == (0, 1)


@contextmanager
def dripping(pause: float) -> Iterator[int]:
    """A server that says its greeting letter by letter and never comes to its end."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            line, _ = listening.accept()
            with line:
                while not done.wait(pause):
                    try:
                        line.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        done.set()
        thread.join(5)


def test_a_conversation_ends_when_its_time_is_over_however_lively_the_server(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SLOW", 0.5)
    post()
    with dripping(0.05) as port:
        way = to(port, limit=1.0)
        began = time.monotonic()
        drain(way)
        assert 0.9 < time.monotonic() - began < 15
        assert "could not be spoken to: no end after 1 seconds" in the_mail().error
        drain_again(way)
        assert "a moment ago" in the_mail().error
    assert the_mail().failed_at is None


def test_a_line_cut_after_the_server_said_yes_does_not_send_the_mail_again(app: Flask) -> None:
    post()
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line, line.makefile("rwb", buffering=0) as file:
                file.write(b"220 hello\r\n")
                for said in file:
                    word = said[:4].upper()
                    if word == b"DATA":
                        file.write(b"354 go on\r\n")
                        while (part := file.readline()) != b".\r\n":
                            taken.append(part)
                        file.write(b"250 taken\r\n")
                        return
                    file.write(b"250 fine\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        drain(to(listening.getsockname()[1]))
        thread.join(5)
    assert taken
    assert the_mail().sent_at is not None


# Who is spoken to


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    arguments = ["subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*command.split(), *arguments], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def theirs(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def ours(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


def elsewhere(port: int, encrypted: bool = False, user: str = "") -> Elsewhere:
    return Elsewhere("127.0.0.1", port, encrypted, user, "a w@rd" if user else "")


def test_where_the_server_offers_encryption_it_is_used(
    app: Flask, theirs: ssl.SSLContext, ours: ssl.SSLContext
) -> None:
    post()
    with serving(starttls=theirs) as server:
        drain(Smtp(elsewhere(server.port), context=ours))
    assert server.encrypted == [True]


def test_smtps_is_encrypted_from_the_first_byte(
    app: Flask, theirs: ssl.SSLContext, ours: ssl.SSLContext
) -> None:
    post()
    with serving(smtps=theirs) as server:
        drain(Smtp(elsewhere(server.port, encrypted=True), context=ours))
    assert len(server.taken) == 1


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_certificate_that_nobody_vouches_for_is_told_and_nothing_is_sent(
    app: Flask, theirs: ssl.SSLContext, encrypted: bool
) -> None:
    post()
    options = {"smtps": theirs} if encrypted else {"starttls": theirs}
    with serving(**options) as server:
        drain(Smtp(elsewhere(server.port, encrypted)))
    assert server.taken == []
    assert "has no valid certificate: self-signed certificate" in the_mail().error
    assert the_mail().failed_at is None


def test_the_word_is_said_over_an_encrypted_line(
    app: Flask, theirs: ssl.SSLContext, ours: ssl.SSLContext
) -> None:
    post()
    with serving(starttls=theirs, auth_required=True) as server:
        drain(Smtp(elsewhere(server.port, user="post"), context=ours))
    assert server.logins == [(b"post", b"a w@rd")]
    assert len(server.taken) == 1


def test_the_word_is_never_said_in_clear_to_another_machine(app: Flask) -> None:
    post()
    with serving(auth_require_tls=False) as server:
        drain(Smtp(elsewhere(server.port, user="post")))
    assert server.logins == []
    assert server.taken == []
    assert "offers no encryption, so the password was not sent" in the_mail().error
    assert the_mail().failed_at is None


@pytest.mark.parametrize(("word", "taken"), [("a%20w%40rd", 1), ("wrong", 0)])
def test_to_this_machine_it_may_be_said_and_a_wrong_one_is_told(
    app: Flask, word: str, taken: int
) -> None:
    post()
    with serving(auth_require_tls=False) as server:
        way = delivery.transport(f"smtp://post:{word}@127.0.0.1:{server.port}", "", Path())
        drain(way)
    assert len(server.taken) == taken
    assert the_mail().failed_at is None
    assert ("refused us: 535" in the_mail().error) is not bool(taken)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, False, "", "")),
        ("smtp://me:w%40rd@mail.example.org", ("mail.example.org", 587, False, "me", "w@rd")),
        ("smtps://me@x.example:w@mail.example.org/", None),
        ("smtps://me%40x.example:w@mail.example.org", None),
        ("smtp://[::1]:1025", ("::1", 1025, False, "", "")),
    ],
)
def test_the_setting_says_server_port_encryption_name_and_word(
    url: str, server: tuple[str, int, bool, str, str] | None
) -> None:
    expected = server or ("mail.example.org", 465, True, "me@x.example", "w")
    found = transport.read(url)
    assert (found.host, found.port, found.encrypted, found.user, found.word) == expected


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://x", "smtp://", "smtp://x:y", "smtp://x:wörd@y"]
)
def test_a_setting_that_names_no_server_is_refused_without_repeating_a_word(url: str) -> None:
    with pytest.raises(transport.SettingsError, match="BLOG_MAIL_URL"):
        transport.read(url)


@pytest.mark.parametrize(
    ("host", "local"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)],
)
def test_this_machine_is_known_by_its_name_and_numbers(host: str, local: bool) -> None:
    assert transport.Server(host, 25, False, "", "").is_local is local
