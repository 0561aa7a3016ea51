"""Who may do what: one table. A sanction is another matter, asked where the act happens."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import func, select

from ..core import audit
from ..core.db import db
from ..core.errors import Conflict, Forbidden
from .models import Person, Role

R, A, E, M, X = Role.READER, Role.AUTHOR, Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR


class Capability(StrEnum):
    """Something that not everybody may do."""

    COMMENT = "comment"
    WRITE = "write"
    """Articles of one's own, with pictures; sending them for review."""
    PUBLISH_OWN = "publish own"
    EDIT_ALL = "edit all"
    """Articles of others, and who wrote them."""
    PUBLISH_ALL = "publish all"
    ARRANGE = "arrange"
    """Categories, tags, the front page, what goes with an article."""
    ADVERTISE = "advertise"
    MODERATE = "moderate"
    """Decide over what readers wrote."""
    SANCTION = "sanction"
    INVITE = "invite"
    MANAGE_PEOPLE = "manage people"
    """Give roles, close accounts of others."""
    RUN_SITE = "run site"
    """Settings, health, media, the audit list."""


ALLOWED: Mapping[Capability, frozenset[Role]] = {
    Capability.COMMENT: frozenset({R, A, E, M, X}),
    Capability.WRITE: frozenset({A, E, X}),
    Capability.PUBLISH_OWN: frozenset({E, X}),
    Capability.EDIT_ALL: frozenset({E, X}),
    Capability.PUBLISH_ALL: frozenset({E, X}),
    Capability.ARRANGE: frozenset({E, X}),
    Capability.ADVERTISE: frozenset({X}),
    Capability.MODERATE: frozenset({M, X}),
    Capability.SANCTION: frozenset({M, X}),
    Capability.INVITE: frozenset({E, X}),
    Capability.MANAGE_PEOPLE: frozenset({X}),
    Capability.RUN_SITE: frozenset({X}),
}


def may(person: Person | None, capability: Capability) -> bool:
    """Whether a person's role allows something; nobody and the erased may nothing."""
    return person is not None and person.erased_at is None and person.role in ALLOWED[capability]


def require(person: Person | None, capability: Capability) -> None:
    """Raises Forbidden unless the role allows it."""
    if not may(person, capability):
        raise Forbidden("Your account may not do this. Ask whoever runs the site, if it should.")


def assign(person: Person, role: Role, by: Person | None) -> None:
    """Give a person a role; `by` is empty for a command. Raises Forbidden, Conflict."""
    if by is not None:
        require(by, Capability.MANAGE_PEOPLE)
    if person.erased_at is not None:
        raise Conflict("This account was closed.")
    if person.role == role:
        return
    check_not_last(person)
    before, person.role = person.role, role
    actor_id = by.id if by is not None else None
    audit.record(actor_id, "role", f"person:{person.id}", before=before.value, after=role.value)


def check_not_last(person: Person) -> None:
    """Raises Conflict when nobody would run the site without this administrator."""
    if person.role is not Role.ADMINISTRATOR:
        return
    others = (
        select(func.count())
        .select_from(Person)
        .where(
            Person.role == Role.ADMINISTRATOR,
            Person.id != person.id,
            Person.erased_at.is_(None),
            Person.password_hash.is_not(None),
        )
    )
    if not db.session.scalar(others):
        raise Conflict("This is the only administrator. Make somebody else one first.")
