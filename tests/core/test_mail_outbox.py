"""The outbox: a mail belongs to the transaction of its act, and can be taken back."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blog.config import Config
from blog.core.clock import now
from blog.core.db import WriteOutsideTransaction, db, writing
from blog.core.errors import Invalid, NotFound
from blog.core.jobs import worker
from blog.core.jobs.models import Job
from blog.core.mail import delivery, letters, outbox
from blog.core.mail.models import Mail
from blog.core.mail.transport import Folder, Trouble
from blog.site import settings
from tests.core.mail_server import parsed

SITE = settings.SiteSettings(name="Broadsheet", address="https://news.example.org")
LINK = "https://news.example.org/site"


@pytest.fixture(autouse=True)
def _pressed(app: Flask) -> None:
    letters.use(app.jinja_env, lambda: SITE)


@pytest.fixture
def folder(config: Config) -> Path:
    return config.instance / "outbox"


@pytest.fixture
def send(folder: Path) -> Iterator[Any]:
    yield lambda: drain(Folder(folder))


def drain(transport: Any) -> int:
    db.session.rollback()
    return worker.drain({"mail.send": partial(delivery.send, transport=transport)})


def post(to: str = "maren@example.org", **options: Any) -> int:
    with writing():
        return outbox.post(to=to, letter="test", name="Maren Holt", link=LINK, **options)


def make_due() -> None:
    """As if the time had come."""
    with writing():
        for job in db.session.scalars(select(Job)):
            job.run_at = now()


def mails() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def test_without_settings_a_mail_becomes_a_file_that_a_mail_program_opens(
    app: Flask, folder: Path, send: Any
) -> None:
    number = post()
    send()
    (file,) = folder.iterdir()
    assert file.name == f"{number}.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    message = parsed(file.read_bytes())
    assert message["From"] == "Broadsheet <no-reply@news.example.org>"
    assert message["To"] == "maren@example.org"
    assert message["Subject"] == "A test letter from Broadsheet"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert LINK.encode() in file.read_bytes()


def test_a_link_in_a_file_can_be_copied_whole_however_long_it_is(
    app: Flask, folder: Path, send: Any
) -> None:
    long = f"{LINK}/{'a=b-' * 60}"
    with writing():
        outbox.post(to="maren@example.org", letter="test", name="Märén “Holt”", link=long)
    send()
    (file,) = folder.iterdir()
    assert f"\r\n{long}\r\n".encode() in file.read_bytes()


def test_what_was_sent_keeps_no_words_because_they_hold_secret_links(app: Flask, send: Any) -> None:
    post()
    assert LINK in mails()[0].text
    send()
    (mail,) = mails()
    assert (mail.text, mail.html, mail.error) == ("", "", "")
    assert mail.sent_at is not None
    assert outbox.counts() == (0, 0)


def test_a_transaction_that_is_taken_back_sends_nothing(
    app: Flask, folder: Path, send: Any
) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        outbox.post(to="maren@example.org", letter="test", name="Maren", link=LINK)
        1 / 0  # noqa: B018
    assert mails() == []
    assert send() == 0
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_mail_is_posted_only_inside_a_transaction(app: Flask) -> None:
    with pytest.raises(WriteOutsideTransaction):
        outbox.post(to="maren@example.org", letter="test", name="Maren", link=LINK)


def test_a_mail_for_later_waits_and_can_be_withdrawn_until_then(
    app: Flask, folder: Path, send: Any
) -> None:
    later = now() + timedelta(hours=1)
    post(run_at=later, key="act:1")
    kept = post("tomas@example.org", run_at=later, key="act:2")
    assert send() == 0
    with writing():
        assert outbox.withdraw("act:1") == 1
    make_due()
    send()
    assert [file.name for file in folder.iterdir()] == [f"{kept}.eml"]
    assert [mail.to for mail in mails()] == ["tomas@example.org"]


def test_what_is_sent_is_not_withdrawn(app: Flask, send: Any) -> None:
    post(key="act:1")
    send()
    with writing():
        assert outbox.withdraw("act:1") == 0
    assert len(mails()) == 1


def test_mails_without_a_key_are_never_withdrawn_together(app: Flask) -> None:
    post()
    with writing(), pytest.raises(ValueError, match="without a key"):
        outbox.withdraw("")
    assert len(mails()) == 1


def test_the_number_of_a_withdrawn_mail_is_never_given_again(app: Flask) -> None:
    first = post(key="act:1", run_at=now() + timedelta(hours=1))
    with writing():
        outbox.withdraw("act:1")
    assert post() > first


def test_a_mail_withdrawn_while_it_is_sent_ends_quietly(app: Flask) -> None:
    number = post(key="act:1")

    class Slow(Folder):
        def deliver(self, mail_id: int, message: Any) -> None:
            with writing():
                outbox.withdraw("act:1")

    drain(Slow(Path("nowhere")))
    assert mails() == []
    assert db.session.get(Job, number) is None


def test_each_mail_has_a_message_id_of_its_own_at_the_site_of_the_settings(app: Flask) -> None:
    post()
    post()
    one, other = mails()
    assert one.message_id != other.message_id
    assert one.message_id.endswith("@news.example.org>")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://127.0.0.1:8000", "localhost"),
        ("http://[::1]:8000", "localhost"),
        ("http://localhost:8000", "localhost"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://example.org:8443", "example.org"),
    ],
)
def test_a_host_is_written_as_mail_writes_it(address: str, host: str) -> None:
    assert letters.host_of(address) == host


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("maren@Example.ORG", "maren@example.org"),
        ("maren@bücher.example", "maren@xn--bcher-kva.example"),
        ("jörg@example.org", "jörg@example.org"),
    ],
)
def test_an_address_is_stored_as_mail_servers_want_it(app: Flask, typed: str, stored: str) -> None:
    post(typed)
    assert mails()[0].to == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maren",
        "maren@",
        "a@b@example.org",
        "maren@example.org\r\nBcc: everybody@example.org",
        "maren@example.org\nBcc: everybody@example.org",
        "maren@example.org,everybody@example.org",
        "Maren <maren@example.org>",
        "maren@example.org\0",
        "maren@[127.0.0.1]",
        '"a b"@example.org',
        "m" * 65 + "@example.org",
        "maren@" + "e" * 250 + ".org",
    ],
)
def test_what_is_not_one_address_is_refused_and_nothing_is_written(app: Flask, typed: str) -> None:
    with pytest.raises(Invalid):
        post(typed)
    assert mails() == []


def test_what_was_sent_long_ago_is_forgotten_and_the_rest_stays(app: Flask, send: Any) -> None:
    post()
    send()
    post("tomas@example.org")
    with writing():
        assert outbox.forget_sent(now() - timedelta(days=30)) == 0
        assert outbox.forget_sent(now() + timedelta(seconds=1)) == 1
    assert [mail.to for mail in mails()] == ["tomas@example.org"]


def test_an_address_can_be_forgotten_altogether(app: Flask, send: Any) -> None:
    post()
    send()
    post()
    post("tomas@example.org")
    with writing():
        assert outbox.forget_address("maren@EXAMPLE.org") == 2
    assert [mail.to for mail in mails()] == ["tomas@example.org"]


class Broken:
    mail_from = ""
    transfer = "8bit"

    def deliver(self, mail_id: int, message: Any) -> None:
        raise Trouble("The post office is closed.")


def try_until_the_round_is_over() -> None:
    for _ in range(worker.MAX_TRIES):
        make_due()
        drain(Broken())


def test_trouble_is_told_and_tried_again_by_the_queue(app: Flask) -> None:
    post()
    drain(Broken())
    (mail,) = outbox.troubled()
    assert (mail.tries, mail.error) == (1, "The post office is closed.")
    assert outbox.counts() == (1, 0)
    (job,) = db.session.scalars(select(Job))
    assert job.run_at > now()


def test_after_the_queue_has_tried_a_mail_waits_an_hour_and_is_not_given_up(app: Flask) -> None:
    post()
    try_until_the_round_is_over()
    (job,) = db.session.scalars(select(Job))
    assert (job.tries, job.failed_at) == (0, None)
    assert job.run_at > now() + delivery.ROUND_PAUSE / 2
    assert outbox.counts() == (1, 0)


def test_after_two_days_a_mail_is_given_up_and_may_be_tried_again(
    app: Flask, folder: Path, send: Any
) -> None:
    number = post()
    before = mails()[0].message_id
    with writing():
        mails_now = db.session.scalars(select(Mail)).one()
        mails_now.run_at = now() - timedelta(days=3)
    try_until_the_round_is_over()
    assert outbox.counts() == (0, 1)
    assert "two days" in mails()[0].error
    assert list(db.session.scalars(select(Job))) == []
    with writing():
        outbox.retry(number)
    send()
    assert outbox.counts() == (0, 0)
    (file,) = folder.iterdir()
    assert parsed(file.read_bytes())["Message-ID"] == before


def test_only_a_mail_that_was_given_up_is_tried_again_by_hand(app: Flask) -> None:
    number = post()
    for wrong in (number, 404):
        with writing(), pytest.raises(NotFound):
            outbox.retry(wrong)


def test_a_folder_that_cannot_be_written_to_is_trouble_and_not_a_crash(
    app: Flask, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    post()
    drain(Folder(tmp_path / "file"))
    assert "cannot be written to" in mails()[0].error
    assert outbox.counts() == (1, 0)
