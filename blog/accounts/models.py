"""A person: the name in an address, the name that is shown, what they say of themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from ..core.clock import now
from ..core.db import Model

USERNAME_LIMIT = 40
NAME_LIMIT = 80
BIO_LIMIT = 600


class Person(Model):
    """Somebody who may be named as an author; nobody can log in as one yet."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("length(username) > 0", name="username_not_empty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(USERNAME_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    bio: Mapped[str] = mapped_column(String(BIO_LIMIT), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
