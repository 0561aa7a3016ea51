"""A picture that was taken in, and whose portrait it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Person
from ..core.clock import now
from ..core.db import Model

ALT_LIMIT = 500
CAPTION_LIMIT = 500
FILE_NAME_LIMIT = 200


class Picture(Model):
    """One picture; its files stand in the uploads folder under `key`."""

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """The first 32 hex digits of the SHA-256 of the uploaded bytes: the same file is kept once."""
    file_name: Mapped[str] = mapped_column(String(FILE_NAME_LIMIT))
    width: Mapped[int]
    height: Mapped[int]
    variants_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Portrait(Model):
    """Which picture shows a person."""

    __tablename__ = "portrait"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey(Picture.id), index=True)
    alt: Mapped[str] = mapped_column(String(ALT_LIMIT), default="")

    picture: Mapped[Picture] = relationship(lazy="joined")
