"""Proving an address: the one somebody joined with, and later another one."""

from ..core import audit
from ..core.clock import now
from ..core.db import db
from ..core.errors import Conflict, Invalid
from ..core.events import announce
from ..web import urls
from . import letters, proofs
from .emails import check_email, email_key
from .events import PersonJoined
from .models import Person, ProofToken, Purpose
from .queries import find_by_email

BOTH = (Purpose.VERIFY, Purpose.CHANGE_EMAIL)


def waits(token: str) -> ProofToken | None:
    """What a link would prove, if it still works, without using it up."""
    return proofs.peek(token, *BOTH)


def verify(token: str, *, address: str = "") -> Person:
    """The person whose address a link proves, first or changed. Raises Invalid, Conflict."""
    proof = waits(token)
    if proof is not None and proof.purpose is Purpose.CHANGE_EMAIL:
        return confirm_change(token, address=address)
    person = _use(token, Purpose.VERIFY)
    announce(PersonJoined(person.id))
    return person


def ask_change(person: Person, email: str, *, address: str) -> None:
    """Send a link to a new address; nothing changes before it is opened. Raises Invalid.

    The same for an address that belongs to somebody: its owner gets a letter that says so.
    """
    email = check_email(email)
    if email_key(email) == person.email_key:
        raise Invalid("email", "This is the address of your account already.")
    proofs.end_all(person.id, Purpose.CHANGE_EMAIL)
    token = proofs.make(Purpose.CHANGE_EMAIL, person.id, email)
    owner = find_by_email(email)
    if owner is None:
        link = urls.absolute(address, urls.verify(token))
        letters.send(letters.CHANGE_EMAIL, email, person.name, link)
    else:
        link = urls.absolute(address, urls.login())
        letters.send(letters.KNOWN, owner.email or email, owner.name, link)


def confirm_change(token: str, *, address: str = "") -> Person:
    """Use the new address from now on. Raises Invalid, Conflict.

    With the site's `address` a letter goes to the old one. Links sent there work no more.
    """
    before = _email_before(token)
    person = _use(token, Purpose.CHANGE_EMAIL)
    if address and before:
        link = urls.absolute(address, urls.login())
        letters.send(letters.EMAIL_CHANGED, before, person.name, link)
    return person


def _email_before(token: str) -> str | None:
    proof = proofs.peek(token, Purpose.CHANGE_EMAIL)
    return db.session.get_one(Person, proof.person_id).email if proof is not None else None


def _use(token: str, purpose: Purpose) -> Person:
    """A first proof is for somebody without an address; a second one for somebody with one."""
    proof = proofs.use(token, purpose)
    person = db.session.get_one(Person, proof.person_id)
    is_first = purpose is Purpose.VERIFY
    if person.erased_at is not None or is_first != (person.email_verified_at is None):
        raise proofs.dead()
    _take(person, proof.email)
    return person


def _take(person: Person, email: str) -> None:
    owner = find_by_email(email)
    if owner is not None and owner.id != person.id:
        raise Conflict("This address belongs to another account by now.")
    changed = person.email is not None
    person.email, person.email_key = email, email_key(email)
    person.email_verified_at = now()
    proofs.end_all(person.id)
    verb = "change e-mail" if changed else "prove e-mail"
    audit.record(person.id, verb, f"person:{person.id}")
