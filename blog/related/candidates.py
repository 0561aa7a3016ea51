"""Finding what may go with an article, by short index reads only: never a look at every article."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from ..articles.models import Article, ArticleTag, Tag, visible_articles
from ..core.db import db
from .likeness import TAG_WEIGHT, TERMS_WEIGHT, Likeness, likeness, rarity
from .models import RelatedTerm

EACH = 100
"""Articles asked for by each tag and each term."""
COMPARED = 200
"""Articles whose likeness is worked out exactly: the most promising of those."""
COUNTED = 20_000
"""Where counting stops: beyond it a tag is common, and a site is large, whatever the number."""


@dataclass(frozen=True, slots=True)
class SharedTag:
    """A tag of the article, and how much it says."""

    name: str
    rarity: float


@dataclass(frozen=True, slots=True)
class Subject:
    """The article that others are compared with."""

    article_id: int
    category_id: int | None
    tags: Mapping[int, SharedTag]
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Facts:
    category_id: int | None
    published_at: datetime


def tags_of(article_id: int, at: datetime) -> dict[int, SharedTag]:
    """The tags of an article by their ids, with their rarity; not those that all articles bear."""
    mine = select(Tag.id, Tag.name).join(ArticleTag, ArticleTag.tag_id == Tag.id)
    rows = db.session.execute(mine.where(ArticleTag.article_id == article_id)).all()
    if not rows:
        return {}
    articles = _count(select(Article.id).where(visible_articles(at)))
    weighed: dict[int, SharedTag] = {}
    for tag_id, name in rows:
        bearers = _count(select(ArticleTag.tag_id).where(ArticleTag.tag_id == tag_id))
        weighed[tag_id] = SharedTag(name, rarity(bearers, articles))
    return {tag_id: tag for tag_id, tag in weighed.items() if tag.rarity}


def alike(subject: Subject, at: datetime, without: Collection[int]) -> list[tuple[int, Likeness]]:
    """The visible articles like this one; most alike first, then the newer."""
    promising = _promising(subject, without)
    facts = _facts(promising, at)
    tags, cosines = _shared_tags(subject, facts), _cosines(subject, facts)
    found: list[tuple[int, Likeness]] = []
    for article_id, of in facts.items():
        same = subject.category_id is not None and of.category_id == subject.category_id
        how = likeness(tags[article_id], cosines[article_id], same_category=same)
        if how is not None:
            found.append((article_id, how))
    newest = sorted(found, key=lambda one: (facts[one[0]].published_at, one[0]), reverse=True)
    return sorted(newest, key=lambda one: -one[1].score)


def newest(
    at: datetime, limit: int, without: Collection[int], category_id: int | None = None
) -> list[int]:
    """The newest visible articles, of one category or of all."""
    wanted = select(Article.id).where(visible_articles(at))
    if category_id is not None:
        wanted = wanted.where(Article.category_id == category_id)
    ordered = wanted.order_by(Article.published_at.desc(), Article.id.desc())
    ids = db.session.scalars(ordered.limit(limit + len(without)))
    return [article_id for article_id in ids if article_id not in without][:limit]


def _promising(subject: Subject, without: Collection[int]) -> list[int]:
    """The best candidates by what the short reads show of them."""
    seen: defaultdict[int, float] = defaultdict(float)
    for term, mine in subject.terms.items():
        for article_id, weight in _holders(term):
            seen[article_id] += TERMS_WEIGHT * mine * weight
    for tag_id, tag in subject.tags.items():
        for article_id in _bearers(tag_id):
            seen[article_id] += TAG_WEIGHT * tag.rarity
    eligible = [(score, one) for one, score in seen.items() if one not in without]
    return [one for _, one in heapq.nlargest(COMPARED, eligible)]


def _holders(term: str) -> Sequence[tuple[int, float]]:
    held = select(RelatedTerm.article_id, RelatedTerm.weight).where(RelatedTerm.term == term)
    strongest = held.order_by(RelatedTerm.weight.desc(), RelatedTerm.article_id.desc()).limit(EACH)
    return [(article_id, weight) for article_id, weight in db.session.execute(strongest)]


def _bearers(tag_id: int) -> Sequence[int]:
    borne = select(ArticleTag.article_id).where(ArticleTag.tag_id == tag_id)
    return db.session.scalars(borne.order_by(ArticleTag.article_id.desc()).limit(EACH)).all()


def _facts(article_ids: Sequence[int], at: datetime) -> dict[int, _Facts]:
    """What is known of those that readers see.

    Visibility is asked as a column: as a condition it draws SQLite to the index of all that is
    visible, although the few numbers are known.
    """
    columns = select(Article.id, Article.category_id, Article.published_at, visible_articles(at))
    return {
        article_id: _Facts(category_id, published_at)
        for article_id, category_id, published_at, visible in db.session.execute(
            columns.where(Article.id.in_(article_ids))
        )
        if visible and published_at is not None
    }


def _shared_tags(subject: Subject, others: Collection[int]) -> Mapping[int, Mapping[str, float]]:
    shared: defaultdict[int, dict[str, float]] = defaultdict(dict)
    rows = select(ArticleTag.article_id, ArticleTag.tag_id).where(
        ArticleTag.article_id.in_(others), ArticleTag.tag_id.in_(subject.tags)
    )
    for article_id, tag_id in db.session.execute(rows) if subject.tags else ():
        shared[article_id][subject.tags[tag_id].name] = subject.tags[tag_id].rarity
    return shared


def _cosines(subject: Subject, others: Collection[int]) -> Mapping[int, float]:
    """The cosine of the angle between two vectors of length 1: the sum over what both hold."""
    cosines: defaultdict[int, float] = defaultdict(float)
    rows = select(RelatedTerm.article_id, RelatedTerm.term, RelatedTerm.weight).where(
        RelatedTerm.article_id.in_(others)
    )
    for article_id, term, weight in db.session.execute(rows.order_by(RelatedTerm.term)):
        if term in subject.terms:
            cosines[article_id] += subject.terms[term] * weight
    return cosines


def _count(rows: Select[int]) -> int:
    """How many rows there are, counted no further than COUNTED."""
    some = rows.limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0
