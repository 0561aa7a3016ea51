"""Making and changing people."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..core import audit
from ..core.clock import now
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from ..text.render import plain
from . import names
from .emails import check_email, email_key
from .events import PersonChanged, PersonJoined
from .models import BIO_LIMIT, NAME_LIMIT, USERNAME_LIMIT, Person, Role
from .queries import find_by_email


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
    person = Person(username=username, name=name, bio=bio)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        raise Invalid("username", f"The user name {username} is taken.") from None
    announce(PersonChanged(person.id))
    return person


def admit(  # noqa: PLR0913 - what an account has
    username: str,
    name: str,
    email: str,
    password_hash: str | None,
    role: Role = Role.READER,
    *,
    by: Person | None = None,
) -> Person:
    """An account made by whoever runs the site, which vouches for the address. Raises Invalid.

    Without a hash nobody can log in until a password is chosen by the link of `recovery.invite`.
    """
    username = names.check_username(username, of_the_site=True)
    shown = names.check_name(name, of_the_site=True) if name.strip() else username
    names.check_free("username", username)
    names.check_free("name", shown)
    person = create(username, shown)
    give_login(person, email, password_hash)
    person.role = role
    actor_id = by.id if by is not None else None
    audit.record(actor_id, "create person", f"person:{person.id}", role=role.value)
    return person


def give_login(person: Person, email: str, password_hash: str | None) -> None:
    """Let somebody who was only named as an author have an account. Raises Invalid."""
    email = check_email(email)
    owner = find_by_email(email)
    if owner is not None and owner.id != person.id:
        raise Invalid("email", "This address belongs to another account.")
    person.email, person.email_key, person.password_hash = email, email_key(email), password_hash
    person.email_verified_at = now() if password_hash is not None else None
    db.session.flush()
    if password_hash is not None:
        announce(PersonJoined(person.id))


def present(person: Person, name: str, bio: str) -> None:
    """Change how one is shown oneself, by the rules for names. Raises Invalid."""
    if " ".join(name.split()) != person.name:
        name = names.check_name(name)
        names.check_free("name", name, but=person.id)
    describe(person, name, bio)


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
