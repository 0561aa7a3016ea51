"""Categories and tags: finding them by name, making what is missing."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select

from ..core.db import db
from ..core.errors import Invalid
from ..core.events import announce
from ..text.slug import slugify
from .events import CategoryChanged
from .models import (
    DESCRIPTION_LIMIT,
    SLUG_LIMIT,
    TAG_LIMIT,
    TAGS_LIMIT,
    Article,
    ArticleTag,
    Category,
    Tag,
)


def category(name: str, *, slug: str = "", description: str = "") -> Category:
    """The category of this name, made if there is none. Raises Invalid."""
    name = _checked_name("category", name)
    slug = slug or slugify(name, SLUG_LIMIT)
    found = db.session.scalar(select(Category).where(Category.slug == slug))
    if found is None:
        last = db.session.scalar(select(func.max(Category.position))) or 0
        found = Category(slug=slug, name=name, description="", position=last + 1)
        db.session.add(found)
        db.session.flush()
        announce(CategoryChanged(found.id))
    if description and found.description != description:
        found.description = description[:DESCRIPTION_LIMIT]
        announce(CategoryChanged(found.id))
    return found


def tags(names: Iterable[str]) -> list[Tag]:
    """The tags of these names in order, each once, made if missing. Raises Invalid."""
    wanted: dict[str, str] = {}
    for name in (_checked_name("tags", said) for said in names):
        wanted.setdefault(slugify(name, SLUG_LIMIT), name)
    if len(wanted) > TAGS_LIMIT:
        raise Invalid("tags", f"An article may bear {TAGS_LIMIT} tags; this one has {len(wanted)}.")
    found = {tag.slug: tag for tag in db.session.scalars(select(Tag).where(Tag.slug.in_(wanted)))}
    for slug, name in wanted.items():
        if slug not in found:
            found[slug] = Tag(slug=slug, name=name)
            db.session.add(found[slug])
    db.session.flush()
    return [found[slug] for slug in wanted]


def set_tags(article: Article, wanted: Sequence[Tag]) -> None:
    """Let an article bear exactly these tags, in this order."""
    db.session.execute(delete(ArticleTag).where(ArticleTag.article_id == article.id))
    for position, tag in enumerate(wanted):
        db.session.add(ArticleTag(article_id=article.id, tag_id=tag.id, position=position))
    db.session.flush()
    db.session.expire(article, ["tags"])


def tags_of(article_id: int) -> list[Tag]:
    """The tags of an article, in its author's order."""
    joined = select(Tag).join(ArticleTag, ArticleTag.tag_id == Tag.id)
    mine = joined.where(ArticleTag.article_id == article_id).order_by(ArticleTag.position)
    return list(db.session.scalars(mine))


def _checked_name(field: str, name: str) -> str:
    name = " ".join(name.split())
    if not slugify(name, SLUG_LIMIT):
        raise Invalid(field, f"“{name}” has no letter or digit to make an address of.")
    if len(name) > TAG_LIMIT:
        raise Invalid(field, f"“{name[:20]}…” is longer than {TAG_LIMIT} characters.")
    return name
