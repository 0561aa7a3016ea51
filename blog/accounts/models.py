"""People, where they are logged in, what they must prove, and what they may not do for a while."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    or_,
    select,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import Mapped, mapped_column, validates

from ..core.clock import now
from ..core.db import Model
from .skeletons import skeleton

USERNAME_LIMIT = 40
NAME_LIMIT = 80
BIO_LIMIT = 600
EMAIL_LIMIT = 254
"""RFC 5321, section 4.5.3.1.3: a path has 256 octets, two of them brackets."""
SKELETON_LIMIT = 200
PASSWORD_HASH_LIMIT = 200
DEVICE_LIMIT = 80
REASON_LIMIT = 500
_DIGEST_LENGTH = 64


class Role(StrEnum):
    """What a person is to the site; `roles.py` says what each may do."""

    READER = "reader"
    AUTHOR = "author"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Purpose(StrEnum):
    """What a proof token proves."""

    VERIFY = "verify"
    RESET = "reset"
    CHANGE_EMAIL = "change-email"
    INVITE = "invite"


class SanctionKind(StrEnum):
    """How a person is sanctioned: told, silenced, shut out for a while, shut out."""

    WARN = "warn"
    MUTE = "mute"
    SUSPEND = "suspend"
    BAN = "ban"


SILENCED = frozenset({SanctionKind.MUTE, SanctionKind.SUSPEND, SanctionKind.BAN})
SHUT_OUT = frozenset({SanctionKind.SUSPEND, SanctionKind.BAN})


def _stored(kind: type[StrEnum]) -> SqlEnum:
    """An enumeration by its values, which outlive the names in the code."""
    return SqlEnum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        length=20,
    )


class Person(Model):
    """Somebody who may be named as an author, and who can log in once they have a password.

    `email` is proven or empty: an address that was only claimed stands in a `ProofToken`.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("length(username) > 0", name="username_not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(USERNAME_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    bio: Mapped[str] = mapped_column(String(BIO_LIMIT), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    email: Mapped[str | None] = mapped_column(String(EMAIL_LIMIT), default=None)
    email_key: Mapped[str | None] = mapped_column(String(EMAIL_LIMIT), default=None, unique=True)
    """The address in lower case, by which it is found and is one person's only."""
    email_verified_at: Mapped[datetime | None] = mapped_column(default=None)
    password_hash: Mapped[str | None] = mapped_column(String(PASSWORD_HASH_LIMIT), default=None)
    role: Mapped[Role] = mapped_column(
        _stored(Role), default=Role.READER, server_default=Role.READER.value
    )
    skeleton: Mapped[str] = mapped_column(
        String(SKELETON_LIMIT), default="", server_default="", index=True
    )
    """What the shown name looks like; set with the name."""
    username_skeleton: Mapped[str] = mapped_column(
        String(SKELETON_LIMIT), default="", server_default="", index=True
    )
    """What the user name looks like; set with the user name."""
    erased_at: Mapped[datetime | None] = mapped_column(default=None)

    @validates("name", "username")
    def _look(self, field: str, value: str) -> str:
        column = "skeleton" if field == "name" else "username_skeleton"
        setattr(self, column, skeleton(value)[:SKELETON_LIMIT])
        return value


class LoginSession(Model):
    """One log-in on one device; the cookie has the token, the row only its hash."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(_DIGEST_LENGTH), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    device: Mapped[str] = mapped_column(String(DEVICE_LIMIT), default="")


class ProofToken(Model):
    """A link that was sent to an address: whoever opens it has proven to read mail there."""

    __tablename__ = "proof_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(_stored(Purpose))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(_DIGEST_LENGTH), unique=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LIMIT))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Sanction(Model):
    """Something a person may not do, from a moment to a moment, by whom and why."""

    __tablename__ = "sanction"
    __table_args__ = (Index("ix_sanction_in_force", "person_id", "lifted_at", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    kind: Mapped[SanctionKind] = mapped_column(_stored(SanctionKind))
    reason: Mapped[str] = mapped_column(String(REASON_LIMIT), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    starts_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    """Empty: until it is lifted."""
    lifted_at: Mapped[datetime | None] = mapped_column(default=None)


def holds(at: datetime) -> ColumnElement[bool]:
    """For queries: whether a sanction is in force at a moment."""
    unended = or_(Sanction.ends_at.is_(None), Sanction.ends_at > at)
    return and_(Sanction.starts_at <= at, Sanction.lifted_at.is_(None), unended)


def shut_out(at: datetime) -> ColumnElement[bool]:
    """For queries over people: whether a person may not be logged in at a moment."""
    barred = select(Sanction.id).where(Sanction.person_id == Person.id, holds(at))
    return barred.where(Sanction.kind.in_(SHUT_OUT)).correlate(Person).exists()
