"""Categories and tags: finding them by name, making what is missing."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, func, select

from ..core.db import db, insert
from ..core.errors import Invalid
from ..core.events import announce
from ..text.render import plain
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
    wanted = select(Category).where(Category.slug == slug)
    found = db.session.scalar(wanted)
    if found is None:
        _add_category(slug, name)
        found = db.session.scalars(wanted).one()
    description = plain(description)[:DESCRIPTION_LIMIT].rstrip()
    if description and found.description != description:
        found.description = description
        announce(CategoryChanged(found.id))
    return found


def tags(names: Iterable[str]) -> list[Tag]:
    """The tags of these names in order, each once, made if missing. Raises Invalid."""
    wanted: dict[str, str] = {}
    for name in (_checked_name("tags", said) for said in names):
        wanted.setdefault(slugify(name, SLUG_LIMIT), name)
    if len(wanted) > TAGS_LIMIT:
        raise Invalid("tags", f"An article may bear {TAGS_LIMIT} tags; this one has {len(wanted)}.")
    found = _tags_by_slug(wanted)
    if missing := wanted.keys() - found.keys():
        _add_tags({slug: wanted[slug] for slug in missing})
        found = _tags_by_slug(wanted)
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


def _add_category(slug: str, name: str) -> None:
    """A row for it, unless another writer made one since we looked."""
    last = db.session.scalar(select(func.max(Category.position))) or 0
    row = insert(Category).values(slug=slug, name=name, description="", position=last + 1)
    once = row.on_conflict_do_nothing(index_elements=[Category.slug]).returning(Category.id)
    made = db.session.scalar(once)
    if made is not None:
        announce(CategoryChanged(made))


def _tags_by_slug(slugs: Iterable[str]) -> dict[str, Tag]:
    return {tag.slug: tag for tag in db.session.scalars(select(Tag).where(Tag.slug.in_(slugs)))}


def _add_tags(names: Mapping[str, str]) -> None:
    """Rows for slugs and their names, but for those another writer made since we looked.

    All writers name them in one order, else two could wait for each other.
    """
    rows = [{"slug": slug, "name": names[slug]} for slug in sorted(names)]
    db.session.execute(insert(Tag).values(rows).on_conflict_do_nothing(index_elements=[Tag.slug]))


def _checked_name(field: str, name: str) -> str:
    name = plain(name)
    if not slugify(name, SLUG_LIMIT):
        raise Invalid(field, f"“{name}” has no letter or digit to make an address of.")
    if len(name) > TAG_LIMIT:
        raise Invalid(field, f"“{name[:20]}…” is longer than {TAG_LIMIT} characters.")
    return name
