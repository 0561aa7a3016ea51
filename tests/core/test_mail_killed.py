"""None is lost, and each keeps its Message-ID, whatever is killed and whoever refuses."""

import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from blog.config import Config
from blog.core.db import db, writing
from blog.core.jobs.models import Job
from blog.core.mail import letters, outbox
from blog.core.mail.models import Mail
from blog.site.settings import SiteSettings
from tests.core.mail_server import OK, Server, parsed, serving

ROOT = Path(__file__).resolve().parents[2]
PROOF = bool(os.environ.get("PROOF"))
SCALE = int(os.environ.get("BLOG_TEST_SCALE", "1"))
MAILS = 1_000 if PROOF else 50 * SCALE
KILLS = 30 if PROOF else 3 * SCALE
REFUSALS = 2
"""How often each third mail is refused before it is taken."""
WAIT_SECONDS = 300.0


def start(config: Config, port: int) -> subprocess.Popen[bytes]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BLOG_")}
    settings = {
        "BLOG_INSTANCE": str(config.instance),
        "BLOG_DATABASE_URL": config.database_url,
        "BLOG_SECRET_KEY": config.secret_key.decode(),
        "BLOG_MAIL_URL": f"smtp://127.0.0.1:{port}",
        "BLOG_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "tests.core.mail_process"]
    return subprocess.Popen(command, cwd=ROOT, env=inherited | settings)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def refuse_a_third(server: Server) -> None:
    """Each third recipient hears 451 at first, in one place or the other."""
    met: Counter[str] = Counter()

    def answer(to: str, place: int) -> str:
        number = int(to.partition("@")[0].rpartition("-")[2])
        if number % 3 or number // 3 % 2 != place or met[to] >= REFUSALS:
            return OK
        met[to] += 1
        return "451 not now"

    server.to_recipient = lambda to: answer(to, 0)
    server.to_message = lambda to: answer(to, 1)


def unsent() -> int:
    db.session.rollback()
    waiting = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None))
    return db.session.scalar(waiting) or 0


def test_no_mail_is_lost_when_the_job_process_is_killed_and_a_third_is_refused(
    app: Flask, config: Config
) -> None:
    site = SiteSettings(name="Broadsheet", address="https://news.example.org")
    letters.use(app.jinja_env, lambda: site)
    with writing():
        for number in range(MAILS):
            link = f"https://news.example.org/{number}"
            outbox.post(to=f"reader-{number}@example.org", letter="test", name="R", link=link)
    chance = random.Random(7)
    began = time.monotonic()
    with serving() as server:
        server.pause = 0.01
        refuse_a_third(server)
        for _ in range(KILLS):
            process = start(config, server.port)
            enough = len(server.asked) + chance.randint(1, MAILS // (KILLS + 1))
            until(lambda enough=enough: len(server.asked) >= enough or not unsent())
            time.sleep(chance.random() * 0.03)
            process.kill()
            process.wait()
        process = start(config, server.port)
        try:
            until(lambda: unsent() == 0)
        finally:
            process.terminate()
            process.wait()
    took = time.monotonic() - began

    ids = defaultdict(set)
    for to, content in server.taken:
        ids[to].add(parsed(content)["Message-ID"])
    assert set(ids) == {f"reader-{number}@example.org" for number in range(MAILS)}
    assert {len(of_one) for of_one in ids.values()} == {1}
    assert len(set().union(*ids.values())) == MAILS
    twice = len(server.taken) - MAILS
    assert twice <= KILLS
    stored = dict(db.session.execute(select(Mail.to, Mail.message_id)).all())
    assert {to: {stored[to]} for to in stored} == dict(ids)
    assert outbox.counts() == (0, 0)
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0
    refused = len(server.asked) - len(server.taken)
    print(
        f"\n{MAILS} mails, {KILLS} kills, {refused} refusals or broken tries, "
        f"{twice} arrived twice under one Message-ID, {took:.1f} s"
    )
