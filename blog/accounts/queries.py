"""Finding people."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select

from ..core.db import db
from .emails import email_key
from .models import Person, Role


def find_by_email(email: str) -> Person | None:
    """Whose proven address this is, however it is spelled."""
    return db.session.scalar(select(Person).where(Person.email_key == email_key(email)))


def find_by_login(name_or_email: str) -> Person | None:
    """The person of a user name or an address, as it is typed into a log-in; one query."""
    typed = login_key(name_or_email)
    column = Person.email_key if "@" in typed else Person.username
    return db.session.scalar(select(Person).where(column == typed, Person.erased_at.is_(None)))


def login_key(name_or_email: str) -> str:
    """One spelling of what is typed into a log-in."""
    return email_key(name_or_email)


def members(
    limit: int = 50, *, after: int = 0, role: Role | None = None, search: str = ""
) -> Sequence[Person]:
    """People who are not erased, in the order they came; `after` is the number of the last seen."""
    wanted = select(Person).where(Person.erased_at.is_(None), Person.id > after)
    if role is not None:
        wanted = wanted.where(Person.role == role)
    if search.strip():
        part = search.strip().lower()
        wanted = wanted.where(
            or_(
                Person.username.contains(part, autoescape=True),
                func.lower(Person.name).contains(part, autoescape=True),
                Person.email_key.contains(part, autoescape=True),
            )
        )
    return db.session.scalars(wanted.order_by(Person.id).limit(limit)).all()


def count_by_role() -> Mapping[Role, int]:
    """How many people have each role, the erased not counted."""
    counted = select(Person.role, func.count()).where(Person.erased_at.is_(None))
    found = dict(db.session.execute(counted.group_by(Person.role)).all())
    return {role: found.get(role, 0) for role in Role}


def somebody_runs_the_site() -> bool:
    """Whether there is an administrator who can log in."""
    wanted = select(Person.id).where(
        Person.role == Role.ADMINISTRATOR,
        Person.erased_at.is_(None),
        Person.password_hash.is_not(None),
    )
    return db.session.scalar(wanted.limit(1)) is not None
