"""Getting back in: a link by mail, a new password, and every session ended.

Asking does the same for every address: it writes one job, and what is known of the address is
looked up by whoever does the job.
"""

from ..core import audit, ephemeral
from ..core.clock import now
from ..core.db import db
from ..core.errors import Conflict
from ..core.jobs.queue import enqueue
from ..core.jobs.worker import Record
from ..web import urls
from . import letters, login, proofs, registration, sessions
from .emails import check_email, email_key
from .models import Person, Purpose
from .queries import find_by_email

BY_LINK = (Purpose.RESET, Purpose.INVITE)
LETTERS_AN_HOUR = 3
"""How many open links an address is sent; whoever asks more often has them already."""


def ask(email: str, *, address: str) -> None:
    """Ask for a letter with a link, if the address is known. Raises Invalid for what is none.

    `address` is the site's.
    """
    enqueue("accounts.remind", email=check_email(email), address=address)


def remind(*, email: str, address: str) -> Record:
    """The job that writes the letter: a reset for a member, the proof for who has just joined."""

    def write() -> None:
        person = find_by_email(email)
        if person is not None and proofs.count_open(person.id, Purpose.RESET) < LETTERS_AN_HOUR:
            token = proofs.make(Purpose.RESET, person.id, person.email or email)
            link = urls.absolute(address, urls.reset(token))
            letters.send(letters.RESET, person.email or email, person.name, link)
        elif person is None and (claim := registration.latest_claim(email=email)):
            newcomer = db.session.get_one(Person, claim.person_id)
            if proofs.count_open(newcomer.id, Purpose.VERIFY) < LETTERS_AN_HOUR:
                registration.send_again(newcomer, address=address)

    return write


def invite(person: Person) -> str:
    """A token for the path of a reset, for somebody whose account was made by another person."""
    if person.erased_at is not None:
        raise Conflict("This account was closed.")
    return proofs.make(Purpose.INVITE, person.id, person.email or "")


def waits(token: str) -> Person | None:
    """Whose password a link would change, if it still works, without using it up."""
    proof = proofs.peek(token, *BY_LINK)
    return db.session.get(Person, proof.person_id) if proof is not None else None


def reset(token: str, password_hash: str, *, address: str = "") -> Person:
    """Give the person of a link a new password, and end every session. Raises Invalid.

    It proves the address and logs nobody in. With the site's `address` a letter says so.
    """
    proof = proofs.use(token, *BY_LINK)
    person = db.session.get_one(Person, proof.person_id)
    if person.erased_at is not None or email_key(proof.email) != (person.email_key or ""):
        raise proofs.dead()
    if person.email_key is not None and person.email_verified_at is None:
        person.email_verified_at = now()
    change(person, password_hash, address=address)
    ephemeral.forget(*login.counters_of(person))
    return person


def change(
    person: Person, password_hash: str, *, except_token: str | None = None, address: str = ""
) -> None:
    """A new password: other sessions end, open links work no more, and a letter says so."""
    first = person.password_hash is None
    person.password_hash = password_hash
    sessions.end_all(person, except_token)
    proofs.end_all(person.id)
    audit.record(person.id, "change password", f"person:{person.id}")
    if address and person.email and not first:
        link = urls.absolute(address, urls.forgot())
        letters.send(letters.PASSWORD_CHANGED, person.email, person.name, link)
