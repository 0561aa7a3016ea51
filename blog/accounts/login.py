"""Logging in: slowed down, equally long for known and unknown, with one answer for both.

The password is asked of a person by what they typed. Tries are counted before the hash is computed;
the counters and `Slower` are told apart by what was typed, never by whose it is. Attackers cannot
lock an owner out: from a network where they have logged in before, only tries from there count, and
a link by mail takes the counters away.
"""

from dataclasses import dataclass

from ..core import ephemeral
from ..core.clock import now
from ..core.db import db, end_read, writing
from ..core.errors import Forbidden, Invalid
from . import passwords, sanctions, sessions
from .models import Person
from .queries import find_by_login, login_key
from .registration import is_unproven
from .throttling import (
    LOGIN_AT_HOME,
    LOGIN_FROM_NETWORK,
    LOGIN_OF_NAME,
    PASSWORD_AGAIN,
    counter,
    is_known,
    make_known,
    take,
)

REFUSAL = "These do not fit together. Look at the name or e-mail address and at the password again."


class Unproven(Forbidden):
    """The password is right, but the letter that proves the address was not opened yet.

    `person_id` is for `registration.send_again`.
    """

    title = "One step is missing"

    def __init__(self, person_id: int) -> None:
        super().__init__("Open the link in the letter we sent you when you joined, then log in.")
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class Proven:
    """Who typed the right password, and what is stored of it."""

    person_id: int
    stored: str
    renewed: str | None
    """A hash with today's parameters, when the stored one has others."""


def log_in(name_or_email: str, word: str, network: str, device: str) -> str:
    """Check a password and begin a session; gives the token for the cookie.

    Slow, so it is called outside of a unit of writing and enters one by itself. Raises Slower (a
    TooMany), Invalid, Unproven, or Forbidden for who is shut out.
    """
    proven = prove(name_or_email, word, network)
    with writing():
        return begin(proven, device)


def prove(name_or_email: str, word: str, network: str) -> Proven:
    """Check a password and write nothing; raises as `log_in` does."""
    end_read()
    typed = login_key(name_or_email)
    taken = _take_tries(typed, network)
    person = find_by_login(typed)
    found = (person.id, person.password_hash) if person is not None else (0, None)
    end_read()
    person_id, stored = found
    if not _fits(word, stored):
        raise Invalid("password", REFUSAL)
    assert stored is not None
    _was_good(person_id, typed, network, taken)
    renewed = passwords.hash_password(word) if passwords.needs_rehash(stored) else None
    return Proven(person_id, stored, renewed)


def begin(proven: Proven, device: str) -> str:
    """Begin the session; belongs into a unit of writing. Raises Invalid, Forbidden."""
    person = db.session.get(Person, proven.person_id)
    if person is None or person.password_hash != proven.stored:
        raise Invalid("password", REFUSAL)
    if proven.renewed:
        person.password_hash = proven.renewed
    sanctions.check_not_shut_out(person, now())
    return sessions.begin(person, device)


def check_again(person_id: int, stored: str | None, word: str) -> None:
    """Ask somebody who is logged in for the present password. Slow. Raises Slower, Invalid."""
    taken = take(PASSWORD_AGAIN, str(person_id))
    if not _fits(word, stored):
        raise Invalid("password", "This is not your present password.")
    ephemeral.forget(taken)


def counters_of(person: Person) -> tuple[str, ...]:
    """The names of the counters that slow down log-ins to an account, wherever they come from."""
    names = (person.username, person.email_key or "")
    return (
        *(counter(LOGIN_OF_NAME, name) for name in names if name),
        counter(PASSWORD_AGAIN, str(person.id)),
    )


def _take_tries(typed: str, network: str) -> tuple[str, ...]:
    if network and is_known(network, typed):
        return (take(LOGIN_AT_HOME, network, typed),)
    from_network = (take(LOGIN_FROM_NETWORK, network),) if network else ()
    return (*from_network, take(LOGIN_OF_NAME, typed))


def _fits(word: str, stored: str | None) -> bool:
    if stored is None:
        passwords.pretend()
        return False
    return passwords.verify(word, stored)


def _was_good(person_id: int, typed: str, network: str, taken: tuple[str, ...]) -> None:
    """Take the counted tries back, and remember the network. Raises Unproven."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise Invalid("password", REFUSAL)
    unproven = is_unproven(person)
    names = [name for name in (person.username, person.email_key) if name]
    end_read()
    for name in taken:
        ephemeral.give_back(name)
    if unproven:
        raise Unproven(person_id)
    ephemeral.forget(counter(LOGIN_AT_HOME, network, typed), counter(LOGIN_OF_NAME, typed))
    if network:
        make_known(network, *names)
