"""Which picture shows a person."""

from collections.abc import Iterable

from sqlalchemy import select

from ..accounts.events import PersonChanged
from ..accounts.models import Person
from ..core.db import db
from ..core.errors import Invalid, NotFound
from ..core.events import announce
from .models import ALT_LIMIT, Picture, Portrait


def set_portrait(person_id: int, picture_id: int, alt: str = "") -> Portrait:
    """Let a picture show a person, in place of the one before. Raises Invalid, NotFound."""
    alt = " ".join(alt.split())
    if len(alt) > ALT_LIMIT:
        raise Invalid("alt", f"A description may have {ALT_LIMIT} characters; this has {len(alt)}.")
    if db.session.get(Person, person_id) is None or db.session.get(Picture, picture_id) is None:
        raise NotFound("There is no such person or picture.")
    portrait = db.session.get(Portrait, person_id)
    if portrait is None:
        portrait = Portrait(person_id=person_id)
        db.session.add(portrait)
    elif (portrait.picture_id, portrait.alt) == (picture_id, alt):
        return portrait
    portrait.picture_id, portrait.alt = picture_id, alt
    db.session.flush()
    db.session.expire(portrait, ["picture"])
    announce(PersonChanged(person_id))
    return portrait


def remove_portrait(person_id: int) -> None:
    """Let no picture show a person."""
    portrait = db.session.get(Portrait, person_id)
    if portrait is None:
        return
    db.session.delete(portrait)
    db.session.flush()
    announce(PersonChanged(person_id))


def portraits_of(person_ids: Iterable[int]) -> dict[int, Portrait]:
    """The portraits of these people who have one, by person; one query."""
    found = db.session.scalars(select(Portrait).where(Portrait.person_id.in_(set(person_ids))))
    return {portrait.person_id: portrait for portrait in found}
