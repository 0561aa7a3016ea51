"""Making and changing people."""

from sqlalchemy import select

from ..core.db import db, insert
from ..core.errors import Invalid
from ..core.events import announce
from ..text.render import plain
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
    _check_username(username)
    name, bio = _described(name, bio)
    row = insert(Person).values(username=username, name=name, bio=bio)
    once = row.on_conflict_do_nothing(index_elements=[Person.username]).returning(Person.id)
    made = db.session.scalar(once)
    if made is None:
        raise Invalid("username", f"The user name {username} is taken.")
    announce(PersonChanged(made))
    return db.session.get_one(Person, made)


def describe(person: Person, name: str, bio: str) -> None:
    """Change how a person is shown. Raises Invalid."""
    name, bio = _described(name, bio)
    if (person.name, person.bio) == (name, bio):
        return
    person.name, person.bio = name, bio
    db.session.flush()
    announce(PersonChanged(person.id))


def _described(name: str, bio: str) -> tuple[str, str]:
    """Name and bio as they are stored: one line each. Raises Invalid."""
    name, bio = plain(name), plain(bio)
    if not name or len(name) > NAME_LIMIT:
        raise Invalid("name", f"A name has 1 to {NAME_LIMIT} characters.")
    if len(bio) > BIO_LIMIT:
        raise Invalid("bio", f"What is said of a person may have {BIO_LIMIT} characters.")
    return name, bio


def _check_username(username: str) -> None:
    well_formed = username and username.replace("-", "").replace("_", "").isalnum()
    if not well_formed or len(username) > USERNAME_LIMIT or username != username.lower():
        raise Invalid(
            "username",
            f"A user name has 1 to {USERNAME_LIMIT} small letters, digits, hyphens or underlines.",
        )
