"""Joining: a person is made who can do nothing until the address is proven.

Whether an address is known shows nowhere: both ways write the same rows, and only the letter
differs. A claimed address stands in the token alone, so nobody can keep it from its owner.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.exc import IntegrityError

from ..core.db import db
from ..web import urls
from . import letters, names, proofs
from .emails import check_email, email_key
from .models import Person, ProofToken, Purpose
from .queries import find_by_email

KEPT = timedelta(days=2)
"""How long somebody who never proves an address keeps the user name."""
BATCH = 500
"""How many of them are removed in one unit of writing."""


def join(username: str, name: str, email: str, password_hash: str, *, address: str) -> None:
    """Ask to become a member; without a `name` the user name is shown. Raises Invalid.

    The same for a known address and an unknown one. `address` is the site's.
    """
    email = check_email(email)
    username = names.check_username(username)
    shown = names.check_name(name) if name.strip() else username
    names.check_free("username", username)
    names.check_free("name", shown)
    person = Person(username=username, name=shown, password_hash=password_hash)
    db.session.add(person)
    db.session.flush()
    _send(person, email, address)


def send_again(person: Person, *, address: str) -> None:
    """Another letter to the address somebody joined with, who has proven to know the password."""
    claim = latest_claim(person_id=person.id)
    if claim is not None and claim.email:
        _send(person, claim.email, address)


def latest_claim(*, email: str = "", person_id: int = 0) -> ProofToken | None:
    """The latest time that somebody said this address was theirs, and has not proven it."""
    mine = ProofToken.person_id == person_id
    which = func.lower(ProofToken.email) == email_key(email) if email else mine
    claims = select(ProofToken).join(Person, Person.id == ProofToken.person_id)
    unproven = claims.where(ProofToken.purpose == Purpose.VERIFY, Person.email_key.is_(None))
    return db.session.scalar(unproven.where(which).order_by(ProofToken.id.desc()).limit(1))


def _send(person: Person, email: str, address: str) -> None:
    """The link, or to an address that has an account a letter without it."""
    token = proofs.make(Purpose.VERIFY, person.id, email)
    owner = find_by_email(email)
    if owner is None:
        link = urls.absolute(address, urls.verify(token))
        letters.send(letters.VERIFY, email, person.name, link)
    else:
        link = urls.absolute(address, urls.login())
        letters.send(letters.KNOWN, owner.email or email, owner.name, link)


def is_unproven(person: Person) -> bool:
    """Whether somebody joined and has not opened the letter yet."""
    return person.password_hash is not None and person.email_verified_at is None


def forget_unproven(at: datetime) -> int:
    """Remove who joined long before and never opened the letter; gives how many that were.

    Whoever was named as an author meanwhile stays: rows of other rooms hold them.
    """
    claimed = exists().where(
        ProofToken.person_id == Person.id, ProofToken.purpose == Purpose.VERIFY
    )
    idle = select(Person.id).where(
        Person.email_verified_at.is_(None),
        Person.email_key.is_(None),
        Person.erased_at.is_(None),
        Person.created_at < at - KEPT,
        claimed,
    )
    return sum(map(_remove, db.session.scalars(idle.order_by(Person.id).limit(BATCH)).all()))


def _remove(person_id: int) -> bool:
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.execute(delete(Person).where(Person.id == person_id))
        return True
    return False
