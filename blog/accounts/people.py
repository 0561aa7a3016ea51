"""Making and changing people."""

from sqlalchemy import select

from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from .events import PersonChanged
from .models import BIO_LIMIT, NAME_LIMIT, USERNAME_LIMIT, Person


def find(username: str) -> Person | None:
    """The person of this user name."""
    return db.session.scalar(select(Person).where(Person.username == username))


def find_by_name(name: str) -> Person | None:
    """The first person who is shown by exactly this name."""
    return db.session.scalar(select(Person).where(Person.name == name).order_by(Person.id))


def create(username: str, name: str, bio: str = "") -> Person:
    """A new person. Raises Invalid when the user name is taken or something is too long."""
    if find(username) is not None:
        raise Invalid("username", f"The user name {username} is taken.")
    _check_username(username)
    person = Person(username=username)
    db.session.add(person)
    describe(person, name, bio)
    return person


def describe(person: Person, name: str, bio: str) -> None:
    """Change how a person is shown. Raises Invalid."""
    name, bio = " ".join(name.split()), bio.strip()
    if not name or len(name) > NAME_LIMIT:
        raise Invalid("name", f"A name has 1 to {NAME_LIMIT} characters.")
    if len(bio) > BIO_LIMIT:
        raise Invalid("bio", f"What is said of a person may have {BIO_LIMIT} characters.")
    if (person.name, person.bio) == (name, bio):
        return
    person.name, person.bio = name, bio
    db.session.flush()
    announce(PersonChanged(person.id))


def _check_username(username: str) -> None:
    well_formed = username and username.replace("-", "").replace("_", "").isalnum()
    if not well_formed or len(username) > USERNAME_LIMIT or username != username.lower():
        raise Invalid(
            "username",
            f"A user name has 1 to {USERNAME_LIMIT} small letters, digits, hyphens or underlines.",
        )
