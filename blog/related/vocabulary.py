"""In how many articles a term stands: exact counts, kept by taking back what was counted before.

A count by scanning would read every article at every refresh; one over the strongest terms alone
would make a term look rarer the more often its commonness throws it out.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db
from .models import RelatedTermCount, RelatedVocabulary

EVERY = ""
"""The term that every vocabulary holds: its count is the number of vocabularies."""


def held_by(article_id: int, terms: Iterable[str]) -> dict[str, int]:
    """How many vocabularies hold each of the terms once these are the article's own, and EVERY."""
    wanted = {EVERY, *terms}
    mine = _counted(article_id)
    rows = db.session.execute(
        select(RelatedTermCount.term, RelatedTermCount.articles).where(
            RelatedTermCount.term.in_(sorted(wanted))
        )
    )
    stored = dict(rows.all())
    return {term: stored.get(term, 0) + (term not in mine) for term in wanted}


def count(article_id: int, terms: Iterable[str]) -> None:
    """Let an article be counted with exactly these terms; with none, not at all."""
    before, after = _counted(article_id), set(terms)
    if after:
        after.add(EVERY)
    if before == after:
        return
    _add(dict.fromkeys(after - before, 1) | dict.fromkeys(before - after, -1))
    row = db.session.get(RelatedVocabulary, article_id)
    if row is None:
        row = RelatedVocabulary(article_id=article_id)
        db.session.add(row)
    row.terms = " ".join(sorted(after - {EVERY}))
    if not after:
        db.session.delete(row)
    db.session.flush()


def _counted(article_id: int) -> set[str]:
    held = select(RelatedVocabulary.terms).where(RelatedVocabulary.article_id == article_id)
    terms = db.session.scalar(held)
    return set() if terms is None else {EVERY, *terms.split()}


def _add(changes: Mapping[str, int]) -> None:
    """Add to the counts, in one order everywhere, so that two writers never wait for each other."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    first = insert(RelatedTermCount)
    more = first.on_conflict_do_update(
        index_elements=[RelatedTermCount.term],
        set_={"articles": RelatedTermCount.articles + first.excluded.articles},
    )
    rows = [{"term": term, "articles": by} for term, by in sorted(changes.items())]
    db.session.execute(more, rows)
    lost = [term for term, by in changes.items() if by < 0]
    unheld = RelatedTermCount.term.in_(sorted(lost)), RelatedTermCount.articles <= 0
    db.session.execute(delete(RelatedTermCount).where(*unheld))
