"""What files say of their related articles, settled when all of them are in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ...articles.models import Article, State
from ...core.db import db, writing
from ...core.errors import BlogError
from ...related import choices
from ..models import ImportedFile
from ..report import shown
from .catalogue import Catalogue
from .fields import Fields


@dataclass(frozen=True, slots=True)
class Wish:
    """What one file says: addresses or names of files, as written."""

    path: str
    slug: str
    pinned: Sequence[str]
    excluded: Sequence[str]


def wish(path: str, slug: str, fields: Fields) -> Wish:
    """What a file says of its related articles."""
    return Wish(path, slug, fields.related, fields.unrelated)


def unknown(said: Wish, catalogue: Catalogue) -> list[str]:
    """Remarks on names that mean no article."""
    return [
        f"related article {shown(name)} is not known"
        for name in (*said.pinned, *said.excluded)
        if _slug(name, said, catalogue) is None
    ]


def settle(said: Wish, catalogue: Catalogue, collection: str) -> tuple[bool, str]:
    """Set what the file says, unless that was set before; gives whether, and why not."""
    row = db.session.get(ImportedFile, (collection, said.path))
    if row is None:
        return False, ""
    wanted = {
        "pinned": _ids(said.pinned, said, catalogue),
        "excluded": _ids(said.excluded, said, catalogue),
    }
    if wanted == {"pinned": [], "excluded": [], **row.choices}:
        return False, ""
    try:
        with writing():
            row = db.session.get_one(ImportedFile, (collection, said.path))
            choices.set_choices(row.article_id, wanted["pinned"], wanted["excluded"])
            row.choices = wanted
    except BlogError as problem:
        return False, problem.message
    return True, ""


def _ids(names: Sequence[str], said: Wish, catalogue: Catalogue) -> list[int]:
    slugs = [slug for name in names if (slug := _slug(name, said, catalogue))]
    found = {slug: _article_id(slug) for slug in slugs}
    return [number for slug in dict.fromkeys(slugs) if (number := found[slug]) is not None]


def _slug(name: str, said: Wish, catalogue: Catalogue) -> str | None:
    """The address meant: of a file of the import, else of any article."""
    entry = catalogue.find(name, said.path)
    if entry is not None:
        return entry.slug
    return name if _article_id(name) is not None else None


def _article_id(slug: str) -> int | None:
    alive = select(Article.id).where(Article.slug == slug, Article.state != State.DELETED)
    return db.session.scalar(alive)
