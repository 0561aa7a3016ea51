"""What the tests of people share: letters that can be read, and people who can log in."""

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from blog.accounts import passwords, people, recovery, registration, verification
from blog.accounts.models import Person, Role
from blog.core import ephemeral
from blog.core.db import db, writing
from blog.core.jobs import worker
from blog.core.mail import letters
from blog.core.mail.models import Mail
from blog.site import settings

ADDRESS = "http://127.0.0.1:8000"
WORD = "a walk along the harbour wall"
HASH = passwords.hash_password(WORD)
OTHER_WORD = "eleven gulls upon the quay"
OTHER_HASH = passwords.hash_password(OTHER_WORD)
DEVICE = "Firefox on Linux"


@dataclass(frozen=True)
class Letter:
    to: str
    kind: str
    text: str

    @property
    def token(self) -> str:
        link = re.search(rf"{ADDRESS}/\S+", self.text)
        assert link is not None
        return link.group().rpartition("/")[2]


@pytest.fixture(autouse=True)
def _letters_can_be_written(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames:
        app = request.getfixturevalue("app")
        letters.use(app.jinja_env, lambda: settings.load(default_address=ADDRESS))


def posted() -> list[Letter]:
    """Every letter that was ever posted, in order."""
    db.session.rollback()
    rows = db.session.scalars(select(Mail).order_by(Mail.id))
    return [Letter(row.to, row.letter, row.text) for row in rows]


def do_reminders() -> None:
    """Do the one job of this room, as the job process would."""
    db.session.rollback()
    worker.drain({"accounts.remind": recovery.remind, "mail.send": lambda **_: None})


def join(username: str = "maren", email: str = "maren@example.org", name: str = "") -> Letter:
    with writing():
        registration.join(username, name, email, HASH, address=ADDRESS)
    return posted()[-1]


def member(username: str = "maren", email: str = "maren@example.org", name: str = "") -> Person:
    token = join(username, email, name).token
    with writing():
        person_id = verification.verify(token).id
    return the(person_id)


def somebody(username: str, role: Role = Role.READER) -> Person:
    with writing():
        made = people.admit(username, "", f"{username}@example.org", HASH, role).id
    return the(made)


def the(person_id: int) -> Person:
    db.session.rollback()
    return db.session.get_one(Person, person_id)


def free_of_limits() -> None:
    """As if a day had passed for the counters."""
    with ephemeral.engine().begin() as connection:
        connection.execute(ephemeral.counter.delete())
