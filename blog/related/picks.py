"""Working out which articles go with one, and which other lists that touches.

First what an editor pinned; then what is alike, by score; then the newest of the category; then the
newest of all, until the list is full.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import delete, insert, select

from ..articles.models import Article, visible_articles
from ..core.clock import now
from ..core.db import db
from ..core.jobs.queue import enqueue
from ..core.jobs.worker import Record
from ..core.keys import move
from ..site import settings
from . import candidates, choices, stop_words, vocabulary
from .candidates import Subject
from .models import CATEGORY, KEPT, NEWEST, PINNED, RelatedArticle, RelatedChoice, RelatedTerm
from .terms import frequencies, strongest

JOB = "related.refresh"
NEIGHBOURS = 60
"""Lists that one change may cause to be worked out again."""


@dataclass(frozen=True, slots=True)
class Pick:
    """An article that goes with another one, and why."""

    other_id: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Result:
    """What one refresh found out, ready to be stored."""

    article_id: int
    vocabulary: Sequence[str] = ()
    terms: Sequence[tuple[str, float]] = ()
    picks: Sequence[Pick] = ()
    neighbours: Sequence[int] = ()


def refresh(*, article_id: int, ripple: bool = True) -> Record:
    """Work out the list of an article; with `ripple`, have those it touches worked out afterwards.

    The job `related.refresh`: reads now, and stores in the closure that it gives. An article that
    readers do not see is taken out of the counts.
    """
    at = now()
    subject, said = _subject(article_id, at)
    if subject is None:
        left = neighbours(article_id) if ripple else ()
        return partial(_store, _Result(article_id, neighbours=left))
    picks = _picks(subject, at)
    touched = neighbours(article_id, picks) if ripple else ()
    terms = tuple(subject.terms.items())
    return partial(_store, _Result(article_id, said, terms, picks, touched))


def neighbours(article_id: int, picks: Sequence[Pick] | None = None) -> list[int]:
    """The articles whose list may change with this one; NEIGHBOURS at most.

    Those an editor put it beside, those of its own list that would take it in, those that hold it.
    `picks` is its list where a newer one than the stored is known.
    """
    if picks is None:
        picks = [Pick(*row) for row in _stored(article_id)]
    found = dict.fromkeys((*_choosers(article_id), *_takers(picks), *_holders(article_id)))
    found.pop(article_id, None)
    return list(found)[:NEIGHBOURS]


def _subject(article_id: int, at: datetime) -> tuple[Subject | None, Sequence[str]]:
    """The article as others are compared with it, and the vocabulary it is counted with."""
    columns = select(Article.title, Article.deck, Article.text, Article.category_id)
    visible = columns.where(Article.id == article_id, visible_articles(at))
    row = db.session.execute(visible).one_or_none()
    if row is None:
        return None, ()
    title, deck, text, category_id = row
    said = frequencies(title, deck, text, stop_words.of(settings.load().language))
    held_by = vocabulary.held_by(article_id, said)
    terms = strongest(said, held_by, held_by[vocabulary.EVERY])
    tags = candidates.tags_of(article_id, at)
    return Subject(article_id, category_id, tags, terms), tuple(said)


def _picks(subject: Subject, at: datetime) -> list[Pick]:
    """The list, full where the site has enough articles; the same for the same rows, always."""
    chosen = choices.of(subject.article_id)
    picks = [Pick(other, 0.0, PINNED) for other in _visible(chosen.pinned, at)]
    taken = {subject.article_id, *chosen.pinned, *chosen.excluded}
    alike = candidates.alike(subject, at, taken)
    picks += [Pick(other, how.score, how.reason) for other, how in alike]
    if subject.category_id is not None:
        picks += _newest(picks, taken, at, CATEGORY, subject.category_id)
    picks += _newest(picks, taken, at, NEWEST)
    return picks[:KEPT]


def _newest(
    picks: Sequence[Pick],
    taken: Set[int],
    at: datetime,
    reason: str,
    category_id: int | None = None,
) -> list[Pick]:
    """What is missing to a full list, of the newest there are."""
    missing = KEPT - len(picks)
    if missing <= 0:
        return []
    taken = taken | {pick.other_id for pick in picks}
    newest = candidates.newest(at, missing, taken, category_id)
    return [Pick(other_id, 0.0, reason) for other_id in newest]


def _visible(article_ids: Sequence[int], at: datetime) -> list[int]:
    wanted = select(Article.id, visible_articles(at)).where(Article.id.in_(article_ids))
    visible = dict(db.session.execute(wanted).all()) if article_ids else {}
    return [article_id for article_id in article_ids if visible.get(article_id)]


def _choosers(article_id: int) -> Iterable[int]:
    chose = select(RelatedChoice.article_id).where(RelatedChoice.other_id == article_id)
    return db.session.scalars(chose.order_by(RelatedChoice.article_id.desc()).limit(NEIGHBOURS))


def _takers(picks: Sequence[Pick]) -> Iterable[int]:
    """Those of a list whose own list has room for the article, or something weaker at its end."""
    last = select(RelatedArticle.article_id, RelatedArticle.score, RelatedArticle.reason).where(
        RelatedArticle.article_id.in_([pick.other_id for pick in picks]),
        RelatedArticle.position == KEPT - 1,
    )
    rows = db.session.execute(last) if picks else ()
    filled = (CATEGORY, NEWEST)
    weakest = {full: 0.0 if reason in filled else score for full, score, reason in rows}
    return [pick.other_id for pick in picks if pick.score >= weakest.get(pick.other_id, 0.0)]


def _holders(article_id: int) -> Iterable[int]:
    hold = select(RelatedArticle.article_id).where(RelatedArticle.other_id == article_id)
    return db.session.scalars(hold.order_by(RelatedArticle.article_id.desc()).limit(NEIGHBOURS))


def _store(result: _Result) -> None:
    """Replace what is stored of an article by what was found out."""
    if db.session.get(Article, result.article_id) is None:
        return
    vocabulary.count(result.article_id, result.vocabulary)
    _store_terms(result.article_id, result.terms)
    _store_picks(result.article_id, result.picks)
    for other_id in result.neighbours:
        enqueue(JOB, article_id=other_id, ripple=False)


def _store_terms(article_id: int, terms: Sequence[tuple[str, float]]) -> None:
    mine = RelatedTerm.article_id == article_id
    stored = db.session.execute(select(RelatedTerm.term, RelatedTerm.weight).where(mine))
    if dict(stored.all()) == dict(terms):
        return
    db.session.execute(delete(RelatedTerm).where(mine))
    rows = [{"article_id": article_id, "term": term, "weight": weight} for term, weight in terms]
    if rows:
        db.session.execute(insert(RelatedTerm), rows)


def _store_picks(article_id: int, picks: Sequence[Pick]) -> None:
    """Replace the list; its page key moves only when a reader could see a difference."""
    before = [Pick(*row) for row in _stored(article_id)]
    if before == list(picks):
        return
    db.session.execute(delete(RelatedArticle).where(RelatedArticle.article_id == article_id))
    rows = [
        {"article_id": article_id, "position": position, "other_id": pick.other_id}
        | {"score": pick.score, "reason": pick.reason}
        for position, pick in enumerate(picks)
    ]
    if rows:
        db.session.execute(insert(RelatedArticle), rows)
    if [(pick.other_id, pick.reason) for pick in before] != [(p.other_id, p.reason) for p in picks]:
        move(f"related:{article_id}")


def _stored(article_id: int) -> Iterable[tuple[int, float, str]]:
    columns = select(RelatedArticle.other_id, RelatedArticle.score, RelatedArticle.reason)
    mine = columns.where(RelatedArticle.article_id == article_id).order_by(RelatedArticle.position)
    return [(other_id, score, reason) for other_id, score, reason in db.session.execute(mine)]
