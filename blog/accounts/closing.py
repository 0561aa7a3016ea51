"""Closing an account: the row stays for what hangs on it, and nothing of the person stays in it."""

from sqlalchemy import ColumnElement, delete, func, select, update

from ..core import audit, ephemeral
from ..core.clock import now
from ..core.db import db
from ..core.errors import Conflict
from ..core.events import announce
from ..core.jobs.models import Job
from ..core.mail import outbox
from . import login
from .emails import email_key
from .events import AccountErased
from .models import LoginSession, Person, ProofToken, Role
from .queries import find_by_email
from .roles import Capability, check_not_last, require

FORMER_AUTHOR = "Former author"
FORMER_MEMBER = "Former member"
AUTHORS = frozenset({Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR})


def erase(
    person: Person, by: Person | None, *, keep: bool = True, wrote: bool | None = None
) -> None:
    """Take a person's name, address, password and words away for good.

    `keep` says whether articles stay public; `wrote` whether there are any (else the role tells).
    `by` is the person, somebody who manages people, or empty for a command. Raises Forbidden,
    Conflict for the last administrator.
    """
    if by is not None and by.id != person.id:
        require(by, Capability.MANAGE_PEOPLE)
    if person.erased_at is not None:
        raise Conflict("This account was closed already.")
    check_not_last(person)
    ephemeral.forget(*login.counters_of(person))
    _forget_letters(person)
    for table in (LoginSession, ProofToken):
        db.session.execute(delete(table).where(table.person_id == person.id))
    _empty(person, person.role in AUTHORS if wrote is None else wrote)
    actor_id = by.id if by is not None else None
    audit.record(actor_id, "erase", f"person:{person.id}", keep=keep)
    db.session.flush()
    announce(AccountErased(person.id, keep))


def _empty(person: Person, wrote: bool) -> None:
    person.username = f"former-{person.id}"
    person.name = FORMER_AUTHOR if wrote else FORMER_MEMBER
    person.bio = ""
    person.email = person.email_key = person.email_verified_at = person.password_hash = None
    person.role = Role.READER
    person.erased_at = now()
    # Nobody is mistaken for somebody who is gone, and the name is free again.
    person.skeleton = person.username_skeleton = ""


def _forget_letters(person: Person) -> None:
    """Remove what was sent, or is to be sent, to the addresses this person had or claimed."""
    emails = _addresses_of(person)
    for email in emails:
        outbox.forget_address(email)
    keys = {email_key(email) for email in emails}
    for job in db.session.scalars(select(Job).where(Job.kind == "accounts.remind")):
        if email_key(str(job.payload.get("email", ""))) in keys:
            db.session.delete(job)
    # Whoever else said that the proven one was theirs has to say so again.
    others = update(ProofToken).where(func.lower(ProofToken.email) == (person.email_key or "-"))
    ended = func.coalesce(ProofToken.used_at, now())
    db.session.execute(others.values(email="", used_at=ended))


def _addresses_of(person: Person) -> set[str]:
    """The proven address, and those that nobody else has or claims."""
    own = set(db.session.scalars(select(ProofToken.email).where(_is_of(person))))
    others = set(db.session.scalars(select(func.lower(ProofToken.email)).where(~_is_of(person))))
    claimed = {email for email in own - {""} if email_key(email) not in others}
    claimed = {email for email in claimed if find_by_email(email) in {None, person}}
    return claimed | ({person.email} if person.email else set())


def _is_of(person: Person) -> ColumnElement[bool]:
    return ProofToken.person_id == person.id
